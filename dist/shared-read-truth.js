import { r as InputError } from "./shared-error.js";
import { f as normalQuantile, p as normalSf, u as normalCdf } from "./shared-floor.js";
import { s as isMeasured } from "./shared-metric-name.js";
import { _ as readText, a as scanTable, c as placeOf, g as readNumber, m as KeyColumn, y as FaultTally } from "./shared-read-predicted.js";
import { a as orderByValue, g as widthOf, i as findMetric, m as defaultResamples, n as resampleRange, r as takePart, s as prepareAll, t as joinModels, v as pickPredicted } from "./shared-resample.js";
import { n as refuseInput } from "./shared-refusal.js";
import { o as refuseStatistic, t as computeWilsonInterval } from "./shared-proportion.js";
import { t as studentQuantile } from "./shared-student-t.js";

// core/evaluation/align-predicted.ts
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
* Puts predictions into the order of the held-out keys. Every held-out row has exactly one prediction, or there is no
* comparison: a model that leaves out the hard rows would win.
* @param keys of the held-out rows, none twice
* @throws InputError PREDICTIONS_INVALID with findings `evaluation/key-missing`, `evaluation/key-unknown`
*/
function alignPredicted(keys, file) {
	const order = orderByKey(keys, file);
	return order === null ? file.predicted : pickPredicted(file.predicted, order);
}
/**
* For each key the place of its row in a file.
* @returns null where the file has the same keys in the same order already, as most have
* @throws InputError PREDICTIONS_INVALID
*/
function orderByKey(keys, file) {
	if (keys.length === file.keys.length && keys.every((key, at) => key === file.keys[at])) return null;
	const rowOf = /* @__PURE__ */ new Map();
	for (let at = 0; at < file.keys.length; at++) rowOf.set(file.keys[at], at);
	const faults = new FaultTally(file.source);
	const order = new Uint32Array(keys.length);
	let found = 0;
	for (const [row, key] of keys.entries()) {
		const at = rowOf.get(key);
		if (at === void 0) faults.add(missing, 0, key);
		else {
			order[row] = at;
			found++;
		}
	}
	if (found < rowOf.size) addUnknown(keys, rowOf, faults);
	const [first, ...rest] = faults.toFindings(keys.length);
	if (first) throw refuseInput("PREDICTIONS_INVALID", [first, ...rest]);
	return order;
}
function addUnknown(keys, rowOf, faults) {
	const known = new Set(keys);
	for (const [key, at] of rowOf) if (!known.has(key)) faults.add(unknown, at + 1, key);
}

// core/evaluation/rounding.ts
/** For values without a usable standard error: three decimals. */
const fallbackStep = -3;
const finestExponent = -12;
/**
* Rounds to a power of ten that is no finer than a tenth of the standard error: further digits are noise to the reader
* and a leak of held-out labels to whoever asks often enough.
* @param standardError of the value; null, 0 or not finite: three decimals are kept
*/
function roundForReport(value, standardError) {
	if (!Number.isFinite(value)) return value;
	return roundToExponent(value, standardError !== null && Number.isFinite(standardError) && standardError > 0 ? Math.max(finestExponent, Math.ceil(Math.log10(standardError / 10))) : fallbackStep);
}
/**
* Rounds an end of an interval outwards, to 1, 2 or 5 of a power of ten: still no finer than a tenth of the standard error.
* Rounded to the nearest, as a value is, an end could come half a standard error closer, and gates look at ends.
* @param standardError as of `roundForReport`
*/
function roundEnd(end, standardError, side) {
	if (!Number.isFinite(end)) return end;
	const least = standardError !== null && Number.isFinite(standardError) && standardError > 0 ? Math.max(10 ** finestExponent, standardError / 10) : 10 ** fallbackStep;
	const exponent = Math.floor(Math.log10(least) + dust);
	const digit = [
		1,
		2,
		5,
		10
	].find((each) => each * 10 ** exponent >= least * (1 - dust)) ?? 10;
	const steps = (exponent < 0 ? end * 10 ** -exponent : end / 10 ** exponent) / digit;
	const near = Math.round(steps);
	const whole = (Math.abs(steps - near) <= dust * Math.max(1, Math.abs(near)) ? near : side === "low" ? Math.floor(steps) : Math.ceil(steps)) * digit;
	const rounded = (exponent < 0 ? whole / 10 ** -exponent : whole * 10 ** exponent) + 0;
	return Number.isFinite(rounded) ? rounded : end;
}
/** Beside 1: what division by powers of ten leaves. */
const dust = 1e-9;
function roundToExponent(value, exponent) {
	const rounded = exponent < 0 ? Math.round(value * 10 ** -exponent) / 10 ** -exponent : Math.round(value / 10 ** exponent) * 10 ** exponent;
	if (!Number.isFinite(rounded)) return value;
	return rounded === 0 ? 0 : rounded;
}

// core/evaluation/metric-result.ts
/** Rounds a measured metric to what may leave the judge; null when the challenger has no finite value. */
function toMetricResult(measured, place) {
	const { metric, challenger } = measured;
	if (!Number.isFinite(challenger.value)) return null;
	const isKnown = Number.isFinite(measured.champion?.value) && Number.isFinite(measured.difference?.value);
	const champion = isKnown ? measured.champion : null;
	const difference = isKnown ? measured.difference : null;
	const interval = difference && toInterval(difference, unbounded);
	const [low, high] = difference && interval ? [difference.atLeastZero, difference.atMostZero] : [null, null];
	return {
		metric: metric.name,
		slice: place.slice,
		set: place.set,
		rows: place.rows,
		higherIsBetter: metric.higherIsBetter,
		grade: isMeasured(metric.name) ? "measured" : "judged",
		challenger: roundForReport(challenger.value, challenger.standardError),
		challengerInterval: toInterval(challenger, metric.range),
		champion: champion && roundForReport(champion.value, champion.standardError),
		difference: difference && roundForReport(difference.value, difference.standardError),
		differenceInterval: interval,
		standardError: difference && interval && toTwoDigits(difference.standardError),
		pWorse: toTwoDigits(metric.higherIsBetter ? low : high),
		pBetter: toTwoDigits(metric.higherIsBetter ? high : low),
		method: measured.method
	};
}
const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
/** null when the interval is not known, for example when a class has one row: a comparison gate then fails. */
function toInterval(estimate, [low, high]) {
	if (!estimate.interval.every(Number.isFinite)) return null;
	const inside = (end) => Math.min(Math.max(end, low), high);
	const [from, to] = estimate.interval;
	return [inside(roundEnd(inside(from), estimate.standardError, "low")), inside(roundEnd(inside(to), estimate.standardError, "high"))];
}
function toTwoDigits(value) {
	return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(2));
}

