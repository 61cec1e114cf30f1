import { z } from 'zod';
import { retryCauses } from '../config/train.ts';
import { isDigest } from '../json/canonical.ts';
import type { Digest } from './evidence.ts';

/** Shapes of a run record, closed and bounded: the job that writes it runs pull-request code. Every number is finite. */
const wellFormed = (most: number, least = 1) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine((value) => value.isWellFormed(), 'text with half a surrogate pair');
const text = wellFormed(2_000);
const name = wellFormed(200);
const path = wellFormed(1_000);
const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();
const share = z.number().min(0).max(1);
const digest = z.custom<Digest>(isDigest, 'sha256: and 64 characters 0-9 a-f');
const map = <T extends z.ZodType>(value: T, most: number) =>
  z.record(name, value).refine((record) => Object.keys(record).length <= most, `at most ${most} entries`);

const machine = z.strictObject({
  os: text,
  cpu: text,
  cpus: count,
  memoryMib: amount,
  diskFreeMib: amount.nullable(),
  gpus: z
    .array(
      z.strictObject({
        name,
        memoryMib: amount.nullable(),
        usedMib: amount.nullable(),
        capability: name.nullable(),
      }),
    )
    .max(64),
  gpuDriver: name.nullable(),
  gpuRuntime: name.nullable(),
  gpuTool: z.enum(['nvidia-smi', 'rocm-smi']).nullable(),
  gpuFault: text.exactOptional(),
});

const usage = z.strictObject({
  samples: count,
  peakMemoryMib: amount.nullable(),
  gpuUtilisation: share.nullable(),
  gpuPeakMemoryMib: amount.nullable(),
  gpuEnergyWh: amount.nullable(),
});

const point = z.strictObject({
  at: z.iso.datetime(),
  epoch: z.number().nullable(),
  epochs: z.number().nullable(),
  step: z.number().nullable(),
  steps: z.number().nullable(),
  metrics: map(z.number(), 50),
});

const outcome = z.enum(['done', 'failed', 'cancelled', 'timed-out', ...retryCauses]);

const attempt = z.strictObject({
  number: count.min(1),
  runAttempt: count,
  runner: text,
  startedAt: z.iso.datetime(),
  durationMs: amount,
  outcome,
  how: wellFormed(2_000, 0),
  resumedFrom: digest.nullable(),
});

/** What a run record and its copy in evidence have in common. */
const common = {
  grade: z.literal('claimed'),
  model: name,
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  changedFiles: z.array(path).max(100),
  runId: count,
  runAttempt: count,
  trigger: name,
  command: wellFormed(4_000),
  image: text.nullable(),
  startedAt: z.iso.datetime(),
  durationMs: amount,
  runner: text,
  machine,
  seed: count.nullable(),
  parameters: map(z.union([wellFormed(500, 0), z.number(), z.boolean()]), 300),
  metrics: map(z.number(), 200),
  cost: z.strictObject({ amount, currency: z.string().regex(/^[A-Z]{3}$/), hourly: amount }).nullable(),
  datasets: z.array(z.strictObject({ dataset: name, dataDigest: digest })).max(100),
};
const artifact = z.strictObject({ digest, sizeBytes: count, name });

export const runRecordSchema = z
  .strictObject({
    v: z.literal(2),
    ...common,
    runtimes: map(name, 20),
    packages: z.array(z.tuple([name, name])).max(3_000),
    lockFiles: z.array(z.strictObject({ path, digest })).max(50),
    environment: map(wellFormed(1_000, 0), 50),
    history: z.array(point).max(200),
    phases: z.array(z.strictObject({ name, durationMs: amount })).max(50),
    usage: usage.nullable(),
    attempts: z.array(attempt).max(100),
    outcome,
    featureVersion: text,
    artifact: artifact.nullable(),
    outputs: z.array(z.strictObject({ path, digest, sizeBytes: count })).max(200),
  })
  .refine((record) => (record.outcome === 'done') === (record.artifact !== null), {
    path: ['artifact'],
    error: 'a model file exactly when the outcome is "done"',
  });

export const claimedRunSchema = z.strictObject({ ...common, artifact, attempts: count });
