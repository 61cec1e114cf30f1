import { describe, expect, it } from 'vitest';
import type { MetricResult } from '../evidence/evidence.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { toBinary } from './compare.fixture.ts';
import { compareModels } from './compare.ts';

/* What the answers of the judge are worth: how often they are right about models whose truth is known. */

const rows = 5_000;
const runs = 300;

interface Truth {
  readonly championOnly: number;
  readonly challengerOnly: number;
  readonly bothWrong: number;
}

/** Two classifiers that are right on given shares of the rows. */
function measureAccuracy(truth: Truth, seed: number): MetricResult {
  const next = seedGenerator(seed * 1_000_003);
  const [labels, challenger, champion] = [
    new Uint8Array(rows),
    new Float64Array(rows),
    new Float64Array(rows),
  ];
  for (let row = 0; row < rows; row++) {
    const drawn = next();
    const label = next() < 0.3 ? 1 : 0;
    const challengerWrong = drawn < truth.championOnly + truth.bothWrong;
    const championWrong =
      drawn >= truth.championOnly && drawn < truth.championOnly + truth.bothWrong + truth.challengerOnly;
    labels[row] = label;
    challenger[row] = challengerWrong ? 1 - label : label;
    champion[row] = championWrong ? 1 - label : label;
  }
  const [result] = compareModels(
    toBinary(labels, challenger, champion, { seed, metrics: ['accuracy'] }),
  ).metrics;
  if (result === undefined) throw new Error('no accuracy');
  return result;
}

/** The answer of a gate of its own (nothing to correct for), as the gates word it. */
function answer({ differenceInterval, pWorse, pBetter }: MetricResult, margin: number): string {
  const [low] = differenceInterval ?? [Number.NaN];
  if (low > 0 && (pBetter ?? 1) < 0.025) return 'better';
  if ((pWorse ?? 1) < 0.025 && low < -margin) return 'worse';
  return low >= -margin ? 'not worse' : 'not enough rows';
}

const shareOf = (answers: readonly string[], wanted: string) =>
  answers.filter((one) => one === wanted).length / answers.length;

describe('5,000 rows, a champion at 0.94, 6 % of the rows disagree', () => {
  const truth = { championOnly: 0.0375, challengerOnly: 0.0225, bothWrong: 0.0375 };
  const results = Array.from({ length: runs }, (_, seed) => measureAccuracy(truth, seed + 1));
  it('a challenger truly at 0.925 is called worse in 99 of 100 runs, where a tolerance of 2 % lets most through', () => {
    expect(
      shareOf(
        results.map((one) => answer(one, 0)),
        'worse',
      ),
    ).toBeGreaterThanOrEqual(0.99);
    const blocked = results.filter((one) => one.challenger < (one.champion ?? 0) * 0.98);
    expect(blocked.length / runs).toBeLessThan(0.25);
  });

  it('an equal challenger is called worse in no more than 5 of 100, where "block any drop" blocks half', () => {
    const truth = { championOnly: 0.03, challengerOnly: 0.03, bothWrong: 0.03 };
    const results = Array.from({ length: runs }, (_, seed) => measureAccuracy(truth, seed + 1));
    const answers = results.map((one) => answer(one, 0));
    expect(shareOf(answers, 'worse')).toBeLessThanOrEqual(0.05);
    expect(shareOf(answers, 'better')).toBeLessThanOrEqual(0.05);
    // Equal models cannot be told to be no worse without a margin: these rows do not say, and the answer says so.
    expect(shareOf(answers, 'not enough rows')).toBeGreaterThan(0.9);
    const dropped = results.filter((one) => (one.difference ?? 0) < 0);
    expect(dropped.length / runs).toBeGreaterThan(0.4);
    expect(
      shareOf(
        results.map((one) => answer(one, 0.015)),
        'not worse',
      ),
    ).toBeGreaterThan(0.95);
  });

  it('the interval covers the true difference in about 95 of 100 runs', () => {
    const covered = results.filter(({ differenceInterval: interval }) => {
      const [low, high] = interval ?? [Number.NaN, Number.NaN];
      return low <= -0.015 && high >= -0.015;
    });
    expect(covered.length / runs).toBeGreaterThan(0.92);
    expect(covered.length / runs).toBeLessThan(0.985);
  });
});
