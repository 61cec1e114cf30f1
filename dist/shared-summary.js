import { n as grouped, t as counted } from "./shared-count-text.js";
import { n as fitSections } from "./shared-budget.js";
import { c as showValues } from "./shared-metric-text.js";
import { r as short, t as championOf } from "./shared-facts.js";
import { _ as chunksOf, d as comparisonSections, l as judgementText, n as placeText, o as observationSections, r as dataSections, t as findingSections, u as shownComparisons, v as rangeOf } from "./shared-finding-list.js";
import "./shared-address.js";
import { t as trainingSections } from "./shared-run-section.js";
import { n as footer, r as headline, t as fixSections } from "./shared-summary-part.js";
import { t as isFailure } from "./shared-finding.js";
import { n as showP, t as showEffect } from "./shared-number.js";

// core/report/change-section.ts
const mostRows$1 = 40;
/** Parameters and data that differ between champion and challenger: the first suspects of any difference. */
function changeSections(champion, challenger) {
	if (champion === null) return [];
	const [data, parameters] = [dataChanges(champion, challenger), runChanges(champion, challenger)];
	const all = [...data, ...parameters];
	return [{
		name: "what changed",
		rank: 5,
		blocks: [{
			kind: "fold",
			title: `Changed against ${champion.name}: ${counted(parameters.length, "parameter")}, ${counted(data.length, "dataset")}`,
			blocks: all.length === 0 ? [{
				kind: "paragraph",
				text: ["Parameters and data are the same: the code differs, or chance does."]
			}] : [
				{
					kind: "table",
					head: [
						"What",
						champion.name,
						challenger.name
					],
					rows: all.slice(0, mostRows$1).map(toRow$1)
				},
				...all.length <= mostRows$1 ? [] : [{
					kind: "small",
					text: [`${all.length - mostRows$1} more changes.`]
				}],
				note$1
			]
		}]
	}];
}
const note$1 = {
	kind: "small",
	text: ["Parameters are claimed by the training jobs; digests of data are judged."]
};
const toRow$1 = ({ what, before, after }) => [
	[{ code: what }],
	before === null ? ["none"] : [{ code: before }],
	after === null ? ["none"] : [{ code: after }]
];
function dataChanges(champion, challenger) {
	return [...new Set([...champion.datasets, ...challenger.datasets].map(({ dataset }) => dataset))].sort().flatMap((name) => {
		const [before, after] = [champion, challenger].map(({ datasets }) => datasets.find(({ dataset }) => dataset === name));
		if (before?.dataDigest === after?.dataDigest) return [];
		return [{
			what: `data ${name}`,
			before: showData(before),
			after: showData(after)
		}];
	});
}
function showData(data) {
	if (data === void 0) return null;
	const rows = data.rows === null ? "" : `, ${grouped(data.rows)} rows`;
	return `${short(data.dataDigest.replace("sha256:", ""))}${rows}`;
}
function runChanges({ run: before }, { run: after }) {
	const names = [.../* @__PURE__ */ new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)])].sort();
	return [
		{
			what: "command",
			before: before.command,
			after: after.command
		},
		{
			what: "image",
			before: before.image,
			after: after.image
		},
		{
			what: "seed",
			before: textOf(before.seed),
			after: textOf(after.seed)
		},
		...names.map((what) => ({
			what,
			before: textOf(before.parameters[what]),
			after: textOf(after.parameters[what])
		}))
	].filter((change) => change.before !== change.after);
}
const textOf = (value) => value === null || value === void 0 ? null : String(value);

