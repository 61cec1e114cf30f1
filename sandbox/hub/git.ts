import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type History, openHistory, readLines } from './git/history.ts';
import { type Commit, formatCommit, formatTree, type TreeEntry, writeObject } from './git/object.ts';
import { type Objects, openObjects } from './git/reader.ts';
import { type GitOutput, runGit } from './git/run.ts';

export type { GitObject } from './git/batch.ts';
export type { FileChange } from './git/diff.ts';
export type { Commit, Person, TreeEntry } from './git/object.ts';

export const ZERO = '0'.repeat(40);

/** One bare repository. Reads go through one long-lived process, what cannot change is kept in memory. */
export interface Git extends Objects, History {
  readonly dir: string;
  run(args: readonly string[], options?: { readonly input?: string | Buffer }): Promise<GitOutput>;
  writeBlob(bytes: Buffer): Promise<string>;
  writeTree(entries: readonly TreeEntry[]): Promise<string>;
  writeCommit(commit: Omit<Commit, 'sha'>): Promise<string>;
  /** Compare-and-swap. @param old expected value, ZERO: must not exist. @returns false when somebody was faster */
  updateRef(ref: string, value: string, old: string): Promise<boolean>;
  /** Sets a ref of the hub's own (refs/pull), which nobody else writes: without a process. */
  setRef(ref: string, value: string): Promise<void>;
  refs(prefix: string): Promise<{ readonly ref: string; readonly sha: string; readonly type: string }[]>;
}

type Refs = Pick<Git, 'updateRef' | 'setRef' | 'refs'>;

function openRefs(dir: string): Refs {
  return {
    async updateRef(ref, value, old) {
      const args = value === ZERO ? ['update-ref', '-d', ref, old] : ['update-ref', ref, value, old];
      return runGit(dir, args).then(
        (result) => result.code === 0,
        () => false,
      );
    },
    async setRef(ref, value) {
      const file = path.join(dir, ref);
      await mkdir(path.dirname(file), { recursive: true });
      // Two looks at one pull request may write at the same time: each has a draft of its own.
      const draft = path.join(dir, `draft-${randomUUID()}`);
      await writeFile(draft, `${value}\n`);
      await rename(draft, file);
    },
    async refs(prefix) {
      const format = '--format=%(refname) %(objectname) %(objecttype)';
      return (await readLines(dir, ['for-each-ref', format, prefix])).map((line) => {
        const [ref = '', sha = '', type = ''] = line.split(' ');
        return { ref, sha, type };
      });
    },
  };
}

export function openGit(dir: string): Git {
  const objects = openObjects(dir);
  return {
    dir,
    ...objects,
    ...openHistory(dir, objects.commit),
    ...openRefs(dir),
    run: (args, options) => runGit(dir, args, options),
    writeBlob: (bytes) => writeObject(dir, 'blob', bytes),
    writeTree: (entries) => writeObject(dir, 'tree', formatTree(entries)),
    writeCommit: (value) => writeObject(dir, 'commit', formatCommit(value)),
  };
}
