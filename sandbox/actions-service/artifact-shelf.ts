import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact, Run } from './run.ts';
import { packZip, type ZipEntry } from './zip.ts';

export interface ArtifactUpload {
  readonly run: Run;
  readonly name: string;
  readonly entries: readonly ZipEntry[];
  readonly overwrite: boolean;
  readonly retentionDays: number;
}

/** An artifact whose zip was made elsewhere. */
export type ArtifactZip = Omit<ArtifactUpload, 'entries'> & { readonly bytes: Uint8Array };

export interface ArtifactLimits {
  /** Artifacts of one run attempt; GitHub counts 500 a job. */
  readonly count: number;
  /** Bytes of one zip. */
  readonly sizeBytes: number;
}

export interface ArtifactShelf {
  /** Stores an immutable zip under a fresh id. @throws Error in the words of GitHub's toolkit when refused. */
  upload(upload: ArtifactUpload): Promise<Artifact>;
  /** As upload, of a zip. @throws Error as upload */
  store(zip: ArtifactZip): Artifact;
  find(id: number): Artifact | undefined;
  listOf(run: Run): readonly Artifact[];
  list(): readonly Artifact[];
  remove(id: number): void;
}

const LIMITS: ArtifactLimits = { count: 500, sizeBytes: 10 * 1024 ** 3 };
const DAY_MS = 86_400_000;

/** Keeps artifacts as files in a folder. */
export function createArtifactShelf(
  folder: string,
  nextId: () => number,
  now: () => string,
  limits: ArtifactLimits = LIMITS,
): ArtifactShelf {
  mkdirSync(folder, { recursive: true });
  const artifacts = new Map<number, Artifact>();
  const sameName = (run: Run, name: string) =>
    [...artifacts.values()].find(
      (one) => one.run.id === run.id && one.attempt === run.attempt && one.name === name,
    );
  const listOf = (run: Run) => [...artifacts.values()].filter((one) => one.run.id === run.id);
  const remove = (id: number) => {
    const artifact = artifacts.get(id);
    if (artifact !== undefined) rmSync(artifact.file, { force: true });
    artifacts.delete(id);
  };
  /** @returns the one that is replaced */
  const check = ({ run, name, overwrite }: Pick<ArtifactUpload, 'run' | 'name' | 'overwrite'>) => {
    checkName(name);
    const older = sameName(run, name);
    if (older !== undefined && !overwrite) throw new Error(conflict());
    if (listOf(run).length >= limits.count)
      throw new Error(`Failed to CreateArtifact: more than ${limits.count} artifacts`);
    return older;
  };
  const store = (zip: ArtifactZip): Artifact => {
    const { run, name, bytes, retentionDays } = zip;
    const older = check(zip);
    if (bytes.length > limits.sizeBytes)
      throw new Error(`Artifact ${name} is larger than ${limits.sizeBytes} bytes`);
    if (older !== undefined) remove(older.id);
    const id = nextId();
    const file = join(folder, `${id}.zip`);
    writeFileSync(file, bytes, { flag: 'wx' });
    const createdAt = now();
    const artifact = {
      ...{ id, name, run, file, createdAt, sizeBytes: bytes.length, attempt: run.attempt },
      digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      expiresAt: toSecond(Date.parse(createdAt) + retentionDays * DAY_MS),
    };
    artifacts.set(id, artifact);
    return artifact;
  };
  return {
    find: (id) => artifacts.get(id),
    list: () => [...artifacts.values()],
    listOf,
    remove,
    store,
    async upload({ entries, ...wanted }) {
      const older = check(wanted);
      const bytes = await packZip(entries);
      // Two jobs may have raced for the name while the zip was packed.
      if (sameName(wanted.run, wanted.name) !== older) throw new Error(conflict());
      return store({ ...wanted, bytes });
    },
  };
}

/** Short-lived URLs without authentication for zips and logs, as GitHub's blob store gives out. */
export interface BlobLinks {
  /** @returns the key of a link that holds for a minute. */
  issue(read: () => Uint8Array | Promise<Uint8Array>, contentType: string): string;
  take(
    key: string,
  ): { readonly read: () => Uint8Array | Promise<Uint8Array>; readonly contentType: string } | undefined;
}

const LINK_MS = 60_000;

/** Keeps the links in memory; times are real ones. */
export function createBlobLinks(): BlobLinks {
  const links = new Map<
    string,
    { read: () => Uint8Array | Promise<Uint8Array>; contentType: string; until: number }
  >();
  return {
    issue(read, contentType) {
      const key = randomBytes(24).toString('base64url');
      links.set(key, { read, contentType, until: Date.now() + LINK_MS });
      return key;
    },
    take(key) {
      const link = links.get(key);
      return link === undefined || link.until < Date.now() ? undefined : link;
    },
  };
}

/** Reads an artifact's zip. */
export function readArtifact(artifact: Artifact): Uint8Array {
  return readFileSync(artifact.file);
}

export function checkName(name: string): void {
  if (name === '' || name.length > 256 || /["<>|*?:\r\n\\/]/u.test(name)) {
    throw new Error(`The artifact name is not valid: ${name}. Contains one of: " : < > | * ? \\r \\n \\ /`);
  }
}

function conflict(): string {
  return (
    'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: ' +
    'an artifact with this name already exists on the workflow run'
  );
}

function toSecond(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
