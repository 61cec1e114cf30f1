import type { TreeFile, TreeListing } from '../../core/change/change.ts';
import { findMergeBase } from '../../core/change/commit-graph.ts';
import { blobIdOf, mergeTrees, treeIdOf } from '../../core/change/tree-id.ts';
import { BranchTips } from './branch-tips.ts';
import { EarlyReads } from './early-reads.ts';
import { FreshFacts } from './fresh-facts.ts';
import { Kept } from './kept.ts';
import type { CommitPlace } from './look-facts.ts';
import { LookGuesses } from './look-guesses.ts';
import type { ObjectFolder } from './object-folder.ts';
import type { CommitFacts, RunFacts } from './reader.ts';
import { keepFolders } from './whole-tree.ts';
import type { FileWrite } from './writer.ts';

const maxBlobBytes = 32 * 1024 * 1024;
const maxZipBytes = 16 * 1024 * 1024;
const maxAnswerChars = 16 * 1024 * 1024;
/** Files of all trees together; GitHub lists no tree of over 100,000. */
const maxTreeFiles = 200_000;
const maxEntries = 20_000;
/** GitHub cuts a list of 100,000 entries or 7 MB, and does not say of what: an entry has some 300 bytes of JSON. */
const longList = 10_000;
/** Merges on top of each other whose files are found at once. */
const maxLine = 100;

/** An answer of GitHub with the tag under which it can be asked whether it still holds. */
export interface TaggedAnswer {
  readonly etag: string;
  readonly chars: number;
  readonly response: { readonly data?: unknown; readonly headers: Readonly<Record<string, unknown>> };
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
  /** Answers on their way that whoever asks meanwhile may share. */
  readonly underway = new Map<string, Promise<unknown>>();
  readonly early = new EarlyReads((key) => this.answers.get(key) !== undefined);
  readonly tips = new BranchTips();
  readonly guess = new LookGuesses();
  readonly fresh = new FreshFacts();
  /** What this machine keeps of the ledger from one start to the next; null: nothing. */
  readonly folder: ObjectFolder | null;
  private readonly trees = new Kept<TreeListing>(maxTreeFiles, (listing) => listing.size + 1);
  private readonly treeIds = new Kept<string>(maxEntries);
  private readonly parents = new Kept<readonly string[]>(maxEntries);
  private readonly reading = new Map<string, Promise<TreeListing>>();

  constructor(folder: ObjectFolder | null = null) {
    this.folder = folder;
  }

  /** Files of a commit or a tree, read once. @param sha full id */
  readTree(sha: string, load: () => Promise<TreeListing>): Promise<TreeListing> {
    const known = this.knownTree(sha);
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

  /** Takes in what GitHub told of a commit beside its words. */
  learnPlace({ sha, tree, parents }: CommitPlace): void {
    this.treeIds.put(sha, tree);
    if (parents !== null) this.parents.put(sha, parents);
  }

  /** The best common ancestor: told from the commits that are known, or read. @param base, head full ids */
  readMergeBase(base: string, head: string, load: () => Promise<string>): Promise<string> {
    const found = this.mergeBaseOf(base, head);
    return found === undefined ? this.mergeBases.read(`${base} ${head}`, load) : Promise.resolve(found);
  }

  /**
   * Remembers what a commit holds that we have just had made: the files of the one before it with ours written over.
   * It is found by the id of the tree that GitHub gave, so a mistake here is never found.
   * @param before null: it has no parents
   */
  learnCommit(sha: string, tree: string, before: string | null, files: readonly FileWrite[]): void {
    this.learnPlace({ sha, tree, parents: before === null ? [] : [before] });
    const written = files.map(({ path, content }) => [path, this.learnContent(content)] as const);
    const known = before === null ? new Map<string, TreeFile>() : this.treeOf(before);
    if (known === undefined) return;
    const listing = new Map(known);
    for (const [path, blob] of written) {
      listing.delete(path);
      if (blob !== null) listing.set(path, { path, mode: known.get(path)?.mode ?? '100644', blob });
    }
    const id = treeIdOf(listing);
    this.trees.put(id, listing);
    if (id === tree && listing.size >= longList) void keepFolders(this.folder, listing);
  }

  private learnContent(content: string | null): string | null {
    if (content === null) return null;
    const bytes = new Uint8Array(Buffer.from(content, 'utf8'));
    const blob = blobIdOf(bytes);
    this.blobs.put(blob, bytes);
    void this.folder?.keep(blob, bytes);
    return blob;
  }

  /** Finds the files of a merge without reading them, where the files that were merged are known and git merged as we do. */
  learnMerge({ sha, tree, parents }: Pick<CommitFacts, 'sha' | 'tree' | 'parents'>, head: string): void {
    this.learnPlace({ sha, tree, parents });
    if (this.knownTree(sha) === undefined) this.tryMerge(sha, parents[0] ?? '', head);
  }

  private mergeBaseOf(base: string, head: string): string | undefined {
    const key = `${base} ${head}`;
    const known = this.mergeBases.get(key);
    if (known !== undefined) return known;
    const found = findMergeBase({ parentsOf: (sha) => this.parents.get(sha) }, base, head);
    if (found !== null) this.mergeBases.put(key, found);
    return found ?? undefined;
  }

  /** Files of a commit that were met, or that are found by merging again what was merged since the last that were met. */
  private knownTree(sha: string): TreeListing | undefined {
    const line: (readonly [string, string, string])[] = [];
    let at = sha;
    while (this.treeOf(at) === undefined) {
      const [onto, head, ...more] = this.parents.get(at) ?? [];
      if (onto === undefined || head === undefined || more.length > 0 || line.length >= maxLine)
        return undefined;
      line.push([at, onto, head]);
      at = onto;
    }
    for (const merge of line.reverse()) if (!this.tryMerge(...merge)) return undefined;
    return this.treeOf(sha);
  }

  /** @returns false: what was merged is not known, or git merged otherwise */
  private tryMerge(sha: string, onto: string, head: string): boolean {
    const [ours, theirs] = [this.treeOf(onto), this.treeOf(head)];
    const base = ours && theirs && this.treeOf(this.mergeBaseOf(onto, head) ?? '');
    if (!base || !ours || !theirs) return false;
    const merged = mergeTrees(base, ours, theirs);
    const id = merged === null ? null : treeIdOf(merged);
    if (merged === null || id === null || this.treeIds.get(sha) !== id) return false;
    this.trees.put(id, merged);
    return true;
  }
}
