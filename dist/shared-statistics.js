import { n as computeDeviationOf, r as computeMeanOf, v as bucketRange } from "./shared-moments.js";
import { i as toValueText } from "./shared-value-text.js";

// core/profile/statistics.ts
/** The mean of a column of numbers, correctly rounded; null for other types, private columns and no values. */
function meanOf(column) {
	return computeMeanOf(column.moments);
}
/** The sample standard deviation (n - 1), correctly rounded; null where there is none, also for one value. */
function sdOf(column) {
	return computeDeviationOf(column.moments);
}
/**
* The quantile of a column of numbers, with linear interpolation (type 7).
* @param p in [0, 1]
* @returns exact where every value is kept, else an estimate with its bounds; null for other types, private columns and
* no values
* @see Hyndman and Fan 1996
*/
function quantileOf(column, p) {
	const steps = listSteps(column);
	const count = steps.reduce((sum, step) => sum + step.count, 0);
	if (count === 0 || !(p >= 0 && p <= 1)) return null;
	const rank = (count - 1) * p;
	const below = findStep(steps, Math.floor(rank));
	const above = findStep(steps, Math.min(Math.floor(rank) + 1, count - 1));
	const share = rank - Math.floor(rank);
	const ends = [interpolate(below.low, above.low, share), interpolate(below.high, above.high, share)];
	const low = Math.min(...ends);
	const high = Math.max(...ends);
	const exact = column.distribution.kind === "values";
	const middle = interpolate(toMiddle(below), toMiddle(above), share);
	const value = exact ? low : Math.min(Math.max(middle, low), high);
	return {
		value,
		exact,
		low,
		high,
		relativeError: exact ? 0 : boundError(value, low, high)
	};
}
/** How often a value occurs; null when values are not kept one by one. @param value in any spelling of the type */
function countOf(column, value) {
	const { distribution } = column;
	if (distribution.kind === "none") return 0;
	if (distribution.kind !== "values") return null;
	const text = toValueText(column.type, value);
	return distribution.values.find(([found]) => found === text)?.[1] ?? 0;
}
/** Share of a value among the cells that are not empty; null when it is not known or there is none. */
function shareOf(column, value) {
	const count = countOf(column, value);
	const present = countReadable(column.distribution);
	if (count === null || present === null || present + column.unreadable === 0) return null;
	return count / (present + column.unreadable);
}
/** Number of values in a distribution; null when it does not say. */
function countReadable(distribution) {
	const sum = (counts) => counts.reduce((total, [, count]) => total + count, 0);
	switch (distribution.kind) {
		case "none": return 0;
		case "values": return sum(distribution.values);
		case "buckets": return sum(distribution.buckets);
		case "days": return sum(distribution.days);
		default: return null;
	}
}
function listSteps({ type, distribution, min, max }) {
	if (type !== "integer" && type !== "number") return [];
	if (distribution.kind === "values") return distribution.values.map(([text, count]) => ({
		low: Number(text),
		high: Number(text),
		count
	}));
	if (distribution.kind !== "buckets") return [];
	const least = min === null ? Number.NEGATIVE_INFINITY : Number(min);
	const most = max === null ? Number.POSITIVE_INFINITY : Number(max);
	return distribution.buckets.map(([key, count]) => {
		const { low, high } = bucketRange(key, distribution.level);
		return {
			low: Math.max(low, least),
			high: Math.min(high, most),
			count
		};
	});
}
function findStep(steps, rank) {
	let before = 0;
	for (const step of steps) {
		before += step.count;
		if (rank < before) return step;
	}
	throw new RangeError(`no value of rank ${rank}`);
}
function toMiddle({ low, high }) {
	return low + (high - low) / 2;
}
/** Both halves are scaled first: the difference of two large numbers may overflow. */
function interpolate(low, high, share) {
	if (low === high || share === 0) return low;
	const difference = high - low;
	return Number.isFinite(difference) ? low + difference * share : low * (1 - share) + high * share;
}
function boundError(value, low, high) {
	if (low <= 0 && high >= 0) return low === high ? 0 : Number.POSITIVE_INFINITY;
	return Math.max(high - value, value - low) / Math.min(Math.abs(low), Math.abs(high));
}

export { shareOf as a, sdOf as i, meanOf as n, quantileOf as r, countReadable as t };