import { n as movesFrom, t as isAllowedMove } from "./shared-transition.js";
import { a as isBreakGlassEvent, c as emptyState, i as foldBreakGlass, o as proposeReview, t as isTriggered } from "./shared-rollback-trigger.js";
import { c as isIncidentCommand, f as proposeIncident, l as isIncidentEvent, m as illegalEvent, n as foldIncident, p as repositoryBook } from "./shared-incident.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { r as InputError, t as ConflictError } from "./shared-error.js";
import { createHash } from "node:crypto";

// core/registry/operation.ts
/**
* Names one operation the same way on every attempt, so that it is done once however often it is asked for.
* @returns 64 hex characters: a file name on every system
*/
function operationId(facts) {
	if ("kind" in facts) return createHash("sha256").update(canonicalJson(facts)).digest("hex");
	if ("result" in facts) return lookId(facts);
	const { repositoryId, pullRequest, mergeSha, model, from, to, endpoint } = facts;
	const recipe = {
		repositoryId,
		pullRequest,
		mergeSha,
		model,
		from,
		to,
		endpoint,
		..."version" in facts ? { version: facts.version } : { artifactDigest: facts.artifactDigest }
	};
	return createHash("sha256").update(canonicalJson(recipe)).digest("hex");
}
function lookId({ repositoryId, model, heldOut, result }) {
	const recipe = {
		kind: "held-out-used",
		repositoryId,
		model,
		heldOut,
		result
	};
	return createHash("sha256").update(canonicalJson(recipe)).digest("hex");
}
/**
* Names what a merge asked for, wherever the version stood before. The stage in `operationId` comes from the ledger of
* that moment: a reconcile that runs after a rollback would compute another id and undo the rollback.
*/
const requestId = (facts) => operationId("result" in facts || "kind" in facts ? facts : {
	...facts,
	from: null
});
/** True when the ledger has done already what this merge asked for, even if it was undone since. */
const wasRecorded = (state, facts) => state.requests.has(requestId(facts));
/** The operation that an event stands for. */
function operationFactsOf(model, data, source) {
	const { repositoryId, pullRequest, mergeSha } = source;
	const common = {
		repositoryId,
		pullRequest,
		mergeSha,
		model
	};
	if (isIncidentEvent(data)) return incidentFactsOf(data, source);
	if (isBreakGlassEvent(data)) return breakGlassFactsOf(model, data, source);
	switch (data.type) {
		case "VersionRegistered": {
			const artifactDigest = data.record.artifact.digest;
			return {
				...common,
				artifactDigest,
				from: null,
				to: "registered",
				endpoint: null
			};
		}
		case "HeldOutUsed": return {
			repositoryId,
			model,
			heldOut: data.heldOut,
			result: data.result
		};
		case "Correction": return {
			...common,
			version: data.ofSeq,
			from: null,
			to: "registered",
			endpoint: null
		};
		default: {
			if (data.type === "VersionRolledBack" && data.trigger !== void 0) {
				const { promotion } = data.trigger;
				return {
					kind: "rolled-back-by-trigger",
					repositoryId,
					model,
					endpoint: data.endpoint,
					promotion
				};
			}
			const { version, from, to } = data;
			return {
				...common,
				version,
				from,
				to,
				endpoint: "endpoint" in data ? data.endpoint : null
			};
		}
	}
}
function breakGlassFactsOf(model, data, { repositoryId, pullRequest, mergeSha }) {
	if (data.type === "BreakGlassReviewed") return {
		kind: "break-glass-reviewed",
		repositoryId,
		model,
		used: data.pullRequest,
		mergeSha
	};
	const { endpoint } = data;
	return {
		kind: "break-glass-used",
		repositoryId,
		model,
		pullRequest,
		mergeSha,
		endpoint
	};
}
function incidentFactsOf(data, { repositoryId, mergeSha }) {
	switch (data.type) {
		case "MergeNotRecorded": return {
			kind: "merge-not-recorded",
			repositoryId,
			commit: mergeSha
		};
		case "IncidentClosed": return {
			kind: "incident-closed",
			repositoryId,
			incident: data.incident
		};
		case "LedgerCorrected": return {
			kind: "ledger-corrected",
			repositoryId,
			found: data.found,
			restored: data.restored
		};
	}
}

