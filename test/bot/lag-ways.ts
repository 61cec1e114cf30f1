import { createHash } from 'node:crypto';
import type { ApiCall } from '../../sandbox/hub/traffic.ts';

/** Which reads lag, and how many of them. */
export interface LagWay {
  readonly name: string;
  readonly reads: number;
  readonly which?: (call: ApiCall) => boolean;
  /** The process ends after the operation, and a new one looks while reads still lag. */
  readonly restarts?: boolean;
  /** Writes of an operation that reads lag behind, at most; absent: all. */
  readonly most?: number;
}

const ends = (pattern: RegExp) => (call: ApiCall) => pattern.test(call.path);

/** More than an operation asks for; who waits for GitHub to show something waits no longer. */
const manyReads = 80;
const some = { reads: manyReads, most: 4 };

/** GitHub answers from several copies: all of them late, one kind of them, one list. */
export const lagWays: readonly LagWay[] = [
  { name: 'every read', reads: manyReads },
  { name: 'every read, and a restart', reads: manyReads, restarts: true, most: 8 },
  { name: 'the next read', reads: 1, most: 4 },
  { name: 'the next three reads', reads: 3, most: 4 },
  { name: 'GraphQL', ...some, which: ends(/^\/graphql$/) },
  { name: 'REST', ...some, which: ends(/^\/repos/) },
  { name: 'refs', ...some, which: ends(/\/git\/ref/) },
  { name: 'lists of pull requests', ...some, which: ends(/\/commits\/[^/]+\/pulls$|\/pulls$/) },
  { name: 'check runs', ...some, which: ends(/\/check-runs/) },
  { name: 'activity', ...some, which: ends(/\/activity$/) },
  { name: 'commits of a pull request', ...some, which: ends(/\/pulls\/\d+\/commits$/) },
  { name: 'comments', ...some, which: ends(/\/comments/) },
];

/**
 * Which of the writes of an operation are tried in one way: others for another seed, the same ones for the same.
 * @param points how many there are
 * @returns their numbers, rising from 0
 */
export function choosePoints(
  points: number,
  { name, most }: LagWay,
  operation: string,
  seed: string,
): readonly number[] {
  const all = Array.from({ length: points }, (_, at) => at);
  if (most === undefined || points <= most) return all;
  const lot = (at: number) => createHash('sha256').update(`${seed} ${operation} ${name} ${at}`).digest('hex');
  const drawn = all.map((at) => ({ at, lot: lot(at) })).sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return drawn
    .slice(0, most)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
}
