import { writeShare } from '../dataset/wording.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { countReadable, meanOf, quantileOf, sdOf } from '../profile/statistics.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { counted, grouped } from './facts.ts';

/** Values shown of one column. */
const topValues = 5;
const shownDigits = 6;

/**
 * A profile for people: columns with their cells, then numbers, then the commonest values.
 * @param hidden columns of which nothing is shown but the number of empty cells
 */
export function profileBlocks({ rows, columns }: Profile, hidden: ReadonlySet<string>): readonly Block[] {
  const open = columns.filter(({ name }) => !hidden.has(name));
  const numbers = open.filter(({ moments }) => moments !== null);
  const valued = open.filter(({ distribution }) => distribution.kind === 'values');
  return [
    paragraph({ strong: `${counted(rows, 'row')}, ${counted(columns.length, 'column')}` }),
    {
      kind: 'table',
      head: ['Column', 'Type', 'Empty', 'Different', 'Smallest', 'Largest'],
      align: ['l', 'l', 'r', 'r', 'l', 'l'],
      rows: columns.map((column) => columnRow(column, rows, hidden.has(column.name))),
    },
    ...(numbers.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            head: ['Column', 'Mean', 'Standard deviation', '1 %', '25 %', 'Median', '75 %', '99 %'],
            align: ['l', 'r', 'r', 'r', 'r', 'r', 'r', 'r'] as const,
            rows: numbers.map(numberRow),
          },
        ]),
    ...(valued.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            head: ['Column', 'Commonest values'],
            rows: valued.map((column): readonly Phrase[] => [[{ code: column.name }], [commonest(column)]]),
          },
        ]),
    ...(numbers.some(({ distribution }) => distribution.kind === 'buckets')
      ? [paragraph('~ is an estimate: the column has too many different values to keep each.')]
      : []),
  ];
}

function columnRow(column: ColumnProfile, rows: number, isHidden: boolean): readonly Phrase[] {
  const { name, type, nulls, unreadable, distinct, min, max } = column;
  const empty = nulls === 0 ? '0' : `${grouped(nulls)} (${writeShare(nulls, rows)})`;
  const bad = unreadable === 0 ? '' : `, ${grouped(unreadable)} unreadable`;
  if (isHidden) return [[{ code: name }], [type], [`${empty}${bad}`], ['hidden'], ['hidden'], ['hidden']];
  return [
    [{ code: name }],
    [type],
    [`${empty}${bad}`],
    [distinct === null ? 'many' : grouped(distinct)],
    [min ?? '–'],
    [max ?? '–'],
  ];
}

function numberRow(column: ColumnProfile): readonly Phrase[] {
  const quantiles = [0.01, 0.25, 0.5, 0.75, 0.99].map((at): Phrase => {
    const answer = quantileOf(column, at);
    return [answer === null ? '–' : `${answer.exact ? '' : '~'}${short(answer.value)}`];
  });
  return [[{ code: column.name }], [short(meanOf(column))], [short(sdOf(column))], ...quantiles];
}

const short = (value: number | null): string =>
  value === null ? '–' : String(Number(value.toPrecision(shownDigits)));

function commonest({ distribution }: ColumnProfile): string {
  if (distribution.kind !== 'values') return '–';
  const total = countReadable(distribution) ?? 0;
  const sorted = [...distribution.values].sort(([, a], [, b]) => b - a).slice(0, topValues);
  const left = distribution.values.length - sorted.length;
  const shown = sorted.map(([value, count]) => `${value.slice(0, 40)} (${writeShare(count, total)})`);
  return `${shown.join(', ')}${left > 0 ? ` and ${grouped(left)} more` : ''}`;
}
