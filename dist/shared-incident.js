import { r as InputError } from "./shared-error.js";

// core/registry/illegal-event.ts
/** No rule of the ledger gives such an event: whoever put it there was not the app. */
function illegalEvent(event, because) {
	return new InputError("LEDGER_EVENT_ILLEGAL", `event ${event.seq} of ${event.stream} (${event.data.type}): ${because}`, { hint: "No rule of the ledger could have written this event: somebody else did." });
}

// core/registry/incident.ts
/**
* Name of the stream for what concerns the repository and no single model: incidents, and corrections of the ledger
* itself. No model can have it: names of models do not begin with an underscore.
*/
const repositoryBook = "_repository";
/** Why something on the base branch is not in the ledger. A list of ours: no text of people gets into the chain. */
const incidentReasons = [
	"refused",
	"waiting",
	"not evaluated",
	"policy unreadable",
	"governors unknown",
	"pushed past"
];
/** How an incident ended. */
const incidentEnds = [
	"recorded",
	"taken back",
	"aligned",
	"mended"
];
const kindOf = {
	MergeNotRecorded: "open-incident",
	IncidentClosed: "close-incident",
	LedgerCorrected: "correct-ledger"
};
const typeOf = {
	"open-incident": "MergeNotRecorded",
	"close-incident": "IncidentClosed",
	"correct-ledger": "LedgerCorrected"
};
/** True for an event that is about the repository: it moves no version and rests on no decision. */
const isIncidentEvent = (data) => Object.hasOwn(kindOf, data.type);
const isIncidentCommand = (command) => Object.hasOwn(typeOf, command.kind);
/** The command that this event is the answer to. */
function incidentCommandOf({ type, ...facts }) {
	return {
		kind: kindOf[type],
		...facts
	};
}
/** The event that such a command asks for. */
function incidentEventOf({ kind, ...facts }) {
	return {
		type: typeOf[kind],
		...facts
	};
}
/** @throws InputError LEDGER_INCIDENT for another stream, or an incident that is not open */
function proposeIncident(command, state) {
	const because = problemOf(command, state);
	if (because === null) return [incidentEventOf(command)];
	throw new InputError("LEDGER_INCIDENT", because, { hint: "Read the ledger again and look what is open." });
}
function problemOf(command, state) {
	if (state.model !== "_repository") return `incidents are kept in ${repositoryBook}, not in ${state.model}`;
	if (command.kind !== "close-incident") return null;
	const incident = state.incidents?.get(command.incident);
	if (incident === void 0) return `there is no incident ${command.incident}`;
	return incident.closed === null ? null : `incident ${command.incident} is closed already`;
}
/** Applies an event of the repository. @throws InputError LEDGER_EVENT_ILLEGAL */
function foldIncident(state, event, data) {
	const problem = problemOf(incidentCommandOf(data), state);
	if (problem !== null) throw illegalEvent(event, problem);
	if (state.operations.has(event.operation)) throw illegalEvent(event, "it was written before");
	if (event.approvals.length > 0) throw illegalEvent(event, "nobody approves what went past the gate");
	const incidents = new Map(state.incidents);
	if (data.type === "LedgerCorrected") {
		const { type: _, ...facts } = data;
		return {
			...state,
			corrections: [...state.corrections ?? [], {
				number: event.seq,
				at: event.at,
				...facts
			}]
		};
	}
	if (data.type === "IncidentClosed") {
		const open = incidents.get(data.incident);
		if (open !== void 0) incidents.set(data.incident, {
			...open,
			closed: {
				at: event.at,
				because: data.because
			}
		});
		return {
			...state,
			incidents
		};
	}
	return {
		...state,
		incidents: incidents.set(event.seq, toIncident(event, data))
	};
}
function toIncident({ seq, at, actor, source }, { reason, model, baseRef, base, codes }) {
	return {
		number: seq,
		at,
		by: actor,
		reason,
		model,
		pullRequest: source.pullRequest === 0 ? null : source.pullRequest,
		commit: source.mergeSha,
		baseRef,
		base,
		codes,
		closed: null
	};
}
/** Every incident of the ledger, oldest first. */
function incidentsOf(states) {
	return [...states.get("_repository")?.incidents?.values() ?? []];
}
/** Every correction of the ledger itself, oldest first. */
const correctionsOf = (states) => states.get("_repository")?.corrections ?? [];
const isOpen = ({ closed }) => closed === null;
/** The states of models alone. */
const modelStates = (states) => [...states].filter(({ model }) => model !== repositoryBook);

export { incidentEventOf as a, isIncidentCommand as c, modelStates as d, proposeIncident as f, incidentEnds as i, isIncidentEvent as l, illegalEvent as m, foldIncident as n, incidentReasons as o, repositoryBook as p, incidentCommandOf as r, incidentsOf as s, correctionsOf as t, isOpen as u };