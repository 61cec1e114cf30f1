import type { Sweep, UnservedJob } from '../training/sweep-facts.ts';
import { showTime } from './approval-sections.ts';
import { type Block, type Inline, type Phrase, paragraph, type Section } from './block.ts';
import { bodyLimit, fitSections } from './budget.ts';
import { counted } from './facts.ts';
import { severityWords, verdictWords } from './icon.ts';
import { renderMarkdown } from './markdown.ts';
import { type SweepState, sweepMarker, writeSweepState } from './sweep-state.ts';

/** Rows of a table that are shown; the rest is counted. */
const mostRows = 50;

/** What is wrong, one short text each, sorted: another one is news. Names of runners and jobs are data. */
export function causesOf({ idle, unserved, stubborn }: Sweep): readonly string[] {
  return [
    ...idle.map(({ name }) => `runner ${name} is idle`),
    ...unserved.map(({ job, run }) => `no runner takes job ${job} of run ${run}`),
    ...stubborn.map(({ run }) => `run ${run} does not end`),
  ]
    .map((cause) => cause.toWellFormed().slice(0, 200))
    .sort();
}

export function sweepTitle({ idle, unserved, stubborn }: Sweep): string {
  const parts = [
    ...(unserved.length > 0 ? [`${counted(unserved.length, 'job')} without a runner`] : []),
    ...(stubborn.length > 0
      ? [`${counted(stubborn.length, 'run')} that ${stubborn.length === 1 ? 'does' : 'do'} not end`]
      : []),
    ...(idle.length > 0 ? [`${counted(idle.length, 'idle runner')}`] : []),
  ];
  return `Training runners: ${parts.length === 0 ? 'nothing to tell' : parts.join(', ')}`;
}

/** The whole issue. It says since when, never for how long: the same facts give the same text. */
export function renderSweepIssue(state: SweepState, sweep: Sweep): string {
  const hidden = writeSweepState(state);
  const room = bodyLimit - sweepMarker.length - hidden.length - 400;
  const body = fitSections(sectionsOf(sweep), room, 'The summary of the sweep has the rest.');
  return [sweepMarker, body, '', hidden].join('\n');
}

/** A comment that says what is news. Its first line names the change, so that it is never posted twice. */
export function renderSweepNote(
  change: { readonly was: 'open' | 'closed'; readonly before: SweepState; readonly after: SweepState },
  sweep: Sweep,
): string {
  const { was, before, after } = change;
  const started = after.causes.filter((cause) => !before.causes.includes(cause));
  const ended = before.causes.filter((cause) => !after.causes.includes(cause));
  const opening = after.causes.length === 0 ? 'Closed: ' : was === 'closed' ? 'Open again: ' : '';
  const blocks: readonly Block[] = [
    paragraph(opening, headline(sweep)),
    ...listing('New', started),
    ...listing('No longer', ended),
  ];
  return `<!-- gatehouse:training-runners-note:${after.changes}; -->\n${renderMarkdown(blocks)}\n`;
}

const listing = (title: string, causes: readonly string[]): readonly Block[] =>
  causes.length === 0
    ? []
    : [
        paragraph({ strong: title }),
        { kind: 'list', items: causes.slice(0, mostRows).map((cause): Phrase => [cause]) },
      ];

/** Job summary of a sweep: what was asked for, and the same tables as the issue. */
export function renderSweepSummary(sweep: Sweep): string {
  const asked: readonly Block[] =
    sweep.actions.length === 0
      ? [paragraph('No run had to be ended or tried again.')]
      : [
          {
            kind: 'table',
            head: ['Run', 'Asked for', 'Why'],
            rows: sweep.actions
              .slice(0, mostRows)
              .map(({ kind, run, url, because }) => [
                [linkRun(run, url)],
                [kind === 'cancel' ? 'end it' : 'run its failed jobs again'],
                [because],
              ]),
          },
        ];
  return `${renderMarkdown([...asked, ...sectionsOf(sweep).flatMap(({ blocks }) => blocks)])}\n`;
}

