import { c as isServing, i as directionOf, n as metricKey, o as isFairness, s as isMeasured, t as checkMetricName } from "./shared-metric-name.js";
import { y as modelPath } from "./shared-layout.js";
import { t as fillMargin } from "./shared-policy-resolution.js";

// core/collection/group.ts
/**
* Puts items of one key together, keys and items in order of appearance.
* `Map.groupBy` does the same and is not there before Node 21; the command runs on Node 20.
*/
function groupBy(items, keyOf) {
	const groups = /* @__PURE__ */ new Map();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group === void 0) groups.set(key, [item]);
		else group.push(item);
	}
	return groups;
}

// core/statistics/holm.ts
/**
* Holm's adjusted p-values, in the order given: rejecting those below alpha makes any false rejection at all less
* probable than alpha.
* @param pValues each in [0, 1]; NaN stays NaN and counts as one that could not be looked at, so that what is missing
* never makes the others easier
* @see Holm 1979
*/
function adjustByHolm(pValues) {
	const known = pValues.map((p, at) => ({
		p,
		at
	})).filter(({ p }) => !Number.isNaN(p)).sort((left, right) => left.p - right.p);
	const adjusted = pValues.map(() => NaN);
	let most = 0;
	known.forEach(({ p, at }, index) => {
		most = Math.max(most, Math.min(1, p * (pValues.length - index)));
		adjusted[at] = most;
	});
	return adjusted;
}

// core/statistics/normal.ts
const rootOfTwoPi = Math.sqrt(2 * Math.PI);
/** Below this the series is exact enough; above it the continued fraction converges fast. */
const tailStart = 2;
/** Density of the standard normal distribution at `z`. */
function normalDensity(z) {
	const head = Math.fround(z);
	if (!Number.isFinite(head)) return Number.isNaN(z) ? NaN : 0;
	return Math.exp(-head * head / 2) * Math.exp(-(z - head) * (z + head) / 2) / rootOfTwoPi;
}
/** Lower tail: the probability of a value of at most `z`. */
function normalCdf(z) {
	return normalSf(-z);
}
/**
* Upper tail: the probability of a value above `z`, computed directly, so that it keeps its digits far out
* (1 - cdf is 0 from 8.3 standard deviations on).
*/
function normalSf(z) {
	if (Number.isNaN(z)) return NaN;
	if (z < -2) return 1 - normalSf(-z);
	if (z < tailStart) return .5 - centralArea(z);
	return z > 40 ? 0 : normalDensity(z) * millsRatio(z);
}
/**
* The value that a standard normal variable stays below with probability `p`.
* @returns -Infinity for 0, Infinity for 1, NaN outside [0, 1]
*/
function normalQuantile(p) {
	if (!(p >= 0 && p <= 1)) return NaN;
	if (p === 0) return Number.NEGATIVE_INFINITY;
	if (p === 1) return Number.POSITIVE_INFINITY;
	if (p === .5) return 0;
	return p < .5 ? -upperQuantile(p) : upperQuantile(1 - p);
}
/** `z` with upper tail `p`, 0 < p < 0.5. Start: Abramowitz and Stegun 26.2.23; then Halley's steps. */
function upperQuantile(p) {
	const t = Math.sqrt(-2 * Math.log(p));
	let z = t - (2.515517 + t * (.802853 + t * .010328)) / (1 + t * (1.432788 + t * (.189269 + t * .001308)));
	for (let step = 0; step < 4; step++) {
		const density = normalDensity(z);
		const u = (normalSf(z) - p) / density;
		z += u / (1 - z * u / 2);
	}
	return z;
}
/** Area between 0 and `z`: density times the sum of z^(2k+1) / (1*3*...*(2k+1)). */
function centralArea(z) {
	let term = z;
	let sum = z;
	for (let k = 1; Math.abs(term) > Math.abs(sum) * 1e-17; k++) {
		term *= z * z / (2 * k + 1);
		sum += term;
	}
	return normalDensity(z) * sum;
}
/**
* Upper tail over density: 1/(z+ 1/(z+ 2/(z+ 3/(z+ ...)))), for z >= 2.
* @see Lentz's method, W. J. Lentz 1976; Numerical Recipes 5.2
*/
function millsRatio(z) {
	let value = z;
	let numerator = z;
	let denominator = 0;
	for (let k = 1; k < 500; k++) {
		denominator = 1 / (z + k * denominator);
		numerator = z + k / numerator;
		const factor = numerator * denominator;
		value *= factor;
		if (Math.abs(factor - 1) < 1e-16) break;
	}
	return 1 / value;
}

