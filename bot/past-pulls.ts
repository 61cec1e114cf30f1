import type { CommitFacts, PullFacts } from '../adapters/github/reader.ts';
import { diffTrees } from '../core/change/tree.ts';
import type { Policy } from '../core/config/policy.ts';
import { GatehouseError } from '../core/error/error.ts';
import type { Found } from '../core/onboarding/found.ts';
import { type PastPull, type PastReplay, replayPulls } from '../core/onboarding/past-pulls.ts';
import type { Person } from '../core/registry/ledger.ts';
import { type BotDeps, openSources } from './deps.ts';
import { withUnknownRolesEmpty } from './gather/unknown-role.ts';

/** Merged pull requests that are told of: each is half a dozen calls, once in the life of a repository. */
const mostPulls = 10;
/** Closed ones that are listed to find them. */
const mostListed = 40;

/** Reads the last merged pull requests of a branch, and what a policy would have asked for before their merge. */
export async function readPastReplay(
  deps: BotDeps,
  branch: string,
  { policy, found }: { readonly policy: Policy; readonly found: Found },
): Promise<PastReplay> {
  const { reader } = openSources(deps);
  const { url } = await reader.repository();
  const closed = await reader.pulls({ state: 'closed', base: branch, limit: mostListed });
  const merged = closed.filter((pull) => pull.mergedAt !== null).slice(0, mostPulls);
  const pulls: PastPull[] = [];
  const unread: number[] = [];
  for (const pull of merged) {
    const past = await tryPull(deps, pull);
    if (past === null) unread.push(pull.number);
    else pulls.push(past);
  }
  const members = new Map<string, readonly Person[]>();
  // A team that does not exist is a guess of ours: nobody is in it.
  const people = withUnknownRolesEmpty(reader, null);
  for (const [name, role] of Object.entries(policy.roles)) members.set(name, await people.membersOf(role));
  return { url, pulls: replayPulls({ pulls, found, policy, members }), unread };
}

/** One that is too large, or whose commits are gone, keeps nobody from being asked. */
async function tryPull(deps: BotDeps, pull: PullFacts): Promise<PastPull | null> {
  try {
    return await readPull(deps, pull);
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    deps.log.info({ number: pull.number, code: error.code }, 'a merged pull request could not be replayed');
    return null;
  }
}

async function readPull(
  deps: BotDeps,
  { number, base, head, author, mergedAt }: PullFacts,
): Promise<PastPull> {
  const { reader } = openSources(deps, number);
  await reader.pull(number);
  const commits = await reader.pullCommits(number);
  const fork = await reader.mergeBase(base.sha, head.sha);
  const changed = diffTrees(await reader.tree(fork), await reader.tree(head.sha));
  const hands = commits.flatMap(({ author: wrote, committer }) => [wrote, committer]);
  return {
    ...{ number, mergedAt: mergedAt ?? '', paths: changed.map(({ path }) => path) },
    makers: [author, ...hands.filter((person) => person !== null)],
    strangers: commits.some(isByStranger),
    reviews: await reader.reviews(number),
  };
}

const isByStranger = ({ author, committer }: CommitFacts): boolean => author === null || committer === null;
