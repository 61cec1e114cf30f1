import type { RunRecord } from '../evidence/evidence.ts';
import type { AttemptOutcome } from '../training/attempt.ts';
import type { FinishedTrial, PlannedTrial, TrialState } from './trial.ts';

const hourMs = 3_600_000;

/** What a trial left behind: its run record, nothing, or something that is none. */
export type TrialRemains =
  | {
      readonly kind: 'record';
      readonly record: Pick<RunRecord, 'outcome' | 'metrics' | 'durationMs' | 'cost'>;
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Ends that come again with the same parameters; all others say nothing about them. */
const ownFault: ReadonlySet<AttemptOutcome> = new Set([
  'failed',
  'timed-out',
  'out-of-memory',
  'gpu-out-of-memory',
]);

/**
 * Says how a planned training ended, by the record that it left. The value is the command's own, claimed, of its
 * validation data: nothing of the judge is read here.
 * @param metric name of the metric that the search compares
 */
export function endTrial(
  planned: PlannedTrial,
  round: number,
  remains: TrialRemains,
  metric: string,
): FinishedTrial {
  const { number, rung, parameters, resource } = planned;
  const frame = { number, rung, round, parameters, resource };
  if (remains.kind === 'nothing')
    return { ...frame, state: 'lost', how: 'left no result', value: null, hours: 0, cost: null };
  if (remains.kind === 'unreadable')
    return { ...frame, state: 'failed', how: remains.why, value: null, hours: 0, cost: null };
  const { outcome, metrics, durationMs, cost } = remains.record;
  const spent = { hours: durationMs / hourMs, cost: cost?.amount ?? null };
  const value = Object.hasOwn(metrics, metric) ? (metrics[metric] ?? Number.NaN) : Number.NaN;
  if (outcome !== 'done') return { ...frame, ...spent, state: stateOf(outcome), how: outcome, value: null };
  if (!Number.isFinite(value))
    return { ...frame, ...spent, state: 'failed', how: `did not claim the metric ${metric}`, value: null };
  return { ...frame, ...spent, state: 'done', how: 'done', value };
}

const stateOf = (outcome: AttemptOutcome): TrialState => (ownFault.has(outcome) ? 'failed' : 'lost');
