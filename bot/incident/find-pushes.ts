import { ghost } from '../../adapters/github/person.ts';
import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import { policyPath } from '../../core/config/layout.ts';
import { incidentsOf } from '../../core/registry/incident.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { BotDeps } from '../deps.ts';
import { isOwn } from '../ledger/ledger-authors.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { type GovernedChange, readGovernedChange } from './governed-read.ts';

/** Commits of a base branch that are looked at: what lies deeper was seen by an earlier look. */
const maxCommits = 100;
const maxMerges = 100;

/** A commit that came to a governed branch without a pull request and changed what is governed. */
export interface PastPush extends GovernedChange {
  readonly commit: CommitFacts;
  readonly base: string;
  readonly by: Person;
}

/** By book, so by repository and process: the tip of each branch up to which everything was looked at. */
const seen = new WeakMap<BotDeps['book'], Map<string, string>>();

/**
 * Looks for pushes past the gate: commits on the first-parent way of a governed branch, since the ledger's first entry,
 * that no merged pull request brought and that are not the app's own. What set Gatehouse up came before there was a gate.
 */
export async function findPushes(
  deps: BotDeps,
  reader: GitHubReader,
  ledger: ProvenLedger,
  branch: string,
): Promise<readonly PastPush[]> {
  const tip = await reader.branchHead(branch);
  const [first] = ledger.events;
  const tips = seen.get(deps.book) ?? new Map<string, string>();
  if (tip === null || first === undefined || tips.get(branch) === tip) return [];
  const way = await firstParents(reader, tip, [first.source.mergeSha, tips.get(branch) ?? null]);
  const known = new Set(incidentsOf(ledger.snapshot.states).map(({ commit }) => commit));
  const merges = await mergesOf(reader, branch);
  const found: PastPush[] = [];
  for (const commit of way) {
    if (known.has(commit.sha) || merges.has(commit.sha)) continue;
    const push = await toPush(deps, reader, branch, commit);
    if (push !== null) found.push(push);
  }
  // Only now: what was found is written by the caller, and found again if that fails.
  if (found.length === 0) seen.set(deps.book, tips.set(branch, tip));
  return found;
}

/** From the tip back, not into side branches, until one of these commits. */
async function firstParents(
  reader: GitHubReader,
  tip: string,
  until: readonly (string | null)[],
): Promise<readonly CommitFacts[]> {
  const listed = new Map((await reader.commitsOf(tip, maxCommits)).map((commit) => [commit.sha, commit]));
  const way: CommitFacts[] = [];
  for (
    let at = listed.get(tip);
    at !== undefined && !until.includes(at.sha);
    at = listed.get(at.parents[0] ?? '')
  )
    way.push(at);
  return way;
}

async function mergesOf(reader: GitHubReader, base: string): Promise<ReadonlySet<string>> {
  const closed = await reader.pulls({ state: 'closed', base, limit: maxMerges });
  return new Set(
    closed.flatMap(({ merged, mergeCommit }) => (merged && mergeCommit !== null ? [mergeCommit] : [])),
  );
}

async function toPush(
  { identity }: BotDeps,
  reader: GitHubReader,
  branch: string,
  commit: CommitFacts,
): Promise<PastPush | null> {
  const [base] = commit.parents;
  if (base === undefined || (await isOwn(reader, identity, branch, commit))) return null;
  if ((await reader.file(policyPath, base)) === null) return null;
  const change = await readGovernedChange(reader, base, commit.sha);
  if (change.changed.length === 0 || (await isOfMerge(reader, branch, commit.sha))) return null;
  return { ...change, commit, base, by: pusherOf(commit) };
}

/** A rebase brings several commits; GitHub also closes a pull request whose commits somebody pushed: it is decided as merged. */
async function isOfMerge(reader: GitHubReader, branch: string, sha: string): Promise<boolean> {
  for (const number of await reader.pullsOfCommit(sha)) {
    const pull = await reader.pull(number);
    if (pull.merged && pull.base.ref === branch) return true;
  }
  return false;
}

/** Author and committer are anybody's text: only a signature that verifies says who. */
function pusherOf({ verified, author, committer }: CommitFacts): Person {
  if (!verified) return ghost;
  return (committer?.login === 'web-flow' ? author : committer) ?? author ?? ghost;
}
