import { r as InputError } from "./shared-error.js";
import { a as SCALAR_STYLE, c as getScalarValue, i as EVENT_ID, o as YAMLException, u as parseEvents } from "./shared-stage.js";
import { posix } from "node:path";

// core/dvc/plain-scalar.ts
/** What DVC's reader makes of a plain scalar, first match wins; everything else is text. */
const forms = [
	["null", /^(?:~|null|Null|NULL|)$/],
	["bool", /^(?:true|True|TRUE|false|False|FALSE)$/],
	["float", /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
	["int", /^(?:[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+)$/],
	["time", /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/]
];
/** The reader tries a form only after one of its first characters, so a lone `_` stays text. */
const firsts = {
	null: /^[~nN]?/,
	bool: /^[tTfF]/,
	float: /^[-+0-9.]/,
	int: /^[-+0-9]/,
	time: /^[0-9]/
};
/**
* Resolves a plain scalar as DVC 3 does (ruamel.yaml, YAML 1.2): `1_000`, `0b11` and `017` are integers, `yes` and
* `.5e3` are text.
* @returns null for text
*/
function resolvePlain(text) {
	return forms.find(([type, form]) => firsts[type].test(text) && form.test(text))?.[0] ?? null;
}
/** Whether a text could not stand without quotes: it would be read as something else. */
function needsQuotes(text) {
	return resolvePlain(text) !== null || text === "<<" || text === "=";
}
/** The number that an int or float stands for; integers beyond 2^53 as the nearest double, NaN for what is none. */
function toNumber(scalar) {
	if (scalar.type !== "int") return toDouble(scalar.text);
	const value = toBigInt(scalar.text);
	return value === null ? NaN : Number(value);
}
/** The scalar as DVC writes it after reading: `1_000` becomes `1000`, `1e-3` becomes `0.001`. */
function normalizePlain(scalar) {
	return {
		kind: "plain",
		type: scalar.type,
		text: normalize$1(scalar)
	};
}
function normalize$1({ type, text }) {
	switch (type) {
		case "null": return "";
		case "bool": return text.toLowerCase();
		case "int": return String(toBigInt(text) ?? text);
		case "float": return formatDouble(toDouble(text));
		case "time": return text;
	}
}
/** null where DVC's form allows what is no number: `0x_`. DVC breaks off there. */
function toBigInt(text) {
	const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
	if (!/^(?:0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|[0-9]+)$/.test(digits)) return null;
	const value = BigInt(digits);
	return text.startsWith("-") ? -value : value;
}
function toDouble(text) {
	const plain = text.replaceAll("_", "").toLowerCase();
	if (plain.endsWith(".nan")) return NaN;
	if (plain.endsWith(".inf")) return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	return Number(plain);
}
/**
* Writes a double as Python's `repr` does: the same shortest digits as JavaScript, an exponent from 1e+16 and below
* 1e-04, always a point or an exponent.
*/
function formatDouble(value) {
	if (Number.isNaN(value)) return ".nan";
	if (!Number.isFinite(value)) return value < 0 ? "-.inf" : ".inf";
	if (Object.is(value, -0)) return "-0.0";
	const [mantissa = "0", power = "0"] = value.toExponential().split("e");
	const exponent = Number(power);
	if (value !== 0 && (exponent < -4 || exponent >= 16)) {
		const digits = String(Math.abs(exponent)).padStart(2, "0");
		return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
	}
	return toFixedForm(mantissa, exponent);
}
function toFixedForm(mantissa, exponent) {
	const sign = mantissa.startsWith("-") ? "-" : "";
	const digits = mantissa.replace(/[-.]/g, "");
	if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
	const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
	const rest = digits.slice(exponent + 1);
	return `${sign}${whole}.${rest === "" ? "0" : rest}`;
}

// core/dvc/scalar-style.ts
const lineBreaks = "\n\u2028\u2029";
const indicatorAtStart = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[\0 \t\r\n\u0085\u2028\u2029]|$)|---|\.\.\.)/;
const indicatorInside = /.:(?:[\0 \t\r\n\u0085\u2028\u2029]|$)|[\0 \t\r\n\u0085\u2028\u2029]#/su;
/** Everything that is not written as it is: controls, DEL, C1 except NEL, surrogates, BOM, the two noncharacters. */
const special = /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const edgeSpace = /^[ \n\u0085\u2028\u2029]|[ \n\u0085\u2028\u2029]$/;
const spaceAtBreak = /[\n\u0085\u2028\u2029] | [\n\u0085\u2028\u2029]/;
function isLineBreak(character) {
	return character !== "" && lineBreaks.includes(character);
}
/** @see https://sourceforge.net/p/ruamel-yaml emitter.py analyze_scalar */
function analyzeScalar(text) {
	if (text === "") return {
		empty: true,
		multiline: false,
		allowsPlain: true,
		allowsSingle: true
	};
	const multiline = /[\n\u0085\u2028\u2029]/.test(text);
	const indicators = indicatorAtStart.test(text) || indicatorInside.test(text);
	const quotedOnly = special.test(text) || spaceAtBreak.test(text);
	return {
		empty: false,
		multiline,
		allowsPlain: !indicators && !quotedOnly && !multiline && !edgeSpace.test(text),
		allowsSingle: !quotedOnly
	};
}
/** @param implicit whether the text, written plain, would be read back as what it is */
function chooseStyle(text, shape, isKey, implicit) {
	if (implicit && shape.allowsPlain && !(isKey && (shape.empty || shape.multiline))) return "plain";
	if (text.includes("'") || text.includes("\n")) return "double";
	return shape.allowsSingle && !(isKey && shape.multiline) ? "single" : "double";
}

