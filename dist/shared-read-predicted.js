import { n as refuseInput } from "./shared-refusal.js";

// core/evaluation/fault.ts
const singular = {
	have: "has",
	repeat: "repeats",
	are: "is",
	"do not": "does not"
};
/** What is said of many rows, said of one. */
const ofOne = (message) => message.replace(/\b(?:have|repeat|are|do not)\b/, (verb) => singular[verb] ?? verb);
const examplesShown = 3;
const exampleLength = 40;
/** Counts faulty rows kind by kind, keeping the first few examples: a file of a million faults makes a short report. */
var FaultTally = class {
	#source;
	#tallies = /* @__PURE__ */ new Map();
	/** @param source path of the file, as shown */
	constructor(source) {
		this.#source = source;
	}
	/**
	* @param row 1-based, header not counted
	* @param example text from the file; pull-request controlled, so it is cut and made well-formed here and escaped when shown
	*/
	add(kind, row, example) {
		const tally = this.#tallies.get(kind) ?? {
			kind,
			firstRow: row,
			examples: [],
			count: 0,
			lastRow: 0
		};
		if (row === 0 || row !== tally.lastRow) tally.count++;
		tally.lastRow = row;
		if (example !== void 0 && tally.examples.length < examplesShown) tally.examples.push(example.slice(0, exampleLength).toWellFormed());
		this.#tallies.set(kind, tally);
	}
	/** One finding a kind, in order of first appearance. */
	toFindings(total) {
		return [...this.#tallies.values()].map(({ kind, firstRow, examples, count }) => ({
			code: kind.code,
			severity: "fail",
			message: `${this.#source}: ${count} ${count === 1 ? `row ${ofOne(kind.message)}` : `rows ${kind.message}`}`,
			where: { file: this.#source },
			count,
			total,
			...firstRow > 0 ? { firstRow } : {},
			...examples.length > 0 ? { examples } : {},
			fix: kind.fix
		}));
	}
};

// core/evaluation/table-cell.ts
/** `0x1`, `1_000`, ` 1` and the empty text are no numbers, whatever `Number` says. */
const numberForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const scoreFault = (code, message, fix) => ({
	code: `evaluation/${code}`,
	message,
	fix
});
const notNumber = scoreFault("score-not-number", "have a value that is no number", "Write plain decimal numbers: 0.25, -3, 1e-4.");
const notANumber = scoreFault("score-nan", "have a value of NaN", "Mend what makes the model divide by zero or read a missing value: NaN is never a prediction.");
const infinite = scoreFault("score-infinite", "have an infinite value", "Mend the overflow in the model: every value is a finite number.");
/**
* Reads a number of a cell.
* @returns NaN or an infinity where there is no finite number; `addNumberFault` says why
*/
function readNumber(cell, form) {
	if (form === "json-lines") return typeof cell === "number" ? cell : NaN;
	return numberForm.test(cell) ? Number(cell) : NaN;
}
/** Counts a cell that `readNumber` gave no finite number for. */
function addNumberFault(faults, cell, { row, key, whose }) {
	const text = showCell(cell);
	const [kind, example] = kindOf(cell, text);
	faults.add(kind, row, `${whose}${example === "key" ? showCell(key) : text}`);
}
function kindOf(cell, text) {
	if (typeof cell === "number" || numberForm.test(text) && !Number.isFinite(Number(text))) return [infinite, "key"];
	if (/^[+-]?nan$/i.test(text)) return [notANumber, "key"];
	return /^[+-]?inf(?:inity)?$/i.test(text) ? [infinite, "key"] : [notNumber, "cell"];
}
const shownLength = 60;
/** A cell as an example of a finding. */
function showCell(cell) {
	if (typeof cell === "string") return cell;
	return (JSON.stringify(cell) ?? "").slice(0, shownLength);
}
/**
* Reads a short text of a cell: a key, a class. A whole number of JSON is the text of its digits, as CSV has it.
* @returns null for anything else
*/
function readText(cell) {
	if (typeof cell === "string") return cell;
	return Number.isSafeInteger(cell) ? String(cell) : null;
}

