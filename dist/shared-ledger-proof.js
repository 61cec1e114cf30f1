import { a as decide, i as finish, r as textOf, t as readEachEntry } from "./shared-entries.js";
import { t as isFailure } from "./shared-finding.js";
import { a as headPath, c as operationPath, d as transactionPath, l as statePath, n as cardPath, o as incidentsPath, p as parseInstant, s as isTransactionPath, t as belongsToLedger } from "./shared-layout2.js";
import { A as literal, E as custom, F as strictObject, I as string, M as number, O as int, j as looseObject, w as array } from "./shared-js-yaml.js";
import { i as headAndRoots } from "./shared-merkle.js";
import { t as ledgerFinding } from "./shared-verification.js";
import { t as counted$1 } from "./shared-count-text.js";
import { n as GatehouseError, r as InputError } from "./shared-error.js";
import { i as isDigest, n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { d as modelStates, l as isIncidentEvent, r as incidentCommandOf, s as incidentsOf, u as isOpen } from "./shared-incident.js";
import { a as isByItself, c as operationId, i as propose, s as operationFactsOf, t as evolve } from "./shared-evolve.js";
import { c as emptyState, s as usesBefore } from "./shared-rollback-trigger.js";
import { n as hashEvent, t as digestOfDecision } from "./shared-hash.js";
import { a as breakGlassNoteOf, o as preApprovedTriggers, r as openReviews } from "./shared-emergency-section.js";
import { i as resultDigest, n as isLook } from "./shared-held-out-look.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { n as renderEachModel } from "./shared-render.js";
import { a as renderHead } from "./shared-transition.js";
import { t as renderModelCard } from "./shared-card2.js";
import "./shared-approval-sections.js";
import { n as showTime } from "./shared-time-text.js";
import "./shared-facts.js";
import { r as incidentTable } from "./shared-incident-blocks.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { t as stayText } from "./shared-stay-text.js";

// core/audit/replay.ts
/**
* Decides again from the inputs of an entry, with the evaluator of now.
* The shape is not checked here: the digest in the entry binds it, and `checkDecision` takes every failure for a refusal.
*/
const replayDecision = (input) => decide(input);

// core/audit/anchor-check.ts
/**
* Compares the entries with what outsiders remember of them.
* @param hashes recomputed event hashes in order
* @param anchors from where the ledger's writers cannot reach; every one of them must agree
*/
function checkAnchors(hashes, anchors, entries, tail) {
	const { head, roots } = headAndRoots(hashes, anchors.map(({ size }) => size));
	const sorted = [...anchors].sort((a, b) => a.size - b.size);
	const findings = [];
	let anchored = 0;
	for (const anchor of sorted) {
		const root = roots.get(anchor.size);
		if (root === anchor.root) anchored = anchor.size;
		else findings.push(root === void 0 ? truncated(anchor, head) : rewritten(anchor, root, anchored, entries));
	}
	if (findings.length > 0) return {
		anchored,
		findings: findings.slice(0, 1)
	};
	return {
		anchored,
		findings: uncovered(head, anchored, entries, tail)
	};
}
function truncated(anchor, head) {
	return ledgerFinding("truncated", headPath, `the ledger was cut: entry ${head.size} is the first one missing of the ${anchor.size} that were anchored`, {
		found: `${head.size} entries`,
		allowed: `at least ${anchor.size} entries${placeOf(anchor)}`
	});
}
function rewritten(anchor, root, anchored, entries) {
	const first = entries.find(({ transaction }) => transaction.gfirst + transaction.events.length > anchored);
	return ledgerFinding("rewritten", first?.path ?? "audit/HEAD.json", `history was rewritten between entry ${anchored} and entry ${anchor.size - 1}: its own hashes agree with each other, the anchor does not`, {
		found: `${anchor.size}:${root}`,
		allowed: `${anchor.size}:${anchor.root}${placeOf(anchor)}`
	});
}
/** An anchor of a check run is found by its commit; any other says where it lies. */
const placeOf = ({ from }) => from === void 0 ? "" : ` (${from})`;
function uncovered(head, anchored, entries, tail) {
	if (anchored === head.size) return [];
	const file = entries.find(({ transaction }) => transaction.gfirst >= anchored)?.path ?? "audit/HEAD.json";
	if (anchored === 0) {
		if (entries.length <= 1) return [warning(file, head.size - anchored)];
		const fix = "Have it read from GitHub: add --github https://github.com/OWNER/REPOSITORY --app ID, with GITHUB_TOKEN set. Or give it: add --anchor SIZE:ROOT, as the check \"gatehouse\" of the newest merge commit says it.";
		const message = `nothing outside the ledger vouches for its ${head.size} entries: whoever can push could have written them all`;
		return [ledgerFinding("anchor-missing", headPath, message, {
			found: "no anchor",
			allowed: "an anchor that the app made, size:root",
			fix
		})];
	}
	if (tail === "report") return [warning(file, head.size - anchored)];
	const message = `entry ${anchored} and what follows is not anchored: the app anchors what it writes within moments`;
	return [ledgerFinding("tail", file, message, {
		found: `${anchored} anchored`,
		allowed: `${head.size} anchored`,
		fix: "Try again in a minute. If it stays so, somebody else than the app wrote it: promote nothing."
	})];
}
function warning(file, count) {
	return {
		code: "ledger/tail",
		severity: "warn",
		message: `${count} entries at the end are not anchored yet`,
		where: { file },
		fix: "The app anchors them on the merge commit; run again after that."
	};
}

// core/registry/command.ts
/**
* The command that these events are the answer to, read back from them: whoever verifies proposes it again and
* compares, so that no event rides along that nobody asked for.
*/
function commandOf(events) {
	const [cause, second] = events;
	if (!cause) return null;
	if (isIncidentEvent(cause)) return incidentCommandOf(cause);
	switch (cause.type) {
		case "VersionRegistered": {
			const { v: _, version: __, ...record } = cause.record;
			return {
				kind: "register",
				record,
				stage: second?.type === "VersionStaged" ? "staging" : "registered"
			};
		}
		case "HeldOutUsed": return {
			kind: "use-held-out",
			heldOut: cause.heldOut,
			result: cause.result,
			...cause.charged === void 0 ? {} : { charged: cause.charged }
		};
		case "Correction": return {
			kind: "correct",
			ofSeq: cause.ofSeq,
			reason: cause.reason
		};
		case "BreakGlassReviewed": return {
			kind: "review-break-glass",
			pullRequest: cause.pullRequest,
			review: cause.review
		};
		case "BreakGlassUsed": return null;
		default: return moveOf(cause, events);
	}
}
function moveOf(cause, events) {
	const { version, from, to } = cause;
	if (to === "registered") return null;
	const promotion = cause.type === "VersionPromoted" || cause.type === "VersionRolledBack" ? cause : null;
	const used = events.find((each) => each.type === "BreakGlassUsed");
	return {
		kind: "move",
		version,
		from,
		to,
		endpoint: "endpoint" in cause ? cause.endpoint : null,
		replaced: promotion?.replaced ?? null,
		fallback: promotion?.fallback ?? "",
		rollback: cause.type === "VersionRolledBack",
		...promotion?.triggers === void 0 ? {} : { triggers: promotion.triggers },
		...promotion?.trigger === void 0 ? {} : { trigger: promotion.trigger },
		...used === void 0 ? {} : { breakGlass: noteOf(used) }
	};
}
function noteOf({ by, reason, past, expiresAt, reviewBy }) {
	return {
		by,
		reason,
		past,
		expiresAt,
		reviewBy
	};
}

// core/audit/chain.ts
/** The same, a step for each entry. */
function* checkEachLink(entries, checkDecision) {
	const walk = new Walk();
	for (const entry of entries) {
		walk.transaction(entry, checkDecision);
		yield;
	}
	return {
		states: walk.states,
		hashes: walk.hashes,
		events: walk.events,
		findings: walk.findings
	};
}
var Walk = class {
	states = /* @__PURE__ */ new Map();
	hashes = [];
	events = [];
	findings = [];
	lastPaths = /* @__PURE__ */ new Map();
	next = 0;
	transaction(entry, checkDecision) {
		const { path, transaction } = entry;
		const model = transaction.stream.slice(6);
		const before = this.states.get(model) ?? emptyState(model);
		const start = this.findings.length;
		this.place(entry, before);
		this.decision(entry);
		for (const event of transaction.events) this.event(event, path, transaction, model);
		if (this.findings.length > start) return;
		this.findings.push(...legality(entry, before), ...checkDecision(entry, before));
	}
	/** Is this file where its number says, and does its number follow? */
	place({ path, transaction }, before) {
		const { stream, first, gfirst, events } = transaction;
		const expected = transactionPath(stream.slice(6), first);
		if (path !== expected) {
			const message = `${path} holds the transaction that belongs into ${expected}`;
			this.report("entry-misplaced", path, message, path, expected);
		}
		if (gfirst > this.next) {
			const range = gfirst - this.next === 1 ? `entry ${this.next} is` : `entries ${this.next} to ${gfirst - 1} are`;
			this.report("entry-missing", path, `${range} missing before ${path}`, `entry ${gfirst}`, `entry ${this.next}`);
		}
		if (gfirst < this.next) {
			const message = `${path} claims entry ${gfirst}, which is there already`;
			this.report("entry-twice", path, message, `entry ${gfirst}`, `entry ${this.next}`);
		}
		if (first !== before.lastSeq + 1) {
			const message = `${path} begins with event ${first} of ${stream}; event ${before.lastSeq + 1} is next`;
			this.report("entry-sequence", path, message, `${first}`, `${before.lastSeq + 1}`);
		}
		events.forEach((event, at) => {
			if (event.seq === first + at && event.gseq === gfirst + at && event.stream === stream) return;
			const found = `${event.stream} ${event.seq} (${event.gseq})`;
			const allowed = `${stream} ${first + at} (${gfirst + at})`;
			this.report("entry-sequence", path, `event ${at} of ${path} is numbered ${found}`, found, allowed);
		});
		this.next = gfirst + events.length;
	}
	event(event, path, transaction, model) {
		const hash = hashEvent(event);
		const name = `entry ${event.gseq} (${event.stream} ${event.seq}, ${event.data.type})`;
		if (hash !== event.hash) this.report("entry-hash", path, `${name} was edited: its content hashes to something else`, hash, event.hash);
		const state = this.states.get(model) ?? emptyState(model);
		if (event.prev !== state.lastHash) this.link(event, name, path, state);
		this.operation(event, name, path, transaction, model);
		this.hashes.push(hash);
		this.events.push(event);
		this.lastPaths.set(model, path);
		this.states.set(model, this.fold(state, event, path));
	}
	link(event, name, path, state) {
		const before = state.lastSeq;
		const message = before < 0 ? `${name} is not the beginning of its stream` : `event ${before} of ${event.stream} was replaced: ${name} names another hash for it`;
		this.report("entry-link", this.lastPaths.get(state.model) ?? path, message, state.lastHash, event.prev);
	}
	operation(event, name, path, tx, model) {
		const [cause = event] = tx.events;
		const expected = operationId(operationFactsOf(model, cause.data, cause.source));
		if (event.operation !== expected) this.report("entry-operation", path, `${name} belongs to another operation`, event.operation, expected);
	}
	/** What the transaction carries beside its events must be what its events were written on. */
	decision({ path, transaction }) {
		const decision = digestOfDecision(transaction);
		const other = transaction.events.find((event) => event.decision !== decision);
		if (!other) return;
		const message = `the decision or the evidence beside entry ${other.gseq} (${other.data.type}) was edited`;
		this.report("entry-decision", path, message, decision, other.decision);
	}
	fold(state, event, path) {
		try {
			return evolve(state, event);
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
			this.report("entry-illegal", path, error.message);
			return {
				...state,
				lastSeq: event.seq,
				lastHash: event.hash,
				lastAt: event.at
			};
		}
	}
	report(code, path, message, found, allowed) {
		const facts = found === void 0 || allowed === void 0 ? {} : {
			found,
			allowed
		};
		this.findings.push(ledgerFinding(code, path, message, facts));
	}
};
/** Proposed again for the state before it, the command must give exactly these events, none more, none less. */
function legality({ path, transaction }, before) {
	const written = transaction.events.map(({ data }) => data);
	const message = `${path} holds events that no command gives`;
	try {
		const command = commandOf(written);
		const proposed = command === null ? [] : propose(command, before);
		if (canonicalJson(proposed) === canonicalJson(written)) return [];
		return [ledgerFinding("entry-illegal", path, message, {
			found: typesOf(written),
			allowed: typesOf(proposed)
		})];
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return [ledgerFinding("entry-illegal", path, `${message}: ${error.message}`)];
	}
}
const typesOf = (events) => events.map(({ type }) => type).join(", ") || "none";

// core/audit/charge-check.ts
/**
* Counts every look again over the whole ledger: on one set of labels over all models, and by whoever started the run.
* One model's events cannot say it, so that it is checked here and not by their fold.
* @param entries in the order of the whole ledger
*/
function checkCharges(entries) {
	const counts = /* @__PURE__ */ new Map();
	const add = (key) => {
		const count = (counts.get(key) ?? 0) + 1;
		counts.set(key, count);
		return count;
	};
	return entries.flatMap(({ path, transaction }) => transaction.events.flatMap(({ data, actor, gseq }) => {
		if (data.type !== "HeldOutUsed") return [];
		const expected = {
			labels: add(data.heldOut),
			actor: add(`${data.heldOut} ${actor.id}`)
		};
		if (data.charged === void 0 || isSame$1(data.charged, expected)) return [];
		const message = `entry ${gseq} (HeldOutUsed) is charged as another look than the ledger counts`;
		return [ledgerFinding("look", path, message, {
			found: describe(data.charged),
			allowed: describe(expected)
		})];
	}));
}
const isSame$1 = (one, other) => one.labels === other.labels && one.actor === other.actor;
const describe = ({ labels, actor }) => `${labels} on the labels, ${actor} of its actor`;

// core/audit/emergency-check.ts
/**
* Compares what was written about an emergency, its review and triggers with what the decision says: was the glass broken
* as it was decided, is a promotion covered by the triggers of that time, was every use of this model told of?
* @param decisionInput a decision was made of it: its shape held so far
*/
function emergencyProblems(events, decisionInput, replayed, before) {
	try {
		const input = decisionInput;
		return [
			...noteProblems(events, input, replayed),
			...triggerProblems(events, input),
			...useProblems(events, input, before),
			...reviewProblems(events, input, before)
		];
	} catch (error) {
		if (error instanceof Error) return [`what it says of an emergency cannot be read: ${error.message}`];
		throw error;
	}
}
const isSame = (a, b) => canonicalJson(a ?? null) === canonicalJson(b ?? null);
function noteProblems(events, input, replayed) {
	const moves = events.filter(({ data }) => data.type === "VersionPromoted" || data.type === "VersionRolledBack");
	const used = events.flatMap(({ data }) => data.type === "BreakGlassUsed" ? [data] : []);
	const expected = breakGlassNoteOf(input, replayed);
	if (expected === null) return used.length === 0 ? [] : ["it says that the glass was broken, and it was not"];
	if (used.length !== moves.length) return ["it hides that the glass was broken"];
	return used.every(({ type: _, version: __, endpoint: ___, ...note }) => isSame(note, expected)) ? [] : ["it says of the emergency what was not decided"];
}
function triggerProblems(events, input) {
	return events.flatMap(({ data }) => {
		if (data.type !== "VersionPromoted" && data.type !== "VersionRolledBack") return [];
		const expected = data.type === "VersionPromoted" && data.replaced !== null ? preApprovedTriggers(input, data.endpoint) : [];
		return isSame(data.triggers ?? [], expected) ? [] : [`it approves other triggers in advance at ${data.endpoint} than were declared`];
	});
}
/** Other models have streams of their own: of this one every use that waited or was recent must have been told of. */
function useProblems([cause], input, before) {
	const own = ({ pullRequest }) => pullRequest === cause?.source.pullRequest;
	const expected = usesBefore([before], input.now ?? "").filter((use) => !own(use));
	const told = (input.breakGlass?.uses ?? []).filter((use) => use.model === before.model && !own(use));
	return isSame(told, expected) ? [] : ["it was not told of every emergency of this model"];
}
function reviewProblems(events, input, before) {
	return events.flatMap(({ data }) => {
		if (data.type !== "BreakGlassReviewed") return [];
		return (input.breakGlass?.reviews ?? []).some(({ model, pullRequest, digest }) => model === before.model && pullRequest === data.pullRequest && digest === data.review) ? [] : [`the review of #${data.pullRequest} was not what was decided`];
	});
}

// core/audit/look-check.ts
/** The part of sealed evidence that says which look it was. Loose: evidence of older versions has other fields. */
const bound$1 = looseObject({
	kind: literal("judgement"),
	model: string(),
	origin: looseObject({
		repositoryId: int(),
		pullRequest: int(),
		headSha: string()
	}),
	artifact: looseObject({ digest: string() }),
	heldOut: looseObject({ labelsDigest: string() }),
	comparisons: array(looseObject({
		metrics: array(looseObject({
			metric: string(),
			grade: string()
		})),
		gates: array(looseObject({ metric: string() }))
	}))
});
/**
* Counts a look again from the evidence that its entry keeps: was there a result, of this model, on these labels, in this
* pull request, and is it this one? Its number and that it is counted once are checked by the fold.
*/
function checkLook({ path, transaction }) {
	const [cause] = transaction.events;
	if (cause?.data.type !== "HeldOutUsed") return [];
	return problemsOf$1(cause, transaction.sealed, transaction.stream).map((problem) => ledgerFinding("decision", path, `entry ${cause.gseq} (HeldOutUsed) counts what was not judged: ${problem}`));
}
/** The part of a decision's input that says which look its judgement was. Entries from before looks were counted have none. */
const counted = looseObject({
	repositoryId: int(),
	heldOutLook: int(),
	heldOutCharge: strictObject({
		labels: int(),
		actor: int()
	}).optional(),
	judgement: looseObject({
		model: string(),
		resultDigest: string(),
		heldOut: looseObject({ labelsDigest: string() })
	})
});
/** Compares the look that a decision was told of with the one that the ledger had counted by then. */
function lookProblems(decisionInput, before) {
	const input = counted.safeParse(decisionInput);
	if (!input.success) return [];
	const { repositoryId, heldOutLook, heldOutCharge, judgement } = input.data;
	const { model, resultDigest, heldOut } = judgement;
	const facts = {
		repositoryId,
		model,
		heldOut: heldOut.labelsDigest,
		result: resultDigest
	};
	const operation = operationId(facts);
	const look = before.looks.get(operation);
	if (look !== heldOutLook) return [`it was told of look ${heldOutLook} on the held-out set; the ledger counted ${look === void 0 ? "none" : `look ${look}`}`];
	const charged = before.charges.get(operation)?.charged ?? null;
	return heldOutCharge !== void 0 && canonicalJson(heldOutCharge) !== canonicalJson(charged) ? ["it was told of another charge for its look than the ledger has"] : [];
}
function problemsOf$1({ data, source, approvals }, sealed, stream) {
	if (data.type !== "HeldOutUsed") return [];
	const evidence = sealed.length === 1 ? read$1(sealed[0]?.text ?? "") : null;
	if (evidence === null) return ["it keeps no evidence that can be read"];
	const { origin } = evidence;
	const problems = [
		...evidence.model === stream.slice(6) ? [] : ["another model was judged"],
		...origin.repositoryId === source.repositoryId ? [] : ["it was judged in another repository"],
		...origin.pullRequest === source.pullRequest ? [] : ["it was judged in another pull request"],
		...evidence.heldOut.labelsDigest === data.heldOut ? [] : ["it was judged on other labels"],
		...isLook(evidence) ? [] : ["nothing was computed from the labels"],
		...digestOfResult(evidence) === data.result ? [] : ["it found another result"]
	];
	return approvals.length === 0 ? problems : [...problems, "a look is approved by nobody"];
}
function read$1(text) {
	try {
		const result = bound$1.safeParse(parseStrictJson(text, "evidence"));
		return result.success ? result.data : null;
	} catch (error) {
		if (error instanceof GatehouseError) return null;
		throw error;
	}
}
function digestOfResult({ artifact, heldOut, comparisons }) {
	try {
		return resultDigest({
			artifactDigest: artifact.digest,
			heldOut,
			comparisons
		});
	} catch (error) {
		if (error instanceof GatehouseError) return null;
		throw error;
	}
}

// core/evidence/trigger-evidence.ts
const digest = custom(isDigest, { error: "sha256: and 64 lower-case hex characters" });
const name = string().min(1).max(500);
const id = int().positive();
const instant = string().refine((text) => parseInstant(text) !== null, { error: "a time in UTC" });
const schema = strictObject({
	kind: literal("rollback-trigger"),
	v: literal(1),
	repositoryId: id,
	runId: id,
	runAttempt: id,
	headSha: string().regex(/^[0-9a-f]{40}$/),
	model: name,
	endpoint: name,
	version: id,
	artifactDigest: digest,
	trigger: strictObject({
		name,
		metric: name,
		above: number().optional(),
		below: number().optional(),
		windowMinutes: id,
		endpoints: array(name).max(100).optional()
	}),
	observed: number(),
	from: instant,
	until: instant,
	measurements: digest
});
const maximumLength = 1e5;
/**
* Reads such evidence as a run left it.
* @param text from an artifact: whoever runs a workflow can have written it
* @throws InputError JSON_INVALID, TRIGGER_EVIDENCE_INVALID
*/
function parseTriggerEvidence(text) {
	if (text.length > maximumLength) throw invalid(`is longer than ${maximumLength} characters`);
	const value = parseStrictJson(text, "evidence.json");
	if (canonicalJson(value) !== text) throw invalid("is not canonical JSON");
	return check(value);
}
function check(value) {
	const parsed = schema.safeParse(value);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw invalid(`at /${issue?.path.map(String).join("/")}: ${issue?.message}`);
	}
	const { from, until } = parsed.data;
	if (!((parseInstant(from) ?? 0) < (parseInstant(until) ?? 0))) throw invalid("has an empty window");
	return value;
}
function invalid(what) {
	return new InputError("TRIGGER_EVIDENCE_INVALID", `The evidence of a trigger ${what}`, {
		hint: "It is written by the trusted workflow that watches production, and by nobody else.",
		where: { file: "evidence.json" }
	});
}

