import { readFile, statfs } from 'node:fs/promises';
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { toLabel, toVersion } from '../../core/training/gpu-tool.ts';
import type { Machine } from '../../core/training/machine.ts';
import { readVisibleGpus } from './gpu-tools.ts';

const bytesPerMib = 1024 ** 2;

/**
 * Describes the machine for a command. Never throws: what cannot be told is null.
 * @param env environment of the command: GPUs that it hides do not count
 * @param folder where the job works: its disk is measured
 */
export async function probeMachine(env: Readonly<NodeJS.ProcessEnv>, folder: string): Promise<Machine> {
  const [gpus, diskFreeMib] = await Promise.all([readVisibleGpus(env), readDisk(folder)]);
  const rocm = gpus.tool === 'rocm-smi' ? await readRocmVersion(env) : null;
  return {
    os: `${type()} ${release()} ${arch()}`,
    cpu: toLabel(cpus()[0]?.model ?? '') || 'unknown',
    cpus: availableParallelism(),
    memoryMib: lowerMemory(totalmem(), process.constrainedMemory()),
    diskFreeMib,
    gpus: gpus.gpus.map(({ name, memoryMib, usedMib, capability }) => ({
      name,
      memoryMib,
      usedMib,
      capability,
    })),
    gpuDriver: gpus.driver,
    gpuRuntime: gpus.cuda ?? rocm,
    gpuTool: gpus.tool,
    ...(gpus.fault === null ? {} : { gpuFault: gpus.fault }),
  };
}

/**
 * Memory of the machine or of its container, whichever is less, in MiB.
 * @param limit of the control group (v1 or v2), bytes; 0: none; without a limit some kernels say a number beyond all memory
 * @see https://nodejs.org/api/process.html#processconstrainedmemory
 */
export function lowerMemory(total: number, limit: number): number {
  const lower = Number.isFinite(limit) && limit > 0 ? Math.min(total, limit) : total;
  return Math.floor(lower / bytesPerMib);
}

/** What a job without root may use. */
async function readDisk(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = Math.floor((bavail * bsize) / bytesPerMib);
    return Number.isFinite(free) && free >= 0 ? free : null;
  } catch {
    return null; // A need for disk then fails: closed.
  }
}

/** rocm-smi does not tell it; the installation has it in a file. */
async function readRocmVersion(env: Readonly<NodeJS.ProcessEnv>): Promise<string | null> {
  try {
    const text = await readFile(join(env.ROCM_PATH || '/opt/rocm', '.info', 'version'), 'utf8');
    return toVersion(text);
  } catch {
    return null; // Another kind of installation: not told.
  }
}