// core/dvc/writer.ts
/** Past this column DVC breaks a scalar at its next single space. */
const widthColumns = 80;
const escapes = new Map(Object.entries({
	"\0": "0",
	"\x07": "a",
	"\b": "b",
	"	": "t",
	"\n": "n",
	"\v": "v",
	"\f": "f",
	"\r": "r",
	"\x1B": "e",
	"\"": "\"",
	"\\": "\\",
	"": "N",
	"\xA0": "_",
	"\u2028": "L",
	"\u2029": "P"
}));
const asItIs = /^[\x20\x21\x23-\x5b\x5d-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/;
/** Collects a document and knows the column; lengths count code points, as Python's do. */
var Writer = class {
	parts = [];
	column = 0;
	/** Writes one piece without a line break. */
	put(text) {
		this.parts.push(text);
		this.column += Array.from(text).length;
	}
	break(character = "\n") {
		this.parts.push(character);
		this.column = 0;
	}
	/** Begins a new line at a column. */
	line(column) {
		this.break();
		this.put(" ".repeat(column));
	}
	/** @param fold column of the next line, null where a key must stay on its line */
	plain(text, fold) {
		this.words(Array.from(text), fold, false);
	}
	single(text, fold) {
		this.put("'");
		this.words(Array.from(text), fold, true);
		this.put("'");
	}
	words(characters, fold, quoted) {
		let at = 0;
		while (at < characters.length) {
			const start = at;
			const kind = kindOf(characters[at] ?? "");
			while (at < characters.length && kindOf(characters[at] ?? "") === kind) at += 1;
			const run = characters.slice(start, at).join("");
			const single = kind === "space" && at - start === 1 && this.column > widthColumns;
			const inside = !quoted || start !== 0 && at !== characters.length;
			if (single && fold !== null && inside) this.line(fold);
			else if (kind === "break") this.breaks(run, fold ?? 0);
			else this.put(quoted ? run.replaceAll("'", "''") : run);
		}
	}
	/** A line break inside quotes is doubled; of the other three kinds each stands for itself. */
	breaks(run, column) {
		if (run.startsWith("\n")) this.break();
		for (const character of run) this.break(character);
		this.put(" ".repeat(column));
	}
	double(text, fold) {
		const characters = Array.from(text);
		this.put("\"");
		let start = 0;
		for (let end = 0; end <= characters.length; end += 1) {
			const character = characters[end];
			if (character === void 0 || !asItIs.test(character)) {
				this.put(characters.slice(start, end).join(""));
				start = end;
				if (character !== void 0) {
					this.put(escapeCharacter(character));
					start = end + 1;
				}
			}
			const inside = end > 0 && end < characters.length - 1 && (character === " " || start >= end);
			if (fold === null || !inside || this.column + (end - start) <= widthColumns) continue;
			this.put(`${characters.slice(start, end).join("")}\\`);
			start = Math.max(start, end);
			this.line(fold);
			if (characters[start] === " ") this.put("\\");
		}
		this.put("\"");
	}
	toString() {
		return this.parts.join("");
	}
};
function kindOf(character) {
	if (character === " ") return "space";
	return isLineBreak(character) ? "break" : "word";
}
function escapeCharacter(character) {
	const known = escapes.get(character);
	if (known !== void 0) return `\\${known}`;
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16).toUpperCase();
	if (code <= 255) return `\\x${hex.padStart(2, "0")}`;
	return code <= 65535 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

// core/dvc/dump.ts
const indentColumns = 2;
/** ruamel.yaml counts the tag of a key that is not written: 128 less the length of "!!str". */
const maxKeyLength = 128;
const tagLengths = {
	text: 5,
	int: 5,
	null: 6,
	bool: 6,
	float: 7,
	time: 11
};
/**
* Writes a document as DVC writes it, byte for byte; the text of numbers is kept.
* @param root a map or list
* @see https://github.com/iterative/dvc dvc/utils/serialize/_yaml.py, ruamel.yaml emitter.py
*/
function dumpDvcYaml(root) {
	const writer = new Writer();
	if (isEmpty(root)) writer.put(root.kind === "map" ? "{}" : "[]");
	else if (root.kind === "map") writeMap(writer, root, 0);
	else writeList(writer, root, 0);
	writer.break();
	return writer.toString();
}
/** The cursor stands where the first key begins. */
function writeMap(writer, { entries }, column) {
	entries.forEach(({ key, value }, index) => {
		if (index > 0) writer.line(column);
		if (isSimpleKey(key)) {
			writeScalar(writer, toKey$1(key), null);
			writer.put(":");
			writeValue(writer, value, column);
			return;
		}
		writer.put("? ");
		writeScalar(writer, key, column + indentColumns);
		writer.line(column);
		writer.put(":");
		if (value.kind !== "plain" || value.text !== "") writer.put(" ");
		writeInline(writer, value, column);
	});
}
/** A value behind its key: collections begin on the next line, lists at the column of the key. */
function writeValue(writer, value, column) {
	if (value.kind === "map" && !isEmpty(value)) {
		writer.line(column + indentColumns);
		writeMap(writer, value, column + indentColumns);
	} else if (value.kind === "list" && !isEmpty(value)) {
		writer.line(column);
		writeList(writer, value, column);
	} else if (value.kind !== "plain" || value.text !== "") {
		writer.put(" ");
		writeInline(writer, value, column);
	}
}
function writeList(writer, { items }, column) {
	items.forEach((item, index) => {
		if (index > 0) writer.line(column);
		writer.put("- ");
		writeInline(writer, item, column);
	});
}
/** A value that begins on the line of its dash or colon. */
function writeInline(writer, value, column) {
	if (value.kind === "map" || value.kind === "list") {
		if (isEmpty(value)) writer.put(value.kind === "map" ? "{}" : "[]");
		else if (value.kind === "map") writeMap(writer, value, column + indentColumns);
		else writeList(writer, value, column + indentColumns);
		return;
	}
	writeScalar(writer, value, column + indentColumns);
}
/** @param fold column of further lines, null for a key that has to stay on one */
function writeScalar(writer, scalar, fold) {
	if (scalar.kind === "plain") {
		writer.plain(scalar.text, fold);
		return;
	}
	const text = scalar.value;
	switch (chooseStyle(text, analyzeScalar(text), fold === null, !needsQuotes(text))) {
		case "plain":
			writer.plain(text, fold);
			break;
		case "single":
			writer.single(text, fold);
			break;
		case "double": writer.double(text, fold);
	}
}
function isSimpleKey(key) {
	const text = key.kind === "text" ? key.value : key.text;
	const tag = tagLengths[key.kind === "text" ? "text" : key.type];
	return Array.from(text).length + tag < maxKeyLength && !analyzeScalar(text).multiline;
}
/** A null stands as nothing where it is a value, and as a word where it is a key. */
function toKey$1(key) {
	return key.kind === "plain" && key.text === "" ? {
		kind: "plain",
		type: "null",
		text: "null"
	} : key;
}
function isEmpty(value) {
	return value.kind === "map" ? value.entries.length === 0 : value.items.length === 0;
}

// core/dvc/entry.ts
/** Keys that `readEntry` understands. */
const entryKeys = "path hash md5 etag checksum size nfiles isexec version_id cloud files fs_config".split(" ");
const listedKeys = "relpath hash md5 etag checksum size nfiles isexec version_id cloud".split(" ");
/** Reads what every entry has. @see https://github.com/iterative/dvc dvc/schema.py, dvc/output.py ARTIFACT_SCHEMA */
function readEntry(reader) {
	return {
		path: reader.requireText("path"),
		hash: readHash(reader),
		sizeBytes: reader.count("size"),
		files: reader.count("nfiles"),
		executable: reader.flag("isexec", false),
		cloud: readCloud(reader),
		versions: reader.has("files") ? reader.maps("files").map(readListed) : null
	};
}
/** @throws InputError when the digest is of no known kind, or no md5 at all */
function readHash(reader) {
	const md5 = reader.text("md5");
	if (md5 !== null && md5 !== "") return {
		kind: readMd5Kind(reader),
		value: readMd5(reader, md5)
	};
	for (const kind of ["etag", "checksum"]) {
		const value = reader.text(kind);
		if (value !== null && value !== "") return {
			kind,
			value
		};
	}
	return null;
}
function readMd5Kind(reader) {
	if (!reader.has("hash")) return "md5-dos2unix";
	const name = reader.text("hash");
	if (name === "md5" || name === "md5-dos2unix") return name;
	throw reader.refuse(`${reader.name("hash")} is not md5`);
}
function readMd5(reader, text) {
	const value = text.toLowerCase();
	if (/^[0-9a-f]{32}(?:\.dir)?$/.test(value)) return value;
	throw reader.refuse(`${reader.name("md5")} is not 32 hex characters`);
}
/** `cloud: {<remote>: {...}}` names one remote at most; older entries have version_id beside the etag. */
function readCloud(reader) {
	const remotes = reader.children("cloud");
	if (remotes.length > 1) throw reader.refuse(`${reader.name("cloud")} names more than one remote`);
	const [found] = remotes;
	if (found !== void 0) {
		const [remote, version] = found;
		version.only([
			"etag",
			"checksum",
			"version_id",
			"md5"
		]);
		return {
			remote,
			versionId: version.text("version_id"),
			etag: version.text("etag")
		};
	}
	const versionId = reader.text("version_id");
	return versionId === null ? null : {
		remote: null,
		versionId,
		etag: reader.text("etag")
	};
}
function readListed(reader) {
	reader.only(listedKeys);
	return {
		relpath: reader.requireText("relpath"),
		hash: readHash(reader),
		sizeBytes: reader.count("size"),
		cloud: readCloud(reader)
	};
}
/** DVC takes a list of one line for another command than that line. */
function isCommandList(reader) {
	return reader.get("cmd")?.kind === "list";
}
/** A command is one line, a list of lines, or nothing for a stage that only watches files. */
function readCommand(reader) {
	if (reader.get("cmd")?.kind === "list") return reader.texts("cmd");
	const line = reader.text("cmd");
	return line === null ? [] : [line];
}

// core/dvc/node.ts
/** The text of a scalar, whatever DVC makes of it: an md5 of digits alone is an integer there. */
function textOf(scalar) {
	return scalar.kind === "text" ? scalar.value : scalar.text;
}
/** The value under a key, undefined when the map has no such key. */
function getValue(map, key) {
	return map.entries.find((entry) => textOf(entry.key) === key)?.value;
}
function toText(value) {
	return {
		kind: "text",
		value
	};
}
function toInteger(value) {
	return {
		kind: "plain",
		type: "int",
		text: String(value)
	};
}
/** A map of text keys; undefined values are left out. */
function toMap(values) {
	return {
		kind: "map",
		entries: Object.entries(values).flatMap(([key, value]) => value === void 0 ? [] : [{
			key: toText(key),
			value
		}])
	};
}

// core/dvc/field-reader.ts
/** Reads the fields of one map of a DVC file and knows where the map stands, for messages. */
var FieldReader = class FieldReader {
	map;
	subject;
	/** As a reader would say it: `outs[0]`, `stages.train`; empty for the file itself. */
	place;
	constructor(node, subject, place = "") {
		this.subject = subject;
		this.place = place;
		if (node.kind !== "map") throw this.refuse(`${place === "" ? "it" : place} is no map`);
		this.map = node;
	}
	get(key) {
		return getValue(this.map, key);
	}
	has(key) {
		return this.get(key) !== void 0;
	}
	/** @throws InputError for a key that DVC does not know: it would refuse the file */
	only(keys) {
		const unknown = this.keys().find((key) => !keys.includes(key));
		if (unknown !== void 0) throw this.refuse(`${this.place || "it"} has the unknown key "${unknown}"`);
		return this;
	}
	keys() {
		return this.map.entries.map(({ key }) => textOf(key));
	}
	/** Text, null where the key is absent or empty. Numbers count as text: an md5 can look like one. */
	text(key) {
		const value = this.get(key);
		if (value === void 0 || isNull(value)) return null;
		if (value.kind !== "text" && value.kind !== "plain") throw this.refuse(`${this.name(key)} is no text`);
		return textOf(value);
	}
	requireText(key) {
		const value = this.text(key);
		if (value === null || value === "") throw this.refuse(`${this.name(key)} is missing`);
		return value;
	}
	/** A number of bytes or files, null where the key is absent. */
	count(key) {
		const value = this.get(key);
		if (value === void 0 || isNull(value)) return null;
		const number = value.kind === "plain" && value.type === "int" ? toNumber(value) : NaN;
		if (!Number.isSafeInteger(number) || number < 0) throw this.refuse(`${this.name(key)} is no count`);
		return number;
	}
	flag(key, whenAbsent) {
		const value = this.get(key);
		if (value === void 0) return whenAbsent;
		if (value.kind !== "plain" || value.type !== "bool") throw this.refuse(`${this.name(key)} is neither true nor false`);
		return normalizePlain(value).text === "true";
	}
	list(key) {
		const value = this.get(key);
		if (value === void 0 || isNull(value)) return [];
		if (value.kind !== "list") throw this.refuse(`${this.name(key)} is no list`);
		return value.items;
	}
	texts(key) {
		return this.list(key).map((item) => textOf(this.scalar(item, key)));
	}
	/** The maps of a list. */
	maps(key) {
		return this.list(key).map((item, at) => this.at(item, `${key}[${at}]`));
	}
	/** The map under a key, null where the key is absent. */
	child(key) {
		const value = this.get(key);
		return value === void 0 || isNull(value) ? null : this.at(value, key);
	}
	/** The maps of a map, by key. */
	children(key) {
		const all = this.child(key);
		if (all === null) return [];
		return all.map.entries.map((entry) => [textOf(entry.key), all.at(entry.value, textOf(entry.key))]);
	}
	at(node, step) {
		return new FieldReader(node, this.subject, this.place === "" ? step : `${this.place}.${step}`);
	}
	scalar(node, key) {
		if (node.kind !== "text" && node.kind !== "plain") throw this.refuse(`${this.name(key)} holds no text`);
		return node;
	}
	name(key) {
		return this.place === "" ? key : `${this.place}.${key}`;
	}
	refuse(why) {
		return refuseFile(this.subject, why);
	}
};
function isNull(node) {
	return node.kind === "plain" && node.type === "null";
}
function refuseFile({ file, code }, why) {
	const noun = file.endsWith(".dvc") ? "DVC pointer" : "file of DVC";
	return new InputError(code, `${file} is no valid ${noun}: ${why}`, {
		hint: file.endsWith(".dvc") ? "Write it again with \"dvc add\" and commit the result." : "Correct it, or write it again with DVC (\"dvc repro\").",
		where: { file }
	});
}

// core/dvc/parse-yaml.ts
/** No file that people or DVC write comes near: locks of hundreds of stages stay below 1 MiB. */
const maxDocumentBytes = 16777216;
/** Nodes after every alias has been unfolded: a few lines of YAML could stand for billions. */
const maxNodes = 1e6;
const maxDepth = 100;
/**
* Reads a YAML file of DVC: each scalar by DVC's rules, its text kept, aliases and `<<` unfolded.
* @param text pull-request controlled
* @param source file name, for messages
* @param code under which faults are told
* @throws InputError `code` for anything that DVC would not read, and for documents beyond 16 MiB, 100 levels or
* 1,000,000 nodes
*/
function parseDvcYaml(text, source, code = "DVC_YAML") {
	const subject = {
		file: source,
		code
	};
	if (Buffer.byteLength(text) > maxDocumentBytes) throw refuse$1(subject, "it is over 16 MiB");
	return new Builder(text, subject, readEvents(text, subject)).document();
}
function readEvents(text, source) {
	try {
		return parseEvents(text, {
			filename: source.file,
			maxDepth
		});
	} catch (cause) {
		const mark = cause instanceof YAMLException ? cause.mark : void 0;
		throw refuse$1(source, cause instanceof YAMLException ? `it is not YAML: ${cause.reason}` : "it is not YAML", mark?.position === void 0 ? void 0 : mark.line + 1, cause);
	}
}
var Builder = class {
	text;
	source;
	events;
	anchors = /* @__PURE__ */ new Map();
	next = 0;
	nodes = 0;
	constructor(text, source, events) {
		this.text = text;
		this.source = source;
		this.events = events;
	}
	document() {
		const documents = this.events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length;
		if (documents > 1) throw this.refuse("it holds several documents", 0);
		this.next = 1;
		if (documents === 0 || this.events[this.next]?.type === EVENT_ID.POP) return {
			kind: "plain",
			type: "null",
			text: ""
		};
		return this.build().node;
	}
	build() {
		const event = this.events[this.next++];
		if (event === void 0) throw this.refuse("it breaks off", this.text.length);
		const built = this.buildEvent(event);
		if ("anchorStart" in event && event.type !== EVENT_ID.ALIAS && event.anchorStart >= 0) this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), built);
		return built;
	}
	buildEvent(event) {
		switch (event.type) {
			case EVENT_ID.SCALAR: return {
				node: this.scalar(event),
				weight: this.count(1)
			};
			case EVENT_ID.ALIAS: return this.alias(event.anchorStart, event.anchorEnd);
			case EVENT_ID.SEQUENCE:
				this.allowTag(event, ["!!seq"]);
				return this.list();
			case EVENT_ID.MAPPING:
				this.allowTag(event, ["!!map"]);
				return this.map(event.start);
			default: throw this.refuse("it breaks off", 0);
		}
	}
	alias(start, end) {
		const name = this.text.slice(start, end);
		const built = this.anchors.get(name);
		if (built === void 0) throw this.refuse(`there is no anchor "${name}"`, start);
		this.count(built.weight);
		return built;
	}
	/** Counts nodes as if every alias were written out. */
	count(weight) {
		this.nodes += weight;
		if (this.nodes > maxNodes) throw this.refuse(`it stands for more than ${maxNodes} values`, 0);
		return weight;
	}
	list() {
		const items = [];
		let weight = this.count(1);
		while (this.events[this.next]?.type !== EVENT_ID.POP) {
			const item = this.build();
			items.push(item.node);
			weight += item.weight;
		}
		this.next += 1;
		return {
			node: {
				kind: "list",
				items
			},
			weight
		};
	}
	map(start) {
		const own = /* @__PURE__ */ new Map();
		const merged = [];
		let weight = this.count(1);
		while (this.events[this.next]?.type !== EVENT_ID.POP) {
			const key = this.build();
			const value = this.build();
			weight += key.weight + value.weight;
			this.pair(key.node, value.node, start, own, merged);
		}
		this.next += 1;
		return {
			node: {
				kind: "map",
				entries: mergeEntries(own, merged)
			},
			weight
		};
	}
	pair(key, value, start, own, merged) {
		if (key.kind !== "text" && key.kind !== "plain") throw this.refuse("a key is no scalar", start);
		if (key.kind === "text" && key.value === "<<" && this.isPlain(key.at)) {
			merged.push(...this.mergeSources(value, start));
			return;
		}
		const id = keyId(key);
		if (own.has(id)) throw this.refuse(`the key "${textOf(key)}" stands twice`, key.at?.[0] ?? start);
		own.set(id, {
			key,
			value
		});
	}
	isPlain(at) {
		return at !== void 0 && this.text[at[0]] === "<";
	}
	mergeSources(value, start) {
		return (value.kind === "list" ? value.items : [value]).map((source) => {
			if (source.kind !== "map") throw this.refuse("\"<<\" merges something that is no map", start);
			return source;
		});
	}
	scalar(event) {
		this.allowTag(event, ["!!str"]);
		const value = getScalarValue(this.text, event);
		const at = spanOf(event);
		const type = event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0 ? resolvePlain(value) : null;
		return type === null ? {
			kind: "text",
			value,
			at
		} : {
			kind: "plain",
			type,
			text: value,
			at
		};
	}
	allowTag(event, allowed) {
		if (event.tagStart < 0) return;
		const tag = this.text.slice(event.tagStart, event.tagEnd);
		if (!allowed.includes(tag)) throw this.refuse(`the tag "${tag}" is not supported`, event.tagStart);
	}
	refuse(why, position) {
		return refuse$1(this.source, why, this.text.slice(0, Math.max(0, position)).split("\n").length);
	}
};
/** What is merged stands first, as DVC's reader has it; own keys win, then earlier sources. */
function mergeEntries(own, merged) {
	if (merged.length === 0) return [...own.values()];
	const all = /* @__PURE__ */ new Map();
	for (const { entries } of merged) for (const entry of entries) if (!all.has(keyId(entry.key))) all.set(keyId(entry.key), entry);
	for (const [id, entry] of own) all.set(id, entry);
	return [...all.values()];
}
/** `1` and `'1'` are two keys. */
function keyId(key) {
	return `${key.kind === "text" ? "text" : key.type} ${textOf(key)}`;
}
/** Events give what lies between the quotes. */
function spanOf({ valueStart, valueEnd, style }) {
	const quotes = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
	return [valueStart - quotes, valueEnd + quotes];
}
function refuse$1({ file, code }, why, line, cause) {
	return new InputError(code, `${file} cannot be read: ${why}`, {
		hint: "Write the file again with DVC, or correct it by hand.",
		where: {
			file,
			...line === void 0 ? {} : { line }
		},
		cause
	});
}

