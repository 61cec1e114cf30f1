import { r as InputError } from "./shared-error.js";
import { c as parseEvents, i as YAMLException, n as EVENT_ID, o as getScalarValue, r as SCALAR_STYLE } from "./shared-js-yaml.js";

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
		text: normalize(scalar)
	};
}
function normalize({ type, text }) {
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
	if (Buffer.byteLength(text) > maxDocumentBytes) throw refuse(subject, "it is over 16 MiB");
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
		throw refuse(source, cause instanceof YAMLException ? `it is not YAML: ${cause.reason}` : "it is not YAML", mark?.position === void 0 ? void 0 : mark.line + 1, cause);
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
		return refuse(this.source, why, this.text.slice(0, Math.max(0, position)).split("\n").length);
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
function refuse({ file, code }, why, line, cause) {
	return new InputError(code, `${file} cannot be read: ${why}`, {
		hint: "Write the file again with DVC, or correct it by hand.",
		where: {
			file,
			...line === void 0 ? {} : { line }
		},
		cause
	});
}

export { textOf as a, toText as c, readCommand as d, readEntry as f, toNumber as h, getValue as i, entryKeys as l, normalizePlain as m, FieldReader as n, toInteger as o, needsQuotes as p, isNull as r, toMap as s, parseDvcYaml as t, isCommandList as u };