// core/evaluation/number.ts
const mostDecimals = 12;
/** Writes numbers of one sentence with the same number of decimals: as many as the finest of them has. */
function showNumbers(...values) {
	const decimals = Math.max(...values.map(decimalsOf));
	return values.map((value) => {
		const text = value.toFixed(decimals);
		return Number(text) === 0 ? text.replace("-", "") : text;
	});
}
/** Writes a number that was computed, without the dust of its binary fractions: at most four digits. */
const showNumber = (value) => showNumbers(Number(value.toPrecision(4)))[0] ?? "";
/** Writes a count with commas: 48,000. */
const showCount = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
function decimalsOf(value) {
	if (!Number.isFinite(value)) return 0;
	const [mantissa = "", exponent = "0"] = String(Number(value.toPrecision(mostDecimals))).split("e");
	const fraction = mantissa.split(".")[1]?.length ?? 0;
	return Math.min(mostDecimals, Math.max(0, fraction - Number(exponent)));
}

// core/evaluation/requirement.ts
/** A ruling that compares with nobody. */
const ruling = (result, found, because) => ({
	result,
	found,
	because,
	answer: null,
	rowsNeeded: null
});
const placeOf = (gate) => ({
	metric: metricKey(gate),
	slice: gate.slice ?? null,
	set: gate.set ?? "held-out"
});
const comparesWithChampion = (gate) => gate.versus !== void 0 || gate.ratio !== void 0;
/**
* Everything that one gate of the configuration asks for.
* @param champion as sentences name it
* @param result on which the gate rests: a margin that is a share is one of its champion's value
*/
function requirementsOf(gate, champion, result) {
	const key = metricKey(gate);
	const where = whereOf(gate);
	const name = (what) => `${key} ${what}${where}`;
	const all = [...limitsOf(gate, name)];
	if (gate.versus !== void 0) all.push(versusOf(gate, gate.versus, name, champion, result));
	if (gate.ratio !== void 0) all.push(ratioOf(gate, gate.ratio, name, champion, result));
	if (gate.slices !== void 0) {
		const { margin } = gate.slices;
		const required = `no slice worse than ${champion}${by(" by more than", margin)}`;
		all.push({
			kind: "slices",
			margin,
			gate: name(`slices ${margin}`),
			required
		});
	}
	if (gate.drop !== void 0) {
		const required = `no more than ${gate.drop} worse on production-like rows than on the held-out ones`;
		all.push({
			kind: "drop",
			most: gate.drop,
			gate: `${name(`drop ${gate.drop}`)} on production-like rows`,
			required
		});
	}
	if (all.length > 0) return all;
	return [{
		kind: "nothing",
		gate: `${key}${where}`,
		required: "min, max, versus or another limit"
	}];
}
function whereOf({ slice, set }) {
	const parts = [...slice === void 0 ? [] : [slice], ...set === void 0 ? [] : ["production-like rows"]];
	return parts.length === 0 ? "" : ` on ${parts.join(", ")}`;
}
function limitsOf({ min, max, at = "value" }, name) {
	const limitOf = (kind, limit) => {
		const bound = at === "bound" ? ", by the whole interval" : "";
		return {
			kind,
			limit,
			at,
			gate: name(`${kind} ${limit}${at === "bound" ? " at bound" : ""}`),
			required: `at ${kind === "min" ? "least" : "most"} ${limit}${bound}`
		};
	};
	return [...min === void 0 ? [] : [limitOf("min", min)], ...max === void 0 ? [] : [limitOf("max", max)]];
}
function versusOf(gate, kind, name, champion, result) {
	const { margin: written = 0, relative, noise = 0 } = gate;
	const words = kind === "better" ? `better than ${champion}` : `not worse than ${champion}`;
	if (relative === void 0) {
		const required = `${words}${by(" by more than", written)}`;
		return {
			kind,
			margin: written,
			noise,
			gate: name(`${kind}${by("", written)}`),
			required
		};
	}
	const margin = written * Math.abs(result?.champion ?? NaN);
	const share = `${showNumber(written * 100)} %`;
	const required = `${words} by more than ${share} of its value${Number.isFinite(margin) ? `: by more than ${showNumber(margin)}` : ""}`;
	return {
		kind,
		margin,
		noise,
		gate: name(`${kind} ${share}`),
		required
	};
}
/** A ratio bounds the difference by a share of the champion's value: 1.1 times as slow is 10 % of it worse. */
function ratioOf({ noise = 0 }, ratio, name, champion, result) {
	const value = result?.champion ?? NaN;
	const higher = result?.higherIsBetter === true;
	const least = value > 0 ? (higher ? ratio - 1 : 1 - ratio) * value : NaN;
	const required = `no ${higher ? "less" : "more"} than ${ratio} times ${champion}`;
	const named = {
		gate: name(`ratio ${ratio}`),
		required
	};
	return least > 0 ? {
		kind: "better",
		margin: least,
		noise,
		...named
	} : {
		kind: "not-worse",
		margin: Math.abs(least),
		noise,
		...named
	};
}
function by(words, margin) {
	return margin === 0 ? "" : `${words} ${margin}`;
}

