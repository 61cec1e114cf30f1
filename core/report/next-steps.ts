import { stagesPath } from '../config/layout.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import { linkFile, linkRun } from './address.ts';
import { namesOf } from './approval-sections.ts';
import type { Block, Phrase, Section } from './block.ts';
import {
  comparisonsOf,
  findingsOf,
  grouped,
  invalidData,
  modelOf,
  registeredVersion,
  requestOf,
  short,
} from './facts.ts';
import { isOpen } from './gate-advice.ts';
import { heldUntil, isForkHeld, isHeldBy } from './headline.ts';
import type { Report } from './report.ts';

const most = 5;

/** What to do now: numbered, copyable, and always there while anything can be done. */
export function nextSteps(report: Report): Section {
  const items = stepsOf(report).slice(0, most);
  const blocks: readonly Block[] =
    items.length === 0
      ? []
      : [
          { kind: 'paragraph', text: [{ strong: 'Next' }] },
          { kind: 'steps', items },
        ];
  return { name: 'next steps', rank: 0, blocks };
}

function stepsOf(report: Report): readonly Phrase[] {
  const { decision, recorded } = report;
  if (recorded !== null) return afterRecord(report);
  if (decision.kind === 'nothing' || (report.merged && decision.kind === 'allowed')) return [];
  if (isForkHeld(report)) return forFork(report);
  if (decision.kind === 'allowed')
    return [[`Merge this pull request: ${mergeNote(report)}${deployNote(report)}`]];
  if (decision.verdict === 'waiting') return whileWaiting(report);
  if (decision.verdict === 'not evaluated') return moreRows(report) ?? afterFault(report);
  const own = fixes(report);
  const says = (words: RegExp) => (step: Phrase) => typeof step[0] === 'string' && words.test(step[0]);
  // Said once: the fix of a gate ends in it already. Nor does a push to this branch bring what another one must.
  const elsewhere = own.length > 0 && own.every(says(/\bin a pull request of its own\b/));
  const steps = elsewhere || own.some(says(/\bpush again\b/i)) ? own : [...own, pushed];
  // Told now, so that nobody mends the one and then meets the other.
  const held = heldUntil(report);
  return held === null ? steps : [...steps, [`Then it waits all the same: ${held}`]];
}

const pushed: Phrase = ['Push the fix to this branch: everything is judged again on every push.'];

/** Rules and data alone move no model: nothing is written for them. */
function mergeNote({ decision, input: { change } }: Report): string {
  const moves = decision.moves.length + (change.kind === 'request' ? change.moves.length : 0);
  return moves === 0 ? 'no model moves by it.' : 'Gatehouse decides once more and writes the ledger.';
}

/** A registration alone serves nobody: said because it is the first question of every reader. */
function deployNote(report: Report): string {
  return requestOf(report)?.proposal === true
    ? ' Nothing is deployed by merging: production is a request of its own.'
    : '';
}

/** The fixes of what was found, each once, worst first; the place where it stands is linked. */
function fixes(report: Report): readonly Phrase[] {
  const data = invalidData(report).flatMap(({ findings }) => findings.filter(isFailure));
  const all = [...findingsOf(report).filter(isFailure), ...data];
  const seen = new Set<string>();
  return all
    .filter(({ fix }) => !seen.has(fix) && seen.add(fix))
    .slice(0, 3)
    .map((finding) => [finding.fix, ...place(report, finding)]);
}

function place(report: Report, { where }: Finding): Phrase {
  return where?.line === undefined ? [] : [' (', linkFile(report, where), ')'];
}

function whileWaiting(report: Report): readonly Phrase[] {
  const steps = approvers(report);
  const pending = report.decision.rules.find(
    ({ rule, state }) => state === 'waiting' && rule !== 'approvals' && !isHeldBy(rule),
  );
  const wait: readonly Phrase[] =
    pending === undefined ? [] : [[pending.because, ' This page follows by itself.']];
  const before: readonly Phrase[] =
    steps.length > 0 && pending !== undefined
      ? [['Approve after the result is here: an approval counts only for a result that was there to see.']]
      : steps;
  const held = heldUntil(report);
  const all = [...wait, ...before, ...(held === null ? [] : [[held, ' This page follows by itself.']])];
  return all.length > 0 ? all : [['Wait: this page follows by itself.']];
}