// core/registry/trigger.ts
/** Why this cannot let the endpoint return by itself; null: it can. */
function triggerProblem(use, serving) {
	if (serving === void 0 || serving.champion === null) return "nothing serves there";
	if (serving.previous === null) return "no version is recorded to return to";
	if (serving.by.seq !== use.promotion) return "what serves there was put there by another entry";
	const known = (serving.triggers ?? []).find(({ name }) => name === use.trigger.name);
	if (known === void 0) return `${use.trigger.name} was not declared when it was promoted`;
	if (canonicalJson(known) !== canonicalJson(use.trigger)) return `${use.trigger.name} was declared otherwise when it was promoted`;
	return isTriggered(known, use.observed) ? null : `${use.observed} is on the allowed side of what ${known.name} declares`;
}
/** The same of an event, which the app alone writes and nobody approves. */
function triggerEventProblem(use, event, serving) {
	if (event.actor.kind !== "Bot") return "a person does not roll back by itself";
	if (event.approvals.length > 0) return "it was approved in advance, and lists approvals of its own";
	return triggerProblem(use, serving);
}
/** A version that a trigger removed is nobody's version to return to, at any endpoint. */
function forgetRemoved(state, removed) {
	const version = state.versions.get(removed);
	if (version === void 0) return state;
	const endpoints = [...state.endpoints].map(([name, each]) => [name, each.previous === removed ? {
		...each,
		previous: null
	} : each]);
	return {
		...state,
		versions: new Map(state.versions).set(removed, {
			...version,
			removedByTrigger: true
		}),
		endpoints: new Map(endpoints)
	};
}
/** True for a rollback that no merge asked for. */
const isByItself = (data) => data.type === "VersionRolledBack" && data.trigger !== void 0;

