import type { PullFacts } from '../../adapters/github/reader.ts';
import { readPolicy } from '../../adapters/proposal/read-proposal.ts';
import { diffTrees } from '../../core/change/tree.ts';
import { isConfiguration, policyPath } from '../../core/config/layout.ts';
import type { Policy } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import type { BotDeps } from '../deps.ts';
import { type Commits, readCommits } from '../gather/base.ts';
import { findLastPolicy, type UnreadablePolicy, withLastPolicy } from '../gather/last-policy.ts';
import { isUnknownRole, withUnknownRolesEmpty } from '../gather/unknown-role.ts';
import type { Sources } from '../gather.ts';
import { withBlocksAbove } from '../publish/above.ts';
import { recordPastGate } from './past-gate.ts';
import { bypassCheck, judgedByLast, unreadableCheck } from './policy-check.ts';

/** What a look does once it can read a policy. */
export type Act<T> = (deps: BotDeps, sources: Sources) => Promise<T>;

/** A look at a pull request that met a policy, or a role in one, which cannot be read. */
export interface StoppedLook {
  readonly deps: BotDeps;
  readonly sources: Sources;
  readonly pull: PullFacts;
  readonly fault: InputError;
}

/** True when nothing can be decided because of the policy itself: its text, or a role that GitHub does not know. */
export const isPolicyFault = (error: unknown): error is InputError =>
  error instanceof InputError && (isUnreadable(error) || isUnknownRole(error));

const isUnreadable = ({ code, where }: InputError): boolean =>
  code === 'CONFIG_INVALID' && where?.file === policyPath;

/**
 * Goes on where the policy of the base cannot be read (GATE.md rule 13). A pull request that mends the configuration and
 * changes nothing else is judged by the last readable policy; every other one waits, and says for what. Where nobody
 * can say who the governors are, an administrator merges the repair past the check, and that is an incident.
 * @returns `null` when the fault stands as it was: it is said as any other
 */
export async function actPastFault<T>(
  stopped: StoppedLook,
  act: Act<T>,
): Promise<{ readonly done: T | null } | null> {
  const { deps, sources, pull, fault } = stopped;
  const commits = await readCommits(sources.reader, pull);
  const unreadable = isUnreadable(fault) ? await findUnreadable(sources, pull, commits) : null;
  const past: Sources = { ...sources, reader: withLastPolicy(sources.reader) };
  const policy = await readableAt(past, commits.base);
  const mends = await mendsConfiguration(sources, commits);
  if (mends && policy !== null) {
    const reader = withUnknownRolesEmpty(past.reader, policy.roles.governor ?? null);
    const blocks = unreadable === null ? [] : judgedByLast(unreadable);
    try {
      return {
        done: await act(blocks.length === 0 ? deps : withBlocksAbove(deps, blocks), { ...past, reader }),
      };
    } catch (error) {
      if (!isUnknownRole(error)) throw error;
      await governorsUnknown({ ...stopped, sources: past, fault: error });
      return { done: null };
    }
  }
  if (pull.merged) return mergedPast({ ...stopped, sources: past }, policy, unreadable);
  if (unreadable === null) return null;
  const helpers = policy === null ? [] : await governorsOf(past, policy);
  await deps.writer.upsertCheck(unreadableCheck(pull, unreadable, helpers));
  return { done: null };
}

/** The base commit, else the tip of the default branch, which says what is governed. */
async function findUnreadable(
  { reader }: Sources,
  { base }: PullFacts,
  commits: Commits,
): Promise<UnreadablePolicy | null> {
  const own = await findLastPolicy(reader, commits.base);
  if (own !== null) return own;
  const { defaultBranch } = await reader.repository();
  const tip = defaultBranch === base.ref ? null : await reader.branchHead(defaultBranch);
  return tip === null ? null : findLastPolicy(reader, tip);
}

async function readableAt({ reader }: Sources, commit: string): Promise<Policy | null> {
  try {
    return await readPolicy(reader, commit);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** The policy and beside it at most other configuration: no model's content, no data, no stages. */
async function mendsConfiguration({ reader }: Sources, { mergeBase, head }: Commits): Promise<boolean> {
  const changed = diffTrees(await reader.tree(mergeBase), await reader.tree(head));
  return (
    changed.some(({ path, after }) => path === policyPath && after !== null) &&
    changed.every(({ path }) => isConfiguration(path))
  );
}

async function governorsOf({ reader }: Sources, { roles }: Policy): Promise<readonly string[]> {
  if (roles.governor === undefined) return [];
  const people = await withUnknownRolesEmpty(reader, null).membersOf(roles.governor);
  return people.filter(({ kind }) => kind === 'User').map(({ login }) => login);
}

/** Nobody can approve the repair: the documented way is an administrator's, past the check, and it is told. */
async function governorsUnknown({ deps, sources, pull, fault }: StoppedLook): Promise<void> {
  if (!pull.merged) {
    await deps.writer.upsertCheck(bypassCheck(pull, fault));
    return;
  }
  const reason = 'governors unknown' as const;
  await recordPastGate(deps, sources, pull, { reason, because: `${fault.message}.`, final: true });
}

async function mergedPast(
  { deps, sources, pull, fault }: StoppedLook,
  policy: Policy | null,
  unreadable: UnreadablePolicy | null,
): Promise<{ readonly done: null } | null> {
  if (policy === null) return null;
  const because = `${fault.message}.`;
  if (unreadable !== null) {
    await recordPastGate(deps, sources, pull, { reason: 'policy unreadable', because, final: true });
    return { done: null };
  }
  const known = await isKnown(sources, policy);
  const reason = known ? 'not evaluated' : 'governors unknown';
  // A team may come back under its name: then it is decided as any other.
  await recordPastGate(deps, sources, pull, { reason, because, final: false });
  return { done: null };
}

/** True when GitHub knows who the governors are. */
export async function isKnown({ reader }: Pick<Sources, 'reader'>, { roles }: Policy): Promise<boolean> {
  try {
    if (roles.governor !== undefined) await reader.membersOf(roles.governor);
    return roles.governor !== undefined;
  } catch (error) {
    if (isUnknownRole(error)) return false;
    throw error;
  }
}
