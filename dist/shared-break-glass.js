import { r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { A as literal, D as discriminatedUnion, F as strictObject, I as string, M as number, O as int, P as record, S as _enum, j as looseObject, w as array, z as unknown } from "./shared-js-yaml.js";
import { t as parseInstant } from "./shared-instant.js";
import { t as stages } from "./shared-stage.js";
import { i as incidentEnds, m as illegalEvent, o as incidentReasons } from "./shared-incident.js";

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

// core/audit/transaction.ts
const digest = string().regex(/^sha256:[0-9a-f]{64}$/);
const count = int().nonnegative();
const version = int().positive();
const stage = _enum(stages);
const person = strictObject({
	id: int(),
	login: string(),
	kind: _enum(["User", "Bot"])
});
const approval = strictObject({
	reviewId: int(),
	reviewer: person,
	role: string(),
	commit: string(),
	submittedAt: string(),
	checkRunId: int(),
	checkCompletedAt: string()
});
const endpoint = string().min(1);
const instant = string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/);
const trigger = strictObject({
	name: string(),
	metric: string(),
	above: number().optional(),
	below: number().optional(),
	windowMinutes: version,
	endpoints: array(endpoint).optional()
});
const triggerUse = strictObject({
	authority: literal("pre-approved"),
	promotion: count,
	trigger,
	observed: number(),
	from: instant,
	until: instant,
	evidence: digest
});
const promotion = {
	version,
	from: stage,
	to: literal("production"),
	endpoint,
	replaced: version.nullable(),
	artifactDigest: digest,
	fallback: string(),
	triggers: array(trigger).min(1).max(50).optional(),
	trigger: triggerUse.optional()
};
const commit = string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
/** Codes of ours, `area/check`: no text of people. */
const codes = array(string().regex(/^[a-z0-9/-]{1,80}$/)).max(20);
const staged = {
	version,
	from: stage,
	to: stage
};
const data = discriminatedUnion("type", [
	strictObject({
		type: literal("VersionRegistered"),
		record: looseObject({
			v: literal(1),
			model: string(),
			version,
			registeredAt: string(),
			artifact: looseObject({ digest }),
			metrics: array(looseObject({ metric: string() })),
			approvals: array(approval)
		})
	}),
	strictObject({
		type: literal("VersionStaged"),
		...staged
	}),
	strictObject({
		type: literal("VersionShortlisted"),
		...staged
	}),
	strictObject({
		type: literal("VersionRejected"),
		...staged
	}),
	strictObject({
		type: literal("VersionPromoted"),
		...promotion
	}),
	strictObject({
		type: literal("VersionRolledBack"),
		...promotion
	}),
	strictObject({
		type: literal("VersionArchived"),
		version,
		from: stage,
		to: literal("archived"),
		endpoint: endpoint.nullable(),
		because: _enum([
			"requested",
			"replaced",
			"demoted",
			"rolled back"
		])
	}),
	strictObject({
		type: literal("HeldOutUsed"),
		heldOut: digest,
		result: digest,
		look: version,
		charged: strictObject({
			labels: version,
			actor: version
		}).optional()
	}),
	strictObject({
		type: literal("Correction"),
		ofSeq: count,
		reason: string()
	}),
	strictObject({
		type: literal("BreakGlassUsed"),
		version,
		endpoint,
		by: string().regex(/^[A-Za-z0-9_-]{1,100}$/),
		reason: digest,
		past: array(string().regex(/^[a-z -]{1,40}$/)).max(10),
		expiresAt: instant,
		reviewBy: instant
	}),
	strictObject({
		type: literal("BreakGlassReviewed"),
		pullRequest: version,
		review: digest
	}),
	strictObject({
		type: literal("MergeNotRecorded"),
		reason: _enum(incidentReasons),
		model: string().nullable(),
		baseRef: string().max(255),
		base: commit,
		codes
	}),
	strictObject({
		type: literal("IncidentClosed"),
		incident: count,
		because: _enum(incidentEnds)
	}),
	strictObject({
		type: literal("LedgerCorrected"),
		restored: commit,
		size: count,
		found: commit,
		foreign: array(commit).max(100),
		codes
	})
]);
const event = strictObject({
	v: literal(1),
	stream: string(),
	seq: count,
	gseq: count,
	at: string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/),
	actor: person,
	source: strictObject({
		repositoryId: int(),
		pullRequest: int(),
		headSha: string(),
		mergeSha: string()
	}),
	operation: string().regex(/^[0-9a-f]{64}$/),
	data,
	approvals: array(approval),
	decision: digest,
	prev: digest,
	hash: digest
});
const transaction = strictObject({
	kind: literal("AuditTransaction"),
	v: literal(1),
	stream: string().regex(/^model\/./),
	first: count,
	gfirst: count,
	events: array(event).min(1),
	decisionInput: unknown(),
	sealed: array(strictObject({
		text: string(),
		token: string(),
		jwk: record(string(), string())
	}))
});
const head = strictObject({
	kind: literal("AuditHead"),
	v: literal(1),
	size: count,
	root: digest,
	frontier: array(digest)
});
/** A transaction file: canonical JSON and a line feed. */
const renderTransaction = (value) => `${canonicalJson(value)}\n`;
const renderHead = (value) => `${canonicalJson(value)}\n`;
/**
* Reads one transaction file as somebody may have left it.
* @throws InputError LEDGER_ENTRY_INVALID for unknown keys, wrong types and any byte that is not canonical JSON
*/
function parseTransaction(text, source) {
	return parseExactly(text, source, transaction);
}
/** Reads audit/HEAD.json; @throws InputError LEDGER_ENTRY_INVALID */
function parseHead(text, source) {
	return parseExactly(text, source, head);
}
function parseExactly(text, source, schema) {
	const value = readJson(text, source);
	const result = schema.safeParse(value);
	if (!result.success) {
		const [issue] = result.error.issues;
		const pointer = `/${issue?.path.join("/") ?? ""}`;
		throw invalid(source, `${issue?.message ?? "wrong shape"} at ${pointer}`, pointer);
	}
	if (`${canonicalJson(value)}\n` !== text) throw invalid(source, "its bytes are not canonical JSON");
	return value;
}
function readJson(text, source) {
	try {
		return parseStrictJson(text, source);
	} catch (cause) {
		if (!(cause instanceof InputError)) throw cause;
		throw invalid(source, cause.message);
	}
}
function invalid(source, what, pointer) {
	return new InputError("LEDGER_ENTRY_INVALID", `${source}: ${what}`, {
		hint: "Only the app writes these files: restore the file from the last anchored commit.",
		where: pointer === void 0 ? { file: source } : {
			file: source,
			pointer
		}
	});
}

// core/change/transition.ts
/**
* Every move between two stages that can ever be made; policy may forbid more, never allow others.
* A version enters as `registered`. `archived -> production` is further limited to endpoints where the version was in
* production before, and `production -> production` to an endpoint where it does not serve yet.
*/
const allowedMoves = /* @__PURE__ */ new Map([
	["registered", [
		"staging",
		"archived",
		"rejected"
	]],
	["staging", [
		"candidate",
		"production",
		"archived",
		"rejected"
	]],
	["candidate", [
		"production",
		"archived",
		"rejected"
	]],
	["production", ["production", "archived"]],
	["archived", ["production"]],
	["rejected", []]
]);
/** The stages that a version may go to from here; none when the ledger does not know where it is (null). */
const movesFrom = (from) => from === null ? [] : allowedMoves.get(from) ?? [];
/** True when a version may go from one stage to the other in one move. */
const isAllowedMove = (from, to) => movesFrom(from).includes(to);

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

export { isAllowedMove as a, parseTransaction as c, emptyState as d, streamOf as f, usesBefore as i, renderHead as l, isBreakGlassEvent as n, movesFrom as o, proposeReview as r, parseHead as s, foldBreakGlass as t, renderTransaction as u };