// core/audit/trigger-check.ts
/**
* Compares a rollback that came by itself with the evidence that its entry keeps: was this seen, of this version, at this
* endpoint? That the promotion approved it in advance, and that the value is too much, is checked by the fold.
*/
function checkTrigger({ path, transaction }) {
	const [cause] = transaction.events;
	if (cause === void 0) return [];
	return problemsOf(cause, transaction.sealed, transaction.stream).map((problem) => ledgerFinding("decision", path, `entry ${cause.gseq} (VersionRolledBack) does not rest on what was observed: ${problem}`));
}
function problemsOf({ data, source }, sealed, stream) {
	if (data.type !== "VersionRolledBack" || data.trigger === void 0) return [];
	const { trigger: use } = data;
	const text = sealed.length === 1 ? sealed[0]?.text ?? "" : "";
	const evidence = read(text);
	if (evidence === null) return ["it keeps no evidence that can be read"];
	const isSame = canonicalJson(evidence.trigger) === canonicalJson(use.trigger) && evidence.observed === use.observed && evidence.from === use.from && evidence.until === use.until;
	return [
		...digestBytes(text) === use.evidence ? [] : ["it keeps other evidence than it names"],
		...evidence.model === stream.slice(6) ? [] : ["another model was observed"],
		...evidence.endpoint === data.endpoint ? [] : ["another endpoint was observed"],
		...evidence.version === data.replaced ? [] : ["another version was observed"],
		...evidence.repositoryId === source.repositoryId ? [] : ["it was observed for another repository"],
		...evidence.headSha === source.headSha ? [] : ["it is of another run"],
		...isSame ? [] : ["something else was observed"]
	];
}
function read(text) {
	try {
		return parseTriggerEvidence(text);
	} catch (error) {
		if (error instanceof GatehouseError) return null;
		throw error;
	}
}

