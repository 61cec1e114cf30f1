import type { PullFacts } from '../adapters/github/reader.ts';
import { InputError } from '../core/error/error.ts';
import { type BotDeps, openSources } from './deps.ts';
import { readDefaultPolicy } from './gather/governance.ts';

/** Numbers of pull requests. */
export interface Reconciled {
  readonly looked: readonly number[];
  readonly failed: readonly number[];
}

/** Merges older than this are not looked at again by themselves. */
const recentDays = 30;
const maxMerges = 50;
/** Everything is looked at so often, whatever is heard: people leave teams, and nothing tells. */
const wholeEveryMs = 3_600_000;
/** What was merged so lately is looked at by every reconcile: it may not have been judged yet. */
const lateMs = 3_600_000;
/** GitHub's times have whole seconds, and a list may be a moment behind what it lists. */
const unsettledMs = 60_000;

/** What the last reconcile of one repository found. */
interface Seen {
  /** Milliseconds since 1970, by our clock. */
  readonly wholeMs: number;
  /** GitHub's time of the newest change that was listed; empty: there was none. */
  readonly newest: string;
  /** By number: the change that was looked at, and when. */
  readonly looked: ReadonlyMap<number, { readonly updatedAt: string; readonly atMs: number }>;
  /** Commits of the default branch and of the ledger, by name. */
  readonly tips: ReadonlyMap<string, string | null>;
}

/**
 * Knows which pull requests to look at: all of them at first and once an hour, otherwise those that one page says have
 * changed, those whose time has come, and those whose look has failed. What it forgets in a crash the first whole
 * reconcile finds.
 */
export class Reconciler {
  private readonly seen = new Map<string, Seen>();
  private readonly due = new Map<string, Map<number, number>>();

  /** Looks again with the first reconcile at or after this time; null: not by itself. */
  later(fullName: string, number: number, atMs: number | null): void {
    const due = this.due.get(fullName) ?? new Map<number, number>();
    this.due.set(fullName, due);
    if (atMs === null) due.delete(number);
    else due.set(number, atMs);
  }

  /** @returns numbers to look at: what was merged comes first, oldest first */
  async list(deps: BotDeps, fullName: string): Promise<readonly number[]> {
    const before = this.seen.get(fullName);
    const nowMs = Date.parse(deps.now());
    const tips = await readTips(deps);
    const isWhole = before === undefined || nowMs - before.wholeMs >= wholeEveryMs;
    const moved = before !== undefined && !sameTips(before.tips, tips);
    const changed = isWhole ? await listAll(deps, nowMs) : await listChanged(deps, before, nowMs);
    // A base or the ledger moved and no event said so: every open one may be decided otherwise.
    const open = moved && !isWhole ? await openSources(deps).reader.pulls({ state: 'open' }) : [];
    const pulls = [...new Map([...changed, ...open].map((pull) => [pull.number, pull])).values()];
    const due = this.takeDue(fullName, nowMs);
    this.seen.set(fullName, toSeen(before, pulls, { nowMs, tips, isWhole }));
    return [...new Set([...inOrder(pulls), ...due])];
  }

  private takeDue(fullName: string, nowMs: number): readonly number[] {
    const due = this.due.get(fullName) ?? new Map<number, number>();
    // A time that cannot be read has come.
    const taken = [...due].filter(([, atMs]) => !(atMs > nowMs)).map(([number]) => number);
    for (const number of taken) due.delete(number);
    return taken;
  }
}

/** Everything merged lately, and everything open: what is done already is found done. */
async function listAll(deps: BotDeps, nowMs: number): Promise<readonly PullFacts[]> {
  const { reader } = openSources(deps);
  const closed = await reader.pulls({ state: 'closed', limit: maxMerges });
  const since = new Date(nowMs - recentDays * 86_400_000).toISOString();
  const merged = closed.filter(({ mergedAt }) => mergedAt !== null && mergedAt >= since);
  return [...merged, ...(await reader.pulls({ state: 'open' }))];
}

async function listChanged(deps: BotDeps, before: Seen, nowMs: number): Promise<readonly PullFacts[]> {
  const late = new Date(nowMs - lateMs).toISOString();
  const updatedSince = before.newest === '' || before.newest > late ? late : before.newest;
  const listed = await openSources(deps).reader.pulls({ state: 'all', updatedSince });
  return listed.filter((pull) => (pull.mergedAt ?? '') >= late || !isSettled(before, pull));
}

/** Looked at since its last change, and long enough after it that nothing of the same second was missed. */
function isSettled({ looked }: Seen, { number, updatedAt }: PullFacts): boolean {
  const last = looked.get(number);
  return last?.updatedAt === updatedAt && last.atMs - Date.parse(updatedAt) > unsettledMs;
}

function toSeen(
  before: Seen | undefined,
  pulls: readonly PullFacts[],
  {
    nowMs,
    tips,
    isWhole,
  }: { readonly nowMs: number; readonly tips: Seen['tips']; readonly isWhole: boolean },
): Seen {
  const newest = pulls.reduce((a, { updatedAt }) => (updatedAt > a ? updatedAt : a), before?.newest ?? '');
  const looked = new Map(isWhole ? [] : before?.looked);
  for (const { number, updatedAt } of pulls) looked.set(number, { updatedAt, atMs: nowMs });
  return { wholeMs: isWhole ? nowMs : (before?.wholeMs ?? nowMs), newest, looked, tips };
}

/** Merged ones by their time, then open ones from the oldest; closed ones last. */
function inOrder(pulls: readonly PullFacts[]): readonly number[] {
  const merged = pulls.filter(({ mergedAt }) => mergedAt !== null);
  const others = pulls.filter(({ mergedAt }) => mergedAt === null);
  const isOpen = ({ state }: PullFacts): number => (state === 'open' ? 0 : 1);
  return [
    ...merged.sort((a, b) => ((a.mergedAt ?? '') < (b.mergedAt ?? '') ? -1 : 1)),
    ...others.sort((a, b) => isOpen(a) - isOpen(b) || a.number - b.number),
  ].map(({ number }) => number);
}

/** Where the branches stand on which every decision rests. */
async function readTips(deps: BotDeps): Promise<Seen['tips']> {
  const { reader } = openSources(deps);
  const repository = await reader.repository();
  const policy = await readDefaultPolicy(reader, repository).catch((error: unknown) => {
    // A policy that cannot be read stands on the default branch, whose tip is known.
    if (error instanceof InputError) return null;
    throw error;
  });
  const ledger = policy?.ledger.branch ?? repository.defaultBranch;
  const names = [...new Set([repository.defaultBranch, ...(policy?.branches ?? []), ledger])];
  const tips = new Map<string, string | null>();
  for (const name of names) tips.set(name, await reader.branchHead(name));
  return tips;
}

function sameTips(a: Seen['tips'], b: Seen['tips']): boolean {
  return a.size === b.size && [...a].every(([name, tip]) => b.has(name) && b.get(name) === tip);
}
