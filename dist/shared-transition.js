import { r as InputError } from "./shared-error.js";
import { n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { C as strictObject, D as unknown, S as record, f as array, g as int, h as discriminatedUnion, u as _enum, v as literal, w as string, y as looseObject } from "./shared-schemas.js";
import { t as stages } from "./shared-stage.js";

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
		looks: /* @__PURE__ */ new Map()
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
const promotion = {
	version,
	from: stage,
	to: literal("production"),
	endpoint,
	replaced: version.nullable(),
	artifactDigest: digest,
	fallback: string()
};
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
		look: version
	}),
	strictObject({
		type: literal("Correction"),
		ofSeq: count,
		reason: string()
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
const renderHead = (value) => `${canonicalJson(value)}\n`;
/**
* Reads one transaction file as somebody may have left it.
* @throws InputError LEDGER_ENTRY_INVALID for unknown keys, wrong types and any byte that is not canonical JSON
*/
function parseTransaction(text, source) {
	return parseExactly(text, source, transaction);
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

export { emptyState as a, renderHead as i, movesFrom as n, streamOf as o, parseTransaction as r, isAllowedMove as t };