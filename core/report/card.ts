import { dump } from 'js-yaml';
import { InputError } from '../error/error.ts';
import type { EndpointState, ModelState, StayKind, VersionRecord, VersionState } from '../registry/ledger.ts';
import { showTime } from './approval-sections.ts';
import type { Block, Phrase, Section } from './block.ts';
import { fitSections } from './budget.ts';
import { grouped } from './facts.ts';
import { resultWords } from './icon.ts';
import { showDuration } from './lineage-section.ts';
import { stayText } from './stay-text.ts';

/** A page of the ledger, not a comment: it may be long. */
const cardLimit = 200_000;

/**
 * Renders the card of a version: Hugging Face front matter, what it does, limits, figures with their grade, lineage,
 * approvals. A pure function of the ledger: `verify` renders it again and compares.
 * @throws InputError CARD_VERSION when the model has no such version
 * @see https://huggingface.co/docs/hub/model-cards
 */
export function renderModelCard(state: ModelState, version: number): string {
  const found = state.versions.get(version);
  if (found === undefined) {
    throw new InputError('CARD_VERSION', `${state.model} has no version ${version}`, {
      hint: 'Name a version of state.yml.',
    });
  }
  const { record } = found;
  const sections = [
    titleSection(record, found, state),
    factsSection(record, found),
    figuresSection(record),
    textSection('Limits', record.limitations),
    lineageSection(record),
    approvalsSection(record, found),
    historySection(state),
  ];
  const body = fitSections(
    sections,
    cardLimit,
    `The record has the rest: versions/${String(version).padStart(4, '0')}.yml`,
  );
  return `---\n${frontMatter(record)}---\n\n${body}\n`;
}

/** Keys as Hugging Face reads them; texts that YAML 1.1 takes for booleans are quoted by the writer. */
function frontMatter(record: VersionRecord): string {
  const metrics = new Map(record.metrics.map((metric) => [metric.metric, metric]));
  const task = { type: 'tabular-classification' };
  const value = {
    license: 'other',
    library_name: 'custom',
    tags: [record.task, `risk-${record.risk}`, 'gatehouse'],
    datasets: record.lineage.datasets.map(({ dataset }) => dataset),
    metrics: [...metrics.keys()],
    'model-index': [
      {
        name: `${record.model}-v${record.version}`,
        results: [
          {
            task,
            dataset: {
              type: `${record.lineage.repository}/held-out`,
              name: 'held-out',
              revision: record.lineage.heldOut.featuresDigest,
            },
            metrics: [...metrics.values()].map(({ metric, challenger }) => ({
              type: metric,
              value: challenger,
            })),
          },
        ],
      },
    ],
  };
  return dump(value, { noRefs: true, lineWidth: -1 });
}

function titleSection(record: VersionRecord, found: VersionState, state: ModelState): Section {
  const serving = [...state.endpoints.values()].filter(({ champion }) => champion === record.version);
  const where = serving.map(
    (endpoint) =>
      `${endpoint.endpoint} since ${showTime(endpoint.since)}${stayText(howAt(found, endpoint.endpoint))}${previousOf(endpoint)}`,
  );
  const stage: Phrase = [
    { strong: 'Stage:' },
    ' ',
    where.length === 0
      ? `${found.stage} since ${showTime(found.since)}`
      : `production at ${where.join('; ')}`,
  ];
  return {
    name: 'title',
    rank: 0,
    blocks: [
      { kind: 'heading', level: 2, text: [{ code: record.model }, ` v${record.version}`] },
      { kind: 'paragraph', text: stage },
      { kind: 'paragraph', text: [{ prose: record.description }] },
    ],
  };
}

const howAt = ({ deployments }: VersionState, endpoint: string): StayKind =>
  deployments.find((stay) => stay.endpoint === endpoint && stay.until === null)?.how ?? 'promoted';

const previousOf = ({ previous }: EndpointState): string =>
  previous === null ? '' : ` (v${previous} is the version to return to)`;

function factsSection(record: VersionRecord, found: VersionState): Section {
  const { users, teams } = record.owners;
  const rows: readonly (readonly [string, Phrase])[] = [
    ['Owners', [[...users, ...teams].join(', ') || 'unknown']],
    ['Risk class', [record.risk]],
    ['Task', [record.task]],
    ['Registered', [showTime(record.registeredAt)]],
    ['In production at', [found.wasInProductionAt.join(', ') || 'nowhere yet']],
    ['Feature version', [record.featureVersion]],
    ['Serving image', [{ code: record.servingImage }]],
    ['Fallback', [{ prose: record.fallback }]],
    ['Grade of its quality', [record.quality]],
  ];
  return { name: 'facts', rank: 1, blocks: [twoColumns(rows)] };
}

