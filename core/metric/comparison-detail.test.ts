import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detailSchema } from '../evidence/judgement-detail-schema.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { describeComparison } from './comparison-detail.ts';
import { roundCount, roundShare } from './report-step.ts';
import { makeBinary, makeClasses, makeNumbers, makeRanking } from './sample.fixture.ts';
import type { Sample } from './sample.ts';
import { cutByScore, leastBinRows } from './score-bins.ts';
import { describeDistribution } from './score-distribution.ts';

/** Scores that know something: class 1 is drawn as often as its score says. */
function drawBinary(rows: number, seed: number, digits = 6): Sample {
  const draw = seedGenerator(seed);
  const scores = Array.from({ length: rows }, () => Number(draw().toFixed(digits)));
  return makeBinary(
    scores.map((score) => (draw() < score ? 1 : 0)),
    scores,
  );
}

const isCoarse = (value: number): boolean => Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-9;

describe('cutByScore', () => {
  it('parts no rows of one score, and makes no bin of fewer than a hundred rows', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 600, minLength: 0, size: 'max' });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 12 }), (all, most) => {
        const bins = cutByScore(Float64Array.from(all), most);
        if (bins === null) {
          expect(all.length).toBeLessThan(leastBinRows);
          return;
        }
        const sizes = bins.ends.map((end, at) => end - (bins.ends[at - 1] ?? 0));
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(leastBinRows);
        expect(sizes.length).toBeLessThanOrEqual(most);
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(all.length);
        for (const end of bins.ends.slice(0, -1)) {
          expect(all[bins.order[end - 1] ?? 0]).toBeGreaterThan(all[bins.order[end] ?? 0] ?? 0);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('describeComparison', () => {
  it('draws what the schema of evidence takes, of two classes', () => {
    const challenger = drawBinary(7000, 1);
    const champion: Sample = { ...challenger, predicted: drawBinary(7000, 2).predicted };
    const detail = describeComparison(challenger, champion, '0.5');
    expect(detailSchema.parse(detail)).toEqual(detail);
    const { roc, precisionRecall, calibration, confusion, distribution } = detail;
    expect(roc?.challenger).toHaveLength(51);
    expect([roc?.challenger[0], roc?.challenger.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    // The score is the probability: half of the square lies over 1/6, and a champion that knows nothing is the diagonal.
    const areaOf = (points: readonly (readonly [number, number])[] = []) =>
      points
        .slice(1)
        .reduce(
          (sum, [x, y], at) => sum + ((x - (points[at]?.[0] ?? 0)) * (y + (points[at]?.[1] ?? 0))) / 2,
          0,
        );
    expect(areaOf(roc?.challenger)).toBeCloseTo(5 / 6, 1);
    expect(areaOf(roc?.champion ?? [])).toBeCloseTo(0.5, 1);
    expect(precisionRecall?.challenger).toHaveLength(50);
    expect(precisionRecall?.challenger.at(-1)?.[1]).toBeCloseTo(0.5, 1);
    expect(calibration?.challenger).toHaveLength(20);
    for (const bin of calibration?.challenger ?? [])
      expect(Math.abs(bin.found - bin.predicted)).toBeLessThan(0.1);
    expect(confusion?.classes).toEqual(['0', '1']);
    expect(confusion?.challenger.flat().reduce((sum, count) => sum + count, 0)).toBeGreaterThan(6900);
    expect(distribution?.edges).toEqual(Array.from({ length: 21 }, (_, at) => at / 20));
    expect(distribution?.champion?.reduce((sum, count) => sum + count, 0)).toBe(7000);
  });

  it('tells nothing finer than its rows carry, whatever the sample', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 3000 }),
        fc.nat(1e6),
        fc.integer({ min: 1, max: 3 }),
        (rows, seed, digits) => {
          const detail = describeComparison(drawBinary(rows, seed, digits), null, null);
          const points = [detail.roc, detail.precisionRecall].flatMap((both) => both?.challenger ?? []);
          const bins = detail.calibration?.challenger ?? [];
          const shares = [...points.flat(), ...bins.flatMap(({ predicted, found }) => [predicted, found])];
          expect(shares.filter((share) => !isCoarse(share) || share < 0 || share > 1)).toEqual([]);
          expect(bins.every((bin) => bin.rows >= 100)).toBe(true);
          expect(detail.confusion?.challenger.flat().every((count) => count % 10 === 0)).toBe(true);
          expect(detail.distribution?.challenger.every((count) => count === 0 || count >= 10)).toBe(true);
          const steps = detail.roc?.challenger.slice(1) ?? [];
          steps.forEach(([x, y], at) => {
            const [x0, y0] = steps[at - 1] ?? [0, 0];
            expect(x >= x0 && y >= y0).toBe(true);
          });
          expect(detail.roc === null).toBe(rows < 500);
          expect(detailSchema.safeParse(detail).success).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('draws no curve of fewer than ten rows of a class or 500 rows, and nothing at all of fewer than 100', () => {
    const few = makeBinary(
      Array.from({ length: 2000 }, (_, row) => (row < 9 ? 1 : 0)),
      Array.from({ length: 2000 }, (_, row) => row / 2000),
    );
    expect(describeComparison(few, null, null)).toMatchObject({ roc: null, precisionRecall: null });
    const small = describeComparison(drawBinary(99, 3), drawBinary(99, 4), 'text');
    expect(small).toEqual({
      ...{ roc: null, precisionRecall: null, calibration: null, distribution: null, confusion: null },
      threshold: 'text',
    });
  });

  it('of many classes shows the table, and calibration of the predicted class', () => {
    const rows = 400;
    const truth = Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 1 : row % 3));
    const of = (at: number) => truth.map((own, row) => (own === at && row % 4 !== 0 ? 0.8 : 0.1));
    const first = truth.map((_, row) => 1 - (of(1)[row] ?? 0) - (of(2)[row] ?? 0));
    const detail = describeComparison(makeClasses(['a', 'b', 'c'], truth, [first, of(1), of(2)]), null, null);
    expect(detailSchema.parse(detail)).toEqual(detail);
    expect(detail.confusion?.classes).toEqual(['a', 'b', 'c']);
    expect(detail.confusion?.challenger[1]?.[0]).toBe(100);
    expect(detail.calibration?.challenger[0]).toEqual({ predicted: 0.8, found: 0.75, rows: 400 });
    expect(detail.distribution?.challenger.reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(detail.roc).toBeNull();
  });

  it('of classes without probabilities shows the table alone, and of more than fifty nothing', () => {
    const classes = ['a', 'b'];
    const values = Uint16Array.from({ length: 200 }, (_, row) => row % 2);
    const sample: Sample = {
      truth: { kind: 'class', classes, values },
      predicted: { kind: 'class', values },
      rows: 200,
      threshold: 0.5,
    };
    expect(describeComparison(sample, sample, null)).toEqual({
      ...{ roc: null, precisionRecall: null, calibration: null, distribution: null, threshold: null },
      confusion: {
        classes,
        challenger: [
          [100, 0],
          [0, 100],
        ],
        champion: [
          [100, 0],
          [0, 100],
        ],
      },
    });
    const names = Array.from({ length: 51 }, (_, at) => `c${at}`);
    const many: Sample = { ...sample, truth: { kind: 'class', classes: names, values } };
    expect(describeComparison(many, null, null).confusion).toBeNull();
  });

  it('of numbers and rankings shows where predictions lie', () => {
    const numbers = Array.from({ length: 1000 }, (_, row) => row / 10);
    const detail = describeComparison(makeNumbers(numbers, numbers), null, null);
    expect(detail.distribution?.edges[0]).toBe(0);
    expect(detail.distribution?.edges.at(-1)).toBe(100);
    expect(detail.distribution?.challenger.reduce((sum, count) => sum + count, 0)).toBe(1000);
    expect(detail).toMatchObject({ roc: null, calibration: null, confusion: null });
    const ranking = makeRanking(
      numbers,
      numbers.map(() => 0),
      numbers,
    );
    expect(describeComparison(ranking, ranking, null).distribution?.champion).not.toBeNull();
    const scored: Sample = {
      truth: { kind: 'none' },
      predicted: { kind: 'columns', columns: new Map() },
      rows: 500,
      threshold: 0.5,
    };
    expect(describeComparison(scored, null, null).distribution).toBeNull();
  });
});

describe('describeDistribution', () => {
  it('shows no single row, and is not stretched by one', () => {
    const values = Float64Array.from({ length: 1000 }, (_, row) => (row === 7 ? 1e12 : row % 100));
    const described = describeDistribution(values, null, null);
    expect(described?.edges.at(-1)).toBeLessThan(101);
    expect(described?.challenger.reduce((sum, count) => sum + count, 0)).toBe(1000);
    const odd = values.map((value, row) => (row < 100 ? Number.NaN : value / 1000));
    expect(describeDistribution(odd, null, [0, 1])?.challenger.reduce((sum, count) => sum + count, 0)).toBe(
      900,
    );
    const lonely = values.map((_, row) => (row < 5 ? 0.99 : 0.2));
    expect(describeDistribution(lonely, null, [0, 1])?.challenger.at(-1)).toBe(0);
  });

  it.each([
    ['one value', new Float64Array(200)],
    [
      'a range that overflows',
      Float64Array.from({ length: 200 }, (_, row) => (row % 2 === 0 ? 1 : -1) * 1.7e308),
    ],
    [
      'a range that overflows when it is rounded',
      Float64Array.from({ length: 200 }, (_, row) => 1.5e308 + row * 1.49e305),
    ],
  ])('has none of %s', (_, values) => {
    expect(describeDistribution(values, null, null)).toBeNull();
  });
});

describe('rounding for pictures', () => {
  it.each([
    [0.123456, 1e9, 0.123],
    [0.123456, 100, 0.12],
    [0.123456, 24, 0.1],
    [0.98765, 2400, 0.99],
  ])('a share of %d over %d rows is told as %d', (value, rows, told) => {
    expect(roundShare(value, rows)).toBe(told);
  });

  it.each([
    [7, 1000, 10],
    [4, 1000, 0],
    [0, 1000, 0],
    [1000, 1000, 1000],
    [503_217, 1_000_000, 503_200],
  ])('%d of %d rows are told as %d', (count, rows, told) => {
    expect(roundCount(count, rows)).toBe(told);
  });
});
