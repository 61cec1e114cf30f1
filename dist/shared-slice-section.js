import { o as adjustPValues } from "./shared-floor.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { t as championOf } from "./shared-facts.js";
import { a as gainOf, c as showValues, l as signed, r as findResult, s as showValue, t as differenceOf } from "./shared-metric-text.js";

// core/report/metric-sections.ts
/** Names of what a load or a file tells, in the order of the table. */
const servingNames = [
	"latency-p50",
	"latency-p95",
	"latency-p99",
	"throughput",
	"error-rate",
	"size-bytes",
	"cost-per-1000"
];
const isServing = ({ metric }) => servingNames.includes(metric);
const isFairness = ({ metric }) => / by /.test(metric);
const isWhole = ({ slice, set }) => slice === null && set === "held-out";
/** Everything measured that is no slice: quality, fairness, serving, and what production-like rows make of it. */
function metricSections(comparison, names) {
	const whole = comparison.metrics.filter(isWhole);
	const quality = whole.filter((result) => !isServing(result) && !isFairness(result));
	const serving = servingNames.flatMap((name) => whole.filter(({ metric }) => metric === name));
	return [
		...tableSection("latency and size", 4, servingTitle(serving), serving, comparison, names),
		...productionSections(comparison),
		...tableSection("fairness", 4, "Fairness between groups", whole.filter(isFairness), comparison, names),
		...quality.length < 2 && comparison.outcomes.length > 0 ? [] : tableSection("metrics", 6, allOf(quality.length), quality, comparison, names)
	];
}
/** Results whose method stands in a table; none where the one metric stands in the gates alone. */
function methodsInTable(metrics) {
	const whole = metrics.filter(isWhole);
	const quality = whole.filter((result) => !isServing(result) && !isFairness(result));
	return quality.length < 2 ? whole.filter((result) => !quality.includes(result)) : whole;
}
const allOf = (metrics) => metrics === 1 ? "The metric" : `All ${metrics} metrics`;
function servingTitle(results) {
	const p95 = results.find(({ metric }) => metric === "latency-p95");
	return `Serving${p95 === void 0 ? "" : `: p95 ${showValue(p95.metric, p95.challenger)}`}`;
}
function tableSection(name, rank, title, results, comparison, { challenger }) {
	if (results.length === 0) return [];
	return [{
		name,
		rank,
		blocks: [{
			kind: "fold",
			title,
			blocks: [{
				kind: "table",
				head: [
					"Metric",
					challenger,
					"95 % interval",
					championOf(comparison) ?? "champion",
					"Difference (95 % interval)",
					"Grade",
					"Method"
				],
				align: [
					"l",
					"r",
					"r",
					"r",
					"r",
					"l",
					"l"
				],
				rows: results.map(toRow)
			}]
		}]
	}];
}
function toRow(result) {
	const { metric, challenger, champion, challengerInterval: interval } = result;
	const [value = "–", before = "–"] = showValues(metric, [challenger, champion].filter((each) => each !== null));
	const [low, high] = interval === null ? [] : showValues(metric, interval);
	return [
		[metric],
		[value],
		[low === void 0 ? "–" : `${low} to ${high}`],
		[before],
		[differenceOf(result)],
		[result.grade],
		[result.method]
	];
}
/** The same rows as production would have sent them: a model that only knows clean rows shows it here. */
function productionSections(comparison) {
	const { metrics } = comparison;
	const spoiled = metrics.filter(({ slice, set }) => slice === null && set === "production-like");
	if (spoiled.length === 0) return [];
	const rows = spoiled.map((result) => {
		const clean = findResult(metrics, {
			...result,
			set: "held-out"
		});
		const [value = "–", before = "–"] = showValues(result.metric, [result.challenger, ...clean === void 0 ? [] : [clean.challenger]]);
		return [
			[result.metric],
			[before],
			[value],
			[dropOf(result, result.challenger, clean?.challenger)],
			[dropOf(result, result.champion, clean?.champion)]
		];
	});
	const table = {
		kind: "table",
		head: [
			"Metric",
			"Held-out rows",
			"Production-like rows",
			"Change",
			`Change of ${championOf(comparison) ?? "champion"}`
		],
		align: [
			"l",
			"r",
			"r",
			"r",
			"r"
		],
		rows
	};
	return [{
		name: "production-like rows",
		rank: 4,
		blocks: [{
			kind: "fold",
			title: `On rows as production sends them: ${counted(spoiled.length, "metric")}`,
			blocks: [table]
		}]
	}];
}
function dropOf({ metric, higherIsBetter }, spoiled, clean) {
	if (spoiled === null || clean === null || clean === void 0) return "–";
	const change = Number((spoiled - clean).toPrecision(12));
	const [shown = "–"] = showValues(metric, [change]);
	const worse = higherIsBetter ? change < 0 : change > 0;
	return `${signed(shown)} ${change === 0 ? "equal" : worse ? "▼ worse" : "▲ better"}`;
}

