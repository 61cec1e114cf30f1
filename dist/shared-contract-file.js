import { a as toDriftRules, l as driftSchema, o as expressionLimits, s as parseExpression, t as checkDrift } from "./shared-drift-file.js";
import { $ as prose, A as pathOfPointer, C as parseFile, G as count, H as columnName, J as glob, K as filePath, S as invalid, U as command, Z as name, q as finite, u as toRole, w as refuseProblems } from "./shared-policy-resolution.js";
import { t as hasWildcard } from "./shared-glob.js";
import { A as literal, D as discriminatedUnion, F as strictObject, I as string, M as number, R as union, S as _enum, T as boolean, f as nameRule, l as isModelName, u as isName, w as array } from "./shared-js-yaml.js";
import { i as readMoment, n as isMoment, r as momentRule } from "./shared-moment.js";
import { r as roleSchema } from "./shared-policy-schema.js";
import { t as RE2JS } from "./shared-build.js";
import { t as checkExpression } from "./shared-expression-type.js";
import { t as suggest } from "./shared-suggestion.js";

// core/config/pattern.ts
/** True for a regular expression of RE2: one that is matched in linear time, whatever the data. */
function isPattern(text) {
	try {
		RE2JS.compile(text);
		return true;
	} catch {
		return false;
	}
}

