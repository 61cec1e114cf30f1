import type { CorruptionSuite } from '../config/production-like.ts';
import type { Digest } from '../evidence/evidence.ts';

/** How a production-like set was made: whoever has suite and source can make the same bytes again. */
export interface ProductionLikeRecord {
  readonly v: 1;
  /** Of the suite as canonical JSON. */
  readonly suite: Digest;
  /** Of the held-out features. */
  readonly source: Digest;
  /** Of recorded tables, by path. */
  readonly recorded: Readonly<Record<string, Digest>>;
  /** Of the set that was written. */
  readonly result: Digest;
  readonly rows: number;
  readonly corruptions: readonly CorruptionCount[];
}

export interface CorruptionCount {
  readonly name: string;
  readonly kind: CorruptionSuite['corruptions'][number]['kind'];
  /** Cells that are another text than before. */
  readonly cells: number;
  /** Rows with at least one of them. */
  readonly rows: number;
}
