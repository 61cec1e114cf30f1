import type { Tolerance } from '../config/contract.ts';
import type { Finding } from '../finding/finding.ts';
import { type Case, type Frame, type Judged, nameOf, reasonOf, toUnmeasured } from './judged.ts';
import type { ExampleRow, Measured, Tally } from './measured.ts';
import type { Observation } from './observation.ts';
import { writeCount, writeRows, writeShare } from './wording.ts';

/** What a rule that counts rows says of them. */
export interface TallyWords {
  /** Clause after the column or the rule, before "in 3 of 10 rows". */
  readonly what: string;
  readonly allowed: string;
  readonly fix: string;
  /** What the values are, told besides their number: `0 to 9`. */
  readonly extent?: string;
  readonly method?: string;
}

/**
 * Judges rows at fault by a tolerance.
 * @param hidden true when a column of the rule is private: no cell is shown then
 */
export function judgeTally(
  given: Case,
  frame: Frame,
  tally: Tally,
  words: TallyWords,
  tolerance: Tolerance | undefined,
  hidden: boolean,
): Judged {
  const total = given.measured.rows ?? 0;
  const { count, firstRow } = tally;
  const allowed = `${words.allowed}${describeTolerance(tolerance)}`;
  if (!isCount(count) || !isCount(total) || count > total) {
    return toUnmeasured(given, frame, 'the number of rows at fault is no number', allowed);
  }
  const broken = count > 0 && !tolerates(tolerance, count, total);
  const found = describeFound(words, count, total);
  const observation: Observation = {
    ...nameOf(frame),
    result: broken ? 'broken' : 'kept',
    severity: frame.severity,
    found,
    allowed,
    rows: total,
    ...(words.method === undefined ? {} : { method: words.method }),
  };
  if (!broken) return { observations: [observation], findings: [] };
  const first = firstRow === null ? '' : `, first at ${locateRow(given.measured, firstRow)}`;
  const over =
    tolerance === undefined || toleratesNothing(tolerance) ? '' : `: more than ${writeTolerance(tolerance)}`;
  const finding: Finding = {
    ...nameOf(frame),
    severity: frame.severity,
    message: `${subjectOf(frame)} ${words.what} in ${writeCount(count)} of ${writeRows(total)} (${writeShare(count, total)})${first}${over}.`,
    where: given.positions(frame.pointer),
    found,
    allowed,
    count,
    total,
    ...(firstRow === null ? {} : { firstRow }),
    ...(hidden || tally.examples.length === 0 ? {} : { examples: tally.examples }),
    ...showRows(given, tally.rows),
    ...reasonOf(frame),
    fix: words.fix,
  };
  return { observations: [observation], findings: [finding] };
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Never true of a tolerance that is no number: every comparison with NaN is false. */
function tolerates(tolerance: Tolerance | undefined, count: number, total: number): boolean {
  if (tolerance === undefined) return false;
  return tolerance.kind === 'count' ? count <= tolerance.count : count / total <= tolerance.share;
}

function describeTolerance(tolerance: Tolerance | undefined): string {
  return tolerance === undefined || toleratesNothing(tolerance)
    ? ''
    : `; up to ${writeTolerance(tolerance)} may break it`;
}

const toleratesNothing = (tolerance: Tolerance): boolean =>
  (tolerance.kind === 'count' ? tolerance.count : tolerance.share) === 0;

function writeTolerance(tolerance: Tolerance): string {
  if (tolerance.kind === 'count') return writeRows(tolerance.count);
  return `${Number((100 * tolerance.share).toPrecision(6))} % of all rows`;
}

function subjectOf({ rule, column }: Frame): string {
  if (rule === undefined) return `Column "${column}"`;
  return column === undefined ? `Rule "${rule}":` : `Rule "${rule}": column "${column}"`;
}

function describeFound({ extent }: TallyWords, count: number, total: number): string {
  const rows = count === 0 ? 'no row' : `${writeRows(count)} (${writeShare(count, total)})`;
  if (extent === undefined) return rows;
  return count === 0 ? extent : `${extent}; ${rows} outside`;
}

/** The engine reads no private cell; this is the second lock on the same door. */
function showRows({ contract, columns }: Case, rows: readonly ExampleRow[]): Pick<Finding, 'rows'> {
  const open = (name: string): boolean => columns.get(name)?.privacy === 'none';
  const shown = rows
    .slice(0, contract.examples)
    .map(({ row, cells }) => ({ row, cells: cells.filter(([name]) => open(name)) }));
  return shown.length === 0 ? {} : { rows: shown };
}

/** Names a row by the file that a person would open, when there are several. */
function locateRow(measured: Measured, row: number): string {
  let before = 0;
  for (const { path, rows } of measured.files) {
    if (rows === null) break;
    if (row <= before + rows) {
      const inFile = `row ${writeCount(row - before)} of ${path}`;
      return measured.files.length === 1 ? `row ${writeCount(row)}` : `row ${writeCount(row)} (${inFile})`;
    }
    before += rows;
  }
  return `row ${writeCount(row)}`;
}