// core/config/rule-schema.ts
const limitForm = `a finite number, or ${momentRule}`;
/** A limit of a column: a number, or a date for a timestamp. */
const limitSchema = union([finite, string().refine(isMoment, { error: limitForm })], { error: limitForm });
const share = number().refine((value) => value >= 0 && value <= 1, { error: "a share from 0 to 1, not a percentage: 0.05 and not 5" });
const belowOne = "a share from 0 to below 1, not a percentage: 0.05 and not 5; with 1 the rule could never fail";
const shareBelowOne = number().refine((value) => value >= 0 && value < 1, { error: belowOne });
const toleranceSchema = union([strictObject({ share: shareBelowOne.describe("Share of all rows.") }), strictObject({ count: count(0, 0xe8d4a51000).describe("Number of rows.") })], { error: `{ share: 0.001 } or { count: 5 }; a share is ${belowOne}` }).describe("Rows that may break the rule: a share of all rows, or a number of them.");
const patternSchema = string().min(1).max(500).refine(isPattern, { error: "a regular expression of RE2 (no look-around, no back-reference)" });
const valuesSchema = array(union([string().max(200), finite], { error: "a text or a number" })).min(1, "at least one value").max(5e3);
const severity = _enum(["fail", "warn"]).default("fail").describe("What a broken rule does.");
const reason = prose.optional().describe("Why the rule exists: shown when it is broken.");
const column = columnName.describe("Name of the column.");
const columns = array(columnName).min(1, "at least one column").max(5e3).refine((names) => new Set(names).size === names.length, { error: "every column once" });
/** A rule with limits needs one, and the lower one below the upper one. */
const oneLimit = { error: "at least one of \"min\" and \"max\"" };
const inOrder = {
	error: "\"min\" not above \"max\": nothing could pass",
	path: ["min"]
};
const hasLimit = ({ min, max }) => min !== void 0 || max !== void 0;
const isInOrder = ({ min, max }) => {
	if (typeof min === "number" && typeof max === "number") return min <= max;
	if (typeof min !== "string" || typeof max !== "string") return true;
	return readMoment(min) <= readMoment(max);
};
const limits = (of, least, most) => ({
	min: of.optional().describe(least),
	max: of.optional().describe(most)
});
const lengthFields = limits(count(0, 1e6), "Fewest characters.", "Most characters.");
const neverFails = {
	error: "a limit that something could break: at least 0 always holds",
	path: ["min"]
};
const canFail = ({ min, max }) => max !== void 0 || min === void 0 || min > 0;
/** `length` of a column. */
const lengthSchema = strictObject(lengthFields).refine(hasLimit, oneLimit).refine(isInOrder, inOrder).refine(canFail, neverFails);
/** What every rule has, around what its kind needs. */
function rule(kind, about, fields) {
	return strictObject({
		name: name.describe("Name of the rule, once in the contract."),
		rule: literal(kind).describe(about),
		...fields,
		severity,
		reason
	});
}
const tolerance = toleranceSchema.optional();
const label = columnName.describe("Column that the model predicts.");
const features = columns.optional().describe("Columns that the model sees; all others when absent.");
const numbers = limits(finite, "Lowest allowed value.", "Highest allowed value.");
const shares = limits(share, "Smallest share.", "Largest share.");
const amounts = limits(count(0, 0xe8d4a51000), "Fewest different values.", "Most different values.");
const deviations = limits(number().refine((value) => Number.isFinite(value) && value >= 0, { error: "a finite number, 0 or more" }), "Smallest standard deviation.", "Largest standard deviation.");
const cellRules = [
	rule("range", "Values within limits.", {
		column,
		min: limitSchema.optional().describe("Lowest allowed value (number; date or time for a timestamp)."),
		max: limitSchema.optional().describe("Highest allowed value."),
		tolerance
	}).refine(hasLimit, oneLimit).refine(isInOrder, inOrder),
	rule("length", "Characters of a text.", {
		column,
		...lengthFields,
		tolerance
	}).refine(hasLimit, oneLimit).refine(isInOrder, inOrder).refine(canFail, neverFails),
	rule("allowed", "The only values that may occur.", {
		column,
		values: valuesSchema.describe("The allowed values."),
		tolerance
	}),
	rule("pattern", "Regular expression (RE2) that the whole text must match.", {
		column,
		pattern: patternSchema.describe("The expression."),
		tolerance
	})
];
const statisticRules = [
	rule("missing", "Share of empty cells.", {
		column,
		max: shareBelowOne.describe("Largest share of empty cells.")
	}),
	rule("mean", "Mean of a column of numbers.", {
		column,
		...numbers
	}).refine(hasLimit, oneLimit).refine(isInOrder, inOrder),
	rule("standard-deviation", "Standard deviation (n - 1) of a column of numbers.", {
		column,
		...deviations
	}).refine(hasLimit, oneLimit).refine(isInOrder, inOrder).refine(canFail, neverFails),
	rule("distinct", "Number of different values.", {
		column,
		...amounts
	}).refine(hasLimit, oneLimit).refine(isInOrder, inOrder).refine(canFail, neverFails),
	rule("quantile", "Quantile of a column of numbers (type 7).", {
		column,
		at: share.describe("Which quantile: 0.5 is the median."),
		...numbers
	}).refine(hasLimit, oneLimit).refine(isInOrder, inOrder),
	rule("class-ratio", "Share of a value among the cells that are not empty.", {
		column,
		value: union([
			string().max(200),
			finite,
			boolean()
		], { error: "a text, a number, true or false" }).describe("The value whose share is limited."),
		...shares
	}).refine(hasLimit, oneLimit).refine(isInOrder, inOrder).refine(({ min = 0, max = 1 }) => min > 0 || max < 1, {
		...neverFails,
		error: "limits that a share could break: 0 to 1 always holds"
	}),
	rule("freshness", "Age of the newest value of a timestamp column.", {
		column,
		"max-age-hours": number().refine((value) => value > 0 && value <= 876e3, { error: "hours, above 0, at most 876,000" }).describe("Oldest allowed age of the newest value, in hours.")
	})
];
const rowRules = [
	rule("unique", "Rows whose key stood in an earlier row; a key with an empty cell is not compared.", {
		columns: columns.describe("Columns that make up the key."),
		tolerance
	}),
	rule("duplicates", "Share of rows that repeat an earlier row; empty cells are equal.", {
		columns: columns.optional().describe("Columns that are compared; all when absent."),
		max: shareBelowOne.describe("Largest share of repeated rows.")
	}),
	rule("expression", "A condition that every row must keep; unknown (an empty cell) counts as kept.", {
		keep: string().min(1).max(expressionLimits.characters, `at most ${expressionLimits.characters} characters`).describe("The condition, for example: arrival >= departure and delay < 1440"),
		tolerance
	}),
	rule("leakage", "How much one feature alone tells of the label: 0 nothing, 1 everything.", {
		label,
		features,
		max: shareBelowOne.describe("Most that a feature may tell.")
	}),
	rule("label-conflicts", "Rows whose features stand elsewhere with another label.", {
		label,
		features,
		tolerance
	}),
	rule("overlap", "Rows that are also in another table, for example the held-out one.", {
		with: filePath.describe("Table of the repository or its .dvc pointer."),
		columns: columns.describe("Columns by which rows are compared."),
		tolerance
	})
];
/** One item of `rules`. */
const ruleSchema = discriminatedUnion("rule", [
	...cellRules,
	...statisticRules,
	...rowRules
]).describe("A named rule besides those of the columns.");

