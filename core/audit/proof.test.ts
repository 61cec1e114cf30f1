import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Digest } from '../evidence/evidence.ts';
import { digestBytes } from '../json/canonical.ts';
import { appendLeaf, emptyHead, extendHead, type Frontier, leafOf, rootOf } from './merkle.ts';
import { proveConsistency, proveInclusion, treeHash, verifyConsistency, verifyInclusion } from './proof.ts';

const hashes: readonly Digest[] = Array.from({ length: 70 }, (_, at) => digestBytes(`event ${at}`));
const rootAt = (size: number): Digest => treeHash(hashes.slice(0, size));
const size = fc.integer({ min: 0, max: hashes.length });

test('leaf by leaf the frontier gives the root of the whole tree, with one subtree for each 1 of the size', () => {
  let frontier: Frontier = [];
  for (const [at, hash] of hashes.entries()) {
    frontier = appendLeaf(frontier, at, leafOf(hash));
    expect(rootOf(frontier)).toBe(rootAt(at + 1));
    expect(frontier).toHaveLength((at + 1).toString(2).replaceAll('0', '').length);
  }
});

test('it does not matter in how many steps a ledger grew', () => {
  fc.assert(
    fc.property(size, size, (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const stepped = extendHead(extendHead(emptyHead, hashes.slice(0, from)), hashes.slice(from, to));
      expect(stepped).toEqual(extendHead(emptyHead, hashes.slice(0, to)));
    }),
  );
});

test('every event can be proven to be in the ledger, and nothing else can', () => {
  fc.assert(
    fc.property(
      size.filter((n) => n > 0),
      fc.nat(),
      fc.nat(),
      (total, at, other) => {
        const index = at % total;
        const proof = proveInclusion(hashes.slice(0, total), index);
        const hash = hashes[index] as Digest;
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(total)));
        expect(verifyInclusion(hash, index, total, proof, rootAt(total))).toBe(true);
        const wrong = other % total;
        expect(verifyInclusion(hash, wrong, total, proof, rootAt(total))).toBe(wrong === index);
        expect(verifyInclusion(digestBytes('forged'), index, total, proof, rootAt(total))).toBe(false);
        expect(verifyInclusion(hash, index, total, [...proof, hash], rootAt(total))).toBe(false);
        if (proof.length > 0)
          expect(verifyInclusion(hash, index, total, proof.slice(1), rootAt(total))).toBe(false);
      },
    ),
  );
});

test('an older ledger can be proven to be the beginning of a newer one, a rewritten one cannot', () => {
  fc.assert(
    fc.property(size, size, (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const proof = proveConsistency(hashes.slice(0, to), from);
      const [older, newer] = [
        { size: from, root: rootAt(from) },
        { size: to, root: rootAt(to) },
      ];
      expect(verifyConsistency(older, newer, proof)).toBe(true);
      const forged = digestBytes('forged');
      expect(verifyConsistency({ ...older, root: forged }, newer, proof)).toBe(false);
      if (from > 0) expect(verifyConsistency(older, { ...newer, root: forged }, proof)).toBe(false);
      expect(verifyConsistency(older, newer, [...proof, forged])).toBe(false);
      if (proof.length > 0) expect(verifyConsistency(older, newer, proof.slice(1))).toBe(false);
      if (from !== to) expect(verifyConsistency(newer, older, proof)).toBe(false);
    }),
  );
});

test('what is outside of the ledger is not proven', () => {
  expect(() => proveInclusion(hashes, hashes.length)).toThrow(RangeError);
  expect(() => proveInclusion(hashes, 0.5)).toThrow(RangeError);
  expect(() => proveConsistency(hashes, hashes.length + 1)).toThrow(RangeError);
  expect(verifyInclusion(hashes[0] as Digest, 1, 1, [], rootAt(1))).toBe(false);
  expect(verifyInclusion(hashes[0] as Digest, -1, 1, [], rootAt(1))).toBe(false);
});
