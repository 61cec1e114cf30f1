import { t as counted } from "./shared-count-text.js";
import { n as showCost } from "./shared-cost.js";
import { t as showDuration } from "./shared-time-text.js";
import { n as showGpus } from "./shared-lineage-section.js";
import { u as short } from "./shared-facts.js";

// core/training/run-comparison.ts
/** Parameters and seed in which runs differ, with a value for each of them. */
function listDifferences(runs) {
	const each = runs.map((run) => new Map(parametersOf(run)));
	return [...new Set(each.flatMap((facts) => [...facts.keys()]))].map((name) => [name, each.map((facts) => facts.get(name) ?? null)]).filter(([, values]) => new Set(values).size > 1);
}
const parametersOf = ({ parameters, seed }) => [...named(parameters), ["seed", seed === null ? null : String(seed)]];
/** Lays runs side by side: every fact that any of them has, in the order of aspects, then of names as they came. */
function compareRuns(runs) {
	return aspects.flatMap(([aspect, factsOf]) => {
		const each = runs.map((run) => new Map(factsOf(run)));
		return [...new Set(each.flatMap((facts) => [...facts.keys()]))].map((name) => {
			const values = each.map((facts) => facts.get(name) ?? null);
			return {
				aspect,
				name,
				values,
				differs: new Set(values).size > 1
			};
		});
	});
}
const aspects = [
	["result", ({ outcome, metrics, artifact }) => [
		["outcome", outcome],
		...named(metrics),
		["model file", artifact?.digest ?? null]
	]],
	["parameters", parametersOf],
	["data", ({ datasets, featureVersion }) => [...datasets.map(({ dataset, dataDigest }) => [dataset, dataDigest]), ["feature version", featureVersion]]],
	["code", ({ commit, changedFiles, command, trigger }) => [
		["commit", commit],
		["not as in the commit", changedFiles.length === 0 ? null : changedFiles.join(", ")],
		["command", command],
		["trigger", trigger]
	]],
	["environment", describeEnvironment],
	["cost", describeCost]
];
const named = (values) => Object.entries(values).map(([name, value]) => [name, String(value)]);
function describeEnvironment({ machine, image, runner, runtimes, environment, lockFiles, packages }) {
	const versions = /* @__PURE__ */ new Map();
	for (const [name, version] of packages) {
		const known = versions.get(name);
		versions.set(name, known === void 0 ? version : `${known}, ${version}`);
	}
	return [
		["image", image],
		["runner", runner],
		["os", machine.os],
		["cpu", `${machine.cpus} x ${machine.cpu}`],
		["memory", `${machine.memoryMib} MiB`],
		["gpu", showGpus(machine)],
		["gpu driver", machine.gpuDriver],
		["gpu runtime", machine.gpuRuntime],
		...named(runtimes),
		...Object.entries(environment).map(([name, value]) => [`$${name}`, value]),
		...lockFiles.map(({ path, digest }) => [path, digest]),
		...[...versions].map(([name, version]) => [`package ${name}`, version])
	];
}
function describeCost({ cost, durationMs, attempts, usage }) {
	const share = usage?.gpuUtilisation ?? null;
	return [
		["cost", cost === null ? null : showCost(cost)],
		["time", `${Math.round(durationMs / 1e3)} s`],
		["attempts", String(attempts.length)],
		["memory at most", usage?.peakMemoryMib == null ? null : `${Math.round(usage.peakMemoryMib)} MiB`],
		["gpu memory at most", usage?.gpuPeakMemoryMib == null ? null : `${Math.round(usage.gpuPeakMemoryMib)} MiB`],
		["gpu busy", share === null ? null : `${Math.round(share * 100)} %`],
		["gpu energy", usage?.gpuEnergyWh == null ? null : `${usage.gpuEnergyWh.toFixed(1)} Wh`]
	];
}

