import { describe, expect, it } from 'vitest';
import { computeKsDistance } from './kolmogorov-smirnov.ts';
import { seedGenerator } from './mulberry32.ts';
import { binByReference } from './psi.ts';
import { binSamples, computeSampleKs } from './sample-grid.ts';
import { countValues } from './value-counts.ts';

const rows = 100_000;
const next = seedGenerator(71);
const sample = (draw: (at: number) => number) => Float64Array.from({ length: rows }, (_, at) => draw(at));
const log = () => Math.log(next() || 0.5);

/** Shapes that a grid of equal cells takes well, and those that it takes badly. */
const shapes: Readonly<Record<string, readonly [Float64Array, Float64Array]>> = {
  even: [sample(() => next() - 0.5), sample(() => 1.02 * next() - 0.5)],
  same: [sample(() => next()), sample(() => next())],
  tail: [sample(() => log() ** 3), sample(() => 1.05 * log() ** 3)],
  ties: [sample(() => Math.round(next() * 40) / 8), sample(() => Math.round(next() * 41) / 8)],
  'few values': [sample(() => Math.round(next() * 3) / 2), sample(() => Math.round(next() * 4) / 2)],
  'one value': [sample(() => 0.5), sample(() => 0.5)],
  whole: [sample(() => Math.round(log() * 50)), sample(() => Math.round(log() * 55))],
  'large whole': [sample(() => Math.round(next() * 2 ** 40)), sample(() => Math.round(next() * 2 ** 40))],
  'one outlier': [sample((at) => (at === 7 ? 1e300 : next())), sample(() => next())],
  'beyond all widths': [sample((at) => (at % 2 === 0 ? -1e308 : 1e308)), sample(() => next())],
  missing: [
    sample((at) => (at % 3 === 0 ? Number.NaN : next())),
    sample((at) => (at % 5 === 0 ? Number.POSITIVE_INFINITY : next())),
  ],
  apart: [sample(() => next()), sample(() => 5 + next())],
};

describe('samples of many rows', () => {
  it.each(Object.entries(shapes))('%s: as the sorted samples', (_, [first, second]) => {
    const [a, b] = [countValues(first), countValues(second)];
    expect(computeSampleKs(first, second)).toBe(computeKsDistance(a, b));
    const toSample = (counts: typeof a) => ({ counts, missing: 0 });
    expect(binSamples(first, second, 10)).toEqual(binByReference(toSample(a), toSample(b), 10));
  });

  it('refuses a sample without a number', () => {
    const none = new Float64Array(rows).fill(Number.NaN);
    const some = shapes.even?.[0] ?? none;
    expect(() => computeSampleKs(none, some)).toThrow(expect.objectContaining({ code: 'STATISTICS_EMPTY' }));
    expect(() => binSamples(none, some, 10)).toThrow(expect.objectContaining({ code: 'STATISTICS_EMPTY' }));
  });
});