// core/report/claimed-section.ts
const mostRows = 30;
/** A claim this many half intervals away is no chance. */
const farIntervals = 3;
/** Besides, as a share of what was judged: small differences are no story, validation rows are other rows. */
const farShare = .02;
/** Other tools' names of the same metric, after lower case and hyphens. */
const sameName = {
	acc: "accuracy",
	"roc-auc": "auc",
	"auc-roc": "auc",
	"average-precision": "pr-auc",
	"auc-pr": "pr-auc",
	logloss: "log-loss",
	"brier-score": "brier",
	"f1-score": "f1",
	"mean-absolute-error": "mae",
	"mean-squared-error": "mse",
	"r2-score": "r2"
};
/** `val_roc_auc` says the same as `auc`. */
function metricOfClaim(name) {
	const plain = name.toLowerCase().replace(/[_\s]+/g, "-").replace(/^(?:test|val|valid|validation|eval|holdout)[-/.]/, "");
	return sameName[plain] ?? plain;
}
/** Claims of the training run that the judge measured as well, in the order of the claims. */
function claimsBeside({ metrics: claims }, results) {
	return Object.entries(claims).flatMap(([name, claimed]) => {
		const metric = metricOfClaim(name);
		const judged = results.find((each) => each.metric === metric && each.slice === null && each.set === "held-out");
		return judged === void 0 ? [] : [{
			name,
			claimed,
			judged,
			disagrees: isFar(claimed, judged)
		}];
	});
}
function isFar(claimed, { challenger, challengerInterval: interval }) {
	const gap = Math.abs(claimed - challenger);
	const half = interval === null ? 0 : (interval[1] - interval[0]) / 2;
	return !(gap <= Math.max(farIntervals * half, farShare * Math.abs(challenger)));
}
/** What the training job says of itself, next to what was judged. It gates nothing; where it is far off it is a warning. */
function claimedSections(claimed, results) {
	const beside = claimsBeside(claimed, results);
	if (beside.length === 0) return [];
	const far = beside.filter(({ disagrees }) => disagrees);
	const table = {
		kind: "table",
		head: [
			"Metric of the run",
			"Claimed",
			"Judged",
			"Agree"
		],
		align: [
			"l",
			"r",
			"r",
			"l"
		],
		rows: [...far, ...beside.filter(({ disagrees }) => !disagrees)].slice(0, mostRows).map(({ name, claimed: value, judged, disagrees }) => {
			const rounded = Number(value.toPrecision(4));
			const [shown = "–"] = showValues(judged.metric, [judged.challenger]);
			return [
				[{ code: name }],
				[`${rounded} (claimed)`],
				[shown],
				[disagrees ? "⚠️ far apart" : "yes"]
			];
		})
	};
	const title = far.length === 0 ? "Claimed by the training run, beside judged" : `Claimed by the training run: ${far.length} of ${beside.length} far from what was judged`;
	return [{
		name: "claimed metrics",
		rank: far.length === 0 ? 6 : 3,
		blocks: [{
			kind: "fold",
			title,
			blocks: [table, note]
		}]
	}];
}
const note = {
	kind: "small",
	text: ["A claim rests on rows that the proposer chose and gates nothing. Far apart: leakage, another metric of that name, or other rows."]
};

// core/report/judged-sections.ts
/** The sections of every comparison; where there are several, each folded line says which. */
function judgedSections(comparisons, challenger) {
	return comparisons.flatMap((comparison) => {
		const sections = comparisonSections(comparison, { challenger });
		return comparisons.length < 2 ? sections : sections.map((section) => named(section, comparison));
	});
}
function named(section, comparison) {
	const blocks = section.blocks.map((block) => block.kind === "fold" ? {
		...block,
		title: `${block.title} (against ${championOf(comparison)})`
	} : block);
	return {
		...section,
		blocks
	};
}
const isFold = ({ blocks }) => blocks.every(({ kind }) => kind === "fold");
const inView = (sections) => sections.filter((section) => !isFold(section));
const folded = (sections) => sections.filter(isFold);
/** The challenger's values are the same in every comparison: each once. */
const resultsOf = (comparisons) => comparisons[0]?.metrics ?? [];