// core/training/run-list.ts
/** Puts what was found together: a record is listed once, with every place that has it. */
function mergeRuns(runs) {
	const merged = /* @__PURE__ */ new Map();
	for (const run of runs) {
		const known = merged.get(run.digest);
		const places = known === void 0 ? run.places : [.../* @__PURE__ */ new Set([...known.places, ...run.places])];
		merged.set(run.digest, {
			...run,
			places
		});
	}
	return [...merged.values()];
}
/** Runs that fit, in order; of a metric those that do not have it come last. */
function selectRuns(runs, filter, order) {
	const since = filter.since === void 0 ? null : Date.parse(filter.since);
	return runs.filter(({ record }) => (filter.model === void 0 || record.model === filter.model) && (filter.outcome === void 0 || record.outcome === filter.outcome) && (since === null || Date.parse(record.startedAt) >= since)).sort((a, b) => byMetric(a, b, order) || byTime(a, b));
}
function byMetric(a, b, { metric, order }) {
	if (metric === void 0) return 0;
	const [first, second] = [metricOf(a.record, metric), metricOf(b.record, metric)];
	if (first === null || second === null) return Number(first === null) - Number(second === null);
	return order === "asc" ? first - second : second - first;
}
const byTime = (a, b) => Date.parse(b.record.startedAt) - Date.parse(a.record.startedAt) || (a.digest < b.digest ? -1 : 1);
/** A metric as it was at the end; names are the training's own. */
const metricOf = ({ metrics }, name) => Object.hasOwn(metrics, name) ? metrics[name] ?? null : null;
/** Shortest name that people use: `501.2`, of a trial `501.1/7`. */
function runName({ record, places }) {
	const trial = places.map((place) => /^gatehouse-trial-(.{1,40})$/.exec(place)?.[1]).find(Boolean);
	return `${record.runId}.${record.runAttempt}${trial === void 0 ? "" : `/${trial}`}`;
}
/** The versions that a run became: `v7`; empty: it was never merged. */
const versionsOf = ({ places }) => places.flatMap((place) => /@(v\d+)$/.exec(place)?.[1] ?? []);
/** Every run that a text may mean: run id, `id.attempt`, version, place, or the beginning of its record's digest. */
function findRuns(runs, text) {
	const exact = runs.filter((run) => runName(run) === text || run.places.includes(text) || run.digest === text);
	if (exact.length > 0) return exact;
	const hex = text.replace(/^sha256:/, "");
	return runs.filter((run) => String(run.record.runId) === text || `${run.record.runId}.${run.record.runAttempt}` === text || versionsOf(run).includes(text) || /^[0-9a-f]{7,64}$/.test(hex) && run.digest.startsWith(`sha256:${hex}`));
}

// core/report/run-table.ts
/** Rows of a table in a comment; the newest come first. */
const mostRows = 30;
const mostMetrics = 3;
const mostParameters = 3;
/**
* The runs that a proposal tried, side by side: their claimed metrics, the parameters in which they differ, time and cost.
* @param runs in the order that is shown
* @returns no block for fewer than two: there is nothing to compare
*/
function renderRunTable(runs) {
	if (runs.length < 2) return [];
	const shown = runs.slice(0, mostRows);
	const metrics = commonMetrics(runs, mostMetrics);
	const differing = listDifferences(shown);
	const parameters = differing.slice(0, mostParameters);
	return [{
		kind: "table",
		head: [
			"Run",
			"Commit",
			...metrics,
			...parameters.map(([name]) => name),
			"Time",
			"Cost"
		],
		align: [
			"l",
			"l",
			...metrics.map(() => "r"),
			...parameters.map(() => "l"),
			"r",
			"r"
		],
		rows: shown.map((run, at) => [
			[`${run.runId}.${run.runAttempt}`],
			[{ code: short(run.commit) }],
			...metrics.map((name) => [showMetric(metricOf(run, name))]),
			...parameters.map(([, values]) => [toCode(values[at] ?? null)]),
			[showDuration(run.durationMs)],
			[run.cost === null ? "–" : showCost(run.cost)]
		])
	}, {
		kind: "small",
		text: [noteOf(runs.length, shown.length, differing.length)]
	}];
}
function noteOf(all, shown, differing) {
	return `${all > shown ? `${counted(all - shown, "run")} more. ` : ""}${differing > mostParameters ? `${differing - mostParameters} more parameters differ. ` : ""}Claimed: stated by the training jobs, gating nothing. More: gatehouse runs compare`;
}
/** `gatehouse runs list`: one line a run; the name of the model gets the room that the others leave. */
function runListTable(runs, metric) {
	const [common] = commonMetrics(runs.map(({ record }) => record), 1);
	const named = metric ?? common;
	const head = [
		"run",
		"started",
		"outcome",
		cut(named ?? "metric", 10),
		"time",
		"cost",
		"version"
	];
	const rows = runs.map((run) => {
		const { record } = run;
		return [
			cut(runName(run), 14),
			record.startedAt.slice(0, 10),
			record.outcome,
			showMetric(named === void 0 ? null : metricOf(record, named)),
			showDuration(record.durationMs),
			record.cost === null ? "–" : showCost(record.cost).replace("less than ", "<"),
			versionsOf(run)[0] ?? "–"
		];
	});
	const taken = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
	const room = Math.max(6, 100 - 2 - taken.reduce((sum, width) => sum + width + 2, 0));
	return {
		kind: "table",
		head: ["model", ...head],
		align: [
			"l",
			"l",
			"l",
			"l",
			"r",
			"r",
			"r",
			"l"
		],
		rows: rows.map((row, at) => [[cut(runs[at]?.record.model ?? "", room)], ...row.map((text) => [text])])
	};
}
/** Names that most runs have; of equally many the first by alphabet. */
function commonMetrics(records, most) {
	const counts = /* @__PURE__ */ new Map();
	for (const { metrics } of records) for (const name of Object.keys(metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([name]) => name);
}
const showMetric = (value) => value === null ? "–" : String(Number(value.toPrecision(5)));
const toCode = (value) => value === null || value === "" ? "–" : { code: value };
const cut = (text, most) => [...text].length <= most ? text : `${[...text].slice(0, most - 1).join("")}…`;

export { mergeRuns as a, compareRuns as c, findRuns as i, renderRunTable as n, runName as o, runListTable as r, selectRuns as s, cut as t };