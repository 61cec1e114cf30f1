import {
  answerLimit,
  type GpuAnswer,
  type GpuHolder,
  type GpuReading,
  gpuLimit,
  holderLimit,
  toAmount,
  toLabel,
  toShare,
  toVersion,
} from './gpu-tool.ts';

/**
 * What nvidia-smi is asked for, `index,uuid,name` first; drivers before 510 refuse the whole question because of
 * `compute_cap`, so there is one without it.
 * @see https://docs.nvidia.com/deploy/nvidia-smi/index.html
 * @see https://github.com/huggingface/candle/issues/733
 */
export function gpuQuestion(capability: boolean): readonly string[] {
  const fields = [
    'index,uuid,name,memory.total,memory.used,driver_version',
    ...(capability ? ['compute_cap'] : []),
    'utilization.gpu,power.draw',
  ];
  return [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
}

export const holderQuestion: readonly string[] = [
  '--query-compute-apps=gpu_uuid,pid,process_name,used_memory',
  '--format=csv,noheader,nounits',
];

/** Reads the answer to `gpuQuestion`. Lines of another shape say nothing. */
export function parseNvidiaGpus(text: string, capability: boolean): GpuAnswer {
  const rows = linesOf(text).flatMap((line) => parseGpu(line, capability) ?? []);
  return {
    tool: 'nvidia-smi',
    driver: rows.find(({ driver }) => driver !== null)?.driver ?? null,
    gpus: rows.slice(0, gpuLimit).map(({ gpu }) => gpu),
  };
}

function parseGpu(line: string, withCapability: boolean): { gpu: GpuReading; driver: string | null } | null {
  const cells = line.split(',').map((part) => part.trim());
  const [index = '', uuid = ''] = cells;
  const tail = cells.slice(withCapability ? -6 : -5);
  const name = cells.slice(2, -tail.length).join(', ');
  if (!/^\d{1,4}$/.test(index) || name === '') return null;
  const [total = '', used = '', driver = '', capability = ''] = tail;
  const [utilisation = '', power = ''] = tail.slice(-2);
  return {
    driver: toVersion(driver),
    gpu: {
      index: Number(index),
      uuid: toUuid(uuid),
      name: toLabel(name),
      memoryMib: toAmount(total),
      usedMib: toAmount(used),
      capability: withCapability ? toVersion(capability) : null,
      utilisation: toShare(utilisation),
      powerW: toAmount(power),
    },
  };
}

/**
 * Reads the answer to `holderQuestion`. The name of a process may hold commas: it is whatever stands between pid and memory.
 */
export function parseNvidiaHolders(text: string): readonly GpuHolder[] {
  return linesOf(text)
    .flatMap((line): readonly GpuHolder[] => {
      const cells = line.split(',').map((part) => part.trim());
      const [gpu = '', pid = ''] = cells;
      if (cells.length < 4 || !/^\d{1,10}$/.test(pid)) return [];
      return [
        {
          pid: Number(pid),
          name: toLabel(cells.slice(2, -1).join(',')),
          usedMib: toAmount(cells.slice(-1).join('')),
          gpu: toUuid(gpu),
        },
      ];
    })
    .slice(0, holderLimit);
}

/**
 * Finds the highest CUDA version that the driver serves in the header of `nvidia-smi` or in `nvidia-smi -q`.
 * Drivers from 610 on write `CUDA UMD Version`.
 */
export function parseCudaVersion(text: string): string | null {
  const form = /CUDA (?:UMD )?Version *: *(\d{1,3}\.\d{1,3})\b/;
  return form.exec(text.slice(0, answerLimit))?.[1] ?? null;
}

/** A slice of a GPU (MIG) as the table of `nvidia-smi` lists it. */
interface Slice {
  readonly gpu: number;
  readonly device: number;
  readonly usedMib: number;
  readonly memoryMib: number;
}

/**
 * Puts the slices (MIG) in the place of a GPU that is cut into them: the command gets a slice, never the whole.
 * @param table what `nvidia-smi` prints: memory of each slice
 * @param list what `nvidia-smi -L` prints: name and UUID of each slice
 * @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/
 */
export function splitSlices(gpus: readonly GpuReading[], table: string, list: string): readonly GpuReading[] {
  const slices = parseSlices(table);
  const names = parseSliceNames(list);
  return gpus
    .flatMap((gpu) => {
      const own = slices.filter((slice) => slice.gpu === gpu.index);
      if (own.length === 0) return [gpu];
      return own.map(({ device, usedMib, memoryMib }): GpuReading => {
        const named = names.get(`${gpu.index}/${device}`);
        const name = toLabel(`${gpu.name} MIG ${named?.name ?? device}`);
        return {
          ...gpu,
          name,
          uuid: named?.uuid ?? null,
          usedMib,
          memoryMib,
          utilisation: null,
          powerW: null,
        };
      });
    })
    .slice(0, gpuLimit);
}

/** True when the table of `nvidia-smi` lists slices. */
export const hasSlices = (table: string): boolean => parseSlices(table).length > 0;

function parseSlices(table: string): readonly Slice[] {
  const form = /^\| +(\d{1,3}) +\d{1,3} +\d{1,3} +(\d{1,3}) +\| +(\d{1,9})MiB +\/ +(\d{1,9})MiB +\|/;
  return linesOf(table).flatMap((line) => {
    const found = form.exec(line);
    if (found === null) return [];
    const [gpu = 0, device = 0, usedMib = 0, memoryMib = 0] = found.slice(1).map(Number);
    return [{ gpu, device, usedMib, memoryMib }];
  });
}

function parseSliceNames(list: string): ReadonlyMap<string, { name: string; uuid: string | null }> {
  const names = new Map<string, { name: string; uuid: string | null }>();
  let gpu = '';
  for (const line of linesOf(list)) {
    gpu = /^GPU (\d{1,3}):/.exec(line)?.[1] ?? gpu;
    const slice = /^MIG (\S{1,40}) +Device +(\d{1,3}): \(UUID: ([^)]{1,100})\)/.exec(line);
    if (slice === null) continue;
    const [, name = '', device = '', uuid = ''] = slice;
    names.set(`${gpu}/${device}`, { name, uuid: toUuid(uuid) });
  }
  return names;
}

function toUuid(text: string): string | null {
  return /^(?:GPU|MIG)-[0-9A-Za-z/-]{1,80}$/.test(text) ? text : null;
}

function linesOf(text: string): readonly string[] {
  return text
    .slice(0, answerLimit)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
