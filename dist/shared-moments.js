import { r as InputError } from "./shared-error.js";
import { o as contractPath } from "./shared-layout.js";
import { t as RE2JS } from "./shared-build.js";
import { n as columnsOf } from "./shared-expression-type.js";
import { n as countCharacters, t as compareValues } from "./shared-value-text.js";

// core/dataset/pointer.ts
/** Writes a JSON pointer (RFC 6901): `pointTo('columns', 'a/b')` is `/columns/a~1b`. */
function pointTo(...keys) {
	return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

// core/dataset/column-plan.ts
/** The one spelling of a time that every reader understands alike: no offset, because engines disagree on it. */
const timestampForm = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?Z?)?";
const wholeTimestamp = new RegExp(`^${timestampForm}$`);
/**
* Turns the rules of one column into what an engine has to count in it.
* @param at where the rules stand in the contract
* @throws InputError CONTRACT_RULE for a rule that could never be applied
*/
function planColumn(contract, rule, at) {
	const refuse = (key, why, cause) => refuseRule(contract, [...at, key], why, cause);
	for (const side of ["min", "max"]) {
		const limit = rule[side];
		if (limit !== void 0 && !fitsType(rule.type, limit)) throw refuse(side, `${JSON.stringify(limit)} is no limit for type ${rule.type}`);
	}
	if (!isInOrder(rule)) throw refuse("min", "it is above max");
	if (rule.length !== void 0 && !isLength(rule.type, rule.length)) throw refuse("length", "whole numbers in order, for type text");
	if (rule.allowed?.length === 0) throw refuse("allowed", "the list is empty");
	if (rule.pattern !== void 0 && rule.type !== "text") throw refuse("pattern", "the column is no text");
	if (rule.pattern !== void 0) compilePattern(rule.pattern, refuse);
	for (const text of [
		rule.name,
		rule.pattern ?? "",
		...rule.allowed ?? []
	]) if (text.includes("\0")) throw refuse("name", "it holds a NUL character");
	return {
		column: rule.name,
		type: rule.type,
		...rule.min === void 0 ? {} : { min: rule.min },
		...rule.max === void 0 ? {} : { max: rule.max },
		...rule.length === void 0 ? {} : { length: rule.length },
		...rule.allowed === void 0 ? {} : { allowed: rule.allowed },
		...rule.pattern === void 0 ? {} : { pattern: rule.pattern },
		showValues: rule.privacy === "none"
	};
}
function isInOrder({ min, max }) {
	return min === void 0 || max === void 0 || toOrder(min) <= toOrder(max);
}
/** Times as text of one form, so that they compare in order. */
function toOrder(limit) {
	return typeof limit === "number" ? limit : limit.replace(" ", "T").replace("Z", "");
}
function fitsType(type, limit) {
	if (type === "integer" || type === "number") return typeof limit === "number" && Number.isFinite(limit);
	return type === "timestamp" && typeof limit === "string" && wholeTimestamp.test(limit);
}
function isLength(type, { min, max }) {
	const whole = [min, max].every((limit) => limit === void 0 || Number.isSafeInteger(limit) && limit >= 0);
	return type === "text" && whole && (min ?? 0) <= (max ?? Number.MAX_SAFE_INTEGER);
}
function compilePattern(pattern, refuse) {
	try {
		RE2JS.compile(pattern);
	} catch (cause) {
		throw refuse("pattern", cause instanceof Error ? cause.message : "not RE2", cause);
	}
}
/** @param at keys in the contract, an item of a list by its name */
function refuseRule(contract, at, why, cause) {
	const [list, name, key] = at;
	const item = name === void 0 ? "" : ` of ${list === "rules" ? "rule" : "column"} "${name}"`;
	return new InputError("CONTRACT_RULE", `Contract "${contract.dataset}": ${key ?? list}${item}: ${why}`, {
		hint: "Correct the rule in the contract: a rule that cannot be applied would let every value pass.",
		where: {
			file: contractPath(contract.dataset),
			pointer: pointTo(...at)
		},
		cause
	});
}

