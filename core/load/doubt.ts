import type { Finding } from '../finding/finding.ts';
import { countOf } from './histogram.ts';
import type { LatencyRecord, RoundFact } from './latency-record.ts';
import { roundsOf, summarise } from './summary.ts';

/** Beyond this share the measuring side's own delay reaches p99. */
const mostLate = 0.01;
/** Below this share of the offered load a queue grows, and latency says how long the test was. */
const leastKept = 0.95;

const lateShare = (rounds: readonly RoundFact[]): number =>
  rounds.reduce((sum, { lateStarts }) => sum + lateStarts, 0) /
  rounds.reduce((sum, { latency }) => sum + countOf(latency), 0);

const sidesOf = (record: LatencyRecord): readonly RoundFact['who'][] =>
  record.champion === null ? ['challenger'] : ['challenger', 'champion'];

/** True when the schedule was not kept: latencies are then partly of the measuring side, and nothing is told of them. */
export function isTooLate(record: LatencyRecord): boolean {
  // No request at all is NaN, which is no share that is small enough.
  return sidesOf(record).some((who) => !(lateShare(roundsOf(record, who)) <= mostLate));
}

/** Why not all of a record can be told, and what to be careful with. */
export function findDoubts(record: LatencyRecord): readonly Finding[] {
  return sidesOf(record).flatMap((who): readonly Finding[] => {
    const rounds = roundsOf(record, who);
    const share = lateShare(rounds);
    if (!(share <= mostLate)) return [lateFinding(who, share)];
    const { throughputPerSecond, offeredPerSecond } = summarise(rounds, record.roundSeconds);
    return throughputPerSecond >= leastKept * offeredPerSecond
      ? []
      : [backlogFinding(who, throughputPerSecond, offeredPerSecond)];
  });
}

function lateFinding(who: string, share: number): Finding {
  return {
    code: 'latency/late-start',
    severity: 'warn',
    message: Number.isFinite(share)
      ? `Of the requests to the ${who} ${percent(share)} were sent late by the measuring side: its latency is not evaluated`
      : `No request was due for the ${who}: its latency is not evaluated`,
    found: Number.isFinite(share) ? percent(share) : 'no requests',
    allowed: `at most ${percent(mostLate)}`,
    fix: 'Measure on a machine with a core to spare for the measuring side, or lower latency.arrival.rate.',
  };
}

function backlogFinding(who: string, answered: number, offered: number): Finding {
  return {
    code: 'latency/overload',
    severity: 'warn',
    message: `The ${who} answered ${digits(answered)} of ${digits(offered)} requests a second as expected: under more load than it carries, latency grows with the length of the test`,
    found: `${digits(answered)}/s`,
    allowed: `at least ${percent(leastKept)} of ${digits(offered)}/s`,
    fix: 'Look at errors and timeouts, or declare a load that one server is meant to carry.',
  };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
const digits = (value: number): string => String(Number(value.toPrecision(3)));
