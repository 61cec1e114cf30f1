import { z } from 'zod';
import { scoringSetNames } from '../evaluation/scoring-set.ts';
import { findingSchema } from '../finding/finding-schema.ts';
import { isDigest } from '../json/canonical.ts';
import type { Digest } from './evidence.ts';
import { behaviourSchema, detailSchema, explanationSchema } from './judgement-detail-schema.ts';
import { claimedRunSchema } from './run-record-schema.ts';

/** Shapes of evidence, closed: a key that is not named here is refused. Every number is finite. */
const digest = z.custom<Digest>(isDigest, { error: 'sha256: and 64 lower-case hex characters' });
const hex40 = z.string().regex(/^[0-9a-f]{40}$/);
/** A directory of DVC is named by its manifest: `<md5>.dir`. */
const md5 = z.string().regex(/^[0-9a-f]{32}(?:\.dir)?$/);
const text = z.string().max(20_000);
const name = z.string().min(1).max(500);
/** Longer than a policy or contract can name: a glob finds whatever git holds. */
const path = z.string().min(1).max(4096);
const id = z.int().positive();
const count = z.int().nonnegative();
const interval = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, { error: 'low before high' });

const origin = z.strictObject({
  repositoryId: id,
  repository: name,
  pullRequest: id,
  headSha: hex40,
  baseRef: name,
  baseSha: hex40,
  runId: id,
  runAttempt: id,
  contentDigest: digest,
});

const dataset = z.strictObject({
  dataset: name,
  contractPath: name,
  contractDigest: digest,
  contractFrom: z.enum(['base', 'head']),
  inherited: z.array(z.strictObject({ dataset: name, contractDigest: digest })).max(1000),
  files: z.array(z.strictObject({ path, md5: md5.nullable(), blob: hex40, sizeBytes: count })).max(10_000),
  dataDigest: digest,
  rows: count.nullable(),
  verdict: z.enum(['pass', 'data invalid', 'not evaluated']),
  findings: z.array(findingSchema).max(10_000),
  record: digest.nullable(),
});

export const validationSchema = z.strictObject({
  kind: z.literal('validation'),
  v: z.literal(1),
  origin,
  engine: name,
  datasets: z.array(dataset).max(1000),
});

interface MetricKey {
  readonly metric: string;
  readonly slice: string | null;
  readonly set: string;
}

const share = z.number().min(0).max(1);

const metric = z.strictObject({
  metric: name,
  slice: name.nullable(),
  set: z.enum(['held-out', 'production-like']),
  rows: count,
  higherIsBetter: z.boolean(),
  grade: z.enum(['judged', 'measured', 'claimed']),
  challenger: z.number(),
  challengerInterval: interval.nullable(),
  champion: z.number().nullable(),
  difference: z.number().nullable(),
  differenceInterval: interval.nullable(),
  standardError: z.number().min(0).nullable(),
  pWorse: share.nullable(),
  pBetter: share.nullable(),
  method: text,
});

const gate = z.strictObject({
  gate: name,
  metric: name,
  slice: name.nullable(),
  set: z.enum(['held-out', 'production-like']),
  result: z.enum(['pass', 'fail', 'not evaluated', 'skipped']),
  found: text,
  required: text,
  because: text,
  answer: z.enum(['better', 'not worse', 'worse', 'not enough rows']).nullable(),
  rowsNeeded: count.nullable(),
});

const artifact = z.strictObject({ digest, sizeBytes: count, name });
const version = id.nullable();

const unique = <T>(key: (value: T) => unknown) =>
  [(list: readonly T[]) => new Set(list.map(key)).size === list.length, { error: 'each one once' }] as const;

export const judgementSchema = z.strictObject({
  kind: z.literal('judgement'),
  v: z.literal(1),
  origin,
  model: name,
  version,
  artifact,
  artifactId: id.nullable(),
  runRecordDigest: digest,
  rulesDigest: digest,
  champions: z
    .array(z.strictObject({ endpoint: name, version: id, artifactDigest: digest }))
    .max(1000)
    .refine(...unique<{ endpoint: string }>((champion) => champion.endpoint)),
  heldOut: z.strictObject({ featuresDigest: digest, labelsDigest: digest, rows: count }),
  predictions: z.strictObject({
    challenger: digest,
    champions: z.record(name, digest),
    sets: z
      .array(z.strictObject({ name: z.enum(scoringSetNames), input: digest, digest }))
      .max(scoringSetNames.length)
      .refine(...unique<{ name: string }>((set) => set.name)),
  }),
  comparisons: z
    .array(
      z.strictObject({
        against: version,
        metrics: z
          .array(metric)
          .max(5000)
          .refine(...unique<MetricKey>(({ metric, slice, set }) => JSON.stringify([metric, slice, set]))),
        gates: z.array(gate).max(1000),
        detail: detailSchema.nullable(),
        explanation: explanationSchema.nullable(),
        behaviour: behaviourSchema.nullable(),
      }),
    )
    .max(1000)
    .refine(...unique<{ against: number | null }>((comparison) => comparison.against)),
  resultDigest: digest,
  verdict: z.enum(['pass', 'fail', 'not evaluated']),
  findings: z.array(findingSchema).max(10_000),
  claimed: claimedRunSchema,
});

export const evidenceSchema = z.discriminatedUnion('kind', [validationSchema, judgementSchema]);
