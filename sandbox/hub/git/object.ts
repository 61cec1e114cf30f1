import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

export interface Person {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, seconds, UTC. */
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

export interface TreeEntry {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly path: string;
}

/** Writes a loose object, as `git hash-object -w` does, without a process. @returns its sha */
export async function writeObject(dir: string, type: string, bytes: Buffer): Promise<string> {
  const store = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
  const sha = createHash('sha1').update(store).digest('hex');
  const folder = path.join(dir, 'objects', sha.slice(0, 2));
  const file = path.join(folder, sha.slice(2));
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) return sha;
  await mkdir(folder, { recursive: true });
  const temporary = path.join(folder, `tmp_obj_${randomUUID()}`);
  await writeFile(temporary, deflateSync(store, { level: 1 }), { mode: 0o444 });
  await rename(temporary, file);
  return sha;
}

export function parseTree(bytes: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const zero = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
    entries.push({
      mode,
      type,
      path: bytes.toString('utf8', space + 1, zero),
      sha: bytes.toString('hex', zero + 1, zero + 21),
    });
    at = zero + 21;
  }
  return entries;
}

/** git sorts a folder as if its name ended with a slash. */
const sortKey = (entry: TreeEntry): Buffer =>
  Buffer.from(entry.type === 'tree' ? `${entry.path}/` : entry.path);

export function formatTree(entries: readonly TreeEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  return Buffer.concat(
    sorted.flatMap((entry) => [
      Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
      Buffer.from(entry.sha, 'hex'),
    ]),
  );
}

const toPerson = (text: string): Person => {
  const match = /^(.*?) ?<([^>]*)> (-?\d+) /.exec(`${text} `);
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    date: toIso(Number(match?.[3] ?? 0)),
  };
};

const toIso = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

export function parseCommit(sha: string, bytes: Buffer): Commit {
  const text = bytes.toString('utf8');
  const split = text.indexOf('\n\n');
  const head = split < 0 ? text : text.slice(0, split);
  let [tree, author, committer] = ['', '', ''];
  const parents: string[] = [];
  for (const line of head.split('\n')) {
    if (line.startsWith('tree ')) tree = line.slice(5);
    else if (line.startsWith('parent ')) parents.push(line.slice(7));
    else if (line.startsWith('author ')) author = line.slice(7);
    else if (line.startsWith('committer ')) committer = line.slice(10);
  }
  const message = split < 0 ? '' : text.slice(split + 2).replace(/\n$/, '');
  return { sha, tree, parents, author: toPerson(author), committer: toPerson(committer), message };
}

/** A person as it stands in a commit object; angle brackets and newlines would break out of the header. */
const formatPerson = (person: Person): string => {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  const seconds = Math.floor(Date.parse(person.date) / 1000);
  return `${clean(person.name) || 'unknown'} <${clean(person.email)}> ${seconds} +0000`;
};

export function formatCommit(commit: Omit<Commit, 'sha'>): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${formatPerson(commit.author)}`,
    `committer ${formatPerson(commit.committer)}`,
    '',
    commit.message,
  ];
  return Buffer.from(lines.join('\n'));
}
