import { n as GatehouseError, r as InputError } from "./shared-error.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { A as literal, D as discriminatedUnion, F as strictObject, I as string, L as tuple, O as int, S as _enum, w as array } from "./shared-js-yaml.js";
import { _ as bucketKey, a as toMoments, f as toMonth, i as reduceMoments, l as toDay, s as profileLimits } from "./shared-moments.js";
import { n as findLengths, t as cutExtreme } from "./shared-build2.js";
import { t as countReadable } from "./shared-statistics.js";
import { i as toValueText, n as countCharacters, t as compareValues } from "./shared-value-text.js";

// core/profile/check-profile.ts
/**
* Says what is wrong in a column of a profile that somebody else wrote: numbers that cannot all be true.
* @param rows of the whole table
* @returns one clause without any value of the column; null when everything agrees
*/
function findColumnFault(column, rows, limits) {
	const present = rows - column.nulls - column.unreadable;
	if (present < 0) return "it has more empty and unreadable cells than rows";
	if (column.distribution.kind === "hidden") return findHiddenFault(column);
	const counted = countReadable(column.distribution);
	if (counted === null ? present === 0 : counted !== present) return "its counts do not add up to its rows";
	if (present === 0) return findEmptyFault(column);
	return findDistributionFault(column.type, column.distribution, limits) ?? findDistinctFault(column, present) ?? findExtremeFault(column) ?? findLengthFault(column) ?? findMomentsFault(column, present);
}
function findHiddenFault(column) {
	return tellsNothing(column) && column.distinct === null ? null : "it is hidden and tells of its values";
}
function findEmptyFault(column) {
	return tellsNothing(column) && column.distinct === 0 ? null : "it has no value and tells of some";
}
function tellsNothing({ min, max, moments, lengths }) {
	return min === null && max === null && moments === null && lengths === null;
}
function findDistributionFault(type, distribution, limits) {
	const isNumber = type === "integer" || type === "number";
	switch (distribution.kind) {
		case "values": return findValuesFault(type, distribution, limits);
		case "buckets":
			if (!isNumber) return `a column of type ${type} has no buckets`;
			return findKeyFault(distribution.buckets, limits.buckets, toKeyRange(distribution.level));
		case "days":
			if (type !== "timestamp") return `a column of type ${type} has no days`;
			return findKeyFault(distribution.days, limits.values, dayRange[distribution.unit]);
		default: return type === "text" || type === "timestamp" ? null : `a column of type ${type} is always comparable`;
	}
}
function findValuesFault(type, { values }, limits) {
	if (values.length > limits.values) return "it lists too many values";
	if (values.some(([text]) => toValueText(type, text) !== text)) return `one of its values is not spelt as a value of type ${type}`;
	if (!values.every(([text], at) => at === 0 || compareValues(type, values[at - 1]?.[0] ?? "", text) < 0)) return "its values are not in ascending order";
	const characters = values.reduce((sum, [text]) => sum + countCharacters(text), 0);
	return type === "text" && characters > limits.characters ? "its values are too long together" : null;
}
const dayRange = {
	day: [toDay("0000-01-01"), toDay("9999-12-31")],
	month: [toMonth(toDay("0000-01-01")), toMonth(toDay("9999-12-31"))]
};
function toKeyRange(level) {
	const most = bucketKey(Number.MAX_VALUE, level);
	return [-most, most];
}
function findKeyFault(counted, most, [low, high]) {
	if (counted.length > most) return "it lists too many buckets or days";
	if (counted.some(([key]) => key < low || key > high)) return "a bucket or day is out of range";
	return counted.every(([key], at) => at === 0 || (counted[at - 1]?.[0] ?? key) < key) ? null : "its buckets or days are not in ascending order";
}
function findDistinctFault({ distinct, distribution }, present) {
	if (distribution.kind === "values") return distinct === distribution.values.length ? null : "distinct is not the number of its values";
	if (distinct === null) return null;
	return distinct >= (distribution.kind === "buckets" ? distribution.buckets.length : 1) && distinct <= present ? null : "distinct cannot be that number";
}
function findExtremeFault({ type, min, max, distribution }) {
	if (min === null || max === null) return "min or max is missing";
	if (![min, max].every((text) => toValueText(type, text) === text && (type !== "text" || isShort(text))) || compareValues(type, min, max) > 0) return "min and max are no values in order";
	const ends = findEnds(type, distribution);
	return ends === null || ends[0] === toEnd(type, min, distribution) && ends[1] === toEnd(type, max, distribution) ? null : "min and max are not the ends of its distribution";
}
const isShort = (text) => countCharacters(text) <= 200;
function findEnds(type, distribution) {
	if (distribution.kind === "values") {
		const { values } = distribution;
		return [cutExtreme(type, values[0]?.[0]), cutExtreme(type, values.at(-1)?.[0])];
	}
	if (distribution.kind === "buckets") return [distribution.buckets[0]?.[0], distribution.buckets.at(-1)?.[0]];
	return distribution.kind === "days" ? [distribution.days[0]?.[0], distribution.days.at(-1)?.[0]] : null;
}
function toEnd(type, text, distribution) {
	if (distribution.kind === "buckets") return bucketKey(Number(text), distribution.level);
	if (distribution.kind === "days") {
		const day = toDay(text);
		return distribution.unit === "day" ? day : toMonth(day);
	}
	return cutExtreme(type, text);
}
function findLengthFault({ type, lengths, distribution }) {
	if (type !== "text") return lengths === null ? null : `a column of type ${type} has no lengths`;
	if (lengths === null || lengths.min > lengths.max) return "lengths are missing or not in order";
	if (distribution.kind !== "values") return null;
	const found = findLengths(distribution.values);
	return found?.min === lengths.min && found.max === lengths.max ? null : "lengths are not those of its values";
}
function findMomentsFault({ type, moments, min, max, distribution }, present) {
	if (type !== "integer" && type !== "number") return moments === null ? null : `a column of type ${type} has no moments`;
	if (moments === null || moments.count !== present) return "moments do not count its values";
	const sums = {
		...moments,
		sum: BigInt(moments.sum),
		squares: BigInt(moments.squares)
	};
	if (!isSame(reduceMoments(sums), moments)) return "moments are not written at their smallest scale";
	const possible = BigInt(present) * sums.squares << BigInt(moments.scale);
	const [least, most] = [min, max].map((end) => toMoments(type, [[end ?? "0", present]]));
	if (!(compareSums(least, moments) <= 0 && compareSums(moments, most) <= 0) || possible < sums.sum * sums.sum) return "moments contradict each other";
	if (distribution.kind !== "values") return null;
	return isSame(toMoments(type, distribution.values), moments) ? null : "moments are not those of its values";
}
/** The order of two exact sums. */
function compareSums(a, b) {
	const left = BigInt(a?.sum ?? "0") << BigInt(b?.scale ?? 0);
	const right = BigInt(b?.sum ?? "0") << BigInt(a?.scale ?? 0);
	return left === right ? 0 : left < right ? -1 : 1;
}
function isSame(a, b) {
	return a?.count === b.count && a.scale === b.scale && a.sum === b.sum && a.squares === b.squares;
}

