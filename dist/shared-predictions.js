import { n as refuseInput } from "./shared-refusal.js";

// core/evaluation/fault.ts
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
			count: 0
		};
		tally.count++;
		if (example !== void 0 && tally.examples.length < examplesShown) tally.examples.push(example.slice(0, exampleLength).toWellFormed());
		this.#tallies.set(kind, tally);
	}
	/** One finding a kind, in order of first appearance. */
	toFindings(total) {
		return [...this.#tallies.values()].map(({ kind, firstRow, examples, count }) => ({
			code: kind.code,
			severity: "fail",
			message: `${this.#source}: ${count} ${count === 1 ? "row" : "rows"} ${kind.message}`,
			where: { file: this.#source },
			count,
			total,
			...firstRow > 0 ? { firstRow } : {},
			...examples.length > 0 ? { examples } : {},
			fix: kind.fix
		}));
	}
};

// core/evaluation/keyed-csv.ts
/** The largest file that is read: 256 MiB is more than ten million rows. */
const maxBytes = 268435456;
const malformed = {
	code: "evaluation/row-malformed",
	message: "are not exactly two fields",
	fix: "Write two fields a row, separated by one comma; put a field that holds a comma or a quote in double quotes."
};
/**
* Reads a CSV file of two columns row by row. The file is pull-request controlled.
* @param visit gets key, value and 1-based row number of every well-formed row
* @returns the number of rows, malformed ones included
* @throws InputError with `code` for a file that is too large, not UTF-8, empty, or has another header
* @see RFC 4180
*/
function scanKeyedCsv(content, file, visit) {
	const text = decode(content, file);
	const readRecord = text.includes("\"") ? readQuotedRecord : readPlainRecord;
	const record = {
		key: "",
		value: "",
		fields: 0,
		next: 0
	};
	if (text.trim() === "") throw fault(file, "evaluation/empty", `${file.source} is empty`, headerFix(file));
	readRecord(text, 0, record);
	checkHeader(record, file);
	let rows = 0;
	while (record.next < text.length) {
		readRecord(text, record.next, record);
		rows++;
		if (record.fields === 2) visit(record.key, record.value, rows);
		else file.faults.add(malformed, rows);
	}
	if (rows === 0) throw fault(file, "evaluation/empty", `${file.source} has a header and no rows`, headerFix(file));
	return rows;
}
function readPlainRecord(text, start, row) {
	const newline = text.indexOf("\n", start);
	row.next = newline === -1 ? text.length : newline + 1;
	let end = newline === -1 ? text.length : newline;
	if (end > start && text.charCodeAt(end - 1) === 13) end--;
	const comma = text.indexOf(",", start);
	if (comma === -1 || comma >= end) {
		row.fields = 1;
		return;
	}
	row.key = text.slice(start, comma);
	row.value = text.slice(comma + 1, end);
	row.fields = row.value.includes(",") ? 3 : 2;
}
/** A field in quotes may hold commas, line breaks and doubled quotes. */
function readQuotedRecord(text, start, row) {
	let at = start;
	row.fields = 0;
	for (;;) {
		const [value, end] = text[at] === "\"" ? readQuotedField(text, at) : readBareField(text, at);
		row.fields++;
		if (row.fields === 1) row.key = value;
		else row.value = value;
		if (end >= text.length || text[end] !== ",") {
			const newline = text.indexOf("\n", end);
			row.next = newline === -1 ? text.length : newline + 1;
			if (text.slice(end, row.next).trim() !== "" || end > text.length) row.fields = 0;
			return;
		}
		at = end + 1;
	}
}
function readBareField(text, start) {
	let end = start;
	while (end < text.length && text[end] !== "," && text[end] !== "\n" && text[end] !== "\r") end++;
	return [text.slice(start, end), end];
}
/** @returns an end beyond the text when the quote never closes */
function readQuotedField(text, start) {
	let from = start + 1;
	for (;;) {
		const quote = text.indexOf("\"", from);
		if (quote === -1) return ["", text.length + 1];
		if (text[quote + 1] !== "\"") return [text.slice(start + 1, quote).replaceAll("\"\"", "\""), quote + 1];
		from = quote + 2;
	}
}
function decode(content, file) {
	const size = content.length;
	if (size > 268435456) throw fault(file, "evaluation/too-large", `${file.source} has ${size} bytes; ${maxBytes} are allowed`, "Write two columns only: key and score.");
	if (typeof content === "string") return content.startsWith("﻿") ? content.slice(1) : content;
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(content);
	} catch {
		throw fault(file, "evaluation/not-text", `${file.source} is not UTF-8 text`, "Write the file as UTF-8.");
	}
}
function checkHeader(row, file) {
	if (row.fields === 2 && file.keyNames.includes(row.key) && row.value === file.valueName) return;
	throw fault(file, "evaluation/header", `${file.source} does not start with the header ${file.keyNames[0]},${file.valueName}`, headerFix(file));
}
function headerFix(file) {
	return `Write the header line "${file.keyNames[0]},${file.valueName}" and below it one line a row.`;
}
function fault(file, code, message, fix) {
	const finding = {
		code,
		severity: "fail",
		message,
		where: { file: file.source },
		fix
	};
	return refuseInput(file.code, [finding]);
}

