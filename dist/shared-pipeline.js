import { a as textOf, c as toText, d as readCommand, m as normalizePlain, n as FieldReader, r as isNull, s as toMap, t as parseDvcYaml, u as isCommandList } from "./shared-parse-yaml.js";
import { r as InputError } from "./shared-error.js";

// core/dvc/template.ts
const template = /(?<!\\)\$\{(.*?)\}/g;
const expression = /^[^.[\]]+(?:\.[^.[\]]+|\[[^.[\]]+\])*$/;
/** Whether a text holds `${...}` that is not escaped. */
function isTemplate(node) {
	return node.kind === "text" && node.value.search(template) !== -1;
}
/**
* Fills `${a.b[0]}` in every text of a node, keys included. A text that is one template alone becomes the value itself,
* whatever its kind; inside other text only single values may stand.
* @param context pull-request controlled values
* @throws InputError DVC_TEMPLATE for names that are not there, and for what DVC would unfold into options
* @see https://github.com/iterative/dvc dvc/parsing/interpolate.py
*/
function fillTemplates(node, context, at) {
	switch (node.kind) {
		case "plain": return node;
		case "text": return fillText(node.value, context, at);
		case "list": return {
			kind: "list",
			items: node.items.map((item) => fillTemplates(item, context, at))
		};
		case "map": return {
			kind: "map",
			entries: node.entries.map(({ key, value }) => ({
				key: fillKey(key, context, at),
				value: fillTemplates(value, context, at)
			}))
		};
	}
}
function fillKey(key, context, at) {
	if (key.kind === "plain") return key;
	const filled = fillText(key.value, context, at);
	if (filled.kind === "text" || filled.kind === "plain") return filled;
	throw refuse(at, `the key "${key.value}" stands for a ${filled.kind}`);
}
function fillText(text, context, at) {
	const [first, ...more] = text.matchAll(template);
	if (first !== void 0 && more.length === 0 && first[0] === text) return selectValue(context, text.slice(2, -1), at);
	const filled = text.replaceAll(template, (whole, inner) => {
		const value = selectValue(context, inner, at);
		if (value.kind === "text" || value.kind === "plain") return writeValue(value, at);
		throw refuse(at, `${whole} is a ${value.kind}, which is not put into a text`);
	});
	return toText(filled.replaceAll("\\${", "${"));
}
/** Goes down maps by key and lists by number. */
function selectValue(context, inner, at) {
	const written = `\${${inner}}`;
	if (!expression.test(inner.trim())) throw refuse(at, `${written} is no name like \${a.b[0]}`);
	const parts = inner.replaceAll("[", ".").replaceAll("]", "").split(".").map((part) => part.trim());
	let found = context;
	for (const part of parts) {
		const next = step(found, part);
		if (next === void 0) throw refuse(at, `there is no value for ${written}`);
		found = next;
	}
	return found;
}
/** A key that is no text has no name in DVC. */
function step(node, part) {
	if (node.kind === "map") return node.entries.find(({ key }) => key.kind === "text" && key.value === part)?.value;
	return node.kind === "list" && /^\d+$/.test(part) ? node.items[Number(part)] : void 0;
}
/** A single value as DVC 3 puts it into text: true, None, 0.1. @throws InputError DVC_TEMPLATE for a date */
function writeValue(scalar, at) {
	if (scalar.kind === "text") return scalar.value;
	const { type, text } = normalizePlain(scalar);
	if (type === "time") throw refuse(at, `the date ${text} stands without quotes`);
	if (type === "null") return "None";
	return type === "float" ? text.replace(/^(-?)\./, "$1") : text;
}
/**
* Joins two maps of values; maps in both are joined in turn.
* @throws InputError DVC_TEMPLATE when a value stands in both
*/
function mergeValues(into, more, at) {
	const entries = new Map(into.entries.map((entry) => [textOf(entry.key), entry]));
	for (const { key, value } of more.entries) {
		const known = entries.get(textOf(key))?.value;
		if (known !== void 0 && (known.kind !== "map" || value.kind !== "map")) throw refuse(at, `"${textOf(key)}" is set twice`);
		const joined = known?.kind === "map" && value.kind === "map" ? mergeValues(known, value, at) : value;
		entries.set(textOf(key), {
			key,
			value: joined
		});
	}
	return {
		kind: "map",
		entries: [...entries.values()]
	};
}
function refuse({ file, place }, why) {
	return new InputError("DVC_TEMPLATE", `${place} of ${file} cannot be filled in: ${why}`, {
		hint: "Correct the template, or write the value itself. Gatehouse guesses none.",
		where: { file }
	});
}

