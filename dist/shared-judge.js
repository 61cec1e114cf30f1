import { o as __toESM } from "./shared-rolldown-runtime.js";
import { Tt as ServiceError, et as isFailure, rt as contractPath, tt as RE2JS, wt as InputError } from "./shared-canonical.js";
import { a as setEngineFolder, i as init_engine_folder, n as native_shim_default, t as init_native_shim } from "./shared-native-shim.js";
import { Module, createRequire } from "node:module";
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import process from "node:process";
import { execFile } from "node:child_process";

// adapters/engine/problem.ts
/** The engine's own words hold the row at fault, which may be private: only these sentences are passed on. */
const sentences = [
	[/not utf-8 encoded|invalid unicode/i, "it is not UTF-8"],
	[/maximum line size/i, "a line over 2 MB"],
	[/unterminated quote/i, "a quoted cell that does not end"],
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
	if (!/^(Invalid Input|Conversion|Invalid|Serialization) Error/.test(text) && sentence === void 0) throw new ServiceError("ENGINE_FAILED", `The data engine failed: ${text.split("\n")[0]}`, {
		hint: "Run the job again; if it fails again, give the runner more memory or disk.",
		cause
	});
	const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
	return {
		path: (sources.find(({ scan }) => text.includes(readLocal(scan))) ?? sources[0])?.path ?? "",
		line: line === void 0 ? null : Number(line),
		because: sentence ?? "the engine cannot read it"
	};
}
/** The quoted local path inside a scan, as the engine repeats it. */
function readLocal(scan) {
	return /'((?:[^']|'')+)'/.exec(scan)?.[1]?.replaceAll("''", "'") ?? scan;
}

