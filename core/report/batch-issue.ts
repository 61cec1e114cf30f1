import type { Role } from '../config/policy.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import { showTime } from './approval-sections.ts';
import { daysLeft, findingsOfLook, isFailing, type Look } from './batch-look.ts';
import {
  type BatchState,
  type Cause,
  type Subject,
  subjects,
  writeBatchMarker,
  writeBatchState,
} from './batch-state.ts';
import { type Block, type Inline, type Phrase, paragraph, type Section } from './block.ts';
import { bodyLimit, fitSections } from './budget.ts';
import { dataSections } from './data-table.ts';
import { counted, short } from './facts.ts';
import { findingSections } from './finding-list.ts';
import { severityWords, verdictWords } from './icon.ts';
import { renderMarkdown } from './markdown.ts';

/** Title of the issue: plain text, without a number that changes from run to run. */
export function batchTitle({ causes }: BatchState, look: Look): string {
  const { dataset } = look;
  if (causes.repository) return `Dataset ${dataset}: nothing trains on it as it stands`;
  if (causes.ingest) return `Dataset ${dataset}: no new batch came in`;
  if (causes.retention) return `Dataset ${dataset}: its retention ends soon`;
  return `Dataset ${dataset}: keeps its contract`;
}

/** The whole issue: marker, what was found and what it means, what to do, and the state in its last line. */
export function renderBatchIssue(state: BatchState, look: Look): string {
  const marker = writeBatchMarker(look.dataset);
  const hidden = writeBatchState(state);
  const owner = ownerLine(look.owner);
  const room = bodyLimit - marker.length - hidden.length - owner.length - 400;
  const body = fitSections(sectionsOf(state, look), room, 'The summary of the run has the rest.');
  return [marker, body, '', owner, '', hidden].join('\n');
}

/** A comment that says what is news. Its first line names the change, so that it is never posted twice. */
export function renderBatchNote(
  change: { readonly was: 'open' | 'closed'; readonly before: BatchState; readonly after: BatchState },
  look: Look,
): string {
  const { was, before, after } = change;
  const rules = (state: BatchState) => subjects.flatMap((subject) => state.causes[subject]?.rules ?? []);
  const [old, now] = [rules(before), rules(after)];
  const started = now.filter((rule) => !old.includes(rule));
  const ended = old.filter((rule) => !now.includes(rule));
  const open = Object.keys(after.causes).length > 0;
  const opening = !open ? 'Closed: ' : was === 'closed' ? 'Open again: ' : '';
  const blocks: readonly Block[] = [
    paragraph(opening, ...headline(after, look)),
    ...(started.length === 0 ? [] : [paragraph('Fails now: ', ...listed(started))]),
    ...(ended.length === 0 ? [] : [paragraph('No longer fails: ', ...listed(ended))]),
    { kind: 'small', text: footer(look) },
  ];
  return `${noteMarker(look.dataset, after.changes)}\n${renderMarkdown(blocks)}\n`;
}

const noteMarker = (dataset: string, change: number): string =>
  writeBatchMarker(dataset).replace('dataset:', 'dataset-note:').replace('; ', `:${change}; `);

function sectionsOf(state: BatchState, look: Look): readonly Section[] {
  const heading: Section = {
    name: 'headline',
    rank: 0,
    blocks: [{ kind: 'heading', level: 3, text: headline(state, look) }],
  };
  const others = subjects.filter((subject) => subject !== look.subject);
  return [
    heading,
    ...resultSections(state, look),
    ...others.flatMap((subject) => otherSections(subject, state.causes[subject], look)),
    nextSection(state, look),
    { name: 'footer', rank: 0, blocks: [{ kind: 'small', text: footer(look) }] } satisfies Section,
  ].filter(({ blocks }) => blocks.length > 0);
}

/** Verdict in a word, and what it means for whoever wants to train. */
function headline({ causes }: BatchState, look: Look): Phrase {
  const name = { code: look.dataset };
  const nothingCame = look.subject === 'ingest' && look.result.kind === 'nothing came';
  if (causes.repository) {
    return [
      `${verdictWords['data invalid']}: nothing trains on `,
      name,
      ` as it stands on `,
      { code: look.branch },
    ];
  }
  if (causes.ingest && nothingCame) return [`${verdictWords.fail}: no new batch of `, name, ' came in'];
  if (causes.ingest) {
    return [
      `${verdictWords['data invalid']}: the new batch of `,
      name,
      ' is refused. Nothing trains on this batch',
    ];
  }
  if (causes.retention) return [`${severityWords.warn}: the retention of `, name, ` ends on ${look.expires}`];
  return [`${verdictWords.pass}: `, name, ' keeps its contract'];
}

/** What this run found. */
function resultSections(state: BatchState, look: Look): readonly Section[] {
  const cause = state.causes[look.subject];
  const since = cause === undefined ? [] : [sinceSection(look.subject, cause)];
  const { result } = look;
  const showPlace = (finding: Finding): Inline => placeOf(finding, look);
  const found =
    result.kind === 'checked'
      ? dataSections(result.validation, showPlace)
      : findingSections(result.findings, showPlace);
  return [...since, ...found];
}

