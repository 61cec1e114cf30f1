import { seedGenerator } from '../statistics/mulberry32.ts';
import { fillHistogram } from './histogram.ts';
import type { LatencyRecord, RoundFact, ServedModel } from './latency-record.ts';

export interface RoundOptions {
  readonly round: number;
  readonly who: RoundFact['who'];
  readonly latenciesMs: readonly number[];
  readonly errors?: number;
  readonly lateStarts?: number;
  readonly seconds?: number;
}

export function makeRound({ round, who, latenciesMs, errors, lateStarts, seconds }: RoundOptions): RoundFact {
  const first = round % 2 === 1 ? 'challenger' : 'champion';
  return {
    round,
    who,
    turn: who === first ? 1 : 2,
    seconds: seconds ?? 60,
    latency: fillHistogram(latenciesMs),
    errors: errors ?? 0,
    timeouts: 0,
    lateStarts: lateStarts ?? 0,
    readyMs: 800,
    peakMemoryMib: 120,
  };
}

/** Latencies with a long tail, the same for the same seed. */
export function makeLatencies(count: number, medianMs: number, seed: number): readonly number[] {
  const next = seedGenerator(seed);
  return Array.from({ length: count }, () => medianMs * Math.exp(0.5 * (next() + next() + next() - 1.5)));
}

const served = (version: number | null, mark: string): ServedModel => ({
  version,
  commit: mark.repeat(40),
  artifactDigest: `sha256:${mark.repeat(64)}`,
  sizeBytes: 1000,
});

export function makeLatencyRecord(
  rounds: readonly RoundFact[],
  own: Partial<LatencyRecord> = {},
): LatencyRecord {
  const champion = rounds.some(({ who }) => who === 'champion') ? served(3, 'b') : null;
  return {
    v: 1,
    grade: 'measured',
    model: 'churn',
    runId: 4711,
    runAttempt: 1,
    startedAt: '2026-11-01T10:00:00.000Z',
    engine: 'gatehouse 0.1.0, node v24.0.0',
    machine: { runner: 'r1', os: 'Linux 6 x64', cpu: 'A CPU', cpus: 4, memoryMib: 8000, gpus: [] },
    configDigest: `sha256:${'c'.repeat(64)}`,
    configFrom: 'base',
    requestsDigest: `sha256:${'d'.repeat(64)}`,
    traceDigest: null,
    pattern: 'poisson',
    roundSeconds: 60,
    warmUpSeconds: 10,
    timeoutMs: 2000,
    costPerHour: null,
    challenger: served(null, 'a'),
    champion,
    rounds,
    ...own,
  };
}
