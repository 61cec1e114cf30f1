import type { Contract } from '../../core/config/contract.ts';
import {
  type IngestedFile,
  type IngestRecord,
  isBelow,
  maxIngestedFiles,
  maxIngestRecordBytes,
  parseIngestRecord,
} from '../../core/dataset/ingest-record.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { listArchive } from '../archive/directory.ts';
import { readEntry, readWhole } from '../archive/entry.ts';
import { withFile } from '../archive/source.ts';
import { unpackIngested } from './incoming.ts';

/** What an ingest must have been: of this run and commit, by the contract as it stands there. */
export interface ExpectedIngest {
  readonly contract: Contract;
  readonly contractDigest: Digest;
  readonly commit: string;
  readonly runId: number;
}

export interface OpenedIngest {
  readonly record: IngestRecord;
  /** Canonical JSON as it lay in the artifact. */
  readonly text: string;
  readonly files: readonly { readonly file: IngestedFile; readonly local: string }[];
}

const recordName = 'ingest.json';
/** 2 GiB, as an artifact may have. */
const entryBytes = 2 * 1024 ** 3;

/**
 * Opens the zip of an ingest job. It was made beside the team's own command: names are ours or refused, bytes are
 * digested again, and what the record says of contract and run is compared with what we know ourselves.
 * @throws InputError ARCHIVE_REFUSED, INGEST_RECORD, INGEST_FOREIGN, INGEST_CHANGED
 */
export async function openIngest(
  zip: string,
  expected: ExpectedIngest,
  folder: string,
): Promise<OpenedIngest> {
  return withFile(zip, async (source) => {
    const entries = await listArchive(source, { entries: maxIngestedFiles + 1, entryBytes });
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    const own = byName.get(recordName);
    if (own === undefined || own.sizeBytes > maxIngestRecordBytes) throw refuse('it holds no ingest.json');
    const bytes = await readWhole(source, own);
    const record = parseIngestRecord(bytes, recordName);
    requireSame(record, expected);
    if (entries.length !== record.files.length + 1)
      throw refuse('it holds files that its record does not name');
    const together = record.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    // As much as the ingest action passes on: what is packed well could else fill the disk.
    if (!(together <= entryBytes)) throw refuse('its files have more than 2 GiB together');
    const files: { file: IngestedFile; local: string }[] = [];
    for (const file of record.files) {
      const entry = byName.get(file.name);
      if (entry?.sizeBytes !== file.sizeBytes)
        throw refuse(`${file.name} is not in it with the size that it has`);
      files.push({ file, local: await unpackIngested(readEntry(source, entry), file, folder) });
    }
    return { record, text: bytes.toString('utf8'), files };
  });
}

function requireSame(
  record: IngestRecord,
  { contract, contractDigest, commit, runId }: ExpectedIngest,
): void {
  const { ingest } = contract;
  const differences = [
    ['dataset', record.dataset, contract.dataset],
    ['contract', record.contractDigest, contractDigest],
    ['source', record.source, contract.source],
    ['command', record.command, ingest?.command],
    ['place', record.to, ingest?.to.replace(/\/$/, '')],
    ['commit', record.commit, commit],
    ['run', record.runId, runId],
  ] as const;
  const wrong = differences.find(([, found, allowed]) => found !== allowed);
  if (wrong !== undefined) throw refuse(`it was made for another ${wrong[0]}`);
  const stray = [...record.files.map(({ path }) => path), ...record.removed].find(
    (path) => !isBelow(path, record.to),
  );
  if (stray !== undefined)
    throw refuse(`${JSON.stringify(stray.slice(0, 80))} does not lie below ${record.to}`);
}

function refuse(why: string): InputError {
  return new InputError('INGEST_FOREIGN', `The artifact of the ingest job is refused: ${why}`, {
    hint: 'Pass the artifact of the ingest-dataset action of this same run on unchanged.',
  });
}
