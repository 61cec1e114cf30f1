import type { Machine } from './machine.ts';

/** The GPUs of a machine in a few words: `2 x NVIDIA H100 (81559 MiB)`; `none` when its tool lists none, else `unknown`. */
export function showGpus({ gpus, gpuTool }: Machine): string {
  const counts = new Map<string, number>();
  for (const { name, memoryMib } of gpus) {
    const text = memoryMib === null ? name : `${name} (${memoryMib} MiB)`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size === 0) return gpuTool === null ? 'unknown' : 'none';
  return [...counts].map(([text, count]) => (count === 1 ? text : `${count} x ${text}`)).join(', ');
}