// adapters/engine/csv-scan.ts
const comma = 44;
const quote = 34;
const lf = 10;
const cr = 13;
/** A header longer than this is no header. */
const maxHeaderBytes = 1048576;
const start$1 = 0;
const plain = 1;
const quoted = 2;
const closed = 3;
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
	#state = start$1;
	#cells = 1;
	#line = 1;
	#recordLine = 1;
	#blank = true;
	#blankLine = 0;
	#newline = null;
	#head = [];
	/** Takes the next bytes of the file; stops at the first problem. */
	push(chunk) {
		if (this.problem !== null) return;
		let at = 0;
		if (this.header === null) at = this.#pushHeader(chunk);
		if (this.problem === null) this.#read(chunk, at);
	}
	/** Says that the file ends here. */
	end() {
		if (this.problem !== null) return;
		if (this.#state === returned) this.#refuse("a carriage return without a line feed");
		else if (this.#state === quoted) this.#refuse("a quoted cell that does not end", this.#recordLine);
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
			if (byte > comma && (state === plain || state === quoted)) continue;
			state = this.#step(state, byte);
			if (this.problem !== null) return;
		}
		this.#state = state;
	}
	#step(state, byte) {
		if (byte === 0) this.#refuse("a NUL byte");
		if (state === quoted) {
			if (byte === lf) this.#line += 1;
			return byte === quote ? closed : quoted;
		}
		if (byte === lf) return this.#endLine(state === returned ? "CRLF" : "LF");
		if (state === returned) this.#refuse("a carriage return without a line feed");
		if (byte === cr) return returned;
		this.#blank = false;
		if (byte === comma) {
			this.#cells += 1;
			return start$1;
		}
		if (byte === quote && state === start$1) return quoted;
		if (state !== closed) return plain;
		if (byte !== quote) this.#refuse("text after the closing quote of a cell");
		return quoted;
	}
	#endLine(newline) {
		this.#newline ??= newline;
		if (newline !== this.#newline) this.#refuse("line ends of two kinds (LF and CRLF)");
		this.#endRecord();
		this.#line += 1;
		this.#recordLine = this.#line;
		this.#blank = true;
		this.#cells = 1;
		return start$1;
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

// core/dataset/plan.ts
/** The one spelling of a time that every reader understands alike: no offset, because engines disagree on it. */
const timestampForm = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?Z?)?";
const wholeTimestamp = new RegExp(`^${timestampForm}$`);
/**
* Turns a contract into what an engine has to count.
* @throws InputError CONTRACT_RULE for a rule that could never be applied: a limit that does not fit the type, limits the
* wrong way round, an empty list of allowed values, a pattern outside RE2, two rules for one column, no column at all.
*/
function planChecks(contract) {
	const names = new Set(contract.columns.map((rule) => rule.name));
	if (names.size !== contract.columns.length || names.size === 0) throw refuse$1(contract, "", "columns", names.size === 0 ? "there is none" : "a column is named twice");
	return { columns: contract.columns.map((rule) => planColumn(contract, rule)) };
}
function planColumn(contract, rule) {
	for (const side of ["min", "max"]) {
		const limit = rule[side];
		if (limit !== void 0 && !fitsType(rule.type, limit)) throw refuse$1(contract, rule.name, side, `${JSON.stringify(limit)} is no limit for type ${rule.type}`);
	}
	if (rule.min !== void 0 && rule.max !== void 0 && !(toOrder(rule.min) <= toOrder(rule.max))) throw refuse$1(contract, rule.name, "min", "it is above max");
	if (rule.allowed?.length === 0) throw refuse$1(contract, rule.name, "allowed", "the list is empty");
	if (rule.pattern !== void 0) compilePattern(contract, rule.name, rule.pattern);
	for (const text of [
		rule.name,
		rule.pattern ?? "",
		...rule.allowed ?? []
	]) if (text.includes("\0")) throw refuse$1(contract, rule.name, "name", "it holds a NUL character");
	return {
		column: rule.name,
		type: rule.type,
		...rule.min === void 0 ? {} : { min: rule.min },
		...rule.max === void 0 ? {} : { max: rule.max },
		...rule.allowed === void 0 ? {} : { allowed: rule.allowed },
		...rule.pattern === void 0 ? {} : { pattern: rule.pattern },
		showValues: rule.privacy === "none"
	};
}
/** Times as text of one form, so that they compare in order. */
function toOrder(limit) {
	return typeof limit === "number" ? limit : limit.replace(" ", "T").replace("Z", "");
}
function fitsType(type, limit) {
	if (type === "integer" || type === "number") return typeof limit === "number" && Number.isFinite(limit);
	return type === "timestamp" && typeof limit === "string" && wholeTimestamp.test(limit);
}
function compilePattern(contract, column, pattern) {
	try {
		RE2JS.compile(pattern);
	} catch (cause) {
		throw refuse$1(contract, column, "pattern", cause instanceof Error ? cause.message : "not RE2", cause);
	}
}
function refuse$1(contract, column, rule, why, cause) {
	const where = column === "" ? "" : ` of column "${column}"`;
	return new InputError("CONTRACT_RULE", `Contract "${contract.dataset}": ${rule}${where}: ${why}`, {
		hint: "Correct the rule in the contract: a rule that cannot be applied would let every value pass.",
		where: {
			file: contractPath(contract.dataset),
			pointer: `/columns/${column}/${rule}`
		},
		cause
	});
}

