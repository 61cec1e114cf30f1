import type { ModelOutput, ModelOutputs } from '../behaviour/model-output.ts';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { Predicted } from '../metric/sample.ts';
import { type FaultKind, FaultTally } from './fault.ts';
import { type GeneratedTexts, openTexts, textHeader } from './generated-text.ts';
import { KeyColumn, predictionKeyFaults } from './key-column.ts';
import type { PredictedShape } from './predicted-shape.ts';
import { type OpenedTable, placeOf } from './prediction-sink.ts';
import { predictionHeaders, predictionSinks } from './read-predicted.ts';
import { scanTable } from './table-rows.ts';
import type { TableFile } from './table-text.ts';

export interface BehaviourOutputs {
  /** Of every key that has exactly one well-formed row. */
  readonly outputs: ModelOutputs;
  /** Why rows are missing: warnings, since the cases fail by themselves; a file that cannot be read at all is a failure. */
  readonly findings: readonly Finding[];
}

/**
 * Reads what a model said of the rows of a suite: predictions of its task, or texts and actions of scored examples. A row
 * at fault costs its own case and no other: edge cases are there to find such rows. The file is pull-request controlled.
 * @param source path, as shown in findings
 */
export function readBehaviourOutputs(
  content: Uint8Array | string,
  source: string,
  shape: PredictedShape,
): BehaviourOutputs {
  const faults = new RowFaults(source);
  const isText = shape.task === 'scored-examples';
  const header = isText ? textHeader : predictionHeaders[shape.task];
  const file: TableFile = { source, code: 'PREDICTIONS_INVALID', header, faults };
  try {
    return readRows(content, file, shape, faults);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { outputs: new Map(), findings: error.findings };
  }
}

/** Remembers which rows were at fault. */
class RowFaults extends FaultTally {
  readonly rows = new Set<number>();

  override add(kind: FaultKind, row: number, example?: string): void {
    super.add(kind, row, example);
    this.rows.add(row);
  }
}

type Sink = {
  visit(cells: readonly unknown[], row: number): void;
  finish(): Predicted | Pick<GeneratedTexts, 'outputs' | 'actions'>;
};

function readRows(
  content: Uint8Array | string,
  file: TableFile,
  shape: PredictedShape,
  faults: RowFaults,
): BehaviourOutputs {
  const keys = new KeyColumn(faults, predictionKeyFaults);
  const rowOf: number[] = [];
  let sink: Sink | null = null;
  const total = scanTable(content, file, (names, form) => {
    const table: OpenedTable = { file, shape, names, key: placeOf({ names, file }, 'key'), form };
    const opened: Sink =
      shape.task === 'scored-examples' ? openTexts(table) : predictionSinks[shape.task](table);
    sink = opened;
    return (cells, row) => {
      keys.add(cells[table.key], row);
      rowOf.push(row);
      opened.visit(cells, row);
    };
  });
  keys.checkDoubled();
  const outputAt = toOutputs((sink as unknown as Sink).finish());
  const outputs = new Map<string, ModelOutput>();
  const seen = new Set<string>();
  for (const [at, key] of keys.keys.entries()) {
    // Of two rows neither is believed: which of them is meant is for nobody to guess.
    if (seen.has(key)) outputs.delete(key);
    else if (!faults.rows.has(rowOf[at] as number)) outputs.set(key, outputAt(at));
    seen.add(key);
  }
  return { outputs, findings: faults.toFindings(total).map((finding) => ({ ...finding, severity: 'warn' })) };
}

function toOutputs(read: ReturnType<Sink['finish']>): (at: number) => ModelOutput {
  if ('outputs' in read) {
    const { outputs, actions } = read;
    return (at) => ({ kind: 'text', text: outputs[at] as string, actions: actions?.[at] ?? null });
  }
  switch (read.kind) {
    case 'score':
    case 'number':
      return (at) => ({ kind: 'number', value: read.values[at] as number });
    case 'class':
      return (at) => ({ kind: 'class', index: read.values[at] as number });
    case 'probabilities':
      return (at) => ({
        kind: 'probabilities',
        values: read.columns.map((column) => column[at] as number),
      });
    case 'columns':
      return () => ({ kind: 'number', value: Number.NaN });
  }
}
