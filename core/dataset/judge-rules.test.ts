import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureFiles } from './measure.fixture.ts';
import { planChecks } from './plan.ts';
import {
  answer,
  type Contract,
  columns,
  contractOf,
  fileOf,
  judge,
  measure,
  type Row,
  rows,
  tally,
} from './rules.fixture.ts';

describe('judgeDataset', () => {
  it.each<[string, string, Record<string, unknown>]>([
    [
      'rule: missing, column: delay, max: 0.25',
      'kept',
      { found: '25 %, 1 of 4', allowed: 'at most 0.25 (25 %)', rows: 4 },
    ],
    ['rule: missing, column: delay, max: 0.2', 'broken', { found: '25 %, 1 of 4' }],
    ['rule: range, column: delay, max: 20', 'kept', { found: '0 to 20', allowed: 'at most 20' }],
    [
      'rule: range, column: delay, max: 19',
      'broken',
      { found: '0 to 20; 1 row (25 %) outside', count: 1, firstRow: 3 },
    ],
    [
      'rule: range, column: delay, max: 19, tolerance: { count: 1 }',
      'kept',
      { found: '0 to 20; 1 row (25 %) outside', allowed: 'at most 19; up to 1 row may break it' },
    ],
    ['rule: length, column: origin, max: 3', 'kept', { found: 'no row', allowed: 'at most 3 characters' }],
    ['rule: length, column: origin, min: 4', 'broken', { found: '4 rows (100 %)' }],
    [
      'rule: allowed, column: origin, values: [LAX]',
      'broken',
      { found: '2 rows (50 %)', allowed: 'LAX', firstRow: 3 },
    ],
    [
      'rule: allowed, column: origin, values: [LAX], tolerance: { share: 0.5 }',
      'kept',
      { allowed: 'LAX; up to 50 % of all rows may break it' },
    ],
    ['rule: pattern, column: origin, pattern: "[A-Z]{3}"', 'kept', { allowed: 'the pattern [A-Z]{3}' }],
    ['rule: pattern, column: origin, pattern: "[A-Z]{2}"', 'broken', { count: 4 }],
    ['rule: unique, columns: [id]', 'kept', { found: 'no row', allowed: 'every key "id" once' }],
    ['rule: unique, columns: [origin, day]', 'kept', {}],
    ['rule: unique, columns: [origin]', 'broken', { count: 2, firstRow: 2 }],
    ['rule: unique, columns: [delay]', 'kept', {}],
    ['rule: duplicates, max: 0', 'kept', {}],
    [
      'rule: duplicates, max: 0.4, columns: [origin]',
      'broken',
      { count: 2, allowed: 'no repeated row; up to 40 % of all rows may break it' },
    ],
    ['rule: duplicates, max: 0.5, columns: [origin]', 'kept', {}],
    ['rule: mean, column: delay, min: 10, max: 10', 'kept', { found: '10', allowed: '10 to 10', rows: 3 }],
    ['rule: mean, column: delay, max: 9.9999999', 'broken', { found: '10' }],
    ['rule: mean, column: delay, min: 10.000000001', 'broken', { found: '10' }],
    ['rule: standard-deviation, column: delay, min: 10, max: 10', 'kept', { found: '10' }],
    ['rule: standard-deviation, column: delay, max: 9', 'broken', { found: '10' }],
    ['rule: distinct, column: origin, min: 2, max: 2', 'kept', { found: '2', rows: 4 }],
    ['rule: distinct, column: origin, min: 3', 'broken', { found: '2', allowed: 'at least 3' }],
    [
      'rule: quantile, column: delay, at: 0.25, min: 5, max: 5',
      'kept',
      { found: '5', method: 'type 7 (linear interpolation)' },
    ],
    ['rule: quantile, column: delay, at: 1, max: 19', 'broken', { found: '20' }],
    ['rule: class-ratio, column: origin, value: LAX, min: 0.5, max: 0.5', 'kept', { found: '0.5', rows: 4 }],
    ['rule: class-ratio, column: origin, value: LAX, max: 0.4', 'broken', { found: '0.5' }],
    ['rule: class-ratio, column: origin, value: JFK, min: 0.1', 'broken', { found: '0' }],
    [
      'rule: freshness, column: day, max-age-hours: 24',
      'kept',
      { allowed: 'at most 24 hours before the check', found: '2001-04-02T00:00:00Z' },
    ],
    [
      'rule: freshness, column: day, max-age-hours: 23',
      'broken',
      { found: '2001-04-02T00:00:00Z', message: expect.stringContaining('older than what is allowed') },
    ],
  ])('%s: %s', (rule, result, expected) => {
    const contract = contractOf(columns, [rule]);
    const { findings, observations } = judge(contract, measure(contract));
    const observation = observations.find((each) => each.rule === 'the-rule');
    const kind = /rule: ([a-z-]+)/.exec(rule)?.[1];
    expect(observation).toMatchObject({ code: `data/${kind}`, result, severity: 'fail' });
    if (result === 'kept') {
      expect(findings).toEqual([]);
      expect(observation).toMatchObject(expected);
      return;
    }
    expect(findings).toMatchObject([
      {
        code: `data/${kind}`,
        rule: 'the-rule',
        severity: 'fail',
        where: { pointer: '/rules/the-rule' },
        ...expected,
      },
    ]);
    expect(findings[0]?.found).toBe(observation?.found);
    expect(findings[0]?.allowed).toBe(observation?.allowed);
    expect(findings[0]?.message).toContain('Rule "the-rule"');
  });

  it('lets a warning warn, and passes on its reason', () => {
    const contract = contractOf(columns, [
      'rule: mean, column: delay, max: 5, severity: warn, reason: why not',
    ]);
    const { findings, observations } = judge(contract, measure(contract));
    expect(findings).toMatchObject([{ severity: 'warn', reason: 'why not' }]);
    expect(observations.at(-1)).toMatchObject({ result: 'broken', severity: 'warn' });
  });

  it('observes every rule that a column sets, and the number of rows', () => {
    const contract = contractOf(['name: id, type: integer, min: 1, unique: true', ...columns.slice(1)]);
    const { observations, findings } = judge(contract, measure(contract));
    expect(findings).toEqual([]);
    expect(
      observations.slice(0, 5).map(({ code, column, result, found }) => [code, column, result, found]),
    ).toEqual([
      ['data/rows', undefined, 'kept', '4 rows'],
      ['data/nulls', 'id', 'kept', 'no row'],
      ['data/type', 'id', 'kept', 'no row'],
      ['data/range', 'id', 'kept', '1 to 4'],
      ['data/unique', 'id', 'kept', 'no row'],
    ]);
    expect(observations.find(({ column }) => column === 'delay')).toMatchObject({
      code: 'data/nulls',
      result: 'kept',
      found: '1 row (25 %)',
      allowed: 'empty cells are allowed',
    });
  });

  it('finds repeated values of a unique column, by the tolerance of the column', () => {
    const twice: readonly Row[] = [...rows, ['1', null, null, null]];
    const strict = contractOf(['name: id, type: integer, unique: true', ...columns.slice(1)]);
    expect(judge(strict, measure(strict, twice)).findings).toMatchObject([
      { code: 'data/unique', column: 'id', count: 1, firstRow: 5, where: { pointer: '/columns/id/unique' } },
    ]);
    const lax = contractOf([
      'name: id, type: integer, unique: true, tolerance: { share: 0.2 }',
      ...columns.slice(1),
    ]);
    expect(judge(lax, measure(lax, twice)).findings).toEqual([]);
  });

  it('counts a cell under the first rule that it breaks, and under no other', () => {
    const contract = contractOf([
      'name: code, type: text, length: { min: 2 }, allowed: [AB, ab, abc], pattern: "[A-Z]*"',
    ]);
    const cells = ['A', 'AB', 'ab', 'zz', '', null];
    const measured = measureFiles(planChecks(contract), [
      fileOf(
        cells.map((cell) => [cell]),
        ['code'],
      ),
    ]);
    expect(judge(contract, measured).findings.map(({ code, count }) => [code, count])).toEqual([
      ['data/nulls', 1],
      ['data/length', 2],
      ['data/allowed', 1],
      ['data/pattern', 1],
    ]);
  });
});

