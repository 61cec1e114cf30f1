import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { ArtifactUploader } from '../artifact/upload.ts';
import { streamZip } from '../artifact/zip-stream.ts';
import type { RunArtifact } from './run-artifacts.ts';

/** Artifacts of one run in a folder, as zips. */
export interface Shelf {
  readonly uploader: Pick<ArtifactUploader, 'upload' | 'remove'>;
  readonly names: () => readonly string[];
  readonly list: () => Promise<readonly RunArtifact[]>;
  readonly download: (id: number, file: string) => Promise<{ readonly digest: Digest }>;
  /** Puts a zip of somebody else's making there. */
  readonly put: (name: string, zip: Uint8Array) => Promise<void>;
  readonly read: (name: string) => Promise<Buffer>;
  /** What the next uploads do, besides. */
  onUpload: (name: string) => Promise<void> | void;
  /** How many downloads fail first. */
  failures: number;
}

const digestOf = (bytes: Uint8Array): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export function openShelf(folder: string): Shelf {
  const artifacts: RunArtifact[] = [];
  let nextId = 1;
  const fileOf = (id: number): string => join(folder, `${id}.zip`);
  const put = async (name: string, zip: Uint8Array): Promise<void> => {
    artifacts.push({ id: nextId, name, digest: digestOf(zip) });
    await writeFile(fileOf(nextId), zip);
    nextId += 1;
  };
  const shelf: Shelf = {
    onUpload: () => undefined,
    failures: 0,
    names: () => artifacts.map(({ name }) => name),
    list: async () => artifacts,
    put,
    read: (name) => readFile(fileOf(artifacts.find((one) => one.name === name)?.id ?? 0)),
    async download(id, file) {
      if (shelf.failures > 0) {
        shelf.failures -= 1;
        throw new ServiceError('ARTIFACT_DOWNLOAD', 'HTTP 502', { hint: 'Again.' });
      }
      await copyFile(fileOf(id), file);
      return { digest: digestOf(await readFile(file)) };
    },
    uploader: {
      async upload(name, files) {
        await shelf.onUpload(name);
        const chunks: Uint8Array[] = [];
        for await (const chunk of streamZip(files)) chunks.push(chunk);
        const zip = Buffer.concat(chunks);
        await put(name, zip);
        return { id: nextId - 1, name, digest: digestOf(zip), sizeBytes: zip.length };
      },
      async remove(name) {
        artifacts.splice(
          artifacts.findIndex((one) => one.name === name),
          1,
        );
      },
    },
  };
  return shelf;
}
