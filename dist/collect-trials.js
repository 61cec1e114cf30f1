import { a as input, l as setOutputs, m as runAction, r as failStep, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { n as makeFolder } from "./shared-job.js";
import { a as unitOf, c as trialArtifact, i as openBoard, n as nextTrials, o as readFinished, s as readSearch } from "./shared-next-trials.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { i as plainText } from "./shared-cell.js";
import { t as counted } from "./shared-count-text.js";
import { n as fitSections } from "./shared-budget.js";
import "./shared-facts.js";
import { n as footer } from "./shared-summary-part.js";
import { m as groupBy } from "./shared-floor.js";
import { t as digestSearch } from "./shared-search-plan.js";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

// core/report/parallel-coordinates.ts
/** Pixels. */
const gap = 150;
const top = 56;
const high = 260;
const edge = 80;
const palette = {
	best: "#0550ae",
	other: "#8c959f",
	failed: "#9a6700",
	text: "#1f2328",
	axis: "#d0d7de"
};
/** More of them would stand on each other. */
const mostMarks = 12;
/**
* Draws every trial as a line over one axis a parameter and one for the metric, the better end of it on top. The best one
* is thick and drawn last, one without a value is dashed and stops before the metric: no meaning is in colour alone.
* @param ranked the best first, as `rankTrials` gives them
* @returns SVG, in which every text of the search and its trials is escaped
*/
function drawParallelCoordinates(search, ranked) {
	const axes = [...search.space.map(toAxis), metricAxis(search, ranked)];
	const [width, height] = [160 + gap * (axes.length - 1), 380];
	const [first] = ranked;
	const about = first === void 0 || first.value === null ? `${ranked.length} trials, none with a value of ${search.metric}` : `${ranked.length} trials, the best is number ${first.number} with ${search.metric} ${showNumber(first.value)}`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="12">`,
		`<title id="title">${escapeXml(about, 300)}</title>`,
		`<rect width="${width}" height="${height}" fill="#ffffff"/>`,
		...ranked.map((trial, rank) => drawLine(trial, rank, axes)).reverse(),
		...axes.map(drawAxis),
		"</svg>",
		""
	].join("\n");
}
function toAxis(dimension) {
	const { name: title } = dimension;
	if (dimension.kind === "range") {
		const { from, to, scale } = dimension;
		return {
			title: scale === "log" ? `${title} (log)` : title,
			placeOf: ({ parameters }) => unitOf(dimension, Number(parameters[title])),
			ends: [showNumber(from), showNumber(to)],
			marks: []
		};
	}
	const { values } = dimension;
	return {
		title,
		placeOf: ({ parameters }) => {
			const at = values.indexOf(parameters[title] ?? "");
			return (Math.max(at, 0) + .5) / values.length;
		},
		...values.length <= mostMarks ? {
			ends: ["", ""],
			marks: values.map((value, at) => [(at + .5) / values.length, String(value)])
		} : {
			ends: [String(values[0]), String(values.at(-1))],
			marks: []
		}
	};
}
function metricAxis({ metric, goal }, ranked) {
	const values = ranked.flatMap(({ value }) => value === null ? [] : [value]);
	const [least, most] = [Math.min(...values), Math.max(...values)];
	const [worst, best] = goal === "maximize" ? [least, most] : [most, least];
	return {
		title: metric,
		placeOf: ({ value }) => {
			if (value === null) return null;
			return worst === best ? .5 : (value - worst) / (best - worst);
		},
		ends: values.length === 0 ? ["none", ""] : [showNumber(worst), showNumber(best)],
		marks: []
	};
}
function drawAxis({ title, ends: [bottom, above], marks }, at) {
	const x = edge + at * gap;
	const text = (y, words, weight = "normal") => `<text x="${x}" y="${y}" text-anchor="middle" font-weight="${weight}" fill="${palette.text}">${escapeXml(words, 22)}</text>`;
	return [
		`<line x1="${x}" y1="${top}" x2="${x}" y2="316" stroke="${palette.axis}" stroke-width="2"/>`,
		text(28, title, "bold"),
		text(46, above),
		text(336, bottom),
		...marks.map(([place, words]) => `<text x="${x + 6}" y="${top + (1 - place) * high - 6}" fill="${palette.text}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(words, 20)}</text>`)
	].join("\n");
}
function drawLine(trial, rank, axes) {
	const points = axes.flatMap(({ placeOf }, at) => {
		const place = placeOf(trial);
		if (place === null) return [];
		const y = top + (1 - Math.min(Math.max(place, 0), 1)) * high;
		return [`${edge + at * gap},${Math.round(y * 10) / 10}`];
	});
	const look = rank === 0 && trial.value !== null ? `stroke="${palette.best}" stroke-width="4"` : trial.value === null ? `stroke="${palette.failed}" stroke-width="1.5" stroke-dasharray="6 4"` : `stroke="${palette.other}" stroke-width="1.5" stroke-opacity="0.7"`;
	const value = trial.value === null ? trial.how : showNumber(trial.value);
	return `<polyline fill="none" ${look} points="${points.join(" ")}"><title>${escapeXml(`trial ${trial.number}: ${value}`, 100)}</title></polyline>`;
}
/** Four digits that count: axes are read, not copied. */
const showNumber = (value) => String(Number(value.toPrecision(4)));
/** Names, values and ends are of the pull request. */
const escapeXml = (text, most) => plainText(text, most).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("'", "&apos;");

