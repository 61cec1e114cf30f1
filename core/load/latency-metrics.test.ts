import { describe, expect, it } from 'vitest';
import type { MetricResult } from '../evidence/evidence.ts';
import { canonicalJson } from '../json/canonical.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { countOf } from './histogram.ts';
import { evaluateLatency, latencyFindings } from './latency-metrics.ts';
import { type LatencyRecord, parseLatencyRecord, type RoundFact } from './latency-record.ts';
import { makeLatencies, makeLatencyRecord, makeRound, type RoundOptions } from './record.fixture.ts';
import { histogramsOf, roundsOf, summarise } from './summary.ts';

const latencyMetrics = (record: LatencyRecord) => evaluateLatency(record).metrics;

interface Pair {
  readonly challengerMs: number;
  readonly championMs: number | null;
  readonly requests?: number;
  readonly change?: (options: RoundOptions) => RoundOptions;
  readonly rounds?: number;
}

/** Rounds differ by a few per cent, as processes do. */
function recordOf(pair: Pair, own: Partial<LatencyRecord> = {}): LatencyRecord {
  const { challengerMs, championMs, requests = 3000, change = (options) => options, rounds = 5 } = pair;
  const facts = Array.from({ length: rounds }, (_, at) => at + 1).flatMap((round): readonly RoundFact[] => {
    const make = (who: RoundFact['who'], median: number, seed: number) =>
      makeRound(
        change({ round, who, latenciesMs: makeLatencies(requests, median * (1 + (round % 3) / 50), seed) }),
      );
    return [
      make('challenger', challengerMs, round),
      ...(championMs === null ? [] : [make('champion', championMs, 100 + round)]),
    ];
  });
  return makeLatencyRecord(facts, own);
}

