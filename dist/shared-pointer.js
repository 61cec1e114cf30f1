import { a as textOf, c as toText, d as readCommand, f as readEntry, l as entryKeys, m as normalizePlain, n as FieldReader, o as toInteger, p as needsQuotes, s as toMap, t as parseDvcYaml } from "./shared-parse-yaml.js";
import { r as InputError } from "./shared-error.js";
import { posix } from "node:path";

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

export { quotePython as a, compareCodePoints as i, writePointer as n, writePythonJson as o, toStageNode as r, dumpDvcYaml as s, parsePointer as t };