// core/registry/propose.ts
/**
* Turns a command into the events of one transaction, or refuses it. Pure: nothing is written here.
* @returns events in order: a promotion is followed by the `VersionArchived` of the champion that it replaces
* @throws ConflictError LEDGER_CHAMPION_MOVED when the champion is not the one it was compared with,
* LEDGER_STAGE_MOVED when the version is no longer where the decision saw it: read again and decide again
* @throws InputError LEDGER_UNKNOWN_VERSION, LEDGER_MOVE_REFUSED, LEDGER_ENDPOINT, LEDGER_NOT_PREVIOUS, LEDGER_CORRECTION,
* LEDGER_TRIGGER, LEDGER_BREAK_GLASS
*/
function propose(command, state) {
	if (command.kind === "register") return register$1(command, state);
	if (command.kind === "correct") return correct(command, state);
	if (command.kind === "use-held-out") return useHeldOut(command, state);
	if (command.kind === "review-break-glass") return proposeReview(command, state);
	if (isIncidentCommand(command)) return proposeIncident(command, state);
	const version = versionOf(command, state);
	if (command.to === "production") return promote$1(command, version, state);
	if (version.stage === "production") return demote(command, state);
	requireAllowed(command, version.stage);
	const { from, to } = command;
	if (to === "archived") {
		const { version: number } = command;
		return [{
			type: "VersionArchived",
			version: number,
			from,
			to,
			endpoint: null,
			because: "requested"
		}];
	}
	return [{
		type: eventOf[to],
		version: command.version,
		from,
		to
	}];
}
/** The number that the next registration gets: 1, 2, 3 ... */
const nextVersion = (state) => Math.max(0, ...state.versions.keys()) + 1;
const eventOf = {
	staging: "VersionStaged",
	candidate: "VersionShortlisted",
	rejected: "VersionRejected"
};
function register$1(command, state) {
	if (command.record.model !== state.model) throw new InputError("LEDGER_MODEL", `a record of ${command.record.model} for ${state.model}`, { hint: "Pass the state of the model that the record names." });
	const version = nextVersion(state);
	const registered = {
		type: "VersionRegistered",
		record: {
			...command.record,
			v: 1,
			version
		}
	};
	if (command.stage === "registered") return [registered];
	return [registered, {
		type: "VersionStaged",
		version,
		from: "registered",
		to: "staging"
	}];
}
function correct(command, state) {
	const { ofSeq, reason } = command;
	if (!Number.isInteger(ofSeq) || ofSeq < 0 || ofSeq > state.lastSeq) throw new InputError("LEDGER_CORRECTION", `${state.model} has no event ${ofSeq} to correct`, { hint: `Name an event from 0 to ${state.lastSeq}.` });
	return [{
		type: "Correction",
		ofSeq,
		reason
	}];
}
/** The number that the next new result on these labels gets: 1, 2, 3 ... */
const nextLook = (state, heldOut) => (state.heldOut.get(heldOut)?.looks ?? 0) + 1;
function useHeldOut({ heldOut, result, charged }, state) {
	return [{
		type: "HeldOutUsed",
		heldOut,
		result,
		look: nextLook(state, heldOut),
		...charged === void 0 ? {} : { charged }
	}];
}
function promote$1(command, version, state) {
	const endpoint = endpointOf(command);
	requireAllowed(command, version.stage);
	const serving = state.endpoints.get(endpoint);
	const champion = serving?.champion ?? null;
	if (champion !== command.replaced) throw championMoved(command, endpoint, champion);
	if (champion === command.version) throw refuse("LEDGER_MOVE_REFUSED", command, `it already serves ${endpoint}`, "Nothing needs to be done.");
	if (command.rollback && serving?.previous !== command.version) throw refuse("LEDGER_NOT_PREVIOUS", command, `the version to return to at ${endpoint} is ${serving?.previous ? `v${serving.previous}` : "not recorded"}`, "Ask for it as a promotion: every version but the recorded previous one goes through all gates.");
	requireTrigger(command, serving, endpoint);
	if (version.stage === "archived" && !version.wasInProductionAt.includes(endpoint)) throw refuse("LEDGER_MOVE_REFUSED", command, `it is archived and was never in production at ${endpoint}`, "Propose the model again: a new version is judged.");
	return promotionEvents(command, version, endpoint, champion);
}
function promotionEvents(command, version, endpoint, replaced) {
	const promoted = {
		type: command.rollback ? "VersionRolledBack" : "VersionPromoted",
		version: command.version,
		from: version.stage,
		to: "production",
		endpoint,
		replaced,
		artifactDigest: version.record.artifact.digest,
		fallback: command.fallback,
		...command.triggers === void 0 || replaced === null ? {} : { triggers: command.triggers },
		...command.trigger === void 0 ? {} : { trigger: command.trigger }
	};
	const note = noteEvents(command, endpoint);
	if (replaced === null) return [promoted, ...note];
	return [
		promoted,
		{
			type: "VersionArchived",
			version: replaced,
			from: "production",
			to: "archived",
			endpoint,
			because: command.rollback ? "rolled back" : "replaced"
		},
		...note
	];
}
const noteEvents = ({ version, breakGlass }, endpoint) => breakGlass === void 0 ? [] : [{
	type: "BreakGlassUsed",
	version,
	endpoint,
	...breakGlass
}];
/** @throws InputError LEDGER_TRIGGER when the promotion of what serves did not approve this in advance */
function requireTrigger(command, serving, endpoint) {
	if (command.trigger === void 0) return;
	const problem = command.rollback ? triggerProblem(command.trigger, serving) : "a trigger promotes nothing";
	if (problem === null) return;
	throw refuse("LEDGER_TRIGGER", command, `${endpoint} does not return by itself: ${problem}`, "Ask for the rollback in a pull request: a person decides.");
}
function demote(command, state) {
	requireAllowed(command, "production");
	const endpoint = endpointOf(command);
	const champion = state.endpoints.get(endpoint)?.champion ?? null;
	if (champion !== command.version) throw championMoved(command, endpoint, champion);
	const { version } = command;
	return [{
		type: "VersionArchived",
		version,
		from: "production",
		to: "archived",
		endpoint,
		because: "demoted"
	}];
}
function versionOf(command, state) {
	const version = state.versions.get(command.version);
	if (!version) throw refuse("LEDGER_UNKNOWN_VERSION", command, "the ledger does not know it", `Known: ${[...state.versions.keys()].map((number) => `v${number}`).join(", ") || "none"}.`, state);
	if (version.stage !== command.from) throw new ConflictError("LEDGER_STAGE_MOVED", `v${command.version} of ${state.model} is ${version.stage}; the decision saw it ${command.from}`, { hint: "Read the ledger again and decide again." });
	return version;
}
function requireAllowed(command, from) {
	if (isAllowedMove(from, command.to)) return;
	const options = movesFrom(from);
	const hint = options.length > 0 ? `From ${from} it may go to ${options.join(", ")}.` : `${from} is final.`;
	throw refuse("LEDGER_MOVE_REFUSED", command, `${from} to ${command.to} is no allowed move`, hint);
}
function endpointOf(command) {
	if (command.endpoint !== null) return command.endpoint;
	throw refuse("LEDGER_ENDPOINT", command, "no endpoint is named", "Name the endpoint it enters or leaves.");
}
function championMoved(command, endpoint, champion) {
	const now = champion === null ? "nothing" : `v${champion}`;
	const seen = command.to === "production" ? `v${command.version} was compared with ${command.replaced === null ? "nothing" : `v${command.replaced}`}` : `v${command.version} was to leave it`;
	return new ConflictError("LEDGER_CHAMPION_MOVED", `${now} serves ${endpoint} now; ${seen}`, { hint: "Read the ledger again and judge against the champion of now." });
}
function refuse(code, command, because, hint, state) {
	const of = state ? ` of ${state.model}` : "";
	return new InputError(code, `v${command.version}${of} cannot go from ${command.from} to ${command.to}: ${because}`, { hint });
}

