import type { Block, Phrase } from './block.ts';
import { paragraph } from './block.ts';
import { plainText } from './cell.ts';
import { counted } from './facts.ts';
import { verdictWords } from './icon.ts';

const mostRunners = 12;
const mostLabels = 10;

/** A runner as the organization lists it. Names and labels are chosen by whoever set it up. */
export interface RunnerShown {
  readonly name: string;
  readonly labels: readonly string[];
  readonly online: boolean;
  readonly busy: boolean;
}

/** A job that no runner took. */
export interface WaitShown {
  readonly job: string;
  /** What its `runs-on` asks for. */
  readonly labels: readonly string[];
  /** ISO 8601 UTC. */
  readonly queuedAt: string;
  /** train.queue-minutes of model.yml. */
  readonly limitMinutes: number;
  /** train.runs-on of model.yml; empty: not declared. */
  readonly declared: readonly string[];
  /** null: the app may not see them. */
  readonly runners: readonly RunnerShown[] | null;
}

/** Why nobody came, told apart: each has another remedy. */
export type WaitReason = 'unknown' | 'no such runner' | 'offline' | 'busy' | 'not taken';

export function waitReason({ labels, runners }: Pick<WaitShown, 'labels' | 'runners'>): WaitReason {
  if (runners === null) return 'unknown';
  const fitting = runners.filter((runner) => missingLabels(runner, labels).length === 0);
  const online = fitting.filter((runner) => runner.online);
  if (fitting.length === 0) return 'no such runner';
  if (online.length === 0) return 'offline';
  return online.every(({ busy }) => busy) ? 'busy' : 'not taken';
}

/** GitHub compares labels without their case. */
function missingLabels(runner: RunnerShown, labels: readonly string[]): readonly string[] {
  const has = new Set(runner.labels.map((label) => label.toLowerCase()));
  return labels.filter((label) => !has.has(label.toLowerCase()));
}

const words: Readonly<Record<WaitReason, string>> = {
  unknown: 'no runner has come',
  'no such runner': 'no runner has the labels',
  offline: 'every fitting runner is offline',
  busy: 'every fitting runner is busy',
  'not taken': 'a fitting runner is free and did not take it',
};

/** The first line of the check while nobody comes. */
export const waitTitle = (shown: WaitShown): string =>
  `${verdictWords['not evaluated']}: ${words[waitReason(shown)]} for job ${plainText(shown.job, 30)} in over ${shown.limitMinutes} min`;

/**
 * What is waited for, who is there, and what to change.
 * @see https://docs.github.com/enterprise-server@3.14/actions/reference/usage-limits-for-self-hosted-runners, job queue time
 */
export function waitBlocks(shown: WaitShown): readonly Block[] {
  const { job, labels, queuedAt, limitMinutes, runners } = shown;
  const reason = waitReason(shown);
  const since = queuedAt.slice(0, 16).replace('T', ' ');
  return [
    paragraph(
      { strong: `${words[reason].slice(0, 1).toUpperCase()}${words[reason].slice(1)}.` },
      ' Job ',
      { code: job },
      ` is queued since ${since} UTC, over ${limitMinutes} min, and asks for `,
      ...labelPhrase(labels),
      '. This says nothing about the model. GitHub cancels a job after 24 to 48 hours in the queue.',
    ),
    ...runnerTable(runners, labels),
    { kind: 'steps', items: remedies(reason, shown) },
  ];
}

function labelPhrase(labels: readonly string[]): Phrase {
  const shown = labels
    .slice(0, mostLabels)
    .flatMap((label, at): Phrase => (at === 0 ? [{ code: label }] : [', ', { code: label }]));
  return labels.length > mostLabels ? [...shown, ` and ${labels.length - mostLabels} more`] : shown;
}

/** Those that lack least stand first: one of them is the nearest remedy. */
function runnerTable(runners: WaitShown['runners'], labels: readonly string[]): readonly Block[] {
  if (runners === null) return [];
  const online = runners.filter((runner) => runner.online);
  const offline = runners.length - online.length;
  const rows = online
    .map((runner) => ({ runner, missing: missingLabels(runner, labels) }))
    .sort((a, b) => a.missing.length - b.missing.length)
    .slice(0, mostRunners)
    .map(({ runner, missing }): readonly Phrase[] => [
      [{ code: runner.name }],
      labelPhrase(runner.labels),
      [runner.busy ? 'busy' : 'free'],
      missing.length === 0 ? ['nothing'] : labelPhrase(missing),
    ]);
  const table: Block = { kind: 'table', head: ['Online runner', 'Labels', 'State', 'Lacks'], rows };
  const left = online.length - rows.length;
  const more = left === 0 ? '' : `${counted(left, 'more runner')} online. `;
  return [
    ...(rows.length === 0 ? [paragraph('No runner of the organization is online.')] : [table]),
    ...(left === 0 && offline === 0 ? [] : [paragraph(`${more}${counted(offline, 'runner')} offline.`)]),
  ];
}

const runsOn = { code: 'runs-on' };

function remedies(reason: WaitReason, { labels, declared }: WaitShown): readonly Phrase[] {
  const asked = labelPhrase(labels);
  const steps: Readonly<Record<WaitReason, readonly Phrase[]>> = {
    unknown: [
      [
        'Look at the runners under Settings, Actions, Runners of the organization: one that is online must have ',
        ...asked,
        '. The app lists them here once it may read the self-hosted runners of the organization.',
      ],
    ],
    'no such runner': [
      [
        'Start a runner with the labels ',
        ...asked,
        ', or add the labels that are missing to one that is online.',
      ],
      ['Or change ', runsOn, ' of the job, and of train in model.yml, to labels that a runner has.'],
    ],
    offline: [['Start one of the runners with ', ...asked, '.']],
    busy: [['Wait, or start another runner with ', ...asked, '.']],
    'not taken': [
      [
        "See whether the runner's group lets this repository and this workflow use it (Settings, Actions, Runner groups).",
      ],
    ],
  };
  const differs =
    declared.length > 0 &&
    [...declared].sort().join('\n').toLowerCase() !== [...labels].sort().join('\n').toLowerCase();
  const note: Phrase = [
    'model.yml says ',
    ...labelPhrase(declared),
    ' in ',
    runsOn,
    ' of train, and the workflow asks for other labels: correct the one that is wrong.',
  ];
  return differs ? [...steps[reason], note] : steps[reason];
}
