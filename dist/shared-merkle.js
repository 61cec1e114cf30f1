import { createHash } from "node:crypto";

// core/audit/merkle.ts
const bytesOf = (digest) => Buffer.from(digest.slice(7), "hex");
function digest(prefix, ...parts) {
	const hash = createHash("sha256").update(Uint8Array.of(prefix));
	for (const part of parts) hash.update(part);
	return `sha256:${hash.digest("hex")}`;
}
/** SHA-256 of nothing: the root of an empty ledger. */
const emptyRoot = `sha256:${createHash("sha256").digest("hex")}`;
/** Leaf of an event by its hash: SHA-256(0x00 || hash). */
const leafOf = (hash) => digest(0, bytesOf(hash));
/** Inner node: SHA-256(0x01 || left || right). */
const nodeOf = (left, right) => digest(1, bytesOf(left), bytesOf(right));
/** The ledger before its first event. */
const emptyHead = {
	kind: "AuditHead",
	v: 1,
	size: 0,
	root: emptyRoot,
	frontier: []
};
/** Adds one leaf in O(log size). */
function appendLeaf(frontier, size, leaf) {
	const next = [...frontier];
	let joined = leaf;
	for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
		const left = next.pop();
		if (left === void 0) throw new RangeError(`a frontier of ${frontier.length} for ${size} leaves`);
		joined = nodeOf(left, joined);
	}
	return [...next, joined];
}
/** Root of the whole tree, from the smallest subtree up. */
function rootOf(frontier) {
	return frontier.reduceRight((right, left) => right ? nodeOf(left, right) : left, null) ?? emptyRoot;
}
/** Appends event hashes to a head. */
function extendHead(head, hashes) {
	let { size, frontier } = head;
	for (const hash of hashes) {
		frontier = appendLeaf(frontier, size, leafOf(hash));
		size += 1;
	}
	return {
		kind: "AuditHead",
		v: 1,
		size,
		root: rootOf(frontier),
		frontier
	};
}
/** Head of a whole ledger, and the root at each of these sizes that it reaches. @param hashes event hashes in order */
function headAndRoots(hashes, sizes) {
	const roots = /* @__PURE__ */ new Map();
	let head = emptyHead;
	for (const size of [...new Set(sizes)].sort((a, b) => a - b)) {
		if (size > hashes.length) break;
		head = extendHead(head, hashes.slice(head.size, size));
		roots.set(size, head.root);
	}
	return {
		head: extendHead(head, hashes.slice(head.size)),
		roots
	};
}

export { leafOf as a, headAndRoots as i, emptyRoot as n, nodeOf as o, extendHead as r, rootOf as s, emptyHead as t };