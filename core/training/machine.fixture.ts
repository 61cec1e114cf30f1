import type { Gpu, Machine } from './machine.ts';

export function makeGpu(own: Partial<Gpu> = {}): Gpu {
  return { name: 'NVIDIA H100 80GB HBM3', memoryMib: 81_559, usedMib: 4, capability: '9.0', ...own };
}

/** A machine with one GPU. */
export function makeMachine(own: Partial<Machine> = {}): Machine {
  return {
    os: 'Linux 6.8.0 x64',
    cpu: 'AMD EPYC 9454',
    cpus: 16,
    memoryMib: 128 * 1024,
    diskFreeMib: 500 * 1024,
    gpus: [makeGpu()],
    gpuDriver: '550.54.14',
    gpuRuntime: '12.4',
    gpuTool: 'nvidia-smi',
    ...own,
  };
}
