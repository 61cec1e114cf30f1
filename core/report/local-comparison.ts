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

/** Two prediction files that were compared on a laptop. */
export interface LocalComparison {
  /** `no gates`: nothing was asked for, so nothing passes or fails. */
  readonly verdict: 'pass' | 'fail' | 'not evaluated' | 'no gates';
  /** Paths as they were typed. */
  readonly challenger: string;
  readonly champion: string;
  readonly labels: string;
  readonly rows: number;
  readonly comparison: ShownComparison;
  readonly findings: readonly Finding[];
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
    ...filesOf(local),
    ...findings.flatMap((section) => section.blocks),
    ...sectionsOf(local),
    ...local.notes.map((note) => paragraph({ prose: note })),
  ];
  return renderText(blocks, { width: terminalWidth });
}

/** Without gates the table of gates has no row: the metrics are what was asked for. */
const sectionsOf = ({ comparison, verdict }: LocalComparison): readonly Block[] =>
  comparisonSections(comparison, names)
    .filter(({ name }) => name !== 'ROC curve' && !(verdict === 'no gates' && name === 'gates'))
    .flatMap(({ blocks }) => blocks);

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

function headlineOf({ verdict, comparison, rows }: LocalComparison): Phrase {
  if (verdict === 'no gates') return ['⚪ No gates: ', tallyOf(comparison.metrics)];
  const judged = { model: 'challenger', version: null, verdict, heldOut: { rows } };
  return [
    `${verdictWords[verdict]}: `,
    ...judgementText({ ...judged, comparisons: [{ gates: comparison.outcomes }] }),
  ];
}

function tallyOf(metrics: readonly MetricResult[]): string {
  const words = metrics.filter(({ slice }) => slice === null).map(directionOf);
  const count = (part: string) => words.filter((word) => word.includes(part)).length;
  return `of ${counted(words.length, 'metric')} the challenger is better in ${count('better')}, worse in ${count('worse')}; the rest may be chance`;
}

/** The same as one HTML page. */
export function renderLocalPage(local: LocalComparison): string {
  const { challenger, champion, labels, verdict, rows, comparison, findings, notes } = local;
  const files = [
    ['Challenger (B)', challenger],
    ['Champion (A)', champion],
    ['Labels', labels],
  ] as const;
  return renderPage({
    verdict: verdict === 'no gates' ? 'not evaluated' : verdict,
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
      ...notes.map((note) => `${note} `),
    ],
  });
}

/** The same for programs. */
export function toLocalJson(local: LocalComparison): {
  readonly verdict: LocalComparison['verdict'];
  readonly metrics: readonly MetricResult[];
  readonly gates: readonly GateOutcome[];
} & Pick<LocalComparison, 'challenger' | 'champion' | 'labels' | 'rows' | 'findings' | 'notes'> {
  const { comparison, ...rest } = local;
  return { ...rest, metrics: comparison.metrics, gates: comparison.outcomes };
}
