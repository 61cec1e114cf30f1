import { expect, test } from 'vitest';
import { parseContract } from '../config/contract-file.ts';
import { editYaml } from '../config/yaml-edit.ts';
import { compareProfiles } from '../drift/compare.ts';
import { judgeDrift } from '../drift/findings.ts';
import type { Finding } from '../finding/finding.ts';
import { buildProfile } from '../profile/build.ts';
import { acceptFinding } from './accept.ts';
import type { AcceptFacts } from './acceptance.ts';
import { inferColumn } from './infer-column.ts';
import { judgeDataset } from './judge.ts';
import { measureFiles } from './measure.fixture.ts';
import { planChecks } from './plan.ts';

const path = 'datasets/flights.yml';
const head = `version: 1
description: flights # of one year
owner: { users: [omar] }
source: the bureau
legal-basis: public
approved-by: omar
expires: "2030-01-01"
access: [flight-delay]
files: [data/flights.csv]
rows: { min: 3, max: 6 } # a quiet week
`;

type Table = Readonly<Record<string, readonly (string | null)[]>>;

function judge(text: string, table: Table) {
  const contract = parseContract(text, path);
  const columns = Object.keys(table);
  const rows = (table[columns[0] ?? ''] ?? []).map((_, at) =>
    columns.map((name) => table[name]?.[at] ?? null),
  );
  const measured = measureFiles(planChecks(contract), [{ path: 'data/flights.csv', columns, rows }]);
  const { findings } = judgeDataset(
    contract,
    measured,
    (pointer) => ({ file: path, pointer }),
    '2026-11-21T00:00:00Z',
  );
  const asText = buildProfile(columns.map((name) => ({ name, type: 'text', cells: table[name] ?? [] })));
  const facts: AcceptFacts = {
    contract,
    profile: measured.profile,
    headers: columns,
    drift: null,
    inferred: new Map(asText.columns.map((column) => [column.name, inferColumn(column, asText.rows)])),
    tolerate: false,
  };
  return { findings, facts };
}

/** Accepts the only finding, and says which lines changed and what is still found. */
function accept(body: string, table: Table, tolerate = false) {
  const text = `${head}${body}`;
  const { findings, facts } = judge(text, table);
  expect(findings.map(({ code }) => code)).toHaveLength(1);
  const [finding] = findings;
  const answer = acceptFinding(finding as Finding, { ...facts, tolerate });
  if (answer.kind === 'refused')
    return { code: finding?.code, refused: answer.because, lines: [], left: findings.length };
  const edited = answer.edits.reduce(editYaml, text);
  const [before, after] = [text.split('\n'), edited.split('\n')];
  return {
    code: finding?.code,
    lines: [
      ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
      ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
    ],
    left: judge(edited, table).findings.length,
  };
}

