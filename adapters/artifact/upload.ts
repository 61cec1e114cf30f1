import { createHash, randomUUID } from 'node:crypto';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import {
  failed,
  findResultsService,
  openResultsService,
  type ResultsOptions,
  type ResultsService,
} from './results-service.ts';
import { type ArtifactFile, streamZip } from './zip-stream.ts';

export interface UploadedArtifact {
  readonly id: number;
  readonly name: string;
  /** Of the zip, as the API names it. */
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Uploads artifacts of this job while it runs. */
export interface ArtifactUploader {
  /**
   * The artifact is seen by nobody before all of it has arrived.
   * @throws InputError ARTIFACT_NAME, ARTIFACT_TOO_LARGE; ServiceError ARTIFACT_UPLOAD, when the name is taken for one
   */
  upload(name: string, files: readonly ArtifactFile[]): Promise<UploadedArtifact>;
  /** Removes an artifact of this run attempt. @throws ServiceError ARTIFACT_UPLOAD */
  remove(name: string): Promise<void>;
}

export interface UploadOptions extends ResultsOptions {
  readonly now: () => Date;
  /** At most what the repository keeps; it lowers more by itself. */
  readonly retentionDays: number;
  /** 2 GiB but in tests. */
  readonly limitBytes?: number;
  /** Of one request: 8 MiB but in tests. */
  readonly blockBytes?: number;
}

const dayMs = 86_400_000;
/** 2 GiB: what our own download takes. */
export const uploadLimitBytes = 2 * 1024 ** 3;
/** Version 4 of the artifacts: immutable, with a digest. */
const version = 4;
const usualBlockBytes = 8 * 1024 ** 2;
/** Blocks under way at the same time. */
const parallel = 4;

/**
 * Opens the uploader of this job.
 * @returns why there is none: that is no fault, artifacts are then uploaded by the workflow's own step alone
 */
export function openArtifactUploader(
  env: Readonly<NodeJS.ProcessEnv>,
  options: UploadOptions,
):
  | { readonly kind: 'uploader'; readonly uploader: ArtifactUploader }
  | { readonly kind: 'none'; readonly because: string } {
  const found = findResultsService(env);
  if (found.kind === 'none') return found;
  const service = openResultsService(found.place, options);
  return {
    kind: 'uploader',
    uploader: {
      upload: (name, files) => upload(service, options, name, files),
      remove: async (name) => void (await service.call('DeleteArtifact', { name })),
    },
  };
}

/** @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/upload-artifact.ts */
async function upload(
  service: ResultsService,
  options: UploadOptions,
  name: string,
  files: readonly ArtifactFile[],
): Promise<UploadedArtifact> {
  checkName(name);
  const expiresAt = new Date(options.now().getTime() + options.retentionDays * dayMs).toISOString();
  const created = await service.call('CreateArtifact', { name, version, expires_at: expiresAt });
  const url = created.signed_upload_url ?? created.signedUploadUrl;
  if (typeof url !== 'string') throw failed('CreateArtifact', 'it gave no address');
  const { digest, sizeBytes } = await putBlocks(service, url, name, streamZip(files), options);
  const ended = await service.call('FinalizeArtifact', { name, size: String(sizeBytes), hash: digest });
  const id = Number(ended.artifact_id ?? ended.artifactId);
  if (!Number.isSafeInteger(id)) throw failed('FinalizeArtifact', 'it gave no id');
  return { id, name, digest, sizeBytes };
}

/**
 * Puts a stream as blocks and commits their list: what GitHub's own uploader does for every size.
 * @see https://learn.microsoft.com/rest/api/storageservices/put-block
 * @see https://learn.microsoft.com/rest/api/storageservices/put-block-list
 */
async function putBlocks(
  service: ResultsService,
  url: string,
  name: string,
  content: AsyncIterable<Uint8Array>,
  { limitBytes = uploadLimitBytes, blockBytes = usualBlockBytes }: UploadOptions,
): Promise<{ readonly digest: Digest; readonly sizeBytes: number }> {
  const hash = createHash('sha256');
  const prefix = randomUUID();
  const ids: string[] = [];
  const open = new Set<Promise<unknown>>();
  const faults: unknown[] = [];
  let sizeBytes = 0;
  const query = (text: string): string => `${url}${url.includes('?') ? '&' : '?'}${text}`;
  for await (const block of cutBlocks(content, blockBytes)) {
    hash.update(block);
    sizeBytes += block.length;
    if (sizeBytes > limitBytes) throw tooLarge(name, limitBytes);
    // Ids of one blob must have one length.
    const id = Buffer.from(`${prefix}-${String(ids.length).padStart(6, '0')}`).toString('base64');
    ids.push(id);
    const sent: Promise<unknown> = service
      .put(query(`comp=block&blockid=${encodeURIComponent(id)}`), block, msHeaders)
      .catch((error: unknown) => faults.push(error))
      .finally(() => open.delete(sent));
    open.add(sent);
    if (open.size >= parallel) await Promise.race(open);
    if (faults.length > 0) break;
  }
  await Promise.all(open);
  if (faults.length > 0) throw faults[0];
  const list = ids.map((id) => `<Latest>${id}</Latest>`).join('');
  const body = `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`;
  await service.put(query('comp=blocklist'), Buffer.from(body), {
    ...msHeaders,
    'content-type': 'application/xml',
    'x-ms-blob-content-type': 'application/zip',
  });
  return { digest: `sha256:${hash.digest('hex')}`, sizeBytes };
}

const msHeaders = { 'content-type': 'application/octet-stream', 'x-ms-version': '2021-12-02' };

/** Cuts a stream into blocks of one size, the last one smaller. */
async function* cutBlocks(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of content) {
    let rest = chunk;
    while (held + rest.length >= size) {
      parts.push(rest.subarray(0, size - held));
      rest = rest.subarray(size - held);
      yield Buffer.concat(parts);
      parts = [];
      held = 0;
    }
    parts.push(rest);
    held += rest.length;
  }
  if (held > 0) yield Buffer.concat(parts);
}

/** @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
function checkName(name: string): void {
  if (name !== '' && name.length <= 256 && !/["<>|*?:\r\n\\/]/.test(name)) return;
  throw new InputError(
    'ARTIFACT_NAME',
    `GitHub takes no artifact with the name ${JSON.stringify(name.slice(0, 80))}`,
    {
      hint: 'Use 1 to 256 characters without quotes, colons, slashes, line ends and < > | * ?.',
    },
  );
}

function tooLarge(name: string, limitBytes: number): InputError {
  return new InputError(
    'ARTIFACT_TOO_LARGE',
    `The artifact ${name} is larger than ${Math.floor(limitBytes / 1024 ** 2)} MiB`,
    { hint: 'Keep data and old checkpoints out of the folder.' },
  );
}
