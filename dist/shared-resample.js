import { a as fairnessNames, r as parseMetricName, t as checkMetricName } from "./shared-metric-name.js";
import { r as InputError } from "./shared-error.js";

// core/evaluation/pick-rows.ts
/** The truth of some rows, in their order. */
function pickTruth(truth, rows) {
	switch (truth.kind) {
		case "binary": return {
			kind: "binary",
			values: pick(truth.values, new Uint8Array(rows.length), rows)
		};
		case "class": return {
			...truth,
			values: pick(truth.values, new Uint16Array(rows.length), rows)
		};
		case "number": return {
			kind: "number",
			values: pickNumbers(truth.values, rows)
		};
		case "relevance": {
			const queries = pick(truth.queries, new Uint32Array(rows.length), rows);
			return {
				kind: "relevance",
				values: pickNumbers(truth.values, rows),
				queries: numberDensely(queries).numbers
			};
		}
		case "none": return truth;
	}
}
/** What a model says about some rows, in their order. */
function pickPredicted(predicted, rows) {
	switch (predicted.kind) {
		case "score": return {
			kind: "score",
			values: pickNumbers(predicted.values, rows)
		};
		case "probabilities": return {
			kind: "probabilities",
			columns: predicted.columns.map((column) => pickNumbers(column, rows))
		};
		case "class": return {
			kind: "class",
			values: pick(predicted.values, new Uint16Array(rows.length), rows)
		};
		case "number": return {
			kind: "number",
			values: pickNumbers(predicted.values, rows),
			low: predicted.low && pickNumbers(predicted.low, rows),
			high: predicted.high && pickNumbers(predicted.high, rows)
		};
		case "columns": return {
			kind: "columns",
			columns: new Map([...predicted.columns].map(([name, values]) => [name, pickNumbers(values, rows)]))
		};
	}
}
/** Numbers of some rows, in their order. */
const pickNumbers = (values, rows) => pick(values, new Float64Array(rows.length), rows);
/** Copies the values of some rows into `into`, in their order. */
function pick(values, into, rows) {
	for (let at = 0; at < rows.length; at++) into[at] = values[rows[at]];
	return into;
}
/** Gives every number that occurs a new one from 0 up, in order of first appearance. */
function numberDensely(values) {
	const known = /* @__PURE__ */ new Map();
	return {
		numbers: values.map((value) => {
			const number = known.get(value) ?? known.size;
			if (number === known.size) known.set(value, number);
			return number;
		}),
		count: known.size
	};
}
/** Rows that the truth is about; scores of a team's own scorers bring their truth along. */
function countRows(truth, predicted) {
	if (truth.kind !== "none") return truth.values.length;
	return predicted.kind === "columns" ? [...predicted.columns.values()][0]?.length ?? 0 : 0;
}

// core/evaluation/comparison-input.ts
/** Numbers that one resample has of one part. */
const widthOf = (plan) => plan.challenger.length + plan.champion.length;
const defaultResamples = 2e3;
const defaultThreshold = .5;

// core/metric/undefined-metric.ts
/**
* Makes the error of a metric that these predictions cannot have, whatever the weights.
* @param wanted what it is computed from, one clause
*/
function refuseMetric(name, wanted) {
	return new InputError("METRIC_UNDEFINED", `${name} cannot be computed: it needs ${wanted}`, { hint: "Name a metric of this task in the gate, or give the predictions what it needs." });
}

// core/metric/binary-sample.ts
/**
* The sample as two classes with a score for class 1.
* @throws InputError METRIC_UNDEFINED when it is something else, or an array is not as long as the rows
*/
function readBinary({ truth, predicted, rows }, name) {
	if (truth.kind !== "binary" || predicted.kind !== "score") throw refuseMetric(name, "labels of two classes and a score of class 1 for each row");
	if (truth.values.length !== rows || predicted.values.length !== rows) throw refuseMetric(name, `one label and one score for each of ${rows} rows`);
	return {
		labels: truth.values,
		scores: predicted.values
	};
}

// core/statistics/calibration.ts
/** Bin of a score; an edge belongs to the bin below it. What is no number spoils the first bin, so that it shows. */
function binOf(score, bins) {
	if (Number.isNaN(score)) return 0;
	const guess = Math.min(bins - 1, Math.max(0, Math.ceil(score * bins) - 1));
	if (guess > 0 && score <= guess / bins) return guess - 1;
	return guess < bins - 1 && score > (guess + 1) / bins ? guess + 1 : guess;
}

// core/metric/calibration-gap.ts
/** Bins of equal width over 0 to 1: as in core/statistics, and as most papers since Guo et al. 2017 but with 10 of them. */
const bins = 10;
/**
* Bins rows by a probability once; each walk adds up what came beyond it.
* @param probability of each row, in [0, 1]
* @param cameTrue 1 where what it was the probability of came
* @see Naeini, Cooper and Hauskrecht 2015
*/
function makeCalibrationGap(probability, cameTrue) {
	const binOfRow = new Uint8Array(probability.length);
	const beyond = new Float64Array(probability.length);
	for (let row = 0; row < probability.length; row++) {
		const score = probability[row];
		binOfRow[row] = binOf(score, bins);
		beyond[row] = cameTrue[row] - score;
	}
	const sums = new Float64Array(bins);
	const totals = new Float64Array(bins);
	const gap = {
		expected: NaN,
		largest: NaN,
		run: (weights) => {
			addByBin(binOfRow, beyond, weights, sums, totals);
			readGaps(sums, totals, gap);
		}
	};
	return gap;
}
function addByBin(binOfRow, beyond, weights, sums, totals) {
	sums.fill(0);
	totals.fill(0);
	for (let row = 0; row < binOfRow.length; row++) {
		const bin = binOfRow[row];
		const weight = weights[row];
		sums[bin] = sums[bin] + weight * beyond[row];
		totals[bin] = totals[bin] + weight;
	}
}
function readGaps(sums, totals, gap) {
	let [sum, total, largest] = [
		0,
		0,
		0
	];
	for (let bin = 0; bin < bins; bin++) {
		const weight = totals[bin];
		if (weight === 0) continue;
		const distance = Math.abs(sums[bin]);
		sum += distance;
		total += weight;
		if (!(distance / weight <= largest)) largest = distance / weight;
	}
	gap.expected = sum / total;
	gap.largest = total > 0 ? largest : NaN;
}

// core/metric/class-sample.ts
/**
* The sample as classes. Of probabilities the highest is predicted; of equal ones the first, as numpy's argmax.
* @throws InputError METRIC_UNDEFINED when it is something else, or an array is not as long as the rows
*/
function readClasses(sample, name) {
	const { truth, predicted, rows } = sample;
	if (truth.kind !== "class") throw refuseMetric(name, "the true class of each row");
	if (predicted.kind === "probabilities") return readProbabilities(sample, name);
	if (predicted.kind !== "class") throw refuseMetric(name, "a predicted class, or probabilities of the classes");
	if (truth.values.length !== rows || predicted.values.length !== rows) throw refuseMetric(name, `a true and a predicted class for each of ${rows} rows`);
	return {
		classes: truth.classes,
		truth: truth.values,
		predicted: predicted.values
	};
}
/** As `readClasses`, for what needs probabilities. @throws InputError METRIC_UNDEFINED */
function readProbabilities({ truth, predicted, rows }, name) {
	if (truth.kind !== "class" || predicted.kind !== "probabilities") throw refuseMetric(name, "the probability of every class");
	const { columns } = predicted;
	if (!(truth.values.length === rows && columns.every((column) => column.length === rows)) || columns.length !== truth.classes.length) throw refuseMetric(name, `${truth.classes.length} probabilities for each of ${rows} rows`);
	return {
		classes: truth.classes,
		truth: truth.values,
		predicted: pickHighest(columns, rows),
		columns
	};
}
function pickHighest(columns, rows) {
	const picked = new Uint16Array(rows);
	const best = columns[0]?.slice() ?? new Float64Array(rows);
	for (let at = 1; at < columns.length; at++) {
		const column = columns[at];
		for (let row = 0; row < rows; row++) {
			if (!(column[row] > best[row])) continue;
			best[row] = column[row];
			picked[row] = at;
		}
	}
	return picked;
}
/** Probability of the class that was predicted, of each row. */
function confidenceOf({ columns, predicted }) {
	return Float64Array.from(predicted, (own, row) => columns[own][row]);
}
/** 1 where the predicted class is the true one. */
function hitsOf({ truth, predicted }) {
	return Uint8Array.from(predicted, (own, row) => own === truth[row] ? 1 : 0);
}

