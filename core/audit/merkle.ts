import { createHash } from 'node:crypto';
import type { Digest } from '../evidence/evidence.ts';
import type { LedgerHead } from '../registry/ledger.ts';

/**
 * The Merkle tree over all events in the order of the whole ledger.
 * `frontier` holds the roots of the full subtrees, largest first: one for each 1 in the binary form of the size.
 * @see RFC 6962 section 2.1
 */
export type Frontier = readonly Digest[];

const bytesOf = (digest: Digest): Buffer => Buffer.from(digest.slice('sha256:'.length), 'hex');

function digest(prefix: number, ...parts: readonly Uint8Array[]): Digest {
  const hash = createHash('sha256').update(Uint8Array.of(prefix));
  for (const part of parts) hash.update(part);
  return `sha256:${hash.digest('hex')}`;
}

/** SHA-256 of nothing: the root of an empty ledger. */
export const emptyRoot: Digest = `sha256:${createHash('sha256').digest('hex')}`;

/** Leaf of an event by its hash: SHA-256(0x00 || hash). */
export const leafOf = (hash: Digest): Digest => digest(0x00, bytesOf(hash));

/** Inner node: SHA-256(0x01 || left || right). */
export const nodeOf = (left: Digest, right: Digest): Digest => digest(0x01, bytesOf(left), bytesOf(right));

/** The ledger before its first event. */
export const emptyHead: LedgerHead = { kind: 'AuditHead', v: 1, size: 0, root: emptyRoot, frontier: [] };

/** Adds one leaf in O(log size). */
export function appendLeaf(frontier: Frontier, size: number, leaf: Digest): Frontier {
  const next = [...frontier];
  let joined = leaf;
  // Every trailing 1 of the size is a full subtree as large as what has been joined so far.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = next.pop();
    if (left === undefined) throw new RangeError(`a frontier of ${frontier.length} for ${size} leaves`);
    joined = nodeOf(left, joined);
  }
  return [...next, joined];
}

/** Root of the whole tree, from the smallest subtree up. */
export function rootOf(frontier: Frontier): Digest {
  return (
    frontier.reduceRight<Digest | null>((right, left) => (right ? nodeOf(left, right) : left), null) ??
    emptyRoot
  );
}

/** Appends event hashes to a head. */
export function extendHead(head: LedgerHead, hashes: Iterable<Digest>): LedgerHead {
  let { size, frontier } = head;
  for (const hash of hashes) {
    frontier = appendLeaf(frontier, size, leafOf(hash));
    size += 1;
  }
  return { kind: 'AuditHead', v: 1, size, root: rootOf(frontier), frontier };
}

/** Head of a whole ledger, and the root at each of these sizes that it reaches. @param hashes event hashes in order */
export function headAndRoots(
  hashes: readonly Digest[],
  sizes: Iterable<number>,
): { readonly head: LedgerHead; readonly roots: ReadonlyMap<number, Digest> } {
  const roots = new Map<number, Digest>();
  let head: LedgerHead = emptyHead;
  for (const size of [...new Set(sizes)].sort((a, b) => a - b)) {
    if (size > hashes.length) break;
    head = extendHead(head, hashes.slice(head.size, size));
    roots.set(size, head.root);
  }
  return { head: extendHead(head, hashes.slice(head.size)), roots };
}
