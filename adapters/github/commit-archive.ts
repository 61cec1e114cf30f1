import { pipeline, Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import type { GitHubClient, RepositoryName } from './client.ts';
import { incomplete } from './failure.ts';
import { readTarFiles, type TarFile } from './tar-files.ts';

/** No file of a ledger is larger: of one that is, only the name is given. */
const maxFileBytes = 8 * 1024 * 1024;
/** Of all files together: more is a repository of something else, or made to fill a disk. */
const maxArchiveBytes = 4 * 1024 * 1024 * 1024;

/**
 * Streams the files of a commit from its archive: one call for all of them. It is what `git archive` gives, so attributes
 * of the tree may leave files out or change them: whoever reads it compares ids.
 * @throws Error also after some files were given, when the archive does not come whole
 * @see https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
 * @see https://git-scm.com/docs/git-archive#ATTRIBUTES
 */
export async function* readCommitArchive(
  client: GitHubClient,
  name: RepositoryName,
  commit: string,
): AsyncGenerator<TarFile> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/tarball/{ref}', {
    ...{ ...name, ref: commit },
    request: { parseSuccessResponseBody: false },
  });
  const body: unknown = data;
  if (!(body instanceof ReadableStream)) throw incomplete(`archive of ${commit}`, 'there is no body');
  const unpack = createGunzip();
  // A failure on either side destroys both, and the loop below throws it.
  pipeline(Readable.fromWeb(body as WebStream), unpack, () => undefined);
  for await (const file of readTarFiles(capped(unpack), maxFileBytes)) {
    // GitHub puts everything into one folder, named by the commit.
    const start = file.path.indexOf('/');
    yield { ...file, path: file.path.slice(start + 1) };
  }
}

async function* capped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxArchiveBytes) throw new Error(`the archive has more than ${maxArchiveBytes} bytes`);
    yield chunk;
  }
}
