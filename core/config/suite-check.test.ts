import { describe, expect, it } from 'vitest';
import { checkRepositoryConfig } from './check.ts';

const model = (gates: string) => `version: 1
description: d
owners: { users: [omar] }
risk: limited
limitations: some
datasets: [flights]
paths: [models/churn/**]
train: { command: train, artifact: out/m }
predict: { command: predict }
held-out: { features: f.csv, key: row, labels: { url: https://l.example, audience: a, sha256: ${'a'.repeat(64)}, column: late } }
gates: [{ metric: auc, min: 0.6 }${gates}]
`;
const suite = `version: 1
groups:
  - name: short hops
    kind: edge
    cases: [{ name: a, row: {}, expect: { class: 1 } }]
`;

/** Findings of the suite's own kinds; those of the missing policy and contract aside. */
function check(files: Readonly<Record<string, string>>) {
  const codes = [
    'config/no-behaviour',
    'config/unknown-model',
    'config/behaviour',
    'config/ending',
    'config/value',
  ];
  return checkRepositoryConfig(new Map(Object.entries(files)))
    .filter(({ code }) => codes.includes(code))
    .map(({ code, where, fix }) => [code, where?.file, where?.line, fix]);
}
const [modelFile, suiteFile] = ['models/churn/model.yml', 'models/churn/behaviour.yml'];
const gate = (more = '') => `, { metric: behaviour-pass-rate, min: 0.9${more} }`;

const places = (files: Readonly<Record<string, string>>) =>
  check(files).map((finding) => finding.slice(0, 2));

describe('a behaviour suite beside its model', () => {
  it('is read, and gates may name it and its groups', () => {
    expect(check({ [modelFile]: model(gate(', slice: group short hops')), [suiteFile]: suite })).toEqual([]);
    expect(check({ [modelFile]: model(gate()), [suiteFile]: suite })).toEqual([]);
    expect(check({ [modelFile]: model('') })).toEqual([]);
  });

  it('is missed where a gate names it, or a group that it lacks', () => {
    expect(check({ [modelFile]: model(gate()) })).toEqual([
      ['config/no-behaviour', modelFile, 11, `Add ${suiteFile}, or remove the gate.`],
    ]);
    const misspelt = { [modelFile]: model(gate(', slice: group short hop')), [suiteFile]: suite };
    expect(check(misspelt)).toEqual([['config/no-behaviour', modelFile, 11, 'Write "group short hops".']]);
  });

  it('is held against the task of the model, and needs one', () => {
    const late = { [modelFile]: model(''), [suiteFile]: suite.replace('class: 1', 'class: late') };
    expect(places(late)).toEqual([['config/behaviour', suiteFile]]);
    expect(places({ [suiteFile]: suite })).toEqual([['config/unknown-model', suiteFile]]);
    const broken = { [modelFile]: model(gate()), [suiteFile]: suite.replace('kind: edge', 'kind: other') };
    expect(places(broken)).toEqual([['config/value', suiteFile]]);
    const ending = 'models/churn/behaviour.yaml';
    expect(places({ [modelFile]: model(''), [ending]: suite })).toEqual([['config/ending', ending]]);
  });
});
