import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFairness, isMeasured } from './metric-form.ts';
import { baseMetricNames, checkMetricName, metricKey, parseMetricName } from './metric-name.ts';
import { tasks } from './model.ts';

describe('parseMetricName', () => {
  it.each([
    ['auc', { base: 'auc', parameter: null, of: null }],
    ['f-beta@0.5', { base: 'f-beta', parameter: 0.5, of: null }],
    ['recall:very late: yes', { base: 'recall', parameter: null, of: 'very late: yes' }],
    ['score:help@1', { base: 'score', parameter: null, of: 'help@1' }],
  ])('reads %s', (text, name) => expect(parseMetricName(text)).toEqual(name));

  it.each([
    '',
    'AUC',
    'auc ',
    'f-beta@',
    'f-beta@-1',
    'f-beta@1e3',
    'recall:',
    'recall:a\nb',
    '-auc',
    'a--b',
  ])('refuses %j', (text) => expect(parseMetricName(text)).toBeNull());
});

describe('checkMetricName', () => {
  const binary = { task: 'binary-classification' } as const;
  const many = { task: 'multiclass-classification' } as const;

  it.each([
    ['auc', binary],
    ['f-beta@0.5', binary],
    ['disparate-impact-ratio', binary],
    ['latency-p99', binary],
    ['profit', { ...binary, custom: ['profit'] }],
    ['recall:late', many],
    ['f-beta-macro@2', many],
    ['pinball@0.9', { task: 'regression' }],
    ['ndcg@10', { task: 'ranking' }],
    ['score:helpful', { task: 'scored-examples' }],
    ['score:helpful', { task: 'scored-examples', scorers: ['helpful'] }],
    ['rmse', { task: null }],
    ['auc', { task: null }],
  ] as const)('knows %s (%j)', (text, scope) => expect(checkMetricName(text, scope)).toBeNull());

  it.each([
    ['acuracy', binary, 'accuracy'],
    ['roc_auc', binary, 'auc'],
    ['f1_score', binary, 'f1'],
    ['F1', binary, 'f1'],
    ['precision', many, 'precision-macro'],
    ['f1', many, 'f1-macro'],
    ['mean_squared_error', { task: 'regression' }, 'mse'],
    ['f-beta@2.0', binary, 'f-beta@2'],
    ['auc@2', binary, 'auc'],
    ['score:helpfull', { task: 'scored-examples', scorers: ['helpful'] }, 'score:helpful'],
    ['auc', { task: 'regression' }, null],
    ['f-beta', binary, null],
    ['f-beta@0', binary, null],
    ['pinball@1', { task: 'regression' }, null],
    ['ndcg@2.5', { task: 'ranking' }, null],
    ['disparate-impact-ratio', { task: 'regression' }, null],
    ['recall:late', binary, 'recall'],
    ['constructor', binary, null],
    ['score:x', { task: 'scored-examples', scorers: [] }, null],
  ] as const)('does not know %s (%j), and means %s', (text, scope, meant) => {
    expect(checkMetricName(text, scope)).toMatchObject({ meant, allowed: expect.stringMatching(/./) });
  });

  it('knows every base name of every task, once it has what it needs', () => {
    for (const task of tasks) {
      for (const base of baseMetricNames(task)) {
        const forms = [base, `${base}@2`, `${base}@0.5`, `${base}:x`];
        expect(forms.filter((text) => checkMetricName(text, { task }) === null)).not.toEqual([]);
      }
    }
  });

  it('never throws, and names what is allowed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...tasks, null), (text, task) => {
        const fault = checkMetricName(text, { task });
        expect(fault === null || fault.allowed.length > 0).toBe(true);
      }),
    );
  });
});

describe('metricKey', () => {
  it('names the groups of a fairness metric', () => {
    expect(metricKey({ metric: 'disparate-impact-ratio', by: 'sex' })).toBe('disparate-impact-ratio by sex');
    expect(metricKey({ metric: 'auc' })).toBe('auc');
  });
});

it('tells what is measured, and what is a gap between groups', () => {
  expect(['latency-p99', 'score:x', 'auc', 'latency'].map(isMeasured)).toEqual([true, true, false, false]);
  expect(
    ['disparate-impact-ratio', 'disparate-impact-ratio by sex', 'disparate-impact-ratios'].map(isFairness),
  ).toEqual([true, true, false]);
});