// core/metric/metric-pass.ts
/** Passes of one sample, and all that were asked for so far, in the order of the first asking. */
function collectPasses(sample) {
	const all = [];
	const byKey = /* @__PURE__ */ new Map();
	return {
		sample,
		all,
		share(key, make) {
			const known = byKey.get(key);
			if (known !== void 0) return known;
			const pass = make(sample);
			byKey.set(key, pass);
			all.push(pass);
			return pass;
		}
	};
}

// core/metric/metric-bundle.ts
/**
* Makes several metrics of one sample ready together: what they have in common (the counts of a confusion matrix, rows
* in the order of their scores) is walked once for all of them. The bootstrap calls this form.
* @throws InputError METRIC_UNDEFINED when these predictions cannot have one of the metrics
*/
function prepareAll(metrics, sample) {
	const passes = collectPasses(sample);
	const evaluators = metrics.map((metric) => metric.plan?.(passes) ?? metric.prepare(sample));
	let ones = null;
	return (weights, out) => {
		if (weights === null) ones ??= new Uint16Array(sample.rows).fill(1);
		const walked = weights ?? ones;
		for (const pass of passes.all) pass.run(walked);
		for (let at = 0; at < evaluators.length; at++) out[at] = evaluators[at](weights);
	};
}

// core/metric/metric-definition.ts
/** A metric that is told by the passes it reads; alone, it has them to itself. */
function defineMetric(definition) {
	const metric = {
		...definition,
		prepare: (sample) => {
			const evaluate = prepareAll([metric], sample);
			const out = /* @__PURE__ */ new Float64Array(1);
			return (weights) => {
				evaluate(weights, out);
				return out[0];
			};
		}
	};
	return metric;
}

// core/metric/calibration-metric.ts
/**
* Expected and largest calibration error. Two classes: of the probability of class 1. More: of the probability of the
* class that was predicted, against how often it was right.
* @see Guo et al. 2017, On Calibration of Modern Neural Networks
*/
const calibrationMetrics = [...definePair("binary-classification", makeBinaryGap), ...definePair("multiclass-classification", makeClassGap)];
function definePair(task, makeGap) {
	const define = (name, read) => defineMetric({
		name,
		tasks: [task],
		higherIsBetter: false,
		range: [0, 1],
		estimate: { kind: "resampled" },
		leans: true,
		plan: (passes) => {
			const gap = passes.share(makeGap, makeGap);
			return () => read(gap);
		}
	});
	return [define("ece", ({ expected }) => expected), define("mce", ({ largest }) => largest)];
}
function makeBinaryGap(sample) {
	const { labels, scores } = readBinary(sample, "a calibration error");
	return makeCalibrationGap(scores, labels);
}
function makeClassGap(sample) {
	const classes = readProbabilities(sample, "a calibration error");
	return makeCalibrationGap(confidenceOf(classes), hitsOf(classes));
}

// core/metric/class-average.ts
const classFormulas = {
	precision: (hits, _, predicted) => hits / predicted,
	recall: (hits, truth) => hits / truth
};
/** F with recall counted `beta` times as much as precision. @see van Rijsbergen 1979 */
function makeClassF(beta) {
	const squared = beta ** 2;
	return (hits, truth, predicted) => (1 + squared) * hits / (squared * truth + predicted);
}
/**
* One number of all classes, as scikit-learn: a class that neither occurs nor is predicted is no class of these rows; of
* the others, what is 0 / 0 counts 0 (a class that occurs and is never predicted has the worst precision). NaN without rows.
* @see scikit-learn precision_recall_fscore_support
*/
function averageClasses(counts, averaging, formula) {
	const { truth, predicted, hits, total, right } = counts;
	if (averaging === "micro") return total > 0 ? formula(right, total, total) : NaN;
	let sum = 0;
	let whole = 0;
	for (let at = 0; at < truth.length; at++) {
		const rows = truth[at];
		const said = predicted[at];
		if (rows + said === 0) continue;
		const weight = averaging === "macro" ? 1 : rows;
		if (rows > 0 && said > 0) sum += weight * formula(hits[at], rows, said);
		whole += weight;
	}
	return sum / whole;
}

// core/statistics/accuracy.ts
/**
* For each row 1 when the class is right, else 0; their mean is the accuracy.
* @param labels 0 or 1
* @param threshold a score of at least this says class 1
*/
function computeHits(labels, scores, threshold) {
	return scores.map((score, row) => (score >= threshold ? 1 : 0) === labels[row] ? 1 : 0);
}

// core/metric/binary-confusion.ts
/**
* Counts right and wrong classes at the threshold of the sample.
* @throws InputError METRIC_UNDEFINED
*/
function makeBinaryConfusion(sample) {
	const { labels, scores } = readBinary(sample, "a confusion matrix");
	const cells = new Uint8Array(sample.rows);
	for (let row = 0; row < cells.length; row++) cells[row] = 2 * labels[row] + (scores[row] >= sample.threshold ? 1 : 0);
	const sums = /* @__PURE__ */ new Float64Array(4);
	const confusion = {
		tp: 0,
		fp: 0,
		tn: 0,
		fn: 0,
		run: (weights) => {
			addByCell$1(cells, weights, sums);
			[confusion.tn, confusion.fp, confusion.fn, confusion.tp] = sums;
		}
	};
	return confusion;
}
function addByCell$1(cells, weights, sums) {
	sums.fill(0);
	for (let row = 0; row < cells.length; row++) {
		const cell = cells[row];
		sums[cell] = sums[cell] + weights[row];
	}
}

// core/metric/confusion-metric.ts
const accuracyRows$1 = {
	kind: "row-mean",
	rowValues: (sample) => {
		const { labels, scores } = readBinary(sample, "accuracy");
		return computeHits(labels, scores, sample.threshold);
	}
};
const share$1 = [0, 1];
const agreement$1 = [-1, 1];
/**
* Metrics of two classes at a threshold, all from one confusion matrix. What is 0 / 0 is NaN, where scikit-learn says 0:
* precision when nothing is predicted as class 1, recall without class 1, f when there is neither; and everything that
* weighs one class against the other when only one occurs. A gate on a metric without value does not pass.
*/
const confusionMetrics = [
	defineCounted$1("accuracy", share$1, ({ tp, fp, tn, fn }) => (tp + tn) / (tp + fp + tn + fn), accuracyRows$1),
	defineCounted$1("balanced-accuracy", share$1, (counts) => (recallOf(counts) + specificityOf(counts)) / 2),
	defineCounted$1("precision", share$1, ({ tp, fp }) => tp / (tp + fp)),
	defineCounted$1("recall", share$1, recallOf),
	defineCounted$1("specificity", share$1, specificityOf),
	defineCounted$1("f1", share$1, (counts) => fOf(counts, 1)),
	defineCounted$1("mcc", agreement$1, mccOf$1),
	defineCounted$1("kappa", agreement$1, kappaOf$1)
];
/**
* F with recall counted `beta` times as much as precision.
* @param name as the gate writes it: `f-beta@2`
* @see van Rijsbergen 1979
*/
function makeFBeta(name, beta) {
	return defineCounted$1(name, share$1, (counts) => fOf(counts, beta));
}
function defineCounted$1(name, range, formula, estimate = { kind: "resampled" }) {
	return defineMetric({
		name,
		tasks: ["binary-classification"],
		higherIsBetter: true,
		range,
		estimate,
		plan: (passes) => {
			const counts = passes.share(makeBinaryConfusion, makeBinaryConfusion);
			return () => formula(counts);
		}
	});
}
function recallOf({ tp, fn }) {
	return tp / (tp + fn);
}
function specificityOf({ tn, fp }) {
	return tn / (tn + fp);
}
function fOf({ tp, fp, fn }, beta) {
	const squared = beta ** 2;
	return (1 + squared) * tp / ((1 + squared) * tp + squared * fn + fp);
}
/** Predictions of one class agree with labels of two no better than chance: 0, as scikit-learn. */
function mccOf$1({ tp, fp, tn, fn }) {
	const labels = (tp + fn) * (tn + fp);
	const predictions = (tp + fp) * (tn + fn);
	if (labels === 0) return NaN;
	return predictions === 0 ? 0 : (tp * tn - fp * fn) / Math.sqrt(labels * predictions);
}
function kappaOf$1({ tp, fp, tn, fn }) {
	const rows = tp + fp + tn + fn;
	if (tp + fn === 0 || tn + fp === 0) return NaN;
	const chance = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / rows;
	return 1 - (fp + fn) / (rows - chance);
}

