import type { FileProblem } from '../../core/dataset/measured.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { Source } from './table.ts';

/** The engine's own words hold the row at fault, which may be private: only these sentences are passed on. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/not utf-8 encoded|invalid unicode/i, 'it is not UTF-8'],
  [/maximum line size|maximum_object_size/i, 'a line over 2 MB'],
  [/unterminated quote/i, 'a quoted cell that does not end'],
  [/malformed json/i, 'a line that is not JSON'],
  [/expected number of columns/i, 'a row with more or fewer cells than the header'],
  [/magic bytes|too small to be a parquet/i, 'it is no whole Parquet file'],
  [/failed to read file|decompress|corrupt|thrift|invalid encoding/i, 'its content is damaged'],
];

/**
 * Tells a broken file from a broken engine.
 * @throws ServiceError ENGINE_FAILED unless the engine said that the data cannot be read: memory, disk and unknown errors
 * say nothing about the data, and the verdict is then "not evaluated".
 */
export function describeEngineError(cause: unknown, sources: readonly Source[]): FileProblem {
  const text = cause instanceof Error ? cause.message : String(cause);
  const sentence = sentences.find(([form]) => form.test(text))?.[1];
  const isData = /^(Invalid Input|Conversion|Invalid|Serialization) Error/.test(text);
  if (!isData && sentence === undefined) {
    throw new ServiceError('ENGINE_FAILED', `The data engine failed: ${describeFailure(text)}`, {
      hint: 'Run the job again; if it fails again, give the runner more memory or disk.',
      cause,
    });
  }
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1] ?? readJsonLine(text);
  const source = sources.find(({ local }) => text.includes(local)) ?? sources[0];
  return {
    path: source?.path ?? '',
    line: line === undefined ? null : Number(line),
    because: sentence ?? 'the engine cannot read it',
  };
}

/** Of an error that is about the machine all words; of any other only its kind: the rest may quote a cell. */
function describeFailure(text: string): string {
  const first = text.split('\n')[0] ?? '';
  if (/^(?:IO|Out of Memory|Interrupt|Permission|Fatal) Error:/i.test(first)) return first;
  return /^[A-Za-z][A-Za-z ]{0,40} Error(?=:)/.exec(first)?.[0] ?? 'an error of an unknown kind';
}

/** The engine counts the lines of JSON files from 1, and names the one behind. */
function readJsonLine(text: string): string | undefined {
  const line = /^[^"]*Malformed JSON in file ".*", at byte \d+ in line (\d+):/.exec(text)?.[1];
  return line === undefined ? undefined : String(Number(line) - 1);
}