// core/evaluation/missing-metric.ts
const mostExamples = 5;
const usualFix = "Look at the predictions: every score must be a number from 0 to 1.";
/** One finding for each metric that has no value, and one for all its slices: fifty slices make a short report. */
function foundMissing(missing) {
	const whole = missing.filter(({ slice }) => slice === null);
	const named = new Set(whole.map(({ name }) => name));
	const parts = missing.filter(({ slice, name }) => slice !== null && !named.has(name));
	const names = [...new Set(parts.map(({ name }) => name))];
	return [...whole.map(foundWhole), ...names.map((name) => foundInSlices(parts.filter((part) => part.name === name)))];
}
/** A warning: a gate that names the metric fails by itself, the others need it not. */
function foundWhole({ name, because, fix }) {
	if (because === null) return foundUnknown(name);
	return {
		code: "evaluation/metric-undefined",
		severity: "warn",
		message: `${name} has no value: ${because}`,
		fix: fix ?? usualFix
	};
}
function foundInSlices(parts) {
	const [first] = parts;
	if (first.because === null) return foundUnknown(first.name);
	return {
		code: "evaluation/slice-undefined",
		severity: "note",
		message: `${first.name} has no value in ${count(parts.length, "slice")}: ${first.because}`,
		count: parts.length,
		examples: parts.slice(0, mostExamples).map(({ slice }) => slice ?? ""),
		fix: "Cut slices in which both classes occur, or name a metric that needs only one."
	};
}
function foundUnknown(name) {
	return {
		code: "evaluation/metric-unknown",
		severity: "fail",
		message: `There is no metric "${name}" of this task`,
		found: name,
		fix: "Name a metric of the task in the gates of model.yml."
	};
}
/** Slices that are left out. */
function foundSmall(small, minimumRows) {
	if (small.length === 0) return [];
	return [{
		code: "evaluation/slice-small",
		severity: "note",
		message: `${count(small.length, "slice")} not evaluated: fewer than ${minimumRows} rows`,
		count: small.length,
		allowed: `${minimumRows} rows`,
		examples: small.slice(0, mostExamples).map(({ name, rows }) => `${name} (${rows.length})`),
		fix: "Declare broader slices, or collect more held-out rows of them."
	}];
}
const count = (of, what) => `${of} ${what}${of === 1 ? "" : "s"}`;

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

