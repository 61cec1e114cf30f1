import { r as InputError } from "./shared-error.js";

// core/production-like/csv-reader.ts
/** Longest record: a quote that never closes must not take the whole file into memory. */
const mostRecordCharacters = 16777216;
/**
* Reads CSV piece by piece: a file of any size in the memory of one record.
* @see RFC 4180; LF and CRLF both end a record, an empty line is no record
*/
var CsvReader = class {
	#source;
	#rest = "";
	#first = true;
	/** @param source as shown in errors */
	constructor(source) {
		this.#source = source;
	}
	/**
	* Takes the next piece of text.
	* @returns the records that are whole now
	* @throws InputError CSV_RECORD for a record that is too long or not well-formed
	*/
	push(piece) {
		const start = this.#first ? piece.replace(/^\uFEFF/, "") : piece;
		if (start !== "") this.#first = false;
		const records = this.#read(this.#rest + start, false);
		if (this.#rest.length > 16777216) throw this.#refuse("has a record that does not end");
		return records;
	}
	/** No more text comes: what is left is the last record. */
	end() {
		return this.#read(this.#rest, true);
	}
	#read(text, last) {
		const records = [];
		let at = 0;
		while (at < text.length) {
			const record = readRecord(text, at, last);
			if (record === "open") break;
			if (record === "malformed") throw this.#refuse("has a quote inside of a field that is not quoted, or text after one");
			if (!(record.cells.length === 1 && record.cells[0] === "" && text[at] !== "\"")) records.push(record.cells);
			at = record.next;
		}
		this.#rest = text.slice(at);
		if (last && this.#rest !== "") throw this.#refuse("has a quote that never closes");
		return records;
	}
	#refuse(what) {
		return new InputError("CSV_RECORD", `${this.#source} ${what}`, { hint: "Write it as RFC 4180 says: fields with commas, quotes or line breaks in double quotes, quotes doubled." });
	}
};
function readRecord(text, start, last) {
	const cells = [];
	let at = start;
	for (;;) {
		const field = text[at] === "\"" ? readQuoted(text, at) : readBare(text, at);
		if (typeof field === "string") return field;
		const { cell, end } = field;
		cells.push(cell);
		if (text[end] === ",") {
			at = end + 1;
			continue;
		}
		if (end >= text.length) return last ? {
			cells,
			next: end
		} : "open";
		if (text[end] === "\r" && end + 1 >= text.length && !last) return "open";
		if (text[end] === "\r" && text[end + 1] === "\n") return {
			cells,
			next: end + 2
		};
		if (text[end] === "\n" || text[end] === "\r") return {
			cells,
			next: end + 1
		};
		return "malformed";
	}
}
function readBare(text, start) {
	let end = start;
	for (; end < text.length; end++) {
		const code = text.charCodeAt(end);
		if (code === 44 || code === 10 || code === 13) break;
		if (code === 34) return "malformed";
	}
	return {
		cell: text.slice(start, end),
		end
	};
}
function readQuoted(text, start) {
	let from = start + 1;
	for (;;) {
		const quote = text.indexOf("\"", from);
		if (quote === -1) return "open";
		if (text[quote + 1] !== "\"") return {
			cell: text.slice(start + 1, quote).replaceAll("\"\"", "\""),
			end: quote + 1
		};
		from = quote + 2;
	}
}
/** Writes one record with its line feed. */
function writeRecord(cells) {
	const line = cells.map((cell) => /[",\r\n]/.test(cell) ? `"${cell.replaceAll("\"", "\"\"")}"` : cell).join(",");
	return line === "" ? "\"\"\n" : `${line}\n`;
}

export { writeRecord as n, CsvReader as t };