import { createHash } from 'node:crypto';
import type { TreeFile, TreeListing } from './change.ts';

/** A folder while its id is made: names of one level. */
interface Folder {
  readonly files: Map<string, TreeFile>;
  readonly folders: Map<string, Folder>;
}

/**
 * The git id of the tree that holds exactly these files, 40 hex characters: whoever finds the id that a commit names has
 * found its files. A tree with a folder that holds nothing has another id than this one.
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects
 */
export function treeIdOf(listing: TreeListing): string {
  return idOf(toFolder(listing)).toString('hex');
}

/**
 * The git objects of all folders of a listing, by id: what `git cat-file tree` gives.
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects
 */
export function treeObjectsOf(listing: TreeListing): ReadonlyMap<string, Uint8Array> {
  const objects = new Map<string, Uint8Array>();
  idOf(toFolder(listing), (id, content) => objects.set(id, content));
  return objects;
}

/** One name in a folder: a file, or a folder with the id of its own object. */
export interface TreeEntry {
  readonly name: string;
  /** `40000` for a folder. */
  readonly mode: string;
  readonly id: string;
}

/** @returns null: no object of a folder, or a name in it that is not UTF-8 */
export function parseTreeObject(content: Uint8Array): readonly TreeEntry[] | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [space, end] = [bytes.indexOf(0x20, at), bytes.indexOf(0, at)];
    if (space < 0 || end < space || end + 21 > bytes.length) return null;
    const raw = bytes.subarray(space + 1, end);
    const name = raw.toString('utf8');
    if (!Buffer.from(name, 'utf8').equals(raw)) return null;
    const mode = bytes.toString('latin1', at, space);
    entries.push({ name, mode, id: bytes.toString('hex', end + 1, end + 21) });
    at = end + 21;
  }
  return entries;
}

/** The git id of an object of this kind, 40 hex characters. */
export const objectIdOf = (kind: 'blob' | 'tree', content: Uint8Array): string =>
  objectId(kind, content).toString('hex');

function toFolder(listing: TreeListing): Folder {
  const root = newFolder();
  for (const file of listing.values()) {
    const names = file.path.split('/');
    const last = names.pop() ?? '';
    let folder = root;
    for (const name of names) {
      const next = folder.folders.get(name) ?? newFolder();
      folder.folders.set(name, next);
      folder = next;
    }
    folder.files.set(last, file);
  }
  return root;
}

/** The git id of a content, 40 hex characters. */
export function blobIdOf(content: Uint8Array): string {
  return objectIdOf('blob', content);
}

/**
 * Files of a merge where no file changed on both sides. Git may do otherwise (it follows renames), so the result is only
 * worth something when its id is the one that git gave.
 * @returns null when a path changed on both sides, each in its own way
 */
export function mergeTrees(base: TreeListing, ours: TreeListing, theirs: TreeListing): TreeListing | null {
  const merged = new Map<string, TreeFile>();
  for (const path of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    const [old, our, their] = [base.get(path), ours.get(path), theirs.get(path)];
    if (!isSame(old, our) && !isSame(old, their) && !isSame(our, their)) return null;
    const file = isSame(old, our) ? their : our;
    if (file !== undefined) merged.set(path, file);
  }
  return merged;
}

const newFolder = (): Folder => ({ files: new Map(), folders: new Map() });

const isSame = (a: TreeFile | undefined, b: TreeFile | undefined): boolean =>
  a?.blob === b?.blob && a?.mode === b?.mode;

function idOf(folder: Folder, see?: (id: string, content: Uint8Array) => void): Buffer {
  const entries = [
    ...[...folder.files].map(([name, { mode, blob }]) => ({
      ...{ name: Buffer.from(name), mode: mode.replace(/^0+/, '') },
      id: Buffer.from(blob, 'hex'),
      // A folder may be given by its id alone, without what is in it.
      key: Buffer.from(/^0*40000$/.test(mode) ? `${name}/` : name),
    })),
    // Git orders a folder as if its name ended with a slash.
    ...[...folder.folders].map(([name, inner]) => ({
      ...{ name: Buffer.from(name), mode: '40000' },
      id: idOf(inner, see),
      key: Buffer.from(`${name}/`),
    })),
  ].sort((a, b) => Buffer.compare(a.key, b.key));
  const parts = entries.flatMap(({ name, mode, id }) => [
    ...[Buffer.from(`${mode} `), name],
    ...[Buffer.from([0]), id],
  ]);
  const content = Buffer.concat(parts);
  const id = objectId('tree', content);
  see?.(id.toString('hex'), content);
  return id;
}

const objectId = (type: 'blob' | 'tree', content: Uint8Array): Buffer =>
  createHash('sha1').update(`${type} ${content.byteLength}\0`).update(content).digest();
