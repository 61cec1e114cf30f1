import process from 'node:process';
import type { GpuAnswer } from '../../core/training/gpu-tool.ts';
import type { Usage } from '../../core/training/machine.ts';
import { listFamily, type ProcessFact } from '../../core/training/process-table.ts';
import { addSample, type GpuSample, noUsage, toUsage, type UsageFold } from '../../core/training/usage.ts';
import { readUse, readVisibleGpus } from './gpu-tools.ts';
import { readMark, readMemory, readProcesses } from './processes.ts';

export interface SamplerInputs {
  /** The command: it leads its process group. */
  readonly pid: number;
  /** Environment of the command. */
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Longest wait between two samples; the first ones follow each other faster, so that a short training has some. */
  readonly everyMs: number;
  /** Value of GATEHOUSE_RUN: finds processes that left the group, and those in a container. */
  readonly mark?: string;
}

export interface Sampler {
  /** Ends it and says what was seen. Never throws. */
  readonly stop: () => Promise<Usage>;
}

const firstWaitMs = 250;
const shortestMs = 100;
/** A tool that failed this often in a row is not asked again. */
const patience = 3;
/** What a sample in flight may hold up the end of a training. */
const stopLimitMs = 2000;

/**
 * Looks at a running command from time to time: memory of it and of everything that it started (Linux), use, memory and
 * power of its GPUs. Takes constant memory. Whatever fails is a sample that tells less: never a failure of the training.
 */
export function startSampler(inputs: SamplerInputs): Sampler {
  const everyMs = Number.isFinite(inputs.everyMs) ? Math.max(inputs.everyMs, shortestMs) : shortestMs * 100;
  const reader = new UseReader(inputs);
  let fold: UsageFold = noUsage;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = (waitMs: number): void => {
    running = reader.sample().then((sample) => {
      if (stopped) return;
      fold = addSample(fold, { atMs: performance.now(), ...sample });
      timer = setTimeout(() => look(Math.min(waitMs * 2, everyMs)), waitMs);
      timer.unref();
    });
  };
  look(Math.min(firstWaitMs, everyMs));
  return {
    stop: async () => {
      clearTimeout(timer);
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, stopLimitMs).unref())]);
      stopped = true;
      clearTimeout(timer);
      return toUsage(fold);
    },
  };
}

interface Seen {
  readonly memoryMib: number | null;
  readonly gpus: readonly GpuSample[] | null;
}

class UseReader {
  private readonly inputs: SamplerInputs;
  /** Undefined: not asked yet. Null: not asked again. */
  private tool: GpuAnswer['tool'] | null | undefined;
  private faults = 0;
  /** Marks of processes by number and start: an environment is read once. Holds living processes alone. */
  private marks = new Map<string, boolean>();

  constructor(inputs: SamplerInputs) {
    this.inputs = inputs;
  }

  async sample(): Promise<Seen> {
    const [memoryMib, gpus] = await Promise.all([
      this.memory().catch(() => null), // Best effort: a sample less.
      this.gpus().catch(() => null),
    ]);
    return { memoryMib, gpus };
  }

  /**
   * Resident memory of the family, summed: pages that processes share count for each of them. A single process tells its
   * own highest besides, so that a peak between two samples is not lost.
   */
  private async memory(): Promise<number | null> {
    const table = await readProcesses();
    if (table === null) return null;
    const family = listFamily(table, this.inputs.pid);
    let sum = 0;
    let single = 0;
    let known = false;
    for (const fact of await this.addMarked(table, family)) {
      const { nowMib, peakMib } = await readMemory(fact.pid);
      known ||= nowMib !== null;
      sum += nowMib ?? 0;
      single = Math.max(single, peakMib ?? 0);
    }
    return known ? Math.max(sum, single) : null;
  }

  private async addMarked(
    table: readonly ProcessFact[],
    family: ReadonlySet<number>,
  ): Promise<readonly ProcessFact[]> {
    const { mark } = this.inputs;
    if (mark === undefined) return table.filter(({ pid }) => family.has(pid));
    const marks = new Map<string, boolean>();
    const found: ProcessFact[] = [];
    for (const fact of table) {
      const key = `${fact.pid}/${fact.start}`;
      const marked = family.has(fact.pid) || (this.marks.get(key) ?? (await readMark(fact.pid)) === mark);
      marks.set(key, marked);
      if (marked && fact.pid !== process.pid) found.push(fact);
    }
    this.marks = marks;
    return found;
  }

  private async gpus(): Promise<readonly GpuSample[] | null> {
    const { env } = this.inputs;
    if (this.tool === undefined) {
      const { tool, gpus } = await readVisibleGpus(env);
      this.tool = gpus.length === 0 ? null : tool;
      return this.tool === null ? null : gpus;
    }
    if (this.tool === null) return null;
    const gpus = await readUse(this.tool, env);
    this.faults = gpus === null ? this.faults + 1 : 0;
    if (this.faults >= patience) this.tool = null;
    return gpus;
  }
}