// core/dataset/plan.ts
/**
* Turns a contract into what an engine has to count. What follows from the profile (mean, missing share, quantiles ...)
* is no rule of the plan.
* @throws InputError CONTRACT_RULE for a rule that could never be applied: a limit that does not fit the type, limits the
* wrong way round, an empty list of allowed values, a pattern outside RE2, two rules for one column or of one name, a
* column that is not in the contract, no column at all.
*/
function planChecks(contract) {
	const columns = new Map(contract.columns.map((column) => [column.name, column]));
	if (columns.size !== contract.columns.length || columns.size === 0) throw refuseRule(contract, ["columns"], columns.size === 0 ? "there is none" : "a column is named twice");
	if (new Set(contract.rules.map(({ name }) => name)).size !== contract.rules.length) throw refuseRule(contract, ["rules"], "two rules have one name");
	return {
		columns: contract.columns.map((rule) => planColumn(contract, rule, ["columns", rule.name])),
		rules: [...contract.columns.filter(({ unique }) => unique).map(planUnique), ...contract.rules.flatMap((rule) => planRule(contract, rule, columns))],
		examples: Number.isInteger(contract.examples) ? Math.min(Math.max(contract.examples, 0), mostExamples) : 0,
		distinct: [...new Set(contract.rules.flatMap((rule) => rule.rule === "distinct" ? [rule.column] : []))]
	};
}
const mostExamples = 20;
/** Name in the plan of a column's own `unique`. A rule of a contract has no colon in its name, so none can be called like it. */
const uniqueRuleName = (column) => `unique:${column}`;
const planUnique = ({ name }) => ({
	name: uniqueRuleName(name),
	kind: "repeated",
	columns: [name],
	nulls: "skip"
});
/** Columns that a rule reads, each once; those that it does not name are all others of the contract. */
function columnsOfRule(contract, rule) {
	if ("column" in rule) return [rule.column];
	if (rule.rule === "expression") return columnsOf(rule.expression);
	if ("label" in rule) return [rule.label, ...featuresOf(contract, rule)];
	return rule.columns ?? contract.columns.map(({ name }) => name);
}
/** Features of a rule on a label. */
function featuresOf(contract, { label, features }) {
	return features ?? contract.columns.flatMap(({ name }) => name === label ? [] : [name]);
}
function planRule(contract, rule, known) {
	const { name } = rule;
	const columns = columnsOfRule(contract, rule);
	const stranger = columns.find((column) => !known.has(column));
	if (stranger !== void 0) throw refuseRule(contract, ["rules", name], `there is no column "${stranger}"`);
	switch (rule.rule) {
		case "range":
		case "length":
		case "allowed":
		case "pattern": return [{
			name,
			kind: "cells",
			check: planCells(contract, rule, known.get(rule.column))
		}];
		case "expression": return [{
			name,
			kind: "expression",
			expression: rule.expression,
			columns
		}];
		case "unique": return [{
			name,
			kind: "repeated",
			columns,
			nulls: "skip"
		}];
		case "duplicates": return [{
			name,
			kind: "repeated",
			columns,
			nulls: "equal"
		}];
		case "label-conflicts": return [{
			name,
			kind: "conflicts",
			label: rule.label,
			features: featuresOf(contract, rule)
		}];
		case "leakage": return [{
			name,
			kind: "association",
			label: rule.label,
			features: featuresOf(contract, rule)
		}];
		case "overlap": return [{
			name,
			kind: "overlap",
			columns,
			other: rule.with
		}];
		default: return [];
	}
}
/** A rule on cells is that of a column with nothing else to count. */
function planCells(contract, rule, column) {
	const at = ["rules", rule.name];
	if (column === void 0) throw refuseRule(contract, at, `there is no column "${rule.column}"`);
	return planColumn(contract, toColumnRule(rule, column), at);
}
/** The column with this rule of the table in place of its own. */
function toColumnRule(rule, column) {
	const { name, type, required, nullable, privacy } = column;
	const frame = {
		name,
		type,
		required,
		nullable,
		privacy,
		unique: false,
		severity: rule.severity
	};
	switch (rule.rule) {
		case "range": return {
			...frame,
			...rule.limits
		};
		case "length": return {
			...frame,
			length: rule.limits
		};
		case "allowed": return {
			...frame,
			allowed: rule.values
		};
		case "pattern": return {
			...frame,
			pattern: rule.pattern
		};
	}
}

