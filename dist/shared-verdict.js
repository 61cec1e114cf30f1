import { Mn as InputError, v as isFailure } from "./shared-parse.js";
import { i as normalSf, r as normalQuantile, t as normalCdf } from "./shared-normal.js";
import { i as FaultTally, r as scanKeyedCsv } from "./shared-predictions.js";
import { n as refuseInput } from "./shared-refusal.js";
import { t as refuseStatistic } from "./shared-refusal2.js";
import { t as seedGenerator } from "./shared-mulberry32.js";

// core/evaluation/align.ts
const missing = {
	code: "evaluation/key-missing",
	message: "of the held-out set have no prediction",
	fix: "Let the predict command write one line for every row that it reads."
};
const unknown = {
	code: "evaluation/key-unknown",
	message: "have a key that the held-out set does not have",
	fix: "Let the predict command copy the key of each row and write no other rows."
};
/**
* Puts scores into the order of the labels. Every held-out row has exactly one prediction, or there is no comparison:
* a model that leaves out the hard rows would win.
* @returns one score a label, in label order
* @throws InputError PREDICTIONS_INVALID with findings `evaluation/key-missing`, `evaluation/key-unknown`
*/
function alignByKey(labels, predictions) {
	const faults = new FaultTally(predictions.source);
	const aligned = new Float64Array(labels.keys.length);
	let found = 0;
	for (let row = 0; row < aligned.length; row++) {
		const key = labels.keys[row];
		const at = predictions.rowOf.get(key);
		if (at === void 0) faults.add(missing, 0, key);
		else {
			aligned[row] = predictions.scores[at];
			found++;
		}
	}
	if (found < predictions.rowOf.size) addUnknown(labels, predictions, faults);
	const [first, ...rest] = faults.toFindings(labels.keys.length);
	if (first) throw refuseInput("PREDICTIONS_INVALID", [first, ...rest]);
	return aligned;
}
function addUnknown(labels, predictions, faults) {
	const known = new Set(labels.keys);
	for (const [key, at] of predictions.rowOf) if (!known.has(key)) faults.add(unknown, at + 1, key);
}

// core/statistics/mcnemar.ts
/**
* McNemar's exact test: are two classifiers wrong equally often on the rows on which they differ?
* @param championOnly rows that only the champion has right
* @param challengerOnly rows that only the challenger has right
* @returns two-sided p, 1 when they differ nowhere
*/
function testMcNemar(championOnly, challengerOnly) {
	const rows = championOnly + challengerOnly;
	const fewer = Math.min(championOnly, challengerOnly);
	let logTerm = -rows * Math.LN2;
	for (let k = 1; k <= fewer; k++) logTerm += Math.log((rows - fewer + k) / k);
	let ratio = 1;
	let sum = 1;
	for (let k = fewer; k > 0 && ratio > sum * 1e-17; k--) {
		ratio *= k / (rows - k + 1);
		sum += ratio;
	}
	return Math.min(1, 2 * Math.exp(logTerm) * sum);
}
/**
* Counts the rows that only one of two classifiers has right.
* @param championHits, challengerHits 1 where right, else 0
*/
function countDiscordant(championHits, challengerHits) {
	let championOnly = 0;
	let challengerOnly = 0;
	for (let row = 0; row < championHits.length; row++) {
		const gain = challengerHits[row] - championHits[row];
		if (gain < 0) championOnly++;
		if (gain > 0) challengerOnly++;
	}
	return {
		championOnly,
		challengerOnly
	};
}

// core/statistics/mean.ts
/** Arithmetic mean. @throws InputError STATISTICS_EMPTY */
function computeMean(values) {
	if (values.length === 0) throw refuseStatistic("empty", "the mean");
	let sum = 0;
	for (const value of values) sum += value;
	return sum / values.length;
}
/** Sample covariance with n - 1 in the denominator, in two passes; NaN for fewer than two values. */
function computeCovariance(first, second) {
	if (first.length < 2) return NaN;
	const meanFirst = computeMean(first);
	const meanSecond = computeMean(second);
	let sum = 0;
	for (let at = 0; at < first.length; at++) sum += (first[at] - meanFirst) * (second[at] - meanSecond);
	return sum / (first.length - 1);
}
/** Standard error of the mean; NaN for fewer than two values. */
function computeStandardError(values) {
	return Math.sqrt(computeCovariance(values, values) / values.length);
}

