import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { textPaths } from './catalogue.ts';
import type { Change, TreeListing } from './change.ts';
import { modelYaml } from './declared.fixture.ts';
import { readDeclared } from './declared.ts';
import { planChange } from './plan.ts';

type Files = Readonly<Record<string, string>>;
const treeOf = (files: Files): TreeListing =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      { path, mode: '100644', blob: createHash('sha1').update(text).digest('hex') },
    ]),
  );

const request = (model = 'churn') =>
  `version: 1\nmodel: ${model}\nproduction: { eu: 2 }\nuntil: 2026-11-21T13:00:00Z\nreason: outage\nby: ben\n`;
const review = 'version: 1\nmodel: churn\npull-request: 7\nfound: a bad deploy\nby: ben\n';
const withdrawn = 'version: 1\nversions: [{ version: 2, reason: leaks a column, by: omar }]\n';
const stages = (version: number) => `production: { eu: ${version} }\n`;
const base: Files = {
  'models/churn/model.yml': modelYaml('churn'),
  'models/fraud/model.yml': modelYaml('fraud'),
  'models/churn/stages.yml': stages(1),
  'models/churn/withdrawn.yml': withdrawn,
  'break-glass/old.yml': request(),
};

function plan(changed: Readonly<Record<string, string | null>>): Change {
  const head = Object.fromEntries(
    Object.entries({ ...base, ...changed }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const trees = { mergeBase: treeOf(base), base: treeOf(base), head: treeOf(head) };
  const known = new Set(textPaths(trees).map(({ side, path }) => `${side}:${path}`));
  const sides: Readonly<Record<string, Files>> = { mergeBase: base, base, head };
  return planChange({
    ...trees,
    text: (side, path) => (known.has(`${side}:${path}`) ? (sides[side]?.[path] ?? null) : null),
    ledger: () => ({
      versions: new Map([
        [1, 'production'],
        [2, 'staging'],
      ]),
      champions: new Map([['eu', { version: 1, previous: null }]]),
    }),
    ledgerOnBase: false,
  });
}
const codes = (change: Change) =>
  change.kind === 'refused' ? change.findings.map(({ code }) => code) : change.kind;

describe('what a pull request says of an emergency', () => {
  it('stands beside its moves, and is content that approvals are about', () => {
    const change = plan({ 'models/churn/stages.yml': stages(2), 'break-glass/outage.yml': request() });
    expect(change).toMatchObject({
      model: 'churn',
      configuration: ['break-glass/outage.yml'],
      proposal: false,
    });
    const moves = change.kind === 'request' ? change.moves : [];
    expect(moves).toMatchObject([{ version: 2, to: 'production', endpoint: 'eu' }]);
    const other = plan({
      'models/churn/stages.yml': stages(2),
      'break-glass/outage.yml': request().replace('outage', 'nothing'),
    });
    const digestOf = (each: Change) => (each.kind === 'request' ? each.contentDigest : null);
    expect(digestOf(other)).not.toBe(digestOf(change));
    expect(plan({ 'break-glass/outage.review.yml': review })).toMatchObject({ model: 'churn', moves: [] });
    expect(plan({ 'break-glass/old.yml': null })).toMatchObject({ kind: 'request', moves: [] });
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'a request that was there before',
      { 'break-glass/old.yml': `${request()}# again\n` },
      ['break-glass/edited'],
    ],
    [
      'two requests',
      { 'break-glass/a.yml': request(), 'break-glass/b.yml': request() },
      ['break-glass/several'],
    ],
    ['a request of no model', { 'break-glass/a.yml': request('nobody') }, ['break-glass/unknown-model']],
    ['a file of another kind', { 'break-glass/a.md': 'why' }, ['break-glass/file-name']],
    ['a file in a folder', { 'break-glass/a/b.yml': request() }, ['break-glass/file-name']],
    ['a request that cannot be read', { 'break-glass/a.yml': 'version: [' }, ['config/syntax']],
    [
      'a request without an end',
      { 'break-glass/a.yml': request().replace(/until.*\n/, '') },
      ['config/missing-key'],
    ],
    ['a review without a number', { 'break-glass/a.review.yml': review.replace('7', 'x') }, ['config/value']],
    [
      'two models',
      { 'break-glass/a.yml': request(), 'models/fraud/stages.yml': stages(1) },
      ['change/several-models'],
    ],
    [
      'a withdrawal that cannot be read',
      { 'models/churn/withdrawn.yml': 'version: 1\nversions: []\n' },
      ['config/value'],
    ],
  ])('%s is refused', (_, files, expected) => {
    const found = codes(plan(files));
    expect(found).toHaveLength(expected.length);
    if (!expected[0]?.startsWith('config/')) expect(found).toEqual(expected);
  });

  it('a withdrawal cannot be deleted while its model stays', () => {
    expect(codes(plan({ 'models/churn/withdrawn.yml': null }))).toEqual(['change/declared-deleted']);
  });

  it('withdrawn versions are read from base; a file with a mistake is not one that is missing', () => {
    const read = (text: string | null) =>
      readDeclared(treeOf(text === null ? {} : { 'models/churn/withdrawn.yml': text }), 'churn', () => text)
        .withdrawn;
    expect(read(withdrawn)).toMatchObject({ kind: 'read', value: { versions: [{ version: 2 }] } });
    expect(read('version: 2')).toMatchObject({ kind: 'unreadable' });
    expect(read(null)).toBeUndefined();
  });
});