// core/profile/profile-schema.ts
/** Most columns of a profile, as of a table. */
const maxColumns = 2e4;
/** 2^(2 * 1074): the square of the smallest double needs no more. */
const maxScale = 2148;
/** Digits of the largest possible sum of squares: twice the exponent range of a double and 53 bits of count. */
const maxDigits = 1400;
const count = int().nonnegative();
const occurrences = int().positive();
const key = int();
const text = string().refine((value) => value.isWellFormed(), { error: "well-formed text" });
const moments = strictObject({
	count: occurrences,
	scale: int().min(0).max(maxScale),
	sum: string().max(maxDigits).regex(/^(?:0|-?[1-9][0-9]*)$/),
	squares: string().max(maxDigits).regex(/^(?:0|[1-9][0-9]*)$/)
});
const distribution = discriminatedUnion("kind", [
	strictObject({
		kind: literal("values"),
		values: array(tuple([text, occurrences])).min(1)
	}),
	strictObject({
		kind: literal("buckets"),
		level: int().min(0).max(18),
		buckets: array(tuple([key, occurrences])).min(1)
	}),
	strictObject({
		kind: literal("days"),
		unit: _enum(["day", "month"]),
		days: array(tuple([key, occurrences])).min(1)
	}),
	strictObject({ kind: literal("hidden") }),
	strictObject({ kind: literal("many") }),
	strictObject({ kind: literal("none") })
]);
const column = strictObject({
	name: text.min(1),
	type: _enum([
		"integer",
		"number",
		"text",
		"timestamp",
		"boolean"
	]),
	nulls: count,
	unreadable: count,
	distinct: count.nullable(),
	min: text.nullable(),
	max: text.nullable(),
	moments: moments.nullable(),
	lengths: strictObject({
		min: count,
		max: count
	}).nullable(),
	distribution
});
/** The shape of a stored profile, closed: a key that is not named here is refused. Every number is finite. */
const profileSchema = strictObject({
	v: literal(1),
	rows: count,
	columns: array(column).max(maxColumns)
});