// core/audit/decision-check.ts
/** The part of a decision's input that the ledger itself can compare with what was written. */
const bound = looseObject({
	repositoryId: int(),
	now: string().optional(),
	ledger: looseObject({ champions: array(looseObject({
		endpoint: string(),
		version: int(),
		artifactDigest: string()
	})) }),
	policy: looseObject({ proposal: looseObject({ onMerge: string() }) }),
	judgement: looseObject({ artifact: looseObject({ digest: string() }) }).nullable()
});
/**
* Decides again from the recorded inputs and compares: was this move allowed, by these approvals, against this champion?
* @returns findings; none when the same evaluator allows the same move for the same reasons
*/
function checkDecision({ path, transaction }, before, replay) {
	const [cause] = transaction.events;
	if (!cause || transaction.events.every(({ data }) => data.type === "Correction")) return [];
	if (transaction.events.every(({ data }) => isIncidentEvent(data))) return [];
	if (isByItself(cause.data)) return checkTrigger({
		path,
		transaction
	});
	if (cause.data.type === "HeldOutUsed") return checkLook({
		path,
		transaction
	});
	const input = bound.safeParse(transaction.decisionInput);
	if (!input.success) {
		const message = `the decision beside entry ${cause.gseq} cannot be read: ${input.error.issues[0]?.message}`;
		return [ledgerFinding("decision-unreadable", path, message)];
	}
	const replayed = tryReplay(transaction.decisionInput, replay);
	return (typeof replayed === "string" ? [`it cannot be decided again: ${replayed}`] : [
		...kindProblems(replayed),
		...moveProblems(cause, replayed, before),
		...stagingProblems(transaction.events, input.data),
		...approvalProblems(transaction.events, replayed),
		...baselineProblems(transaction.events, input.data, before),
		...lookProblems(transaction.decisionInput, before),
		...emergencyProblems(transaction.events, transaction.decisionInput, replayed, before)
	]).map((problem) => ledgerFinding("decision", path, `entry ${cause.gseq} (${cause.data.type}) does not rest on its decision: ${problem}`));
}
function tryReplay(decisionInput, replay) {
	try {
		return replay(decisionInput);
	} catch (error) {
		if (error instanceof GatehouseError || error instanceof Error) return error.message;
		return "the evaluator failed";
	}
}
function kindProblems(replayed) {
	return replayed.kind === "allowed" ? [] : [`decided again it is "${replayed.kind}", not "allowed"`];
}
function moveProblems(cause, { moves }, before) {
	const { data } = cause;
	if (data.type === "BreakGlassReviewed") return [];
	return moves.some((move) => {
		if (move.model !== before.model) return false;
		if (move.kind === "registration") return data.type === "VersionRegistered";
		if (!("version" in data && "to" in data)) return false;
		return move.version === data.version && move.to === data.to && (move.from === data.from || isSecondEndpoint(cause, before)) && move.endpoint === ("endpoint" in data ? data.endpoint : null) && move.rollback === (data.type === "VersionRolledBack");
	}) ? [] : ["the decision was about another move"];
}
/** One merge may promote a version at two endpoints: at the second one it comes from production already. */
function isSecondEndpoint({ data, source }, before) {
	if (data.type !== "VersionPromoted" && data.type !== "VersionRolledBack") return false;
	const stays = before.versions.get(data.version)?.deployments ?? [];
	return data.from === "production" && stays.some(({ pullRequest, until }) => pullRequest === source.pullRequest && until === null);
}
function stagingProblems(events, { policy }) {
	return events[0]?.data.type === "VersionRegistered" && events.length > 1 && policy.proposal.onMerge !== "staging" ? ["it was staged, which the policy does not do on merge"] : [];
}
function approvalProblems(events, { counted }) {
	const expected = canonicalJson(counted);
	const problems = [];
	for (const { data, approvals } of events) {
		if (canonicalJson(approvals) !== expected) problems.push("it lists other approvals than those that counted");
		if (data.type === "VersionPromoted" && approvals.length === 0) problems.push("nobody approved a promotion");
		if (data.type === "VersionRegistered" && canonicalJson(data.record.approvals) !== expected) problems.push("its record lists other approvals than those that counted");
	}
	return [...new Set(problems)];
}
function baselineProblems(events, input, before) {
	const [cause] = events;
	if (cause === void 0) return [];
	const { data, source } = cause;
	const problems = [];
	if (input.repositoryId !== source.repositoryId) problems.push("it was decided for another repository");
	if (input.now !== void 0 && input.now !== cause.at) problems.push("it was decided at another time");
	if (data.type === "VersionRegistered" && input.judgement?.artifact.digest !== data.record.artifact.digest) problems.push("another artifact was judged");
	if (data.type === "VersionPromoted") {
		const judged = input.judgement?.artifact.digest;
		const isEmergency = events.some((event) => event.data.type === "BreakGlassUsed");
		if (judged !== data.artifactDigest && !(isEmergency && judged === void 0)) problems.push("another artifact was judged");
	}
	if (data.type === "VersionPromoted" || data.type === "VersionRolledBack") problems.push(...championProblems(data, input, before));
	return problems;
}
function championProblems(data, { ledger }, before) {
	const seen = ledger.champions.find(({ endpoint }) => endpoint === data.endpoint);
	if ((seen?.version ?? null) !== data.replaced) return [`it was compared with ${seen ? `v${seen.version}` : "no champion"} and replaced ${nameOf(data.replaced)}`];
	const served = before.endpoints.get(data.endpoint)?.artifactDigest ?? null;
	return (seen?.artifactDigest ?? null) === served ? [] : ["the champion's bytes were others than the ledger says"];
}
const nameOf = (version) => version === null ? "nothing" : `v${version}`;

