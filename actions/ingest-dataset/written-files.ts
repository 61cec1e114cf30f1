import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { artifactLimitBytes } from '../../adapters/actions/artifact.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { type IngestedFile, isBelow, maxIngestedFiles } from '../../core/dataset/ingest-record.ts';

/** What differs below `to` from the commit that was checked out. */
export interface WrittenFiles {
  readonly files: readonly IngestedFile[];
  readonly removed: readonly string[];
}

/** The command wrote something that cannot be passed on: `how` the ingest failed, as display text. */
export class Unusable extends Error {}

/**
 * Copies what the team's command wrote into a folder of ours, under our names, and digests what was copied: what a
 * process that stayed behind changes later is noticed by whoever opens the artifact.
 * @throws Unusable for links, for more than an artifact holds
 */
export async function takeWritten(
  workspace: string,
  to: string,
  listing: ReadonlyMap<string, ListedFile>,
  folder: string,
): Promise<WrittenFiles> {
  const paths = await listFiles(workspace, to);
  const there = new Set(paths);
  const files: IngestedFile[] = [];
  let total = 0;
  for (const path of paths) {
    // A pointer beside its data is written again from the data.
    if (/(^|\/)\.gitignore$/.test(path) || (path.endsWith('.dvc') && there.has(path.slice(0, -4)))) continue;
    if (await isUnchanged(workspace, path, listing)) continue;
    if (files.length === maxIngestedFiles) throw new Unusable(`it wrote more than ${maxIngestedFiles} files`);
    const name = `${String(files.length + 1).padStart(4, '0')}.bin`;
    const copied = await copyDigested(join(workspace, path), join(folder, name), artifactLimitBytes - total);
    total += copied.sizeBytes;
    files.push({ path, name, ...copied });
  }
  const removed = [...listing.keys()].filter((path) => isBelow(path, to) && !there.has(path)).sort();
  return { files, removed };
}

/** Every plain file at or below `to`, sorted. Links may lead anywhere, a folder above included. */
async function listFiles(workspace: string, to: string): Promise<readonly string[]> {
  const root = await realpath(workspace);
  const place = await realpath(join(workspace, to)).catch(() => null);
  if (place === null) return [];
  if (place !== join(root, to)) throw new Unusable(`${to} is a link`);
  const facts = await lstat(place);
  if (facts.isFile()) return [to];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .flatMap((entry) => {
      if (entry.isDirectory()) return [];
      const path = join(entry.parentPath, entry.name).slice(root.length + 1);
      if (!entry.isFile()) throw new Unusable(`${path} is no plain file`);
      return [path];
    })
    .sort();
}

/** Only what git itself holds can be unchanged; data that DVC keeps is not in the checkout. */
async function isUnchanged(
  workspace: string,
  path: string,
  listing: ReadonlyMap<string, ListedFile>,
): Promise<boolean> {
  const listed = listing.get(path);
  if (listed === undefined) return false;
  const file = join(workspace, path);
  const hash = createHash(listed.blob.length === 64 ? 'sha256' : 'sha1');
  hash.update(`blob ${(await lstat(file)).size}\0`);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex') === listed.blob;
}

async function copyDigested(from: string, to: string, roomBytes: number) {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (sizeBytes > roomBytes) return done(new Unusable('it wrote more than 2 GiB'));
      sha256.update(chunk);
      md5.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(from), measure, createWriteStream(to));
  return { sha256: `sha256:${sha256.digest('hex')}` as const, md5: md5.digest('hex'), sizeBytes };
}
