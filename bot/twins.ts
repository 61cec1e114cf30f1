import type { PullFacts, RepositoryFacts } from '../adapters/github/reader.ts';
import type { LedgerSnapshot } from '../core/audit/record.ts';
import { decide } from '../core/policy/decide.ts';
import type { Decision } from '../core/policy/decision.ts';
import { decideTogether, poolShared, rankOf } from '../core/policy/shared-head.ts';
import type { Facts } from './gather/facts.ts';
import { readGovernance } from './gather/governance.ts';
import { gather, type Sources } from './gather.ts';

/** One pull request with what was decided about it. */
export interface Outcome {
  readonly facts: Facts;
  readonly decision: Decision;
}

export const isFork = (pull: PullFacts, repository: RepositoryFacts): boolean =>
  pull.head.repositoryId !== repository.id;

/** Other open pull requests with the same head, whose base is governed: they share the check, which is the commit's. */
export async function readTwins(
  { reader }: Sources,
  repository: RepositoryFacts,
  pull: PullFacts,
): Promise<readonly PullFacts[]> {
  const twins: PullFacts[] = [];
  for (const number of await reader.pullsOfCommit(pull.head.sha)) {
    if (number === pull.number) continue;
    const twin = await reader.pull(number);
    if (twin.state !== 'open' || twin.head.sha !== pull.head.sha) continue;
    if ((await readGovernance(reader, repository, twin.base.ref)).kind === 'governed') twins.push(twin);
  }
  return twins;
}

/**
 * The facts of whatever shares the check of this head: those of a branch of the repository, or, where none has it, those
 * from forks. Anybody can open one from a fork: it says nothing about a branch (GATE.md rule 9).
 * @returns null: the check is that of a branch of the repository, and this one is from a fork
 */
export async function gatherTwins(sources: Sources, own: Facts): Promise<readonly Facts[] | null> {
  const { repository, pull } = own;
  const all = await readTwins(sources, repository, pull);
  const branches = all.filter((twin) => !isFork(twin, repository));
  if (isFork(pull, repository) && branches.length > 0) return null;
  const twins: Facts[] = [];
  for (const twin of isFork(pull, repository) ? all : branches) twins.push(await gather(sources, twin));
  return twins;
}

/** What is decided about this one, with the approvals and the makers of those that share head and base. */
export function decideShared(own: Facts, twins: readonly Facts[]): Outcome {
  const same = twins.filter((twin) => isSame(own, twin));
  const input = poolShared(
    own.input,
    same.map((each) => each.input),
  );
  return { facts: { ...own, input }, decision: decide(input) };
}

/** What the check of the head says of all that have it. */
export function decideCheck(own: Facts, twins: readonly Facts[]): Outcome {
  const all = [own, ...twins];
  const { at, input, decision } = decideTogether([own.input, ...twins.map((each) => each.input)]);
  return { facts: { ...(all[at] ?? own), input }, decision };
}

/** A merge that GitHub says merged others as well, and which of them is recorded. */
export interface MergedOutcome extends Outcome {
  /** Number of the pull request that this merge is recorded for: the best of them, since only one may hold the evidence. */
  readonly speaks: number;
}

/** A merge, or one that is queued, is decided with the same others as the check before it. */
export async function decideMerged(sources: Sources, own: Facts): Promise<MergedOutcome> {
  const { pull, commits, input } = own;
  if (input.change.kind !== 'request') return { ...decideShared(own, []), speaks: pull.number };
  const twins: Facts[] = [];
  for (const twin of await readSame(sources, pull)) {
    // All of them are decided at the moment of this merge.
    const facts = await gather(sources, { ...twin, mergedAt: pull.mergedAt }, commits.base);
    if (isSame(own, facts)) twins.push(facts);
  }
  return { ...decideShared(own, twins), speaks: speakerOf(own, twins) };
}

/** One that was merged by the same merge, and has no evidence, must not silence the one that has it. */
function speakerOf(own: Facts, twins: readonly Facts[]): number {
  const { merge } = own.commits;
  const all = [own, ...twins.filter(({ commits }) => merge !== null && commits.merge === merge)];
  if (all.length === 1) return own.pull.number;
  const outcomes = all
    .map((facts) =>
      decideShared(
        facts,
        [own, ...twins].filter((each) => each !== facts),
      ),
    )
    .sort((a, b) => a.facts.pull.number - b.facts.pull.number);
  return outcomes.reduce((a, b) => (rankOf(b.decision) > rankOf(a.decision) ? b : a)).facts.pull.number;
}

/** Numbers of the others with this head and base that GitHub says the same merge merged. */
export async function mergedWith(sources: Sources, pull: PullFacts): Promise<readonly number[]> {
  const same = await readSame(sources, pull);
  return same.flatMap(({ number, mergeCommit }) => (mergeCommit === pull.mergeCommit ? [number] : []));
}

/** True when this merge has registered a version for another pull request: the same bytes are never registered twice. */
export function isRegistered({ commits, pull, ledger }: Facts, { moves }: Decision): boolean {
  return moves.some(
    ({ kind, model }) =>
      kind === 'registration' && registersMerge(ledger.snapshot, model, pull.number, commits.merge),
  );
}

export const registersMerge = (
  { states }: Pick<LedgerSnapshot, 'states'>,
  model: string,
  number: number,
  merge: string | null,
): boolean =>
  [...(states.get(model)?.versions.values() ?? [])].some(
    ({ record: { lineage } }) => lineage.mergeCommit === merge && lineage.pullRequest !== number,
  );

/**
 * Others with this head and this base that are open or merged. One that somebody opens after a merge changes nothing of what
 * was merged: a squash leaves the head free for that.
 */
async function readSame({ reader }: Sources, pull: PullFacts): Promise<readonly PullFacts[]> {
  const same: PullFacts[] = [];
  for (const number of await reader.pullsOfCommit(pull.head.sha)) {
    if (number === pull.number) continue;
    const twin = await reader.pull(number);
    const asked = twin.merged || twin.state === 'open';
    const isLate = pull.mergedAt !== null && twin.createdAt > pull.mergedAt;
    if (asked && !isLate && twin.head.sha === pull.head.sha && twin.base.ref === pull.base.ref)
      same.push(twin);
  }
  return same;
}

const isSame = (one: Facts, other: Facts): boolean =>
  one.pull.base.ref === other.pull.base.ref && one.input.fork === other.input.fork;
