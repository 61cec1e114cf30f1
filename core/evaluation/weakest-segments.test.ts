import { describe, expect, it } from 'vitest';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { toBinary } from './compare.fixture.ts';
import { estimateMean } from './estimate.ts';
import { parseFeatures } from './feature-columns.ts';
import { searchSegments } from './segment-search.ts';
import { orderByUnit, readMean, sumSegments } from './segment-sums.ts';
import { findWeakestSegments } from './weakest-segments.ts';

const rows = 6_000;
const search = { columns: 'all', minimumRows: 100 } as const;

interface Features {
  readonly colour: string;
  readonly size: string;
  readonly distance: number;
}

/** Two models that are as good as one another, but for rows where the challenger is wrong more often. */
function draw(seed: number, isWeak: (features: Features) => boolean) {
  const next = seedGenerator(seed);
  const lines = ['id,colour,size,distance'];
  const [labels, challenger, champion] = [
    new Uint8Array(rows),
    new Float64Array(rows),
    new Float64Array(rows),
  ];
  for (let row = 0; row < rows; row++) {
    const colour = ['red', 'green', 'blue'][Math.floor(next() * 3)] as string;
    const size = ['s', 'm', ''][Math.floor(next() * 3)] as string;
    const distance = Math.floor(next() * 1_000);
    lines.push(`${row},${colour},${size},${distance}`);
    const label = next() < 0.5 ? 1 : 0;
    labels[row] = label;
    champion[row] = next() < 0.1 ? 1 - label : label;
    challenger[row] = next() < (isWeak({ colour, size, distance }) ? 0.35 : 0.1) ? 1 - label : label;
  }
  const keys = Array.from({ length: rows }, (_, row) => String(row));
  const table = parseFeatures(lines.join('\n'), { source: 'f.csv', key: 'id', keys });
  return { table, input: toBinary(labels, challenger, champion, { seed: 1, metrics: ['auc', 'accuracy'] }) };
}

