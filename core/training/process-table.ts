import { groupBy } from '../collection/group.ts';

/** A process of a Linux machine, from /proc/<pid>/stat. */
export interface ProcessFact {
  readonly pid: number;
  /** As the process calls itself: only to be shown. */
  readonly name: string;
  /** One letter; `Z`: it has ended and nobody has asked how. */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  /** Clock ticks since boot: with the number it names one process for good. */
  readonly start: string;
}

/**
 * Reads /proc/<pid>/stat. The name stands in parentheses and may hold some itself: the last one counts.
 * @returns null for anything else
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function parseProcessStat(text: string): ProcessFact | null {
  const close = text.lastIndexOf(')');
  const head = /^(\d{1,10}) \(/.exec(text);
  if (head === null || close === -1) return null;
  const [state = '', parent = '', group = '', ...rest] = text
    .slice(close + 1)
    .trim()
    .split(' ');
  // Field 22 of the file; `rest` begins with field 6.
  const start = rest[16] ?? '';
  if (!/^[A-Za-z]$/.test(state) || ![parent, group, start].every((field) => /^\d{1,20}$/.test(field)))
    return null;
  return {
    pid: Number(head[1]),
    name: text.slice(head[0].length, close),
    state,
    parent: Number(parent),
    group: Number(group),
    start,
  };
}

/** Memory of a process in MiB, from /proc/<pid>/status: now and at its highest. Null: the kernel does not tell. */
export interface ProcessMemory {
  readonly nowMib: number | null;
  readonly peakMib: number | null;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export function parseProcessStatus(text: string): ProcessMemory {
  const read = (key: string): number | null => {
    const kib = new RegExp(`^${key}:\\s+(\\d{1,15}) kB$`, 'm').exec(text)?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  };
  return { nowMib: read('VmRSS'), peakMib: read('VmHWM') };
}

/** The process, its process group and everything that descends from one of them. */
export function listFamily(table: readonly ProcessFact[], root: number): ReadonlySet<number> {
  const children = groupBy(table, ({ parent }) => parent);
  const family = new Set<number>();
  const open = table.filter(({ pid, group }) => pid === root || group === root).map(({ pid }) => pid);
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (family.has(pid)) continue;
    family.add(pid);
    open.push(...(children.get(pid) ?? []).map((child) => child.pid));
  }
  return family;
}

/** A process and those above it. */
export function listAncestors(table: readonly ProcessFact[], pid: number): ReadonlySet<number> {
  const parents = new Map(table.map((fact) => [fact.pid, fact.parent]));
  const line = new Set<number>();
  for (let at: number | undefined = pid; at !== undefined && !line.has(at); at = parents.get(at))
    line.add(at);
  return line;
}
