import type { FoundAnchor } from '../../adapters/github/anchors.ts';
import type { AppIdentity } from '../../adapters/github/client.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { holdAgainst } from '../../core/audit/verify.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { headPath } from '../../core/registry/layout.ts';
import { checkLedger } from '../../core/report/ledger-proof.ts';
import { inTurns } from './in-turns.ts';
import { isOwn, sizeAt, strangersSince, toFinding } from './ledger-authors.ts';
import { correctedIn, type LedgerPlace, type ProvenLedger, toLedger } from './ledger-book.ts';
import { frozen, readLedgerFiles } from './ledger-files.ts';

/** Commits that are asked for their size, and of those that may be it, how many are proven. */
const maxCandidates = 100;
const maxProofs = 10;
const noCommit = /^0+$/;

/**
 * Finds the newest state of the ledger that the app itself wrote and that the newest anchor vouches for: on the branch as
 * it is, or, when it was set back or deleted, among the commits that it pointed to before.
 * @returns null: there is none, and nothing can be put back without a person
 */
export async function findGoodLedger(
  reader: GitHubReader,
  identity: AppIdentity,
  place: LedgerPlace,
  anchor: FoundAnchor,
): Promise<ProvenLedger | null> {
  let proofs = 0;
  for (const commit of await listCandidates(reader, identity, place)) {
    if (proofs >= maxProofs) return null;
    const size = await trySize(reader, commit);
    if (size === null || size < anchor.size) continue;
    proofs += 1;
    const ledger = await tryProve(reader, identity, { place, commit, anchor });
    if (ledger !== null) return ledger;
  }
  return null;
}

/**
 * What the app brought there, newest first: nobody else can make that list longer. Then what made the ledger longer on the
 * branch as it is, and what the branch held.
 */
async function listCandidates(
  reader: GitHubReader,
  { botId }: AppIdentity,
  { branch }: LedgerPlace,
): Promise<readonly string[]> {
  const late = await reader.moves(branch);
  const moves = (late?.whole === false ? await reader.pushes(branch) : null) ?? late?.moves ?? [];
  const own = moves.filter(({ by }) => by?.id === botId).map(({ after }) => after);
  const head = await reader.branchHead(branch);
  const reached = head === null ? [] : await reader.commitsOf(head, maxCandidates, headPath);
  const held = moves.flatMap(({ before, after }) => [after, before]);
  return [...own.slice(0, maxCandidates), ...reached.map(({ sha }) => sha), ...held]
    .filter((sha, at, all) => !noCommit.test(sha) && all.indexOf(sha) === at)
    .slice(0, 2 * maxCandidates);
}

/** A commit that the branch left may be gone from GitHub: it is no candidate then. */
async function trySize(reader: GitHubReader, commit: string): Promise<number | null> {
  try {
    return await sizeAt(reader, commit);
  } catch (error) {
    if (error instanceof ServiceError) return null;
    throw error;
  }
}

interface Candidate {
  readonly place: LedgerPlace;
  readonly commit: string;
  readonly anchor: FoundAnchor;
}

async function tryProve(
  reader: GitHubReader,
  identity: AppIdentity,
  { place, commit, anchor }: Candidate,
): Promise<ProvenLedger | null> {
  try {
    const files = await readLedgerFiles(reader, commit, place.layout);
    const checked = await inTurns(checkLedger(files, place.layout));
    const verification = holdAgainst(checked, [anchor], { tail: 'report' });
    if (verification.verdict === 'fail' || verification.anchored < anchor.size) return null;
    const at = { branch: place.branch, head: commit, corrected: correctedIn(verification) };
    // Without this, whoever wrote a right chain of forged entries would have them put back.
    const strangers = await strangersSince(reader, identity, at, verification.anchored);
    if (strangers.length > 0) throw frozen(strangers.map(toFinding));
    return toLedger(place, commit, verification, [anchor]);
  } catch (error) {
    if (error instanceof InputError || error instanceof ServiceError) return null;
    throw error;
  }
}

const maxFiles = 10;
const maxPerFile = 5;

/**
 * Commits that were not the app's, as far as they can be named: who made the ledger longer, and who wrote last to the files
 * that are not what they must be.
 * @param files of the ledger that differ from the good one
 */
export async function findForeign(
  reader: GitHubReader,
  identity: AppIdentity,
  { branch }: LedgerPlace,
  head: string,
  { snapshot, anchored }: ProvenLedger,
  files: readonly string[],
): Promise<readonly string[]> {
  const at = { branch, head, corrected: correctedIn(snapshot) };
  const found = new Set((await strangersSince(reader, identity, at, anchored)).map(({ sha }) => sha));
  for (const path of files.slice(0, maxFiles)) {
    for (const commit of await reader.commitsOf(head, maxPerFile, path)) {
      if (at.corrected.has(commit.sha)) continue;
      if (await isOwn(reader, identity, branch, commit)) break;
      found.add(commit.sha);
    }
  }
  return [...found].slice(0, maxNamed);
}
/** What one entry names at most. */
const maxNamed = 100;