// core/dataset/measured.ts
/** Rules that an engine counts, in the order in which they are applied to a cell. */
const valueRules = [
	"nulls",
	"type",
	"range",
	"length",
	"allowed",
	"pattern"
];

// core/profile/bucket.ts
/** Bits of the upper 32-bit word of a double below those that level 0 keeps: the word holds 20 mantissa bits. */
const droppedBits = 13;
/** Level at which only the sign is left. */
const maxLevel = 18;
const bits$1 = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
/**
* Puts a number into a bucket by the leading bits of its double: sign, exponent and 7 bits of the mantissa at level 0,
* one bit fewer for each level above. Keys are in the order of the numbers; zero has key 0 of its own.
* @param value finite
* @throws RangeError for NaN and infinities: they are no values of a column
*/
function bucketKey(value, level = 0) {
	if (!Number.isFinite(value)) throw new RangeError(`${value} has no bucket`);
	if (value === 0) return 0;
	bits$1.setFloat64(0, Math.abs(value));
	const key = toKey(bits$1.getUint32(0) >>> droppedBits, level);
	return value < 0 ? -key : key;
}
/** Smallest and largest double of a bucket, both inclusive. */
function bucketRange(key, level) {
	if (key === 0) return {
		low: 0,
		high: 0
	};
	const magnitude = Math.abs(key) - 1;
	const near = toDouble(magnitude << level << droppedBits, 0) || Number.MIN_VALUE;
	const next = (magnitude + 1 << level) * 2 ** droppedBits;
	const far = Math.min(toDouble(next - 1, 4294967295), Number.MAX_VALUE);
	const end = Number.isNaN(far) ? Number.MAX_VALUE : far;
	return key < 0 ? {
		low: -end,
		high: -near
	} : {
		low: near,
		high: end
	};
}
/** The same counts at a higher level, still ascending. */
function coarsen(buckets, from, to) {
	const counts = /* @__PURE__ */ new Map();
	for (const [key, count] of buckets) {
		const coarse = coarsenKey(key, to - from);
		counts.set(coarse, (counts.get(coarse) ?? 0) + count);
	}
	return toAscending(counts);
}
/** The bucket that holds a bucket, some levels higher. */
function coarsenKey(key, steps) {
	return key === 0 ? 0 : Math.sign(key) * toKey(Math.abs(key) - 1, steps);
}
/** Raises the level until at most `most` buckets are left: the lowest such level, whatever was merged before. */
function fitBuckets(buckets, level, most) {
	let fitted = {
		level,
		buckets
	};
	while (fitted.buckets.length > most && fitted.level < 18) fitted = {
		level: fitted.level + 1,
		buckets: coarsen(fitted.buckets, fitted.level, fitted.level + 1)
	};
	return fitted;
}
/** Counts by key in ascending order of the keys. */
function toAscending(counts) {
	return [...counts].sort(([a], [b]) => a - b);
}
function toKey(magnitude, level) {
	return (magnitude >>> level) + 1;
}
function toDouble(high, low) {
	bits$1.setUint32(0, high);
	bits$1.setUint32(4, low);
	return bits$1.getFloat64(0);
}

// core/profile/profile.ts
/** Up to so many different values of a column are kept one by one. */
const maxValues = 1e4;
/** Up to so many buckets; beyond it the level rises, which halves the resolution. */
const maxBuckets = 4096;
/** Up to so many characters (Unicode code points) of all different texts of a column together are kept one by one. */
const maxValueCharacters = 1e6;

