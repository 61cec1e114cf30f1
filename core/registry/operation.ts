import { createHash } from 'node:crypto';
import type { Stage } from '../config/stage.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson } from '../json/canonical.ts';

export type OperationFacts = {
  readonly repositoryId: number;
  readonly pullRequest: number;
  readonly mergeSha: string;
  readonly model: string;
  readonly from: Stage | null;
  readonly to: Stage;
  readonly endpoint: string | null;
} & (
  | { readonly version: number }
  /** A registration: the version number is not known before it is written, so that a crash cannot allocate twice. */
  | { readonly artifactDigest: Digest }
);

/**
 * Names one operation the same way on every attempt, so that it is done once however often it is asked for.
 * @returns 64 hex characters: a file name on every system
 */
export function operationId(facts: OperationFacts): string {
  const { repositoryId, pullRequest, mergeSha, model, from, to, endpoint } = facts;
  const what = 'version' in facts ? { version: facts.version } : { artifactDigest: facts.artifactDigest };
  const recipe = { repositoryId, pullRequest, mergeSha, model, from, to, endpoint, ...what };
  return createHash('sha256').update(canonicalJson(recipe)).digest('hex');
}
