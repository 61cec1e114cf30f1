import { parseContract } from '../config/contract-file.ts';
import { judgeDataset } from './judge.ts';
import { measureFiles, type TableFile } from './measure.fixture.ts';
import type { Measured, MeasuredRule, Tally } from './measured.ts';
import { planChecks } from './plan.ts';

export const now = '2001-04-03T00:00:00.000Z';
export const positions = (pointer: string) => ({ file: 'datasets/d.yml', pointer });
export const contractOf = (columns: readonly string[], rules: readonly string[] = [], rest = '') =>
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
export const columns = [
  'name: id, type: integer',
  'name: delay, type: number, nullable: true',
  'name: origin, type: text, nullable: true',
  'name: day, type: timestamp, nullable: true',
];
export type Row = readonly [string | null, string | null, string | null, string | null];
export const rows: readonly Row[] = [
  ['1', '0', 'LAX', '2001-04-01'],
  ['2', '10', 'LAX', '2001-04-02'],
  ['3', '20', 'SFO', null],
  ['4', null, 'SFO', '2001-04-01'],
];
export const fileOf = (
  body: readonly (readonly (string | null)[])[],
  header = ['id', 'delay', 'origin', 'day'],
): TableFile => ({
  path: 'data/a.csv',
  columns: header,
  rows: body,
});

export type Contract = ReturnType<typeof contractOf>;
export const measure = (contract: Contract, body: readonly Row[] = rows) =>
  measureFiles(planChecks(contract), [fileOf(body)]);
/** The measured table with one answer in place of another. */
export const answer = (measured: Measured, rule: MeasuredRule): Measured => ({
  ...measured,
  rules: measured.rules.map((each) => (each.name === rule.name ? rule : each)),
});
export const judge = (contract: Contract, measured: Measured, at = now) =>
  judgeDataset(contract, measured, positions, at);
export const tally = (count: number, more: Partial<Tally> = {}): Tally => ({
  count,
  firstRow: count > 0 ? 1 : null,
  examples: [],
  rows: [],
  ...more,
});