// core/profile/parse-profile.ts
/** 64 Mi UTF-16 code units: more than a hundred columns at every limit; longer text is not read. */
const maxLength = 67108864;
/** Writes a profile as canonical JSON: equal profiles have equal bytes. */
function renderProfile(profile) {
	return canonicalJson(profile);
}
/**
* Reads a profile that somebody else wrote.
* @param text whole document; untrusted: a file of a repository, an artifact of a run
* @param source file name, for messages
* @throws InputError PROFILE_INVALID for anything that `renderProfile` would not write: another shape, counts that do not
* add up, values out of order, too many of them. No message holds a value.
*/
function parseProfile(text, source, limits = profileLimits) {
	if (text.length > maxLength) throw refuse(source, "", `it is longer than ${maxLength} characters`);
	return toProfile(readJson(text, source), source, "", limits);
}
/**
* Checks a value that was read from JSON and should be a profile.
* @param pointer where it stands in the document
* @throws InputError PROFILE_INVALID as `parseProfile`
*/
function toProfile(value, source, pointer = "", limits = profileLimits) {
	const parsed = profileSchema.safeParse(value);
	if (!parsed.success) {
		const at = (parsed.error.issues[0]?.path ?? []).map((step) => `/${String(step)}`).join("");
		throw refuse(source, `${pointer}${at}`, `the value at "${at || "/"}" is not what a profile has there`);
	}
	const profile = parsed.data;
	if (new Set(profile.columns.map(({ name }) => name)).size !== profile.columns.length) throw refuse(source, `${pointer}/columns`, "a column is named twice");
	for (const [at, column] of profile.columns.entries()) {
		const fault = findColumnFault(column, profile.rows, limits);
		if (fault !== null) throw refuse(source, `${pointer}/columns/${at}`, `column ${at + 1}: ${fault}`);
	}
	return profile;
}
function readJson(text, source) {
	try {
		return parseStrictJson(text, source);
	} catch (cause) {
		if (!(cause instanceof GatehouseError)) throw cause;
		throw new InputError("PROFILE_INVALID", "The profile is not strict JSON", {
			hint,
			where: cause.where ?? { file: source },
			cause
		});
	}
}
const hint = "Write the profile again from the data (`gatehouse data profile`): it is made by machine and not edited by hand.";
function refuse(source, pointer, because) {
	return new InputError("PROFILE_INVALID", `${source} is no profile: ${because}`, {
		hint,
		where: {
			file: source,
			pointer
		}
	});
}

export { renderProfile as n, toProfile as r, parseProfile as t };