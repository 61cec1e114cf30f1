import { ServiceError } from '../../core/error/error.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub } from '../github/failure.ts';
import { type ArchiveSource, fromBytes } from './source.ts';

/** Where the blob store does not give ranges, a zip up to this size is read whole. */
const wholeLimitBytes = 32 * 1024 ** 2;
/** Read at once: a zip's directory and a record's header, name and bytes lie within one of them mostly. */
const windowBytes = 256 * 1024;

/**
 * Reads places of an artifact's zip without downloading it: a model of two gigabytes stays where it is.
 * GitHub answers with a redirect to the blob store, which gives ranges; the token does not go there.
 * @param sizeBytes of the zip, as the listing tells
 * @see https://docs.github.com/rest/actions/artifacts#download-an-artifact
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch step 13: no Authorization to another origin
 * @throws ServiceError GITHUB_READ_FAILED, ARTIFACT_NO_RANGE
 */
export function openRemoteArchive(
  client: GitHubClient,
  name: RepositoryName,
  artifact: { readonly id: number; readonly sizeBytes: number },
): ArchiveSource {
  const { id, sizeBytes } = artifact;
  let window: { readonly offset: number; readonly bytes: Buffer } = { offset: 0, bytes: Buffer.alloc(0) };
  let whole: ArchiveSource | null = null;
  return {
    sizeBytes,
    read: async (offset, length) => {
      if (offset < 0 || offset >= sizeBytes || length <= 0) return Buffer.alloc(0);
      if (whole !== null) return whole.read(offset, length);
      const held = offset >= window.offset && offset + length <= window.offset + window.bytes.length;
      if (!held) {
        // What is asked for at the end of a zip is followed by what lies before it.
        const start = Math.max(0, Math.min(offset, sizeBytes - windowBytes));
        const end = Math.min(sizeBytes, Math.max(offset + length, start + windowBytes));
        const answer = await readRange(client, name, id, { start, end, sizeBytes });
        if (answer.kind === 'whole') whole = fromBytes(answer.bytes);
        else window = { offset: start, bytes: answer.bytes };
      }
      return whole === null
        ? window.bytes.subarray(offset - window.offset, offset - window.offset + length)
        : whole.read(offset, length);
    },
  };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly sizeBytes: number;
}

async function readRange(
  client: GitHubClient,
  name: RepositoryName,
  id: number,
  { start, end, sizeBytes }: Range,
): Promise<{ readonly kind: 'part' | 'whole'; readonly bytes: Buffer }> {
  return readGitHub(`bytes of artifact ${id}`, async () => {
    const { data, status } = await client.request(
      'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
      {
        ...name,
        artifact_id: id,
        archive_format: 'zip',
        headers: { range: `bytes=${start}-${end - 1}` },
        request: { parseSuccessResponseBody: false },
      },
    );
    const body: unknown = data;
    if (!(body instanceof ReadableStream)) throw damaged(id, 'there is no body');
    // The declared type knows only the redirect that was followed.
    if ((status as number) === 206) return { kind: 'part', bytes: await readExactly(body, id, end - start) };
    if (sizeBytes > wholeLimitBytes) {
      await body.cancel();
      throw damaged(id, `it has ${sizeBytes} bytes, and the server gives no part of them`);
    }
    return { kind: 'whole', bytes: await readExactly(body, id, sizeBytes) };
  });
}

async function readExactly(body: ReadableStream<Uint8Array>, id: number, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > length) break;
    parts.push(part);
  }
  if (size === length) return Buffer.concat(parts);
  throw damaged(id, `${size > length ? 'more' : 'fewer'} bytes came than were asked for`);
}

function damaged(id: number, why: string): ServiceError {
  return new ServiceError('ARTIFACT_NO_RANGE', `Artifact ${id} could not be read: ${why}`, {
    hint: 'Download it from the page of its run, and give the folder: gatehouse runs list --folder FOLDER.',
  });
}