// core/dvc/stage-name.ts
/** A pipeline that expands to more stages than this is taken for a mistake. */
const maxNames = 1e5;
/**
* The names of the stages that one entry of `stages` stands for.
* @returns null when a template decides them
* @throws InputError when they are more than 100,000
*/
function expandNames(name, stage) {
	return expandStage(name, stage)?.map((named) => named.name) ?? null;
}
/**
* The stages that one entry of `stages` stands for, with the values that each of them sees.
* @returns null when a template decides them
* @throws InputError when they are more than 100,000
* @see https://github.com/iterative/dvc dvc/parsing/__init__.py ForeachDefinition, MatrixDefinition
*/
function expandStage(name, stage) {
	const each = stage.get("foreach");
	const at = {
		file: stage.subject.file,
		place: stage.place
	};
	if (each !== void 0) return expandEach(name, each, at);
	const matrix = stage.child("matrix");
	if (matrix === null) return [{
		name,
		values: toMap({})
	}];
	return expandMatrix(name, matrix, at);
}
function expandEach(name, node, at) {
	if (node.kind === "map") return node.entries.map(({ key, value }) => {
		const word = writeValue(key, at);
		return {
			name: `${name}@${word}`,
			values: toMap({
				item: value,
				key: toText(word)
			})
		};
	});
	if (node.kind !== "list" || node.items.some(isTemplate)) return null;
	const composite = node.items.some(isComposite);
	return node.items.map((item, index) => ({
		name: `${name}@${composite ? index : writeItem(item, `${index}`, at)}`,
		values: toMap({ item })
	}));
}
/** Every combination, the last key turning fastest. */
function expandMatrix(name, matrix, at) {
	let all = [{
		words: [],
		item: toMap({})
	}];
	for (const { key, value } of matrix.map.entries) {
		if (value.kind !== "list" || value.items.some(isTemplate)) return null;
		if (all.length * value.items.length > maxNames) throw matrix.refuse(`${name} stands for too many stages`);
		const { items } = value;
		all = all.flatMap(({ words, item }) => items.map((part, index) => ({
			words: [...words, writeItem(part, `${textOf(key)}${index}`, at)],
			item: {
				kind: "map",
				entries: [...item.entries, {
					key,
					value: part
				}]
			}
		})));
	}
	return all.map(({ words, item }) => {
		const key = words.join("-");
		return {
			name: `${name}@${key}`,
			values: toMap({
				item,
				key: toText(key)
			})
		};
	});
}
function isComposite({ kind }) {
	return kind === "map" || kind === "list";
}
function writeItem(item, number, at) {
	return item.kind === "map" || item.kind === "list" ? number : writeValue(item, at);
}

