import {
  parseRemembered,
  type RememberedHead,
  rememberedFileName,
  renderRemembered,
} from '../../core/audit/remembered.ts';
import { findingsOf, GatehouseError, InputError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { ArtifactUploader } from '../artifact/upload.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub, statusOf } from '../github/failure.ts';
import { readPlainZip } from '../github/plain-zip.ts';
import { downloadArtifact } from '../github/runs.ts';

/** Of every run that leaves one: GitHub finds artifacts of a repository by name. */
export const memoryName = 'gatehouse-ledger-memory';
/** As long as GitHub keeps artifacts unless told otherwise. */
export const memoryDays = 90;
/** A memory that grows old is left again, long before it expires. */
const renewedAfterMs = 30 * 86_400_000;
const maxBytes = 64 * 1024;
/** All of them must agree: a newer memory that says less does not push out one that says more. */
const newestMemories = 3;

/** What runs of the default branch remember of a ledger. */
export interface LedgerMemory {
  /** Also says what could not be read: a reader without a memory sees less. @throws ServiceError */
  recall(): Promise<{ readonly remembered: readonly RememberedHead[]; readonly notes: readonly Finding[] }>;
  /** Leaves a proven head for the next reader; null where that is done, or not for this run to do. */
  keep(
    head: Pick<RememberedHead, 'size' | 'root' | 'frontier' | 'commit' | 'branch'>,
  ): Promise<Finding | null>;
}

export interface MemoryPlace {
  readonly client: GitHubClient;
  readonly name: RepositoryName;
  readonly repositoryId: number;
  readonly defaultBranch: string;
  /** Ids of the newest commits of the default branch: runs of them alone are listened to. */
  readonly commits: () => Promise<readonly string[]>;
  /** `refs/heads/main`: GITHUB_REF of this run. */
  readonly ref: string;
  /** null: this job cannot upload. */
  readonly uploader: ArtifactUploader | null;
  readonly now: () => Date;
}

/**
 * Remembers by artifacts of runs on the default branch. An artifact and not a cache entry: a cache gives the newest entry
 * of a key and forgets by itself after seven days; artifacts are listed with the commit and branch of their run, so several
 * can be held against the ledger, and those of a pull request are told apart.
 * @see https://docs.github.com/rest/actions/artifacts
 */
export function openMemory(place: MemoryPlace): LedgerMemory {
  let newest: RememberedHead | null = null;
  return {
    recall: async () => {
      const found = await recall(place);
      newest = found.remembered[0] ?? null;
      return found;
    },
    keep: (head) => keep(place, newest, head),
  };
}

async function recall(place: MemoryPlace): ReturnType<LedgerMemory['recall']> {
  const ids = await listMemories(place);
  if (ids === null) return { remembered: [], notes: [unread()] };
  const remembered: RememberedHead[] = [];
  for (const id of ids) {
    const memory = await readMemory(place, id);
    if (memory.repositoryId === place.repositoryId) remembered.push(memory);
  }
  return { remembered, notes: [] };
}

/** Newest first; null: the job's token may not list artifacts. */
async function listMemories({
  client,
  name,
  repositoryId,
  defaultBranch,
  commits,
}: MemoryPlace): Promise<readonly number[] | null> {
  const artifacts = await readGitHub('artifacts of the repository', async () => {
    try {
      const { data } = await client.request('GET /repos/{owner}/{repo}/actions/artifacts', {
        ...name,
        name: memoryName,
        per_page: 100,
      });
      return data.artifacts;
    } catch (error) {
      // 403, and 404 where not even their being there is told: a grant that the caller did not give.
      if (statusOf(error) === 403 || statusOf(error) === 404) return null;
      throw error;
    }
  });
  if (artifacts === null) return null;
  const ofBranch = artifacts.filter(
    ({ name: called, expired, size_in_bytes: size, workflow_run: run }) =>
      called === memoryName &&
      !expired &&
      size <= maxBytes &&
      // A fork may call its branch main as well.
      run?.repository_id === repositoryId &&
      run.head_repository_id === repositoryId &&
      run.head_branch === defaultBranch,
  );
  if (ofBranch.length === 0) return [];
  // A tag may have the name of the branch; its commit is not on the branch.
  const known = new Set(await commits());
  const trusted = ofBranch.filter(({ workflow_run: run }) => known.has(run?.head_sha ?? ''));
  return trusted
    .map(({ id }) => id)
    .sort((a, b) => b - a)
    .slice(0, newestMemories);
}

/** @throws InputError LEDGER_MEMORY_INVALID: what cannot be read is not forgotten silently */
async function readMemory({ client, name }: MemoryPlace, id: number): Promise<RememberedHead> {
  const source = `artifact ${id} (${memoryName})`;
  const refuse = (why: string, cause?: unknown) =>
    new InputError('LEDGER_MEMORY_INVALID', `${source} is not believed: ${why}`, {
      hint: 'Find the run that left it, then delete the artifact: the next reader begins anew.',
      cause,
    });
  const zip = await downloadArtifact(client, name, id, maxBytes);
  const texts = readPlainZip(zip, { names: [rememberedFileName], maxBytes, refuse });
  return parseRemembered(texts.get(rememberedFileName) ?? '', source);
}

async function keep(
  { repositoryId, defaultBranch, ref, uploader, now }: MemoryPlace,
  newest: RememberedHead | null,
  head: Parameters<LedgerMemory['keep']>[0],
): Promise<Finding | null> {
  const at = now();
  const isKnown = newest !== null && newest.size === head.size && newest.root === head.root;
  if (isKnown && at.getTime() - Date.parse(newest.at) < renewedAfterMs) return null;
  // A run of another branch reads what the default branch remembers, and adds nothing to it.
  if (ref !== `refs/heads/${defaultBranch}` || uploader === null) return null;
  const { size, root, frontier, commit, branch } = head;
  const text = renderRemembered({
    ...{ kind: 'RememberedLedger', v: 1, repositoryId, branch, commit },
    ...{ size, root, frontier, at: at.toISOString() },
  });
  try {
    await uploader.upload(memoryName, [{ kind: 'text', name: rememberedFileName, text }]);
    return null;
  } catch (error) {
    // Two jobs of one run may leave one each. The proof stands without its memory; the next reader leaves it.
    if (!(error instanceof GatehouseError)) throw error;
    return { ...findingsOf('ledger', error)[0], severity: 'note' };
  }
}

const unread = (): Finding => ({
  code: 'ledger/memory-unread',
  severity: 'warn',
  message:
    'This job may not read what earlier runs remember of the ledger: a ledger that was put back to an earlier state is told by anchors alone',
  fix: 'Give the job permissions: { actions: read } beside contents: read and checks: read.',
});
