import type { MetricResult } from '../evidence/evidence.ts';
import { showNumbers } from './number.ts';
import type { Limit, Ruling } from './requirement.ts';

/** Holds a value against an absolute limit. A value or limit that is not finite fails. */
export function judgeLimit(requirement: Limit, result: MetricResult): Ruling {
  const { kind, limit } = requirement;
  const value = result.challenger;
  if (!Number.isFinite(value))
    return { result: 'fail', found: String(value), because: `${value} is not a number` };
  if (!Number.isFinite(limit)) {
    return { result: 'fail', found: String(value), because: `The limit ${limit} is not a number` };
  }
  const passes = kind === 'min' ? value >= limit : value <= limit;
  const [shown, bound, gap] = showNumbers(value, limit, Math.abs(value - limit)) as [string, string, string];
  const side = value < limit ? 'below' : 'above';
  const distance = value === limit ? 'is exactly' : `is ${gap} ${side}`;
  const word = kind === 'min' ? 'least' : 'most';
  return {
    result: passes ? 'pass' : 'fail',
    found: shown,
    because: `${shown} ${distance} the ${word} allowed, ${bound}`,
  };
}
