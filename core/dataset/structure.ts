import type { ColumnRule, Contract } from '../config/contract.ts';
import type { Finding } from '../finding/finding.ts';
import { type Judged, reasonOf } from './judged.ts';
import type { Measured } from './measured.ts';
import { pointTo } from './pointer.ts';
import type { Positions } from './positions.ts';
import { findSeparator } from './separator.ts';
import { findSimilar } from './similarity.ts';
import { spellName, writeCount } from './wording.ts';

/** Headers are the proposer's: their number must not decide how long this takes, nor how long the report is. */
const mostSuggestions = 10;
const mostUnknown = 100;
const mostListed = 20;

/**
 * Compares the headers with the contract: missing, unknown and doubled columns. These fail whatever the severity of a
 * column says. A column that is not required may be missing from all files; from some of them it may not.
 */
export function judgeColumnNames(contract: Contract, measured: Measured, positions: Positions): Judged {
  const known = new Set(contract.columns.map(({ name }) => name));
  const all = measured.files
    .filter(({ columns }) => columns.length > 0)
    .map(({ path, columns }): Header => ({ path, columns, names: new Set(columns) }));
  const unsplit = all.filter(
    ({ columns }) => separatorOf(columns) !== null && !columns.some((name) => known.has(name)),
  );
  const headers = all.filter((header) => !unsplit.includes(header));
  const isAbsent = ({ name, required }: ColumnRule): boolean =>
    !required && headers.length > 0 && headers.every(({ names }) => !names.has(name));
  const missing = contract.columns.filter(
    (rule) => !isAbsent(rule) && headers.some(({ names }) => !names.has(rule.name)),
  );
  const strangers = [...new Set(headers.flatMap(({ columns }) => columns))].filter(
    (name) => !known.has(name),
  );
  const shape: Shape = { headers, missing: missing.map(({ name }) => name), strangers, positions };
  return {
    findings: [
      ...unsplit.map((header) => toUnsplit(header, positions)),
      ...missing.map((rule, at) => toMissing(rule, at, shape)),
      ...judgeUnknown([...known], shape),
      ...judgeDoubled(shape),
    ],
    observations: contract.columns.filter(isAbsent).map(({ name }) => ({
      code: 'data/column-missing',
      column: name,
      result: 'kept',
      severity: 'note',
      found: 'in no file',
      allowed: 'it may be missing from all files',
      rows: measured.rows ?? 0,
    })),
  };
}

interface Header {
  readonly path: string;
  readonly columns: readonly string[];
  readonly names: ReadonlySet<string>;
}

interface Shape {
  readonly headers: readonly Header[];
  /** Columns of the contract that a file lacks. */
  readonly missing: readonly string[];
  /** Columns of a file that the contract lacks. */
  readonly strangers: readonly string[];
  readonly positions: Positions;
}

const separatorOf = (columns: readonly string[]): string | null =>
  columns.length === 1 ? findSeparator(columns[0] ?? '') : null;

/** One finding instead of one for every column of the contract: the table was not read as it was meant. */
function toUnsplit({ path, columns }: Header, positions: Positions): Finding {
  const separator = separatorOf(columns) ?? 'another sign';
  return {
    code: 'data/unreadable',
    severity: 'fail',
    message: `${path} has one column only: its cells are separated by ${separator}, not by commas.`,
    where: positions('/files'),
    found: `a column "${columns[0]}"`,
    allowed: 'CSV with a comma between two cells',
    fix: `Write ${path} with commas between the cells.`,
  };
}

function toMissing(rule: ColumnRule, at: number, { headers, missing, strangers, positions }: Shape): Finding {
  const without = headers.filter(({ names }) => !names.has(rule.name));
  const likely = missing.length === 1 && strangers.length === 1 ? strangers[0] : null;
  const renamed = (at < mostSuggestions ? findSimilar(rule.name, strangers) : null) ?? likely;
  const optional = rule.required ? '' : ', though other files have it';
  const hint = renamed ? `; was it renamed to "${spellName(renamed)}"?` : '.';
  return {
    code: 'data/column-missing',
    severity: 'fail',
    message: `Column "${rule.name}" is missing in ${listPaths(without)}${optional}${hint}`,
    where: positions(pointTo('columns', rule.name)),
    column: rule.name,
    found: renamed ? `no "${rule.name}", but "${spellName(renamed)}"` : 'no such column',
    allowed: rule.required ? `a column "${rule.name}"` : `a column "${rule.name}" in all files or in none`,
    ...reasonOf(rule),
    fix: renamed
      ? `Name the column "${rule.name}" again in the data, or rename it in the contract and in the code that reads it.`
      : `Put the column "${rule.name}" back into the data, or take it out of the contract.`,
  };
}

function judgeUnknown(
  known: readonly string[],
  { headers, strangers, positions }: Shape,
): readonly Finding[] {
  const more = known.length > mostListed ? ` and ${known.length - mostListed} more` : '';
  const allowed = `${known
    .slice(0, mostListed)
    .map((name) => `"${name}"`)
    .join(', ')}${more}`;
  const unknown = strangers.slice(0, mostUnknown).map((name, at): Finding => {
    const near = at < mostSuggestions ? findSimilar(name, known) : null;
    return {
      code: 'data/column-unknown',
      severity: 'fail',
      message: `Column "${spellName(name)}" in ${listPaths(headers.filter(({ names }) => names.has(name)))} is not in the contract${near ? `; was "${near}" meant?` : '.'}`,
      where: positions('/columns'),
      column: name,
      found: `a column "${spellName(name)}"`,
      allowed,
      fix: `Drop the column "${name}" from the data, or describe it in the contract.`,
    };
  });
  const rest = strangers.length - unknown.length;
  return rest === 0 ? unknown : [...unknown, toRest(rest, allowed, positions)];
}

const toRest = (rest: number, allowed: string, positions: Positions): Finding => ({
  code: 'data/column-unknown',
  severity: 'fail',
  message: `${writeCount(rest)} more columns of the data are not in the contract.`,
  where: positions('/columns'),
  found: `${writeCount(rest + mostUnknown)} such columns in all`,
  allowed,
  fix: 'Drop these columns from the data, or describe them in the contract.',
});

function judgeDoubled({ headers, positions }: Shape): readonly Finding[] {
  return headers.flatMap(({ path, columns, names }) => {
    if (names.size === columns.length) return [];
    const counts = new Map<string, number>();
    for (const name of columns) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts]
      .filter(([, count]) => count > 1)
      .slice(0, mostUnknown)
      .map(
        ([name, count]) =>
          ({
            code: 'data/column-doubled',
            severity: 'fail',
            message: `The header of ${path} names the column "${name}" more than once.`,
            where: positions('/columns'),
            column: name,
            found: `"${name}" ${count} times`,
            allowed: 'every column once',
            fix: `Give every column in ${path} a name of its own.`,
          }) as const,
      );
  });
}

function listPaths(files: readonly Pick<Header, 'path'>[]): string {
  const shown = files.slice(0, 3).map(({ path }) => path);
  const more = files.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
