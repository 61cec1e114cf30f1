import { incidentsOf, isOpen, modelStates } from '../registry/incident.ts';
import { cardPath, incidentsPath, statePath } from '../registry/layout.ts';
import type { ModelState, StayKind } from '../registry/ledger.ts';
import { showTime } from './approval-sections.ts';
import type { Block, Phrase } from './block.ts';
import { openReviews } from './emergency-section.ts';
import { counted } from './facts.ts';
import { incidentTable } from './incident-blocks.ts';
import { renderMarkdown } from './markdown.ts';
import { stayText } from './stay-text.ts';

/**
 * Renders the front page of the ledger: what serves where, since when, who answers for it. Pure: `verify` renders it again.
 * @param toRoot path from the page to the root of the branch, for links: `''` or `../`
 */
export function renderLedgerReadme(models: readonly ModelState[], toRoot = ''): string {
  const sorted = [...modelStates(models)].sort((a, b) => (a.model < b.model ? -1 : 1));
  const serving = sorted.flatMap((state) => servingRows(state, toRoot));
  const versions = sorted.reduce((sum, { versions: all }) => sum + all.size, 0);
  const summary: Phrase = [
    `${counted(sorted.length, 'model')}, ${counted(versions, 'version')}, ${counted(serving.length, 'endpoint')} served. `,
    'Nothing is in a stage unless it stands here, and nothing gets here except through the gate.',
  ];
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 2, text: ['Model registry'] },
    { kind: 'paragraph', text: summary },
    ...openIncidents(models, toRoot),
    ...openReviews(sorted),
    { kind: 'heading', level: 3, text: ['What serves where'] },
    table(
      ['Endpoint', 'Model', 'Version', 'Since', 'Returns to', 'Owners', 'Health'],
      serving,
      'No model serves yet.',
    ),
    { kind: 'heading', level: 3, text: ['Models'] },
    table(
      ['Model', 'Newest', 'Stages', 'Risk', 'Owners', 'Last change'],
      sorted.map((state) => modelRow(state, toRoot)),
      'No model is registered yet.',
    ),
    {
      kind: 'paragraph',
      text: [
        'Written by the Gatehouse app alone. Check every line of it offline: ',
        { code: 'gatehouse verify' },
      ],
    },
  ];
  return `${renderMarkdown(blocks)}\n`;
}

/** Only while something stands on the base branch that is not in the ledger. */
function openIncidents(models: readonly ModelState[], toRoot: string): readonly Block[] {
  const open = incidentsOf(new Map(models.map((state) => [state.model, state]))).filter(isOpen);
  if (open.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: ['Open incidents'] },
    {
      kind: 'paragraph',
      text: [
        `${counted(open.length, 'change')} went past the gate: on the base branch, and not in the ledger. All of them: `,
        ...link(incidentsPath, `${toRoot}${incidentsPath}`),
      ],
    },
    incidentTable(open.slice(0, mostIncidents)),
  ];
}

/** The page stays a page; the file has all. */
const mostIncidents = 20;

/** The files are on this branch, so links are relative: they work in a clone and on every host. */
const link = (text: string, path: string): Phrase => [{ link: text, to: path, code: true }];

function servingRows(state: ModelState, toRoot: string): readonly (readonly Phrase[])[] {
  const endpoints = [...state.endpoints.values()].sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
  return endpoints.flatMap(({ endpoint, champion, previous, since }) => {
    if (champion === null) return [];
    const owners = ownersOf(state, champion);
    return [
      [
        [{ code: endpoint }],
        link(state.model, `${toRoot}${cardPath(state.model)}`),
        [`v${champion}${stayText(howOf(state, champion, endpoint))}`],
        [showTime(since)],
        [previous === null ? '–' : `v${previous}`],
        [owners],
        ['not measured'],
      ],
    ];
  });
}

/** How the version that serves came there. */
const howOf = ({ versions }: ModelState, version: number, endpoint: string): StayKind =>
  versions.get(version)?.deployments.find((stay) => stay.endpoint === endpoint && stay.until === null)?.how ??
  'promoted';

function modelRow(state: ModelState, toRoot: string): readonly Phrase[] {
  const newest = Math.max(0, ...state.versions.keys());
  const stages = new Map<string, number[]>();
  for (const [number, { stage }] of [...state.versions].sort(([a], [b]) => a - b)) {
    stages.set(stage, [...(stages.get(stage) ?? []), number]);
  }
  const shown = [...stages].map(([stage, numbers]) => `${stage} ${listVersions(numbers)}`);
  return [
    link(state.model, `${toRoot}${statePath(state.model)}`),
    [newest === 0 ? '–' : `v${newest}`],
    [shown.join('; ')],
    [state.versions.get(newest)?.record.risk ?? '–'],
    [ownersOf(state, newest)],
    [showTime(state.lastAt)],
  ];
}

const listVersions = (numbers: readonly number[]): string =>
  numbers.length <= 5
    ? numbers.map((number) => `v${number}`).join(', ')
    : `v${numbers[0]} to v${numbers.at(-1)} (${numbers.length})`;

function ownersOf(state: ModelState, version: number): string {
  const owners = state.versions.get(version)?.record.owners;
  return [...(owners?.users ?? []), ...(owners?.teams ?? [])].slice(0, 10).join(', ') || '–';
}

function table(head: readonly string[], rows: readonly (readonly Phrase[])[], none: string): Block {
  if (rows.length === 0) return { kind: 'paragraph', text: [none] };
  return { kind: 'table', head, rows };
}
