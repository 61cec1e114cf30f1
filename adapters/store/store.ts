import { randomUUID } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { chmod, link, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { isDigest } from '../../core/json/canonical.ts';
import {
  copyHashed,
  fail,
  hashFile,
  maxFileBytes,
  openBytes,
  parsePlace,
  refuseSize,
  request,
  requireFolder,
} from './transfer.ts';

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
 * Opens the store of a policy: `<root>/sha256/<2 hex>/<62 hex>`.
 * @throws InputError STORE_URL; ServiceError STORE_MISSING when its folder is not there
 */
export async function openStore(url: string): Promise<Store> {
  const place = parsePlace(url, 'store');
  if (place.protocol === 'file:') await requireFolder(fileURLToPath(place));
  const putFile = place.protocol === 'file:' ? putLocal : putRemote;
  return {
    putFile: (file) => putFile(place, file),
    putBytes: (bytes) => withTemporary(bytes, (file) => putFile(place, file)),
    get: (digest, folder) => get(place, digest, folder),
    has: (digest) => has(place, digest),
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

async function putLocal(place: URL, file: string): Promise<Stored> {
  const root = fileURLToPath(place);
  await requireFolder(root);
  await requireSize(file);
  const draft = join(root, 'incoming', randomUUID());
  const { hex, sizeBytes } = await copyHashed(createReadStream(file), draft, 'sha256');
  const digest: Digest = `sha256:${hex}`;
  const target = join(root, locate(digest));
  try {
    await chmod(draft, 0o444);
    await mkdir(dirname(target), { recursive: true });
    // A link fails when the name is taken: nothing that lies there is ever overwritten.
    await link(draft, target).catch((error: NodeJS.ErrnoException) => acceptTaken(error, target, digest));
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw fail(place, `${locate(digest)} could not be written`, error);
  } finally {
    await rm(draft, { force: true });
  }
  return { digest, sizeBytes };
}

async function acceptTaken(error: NodeJS.ErrnoException, target: string, digest: Digest): Promise<void> {
  if (error.code !== 'EEXIST') throw error;
  const { hex } = await hashFile(target, 'sha256');
  if (`sha256:${hex}` !== digest) throw corrupt(digest, target);
}

async function putRemote(place: URL, file: string): Promise<Stored> {
  await requireSize(file);
  const { hex, sizeBytes } = await hashFile(file, 'sha256');
  const digest: Digest = `sha256:${hex}`;
  const answer = await request(place, locate(digest), {
    method: 'PUT',
    headers: { 'if-none-match': '*', 'content-type': 'application/octet-stream' },
    body: await openAsBlob(file),
    redirect: 'error',
  });
  // 412: somebody was first. It is verified when it is read.
  if (!answer.ok && answer.status !== 412)
    throw fail(place, `HTTP ${answer.status} for PUT ${locate(digest)}`);
  return { digest, sizeBytes };
}

async function get(place: URL, digest: Digest, folder: string): Promise<string> {
  const path = locate(digest);
  const bytes = await openBytes(place, path);
  if (bytes === null) {
    throw new InputError('STORE_ABSENT', `The store ${place.href} does not have ${digest}`, {
      hint: 'Run the job that made these bytes again, or restore them into the store: nothing is promoted without its bytes.',
    });
  }
  const target = join(folder, path.replaceAll('/', '-'));
  const { hex } = await copyHashed(bytes, target, 'sha256');
  if (`sha256:${hex}` === digest) return target;
  await rm(target, { force: true });
  throw corrupt(digest, place.href);
}

async function has(place: URL, digest: Digest): Promise<boolean> {
  const path = locate(digest);
  if (place.protocol === 'file:') {
    const root = fileURLToPath(place);
    await requireFolder(root);
    return stat(join(root, path)).then(
      (found) => found.isFile(),
      () => false,
    );
  }
  const answer = await request(place, path, { method: 'HEAD', redirect: 'error' });
  if (!answer.ok && answer.status !== 404) throw fail(place, `HTTP ${answer.status} for HEAD ${path}`);
  return answer.ok;
}

async function requireSize(file: string): Promise<void> {
  const found = await stat(file);
  if (found.size > maxFileBytes) throw refuseSize(`${file} has ${found.size} bytes`);
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
