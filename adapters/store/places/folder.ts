import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, link, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, ServiceError } from '../../../core/error/error.ts';
import type { HashedFile, Place } from '../place.ts';
import { copyHashed, fail } from '../transfer.ts';

const chunkBytes = 1 << 20;

/** A folder of this machine, local or mounted. */
export function openFolder(url: string): Place {
  const root = fileURLToPath(url);
  return {
    address: url,
    open: (path) => open(root, path),
    has: (path) => has(root, path),
    put: (path, file) => put(root, path, file),
    require: () => requireFolder(root),
  };
}

async function open(root: string, path: string): Promise<AsyncIterable<Uint8Array> | null> {
  await requireFolder(root);
  const file = join(root, path);
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw fail(root, `${path} cannot be read (${error.code})`, error);
  });
  if (found === null) return null;
  if (!found.isFile()) throw fail(root, `${path} is not a file`);
  return createReadStream(file, { highWaterMark: chunkBytes });
}

async function has(root: string, path: string): Promise<boolean> {
  await requireFolder(root);
  return stat(join(root, path)).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function put(root: string, path: string, { file, sha256 }: HashedFile): Promise<'written' | 'taken'> {
  await requireFolder(root);
  const draft = join(root, 'incoming', randomUUID());
  const target = join(root, path);
  try {
    const { hex } = await copyHashed(createReadStream(file), draft, 'sha256');
    if (hex !== sha256) throw refuseChanged(file);
    await chmod(draft, 0o444);
    await mkdir(dirname(target), { recursive: true });
    // A link fails when the name is taken: nothing that lies there is ever overwritten.
    return await link(draft, target).then(
      () => 'written' as const,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return 'taken' as const;
        throw error;
      },
    );
  } catch (error) {
    if (error instanceof ServiceError || error instanceof InputError) throw error;
    throw fail(root, `${path} could not be written`, error);
  } finally {
    await rm(draft, { force: true });
  }
}

function refuseChanged(file: string): InputError {
  return new InputError('FILE_CHANGED', `${file} changed while it was stored`, {
    hint: 'Store it again when nothing writes to it any more.',
  });
}

async function requireFolder(root: string): Promise<void> {
  const found = await stat(root).catch(() => null);
  if (found?.isDirectory()) return;
  throw new ServiceError('STORE_MISSING', `The folder ${root} is not there`, {
    hint: `Create ${root} (or mount it) on this runner, or correct store and data in .github/gatehouse.yml.`,
  });
}
