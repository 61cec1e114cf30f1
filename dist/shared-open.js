import { o as __toESM } from "./shared-rolldown-runtime.js";
import { i as ServiceError } from "./shared-error.js";
import { C as valueRules, S as toAscending, g as maxValues, h as maxValueCharacters, i as reduceMoments, k as timestampForm, m as maxBuckets, o as mergeDistributions, x as fitBuckets } from "./shared-moments.js";
import { a as writeNumber$1, i as toValueText } from "./shared-value-text.js";
import { r as profileValues } from "./shared-build2.js";
import { a as toAssociation, n as maxPlaces, o as toTextKey, r as maxTextPairs, s as tooManyLabels, t as hasOrder } from "./shared-association-table.js";
import { a as setEngineFolder, i as init_engine_folder, n as native_shim_default, t as init_native_shim } from "./shared-native-shim.js";
import { Module, createRequire } from "node:module";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { isUtf8 } from "node:buffer";
import zlib, { gunzipSync } from "node:zlib";
import { createHash, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { pipeline as pipeline$1 } from "node:stream/promises";
import { appendFile, mkdir, mkdtemp, open, rename, rm, stat, writeFile } from "node:fs/promises";
import process$1 from "node:process";
import { execFile } from "node:child_process";

// adapters/engine/ask.ts
/**
* A count of the engine; 64-bit counts arrive as text.
* @throws TypeError for anything else: a count that is no count must never become a small one
*/
function toCount(value) {
	const count = Number(value);
	if (value === null || value === void 0 || !Number.isSafeInteger(count) || count < 0) throw new TypeError(`a count that is no count: ${value}`);
	return count;
}
function toText(value) {
	return typeof value === "string" ? value : null;
}

// adapters/engine/sql.ts
/** Quotes text as an SQL literal. NUL cannot be written; `planChecks` and the scans refuse it before. */
function quoteText(text) {
	return `'${text.replaceAll("'", "''")}'`;
}
/** Quotes a name as an SQL identifier. */
function quoteName(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
/**
* A CSV file as a table of text, columns named by position: names of the proposer never reach the query.
* @param from place of its first column, `to` the place behind its last
*/
function readCsv(local, from, to, hasHeader) {
	const columns = Array.from({ length: to - from }, (_, at) => `'c${from + at}': 'VARCHAR'`).join(", ");
	const dialect = `auto_detect = false, header = ${hasHeader}, delim = ',', quote = '"', escape = '"', compression = 'none'`;
	return `read_csv(${quoteText(local)}, ${dialect}, strict_mode = true, null_padding = false, ignore_errors = false, columns = {${columns}})`;
}
/** A Parquet file as a table. */
function readParquet(local) {
	return `read_parquet(${quoteText(local)})`;
}
/** A file of one JSON object a line as a table of one column, `json`. */
function readJsonLines(local, maxLineBytes) {
	const limits = `maximum_object_size = ${maxLineBytes}, compression = 'uncompressed'`;
	return `read_ndjson_objects(${quoteText(local)}, ${limits}, ignore_errors = false)`;
}
/** Where a key of the proposer stands in an object, as a JSON pointer (RFC 6901): it can mean nothing else. */
function quotePointer(key) {
	return quoteText(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

// adapters/engine/cell-sql.ts
const csvCell = "CSV";
const jsonCell = "JSON";
const readCell = "READ";
const csvForms = {
	integer: "[+-]?[0-9]+",
	number: "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?",
	timestamp: timestampForm
};
const sqlTypes = {
	integer: "BIGINT",
	number: "DOUBLE",
	text: "VARCHAR",
	timestamp: "TIMESTAMP",
	boolean: "BOOLEAN"
};
const physicalForms = {
	integer: /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/,
	number: /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/,
	text: /^(VARCHAR|ENUM\(.*\)|UUID)$/,
	timestamp: /^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/,
	boolean: /^BOOLEAN$/
};
/** True when a physical type of a Parquet file can hold values of a contract's type. */
function holdsType(type, physical) {
	return physicalForms[type].test(physical);
}
/** The condition that a cell is not empty. */
function writePresent(cell, physical) {
	if (physical === "JSON") return `coalesce(CAST(${cell} AS VARCHAR) <> 'null', false)`;
	if (physical === "READ") return `(${cell}.v IS NOT NULL OR ${cell}.u IS NOT NULL)`;
	return `${cell} IS NOT NULL`;
}
/** The text of a cell as people know it; NULL when the cell is empty. */
function writeText(cell, physical) {
	if (physical === "CSV" || physical === "VARCHAR") return cell;
	if (physical === "JSON") return `(${cell} ->> '$')`;
	if (physical === "READ") return `coalesce(${cell}.u, CAST(${cell}.v AS VARCHAR))`;
	if (physical === "DOUBLE") return `CASE WHEN isfinite(${cell}) THEN CAST(to_json(${cell}) AS VARCHAR) ELSE CAST(${cell} AS VARCHAR) END`;
	return `CAST(${cell} AS VARCHAR)`;
}
/**
* A value as text that only equal values share, for `readExact`. Doubles by their bits: the engine's own text of some is
* another number (2^81 becomes 2^82, measured with 1.5.5). Zero has one sign.
*/
function writeExact(type, value) {
	if (type !== "number") return `CAST(${value} AS VARCHAR)`;
	return `CAST(CAST(CAST(${value} + 0.0 AS BIT) AS BIGINT) AS VARCHAR)`;
}
const bits = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
/**
* The canonical text of a value that `writeExact` wrote.
* @throws TypeError when it is none: the engine would not be read rightly
*/
function readExact(type, text) {
	if (type === "text") return text;
	if (type === "number") bits.setBigInt64(0, BigInt(text));
	const value = type === "number" ? writeNumber$1(bits.getFloat64(0)) : toValueText(type, text);
	if (value === null) throw new TypeError(`the engine wrote a value of type ${type} that is none`);
	return value;
}
/** The value, in the engine, of what `writeExact` wrote. */
function writeFromExact(type, text) {
	if (type === "number") return `CAST(CAST(CAST(${text} AS BIGINT) AS BIT) AS DOUBLE)`;
	return `CAST(${text} AS ${sqlTypes[type]})`;
}
/** The value of a cell in its contract type; NULL when the cell is empty or cannot be read as that type. */
function writeValue(type, cell, physical) {
	if (physical === "READ") return `${cell}.v`;
	if (physical === "CSV") return writeCsvValue(type, cell);
	if (physical === "JSON") return writeJsonValue(type, cell);
	if (!holdsType(type, physical)) return `CAST(NULL AS ${sqlTypes[type]})`;
	if (type === "integer") {
		if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/.test(physical)) return `CAST(${cell} AS BIGINT)`;
		if (/HUGEINT|UBIGINT/.test(physical)) return `TRY_CAST(${cell} AS BIGINT)`;
		return `CASE WHEN isfinite(CAST(${cell} AS DOUBLE)) AND ${cell} = trunc(${cell}) THEN TRY_CAST(${cell} AS BIGINT) END`;
	}
	const value = `TRY_CAST(${cell} AS ${sqlTypes[type]})`;
	if (type === "timestamp") return limitTime(value);
	return type === "number" ? limitNumber(value) : value;
}
function writeCsvValue(type, cell) {
	if (type === "text") return cell;
	if (type === "boolean") return `CASE lower(${cell}) WHEN 'true' THEN true WHEN '1' THEN true WHEN 'false' THEN false WHEN '0' THEN false END`;
	const value = `TRY_CAST(${type === "timestamp" ? `rtrim(${cell}, 'Z')` : cell} AS ${sqlTypes[type]})`;
	const form = `regexp_full_match(${cell}, ${quoteText(csvForms[type] ?? "")})`;
	if (type === "integer") return `CASE WHEN CAST(${value} AS VARCHAR) = ${cell} OR ${form} THEN ${value} END`;
	return `CASE WHEN ${form} THEN ${type === "number" ? limitNumber(value) : limitTime(value)} END`;
}
/** JSON has types: a string is never a number, nor a number a text. Times are strings. */
function writeJsonValue(type, cell) {
	const raw = `CAST(${cell} AS VARCHAR)`;
	const isString = `starts_with(${raw}, '"')`;
	const text = `(${cell} ->> '$')`;
	if (type === "text") return `CASE WHEN ${isString} THEN ${text} END`;
	if (type === "timestamp") return `CASE WHEN ${isString} THEN ${writeCsvValue(type, text)} END`;
	if (type === "boolean") return `CASE ${raw} WHEN 'true' THEN true WHEN 'false' THEN false END`;
	const isNumber = `regexp_full_match(${raw}, '-?[0-9].*')`;
	const number = limitNumber(`TRY_CAST(${raw} AS DOUBLE)`);
	if (type === "number") return `CASE WHEN ${isNumber} THEN ${number} END`;
	return `CASE WHEN regexp_full_match(${raw}, '-?[0-9]+') THEN TRY_CAST(${raw} AS BIGINT) WHEN ${isNumber} THEN ${`CASE WHEN ${number} = trunc(${number}) AND abs(${number}) <= 9007199254740992 THEN CAST(${number} AS BIGINT) END`} END`;
}
const limitNumber = (value) => `CASE WHEN isfinite(${value}) THEN ${value} END`;
/** Years 1 to 9999: no form of a time can say others, and readers disagree on them. */
const limitTime = (value) => `CASE WHEN ${value} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999' THEN ${value} END`;
/** A cell as `READ`: the text is kept where it was spelt in another way than its value, or cannot be read. */
function writeReadCell(present, text, value) {
	return `struct_pack(u := CASE WHEN ${present} AND NOT ${`coalesce(CAST(${value} AS VARCHAR) = ${text}, false)`} THEN ${text} END, v := ${value})`;
}

// adapters/engine/table.ts
/** The same table, its rows known: numbers of rows then need no further count. */
function withRows(table, rowsOfFiles) {
	let before = 0;
	const rowsBefore = rowsOfFiles.map((rows) => {
		before += rows;
		return before - rows;
	});
	return {
		...table,
		rowsBefore
	};
}
/** Joins files to one table of the columns of a plan. */
function joinSources(plan, sources) {
	return {
		sources,
		columns: plan.columns.flatMap((check, at) => {
			const found = sources.flatMap((source) => findColumn(source, check.column) ?? []);
			const kinds = new Set(found.map(({ physical }) => physical));
			const [physical] = kinds;
			if (physical === void 0) return [];
			const everywhere = found.length === sources.length;
			return [{
				check,
				at,
				physical: kinds.size === 1 ? physical : readCell,
				everywhere
			}];
		})
	};
}
function findColumn(source, name) {
	return source.columns.find(({ column }) => column === name);
}
/** Rows as they lie in the files: `f` the file, `k<at>` the raw cell. */
function writeCells(table, columns) {
	return table.sources.map((source, file) => writeSource(source, file, columns)).join(" UNION ALL ");
}
function writeSource(source, file, columns) {
	const used = [];
	return `SELECT ${file} AS f${columns.map(({ check, at, physical }) => {
		const found = findColumn(source, check.column);
		if (found === void 0) return `, ${physical === "CSV" ? "CAST(NULL AS VARCHAR)" : "NULL"} AS k${at}`;
		used.push(found);
		if (physical !== "READ" || found.physical === "READ") return `, ${found.cell} AS k${at}`;
		const value = `CAST(${writeValue(check.type, found.cell, found.physical)} AS ${sqlTypes[check.type]})`;
		const present = writePresent(found.cell, found.physical);
		const text = writeText(found.cell, found.physical);
		return `, ${writeReadCell(present, text, value)} AS k${at}`;
	}).join("")} FROM ${source.scan(used)}`;
}
/** For each column `p<at>` present, `t<at>` text and `v<at>` value of the cell `k<at>`, as parts of a SELECT. */
function writeReadings(columns) {
	return columns.map(({ check, at, physical }) => {
		const cell = `k${at}`;
		const value = writeValue(check.type, cell, physical);
		return `, ${writePresent(cell, physical)} AS p${at}, ${writeText(cell, physical)} AS t${at}, ${value} AS v${at}`;
	}).join("");
}
/** Rows with `f`, and for each column its readings. Unused ones are pruned by the engine. */
function writeRows(table, columns) {
	return `SELECT f${writeReadings(columns)} FROM (${writeCells(table, columns)})`;
}
/**
* The same with `r`, the row of the whole table from 1; `most` limits the rows that are read. Each file is numbered by
* itself: the engine reads the files of a union in no certain order.
*/
function writeNumberedRows(table, columns, most) {
	const numbered = table.sources.flatMap((source, file) => {
		const before = table.rowsBefore?.[file];
		if (most !== void 0 && before !== void 0 && before >= most) return [];
		const limit = most === void 0 ? "" : ` LIMIT ${most - (before ?? 0)}`;
		return [`SELECT row_number() OVER () + ${before ?? countBefore(table, file)} AS r, * FROM (${writeSource(source, file, columns)})${limit}`];
	}).map((part) => `SELECT * FROM (${part})`).join(" UNION ALL ");
	const where = most === void 0 ? "" : ` WHERE r <= ${most}`;
	return `SELECT r${writeReadings(columns)} FROM (${numbered})${where}`;
}
/** Rows of the files in front, counted by the engine while it is at it. */
function countBefore(table, file) {
	return `(${["0", ...table.sources.slice(0, file).map((source, at) => `(SELECT count(*) FROM (${writeSource(source, at, [])}))`)].join(" + ")})`;
}

// adapters/engine/key-files.ts
/**
* Writes a 128-bit hash of the key of every row, with its row number: equal keys of any file meet in one partition. Two
* different keys of n rows share a hash with a chance below n^2 / 2^129 (a billion rows: 2e-21); then a row is counted
* that is no repeat, and none is ever missed.
* @returns how many rows have a key for each question; a question whose columns are not in the files is left out
*/
async function writeKeys$1(ask, plan, sources, target) {
	await mkdir(target.folder, { recursive: true });
	const written = [];
	for (const [index, question] of target.questions.entries()) {
		let total = 0;
		for (const [file, source] of sources.entries()) {
			const rows = writeKeyRows(joinSources(plan, [source]), question);
			const copied = rows === null ? null : await copyKeys(ask, rows, target, index, file);
			total = total === null || copied === null ? null : total + copied;
		}
		if (total !== null) written.push({
			name: question.name,
			rows: total
		});
	}
	return written;
}
async function copyKeys(ask, rows, { at, folder, partitions, rows: sizes, slice }, question, file) {
	const keys = `SELECT ${question} AS q, ${at} AS f, r + ${sizes.slice(0, file).reduce((sum, size) => sum + size, slice?.before ?? 0)} AS r, hi, lo, lhi, llo, ${`CAST(lo % ${partitions} AS INTEGER) + 1 AS part`} FROM (${rows})`;
	const options = `FORMAT parquet, PARTITION_BY (part), OVERWRITE_OR_IGNORE, FILENAME_PATTERN ${quoteText(`k${at}_${question}_${slice?.number ?? file}_{i}`)}`;
	const [copied = []] = await ask(`COPY (${keys}) TO ${quoteText(folder)} (${options})`);
	return toCount(copied[0]);
}
function writeKeyRows(table, question) {
	const find = (name) => table.columns.find(({ check }) => check.column === name) ?? null;
	const label = question.kind === "conflicts" ? find(question.label) : null;
	const columns = question.columns.map(find);
	if ((question.kind !== "repeated" || question.nulls === "skip") && question.kind !== "conflicts" && columns.includes(null)) return null;
	if (question.kind === "conflicts" && label === null) return null;
	const there = [...columns, label].flatMap((column) => column ?? []);
	const key = columns.map(writePart).join(` || `);
	const where = [...writeConditions(question, columns, label), "true"].join(" AND ");
	const hashed = `SELECT r, ${key} AS k, ${label === null ? `''` : `coalesce(${writeExact(label.check.type, `v${label.at}`)}, '?' || t${label.at})`} AS l FROM (${writeNumberedRows(table, there)}) WHERE ${where}`;
	const halves = (text, prefix) => `md5_number_upper(${text}) AS ${prefix}hi, md5_number_lower(${text}) AS ${prefix}lo`;
	return `SELECT r, ${halves("k", "")}, ${halves("l", "l")} FROM (${hashed})`;
}
function writeConditions(question, columns, label) {
	const found = columns.flatMap((column) => column ?? []);
	switch (question.kind) {
		case "repeated": return question.nulls === "skip" ? found.map(({ at }) => `p${at}`) : [];
		case "conflicts": return label === null ? [] : [`p${label.at}`];
		case "distinct": return found.map(({ at }) => `v${at} IS NOT NULL`);
	}
}
/**
* One column of a key as text that no other cells give: a letter for what it is, its length, itself. A value counts by what
* it is and not by how it is spelt; a cell that is no value counts by its text.
*/
function writePart(column) {
	if (column === null) return `'n'`;
	const { at, check } = column;
	const value = writeExact(check.type, `v${at}`);
	const sized = (letter, text) => `'${letter}' || strlen(${text}) || ':' || ${text}`;
	return `CASE WHEN v${at} IS NOT NULL THEN ${sized("v", value)} WHEN p${at} THEN ${sized("t", `t${at}`)} ELSE 'n' END`;
}
/**
* Answers every question for one partition.
* @param files key files of this partition from all parts of the dataset
* @param most first rows at fault that are wanted
*/
async function compareKeys(ask, questions, files, most) {
	const answers = [];
	for (const [index, question] of questions.entries()) {
		const { name, kind } = question;
		if (files.length === 0) {
			answers.push({
				name,
				rows: 0,
				count: 0,
				distinct: 0,
				first: []
			});
			continue;
		}
		const keys = `SELECT f, r, hi, lo, lhi, llo FROM read_parquet([${files.map(quoteText).join(", ")}], hive_partitioning = false) WHERE q = ${index}`;
		await ask(`CREATE OR REPLACE TEMP TABLE key_groups AS SELECT hi, lo, count(*) AS n, ${kind === "conflicts" ? "min(lhi) <> max(lhi) OR min(llo) <> max(llo)" : "count(*) > 1"} AS broken FROM (${keys}) GROUP BY hi, lo`);
		const [totals = []] = await ask(`SELECT CAST(coalesce(sum(n), 0) AS BIGINT), count(*), CAST(coalesce(sum(${kind === "conflicts" ? "n" : "n - 1"}) FILTER (broken), 0) AS BIGINT) FROM key_groups`);
		const [rows, distinct, count] = totals.map(toCount);
		const first = count === 0 ? [] : await readFirst(ask, keys, kind !== "conflicts", most);
		answers.push({
			name,
			rows,
			count,
			distinct,
			first
		});
	}
	await ask("DROP TABLE IF EXISTS key_groups");
	return answers;
}
async function readFirst(ask, keys, skipFirst, most) {
	return (await ask(`SELECT f, r FROM (${`SELECT f, r, row_number() OVER (PARTITION BY hi, lo ORDER BY f, r) AS i FROM (${`SELECT k.* FROM (${keys}) k SEMI JOIN (SELECT * FROM key_groups WHERE broken) g ON k.hi = g.hi AND k.lo = g.lo`})`}) WHERE i > ${skipFirst ? 1 : 0} ORDER BY f, r LIMIT ${most}`)).map(([file, row]) => [toCount(file), toCount(row)]);
}

// adapters/engine/batch.ts
/** Columns of one query: more would hold too many tables of counts in memory at once, fewer would read wide files too often. */
const batchColumns = 32;
/** Of tables with more columns a row is long to parse: fewer queries read it. One query of groups can tell 63 apart. */
const wideColumns = 256;
const wideBatchColumns = 48;
/** How many columns one query counts of a table that has so many. */
function sizeBatch(columns) {
	return columns > 256 ? 48 : batchColumns;
}
/** Cuts a list into parts of at most `most`, in order; none for an empty list. */
function cutBatches(items, most = batchColumns) {
	const batches = [];
	for (let at = 0; at < items.length; at += most) batches.push(items.slice(at, at + most));
	return batches;
}
/** The same for columns, each batch being of one part of a file that was cut into parts. */
function cutColumns(table, columns, most = batchColumns) {
	return groupByPart(table, columns, (column) => column).flatMap((group) => cutBatches(group, most));
}
/** Items by the part of a file in which their column lies, in order; one group where no file was cut into parts. */
function groupByPart(table, items, columnOf) {
	const partOf = table.sources.find((source) => source.partOf !== void 0)?.partOf;
	const groups = /* @__PURE__ */ new Map();
	for (const item of items) {
		const part = partOf?.(columnOf(item)?.check.column ?? "");
		const group = groups.get(part);
		if (group === void 0) groups.set(part, [item]);
		else group.push(item);
	}
	return [...groups.values()];
}

// adapters/engine/compressed.ts
/** Tables of text shrink 3 to 30 times, tables of one repeated line some hundred times; bombs a thousand times and more. */
const unpackLimits = {
	maxBytes: 64 * 2 ** 30,
	maxRatio: 300,
	freeBytes: 64 * 2 ** 20
};
/** How a file is compressed, by its name. */
function findCompression(path) {
	if (path.endsWith(".gz")) return "gz";
	return path.endsWith(".zst") ? "zst" : null;
}
/**
* Unpacks a file that somebody else made into `target`, in constant memory.
* @returns null, or one clause why it is refused
*/
async function unpackFile(local, target, compression, limits = unpackLimits) {
	const { size } = await stat(local);
	const most = Math.min(limits.maxBytes, Math.max(limits.freeBytes, size * limits.maxRatio));
	const meter = new Meter(most);
	const reader = compression === "gz" ? zlib.createGunzip() : zlib.createZstdDecompress?.();
	if (reader === void 0) return "this Node.js cannot unpack .zst: give it as .gz, or use Node.js 24";
	try {
		await pipeline$1(createReadStream(local), reader, meter, createWriteStream(target));
		return null;
	} catch (error) {
		if (meter.isOver) return `it unpacks to over ${most} bytes from ${size}: refused as a compression bomb`;
		if (isZlibError(error)) return "its compression is damaged or cut off";
		throw error;
	}
}
function isZlibError(error) {
	const code = error?.code;
	return typeof code === "string" && /^(Z_|ZSTD_|ERR_ZSTD|ERR_BUFFER)/.test(code);
}
/** Passes bytes on until there are too many. */
var Meter = class extends Transform {
	isOver = false;
	#most;
	#bytes = 0;
	constructor(most) {
		super();
		this.#most = most;
	}
	_transform(chunk, _, done) {
		this.#bytes += chunk.length;
		this.isOver = this.#bytes > this.#most;
		if (this.isOver) done(/* @__PURE__ */ new Error("over the limit"));
		else done(null, chunk);
	}
};

// adapters/engine/text-scan.ts
/** A longer line is refused: a reader has to hold one whole. */
const maxLineBytes = 2e6;
const longLine = "a line over 2 MB";
/** Checks that a stream of chunks is UTF-8; characters may be cut between chunks. */
var Utf8Check = class {
	/** False while the last character is cut: at the end of a file that is a fault. */
	isWhole = true;
	#rest = Buffer.alloc(0);
	/** @returns how many bytes of the chunk stand before the first line with a fault; all of them when there is none */
	push(chunk) {
		const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
		const carried = this.#rest.length;
		const end = findCut(bytes);
		if (isUtf8(bytes.subarray(0, end))) {
			this.#rest = Buffer.from(bytes.subarray(end));
			this.isWhole = this.#rest.length === 0;
			return chunk.length;
		}
		return Math.max(0, findFault(bytes, end) - carried);
	}
};
/** Where the last character begins when it is cut off; else the end. */
function findCut(bytes) {
	for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 128) return bytes.length;
		if (byte >= 192) return (byte >= 240 ? 4 : byte >= 224 ? 3 : 2) > back ? bytes.length - back : bytes.length;
	}
	return bytes.length;
}
/** Where the first line with a fault begins: a line feed is never part of another character. */
function findFault(bytes, end) {
	let from = 0;
	while (from < end) {
		const next = bytes.indexOf(10, from);
		const to = next < 0 || next >= end ? end : next + 1;
		if (!isUtf8(bytes.subarray(from, to))) return from;
		from = to;
	}
	return end;
}

// adapters/engine/csv-scan.ts
const comma$2 = 44;
const quote$2 = 34;
const lf$2 = 10;
const cr$2 = 13;
/** A header longer than this is no header. */
const maxHeaderBytes = 1048576;
const start$2 = 0;
const plain$1 = 1;
const quoted$1 = 2;
const closed$1 = 3;
const returned = 4;
/**
* Checks the shape of a CSV file byte by byte, with quotes (RFC 4180): every record has as many cells as the header.
* The engine reads the values; it swallows an extra empty cell and blank lines, so the shape is proven here.
* All bytes are the proposer's. Memory is constant but for the header.
*/
var CsvScan = class {
	/** Names in file order, once the first record is complete. */
	header = null;
	rows = 0;
	problem = null;
	#state = start$2;
	#cells = 1;
	#line = 1;
	#recordLine = 1;
	#blank = true;
	#blankLine = 0;
	#newline = null;
	#head = [];
	/** Bytes before the chunk in hand, and where in the file its record begins. */
	#before = 0;
	#recordStart = 0;
	#utf8 = new Utf8Check();
	/** Where in the file the record in hand begins: `rows` records lie between the header and it. */
	get recordStart() {
		return this.#recordStart;
	}
	/** Takes the next bytes of the file; stops at the first problem. */
	push(chunk) {
		if (this.problem !== null) return;
		const valid = this.#utf8.push(chunk);
		this.#pushBytes(valid < chunk.length ? chunk.subarray(0, Math.max(valid, 0)) : chunk);
		if (this.problem === null && valid < chunk.length) this.#refuse("it is not UTF-8");
	}
	#pushBytes(chunk) {
		let at = 0;
		if (this.header === null) at = this.#pushHeader(chunk);
		if (this.problem !== null) return;
		if ((this.#state === start$2 || this.#state === plain$1) && !chunk.includes(quote$2, at) && !chunk.includes(cr$2, at) && !chunk.includes(0, at)) this.#readPlain(chunk, at);
		else this.#read(chunk, at);
		this.#before += chunk.length;
		if (this.problem === null && this.#before - this.#recordStart > 2e6) this.#refuse(longLine, this.#recordLine);
	}
	/** A chunk without quotes, carriage returns and NUL: only commas and line feeds count. */
	#readPlain(chunk, from) {
		const width = this.header?.length ?? 0;
		let cells = this.#cells;
		let last = from - 1;
		let isWhole = false;
		let at = from;
		for (; at < chunk.length; at += 1) {
			const byte = chunk[at];
			if (byte > comma$2) continue;
			if (byte === comma$2) cells += 1;
			else if (byte === lf$2) {
				const isKnown = isWhole && cells === width && at > last + 1 && this.#blankLine === 0;
				const isShort = at - last <= maxLineBytes;
				if (isKnown && isShort && this.#newline === "LF") {
					this.rows += 1;
					this.#line += 1;
					this.#recordLine = this.#line;
				} else {
					this.#cells = cells;
					if (isWhole ? at > last + 1 : at > from) this.#blank = false;
					if (isWhole) this.#recordStart = this.#before + last + 1;
					this.#state = this.#endLine("LF", at);
					if (this.problem !== null) return;
				}
				cells = 1;
				last = at;
				isWhole = true;
			}
		}
		this.#cells = cells;
		if (isWhole) {
			this.#recordStart = this.#before + last + 1;
			this.#blank = at === last + 1;
			this.#state = this.#blank || chunk[at - 1] === comma$2 ? start$2 : plain$1;
		} else if (at > from) {
			this.#blank = false;
			this.#state = chunk[at - 1] === comma$2 ? start$2 : plain$1;
		}
	}
	/** Says that the file ends here. */
	end() {
		if (this.problem !== null) return;
		if (!this.#utf8.isWhole) this.#refuse("it is not UTF-8");
		else if (this.#state === returned) this.#refuse("a carriage return without a line feed");
		else if (this.#state === quoted$1) this.#refuse("a quoted cell that does not end", this.#recordLine);
		else if (!this.#blank) this.#endRecord();
	}
	/** Reads byte by byte until the header is complete: it is short. */
	#pushHeader(chunk) {
		for (let at = 0; at < chunk.length; at += 1) {
			if (this.header !== null || this.problem !== null) return at;
			this.#head.push(chunk[at] ?? 0);
			if (this.#head.length > maxHeaderBytes) this.#refuse("a first line over 1 MiB, which is no header");
			this.#read(chunk, at, at + 1);
		}
		return chunk.length;
	}
	#read(chunk, from, to = chunk.length) {
		let state = this.#state;
		for (let at = from; at < to; at += 1) {
			const byte = chunk[at] ?? 0;
			if (byte > comma$2 && (state === plain$1 || state === quoted$1)) continue;
			state = this.#step(state, byte, at);
			if (this.problem !== null) return;
		}
		this.#state = state;
	}
	#step(state, byte, at) {
		if (byte === 0) this.#refuse("a NUL byte");
		if (state === quoted$1) {
			if (byte === lf$2) this.#line += 1;
			return byte === quote$2 ? closed$1 : quoted$1;
		}
		if (byte === lf$2) return this.#endLine(state === returned ? "CRLF" : "LF", at);
		if (state === returned) this.#refuse("a carriage return without a line feed");
		if (byte === cr$2) return returned;
		this.#blank = false;
		if (byte === comma$2) {
			this.#cells += 1;
			return start$2;
		}
		if (byte === quote$2 && state === start$2) return quoted$1;
		if (state !== closed$1) return plain$1;
		if (byte !== quote$2) this.#refuse("text after the closing quote of a cell");
		return quoted$1;
	}
	#endLine(newline, at) {
		if (this.#before + at - this.#recordStart > 2e6) this.#refuse(longLine, this.#recordLine);
		this.#newline ??= newline;
		if (newline !== this.#newline) this.#refuse("line ends of two kinds (LF and CRLF)");
		this.#endRecord();
		this.#recordStart = this.#before + at + 1;
		this.#line += 1;
		this.#recordLine = this.#line;
		this.#blank = true;
		this.#cells = 1;
		return start$2;
	}
	#endRecord() {
		if (this.header === null) {
			this.header = readHeader(Buffer.from(this.#head).toString("utf8"));
			this.#head = [];
			return;
		}
		const width = this.header.length;
		if (this.#blank && width > 1) {
			this.#blankLine ||= this.#line;
			return;
		}
		if (this.#blankLine > 0) this.#refuse("an empty line between rows", this.#blankLine);
		else if (this.#cells !== width) this.#refuse(describeWidth(this.#cells, width), this.#recordLine);
		else this.rows += 1;
	}
	#refuse(because, line = this.#line) {
		this.problem ??= {
			line,
			because
		};
	}
};
function describeWidth(cells, width) {
	return `${cells} ${cells === 1 ? "cell" : "cells"} where the header has ${width}`;
}
/** Splits a header whose quotes the scan has already checked. */
function readHeader(text) {
	const cells = [];
	const form = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy;
	const line = text.replace(/^\ufeff/, "").replace(/\r?\n$/, "");
	for (let match = form.exec(line); match !== null; match = form.exec(line)) {
		cells.push(match[1]?.replaceAll("\"\"", "\"") ?? match[2] ?? "");
		if (match[3] === "") break;
	}
	return cells;
}

// adapters/engine/csv-split.ts
const comma$1 = 44;
const quote$1 = 34;
const lf$1 = 10;
const cr$1 = 13;
const start$1 = 0;
const plain = 1;
const quoted = 2;
const closed = 3;
const lineEnd = Buffer.from("\n");
const chunkBytes = 1 << 20;
/** Text of all parts that is kept before it is written: more than any header. */
const heldBytes = 16 << 20;
/**
* Cuts a proven CSV file into parts of neighbouring columns, each with all rows in their order: what reads a few columns
* of many then parses those alone. The header is left out; cells are copied byte by byte, quotes included. Every part has two columns or more:
* the reader would skip the blank line of a single empty cell.
* @param width columns of the file
* @param most columns of a part
* @param name of a part's file, told before it is made
*/
async function splitCsv(local, width, most, name) {
	const count = Math.ceil(width / most);
	const bound = (part) => Math.floor(part * width / count);
	const parts = Array.from({ length: count }, (_, at) => ({
		local: name(at),
		from: bound(at),
		to: bound(at + 1)
	}));
	const cut = new CsvCut(parts.map(({ to }) => to));
	const file = await open(local);
	try {
		const chunk = Buffer.allocUnsafe(chunkBytes);
		for (;;) {
			const { bytesRead } = await file.read(chunk, 0, chunkBytes, null);
			if (bytesRead === 0) break;
			cut.push(chunk.subarray(0, bytesRead));
			if (cut.held > heldBytes) await write(parts, cut);
		}
		cut.end();
		await write(parts, cut);
	} finally {
		await file.close();
	}
	return parts;
}
async function write(parts, cut) {
	for (const [at, bytes] of cut.take().entries()) {
		const part = parts[at];
		if (part !== void 0) await appendFile(part.local, bytes, { mode: 384 });
	}
}
/** Deals the cells of records out to parts. */
var CsvCut = class {
	/** Bytes that are dealt out and not yet taken. */
	held = 0;
	#ends;
	#parts;
	#state = start$1;
	/** Of the record in hand: cells that ended, the part, and whether anything stands in it. */
	#cells = 0;
	#part = 0;
	#blank = true;
	#isHeader = true;
	/** @param ends for each part the column behind its last */
	constructor(ends) {
		this.#ends = ends;
		this.#parts = ends.map(() => ({
			bytes: Buffer.allocUnsafe(4096),
			length: 0
		}));
	}
	push(chunk) {
		let from = 0;
		for (let at = 0; at < chunk.length; at += 1) {
			const byte = chunk[at];
			if (byte > comma$1) {
				if (this.#state === start$1) this.#state = plain;
				continue;
			}
			if (byte === quote$1) {
				this.#state = this.#stepQuote();
				continue;
			}
			if (this.#state === quoted) continue;
			if (byte === comma$1) {
				this.#state = start$1;
				this.#cells += 1;
				if (this.#cells !== this.#ends[this.#part]) continue;
				this.#add(chunk, from, at);
				this.#endPart();
				from = at + 1;
			} else if (byte === cr$1 || byte === lf$1) {
				if (at > from) this.#add(chunk, from, at);
				if (byte === lf$1) this.#endRecord();
				from = at + 1;
			} else if (this.#state === start$1) this.#state = plain;
		}
		if (from < chunk.length) this.#add(chunk, from, chunk.length);
	}
	/** The last line may lack its end. */
	end() {
		this.#endRecord();
	}
	/** Hands over what was dealt out, by part; to be written before the next chunk. */
	take() {
		this.held = 0;
		return this.#parts.map((part) => {
			const bytes = part.bytes.subarray(0, part.length);
			part.length = 0;
			return bytes;
		});
	}
	#stepQuote() {
		if (this.#state === quoted) return closed;
		return this.#state === plain ? plain : quoted;
	}
	#add(chunk, from, to) {
		if (to > from) this.#blank = false;
		this.#grow(to - from);
		const part = this.#parts[this.#part];
		if (part === void 0) return;
		chunk.copy(part.bytes, part.length, from, to);
		part.length += to - from;
		this.held += to - from;
	}
	#endPart() {
		this.#blank = false;
		this.#add(lineEnd, 0, lineEnd.length);
		this.#part += 1;
	}
	#endRecord() {
		if (!this.#blank) this.#add(lineEnd, 0, lineEnd.length);
		if (this.#isHeader) this.take();
		this.#isHeader = false;
		this.#state = start$1;
		this.#cells = 0;
		this.#part = 0;
		this.#blank = true;
	}
	#grow(more) {
		const part = this.#parts[this.#part];
		if (part === void 0 || part.length + more <= part.bytes.length) return;
		const bytes = Buffer.allocUnsafe(Math.max(2 * part.bytes.length, part.length + more));
		part.bytes.copy(bytes, 0, 0, part.length);
		part.bytes = bytes;
	}
};

// adapters/engine/file-scan.ts
/** Reads a text file through a scan: first to its header, the rest while the engine is at work already. */
var FileScan = class {
	#scan;
	#stream;
	#chunks;
	#onBytes;
	#isEnded = false;
	constructor(local, scan, onBytes) {
		this.#scan = scan;
		this.#onBytes = onBytes;
		this.#stream = createReadStream(local, { highWaterMark: 1 << 20 });
		this.#chunks = this.#stream[Symbol.asyncIterator]();
	}
	/** Reads on until the header is known, the file ends, or it is refused. */
	async readHeader() {
		while (this.#scan.header === null && !this.#isEnded) await this.#readChunk();
		return this.#result();
	}
	async readRest() {
		while (!this.#isEnded) await this.#readChunk();
		return this.#result();
	}
	close() {
		this.#isEnded = true;
		this.#stream.destroy();
	}
	async #readChunk() {
		const { value, done } = await this.#chunks.next();
		if (done === true) {
			this.#scan.end();
			this.#isEnded = true;
			return;
		}
		this.#scan.push(value);
		this.#onBytes(value.length);
		if (this.#scan.problem !== null) this.close();
	}
	#result() {
		const { header, rows, problem } = this.#scan;
		return {
			header: header ?? [],
			rows,
			problem
		};
	}
};

// adapters/engine/json-scan.ts
const lf = 10;
const cr = 13;
const space = 32;
const tab = 9;
const quote = 34;
const backslash = 92;
const colon = 58;
const comma = 44;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
/** Deeper values are refused: no reader has to follow them. */
const maxDepth = 64;
/** More keys are no table. */
const maxKeys = 1e5;
/**
* Checks the shape of a file of JSON lines byte by byte: every line is one object, no key stands twice in it. Collects the
* keys, which are the columns. The engine reads the values, and would take the first of two equal keys without a word.
* All bytes are the proposer's. Memory is that of one line and of the keys.
*/
var JsonScan = class {
	rows = 0;
	problem = null;
	#keys = /* @__PURE__ */ new Map();
	/** The last line in which each key stood. */
	#lines = [];
	#utf8 = new Utf8Check();
	#rest = Buffer.alloc(0);
	#line = 1;
	#blankLine = 0;
	#isFirst = true;
	/** Keys in the order in which they first occur. */
	get header() {
		return [...this.#keys.keys()];
	}
	/** Takes the next bytes of the file; stops at the first problem. */
	push(chunk) {
		if (this.problem !== null) return;
		const valid = this.#utf8.push(chunk);
		this.#pushBytes(chunk.subarray(0, valid));
		if (this.problem === null && valid < chunk.length) this.#refuse("it is not UTF-8");
	}
	/** Says that the file ends here. */
	end() {
		if (this.problem !== null) return;
		if (!this.#utf8.isWhole) this.#refuse("it is not UTF-8");
		else if (this.#rest.length > 0) this.#readLine(this.#rest, 0, this.#rest.length);
		this.#rest = Buffer.alloc(0);
	}
	#pushBytes(chunk) {
		const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
		let from = 0;
		let to = bytes.indexOf(lf, this.#rest.length);
		while (to >= 0) {
			this.#readLine(bytes, from, to);
			if (this.problem !== null) return;
			this.#line += 1;
			from = to + 1;
			to = bytes.indexOf(lf, from);
		}
		this.#rest = Buffer.from(bytes.subarray(from));
		if (this.#rest.length > 2e6) this.#refuse(longLine);
	}
	#readLine(bytes, from, end) {
		const to = end > from && bytes[end - 1] === cr ? end - 1 : end;
		const isFirst = this.#isFirst;
		this.#isFirst = false;
		if (to - from > 2e6) this.#refuse(longLine);
		else if (isFirst && bytes[from] === 239) this.#refuse("it begins with a byte order mark");
		else if (skipSpace(bytes, from, to) === to) this.#blankLine ||= this.#line;
		else if (this.#blankLine > 0) this.#refuse("an empty line between rows", this.#blankLine);
		else {
			const because = this.#readObject(bytes, from, to);
			if (because === null) this.rows += 1;
			else this.#refuse(because);
		}
	}
	/** @returns what is wrong; null for an object whose keys differ */
	#readObject(bytes, from, to) {
		let at = skipSpace(bytes, from, to);
		if (bytes[at] !== openBrace) return bytes.includes(0, from) && bytes.indexOf(0, from) < to ? nul : "no JSON object";
		at = skipSpace(bytes, at + 1, to);
		if (bytes[at] === closeBrace) return skipSpace(bytes, at + 1, to) === to ? null : afterObject;
		while (at < to) {
			const keyEnd = skipString(bytes, at, to);
			if (keyEnd < 0) return findCause(bytes, at, to);
			const because = this.#takeKey(bytes, at, keyEnd);
			if (because !== null) return because;
			at = skipSpace(bytes, keyEnd, to);
			if (bytes[at] !== colon) return broken;
			at = skipValue(bytes, skipSpace(bytes, at + 1, to), to);
			if (at < 0) return findCause(bytes, from, to);
			at = skipSpace(bytes, at, to);
			if (at < to && bytes[at] === closeBrace) return skipSpace(bytes, at + 1, to) === to ? null : afterObject;
			if (bytes[at] !== comma) return findCause(bytes, from, to);
			at = skipSpace(bytes, at + 1, to);
		}
		return broken;
	}
	#takeKey(bytes, from, to) {
		let key = bytes.toString("utf8", from + 1, to - 1);
		if (key.includes("\\")) key = parseKey(bytes.toString("utf8", from, to)) ?? "\0";
		if (key.includes("\0")) return broken;
		let index = this.#keys.get(key);
		if (index === void 0) {
			index = this.#keys.size;
			if (index >= maxKeys) return `more than ${maxKeys} different keys`;
			this.#keys.set(key, index);
		} else if (this.#lines[index] === this.#line) return "a key that stands twice in one object";
		this.#lines[index] = this.#line;
		return null;
	}
	#refuse(because, line = this.#line) {
		this.problem ??= {
			line,
			because
		};
	}
};
const nul = "a NUL byte";
const broken = "no whole JSON object";
const afterObject = "text after the object";
function findCause(bytes, from, to) {
	const at = bytes.indexOf(0, from);
	return at >= 0 && at < to ? nul : broken;
}
function parseKey(text) {
	try {
		return String(JSON.parse(text));
	} catch {
		return null;
	}
}
function skipSpace(bytes, from, to) {
	let at = from;
	while (at < to && (bytes[at] === space || bytes[at] === tab)) at += 1;
	return at;
}
/** The byte behind a string that begins here; -1 when there is none. An escaped NUL is refused: it hides in texts. */
function skipString(bytes, from, to) {
	if (bytes[from] !== quote) return -1;
	for (let at = from + 1; at < to; at += 1) {
		const byte = bytes[at];
		if (byte === quote) return at + 1;
		if (byte < space) return -1;
		if (byte === backslash) {
			if (bytes[at + 1] === 117 && bytes.toString("latin1", at + 2, at + 6) === "0000") return -1;
			at += 1;
		}
	}
	return -1;
}
/** The byte behind a value; -1 when it does not end. Its inside is the engine's to judge. */
function skipValue(bytes, from, to) {
	const first = bytes[from];
	if (from >= to) return -1;
	if (first === quote) return skipString(bytes, from, to);
	if (first === openBrace || first === openBracket) return skipNested(bytes, from, to);
	let at = from;
	while (at < to) {
		const byte = bytes[at];
		if (byte === comma || byte === closeBrace || byte === space || byte === tab) break;
		if (byte < space || byte === quote || byte === openBrace || byte === openBracket) return -1;
		at += 1;
	}
	return at === from ? -1 : at;
}
function skipNested(bytes, from, to) {
	let depth = 0;
	for (let at = from; at < to; at += 1) {
		const byte = bytes[at];
		if (byte === quote) {
			const end = skipString(bytes, at, to);
			if (end < 0) return -1;
			at = end - 1;
		} else if (byte === openBrace || byte === openBracket) {
			depth += 1;
			if (depth > maxDepth) return -1;
		} else if (byte === closeBrace || byte === closeBracket) {
			depth -= 1;
			if (depth === 0) return at + 1;
		} else if (byte < space && byte !== tab) return -1;
	}
	return -1;
}

// adapters/engine/problem.ts
/** The engine's own words hold the row at fault, which may be private: only these sentences are passed on. */
const sentences = [
	[/not utf-8 encoded|invalid unicode/i, "it is not UTF-8"],
	[/maximum line size|maximum_object_size/i, "a line over 2 MB"],
	[/unterminated quote/i, "a quoted cell that does not end"],
	[/malformed json/i, "a line that is not JSON"],
	[/expected number of columns/i, "a row with more or fewer cells than the header"],
	[/magic bytes|too small to be a parquet/i, "it is no whole Parquet file"],
	[/failed to read file|decompress|corrupt|thrift|invalid encoding/i, "its content is damaged"]
];
/**
* Tells a broken file from a broken engine.
* @throws ServiceError ENGINE_FAILED unless the engine said that the data cannot be read: memory, disk and unknown errors
* say nothing about the data, and the verdict is then "not evaluated".
*/
function describeEngineError(cause, sources) {
	const text = cause instanceof Error ? cause.message : String(cause);
	const sentence = sentences.find(([form]) => form.test(text))?.[1];
	if (!/^(Invalid Input|Conversion|Invalid|Serialization) Error/.test(text) && sentence === void 0) throw new ServiceError("ENGINE_FAILED", `The data engine failed: ${describeFailure(text)}`, {
		hint: "Run the job again; if it fails again, give the runner more memory or disk.",
		cause
	});
	const line = /CSV Error on Line: (\d+)/.exec(text)?.[1] ?? readJsonLine(text);
	return {
		path: (sources.find(({ local }) => text.includes(local)) ?? sources[0])?.path ?? "",
		line: line === void 0 ? null : Number(line),
		because: sentence ?? "the engine cannot read it"
	};
}
/** Of an error that is about the machine all words; of any other only its kind: the rest may quote a cell. */
function describeFailure(text) {
	const first = text.split("\n")[0] ?? "";
	if (/^(?:IO|Out of Memory|Interrupt|Permission|Fatal) Error:/i.test(first)) return first;
	return /^[A-Za-z][A-Za-z ]{0,40} Error(?=:)/.exec(first)?.[0] ?? "an error of an unknown kind";
}
/** The engine counts the lines of JSON files from 1, and names the one behind. */
function readJsonLine(text) {
	const line = /^[^"]*Malformed JSON in file ".*", at byte \d+ in line (\d+):/.exec(text)?.[1];
	return line === void 0 ? void 0 : String(Number(line) - 1);
}

// adapters/engine/parquet.ts
/** Reads the footer of a Parquet file: its columns, doubled names included, and the rows that it claims to have. */
async function openParquet(ask, file) {
	const scan = readParquet(file.local);
	const source = {
		path: file.path,
		local: file.local,
		isText: false,
		columns: [],
		scan: () => scan
	};
	try {
		const described = await ask(`DESCRIBE SELECT * FROM ${scan}`);
		const names = await readNames(ask, file.local);
		const [footer = []] = await ask(`SELECT num_rows FROM parquet_file_metadata(${quoteText(file.local)})`);
		const columns = described.map(([name, type], at) => ({
			column: names[at] ?? String(name),
			cell: quoteName(String(name)),
			physical: String(type)
		}));
		return {
			file: {
				path: file.path,
				columns: columns.map(({ column }) => column),
				rows: toCount(footer[0])
			},
			source: {
				...source,
				columns
			},
			problem: null,
			proof: null
		};
	} catch (cause) {
		const problem = describeEngineError(cause, [source]);
		return {
			file: {
				path: file.path,
				columns: [],
				rows: null
			},
			source: null,
			problem,
			proof: null
		};
	}
}
/** Names of the top level as the file has them; those of nested columns are left out. */
async function readNames(ask, local) {
	const elements = await ask(`SELECT name, coalesce(num_children, 0) FROM parquet_schema(${quoteText(local)})`);
	const names = [];
	const open = [];
	for (const [name, children] of elements) {
		if (open.length === 1) names.push(String(name));
		if (open.length > 0) open.push((open.pop() ?? 0) - 1);
		if (Number(children) > 0) open.push(Number(children));
		while (open.at(-1) === 0) open.pop();
	}
	return names;
}

// adapters/engine/source.ts
/** More than the engine's own limit would let lines through that the scan has refused. */
const jsonLineBytes = 2 ** 21;
/** Larger files are read again and again: parts of them would fill the disk. */
const maxCutBytes = 4 * 2 ** 30;
/** Reads a file's header; what cannot be read is a problem, not an exception. */
async function openSource(opening, file) {
	const found = await stat(file.local).catch(() => null);
	if (found === null || !found.isFile()) return refuse$1(file, "it is not there");
	if (found.size === 0) return refuse$1(file, "it is empty: not even a header");
	if (/[*?[\]{}\0]/.test(file.local)) return refuse$1(file, "it lies under a name with one of * ? [ ] { }");
	const compression = findCompression(file.path);
	const format = findFormat(compression === null ? file.path : file.path.slice(0, -compression.length - 1));
	if (format === "parquet" && compression === null) return openParquet(opening.ask, file);
	if (format === "csv" || format === "json") {
		const archive = compression === null ? await findArchive(file.local) : null;
		if (archive !== null) return refuse$1(file, `it is ${archive}, whatever its name says`);
		if (compression === null) return openText(opening, file, format);
		return openUnpacked(opening, file, format, compression);
	}
	return refuse$1(file, "its name ends in none of .csv, .jsonl, .ndjson (each also with .gz or .zst) and .parquet");
}
function findFormat(path) {
	if (path.endsWith(".csv")) return "csv";
	if (path.endsWith(".jsonl") || path.endsWith(".ndjson")) return "json";
	return path.endsWith(".parquet") ? "parquet" : null;
}
/** Archives and compressed files by their first bytes. */
async function findArchive(local) {
	const handle = await open(local);
	try {
		const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
		const magic = buffer.toString("latin1");
		if (magic.startsWith("PK")) return "a zip archive";
		if (magic.startsWith("")) return "compressed with gzip";
		if (magic === "(µ/ý") return "compressed with zstd";
		return magic === "PAR1" ? "a Parquet file" : null;
	} finally {
		await handle.close();
	}
}
async function openUnpacked(opening, file, format, compression) {
	const local = join(opening.workdir, `unpacked-${opening.unpacked.length}-${process.pid}`);
	opening.unpacked.push(local);
	const because = await unpackFile(file.local, local, compression);
	if (because !== null) return refuse$1(file, because);
	const { size } = await stat(local);
	if (size === 0) return refuse$1(file, "it is empty: not even a header");
	return openText(opening, {
		path: file.path,
		local
	}, format);
}
async function openText(opening, file, format) {
	const scan = format === "csv" ? new CsvScan() : new JsonScan();
	const proof = new FileScan(file.local, scan, opening.onBytes);
	const result = format === "csv" ? await proof.readHeader() : await proof.readRest();
	if (result.problem !== null) {
		proof.close();
		return {
			...refuse$1(file, result.problem.because),
			problem: toProblem(file, result)
		};
	}
	const { header } = result;
	if (format === "json" && header.length === 0) return refuse$1(file, "it is empty: no object has a key");
	if (format === "csv" && opening.isReadByColumns === true && header.length > 256) {
		const { size } = await stat(file.local);
		if (size <= maxCutBytes) return openWide(opening, file, proof);
	}
	return {
		file: {
			path: file.path,
			columns: header,
			rows: format === "csv" ? null : result.rows
		},
		source: format === "csv" ? toCsvSource(file, header) : toJsonSource(file, header),
		problem: null,
		proof: format === "csv" ? proof : null
	};
}
/** A wide CSV file, cut into parts of some columns once the whole file is proven. */
async function openWide(opening, file, proof) {
	const result = await proof.readRest();
	if (result.problem !== null) return {
		...refuse$1(file, result.problem.because),
		problem: toProblem(file, result)
	};
	const { header, rows } = result;
	const prefix = join(opening.workdir, `columns-${opening.unpacked.length}-${process.pid}`);
	const parts = await splitCsv(file.local, header.length, 48, (part) => {
		opening.unpacked.push(`${prefix}-${part}`);
		return `${prefix}-${part}`;
	});
	const whole = toCsvSource(file, header);
	const scans = parts.map(({ local, from, to }) => readCsv(local, from, to, false));
	const partAt = parts.flatMap(({ from, to }, part) => Array.from({ length: to - from }, () => part));
	const partOf = new Map(header.map((column, at) => [column, partAt[at]]));
	const scan = (used) => {
		const [part = 0, ...more] = new Set(used.map(({ column }) => partOf.get(column)));
		return (more.length === 0 ? scans[part] : void 0) ?? whole.scan(used);
	};
	return {
		file: {
			path: file.path,
			columns: header,
			rows
		},
		source: {
			...whole,
			scan,
			partOf: (column) => partOf.get(column)
		},
		problem: null,
		proof: null
	};
}
function toCsvSource(file, header) {
	const columns = header.map((column, at) => ({
		column,
		cell: `c${at}`,
		physical: "CSV"
	}));
	const scan = readCsv(file.local, 0, header.length, true);
	return {
		path: file.path,
		local: file.local,
		isText: true,
		columns,
		scan: () => scan
	};
}
function toJsonSource(file, header) {
	const columns = header.map((column, at) => ({
		column,
		cell: `c${at}`,
		physical: jsonCell
	}));
	const lines = readJsonLines(file.local, jsonLineBytes);
	const scan = (used) => {
		if (used.length === 0) return `(SELECT json FROM ${lines})`;
		const pointers = used.map(({ column }) => quotePointer(column));
		const cells = used.map(({ cell }, at) => `l[${at + 1}] AS ${cell}`);
		const lists = `SELECT json_extract(json, [${pointers.join(", ")}]) AS l FROM ${lines}`;
		return `(SELECT ${cells.join(", ")} FROM (${lists}))`;
	};
	return {
		path: file.path,
		local: file.local,
		isText: true,
		columns,
		scan
	};
}
/** The problem that a scan found; null for none. */
function toProblem(file, { problem }) {
	return problem === null ? null : {
		path: file.path,
		...problem
	};
}
function refuse$1(file, because) {
	return {
		file: {
			path: file.path,
			columns: [],
			rows: null
		},
		source: null,
		problem: {
			path: file.path,
			line: null,
			because
		},
		proof: null
	};
}

// adapters/engine/key-engine.ts
/** Opens files that were proven before, and writes their keys. */
async function writeKeysOf(session, plan, files, target) {
	const unpacked = [];
	const opening = {
		ask: session.ask,
		workdir: session.workdir,
		onBytes: () => {},
		unpacked
	};
	try {
		const sources = [];
		for (const file of files) {
			const { source, proof } = await openSource(opening, file);
			proof?.close();
			if (source === null) throw new TypeError(`${file.path} was measured and cannot be opened`);
			sources.push(source);
		}
		return await writeKeys$1(session.ask, plan, sources, target);
	} catch (cause) {
		throw failed(cause);
	} finally {
		for (const local of unpacked) await rm(local, { force: true });
	}
}
/** What goes wrong here is never the data's fault: it was measured before. */
function failed(cause) {
	return new ServiceError("ENGINE_FAILED", "The data engine could not compare the keys of the rows", {
		hint: "Look for room on the disk of the machine, and run the job again.",
		cause
	});
}

// adapters/engine/fault.ts
const columnKey = (at, rule) => `column:${at}:${rule}`;
const ruleKey = (index) => `rule:${index}`;
/** Every rule on cells of the table's columns, in the order in which they are applied. */
function listFaults(plan, table) {
	const ofColumns = table.columns.flatMap((column) => column.everywhere ? valueRules.flatMap((rule) => toFault(rule, column)) : []);
	const ofRules = plan.rules.flatMap((rule, index) => {
		if (rule.kind !== "cells") return [];
		const column = table.columns.find((found) => found.everywhere && found.check.column === rule.check.column);
		if (column === void 0) return [];
		const sqlAt = (at) => {
			const kept = valueRules.flatMap((name) => writeKept(name, rule.check, at) ?? []);
			return kept.length === 0 ? "false" : writeBroken(kept.join(" AND "), at);
		};
		return [{
			key: ruleKey(index),
			column,
			sql: sqlAt(column.at),
			sqlAt,
			showsCells: column.check.showValues
		}];
	});
	return [...ofColumns, ...ofRules];
}
function toFault(rule, column) {
	const sql = writeFault(rule, column);
	if (sql === null) return [];
	const sqlAt = (at) => writeFault(rule, {
		...column,
		at
	}) ?? "false";
	const showsCells = column.check.showValues && rule !== "nulls";
	return [{
		key: columnKey(column.at, rule),
		column,
		sql,
		sqlAt,
		showsCells
	}];
}
/** null when the plan has no such rule. Unknown counts as broken. */
function writeFault(rule, { at, check }) {
	if (rule === "nulls") return `NOT p${at}`;
	if (rule === "type") return `p${at} AND v${at} IS NULL`;
	const kept = writeKept(rule, check, at);
	return kept === null ? null : writeBroken(kept, at);
}
const writeBroken = (kept, at) => `v${at} IS NOT NULL AND NOT coalesce(${kept}, false)`;
function writeKept(rule, check, at) {
	if (rule === "range") return joinSides([check.min === void 0 ? null : `v${at} >= ${writeLimit(check.type, check.min)}`, check.max === void 0 ? null : `v${at} ${writeUpper(check.type, check.max)}`]);
	if (rule === "length") {
		const { min, max } = check.length ?? {};
		return joinSides([min === void 0 ? null : `length(t${at}) >= ${min}`, max === void 0 ? null : `length(t${at}) <= ${max}`]);
	}
	if (rule === "allowed" && check.allowed !== void 0) return `v${at} IN (${check.allowed.map((text) => writeLimit(check.type, text)).join(", ")})`;
	if (rule === "pattern" && check.pattern !== void 0) return `regexp_full_match(t${at}, ${quoteText(check.pattern)})`;
	return null;
}
function joinSides(sides) {
	const given = sides.filter((side) => side !== null);
	return given.length === 0 ? null : given.join(" AND ");
}
/** A date as upper limit includes the whole day. */
function writeUpper(type, max) {
	const limit = writeLimit(type, max);
	return typeof max === "string" && max.length === 10 ? `< ${limit} + INTERVAL 1 DAY` : `<= ${limit}`;
}
/** A value of a contract as a literal of the column's type. */
function writeLimit(type, limit) {
	if (typeof limit === "number") return writeNumber(limit);
	const text = type === "timestamp" ? limit.replace(/Z$/, "") : limit;
	return `TRY_CAST(${quoteText(text)} AS ${sqlTypes[type]})`;
}
/** Whole numbers compare with integers exactly; the engine would make a decimal of others, which overflows. */
function writeNumber(value) {
	return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? `CAST(${BigInt(value)} AS BIGINT)` : `CAST(${value} AS DOUBLE)`;
}

// adapters/engine/column-profile.ts
/**
* The statistics of a counted column.
* @param distinct exact number of different values, where somebody asked for it
*/
function toColumnProfile(count, distinct) {
	const { check } = count.column;
	const about = {
		name: check.column,
		type: check.type,
		nulls: count.nulls,
		unreadable: count.unreadable
	};
	const { values } = count;
	if (values.kind === "reduced") return {
		...about,
		distinct,
		...values.reduced.statistics
	};
	const canonical = values.values.map(([text, times]) => [readExact(check.type, text), times]);
	return profileValues(about, canonical);
}
/** What the checks of a column came to. */
function toMeasuredColumn(count, profile, tallies) {
	const { check, at } = count.column;
	const own = valueRules.map((rule) => [rule, tallies.get(columnKey(at, rule)) ?? noTally]);
	const show = (text) => {
		if (text === null || !check.showValues) return null;
		return check.type === "timestamp" ? text.replace("T", " ").replace("Z", "") : text;
	};
	return {
		column: check.column,
		tallies: Object.fromEntries(own),
		smallest: show(profile.min),
		largest: show(profile.max)
	};
}
const noTally = {
	count: 0,
	firstRow: null,
	examples: [],
	rows: []
};

// adapters/engine/example-rows.ts
/** Cells at fault that a tally shows. */
const shownCells = 3;
/** Characters of a cell that are shown. */
const shownCharacters = 80;
/** Columns of an example row. */
const shownColumns = 8;
/** Faults of one query. */
const batchFaults = 64;
/** Rows that are looked at first: faults are often everywhere, and then the beginning is enough. */
const firstRows = 2e5;
/** How many rows a broken rule needs. */
const countExampleRows = (examples) => Math.max(shownCells, examples);
/**
* Reads the first row and examples of broken rules. Private columns are not read.
* @param examples rows to show of each rule
*/
async function readTallies(ask, table, broken, examples) {
	const rows = await findRows(ask, table, broken, countExampleRows(examples));
	const first = table.columns.filter(({ check }) => check.showValues).slice(0, shownColumns);
	const shown = (rule) => pickColumns(rule, first);
	const texts = await readTexts(ask, table, broken, rows, shown, examples);
	const cell = (row, { at }) => texts.get(row)?.get(at) ?? null;
	return new Map(broken.map((rule) => {
		const own = rows.get(rule.key) ?? [];
		const column = rule.cells;
		const cells = column === null ? [] : own.slice(0, shownCells).flatMap((row) => cell(row, column) ?? []);
		const show = (row) => ({
			row,
			cells: shown(rule).map((found) => [found.check.column, cell(row, found)])
		});
		const firstRow = own[0] ?? null;
		return [rule.key, {
			count: rule.count,
			firstRow,
			examples: cells,
			rows: own.slice(0, examples).map(show)
		}];
	}));
}
/** @param first columns of the table that are shown beside those of the rule */
function pickColumns(rule, first) {
	return [.../* @__PURE__ */ new Set([...rule.columns, ...first])].filter(({ check }) => check.showValues).slice(0, shownColumns);
}
async function findRows(ask, table, broken, most) {
	const rows = /* @__PURE__ */ new Map();
	for (const { key, rows: found } of broken) if (typeof found !== "string") rows.set(key, found);
	const wanted = broken.filter(({ rows: found }) => typeof found === "string");
	const groups = groupByPart(table, wanted, ({ columns: [column] }) => column);
	for (const batch of groups.flatMap((group) => cutBatches(group, batchFaults))) {
		const early = await findFirst(ask, table, batch, most, firstRows);
		const isDone = (rule) => (early.get(rule.key)?.length ?? 0) >= Math.min(most, rule.count);
		for (const rule of batch.filter(isDone)) rows.set(rule.key, early.get(rule.key) ?? []);
		const late = batch.filter((rule) => !isDone(rule));
		for (const [key, found] of await findFirst(ask, table, late, most)) rows.set(key, found);
	}
	return rows;
}
async function findFirst(ask, table, rules, most, among) {
	if (rules.length === 0) return /* @__PURE__ */ new Map();
	const columns = [...new Set(rules.flatMap((rule) => rule.columns))];
	const lists = rules.map(({ rows }) => `min(r, ${most}) FILTER (${String(rows)})`);
	const numbered = writeNumberedRows(table, columns, among);
	const [cells = []] = await ask(`SELECT ${lists.join(", ")} FROM (${numbered})`);
	return new Map(rules.map(({ key }, at) => {
		const found = cells[at];
		return [key, Array.isArray(found) ? found.map(toCount) : []];
	}));
}
async function readTexts(ask, table, broken, rows, shown, examples) {
	const texts = /* @__PURE__ */ new Map();
	const wanted = /* @__PURE__ */ new Map();
	for (const rule of broken) {
		const own = rows.get(rule.key) ?? [];
		const want = (column, most) => {
			const set = wanted.get(column) ?? /* @__PURE__ */ new Set();
			for (const row of own.slice(0, most)) set.add(row);
			wanted.set(column, set);
		};
		if (rule.cells !== null) want(rule.cells, shownCells);
		if (examples > 0) for (const column of shown(rule)) want(column, examples);
	}
	for (const columns of cutColumns(table, [...wanted.keys()])) {
		const numbers = [...new Set(columns.flatMap((column) => [...wanted.get(column) ?? []]))];
		if (numbers.length === 0) continue;
		const cells = columns.map(({ at }) => `left(t${at}, ${shownCharacters})`);
		const last = numbers.reduce((most, row) => Math.max(most, row), 0);
		const numbered = writeNumberedRows(table, columns, last);
		const found = await ask(`SELECT r, ${cells.join(", ")} FROM (${numbered}) WHERE r IN (${numbers.join(", ")})`);
		for (const [row, ...values] of found) {
			const own = texts.get(toCount(row)) ?? /* @__PURE__ */ new Map();
			columns.forEach(({ at }, index) => {
				own.set(at, toText(values[index]));
			});
			texts.set(toCount(row), own);
		}
	}
	return texts;
}

// adapters/engine/read-table.ts
/** Larger tables are read from their files again and again: a copy would fill the disk. */
const maxCopyBytes = 4 * 2 ** 30;
/**
* Copies columns out of text files, read as their types, so that they are parsed once: they will be gone through several
* times. What does not fit in memory spills to disk. The rows of one file stay in order; those of several may not.
* @param bytes of all files
* @returns the same table when a copy would not pay
*/
async function copyColumns(ask, table, columns, bytes) {
	const isText = table.sources.some((source) => source.isText);
	if (columns.length === 0 || !isText || bytes > maxCopyBytes) return table;
	const cells = columns.map(({ at }) => `, struct_pack(u := CASE WHEN v${at} IS NULL THEN t${at} END, v := v${at}) AS k${at}`);
	const rows = `SELECT f${writeReadings(columns)} FROM (${writeCells(table, columns)})`;
	await ask(`CREATE OR REPLACE TEMP TABLE read_cells AS SELECT f${cells.join("")} FROM (${rows})`);
	const read = columns.map((column) => ({
		...column,
		physical: readCell
	}));
	return {
		sources: [{
			path: "",
			local: "",
			isText: false,
			columns: read.map(({ check, at }) => ({
				column: check.column,
				cell: `k${at}`,
				physical: readCell
			})),
			scan: () => "read_cells"
		}],
		columns: read,
		rowsBefore: [0]
	};
}

// adapters/engine/row-keys.ts
const hasText = ({ check, isReadable }) => check.type !== "text" && isReadable !== true;
/** What is compared of a cell: its value; where it cannot be read as its type, its text. */
function writeKey$1(column) {
	const { at } = column;
	if (!hasText(column)) return `v${at} AS a${at}`;
	return `v${at} AS a${at}, CASE WHEN v${at} IS NULL THEN t${at} END AS b${at}`;
}
function listKeys(columns) {
	return columns.flatMap((column) => hasText(column) ? [`a${column.at}`, `b${column.at}`] : [`a${column.at}`]);
}
const writeKeys = (columns) => columns.map(writeKey$1).join(", ");
/** Equal keys, empty cells being equal. */
function writeEqual(columns, left, right) {
	return listKeys(columns).map((name) => `${left}.${name} IS NOT DISTINCT FROM ${right}.${name}`).join(" AND ");
}
/**
* Rows whose key stood in an earlier row.
* @param nulls skip: a key with an empty cell is not compared
*/
async function findRepeated(ask, table, columns, nulls, most) {
	const where = nulls === "skip" ? ` WHERE ${columns.map(({ at }) => `p${at}`).join(" AND ")}` : "";
	const names = listKeys(columns).join(", ");
	await ask(`CREATE OR REPLACE TEMP TABLE repeated_keys AS SELECT ${names}, count(*) AS n FROM (${`SELECT ${writeKeys(columns)} FROM (${writeRows(table, columns)})${where}`}) GROUP BY ${names} HAVING count(*) > 1`);
	const [totals = []] = await ask("SELECT CAST(coalesce(sum(n - 1), 0) AS BIGINT) FROM repeated_keys");
	const count = toCount(totals[0]);
	if (count === 0 || most === 0) return {
		count,
		first: []
	};
	return {
		count,
		first: await readRows(ask, `SELECT r FROM (${`SELECT r, row_number() OVER (PARTITION BY ${names} ORDER BY r) AS i FROM (${`SELECT * FROM (${`SELECT r, ${writeKeys(columns)} FROM (${writeNumberedRows(table, columns)})${where}`}) n SEMI JOIN repeated_keys d ON ${writeEqual(columns, "n", "d")}`})`}) WHERE i > 1`, most)
	};
}
/** Whole numbers of one group: a bit for each fits a 64-bit integer of the engine with its sign. */
const groupBits = 5;
/**
* The same for one column of whole numbers that lie close together (row numbers, ids): numbers are put into groups of 32,
* with a bit for each number that occurs. A group with more rows than bits has repeated numbers: exact, and it needs one
* entry for 32 numbers in place of 32.
* @param column every cell is a number or empty; empty cells are not compared
*/
async function findRepeatedNumbers(ask, table, column, most) {
	const v = `v${column.at}`;
	const rows = (from) => `(${from}) WHERE ${v} IS NOT NULL`;
	const bit = `CAST(1 AS BIGINT) << (${v} & ${2 ** groupBits - 1})`;
	await ask(`CREATE OR REPLACE TEMP TABLE repeated_keys AS SELECT g, n FROM (${`SELECT ${v} >> ${groupBits} AS g, count(*) - bit_count(bit_or(${bit})) AS n FROM ${rows(writeRows(table, [column]))} GROUP BY g`}) WHERE n > 0`);
	const [totals = []] = await ask("SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM repeated_keys");
	const count = toCount(totals[0]);
	if (count === 0 || most === 0) return {
		count,
		first: []
	};
	return {
		count,
		first: await readRows(ask, `SELECT r FROM (${`SELECT r, row_number() OVER (PARTITION BY ${v} ORDER BY r) AS i FROM (${`SELECT r, ${v} FROM (${`SELECT r, ${v} FROM ${rows(writeNumberedRows(table, [column]))}`}) WHERE ${v} >> ${groupBits} IN (SELECT g FROM repeated_keys)`})`}) WHERE i > 1`, most)
	};
}
/** Rows whose features stand elsewhere with another label; a row without label contradicts nobody. */
async function findConflicts(ask, table, label, features, most) {
	const columns = [label, ...features];
	const labelText = `coalesce(${writeExact(label.check.type, `v${label.at}`)}, '?' || t${label.at}) AS l`;
	const where = ` WHERE p${label.at}`;
	const names = listKeys(features).join(", ");
	await ask(`CREATE OR REPLACE TEMP TABLE conflicting_keys AS SELECT ${names}, count(*) AS n FROM (${`SELECT ${labelText}, ${writeKeys(features)} FROM (${writeRows(table, columns)})${where}`}) GROUP BY ${names} HAVING min(l) <> max(l)`);
	const [totals = []] = await ask("SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM conflicting_keys");
	const count = toCount(totals[0]);
	if (count === 0 || most === 0) return {
		count,
		first: []
	};
	return {
		count,
		first: await readRows(ask, `SELECT r FROM (${`SELECT r, ${writeKeys(features)} FROM (${writeNumberedRows(table, columns)})${where}`}) n SEMI JOIN conflicting_keys d ON ${writeEqual(features, "n", "d")}`, most)
	};
}
/**
* Rows that another table also has, empty cells being equal.
* @param others the same columns in the other table, in the same order
*/
async function findOverlap(ask, table, columns, other, others, most) {
	await ask(`CREATE OR REPLACE TEMP TABLE other_keys AS ${`SELECT DISTINCT ${listKeys(columns).join(", ")} FROM (SELECT ${writeKeys(others)} FROM (${writeRows(other, others)}))`}`);
	const join = `n SEMI JOIN other_keys d ON ${writeEqual(columns, "n", "d")}`;
	const [totals = []] = await ask(`SELECT count(*) FROM (${`SELECT ${writeKeys(columns)} FROM (${writeRows(table, columns)})`}) ${join}`);
	const count = toCount(totals[0]);
	if (count === 0 || most === 0) return {
		count,
		first: []
	};
	return {
		count,
		first: await readRows(ask, `SELECT r FROM (${`SELECT r, ${writeKeys(columns)} FROM (${writeNumberedRows(table, columns)})`}) ${join}`, most)
	};
}
async function readRows(ask, rows, most) {
	return (await ask(`SELECT r FROM (${rows}) ORDER BY r LIMIT ${most}`)).map(([row]) => toCount(row));
}
/** Exact number of different readable values of a column; spills to disk where they are many. */
async function countDistinct(ask, table, column) {
	const value = `v${column.at}`;
	const [cells = []] = await ask(`SELECT count(*) FROM (${`SELECT DISTINCT ${value} FROM (${writeRows(table, [column])}) WHERE ${value} IS NOT NULL`})`);
	return toCount(cells[0]);
}

// adapters/engine/exact-sums.ts
const fractionBits = 52n;
const halfBits = 26n;
/** Smallest double is 2^-1074: everything is a multiple of it, and squares of its square. */
const leastExponent = 1074;
const scale = 2 * leastExponent;
const times = (product, weight) => weight === null ? product : `CAST(${product} AS HUGEINT) * ${weight}`;
const sum = (product, weight) => `CAST(coalesce(sum(${times(product, weight)}), 0) AS VARCHAR)`;
/** Five columns that `readIntegerSums` puts together. */
function writeIntegerSums(value, weight) {
	const isSmall = `${value} BETWEEN -2147483648 AND 2147483647`;
	const high = `(${value} >> 32)`;
	const low = `(${value} & 4294967295)`;
	const large = (product) => sum(`(CASE WHEN NOT (${isSmall}) THEN ${product} END)`, weight);
	return [
		sum(value, weight),
		sum(`(CASE WHEN ${isSmall} THEN ${value} * ${value} END)`, weight),
		large(`${high} * ${high}`),
		large(`${high} * ${low}`),
		large(`CAST(${low} AS UBIGINT) * CAST(${low} AS UBIGINT)`)
	];
}
function readIntegerSums(count, cells) {
	const [total, small, high, mixed, low] = cells.map(toBigInt);
	const squares = small + (high << 64n) + (mixed << 33n) + low;
	return reduceMoments({
		count,
		scale: 0,
		sum: total,
		squares
	});
}
/** The bits of the magnitude of a double, as a whole number. */
const writeBits = (value) => `CAST(CAST(abs(${value}) AS BIT) AS BIGINT)`;
/** The bucket of a value (`bucketKey` of core at level 0), or the UTC day of a time. */
function writeKey(type, value) {
	if (type === "timestamp") return `CAST(floor(epoch_us(${value}) / 86400000000) AS BIGINT)`;
	const double = type === "integer" ? `CAST(${value} AS DOUBLE)` : value;
	return `CAST(sign(${double}) AS BIGINT) * ((${writeBits(double)} >> 45) + 1)`;
}
/** The fraction of a double: its lowest 52 bits. */
const writeFraction = (value) => `${writeBits(value)} & 4503599627370495`;
/** Four columns for each bucket of doubles that `readDoubleSums` puts together. */
function writeDoubleSums(fraction, weight) {
	const high = `(${fraction} >> 26)`;
	const low = `(${fraction} & 67108863)`;
	return [
		fraction,
		`${high} * ${high}`,
		`${high} * ${low}`,
		`${low} * ${low}`
	].map((part) => sum(part, weight));
}
/** Sums of doubles from those of their buckets. */
function readDoubleSums(buckets) {
	const sums = buckets.reduce((all, [[key, count], ...cells]) => {
		const part = readBucket(key, count, cells.map(toBigInt));
		return {
			count: all.count + count,
			scale,
			sum: all.sum + part.sum,
			squares: all.squares + part.squares
		};
	}, {
		count: 0,
		scale,
		sum: 0n,
		squares: 0n
	});
	return reduceMoments(sums);
}
function readBucket(key, count, cells) {
	if (key === 0) return {
		sum: 0n,
		squares: 0n
	};
	const [fractions = 0n, high = 0n, mixed = 0n, low = 0n] = cells;
	const biased = Math.floor((Math.abs(key) - 1) / 128);
	const implicit = biased === 0 ? 0n : 1n << fractionBits;
	const rows = BigInt(count);
	const fractionSquares = (high << 2n * halfBits) + (mixed << 27n) + low;
	const mantissas = rows * implicit + fractions;
	const squares = rows * implicit * implicit + 2n * implicit * fractions + fractionSquares;
	const exponent = Math.max(biased, 1) - 1 - leastExponent;
	return {
		sum: (key < 0 ? -mantissas : mantissas) << BigInt(scale + exponent),
		squares: squares << BigInt(scale + 2 * exponent)
	};
}
function toBigInt(value) {
	if (typeof value !== "string" && typeof value !== "number") throw new TypeError("a sum that is no sum");
	return BigInt(value);
}

// adapters/engine/reduced-column.ts
/** Aggregates of a column `value` that `readReduced` understands: always the same number for a type. */
function writeAggregates(type, value, weight) {
	const count = weight === null ? `count(${value})` : `CAST(coalesce(sum(${weight}), 0) AS BIGINT)`;
	const ends = (side) => type === "text" ? `left(${side}(${value}), ${200})` : writeExact(type, `${side}(${value})`);
	const more = type === "integer" ? writeIntegerSums(value, weight) : type === "text" ? [`min(length(${value}))`, `max(length(${value}))`] : [];
	return [
		count,
		ends("min"),
		ends("max"),
		...more
	];
}
function countAggregates(type) {
	return 3 + (type === "integer" ? 5 : type === "text" ? 2 : 0);
}
/** True for types whose values are also counted by bucket or day. */
const hasKeys = (type) => type !== "text" && type !== "boolean";
/** The columns of a query that counts by key: `c` the column, `b` the key, `x` the fraction of a double. */
function writeKeyed(type, value) {
	const fraction = type === "number" ? writeFraction(value) : "CAST(NULL AS BIGINT)";
	return {
		key: writeKey(type, value),
		fraction
	};
}
/** SELECT parts after the grouping by `c` and `b`. */
function writeKeyCounts(weight, hasDoubles) {
	return [weight === null ? "count(*)" : `CAST(sum(${weight}) AS BIGINT)`, ...hasDoubles ? writeDoubleSums("x", weight) : []].join(", ");
}
function readReduced(type, aggregates, keys) {
	const count = toCount(aggregates[0]);
	const [min, max] = [aggregates[1], aggregates[2]].map((cell) => readEnd(type, cell));
	const rest = aggregates.slice(3);
	return {
		count,
		statistics: {
			min: min ?? null,
			max: max ?? null,
			moments: type === "integer" ? readIntegerSums(count, rest) : type === "number" ? readDoubleSums(keys) : null,
			lengths: type === "text" && count > 0 ? {
				min: toCount(rest[0]),
				max: toCount(rest[1])
			} : null,
			distribution: toDistribution(type, keys.map(([bucket]) => bucket))
		}
	};
}
function readEnd(type, cell) {
	const text = toText(cell);
	return text === null ? null : readExact(type, text);
}
function toDistribution(type, keys) {
	const ascending = toAscending(keys);
	if (type === "timestamp") {
		const days = {
			kind: "days",
			unit: "day",
			days: ascending
		};
		return mergeDistributions(type, days, {
			...days,
			days: []
		});
	}
	return hasKeys(type) ? {
		kind: "buckets",
		...fitBuckets(ascending, 0, maxBuckets)
	} : { kind: "many" };
}

// adapters/engine/row-pass.ts
/**
* Adds up columns row by row: for those that are known to have more values than are kept, whose count value by value would
* only cost memory.
*/
async function addRows(ask, table, columns, faults) {
	if (columns.length === 0) return [];
	const parts = columns.map((column) => ({
		column,
		faults: faults.filter((fault) => fault.column.at === column.at)
	}));
	const [cells = []] = await ask(`SELECT ${parts.flatMap(({ column: { at, check }, faults: own }) => [
		...[`NOT p${at}`, `p${at} AND v${at} IS NULL`].map(countWhere),
		...own.map(({ sql }) => countWhere(sql)),
		...writeAggregates(check.type, `v${at}`, null)
	]).join(", ")} FROM (${writeRows(table, columns)})`);
	const keys = await countKeys(ask, table, columns.filter(({ check }) => hasKeys(check.type)));
	let at = 0;
	const take = (count) => {
		at += count;
		return cells.slice(at - count, at);
	};
	return parts.map((part) => {
		const { type } = part.column.check;
		const [nulls, unreadable] = take(2).map(toCount);
		const broken = take(part.faults.length).map(toCount);
		const reduced = readReduced(type, take(countAggregates(type)), keys.get(part.column.at) ?? []);
		return {
			column: part.column,
			nulls: nulls ?? 0,
			unreadable: unreadable ?? 0,
			faults: new Map(part.faults.map(({ key }, index) => [key, broken[index] ?? 0])),
			values: {
				kind: "reduced",
				reduced,
				distinct: null
			}
		};
	});
}
/** Counts for each condition the rows in which it is true, in one pass. */
async function countRowFaults(ask, table, faults) {
	if (faults.length === 0) return /* @__PURE__ */ new Map();
	const columns = [...new Set(faults.flatMap((fault) => fault.columns))];
	const [cells = []] = await ask(`SELECT ${faults.map(({ sql }) => countWhere(sql)).join(", ")} FROM (${writeRows(table, columns)})`);
	return new Map(faults.map(({ key }, index) => [key, toCount(cells[index])]));
}
const countWhere = (condition) => `count(*) FILTER (${condition})`;
/** Values by bucket or day, all columns in one pass. */
async function countKeys(ask, table, columns) {
	const keys = new Map(columns.map(({ at }) => [at, []]));
	if (columns.length === 0) return keys;
	const parts = columns.map(({ at, check }) => ({
		at,
		...writeKeyed(check.type, `v${at}`)
	}));
	const hasDoubles = columns.some(({ check }) => check.type === "number");
	const one = (list) => list.length === 1 ? list[0] ?? "" : `unnest([${list.join(", ")}])`;
	const keyed = `SELECT ${one(parts.map(({ at }) => String(at)))} AS c, ${one(parts.map(({ key }) => key))} AS b${hasDoubles ? `, ${one(parts.map(({ fraction }) => fraction))} AS x` : ""} FROM (${writeRows(table, columns)})`;
	const found = await ask(`SELECT c, b, ${writeKeyCounts(null, hasDoubles)} FROM (${keyed}) WHERE b IS NOT NULL GROUP BY c, b`);
	for (const [at, key, count, ...sums] of found) keys.get(Number(at))?.push([[Number(key), toCount(count)], ...sums]);
	return keys;
}

// adapters/engine/sample.ts
/** Rows from the beginning that say how a column is best counted. */
const sampleRows = 4 * maxValues;
/** A column in whose first rows more values differ is added up row by row: it is proven to have more than are kept. */
const manyValues = 2 * maxValues;
/** False where the files are too small for their columns to have so many values: a cell of CSV has a byte at least. */
function canHaveMany(table, bytes) {
	const width = Math.min(...table.sources.map(({ columns }) => columns.length));
	return !table.columns.every(({ physical }) => physical === "CSV") || bytes / width > manyValues;
}
/**
* Finds the columns in which nearly every row has another value: counting them value by value would only cost memory.
* @returns only columns of which the first rows prove it: no number rests on a guess
*/
async function findManyValued(ask, table, columns) {
	if (columns.length === 0) return /* @__PURE__ */ new Set();
	const counts = columns.map(({ at }) => `count(DISTINCT v${at})`);
	const first = `SELECT * FROM (${writeRows(table, columns)}) LIMIT ${sampleRows}`;
	const [found = []] = await ask(`SELECT ${counts.join(", ")} FROM (${first})`);
	return new Set(columns.filter((_, index) => toCount(found[index]) > manyValues));
}

// adapters/engine/association.ts
const batchFeatures = 8;
/** More rows of an answer than this say that there are too many texts, whatever else is in it. */
const maxAnswer = maxTextPairs + (maxPlaces + 1) * 100;
/**
* Counts how often each value of a feature stands with each value of a label. Numbers and times are put into buckets in
* order of size; a feature's empty cells are a value of their own, before all others, since a gap can give a label away too.
*/
async function measureAssociation(ask, table, name, label, features) {
	if (!await isLabel(ask, table, label)) return {
		kind: "unmeasured",
		name,
		because: tooManyLabels
	};
	const measured = [];
	for (const batch of cutBatches(features, batchFeatures)) measured.push(...await measureFeatures(ask, table, label, batch));
	return {
		kind: "association",
		name,
		features: measured
	};
}
/** A value, else what stands there instead; equal only where the cells are. */
const writeLabel = ({ at, check }) => `coalesce(${writeExact(check.type, `v${at}`)}, '?' || t${at})`;
async function isLabel(ask, table, label) {
	return (await ask(`SELECT l FROM (${`SELECT ${writeLabel(label)} AS l FROM (${writeRows(table, [label])}) WHERE p${label.at}`}) GROUP BY l LIMIT ${100 + 1}`)).length <= 100;
}
async function measureFeatures(ask, table, label, features) {
	const names = features.map(({ at }) => `x${at}`);
	const values = features.map((feature) => `${writeFeature(feature)} AS x${feature.at}`);
	const rows = `SELECT ${writeLabel(label)} AS l, ${values.join(", ")} FROM (${writeRows(table, [label, ...features])}) WHERE p${label.at}`;
	const sets = names.map((x) => `(l, ${x})`).join(", ");
	await ask(`CREATE OR REPLACE TEMP TABLE label_pairs AS SELECT l, ${names.join(", ")}, count(*) AS n, grouping(${names.join(", ")}) AS g FROM (${rows}) GROUP BY GROUPING SETS (${sets})`);
	const measured = [];
	for (const [index, feature] of features.entries()) {
		const mark = (1 << names.length) - 1 - (1 << names.length - 1 - index);
		const shown = label.check.showValues && feature.check.showValues;
		measured.push(...await readAssociation(ask, feature, mark, shown));
	}
	await ask("DROP TABLE label_pairs");
	return measured;
}
/** A bucket or day of what has an order, else the value; where it cannot be read as its type, its text. */
function writeFeature({ at, check }) {
	if (!hasOrder(check.type)) return writeLabel({
		at,
		check
	});
	const { key } = writeKeyed(check.type, `v${at}`);
	return `coalesce(CAST(${key} AS VARCHAR), '?' || t${at})`;
}
/** @returns nothing for too many texts */
async function readAssociation(ask, { at, check }, mark, shown) {
	const own = `SELECT x${at} AS x, ${hasOrder(check.type) ? `TRY_CAST(x${at} AS BIGINT)` : "NULL"} AS k, l, n FROM label_pairs WHERE g = ${mark}`;
	const level = await findLevel(ask, check.type, own);
	const found = await ask(`SELECT ${`coalesce(CAST(${writeCoarse(check.type, level)} AS VARCHAR), x)`} AS place, l, CAST(sum(n) AS BIGINT) FROM (${own}) GROUP BY place, l LIMIT ${maxAnswer + 1}`);
	if (found.length > maxAnswer) return [];
	const pairs = found.map(([value, text, rows]) => {
		const isText = !hasOrder(check.type) || String(value).startsWith("?");
		return [
			value === null ? null : isText ? toTextKey(String(value)) : Number(value),
			toTextKey(String(text)),
			toCount(rows)
		];
	});
	const association = toAssociation(check, level, pairs, shown);
	return association === null ? [] : [association];
}
/** The lowest level at which the buckets or days fit. */
async function findLevel(ask, type, pairs) {
	let level = 0;
	for (;;) {
		const [row] = await ask(`SELECT count(DISTINCT ${writeCoarse(type, level)}) FROM (${pairs})`);
		if (toCount(row?.[0]) <= 1024) return level;
		level += 1;
	}
}
/** `coarsenPlace` of core from level 0, in SQL. */
function writeCoarse(type, level) {
	if (level === 0) return "k";
	if (type === "timestamp") return `CAST(floor(k / ${2 ** level}) AS BIGINT)`;
	return `CASE WHEN k = 0 THEN 0 ELSE sign(k) * (((abs(k) - 1) >> ${level}) + 1) END`;
}

// adapters/engine/expression-sql.ts
const parts = {
	year: "year",
	month: "month",
	day: "day",
	hour: "hour",
	weekday: "isodow"
};
/**
* Writes a row expression over the values of a table: three-valued, as SQL is. A cell that is empty or unreadable is
* unknown, and so is what cannot be computed (division by zero, overflow).
* @param columns those that the expression names
*/
function writeExpression(expression, columns) {
	const write = (of) => writeExpression(of, columns);
	switch (expression.kind) {
		case "column": return `v${atOf(expression.name, columns)}`;
		case "number": return writeNumber(expression.value);
		case "text": return quoteText(expression.value);
		case "boolean": return String(expression.value);
		case "presence": return `(${expression.missing ? "NOT " : ""}p${atOf(expression.column, columns)})`;
		case "not": return `(NOT ${write(expression.of)})`;
		case "negative": return `(- CAST(${write(expression.of)} AS DOUBLE))`;
		case "logic": return `(${write(expression.left)} ${expression.operator.toUpperCase()} ${write(expression.right)})`;
		case "comparison": return writeComparison(expression, columns);
		case "arithmetic": return writeArithmetic(expression.operator, write(expression.left), write(expression.right));
		case "in": return writeMembership(expression, columns);
		case "call": return writeCall(expression.name, write(expression.of));
	}
}
function atOf(name, columns) {
	const column = columns.get(name);
	if (column === void 0) throw new TypeError(`an expression on column ${name}, which is not in the table`);
	return column.at;
}
function writeComparison(expression, columns) {
	const { left, right, operator } = expression;
	return `(${[left, right].map((side, at) => {
		const other = at === 0 ? right : left;
		return side.kind === "text" && typeOf(other, columns) === "timestamp" ? writeLimit("timestamp", side.value) : writeExpression(side, columns);
	}).join(` ${operator === "!=" ? "<>" : operator} `)})`;
}
function writeMembership({ of, values }, columns) {
	if (values.length === 0) return `(${writeExpression(of, columns)} IS NULL AND NULL)`;
	const isTime = typeOf(of, columns) === "timestamp";
	const literals = values.map((value) => typeof value === "number" ? writeNumber(value) : isTime ? writeLimit("timestamp", value) : quoteText(value));
	return `(${writeExpression(of, columns)} IN (${literals.join(", ")}))`;
}
function typeOf(expression, columns) {
	return expression.kind === "column" ? columns.get(expression.name)?.check.type ?? null : null;
}
function writeArithmetic(operator, left, right) {
	const [a, b] = [left, right].map((side) => `CAST(${side} AS DOUBLE)`);
	const result = `(${a} ${operator} ${operator === "/" ? `nullif(${b}, 0)` : b})`;
	return `(CASE WHEN isfinite(${result}) THEN ${result} END)`;
}
function writeCall(name, of) {
	if (name === "length" || name === "lower") return `${name}(${of})`;
	if (name === "abs") return `abs(CAST(${of} AS DOUBLE))`;
	return `${parts[name]}(${of})`;
}

// adapters/engine/table-rule.ts
/** Row expressions whose columns are all there: they are counted together with the columns. */
function listRowFaults(plan, table) {
	return plan.rules.flatMap((rule, index) => {
		if (rule.kind !== "expression") return [];
		const fault = toRowFault(rule.expression, rule.columns, table);
		return fault === null ? [] : [{
			key: ruleKey(index),
			...fault
		}];
	});
}
function toRowFault(expression, names, table) {
	const columns = names.map((name) => findEverywhere(table, name));
	const found = columns.filter((column) => column !== null);
	if (found.length < columns.length) return null;
	const byName = new Map(found.map((column) => [column.check.column, column]));
	return {
		sql: `${writeExpression(expression, byName)} IS FALSE`,
		columns: found
	};
}
function findEverywhere(table, name) {
	return table.columns.find(({ check, everywhere }) => everywhere && check.column === name) ?? null;
}
/** Measures one rule of the plan. */
async function measureRule(given, rule, index) {
	switch (rule.kind) {
		case "cells": return takeCells(given, rule, index);
		case "expression": return takeExpression(given, rule, index);
		case "repeated": return measureRepeated(given, rule, index);
		case "conflicts": return measureConflicts(given, rule, index);
		case "overlap": return measureOverlap(given, rule, index);
		case "association": return measureLabel(given, rule);
	}
}
const unmeasured = (name, because) => ({
	kind: "done",
	measured: {
		kind: "unmeasured",
		name,
		because
	}
});
const absent = (name, column) => unmeasured(name, `the column "${column}" is not in every file`);
function takeCells({ table, counts }, rule, index) {
	const column = findEverywhere(table, rule.check.column);
	const count = counts.get(ruleKey(index));
	if (column === null || count === void 0) return absent(rule.name, rule.check.column);
	return toCounted(rule.name, index, count, [column], [], null);
}
function takeExpression({ table, counts }, rule, index) {
	const fault = toRowFault(rule.expression, rule.columns, table);
	const count = counts.get(ruleKey(index));
	if (fault === null || count === void 0) {
		const missing = rule.columns.find((name) => findEverywhere(table, name) === null);
		return absent(rule.name, missing ?? "");
	}
	return toCounted(rule.name, index, count, fault.columns, fault.sql, null);
}
function toCounted(name, index, count, columns, rows, cells) {
	return {
		kind: "counted",
		name,
		broken: {
			key: ruleKey(index),
			count,
			columns,
			rows,
			cells
		}
	};
}
const toRows = (name, index, columns, { count, first }) => toCounted(name, index, count, columns, first, null);
/** Columns that some file has; the others are empty in every row. */
function findPresent(table, names) {
	return names.flatMap((name) => table.columns.find(({ check }) => check.column === name) ?? []);
}
async function measureRepeated(given, rule, index) {
	const { ask, plan, table, copy } = given;
	const missing = rule.columns.find((name) => findEverywhere(table, name) === null);
	if (rule.nulls === "skip" && missing !== void 0) return absent(rule.name, missing);
	const columns = findPresent(table, rule.columns);
	if (columns.length === 0) return unmeasured(rule.name, "none of its columns is in the data");
	const most = countExampleRows(plan.examples);
	const from = table.sources.length === 1 && findPresent(copy, rule.columns).length === columns.length ? copy : table;
	const keys = findPresent(from, rule.columns).map((column) => ({
		...column,
		isReadable: isReadable(given, column)
	}));
	const [key] = keys;
	const rows = keys.length === 1 && key?.isReadable === true && rule.nulls === "skip" && isCloseTogether(given, key) && key !== void 0 ? await findRepeatedNumbers(ask, from, key, most) : await findRepeated(ask, from, keys, rule.nulls, most);
	return toRows(rule.name, index, columns, rows);
}
function isReadable({ columns }, { at }) {
	return columns.find(({ column }) => column.at === at)?.unreadable === 0;
}
/** How many numbers may lie between the ends of a column for each of its rows. */
const mostGaps = 16n;
/** True for a column of many whole numbers between ends that are not far apart. */
function isCloseTogether({ columns }, { at, check }) {
	const values = columns.find(({ column }) => column.at === at)?.values;
	if (check.type !== "integer" || values?.kind !== "reduced") return false;
	const { min, max } = values.reduced.statistics;
	if (min === null || max === null) return false;
	return BigInt(max) - BigInt(min) < mostGaps * BigInt(values.reduced.count);
}
async function measureConflicts(given, rule, index) {
	const { ask, table, plan } = given;
	const label = findEverywhere(table, rule.label);
	if (label === null) return absent(rule.name, rule.label);
	const features = findPresent(table, rule.features);
	if (features.length === 0) return unmeasured(rule.name, "none of its features is in the data");
	const most = countExampleRows(plan.examples);
	const rows = await findConflicts(ask, table, label, features, most);
	return toRows(rule.name, index, [label, ...features], rows);
}
async function measureOverlap(given, rule, index) {
	const { ask, table, plan, others } = given;
	const other = others.get(rule.other);
	if (other === void 0) return unmeasured(rule.name, "the table to compare with was not given");
	if (typeof other === "string") return unmeasured(rule.name, other);
	const pairs = plan.columns.flatMap((check, at) => {
		if (!rule.columns.includes(check.column)) return [];
		const [own] = findPresent(table, [check.column]);
		const [theirs] = findPresent(other, [check.column]);
		if (own === void 0 && theirs === void 0) return [];
		const none = {
			check,
			at,
			physical: "CSV",
			everywhere: false
		};
		return [[own ?? none, theirs ?? none]];
	});
	if (pairs.every(([own, theirs]) => !table.columns.includes(own) || !other.columns.includes(theirs))) return unmeasured(rule.name, "the two tables have none of its columns in common");
	const [own, theirs] = [pairs.map(([left]) => left), pairs.map(([, right]) => right)];
	const most = countExampleRows(plan.examples);
	const rows = await findOverlap(ask, table, own, other, theirs, most);
	return toRows(rule.name, index, own.filter((column) => table.columns.includes(column)), rows);
}
async function measureLabel({ ask, table }, rule) {
	const label = findEverywhere(table, rule.label);
	if (label === null) return absent(rule.name, rule.label);
	const features = rule.features.flatMap((name) => findEverywhere(table, name) ?? []);
	return {
		kind: "done",
		measured: await measureAssociation(ask, table, rule.name, label, features)
	};
}

// adapters/engine/cell-groups.ts
/** How a batch of columns is best counted by value. */
function planGroups(table, columns) {
	return isAlike(table, columns) ? makeList(table, columns) : makeSets(table, columns);
}
/** The mark that the engine gives to groups of one column out of all: a zero where it is grouped. */
function toMark(at, all) {
	return (1n << BigInt(all)) - 1n - (1n << BigInt(all - 1 - at));
}
function makeSets(table, columns) {
	const names = [...hasFiles(table, columns) ? ["f"] : [], ...columns.map(({ at }) => `k${at}`)];
	const sets = names.map((name) => `(${name})`).join(", ");
	const list = names.join(", ");
	const groupOf = (name, cells) => `SELECT n${cells} FROM cell_groups WHERE g = ${toMark(names.indexOf(name), names.length)}`;
	return {
		create: `CREATE OR REPLACE TEMP TABLE cell_groups AS SELECT ${list}, count(*) AS n, grouping(${list}) AS g FROM (${writeCells(table, columns)}) GROUP BY GROUPING SETS (${sets})`,
		isList: false,
		ofColumns: (wanted) => wanted.map(({ at }) => groupOf(`k${at}`, `, ${at} AS c, k${at} AS k0`)).join(" UNION ALL "),
		ofFiles: groupOf("f", ", f")
	};
}
/** Of a wide table every set of groups costs more than its few rows: then cells are grouped as one list of all columns. */
function isAlike(table, columns) {
	const [physical, ...more] = new Set(columns.map((column) => column.physical));
	return table.columns.length > 256 && physical === "CSV" && more.length === 0;
}
const fileMark = -1;
function makeList(table, columns) {
	const ats = columns.map(({ at }) => at);
	const isMarked = hasFiles(table, columns);
	return {
		create: `CREATE OR REPLACE TEMP TABLE cell_groups AS SELECT c, k, count(*) AS n FROM (${`SELECT unnest([${[...isMarked ? [fileMark] : [], ...ats].join(", ")}]) AS c, unnest([${[...isMarked ? ["CAST(f AS VARCHAR)"] : [], ...ats.map((at) => `k${at}`)].join(", ")}]) AS k FROM (${writeCells(table, columns)})`}) GROUP BY c, k`,
		isList: true,
		ofColumns: (wanted) => `SELECT n, c, k AS k0 FROM cell_groups WHERE c IN (${wanted.map(({ at }) => at).join(", ")})`,
		ofFiles: `SELECT n, k AS f FROM cell_groups WHERE c = ${fileMark}`
	};
}
const hasFiles = (table, columns) => table.sources.length > 1 || columns.length === 0;
/** Rows of each file. */
async function readFileRows(ask, table, columns, groups) {
	const [first] = columns;
	if (!hasFiles(table, columns) && first !== void 0) {
		const [cells = []] = await ask(`SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM (${groups.ofColumns([first])})`);
		return [toCount(cells[0])];
	}
	const found = await ask(`SELECT f, n FROM (${groups.ofFiles})`);
	const rows = new Map(found.map(([file, count]) => [Number(file), toCount(count)]));
	return table.sources.map((_, file) => rows.get(file) ?? 0);
}

// adapters/engine/value-counts.ts
const empty = 0;
const unreadable = 1;
const readable = 2;
/**
* Counts columns value by value, in one pass over the files: each different cell is then read, checked and added up once.
* @param columns at most `batchColumns`
*/
async function countValues(ask, table, columns, faults) {
	const groups = planGroups(table, columns);
	await ask(groups.create);
	const rows = await readFileRows(ask, table, columns, groups);
	if (columns.length === 0) return {
		columns: [],
		rows
	};
	const faultsOf = new Map(columns.map((column) => [column, []]));
	for (const fault of faults) faultsOf.get(fault.column)?.push(fault);
	await ask(writeStates(columns, faultsOf, groups));
	const states = await ask("SELECT c, s, b, CAST(sum(n) AS BIGINT) FROM counted_cells GROUP BY ALL");
	await ask(`CREATE OR REPLACE TEMP TABLE counted_values AS SELECT c, v, CAST(sum(n) AS BIGINT) AS n FROM counted_cells WHERE s = ${readable} GROUP BY c, v`);
	await ask("DROP TABLE counted_cells");
	const values = await readValues(ask, columns);
	return {
		rows,
		columns: columns.map((column) => {
			const own = states.filter(([at]) => at === column.at);
			return {
				column,
				nulls: addUp(own, (state) => state === empty),
				unreadable: addUp(own, (state) => state === unreadable),
				faults: readFaults(own, faultsOf.get(column) ?? []),
				values: values.get(column.at) ?? {
					kind: "all",
					values: []
				}
			};
		})
	};
}
/** Different cells, read: `c` the column, `s` the state, `v` the value as text, `b` a bit for each fault, `n` the rows. */
function writeStates(columns, faultsOf, groups) {
	return `CREATE OR REPLACE TEMP TABLE counted_cells AS ${groupAlike(columns, faultsOf, groups).map((alike) => {
		const [first] = alike;
		if (first === void 0) return "";
		const bits = (faultsOf.get(first) ?? []).map(({ sqlAt }, bit) => `CASE WHEN ${sqlAt(0)} THEN CAST(${1n << BigInt(bit)} AS HUGEINT) ELSE 0 END`);
		const state = `CASE WHEN NOT p0 THEN ${empty} WHEN v0 IS NULL THEN ${unreadable} ELSE ${readable} END`;
		const read = `SELECT n, c${writeReadings([{
			...first,
			at: 0
		}])} FROM (${groups.ofColumns(alike)})`;
		return `SELECT c, ${state} AS s, ${writeExact(first.check.type, "v0")} AS v, CAST(${["0", ...bits].join(" + ")} AS HUGEINT) AS b, n FROM (${read})`;
	}).join(" UNION ALL ")}`;
}
/** Columns that are read and checked in the same way: a wide table has few kinds of columns. */
function groupAlike(columns, faultsOf, { isList }) {
	if (!isList) return columns.map((column) => [column]);
	const kinds = /* @__PURE__ */ new Map();
	for (const column of columns) {
		const { check, physical } = column;
		const checks = (faultsOf.get(column) ?? []).map(({ sqlAt }) => sqlAt(0));
		const kind = JSON.stringify([
			check.type,
			physical,
			checks
		]);
		const own = kinds.get(kind);
		if (own === void 0) kinds.set(kind, [column]);
		else own.push(column);
	}
	return [...kinds.values()];
}
function addUp(rows, isWanted) {
	return rows.reduce((sum, [, state, bits, count]) => isWanted(Number(state), BigInt(String(bits))) ? sum + toCount(count) : sum, 0);
}
function readFaults(rows, faults) {
	return new Map(faults.map(({ key }, bit) => [key, addUp(rows, (_, bits) => (bits & 1n << BigInt(bit)) !== 0n)]));
}
async function readValues(ask, columns) {
	const sizes = await ask("SELECT c, count(*), sum(length(v)) FROM counted_values GROUP BY c");
	const sizeOf = new Map(sizes.map(([at, count, characters]) => [Number(at), {
		count: toCount(count),
		characters: toCount(characters)
	}]));
	const isSmall = ({ at, check }) => {
		const size = sizeOf.get(at) ?? {
			count: 0,
			characters: 0
		};
		return size.count <= 1e4 && (check.type !== "text" || size.characters <= 1e6);
	};
	const small = columns.filter(isSmall);
	const values = /* @__PURE__ */ new Map();
	if (small.length > 0) {
		const lists = new Map(small.map(({ at }) => [at, []]));
		const list = small.map(({ at }) => at).join(", ");
		for (const [at, value, count] of await ask(`SELECT c, v, n FROM counted_values WHERE c IN (${list})`)) lists.get(Number(at))?.push([String(value), toCount(count)]);
		for (const [at, counted] of lists) values.set(at, {
			kind: "all",
			values: counted
		});
	}
	for (const column of columns) {
		if (isSmall(column)) continue;
		const distinct = sizeOf.get(column.at)?.count ?? null;
		values.set(column.at, {
			kind: "reduced",
			reduced: await reduceValues(ask, column),
			distinct
		});
	}
	return values;
}
async function reduceValues(ask, { at, check }) {
	const { type } = check;
	const relation = `(SELECT ${writeFromExact(type, "v")} AS v, n FROM counted_values WHERE c = ${at})`;
	const [aggregates = []] = await ask(`SELECT ${writeAggregates(type, "v", "n").join(", ")} FROM ${relation}`);
	if (!hasKeys(type)) return readReduced(type, aggregates, []);
	const { key, fraction } = writeKeyed(type, "v");
	const keyed = `(SELECT ${key} AS b, ${fraction} AS x, n FROM ${relation})`;
	const keys = (await ask(`SELECT b, ${writeKeyCounts("n", type === "number")} FROM ${keyed} GROUP BY b`)).map(([b, count, ...sums]) => [[Number(b), toCount(count)], ...sums]);
	return readReduced(type, aggregates, keys);
}

// adapters/engine/measure.ts
/** Below this size counting value by value is cheap whatever the values are. */
const smallBytes = 8 * 2 ** 20;
/** Measures everything that a plan asks of files that can be read. */
async function measureTable(work) {
	const { ask, plan } = work;
	const faults = listFaults(plan, work.table);
	const counted = await countColumns(work, faults, listRowFaults(plan, work.table));
	const table = withRows(work.table, counted.rows);
	const outcomes = [];
	for (const [index, rule] of plan.rules.entries()) {
		outcomes.push(await measureRule({
			...work,
			table,
			counts: counted.counts,
			copy: counted.copy,
			columns: counted.columns
		}, rule, index));
		work.meter.endPass();
	}
	const broken = listBroken(faults, counted.counts, outcomes);
	const tallies = await readTallies(ask, table, broken, plan.examples);
	const columns = [];
	for (const count of counted.columns) {
		const profile = await profileColumn(work, count, outcomes);
		columns.push({
			profile,
			measured: toMeasuredColumn(count, profile, tallies)
		});
	}
	return {
		rowsOfFiles: counted.rows,
		columns: columns.map(({ measured }) => measured),
		rules: outcomes.map((outcome) => toMeasuredRule(outcome, tallies)),
		profile: {
			v: 1,
			rows: counted.rows.reduce((sum, rows) => sum + rows, 0),
			columns: columns.map(({ profile }) => profile)
		}
	};
}
async function countColumns(work, faults, rowFaults) {
	const { ask, table, meter } = work;
	const columns = table.columns.filter(({ everywhere }) => everywhere);
	const many = await findMany(work, columns);
	const few = columns.filter((column) => !many.has(column));
	const batches = few.length === 0 ? [[]] : cutColumns(table, few, sizeBatch(few.length));
	const manyColumns = columns.filter((column) => many.has(column));
	const manyBatches = cutBatches(manyColumns);
	meter.expectPasses(batches.length + 2 * manyBatches.length + work.plan.rules.length + 1);
	const counted = [];
	let rows = [];
	for (const batch of batches) {
		const found = await countValues(ask, table, batch, faults);
		rows = found.rows;
		counted.push(...found.columns);
		meter.setRows(rows.reduce((sum, count) => sum + count, 0));
		meter.endPass();
	}
	const copy = manyBatches.length === 1 ? await copyColumns(ask, table, manyColumns, work.bytes) : table;
	for (const batch of manyBatches) {
		const found = await addRows(ask, copy, findAll(copy, batch), faults);
		counted.push(...found);
		meter.endPass();
	}
	const counts = new Map(await countRowFaults(ask, table, rowFaults));
	for (const { faults: own } of counted) for (const [key, count] of own) counts.set(key, count);
	counted.sort((a, b) => a.column.at - b.column.at);
	return {
		columns: counted,
		rows,
		counts,
		copy
	};
}
/** The same columns in a copy of the table. */
function findAll(table, columns) {
	return columns.map((column) => table.columns.find(({ at }) => at === column.at) ?? column);
}
async function findMany(work, columns) {
	const many = /* @__PURE__ */ new Set();
	if (work.bytes < smallBytes || !canHaveMany(work.table, work.bytes)) return many;
	for (const batch of cutColumns(work.table, columns)) for (const column of await findManyValued(work.ask, work.table, batch)) many.add(column);
	return many;
}
/** The profile of a column, with its exact number of values where the plan asks for it. */
async function profileColumn({ ask, plan, table }, count, outcomes) {
	const { values, column } = count;
	const isWanted = plan.distinct.includes(column.check.column);
	if (values.kind === "all" || !isWanted) return toColumnProfile(count, null);
	const known = values.distinct ?? findDistinct(plan, count, outcomes);
	const everywhere = table.columns.find(({ at }) => at === column.at) ?? column;
	return toColumnProfile(count, known ?? await countDistinct(ask, table, everywhere));
}
/** A rule on the column alone has counted its values already: all cells but those that repeat an earlier one. */
function findDistinct(plan, count, outcomes) {
	if (count.unreadable > 0 || count.values.kind === "all") return null;
	const name = count.column.check.column;
	const outcome = outcomes[plan.rules.findIndex((rule) => rule.kind === "repeated" && rule.nulls === "skip" && rule.columns.length === 1 && rule.columns[0] === name)];
	return outcome?.kind === "counted" ? count.values.reduced.count - outcome.broken.count : null;
}
function listBroken(faults, counts, outcomes) {
	const ofRules = new Map(outcomes.flatMap((outcome) => outcome.kind === "counted" ? [[outcome.broken.key, outcome.broken]] : []));
	const ofCells = faults.map(({ key, column, sql, showsCells }) => {
		const cells = showsCells ? column : null;
		return {
			key,
			count: counts.get(key) ?? 0,
			columns: [column],
			rows: sql,
			cells
		};
	});
	const keys = new Set(ofCells.map(({ key }) => key));
	return [...ofCells, ...[...ofRules.values()].filter(({ key }) => !keys.has(key))].filter(({ count }) => count > 0);
}
function toMeasuredRule(outcome, tallies) {
	if (outcome.kind === "done") return outcome.measured;
	const { name, broken } = outcome;
	return {
		kind: "tally",
		name,
		tally: tallies.get(broken.key) ?? {
			...noTally,
			count: broken.count
		}
	};
}

// adapters/engine/progress.ts
const beatMs = 1e3;
/** What work over a table has come to; only an estimate, no number of the verdict comes from it. */
var ProgressMeter = class {
	#tell;
	#readFraction;
	#started = performance.now();
	#timer = null;
	#bytes = 0;
	#totalBytes = 0;
	#passes = 1;
	#done = 0;
	#rows = null;
	/** @param readFraction how far the engine is in its present statement, 0 to 1 */
	constructor(tell, readFraction) {
		this.#tell = tell;
		this.#readFraction = readFraction;
	}
	start() {
		if (this.#tell === void 0) return;
		this.#timer = setInterval(() => this.#beat(), beatMs);
		this.#timer.unref();
	}
	stop() {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
	}
	/** Bytes of text files that will be read for proof. */
	expectBytes(bytes) {
		this.#totalBytes += bytes;
	}
	addBytes(bytes) {
		this.#bytes += bytes;
	}
	setRows(rows) {
		this.#rows = rows;
	}
	/** Passes of the engine over the files that are still to come. */
	expectPasses(count) {
		this.#passes = this.#done + Math.max(1, count);
	}
	endPass() {
		this.#done += 1;
	}
	#beat() {
		const seconds = (performance.now() - this.#started) / 1e3;
		const read = this.#totalBytes === 0 ? 1 : Math.min(1, this.#bytes / this.#totalBytes);
		const engine = Math.min(1, (this.#done + this.#readFraction()) / Math.max(this.#passes, this.#done + 1));
		const weight = this.#totalBytes === 0 ? 0 : 1 / (this.#passes + 1);
		const fraction = Math.max(0, weight * read + (1 - weight) * engine);
		const rows = this.#rows === null ? 0 : Math.floor(fraction * this.#rows);
		this.#tell?.({
			rows,
			totalRows: this.#rows,
			rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0,
			secondsLeft: fraction > .01 ? Math.round(seconds * (1 - fraction) / fraction) : null
		});
	}
};

// adapters/engine/profile-files.ts
/** Tables that one measurement leaves behind in the engine. */
const scratchTables = [
	"cell_groups",
	"counted_cells",
	"counted_values",
	"read_cells",
	"repeated_keys",
	"conflicting_keys",
	"other_keys",
	"label_pairs"
];
/**
* Measures files as one table. What cannot be read is a problem of its file, not an exception.
* @throws ServiceError ENGINE_FAILED when the engine itself failed
*/
async function profileFiles(session, plan, files, options) {
	const meter = new ProgressMeter(options.onProgress, session.readFraction);
	const unpacked = [];
	const opening = {
		ask: session.ask,
		workdir: session.workdir,
		onBytes: (bytes) => meter.addBytes(bytes),
		unpacked,
		isReadByColumns: true
	};
	meter.start();
	try {
		return await profileOpened({
			session,
			plan,
			meter,
			opening,
			isStopped: false
		}, await openAll(opening, files), options);
	} finally {
		meter.stop();
		for (const name of scratchTables) await session.ask(`DROP TABLE IF EXISTS ${name}`).catch(() => []);
		for (const local of unpacked) await rm(local, { force: true });
	}
}
async function openAll(opening, files) {
	const opened = [];
	for (const file of files) opened.push(await openSource(opening, file));
	return opened;
}
async function profileOpened(job, opened, options) {
	const sources = opened.flatMap(({ source }) => source ?? []);
	const problems = opened.flatMap(({ problem }) => problem ?? []);
	const files = opened.map(({ file }) => file);
	if (problems.length > 0 || sources.length === 0) {
		for (const { proof } of opened) proof?.close();
		return {
			...nothing,
			files,
			problems
		};
	}
	const others = await openOthers({
		...job.opening,
		isReadByColumns: false
	}, options);
	const proven = proveAll(job, opened);
	const measuring = measure(job, sources, others).then((value) => ({ value }), (cause) => ({ cause }));
	const [proof, measured] = await Promise.all([proven, measuring]);
	if (proof.problems.length > 0) return {
		...nothing,
		files: proof.files,
		problems: proof.problems
	};
	if ("cause" in measured) return {
		...nothing,
		files: proof.files,
		problems: [describeEngineError(measured.cause, sources)]
	};
	return toMeasured(proof.files, measured.value);
}
const nothing = {
	rows: null,
	columns: [],
	rules: [],
	profile: null
};
async function measure(job, sources, others) {
	const { plan, meter, session } = job;
	const ask = (sql) => {
		if (job.isStopped) throw new Error("stopped: a file is no table");
		return session.ask(sql);
	};
	const bytes = (await Promise.all(sources.map(async ({ local }) => (await stat(local)).size))).reduce((sum, size) => sum + size, 0);
	const tables = new Map([...others].map(([name, opened]) => [name, toOther(plan, opened)]));
	return measureTable({
		ask,
		plan,
		table: joinSources(plan, sources),
		others: tables,
		meter,
		bytes
	});
}
function toOther(plan, opened) {
	if (typeof opened === "string") return opened;
	return joinSources(plan, opened.flatMap(({ source }) => source ?? []));
}
/** Tables to compare with; what cannot be read says so instead. */
async function openOthers(opening, options) {
	const others = /* @__PURE__ */ new Map();
	for (const [name, files] of options.others ?? []) {
		const opened = await openAll(opening, files);
		let because = opened.length === 0 ? "the table to compare with has no file" : null;
		for (const { problem, proof, file } of opened) {
			const found = problem ?? (proof === null ? null : toProblem(file, await proof.readRest()));
			if (found !== null) because ??= `the table to compare with cannot be read: ${found.path}: ${found.because}`;
		}
		others.set(name, because ?? opened);
	}
	return others;
}
async function proveAll(job, opened) {
	const files = [];
	const problems = [];
	for (const { source, proof } of opened) if (source !== null && proof !== null) job.meter.expectBytes((await stat(source.local)).size);
	for (const { file, proof } of opened) {
		const result = proof === null ? null : await proof.readRest();
		const problem = result === null ? null : toProblem(file, result);
		if (problem !== null) problems.push(problem);
		files.push(result === null ? file : {
			...file,
			rows: problem === null ? result.rows : null
		});
	}
	if (problems.length > 0) {
		job.isStopped = true;
		job.session.interrupt();
	}
	return {
		files,
		problems
	};
}
function toMeasured(files, found) {
	const problems = files.flatMap((file, at) => compareRows(file, found.rowsOfFiles[at]));
	if (problems.length > 0) return {
		...nothing,
		files,
		problems
	};
	const rows = found.rowsOfFiles.reduce((sum, count) => sum + count, 0);
	const { columns, rules, profile } = found;
	return {
		files,
		problems,
		rows,
		columns,
		rules,
		profile
	};
}
/** Two readers count the rows of every file; should they ever disagree, nobody is believed. */
function compareRows(file, rows) {
	if (file.rows === rows) return [];
	const because = `two readers count ${file.rows} and ${rows} rows in it`;
	return [{
		path: file.path,
		line: null,
		because
	}];
}

// adapters/engine/duckdb.ts
/** With it the whole process stays below 1 GiB at any number of rows: the engine holds some more than it counts. */
const defaultMemoryMiB = 576;
/**
* Opens DuckDB in memory. Extensions, the network and further settings are off.
* @throws ServiceError ENGINE_MISSING when its native part cannot be loaded
*/
async function openDuckDb(settings) {
	await mkdir(settings.workdir, { recursive: true });
	const { api, instance } = await start(settings);
	const connection = await instance.connect();
	const ask = async (sql) => {
		return (await connection.runAndReadAll(sql)).getRowsJson();
	};
	await ask(`SET TimeZone = 'UTC'`);
	await ask("SET enable_progress_bar = true");
	await ask("SET enable_progress_bar_print = false");
	await ask("SET lock_configuration = true");
	const session = {
		ask,
		workdir: settings.workdir,
		interrupt: () => connection.interrupt(),
		readFraction: () => Math.min(1, Math.max(0, connection.progress.percentage / 100))
	};
	return {
		version: `duckdb ${api.version().replace(/^v/, "")}`,
		profile: (plan, files, options = {}) => profileFiles(session, plan, files, options),
		writeKeys: (plan, files, target) => writeKeysOf(session, plan, files, target),
		compareKeys: (questions, files, most) => compareKeys(ask, questions, files, most).catch((cause) => {
			throw failed(cause);
		}),
		close: () => close(connection, instance)
	};
}
async function start(settings) {
	try {
		const api = await import("./shared-lib.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
		return {
			api,
			instance: await api.DuckDBInstance.create(":memory:", {
				memory_limit: `${settings.memoryMiB ?? defaultMemoryMiB}MiB`,
				temp_directory: settings.workdir,
				autoinstall_known_extensions: "false",
				autoload_known_extensions: "false",
				...settings.threads === void 0 ? {} : { threads: String(settings.threads) }
			})
		};
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new ServiceError("ENGINE_MISSING", `The data engine could not be started: ${why}`, {
			hint: "Give the input engine-path a folder with duckdb.node and its library, or allow the download (offline: false).",
			cause
		});
	}
}
function close(connection, instance) {
	connection.closeSync();
	instance.closeSync();
}

// adapters/engine/engine-pin.ts
init_engine_folder();
const enginePin = {
	version: "1.5.5-r.5",
	platforms: {
		"darwin-arm64": "sha512-WJdeLTFy4pRg60rkbp9smtlP1iIQ8ErtIJkxS+2LQtM1ZZMSByyW+3WPpNoKe7IwPtVl2fLlPw7tDmQW4Z974g==",
		"darwin-x64": "sha512-rN0KjX13MwVQ5V5ufykolty/tf4SaafOpGWcUA1Cegf98jPeRdsJsEE1IMXn8n3u6WvMSZEVJmHJ3ma4Hr7Vzg==",
		"linux-arm64": "sha512-CafH2AIvXtpwDynG3KB/4uEOHRGlFoB7auCRMIwH3BKNIobsANV5LSpDJ3tfyRCFIsK6e8AT1eseWVnu2Dv3cw==",
		"linux-arm64-musl": "sha512-00z3mYHUBAucp3L73EoftKDdaGOaV8ENELejiT+PK7dFjTzdXxqhJwZ1LaQV1/zEhIecz+x23f6WvFhWw+7XXQ==",
		"linux-x64": "sha512-kCyq6BXhn6QXfwF8yVdVKriSSHP+rfVWcJ56cG8qZzlOZpxyvT5WGm6jMshxg4ditLlOsHsIN/D47RYrcjXuHQ==",
		"linux-x64-musl": "sha512-S5qEc7F+GjXt85T2xArjjvN5oc/IjtH6zsLJsuo8N3fQolheBCefemIMdZoK2Jik8a0sBxidiS6Ld4qprMPPDw==",
		"win32-arm64": "sha512-L3Mroc23xhqOowWVElni8LgEmsm5e9DdG1y2pLka/1ug3Pl2vpQMl1Phxwz4UEMF8DOBbMgN5BBNrYwG2BFo+g==",
		"win32-x64": "sha512-mBGFn8netT/AAhK4TOG6Fw47+Db68CxCVtQ9qfxZc1kZAjds+aYrh17Fd/u5CbTDdxILsrcyuF8q9cUcm54kQA=="
	}
};

// adapters/engine/npm-registry.ts
/** npm starts in under a second; a runner that needs longer has another fault. */
const timeLimitMs = 2e4;
/**
* The registry that npm is set up with on this machine: organisations point it at their mirror.
* Asked outside the workspace, so that a `.npmrc` of a pull request says nothing here.
* @returns the address, or why there is none in one clause
* @see `npm help config`, setting `registry`
*/
function askNpmRegistry(program = "npm", limitMs = timeLimitMs) {
	const shell = process$1.platform === "win32";
	const options = {
		cwd: tmpdir(),
		timeout: limitMs,
		killSignal: "SIGKILL",
		shell
	};
	return new Promise((resolve) => {
		execFile(program, [
			"config",
			"get",
			"registry"
		], options, (error, stdout) => {
			if (error?.killed) resolve({ why: `npm did not answer within ${limitMs / 1e3} s` });
			else if (error) resolve({ why: "npm, which knows the registry, is not on this runner or failed" });
			else resolve(readAddress(stdout.trim()));
		});
	});
}
function readAddress(text) {
	const { protocol } = URL.parse(text) ?? {};
	if (protocol === "https:" || protocol === "http:") return { address: text };
	return { why: "npm names no registry (npm config get registry)" };
}

// adapters/engine/tarball.ts
/** An engine package unpacks to about 75 MB: far more is no engine. */
const maxUnpackedBytes = 5e8;
const block = 512;
/**
* Reads the regular files of a gzipped tar archive whose digest was already verified.
* @returns base name -> content; folders, links and extended headers are passed over
* @throws RangeError when the archive is cut off or far too big
*/
function readTarball(bytes) {
	const tar = gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes });
	const files = /* @__PURE__ */ new Map();
	let at = 0;
	while (at + block <= tar.length && tar[at] !== 0) {
		const name = readField(tar, at, 100);
		const size = Number.parseInt(readField(tar, at + 124, 12), 8);
		const isFile = tar[at + 156] === 48 || tar[at + 156] === 0;
		const end = at + block + size;
		if (!Number.isSafeInteger(size) || end > tar.length) throw new RangeError("the archive is cut off");
		if (isFile) files.set(name.slice(name.lastIndexOf("/") + 1), tar.subarray(at + block, end));
		at = at + block + Math.ceil(size / block) * block;
	}
	return files;
}
function readField(tar, at, length) {
	const field = tar.subarray(at, at + length);
	const end = field.indexOf(0);
	return field.toString("latin1", 0, end < 0 ? length : end).trim();
}

// adapters/engine/locate.ts
const binding = "duckdb.node";
const nativeFiles = /* @__PURE__ */ new Set([
	binding,
	"libduckdb.so",
	"libduckdb.dylib",
	"duckdb.dll"
]);
/**
* Finds the engine: the input, the checkout's own node_modules, the runner's tool cache, the pinned package.
* @param pin version and SHA-512 compiled in from the lock file; another one in tests
* @param askRegistry who is asked for a registry when the input names none
* @throws ServiceError ENGINE_MISSING with what was tried; the verdict is then "not evaluated"
*/
async function locateEngine(search, pin = enginePin, platform = describePlatform(), askRegistry = askNpmRegistry) {
	if (search.path !== "") return locateGiven(search.path);
	const installed = pin === enginePin ? findInstalled(platform) : null;
	if (installed !== null) return {
		folder: installed,
		from: "node_modules"
	};
	const cached = search.toolCache === null ? null : toolCacheFolder(search.toolCache, platform, pin);
	if (cached !== null && existsSync(join(cached, binding))) return {
		folder: cached,
		from: "tool cache"
	};
	if (search.offline) throw refuse("offline is true and the tool cache does not hold it", pin, platform, search);
	const target = cached ?? join(await mkdtemp(join(tmpdir(), "gatehouse-engine-")), "engine");
	const wanted = {
		search,
		pin,
		platform
	};
	const integrity = integrityOf(wanted);
	await download(wanted, await registryOf(wanted, askRegistry), integrity, target);
	return {
		folder: target,
		from: "download"
	};
}
/** `linux-x64`, `linux-x64-musl`, `darwin-arm64`, ...: the ending of the engine's package name. */
function describePlatform() {
	const name = `${process$1.platform}-${process$1.arch}`;
	if (process$1.platform !== "linux") return name;
	return process$1.report.getReport().header?.glibcVersionRuntime === void 0 ? `${name}-musl` : name;
}
function locateGiven(folder) {
	if (existsSync(join(folder, binding))) return {
		folder,
		from: "engine-path"
	};
	throw new ServiceError("ENGINE_MISSING", `The engine-path ${folder} holds no ${binding}`, { hint: `Give the folder in which ${binding} and its library lie, or leave engine-path out.` });
}
/** Only sources find node_modules; a bundle must never depend on what lies beside it. */
function findInstalled(platform) {
	if (!import.meta.url.endsWith(".ts")) return null;
	try {
		const require = createRequire(import.meta.url);
		return dirname(require.resolve(`@duckdb/node-bindings-${platform}/${binding}`));
	} catch {
		return null;
	}
}
/** The folder of the engine in a tool cache, laid out as the runner's own tools are: tool, version, architecture. */
function toolCacheFolder(toolCache, platform, pin = enginePin) {
	return join(toolCache, "gatehouse-duckdb", pin.version, platform.slice(platform.indexOf("-") + 1));
}
function integrityOf({ search, pin, platform }) {
	const integrity = Object.hasOwn(pin.platforms, platform) ? pin.platforms[platform] : void 0;
	if (integrity !== void 0) return integrity;
	throw refuse("there is no package for this platform", pin, platform, search);
}
async function registryOf({ search, pin, platform }, askRegistry) {
	if (search.registry !== "") return search.registry;
	const answer = await askRegistry();
	if ("address" in answer) return answer.address;
	throw refuse(`engine-registry is empty, and ${answer.why}`, pin, platform, search);
}
async function download({ search, pin, platform }, registry, integrity, target) {
	const name = `node-bindings-${platform}`;
	const url = `${registry.replace(/\/+$/, "")}/@duckdb/${name}/-/${name}-${pin.version}.tgz`;
	const bytes = await fetchBytes(url, (why, cause) => refuse(why, pin, platform, search, cause));
	if (`sha512-${createHash("sha512").update(bytes).digest("base64")}` !== integrity) throw refuse(`${url} is not the pinned package (its SHA-512 differs)`, pin, platform, search);
	await unpack(bytes, target);
}
async function fetchBytes(url, fail) {
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(12e4) });
		if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
		return Buffer.from(await answer.arrayBuffer());
	} catch (cause) {
		throw fail(`${url} could not be read (${cause instanceof Error ? cause.message : cause})`, cause);
	}
}
/** Complete or not at all: two jobs of one runner may do this at the same time. */
async function unpack(bytes, target) {
	const draft = `${target}.${randomUUID()}`;
	await mkdir(draft, { recursive: true });
	for (const [name, content] of readTarball(bytes)) if (nativeFiles.has(name)) await writeFile(join(draft, name), content);
	try {
		await rename(draft, target);
	} catch (error) {
		await rm(draft, { recursive: true });
		if (!existsSync(join(target, binding))) throw error;
	}
}
function refuse(why, pin, platform, search, cause) {
	const folder = toolCacheFolder(search.toolCache ?? "RUNNER_TOOL_CACHE", platform, pin);
	return new ServiceError("ENGINE_MISSING", `The data engine ${pin.version} for ${platform} is missing: ${why}`, {
		hint: `Unpack @duckdb/node-bindings-${platform}@${pin.version} into ${folder}, name a folder by engine-path, or set engine-registry to a registry that the runner reaches.`,
		cause
	});
}

// adapters/engine/open.ts
init_native_shim();
/**
* Finds the data engine and starts it.
* @throws ServiceError ENGINE_MISSING when it is nowhere or cannot be loaded
*/
async function openEngine(search, settings) {
	const { folder, from } = await locateEngine(search);
	setEngineFolder(folder);
	if (from !== "node_modules" && import.meta.url.endsWith(".ts")) replaceInstalled();
	return openDuckDb(settings);
}
/** Sources load the API from node_modules, whose own native part must then give way to the chosen one, as in a bundle. */
function replaceInstalled() {
	const require = createRequire(import.meta.url);
	const id = require.resolve("@duckdb/node-bindings");
	const stand = new Module(id);
	stand.exports = native_shim_default;
	stand.loaded = true;
	require.cache[id] = stand;
}

export { CsvScan as n, openEngine as t };