import { showNumbers } from '../evaluation/number.ts';
import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import type { Block, Phrase, Section, Table } from './block.ts';
import { chunksOf, rangeOf } from './chunk.ts';
import { counted, type ShownComparison } from './facts.ts';
import { resultWords } from './icon.ts';

/** Rows before the fold. */
const rowsInView = 8;

/** How the challenger is called: `this pull request` or `v2`. */
export interface GateTableNames {
  readonly challenger: string;
}

const order: readonly GateOutcome['result'][] = ['fail', 'not evaluated', 'skipped', 'pass'];

/** Failures first; at most eight rows in view, all of them in folded sections. */
export function gateSections(comparison: ShownComparison, names: GateTableNames): readonly Section[] {
  const outcomes = order.flatMap((result) =>
    comparison.outcomes.filter((outcome) => outcome.result === result),
  );
  const title: Block = { kind: 'paragraph', text: titleOf(comparison) };
  const table = toTable(outcomes.slice(0, rowsInView), comparison, names);
  const inView: Section = { name: 'gates', rank: 1, blocks: [title, table] };
  if (outcomes.length <= rowsInView) return [inView];
  const folds = chunksOf(outcomes).map(({ from, rows }): Section => {
    const title = rangeOf(from, rows.length, outcomes.length, 'gates');
    return {
      name: title.toLowerCase(),
      rank: 6,
      blocks: [{ kind: 'fold', title, blocks: [toTable(rows, comparison, names)] }],
    };
  });
  return [inView, ...folds];
}

function titleOf({ against, endpoints, outcomes }: ShownComparison): Phrase {
  const tally = order
    .map((result) => [result, outcomes.filter((outcome) => outcome.result === result).length] as const)
    .filter(([, count]) => count > 0)
    .map(([result, count]) => `${count} ${result}`)
    .join(', ');
  const gates = `${counted(outcomes.length, 'gate')}: ${tally}.`;
  if (against === null)
    return [{ strong: 'No version serves yet, so there is nothing to compare with.' }, ` ${gates}`];
  const where = endpoints.length === 0 ? '' : `, which serves at ${endpoints.join(', ')}`;
  return [{ strong: `Compared with v${against}${where}, on the same held-out rows.` }, ` ${gates}`];
}

function toTable(
  outcomes: readonly GateOutcome[],
  comparison: ShownComparison,
  { challenger }: GateTableNames,
): Table {
  const champion = comparison.against === null ? 'champion' : `v${comparison.against}`;
  const metrics = new Map(comparison.metrics.map((result) => [result.metric, result]));
  return {
    kind: 'table',
    head: ['Gate', challenger, champion, 'Difference (95 % interval)', 'Required', 'Result'],
    align: ['l', 'r', 'r', 'r', 'l', 'l'],
    rows: outcomes.map((outcome) => toRow(outcome, metrics.get(outcome.metric))),
  };
}

function toRow(outcome: GateOutcome, result: MetricResult | undefined): readonly Phrase[] {
  const [challenger, champion] =
    result === undefined
      ? []
      : showNumbers(result.challenger, ...(result.champion === null ? [] : [result.champion]));
  return [
    [{ code: outcome.gate }],
    [result === undefined ? '–' : (challenger ?? '–')],
    [champion ?? '–'],
    [result === undefined ? '–' : differenceOf(result)],
    [outcome.required],
    [resultWords[outcome.result], ...(outcome.result === 'pass' ? [] : [': ', outcome.because])],
  ];
}

/** `−0.077 (−0.080 to −0.074) ▼ worse`; a difference whose interval holds 0 may be chance, and says so. */
export function differenceOf({ difference, differenceInterval, higherIsBetter }: MetricResult): string {
  if (difference === null || !Number.isFinite(difference)) return '–';
  const [shown, low, high] = showNumbers(difference, ...(differenceInterval ?? []));
  const interval = low === undefined || high === undefined ? '' : ` (${signed(low)} to ${signed(high)})`;
  return `${signed(shown ?? '')}${interval} ${direction(difference, differenceInterval, higherIsBetter)}`;
}

const signed = (number: string): string =>
  number.startsWith('-') ? number.replace('-', '−') : /[1-9]/.test(number) ? `+${number}` : number;

function direction(
  difference: number,
  interval: MetricResult['differenceInterval'],
  higherIsBetter: boolean,
): string {
  if (interval !== null && interval[0] <= 0 && interval[1] >= 0) return 'may be chance';
  const better = higherIsBetter ? difference > 0 : difference < 0;
  return better ? '▲ better' : '▼ worse';
}
