import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleTests } from './bundle.ts';
import type { Coverage } from './coverage.ts';
import { type Mutant, plantMutants } from './mutant.ts';
import type { TrialOutcome } from './trial.ts';
import type { Prepared } from './worker.ts';

/** One mutant and what became of it. */
export type Verdict = Mutant & TrialOutcome;

export interface MutantRun {
  readonly verdicts: readonly Verdict[];
  /** Test files that fail without any mutant; they judged none. */
  readonly red: readonly string[];
}

export interface MutantOptions {
  /** Globs from the root of the repository, here and below. */
  readonly sources: readonly string[];
  readonly testFiles: readonly string[];
  /** Which of the mutants are tried. */
  readonly chosen: (mutant: Mutant) => boolean;
  /** Tests of this length, in time of the processor, are run on one mutant; it survives what it outlives. */
  readonly budgetMs: number;
  readonly workers: number;
  readonly progress?: (done: number, all: number, survived: number, latest: Verdict) => void;
}

const root = join(import.meta.dirname, '..', '..');
/** No answer for so long: the mutant made something endless. Generous, as the machine may be busy. */
const longestMs = 60_000;

/**
 * Plants every mutant in the sources and tries each with the tests that pass it, in child processes.
 * @returns verdicts in the order of the sources
 */
export async function runMutants({ sources, testFiles, ...options }: MutantOptions): Promise<MutantRun> {
  const { mutants, texts } = await plantMutants(root, sources);
  const tests = globSync([...testFiles], { cwd: root }).sort();
  const codes = [...(await bundleTests(root, tests, texts))];
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-mutants-'));
  const file = join(folder, 'prepared.json');
  const write = (coverage: Coverage | null) =>
    writeFileSync(
      file,
      JSON.stringify({ root, tests, codes, coverage, budgetMs: options.budgetMs } satisfies Prepared),
    );
  try {
    write(null);
    const coverage = await measure(file);
    write(coverage);
    const queue = mutants.filter(options.chosen);
    const verdicts: Verdict[] = [];
    const all = queue.length;
    let survived = 0;
    const note = (verdict: Verdict) => {
      verdicts.push(verdict);
      if (verdict.killedBy === null) survived += 1;
      options.progress?.(verdicts.length, all, survived, verdict);
    };
    await Promise.all(Array.from({ length: options.workers }, () => work(file, queue, note)));
    return { verdicts: verdicts.sort((a, b) => Number(a.id) - Number(b.id)), red: coverage.red };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const startWorker = (file: string): ChildProcess => fork(join(import.meta.dirname, 'worker.ts'), [file]);

/** @throws Error: the worker ended without an answer */
async function measure(file: string): Promise<Coverage> {
  const worker = startWorker(file);
  const gone = once(worker, 'exit').then(() => Promise.reject(new Error('the tests could not be measured')));
  const [coverage] = (await Promise.race([once(worker, 'message'), gone])) as [Coverage];
  gone.catch(() => undefined);
  return coverage;
}

/** Takes mutants from the queue until it is empty; a worker that is stuck or gone is replaced. */
async function work(file: string, queue: Mutant[], note: (verdict: Verdict) => void): Promise<void> {
  let worker = startWorker(file);
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const outcome = await ask(worker, mutant);
    note({ ...mutant, ...(outcome ?? { killedBy: 'no answer', reached: true }) });
    if (outcome === null) {
      worker.kill('SIGKILL');
      worker = startWorker(file);
    }
  }
  worker.kill();
}

/** @returns null: no answer in time, or the process is gone */
function ask(worker: ChildProcess, mutant: Mutant): Promise<TrialOutcome | null> {
  return new Promise((resolve) => {
    const end = (outcome: TrialOutcome | null) => {
      clearTimeout(timer);
      worker.off('message', end);
      worker.off('exit', gone);
      resolve(outcome);
    };
    const gone = () => end(null);
    const timer = setTimeout(gone, longestMs);
    worker.on('message', end);
    worker.on('exit', gone);
    worker.send(mutant);
  });
}
