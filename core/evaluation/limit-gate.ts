import type { MetricResult } from '../evidence/evidence.ts';
import { showNumbers } from './number.ts';
import { type Limit, type Ruling, ruling } from './requirement.ts';
import { estimateRows, rowsHint } from './rows-needed.ts';

/**
 * Holds a value, or the bad end of its interval, against an absolute limit. A value or limit that is not finite fails.
 * A value that would do whose interval does not is not evaluated: more rows decide.
 */
export function judgeLimit(requirement: Limit, result: MetricResult): Ruling {
  const { kind, limit, at } = requirement;
  const value = result.challenger;
  if (!Number.isFinite(value)) return ruling('fail', String(value), `${value} is not a number`);
  if (!Number.isFinite(limit)) return ruling('fail', String(value), `The limit ${limit} is not a number`);
  const passes = kind === 'min' ? value >= limit : value <= limit;
  if (at === 'bound') return judgeBound(requirement, result, passes);
  const [shown] = showNumbers(value, limit, Math.abs(value - limit)) as [string];
  return ruling(passes ? 'pass' : 'fail', shown, describeLimit(kind, value, limit));
}

function judgeBound(requirement: Limit, result: MetricResult, valuePasses: boolean): Ruling {
  const { kind, limit } = requirement;
  const { challenger: value, challengerInterval: interval, rows } = result;
  if (interval === null || !interval.every(Number.isFinite)) {
    return ruling('fail', String(value), `${value} has no interval, and the gate is about its end`);
  }
  const bound = kind === 'min' ? interval[0] : interval[1];
  const passes = valuePasses && (kind === 'min' ? bound >= limit : bound <= limit);
  const [shown, low, high] = showNumbers(value, ...interval) as [string, string, string];
  const found = `${shown} (${low} to ${high})`;
  const end = `the ${kind === 'min' ? 'lower' : 'upper'} end of the 95 % interval`;
  if (passes) return ruling('pass', found, `${describeLimit(kind, bound, limit)}, by ${end}`);
  if (!valuePasses) return ruling('fail', found, describeLimit(kind, value, limit));
  const rowsNeeded = estimateRows(rows, Math.abs(value - bound), Math.abs(value - limit));
  const because = `${shown} would do, but ${end}, ${describeLimit(kind, bound, limit)}: ${rowsHint(rows, rowsNeeded)}`;
  return { ...ruling('not evaluated', found, because), rowsNeeded };
}

function describeLimit(kind: Limit['kind'], found: number, limit: number): string {
  const [shown, bound, gap] = showNumbers(found, limit, Math.abs(found - limit)) as [string, string, string];
  const distance = found === limit ? 'is exactly' : `is ${gap} ${found < limit ? 'below' : 'above'}`;
  return `${shown} ${distance} the ${kind === 'min' ? 'least' : 'most'} allowed, ${bound}`;
}
