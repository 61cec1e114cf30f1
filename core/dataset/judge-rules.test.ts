import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContract } from '../config/contract-file.ts';
import { judgeDataset } from './judge.ts';
import { measureFiles, type TableFile } from './measure.fixture.ts';
import type { Association, Measured, MeasuredRule, Tally } from './measured.ts';
import { planChecks, uniqueRuleName } from './plan.ts';

const now = '2001-04-03T00:00:00.000Z';
const positions = (pointer: string) => ({ file: 'datasets/d.yml', pointer });
const contractOf = (columns: readonly string[], rules: readonly string[] = [], rest = '') =>
  parseContract(
    `version: 1
description: x
owner: { users: [omar] }
source: x
legal-basis: x
approved-by: omar
expires: "2030-01-01"
access: ["*"]
files: [data/*.csv]
rows: { min: 1 }
columns:
${columns.map((column) => `  - { ${column} }\n`).join('')}
rules:${rules.length === 0 ? ' []' : ''}
${rules.map((rule) => `  - { name: the-rule, ${rule} }\n`).join('')}${rest}`,
    'datasets/d.yml',
  );
const columns = [
  'name: id, type: integer',
  'name: delay, type: number, nullable: true',
  'name: origin, type: text, nullable: true',
  'name: day, type: timestamp, nullable: true',
];
type Row = readonly [string | null, string | null, string | null, string | null];
const rows: readonly Row[] = [
  ['1', '0', 'LAX', '2001-04-01'],
  ['2', '10', 'LAX', '2001-04-02'],
  ['3', '20', 'SFO', null],
  ['4', null, 'SFO', '2001-04-01'],
];
const fileOf = (
  body: readonly (readonly (string | null)[])[],
  header = ['id', 'delay', 'origin', 'day'],
): TableFile => ({
  path: 'data/a.csv',
  columns: header,
  rows: body,
});

type Contract = ReturnType<typeof contractOf>;
const measure = (contract: Contract, body: readonly Row[] = rows) =>
  measureFiles(planChecks(contract), [fileOf(body)]);
/** The measured table with one answer in place of another. */
const answer = (measured: Measured, rule: MeasuredRule): Measured => ({
  ...measured,
  rules: measured.rules.map((each) => (each.name === rule.name ? rule : each)),
});
const judge = (contract: Contract, measured: Measured, at = now) =>
  judgeDataset(contract, measured, positions, at);
const tally = (count: number, more: Partial<Tally> = {}): Tally => ({
  count,
  firstRow: count > 0 ? 1 : null,
  examples: [],
  rows: [],
  ...more,
});

