import type { TreeFile, TreeListing } from '../../core/change/change.ts';
import { blobIdOf, mergeTrees, treeIdOf } from '../../core/change/tree-id.ts';
import { FreshFacts } from './fresh-facts.ts';
import { Kept } from './kept.ts';
import { LookGuesses } from './look-guesses.ts';
import type { CommitFacts, RunFacts } from './reader.ts';
import type { FileWrite } from './writer.ts';

const maxBlobBytes = 32 * 1024 * 1024;
const maxZipBytes = 16 * 1024 * 1024;
const maxAnswerChars = 16 * 1024 * 1024;
/** Files of all trees together; GitHub lists no tree of over 100,000. */
const maxTreeFiles = 200_000;
const maxEntries = 20_000;

/** An answer of GitHub with the tag under which it can be asked whether it still holds. */
export interface TaggedAnswer {
  readonly etag: string;
  readonly chars: number;
  readonly response: unknown;
}

/**
 * What one process knows of one repository. What is kept cannot go out of date: it is named by what it holds (git objects,
 * artifacts), it has ended (attempts of runs), or GitHub is asked each time whether it still holds (tagged answers).
 * Guesses only say what to ask for, and fresh facts are of the last seconds. Serves one repository as one caller sees it: two callers may see different things.
 */
export class ReaderMemory {
  readonly blobs = new Kept<Uint8Array>(maxBlobBytes, (bytes) => bytes.byteLength + 100);
  readonly zips = new Kept<Uint8Array>(maxZipBytes, (bytes) => bytes.byteLength + 100);
  /** By range: `base head`. */
  readonly mergeBases = new Kept<string>(maxEntries);
  readonly commits = new Kept<CommitFacts>(maxEntries);
  readonly histories = new Kept<readonly CommitFacts[]>(maxEntries, (commits) => commits.length + 1);
  readonly attempts = new Kept<RunFacts>(maxEntries);
  readonly answers = new Kept<TaggedAnswer>(maxAnswerChars, ({ chars }) => chars + 200);
  readonly guess = new LookGuesses();
  readonly fresh = new FreshFacts();
  private readonly trees = new Kept<TreeListing>(maxTreeFiles, (listing) => listing.size + 1);
  private readonly treeIds = new Kept<string>(maxEntries);
  private readonly reading = new Map<string, Promise<TreeListing>>();

  /** Files of a commit or a tree, read once. @param sha full id */
  readTree(sha: string, load: () => Promise<TreeListing>): Promise<TreeListing> {
    const known = this.treeOf(sha);
    if (known !== undefined) return Promise.resolve(known);
    const running = this.reading.get(sha);
    if (running !== undefined) return running;
    const reading = load()
      .then((listing) => {
        this.putTree(sha, listing);
        return listing;
      })
      .finally(() => this.reading.delete(sha));
    this.reading.set(sha, reading);
    return reading;
  }

  /** Files of a commit or a tree, if they were met. */
  treeOf(sha: string): TreeListing | undefined {
    return this.trees.get(this.treeIds.get(sha) ?? sha);
  }

  /** Remembers the files of a commit or a tree, found by the id of the tree from then on. */
  putTree(sha: string, listing: TreeListing): void {
    const id = treeIdOf(listing);
    this.trees.put(id, listing);
    this.treeIds.put(sha, id);
  }

  /** Says which tree a commit has, as GitHub told it. */
  nameTree(commit: string, tree: string): void {
    this.treeIds.put(commit, tree);
  }

  /**
   * Remembers what a commit holds that we have just had made: the files of the one before it with ours written over.
   * It is found by the id of the tree that GitHub gave, so a mistake here is never found.
   * @param before null: it has no parents
   */
  learnCommit(sha: string, tree: string, before: string | null, files: readonly FileWrite[]): void {
    this.nameTree(sha, tree);
    const known = before === null ? new Map<string, TreeFile>() : this.treeOf(before);
    if (known === undefined) return;
    const listing = new Map(known);
    for (const { path, content } of files) {
      listing.delete(path);
      if (content === null) continue;
      const bytes = new Uint8Array(Buffer.from(content, 'utf8'));
      const blob = blobIdOf(bytes);
      this.blobs.put(blob, bytes);
      listing.set(path, { path, mode: known.get(path)?.mode ?? '100644', blob });
    }
    this.trees.put(treeIdOf(listing), listing);
  }

  /** Finds the files of a merge without reading them, where the files that were merged are known and git merged as we do. */
  learnMerge(merge: CommitFacts, head: string): void {
    const [onto = ''] = merge.parents;
    const base = this.treeOf(this.mergeBases.get(`${onto} ${head}`) ?? '');
    const [ours, theirs] = [this.treeOf(onto), this.treeOf(head)];
    if (this.treeOf(merge.sha) !== undefined || !base || !ours || !theirs) return;
    const merged = mergeTrees(base, ours, theirs);
    if (merged !== null && treeIdOf(merged) === merge.tree) this.putTree(merge.sha, merged);
  }
}
