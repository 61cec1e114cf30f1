import { A as literal, F as strictObject, M as number, P as record, R as union, S as _enum, w as array } from "./shared-js-yaml.js";
import { G as count, H as columnName, K as filePath, Z as name } from "./shared-policy-resolution.js";
import { i as readTokens, r as ExpressionError } from "./shared-expression-type.js";

// core/config/drift-rules.ts
const driftTests = [
	"psi",
	"ks",
	"jensen-shannon",
	"kl",
	"chi-square",
	"wasserstein",
	"mean-shift"
];

// core/config/drift-schema.ts
const within = (least, most, allowed) => number(allowed).refine((value) => value >= least && value <= most, { error: allowed });
const referenceSchema = union([
	literal("champion"),
	strictObject({ profile: filePath.describe("Profile that lies in the repository.") }),
	strictObject({ file: filePath.describe("Table of the repository.") })
], { error: "\"champion\", { profile: path } or { file: path }" }).describe("With what the data is compared: the data of the champion, a stored profile, or a table of the repository.");
const severity = _enum(["fail", "warn"]);
/** How one column is compared: the same in a contract and in a model. */
const columnDriftSchema = strictObject({
	test: _enum(driftTests).optional().describe("Test; chosen by the type of the column when absent."),
	limit: within(0, 1e6, "a number from 0 to 1,000,000").optional().describe("Drift is told above it, in the unit of the test."),
	bins: count(2, 100).optional().describe("Quantile bins of the reference, for numbers."),
	severity: severity.optional().describe("What drift of this column does.")
}).describe("How one column is compared.");
/** The block `drift` of `datasets/<dataset>.yml` as people write it. */
const driftSchema = strictObject({
	reference: referenceSchema.default("champion"),
	severity: severity.default("warn").describe("What drift does."),
	schema: _enum([
		"fail",
		"warn",
		"note"
	]).default("warn").describe("What a changed schema does: columns, types, empty cells, categories."),
	"min-rows": count(2, 1e9).default(200).describe("With fewer rows on either side the result is \"not enough rows\"."),
	alpha: number().refine((value) => value > 0 && value <= .5, { error: "a number above 0, at most 0.5" }).default(.05).describe("False discovery rate over the columns (Benjamini-Hochberg)."),
	ignore: array(columnName).max(5e3).default([]).describe("Columns that are not compared: row numbers, keys."),
	columns: record(columnName, columnDriftSchema).default({}).describe("Test and limit by column; what is not set is chosen by type and size.")
}).describe("How new data is compared with the data of the champion.");
/** `drift-limits` of `models/<model>/model.yml`: dataset, column, limit. */
const driftLimitsSchema = record(name, record(columnName, columnDriftSchema)).describe("Limits of this model by dataset and column. They add to those of the contract: both must hold.");