// core/report/drift-section.ts
/** Rows before the fold. */
const rowsInView = 8;
/** An icon never stands alone. Drift that only warns is told apart from drift that stops. */
function resultText({ result, severity }) {
	switch (result) {
		case "drift": return severity === "fail" ? "❌ drift" : "⚠️ drift, warning only";
		case "no drift": return "✅ no drift";
		case "not enough rows": return "⏳ not enough rows";
		case "not compared": return "⚪ not compared";
	}
}
const order = [
	"drift",
	"not enough rows",
	"not compared",
	"no drift"
];
/** What moved against the reference, drifted columns first; at most eight in view, all of them with their method in folds. */
function driftSections(dataset, report) {
	const columns = inOrder(report);
	const changes = report.schema;
	const title = {
		kind: "paragraph",
		text: titleOf(dataset, report)
	};
	return [
		{
			name: `drift of ${dataset}`,
			rank: 2,
			blocks: [
				title,
				...columns.length === 0 ? [] : [toTable(columns.slice(0, rowsInView))],
				...changes.length === 0 ? [] : [toSchemaTable(changes.slice(0, rowsInView))]
			]
		},
		...columns.length > rowsInView ? fold(columns, "columns", toMethodTable) : methodFold(columns),
		...changes.length > rowsInView ? fold(changes, "changes of shape", toSchemaTable) : []
	];
}
/** All columns are in view: how each was computed, and nothing else again. */
function methodFold(columns) {
	const told = columns.filter(({ method }) => method !== "");
	if (told.length === 0) return [];
	const title = `How ${counted(told.length, "column was", "columns were")} compared`;
	const table = {
		kind: "table",
		head: ["Column", "How it was computed"],
		rows: told.map(({ column, method }) => [[{ code: column }], [{ prose: method }]])
	};
	return [{
		name: title.toLowerCase(),
		rank: 6,
		blocks: [{
			kind: "fold",
			title,
			blocks: [table]
		}]
	}];
}
/** The same for a terminal, which has no folds: every column and every change, methods left out. */
const driftBlocks = (dataset, report) => [
	{
		kind: "paragraph",
		text: titleOf(dataset, report)
	},
	...report.columns.length === 0 ? [] : [toTable(inOrder(report))],
	...report.schema.length === 0 ? [] : [toSchemaTable(report.schema)]
];
const inOrder = ({ columns }) => order.flatMap((result) => columns.filter((column) => column.result === result));
function fold(rows, what, toRows) {
	return chunksOf(rows).map(({ from, rows: part }) => {
		const title = rangeOf(from, part.length, rows.length, what);
		return {
			name: title.toLowerCase(),
			rank: 6,
			blocks: [{
				kind: "fold",
				title,
				blocks: [toRows(part)]
			}]
		};
	});
}
function titleOf(dataset, { reference, referenceRows, rows, columns, schema }) {
	const tally = order.map((result) => [result, columns.filter((column) => column.result === result).length]).filter(([, count]) => count > 0).map(([result, count]) => `${count} ${result}`).join(", ");
	const changes = schema.length === 0 ? "the same shape" : counted(schema.length, "change of shape", "changes of shape");
	return [
		{ strong: "Drift" },
		" of ",
		{ code: dataset },
		` (${counted(rows, "row")}) against `,
		reference,
		` (${counted(referenceRows, "row")}): ${tally === "" ? "no column compared" : tally}; ${changes}.`
	];
}
const columnHead = [
	"Column",
	"Result",
	"Test",
	"Effect",
	"Limit",
	"Rows",
	"p"
];
function toTable(columns) {
	return {
		kind: "table",
		head: columnHead,
		align: [
			"l",
			"l",
			"l",
			"r",
			"r",
			"r",
			"r"
		],
		rows: columns.map(toRow)
	};
}
function toRow(result) {
	const { column, test, effect, limit, rows, referenceRows, adjustedP, by } = result;
	const compared = effect !== null;
	return [
		[{ code: column }],
		[resultText(result), ...compared && result.result !== "not enough rows" ? [] : [": ", result.because]],
		[compared ? test : "–"],
		[compared ? showEffect(effect, limit)[0] : "–"],
		[compared ? `${limit}${by === "model" ? " (model)" : ""}` : "–"],
		[compared ? `${grouped(rows)} / ${grouped(referenceRows)}` : "–"],
		[adjustedP === null ? "–" : showP(adjustedP)]
	];
}
/** Whoever reads the method can compute the number again. */
function toMethodTable(columns) {
	return {
		kind: "table",
		head: [...columnHead, "How it was computed"],
		align: [
			"l",
			"l",
			"l",
			"r",
			"r",
			"r",
			"r",
			"l"
		],
		rows: columns.map((result) => [...toRow(result), result.method === "" ? ["–"] : [{ prose: result.method }]])
	};
}
function toSchemaTable(changes) {
	return {
		kind: "table",
		head: [
			"Column",
			"Change",
			"Found",
			"Reference"
		],
		rows: changes.map(({ kind, column, found, allowed }) => [
			[{ code: column }],
			[kind],
			[found],
			[allowed]
		])
	};
}

