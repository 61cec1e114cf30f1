import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../config/model.ts';
import { behaviourText, configOf } from './held-out.fixture.ts';
import { hasSets, planScoringSets, type ScoringSources } from './scoring-set.ts';

const all = `decision: { choose: f1 }
explain: { permutation: { rows: 100 } }
production-like:
  seed: 3
  corruptions:
    - { name: lost, kind: missing, columns: [distance], share: 0.3 }
    - { name: replayed, kind: recorded, columns: [hour], share: 0.1, file: data/recorded.csv }
`;
const validation = '  validation: { features: v.csv, labels: vl.csv }';
const config = configOf({
  gates: '[{ metric: auc, min: 0.6 }]',
  heldOut: validation,
  rest: all,
  behaviour: behaviourText,
});
const digest = (mark: string) => `sha256:${mark.repeat(64)}` as const;
const sources: ScoringSources = {
  features: digest('a'),
  validation: digest('b'),
  recorded: { 'data/recorded.csv': digest('c') },
};
const plan = (own: Partial<ModelConfig> = {}, more: Partial<ScoringSources> = {}) => {
  const used = { ...config, ...own };
  return planScoringSets(used, used.behaviour ?? null, { ...sources, ...more });
};
const inputs = (...given: Parameters<typeof plan>) =>
  Object.fromEntries(plan(...given).map(({ name, input }) => [name, input]));
const changed = (...given: Parameters<typeof plan>) => {
  const [before, after] = [inputs(), inputs(...given)];
  return Object.keys(before).filter((name) => before[name] !== after[name]);
};

describe('which sets a model scores', () => {
  it('is none where nothing is said', () => {
    const bare = configOf({ gates: '[{ metric: auc, min: 0.6 }]' });
    expect(planScoringSets(bare, null, { features: digest('a'), validation: null, recorded: {} })).toEqual(
      [],
    );
  });

  it('is all four where all is said, each by another digest', () => {
    expect(plan().map(({ name }) => name)).toEqual([
      'production-like',
      'validation',
      'behaviour',
      'permuted',
    ]);
    expect(new Set(Object.values(inputs())).size).toBe(4);
  });

  it('has no validation rows for a fixed threshold, and no permuted rows for attributions of the team', () => {
    expect(inputs({ decision: { threshold: 0.4 } })).not.toHaveProperty('validation');
    expect(inputs({}, { validation: null })).not.toHaveProperty('validation');
    expect(inputs({ explain: { attributions: 'shap.csv' } })).not.toHaveProperty('permuted');
  });

  const suite = config.behaviour as NonNullable<ModelConfig['behaviour']>;
  const spoiled = config.productionLike as NonNullable<ModelConfig['productionLike']>;
  const { heldOut } = config;
  it.each<[string, Parameters<typeof plan>, readonly string[]]>([
    ['nothing', [{}, {}], []],
    ['the held-out features', [{}, { features: digest('d') }], ['production-like', 'behaviour', 'permuted']],
    [
      'the key column',
      [{ heldOut: { ...heldOut, key: 'id' } }],
      ['production-like', 'behaviour', 'permuted'],
    ],
    ['the validation features', [{}, { validation: digest('d') }], ['validation']],
    ['a recorded table', [{}, { recorded: { 'data/recorded.csv': digest('d') } }], ['production-like']],
    ['the seed of the spoiling', [{ productionLike: { ...spoiled, seed: 4 } }], ['production-like']],
    ['the seed of the suite', [{ behaviour: { ...suite, seed: 2 } }], ['behaviour']],
    ['a case', [{ behaviour: { ...suite, groups: suite.groups.slice(1) } }], ['behaviour']],
    ['what is permuted', [{ explain: { permutation: { rows: 99, repeats: 1, seed: 1 } } }], ['permuted']],
    ['gates', [{ gates: [] }], []],
  ])('names other rows after a change of %s', (_, given, names) => {
    expect(changed(...given)).toEqual(names);
  });
});

it('stored predictions serve only where every wanted set is there and of the same rows', () => {
  const scored = plan();
  expect(hasSets(scored, plan())).toBe(true);
  expect(hasSets(scored, [])).toBe(true);
  expect(hasSets(undefined, [])).toBe(true);
  expect(hasSets(undefined, plan())).toBe(false);
  expect(hasSets(scored.slice(1), plan())).toBe(false);
  expect(hasSets(scored, plan({}, { features: digest('d') }))).toBe(false);
  expect(hasSets([...scored].reverse(), plan())).toBe(true);
});
