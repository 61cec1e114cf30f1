import type { MetricResult } from '../evidence/evidence.ts';
import { showNumber, showNumbers } from './number.ts';
import { type Drop, type Ruling, ruling } from './requirement.ts';

/** Holds what a model loses on rows as production sends them against a limit, in units of the metric. */
export function judgeDrop(requirement: Drop, heldOut: MetricResult, spoiled: MetricResult): Ruling {
  const { most } = requirement;
  const [before, after] = [heldOut.challenger, spoiled.challenger];
  // Two results of one name that disagree about the direction would turn a loss into a gain.
  if (heldOut.higherIsBetter !== spoiled.higherIsBetter) {
    return ruling('fail', '-', 'The two results do not agree which values are better');
  }
  const drop = heldOut.higherIsBetter ? before - after : after - before;
  if (!Number.isFinite(drop) || !Number.isFinite(most)) {
    return ruling('fail', String(drop), 'What is lost, or the limit, is not a number');
  }
  const loss = Number(drop.toPrecision(12));
  const [from, to, apart] = showNumbers(before, after, Math.abs(loss)) as [string, string, string];
  const change = loss === 0 ? 'as on' : `${apart} ${loss > 0 ? 'worse than on' : 'better than on'}`;
  const because = `${to} on production-like rows is ${change} the held-out ones (${from}); allowed: not more than ${showNumber(most)} worse`;
  return ruling(loss <= most ? 'pass' : 'fail', to, because);
}