// core/audit/files-check.ts
/** Compares every file that is not an entry with what the entries say must lie there, byte by byte. A step for each model. */
function* checkFiles(files, entries, states, head, { layout, renderers }) {
	const expected = /* @__PURE__ */ new Map([[headPath, renderHead(head)]]);
	const rendered = yield* renderEachModel([...states.values()], layout, renderers);
	for (const [path, text] of rendered) expected.set(path, text);
	for (const { path, transaction } of entries) {
		const model = transaction.stream.slice(6);
		for (const { operation } of transaction.events) expected.set(operationPath(model, operation), `${path}\n`);
	}
	const findings = [...expected].flatMap(([path, text]) => compare(path, files.get(path), text));
	const strays = [...files.keys()].filter((path) => belongsToLedger(path, layout) && !expected.has(path) && !isTransactionPath(path)).sort().map((path) => ledgerFinding("file-stray", path, `${path} was put into the ledger; no entry speaks of it`, {
		found: "a file",
		allowed: "nothing"
	}));
	return [...findings, ...strays];
}
function compare(path, content, expected) {
	if (content === void 0) {
		const facts = {
			found: "nothing",
			allowed: firstLine(expected)
		};
		return [ledgerFinding("file-missing", path, `${path} was deleted; the entries say that it must be there`, facts)];
	}
	const text = textOf(content);
	if (text === expected) return [];
	if (text === null) return [ledgerFinding("file-edited", path, `${path} was edited: it is not UTF-8 text`)];
	const [found, allowed] = [text.split("\n"), expected.split("\n")];
	const at = Math.max(0, allowed.findIndex((line, index) => line !== found[index]));
	return [{
		...ledgerFinding("file-edited", path, `${path} was edited: line ${at + 1} is not what the entries say`, {
			found: shorten(found[at]),
			allowed: shorten(allowed[at])
		}),
		where: {
			file: path,
			line: at + 1
		}
	}];
}
const firstLine = (text) => shorten(text.split("\n", 1)[0]);
const shorten = (line) => line === void 0 ? "(no such line)" : line.length > 160 ? `${line.slice(0, 160)}...` : line;

