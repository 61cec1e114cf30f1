import type { FaultKind } from './fault.ts';
import { defaultSumTolerance } from './predicted-shape.ts';
import {
  NumberColumn,
  type OpenedTable,
  type PredictionSink,
  placeOf,
  refuseOthers,
} from './prediction-sink.ts';
import { readText, showCell } from './table-cell.ts';
import { refuseHeader, showNames } from './table-text.ts';

const outside: FaultKind = {
  code: 'evaluation/score-range',
  message: 'have a value outside 0 to 1',
  fix: 'Write the probability of the class, not a log-odds, a percentage or a class.',
};
const unknownClass: FaultKind = {
  code: 'evaluation/class-unknown',
  message: 'have a class that the model does not have',
  fix: 'Write one of the classes of model.yml, letter by letter.',
};
const notOne: FaultKind = {
  code: 'evaluation/sum-not-one',
  message: 'have probabilities that do not sum to 1',
  fix: 'Write the probabilities of all classes of a row, normalised (softmax), with at least four decimals.',
};

const unit = [0, 1] as const;

/** Two classes: the probability of class 1. */
export function openBinary(table: OpenedTable): PredictionSink {
  refuseOthers(table, ['key', 'score']);
  const score = new NumberColumn(table, 'score', unit, outside);
  return {
    visit: (cells, row) => void score.visit(cells, row),
    finish: () => ({ kind: 'score', values: score.finish() }),
  };
}

/** Many classes: a column of probabilities for each, or one column `class`. */
export function openMulticlass(table: OpenedTable): PredictionSink {
  const { names, shape } = table;
  const given = names.filter((_, at) => at !== table.key);
  return given.length === 1 && given[0] === 'class' && shape.classes.length > 1
    ? openClass(table)
    : openProbabilities(table, given);
}

function openClass(table: OpenedTable): PredictionSink {
  const place = placeOf(table, 'class');
  const indexOf = new Map(table.shape.classes.map((name, at) => [name, at]));
  const values: number[] = [];
  return {
    visit(cells, row) {
      const index = indexOf.get(readText(cells[place]) ?? '');
      if (index === undefined) table.file.faults.add(unknownClass, row, showCell(cells[place]));
      values.push(index ?? 0);
    },
    finish: () => ({ kind: 'class', values: Uint16Array.from(values) }),
  };
}

function openProbabilities(table: OpenedTable, given: readonly string[]): PredictionSink {
  const { classes, contract } = table.shape;
  const missing = classes.filter((name) => !given.includes(name));
  if (missing.length > 0) {
    throw refuseHeader(table.file, `has no column for the class ${showNames(missing)}`, {
      found: showNames(given),
      allowed: `key and class, or key and one column a class: ${showNames(classes)}`,
    });
  }
  refuseOthers(table, ['key', ...classes]);
  const columns = classes.map((name) => new NumberColumn(table, name, unit, outside));
  const tolerance = contract?.sumToOne ?? defaultSumTolerance;
  return {
    visit(cells, row) {
      let sum = 0;
      for (const column of columns) sum += column.visit(cells, row);
      // NaN: one of them is a fault already.
      if (Math.abs(sum - 1) > tolerance) {
        table.file.faults.add(notOne, row, `${showCell(cells[table.key]).slice(0, 20)}: ${sum.toFixed(6)}`);
      }
    },
    finish: () => ({ kind: 'probabilities', columns: columns.map((column) => column.finish()) }),
  };
}