// core/config/contract-schema.ts
/** Each is held against every path of the tree, by the job and by the app: more of them are no contract but a load. */
const mostPatterns = 100;
/** One model, or all of them. */
const grantee = string().refine((text) => text === "*" || isModelName(text), { error: "the name of a model, or \"*\" in quotes for all" });
const columnFields = {
	name: columnName.describe("Name of the column, as in the header."),
	type: _enum([
		"integer",
		"number",
		"text",
		"timestamp",
		"boolean"
	]).describe("Type of every value."),
	required: boolean().default(true).describe("False: the column may be missing from the files."),
	nullable: boolean().default(false).describe("Whether values may be missing."),
	unique: boolean().default(false).describe("Whether no value may occur twice."),
	min: limitSchema.optional().describe("Lowest allowed value (number; date or time for a timestamp)."),
	max: limitSchema.optional().describe("Highest allowed value."),
	length: lengthSchema.optional().describe("Characters of a text."),
	allowed: valuesSchema.optional().describe("The only values that may occur."),
	pattern: patternSchema.optional().describe("Regular expression (RE2) that the whole text must match."),
	tolerance: toleranceSchema.optional(),
	severity: _enum(["fail", "warn"]).default("fail").describe("What a broken rule does."),
	reason: prose.optional().describe("Why the rule exists: shown when it is broken."),
	privacy: _enum([
		"none",
		"personal",
		"secret"
	]).default("none").describe("Example values of a personal or secret column are never shown.")
};
const isLimitOf = (type, value) => {
	if (value === void 0) return true;
	if (type === "integer" || type === "number") return typeof value === "number";
	return type === "timestamp" && typeof value === "string";
};
const limitRule = "a number for integer and number, a date for timestamp; text takes pattern or allowed, boolean takes neither";
const columnSchema = strictObject(columnFields).refine(({ type, min }) => isLimitOf(type, min), {
	error: limitRule,
	path: ["min"]
}).refine(({ type, max }) => isLimitOf(type, max), {
	error: limitRule,
	path: ["max"]
}).refine(isInOrder, {
	error: "\"min\" not above \"max\": no value could pass",
	path: ["min"]
}).refine(({ type, length }) => length === void 0 || type === "text", {
	error: "\"length\" only for columns of type text",
	path: ["length"]
}).refine(({ type, pattern }) => pattern === void 0 || type === "text", {
	error: "\"pattern\" only for columns of type text",
	path: ["pattern"]
}).describe("What one column must satisfy.");
/** `datasets/<dataset>.yml` as people write it. */
const contractSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	description: prose.describe("What the rows are."),
	owner: roleSchema.describe("Who answers for the data: the role \"owner\" when this file changes."),
	files: array(glob).min(1, "at least one file").max(1e3).refine((globs) => globs.filter(hasWildcard).length <= mostPatterns, { error: `at most ${mostPatterns} of them with wildcards` }).describe("Tables (.csv, .jsonl, .ndjson, .parquet) or .dvc pointers to them, read in this order as one table."),
	columns: array(columnSchema).min(1, "at least one column").max(5e3).refine((columns) => new Set(columns.map((column) => column.name)).size === columns.length, { error: "every column once: a column is named twice" }).describe("Every column of the table."),
	rows: strictObject({
		min: count(0, 0xe8d4a51000).describe("Fewest rows."),
		max: count(0, 0xe8d4a51000).optional().describe("Most rows.")
	}).refine(({ min, max }) => max === void 0 || min <= max, {
		error: "\"min\" not above \"max\": no table could pass",
		path: ["min"]
	}).describe("How many rows the table must have."),
	rules: array(ruleSchema).max(1e3).default([]).describe("Rules on rows, statistics and the table as a whole, each with a name."),
	examples: count(0, 20).default(3).describe("How many example rows a finding shows."),
	drift: driftSchema.optional(),
	"derived-from": array(name).max(100).default([]).describe("Datasets that this one was made from: their access, expiry and privacy hold here too."),
	ingest: strictObject({
		command: command.describe("Command that fetches or makes a new batch."),
		to: filePath.describe("Folder or file of the repository that the command writes."),
		"timeout-minutes": count(1, 360).default(60).describe("The command is stopped after so many minutes.")
	}).optional().describe("How a new batch comes in."),
	access: array(grantee).max(1e3).describe("Models that may train on it; \"*\" is all, an empty list is none."),
	expires: string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text), { error: "a date: 2026-12-31" }).describe("After this day nothing may train on it."),
	revoked: array(string().regex(/^sha256:[0-9a-f]{64}$/, "a digest of data: sha256: and 64 characters 0-9 a-f")).min(1, "at least one digest").max(1e3).optional().describe("Digests of data that may not be used any more: no version that was trained on it moves up."),
	source: prose.describe("Where the data comes from."),
	"legal-basis": prose.describe("What allows its use."),
	"approved-by": prose.describe("Who approved its use.")
}).describe("Contract of one dataset: datasets/<dataset>.yml");

