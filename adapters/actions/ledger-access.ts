import { type AnchorExpectations, anchorWorkflowOf } from '../../core/audit/signed-anchor.ts';
import type { Policy } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import { belongsToLedger, type LedgerLayout } from '../../core/registry/layout.ts';
import { type LedgerMemory, memoryDays, openMemory } from '../anchor/memory.ts';
import type { AnchorPlace } from '../anchor/place.ts';
import { readSignedAnchors } from '../anchor/read-signed.ts';
import { openReleases } from '../anchor/releases.ts';
import { openArtifactUploader } from '../artifact/upload.ts';
import { readAnchors } from '../github/anchors.ts';
import { parseRepositoryName } from '../github/client.ts';
import { createReader } from '../github/octokit-reader.ts';
import type { GitHubReader, RepositoryFacts } from '../github/reader.ts';
import { fetchKeys, issuerOf, type PublishedKey } from '../oidc/jwks.ts';
import { readPolicy } from '../proposal/read-proposal.ts';
import { inputNumber } from './input.ts';
import { openReader } from './job.ts';
import type { LedgerSource, ReadLedger } from './ledger-source.ts';

/** A ledger as a job reaches it, with what it takes to anchor it. */
export interface LedgerAccess extends Required<LedgerSource> {
  readonly repository: () => Promise<RepositoryFacts>;
  /** What a believed anchor of this repository must say of itself. */
  readonly expectations: () => Promise<AnchorExpectations>;
  /** The issuer's published keys. */
  readonly keys: () => Promise<readonly PublishedKey[]>;
  readonly releases: AnchorPlace;
}

type Reader = Pick<GitHubReader, 'repository' | 'branchHead' | 'file' | 'commitsOf' | 'ledgerFiles' | 'blob'>;

/** Runs of as many commits of the default branch are listened to: as far as anchors are looked for. */
const maxCommits = 100;

/** @throws InputError APP_ID_MISSING: without the app's id nobody knows whose check runs are anchors */
export function openLedgerSource(): LedgerAccess {
  const { client, run } = openReader();
  const appId = inputNumber('app-id');
  if (appId === null) {
    throw new InputError('APP_ID_MISSING', 'It is not known which app makes the anchors', {
      hint: "Give the input app-id: the number is on the app's page, under General.",
    });
  }
  const name = parseRepositoryName(run.repository);
  const reader = createReader(client, name, appId);
  const policy = once(() => readDefaultPolicy(reader));
  const issuer = issuerOf(run.serverUrl);
  const keys = () => fetchKeys(issuer);
  const expectations = async () => toExpectations(issuer, await reader.repository(), await policy());
  const releases = openReleases(client, name);
  return {
    ...{ repository: () => reader.repository(), expectations, keys, releases },
    readLedger: async () => readLedger(reader, await policy()),
    readAnchors: async () => readAnchors(reader, (await reader.repository()).defaultBranch),
    readSigned: () => readSignedAnchors([releases], expectations, keys),
    memory: openJobMemory(client, name, reader),
    findWriter: async (path) => findWriter(reader, (await policy()).ledger.branch, path),
    now: () => new Date(),
  };
}

/** Reads when it is first asked, and once. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

async function readDefaultPolicy(reader: Reader): Promise<Policy> {
  const { defaultBranch } = await reader.repository();
  const tip = await reader.branchHead(defaultBranch);
  return readPolicy(reader, tip ?? defaultBranch);
}

const toExpectations = (
  issuer: string,
  { id, defaultBranch }: RepositoryFacts,
  { trusted, judgeRunner }: Policy,
): AnchorExpectations => ({
  issuer,
  repositoryId: id,
  ref: `refs/heads/${defaultBranch}`,
  workflow: anchorWorkflowOf(trusted),
  runner: judgeRunner,
});

/** The facts of the repository are asked for when the memory is. */
function openJobMemory(
  client: Parameters<typeof openReleases>[0],
  name: Parameters<typeof openReleases>[1],
  reader: Reader,
): LedgerMemory {
  const found = openArtifactUploader(process.env, { now: () => new Date(), retentionDays: memoryDays });
  const open = once(async () => {
    const { id, defaultBranch } = await reader.repository();
    return openMemory({
      ...{ client, name, defaultBranch, repositoryId: id, ref: process.env.GITHUB_REF ?? '' },
      commits: async () => (await reader.commitsOf(defaultBranch, maxCommits)).map(({ sha }) => sha),
      uploader: found.kind === 'uploader' ? found.uploader : null,
      now: () => new Date(),
    });
  });
  return {
    recall: async () => (await open()).recall(),
    keep: async (head) => (await open()).keep(head),
  };
}

async function findWriter(reader: Reader, branch: string, path: string): Promise<string | null> {
  const head = await reader.branchHead(branch);
  if (head === null) return null;
  return (await reader.commitsOf(head, 1, path))[0]?.sha ?? null;
}

async function readLedger(reader: Reader, { ledger }: Policy): Promise<ReadLedger> {
  const { defaultBranch } = await reader.repository();
  const layout: LedgerLayout = ledger.branch === defaultBranch ? 'shared' : 'own';
  const head = await reader.ledgerFiles(ledger.branch);
  if (head === null) {
    throw new InputError('LEDGER_NOT_FOUND', `There is no branch "${ledger.branch}"`, {
      hint: 'The app makes it when it records the first merge of a proposal.',
    });
  }
  const listed = [...head.listing.values()].filter(({ path }) => belongsToLedger(path, layout));
  const files = await Promise.all(
    listed.map(async ({ path, blob }) => [path, await reader.blob(blob)] as const),
  );
  return { files: new Map(files), layout, place: { branch: ledger.branch, commit: head.head } };
}