// node_modules/simple-statistics/dist/simple-statistics.mjs
/**
* This is the internal implementation of quantiles: when you know
* that the order is sorted, you don't need to re-sort it, and the computations
* are faster.
*
* This implements the linear interpolation method (type=7 in R/numpy),
* which is the default in numpy.percentile and R's quantile.
*
* @param {Array<number>} x sample of one or more data points
* @param {number} p desired quantile: a number between 0 to 1, inclusive
* @returns {number} quantile value
* @throws {Error} if p ix outside of the range from 0 to 1
* @throws {Error} if x is empty
* @example
* quantileSorted([3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], 0.5); // => 9
*/
function quantileSorted(x, p) {
	var idx = (x.length - 1) * p;
	if (x.length === 0) throw new Error("quantile requires at least one data point.");
	else if (p < 0 || p > 1) throw new Error("quantiles must be between 0 and 1");
	else if (p === 1) return x[x.length - 1];
	else if (p === 0) return x[0];
	else if (idx % 1 !== 0) {
		var lower = Math.floor(idx);
		var upper = Math.ceil(idx);
		var fraction = idx - lower;
		return x[lower] + fraction * (x[upper] - x[lower]);
	} else return x[idx];
}
/**
* [Bayesian Classifier](http://en.wikipedia.org/wiki/Naive_Bayes_classifier)
*
* This is a naïve bayesian classifier that takes
* singly-nested objects.
*
* @class
* @example
* var bayes = new BayesianClassifier();
* bayes.train({
*   species: 'Cat'
* }, 'animal');
* var result = bayes.score({
*   species: 'Cat'
* })
* // result
* // {
* //   animal: 1
* // }
*/
var BayesianClassifier = function BayesianClassifier() {
	this.totalCount = 0;
	this.data = {};
};
/**
* Train the classifier with a new item, which has a single
* dimension of Javascript literal keys and values.
*
* @param {Object} item an object with singly-deep properties
* @param {string} category the category this item belongs to
* @return {undefined} adds the item to the classifier
*/
BayesianClassifier.prototype.train = function train(item, category) {
	if (!this.data[category]) this.data[category] = {};
	for (var k in item) {
		var v = item[k];
		if (this.data[category][k] === void 0) this.data[category][k] = {};
		if (this.data[category][k][v] === void 0) this.data[category][k][v] = 0;
		this.data[category][k][v]++;
	}
	this.totalCount++;
};
/**
* Generate a score of how well this item matches all
* possible categories based on its attributes
*
* @param {Object} item an item in the same format as with train
* @returns {Object} of probabilities that this item belongs to a
* given category.
*/
BayesianClassifier.prototype.score = function score(item) {
	var odds = {};
	var category;
	for (var k in item) {
		var v = item[k];
		for (category in this.data) {
			if (odds[category] === void 0) odds[category] = {};
			if (this.data[category][k]) odds[category][k + "_" + v] = (this.data[category][k][v] || 0) / this.totalCount;
			else odds[category][k + "_" + v] = 0;
		}
	}
	var oddsSums = {};
	for (category in odds) {
		oddsSums[category] = 0;
		for (var combination in odds[category]) oddsSums[category] += odds[category][combination];
	}
	return oddsSums;
};
var SQRT_2PI$1 = Math.sqrt(2 * Math.PI);
function cumulativeDistribution(z) {
	var sum = z;
	var tmp = z;
	for (var i = 1; i < 30; i++) {
		tmp *= z * z / (2 * i + 1);
		sum += tmp;
	}
	return Math.round((.5 + sum / SQRT_2PI$1 * Math.exp(-z * z / 2)) * 1e4) / 1e4;
}
/**
* A standard normal table, also called the unit normal table or Z table,
* is a mathematical table for the values of Φ (phi), which are the values of
* the [cumulative distribution function](https://en.wikipedia.org/wiki/Normal_distribution#Cumulative_distribution_function)
* of the normal distribution. It is used to find the probability that a
* statistic is observed below, above, or between values on the standard
* normal distribution, and by extension, any normal distribution.
*/
var standardNormalTable = [];
for (var z = 0; z <= 3.09; z += .01) standardNormalTable.push(cumulativeDistribution(z));
/**
* This is a single-layer [Perceptron Classifier](http://en.wikipedia.org/wiki/Perceptron) that takes
* arrays of numbers and predicts whether they should be classified
* as either 0 or 1 (negative or positive examples).
* @class
* @example
* // Create the model
* var p = new PerceptronModel();
* // Train the model with input with a diagonal boundary.
* for (var i = 0; i < 5; i++) {
*     p.train([1, 1], 1);
*     p.train([0, 1], 0);
*     p.train([1, 0], 0);
*     p.train([0, 0], 0);
* }
* p.predict([0, 0]); // 0
* p.predict([0, 1]); // 0
* p.predict([1, 0]); // 0
* p.predict([1, 1]); // 1
*/
var PerceptronModel = function PerceptronModel() {
	this.weights = [];
	this.bias = 0;
};
/**
* **Predict**: Use an array of features with the weight array and bias
* to predict whether an example is labeled 0 or 1.
*
* @param {Array<number>} features an array of features as numbers
* @returns {number|null} 1 if the score is over 0, otherwise 0; null if
* the model has not been trained on feature arrays of this length
*/
PerceptronModel.prototype.predict = function predict(features) {
	if (features.length !== this.weights.length) return null;
	var score = 0;
	for (var i = 0; i < this.weights.length; i++) score += this.weights[i] * features[i];
	score += this.bias;
	if (score > 0) return 1;
	else return 0;
};
/**
* **Train** the classifier with a new example, which is
* a numeric array of features and a 0 or 1 label.
*
* @param {Array<number>} features an array of features as numbers
* @param {number} label either 0 or 1
* @returns {PerceptronModel|null} this, or null if the label is not 0 or 1
*/
PerceptronModel.prototype.train = function train(features, label) {
	if (label !== 0 && label !== 1) return null;
	if (features.length !== this.weights.length) {
		this.weights = features.slice();
		this.bias = 1;
	}
	var prediction = this.predict(features);
	if (typeof prediction === "number" && prediction !== label) {
		var gradient = label - prediction;
		for (var i = 0; i < this.weights.length; i++) this.weights[i] += gradient * features[i];
		this.bias += gradient;
	}
	return this;
};