// core/evaluation/rows-needed.ts
/** More than any held-out set has: such a number would be no help. */
const mostRows = 0xe8d4a51000;
/**
* About how many rows bring an interval inside a border: widths shrink with the square root of the rows.
* @param reach of the interval on the side of the border, on `rows` rows
* @param distance from the value to the border
* @returns two digits, rounded up; null where no number would, or where nothing rests on rows
*/
function estimateRows(rows, reach, distance) {
	const needed = rows * (reach / distance) ** 2;
	if (!Number.isFinite(needed) || !(rows > 0) || !(distance > 0) || needed > mostRows) return null;
	const step = 10 ** Math.max(0, Math.floor(Math.log10(needed)) - 1);
	return Math.max(Math.ceil(Number((needed / step).toPrecision(9))) * step, rows + 1);
}
/** What would decide, in words. */
function rowsHint(rows, rowsNeeded) {
	if (rowsNeeded !== null) return `${showCount(rows)} rows do not tell, about ${showCount(rowsNeeded)} would`;
	if (rows > 0) return `${showCount(rows)} rows do not tell, and it lies so near that more would hardly`;
	return "what was measured does not tell, longer or more rounds would";
}

// core/evaluation/difference-gate.ts
/** Of one side: two sides make 95 % intervals. */
const level = .025;
/**
* Holds the difference to the champion against a margin. The whole 95 % interval must lie on the right side, and what is
* called better must be so among all comparisons of these rows. What the rows cannot tell is not evaluated: never a pass.
* @param champion as shown, for example `v1`
*/
function judgeDifference(requirement, result, champion, significance) {
	const { difference, differenceInterval: interval } = result;
	if (difference === null || interval === null || ![difference, ...interval].every(Number.isFinite)) {
		const because = `The difference to ${champion} has no interval, so nothing can be said about it`;
		return ruling("fail", "-", because);
	}
	const { margin, noise } = requirement;
	if (!Number.isFinite(margin) || margin < 0 || !Number.isFinite(noise) || noise < 0) return ruling("fail", "-", describeNoMargin(requirement, result, champion));
	const gain = toGain(difference, interval, result, significance);
	if (requirement.kind === "better" && gain.low > Math.max(margin, noise) && Number.isNaN(significance.better)) return ruling("fail", describeFound(difference, interval), `No test says that it is better than ${champion}`);
	const answer = requirement.kind === "better" ? answerBetter(gain, requirement) : answerNotWorse(gain, margin);
	return {
		result: answer.result,
		found: describeFound(difference, interval),
		because: describe$2(requirement, result, champion, answer),
		answer: answer.answer,
		rowsNeeded: answer.rowsNeeded
	};
}
function toGain(difference, [from, to], { higherIsBetter, rows }, { worse, better, family }) {
	const [value, low, high] = higherIsBetter ? [
		difference,
		from,
		to
	] : [
		-difference,
		-to,
		-from
	];
	return {
		value,
		low,
		high,
		rows,
		isBetter: low > 0 && Number.isFinite(better) && better < level,
		isWorse: Number.isFinite(worse) ? worse < level : high < 0,
		widening: normalQuantile(1 - level / Math.max(1, family)) / normalQuantile(.975)
	};
}
function answerNotWorse(gain, margin) {
	const { value, low, high, rows, isBetter, isWorse, widening } = gain;
	const decided = (result, answer, word) => ({
		result,
		answer,
		clause: `: ${word}`,
		rowsNeeded: null
	});
	if (low >= -margin) {
		if (isBetter) return decided("pass", "better", "better");
		return decided("pass", "not worse", isWorse ? "worse, within the margin" : "not worse");
	}
	if (isWorse) return decided("fail", "worse", "worse");
	return {
		...open(rows, leastOf(value > -margin ? estimateRows(rows, value - low, value + margin) : null, value < 0 ? estimateRows(rows, (high - value) * widening, -value) : null), value >= -margin),
		answer: "not enough rows"
	};
}
function answerBetter(gain, { margin, noise }) {
	const { value, low, high, rows, isBetter, widening } = gain;
	const most = Math.max(margin, noise);
	if (low > most && isBetter) return {
		result: "pass",
		answer: "better",
		clause: ": better",
		rowsNeeded: null
	};
	if (high <= most) return {
		result: "fail",
		...missOf(gain, margin),
		rowsNeeded: null
	};
	const rowsNeeded = value > most ? estimateRows(rows, (value - low) * widening, value - most) : estimateRows(rows, high - value, most - value);
	const answer = isBetter ? "better" : "not enough rows";
	return {
		...open(rows, rowsNeeded, value > most),
		answer
	};
}
/** What a challenger is that is surely not better by the margin. */
function missOf({ low, isBetter, isWorse }, margin) {
	if (isBetter) return {
		answer: "better",
		clause: ": better, but not by as much"
	};
	if (isWorse && low < -margin) return {
		answer: "worse",
		clause: ": worse"
	};
	return {
		answer: low >= -margin ? "not worse" : "not enough rows",
		clause: ": not better"
	};
}
function open(rows, rowsNeeded, wouldDo) {
	return {
		result: "not evaluated",
		clause: `${wouldDo ? ", which may be chance" : ""}: ${rowsHint(rows, rowsNeeded)}`,
		rowsNeeded
	};
}
function leastOf(...numbers) {
	const known = numbers.filter((number) => number !== null);
	return known.length === 0 ? null : Math.min(...known);
}
function describeNoMargin({ margin, noise, gate }, { champion: value }, champion) {
	if (Number.isNaN(margin) && gate.includes(" ratio ")) return `${champion} has the value ${value ?? "of none"}: there is no ratio to it`;
	if (Number.isNaN(margin)) return `The value of ${champion} is not known, so no share of it is`;
	const [name, wrong] = Number.isFinite(margin) && margin >= 0 ? ["noise floor", noise] : ["margin", margin];
	return `The ${name} ${wrong} is not a number from 0 up`;
}
function describe$2(requirement, result, champion, { clause }) {
	const { difference, differenceInterval, challenger, higherIsBetter } = result;
	const [low, high] = differenceInterval;
	const gap = difference;
	const [apart, from, to] = showNumbers(Math.abs(gap), low, high);
	const [value] = showNumbers(challenger);
	return `${value} is ${gap === 0 ? "equal to" : `${apart} ${gap < 0 ? "below" : "above"}`} ${champion}${low === high ? "" : ` (95 % interval ${from} to ${to})`}${clause}; ${describeAllowed(requirement, higherIsBetter)}`;
}
function describeAllowed({ kind, margin, noise }, higherIsBetter) {
	const better = higherIsBetter ? "above" : "below";
	const worse = higherIsBetter ? "below" : "above";
	if (kind === "not-worse") return margin === 0 ? `allowed: not ${worse}` : `allowed: not more than ${showNumber(margin)} ${worse}`;
	if (noise > margin) return `required: more than ${showNumber(noise)} ${better}, since trainings of the same thing differ by that much`;
	return margin === 0 ? `required: surely ${better}` : `required: more than ${showNumber(margin)} ${better}`;
}
function describeFound(difference, [low, high]) {
	const [shown, from, to] = showNumbers(difference, low, high);
	return `${difference > 0 ? "+" : ""}${shown}${low === high ? "" : ` (${from} to ${to})`}`;
}

