import type { FaultKind } from './fault.ts';
import { type OpenedTable, openColumn, type PredictionSink, refuseOthers } from './prediction-sink.ts';
import { refuseHeader } from './table-text.ts';

const notOrdered: FaultKind = {
  code: 'evaluation/interval-order',
  message: 'have an interval whose low end is above its high end',
  fix: 'Write the lower bound in "low" and the upper bound in "high", or name the columns in model.yml.',
};

const defaultInterval = { low: 'low', high: 'high' } as const;

/** Regression: one number, with an interval where the model gives one, and the quantiles that it promises. */
export function openRegression(table: OpenedTable): PredictionSink {
  const { range, interval, quantiles = [] } = table.shape.contract ?? {};
  const ends = interval ?? defaultInterval;
  const others = quantiles.map(({ column }) => column);
  refuseOthers(table, ['key', 'prediction', ends.low, ends.high, ...others]);
  const value = openColumn(table, 'prediction', range);
  const wanted = interval !== undefined || table.names.includes('low') || table.names.includes('high');
  // The end of an interval may lie outside of what the value itself can be.
  const low = wanted ? openColumn(table, ends.low, undefined) : null;
  const high = wanted ? openColumn(table, ends.high, undefined) : null;
  const rest = others.map((name) => openColumn(table, name, undefined));
  return {
    visit(cells, row) {
      value.visit(cells, row);
      for (const column of rest) column.visit(cells, row);
      if (low === null || high === null) return;
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
  const score = openColumn(table, 'score', table.shape.contract?.range);
  return {
    visit: (cells, row) => void score.visit(cells, row),
    finish: () => ({ kind: 'score', values: score.finish() }),
  };
}

/** Columns of a generated text that stand beside the scores of its examples. */
const textColumns: readonly string[] = ['output', 'actions'];

/**
 * Scored examples: the scorers that model.yml declares. Without any, every column but the key, the text and the actions
 * is one.
 */
export function openScorers(table: OpenedTable): PredictionSink {
  const { names, file, key, shape } = table;
  const given = names.filter((name, at) => at !== key && !textColumns.includes(name));
  const columns =
    shape.scorers.length > 0
      ? shape.scorers.map(({ name, range }) => openColumn(table, name, range))
      : given.map((name) => openColumn(table, name, shape.contract?.range));
  if (columns.length === 0) throw refuseHeader(file, 'has no column of a scorer');
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
