import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

const linuxStatus = '/proc/self/status';

/**
 * Most memory this process has held so far, in bytes.
 *
 * `resourceUsage().maxRSS` alone would not do on Linux: a program keeps the mark of the process that started it, so a
 * small child of a large parent tells the parent's figure. The kernel's mark of this program's own memory does not.
 */
export function peakMemoryBytes(): number {
  const own = existsSync(linuxStatus) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(linuxStatus, 'utf8'))?.[1];
  return (own ? Number(own) : process.resourceUsage().maxRSS) * 1024;
}
