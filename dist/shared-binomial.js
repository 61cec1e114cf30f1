import { a as stirlingError, i as halfDeviance, r as betaCdf } from "./shared-proportion.js";

// core/statistics/binomial.ts
/**
* Probability of exactly `k` hits in `n` trials.
* @param k, n whole numbers
* @param p probability of a hit, in [0, 1]
* @see Loader 2000, Fast and accurate computation of binomial probabilities
*/
function binomialPmf(k, n, p) {
	if (!(n >= 0) || !(p >= 0 && p <= 1) || Number.isNaN(k)) return NaN;
	if (k < 0 || k > n || !Number.isInteger(k)) return 0;
	if (p === 0 || p === 1) return k === n * p ? 1 : 0;
	if (k === 0) return Math.exp(n * Math.log1p(-p));
	if (k === n) return p ** n;
	const rest = n - k;
	const exponent = stirlingError(n) - stirlingError(k) - stirlingError(rest) - halfDeviance(k, n * p) - halfDeviance(rest, n * (1 - p));
	return Math.sqrt(n / (2 * Math.PI * k) / rest) * Math.exp(exponent);
}
/** Probability of at most `k` hits in `n` trials. */
function binomialCdf(k, n, p) {
	const hits = Math.floor(k);
	if (!(n >= 0) || !(p >= 0 && p <= 1) || Number.isNaN(k)) return NaN;
	if (hits < 0) return 0;
	return hits >= n ? 1 : betaCdf(1 - p, n - hits, hits + 1, p);
}
/** Fewest hits that are not exceeded with probability of at least `level`; NaN outside [0, 1]. */
function binomialQuantile(level, n, p) {
	if (!(level >= 0 && level <= 1) || !(n >= 0) || !(p >= 0 && p <= 1)) return NaN;
	let [low, high] = [0, n];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (binomialCdf(middle, n, p) >= level * (1 - 2 ** -50)) high = middle;
		else low = middle + 1;
	}
	return low;
}

export { binomialQuantile as n, binomialPmf as t };