import { describe, expect, it } from 'vitest';
import type { Association } from './measured.ts';
import { answer, columns, contractOf, judge, measure } from './rules.fixture.ts';

describe('leakage', () => {
  const contract = contractOf(columns, ['rule: leakage, label: origin, max: 0.9']);
  const copy = (feature: string, cells: Association['cells']): Association => ({
    feature,
    values: 2,
    labels: 2,
    cells,
    ordered: false,
    keys: null,
  });
  const told: Association['cells'] = [
    [0, 0, 50],
    [1, 1, 50],
  ];
  const untold: Association['cells'] = [
    [0, 0, 25],
    [0, 1, 25],
    [1, 0, 25],
    [1, 1, 25],
  ];
  const judgeFeatures = (...features: readonly Association[]) =>
    judge(contract, answer(measure(contract), { kind: 'association', name: 'the-rule', features }));

  it('names the features that give the label away, worst first', () => {
    const { findings, observations } = judgeFeatures(
      copy('id', untold),
      copy('delay', told),
      copy('day', told),
    );
    expect(findings).toMatchObject([
      {
        column: 'delay',
        found: '1 of 1',
        allowed: 'at most 0.9',
        message: expect.stringContaining('alone gives "origin" away'),
      },
      { column: 'day' },
    ]);
    expect(observations.at(-1)).toMatchObject({
      result: 'broken',
      found: '"delay" 1, "day" 1, "id" 0',
      method: expect.stringContaining('tau'),
    });
    expect(judgeFeatures(copy('id', untold), copy('delay', untold), copy('day', untold)).findings).toEqual(
      [],
    );
  });

  it('fails where a feature has no answer, or one that is no number', () => {
    expect(judgeFeatures(copy('id', untold), copy('delay', untold)).findings).toMatchObject([
      { severity: 'fail', found: 'the feature "day" was not compared with the label' },
    ]);
    expect(
      judgeFeatures(copy('id', [[0, 0, Number.NaN]]), copy('delay', untold), copy('day', untold)).findings,
    ).toMatchObject([{ column: 'id', found: 'not a number' }]);
  });
});
