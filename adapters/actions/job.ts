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

/** Labels are asked for with the job's own identity, for the audience that model.yml names. */
export async function fetchLabels(url: string, token: string): Promise<Uint8Array> {
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(120_000),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError('LABELS_REFUSED', `The held-out labels could not be read: ${why}`, {
      hint: 'See that the place of the labels trusts this repository, judge-model.yml and its commit (README, label trust).',
      cause,
    });
  }
}