// core/evaluation/key-column.ts
const predictionKeyFaults = {
	empty: {
		code: "evaluation/key-empty",
		message: "have no key",
		fix: "Copy the key of the row that was read: a text, or a whole number."
	},
	doubled: {
		code: "evaluation/key-doubled",
		message: "repeat a key",
		fix: "Write each row once."
	}
};
/** Gathers the keys of a table and counts those that are missing or doubled. */
var KeyColumn = class {
	keys = [];
	#rows = [];
	#faults;
	#kinds;
	constructor(faults, kinds) {
		this.#faults = faults;
		this.#kinds = kinds;
	}
	/** @param row 1-based */
	add(cell, row) {
		const key = readText(cell) ?? "";
		if (key === "") this.#faults.add(this.#kinds.empty, row, cell === "" ? void 0 : showCell(cell));
		this.keys.push(key);
		this.#rows.push(row);
	}
	/** Counts doubled keys. Keys that ascend, as row numbers do, need no set: it would cost more than the whole scan. */
	checkDoubled() {
		if (ascend(this.keys)) return;
		const seen = /* @__PURE__ */ new Set();
		for (const [at, key] of this.keys.entries()) {
			if (key !== "" && seen.has(key)) this.#faults.add(this.#kinds.doubled, this.#rows[at] ?? 0, key);
			seen.add(key);
		}
	}
};
/** True when each key is longer than the one before, or as long and later in the alphabet. */
function ascend(keys) {
	for (let at = 1; at < keys.length; at++) {
		const before = keys[at - 1];
		const key = keys[at];
		if (key.length < before.length || key.length === before.length && key <= before) return false;
	}
	return true;
}

