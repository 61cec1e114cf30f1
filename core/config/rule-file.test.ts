import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError } from '../error/error.ts';
import type { Contract } from './contract.ts';
import { parseContract } from './contract-file.ts';
import { contractSchema } from './contract-schema.ts';
import { toDriftRules } from './drift-file.ts';

const head = `version: 1
description: Flights.
owner: { users: [omar] }
source: somewhere
legal-basis: public data
approved-by: omar
expires: "2030-01-01"
access: ["*"]
files: [data/*.csv]
rows: { min: 1 }
`;
const columns = `columns:
  - { name: row, type: integer, unique: true }
  - { name: date, type: timestamp, required: false, tolerance: { share: 0.001 } }
  - { name: delay, type: integer, nullable: true, tolerance: { count: 5 } }
  - { name: arrival-delay, type: number }
  - { name: origin, type: text, length: { min: 1, max: 80 } }
  - { name: late, type: boolean }
`;
const rules = `rules:
  - { name: delay-known, rule: missing, column: delay, max: 0.01, severity: warn, reason: why }
  - { name: day, rule: range, column: date, min: "2001-01-01", tolerance: { count: 3 } }
  - { name: short, rule: length, column: origin, max: 3 }
  - { name: airport, rule: allowed, column: origin, values: [ABE, 7] }
  - { name: form, rule: pattern, column: origin, pattern: "[A-Z]{3}" }
  - { name: key, rule: unique, columns: [date, origin] }
  - { name: twice, rule: duplicates, max: 0.001 }
  - { name: twice-a-day, rule: duplicates, max: 0, columns: [date] }
  - { name: usual, rule: mean, column: delay, min: -5, max: 30 }
  - { name: spread, rule: standard-deviation, column: delay, min: 0, max: 100 }
  - { name: kinds, rule: distinct, column: origin, min: 10 }
  - { name: median, rule: quantile, column: delay, at: 0.5, min: 0 }
  - { name: balance, rule: class-ratio, column: late, value: true, min: 0.1, max: 0.4 }
  - { name: order, rule: expression, keep: "\`arrival-delay\` >= delay", tolerance: { share: 0.1 } }
  - { name: fresh, rule: freshness, column: date, max-age-hours: 48 }
  - { name: leak, rule: leakage, label: late, max: 0.9 }
  - { name: conflict, rule: label-conflicts, label: late, features: [origin, date] }
  - { name: held-out, rule: overlap, with: data/held-out.csv.dvc, columns: [row] }
`;
const rest = `examples: 5
derived-from: [raw-flights]
ingest: { command: make batch, to: data }
drift: { ignore: [row], columns: { delay: { test: ks, limit: 0.1 } } }
`;
const read = (text: string): Contract => parseContract(text, 'datasets/flights.yml');
const whole = head + columns + rules + rest;

function findingsOf(text: string) {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.findings;
  }
  throw new Error('it was read');
}

