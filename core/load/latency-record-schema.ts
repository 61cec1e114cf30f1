import { z } from 'zod';
import type { Digest } from '../evidence/evidence.ts';
import { isDigest } from '../json/canonical.ts';
import { type Bin, countOf, type Histogram, highestUs } from './histogram.ts';

/** Shapes of a record of a load test, closed and bounded: the job that writes it runs pull-request code. */
const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => value.isWellFormed(), 'text with half a surrogate pair');
const count = z.int().nonnegative();
const amount = z.number().nonnegative().max(1e9);
const digest = z.custom<Digest>(isDigest, 'sha256: and 64 characters 0-9 a-f');
const commit = z.string().regex(/^[0-9a-f]{40}$/);

/** Buckets up to a minute are 2,500 at most. */
const mostBins = 3_000;

const histogram = z
  .strictObject({
    bins: z.array(z.tuple([z.int().positive().max(60_000_000), z.int().positive()])).max(mostBins),
    sumUs: count,
  })
  .refine(({ bins }) => isAscending(bins), 'buckets in ascending order')
  .refine(isSumPossible, 'a sum that these counts can have');

const round = z
  .strictObject({
    round: z.int().min(1).max(30),
    who: z.enum(['challenger', 'champion']),
    turn: z.union([z.literal(1), z.literal(2)]),
    seconds: z.number().positive().max(7_200),
    latency: histogram,
    errors: count,
    timeouts: count,
    lateStarts: count,
    readyMs: amount,
    peakMemoryMib: amount.nullable(),
  })
  .refine(({ latency, errors, timeouts, lateStarts }) => {
    const requests = countOf(latency);
    return errors + timeouts <= requests && lateStarts <= requests;
  }, 'no more errors, timeouts or late starts than requests');

const served = z.strictObject({
  version: z.int().positive().nullable(),
  commit,
  artifactDigest: digest,
  sizeBytes: count,
});

export const latencyRecordSchema = z
  .strictObject({
    v: z.literal(1),
    grade: z.literal('measured'),
    model: words(200),
    runId: count,
    runAttempt: count,
    startedAt: z.iso.datetime(),
    engine: words(200),
    machine: z.strictObject({
      runner: words(500),
      os: words(500),
      cpu: words(500),
      cpus: count,
      memoryMib: amount,
      gpus: z.array(words(500)).max(64),
    }),
    configDigest: digest,
    configFrom: z.enum(['base', 'head']),
    requestsDigest: digest.nullable(),
    traceDigest: digest.nullable(),
    pattern: z.enum(['poisson', 'constant', 'recorded']),
    roundSeconds: z.number().positive().max(1_800),
    warmUpSeconds: z.number().nonnegative().max(600),
    timeoutMs: z.number().positive().max(60_000),
    costPerHour: z.number().positive().max(100_000).nullable(),
    challenger: served,
    champion: served.nullable(),
    rounds: z.array(round).min(1).max(60),
  })
  .refine((record) => isComplete(record), {
    path: ['rounds'],
    error: 'every round once for each model that is named',
  })
  .refine(
    ({ rounds, timeoutMs }) =>
      rounds.every(({ latency }) => highestUs(latency) <= Math.ceil(timeoutMs * 1000)),
    { path: ['rounds'], error: 'no latency over the timeout' },
  );

function isAscending(bins: readonly Bin[]): boolean {
  return bins.every(([highest], at) => at === 0 || highest > (bins[at - 1]?.[0] ?? 0));
}

/** The buckets keep their highest value: the sum is not above that, and not below the highest of the bucket before. */
function isSumPossible({ bins, sumUs }: Histogram): boolean {
  const most = bins.reduce((sum, [highest, each]) => sum + highest * each, 0);
  const least = bins.reduce((sum, [highest, each], at) => {
    const floor = bins[at - 1]?.[0] ?? 0;
    return sum + highest + floor * (each - 1);
  }, 0);
  return sumUs >= least && sumUs <= most;
}

interface Rounds {
  readonly champion: unknown;
  readonly rounds: readonly { readonly round: number; readonly who: string }[];
}

function isComplete({ champion, rounds }: Rounds): boolean {
  const sides = champion === null ? ['challenger'] : ['challenger', 'champion'];
  const each = rounds.length / sides.length;
  const names = new Set(rounds.map(({ round: number, who }) => `${who} ${number}`));
  return (
    names.size === rounds.length &&
    sides.every((who) =>
      Array.from({ length: each }, (_, at) => `${who} ${at + 1}`).every((name) => names.has(name)),
    )
  );
}