// core/statistics/quantile.ts
/**
* Quantile of ascending values with linear interpolation (type 7, as numpy's default).
* @param p in [0, 1]
* @throws InputError STATISTICS_EMPTY
* @see Hyndman and Fan 1996. simple-statistics has type 7 from 7.9.0 on; a test guards it.
*/
function computeQuantile(ascending, p) {
	if (ascending.length === 0) throw refuseStatistic("empty", "a quantile");
	return quantileSorted(Array.from(ascending), p);
}

// core/statistics/bootstrap.ts
/**
* Seeded bootstrap with percentile and bias-corrected accelerated (BCa) interval.
* @throws InputError STATISTICS_EMPTY
* @see Efron 1987, Better bootstrap confidence intervals
*/
function bootstrap(input) {
	if (input.rows === 0) throw refuseStatistic("empty", "a bootstrap");
	const estimate = input.statistic(Uint32Array.from({ length: input.rows }, (_, row) => row));
	const values = resample(input).sort();
	const tail = (1 - input.confidence) / 2;
	const percentile = quantiles(values, [tail, 1 - tail]);
	const z0 = biasOf(values, estimate);
	const acceleration = accelerationOf(input);
	const levels = Number.isFinite(z0) && Number.isFinite(acceleration) ? [adjust(tail, z0, acceleration), adjust(1 - tail, z0, acceleration)] : [tail, 1 - tail];
	return {
		estimate,
		values,
		z0,
		acceleration,
		levels,
		percentile,
		bca: levels.every((level) => level >= 0 && level <= 1) ? quantiles(values, levels) : percentile,
		standardError: spreadOf(values)
	};
}
function resample(input) {
	const next = seedGenerator(input.seed);
	const indices = new Uint32Array(input.rows);
	const values = new Float64Array(input.resamples);
	for (let at = 0; at < values.length; at++) {
		for (let draw = 0; draw < indices.length; draw++) indices[draw] = Math.floor(next() * input.rows);
		values[at] = input.statistic(indices);
	}
	return values;
}
/** Ties with the estimate count half. */
function biasOf(values, estimate) {
	let twice = 0;
	for (const value of values) twice += value < estimate ? 2 : value === estimate ? 1 : 0;
	return normalQuantile(twice / (2 * values.length));
}
/** Skewness of the leave-one-out values. 0 when leaving a row out changes nothing. */
function accelerationOf(input) {
	if (input.rows < 2) return 0;
	const indices = new Uint32Array(input.rows - 1);
	const left = new Float64Array(input.rows);
	for (let out = 0; out < left.length; out++) {
		for (let at = 0; at < indices.length; at++) indices[at] = at < out ? at : at + 1;
		left[out] = input.statistic(indices);
	}
	const mean = computeMean(left);
	let squares = 0;
	let cubes = 0;
	for (const value of left) {
		const influence = (input.rows - 1) * (mean - value);
		squares += influence ** 2;
		cubes += influence ** 3;
	}
	return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
function adjust(level, z0, acceleration) {
	const shifted = z0 + normalQuantile(level);
	return normalCdf(z0 + shifted / (1 - acceleration * shifted));
}
function quantiles(values, levels) {
	return [computeQuantile(values, levels[0]), computeQuantile(values, levels[1])];
}
function spreadOf(values) {
	const mean = computeMean(values);
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return values.length < 2 ? NaN : Math.sqrt(squares / (values.length - 1));
}

// core/statistics/class-split.ts
/**
* Parts scores by their label.
* @param labels 1 for the positive class, 0 for the other
* @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
*/
function splitByClass(labels, scores, what) {
	if (labels.length === 0) throw refuseStatistic("empty", what);
	let count = 0;
	for (const label of labels) count += label;
	if (count === 0 || count === labels.length) throw refuseStatistic("single_class", what);
	const positives = new Float64Array(count);
	const negatives = new Float64Array(labels.length - count);
	let p = 0;
	let n = 0;
	for (let row = 0; row < labels.length; row++) {
		const score = scores[row];
		if (labels[row] === 1) positives[p++] = score;
		else negatives[n++] = score;
	}
	return {
		positives,
		negatives
	};
}

// core/statistics/delong.ts
/** A variance below this is rounding noise of a difference without any. */
const noVariance = 1e-18;
/**
* Structural components of one AUC in O(n log n): sorting and binary search give the midranks.
* @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
* @see Sun and Xu 2014, Fast implementation of DeLong's algorithm
*/
function computeAucComponents(labels, scores) {
	const split = splitByClass(labels, scores, "AUC");
	const sortedPositives = split.positives.slice().sort();
	const sortedNegatives = split.negatives.slice().sort();
	const positives = split.positives.map((score) => shareBelow(sortedNegatives, score));
	const negatives = split.negatives.map((score) => 1 - shareBelow(sortedPositives, score));
	return {
		auc: computeMean(positives),
		positives,
		negatives
	};
}
/**
* DeLong's variance of one AUC, or covariance of two of the same rows.
* @returns NaN when a class has fewer than two rows
*/
function computeAucCovariance(first, second) {
	return computeCovariance(first.positives, second.positives) / first.positives.length + computeCovariance(first.negatives, second.negatives) / first.negatives.length;
}
/** Compares two AUCs of the same rows. @see DeLong, DeLong and Clarke-Pearson 1988 */
function compareAucs(first, second) {
	const firstVariance = computeAucCovariance(first, first);
	const secondVariance = computeAucCovariance(second, second);
	const covariance = computeAucCovariance(first, second);
	const variance = firstVariance + secondVariance - 2 * covariance;
	const difference = first.auc - second.auc;
	const degenerate = variance < noVariance;
	const standardError = degenerate ? 0 : Math.sqrt(variance);
	return {
		first: first.auc,
		second: second.auc,
		firstVariance,
		secondVariance,
		covariance,
		difference,
		standardError,
		z: degenerate ? NaN : difference / standardError,
		p: degenerate ? 1 : 2 * normalSf(Math.abs(difference / standardError))
	};
}
/** Share of the sorted values that lie below `score`, ties half. */
function shareBelow(sorted, score) {
	return (countBelow(sorted, score) + countUpTo(sorted, score)) / 2 / sorted.length;
}
function countBelow(sorted, score) {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] < score) low = middle + 1;
		else high = middle;
	}
	return low;
}
function countUpTo(sorted, score) {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] <= score) low = middle + 1;
		else high = middle;
	}
	return low;
}

