import { execFile } from 'node:child_process';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { Gpu, Machine } from '../../core/training/machine.ts';

/** Describes the machine of a training run; what it does not say is null. */
export async function describeMachine(env: NodeJS.ProcessEnv): Promise<Machine> {
  const models = cpus().map(({ model }) => model.trim());
  const gpus = await listGpus(env);
  return {
    os: `${type()} ${release()} ${arch()}`,
    cpu: models[0] || 'unknown',
    cpus: models.length,
    memoryMib: Math.round(totalmem() / 1024 ** 2),
    diskFreeMib: null,
    gpus,
    gpuDriver: null,
    gpuRuntime: null,
    gpuTool: gpus.length === 0 ? null : 'nvidia-smi',
  };
}

async function listGpus(env: NodeJS.ProcessEnv): Promise<readonly Gpu[]> {
  const query = ['--query-gpu=name', '--format=csv,noheader'];
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { env, timeout: 10_000 });
    const names = stdout.trim().split(/\r?\n/).filter(Boolean);
    return names.map((name) => ({ name, memoryMib: null, usedMib: null, capability: null }));
  } catch {
    return []; // No GPU or no driver: a fact, not a failure.
  }
}
