import { i as unknownVersion, l as unreadableFile, r as unknownModel } from "./shared-registry-source.js";

// core/registry/registry-answer.ts
/** Stays that have not ended, by endpoint. */
function servingStays({ deployments }) {
	return deployments.filter(({ until }) => until === null).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1);
}
/** The version that an answer is about when none is named: what serves (first endpoint by name), else the newest. */
const shownVersion = (state) => servingStays(state)[0]?.version ?? [...state.stages.keys()].at(-1) ?? null;
function lineOf(state) {
	const stages = {};
	for (const stage of state.stages.values()) stages[stage] = (stages[stage] ?? 0) + 1;
	return {
		model: state.model,
		newest: [...state.stages.keys()].at(-1) ?? 0,
		versions: state.stages.size,
		stages,
		serving: servingStays(state).map(({ endpoint, version, from }) => ({
			endpoint,
			version,
			since: from
		})),
		lastChange: state.lastEvent.at
	};
}
/**
* Joins what the files of one model say.
* @param endpoints of every endpoint where the state file says that a version serves
* @throws InputError LEDGER_FILE_INVALID where two files do not say the same
*/
function answerModel(state, endpoints, record) {
	const stage = state.stages.get(record.version);
	const path = `models/${state.model}/state.yml`;
	if (stage === void 0) throw unreadableFile(path, `it does not name v${record.version}`);
	const serving = servingStays(state).map(({ until: _, from, ...stay }) => {
		const file = endpoints.find(({ endpoint }) => endpoint === stay.endpoint);
		if (file?.champion !== stay.version) {
			const there = file === void 0 ? "there is no such file" : `there it is v${file.champion ?? " none"}`;
			const where = `endpoints/${stay.endpoint}/${state.model}.yml`;
			throw unreadableFile(where, `v${stay.version} serves as ${path} says, and ${there}`);
		}
		return {
			...stay,
			since: from,
			previous: file.previous,
			fallback: file.fallback
		};
	});
	return {
		model: state.model,
		version: record.version,
		stage,
		stages: [...state.stages].map(([version, each]) => ({
			version,
			stage: each
		})),
		serving,
		record,
		lastEvent: state.lastEvent
	};
}
/**
* What served at an instant, by endpoint.
* @param instant milliseconds since 1970
* @throws InputError LEDGER_FILE_INVALID for a stay whose times are no times
*/
function servedAt(state, instant) {
	const path = `models/${state.model}/state.yml`;
	return state.deployments.filter(({ from, until }) => {
		const [start, end] = [from, until ?? "9999-12-31T23:59:59Z"].map((time) => Date.parse(time));
		if (!Number.isFinite(start) || !Number.isFinite(end)) throw unreadableFile(path, `"${from}" is no time`);
		return Number(start) <= instant && instant < Number(end);
	}).map((stay) => ({
		model: state.model,
		...stay
	})).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1);
}

// cli/model-answer.ts
/**
* Reads everything about one model.
* @param version null: what serves, else the newest
* @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNKNOWN_VERSION, LEDGER_FILE_INVALID
*/
async function readModel(reader, model, version) {
	const state = await needState(reader, model);
	const shown = version ?? shownVersion(state);
	if (shown === null || !state.stages.has(shown)) throw unknownVersion(model, `v${shown ?? "none"}`, [...state.stages.keys()]);
	const [record, ...endpoints] = await Promise.all([reader.record(model, shown), ...servingStays(state).map(({ endpoint }) => reader.endpoint(endpoint, model))]);
	if (record === null) throw unreadableFile(`models/${model}/state.yml`, `it names v${shown}, which has no record`);
	return answerModel(state, endpoints.flatMap((endpoint) => endpoint ?? []), record);
}
/** @throws InputError LEDGER_UNKNOWN_MODEL */
async function needState(reader, model) {
	const state = await reader.state(model);
	if (state === null) throw await unknownModel(reader, model);
	return state;
}

export { servedAt as a, lineOf as i, readModel as n, servingStays as o, answerModel as r, shownVersion as s, needState as t };