// core/evaluation/table-text.ts
/** The largest file that is read: 256 MiB is more than ten million rows. */
const maxBytes = 268435456;
/**
* Turns the bytes of a table into text, without a byte order mark. They are pull-request controlled.
* @throws InputError with the code of the file when it is too large, not UTF-8, or empty
*/
function decodeTable(content, file) {
	if (content.length > 268435456) throw refuseTable(file, "evaluation/too-large", `${file.source} has ${content.length} bytes; ${maxBytes} are allowed`, `Write the columns ${file.header} and no others.`);
	const text = typeof content === "string" ? content.replace(/^\uFEFF/, "") : decode(content, file);
	if (!/\S/.test(text)) throw refuseEmpty(file, "is empty");
	return text;
}
function decode(bytes, file) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw refuseTable(file, "evaluation/not-text", `${file.source} is not UTF-8 text`, "Write the file as UTF-8.");
	}
}
/** Refuses a table that says nothing. */
function refuseEmpty(file, what) {
	return refuseTable(file, "evaluation/empty", `${file.source} ${what}`, headerFix(file));
}
/** Refuses a table for its columns. @param what follows the name of the file: `has no column "key"` */
function refuseHeader(file, what, details = {}) {
	return refuseTable(file, "evaluation/header", `${file.source} ${what}`, headerFix(file), details);
}
/** Refuses a whole table for one reason. */
function refuseTable(file, code, message, fix, details = {}) {
	const where = { file: file.source };
	return refuseInput(file.code, [{
		...details,
		code,
		severity: "fail",
		message,
		where,
		fix
	}]);
}
const headerFix = ({ header }) => `Write the header line "${header}" and below it one line a row, or one JSON object a line with these names.`;
const namesShown = 10;
const nameLength = 60;
/** Names of columns as messages show them: pull-request controlled, so they are cut and made well-formed. */
function showNames(names) {
	const shown = names.slice(0, namesShown).map((name) => `"${name.slice(0, nameLength).toWellFormed()}"`);
	const more = names.length - shown.length;
	return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

// core/evaluation/prediction-sink.ts
/** Place of a column that must be there. */
function placeOf(table, name) {
	const place = table.names.indexOf(name);
	if (place >= 0) return place;
	throw refuseHeader(table.file, `has no column "${name}"`, { found: showNames(table.names) });
}
/** Refuses columns that nobody reads: one of them may be what the team meant. */
function refuseOthers({ names, file }, known) {
	const others = names.filter((name) => !known.includes(name));
	if (others.length === 0) return;
	throw refuseHeader(file, `has columns that are not read: ${showNames(others)}`, { allowed: showNames(known) });
}
/** One column of finite numbers. */
var NumberColumn = class {
	name;
	#place;
	#table;
	#range;
	#outside;
	#values = [];
	/** @param range values that are allowed, ends included */
	constructor(table, name, range, outside) {
		this.name = name;
		this.#table = table;
		this.#place = placeOf(table, name);
		this.#range = range;
		this.#outside = outside;
	}
	/** @returns the value, NaN where it was a fault */
	visit(cells, row) {
		const cell = cells[this.#place];
		const value = readNumber(cell, this.#table.form);
		this.#values.push(value);
		if (value >= this.#range[0] && value <= this.#range[1]) return value;
		this.#addFault(value, cells, row);
		return NaN;
	}
	#addFault(value, cells, row) {
		const { faults } = this.#table.file;
		const cell = cells[this.#place];
		const whose = this.#table.names.length > 2 ? `${this.name}: ` : "";
		if (Number.isFinite(value)) faults.add(this.#outside, row, `${whose}${String(cell)}`);
		else addNumberFault(faults, cell, {
			row,
			key: cells[this.#table.key],
			whose
		});
	}
	finish() {
		return new Float64Array(this.#values);
	}
};
/** Ends of the finite numbers. */
const anyNumber = [-Number.MAX_VALUE, Number.MAX_VALUE];
/** A column of finite numbers, within a range where there is one. */
function openColumn(table, name, range) {
	const { min = anyNumber[0], max = anyNumber[1] } = range ?? {};
	return new NumberColumn(table, name, [min, max], {
		code: "evaluation/score-range",
		message: `have a value outside of ${describeRange(range ?? {})}`,
		fix: "Write values within the range that model.yml states."
	});
}
function describeRange({ min, max }) {
	if (min === void 0) return max === void 0 ? "the finite numbers" : `at most ${max}`;
	return max === void 0 ? `at least ${min}` : `${min} to ${max}`;
}

// core/evaluation/csv-rows.ts
/** A record that is no record of RFC 4180. */
const malformedRecord = -1;
const quote = 34;
const comma = 44;
const newline = 10;
const carriageReturn = 13;
/**
* Reads the record that begins at `record.next` into `record`.
* LF and CRLF end a record; a quote inside of a field without quotes is a fault, a lone CR is text.
* @param most cells that are kept: the text is pull-request controlled, and a line of commas must not fill the memory
* @see RFC 4180
*/
function readCsvRecord(text, record, most) {
	let at = record.next;
	let fields = 0;
	for (;;) {
		const start = at;
		const quoted = text.charCodeAt(at) === quote;
		at = quoted ? findClose(text, at) : findEnd(text, at);
		if (at < 0) {
			skipRecord(text, start, record);
			return;
		}
		if (fields < most) record.cells[fields] = quoted ? unquote(text, start, at) : text.slice(start, at);
		fields++;
		const code = text.charCodeAt(at);
		if (code === comma) {
			at++;
			continue;
		}
		record.fields = fields;
		if (at >= text.length) record.next = at;
		else if (code === newline) record.next = at + 1;
		else if (code === carriageReturn && text.charCodeAt(at + 1) === newline) record.next = at + 2;
		else skipRecord(text, at, record);
		return;
	}
}
/** Where a field without quotes ends; -1: it holds a quote. */
function findEnd(text, start) {
	const { length } = text;
	for (let at = start; at < length; at++) {
		const code = text.charCodeAt(at);
		if (code === comma || code === newline) return at;
		if (code === quote) return -1;
		if (code === carriageReturn && text.charCodeAt(at + 1) === newline) return at;
	}
	return length;
}
/** The place behind the closing quote; -1: it never closes. */
function findClose(text, start) {
	for (let from = start + 1;; from += 2) {
		from = text.indexOf("\"", from);
		if (from < 0) return -1;
		if (text.charCodeAt(from + 1) !== quote) return from + 1;
	}
}
const unquote = (text, start, end) => text.slice(start + 1, end - 1).replaceAll("\"\"", "\"");
/** A faulty record ends with its line: a quote that never closes costs one row, not all that follow. */
function skipRecord(text, from, record) {
	const end = text.indexOf("\n", from);
	record.fields = -1;
	record.next = end < 0 ? text.length : end + 1;
}

// core/evaluation/table-rows.ts
/** Columns of one table: classes are the most of them. */
const mostColumns = 2e3;
const malformed = {
	code: "evaluation/row-malformed",
	message: "do not have exactly the fields of the header",
	fix: "Write as many fields a row as the header has; put a field that holds a comma or a quote in double quotes."
};
const malformedLine = {
	code: "evaluation/row-malformed",
	message: "are not one JSON object with the names of the first line",
	fix: "Write one JSON object a line, each with the same names."
};
/**
* Reads a table row by row: CSV with a header, or JSON Lines, which is what begins with "{". The content is
* pull-request controlled; a million rows take a quarter of a second.
* @param open gets the names of the columns, each once; throws where they do not fit
* @returns the number of rows, malformed ones included
* @throws InputError with the code of the file for one that is too large, not UTF-8, empty, or has an impossible header
* @see RFC 4180
* @see https://jsonlines.org
*/
function scanTable(content, file, open) {
	const text = decodeTable(content, file);
	const rows = text.startsWith("{") ? scanJsonLines(text, file, open) : scanCsv(text, file, open);
	if (rows === 0) throw refuseEmpty(file, "has a header and no rows");
	return rows;
}
function scanCsv(text, file, open) {
	const record = {
		cells: [],
		fields: 0,
		next: 0
	};
	readCsvRecord(text, record, 2001);
	const names = record.fields < 1 ? [] : record.cells.slice(0, record.fields);
	const visit = open(requireNames(names, file), "csv");
	const { cells } = record;
	cells.length = names.length;
	let rows = 0;
	while (record.next < text.length) {
		readCsvRecord(text, record, names.length);
		rows++;
		if (record.fields === names.length) visit(cells, rows);
		else file.faults.add(malformed, rows);
	}
	return rows;
}
function requireNames(names, file) {
	if (names.length === 0) throw refuseHeader(file, `does not start with the header ${file.header}`);
	if (names.length > 2e3) throw refuseHeader(file, `has more than ${mostColumns} columns`, { allowed: `${mostColumns} columns` });
	const doubled = names.filter((name, at) => names.indexOf(name) !== at);
	if (doubled.length > 0) throw refuseHeader(file, `names the column ${showNames(doubled)} twice`);
	return names;
}
/** Of a name that stands twice in one object the last counts, as `JSON.parse` has it: in every job alike. */
function scanJsonLines(text, file, open) {
	let rows = 0;
	let names = [];
	let cells = [];
	let visit = null;
	for (let start = 0; start < text.length;) {
		const newline = text.indexOf("\n", start);
		const end = newline < 0 ? text.length : newline;
		const object = parseLine(text.slice(start, end));
		start = end + 1;
		rows++;
		if (visit === null) {
			if (typeof object === "string") throw refuseHeader(file, "has no JSON object in its first line");
			names = requireNames(Object.keys(object), file);
			cells = new Array(names.length);
			visit = open(names, "json-lines");
		}
		if (typeof object === "string") file.faults.add(object === "nan" ? notANumber : malformedLine, rows);
		else if (takeCells(object, names, cells)) visit(cells, rows);
		else file.faults.add(malformedLine, rows);
	}
	return rows;
}
/** Python writes NaN where JSON has no word for it: that deserves a better answer than "malformed". */
const namesNaN = /:\s*(?:NaN|-?Infinity)\s*[,}]/;
function parseLine(line) {
	try {
		const value = JSON.parse(line);
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : "malformed";
	} catch {
		return namesNaN.test(line) ? "nan" : "malformed";
	}
}
function takeCells(object, names, cells) {
	let found = 0;
	for (const _ in object) found++;
	if (found !== names.length) return false;
	for (let at = 0; at < names.length; at++) {
		const name = names[at];
		if (!Object.hasOwn(object, name)) return false;
		cells[at] = object[name];
	}
	return true;
}

// core/evaluation/predicted-shape.ts
/** The shape that a model's configuration asks for. */
function shapeOf({ task, prediction, scorers }) {
	return {
		task,
		classes: prediction?.classes ?? [],
		contract: prediction ?? null,
		scorers: scorers ?? []
	};
}
/**
* How far the probabilities of a row may be from a sum of 1 when the contract does not say: files carry few digits. There
* is always a limit: log-loss would be best for a model that gives every class a probability of 1.
*/
const defaultSumTolerance = .001;

// core/evaluation/predicted-classes.ts
const outside = {
	code: "evaluation/score-range",
	message: "have a value outside 0 to 1",
	fix: "Write the probability of the class, not a log-odds, a percentage or a class."
};
const unknownClass = {
	code: "evaluation/class-unknown",
	message: "have a class that the model does not have",
	fix: "Write one of the classes of model.yml, letter by letter."
};
const notOne = {
	code: "evaluation/sum-not-one",
	message: "have probabilities that do not sum to 1",
	fix: "Write the probabilities of all classes of a row, normalised (softmax), with at least four decimals."
};
const unit = [0, 1];
/** Two classes: the probability of class 1. */
function openBinary(table) {
	refuseOthers(table, ["key", "score"]);
	const score = new NumberColumn(table, "score", unit, outside);
	return {
		visit: (cells, row) => void score.visit(cells, row),
		finish: () => ({
			kind: "score",
			values: score.finish()
		})
	};
}
/** Many classes: a column of probabilities for each, or one column `class`. */
function openMulticlass(table) {
	const { names, shape } = table;
	const given = names.filter((_, at) => at !== table.key);
	return given.length === 1 && given[0] === "class" && shape.classes.length > 1 ? openClass(table) : openProbabilities(table, given);
}
function openClass(table) {
	const place = placeOf(table, "class");
	const indexOf = new Map(table.shape.classes.map((name, at) => [name, at]));
	const values = [];
	return {
		visit(cells, row) {
			const index = indexOf.get(readText(cells[place]) ?? "");
			if (index === void 0) table.file.faults.add(unknownClass, row, showCell(cells[place]));
			values.push(index ?? 0);
		},
		finish: () => ({
			kind: "class",
			values: Uint16Array.from(values)
		})
	};
}
function openProbabilities(table, given) {
	const { classes, contract } = table.shape;
	const missing = classes.filter((name) => !given.includes(name));
	if (missing.length > 0) throw refuseHeader(table.file, `has no column for the class ${showNames(missing)}`, {
		found: showNames(given),
		allowed: `key and class, or key and one column a class: ${showNames(classes)}`
	});
	refuseOthers(table, ["key", ...classes]);
	const columns = classes.map((name) => new NumberColumn(table, name, unit, outside));
	const tolerance = contract?.sumToOne ?? .001;
	return {
		visit(cells, row) {
			let sum = 0;
			for (const column of columns) sum += column.visit(cells, row);
			if (Math.abs(sum - 1) > tolerance) table.file.faults.add(notOne, row, `${showCell(cells[table.key]).slice(0, 20)}: ${sum.toFixed(6)}`);
		},
		finish: () => ({
			kind: "probabilities",
			columns: columns.map((column) => column.finish())
		})
	};
}

// core/evaluation/predicted-numbers.ts
const notOrdered = {
	code: "evaluation/interval-order",
	message: "have an interval whose low end is above its high end",
	fix: "Write the lower bound in \"low\" and the upper bound in \"high\", or name the columns in model.yml."
};
const defaultInterval = {
	low: "low",
	high: "high"
};
/** Regression: one number, with an interval where the model gives one, and the quantiles that it promises. */
function openRegression(table) {
	const { range, interval, quantiles = [] } = table.shape.contract ?? {};
	const ends = interval ?? defaultInterval;
	const others = quantiles.map(({ column }) => column);
	refuseOthers(table, [
		"key",
		"prediction",
		ends.low,
		ends.high,
		...others
	]);
	const value = openColumn(table, "prediction", range);
	const wanted = interval !== void 0 || table.names.includes("low") || table.names.includes("high");
	const low = wanted ? openColumn(table, ends.low, void 0) : null;
	const high = wanted ? openColumn(table, ends.high, void 0) : null;
	const rest = others.map((name) => openColumn(table, name, void 0));
	return {
		visit(cells, row) {
			value.visit(cells, row);
			for (const column of rest) column.visit(cells, row);
			if (low === null || high === null) return;
			if (low.visit(cells, row) > high.visit(cells, row)) table.file.faults.add(notOrdered, row);
		},
		finish: () => ({
			kind: "number",
			values: value.finish(),
			low: low?.finish() ?? null,
			high: high?.finish() ?? null
		})
	};
}
/** Ranking: a score of any size, higher first. */
function openRanking(table) {
	refuseOthers(table, ["key", "score"]);
	const score = openColumn(table, "score", table.shape.contract?.range);
	return {
		visit: (cells, row) => void score.visit(cells, row),
		finish: () => ({
			kind: "score",
			values: score.finish()
		})
	};
}
/** Columns of a generated text that stand beside the scores of its examples. */
const textColumns = ["output", "actions"];
/**
* Scored examples: the scorers that model.yml declares. Without any, every column but the key, the text and the actions
* is one.
*/
function openScorers(table) {
	const { names, file, key, shape } = table;
	const given = names.filter((name, at) => at !== key && !textColumns.includes(name));
	const columns = shape.scorers.length > 0 ? shape.scorers.map(({ name, range }) => openColumn(table, name, range)) : given.map((name) => openColumn(table, name, shape.contract?.range));
	if (columns.length === 0) throw refuseHeader(file, "has no column of a scorer");
	return {
		visit(cells, row) {
			for (const column of columns) column.visit(cells, row);
		},
		finish: () => ({
			kind: "columns",
			columns: new Map(columns.map((column) => [column.name, column.finish()]))
		})
	};
}

// core/evaluation/read-predicted.ts
/** Opens the value columns of a table, by task. */
const predictionSinks = {
	"binary-classification": openBinary,
	"multiclass-classification": openMulticlass,
	regression: openRegression,
	ranking: openRanking,
	"scored-examples": openScorers
};
/** How a table of predictions begins, by task. */
const predictionHeaders = {
	"binary-classification": "key,score",
	"multiclass-classification": "key,<one column a class>",
	regression: "key,prediction",
	ranking: "key,score",
	"scored-examples": "key,<one column a scorer>"
};
/**
* Reads the predictions of a model, CSV or JSON Lines, and holds them against what the model promises of them. The file is
* pull-request controlled: nothing in it is forgiven.
* @param source path, as shown in findings
* @throws InputError PREDICTIONS_INVALID with one finding a kind of fault, each with count and first examples
*/
function readPredicted(content, source, shape) {
	const faults = new FaultTally(source);
	const file = {
		source,
		code: "PREDICTIONS_INVALID",
		header: predictionHeaders[shape.task],
		faults
	};
	const keys = new KeyColumn(faults, predictionKeyFaults);
	let sink = null;
	const rows = scanTable(content, file, (names, form) => {
		const key = placeOf({
			names,
			file
		}, "key");
		const opened = predictionSinks[shape.task]({
			file,
			shape,
			names,
			key,
			form
		});
		sink = opened;
		return (cells, row) => {
			keys.add(cells[key], row);
			opened.visit(cells, row);
		};
	});
	keys.checkDoubled();
	const [first, ...rest] = faults.toFindings(rows);
	if (first) throw refuseInput("PREDICTIONS_INVALID", [first, ...rest]);
	return {
		source,
		keys: keys.keys,
		predicted: sink.finish()
	};
}

export { readText as _, scanTable as a, placeOf as c, refuseHeader as d, refuseTable as f, readNumber as g, predictionKeyFaults as h, shapeOf as i, decodeTable as l, KeyColumn as m, predictionSinks as n, NumberColumn as o, showNames as p, readPredicted as r, anyNumber as s, predictionHeaders as t, maxBytes as u, showCell as v, FaultTally as y };