const byName = (metrics: readonly MetricResult[], name: string): MetricResult => {
  const found = metrics.find(({ metric }) => metric === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

describe('latency metrics', () => {
  it('say quantiles, throughput, errors, cost and size, each with its direction and grade', () => {
    const metrics = latencyMetrics(recordOf({ challengerMs: 10, championMs: 10 }, { costPerHour: 0.5 }));
    expect(metrics.map(({ metric, higherIsBetter }) => [metric, higherIsBetter])).toEqual([
      ['latency-p50', false],
      ['latency-p95', false],
      ['latency-p99', false],
      ['throughput', true],
      ['error-rate', false],
      ['cost-per-1000', false],
      ['size-bytes', false],
    ]);
    for (const one of metrics)
      expect(one).toMatchObject({ grade: 'measured', slice: null, set: 'held-out', rows: 0 });
    expect(byName(metrics, 'throughput').challenger).toBe(50);
    // 0.5 an hour at 50 a second: 0.5 / 180 for 1,000.
    expect(byName(metrics, 'cost-per-1000').challenger).toBeCloseTo(0.002778, 6);
    expect(byName(metrics, 'size-bytes')).toMatchObject({
      challenger: 1000,
      difference: 0,
      pWorse: 1,
      pBetter: 1,
    });
  });

  it('tell which model file is larger without a doubt', () => {
    const record = recordOf({ challengerMs: 10, championMs: 10, rounds: 3 });
    const sizes = (challenger: number, champion: number) =>
      byName(
        latencyMetrics({
          ...record,
          challenger: { ...record.challenger, sizeBytes: challenger },
          champion: { ...(record.champion ?? record.challenger), sizeBytes: champion },
        }),
        'size-bytes',
      );
    expect(sizes(3000, 1000)).toMatchObject({
      difference: 2000,
      differenceInterval: [2000, 2000],
      pWorse: 0,
      pBetter: 1,
    });
    expect(sizes(1000, 3000)).toMatchObject({ difference: -2000, pWorse: 1, pBetter: 0 });
  });

  it('tell a slower challenger from an equal one', () => {
    const slower = byName(latencyMetrics(recordOf({ challengerMs: 13, championMs: 10 })), 'latency-p95');
    expect(slower.differenceInterval?.[0]).toBeGreaterThan(1);
    expect(slower.pWorse).toBeLessThan(0.001);
    expect(slower.pBetter).toBeGreaterThan(0.99);
    const equal = byName(latencyMetrics(recordOf({ challengerMs: 10, championMs: 10 })), 'latency-p95');
    expect(equal.challengerInterval?.[0]).toBeLessThan(equal.challenger);
    expect(equal.challengerInterval?.[1]).toBeGreaterThan(equal.challenger);
  });

  it('call equal models different no more often than they say, with rounds that differ a lot', () => {
    const next = seedGenerator(99);
    const missed = new Map<string, number>();
    for (let run = 0; run < 100; run++) {
      const facts = Array.from({ length: 5 }, (_, at) => at + 1).flatMap((round) =>
        (['challenger', 'champion'] as const).map((who) => {
          const median = 10 * Math.exp(0.17 * (next() + next() + next() - 1.5));
          return makeRound({
            round,
            who,
            latenciesMs: makeLatencies(300, median, Math.floor(next() * 2 ** 32)),
          });
        }),
      );
      for (const { metric, differenceInterval } of latencyMetrics(makeLatencyRecord(facts))) {
        const [low, high] = differenceInterval as readonly [number, number];
        if (low > 0 || high < 0) missed.set(metric, (missed.get(metric) ?? 0) + 1);
      }
    }
    // 5 % of 100, and three of its standard deviations; an interval of the requests alone misses in more than half.
    expect([...missed.values()].every((count) => count <= 11)).toBe(true);
  });

  it('are not fooled by a difference that is one start of a server', () => {
    // One round of the challenger was twice as slow, the others equal: between rounds the spread is large.
    const change = (options: RoundOptions): RoundOptions =>
      options.who === 'challenger' && options.round === 2
        ? { ...options, latenciesMs: options.latenciesMs.map((ms) => ms * 2) }
        : options;
    const one = byName(latencyMetrics(recordOf({ challengerMs: 10, championMs: 10, change })), 'latency-p50');
    expect(one.differenceInterval?.[0]).toBeLessThan(0);
    expect(one.pWorse).toBeGreaterThan(0.05);
  });

  it('have no champion where none was measured', () => {
    const [p50] = latencyMetrics(recordOf({ challengerMs: 10, championMs: null }));
    expect(p50).toMatchObject({
      champion: null,
      difference: null,
      differenceInterval: null,
      standardError: null,
    });
    expect(p50).toMatchObject({ pWorse: null, pBetter: null });
    expect(p50?.challengerInterval).not.toBeNull();
  });

  it('leave out a quantile that too few requests were sent for, and say how many it takes', () => {
    const { metrics, findings } = evaluateLatency(
      recordOf({ challengerMs: 10, championMs: null, requests: 150 }),
    );
    expect(metrics.map(({ metric }) => metric)).not.toContain('latency-p99');
    expect(metrics.map(({ metric }) => metric)).toContain('latency-p95');
    expect(findings.map(({ message }) => message)).toEqual([
      'latency-p99 has no value: it takes 1000 requests, there were 750 (challenger)',
    ]);
  });

  it('are not told when the schedule was not kept: only the size is left', () => {
    const change = (options: RoundOptions): RoundOptions => ({
      ...options,
      lateStarts: options.who === 'champion' ? 31 : 0,
    });
    const { metrics, findings } = evaluateLatency(recordOf({ challengerMs: 10, championMs: 10, change }));
    expect(metrics.map(({ metric }) => metric)).toEqual(['size-bytes']);
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'latency/late-start',
        'Of the requests to the champion 1.03 % were sent late by the measuring side: its latency is not evaluated',
      ],
    ]);
    const none = recordOf({ challengerMs: 10, championMs: null, requests: 0 });
    expect(latencyMetrics(none).map(({ metric }) => metric)).toEqual(['size-bytes']);
    expect(latencyFindings(none)[0]?.message).toContain('No request was due');
  });

  it('count errors, warn of more load than is carried, and have no cost of nothing', () => {
    const some = (errors: number) => (options: RoundOptions) => ({ ...options, errors });
    const { metrics, findings } = evaluateLatency(
      recordOf({ challengerMs: 10, championMs: 10, change: some(300) }, { costPerHour: 1 }),
    );
    expect(byName(metrics, 'error-rate')).toMatchObject({ challenger: 0.1, difference: 0 });
    // No spread between rounds: the interval is that of the counts.
    expect(byName(metrics, 'error-rate').differenceInterval?.[0]).toBeLessThan(-0.005);
    expect(findings.map(({ code }) => code)).toEqual(['latency/overload', 'latency/overload']);
    const dead = evaluateLatency(
      recordOf({ challengerMs: 10, championMs: null, change: some(3000) }, { costPerHour: 1 }),
    );
    expect(dead.metrics.map(({ metric }) => metric)).not.toContain('cost-per-1000');
    expect(byName(dead.metrics, 'throughput').challenger).toBe(0);
  });

  it('have finite numbers alone', () => {
    for (const rounds of [1, 3]) {
      const metrics = latencyMetrics(
        recordOf({ challengerMs: 10, championMs: 9, rounds }, { costPerHour: 2 }),
      );
      const numbers = metrics
        .flatMap((each) => Object.values(each).flat())
        .filter((each) => typeof each === 'number');
      expect(numbers.every(Number.isFinite)).toBe(true);
      expect(byName(metrics, 'latency-p50').differenceInterval === null).toBe(rounds === 1);
    }
  });
});

