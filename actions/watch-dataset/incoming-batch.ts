import { join } from 'node:path';
import { type Incoming, layOver } from '../../adapters/dataset/incoming.ts';
import { type OpenedIngest, openIngest } from '../../adapters/dataset/ingest-artifact.ts';
import type { ContractText } from '../../adapters/dataset/validate.ts';
import type { ReadBlob } from '../../adapters/dvc/dataset.ts';
import type { ArtifactFacts } from '../../adapters/github/reader.ts';
import { locate } from '../../core/config/position.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import type { IngestRecord } from '../../core/dataset/ingest-record.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';

/** The artifact of the ingest job, as the workflow hands it over. */
export interface IngestArtifact {
  readonly id: number;
  /** Of the zip. */
  readonly digest: Digest;
}

/**
 * Which batch is to be looked at. An ingest that handed nothing over must not turn into a look at what is there already.
 * @throws InputError INGEST_MISSING
 */
export function readIngest(wanted: boolean, id: number | null, digest: Digest | null): IngestArtifact | null {
  if (id !== null && digest !== null) return { id, digest };
  if (!wanted && id === null && digest === null) return null;
  throw new InputError('INGEST_MISSING', 'The ingest job handed over no artifact with its digest', {
    hint: 'Pass artifact-id and artifact-digest of the upload step of the ingest job; see its log if they are empty.',
  });
}

export interface IncomingDeps {
  artifact(id: number): Promise<ArtifactFacts | null>;
  /** Downloads the zip into a file. @throws InputError ARTIFACT_TOO_LARGE, ARTIFACT_MISSING */
  download(id: number, file: string): Promise<{ readonly digest: Digest }>;
  makeFolder(name: string): string;
}

export type IngestOutcome =
  | { readonly kind: 'came'; readonly incoming: Incoming; readonly ingest: OpenedIngest }
  | { readonly kind: 'nothing came'; readonly findings: readonly Finding[] };

/**
 * Takes the batch over from the job that ran the team's command: by artifact id and digest, of this run, each byte
 * digested again.
 * @throws InputError INGEST_FOREIGN, INGEST_RECORD, INGEST_CHANGED, ARCHIVE_REFUSED; ServiceError
 */
export async function takeIncoming(
  artifact: IngestArtifact,
  text: ContractText,
  tree: { readonly listing: ReadonlyMap<string, ListedFile>; readonly readBlob: ReadBlob },
  at: { readonly commit: string; readonly runId: number },
  deps: IncomingDeps,
): Promise<IngestOutcome> {
  const facts = await deps.artifact(artifact.id);
  const zip = join(deps.makeFolder('ingest'), 'ingest.zip');
  const isOwn = facts !== null && !facts.expired && facts.runId === at.runId;
  if (!isOwn || (facts.digest !== null && facts.digest !== artifact.digest)) throw foreign(artifact.id);
  const { digest } = await deps.download(artifact.id, zip);
  if (digest !== artifact.digest) throw foreign(artifact.id);
  const expected = { contract: text.contract, contractDigest: digestBytes(text.text), ...at };
  const ingest = await openIngest(zip, expected, deps.makeFolder('batch'));
  if (ingest.record.end.kind !== 'done') {
    return { kind: 'nothing came', findings: [toFailed(ingest.record, text)] };
  }
  return { kind: 'came', ingest, incoming: await layOver(tree, text.contract, ingest.record, ingest.files) };
}

function toFailed({ end, to }: IngestRecord, { contract, path, text }: ContractText): Finding {
  const minutes = contract.ingest?.timeoutMinutes ?? 0;
  const how = end.kind === 'failed' ? end.how : `no end within ${minutes} minutes`;
  return {
    code: 'data/ingest-failed',
    severity: 'fail',
    message: `The ingest command of the dataset "${contract.dataset}" brought no batch.`,
    where: locate(text, '/ingest/command', path),
    found: how,
    allowed: `exit code 0, with the batch below ${to}`,
    fix: 'Read the log of the ingest job; the same command runs on a laptop. Data that is there already is not touched.',
  };
}

function foreign(id: number): InputError {
  return new InputError('INGEST_FOREIGN', `Artifact ${id} is not what the ingest job of this run uploaded`, {
    hint: 'Pass artifact-id and artifact-digest of the upload step of the ingest job of this same run.',
  });
}
