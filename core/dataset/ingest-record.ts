import { z } from 'zod';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';

/** A record names at most a thousand files; one over this is not ours. */
export const maxIngestRecordBytes = 1024 * 1024;
/** As many as one artifact holds. */
export const maxIngestedFiles = 500;

/** One file that the command wrote. */
export interface IngestedFile {
  /** Path in the repository. */
  readonly path: string;
  /** Name in the artifact: ours, so that no name of the team's becomes a path. */
  readonly name: string;
  readonly sha256: Digest;
  /** 32 lower-case hex characters, as in a DVC pointer. */
  readonly md5: string;
  readonly sizeBytes: number;
}

/** How the command ended; `how` is display text, for example `exit code 3`. */
export type IngestEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly how: string }
  | { readonly kind: 'timeout' };

/**
 * How a batch came in: from where, when, by which command, and what it wrote. Made beside the team's own command, so
 * claimed; the digests are computed again from the bytes by who checks them.
 */
export interface IngestRecord {
  readonly v: 1;
  readonly grade: 'claimed';
  readonly dataset: string;
  readonly commit: string;
  readonly contractDigest: Digest;
  /** `source` and `ingest` of the contract. */
  readonly source: string;
  readonly command: string;
  readonly to: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly runner: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly end: IngestEnd;
  readonly files: readonly IngestedFile[];
  /** Paths of the commit below `to` that the command took away. */
  readonly removed: readonly string[];
  /** Last lines of a command that failed; none for data with personal or secret columns, whose values may stand in them. */
  readonly log: readonly string[];
}

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed());
const count = z.number().int().nonnegative();
const digest = z.custom<Digest>(isDigest, 'sha256: and 64 characters 0-9 a-f');
const path = text(500).refine(isRepositoryPath, 'a path inside the repository');

const schema = z.strictObject({
  v: z.literal(1),
  grade: z.literal('claimed'),
  dataset: text(63),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  contractDigest: digest,
  source: text(4_000),
  command: text(4_000),
  to: path,
  runId: count,
  runAttempt: count,
  runner: text(200),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  end: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('done') }),
    z.strictObject({ kind: z.literal('failed'), how: text(500) }),
    z.strictObject({ kind: z.literal('timeout') }),
  ]),
  files: z
    .array(
      z.strictObject({
        path,
        name: z.string().regex(/^\d{4}\.bin$/),
        sha256: digest,
        md5: z.string().regex(/^[0-9a-f]{32}$/),
        sizeBytes: count,
      }),
    )
    .max(maxIngestedFiles)
    .refine(
      (files) => isUnique(files.map((file) => file.path)) && isUnique(files.map((file) => file.name)),
      'a file twice',
    ),
  removed: z.array(path).max(10_000),
  log: z.array(text(400)).max(50),
});

/**
 * Reads the record that the ingest job wrote. Claimed: shape and size are checked, what it says is not believed.
 * @throws InputError INGEST_RECORD
 */
export function parseIngestRecord(bytes: Uint8Array, source: string): IngestRecord {
  if (bytes.length > maxIngestRecordBytes)
    throw refuse(source, `it has more than ${maxIngestRecordBytes} bytes`);
  const result = schema.safeParse(parseStrictJson(decode(bytes, source), source));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join('/').slice(0, 200) ?? '';
  throw refuse(
    source,
    `at "/${place.toWellFormed()}": ${issue?.message.slice(0, 200).toWellFormed() ?? 'wrong shape'}`,
  );
}

/** True for `data/flights/06.csv`: no absolute path, nothing that leaves the repository or reaches git's own folder. */
export function isRepositoryPath(candidate: string): boolean {
  if (candidate === '' || /[\\\p{Cc}]/u.test(candidate)) return false;
  return candidate
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part));
}

/** True for `to` itself and for what lies below it. */
export const isBelow = (candidate: string, to: string): boolean =>
  candidate === to || candidate.startsWith(`${to.replace(/\/$/, '')}/`);

const isUnique = (values: readonly string[]): boolean =>
  new Set(values.map((value) => value.toLowerCase())).size === values.length;

function decode(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse(source, 'it is not UTF-8');
  }
}

function refuse(source: string, why: string): InputError {
  return new InputError('INGEST_RECORD', `${source} is no ingest record: ${why}`, {
    hint: 'Pass the artifact of the ingest-dataset action on unchanged.',
  });
}
