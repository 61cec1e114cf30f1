import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { terminalWidth } from './columns.ts';
import { comparisonSections } from './comparison-sections.ts';
import { counted, type ShownComparison } from './facts.ts';
import { findingSections, placeText } from './finding-list.ts';
import { renderTable } from './html/blocks.ts';
import { renderPage } from './html/page.ts';
import { verdictWords } from './icon.ts';
import { judgementText } from './judgement-view.ts';
import { directionOf } from './metric-text.ts';
import { renderText } from './text.ts';

/** A gate that two prediction files cannot answer. */
export interface UnjudgedGate {
  /** In the words of the configuration: `auc slices 0.02`. */
  readonly gate: string;
  /** Follows "needs": `--features`. */
  readonly needs: string;
}

/** Two prediction files that were compared on a laptop. */
export interface LocalComparison {
  /** `no gates`: nothing was asked for. `incomplete`: nothing failed, and some gates were not judged here. */
  readonly verdict: 'pass' | 'fail' | 'not evaluated' | 'incomplete' | 'no gates';
  /** Paths as they were typed. */
  readonly challenger: string;
  readonly champion: string;
  readonly labels: string;
  readonly rows: number;
  readonly comparison: ShownComparison;
  readonly findings: readonly Finding[];
  readonly unjudged: readonly UnjudgedGate[];
  readonly notes: readonly string[];
}

const names = { challenger: 'challenger' };

/** The same report as on a pull request, for a terminal. */
export function renderLocalComparison(local: LocalComparison): string {
  const findings = findingSections(local.findings, (finding) =>
    finding.where === undefined ? '–' : { code: placeText(finding) },
  );
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 3, text: headlineOf(local) },
    ...notesOf(local).map((note) => paragraph({ prose: note })),
    ...filesOf(local),
    ...findings.flatMap((section) => section.blocks),
    ...sectionsOf(local),
  ];
  return renderText(blocks, { width: terminalWidth });
}

/** What is not as in the judge, each once: it stands above every number. */
const notesOf = ({ unjudged, notes }: LocalComparison): readonly string[] => [
  ...new Set([
    ...unjudged.map(({ gate, needs }) => `Not judged here: the gate "${gate}" needs ${needs}.`),
    ...notes,
  ]),
];

/** Without gates the table of gates has no row: the metrics are what was asked for. */
const sectionsOf = ({ comparison, verdict }: LocalComparison): readonly Block[] => {
  const empty = verdict === 'no gates' || comparison.outcomes.length === 0;
  return comparisonSections(comparison, names)
    .filter(({ name }) => name !== 'ROC curve' && !(empty && name === 'gates'))
    .flatMap(({ blocks }) => blocks);
};

const filesOf = ({ challenger, champion, labels, rows }: LocalComparison): readonly Block[] => [
  {
    kind: 'list',
    items: [
      ['Challenger (B): ', { code: challenger }],
      ['Champion (A): ', { code: champion }],
      ['Labels: ', { code: labels }, `, ${counted(rows, 'row')}`],
    ],
  },
];

function headlineOf({ verdict, comparison, rows, unjudged }: LocalComparison): Phrase {
  if (verdict === 'no gates') return ['⚪ No gates: ', tallyOf(comparison.metrics)];
  const judged = comparison.outcomes.length;
  const needs = needsOf(unjudged);
  if (verdict === 'incomplete') {
    return [`⚠️ Incomplete: ${judged} of ${counted(judged + unjudged.length, 'gate')} judged; ${needs}`];
  }
  const outcome = { model: 'challenger', version: null, verdict, heldOut: { rows } };
  return [
    `${verdictWords[verdict]}: `,
    ...judgementText({ ...outcome, comparisons: [{ gates: comparison.outcomes }] }),
    ...(unjudged.length === 0 ? [] : [`; not judged here: ${needs}`]),
  ];
}

/** `1 needs --features, 2 need the model to be run` */
function needsOf(unjudged: readonly UnjudgedGate[]): string {
  const counts = new Map<string, number>();
  for (const { needs } of unjudged) counts.set(needs, (counts.get(needs) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${count} ${count === 1 ? 'needs' : 'need'} ${what}`).join(', ');
}

function tallyOf(metrics: readonly MetricResult[]): string {
  const words = metrics.filter(({ slice }) => slice === null).map(directionOf);
  const count = (part: string) => words.filter((word) => word.includes(part)).length;
  return `of ${counted(words.length, 'metric')} the challenger is better in ${count('better')}, worse in ${count('worse')}; the rest may be chance`;
}

/** The same as one HTML page. */
export function renderLocalPage(local: LocalComparison): string {
  const { challenger, champion, labels, verdict, rows, comparison, findings } = local;
  const files = [
    ['Challenger (B)', challenger],
    ['Champion (A)', champion],
    ['Labels', labels],
  ] as const;
  return renderPage({
    verdict: verdict === 'no gates' || verdict === 'incomplete' ? 'not evaluated' : verdict,
    headline: headlineOf(local),
    challenger: 'challenger',
    rows,
    findings,
    comparisons: [comparison],
    training: [],
    origin: renderTable({
      kind: 'table',
      head: ['What', 'File'],
      rows: files.map(([what, file]) => [[what], [{ code: file }]]),
    }),
    footer: [
      'Compared on this machine from two prediction files: nobody else vouches for it. ',
      ...notesOf(local).map((note) => `${note} `),
    ],
  });
}

/** The same for programs. */
export function toLocalJson(local: LocalComparison): {
  readonly verdict: LocalComparison['verdict'];
  readonly metrics: readonly MetricResult[];
  readonly gates: readonly GateOutcome[];
} & Pick<LocalComparison, 'challenger' | 'champion' | 'labels' | 'rows' | 'findings' | 'unjudged' | 'notes'> {
  const { comparison, ...rest } = local;
  return { ...rest, notes: notesOf(local), metrics: comparison.metrics, gates: comparison.outcomes };
}