// core/profile/distribution.ts
const profileLimits = {
	values: maxValues,
	buckets: maxBuckets,
	characters: maxValueCharacters
};
/**
* The distribution of counted values: every value where they are few, else the finest form that fits.
* @param values different canonical texts (`toValueText`) with counts above zero, in any order
*/
function toDistribution(type, values, limits = profileLimits) {
	if (values.length === 0) return { kind: "none" };
	if (fitsValues(type, values, limits)) return {
		kind: "values",
		values: [...values].sort(([a], [b]) => compareValues(type, a, b))
	};
	return reduceValues(type, values, limits);
}
/**
* The distribution of two sets of rows together. Which form it takes depends on the union alone, because every form is
* left only for too many values, and a union never has fewer: so the order of merging does not matter.
*/
function mergeDistributions(type, a, b, limits = profileLimits) {
	if (a.kind === "hidden" || b.kind === "hidden") return { kind: "hidden" };
	if (a.kind === "none") return b;
	if (b.kind === "none") return a;
	if (a.kind === "many" || b.kind === "many") return { kind: "many" };
	if (a.kind === "values" && b.kind === "values") return toDistribution(type, addCounts([...a.values, ...b.values]), limits);
	if (a.kind === "buckets" || b.kind === "buckets") return mergeBuckets(a, b, limits);
	return mergeDays(a, b, limits);
}
/** Numbers as buckets, whether they are kept one by one or not; null for what is neither. */
function toBuckets(distribution) {
	if (distribution.kind === "buckets") return distribution;
	if (distribution.kind !== "values") return null;
	const keyed = distribution.values.map(([text, count]) => [bucketKey(Number(text)), count]);
	return {
		kind: "buckets",
		level: 0,
		buckets: toAscending(addCounts(keyed))
	};
}
/** Times as days or months, whether they are kept one by one or not; null for what is neither. */
function toDays(distribution) {
	if (distribution.kind === "days") return distribution;
	if (distribution.kind !== "values") return null;
	const keyed = distribution.values.map(([text, count]) => [toDay(text), count]);
	return {
		kind: "days",
		unit: "day",
		days: toAscending(addCounts(keyed))
	};
}
/** Days as months. */
function toMonths(days) {
	if (days.unit === "month") return days;
	const keyed = days.days.map(([day, count]) => [toMonth(day), count]);
	return {
		kind: "days",
		unit: "month",
		days: toAscending(addCounts(keyed))
	};
}
const dayMilliseconds = 864e5;
/** UTC day number since 1970-01-01 of a canonical time. */
function toDay(time) {
	return Date.parse(`${time.slice(0, 10)}T00:00:00Z`) / dayMilliseconds;
}
/** Month number since 1970-01 of a day number. */
function toMonth(day) {
	const date = /* @__PURE__ */ new Date(day * dayMilliseconds);
	return 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
}
function fitsValues(type, values, limits) {
	if (values.length > limits.values) return false;
	if (type !== "text") return true;
	return values.reduce((sum, [text]) => sum + countCharacters(text), 0) <= limits.characters;
}
function reduceValues(type, values, limits) {
	const all = {
		kind: "values",
		values
	};
	if (type === "integer" || type === "number") return mergeBuckets(all, { kind: "none" }, limits);
	return type === "timestamp" ? mergeDays(all, { kind: "none" }, limits) : { kind: "many" };
}
function mergeBuckets(a, b, limits) {
	const parts = [a, b].flatMap((part) => toBuckets(part) ?? []);
	const level = Math.max(...parts.map((part) => part.level));
	const all = parts.flatMap((part) => coarsen(part.buckets, part.level, level));
	return {
		kind: "buckets",
		...fitBuckets(toAscending(addCounts(all)), level, limits.buckets)
	};
}
function mergeDays(a, b, limits) {
	const parts = [a, b].flatMap((part) => toDays(part) ?? []);
	const unit = parts.some((part) => part.unit === "month") ? "month" : "day";
	const same = unit === "month" ? parts.map(toMonths) : parts;
	const days = toAscending(addCounts(same.flatMap((part) => part.days)));
	const merged = {
		kind: "days",
		unit,
		days
	};
	if (days.length <= limits.values) return merged;
	const months = toMonths(merged);
	return months.days.length <= limits.values ? months : { kind: "many" };
}
/** Adds the counts of equal keys. */
function addCounts(counted) {
	const counts = /* @__PURE__ */ new Map();
	for (const [key, count] of counted) counts.set(key, (counts.get(key) ?? 0) + count);
	return [...counts];
}

