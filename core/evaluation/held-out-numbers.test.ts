import { describe, expect, it } from 'vitest';
import { compareOnHeldOut } from './compare-on-held-out.fixture.ts';
import {
  blunt,
  type ConfigTexts,
  configOf,
  type RowModel,
  rowsOf,
  scoreAll,
  sharp,
} from './held-out.fixture.ts';
import { planHeldOutComparison } from './held-out-comparison.ts';
import { flights, gatesOf, inputOf, scored } from './held-out-input.fixture.ts';
import type { ScoredModel } from './scored-model.ts';

describe('gaps between groups', () => {
  const gap = (by: string, features = flights.features) => {
    const config = configOf({ gates: `[{ metric: demographic-parity-difference, by: ${by}, max: 1 }]` });
    const rows = rowsOf(config, flights.labels, features);
    const challenger = scored(config, rows, scoreAll(config, flights.features, sharp));
    return compareOnHeldOut({
      ...{ config, gates: config.gates, minimumRows: 100, rows, attributions: null, measured: [] },
      ...{ against: null, challenger, champion: null },
    });
  };
  const gapOf = ({ comparison }: ReturnType<typeof gap>) => comparison.metrics[0]?.challenger;

  it('count rows without a value as a group of their own', () => {
    const [header = '', ...lines] = flights.features.trimEnd().split('\n');
    // Near flights are on time: what is said of the group without a value is far from the others.
    const near = lines.map((line) => (Number(line.split(',')[1]) < 300 ? line.replace(/,[mf]$/, ',') : line));
    const without = gap('sex', `${[header, ...near].join('\n')}\n`);
    expect(Object.values(gatesOf(without))).toEqual(['pass']);
    expect(gapOf(without)).toBeGreaterThan((gapOf(gap('sex')) ?? 1) + 0.3);
  });

  it('by a column that is not there have no value: their gate does not pass', () => {
    const { comparison, findings } = gap('wind');
    expect(['fail', 'not evaluated']).toContain(comparison.gates[0]?.result);
    expect(findings).toMatchObject([
      {
        code: 'evaluation/group-column',
        severity: 'fail',
        message: 'The held-out features have no column wind, by which a gate compares groups',
        allowed: '"distance", "hour", "carrier", "sex"',
      },
    ]);
  });
});

describe('few numbers', () => {
  const profit: ConfigTexts = {
    labels: ', weight: fare',
    gates: '[{ metric: profit, min: -5 }]',
    rest: 'metrics: [{ name: profit, expression: "(10 * tp - fp) / rows", higher-is-better: true }]\n',
  };
  const input = inputOf(profit, sharp, null);

  it('count a row as often as its weight says, and are the same each time', () => {
    const outcome = compareOnHeldOut(input);
    const { truth } = input.rows;
    const unweighted = compareOnHeldOut({
      ...input,
      rows: { ...input.rows, truth: { ...truth, weights: null } },
    });
    const [own, other] = [outcome, unweighted].map(({ comparison }) => comparison.metrics[0]?.challenger);
    expect(own).not.toBe(other);
    expect(compareOnHeldOut(input)).toEqual(outcome);
  });

  it('have the weakest segment among them where it is searched for', () => {
    const rest =
      'slices: { declared: [], minimum-rows: 30, search: { columns: [hour], minimum-rows: 30 } }\n';
    const tired: RowModel = (cells) => (Number(cells.hour) < 10 ? 1 - sharp(cells) : sharp(cells));
    const gates = '[{ metric: accuracy, min: 0.1 }]';
    const found = compareOnHeldOut(inputOf({ gates, rest }, tired, sharp));
    expect(found.comparison.metrics.some(({ slice }) => slice !== null)).toBe(true);
  });
});

describe('no champion', () => {
  it('leaves comparisons skipped and absolute gates judged', () => {
    const gates = '[{ metric: auc, min: 0.7 }, { metric: auc, versus: not-worse, margin: 0.01 }]';
    const outcome = compareOnHeldOut(inputOf({ gates }, sharp, null));
    expect(Object.values(gatesOf(outcome))).toEqual(['pass', 'skipped']);
    expect(
      outcome.comparison.metrics.every(
        ({ champion, difference }) => champion === null && difference === null,
      ),
    ).toBe(true);
  });

  it('of a registry is still one to compare with', () => {
    const gates = '[{ metric: auc, versus: better }]';
    const outcome = compareOnHeldOut({ ...inputOf({ gates }, sharp, blunt), against: 'unnumbered' });
    expect(Object.values(gatesOf(outcome))).toEqual(['pass']);
  });
});

const spoiled: ConfigTexts = {
  gates: '[{ metric: auc, drop: 0.4 }]',
  rest: 'production-like: { seed: 1, corruptions: [{ name: lost, kind: missing, columns: [distance], share: 0.3 }] }\n',
};

it('plans one pass over the held-out rows, and one more where production-like rows are scored', () => {
  const input = inputOf(spoiled, sharp, blunt);
  expect(planHeldOutComparison(input).compare.map(({ set }) => set)).toEqual([undefined, 'production-like']);
  const bare = { ...input, challenger: { ...input.challenger, productionLike: null } };
  expect(planHeldOutComparison(bare).compare).toHaveLength(1);
  const [whole] = planHeldOutComparison({
    ...input,
    champion: { ...(input.champion as ScoredModel), threshold: 0.3 },
  }).compare;
  expect(whole?.thresholds).toEqual({ challenger: 0.5, champion: 0.3 });
});
