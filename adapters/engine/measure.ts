import type { MeasuredColumn, MeasuredRule, Tally } from '../../core/dataset/measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import type { ColumnProfile, Profile } from '../../core/profile/profile.ts';
import type { Ask } from './ask.ts';
import { cutBatches } from './batch.ts';
import type { ColumnCount } from './column-count.ts';
import { noTally, toColumnProfile, toMeasuredColumn } from './column-profile.ts';
import { type BrokenRule, readTallies } from './example-rows.ts';
import { type Fault, listFaults } from './fault.ts';
import type { ProgressMeter } from './progress.ts';
import { countDistinct } from './row-keys.ts';
import { addRows, type RowFault } from './row-pass.ts';
import { findManyValued } from './sample.ts';
import type { Table, TableColumn } from './table.ts';
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
  const { ask, plan, table } = work;
  const faults = listFaults(plan, table);
  const rowFaults = listRowFaults(plan, table);
  const counted = await countColumns(work, faults, rowFaults);
  const outcomes: RuleOutcome[] = [];
  for (const [index, rule] of plan.rules.entries()) {
    outcomes.push(await measureRule({ ...work, counts: counted.counts }, rule, index));
    work.meter.endPass();
  }
  const broken = listBroken(faults, counted.counts, outcomes);
  const tallies = await readTallies(ask, table, broken, plan.examples);
  const columns: { readonly measured: MeasuredColumn; readonly profile: ColumnProfile }[] = [];
  for (const count of counted.columns) {
    const profile = await profileColumn(work, count);
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
  const batches = few.length === 0 ? [[]] : cutBatches(few);
  const rowBatches = many.size === 0 ? [[]] : cutBatches([...many]);
  meter.expectPasses(batches.length + 2 * rowBatches.length + work.plan.rules.length + 1);
  const counts = new Map<string, number>();
  const counted: ColumnCount[] = [];
  let rows: readonly number[] = [];
  for (const batch of batches) {
    const found = await countValues(ask, table, batch, faults);
    rows = found.rows;
    counted.push(...found.columns);
    meter.setRows(rows.reduce((sum, count) => sum + count, 0));
    meter.endPass();
  }
  for (const [index, batch] of rowBatches.entries()) {
    const found = await addRows(ask, table, batch, faults, index === 0 ? rowFaults : []);
    counted.push(...found.columns);
    for (const [key, count] of found.faults) counts.set(key, count);
    meter.endPass();
  }
  for (const { faults: own } of counted) for (const [key, count] of own) counts.set(key, count);
  counted.sort((a, b) => a.column.at - b.column.at);
  return { columns: counted, rows, counts };
}

async function findMany(work: Work, columns: readonly TableColumn[]): Promise<ReadonlySet<TableColumn>> {
  const many = new Set<TableColumn>();
  if (work.bytes < smallBytes) return many;
  for (const batch of cutBatches(columns)) {
    for (const column of await findManyValued(work.ask, work.table, batch)) many.add(column);
  }
  return many;
}

/** The profile of a column, with its exact number of values where the plan asks for it. */
async function profileColumn({ ask, plan, table }: Work, count: ColumnCount): Promise<ColumnProfile> {
  const { values, column } = count;
  const isWanted = plan.distinct.includes(column.check.column);
  if (values.kind === 'all' || !isWanted) return toColumnProfile(count, null);
  return toColumnProfile(count, values.distinct ?? (await countDistinct(ask, table, column)));
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
