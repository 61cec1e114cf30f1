import { n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";

// core/audit/hash.ts
/**
* Hash of one event: over its canonical JSON without `hash`, with a prefix so that no other digest of the same
* text can stand in for it.
* @see docs/decisions/0004-ledger-format.md
*/
function hashEvent(event) {
	const { hash: _, ...content } = event;
	return digestBytes(`gatehouse-audit-v1\n${canonicalJson(content)}`);
}
/** What `decision` of every event in a transaction says: binds the decision's inputs and sealed evidence. */
const digestOfDecision = ({ decisionInput, sealed }) => digestOf({
	decisionInput,
	sealed
});

export { hashEvent as n, digestOfDecision as t };