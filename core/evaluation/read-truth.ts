import type { Task } from '../config/model.ts';
import type { Truth } from '../metric/sample.ts';
import { type FaultKind, FaultTally } from './fault.ts';
import { KeyColumn, type KeyFaults } from './key-column.ts';
import { placeOf } from './prediction-sink.ts';
import { refuseInput } from './refusal.ts';
import { scanTable, type TableForm } from './table-rows.ts';
import type { TableFile } from './table-text.ts';
import { groupSink, labelSink, type TruthSink, weightSink } from './truth-sink.ts';

/** Which columns of the label file say what; other columns are not looked at. */
export interface TruthColumns {
  /** Name of the held-out key column; `key` is accepted as well. */
  readonly key: string;
  /** Not read for scored examples, whose scorers carry their own judgement. */
  readonly label: string;
  /** How often a row counts. */
  readonly weight: string | null;
  /** Rows with the same text here are not independent. */
  readonly group: string | null;
  /** Ranking: the query of a row. */
  readonly query: string | null;
  /** Multiclass: all classes, in the order of the metrics. Empty for other tasks. */
  readonly classes: readonly string[];
}

/** What is true of the held-out rows. Lives in the judge only: nothing of it is printed. */
export interface HeldOutTruth {
  /** None twice, none empty. */
  readonly keys: readonly string[];
  /** In the order of `keys`, as everything here. */
  readonly truth: Truth;
  /** Finite, 0 and up, not all 0; null: each row counts once. */
  readonly weights: Float64Array | null;
  /** Number of the group of each row, from 0 in order of appearance; null: rows are independent. */
  readonly groups: Uint32Array | null;
}

const badKey: FaultKind = {
  code: 'labels/key',
  message: 'have an empty or repeated key',
  fix: 'The owner of the held-out set publishes one line for each held-out row.',
};
const keyFaults: KeyFaults = { empty: badKey, doubled: badKey };

/**
 * Reads held-out labels, CSV or JSON Lines. Findings carry counts, no examples and no row numbers: they may end in public
 * evidence, and each would be a statement about one row.
 * @throws InputError LABELS_INVALID
 */
export function readTruth(content: Uint8Array | string, columns: TruthColumns, task: Task): HeldOutTruth {
  const faults = new FaultTally('labels');
  const file: TableFile = {
    source: 'labels',
    code: 'LABELS_INVALID',
    header: headerOf(columns, task),
    faults,
  };
  const keys = new KeyColumn(faults, keyFaults);
  const sinks: TruthSinks = { label: null, weight: null, group: null };
  const rows = scanTable(content, file, (names, form) => {
    const place = (name: string) => placeOf({ names, file }, name);
    const key = names.includes(columns.key) ? place(columns.key) : place('key');
    openSinks(sinks, columns, task, { faults, form, place });
    const open = [sinks.label, sinks.weight, sinks.group].filter((sink) => sink !== null);
    return (cells, row) => {
      keys.add(cells[key], row);
      for (const sink of open) sink.visit(cells, row);
    };
  });
  keys.checkDoubled();
  const truth: Truth = sinks.label?.finish() ?? { kind: 'none' };
  const weights = sinks.weight?.finish() ?? null;
  const groups = sinks.group?.finish() ?? null;
  const [first, ...rest] = faults
    .toFindings(rows)
    .map(({ firstRow: _, examples: _examples, ...finding }) => finding);
  if (first) throw refuseInput('LABELS_INVALID', [first, ...rest]);
  return { keys: keys.keys, truth, weights, groups };
}

interface TruthSinks {
  label: TruthSink<Truth> | null;
  weight: TruthSink<Float64Array> | null;
  group: TruthSink<Uint32Array> | null;
}

interface OpenedLabels {
  readonly faults: FaultTally;
  readonly form: TableForm;
  readonly place: (name: string) => number;
}

function openSinks(sinks: TruthSinks, columns: TruthColumns, task: Task, labels: OpenedLabels): void {
  const { faults, form, place } = labels;
  const cell = (name: string) => ({ place: place(name), form, faults });
  if (task !== 'scored-examples') {
    const query = task === 'ranking' ? cell(columns.query ?? 'query') : null;
    sinks.label = labelSink(cell(columns.label), task, columns.classes, query);
  }
  if (columns.weight !== null) sinks.weight = weightSink(cell(columns.weight));
  if (columns.group !== null) sinks.group = groupSink(cell(columns.group));
}

function headerOf(columns: TruthColumns, task: Task): string {
  const { label, weight, group, query } = columns;
  const values = [
    task === 'scored-examples' ? null : label,
    task === 'ranking' ? query : null,
    weight,
    group,
  ];
  return ['key', ...values.filter((name) => name !== null)].join(',');
}