// core/config/rule-check.ts
/** Each compares a label with every column: more of them are no contract but a load. */
const mostLeakageRules = 10;
/** Columns are pull-request controlled: their number must not decide how long a suggestion takes. */
const mostSuggestions = 500;
/** Types that a kind of rule can be applied to. */
const fits = {
	range: [
		"integer",
		"number",
		"timestamp"
	],
	length: ["text"],
	pattern: ["text"],
	mean: ["integer", "number"],
	"standard-deviation": ["integer", "number"],
	quantile: ["integer", "number"],
	"class-ratio": [
		"integer",
		"number",
		"text",
		"boolean"
	],
	freshness: ["timestamp"]
};
/** Looks at all rules together: names that occur twice, more leakage rules than anyone means. */
function checkRuleSet(rules) {
	const first = /* @__PURE__ */ new Map();
	const doubled = rules.flatMap(({ name }, at) => {
		const before = first.get(name);
		if (before === void 0) first.set(name, at);
		return before === void 0 ? [] : [toDoubled(name, before, at)];
	});
	const leakage = rules.flatMap(({ rule }, at) => rule === "leakage" ? [at] : []);
	return leakage.length <= mostLeakageRules ? doubled : [...doubled, toLoad(leakage)];
}
const toDoubled = (name, before, at) => ({
	code: "config/value",
	message: `the rule name "${name}" is used twice: by rules[${before}] and rules[${at}]`,
	path: [
		"rules",
		at,
		"name"
	],
	found: name,
	allowed: "every name once",
	fix: "Give one of the two rules another name."
});
const toLoad = (leakage) => ({
	code: "config/value",
	message: `there are ${leakage.length} leakage rules`,
	path: ["rules", leakage[mostLeakageRules] ?? 0],
	found: `${leakage.length} leakage rules`,
	allowed: `at most ${mostLeakageRules}: one for each label`,
	fix: "Drop the others."
});
/** Holds one rule against the columns of the contract: they must be there, and of a type that the rule can be applied to. */
function checkRule(rule, path, known) {
	return [
		...namesOf(rule).flatMap(([key, name]) => known.has(name) ? [] : [toUnknown(name, [...path, ...key], known)]),
		...checkType(rule, path, known),
		...checkLimits(rule, path, known),
		...checkLabel(rule, path)
	];
}
/** Every column that a rule names, with the key that names it. */
function namesOf(rule) {
	const list = (key, names) => (names ?? []).map((name, at) => [[key, at], name]);
	return [
		..."column" in rule ? [[["column"], rule.column]] : [],
		..."label" in rule ? [[["label"], rule.label]] : [],
		..."columns" in rule ? list("columns", rule.columns) : [],
		..."features" in rule ? list("features", rule.features) : []
	];
}
function toUnknown(name, path, known) {
	const names = [...known.keys()];
	const meant = suggest(name, names.slice(0, mostSuggestions));
	return {
		code: "config/value",
		message: `the contract has no column "${name}"${meant === null ? "" : `. Did you mean "${meant}"?`}`,
		path,
		found: name,
		allowed: `${names.slice(0, 20).join(", ")}${names.length > 20 ? ` and ${names.length - 20} more` : ""}`,
		fix: meant === null ? "Name a column of this contract." : `Write "${meant}".`
	};
}
function checkType(rule, path, known) {
	const types = fits[rule.rule];
	const column = "column" in rule ? known.get(rule.column) : void 0;
	if (types === void 0 || column === void 0 || types.includes(column.type)) return [];
	return [{
		code: "config/value",
		message: `the rule "${rule.rule}" cannot be applied to the column "${column.name}", which is of type ${column.type}`,
		path: [...path, "column"],
		found: column.type,
		allowed: `a column of type ${types.join(", ")}`,
		fix: "Name a column of such a type, or choose another rule."
	}];
}
/** A range of dates for numbers, or of numbers for dates. */
function checkLimits(rule, path, known) {
	if (rule.rule !== "range") return [];
	const type = known.get(rule.column)?.type;
	if (type !== "integer" && type !== "number" && type !== "timestamp") return [];
	const wanted = type === "timestamp" ? "string" : "number";
	const words = type === "timestamp" ? "a date or a time in quotes" : "a number";
	return ["min", "max"].flatMap((side) => {
		const limit = rule[side];
		if (limit === void 0 || typeof limit === wanted) return [];
		return [{
			code: "config/value",
			message: `${side} is ${JSON.stringify(limit)}, and the column "${rule.column}" is of type ${type}`,
			path: [...path, side],
			found: String(limit),
			allowed: words,
			fix: `Write ${words}.`
		}];
	});
}
/** A label that is its own feature gives itself away. */
function checkLabel(rule, path) {
	if (!("label" in rule) || rule.features?.includes(rule.label) !== true) return [];
	return [{
		code: "config/value",
		message: `the label "${rule.label}" is also one of the features`,
		path: [
			...path,
			"features",
			rule.features.indexOf(rule.label)
		],
		found: rule.label,
		allowed: "columns other than the label",
		fix: "Take the label out of features."
	}];
}