const cases: readonly (readonly [string, string, string, Table, readonly string[]])[] = [
  [
    'empty cells',
    'data/nulls',
    'columns:\n  - { name: a, type: integer } # ours\n',
    { a: ['1', null, '3'] },
    ['-  - { name: a, type: integer } # ours', '+  - { name: a, type: integer, nullable: true } # ours'],
  ],
  [
    'a larger value',
    'data/range',
    'columns:\n  - name: a\n    type: integer\n    min: 1 # first\n    max: 2 # last\n',
    { a: ['1', '5', '9'] },
    ['-    max: 2 # last', '+    max: 9 # last'],
  ],
  [
    'values outside on both sides',
    'data/range',
    'columns:\n  - { name: a, type: number, min: 0, max: 1 }\n',
    { a: ['-0.5', '0', '2.25'] },
    [
      '-  - { name: a, type: number, min: 0, max: 1 }',
      '+  - { name: a, type: number, min: -0.5, max: 2.25 }',
    ],
  ],
  [
    'a longer text',
    'data/length',
    'columns:\n  - { name: a, type: text, length: { max: 2 } } # short\n',
    { a: ['a', 'abcd', 'b'] },
    [
      '-  - { name: a, type: text, length: { max: 2 } } # short',
      '+  - { name: a, type: text, length: { max: 4 } } # short',
    ],
  ],
  [
    'new values',
    'data/allowed',
    'columns:\n  - name: a\n    type: text\n    allowed:\n      - x # known\n',
    { a: ['x', 'no', 'y y'] },
    ['+      - "no"', '+      - y y'],
  ],
  [
    'a repeated value',
    'data/unique',
    'columns:\n  - { name: a, type: text, unique: true }\n',
    { a: ['x', 'x', 'y'] },
    ['-  - { name: a, type: text, unique: true }', '+  - { name: a, type: text, unique: false }'],
  ],
  [
    'few rows',
    'data/rows',
    'columns:\n  - { name: a, type: text }\n',
    { a: ['x'] },
    ['-rows: { min: 3, max: 6 } # a quiet week', '+rows: { min: 1, max: 6 } # a quiet week'],
  ],
  [
    'an unknown column',
    'data/column-unknown',
    'columns:\n  - { name: a, type: text }\n',
    { a: ['x', 'y', 'z'], b: ['k', null, 'l'] },
    ['+  - { name: b, type: text, nullable: true, length: { min: 1, max: 1 } }'],
  ],
  [
    'a column that is gone',
    'data/column-missing',
    'columns:\n  - { name: a, type: text }\n  - { name: b, type: text }\n',
    { a: ['x', 'y', 'z'] },
    ['-  - { name: b, type: text }', '+  - { name: b, type: text, required: false }'],
  ],
  [
    'more empty cells than a rule allows',
    'data/missing',
    'columns:\n  - { name: a, type: text, nullable: true }\nrules:\n  - { name: few, rule: missing, column: a, max: 0.1 }\n',
    { a: ['x', null, 'z'] },
    [
      '-  - { name: few, rule: missing, column: a, max: 0.1 }',
      '+  - { name: few, rule: missing, column: a, max: 0.34 }',
    ],
  ],
  [
    'a mean above its limit',
    'data/mean',
    'columns:\n  - { name: a, type: number }\nrules:\n  - name: level\n    rule: mean # of all\n    column: a\n    max: 1\n',
    { a: ['1', '2', '3.0001'] },
    ['-    max: 1', '+    max: 2.001'],
  ],
  [
    'a value outside a named rule',
    'data/range',
    'columns:\n  - { name: a, type: integer }\nrules:\n  - { name: usual, rule: range, column: a, max: 2 }\n',
    { a: ['1', '2', '3'] },
    [
      '-  - { name: usual, rule: range, column: a, max: 2 }',
      '+  - { name: usual, rule: range, column: a, max: 3 }',
    ],
  ],
];

test.each(cases)(
  '%s (%s): one line changes, and the data keeps the contract',
  (_, code, body, table, lines) => {
    expect(accept(body, table)).toEqual({ code, lines, left: 0 });
  },
);

test('tolerance instead: as many rows as break the rule now, for every rule that counts cells', () => {
  for (const fields of ['max: 2', 'allowed: [1, 2]', 'nullable: false']) {
    const body = `columns:\n  - { name: a, type: integer, ${fields} }\n`;
    const table = { a: ['1', '2', fields.startsWith('n') ? null : '3'] };
    const { lines, left } = accept(body, table, true);
    expect([lines.length, left]).toEqual([2, 0]);
    expect(lines[1]).toContain(`${fields}, tolerance: { count: 1 } }`);
  }
});

test('a renamed column is renamed in rules and drift too', () => {
  const body = `columns:
  - { name: delay, type: integer, max: 9 } # minutes
  - { name: late, type: integer }
rules:
  - { name: level, rule: mean, column: delay, max: 5 }
  - name: keys
    rule: unique
    columns: [delay, late]
drift: { columns: { delay: { limit: 0.3 } } }
`;
  const { findings, facts } = judge(`${head}${body}`, { delays: ['1', '2', '3'], late: ['1', '0', '1'] });
  const missing = findings.find(({ code }) => code === 'data/column-missing');
  const answer = acceptFinding(missing as Finding, facts);
  expect(answer.kind).toBe('edits');
  const edited = answer.kind === 'edits' ? answer.edits.reduce(editYaml, `${head}${body}`) : '';
  expect(edited).toBe(`${head}${body.replaceAll('delay', 'delays')}`);
  expect(judge(edited, { delays: ['1', '2', '3'], late: ['1', '0', '1'] }).findings).toEqual([]);
});

