import { digestBytes } from '../json/canonical.ts';
import type { Machine } from '../training/machine.ts';
import type { FinishedRun, RunRecord } from './evidence.ts';

export const sampleMachine: Machine = {
  os: 'Linux 6.1.0 x64',
  cpu: 'AMD EPYC 9654',
  cpus: 16,
  memoryMib: 131_072,
  diskFreeMib: 65_536,
  gpus: [{ name: 'NVIDIA H100', memoryMib: 81_559, usedMib: 0, capability: '9.0' }],
  gpuDriver: '550.54.15',
  gpuRuntime: '12.4',
  gpuTool: 'nvidia-smi',
};

const startedAt = '2026-11-21T09:00:00.000Z';

const base: FinishedRun = {
  v: 2,
  grade: 'claimed',
  model: 'flight-delay',
  commit: 'a'.repeat(40),
  changedFiles: [],
  runId: 501,
  runAttempt: 1,
  trigger: 'pull_request',
  command: 'node train.mjs',
  image: null,
  startedAt,
  durationMs: 9_000,
  runner: 'gpu-1',
  machine: sampleMachine,
  runtimes: { node: 'v24.21.0', python: '3.11.2' },
  packages: [
    ['numpy', '2.1.0'],
    ['torch', '2.5.1'],
  ],
  lockFiles: [{ path: 'requirements.txt', digest: digestBytes('numpy==2.1.0') }],
  environment: { OMP_NUM_THREADS: '4' },
  seed: 7,
  parameters: { 'optimizer.lr': 0.01 },
  metrics: { auc: 0.66 },
  history: [{ at: startedAt, epoch: 1, epochs: 1, step: null, steps: null, metrics: { loss: 0.4 } }],
  phases: [
    { name: 'data', durationMs: 500 },
    { name: 'command', durationMs: 8_500 },
  ],
  usage: { samples: 4, peakMemoryMib: 900, gpuUtilisation: 0.8, gpuPeakMemoryMib: 4_000, gpuEnergyWh: 1.5 },
  cost: { amount: 0.0063, currency: 'USD', hourly: 2.5 },
  attempts: [
    {
      number: 1,
      runAttempt: 1,
      runner: 'gpu-1',
      startedAt,
      durationMs: 8_500,
      outcome: 'done',
      how: 'exit code 0',
      resumedFrom: null,
    },
  ],
  outcome: 'done',
  datasets: [{ dataset: 'flights', dataDigest: digestBytes('data') }],
  featureVersion: 'unknown',
  artifact: { digest: digestBytes('model'), sizeBytes: 4_096, name: 'model.json' },
  outputs: [],
};

/** The record of a run that ended well; override what a case needs. */
export function makeRunRecord(over?: Partial<FinishedRun>): FinishedRun;
export function makeRunRecord(over: Partial<RunRecord>): RunRecord;
export function makeRunRecord(over: Partial<RunRecord> = {}): RunRecord {
  return { ...base, ...over };
}