function approvers({ decision, headSha }: Report): readonly Phrase[] {
  return decision.missing.map(({ role, count, candidates }) => [
    `${count === 1 ? 'One approving review' : `${count} approving reviews`} as `,
    { code: role },
    ' on ',
    { code: short(headSha) },
    ': ',
    ...namesOf(candidates),
    '.',
  ]);
}

/** Running the same rows again would answer the same. Null: it is about something else. */
function moreRows(report: Report): readonly Phrase[] | null {
  const open = comparisonsOf(report).flatMap(({ outcomes }) => outcomes.filter(isOpen));
  if (open.length === 0) return null;
  const needed = Math.max(...open.map(({ rowsNeeded }) => rowsNeeded ?? 0));
  const size =
    needed === 0 ? 'Enlarge the held-out set' : `Enlarge the held-out set to about ${grouped(needed)} rows`;
  return [
    [`${size}: what these rows say may be chance, and running them again says the same.`],
    ['Or push a challenger that differs more, or have the owners accept a larger margin in model.yml.'],
  ];
}

function afterFault(report: Report): readonly Phrase[] {
  const stopped = findingsOf(report).filter(({ code }) => code.endsWith('/stopped'));
  const own: readonly Phrase[] =
    stopped.length === 0 ? fixes(report) : [['Mend what stopped the job, as the column "Fix" says.']];
  // A job that names what to change fails the same way again; one whose machine or service failed may not.
  const isInput = stopped.length > 0 && stopped.every(({ fix }) => !/\b(?:again|re-run|log)\b/i.test(fix));
  if (isInput) return [...own, pushed];
  const retry: Phrase = [
    'Open ',
    linkRun(report),
    ' and choose "Re-run failed jobs"; a re-run keeps approvals that count.',
  ];
  return [...own, retry];
}

function forFork(report: Report): readonly Phrase[] {
  const branch = `gatehouse/pull-${report.pullRequest}`;
  return [
    [
      'A maintainer reads the diff of ',
      { code: short(report.headSha) },
      ': it runs on your machines once it is in a branch.',
    ],
    ['Fetch it: ', { code: `git fetch origin pull/${report.pullRequest}/head:${branch}` }],
    ['Push it: ', { code: `git push origin ${branch}` }, ' and open a pull request from that branch.'],
    [
      'Or write ',
      { code: `/gatehouse run ${short(report.headSha)}` },
      ' here: the answer has the commands for exactly this commit, should a newer one come.',
    ],
    ['Its author stays the author: whoever wrote a commit cannot approve it.'],
  ];
}

/** What serves the new version: production, and staging before it when the merge only registered it. */
function afterRecord(report: Report): readonly Phrase[] {
  const model = modelOf(report);
  const version = model === null ? null : registeredVersion(report, model);
  if (model === null || version === null || requestOf(report)?.proposal !== true) return [];
  const endpoint = report.input.model?.endpoints[0];
  const production: Phrase =
    endpoint === undefined ? [] : [': ', { code: `production: { ${endpoint}: ${version} }` }];
  const file = { code: stagesPath(model) };
  if (report.input.policy.proposal.onMerge === 'staging') {
    return [
      [
        'To serve it, open a pull request that asks in ',
        file,
        ` for v${version} in production`,
        ...production,
        '.',
      ],
    ];
  }
  return [
    [
      'It is registered only. To serve it, first open a pull request that asks in ',
      file,
      ` for v${version} in staging: `,
      { code: `staging: [${version}]` },
      '.',
    ],
    ['After that is merged, open another one that asks for production', ...production, '.'],
  ];
}
