import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeGate, readMetrics } from './find-metrics.ts';
import { findOwners, findRemote, findRunners } from './find-people.ts';
import { findSetup } from './find-setup.ts';
import { topicOf, topicOfPath } from './slug.ts';
import { surveyOf } from './survey.fixture.ts';

const texts = (path: string, text: string) => ({ texts: new Map([[path, text]]), repository: null });

describe('names', () => {
  it.each([
    ['train_churn.py', 'churn'],
    ['models/churn/train.py', 'churn'],
    ['src/fraud_train.py', 'fraud'],
    ['models/churn.pkl.dvc', 'churn'],
    ['churn-model.onnx', 'churn'],
    ['src/train.py', null],
    ['model.pkl', null],
  ])('%s is about %s', (path, topic) => expect(topicOfPath(path)).toBe(topic));

  it('is never a word that a folder has for itself', () => {
    for (const word of ['versions', 'con', 'models', '..', '']) expect(topicOf(word)).toBeNull();
  });
});

describe('models', () => {
  const namesIn = (...paths: readonly string[]) =>
    findSetup(surveyOf(Object.fromEntries(paths.map((path) => [path, ''])))).models.map(({ name }) => name);

  it('joins a script and a file that only say what they are', () =>
    expect(namesIn('train.py', 'model.pkl')).toEqual(['churner']));
  it('keeps two apart that have names', () =>
    expect(namesIn('a/train.py', 'models/b.onnx')).toEqual(['b', 'a']));
  it('passes over tests and the work of others', () =>
    expect(namesIn('tests/train.py', 'node_modules/x/train.js', 'venv/lib/model.pkl')).toEqual([]));
  it('reads stages of dvc.yaml from their folder, and no template', () => {
    const text =
      'stages:\n  fit:\n    wdir: ..\n    cmd: python ${x}\n    outs: [out/a.pkl]\n    deps: [../../etc/passwd]\n';
    const [model] = findSetup(surveyOf({ 'sub/dvc.yaml': text })).models;
    expect(model).toMatchObject({ name: 'a', artifact: 'out/a.pkl', command: null, reads: [] });
  });
  it('is not stopped by a dvc.yaml that nobody can read', () =>
    expect(findSetup(surveyOf({ 'dvc.yaml': 'stages: [', 'train.py': '' })).models).toHaveLength(1));
});

describe('metrics', () => {
  const gate = (text: string) => proposeGate(readMetrics('metrics.json', text));
  it.each([
    ['{"auc": 0.9}', { metric: 'auc', limit: { min: 0.87 } }],
    ['{"test_roc_auc": 0.51}', { metric: 'auc', limit: { min: 0.5 } }],
    ['{"eval":{"rmse": 2}}', { metric: 'rmse', limit: { max: 2.2 }, task: 'regression' }],
    ['{"accuracy": 0.8, "auc": 0.7}', { metric: 'auc' }],
  ])('%s', (text, expected) => expect(gate(text)).toMatchObject(expected));

  it.each([
    '{"auc": 87}',
    '{"auc": 0.2}',
    '{"auc": 1e999}',
    '{"rmse": -1}',
    '{"auc": "0.9"}',
    '[0.9]',
    'auc=0.9',
    '{"__proto__": {"x": 1}}',
  ])('makes no gate of %s', (text) => expect(gate(text)).toBeNull());
  it('never throws', () => {
    fc.assert(fc.property(fc.json(), (text) => void gate(text)));
  });
});

describe('people and machines', () => {
  it('takes the line for everything, and no address of mail', () => {
    expect(findOwners(texts('CODEOWNERS', '/a @eve\n* @acme/ml-team a@b.c\n'))).toEqual({
      users: [],
      teams: ['acme/ml-team'],
      from: 'CODEOWNERS',
    });
    expect(findOwners(texts('CODEOWNERS', '/a @eve\n/b @eve @omar # @zoe\n'))?.users).toEqual([
      'eve',
      'omar',
    ]);
    expect(findOwners({ texts: new Map(), repository: 'ada/x' })).toMatchObject({
      users: ['ada'],
      from: 'remote',
    });
    expect(findOwners(texts('CODEOWNERS', '* nobody\n'))).toBeNull();
  });

  it('finds machines of the team, GPUs first, and no expression', () => {
    const file = '.github/workflows/ci.yml';
    const jobs =
      'jobs:\n  a: { runs-on: self-hosted }\n  b: { runs-on: "${{ matrix.os }}" }\n  c: { runs-on: { group: g, labels: [self-hosted, A100] } }\n  d: { runs-on: ubuntu-latest }\n';
    expect(findRunners(texts(file, jobs)).map(({ labels }) => labels)).toEqual([
      ['self-hosted', 'A100'],
      ['self-hosted'],
    ]);
    expect(findRunners(texts(file, 'jobs: ['))).toEqual([]);
    expect(findRunners(texts(file, 'jobs: { a: { runs-on: ["x]\\n- y", self-hosted] } }'))).toEqual([]);
  });

  it.each([
    [
      '[core]\nremote = b\n[\'remote "a"\']\nurl = s3://aaa/x\n[\'remote "b"\']\nurl = /srv/dvc\n',
      'file:///srv/dvc',
    ],
    ['[\'remote "a"\']\nurl = s3://aaa/x/\n', 's3://aaa/x'],
    ['[\'remote "a"\']\nurl = gs://aaa/x\n', null],
    ['[\'remote "a"\']\nurl = https://u:p@host/x\n', null],
    ['', null],
  ])('remote of %j is %s', (config, remote) => expect(findRemote(texts('.dvc/config', config))).toBe(remote));
});
