import { r as InputError } from "./shared-error.js";
import { n as digestBytes } from "./shared-canonical.js";
import { p as parseInstant } from "./shared-layout2.js";
import { m as illegalEvent } from "./shared-incident.js";

// core/registry/stream.ts
/** Name of the stream that a model's events belong to. */
const streamOf = (model) => `model/${model}`;
/** What the first event of a stream names as its predecessor, so that a chain cannot be moved to another stream. */
const genesisOf = (stream) => digestBytes(`gatehouse-audit-genesis-v1\n${stream}`);
/** A model that the ledger does not know yet. */
function emptyState(model) {
	return {
		model,
		versions: /* @__PURE__ */ new Map(),
		endpoints: /* @__PURE__ */ new Map(),
		lastSeq: -1,
		lastHash: genesisOf(streamOf(model)),
		lastAt: "unknown",
		operations: /* @__PURE__ */ new Set(),
		requests: /* @__PURE__ */ new Set(),
		heldOut: /* @__PURE__ */ new Map(),
		looks: /* @__PURE__ */ new Map(),
		charges: /* @__PURE__ */ new Map()
	};
}

// core/registry/break-glass.ts
const isBreakGlassEvent = (data) => data.type === "BreakGlassUsed" || data.type === "BreakGlassReviewed";
/** @throws InputError LEDGER_BREAK_GLASS when no use of this pull request waits for a review */
function proposeReview({ pullRequest, review }, state) {
	if (waits(state, pullRequest)) return [{
		type: "BreakGlassReviewed",
		pullRequest,
		review
	}];
	throw new InputError("LEDGER_BREAK_GLASS", `no break-glass of #${pullRequest} waits for a review`, { hint: "Read the ledger again and look what is open." });
}
/** Applies such an event. @throws InputError LEDGER_EVENT_ILLEGAL */
function foldBreakGlass(state, event, data) {
	const uses = state.breakGlass ?? [];
	if (data.type === "BreakGlassReviewed") {
		const { pullRequest } = data;
		if (!waits(state, pullRequest)) throw illegalEvent(event, `nothing of #${pullRequest} waits for a review`);
		if (event.approvals.length === 0) throw illegalEvent(event, "nobody approved the review");
		return {
			...state,
			breakGlass: uses.map((use) => use.pullRequest === pullRequest ? {
				...use,
				reviewed: true
			} : use)
		};
	}
	const problem = problemOf(state, event, data);
	if (problem !== null) throw illegalEvent(event, problem);
	const { version, endpoint, reviewBy } = data;
	const { pullRequest } = event.source;
	const use = {
		model: state.model,
		version,
		endpoint,
		pullRequest,
		at: event.at,
		reviewBy,
		reviewed: false
	};
	return {
		...markStay(state, version, endpoint),
		breakGlass: [...uses, use]
	};
}
const waits = ({ breakGlass = [] }, pullRequest) => breakGlass.some((use) => use.pullRequest === pullRequest && !use.reviewed);
/** It is about the move right before it, and it held when that was merged. */
function problemOf(state, event, { version, endpoint, expiresAt, reviewBy }) {
	const serving = state.endpoints.get(endpoint);
	if (serving?.champion !== version || serving.since !== event.at || !state.operations.has(event.operation)) return `v${version} was not put to ${endpoint} by the same operation`;
	const [at, expires, due] = [
		event.at,
		expiresAt,
		reviewBy
	].map(parseInstant);
	if (at == null || expires == null || due == null) return "its times cannot be read";
	if (!(at < expires)) return "it had expired";
	if (!(at < due)) return "its review was due before it was used";
	return event.approvals.length < 2 ? "fewer than two people approved it" : null;
}
function markStay(state, number, endpoint) {
	const version = state.versions.get(number);
	if (version === void 0) return state;
	const deployments = version.deployments.map((stay) => {
		if (stay.endpoint !== endpoint || stay.until !== null) return stay;
		return {
			...stay,
			how: stay.how === "rolled back" ? "rolled back by break-glass" : "promoted by break-glass"
		};
	});
	return {
		...state,
		versions: new Map(state.versions).set(number, {
			...version,
			deployments
		})
	};
}
const windowMs = 2592e6;
/**
* Uses that a decision looks at: those that wait for a review, and all of the 30 days before it.
* @param now ISO 8601 UTC; one that cannot be read leaves nothing out
*/
function usesBefore(states, now) {
	const instant = parseInstant(now);
	const isRecent = ({ at }) => {
		const used = parseInstant(at);
		return instant === null || used === null || instant - used < windowMs;
	};
	return [...states].flatMap(({ breakGlass = [] }) => breakGlass).filter((use) => !use.reviewed || isRecent(use)).sort((a, b) => (parseInstant(a.at) ?? 0) - (parseInstant(b.at) ?? 0) || (`${a.model} ${a.endpoint}` < `${b.model} ${b.endpoint}` ? -1 : 1));
}

// core/config/rollback-trigger.ts
/** The value that is not yet too much. */
const limitOf = ({ above, below }) => above ?? below ?? NaN;
/** True only for a finite value on the far side of a finite limit. */
function isTriggered(trigger, value) {
	const { above, below } = trigger;
	if (!Number.isFinite(value) || above === void 0 === (below === void 0)) return false;
	if (above !== void 0) return Number.isFinite(above) && value > above;
	return below !== void 0 && Number.isFinite(below) && value < below;
}
/** Triggers that watch an endpoint. */
const triggersAt = (triggers, endpoint) => (triggers ?? []).filter(({ endpoints }) => endpoints === void 0 || endpoints.includes(endpoint));

export { isBreakGlassEvent as a, emptyState as c, foldBreakGlass as i, streamOf as l, limitOf as n, proposeReview as o, triggersAt as r, usesBefore as s, isTriggered as t };