import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrival } from '../config/latency.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import {
  coarsenHistogram,
  countOf,
  fillHistogram,
  highestUs,
  mergeHistograms,
  rankOf,
  valueAtRank,
} from './histogram.ts';
import { quantileRanks } from './order-statistics.ts';
import { toRowBody } from './row-body.ts';
import { scheduleArrivals } from './schedule.ts';
import { readTrace, scaleTrace } from './trace.ts';

const latencies = fc.array(fc.double({ min: 0.001, max: 60_000, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});
const inUs = (values: readonly number[]) =>
  values.map((ms) => Math.max(1, Math.round(ms * 1000))).sort((a, b) => a - b);

describe('histogram', () => {
  it('gives every quantile as an observed value, at most 0.8 % above the exact one', () => {
    fc.assert(
      fc.property(latencies, fc.double({ min: 0.001, max: 1, noNaN: true }), (values, p) => {
        const sorted = inUs(values);
        const exact = sorted[rankOf(sorted.length, p) - 1] as number;
        const found = valueAtRank(fillHistogram(values), rankOf(sorted.length, p));
        expect(sorted).toContain(found);
        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found / exact).toBeLessThanOrEqual(1 + 1 / 128);
      }),
    );
  });

  it('keeps count, sum and maximum, and is the same merged as counted in one', () => {
    fc.assert(
      fc.property(fc.array(latencies, { minLength: 1, maxLength: 4 }), (parts) => {
        const whole = fillHistogram(parts.flat());
        expect(mergeHistograms(parts.map(fillHistogram))).toEqual(whole);
        expect(countOf(whole)).toBe(parts.flat().length);
        expect(highestUs(whole)).toBe(inUs(parts.flat()).at(-1));
        expect(whole.sumUs).toBe(inUs(parts.flat()).reduce((sum, us) => sum + us, 0));
      }),
    );
  });

  it('is coarsened to as many buckets as a picture has, losing neither count nor maximum', () => {
    const next = seedGenerator(3);
    const fine = fillHistogram(Array.from({ length: 5000 }, () => 0.05 * Math.exp(14 * next())));
    const coarse = coarsenHistogram(fine, 200);
    expect(fine.bins.length).toBeGreaterThan(400);
    expect(coarse.bins.length).toBeLessThanOrEqual(200);
    expect([countOf(coarse), highestUs(coarse), coarse.sumUs]).toEqual([5000, highestUs(fine), fine.sumUs]);
    expect(coarsenHistogram(fine, 32).bins.length).toBeLessThanOrEqual(32);
  });

  it('has no value beyond its ranks, and none when it is empty', () => {
    expect(valueAtRank(fillHistogram([]), 1)).toBeNaN();
    expect(valueAtRank(fillHistogram([1]), 2)).toBeNaN();
    expect(valueAtRank(fillHistogram([1]), 0)).toBeNaN();
    expect(highestUs(fillHistogram([]))).toBe(0);
  });

  it('takes the rank of type 1 in spite of floating point', () => {
    expect([rankOf(100, 0.95), rankOf(700, 0.99), rankOf(7, 0.5), rankOf(1, 0.001)]).toEqual([95, 693, 4, 1]);
  });
});

const declared = (pattern: 'poisson' | 'constant', rate: number, seconds: number): Arrival => ({
  kind: 'declared',
  pattern,
  rate,
  seconds,
});
const none = new Float64Array(0);

