import { GatehouseError } from '../../core/error/error.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub, statusOf } from './failure.ts';
import { nextCursor } from './paging.ts';
import { toPersonOrNull, type UnknownAccount } from './person.ts';

/** What a branch pointed to before a commit came to it. */
export type TipBefore =
  | { readonly kind: 'told'; readonly sha: string }
  /** GitHub lists what moved the branch, and the commit is not, or not yet, in it. */
  | { readonly kind: 'not listed' }
  /** GitHub does not say what moved the branch: no such endpoint, or no right to see it. */
  | { readonly kind: 'not told' };

const maxTips = 200;

/** Where this process saw branches point to, in the order in which it did. */
export class BranchTips {
  private readonly seen = new Map<string, string[]>();

  see(branch: string, sha: string | null): void {
    const tips = this.seen.get(branch) ?? [];
    this.seen.set(branch, tips);
    // An answer that comes late says nothing newer.
    if (sha === null || tips.includes(sha)) return;
    tips.push(sha);
    if (tips.length > maxTips) tips.shift();
  }

  /** The last one before this commit was seen there; null: none was. */
  before(branch: string, commit: string): string | null {
    const tips = this.seen.get(branch) ?? [];
    const at = tips.indexOf(commit);
    return (at < 0 ? tips.at(-1) : tips[at - 1]) ?? null;
  }
}

interface Move {
  readonly before: string;
  readonly after: string;
  readonly timestamp?: string;
  readonly actor?: UnknownAccount;
}

/** One thing that moved a branch. */
export interface BranchMove {
  /** null: GitHub names nobody. */
  readonly by: Person | null;
  /** Commit that the branch pointed to before; zeros when this made the branch. */
  readonly before: string;
  /** Zeros when this deleted it. */
  readonly after: string;
  /** ISO 8601 UTC; empty: not told. */
  readonly at: string;
}

/** What moved a branch of late, newest first. */
export interface BranchMoves {
  readonly moves: readonly BranchMove[];
  /** False: there are older ones. */
  readonly whole: boolean;
}

/** Pages of 100 moves of the branch that are looked through, and moves of which it is asked what they brought. */
const maxPages = 3;
const maxAsked = 20;
/** A merge queue merges no more at once. */
const maxGroup = 50;

interface Git {
  mergeBase(base: string, head: string): Promise<string>;
  firstParent(sha: string): Promise<string | null>;
}

/**
 * Reads what a branch pointed to before a commit came to it. Git alone does not say: whoever may push makes a merge
 * himself and chooses its first parent.
 * @param likely what it was if the commit was made by GitHub: right where several were merged in one move
 * @see https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
export async function readTipBefore(
  client: GitHubClient,
  name: RepositoryName,
  git: Git,
  { branch, commit, likely }: { readonly branch: string; readonly commit: string; readonly likely: string },
): Promise<TipBefore> {
  const moves: Move[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const read = await readMoves(client, name, branch, after);
    if (read === null) return { kind: 'not told' };
    moves.push(...read.moves);
    const exact = read.moves.find((move) => move.after === commit);
    if (exact !== undefined) return { kind: 'told', sha: exact.before };
    after = read.next;
    if (after === null) break;
  }
  for (const move of moves.slice(0, maxAsked)) {
    if (!(await holds(git, move.after, commit))) break;
    if (await holds(git, move.before, commit)) continue;
    return { kind: 'told', sha: (await follows(git, likely, move.before)) ? likely : move.before };
  }
  return { kind: 'not listed' };
}

/**
 * Reads by whom a branch was moved of late. Who is author of a commit is anybody's text, also where GitHub signed it; who
 * moved the branch is GitHub's word.
 * @returns null: GitHub does not say
 * @see https://docs.github.com/en/rest/repos/repos#list-repository-activities
 */
export async function readBranchMoves(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<BranchMoves | null> {
  const moves: BranchMove[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const read = await readMoves(client, name, branch, after);
    if (read === null) return null;
    for (const { actor, before, after: to, timestamp = '' } of read.moves)
      moves.push({ by: toPersonOrNull(actor), before, after: to, at: timestamp });
    after = read.next;
    if (after === null) return { moves, whole: true };
  }
  return { moves, whole: false };
}

async function readMoves(client: GitHubClient, name: RepositoryName, branch: string, after: string | null) {
  return readGitHub(`what moved branch ${branch}`, async () => {
    try {
      const { data, headers } = await client.request('GET /repos/{owner}/{repo}/activity', {
        ...name,
        ref: `refs/heads/${branch}`,
        per_page: 100,
        ...(after === null ? {} : { after }),
      });
      return { moves: data as readonly Move[], next: nextCursor(headers.link) };
    } catch (error) {
      if ([403, 404, 410].includes(statusOf(error) ?? 0)) return null;
      throw error;
    }
  });
}

const noCommit = /^0+$/;

async function holds({ mergeBase }: Git, tip: string, commit: string): Promise<boolean> {
  if (noCommit.test(tip)) return false;
  try {
    return (await mergeBase(tip, commit)) === commit;
  } catch (error) {
    // A commit that the branch was moved away from may be gone.
    if (error instanceof GatehouseError && error.kind === 'service') return false;
    throw error;
  }
}

/** Do first parents lead from one to the other? */
async function follows({ firstParent }: Git, from: string, to: string): Promise<boolean> {
  let at: string | null = from;
  for (let steps = 0; at !== null && steps < maxGroup; steps += 1) {
    if (at === to) return true;
    at = await firstParent(at);
  }
  return false;
}