// core/report/search-report.ts
/** As for every summary of ours. */
const summaryLimit = 4e5;
const stateWords = {
	done: "✅ done",
	failed: "❌ failed",
	lost: "⚠️ lost"
};
/** Renders the summary of a search: every trial is in it, also those that failed or were lost. */
function renderSearch(result) {
	return fitSections(searchSections(result), summaryLimit, "search.json in the artifact of this job has every trial.");
}
/** The same as blocks: for the terminal. */
function searchSections({ model, search, ranked, next }) {
	const [best] = ranked;
	const name = { code: model };
	const found = best !== void 0 && best.value !== null;
	return [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: found ? [
					next.done ? "Search: " : "Search, not finished: ",
					name,
					" is best with trial ",
					String(best.number),
					", ",
					{ code: search.metric },
					` ${best.value}`
				] : [
					"⚠️ Not evaluated: no trial of ",
					name,
					" left its ",
					{ code: search.metric }
				]
			}, {
				kind: "paragraph",
				text: countPhrase(ranked, next)
			}]
		},
		...found ? [{
			name: "best parameters",
			rank: 0,
			blocks: [bestTable(best)]
		}] : [],
		{
			name: "trials",
			rank: 1,
			blocks: [trialTable(search, ranked)]
		},
		...missingSections(ranked),
		footer([`Method ${search.method}, seed ${search.seed}. Values are claimed by the training command, of its own validation data; the judge compares the proposal on held-out rows.`])
	];
}
function countPhrase(ranked, { done, why, trials }) {
	const count = (state) => ranked.filter((trial) => trial.state === state).length;
	const ends = [
		"done",
		"failed",
		"lost"
	].flatMap((state) => count(state) === 0 ? [] : [`${count(state)} ${state}`]).join(", ");
	const end = done ? {
		complete: "All that was to be tried was tried.",
		budget: "The budget is spent.",
		"cost unknown": "It ended because nobody knows what a trial cost: the policy has no price for its runner."
	}[why ?? "complete"] : `The rounds of the workflow are over, and at least ${counted(trials.length, "training")} are still to come: add rounds, or raise parallel.`;
	return [`${counted(ranked.length, "trial")}: ${ends || "none ran"}. ${end}`];
}
const bestTable = ({ parameters }) => ({
	kind: "table",
	head: ["Parameter", "Best value"],
	rows: Object.entries(parameters).map(([name, value]) => [[{ code: name }], [{ code: String(value) }]])
});
function trialTable({ space, metric, resource }, ranked) {
	const shown = space.slice(0, 8).map(({ name }) => name);
	return {
		kind: "table",
		head: [
			"Rank",
			"Trial",
			metric,
			...resource ? [resource.name] : [],
			...shown,
			"Hours",
			"Ended"
		],
		align: [
			"r",
			"r",
			"r",
			...resource ? ["r"] : [],
			...shown.map(() => "l"),
			"r",
			"l"
		],
		rows: ranked.map((trial, rank) => [
			[trial.value === null ? "–" : String(rank + 1)],
			[String(trial.number)],
			[trial.value === null ? "–" : String(trial.value)],
			...resource ? [[String(trial.resource ?? "–")]] : [],
			...shown.map((name) => [{ code: String(trial.parameters[name] ?? "") }]),
			[trial.hours.toFixed(2)],
			[`${stateWords[trial.state]}${trial.trainings > 1 ? `, ${trial.trainings} trainings` : ""}`]
		])
	};
}
const endWords = {
	done: "went no further",
	failed: "failed",
	lost: "was lost"
};
/** Why there is no value, or no better one: beside the table, so that it is cut by nothing. */
function missingSections(ranked) {
	const missing = ranked.filter(({ how }) => how !== "done");
	if (missing.length === 0) return [];
	return [{
		name: "trials that did not end well",
		rank: 0,
		blocks: [{
			kind: "paragraph",
			text: [{ strong: "Trials that did not end well" }]
		}, {
			kind: "list",
			items: missing.map(({ number, state, how }) => [`Trial ${number} ${endWords[state]}: `, how])
		}]
	}];
}

