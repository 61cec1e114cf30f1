// core/load/histogram.ts
/** 128 buckets for each power of two: a bucket is at most 1/128 = 0.8 % wide. */
const fineBits = 7;
const usPerMs = 1e3;
/** @param latenciesMs not negative; rounded to whole microseconds, at least one */
function fillHistogram(latenciesMs) {
	return collect((function* () {
		for (const ms of latenciesMs) yield [Math.max(1, Math.round(ms * usPerMs)), 1];
	})(), fineBits);
}
/** The histogram of all requests together: the same as if they had been counted in one. */
function mergeHistograms(histograms) {
	const { bins } = collect(histograms.flatMap((histogram) => histogram.bins), fineBits);
	return {
		bins,
		sumUs: histograms.reduce((sum, { sumUs }) => sum + sumUs, 0)
	};
}
/** Halves the resolution until no more than `most` buckets are left, for pictures. `most` is at least 32. */
function coarsenHistogram(histogram, most) {
	let coarse = histogram;
	for (let bits = 6; bits >= 0 && coarse.bins.length > most; bits--) coarse = {
		bins: collect(histogram.bins, bits).bins,
		sumUs: histogram.sumUs
	};
	return coarse;
}
const countOf = ({ bins }) => bins.reduce((sum, [, count]) => sum + count, 0);
/** 0 when nothing was counted. */
const highestUs = ({ bins }) => bins.at(-1)?.[0] ?? 0;
/**
* The value of a rank, 1 for the lowest: an observed value, not below the true one and at most 0.8 % above it.
* @returns in microseconds; NaN for a rank that does not exist
*/
function valueAtRank({ bins }, rank) {
	if (!(rank >= 1)) return NaN;
	let seen = 0;
	for (const [highest, count] of bins) {
		seen += count;
		if (seen >= rank) return highest;
	}
	return NaN;
}
/**
* Rank of a quantile of type 1, the inverse of the empirical distribution: no value between two is made up.
* @see Hyndman and Fan 1996
*/
const rankOf = (count, p) => Math.max(1, Math.ceil(count * p - 1e-9));
function collect(values, bits) {
	const found = /* @__PURE__ */ new Map();
	let sumUs = 0;
	for (const [us, count] of values) {
		sumUs += us * count;
		const bucket = bucketOf(us, bits);
		const bin = found.get(bucket);
		if (bin === void 0) {
			found.set(bucket, [us, count]);
			continue;
		}
		bin[0] = Math.max(bin[0], us);
		bin[1] += count;
	}
	return {
		bins: [...found].sort(([a], [b]) => a - b).map(([, bin]) => bin),
		sumUs
	};
}
/** Number of the bucket, growing with the value. @param us whole, from 1 to 2^31 - 1 */
function bucketOf(us, bits) {
	const power = 31 - Math.clz32(us);
	const shift = Math.max(0, power - bits);
	return shift * 2 ** bits + (us >>> shift);
}

export { mergeHistograms as a, highestUs as i, countOf as n, rankOf as o, fillHistogram as r, valueAtRank as s, coarsenHistogram as t };