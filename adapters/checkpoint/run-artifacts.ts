import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { GatehouseError, ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { isDigest } from '../../core/json/canonical.ts';

/** A repository's API for a token with `actions: read`. */
export interface RunApi {
  readonly apiUrl: string;
  readonly repository: string;
  readonly token: string;
}

export interface RunArtifact {
  readonly id: number;
  /** Chosen by whoever ran in the run: pull-request controlled. */
  readonly name: string;
  /** Of the zip; null where GitHub does not tell. */
  readonly digest: Digest | null;
}

const perPage = 100;
/** A run of a search has many jobs, each with its checkpoints. */
const maxPages = 30;
const usualDelaysMs: readonly number[] = [1_000, 5_000];
const limitMs = 30_000;

const page = z.object({
  artifacts: z.array(
    z.object({
      id: z.int().positive(),
      name: z.string(),
      expired: z.boolean(),
      digest: z.string().nullish(),
    }),
  ),
});

/**
 * Lists the artifacts of all attempts of a run that have not expired.
 * @throws ServiceError ARTIFACT_LIST
 * @see https://docs.github.com/rest/actions/artifacts#list-workflow-run-artifacts
 */
export async function listRunArtifacts(
  api: RunApi,
  runId: number,
  delaysMs: readonly number[] = usualDelaysMs,
): Promise<readonly RunArtifact[]> {
  const found: RunArtifact[] = [];
  for (let number = 1; number <= maxPages; number += 1) {
    const url = `${api.apiUrl}/repos/${api.repository}/actions/runs/${runId}/artifacts?per_page=${perPage}&page=${number}`;
    const { artifacts } = await readPage(url, api.token, delaysMs);
    for (const { id, name, expired, digest } of artifacts) {
      if (!expired) found.push({ id, name, digest: isDigest(digest) ? digest : null });
    }
    if (artifacts.length < perPage) break;
  }
  return found;
}

async function readPage(
  url: string,
  token: string,
  delaysMs: readonly number[],
): Promise<z.infer<typeof page>> {
  for (let attempt = 0; ; attempt += 1) {
    const delayMs = delaysMs[attempt];
    try {
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
        redirect: 'error',
        signal: AbortSignal.timeout(limitMs),
      });
      if (answer.ok) return page.parse(await answer.json());
      if (delayMs === undefined || (answer.status < 500 && answer.status !== 429)) {
        throw failed(`HTTP ${answer.status}`);
      }
    } catch (error) {
      if (error instanceof GatehouseError) throw error;
      if (delayMs === undefined) throw failed(error instanceof Error ? error.name : 'no answer', error);
    }
    await sleep(delayMs);
  }
}

function failed(why: string, cause?: unknown): ServiceError {
  return new ServiceError('ARTIFACT_LIST', `The artifacts of this run could not be listed: ${why}`, {
    hint: 'Grant the training job permissions: { actions: read }, which a checkpoint is fetched with.',
    cause,
  });
}
