import { ghost } from '../../adapters/github/person.ts';
import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import { policyPath } from '../../core/config/layout.ts';
import { ConflictError } from '../../core/error/error.ts';
import { incidentsOf } from '../../core/registry/incident.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { BotDeps } from '../deps.ts';
import { isOwn } from '../ledger/ledger-authors.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import { type GovernedChange, readGovernedChange } from './governed-read.ts';

/** Commits of a base branch that a new process looks at: what lies deeper was seen by an earlier one. */
const maxCommits = 100;
/** Since the tip that this process saw last: somebody may push many at once. */
const maxSince = 500;
/** Lists of 100 commits that are read to follow a branch: side branches fill them, too. */
const maxLists = 10;
const maxMerges = 100;
/** GitHub lists a merge as one within seconds. */
const unlistedForMs = 60_000;

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
 * @throws ConflictError PUSH_TOO_NEW when one came within this minute: GitHub may not tell yet which pull request it is of
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
  const merges = await mergesOf(reader, branch);
  const last = tips.get(branch) ?? null;
  const followed = { until: [first.source.mergeSha, last], last, merges };
  const way = await withRest(reader, branch, await followBack(reader, branch, tip, followed), followed);
  const known = new Set(incidentsOf(ledger.snapshot.states).map(({ commit }) => commit));
  const found: PastPush[] = [];
  for (const { commit, onto } of way) {
    if (known.has(commit.sha) || merges.has(commit.sha)) continue;
    const push = await toPush(deps, reader, branch, commit, onto);
    if (push !== null) found.push(push);
  }
  if (found.length > 0) await requireSettled(deps, reader, branch, { way, found });
  // Only now: what was found is written by the caller, and found again if that fails.
  if (found.length === 0) seen.set(deps.book, tips.set(branch, tip));
  return found;
}

/** A commit came when the move did that brought it, or the next one above it in the same push. */
async function requireSettled(
  deps: BotDeps,
  reader: GitHubReader,
  branch: string,
  { way, found }: { readonly way: readonly Step[]; readonly found: readonly PastPush[] },
): Promise<void> {
  const moves = (await reader.moves(branch))?.moves ?? [];
  const times = new Map(moves.flatMap(({ after, at }) => (at === '' ? [] : [[after, at]])));
  const past = new Set(found.map(({ commit }) => commit.sha));
  let came: string | undefined;
  for (const { commit } of way) {
    came = times.get(commit.sha) ?? came;
    // Where GitHub does not say when, the commit does; a time far from now, or none, holds nothing up.
    const ageMs = Date.parse(deps.now()) - Date.parse(came ?? commit.committedAt);
    if (past.has(commit.sha) && Math.abs(ageMs) < unlistedForMs) throw tooNew(branch);
  }
}

function tooNew(branch: string): ConflictError {
  return new ConflictError('PUSH_TOO_NEW', `What came to ${branch} within this minute may still be told`, {
    hint: 'Look again in a minute: GitHub may not list yet which pull request it was.',
  });
}

interface Step {
  readonly commit: CommitFacts;
  /** What the branch was before it; undefined: nothing. */
  readonly onto: string | undefined;
}

interface Followed {
  readonly until: readonly (string | null)[];
  /** Tip that this process saw last. */
  readonly last: string | null;
  /** Merges of pull requests: GitHub made them. */
  readonly merges: ReadonlySet<string>;
}

/** From the tip back, not into side branches, until one of these commits. */
async function followBack(
  reader: GitHubReader,
  branch: string,
  tip: string,
  { until, last, merges }: Followed,
): Promise<readonly Step[]> {
  const listed = new Map<string, CommitFacts>();
  const way: Step[] = [];
  const most = last === null ? maxCommits : maxSince;
  let lists = 0;
  for (let at: string | undefined = tip; at !== undefined && !until.includes(at) && way.length < most; ) {
    if (!listed.has(at) && lists < maxLists) {
      lists += 1;
      for (const commit of await reader.commitsOf(at, maxCommits)) listed.set(commit.sha, commit);
    }
    const commit = listed.get(at);
    if (commit === undefined) break;
    const onto = await parentOf(reader, branch, commit, merges);
    way.push({ commit, onto });
    at = onto;
  }
  return way;
}

/** One push may bring more commits than are followed: what lies below them came with it, and is looked at as one. */
async function withRest(
  reader: GitHubReader,
  branch: string,
  way: readonly Step[],
  { until, merges }: Followed,
): Promise<readonly Step[]> {
  const oldest = way.at(-1);
  if (oldest?.onto === undefined || until.includes(oldest.onto)) return way;
  const walked = new Set(way.map(({ commit }) => commit.sha));
  const told = await reader.moves(branch);
  const push = told?.moves.find(
    ({ before, after }) => walked.has(after) && !walked.has(before) && !merges.has(after),
  );
  if (push === undefined || /^0+$/.test(push.before)) return way;
  return [...way.slice(0, -1), { commit: oldest.commit, onto: push.before }];
}

/** Whoever pushes a merge of his own chooses its first parent: it may be older than the branch, or beside it. */
async function parentOf(
  reader: GitHubReader,
  branch: string,
  { sha, parents }: CommitFacts,
  merges: ReadonlySet<string>,
): Promise<string | undefined> {
  const [first] = parents;
  if (first === undefined || parents.length === 1 || merges.has(sha)) return first;
  const told = await reader.tipBefore(branch, sha, first);
  return told.kind === 'told' ? told.sha : first;
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
  base: string | undefined,
): Promise<PastPush | null> {
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
