import { r as InputError } from "./shared-error.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { A as literal, F as strictObject, I as string, O as int, j as looseObject, w as array } from "./shared-js-yaml.js";
import { d as verifyInclusion, t as digest, u as proveInclusion } from "./shared-anchor-statement.js";
import { n as hashEvent } from "./shared-hash.js";
import { i as headAndRoots } from "./shared-merkle.js";
import { t as ledgerFinding } from "./shared-verification.js";

// core/audit/entry-proof.ts
const schema = strictObject({
	kind: literal("EntryProof"),
	v: literal(1),
	event: looseObject({
		gseq: int().nonnegative(),
		seq: int().nonnegative(),
		stream: string(),
		hash: digest
	}),
	size: int().positive(),
	root: digest,
	proof: array(digest).max(64)
});
/**
* Proves that one entry is in a ledger.
* @param events of a ledger that is proven, in order
* @param gseq number of the entry in the whole ledger, from 0
* @throws InputError ENTRY_UNKNOWN
*/
function proveEntry(events, gseq) {
	const event = events[gseq];
	if (event === void 0) throw new InputError("ENTRY_UNKNOWN", `the ledger has no entry ${gseq}`, { hint: events.length === 0 ? "It is empty." : `Name one of 0 to ${events.length - 1}.` });
	const hashes = events.map(({ hash }) => hash);
	const { size, root } = headAndRoots(hashes, []).head;
	return {
		kind: "EntryProof",
		v: 1,
		event,
		size,
		root,
		proof: [...proveInclusion(hashes, gseq)]
	};
}
const renderEntryProof = (proof) => `${canonicalJson(proof)}\n`;
/** @param text of a file that somebody handed over @throws InputError ENTRY_PROOF_INVALID, JSON_INVALID */
function parseEntryProof(text, source) {
	const { success, data } = schema.safeParse(parseStrictJson(text, source));
	if (success) return data;
	throw new InputError("ENTRY_PROOF_INVALID", `${source} is no proof of an entry`, { hint: "Make one with gatehouse export --entry NUMBER." });
}
/**
* Checks an entry without the ledger that it is from.
* @param anchors what outsiders say of the ledger; one of them must be of the size that the proof was made for
* @returns no finding when the entry is what it was and where it was
*/
function checkEntryProof({ event, size, root, proof }, anchors, source) {
	const name = `entry ${event.gseq}`;
	const hash = hashEvent(event);
	if (hash !== event.hash) {
		const facts = {
			found: hash,
			allowed: event.hash,
			fix
		};
		return [ledgerFinding("entry-hash", source, `${name} was edited: its content hashes to something else`, facts)];
	}
	if (!verifyInclusion(hash, event.gseq, size, proof, root)) return [ledgerFinding("proof-broken", source, `the proof does not lead from ${name} to the root ${root}`, { fix })];
	const anchor = anchors.find((each) => each.size === size);
	if (anchor?.root === root) return [];
	const allowed = anchor === void 0 ? `an anchor of ${size} entries` : `${size}:${anchor.root}`;
	const message = anchor === void 0 ? `no anchor of ${size} entries was given: anybody can make a ledger that contains ${name}` : `${name} is of another ledger than the anchor`;
	return [ledgerFinding("proof-unanchored", source, message, {
		found: `${size}:${root}`,
		allowed,
		fix
	})];
}
const fix = "Believe nothing of it. Ask for a new proof, and get the anchor from the check run or the release yourself.";

export { renderEntryProof as i, parseEntryProof as n, proveEntry as r, checkEntryProof as t };