// core/profile/rational.ts
/** Bits of a quotient or root that are computed before rounding: 53 and enough to spare, the rest is one sticky bit. */
const workingBits = 72;
const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
/** The double as `mantissa * 2^exponent`, exactly; the mantissa is odd or zero. */
function splitDouble(value) {
	if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to add`);
	if (value === 0) return {
		mantissa: 0n,
		exponent: 0
	};
	bits.setFloat64(0, value);
	const word = bits.getBigUint64(0);
	const biased = Number(word >> 52n & 2047n);
	const fraction = word & 4503599627370495n;
	const whole = biased === 0 ? fraction : fraction | 1n << 52n;
	const exponent = Math.max(biased, 1) - 1075;
	const twos = (whole & -whole).toString(2).length - 1;
	const mantissa = whole >> BigInt(twos);
	return {
		mantissa: value < 0 ? -mantissa : mantissa,
		exponent: exponent + twos
	};
}
/** `numerator / denominator` as the nearest double, ties to even. @param denominator above zero */
function roundQuotient(numerator, denominator) {
	if (numerator < 0n) return 0 - roundQuotient(-numerator, denominator);
	if (numerator === 0n) return 0;
	const shift = workingBits - (countBits(numerator) - countBits(denominator));
	const { quotient, rest } = divide(numerator, denominator, shift);
	return roundBinary(quotient << 1n | (rest ? 1n : 0n), -shift - 1);
}
/** The square root of `numerator / denominator` as the nearest double, ties to even. @param numerator zero or above */
function roundRoot(numerator, denominator) {
	if (numerator === 0n) return 0;
	const wanted = 144 - (countBits(numerator) - countBits(denominator));
	const shift = wanted + Math.abs(wanted) % 2;
	const { quotient, rest } = divide(numerator, denominator, shift);
	const root = takeRoot(quotient);
	const sticky = rest || root * root !== quotient;
	return roundBinary(root << 1n | (sticky ? 1n : 0n), -shift / 2 - 1);
}
function divide(numerator, denominator, shift) {
	const top = shift > 0 ? numerator << BigInt(shift) : numerator;
	const bottom = shift < 0 ? denominator << BigInt(-shift) : denominator;
	return {
		quotient: top / bottom,
		rest: top % bottom !== 0n
	};
}
/** Whole square root, rounded down: Newton from above. */
function takeRoot(value) {
	let root = 1n << BigInt(Math.ceil(countBits(value) / 2));
	for (;;) {
		const next = root + value / root >> 1n;
		if (next >= root) return root;
		root = next;
	}
}
/** `mantissa * 2^exponent` as the nearest double, ties to even; a mantissa that was cut off ends in a sticky bit. */
function roundBinary(mantissa, exponent) {
	const drop = Math.max(countBits(mantissa) - 53, -1074 - exponent, 0);
	const cut = BigInt(drop);
	const kept = mantissa >> cut;
	const twice = drop === 0 ? 0n : mantissa - (kept << cut) << 1n;
	const half = 1n << cut;
	const up = twice > half || twice === half && (kept & 1n) === 1n;
	return scaleByTwo(Number(up && drop > 0 ? kept + 1n : kept), exponent + drop);
}
/** `value * 2^exponent` for a whole value up to 2^53: exact, or Infinity. */
function scaleByTwo(value, exponent) {
	if (exponent > 971) return value === 0 ? 0 : scaleByTwo(value * 2 ** 52, exponent - 52);
	return value * 2 ** Math.max(exponent, -1022) * 2 ** Math.min(exponent + 1022, 0);
}
function countBits(value) {
	const hex = value.toString(16);
	return 4 * hex.length - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
}

// core/profile/moments.ts
/**
* Adds up values exactly.
* @param values canonical texts (`toValueText`) of type integer or number, with how often each occurs
* @returns null for no value
*/
function toMoments(type, values) {
	const parts = values.map(([text, count]) => {
		const { mantissa, exponent } = type === "integer" ? {
			mantissa: BigInt(text),
			exponent: 0
		} : splitDouble(Number(text));
		return {
			mantissa,
			exponent,
			count
		};
	});
	const scale = parts.reduce((most, { exponent }) => Math.max(most, -2 * exponent), 0);
	let sum = 0n;
	let squares = 0n;
	let count = 0;
	for (const part of parts) {
		const times = BigInt(part.count);
		sum += times * (part.mantissa << BigInt(scale + part.exponent));
		squares += times * (part.mantissa * part.mantissa << BigInt(scale + 2 * part.exponent));
		count += part.count;
	}
	return reduceMoments({
		count,
		scale,
		sum,
		squares
	});
}
/** Adds two sums; any order of adding gives the same bits. */
function addMoments(a, b) {
	if (a === null || b === null) return a ?? b;
	const scale = Math.max(a.scale, b.scale);
	const add = (left, right) => (BigInt(left) << BigInt(scale - a.scale)) + (BigInt(right) << BigInt(scale - b.scale));
	return reduceMoments({
		count: a.count + b.count,
		scale,
		sum: add(a.sum, b.sum),
		squares: add(a.squares, b.squares)
	});
}
/** Writes sums at the smallest scale that keeps both whole numbers, so that equal sums have equal bytes; null for no value. */
function reduceMoments({ count, scale, sum, squares }) {
	if (count === 0) return null;
	const spare = BigInt(Math.min(scale, countTwos(sum), countTwos(squares)));
	return {
		count,
		scale: scale - Number(spare),
		sum: String(sum >> spare),
		squares: String(squares >> spare)
	};
}
/** How often two divides a whole number; zero has no end to it. */
function countTwos(value) {
	return value === 0n ? Number.POSITIVE_INFINITY : (value & -value).toString(2).length - 1;
}
/** The mean, correctly rounded from the exact sums; null for no value. */
function computeMeanOf(moments) {
	if (moments === null) return null;
	return toFinite(roundQuotient(BigInt(moments.sum), BigInt(moments.count) << BigInt(moments.scale)));
}
/** The sample standard deviation (n - 1), correctly rounded from the exact sums; null for fewer than two values. */
function computeDeviationOf(moments) {
	if (moments === null || moments.count < 2) return null;
	const count = BigInt(moments.count);
	const sum = BigInt(moments.sum);
	const scale = BigInt(moments.scale);
	const numerator = (count * BigInt(moments.squares) << scale) - sum * sum;
	return toFinite(roundRoot(numerator, count * (count - 1n) << 2n * scale));
}
/** The deviation of values near the largest double can lie beyond it. */
function toFinite(value) {
	return Number.isFinite(value) ? value : null;
}

export { pointTo as A, valueRules as C, toColumnRule as D, planChecks as E, uniqueRuleName as O, toAscending as S, featuresOf as T, bucketKey as _, toMoments as a, coarsenKey as b, toBuckets as c, toDistribution as d, toMonth as f, maxValues as g, maxValueCharacters as h, reduceMoments as i, timestampForm as k, toDay as l, maxBuckets as m, computeDeviationOf as n, mergeDistributions as o, toMonths as p, computeMeanOf as r, profileLimits as s, addMoments as t, toDays as u, bucketRange as v, columnsOfRule as w, fitBuckets as x, coarsen as y };