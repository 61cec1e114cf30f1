import { describe, expect, it } from 'vitest';
import type { MetricResult } from '../evidence/evidence.ts';
import { compareOnHeldOut } from './compare-on-held-out.fixture.ts';
import { behaviourText, blunt, type ConfigTexts, type RowModel, sharp } from './held-out.fixture.ts';
import { gatesOf, inputOf, keyOf } from './held-out-input.fixture.ts';
import type { ScoredModel } from './scored-model.ts';

const full: ConfigTexts = {
  labels: ', weight: fare, group: plane',
  gates: `
  - { metric: auc, min: 0.7, versus: better }
  - { metric: auc, slice: carrier=AA, min: 0.7 }
  - { metric: accuracy, slices: { margin: 0.01 } }
  - { metric: disparate-impact-ratio, by: sex, min: 0.5 }
  - { metric: auc, drop: 0.4 }
  - { metric: profit, min: -5 }
  - { metric: behaviour-pass-rate, min: 0.5 }`,
  rest: `metrics: [{ name: profit, expression: "(10 * tp - fp) / rows", higher-is-better: true }]
slices: { declared: [{ column: carrier }], metrics: [accuracy], minimum-rows: 60 }
explain: { permutation: { rows: 200 } }
production-like: { seed: 1, corruptions: [{ name: lost, kind: missing, columns: [distance], share: 0.3 }] }
`,
  behaviour: behaviourText,
};
/** The same sets, and little to draw. */
const light: ConfigTexts = {
  gates: '[{ metric: auc, min: 0.7 }, { metric: auc, drop: 0.4 }, { metric: behaviour-pass-rate, min: 0.5 }]',
  rest: `explain: { permutation: { rows: 100 } }
production-like: { seed: 1, corruptions: [{ name: lost, kind: missing, columns: [distance], share: 0.3 }] }
`,
  behaviour: behaviourText,
};
describe('two classes, with all that model.yml can ask for', () => {
  const input = inputOf(full, sharp, blunt);
  const outcome = compareOnHeldOut(input);
  const { metrics, detail, explanation, behaviour } = outcome.comparison;
  const found = (key: string) => metrics.find((one) => keyOf(one) === key);

  it('has every metric once: of all rows, slices, production-like rows and cases', () => {
    const keys = metrics.map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining([
        'auc',
        'profit',
        'disparate-impact-ratio by sex',
        'auc | carrier=AA',
        'accuracy | carrier=DL',
        'auc | production-like',
        'behaviour-pass-rate',
        'behaviour-pass-rate | group carrier',
      ]),
    );
    expect(metrics.every(({ challenger }) => Number.isFinite(challenger))).toBe(true);
  });

  it('sees that the champion leans on the hour, and that lost distances hurt', () => {
    const auc = found('auc') as MetricResult;
    expect(auc.difference).toBeGreaterThan(0.02);
    expect(auc.method).toContain('groups');
    expect(found('auc | production-like')?.challenger).toBeLessThan(auc.challenger - 0.02);
    expect(explanation).toMatchObject({ grade: 'measured', metric: 'auc' });
    expect(explanation?.features[0]).toMatchObject({ feature: 'distance', rank: 1 });
    const hour = explanation?.features.find(({ feature }) => feature === 'hour');
    expect(hour?.challenger ?? 0).toBe(0);
    expect(Math.abs(hour?.champion ?? 0)).toBeGreaterThan(0);
  });

  it('answers every gate; none is left without its number', () => {
    const answers = Object.values(gatesOf(outcome));
    // A gate with a limit and a comparison answers both.
    expect(answers).toHaveLength(input.gates.length + 1);
    expect(new Set(answers)).toEqual(new Set(['pass']));
  });

  it('tells cases, curves and threshold beside it', () => {
    expect(
      behaviour?.groups.map(({ name, passed, cases, championPassed }) => [
        name,
        passed,
        cases,
        championPassed,
      ]),
    ).toEqual([
      ['distance', 1, 1, 1],
      ['carrier', 20, 20, 20],
    ]);
    expect(detail?.threshold).toEqual(expect.anything());
  });
});