// core/metric/custom-metric.ts
/**
* A metric of the team's own: arithmetic over sums of all rows and over other metrics, under the same weights. It cannot
* name a row or a column, so that no expression can spell out a label.
* @param find the metrics of the judge; a custom one cannot name another, so there is no circle
*/
function makeCustom(custom, task, find) {
	return defineMetric({
		name: custom.name,
		tasks: [task],
		higherIsBetter: custom.higherIsBetter,
		range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
		estimate: { kind: "resampled" },
		plan: (passes) => {
			const read = planPart(custom.expression, {
				name: custom.name,
				passes,
				find
			});
			return () => {
				const value = read();
				return Number.isFinite(value) ? value : NaN;
			};
		}
	});
}
function planPart(part, planning) {
	switch (part.kind) {
		case "number": return () => part.value;
		case "column": return planName(part.name, planning);
		case "negative": {
			const of = planPart(part.of, planning);
			return () => -of();
		}
		case "arithmetic": return planArithmetic(part, planning);
		case "call": if (part.name === "abs") {
			const of = planPart(part.of, planning);
			return () => Math.abs(of());
		}
	}
	throw refuseMetric(planning.name, "numbers, names, abs() and + - * / alone");
}
function planArithmetic(part, planning) {
	const left = planPart(part.left, planning);
	const right = planPart(part.right, planning);
	switch (part.operator) {
		case "+": return () => left() + right();
		case "-": return () => left() - right();
		case "*": return () => left() * right();
		case "/": return () => left() / right();
	}
}
const counted = [
	"tp",
	"fp",
	"tn",
	"fn"
];
function planName(name, { name: ofCustom, passes, find }) {
	const count = counted.find((each) => each === name);
	if (count !== void 0) {
		const counts = passes.share(makeBinaryConfusion, makeBinaryConfusion);
		return () => counts[count];
	}
	if (name === "rows") {
		const weight = passes.share(makeWeightSum, makeWeightSum);
		return () => weight.total;
	}
	const metric = find(name);
	if (metric?.plan === void 0) throw refuseMetric(ofCustom, `a metric "${name}", which this task does not have`);
	return metric.plan(passes);
}
/** How many rows there are under the weights. */
function makeWeightSum({ rows }) {
	const sum = {
		total: 0,
		run: (weights) => {
			let total = 0;
			for (let row = 0; row < rows; row++) total += weights[row];
			sum.total = total;
		}
	};
	return sum;
}

// core/metric/group-confusion.ts
/** @throws InputError METRIC_UNDEFINED also when the groups are not one a row of this sample */
function makeGroupConfusion(sample, groups, name) {
	const { labels, scores } = readBinary(sample, name);
	if (groups.values.length !== sample.rows) throw refuseMetric(name, `a group for each of ${sample.rows} rows`);
	const cells = new Uint32Array(sample.rows);
	for (let row = 0; row < cells.length; row++) {
		const group = groups.values[row];
		if (group >= groups.names.length) throw refuseMetric(name, "a group with a name for each row");
		cells[row] = group * 4 + labels[row] * 2 + (scores[row] >= sample.threshold ? 1 : 0);
	}
	const sums = new Float64Array(groups.names.length * 4);
	return {
		groups: groups.names.length,
		sums,
		run: (weights) => addByCell(cells, weights, sums)
	};
}
function addByCell(cells, weights, sums) {
	sums.fill(0);
	for (let row = 0; row < cells.length; row++) {
		const cell = cells[row];
		sums[cell] = sums[cell] + weights[row];
	}
}

// core/metric/fairness-metric.ts
/**
* How far groups lie apart in what a classifier does to them. A group without a rate is left out; with fewer than two
* groups left nothing is compared: NaN, not "no difference".
* @see Hardt, Price and Srebro 2016 for equal opportunity and odds; 29 CFR 1607.4 (D) for four fifths
*/
const definitions = {
	"demographic-parity-difference": {
		higherIsBetter: false,
		read: (confusion) => differ(confusion, selectionOf)
	},
	"equalized-odds-difference": {
		higherIsBetter: false,
		read: (confusion) => larger(differ(confusion, truePositiveOf), differ(confusion, falsePositiveOf))
	},
	"equal-opportunity-difference": {
		higherIsBetter: false,
		read: (confusion) => differ(confusion, truePositiveOf)
	},
	"disparate-impact-ratio": {
		higherIsBetter: true,
		read: (confusion) => extreme(confusion, selectionOf, false) / extreme(confusion, selectionOf, true)
	}
};
/**
* A fairness metric between the groups of one column, or null when there is none of that name.
* @param name as in results: `disparate-impact-ratio by sex`
* @param groups null while no data are read: the metric is known, and cannot be computed
*/
function makeFairness(name, base, groups) {
	const known = fairnessNames.find((each) => each === base);
	if (known === void 0) return null;
	const definition = definitions[known];
	return defineMetric({
		name,
		tasks: ["binary-classification"],
		higherIsBetter: definition.higherIsBetter,
		range: [0, 1],
		estimate: { kind: "resampled" },
		leans: true,
		plan: (passes) => {
			if (groups === null) throw refuseMetric(name, "the group of each row");
			const confusion = passes.share(groups, (sample) => makeGroupConfusion(sample, groups, name));
			return () => definition.read(confusion);
		}
	});
}
const selectionOf = (sums, group) => {
	const selected = at(sums, group, 1) + at(sums, group, 3);
	return selected / (selected + at(sums, group, 0) + at(sums, group, 2));
};
const truePositiveOf = (sums, group) => at(sums, group, 3) / (at(sums, group, 2) + at(sums, group, 3));
const falsePositiveOf = (sums, group) => at(sums, group, 1) / (at(sums, group, 0) + at(sums, group, 1));
/** @param cell label * 2 + predicted */
function at(sums, group, cell) {
	return sums[group * 4 + cell];
}
function larger(first, second) {
	if (Number.isNaN(first)) return second;
	return Number.isNaN(second) ? first : Math.max(first, second);
}
function differ(confusion, rate) {
	return extreme(confusion, rate, true) - extreme(confusion, rate, false);
}
/** Highest or lowest rate of the groups that have one; NaN with fewer than two of them. */
function extreme({ groups, sums }, rate, highest) {
	let found = highest ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	let known = 0;
	for (let group = 0; group < groups; group++) {
		const value = rate(sums, group);
		if (Number.isNaN(value)) continue;
		known++;
		found = highest ? Math.max(found, value) : Math.min(found, value);
	}
	return known < 2 ? NaN : found;
}

// core/metric/score-order.ts
/** Below it the engine's own sort is faster than the passes over digits. */
const radixStart = 2048;
const digitBits = 11;
const digits = 6;
/**
* Numbers of the rows in ascending order of their values; rows of one value keep their order, and 0 and -0 are one value.
* NaN comes last: it ends nothing and loops nowhere, and whoever reads predictions has refused it before.
*/
function orderByValue(values) {
	if (values.length < radixStart) return orderSmall(values);
	return orderByRadix(toSortable(values), values.length);
}
function orderSmall(values) {
	const compare = (first, second) => {
		const [a, b] = [values[first], values[second]];
		if (a < b) return -1;
		if (a > b) return 1;
		if (a === b) return first - second;
		return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || first - second;
	};
	return Uint32Array.from(values, (_, row) => row).sort(compare);
}
/** Two words a value, the low one first: their unsigned order is the order of the numbers. */
function toSortable(values) {
	const copy = new Float64Array(values.length);
	for (let row = 0; row < values.length; row++) {
		const value = values[row] + 0;
		copy[row] = Number.isNaN(value) ? NaN : value;
	}
	const words = new Uint32Array(copy.buffer);
	for (let at = 1; at < words.length; at += 2) {
		const high = words[at];
		const mask = high >>> 31 === 1 ? 4294967295 : 0;
		words[at] = high ^ (mask | 2147483648);
		words[at - 1] = words[at - 1] ^ mask;
	}
	return words;
}
/** Radix sort by the least digit first, which moves row numbers alone; a digit that is the same everywhere is passed over. */
function orderByRadix(words, rows) {
	let order = new Uint32Array(rows);
	for (let row = 0; row < rows; row++) order[row] = row;
	let spare = new Uint32Array(rows);
	const starts = /* @__PURE__ */ new Uint32Array(2048);
	for (let digit = 0; digit < digits; digit++) {
		const word = digit < 3 ? 0 : 1;
		const shift = digit % 3 * digitBits;
		if (!countDigits(words, word, shift, starts, rows)) continue;
		for (let at = 0; at < rows; at++) {
			const row = order[at];
			const key = words[2 * row + word] >>> shift & 2047;
			const place = starts[key];
			starts[key] = place + 1;
			spare[place] = row;
		}
		[order, spare] = [spare, order];
	}
	return order;
}
/** Where the rows of each digit begin. @returns false when all rows have the same digit */
function countDigits(words, word, shift, starts, rows) {
	starts.fill(0);
	for (let at = word; at < words.length; at += 2) {
		const key = words[at] >>> shift & 2047;
		starts[key] = starts[key] + 1;
	}
	let before = 0;
	for (let key = 0; key < starts.length; key++) {
		const count = starts[key];
		if (count === rows) return false;
		starts[key] = before;
		before += count;
	}
	return true;
}

