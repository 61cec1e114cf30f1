import type { ColumnRule, Contract } from '../config/contract.ts';
import type { Finding } from '../finding/finding.ts';
import type { Measured, MeasuredFile } from './measured.ts';
import { pointTo } from './pointer.ts';
import type { Positions } from './positions.ts';
import { findSimilar } from './similarity.ts';

/** Compares the headers with the contract: missing, unknown and doubled columns. These fail whatever the severity of a column says. */
export function judgeColumnNames(
  contract: Contract,
  measured: Measured,
  positions: Positions,
): readonly Finding[] {
  const readable = measured.files.filter(({ columns }) => columns.length > 0);
  return [
    ...contract.columns.flatMap((rule) => judgeMissing(contract, rule, readable, positions)),
    ...judgeUnknown(contract, readable, positions),
    ...judgeDoubled(readable, positions),
  ];
}

function judgeMissing(
  contract: Contract,
  rule: ColumnRule,
  files: readonly MeasuredFile[],
  positions: Positions,
): readonly Finding[] {
  const without = files.filter(({ columns }) => !columns.includes(rule.name));
  if (without.length === 0) return [];
  const names = contract.columns.map(({ name }) => name);
  const strangers = [...new Set(without.flatMap(({ columns }) => columns))].filter(
    (name) => !names.includes(name),
  );
  const missing = names.filter((name) => without.some(({ columns }) => !columns.includes(name)));
  const renamed =
    findSimilar(rule.name, strangers) ??
    (missing.length === 1 && strangers.length === 1 ? strangers[0] : null);
  const hint = renamed ? `; was it renamed to "${renamed}"?` : '.';
  return [
    {
      code: 'data/column-missing',
      severity: 'fail',
      message: `Column "${rule.name}" is missing in ${listPaths(without)}${hint}`,
      where: positions(pointTo('columns', rule.name)),
      column: rule.name,
      found: renamed ? `no "${rule.name}", but "${renamed}"` : 'no such column',
      allowed: `a column "${rule.name}"`,
      ...giveReason(rule),
      fix: renamed
        ? `Name the column "${rule.name}" again in the data, or rename it in the contract and in the code that reads it.`
        : `Put the column "${rule.name}" back into the data, or take it out of the contract.`,
    },
  ];
}

function judgeUnknown(
  contract: Contract,
  files: readonly MeasuredFile[],
  positions: Positions,
): readonly Finding[] {
  const names = contract.columns.map(({ name }) => name);
  const unknown = [...new Set(files.flatMap(({ columns }) => columns))].filter(
    (name) => !names.includes(name),
  );
  return unknown.map((name) => {
    const near = findSimilar(name, names);
    return {
      code: 'data/column-unknown',
      severity: 'fail',
      message: `Column "${name}" in ${listPaths(files.filter(({ columns }) => columns.includes(name)))} is not in the contract${near ? `; was "${near}" meant?` : '.'}`,
      where: positions('/columns'),
      column: name,
      found: `a column "${name}"`,
      allowed: names.map((known) => `"${known}"`).join(', '),
      fix: `Drop the column "${name}" from the data, or describe it in the contract.`,
    };
  });
}

function judgeDoubled(files: readonly MeasuredFile[], positions: Positions): readonly Finding[] {
  return files.flatMap(({ path, columns }) => {
    const doubled = [...new Set(columns.filter((name, at) => columns.indexOf(name) !== at))];
    return doubled.map(
      (name) =>
        ({
          code: 'data/column-doubled',
          severity: 'fail',
          message: `The header of ${path} names the column "${name}" more than once.`,
          where: positions('/columns'),
          column: name,
          found: `"${name}" ${columns.filter((other) => other === name).length} times`,
          allowed: 'every column once',
          fix: `Give every column in ${path} a name of its own.`,
        }) as const,
    );
  });
}

/** The reason that the contract gives for a column, as a field of a finding. */
export function giveReason(rule: ColumnRule): { readonly reason?: string } {
  return rule.reason === undefined ? {} : { reason: rule.reason };
}

function listPaths(files: readonly MeasuredFile[]): string {
  const shown = files.slice(0, 3).map(({ path }) => path);
  const more = files.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
