import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Policy } from '../../core/config/policy.ts';
import { ConflictError, InputError } from '../../core/error/error.ts';
import { align } from '../align.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { readDefaultPolicy } from '../gather/governance.ts';
import { findLastPolicy, withLastPolicy } from '../gather/last-policy.ts';
import { placeOf } from '../gather.ts';
import type { LedgerPlace, ProvenLedger } from '../ledger/ledger-book.ts';
import { servingOf } from '../publish/not-promoted.ts';
import { findPushes, type PastPush } from './find-pushes.ts';
import { guardLedger } from './guard-ledger.ts';
import { leaveMark, openMark } from './marks.ts';
import { type Note, writeNotes } from './notes.ts';
import { closeIncidents } from './review.ts';

/**
 * Looks after a repository as a whole, whatever pull requests say: the ledger is what the app wrote, what was approved in
 * advance is rolled back, stages.yml says what the ledger says, pushes past the gate are found, and incidents that are over are closed. Level-triggered.
 */
export async function tend(deps: BotDeps): Promise<void> {
  const { reader } = openSources(deps);
  const repository = await reader.repository();
  const tip = await reader.branchHead(repository.defaultBranch);
  if (tip === null) return;
  const past = withLastPolicy(reader);
  const policy = await readPolicyOrNull(deps, past, repository);
  if (policy === null) return;
  const place = placeOf(policy.ledger.branch, repository.defaultBranch);
  const ledger = await guardLedger(deps, place);
  if (ledger === null) return;
  // While the policy cannot be read nothing is moved, and nothing can have been.
  if ((await findLastPolicy(reader, tip)) === null) await align(deps);
  if (policy.enforce === false) return;
  // One that is too new to tell holds up nothing else: it is thrown at the end, and looked at again.
  const tooNew = await notePushes(deps, past, {
    ...{ place, policy, ledger, branch: repository.defaultBranch },
  }).catch((error: unknown) => {
    if (error instanceof ConflictError && error.code === 'PUSH_TOO_NEW') return error;
    throw error;
  });
  const fresh = openSources(deps);
  await closeIncidents(deps, {
    reader: fresh.reader,
    place,
    ledger: await fresh.book.read(fresh.reader, fresh.identity, place),
    policy,
  });
  if (tooNew) throw tooNew;
}

async function readPolicyOrNull(
  deps: BotDeps,
  reader: GitHubReader,
  repository: Parameters<typeof readDefaultPolicy>[1],
): Promise<Policy | null> {
  try {
    return await readDefaultPolicy(reader, repository);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    deps.log.warn({ code: error.code }, 'no policy of the default branch can be read');
    return null;
  }
}

interface Tended {
  readonly place: LedgerPlace;
  readonly policy: Policy;
  readonly ledger: ProvenLedger;
  readonly branch: string;
}

async function notePushes(
  deps: BotDeps,
  reader: GitHubReader,
  { place, policy, ledger, branch }: Tended,
): Promise<void> {
  const { id, url } = await reader.repository();
  const branches = policy.branches.length > 0 ? policy.branches : [branch];
  for (const baseRef of branches) {
    const pushes = await findPushes(deps, reader, ledger, baseRef);
    const newest = pushes[0];
    if (newest === undefined) continue;
    // The mark first: what the ledger knows is not looked at again.
    for (const push of pushes) {
      await leaveMark(deps, openMark('push'), {
        reason: 'pushed past',
        because: `${push.changed.length === 1 ? 'A governed path' : `${push.changed.length} governed paths`} changed without a pull request, so nothing was judged and nobody approved.`,
        by: push.by.login,
        ...{ baseRef, commit: push.commit.sha, model: push.model, helpers: [] },
        serving: servingOf(ledger, push.model),
      });
    }
    const headline = `Note ${pushes.length === 1 ? 'a push' : `${pushes.length} pushes`} past the gate`;
    // Oldest first, as they came.
    const notes = pushes.map((push) => toNote(deps, id, baseRef, push)).reverse();
    await writeNotes(deps, { place, headline, url, anchorOn: newest.commit.sha }, notes);
  }
}

function toNote(
  deps: BotDeps,
  repositoryId: number,
  baseRef: string,
  { commit, base, by, model }: PastPush,
): Note {
  return {
    command: { kind: 'open-incident', reason: 'pushed past', model, baseRef, base, codes: [] },
    // When it was found: the time of a commit is its author's text.
    at: deps.now(),
    by,
    source: { repositoryId, pullRequest: 0, headSha: commit.sha, mergeSha: commit.sha },
  };
}