// core/metric/class-ranking.ts
/**
* Counts all pairs of classes at once: one walk a class, from which one-vs-rest and one-vs-one both follow.
* @throws InputError METRIC_UNDEFINED
*/
function makeClassRanking(sample) {
	const { columns, truth } = readProbabilities(sample, "AUC of classes");
	const classes = columns.length;
	const orders = columns.map((column, own) => orderClass(own, column, truth));
	const below = new Float64Array(classes);
	const ranking = {
		classes,
		truth: new Float64Array(classes),
		won: new Float64Array(classes * classes),
		run: (weights) => {
			ranking.truth.fill(0);
			for (let row = 0; row < truth.length; row++) {
				const own = truth[row];
				ranking.truth[own] = ranking.truth[own] + weights[row];
			}
			ranking.won.fill(0);
			for (const order of orders) addPairs(order, weights, below, ranking.won);
		}
	};
	return ranking;
}
function orderClass(own, column, truth) {
	const rows = orderByValue(column);
	const last = Uint8Array.from(rows, (row, at) => {
		const next = rows[at + 1];
		return next === void 0 || column[next] !== column[row] ? 1 : 0;
	});
	return {
		own,
		rows,
		truth: Uint16Array.from(rows, (row) => truth[row]),
		last
	};
}
function addPairs(order, weights, below, won) {
	const { own, rows, truth, last } = order;
	const classes = below.length;
	below.fill(0);
	let start = 0;
	let ofOwn = 0;
	for (let at = 0; at < rows.length; at++) {
		const other = truth[at];
		const weight = weights[rows[at]];
		if (other === own) ofOwn += weight;
		else below[other] = below[other] + weight / 2;
		if (last[at] === 0) continue;
		if (ofOwn > 0) for (let to = 0; to < classes; to++) won[own * classes + to] = won[own * classes + to] + ofOwn * below[to];
		for (; start <= at; start++) {
			const to = truth[start];
			if (to !== own) below[to] = below[to] + weights[rows[start]] / 2;
		}
		ofOwn = 0;
	}
}

// core/metric/multiclass-auc-metric.ts
/**
* Mean AUC of each class against all others (`ovr`), or of each pair of classes over the rows of both alone (`ovo`); every
* class or pair counts the same (`macro`) or by its rows (`weighted`). NaN when a class of the list has no weight.
* @see Hand and Till 2001; scikit-learn roc_auc_score
*/
const multiclassAucMetrics = [
	define("auc-ovr-macro", (ranking) => averageRest(ranking, false)),
	define("auc-ovr-weighted", (ranking) => averageRest(ranking, true)),
	define("auc-ovo-macro", (ranking) => averagePairs(ranking, false)),
	define("auc-ovo-weighted", (ranking) => averagePairs(ranking, true))
];
function define(name, read) {
	return defineMetric({
		name,
		tasks: ["multiclass-classification"],
		higherIsBetter: true,
		range: [0, 1],
		estimate: { kind: "resampled" },
		plan: (passes) => {
			const ranking = passes.share(makeClassRanking, makeClassRanking);
			return () => read(ranking);
		}
	});
}
function averageRest({ classes, truth, won }, byRows) {
	let total = 0;
	for (let own = 0; own < classes; own++) total += truth[own];
	let sum = 0;
	for (let own = 0; own < classes; own++) {
		const rows = truth[own];
		let ofOwn = 0;
		for (let other = 0; other < classes; other++) ofOwn += won[own * classes + other];
		sum += ofOwn / rows / (total - rows) * (byRows ? rows : 1);
	}
	return sum / (byRows ? total : classes);
}
function averagePairs({ classes, truth, won }, byRows) {
	let sum = 0;
	let whole = 0;
	for (let first = 0; first < classes; first++) for (let second = first + 1; second < classes; second++) {
		const [ofFirst, ofSecond] = [truth[first], truth[second]];
		const both = won[first * classes + second] + won[second * classes + first];
		const weight = byRows ? ofFirst + ofSecond : 1;
		sum += weight * both / 2 / ofFirst / ofSecond;
		whole += weight;
	}
	return sum / whole;
}

// core/metric/class-confusion.ts
/**
* Counts what every average over classes is made of: no metric here reads the cells of the confusion matrix that are off
* its diagonal, so a thousand classes cost no million cells.
* @throws InputError METRIC_UNDEFINED
*/
function makeClassConfusion(sample) {
	const { classes, truth, predicted } = readClasses(sample, "a confusion matrix");
	const counts = {
		classes,
		truth: new Float64Array(classes.length),
		predicted: new Float64Array(classes.length),
		hits: new Float64Array(classes.length),
		total: 0,
		right: 0,
		known: 0,
		said: 0
	};
	return Object.assign(counts, { run: (weights) => {
		addRows(counts, truth, predicted, weights);
		addClasses(counts);
	} });
}
function addRows(counts, truth, predicted, weights) {
	counts.truth.fill(0);
	counts.predicted.fill(0);
	counts.hits.fill(0);
	for (let row = 0; row < truth.length; row++) {
		const weight = weights[row];
		const own = truth[row];
		const said = predicted[row];
		counts.truth[own] = counts.truth[own] + weight;
		counts.predicted[said] = counts.predicted[said] + weight;
		if (own === said) counts.hits[own] = counts.hits[own] + weight;
	}
}
function addClasses(counts) {
	counts.total = 0;
	counts.right = 0;
	counts.known = 0;
	counts.said = 0;
	for (let at = 0; at < counts.truth.length; at++) {
		const rows = counts.truth[at];
		counts.total += rows;
		counts.right += counts.hits[at];
		if (rows > 0) counts.known += 1;
		if (counts.predicted[at] > 0) counts.said += 1;
	}
}

// core/metric/multiclass-metric.ts
const tasks$1 = ["multiclass-classification"];
const share = [0, 1];
const agreement = [-1, 1];
const accuracyRows = {
	kind: "row-mean",
	rowValues: (sample) => {
		const { truth, predicted } = readClasses(sample, "accuracy");
		return Float64Array.from(truth, (own, row) => own === predicted[row] ? 1 : 0);
	}
};
/**
* Metrics of many classes that are no average of a number a class. What weighs classes against each other is NaN when the
* truth has one class only.
*/
const multiclassMetrics = [
	defineCounted("accuracy", share, ({ right, total }) => right / total, accuracyRows),
	defineCounted("balanced-accuracy", share, meanRecall),
	defineCounted("mcc", agreement, mccOf),
	defineCounted("kappa", agreement, kappaOf)
];
/** One number a class, averaged. @param name as the gate writes it: `f1-macro`, `f-beta-weighted@2` */
function makeClassAverage(name, averaging, formula) {
	return defineCounted(name, share, (counts) => averageClasses(counts, averaging, formula));
}
/**
* One number of one class; NaN when it is 0 / 0: precision of a class that nobody predicted.
* @param name as the gate writes it: `recall:late`
*/
function makeOneClass(name, wanted, formula) {
	return defineMetric({
		name,
		tasks: tasks$1,
		higherIsBetter: true,
		range: share,
		estimate: { kind: "resampled" },
		plan: (passes) => {
			const counts = passes.share(makeClassConfusion, makeClassConfusion);
			const at = counts.classes.indexOf(wanted);
			if (at === -1) throw refuseMetric(name, `the class "${wanted}"`);
			return () => formula(counts.hits[at], counts.truth[at], counts.predicted[at]);
		}
	});
}
function defineCounted(name, range, formula, estimate = { kind: "resampled" }) {
	return defineMetric({
		name,
		tasks: tasks$1,
		higherIsBetter: true,
		range,
		estimate,
		plan: (passes) => {
			const counts = passes.share(makeClassConfusion, makeClassConfusion);
			return () => formula(counts);
		}
	});
}
/** Mean recall of the classes that occur. */
function meanRecall({ truth, hits, known }) {
	if (known < 2) return NaN;
	let sum = 0;
	for (let at = 0; at < truth.length; at++) {
		const rows = truth[at];
		if (rows > 0) sum += hits[at] / rows;
	}
	return sum / known;
}
/** @see Gorodkin 2004; predictions of one class agree no better than chance: 0, as scikit-learn */
function mccOf(counts) {
	const { truth, predicted, total, right, known, said } = counts;
	if (known < 2) return NaN;
	if (said < 2) return 0;
	const ofTruth = total ** 2 - dot(truth, truth);
	const ofPredicted = total ** 2 - dot(predicted, predicted);
	return (right * total - dot(truth, predicted)) / Math.sqrt(ofTruth * ofPredicted);
}
/** Agreement beyond what the shares of the classes give by chance. @see Cohen 1960 */
function kappaOf(counts) {
	const { truth, predicted, total, right, known } = counts;
	if (known < 2) return NaN;
	return 1 - (total - right) / (total - dot(truth, predicted) / total);
}
function dot(first, second) {
	let sum = 0;
	for (let at = 0; at < first.length; at++) sum += first[at] * second[at];
	return sum;
}

