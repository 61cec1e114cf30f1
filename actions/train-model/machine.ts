import { execFile } from 'node:child_process';
import { arch, cpus, release, type } from 'node:os';
import process from 'node:process';
import { promisify } from 'node:util';

export interface Machine {
  readonly os: string;
  readonly cpu: string;
  readonly gpu: string;
  readonly node: string;
}

/** Describes the machine of a training run; what it does not say is `unknown`. */
export async function describeMachine(env: NodeJS.ProcessEnv): Promise<Machine> {
  const models = cpus().map(({ model }) => model.trim());
  return {
    os: `${type()} ${release()} ${arch()}`,
    cpu: models.length === 0 ? 'unknown' : `${models.length} x ${models[0] || 'unknown'}`,
    gpu: await describeGpu(env),
    node: process.version,
  };
}

async function describeGpu(env: NodeJS.ProcessEnv): Promise<string> {
  const query = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader'];
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { env, timeout: 10_000 });
    return stdout.trim().split(/\r?\n/).filter(Boolean).join('; ') || 'unknown';
  } catch {
    return 'unknown'; // No GPU or no driver: a fact, not a failure.
  }
}
