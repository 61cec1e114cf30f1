import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { parseModelConfig } from './model-file.ts';
import type { Gate } from './policy.ts';
import { parsePolicy, renderPolicy } from './policy-file.ts';

const modelWith = (gates: string, rest = ''): string => `version: 1
description: d
owners: { users: [omar] }
risk: limited
limitations: l
datasets: [flights]
paths: [m/**]
train: { command: t, artifact: out/m }
predict: { command: p }
held-out: { features: f.csv, key: row, labels: { url: https://l.example, audience: a, sha256: ${'a'.repeat(64)}, column: late } }
gates:
${gates}
${rest}`;
const read = (gates: string): readonly Gate[] =>
  parseModelConfig(modelWith(gates), 'models/m/model.yml', 'm').gates;
const findings = (gates: string): readonly Finding[] => {
  try {
    read(gates);
  } catch (error) {
    if (error instanceof InputError) return error.findings;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('gates as people write them', () => {
  it.each<[string, readonly Gate[]]>([
    ['metric: recall, min: 0.8, at: bound', [{ metric: 'recall', min: 0.8, at: 'bound' }]],
    ['metric: recall, min: 0.7, slice: carrier=AA', [{ metric: 'recall', min: 0.7, slice: 'carrier=AA' }]],
    ['metric: auc, drop: 0.02', [{ metric: 'auc', drop: 0.02 }]],
    ['metric: auc, slices: { margin: 0.01 }', [{ metric: 'auc', slices: { margin: 0.01 } }]],
    ['metric: latency-p99, ratio: 1.1', [{ metric: 'latency-p99', ratio: 1.1 }]],
    [
      'metric: disparate-impact-ratio, by: sex, min: 0.8',
      [{ metric: 'disparate-impact-ratio', by: 'sex', min: 0.8 }],
    ],
    [
      'metric: auc, versus: not-worse, margin: 0.01, relative: true',
      [{ metric: 'auc', versus: 'not-worse', margin: 0.01, relative: true }],
    ],
    [
      'metric: auc, versus: not-worse, margin: 0.01, relative: false',
      [{ metric: 'auc', versus: 'not-worse', margin: 0.01 }],
    ],
    ['metric: auc, min: 0.5, grade: measured', [{ metric: 'auc', min: 0.5, grade: 'measured' }]],
    [
      'metric: auc, preset: baseline-plus-2-percent',
      [{ metric: 'auc', versus: 'better', margin: 0.02, relative: true }],
    ],
    ['metric: auc, threshold: 0.8, greater_is_better: true', [{ metric: 'auc', min: 0.8 }]],
    ['metric: log-loss, threshold: 0.5, greater-is-better: false', [{ metric: 'log-loss', max: 0.5 }]],
    ['metric: auc, min_absolute_change: 0.01', [{ metric: 'auc', versus: 'better', margin: 0.01 }]],
    [
      'metric: auc, min-relative-change: 0.02, grade: measured',
      [{ metric: 'auc', versus: 'better', margin: 0.02, relative: true, grade: 'measured' }],
    ],
    [
      'metric: auc, threshold: 0.8, min_absolute_change: 0.01, min_relative_change: 0.02, greater_is_better: true',
      [
        { metric: 'auc', min: 0.8, versus: 'better', margin: 0.01 },
        { metric: 'auc', versus: 'better', margin: 0.02, relative: true },
      ],
    ],
  ])('%s', (written, gates) => {
    expect(read(`  - { ${written} }`)).toEqual(gates);
  });

  it('stand where they are written: what one has too much comes last', () => {
    const both = '  - { metric: auc, min_absolute_change: 0.01, min_relative_change: 0.02 }';
    expect(
      read(`${both}\n  - { metric: f1, min: 0.5 }`).map(({ metric, relative }) => [metric, relative]),
    ).toEqual([
      ['auc', undefined],
      ['f1', undefined],
      ['auc', true],
    ]);
  });

  it.each([
    ['metric: auc', '/gates/0', 'min, max, versus, ratio'],
    ['metric: auc, grade: measured', '/gates/0', 'slices, drop or preset'],
    ['metric: auc, min: 0.5, relative: true', '/gates/0/relative', 'only beside "margin"'],
    ['metric: auc, versus: better, at: bound', '/gates/0/at', 'only beside "min" or "max"'],
    ['metric: auc, ratio: 0', '/gates/0/ratio', 'above 0'],
    ['metric: auc, min: 0.6, set: production-like, drop: 0.1', '/gates/0/drop', 'it speaks of both sets'],
    ['metric: auc, slice: a=1, slices: { margin: 0 }', '/gates/0/slices', 'without "slice"'],
    ['metric: auc, slices: { margin: -1 }', '/gates/0/slices/margin', '0 or more'],
    ['metric: auc, by: sex, min: 0.5', '/gates/0/by', 'no "by"'],
    ['metric: disparate-impact-ratio, min: 0.8', '/gates/0', 'column of the groups'],
    ['metric: auc, threshold: 0.8', '/gates/0', 'greater-is-better'],
    ['metric: auc, threshold: 0.8, min: 0.7, greater_is_better: true', '/gates/0/threshold', 'one of'],
    ['metric: auc, min: 0.8, greater_is_better: true', '/gates/0', 'a direction only beside'],
    ['metric: auc, versus: better, min_absolute_change: 0.1', '/gates/0/versus', 'one comparison a gate'],
    ['metric: auc, preset: baseline-plus-2-percent, versus: better', '/gates/0/preset', 'without another'],
    [
      'metric: auc, min_relative_change: 0.1, min-relative-change: 0.1',
      '/gates/0/min_relative_change',
      'one of',
    ],
    ['metric: log-loss, threshold: 0.5, greater_is_better: true', '/gates/0/greater_is_better', 'false'],
    ['metric: rmse, max: 3', '/gates/0/metric', 'auc, log-loss'],
    ['metric: roc_auc, min: 0.5', '/gates/0/metric', 'auc'],
    ['metric: auc, min: 0.5, set: train', '/gates/0/set', 'production-like'],
  ])('refuses %s at %s: %s', (written, pointer, allowed) => {
    const all = findings(`  - { ${written} }`);
    const found = all.find(({ where }) => where?.pointer === pointer);
    expect(found?.allowed, JSON.stringify(all)).toContain(allowed);
    expect(found?.where?.line).toBe(12);
    expect(found?.fix).toMatch(/./);
  });

  it('says what was meant', () => {
    expect(findings('  - { metric: roc_auc, min: 0.5 }')).toMatchObject([
      {
        message:
          'gates[0].metric: no metric "roc_auc" of the task binary-classification. Did you mean "auc"?',
        fix: 'Write auc.',
      },
    ]);
  });
});

describe('gates of a policy', () => {
  const policy = (rest: string): string => `version: 1
preset: small-team
store: file:///store
data: file:///data
trusted: { repository: acme/gatehouse, shas: [${'0'.repeat(40)}] }
roles: { reviewer: { users: [rita] }, governor: { users: [ada] } }
${rest}`;

  it('speak of every task, and are printed as they are read', () => {
    const read = parsePolicy(
      policy(
        'defaults: { held-out-budget: 20, gates: [{ metric: rmse, max: 3 }, { metric: auc, preset: baseline-plus-2-percent, grade: measured }] }',
      ),
      'p',
    );
    expect(read.defaults).toMatchObject({
      heldOutBudget: 20,
      gates: [
        { metric: 'rmse', max: 3 },
        { metric: 'auc', versus: 'better', margin: 0.02, relative: true, grade: 'measured' },
      ],
    });
    expect(parsePolicy(renderPolicy(read), 'p')).toEqual(read);
    expect(parsePolicy(policy(''), 'p').defaults).not.toHaveProperty('heldOutBudget');
  });

  it('name metrics that exist', () => {
    expect(() => parsePolicy(policy('defaults: { gates: [{ metric: acuracy, min: 0.5 }] }'), 'p')).toThrow(
      /Did you mean "accuracy"/,
    );
  });
});
