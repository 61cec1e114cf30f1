import type { AppIdentity } from '../../adapters/github/client.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { recordRequests } from '../../core/audit/record.ts';
import { GatehouseError, type InputError } from '../../core/error/error.ts';
import { correctionsOf } from '../../core/registry/incident.ts';
import { belongsToLedger, headPath } from '../../core/registry/layout.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { appPerson, codesOf, type Note, toRequest } from '../incident/notes.ts';
import { findForeign, findGoodLedger } from './good-commit.ts';
import { isOwn } from './ledger-authors.ts';
import type { LedgerPlace, ProvenLedger } from './ledger-book.ts';
import { readLedgerFiles } from './ledger-files.ts';

/** So often in a day the app puts the ledger back by itself; then somebody must protect the branch first. */
const mostADay = 3;
const dayMs = 86_400_000;

export type Repair =
  | { readonly kind: 'repaired'; readonly commit: string; readonly foreign: readonly string[] }
  /** Why not: one sentence of ours, and what a person does. */
  | { readonly kind: 'left'; readonly because: string };

/**
 * Puts back what the newest anchor vouches for, by a commit on top of whatever stands there, with an entry that says so.
 * History is never rewritten; nothing that somebody else wrote stays in force, and nothing new gets in: the authority is
 * the anchor, which only the app can make, and the app's own signed commits (GATE.md rule 20).
 * @throws ConflictError LEDGER_MOVED when somebody writes meanwhile: look again
 */
export async function repairLedger(deps: BotDeps, place: LedgerPlace, fault: InputError): Promise<Repair> {
  const { reader, identity, book } = openSources(deps);
  const tip = await reader.branchHead(place.anchorBranch);
  const anchor = await book.newestAnchor(reader, place);
  if (anchor === null || anchor.size === 0 || tip === null)
    return left('no anchor vouches for any state of it: a person must say which one is right');
  const good = await findGoodLedger(reader, identity, place, anchor);
  if (good?.commit == null)
    return left('no commit of the app with the anchored entries can be found: a person must bring it back');
  const now = await reader.branchHead(place.branch);
  const since = Date.parse(deps.now()) - dayMs;
  const tries = now === null ? 0 : await triedOfLate(reader, identity, place, now, since);
  if (Math.max(tries, correctedOfLate(good, since)) >= mostADay)
    return left(`it was put back ${mostADay} times within a day: protect the branch first`);
  return correct(deps, { place, good, restored: good.commit, head: now, tip, fault });
}

const left = (because: string): Repair => ({ kind: 'left', because });

/** Corrections that stand on the branch: one after which it did not verify is in no ledger that is good. */
async function triedOfLate(
  reader: GitHubReader,
  identity: AppIdentity,
  { branch }: LedgerPlace,
  head: string,
  since: number,
): Promise<number> {
  let tries = 0;
  for (const commit of await reader.commitsOf(head, maxRecent, headPath)) {
    if (!commit.message.startsWith(correctHeadline) || Date.parse(commit.committedAt) < since) continue;
    if (await isOwn(reader, identity, branch, commit)) tries += 1;
  }
  return tries;
}
const maxRecent = 50;
const correctHeadline = 'Correct the ledger: ';

function correctedOfLate({ snapshot }: ProvenLedger, since: number): number {
  // A time that cannot be read counts.
  return correctionsOf(snapshot.states).filter(({ at }) => !(Date.parse(at) < since)).length;
}

interface Correction {
  readonly place: LedgerPlace;
  readonly good: ProvenLedger;
  readonly restored: string;
  /** Commit that the branch points to; null: the branch is gone. */
  readonly head: string | null;
  /** Of the base branch: carries the anchor. */
  readonly tip: string;
  readonly fault: InputError;
}

async function correct(deps: BotDeps, correction: Correction): Promise<Repair> {
  const { place, good, restored, head, tip, fault } = correction;
  const { reader, identity } = openSources(deps);
  const found = head ?? restored;
  const wrong = await differences(deps, place.layout, restored, found);
  const foreign = await findForeign(reader, identity, place, found, good, [...wrong.keys()]);
  const note: Note = {
    command: {
      kind: 'correct-ledger',
      ...{ restored, size: good.snapshot.head.size, found, foreign },
      codes: codesOf(fault.findings),
    },
    at: deps.now(),
    by: appPerson(deps),
    source: {
      repositoryId: (await reader.repository()).id,
      ...{ pullRequest: 0, headSha: found, mergeSha: tip },
    },
  };
  const renderers = ledgerRenderersFor(place.layout);
  const { files } = recordRequests(good.snapshot, [toRequest(note)], place.layout, renderers);
  const entry = toWrites(files);
  const message = {
    branch: place.branch,
    headline: `${correctHeadline}the content of ${restored.slice(0, 12)} is back`,
    body: 'Written by Gatehouse. Somebody else than the app had written to this branch, or set it back.',
  };
  // A branch that was deleted comes back with the entry: one that came back without it would look untouched.
  const commit =
    head === null
      ? await deps.writer.startBranch({ ...message, parent: restored, files: entry })
      : await deps.writer.commitOnBranch({
          ...message,
          expectedHead: head,
          files: toWrites(new Map([...wrong, ...files])),
        });
  deps.book.wrote(commit);
  deps.log.warn({ branch: place.branch, commit, restored, foreign }, 'the ledger was put back');
  return { kind: 'repaired', commit, foreign };
}

const toWrites = <Content>(files: ReadonlyMap<string, Content>) =>
  [...files].map(([path, content]) => ({ path, content }));

/** path -> text that must stand there, null: nothing; only where it differs from what stands there now. */
async function differences(
  deps: BotDeps,
  layout: LedgerPlace['layout'],
  restored: string,
  found: string,
): Promise<Map<string, string | null>> {
  const { reader } = openSources(deps);
  const [right, now] = [await reader.tree(restored), await reader.tree(found)];
  const texts = await readLedgerFiles(reader, restored, layout);
  const writes = new Map<string, string | null>();
  for (const [path, text] of texts) {
    const [want, have] = [right.get(path), now.get(path)];
    if (want?.blob !== have?.blob || want?.mode !== have?.mode) writes.set(path, text);
  }
  for (const path of now.keys())
    if (belongsToLedger(path, layout) && !texts.has(path)) writes.set(path, null);
  return writes;
}

/** True for an error that says that the ledger is not what the app wrote. */
export const isFrozen = (error: unknown): error is InputError =>
  error instanceof GatehouseError && error.code === 'LEDGER_FROZEN';
