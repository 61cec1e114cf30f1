import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import type { Block, Inline, Phrase, Section, Table } from './block.ts';
import { chunksOf, rangeOf } from './chunk.ts';
import { championOf, championText, counted, type ShownComparison, waivedUntil } from './facts.ts';
import { adviceOf, isByInterval, isOpen, shortOf } from './gate-advice.ts';
import { resultWords } from './icon.ts';
import { differenceOf, resultOfGate, showValue, showValues } from './metric-text.ts';

/** Rows before the fold. */
const rowsInView = 8;

/** How the challenger is called: `this pull request` or `v2`. */
export interface GateTableNames {
  readonly challenger: string;
}

const order: readonly GateOutcome['result'][] = ['fail', 'not evaluated', 'skipped', 'pass'];

/**
 * Gates that do not pass, each with how much is missing and what to do; only when there is none, those that pass.
 * At most eight rows in view, all the others in folded sections.
 */
export function gateSections(comparison: ShownComparison, names: GateTableNames): readonly Section[] {
  const sorted = order.flatMap((result) =>
    comparison.outcomes.filter((outcome) => outcome.result === result),
  );
  const stopping = sorted.filter(stops);
  const others = sorted.filter((outcome) => !stops(outcome));
  const title: Block = { kind: 'paragraph', text: titleOf(comparison) };
  if (sorted.length === 0) return [{ name: 'gates', rank: 1, blocks: [title] }];
  if (stopping.length === 0) return withFolds([title], others, comparison, names, passTable);
  const passed: Block = { kind: 'paragraph', text: [othersText(others)] };
  return [
    ...withFolds([title], stopping, comparison, names, failTable),
    ...(others.length === 0 ? [] : [{ name: 'gates that passed', rank: 2, blocks: [passed] }]),
    ...folds(others, othersName(others), comparison, names, passTable),
  ];
}

const stops = ({ result }: GateOutcome): boolean => result === 'fail' || result === 'not evaluated';

