import process from 'node:process';
import { compareInThreads } from '../../adapters/compare/compare-in-threads.ts';
import { peakMemoryBytes } from '../peak-memory.ts';
import { readSample } from './judge-data.ts';

/* One judgement in a process of its own, so that its peak memory is its own: `judge-part.ts WHAT FOLDER RESAMPLES THREADS` prints one JSON line. */

export interface JudgePart {
  readonly seconds: number;
  /** Of all threads: what a busy machine changes least. */
  readonly processorSeconds: number;
  readonly peakMiB: number;
  readonly resamples: number;
  /** Values of the challenger by metric, on all rows: only equal work may be compared. */
  readonly values: Readonly<Record<string, number>>;
}

const [what = '', folder = '', resamples = '', threads = ''] = process.argv.slice(2);
const input = { ...readSample(folder, Number(resamples)), resampleAll: what === 'bootstrap' };
const started = performance.now();
const before = process.cpuUsage();
const { metrics } = await compareInThreads(input, Number(threads));
const { user, system } = process.cpuUsage(before);
const part: JudgePart = {
  seconds: (performance.now() - started) / 1000,
  processorSeconds: (user + system) / 1e6,
  peakMiB: peakMemoryBytes() / 1024 ** 2,
  resamples: Number(resamples),
  values: Object.fromEntries(
    metrics.filter(({ slice }) => slice === null).map(({ metric, challenger }) => [metric, challenger]),
  ),
};
console.log(JSON.stringify(part));