// adapters/engine/sql.ts
/** Quotes text as an SQL literal. NUL cannot be written; `planChecks` and the scan refuse it before. */
function quoteText(text) {
	return `'${text.replaceAll("'", "''")}'`;
}
/** Quotes a name as an SQL identifier. */
function quoteName(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
/** A CSV file as a table of text, columns named by position: names of the proposer never reach the query. */
function readCsv(local, width) {
	const columns = Array.from({ length: width }, (_, at) => `'c${at}': 'VARCHAR'`).join(", ");
	return `read_csv(${quoteText(local)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', compression = 'none', strict_mode = true, null_padding = false, ignore_errors = false, columns = {${columns}})`;
}
/** A Parquet file as a table. */
function readParquet(local) {
	return `read_parquet(${quoteText(local)})`;
}
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
/** The value of a cell in its contract type; NULL when the cell is empty or cannot be read as that type. */
function writeValue(type, source) {
	const cell = quoteName(source.name);
	if (source.physical === "CSV") return writeCsvValue(type, cell);
	if (!holdsType(type, source.physical)) return `CAST(NULL AS ${sqlTypes[type]})`;
	if (type === "integer") return `CASE WHEN isfinite(CAST(${cell} AS DOUBLE)) AND ${cell} = trunc(${cell}) THEN TRY_CAST(${cell} AS BIGINT) END`;
	const value = `TRY_CAST(${cell} AS ${sqlTypes[type]})`;
	return type === "number" || type === "timestamp" ? `CASE WHEN isfinite(${value}) THEN ${value} END` : value;
}
function writeCsvValue(type, cell) {
	if (type === "text") return cell;
	if (type === "boolean") return `CASE lower(${cell}) WHEN 'true' THEN true WHEN '1' THEN true WHEN 'false' THEN false WHEN '0' THEN false END`;
	const value = `TRY_CAST(${type === "timestamp" ? `rtrim(${cell}, 'Z')` : cell} AS ${sqlTypes[type]})`;
	const finite = type === "number" ? ` AND isfinite(${value})` : "";
	return `CASE WHEN regexp_full_match(${cell}, ${quoteText(csvForms[type] ?? "")})${finite} THEN ${value} END`;
}
/** The condition under which a row breaks a rule; null when the plan has no such rule. Unknown counts as broken. */
function writeFault(rule, check, at) {
	if (rule === "nulls") return `NOT p${at}`;
	if (rule === "type") return `p${at} AND v${at} IS NULL`;
	const kept = writeKept(rule, check, at);
	return kept === null ? null : `v${at} IS NOT NULL AND NOT coalesce(${kept}, false)`;
}
function writeKept(rule, check, at) {
	if (rule === "range") {
		const sides = [check.min === void 0 ? [] : [`v${at} >= ${writeLimit(check.type, check.min)}`], check.max === void 0 ? [] : [`v${at} ${writeUpper(check.type, check.max)}`]].flat();
		return sides.length === 0 ? null : sides.join(" AND ");
	}
	if (rule === "allowed" && check.allowed !== void 0) return `v${at} IN (${check.allowed.map((text) => writeLimit(check.type, text)).join(", ")})`;
	if (rule === "pattern" && check.pattern !== void 0) return `regexp_full_match(t${at}, ${quoteText(check.pattern)})`;
	return null;
}
/** A date as upper limit includes the whole day. */
function writeUpper(type, max) {
	const limit = writeLimit(type, max);
	return typeof max === "string" && max.length === 10 ? `< ${limit} + INTERVAL 1 DAY` : `<= ${limit}`;
}
function writeLimit(type, limit) {
	if (typeof limit === "number") return Number.isSafeInteger(limit) ? String(limit) : `CAST(${limit} AS DOUBLE)`;
	return `TRY_CAST(${quoteText(type === "timestamp" ? limit.replace(/Z$/, "") : limit)} AS ${sqlTypes[type]})`;
}

// adapters/engine/source.ts
/** Reads a file's header and proves its shape; what cannot be read is a problem, not an exception. */
async function openSource(ask, file) {
	const found = await stat(file.local).catch(() => null);
	if (found === null || !found.isFile()) return fail(file, null, "it is not there");
	if (found.size === 0) return fail(file, null, "it is empty: not even a header");
	if (/[*?[\]{}\0]/.test(file.local)) return fail(file, null, "it lies under a name with one of * ? [ ] { }");
	if (file.path.endsWith(".parquet")) return openParquet(ask, file);
	if (file.path.endsWith(".csv")) return openCsv(file);
	return fail(file, null, "its name ends in neither .csv nor .parquet");
}
async function openCsv(file) {
	const scan = new CsvScan();
	for await (const chunk of createReadStream(file.local, { highWaterMark: 1 << 20 })) {
		scan.push(chunk);
		if (scan.problem !== null) break;
	}
	scan.end();
	if (scan.problem !== null) return fail(file, scan.problem.line, scan.problem.because);
	const header = scan.header ?? [];
	const columns = header.map((column, at) => ({
		column,
		name: `c${at}`,
		physical: "CSV"
	}));
	return {
		file: {
			path: file.path,
			columns: header,
			rows: scan.rows
		},
		source: {
			path: file.path,
			scan: readCsv(file.local, header.length),
			columns
		},
		problem: null
	};
}
async function openParquet(ask, file) {
	const scan = readParquet(file.local);
	try {
		const columns = (await ask(`DESCRIBE SELECT * FROM ${scan}`)).map(([name, type]) => ({
			column: String(name),
			name: String(name),
			physical: String(type)
		}));
		return {
			file: {
				path: file.path,
				columns: columns.map(({ column }) => column),
				rows: null
			},
			source: {
				path: file.path,
				scan,
				columns
			},
			problem: null
		};
	} catch (cause) {
		const problem = describeEngineError(cause, [{
			path: file.path,
			scan,
			columns: []
		}]);
		return {
			file: {
				path: file.path,
				columns: [],
				rows: null
			},
			source: null,
			problem
		};
	}
}
function fail(file, line, because) {
	return {
		file: {
			path: file.path,
			columns: [],
			rows: null
		},
		source: null,
		problem: {
			path: file.path,
			line,
			because
		}
	};
}

// core/dataset/measured.ts
/** Rules that an engine counts, in the order in which they are applied to a cell. */
const valueRules = [
	"nulls",
	"type",
	"range",
	"allowed",
	"pattern"
];

// adapters/engine/table.ts
/** Checks of columns that every file has, in contract order. */
function findCommonChecks(plan, sources) {
	return plan.columns.filter((check) => sources.every((source) => source.columns.some((found) => found.column === check.column)));
}
/** Every rule of the checks, in the order in which they are applied. */
function listRules(checks) {
	return checks.flatMap((check, at) => valueRules.flatMap((rule) => {
		const fault = writeFault(rule, check, at);
		return fault === null ? [] : [{
			rule,
			check,
			at,
			fault
		}];
	}));
}
/**
* The files as one table: `f` the file, and for check i `p<i>` present, `t<i>` the cell's text, `v<i>` its value.
* Unused ones are pruned by the engine.
*/
function writeTable(checks, sources) {
	return sources.map((source, file) => writeSource(checks, source, file)).join(" UNION ALL ");
}
function writeSource(checks, source, file) {
	return `SELECT ${file} AS f${checks.map((check, at) => {
		const found = source.columns.find((column) => column.column === check.column);
		if (found === void 0) throw new TypeError(`column ${check.column} is not in ${source.path}`);
		const cell = quoteName(found.name);
		return `, ${cell} IS NOT NULL AS p${at}, CAST(${cell} AS VARCHAR) AS t${at}, ${writeValue(check.type, found)} AS v${at}`;
	}).join("")} FROM ${source.scan}`;
}
/** One pass: rows of each file, then for each rule its count, then for each shown column its extremes. */
function writeCounts(rules, checks, files, table) {
	const rows = Array.from({ length: files }, (_, file) => `count(*) FILTER (f = ${file})`);
	const counts = rules.map(({ fault }) => `count(*) FILTER (${fault})`);
	const extremes = checks.flatMap((check, at) => check.showValues ? [`CAST(min(v${at}) AS VARCHAR)`, `CAST(max(v${at}) AS VARCHAR)`] : ["CAST(NULL AS VARCHAR)", "CAST(NULL AS VARCHAR)"]);
	return `SELECT ${[
		...rows,
		...counts,
		...extremes
	].join(", ")} FROM (${table})`;
}
/** Second pass, only for broken rules: for each its first row, and up to three cells (none where values are hidden). */
function writeExamples(broken, table) {
	return `SELECT ${broken.map(({ check, at, fault, rule }) => {
		return `${`min(r) FILTER (${fault})`}, ${check.showValues && rule !== "nulls" ? `arg_min(left(t${at}, 80), r, 3) FILTER (${fault})` : "CAST([] AS VARCHAR[])"}`;
	}).join(", ")} FROM (SELECT row_number() OVER () AS r, * FROM (${table}))`;
}

// adapters/engine/duckdb.ts
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
	await ask("SET lock_configuration = true");
	return {
		version: `duckdb ${api.version().replace(/^v/, "")}`,
		profile: (plan, files) => profile(ask, plan, files),
		close: () => close(connection, instance)
	};
}
async function start(settings) {
	try {
		const api = await import("./shared-lib.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
		return {
			api,
			instance: await api.DuckDBInstance.create(":memory:", {
				memory_limit: `${settings.memoryMiB ?? 1024}MiB`,
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
async function profile(ask, plan, files) {
	const opened = await openAll(ask, files);
	const sources = opened.flatMap(({ source }) => source === null ? [] : [source]);
	const measuredFiles = opened.map(({ file }) => file);
	const problems = opened.flatMap(({ problem }) => problem === null ? [] : [problem]);
	if (problems.length > 0 || sources.length === 0) return {
		files: measuredFiles,
		problems,
		rows: null,
		columns: []
	};
	try {
		return await measure(ask, plan, sources, measuredFiles);
	} catch (cause) {
		return {
			files: measuredFiles,
			problems: [describeEngineError(cause, sources)],
			rows: null,
			columns: []
		};
	}
}
async function openAll(ask, files) {
	const opened = [];
	for (const file of files) opened.push(await openSource(ask, file));
	return opened;
}
async function measure(ask, plan, sources, files) {
	const checks = findCommonChecks(plan, sources);
	const rules = listRules(checks);
	const table = writeTable(checks, sources);
	const cells = (await ask(writeCounts(rules, checks, sources.length, table)))[0] ?? [];
	const rowsOfFiles = cells.slice(0, sources.length).map(toCount);
	const counts = cells.slice(sources.length, sources.length + rules.length).map(toCount);
	const extremes = cells.slice(sources.length + rules.length);
	const problems = files.flatMap((file, at) => compareRows(file, rowsOfFiles[at]));
	const broken = rules.filter((_, at) => counts[at] !== 0);
	const examples = broken.length === 0 ? [] : (await ask(writeExamples(broken, table)))[0] ?? [];
	const tallies = new Map(rules.map((rule, at) => [rule, readTally(counts[at] ?? 0, broken.indexOf(rule), examples)]));
	return {
		files: files.map((file, at) => ({
			...file,
			rows: rowsOfFiles[at] ?? null
		})),
		problems,
		rows: rowsOfFiles.reduce((sum, rows) => sum + rows, 0),
		columns: checks.map((check, at) => toColumn(check, at, rules, tallies, extremes))
	};
}
/** Two parsers read every CSV file; should they ever disagree on its rows, nobody is believed. */
function compareRows(file, rows) {
	if (file.rows === null || file.rows === rows) return [];
	const because = `two readers count ${file.rows} and ${rows} rows in it`;
	return [{
		path: file.path,
		line: null,
		because
	}];
}
function readTally(count, at, examples) {
	if (at < 0) return {
		count,
		firstRow: null,
		examples: []
	};
	const shown = examples[2 * at + 1];
	return {
		count,
		firstRow: toCount(examples[2 * at] ?? null),
		examples: Array.isArray(shown) ? shown.map(String) : []
	};
}
function toColumn(check, at, rules, tallies, extremes) {
	const none = {
		count: 0,
		firstRow: null,
		examples: []
	};
	const of = (name) => {
		const rule = rules.find((candidate) => candidate.at === at && candidate.rule === name);
		return (rule && tallies.get(rule)) ?? none;
	};
	return {
		column: check.column,
		tallies: {
			nulls: of("nulls"),
			type: of("type"),
			range: of("range"),
			allowed: of("allowed"),
			pattern: of("pattern")
		},
		smallest: toText(extremes[2 * at]),
		largest: toText(extremes[2 * at + 1])
	};
}
/** 64-bit counts arrive as text. */
function toCount(value) {
	const count = Number(value);
	if (value === null || !Number.isSafeInteger(count)) throw new TypeError(`a count that is no count: ${value}`);
	return count;
}
function toText(value) {
	return typeof value === "string" ? value : null;
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
	const shell = process.platform === "win32";
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
	const name = `${process.platform}-${process.arch}`;
	if (process.platform !== "linux") return name;
	return process.report.getReport().header?.glibcVersionRuntime === void 0 ? `${name}-musl` : name;
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

// core/dataset/governance.ts
/**
* Checks that a model may train on a dataset today.
* @param model null when no model is proposed: access is then not asked
* @param today ISO date, UTC
*/
function judgeGovernance(contract, model, today, positions) {
	return [...judgeAccess(contract, model, positions), ...judgeExpiry(contract, today, positions)];
}
/** Data that may not be used, or that is not whole, is not even read; a warning stops nothing. */
const mayRead = (before) => !before.some(isFailure);
function judgeAccess(contract, model, positions) {
	if (model === null || contract.access.includes("*") || contract.access.includes(model)) return [];
	return [{
		code: "data/access",
		severity: "fail",
		message: `Model "${model}" may not train on the dataset "${contract.dataset}".`,
		where: positions("/access"),
		found: model,
		allowed: contract.access.length === 0 ? "no model" : contract.access.join(", "),
		fix: `Ask the owner of the dataset to add "${model}" to access in the contract.`
	}];
}
function judgeExpiry(contract, today, positions) {
	if (isDate(contract.expires) && isDate(today) && today <= contract.expires) return [];
	return [{
		code: "data/expired",
		severity: "fail",
		message: `The retention of the dataset "${contract.dataset}" ended on ${contract.expires}.`,
		where: positions("/expires"),
		found: `today is ${today}`,
		allowed: `until ${contract.expires}`,
		fix: "Ask the owner of the dataset to renew it (expires), or train on a dataset that is still kept."
	}];
}
function isDate(text) {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

// core/dataset/pointer.ts
/** Writes a JSON pointer (RFC 6901): `pointTo('columns', 'a/b')` is `/columns/a~1b`. */
function pointTo(...keys) {
	return keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

// core/dataset/similarity.ts
/**
* Finds the candidate that a name was probably meant to be.
* @returns the nearest candidate within 2 edits or 30 % of the name's length (whichever is more), or null.
*/
function findSimilar(name, candidates) {
	const limit = Math.max(2, Math.floor(name.length * .3));
	let best = null;
	for (const candidate of candidates.slice(0, maxCandidates)) {
		const edits = countEdits(name.toLowerCase().slice(0, maxLength), candidate.toLowerCase().slice(0, maxLength));
		if (edits <= limit && edits < Math.max(name.length, candidate.length) && (best === null || edits < best.edits)) best = {
			candidate,
			edits
		};
	}
	return best?.candidate ?? null;
}
/** Headers are the proposer's: their number and length must not decide how long this takes. */
const maxCandidates = 500;
const maxLength = 100;
/** Edit distance with swaps of neighbours: optimal string alignment. */
function countEdits(from, to) {
	let before = [];
	let row = Array.from({ length: to.length + 1 }, (_, at) => at);
	for (let i = 1; i <= from.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= to.length; j += 1) {
			const swap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
			next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1), swap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY);
		}
		before = row;
		row = next;
	}
	return row[to.length] ?? 0;
}

// core/dataset/structure.ts
/** Compares the headers with the contract: missing, unknown and doubled columns. These fail whatever the severity of a column says. */
function judgeColumnNames(contract, measured, positions) {
	const readable = measured.files.filter(({ columns }) => columns.length > 0);
	return [
		...contract.columns.flatMap((rule) => judgeMissing(contract, rule, readable, positions)),
		...judgeUnknown(contract, readable, positions),
		...judgeDoubled(readable, positions)
	];
}
function judgeMissing(contract, rule, files, positions) {
	const without = files.filter(({ columns }) => !columns.includes(rule.name));
	if (without.length === 0) return [];
	const names = contract.columns.map(({ name }) => name);
	const strangers = [...new Set(without.flatMap(({ columns }) => columns))].filter((name) => !names.includes(name));
	const missing = names.filter((name) => without.some(({ columns }) => !columns.includes(name)));
	const renamed = findSimilar(rule.name, strangers) ?? (missing.length === 1 && strangers.length === 1 ? strangers[0] : null);
	const hint = renamed ? `; was it renamed to "${renamed}"?` : ".";
	return [{
		code: "data/column-missing",
		severity: "fail",
		message: `Column "${rule.name}" is missing in ${listPaths(without)}${hint}`,
		where: positions(pointTo("columns", rule.name)),
		column: rule.name,
		found: renamed ? `no "${rule.name}", but "${renamed}"` : "no such column",
		allowed: `a column "${rule.name}"`,
		...giveReason(rule),
		fix: renamed ? `Name the column "${rule.name}" again in the data, or rename it in the contract and in the code that reads it.` : `Put the column "${rule.name}" back into the data, or take it out of the contract.`
	}];
}
function judgeUnknown(contract, files, positions) {
	const names = contract.columns.map(({ name }) => name);
	return [...new Set(files.flatMap(({ columns }) => columns))].filter((name) => !names.includes(name)).map((name) => {
		const near = findSimilar(name, names);
		return {
			code: "data/column-unknown",
			severity: "fail",
			message: `Column "${name}" in ${listPaths(files.filter(({ columns }) => columns.includes(name)))} is not in the contract${near ? `; was "${near}" meant?` : "."}`,
			where: positions("/columns"),
			column: name,
			found: `a column "${name}"`,
			allowed: names.map((known) => `"${known}"`).join(", "),
			fix: `Drop the column "${name}" from the data, or describe it in the contract.`
		};
	});
}
function judgeDoubled(files, positions) {
	return files.flatMap(({ path, columns }) => {
		return [...new Set(columns.filter((name, at) => columns.indexOf(name) !== at))].map((name) => ({
			code: "data/column-doubled",
			severity: "fail",
			message: `The header of ${path} names the column "${name}" more than once.`,
			where: positions("/columns"),
			column: name,
			found: `"${name}" ${columns.filter((other) => other === name).length} times`,
			allowed: "every column once",
			fix: `Give every column in ${path} a name of its own.`
		}));
	});
}
/** The reason that the contract gives for a column, as a field of a finding. */
function giveReason(rule) {
	return rule.reason === void 0 ? {} : { reason: rule.reason };
}
function listPaths(files) {
	const shown = files.slice(0, 3).map(({ path }) => path);
	const more = files.length - shown.length;
	return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

// core/dataset/wording.ts
/** Writes 1204118 as `1,204,118`. */
function writeCount(count) {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
/** Writes a share of rows as `7.4 %`; a share that is not zero never reads as zero, one that is not all never as 100 %. */
function writeShare(count, total) {
	if (!(total > 0)) return "of no rows";
	const percent = 100 * count / total;
	if (count > 0 && percent < .01) return "under 0.01 %";
	if (count < total && percent > 99.99) return "over 99.99 %";
	return `${Number(percent.toFixed(2))} %`;
}
/** Writes `1 row`, `2 rows`. */
function writeRows(count) {
	return `${writeCount(count)} ${count === 1 ? "row" : "rows"}`;
}

// core/dataset/values.ts
/** Judges the cells of every column by its rules. A column that a file lacks is `data/column-missing`, told elsewhere. */
function judgeValues(contract, measured, positions) {
	const columns = new Map(measured.columns.map((column) => [column.column, column]));
	return contract.columns.flatMap((rule) => {
		const column = columns.get(rule.name);
		if (measured.rows === null) return [];
		if (column === void 0) return judgeUnmeasured(rule, measured, positions);
		return valueRules.flatMap((name) => judgeRule(rule, name, column, measured, positions));
	});
}
function judgeUnmeasured(rule, measured, positions) {
	if (measured.files.some(({ columns }) => !columns.includes(rule.name))) return [];
	return [{
		code: "data/unreadable",
		severity: "fail",
		message: `Column "${rule.name}" is there and was not measured.`,
		where: positions(pointTo("columns", rule.name)),
		column: rule.name,
		fix: "Run the check again; if this stays, report it with the log of the job."
	}];
}
function judgeRule(rule, name, column, measured, positions) {
	const { count, firstRow, examples } = column.tallies[name];
	const total = measured.rows ?? 0;
	if (count === 0 || name === "nulls" && rule.nullable) return [];
	const words = describeRule(rule, name);
	const shown = rule.privacy === "none" ? examples : [];
	const first = firstRow === null ? "" : `, first at ${locateRow(measured, firstRow)}`;
	return [{
		code: `data/${name}`,
		severity: rule.severity,
		message: `Column "${rule.name}" ${words.what} in ${writeCount(count)} of ${writeRows(total)} (${writeShare(count, total)})${first}.`,
		where: positions(pointTo("columns", rule.name, words.key)),
		column: rule.name,
		found: describeFound(rule, name, column, total),
		allowed: words.allowed,
		count,
		total,
		...firstRow === null ? {} : { firstRow },
		...shown.length === 0 ? {} : { examples: shown },
		...giveReason(rule),
		fix: words.fix
	}];
}
function describeRule(rule, name) {
	const key = `the column "${rule.name}"`;
	switch (name) {
		case "nulls": return {
			what: "is empty",
			allowed: "no empty cell",
			key: "nullable",
			fix: `Fill or drop the rows without ${rule.name} at the source, or set nullable: true for ${key} if empty is right.`
		};
		case "type": return {
			what: `is no ${typeNames[rule.type]}`,
			allowed: typeNames[rule.type],
			key: "type",
			fix: `Correct these cells at the source, or change the type of ${key} in the contract.`
		};
		case "range": return {
			what: "is out of range",
			allowed: describeRange(rule),
			key: rule.min === void 0 ? "max" : "min",
			fix: `Correct these values at the source, or widen min and max of ${key} if they are right.`
		};
		case "allowed": return {
			what: "has values that are not listed",
			allowed: (rule.allowed ?? []).join(", "),
			key: "allowed",
			fix: `Correct these values at the source, or add the new ones to allowed of ${key}.`
		};
		case "pattern": return {
			what: "does not match its pattern",
			allowed: `the pattern ${rule.pattern ?? ""}`,
			key: "pattern",
			fix: `Correct these values at the source, or change the pattern of ${key}.`
		};
	}
}
const typeNames = {
	integer: "integer (digits, 64-bit)",
	number: "finite number",
	text: "text",
	timestamp: "time as YYYY-MM-DD or YYYY-MM-DD hh:mm:ss (UTC)",
	boolean: "boolean (true, false, 1, 0)"
};
function describeRange({ min, max }) {
	if (min === void 0) return `at most ${max}`;
	return max === void 0 ? `at least ${min}` : `${min} to ${max}`;
}
function describeFound(rule, name, column, total) {
	const { count } = column.tallies[name];
	const share = `${writeRows(count)} (${writeShare(count, total)})`;
	const { smallest, largest } = column;
	const hidden = rule.privacy !== "none" || smallest === null || largest === null;
	return name === "range" && !hidden ? `${smallest} to ${largest}; ${share} outside` : share;
}
/** Names a row by the file that a person would open, when there are several. */
function locateRow(measured, row) {
	let before = 0;
	for (const { path, rows } of measured.files) {
		if (rows === null) break;
		if (row <= before + rows) {
			const inFile = `row ${writeCount(row - before)} of ${path}`;
			return measured.files.length === 1 ? `row ${writeCount(row)}` : `row ${writeCount(row)} (${inFile})`;
		}
		before += rows;
	}
	return `row ${writeCount(row)}`;
}

// core/dataset/judge.ts
/**
* Judges what an engine measured by a contract.
* @returns every finding, files first, then columns in contract order; none means that the data keeps the contract.
* Data that could not be measured always has a finding.
*/
function judgeColumns(contract, measured, positions) {
	const findings = [
		...judgeProblems(measured, positions),
		...judgeEmptyFiles(measured, positions),
		...judgeColumnNames(contract, measured, positions),
		...judgeRows(contract, measured, positions),
		...judgeValues(contract, measured, positions)
	];
	return (measured.rows === null || measured.files.length === 0) && !findings.some(isFailure) ? [...findings, toUnmeasured(contract, positions)] : findings;
}
function judgeProblems(measured, positions) {
	return measured.problems.map(({ path, line, because }) => {
		return {
			code: because.startsWith("it is empty") ? "data/empty" : "data/unreadable",
			severity: "fail",
			message: `${path} cannot be read${line === null ? "" : ` at line ${writeCount(line)}`}: ${because}.`,
			where: positions("/files"),
			found: line === null ? because : `line ${writeCount(line)}: ${because}`,
			allowed: "CSV (UTF-8, comma, header, every row as wide as the header) or Parquet",
			fix: `Write ${path} again as a whole CSV or Parquet file and update its pointer.`
		};
	});
}
function judgeEmptyFiles(measured, positions) {
	return measured.files.filter(({ rows }) => rows === 0).map(({ path }) => ({
		code: "data/empty",
		severity: "fail",
		message: `${path} has a header and no rows.`,
		where: positions("/files"),
		found: "0 rows",
		allowed: "at least 1 row in every file",
		count: 0,
		total: 0,
		fix: `Fill ${path}, or take it out of the files of the contract.`
	}));
}
function judgeRows(contract, measured, positions) {
	const { rows } = measured;
	const { min, max } = contract.rows;
	if (rows === null) return [];
	const enough = Number.isFinite(min) && rows >= min;
	if (enough && (max === void 0 || Number.isFinite(max) && rows <= max)) return [];
	const side = enough ? "max" : "min";
	return [{
		code: "data/rows",
		severity: "fail",
		message: `The dataset has ${writeRows(rows)}, ${enough ? "more" : "fewer"} than the contract allows.`,
		where: positions(`/rows/${side}`),
		found: writeRows(rows),
		allowed: max === void 0 ? `at least ${writeCount(min)}` : `${writeCount(min)} to ${writeCount(max)}`,
		count: rows,
		total: rows,
		fix: enough ? "Check for doubled files or rows, or raise rows.max in the contract if the data has grown." : "Check for a file that is missing or cut off, or lower rows.min in the contract if fewer rows are right."
	}];
}
function toUnmeasured(contract, positions) {
	return {
		code: "data/unreadable",
		severity: "fail",
		message: `The dataset "${contract.dataset}" was not measured, and nothing says why.`,
		where: positions("/files"),
		fix: "Run the check again; if this stays, report it with the log of the job."
	};
}

export { planChecks as a, openEngine as i, judgeGovernance as n, mayRead as r, judgeColumns as t };