import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getOctokit } from '@actions/github';
import { ServiceError } from '../../core/error/error.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import type { GitHubClient } from '../github/client.ts';
import { parseRepositoryName } from '../github/client.ts';
import { createReader } from '../github/octokit-reader.ts';
import type { GitHubReader } from '../github/reader.ts';
import { type PullRequestEvent, type RunFacts, readPullRequestEvent, readRunFacts } from './event.ts';
import { needInput } from './toolkit.ts';

/** A job of a pull request: who runs, for what, and how to read GitHub. */
export interface Job {
  readonly run: RunFacts;
  readonly pull: PullRequestEvent;
  readonly token: string;
  readonly client: GitHubClient;
  readonly reader: GitHubReader;
}

export function openJob(): Job {
  return { ...openReader(), pull: readPullRequestEvent() };
}

/** Without a pull request: what verifies or resolves runs on any event. */
export function openReader(): Omit<Job, 'pull'> {
  const run = readRunFacts();
  const token = needInput('token');
  const client = getOctokit(token, { baseUrl: run.apiUrl }) as unknown as GitHubClient;
  return { run, token, client, reader: createReader(client, parseRepositoryName(run.repository), 0) };
}

/** A new folder of this step, outside the workspace, gone with the job. */
export function makeFolder(name: string): string {
  const folder = join(process.env.RUNNER_TEMP ?? tmpdir(), `gatehouse-${name}-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes evidence.json and receipt.jwt, the only two files of an evidence artifact. @returns their folder */
export async function writeEvidence(sealed: SealedEvidence): Promise<string> {
  const folder = makeFolder('evidence');
  writeFileSync(join(folder, 'evidence.json'), sealed.text);
  writeFileSync(join(folder, 'receipt.jwt'), sealed.token);
  return folder;
}

/** 256 MiB: some ten million rows. The judge holds labels in memory, so a place that never ends must not fill it. */
export const labelsLimitBytes = 256 * 1024 ** 2;

/**
 * Asks for labels with the job's own identity, for the audience that model.yml names.
 * @throws ServiceError LABELS_REFUSED: any other status than 2xx, a redirect, over the limit, two minutes without an end
 */
export async function fetchLabels(
  url: string,
  token: string,
  limitBytes: number = labelsLimitBytes,
): Promise<Uint8Array> {
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(120_000),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return await readLimited(answer, limitBytes);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError('LABELS_REFUSED', `The held-out labels could not be read: ${why}`, {
      hint: 'See that the place of the labels trusts this repository, judge-model.yml and its commit (README, label trust).',
      cause,
    });
  }
}

/** Counts what really comes: the length that a server names beforehand is its own word. */
async function readLimited(answer: Response, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    if (size > limitBytes) throw new Error(`the answer has more than ${limitBytes} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
