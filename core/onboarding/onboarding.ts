import { policyPath } from '../config/layout.ts';
import { type Block, type Inline, type Phrase, paragraph } from '../report/block.ts';
import { counted } from '../report/count-text.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { type Answers, isNowhere, noCommit } from './answers.ts';
import { proposeGate } from './find-metrics.ts';
import type { Found, FoundDataset, FoundModel } from './found.ts';
import { pastBlocks } from './past-blocks.ts';
import type { PastReplay } from './past-pulls.ts';
import type { Proposal, ProposedFile } from './propose-setup.ts';

/** Everything that the description of a setup is about. */
export interface Onboarding {
  readonly found: Found;
  readonly answers: Answers;
  readonly proposal: Proposal;
  /** Files that a person has to add, because the app may not; absent: it is not the app that proposes. */
  readonly byHand?: readonly ProposedFile[];
  /** True where the files were written into a clone, and nothing else was done yet. */
  readonly written?: boolean;
  /** What the last merged pull requests would have met; absent: GitHub was not asked. */
  readonly past?: PastReplay;
}

/** Rows of a table: a description that nobody scrolls through. */
const mostRows = 30;

/** What the app may do, as bot/app.yml asks for it: a test holds the two against each other. */
export const usedPermissions: Readonly<Record<string, string>> = {
  actions: 'read: runs and their artifacts, where evidence comes from',
  checks: 'write: the checks gatehouse and gatehouse evidence, and the anchors',
  contents: 'write: commits of the ledger branch, and of branches of its own pull requests',
  members: 'read: who is in a team at the moment of a decision',
  metadata: 'read: GitHub asks for it',
  organization_self_hosted_runners: 'read: which runners are there when none comes; optional',
  pull_requests: 'write: the comment, requests for reviewers, pull requests that align stages.yml',
};
export const unusedPermissions: readonly string[] = ['administration', 'secrets', 'workflows'];

/** The description of an onboarding pull request, as Markdown. Every text from the repository is escaped. */
export const renderOnboarding = (onboarding: Onboarding): string =>
  `${renderMarkdown(onboardingBlocks(onboarding))}\n`;

/** The same for a terminal or a page. */
export function onboardingBlocks(onboarding: Onboarding): readonly Block[] {
  const { found, proposal } = onboarding;
  return [
    { kind: 'heading', level: 2, text: ['Set up Gatehouse'] },
    paragraph(
      'Nothing runs until this is merged; close it to say no. Found: ',
      { strong: summaryOf(found) },
      '. The checks report only: no merge is held up until ',
      { code: 'enforce: false' },
      ' is taken out of ',
      { code: '.github/gatehouse.yml' },
      '.',
    ),
    ...foundBlocks(found),
    { kind: 'heading', level: 3, text: ['Proposed files'] },
    ...(proposal.files.length === 0
      ? [paragraph('None: everything that can be proposed is there.')]
      : [
          {
            kind: 'list',
            items: proposal.files.map(
              ({ path, text }): Phrase => [{ code: path }, `, ${text.split('\n').length - 1} lines`],
            ),
          } as const,
        ]),
    ...(found.kept.length === 0
      ? []
      : [
          paragraph('There already, and left as they are:'),
          {
            kind: 'list',
            items: found.kept.slice(0, mostRows).map((path): Phrase => [{ code: path }]),
          } as const,
        ]),
    ...byHandBlocks(onboarding.byHand ?? []),
    ...(onboarding.past === undefined ? [] : pastBlocks(onboarding.past)),
    ...(proposal.files.length === 0 ? [] : permissionBlocks()),
    { kind: 'heading', level: 3, text: ['Left to do by hand'] },
    { kind: 'list', items: leftToDo(onboarding) },
    paragraph({ prose: leaving }),
  ];
}

const leaving = `To leave again: take the required check out of the rules first, then remove ${policyPath} or uninstall the app. What was recorded stays as files on the branch gatehouse-ledger, and gatehouse registry and gatehouse verify read it in any clone.`;

function summaryOf({ models, datasets, runners }: Found): string {
  const machines = counted(runners.length, 'kind of own runners', 'kinds of own runners');
  return `${counted(models.length, 'model')}, ${counted(datasets.length, 'dataset')} and ${machines}`;
}

