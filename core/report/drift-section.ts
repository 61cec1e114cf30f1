import type { ColumnDriftResult, DriftReport, SchemaChange } from '../drift/drift.ts';
import { showEffect, showP } from '../drift/number.ts';
import type { Block, Phrase, Section, Table } from './block.ts';
import { chunksOf, rangeOf } from './chunk.ts';
import { counted, grouped } from './facts.ts';

/** Rows before the fold. */
const rowsInView = 8;

/** An icon never stands alone. Drift that only warns is told apart from drift that stops. */
function resultText({ result, severity }: ColumnDriftResult): string {
  switch (result) {
    case 'drift':
      return severity === 'fail' ? '❌ drift' : '⚠️ drift, warning only';
    case 'no drift':
      return '✅ no drift';
    case 'not enough rows':
      return '⏳ not enough rows';
    case 'not compared':
      return '⚪ not compared';
  }
}

const order: readonly ColumnDriftResult['result'][] = [
  'drift',
  'not enough rows',
  'not compared',
  'no drift',
];

/** What moved against the reference, drifted columns first; at most eight in view, all of them with their method in folds. */
export function driftSections(dataset: string, report: DriftReport): readonly Section[] {
  const columns = inOrder(report);
  const changes = report.schema;
  const title: Block = { kind: 'paragraph', text: titleOf(dataset, report) };
  const head: Section = {
    name: `drift of ${dataset}`,
    rank: 2,
    blocks: [
      title,
      ...(columns.length === 0 ? [] : [toTable(columns.slice(0, rowsInView))]),
      ...(changes.length === 0 ? [] : [toSchemaTable(changes.slice(0, rowsInView))]),
    ],
  };
  return [
    head,
    ...(columns.length > rowsInView ? fold(columns, 'columns', toMethodTable) : methodFold(columns)),
    ...(changes.length > rowsInView ? fold(changes, 'changes of shape', toSchemaTable) : []),
  ];
}

/** All columns are in view: how each was computed, and nothing else again. */
function methodFold(columns: readonly ColumnDriftResult[]): readonly Section[] {
  const told = columns.filter(({ method }) => method !== '');
  if (told.length === 0) return [];
  const title = `How ${counted(told.length, 'column was', 'columns were')} compared`;
  const table: Table = {
    kind: 'table',
    head: ['Column', 'How it was computed'],
    rows: told.map(({ column, method }) => [[{ code: column }], [{ prose: method }]]),
  };
  return [{ name: title.toLowerCase(), rank: 6, blocks: [{ kind: 'fold', title, blocks: [table] }] }];
}

/** The same for a terminal, which has no folds: every column and every change, methods left out. */
export const driftBlocks = (dataset: string, report: DriftReport): readonly Block[] => [
  { kind: 'paragraph', text: titleOf(dataset, report) },
  ...(report.columns.length === 0 ? [] : [toTable(inOrder(report))]),
  ...(report.schema.length === 0 ? [] : [toSchemaTable(report.schema)]),
];

const inOrder = ({ columns }: DriftReport): readonly ColumnDriftResult[] =>
  order.flatMap((result) => columns.filter((column) => column.result === result));

function fold<T>(
  rows: readonly T[],
  what: string,
  toRows: (part: readonly T[]) => Table,
): readonly Section[] {
  return chunksOf(rows).map(({ from, rows: part }): Section => {
    const title = rangeOf(from, part.length, rows.length, what);
    return { name: title.toLowerCase(), rank: 6, blocks: [{ kind: 'fold', title, blocks: [toRows(part)] }] };
  });
}

function titleOf(dataset: string, { reference, referenceRows, rows, columns, schema }: DriftReport): Phrase {
  const tally = order
    .map((result) => [result, columns.filter((column) => column.result === result).length] as const)
    .filter(([, count]) => count > 0)
    .map(([result, count]) => `${count} ${result}`)
    .join(', ');
  const changes =
    schema.length === 0 ? 'the same shape' : counted(schema.length, 'change of shape', 'changes of shape');
  return [
    { strong: 'Drift' },
    ' of ',
    { code: dataset },
    ` (${counted(rows, 'row')}) against `,
    reference,
    ` (${counted(referenceRows, 'row')}): ${tally === '' ? 'no column compared' : tally}; ${changes}.`,
  ];
}

const columnHead = ['Column', 'Result', 'Test', 'Effect', 'Limit', 'Rows', 'p'] as const;

function toTable(columns: readonly ColumnDriftResult[]): Table {
  return {
    kind: 'table',
    head: columnHead,
    align: ['l', 'l', 'l', 'r', 'r', 'r', 'r'],
    rows: columns.map(toRow),
  };
}

function toRow(result: ColumnDriftResult): readonly Phrase[] {
  const { column, test, effect, limit, rows, referenceRows, adjustedP, by } = result;
  const compared = effect !== null;
  return [
    [{ code: column }],
    [resultText(result), ...(compared && result.result !== 'not enough rows' ? [] : [': ', result.because])],
    [compared ? test : '–'],
    [compared ? showEffect(effect, limit)[0] : '–'],
    [compared ? `${limit}${by === 'model' ? ' (model)' : ''}` : '–'],
    [compared ? `${grouped(rows)} / ${grouped(referenceRows)}` : '–'],
    [adjustedP === null ? '–' : showP(adjustedP)],
  ];
}

/** Whoever reads the method can compute the number again. */
function toMethodTable(columns: readonly ColumnDriftResult[]): Table {
  return {
    kind: 'table',
    head: [...columnHead, 'How it was computed'],
    align: ['l', 'l', 'l', 'r', 'r', 'r', 'r', 'l'],
    rows: columns.map((result) => [
      ...toRow(result),
      result.method === '' ? ['–'] : [{ prose: result.method }],
    ]),
  };
}

function toSchemaTable(changes: readonly SchemaChange[]): Table {
  return {
    kind: 'table',
    head: ['Column', 'Change', 'Found', 'Reference'],
    rows: changes.map(({ kind, column, found, allowed }) => [[{ code: column }], [kind], [found], [allowed]]),
  };
}
