import { $ as refuseSize, At as parseStrictJson, Ft as isModelName, J as copyHashed, Mn as InputError, Nn as ServiceError, Q as maxFileBytes, an as contractPath, dn as modelPath, g as load, pn as policyPath, u as CORE_SCHEMA } from "./shared-parse.js";
import { t as parseModelConfig } from "./shared-model-file.js";
import { t as parseContract } from "./shared-contract-file.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { u as runGit } from "./shared-environment.js";
import { i as watchMachine, n as muteCommands, o as runWatchedProcess, t as bashArguments } from "./shared-team-command.js";
import { r as networkOf } from "./shared-open-place.js";
import { n as readFacts$1, r as resolveFiles, t as fetchData } from "./shared-dataset.js";
import { _ as readEntry, b as toNumber, c as FieldReader, d as textOf$1, f as toMap, g as readCommand, h as isCommandList, l as isNull, m as entryKeys, o as writePythonJson, p as toText, r as toStageNode, s as parseDvcYaml, t as parsePointer, u as getValue, v as dumpDvcYaml, y as normalizePlain } from "./shared-pointer.js";
import { n as digestTree, t as openRemote } from "./shared-remote.js";
import { t as digestFile$1 } from "./shared-file.js";
import { t as digestDataset } from "./shared-digest.js";
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { performance } from "node:perf_hooks";
import { createHash, randomUUID } from "node:crypto";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { pipeline } from "node:stream/promises";
import { access, cp, lstat, mkdir, readFile, readdir, realpath, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import process$1 from "node:process";
import { execFile } from "node:child_process";

// adapters/training/declared.ts
/**
* @param read text of a file of the checkout
* @throws InputError MODEL_NAME, FILE_MISSING, CONFIG_INVALID
*/
function readDeclared(modelName, read) {
	if (!isModelName(modelName)) throw new InputError("MODEL_NAME", `${JSON.stringify(modelName)} is no model name`, { hint: "Pass the output \"model\" of the validation job, for example churn or growth/churn." });
	const text = (path) => {
		try {
			return read(path);
		} catch (cause) {
			throw new InputError("FILE_MISSING", `${path} is not in the checkout`, {
				hint: `Add ${path}, or check the ref that actions/checkout takes.`,
				where: { file: path },
				cause
			});
		}
	};
	const model = parseModelConfig(text(modelPath(modelName)), modelPath(modelName), modelName);
	const contracts = model.datasets.map((name) => parseContract(text(contractPath(name)), contractPath(name)));
	const policy = parsePolicy(text(policyPath), policyPath);
	return {
		model,
		contracts,
		dataUrl: policy.data,
		network: networkOf(policy),
		prices: policy.prices
	};
}

// adapters/training/training-data.ts
/**
* Brings every file of a model's datasets into the data folder, under its path in the repository, each checked by digest.
* @throws InputError DATASET_MISSING, DATASET_FILES; ServiceError when the remote fails
*/
async function fetchDatasets(inputs, deps) {
	const remote = openRemote(inputs.dataUrl, inputs.network);
	await mkdir(inputs.dataFolder, { recursive: true });
	const datasets = [];
	for (const dataset of inputs.datasets) {
		const facts = await readDataset(dataset, inputs, deps);
		await fetchFiles(facts, remote, inputs, deps);
		datasets.push({
			dataset,
			dataDigest: digestDataset(facts.map(({ fact }) => fact))
		});
	}
	return datasets;
}
async function fetchFiles(facts, remote, inputs, deps) {
	for (const fact of facts) {
		deps.log(`fetching ${fact.dataPath}`);
		await fetchData(fact, join(inputs.dataFolder, fact.dataPath), remote, deps.readBlob);
	}
}
async function readDataset(dataset, { contracts, listing }, deps) {
	const contract = contracts.find((candidate) => candidate.dataset === dataset);
	const file = contractPath(dataset);
	if (contract === void 0) throw new InputError("DATASET_MISSING", `The model trains on "${dataset}", which has no contract`, { hint: `Write ${file}, or take the dataset out of model.yml.` });
	const { files, findings } = resolveFiles(contract, listing, (pointer) => ({
		file,
		pointer
	}));
	const [first] = findings;
	if (first !== void 0) throw new InputError("DATASET_FILES", first.message, {
		hint: first.fix,
		where: { file },
		findings
	});
	const facts = [];
	for (const listed of files) facts.push(await readFacts$1(listed, deps.readBlob));
	return facts;
}

// core/training/shortage.ts
const mibPerGib = 1024;
/** Null and what is not finite hold nothing. */
function holds(mib, gib) {
	return mib !== null && Number.isFinite(mib) && mib >= gib * mibPerGib;
}
/** Rounded down, so that 23.99 is not shown as the 24 that it is refused for. */
function showMib(mib) {
	if (mib === null || !Number.isFinite(mib)) return "unknown";
	return `${Math.floor(mib / mibPerGib * 10) / 10} GiB`;
}

// core/training/version-order.ts
/**
* Tells whether a version is at least another one, by its number parts: 535.104 is newer than 535.54.03.
* @param found may end in text: `6.2.4-arch`
* @returns false for whatever does not begin with a number
*/
function isAtLeast(found, lowest) {
	const [left, right] = [partsOf(found), partsOf(lowest)];
	if (left === null || right === null) return false;
	for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
		const difference = (left[at] ?? 0) - (right[at] ?? 0);
		if (difference !== 0) return difference > 0;
	}
	return true;
}
function partsOf(version) {
	const parts = /^\d{1,9}(?:\.\d{1,9}){0,7}/.exec(version)?.[0];
	return parts === void 0 ? null : parts.split(".").map(Number);
}

// core/training/gpu-needs.ts
/**
* Compares the GPUs that a command can use with what it needs.
* @param needed how many must be there, and meet every need together
*/
function checkGpus(needs, needed, machine) {
	return [
		...checkCount(needed, machine),
		...checkEach(needs, needed, machine),
		...checkDriver(needs, machine)
	];
}
function checkCount(needed, { gpus, gpuTool, gpuFault }) {
	if (gpus.length >= needed) return [];
	const told = gpuTool !== null;
	const none = gpuFault ?? "neither nvidia-smi nor rocm-smi answers";
	return [{
		code: "training/gpu-missing",
		need: "gpus",
		message: told ? `The training needs ${count(needed)} and can use ${gpus.length} on this machine` : `The training needs ${count(needed)}, and nothing on this machine tells of any`,
		found: told ? [String(gpus.length), ...gpus.slice(0, 4).map(({ name }) => name)].join(", ") : `unknown: ${none}`,
		allowed: `${needed} or more`,
		hint: "nvidia-smi or rocm-smi on the runner must list them, and GPUs that CUDA_VISIBLE_DEVICES or a container hides do not count"
	}];
}
function checkEach(needs, asked, machine) {
	const { gpuMemoryGib: memory, computeCapability: capability } = needs;
	const enough = (gpu) => memory === void 0 || holds(gpu.memoryMib, memory);
	const able = (gpu) => capability === void 0 || gpu.capability !== null && isAtLeast(gpu.capability, capability);
	const needed = Math.min(asked, machine.gpus.length);
	const shortages = [];
	if (memory !== void 0 && countOf(machine, enough) < needed) shortages.push(lowMemory(machine, memory, enough));
	if (capability !== void 0 && countOf(machine, able) < needed) shortages.push(lowCapability(machine, capability, able));
	if (shortages.length === 0 && countOf(machine, (gpu) => enough(gpu) && able(gpu)) < needed) shortages.push(mixed(machine, needed));
	return shortages;
}
function lowMemory(machine, gib, isEnough) {
	return {
		code: "training/gpu-memory",
		need: "gpu-memory-gib",
		message: `Too few GPUs have the memory that the training needs`,
		found: listGpus(machine, isEnough, (gpu) => `${gpu.name} ${showMib(gpu.memoryMib)}`),
		allowed: `${gib} GiB or more, each`,
		hint: "a card has a little less than its name says (80 GB: 79.6 GiB)"
	};
}
function lowCapability(machine, lowest, isAble) {
	return {
		code: "training/gpu-capability",
		need: "compute-capability",
		message: "Too few GPUs have the CUDA compute capability that the training needs",
		found: listGpus(machine, isAble, (gpu) => `${gpu.name} ${gpu.capability ?? "unknown"}`),
		allowed: `${lowest} or higher, each`,
		hint: "nvidia-smi tells the capability from driver 510 on; GPUs of other makers have none"
	};
}
function mixed(machine, needed) {
	return {
		code: "training/gpu-memory",
		need: "gpu-memory-gib",
		message: "Some GPUs have the memory and others the compute capability, too few have both",
		found: listGpus(machine, () => false, (gpu) => `${gpu.name} ${showMib(gpu.memoryMib)}, capability ${gpu.capability ?? "unknown"}`),
		allowed: `${count(needed)} with both`
	};
}
function checkDriver({ driver: lowest }, { gpuDriver, gpus }) {
	if (lowest === void 0 || gpus.length === 0) return [];
	if (gpuDriver !== null && isAtLeast(gpuDriver, lowest)) return [];
	return [{
		code: "training/gpu-driver",
		need: "driver",
		message: "The GPU driver is older than the training needs, or does not tell its version",
		found: gpuDriver ?? "unknown",
		allowed: `${lowest} or newer`,
		hint: "the driver is of the runner, not of the container"
	}];
}
const countOf = (machine, test) => machine.gpus.filter(test).length;
const count = (number) => number === 1 ? "1 GPU" : `${number} GPUs`;
function listGpus(machine, isGood, show) {
	const parts = machine.gpus.filter((gpu) => !isGood(gpu)).map(show);
	const shown = parts.slice(0, 4).join("; ");
	return parts.length > 4 ? `${shown} and ${parts.length - 4} more` : shown;
}

// core/training/preflight.ts
/**
* Compares a machine with what a training needs: seconds before the command starts.
* Closed: what is asked for and what the machine does not tell is a failure.
* @returns empty when the command may start; more memory, GPUs or newer versions never turn that into a failure
*/
function checkMachine(needs, machine, place) {
	return [
		...checkGpus(needs, neededGpus(needs), machine),
		...checkAmount("training/memory", "memory-gib", needs.memoryGib, machine.memoryMib, "main memory"),
		...checkAmount("training/disk", "disk-gib", needs.diskGib, machine.diskFreeMib, "free disk")
	].map((shortage) => toFinding(shortage, place));
}
/** GPUs that must be there: a need of a GPU is a need for at least one. */
function neededGpus(needs) {
	const asks = needs.gpuMemoryGib !== void 0 || needs.computeCapability !== void 0 || needs.driver !== void 0;
	return Math.max(needs.gpus, asks ? 1 : 0);
}
function checkAmount(code, need, gib, mib, what) {
	if (gib === void 0 || holds(mib, gib)) return [];
	return [{
		code,
		need,
		message: `The machine has less ${what} than the training needs, or does not tell how much`,
		found: showMib(mib),
		allowed: `${gib} GiB or more`
	}];
}
function toFinding(shortage, { file, runsOn }) {
	const { code, need, message, found, allowed, hint } = shortage;
	const labels = runsOn.length === 0 ? "the labels in runs-on of the job" : `its labels, now ${runsOn.join(", ")}, in train.runs-on and in the workflow`;
	return {
		code,
		severity: "fail",
		message,
		where: {
			file,
			pointer: `/train/needs/${need}`
		},
		found,
		allowed,
		fix: `Choose a runner that has it by ${labels}, or lower train.needs.${need}${hint === void 0 ? "" : `; ${hint}`}.`
	};
}

// adapters/checkpoint/folder.ts
/**
* Finds the checkpoint folder in the workspace, whether it is there or not. The checkout is the proposer's: a link in it
* must not decide which folder of the runner is emptied.
* @throws InputError CHECKPOINT_FOLDER
*/
async function requireInside(workspace, folder) {
	const root = await realpath(workspace);
	const parts = folder.split("/").filter((part) => part !== "" && part !== ".");
	let path = root;
	for (const part of parts) {
		path = join(path, part);
		const found = await lstat(path).catch(() => null);
		if (part === ".." || found !== null && !found.isDirectory()) throw refuseFolder(folder);
	}
	if (parts.length === 0 || parts[0]?.toLowerCase() === ".git") throw refuseFolder(folder);
	return path;
}
function refuseFolder(folder) {
	return new InputError("CHECKPOINT_FOLDER", `${folder} is no folder inside the repository, or a link is on its way`, { hint: "Name a folder of its own in train.checkpoint.folder of model.yml." });
}
/** Puts a folder in the place of another. */
async function replaceFolder(from, to) {
	await rm(to, {
		recursive: true,
		force: true
	});
	await mkdir(dirname(to), { recursive: true });
	try {
		await rename(from, to);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
		await cp(from, to, { recursive: true });
	}
}