function othersText(others: readonly GateOutcome[]): string {
  const passed = others.filter(({ result }) => result === 'pass').length;
  const skipped = others.length - passed;
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${counted(passed, 'gate')} passed${rest}. Gates are not traded off against each other.`;
}

const othersName = (others: readonly GateOutcome[]): string =>
  others.every(({ result }) => result === 'pass') ? 'gates that passed' : 'gates that passed or were skipped';

type MakeTable = (
  outcomes: readonly GateOutcome[],
  comparison: ShownComparison,
  names: GateTableNames,
) => Table;

function withFolds(
  before: readonly Block[],
  outcomes: readonly GateOutcome[],
  comparison: ShownComparison,
  names: GateTableNames,
  toTable: MakeTable,
): readonly Section[] {
  const table = toTable(outcomes.slice(0, rowsInView), comparison, names);
  const inView: Section = { name: 'gates', rank: 1, blocks: [...before, table] };
  if (outcomes.length <= rowsInView) return [inView];
  const what = toTable === failTable ? 'gates that do not pass' : 'gates';
  return [inView, ...folds(outcomes, what, comparison, names, toTable)];
}

function folds(
  outcomes: readonly GateOutcome[],
  what: string,
  comparison: ShownComparison,
  names: GateTableNames,
  toTable: MakeTable,
): readonly Section[] {
  return chunksOf(outcomes).map(({ from, rows }): Section => {
    const title = rangeOf(from, rows.length, outcomes.length, what).replace(
      'All 1 gates that',
      '1 gate that',
    );
    return {
      name: title.toLowerCase(),
      rank: 6,
      blocks: [{ kind: 'fold', title, blocks: [toTable(rows, comparison, names)] }],
    };
  });
}

function titleOf(comparison: ShownComparison): Phrase {
  const { endpoints, outcomes } = comparison;
  const gates = outcomes.length === 0 ? '' : `${counted(outcomes.length, 'gate')}: ${tallyOf(comparison)}.`;
  if (championOf(comparison) === null)
    return [{ strong: 'No version serves yet, so there is nothing to compare with.' }, ` ${gates}`.trimEnd()];
  const where = endpoints.length === 0 ? '' : `, which serves at ${endpoints.join(', ')}`;
  return [
    { strong: `Compared with ${championText(comparison)}${where}, on the same held-out rows.` },
    ` ${leadOf(comparison)}${gates}`.trimEnd(),
  ];
}

/** `1 fail, 1 waived, 2 pass`. */
function tallyOf(comparison: ShownComparison): string {
  const words = comparison.outcomes.map((outcome) =>
    waivedUntil(comparison, outcome) === null ? outcome.result : 'waived',
  );
  return (['fail', 'waived', 'not evaluated', 'skipped', 'pass'] as const)
    .map((word) => [word, words.filter((each) => each === word).length] as const)
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}

/** The first metric that the gates compare, in one sentence. */
function leadOf({ metrics, outcomes }: ShownComparison): string {
  const [lead] = outcomes.flatMap((outcome) => {
    const result = resultOfGate(metrics, outcome);
    return result === undefined || result.difference === null || result.slice !== null ? [] : [result];
  });
  if (lead === undefined) return '';
  const difference = differenceOf(lead).replace('(', '(95 % interval ');
  return `${lead.metric} ${showValue(lead.metric, lead.challenger)}, ${difference}. `;
}

const championName = (comparison: ShownComparison): string => championOf(comparison) ?? 'champion';

const passTable: MakeTable = (outcomes, comparison, { challenger }) => ({
  kind: 'table',
  head: ['Gate', challenger, championName(comparison), 'Difference (95 % interval)', 'Required', 'Result'],
  align: ['l', 'r', 'r', 'r', 'l', 'l'],
  rows: outcomes.map((outcome) => [
    ...figures(outcome, resultOfGate(comparison.metrics, outcome)),
    [resultWords[outcome.result], ...noteOf(outcome)],
  ]),
});

/** A pass that is surely worse, within the margin, says so: it adds up over versions. */
function noteOf({ result, answer, because }: GateOutcome): Phrase {
  if (result === 'skipped') return [': ', because];
  return answer !== null && because.includes('worse, within the margin')
    ? [': worse, within the margin']
    : [];
}

const failTable: MakeTable = (outcomes, comparison, { challenger }) => ({
  kind: 'table',
  head: [
    'Gate',
    challenger,
    championName(comparison),
    'Difference (95 % interval)',
    'Required',
    'Result',
    'Why, and what helps',
  ],
  align: ['l', 'r', 'r', 'r', 'l', 'l', 'l'],
  rows: outcomes.map((outcome) => {
    const result = resultOfGate(comparison.metrics, outcome);
    return [
      ...figures(outcome, result),
      [resultText(outcome, result, waivedUntil(comparison, outcome))],
      adviceOf(outcome, result, comparison).map(withMinus),
    ];
  }),
});

/** A minus as a minus, as in the other columns. */
const withMinus = (inline: Inline): Inline =>
  typeof inline === 'string' ? inline.replace(/(?<![\w.)-])-(?=\d)/g, '−') : inline;

function resultText(outcome: GateOutcome, result: MetricResult | undefined, waived: string | null): string {
  if (isOpen(outcome)) return '⚠️ not enough rows';
  const short = shortOf(outcome, result);
  const from = isByInterval(outcome) ? ' at the bad end of the interval' : '';
  const by = short === null ? '' : `, short by ${showValue(outcome.metric, short)}${from}`;
  const word = waived === null ? resultWords[outcome.result] : `⚠️ waived until ${waived}`;
  return `${word}${by}`;
}

function figures(outcome: GateOutcome, result: MetricResult | undefined): readonly Phrase[] {
  // It rests on all slices together: no one number says it.
  if (outcome.required.startsWith('no slice ')) {
    return [[{ code: outcome.gate }], ['–'], ['–'], [outcome.found], [outcome.required]];
  }
  const values =
    result === undefined ? [] : [result.challenger, ...(result.champion === null ? [] : [result.champion])];
  const [challenger = '–', champion = '–'] = showValues(outcome.metric, values);
  return [
    [{ code: outcome.gate }],
    [challenger],
    [champion],
    [result === undefined ? '–' : differenceOf(result)],
    [outcome.required],
  ];
}