describe('tolerance', () => {
  const tolerances = fc.oneof(
    fc.constant(''),
    fc.nat(6).map((count) => `, tolerance: { count: ${count} }`),
    fc.integer({ min: 0, max: 99 }).map((percent) => `, tolerance: { share: ${percent / 100} }`),
  );
  const fails = (contract: Contract, delays: readonly number[]) =>
    judge(
      contract,
      measure(
        contract,
        delays.map((delay, at): Row => [String(at), String(delay), 'x', null]),
      ),
    ).findings.length > 0;

  it('never lets one more broken row, or a stricter limit, turn a fail into a pass', () => {
    const delays = fc.array(fc.constantFrom(1, 99), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(tolerances, delays, fc.nat(20), (tolerance, body, at) => {
        const contract = contractOf(columns, [`rule: range, column: delay, max: 50${tolerance}`]);
        const before = fails(contract, body);
        const more = [...body.slice(0, at), 99, ...body.slice(at)];
        if (before) expect(fails(contract, more)).toBe(true);
        const stricter = contractOf(columns, ['rule: range, column: delay, max: 50']);
        if (before) expect(fails(stricter, body)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is never kept by what is no number', () => {
    const contract = contractOf(columns, ['rule: range, column: delay, max: 50, tolerance: { count: 5 }']);
    const measured = measure(contract);
    for (const count of [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 5]) {
      const broken = answer(measured, { kind: 'tally', name: 'the-rule', tally: tally(count) });
      expect(judge(contract, broken).findings).toMatchObject([{ severity: 'fail', rule: 'the-rule' }]);
    }
    const [rule] = contract.rules;
    for (const tolerance of [
      { kind: 'count', count: Number.NaN },
      { kind: 'share', share: Number.NaN },
    ] as const) {
      const wrong = { ...contract, rules: rule === undefined ? [] : [{ ...rule, tolerance }] };
      const broken = answer(measured, { kind: 'tally', name: 'the-rule', tally: tally(1) });
      expect(judge(wrong, broken).findings).toHaveLength(1);
    }
  });
});
