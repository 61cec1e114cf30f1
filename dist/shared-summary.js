import { n as fitSections } from "./shared-budget.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { a as judgedSections, c as claimedSections, i as inView, o as resultsOf, t as folded } from "./shared-judged-sections.js";
import { u as short } from "./shared-facts.js";
import { i as dataSections, n as placeText, s as observationSections, t as findingSections } from "./shared-finding-list.js";
import { i as shownComparisons, n as judgementHeadline } from "./shared-judgement-view.js";
import { t as trainingSections } from "./shared-run-section.js";
import { n as footer, r as headline, t as fixSections } from "./shared-summary-part.js";
import { t as isFailure } from "./shared-finding.js";
import { n as showP, t as showEffect } from "./shared-number.js";
import { n as rangeOf, t as chunksOf } from "./shared-chunk.js";

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
/**
* Renders the summary page of an Actions job from what the job found. Needs no token and works on forks.
* @param waiving waivers of base, so that a judgement reads like the comment
*/
function renderSummary(result, details = [], waiving) {
	return fitSections(summarySections(result, details, waiving), summaryLimit, "The evidence in the artifact of this run has every row.");
}
/** The same as blocks: for the terminal. */
function summarySections(result, details = [], waiving) {
	switch (result.kind) {
		case "validation": return validationSections(result, showPlace, details);
		case "judgement": return judgementSections(result, waiving);
		case "training": return trainingSections(result.record, result.lastLines);
	}
}
const showPlace = (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) };
function judgementSections(judgement, waiving) {
	const { version, comparisons, heldOut, origin, findings } = judgement;
	const shown = shownComparisons(judgement, waiving);
	const sections = judgedSections(shown, version === null ? "This pull request" : `v${version}`);
	return [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: judgementHeadline(judgement, shown)
			}]
		},
		...findingSections(findings, showPlace),
		...inView(sections),
		...folded(sections),
		...claimedSections(judgement.claimed, resultsOf(comparisons)),
		footer([`Judged on ${grouped(heldOut.rows)} held-out rows, pull request ${origin.pullRequest}, commit `, { code: short(origin.headSha) }])
	];
}

export { summarySections as n, driftBlocks as r, renderSummary as t };