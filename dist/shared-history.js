import { o as streamOf } from "./shared-transition.js";
import { r as stateOf, t as requireVerified } from "./shared-resolve2.js";

// core/audit/history.ts
/**
* Tells a model's history, oldest first, from a proven ledger.
* @throws InputError LEDGER_UNVERIFIED, LEDGER_UNKNOWN_MODEL
*/
function historyOf(verification, model) {
	requireVerified(verification);
	stateOf(verification, model);
	return linesOf(verification.events.filter(({ stream }) => stream === streamOf(model)));
}
/** Tells what events of one model say, in their order. */
const linesOf = (events) => events.map(toLine);
function toLine({ seq, at, data, source, actor, approvals, hash }) {
	const common = {
		seq,
		at,
		pullRequest: source.pullRequest,
		by: actor,
		approvals,
		hash
	};
	const none = {
		version: null,
		from: null,
		to: null,
		endpoint: null
	};
	switch (data.type) {
		case "VersionRegistered": {
			const because = `judged, artifact ${data.record.artifact.digest}`;
			const { version } = data.record;
			return {
				...common,
				...none,
				what: "registered",
				version,
				to: "registered",
				because
			};
		}
		case "HeldOutUsed": {
			const because = `look ${data.look} on the held-out labels ${data.heldOut}`;
			return {
				...common,
				...none,
				what: "judged",
				because
			};
		}
		case "Correction": return {
			...common,
			...none,
			what: "correction",
			because: `of event ${data.ofSeq}: ${data.reason}`
		};
		default: {
			const { version, from, to } = data;
			const endpoint = "endpoint" in data ? data.endpoint : null;
			return {
				...common,
				what: words[data.type],
				version,
				from,
				to,
				endpoint,
				because: becauseOf(data)
			};
		}
	}
}
const words = {
	VersionStaged: "staged",
	VersionShortlisted: "shortlisted",
	VersionRejected: "rejected",
	VersionPromoted: "promoted",
	VersionRolledBack: "rolled back to",
	VersionArchived: "archived"
};
function becauseOf(data) {
	if (data.type === "VersionArchived") return data.because;
	if (data.type !== "VersionPromoted" && data.type !== "VersionRolledBack") return "requested";
	const replaced = data.replaced === null ? "no champion before" : `replaces v${data.replaced}`;
	return data.type === "VersionRolledBack" ? `${replaced}, not judged again` : `${replaced}`;
}

export { linesOf as n, historyOf as t };