// core/statistics/mean-interval.ts
/**
* Mean with its normal interval. For a paired difference give the differences row by row:
* what both models find hard then cancels out.
* @param confidence for example 0.95
* @returns standard error and bounds are NaN for a single value
* @throws InputError STATISTICS_EMPTY
*/
function estimateMean(values, confidence = .95) {
	const mean = computeMean(values);
	const standardError = computeStandardError(values);
	const reach = normalQuantile(.5 + confidence / 2) * standardError;
	return {
		mean,
		standardError,
		interval: [mean - reach, mean + reach]
	};
}
/** Row-by-row difference, first minus second. */
function subtractRows(first, second) {
	return first.map((value, row) => value - second[row]);
}

// core/evaluation/estimate.ts
const confidence = .95;
/** Below this a mean is bootstrapped: the normal interval leans on many rows. */
const smallSample = 1e3;
const resamples = 2e3;
/**
* Measures one metric with its interval.
* @param scores aligned with the labels
* @throws InputError STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
*/
function measure(metric, labels, scores, seed) {
	if (metric.kind === "rows") {
		const parts = metric.computeRows(labels, scores);
		return {
			metric,
			parts,
			...estimateRows(parts, seed, "")
		};
	}
	const parts = computeAucComponents(labels, scores);
	const standardError = Math.sqrt(computeAucCovariance(parts, parts));
	return {
		metric,
		parts,
		...around(parts.auc, standardError, "DeLong")
	};
}
/**
* Estimates challenger minus champion on the same rows: what both find hard cancels out.
* @param challenger, champion of the same metric and rows
*/
function estimateDifference(challenger, champion, seed) {
	if (challenger.parts instanceof Float64Array && champion.parts instanceof Float64Array) return estimateRows(subtractRows(challenger.parts, champion.parts), seed, "paired ");
	const result = compareAucs(challenger.parts, champion.parts);
	return around(result.difference, result.standardError, "DeLong");
}
function estimateRows(rows, seed, paired) {
	if (rows.length >= smallSample || rows.length === 0) {
		const { mean, standardError, interval } = estimateMean(rows, confidence);
		return {
			value: mean,
			standardError,
			interval,
			method: `${paired}mean, normal interval`
		};
	}
	const result = bootstrapMean(rows, seed);
	return {
		value: result.estimate,
		standardError: result.standardError,
		interval: result.bca,
		method: `${paired}bootstrap (BCa), ${resamples} resamples, seed ${seed}`
	};
}
function bootstrapMean(rows, seed) {
	const statistic = (indices) => {
		let sum = 0;
		for (const row of indices) sum += rows[row];
		return sum / indices.length;
	};
	return bootstrap({
		rows: rows.length,
		statistic,
		resamples,
		seed,
		confidence
	});
}
function around(value, standardError, method) {
	const reach = normalQuantile(.975) * standardError;
	return {
		value,
		standardError,
		interval: [value - reach, value + reach],
		method
	};
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

// core/evaluation/metric.ts
/** A score of at least this says class 1. */
const accuracyThreshold = .5;
const task = "binary-classification";
/** Every metric that a gate can name. */
const metrics = [
	{
		kind: "auc",
		name: "auc",
		task,
		higherIsBetter: true,
		range: [0, 1]
	},
	{
		kind: "rows",
		name: "log-loss",
		task,
		higherIsBetter: false,
		range: [0, Number.POSITIVE_INFINITY],
		computeRows: computeLogLosses
	},
	{
		kind: "rows",
		name: "brier",
		task,
		higherIsBetter: false,
		range: [0, 1],
		computeRows: computeSquaredErrors
	},
	{
		kind: "rows",
		name: "accuracy",
		task,
		higherIsBetter: true,
		range: [0, 1],
		computeRows: (labels, scores) => computeHits(labels, scores, accuracyThreshold)
	}
];
/** The metric of that name, or undefined. */
function findMetric(name) {
	return metrics.find((metric) => metric.name === name);
}

// core/evaluation/rounding.ts
/** For values without a usable standard error: three decimals. */
const fallbackStep = -3;
/**
* Rounds to a power of ten that is no finer than a tenth of the standard error: further digits are noise to the reader
* and a leak of held-out labels to whoever asks often enough.
* @param standardError of the value; null, 0 or not finite: three decimals are kept
*/
function roundForReport(value, standardError) {
	if (!Number.isFinite(value)) return value;
	return roundToExponent(value, standardError !== null && Number.isFinite(standardError) && standardError > 0 ? Math.max(-12, Math.ceil(Math.log10(standardError / 10))) : fallbackStep);
}
function roundToExponent(value, exponent) {
	const rounded = exponent < 0 ? Math.round(value * 10 ** -exponent) / 10 ** -exponent : Math.round(value / 10 ** exponent) * 10 ** exponent;
	return rounded === 0 ? 0 : rounded;
}

// core/evaluation/compare.ts
const allNames = metrics.map((metric) => metric.name);
/** Computes every metric of the challenger and its difference to the champion, with 95 % intervals. */
function compareModels(input) {
	const results = [];
	const findings = [];
	for (const name of new Set(input.metrics ?? allNames)) {
		const metric = findMetric(name);
		const outcome = metric ? tryCompare(metric, input) : unknownMetric(name);
		if ("code" in outcome) findings.push(outcome);
		else results.push(outcome);
	}
	return {
		metrics: results,
		findings
	};
}
function tryCompare(metric, input) {
	try {
		return compareOne(metric, input) ?? undefinedMetric(metric, "its value is not a finite number");
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return undefinedMetric(metric, error.message, error.hint);
	}
}
function compareOne(metric, input) {
	const { labels, seed } = input;
	const challenger = measure(metric, labels, input.challenger, seed);
	const champion = input.champion && measure(metric, labels, input.champion, seed);
	const difference = champion && estimateDifference(challenger, champion, seed);
	if (![
		challenger.value,
		champion?.value ?? 0,
		difference?.value ?? 0
	].every(Number.isFinite)) return null;
	return {
		metric: metric.name,
		higherIsBetter: metric.higherIsBetter,
		grade: "judged",
		challenger: roundForReport(challenger.value, challenger.standardError),
		challengerInterval: toInterval(challenger, metric.range),
		champion: champion && roundForReport(champion.value, champion.standardError),
		difference: difference && roundForReport(difference.value, difference.standardError),
		differenceInterval: difference && toInterval(difference, unbounded),
		method: describeMethod(metric, challenger, champion, difference)
	};
}
const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
/** null when the interval is not known, for example when a class has one row: a comparison gate then fails. */
function toInterval(estimate, [low, high]) {
	if (!estimate.interval.every(Number.isFinite)) return null;
	const [from, to] = estimate.interval.map((bound) => roundForReport(Math.min(Math.max(bound, low), high), estimate.standardError));
	return [from, to];
}
function describeMethod(metric, challenger, champion, difference) {
	const method = (difference ?? challenger).method;
	if (metric.name !== "accuracy" || !champion) return method;
	const { championOnly, challengerOnly } = countDiscordant(champion.parts, challenger.parts);
	return `${method}; McNemar exact p ${testMcNemar(championOnly, challengerOnly).toPrecision(2)}`;
}
function unknownMetric(name) {
	return {
		code: "evaluation/metric-unknown",
		severity: "fail",
		message: `There is no metric "${name}"`,
		found: name,
		allowed: allNames.join(", "),
		fix: `Name one of ${allNames.join(", ")} in the gates of model.yml.`
	};
}
/** A warning: a gate that names the metric fails by itself, the others need it not. */
function undefinedMetric(metric, because, fix) {
	return {
		code: "evaluation/metric-undefined",
		severity: "warn",
		message: `${metric.name} has no value: ${because}`,
		fix: fix ?? "Look at the predictions: every score must be a number from 0 to 1."
	};
}

// core/evaluation/labels.ts
const badValue = {
	code: "labels/value",
	message: "have a label other than 0 and 1",
	fix: "The owner of the held-out set publishes labels as 0 and 1."
};
const badKey = {
	code: "labels/key",
	message: "have an empty or repeated key",
	fix: "The owner of the held-out set publishes one line for each held-out row."
};
/**
* Reads held-out labels, CSV `key,<column>`. Findings carry counts and no examples: they may end in public evidence.
* @throws InputError LABELS_INVALID
*/
function parseLabels(content, columns) {
	const faults = new FaultTally("labels");
	const file = {
		source: "labels",
		keyNames: ["key", columns.key],
		valueName: columns.label,
		code: "LABELS_INVALID",
		faults
	};
	const seen = /* @__PURE__ */ new Set();
	const keys = [];
	const values = [];
	const rows = scanKeyedCsv(content, file, (key, value, row) => {
		if (key === "" || seen.has(key)) faults.add(badKey, row);
		if (value !== "0" && value !== "1") faults.add(badValue, row);
		seen.add(key);
		keys.push(key);
		values.push(value === "1" ? 1 : 0);
	});
	const [first, ...rest] = faults.toFindings(rows).map(({ firstRow: _, ...finding }) => finding);
	if (first) throw refuseInput("LABELS_INVALID", [first, ...rest]);
	return {
		keys,
		values: Uint8Array.from(values)
	};
}

// core/evaluation/verdict.ts
/**
* Says what gates come to: one failure fails; one that was not evaluated leaves it open; nothing passed is no pass.
* Comparisons that were skipped for want of a champion neither help nor harm.
*/
function verdictOf(gates) {
	if (gates.some((gate) => gate.result === "fail")) return "fail";
	return gates.every((gate) => gate.result === "pass" || gate.result === "skipped") && gates.some((gate) => gate.result === "pass") ? "pass" : "not evaluated";
}
/**
* Says what a whole judgement comes to. A finding of severity fail means that something is missing: never a pass.
* The app computes this again from the evidence and compares.
*/
function judgementVerdict(comparisons, findings) {
	const verdict = verdictOf(comparisons.flatMap((comparison) => comparison.gates));
	const incomplete = findings.some(isFailure);
	return verdict === "pass" && incomplete ? "not evaluated" : verdict;
}

export { alignByKey as i, parseLabels as n, compareModels as r, judgementVerdict as t };