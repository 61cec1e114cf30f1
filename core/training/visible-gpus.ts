import type { GpuAnswer, GpuReading } from './gpu-tool.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Picks the GPUs that a command with this environment can use: fewer GPUs than the tool lists, never more.
 * @param env environment of the command
 * @see https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html
 * @see https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
 * @see https://rocm.docs.amd.com/en/latest/conceptual/gpu-isolation.html
 */
export function pickVisible({ tool, gpus }: GpuAnswer, env: Environment): readonly GpuReading[] {
  if (tool === 'nvidia-smi')
    return choose(chooseContainer(gpus, env.NVIDIA_VISIBLE_DEVICES), env.CUDA_VISIBLE_DEVICES);
  const rocm = choose(gpus, env.ROCR_VISIBLE_DEVICES);
  // Counted among those that the first variable left.
  return choose(rocm, env.HIP_VISIBLE_DEVICES ?? env.CUDA_VISIBLE_DEVICES);
}

/**
 * Takes entries in order until one is not there, as CUDA does. An entry that stands twice is an error there: no GPU at all.
 */
function choose(gpus: readonly GpuReading[], list: string | undefined): readonly GpuReading[] {
  if (list === undefined) return gpus;
  const chosen: GpuReading[] = [];
  for (const entry of list.split(',')) {
    const gpu = find(gpus, entry.trim());
    if (gpu === undefined) break;
    if (chosen.includes(gpu)) return [];
    chosen.push(gpu);
  }
  return chosen;
}

/** By its place in the list, or by as much of its UUID as names one alone. */
function find(gpus: readonly GpuReading[], entry: string): GpuReading | undefined {
  if (/^\d{1,4}$/.test(entry)) return gpus[Number(entry)];
  if (!/^(?:GPU|MIG)-./.test(entry)) return undefined;
  const start = entry.toLowerCase();
  const named = gpus.filter(({ uuid }) => uuid?.toLowerCase().startsWith(start) === true);
  return named.length === 1 ? named[0] : undefined;
}

/**
 * The container runtime has obeyed this variable before we run, and numbers what is left from 0: where as many GPUs are
 * listed as it names, they are these. On the machine itself it only counts for a container that starts from there.
 */
function chooseContainer(gpus: readonly GpuReading[], list: string | undefined): readonly GpuReading[] {
  if (list === undefined || list === '' || list === 'all' || list === 'void') return gpus;
  if (list === 'none') return [];
  return list.split(',').length === gpus.length ? gpus : choose(gpus, list);
}
