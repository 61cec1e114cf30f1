import { z } from 'zod';
import type { Digest } from '../evidence/evidence.ts';
import type { VersionRecord } from './ledger.ts';
import { readForm } from './state-file.ts';
import { unreadableFile } from './unreadable-file.ts';

/** `endpoints/<endpoint>/<model>.yml`: who serves there. */
export interface EndpointFile {
  readonly endpoint: string;
  readonly champion: number | null;
  readonly previous: number | null;
  readonly artifactDigest: Digest | null;
  readonly since: string;
  readonly pullRequest: number;
  readonly fallback: string;
}

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const version = z.int().positive();
const endpointForm = z.looseObject({
  v: z.literal(1),
  model: z.string(),
  endpoint: z.string(),
  champion: version.nullable(),
  previous: version.nullable(),
  artifactDigest: digest.nullable(),
  since: z.string(),
  by: z.looseObject({ pullRequest: z.int() }),
  fallback: z.string(),
});

const interval = z.tuple([z.number(), z.number()]).nullable();
const approval = z.looseObject({
  reviewer: z.looseObject({ id: z.int(), login: z.string() }),
  role: z.string(),
  submittedAt: z.string(),
});
/** What is shown of a record is checked, so that no forged one can break the page; the rest is passed on as it is. */
const recordForm = z.looseObject({
  v: z.literal(1),
  model: z.string(),
  version,
  registeredAt: z.string(),
  artifact: z.looseObject({ digest, name: z.string(), sizeBytes: z.number() }),
  lineage: z.looseObject({
    repository: z.string(),
    pullRequest: z.int(),
    codeCommit: z.string(),
    datasets: z.array(
      z.looseObject({
        dataset: z.string(),
        dataDigest: digest,
        rows: z.number().nullable(),
        source: z.string(),
      }),
    ),
    heldOut: z.looseObject({ rows: z.number() }),
    run: z.looseObject({ durationMs: z.number(), runner: z.string() }),
    trainedBy: z.looseObject({ runId: z.int(), runAttempt: z.int() }),
  }),
  metrics: z.array(
    z.looseObject({
      metric: z.string(),
      slice: z.string().nullish(),
      challenger: z.number(),
      challengerInterval: interval,
      grade: z.string(),
    }),
  ),
  gates: z.array(
    z.looseObject({
      gate: z.string(),
      against: z.number().nullish(),
      result: z.string(),
      found: z.string(),
      required: z.string(),
    }),
  ),
  validation: z.array(z.looseObject({ dataset: z.string(), verdict: z.string(), warnings: z.number() })),
  quality: z.string(),
  task: z.string(),
  owners: z.looseObject({ users: z.array(z.string()), teams: z.array(z.string()) }),
  risk: z.string(),
  description: z.string(),
  limitations: z.string(),
  featureVersion: z.string(),
  servingImage: z.string(),
  fallback: z.string(),
  approvals: z.array(approval),
});

/** Reads who serves at an endpoint. @throws InputError LEDGER_FILE_INVALID */
export function parseEndpointFile(text: string, path: string, model: string, endpoint: string): EndpointFile {
  const file = readForm(text, path, endpointForm);
  if (file.model !== model || file.endpoint !== endpoint) {
    throw unreadableFile(path, `it is about ${file.model} at ${file.endpoint}`);
  }
  const { champion, previous, since, fallback, by } = file;
  const artifactDigest = file.artifactDigest as Digest | null;
  return { endpoint, champion, previous, artifactDigest, since, pullRequest: by.pullRequest, fallback };
}

/** Reads the record of a version. @throws InputError LEDGER_FILE_INVALID */
export function parseVersionFile(text: string, path: string, model: string, number: number): VersionRecord {
  const record = readForm(text, path, recordForm);
  if (record.model !== model || record.version !== number) {
    throw unreadableFile(path, `it is about ${record.model} v${record.version}`);
  }
  // What is not checked above is never computed with: it is only written out.
  return record as unknown as VersionRecord;
}