describe('schedule', () => {
  it('has Poisson arrivals with mean and variance of their rate, the same for a seed, others in another round', () => {
    const inputs = {
      arrival: declared('poisson', 200, 100),
      warmUpSeconds: 0,
      seed: 7,
      round: 1,
      trace: none,
    };
    const { dueMs } = scheduleArrivals(inputs);
    // Four standard deviations of a Poisson number.
    expect(Math.abs(dueMs.length - 20_000)).toBeLessThan(4 * Math.sqrt(20_000));
    const perSecond = new Float64Array(100);
    for (const due of dueMs)
      perSecond[Math.floor(due / 1000)] = (perSecond[Math.floor(due / 1000)] as number) + 1;
    const mean = dueMs.length / 100;
    const variance = perSecond.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 99;
    // Variance equals the mean; its own deviation over 100 seconds is sqrt(2 / 99).
    expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * Math.sqrt(2 / 99));
    expect(scheduleArrivals(inputs).dueMs).toEqual(dueMs);
    expect(scheduleArrivals({ ...inputs, round: 2 }).dueMs).not.toEqual(dueMs);
  });

  it('is ascending, inside its time, with the warm-up before what counts', () => {
    const numbers = {
      rate: fc.double({ min: 0.1, max: 300, noNaN: true }),
      seconds: fc.integer({ min: 1, max: 5 }),
    };
    fc.assert(
      fc.property(
        fc.record({
          ...numbers,
          warm: fc.integer({ min: 0, max: 3 }),
          seed: fc.integer(),
          pattern: fc.boolean(),
        }),
        ({ rate, seconds, warm, seed, pattern }) => {
          const arrival = declared(pattern ? 'poisson' : 'constant', rate, seconds);
          const { dueMs, counted, endMs } = scheduleArrivals({
            arrival,
            warmUpSeconds: warm,
            seed,
            round: 1,
            trace: none,
          });
          expect(dueMs.every((due, at) => at === 0 || due >= (dueMs[at - 1] as number))).toBe(true);
          expect(endMs).toBe((warm + seconds) * 1000);
          expect(dueMs.every((due) => due >= 0 && due < endMs)).toBe(true);
          expect(dueMs.every((due, at) => due < warm * 1000 === at < counted)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('spaces constant arrivals evenly, and starts with the first', () => {
    const { dueMs } = scheduleArrivals({
      arrival: declared('constant', 4, 1),
      warmUpSeconds: 0,
      seed: 1,
      round: 1,
      trace: none,
    });
    expect([...dueMs]).toEqual([0, 250, 500, 750]);
  });

  it('plays a recorded trace in its own rhythm, with a warm-up at its mean rate', () => {
    const arrival = { kind: 'recorded', path: 't.csv', column: 'at', speed: 1, seconds: 2 } as const;
    const trace = Float64Array.of(0, 0.1, 0.1, 1.5);
    const { dueMs, counted } = scheduleArrivals({ arrival, warmUpSeconds: 1, seed: 1, round: 1, trace });
    expect([...dueMs]).toEqual([0, 500, 1000, 1100, 1100, 2500]);
    expect(counted).toBe(2);
  });
});

describe('trace', () => {
  const read = (...cells: readonly string[]) =>
    readTrace([['id', 'at'], ...cells.map((cell, at) => [String(at), cell])], 'at', 'trace.csv');

  it('reads seconds and times, sorted, from the first request on', () => {
    expect([...read('1700000010.5', '1700000010', '1700000012')]).toEqual([0, 0.5, 2]);
    expect([...read('2026-11-01T10:00:00.250Z', '2026-11-01T10:00:01Z')]).toEqual([0, 0.75]);
  });

  it('is played faster and cut', () => {
    const seconds = read('0', '1', '2', '10');
    expect([...scaleTrace(seconds, 2, 2, 'trace.csv')]).toEqual([0, 0.5, 1]);
    const crowd = new Float64Array(5_001);
    expect(() => scaleTrace(crowd, 1, 1, 'trace.csv')).toThrow(/5001 requests are due in 1 seconds/);
  });

  it.each<readonly [string, () => unknown, RegExp]>([
    ['no such column', () => readTrace([['when'], ['1']], 'at', 't.csv'), /no column "at"/],
    ['no rows', () => readTrace([['at']], 'at', 't.csv'), /no rows/],
    ['nothing at all', () => readTrace([], 'at', 't.csv'), /no column/],
    ['another text', () => read('1', 'soon'), /row 2 has "soon"/],
    ['an empty cell', () => readTrace([['at', 'x'], ['']], 'x', 't.csv'), /row 1 has ""/],
    ['a negative time', () => read('-1'), /row 1/],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('body of a row', () => {
  it('has numbers as they stand, null for nothing, text for anything else, and no key', () => {
    const header = ['row', 'age', 'zip', 'note', 'a "b"', '__proto__'];
    const body = toRowBody(header, ['k1', '0.10', '007', '', 'NaN', '-1e3'], 'row');
    expect(body).toBe('{"age":0.10,"zip":"007","note":null,"a \\"b\\"":"NaN","__proto__":-1e3}');
    expect(toRowBody(['row', 'x'], ['1', '5'], 'row', 'instances')).toBe('{"instances":[{"x":5}]}');
    expect(toRowBody(['row', 'x'], ['1'], 'row')).toBe('{"x":null}');
  });

  it('is JSON whatever stands in the cells', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
        const header = cells.map((_, at) => `c${at}`);
        const row = JSON.parse(toRowBody(header, cells, 'c0')) as Record<string, unknown>;
        expect(Object.keys(row)).toEqual(header.slice(1));
        const back = header.slice(1).map((name) => row[name]);
        back.forEach((value, at) => {
          const cell = cells[at + 1] as string;
          expect(value).toEqual(cell === '' ? null : typeof value === 'number' ? Number(cell) : cell);
        });
      }),
    );
  });
});

describe('order statistics', () => {
  it('covers the quantile with 95 % and not much more, whatever the distribution', () => {
    for (const [count, p] of [
      [100, 0.5],
      [400, 0.95],
      [1000, 0.99],
    ] as const) {
      const { low, high } = quantileRanks(count, p);
      const next = seedGenerator(count);
      let covered = 0;
      for (let run = 0; run < 2000; run++) {
        let atMost = 0;
        for (let draw = 0; draw < count; draw++) if (next() <= p) atMost++;
        if (atMost >= (low as number) && atMost < (high as number)) covered++;
      }
      expect(covered / 2000).toBeGreaterThan(0.94);
      expect(covered / 2000).toBeLessThan(0.985);
    }
  });

  it('mirrors, and says where there are too few values', () => {
    expect(quantileRanks(100, 0.05)).toEqual({
      low: 101 - (quantileRanks(100, 0.95).high as number),
      high: 101 - (quantileRanks(100, 0.95).low as number),
    });
    // 0.99^367 is 0.02501, 0.99^368 is 0.0248: from 368 values on the highest bounds p99.
    expect(quantileRanks(367, 0.99).high).toBeNull();
    expect(quantileRanks(368, 0.99).high).toBe(368);
    expect(quantileRanks(5, 0.5)).toEqual({ low: null, high: null });
    expect(quantileRanks(6, 0.5)).toEqual({ low: 1, high: 6 });
    expect(quantileRanks(100, 0.001).low).toBeNull();
  });

  it('holds for a load test of hours', () => {
    const { low, high } = quantileRanks(10_000_000, 0.99);
    // Two standard deviations of the count beyond: 1.96 * sqrt(10^7 * 0.0099) = 617.
    expect(low).toBeCloseTo(9_900_000 - 616, -1);
    expect(high).toBeCloseTo(9_900_000 + 618, -1);
  });
});