// core/registry/evolve.ts
/**
* Applies one event to a model's state. An event that could never have been written legally is refused, so that the
* fold of a ledger is also the proof that every move in it was allowed.
* @throws InputError LEDGER_EVENT_ILLEGAL naming the event and the rule
*/
function evolve(state, event) {
	return {
		...apply(state, event),
		lastSeq: event.seq,
		lastHash: event.hash,
		lastAt: event.at,
		operations: new Set(state.operations).add(event.operation),
		requests: new Set(state.requests).add(requestId(operationFactsOf(state.model, event.data, event.source)))
	};
}
/** Folds the events of one model's stream from its beginning. */
function foldEvents(model, events) {
	let state = emptyState(model);
	for (const event of events) state = evolve(state, event);
	return state;
}
const targetOf = {
	VersionStaged: "staging",
	VersionShortlisted: "candidate",
	VersionRejected: "rejected"
};
function apply(state, event) {
	const { data } = event;
	if (isIncidentEvent(data)) return foldIncident(state, event, data);
	if (state.model === "_repository") throw illegalEvent(event, "no model is in this stream");
	if (isBreakGlassEvent(data)) return foldBreakGlass(state, event, data);
	switch (data.type) {
		case "VersionRegistered": return register(state, event, data);
		case "VersionPromoted":
		case "VersionRolledBack": return promote(state, event, data);
		case "VersionArchived": return archive(state, event, data);
		case "VersionStaged":
		case "VersionShortlisted":
		case "VersionRejected": {
			const version = versionFor(state, event, data);
			if (targetOf[data.type] !== data.to || !isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
			return withVersion(state, data.version, {
				...version,
				stage: data.to,
				since: event.at
			});
		}
		case "HeldOutUsed": return countLook(state, event, data);
		case "Correction":
			if (data.ofSeq >= 0 && data.ofSeq < event.seq) return state;
			throw illegalEvent(event, `it corrects event ${data.ofSeq}, which is not before it`);
	}
}
function register(state, event, data) {
	const { record } = data;
	const expected = nextVersion(state);
	if (record.version !== expected) throw illegalEvent(event, `it registers v${record.version}; the next version is v${expected}`);
	if (record.model !== state.model) throw illegalEvent(event, `its record is of ${record.model}`);
	return withVersion(state, record.version, {
		record,
		stage: "registered",
		since: event.at,
		wasInProductionAt: [],
		deployments: []
	});
}
/** One result is counted once: a second entry of it would use up a budget that nobody used. */
function countLook(state, event, { heldOut, look, charged }) {
	const expected = nextLook(state, heldOut);
	if (look !== expected) throw illegalEvent(event, `it is look ${look} on these labels; the next is ${expected}`);
	if (state.operations.has(event.operation)) throw illegalEvent(event, "this result was counted before");
	if (charged !== void 0 && !(charged.labels >= look && charged.actor >= 1 && charged.actor <= charged.labels)) throw illegalEvent(event, `it is charged as look ${charged.labels} on the labels, ${charged.actor} of its actor`);
	return {
		...state,
		heldOut: new Map(state.heldOut).set(heldOut, {
			looks: look,
			lastAt: event.at
		}),
		looks: new Map(state.looks).set(event.operation, look),
		charges: new Map(state.charges).set(event.operation, {
			heldOut,
			actor: event.actor.id,
			charged: charged ?? null
		})
	};
}
function promote(state, event, data) {
	const version = versionFor(state, event, data);
	const serving = state.endpoints.get(data.endpoint);
	const champion = serving?.champion ?? null;
	requirePromotable(event, data, version, serving);
	const rolledBack = data.type === "VersionRolledBack";
	const removed = champion === null ? void 0 : state.versions.get(champion);
	const endpoint = {
		endpoint: data.endpoint,
		champion: data.version,
		previous: rolledBack || removed?.removedByTrigger === true ? null : champion,
		artifactDigest: data.artifactDigest,
		since: event.at,
		by: {
			pullRequest: event.source.pullRequest,
			mergedBy: event.actor,
			seq: event.seq
		},
		fallback: data.fallback,
		...data.triggers === void 0 ? {} : { triggers: data.triggers },
		rollout: "all"
	};
	const deployment = {
		endpoint: data.endpoint,
		from: event.at,
		until: null,
		pullRequest: event.source.pullRequest,
		how: data.trigger !== void 0 ? "rolled back by trigger" : rolledBack ? "rolled back" : "promoted",
		approvals: event.approvals
	};
	const next = {
		...version,
		stage: "production",
		since: version.stage === "production" ? version.since : event.at,
		wasInProductionAt: [.../* @__PURE__ */ new Set([...version.wasInProductionAt, data.endpoint])].sort(),
		deployments: [...version.deployments, deployment]
	};
	const moved = withEndpoint(withVersion(state, data.version, next), endpoint);
	return data.trigger === void 0 || champion === null ? moved : forgetRemoved(moved, champion);
}
function requirePromotable(event, data, version, serving) {
	const champion = serving?.champion ?? null;
	if (data.to !== "production" || !isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
	if (data.replaced !== champion) throw illegalEvent(event, `it replaces ${name(data.replaced)} at ${data.endpoint}, where ${name(champion)} served`);
	if (champion === data.version) throw illegalEvent(event, `v${data.version} served ${data.endpoint} already`);
	if (data.type === "VersionRolledBack" && serving?.previous !== data.version) throw illegalEvent(event, `it rolls back to v${data.version}; the recorded previous is ${name(serving?.previous)}`);
	if (data.from === "archived" && !version.wasInProductionAt.includes(data.endpoint)) throw illegalEvent(event, `v${data.version} was never in production at ${data.endpoint}`);
	requireAuthority(event, data, serving);
	if (data.artifactDigest !== version.record.artifact.digest) throw illegalEvent(event, `its artifact is ${data.artifactDigest}, that of v${data.version} is another`);
}
/** Triggers belong to promotions that have a version to return to; one that fired, to a rollback. */
function requireAuthority(event, data, serving) {
	const { trigger, triggers } = data;
	if (triggers !== void 0 && (data.type !== "VersionPromoted" || data.replaced === null)) throw illegalEvent(event, "it declares triggers and has no version to return to");
	if (trigger === void 0) return;
	if (data.type !== "VersionRolledBack") throw illegalEvent(event, "a trigger promotes nothing");
	const problem = triggerEventProblem(trigger, event, serving);
	if (problem !== null) throw illegalEvent(event, problem);
}
function archive(state, event, data) {
	const version = versionFor(state, event, data);
	if (!isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
	if (data.endpoint === null) {
		if (data.from === "production") throw illegalEvent(event, "a version in production leaves by its endpoint");
		return withVersion(state, data.version, {
			...version,
			stage: "archived",
			since: event.at
		});
	}
	const { endpoint } = data;
	const serving = state.endpoints.get(endpoint);
	const demoted = data.because === "demoted";
	if (!version.deployments.some((stay) => stay.endpoint === endpoint && stay.until === null) || demoted !== (serving?.champion === data.version)) throw illegalEvent(event, `v${data.version} does not leave ${endpoint} as ${data.because}`);
	const left = demoted && serving ? withEndpoint(state, vacated(serving, event)) : state;
	const servesElsewhere = [...left.endpoints.values()].some(({ champion }) => champion === data.version);
	return withVersion(left, data.version, {
		...version,
		stage: servesElsewhere ? "production" : "archived",
		since: servesElsewhere ? version.since : event.at,
		deployments: version.deployments.map((stay) => stay.endpoint === endpoint && stay.until === null ? {
			...stay,
			until: event.at
		} : stay)
	});
}
/** Nobody serves; `previous` goes too, so that whatever comes next is judged. */
function vacated(serving, event) {
	const by = {
		pullRequest: event.source.pullRequest,
		mergedBy: event.actor,
		seq: event.seq
	};
	return {
		...serving,
		champion: null,
		previous: null,
		artifactDigest: null,
		since: event.at,
		by
	};
}
function versionFor(state, event, data) {
	const version = state.versions.get(data.version);
	if (!version) throw illegalEvent(event, `v${data.version} was never registered`);
	if (version.stage !== data.from) throw illegalEvent(event, `it moves v${data.version} from ${data.from}; it was ${version.stage}`);
	return version;
}
function withVersion(state, number, version) {
	return {
		...state,
		versions: new Map(state.versions).set(number, version)
	};
}
function withEndpoint(state, endpoint) {
	return {
		...state,
		endpoints: new Map(state.endpoints).set(endpoint.endpoint, endpoint)
	};
}
const name = (version) => version ? `v${version}` : "nothing";
function illegalMove(event, data) {
	return illegalEvent(event, `v${data.version} cannot go from ${data.from} to ${data.to}`);
}

export { isByItself as a, operationId as c, propose as i, wasRecorded as l, foldEvents as n, triggerProblem as o, nextLook as r, operationFactsOf as s, evolve as t };