import { nameOfValue, namesOfEdges } from '../config/slice-name.ts';
import type { SliceRule } from '../config/slices.ts';
import type { Finding } from '../finding/finding.ts';
import { type FeatureColumn, missingCode } from './feature-column.ts';
import type { FeatureColumns } from './feature-columns.ts';
import { findRows } from './row-expression.ts';

/** Rows cut into named pieces that do not overlap. */
export interface Cut {
  readonly names: readonly string[];
  /** Piece of each row, or -1. */
  readonly ofRow: Int32Array;
}

const mostValues = 50;

/** Cuts the rows by one declared rule; a finding says why it cannot be applied. */
export function cutByRule(rule: SliceRule, table: FeatureColumns): Cut | Finding {
  if (rule.kind === 'where') return cutByExpression(rule, table);
  const column = table.columns.get(rule.column);
  if (column === undefined) {
    return cannot(`The held-out features have no column "${rule.column}"`, rule.column);
  }
  if (rule.kind === 'values') return cutByValues(column, rule.values);
  if (column.numbers === null) {
    return cannot(`The column "${rule.column}" cannot have edges: not every cell is a number`, rule.column);
  }
  return cutByEdges(column.name, column.numbers, rule.edges);
}

function cutByExpression(rule: Extract<SliceRule, { kind: 'where' }>, table: FeatureColumns): Cut | Finding {
  const rows = findRows(rule.where, table);
  if (typeof rows === 'string') return cannot(`The slice "${rule.name}" cannot be cut: ${rows}`);
  const ofRow = new Int32Array(table.rows).fill(-1);
  for (const row of rows) ofRow[row] = 0;
  return { names: [rule.name], ofRow };
}

/** One piece a value, the commonest first; of equally common ones the lesser text. */
export function cutByValues(column: FeatureColumn, wanted: readonly string[] | null): Cut | Finding {
  const { codes, values, name } = column;
  if (codes === null) {
    return cannot(`The column "${name}" has too many different numbers for one slice each`, name);
  }
  const kept = wanted ?? pickCommonest(codes, values);
  const pieceOf = new Map(kept.map((value, piece) => [value, piece]));
  const pieces = values.map((value) => pieceOf.get(value) ?? -1);
  return {
    names: kept.map((value) => nameOfValue(name, value)),
    ofRow: Int32Array.from(codes, (code) => (code === missingCode ? -1 : (pieces[code] as number))),
  };
}

function pickCommonest(codes: Uint32Array, values: readonly string[]): readonly string[] {
  const counts = new Float64Array(values.length);
  for (const code of codes) if (code !== missingCode) counts[code] = (counts[code] as number) + 1;
  return values
    .map((value, code) => ({ value, rows: counts[code] as number }))
    .sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues)
    .map(({ value }) => value);
}

/** One piece below, between and above the edges; an edge belongs to the piece above it. */
export function cutByEdges(name: string, numbers: Float64Array, edges: readonly number[]): Cut {
  const ofRow = new Int32Array(numbers.length);
  for (let row = 0; row < ofRow.length; row++) {
    const value = numbers[row] as number;
    let piece = Number.isNaN(value) ? -1 : 0;
    if (piece === 0) while (piece < edges.length && value >= (edges[piece] as number)) piece++;
    ofRow[row] = piece;
  }
  return { names: namesOfEdges(name, edges), ofRow };
}

function cannot(message: string, column?: string): Finding {
  return {
    code: 'evaluation/slice-impossible',
    severity: 'fail',
    message,
    ...(column === undefined ? {} : { column }),
    fix: 'Correct the slices of model.yml: they are cut by columns of the held-out features.',
  };
}