// core/dvc/lock.ts
const code$2 = "DVC_LOCK";
const topKeys$1 = [
	"schema",
	"stages",
	"datasets"
];
const stageKeys$1 = [
	"cmd",
	"deps",
	"params",
	"outs"
];
const lockedKeys = [
	...entryKeys,
	"repo",
	"db",
	"dataset"
];
const currentSchema = "2.0";
/**
* Reads a `dvc.lock`.
* @param text pull-request controlled
* @throws InputError DVC_LOCK
* @see https://github.com/iterative/dvc dvc/schema.py LOCKFILE_STAGES_SCHEMA
*/
function parseLock(text, file) {
	const top = new FieldReader(parseDvcYaml(text, file, code$2), {
		file,
		code: code$2
	});
	const schema = top.text("schema");
	if (schema === null) return {
		schema: "1.0",
		stages: readStages(top),
		document: top.map
	};
	if (schema !== currentSchema) throw top.refuse(`its schema is ${schema}, not ${currentSchema}`);
	const stages = top.only(topKeys$1).child("stages");
	return {
		schema,
		stages: stages === null ? /* @__PURE__ */ new Map() : readStages(stages),
		document: top.map
	};
}
function readStages(stages) {
	return new Map(stages.map.entries.map(({ key, value }) => [textOf$1(key), readStage$1(stages.at(value, textOf$1(key)))]));
}
function readStage$1(reader) {
	reader.only(stageKeys$1);
	return {
		command: readCommand(reader),
		...isCommandList(reader) ? { commandIsList: true } : {},
		dependencies: reader.maps("deps").map((dep) => readEntry(dep.only(lockedKeys))),
		parameters: new Map(reader.children("params").map(([file, { map }]) => [file, map])),
		outputs: reader.maps("outs").map((out) => readEntry(out.only(lockedKeys)))
	};
}
/**
* Writes one stage into a lock file, as DVC does after running it: in its place, or behind all others.
* @param text the lock file as it stands, null when there is none yet
* @throws InputError DVC_LOCK, DVC_HANDWRITTEN when a person has edited the file: it is not written anew
*/
function updateLock(text, file, name, stage) {
	const entry = {
		key: toText(name),
		value: toStageNode(stage)
	};
	if (text === null) {
		const stages = {
			kind: "map",
			entries: [entry]
		};
		return dumpDvcYaml(toMap({
			schema: toText(currentSchema),
			stages
		}));
	}
	const { schema, document } = parseLock(text, file);
	if (schema !== currentSchema) throw refuseOld(file);
	requireMachineWritten(text, document, file);
	const entries = document.entries.map((top) => textOf$1(top.key) === "stages" ? {
		...top,
		value: putStage(top.value, entry)
	} : top);
	if (!entries.some(({ key }) => textOf$1(key) === "stages")) entries.push({
		key: toText("stages"),
		value: {
			kind: "map",
			entries: [entry]
		}
	});
	return dumpDvcYaml({
		kind: "map",
		entries
	});
}
function putStage(stages, entry) {
	const old = stages.kind === "map" ? stages.entries : [];
	const at = old.findIndex(({ key }) => textOf$1(key) === textOf$1(entry.key));
	return {
		kind: "map",
		entries: at === -1 ? [...old, entry] : old.with(at, entry)
	};
}
/**
* Refuses a file that would lose a person's comments or layout when written anew.
* @throws InputError DVC_HANDWRITTEN
*/
function requireMachineWritten(text, document, file) {
	if (dumpDvcYaml(document) === text) return;
	throw new InputError("DVC_HANDWRITTEN", `${file} is not as DVC writes it, so it is not written anew`, {
		hint: "Somebody edited it by hand. Let DVC write it (\"dvc repro\", \"dvc commit\"), or change it by hand.",
		where: { file }
	});
}
function refuseOld(file) {
	return new InputError("DVC_LOCK", `${file} is of DVC 1`, {
		hint: "Let DVC write it anew: \"dvc repro\" or \"dvc commit\".",
		where: { file }
	});
}