describe('sets, one by one', () => {
  const input = inputOf(light, sharp, blunt);

  it('a group of cases below its share fails its gate, and the finding is no want of evidence', () => {
    const upside: RowModel = (cells) => 1 - sharp(cells);
    const { config } = input;
    const down = inputOf(light, upside, null);
    const gates = [
      { metric: 'behaviour-pass-rate', slice: 'group distance', min: 1, grade: 'measured' },
    ] as const;
    const failed = compareOnHeldOut({ ...down, gates });
    expect(config.behaviour?.groups[0]?.mustPass).toBe(1);
    expect(Object.values(gatesOf(failed))).toEqual(['fail']);
    expect(failed.findings.find(({ code }) => code === 'behaviour/group')?.severity).toBe('warn');
  });

  it('without outputs of the cases every case has failed', () => {
    const challenger = { ...input.challenger, behaviour: null };
    const { comparison } = compareOnHeldOut({ ...input, challenger });
    expect(comparison.behaviour?.groups.map(({ passed }) => passed)).toEqual([0, 0]);
    expect(comparison.gates.at(-1)?.result).toBe('fail');
  });

  it('without a set the gates that rest on it do not pass', () => {
    const challenger = { ...input.challenger, productionLike: null, permuted: null };
    const { comparison } = compareOnHeldOut({ ...input, challenger });
    expect(comparison.explanation).toBeNull();
    const drop = comparison.gates.find(({ gate }) => gate.includes('drop'));
    expect(['fail', 'not evaluated']).toContain(drop?.result);
  });

  it('with a set of the champion missing, its side alone is empty', () => {
    const champion = {
      ...(input.champion as ScoredModel),
      productionLike: null,
      behaviour: null,
      permuted: null,
    };
    const { comparison, findings } = compareOnHeldOut({ ...input, champion });
    const spoiled = comparison.metrics.find((one) => keyOf(one) === 'auc | production-like');
    expect(spoiled).toMatchObject({ champion: null, difference: null });
    expect(comparison.behaviour?.groups[0]?.championPassed).toBeNull();
    const gates = [
      { metric: 'auc', set: 'production-like', versus: 'not-worse', margin: 0.5 },
      { metric: 'behaviour-pass-rate', versus: 'not-worse', margin: 0.5, grade: 'measured' },
    ] as const;
    const compared = compareOnHeldOut({ ...input, champion, gates }).comparison.gates;
    for (const { result } of compared) expect(['fail', 'not evaluated']).toContain(result);
    expect(comparison.explanation?.features[0]).toMatchObject({ champion: null });
    expect(findings.every(({ severity }) => severity !== 'fail')).toBe(true);
  });

  it('permuted rows with other keys cost the explanation, of the champion its side', () => {
    const permuted = input.challenger.permuted as NonNullable<ScoredModel['permuted']>;
    const other = { ...permuted, keys: permuted.keys.map((key) => `x${key}`) };
    const own = compareOnHeldOut({ ...input, challenger: { ...input.challenger, permuted: other } });
    expect(own.comparison.explanation).toBeNull();
    expect(own.findings).toContainEqual(
      expect.objectContaining({ code: 'evaluation/key-missing', severity: 'fail' }),
    );
    const old = compareOnHeldOut({
      ...input,
      champion: { ...(input.champion as ScoredModel), permuted: other },
    });
    expect(old.comparison.explanation?.features[0]?.champion).toBeNull();
    expect(old.findings.filter(({ severity }) => severity === 'fail')).toEqual([]);
  });

  it('rows of the sample that nobody labelled cost the explanation', () => {
    const { rows } = input;
    const fileKeys = rows.fileKeys.map((key) => `x${key}`);
    const { comparison } = compareOnHeldOut({ ...input, rows: { ...rows, fileKeys } });
    expect(comparison.explanation).toBeNull();
  });

  it('a sample that the rows do not have costs the cases: their gates have no number', () => {
    const { rows } = input;
    const none = compareOnHeldOut({ ...input, rows: { ...rows, fileKeys: [] } });
    expect(none.comparison.behaviour).toBeNull();
    expect(none.findings).toContainEqual(expect.objectContaining({ severity: 'fail' }));
    const [gate] = none.comparison.gates.filter(({ metric }) => metric === 'behaviour-pass-rate');
    expect(['fail', 'not evaluated']).toContain(gate?.result);
  });

  it('explains by a metric of single rows, though a gap between groups is the first gate', () => {
    const gates =
      '[{ metric: demographic-parity-difference, by: sex, max: 0.9 }, { metric: accuracy, min: 0.1 }]';
    const { comparison } = compareOnHeldOut(
      inputOf({ gates, rest: 'explain: { permutation: { rows: 200 } }\n' }, sharp, null),
    );
    expect(comparison.explanation?.metric).toBe('accuracy');
  });

  it('a fault of ours is no finding about the model', () => {
    const broken = {
      get: () => {
        throw new TypeError('a fault of ours');
      },
    };
    const challenger = { ...input.challenger, behaviour: broken as unknown as ScoredModel['behaviour'] };
    expect(() => compareOnHeldOut({ ...input, challenger })).toThrow(TypeError);
  });

  it('tells attributions of the team as claimed', () => {
    const importances = new Map([['distance', { value: 2, noise: null }]]);
    const attributions = { challenger: importances, champion: null };
    const { comparison } = compareOnHeldOut({ ...input, attributions });
    expect(comparison.explanation).toMatchObject({ grade: 'claimed', metric: null });
  });

  it('puts what was measured elsewhere beside it', () => {
    const [auc] = compareOnHeldOut({ ...input, champion: null, against: null }).comparison.metrics;
    const latency: MetricResult = {
      ...(auc as MetricResult),
      ...{ metric: 'latency-p95', grade: 'measured', higherIsBetter: false, challenger: 12, rows: 0 },
    };
    const gates = [{ metric: 'latency-p95', max: 10 }] as const;
    const twice = [latency, { ...latency, challenger: 3 }];
    const { comparison } = compareOnHeldOut({ ...input, gates, measured: twice });
    expect(comparison.metrics.filter(({ metric }) => metric === 'latency-p95')).toEqual([latency]);
    expect(comparison.gates).toMatchObject([{ metric: 'latency-p95', result: 'fail' }]);
  });
});
