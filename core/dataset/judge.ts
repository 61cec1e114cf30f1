import type { Contract } from '../config/contract.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import type { Measured } from './measured.ts';
import type { Positions } from './positions.ts';
import { judgeColumnNames } from './structure.ts';
import { judgeValues } from './values.ts';
import { writeCount, writeRows } from './wording.ts';

/**
 * Judges what an engine measured by a contract.
 * @returns every finding, files first, then columns in contract order; none means that the data keeps the contract.
 * Data that could not be measured always has a finding.
 */
export function judgeColumns(
  contract: Contract,
  measured: Measured,
  positions: Positions,
): readonly Finding[] {
  const findings = [
    ...judgeProblems(measured, positions),
    ...judgeEmptyFiles(measured, positions),
    ...judgeColumnNames(contract, measured, positions),
    ...judgeRows(contract, measured, positions),
    ...judgeValues(contract, measured, positions),
  ];
  const unmeasured = measured.rows === null || measured.files.length === 0;
  return unmeasured && !findings.some(isFailure)
    ? [...findings, toUnmeasured(contract, positions)]
    : findings;
}

function judgeProblems(measured: Measured, positions: Positions): readonly Finding[] {
  return measured.problems.map(({ path, line, because }) => {
    const empty = because.startsWith('it is empty');
    return {
      code: empty ? 'data/empty' : 'data/unreadable',
      severity: 'fail',
      message: `${path} cannot be read${line === null ? '' : ` at line ${writeCount(line)}`}: ${because}.`,
      where: positions('/files'),
      found: line === null ? because : `line ${writeCount(line)}: ${because}`,
      allowed: 'CSV (UTF-8, comma, header, every row as wide as the header) or Parquet',
      fix: `Write ${path} again as a whole CSV or Parquet file and update its pointer.`,
    };
  });
}

function judgeEmptyFiles(measured: Measured, positions: Positions): readonly Finding[] {
  return measured.files
    .filter(({ rows }) => rows === 0)
    .map(({ path }) => ({
      code: 'data/empty',
      severity: 'fail',
      message: `${path} has a header and no rows.`,
      where: positions('/files'),
      found: '0 rows',
      allowed: 'at least 1 row in every file',
      count: 0,
      total: 0,
      fix: `Fill ${path}, or take it out of the files of the contract.`,
    }));
}

function judgeRows(contract: Contract, measured: Measured, positions: Positions): readonly Finding[] {
  const { rows } = measured;
  const { min, max } = contract.rows;
  if (rows === null) return [];
  const enough = Number.isFinite(min) && rows >= min;
  const within = max === undefined || (Number.isFinite(max) && rows <= max);
  if (enough && within) return [];
  const side = enough ? 'max' : 'min';
  return [
    {
      code: 'data/rows',
      severity: 'fail',
      message: `The dataset has ${writeRows(rows)}, ${enough ? 'more' : 'fewer'} than the contract allows.`,
      where: positions(`/rows/${side}`),
      found: writeRows(rows),
      allowed: max === undefined ? `at least ${writeCount(min)}` : `${writeCount(min)} to ${writeCount(max)}`,
      count: rows,
      total: rows,
      fix: enough
        ? 'Check for doubled files or rows, or raise rows.max in the contract if the data has grown.'
        : 'Check for a file that is missing or cut off, or lower rows.min in the contract if fewer rows are right.',
    },
  ];
}

function toUnmeasured(contract: Contract, positions: Positions): Finding {
  return {
    code: 'data/unreadable',
    severity: 'fail',
    message: `The dataset "${contract.dataset}" was not measured, and nothing says why.`,
    where: positions('/files'),
    fix: 'Run the check again; if this stays, report it with the log of the job.',
  };
}
