import type { MetricResult } from '../evidence/evidence.ts';
import { adjustPValues } from '../statistics/false-discovery.ts';
import { gainOf } from './metric-text.ts';

/** False discoveries that are let through among all slices called changed, as the gates have it. */
const discoveryRate = 0.05;

export interface SliceMove {
  readonly result: MetricResult;
  /** After Benjamini and Hochberg over all slices of the metric; `not evaluated`: too few rows, or no champion. */
  readonly word: 'falling' | 'rising' | 'not significant' | 'not evaluated';
}

const order: readonly SliceMove['word'][] = ['falling', 'rising', 'not significant', 'not evaluated'];

/** Slices of one metric on the held-out rows: those that fell first, worst first. */
export function sliceMoves(metrics: readonly MetricResult[], metric: string): readonly SliceMove[] {
  const slices = metrics.filter(
    (each) => each.metric === metric && each.slice !== null && each.set === 'held-out',
  );
  const worse = adjustPValues(slices.map(({ pWorse }) => pWorse ?? Number.NaN));
  const better = adjustPValues(slices.map(({ pBetter }) => pBetter ?? Number.NaN));
  return slices
    .map((result, at): SliceMove => ({ result, word: wordOf(worse[at], better[at]) }))
    .sort(
      (a, b) =>
        order.indexOf(a.word) - order.indexOf(b.word) ||
        (gainOf(a.result) ?? 0) - (gainOf(b.result) ?? 0) ||
        ((a.result.slice ?? '') < (b.result.slice ?? '') ? -1 : 1),
    );
}

function wordOf(worse = Number.NaN, better = Number.NaN): SliceMove['word'] {
  if (worse < discoveryRate) return 'falling';
  if (better < discoveryRate) return 'rising';
  return Number.isFinite(worse) || Number.isFinite(better) ? 'not significant' : 'not evaluated';
}
