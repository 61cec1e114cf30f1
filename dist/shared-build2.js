import { a as toMoments, d as toDistribution, s as profileLimits } from "./shared-moments.js";
import { n as countCharacters, r as cutText, t as compareValues } from "./shared-value-text.js";

// core/profile/build.ts
/**
* The profile of a column whose values are counted.
* @param values different canonical texts (`toValueText`) with how often each occurs, in any order
*/
function profileValues(column, values, limits = profileLimits) {
	const { name, type, nulls, unreadable } = column;
	const sorted = [...values].sort(([a], [b]) => compareValues(type, a, b));
	const distribution = toDistribution(type, sorted, limits);
	const isNumber = type === "integer" || type === "number";
	return {
		name,
		type,
		nulls,
		unreadable,
		distinct: distribution.kind === "values" || distribution.kind === "none" ? sorted.length : null,
		min: cutExtreme(type, sorted[0]?.[0]),
		max: cutExtreme(type, sorted.at(-1)?.[0]),
		moments: isNumber ? toMoments(type, sorted) : null,
		lengths: type === "text" ? findLengths(sorted) : null,
		distribution
	};
}
/** The smallest or largest value as it is kept. A prefix keeps the order, so extremes of parts stay extremes. */
function cutExtreme(type, value) {
	if (value === void 0) return null;
	return type === "text" ? cutText(value, 200) : value;
}
/** Shortest and longest text; null for none. */
function findLengths(values) {
	if (values.length === 0) return null;
	let [min, max] = [Number.POSITIVE_INFINITY, 0];
	for (const [text] of values) {
		const length = countCharacters(text);
		min = Math.min(min, length);
		max = Math.max(max, length);
	}
	return {
		min,
		max
	};
}

export { findLengths as n, profileValues as r, cutExtreme as t };