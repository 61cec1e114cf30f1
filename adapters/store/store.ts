import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkRule } from '../../core/config/network.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { isDigest } from '../../core/json/canonical.ts';
import { openPlace } from './open-place.ts';
import type { HashedFile, Place, PlaceOptions } from './place.ts';
import { copyHashed, hashBytes, hashFile } from './transfer.ts';

export interface Stored {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Bytes kept for good under their own digest: written once, never changed, verified whenever they are read. */
export interface Store {
  /** Keeps a file; the same bytes again cost nothing and change nothing. At most 2 GiB. */
  putFile(file: string): Promise<Stored>;
  putBytes(bytes: Uint8Array | string): Promise<Stored>;
  /**
   * Copies the bytes of a digest into `folder` and verifies them on the way.
   * @returns the local file
   * @throws InputError STORE_ABSENT when the store does not have them; ServiceError STORE_CORRUPT when it has others
   */
  get(digest: Digest, folder: string): Promise<string>;
  /** True when something lies under the digest; only `get` verifies it. */
  has(digest: Digest): Promise<boolean>;
}

/**
 * Opens the store of a policy: `<root>/sha256/<2 hex>/<62 hex>` in a folder, on a web server or in a bucket.
 * @param network what base's policy lets the job reach (`networkOf`); absent: the store's own host, at a public address
 * @throws InputError STORE_URL; ServiceError STORE_MISSING when its folder is not there
 */
export async function openStore(url: string, network?: NetworkRule, options?: PlaceOptions): Promise<Store> {
  const place = openPlace(url, 'store', network, options);
  await place.require();
  return {
    putFile: (file) => putFile(place, file),
    putBytes: (bytes) => withTemporary(bytes, (file) => putFile(place, file)),
    get: (digest, folder) => get(place, digest, folder),
    has: (digest) => place.has(locate(digest)),
  };
}

function locate(digest: Digest): string {
  if (!isDigest(digest)) {
    throw new InputError('STORE_DIGEST', `"${String(digest).slice(0, 80)}" is no digest`, {
      hint: 'A digest is sha256: followed by 64 lower-case hex characters.',
    });
  }
  const hex = digest.slice('sha256:'.length);
  return `sha256/${hex.slice(0, 2)}/${hex.slice(2)}`;
}

async function putFile(place: Place, file: string): Promise<Stored> {
  const { hex, sizeBytes } = await hashFile(file, 'sha256');
  const digest: Digest = `sha256:${hex}`;
  const hashed: HashedFile = { file, sha256: hex, sizeBytes };
  if ((await place.put(locate(digest), hashed)) === 'taken') await requireSame(place, digest);
  return { digest, sizeBytes };
}

/** Somebody was first. What lies there is read: it would else be found damaged when it is needed, and too late. */
async function requireSame(place: Place, digest: Digest): Promise<void> {
  const bytes = await place.open(locate(digest));
  const hex = bytes === null ? null : (await hashBytes(bytes, 'sha256')).hex;
  if (`sha256:${hex}` !== digest) throw corrupt(digest, place.address);
}

async function get(place: Place, digest: Digest, folder: string): Promise<string> {
  const path = locate(digest);
  const bytes = await place.open(path);
  if (bytes === null) {
    throw new InputError('STORE_ABSENT', `The store ${place.address} does not have ${digest}`, {
      hint: 'Run the job that made these bytes again, or restore them into the store: nothing is promoted without its bytes.',
    });
  }
  const target = join(folder, path.replaceAll('/', '-'));
  const { hex } = await copyHashed(bytes, target, 'sha256');
  if (`sha256:${hex}` === digest) return target;
  await rm(target, { force: true });
  throw corrupt(digest, place.address);
}

async function withTemporary<T>(bytes: Uint8Array | string, use: (file: string) => Promise<T>): Promise<T> {
  const file = join(tmpdir(), `gatehouse-${randomUUID()}`);
  await writeFile(file, bytes, { mode: 0o600 });
  try {
    return await use(file);
  } finally {
    await rm(file, { force: true });
  }
}

function corrupt(digest: Digest, where: string): ServiceError {
  return new ServiceError(
    'STORE_CORRUPT',
    `The store holds other bytes than their digest says: ${digest.slice(0, 19)}…`,
    {
      hint: `Restore these bytes at ${where} from a backup and find out who can write to the store: it must be write-once.`,
    },
  );
}
