import type { Finding } from '../finding/finding.ts';
import type { Block, Inline, Phrase, Section, Table } from './block.ts';
import { grouped } from './facts.ts';

/** Findings whose rows share one fold: a report can leave out a fold, never a part of one. */
const findingsInFold = 10;

/** Whole rows that break a rule, folded, a small table for each finding that has them. */
export function exampleSections(dataset: string, findings: readonly Finding[]): readonly Section[] {
  const shown = findings.filter(({ rows }) => rows !== undefined && rows.length > 0);
  return Array.from({ length: Math.ceil(shown.length / findingsInFold) }, (_, at): Section => {
    const part = shown.slice(at * findingsInFold, (at + 1) * findingsInFold);
    const range = `${at * findingsInFold + 1} to ${at * findingsInFold + part.length} of ${shown.length}`;
    const title = shown.length <= findingsInFold ? 'Example rows' : `Example rows of broken rules ${range}`;
    return {
      name: `${title.toLowerCase()}, dataset ${dataset}`,
      rank: 5,
      blocks: [{ kind: 'fold', title, blocks: part.flatMap(toBlocks) }],
    };
  });
}

function toBlocks(finding: Finding): readonly Block[] {
  return [{ kind: 'paragraph', text: titleOf(finding) }, toTable(finding.rows ?? [])];
}

function titleOf({ code, rule, column }: Finding): Phrase {
  return [
    { code },
    ...(rule === undefined ? [] : [' rule ', { code: rule }]),
    ...(column === undefined ? [] : [' column ', { code: column }]),
  ];
}

/** Columns in the order in which the rows name them; a row without one of them has a dash there. */
function toTable(rows: NonNullable<Finding['rows']>): Table {
  const columns = [...new Set(rows.flatMap(({ cells }) => cells.map(([name]) => name)))];
  return {
    kind: 'table',
    head: ['Row', ...columns],
    align: ['r', ...columns.map(() => 'l' as const)],
    rows: rows.map(({ row, cells }) => {
      const values = new Map(cells);
      return [[grouped(row)], ...columns.map((name): Phrase => [showCell(values.get(name))])];
    }),
  };
}

function showCell(value: string | null | undefined): Inline {
  if (value === undefined) return '–';
  return value === null ? 'empty' : { code: value };
}