// core/config/expression-parser.ts
/** Most characters of an expression, and how deep brackets, `not`, `-` and functions may nest: the text is pull-request controlled. */
const expressionLimits = {
	characters: 2e3,
	depth: 50
};
const expressionFunctions = [
	"abs",
	"length",
	"lower",
	"year",
	"month",
	"day",
	"hour",
	"weekday"
];
/** Reads the text of a row expression, in linear time. Whether it fits the columns is asked elsewhere (expression-type). */
function parseExpression(source) {
	try {
		if (source.length > expressionLimits.characters) {
			const most = `at most ${expressionLimits.characters} characters`;
			throw new ExpressionError(expressionLimits.characters, "a longer expression", most);
		}
		const parse = {
			tokens: readTokens(source),
			at: 0,
			depth: 0,
			offsets: /* @__PURE__ */ new Map()
		};
		const expression = readOr(parse);
		if (peek(parse).kind !== "end") throw refuse(parse, "and, or, a comparison, or the end of the expression");
		return {
			kind: "expression",
			expression,
			offsets: parse.offsets
		};
	} catch (error) {
		if (error instanceof ExpressionError) return {
			kind: "fault",
			fault: error.fault
		};
		throw error;
	}
}
const end = {
	kind: "end",
	text: "",
	offset: 0
};
const peek = (parse) => parse.tokens[parse.at] ?? end;
const words = new Set("and or not in between is missing present true false null like".split(" "));
function isWord(token, word) {
	return token.kind === "name" && token.text.toLowerCase() === word;
}
const isSymbol = (token, symbol) => token.kind === "symbol" && token.text === symbol;
/** Passes a word or a symbol, if it is next. */
function take(parse, text) {
	const next = peek(parse);
	if (!isSymbol(next, text) && !isWord(next, text)) return false;
	parse.at += 1;
	return true;
}
function demand(parse, text, expected = `"${text}"`) {
	if (!take(parse, text)) throw refuse(parse, expected);
}
function refuse(parse, expected) {
	const { kind, text, offset } = peek(parse);
	const what = kind === "end" ? "the end of the expression" : `"${text.slice(0, 40)}"`;
	return new ExpressionError(offset, what, expected);
}
/** Remembers where a part began. */
function place(parse, offset, expression) {
	parse.offsets.set(expression, offset);
	return expression;
}
function nest(parse, read) {
	if (parse.depth >= expressionLimits.depth) throw refuse(parse, `at most ${expressionLimits.depth} brackets, "not" and "-" inside one another`);
	parse.depth += 1;
	const result = read();
	parse.depth -= 1;
	return result;
}
function readOr(parse) {
	return readLogic(parse, "or", () => readLogic(parse, "and", () => readNot(parse)));
}
function readLogic(parse, operator, readPart) {
	const { offset } = peek(parse);
	let left = readPart();
	while (take(parse, operator)) left = place(parse, offset, {
		kind: "logic",
		operator,
		left,
		right: readPart()
	});
	return left;
}
function readNot(parse) {
	const { offset } = peek(parse);
	if (!take(parse, "not")) return readComparison(parse);
	return place(parse, offset, {
		kind: "not",
		of: nest(parse, () => readNot(parse))
	});
}
const comparisons = [
	"=",
	"!=",
	"<=",
	">=",
	"<",
	">"
];
function readComparison(parse) {
	const { offset } = peek(parse);
	const left = readSum(parse);
	if (take(parse, "is")) return readPresence(parse, left, offset);
	const negated = isWord(peek(parse), "not");
	if (negated) parse.at += 1;
	const kept = (expression) => place(parse, offset, negated ? {
		kind: "not",
		of: place(parse, offset, expression)
	} : expression);
	if (take(parse, "in")) return kept({
		kind: "in",
		of: left,
		values: readValues(parse)
	});
	if (take(parse, "between")) return kept(readBetween(parse, left, offset));
	if (negated) throw refuse(parse, "\"in\" or \"between\" after \"not\"");
	const operator = comparisons.find((symbol) => take(parse, symbol));
	if (operator === void 0) return left;
	const right = readSum(parse);
	if (comparisons.some((symbol) => isSymbol(peek(parse), symbol))) throw refuse(parse, "and, or, or the end: comparisons do not chain, write \"a < b and b < c\"");
	return place(parse, offset, {
		kind: "comparison",
		operator,
		left,
		right
	});
}
function readPresence(parse, left, offset) {
	const negated = take(parse, "not");
	const missing = take(parse, "missing") || take(parse, "null");
	if (!missing) demand(parse, "present", "\"missing\" or \"present\"");
	if (left.kind !== "column") throw new ExpressionError(offset, "something computed", "the name of a column before \"is missing\" or \"is present\"");
	return place(parse, offset, {
		kind: "presence",
		column: left.name,
		missing: missing !== negated
	});
}
function readBetween(parse, of, offset) {
	const least = readSum(parse);
	demand(parse, "and", "\"and\" and the upper end of \"between\"");
	const most = readSum(parse);
	return {
		kind: "logic",
		operator: "and",
		left: place(parse, offset, {
			kind: "comparison",
			operator: ">=",
			left: of,
			right: least
		}),
		right: place(parse, offset, {
			kind: "comparison",
			operator: "<=",
			left: of,
			right: most
		})
	};
}
function readValues(parse) {
	demand(parse, "(", "\"(\" and a list of values");
	const values = [readValue(parse)];
	while (take(parse, ",")) values.push(readValue(parse));
	demand(parse, ")", "\",\" or \")\"");
	return values;
}
function readValue(parse) {
	const token = peek(parse);
	if (token.kind === "text") {
		parse.at += 1;
		return token.text;
	}
	const negative = take(parse, "-");
	if (peek(parse).kind !== "number") throw refuse(parse, negative ? "a number" : "a number or a text in 'single quotes'");
	return readNumber(parse, negative);
}
function readNumber(parse, negative) {
	const { text, offset } = peek(parse);
	const value = Number(text);
	if (!Number.isFinite(value) || Number.isInteger(value) && !Number.isSafeInteger(value)) throw new ExpressionError(offset, `the number ${text.slice(0, 40)}`, "a number that a double holds (whole numbers up to 2^53)");
	parse.at += 1;
	return negative && value !== 0 ? -value : value;
}
function readSum(parse) {
	return readArithmetic(parse, ["+", "-"], () => readArithmetic(parse, ["*", "/"], () => readFactor(parse)));
}
function readArithmetic(parse, operators, readPart) {
	const { offset } = peek(parse);
	let left = readPart();
	for (;;) {
		const operator = operators.find((symbol) => take(parse, symbol));
		if (operator === void 0) return left;
		left = place(parse, offset, {
			kind: "arithmetic",
			operator,
			left,
			right: readPart()
		});
	}
}
function readFactor(parse) {
	const token = peek(parse);
	const { offset } = token;
	if (take(parse, "-")) {
		if (peek(parse).kind === "number") return place(parse, offset, {
			kind: "number",
			value: readNumber(parse, true)
		});
		return place(parse, offset, {
			kind: "negative",
			of: nest(parse, () => readFactor(parse))
		});
	}
	if (take(parse, "(")) {
		const inner = nest(parse, () => readOr(parse));
		demand(parse, ")");
		return inner;
	}
	if (token.kind === "number") return place(parse, offset, {
		kind: "number",
		value: readNumber(parse, false)
	});
	if (token.kind === "name") return readName(parse, token);
	if (token.kind !== "text" && token.kind !== "quoted") throw refuse(parse, operand);
	parse.at += 1;
	if (token.kind === "text") return place(parse, offset, {
		kind: "text",
		value: token.text
	});
	return place(parse, offset, {
		kind: "column",
		name: token.text
	});
}
const operand = "a column, a number, a text in 'single quotes', true, false, a function or \"(\"";
function readName(parse, token) {
	const { offset, text } = token;
	const word = text.toLowerCase();
	const next = parse.tokens[parse.at + 1] ?? end;
	if (word === "true" || word === "false") {
		parse.at += 1;
		return place(parse, offset, {
			kind: "boolean",
			value: word === "true"
		});
	}
	if (words.has(word)) throw refuse(parse, `${operand}; a column of this name stands in \`backticks\``);
	parse.at += 1;
	if (!isSymbol(next, "(")) return place(parse, offset, {
		kind: "column",
		name: text
	});
	const name = expressionFunctions.find((known) => known === word);
	if (name === void 0) throw new ExpressionError(offset, `the function "${text.slice(0, 40)}"`, `one of ${expressionFunctions.join(", ")}`);
	parse.at += 1;
	const of = nest(parse, () => readSum(parse));
	demand(parse, ")");
	return place(parse, offset, {
		kind: "call",
		name,
		of
	});
}