// core/dvc/dvc-file.ts
const topKeys = "desc md5 cmd wdir frozen locked deps outs always_changed meta".split(" ");
/** The last three only DVC 0 to 2 wrote: they are read over. */
const outKeys = [...entryKeys, ..."desc type labels meta cache metric plot persist remote push checkpoint live tags".split(" ")];
const repositoryKeys = "url rev rev_lock config remote".split(" ");
const databaseKeys = "query connection file_format table".split(" ");
/**
* Reads a `.dvc` file of DVC 2 or 3.
* @param text pull-request controlled
* @param file its path, for messages
* @param code under which faults are told
* @throws InputError `code` for anything that DVC's schema refuses
* @see https://github.com/iterative/dvc dvc/schema.py SINGLE_STAGE_SCHEMA
*/
function parseDvcFile(text, file, code = "DVC_FILE") {
	const subject = {
		file,
		code
	};
	const top = new FieldReader(parseDvcYaml(text, file, code), subject).only(topKeys);
	return {
		description: top.text("desc"),
		md5: top.text("md5"),
		command: readCommand(top),
		workingFolder: top.text("wdir") ?? ".",
		frozen: top.flag("frozen", false) || top.flag("locked", false),
		alwaysChanged: top.flag("always_changed", false),
		dependencies: top.maps("deps").map(readDependency),
		outputs: top.maps("outs").map(readOutput),
		meta: top.get("meta") ?? null,
		document: top.map
	};
}
function readDependency(reader) {
	const repository = reader.child("repo");
	if (repository !== null) {
		reader.only([...entryKeys, "repo"]);
		return {
			kind: "repository",
			path: reader.requireText("path"),
			repository: readRepository(repository.only(repositoryKeys))
		};
	}
	const database = reader.child("db");
	if (database !== null) {
		reader.only([...entryKeys, "db"]);
		return {
			kind: "database",
			database: readDatabase(database.only(databaseKeys))
		};
	}
	return {
		kind: "file",
		...readEntry(reader.only(entryKeys))
	};
}
function readRepository(reader) {
	const remote = reader.get("remote");
	return {
		url: reader.requireText("url"),
		revision: reader.text("rev"),
		lockedRevision: reader.text("rev_lock"),
		remote: remote?.kind === "text" || remote?.kind === "plain" ? textOf(remote) : null
	};
}
function readDatabase(reader) {
	return {
		connection: reader.text("connection"),
		fileFormat: reader.text("file_format"),
		query: reader.text("query"),
		table: reader.text("table")
	};
}
function readOutput(reader) {
	reader.only(outKeys);
	return {
		...readEntry(reader),
		description: reader.text("desc"),
		type: reader.text("type"),
		labels: reader.texts("labels"),
		meta: reader.get("meta") ?? null,
		cached: reader.flag("cache", true),
		pushed: reader.flag("push", true),
		persisted: reader.flag("persist", false),
		remote: reader.text("remote")
	};
}