// core/evaluation/drop-gate.ts
/** Holds what a model loses on rows as production sends them against a limit, in units of the metric. */
function judgeDrop(requirement, heldOut, spoiled) {
	const { most } = requirement;
	const [before, after] = [heldOut.challenger, spoiled.challenger];
	if (heldOut.higherIsBetter !== spoiled.higherIsBetter) return ruling("fail", "-", "The two results do not agree which values are better");
	const drop = heldOut.higherIsBetter ? before - after : after - before;
	if (!Number.isFinite(drop) || !Number.isFinite(most)) return ruling("fail", String(drop), "What is lost, or the limit, is not a number");
	const loss = Number(drop.toPrecision(12));
	const [from, to, apart] = showNumbers(before, after, Math.abs(loss));
	const because = `${to} on production-like rows is ${loss === 0 ? "as on" : `${apart} ${loss > 0 ? "worse than on" : "better than on"}`} the held-out ones (${from}); allowed: not more than ${showNumber(most)} worse`;
	return ruling(loss <= most ? "pass" : "fail", to, because);
}

// core/evaluation/limit-gate.ts
/**
* Holds a value, or the bad end of its interval, against an absolute limit. A value or limit that is not finite fails.
* A value that would do whose interval does not is not evaluated: more rows decide.
*/
function judgeLimit(requirement, result) {
	const { kind, limit, at } = requirement;
	const value = result.challenger;
	if (!Number.isFinite(value)) return ruling("fail", String(value), `${value} is not a number`);
	if (!Number.isFinite(limit)) return ruling("fail", String(value), `The limit ${limit} is not a number`);
	const passes = kind === "min" ? value >= limit : value <= limit;
	if (at === "bound") return judgeBound(requirement, result, passes);
	const [shown] = showNumbers(value, limit, Math.abs(value - limit));
	return ruling(passes ? "pass" : "fail", shown, describeLimit(kind, value, limit));
}
function judgeBound(requirement, result, valuePasses) {
	const { kind, limit } = requirement;
	const { challenger: value, challengerInterval: interval, rows } = result;
	if (interval === null || !interval.every(Number.isFinite)) return ruling("fail", String(value), `${value} has no interval, and the gate is about its end`);
	const bound = kind === "min" ? interval[0] : interval[1];
	const passes = valuePasses && (kind === "min" ? bound >= limit : bound <= limit);
	const [shown, low, high] = showNumbers(value, ...interval);
	const found = `${shown} (${low} to ${high})`;
	const end = `the ${kind === "min" ? "lower" : "upper"} end of the 95 % interval`;
	if (passes) return ruling("pass", found, `${describeLimit(kind, bound, limit)}, by ${end}`);
	if (!valuePasses) return ruling("fail", found, describeLimit(kind, value, limit));
	const rowsNeeded = estimateRows(rows, Math.abs(value - bound), Math.abs(value - limit));
	const because = `${shown} would do, but ${end}, ${describeLimit(kind, bound, limit)}: ${rowsHint(rows, rowsNeeded)}`;
	return {
		...ruling("not evaluated", found, because),
		rowsNeeded
	};
}
function describeLimit(kind, found, limit) {
	const [shown, bound, gap] = showNumbers(found, limit, Math.abs(found - limit));
	return `${shown} ${found === limit ? "is exactly" : `is ${gap} ${found < limit ? "below" : "above"}`} the ${kind === "min" ? "least" : "most"} allowed, ${bound}`;
}