// core/statistics/multiclass-probability.ts
/** Natural-log losses stay finite for a probability of exactly 0 or 1. */
const clip$1 = 2 ** -52;
/**
* Log-loss of each row: minus the natural logarithm of the probability of its true class.
* Probabilities are moved inside [2^-52, 1 - 2^-52], and each row is made to sum to one after that.
* @param truth class of each row, an index into `columns`
* @see scikit-learn 1.2 log_loss
*/
function computeClassLogLosses(truth, columns) {
	const inside = (value) => Math.min(Math.max(value, clip$1), 1 - clip$1);
	return Float64Array.from(truth, (own, row) => {
		const whole = columns.reduce((sum, scores) => sum + inside(scores[row]), 0);
		return -Math.log(inside(columns[own][row]) / whole);
	});
}

// core/metric/row-mean-metric.ts
/** A metric that is the weighted mean of one number a row; NaN without weight. */
function defineRowMean({ rowValues, ...rest }) {
	return defineMetric({
		...rest,
		estimate: {
			kind: "row-mean",
			rowValues
		},
		plan: (passes) => {
			const mean = passes.share(rowValues, (sample) => makeRowMean(rowValues(sample)));
			return () => mean.value;
		}
	});
}
/** @param values one a row; they are read at every walk */
function makeRowMean(values) {
	const mean = {
		value: NaN,
		run: (weights) => {
			let sum = 0;
			let total = 0;
			for (let row = 0; row < values.length; row++) {
				const weight = weights[row];
				sum += weight * values[row];
				total += weight;
			}
			mean.value = sum / total;
		}
	};
	return mean;
}

// core/metric/multiclass-probability-metric.ts
/**
* How far the probabilities of the classes are from what came, row by row. Brier is the sum over classes: 0 to 2, and for
* two classes twice the binary one.
* @see Brier 1950; scikit-learn 1.2 log_loss
*/
const multiclassProbabilityMetrics = [defineRowMean({
	name: "log-loss",
	tasks: ["multiclass-classification"],
	higherIsBetter: false,
	range: [0, Number.POSITIVE_INFINITY],
	rowValues: (sample) => {
		const { truth, columns } = readProbabilities(sample, "log-loss");
		return computeClassLogLosses(truth, columns);
	}
}), defineRowMean({
	name: "brier",
	tasks: ["multiclass-classification"],
	higherIsBetter: false,
	range: [0, 2],
	rowValues: computeSquaredDistances
})];
function computeSquaredDistances(sample) {
	const { truth, columns } = readProbabilities(sample, "brier");
	const distances = new Float64Array(sample.rows);
	columns.forEach((column, at) => {
		for (let row = 0; row < distances.length; row++) {
			const distance = column[row] - (truth[row] === at ? 1 : 0);
			distances[row] = distances[row] + distance * distance;
		}
	});
	return distances;
}

// core/statistics/brier.ts
/**
* Brier score of each row: the squared distance between score and label.
* @param labels 0 or 1
* @param scores probabilities of class 1, in [0, 1]
*/
function computeSquaredErrors(labels, scores) {
	return scores.map((score, row) => (score - labels[row]) ** 2);
}

// core/statistics/log-loss.ts
/** Scores of exactly 0 and 1 are moved inside by this, so that one wrong row does not make the loss infinite. */
const clip = 2 ** -52;
/**
* Log-loss of each row: minus the natural logarithm of the probability that the score gave to the true class.
* @param labels 0 or 1
* @param scores probabilities of class 1, in [0, 1]
*/
function computeLogLosses(labels, scores) {
	return scores.map((score, row) => {
		const inside = Math.min(Math.max(score, clip), 1 - clip);
		return labels[row] === 1 ? -Math.log(inside) : -Math.log1p(-inside);
	});
}

// core/metric/probability-metric.ts
/**
* How far the probabilities of class 1 are from what came, row by row.
* Log-loss is natural, with scores moved inside [2^-52, 1 - 2^-52]; Brier is the squared distance.
*/
const probabilityMetrics = [defineRowMean({
	name: "log-loss",
	tasks: ["binary-classification"],
	higherIsBetter: false,
	range: [0, Number.POSITIVE_INFINITY],
	rowValues: (sample) => {
		const { labels, scores } = readBinary(sample, "log-loss");
		return computeLogLosses(labels, scores);
	}
}), defineRowMean({
	name: "brier",
	tasks: ["binary-classification"],
	higherIsBetter: false,
	range: [0, 1],
	rowValues: (sample) => {
		const { labels, scores } = readBinary(sample, "brier");
		return computeSquaredErrors(labels, scores);
	}
})];

// core/metric/score-ranking.ts
/**
* Walks the rows from the highest score down. Rows of one score enter together, so their order does not matter.
* @throws InputError METRIC_UNDEFINED
*/
function makeScoreRanking(sample) {
	const { labels, scores } = readBinary(sample, "the area under a curve");
	const entries = packEntries(labels, scores);
	const sums = {
		all: new Float64Array(sample.rows),
		positive: new Float64Array(sample.rows)
	};
	const ranking = {
		auc: NaN,
		averagePrecision: NaN,
		run: (weights) => addAreas(entries, weights, sums, ranking)
	};
	return ranking;
}
/** Row, label and "last of its score" in one number: the walk reads one array besides the weights. Rows: fewer than 2^30. */
function packEntries(labels, scores) {
	const entries = orderByValue(scores).reverse();
	for (let at = 0; at < entries.length; at++) {
		const row = entries[at];
		const next = entries[at + 1];
		const last = next === void 0 || scores[next] !== scores[row];
		entries[at] = row * 4 + labels[row] * 2 + (last ? 1 : 0);
	}
	return entries;
}
/** Two short loops take a third of the time of one with all of it: the first has no branch, the second no gather. */
function addAreas(entries, weights, sums, ranking) {
	readAreas(sums, addSums(entries, weights, sums), ranking);
}
/** @returns how many different scores there are */
function addSums(entries, weights, { all, positive }) {
	let [ofAll, ofPositive, scores] = [
		0,
		0,
		0
	];
	for (let at = 0; at < entries.length; at++) {
		const entry = entries[at];
		const weight = weights[entry >>> 2];
		ofAll += weight;
		ofPositive += weight * (entry >>> 1 & 1);
		all[scores] = ofAll;
		positive[scores] = ofPositive;
		scores += entry & 1;
	}
	return scores;
}
/**
* AUC: pairs won by class 1, ties half. Average precision: precision at each score, weighted by the recall gained there.
* @see Davis and Goadrich 2006 on why precision is not interpolated
*/
function readAreas({ all, positive }, scores, ranking) {
	let [seen, found, twiceWon, area] = [
		0,
		0,
		0,
		0
	];
	for (let at = 0; at < scores; at++) {
		const ofAll = all[at];
		const ofPositive = positive[at];
		const gained = ofPositive - found;
		twiceWon += (ofAll - seen - gained) * (found + ofPositive);
		if (ofAll > 0) area += gained * (ofPositive / ofAll);
		seen = ofAll;
		found = ofPositive;
	}
	const both = found > 0 && seen > found;
	ranking.auc = both ? twiceWon / 2 / found / (seen - found) : NaN;
	ranking.averagePrecision = both ? area / found : NaN;
}

// core/metric/ranking-curve-metric.ts
/**
* Metrics of the order of scores, whatever their scale: area under the ROC curve, and average precision as the area under
* precision over recall (not the trapezoid, which is too hopeful). NaN when one class has no weight.
* @see scikit-learn roc_auc_score, average_precision_score
*/
const rankingCurveMetrics = [defineMetric({
	name: "auc",
	tasks: ["binary-classification"],
	higherIsBetter: true,
	range: [0, 1],
	estimate: { kind: "auc" },
	plan: (passes) => {
		const ranking = passes.share(makeScoreRanking, makeScoreRanking);
		return () => ranking.auc;
	}
}), defineMetric({
	name: "pr-auc",
	tasks: ["binary-classification"],
	higherIsBetter: true,
	range: [0, 1],
	estimate: { kind: "resampled" },
	plan: (passes) => {
		const ranking = passes.share(makeScoreRanking, makeScoreRanking);
		return () => ranking.averagePrecision;
	}
})];