// core/report/validation-summary.ts
/** What a validation found: the findings of every dataset, then in folds what was measured, also where nothing is wrong. */
function validationSections({ datasets, engine, origin }, showPlace, details = []) {
	const worst = [
		"data invalid",
		"not evaluated",
		"pass"
	].find((verdict) => datasets.some((dataset) => dataset.verdict === verdict));
	const bad = datasets.filter(({ verdict }) => verdict !== "pass").length;
	const text = {
		pass: [`${counted(datasets.length, "dataset keeps its contract", "datasets keep their contracts")}`],
		"data invalid": [`${bad} of ${counted(datasets.length, "dataset")} may not be used. Training does not start`],
		"not evaluated": [`${bad} of ${counted(datasets.length, "dataset")} could not be read. This says nothing about the data`]
	};
	return [
		headline(worst ?? "not evaluated", worst === void 0 ? ["no dataset was validated"] : text[worst]),
		...datasets.flatMap((dataset, at) => [...dataSections(dataset, showPlace), ...detailSections(dataset.dataset, details[at])]),
		...fixSections(datasets.flatMap(({ findings }) => findings.filter(isFailure))),
		footer([`Measured with ${engine} on commit `, { code: short(origin.headSha) }])
	];
}
function detailSections(dataset, detail) {
	if (detail === void 0) return [];
	const { observations, drift } = detail;
	if (drift === null) return observationSections(observations);
	const rules = observations.filter(({ code }) => code !== "data/drift");
	return [...driftSections(dataset, drift), ...observationSections(rules)];
}

// core/report/summary.ts
/** GitHub drops a summary over 1 MiB whole; characters can take four bytes, ours take one or two. */
const summaryLimit = 4e5;
/** Renders the summary page of an Actions job from what the job found. Needs no token and works on forks. */
function renderSummary(result, details = []) {
	return fitSections(summarySections(result, details), summaryLimit, "The evidence in the artifact of this run has every row.");
}
/** The same as blocks: for the terminal. */
function summarySections(result, details = []) {
	switch (result.kind) {
		case "validation": return validationSections(result, showPlace, details);
		case "judgement": return judgementSections(result);
		case "training": return trainingSections(result.record, result.lastLines);
	}
}
const showPlace = (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) };
function judgementSections(judgement) {
	const { version, verdict, comparisons, heldOut, origin, findings } = judgement;
	const sections = judgedSections(shownComparisons(judgement), version === null ? "This pull request" : `v${version}`);
	return [
		headline(verdict, judgementText(judgement)),
		...findingSections(findings, showPlace),
		...inView(sections),
		...folded(sections),
		...claimedSections(judgement.claimed, resultsOf(comparisons)),
		footer([`Judged on ${grouped(heldOut.rows)} held-out rows, commit `, { code: short(origin.headSha) }])
	];
}

export { changeSections as a, claimedSections as i, driftBlocks as n, resultsOf as r, renderSummary as t };