// core/statistics/false-discovery.ts
/**
* Benjamini and Hochberg's adjusted p-values, in the order given: rejecting those below alpha keeps the expected share
* of false rejections among all rejections below alpha.
* @param pValues each in [0, 1]; NaN stays NaN and does not count
* @param factor 1, or the harmonic sum that makes it hold however the tests depend on each other
* @see Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001 for the factor
*/
function adjustPValues(pValues, factor = 1) {
	const known = pValues.map((p, at) => ({
		p,
		at
	})).filter(({ p }) => !Number.isNaN(p)).sort((left, right) => right.p - left.p);
	const adjusted = pValues.map(() => NaN);
	let least = 1;
	known.forEach(({ p, at }, index) => {
		least = Math.min(least, p * factor * (known.length / (known.length - index)));
		adjusted[at] = least;
	});
	return adjusted;
}

// core/evaluation/slice-gate.ts
/** False discoveries that are let through among all slices called falling. */
const discoveryRate = .05;
/** Slices that a sentence names. */
const mostNamed = 3;
/**
* Holds every slice of a metric against the champion: one falls when it is surely worse among all slices that were
* looked at (Benjamini and Hochberg), and by more than the margin. A slice without a test is not evaluated.
* @param slices of the metric on held-out rows
*/
function judgeSlices(requirement, slices, champion) {
	const { margin } = requirement;
	if (!Number.isFinite(margin) || margin < 0) return ruling("fail", "-", `The margin ${margin} is not a number from 0 up`);
	if (slices.length === 0) return ruling("fail", "-", "No slice was computed: declare slices in model.yml, with rows enough in each");
	const judged = judgeAll(slices);
	const open = slices.length - judged.length;
	if (judged.length === 0) return ruling("not evaluated", `0 of ${slices.length} slices`, "No slice has rows enough to be compared");
	const falling = judged.filter(({ adjusted, gain }) => adjusted < discoveryRate && gain < -margin);
	const found = `${falling.length} of ${judged.length} slices fall${open === 0 ? "" : `, ${open} not evaluated`}`;
	return {
		...ruling(falling.length === 0 ? "pass" : "fail", found, describe$1(falling, judged, margin, champion)),
		answer: falling.length === 0 ? "not worse" : "worse"
	};
}
/** Worst first. */
function judgeAll(slices) {
	const known = slices.flatMap((slice) => {
		const { difference, pWorse, higherIsBetter } = slice;
		if (difference === null || pWorse === null) return [];
		return [{
			slice,
			pWorse,
			gain: higherIsBetter ? difference : -difference
		}];
	});
	const adjusted = adjustPValues(known.map(({ pWorse }) => pWorse));
	return known.map(({ slice, gain }, at) => ({
		slice,
		gain,
		adjusted: adjusted[at] ?? NaN
	})).sort((a, b) => a.gain - b.gain);
}
function describe$1(falling, judged, margin, champion) {
	const allowed = margin === 0 ? "allowed: none" : `allowed: not more than ${showNumber(margin)} worse`;
	if (falling.length === 0) {
		const worst = judged[0];
		const least = worst.gain < 0 ? `the worst is ${describeSlice(worst)}, which may be chance or within the margin` : "none is below";
		return `No slice of ${judged.length} is surely worse than ${champion}: ${least}; ${allowed}`;
	}
	const named = falling.slice(0, mostNamed).map(describeSlice).join(", ");
	const more = falling.length > mostNamed ? ` and ${falling.length - mostNamed} more` : "";
	const verb = falling.length === 1 ? "slice falls" : "slices fall";
	return `${falling.length} ${verb} against ${champion}: ${named}${more}; ${allowed}`;
}
function describeSlice({ slice }) {
	const difference = slice.difference ?? NaN;
	const [low, high] = slice.differenceInterval ?? [difference, difference];
	const [apart, from, to] = showNumbers(Math.abs(difference), low, high);
	const side = difference < 0 ? "below" : "above";
	const interval = low === high ? "" : `, 95 % interval ${from} to ${to}`;
	return `${slice.slice} (${apart} ${side}${interval}, ${showCount(slice.rows)} rows)`;
}

