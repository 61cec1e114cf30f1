import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Finding } from '../../core/finding/finding.ts';
import {
  gpuToleranceMib,
  judgeCleanliness,
  type LeftoverProcess,
  type MachineState,
} from '../../core/training/cleanliness.ts';
import { toLabel } from '../../core/training/gpu-tool.ts';
import { listAncestors, type ProcessFact } from '../../core/training/process-table.ts';
import { judgeOwner, parseRunMark, type RunMark, renderRunMark } from '../../core/training/run-mark.ts';
import { removeFolders } from './folders.ts';
import { readHolders, readVisibleGpus } from './gpu-tools.ts';
import { readMark, readMarkHost, readProcess, readProcesses } from './processes.ts';

export interface CleanInputs {
  readonly when: 'before' | 'after';
  /** Of this job: `makeRunMark`. */
  readonly mark: RunMark;
  /** Environment of the command: GPUs that it hides are not judged. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Folders in which jobs make their work folders: the system's temporary folder and RUNNER_TEMP. */
  readonly folders: readonly string[];
  /** Own work folders that later steps need. */
  readonly keep: readonly string[];
  /** GPUs that the training needs (`neededGpus`). */
  readonly gpus: number;
  /** MiB; only tests name another one. */
  readonly toleranceMib?: number;
  /** Name of the variable with the mark; only tests name another one, so that they do not end each other's processes. */
  readonly variable?: string;
}

const politeMs = 2000;
const forceMs = 3000;
const lookMs = 50;
/** A process may start another one while it is ended: it is looked again until none is found. */
const mostRounds = 5;
/** The driver gives memory back a moment after its process has ended. */
const gpuSettleMs = 1000;
const gpuLooks = 3;

/**
 * Cleans a machine before or after a training and says what was found and done. Ends and removes only what carries a mark
 * of ours whose job is over (after: our own mark); GPU memory of somebody else is told, never touched. Never throws.
 * @returns before: the training may start if no finding is a failure; after: notes and warnings alone
 */
export async function cleanMachine(inputs: CleanInputs): Promise<readonly Finding[]> {
  const processes = await clearProcesses(inputs);
  const host = await readMarkHost();
  const { when, keep } = inputs;
  const own = renderRunMark(inputs.mark);
  const folders = await removeFolders({
    parents: inputs.folders,
    own,
    when,
    keep,
    host,
    now: Date.now(),
  });
  const rule = { gpus: inputs.gpus, gpuToleranceMib: inputs.toleranceMib ?? gpuToleranceMib };
  for (let look = 1; ; look += 1) {
    const state: MachineState = { when, processes, folders, ...(await readGpus(inputs.env)) };
    const findings = judgeCleanliness(state, rule);
    const settling = processes?.some(({ fate }) => fate === 'ended') === true || when === 'after';
    if (!settling || look === gpuLooks || !findings.some(({ code }) => code === 'training/gpu-unclean'))
      return findings;
    await wait(gpuSettleMs);
  }
}

async function readGpus(env: CleanInputs['env']): Promise<Pick<MachineState, 'gpus' | 'holders'>> {
  const { tool, gpus } = await readVisibleGpus(env);
  return { gpus, holders: tool === null || gpus.length === 0 ? null : await readHolders(tool, env) };
}

/** A marked process, and what its mark says about it. */
interface Marked {
  readonly fact: ProcessFact;
  readonly text: string;
  readonly runId: number;
  readonly state: 'ended' | 'busy' | 'unknown';
}

async function clearProcesses(inputs: CleanInputs): Promise<readonly LeftoverProcess[] | null> {
  const told = new Map<string, LeftoverProcess>();
  for (let round = 1; round <= mostRounds; round += 1) {
    const marked = await findMarked(inputs);
    if (marked === null) return null;
    const open = marked.filter(({ state }) => state === 'ended');
    for (const each of marked) {
      const { fact, runId } = each;
      const fate = each.state === 'ended' ? 'alive' : each.state;
      told.set(`${fact.pid}/${fact.start}`, { pid: fact.pid, name: toLabel(fact.name), runId, fate });
    }
    const gone = await endAll(open, inputs.variable);
    for (const { fact } of gone) {
      const key = `${fact.pid}/${fact.start}`;
      const known = told.get(key);
      if (known !== undefined) told.set(key, { ...known, fate: 'ended' });
    }
    if (gone.length === 0) break;
  }
  return [...told.values()];
}

/** Marked processes of our user, without ourselves and those above us. Null: this system does not tell. */
async function findMarked({ when, mark, variable }: CleanInputs): Promise<readonly Marked[] | null> {
  const table = await readProcesses();
  if (table === null) return null;
  const own = renderRunMark(mark);
  const host = await readMarkHost();
  const above = listAncestors(table, process.pid);
  const found: Marked[] = [];
  for (const fact of table) {
    if (above.has(fact.pid) || fact.state === 'Z') continue;
    const text = await readMark(fact.pid, variable);
    const parsed = text === null ? null : parseRunMark(text);
    if (text === null || parsed === null) continue;
    const { runId } = parsed;
    if (text === own) {
      if (when === 'after') found.push({ fact, text, runId, state: 'ended' });
    } else if (when === 'before') {
      // No process is older than its machine's boot: such a mark was copied from somewhere, and proves nothing.
      const owner = parsed.boot === host.boot ? judgeOwner(parsed, host) : 'unknown';
      found.push({ fact, text, runId, state: owner === 'alive' ? 'busy' : owner });
    }
  }
  return found;
}

/** Asks them to end, then ends them. @returns those that are gone */
async function endAll(marked: readonly Marked[], variable?: string): Promise<readonly Marked[]> {
  for (const each of marked) await signal(each, 'SIGTERM', variable);
  const stubborn = await waitFor(marked, politeMs);
  for (const each of stubborn) await signal(each, 'SIGKILL', variable);
  const left = await waitFor(stubborn, forceMs);
  return marked.filter((each) => !left.includes(each));
}

/** The number may be another process by now: it is looked at again right before. */
async function signal(each: Marked, name: 'SIGTERM' | 'SIGKILL', variable?: string): Promise<void> {
  if (!(await isThere(each)) || (await readMark(each.fact.pid, variable)) !== each.text) return;
  try {
    process.kill(each.fact.pid, name);
  } catch {
    // Ended just now, or not ours to end: the next look tells.
  }
}

async function waitFor(marked: readonly Marked[], limitMs: number): Promise<readonly Marked[]> {
  const until = performance.now() + limitMs;
  for (;;) {
    const left: Marked[] = [];
    for (const each of marked) if (await isThere(each)) left.push(each);
    if (left.length === 0 || performance.now() > until) return left;
    await wait(lookMs);
  }
}

/** One that has ended but was not asked how (`Z`) holds nothing any more. */
async function isThere({ fact }: Marked): Promise<boolean> {
  const now = await readProcess(fact.pid);
  return now !== null && now.start === fact.start && now.state !== 'Z';
}