// core/dvc/path.ts
/**
* Joins a path to a folder of the repository.
* @param folder path in the repository; empty is its root
* @param path as a person wrote it
* @returns path in the repository, empty for its root; null when it is absolute, an address, or leaves the repository
*/
function joinPath(folder, path) {
	if (path === "" || path.startsWith("/") || /[\\\0]|^[a-zA-Z]:|:\/\//.test(path)) return null;
	const parts = [];
	for (const part of `${folder}/${path}`.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) return null;
	}
	return parts.join("/");
}
/** The folder of a path; empty for the root. */
function folderOf(path) {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
/** Whether one path is the other or lies in it, whichever way round. */
function overlaps(a, b) {
	return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

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
	throw refuse$6(at, `the key "${key.value}" stands for a ${filled.kind}`);
}
function fillText(text, context, at) {
	const [first, ...more] = text.matchAll(template);
	if (first !== void 0 && more.length === 0 && first[0] === text) return selectValue(context, text.slice(2, -1), at);
	const filled = text.replaceAll(template, (whole, inner) => {
		const value = selectValue(context, inner, at);
		if (value.kind === "text" || value.kind === "plain") return writeValue(value, at);
		throw refuse$6(at, `${whole} is a ${value.kind}, which is not put into a text`);
	});
	return toText(filled.replaceAll("\\${", "${"));
}
/** Goes down maps by key and lists by number. */
function selectValue(context, inner, at) {
	const written = `\${${inner}}`;
	if (!expression.test(inner.trim())) throw refuse$6(at, `${written} is no name like \${a.b[0]}`);
	const parts = inner.replaceAll("[", ".").replaceAll("]", "").split(".").map((part) => part.trim());
	let found = context;
	for (const part of parts) {
		const next = step$1(found, part);
		if (next === void 0) throw refuse$6(at, `there is no value for ${written}`);
		found = next;
	}
	return found;
}
/** A key that is no text has no name in DVC. */
function step$1(node, part) {
	if (node.kind === "map") return node.entries.find(({ key }) => key.kind === "text" && key.value === part)?.value;
	return node.kind === "list" && /^\d+$/.test(part) ? node.items[Number(part)] : void 0;
}
/** A single value as DVC 3 puts it into text: true, None, 0.1. @throws InputError DVC_TEMPLATE for a date */
function writeValue(scalar, at) {
	if (scalar.kind === "text") return scalar.value;
	const { type, text } = normalizePlain(scalar);
	if (type === "time") throw refuse$6(at, `the date ${text} stands without quotes`);
	if (type === "null") return "None";
	return type === "float" ? text.replace(/^(-?)\./, "$1") : text;
}
/**
* Joins two maps of values; maps in both are joined in turn.
* @throws InputError DVC_TEMPLATE when a value stands in both
*/
function mergeValues(into, more, at) {
	const entries = new Map(into.entries.map((entry) => [textOf$1(entry.key), entry]));
	for (const { key, value } of more.entries) {
		const known = entries.get(textOf$1(key))?.value;
		if (known !== void 0 && (known.kind !== "map" || value.kind !== "map")) throw refuse$6(at, `"${textOf$1(key)}" is set twice`);
		const joined = known?.kind === "map" && value.kind === "map" ? mergeValues(known, value, at) : value;
		entries.set(textOf$1(key), {
			key,
			value: joined
		});
	}
	return {
		kind: "map",
		entries: [...entries.values()]
	};
}
function refuse$6({ file, place }, why) {
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
			words: [...words, writeItem(part, `${textOf$1(key)}${index}`, at)],
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
const code$1 = "DVC_PIPELINE";
const topKeys = "vars stages params metrics plots artifacts datasets".split(" ");
const stageKeys = "cmd wdir deps params vars outs metrics plots frozen always_changed desc meta matrix foreach do".split(" ");
/**
* Reads a `dvc.yaml`.
* @param text pull-request controlled
* @throws InputError DVC_PIPELINE
* @see https://github.com/iterative/dvc dvc/schema.py MULTI_STAGE_SCHEMA
*/
function parsePipeline(text, file) {
	const document = parseDvcYaml(text, file, code$1);
	const top = new FieldReader(isNull(document) ? {
		kind: "map",
		entries: []
	} : document, {
		file,
		code: code$1
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
	for (const item of reader.list("params")) if (item.kind !== "map") add("params.yaml", [textOf$1(reader.scalar(item, "params"))]);
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
		if (item.kind !== "map") return [toOutput(textOf$1(reader.scalar(item, key)), null)];
		const paths = reader.at(item, key);
		return paths.map.entries.map(({ key: path, value: settings }) => toOutput(textOf$1(path), isNull(settings) ? null : paths.at(settings, textOf$1(path))));
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

// core/dvc/parameters.ts
/**
* Reads a file of parameters or metrics: YAML or JSON.
* @param text pull-request controlled
* @throws InputError DVC_PARAMETERS when it is no map, DVC_UNSUPPORTED for TOML and Python: the one needs a reader that
* is not built in, the other would have to be run
*/
function parseParameters(text, file) {
	const node = parseByExtension(text, file, /\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? "");
	if (node.kind === "plain" && node.type === "null") return {
		kind: "map",
		entries: []
	};
	if (node.kind === "map") return node;
	throw new InputError("DVC_PARAMETERS", `${file} is no map of names and values`, {
		hint: "Write \"name: value\" lines, or a JSON object.",
		where: { file }
	});
}
function parseByExtension(text, file, extension) {
	switch (extension) {
		case ".yaml":
		case ".yml": return parseDvcYaml(text, file, "DVC_PARAMETERS");
		case ".json": return parseJson$1(text, file);
		default: throw refuseFormat(file, extension);
	}
}
/**
* Looks a parameter up as DVC does: a dotted key goes down maps and, by number, lists.
* @returns undefined when there is none
*/
function findParameter(node, key) {
	return key.split(".").reduce((found, part) => found === void 0 ? void 0 : step(found, part), node);
}
function step(node, part) {
	if (node.kind === "map") return getValue(node, part);
	return node.kind === "list" && /^\d+$/.test(part) ? node.items[Number(part)] : void 0;
}
/** Whether two values are the same to DVC: `1e-3` and `0.001` are, `1` and `1.0` are, `'1'` and `1` are not. */
function equalValues(a, b) {
	if (a.kind === "plain" && b.kind === "plain") return equalPlain(a, b);
	if (a.kind === "text" && b.kind === "text") return a.value === b.value;
	if (a.kind === "list" && b.kind === "list") return a.items.length === b.items.length && a.items.every((item, at) => equalAt(item, b.items[at]));
	if (a.kind !== "map" || b.kind !== "map" || a.entries.length !== b.entries.length) return false;
	const others = new Map(b.entries.map(({ key, value }) => [textOf$1(key), value]));
	return a.entries.every(({ key, value }) => equalAt(value, others.get(textOf$1(key))));
}
function equalAt(a, b) {
	return b !== void 0 && equalValues(a, b);
}
function equalPlain(a, b) {
	if (a.type === b.type) return normalizePlain(a).text === normalizePlain(b).text;
	return [a.type, b.type].every((type) => type === "int" || type === "float") && toNumber(a) === toNumber(b);
}
/** The text of numbers is kept: 0.10 and 2^70 are compared as what they are. */
function parseJson$1(text, file) {
	parseStrictJson(text, file);
	const keep = function(_, value, { source }) {
		return typeof value === "number" ? new JsonNumber(source ?? String(value)) : value;
	};
	return toNode(JSON.parse(text, keep));
}
var JsonNumber = class {
	text;
	constructor(text) {
		this.text = text;
	}
};
function toNode(value) {
	if (value instanceof JsonNumber) return {
		kind: "plain",
		type: /^-?\d+$/.test(value.text) ? "int" : "float",
		text: value.text
	};
	if (typeof value === "string") return toText(value);
	if (typeof value === "boolean") return {
		kind: "plain",
		type: "bool",
		text: String(value)
	};
	if (Array.isArray(value)) return {
		kind: "list",
		items: value.map(toNode)
	};
	if (typeof value !== "object" || value === null) return {
		kind: "plain",
		type: "null",
		text: ""
	};
	return {
		kind: "map",
		entries: Object.entries(value).map(([key, item]) => ({
			key: toText(key),
			value: toNode(item)
		}))
	};
}
function refuseFormat(file, extension) {
	return new InputError("DVC_UNSUPPORTED", `${file} cannot be read: ${{
		".py": "Python would have to be run to know its values",
		".toml": "no reader of TOML is built in"
	}[extension] ?? "its format is not known"}`, {
		hint: "Keep parameters and metrics in YAML or JSON.",
		where: { file }
	});
}

// core/dvc/template-values.ts
const defaultFile = "params.yaml";
const nothing = {
	values: {
		kind: "map",
		entries: []
	},
	files: /* @__PURE__ */ new Map()
};
/**
* The values that hold for all stages: params.yaml beside dvc.yaml where there is one, then `vars`.
* @throws InputError DVC_TEMPLATE, DVC_PARAMETERS, DVC_UNSUPPORTED
* @see https://github.com/iterative/dvc dvc/parsing/context.py load_from_vars
*/
function readGlobalValues(top, vars, read) {
	const { file } = top.subject;
	const folder = folderOf(file);
	const own = joinPath(folder, defaultFile) ?? defaultFile;
	const text = read(own);
	return addValues(text === null ? nothing : {
		values: parseParameters(text, own),
		files: /* @__PURE__ */ new Map([[own, null]])
	}, vars, folder, read, {
		file,
		place: "vars"
	});
}
/**
* Adds what `vars` names: maps of values, and files as `params.yaml` or `params.yaml:seed,train`.
* @param folder where the paths begin
* @throws InputError DVC_TEMPLATE, DVC_PARAMETERS, DVC_UNSUPPORTED
*/
function addValues(known, vars, folder, read, at) {
	let { values } = known;
	const files = new Map(known.files);
	for (const item of vars) {
		if (holdsTemplate(item)) throw refuse$6(at, "templates are not filled in where values are set");
		if (item.kind === "map") values = mergeValues(values, item, at);
		else if (item.kind !== "text") throw refuse$6(at, "it holds what is no file and no map");
		else values = mergeValues(values, readFileValues(item.value, folder, read, files, at), at);
	}
	return {
		values,
		files
	};
}
function readFileValues(item, folder, read, files, at) {
	const [name = "", words = ""] = item.split(/:(.*)/s);
	const keys = words.split(",").filter((key) => key !== "");
	const path = joinPath(folder, name);
	if (path === null) throw refuse$6(at, `"${name}" is no file of the repository`);
	const known = files.get(path);
	if (known === null && keys.length === 0) return {
		kind: "map",
		entries: []
	};
	if (known !== void 0 && (known === null || keys.length === 0 || keys.some((key) => known.includes(key)))) throw refuse$6(at, `"${item}" is taken in already`);
	files.set(path, keys.length === 0 ? null : [...known ?? [], ...keys]);
	const text = read(path);
	if (text === null) throw missing(path, at);
	const all = parseParameters(text, path);
	return keys.length === 0 ? all : pickKeys(all, keys, path, at);
}
function pickKeys(all, keys, path, at) {
	const absent = keys.find((key) => getValue(all, key) === void 0);
	if (absent !== void 0) throw refuse$6(at, `there is no "${absent}" in ${path}`);
	return {
		kind: "map",
		entries: all.entries.filter(({ key }) => keys.includes(textOf$1(key)))
	};
}
function holdsTemplate(node) {
	if (node.kind === "list") return node.items.some(holdsTemplate);
	if (node.kind === "map") return node.entries.some(({ key, value }) => isTemplate(key) || holdsTemplate(value));
	return isTemplate(node);
}
function missing(path, { file, place }) {
	return new InputError("DVC_TEMPLATE", `${place} of ${file} names ${path}, which is not there`, {
		hint: `Commit ${path}, or take it out of ${file}.`,
		where: { file }
	});
}

// core/dvc/stage-list.ts
const code = "DVC_PIPELINE";
/** Each of them is a process at least. */
const maxStages = 1e4;
/**
* Reads a dvc.yaml and fills in what makes its stages: `${...}`, `foreach`, `matrix` and `vars`.
* What it does not understand it refuses.
* @param text pull-request controlled
* @param file its path in the repository
* @returns stages in the order of the file
* @throws InputError DVC_PIPELINE, DVC_TEMPLATE, DVC_PARAMETERS, DVC_UNSUPPORTED
*/
function listStages(text, file, read) {
	const { document, unknownKeys, vars } = parsePipeline(text, file);
	const top = new FieldReader(document, {
		file,
		code
	});
	requireKnown(unknownKeys, file);
	const global = readGlobalValues(top, vars, read);
	const stages = top.children("stages").flatMap(([name, reader]) => listOne(name, reader, global, read));
	if (stages.length > maxStages) throw top.refuse(`it stands for more than ${maxStages} stages`);
	const names = /* @__PURE__ */ new Set();
	for (const { name } of stages) {
		if (names.has(name)) throw top.refuse(`two stages are called ${name}`);
		names.add(name);
	}
	return stages;
}
/** The stages that one entry stands for. */
function listOne(name, reader, global, read) {
	const at = {
		file: reader.subject.file,
		place: reader.place
	};
	const spread = /* @__PURE__ */ new Set(["foreach", "matrix"]);
	const entries = reader.map.entries.map(({ key, value }) => ({
		key,
		value: spread.has(textOf$1(key)) ? fillTemplates(value, global.values, at) : value
	}));
	const filled = new FieldReader({
		kind: "map",
		entries
	}, reader.subject, reader.place);
	const named = expandStage(name, filled);
	if (named === null) throw refuse$6(at, "foreach or matrix stands for no list");
	const body = reader.child("do") ?? reader;
	return named.map((one) => {
		const values = {
			...global,
			values: setValues(global.values, one.values)
		};
		return fillStage(one.name, body, values, read);
	});
}
/** `item` and `key` stand before what else has their name. */
function setValues(values, own) {
	const names = new Set(own.entries.map(({ key }) => textOf$1(key)));
	return {
		kind: "map",
		entries: [...values.entries.filter(({ key }) => !names.has(textOf$1(key))), ...own.entries]
	};
}
function fillStage(name, body, known, read) {
	const { file } = body.subject;
	const at = {
		file,
		place: `stages.${name}`
	};
	const wdir = body.get("wdir");
	const folder = resolve$1(wdir === void 0 ? "." : fillToText(wdir, known.values, at), folderOf(file), at);
	const vars = body.get("vars");
	const list = vars?.kind === "map" ? [vars] : body.list("vars");
	const { values } = addValues(known, list, folder, read, at);
	const own = body.map.entries.filter(({ key }) => !outside.has(textOf$1(key)));
	const map = fillTemplates({
		kind: "map",
		entries: own
	}, values, at);
	const unknown = [];
	const stage = readStage(name, new FieldReader(map, body.subject, at.place), unknown);
	requireKnown(unknown, file);
	if (stage.command.length === 0) throw refuse$5(file, `${at.place}.cmd is missing`);
	const place = (path) => ({
		path,
		at: resolve$1(path, folder, at)
	});
	return {
		name,
		command: stage.command,
		commandIsList: stage.commandIsList,
		folder,
		dependencies: stage.dependencies.map(place),
		parameters: stage.parameters.map((use) => ({
			...use,
			at: resolve$1(use.file, folder, at)
		})),
		outputs: [
			...stage.outputs,
			...stage.metrics,
			...stage.plots
		].map((out) => ({
			...place(out.path),
			kept: isKept(out),
			persisted: out.persisted
		})),
		frozen: stage.frozen,
		alwaysChanged: stage.alwaysChanged
	};
}
/** Keys of the entry itself, filled in before or not at all. */
const outside = /* @__PURE__ */ new Set([
	"vars",
	"foreach",
	"do",
	"matrix"
]);
/** `remote` names another remote than ours. */
function isKept({ cached, settings }) {
	const says = (key, text) => settings?.entries.some(({ key: name, value }) => textOf$1(name) === key && isPlain$1(value, text)) ?? false;
	const elsewhere = settings?.entries.some(({ key }) => textOf$1(key) === "remote") ?? false;
	return cached && !elsewhere && !says("push", "false");
}
function isPlain$1(node, text) {
	return node.kind === "plain" && node.text.toLowerCase() === text;
}
function fillToText(node, values, at) {
	const filled = fillTemplates(node, values, at);
	if (filled.kind === "text" || filled.kind === "plain") return textOf$1(filled) || ".";
	throw refuse$6(at, "wdir is no text");
}
function resolve$1(path, folder, at) {
	const found = joinPath(folder, path);
	if (found !== null) return found;
	throw new InputError("DVC_UNSUPPORTED", `${at.place} of ${at.file} names ${JSON.stringify(path)}`, {
		hint: "Name files of the repository: what lies elsewhere is neither kept nor verified.",
		where: { file: at.file }
	});
}
function requireKnown(unknownKeys, file) {
	const [first] = unknownKeys;
	if (first !== void 0) throw refuse$5(file, `the key ${first} is not known`);
}
function refuse$5(file, why) {
	return new InputError(code, `${file} is no pipeline that DVC 3 runs: ${why}`, {
		hint: "Correct it: \"dvc repro --dry\" says the same.",
		where: { file }
	});
}

// core/dvc/stage-order.ts
/**
* Puts stages into an order in which each stands behind all that it reads from; the order of the file decides else.
* @throws InputError DVC_PIPELINE for a cycle, and for outputs that two stages write
* @see https://github.com/iterative/dvc dvc/repo/graph.py build_graph
*/
function orderStages(stages, file) {
	const writers = listWriters(stages, file);
	const waiting = new Map(stages.map((stage) => [stage.name, {
		stage,
		upstream: findUpstream(stage, writers)
	}]));
	const ordered = [];
	while (waiting.size > 0) {
		const ready = [...waiting.values()].filter(({ upstream }) => !upstream.some((name) => waiting.has(name)));
		if (ready.length === 0) throw refuse$4(file, `${[...waiting.keys()].join(", ")} wait for each other`);
		for (const one of ready) {
			ordered.push(one);
			waiting.delete(one.stage.name);
		}
	}
	return ordered;
}
/** Every output with its stage; what lies below another stands right behind it, so one look back is enough. */
function listWriters(stages, file) {
	const writers = /* @__PURE__ */ new Map();
	for (const { name, outputs } of stages) for (const { at } of outputs) {
		const taken = writers.get(at);
		if (taken !== void 0) throw refuse$4(file, `${at} is written by ${taken.name} and by ${name}`);
		writers.set(at, {
			at,
			name
		});
	}
	for (const { at, name } of writers.values()) {
		const above = parentsOf(at).find((parent) => writers.has(parent));
		if (above !== void 0) throw refuse$4(file, `${at} of ${name} lies in ${above} of ${writers.get(above)?.name}`);
	}
	return writers;
}
function findUpstream(stage, writers) {
	const found = /* @__PURE__ */ new Set();
	for (const { at } of [...stage.dependencies, ...stage.parameters]) {
		const above = [at, ...parentsOf(at)].flatMap((path) => writers.get(path) ?? []);
		const near = above.length > 0 ? above : [...writers.values()].filter((writer) => overlaps(writer.at, at));
		for (const { name } of near) found.add(name);
	}
	return [...found];
}
function parentsOf(path) {
	const parts = path.split("/");
	return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
function refuse$4(file, why) {
	return new InputError("DVC_PIPELINE", `The stages of ${file} have no order: ${why}`, {
		hint: "Let each output be written by one stage, and no stage read what it writes.",
		where: { file }
	});
}

// core/dvc/stage-state.ts
const maxValueLength = 60;
/**
* Compares a stage with what it was when it last ran.
* @param locked its entry in dvc.lock; undefined: it never ran
*/
function judgeStage(stage, locked, facts) {
	if (locked === void 0) return {
		reasons: ["never run"],
		missingDependencies: [],
		missingOutputs: []
	};
	const reasons = [];
	if (stage.alwaysChanged) reasons.push("always runs (always_changed)");
	if (stage.dependencies.length + stage.parameters.length + stage.outputs.length === 0) reasons.push("always runs (it names no dependencies and no outputs)");
	if (!sameCommand(stage, locked)) reasons.push("command changed");
	const missingDependencies = [];
	for (const { path, at } of stage.dependencies) {
		const reason = judgeEntry(findEntry(locked.dependencies, path), at, facts, `deps ${path}`);
		if (reason?.kind === "missing") missingDependencies.push({
			path,
			at,
			md5: reason.md5
		});
		else if (reason !== null) reasons.push(reason.text);
	}
	for (const use of stage.parameters) reasons.push(...judgeParameters(use, locked, facts));
	const missingOutputs = [];
	for (const output of stage.outputs) {
		const reason = judgeEntry(findEntry(locked.outputs, output.path), output.at, facts, `output ${output.path}`);
		if (reason?.kind === "missing" && output.kept) missingOutputs.push({
			output,
			entry: reason.entry
		});
		else if (reason !== null) reasons.push(reason.text);
	}
	return {
		reasons,
		missingDependencies,
		missingOutputs
	};
}
function sameCommand(stage, locked) {
	const { command, commandIsList = command.length > 1 } = locked;
	return commandIsList === stage.commandIsList && command.length === stage.command.length && command.every((line, index) => line === stage.command[index]);
}
function findEntry(entries, path) {
	return entries.find((entry) => entry.path === path);
}
/** A digest that is no MD5 cannot be compared, which is no proof that nothing has changed. */
function judgeEntry(entry, at, { digestOf }, name) {
	if (entry === void 0 || entry.hash === null) return {
		kind: "changed",
		text: `${name} is new`
	};
	const { hash } = entry;
	if (hash.kind !== "md5" && hash.kind !== "md5-dos2unix") return {
		kind: "changed",
		text: `${name} cannot be compared (${hash.kind})`
	};
	const found = digestOf(at, hash.kind);
	if (found === null) return {
		kind: "missing",
		text: `${name} missing`,
		entry,
		md5: hash.value
	};
	return found === hash.value ? null : {
		kind: "changed",
		text: `${name} changed`
	};
}
/** One reason for each value that changed: "params.yaml: train.lr 0.1 -> 0.2". */
function judgeParameters(use, locked, facts) {
	const values = facts.parametersOf(use.at);
	if (values === null) return [`${use.file} missing`];
	const before = locked.parameters.get(use.file) ?? null;
	if (before === null) return [`${use.file} is new`];
	return (use.keys ?? [.../* @__PURE__ */ new Set([...namesOf(values), ...namesOf(before)])]).flatMap((key) => {
		const was = getValue(before, key);
		const is = findValue(values, key, use);
		if (was === void 0) return is === void 0 ? [] : [`${use.file}: ${key} is new`];
		if (is === void 0) return [`${use.file}: ${key} is gone`];
		return equalValues(was, is) ? [] : [`${use.file}: ${key} ${showValue(was)} -> ${showValue(is)}`];
	});
}
/** Of a whole file the keys are its own, and dots in them mean nothing. */
function findValue(values, key, use) {
	return use.keys === null ? getValue(values, key) : findParameter(values, key);
}
function namesOf({ entries }) {
	return entries.map(({ key }) => textOf$1(key));
}
function showValue(node) {
	const text = writeShort(node);
	return text.length <= maxValueLength ? text : `${text.slice(0, 59)}…`;
}
function writeShort(node) {
	if (node.kind === "text") return node.value;
	if (node.kind === "plain") return node.type === "null" ? "null" : normalizePlain(node).text;
	try {
		return writePythonJson(node);
	} catch {
		return node.kind;
	}
}

// core/dvc/stage-plan.ts
/** Everything whose digest the plan asks for, so that it can be hashed beforehand. */
function listWanted(ordered, locked) {
	return ordered.flatMap(({ stage }) => {
		const old = locked.get(stage.name);
		const entries = new Map([...old?.dependencies ?? [], ...old?.outputs ?? []].map((e) => [e.path, e]));
		return [...stage.dependencies, ...stage.outputs].flatMap(({ path, at }) => {
			const kind = entries.get(path)?.hash?.kind;
			return kind === "md5" || kind === "md5-dos2unix" ? [{
				at,
				recipe: kind
			}] : [];
		});
	});
}

// adapters/dvc/verify.ts
/** A path of a lock file is pull-request controlled: nothing outside the repository is read, not even through links. */
async function locate(path, { repository, folder }) {
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return {
		kind: "unchecked",
		why: "it lies outside of this machine"
	};
	const full = resolve(folder, path);
	if (!isInside(repository, full)) return {
		kind: "unchecked",
		why: "it lies outside the repository"
	};
	const real = await realpath(full).catch(() => null);
	const root = await realpath(repository);
	if (real === null && await isWayInside(root, repository, full)) return {
		kind: "missing",
		why: "it is not there"
	};
	return real !== null && isInside(root, real) ? {
		kind: "here",
		path: real
	} : {
		kind: "unchecked",
		why: "a link leads out of the repository"
	};
}
/** What is missing is fetched or made there: a link on its way, or one that leads nowhere, would say where. */
async function isWayInside(root, repository, full) {
	for (let path = full; path !== repository && isInside(repository, path); path = dirname(path)) {
		if (await lstat(path).catch(() => null) === null) continue;
		const real = await realpath(path).catch(() => null);
		return real !== null && isInside(root, real);
	}
	return true;
}
function isInside(root, path) {
	const below = relative(root, path);
	return below === "" || !isAbsolute(below) && below.split(/[\\/]/)[0] !== "..";
}

// adapters/dvc/workspace.ts
const anyExecute = 73;
/**
* What lies at a path of the repository, as dvc.lock names it.
* @param path as dvc.lock calls it
* @param at in the repository
* @returns null when nothing is there
* @throws InputError DVC_UNSUPPORTED for what lies outside and for pipes, DVC_TREE for what cannot be read
*/
async function digestPath(repository, path, at, recipe) {
	const local = await locatePath(repository, at);
	if (local === null) return null;
	const found = await stat(local);
	const common = {
		path,
		cloud: null,
		versions: null
	};
	if (found.isDirectory()) {
		const { md5, sizeBytes, entries } = await digestTree(local, recipe);
		const hash = {
			kind: recipe,
			value: md5
		};
		return {
			...common,
			hash,
			sizeBytes,
			files: entries.length,
			executable: false
		};
	}
	if (!found.isFile()) throw refuseKind(at);
	const { md5, sizeBytes } = await digestFile$1(local, recipe);
	const executable = (found.mode & anyExecute) !== 0;
	return {
		...common,
		hash: {
			kind: recipe,
			value: md5
		},
		sizeBytes,
		files: null,
		executable
	};
}
/** @returns absolute path, links followed; null when nothing is there. @throws InputError DVC_UNSUPPORTED */
async function locatePath(repository, at) {
	const local = await locate(at, {
		repository,
		folder: repository
	});
	if (local.kind === "here") return local.path;
	if (local.kind === "missing") return null;
	throw refuseOutside(at, local.why);
}
/** Hashes what a plan asks for. @throws InputError DVC_UNSUPPORTED, DVC_TREE */
async function readFacts(repository, wanted) {
	const digests = /* @__PURE__ */ new Map();
	for (const { at, recipe } of wanted) {
		const key = `${recipe} ${at}`;
		if (digests.has(key)) continue;
		digests.set(key, (await digestPath(repository, at, at, recipe))?.hash?.value ?? null);
	}
	return {
		digestOf: (at, recipe) => digests.get(`${recipe} ${at}`) ?? null,
		parametersOf: (at) => readParameterFile(repository, at)
	};
}
/** null when it is not there. @throws InputError DVC_PARAMETERS, DVC_UNSUPPORTED */
function readParameterFile(repository, at) {
	const text = readRepositoryText(repository, at);
	return text === null ? null : parseParameters(text, at);
}
/** Reads a text of the repository and nothing outside of it; null when it is not there. @throws InputError DVC_UNSUPPORTED */
function readRepositoryText(repository, at) {
	const full = join(repository, at);
	if (!existsSync(full)) return null;
	const below = relative(realpathSync(repository), realpathSync(full));
	if (isAbsolute(below) || below.split(/[\\/]/)[0] === "..") throw refuseOutside(at, "a link leads out of the repository");
	if (!statSync(full).isFile()) throw refuseKind(at);
	return readFileSync(full, "utf8");
}
/** Reading a pipe that nobody writes to would hold the job for good. */
function refuseKind(at) {
	return new InputError("DVC_UNSUPPORTED", `${at} is not read: it is no plain file`, {
		hint: "Keep plain files in the places that dvc.yaml names.",
		where: { file: at }
	});
}
function refuseOutside(at, why) {
	return new InputError("DVC_UNSUPPORTED", `${at} is not read: ${why}`, {
		hint: "Keep what the stages read and write in the repository.",
		where: { file: at }
	});
}

// adapters/dvc/stage-files.ts
/**
* Fetches an output that dvc.lock names, verified by its digest.
* @returns false when the remote does not have it
* @throws InputError DVC_DIGEST, DVC_MANIFEST, FILE_TOO_LARGE; ServiceError STORE_MISSING, STORE_FAILED
*/
async function fetchOutput({ workspace, remote }, output, entry, lockFile) {
	const { hash } = entry;
	if (remote === null || hash?.kind !== "md5" && hash?.kind !== "md5-dos2unix") return false;
	return fetchPointer(remote, {
		out: output.path,
		path: output.at,
		kind: hash.value.endsWith(".dir") ? "folder" : "file",
		hash: hash.kind,
		md5: hash.value,
		sizeBytes: entry.sizeBytes,
		files: entry.files,
		imported: null
	}, lockFile, workspace);
}
/**
* Fetches data that a stage reads and that a `.dvc` pointer beside it, or beside a folder above it, names.
* @returns path in the repository of what was fetched; null when there is nothing to fetch
*/
async function fetchDependency({ workspace, remote }, at) {
	if (remote === null || await locatePath(workspace, at) !== null) return null;
	for (let path = at; path !== "" && path !== "."; path = dirname(path)) {
		const source = `${path}.dvc`;
		const text = readRepositoryText(workspace, source);
		if (text === null) continue;
		const pointer = parsePointer(text, source);
		return await fetchPointer(remote, pointer, source, workspace) ? pointer.path : null;
	}
	return null;
}
async function fetchPointer(remote, pointer, source, workspace) {
	const to = join(workspace, pointer.path);
	await locatePath(workspace, pointer.path);
	try {
		await mkdir(dirname(to), { recursive: true });
		if (pointer.kind === "folder") await remote.fetchFolder(pointer, source, ({ relpath }) => join(to, relpath));
		else await remote.fetch(pointer, source, to);
		return true;
	} catch (error) {
		if (!(error instanceof InputError) || error.code !== "DVC_OBJECT_MISSING") throw error;
		await rm(to, {
			recursive: true,
			force: true
		});
		return false;
	}
}
/**
* Makes room for a stage as DVC does: its old outputs go, unless they persist; folders of the new ones are made.
* @throws InputError DVC_DEPENDENCY when something that it reads is not there, DVC_UNSUPPORTED
*/
async function prepareStage({ workspace }, stage) {
	if (!(await stat(join(workspace, stage.folder)).catch(() => null))?.isDirectory()) throw refuseMissing(stage.name, "its folder", stage.folder);
	for (const { at } of [...stage.dependencies, ...stage.parameters]) if (await locatePath(workspace, at) === null) throw refuseMissing(stage.name, "it reads", at);
	for (const { at, persisted } of stage.outputs) {
		if (await locatePath(workspace, at) !== null && !persisted) await rm(join(workspace, at), {
			recursive: true,
			force: true
		});
		await mkdir(dirname(join(workspace, at)), { recursive: true });
		if (await locatePath(workspace, dirname(at)) === null) throw refuseMissing(stage.name, "it writes", at);
	}
}
/**
* What a stage is now that it has run, as dvc.lock keeps it.
* @param before its entry of dvc.lock: data that has not changed keeps the recipe of DVC 2
* @throws InputError DVC_OUTPUT when an output was not written, DVC_PARAMETERS when a parameter is not there
*/
async function lockStage({ workspace }, stage, before) {
	const old = new Map([...before?.dependencies ?? [], ...before?.outputs ?? []].map((entry) => [entry.path, entry]));
	const digest = async ({ path, at }, code) => {
		const hash = old.get(path)?.hash;
		if (hash?.kind === "md5-dos2unix") {
			const same = await digestPath(workspace, path, at, "md5-dos2unix");
			if (same?.hash?.value === hash.value) return same;
		}
		const found = await digestPath(workspace, path, at, "md5");
		if (found !== null) return found;
		throw new InputError(code, `The stage ${stage.name} left no ${at}`, { hint: "Let the command write every output that dvc.yaml names, or take it out there." });
	};
	const dependencies = [];
	for (const path of stage.dependencies) dependencies.push(await digest(path, "DVC_DEPENDENCY"));
	const outputs = [];
	for (const path of stage.outputs) outputs.push(await digest(path, "DVC_OUTPUT"));
	return {
		command: stage.command,
		commandIsList: stage.commandIsList,
		dependencies,
		parameters: new Map(stage.parameters.map((use) => [use.file, readUsed(workspace, stage, use)])),
		outputs
	};
}
/** @throws InputError DVC_PARAMETERS */
function readUsed(workspace, stage, use) {
	const all = readParameterFile(workspace, use.at);
	if (all === null) throw refuseMissing(stage.name, "it reads", use.at);
	if (use.keys === null) return all;
	return {
		kind: "map",
		entries: [...new Set(use.keys)].map((key) => {
			const value = findValue(all, key, use);
			if (value !== void 0) return {
				key: {
					kind: "text",
					value: key
				},
				value
			};
			throw new InputError("DVC_PARAMETERS", `${use.at} has no ${key}, which the stage ${stage.name} reads`, {
				hint: `Add it to ${use.at}, or take it out of params in dvc.yaml.`,
				where: { file: use.at }
			});
		})
	};
}
/**
* Replaces a file of the repository as a whole: whoever reads it meanwhile sees the old or the new one. No link that a
* command left says where it is written.
* @throws InputError DVC_UNSUPPORTED, DVC_OUTPUT when its folder is gone
*/
async function replaceFile(workspace, at, text) {
	const folder = await locatePath(workspace, dirname(at));
	if (folder === null) throw new InputError("DVC_OUTPUT", `${at} cannot be written: its folder is gone`, { hint: "Let the stages leave the folder of dvc.yaml where it is." });
	const scratch = join(folder, `${basename(at)}.${randomUUID()}.tmp`);
	try {
		await writeFile(scratch, text, { flag: "wx" });
		await rename(scratch, join(folder, basename(at)));
	} finally {
		await rm(scratch, { force: true });
	}
}
function refuseMissing(stage, verb, at) {
	return new InputError("DVC_DEPENDENCY", `The stage ${stage} cannot run: ${verb} ${at || "."}, which is not there`, { hint: "Commit it, push its data with \"dvc push\", or let another stage write it." });
}

// adapters/dvc/pipeline.ts
/**
* Runs the stages of a dvc.yaml again whose command, dependencies, parameters or outputs changed, as "dvc repro" does,
* and keeps dvc.lock after each of them. What a skipped stage made is fetched when it is not here.
* @throws InputError DVC_PIPELINE, DVC_TEMPLATE, DVC_LOCK, DVC_HANDWRITTEN before anything runs; DVC_DEPENDENCY, DVC_OUTPUT,
* DVC_PARAMETERS, DVC_DIGEST; ServiceError when the remote fails
* @see https://github.com/iterative/dvc dvc/stage/__init__.py reproduce
*/
async function runPipeline(inputs) {
	const run = new PipelineRun(inputs);
	for (const one of run.plan.ordered) {
		const end = await run.next(one);
		if (end !== null) return {
			kind: "stopped",
			stages: run.stages,
			outputs: run.outputs,
			end
		};
	}
	return {
		kind: "done",
		stages: run.stages,
		outputs: run.outputs
	};
}
const emptyStage = {
	command: ["true"],
	dependencies: [],
	parameters: /* @__PURE__ */ new Map(),
	outputs: []
};
function readPlan(file, workspace) {
	const text = readRepositoryText(workspace, file);
	if (text === null) throw new InputError("FILE_MISSING", `${file} is not in the checkout`, {
		hint: `Add ${file}, or take train.pipeline out of model.yml.`,
		where: { file }
	});
	const ordered = orderStages(listStages(text, file, (path) => readRepositoryText(workspace, path)), file);
	const lockFile = posix.join(posix.dirname(file), "dvc.lock");
	const lockText = readRepositoryText(workspace, lockFile);
	if (lockText === null) return {
		ordered,
		locked: /* @__PURE__ */ new Map(),
		lockFile,
		lockText
	};
	const { stages } = parseLock(lockText, lockFile);
	updateLock(lockText, lockFile, "none", emptyStage);
	return {
		ordered,
		locked: stages,
		lockFile,
		lockText
	};
}
var PipelineRun = class {
	inputs;
	site;
	plan;
	stages = [];
	outputs = [];
	lockText;
	constructor(inputs) {
		this.inputs = inputs;
		this.site = {
			workspace: inputs.workspace,
			remote: inputs.remote
		};
		this.plan = readPlan(inputs.file, inputs.workspace);
		this.lockText = this.plan.lockText;
	}
	/** @returns null when the stage was skipped or ended well */
	async next({ stage, upstream }) {
		const startedMs = performance.now();
		const fetched = [];
		const tell = (action, reasons) => {
			const durationMs = Math.round(performance.now() - startedMs);
			this.stages.push({
				name: stage.name,
				action,
				reasons,
				durationMs,
				fetched
			});
			this.inputs.log(`stage ${stage.name} ${action}: ${reasons.join("; ")}`);
		};
		const reasons = await this.judge(stage, fetched);
		if (stage.frozen || reasons.length === 0) {
			tell("skipped", stage.frozen ? ["frozen", ...reasons] : [this.explainSkip(upstream)]);
			return null;
		}
		this.inputs.log(`stage ${stage.name} runs: ${reasons.join("; ")}`);
		const end = await this.run(stage);
		tell(end === null ? "ran" : "failed", reasons);
		return end;
	}
	/** Why it has to run; what is missing and can be had is fetched first. */
	async judge(stage, fetched) {
		const locked = this.plan.locked.get(stage.name);
		for (const { at } of stage.dependencies) {
			const path = await fetchDependency(this.site, at);
			if (path !== null) fetched.push(path);
		}
		const wanted = listWanted([{
			stage,
			upstream: []
		}], this.plan.locked);
		const state = judgeStage(stage, locked, await readFacts(this.inputs.workspace, wanted));
		const reasons = [
			...this.inputs.all === true ? ["every stage is run"] : [],
			...state.reasons,
			...state.missingDependencies.map(({ path }) => `deps ${path} missing`)
		];
		if (reasons.length > 0 && !stage.frozen) return reasons;
		for (const { output, entry } of state.missingOutputs) if (await fetchOutput(this.site, output, entry, this.plan.lockFile)) fetched.push(output.at);
		else reasons.push(`output ${output.path} missing`);
		return reasons;
	}
	explainSkip(upstream) {
		const ran = upstream.filter((name) => this.stages.some((one) => one.name === name && one.action === "ran"));
		return ran.length === 0 ? "nothing changed" : `nothing changed: ${ran.join(", ")} made what it made before`;
	}
	async run(stage) {
		await prepareStage(this.site, stage);
		for (const line of stage.command) {
			const end = await this.inputs.runCommand(line, join(this.inputs.workspace, stage.folder));
			if (end.kind !== "done") return end;
		}
		const locked = await lockStage(this.site, stage, this.plan.locked.get(stage.name));
		await this.keep(stage, locked);
		return null;
	}
	async keep(stage, locked) {
		const { lockFile } = this.plan;
		const text = updateLock(this.lockText, lockFile, stage.name, locked);
		if (text !== this.lockText) await replaceFile(this.inputs.workspace, lockFile, text);
		this.lockText = text;
		const places = new Map(stage.outputs.filter(({ kept }) => kept).map(({ path, at }) => [path, at]));
		for (const { path, hash, sizeBytes } of locked.outputs) {
			const at = places.get(path);
			if (at !== void 0 && hash !== null) this.outputs.push({
				at,
				md5: hash.value,
				sizeBytes
			});
		}
	}
};

// adapters/git/changed-files.ts
/**
* Tracked files that differ from the commit that is checked out, sorted, at most `most`: of the index or of the disk,
* changed, added or gone. Files that git does not track are no part of it: data and outputs lie there.
* @throws ServiceError GIT_FAILED
*/
async function listChangedFiles(dir, most = 100) {
	const { code, stdout, stderr } = await runGit(dir, [
		"diff",
		"--name-only",
		"-z",
		"--no-renames",
		"--no-ext-diff",
		"HEAD"
	]);
	if (code !== 0) throw new ServiceError("GIT_FAILED", `git could not compare ${dir} with its commit: ${stderr}`, { hint: "Run \"git status\" there to see what is wrong." });
	const paths = stdout.toString().split("\0").filter((path) => path !== "");
	return [...new Set(paths)].sort().slice(0, most);
}

// adapters/environment/allowed-variables.ts
/**
* Values of the variables that model.yml names and that are set: what the command gets and the record shows. The schema
* of model.yml refuses names that sound like a secret; values are cleaned with the record.
*/
function pickVariables(env, names) {
	return Object.fromEntries(names.flatMap((name) => {
		const value = Object.hasOwn(env, name) ? env[name] : void 0;
		return value === void 0 ? [] : [[name, value]];
	}));
}

// adapters/environment/lock-files.ts
/** What tools call the files that say which packages an environment has. */
const wellKnown = [
	"requirements.txt",
	"poetry.lock",
	"uv.lock",
	"pdm.lock",
	"pixi.lock",
	"Pipfile.lock",
	"conda-lock.yml",
	"environment.yml",
	"package-lock.json",
	"pnpm-lock.yaml",
	"yarn.lock",
	"renv.lock"
];
/**
* Digests of the lock files of a training: those that model.yml names, and well-known ones beside the model and at the
* root of the repository. Sorted by path.
* @throws InputError LOCK_FILE when one that model.yml names is no plain file of the repository
*/
async function readLockFiles(workspace, model, declared) {
	const root = await realpath(workspace);
	const beside = posix.dirname(modelPath(model));
	const found = /* @__PURE__ */ new Map();
	for (const path of declared) {
		const digest = await digestFile(root, path);
		if (digest === null) throw refuse$3(path);
		found.set(path, {
			path,
			digest
		});
	}
	for (const path of wellKnown.flatMap((name) => [`${beside}/${name}`, name])) {
		const digest = found.has(path) ? null : await digestFile(root, path);
		if (digest !== null) found.set(path, {
			path,
			digest
		});
	}
	return [...found.values()].sort((a, b) => a.path < b.path ? -1 : 1);
}
/** null: no plain file inside the repository. A link would have the digest of any file of the runner told. */
async function digestFile(root, path) {
	const file = join(root, path);
	const facts = await lstat(file).catch(() => null);
	if (facts === null || !facts.isFile()) return null;
	const way = relative(root, await realpath(file));
	if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return `sha256:${hash.digest("hex")}`;
}
function refuse$3(path) {
	return new InputError("LOCK_FILE", `${path} is no plain file of this commit`, {
		hint: "Commit it, or take it out of train.lock-files in model.yml.",
		where: { file: path }
	});
}

// core/training/parameter-values.ts
/** Parameter files are written by people; one that says more is recorded up to here. */
const most = {
	values: 300,
	nodes: 2e4,
	depth: 20
};
/**
* Flattens the values of a parameter file: `optimizer: { lr: 0.1 }` is `optimizer.lr`; a list of plain values is one
* value, as JSON; the items of any other list are numbered. Visits no more than it records: YAML aliases can make a
* small file endless.
* @param value what was read from JSON or YAML; pull-request controlled
*/
function flattenParameters(value) {
	const found = [];
	const left = {
		nodes: most.nodes,
		complete: true
	};
	visit(value, [], found, left);
	return {
		values: Object.fromEntries(found),
		complete: left.complete
	};
}
function visit(value, way, found, left) {
	if (found.length >= most.values || left.nodes <= 0 || way.length > most.depth) {
		left.complete = false;
		return;
	}
	left.nodes -= 1;
	const members = membersOf(value);
	if (members === null) {
		found.push([way.join(".") || "value", toValue(value)]);
		return;
	}
	for (const [name, member] of members) {
		if (!left.complete) return;
		visit(member, [...way, name], found, left);
	}
}
/** null: a value of its own. */
function membersOf(value) {
	if (Array.isArray(value)) return value.every(isPlain) ? null : value.map((item, at) => [String(at), item]);
	if (typeof value !== "object" || value === null) return null;
	return Object.entries(value);
}
const isPlain = (value) => typeof value !== "object" || value === null;
/** JSON has no word for NaN and infinity; YAML has. */
function toValue(value) {
	if (typeof value === "boolean" || typeof value === "string") return value;
	if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
	if (!Array.isArray(value)) return String(value);
	return `[${value.slice(0, 200).map((item) => typeof item === "string" ? JSON.stringify(item) : String(item)).join(", ")}${value.length > 200 ? ", …" : ""}]`;
}

// adapters/training/output.ts
const maxTextBytes = 1048576;
/**
* Takes the file that the command wrote as its model into the output folder.
* @param path relative to the workspace
* @throws InputError ARTIFACT_MISSING, ARTIFACT_EMPTY, ARTIFACT_KIND (a link, a folder, out of the workspace), FILE_TOO_LARGE
*/
async function takeArtifact(workspace, path, output) {
	const name = basename(path);
	if (name === "run.json") throw refuse$2("ARTIFACT_KIND", path, "is called run.json, like the record beside it");
	const file = await requireFile(workspace, path, "ARTIFACT_MISSING");
	const { size } = await lstat(file);
	if (size === 0) throw refuse$2("ARTIFACT_EMPTY", path, "is empty");
	if (size > 2147483648) throw refuseSize(`${path} has ${size} bytes`);
	const { hex, sizeBytes } = await copyHashed(createReadStream(file), join(output, name), "sha256");
	return {
		digest: `sha256:${hex}`,
		sizeBytes,
		name
	};
}
/** Removes the file that an earlier run or a commit left: only what this command writes is its result. */
async function clearOutput(workspace, path) {
	const file = join(workspace, path);
	const parent = await realpath(dirname(file)).catch(() => null);
	if (parent === null) return;
	if (isOutside(await realpath(workspace), parent)) throw refuse$2("ARTIFACT_KIND", path, "leads out of the repository");
	const found = await lstat(file).catch(() => null);
	if (found !== null && !found.isDirectory()) await rm(file);
}
/** Reads a small text that the command wrote. @throws InputError METRICS_MISSING, FILE_TOO_LARGE */
async function readOutput(workspace, path) {
	const file = await requireFile(workspace, path, "METRICS_MISSING");
	const { size } = await lstat(file);
	if (size > maxTextBytes) throw refuseSize(`${path} has ${size} bytes where 1 MiB is plenty`);
	return readFile(file, "utf8");
}
/** The command is the proposer's: a link would let it upload any file of the runner. */
async function requireFile(workspace, path, missing) {
	const file = join(workspace, path);
	const found = await lstat(file).catch(() => null);
	if (found === null) throw refuse$2(missing, path, "was not written by the training command");
	if ((await lstat(workspace)).isSymbolicLink() || !found.isFile() || isOutside(await realpath(workspace), await realpath(file))) throw refuse$2("ARTIFACT_KIND", path, "is no plain file inside the repository");
	return file;
}
function isOutside(folder, path) {
	const way = relative(folder, path);
	return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}
function refuse$2(code, path, what) {
	return new InputError(code, `${path} ${what}`, {
		hint: "Make the training command write this file, or correct train.artifact or train.metrics in model.yml.",
		where: { file: path }
	});
}

// adapters/environment/parameter-files.ts
/**
* Reads the parameter files of a training, flattened. A name that two files have is told with its file.
* @param paths `train.parameters` of model.yml, JSON or YAML
* @throws InputError PARAMETERS_INVALID with the file when one is missing or cannot be read
*/
async function readParameterFiles(workspace, paths) {
	const values = /* @__PURE__ */ new Map();
	const notes = [];
	for (const path of paths) {
		const flat = flattenParameters(parse(await readText(workspace, path), path));
		if (!flat.complete) notes.push(`${path}: only its first ${Object.keys(flat.values).length} values are recorded`);
		for (const [name, value] of Object.entries(flat.values)) values.set(values.has(name) ? `${path}:${name}` : name, value);
	}
	return {
		values: Object.fromEntries(values),
		notes
	};
}
/**
* Reads the parameters that a command left as `parameters.json` in its output folder; none is none.
* @throws InputError JSON_INVALID, ARTIFACT_KIND
*/
async function readWrittenParameters(outputFolder) {
	const name = "parameters.json";
	const text = await readOutput(outputFolder, name).catch((error) => {
		if (error instanceof InputError && error.code === "METRICS_MISSING") return null;
		throw error;
	});
	return text === null ? {} : flattenParameters(parseStrictJson(text, name)).values;
}
async function readText(workspace, path) {
	try {
		return await readOutput(workspace, path);
	} catch (cause) {
		throw refuse$1(path, "is no plain file of this commit of at most 1 MiB", cause);
	}
}
/** The core schema makes no dates, no functions, no objects of classes. */
function parse(text, path) {
	try {
		return path.endsWith(".json") ? parseStrictJson(text, path) : load(text, {
			schema: CORE_SCHEMA,
			filename: path
		});
	} catch (cause) {
		if (cause instanceof InputError) throw cause;
		throw refuse$1(path, `is no YAML: ${cause instanceof Error ? cause.message.split("\n")[0] ?? "" : ""}`, cause);
	}
}
function refuse$1(path, what, cause) {
	return new InputError("PARAMETERS_INVALID", `${path} ${what}`, {
		hint: "Mend the file, or take it out of train.parameters in model.yml.",
		where: { file: path },
		cause
	});
}

// core/training/package-list.ts
/** Asks Python for its version and distributions; older ones than 3.8 tell the version alone. */
const pythonQuestion = `import json, platform
packages = []
try:
    from importlib import metadata
    for found in metadata.distributions():
        try:
            packages.append([found.metadata["Name"], found.version])
        except Exception:
            pass
except ImportError:
    pass
print(json.dumps({"version": platform.python_version(), "packages": packages}))`;
/** @param text what Python printed; pull-request controlled: a file of the environment can print before it @returns null when it is no answer */
function parsePythonFacts(text) {
	const answer = parseJson(text.trim().split("\n").at(-1) ?? "");
	if (typeof answer !== "object" || answer === null || !("version" in answer)) return null;
	const { version } = answer;
	if (typeof version !== "string" || version === "") return null;
	return {
		version,
		packages: ("packages" in answer && Array.isArray(answer.packages) ? answer.packages : []).flatMap((each) => {
			const [name, found] = Array.isArray(each) ? each : [];
			return typeof name === "string" && name !== "" ? [[name, typeof found === "string" ? found : "unknown"]] : [];
		})
	};
}
/**
* Reads the name of a file in `conda-meta`: `cudatoolkit-11.8.0-h6a678d5_0.json`.
* @see https://docs.conda.io/projects/conda/en/stable/dev-guide/specs/solved-packages.html name-version-build
*/
function parseCondaFile(file) {
	const [, name, version] = /^(.+)-([^-]+)-[^-]+\.json$/.exec(file) ?? [];
	return name === void 0 || version === void 0 ? null : [`conda:${name}`, version];
}
/** Asks R for its version and packages, a line each. */
const rQuestion = "cat(as.character(getRversion()), \"\\n\"); p <- installed.packages()[, c(\"Package\", \"Version\")]; cat(paste(p[, 1], p[, 2], sep = \"\\t\"), sep = \"\\n\")";
/** @param text what R printed @returns null when it is no answer */
function parseRFacts(text) {
	const [version, ...lines] = text.split("\n").map((line) => line.trim());
	if (version === void 0 || !/^\d+\.\d+/.test(version)) return null;
	return {
		version,
		packages: lines.flatMap((line) => {
			const [name, found] = line.split("	");
			return name === void 0 || found === void 0 ? [] : [[`r:${name}`, found]];
		})
	};
}
/** Sorted by name and version, each once, as a record keeps them. */
function sortPackages(packages) {
	return [...new Map(packages.map((each) => [each.join("\n"), each])).values()].sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
}
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

// core/training/gpu-tool.ts
/** Most characters of an answer that are read: 128 GPUs need 16 KiB. */
const answerLimit = 1048576;
const holderLimit = 1e3;
const amount = /^(\d{1,15}(?:\.\d{1,9})?) ?(?:MiB|W|%)?$/;
/** Reads an amount. @returns finite and not negative; null for `[N/A]`, `[Not Supported]` and whatever is no number */
function toAmount(text) {
	const found = amount.exec(text.trim())?.[1];
	return found === void 0 ? null : Number(found);
}
/** Percent as a share, 0 to 1: a tool that says 101 % means 1. */
function toShare(text) {
	const percent = toAmount(text);
	return percent === null ? null : Math.min(percent / 100, 1);
}
/** One line of at most 100 characters: text of a tool, a process or a driver is nobody's word. */
function toLabel(text) {
	return text.toWellFormed().replace(/[\s\p{Cc}\p{Cf}\p{Co}]+/gu, " ").trim().slice(0, 100).toWellFormed();
}
/** A version that begins with a number, else null. */
function toVersion(text) {
	const label = toLabel(text);
	return /^\d/.test(label) ? label : null;
}

// adapters/machine/tool.ts
/** A tool that waits for a broken driver may wait for ever. */
const toolLimitMs = 1e4;
const pipeLimitMs = 1e3;
/** Runs a tool and never throws. One that hangs in the kernel cannot be ended: it is left behind, not waited for. */
async function askTool(program, words, env, limitMs = toolLimitMs) {
	const answered = new AbortController();
	const late = setTimeout(limitMs + pipeLimitMs, void 0, { signal: answered.signal }).then(() => ({
		kind: "fault",
		text: `${program} does not end`
	}));
	late.catch(() => void 0);
	const answer = await Promise.race([runTool(program, words, env, limitMs), late]);
	answered.abort();
	return answer;
}
function runTool(program, words, env, limitMs) {
	const options = {
		env: {
			...env,
			LC_ALL: "C"
		},
		timeout: limitMs,
		killSignal: "SIGKILL",
		maxBuffer: answerLimit
	};
	return new Promise((resolve) => {
		execFile(program, words, options, (error, stdout, stderr) => {
			if (error === null) return resolve({
				kind: "answer",
				text: stdout
			});
			if (error.code === "ENOENT") return resolve({
				kind: "missing",
				text: ""
			});
			const said = `${stdout}\n${stderr}`.trim();
			const how = error.killed === true ? "did not end in time" : `ended with ${error.code ?? error.signal}`;
			return resolve({
				kind: "fault",
				text: said || `${program} ${how}`
			});
		});
	});
}

// adapters/environment/software.ts
/** Thousands of packages on a slow disk; a record without them is better than none. */
const askLimitMs$1 = 3e4;
/** Asks programs of this machine, in the environment of the team's command. */
const askMachine = (env) => async (program, words) => {
	const answer = await askTool(program, words, env, askLimitMs$1);
	return answer.kind === "answer" ? answer.text : null;
};
/**
* Tells the runtimes and packages that a training command finds: Node, Python, conda, R. Call it after the command, which
* may have installed some of them. What does not answer is not told; nothing of it fails.
* @param env environment of the command
* @param ask of the container in which the command ran; null: on this machine
*/
async function captureSoftware(workspace, env, ask = null) {
	return listSoftware(workspace, ask ?? askMachine(env), ask === null ? env.CONDA_PREFIX : void 0);
}
async function listSoftware(workspace, ask, condaPrefix) {
	const [node, python, r, conda] = await Promise.all([
		ask("node", ["--version"]),
		askPython(workspace, ask),
		ask("Rscript", [
			"--vanilla",
			"-e",
			rQuestion
		]),
		listConda(condaPrefix)
	]);
	const rFacts = r === null ? null : parseRFacts(r);
	const nodeVersion = node === null ? "" : node.trim();
	return {
		runtimes: {
			.../^v\d[\w.+-]{0,99}$/.test(nodeVersion) ? { node: nodeVersion } : {},
			...python === null ? {} : { python: python.version },
			...rFacts === null ? {} : { r: rFacts.version }
		},
		packages: sortPackages([
			...python?.packages ?? [],
			...rFacts?.packages ?? [],
			...conda
		])
	};
}
/** The environment beside the code first: a command that uses it starts it by its path. `-P` is too new to ask for. */
async function askPython(workspace, ask) {
	const own = join(workspace, ".venv", "bin", "python");
	const hasOwn = await access(own).then(() => true, () => false);
	for (const program of [
		...hasOwn ? [own] : [],
		"python3",
		"python"
	]) {
		const text = await ask(program, ["-c", pythonQuestion]);
		const facts = text === null ? null : parsePythonFacts(text);
		if (facts !== null) return facts;
	}
	return null;
}
/** Read from its files: the program that made the environment need not be there. */
async function listConda(prefix) {
	if (!prefix) return [];
	return (await readdir(join(prefix, "conda-meta")).catch(() => [])).flatMap((file) => {
		const found = parseCondaFile(file);
		return found === null ? [] : [found];
	});
}

// adapters/environment/capture.ts
/**
* Captures what must be known before the command runs. Call it before anything is changed in the checkout.
* @throws InputError LOCK_FILE, PARAMETERS_INVALID; ServiceError GIT_FAILED
*/
async function captureEnvironment(inputs) {
	const { workspace, train, env, trial } = inputs;
	const changedFiles = await listChangedFiles(workspace);
	const lockFiles = await readLockFiles(workspace, inputs.modelName, train.lockFiles);
	const files = await readParameterFiles(workspace, train.parameters);
	const changed = changedFiles.length === 0 ? [] : [`not as in the commit: ${changedFiles.join(", ")}`];
	return {
		changedFiles,
		lockFiles,
		environment: pickVariables(env, train.environment),
		notes: [...files.notes, ...changed],
		readSoftware: (ask) => captureSoftware(workspace, env, ask),
		readParameters: async (outputFolder) => ({
			...files.values,
			...trial?.parameters,
			...await readWrittenParameters(outputFolder)
		})
	};
}

// adapters/process/container-engine.ts
const askLimitMs = 15e3;
const answerLimitBytes = 1048576;
/** What an engine's client needs to reach its daemon and registries. The container gets none of it. */
const engineVariables = /^(PATH|HOME|USER|TMPDIR|LANG|XDG_[A-Z_]+|DOCKER_[A-Z_]+|CONTAINER_[A-Z_]+|CONTAINERS_[A-Z_]+|REGISTRY_AUTH_FILE|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy)$/;
/** Asks an engine one short thing. */
function askEngine(engine, args) {
	const options = {
		env: engine.env,
		timeout: askLimitMs,
		maxBuffer: answerLimitBytes
	};
	return new Promise((resolve) => {
		execFile(engine.file, args, options, (error, stdout, stderr) => {
			const text = error === null ? stdout : stderr.trim() || error.message;
			resolve({
				ok: error === null,
				text: text.trim()
			});
		});
	});
}
/**
* Finds the engine of this machine.
* @throws ServiceError CONTAINER_ENGINE when none answers: about the machine, not about the model
*/
async function findContainerEngine(env) {
	const own = Object.fromEntries(Object.entries(env).filter(([name]) => engineVariables.test(name)));
	const faults = [];
	for (const file of ["docker", "podman"]) {
		const engine = {
			kind: file,
			file,
			env: own
		};
		const answer = await askEngine(engine, ["version"]);
		if (answer.ok) return /\bpodman\b/i.test(answer.text) ? {
			...engine,
			kind: "podman"
		} : engine;
		faults.push(`${file}: ${answer.text.split("\n").at(-1)?.slice(0, 200)}`);
	}
	throw new ServiceError("CONTAINER_ENGINE", `The machine cannot run containers (${faults.join("; ")}), and train.image in model.yml asks for one`, { hint: "Install Docker or Podman on this runner, let its user reach it, or choose another runner by train.runs-on." });
}

// adapters/process/container-state.ts
/** Codes by which engines say that it was they who failed, not the command. */
const engineCodes = [
	125,
	126,
	127
];
/** Completes the end of a container's client by what the engine knows of the container. */
async function readContainerEnd(engine, name, image, end) {
	const answer = await askEngine(engine, [
		"inspect",
		"--type",
		"container",
		"--format",
		"{{.Image}} {{.State.OOMKilled}} {{.State.StartedAt}}",
		name
	]);
	const [, id, killed, startedAt] = /^((?:sha256:)?[0-9a-f]{64}) (true|false) (\S+)/.exec(answer.ok ? answer.text : "") ?? [];
	if (!(id !== void 0 && startedAt !== void 0 && !startedAt.startsWith("0001-"))) return {
		end: {
			...end,
			startFault: describeFault(engine, end)
		},
		image: null
	};
	const oomKills = killed === "true" ? Math.max(1, end.oomKills ?? 0) : end.oomKills;
	return {
		end: {
			...end,
			oomKills
		},
		image: await confirmImage(engine, id, image)
	};
}
function describeFault(engine, end) {
	if (end.startFault !== null) return `${engine.file} did not start: ${end.startFault}`;
	const code = end.exitCode === null ? `signal ${end.signal}` : `exit code ${end.exitCode}`;
	return engineCodes.includes(end.exitCode) ? `${engine.file} did not start the container (${code}); the last lines of the log say why` : `${engine.file} tells nothing of the container (${code})`;
}
/** The digest that model.yml names, once the engine has it for what ran. */
async function confirmImage(engine, id, image) {
	const digest = image.slice(image.indexOf("@") + 1);
	const answer = await askEngine(engine, [
		"image",
		"inspect",
		"--format",
		"{{json .RepoDigests}}",
		id
	]);
	return answer.ok && answer.text.includes(`@${digest}"`) ? {
		id: id.startsWith("sha256:") ? id : `sha256:${id}`,
		digest
	} : null;
}
/**
* The process of this machine that is the container's first one.
* @returns null while there is none, or where the number is another machine's: an engine beside a runner in a container
*/
async function readRunningPid(engine, name, text) {
	const answer = await askEngine(engine, [...[
		"inspect",
		"--type",
		"container",
		"--format",
		"{{.State.Pid}}",
		name
	]]);
	const pid = Number(answer.ok ? answer.text : 0);
	if (!Number.isSafeInteger(pid) || pid < 2) return null;
	return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0").includes(text) ? pid : null;
}

// adapters/process/container.ts
/** Without it Docker's init asks bash alone to end, which waits for what it started. */
const own = { TINI_KILL_PROCESS_GROUP: "1" };
const pollMs = 250;
/** Label of containers of ours; its value is the run id. Whoever cleans a machine finds them by it. */
const containerLabel = "gatehouse.run";
/** A name by which cancel and clean-up find it, unlike any other of the run. */
function containerName(runId, runAttempt, attempt, salt) {
	return `gatehouse-${runId}-${runAttempt}-${attempt}-${salt.replace(/[^A-Za-z0-9]/g, "").slice(0, 12)}`;
}
/**
* Runs the team's command in a container and removes the container afterwards, however it ended.
* The container is not started with `--rm`: its state is read before it goes.
* @throws InputError CONTAINER_IMAGE for an image without a digest, CONTAINER_PATH for a folder that cannot be mounted
* @see https://docs.docker.com/reference/cli/docker/container/run/
* @see https://docs.podman.io/en/latest/markdown/podman-run.1.html
*/
async function runInContainer(command) {
	const { engine, name, image, log } = command;
	const args = listArguments(command);
	const watching = new AbortController();
	try {
		if (command.started !== void 0) tellPid(command, command.started, watching.signal);
		const end = await watchMachine(command.folder, () => muteCommands(log, () => runWatchedProcess({
			folder: command.folder,
			timeoutMs: command.timeoutMs,
			log,
			env: engine.env,
			cancel: command.cancel,
			graceMs: command.graceMs,
			keepLines: command.keepLines,
			file: engine.file,
			args,
			signal: (signal) => kill(command, signal)
		})));
		return await readContainerEnd(engine, name, image, end);
	} finally {
		watching.abort();
		await askEngine(engine, [
			"rm",
			"--force",
			"--volumes",
			name
		]);
	}
}
async function kill({ engine, name }, signal) {
	return (await askEngine(engine, [
		"kill",
		"--signal",
		signal.slice(3),
		name
	])).ok;
}
/** The engine's client is no parent of what works; the sampler wants the latter. */
async function tellPid({ engine, name, text }, started, stop) {
	while (!stop.aborted) {
		const pid = await readRunningPid(engine, name, text);
		if (pid !== null && !stop.aborted) return started(pid);
		await setTimeout(pollMs, void 0, {
			signal: stop,
			ref: false
		}).catch(() => void 0);
	}
}
function listArguments(command) {
	const { engine, image, mounts, home, env, text } = command;
	if (!/^[a-z0-9][\w.:/-]*@sha256:[0-9a-f]{64}$/i.test(image)) throw new InputError("CONTAINER_IMAGE", `The image "${image.slice(0, 200)}" has no digest`, { hint: "Name it as registry/name@sha256:<64 hex>: a tag can be moved, a digest cannot." });
	return [
		...[
			"run",
			"--init",
			"--pull",
			"missing",
			"--log-driver",
			"none"
		],
		...[
			"--name",
			command.name,
			"--label",
			`${containerLabel}=${command.runId}`
		],
		...[
			"--security-opt",
			"no-new-privileges",
			...listUser(engine)
		],
		...["--shm-size", `${Math.max(64, Math.floor(totalmem() / 2 / 1024 ** 2))}m`],
		...listDevices(command),
		...[
			"--workdir",
			command.folder,
			...[...new Set(mounts)].flatMap(toMount)
		],
		...Object.entries({
			...pickContainerEnvironment(env),
			...own,
			HOME: home
		}).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
		...[
			"--entrypoint",
			"bash",
			image,
			...bashArguments,
			text
		]
	];
}
function toMount(folder) {
	if (!/^\/[^,"\r\n]+$/.test(folder)) throw new InputError("CONTAINER_PATH", `The folder "${folder}" cannot be seen in a container`, { hint: "Let the runner work in a folder whose path has no comma, quote or line end." });
	return ["--mount", `type=bind,source=${folder},target=${folder}`];
}
/** Files that it writes belong to the runner's user, who must be able to remove them. */
function listUser({ kind }) {
	const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
	if (kind === "docker") return ["--user", `${user}:${group}`];
	return [
		...user === 0 ? [] : [
			"--userns",
			"keep-id",
			"--user",
			`${user}:${group}`
		],
		"--security-opt",
		"label=disable"
	];
}
/** @see https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/cdi-support.html */
function listDevices({ engine, gpus }) {
	if (gpus === "none") return [];
	if (gpus === "amd") return [
		"--device",
		"/dev/kfd",
		"--device",
		"/dev/dri",
		"--group-add",
		"video"
	];
	return engine.kind === "docker" ? ["--gpus", "all"] : ["--device", "nvidia.com/gpu=all"];
}
const ofMachine = /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|VIRTUAL_ENV|CONDA_.*|PYTHON(PATH|HOME)|CUDA_(HOME|PATH|ROOT)|SSL_CERT_.*|XDG_.*|HF_HOME|TORCH_HOME)$/;
/** Variables that name places of the machine mean nothing in a container, or break what it brings. */
function pickContainerEnvironment(env) {
	const kept = Object.entries(env).flatMap(([name, value]) => value === void 0 || ofMachine.test(name) ? [] : [[name, value]]);
	return Object.fromEntries(kept);
}

// adapters/environment/container-software.ts
/**
* Asks programs of an image: what a command in a container found. Without network, folders or variables; what the
* command itself installed went with its container.
* @param image by digest, already on this machine
* @param runId whose containers are cleaned up after a job that was cut off
*/
const askContainer = (engine, image, runId) => async (program, words) => {
	const answer = await askEngine(engine, [
		...[
			"run",
			"--rm",
			"--pull",
			"never",
			"--network",
			"none",
			"--log-driver",
			"none"
		],
		...[
			"--security-opt",
			"no-new-privileges",
			"--label",
			`${containerLabel}=${runId}`
		],
		...[
			"--entrypoint",
			program,
			image,
			...words
		]
	]);
	return answer.ok ? answer.text : null;
};

// core/training/nvidia-smi.ts
/**
* What nvidia-smi is asked for, `index,uuid,name` first; drivers before 510 refuse the whole question because of
* `compute_cap`, so there is one without it.
* @see https://docs.nvidia.com/deploy/nvidia-smi/index.html
* @see https://github.com/huggingface/candle/issues/733
*/
function gpuQuestion(capability) {
	return [`--query-gpu=${[
		"index,uuid,name,memory.total,memory.used,driver_version",
		...capability ? ["compute_cap"] : [],
		"utilization.gpu,power.draw"
	].join(",")}`, "--format=csv,noheader,nounits"];
}
const holderQuestion = ["--query-compute-apps=gpu_uuid,pid,process_name,used_memory", "--format=csv,noheader,nounits"];
/** Reads the answer to `gpuQuestion`. Lines of another shape say nothing. */
function parseNvidiaGpus(text, capability) {
	const rows = linesOf(text).flatMap((line) => parseGpu(line, capability) ?? []);
	return {
		tool: "nvidia-smi",
		driver: rows.find(({ driver }) => driver !== null)?.driver ?? null,
		gpus: rows.slice(0, 128).map(({ gpu }) => gpu)
	};
}
function parseGpu(line, withCapability) {
	const cells = line.split(",").map((part) => part.trim());
	const [index = "", uuid = ""] = cells;
	const tail = cells.slice(withCapability ? -6 : -5);
	const name = cells.slice(2, -tail.length).join(", ");
	if (!/^\d{1,4}$/.test(index) || name === "") return null;
	const [total = "", used = "", driver = "", capability = ""] = tail;
	const [utilisation = "", power = ""] = tail.slice(-2);
	return {
		driver: toVersion(driver),
		gpu: {
			index: Number(index),
			uuid: toUuid$1(uuid),
			name: toLabel(name),
			memoryMib: toAmount(total),
			usedMib: toAmount(used),
			capability: withCapability ? toVersion(capability) : null,
			utilisation: toShare(utilisation),
			powerW: toAmount(power)
		}
	};
}
/**
* Reads the answer to `holderQuestion`. The name of a process may hold commas: it is whatever stands between pid and memory.
*/
function parseNvidiaHolders(text) {
	return linesOf(text).flatMap((line) => {
		const cells = line.split(",").map((part) => part.trim());
		const [gpu = "", pid = ""] = cells;
		if (cells.length < 4 || !/^\d{1,10}$/.test(pid)) return [];
		return [{
			pid: Number(pid),
			name: toLabel(cells.slice(2, -1).join(",")),
			usedMib: toAmount(cells.slice(-1).join("")),
			gpu: toUuid$1(gpu)
		}];
	}).slice(0, holderLimit);
}
/**
* Finds the highest CUDA version that the driver serves in the header of `nvidia-smi` or in `nvidia-smi -q`.
* Drivers from 610 on write `CUDA UMD Version`.
*/
function parseCudaVersion(text) {
	return /CUDA (?:UMD )?Version *: *(\d{1,3}\.\d{1,3})\b/.exec(text.slice(0, 1048576))?.[1] ?? null;
}
/**
* Puts the slices (MIG) in the place of a GPU that is cut into them: the command gets a slice, never the whole.
* @param table what `nvidia-smi` prints: memory of each slice
* @param list what `nvidia-smi -L` prints: name and UUID of each slice
* @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/
*/
function splitSlices(gpus, table, list) {
	const slices = parseSlices(table);
	const names = parseSliceNames(list);
	return gpus.flatMap((gpu) => {
		const own = slices.filter((slice) => slice.gpu === gpu.index);
		if (own.length === 0) return [gpu];
		return own.map(({ device, usedMib, memoryMib }) => {
			const named = names.get(`${gpu.index}/${device}`);
			const name = toLabel(`${gpu.name} MIG ${named?.name ?? device}`);
			return {
				...gpu,
				name,
				uuid: named?.uuid ?? null,
				usedMib,
				memoryMib,
				utilisation: null,
				powerW: null
			};
		});
	}).slice(0, 128);
}
/** True when the table of `nvidia-smi` lists slices. */
const hasSlices = (table) => parseSlices(table).length > 0;
function parseSlices(table) {
	const form = /^\| +(\d{1,3}) +\d{1,3} +\d{1,3} +(\d{1,3}) +\| +(\d{1,9})MiB +\/ +(\d{1,9})MiB +\|/;
	return linesOf(table).flatMap((line) => {
		const found = form.exec(line);
		if (found === null) return [];
		const [gpu = 0, device = 0, usedMib = 0, memoryMib = 0] = found.slice(1).map(Number);
		return [{
			gpu,
			device,
			usedMib,
			memoryMib
		}];
	});
}
function parseSliceNames(list) {
	const names = /* @__PURE__ */ new Map();
	let gpu = "";
	for (const line of linesOf(list)) {
		gpu = /^GPU (\d{1,3}):/.exec(line)?.[1] ?? gpu;
		const slice = /^MIG (\S{1,40}) +Device +(\d{1,3}): \(UUID: ([^)]{1,100})\)/.exec(line);
		if (slice === null) continue;
		const [, name = "", device = "", uuid = ""] = slice;
		names.set(`${gpu}/${device}`, {
			name,
			uuid: toUuid$1(uuid)
		});
	}
	return names;
}
function toUuid$1(text) {
	return /^(?:GPU|MIG)-[0-9A-Za-z/-]{1,80}$/.test(text) ? text : null;
}
function linesOf(text) {
	return text.slice(0, answerLimit).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}

// core/training/rocm-smi.ts
/** @see https://github.com/ROCm/rocm_smi_lib/blob/master/python_smi_tools/rocm_smi.py */
const cardQuestion = [
	"--showproductname",
	"--showuniqueid",
	"--showmeminfo",
	"vram",
	"--showuse",
	"--showpower",
	"--showdriverversion",
	"--json"
];
const pidQuestion = ["--showpids", "--json"];
/** Keys by release: `Card series` until ROCm 6.0, `Card Series` after it. */
const names = [
	"Card Series",
	"Card series",
	"Device Name",
	"Market Name",
	"Card Model",
	"Card model"
];
const powerForm = /^(?:Average|Current)(?: Socket)?(?: Graphics)? Package Power \(W\)$/;
const bytesPerMib$1 = 1024 ** 2;
/** Reads the answer to `cardQuestion`. @returns null for text that is no such JSON */
function parseRocmGpus(text) {
	const answer = parseObject(text);
	if (answer === null) return null;
	const cards = Object.entries(answer).flatMap(([key, value]) => {
		const index = /^card(\d{1,4})$/.exec(key)?.[1];
		return index === void 0 || !isFields(value) ? [] : [{
			index: Number(index),
			value
		}];
	}).sort((left, right) => left.index - right.index).slice(0, 128);
	const system = isFields(answer.system) ? answer.system : {};
	return {
		tool: "rocm-smi",
		driver: toVersion(textOf(system, "Driver version")),
		gpus: cards.map(({ index, value }) => toReading(index, value))
	};
}
function toReading(index, card) {
	const name = names.map((key) => toLabel(textOf(card, key))).find((text) => text !== "" && text !== "N/A");
	const power = Object.keys(card).find((key) => powerForm.test(key));
	return {
		index,
		uuid: toUuid(textOf(card, "Unique ID")),
		name: name ?? "AMD GPU",
		memoryMib: toMib(textOf(card, "VRAM Total Memory (B)")),
		usedMib: toMib(textOf(card, "VRAM Total Used Memory (B)")),
		capability: null,
		utilisation: toShare(textOf(card, "GPU use (%)")),
		powerW: power === void 0 ? null : toAmount(textOf(card, power))
	};
}
/**
* Reads the answer to `pidQuestion`: `{"system": {"PID12345": "python3, 1, 1048576, 0, 0"}}`, name, GPUs, VRAM in bytes,
* SDMA, occupancy; the name may hold commas. Which GPU it is, it does not say.
* @returns null for text that is no such JSON; with no process at all the tool prints nothing
*/
function parseRocmHolders(text) {
	if (text.trim() === "") return [];
	const answer = parseObject(text);
	if (answer === null) return null;
	return Object.entries(isFields(answer.system) ? answer.system : {}).flatMap(([key, value]) => {
		const pid = /^PID ?(\d{1,10})$/.exec(key)?.[1];
		if (pid === void 0 || typeof value !== "string") return [];
		const cells = value.split(", ");
		const usedMib = toMib(cells.at(-3) ?? "");
		return [{
			pid: Number(pid),
			name: toLabel(cells.slice(0, -4).join(", ")),
			usedMib,
			gpu: null
		}];
	}).slice(0, holderLimit);
}
/** Some releases print a warning before the JSON. */
function parseObject(text) {
	const start = text.indexOf("{");
	if (start === -1 || text.length > 1048576) return null;
	try {
		const value = parseStrictJson(text.slice(start).trim(), "rocm-smi");
		return isFields(value) ? value : null;
	} catch {
		return null;
	}
}
function isFields(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function textOf(fields, key) {
	const value = fields[key];
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
function toMib(bytes) {
	const amount = toAmount(bytes);
	return amount === null ? null : Math.floor(amount / bytesPerMib$1);
}
/** The runtime wants `GPU-` and the number without `0x`. @see https://rocm.docs.amd.com/en/latest/conceptual/gpu-isolation.html */
function toUuid(text) {
	const found = /^0x([0-9a-f]{1,32})$/i.exec(text.trim())?.[1];
	return found === void 0 ? null : `GPU-${found.toLowerCase()}`;
}

// core/training/visible-gpus.ts
/**
* Picks the GPUs that a command with this environment can use: fewer GPUs than the tool lists, never more.
* @param env environment of the command
* @see https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html
* @see https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
* @see https://rocm.docs.amd.com/en/latest/conceptual/gpu-isolation.html
*/
function pickVisible({ tool, gpus }, env) {
	if (tool === "nvidia-smi") return choose(chooseContainer(gpus, env.NVIDIA_VISIBLE_DEVICES), env.CUDA_VISIBLE_DEVICES);
	return choose(choose(gpus, env.ROCR_VISIBLE_DEVICES), env.HIP_VISIBLE_DEVICES ?? env.CUDA_VISIBLE_DEVICES);
}
/**
* Takes entries in order until one is not there, as CUDA does. An entry that stands twice is an error there: no GPU at all.
*/
function choose(gpus, list) {
	if (list === void 0) return gpus;
	const chosen = [];
	for (const entry of list.split(",")) {
		const gpu = find(gpus, entry.trim());
		if (gpu === void 0) break;
		if (chosen.includes(gpu)) return [];
		chosen.push(gpu);
	}
	return chosen;
}
/** By its place in the list, or by as much of its UUID as names one alone. */
function find(gpus, entry) {
	if (/^\d{1,4}$/.test(entry)) return gpus[Number(entry)];
	if (!/^(?:GPU|MIG)-./.test(entry)) return void 0;
	const start = entry.toLowerCase();
	const named = gpus.filter(({ uuid }) => uuid?.toLowerCase().startsWith(start) === true);
	return named.length === 1 ? named[0] : void 0;
}
/**
* The container runtime has obeyed this variable before we run, and numbers what is left from 0: where as many GPUs are
* listed as it names, they are these. On the machine itself it only counts for a container that starts from there.
*/
function chooseContainer(gpus, list) {
	if (list === void 0 || list === "" || list === "all" || list === "void") return gpus;
	if (list === "none") return [];
	return list.split(",").length === gpus.length ? gpus : choose(gpus, list);
}

// adapters/machine/gpu-tools.ts
/**
* Asks nvidia-smi, then rocm-smi, for the GPUs that a command with this environment can use. Never throws.
* @param env environment of the command: its PATH finds the tools, its variables hide GPUs
*/
async function readVisibleGpus(env) {
	const [nvidia, table] = await Promise.all([askNvidia(env), askTool("nvidia-smi", [], env)]);
	if (nvidia.answer !== null && nvidia.answer.gpus.length > 0) {
		const slices = hasSlices(table.text);
		const list = slices ? (await askTool("nvidia-smi", ["-L"], env)).text : "";
		const gpus = slices ? splitSlices(nvidia.answer.gpus, table.text, list) : nvidia.answer.gpus;
		return toVisible({
			...nvidia.answer,
			gpus
		}, env, parseCudaVersion(table.text));
	}
	const rocm = await askRocm(env);
	if (rocm.answer !== null && rocm.answer.gpus.length > 0) return toVisible(rocm.answer, env, null);
	const answer = nvidia.answer ?? rocm.answer;
	const fault = nvidia.fault ?? rocm.fault;
	return {
		...answer ?? {
			tool: null,
			driver: null
		},
		gpus: [],
		cuda: null,
		fault
	};
}
/** The same GPUs again, while the command runs: one question, without slices. Null: no answer. */
async function readUse(tool, env) {
	const { answer } = tool === "nvidia-smi" ? await askNvidia(env) : await askRocm(env);
	return answer === null ? null : pickVisible(answer, env);
}
/** Processes that hold memory of GPUs. Null: the tool does not tell. Their numbers may be of another namespace: never end one by it. */
async function readHolders(tool, env) {
	const said = await askTool(tool, tool === "nvidia-smi" ? holderQuestion : pidQuestion, env);
	if (said.kind !== "answer") return null;
	return tool === "nvidia-smi" ? parseNvidiaHolders(said.text) : parseRocmHolders(said.text);
}
/** Older drivers refuse the whole question because of one field that they do not know. */
async function askNvidia(env) {
	const full = await askTool("nvidia-smi", gpuQuestion(true), env);
	if (full.kind === "answer") return {
		answer: parseNvidiaGpus(full.text, true),
		fault: null
	};
	if (/^No devices were found/m.test(full.text)) return {
		answer: parseNvidiaGpus("", true),
		fault: null
	};
	if (!/"compute_cap" is not a valid field/.test(full.text)) return toFault(full);
	const basic = await askTool("nvidia-smi", gpuQuestion(false), env);
	return basic.kind === "answer" ? {
		answer: parseNvidiaGpus(basic.text, false),
		fault: null
	} : toFault(basic);
}
async function askRocm(env) {
	const said = await askTool("rocm-smi", cardQuestion, env);
	const answer = said.kind === "answer" ? parseRocmGpus(said.text) : null;
	return answer === null ? toFault(said) : {
		answer,
		fault: null
	};
}
function toFault({ kind, text }) {
	return {
		answer: null,
		fault: kind === "missing" ? null : toLabel(text) || "no answer"
	};
}
function toVisible(answer, env, cuda) {
	return {
		tool: answer.tool,
		driver: answer.driver,
		gpus: pickVisible(answer, env),
		cuda,
		fault: null
	};
}

// adapters/machine/probe.ts
const bytesPerMib = 1024 ** 2;
/**
* Describes the machine for a command. Never throws: what cannot be told is null.
* @param env environment of the command: GPUs that it hides do not count
* @param folder where the job works: its disk is measured
*/
async function probeMachine(env, folder) {
	const [gpus, diskFreeMib] = await Promise.all([readVisibleGpus(env), readDisk(folder)]);
	const rocm = gpus.tool === "rocm-smi" ? await readRocmVersion(env) : null;
	return {
		os: `${type()} ${release()} ${arch()}`,
		cpu: toLabel(cpus()[0]?.model ?? "") || "unknown",
		cpus: availableParallelism(),
		memoryMib: lowerMemory(totalmem(), process$1.constrainedMemory()),
		diskFreeMib,
		gpus: gpus.gpus.map(({ name, memoryMib, usedMib, capability }) => ({
			name,
			memoryMib,
			usedMib,
			capability
		})),
		gpuDriver: gpus.driver,
		gpuRuntime: gpus.cuda ?? rocm,
		gpuTool: gpus.tool,
		...gpus.fault === null ? {} : { gpuFault: gpus.fault }
	};
}
/**
* Memory of the machine or of its container, whichever is less, in MiB.
* @param limit of the control group (v1 or v2), bytes; 0: none; without a limit some kernels say a number beyond all memory
* @see https://nodejs.org/api/process.html#processconstrainedmemory
*/
function lowerMemory(total, limit) {
	return Math.floor((Number.isFinite(limit) && limit > 0 ? Math.min(total, limit) : total) / bytesPerMib);
}
/** What a job without root may use. */
async function readDisk(folder) {
	try {
		const { bavail, bsize } = await statfs(folder);
		const free = Math.floor(bavail * bsize / bytesPerMib);
		return Number.isFinite(free) && free >= 0 ? free : null;
	} catch {
		return null;
	}
}
/** rocm-smi does not tell it; the installation has it in a file. */
async function readRocmVersion(env) {
	try {
		const text = await readFile(join(env.ROCM_PATH || "/opt/rocm", ".info", "version"), "utf8");
		return toVersion(text);
	} catch {
		return null;
	}
}

// adapters/training/claimed-metrics.ts
/**
* Reads the metrics that a training command claims: a flat JSON object of finite numbers.
* @param source path for messages
* @throws InputError JSON_INVALID (NaN and Infinity are no JSON), CLAIMED_METRICS for anything else that is no metric
*/
function parseClaimedMetrics(text, source) {
	const entries = readFlat(text, source);
	return Object.fromEntries(entries.map(([name, value]) => {
		if (typeof value === "number" && Number.isFinite(value)) return [name, value];
		throw refuse(source, name, `${describe(value)} is no finite number`);
	}));
}
function readFlat(text, source) {
	const value = parseStrictJson(text, source);
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
	throw refuse(source, "", `${describe(value)} is no object of names and values`);
}
function describe(value) {
	if (value === null) return "null";
	return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : JSON.stringify(value).slice(0, 80);
}
function refuse(source, name, what) {
	return new InputError("CLAIMED_METRICS", `${source}: ${name === "" ? "" : `"${name}": `}${what}`, {
		hint: "Write one flat JSON object, for example {\"auc\": 0.65, \"rows\": 1200}; leave out what was not computed.",
		where: {
			file: source,
			pointer: name === "" ? "" : `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`
		}
	});
}

// core/training/outcome.ts
/** Less than this is a full disk: a file system keeps some blocks back. */
const fullDiskMib = 16;
const signs = [
	{
		outcome: "gpu-out-of-memory",
		words: "out of GPU memory",
		form: /\b(?:CUDA|HIP|XPU|MPS backend) out of memory|(?:CUDA|HIP) error: out of memory|torch\.(?:cuda\.)?OutOfMemoryError|cuda(?:_ERROR_OUT_OF_MEMORY|ErrorMemoryAllocation)|(?:CUDNN|CUBLAS)_STATUS_ALLOC_FAILED|RESOURCE_EXHAUSTED: (?:Out of memory|OOM)|OOM when allocating tensor/i
	},
	{
		outcome: "out-of-memory",
		words: "out of memory",
		form: /\bMemoryError\b|std::bad_alloc|Cannot allocate memory|not enough memory: you tried to allocate|JavaScript heap out of memory|java\.lang\.OutOfMemoryError|\boom[-_ ]?kill(?:er|ed)?\b|is killed by signal: Killed/i
	},
	{
		outcome: "out-of-disk",
		words: "no space left on the disk",
		form: /No space left on device|\bENOSPC\b|\[Errno 28\]|Disk quota exceeded/i
	},
	{
		outcome: "service",
		words: "the GPU or its driver failed",
		form: /uncorrectable ECC error|fallen off the bus|CUDA-capable devices? (?:is|are) busy or unavailable|Driver\/library version mismatch/i
	}
];
/**
* Names the end of an attempt. Only exit code 0 that nobody asked for is `done`, whatever the log says.
* Code 137 or SIGKILL is `out-of-memory` where the kernel counted a kill, else `killed`: a spot machine that is
* taken back looks the same from inside.
* @see https://docs.kernel.org/admin-guide/cgroup-v2.html memory.events: oom_kill
*/
function classifyEnd(facts) {
	if (facts.cancelled) return {
		outcome: "cancelled",
		how: "cancelled"
	};
	if (facts.timedOut) return {
		outcome: "timed-out",
		how: "the time limit ended it"
	};
	if (facts.startFault !== null) return {
		outcome: "service",
		how: facts.startFault
	};
	if (facts.exitCode === 0) return {
		outcome: "done",
		how: "exit code 0"
	};
	const how = facts.exitCode === null ? `signal ${facts.signal ?? "unknown"}` : `exit code ${facts.exitCode}`;
	if (facts.oomKills !== null && facts.oomKills > 0) return {
		outcome: "out-of-memory",
		how: `${how}: the kernel killed it for memory`
	};
	const sign = findSign(facts.lastLines);
	if (wasKilled(facts)) return sign?.outcome === "out-of-memory" ? {
		outcome: sign.outcome,
		how: `${how}; its log says: ${sign.words}`
	} : {
		outcome: "killed",
		how
	};
	if (facts.diskFreeMib !== null && facts.diskFreeMib < fullDiskMib) return {
		outcome: "out-of-disk",
		how: `${how}: ${facts.diskFreeMib} MiB of disk are free`
	};
	if (sign !== void 0) return {
		outcome: sign.outcome,
		how: `${how}; its log says: ${sign.words}`
	};
	return {
		outcome: "failed",
		how
	};
}
/** The last sign counts: earlier ones were survived. */
function findSign(lines) {
	for (const line of lines.toReversed()) {
		const found = signs.find(({ form }) => form.test(line));
		if (found !== void 0) return found;
	}
}
/** SIGKILL, or SIGINT and SIGTERM that were not ours; a shell tells of them as 128 and the number. */
function wasKilled({ exitCode, signal }) {
	if (exitCode === null) return signal === "SIGKILL" || signal === "SIGTERM" || signal === "SIGINT";
	return exitCode === 137 || exitCode === 143 || exitCode === 130;
}

export { readDeclared as C, fetchDatasets as S, runPipeline as _, readUse as a, checkMachine as b, containerName as c, captureEnvironment as d, toLabel as f, pickVariables as g, takeArtifact as h, readHolders as i, runInContainer as l, readOutput as m, parseClaimedMetrics as n, readVisibleGpus as o, clearOutput as p, probeMachine as r, askContainer as s, classifyEnd as t, findContainerEngine as u, replaceFolder as v, neededGpus as x, requireInside as y };