// core/search/ranking.ts
/**
* Ranks every point that was tried, the best first. One that was stopped on a lower rung ranks below those that got
* more of the resource, whatever its metric said then; those without a value come last, and none is left out.
*/
function rankTrials({ goal }, finished) {
	const sign = goal === "maximize" ? -1 : 1;
	const byNumber = groupBy(finished, ({ number }) => number);
	return [...openBoard(finished).trials].map(([number, rungs]) => toRanked(rungs, byNumber.get(number) ?? [])).sort((a, b) => Number(a.value === null) - Number(b.value === null) || (b.resource ?? 0) - (a.resource ?? 0) || sign * ((a.value ?? 0) - (b.value ?? 0)) || a.number - b.number);
}
/** The best point so far; null: none left its metric. */
function bestTrial(search, finished) {
	const [first] = rankTrials(search, finished);
	return first === void 0 || first.value === null ? null : first;
}
function toRanked(rungs, trainings) {
	const settled = [...rungs.values()].sort((a, b) => b.by.rung - a.by.rung);
	const done = settled.find(({ kind }) => kind === "done");
	const { number, parameters, state, resource, rung, round } = (done ?? settled[0]).by;
	return {
		number,
		parameters,
		resource,
		rung,
		round,
		state: done === void 0 ? state : "done",
		how: settled[0]?.by.how ?? "",
		value: done?.kind === "done" ? done.value : null,
		hours: trainings.map(({ hours }) => hours).toSorted((a, b) => a - b).reduce((sum, hours) => sum + hours, 0),
		trainings: trainings.length
	};
}

// actions/collect-trials/run.ts
/**
* Ranks what all rounds of a search left. Every trial that was planned is shown, those that failed or were lost too.
* @throws InputError SEARCH_MISSING, SEARCH_PLAN, MODEL_NAME, FILE_MISSING, CONFIG_INVALID
*/
async function run({ model, folder, read }) {
	const search = readSearch(model, read);
	const finished = await readFinished({
		folder,
		model,
		search,
		before: Number.POSITIVE_INFINITY
	});
	const ranked = rankTrials(search, finished);
	const best = bestTrial(search, finished);
	const next = nextTrials(search, finished);
	const record = {
		v: 1,
		grade: "claimed",
		model,
		searchDigest: digestSearch(search),
		search,
		done: next.done,
		why: next.why,
		best: best?.number ?? null,
		trials: ranked,
		trainings: finished
	};
	return {
		verdict: best === null ? "not evaluated" : next.done ? "found" : "unfinished",
		best,
		files: {
			"search.json": canonicalJson(record),
			"parallel-coordinates.svg": drawParallelCoordinates(search, ranked),
			...best === null ? {} : { "best-parameters.json": `${JSON.stringify(best.parameters, null, 2)}\n` }
		},
		summary: renderSearch({
			model,
			search,
			ranked,
			next
		})
	};
}

// actions/collect-trials/index.ts
await runAction(async () => {
	const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
	const { verdict, best, files, summary } = await run({
		model: needInput("model"),
		folder: resolve(workspace, input("trials-folder") || "gatehouse-trials"),
		read: (path) => readFileSync(join(workspace, path), "utf8")
	});
	const folder = makeFolder("search");
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	await writeSummary(summary);
	setOutputs({
		verdict,
		parameters: best === null ? "" : JSON.stringify(best.parameters),
		trial: best === null ? "" : String(best.number),
		value: best === null ? "" : String(best.value),
		artifact: best === null ? "" : trialArtifact(best.round, best.number),
		folder
	});
	if (best === null) failStep("No trial left its metric: the summary says how each of them ended.");
});

export {  };