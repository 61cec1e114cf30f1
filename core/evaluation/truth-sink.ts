import type { Task } from '../config/model.ts';
import type { Truth } from '../metric/sample.ts';
import type { FaultKind, FaultTally } from './fault.ts';
import { readNumber, readText } from './table-cell.ts';
import type { TableForm } from './table-rows.ts';

/** Takes one column of the label file row by row. Faults carry no example: nothing of a label is shown. */
export interface TruthSink<Values> {
  visit(cells: readonly unknown[], row: number): void;
  finish(): Values;
}

/** Where a column stands, and where complaints go. */
export interface LabelCell {
  readonly place: number;
  readonly form: TableForm;
  readonly faults: FaultTally;
}

const valueFault = (message: string, fix: string): FaultKind => ({ code: 'labels/value', message, fix });
const notBinary = valueFault(
  'have a label other than 0 and 1',
  'The owner of the held-out set publishes labels as 0 and 1.',
);
const notClass = valueFault(
  'have a label that is no class of the model',
  'The owner of the held-out set and model.yml name the same classes, letter by letter.',
);
const notFinite = valueFault(
  'have a label that is no finite number',
  'The owner of the held-out set publishes labels as decimal numbers.',
);
const notRelevance = valueFault(
  'have a relevance that is no number of at least 0',
  'The owner of the held-out set publishes relevance as numbers from 0 up.',
);
const noQuery: FaultKind = {
  code: 'labels/query',
  message: 'have no query',
  fix: 'The owner of the held-out set names the query of each row.',
};
const noGroup: FaultKind = {
  code: 'labels/group',
  message: 'have no group',
  fix: 'The owner of the held-out set names the group of each row.',
};
const badWeight: FaultKind = {
  code: 'labels/weight',
  message: 'have a weight that is no number of at least 0, or no row has any',
  fix: 'The owner of the held-out set publishes weights as numbers from 0 up.',
};

/** The label column of a task. @param query where the query of a ranking stands */
export function labelSink(
  cell: LabelCell,
  task: Exclude<Task, 'scored-examples'>,
  classes: readonly string[],
  query: LabelCell | null,
): TruthSink<Truth> {
  switch (task) {
    case 'binary-classification':
      return binarySink(cell);
    case 'multiclass-classification':
      return classSink(cell, classes);
    case 'regression':
      return numberTruth(cell);
    case 'ranking':
      return relevanceSink(cell, query ?? cell);
  }
}

function binarySink({ place, faults }: LabelCell): TruthSink<Truth> {
  const values: number[] = [];
  return {
    visit(cells, row) {
      const text = readText(cells[place]);
      if (text !== '0' && text !== '1') faults.add(notBinary, row);
      values.push(text === '1' ? 1 : 0);
    },
    finish: () => ({ kind: 'binary', values: Uint8Array.from(values) }),
  };
}

function classSink({ place, faults }: LabelCell, classes: readonly string[]): TruthSink<Truth> {
  const indexOf = new Map(classes.map((name, at) => [name, at]));
  const values: number[] = [];
  return {
    visit(cells, row) {
      const index = indexOf.get(readText(cells[place]) ?? '');
      if (index === undefined) faults.add(notClass, row);
      values.push(index ?? 0);
    },
    finish: () => ({ kind: 'class', classes, values: Uint16Array.from(values) }),
  };
}

function numberTruth(cell: LabelCell): TruthSink<Truth> {
  const values = numbers(cell, -Number.MAX_VALUE, notFinite);
  return { visit: values.visit, finish: () => ({ kind: 'number', values: values.finish() }) };
}

function relevanceSink(cell: LabelCell, query: LabelCell): TruthSink<Truth> {
  const values = numbers(cell, 0, notRelevance);
  const queries = numberTexts(query, noQuery);
  return {
    visit(cells, row) {
      values.visit(cells, row);
      queries.visit(cells, row);
    },
    finish: () => ({ kind: 'relevance', values: values.finish(), queries: queries.finish() }),
  };
}

/** How often each row counts. Weights that are all 0 leave nothing to judge. */
export function weightSink(cell: LabelCell): TruthSink<Float64Array> {
  const values = numbers(cell, 0, badWeight);
  return {
    visit: values.visit,
    finish() {
      const weights = values.finish();
      if (weights.length > 0 && !weights.some((weight) => weight > 0)) cell.faults.add(badWeight, 0);
      return weights;
    },
  };
}

/** The group of each row, numbered. */
export const groupSink = (cell: LabelCell): TruthSink<Uint32Array> => numberTexts(cell, noGroup);

function numbers(
  { place, form, faults }: LabelCell,
  least: number,
  kind: FaultKind,
): TruthSink<Float64Array> {
  const values: number[] = [];
  return {
    visit(cells, row) {
      const value = readNumber(cells[place], form);
      if (!(value >= least && value <= Number.MAX_VALUE)) faults.add(kind, row);
      values.push(value);
    },
    finish: () => new Float64Array(values),
  };
}

/** Numbers different texts from 0 in order of appearance. */
function numberTexts({ place, faults }: LabelCell, kind: FaultKind): TruthSink<Uint32Array> {
  const indexOf = new Map<string, number>();
  const values: number[] = [];
  return {
    visit(cells, row) {
      const text = readText(cells[place]) ?? '';
      if (text === '') faults.add(kind, row);
      const index = indexOf.get(text) ?? indexOf.size;
      if (index === indexOf.size) indexOf.set(text, index);
      values.push(index);
    },
    finish: () => Uint32Array.from(values),
  };
}
