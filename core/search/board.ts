import { groupBy } from '../collection/group.ts';
import { canonicalJson } from '../json/canonical.ts';
import { type FinishedTrial, mostAttempts, type Parameters } from './trial.ts';

/** What is known of one trial on one rung. */
export type Settled =
  | { readonly kind: 'done'; readonly value: number; readonly by: FinishedTrial }
  /** It ended without a value, or was lost too often. */
  | { readonly kind: 'failed'; readonly by: FinishedTrial }
  | { readonly kind: 'lost'; readonly by: FinishedTrial };

/** All that is known, whatever the order in which it came. */
export interface Board {
  /** By number, its rungs from 0. */
  readonly trials: ReadonlyMap<number, ReadonlyMap<number, Settled>>;
  readonly hours: number;
  /** null: of one of them nobody knows what it cost. */
  readonly cost: number | null;
  /** Of the longest and the dearest training. */
  readonly most: { readonly hours: number; readonly cost: number };
}

export function openBoard(finished: readonly FinishedTrial[]): Board {
  const ordered = dropDoubled(finished);
  const trials = new Map<number, Map<number, Settled>>();
  for (const [, tries] of groupBy(ordered, ({ number, rung }) => `${number}/${rung}`)) {
    const settled = settle(tries);
    const rungs = trials.get(settled.by.number) ?? new Map<number, Settled>();
    trials.set(settled.by.number, rungs.set(settled.by.rung, settled));
  }
  const costs = ordered.flatMap(({ cost, state }) => (state === 'lost' && cost === null ? [] : [cost]));
  return {
    trials,
    hours: sumOf(ordered.map(({ hours }) => hours)),
    cost: costs.includes(null) ? null : sumOf(costs.map((cost) => cost ?? 0)),
    most: {
      hours: Math.max(0, ...ordered.map(({ hours }) => hours)),
      cost: Math.max(0, ...costs.map((cost) => cost ?? 0)),
    },
  };
}

/** The point of a trial, as it was first trained. */
export const pointOf = (rungs: ReadonlyMap<number, Settled>): Parameters | undefined =>
  rungs.values().next().value?.by.parameters;

function settle(tries: readonly FinishedTrial[]): Settled {
  const done = tries.find(({ state, value }) => state === 'done' && Number.isFinite(value));
  if (done !== undefined) return { kind: 'done', value: done.value ?? Number.NaN, by: done };
  const failed = tries.find(({ state }) => state !== 'lost');
  if (failed !== undefined) return { kind: 'failed', by: failed };
  const last = tries.at(-1) as FinishedTrial;
  return { kind: tries.length >= mostAttempts ? 'failed' : 'lost', by: last };
}

/** One result a round and trial, in one order: sums of fractions depend on it. */
function dropDoubled(finished: readonly FinishedTrial[]): readonly FinishedTrial[] {
  const unique = new Map(
    finished.map((trial) => [canonicalJson(trial), trial] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return [...unique.values()].sort((a, b) => a.number - b.number || a.rung - b.rung || a.round - b.round);
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