test('nothing of a private column is written, whoever asks', () => {
  for (const fields of ['max: 2', 'allowed: [1, 2]']) {
    const body = `columns:\n  - { name: a, type: integer, privacy: personal, ${fields} }\n`;
    expect(accept(body, { a: ['1', '2', '77777'] }).refused).toContain('personal');
    const tolerated = accept(body, { a: ['1', '2', '77777'] }, true);
    expect(tolerated.left).toBe(0);
    expect(tolerated.lines.join()).not.toContain('77777');
  }
});

test('days and conditions: what the engine alone can count', () => {
  const text = `${head}columns:\n  - { name: a, type: timestamp, max: "2001-12-31" }\nrules:\n  - { name: small, rule: expression, keep: hour(a) < 3 }\n`;
  const { facts } = judge(text, { a: ['2001-01-01', '2002-01-05 10:00:00', '2001-02-01'] });
  const found = { severity: 'fail', message: 'wrong', fix: 'mend it', count: 1, total: 3 } as const;
  const lines = [
    { ...found, code: 'data/range', column: 'a' },
    { ...found, code: 'data/expression', rule: 'small' },
  ].map((finding) => {
    const answer = acceptFinding(finding, facts);
    return answer.kind === 'edits' ? answer.edits.reduce(editYaml, text) : answer.because;
  });
  expect(lines).toEqual([
    text.replace('2001-12-31', '2002-01-05'),
    text.replace('hour(a) < 3', 'hour(a) < 3, tolerance: { count: 1 }'),
  ]);
});

test('governance, leakage and what no rule can hold are never accepted', () => {
  const { facts } = judge(`${head}columns:\n  - { name: a, type: text }\n`, { a: ['x', 'y', 'z'] });
  const codes = [
    'data/access',
    'data/expired',
    'data/ancestor-expired',
    'data/leakage',
    'data/freshness',
    'data/unreadable',
    'data/file-missing',
    'data/column-doubled',
    'data/drift-not-compared',
    'config/invalid',
    'constructor',
    'toString',
  ];
  for (const code of codes) {
    const finding: Finding = {
      code,
      severity: 'fail',
      message: 'wrong',
      fix: 'mend it',
      column: 'a',
      count: 1,
      total: 3,
    };
    for (const tolerate of [false, true]) {
      expect(acceptFinding(finding, { ...facts, tolerate }).kind, code).toBe('refused');
    }
  }
  expect(accept('columns:\n  - { name: a, type: integer }\n', { a: ['1', 'x', '3'] }).refused).toContain(
    'type',
  );
});

test('drift: the limit moves above what was measured, beside the other rules of the column', () => {
  const text = `${head}columns:\n  - { name: a, type: integer }\ndrift: { min-rows: 10, severity: fail } # ours\n`;
  const table = (shift: number): Table => ({ a: Array.from({ length: 6 }, (_, at) => String(at + shift)) });
  const profileOf = (shift: number) =>
    buildProfile([
      {
        name: 'a',
        type: 'integer',
        cells: Array.from({ length: 2000 }, (_, at) => String((at % 50) + shift)),
      },
    ]);
  const { facts } = judge(text, table(0));
  const compare = (contract: AcceptFacts['contract']) => {
    const report = compareProfiles(profileOf(20), profileOf(0), contract.drift, { reference: 'before' });
    return {
      report,
      found: judgeDrift(report, contract.drift, (pointer) => ({ file: path, pointer })).findings,
    };
  };
  const { report, found } = compare(facts.contract);
  expect(found.map(({ code }) => code)).toEqual(['data/drift']);
  const answer = acceptFinding(found[0] as Finding, { ...facts, drift: report });
  const edited = answer.kind === 'edits' ? answer.edits.reduce(editYaml, text) : text;
  expect(edited).toMatch(
    /^drift: \{ min-rows: 10, severity: fail, columns: \{ a: \{ limit: [0-9.]+, test: psi \} \} \} # ours$/m,
  );
  expect(compare(parseContract(edited, path)).found).toEqual([]);
});

test('a tolerance of a column holds for all its rules, and says so', () => {
  const { findings, facts } = judge(`${head}columns:\n  - { name: a, type: integer, max: 2 }\n`, {
    a: ['1', '2', '7'],
  });
  const answer = acceptFinding(findings[0] as Finding, { ...facts, tolerate: true });
  expect(answer.kind === 'edits' && answer.says).toBe('1 row may break each rule of the column "a"');
});
