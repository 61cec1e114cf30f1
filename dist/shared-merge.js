import { r as InputError } from "./shared-error.js";
import { o as mergeDistributions, s as profileLimits, t as addMoments } from "./shared-moments.js";
import { t as compareValues } from "./shared-value-text.js";

// core/profile/merge.ts
/** The profile of no rows at all: merging it changes nothing. */
const emptyProfile = {
	v: 1,
	rows: 0,
	columns: []
};
/**
* The profile of several parts of one table, as one pass over all of their rows would have it: any split, any order.
* Only `distinct` of a column whose values are not all kept is lost: nobody can add numbers of different values.
* @throws InputError PROFILE_MERGE when the parts differ in their columns
*/
function mergeProfiles(profiles, limits = profileLimits) {
	return profiles.reduce((merged, profile) => mergeTwo(merged, profile, limits), emptyProfile);
}
function mergeTwo(a, b, limits) {
	if (isEmpty(a)) return b;
	if (isEmpty(b)) return a;
	if (!(a.columns.length === b.columns.length && a.columns.every(({ name, type }, at) => name === b.columns[at]?.name && type === b.columns[at].type))) throw new InputError("PROFILE_MERGE", "Two profiles of one table have different columns", { hint: "Profile every part of the table by the same contract, and merge only parts of one table." });
	return {
		v: 1,
		rows: a.rows + b.rows,
		columns: a.columns.map((column, at) => mergeColumns(column, b.columns[at], limits))
	};
}
const isEmpty = (profile) => profile.rows === 0 && profile.columns.length === 0;
function mergeColumns(a, b, limits) {
	const distribution = mergeDistributions(a.type, a.distribution, b.distribution, limits);
	const counts = {
		name: a.name,
		type: a.type,
		nulls: a.nulls + b.nulls,
		unreadable: a.unreadable + b.unreadable
	};
	if (distribution.kind === "hidden") return hideColumn(counts);
	return {
		...counts,
		distinct: mergeDistinct(a, b, distribution),
		min: pickValue(a, b, "min"),
		max: pickValue(a, b, "max"),
		moments: addMoments(a.moments, b.moments),
		lengths: mergeLengths(a.lengths, b.lengths),
		distribution
	};
}
/** A column of which nothing but its numbers of cells is told. */
function hideColumn({ name, type, nulls, unreadable }) {
	return {
		name,
		type,
		nulls,
		unreadable,
		distinct: null,
		min: null,
		max: null,
		moments: null,
		lengths: null,
		distribution: { kind: "hidden" }
	};
}
function mergeDistinct(a, b, merged) {
	if (merged.kind === "values") return merged.values.length;
	if (a.distribution.kind === "none") return b.distinct;
	return b.distribution.kind === "none" ? a.distinct : null;
}
function pickValue(a, b, side) {
	const left = a[side];
	const right = b[side];
	if (left === null || right === null) return left ?? right;
	const order = compareValues(a.type, left, right);
	return side === "min" === order <= 0 ? left : right;
}
function mergeLengths(a, b) {
	if (a === null || b === null) return a ?? b;
	return {
		min: Math.min(a.min, b.min),
		max: Math.max(a.max, b.max)
	};
}

export { mergeProfiles as n, hideColumn as t };