// core/evaluation/gate.ts
/**
* Holds the measured metrics against the gates. Pure: the app computes the same outcomes from the same evidence.
* One gate of the configuration gives one outcome for each thing it asks for (`min`, `max`, `versus` ...).
* @param metrics rounded as in evidence: what is shown is what is judged
* @param gates with the floor of the policy under them (`applicableGates`)
*/
function evaluateGates(metrics, gates, context) {
	const families = adjustFamilies(metrics, gates);
	const champion = championOf(context);
	return gates.flatMap((gate) => {
		const place = placeOf(gate);
		const result = findResult(metrics, place);
		const judging = {
			gate,
			place,
			result,
			metrics,
			champion,
			context,
			significance: families.get(keyOf(place)) ?? unknown
		};
		return requirementsOf(gate, champion ?? "the champion", result).map((requirement) => ({
			gate: nameOf(requirement),
			...place,
			...requirement.kind === "drop" ? { set: "production-like" } : {},
			required: requirement.required,
			...rule(requirement, judging)
		}));
	});
}
const mostCharacters = 500;
/** Names of all that gates ask for, as reports and waivers name them: `auc min 0.6`, `auc not-worse 0.01`. */
const gateNames = (gates) => gates.flatMap((gate) => requirementsOf(gate, "the champion", void 0).map((requirement) => nameOf(requirement)));
/** Names of slices and columns are the team's: evidence holds at most this much of a name. */
const nameOf = ({ gate }) => gate.slice(0, mostCharacters);
/** How sentences name the champion; null: there is none. */
function championOf({ against }) {
	if (against === null) return null;
	return against === "unnumbered" ? "the champion" : `v${against}`;
}
function findResult(metrics, { metric, slice, set }) {
	const found = metrics.find((each) => each.metric === metric && each.slice === slice && each.set === set);
	return found && toExact(found);
}
/** The cases of a behaviour suite are all that there are: no other draw of them could have come out otherwise. */
function toExact(result) {
	const { metric, challenger, difference } = result;
	if (metric !== "behaviour-pass-rate" || difference === null) return result;
	const gain = result.higherIsBetter ? difference : -difference;
	return {
		...result,
		challengerInterval: [challenger, challenger],
		differenceInterval: [difference, difference],
		pWorse: gain < 0 ? 0 : 1,
		pBetter: gain > 0 ? 0 : 1
	};
}
const keyOf = ({ metric, slice, set }) => JSON.stringify([
	metric,
	slice,
	set
]);
const unknown = {
	worse: NaN,
	better: NaN,
	family: 1
};
/** Metrics that gates compare on the same rows are one family: with many of them, one is better by chance (Holm). */
function adjustFamilies(metrics, gates) {
	const places = new Map(gates.filter(comparesWithChampion).map((gate) => [keyOf(placeOf(gate)), placeOf(gate)]));
	const families = groupBy(places.values(), ({ slice, set }) => JSON.stringify([slice, set]));
	return new Map([...families.values()].flatMap((family) => {
		const results = family.map((place) => findResult(metrics, place));
		const worse = adjustByHolm(results.map((result) => result?.pWorse ?? NaN));
		const better = adjustByHolm(results.map((result) => result?.pBetter ?? NaN));
		return family.map((place, at) => [keyOf(place), {
			worse: worse[at] ?? NaN,
			better: better[at] ?? NaN,
			family: family.length
		}]);
	}));
}
function rule(requirement, judging) {
	const { result, champion, context, place } = judging;
	if (requirement.kind === "nothing") return ruling("fail", "-", `The gate on ${place.metric} asks for nothing: give it min, max or versus`);
	if (![
		"min",
		"max",
		"drop"
	].includes(requirement.kind) && champion === null) return ruling("skipped", "-", "There is no champion to compare with");
	if (!(Number.isFinite(context.rows) && context.rows >= context.minimumRows)) return tooFew(context);
	if (requirement.kind === "slices") {
		const slices = slicesOf(judging);
		return refuseAny(slices, judging) ?? judgeSlices(requirement, slices, champion ?? "");
	}
	if (!result) return ruling("fail", "-", describeMissing(place));
	const refused = refuseAny([result], judging);
	if (refused !== null) return refused;
	switch (requirement.kind) {
		case "min":
		case "max": return judgeLimit(requirement, result);
		case "drop": return judgeDropOf(requirement, result, judging);
		default: return judgeDifference(requirement, result, champion ?? "", judging.significance);
	}
}
function judgeDropOf(requirement, heldOut, judging) {
	const place = {
		...judging.place,
		set: "production-like"
	};
	const spoiled = findResult(judging.metrics, place);
	if (!spoiled) return ruling("fail", "-", describeMissing(place));
	return refuseAny([spoiled], judging) ?? judgeDrop(requirement, heldOut, spoiled);
}
const slicesOf = ({ metrics, place }) => metrics.filter(({ metric, slice, set }) => metric === place.metric && slice !== null && set === "held-out");
function tooFew({ rows, minimumRows }) {
	const because = `${rows} held-out rows are too few: at least ${minimumRows} are needed`;
	return ruling("not evaluated", `${rows} rows`, because);
}
function describeMissing({ metric, slice, set }) {
	return `The metric ${metric} was not computed${[...slice === null ? [] : [` on the slice ${slice}`], ...set === "held-out" ? [] : [" on production-like rows"]].join("")}`;
}
/** Why results cannot gate at all: a number that is none, or a grade below what the gate accepts. */
function refuseAny(results, { gate, place }) {
	for (const result of results) {
		if (!numbersOf(result).every((value) => value === null || Number.isFinite(value))) {
			const because = Number.isFinite(result.challenger) ? `A number of the metric ${place.metric} is not finite, so nothing can be said about it` : `${result.challenger} is not a number`;
			return ruling("fail", String(result.challenger), because);
		}
		if (!accepts(gate, place.metric, result.grade)) {
			const because = `The metric ${place.metric} is ${result.grade}, and this gate takes only what is ${acceptedOf(gate, place.metric)}`;
			return ruling("fail", result.grade, because);
		}
	}
	return null;
}
function numbersOf(result) {
	const { challenger, challengerInterval, champion, difference, differenceInterval } = result;
	const { standardError, pWorse, pBetter } = result;
	return [
		...[
			challenger,
			champion,
			difference,
			standardError,
			pWorse,
			pBetter
		],
		...challengerInterval ?? [],
		...differenceInterval ?? []
	];
}
/** What can only be measured is taken so; everything else must be judged, unless the gate says otherwise. */
const acceptedOf = (gate, metric) => gate.grade ?? (isMeasured(metric) ? "measured" : "judged");
const accepts = (gate, metric, grade) => grade === "judged" || grade === "measured" && acceptedOf(gate, metric) === "measured";