// core/audit/remembered-check.ts
/**
* Holds the entries against what readers saw before: a ledger only grows. It covers nothing: an entry that a reader saw
* and no anchor names is not proven by that.
* @param hashes recomputed event hashes in order
* @returns at most one finding: the first disagreement says where
*/
function checkRemembered(hashes, remembered, entries) {
	const { roots } = headAndRoots(hashes, remembered.map(({ size }) => size));
	let agreed = 0;
	for (const memory of [...remembered].sort((a, b) => a.size - b.size)) {
		const root = roots.get(memory.size);
		if (root === memory.root) agreed = memory.size;
		else return [root === void 0 ? rolledBack(memory, hashes.length) : split(memory, root, agreed, entries)];
	}
	return [];
}
function rolledBack(memory, size) {
	const message = `the ledger was cut or put back to an earlier state: on ${memory.at} it was read here with ${memory.size} entries, up to commit ${short(memory)}; entry ${size} is the first one missing`;
	return ledgerFinding("rolled-back", headPath, message, {
		found: `${size} entries`,
		allowed: `at least ${memory.size} entries`,
		fix
	});
}
function split(memory, root, agreed, entries) {
	const first = entries.find(({ transaction }) => transaction.gfirst + transaction.events.length > agreed);
	const message = `this is another ledger than the one that was read here on ${memory.at} at commit ${short(memory)}: they differ between entry ${agreed} and entry ${memory.size - 1}. Its history was rewritten, or readers are shown different ones`;
	return ledgerFinding("split-view", first?.path ?? "audit/HEAD.json", message, {
		found: `${memory.size}:${root}`,
		allowed: `${memory.size}:${memory.root}`,
		fix
	});
}
const short = ({ commit }) => commit.slice(0, 12);
const fix = "Promote and deploy nothing. Compare with what others see of the ledger. If it was made anew on purpose, delete what is remembered: .git/gatehouse/proven.json in a clone, the artifacts gatehouse-ledger-memory at GitHub.";

