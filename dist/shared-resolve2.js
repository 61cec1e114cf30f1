import { r as InputError } from "./shared-error.js";
import { t as isFailure } from "./shared-finding.js";

// core/audit/resolve.ts
/**
* Answers who serves, from a ledger that is proven. A proven ledger is the only kind that is believed.
* @throws InputError LEDGER_UNVERIFIED with the findings, LEDGER_UNANCHORED when no anchor covers the promotion,
* LEDGER_UNKNOWN_MODEL, LEDGER_UNKNOWN_ENDPOINT, LEDGER_NO_CHAMPION
*/
function resolveChampion(verification, model, endpoint) {
	requireVerified(verification);
	const state = stateOf(verification, model);
	const serving = state.endpoints.get(endpoint);
	if (!serving) {
		const known = [...state.endpoints.keys()].sort().join(", ") || "none";
		throw refuse("LEDGER_UNKNOWN_ENDPOINT", `${model} was never in production at ${endpoint}`, `Known: ${known}.`);
	}
	const record = serving.champion === null ? void 0 : state.versions.get(serving.champion)?.record;
	if (!record) {
		const hint = `It was taken out of production on ${serving.since}; what serves instead is the fallback: ${serving.fallback}.`;
		throw refuse("LEDGER_NO_CHAMPION", `nothing of ${model} serves at ${endpoint}`, hint);
	}
	requireAnchored(verification, model, serving.by.seq);
	return {
		model,
		endpoint,
		version: record.version,
		artifactDigest: record.artifact.digest,
		artifactName: record.artifact.name,
		sizeBytes: record.artifact.sizeBytes,
		since: serving.since,
		by: {
			pullRequest: serving.by.pullRequest,
			mergedBy: serving.by.mergedBy
		},
		previous: serving.previous,
		fallback: serving.fallback,
		servingImage: record.servingImage,
		featureVersion: record.featureVersion,
		ledger: {
			size: verification.head.size,
			root: verification.root,
			anchored: verification.anchored
		}
	};
}
/** @throws InputError LEDGER_UNVERIFIED */
function requireVerified({ verdict, findings }) {
	if (verdict === "pass") return;
	const first = findings.find(isFailure);
	throw new InputError("LEDGER_UNVERIFIED", `the ledger is not proven: ${first?.message ?? "unknown"}`, {
		hint: first?.fix ?? "Run gatehouse verify.",
		findings,
		...first?.where ? { where: first.where } : {}
	});
}
/** @throws InputError LEDGER_UNKNOWN_MODEL */
function stateOf({ states }, model) {
	const state = states.get(model);
	if (state) return state;
	const known = [...states.keys()].sort().join(", ") || "none";
	throw refuse("LEDGER_UNKNOWN_MODEL", `the ledger knows no model ${model}`, `Known: ${known}.`);
}
/** An entry that nobody outside has seen could have been written by whoever can push. */
function requireAnchored({ events, anchored }, model, seq) {
	const event = events.find((each) => each.stream === `model/${model}` && each.seq === seq);
	if (event && event.gseq < anchored) return;
	const message = `no anchor covers the promotion at ${model}: entry ${event?.gseq ?? "unknown"}, anchored are ${anchored}`;
	throw refuse("LEDGER_UNANCHORED", message, "Try again in a minute; if it stays so, promote nothing and run gatehouse verify.");
}
const refuse = (code, message, hint) => new InputError(code, message, { hint });

export { resolveChampion as n, stateOf as r, requireVerified as t };