import { r as InputError } from "./shared-error.js";
import { o as isFairness } from "./shared-metric-name.js";
import { t as suggest } from "./shared-suggestion.js";
import { _ as productionNeeds, a as isRecord, c as sameValue, f as minuteOfWeek, i as isBareDigest, l as require_dist, o as keyText, r as excerptOf, s as restoreDigests } from "./shared-policy-resolution.js";
import { i as readMoment, n as isMoment, r as momentRule } from "./shared-moment.js";
import { i as nameRule, n as isName, r as namePart } from "./shared-model-name.js";
import { C as strictObject, E as union, S as record, a as ZodLiteral, b as number, c as ZodOptional, f as array, g as int, l as ZodRecord, n as ZodDefault, o as ZodNullable, p as boolean, r as ZodDiscriminatedUnion, s as ZodObject, t as ZodArray, u as _enum, v as literal, w as string } from "./shared-schemas.js";
import { i as YAMLException, s as load, t as CORE_SCHEMA } from "./shared-js-yaml.js";
import { t as isFailure } from "./shared-finding.js";
import { t as stages } from "./shared-stage.js";

// core/config/place-address.ts
const placeRule = "file:///absolute/folder, https://host/path, s3://bucket/prefix or s3+https://host/bucket/prefix, without user, password, query or fragment (http and s3+http only to this machine)";
/** Stands for every region of Amazon S3 in a list of hosts. */
const amazonS3Host = "s3.amazonaws.com";
const longestAddress = 500;
const local = [
	"127.0.0.1",
	"localhost",
	"[::1]"
];
/** Lower-case, no dots beside each other: what every S3 service takes, and nothing that changes a host name. */
const bucketName = /^[a-z0-9](?:[a-z0-9-]|\.(?=[a-z0-9])){1,61}[a-z0-9]$/;
/**
* Reads an address of the policy.
* @returns null for everything that `placeRule` does not name
*/
function parsePlaceAddress(text) {
	if (!isPlain(text)) return null;
	const { protocol } = new URL(text);
	if (protocol === "file:") return toFolder(text);
	if (protocol === "http:" || protocol === "https:") return toHttp(text);
	if (protocol === "s3:") return toBucket(null, text.slice(5));
	if (protocol === "s3+http:" || protocol === "s3+https:") return toCompatible(text);
	return null;
}
/** The host that a place is reached at, with its port where it has one; null for a folder. */
function hostOf(address) {
	if (address.kind === "folder") return null;
	if (address.kind === "http") return new URL(address.url).host;
	return address.endpoint === null ? amazonS3Host : new URL(address.endpoint).host;
}
/** True when plain HTTP may be spoken to this host: it is this machine. */
function isThisMachine(url) {
	return local.includes(url.hostname);
}
/** Printable ASCII, no credentials, nothing that climbs or hides a dot: checked before anything is taken apart. */
function isPlain(text) {
	if (text.length > longestAddress || !/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
	if (/(?:^|\/)\.{1,2}(?:\/|$)|%2e|%2f|%00|\\/i.test(text) || /[?#]/.test(text)) return false;
	const { username, password } = new URL(text);
	return username === "" && password === "";
}
function toFolder(text) {
	const { host, pathname, href } = new URL(text);
	return host === "" && text.startsWith("file:///") && /[^/]/.test(pathname) ? {
		kind: "folder",
		url: href
	} : null;
}
function toHttp(text) {
	const url = new URL(text);
	if (url.protocol !== "https:" && !isThisMachine(url)) return null;
	return {
		kind: "http",
		url: url.href.replace(/\/+$/, "")
	};
}
function toCompatible(text) {
	const web = text.slice(3);
	if (!URL.canParse(web)) return null;
	const url = new URL(web);
	if (url.protocol !== "https:" && !isThisMachine(url)) return null;
	return toBucket(url.origin, url.pathname.slice(1));
}
function toBucket(endpoint, path) {
	const [bucket = "", ...parts] = path.replace(/\/+$/, "").split("/");
	if (!bucketName.test(bucket) || /^\d+\.\d+\.\d+\.\d+$/.test(bucket) || parts.includes("")) return null;
	const prefix = decode(parts);
	return prefix === null ? null : {
		kind: "s3",
		endpoint,
		bucket,
		prefix
	};
}
function decode(parts) {
	try {
		return parts.map((part) => decodeURIComponent(part)).join("/");
	} catch {
		return null;
	}
}

// core/config/yaml-lint.ts
var import_dist = require_dist();
/** What a YAML 1.1 reader (PyYAML, Ruby) makes of a plain word. We read 1.2, and a file must say one thing to all. */
const ambiguous = [
	[/^(?:yes|no|on|off)$/i, "true or false"],
	[/^[-+]?0[0-7]+$/, "an octal number"],
	[/^[-+]?0o[0-7]+$/, "text"],
	[/^[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?$/, "a number without the \"_\""],
	[/^[-+]?0b[01_]+$/, "a binary number"],
	[/^[-+]?[0-9]+(?::[0-5]?[0-9])+$/, "a number of base 60"]
];
/** Read alike by all that we know, and not by the letter of YAML 1.1: advice. A label column is often called y. */
const letter = /^[yn]$/i;
const date = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?$/;
/** Nobody reads more at once; the text is pull-request controlled. */
const mostFindings = 100;
const refusedKeys = /* @__PURE__ */ new Set([
	"__proto__",
	"constructor",
	"prototype"
]);
/** Finds what is legal YAML and still not welcome in a file that governs: doubled keys, tags, words with two meanings. */
function lintNodes(source) {
	const findings = [];
	const report = (node, path, complaint) => {
		const severity = complaint.severity ?? "fail";
		if (findings.filter((finding) => finding.severity === severity).length >= mostFindings) return;
		findings.push(findingAt(source, node, path, complaint));
	};
	walk(source.document.contents, "", report);
	for (const error of source.document.errors.slice(0, mostFindings)) {
		const { line, col } = source.counter.linePos(error.pos[0]);
		findings.push({
			code: "config/syntax",
			severity: "fail",
			message: `${source.file} cannot be read: ${error.code.toLowerCase().replaceAll("_", " ")}`,
			where: {
				file: source.file,
				line,
				column: col,
				pointer: ""
			},
			excerpt: excerptOf(source.lines, line),
			fix: "Mend the YAML at this line."
		});
	}
	if (findings.every((finding) => !isFailure(finding)) && !readersAgree(source)) report(source.document.contents, "", {
		code: "config/ambiguous",
		message: "two YAML readers understand this file differently",
		fix: "Put quotes around every text that is not plain words."
	});
	return findings;
}
function walk(node, path, report) {
	lintProperties(node, path, report);
	if ((0, import_dist.isSeq)(node)) for (const [at, item] of node.items.entries()) walk(item, `${path}/${at}`, report);
	if ((0, import_dist.isScalar)(node)) lintScalar(node, path, report);
	if (!(0, import_dist.isMap)(node)) return;
	const seen = /* @__PURE__ */ new Set();
	for (const pair of node.items) {
		lintKey(pair, path, seen, report);
		walk(pair.value, `${path}/${keyText(pair)}`, report);
	}
}
function lintKey(pair, path, seen, report) {
	const key = keyText(pair);
	const here = `${path}/${key}`;
	if (seen.has(key)) report(pair.key, here, {
		code: "config/duplicate-key",
		message: `the key "${key}" is written twice`,
		fix: `Keep one of the two: readers differ in which one they take.`
	});
	seen.add(key);
	if (refusedKeys.has(key)) report(pair.key, here, {
		code: "config/refused-key",
		message: `the key "${key}" is not allowed`,
		fix: "Choose another name: this one has a meaning inside JavaScript."
	});
	if (key === "<<") report(pair.key, here, {
		code: "config/merge-key",
		message: "the merge key \"<<\" is not read",
		fix: "Write the values out where they are needed."
	});
	if ((0, import_dist.isScalar)(pair.key)) {
		lintProperties(pair.key, here, report);
		lintScalar(pair.key, here, report);
	}
}
function lintProperties(node, path, report) {
	if (!((0, import_dist.isScalar)(node) || (0, import_dist.isMap)(node) || (0, import_dist.isSeq)(node))) return;
	if (node.anchor !== void 0) report(node, path, {
		code: "config/alias",
		message: `the anchor "&${node.anchor}" is not read`,
		fix: "Write the value out: anchors and aliases are not read here."
	});
	if (node.tag !== void 0 && node.tag !== "!") report(node, path, {
		code: "config/tag",
		message: `the tag "${node.tag}" is not read`,
		fix: "Remove the tag: write the plain value, in quotes when it is text."
	});
}
function lintScalar(node, path, report) {
	if (typeof node.value === "string" && !node.value.isWellFormed()) report(node, path, {
		code: "config/text",
		message: "this text holds half of a character (a lone surrogate)",
		fix: "Write the character itself instead of its \\u escape."
	});
	if (typeof node.value === "number" && !Number.isFinite(node.value)) report(node, path, {
		code: "config/not-finite",
		message: `${node.source ?? "this value"} is not a number that anything can be compared with`,
		found: node.source ?? String(node.value),
		fix: "Write a finite number."
	});
	if (node.type !== "PLAIN" || isBareDigest(node)) return;
	const text = node.source ?? "";
	if (isRounded(text, node.value)) report(node, path, {
		code: "config/inexact",
		message: `${text} would be read as ${BigInt(node.value)}: it has more digits than a number holds here`,
		found: text,
		fix: "Write a whole number up to 2^53, or a text in quotes where one is allowed."
	});
	const meaning = ambiguous.find(([pattern]) => pattern.test(text))?.[1];
	if (meaning !== void 0) report(node, path, twoMeanings(text, meaning, "fail"));
	else if (letter.test(text)) report(node, path, twoMeanings(text, "true or false", "warn"));
	else if (date.test(text)) report(node, path, twoMeanings(text, "a date object", "warn"));
}
/** A limit of 2^53 + 1 would silently become one of 2^53, and so would an allowed value. */
const isRounded = (text, value) => /^[-+]?[0-9]+$/.test(text) && Number.isFinite(value) && BigInt(text.replace("+", "")) !== BigInt(Number(value));
function twoMeanings(text, meaning, severity) {
	return {
		code: "config/ambiguous",
		severity,
		message: `YAML 1.1 readers take ${text} for ${meaning}, YAML 1.2 readers do not`,
		found: text,
		fix: `Put quotes around it: "${text}"${/^[-+]?0/.test(text) ? ", or write the number without the leading 0" : ""}.`
	};
}
function findingAt(source, node, pointer, complaint) {
	const offset = (0, import_dist.isScalar)(node) || (0, import_dist.isMap)(node) || (0, import_dist.isSeq)(node) ? node.range?.[0] ?? 0 : 0;
	const { line, col } = source.counter.linePos(offset);
	return {
		code: complaint.code,
		severity: complaint.severity ?? "fail",
		message: `${complaint.message}${pointer === "" ? "" : ` (${pointer})`}`,
		where: {
			file: source.file,
			line: Math.max(1, line),
			column: Math.max(1, col),
			pointer
		},
		excerpt: excerptOf(source.lines, Math.max(1, line)),
		...complaint.found === void 0 ? {} : { found: complaint.found },
		fix: complaint.fix
	};
}
function readersAgree(source) {
	const other = source.document.toJS({ maxAliasCount: 0 });
	return sameValue(source.value, restoreDigests(source.document.contents, other));
}

// core/config/source.ts
/** Measured: a file at these limits is read in under 250 ms. A contract of 1,000 columns stays below them. */
const limits = {
	bytes: 262144,
	lines: 8e3,
	depth: 20,
	values: 1e4
};
/**
* Reads one YAML document of a user's repository. The text is pull-request controlled: size, depth and number of values
* are capped before the position parser sees it, and aliases, anchors, tags and merge keys are refused.
*/
function readSource(raw, file) {
	const text = raw.startsWith("﻿") ? raw.slice(1) : raw;
	const lines = text.split(/\r\n|\n|\r/);
	const tooLarge = checkSize(text, lines, file);
	if (tooLarge) return {
		kind: "unreadable",
		findings: [tooLarge]
	};
	const loaded = loadValue(text, file, lines);
	if (loaded.kind === "unreadable") return loaded;
	if (countValues(loaded.value) > limits.values) return {
		kind: "unreadable",
		findings: [oversize(file, `${file} holds more than ${limits.values} values`, `${limits.values} values`)]
	};
	const counter = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(text, {
		lineCounter: counter,
		schema: "core",
		uniqueKeys: false
	});
	const source = {
		file,
		lines,
		value: restoreDigests(document.contents, loaded.value),
		document,
		counter
	};
	return {
		kind: "read",
		source,
		findings: lintNodes(source)
	};
}
function checkSize(text, lines, file) {
	const bytes = new TextEncoder().encode(text).length;
	if (bytes > limits.bytes) return oversize(file, `${file} has ${bytes} bytes`, `${limits.bytes} bytes (256 KiB)`);
	if (lines.length > limits.lines) return oversize(file, `${file} has ${lines.length} lines`, `${limits.lines} lines`);
	return null;
}
function oversize(file, message, most) {
	return {
		code: "config/too-large",
		severity: "fail",
		message,
		where: {
			file,
			line: 1,
			column: 1,
			pointer: ""
		},
		allowed: `at most ${most}`,
		fix: "Configuration is written by people: move data out of this file."
	};
}
function loadValue(text, file, lines) {
	if (lines.every((line) => /^\s*(?:#.*)?$/.test(line))) return {
		kind: "loaded",
		value: null
	};
	try {
		const options = {
			schema: CORE_SCHEMA,
			maxAliases: 0,
			maxDepth: limits.depth,
			json: true
		};
		return {
			kind: "loaded",
			value: load(text, options)
		};
	} catch (error) {
		return {
			kind: "unreadable",
			findings: [syntaxFinding(error, file, lines)]
		};
	}
}
function syntaxFinding(error, file, lines) {
	const mark = error instanceof YAMLException ? error.mark : void 0;
	const reason = error instanceof YAMLException ? error.reason : "this is not YAML";
	const line = (mark?.line ?? 0) + 1;
	return {
		code: /alias/.test(reason) ? "config/alias" : "config/syntax",
		severity: "fail",
		message: `${file} cannot be read: ${reason}`,
		where: {
			file,
			line,
			column: (mark?.column ?? 0) + 1,
			pointer: ""
		},
		excerpt: excerptOf(lines, line),
		fix: fixFor(reason)
	};
}
const fixes = [
	[/alias/, "Write the value out: anchors and aliases (&name, *name) are not read here."],
	[/tab/, "Indent with two spaces instead of tabs."],
	[/maxDepth/, `Nest at most ${limits.depth} levels.`],
	[/single document/, "Keep one document: remove the line \"---\" and what follows it."],
	[/tag/, "Remove the tag (!!name): write the plain value."]
];
const fixFor = (reason) => fixes.find(([pattern]) => pattern.test(reason))?.[1] ?? "Mend the YAML at this line; look for a missing quote, colon or bracket.";
function countValues(value) {
	if (typeof value !== "object" || value === null) return 1;
	return Object.values(value).reduce((sum, item) => sum + countValues(item), 1);
}

// core/config/position.ts
/**
* Finds the line and column of a value.
* @param pointer JSON pointer (RFC 6901); an item of a list may also be named by its `name`: `/columns/delay/max`.
* @param source path for the answer
* @returns the position of the value; of the nearest value above it when it is not there; without a line when the
* text cannot be read.
*/
function locate(text, pointer, source = "") {
	return openLocator(text, source)(pointer);
}
/**
* The same for many values of one text, which is read once: a table that lacks 5,000 columns has as many findings, and
* the time of a check must not grow with their product.
*/
function openLocator(text, source = "") {
	let read = null;
	const names = /* @__PURE__ */ new Map();
	return (pointer) => {
		read ??= readSource(text, source);
		if (read.kind === "unreadable") return {
			file: source,
			pointer
		};
		return {
			...positionOf(read.source, pathOfPointer(pointer), "value", names),
			pointer
		};
	};
}
/** Position of the value at a path, or of the key that names it. Falls back to the nearest place above. */
function positionOf(source, path, of, names = /* @__PURE__ */ new Map()) {
	let node = source.document.contents;
	let found = node;
	for (const [depth, part] of path.entries()) {
		const pair = stepInto(node, String(part), names);
		if (pair === null) break;
		node = pair.value;
		const wanted = of === "key" && depth === path.length - 1 ? pair.key : pair.value;
		found = hasPlace(wanted) ? wanted : pair.key;
	}
	const offset = (0, import_dist.isNode)(found) ? found.range?.[0] ?? 0 : 0;
	const { line, col } = source.counter.linePos(offset);
	return {
		file: source.file,
		line: Math.max(1, line),
		column: Math.max(1, col),
		pointer: pointerOf(path)
	};
}
function stepInto(node, part, names) {
	if ((0, import_dist.isMap)(node)) {
		const pair = node.items.find((item) => keyText(item) === part);
		return pair ? {
			key: pair.key,
			value: pair.value
		} : null;
	}
	if (!(0, import_dist.isSeq)(node)) return null;
	const value = (/^\d+$/.test(part) ? node.items[Number(part)] : void 0) ?? indexOf(node, names).get(part);
	return value === void 0 ? null : {
		key: value,
		value
	};
}
function indexOf(list, names) {
	const known = names.get(list);
	if (known !== void 0) return known;
	const items = list.items.flatMap((entry) => (0, import_dist.isMap)(entry) ? [[entry.get("name"), entry]] : []);
	const index = new Map(items.reverse());
	names.set(list, index);
	return index;
}
/** A key without a value has a node of no length: its key is the better place to point at. */
function hasPlace(node) {
	return (0, import_dist.isNode)(node) && node.range !== void 0 && node.range !== null && node.range[1] > node.range[0];
}
const pointerOf = (path) => path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
/** Keys of a JSON pointer (RFC 6901). */
function pathOfPointer(pointer) {
	if (!pointer.startsWith("/")) return [];
	return pointer.slice(1).split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

// core/config/type-fix.ts
const typeWords = {
	string: "text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "a map of keys",
	record: "a map of keys"
};
/** A type as people say it. */
const wordOfType = (type) => typeWords[type] ?? type;
/** `owners: [omar]` as it must stand. */
function fixRole(path, found) {
	const names = (Array.isArray(found) ? found : [found]).filter((each) => typeof each === "string").map((each) => each.replace(/^@/, "")).filter((each) => /^[A-Za-z0-9/_-]{1,100}$/.test(each));
	const users = names.filter((each) => !each.includes("/"));
	const teams = names.filter((each) => each.includes("/"));
	const parts = [...users.length > 0 || teams.length === 0 ? [`users: [${users.join(", ") || "omar"}]`] : [], ...teams.length > 0 ? [`teams: [${teams.join(", ")}]`] : []];
	return `${String(path.at(-1) ?? "owners")}: { ${parts.join(", ")} }`;
}
/**
* What to write instead of a value of another type.
* @param keys that a map has at this place; a map with `users` is a role
*/
function fixType(path, found, expected, keys) {
	if (keys.includes("users")) return `Write ${fixRole(path, found)}.`;
	const key = typeof path.at(-1) === "number" ? "-" : `${String(path.at(-1) ?? "")}:`;
	const numeric = typeof found === "string" && found.trim() !== "" && Number.isFinite(Number(found));
	if (expected === "number" || expected === "int") return numeric ? `Remove the quotes: ${key} ${found}` : `Write a number: ${key} 1`;
	if (expected === "string" && found !== null && typeof found !== "object") return `Put quotes around it: ${key} "${String(found)}"`;
	if (expected === "array" && found !== null && typeof found !== "object") return `Write a list: ${key} [${String(found)}]`;
	if (expected === "record" && Array.isArray(found)) return `Write a map instead of a list: ${key} { name: 1 }`;
	return `Write ${wordOfType(expected)}.`;
}

// core/config/problem.ts
/** Nobody reads more at once, and finding the place of each costs time: the text is pull-request controlled. */
const mostProblems = 50;
/** Adds position and line to a problem. */
function toFinding(source, problem) {
	const where = refine(source, positionOf(source, problem.path, problem.at ?? "value"), problem);
	return {
		code: problem.code,
		severity: "fail",
		message: problem.message,
		where,
		excerpt: excerptOf(source.lines, where.line ?? 1),
		...problem.found === void 0 ? {} : { found: problem.found },
		...problem.allowed === void 0 ? {} : { allowed: problem.allowed },
		fix: problem.fix
	};
}
/** Moves to the place inside a text where the text stands on its line as it is read; else its beginning is near enough. */
function refine(source, where, { within }) {
	if (within === void 0) return where;
	const column = where.column ?? 1;
	const at = source.lines[(where.line ?? 1) - 1]?.indexOf(within.text, column - 1) ?? -1;
	return at < 0 ? where : {
		...where,
		column: at + within.offset + 1
	};
}
/** Turns what the schema complains about into problems that a person can mend. */
function problemsOf(schema, value, issues) {
	return dropEmptied(dropMisspelt(issues.slice(0, 50).flatMap((issue) => {
		if (issue.code === "unrecognized_keys") return unknownKeys(keysAt(schema, issue.path, value), issue.path, issue.keys.slice(0, 50));
		const found = valueAt(value, issue.path);
		if (issue.code === "invalid_union" && issue.discriminator !== void 0) return [notOneOf(issue.path, found, choicesAt(schema, issue.path.slice(0, -1)))];
		if (issue.code === "invalid_type" && found === void 0) return [missingKey(issue.path)];
		if (found === null && issue.path.length === 0) return [emptyFile(keysAt(schema, []))];
		if (issue.code === "invalid_type") return [wrongType(issue.path, found, issue.expected, keysAt(schema, issue.path))];
		if (issue.code === "invalid_value") return [notOneOf(issue.path, found, issue.values)];
		if (issue.code === "invalid_key") return [wrongKey(issue.path, issue.issues[0]?.message ?? issue.message)];
		if (issue.code === "custom" && typeof issue.params?.says === "string") return [saidOf(issue.path, found, issue.message, issue.params.says)];
		return [notAllowed(issue.path, found, issue.message)];
	})));
}
/** A misspelt key is missing too: one complaint is enough. */
function dropMisspelt(problems) {
	const meant = new Set(problems.flatMap(({ meant: key, path }) => key ? [pointerOf([...path.slice(0, -1), key])] : []));
	return problems.filter(({ missing, path }) => missing === void 0 || !meant.has(pointerOf([...path, missing])));
}
/** What asks for nothing may ask by a key that is misspelt: that one is told. */
function dropEmptied(problems) {
	const unknown = new Set(problems.flatMap(({ code, path }) => code === "config/unknown-key" ? [pointerOf(path.slice(0, -1))] : []));
	return problems.filter(({ empty, path }) => empty !== true || !unknown.has(pointerOf(path)));
}
/** A fault that the schema says in its own words. */
const saidOf = (path, found, allowed, says) => ({
	code: "config/value",
	message: `${nameOf(path)} ${says}`,
	path,
	found: describeValue(found),
	allowed,
	fix: `Write ${allowed}.`,
	...says === "asks for nothing" ? {
		empty: true,
		fix: `Add ${allowed}.`
	} : {}
});
/** Said of a map in which nothing is asked for. */
const asksNothing = "asks for nothing";
/** `minimum` for `min`: too far for a slip of the finger. */
const findShort = (key, known) => known.find((short) => short.length > 2 && key.startsWith(short) && /^[a-z]+$/.test(key)) ?? null;
function unknownKeys(known, path, keys) {
	return keys.map((key) => {
		const meant = suggest(key, known) ?? findShort(key, known);
		return {
			code: "config/unknown-key",
			message: `unknown key "${key}"${inPlace(path)}${meant === null ? "" : `. Did you mean "${meant}"?`}`,
			path: [...path, key],
			at: "key",
			found: key,
			allowed: known.join(", "),
			fix: meant === null ? `Remove "${key}" or write one of the allowed keys.` : `Write "${meant}" instead of "${key}".`,
			...meant === null ? {} : { meant }
		};
	});
}
function missingKey(path) {
	const key = String(path.at(-1) ?? "");
	return {
		code: "config/missing-key",
		message: `the key "${key}" is missing${inPlace(path.slice(0, -1))}`,
		path: path.slice(0, -1),
		at: "key",
		found: "nothing",
		allowed: `"${key}" is required`,
		fix: `Add "${key}: ...".`,
		missing: key
	};
}
const emptyFile = (keys) => ({
	code: "config/empty",
	message: "the file is empty",
	path: [],
	found: "nothing",
	allowed: keys.join(", "),
	fix: "Write the required keys of this file."
});
function wrongType(path, found, expected, keys) {
	const wanted = wordOfType(expected);
	return {
		code: "config/wrong-type",
		message: `${nameOf(path)} is ${describeValue(found)}, but ${wanted} is needed`,
		path,
		found: describeValue(found),
		allowed: wanted,
		fix: fixType(path, found, expected, keys)
	};
}
function notOneOf(path, found, values) {
	if (found === void 0) return missingKey(path);
	const words = values.map(String);
	const meant = typeof found === "string" ? suggest(found, words) : null;
	return {
		code: "config/value",
		message: `${nameOf(path)} is ${describeValue(found)}${meant === null ? "" : `. Did you mean "${meant}"?`}`,
		path,
		found: describeValue(found),
		allowed: words.join(", "),
		fix: `Write ${meant ?? (words.length === 1 ? words[0] : `one of ${words.join(", ")}`)}.`
	};
}
function wrongKey(path, allowed) {
	const key = String(path.at(-1) ?? "");
	return {
		code: "config/name",
		message: `"${key}" is not a name that can be used here${inPlace(path.slice(0, -1))}`,
		path,
		at: "key",
		found: key,
		allowed,
		fix: "Rename it."
	};
}
function notAllowed(path, found, message) {
	if (found === void 0 && path.length > 0) return missingKey(path);
	return {
		code: "config/value",
		message: isRecord(found) && !isEmpty(found) ? `${nameOf(path)} needs ${message}` : `${nameOf(path)} is ${describeValue(found)}, which is not allowed`,
		path,
		found: describeValue(found),
		allowed: message,
		fix: `Write ${message}.`
	};
}
/**
* The keys that an object of the schema has at a path; none where it is not an object.
* @param value the file: where the schema has several kinds of object, it says which one is there
*/
function keysAt(schema, path, value) {
	const at = schemaAt(schema, path);
	if (!(at instanceof ZodDiscriminatedUnion)) return at instanceof ZodObject ? Object.keys(at.shape) : [];
	const key = at.def.discriminator;
	const kind = valueAt(value, [...path, key]);
	const option = optionsOf(at).find((shape) => kindsOf(shape[key]).includes(kind));
	return Object.keys(option ?? {});
}
/** The kinds of object that may stand at a path. */
function choicesAt(schema, path) {
	const at = schemaAt(schema, path);
	if (!(at instanceof ZodDiscriminatedUnion)) return [];
	return optionsOf(at).flatMap((shape) => kindsOf(shape[at.def.discriminator]));
}
const optionsOf = (union) => union.options.flatMap((option) => option instanceof ZodObject ? [option.shape] : []);
const kindsOf = (schema) => schema instanceof ZodLiteral ? [...schema.values] : [];
function schemaAt(schema, path) {
	let at = schema;
	for (const part of path) {
		at = unwrap(at);
		if (at instanceof ZodObject) at = at.shape[String(part)];
		else if (at instanceof ZodArray) at = at.element;
		else if (at instanceof ZodRecord) at = at.valueType;
		else return void 0;
	}
	return unwrap(at);
}
function unwrap(schema) {
	let inner = schema;
	while (inner instanceof ZodOptional || inner instanceof ZodDefault || inner instanceof ZodNullable) inner = inner.unwrap();
	return inner;
}
const isEmpty = (map) => Object.keys(map).length === 0;
function valueAt(value, path) {
	return path.reduce((at, part) => {
		if (Array.isArray(at)) return at[Number(part)];
		return isRecord(at) && Object.hasOwn(at, part) ? at[String(part)] : void 0;
	}, value);
}
function describeValue(value) {
	if (value === null) return "empty";
	if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
	if (typeof value === "object") return Object.keys(value ?? {}).length === 0 ? "an empty map" : "a map of keys";
	if (typeof value === "string") return `the text "${value.length > 80 ? `${value.slice(0, 80)}...` : value}"`;
	return String(value);
}
/** `gates[0].min`: the way people say it. */
function nameOf(path) {
	if (path.length === 0) return "the file";
	return path.reduce((name, part) => {
		if (typeof part === "number") return `${name}[${part}]`;
		return name === "" ? String(part) : `${name}.${String(part)}`;
	}, "");
}
const inPlace = (path) => path.length === 0 ? "" : ` in ${nameOf(path)}`;

// core/config/field.ts
/** Building blocks of the four schemas. The `error` of each is what is allowed there, in words: messages quote it. */
const line = (allowed, most) => string().min(1, allowed).max(most, allowed).refine((text) => text.trim() !== "", { error: allowed });
/** Free text for people: never empty, at most 2,000 characters. */
const prose = line("some text, at most 2,000 characters", 2e3);
/** A command for the runner's shell. */
const command = line("a command, at most 4,000 characters", 4e3);
/** A column name of the team's data: any text that fits on one line. */
const columnName = line("a column name on one line, at most 200 characters", 200).regex(/^[^\u0000-\u001f\u007f\u2028\u2029]+$/u, "a column name on one line, at most 200 characters");
const name = string().regex(namePart, nameRule).refine(isName, { error: nameRule });
const loginRule = "a GitHub login of a person, without \"@\"";
/** `_` occurs in the logins of enterprise-managed users only; `[bot]` is refused: bots never approve. */
const login = string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?$/, loginRule);
const team = string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[a-z0-9_][a-z0-9._-]{0,99}$/, "a team as organization/slug");
const pathRule = "a path inside the repository, with \"/\" and without \"..\", spaces at its ends, or .git";
/** A file of the repository: relative, no traversal, not inside .git. */
const filePath = string().refine((text) => isInside(text) && !/[*?[\]{}]/.test(text), { error: pathRule });
const globRule = `${pathRule}; wildcards * ** ? [] {a,b}, at most eight "*"`;
/** Up to eight wildcards: more of them make matching slow, and this text is pull-request controlled. */
const glob = string().refine((text) => isInside(text) && (text.match(/\*+/g) ?? []).length <= 8 && !/\*{3}/.test(text), { error: globRule });
function isInside(text) {
	return text.length <= 400 && /^[\p{L}\p{N} ._/@=+~,*?{}[\]-]+$/u.test(text) && !text.includes("..") && text.trim() === text && text.split("/").every((part) => part !== "" && part !== "." && part.toLowerCase() !== ".git");
}
/** Where bytes lie. Credentials never stand in a file that everybody reads. */
const place = string().refine((text) => parsePlaceAddress(text) !== null, { error: placeRule });
const webAddress = string().refine((text) => parsePlaceAddress(text)?.kind === "http", { error: "https://host/path, without user, password, query or fragment (http only to this machine)" });
const hostRule = "the exact name of a host, with :port where it is not 443, for example data.example.com";
/** Lower-case as addresses are read; a wildcard would let a neighbour in, a bare number is no name. */
const host = string().max(259, hostRule).refine((text) => URL.canParse(`https://${text}`) && new URL(`https://${text}`).host === text, { error: hostRule }).refine((text) => /^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/.test(text), { error: hostRule });
const commit = string().regex(/^[0-9a-f]{40}$/, "a full commit id: 40 characters 0-9 a-f (a tag can be moved, a commit cannot)");
const sha256 = string().regex(/^[0-9a-f]{64}$/, "64 characters 0-9 a-f");
const branch = string().regex(/^(?!.*(?:\.\.|@\{|\/\/|\.lock$|\/$|^[-/.]))[\w./@+-]{1,200}$/, "the exact name of a branch, without wildcards");
const finite = number().refine(Number.isFinite, { error: "a finite number" });
const count = (least, most) => {
	const allowed = `a whole number from ${least} to ${most}`;
	return int(allowed).min(least, allowed).max(most, allowed);
};

// core/config/gate-schema.ts
/** Asks for a champion's value and 2 % of it, as a gate of its own. */
const gatePresets = ["baseline-plus-2-percent"];
const marginRule = "a number of 0 or more, in units of the metric";
const positive = (allowed) => number(allowed).refine((value) => Number.isFinite(value) && value > 0, { error: allowed });
const change = (what) => finite.min(0, "a number of 0 or more").optional().describe(what);
const higher = boolean().optional();
const ownKeys = {
	metric: columnName.describe("Name of the metric: auc, f-beta@2, recall:late, latency-p99."),
	by: columnName.optional().describe("Column of the groups; fairness metrics need it and no other has it."),
	slice: string().min(1, "the name of a slice, for example carrier=AA").max(500, "the name of a slice, at most 500 characters").optional().describe("Only this slice, by the name it has in the report: carrier=AA. Absent: all rows."),
	set: literal("production-like").optional().describe("The rows as production would send them. Absent: the held-out rows."),
	min: finite.optional().describe("Lowest value that passes."),
	max: finite.optional().describe("Highest value that passes."),
	at: _enum(["value", "bound"]).optional().describe("What min and max speak of: the value (so when absent), or the bad end of its 95 % interval."),
	versus: _enum(["not-worse", "better"]).optional().describe("Compare with the champion on the same held-out rows: not worse than margin, or better by margin."),
	margin: finite.min(0, marginRule).optional().describe("Margin of the comparison, in units of the metric; with relative a share."),
	relative: boolean().optional().describe("The margin is a share of the champion's value: 0.02 is 2 % of it."),
	ratio: positive("a number above 0").optional().describe("Challenger divided by champion: at most this, or at least this where higher is better."),
	slices: strictObject({ margin: finite.min(0, marginRule).describe("How far a slice may fall.") }).optional().describe("No slice falls below the champion by more than the margin."),
	drop: finite.min(0, marginRule).optional().describe("How much worse it may be on the production-like rows than on the held-out ones."),
	grade: _enum(["judged", "measured"]).optional().describe("Lowest grade of its numbers. Absent: judged, and measured for what can only be measured (latency)."),
	preset: _enum(gatePresets).optional().describe("baseline-plus-2-percent: better than the champion by more than 2 % of its value.")
};
const foreignKeys = {
	threshold: finite.optional().describe("MLflow: lowest value, or highest where greater is not better."),
	"min-absolute-change": change("MLflow: better than the champion by this, in units of the metric."),
	min_absolute_change: change("The same, as MLflow writes it."),
	"min-relative-change": change("MLflow: better than the champion by this share of the champion's value."),
	min_relative_change: change("The same, as MLflow writes it."),
	"greater-is-better": higher.describe("MLflow: direction of the metric; threshold needs it."),
	greater_is_better: higher.describe("The same, as MLflow writes it.")
};
/**
* One gate as people write it. The keys of MLflow are taken as `toGates` says.
* @see https://mlflow.org/docs/latest/api_reference/_modules/mlflow/models/evaluation/validation.html
*/
const gateSchema = strictObject({
	...ownKeys,
	...foreignKeys
}).superRefine((gate, context) => {
	for (const { key, allowed } of faultsOf(gate)) {
		const params = allowed === askingRule ? { params: { says: asksNothing } } : {};
		context.addIssue({
			code: "custom",
			path: key === null ? [] : [key],
			message: allowed,
			input: gate,
			...params
		});
	}
}).describe("One gate: a limit on a metric, or a comparison with the champion.");
const asking = [
	"min",
	"max",
	"versus",
	"ratio",
	"slices",
	"drop",
	"preset",
	"threshold"
];
const askingRule = "min, max, versus, ratio, slices, drop or preset";
const changes = [
	["min-absolute-change", "min_absolute_change"],
	["min-relative-change", "min_relative_change"],
	["greater-is-better", "greater_is_better"]
];
/** What one key alone does not tell: a gate that asks for nothing, or for two things at once. */
function faultsOf(gate) {
	const has = (...keys) => keys.some((key) => gate[key] !== void 0);
	const faults = [];
	const when = (wrong, key, allowed) => {
		if (wrong) faults.push({
			key,
			allowed
		});
	};
	const changed = has("min-absolute-change", "min_absolute_change", "min-relative-change", "min_relative_change");
	when(!has(...asking) && !changed, null, askingRule);
	when(has("margin") && !has("versus"), "margin", "\"margin\" only beside \"versus\"");
	when(has("relative") && !has("margin"), "relative", "\"relative\" only beside \"margin\"");
	when(has("at") && !has("min", "max", "threshold"), "at", "\"at\" only beside \"min\" or \"max\"");
	when(has("slices") && has("slice", "set", "by"), "slices", "\"slices\" without \"slice\", \"set\" and \"by\"");
	when(has("drop") && has("set"), "drop", "\"drop\" without \"set\": it speaks of both sets");
	const { min, max } = gate;
	when(typeof min === "number" && typeof max === "number" && min > max, "min", "\"min\" not above \"max\": nothing could pass");
	const groups = isFairness(gate.metric);
	when(groups && !has("by"), null, "\"by\": the column of the groups, since this metric compares groups");
	when(!groups && has("by"), "by", "no \"by\": this metric does not compare groups");
	when(has("preset") && (has("versus") || changed), "preset", "\"preset\" without another comparison");
	when(changed && has("versus"), "versus", "no \"versus\" beside the changes of MLflow: one comparison a gate");
	for (const [kebab, snake] of changes) when(has(kebab) && has(snake), snake, `one of "${kebab}" and "${snake}"`);
	return [...faults, ...thresholdFaults(has, changed)];
}
function thresholdFaults(has, changed) {
	const direction = has("greater-is-better", "greater_is_better");
	return [
		...has("threshold") && !direction ? [{
			key: null,
			allowed: "\"greater-is-better\" beside \"threshold\", or min or max instead"
		}] : [],
		...has("threshold") && has("min", "max") ? [{
			key: "threshold",
			allowed: "one of \"threshold\" and \"min\" or \"max\""
		}] : [],
		...direction && !has("threshold") && !changed ? [{
			key: null,
			allowed: "a direction only beside \"threshold\" or a change"
		}] : []
	];
}

// core/config/stage-rule-schema.ts
const stage = _enum(stages);
const promotesFrom = array(stage).max(stages.length).describe("Stages from which a version may come; of the moves that can be made, only these.");
/** Keys of one stage besides its approvals. */
const stageRuleShape = {
	"soak-hours": count(1, 8760).optional().describe("Least hours that a version has been in the stage before: it waits until then."),
	"expires-days": count(1, 3650).optional().describe("An approval that is older than so many days does not count."),
	promotes_from: promotesFrom.optional()
};
const only = strictObject({ promotes_from: promotesFrom }).optional().describe("A stage and where its versions may come from.");
/**
* The order of stages as GTO's users wrote it down: a list of names, or of one name with `promotes_from`.
* @see https://github.com/iterative/gto/issues/321
*/
const stageOrderSchema = array(union([stage, strictObject({
	staging: only,
	candidate: only,
	production: only,
	archived: only,
	rejected: only
}).refine((item) => Object.keys(item).length === 1, { error: "one stage an item" })], { error: "the name of a stage, or { production: { promotes_from: [candidate] } }" })).max(20).describe("Order of stages in the shape of iterative/gto#321: the same as promotes_from under stages.");
const moment = string().refine((text) => isMoment(text) || minuteOfWeek(text) !== null, { error: `${momentRule}, or of every week fri 16:00 (UTC)` });
const isWeekly = (text) => minuteOfWeek(text) !== null;
const freezeSchema = strictObject({
	from: moment.describe("A date, a time, or a moment of every week: 2026-12-20, fri 16:00. UTC."),
	until: moment.describe("Its last day, or the time or moment of the week at which moves go on. UTC."),
	to: array(stage).min(1, "at least one stage").default(["production"]).describe("Stages that cannot be entered meanwhile. Absent: production."),
	reason: prose.describe("Why: shown to whoever waits.")
}).refine(({ from, until }) => isWeekly(from) === isWeekly(until), {
	error: "the same kind as \"from\": two dates or times, or two moments of the week",
	path: ["until"]
}).refine(({ from, until }) => isWeekly(from) || !(readMoment(until) < readMoment(from)), {
	error: "not before \"from\"",
	path: ["until"]
}).refine(({ from, until }) => !isWeekly(from) || from !== until, {
	error: "another moment than \"from\"",
	path: ["until"]
});
const freezesSchema = array(freezeSchema).max(50).describe("Times in which moves into named stages wait. A rollback never waits.");

// core/config/policy-schema.ts
/** People of a role, as written. */
const roleSchema = strictObject({
	users: array(login).max(200).optional().describe("GitHub logins of people, without \"@\"."),
	teams: array(team).max(50).optional().describe("Teams as organization/slug; members are read when deciding.")
}).refine(({ users, teams }) => (users?.length ?? 0) + (teams?.length ?? 0) > 0, { error: "at least one user or team: a role of nobody can approve nothing" }).describe("Who belongs to it: users, teams, or both.");
/** `{ reviewer: 1, risk: 1 }`: how many different people of each role. */
const approvalsSchema = record(name, count(1, 20)).refine((lines) => Object.keys(lines).length > 0, { error: "at least one role, for example { reviewer: 1 }: leave the key out to keep the preset" }).describe("Role to number of different people, for example { reviewer: 1, owner: 1 }. Added to the preset, never below it.");
const riskSchema = _enum([
	"minimal",
	"limited",
	"high"
]);
const approved = strictObject({ approvals: approvalsSchema.optional() }).optional();
const stageRule = strictObject({
	approvals: approvalsSchema.optional(),
	...stageRuleShape
}).optional();
const stageNames = _enum(stages);
const conditionSchema = strictObject({
	risk: array(riskSchema).min(1, "at least one risk class").optional().describe("Only for models of these risk classes."),
	to: array(stageNames).min(1, "at least one stage").optional().describe("Only for moves into these stages."),
	paths: array(glob).min(1, "at least one path").max(50).optional().describe("Only when a file that one of these matches changes."),
	endpoints: array(name).min(1, "at least one endpoint").max(100).optional().describe("Only for moves at these endpoints."),
	privacy: array(_enum([
		"none",
		"personal",
		"secret"
	])).min(1, "at least one privacy class").optional().describe("Only when the data has a column of one of these classes."),
	approvals: approvalsSchema
});
const workflowFile = string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\.ya?ml$/, "the name of a workflow file, for example judge-model.yml");
const trustedSchema = strictObject({
	repository: string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/, "a repository as owner/name").describe("Repository of the trusted workflows: owner/name."),
	shas: array(commit).min(1, "at least one commit id: without one nothing is believed").max(20).describe("Commits of that repository that are believed, in full."),
	"validate-workflow": workflowFile.default("validate-data.yml").describe("File of the workflow that validates data."),
	"judge-workflow": workflowFile.default("judge-model.yml").describe("File of the workflow that judges.")
}).describe("Which workflows, at which commits, may say that data is valid and how good a model is.");
const trainingSchema = strictObject({
	"budget-hours": finite.gt(0, "a number of hours above 0").max(1e5, "at most 100000 hours").optional().describe("Most hours that the training jobs of one run may take together; the sweeper ends what takes more."),
	"budget-cost": finite.gt(0, "an amount above 0, in the currency of prices").max(1e8, "at most 100000000").optional().describe("Most that they may cost by prices, in its currency."),
	"idle-minutes": count(5, 10080).optional().describe("A runner for training that is idle for longer is told. Absent: 30.")
}).describe("Limits that the sweeper of training runs keeps.");
const pricesSchema = strictObject({
	currency: string().regex(/^[A-Z]{3}$/, "a currency of ISO 4217: three capitals, for example USD").describe("Currency of all prices, for example USD."),
	hourly: record(string().regex(/^[A-Za-z0-9_][\w .:=/-]{0,99}$/, "a label of a runner"), finite.min(0, "a price of 0 or more").max(1e6, "at most 1000000 an hour")).refine((hourly) => Object.keys(hourly).length > 0 && Object.keys(hourly).length <= 200, { error: "one to 200 labels with the price of one hour, for example { gpu: 2.5 }" }).describe("Label of a runner to the price of one hour. Of several labels the dearest counts.")
}).describe("What runners cost: the cost of each training run is told by it. Absent: no cost is told.");
/** `.github/gatehouse.yml` as people write it. */
const policySchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	preset: _enum([
		"small-team",
		"team",
		"regulated"
	]).describe("A complete policy to start from. The keys below change it; approvals can only be added."),
	enforce: boolean().optional().describe("False: the check \"gatehouse\" reports and holds up no merge. The ledger stays a gate. Absent: true."),
	branches: array(branch).max(20).optional().describe("Branches that are governed. Absent: the default branch."),
	ledger: strictObject({ branch: branch.optional().describe("Branch that only the app writes.") }).optional().describe("Where registry and audit trail are kept."),
	store: place.describe("Where models and predictions are kept for good."),
	data: place.describe("The DVC remote that holds the data."),
	hosts: array(host).max(50).optional().describe("Hosts that jobs may reach besides those of store and data, exact names. When given, held-out labels lie on one of all these."),
	"private-hosts": array(host).max(50).optional().describe("Hosts that may have a private address, for a store inside your network. All others are refused there."),
	trusted: trustedSchema,
	"judge-runner": string().regex(/^[A-Za-z0-9][\w .-]{0,99}$/, "github-hosted, or the name of a runner group").optional().describe("Where judging runs: github-hosted, or the name of a runner group (GHES)."),
	roles: record(name, roleSchema).describe("Who may approve. \"owner\" is not written here: each file names its owners."),
	proposal: strictObject({
		approvals: approvalsSchema.optional(),
		"on-merge": _enum(["registered", "staging"]).optional().describe("Stage of a new version after the merge.")
	}).optional().describe("A pull request that proposes a new version."),
	stages: strictObject({
		staging: stageRule.describe("A version may be tried."),
		candidate: stageRule.describe("A version may go to production next."),
		production: stageRule.describe("A version serves at an endpoint."),
		archived: stageRule.describe("A version stops serving."),
		rejected: stageRule.describe("A version may never serve.")
	}).optional().describe("What a move into each stage needs."),
	STAGES: stageOrderSchema.optional(),
	freeze: freezesSchema.optional(),
	production: strictObject({ require: array(_enum(productionNeeds)).max(productionNeeds.length).optional().describe("Added to what the preset requires, never below it.") }).optional().describe("What must be declared for a model before one of its versions goes to production."),
	rollback: approved.describe("A return to the recorded previous version."),
	configuration: approved.describe("Approvals besides, when configuration or a workflow changes."),
	defaults: strictObject({
		gates: array(gateSchema).max(50).optional().describe("A floor under the gates of every model."),
		"minimum-rows": count(1, 1e9).optional().describe("Fewest held-out rows that a result may rest on."),
		"held-out-budget": count(1, 1e6).optional().describe("Most different results that one model may get on one held-out set. Absent: they are counted, not limited."),
		comparison: strictObject({
			versus: _enum(["not-worse", "better"]).optional().describe("Kind of comparison."),
			margin: finite.min(0, "a number of 0 or more").optional().describe("In units of the metric.")
		}).optional().describe("What a model without a comparison of its own gets on its first metric.")
	}).optional().describe("What holds for every model."),
	training: trainingSchema.optional(),
	prices: pricesSchema.optional(),
	"add-when": array(conditionSchema).max(50).optional().describe("Conditions that add approvals. Nothing takes any away.")
}).describe("Gatehouse policy: .github/gatehouse.yml");

// core/config/parse.ts
/**
* Reads a configuration file against its schema.
* @param empty what a file without any value means; absent: an error.
* @throws InputError CONFIG_INVALID with every problem as a finding.
*/
function parseFile(text, file, schema, empty) {
	const read = readSource(text, file);
	if (read.kind === "unreadable") throw invalid(file, read.findings);
	const { source } = read;
	const value = source.value === null && empty !== void 0 ? empty : source.value;
	const result = schema.safeParse(value);
	const problems = result.success ? [] : problemsOf(schema, value, result.error.issues);
	const findings = [...read.findings, ...problems.map((problem) => toFinding(source, problem))];
	if (!result.success || findings.some(isFailure)) throw invalid(file, findings);
	return {
		value: result.data,
		source,
		warnings: findings
	};
}
/** Throws when there is a problem that the schema alone cannot see. */
function refuseProblems(source, problems) {
	if (problems.length > 0) throw invalid(source.file, problems.map((problem) => toFinding(source, problem)));
}
function invalid(file, findings) {
	const all = dropDoubled([...findings].sort(byPlace));
	const failures = all.filter(isFailure);
	const advice = all.filter((finding) => !isFailure(finding));
	const sorted = [...failures.slice(0, 50), ...advice.slice(0, 50)].sort(byPlace);
	const first = failures[0] ?? sorted[0];
	const place = first?.where?.line === void 0 ? file : `${file}:${first.where.line}:${first.where.column ?? 1}`;
	const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : "";
	return new InputError("CONFIG_INVALID", `${place} ${first?.message ?? "is not valid"}${more}`, {
		hint: first?.fix ?? "Mend the file.",
		...first?.where === void 0 ? {} : { where: first.where },
		findings: sorted
	});
}
/** One place, one complaint: a value refused by the reader is refused again by the schema. */
function dropDoubled(findings) {
	const seen = /* @__PURE__ */ new Set();
	return findings.filter(({ where, severity }) => {
		if (severity !== "fail" || where?.pointer === void 0 || where.pointer === "") return true;
		const key = `${where.line}:${where.column}:${where.pointer}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
function byPlace(a, b) {
	return (a.where?.line ?? 0) - (b.where?.line ?? 0) || (a.where?.column ?? 0) - (b.where?.column ?? 0);
}

export { parsePlaceAddress as A, locate as C, amazonS3Host as D, readSource as E, hostOf as O, nameOf as S, pathOfPointer as T, place as _, riskSchema as a, team as b, columnName as c, count as d, filePath as f, name as g, login as h, policySchema as i, placeRule as j, isThisMachine as k, command as l, glob as m, parseFile as n, roleSchema as o, finite as p, refuseProblems as r, gateSchema as s, invalid as t, commit as u, prose as v, openLocator as w, webAddress as x, sha256 as y };