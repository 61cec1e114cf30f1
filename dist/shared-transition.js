import { r as InputError } from "./shared-error.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { A as literal, D as discriminatedUnion, F as strictObject, I as string, M as number, O as int, P as record, S as _enum, j as looseObject, w as array, z as unknown } from "./shared-js-yaml.js";
import { t as stages } from "./shared-stage.js";
import { i as incidentEnds, o as incidentReasons } from "./shared-incident.js";

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

export { renderHead as a, parseTransaction as i, movesFrom as n, renderTransaction as o, parseHead as r, isAllowedMove as t };