// core/evaluation/predictions.ts
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
function scoreFault(code, message, fix) {
	return {
		code: `evaluation/${code}`,
		message,
		fix
	};
}
const emptyKey = scoreFault("key-empty", "have no key", "Write the key of the held-out row in the first column.");
const doubledKey = scoreFault("key-doubled", "repeat a key", "Write each held-out row once.");
const notNumber = scoreFault("score-not-number", "have a score that is no number", "Write a number from 0 to 1.");
const notANumber = scoreFault("score-nan", "have a score of NaN", "Mend what makes the model divide by zero or read a missing value: NaN is never a prediction.");
const infinite = scoreFault("score-infinite", "have an infinite score", "Mend the overflow in the model: write a number from 0 to 1.");
const outside = scoreFault("score-range", "have a score outside 0 to 1", "Write the probability of class 1, not a log-odds, a percentage or a class.");
/**
* Reads the predictions of a model, CSV `key,score`. The file is pull-request controlled: nothing in it is forgiven.
* @param source path, as shown in findings
* @throws InputError PREDICTIONS_INVALID with one finding a kind of fault, each with count and first examples
*/
function parsePredictions(content, source) {
	const faults = new FaultTally(source);
	const file = {
		source,
		keyNames: ["key"],
		valueName: "score",
		code: "PREDICTIONS_INVALID",
		faults
	};
	const rowOf = /* @__PURE__ */ new Map();
	const scores = [];
	const rows = scanKeyedCsv(content, file, (key, text, row) => {
		const score = Number(text);
		const fault = number.test(text) ? faultOf(score) : faultOfText(text);
		if (fault) faults.add(fault, row, fault === notNumber || fault === outside ? text : key);
		if (key === "") faults.add(emptyKey, row);
		else if (rowOf.has(key)) faults.add(doubledKey, row, key);
		rowOf.set(key, scores.length);
		scores.push(score);
	});
	const [first, ...rest] = faults.toFindings(rows);
	if (first) throw refuseInput("PREDICTIONS_INVALID", [first, ...rest]);
	return {
		source,
		scores: Float64Array.from(scores),
		rowOf
	};
}
function faultOf(score) {
	if (!Number.isFinite(score)) return infinite;
	return score >= 0 && score <= 1 ? null : outside;
}
function faultOfText(text) {
	if (/^[+-]?nan$/i.test(text)) return notANumber;
	return /^[+-]?inf(?:inity)?$/i.test(text) ? infinite : notNumber;
}

export { FaultTally as i, maxBytes as n, scanKeyedCsv as r, parsePredictions as t };