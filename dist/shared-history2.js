import { a as isBreakGlassEvent, l as streamOf, n as limitOf } from "./shared-rollback-trigger.js";
import { l as isIncidentEvent } from "./shared-incident.js";
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
	if (isIncidentEvent(data)) return {
		...common,
		...none,
		...incidentLine(data)
	};
	if (isBreakGlassEvent(data)) return {
		...common,
		...none,
		...breakGlassLine(data)
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
	if (data.type === "VersionPromoted") return replaced;
	if (data.trigger === void 0) return `${replaced}, not judged again`;
	const { trigger, observed, promotion } = data.trigger;
	const side = trigger.above === void 0 ? "below" : "above";
	return `${replaced} by itself: trigger ${trigger.name}, ${trigger.metric} ${observed} is ${side} ${limitOf(trigger)}; approved in advance by event ${promotion}`;
}
function incidentLine(data) {
	switch (data.type) {
		case "MergeNotRecorded": return {
			what: "not recorded",
			because: [data.reason, ...data.codes].join(", ")
		};
		case "IncidentClosed": return {
			what: "incident closed",
			because: `incident ${data.incident}: ${data.because}`
		};
		case "LedgerCorrected": {
			const { size, restored, foreign } = data;
			return {
				what: "ledger corrected",
				because: `${size} entries of ${restored} put back; written by somebody else: ${foreign.join(", ") || "nothing, the branch was set back"}`
			};
		}
	}
}
function breakGlassLine(data) {
	if (data.type === "BreakGlassReviewed") return {
		what: "break-glass reviewed",
		because: `that of #${data.pullRequest}`
	};
	const { version, endpoint, by, past, reviewBy } = data;
	return {
		what: "by break-glass",
		version,
		endpoint,
		because: `asked for by ${by}, past ${past.join(", ") || "no rule"}; review due ${reviewBy}`
	};
}

export { linesOf as n, historyOf as t };