const failingText: Readonly<Record<Look['subject'], string>> = {
  repository: 'The data on the branch fails',
  ingest: 'What was to come in fails',
};

const sinceSection = (subject: Look['subject'], { since, looks }: Cause): Section => ({
  name: 'since when',
  rank: 1,
  blocks: [
    paragraph(
      `${failingText[subject]} since ${showTime(since)}${looks > 1 ? `, in ${counted(looks, 'run')} in a row` : ''}.`,
    ),
  ],
});

const openFor: Readonly<Record<Subject, string>> = {
  repository: 'The data on the branch fails besides',
  ingest: 'What was to come in failed besides',
  retention: 'The retention ends soon besides',
};

/** What another run found, that this one did not look at. */
function otherSections(subject: Subject, cause: Cause | undefined, look: Look): readonly Section[] {
  if (cause === undefined) return [];
  if (subject === 'retention') {
    const days = daysLeft(look);
    const left = days === null ? '' : ` (${counted(days, 'day')} left)`;
    return [
      toSection(subject, [
        paragraph(
          `The retention of this dataset ends on ${look.expires}${left}: after it nothing may train on it.`,
        ),
      ]),
    ];
  }
  const run = linkRun(look, cause.run);
  return [
    toSection(subject, [
      paragraph(`${openFor[subject]}, since ${showTime(cause.since)} (`, run, '): ', ...listed(cause.rules)),
    ]),
  ];
}

const toSection = (name: string, blocks: readonly Block[]): Section => ({ name, rank: 1, blocks });

function nextSection(state: BatchState, look: Look): Section {
  const { causes } = state;
  const failing = isFailing(look) ? findingsOfLook(look).filter(isFailure) : [];
  const fixes = [...new Set(failing.map(({ fix }) => fix))].slice(0, 5).map((fix): Phrase => [fix]);
  const last: readonly Phrase[] = [
    ...(causes.repository
      ? [
          [
            `Merge mended data into `,
            { code: look.branch },
            ', or go back to the last good version: the next watch run closes this issue.',
          ] satisfies Phrase,
        ]
      : []),
    ...(causes.ingest
      ? [['See the run, and the source. The next batch that passes closes this issue.'] satisfies Phrase]
      : []),
    ...(causes.retention
      ? [
          [
            'Have the owner renew ',
            { code: 'expires' },
            ' in ',
            { code: look.contractPath },
            ', or train on other data.',
          ] satisfies Phrase,
        ]
      : []),
    ...(causes.repository || causes.ingest
      ? [
          [
            'If a rule is wrong, change ',
            { code: look.contractPath },
            ' in a pull request that its owner approves.',
          ] satisfies Phrase,
        ]
      : []),
  ];
  const items = [...fixes, ...last];
  if (items.length === 0) return { name: 'next steps', rank: 0, blocks: [] };
  return {
    name: 'next steps',
    rank: 0,
    blocks: [paragraph({ strong: 'Next' }), { kind: 'steps', items }],
  };
}

function footer(look: Look): Phrase {
  const { commit, run, repositoryUrl, result } = look;
  const data: Phrase = result.kind === 'checked' ? [' · data ', { code: result.validation.dataDigest }] : [];
  return [
    'Commit ',
    { link: short(commit), code: true, to: `${repositoryUrl}/commit/${commit}` },
    ' · ',
    linkRun(look, run.id),
    run.attempt > 1 ? `, attempt ${run.attempt}` : '',
    ...data,
    ` · ${showTime(look.at)}`,
  ];
}

function placeOf({ where }: Finding, { repositoryUrl, commit }: Look): Inline {
  if (where === undefined) return '–';
  const path = where.file.split('/').map(encodeURIComponent).join('/');
  const line = where.line === undefined ? '' : `#L${where.line}`;
  const text = where.line === undefined ? where.file : `${where.file} line ${where.line}`;
  return { link: text, to: `${repositoryUrl}/blob/${commit}/${path}${line}` };
}

const linkRun = ({ repositoryUrl }: Look, id: number): Inline => ({
  link: `run ${id}`,
  to: `${repositoryUrl}/actions/runs/${id}`,
});

const listed = (rules: readonly string[]): Phrase =>
  rules.flatMap((rule, at): Phrase => (at === 0 ? [{ code: rule }] : [', ', { code: rule }]));

const mostMentions = 5;

/**
 * The owner of the contract, asked to look: the only mention. GitHub tells whom it names when the issue is opened, and
 * stays silent when the same line is edited in again. What is no login or team is shown as text.
 */
function ownerLine({ users, teams }: Role): string {
  const names = [
    ...teams.filter((team) => /^[A-Za-z0-9-]{1,39}\/[\w.-]{1,100}$/.test(team)),
    ...users.filter((user) => /^[A-Za-z0-9-]{1,39}$/.test(user)),
  ].slice(0, mostMentions);
  return names.length === 0
    ? 'Owner of the contract: nobody'
    : `Owner of the contract: ${names.map((name) => `@${name}`).join(', ')}`;
}
