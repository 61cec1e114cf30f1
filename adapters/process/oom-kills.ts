import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Counts the processes of this job's control group that the kernel has killed for memory so far.
 * @param root of the file system; `/` but in tests
 * @returns null where the machine does not tell
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html memory.events
 * @see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html memory.oom_control
 */
export async function readOomKills(root = '/'): Promise<number | null> {
  const groups = await readFile(join(root, 'proc/self/cgroup'), 'utf8').catch(() => '');
  for (const file of listFiles(groups)) {
    const text = await readFile(join(root, 'sys/fs/cgroup', file), 'utf8').catch(() => '');
    const count = /^oom_kill (\d{1,15})$/m.exec(text)?.[1];
    if (count !== undefined) return Number(count);
  }
  return null;
}

/** Inside a container the path is often the host's, while the folder is mounted as the root. */
function listFiles(groups: string): readonly string[] {
  const lines = groups.split('\n').map((line) => /^\d+:([^:]*):(\/.*)$/.exec(line));
  const pathOf = (controller: string) =>
    lines.find((line) => line?.[1]?.split(',').includes(controller))?.[2];
  const [own, memory] = [pathOf(''), pathOf('memory')];
  return [
    ...(memory === undefined ? [] : [`memory${memory}/memory.oom_control`, 'memory/memory.oom_control']),
    ...(own === undefined ? [] : [`${own}/memory.events`, 'memory.events']),
  ];
}