describe('findWeakestSegments', () => {
  const planted = draw(1, ({ colour, size }) => colour === 'red' && size === 's');
  const { metrics, findings } = findWeakestSegments(planted.input, search, planted.table);

  it('finds the segment that was planted, by the first metric that is a mean of rows', () => {
    expect(findings).toEqual([]);
    expect(metrics).toHaveLength(3);
    const [first] = metrics;
    expect(first).toMatchObject({ metric: 'accuracy', slice: 'colour=red & size=s', pBetter: null });
    expect(first?.method).toMatch(
      /^weakest of 4\d segments, interval and p corrected; paired mean, normal interval$/,
    );
    expect(first?.difference).toBeCloseTo(-0.25, 1);
    expect(first?.pWorse).toBeLessThan(1e-10);
    expect(first?.champion).toBeCloseTo(0.9, 1);
  });

  it('reports no weakness twice: no two share a condition', () => {
    const conditions = metrics.flatMap(({ slice }) => slice?.split(' & ') ?? []);
    expect(new Set(conditions).size).toBe(conditions.length);
  });

  it('is the same at every run, and whatever the order of the rows of a group', () => {
    expect(findWeakestSegments(planted.input, search, planted.table).metrics).toEqual(metrics);
  });

  it('does not report what is judged as a slice anyway', () => {
    const slices = [{ name: 'colour=red & size=s', rows: Uint32Array.of(1) }];
    const without = findWeakestSegments({ ...planted.input, slices }, search, planted.table);
    expect(without.metrics.map(({ slice }) => slice)).not.toContain('colour=red & size=s');
    expect(without.metrics).toHaveLength(3);
  });

  it('holds a challenger without a champion against the other rows', () => {
    const alone = { ...planted.input, champion: null };
    const [first] = findWeakestSegments(alone, search, planted.table).metrics;
    expect(first).toMatchObject({
      slice: 'colour=red & size=s',
      champion: null,
      difference: null,
      pWorse: null,
    });
    expect(first?.method).toMatch(/against the other rows, mean, normal interval; corrected p \d/);
  });

  it('finds missing cells and quartiles of numbers', () => {
    const missing = draw(2, ({ size, distance }) => size === '' && distance >= 750);
    const [first] = findWeakestSegments(missing.input, search, missing.table).metrics;
    expect(first?.slice).toMatch(/^size is missing & distance>=7[45]\d$/);
  });

  it('keeps to the columns and rows that are named', () => {
    const one = { columns: ['colour', 'nothing'], minimumRows: 100 } as const;
    const found = findWeakestSegments(planted.input, one, planted.table).metrics;
    expect(found.map(({ slice }) => slice)).toContain('colour=red');
    expect(found.every(({ slice }) => slice?.startsWith('colour='))).toBe(true);
    expect(
      findWeakestSegments(planted.input, { columns: 'all', minimumRows: 5_999 }, planted.table).metrics,
    ).toEqual([]);
  });

  it('has nothing to look at in a ranking', () => {
    const truth = {
      kind: 'relevance',
      values: Float64Array.of(1, 0),
      queries: Uint32Array.of(0, 0),
    } as const;
    const ranked = {
      ...planted.input,
      truth,
      challenger: { kind: 'score', values: Float64Array.of(0.1, 0.2) } as const,
      champion: null,
      metrics: ['ndcg@5'],
      context: { task: 'ranking' } as const,
    };
    expect(
      findWeakestSegments(ranked, search, { rows: 2, columns: new Map(), missingRows: 0 }).findings,
    ).toMatchObject([{ code: 'evaluation/segments-not-searched' }]);
  });

  it('does not cry wolf about equal models: looking often is paid for', () => {
    let wrong = 0;
    for (let seed = 10; seed < 40; seed++) {
      const { input, table } = draw(seed, () => false);
      const found = findWeakestSegments(input, search, table).metrics;
      if (found.some(({ pWorse }) => (pWorse ?? 0) < 0.05)) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(4);
  });
});

describe('sums of segments', () => {
  const next = seedGenerator(3);
  const values = Float64Array.from({ length: 900 }, () => next() - 0.3);
  const weights = Float64Array.from({ length: 900 }, () => Math.floor(3 * next()));
  const ofRow = Int32Array.from({ length: 900 }, (_, row) => (row % 3) - 1);

  it('give the mean and error of the rows alone, weighted', () => {
    const units = { count: 900, ofRow: null };
    const sums = sumSegments({ values, weights, units, order: null }, ofRow, 2);
    const pick = (of: Float64Array) => of.filter((_, row) => ofRow[row] === 1);
    const { mean, standardError } = readMean(sums[1] as (typeof sums)[number]);
    const wanted = estimateMean(pick(values), pick(weights));
    expect(mean).toBeCloseTo(wanted.value, 12);
    expect(standardError).toBeCloseTo(wanted.standardError, 12);
  });

  it('count the rows of a group once', () => {
    const copied = Float64Array.from({ length: 900 }, (_, row) => values[row % 90] as number);
    const unit = Uint32Array.from({ length: 900 }, (_, row) => row % 90);
    const units = { count: 90, ofRow: unit };
    const whole = new Int32Array(900);
    const sums = sumSegments({ values: copied, weights: null, units, order: orderByUnit(units) }, whole, 1);
    const wanted = estimateMean(values.slice(0, 90), null);
    expect(readMean(sums[0] as (typeof sums)[number]).standardError).toBeCloseTo(wanted.standardError, 12);
  });

  it('end after 2,000 segments', () => {
    const lines = Array.from(
      { length: 2_000 },
      (_, row) => `${row},${row % 23},${row % 25},${row % 27},${row % 29}`,
    );
    const keys = lines.map((_, row) => String(row));
    const types = new Map(['a', 'b', 'c', 'd'].map((name) => [name, 'text'] as const));
    const table = parseFeatures(`id,a,b,c,d\n${lines.join('\n')}\n`, { source: 'f', key: 'id', keys, types });
    const gains = {
      values: Float64Array.from(lines, (_, row) => values[row % 900] as number),
      weights: null,
      units: { count: 2_000, ofRow: null },
      order: null,
    };
    const found = searchSegments({ columns: 'all', minimumRows: 1 }, table, gains, 'rest');
    expect(found).toMatchObject({ looked: 2_000, cutShort: true });
  });
});
