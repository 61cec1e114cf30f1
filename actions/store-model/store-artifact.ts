import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { artifactLimitBytes } from '../../adapters/actions/artifact.ts';
import { type ArchiveEntry, listArchive } from '../../adapters/archive/directory.ts';
import { readEntry, readWhole } from '../../adapters/archive/entry.ts';
import { type ArchiveSource, withFile } from '../../adapters/archive/source.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { ServiceError } from '../../core/error/error.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import { requireFinished } from '../../core/evidence/claimed-run.ts';
import type { Digest, FinishedRun } from '../../core/evidence/evidence.ts';
import { maxRunRecordBytes, parseRunRecord } from '../../core/evidence/run-record.ts';

export interface StoreArtifactDeps {
  readonly github: Pick<GitHubReader, 'artifact'>;
  /** Downloads the zip of an artifact into a file. @throws InputError ARTIFACT_TOO_LARGE, ARTIFACT_MISSING */
  download(id: number, file: string): Promise<{ readonly digest: Digest; readonly sizeBytes: number }>;
  readonly store: {
    putFile(file: string): Promise<Digest>;
    putBytes(bytes: Uint8Array): Promise<Digest>;
  };
  /** An empty folder of this job. */
  readonly folder: string;
}

/** What the artifact must be: of this run, this model, this commit. */
export interface ExpectedArtifact {
  readonly id: number;
  readonly model: string;
  readonly headSha: string;
  readonly runId: number;
}

export interface StoredArtifact {
  readonly artifactDigest: Digest;
  readonly recordDigest: Digest;
  /** Where the model file lies on this machine. */
  readonly file: string;
}

const recordName = 'run.json';
const fix = 'Pass the output artifact-id of the upload step of the training job of this same run.';

/** Copies the artifact of the training job into the store. Its bytes are pull-request controlled throughout. */
export async function storeArtifact(
  expected: ExpectedArtifact,
  deps: StoreArtifactDeps,
): Promise<StoredArtifact> {
  const facts = await requireOwn(expected, deps);
  const file = join(deps.folder, 'artifact.zip');
  const { digest } = await deps.download(expected.id, file);
  if (facts.digest !== null && facts.digest !== digest) throw damaged(expected.id);
  return withFile(file, (source) => storeFiles(source, expected, deps));
}

async function requireOwn({ id, runId }: ExpectedArtifact, { github }: StoreArtifactDeps) {
  const facts = await github.artifact(id);
  if (facts === null || facts.expired) {
    throw refuse('judge/artifact-missing', `There is no artifact ${id}, or it has expired`, fix);
  }
  if (facts.runId !== runId) {
    const message = `Artifact ${id} belongs to run ${facts.runId ?? 'unknown'}, not to this run ${runId}`;
    throw refuse('judge/artifact-foreign', message, fix);
  }
  if (!(facts.sizeBytes <= artifactLimitBytes)) throw tooLarge(id, facts.sizeBytes);
  return facts;
}

async function storeFiles(
  source: ArchiveSource,
  expected: ExpectedArtifact,
  deps: StoreArtifactDeps,
): Promise<StoredArtifact> {
  const entries = await listArchive(source, { entries: 2, entryBytes: artifactLimitBytes });
  const { record, model } = pick(entries);
  const recordBytes = await readWhole(source, record);
  const claimed = requireFinished(parseRunRecord(recordBytes, recordName));
  requireSame(claimed, expected);
  const file = join(deps.folder, 'model.bin');
  const digest = await unpack(source, model, file);
  requireClaimed(claimed, model, digest);
  const artifactDigest = await deps.store.putFile(file);
  const recordDigest = await deps.store.putBytes(recordBytes);
  if (artifactDigest !== digest) throw damaged(expected.id);
  return { artifactDigest, recordDigest, file };
}

function pick(entries: readonly ArchiveEntry[]) {
  const record = entries.find((entry) => entry.name === recordName);
  const model = entries.find((entry) => entry.name !== recordName);
  if (!record || !model) {
    const message = `The artifact holds ${entries.length} file(s), not ${recordName} and the model file`;
    throw refuse(
      'judge/artifact-content',
      message,
      'Upload the folder that train-model names in its output, unchanged.',
    );
  }
  if (record.sizeBytes > maxRunRecordBytes) {
    const message = `${recordName} has ${record.sizeBytes} bytes, at most ${maxRunRecordBytes} are allowed`;
    throw refuse('judge/artifact-content', message, 'Log fewer parameters and metrics.');
  }
  if (model.sizeBytes === 0) {
    throw refuse(
      'judge/artifact-empty',
      'The model file is empty',
      'Let the train command write the model before it ends.',
    );
  }
  return { record, model };
}

function requireSame(record: FinishedRun, expected: ExpectedArtifact): void {
  const differences = [
    ['model', record.model, expected.model],
    ['commit', record.commit, expected.headSha],
    ['run', String(record.runId), String(expected.runId)],
  ] as const;
  for (const [what, found, allowed] of differences) {
    if (found === allowed) continue;
    const message = `The artifact was trained for another ${what}: ${found}, not ${allowed}`;
    throw refuse('judge/artifact-other-model', message, fix, { found, allowed });
  }
}

async function unpack(source: ArchiveSource, entry: ArchiveEntry, file: string): Promise<Digest> {
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(readEntry(source, entry)), measure, createWriteStream(file));
  return `sha256:${hash.digest('hex')}`;
}

/** The record and the bytes must agree, or lineage would tell of a model that nobody has. */
function requireClaimed({ artifact }: FinishedRun, entry: ArchiveEntry, digest: Digest): void {
  const agrees =
    artifact.digest === digest && artifact.sizeBytes === entry.sizeBytes && artifact.name === entry.name;
  if (agrees) return;
  throw refuse(
    'judge/artifact-changed',
    'The model file is not the one that its run record describes',
    'Upload the folder that train-model names in its output, unchanged.',
    { found: digest, allowed: artifact.digest },
  );
}

function tooLarge(id: number, sizeBytes: number) {
  return refuse(
    'judge/artifact-too-large',
    `Artifact ${id} has ${sizeBytes} bytes, at most ${artifactLimitBytes} (2 GiB) are allowed`,
    'Leave checkpoints and data out of the artifact; it holds the model file alone.',
  );
}

function damaged(id: number): ServiceError {
  return new ServiceError(
    'ARTIFACT_DAMAGED',
    `Artifact ${id} did not arrive as GitHub and the store have it`,
    {
      hint: 'Run the job again.',
    },
  );
}