function sectionsOf(sweep: Sweep): readonly Section[] {
  const heading: Block = { kind: 'heading', level: 3, text: [headline(sweep)] };
  return [
    { name: 'headline', rank: 0, blocks: [heading] },
    { name: 'jobs without a runner', rank: 1, blocks: unservedBlocks(sweep) },
    { name: 'runs that do not end', rank: 1, blocks: stubbornBlocks(sweep) },
    { name: 'idle runners', rank: 2, blocks: idleBlocks(sweep) },
    { name: 'what is not told', rank: 0, blocks: untoldBlocks(sweep) },
  ].filter(({ blocks }) => blocks.length > 0);
}

function headline({ idle, unserved, stubborn, runnersTold }: Sweep): string {
  if (unserved.length > 0)
    return `${verdictWords['not evaluated']}: no runner takes ${counted(unserved.length, 'training job')}`;
  if (stubborn.length > 0)
    return `${severityWords.warn}: ${counted(stubborn.length, 'run')} asked to end, and still there`;
  if (idle.length > 0) return `${severityWords.warn}: ${counted(idle.length, 'training runner')} idle`;
  return runnersTold
    ? `${verdictWords.pass}: no training waits for a runner, and no runner for a training`
    : `${verdictWords.pass}: no training waits for a runner`;
}

function unservedBlocks({ unserved }: Sweep): readonly Block[] {
  if (unserved.length === 0) return [];
  return [
    {
      kind: 'table',
      head: ['Job', 'Run', 'Asks for', 'Queued since', 'What is missing'],
      rows: unserved
        .slice(0, mostRows)
        .map((job) => [
          [{ code: job.job }],
          [linkRun(job.run, job.url)],
          codes(job.labels),
          [showTime(job.since)],
          missingPhrase(job),
        ]),
    },
    ...more(unserved.length),
    paragraph(
      'Start a runner with these labels, or change ',
      { code: 'runs-on' },
      ' of the job and ',
      { code: 'train.runs-on' },
      ' of the model. GitHub drops a job that is queued for 24 hours.',
    ),
  ];
}

function missingPhrase({ missing }: UnservedJob): Phrase {
  if (missing === null) return ['Runners are not told'];
  if (missing.length === 0) return ['A runner fits and is busy, or may not take jobs of this repository'];
  return ['No online runner that may be listed has ', ...codes(missing)];
}

function stubbornBlocks({ stubborn }: Sweep): readonly Block[] {
  if (stubborn.length === 0) return [];
  return [
    {
      kind: 'table',
      head: ['Run', 'Asked to end'],
      rows: stubborn
        .slice(0, mostRows)
        .map(({ run, url, since }) => [[linkRun(run, url)], [showTime(since)]]),
    },
    paragraph('End it by hand: ', {
      code: 'gh api -X POST repos/{owner}/{repo}/actions/runs/ID/force-cancel',
    }),
  ];
}

function idleBlocks({ idle }: Sweep): readonly Block[] {
  if (idle.length === 0) return [];
  return [
    {
      kind: 'table',
      head: ['Runner', 'Labels', 'Idle since'],
      rows: idle
        .slice(0, mostRows)
        .map(({ name, labels, since }) => [[{ code: name }], codes(labels), [showTime(since)]]),
    },
    ...more(idle.length),
    paragraph(
      'Stop the machine if nothing is planned, or raise ',
      { code: 'training.idle-minutes' },
      ' of the policy.',
    ),
  ];
}

function untoldBlocks({ runnersTold }: Sweep): readonly Block[] {
  if (runnersTold) return [];
  return [
    paragraph(
      'Idle runners are not told: the token may not list runners. One that may, given as the secret ',
      { code: 'runners-token' },
      ', needs nothing but reading: ',
      { code: 'Administration: read' },
      ' of the repository, or ',
      { code: 'Self-hosted runners: read' },
      ' of the organization.',
    ),
  ];
}

const more = (count: number): readonly Block[] =>
  count > mostRows ? [paragraph(`And ${counted(count - mostRows, 'more', 'more')}.`)] : [];

const linkRun = (run: number, url: string): Inline => ({ link: `run ${run}`, to: url });

const codes = (labels: readonly string[]): Phrase =>
  labels
    .slice(0, 20)
    .flatMap((label, at): Phrase => (at === 0 ? [{ code: label }] : [', ', { code: label }]));
