import { describe, expect, it } from 'vitest';
import { estimateChoices, estimateNumbers } from './parzen.ts';
import { openDraws } from './random.ts';
import { makeSearch, play } from './search.fixture.ts';
import { keyOf } from './space.ts';
import type { Parameters } from './trial.ts';

const seeds = Array.from({ length: 60 }, (_, at) => at + 1);
const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Least value 0.397887. @see Dixon and Szego 1978; Surjanovic and Bingham, Virtual Library of Simulation Experiments */
const branin = ({ x, y }: Parameters) =>
  (Number(y) - (5.1 / (4 * Math.PI ** 2)) * Number(x) ** 2 + (5 / Math.PI) * Number(x) - 6) ** 2 +
  10 * (1 - 1 / (8 * Math.PI)) * Math.cos(Number(x)) +
  10;
const costs: Readonly<Record<string, number>> = { adam: 0, sgd: 1, rmsprop: 2, lion: 3 };
/** Least value about 0. */
const mixed = ({ rate, depth, optimizer, drop }: Parameters) =>
  (Math.log10(Number(rate)) + 2.5) ** 2 +
  0.1 * (Number(depth) - 7) ** 2 +
  (costs[String(optimizer)] ?? Number.NaN) +
  4 * (Number(drop) - 0.2) ** 2;
const braninSpace = { x: { from: -5, to: 10 }, y: { from: 0, to: 15 } };
const mixedSpace = {
  rate: { from: 1e-5, to: 1, scale: 'log' },
  depth: { from: 1, to: 12, whole: true },
  optimizer: Object.keys(costs),
  drop: { from: 0, to: 0.5, step: 0.1 },
};

describe('tpe', () => {
  it.each([
    ['Branin', braninSpace, branin, 0.397887],
    ['a mixed space', mixedSpace, mixed, 0],
  ] as const)('comes nearer to the best than random on %s, over 60 seeds', (_, space, measure, least) => {
    const regrets = (method: 'tpe' | 'random') =>
      seeds.map((seed) => {
        const { finished } = play(makeSearch({ method, space, trials: 40, seed }), ({ parameters }) =>
          measure(parameters),
        );
        return Math.min(...finished.map(({ value }) => value ?? Number.NaN)) - least;
      });
    const [tpe, random] = [meanOf(regrets('tpe')), meanOf(regrets('random'))];
    // Measured: about half as far away, on both.
    expect(tpe).toBeLessThan(0.75 * random);
    expect(tpe).toBeGreaterThanOrEqual(0);
  });

  it('maximizes as well as it minimizes: the same points for the opposite metric', () => {
    const points = (goal: 'maximize' | 'minimize', sign: number) =>
      play(
        makeSearch({ method: 'tpe', space: braninSpace, trials: 24, goal }),
        ({ parameters }) => sign * branin(parameters),
      ).finished.map(({ parameters }) => parameters);
    expect(points('maximize', -1)).toEqual(points('minimize', 1));
  });

  it('tries no point twice, and ends with a small space', () => {
    const space = { a: ['x', 'y', 'z'], b: { from: 1, to: 4, whole: true } };
    const { finished } = play(makeSearch({ method: 'tpe', space, trials: 50 }), ({ parameters }) =>
      Number(parameters.b),
    );
    expect(new Set(finished.map(({ parameters }) => keyOf(parameters))).size).toBe(12);
    expect(finished.length).toBe(12);
  });

  it('goes on when every trial fails', () => {
    const search = makeSearch({ method: 'tpe', space: braninSpace, trials: 12 });
    expect(play(search, () => ({ state: 'failed', value: null })).finished.length).toBe(12);
  });
});

describe('the Parzen estimators', () => {
  it('are densities: they have mass 1, and draw where they are dense', () => {
    for (const points of [[], [0.1], [0, 1], [0.3, 0.31, 0.32, 0.9]]) {
      const { density, draw } = estimateNumbers(points);
      const middles = Array.from({ length: 2000 }, (_, at) => (at + 0.5) / 2000);
      expect(meanOf(middles.map(density))).toBeCloseTo(1, 3);
      const draws = openDraws(1, [0, points.length]);
      const drawn = Array.from({ length: 4000 }, () => draw(draws));
      const below = meanOf(middles.map((at) => (at < 0.4 ? density(at) : 0)));
      expect(Math.abs(drawn.filter((one) => one < 0.4).length / 4000 - below)).toBeLessThan(0.03);
      expect(drawn.every((one) => one >= 0 && one <= 1)).toBe(true);
    }
  });

  it('know choices by their share, and never rule one out', () => {
    const { density, draw } = estimateChoices([1, 1, 1, 0], 3);
    expect([0, 1, 2].map(density)).toEqual([
      expect.closeTo(5 / 18),
      expect.closeTo(11 / 18),
      expect.closeTo(2 / 18),
    ]);
    const draws = openDraws(1, [0, 0]);
    const drawn = Array.from({ length: 3000 }, () => draw(draws));
    expect(drawn.filter((one) => one === 2).length / 3000).toBeCloseTo(1 / 9, 1);
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2]));
  });
});