describe('latency summary', () => {
  it('counts failed requests, and tells no p99.9 of too few', () => {
    const record = recordOf({ challengerMs: 10, championMs: null, requests: 1500 });
    const summary = summarise(roundsOf(record, 'challenger'), 60);
    expect(summary).toMatchObject({ count: 7500, errors: 0, offeredPerSecond: 25, p999Ms: null });
    expect(summary.p50Ms).toBeGreaterThan(9);
    expect(summary.maxMs).toBeGreaterThan(summary.p99Ms as number);
  });

  it('has pictures of both, or of the challenger alone', () => {
    const both = histogramsOf(recordOf({ challengerMs: 10, championMs: 20 }), 40);
    expect([countOf(both.challenger), both.champion && countOf(both.champion)]).toEqual([15_000, 15_000]);
    expect(both.challenger.bins.length).toBeLessThanOrEqual(40);
    expect(histogramsOf(recordOf({ challengerMs: 10, championMs: null })).champion).toBeNull();
  });

  it('of nothing has no quantile and no mean', () => {
    expect(summarise([], 60)).toMatchObject({
      count: 0,
      p50Ms: null,
      meanMs: null,
      errorRate: null,
      maxMs: 0,
    });
  });
});

describe('latency record', () => {
  const record = recordOf({ challengerMs: 10, championMs: 10, rounds: 3, requests: 50 });
  const text = canonicalJson(record);

  it('is read as it was written', () => {
    expect(parseLatencyRecord(text, 'latency.json')).toEqual(record);
    expect(parseLatencyRecord(new TextEncoder().encode(text), 'latency.json')).toEqual(record);
  });

  const [round, ...rest] = record.rounds as readonly [RoundFact, ...RoundFact[]];
  const withRound = (change: Partial<RoundFact>) => ({
    ...record,
    rounds: [{ ...round, ...change }, ...rest],
  });
  it.each<readonly [string, unknown]>([
    ['a claimed grade', { ...record, grade: 'judged' }],
    ['an unknown key', { ...record, verdict: 'pass' }],
    ['more errors than requests', withRound({ errors: 51 })],
    ['more late starts than requests', withRound({ lateStarts: 51 })],
    ['a sum that these counts cannot have', withRound({ latency: { ...round.latency, sumUs: 1 } })],
    [
      'buckets out of order',
      withRound({
        latency: {
          bins: [
            [9, 1],
            [5, 1],
          ],
          sumUs: 14,
        },
      }),
    ],
    ['a latency over the timeout', { ...record, timeoutMs: 1 }],
    ['a round twice', withRound({ round: 2 })],
    ['a round of one model alone', { ...record, rounds: rest }],
    ['rounds of a champion that is not named', { ...record, champion: null }],
    ['a number that is not finite', { ...record, costPerHour: 0 }],
    ['a digest in another form', { ...record, configDigest: 'sha256:AA' }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => parseLatencyRecord(JSON.stringify(wrong), 'latency.json')).toThrow(
      expect.objectContaining({ code: 'LATENCY_RECORD_INVALID' }),
    );
  });

  it('is refused when it is no text, no JSON, or too large', () => {
    expect(() => parseLatencyRecord(Uint8Array.of(0xff), 'x')).toThrow(/not UTF-8/);
    expect(() => parseLatencyRecord('{', 'x')).toThrow(/strict JSON/);
    expect(() => parseLatencyRecord(' '.repeat(4 * 1024 * 1024 + 1), 'x')).toThrow(/more than/);
  });
});
