import { x as policyPath, y as modelPath } from "./shared-layout.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { n as linkFile } from "./shared-address.js";
import { d as stageMovesOf, r as comparisonsOf, t as championOf, u as short } from "./shared-facts.js";
import { c as showValues, o as resultOfGate, s as showValue } from "./shared-metric-text.js";
import { h as renderXyChart, l as comparisonSections } from "./shared-finding-list.js";
import { t as addToHistory } from "./shared-history.js";
import { a as verdictWords } from "./shared-icon.js";

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
					rows: all.slice(0, mostRows$1).map(toRow)
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
const toRow = ({ what, before, after }) => [
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

// core/report/attempt-section.ts
const nearlySpent = .8;
/** Runs can be deleted; what the ledger counted stays told: nobody gets a lucky result without its number. */
function attemptSections({ labels, actor, here, ...own }) {
	if (!isCount(own.look)) return [];
	const spent = [
		own,
		labels,
		actor
	].filter((count) => count !== void 0 && isNearlySpent(count));
	const over = spent.some((count) => count !== void 0 && isSpent(count));
	const advice = spent.length > 0 ? ` Collect new held-out rows${over ? "" : " before it is spent"}: what was looked at often no longer says how a model does on unseen rows.` : "";
	const block = {
		kind: "paragraph",
		text: [`${[
			`${over ? "⚠️ Spent: this" : spent.length > 0 ? "⚠️ Nearly spent: this" : "This"} is look ${ofBudget(own)} on this held-out set.`,
			...shared(own, labels, (count) => `Of all models that read these labels it is look ${ofBudget(count)}.`),
			...shared(own, actor, (count) => `Of whoever started the run it is look ${ofBudget(count)}.`),
			...here !== void 0 && isCount(here) && here > 1 ? [`Different results that this pull request was judged with: ${grouped(here)}. Runs that are deleted stay counted.`] : []
		].join(" ")}${advice}`]
	};
	return [{
		name: "looks on the held-out set",
		rank: spent.length > 0 ? 1 : 3,
		blocks: [block]
	}];
}
/** Said where it says something: another number than the model's own, or a bound of its own. */
function shared(own, count, say) {
	if (count === void 0 || !isCount(count.look)) return [];
	return count.look === own.look && count.budget === null ? [] : [say(count)];
}
const isCount = (look) => Number.isSafeInteger(look) && look >= 1;
const ofBudget = ({ look, budget }) => `${grouped(look)}${budget === null ? "" : ` of ${grouped(budget)}`}`;
const isNearlySpent = ({ look, budget }) => budget !== null && look > nearlySpent * budget;
const isSpent = ({ look, budget }) => budget !== null && look > budget;

// core/report/history-section.ts
/** Earlier commits of this pull request beside this one: whether the pushes lead anywhere. */
function historySections(history) {
	if (history.length < 2) return [];
	const names = [...new Set(history.flatMap(({ metrics }) => metrics.map(([metric]) => metric)))].slice(0, 3);
	const table = {
		kind: "table",
		head: [
			"Commit",
			...names,
			"Result"
		],
		align: [
			"l",
			...names.map(() => "r"),
			"l"
		],
		rows: history.map((past, at) => [
			[{ code: short(past.head) }, ...at === 0 ? [" (this one)"] : []],
			...names.map((name) => {
				const value = metricOf(past, name);
				return [value === null ? "–" : showValue(name, value)];
			}),
			[verdictWords[past.verdict].toLowerCase()]
		])
	};
	return [{
		name: "earlier commits",
		rank: 5,
		blocks: [{
			kind: "fold",
			title: `Compared with earlier commits of this pull request: ${history.length - 1}`,
			blocks: [...chartOf(history, names[0]), table]
		}]
	}];
}
const metricOf = ({ metrics }, name) => metrics.find(([metric]) => metric === name)?.[1] ?? null;
/** The first metric over the commits, oldest on the left. Two points are told faster by the table. */
function chartOf(history, name) {
	if (name === void 0) return [];
	const points = history.map((past) => ({
		head: past.head,
		value: metricOf(past, name)
	})).flatMap(({ head, value }) => value === null ? [] : [{
		head,
		value
	}]).reverse();
	if (points.length < 3) return [];
	const values = points.map(({ value }) => value);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	if (high === low) return [];
	const room = (high - low) * .1;
	const chart = renderXyChart({
		title: `${name} by commit`,
		x: points.map(({ head }) => short(head)),
		y: {
			title: name,
			from: low - room,
			to: high + room
		},
		lines: [values]
	});
	return chart === null ? [] : [{
		kind: "fence",
		language: "mermaid",
		lines: chart
	}];
}

// core/report/judged-sections.ts
/** What a reader sees of a judgement without unfolding anything: gates, slices that fall, looks on the held-out set. */
function viewSections(report) {
	const comparisons = comparisonsOf(report);
	const looks = comparisons.length === 0 || report.looks === void 0 ? [] : attemptSections(report.looks);
	return [
		...inView(judgedSections(comparisons, challengerOf(report))),
		...comparisons.length === 0 ? [] : placeSections(report),
		...looks
	];
}
/** Where a reader finds what is required, as it stood when this was judged. */
function placeSections(report) {
	const { model } = report.input;
	if (model === null) return [];
	return [{
		name: "where gates are set",
		rank: 4,
		blocks: [{
			kind: "small",
			text: [
				"Gates are set in ",
				linkFile(report, { file: modelPath(model.model) }),
				", with the floor of ",
				linkFile(report, { file: policyPath }),
				" under them."
			]
		}]
	}];
}
/** Everything that explains the result: each part folded under a line that says what is in it. */
function foldedSections(report) {
	const { judgement } = report.input;
	if (judgement === null) return historySections(historyOf(report));
	const challenger = challengerOf(report);
	const comparisons = comparisonsOf(report);
	return [
		...folded(judgedSections(comparisons, challenger)),
		...claimedSections(judgement.claimed, resultsOf(comparisons)),
		...changeSections(report.champion ?? null, makingOf(report, judgement, challenger)),
		...historySections(historyOf(report))
	];
}
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
/** `This pull request`, or the version that is moved. */
function challengerOf(report) {
	const [move] = stageMovesOf(report);
	return move === void 0 ? "This pull request" : `v${move.version}`;
}
function makingOf({ input }, { claimed }, name) {
	const checked = new Map(input.validation?.datasets.map((each) => [each.dataset, each.rows]) ?? []);
	return {
		name,
		run: claimed,
		datasets: claimed.datasets.map((each) => ({
			...each,
			rows: checked.get(each.dataset) ?? null
		}))
	};
}
/** The history with this result in it, as the comment carries it on. */
function historyOf(report) {
	const past = report.history ?? [];
	const { judgement } = report.input;
	if (judgement === null || report.recorded !== null) return past;
	const verdict = report.decision.verdict === "waiting" ? "pass" : report.decision.verdict;
	return addToHistory(past, {
		head: report.headSha,
		verdict,
		metrics: leadingMetrics(report)
	});
}
/** Values of the gates in their order, each once: all rows first. */
function leadingMetrics(report) {
	const values = /* @__PURE__ */ new Map();
	for (const { outcomes, metrics } of comparisonsOf(report)) for (const outcome of outcomes) {
		const result = resultOfGate(metrics, outcome);
		if (result === void 0) continue;
		const name = result.slice === null ? result.metric : `${result.metric} ${result.slice}`;
		if (!values.has(name)) values.set(name, result.challenger);
	}
	return [...values];
}

export { judgedSections as a, claimedSections as c, inView as i, changeSections as l, foldedSections as n, resultsOf as o, historyOf as r, viewSections as s, folded as t };