// core/metric/number-sample.ts
/** @throws InputError METRIC_UNDEFINED when the sample is something else, or an array is not as long as the rows */
function readNumbers({ truth, predicted, rows }, name) {
	if (truth.kind !== "number" || predicted.kind !== "number") throw refuseMetric(name, "a true and a predicted number for each row");
	if (truth.values.length !== rows || predicted.values.length !== rows) throw refuseMetric(name, `a true and a predicted number for each of ${rows} rows`);
	return {
		truth: truth.values,
		predicted: predicted.values
	};
}
/** @throws InputError METRIC_UNDEFINED when the model gives no interval */
function readIntervals(sample, name) {
	const numbers = readNumbers(sample, name);
	const { low, high } = sample.predicted;
	if (low === null || high === null || low.length !== sample.rows || high.length !== sample.rows) throw refuseMetric(name, "the lower and the upper end of an interval for each row");
	return {
		...numbers,
		low,
		high
	};
}

// core/metric/error-moments.ts
/**
* Adds up what the squared errors and the variances are made of. Errors and truth are counted from their unweighted
* means, so that squares of far-off numbers do not cancel.
* @throws InputError METRIC_UNDEFINED
*/
function makeErrorMoments(sample) {
	const { truth, predicted } = readNumbers(sample, "a sum of errors");
	const errors = predicted.map((value, row) => value - truth[row]);
	const centred = centre(truth);
	const moments = {
		total: 0,
		squares: 0,
		sum: 0,
		unexplained: 0,
		spread: NaN,
		middle: meanOf(errors),
		run: (weights) => addErrors(errors, centred, weights, moments)
	};
	return moments;
}
function addErrors(errors, truth, weights, moments) {
	const { middle } = moments;
	let [total, squares, sum, around, ofTruth, aroundTruth] = [
		0,
		0,
		0,
		0,
		0,
		0
	];
	let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (let row = 0; row < errors.length; row++) {
		const weight = weights[row];
		const error = errors[row];
		const value = truth[row];
		total += weight;
		squares += weight * error * error;
		sum += weight * (error - middle);
		around += weight * (error - middle) * (error - middle);
		ofTruth += weight * value;
		aroundTruth += weight * value * value;
		if (value < low && weight > 0) low = value;
		if (value > high && weight > 0) high = value;
	}
	moments.total = total;
	moments.squares = squares;
	moments.sum = sum;
	moments.unexplained = Math.max(0, around - sum * sum / total);
	moments.spread = high > low ? aroundTruth - ofTruth * ofTruth / total : NaN;
}
function centre(values) {
	const middle = meanOf(values);
	return values.map((value) => value - middle);
}
function meanOf(values) {
	let sum = 0;
	for (const value of values) sum += value;
	return values.length === 0 ? 0 : sum / values.length;
}

// core/metric/error-order.ts
/** Walks the rows from the smallest absolute error up. @throws InputError METRIC_UNDEFINED */
function makeErrorOrder(sample) {
	const { truth, predicted } = readNumbers(sample, "an order of errors");
	const errors = predicted.map((value, row) => Math.abs(value - truth[row]));
	const rows = orderByValue(errors);
	const sorted = Float64Array.from(rows, (row) => errors[row]);
	const order = {
		median: NaN,
		largest: NaN,
		run: (weights) => {
			order.median = findMedian(rows, sorted, weights);
			order.largest = findLargest(rows, sorted, weights);
		}
	};
	return order;
}
function findMedian(rows, sorted, weights) {
	let total = 0;
	for (let row = 0; row < rows.length; row++) total += weights[row];
	let below = 0;
	let lower = NaN;
	for (let at = 0; at < rows.length; at++) {
		const weight = weights[rows[at]];
		if (weight === 0) continue;
		if (!Number.isNaN(lower)) return (lower + sorted[at]) / 2;
		below += weight;
		if (2 * below > total) return sorted[at];
		if (2 * below === total) lower = sorted[at];
	}
	return NaN;
}
function findLargest(rows, sorted, weights) {
	for (let at = rows.length - 1; at >= 0; at--) if (weights[rows[at]] > 0) return sorted[at];
	return NaN;
}

// core/metric/regression-metric.ts
const tasks = ["regression"];
const errorRange = [0, Number.POSITIVE_INFINITY];
/** A truth of 0 has no relative error: it counts as this much, as in scikit-learn. */
const leastTruth = 2 ** -52;
/**
* Errors of predicted numbers. `bias` is the size of the mean error, whichever side it is on: gates want it near 0.
* `mape` and `smape` are shares, not percent. r2 and explained variance are NaN where the truth is constant.
*/
const regressionMetrics = [
	defineError("mse", errorRange, (error) => error * error),
	defineError("mae", errorRange, Math.abs),
	defineError("mape", errorRange, (error, truth) => Math.abs(error) / Math.max(Math.abs(truth), leastTruth)),
	defineError("smape", [0, 2], symmetricError),
	defineSpread("rmse", false, errorRange, ({ total, squares }) => Math.sqrt(squares / total)),
	defineSpread("bias", false, errorRange, ({ total, sum, middle }) => Math.abs(sum / total + middle)),
	defineSpread("r2", true, [Number.NEGATIVE_INFINITY, 1], ({ squares, spread }) => 1 - squares / spread),
	defineSpread("explained-variance", true, [Number.NEGATIVE_INFINITY, 1], ({ unexplained, spread }) => 1 - unexplained / spread),
	defineOrdered("median-ae", (order) => order.median),
	defineOrdered("max-error", (order) => order.largest),
	defineRowMean({
		name: "interval-coverage",
		tasks,
		higherIsBetter: true,
		range: [0, 1],
		rowValues: (sample) => {
			const { truth, low, high } = readIntervals(sample, "interval-coverage");
			return truth.map((value, row) => value >= low[row] && value <= high[row] ? 1 : 0);
		}
	}),
	defineRowMean({
		name: "interval-width",
		tasks,
		higherIsBetter: false,
		range: errorRange,
		rowValues: (sample) => {
			const { low, high } = readIntervals(sample, "interval-width");
			return high.map((value, row) => value - low[row]);
		}
	})
];
/**
* What a predicted quantile costs, in the unit of the truth; the true quantile has the least.
* @param name as the gate writes it: `pinball@0.9`
* @param quantile in (0, 1): 0.9 makes a prediction that is too low nine times as dear as one too high
* @see Koenker and Bassett 1978
*/
function makePinball(name, quantile) {
	return defineError(name, errorRange, (error) => error <= 0 ? -quantile * error : (1 - quantile) * error);
}
/** @param cost of one row, from its prediction minus its truth */
function defineError(name, range, cost) {
	const toCosts = ({ truth, predicted }) => predicted.map((value, row) => cost(value - truth[row], truth[row], value));
	return defineRowMean({
		name,
		tasks,
		higherIsBetter: false,
		range,
		rowValues: (sample) => toCosts(readNumbers(sample, name))
	});
}
function symmetricError(error, truth, predicted) {
	return error === 0 ? 0 : 2 * Math.abs(error) / (Math.abs(truth) + Math.abs(predicted));
}
function defineSpread(name, higherIsBetter, range, read) {
	return defineMetric({
		name,
		tasks,
		higherIsBetter,
		range,
		estimate: { kind: "resampled" },
		...name === "bias" ? { leans: true } : {},
		plan: (passes) => {
			const moments = passes.share(makeErrorMoments, makeErrorMoments);
			return () => read(moments);
		}
	});
}
function defineOrdered(name, read) {
	return defineMetric({
		name,
		tasks,
		higherIsBetter: false,
		range: errorRange,
		estimate: { kind: "resampled" },
		plan: (passes) => {
			const order = passes.share(makeErrorOrder, makeErrorOrder);
			return () => read(order);
		}
	});
}