// core/statistics/mcnemar.ts
/**
* McNemar's exact test: are two classifiers wrong equally often on the rows on which they differ?
* @param championOnly rows that only the champion has right
* @param challengerOnly rows that only the challenger has right
* @returns two-sided p, 1 when they differ nowhere
*/
function testMcNemar(championOnly, challengerOnly) {
	const rows = championOnly + challengerOnly;
	return Math.min(1, 2 * lowerTail(Math.min(championOnly, challengerOnly), rows));
}
/**
* McNemar's exact test, one-sided: the probability of at least as many rows that only the champion has right, if the
* challenger were no worse. For the other side change the places.
* @returns 1 when they differ nowhere
*/
function testMcNemarWorse(championOnly, challengerOnly) {
	const rows = championOnly + challengerOnly;
	if (championOnly > challengerOnly) return Math.min(1, lowerTail(challengerOnly, rows));
	return championOnly === 0 ? 1 : 1 - lowerTail(championOnly - 1, rows);
}
/** Probability of at most `most` under Binomial(rows, 1/2), where `most` is at most half of the rows. */
function lowerTail(most, rows) {
	let logTerm = -rows * Math.LN2;
	for (let k = 1; k <= most; k++) logTerm += Math.log((rows - most + k) / k);
	let ratio = 1;
	let sum = 1;
	for (let k = most; k > 0 && ratio > sum * 1e-17; k--) {
		ratio *= k / (rows - k + 1);
		sum += ratio;
	}
	return Math.exp(logTerm) * sum;
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
for (var z$1 = 0; z$1 <= 3.09; z$1 += .01) standardNormalTable.push(cumulativeDistribution(z$1));
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
* Quantile of ascending values, by default with linear interpolation (type 7, as numpy's default).
* @param p in [0, 1]
* @throws InputError STATISTICS_EMPTY
* @see Hyndman and Fan 1996. simple-statistics has type 7 from 7.9.0 on; a test guards it.
*/
function computeQuantile(ascending, p, type = 7) {
	if (ascending.length === 0) throw refuseStatistic("empty", "a quantile");
	if (type === 7) return quantileSorted(Array.from(ascending), p);
	return type <= 3 ? takeStep(ascending, p, type) : interpolate(ascending, p, type);
}
function takeStep(ascending, p, type) {
	const place = ascending.length * p - (type === 3 ? .5 : 0);
	const below = Math.floor(place);
	const isOn = place === below;
	if (type === 2 && isOn) return valueAt(ascending, below) / 2 + valueAt(ascending, below + 1) / 2;
	return valueAt(ascending, isOn && (type === 1 || below % 2 === 0) ? below : below + 1);
}
/** Where the line of each type runs: the k-th value lies at (k - alpha) / (n + 1 - alpha - beta). */
const lines = {
	4: [0, 1],
	5: [1 / 2, 1 / 2],
	6: [0, 0],
	8: [1 / 3, 1 / 3],
	9: [3 / 8, 3 / 8]
};
function interpolate(ascending, p, type) {
	const [alpha, beta] = lines[type];
	const place = ascending.length * p + (alpha + p * (1 - alpha - beta));
	const below = Math.floor(place);
	const low = valueAt(ascending, below);
	const high = valueAt(ascending, below + 1);
	return low === high ? low : low + (place - below) * (high - low);
}
/** The k-th smallest, from 1; beyond the ends the smallest and the largest. */
function valueAt(ascending, k) {
	return ascending[Math.min(Math.max(k, 1), ascending.length) - 1];
}

// core/statistics/bootstrap.ts
/**
* Intervals and standard error of values that are resampled already.
* @param values ascending, finite
* @param acceleration from `computeAcceleration`
*/
function summariseResamples(estimate, values, acceleration, confidence) {
	const tail = (1 - confidence) / 2;
	const percentile = quantiles(values, [tail, 1 - tail]);
	const z0 = biasOf(values, estimate);
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
/** Ties with the estimate count half. */
function biasOf(values, estimate) {
	let twice = 0;
	for (const value of values) twice += value < estimate ? 2 : value === estimate ? 1 : 0;
	return normalQuantile(twice / (2 * values.length));
}
/**
* Acceleration of BCa: skewness of the leave-one-out values. 0 when leaving one out changes nothing.
* @param left the statistic without each row (or group of rows) in turn, at least one
*/
function computeAcceleration(left) {
	const mean = computeMean(left);
	let squares = 0;
	let cubes = 0;
	for (const value of left) {
		const influence = (left.length - 1) * (mean - value);
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

// core/evaluation/estimate.ts
const confidence = .95;
/** Standard errors from where on the probability beyond is 0 in a double. */
const farthest = 40;
const reachOf = (standardError) => normalQuantile(.975) * standardError;
/**
* Mean of one number a row with its normal interval; of differences row by row it is the paired test.
* @param weights null: all rows count the same
* @see Cochran 1977, 6.4, for the variance of a weighted mean as a ratio
*/
function estimateMean(values, weights) {
	let total = 0;
	let sum = 0;
	for (let row = 0; row < values.length; row++) {
		const weight = weights === null ? 1 : weights[row];
		total += weight;
		if (weight > 0) sum += weight * values[row];
	}
	const mean = sum / total;
	let squares = 0;
	let counted = 0;
	for (let row = 0; row < values.length; row++) {
		const weight = weights === null ? 1 : weights[row];
		if (!(weight > 0)) continue;
		counted++;
		squares += (weight * (values[row] - mean)) ** 2;
	}
	const variance = counted < 2 ? NaN : squares * counted / (counted - 1) / total ** 2;
	return aroundNormal(mean, Math.sqrt(variance));
}
/** One AUC with DeLong's interval. @see DeLong, DeLong and Clarke-Pearson 1988 */
function estimateAuc(components) {
	return aroundNormal(components.auc, Math.sqrt(computeAucCovariance(components, components)));
}
/** AUC of the challenger minus that of the champion on the same rows. */
function estimateAucDifference(challenger, champion) {
	const { difference, standardError } = compareAucs(challenger, champion);
	return aroundNormal(Math.abs(difference) < 1e-12 ? 0 : difference, standardError);
}
function aroundNormal(value, standardError) {
	const reach = reachOf(standardError);
	const z = standardError === 0 ? Math.sign(value) * farthest : value / standardError;
	const bounded = Math.min(farthest, Math.max(-40, z));
	const isZero = standardError === 0 && value === 0;
	return {
		value,
		standardError,
		interval: [value - reach, value + reach],
		atLeastZero: isZero ? 1 : normalCdf(bounded),
		atMostZero: isZero ? 1 : normalCdf(-bounded)
	};
}
/**
* An estimate from resampled values: BCa where the leave-one-out values are known, else percentile.
* @param resampled in any order; values that are not finite are resamples without a value
* @param left leave-one-out values; null: too many to make
*/
function estimateResampled(value, resampled, left) {
	const values = resampled.filter(Number.isFinite).sort();
	const known = left?.every(Number.isFinite) === true;
	if (values.length < 2 || values.length < resampled.length * .95) {
		const nothing = NaN;
		return {
			value,
			standardError: nothing,
			interval: [nothing, nothing],
			atLeastZero: nothing,
			atMostZero: nothing,
			bca: known,
			shift: nothing
		};
	}
	const acceleration = known ? computeAcceleration(left) : NaN;
	const { bca, percentile, standardError } = summariseResamples(value, values, acceleration, confidence);
	let above = 0;
	let below = 0;
	for (const drawn of values) {
		if (drawn >= 0) above++;
		if (drawn <= 0) below++;
	}
	return {
		value,
		standardError,
		interval: known ? bca : percentile,
		atLeastZero: (above + 1) / (values.length + 1),
		atMostZero: (below + 1) / (values.length + 1),
		bca: known,
		shift: computeMean(values) - value
	};
}

// core/evaluation/hit-interval.ts
const z = normalQuantile(.5 + confidence / 2);
/** True where every row is right or wrong. */
const areHits = (values) => values.every((value) => value === 0 || value === 1);
/**
* The share of right rows with an interval that holds for shares near 0 and 1 as well, where the normal one is too narrow
* (of 0 wrong in 1,000 it says that none is ever wrong).
* @param hits 1 where right, else 0
*/
function widenShare(estimate, hits) {
	const right = hits.reduce((sum, hit) => sum + hit, 0);
	return join(estimate, computeWilsonInterval(right, hits.length, confidence));
}
/**
* The difference of two shares of the same rows, likewise: few rows on which the models differ say little of how many
* there are. One row more on either side, as Laplace has it.
* @param better, worse rows that only the challenger has right, and only the champion
* @see Bonett and Price 2012, Adjusted Wald confidence interval for a difference of binomial proportions based on paired data
*/
function widenPaired(estimate, better, worse, rows) {
	const [up, down] = [(better + 1) / (rows + 2), (worse + 1) / (rows + 2)];
	const reach = z * Math.sqrt((up + down - (up - down) ** 2) / (rows + 2));
	return join(estimate, [up - down - reach, up - down + reach]);
}
/** What both intervals hold: never narrower than the usual one. */
function join(estimate, [low, high]) {
	const [from, to] = estimate.interval;
	return {
		...estimate,
		interval: [Math.min(from, low), Math.max(to, high)]
	};
}

// core/evaluation/stakes.ts
/** Counts what the numbers of one part rest on. */
function countStakes(part) {
	const { challenger, champion } = part;
	const units = countUnits(part);
	const same = champion !== null && saySame(challenger, champion);
	const isSameOrder = () => same || champion !== null && orderSame(challenger.predicted, champion.predicted);
	const countRarest = () => {
		const classes = [...classesOf(challenger), ...champion === null ? [] : predictedClasses(champion)];
		return Math.min(units, ...classes.flatMap((of) => countClasses(of, part)));
	};
	const isBinary = challenger.truth.kind === "binary";
	const [ofTruth] = classesOf(challenger);
	return {
		units,
		ofClass: isBinary && ofTruth ? Math.min(...countClasses(ofTruth, part)) : Number.POSITIVE_INFINITY,
		same,
		countRarest,
		isSameOrder
	};
}
/**
* How many units of equal weight tell as much as these.
* @see Kish 1965, Survey Sampling, 8.2
*/
function countUnits({ units, weights, rows, challenger }) {
	const { ofRow } = units;
	if (weights === null && (ofRow === null || challenger.truth.kind === "relevance")) return units.count;
	const sums = new Float64Array(units.count);
	const most = weights === null ? 1 : weights.reduce((one, other) => Math.max(one, other), 0);
	for (let row = 0; row < rows; row++) {
		const unit = ofRow === null ? row : ofRow[row];
		sums[unit] = sums[unit] + (weights === null ? 1 : weights[row] / most);
	}
	let [total, squares] = [0, 0];
	for (const sum of sums) {
		total += sum;
		squares += sum * sum;
	}
	return squares > 0 ? total ** 2 / squares : 0;
}
function classesOf(sample) {
	const { truth } = sample;
	if (truth.kind !== "binary" && truth.kind !== "class") return [];
	const { values } = truth;
	return [(row) => values[row], ...predictedClasses(sample)];
}
function predictedClasses({ truth, predicted, threshold }) {
	if (predicted.kind === "class") return [(row) => predicted.values[row]];
	if (truth.kind !== "binary" || predicted.kind !== "score") return [];
	return [(row) => predicted.values[row] >= threshold ? 1 : 0];
}
function countClasses(classOf, { rows, weights }) {
	const counts = [];
	for (let row = 0; row < rows; row++) {
		if (weights !== null && !(weights[row] > 0)) continue;
		const at = classOf(row);
		counts[at] = (counts[at] ?? 0) + 1;
	}
	return counts.filter((count) => count > 0);
}
function saySame(one, other) {
	const [first, second] = [columnsOf(one.predicted), columnsOf(other.predicted)];
	return one.threshold === other.threshold && first.length === second.length && first.every((column, at) => areEqual(column, second[at]));
}
function orderSame(one, other) {
	if (one.kind !== "score" || other.kind !== "score") return false;
	const order = orderByValue(one.values);
	for (let at = 1; at < order.length; at++) {
		const [row, before] = [order[at], order[at - 1]];
		const isTie = one.values[row] === one.values[before];
		const step = other.values[row] - other.values[before];
		if (isTie ? step !== 0 : !(step > 0)) return false;
	}
	return true;
}
function columnsOf(predicted) {
	switch (predicted.kind) {
		case "probabilities": return predicted.columns;
		case "columns": return [...predicted.columns.values()];
		case "number": return [predicted.values, ...[predicted.low, predicted.high].filter((ends) => ends !== null)];
		default: return [predicted.values];
	}
}
function areEqual(one, other) {
	if (one.length !== other.length) return false;
	for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
	return true;
}
/** Fewer rows, groups or rows of a class than this tell themselves alone: their spread says nothing of others. */
const leastCount = 10;
/**
* How many rows or groups the spread of a metric is told by; 0 where they are too few for an interval. What is no mean
* over rows weighs one class against the other, and knows no more than the rarer of them.
*/
function countSpread({ estimate, leans }, { units, ofClass }) {
	const count = estimate.kind === "row-mean" || leans === true ? units : Math.min(units, ofClass);
	return count >= leastCount ? count : 0;
}

// core/evaluation/wide-interval.ts
/** Of one side: two sides make 95 % intervals. */
const level = .025;
/**
* Widens an interval of few rows or groups: resamples vary by (n - 1) / n of what samples do, and few tell little of how
* much that is. By 22 % of 10, 6 % of 30, and 0.2 % of 1,000. Of too few there is none.
* @param count `countSpread`
* @see Hesterberg 2015, What Teachers Should Know About the Bootstrap, 3.2.2
*/
function widenFew(estimate, count) {
	const { value, interval } = estimate;
	if (count === 0) {
		const nothing = NaN;
		const tests = {
			atLeastZero: nothing,
			atMostZero: nothing
		};
		return {
			...estimate,
			standardError: nothing,
			interval: [nothing, nothing],
			...tests
		};
	}
	const factor = Math.sqrt(count / (count - 1)) * studentQuantile(.975, count - 1) / normalQuantile(.975);
	const [low, high] = interval;
	return {
		...estimate,
		interval: [value - factor * (value - low), value + factor * (high - value)]
	};
}
/**
* Gives an estimate without any spread the interval of what was seen in none of so many rows: 300 rows without a
* difference do not say that there is none in 3,000 (the rule of three). An unbounded metric has no such interval and
* stays as it is.
* @param count rows or groups that the estimate rests on
* @param range of the metric
* @see Hanley and Lippman-Hand 1983, If nothing goes wrong, is everything all right?
*/
function widenUnseen(estimate, count, [low, high]) {
	const width = high - low;
	if (estimate.standardError !== 0 || !Number.isFinite(width)) return estimate;
	const reach = width * (1 - level ** (1 / Math.max(1, count)));
	const { value } = estimate;
	return {
		...estimate,
		standardError: reach / 2,
		interval: [value - reach, value + reach]
	};
}
/**
* A resample of what leans leans again, but less: of what truly is 0 it shows 0.41 of the lean (sqrt(2) - 1), and this makes
* up for it with something to spare. Further from 0 it shows more of a lean that is less.
*/
const wholeLean = 3;
/** Widens an interval by as much as its value may lie beyond the truth. @param shifts of the models, with the sign they have in it */
function leanBack(estimate, shifts) {
	let [low, high] = estimate.interval;
	for (const shift of shifts) {
		low -= Math.max(0, wholeLean * shift);
		high += Math.max(0, -3 * shift);
	}
	return {
		...estimate,
		interval: [low, high]
	};
}

// core/evaluation/measure-part.ts
/** Below this a mean is bootstrapped: the normal interval leans on many rows. */
const smallSample = 1e3;
/** Differences that are this small beside the values are rounding. */
const rounding = 1e-12;
/** True where the interval has a closed form: nothing needs to be drawn. */
function hasClosedForm({ estimate }, part, { units }) {
	if (part.units.ofRow !== null) return false;
	if (estimate.kind === "row-mean") return units >= smallSample;
	return estimate.kind === "auc" && part.weights === null;
}
/**
* Measures a metric that `hasClosedForm`.
* @throws InputError METRIC_UNDEFINED, STATISTICS_EMPTY, STATISTICS_SINGLE_CLASS
*/
function measureClosed(metric, part, stakes) {
	return toCautious(metric.estimate.kind === "row-mean" ? measureMean(metric, part) : measureAuc(metric, part, stakes), stakes);
}
/** What has no spread on these rows is not certain for that; what both models say of every row alike is. */
function toCautious(measured, stakes) {
	const { metric, difference } = measured;
	if (measured.challenger.standardError !== 0 && difference?.standardError !== 0) return measured;
	const count = metric.estimate.kind === "row-mean" ? stakes.units : stakes.countRarest();
	const challenger = widenUnseen(measured.challenger, count, metric.range);
	if (difference?.standardError !== 0 || stakes.same || isOfOrder(metric) && stakes.isSameOrder()) return {
		...measured,
		challenger
	};
	return {
		...measured,
		challenger,
		difference: widenUnseen(difference, count, metric.range)
	};
}
/** True for metrics that see of scores nothing but their order. */
const isOfOrder = ({ name, tasks }) => name === "auc" || name === "pr-auc" || tasks.includes("ranking");
function measureMean(metric, part) {
	const challenger = rowsOf(metric, part.challenger);
	const champion = part.champion && tryOr(() => rowsOf(metric, part.champion));
	const paired = champion && estimateMean(subtractSettled(challenger, champion), part.weights);
	const discordant = champion && testDiscordant(challenger, champion, part);
	const weighted = part.weights === null ? "" : "weighted ";
	const own = estimateMean(challenger, part.weights);
	return {
		metric,
		challenger: part.weights === null && areHits(challenger) ? widenShare(own, challenger) : own,
		champion: champion && estimateMean(champion, part.weights),
		difference: paired && (discordant?.apply(paired) ?? paired),
		method: `${paired ? "paired " : ""}${weighted}mean, normal interval${discordant?.text ?? ""}`
	};
}
function rowsOf(metric, sample) {
	if (metric.estimate.kind !== "row-mean") throw new TypeError(`${metric.name} is no mean of rows`);
	return metric.estimate.rowValues(sample);
}
function measureAuc(metric, part, stakes) {
	const count = countSpread(metric, stakes);
	const challenger = toComponents(part.challenger);
	const champion = part.champion && tryOr(() => toComponents(part.champion));
	return {
		metric,
		challenger: widenFew(estimateAuc(challenger), count),
		champion: champion && estimateAuc(champion),
		difference: champion && widenFew(estimateAucDifference(challenger, champion), count),
		method: "DeLong"
	};
}
function toComponents({ truth, predicted }) {
	if (truth.kind === "binary" && predicted.kind === "score") return computeAucComponents(truth.values, predicted.values);
	throw new InputError("METRIC_UNDEFINED", "auc needs two classes and one score a row", { hint: "Write one probability of class 1 for each row." });
}
/** Predictions of the champion that cannot have a metric do not take it from the challenger. */
function tryOr(make) {
	try {
		return make();
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}
/** Two sums of the same rows in another order differ in the last digits: that is no difference. */
function settle(challenger, champion) {
	const difference = challenger - champion;
	const scale = Math.abs(challenger) + Math.abs(champion);
	return Math.abs(difference) <= rounding * scale ? 0 : difference;
}
function subtractSettled(challenger, champion) {
	return challenger.map((value, row) => settle(value, champion[row]));
}
/** McNemar's exact test, where every row is right or wrong and stands for itself; null: it does not apply. */
function testDiscordant(challenger, champion, part) {
	if (part.weights !== null || part.units.ofRow !== null) return null;
	if (!areHits(challenger) || !areHits(champion)) return null;
	const { championOnly, challengerOnly } = countDiscordant(champion, challenger);
	const sides = {
		atLeastZero: testMcNemarWorse(championOnly, challengerOnly),
		atMostZero: testMcNemarWorse(challengerOnly, championOnly)
	};
	const isNone = championOnly + challengerOnly === 0;
	return {
		apply: (estimate) => ({
			...isNone ? estimate : widenPaired(estimate, challengerOnly, championOnly, part.rows),
			...sides
		}),
		text: `; McNemar exact p ${testMcNemar(championOnly, challengerOnly).toPrecision(2)}`
	};
}

// core/evaluation/leave-out.ts
/** More units than this are not left out one by one: it would take longer than the resamples. */
const mostLeftOut = 2e3;
const mostVisits = 1e8;
/**
* Values without each unit in turn, for the acceleration of BCa. Means of one number a row are told by two sums, of any
* number of units; everything else is evaluated again and again, where that is affordable.
* @param evaluate values of the challenger's metrics, then of the champion's
* @returns one array for each value; null: they take too long, or there are fewer than two units
*/
function leaveOut(part, evaluate, challenger, champion) {
	const { count } = part.units;
	if (count < 2) return [...challenger, ...champion].map(() => null);
	if (count <= mostLeftOut && count * part.rows <= mostVisits) return leaveOutEach(part, evaluate, challenger.length + champion.length);
	const ofModel = (metrics, sample) => metrics.map(({ estimate }) => sample === null || estimate.kind !== "row-mean" ? null : leaveOutOfMean(part, estimate.rowValues(sample)));
	return [...ofModel(challenger, part.challenger), ...ofModel(champion, part.champion)];
}
function leaveOutEach(part, evaluate, width) {
	const { count } = part.units;
	const weights = part.weights === null ? new Uint16Array(part.rows).fill(1) : part.weights.slice();
	const rowsOf = groupRows(part);
	const left = Array.from({ length: width }, () => new Float64Array(count));
	const out = new Float64Array(width);
	for (let unit = 0; unit < count; unit++) {
		const rows = rowsOf[unit];
		for (const row of rows) weights[row] = 0;
		evaluate(weights, out);
		for (const row of rows) weights[row] = part.weights === null ? 1 : part.weights[row];
		left.forEach((values, at) => {
			values[unit] = out[at];
		});
	}
	return left;
}
function groupRows({ rows, units }) {
	const groups = Array.from({ length: units.count }, () => []);
	for (let row = 0; row < rows; row++) groups[units.ofRow === null ? row : units.ofRow[row]]?.push(row);
	return groups;
}
function leaveOutOfMean({ units, weights }, values) {
	const weightOf = new Float64Array(units.count);
	const sumOf = new Float64Array(units.count);
	for (let row = 0; row < values.length; row++) {
		const unit = units.ofRow === null ? row : units.ofRow[row];
		const weight = weights === null ? 1 : weights[row];
		weightOf[unit] = weightOf[unit] + weight;
		sumOf[unit] = sumOf[unit] + weight * values[row];
	}
	const [weight, sum] = [weightOf, sumOf].map((parts) => parts.reduce((all, part) => all + part, 0));
	return sumOf.map((own, unit) => (sum - own) / (weight - weightOf[unit]));
}

// core/evaluation/resample-plan.ts
/**
* Plans the resamples of one part.
* @param onMissing gets each metric that the challenger's predictions cannot have, and why
*/
function planPart(part, slice, metrics, onMissing) {
	const challenger = keepAble(metrics, part.challenger, onMissing);
	const champion = part.champion && keepAble(challenger.metrics, part.champion, () => void 0);
	const plan = {
		slice,
		challenger: namesOf(challenger),
		champion: champion ? namesOf(champion) : []
	};
	const values = new Float64Array(widthOf(plan));
	const evaluate = joinModels(challenger.evaluate, champion?.evaluate ?? null, plan.challenger.length);
	evaluate(part.weights, values);
	return {
		plan,
		values,
		left: leaveOut(part, evaluate, challenger.metrics, champion?.metrics ?? [])
	};
}
const namesOf = ({ metrics }) => metrics.map(({ name }) => name);
/** Metrics that these predictions can have. Together first: one by one each would sort the rows for itself. */
function keepAble(metrics, sample, onMissing) {
	const evaluate = tryOr(() => prepareAll(metrics, sample));
	if (evaluate !== null) return {
		metrics,
		evaluate
	};
	const able = metrics.filter((metric) => {
		try {
			metric.prepare(sample);
			return true;
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
			onMissing(metric, error);
			return false;
		}
	});
	return {
		metrics: able,
		evaluate: prepareAll(able, sample)
	};
}

// core/evaluation/prepared-part.ts
/**
* Measures what has a closed form and plans the resamples of the rest.
* @param slice place in `slices`; null: all rows
* @param missing gets what this part cannot have
*/
function preparePart(input, slice, names, missing) {
	const part = takePart(input, slice);
	const name = slice === null ? null : input.slices?.[slice]?.name ?? null;
	const tell = (metric, because, fix) => {
		missing.push({
			name: metric,
			slice: name,
			because,
			...fix === void 0 ? {} : { fix }
		});
	};
	const metrics = names.flatMap((wanted) => {
		const metric = part.rows > 0 ? findMetric(wanted, part.context) : null;
		if (metric === null) {
			if (part.rows > 0) missing.push({
				name: wanted,
				slice: name,
				because: null
			});
			else tell(wanted, "there are no rows");
		}
		return metric === null ? [] : [metric];
	});
	const stakes = countStakes(part);
	const isClosed = (metric) => input.resampleAll !== true && hasClosedForm(metric, part, stakes);
	const closed = metrics.filter(isClosed).flatMap((metric) => {
		try {
			return [measureClosed(metric, part, stakes)];
		} catch (error) {
			if (!(error instanceof InputError)) throw error;
			tell(metric.name, error.message, error.hint);
			return [];
		}
	});
	const rest = metrics.filter((metric) => !isClosed(metric));
	const drawn = planPart(part, slice, rest, (metric, error) => tell(metric.name, error.message, error.hint));
	const able = rest.filter((metric) => drawn.plan.challenger.includes(metric.name));
	return {
		slice: name,
		rows: part.rows,
		stakes,
		units: describeUnits(part, input.groups !== void 0 && input.groups !== null),
		closed,
		resampled: able.map((metric) => ({
			metric,
			discordant: discordantOf(metric, part)
		})),
		drawn,
		noValue: explainNoValue(part.challenger.truth)
	};
}
function describeUnits({ units }, grouped) {
	if (units.ofRow === null) return null;
	return `${units.count} ${grouped ? "groups" : "queries"}`;
}
function discordantOf(metric, part) {
	const { estimate } = metric;
	if (estimate.kind !== "row-mean" || part.champion === null) return null;
	const rowsOf = (sample) => {
		try {
			return estimate.rowValues(sample);
		} catch (error) {
			if (error instanceof InputError) return null;
			throw error;
		}
	};
	const [challenger, champion] = [rowsOf(part.challenger), rowsOf(part.champion)];
	return challenger && champion && testDiscordant(challenger, champion, part);
}
function explainNoValue(truth) {
	return (truth.kind === "binary" || truth.kind === "class") && truth.values.every((value) => value === truth.values[0]) ? "all labels are of one class" : "its value is not a finite number";
}

// core/evaluation/resampled-metric.ts
/**
* Makes estimates of what was drawn for one part.
* @param column values of one number of the part's plan, one a resample
*/
function measureDrawn(part, column, drawing) {
	const { plan, values, left } = part.drawn;
	return part.resampled.map(({ metric, discordant }, at) => {
		const theirs = plan.champion.indexOf(metric.name);
		const own = {
			value: values[at],
			drawn: column(at),
			left: left[at] ?? null
		};
		const toEstimate = (of) => estimateDrawn(of, countSpread(metric, part.stakes));
		const drawn = toEstimate(own);
		const to = plan.challenger.length + theirs;
		const other = theirs === -1 ? null : {
			value: values[to],
			drawn: column(to),
			left: left[to] ?? null
		};
		const champion = other && toEstimate(other);
		const apart = other && toEstimate(subtract(own, other));
		const lean = metric.leans === true ? drawn.shift : 0;
		const leans = metric.leans !== true || part.stakes.same ? [] : [lean, -(champion?.shift ?? 0)];
		const difference = apart && leanBack(discordant?.apply(apart) ?? apart, leans);
		return toCautious({
			metric,
			challenger: leanBack(drawn, [lean]),
			champion,
			difference,
			method: describe(part, apart ?? drawn, apart !== null, drawing, discordant?.text ?? "")
		}, part.stakes);
	});
}
function estimateDrawn({ value, drawn, left }, count) {
	let missing = 0;
	for (const one of drawn) if (!Number.isFinite(one)) missing++;
	return {
		...widenFew(estimateResampled(value, drawn, left), count),
		missing
	};
}
function subtract(own, other) {
	const pair = (first, second) => first.map((value, at) => settle(value, second[at]));
	return {
		value: settle(own.value, other.value),
		drawn: pair(own.drawn, other.drawn),
		left: own.left && other.left && pair(own.left, other.left)
	};
}
function describe(part, estimate, paired, { resamples, seed }, more) {
	const kind = `${paired ? "paired " : ""}${part.units === null ? "" : "cluster "}bootstrap`;
	const of = part.units === null ? "" : ` of ${part.units}`;
	const lost = estimate.missing > 0 ? `, ${estimate.missing} of them without a value` : "";
	const usual = estimate.bca ? "BCa" : "percentile";
	return `${kind} (${Number.isFinite(estimate.standardError) ? usual : "no interval"}), ${resamples} resamples${of}${lost}, seed ${seed}${more}`;
}

// core/evaluation/compare.ts
/** Compares two models on the same rows: every metric with its difference and 95 % intervals, all rows and slices. */
function compareModels(input) {
	const prepared = prepareComparison(input);
	return finishComparison(prepared, resampleRange(input, prepared.plans, 0, prepared.resamples));
}
const defaultMinimumRows = 100;
/** Does everything but the resamples, which are most of the work and can be split (`resampleRange`). */
function prepareComparison(input) {
	const { slices = [], minimumRows = defaultMinimumRows } = input;
	const missing = [];
	const sliceMetrics = [...new Set(input.sliceMetrics ?? input.metrics)];
	const parts = [preparePart(input, null, [...new Set(input.metrics)], missing), ...slices.flatMap((slice, at) => slice.rows.length >= minimumRows ? [at] : []).map((at) => preparePart(input, at, sliceMetrics, missing))];
	const small = slices.filter((slice) => !(slice.rows.length >= minimumRows));
	const plans = parts.map(({ drawn }) => drawn.plan);
	return {
		input,
		plans,
		resamples: plans.some((plan) => widthOf(plan) > 0) ? input.resamples ?? 2e3 : 0,
		parts,
		findings: [...foundMissing(missing), ...foundSmall(small, minimumRows)]
	};
}
/** Puts the resamples of `resampleRange` (all of them, in order) to what was prepared. */
function finishComparison(prepared, drawn) {
	const { input, parts, resamples } = prepared;
	const width = prepared.plans.reduce((sum, plan) => sum + widthOf(plan), 0);
	const missing = [];
	let start = 0;
	return {
		metrics: parts.flatMap((part) => {
			const column = (at) => pickColumn(drawn, {
				start: start + at,
				width,
				resamples
			});
			const measured = measureDrawn(part, column, {
				resamples,
				seed: input.seed
			});
			start += widthOf(part.drawn.plan);
			const asked = part.slice === null ? input.metrics : input.sliceMetrics ?? input.metrics;
			return [...new Set(asked)].flatMap((name) => {
				const one = [...part.closed, ...measured].find(({ metric }) => metric.name === name);
				if (one === void 0) return [];
				const result = toMetricResult(one, {
					...part,
					set: input.set ?? "held-out"
				});
				if (result === null) missing.push({
					name,
					slice: part.slice,
					because: part.noValue
				});
				return result === null ? [] : [result];
			});
		}),
		findings: [...prepared.findings, ...foundMissing(missing)]
	};
}
function pickColumn(drawn, { start, width, resamples }) {
	const values = new Float64Array(resamples);
	for (let at = 0; at < resamples; at++) values[at] = drawn[at * width + start];
	return values;
}

// core/evaluation/truth-sink.ts
const valueFault = (message, fix) => ({
	code: "labels/value",
	message,
	fix
});
const notBinary = valueFault("have a label other than 0 and 1", "The owner of the held-out set publishes labels as 0 and 1.");
const notClass = valueFault("have a label that is no class of the model", "The owner of the held-out set and model.yml name the same classes, letter by letter.");
const notFinite = valueFault("have a label that is no finite number", "The owner of the held-out set publishes labels as decimal numbers.");
const notRelevance = valueFault("have a relevance that is no number of at least 0", "The owner of the held-out set publishes relevance as numbers from 0 up.");
const noQuery = {
	code: "labels/query",
	message: "have no query",
	fix: "The owner of the held-out set names the query of each row."
};
const noGroup = {
	code: "labels/group",
	message: "have no group",
	fix: "The owner of the held-out set names the group of each row."
};
const badWeight = {
	code: "labels/weight",
	message: "have a weight that is no number of at least 0, or no row has any",
	fix: "The owner of the held-out set publishes weights as numbers from 0 up."
};
/** The label column of a task. @param query where the query of a ranking stands */
function labelSink(cell, task, classes, query) {
	switch (task) {
		case "binary-classification": return binarySink(cell);
		case "multiclass-classification": return classSink(cell, classes);
		case "regression": return numberTruth(cell);
		case "ranking": return relevanceSink(cell, query ?? cell);
	}
}
function binarySink({ place, faults }) {
	const values = [];
	return {
		visit(cells, row) {
			const text = readText(cells[place]);
			if (text !== "0" && text !== "1") faults.add(notBinary, row);
			values.push(text === "1" ? 1 : 0);
		},
		finish: () => ({
			kind: "binary",
			values: Uint8Array.from(values)
		})
	};
}
function classSink({ place, faults }, classes) {
	const indexOf = new Map(classes.map((name, at) => [name, at]));
	const values = [];
	return {
		visit(cells, row) {
			const index = indexOf.get(readText(cells[place]) ?? "");
			if (index === void 0) faults.add(notClass, row);
			values.push(index ?? 0);
		},
		finish: () => ({
			kind: "class",
			classes,
			values: Uint16Array.from(values)
		})
	};
}
function numberTruth(cell) {
	const values = numbers(cell, -Number.MAX_VALUE, notFinite);
	return {
		visit: values.visit,
		finish: () => ({
			kind: "number",
			values: values.finish()
		})
	};
}
function relevanceSink(cell, query) {
	const values = numbers(cell, 0, notRelevance);
	const queries = numberTexts(query, noQuery);
	return {
		visit(cells, row) {
			values.visit(cells, row);
			queries.visit(cells, row);
		},
		finish: () => ({
			kind: "relevance",
			values: values.finish(),
			queries: queries.finish()
		})
	};
}
/** How often each row counts. Weights that are all 0 leave nothing to judge. */
function weightSink(cell) {
	const values = numbers(cell, 0, badWeight);
	return {
		visit: values.visit,
		finish() {
			const weights = values.finish();
			if (weights.length > 0 && !weights.some((weight) => weight > 0)) cell.faults.add(badWeight, 0);
			return weights;
		}
	};
}
/** The group of each row, numbered. */
const groupSink = (cell) => numberTexts(cell, noGroup);
function numbers({ place, form, faults }, least, kind) {
	const values = [];
	return {
		visit(cells, row) {
			const value = readNumber(cells[place], form);
			if (!(value >= least && value <= Number.MAX_VALUE)) faults.add(kind, row);
			values.push(value);
		},
		finish: () => new Float64Array(values)
	};
}
/** Numbers different texts from 0 in order of appearance. */
function numberTexts({ place, faults }, kind) {
	const indexOf = /* @__PURE__ */ new Map();
	const values = [];
	return {
		visit(cells, row) {
			const text = readText(cells[place]) ?? "";
			if (text === "") faults.add(kind, row);
			const index = indexOf.get(text) ?? indexOf.size;
			if (index === indexOf.size) indexOf.set(text, index);
			values.push(index);
		},
		finish: () => Uint32Array.from(values)
	};
}

// core/evaluation/read-truth.ts
const badKey = {
	code: "labels/key",
	message: "have an empty or repeated key",
	fix: "The owner of the held-out set publishes one line for each held-out row."
};
const keyFaults = {
	empty: badKey,
	doubled: badKey
};
/**
* Reads held-out labels, CSV or JSON Lines. Findings carry counts, no examples and no row numbers: they may end in public
* evidence, and each would be a statement about one row.
* @throws InputError LABELS_INVALID
*/
function readTruth(content, columns, task) {
	const faults = new FaultTally("labels");
	const file = {
		source: "labels",
		code: "LABELS_INVALID",
		header: headerOf(columns, task),
		faults
	};
	const keys = new KeyColumn(faults, keyFaults);
	const sinks = {
		label: null,
		weight: null,
		group: null
	};
	const rows = scanTable(content, file, (names, form) => {
		const place = (name) => placeOf({
			names,
			file
		}, name);
		const key = names.includes(columns.key) ? place(columns.key) : place("key");
		openSinks(sinks, columns, task, {
			faults,
			form,
			place
		});
		const open = [
			sinks.label,
			sinks.weight,
			sinks.group
		].filter((sink) => sink !== null);
		return (cells, row) => {
			keys.add(cells[key], row);
			for (const sink of open) sink.visit(cells, row);
		};
	});
	keys.checkDoubled();
	const truth = sinks.label?.finish() ?? { kind: "none" };
	const weights = sinks.weight?.finish() ?? null;
	const groups = sinks.group?.finish() ?? null;
	const [first, ...rest] = faults.toFindings(rows).map(({ firstRow: _, examples: _examples, ...finding }) => finding);
	if (first) throw refuseInput("LABELS_INVALID", [first, ...rest]);
	return {
		keys: keys.keys,
		truth,
		weights,
		groups
	};
}
function openSinks(sinks, columns, task, labels) {
	const { faults, form, place } = labels;
	const cell = (name) => ({
		place: place(name),
		form,
		faults
	});
	if (task !== "scored-examples") {
		const query = task === "ranking" ? cell(columns.query ?? "query") : null;
		sinks.label = labelSink(cell(columns.label), task, columns.classes, query);
	}
	if (columns.weight !== null) sinks.weight = weightSink(cell(columns.weight));
	if (columns.group !== null) sinks.group = groupSink(cell(columns.group));
}
function headerOf(columns, task) {
	const { label, weight, group, query } = columns;
	return ["key", ...[
		task === "scored-examples" ? null : label,
		task === "ranking" ? query : null,
		weight,
		group
	].filter((name) => name !== null)].join(",");
}

export { settle as a, estimateMean as c, alignPredicted as d, orderByKey as f, prepareComparison as i, toMetricResult as l, compareModels as n, tryOr as o, finishComparison as r, confidence as s, readTruth as t, roundForReport as u };