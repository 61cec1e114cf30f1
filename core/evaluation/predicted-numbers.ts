import type { FaultKind } from './fault.ts';
import {
  NumberColumn,
  type OpenedTable,
  type PredictionSink,
  rangeOf,
  refuseOthers,
} from './prediction-sink.ts';
import { refuseHeader } from './table-text.ts';

const notOrdered: FaultKind = {
  code: 'evaluation/interval-order',
  message: 'have an interval whose low end is above its high end',
  fix: 'Write the lower bound in "low" and the upper bound in "high".',
};

/** Regression: one number, with an interval where the model gives one. */
export function openRegression(table: OpenedTable): PredictionSink {
  refuseOthers(table, ['key', 'prediction', 'low', 'high']);
  const value = new NumberColumn(table, 'prediction', ...rangeOf(table.shape));
  const { interval } = table.shape.contract;
  const wanted = interval === true || table.names.includes('low') || table.names.includes('high');
  const [low, high] = wanted
    ? ['low', 'high'].map((name) => new NumberColumn(table, name, ...anyNumber))
    : [];
  return {
    visit(cells, row) {
      value.visit(cells, row);
      if (low === undefined || high === undefined) return;
      // NaN, a fault already, is not above anything.
      if (low.visit(cells, row) > high.visit(cells, row)) table.file.faults.add(notOrdered, row);
    },
    finish: () => ({
      kind: 'number',
      values: value.finish(),
      low: low?.finish() ?? null,
      high: high?.finish() ?? null,
    }),
  };
}

/** Ranking: a score of any size, higher first. */
export function openRanking(table: OpenedTable): PredictionSink {
  refuseOthers(table, ['key', 'score']);
  const score = new NumberColumn(table, 'score', ...rangeOf(table.shape));
  return {
    visit: (cells, row) => void score.visit(cells, row),
    finish: () => ({ kind: 'score', values: score.finish() }),
  };
}

/** The end of an interval may lie outside of what the value itself can be. */
const anyNumber = [
  [-Number.MAX_VALUE, Number.MAX_VALUE],
  {
    code: 'evaluation/score-range',
    message: 'have an end of an interval that is not finite',
    fix: 'Write finite numbers.',
  },
] as const satisfies readonly [readonly [number, number], FaultKind];

/** Columns of a generated text that stand beside the scores of its examples. */
export const textColumns: readonly string[] = ['output', 'actions'];

/** Scored examples: every column but the key, the text and the actions is a scorer's. */
export function openScorers(table: OpenedTable): PredictionSink {
  const { names, file, key, shape } = table;
  const wanted = shape.contract.columns ?? [];
  const given = names.filter((name, at) => at !== key && !textColumns.includes(name));
  if (given.length === 0) throw refuseHeader(file, 'has no column of a scorer');
  const [range, outside] = rangeOf(shape);
  const columns = [...new Set([...wanted, ...given])].map(
    (name) => new NumberColumn(table, name, range, outside),
  );
  return {
    visit(cells, row) {
      for (const column of columns) column.visit(cells, row);
    },
    finish: () => ({
      kind: 'columns',
      columns: new Map(columns.map((column) => [column.name, column.finish()])),
    }),
  };
}
