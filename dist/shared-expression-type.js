import { n as isMoment, r as momentRule } from "./shared-moment.js";
import { t as suggest } from "./shared-suggestion.js";

// core/config/expression-token.ts
var ExpressionError = class extends Error {
	fault;
	constructor(offset, message, expected) {
		super(message);
		this.fault = {
			offset,
			message,
			expected
		};
	}
};
/** Every alternative begins with another character, so that no text is read twice: linear time. */
const form = /(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|'(?<text>(?:[^']|'')*)'|`(?<back>(?:[^`]|``)+)`|"(?<double>(?:[^"]|"")+)"|(?<name>[\p{L}_][\p{L}\p{M}\p{N}_]*)|(?<symbol><=|>=|!=|<>|==|=>|=<|&&|\|\||[=<>+\-*/(),!])/uy;
const space = /[ \t\r\n]*/y;
/** What people write out of habit, and what it is called here. */
const habits = {
	"==": "=",
	"<>": "!=",
	"=>": ">=",
	"=<": "<=",
	"&&": "and",
	"||": "or",
	"!": "not"
};
/**
* Splits a row expression into words.
* @returns the words and one of kind `end`
* @throws ExpressionError at the first character that begins no word
*/
function readTokens(source) {
	const tokens = [];
	let offset = skipSpace(source, 0);
	while (offset < source.length) {
		form.lastIndex = offset;
		const match = form.exec(source);
		if (match === null) throw refuseCharacter(source, offset);
		tokens.push(toToken(match.groups ?? {}, offset));
		offset = skipSpace(source, form.lastIndex);
	}
	return [...tokens, {
		kind: "end",
		text: "",
		offset: source.length
	}];
}
function toToken(groups, offset) {
	const { number, text, back, double, name, symbol = "" } = groups;
	const quoted = back?.replaceAll("``", "`") ?? double?.replaceAll("\"\"", "\"");
	if ((text ?? quoted ?? "").includes("\0")) throw new ExpressionError(offset, "a NUL character", "text without NUL");
	if (number !== void 0) return {
		kind: "number",
		text: number,
		offset
	};
	if (text !== void 0) return {
		kind: "text",
		text: text.replaceAll("''", "'"),
		offset
	};
	if (quoted !== void 0) return {
		kind: "quoted",
		text: quoted,
		offset
	};
	if (name !== void 0) return {
		kind: "name",
		text: name,
		offset
	};
	const meant = habits[symbol];
	if (meant !== void 0) throw new ExpressionError(offset, `"${symbol}"`, `"${meant}"`);
	return {
		kind: "symbol",
		text: symbol,
		offset
	};
}
function skipSpace(source, from) {
	space.lastIndex = from;
	return from + (space.exec(source)?.[0].length ?? 0);
}
function refuseCharacter(source, offset) {
	const character = String.fromCodePoint(source.codePointAt(offset) ?? 0);
	if (character === "'") return new ExpressionError(offset, "a text that does not end", "a closing '");
	if (character === "`" || character === "\"") return new ExpressionError(offset, "a column name that is empty or does not end", `a closing ${character}`);
	return new ExpressionError(offset, `the character "${character}"`, "a column, a number, a text in 'single quotes', or an operator; other column names in `backticks`");
}

