import type { MeasuredColumn, MeasuredRule, Tally } from '../../core/dataset/measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import type { ColumnProfile, Profile } from '../../core/profile/profile.ts';
import type { Ask } from './ask.ts';
import { cutBatches, cutColumns, sizeBatch } from './batch.ts';
import type { ColumnCount } from './column-count.ts';
import { noTally, toColumnProfile, toMeasuredColumn } from './column-profile.ts';
import { type BrokenRule, readTallies } from './example-rows.ts';
import { type Fault, listFaults } from './fault.ts';
import type { ProgressMeter } from './progress.ts';
import { copyColumns } from './read-table.ts';
import { countDistinct } from './row-keys.ts';
import { addRows, countRowFaults, type RowFault } from './row-pass.ts';
import { canHaveMany, findManyValued } from './sample.ts';
import { type Table, type TableColumn, withRows } from './table.ts';
import { listRowFaults, measureRule, type OtherTable, type RuleOutcome } from './table-rule.ts';
import { countValues } from './value-counts.ts';

/** Below this size counting value by value is cheap whatever the values are. */
const smallBytes = 8 * 2 ** 20;

export interface Work {
  readonly ask: Ask;
  readonly plan: CheckPlan;
  readonly table: Table;
  readonly others: ReadonlyMap<string, OtherTable>;
  readonly meter: ProgressMeter;
  /** Bytes of all files as they are read. */
  readonly bytes: number;
}

export interface TableMeasurement {
  readonly rowsOfFiles: readonly number[];
  readonly columns: readonly MeasuredColumn[];
  readonly rules: readonly MeasuredRule[];
  readonly profile: Profile;
}

/** Measures everything that a plan asks of files that can be read. */
export async function measureTable(work: Work): Promise<TableMeasurement> {
  const { ask, plan } = work;
  const faults = listFaults(plan, work.table);
  const rowFaults = listRowFaults(plan, work.table);
  const counted = await countColumns(work, faults, rowFaults);
  const table = withRows(work.table, counted.rows);
  const outcomes: RuleOutcome[] = [];
  for (const [index, rule] of plan.rules.entries()) {
    outcomes.push(
      await measureRule(
        { ...work, table, counts: counted.counts, copy: counted.copy, columns: counted.columns },
        rule,
        index,
      ),
    );
    work.meter.endPass();
  }
  const broken = listBroken(faults, counted.counts, outcomes);
  const tallies = await readTallies(ask, table, broken, plan.examples);
  const columns: { readonly measured: MeasuredColumn; readonly profile: ColumnProfile }[] = [];
  for (const count of counted.columns) {
    const profile = await profileColumn(work, count, outcomes);
    columns.push({ profile, measured: toMeasuredColumn(count, profile, tallies) });
  }
  return {
    rowsOfFiles: counted.rows,
    columns: columns.map(({ measured }) => measured),
    rules: outcomes.map((outcome) => toMeasuredRule(outcome, tallies)),
    profile: {
      v: 1,
      rows: counted.rows.reduce((sum, rows) => sum + rows, 0),
      columns: columns.map(({ profile }) => profile),
    },
  };
}

interface Counted {
  readonly columns: readonly ColumnCount[];
  readonly rows: readonly number[];
  readonly counts: ReadonlyMap<string, number>;
  /** A table with at least the columns of many values that is faster to read; the table itself when there is none. */
  readonly copy: Table;
}

