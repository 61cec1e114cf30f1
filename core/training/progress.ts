import type { Digest } from '../evidence/evidence.ts';

/** What a training says about how far it is: claimed. Any of them may be missing. */
export interface ProgressPoint {
  /** ISO 8601 UTC, when it was read. */
  readonly at: string;
  readonly epoch: number | null;
  readonly epochs: number | null;
  readonly step: number | null;
  readonly steps: number | null;
  /** By name, finite. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** How far one attempt has come: small JSON, replaced as a whole. */
export interface Progress {
  readonly v: 1;
  readonly model: string;
  readonly commit: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** Number of the attempt to train. */
  readonly attempt: number;
  readonly attempts: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** In order of time, at most 200: thinned evenly, the first and the last always there. */
  readonly points: readonly ProgressPoint[];
  /** Digest of the newest checkpoint that was kept safe, null: none. */
  readonly checkpoint: Digest | null;
}
