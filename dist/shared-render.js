import { p as repositoryBook } from "./shared-incident.js";
import { f as versionPath, i as frontPagePath, l as statePath, n as cardPath, o as incidentsPath, r as endpointPath, u as statusPath } from "./shared-layout2.js";
import { a as dump } from "./shared-js-yaml.js";

// core/registry/yaml.ts
/** Keys that a reader looks for first; all others follow by name, so that equal values give equal text. */
const first = [
	"v",
	"model",
	"version",
	"dataset",
	"gate",
	"metric",
	"endpoint",
	"champion",
	"previous",
	"id",
	"login",
	"registeredAt",
	"description",
	"stage",
	"stages",
	"since",
	"artifact",
	"lineage",
	"metrics",
	"gates"
];
const rank = new Map(first.map((key, at) => [key, at]));
/** Writes plain data as YAML: the same text for equal data, whatever order its keys were made in. */
function renderYaml(value) {
	return dump(ordered(value), {
		noRefs: true,
		lineWidth: 110
	});
}
function ordered(value) {
	if (Array.isArray(value)) return value.map(ordered);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)).map(([key, member]) => [key, ordered(member)]));
}
const rankOf = (key) => rank.get(key) ?? first.length;

// core/registry/render.ts
/** The same, a step for each model. */
function* renderEachModel(states, layout, renderers) {
	const sorted = [...states].sort((a, b) => a.model < b.model ? -1 : 1);
	const files = [];
	for (const state of sorted) {
		files.push(...renderModelFiles(state, renderers));
		yield;
	}
	files.push([frontPagePath(layout), renderers.readme(sorted)]);
	return new Map(files.sort(([a], [b]) => a < b ? -1 : 1));
}
/** Renders the registry files of one model: version records, state, status, card, endpoints. */
function renderModelFiles(state, renderers) {
	const { model } = state;
	if (model === "_repository") return /* @__PURE__ */ new Map([[incidentsPath, renderIncidents(state)]]);
	const files = /* @__PURE__ */ new Map();
	for (const [number, { record }] of state.versions) files.set(versionPath(model, number), renderYaml(record));
	for (const endpoint of state.endpoints.values()) files.set(endpointPath(endpoint.endpoint, model), renderYaml({
		v: 1,
		model,
		...endpoint
	}));
	files.set(statePath(model), renderState(state));
	files.set(statusPath(model), renderStatus(state));
	const shown = cardVersion(state);
	if (shown !== null) files.set(cardPath(model), renderers.modelCard(state, shown));
	return files;
}
/** The version that a model's card is about: what serves (first endpoint by name), else the newest. */
function cardVersion(state) {
	return sortedEndpoints(state).find(({ champion }) => champion !== null)?.champion ?? ([...state.versions.keys()].sort((a, b) => b - a)[0] || null);
}
function renderState(state) {
	const versions = [...state.versions].sort(([a], [b]) => a - b);
	return renderYaml({
		v: 1,
		model: state.model,
		stages: Object.fromEntries(versions.map(([number, { stage }]) => [number, stage])),
		deployments: versions.flatMap(([version, each]) => deploymentsOf(version, each)),
		...renderHeldOut(state),
		lastEvent: {
			seq: state.lastSeq,
			hash: state.lastHash,
			at: state.lastAt
		}
	});
}
/** One line for each set of labels, however often it was used; absent while none was. */
function renderHeldOut({ heldOut }) {
	if (heldOut.size === 0) return {};
	return { heldOut: [...heldOut].sort(([a], [b]) => a < b ? -1 : 1).map(([labels, { looks, lastAt }]) => ({
		labels,
		looks,
		lastAt
	})) };
}
function deploymentsOf(version, { deployments }) {
	return deployments.map(({ approvals, until, ...stay }) => ({
		version,
		...stay,
		until: until ?? "serving",
		approvals: approvals.map(({ reviewer, role, submittedAt }) => ({
			id: reviewer.id,
			login: reviewer.login,
			role,
			submittedAt
		}))
	}));
}
/** What is known of the served version now. Live figures come with monitoring: until then they are not measured. */
function renderStatus(state) {
	return renderYaml({
		v: 1,
		model: state.model,
		asOf: state.lastAt,
		endpoints: sortedEndpoints(state).map(({ endpoint, champion, since }) => ({
			endpoint,
			champion: champion ?? "none",
			since,
			metrics: metricsOf(champion === null ? void 0 : state.versions.get(champion)),
			drift: "not measured",
			live: "not measured"
		}))
	});
}
function metricsOf(version) {
	return [...new Map(version?.record.metrics.map((each) => [each.metric, each])).values()].map(({ metric, challenger, grade }) => ({
		metric,
		value: challenger,
		grade,
		measuredAt: version?.record.registeredAt
	}));
}
/** A person's number and login, never a word of theirs. */
function renderIncidents({ incidents, corrections, lastSeq, lastHash, lastAt }) {
	return renderYaml({
		v: 1,
		incidents: [...incidents?.values() ?? []].map(renderIncident),
		corrections: corrections ?? [],
		lastEvent: {
			seq: lastSeq,
			hash: lastHash,
			at: lastAt
		}
	});
}
const renderIncident = ({ by, codes, closed, ...incident }) => ({
	...incident,
	by: {
		id: by.id,
		login: by.login
	},
	codes: [...codes],
	closed: closed ?? "open"
});
const sortedEndpoints = (state) => [...state.endpoints.values()].sort((a, b) => a.endpoint < b.endpoint ? -1 : 1);

export { renderEachModel as n, renderModelFiles as r, cardVersion as t };