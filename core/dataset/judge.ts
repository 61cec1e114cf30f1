import type { Contract } from '../config/contract.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import { type Case, type Judged, joinJudged, nothingJudged } from './judged.ts';
import type { Measured } from './measured.ts';
import type { Observation } from './observation.ts';
import type { Positions } from './positions.ts';
import { judgeColumnNames } from './structure.ts';
import { judgeRules } from './table-rules.ts';
import { judgeValues } from './values.ts';
import { writeCount, writeRows } from './wording.ts';

/**
 * Judges what an engine measured by a contract.
 * @param now ISO instant, UTC: only the age of the newest value is held against it
 * @returns every finding, files first, then columns and rules in contract order; none means that the data keeps the
 * contract. Data that could not be measured always has a failing one. And what each rule came to, also when it was kept.
 */
export function judgeDataset(
  contract: Contract,
  measured: Measured,
  positions: Positions,
  now: string,
): Judged {
  const given = toCase(contract, measured, positions, now);
  const { findings, observations } = joinJudged([
    judgeFiles(measured, positions),
    judgeColumnNames(contract, measured, positions),
    judgeRows(contract, measured, positions),
    judgeValues(given),
    judgeRules(given),
  ]);
  const unmeasured = measured.rows === null || measured.files.length === 0;
  const silent = unmeasured && !findings.some(isFailure);
  return { findings: silent ? [...findings, toUnmeasured(contract, positions)] : findings, observations };
}

function toCase(contract: Contract, measured: Measured, positions: Positions, now: string): Case {
  return {
    ...{ contract, measured, positions, now },
    columns: new Map(contract.columns.map((column) => [column.name, column])),
    counted: new Map(measured.columns.map((column) => [column.column, column])),
    rules: new Map(measured.rules.map((rule) => [rule.name, rule])),
    profiles: new Map((measured.profile?.columns ?? []).map((column) => [column.name, column])),
  };
}

/** The findings alone, for callers that have no clock: data whose age matters then fails. */
export function judgeColumns(
  contract: Contract,
  measured: Measured,
  positions: Positions,
): readonly Finding[] {
  return judgeDataset(contract, measured, positions, '').findings;
}

const judgeFiles = (measured: Measured, positions: Positions): Judged => ({
  findings: [...judgeProblems(measured, positions), ...judgeEmptyFiles(measured, positions)],
  observations: [],
});

function judgeProblems(measured: Measured, positions: Positions): readonly Finding[] {
  return measured.problems.map(({ path, line, because }) => {
    const empty = because.startsWith('it is empty');
    return {
      code: empty ? 'data/empty' : 'data/unreadable',
      severity: 'fail',
      message: `${path} cannot be read${line === null ? '' : ` at line ${writeCount(line)}`}: ${because}.`,
      where: positions('/files'),
      found: line === null ? because : `line ${writeCount(line)}: ${because}`,
      allowed:
        'CSV (UTF-8, comma, header, every row as wide as the header), JSON lines (one flat object a line) or Parquet',
      fix: howToMend(path, because),
    };
  });
}

/** @param because words of the engine; what none of them fits gets the general advice */
function howToMend(path: string, because: string): string {
  const way =
    because === 'it is not UTF-8'
      ? `Save ${path} as UTF-8, for example with iconv -t UTF-8`
      : /^[\d,]+ cells? where the header has/.test(because)
        ? `Give every row of ${path} as many cells as its header; a cell with a comma in it stands in double quotes`
        : `Write ${path} again as a whole table`;
  return `${way}, and update its pointer where it has one.`;
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

function judgeRows(contract: Contract, measured: Measured, positions: Positions): Judged {
  const { rows } = measured;
  const { min, max } = contract.rows;
  if (rows === null) return nothingJudged;
  const enough = Number.isFinite(min) && rows >= min;
  const within = max === undefined || (Number.isFinite(max) && rows <= max);
  const allowed =
    max === undefined ? `at least ${writeCount(min)}` : `${writeCount(min)} to ${writeCount(max)}`;
  const kept = enough && within;
  const observation: Observation = {
    code: 'data/rows',
    result: kept ? 'kept' : 'broken',
    severity: 'fail',
    found: writeRows(rows),
    allowed,
    rows,
  };
  return {
    observations: [observation],
    findings: kept ? [] : [toWrongSize(rows, enough, allowed, positions)],
  };
}

function toWrongSize(rows: number, enough: boolean, allowed: string, positions: Positions): Finding {
  return {
    code: 'data/rows',
    severity: 'fail',
    message: `The dataset has ${writeRows(rows)}, ${enough ? 'more' : 'fewer'} than the contract allows.`,
    where: positions(`/rows/${enough ? 'max' : 'min'}`),
    found: writeRows(rows),
    allowed,
    count: rows,
    total: rows,
    fix: enough
      ? 'Check for doubled files or rows, or raise rows.max in the contract if the data has grown.'
      : 'Check for a file that is missing or cut off, or lower rows.min in the contract if fewer rows are right.',
  };
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
