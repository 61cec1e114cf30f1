import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { Histogram } from './histogram.ts';
import { latencyRecordSchema } from './latency-record-schema.ts';

/** One start of one model's server and the load that it then got. */
export interface RoundFact {
  /** From 1. */
  readonly round: number;
  readonly who: 'challenger' | 'champion';
  /** Which of the two came first changes from round to round. */
  readonly turn: 1 | 2;
  /** From the first counted moment to the end of the schedule or the last answer, whichever was later. */
  readonly seconds: number;
  /** Every request, from the moment at which it was due; what failed or took too long counts as the timeout. */
  readonly latency: Histogram;
  /** Of these: no connection, a broken one, or another status than expected. */
  readonly errors: number;
  readonly timeouts: number;
  /** Of these: sent so late by the measuring side that its own delay is in the latency. */
  readonly lateStarts: number;
  /** From the start of the server until it was ready. */
  readonly readyMs: number;
  /** Summed over the processes that served at the end of the round; null: this system does not tell. */
  readonly peakMemoryMib: number | null;
}

/** A model that was served. */
export interface ServedModel {
  /** null: proposed, in no ledger yet. */
  readonly version: number | null;
  /** Commit whose code served it. */
  readonly commit: string;
  readonly artifactDigest: Digest;
  readonly sizeBytes: number;
}

/** The machine in words, as it describes itself. */
export interface LoadMachine {
  readonly runner: string;
  readonly os: string;
  readonly cpu: string;
  readonly cpus: number;
  readonly memoryMib: number;
  readonly gpus: readonly string[];
}

/**
 * What a load test measured, `latency.json`. Measured: our code beside code of the pull request, on a machine of the team.
 * Holds counts, never a request or an answer.
 */
export interface LatencyRecord {
  readonly v: 1;
  readonly grade: 'measured';
  readonly model: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly startedAt: string;
  /** For example `gatehouse 0.1.0, node v24.1.0`. */
  readonly engine: string;
  readonly machine: LoadMachine;
  /** Digest of the canonical JSON of `latency.load` of the model.yml that applied, and the side it came from. */
  readonly configDigest: Digest;
  readonly configFrom: 'base' | 'head';
  /** Of the file that the bodies came from; null: requests without a body. */
  readonly requestsDigest: Digest | null;
  /** Of the recorded trace; null: declared arrivals. */
  readonly traceDigest: Digest | null;
  readonly pattern: 'poisson' | 'constant' | 'recorded';
  /** Of the counted part of a round, by the schedule. */
  readonly roundSeconds: number;
  readonly warmUpSeconds: number;
  readonly timeoutMs: number;
  /** Price of the serving machine; null: none is declared. */
  readonly costPerHour: number | null;
  readonly challenger: ServedModel;
  readonly champion: ServedModel | null;
  /** In the order in which they were measured. */
  readonly rounds: readonly RoundFact[];
}

/** Thirty rounds of two models with some hundred buckets each are some hundred kilobytes. */
export const maxLatencyRecordBytes = 4 * 1024 * 1024;

/**
 * Reads the record of a load test. The job that wrote it ran pull-request code: its shape is checked, and that its numbers
 * can be those of one measurement.
 * @throws InputError LATENCY_RECORD_INVALID, JSON_INVALID
 */
export function parseLatencyRecord(content: Uint8Array | string, source: string): LatencyRecord {
  if (content.length > maxLatencyRecordBytes) {
    throw refuse(source, `it has more than ${maxLatencyRecordBytes} bytes`);
  }
  const result = latencyRecordSchema.safeParse(parseStrictJson(decode(content, source), source));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join('/').slice(0, 200) ?? '';
  const why = issue?.message.slice(0, 200) ?? 'wrong shape';
  throw refuse(source, `at "/${place.toWellFormed()}": ${why.toWellFormed()}`);
}

function decode(content: Uint8Array | string, source: string): string {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw refuse(source, 'it is not UTF-8 text');
  }
}

function refuse(source: string, why: string): InputError {
  return new InputError('LATENCY_RECORD_INVALID', `${source} is no record of a load test: ${why}`, {
    hint: 'Measure with the measure-latency action, which writes latency.json, and do not change the file afterwards.',
    where: { file: source },
  });
}