// core/metric/query-score.ts
/**
* Discounted gain of the first `top` places, as a share of the best possible. The gain is the relevance itself, the
* discount 1 / log2(place + 1); rows of one score share the mean of their places.
* @see Järvelin and Kekäläinen 2002; McSherry and Najork 2008 for ties; scikit-learn ndcg_score
*/
function makeNdcg(top) {
	return (index, query, weights) => {
		const best = sumIdeal(index, query, weights, top);
		return best > 0 ? sumRanked(index, query, weights, top) / best : NaN;
	};
}
function sumIdeal({ starts, ideal, relevance }, query, weights, top) {
	let sum = 0;
	let place = 0;
	for (let at = starts[query]; at < starts[query + 1] && place < top; at++) {
		const row = ideal[at];
		if (weights[row] === 0) continue;
		sum += relevance[row] / Math.log2(place + 2);
		place++;
	}
	return sum;
}
function sumRanked(index, query, weights, top) {
	const { starts, ranked, relevance } = index;
	const end = starts[query + 1];
	let sum = 0;
	let place = 0;
	for (let at = starts[query]; at < end && place < top;) {
		let [gain, rows, discount] = [
			0,
			0,
			0
		];
		const next = findNextScore(index, at, end);
		for (; at < next; at++) {
			const row = ranked[at];
			if (weights[row] === 0) continue;
			gain += relevance[row];
			if (place + rows < top) discount += 1 / Math.log2(place + rows + 2);
			rows++;
		}
		if (rows > 0) sum += gain / rows * discount;
		place += rows;
	}
	return sum;
}
/** One over the place of the first relevant row; behind all others of its score. @see Voorhees 1999 */
const scoreReciprocalRank = (index, query, weights) => {
	const place = findFirstRelevant(index, query, weights);
	return place === null ? NaN : 1 / place;
};
/** 1 when a relevant row is among the first `top`, else 0; a row stands behind all others of its score. */
function makeHit(top) {
	return (index, query, weights) => {
		const place = findFirstRelevant(index, query, weights);
		return place === null ? NaN : Number(place <= top);
	};
}
/** Place from 1; null without a relevant row. */
function findFirstRelevant(index, query, weights) {
	const { starts, ranked, relevance } = index;
	const end = starts[query + 1];
	let before = 0;
	for (let at = starts[query]; at < end;) {
		let found = false;
		const next = findNextScore(index, at, end);
		for (; at < next; at++) {
			const row = ranked[at];
			if (weights[row] === 0) continue;
			if (relevance[row] > 0) found = true;
			else before++;
		}
		if (found) return before + 1;
	}
	return null;
}
/**
* Average precision: mean over the relevant rows of the precision down to their score.
* @see scikit-learn average_precision_score
*/
const scoreAveragePrecision = (index, query, weights) => {
	const { starts, ranked, relevance } = index;
	const end = starts[query + 1];
	let [sum, relevant, seen] = [
		0,
		0,
		0
	];
	for (let at = starts[query]; at < end;) {
		let here = 0;
		const next = findNextScore(index, at, end);
		for (; at < next; at++) {
			const row = ranked[at];
			if (weights[row] === 0) continue;
			seen++;
			if (relevance[row] > 0) here++;
		}
		relevant += here;
		if (here > 0) sum += here * (relevant / seen);
	}
	return relevant > 0 ? sum / relevant : NaN;
};
function findNextScore({ ranked, scores }, from, end) {
	const score = scores[ranked[from]];
	let at = from + 1;
	while (at < end && scores[ranked[at]] === score) at++;
	return at;
}

// core/metric/query-index.ts
/** @throws InputError METRIC_UNDEFINED when the sample is no ranking, or an array is not as long as the rows */
function indexQueries({ truth, predicted, rows }) {
	if (truth.kind !== "relevance" || predicted.kind !== "score") throw refuseMetric("a ranking metric", "a relevance, a query and a score for each row");
	const relevance = truth.values;
	const scores = predicted.values;
	if (relevance.length !== rows || truth.queries.length !== rows || scores.length !== rows) throw refuseMetric("a ranking metric", `a relevance, a query and a score for each of ${rows} rows`);
	const { queries, queryOfRow } = numberQueries(truth.queries);
	const starts = new Uint32Array(queries + 1);
	for (const query of queryOfRow) starts[query + 1] = starts[query + 1] + 1;
	for (let at = 0; at < queries; at++) starts[at + 1] = starts[at + 1] + starts[at];
	return {
		queries,
		starts,
		scores,
		relevance,
		ranked: gatherByQuery(orderByValue(scores).reverse(), queryOfRow, starts),
		ideal: gatherByQuery(orderByValue(relevance).reverse(), queryOfRow, starts)
	};
}
/** A slice of a ranking has a few queries with high numbers: an array of them all may be more than memory holds. */
function numberQueries(given) {
	const queries = given.reduce((most, query) => Math.max(most, query + 1), 0);
	if (queries <= given.length) return {
		queries,
		queryOfRow: given
	};
	const numbers = /* @__PURE__ */ new Map();
	const queryOfRow = given.map((query) => {
		const number = numbers.get(query) ?? numbers.size;
		numbers.set(query, number);
		return number;
	});
	return {
		queries: numbers.size,
		queryOfRow
	};
}
/** Keeps the order of the rows of each query. */
function gatherByQuery(order, queryOfRow, starts) {
	const next = starts.slice();
	const gathered = new Uint32Array(order.length);
	for (const row of order) {
		const query = queryOfRow[row];
		const place = next[query];
		next[query] = place + 1;
		gathered[place] = row;
	}
	return gathered;
}

// core/metric/query-weight.ts
/**
* Weighs queries, not rows: a query that was drawn twice counts twice, and its rows are still ranked once. A row without
* weight is none of its query.
* @throws InputError METRIC_UNDEFINED
*/
function makeQueryWeights(sample) {
	const index = indexQueries(sample);
	const queries = {
		index,
		weight: new Float64Array(index.queries),
		whole: new Uint8Array(index.queries),
		weights: /* @__PURE__ */ new Uint16Array(0),
		run: (weights) => {
			queries.weights = weights;
			addQueries(queries, weights);
		}
	};
	return queries;
}
function addQueries({ index, weight, whole }, weights) {
	for (let query = 0; query < index.queries; query++) {
		const start = index.starts[query];
		const end = index.starts[query + 1];
		let sum = 0;
		let rows = 0;
		for (let at = start; at < end; at++) {
			const own = weights[index.ranked[at]];
			sum += own;
			if (own !== 0) rows++;
		}
		weight[query] = rows === 0 ? 0 : sum / rows;
		whole[query] = rows === end - start ? 1 : 0;
	}
}

// core/metric/retrieval-metric.ts
/**
* Metrics of ranked rows, each the weighted mean over queries; a row of relevance above 0 is relevant. Queries without a
* relevant row have no value and are left out (scikit-learn counts them 0, other tools 1).
*/
const retrievalMetrics = [defineQueryMean("mrr", scoreReciprocalRank), defineQueryMean("map", scoreAveragePrecision)];
/** NDCG of the first places. @param name as the gate writes it: `ndcg@10` */
function makeNdcgAt(name, top) {
	return defineQueryMean(name, makeNdcg(top));
}
/** Share of queries with a relevant row among the first places. @param name as the gate writes it: `hit-rate@5` */
function makeHitRate(name, top) {
	return defineQueryMean(name, makeHit(top));
}
function defineQueryMean(name, score) {
	return defineMetric({
		name,
		tasks: ["ranking"],
		higherIsBetter: true,
		range: [0, 1],
		estimate: { kind: "resampled" },
		plan: (passes) => {
			const queries = passes.share(makeQueryWeights, makeQueryWeights);
			const { index } = queries;
			const ones = new Uint16Array(passes.sample.rows).fill(1);
			const whole = Float64Array.from({ length: index.queries }, (_, query) => score(index, query, ones));
			return () => averageQueries(queries, whole, score);
		}
	});
}
function averageQueries({ index, weight, whole, weights }, known, score) {
	let sum = 0;
	let total = 0;
	for (let query = 0; query < known.length; query++) {
		const own = weight[query];
		if (own === 0) continue;
		const value = whole[query] === 1 ? known[query] : score(index, query, weights);
		if (Number.isNaN(value)) continue;
		sum += own * value;
		total += own;
	}
	return sum / total;
}

// core/metric/scorer-metric.ts
/** Mean over examples of one column of the team's own scorers. @param name as in results: `score:helpful` */
function makeScorerMean(name, { name: column, higherIsBetter, range }) {
	return defineRowMean({
		name,
		tasks: ["scored-examples"],
		higherIsBetter,
		range: [range.min, range.max],
		rowValues: ({ predicted, rows }) => {
			const values = predicted.kind === "columns" ? predicted.columns.get(column) : void 0;
			if (values?.length !== rows) throw refuseMetric(name, `a number in the column "${column}" for each row`);
			return values;
		}
	});
}

