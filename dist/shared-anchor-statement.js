import { r as InputError } from "./shared-error.js";
import { p as parseInstant } from "./shared-layout2.js";
import { A as literal, E as custom, F as strictObject, I as string, O as int, w as array } from "./shared-js-yaml.js";
import { i as isDigest, t as canonicalJson } from "./shared-canonical.js";
import { a as leafOf, n as emptyRoot, o as nodeOf, s as rootOf } from "./shared-merkle.js";

// core/audit/proof.ts
/**
* Proves that one event is in the ledger, to somebody who knows only size and root.
* @param hashes event hashes of the whole ledger in order
* @returns sibling nodes from the leaf up, O(log n)
* @see RFC 6962 section 2.1.1
*/
function proveInclusion(hashes, index) {
	if (!Number.isInteger(index) || index < 0 || index >= hashes.length) throw new RangeError(`no event ${index} in a ledger of ${hashes.length}`);
	if (hashes.length === 1) return [];
	const split = largestPowerBelow(hashes.length);
	const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
	return index < split ? [...proveInclusion(left, index), treeHash(right)] : [...proveInclusion(right, index - split), treeHash(left)];
}
/** True when the proof leads from the event to the root. */
function verifyInclusion(hash, index, size, proof, root) {
	if (!Number.isInteger(index) || index < 0 || index >= size) return false;
	return climb(leafOf(hash), index, size, proof) === root;
}
/** Recomputes the root from a leaf; null when the proof has the wrong length. */
function climb(leaf, index, size, proof) {
	if (size === 1) return proof.length === 0 ? leaf : null;
	const sibling = proof.at(-1);
	if (sibling === void 0) return null;
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
function proveConsistency(hashes, size) {
	if (!Number.isInteger(size) || size < 0 || size > hashes.length) throw new RangeError(`no ledger of ${size} events at the beginning of ${hashes.length}`);
	return size === 0 || size === hashes.length ? [] : subproof(hashes, size, true);
}
function subproof(hashes, size, known) {
	if (size === hashes.length) return known ? [] : [treeHash(hashes)];
	const split = largestPowerBelow(hashes.length);
	const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
	return size <= split ? [...subproof(left, size, known), treeHash(right)] : [...subproof(right, size - split, false), treeHash(left)];
}
/** True when the newer root contains the older one unchanged. */
function verifyConsistency(older, newer, proof) {
	if (older.size > newer.size || older.size < 0) return false;
	if (older.size === 0) return proof.length === 0 && older.root === emptyRoot;
	if (older.size === newer.size) return proof.length === 0 && older.root === newer.root;
	const walked = walk(older.size, newer.size, proof, older.root, true);
	return walked !== null && walked.older === older.root && walked.newer === newer.root;
}
/** Recomputes both roots from the proof; mirrors `subproof`. */
function walk(size, total, proof, olderRoot, known) {
	if (size === total) {
		if (known) return proof.length === 0 ? {
			older: olderRoot,
			newer: olderRoot
		} : null;
		const [only] = proof;
		return only !== void 0 && proof.length === 1 ? {
			older: only,
			newer: only
		} : null;
	}
	const sibling = proof.at(-1);
	if (sibling === void 0) return null;
	const split = largestPowerBelow(total);
	const rest = proof.slice(0, -1);
	if (size <= split) {
		const left = walk(size, split, rest, olderRoot, known);
		return left && {
			older: left.older,
			newer: nodeOf(left.newer, sibling)
		};
	}
	const right = walk(size - split, total - split, rest, olderRoot, false);
	return right && {
		older: nodeOf(sibling, right.older),
		newer: nodeOf(sibling, right.newer)
	};
}
/** Merkle tree hash of a list of event hashes. */
function treeHash(hashes) {
	const [only] = hashes;
	if (only === void 0) return emptyRoot;
	if (hashes.length === 1) return leafOf(only);
	const split = largestPowerBelow(hashes.length);
	return nodeOf(treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)));
}
/** Largest power of two that is smaller than n, for n over 1. */
function largestPowerBelow(n) {
	let power = 1;
	while (power * 2 < n) power *= 2;
	return power;
}

// core/audit/anchor-statement.ts
/** Forms of what a statement and a memory of a ledger hold. */
const digest = custom(isDigest);
const objectId = string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const instant = string().refine((text) => parseInstant(text) !== null);
/** No tree of entries is as high as this. */
const highest = 64;
const subtrees = array(digest).max(highest);
const schema = strictObject({
	kind: literal("LedgerAnchor"),
	v: literal(1),
	repository: string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
	repositoryId: int().positive(),
	branch: string().min(1).max(255),
	commit: objectId,
	size: int().positive(),
	root: digest,
	frontier: subtrees,
	at: instant,
	previous: strictObject({
		size: int().positive(),
		root: digest,
		proof: array(digest).max(128)
	}).nullable()
});
/** The bytes that are signed: canonical JSON and one line feed. */
const renderStatement = (statement) => `${canonicalJson(statement)}\n`;
/** There is one full subtree for each 1 in the binary form of the size, and together they give the root. */
const frontierFits = ({ frontier, size, root }) => frontier.length === size.toString(2).replaceAll("0", "").length && rootOf(frontier) === root;
/**
* Says why a statement contradicts itself; null when it does not.
* Its root must follow from its frontier, and the ledger before it must be the beginning of this one.
*/
function contradictionOf({ frontier, size, root, previous }) {
	if (!frontierFits({
		frontier,
		size,
		root
	})) return "its frontier gives another root";
	if (previous === null || verifyConsistency(previous, {
		size,
		root
	}, previous.proof)) return null;
	return `it does not contain the ledger of ${previous.size} entries that it says it follows`;
}
/**
* Reads a statement. Its signature is over its canonical form: another spelling of the same says the same.
* @throws InputError ANCHOR_INVALID, for a statement that contradicts itself too
*/
function readStatement(value, source) {
	const { success, data } = schema.safeParse(value);
	if (!success) throw noAnchor(source, "it has another form");
	const contradiction = contradictionOf(data);
	if (contradiction !== null) throw noAnchor(source, contradiction);
	return data;
}
function noAnchor(source, why) {
	return new InputError("ANCHOR_INVALID", `${source} is no anchor of a ledger: ${why}`, { hint: "Use the file as anchor-ledger.yml left it in a release or with the witness, every byte of it." });
}

export { objectId as a, subtrees as c, verifyInclusion as d, noAnchor as i, proveConsistency as l, frontierFits as n, readStatement as o, instant as r, renderStatement as s, digest as t, proveInclusion as u };