function foundBlocks({ models, datasets, runners, owners, remote, kept }: Found): readonly Block[] {
  const rows: readonly (readonly Phrase[])[] = [
    ...models.map(modelRow),
    ...datasets.map(datasetRow),
    ...runners.map(({ labels, file }): readonly Phrase[] => [
      ['Runner ', { code: labels.join(', ') }],
      [{ code: file }],
      ['trains there'],
    ]),
    // Who is named in a policy that is there is no find.
    ...(owners === null || kept.includes(policyPath)
      ? []
      : [
          [
            ['Owners'],
            owners.from === 'remote' ? ['owner of the repository'] : [{ code: owners.from }],
            [
              { code: [...owners.users, ...owners.teams].join(', ') },
              owners.from === 'remote' ? ': a guess, name people or teams' : ' review and govern',
            ],
          ] as const,
        ]),
    ...(remote === null ? [] : [[['DVC remote'], [{ code: '.dvc/config' }], [{ code: remote }]] as const]),
  ];
  if (rows.length === 0) return [];
  return [
    { kind: 'table', head: ['Found', 'Where', 'Proposal'], rows: rows.slice(0, mostRows) },
    ...(rows.length > mostRows ? [paragraph(`And ${rows.length - mostRows} more.`)] : []),
  ];
}

function modelRow(model: FoundModel): readonly Phrase[] {
  const gate = proposeGate(model.metrics);
  const limit =
    gate === null ? null : 'min' in gate.limit ? `at least ${gate.limit.min}` : `at most ${gate.limit.max}`;
  return [
    ['Model ', { code: model.name }],
    [{ code: model.from.join(', ') }],
    gate === null
      ? ['no known metrics found: the gate is a guess']
      : [`${gate.metric} ${limit} (today ${gate.today})`],
  ];
}

function datasetRow({ name, files, atHand }: FoundDataset): readonly Phrase[] {
  const shown = files.slice(0, 3).join(', ');
  return [
    ['Dataset ', { code: name }],
    [{ code: files.length > 3 ? `${shown} and ${files.length - 3} more` : shown }],
    [atHand ? 'contract inferred from its rows' : 'not at hand: no contract yet'],
  ];
}

/** The app holds no permission for workflows: what runs is for people to add. */
const byHandBlocks = (files: readonly ProposedFile[]): readonly Block[] =>
  files.flatMap(({ path, text }): readonly Block[] => [
    paragraph('The app may not write workflows. Add ', { code: path }, ' to this branch yourself:'),
    {
      kind: 'fold',
      title: 'The workflow',
      blocks: [{ kind: 'fence', language: 'text', lines: text.trimEnd().split('\n') }],
    },
  ]);

function permissionBlocks(): readonly Block[] {
  return [
    { kind: 'heading', level: 3, text: ['Permissions of the app'] },
    {
      kind: 'list',
      items: Object.entries(usedPermissions).map(([name, why]): Phrase => [{ code: name }, ` ${why}`]),
    },
    paragraph('Never asked for: ', { code: unusedPermissions.join(', ') }, '.'),
  ];
}

/** What no file can do. Read again by `gatehouse doctor`, which names each that is open. */
function leftToDo({ answers, proposal, found, byHand, written }: Onboarding): readonly Phrase[] {
  const todos = proposal.files.reduce((sum, { text }) => sum + (text.match(/TODO/g) ?? []).length, 0);
  const policy: Inline = { code: policyPath };
  return [
    ...proposal.notes.map((note): Phrase => [{ prose: note }]),
    ...(answers.pin.sha === noCommit
      ? [
          [
            'Write the commit of your copy of Gatehouse into ',
            policy,
            ' and the workflow: zeros are believed by nobody',
          ],
        ]
      : []),
    ...(isNowhere(answers.store) ? [['Say in ', policy, ' where models are kept: ', { code: 'store' }]] : []),
    ...(isNowhere(answers.data) ? [['Say in ', policy, ' where the data lies: ', { code: 'data' }]] : []),
    ...(todos === 0 ? [] : [[`Fill in the ${counted(todos, 'line')} with TODO`]]),
    ...(answers.store.startsWith('s3') || answers.data.startsWith('s3')
      ? [['Pass the keys of the bucket to the called workflows as secrets (README, section 5)']]
      : []),
    ...(written === true && proposal.files.length > 0
      ? [['Commit the files on a branch and open a pull request: nothing is judged before it is merged']]
      : []),
    // It is there already: it wrote this.
    ...(byHand === undefined ? [['Install the app on this repository']] : []),
    [
      'Require the check ',
      { code: 'gatehouse' },
      ' on the default branch, with the app as its expected source, before you enforce',
    ],
    [
      'Protect the branch ',
      { code: 'gatehouse-ledger' },
      ': no creation, update, deletion or force push but by the app',
    ],
    ...(found.runners.length === 0
      ? []
      : [['Put the training machines into a runner group that only this repository may use']]),
    ['Run ', { code: 'gatehouse doctor' }, ': it says which of these are open'],
  ];
}
