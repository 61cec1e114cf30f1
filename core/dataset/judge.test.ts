import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnRule, Contract } from '../config/contract.ts';
import { toDriftRules } from '../config/drift-file.ts';
import { judgeGovernance } from './governance.ts';
import { judgeColumns } from './judge.ts';
import { type Measured, type MeasuredColumn, type Tally, type ValueRule, valueRules } from './measured.ts';
import { planChecks } from './plan.ts';

const positions = (pointer: string) => ({ file: 'datasets/d.yml', pointer });
const column = (more: Partial<ColumnRule> = {}): ColumnRule => ({
  name: 'a',
  type: 'number',
  required: true,
  nullable: false,
  unique: false,
  severity: 'fail',
  privacy: 'none',
  ...more,
});
const contractOf = (more: Partial<Contract> = {}): Contract => ({
  version: 1,
  dataset: 'd',
  description: 'x',
  owner: { users: [], teams: [] },
  files: ['data/*'],
  columns: [column()],
  rules: [],
  examples: 3,
  drift: toDriftRules(undefined),
  derivedFrom: [],
  rows: { min: 1 },
  access: ['*'],
  expires: '2030-01-01',
  source: 'x',
  legalBasis: 'x',
  approvedBy: 'x',
  ...more,
});

const clean: Tally = { count: 0, firstRow: null, examples: [], rows: [] };
function measuredColumn(faults: Partial<Record<ValueRule, Tally>> = {}, name = 'a'): MeasuredColumn {
  const tallies = {
    nulls: clean,
    type: clean,
    range: clean,
    length: clean,
    allowed: clean,
    pattern: clean,
    ...faults,
  };
  return { column: name, tallies, smallest: '0', largest: '9' };
}
const measuredOf = (more: Partial<Measured> = {}): Measured => ({
  files: [{ path: 'a.csv', columns: ['a'], rows: 10 }],
  problems: [],
  rows: 10,
  columns: [measuredColumn()],
  rules: [],
  profile: null,
  ...more,
});
const judge = (contract: Contract, measured: Measured) => judgeColumns(contract, measured, positions);

describe('planChecks', () => {
  it('keeps only what an engine needs, and asks for no private value', () => {
    const rules = [
      column({ min: 0, max: 1 }),
      column({ name: 'b', type: 'text', pattern: 'x', allowed: ['x'], privacy: 'secret' }),
    ];
    expect(planChecks(contractOf({ columns: rules })).columns).toEqual([
      { column: 'a', type: 'number', min: 0, max: 1, showValues: true },
      { column: 'b', type: 'text', pattern: 'x', allowed: ['x'], showValues: false },
    ]);
  });

  it.each<[string, readonly ColumnRule[]]>([
    ['no column', []],
    ['a column twice', [column(), column()]],
    ['a limit that is not finite', [column({ max: Number.NaN })]],
    ['an infinite limit', [column({ min: Number.NEGATIVE_INFINITY })]],
    ['a text limit of a number', [column({ min: '1' })]],
    ['a number limit of a time', [column({ type: 'timestamp', min: 1 })]],
    ['a time that is none', [column({ type: 'timestamp', max: 'infinity' })]],
    ['a limit of text', [column({ type: 'text', max: 3 })]],
    ['limits the wrong way round', [column({ min: 2, max: 1 })]],
    [
      'times the wrong way round',
      [column({ type: 'timestamp', min: '2001-01-01T05:00', max: '2001-01-01 04:00' })],
    ],
    ['an empty list', [column({ allowed: [] })]],
    ['a pattern that is not RE2', [column({ type: 'text', pattern: '(?=x)' })]],
    ['a NUL in a name', [column({ name: 'a\0b' })]],
    ['a NUL in a list', [column({ allowed: ['\0'] })]],
  ])('refuses %s: a rule that cannot be applied would let everything pass', (_, columns) => {
    expect(() => planChecks(contractOf({ columns }))).toThrow(
      expect.objectContaining({ kind: 'input', code: 'CONTRACT_RULE' }),
    );
  });
});