describe('parseContract', () => {
  it('reads a contract of the time before rules as it was, with defaults', () => {
    const contract = read(head + columns.split('\n').slice(0, 2).join('\n').replace(', unique: true', ''));
    expect(contract).toMatchObject({
      rules: [],
      examples: 3,
      derivedFrom: [],
      drift: toDriftRules(undefined),
    });
    expect(contract.columns).toEqual([
      {
        name: 'row',
        type: 'integer',
        required: true,
        nullable: false,
        unique: false,
        severity: 'fail',
        privacy: 'none',
      },
    ]);
    expect(contract).not.toHaveProperty('ingest');
  });

  it('reads every field', () => {
    const contract = read(whole);
    expect(contract).toMatchObject({
      examples: 5,
      derivedFrom: ['raw-flights'],
      ingest: { command: 'make batch', to: 'data', timeoutMinutes: 60 },
      drift: { ignore: ['row'], columns: { delay: { test: 'ks', limit: 0.1 } } },
    });
    expect(contract.columns).toMatchObject([
      { unique: true },
      { required: false, tolerance: { kind: 'share', share: 0.001 } },
      { tolerance: { kind: 'count', count: 5 } },
      {},
      { length: { min: 1, max: 80 } },
      {},
    ]);
  });

  it('reads every kind of rule', () => {
    const frame = { severity: 'fail' };
    const condition = {
      kind: 'comparison',
      operator: '>=',
      left: { kind: 'column', name: 'arrival-delay' },
      right: { kind: 'column', name: 'delay' },
    };
    const share = { kind: 'share', share: 0.1 };
    expect(read(whole).rules).toEqual([
      { name: 'delay-known', severity: 'warn', reason: 'why', rule: 'missing', column: 'delay', max: 0.01 },
      {
        ...frame,
        name: 'day',
        rule: 'range',
        column: 'date',
        limits: { min: '2001-01-01' },
        tolerance: { kind: 'count', count: 3 },
      },
      { ...frame, name: 'short', rule: 'length', column: 'origin', limits: { max: 3 } },
      { ...frame, name: 'airport', rule: 'allowed', column: 'origin', values: ['ABE', '7'] },
      { ...frame, name: 'form', rule: 'pattern', column: 'origin', pattern: '[A-Z]{3}' },
      { ...frame, name: 'key', rule: 'unique', columns: ['date', 'origin'] },
      { ...frame, name: 'twice', rule: 'duplicates', columns: null, max: 0.001 },
      { ...frame, name: 'twice-a-day', rule: 'duplicates', columns: ['date'], max: 0 },
      { ...frame, name: 'usual', rule: 'mean', column: 'delay', limits: { min: -5, max: 30 } },
      { ...frame, name: 'spread', rule: 'standard-deviation', column: 'delay', limits: { min: 0, max: 100 } },
      { ...frame, name: 'kinds', rule: 'distinct', column: 'origin', limits: { min: 10 } },
      { ...frame, name: 'median', rule: 'quantile', column: 'delay', at: 0.5, limits: { min: 0 } },
      {
        ...frame,
        name: 'balance',
        rule: 'class-ratio',
        column: 'late',
        value: 'true',
        limits: { min: 0.1, max: 0.4 },
      },
      {
        ...frame,
        name: 'order',
        rule: 'expression',
        keep: '`arrival-delay` >= delay',
        expression: condition,
        tolerance: share,
      },
      { ...frame, name: 'fresh', rule: 'freshness', column: 'date', maxAgeHours: 48 },
      { ...frame, name: 'leak', rule: 'leakage', label: 'late', features: null, max: 0.9 },
      { ...frame, name: 'conflict', rule: 'label-conflicts', label: 'late', features: ['origin', 'date'] },
      { ...frame, name: 'held-out', rule: 'overlap', with: 'data/held-out.csv.dvc', columns: ['row'] },
    ]);
  });

  it.each<[string, string, string, string]>([
    // Kinds and keys
    ['rule: missing', 'rule: mising', '/rules/0/rule', 'missing'],
    ['rule: missing', 'rule: nonsense', '/rules/0/rule', 'range, length, allowed, pattern, missing'],
    ['rule: missing, ', '', '/rules/0', '"rule" is required'],
    ['max: 0.01, sev', 'maxx: 0.01, sev', '/rules/0/maxx', 'name, rule, column, max, severity, reason'],
    ['severity: warn', 'tolerance: { count: 1 }', '/rules/0/tolerance', 'name, rule, column, max'],
    [
      'rule: class-ratio, column: late, value: true,',
      'rule: class-ratio, column: late,',
      '/rules/12',
      '"value" is required',
    ],
    ['- { name: day', '- { name: delay-known', '/rules/1/name', 'every name once'],
    ['name: delay-known', 'name: Delay Known', '/rules/0/name', 'a to z'],
    // Limits that could never fail, or never pass
    ['max: 0.01', 'max: 1', '/rules/0/max', '0 to below 1'],
    ['max: 0.01', 'max: 5', '/rules/0/max', 'not a percentage'],
    ['max: 0.01', 'max: .nan', '/rules/0/max', ''],
    ['min: -5, max: 30', 'min: 31, max: 30', '/rules/8/min', 'not above'],
    ['column: delay, min: -5, max: 30', 'column: delay', '/rules/8', 'at least one of'],
    ['min: 0, max: 100', 'min: 0', '/rules/9/min', 'at least 0 always holds'],
    ['column: origin, min: 10', 'column: origin, min: 0', '/rules/10/min', 'at least 0 always holds'],
    ['column: origin, min: 10', 'column: origin, min: 1.5', '/rules/10/min', 'a whole number'],
    ['min: 0, max: 100', 'min: -1, max: 100', '/rules/9/min', '0 or more'],
    ['at: 0.5', 'at: 50', '/rules/11/at', '0 to 1'],
    ['min: 0.1, max: 0.4', 'min: 0, max: 1', '/rules/12/min', '0 to 1 always holds'],
    ['min: 0.1, max: 0.4', 'max: 40', '/rules/12/max', '0 to 1'],
    ['max-age-hours: 48', 'max-age-hours: 0', '/rules/14/max-age-hours', 'above 0'],
    ['label: late, max: 0.9', 'label: late, max: 1', '/rules/15/max', '0 to below 1'],
    ['{ share: 0.1 }', '{ share: 1 }', '/rules/13/tolerance/share', '0 to below 1'],
    ['{ count: 3 }', '{ count: -1 }', '/rules/1/tolerance/count', 'a whole number from 0'],
    ['{ count: 3 }', '{ count: 3, share: 0.1 }', '/rules/1/tolerance', '{ share: 0.001 }'],
    ['{ min: 1, max: 80 }', '{ min: 0 }', '/columns/4/length/min', 'always holds'],
    ['{ min: 1, max: 80 }', '{}', '/columns/4/length', 'at least one'],
    [
      'type: boolean',
      'type: boolean, length: { max: 1 }',
      '/columns/5/length',
      'only for columns of type text',
    ],
    // Columns
    ['missing, column: delay', 'missing, column: dealy', '/rules/0/column', 'row, date, delay'],
    ['columns: [date, origin]', 'columns: [date, orgin]', '/rules/5/columns/1', 'origin'],
    ['columns: [date, origin]', 'columns: [date, date]', '/rules/5/columns', 'every column once'],
    ['columns: [date, origin]', 'columns: []', '/rules/5/columns', 'at least one column'],
    ['features: [origin, date]', 'features: [origin, late]', '/rules/16/features/1', 'other than the label'],
    ['leakage, label: late', 'leakage, label: lat', '/rules/15/label', 'late'],
    ['mean, column: delay', 'mean, column: origin', '/rules/8/column', 'integer, number'],
    ['freshness, column: date', 'freshness, column: delay', '/rules/14/column', 'timestamp'],
    ['length, column: origin', 'length, column: delay', '/rules/2/column', 'text'],
    ['range, column: date', 'range, column: origin', '/rules/1/column', 'timestamp'],
    ['range, column: date, min: "2001-01-01"', 'range, column: date, min: 5', '/rules/1/min', 'a date'],
    [
      'range, column: date, min: "2001-01-01"',
      'range, column: delay, min: "2001-01-01"',
      '/rules/1/min',
      'a number',
    ],
    ['min: "2001-01-01"', 'min: "2001-02-30"', '/rules/1/min', 'a date'],
    ['"[A-Z]{3}"', '"(a)\\\\1"', '/rules/4/pattern', 'RE2'],
    ['with: data/held-out.csv.dvc', 'with: ../x.csv', '/rules/17/with', 'inside the repository'],
    // The rest
    ['examples: 5', 'examples: 21', '/examples', '0 to 20'],
    ['derived-from: [raw-flights]', 'derived-from: [flights]', '/derived-from/0', 'other datasets'],
    ['derived-from: [raw-flights]', 'derived-from: [a, a]', '/derived-from/1', 'each once'],
    ['to: data', 'to: data, timeout-minutes: 0', '/ingest/timeout-minutes', '1 to 360'],
    ['ignore: [row]', 'ignore: [rwo]', '/drift/ignore/0', 'a column of the contract'],
  ])('refuses %j as %j', (from, to, pointer, allowed) => {
    expect(whole).toContain(from);
    const findings = findingsOf(whole.replace(from, to));
    const match = findings.find(({ where }) => where?.pointer === pointer);
    expect(findings.map(({ where }) => where?.pointer)).toContain(pointer);
    expect(`${match?.allowed} ${match?.fix}`).toContain(allowed);
    expect(match?.where?.line).toBeGreaterThan(10);
  });

  it('shows the very character of a condition that is at fault', () => {
    const text = whole.replace('`arrival-delay` >= delay', 'delay >= 0 and dealy < 1');
    const [finding] = findingsOf(text);
    const line = text.split('\n')[(finding?.where?.line ?? 0) - 1];
    expect(line?.slice((finding?.where?.column ?? 0) - 1)).toMatch(/^dealy < 1"/);
    expect(finding).toMatchObject({
      code: 'config/expression',
      allowed: 'did you mean `delay`?',
      message: 'the condition of rule "order" cannot be used: the unknown column "dealy" at character 16',
    });
  });

  it('points at the condition where it stands on several lines', () => {
    const text = whole.replace(
      '  - { name: order, rule: expression, keep: "`arrival-delay` >= delay", tolerance: { share: 0.1 } }',
      '  - name: order\n    rule: expression\n    keep: >\n      delay >= 0\n      and dealy < 1',
    );
    expect(findingsOf(text)).toMatchObject([
      { code: 'config/expression', where: { pointer: '/rules/13/keep' } },
    ]);
  });

  it('refuses more leakage rules than anyone means', () => {
    const many = Array.from(
      { length: 11 },
      (_, at) => `  - { name: leak-${at}, rule: leakage, label: late, max: 0.9 }`,
    );
    expect(findingsOf(`${head}${columns}rules:\n${many.join('\n')}\n`)).toMatchObject([
      { found: '11 leakage rules' },
    ]);
  });

  it('answers quickly on as many faults as a file can hold', () => {
    const started = process.cpuUsage();
    const names = Array.from({ length: 1000 }, (_, at) => `  - { name: ${'n'.repeat(40)}${at}, type: text }`);
    const bad = Array.from(
      { length: 900 },
      (_, at) => `  - { name: r${at}, rule: mean, column: ${'m'.repeat(40)}${at}, min: 1 }`,
    );
    expect(
      findingsOf(`${head}columns:\n${names.join('\n')}\nrules:\n${bad.join('\n')}\n`).length,
    ).toBeGreaterThan(10);
    // Processor time: other work on this machine is no fault of ours.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5000);
  });

  it('has a JSON Schema for editors that knows every rule', () => {
    const schema = JSON.stringify(
      z.toJSONSchema(contractSchema, { target: 'draft-7', io: 'input', unrepresentable: 'throw' }),
    );
    for (const { rule } of read(whole).rules) expect(schema).toContain(`"const":"${rule}"`);
  });
});
