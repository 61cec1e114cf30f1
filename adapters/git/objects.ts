import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { startFailure, startGit } from './git.ts';

export interface GitObject {
  readonly id: string;
  readonly kind: 'blob' | 'tree' | 'commit' | 'tag';
  readonly content: Buffer;
}

export interface TreeEntry {
  /** `100644` a plain file, `40000` a folder; anything else is not what it looks like. */
  readonly mode: string;
  readonly id: string;
}

interface Waiting {
  readonly name: string;
  readonly resolve: (found: GitObject | null) => void;
  readonly reject: (error: Error) => void;
}

const longestHeader = 4096;

/**
 * Reads objects of a repository by one git process that stays open, bare repositories too. Starting git once for each
 * of ten thousand files would take minutes. What a partial clone lacks, git fetches.
 * @see https://git-scm.com/docs/git-cat-file#_batch_output
 */
export class ObjectReader {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: Waiting[] = [];
  private next = 0;
  private rest: Buffer = Buffer.alloc(0);
  private stderr = '';
  private failure: Error | null = null;

  constructor(dir: string) {
    this.child = startGit(dir, ['cat-file', '--batch']);
    this.child.stdout.on('data', (chunk: Buffer) => this.take(chunk));
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.child.stdin.on('error', () => undefined);
    this.child.on('error', (cause: NodeJS.ErrnoException) => this.fail(startFailure(dir, cause)));
    this.child.on('close', () => this.fail(ended(dir, this.stderr.trim())));
  }

  /**
   * Finds one object by any name that git knows: an id, `HEAD^{commit}`, a ref.
   * @returns null when there is none of that name
   * @throws InputError GIT_NO_REPOSITORY, GIT_FOLDER; ServiceError GIT_OBJECT_MISSING, GIT_START
   */
  find(name: string): Promise<GitObject | null> {
    if (this.failure !== null) return Promise.reject(this.failure);
    // One line a name: a line feed would ask for two objects and shift every answer after it.
    if (/[\n\r\0]/.test(name) || name.length > longestHeader) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.waiting.push({ name, resolve, reject });
      this.child.stdin.write(`${name}\n`);
    });
  }

  /** Reads an object that another one names. @throws ServiceError GIT_OBJECT_MISSING: the clone is incomplete */
  async read(id: string, kind: GitObject['kind']): Promise<Buffer> {
    const found = await this.find(id);
    if (found !== null && found.kind === kind) return found.content;
    throw missing(id, found === null ? '' : `it is a ${found.kind}`);
  }

  /** A folder, named by its id or in any other way. @throws ServiceError GIT_OBJECT_MISSING */
  async folder(name: string): Promise<GitObject> {
    const found = await this.find(name);
    if (found?.kind === 'tree') return found;
    throw missing(name, found === null ? '' : `it is a ${found.kind}`);
  }

  /** Entries of a folder by their names. @throws ServiceError GIT_OBJECT_MISSING */
  async tree(name: string): Promise<ReadonlyMap<string, TreeEntry>> {
    return parseTree(await this.folder(name));
  }

  /** Ends git. Whatever was asked for and not answered fails. */
  close(): void {
    this.child.stdin.end();
  }

  private take(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let at = 0;
    while (this.next < this.waiting.length) {
      const end = this.rest.indexOf(0x0a, at);
      if (end < 0) break;
      const header = this.rest.toString('utf8', at, end);
      const [, id = '', kind = '', size = ''] =
        /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(header) ?? [];
      if (id === '') {
        this.answer(null);
        at = end + 1;
        continue;
      }
      const last = end + 1 + Number(size);
      if (this.rest.length < last + 1) break;
      const content = this.rest.subarray(end + 1, last);
      this.answer({ id, kind: kind as GitObject['kind'], content });
      at = last + 1;
    }
    this.rest = this.rest.subarray(at);
  }

  private answer(found: GitObject | null): void {
    this.waiting[this.next]?.resolve(found);
    this.next += 1;
    if (this.next < this.waiting.length) return;
    this.waiting.length = 0;
    this.next = 0;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.waiting.slice(this.next)) reject(this.failure);
    this.waiting.length = 0;
    this.next = 0;
  }
}

/** Where the entries of a folder begin, where their names do, and where those end: it is a row of `mode name\0id`, the id in bytes. */
function* entriesOf(
  content: Buffer,
  id: string,
): Generator<readonly [from: number, space: number, end: number]> {
  const idBytes = id.length / 2;
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0x00, space);
    if (space < 0 || end < 0 || end + idBytes >= content.length) throw missing(id, 'it is cut off');
    yield [at, space, end];
    at = end + 1 + idBytes;
  }
}

/**
 * Finds one entry of a folder without making a list of the others: a folder of ten thousand is half a megabyte.
 * @returns null when there is none of that name
 */
export function findEntry(folder: GitObject, name: string): TreeEntry | null {
  const wanted = Buffer.from(name);
  for (const [from, space, end] of entriesOf(folder.content, folder.id)) {
    if (end - space - 1 !== wanted.length) continue;
    if (wanted.compare(folder.content, space + 1, end) === 0) return entryAt(folder, from, space, end);
  }
  return null;
}

const entryAt = ({ content, id }: GitObject, from: number, space: number, end: number): TreeEntry => ({
  mode: content.toString('latin1', from, space),
  id: content.toString('hex', end + 1, end + 1 + id.length / 2),
});

function parseTree(folder: GitObject): ReadonlyMap<string, TreeEntry> {
  const { content, id } = folder;
  const entries = new Map<string, TreeEntry>();
  for (const [from, space, end] of entriesOf(content, id)) {
    entries.set(content.toString('utf8', space + 1, end), entryAt(folder, from, space, end));
  }
  return entries;
}

function ended(dir: string, stderr: string): Error {
  if (/not a git repository|dubious ownership/.test(stderr)) {
    return new InputError('GIT_NO_REPOSITORY', `${dir} is no git repository that git will read: ${stderr}`, {
      hint: 'Run this inside a clone of the repository, or name one.',
    });
  }
  return new ServiceError('GIT_OBJECT_MISSING', `git stopped before it had read everything: ${stderr}`, {
    hint: 'The clone is incomplete: run "git fsck", then fetch again.',
  });
}

function missing(id: string, why: string): ServiceError {
  const message = `git object ${id} could not be read${why === '' ? '' : `: ${why}`}`;
  return new ServiceError('GIT_OBJECT_MISSING', message, {
    hint: 'The clone is incomplete: run "git fsck", then fetch again.',
  });
}
