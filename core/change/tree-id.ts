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
  return idOf(root).toString('hex');
}

/** The git id of a content, 40 hex characters. */
export function blobIdOf(content: Uint8Array): string {
  return objectId('blob', content).toString('hex');
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

function idOf(folder: Folder): Buffer {
  const entries = [
    ...[...folder.files].map(([name, { mode, blob }]) => ({
      ...{ name: Buffer.from(name), mode: mode.replace(/^0+/, '') },
      id: Buffer.from(blob, 'hex'),
      key: Buffer.from(name),
    })),
    // Git orders a folder as if its name ended with a slash.
    ...[...folder.folders].map(([name, inner]) => ({
      ...{ name: Buffer.from(name), mode: '40000' },
      id: idOf(inner),
      key: Buffer.from(`${name}/`),
    })),
  ].sort((a, b) => Buffer.compare(a.key, b.key));
  const parts = entries.flatMap(({ name, mode, id }) => [
    ...[Buffer.from(`${mode} `), name],
    ...[Buffer.from([0]), id],
  ]);
  return objectId('tree', Buffer.concat(parts));
}

const objectId = (type: 'blob' | 'tree', content: Uint8Array): Buffer =>
  createHash('sha1').update(`${type} ${content.byteLength}\0`).update(content).digest();
