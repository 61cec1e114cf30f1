import type { MetricResult } from '../evidence/evidence.ts';
import { showNumbers } from './number.ts';
import type { Ruling, Versus } from './requirement.ts';

/**
 * Holds the difference to the champion against a margin. The whole 95 % interval must lie on the right side:
 * a difference that cannot be told from a worse one does not pass.
 * @param champion as shown, for example `v1`
 */
export function judgeDifference(requirement: Versus, result: MetricResult, champion: string): Ruling {
  const { difference, differenceInterval: interval } = result;
  const { kind, margin } = requirement;
  if (difference === null || interval === null || ![difference, ...interval].every(Number.isFinite)) {
    const because = `The difference to ${champion} has no interval, so nothing can be said about it`;
    return { result: 'fail', found: '-', because };
  }
  if (!Number.isFinite(margin) || margin < 0) {
    return { result: 'fail', found: '-', because: `The margin ${margin} is not a number from 0 up` };
  }
  // Turned so that more is better: the worst that the interval allows.
  const worst = result.higherIsBetter ? interval[0] : -interval[1];
  const gain = result.higherIsBetter ? difference : -difference;
  const passes = kind === 'better' ? worst > margin : worst >= -margin;
  return {
    result: passes ? 'pass' : 'fail',
    found: describeFound(difference, interval),
    because: describe({
      requirement,
      result,
      champion,
      difference,
      interval,
      uncertain: !passes && gain >= -margin,
    }),
  };
}

interface Sentence {
  readonly requirement: Versus;
  readonly result: MetricResult;
  readonly champion: string;
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** The difference itself would do, its interval does not. */
  readonly uncertain: boolean;
}

function describe({ requirement, result, champion, difference, interval, uncertain }: Sentence): string {
  const [gap, low, high] = showNumbers(Math.abs(difference), ...interval) as [string, string, string];
  const [value] = showNumbers(result.challenger) as [string];
  const place = difference === 0 ? 'equal to' : `${gap} ${difference < 0 ? 'below' : 'above'}`;
  const doubt = uncertain ? ', which may be chance' : '';
  const allowed = describeAllowed(requirement, result.higherIsBetter);
  return `${value} is ${place} ${champion} (95 % interval ${low} to ${high})${doubt}; ${allowed}`;
}

function describeAllowed({ kind, margin }: Versus, higherIsBetter: boolean): string {
  const better = higherIsBetter ? 'above' : 'below';
  const worse = higherIsBetter ? 'below' : 'above';
  if (kind === 'better')
    return margin === 0 ? `required: surely ${better}` : `required: more than ${margin} ${better}`;
  return margin === 0 ? `allowed: not ${worse}` : `allowed: not more than ${margin} ${worse}`;
}

function describeFound(difference: number, interval: readonly [number, number]): string {
  const [shown, low, high] = showNumbers(difference, ...interval) as [string, string, string];
  return `${difference > 0 ? '+' : ''}${shown} (${low} to ${high})`;
}
