import { randomBytes } from 'node:crypto';
import { readdir, rename, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** An owner gives a sign of life far more often than this; one that is silent for so long is taken for dead. */
const silentAfterMs = 60_000;

const logForm = /^(.+)~(\d+)~[0-9a-f]+~\d+\.log$/;
const orphanEnd = '.orphan';

const thisHost = hostname().replaceAll(/[^A-Za-z0-9.-]/g, '-') || 'host';

/** Names of the logs of one owner, no two alike: `<host>~<process>~<chance>~<number>.log`. */
export interface Names {
  next(): string;
  isOwn(name: string): boolean;
}

export function createNames(): Names {
  const start = `${thisHost}~${process.pid}~${randomBytes(6).toString('hex')}~`;
  let number = 0;
  return {
    next() {
      number += 1;
      return `${start}${number}.log`;
    },
    isOwn: (name) => name.startsWith(start) && name.endsWith('.log'),
  };
}

/**
 * Puts logs whose owner ended aside, so that he would notice if he lived after all, and names all that lie aside.
 * @param isOwn whether the caller writes the file of that name
 * @returns paths to read, each of which another process may read and remove at the same time
 */
export async function findOrphans(
  folder: string,
  isOwn: (name: string) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const file = path.join(folder, name);
    if (name.endsWith(orphanEnd)) found.push(file);
    else if (logForm.test(name) && !isOwn(name) && (await hasEnded(name, file))) {
      if (await moveAside(file)) found.push(`${file}${orphanEnd}`);
    }
  }
  return found;
}

async function hasEnded(name: string, file: string): Promise<boolean> {
  const [, host, id] = logForm.exec(name) ?? [];
  // In containers every process has the number 1: what has our number and is not ours is an earlier life of us.
  if (host === thisHost && (Number(id) === process.pid || !isRunning(Number(id)))) return true;
  try {
    return Date.now() - (await stat(file)).mtimeMs > silentAfterMs;
  } catch {
    return false; // gone meanwhile
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Somebody else's process runs as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function moveAside(file: string): Promise<boolean> {
  try {
    await rename(file, `${file}${orphanEnd}`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