// core/audit/verify.ts
/**
* Proves a ledger from its files alone: every hash and number, every move legal, every decision repeated, every file
* what the entries say, and all of it what outsiders and this reader remember.
* @param files every file of the ledger's tree; whoever can push controls them
* @param anchors what the app's check runs say; none is a failure for a ledger of more than one transaction
* @returns verdict `pass` only when no finding has severity `fail`
*/
function verifyLedger(files, anchors, options) {
	return holdAgainst(finish(checkEachFile(files, options)), anchors, options);
}
/** The part of the proof that takes long, in steps. */
function* checkEachFile(files, options) {
	const { entries, findings: unreadable } = yield* readEachEntry(files);
	const chain = yield* checkEachLink(entries, (entry, before) => checkDecision(entry, before, options.replay));
	const { states, hashes, events } = chain;
	const { head } = headAndRoots(hashes, []);
	const ofFiles = entries.length === 0 && ![...files.keys()].some((path) => belongsToLedger(path, options.layout)) ? [] : yield* tryCheckFiles(files, entries, states, head, options);
	return {
		entries,
		hashes,
		states,
		events,
		head,
		ofEntries: [
			...unreadable,
			...chain.findings,
			...checkCharges(entries)
		],
		ofFiles
	};
}
/** The rest of the proof: is it the ledger that outsiders and this reader remember? */
function holdAgainst({ entries, hashes, states, events, head, ofEntries, ofFiles }, anchors, { tail, remembered = [] }) {
	const { findings: ofAnchors, anchored } = checkAnchors(hashes, anchors, entries, tail);
	const seen = checkRemembered(hashes, remembered, entries);
	const findings = [
		...ofEntries,
		...ofAnchors,
		...seen,
		...ofFiles
	];
	return {
		verdict: findings.some(isFailure) ? "fail" : "pass",
		findings,
		entries: events.length,
		transactions: entries.length,
		anchored,
		head,
		root: head.root,
		states,
		events
	};
}
function* tryCheckFiles(files, entries, states, head, options) {
	try {
		return yield* checkFiles(files, entries, states, head, options);
	} catch (error) {
		const message = `the registry files cannot be rendered from the entries: ${error instanceof Error ? error.message : "unknown"}`;
		return [ledgerFinding("file-unrendered", entries[0]?.path ?? "audit", message)];
	}
}