// core/dvc/python-json.ts
/**
* Writes JSON as Python's `json.dumps(value, sort_keys=True)` does: ", " and ": ", everything beyond ASCII escaped, keys
* by code point. DVC names folders and imports by the MD5 of such text.
*/
function writePythonJson(node) {
	switch (node.kind) {
		case "text": return quotePython(node.value);
		case "plain": return writePlain(node);
		case "list": return `[${node.items.map(writePythonJson).join(", ")}]`;
		case "map": {
			const entries = node.entries.map(({ key, value }) => ({
				key: toKey(key),
				value
			}));
			entries.sort((a, b) => compareCodePoints(a.key, b.key));
			return `{${entries.map(({ key, value }) => `${quotePython(key)}: ${writePythonJson(value)}`).join(", ")}}`;
		}
	}
}
/** A JSON string of ASCII only, surrogate pairs for what lies beyond U+FFFF; DEL stays raw. */
function quotePython(text) {
	return JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
/** The order of Python's strings: by code point. JavaScript's own order differs above U+FFFF. */
function compareCodePoints(a, b) {
	const length = Math.min(a.length, b.length);
	for (let at = 0; at < length; at += 1) {
		const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}
/** Moves surrogates, which stand for code points beyond U+FFFF, behind all other units. */
function rank(unit) {
	if (unit < 55296) return unit;
	return unit >= 57344 ? unit - 2048 : unit + 8192;
}
function writePlain(scalar) {
	const { type, text } = normalizePlain(scalar);
	if (type === "null") return "null";
	if (type === "time") throw new InputError("DVC_YAML", `The date ${text} stands without quotes where DVC has no dates`, { hint: `Write '${text}'.` });
	return {
		".nan": "NaN",
		".inf": "Infinity",
		"-.inf": "-Infinity"
	}[text] ?? text;
}
function toKey(key) {
	return key.kind === "text" ? key.value : writePlain(key);
}

// core/dvc/stage-node.ts
const firstParameterFile = "params.yaml";
/** A stage in the order in which DVC writes it; what is empty is left out. */
function toStageNode(stage) {
	const { command, commandIsList = command.length > 1, dependencies, parameters, outputs } = stage;
	return toMap({
		cmd: toCommand(command, commandIsList),
		deps: toEntries(dependencies),
		params: toParameters(parameters),
		outs: toEntries(outputs)
	});
}
/** An entry of dvc.lock: the path first. */
function toLockEntry(facts) {
	const { hash, sizeBytes, files, executable, cloud, versions } = facts;
	return toMap({
		path: toText(facts.path),
		...toHash(hash),
		size: toCount(sizeBytes),
		nfiles: toCount(files),
		isexec: executable ? {
			kind: "plain",
			type: "bool",
			text: "true"
		} : void 0,
		...toCloud(cloud),
		files: versions === null ? void 0 : {
			kind: "list",
			items: versions.map(toListed)
		}
	});
}
/** An output of a `.dvc` file: the digest first, `hash: md5` behind the counts. */
function toPointerEntry(facts) {
	const { hash, ...digest } = toHash(facts.hash);
	return toMap({
		...digest,
		size: toCount(facts.sizeBytes),
		nfiles: toCount(facts.files),
		hash,
		path: toText(facts.path)
	});
}
function toCommand(lines, isList) {
	const [first] = lines;
	if (first === void 0) return void 0;
	return isList ? {
		kind: "list",
		items: lines.map(toText)
	} : toText(first);
}
function toEntries(all) {
	if (all.length === 0) return void 0;
	return {
		kind: "list",
		items: [...all].sort((a, b) => compareCodePoints(a.path, b.path)).map(toLockEntry)
	};
}
/** params.yaml stands first, other files by name; the keys of each are sorted, what lies below them is not. */
function toParameters(parameters) {
	if (parameters.size === 0) return void 0;
	const rank = (file) => file === firstParameterFile ? 0 : 1;
	return {
		kind: "map",
		entries: [...parameters].sort(([a], [b]) => rank(a) - rank(b) || compareCodePoints(a, b)).map(([file, values]) => ({
			key: toText(file),
			value: normalize(sortKeys(values))
		}))
	};
}
/** As DVC writes values after reading them: `1_000` becomes `1000`. */
function normalize(node) {
	switch (node.kind) {
		case "text": return node;
		case "plain": return normalizePlain(node);
		case "list": return {
			kind: "list",
			items: node.items.map(normalize)
		};
		case "map": return {
			kind: "map",
			entries: node.entries.map(({ key, value }) => ({
				key,
				value: normalize(value)
			}))
		};
	}
}
function sortKeys({ entries }) {
	return {
		kind: "map",
		entries: [...entries].sort((a, b) => compareCodePoints(textOf(a.key), textOf(b.key)))
	};
}
/** DVC 3 says which recipe it is, DVC 2 is known by saying nothing. */
function toHash(hash) {
	if (hash === null) return {};
	if (hash.kind === "md5") return {
		hash: toText("md5"),
		md5: toText(hash.value)
	};
	return { [hash.kind === "md5-dos2unix" ? "md5" : hash.kind]: toText(hash.value) };
}
function toCount(count) {
	return count === null ? void 0 : toInteger(count);
}
function toCloud(cloud) {
	if (cloud === null) return {};
	const { remote, versionId, etag } = cloud;
	const version = {
		...etag === null ? {} : { etag: toText(etag) },
		...versionId === null ? {} : { version_id: toText(versionId) }
	};
	return remote === null ? version : { cloud: toMap({ [remote]: toMap(version) }) };
}
function toListed({ relpath, hash, sizeBytes, cloud }) {
	const { hash: recipe, ...digest } = toHash(hash);
	return toMap({
		relpath: toText(relpath),
		...digest,
		size: toCount(sizeBytes),
		...recipe === void 0 ? {} : { hash: recipe },
		...toCloud(cloud)
	});
}

// adapters/dvc/pointer.ts
const code = "DVC_POINTER";
const maxPointerBytes = 262144;
/**
* Reads a `.dvc` pointer of DVC 2 or 3 for one file or folder.
* @param text pull-request controlled
* @param source path of the pointer in the repository; the data must lie in the same repository
* @throws InputError DVC_POINTER when it is no valid pointer, DVC_UNSUPPORTED for a valid one of another kind
* @see https://github.com/iterative/dvc dvc/schema.py SINGLE_STAGE_SCHEMA
*/
function parsePointer(text, source) {
	if (Buffer.byteLength(text) > maxPointerBytes) throw refuse(source, "it is over 256 KiB, which is no pointer");
	const file = parseDvcFile(text, source, code);
	const [out, ...more] = file.outputs;
	if (out === void 0) throw refuse(source, "it has no outs");
	if (more.length > 0) throw refuseKind(source, `${file.outputs.length} outs`, "Write one pointer for each file (dvc add <file>).");
	const hash = requireMd5(out, source);
	const isFolder = hash.value.endsWith(".dir");
	if (!isFolder && out.files !== null) throw refuse(source, "nfiles stands beside the md5 of a single file");
	return {
		out: out.path,
		path: resolveData(source, file.workingFolder, out.path),
		kind: isFolder ? "folder" : "file",
		hash: hash.kind,
		md5: hash.value,
		sizeBytes: out.sizeBytes,
		files: out.files,
		imported: file.command.length > 0 ? null : readSource(file.dependencies)
	};
}
/** Writes a pointer exactly as DVC 3 writes one for a file or, with `files`, a folder, byte for byte. */
function writePointer(pointer) {
	const entry = toPointerEntry({
		path: pointer.out,
		hash: {
			kind: "md5",
			value: pointer.md5
		},
		sizeBytes: pointer.sizeBytes,
		files: pointer.files ?? null,
		executable: false,
		cloud: null,
		versions: null
	});
	return dumpDvcYaml(toMap({ outs: {
		kind: "list",
		items: [entry]
	} }));
}
function requireMd5(out, source) {
	const { hash } = out;
	if (hash === null && (out.cloud !== null || out.versions !== null)) throw refuseKind(source, "versions of a cloud and no md5", cloudHint);
	if (hash === null) throw refuse(source, "md5 is missing");
	if (hash.kind !== "md5" && hash.kind !== "md5-dos2unix") throw refuseKind(source, `"${hash.kind}"`, cloudHint);
	if (out.versions !== null) throw refuseKind(source, "\"files\"", cloudHint);
	if (out.remote !== null) throw refuseKind(source, "\"remote\"", "Push the data to the default remote, and take \"remote\" out.");
	if (!out.cached || !out.pushed) {
		const key = out.cached ? "push" : "cache";
		throw refuseKind(source, `${key}: false`, `Set ${key}: true, so that dvc push keeps the bytes.`);
	}
	return {
		kind: hash.kind,
		value: hash.value
	};
}
const cloudHint = "Use a plain remote that is not versioned by the cloud (version_aware, worktree): its data has an md5.";
function readSource([first]) {
	switch (first?.kind) {
		case void 0: return null;
		case "repository": {
			const { url, revision, lockedRevision } = first.repository;
			return {
				kind: "repository",
				url: withoutCredentials(url),
				path: first.path,
				revision: lockedRevision ?? revision
			};
		}
		case "file": return {
			kind: "url",
			url: withoutCredentials(first.path),
			path: null,
			revision: null
		};
		case "database": {
			const { connection, table } = first.database;
			return {
				kind: "database",
				url: connection ?? "database",
				path: table,
				revision: null
			};
		}
	}
}
/** What is recorded is read by everybody: a token in an address stays out, and so does a query. */
function withoutCredentials(url) {
	return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1").replace(/[?#].*$/s, "");
}
/** The pointer names the data relative to itself; it may not name anything outside the repository. */
function resolveData(source, wdir, name) {
	const path = posix.normalize(posix.join(posix.dirname(source), wdir, name));
	const foreign = [wdir, name].some((part) => posix.isAbsolute(part) || /[\\\0]|^[a-zA-Z]:|:\/\//.test(part));
	const noFile = [
		".",
		"..",
		""
	].includes(posix.basename(name)) || name.endsWith("/");
	if (foreign || noFile || path === ".." || path.startsWith("../")) throw refuse(source, "its path leaves the repository or names no file");
	return path;
}
function refuse(source, why) {
	return new InputError(code, `${source} is no valid DVC pointer: ${why}`, {
		hint: `Write it again with "dvc add" and commit the result.`,
		where: { file: source }
	});
}
function refuseKind(source, what, hint) {
	return new InputError("DVC_UNSUPPORTED", `${source} holds ${what}, which is not supported`, {
		hint,
		where: { file: source }
	});
}

export { readEntry as _, quotePython as a, toNumber as b, FieldReader as c, textOf as d, toMap as f, readCommand as g, isCommandList as h, compareCodePoints as i, isNull as l, entryKeys as m, writePointer as n, writePythonJson as o, toText as p, toStageNode as r, parseDvcYaml as s, parsePointer as t, getValue as u, dumpDvcYaml as v, normalizePlain as y };