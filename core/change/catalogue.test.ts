import { describe, expect, it } from 'vitest';
import { behaviourText } from '../evaluation/held-out.fixture.ts';
import { readCatalogue, textPaths } from './catalogue.ts';
import type { TreeListing } from './change.ts';

const rules = 'models/delay/model.yml';
const suite = 'models/delay/behaviour.yml';
const text = `version: 1
description: d
owners: { users: [omar] }
risk: limited
limitations: l
datasets: [flights]
paths: [models/delay/**]
train: { command: t, artifact: out/m }
predict: { command: p }
held-out: { features: f.csv, key: row, labels: { url: https://l.example, audience: a, sha256: ${'a'.repeat(64)}, column: late } }
gates: [{ metric: auc, min: 0.6 }]
`;
const easy = behaviourText.replace('must-pass: 1', 'must-pass: 0.5');

/** null: the file is there and nobody can read it. */
type Side = Readonly<Record<string, string | null>>;
const treeOf = (files: Side): TreeListing =>
  new Map(Object.keys(files).map((path) => [path, { path, mode: '100644', blob: 'b' }]));
const read = (base: Side, head: Side) => {
  const { models, findings } = readCatalogue(treeOf(base), treeOf(head), (side, path) =>
    side === 'mergeBase' ? null : ({ base, head }[side][path] ?? null),
  );
  const model = models.get('delay');
  return {
    from: model?.from ?? null,
    gates: model?.config.gates.map(({ metric, slice, min }) => [metric, slice ?? null, min]) ?? [],
    codes: findings.map(({ code }) => code),
  };
};
const own = ['auc', null, 0.6];
const strict = [
  own,
  ['behaviour-pass-rate', 'group distance', 1],
  ['behaviour-pass-rate', 'group carrier', 0.9],
];

describe('a suite beside model.yml', () => {
  it.each<[string, Side, Side, ReturnType<typeof read>]>([
    [
      'adds its groups to the gates',
      { [rules]: text, [suite]: behaviourText },
      {},
      { from: 'base', gates: strict, codes: [] },
    ],
    [
      'governs from base, whatever the head makes of it',
      { [rules]: text, [suite]: behaviourText },
      { [rules]: text, [suite]: easy },
      { from: 'base', gates: strict, codes: [] },
    ],
    [
      'governs from base though the head deletes it',
      { [rules]: text, [suite]: behaviourText },
      { [rules]: text },
      { from: 'base', gates: strict, codes: [] },
    ],
    [
      'that only the head has does not govern a model of base',
      { [rules]: text },
      { [rules]: text, [suite]: easy },
      { from: 'base', gates: [own], codes: [] },
    ],
    [
      'comes with a new model from the head',
      {},
      { [rules]: text, [suite]: behaviourText },
      { from: 'head', gates: strict, codes: [] },
    ],
    [
      'that is there and cannot be read is no suite that is not there',
      { [rules]: text, [suite]: null },
      { [rules]: text, [suite]: null },
      { from: null, gates: [], codes: ['config/unreadable'] },
    ],
    [
      'that base cannot read is mended like a new file: the head governs, and governors are asked',
      { [rules]: text, [suite]: null },
      { [rules]: text, [suite]: behaviourText },
      { from: 'head', gates: strict, codes: [] },
    ],
  ])('%s', (_, base, head, wanted) => {
    expect(read(base, head)).toEqual(wanted);
  });

  it('without a model.yml is of nobody', () => {
    expect(read({ [suite]: behaviourText }, { [suite]: easy })).toEqual({ from: null, gates: [], codes: [] });
  });

  it('is read beforehand, on every side', () => {
    const tree = treeOf({ [rules]: text, [suite]: easy, 'models/delay/train.py': '' });
    const paths = textPaths({ mergeBase: tree, base: tree, head: tree });
    expect(paths.filter(({ path }) => path === suite).map(({ side }) => side)).toEqual([
      'mergeBase',
      'base',
      'head',
    ]);
    expect(paths.some(({ path }) => path.endsWith('train.py'))).toBe(false);
  });
});