// core/dvc/pipeline.ts
const code = "DVC_PIPELINE";
const topKeys = "vars stages params metrics plots artifacts datasets".split(" ");
const stageKeys = "cmd wdir deps params vars outs metrics plots frozen always_changed desc meta matrix foreach do".split(" ");
/**
* Reads a `dvc.yaml`.
* @param text pull-request controlled
* @throws InputError DVC_PIPELINE
* @see https://github.com/iterative/dvc dvc/schema.py MULTI_STAGE_SCHEMA
*/
function parsePipeline(text, file) {
	const document = parseDvcYaml(text, file, code);
	const top = new FieldReader(isNull(document) ? {
		kind: "map",
		entries: []
	} : document, {
		file,
		code
	});
	const unknownKeys = findUnknown(top, topKeys);
	return {
		stages: top.children("stages").map(([name, reader]) => readStage(name, reader, unknownKeys)),
		parameterFiles: top.texts("params"),
		metricFiles: readOutputs(top, "metrics").map(({ path }) => path),
		plots: readPlots(top),
		artifacts: top.children("artifacts").map(([name, reader]) => readArtifact(name, reader)),
		vars: readVars(top),
		unknownKeys,
		document: top.map
	};
}
function findUnknown(reader, known) {
	return reader.keys().filter((key) => !known.includes(key)).map((key) => reader.name(key));
}
/** @param unknownKeys takes the keys that DVC does not know */
function readStage(name, reader, unknownKeys) {
	unknownKeys.push(...findUnknown(reader, stageKeys));
	const body = reader.child("do") ?? reader;
	if (reader.has("foreach") !== reader.has("do")) throw reader.refuse(`${name} has foreach or do alone`);
	if (body !== reader) unknownKeys.push(...findUnknown(body, stageKeys));
	return {
		name,
		names: expandNames(name, reader),
		command: readCommand(body),
		commandIsList: isCommandList(body),
		workingFolder: body.text("wdir") ?? ".",
		dependencies: body.texts("deps"),
		parameters: readParameters(body),
		outputs: readOutputs(body, "outs"),
		metrics: readOutputs(body, "metrics"),
		plots: readOutputs(body, "plots"),
		vars: readVars(body),
		frozen: readFlag(body, "frozen"),
		alwaysChanged: readFlag(body, "always_changed"),
		description: body.text("desc"),
		meta: body.get("meta") ?? null
	};
}
/** A template may stand where DVC wants true or false after filling it in: then it is not known to be set. */
function readFlag(reader, key, whenAbsent = false) {
	const value = reader.get(key);
	return value?.kind === "text" && value.value.includes("${") ? whenAbsent : reader.flag(key, whenAbsent);
}
/** Files, and maps of values; a single map counts as a list of one. */
function readVars(reader) {
	const value = reader.get("vars");
	return value?.kind === "map" ? [value] : reader.list("vars");
}
/** A text is a key of params.yaml, or a template for one; a map names keys of other files. */
function readParameters(reader) {
	const uses = /* @__PURE__ */ new Map();
	const add = (file, keys) => {
		const known = uses.get(file);
		uses.set(file, keys === null || known === null ? null : [...known ?? [], ...keys]);
	};
	for (const item of reader.list("params")) if (item.kind !== "map") add("params.yaml", [textOf(reader.scalar(item, "params"))]);
	else {
		const files = reader.at(item, "params");
		for (const file of files.keys()) add(file, readKeys(files, file));
	}
	return [...uses].map(([file, keys]) => ({
		file,
		keys
	}));
}
/** null for the whole file: nothing behind its name, or an empty list. */
function readKeys(files, file) {
	const value = files.get(file);
	if (value?.kind === "text") return [value.value];
	const keys = files.texts(file);
	return keys.length === 0 ? null : keys;
}
/** A list of paths, of maps of one path to its settings, or (plots of DVC 2) one map of all. */
function readOutputs(reader, key) {
	const value = reader.get(key);
	if (value?.kind === "text") return [toOutput(value.value, null)];
	return (value?.kind === "map" ? [value] : reader.list(key)).flatMap((item) => {
		if (item.kind !== "map") return [toOutput(textOf(reader.scalar(item, key)), null)];
		const paths = reader.at(item, key);
		return paths.map.entries.map(({ key: path, value: settings }) => toOutput(textOf(path), isNull(settings) ? null : paths.at(settings, textOf(path))));
	});
}
function toOutput(path, settings) {
	return {
		path,
		cached: settings === null || readFlag(settings, "cache", true),
		persisted: settings !== null && readFlag(settings, "persist"),
		settings: settings?.map ?? null
	};
}
function readPlots(top) {
	return readOutputs(top, "plots").map(({ path, settings }) => ({
		name: path,
		settings
	}));
}
function readArtifact(name, reader) {
	return {
		name,
		path: reader.requireText("path"),
		description: reader.text("desc"),
		type: reader.text("type"),
		labels: reader.texts("labels"),
		meta: reader.get("meta") ?? null
	};
}

export { isTemplate as a, fillTemplates as i, readStage as n, mergeValues as o, expandStage as r, refuse as s, parsePipeline as t };