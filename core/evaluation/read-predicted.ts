import type { Task } from '../config/model.ts';
import { FaultTally } from './fault.ts';
import { KeyColumn, predictionKeyFaults } from './key-column.ts';
import { openBinary, openMulticlass } from './predicted-classes.ts';
import { openRanking, openRegression, openScorers } from './predicted-numbers.ts';
import type { PredictedShape, PredictionFile } from './predicted-shape.ts';
import { type OpenedTable, type PredictionSink, placeOf } from './prediction-sink.ts';
import { refuseInput } from './refusal.ts';
import { scanTable } from './table-rows.ts';
import type { TableFile } from './table-text.ts';

/** Opens the value columns of a table, by task. */
export const predictionSinks: Readonly<Record<Task, (table: OpenedTable) => PredictionSink>> = {
  'binary-classification': openBinary,
  'multiclass-classification': openMulticlass,
  regression: openRegression,
  ranking: openRanking,
  'scored-examples': openScorers,
};

/** How a table of predictions begins, by task. */
export const predictionHeaders: Readonly<Record<Task, string>> = {
  'binary-classification': 'key,score',
  'multiclass-classification': 'key,<one column a class>',
  regression: 'key,prediction',
  ranking: 'key,score',
  'scored-examples': 'key,<one column a scorer>',
};

/**
 * Reads the predictions of a model, CSV or JSON Lines, and holds them against what the model promises of them. The file is
 * pull-request controlled: nothing in it is forgiven.
 * @param source path, as shown in findings
 * @throws InputError PREDICTIONS_INVALID with one finding a kind of fault, each with count and first examples
 */
export function readPredicted(
  content: Uint8Array | string,
  source: string,
  shape: PredictedShape,
): PredictionFile {
  const faults = new FaultTally(source);
  const file: TableFile = {
    source,
    code: 'PREDICTIONS_INVALID',
    header: predictionHeaders[shape.task],
    faults,
  };
  const keys = new KeyColumn(faults, predictionKeyFaults);
  let sink: PredictionSink | null = null;
  const rows = scanTable(content, file, (names, form) => {
    const key = placeOf({ names, file }, 'key');
    const opened = predictionSinks[shape.task]({ file, shape, names, key, form });
    sink = opened;
    return (cells, row) => {
      keys.add(cells[key], row);
      opened.visit(cells, row);
    };
  });
  keys.checkDoubled();
  const [first, ...rest] = faults.toFindings(rows);
  if (first) throw refuseInput('PREDICTIONS_INVALID', [first, ...rest]);
  return { source, keys: keys.keys, predicted: (sink as unknown as PredictionSink).finish() };
}