describe('judgeDataset', () => {
  it.each<[string, string, Record<string, unknown>]>([
    [
      'rule: missing, column: delay, max: 0.25',
      'kept',
      { found: '25 %, 1 of 4', allowed: 'at most 0.25', rows: 4 },
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
      { allowed: 'at most 24 hours', found: '24 hours (newest 2001-04-02T00:00:00Z)' },
    ],
    [
      'rule: freshness, column: day, max-age-hours: 23',
      'broken',
      { found: '24 hours (newest 2001-04-02T00:00:00Z)' },
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

describe('what was not measured', () => {
  it.each([
    'rule: range, column: delay, max: 5, severity: warn',
    'rule: unique, columns: [id]',
    'rule: duplicates, max: 0.5',
    'rule: expression, keep: delay < 5',
    'rule: leakage, label: origin, max: 0.5',
    'rule: label-conflicts, label: origin',
    'rule: overlap, with: data/x.csv, columns: [id]',
  ])('fails: %s', (rule) => {
    const contract = contractOf(columns, [rule]);
    const measured = measure(contract);
    const because = 'the engine cannot';
    const cases = [
      { ...measured, rules: [] },
      answer(measured, { kind: 'unmeasured', name: 'the-rule', because }),
      answer(measured, {
        kind: rule.includes('leakage') ? 'tally' : 'association',
        name: 'the-rule',
        tally: tally(0),
        features: [],
      } as unknown as MeasuredRule),
    ];
    for (const each of cases) {
      const { findings, observations } = judge(contract, each);
      expect(findings).toMatchObject([{ severity: 'fail', rule: 'the-rule' }]);
      expect(observations.at(-1)).toMatchObject({ result: 'not measured', rule: 'the-rule' });
    }
    expect(judge(contract, cases[1] ?? measured).findings[0]?.message).toContain(because);
  });

  it.each([
    'rule: mean, column: delay, max: 5, severity: warn',
    'rule: standard-deviation, column: delay, max: 5',
    'rule: quantile, column: delay, at: 0.5, max: 5',
    'rule: distinct, column: origin, min: 1',
    'rule: class-ratio, column: origin, value: LAX, min: 0.1',
    'rule: freshness, column: day, max-age-hours: 5',
  ])('fails without a profile, and without a value: %s', (rule) => {
    const contract = contractOf(columns, [rule]);
    const measured = measure(contract);
    expect(judge(contract, { ...measured, profile: null }).findings).toMatchObject([
      { severity: 'fail', rule: 'the-rule' },
    ]);
    const empty = judge(contract, measure(contract, [['1', null, null, null]]));
    expect(empty.findings).toMatchObject([{ severity: 'fail', rule: 'the-rule' }]);
  });

  it('is what an age without a clock comes to, or one of a value in the future', () => {
    const contract = contractOf(columns, ['rule: freshness, column: day, max-age-hours: 48']);
    const measured = measure(contract);
    for (const at of ['', 'now', '2001-13-01T00:00:00Z', '2001-03-31T00:00:00Z']) {
      expect(judge(contract, measured, at).findings).toMatchObject([
        { severity: 'fail', code: 'data/freshness' },
      ]);
    }
    expect(judge(contract, measured, '2001-04-01T12:00:00.000Z').findings).toEqual([]);
  });
});

describe('optional columns', () => {
  const optional = (rules: readonly string[] = []) =>
    contractOf(['name: id, type: integer', 'name: delay, type: number, required: false, min: 0'], rules);
  const judgeFiles = (contract: Contract, files: readonly TableFile[]) =>
    judge(contract, measureFiles(planChecks(contract), files));
  const without = { path: 'a.csv', columns: ['id'], rows: [['1'], ['2']] };
  const whole = { path: 'b.csv', columns: ['id', 'delay'], rows: [['3', '4']] };

  it('may be missing from all files, with the rules that ask for nothing else', () => {
    const { findings, observations } = judgeFiles(optional(['rule: mean, column: delay, max: 5']), [without]);
    expect(findings).toEqual([]);
    expect(observations.map(({ code, result }) => [code, result])).toContainEqual([
      'data/column-missing',
      'kept',
    ]);
    expect(observations.at(-1)).toMatchObject({ rule: 'the-rule', result: 'not measured' });
  });

  it('may not be missing from some of them', () => {
    expect(
      judgeFiles(optional(['rule: mean, column: delay, max: 5']), [without, whole]).findings,
    ).toMatchObject([
      {
        code: 'data/column-missing',
        column: 'delay',
        message: expect.stringContaining('a.csv, though other files have it'),
      },
    ]);
  });

  it('do not excuse a rule that needs other columns, too', () => {
    expect(judgeFiles(optional(['rule: unique, columns: [id, delay]']), [without]).findings).toMatchObject([
      { code: 'data/unique', severity: 'fail', found: 'the column "delay" is missing' },
    ]);
  });

  it('are passed over by rules on all columns', () => {
    expect(
      judgeFiles(optional(['rule: duplicates, max: 0']), [without]).findings.map(({ found }) => found),
    ).not.toContain('the column "delay" is missing');
  });
});

describe('leakage', () => {
  const contract = contractOf(columns, ['rule: leakage, label: origin, max: 0.9']);
  const copy = (feature: string, cells: Association['cells']): Association => ({
    feature,
    values: 2,
    labels: 2,
    cells,
    ordered: false,
  });
  const told: Association['cells'] = [
    [0, 0, 50],
    [1, 1, 50],
  ];
  const untold: Association['cells'] = [
    [0, 0, 25],
    [0, 1, 25],
    [1, 0, 25],
    [1, 1, 25],
  ];
  const judgeFeatures = (...features: readonly Association[]) =>
    judge(contract, answer(measure(contract), { kind: 'association', name: 'the-rule', features }));

  it('names the features that give the label away, worst first', () => {
    const { findings, observations } = judgeFeatures(
      copy('id', untold),
      copy('delay', told),
      copy('day', told),
    );
    expect(findings).toMatchObject([
      {
        column: 'delay',
        found: '1 of 1',
        allowed: 'at most 0.9',
        message: expect.stringContaining('alone gives "origin" away'),
      },
      { column: 'day' },
    ]);
    expect(observations.at(-1)).toMatchObject({
      result: 'broken',
      found: '"delay" 1, "day" 1, "id" 0',
      method: expect.stringContaining('tau'),
    });
    expect(judgeFeatures(copy('id', untold), copy('delay', untold), copy('day', untold)).findings).toEqual(
      [],
    );
  });

  it('fails where a feature has no answer, or one that is no number', () => {
    expect(judgeFeatures(copy('id', untold), copy('delay', untold)).findings).toMatchObject([
      { severity: 'fail', found: 'the feature "day" was not compared with the label' },
    ]);
    expect(
      judgeFeatures(copy('id', [[0, 0, Number.NaN]]), copy('delay', untold), copy('day', untold)).findings,
    ).toMatchObject([{ column: 'id', found: 'not a number' }]);
  });
});

describe('example rows', () => {
  const contract = contractOf(
    [...columns.slice(0, 3), 'name: day, type: text, nullable: true, privacy: secret'],
    ['rule: expression, keep: delay < 5'],
    'examples: 2\n',
  );
  const example = {
    row: 7,
    cells: [
      ['delay', '9'],
      ['day', 'hush'],
      ['stranger', 'hush'],
    ],
  } as const;

  it('are as many as the contract wants, without private and unknown columns', () => {
    const broken = {
      kind: 'tally',
      name: 'the-rule',
      tally: tally(3, { rows: [example, example, example] }),
    } as const;
    const [finding] = judge(contract, answer(measure(contract), broken)).findings;
    expect(finding).toMatchObject({ code: 'data/expression', rule: 'the-rule', allowed: 'delay < 5' });
    expect(finding?.rows).toEqual([
      { row: 7, cells: [['delay', '9']] },
      { row: 7, cells: [['delay', '9']] },
    ]);
  });
});

describe('private columns', () => {
  it('never show a value of theirs, whichever rule is broken or kept', () => {
    const secret = '7654321';
    const kinds = [
      'rule: range, column: c, max: LIMIT',
      'rule: mean, column: c, max: LIMIT',
      'rule: standard-deviation, column: c, max: LIMIT',
      'rule: quantile, column: c, at: 0.5, max: LIMIT',
      'rule: distinct, column: c, max: 1',
      'rule: unique, columns: [c]',
      'rule: duplicates, max: 0',
    ];
    for (const privacy of ['personal', 'secret']) {
      for (const kind of kinds) {
        for (const limit of ['5', '99999999']) {
          const contract = contractOf(
            [`name: c, type: number, privacy: ${privacy}, unique: true, max: ${limit}`],
            [kind.replace('LIMIT', limit)],
          );
          const measured = measureFiles(planChecks(contract), [
            fileOf([[secret], [secret], ['x7654321']], ['c']),
          ]);
          const text = JSON.stringify(judge(contract, measured));
          expect(text).toContain('the-rule');
          expect(text).not.toContain(secret);
        }
      }
    }
    const contract = contractOf(
      ['name: c, type: timestamp, privacy: personal'],
      ['rule: freshness, column: c, max-age-hours: 1'],
    );
    const measured = measureFiles(planChecks(contract), [fileOf([['1987-06-05']], ['c'])]);
    const text = JSON.stringify(judge(contract, measured));
    expect(text).toContain('the-rule');
    expect(text).not.toContain('1987');
  });
});

describe('planChecks', () => {
  it('asks an engine for what it alone can count, under names that cannot clash', () => {
    const contract = contractOf(
      ['name: id, type: integer, unique: true', ...columns.slice(1)],
      ['rule: duplicates, max: 0'],
      'examples: 7\n',
    );
    const name = uniqueRuleName('id');
    expect(planChecks(contract)).toMatchObject({
      examples: 7,
      rules: [
        { name, kind: 'repeated', columns: ['id'], nulls: 'skip' },
        { name: 'the-rule', kind: 'repeated', columns: ['id', 'delay', 'origin', 'day'], nulls: 'equal' },
      ],
    });
    expect(name).not.toMatch(/^[a-z0-9-]+$/);
  });

  it.each<[string, readonly unknown[], readonly string[]]>([
    ['rule: distinct, column: origin, min: 2', [], ['origin']],
    ['rule: mean, column: delay, min: 2', [], []],
    [
      'rule: range, column: delay, min: 2',
      [{ kind: 'cells', check: { column: 'delay', type: 'number', min: 2, showValues: true } }],
      [],
    ],
    [
      'rule: length, column: origin, max: 2',
      [{ kind: 'cells', check: { column: 'origin', type: 'text', length: { max: 2 }, showValues: true } }],
      [],
    ],
    ['rule: allowed, column: origin, values: [a]', [{ kind: 'cells', check: { allowed: ['a'] } }], []],
    ['rule: pattern, column: origin, pattern: a', [{ kind: 'cells', check: { pattern: 'a' } }], []],
    ['rule: expression, keep: delay < id', [{ kind: 'expression', columns: ['delay', 'id'] }], []],
    [
      'rule: leakage, label: origin, max: 0.5',
      [{ kind: 'association', label: 'origin', features: ['id', 'delay', 'day'] }],
      [],
    ],
    [
      'rule: label-conflicts, label: origin, features: [day]',
      [{ kind: 'conflicts', label: 'origin', features: ['day'] }],
      [],
    ],
    ['rule: overlap, with: x.csv, columns: [id]', [{ kind: 'overlap', columns: ['id'], other: 'x.csv' }], []],
  ])('plans %s', (rule, rules, distinct) => {
    const plan = planChecks(contractOf(columns, [rule]));
    expect(plan.rules).toMatchObject(rules);
    expect(plan.rules).toHaveLength(rules.length);
    expect(plan.distinct).toEqual(distinct);
  });

  it('refuses what no reader of contracts lets through', () => {
    const contract = contractOf(columns, ['rule: unique, columns: [id]']);
    const [rule] = contract.rules;
    if (rule === undefined) throw new Error('there is a rule');
    const wrong = [
      { rules: [rule, rule] },
      { rules: [{ ...rule, columns: ['nobody'] }] },
      { rules: [{ name: 'r', severity: 'fail', rule: 'range', column: 'nobody', limits: { max: 1 } }] },
      {
        rules: [{ name: 'r', severity: 'fail', rule: 'range', column: 'delay', limits: { max: Number.NaN } }],
      },
      { rules: [{ name: 'r', severity: 'fail', rule: 'length', column: 'delay', limits: { max: 1 } }] },
      {
        rules: [
          { name: 'r', severity: 'fail', rule: 'length', column: 'origin', limits: { min: 2, max: 1 } },
        ],
      },
      { rules: [{ name: 'r', severity: 'fail', rule: 'pattern', column: 'delay', pattern: 'x' }] },
    ];
    for (const each of wrong) {
      expect(() => planChecks({ ...contract, ...each } as Contract)).toThrow(
        expect.objectContaining({ code: 'CONTRACT_RULE' }),
      );
    }
  });
});

describe('hostile headers', () => {
  it('of ten thousand columns are judged quickly, and the report stays short', () => {
    const names = Array.from({ length: 2000 }, (_, at) => `name: ${'n'.repeat(60)}${at}, type: text`);
    const header = Array.from({ length: 10_000 }, (_, at) => `${'n'.repeat(60)}x${at % 9000}`);
    const contract = contractOf(names);
    const measured: Measured = {
      files: [{ path: 'a.csv', columns: header, rows: 1 }],
      problems: [],
      rows: 1,
      columns: [],
      rules: [],
      profile: null,
    };
    const started = performance.now();
    const { findings } = judge(contract, measured);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(findings.filter(({ code }) => code === 'data/column-unknown')).toHaveLength(101);
    expect(findings.filter(({ code }) => code === 'data/column-doubled')).toHaveLength(100);
    expect(JSON.stringify(findings).length).toBeLessThan(3_000_000);
  });
});