async function countColumns(
  work: Work,
  faults: readonly Fault[],
  rowFaults: readonly RowFault[],
): Promise<Counted> {
  const { ask, table, meter } = work;
  const columns = table.columns.filter(({ everywhere }) => everywhere);
  const many = await findMany(work, columns);
  const few = columns.filter((column) => !many.has(column));
  const batches = few.length === 0 ? [[]] : cutColumns(table, few, sizeBatch(few.length));
  const manyColumns = columns.filter((column) => many.has(column));
  const manyBatches = cutBatches(manyColumns);
  meter.expectPasses(batches.length + 2 * manyBatches.length + work.plan.rules.length + 1);
  const counted: ColumnCount[] = [];
  let rows: readonly number[] = [];
  for (const batch of batches) {
    const found = await countValues(ask, table, batch, faults);
    rows = found.rows;
    counted.push(...found.columns);
    meter.setRows(rows.reduce((sum, count) => sum + count, 0));
    meter.endPass();
  }
  // Only one batch is copied: what is narrow enough for one.
  const copy = manyBatches.length === 1 ? await copyColumns(ask, table, manyColumns, work.bytes) : table;
  for (const batch of manyBatches) {
    const found = await addRows(ask, copy, findAll(copy, batch), faults);
    counted.push(...found);
    meter.endPass();
  }
  const counts = new Map(await countRowFaults(ask, table, rowFaults));
  for (const { faults: own } of counted) for (const [key, count] of own) counts.set(key, count);
  counted.sort((a, b) => a.column.at - b.column.at);
  return { columns: counted, rows, counts, copy };
}

/** The same columns in a copy of the table. */
function findAll(table: Table, columns: readonly TableColumn[]): readonly TableColumn[] {
  return columns.map((column) => table.columns.find(({ at }) => at === column.at) ?? column);
}

async function findMany(work: Work, columns: readonly TableColumn[]): Promise<ReadonlySet<TableColumn>> {
  const many = new Set<TableColumn>();
  if (work.bytes < smallBytes || !canHaveMany(work.table, work.bytes)) return many;
  for (const batch of cutColumns(work.table, columns)) {
    for (const column of await findManyValued(work.ask, work.table, batch)) many.add(column);
  }
  return many;
}

/** The profile of a column, with its exact number of values where the plan asks for it. */
async function profileColumn(
  { ask, plan, table }: Work,
  count: ColumnCount,
  outcomes: readonly RuleOutcome[],
): Promise<ColumnProfile> {
  const { values, column } = count;
  const isWanted = plan.distinct.includes(column.check.column);
  if (values.kind === 'all' || !isWanted) return toColumnProfile(count, null);
  const known = values.distinct ?? findDistinct(plan, count, outcomes);
  const everywhere = table.columns.find(({ at }) => at === column.at) ?? column;
  return toColumnProfile(count, known ?? (await countDistinct(ask, table, everywhere)));
}

/** A rule on the column alone has counted its values already: all cells but those that repeat an earlier one. */
function findDistinct(plan: CheckPlan, count: ColumnCount, outcomes: readonly RuleOutcome[]): number | null {
  if (count.unreadable > 0 || count.values.kind === 'all') return null;
  const name = count.column.check.column;
  const index = plan.rules.findIndex(
    (rule) =>
      rule.kind === 'repeated' &&
      rule.nulls === 'skip' &&
      rule.columns.length === 1 &&
      rule.columns[0] === name,
  );
  const outcome = outcomes[index];
  return outcome?.kind === 'counted' ? count.values.reduced.count - outcome.broken.count : null;
}

function listBroken(
  faults: readonly Fault[],
  counts: ReadonlyMap<string, number>,
  outcomes: readonly RuleOutcome[],
): readonly BrokenRule[] {
  const ofRules = new Map(
    outcomes.flatMap((outcome) => (outcome.kind === 'counted' ? [[outcome.broken.key, outcome.broken]] : [])),
  );
  const ofCells = faults.map(({ key, column, sql, showsCells }): BrokenRule => {
    const cells = showsCells ? column : null;
    return { key, count: counts.get(key) ?? 0, columns: [column], rows: sql, cells };
  });
  const keys = new Set(ofCells.map(({ key }) => key));
  return [...ofCells, ...[...ofRules.values()].filter(({ key }) => !keys.has(key))].filter(
    ({ count }) => count > 0,
  );
}

function toMeasuredRule(outcome: RuleOutcome, tallies: ReadonlyMap<string, Tally>): MeasuredRule {
  if (outcome.kind === 'done') return outcome.measured;
  const { name, broken } = outcome;
  return { kind: 'tally', name, tally: tallies.get(broken.key) ?? { ...noTally, count: broken.count } };
}
