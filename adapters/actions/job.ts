import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getOctokit } from '@actions/github';
import type { NetworkRule } from '../../core/config/network.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import type { GitHubClient } from '../github/client.ts';
import { parseRepositoryName } from '../github/client.ts';
import { createReader } from '../github/octokit-reader.ts';
import type { GitHubReader } from '../github/reader.ts';
import { openClient } from '../store/safe-fetch.ts';
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

/** Writes evidence.jwe, the only file of an evidence artifact that is sealed. @returns its folder */
export async function writeEnvelope(text: string): Promise<string> {
  const folder = makeFolder('evidence');
  writeFileSync(join(folder, 'evidence.jwe'), text);
  return folder;
}

/** Writes the page that people read, apart from what is sealed. @returns the folder to upload */
export function writeReport(page: string): string {
  const folder = makeFolder('report');
  writeFileSync(join(folder, 'report.html'), page);
  return folder;
}

/** 256 MiB: some ten million rows. The judge holds labels in memory, so a place that never ends must not fill it. */
export const labelsLimitBytes = 256 * 1024 ** 2;

/**
 * Asks for labels with the job's own identity, for the audience that model.yml names.
 * @param network where labels may lie (`labelNetwork`)
 * @throws ServiceError LABELS_REFUSED: any other status than 200, a redirect, a host or address that the policy does not
 * name, over the limit, two minutes without an end
 */
export async function fetchLabels(
  url: string,
  token: string,
  network: NetworkRule,
  limitBytes: number = labelsLimitBytes,
): Promise<Uint8Array> {
  try {
    // One attempt, no redirect: the token is for this address alone.
    const answer = await openClient(network, { delaysMs: [] }).send({
      method: 'GET',
      url: new URL(url),
      headers: async () => ({ authorization: `Bearer ${token}` }),
      redirects: 0,
      timeoutMs: 120_000,
      limitBytes,
    });
    if (answer.status === 200) return await readAll(answer.body);
    answer.skip();
    throw new Error(`HTTP ${answer.status}`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError('LABELS_REFUSED', `The held-out labels could not be read: ${why}`, {
      hint: 'See that the place of the labels trusts this repository, judge-model.yml and its commit (README, label trust).',
      cause,
    });
  }
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