// core/config/rule-file.ts
/**
* Reads the rules of a contract and holds them against its columns.
* @returns the rules that can be applied, and what is wrong with the others
*/
function readRules(written, columns) {
	const known = new Map(columns.map((column) => [column.name, column]));
	const types = new Map(columns.map(({ name, type }) => [name, type]));
	const rules = [];
	const problems = [...checkRuleSet(written)];
	for (const [at, rule] of written.entries()) {
		if (problems.length >= 50) break;
		const path = ["rules", at];
		const read = rule.rule === "expression" ? readCondition(rule.keep, types) : null;
		if (read?.kind === "fault") problems.push(toProblem$1(rule.name, [...path, "keep"], "keep" in rule ? rule.keep : "", read.fault));
		problems.push(...checkRule(rule, path, known));
		rules.push({
			...toFrame(rule),
			...toBody(rule, read?.kind === "expression" ? read.expression : nothing)
		});
	}
	return {
		rules,
		problems
	};
}
/** Stands in for a condition that cannot be read: its contract is refused. */
const nothing = {
	kind: "boolean",
	value: false
};
function readCondition(keep, types) {
	const read = parseExpression(keep);
	if (read.kind === "fault") return read;
	const fault = checkExpression(read.expression, types, read.offsets);
	return fault === null ? read : {
		kind: "fault",
		fault
	};
}
function toProblem$1(name, path, text, fault) {
	return {
		code: "config/expression",
		message: `the condition of rule "${name}" cannot be used: ${fault.message} at character ${fault.offset + 1}`,
		path,
		within: {
			text,
			offset: fault.offset
		},
		found: fault.message,
		allowed: fault.expected,
		fix: `Write ${fault.expected} at character ${fault.offset + 1}.`
	};
}
function toFrame(written) {
	const tolerance = "tolerance" in written ? written.tolerance : void 0;
	return {
		name: written.name,
		severity: written.severity,
		...tolerance === void 0 ? {} : { tolerance: toTolerance(tolerance) },
		...written.reason === void 0 ? {} : { reason: written.reason }
	};
}
function toBody(written, expression) {
	switch (written.rule) {
		case "missing": return {
			rule: written.rule,
			column: written.column,
			max: written.max
		};
		case "range":
		case "length":
		case "mean":
		case "standard-deviation":
		case "distinct": return {
			rule: written.rule,
			column: written.column,
			limits: toLimits(written)
		};
		case "allowed": return {
			rule: written.rule,
			column: written.column,
			values: written.values.map(String)
		};
		case "pattern": return {
			rule: written.rule,
			column: written.column,
			pattern: written.pattern
		};
		case "quantile": return {
			rule: written.rule,
			column: written.column,
			at: written.at,
			limits: toLimits(written)
		};
		case "class-ratio": return {
			rule: written.rule,
			column: written.column,
			value: String(written.value),
			limits: toLimits(written)
		};
		case "freshness": return {
			rule: written.rule,
			column: written.column,
			maxAgeHours: written["max-age-hours"]
		};
		case "expression": return {
			rule: written.rule,
			keep: written.keep,
			expression
		};
		case "unique": return {
			rule: written.rule,
			columns: written.columns
		};
		case "duplicates": return {
			rule: written.rule,
			columns: written.columns ?? null,
			max: written.max
		};
		case "leakage": return {
			rule: written.rule,
			label: written.label,
			features: written.features ?? null,
			max: written.max
		};
		case "label-conflicts": return {
			rule: written.rule,
			label: written.label,
			features: written.features ?? null
		};
		case "overlap": return {
			rule: written.rule,
			with: written.with,
			columns: written.columns
		};
	}
}
/** The limits that are there. */
function toLimits({ min, max }) {
	return {
		...min === void 0 ? {} : { min },
		...max === void 0 ? {} : { max }
	};
}
function toTolerance(written) {
	return "share" in written ? {
		kind: "share",
		share: written.share
	} : {
		kind: "count",
		count: written.count
	};
}

