import type { AlarmRate, Calibration, ColumnCalibration } from '../drift/calibrate.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { counted } from './facts.ts';

/** Proposed limits with the rate of false alarms that each implies; what has not enough history says how much it needs. */
export function calibrationBlocks(
  dataset: string,
  { pairs, target, columns }: Calibration,
): readonly Block[] {
  return [
    paragraph(
      { strong: 'Limits for' },
      ' ',
      { code: dataset },
      ` from ${counted(pairs, 'comparison')} of its history, taken for data without drift. Asked for: false alarms in at most ${percent(target)} of comparisons.`,
    ),
    {
      kind: 'table',
      head: ['Column', 'Test', 'Limit today', 'False alarms today', 'Proposed', 'False alarms then', 'Why'],
      align: ['l', 'l', 'r', 'l', 'r', 'l', 'l'],
      rows: columns.map(toRow),
    },
  ];
}

function toRow(column: ColumnCalibration): readonly Phrase[] {
  const { today } = column;
  return [
    [{ code: column.column }],
    [column.test],
    [column.result === 'not compared' ? '–' : String(today.limit)],
    [today.alarms === null ? '–' : describe(today.alarms)],
    [column.result === 'proposed' ? String(column.limit) : '–'],
    [column.result === 'proposed' ? describe(column.alarms) : '–'],
    [because(column)],
  ];
}

function because(column: ColumnCalibration): string {
  switch (column.result) {
    case 'proposed':
      return 'proposed';
    case 'not enough history':
      return `not enough history: ${column.pairs} of ${column.pairsNeeded} comparisons`;
    case 'not compared':
      return `not compared: ${column.because}`;
  }
}

const describe = ({ alarms, pairs, rate, interval: [low, high] }: AlarmRate): string =>
  `${percent(rate)} (${alarms} of ${pairs}; 95 %: ${percent(low)} to ${percent(high)})`;

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