// core/report/slice-moves.ts
/** False discoveries that are let through among all slices called changed, as the gates have it. */
const discoveryRate = .05;
const order = [
	"falling",
	"rising",
	"not significant",
	"not evaluated"
];
/** Slices of one metric on the held-out rows: those that fell first, worst first. */
function sliceMoves(metrics, metric) {
	const slices = metrics.filter((each) => each.metric === metric && each.slice !== null && each.set === "held-out");
	const worse = adjustPValues(slices.map(({ pWorse }) => pWorse ?? NaN));
	const better = adjustPValues(slices.map(({ pBetter }) => pBetter ?? NaN));
	return slices.map((result, at) => ({
		result,
		word: wordOf(worse[at], better[at])
	})).sort((a, b) => order.indexOf(a.word) - order.indexOf(b.word) || (gainOf(a.result) ?? 0) - (gainOf(b.result) ?? 0) || ((a.result.slice ?? "") < (b.result.slice ?? "") ? -1 : 1));
}
function wordOf(worse = NaN, better = NaN) {
	if (worse < discoveryRate) return "falling";
	if (better < discoveryRate) return "rising";
	return Number.isFinite(worse) || Number.isFinite(better) ? "not significant" : "not evaluated";
}

// core/report/slice-section.ts
const mostMetrics = 4;
const mostRows = 15;
const mostInView = 3;
const sliceWords = {
	falling: "▼ falling",
	rising: "▲ better",
	"not significant": "not significant",
	"not evaluated": "not evaluated"
};
/** Slices that fell are in view; the others are folded, changed ones first. Found segments have a table of their own. */
function sliceSections(comparison, names) {
	const moves = slicedMetrics(comparison.metrics).slice(0, mostMetrics).map((metric) => [metric, sliceMoves(comparison.metrics, metric)]);
	const declared = moves.map(([metric, all]) => [metric, all.filter(({ result }) => !isFound(result))]);
	const found = moves.flatMap(([, all]) => all.filter(({ result }) => isFound(result)));
	return [
		...inView(declared.flatMap(([, each]) => each)),
		...declaredSections(declared, comparison, names),
		...foundSections(found, comparison, names)
	];
}
/** Metrics that have slices, in the order of the comparison. */
const slicedMetrics = (metrics) => [...new Set(metrics.filter(({ slice, set }) => slice !== null && set === "held-out").map(({ metric }) => metric))];
/** A segment that a search came upon says so in its method. */
const isFound = ({ method }) => method.startsWith("weakest of ");
function inView(moves) {
	const falling = moves.filter(({ word }) => word === "falling");
	if (falling.length === 0) return [];
	const items = falling.slice(0, mostInView).map(({ result }) => {
		const by = signed(showValue(result.metric, result.difference ?? NaN));
		return [{ code: result.slice ?? "" }, `: ${result.metric} ${by} on ${grouped(result.rows)} rows (▼ worse beyond chance, all slices taken together)`];
	});
	const more = falling.length - items.length;
	const rest = more === 0 ? [] : [[`${more} more, in the table of slices`]];
	return [{
		name: "falling slices",
		rank: 2,
		blocks: [{
			kind: "paragraph",
			text: [{ strong: "Slices that fall" }]
		}, {
			kind: "list",
			items: [...items, ...rest]
		}]
	}];
}
function declaredSections(moves, comparison, names) {
	const all = moves.flatMap(([, each]) => each);
	if (all.length === 0) return [];
	const changed = all.filter(({ word }) => word === "falling" || word === "rising").length;
	const blocks = moves.flatMap(([metric, each]) => {
		const shown = each.slice(0, mostRows);
		const rest = each.length - shown.length;
		if (each.length === 0) return [];
		return [
			{
				kind: "paragraph",
				text: [{ strong: metric }]
			},
			sliceTable(shown, comparison, names),
			...rest === 0 ? [] : [{
				kind: "small",
				text: [`${rest} more slices, all ${wordOfRest(each)}.`]
			}]
		];
	});
	return [{
		name: "slices",
		rank: 4,
		blocks: [{
			kind: "fold",
			title: `Slices: ${changed} of ${all.length} changed beyond chance`,
			blocks: [...blocks, noteFor(comparison)]
		}]
	}];
}
const wordOfRest = (moves) => [...new Set(moves.slice(mostRows).map(({ word }) => word))].join(" or ");
const noteFor = (comparison) => ({
	kind: "small",
	text: [championOf(comparison) === null ? "Nothing serves yet: there is no champion to have changed from." : "Changed: significant after Benjamini and Hochberg at 5 % over all slices of the metric. Not evaluated: too few rows."]
});
function foundSections(found, comparison, names) {
	if (found.length === 0) return [];
	const blocks = [{
		kind: "paragraph",
		text: [`Nobody declared these segments: they are the weakest${lookedText(found)} that were looked at, and intervals and p-values are corrected for that.`]
	}, sliceTable(found.slice(0, mostRows), comparison, names, true)];
	const falling = found.filter(({ word }) => word === "falling").length;
	return [{
		name: "found segments",
		rank: 5,
		blocks: [{
			kind: "fold",
			title: `Weakest segments found by search: ${found.length}${falling === 0 ? "" : `, ${falling} falling`}`,
			blocks
		}]
	}];
}
/** ` of 1,107`: how often a search looked, from its method. */
function lookedText(found) {
	const looked = found.map(({ result }) => /^weakest of (\d+) /.exec(result.method)?.[1]);
	const most = Math.max(...looked.map((count) => Number(count ?? 0)));
	return most === 0 ? "" : ` of ${grouped(most)}`;
}
/** Where no champion stands beside it, a segment was held against all other rows. */
function besideText({ champion, method }) {
	const p = /; corrected p (\S+)$/.exec(method)?.[1];
	return champion === null && p !== void 0 ? `weaker than the other rows, p ${p}` : null;
}
function sliceTable(moves, comparison, { challenger }, withMetric = false) {
	const champion = championOf(comparison) ?? "champion";
	return {
		kind: "table",
		head: [
			"Slice",
			...withMetric ? ["Metric"] : [],
			"Rows",
			challenger,
			champion,
			"Difference (95 % interval)",
			"Change"
		],
		align: [
			"l",
			...withMetric ? ["l"] : [],
			"r",
			"r",
			"r",
			"r",
			"l"
		],
		rows: moves.map(({ result, word }) => {
			const [value = "–", before = "–"] = showValues(result.metric, [result.challenger, result.champion].filter((each) => each !== null));
			return [
				[{ code: result.slice ?? "" }],
				...withMetric ? [[result.metric]] : [],
				[grouped(result.rows)],
				[value],
				[before],
				[differenceOf(result).replace(/ (?:▲ better|▼ worse|may be chance|equal)$/, "")],
				[besideText(result) ?? sliceWords[word]]
			];
		})
	};
}

export { sliceMoves as a, slicedMetrics as i, sliceSections as n, methodsInTable as o, sliceWords as r, metricSections as s, isFound as t };