describe('judgeColumns', () => {
  it('finds nothing in data that keeps its contract', () => {
    expect(judge(contractOf(), measuredOf())).toEqual([]);
  });

  it('never passes what was not measured', () => {
    const nothing: Measured = { files: [], problems: [], rows: null, columns: [], rules: [], profile: null };
    expect(judge(contractOf(), nothing)).toMatchObject([{ severity: 'fail' }]);
    expect(judge(contractOf(), { ...measuredOf(), rows: null })).toMatchObject([{ severity: 'fail' }]);
    expect(judge(contractOf(), { ...measuredOf(), files: [] })).toMatchObject([{ severity: 'fail' }]);
    expect(judge(contractOf({ rows: { min: Number.NaN } }), measuredOf())).toMatchObject([
      { code: 'data/rows' },
    ]);
    expect(judge(contractOf({ rows: { min: 1, max: Number.NaN } }), measuredOf())).toMatchObject([
      { code: 'data/rows' },
    ]);
  });

  it('never passes a column that the file has and the engine did not measure', () => {
    expect(judge(contractOf(), measuredOf({ columns: [] }))).toMatchObject([
      { severity: 'fail', column: 'a' },
    ]);
  });

  it('turns every count into a finding, and only nulls of a nullable column into none', () => {
    const tally = fc.record({
      count: fc.nat(10),
      rule: fc.constantFrom(...valueRules),
      nullable: fc.boolean(),
    });
    fc.assert(
      fc.property(tally, ({ count, rule, nullable }) => {
        const faults = { [rule]: { count, firstRow: count > 0 ? 3 : null, examples: [], rows: [] } };
        const measured = measuredOf({ columns: [measuredColumn(faults)] });
        const findings = judge(contractOf({ columns: [column({ nullable })] }), measured);
        const expected = count > 0 && !(rule === 'nulls' && nullable);
        expect(findings.map(({ code }) => code)).toEqual(expected ? [`data/${rule}`] : []);
        if (expected) expect(findings[0]).toMatchObject({ count, total: 10, firstRow: 3, column: 'a' });
      }),
    );
  });

  it('says what is allowed in words', () => {
    const fault = { count: 1, firstRow: null, examples: ['x'], rows: [] };
    const say = (rule: ValueRule, more: Partial<ColumnRule>) =>
      judge(
        contractOf({ columns: [column(more)] }),
        measuredOf({ columns: [measuredColumn({ [rule]: fault })] }),
      )[0];
    expect(say('range', { min: 0 })).toMatchObject({
      allowed: 'at least 0',
      where: { pointer: '/columns/a/min' },
    });
    expect(say('range', { max: 5 })).toMatchObject({
      allowed: 'at most 5',
      where: { pointer: '/columns/a/max' },
    });
    expect(say('range', { min: 0, max: 5 })?.found).toBe('0 to 9; 1 row (10 %) outside');
    expect(say('range', { min: 0, privacy: 'personal' })?.found).toBe('1 row (10 %)');
    expect(say('allowed', { allowed: ['x', 'y'] })?.allowed).toBe('x, y');
    expect(say('allowed', {})?.allowed).toBe('');
    expect(say('pattern', { pattern: 'a+' })?.allowed).toBe('the pattern a+');
    expect(say('pattern', {})?.allowed).toBe('the pattern ');
    expect(say('type', { reason: 'why' })).toMatchObject({ reason: 'why', examples: ['x'] });
    expect(say('type', { privacy: 'secret' })).not.toHaveProperty('examples');
  });

  it('names a row even when the files do not add up to it', () => {
    const faults = { type: { count: 1, firstRow: 99, examples: [], rows: [] } };
    const say = (files: Measured['files']) =>
      judge(contractOf(), measuredOf({ files, columns: [measuredColumn(faults)] }))[0]?.message;
    expect(say([{ path: 'a.csv', columns: ['a'], rows: 10 }])).toContain('first at row 99.');
    expect(say([{ path: 'a.csv', columns: ['a'], rows: null }])).toContain('first at row 99.');
  });

  it('asks for rows within both limits', () => {
    const rows = (min: number, max?: number) =>
      judge(contractOf({ rows: max === undefined ? { min } : { min, max } }), measuredOf()).map(
        ({ code, found, allowed }) => [code, found, allowed],
      );
    expect(rows(10, 10)).toEqual([]);
    expect(rows(11)).toEqual([['data/rows', '10 rows', 'at least 11']]);
    expect(rows(1, 9)).toEqual([['data/rows', '10 rows', '1 to 9']]);
  });

  it('suspects a renaming by likeness, or when one is missing and one is new', () => {
    const findings = (header: string[], names = ['a']) =>
      judge(
        contractOf({ columns: names.map((name) => column({ name })) }),
        measuredOf({
          files: [{ path: 'f.csv', columns: header, rows: 10 }],
          columns: names.map((name) => measuredColumn({}, name)),
        }),
      );
    expect(findings(['entirely_different'])[0]?.message).toContain('was it renamed to "entirely_different"?');
    expect(findings(['x1', 'y1'], ['distance'])[0]?.message).toMatch(/missing in f\.csv\.$/);
    expect(findings(['a', 'b'])).toMatchObject([{ code: 'data/column-unknown', column: 'b' }]);
  });

  it('refuses empty files, and columns that are named twice', () => {
    const files = [
      { path: 'a.csv', columns: ['a', 'a'], rows: 10 },
      { path: 'b.csv', columns: ['a'], rows: 0 },
    ];
    expect(judge(contractOf(), measuredOf({ files }))).toMatchObject([
      { code: 'data/empty', found: '0 rows' },
      { code: 'data/column-doubled', found: '"a" 2 times' },
    ]);
  });

  it('lists at most three files by name', () => {
    const files = [1, 2, 3, 4, 5].map((at) => ({ path: `${at}.csv`, columns: ['b'], rows: 2 }));
    expect(judge(contractOf(), measuredOf({ files }))[0]?.message).toContain(
      '1.csv, 2.csv, 3.csv and 2 more',
    );
  });

  it('passes on why a file cannot be read', () => {
    const problems = [
      { path: 'a.csv', line: 1200, because: 'a NUL byte' },
      { path: 'b.csv', line: null, because: 'it is empty: not even a header' },
    ];
    expect(judge(contractOf(), measuredOf({ problems, rows: null, columns: [] }))).toMatchObject([
      { code: 'data/unreadable', found: 'line 1,200: a NUL byte' },
      { code: 'data/empty', found: 'it is empty: not even a header' },
    ]);
  });
});

describe('judgeGovernance', () => {
  it('opens on exact names alone', () => {
    const denied = judgeGovernance(
      contractOf({ access: ['churn', 'growth/*'] }),
      new Map(),
      'growth/churn',
      '2026-01-01',
      positions,
    );
    expect(denied).toMatchObject([{ code: 'data/access', allowed: 'churn, growth/*' }]);
    expect(
      judgeGovernance(contractOf({ access: ['churn'] }), new Map(), 'churn', '2026-01-01', positions),
    ).toEqual([]);
    expect(judgeGovernance(contractOf({ access: [] }), new Map(), null, '2026-01-01', positions)).toEqual([]);
  });

  it('closes on the day after, and on dates that are none', () => {
    for (const [expires, today] of [
      ['2026-01-01', '2026-01-02'],
      ['never', '2026-01-01'],
      ['9999-99-99', '2026-01-01'],
      ['2030-01-01', 'x'],
    ]) {
      expect(
        judgeGovernance(contractOf({ expires: expires ?? '' }), new Map(), null, today ?? '', positions),
      ).toMatchObject([{ code: 'data/expired' }]);
    }
  });
});
