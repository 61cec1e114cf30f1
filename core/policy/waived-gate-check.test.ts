import { describe, expect, it } from 'vitest';
import { modelYaml } from '../change/declared.fixture.ts';
import { readRepositoryConfig } from '../config/repository.ts';
import { checkWaivedGates } from './waived-gate-check.ts';

const policy = `version: 1
preset: small-team
roles:
  reviewer: { users: [rita, omar] }
  governor: { users: [ada, eve] }
store: file:///srv/store
data: file:///srv/dvc
trusted: { repository: acme/gatehouse, shas: [${'c'.repeat(40)}] }
defaults: { gates: [{ metric: log-loss, max: 0.9 }] }
`;
const waiver = (gate: string, model = 'churn') =>
  `version: 1\nmodel: ${model}\ngate: ${JSON.stringify(gate)}\nuntil: '2026-12-01'\nreason: few rows\nby: omar\n`;
const gates = `gates:
  - { metric: auc, min: 0.6 }
  - { metric: recall, min: 0.7, slice: carrier=AA }
  - { metric: latency-p95, versus: not-worse, margin: 5 }
slices: { declared: [{ column: carrier }] }
`;
const model = modelYaml('churn').replace(/^gates:.*\n/m, gates);

const check = (text: string, more: Readonly<Record<string, string | null>> = {}) => {
  const files = {
    '.github/gatehouse.yml': policy,
    'models/churn/model.yml': model,
    'waivers/x.yml': text,
    ...more,
  };
  const entries = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
  const config = readRepositoryConfig(new Map(entries));
  expect(config.findings.filter(({ severity }) => severity === 'fail')).toEqual([]);
  return checkWaivedGates(config);
};

describe('the gate of a waiver', () => {
  it.each([
    'auc min 0.6',
    'recall min 0.7 on carrier=AA',
    'latency-p95 not-worse 5',
    // The floor of the policy.
    'log-loss max 0.9',
  ])('%s is one', (gate) => {
    expect(check(waiver(gate))).toEqual([]);
  });

  it.each([
    ['acu min 0.6', 'auc min 0.6'],
    ['auc min 0.7', 'auc min 0.6'],
    ['recall min 0.7 on carrier=aa', 'recall min 0.7 on carrier=AA'],
    ['latency-p95 not worse 5', 'latency-p95 not-worse 5'],
  ])('%s is none, and %s was meant', (gate, meant) => {
    const [finding, ...rest] = check(waiver(gate));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      code: 'config/unknown-gate',
      severity: 'fail',
      where: { file: 'waivers/x.yml', line: 3 },
      found: gate,
      fix: `Write ${meant}.`,
    });
    expect(finding?.message).toContain(`Did you mean "${meant}"?`);
    expect(finding?.allowed).toContain('auc min 0.6; ');
  });

  it('is like no other: the answer says where gates stand', () => {
    expect(check(waiver('all of them'))[0]?.fix).toContain('models/churn/model.yml');
  });

  it('is not judged where model or policy cannot be read: that is told already', () => {
    expect(check(waiver('acu min 0.6', 'weather'))).toEqual([]);
    expect(check(waiver('acu min 0.6'), { '.github/gatehouse.yml': null })).toEqual([]);
  });
});
