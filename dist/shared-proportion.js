import { f as normalQuantile, p as normalSf } from "./shared-floor.js";
import { r as InputError } from "./shared-error.js";

// core/statistics/refusal.ts
const texts = {
	empty: [
		"STATISTICS_EMPTY",
		"there are no rows",
		"Give at least one row."
	],
	single_class: [
		"STATISTICS_SINGLE_CLASS",
		"all labels are of one class",
		"Use held-out rows in which both classes occur."
	],
	zero_column: [
		"STATISTICS_ZERO_COLUMN",
		"a sample or a category has no rows",
		"Leave out categories that occur in no sample."
	]
};
/**
* Makes the error of a statistic that has no value: better than a NaN that somebody compares.
* @param what the statistic, as shown to the reader
*/
function refuseStatistic(kind, what) {
	const [code, because, hint] = texts[kind];
	return new InputError(code, `${what} cannot be computed: ${because}`, { hint });
}

// core/statistics/log-gamma.ts
/** Coefficients of Stirling's series: B(2k) / (2k (2k - 1)). */
const stirling = [
	1 / 12,
	-1 / 360,
	1 / 1260,
	-1 / 1680,
	1 / 1188,
	-691 / 360360,
	1 / 156,
	-3617 / 122400
];
/** From here on eight terms of the series are exact to the last bits. */
const seriesStart = 15;
/** Powers below it move no bit of a density. */
const leastPower = 1e-20;
const halfLogOfTwoPi = Math.log(2 * Math.PI) / 2;
/**
* What Stirling's formula leaves out: log Γ(a + 1) - (a + 1/2) log a + a - log(2π) / 2. With it a density of large
* numbers is computed without the difference of numbers a million times larger.
* @param a above 0
* @see Loader 2000, Fast and accurate computation of binomial probabilities
*/
function stirlingError(a) {
	let sum = 0;
	let shifted = a;
	for (; shifted < seriesStart; shifted++) sum += stepOf(shifted);
	return sum + seriesOf(shifted);
}
/** How much smaller the error is for a + 1: (a + 1/2) log(1 + 1 / a) - 1, as a series that does not subtract. */
function stepOf(a) {
	if (a < 1) return (a + .5) * (Math.log1p(a) - Math.log(a)) - 1;
	const z = 1 / (2 * a + 1) ** 2;
	let power = z;
	let sum = 0;
	for (let k = 3; power > 1e-20; k += 2) {
		sum += power / k;
		power *= z;
	}
	return sum;
}
function seriesOf(a) {
	const inverse = 1 / a;
	let power = inverse;
	let sum = 0;
	for (const coefficient of stirling) {
		sum += coefficient * power;
		power *= inverse * inverse;
		if (power < leastPower) break;
	}
	return sum;
}
/**
* Half the deviance of a count from its expectation: x log(x / m) + m - x, exact where both are close.
* @see Loader 2000
*/
function halfDeviance(x, m) {
	if (Math.abs(x - m) >= .1 * (x + m)) {
		const ratio = x / m;
		return x * (ratio === Number.POSITIVE_INFINITY ? Math.log(x) - Math.log(m) : Math.log(ratio)) + m - x;
	}
	const v = (x - m) / (x + m);
	let term = 2 * x * v;
	let sum = (x - m) * v;
	for (let k = 1;; k++) {
		term *= v * v;
		const next = sum + term / (2 * k + 1);
		if (next === sum) return next;
		sum = next;
	}
}

// core/statistics/beta.ts
const mostSteps = 1e6;
/**
* Regularised incomplete beta function I_x(a, b): the distribution function of the beta distribution.
* @param x in [0, 1]
* @param a, b above 0
* @param complement 1 - x, where the caller knows it with more digits than the difference has
* @see NIST DLMF 8.17.22, continued fraction, with the symmetry 8.17.4 for the other side
*/
function betaCdf(x, a, b, complement = 1 - x) {
	if (!(a > 0) || !(b > 0) || Number.isNaN(x)) return NaN;
	if (x <= 0) return 0;
	if (complement <= 0) return 1;
	return isLower(x, a, b) ? directTail(x, complement, a, b) : 1 - directTail(complement, x, b, a);
}
const isLower = (x, a, b) => x <= (a + 1) / (a + b + 2);
/** Lentz's method on the continued fraction; no denominator is 0 up to x = (a + 1) / (a + b + 2). */
function directTail(x, y, a, b) {
	let c = 1;
	let d = 1 / (1 - (a + b) * x / (a + 1));
	let value = d;
	for (let k = 1; k < mostSteps; k++) {
		const even = k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
		d = 1 / (1 + even * d);
		c = 1 + even / c;
		value *= d * c;
		const odd = -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
		d = 1 / (1 + odd * d);
		c = 1 + odd / c;
		value *= d * c;
		if (Math.abs(d * c - 1) < 2 ** -52) break;
	}
	return Math.min(1, scale(x, y, a, b) * value / a);
}
/** x^a y^b / B(a, b) */
function scale(x, y, a, b) {
	const whole = a + b;
	const exponent = stirlingError(whole) - stirlingError(a) - stirlingError(b) - halfDeviance(a, whole * x) - halfDeviance(b, whole * y);
	return Math.sqrt(a / whole * b / (2 * Math.PI)) * Math.exp(exponent);
}

// core/statistics/proportion.ts
/**
* Wilson's interval of a share: keeps inside 0 and 1, and says something for 0 of n.
* @throws InputError STATISTICS_EMPTY
* @see Wilson 1927
*/
function computeWilsonInterval(hits, total, confidence = .95) {
	if (!(total > 0)) throw refuseStatistic("empty", "the interval of a share");
	const z2 = normalQuantile(.5 + confidence / 2) ** 2;
	const share = hits / total;
	const middle = (share + z2 / (2 * total)) / (1 + z2 / total);
	const reach = Math.sqrt(z2 * (share * (1 - share) / total + z2 / (4 * total ** 2))) / (1 + z2 / total);
	return [hits === 0 ? 0 : Math.max(0, middle - reach), hits === total ? 1 : Math.min(1, middle + reach)];
}
/** Compares two shares with the pooled z test. @throws InputError STATISTICS_EMPTY */
function testShares(hits, total, otherHits, otherTotal) {
	if (!(total > 0) || !(otherTotal > 0)) throw refuseStatistic("empty", "the difference of two shares");
	const pooled = (hits + otherHits) / (total + otherTotal);
	const error = Math.sqrt(pooled * (1 - pooled) * (1 / total + 1 / otherTotal));
	if (error === 0) return {
		z: 0,
		p: 1
	};
	const z = (hits / total - otherHits / otherTotal) / error;
	return {
		z,
		p: 2 * normalSf(Math.abs(z))
	};
}

export { stirlingError as a, halfDeviance as i, testShares as n, refuseStatistic as o, betaCdf as r, computeWilsonInterval as t };