import { describe, expect, it } from 'vitest';
import { caseOf, features, groupOf, suiteOf } from './behaviour.fixture.ts';
import { behaviourRows, sampledRows } from './behaviour-rows.ts';
import { planCases } from './plan-cases.ts';

const any = [{ kind: 'same-class' }] as const;
const sample = (size: number) => ({ kind: 'held-out', sample: size }) as const;
const toLate = [{ column: 'carrier', kind: 'set', value: 'UA' }] as const;

describe('behaviourRows', () => {
  it('writes each row with a key of its own, the row before a change first, left-out cells from the defaults', () => {
    const suite = suiteOf(
      groupOf('a', [caseOf('plain', any), caseOf('changed', any, { change: toLate })]),
      groupOf('b', [caseOf('empty', any, { input: { kind: 'row', cells: { carrier: '' } } })]),
    );
    expect(behaviourRows(suite, features)).toEqual({
      columns: ['row', 'distance', 'carrier'],
      rows: [
        ['1', '100', 'AA'],
        ['2', '100', 'AA'],
        ['3', '100', 'UA'],
        ['4', '', ''],
      ],
    });
    expect(planCases(suite, 100)).toMatchObject([
      { group: 0, name: 'plain', key: '1', before: null },
      { group: 0, name: 'changed', key: '3', before: '2' },
      { group: 1, name: 'empty', key: '4', before: null },
    ]);
  });

  it('samples held-out rows by seed and name of the case alone', () => {
    const only = groupOf('s', [caseOf('swap', any, { input: sample(20), change: toLate })]);
    const suite = suiteOf(only);
    const rows = sampledRows(suite, 100);
    expect(new Set(rows).size).toBe(20);
    const table = behaviourRows(suite, features).rows;
    expect(table).toHaveLength(40);
    expect(table.filter((_, at) => at % 2 === 0).map(([, distance]) => distance)).toEqual(
      rows.map((row) => features.rowAt(row)[1]),
    );
    expect(table.filter((_, at) => at % 2 === 1).every(([, , carrier]) => carrier === 'UA')).toBe(true);
    const beside = suiteOf(groupOf('other', [caseOf('x', any)]), only);
    expect(sampledRows(beside, 100)).toEqual(rows);
    expect(sampledRows({ ...suite, seed: 2 }, 100)).not.toEqual(rows);
  });

  it('does arithmetic on numbers, without binary dust, and leaves other cells of a sample as they are', () => {
    const change = [
      { column: 'distance', kind: 'multiply', by: 1.1 },
      { column: 'carrier', kind: 'append', text: '!' },
    ] as const;
    const rows = behaviourRows(suiteOf(groupOf('a', [caseOf('c', any, { change })])), features).rows;
    expect(rows[1]).toEqual(['2', '110', 'AA!']);
    const all = suiteOf(
      groupOf('s', [
        caseOf('c', any, { input: sample(100), change: [{ column: 'distance', kind: 'add', by: 0.1 }] }),
      ]),
    );
    const spoiled = behaviourRows(all, features).rows;
    expect([spoiled[1]?.[1], spoiled[7]?.[1]]).toEqual(['100.1', '']);
  });

  const withChange = (column: string) =>
    suiteOf(groupOf('g', [caseOf('c', any, { change: [{ column, kind: 'add', by: 1 }] })]));
  it.each([
    ['BEHAVIOUR_SAMPLE', suiteOf(groupOf('s', [caseOf('c', any, { input: sample(101) })]))],
    ['BEHAVIOUR_COLUMN', withChange('gate')],
    ['BEHAVIOUR_COLUMN', withChange('row')],
    [
      'BEHAVIOUR_COLUMN',
      suiteOf(groupOf('g', [caseOf('c', any, { input: { kind: 'row', cells: { gate: '' } } })])),
    ],
    ['BEHAVIOUR_COLUMN', { ...suiteOf(groupOf('g', [caseOf('c', any)])), defaults: { constructor: 'x' } }],
    ['BEHAVIOUR_CHANGE', withChange('carrier')],
  ])('%s', (code, suite) => {
    expect(() => behaviourRows(suite, features)).toThrow(expect.objectContaining({ code }));
  });
});
