import { n as grouped } from "./shared-count-text.js";
import "./shared-facts.js";
import { o as methodsInTable, t as isFound } from "./shared-slice-section.js";
import { t as showDuration } from "./shared-time-text.js";

// core/training/gpu-text.ts
/** The GPUs of a machine in a few words: `2 x NVIDIA H100 (81559 MiB)`; `none` when its tool lists none, else `unknown`. */
function showGpus({ gpus, gpuTool }) {
	const counts = /* @__PURE__ */ new Map();
	for (const { name, memoryMib } of gpus) {
		const text = memoryMib === null ? name : `${name} (${memoryMib} MiB)`;
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	if (counts.size === 0) return gpuTool === null ? "unknown" : "none";
	return [...counts].map(([text, count]) => count === 1 ? text : `${count} x ${text}`).join(", ");
}

// core/report/lineage-section.ts
/** How the result came about: data, model file, held-out rows, training run. What training says is called claimed. */
function lineageSections({ input }) {
	const { judgement, validation } = input;
	const rows = [];
	for (const dataset of validation?.datasets ?? []) {
		const size = dataset.rows === null ? "rows unknown" : `${grouped(dataset.rows)} rows`;
		rows.push([
			[`Dataset ${dataset.dataset}`],
			[{ code: dataset.dataDigest }, ` ${size}, ${dataset.verdict}`],
			["judged"]
		]);
	}
	if (judgement !== null) rows.push(...judgementRows(judgement));
	if (rows.length === 0) return [];
	return [{
		name: "how it got here",
		rank: 5,
		blocks: [{
			kind: "fold",
			title: "How it got here: data, model, run",
			blocks: [{
				kind: "table",
				head: [
					"What",
					"Which",
					"Grade"
				],
				rows
			}, {
				kind: "paragraph",
				text: ["Judged: computed by trusted code. Claimed: stated by the training job, shown and never gating."]
			}]
		}]
	}];
}
function judgementRows({ artifact, heldOut, claimed, comparisons }) {
	const untold = comparisons.flatMap(({ metrics }) => untoldMethods(metrics));
	const rows = [
		[
			["Model file"],
			[{ code: artifact.digest }, ` ${grouped(artifact.sizeBytes)} bytes`],
			["judged"]
		],
		[
			["Held-out rows"],
			[{ code: heldOut.featuresDigest }, ` ${grouped(heldOut.rows)} rows`],
			["judged"]
		],
		[
			["Trained by"],
			trainedBy(claimed),
			["claimed"]
		]
	];
	if (untold.length === 0) return rows;
	const names = /* @__PURE__ */ new Map();
	for (const { metric, method } of untold) names.set(method, /* @__PURE__ */ new Set([...names.get(method) ?? [], metric]));
	const methods = [...names].map(([method, metrics]) => `${[...metrics].join(", ")}: ${method}`);
	return [...rows, [
		["Intervals"],
		[methods.slice(0, 6).join("; ")],
		["judged"]
	]];
}
/** Where all metrics are in a table of their own, its column Method says it already; found segments say it themselves. */
function untoldMethods(metrics) {
	const told = methodsInTable(metrics);
	return metrics.filter((result) => !isFound(result) && !told.some(({ metric, method }) => metric === result.metric && method === result.method));
}
const trainedBy = ({ command, durationMs, runner, machine }) => [
	{ code: command },
	` in ${showDuration(durationMs)} on `,
	{ code: runner },
	", GPU ",
	{ code: showGpus(machine) }
];

export { showGpus as n, lineageSections as t };