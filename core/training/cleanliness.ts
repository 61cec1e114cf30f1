import type { Finding } from '../finding/finding.ts';
import type { GpuHolder, GpuReading } from './gpu-tool.ts';

/** A process that carries a mark of ours (GATEHOUSE_RUN). */
export interface LeftoverProcess {
  readonly pid: number;
  /** As it calls itself. */
  readonly name: string;
  readonly runId: number;
  /**
   * `ended`: we ended it. `alive`: it is left over and could not be ended. `busy`: the job that started it still works.
   * `unknown`: whether that job still works cannot be told, so it was left alone.
   */
  readonly fate: 'ended' | 'alive' | 'busy' | 'unknown';
}

/** A folder that a job of ours made. */
export interface LeftoverFolder {
  readonly path: string;
  readonly fate: 'removed' | 'stuck' | 'unknown';
  /** Why it is stuck, for example the code of the system's error. */
  readonly why?: string;
}

/** What was found on a machine before or after a training, and what was done about it. */
export interface MachineState {
  readonly when: 'before' | 'after';
  /** Null: this system does not tell (not Linux). */
  readonly processes: readonly LeftoverProcess[] | null;
  readonly folders: readonly LeftoverFolder[];
  /** GPUs that the command can use. */
  readonly gpus: readonly GpuReading[];
  /** Processes that hold memory of these GPUs; null: the tool does not tell. */
  readonly holders: readonly GpuHolder[] | null;
}

export interface CleanRule {
  /** GPUs that the training needs: with none, a busy GPU is only told. */
  readonly gpus: number;
  /** Memory that may be in use on a GPU that nobody works on: driver, display. */
  readonly gpuToleranceMib: number;
}

/** A display or an older driver takes a few hundred MiB; a forgotten training takes more. */
export const gpuToleranceMib = 512;

/**
 * Judges whether a machine is clean. What was cleaned away is a note; what stays unclean before a training refuses it,
 * and is a warning after one: the training is done, the next one will be refused.
 */
export function judgeCleanliness(state: MachineState, rule: CleanRule): readonly Finding[] {
  const left = state.when === 'before' ? 'fail' : 'warn';
  return [
    ...judgeProcesses(state, left),
    ...state.folders.map((folder) => judgeFolder(folder, left)),
    ...state.gpus.flatMap((gpu) => judgeGpu(gpu, state, rule.gpus > 0 ? left : 'note', rule)),
  ];
}

type Severity = Finding['severity'];

function judgeProcesses({ processes }: MachineState, left: Severity): readonly Finding[] {
  if (processes !== null) return processes.map((each) => judgeProcess(each, left));
  return [
    {
      code: 'training/leftover-process',
      severity: 'note',
      message: 'Whether processes of earlier trainings are left cannot be told on this system',
      fix: 'Use runners that serve one job each, or Linux.',
    },
  ];
}

function judgeProcess({ pid, name, runId, fate }: LeftoverProcess, left: Severity): Finding {
  const found = `${name}, process ${pid} of run ${runId}`;
  const code = 'training/leftover-process';
  if (fate === 'ended')
    return {
      code,
      severity: 'note',
      message: 'A process of a training that is over was ended',
      found,
      fix: 'Let the command wait for what it starts.',
    };
  if (fate === 'busy')
    return {
      code,
      severity: 'note',
      message: 'Another training works on this machine right now',
      found,
      fix: 'Give each runner of a machine its own GPUs.',
    };
  if (fate === 'alive')
    return {
      code,
      severity: left,
      message: 'A process of a training that is over cannot be ended',
      found,
      allowed: 'none',
      fix: `End process ${pid} on the runner, or start the runner's machine anew.`,
    };
  return {
    code,
    severity: 'warn',
    message:
      'A process of a training is there, and whether its job still works cannot be told: it was left alone',
    found,
    fix: `Look at process ${pid} on the runner, and end it there if no job works.`,
  };
}

function judgeFolder({ path, fate, why }: LeftoverFolder, left: Severity): Finding {
  const code = 'training/leftover-folder';
  if (fate === 'removed')
    return {
      code,
      severity: 'note',
      message: 'A work folder of a job that is over was removed',
      found: path,
      fix: 'Nothing to do: runners that serve one job each leave none.',
    };
  if (fate === 'unknown')
    return {
      code,
      severity: 'note',
      message: 'A work folder is there, and whether its job still works cannot be told: it was left alone',
      found: path,
      fix: 'Remove it on the runner if no job works there.',
    };
  return {
    code,
    severity: left,
    message: 'A work folder of a job that is over cannot be removed',
    found: why === undefined ? path : `${path} (${why})`,
    allowed: 'none',
    fix: 'Remove it on the runner as its owner or as root; a container that writes as root leaves such files.',
  };
}

function judgeGpu(
  gpu: GpuReading,
  { when, holders }: MachineState,
  left: Severity,
  { gpuToleranceMib: tolerance }: CleanRule,
): readonly Finding[] {
  const own = (holders ?? []).filter((holder) => holder.gpu === null || holder.gpu === gpu.uuid);
  const used = highestUse(gpu, own);
  // Memory that cannot be told is clean only where the tool says that nobody holds any.
  if (used === null && holders !== null && own.length === 0) return [];
  if (used !== null && used <= tolerance) return [];
  return [
    {
      code: 'training/gpu-unclean',
      severity: left,
      message:
        when === 'before'
          ? `GPU ${gpu.index} is in use before the training starts`
          : `GPU ${gpu.index} is still in use after the training`,
      found: [
        used === null ? 'memory in use: unknown' : `${Math.ceil(used)} MiB`,
        ...own.slice(0, 4).map(showHolder),
      ].join(', '),
      allowed: `${tolerance} MiB or less`,
      fix: 'End what uses it on the runner (nvidia-smi or rocm-smi lists it), or hide the GPU by CUDA_VISIBLE_DEVICES in the environment of the runner.',
    },
  ];
}

/** The tool's sum, or what the processes hold where that is more. Null: one of them may hold anything. */
function highestUse({ usedMib }: GpuReading, holders: readonly GpuHolder[]): number | null {
  const held = holders.map((holder) => (holder.gpu === null ? null : holder.usedMib));
  const sum = held.reduce((total: number, mib) => total + (mib ?? 0), 0);
  if (usedMib !== null && Number.isFinite(usedMib)) return Math.max(usedMib, sum);
  return held.length === 0 || held.includes(null) ? null : sum;
}

function showHolder({ name, pid, usedMib }: GpuHolder): string {
  return `${name} (process ${pid}, ${usedMib === null ? 'unknown' : `${usedMib} MiB`})`;
}
