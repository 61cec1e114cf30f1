import { describe, expect, it } from 'vitest';
import type { VersionRecord } from './ledger.ts';
import { diffVersions } from './version-diff.ts';

/** Only what a case is about: the difference reads whatever a record has. */
const record = (fields: object): VersionRecord =>
  ({ v: 1, model: 'm', version: 1, ...fields }) as unknown as VersionRecord;
const rows = (one: object, other: object = one) =>
  diffVersions(record(one), record({ version: 2, ...other })).map(({ part, name, values, differs }) =>
    [`${part}:${name}`, ...values, differs ? 'differs' : 'same'].join(' | '),
  );

describe('two records side by side', () => {
  it('show what a reader asks for first, then the rest by name', () => {
    const all = {
      ...{ task: 't', risk: 'low', owners: { users: ['o'] }, contributors: [{ login: 'c' }], approvals: [] },
      ...{ validation: [], lineage: { pullRequest: 1 }, gates: [], metrics: [], quality: 'judged' },
      ...{ artifact: { digest: 'd', name: 'n' } },
    };
    expect(rows(all)).toEqual([
      'artifact:digest | d | d | same',
      'artifact:name | n | n | same',
      'lineage:pullRequest | 1 | 1 | same',
      'contributors:c.login | c | c | same',
      'owners:users | o | o | same',
      'quality: | judged | judged | same',
      'risk: | low | low | same',
      'task: | t | t | same',
    ]);
    const parts = [
      'owners',
      'contributors',
      'approvals',
      'validation',
      'lineage',
      'gates',
      'metrics',
      'artifact',
    ];
    const lines = rows(Object.fromEntries(['a', ...parts].map((part) => [part, part])));
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      ...[
        'artifact',
        'metrics',
        'gates',
        'lineage',
        'validation',
        'approvals',
        'contributors',
        'owners',
        'a',
      ],
    ]);
  });

  it('say null for what only one of them has, and nothing for what neither has', () => {
    expect(rows({ a: 1, b: null, c: undefined, list: [] }, { d: false })).toEqual([
      'a: | 1 |  | differs',
      'd: |  | false | differs',
    ]);
    const [only] = diffVersions(record({ a: 1 }), record({}));
    expect(only).toEqual({ part: 'a', name: '', values: ['1', null], differs: true });
  });

  it('join a plain list, however deep it lies', () => {
    expect(rows({ owners: { users: ['a', 'b'], teams: [] }, more: { deep: { list: [1, null] } } })).toEqual([
      'owners:users | a, b | a, b | same',
      'more:deep.list | 1, null | 1, null | same',
    ]);
  });

  it('name the items of a list by what tells them apart, wherever they stand', () => {
    const metrics = [
      { metric: 'auc', set: 'held-out', slice: null, against: null, challenger: 0.6 },
      { metric: 'auc', set: 'behaviour', slice: 'night', against: 1, challenger: 0.5 },
    ];
    expect(rows({ metrics }, { metrics: [...metrics].reverse() })).toEqual([
      'metrics:auc.metric | auc | auc | same',
      'metrics:auc.set | held-out | held-out | same',
      'metrics:auc.challenger | 0.6 | 0.6 | same',
      'metrics:auc behaviour night.metric | auc | auc | same',
      'metrics:auc behaviour night.set | behaviour | behaviour | same',
      'metrics:auc behaviour night.slice | night | night | same',
      'metrics:auc behaviour night.against | 1 | 1 | same',
      'metrics:auc behaviour night.challenger | 0.5 | 0.5 | same',
    ]);
    for (const [key, value] of Object.entries({ gate: 'g', dataset: 'd', login: 'l', role: 'r', set: 's' })) {
      expect(rows({ list: [{ [key]: value, x: 1 }] })).toEqual([
        `list:${value}.${key} | ${value} | ${value} | same`,
        `list:${value}.x | 1 | 1 | same`,
      ]);
    }
    // A held-out set is the usual one: it names nothing.
    expect(rows({ list: [{ gate: 'held-out', x: 1 }] })[1]).toBe('list:held-out.x | 1 | 1 | same');
    expect(rows({ list: [{ set: 'held-out', x: 1 }] })[1]).toBe('list:1.x | 1 | 1 | same');
  });

  it('number the items that nothing tells apart', () => {
    expect(rows({ list: [{ x: 1 }, { x: 2 }, null] })).toEqual([
      'list:1.x | 1 | 1 | same',
      'list:2.x | 2 | 2 | same',
    ]);
    expect(
      rows({
        list: [
          { gate: 'g', x: 1 },
          { gate: 'g', x: 2 },
          { gate: 'g', x: 3 },
        ],
      }),
    ).toEqual([
      ...['list:g.gate | g | g | same', 'list:g.x | 1 | 1 | same'],
      ...['list:g (2).gate | g | g | same', 'list:g (2).x | 2 | 2 | same'],
      ...['list:g (3).gate | g | g | same', 'list:g (3).x | 3 | 3 | same'],
    ]);
    expect(rows({ list: ['plain', { x: 1 }] })).toEqual([
      'list:1 | plain | plain | same',
      'list:2.x | 1 | 1 | same',
    ]);
  });

  it('name an approval by who gave it, in which role', () => {
    const approval = { reviewer: { id: 3, login: 'rita' }, role: 'owner', reviewId: 9 };
    expect(rows({ approvals: [approval] }, { approvals: [{ ...approval, reviewId: 8 }] })).toEqual([
      'approvals:rita owner.reviewer.id | 3 | 3 | same',
      'approvals:rita owner.reviewer.login | rita | rita | same',
      'approvals:rita owner.role | owner | owner | same',
      'approvals:rita owner.reviewId | 9 | 8 | differs',
    ]);
  });
});
