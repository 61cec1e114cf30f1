import { blobIdOf } from '../../core/change/tree-id.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readCommitArchive } from './commit-archive.ts';
import type { ReaderMemory } from './reader-memory.ts';

/** Contents that are asked for at once: GraphQL tells so many by one question. */
const parallel = 40;
/** More than these come by one archive: by questions they would take five calls, each after the other. */
const manyContents = 200;
/** Files that are opened at once. */
const parallelFiles = 32;

/** Where contents are read from. */
export interface ContentSource {
  readonly client: GitHubClient;
  readonly name: RepositoryName;
  readonly memory: ReaderMemory;
  /** One content, which is kept in memory. @throws ServiceError */
  read(blob: string): Promise<Uint8Array>;
}

/**
 * Reads many contents of one commit: those that this process or this machine keeps, then the commit's archive where many
 * are missing, then whatever is missing still by questions. Each is held against its id, wherever it came from.
 * @param take is given each content once, as it comes
 * @throws ServiceError GITHUB_READ_FAILED, GITHUB_ANSWER_INCOMPLETE
 */
export async function readManyContents(
  source: ContentSource,
  commit: string,
  blobs: readonly string[],
  take: (blob: string, bytes: Uint8Array) => void,
): Promise<void> {
  const { memory } = source;
  const missing = new Set(blobs);
  await inLanes([...missing], parallelFiles, async (blob) => {
    const bytes = memory.blobs.get(blob) ?? (await memory.folder?.read('blob', blob));
    if (bytes === undefined) return;
    missing.delete(blob);
    take(blob, bytes);
  });
  if (missing.size > manyContents) await readFromArchive(source, commit, missing, take);
  await inLanes([...missing], parallel, async (blob) => {
    const bytes = await source.read(blob);
    take(blob, bytes);
    await memory.folder?.keep(blob, bytes);
  });
}

async function readFromArchive(
  { client, name, memory }: ContentSource,
  commit: string,
  missing: Set<string>,
  take: (blob: string, bytes: Uint8Array) => void,
): Promise<void> {
  try {
    for await (const { bytes } of readCommitArchive(client, name, commit)) {
      const blob = bytes === null ? '' : blobIdOf(bytes);
      if (bytes === null || !missing.has(blob)) continue;
      take(blob, bytes);
      missing.delete(blob);
      if (memory.folder === null) memory.blobs.put(blob, new Uint8Array(bytes));
      else await memory.folder.keep(blob, bytes);
    }
  } catch {
    // documented: what did not come is read by questions, which say what is wrong
  }
}

/** Works some at a time: all at once would meet limits of GitHub, or of open files. */
async function inLanes<T>(all: readonly T[], lanes: number, work: (each: T) => Promise<void>): Promise<void> {
  const rest = [...all].reverse();
  const lane = async (): Promise<void> => {
    for (let each = rest.pop(); each !== undefined; each = rest.pop()) await work(each);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
