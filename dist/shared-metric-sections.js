import { t as counted } from "./shared-count-text.js";
import { t as championOf } from "./shared-facts.js";
import { c as showValues, l as signed, r as findResult, s as showValue, t as differenceOf } from "./shared-metric-text.js";

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

export { metricSections as n, methodsInTable as t };