// core/config/strictness.ts
const both = (a, b, compare) => a === void 0 || b === void 0 ? null : compare(a, b);
const isBound = ({ at }) => at === "bound";
const inPercent = ({ margin = 0, relative }) => `${margin}${relative === true ? " of its value" : ""}`;
const describe = (gate) => `${gate.versus} by margin ${inPercent(gate)}`;
const withBound = (gate) => isBound(gate) ? " by the whole interval" : "";
const forms = [
	{
		key: "min",
		isAsStrict: (gate, floor) => limitIsAsStrict(gate, floor, gate.min, floor.min, (a, b) => a >= b),
		show: (gate) => `${gate.min}${withBound(gate)}`,
		showAllowed: (floor) => `${floor.min} or more${withBound(floor)}`
	},
	{
		key: "max",
		isAsStrict: (gate, floor) => limitIsAsStrict(gate, floor, gate.max, floor.max, (a, b) => a <= b),
		show: (gate) => `${gate.max}${withBound(gate)}`,
		showAllowed: (floor) => `${floor.max} or less${withBound(floor)}`
	},
	{
		key: "versus",
		isAsStrict: (gate, floor) => gate.versus === void 0 || floor.versus === void 0 || gate.relative !== floor.relative ? null : lead(gate) >= lead(floor),
		show: describe,
		showAllowed: describe
	},
	{
		key: "ratio",
		isAsStrict: (gate, floor) => both(gate.ratio, floor.ratio, (a, b) => ratioIsAsStrict(gate.metric, a, b)),
		show: ({ ratio }) => `${ratio}`,
		showAllowed: ({ ratio }) => `${ratio}, or a stricter ratio`
	},
	{
		key: "slices",
		isAsStrict: (gate, floor) => both(gate.slices?.margin, floor.slices?.margin, (a, b) => a <= b),
		show: ({ slices }) => `margin ${slices?.margin}`,
		showAllowed: ({ slices }) => `margin ${slices?.margin} or less`
	},
	{
		key: "drop",
		isAsStrict: (gate, floor) => both(gate.drop, floor.drop, (a, b) => a <= b),
		show: ({ drop }) => `${drop}`,
		showAllowed: ({ drop }) => `${drop} or less`
	}
];
/** The end of an interval is worse than its value: a limit on it is stricter than the same one on the value, never laxer. */
function limitIsAsStrict(gate, floor, own, least, compare) {
	const holds = both(own, least, compare);
	if (holds === null || isBound(gate) === isBound(floor)) return holds;
	return isBound(gate) && holds ? true : null;
}
/** How far ahead of the champion the lower end of the interval must lie. */
const lead = ({ versus, margin }) => versus === "better" ? margin ?? 0 : -(margin ?? 0);
function ratioIsAsStrict(metric, own, floor) {
	const direction = directionOf(metric);
	if (direction === null) return own === floor;
	return direction === "higher" ? own >= floor : own <= floor;
}
const isAlike = (gate, floor) => metricKey(gate) === metricKey(floor) && gate.slice === floor.slice && gate.set === floor.set;
/** A gate that takes measured numbers where the floor wants judged ones is another gate. */
const acceptsMore = (gate, floor) => takesMeasured(gate) && !takesMeasured(floor);
const takesMeasured = ({ metric, grade }) => (grade ?? (isMeasured(metric) ? "measured" : "judged")) === "measured";
const asks = (floor, key) => floor[key] !== void 0;
/**
* True when gates together ask for at least what a floor asks, each form by one of its own kind. What cannot be
* compared holds nothing: the floor then stands beside it.
*/
function isHeld(floor, gates) {
	const alike = gates.filter((gate) => isAlike(gate, floor) && !acceptsMore(gate, floor));
	return forms.filter(({ key }) => asks(floor, key)).every(({ isAsStrict }) => alike.some((gate) => isAsStrict(gate, floor) === true));
}
/** What a gate asks for that is less than the floor asks in the same form. */
function findWeaker(gate, floor) {
	if (!isAlike(gate, floor)) return [];
	return forms.filter(({ isAsStrict }) => isAsStrict(gate, floor) === false).map(({ key, show, showAllowed }) => ({
		key,
		found: show(gate),
		allowed: showAllowed(floor)
	}));
}

