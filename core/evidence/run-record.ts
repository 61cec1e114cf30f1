import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { RunRecord } from './evidence.ts';
import { runRecordSchema } from './run-record-schema.ts';

/** A record is some kilobytes, with many packages and a long history some hundred; one over this is not ours. */
export const maxRunRecordBytes = 1024 * 1024;

/**
 * Reads the run record that the training job wrote. Claimed and pull-request controlled: its shape and size are
 * checked, what it says is not believed.
 * @throws InputError RUN_RECORD_INVALID
 */
export function parseRunRecord(content: Uint8Array | string, source: string): RunRecord {
  if (content.length > maxRunRecordBytes) throw refuse(source, `it has more than ${maxRunRecordBytes} bytes`);
  const result = runRecordSchema.safeParse(parse(content, source));
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
