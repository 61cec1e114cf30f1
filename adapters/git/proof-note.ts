import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Digest } from '../../core/evidence/evidence.ts';
import { isDigest } from '../../core/json/canonical.ts';
import { gitText, runGit } from './git.ts';

/** What `gatehouse verify` found the last time it passed on this machine. */
export interface ProofNote {
  /** The ledger as it was named, and how it lies: `refs/remotes/origin/gatehouse-ledger own`. */
  readonly of: string;
  /** Commit id: it names every byte of every file that was proven. */
  readonly commit: string;
  readonly size: number;
  readonly root: Digest;
  /** Entries from the beginning that an anchor covered. */
  readonly anchored: number;
  /** ISO instant, UTC. */
  readonly at: string;
}

function isNote(value: unknown): value is ProofNote {
  if (typeof value !== 'object' || value === null) return false;
  const { of, commit, size, root, anchored, at } = value as Record<keyof ProofNote, unknown>;
  const texts = [of, at].every((text) => typeof text === 'string') && isDigest(root);
  const counts = [size, anchored].every((count) => Number.isSafeInteger(count) && Number(count) >= 0);
  return texts && counts && typeof commit === 'string' && /^[0-9a-f]{40,64}$/.test(commit);
}

/** How a commit stands to the one that was proven. */
export type Descent = 'same' | 'newer' | 'older' | 'apart' | 'unknown';

/** Where git keeps what belongs to this clone alone: it is never pushed. */
async function noteFile(dir: string): Promise<string> {
  const folder = await gitText(dir, ['rev-parse', '--git-common-dir'], 'say where its folder is');
  return join(isAbsolute(folder) ? folder : join(dir, folder), 'gatehouse', 'proven.json');
}

/** Every note of this clone; none is no fault, and a broken one counts for nothing. */
export async function readProofNotes(dir: string): Promise<readonly ProofNote[]> {
  try {
    const value: unknown = JSON.parse(await readFile(await noteFile(dir), 'utf8'));
    return Array.isArray(value) ? value.filter(isNote) : [];
  } catch {
    // No note, or no folder that can be read: then nothing is known to be proven.
    return [];
  }
}

/** Remembers a proof in place of the last one of that ledger; a clone that cannot be written to remembers nothing. */
export async function writeProofNote(dir: string, note: ProofNote): Promise<void> {
  const others = (await readProofNotes(dir)).filter((each) => each.of !== note.of);
  try {
    const file = await noteFile(dir);
    await mkdir(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify([...others, note].slice(-20), null, 2)}\n`);
    await rename(draft, file);
  } catch {
    // The proof stands without its note; the next reader proves again.
  }
}

/**
 * Says how the ledger's commit stands to the proven one. A ledger grows: any other change of it is a rewritten history.
 * @returns `unknown` where the clone lacks the commits between them
 */
export async function compareCommits(dir: string, proven: string, now: string): Promise<Descent> {
  if (proven === now) return 'same';
  const { code, stdout } = await runGit(dir, ['merge-base', proven, now]);
  if (code === 0) {
    const base = stdout.toString().trim();
    return base === proven ? 'newer' : base === now ? 'older' : 'apart';
  }
  if (code !== 1) return 'unknown';
  const shallow = await runGit(dir, ['rev-parse', '--is-shallow-repository']);
  return shallow.stdout.toString().trim() === 'false' ? 'apart' : 'unknown';
}