// core/config/floor.ts
/**
* Lays the floor of the policy under a model's gates (GATE.md rule 10).
* Gates are alternatives to nobody: all of them must pass, so adding one can only make it harder. A floor on a metric
* that the task of the model does not have is no floor for it.
* @param file path of model.yml, for findings
* @param model whose gates they are; absent: nothing is known of it
*/
function applyFloor(gates, defaults, file = "model.yml", model = {}) {
	const complete = gates.map((gate) => fillMargin(gate, defaults.comparison));
	const added = complete.some(comparesQuality) ? [] : [comparisonOf(complete, defaults, model)];
	const own = [...complete, ...added];
	const floors = defaults.gates.filter((floor) => applies(floor, model.task)).map((floor) => fillMargin(floor, defaults.comparison));
	const missing = floors.filter((floor) => !isHeld(floor, own));
	return {
		gates: [...own, ...missing].map((gate) => addNoise(gate, model.noiseFloor)),
		findings: complete.flatMap((gate, at) => floors.flatMap((floor) => findWeaker(gate, floor).map((weak) => below(weak, gate, at, file))))
	};
}
/** The gates that apply to a model: its own, the floor of the policy, and a comparison with the champion always. */
function applicableGates(model, defaults) {
	return applyFloor(model.gates, defaults, void 0, model).gates;
}
/** Resolves a model against the policy: gates with the floor under them and a comparison with the champion always. */
function resolveModel(model, policy) {
	const { gates, findings } = applyFloor(model.gates, policy.defaults, modelPath(model.model), model);
	return {
		model: {
			...model,
			gates
		},
		findings
	};
}
/** A comparison of how fast it is, or of one slice, says nothing of whether it is as good as the champion. */
const comparesQuality = (gate) => gate.versus !== void 0 && isQuality(gate);
const isQuality = ({ metric, slice, set }) => slice === void 0 && set === void 0 && !isServing(metric) && !isFairness(metric);
const usualMetric = {
	"binary-classification": "auc",
	"multiclass-classification": "accuracy",
	regression: "rmse",
	ranking: "ndcg@10"
};
function comparisonOf(gates, { comparison }, { task = "binary-classification", scorers = [] }) {
	const { versus, margin } = comparison;
	const usual = task === "scored-examples" ? `score:${scorers[0]?.name ?? ""}` : usualMetric[task];
	return {
		metric: gates.find(isQuality)?.metric ?? usual,
		versus,
		margin
	};
}
const applies = ({ metric }, task) => task === void 0 || checkMetricName(metric, { task }) === null;
function addNoise(gate, floor) {
	const key = metricKey(gate);
	const noise = floor !== void 0 && Object.hasOwn(floor, key) ? floor[key] : void 0;
	const gains = gate.versus === "better" || gate.ratio !== void 0;
	return noise === void 0 || !gains ? gate : {
		...gate,
		noise
	};
}
function below({ key, found, allowed }, gate, at, file) {
	return {
		code: "config/below-floor",
		severity: "fail",
		message: `gate "${metricKey(gate)}" asks for less than the floor of the policy`,
		where: {
			file,
			pointer: `/gates/${at}/${key}`
		},
		found,
		allowed,
		fix: `Ask for ${allowed}, or have the governors change defaults.gates in .github/gatehouse.yml.`
	};
}

export { gateNames as a, showCount as c, normalDensity as d, normalQuantile as f, evaluateGates as i, showNumbers as l, groupBy as m, applyFloor as n, adjustPValues as o, normalSf as p, resolveModel as r, requirementsOf as s, applicableGates as t, normalCdf as u };