import type { MachineNeeds } from '../config/train.ts';
import type { Finding } from '../finding/finding.ts';
import type { Gpu, Machine } from './machine.ts';
import { isAtLeast } from './version-order.ts';

/** Where the needs are written, and which runners are asked for. */
export interface NeedsPlace {
  /** The model.yml. */
  readonly file: string;
  /** `train.runs-on`; empty: not declared. */
  readonly runsOn: readonly string[];
}

const mibPerGib = 1024;

/**
 * Compares a machine with what a training needs: seconds before the command starts.
 * Closed: what is asked for and what the machine does not tell is a failure.
 * @returns empty when the command may start; more memory, GPUs or newer versions never turn that into a failure
 */
export function checkMachine(needs: MachineNeeds, machine: Machine, place: NeedsPlace): readonly Finding[] {
  const failures = [
    ...checkGpuCount(needs, machine),
    ...checkEachGpu(needs, machine),
    ...checkDriver(needs, machine),
    ...checkAmount('training/memory', 'memory-gib', needs.memoryGib, machine.memoryMib, 'main memory'),
    ...checkAmount('training/disk', 'disk-gib', needs.diskGib, machine.diskFreeMib, 'free disk'),
  ];
  return failures.map((failure) => toFinding(failure, place));
}

/** GPUs that must be there: a need of a GPU is a need for at least one. */
export function neededGpus(needs: MachineNeeds): number {
  const asks =
    needs.gpuMemoryGib !== undefined || needs.computeCapability !== undefined || needs.driver !== undefined;
  return Math.max(needs.gpus, asks ? 1 : 0);
}

interface Failure {
  readonly code: string;
  /** Key under `train.needs`. */
  readonly need: string;
  readonly message: string;
  readonly found: string;
  readonly allowed: string;
  /** Besides another runner or a smaller need. */
  readonly hint?: string;
}

function checkGpuCount(needs: MachineNeeds, { gpus, gpuTool, gpuFault }: Machine): readonly Failure[] {
  const needed = neededGpus(needs);
  if (gpus.length >= needed) return [];
  const told = gpuTool !== null;
  const none = gpuFault ?? 'neither nvidia-smi nor rocm-smi answers';
  return [
    {
      code: 'training/gpu-missing',
      need: 'gpus',
      message: told
        ? `The training needs ${count(needed)} and can use ${gpus.length} on this machine`
        : `The training needs ${count(needed)}, and nothing on this machine tells of any`,
      found: told
        ? [String(gpus.length), ...gpus.slice(0, 4).map(({ name }) => name)].join(', ')
        : `unknown: ${none}`,
      allowed: `${needed} or more`,
      hint: 'nvidia-smi or rocm-smi on the runner must list them, and GPUs that CUDA_VISIBLE_DEVICES or a container hides do not count',
    },
  ];
}

function checkEachGpu(needs: MachineNeeds, machine: Machine): readonly Failure[] {
  const { gpuMemoryGib: memory, computeCapability: capability } = needs;
  const enough = (gpu: Gpu): boolean => memory === undefined || holds(gpu.memoryMib, memory);
  const able = (gpu: Gpu): boolean =>
    capability === undefined || (gpu.capability !== null && isAtLeast(gpu.capability, capability));
  // Fewer GPUs than asked for is told already.
  const needed = Math.min(neededGpus(needs), machine.gpus.length);
  const failures: Failure[] = [];
  if (memory !== undefined && countOf(machine, enough) < needed)
    failures.push(lowMemory(machine, memory, enough));
  if (capability !== undefined && countOf(machine, able) < needed)
    failures.push(lowCapability(machine, capability, able));
  if (failures.length === 0 && countOf(machine, (gpu) => enough(gpu) && able(gpu)) < needed)
    failures.push(mixed(machine, needed));
  return failures;
}

