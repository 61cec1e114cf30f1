import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { textPaths } from './catalogue.ts';
import type { Change, TreeListing } from './change.ts';
import { modelYaml } from './declared.fixture.ts';
import { declaredPaths, readDeclared } from './declared.ts';
import { planChange } from './plan.ts';

type Files = Readonly<Record<string, string>>;
const treeOf = (files: Files): TreeListing =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      { path, mode: '100644', blob: createHash('sha1').update(text).digest('hex') },
    ]),
  );

const risks = `version: 1
risks:
  - { name: wrong-alarms, kind: quality, severity: low, status: open, control: none, owner: omar, review-by: '2026-12-31' }
`;
const waiverOf = (model: string, gate = 'auc min 0.6') =>
  `version: 1\nmodel: ${model}\ngate: ${gate}\nuntil: '2026-12-01'\nreason: few rows\nby: omar\n`;
const base: Files = {
  'models/churn/model.yml': modelYaml('churn'),
  'models/fraud/model.yml': modelYaml('fraud'),
  'models/churn/risks.yml': risks,
  'waivers/old.yml': waiverOf('churn'),
  'waivers/broken.yml': 'version: [',
};

function plan(head: Files, mergeBase: Files = base): Change {
  const trees = { mergeBase: treeOf(mergeBase), base: treeOf(mergeBase), head: treeOf(head) };
  const known = new Set(textPaths(trees).map(({ side, path }) => `${side}:${path}`));
  const sides = { mergeBase, base: mergeBase, head };
  return planChange({
    ...trees,
    text: (side, path) => (known.has(`${side}:${path}`) ? (sides[side][path] ?? null) : null),
    ledger: () => ({ versions: new Map(), champions: new Map() }),
    ledgerOnBase: false,
  });
}
const without = (path: string): Files =>
  Object.fromEntries(Object.entries(base).filter(([name]) => name !== path));
const codes = (change: Change) =>
  change.kind === 'refused' ? change.findings.map(({ code }) => code) : change.kind;

describe('a change of what people declare', () => {
  it.each([
    ['a waiver', { 'waivers/new.yml': waiverOf('churn') }, 'waivers/new.yml'],
    ['a changed waiver', { 'waivers/old.yml': waiverOf('churn', 'auc min 0.5') }, 'waivers/old.yml'],
    ['a risk register', { 'models/churn/risks.yml': `${risks}# seen\n` }, 'models/churn/risks.yml'],
    ['a readiness review', { 'models/churn/readiness.yml': 'version: 1\n' }, 'models/churn/readiness.yml'],
  ])('%s is configuration of its model, and no proposal', (_, files, path) => {
    expect(plan({ ...base, ...files })).toMatchObject({
      kind: 'request',
      model: 'churn',
      proposal: false,
      moves: [],
      configuration: [path],
    });
  });

  it.each([
    ['a waiver that cannot be read', { 'waivers/new.yml': 'version: 1\nmodel: churn\n' }, 'waivers/new.yml'],
    ['a waiver of no model', { 'waivers/new.yml': waiverOf('nobody') }, 'waivers/new.yml'],
    ['a waiver that changes models', { 'waivers/old.yml': waiverOf('fraud') }, 'models/churn/model.yml'],
    ['an empty register', { 'models/churn/risks.yml': 'version: 1\nrisks: []\n' }, 'models/churn/risks.yml'],
  ])('%s is refused', (_, files, file) => {
    const change = plan({ ...base, ...files });
    const findings = change.kind === 'refused' ? change.findings : [];
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.map(({ where }) => where?.file)).toEqual(findings.map(() => file));
  });

  it('deleting a register refuses, deleting a waiver only takes it away', () => {
    expect(codes(plan(without('models/churn/risks.yml')))).toEqual(['change/declared-deleted']);
    expect(plan(without('waivers/old.yml'))).toMatchObject({ kind: 'request', model: 'churn' });
    expect(plan(without('waivers/broken.yml'))).toMatchObject({ kind: 'request', model: null });
    const { 'models/churn/model.yml': _, 'models/churn/risks.yml': __, ...gone } = base;
    expect(codes(plan(gone))).not.toContain('change/declared-deleted');
  });

  it('leaves other pull requests alone, a broken waiver of base included', () => {
    expect(plan({ ...base, 'README.md': 'new' })).toMatchObject({ kind: 'nothing' });
  });
});

describe('readDeclared', () => {
  it('reads what base says of one model; what cannot be read waives nothing and is not missing', () => {
    const tree = treeOf({
      ...base,
      'models/churn/readiness.yml': 'version: 7\n',
      'waivers/f.yml': waiverOf('fraud'),
    });
    const files: Files = {
      ...base,
      'models/churn/readiness.yml': 'version: 7\n',
      'waivers/f.yml': waiverOf('fraud'),
    };
    expect(declaredPaths(tree, 'churn')).toEqual([
      'models/churn/readiness.yml',
      'models/churn/risks.yml',
      'waivers/broken.yml',
      'waivers/f.yml',
      'waivers/old.yml',
    ]);
    const read = readDeclared(tree, 'churn', (path) => files[path] ?? null);
    expect(read).toMatchObject({ readiness: { kind: 'unreadable' }, risks: { kind: 'read' } });
    expect(read.waivers.map(({ name }) => name)).toEqual(['old']);
    expect(readDeclared(tree, 'fraud', (path) => files[path] ?? null)).toMatchObject({
      readiness: { kind: 'missing' },
      risks: { kind: 'missing' },
      waivers: [{ name: 'f' }],
    });
    expect(readDeclared(tree, 'churn', () => null).risks).toMatchObject({ kind: 'unreadable' });
  });
});