// core/config/drift-file.ts
const defaults = {
	reference: { kind: "champion" },
	severity: "warn",
	schema: "warn",
	minRows: 200,
	alpha: .05,
	ignore: [],
	columns: {}
};
/** The block `drift` of a contract with its defaults; absent in the file, everything is default and warns. */
function toDriftRules(written) {
	if (written === void 0) return defaults;
	return {
		reference: toReference(written.reference),
		severity: written.severity,
		schema: written.schema,
		minRows: written["min-rows"],
		alpha: written.alpha,
		ignore: written.ignore,
		columns: toColumns(written.columns)
	};
}
/** Limits of a model by dataset and column. */
function toDriftLimits(written) {
	return Object.fromEntries(Object.entries(written).map(([dataset, columns]) => [dataset, toColumns(columns)]));
}
function toReference(written) {
	if (written === "champion") return { kind: "champion" };
	return "profile" in written ? {
		kind: "profile",
		path: written.profile
	} : {
		kind: "file",
		path: written.file
	};
}
function toColumns(written) {
	return Object.fromEntries(Object.entries(written).map(([column, rule]) => [column, toColumn(rule)]));
}
function toColumn({ test, limit, bins, severity }) {
	return {
		...test === void 0 ? {} : { test },
		...limit === void 0 ? {} : { limit },
		...bins === void 0 ? {} : { bins },
		...severity === void 0 ? {} : { severity }
	};
}
/**
* Holds drift rules against the columns of the contract: unknown and private columns, tests that do not fit the type,
* limits that nothing can exceed. A rule that could never be held is refused, not skipped.
*/
function checkDrift(rules, columns) {
	const known = new Map(columns.map((column) => [column.name, column]));
	const ignored = rules.ignore.flatMap((name, at) => known.has(name) ? [] : [unknown(`/drift/ignore/${at}`, name)]);
	const ruled = Object.entries(rules.columns).flatMap(([name, rule]) => {
		const pointer = `/drift/columns/${escapePointer(name)}`;
		if (!rules.ignore.includes(name)) return checkColumn(rule, name, known.get(name), pointer);
		return [{
			pointer,
			message: `the column "${name}" is ignored and has a drift rule`,
			allowed: "a column in \"ignore\" or in \"columns\", not in both"
		}];
	});
	return [...ignored, ...ruled];
}
/** The same for the limits of a model on one dataset; pointers begin with `/drift-limits/<dataset>`. */
function checkDriftLimits(dataset, limits, columns) {
	const known = new Map(columns.map((column) => [column.name, column]));
	return Object.entries(limits).flatMap(([name, rule]) => checkColumn(rule, name, known.get(name), `/drift-limits/${dataset}/${escapePointer(name)}`));
}
const ordered = [
	"ks",
	"wasserstein",
	"mean-shift"
];
const binned = [
	"psi",
	"jensen-shannon",
	"kl",
	"chi-square"
];
/** Tests that a type can be given. Times are compared by day, so a mean of them in standard deviations says little. */
function testsOf(type) {
	if (type === "integer" || type === "number") return [...binned, ...ordered];
	return type === "timestamp" ? [
		"psi",
		"jensen-shannon",
		"ks",
		"wasserstein"
	] : binned;
}
/** The test of a type when there are many rows, and whenever a limit without a test needs a unit. */
function largeTestOf(type) {
	return type === "integer" || type === "number" ? "psi" : "jensen-shannon";
}
function checkColumn(rule, name, column, pointer) {
	if (column === void 0) return [unknown(pointer, name)];
	if (column.privacy !== "none") return [{
		pointer,
		message: `the column "${name}" is ${column.privacy}: its values are never kept, so it cannot be compared`,
		allowed: "columns with privacy: none"
	}];
	return [...checkTest(rule, name, column, pointer), ...checkLimit(rule, name, column, pointer)];
}
function checkTest({ test, bins }, name, { type }, pointer) {
	const fits = testsOf(type);
	const numeric = type === "integer" || type === "number";
	if (test !== void 0 && !fits.includes(test)) {
		const message = `the test ${test} does not fit the column "${name}", which is ${type}`;
		return [{
			pointer: `${pointer}/test`,
			message,
			allowed: fits.join(", ")
		}];
	}
	if (test === void 0 && type === "timestamp") return [{
		pointer,
		message: `times are compared only by a named test, and the column "${name}" has none`,
		allowed: `test: ${fits.join(", ")}`
	}];
	if (bins === void 0 || numeric && (test === void 0 || binned.includes(test))) return [];
	const message = `"bins" says nothing for the column "${name}"`;
	return [{
		pointer: `${pointer}/bins`,
		message,
		allowed: `bins for numbers, with the test ${binned.join(", ")}`
	}];
}
/** These are at most 1: a higher limit would never tell anything. */
const atMostOne = [
	"ks",
	"jensen-shannon",
	"chi-square"
];
function checkLimit({ test, limit }, name, { type }, pointer) {
	const used = test ?? largeTestOf(type);
	if (limit === void 0 || limit < 1 || !atMostOne.includes(used)) return [];
	const message = `the limit of the column "${name}" can never be exceeded: ${used} is at most 1`;
	return [{
		pointer: `${pointer}/limit`,
		message,
		allowed: "a number below 1"
	}];
}
const unknown = (pointer, name) => ({
	pointer,
	message: `the contract has no column "${name}"`,
	allowed: "a column of the contract"
});
const escapePointer = (key) => key.replaceAll("~", "~0").replaceAll("/", "~1");

export { toDriftRules as a, driftLimitsSchema as c, toDriftLimits as i, driftSchema as l, checkDriftLimits as n, expressionLimits as o, largeTestOf as r, parseExpression as s, checkDrift as t };