// core/metric/metric-table.ts
const fixed = [
	...confusionMetrics,
	...rankingCurveMetrics,
	...probabilityMetrics,
	...calibrationMetrics,
	...multiclassMetrics,
	...multiclassAucMetrics,
	...multiclassProbabilityMetrics,
	...regressionMetrics,
	...retrievalMetrics
];
/**
* The metric that a gate or a result names, or null when the task has none of that name. What is measured beside the
* team's code (latency, size, cost) is none: it has no row.
* @param name `auc`, `f-beta@2`, `recall:late`, `disparate-impact-ratio by sex`, `score:helpful`, or one of the team's own
*/
function findMetric(name, context) {
	const custom = context.custom?.find((each) => each.name === name);
	if (custom !== void 0) return makeCustom(custom, context.task, (named) => findMetric(named, { task: context.task }));
	if (name.includes(" by ")) return findFairness(name, context);
	const parsed = parseMetricName(name);
	if (parsed === null || checkMetricName(name, { task: context.task }) !== null) return null;
	return fixed.find((metric) => metric.name === name && metric.tasks.includes(context.task)) ?? findMade(name, parsed, context);
}
function findFairness(name, { task, groups }) {
	const at = name.indexOf(" by ");
	const column = groups?.get(name.slice(at + 4)) ?? null;
	if (task !== "binary-classification" || groups !== void 0 && column === null) return null;
	return makeFairness(name, name.slice(0, at), column);
}
/** Metrics with a parameter, a class or a column in their name. Its form fits the task: `checkMetricName` has seen it. */
function findMade(name, { base, parameter, of }, context) {
	const averaged = averagedForm.exec(base);
	if (averaged !== null) {
		const [, kind, averaging] = averaged;
		return makeClassAverage(name, averaging, toFormula(kind, parameter ?? 1));
	}
	if (base === "score") {
		const scorer = context.scorers?.find((each) => each.name === of);
		return scorer === void 0 ? null : makeScorerMean(name, scorer);
	}
	if (of !== null) return makeOneClass(name, of, toFormula(base, 1));
	return parameter === null ? null : makers[base]?.(name, parameter) ?? null;
}
const makers = {
	"f-beta": makeFBeta,
	pinball: makePinball,
	ndcg: makeNdcgAt,
	"hit-rate": makeHitRate
};
const averagedForm = /^(precision|recall|f1|f-beta)-(macro|micro|weighted)$/;
function toFormula(kind, beta) {
	return kind === "precision" || kind === "recall" ? classFormulas[kind] : makeClassF(beta);
}

// core/evaluation/compared-part.ts
/** @param slice place in `slices`; null: all rows */
function takePart(models, slice) {
	const rows = slice === null ? null : models.slices?.[slice]?.rows ?? /* @__PURE__ */ new Uint32Array(0);
	const truth = rows === null ? models.truth : pickTruth(models.truth, rows);
	const count = rows === null ? countRows(models.truth, models.challenger) : rows.length;
	const toSample = (predicted, threshold) => ({
		truth,
		predicted: rows === null ? predicted : pickPredicted(predicted, rows),
		rows: count,
		threshold
	});
	const weights = models.weights ?? null;
	const groups = models.groups ?? null;
	if (rows === null) requireLengths(count, weights, groups);
	const ofRow = groups && (rows === null ? groups : pick(groups, new Uint32Array(rows.length), rows));
	return {
		slice: rows,
		rows: count,
		challenger: toSample(models.challenger, models.thresholds?.challenger ?? .5),
		champion: models.champion && toSample(models.champion, models.thresholds?.champion ?? .5),
		context: rows === null ? models.context : pickContext(models.context, rows),
		weights: weights && (rows === null ? weights : pickNumbers(weights, rows)),
		units: toUnits(count, ofRow ?? (truth.kind === "relevance" ? truth.queries : null))
	};
}
/** A row without a weight or a group would be left out of every resample, and nobody would see it. */
function requireLengths(rows, weights, groups) {
	for (const each of [weights, groups]) if (each !== null && each.length !== rows) throw new TypeError(`${each.length} weights or groups of ${rows} rows`);
}
/** Rows of one query are no independent draws: without groups, queries are drawn whole. */
function toUnits(rows, groups) {
	if (groups === null) return {
		count: rows,
		ofRow: null
	};
	const { numbers, count } = numberDensely(groups);
	return {
		count,
		ofRow: numbers
	};
}
/** Groups of fairness of some rows. */
function pickContext(context, rows) {
	if (context.groups === void 0) return context;
	const groups = [...context.groups].map(([column, of]) => [column, {
		...of,
		values: pick(of.values, new Uint16Array(rows.length), rows)
	}]);
	return {
		...context,
		groups: new Map(groups)
	};
}

// core/evaluation/draws.ts
/** What mulberry32 adds to its state for each number. */
const increment = 1831565813;
const range = 2 ** 32;
/**
* Draws as many units as there are, with replacement, and counts how often each came: `floor(u * n)` over the numbers of
* mulberry32. Resample r takes the numbers from r * n on, so resamples can be split over threads.
* Written out instead of calling `seedGenerator`: a million calls a resample would take longer than the metrics. From
* 2^32 numbers on the sequence begins again, so that resamples of very many rows overlap.
* @param counts one a unit; overwritten
*/
function countDraws(counts, seed, resample) {
	const units = counts.length;
	let state = (seed | 0) + Math.imul(resample * units, increment) | 0;
	counts.fill(0);
	for (let draw = 0; draw < units; draw++) {
		state = state + increment | 0;
		let t = Math.imul(state ^ state >>> 15, 1 | state);
		t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
		const unit = Math.floor(((t ^ t >>> 14) >>> 0) / range * units);
		counts[unit] = counts[unit] + 1;
	}
}
/** Gives the row weights of resample after resample; one array that every call overwrites. */
function prepareDraws(part, seed) {
	const counts = new Uint16Array(part.units.count);
	const { ofRow } = part.units;
	const { weights } = part;
	if (ofRow === null && weights === null) return (resample) => {
		countDraws(counts, seed, resample);
		return counts;
	};
	const drawn = weights === null ? new Uint16Array(part.rows) : new Float64Array(part.rows);
	return (resample) => {
		countDraws(counts, seed, resample);
		for (let row = 0; row < drawn.length; row++) {
			const times = counts[ofRow === null ? row : ofRow[row]];
			drawn[row] = weights === null ? times : times * weights[row];
		}
		return drawn;
	};
}

// core/evaluation/resample.ts
/**
* Values of all planned metrics in some of the resamples. Both models and all metrics share one resample's rows. Parts
* of the range that are made apart and laid end to end are the whole, to the bit.
* @param from, to first resample and the one after the last
* @returns for each resample the values of part after part: those of the challenger, then those of the champion
*/
function resampleRange(models, plans, from, to) {
	const width = plans.reduce((sum, plan) => sum + widthOf(plan), 0);
	const values = new Float64Array((to - from) * width);
	let start = 0;
	for (const plan of plans) {
		if (widthOf(plan) > 0) fillPart(models, plan, {
			values,
			from,
			to,
			width,
			start
		});
		start += widthOf(plan);
	}
	return values;
}
function fillPart(models, plan, place) {
	const part = takePart(models, plan.slice);
	const evaluate = prepareBoth(part, plan);
	const draw = prepareDraws(part, models.seed);
	for (let resample = place.from; resample < place.to; resample++) {
		const at = (resample - place.from) * place.width + place.start;
		evaluate(draw(resample), place.values.subarray(at, at + widthOf(plan)));
	}
}
function prepareBoth(part, plan) {
	const prepare = (sample, names) => prepareAll(names.map((name) => demand(name, part)), sample);
	return joinModels(prepare(part.challenger, plan.challenger), part.champion && prepare(part.champion, plan.champion), plan.challenger.length);
}
/**
* Values of both models under the same weights: those of the challenger, then those of the champion.
* @param split how many the challenger has
*/
function joinModels(challenger, champion, split) {
	return (weights, out) => {
		challenger(weights, out.subarray(0, split));
		champion?.(weights, out.subarray(split));
	};
}
function demand(name, { context }) {
	const metric = findMetric(name, context);
	if (metric === null) throw new TypeError(`a plan with the unknown metric ${name}`);
	return metric;
}

export { pickNumbers as _, orderByValue as a, collectPasses as c, readClasses as d, readProbabilities as f, widthOf as g, defaultThreshold as h, findMetric as i, confidenceOf as l, defaultResamples as m, resampleRange as n, makeBinaryConfusion as o, readBinary as p, takePart as r, prepareAll as s, joinModels as t, hitsOf as u, pickPredicted as v, pickTruth as y };