import type { MachineNeeds } from '../config/train.ts';
import type { Gpu, Machine } from './machine.ts';
import { holds, type Shortage, showMib } from './shortage.ts';
import { isAtLeast } from './version-order.ts';

/**
 * Compares the GPUs that a command can use with what it needs.
 * @param needed how many must be there, and meet every need together
 */
export function checkGpus(needs: MachineNeeds, needed: number, machine: Machine): readonly Shortage[] {
  return [
    ...checkCount(needed, machine),
    ...checkEach(needs, needed, machine),
    ...checkDriver(needs, machine),
  ];
}

function checkCount(needed: number, { gpus, gpuTool, gpuFault }: Machine): readonly Shortage[] {
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

function checkEach(needs: MachineNeeds, asked: number, machine: Machine): readonly Shortage[] {
  const { gpuMemoryGib: memory, computeCapability: capability } = needs;
  const enough = (gpu: Gpu): boolean => memory === undefined || holds(gpu.memoryMib, memory);
  const able = (gpu: Gpu): boolean =>
    capability === undefined || (gpu.capability !== null && isAtLeast(gpu.capability, capability));
  // Fewer GPUs than asked for is told already.
  const needed = Math.min(asked, machine.gpus.length);
  const shortages: Shortage[] = [];
  if (memory !== undefined && countOf(machine, enough) < needed)
    shortages.push(lowMemory(machine, memory, enough));
  if (capability !== undefined && countOf(machine, able) < needed)
    shortages.push(lowCapability(machine, capability, able));
  if (shortages.length === 0 && countOf(machine, (gpu) => enough(gpu) && able(gpu)) < needed)
    shortages.push(mixed(machine, needed));
  return shortages;
}

function lowMemory(machine: Machine, gib: number, isEnough: (gpu: Gpu) => boolean): Shortage {
  return {
    code: 'training/gpu-memory',
    need: 'gpu-memory-gib',
    message: `Too few GPUs have the memory that the training needs`,
    found: listGpus(machine, isEnough, (gpu) => `${gpu.name} ${showMib(gpu.memoryMib)}`),
    allowed: `${gib} GiB or more, each`,
    hint: 'a card has a little less than its name says (80 GB: 79.6 GiB)',
  };
}

function lowCapability(machine: Machine, lowest: string, isAble: (gpu: Gpu) => boolean): Shortage {
  return {
    code: 'training/gpu-capability',
    need: 'compute-capability',
    message: 'Too few GPUs have the CUDA compute capability that the training needs',
    found: listGpus(machine, isAble, (gpu) => `${gpu.name} ${gpu.capability ?? 'unknown'}`),
    allowed: `${lowest} or higher, each`,
    hint: 'nvidia-smi tells the capability from driver 510 on; GPUs of other makers have none',
  };
}

function mixed(machine: Machine, needed: number): Shortage {
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

function checkDriver({ driver: lowest }: MachineNeeds, { gpuDriver, gpus }: Machine): readonly Shortage[] {
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

const countOf = (machine: Machine, test: (gpu: Gpu) => boolean): number => machine.gpus.filter(test).length;
const count = (number: number): string => (number === 1 ? '1 GPU' : `${number} GPUs`);

function listGpus(machine: Machine, isGood: (gpu: Gpu) => boolean, show: (gpu: Gpu) => string): string {
  const parts = machine.gpus.filter((gpu) => !isGood(gpu)).map(show);
  const shown = parts.slice(0, 4).join('; ');
  return parts.length > 4 ? `${shown} and ${parts.length - 4} more` : shown;
}