function figuresSection(record: VersionRecord): Section {
  const gates = record.gates.map(({ gate, against, found, required, result }): readonly Phrase[] => [
    [{ code: gate }],
    [against === null ? 'no champion' : `v${against}`],
    [found],
    [required],
    [resultWords[result]],
  ]);
  const metrics = record.metrics.map((each): readonly Phrase[] => [
    [{ code: each.metric }],
    [String(each.challenger)],
    [
      each.challengerInterval === null
        ? '–'
        : `${each.challengerInterval[0]} to ${each.challengerInterval[1]}`,
    ],
    [each.against === null ? '–' : `v${each.against}: ${each.champion ?? '–'}`],
    [each.grade],
    [each.method],
  ]);
  const head = ['Metric', 'Held-out', '95 % interval', 'Champion then', 'Grade', 'Method'];
  return {
    name: 'figures',
    rank: 2,
    blocks: [
      { kind: 'heading', level: 3, text: ['Figures'] },
      { kind: 'table', head, align: ['l', 'r', 'l', 'r', 'l', 'l'], rows: metrics },
      {
        kind: 'table',
        head: ['Gate', 'Against', 'Found', 'Required', 'Result'],
        rows: gates,
      },
      { kind: 'paragraph', text: ['Live figures: not measured.'] },
    ],
  };
}

function lineageSection(record: VersionRecord): Section {
  const head = ['Trained on', 'Rows', 'Data', 'Contract', 'Validation', 'Source'];
  return {
    name: 'lineage',
    rank: 3,
    blocks: [
      { kind: 'heading', level: 3, text: ['Lineage'] },
      { kind: 'table', head, align: ['l', 'r', 'l', 'l', 'l', 'l'], rows: datasetRows(record) },
      twoColumns(originRows(record)),
    ],
  };
}

function datasetRows(record: VersionRecord): readonly (readonly Phrase[])[] {
  const validation = new Map(record.validation.map((each) => [each.dataset, each]));
  return record.lineage.datasets.map(
    ({ dataset, dataDigest, contractDigest, rows, source }): readonly Phrase[] => {
      const checked = validation.get(dataset);
      return [
        [{ code: dataset }],
        [rows === null ? 'unknown' : grouped(rows)],
        [{ code: dataDigest }],
        [{ code: contractDigest }],
        [checked === undefined ? 'unknown' : `${checked.verdict}, ${checked.warnings} warnings`],
        [source],
      ];
    },
  );
}

function originRows(record: VersionRecord): readonly (readonly [string, Phrase])[] {
  const { lineage, artifact } = record;
  return [
    [
      'Model file',
      [{ code: artifact.name }, ` ${grouped(artifact.sizeBytes)} bytes, `, { code: artifact.digest }],
    ],
    [
      'Code',
      [
        { code: lineage.codeCommit },
        ` in ${lineage.repository}, pull request ${lineage.pullRequest}, merged as `,
        { code: lineage.mergeCommit },
      ],
    ],
    [
      'Training run',
      [
        `${lineage.trainedBy.runId}, attempt ${lineage.trainedBy.runAttempt}, ${showDuration(lineage.run.durationMs)} on ${lineage.run.runner} (claimed)`,
      ],
    ],
    [
      'Held-out rows',
      [`${grouped(lineage.heldOut.rows)}, features `, { code: lineage.heldOut.featuresDigest }],
    ],
    ['Predictions', [{ code: record.predictions.digest }]],
    ['Run record', [{ code: record.runRecordDigest }]],
  ];
}

function approvalsSection(record: VersionRecord, found: VersionState): Section {
  const row = (what: string, approvals: VersionRecord['approvals']) =>
    approvals.map(({ reviewer, role, submittedAt }): readonly Phrase[] => [
      [what],
      [{ code: reviewer.login }],
      [role],
      [showTime(submittedAt)],
    ]);
  const stays = found.deployments.flatMap(({ endpoint, how, approvals }) =>
    row(`${how} at ${endpoint}`, approvals),
  );
  const rows = [...row('registered', record.approvals), ...stays];
  const head = ['For', 'Approved by', 'As', 'When'];
  const none: Block = { kind: 'paragraph', text: ['The policy asked for no approval.'] };
  const table: Block = { kind: 'table', head, rows };
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 3, text: ['Approvals'] },
    rows.length === 0 ? none : table,
  ];
  return { name: 'approvals', rank: 3, blocks };
}

function historySection(state: ModelState): Section {
  const newest = [...state.versions].sort(([a], [b]) => b - a).slice(0, 20);
  const rows = newest.map(([number, { stage, since }]): readonly Phrase[] => [
    [`v${number}`],
    [stage],
    [showTime(since)],
  ]);
  const head = ['Version', 'Stage', 'Since'];
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 3, text: ['Versions of this model'] },
    { kind: 'table', head, rows },
  ];
  return { name: 'versions', rank: 4, blocks };
}

function textSection(title: string, text: string): Section {
  // A card without limits would say that there are none.
  const shown = text.trim() === '' ? 'unknown: nobody has stated them' : text;
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 3, text: [title] },
    { kind: 'paragraph', text: [{ prose: shown }] },
  ];
  return { name: title.toLowerCase(), rank: 0, blocks };
}

const twoColumns = (rows: readonly (readonly [string, Phrase])[]): Block => ({
  kind: 'table',
  head: ['What', 'Value'],
  rows: rows.map(([what, value]) => [[{ strong: what }], value]),
});
