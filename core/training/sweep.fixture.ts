import { makeTrain } from '../config/train.fixture.ts';
import {
  emptyMemory,
  type SweepInput,
  type SweptJob,
  type SweptModel,
  type SweptRun,
} from './sweep-facts.ts';

export const noon = '2026-11-21T12:00:00Z';

/** ISO 8601 UTC, so many minutes before noon. */
export const ago = (minutes: number): string => new Date(Date.parse(noon) - minutes * 60_000).toISOString();

export const gpuModel: SweptModel = {
  model: 'flight-delay',
  train: makeTrain({
    runsOn: ['self-hosted', 'gpu'],
    timeoutMinutes: 60,
    queueMinutes: 30,
    retry: { attempts: 3, backoffSeconds: 60, causes: ['lost-runner'] },
  }),
};

/** A job that trains since half an hour. */
export const makeJob = (own: Partial<SweptJob> = {}): SweptJob => ({
  name: 'train',
  attempt: 1,
  labels: ['self-hosted', 'gpu'],
  runner: 'gpu-1',
  status: 'in_progress',
  conclusion: null,
  steps: [],
  notes: [],
  createdAt: ago(31),
  startedAt: ago(30),
  completedAt: null,
  ...own,
});

/** A job whose runner was lost ten minutes ago. */
export const lostJob = (own: Partial<SweptJob> = {}): SweptJob =>
  makeJob({
    status: 'completed',
    conclusion: 'failure',
    steps: [{ status: 'in_progress', conclusion: null }],
    notes: ['The self-hosted runner lost communication with the server.'],
    completedAt: ago(10),
    ...own,
  });

export const makeRun = (own: Partial<SweptRun> = {}): SweptRun => ({
  id: 7,
  attempt: 1,
  status: 'in_progress',
  conclusion: null,
  url: 'https://github.test/acme/flights/actions/runs/7',
  model: 'flight-delay',
  isNewest: true,
  jobs: [makeJob()],
  ...own,
});

export const makeSweep = (own: Partial<SweepInput> = {}): SweepInput => ({
  now: noon,
  runs: [],
  runners: [],
  models: [gpuModel],
  policy: { idleMinutes: 30 },
  memory: emptyMemory,
  ...own,
});
