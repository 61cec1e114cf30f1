import { readFile } from 'node:fs/promises';
import { networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { openStore } from '../store/store.ts';

/** Dataset records by digest. */
export interface RecordStore {
  /** @throws InputError STORE_ABSENT; ServiceError when the store fails or holds other bytes */
  get(digest: Digest): Promise<Uint8Array>;
  put(text: string): Promise<Digest>;
}

/** Opens the store of a policy for records. @param folder an empty folder of ours */
export async function openRecordStore(policy: Policy, folder: string): Promise<RecordStore> {
  const store = await openStore(policy.store, networkOf(policy));
  return {
    get: async (digest) => new Uint8Array(await readFile(await store.get(digest, folder))),
    put: async (text) => (await store.putBytes(text)).digest,
  };
}
