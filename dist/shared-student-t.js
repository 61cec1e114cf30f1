import { r as betaCdf } from "./shared-proportion.js";
import { f as normalQuantile, p as normalSf } from "./shared-floor.js";

// core/statistics/bus-dekker.ts
/** Far more than any double needs: 5^500 is beyond the largest. */
const mostSteps = 500;
/**
* Where a monotone function is 0: widens a bracket from a start, then narrows it with Bus and Dekker's Algorithm R.
* @param rises whether the function rises
* @param tolerance width of the bracket at the end, relative to the root
* @returns the end of the last bracket with the smaller value
* @see Bus and Dekker 1975, Two efficient algorithms with guaranteed convergence for finding a zero of a function
*/
function findRoot(compute, rises, start, tolerance) {
	const at = (x) => ({
		x,
		f: compute(x)
	});
	const first = at(start);
	if (first.f === 0) return start;
	const up = rises === first.f < 0;
	let step = Math.max(.5, .5 * Math.abs(start));
	let from = first;
	for (let tries = 0; tries < mostSteps; tries++) {
		const to = at(up ? from.x + step : from.x - step);
		if (to.f === 0 || to.f < 0 !== first.f < 0) return up ? narrow(at, from, to, tolerance) : narrow(at, to, from, tolerance);
		from = to;
		step *= 5;
	}
	return from.x;
}
/** Algorithm R: rational interpolation through three places, and a bisection whenever three steps in a row gained little. */
function narrow(at, low, high, tolerance) {
	let [best, last, other, older] = [
		low,
		high,
		high,
		high
	];
	let measured = high;
	let extrapolations = 0;
	let isFirst = true;
	for (let tries = 0; tries < mostSteps; tries++) {
		if (Math.abs(other.f) < Math.abs(best.f)) {
			[last, best, other] = [
				best,
				other,
				best
			];
			measured = best;
		}
		const least = .5 * tolerance * Math.abs(measured.x);
		const half = (other.x + best.x) * .5 - best.x;
		if (!(Math.abs(half) > least)) break;
		const width = extrapolations > 3 ? half : chooseStep(best, last, isFirst ? null : older, half, least * Math.sign(half), extrapolations === 3);
		if (extrapolations <= 3) isFirst = false;
		[older, last] = [last, best];
		best = at(best.x + width);
		measured = best;
		if (other.f * best.f >= 0) {
			other = last;
			extrapolations = 0;
		} else extrapolations = width === half ? 0 : extrapolations + 1;
	}
	return best.x;
}
function chooseStep(best, last, older, half, least, doubled) {
	let p = (best.x - last.x) * best.f;
	let q = last.f - best.f;
	if (older !== null) {
		const toBest = (older.f - best.f) / (older.x - best.x);
		const toLast = (older.f - last.f) / (older.x - last.x);
		p *= toLast;
		q = toBest * last.f - toLast * best.f;
	}
	if (p < 0) [p, q] = [-p, -q];
	if (doubled) p *= 2;
	if (p === 0 || p <= q * least) return least;
	return p < half * q ? p / q : half;
}

// core/statistics/student-t.ts
/** Lower tail of Student's distribution. @param df degrees of freedom, above 0; Infinity is the normal distribution */
function studentCdf(t, df) {
	return studentSf(-t, df);
}
/** Upper tail of Student's distribution. @see Abramowitz and Stegun 26.7.1 */
function studentSf(t, df) {
	if (df === Number.POSITIVE_INFINITY) return normalSf(t);
	if (!(df > 0) || Number.isNaN(t)) return NaN;
	if (t < 0) return 1 - studentSf(-t, df);
	const ratio = t ** 2 / df;
	return betaCdf(1 / (1 + ratio), df / 2, .5, ratio / (1 + ratio)) / 2;
}
/** Relative width at which the search ends: that of the reference, so that both end at the same number. */
const searchTolerance = 1e-8;
/**
* The value that a variable of Student's distribution stays below with probability `p`.
*
* Right to 5e-9 of its size, and to 1e-11 the number of scipy 1.10, whose search (CDFLIB) starts, steps and ends as
* this one does: an interval of ours is an interval that anybody can check.
* @returns -Infinity for 0, Infinity for 1, NaN outside [0, 1]
* @see Brown, Lovato and Russell 1991, DCDFLIB
*/
function studentQuantile(p, df) {
	if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
	if (!(df > 0) || !(p >= 0 && p <= 1)) return NaN;
	if (p === 0) return Number.NEGATIVE_INFINITY;
	if (p === 1) return Number.POSITIVE_INFINITY;
	const q = 1 - p;
	const start = startOf(p, df);
	return p <= q ? findRoot((t) => studentCdf(t, df) - p, true, start, searchTolerance) : findRoot((t) => studentSf(t, df) - q, false, start, searchTolerance);
}
/** Asymptotic expansion around the normal quantile. @see Abramowitz and Stegun 26.7.5 */
function startOf(p, df) {
	const x = Math.abs(normalQuantile(p));
	const x2 = x * x;
	const size = [
		(x2 + 1) / 4,
		((5 * x2 + 16) * x2 + 3) / 96,
		(((3 * x2 + 19) * x2 + 17) * x2 - 15) / 384,
		((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945) / 92160
	].reduce((sum, term, at) => sum + term * x / df ** (at + 1), x);
	return p >= .5 ? size : -size;
}

export { studentSf as n, studentQuantile as t };