// core/config/expression-type.ts
const valueTypes = {
	integer: "number",
	number: "number",
	text: "text",
	timestamp: "time",
	boolean: "boolean"
};
const names = {
	number: "a number",
	text: "a text",
	time: "a timestamp",
	boolean: "true or false"
};
const takes = {
	abs: "number",
	length: "text",
	lower: "text",
	year: "time",
	month: "time",
	day: "time",
	hour: "time",
	weekday: "time"
};
/**
* Checks that an expression names columns that are there, and applies to each only what its type knows.
* @param offsets where each part begins, from `parseExpression`
* @returns null when it is a condition that a row can keep or break; else what is wrong, and where
*/
function checkExpression(expression, columns, offsets) {
	const check = {
		columns,
		offsets,
		seen: /* @__PURE__ */ new Set()
	};
	try {
		demand(check, expression, "boolean", "a condition, for example a comparison");
		if (check.seen.size === 0) throw refuse(check, expression, "no column", "a condition on at least one column");
		return null;
	} catch (error) {
		if (error instanceof ExpressionError) return error.fault;
		throw error;
	}
}
/** Columns that an expression reads, each once, in the order in which they stand in it. */
function columnsOf(expression) {
	switch (expression.kind) {
		case "column": return [expression.name];
		case "presence": return [expression.column];
		case "logic":
		case "comparison":
		case "arithmetic": return [.../* @__PURE__ */ new Set([...columnsOf(expression.left), ...columnsOf(expression.right)])];
		case "not":
		case "negative":
		case "in":
		case "call": return columnsOf(expression.of);
		default: return [];
	}
}
function refuse(check, at, message, expected) {
	return new ExpressionError(check.offsets.get(at) ?? 0, message, expected);
}
function demand(check, part, wanted, expected = names[wanted]) {
	const type = typeOf(check, part);
	if (type !== wanted) throw refuse(check, part, `${describe(part)} is ${names[type]}`, expected);
}
function describe(part) {
	if (part.kind === "column") return `the column "${part.name}"`;
	return part.kind === "text" || part.kind === "number" ? `"${String(part.value).slice(0, 40)}"` : "this";
}
function typeOf(check, part) {
	switch (part.kind) {
		case "column": return columnType(check, part, part.name);
		case "number":
		case "text":
		case "boolean": return part.kind;
		case "presence":
			columnType(check, part, part.column);
			return "boolean";
		case "not":
			demand(check, part.of, "boolean", "a condition after \"not\"");
			return "boolean";
		case "negative":
			demand(check, part.of, "number");
			return "number";
		case "logic":
			demand(check, part.left, "boolean", `a condition before "${part.operator}"`);
			demand(check, part.right, "boolean", `a condition after "${part.operator}"`);
			return "boolean";
		case "arithmetic":
			demand(check, part.left, "number", `a number before "${part.operator}"`);
			demand(check, part.right, "number", `a number after "${part.operator}"`);
			return "number";
		case "call":
			demand(check, part.of, takes[part.name], `${names[takes[part.name]]} in ${part.name}()`);
			return part.name === "lower" ? "text" : "number";
		case "comparison": return checkComparison(check, part);
		case "in": return checkList(check, part);
	}
}
function columnType(check, at, name) {
	const type = check.columns.get(name);
	if (type !== void 0) {
		check.seen.add(name);
		return valueTypes[type];
	}
	const known = [...check.columns.keys()].slice(0, mostSuggestions);
	const longer = known.find((column) => column.startsWith(name) && /^[^\p{L}\p{N}_]/u.test(column.slice(name.length)));
	const meant = longer ?? suggest(name, known);
	const hint = meant === null ? "a column of this contract" : `did you mean \`${meant}\`?`;
	throw refuse(check, at, `the unknown column "${name.slice(0, 80)}"`, longer === void 0 ? hint : `${hint} Such a name stands in backticks`);
}
/** Columns are pull-request controlled: their number must not decide how long a suggestion takes. */
const mostSuggestions = 500;
function checkComparison(check, part) {
	const left = typeOf(check, part.left);
	const right = typeOf(check, part.right);
	const times = left === "time" || right === "time";
	for (const [side, type] of [[part.left, left], [part.right, right]]) if (times && type === "text") checkMoment(check, side);
	if (!(left === right || times && [left, right].includes("text"))) throw refuse(check, part, `${names[left]} compared with ${names[right]}`, "two values of one type");
	if (left === "boolean" && part.operator !== "=" && part.operator !== "!=") throw refuse(check, part, `"${part.operator}" between conditions`, "\"=\" or \"!=\"");
	return "boolean";
}
/** Only a text that stands there can be read as a time: one that is computed or comes from a column cannot. */
function checkMoment(check, part) {
	if (part.kind !== "text") throw refuse(check, part, `${describe(part)} is a text`, "a timestamp, or one written as text");
	if (!isMoment(part.value)) throw refuse(check, part, `"${part.value.slice(0, 40)}"`, momentRule);
}
function checkList(check, part) {
	const type = typeOf(check, part.of);
	if (type === "boolean") throw refuse(check, part, "\"in\" after a condition", "a number, a text or a timestamp before \"in\"");
	const wanted = type === "number" ? "number" : "string";
	const odd = part.values.find((value) => typeof value !== wanted);
	if (odd !== void 0) throw refuse(check, part, `"${String(odd).slice(0, 40)}" in the list`, `${names[type]}, as ${describe(part.of)}`);
	const bad = type === "time" ? part.values.find((value) => !isMoment(String(value))) : void 0;
	if (bad !== void 0) throw refuse(check, part, `"${String(bad).slice(0, 40)}" in the list`, momentRule);
	return "boolean";
}

export { readTokens as i, columnsOf as n, ExpressionError as r, checkExpression as t };