import type { BehaviourSuite, CellChange, Cells } from '../config/behaviour.ts';
import { InputError } from '../error/error.ts';
import { type PlannedCase, planCases } from './plan-cases.ts';

/** The held-out features as far as a suite needs them. */
export interface HeldOutFeatures {
  /** Header, the key column included. */
  readonly columns: readonly string[];
  readonly key: string;
  /** How many rows there are. */
  readonly rows: number;
  /** Cells of one row in the order of `columns`. Only rows that `sampledRows` names are asked for. */
  readonly rowAt: (row: number) => readonly string[];
}

/** A table to be scored: the header and rows of cells, written as CSV by the caller. */
export interface BehaviourTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Numbers of the held-out rows that a suite is made from, ascending, each once. @throws InputError BEHAVIOUR_SAMPLE */
export function sampledRows(suite: BehaviourSuite, heldOutRows: number): readonly number[] {
  const rows = planCases(suite, heldOutRows).flatMap(({ heldOutRow }) => heldOutRow ?? []);
  return [...new Set(rows)].sort((a, b) => a - b);
}

/**
 * Makes the input of the behaviour set: every row of every case, with the columns of the held-out features in their order.
 * @throws InputError BEHAVIOUR_SAMPLE, BEHAVIOUR_COLUMN (a column that the features do not have, or the key), BEHAVIOUR_CHANGE
 */
export function behaviourRows(suite: BehaviourSuite, features: HeldOutFeatures): BehaviourTable {
  requireColumns(suite, features);
  const planned = planCases(suite, features.rows);
  const rows = planned.flatMap((one) => rowsOf(one, suite.defaults, features));
  return { columns: features.columns, rows };
}

function rowsOf(
  one: PlannedCase,
  defaults: Cells,
  features: HeldOutFeatures,
): readonly (readonly string[])[] {
  const { columns, key } = features;
  const { input, change } = one.source;
  const cells =
    input.kind === 'row'
      ? columns.map((column) => cellOf(input.cells, column) ?? cellOf(defaults, column) ?? '')
      : features.rowAt(one.heldOutRow ?? 0);
  const changed = columns.map((column, at) => {
    const of = change.find((each) => each.column === column);
    return of === undefined ? (cells[at] ?? '') : changeCell(cells[at] ?? '', of, one);
  });
  const withKey = (row: readonly string[], value: string) =>
    columns.map((column, at) => (column === key ? value : (row[at] ?? '')));
  const judged = withKey(changed, one.key);
  return one.before === null ? [judged] : [withKey(cells, one.before), judged];
}

const cellOf = (cells: Cells, column: string): string | undefined =>
  Object.hasOwn(cells, column) ? cells[column] : undefined;

const mostDigits = 12;

function changeCell(cell: string, change: CellChange, { name, heldOutRow }: PlannedCase): string {
  if (change.kind === 'set') return change.value;
  if (change.kind === 'append') return `${cell}${change.text}`;
  const value = cell.trim() === '' ? Number.NaN : Number(cell);
  const result = change.kind === 'add' ? value + change.by : value * change.by;
  // Binary dust of the arithmetic is no change that anybody asked for.
  if (Number.isFinite(result)) return String(Number(result.toPrecision(mostDigits)));
  // A sampled row may lack the number; a written one that does is a mistake of the suite.
  if (heldOutRow !== null) return cell;
  throw new InputError(
    'BEHAVIOUR_CHANGE',
    `The case "${name}" does arithmetic with the column "${change.column}", which is no number there`,
    { hint: 'Write a number in "row" or "defaults" of behaviour.yml, or set the cell to a value.' },
  );
}

function requireColumns(suite: BehaviourSuite, { columns, key }: HeldOutFeatures): void {
  const places = suite.groups.flatMap(({ cases }) =>
    cases.flatMap(({ name, input, change }) => [
      ...(input.kind === 'row' ? Object.keys(input.cells) : []).map((column) => [
        column,
        `the case "${name}"`,
      ]),
      ...change.map(({ column }) => [column, `the case "${name}"`]),
    ]),
  );
  const all = [...Object.keys(suite.defaults).map((column) => [column, '"defaults"']), ...places];
  const known = new Set(columns);
  for (const [column = '', whose] of all) {
    const hint = 'Correct the name in behaviour.yml; the key is written by Gatehouse.';
    if (column === key) {
      throw new InputError('BEHAVIOUR_COLUMN', `${whose} of the suite sets the key column "${column}"`, {
        hint,
      });
    }
    if (known.has(column)) continue;
    const message = `${whose} of the suite names the column "${column}", which the held-out features do not have`;
    throw new InputError('BEHAVIOUR_COLUMN', message, { hint });
  }
}
