import { t as suggest } from "./shared-suggestion.js";

// core/config/metric-form.ts
const plain = (names) => names.split(" ").map((base) => ({ base }));
const averaged = (base, parameter) => [
	"macro",
	"micro",
	"weighted"
].map((average) => ({
	base: `${base}-${average}`,
	...parameter === void 0 ? {} : { parameter }
}));
/** What a gate of a model of each task can name without a declaration, the gaps between groups aside. */
const metricForms = {
	"binary-classification": [
		...plain("auc log-loss brier accuracy balanced-accuracy precision recall specificity f1"),
		{
			base: "f-beta",
			parameter: "beta"
		},
		...plain("pr-auc ece mce mcc kappa")
	],
	"multiclass-classification": [
		...plain("accuracy balanced-accuracy"),
		...[
			"precision",
			"recall",
			"f1"
		].flatMap((base) => averaged(base)),
		...averaged("f-beta", "beta"),
		...plain("auc-ovr-macro auc-ovr-weighted auc-ovo-macro auc-ovo-weighted log-loss brier ece mce mcc kappa"),
		...[
			"precision",
			"recall",
			"f1"
		].map((base) => ({
			base,
			of: "class"
		}))
	],
	regression: [
		...plain("rmse mse mae mape smape r2 median-ae max-error bias"),
		{
			base: "pinball",
			parameter: "quantile"
		},
		...plain("interval-coverage interval-width explained-variance")
	],
	ranking: [
		{
			base: "ndcg",
			parameter: "cutoff"
		},
		...plain("mrr"),
		{
			base: "hit-rate",
			parameter: "cutoff"
		},
		...plain("map")
	],
	"scored-examples": [{
		base: "score",
		of: "column"
	}]
};
/** Gaps between groups of rows; their gate names the column in `by`. Two classes only. */
const fairnessNames = [
	"demographic-parity-difference",
	"equalized-odds-difference",
	"equal-opportunity-difference",
	"disparate-impact-ratio"
];
/** What our actions measure beside the team's code: no label can judge it, and no two runs agree to the digit. */
const measuredNames = [
	"latency-p50",
	"latency-p95",
	"latency-p99",
	"throughput",
	"error-rate",
	"size-bytes",
	"cost-per-1000",
	"behaviour-pass-rate"
];
/** True for a metric that is measured by its nature: it cannot be judged from labels. */
const isMeasured = (metric) => measuredNames.includes(metric) || metric.startsWith("score:");
/** True for what a model is like in service rather than how good it is: a comparison of it is none of quality. */
const isServing = (metric) => measuredNames.includes(metric);
/** True for a gap between groups: `disparate-impact-ratio`, also followed by ` by COLUMN`. */
const isFairness = (metric) => fairnessNames.some((name) => metric === name || metric.startsWith(`${name} by `));
const lowerIsBetter = new Set([
	"log-loss brier ece mce rmse mse mae mape smape median-ae max-error pinball interval-width",
	"demographic-parity-difference equalized-odds-difference equal-opportunity-difference",
	"latency-p50 latency-p95 latency-p99 error-rate size-bytes cost-per-1000"
].flatMap((names) => names.split(" ")));
/** A bias may stand on either side of 0, and covers of intervals miss theirs on both. */
const undirected = /* @__PURE__ */ new Set([
	"bias",
	"interval-coverage",
	"score"
]);
const known = /* @__PURE__ */ new Set([
	...Object.values(metricForms).flatMap((forms) => forms.map(({ base }) => base)),
	...fairnessNames,
	...measuredNames
]);
/** Which values of a metric are better; null: not known here, for the file declares it or no side is. */
function directionOf(metric) {
	const [base = ""] = metric.split(/[@:]| by /);
	if (!known.has(base) || undirected.has(base)) return null;
	return lowerIsBetter.has(base) ? "lower" : "higher";
}

