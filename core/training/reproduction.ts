import type { ArtifactFact, Digest, RunRecord } from '../evidence/evidence.ts';
import { type Cause, listCauses } from './reproduction-cause.ts';

/** What a version's training did when it was run again. What cannot be told is null or empty, as in the run record. */
export interface Rerun
  extends Pick<
    RunRecord,
    | 'changedFiles'
    | 'image'
    | 'machine'
    | 'runtimes'
    | 'packages'
    | 'lockFiles'
    | 'environment'
    | 'seed'
    | 'parameters'
    | 'metrics'
    | 'datasets'
    | 'durationMs'
  > {
  /** null: it left no model file. */
  readonly artifact: ArtifactFact | null;
  /** Display text of its end, for example `exit code 0`. */
  readonly how: string;
}

/** Which version is run again, and what the ledger says of it. */
export interface ReproducedVersion {
  readonly model: string;
  readonly version: number;
  readonly commit: string;
  readonly artifactDigest: Digest;
}

/** Scores of the new model on the held-out features beside the stored ones. */
export interface ScoreComparison {
  readonly rows: number;
  /** Rows whose score is not exactly the same, and rows that only one side has. */
  readonly changed: number;
  readonly unmatched: number;
  /** Over rows that both have. */
  readonly largestDifference: number;
}

export interface MetricComparison {
  readonly metric: string;
  readonly was: number;
  /** null: the command does not claim it any more. */
  readonly is: number | null;
  readonly within: boolean;
}

export type ReproductionOutcome = 'equal' | 'within tolerance' | 'differs';

/** The report of a reproduction: what is the same, and what differs between then and now. */
export interface Reproduction {
  readonly kind: 'reproduction';
  readonly v: 1;
  readonly model: string;
  readonly version: number;
  readonly commit: string;
  readonly outcome: ReproductionOutcome;
  /** One sentence: why the outcome is what it is. */
  readonly because: string;
  readonly artifact: { readonly was: Digest; readonly is: Digest | null };
  readonly metrics: readonly MetricComparison[];
  /** null: not asked for, or the command left no model. */
  readonly scores: ScoreComparison | null;
  /** A difference of at most this, or this share of a value beyond 1, is within tolerance. */
  readonly tolerance: number;
  /** What differs between then and now, and what nobody can tell; also where the outcome is equal. */
  readonly causes: readonly Cause[];
  readonly trainedAt: string;
  readonly durationMs: { readonly was: number; readonly is: number };
}

/**
 * Compares a training that was run again with its record.
 * @param tolerance 0 or more
 * @param scores null when predictions were not compared
 */
export function compareReproduction(
  version: ReproducedVersion,
  then: RunRecord,
  now: Rerun,
  tolerance: number,
  scores: ScoreComparison | null,
): Reproduction {
  const metrics = Object.entries(then.metrics).map(([metric, value]): MetricComparison => {
    const found = now.metrics[metric] ?? null;
    return { metric, was: value, is: found, within: found !== null && isWithin(value, found, tolerance) };
  });
  const { outcome, because } = decideOutcome(version, now, metrics, scores, tolerance);
  return {
    kind: 'reproduction',
    v: 1,
    model: version.model,
    version: version.version,
    commit: version.commit,
    outcome,
    because,
    artifact: { was: version.artifactDigest, is: now.artifact?.digest ?? null },
    metrics,
    scores,
    tolerance,
    causes: listCauses(then, now),
    trainedAt: then.startedAt,
    durationMs: { was: then.durationMs, is: now.durationMs },
  };
}

function decideOutcome(
  { artifactDigest }: ReproducedVersion,
  now: Rerun,
  metrics: readonly MetricComparison[],
  scores: ScoreComparison | null,
  tolerance: number,
): Pick<Reproduction, 'outcome' | 'because'> {
  if (now.artifact === null) return { outcome: 'differs', because: `The training left no model: ${now.how}` };
  if (now.artifact.digest === artifactDigest) {
    return { outcome: 'equal', because: 'The model file is the same, byte for byte' };
  }
  const outside = metrics.filter(({ within }) => !within).map(({ metric }) => metric);
  if (outside.length > 0) {
    return { outcome: 'differs', because: `Beyond the tolerance: ${outside.slice(0, 5).join(', ')}` };
  }
  if (scores !== null && !isClose(scores, tolerance)) {
    return { outcome: 'differs', because: 'Scores on the held-out rows are beyond the tolerance' };
  }
  if (metrics.length === 0 && scores === null) {
    return { outcome: 'differs', because: 'The model file is another, and there is nothing else to compare' };
  }
  return { outcome: 'within tolerance', because: 'The model file is another, and what it says is close' };
}

function isClose({ rows, unmatched, largestDifference }: ScoreComparison, tolerance: number): boolean {
  const finite = Number.isFinite(largestDifference) && largestDifference <= tolerance;
  return rows > 0 && unmatched === 0 && finite;
}

/** Of values beyond 1 the share counts: 1,000 and 1,001 are as close as 1.000 and 1.001. */
function isWithin(then: number, now: number, tolerance: number): boolean {
  const difference = Math.abs(then - now);
  return Number.isFinite(difference) && difference <= tolerance * Math.max(1, Math.abs(then));
}

/** Compares two files of scores row by row, by key. */
export function compareScores(
  then: { readonly scores: Float64Array; readonly rowOf: ReadonlyMap<string, number> },
  now: { readonly scores: Float64Array; readonly rowOf: ReadonlyMap<string, number> },
): ScoreComparison {
  let [changed, unmatched, largestDifference] = [0, 0, 0];
  for (const [key, row] of then.rowOf) {
    const other = now.rowOf.get(key);
    if (other === undefined) {
      unmatched += 1;
      continue;
    }
    const difference = Math.abs(Number(then.scores[row]) - Number(now.scores[other]));
    if (difference !== 0) changed += 1;
    // NaN stays NaN, and is never small.
    largestDifference = Math.max(largestDifference, difference);
  }
  for (const key of now.rowOf.keys()) if (!then.rowOf.has(key)) unmatched += 1;
  return { rows: then.rowOf.size, changed: changed + unmatched, unmatched, largestDifference };
}
