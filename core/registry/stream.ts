import type { Digest } from '../evidence/evidence.ts';
import { digestBytes } from '../json/canonical.ts';
import type { ModelState } from './ledger.ts';

/** Name of the stream that a model's events belong to. */
export const streamOf = (model: string): string => `model/${model}`;

/** What the first event of a stream names as its predecessor, so that a chain cannot be moved to another stream. */
export const genesisOf = (stream: string): Digest => digestBytes(`gatehouse-audit-genesis-v1\n${stream}`);

/** A model that the ledger does not know yet. */
export function emptyState(model: string): ModelState {
  return {
    model,
    versions: new Map(),
    endpoints: new Map(),
    lastSeq: -1,
    lastHash: genesisOf(streamOf(model)),
    lastAt: 'unknown',
    operations: new Set(),
    requests: new Set(),
    heldOut: new Map(),
    looks: new Map(),
    charges: new Map(),
  };
}
