import { checkName } from '../adapters/github/anchors.ts';
import type { GitHubReader, PullFacts } from '../adapters/github/reader.ts';
import { GatehouseError, InputError } from '../core/error/error.ts';
import { decideGroup, type GroupMember } from '../core/policy/merge-group.ts';
import { cell, plainText } from '../core/report/cell.ts';
import { type BotDeps, openSources } from './deps.ts';
import { readGovernance } from './gather/governance.ts';
import { gather, type Sources } from './gather.ts';
import { failedCheck } from './publish/check.ts';
import { decideMerged, isFork } from './twins.ts';

/** A merge queue builds groups far smaller than this. */
const maxGroup = 50;

interface Member {
  readonly pull: PullFacts;
  /** What it is merged onto in this group. */
  readonly onto: string;
}

/**
 * Decides about a merge group: every pull request in it again, each onto what stands before it in the group. Nothing
 * trains and nothing is judged here; a champion that another member replaces makes the later one wait its turn.
 */
export async function evaluateGroup(deps: BotDeps, headSha: string): Promise<void> {
  const sources = openSources(deps);
  try {
    const members = await readMembers(sources.reader, headSha);
    const { conclusion, members: outcomes } = decideGroup(await decideMembers(sources, members));
    const bad = outcomes.filter(({ allowed }) => !allowed);
    const title = bad.length === 0 ? `All ${outcomes.length} allowed` : `${bad.length} not allowed`;
    await deps.writer.upsertCheck({
      name: checkName,
      headSha,
      externalId: `group:${members.map(({ pull }) => pull.number).join(',')}`,
      conclusion,
      output: {
        title: plainText(conclusion === 'neutral' ? `Report only: ${title}` : title, 120),
        summary: outcomes
          .map(({ number, because }) => `- Pull request ${number}: ${cell(because, 500)}`)
          .join('\n'),
        text: '',
        annotations: [],
      },
    });
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.kind === 'conflict') throw error;
    await deps.writer.upsertCheck(failedCheck(headSha, error));
    if (error.kind === 'service') throw error;
  }
}

async function decideMembers(sources: Sources, members: readonly Member[]): Promise<readonly GroupMember[]> {
  const decided: GroupMember[] = [];
  for (const { pull, onto } of members) {
    const { facts, decision } = await decideMerged(sources, await gather(sources, pull, onto));
    decided.push({ number: pull.number, decision, enforced: facts.input.policy.enforce !== false });
  }
  return decided;
}

/**
 * Walks back from the group's head to its base branch. Every commit on the way must be the merge of one open pull
 * request; the names in the event or the branch are not asked.
 */
async function readMembers(reader: GitHubReader, headSha: string): Promise<readonly Member[]> {
  const members: Member[] = [];
  let sha = headSha;
  while (members.length < maxGroup) {
    const [onto, head] = (await reader.commit(sha)).parents;
    if (onto === undefined || head === undefined) throw strange(sha);
    const pull = await findOpen(reader, head);
    if (pull === null) throw strange(sha);
    members.unshift({ pull, onto });
    const tip = await reader.branchHead(pull.base.ref);
    if (tip !== null && (await reader.mergeBase(onto, tip)) === onto) return members;
    sha = onto;
  }
  throw strange(headSha);
}

/** Anybody can open one with the same head from a fork, or onto a base without a gate: such a one is not what is queued. */
async function findOpen(reader: GitHubReader, head: string): Promise<PullFacts | null> {
  const repository = await reader.repository();
  const found: PullFacts[] = [];
  for (const number of await reader.pullsOfCommit(head)) {
    const pull = await reader.pull(number);
    if (pull.state !== 'open' || pull.head.sha !== head) continue;
    if ((await readGovernance(reader, repository, pull.base.ref)).kind === 'governed') found.push(pull);
  }
  return found.find((pull) => !isFork(pull, repository)) ?? found[0] ?? null;
}

function strange(sha: string): InputError {
  return new InputError(
    'MERGE_GROUP',
    `Commit ${sha.slice(0, 12)} of the merge group is not the merge of one open pull request`,
    {
      hint: 'Let the merge queue use merge commits, so that each commit names the pull request it merges.',
    },
  );
}
