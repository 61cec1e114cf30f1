import type { Digest } from '../evidence/evidence.ts';
import { emptyRoot, leafOf, nodeOf } from './merkle.ts';

/**
 * Proves that one event is in the ledger, to somebody who knows only size and root.
 * @param hashes event hashes of the whole ledger in order
 * @returns sibling nodes from the leaf up, O(log n)
 * @see RFC 6962 section 2.1.1
 */
export function proveInclusion(hashes: readonly Digest[], index: number): readonly Digest[] {
  if (!Number.isInteger(index) || index < 0 || index >= hashes.length) {
    throw new RangeError(`no event ${index} in a ledger of ${hashes.length}`);
  }
  if (hashes.length === 1) return [];
  const split = largestPowerBelow(hashes.length);
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return index < split
    ? [...proveInclusion(left, index), treeHash(right)]
    : [...proveInclusion(right, index - split), treeHash(left)];
}

/** True when the proof leads from the event to the root. */
export function verifyInclusion(
  hash: Digest,
  index: number,
  size: number,
  proof: readonly Digest[],
  root: Digest,
): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= size) return false;
  const computed = climb(leafOf(hash), index, size, proof);
  return computed === root;
}

/** Recomputes the root from a leaf; null when the proof has the wrong length. */
function climb(leaf: Digest, index: number, size: number, proof: readonly Digest[]): Digest | null {
  if (size === 1) return proof.length === 0 ? leaf : null;
  const sibling = proof.at(-1);
  if (sibling === undefined) return null;
  const split = largestPowerBelow(size);
  const rest = proof.slice(0, -1);
  if (index < split) {
    const left = climb(leaf, index, split, rest);
    return left && nodeOf(left, sibling);
  }
  const right = climb(leaf, index - split, size - split, rest);
  return right && nodeOf(sibling, right);
}

/**
 * Proves that a ledger of `size` events is the beginning of this one.
 * @see RFC 6962 section 2.1.2
 */
export function proveConsistency(hashes: readonly Digest[], size: number): readonly Digest[] {
  if (!Number.isInteger(size) || size < 0 || size > hashes.length) {
    throw new RangeError(`no ledger of ${size} events at the beginning of ${hashes.length}`);
  }
  return size === 0 || size === hashes.length ? [] : subproof(hashes, size, true);
}

function subproof(hashes: readonly Digest[], size: number, known: boolean): readonly Digest[] {
  if (size === hashes.length) return known ? [] : [treeHash(hashes)];
  const split = largestPowerBelow(hashes.length);
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return size <= split
    ? [...subproof(left, size, known), treeHash(right)]
    : [...subproof(right, size - split, false), treeHash(left)];
}

export interface SizedRoot {
  readonly size: number;
  readonly root: Digest;
}

/** True when the newer root contains the older one unchanged. */
export function verifyConsistency(older: SizedRoot, newer: SizedRoot, proof: readonly Digest[]): boolean {
  if (older.size > newer.size || older.size < 0) return false;
  if (older.size === 0) return proof.length === 0 && older.root === emptyRoot;
  if (older.size === newer.size) return proof.length === 0 && older.root === newer.root;
  const walked = walk(older.size, newer.size, proof, older.root, true);
  return walked !== null && walked.older === older.root && walked.newer === newer.root;
}

interface Walked {
  readonly older: Digest;
  readonly newer: Digest;
}

/** Recomputes both roots from the proof; mirrors `subproof`. */
function walk(
  size: number,
  total: number,
  proof: readonly Digest[],
  olderRoot: Digest,
  known: boolean,
): Walked | null {
  if (size === total) {
    if (known) return proof.length === 0 ? { older: olderRoot, newer: olderRoot } : null;
    const [only] = proof;
    return only !== undefined && proof.length === 1 ? { older: only, newer: only } : null;
  }
  const sibling = proof.at(-1);
  if (sibling === undefined) return null;
  const split = largestPowerBelow(total);
  const rest = proof.slice(0, -1);
  if (size <= split) {
    const left = walk(size, split, rest, olderRoot, known);
    return left && { older: left.older, newer: nodeOf(left.newer, sibling) };
  }
  const right = walk(size - split, total - split, rest, olderRoot, false);
  return right && { older: nodeOf(sibling, right.older), newer: nodeOf(sibling, right.newer) };
}

/** Merkle tree hash of a list of event hashes. */
export function treeHash(hashes: readonly Digest[]): Digest {
  const [only] = hashes;
  if (only === undefined) return emptyRoot;
  if (hashes.length === 1) return leafOf(only);
  const split = largestPowerBelow(hashes.length);
  return nodeOf(treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)));
}

/** Largest power of two that is smaller than n, for n over 1. */
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
