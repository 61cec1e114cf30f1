import type { MetricResult } from '../evidence/evidence.ts';
import { adjustPValues } from '../statistics/false-discovery.ts';
import { showCount, showNumber, showNumbers } from './number.ts';
import { type Ruling, ruling, type SliceGuard } from './requirement.ts';

/** False discoveries that are let through among all slices called falling. */
const discoveryRate = 0.05;
/** Slices that a sentence names. */
const mostNamed = 3;

interface Judged {
  readonly slice: MetricResult;
  /** Turned so that more is better. */
  readonly gain: number;
  readonly adjusted: number;
}

/**
 * Holds every slice of a metric against the champion: one falls when it is surely worse among all slices that were
 * looked at (Benjamini and Hochberg), and by more than the margin. A slice without a test is not evaluated.
 * @param slices of the metric on held-out rows
 */
export function judgeSlices(
  requirement: SliceGuard,
  slices: readonly MetricResult[],
  champion: string,
): Ruling {
  const { margin } = requirement;
  if (!Number.isFinite(margin) || margin < 0)
    return ruling('fail', '-', `The margin ${margin} is not a number from 0 up`);
  if (slices.length === 0) {
    const because = 'No slice was computed: declare slices in model.yml, with rows enough in each';
    return ruling('fail', '-', because);
  }
  const judged = judgeAll(slices);
  const open = slices.length - judged.length;
  if (judged.length === 0) {
    return ruling('not evaluated', `0 of ${slices.length} slices`, 'No slice has rows enough to be compared');
  }
  const falling = judged.filter(({ adjusted, gain }) => adjusted < discoveryRate && gain < -margin);
  const found = `${falling.length} of ${judged.length} slices fall${open === 0 ? '' : `, ${open} not evaluated`}`;
  return {
    ...ruling(falling.length === 0 ? 'pass' : 'fail', found, describe(falling, judged, margin, champion)),
    answer: falling.length === 0 ? 'not worse' : 'worse',
  };
}

/** Worst first. */
function judgeAll(slices: readonly MetricResult[]): readonly Judged[] {
  const known = slices.flatMap((slice) => {
    const { difference, pWorse, higherIsBetter } = slice;
    if (difference === null || pWorse === null) return [];
    return [{ slice, pWorse, gain: higherIsBetter ? difference : -difference }];
  });
  const adjusted = adjustPValues(known.map(({ pWorse }) => pWorse));
  return known
    .map(({ slice, gain }, at) => ({ slice, gain, adjusted: adjusted[at] ?? Number.NaN }))
    .sort((a, b) => a.gain - b.gain);
}

function describe(
  falling: readonly Judged[],
  judged: readonly Judged[],
  margin: number,
  champion: string,
): string {
  const allowed = margin === 0 ? 'allowed: none' : `allowed: not more than ${showNumber(margin)} worse`;
  if (falling.length === 0) {
    const worst = judged[0] as Judged;
    const least =
      worst.gain < 0
        ? `the worst is ${describeSlice(worst)}, which may be chance or within the margin`
        : 'none is below';
    return `No slice of ${judged.length} is surely worse than ${champion}: ${least}; ${allowed}`;
  }
  const named = falling.slice(0, mostNamed).map(describeSlice).join(', ');
  const more = falling.length > mostNamed ? ` and ${falling.length - mostNamed} more` : '';
  const verb = falling.length === 1 ? 'slice falls' : 'slices fall';
  return `${falling.length} ${verb} against ${champion}: ${named}${more}; ${allowed}`;
}

function describeSlice({ slice }: Judged): string {
  const difference = slice.difference ?? Number.NaN;
  const [low, high] = slice.differenceInterval ?? [difference, difference];
  const [apart, from, to] = showNumbers(Math.abs(difference), low, high) as [string, string, string];
  const side = difference < 0 ? 'below' : 'above';
  const interval = low === high ? '' : `, 95 % interval ${from} to ${to}`;
  return `${slice.slice} (${apart} ${side}${interval}, ${showCount(slice.rows)} rows)`;
}