function lowMemory(machine: Machine, gib: number, isEnough: (gpu: Gpu) => boolean): Failure {
  return {
    code: 'training/gpu-memory',
    need: 'gpu-memory-gib',
    message: `Too few GPUs have the memory that the training needs`,
    found: listGpus(machine, isEnough, (gpu) => `${gpu.name} ${showMib(gpu.memoryMib)}`),
    allowed: `${gib} GiB or more, each`,
    hint: 'a card has a little less than its name says (80 GB: 79.6 GiB)',
  };
}

function lowCapability(machine: Machine, lowest: string, isAble: (gpu: Gpu) => boolean): Failure {
  return {
    code: 'training/gpu-capability',
    need: 'compute-capability',
    message: 'Too few GPUs have the CUDA compute capability that the training needs',
    found: listGpus(machine, isAble, (gpu) => `${gpu.name} ${gpu.capability ?? 'unknown'}`),
    allowed: `${lowest} or higher, each`,
    hint: 'nvidia-smi tells the capability from driver 510 on; GPUs of other makers have none',
  };
}

function mixed(machine: Machine, needed: number): Failure {
  return {
    code: 'training/gpu-memory',
    need: 'gpu-memory-gib',
    message: 'Some GPUs have the memory and others the compute capability, too few have both',
    found: listGpus(
      machine,
      () => false,
      (gpu) => `${gpu.name} ${showMib(gpu.memoryMib)}, capability ${gpu.capability ?? 'unknown'}`,
    ),
    allowed: `${count(needed)} with both`,
  };
}

function checkDriver({ driver: lowest }: MachineNeeds, { gpuDriver, gpus }: Machine): readonly Failure[] {
  // A machine without a GPU is told already.
  if (lowest === undefined || gpus.length === 0) return [];
  if (gpuDriver !== null && isAtLeast(gpuDriver, lowest)) return [];
  return [
    {
      code: 'training/gpu-driver',
      need: 'driver',
      message: 'The GPU driver is older than the training needs, or does not tell its version',
      found: gpuDriver ?? 'unknown',
      allowed: `${lowest} or newer`,
      hint: 'the driver is of the runner, not of the container',
    },
  ];
}

function checkAmount(
  code: string,
  need: string,
  gib: number | undefined,
  mib: number | null,
  what: string,
): readonly Failure[] {
  if (gib === undefined || holds(mib, gib)) return [];
  return [
    {
      code,
      need,
      message: `The machine has less ${what} than the training needs, or does not tell how much`,
      found: showMib(mib),
      allowed: `${gib} GiB or more`,
    },
  ];
}

function toFinding(failure: Failure, { file, runsOn }: NeedsPlace): Finding {
  const { code, need, message, found, allowed, hint } = failure;
  const labels =
    runsOn.length === 0
      ? 'the labels in runs-on of the job'
      : `its labels, now ${runsOn.join(', ')}, in train.runs-on and in the workflow`;
  return {
    code,
    severity: 'fail',
    message,
    where: { file, pointer: `/train/needs/${need}` },
    found,
    allowed,
    fix: `Choose a runner that has it by ${labels}, or lower train.needs.${need}${hint === undefined ? '' : `; ${hint}`}.`,
  };
}

/** Null and what is not finite hold nothing. */
function holds(mib: number | null, gib: number): boolean {
  return mib !== null && Number.isFinite(mib) && mib >= gib * mibPerGib;
}

const countOf = (machine: Machine, test: (gpu: Gpu) => boolean): number => machine.gpus.filter(test).length;
const count = (number: number): string => (number === 1 ? '1 GPU' : `${number} GPUs`);

/** Rounded down, so that 23.99 is not shown as the 24 that it is refused for. */
function showMib(mib: number | null): string {
  if (mib === null || !Number.isFinite(mib)) return 'unknown';
  return `${Math.floor((mib / mibPerGib) * 10) / 10} GiB`;
}

function listGpus(machine: Machine, isGood: (gpu: Gpu) => boolean, show: (gpu: Gpu) => string): string {
  const parts = machine.gpus.filter((gpu) => !isGood(gpu)).map(show);
  const shown = parts.slice(0, 4).join('; ');
  return parts.length > 4 ? `${shown} and ${parts.length - 4} more` : shown;
}