// core/report/front-page.ts
/**
* Renders the front page of the ledger: what serves where, since when, who answers for it. Pure: `verify` renders it again.
* @param toRoot path from the page to the root of the branch, for links: `''` or `../`
*/
function renderLedgerReadme(models, toRoot = "") {
	const sorted = [...modelStates(models)].sort((a, b) => a.model < b.model ? -1 : 1);
	const serving = sorted.flatMap((state) => servingRows(state, toRoot));
	const versions = sorted.reduce((sum, { versions: all }) => sum + all.size, 0);
	const blocks = [
		{
			kind: "heading",
			level: 2,
			text: ["Model registry"]
		},
		{
			kind: "paragraph",
			text: [`${counted$1(sorted.length, "model")}, ${counted$1(versions, "version")}, ${counted$1(serving.length, "endpoint")} served. `, "Nothing is in a stage unless it stands here, and nothing gets here except through the gate."]
		},
		...openIncidents(models, toRoot),
		...openReviews(sorted),
		{
			kind: "heading",
			level: 3,
			text: ["What serves where"]
		},
		table([
			"Endpoint",
			"Model",
			"Version",
			"Since",
			"Returns to",
			"Owners",
			"Health"
		], serving, "No model serves yet."),
		{
			kind: "heading",
			level: 3,
			text: ["Models"]
		},
		table([
			"Model",
			"Newest",
			"Stages",
			"Risk",
			"Owners",
			"Last change"
		], sorted.map((state) => modelRow(state, toRoot)), "No model is registered yet."),
		{
			kind: "paragraph",
			text: ["Written by the Gatehouse app alone. Check every line of it offline: ", { code: "gatehouse verify" }]
		}
	];
	return `${renderMarkdown(blocks)}\n`;
}
/** Only while something stands on the base branch that is not in the ledger. */
function openIncidents(models, toRoot) {
	const open = incidentsOf(new Map(models.map((state) => [state.model, state]))).filter(isOpen);
	if (open.length === 0) return [];
	return [
		{
			kind: "heading",
			level: 3,
			text: ["Open incidents"]
		},
		{
			kind: "paragraph",
			text: [`${counted$1(open.length, "change")} went past the gate: on the base branch, and not in the ledger. All of them: `, ...link(incidentsPath, `${toRoot}${incidentsPath}`)]
		},
		incidentTable(open.slice(0, mostIncidents))
	];
}
/** The page stays a page; the file has all. */
const mostIncidents = 20;
/** The files are on this branch, so links are relative: they work in a clone and on every host. */
const link = (text, path) => [{
	link: text,
	to: path,
	code: true
}];
function servingRows(state, toRoot) {
	return [...state.endpoints.values()].sort((a, b) => a.endpoint < b.endpoint ? -1 : 1).flatMap(({ endpoint, champion, previous, since }) => {
		if (champion === null) return [];
		const owners = ownersOf(state, champion);
		return [[
			[{ code: endpoint }],
			link(state.model, `${toRoot}${cardPath(state.model)}`),
			[`v${champion}${stayText(howOf(state, champion, endpoint))}`],
			[showTime(since)],
			[previous === null ? "–" : `v${previous}`],
			[owners],
			["not measured"]
		]];
	});
}
/** How the version that serves came there. */
const howOf = ({ versions }, version, endpoint) => versions.get(version)?.deployments.find((stay) => stay.endpoint === endpoint && stay.until === null)?.how ?? "promoted";
function modelRow(state, toRoot) {
	const newest = Math.max(0, ...state.versions.keys());
	const stages = /* @__PURE__ */ new Map();
	for (const [number, { stage }] of [...state.versions].sort(([a], [b]) => a - b)) stages.set(stage, [...stages.get(stage) ?? [], number]);
	const shown = [...stages].map(([stage, numbers]) => `${stage} ${listVersions(numbers)}`);
	return [
		link(state.model, `${toRoot}${statePath(state.model)}`),
		[newest === 0 ? "–" : `v${newest}`],
		[shown.join("; ")],
		[state.versions.get(newest)?.record.risk ?? "–"],
		[ownersOf(state, newest)],
		[showTime(state.lastAt)]
	];
}
const listVersions = (numbers) => numbers.length <= 5 ? numbers.map((number) => `v${number}`).join(", ") : `v${numbers[0]} to v${numbers.at(-1)} (${numbers.length})`;
function ownersOf(state, version) {
	const owners = state.versions.get(version)?.record.owners;
	return [...owners?.users ?? [], ...owners?.teams ?? []].slice(0, 10).join(", ") || "–";
}
function table(head, rows, none) {
	if (rows.length === 0) return {
		kind: "paragraph",
		text: [none]
	};
	return {
		kind: "table",
		head,
		rows
	};
}

// core/report/ledger-renderers.ts
/** The Markdown pages of a ledger, for whoever writes or verifies one: both must render the same bytes. */
function ledgerRenderersFor(layout) {
	const toRoot = layout === "own" ? "" : "../";
	return {
		modelCard: renderModelCard,
		readme: (states) => renderLedgerReadme(states, toRoot)
	};
}

// core/report/ledger-proof.ts
/** Proves a ledger with the evaluator and the pages of this release. See `verifyLedger` for what is proven. */
function proveLedger(files, anchors, layout, tail, remembered = []) {
	const renderers = ledgerRenderersFor(layout);
	return verifyLedger(files, anchors, {
		layout,
		renderers,
		replay: replayDecision,
		tail,
		remembered
	});
}
/** The part of that proof that takes long, in steps: what is left is `holdAgainst`. */
const checkLedger = (files, layout) => checkEachFile(files, {
	layout,
	renderers: ledgerRenderersFor(layout),
	replay: replayDecision
});

export { parseTriggerEvidence as a, holdAgainst as i, proveLedger as n, checkAnchors as o, ledgerRenderersFor as r, checkLedger as t };