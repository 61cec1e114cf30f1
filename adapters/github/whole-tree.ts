import type { TreeFile, TreeListing } from '../../core/change/change.ts';
import { blobIdOf, parseTreeObject, treeIdOf, treeObjectsOf } from '../../core/change/tree-id.ts';
import { InputError } from '../../core/error/error.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { readCommitArchive } from './commit-archive.ts';
import { incomplete } from './failure.ts';
import { readCommit, readTreeAnswer } from './git-objects.ts';
import type { ObjectFolder } from './object-folder.ts';

/** Folders that are asked for one by one; of more, all are found by the commit's archive. */
const fewFolders = 40;

/** Where a tree is read from. */
export interface TreeSource {
  readonly client: GitHubClient;
  readonly name: RepositoryName;
  /** null: nothing is kept on this machine. */
  readonly folder: ObjectFolder | null;
}

/**
 * Lists every file of a commit or a tree. GitHub cuts a list that is long; it is then put together from its folders:
 * those that this machine keeps, and the others one by one, or all at once by the commit's archive. Each folder is
 * believed only under the id that the one above it names.
 * @param sha full id of a commit, or a tree
 * @throws ServiceError GITHUB_READ_FAILED, GITHUB_ANSWER_INCOMPLETE
 * @throws InputError TREE_AMBIGUOUS when two files cannot be told apart
 */
export async function readWholeTree(source: TreeSource, sha: string): Promise<TreeListing> {
  const { client, name } = source;
  const answer = await readTreeAnswer(client, name, sha, true);
  if (!answer.isCut) return toListing(answer.files);
  const parts = new TreeParts(source, fewFolders);
  const found =
    (await parts.list(sha)) ??
    (await fromArchive(source, sha)) ??
    (await new TreeParts(source, Number.POSITIVE_INFINITY).list(sha));
  if (found === null) throw incomplete(`tree of ${sha}`, 'its folders cannot be listed');
  await keepFolders(source.folder, found);
  return found;
}

/** Puts a long list together from the lists of its folders. */
class TreeParts {
  private readonly source: TreeSource;
  private readonly files: TreeFile[] = [];
  private calls: number;

  /** @param calls so often GitHub is asked at most */
  constructor(source: TreeSource, calls: number) {
    this.source = source;
    this.calls = calls;
  }

  /** @returns null: it would take more calls */
  async list(sha: string): Promise<TreeListing | null> {
    const isWhole = await this.readLevel(sha, '', null);
    return isWhole ? toListing(this.files) : null;
  }

  /** @param id what the folder must be; null: the commit's own */
  private async readFolder(id: string, path: string): Promise<boolean> {
    const kept = await this.readKept(id);
    if (kept !== null) return this.addAll(kept, path);
    if (!this.mayCall()) return false;
    const { client, name } = this.source;
    const answer = await readTreeAnswer(client, name, id, true);
    if (answer.isCut) return this.readLevel(id, path, id);
    requireId(answer.files, id);
    this.files.push(...answer.files.map((file) => ({ ...file, path: path + file.path })));
    return true;
  }

  private async readLevel(sha: string, path: string, id: string | null): Promise<boolean> {
    if (!this.mayCall()) return false;
    const { client, name } = this.source;
    const { files, folders, isCut } = await readTreeAnswer(client, name, sha, false);
    if (isCut) throw incomplete(`tree of ${sha}`, 'one folder has more files than GitHub lists at once');
    const below = folders.map((folder) => ({ path: folder.path, mode: '40000', blob: folder.id }));
    if (id !== null) requireId([...files, ...below], id);
    return this.addAll(
      [...files, ...below].map(({ path: name, mode, blob }) => ({ name, mode, id: blob })),
      path,
    );
  }

  private async addAll(
    entries: readonly { readonly name: string; readonly mode: string; readonly id: string }[],
    path: string,
  ): Promise<boolean> {
    for (const { name, mode, id } of entries) {
      if (mode !== '40000') this.files.push({ path: path + name, mode, blob: id });
      else if (!(await this.readFolder(id, `${path}${name}/`))) return false;
    }
    return true;
  }

  private async readKept(id: string) {
    const content = await this.source.folder?.read('tree', id);
    return content === undefined ? null : parseTreeObject(content);
  }

  private mayCall(): boolean {
    this.calls -= 1;
    return this.calls >= 0;
  }
}

/** One folder or more, which may stand in it as a file of mode 40000: the id is made the same way. */
function requireId(files: readonly TreeFile[], id: string): void {
  const found = treeIdOf(toListing(files));
  if (found !== id) throw incomplete(`tree of ${id}`, `its files have the id ${found}`);
}

/** @returns null: the archive does not come, or leaves something out */
async function fromArchive({ client, name, folder }: TreeSource, sha: string): Promise<TreeListing | null> {
  try {
    const { tree } = await readCommit(client, name, sha);
    const listing = new Map<string, TreeFile>();
    for await (const { path, mode, bytes } of readCommitArchive(client, name, sha)) {
      if (bytes === null) return null;
      const blob = blobIdOf(bytes);
      listing.set(path, { path, mode, blob });
      await folder?.keep(blob, bytes);
    }
    return treeIdOf(listing) === tree ? listing : null;
  } catch {
    return null; // documented: the folders are then asked for one by one, which says what is wrong
  }
}

/** The next start finds the folders of a list here that GitHub cuts. */
export async function keepFolders(folder: ObjectFolder | null, listing: TreeListing): Promise<void> {
  if (folder === null) return;
  for (const [id, content] of treeObjectsOf(listing)) await folder.keep(id, content);
}

/**
 * Git takes any bytes for a name, and an answer in JSON has characters: where two names come as one, a change of the first
 * file would be seen by nobody.
 */
function toListing(files: readonly TreeFile[]): TreeListing {
  const listing = new Map<string, TreeFile>();
  for (const file of files) {
    if (listing.has(file.path)) throw sameName(file.path);
    listing.set(file.path, file);
  }
  return listing;
}

const sameName = (path: string): InputError =>
  new InputError('TREE_AMBIGUOUS', `Two files have a name that GitHub writes as ${path}`, {
    hint: 'Rename them: names are to be UTF-8, so that whoever reads them can tell one from the other.',
    where: { file: path },
  });
