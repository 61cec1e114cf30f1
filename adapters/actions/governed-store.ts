import { copyFile, readFile, stat } from 'node:fs/promises';
import { networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { GitHubReader } from '../github/reader.ts';
import type { Proposal, ProposalCommits } from '../proposal/read-proposal.ts';
import { readAtTip } from '../proposal/tip.ts';
import { openStore, type Store } from '../store/store.ts';
import { makeFolder } from './job.ts';

/** The store that base's policy names. It is known only once the pull request has been read. */
export interface GovernedStore {
  /** Reads the pull request at the tip of its base branch, which governs, and opens that policy's store. */
  proposal(commits: ProposalCommits): Promise<Proposal>;
  get(digest: Digest): Promise<Uint8Array>;
  /** null: the store does not have it. The bytes are verified on the way. */
  sizeOf(digest: Digest): Promise<number | null>;
  putFile(file: string): Promise<Digest>;
  putBytes(bytes: Uint8Array): Promise<Digest>;
  copyFromStore(digest: Digest, file: string): Promise<void>;
}

export function openGovernedStore(reader: GitHubReader): GovernedStore {
  const folder = makeFolder('store');
  let policy: Policy | null = null;
  let opened: Promise<Store> | null = null;
  const store = (): Promise<Store> => {
    if (policy === null) throw notRead();
    opened ??= openStore(policy.store, networkOf(policy));
    return opened;
  };
  return {
    proposal: async (commits) => {
      const proposal = await readAtTip(reader, commits);
      policy = proposal.policy;
      return proposal;
    },
    get: async (digest) => new Uint8Array(await readFile(await (await store()).get(digest, folder))),
    sizeOf: async (digest) => sizeOf(await store(), digest, folder),
    putFile: async (file) => (await (await store()).putFile(file)).digest,
    putBytes: async (bytes) => (await (await store()).putBytes(bytes)).digest,
    copyFromStore: async (digest, file) => copyFile(await (await store()).get(digest, folder), file),
  };
}

async function sizeOf(store: Store, digest: Digest, folder: string): Promise<number | null> {
  try {
    return (await stat(await store.get(digest, folder))).size;
  } catch (error) {
    if (error instanceof InputError && error.code === 'STORE_ABSENT') return null;
    throw error;
  }
}

function notRead(): ServiceError {
  return new ServiceError('STORE_UNKNOWN', 'The store was asked for before the policy was read', {
    hint: 'Report this: it is a fault of Gatehouse.',
  });
}
