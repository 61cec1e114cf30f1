import { describe, expect, it } from 'vitest';
import { behaviourText, type ConfigTexts, configOf, drawFlights, rowsOf } from './held-out.fixture.ts';
import { needsFeatures, truthColumnsOf } from './held-out-rows.ts';

const auc = '[{ metric: auc, min: 0.6 }]';
const fair = '[{ metric: demographic-parity-difference, by: sex, max: 0.2 }]';
const { features, labels } = drawFlights(200, 5);

describe('features of the held-out rows', () => {
  it.each<[string, ConfigTexts, boolean]>([
    ['a metric of all rows', { gates: auc }, false],
    ['attributions of the team', { gates: auc, rest: 'explain: { attributions: shap.csv }' }, false],
    ['slices', { gates: auc, rest: 'slices: { declared: [{ column: carrier }] }' }, true],
    ['groups of fairness', { gates: fair }, true],
    ['a suite', { gates: auc, behaviour: behaviourText }, true],
    ['permuted columns', { gates: auc, rest: 'explain: { permutation: { rows: 100 } }' }, true],
  ])('are asked for by %s: see the answer', (_, texts, wanted) => {
    const config = configOf(texts);
    expect(needsFeatures(config, config.gates)).toBe(wanted);
  });

  it('are not read where nothing asks for them', () => {
    expect(rowsOf(configOf({ gates: auc }), labels, null)).toMatchObject({
      features: null,
      fileKeys: [],
      fileColumns: [],
    });
  });

  it('stand in the order of the labels, keys in the order of their file', () => {
    const rest = 'slices: { declared: [{ column: carrier }] }\nexplain: { permutation: { rows: 100 } }';
    const [header, ...lines] = labels.trimEnd().split('\n');
    const turned = [header, ...lines.reverse()].join('\n');
    const rows = rowsOf(configOf({ gates: auc, rest }), turned, features);
    expect(rows.truth.keys[0]).toBe('f200');
    expect(rows.fileKeys[0]).toBe('f1');
    expect(rows.fileColumns).toEqual(['distance', 'hour', 'carrier', 'sex']);
    const carrier = rows.features?.columns.get('carrier');
    expect(carrier?.values[carrier.codes?.[0] ?? -1]).toBe('DL');
  });

  it.each([
    ['without the key column', 'id,hour\nf1,2\n'],
    ['that are empty', ''],
    ['with a key twice', 'row,hour\nf1,2\nf1,3\n'],
  ])('%s are refused', (_, content) => {
    const config = configOf({ gates: auc, behaviour: behaviourText });
    expect(() => rowsOf(config, labels, content)).toThrow(
      expect.objectContaining({ code: 'FEATURES_INVALID' }),
    );
  });
});

describe('columns of the label file', () => {
  it('are those that model.yml names, with weights and groups', () => {
    const config = configOf({ gates: auc, labels: ', weight: fare, group: plane' });
    expect(truthColumnsOf(config)).toEqual({
      ...{ key: 'row', label: 'late', weight: 'fare', group: 'plane', query: null, classes: [] },
    });
    const { truth } = rowsOf(config, labels, null);
    expect([...(truth.weights ?? [])].every((weight) => weight >= 1 && weight <= 3)).toBe(true);
    expect(new Set(truth.groups).size).toBe(150);
  });

  it('have the query of a ranking where others have a group', () => {
    const config = configOf({
      ...{ task: 'ranking', gates: '[{ metric: mrr, min: 0.1 }]', labels: ', group: plane' },
    });
    expect(truthColumnsOf(config)).toMatchObject({ query: 'plane', group: null });
  });
});
