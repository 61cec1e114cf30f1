import { z } from 'zod';
import { InputError } from '../error/error.ts';
import { isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { Digest, RunRecord } from './evidence.ts';

/** A record is some kilobytes; one over this is not ours. */
export const maxRunRecordBytes = 256 * 1024;

const text = z
  .string()
  .min(1)
  .max(2_000)
  .refine((value) => value.isWellFormed());
const name = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => value.isWellFormed());
const count = z.number().int().nonnegative();
const digest = z.custom<Digest>(isDigest, 'sha256: and 64 characters 0-9 a-f');
const fewer = (most: number) => (record: Record<string, unknown>) => Object.keys(record).length <= most;

const schema = z.strictObject({
  v: z.literal(1),
  grade: z.literal('claimed'),
  model: name,
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  runId: count,
  runAttempt: count,
  command: z
    .string()
    .min(1)
    .max(4_000)
    .refine((value) => value.isWellFormed()),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  runner: text,
  os: text,
  cpu: text,
  gpu: text,
  node: text,
  parameters: z.record(name, z.union([text, z.number(), z.boolean()])).refine(fewer(200)),
  metrics: z.record(name, z.number()).refine(fewer(200)),
  datasets: z.array(z.strictObject({ dataset: name, dataDigest: digest })).max(100),
  artifact: z.strictObject({ digest, sizeBytes: count, name }),
});

/**
 * Reads the run record that the training job wrote. Claimed and pull-request controlled: its shape and size are
 * checked, what it says is not believed.
 * @throws InputError RUN_RECORD_INVALID
 */
export function parseRunRecord(content: Uint8Array | string, source: string): RunRecord {
  if (content.length > maxRunRecordBytes) throw refuse(source, `it has more than ${maxRunRecordBytes} bytes`);
  const result = schema.safeParse(parse(content, source));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join('/').slice(0, 200) ?? '';
  throw refuse(
    source,
    `at "/${place.toWellFormed()}": ${issue?.message.slice(0, 200).toWellFormed() ?? 'wrong shape'}`,
  );
}

function parse(content: Uint8Array | string, source: string): unknown {
  if (typeof content === 'string') return parseStrictJson(content, source);
  try {
    return parseStrictJson(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content),
      source,
    );
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw refuse(source, 'it is not UTF-8 text');
  }
}

function refuse(source: string, why: string): InputError {
  return new InputError('RUN_RECORD_INVALID', `${source} is no run record: ${why}`, {
    hint: 'Train with the train-model action, which writes run.json, and do not change the file afterwards.',
    where: { file: source },
  });
}
