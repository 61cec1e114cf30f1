import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedFile } from '../../core/dataset/files.ts';
import { measureFiles } from '../../core/dataset/measure.fixture.ts';
import { writePointer } from '../dvc/pointer.ts';
import { openRemote } from '../dvc/remote.ts';
import type { DataFile } from '../engine/engine.ts';
import type { KeyEngine } from '../engine/key-engine.ts';
import type { ShardReader } from './shard-dataset.ts';

/** A repository in memory with data in a DVC remote on this machine. */
export class ShardBench {
  readonly listing = new Map<string, ListedFile>();
  readonly #blobs = new Map<string, Buffer>();
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get remoteUrl(): string {
    return `file://${this.folder}/remote`;
  }

  commit(path: string, text: string): void {
    const blob = createHash('sha1').update(`${path}\0${text}`).digest('hex');
    this.#blobs.set(blob, Buffer.from(text));
    this.listing.set(path, { path, mode: '100644', blob });
  }

  /** Puts a file into the remote and its pointer into the tree. */
  async track(path: string, text: string): Promise<void> {
    await mkdir(join(this.folder, 'remote'), { recursive: true });
    await writeFile(join(this.folder, 'file'), text);
    const pushed = await openRemote(this.remoteUrl).push(join(this.folder, 'file'));
    this.commit(`${path}.dvc`, writePointer({ out: path.split('/').at(-1) ?? '', ...pushed }));
  }

  /** Every commit has the same tree. */
  get reader(): ShardReader {
    const blob = async (id: string): Promise<Uint8Array> => {
      const bytes = this.#blobs.get(id);
      if (bytes === undefined) throw new TypeError(`no blob ${id}`);
      return bytes;
    };
    return {
      tree: async () => this.listing,
      blob,
      file: async (path) => {
        const listed = this.listing.get(path);
        return listed === undefined ? null : blob(listed.blob);
      },
    };
  }
}

/** An engine that measures plain CSV without quotes and knows no keys: what the real one is held against elsewhere. */
export const plainEngine = async (): Promise<KeyEngine> => ({
  version: 'plain 1',
  profile: async (plan, files, options) => {
    const others = new Map<string, readonly (readonly (string | null)[])[]>();
    for (const [name, tables] of options?.others ?? []) {
      others.set(
        name,
        (await Promise.all(tables.map(readPlain))).flatMap(({ rows }) => rows),
      );
    }
    return measureFiles(plan, await Promise.all(files.map(readPlain)), others);
  },
  writeKeys: async () => [],
  compareKeys: async () => [],
  close: () => {},
});

async function readPlain({ path, local }: DataFile) {
  const [header = '', ...lines] = (await readFile(local, 'utf8')).trimEnd().split('\n');
  const rows = lines.map((line) => line.split(',').map((cell) => (cell === '' ? null : cell)));
  return { path, columns: header.split(','), rows };
}