// core/config/metric-name.ts
/** Names of other tools, and what they are called here. */
const habits = {
	"roc-auc": "auc",
	"roc-auc-score": "auc",
	"average-precision": "pr-auc",
	"precision-recall-auc": "pr-auc",
	"f1-score": "f1",
	"accuracy-score": "accuracy",
	"precision-score": "precision",
	"recall-score": "recall",
	sensitivity: "recall",
	"brier-score": "brier",
	"matthews-corrcoef": "mcc",
	"cohen-kappa": "kappa",
	"mean-squared-error": "mse",
	"root-mean-squared-error": "rmse",
	"mean-absolute-error": "mae",
	"mean-absolute-percentage-error": "mape",
	"r2-score": "r2",
	"disparate-impact": "disparate-impact-ratio",
	"equalised-odds-difference": "equalized-odds-difference"
};
const grammar = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:@(\d{1,9}(?:\.\d{1,9})?))?(?::(.{1,200}))?$/u;
/** Splits a metric into base name, parameter and class; null where it has not the form of one. */
function parseMetricName(text) {
	const [, base, parameter, of] = grammar.exec(text) ?? [];
	if (base === void 0) return null;
	return {
		base,
		parameter: parameter === void 0 ? null : Number(parameter),
		of: of ?? null
	};
}
/** Holds a name against the metrics of a task; null: it is one of them. */
function checkMetricName(text, scope) {
	if (scope.custom?.includes(text) === true) return null;
	const name = parseMetricName(text);
	const form = knownForms(scope.task).find((each) => each.base === name?.base && each.of === void 0 === (name.of === null));
	if (name === null || form === void 0) return unknownMetric(text, scope);
	if (form.parameter !== void 0 || text.includes("@")) return parameterFault(text, form, name.parameter);
	return form.base === "score" ? scorerFault(name.of ?? "", scope.scorers) : null;
}
const parameterRules = {
	beta: "beta above 0 behind \"@\"",
	quantile: "a quantile between 0 and 1 behind \"@\"",
	cutoff: "a whole number of at least 1 behind \"@\""
};
const examples = {
	beta: "2",
	quantile: "0.9",
	cutoff: "10"
};
function parameterFault(text, { base, parameter: kind }, value) {
	const say = (what, allowed, meant) => ({
		message: `"${text.slice(0, 80)}" ${what}`,
		allowed,
		meant
	});
	if (kind === void 0) return say("has a parameter, and takes none", base, base);
	const allowed = `${parameterRules[kind]}, for example ${base}@${examples[kind]}`;
	if (value === null) return say("lacks its parameter", allowed, null);
	if (!inRange[kind](value)) return say("has a parameter that it cannot take", allowed, null);
	const plain = `${base}@${value}`;
	return plain === text ? null : say("is written with more digits than it needs", plain, plain);
}
const inRange = {
	beta: (value) => value > 0 && value <= 1e3,
	quantile: (value) => value > 0 && value < 1,
	cutoff: (value) => Number.isInteger(value) && value > 0
};
function scorerFault(column, scorers) {
	if (scorers === void 0 || scorers.includes(column)) return null;
	const near = suggest(column, scorers);
	return {
		message: `no scorer "${column.slice(0, 80)}" is declared`,
		allowed: scorers.map((name) => `score:${name}`).join(", ") || "a column that \"scorers\" declares",
		meant: near === null ? null : `score:${near}`
	};
}
function knownForms(task) {
	const own = task === null ? Object.values(metricForms).flat() : metricForms[task];
	const groups = task === null || task === "binary-classification" ? fairnessNames : [];
	return [...own, ...[...groups, ...measuredNames].map((base) => ({ base }))];
}
/** How a form is written in a list of what is allowed. */
const show = ({ base, parameter, of }) => `${base}${parameter === void 0 ? "" : `@${examples[parameter]}`}${of === void 0 ? "" : `:${of.toUpperCase()}`}`;
function unknownMetric(text, scope) {
	const known = [.../* @__PURE__ */ new Set([...knownForms(scope.task).map(show), ...scope.custom ?? []])];
	const meant = findMeant(text, known);
	const whose = scope.task === null ? "any task" : `the task ${scope.task}`;
	return {
		message: `no metric "${text.slice(0, 80)}" of ${whose}`,
		allowed: known.join(", "),
		meant
	};
}
function findMeant(text, known) {
	const plainText = text.toLowerCase().replaceAll("_", "-");
	const habit = Object.hasOwn(habits, plainText) ? habits[plainText] ?? null : null;
	const more = known.find((name) => name.startsWith(`${plainText}-`) || name.startsWith(`${plainText}@`));
	return known.find((name) => name === habit || name === text.split(":")[0]) ?? suggest(text, known) ?? more ?? null;
}
/** As results name it: `disparate-impact-ratio by sex` for a gate with a column, else the metric alone. */
const metricKey = ({ metric, by }) => by === void 0 ? metric : `${metric} by ${by}`;

export { fairnessNames as a, isServing as c, directionOf as i, metricKey as n, isFairness as o, parseMetricName as r, isMeasured as s, checkMetricName as t };