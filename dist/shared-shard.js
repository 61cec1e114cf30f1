import { G as count$1, W as commit, Z as name$1 } from "./shared-policy-resolution.js";
import { n as GatehouseError, r as InputError } from "./shared-error.js";
import { t as findingSchema } from "./shared-finding-schema.js";
import { A as literal, C as _null, D as discriminatedUnion, E as custom, F as strictObject, I as string, L as tuple, M as number, O as int, R as union, T as boolean, w as array, z as unknown } from "./shared-js-yaml.js";
import { i as isDigest, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { r as toProfile } from "./shared-parse-profile.js";

// core/dataset/measured-schema.ts
const text = string().max(2e4);
const name = string().min(1).max(2e3);
const count = int().nonnegative();
const row = int().positive();
const exampleRow = strictObject({
	row,
	cells: array(tuple([text, text.nullable()])).max(20)
});
/** Something is at fault exactly when there is a first row. */
const tally = strictObject({
	count,
	firstRow: row.nullable(),
	examples: array(text).max(3),
	rows: array(exampleRow).max(20)
}).refine(({ count: found, firstRow }) => found === 0 === (firstRow === null));
const tallies = strictObject({
	nulls: tally,
	type: tally,
	range: tally,
	length: tally,
	allowed: tally,
	pattern: tally
});
const keys = strictObject({
	level: count.max(64),
	values: array(union([
		_null(),
		int(),
		text
	])).max(2e5),
	labels: array(text).max(100)
});
const isUnique = (texts) => new Set(texts).size === texts.length;
/** Every cell stands at a value and a label that are there. */
const association = strictObject({
	feature: name,
	values: count,
	labels: count,
	cells: array(tuple([
		count,
		count,
		count
	])).max(1e6),
	ordered: boolean(),
	keys: keys.nullable()
}).refine(({ values, labels, cells }) => cells.every(([at, label]) => at < values && label < labels)).refine(({ values, labels, keys: own }) => own === null || own.values.length === values && own.labels.length === labels && isUnique(own.values) && isUnique(own.labels));
const rule = discriminatedUnion("kind", [
	strictObject({
		kind: literal("tally"),
		name,
		tally
	}),
	strictObject({
		kind: literal("association"),
		name,
		features: array(association).max(2e4)
	}),
	strictObject({
		kind: literal("unmeasured"),
		name,
		because: text
	})
]);
/** The shape of what an engine measured, closed; its profile is checked by its own reader. */
const measuredSchema = strictObject({
	files: array(strictObject({
		path: name,
		columns: array(text).max(2e4),
		rows: count.nullable()
	})),
	problems: array(strictObject({
		path: name,
		line: row.nullable(),
		because: text
	})),
	rows: count.nullable(),
	columns: array(strictObject({
		column: name,
		tallies,
		smallest: text.nullable(),
		largest: text.nullable()
	})).max(2e4),
	rules: array(rule).max(2e4),
	profile: unknown()
});

// core/dataset/shard.ts
const path = string().min(1).max(2e3);
const digest = custom(isDigest);
/** Shape of a plan, closed. */
const planSchema = strictObject({
	v: literal(1),
	dataset: name$1,
	rulesAt: commit,
	dataAt: commit,
	shards: count$1(1, 256)
});
const slice = {
	number: count$1(1, 256),
	of: count$1(2, 256)
};
const taskSchema = strictObject({
	number: count$1(1, 256),
	files: array(path).max(1e5),
	slices: array(strictObject({
		path,
		...slice
	})).max(1e5)
}).refine(({ files, slices }) => files.length + slices.length > 0);
const fact = strictObject({
	path,
	md5: string().max(100).nullable(),
	blob: commit,
	sizeBytes: number().nonnegative()
});
const keyed = strictObject({
	name: string().min(1).max(2e3),
	rows: int().nonnegative()
});
const part = strictObject({
	fact,
	slice: strictObject({
		...slice,
		before: int().nonnegative()
	}).nullable(),
	measured: measuredSchema,
	keys: array(keyed).max(2e4)
});
const failure = strictObject({
	path,
	md5: string().max(100).nullable(),
	findings: array(findingSchema).min(1).max(100),
	evaluated: boolean()
});
const resultSchema = strictObject({
	v: literal(1),
	plan: planSchema,
	number: count$1(1, 256),
	contractDigest: digest,
	engine: string().min(1).max(200),
	parts: array(part).max(1e5),
	failures: array(failure).max(1e5),
	reference: strictObject({
		path,
		measured: measuredSchema
	}).nullable()
});
/** @throws InputError SHARD_INVALID */
function parseShardPlan(text, source) {
	return readShardText(planSchema, text, source);
}
/** @throws InputError SHARD_INVALID */
function parseShardTask(text, source) {
	return readShardText(taskSchema, text, source);
}
function renderShard(result) {
	return canonicalJson(result);
}
/**
* Reads what a shard left behind. It comes from an artifact of the run: whoever edits the workflow can write it.
* @throws InputError SHARD_INVALID, PROFILE_INVALID
*/
function parseShard(text, source) {
	const result = readShardText(resultSchema, text, source);
	const read = (measured, pointer) => readMeasured(measured, source, pointer);
	const parts = result.parts.map(({ measured, ...rest }, at) => ({
		...rest,
		measured: read(measured, `/parts/${at}/measured`)
	}));
	const reference = result.reference && {
		...result.reference,
		measured: read(result.reference.measured, "/reference/measured")
	};
	return {
		...result,
		parts,
		reference
	};
}
function readMeasured(measured, source, pointer) {
	const { profile } = measured;
	const checked = {
		...measured,
		profile: profile === null ? null : toProfile(profile, source, `${pointer}/profile`)
	};
	if (isWhole(checked)) return checked;
	throw refuse(source, `${pointer} says both that it was measured and that it was not`);
}
/** Rows, profile and counts stand or fall together, no count is above the rows, and no table has rows without columns. */
function isWhole({ files, problems, rows, columns, rules, profile }) {
	if (rows === null) return problems.length > 0 && columns.length === 0 && rules.length === 0 && profile === null;
	const tallies = [...columns.flatMap((column) => Object.values(column.tallies)), ...rules.flatMap((rule) => rule.kind === "tally" ? [rule.tally] : [])];
	return problems.length === 0 && profile?.rows === rows && files.every((file) => file.columns.length > 0) && files.reduce((sum, file) => sum + (file.rows ?? NaN), 0) === rows && tallies.every(({ count: found, firstRow }) => found <= rows && (firstRow ?? 0) <= rows);
}
/** 256 Mi UTF-16 code units: longer text is not read. */
const maxLength = 268435456;
/**
* Reads a text of one shape that another job of the run wrote.
* @throws InputError SHARD_INVALID
*/
function readShardText(schema, text, source) {
	if (text.length > maxLength) throw refuse(source, `it is longer than ${maxLength} characters`);
	const parsed = schema.safeParse(readJson(text, source));
	if (parsed.success) return parsed.data;
	throw refuse(source, `the value at "${(parsed.error.issues[0]?.path ?? []).map((step) => `/${String(step)}`).join("") || "/"}" is not what stands there`);
}
function readJson(text, source) {
	try {
		return parseStrictJson(text, source);
	} catch (cause) {
		if (cause instanceof GatehouseError) throw refuse(source, "it is no strict JSON", cause);
		throw cause;
	}
}
function refuse(source, because, cause) {
	return new InputError("SHARD_INVALID", `${source} is not what a shard leaves behind: ${because}`, {
		hint: "Run the workflow again; only its own jobs may write inputs and artifacts of the shards.",
		where: { file: source },
		cause
	});
}

export { readShardText as a, planSchema as i, parseShardPlan as n, renderShard as o, parseShardTask as r, parseShard as t };