// core/config/contract-file.ts
/**
* Reads `datasets/<dataset>.yml`; the dataset is named by its file.
* @param source path of the file
* @throws InputError CONFIG_INVALID with every problem as a finding
*/
function parseContract(text, source) {
	const dataset = source.split("/").at(-1)?.replace(/\.yml$/, "") ?? "";
	if (!isName(dataset)) throw invalid(source, [wrongName(dataset, source)]);
	const { value, source: read } = parseFile(text, source, contractSchema);
	const columns = value.columns.map(toColumn);
	const drift = toDriftRules(value.drift);
	const { rules, problems } = readRules(value.rules, columns);
	refuseProblems(read, [
		...problems,
		...checkDrift(drift, columns).map(toProblem),
		...checkLineage(dataset, value["derived-from"])
	]);
	const { min, max } = value.rows;
	const { ingest } = value;
	return {
		version: value.version,
		dataset,
		description: value.description,
		owner: toRole(value.owner),
		files: value.files,
		columns,
		rules,
		rows: {
			min,
			...max === void 0 ? {} : { max }
		},
		examples: value.examples,
		drift,
		derivedFrom: value["derived-from"],
		...ingest === void 0 ? {} : { ingest: {
			command: ingest.command,
			to: ingest.to,
			timeoutMinutes: ingest["timeout-minutes"]
		} },
		access: value.access,
		...value.revoked === void 0 ? {} : { revoked: value.revoked },
		expires: value.expires,
		source: value.source,
		legalBasis: value["legal-basis"],
		approvedBy: value["approved-by"]
	};
}
function toColumn(written) {
	const { min, max, length, allowed, pattern, tolerance, reason } = written;
	return {
		name: written.name,
		type: written.type,
		required: written.required,
		nullable: written.nullable,
		unique: written.unique,
		...min === void 0 ? {} : { min },
		...max === void 0 ? {} : { max },
		...length === void 0 ? {} : { length: toLimits(length) },
		...allowed === void 0 ? {} : { allowed: allowed.map(String) },
		...pattern === void 0 ? {} : { pattern },
		severity: written.severity,
		...tolerance === void 0 ? {} : { tolerance: toTolerance(tolerance) },
		...reason === void 0 ? {} : { reason },
		privacy: written.privacy
	};
}
const toProblem = ({ pointer, message, allowed }) => ({
	code: "config/value",
	message,
	path: pathOfPointer(pointer),
	allowed,
	fix: `Write ${allowed}.`
});
/** A dataset that was made from itself would inherit from nobody. */
function checkLineage(dataset, derivedFrom) {
	return derivedFrom.flatMap((name, at) => name === dataset || derivedFrom.indexOf(name) !== at ? [{
		code: "config/value",
		message: `"${name}" is ${name === dataset ? "this dataset itself" : "named twice"}`,
		path: ["derived-from", at],
		found: name,
		allowed: "other datasets, each once",
		fix: "Take it out of derived-from."
	}] : []);
}
function wrongName(name, source) {
	return {
		code: "config/name",
		severity: "fail",
		message: `"${name.slice(0, 200)}" cannot be the name of a dataset`,
		where: {
			file: source,
			line: 1,
			column: 1,
			pointer: ""
		},
		found: name.slice(0, 200),
		allowed: nameRule,
		fix: "Rename the file: the name of a dataset is the name of its file."
	};
}

export { isPattern as n, parseContract as t };