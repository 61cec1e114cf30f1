import { i as ServiceError, r as InputError } from "./shared-error.js";
import { n as parseStrictJson, t as isForbiddenKey } from "./shared-strict.js";
import { o as contractPath, x as policyPath, y as modelPath } from "./shared-layout.js";
import { l as isModelName, s as load, t as CORE_SCHEMA } from "./shared-js-yaml.js";
import { n as toNumber } from "./shared-progress-point.js";
import { n as copyHashed, o as maxFileBytes, s as refuseSize } from "./shared-safe-fetch.js";
import { t as parseContract } from "./shared-contract-file.js";
import { t as parseModelConfig } from "./shared-model-file.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { s as runGit } from "./shared-read.js";
import { i as watchMachine, n as muteCommands, o as runWatchedProcess, t as bashArguments } from "./shared-team-command.js";
import { r as networkOf } from "./shared-open-place.js";
import { a as textOf, c as toText, d as readCommand, f as readEntry, h as toNumber$1, i as getValue, l as entryKeys, m as normalizePlain, n as FieldReader, s as toMap, t as parseDvcYaml, u as isCommandList } from "./shared-parse-yaml.js";
import { o as writePythonJson, r as toStageNode, s as dumpDvcYaml, t as parsePointer } from "./shared-pointer.js";
import { n as digestTree, t as openRemote } from "./shared-remote.js";
import { t as digestFile$1 } from "./shared-file.js";
import { a as askTool } from "./shared-probe.js";
import { n as readFacts$1, r as resolveFiles, t as fetchData } from "./shared-dataset.js";
import { t as digestDataset } from "./shared-digest.js";
import { a as isTemplate, i as fillTemplates, n as readStage$1, o as mergeValues, r as expandStage, s as refuse$5, t as parsePipeline } from "./shared-pipeline.js";
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { performance } from "node:perf_hooks";
import { createHash, randomUUID } from "node:crypto";
import { totalmem } from "node:os";
import { pipeline } from "node:stream/promises";
import { access, cp, lstat, mkdir, readFile, readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
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
const code$1 = "DVC_LOCK";
const topKeys = [
	"schema",
	"stages",
	"datasets"
];
const stageKeys = [
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
	const top = new FieldReader(parseDvcYaml(text, file, code$1), {
		file,
		code: code$1
	});
	const schema = top.text("schema");
	if (schema === null) return {
		schema: "1.0",
		stages: readStages(top),
		document: top.map
	};
	if (schema !== currentSchema) throw top.refuse(`its schema is ${schema}, not ${currentSchema}`);
	const stages = top.only(topKeys).child("stages");
	return {
		schema,
		stages: stages === null ? /* @__PURE__ */ new Map() : readStages(stages),
		document: top.map
	};
}
function readStages(stages) {
	return new Map(stages.map.entries.map(({ key, value }) => [textOf(key), readStage(stages.at(value, textOf(key)))]));
}
function readStage(reader) {
	reader.only(stageKeys);
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
	const entries = document.entries.map((top) => textOf(top.key) === "stages" ? {
		...top,
		value: putStage(top.value, entry)
	} : top);
	if (!entries.some(({ key }) => textOf(key) === "stages")) entries.push({
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
	const at = old.findIndex(({ key }) => textOf(key) === textOf(entry.key));
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
	const others = new Map(b.entries.map(({ key, value }) => [textOf(key), value]));
	return a.entries.every(({ key, value }) => equalAt(value, others.get(textOf(key))));
}
function equalAt(a, b) {
	return b !== void 0 && equalValues(a, b);
}
function equalPlain(a, b) {
	if (a.type === b.type) return normalizePlain(a).text === normalizePlain(b).text;
	return [a.type, b.type].every((type) => type === "int" || type === "float") && toNumber$1(a) === toNumber$1(b);
}
/** The leaves of a metrics file; lists, nulls, dates and empty maps are no metrics. */
function listMetrics(node, name = "") {
	switch (node.kind) {
		case "text": return name === "" ? [] : [{
			name,
			value: node.value
		}];
		case "plain": return toLeaf(node, name);
		case "list": return [];
		case "map": return node.entries.flatMap(({ key, value }) => {
			const part = textOf(key);
			return listMetrics(value, name === "" ? part : `${name}.${part}`);
		});
	}
}
function toLeaf(node, name) {
	if (name === "" || node.type === "null" || node.type === "time") return [];
	if (node.type === "bool") return [{
		name,
		value: normalizePlain(node).text === "true"
	}];
	return [{
		name,
		value: toNumber$1(node)
	}];
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
		if (holdsTemplate(item)) throw refuse$5(at, "templates are not filled in where values are set");
		if (item.kind === "map") values = mergeValues(values, item, at);
		else if (item.kind !== "text") throw refuse$5(at, "it holds what is no file and no map");
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
	if (path === null) throw refuse$5(at, `"${name}" is no file of the repository`);
	const known = files.get(path);
	if (known === null && keys.length === 0) return {
		kind: "map",
		entries: []
	};
	if (known !== void 0 && (known === null || keys.length === 0 || keys.some((key) => known.includes(key)))) throw refuse$5(at, `"${item}" is taken in already`);
	files.set(path, keys.length === 0 ? null : [...known ?? [], ...keys]);
	const text = read(path);
	if (text === null) throw missing(path, at);
	const all = parseParameters(text, path);
	return keys.length === 0 ? all : pickKeys(all, keys, path, at);
}
function pickKeys(all, keys, path, at) {
	const absent = keys.find((key) => getValue(all, key) === void 0);
	if (absent !== void 0) throw refuse$5(at, `there is no "${absent}" in ${path}`);
	return {
		kind: "map",
		entries: all.entries.filter(({ key }) => keys.includes(textOf(key)))
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
		value: spread.has(textOf(key)) ? fillTemplates(value, global.values, at) : value
	}));
	const filled = new FieldReader({
		kind: "map",
		entries
	}, reader.subject, reader.place);
	const named = expandStage(name, filled);
	if (named === null) throw refuse$5(at, "foreach or matrix stands for no list");
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
	const names = new Set(own.entries.map(({ key }) => textOf(key)));
	return {
		kind: "map",
		entries: [...values.entries.filter(({ key }) => !names.has(textOf(key))), ...own.entries]
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
	const own = body.map.entries.filter(({ key }) => !outside.has(textOf(key)));
	const map = fillTemplates({
		kind: "map",
		entries: own
	}, values, at);
	const unknown = [];
	const stage = readStage$1(name, new FieldReader(map, body.subject, at.place), unknown);
	requireKnown(unknown, file);
	if (stage.command.length === 0) throw refuse$4(file, `${at.place}.cmd is missing`);
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
	const says = (key, text) => settings?.entries.some(({ key: name, value }) => textOf(name) === key && isPlain$1(value, text)) ?? false;
	const elsewhere = settings?.entries.some(({ key }) => textOf(key) === "remote") ?? false;
	return cached && !elsewhere && !says("push", "false");
}
function isPlain$1(node, text) {
	return node.kind === "plain" && node.text.toLowerCase() === text;
}
function fillToText(node, values, at) {
	const filled = fillTemplates(node, values, at);
	if (filled.kind === "text" || filled.kind === "plain") return textOf(filled) || ".";
	throw refuse$5(at, "wdir is no text");
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
	if (first !== void 0) throw refuse$4(file, `the key ${first} is not known`);
}
function refuse$4(file, why) {
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
		if (ready.length === 0) throw refuse$3(file, `${[...waiting.keys()].join(", ")} wait for each other`);
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
		if (taken !== void 0) throw refuse$3(file, `${at} is written by ${taken.name} and by ${name}`);
		writers.set(at, {
			at,
			name
		});
	}
	for (const { at, name } of writers.values()) {
		const above = parentsOf(at).find((parent) => writers.has(parent));
		if (above !== void 0) throw refuse$3(file, `${at} of ${name} lies in ${above} of ${writers.get(above)?.name}`);
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
function refuse$3(file, why) {
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
	return entries.map(({ key }) => textOf(key));
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
		if (digest === null) throw refuse$2(path);
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
function refuse$2(path) {
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
	if (name === "run.json") throw refuse$1("ARTIFACT_KIND", path, "is called run.json, like the record beside it");
	const file = await requireFile(workspace, path, "ARTIFACT_MISSING");
	const { size } = await lstat(file);
	if (size === 0) throw refuse$1("ARTIFACT_EMPTY", path, "is empty");
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
	if (isOutside(await realpath(workspace), parent)) throw refuse$1("ARTIFACT_KIND", path, "leads out of the repository");
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
	if (found === null) throw refuse$1(missing, path, "was not written by the training command");
	if ((await lstat(workspace)).isSymbolicLink() || !found.isFile() || isOutside(await realpath(workspace), await realpath(file))) throw refuse$1("ARTIFACT_KIND", path, "is no plain file inside the repository");
	return file;
}
/** Both as `realpath` gives them. */
function isOutside(folder, path) {
	const way = relative(folder, path);
	return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}
function refuse$1(code, path, what) {
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
		throw refuse(path, "is no plain file of this commit of at most 1 MiB", cause);
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
		throw refuse(path, `is no YAML: ${cause instanceof Error ? cause.message.split("\n")[0] ?? "" : ""}`, cause);
	}
}
function refuse(path, what, cause) {
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

// core/training/claimed-metric.ts
/** Nobody reads more, and every one of them stands in the run record. */
const mostValues = 1e4;
/** A number that is written as text, as `json.dumps(default=str)` does it, or one of the words for what no number is. */
const numberLike = /^[+-]?(?:\d+\.\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+|\.?nan|\.?inf|infinity)$/i;
/**
* Makes metrics of the values in a file. What is no number is left out, as DVC does it: text, truth values, lists,
* nothing. A training that took hours does not fail because of a number that gates nothing, but its log says what was
* left out although somebody meant a number.
* @param source path for messages
* @throws InputError CLAIMED_METRICS for over 10,000 values, or with the place of a name that two have or none can have
* @see https://github.com/iterative/dvc/blob/main/dvc/repo/metrics/show.py, _extract_metrics
*/
function toClaimedMetrics(leaves, source) {
	if (leaves.length > mostValues) throw refuseClaimed(source, `it holds ${leaves.length} values, at most ${mostValues} are allowed`);
	const metrics = /* @__PURE__ */ new Map();
	const notes = [];
	for (const leaf of leaves) {
		const name = leaf.path.join(".");
		const { value } = leaf;
		if (isMeantAsNumber(value)) notes.push(`${source}: ${shown(name)} is ${shown(String(value))}, no number: left out`);
		if (typeof value !== "number" || !Number.isFinite(value)) continue;
		if (isForbiddenKey(name) || name === "") throw refuseLeaf(source, leaf, "no metric can have this name");
		if (metrics.has(name)) throw refuseLeaf(source, leaf, "two values have this name");
		metrics.set(name, value);
	}
	return {
		metrics: Object.fromEntries(metrics),
		notes
	};
}
const isMeantAsNumber = (value) => typeof value === "string" ? numberLike.test(value.trim()) : typeof value === "number" && !Number.isFinite(value);
/** Of a file that the proposer writes: no line end of it gets into the log. */
const shown = (text) => JSON.stringify(text.slice(0, 120));
const allowed = "JSON, YAML or TOML of names and numbers (nested names are joined by dots), the JSON of an MLflow run, a .tsv of dvclive, a .csv with one line for each epoch, or a folder of dvclive or of MLflow";
/** @param place line from 1, or keys from the top */
function refuseClaimed(source, what, place = {}) {
	return new InputError("CLAIMED_METRICS", `${source}: ${what}`, {
		hint: `Write one of: ${allowed}. Leave out what was not computed.`,
		where: {
			file: source,
			...place
		}
	});
}
const toPointer = (path) => path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
function refuseLeaf(source, { path, line }, what) {
	const place = line === void 0 ? { pointer: toPointer(path) } : { line };
	return refuseClaimed(source, `${shown(path.join("."))}: ${what}`, place);
}

// core/training/claimed-metric-json.ts
/** What ml-ci-action's file may hold beside its metrics. */
const besideMetrics = /* @__PURE__ */ new Set([
	"model_name",
	"framework",
	"timestamp",
	"dataset",
	"hyperparameters"
]);
/**
* Lists the values of a JSON file of metrics: a tree of names and numbers as DVC and dvclive write it, the file of
* ml-ci-action, or one run of MLflow as `mlflow runs describe` and its REST API tell it.
* @throws InputError JSON_INVALID (NaN and Infinity are no JSON), CLAIMED_METRICS
* @see https://github.com/ml-ci-labs/ml-ci-action/blob/main/src/utils/metrics.py, load_metrics
* @see https://mlflow.org/docs/latest/rest-api.html, Get Run
*/
function listJsonMetrics(text, source) {
	const value = parseStrictJson(text, source);
	if (!isMembers(value)) throw refuseClaimed(source, "it is no object of names and values", { pointer: "" });
	const mlflow = findMlflowMetrics(value);
	if (mlflow !== null) return listMlflow(mlflow.metrics, mlflow.path, source);
	return isMlCi(value) ? listTree(value.metrics, ["metrics"]).map(withoutRoot) : listTree(value, []);
}
/** Lists the values of plain data; the items of lists are no metrics. */
function listTree(value, path) {
	if (Array.isArray(value)) return [];
	if (!isMembers(value)) return [{
		path,
		value
	}];
	return Object.entries(value).flatMap(([key, member]) => listTree(member, [...path, key]));
}
const withoutRoot = (leaf) => ({
	...leaf,
	path: leaf.path.slice(1)
});
function isMlCi(value) {
	const others = Object.keys(value).filter((key) => key !== "metrics");
	return isMembers(value.metrics) && others.length > 0 && others.every((key) => besideMetrics.has(key));
}
/** `{run: {info, data}}` from the REST API, `{info, data}` from the command. */
function findMlflowMetrics(value) {
	const inner = isMembers(value.run) ? value.run : value;
	const root = inner === value ? [] : ["run"];
	if (!isMembers(inner.info) || !isMembers(inner.data) || !("run_id" in inner.info)) return null;
	return {
		metrics: inner.data.metrics ?? {},
		path: [
			...root,
			"data",
			"metrics"
		]
	};
}
/** By name, or a list of `{key, value, timestamp, step}` in which the last one of a name counts. */
function listMlflow(metrics, path, source) {
	if (isMembers(metrics)) return Object.entries(metrics).map(([name, value]) => ({
		path: [name],
		value
	}));
	if (!Array.isArray(metrics)) throw refuseClaimed(source, "its metrics are none", { pointer: toPointer(path) });
	const last = /* @__PURE__ */ new Map();
	for (const [at, metric] of metrics.entries()) {
		if (!isMembers(metric) || typeof metric.key !== "string") {
			const pointer = toPointer([...path, String(at)]);
			throw refuseClaimed(source, "a metric of MLflow has no key", { pointer });
		}
		const rank = [toCount(metric.step), toCount(metric.timestamp)];
		const known = last.get(metric.key);
		if (known === void 0 || !isBefore(rank, known.rank)) last.set(metric.key, {
			value: metric.value,
			rank
		});
	}
	return [...last].map(([name, { value }]) => ({
		path: [name],
		value
	}));
}
/** Its API writes long integers as text. */
const toCount = (value) => Number(value ?? 0) || 0;
const isBefore = (a, b) => {
	const at = a.findIndex((each, index) => each !== b[index]);
	return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};
const isMembers = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// core/training/claimed-metric-table.ts
/**
* The last value of a history as dvclive writes it: columns `step` and the metric, `timestamp` in front where asked for.
* A last value that is no finite number is none: an older one would say something else.
* @param name of the metric, path of the file below `plots/metrics` without `.tsv`
* @see https://dvc.org/doc/dvclive/live/log_metric
*/
function listDvcliveHistory(name, text, source) {
	const [header, ...lines] = linesOf(text);
	const columns = header?.text.split("	") ?? [];
	if (!columns.includes("step") || columns.length < 2) throw refuseClaimed(source, "it has no columns \"step\" and the metric, as dvclive writes them", { line: 1 });
	const last = lines.at(-1);
	const value = last === void 0 ? null : toNumber(last.text.split("	").at(-1)?.trim() ?? "");
	return value === null || last === void 0 ? [] : [{
		path: [name],
		value,
		line: last.number
	}];
}
/**
* The value of one metric in MLflow's file store, a line for each: `timestamp value step`. What counts is the value of
* the greatest step, then of the latest time, then the greatest one, as MLflow has it.
* @see https://github.com/mlflow/mlflow/blob/v2.14.0/mlflow/store/tracking/file_store.py, _get_metric_from_file
*/
function listMlflowHistory(name, text, source) {
	let last = null;
	for (const { text: line, number } of linesOf(text)) {
		const fields = line.split(" ");
		const [time = "", value = "", step = "0"] = fields;
		const [at, count] = [toNumber(time), toNumber(step)];
		if (fields.length < 2 || at === null || count === null) throw refuseClaimed(source, "a line is no \"timestamp value step\" of MLflow", { line: number });
		const found = toNumber(value);
		const rank = [
			count,
			at,
			found ?? Number.NEGATIVE_INFINITY
		];
		if (last === null || !isLess(rank, last.rank)) last = {
			rank,
			value: found,
			line: number
		};
	}
	return last === null || last.value === null ? [] : [{
		path: [name],
		value: last.value,
		line: last.line
	}];
}
/**
* The last line of a table with one line for each epoch, such as YOLO's `results.csv`: header, numbers, blanks around
* them, no quotes.
* @see https://docs.ultralytics.com/modes/train/
*/
function listLastEpoch(text, source) {
	const [header, ...lines] = linesOf(text);
	const names = header?.text.split(",").map((name) => name.trim()) ?? [];
	if (text.includes("\"")) throw refuseClaimed(source, "it has quotes; a table of numbers needs none", { line: 1 });
	if (names.length < 2 || names.some((name) => name === "" || toNumber(name) !== null)) throw refuseClaimed(source, "its first line does not name the columns", { line: 1 });
	const last = lines.at(-1);
	if (last === void 0) return [];
	const fields = last.text.split(",");
	if (fields.length !== names.length) throw refuseClaimed(source, `its last line has ${fields.length} fields, not ${names.length}`, { line: last.number });
	return names.flatMap((name, at) => {
		const value = toNumber(fields[at]?.trim() ?? "");
		return value === null ? [] : [{
			path: [name],
			value,
			line: last.number
		}];
	});
}
function linesOf(text) {
	return text.split("\n").map((line, at) => ({
		text: line.replace(/\r$/, ""),
		number: at + 1
	})).filter((line) => line.text.trim() !== "");
}
const isLess = (a, b) => {
	const at = a.findIndex((each, index) => each !== b[index]);
	return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

// core/training/toml-values.ts
const bareKey = /[A-Za-z0-9_-]+/y;
const literalText = /'([^'\n]*)'/y;
const basicText = /"((?:[^"\\\n]|\\.)*)"/y;
const word = /[^\s,\]}#=]+/y;
const decimal = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const based = /^0(?:x[\dA-Fa-f](?:_?[\dA-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const notFinite = /^[+-]?(?:inf|nan)$/;
/** A date or a time, also one with a blank between them, is no metric. */
const moment = /^(?:\d{4}-\d\d-\d\d|\d\d:\d\d)/;
const maxDepth$1 = 50;
/**
* Reads the part of TOML that metrics are written in: tables, dotted keys, inline tables, numbers, text of one line and
* truth values. Arrays are read over. Text over several lines is refused.
* @returns values in the order of the file, with their lines
* @throws InputError CLAIMED_METRICS with the line
* @see https://toml.io/en/v1.0.0
*/
function listTomlValues(text, source) {
	return new Reader(text.replaceAll("\r\n", "\n"), source).document();
}
var Reader = class {
	at = 0;
	text;
	source;
	leaves = [];
	/** What stands where: a value, a table that a header made, or one that a longer name made on its way. */
	known = /* @__PURE__ */ new Map();
	constructor(text, source) {
		this.text = text;
		this.source = source;
	}
	document() {
		let table = [];
		for (this.skip(true); this.at < this.text.length; this.skip(true)) {
			if (this.text[this.at] === "[") table = this.header();
			else this.pair(table, 0);
			this.endLine();
		}
		return this.leaves;
	}
	header() {
		const isList = this.text.startsWith("[[", this.at);
		this.at += isList ? 2 : 1;
		const path = this.name();
		if (!this.take(isList ? "]]" : "]")) throw this.refuse("a table whose name does not end with \"]\"");
		if (isList) return null;
		this.claim(path, "table");
		return path;
	}
	pair(table, depth) {
		const name = this.name();
		if (!this.take("=")) throw this.refuse("a name without \"=\"");
		this.skip(false);
		const path = table === null ? null : [...table, ...name];
		if (path !== null) this.claim(path, "value");
		const line = this.line();
		const value = this.value(path, depth);
		if (path !== null && value !== void 0) this.leaves.push({
			path,
			value,
			line
		});
	}
	name() {
		const path = [];
		do {
			this.skip(false);
			const key = this.match(bareKey) ?? this.match(literalText) ?? this.basic();
			if (key === null) throw this.refuse("something that is no name");
			path.push(key);
			this.skip(false);
		} while (this.take("."));
		return path;
	}
	/** undefined: nothing that has a value of its own. @param path null: nobody asks for it */
	value(path, depth) {
		if (depth > maxDepth$1) throw this.refuse(`nesting deeper than ${maxDepth$1}`);
		const next = this.text[this.at];
		if (this.text.startsWith("\"\"\"", this.at) || this.text.startsWith("'''", this.at)) throw this.refuse("text over several lines, which no metrics need");
		if (next === "\"") return this.basic() ?? this.fail("text that does not end");
		if (next === "'") return this.match(literalText) ?? this.fail("text that does not end");
		if (next === "[") return this.list(depth);
		if (next === "{") return this.inline(path, depth);
		return this.plain();
	}
	list(depth) {
		this.at += 1;
		for (this.skip(true); !this.take("]"); this.skip(true)) {
			this.value(null, depth + 1);
			this.skip(true);
			if (!this.take(",") && this.text[this.at] !== "]") throw this.refuse("a list that does not end with \"]\"");
		}
	}
	inline(path, depth) {
		this.at += 1;
		if (this.take("}")) return;
		do
			this.inlinePair(path, depth + 1);
		while (this.take(","));
		if (!this.take("}")) throw this.refuse("an inline table that does not end with \"}\"");
	}
	inlinePair(path, depth) {
		if (path !== null) this.known.set(JSON.stringify(path), "way");
		this.pair(path, depth);
		if (path !== null) this.known.set(JSON.stringify(path), "value");
		this.skip(false);
	}
	plain() {
		const text = this.match(word) ?? this.fail("a name without a value");
		if (text === "true" || text === "false") return text === "true";
		if (decimal.test(text) || based.test(text)) return Number(text.replaceAll("_", ""));
		if (notFinite.test(text)) return text.endsWith("nan") ? NaN : Number.POSITIVE_INFINITY;
		if (!moment.test(text)) throw this.refuse(`the value ${text.slice(0, 40)}`);
		if (/^ \d\d:/.test(this.text.slice(this.at, this.at + 4))) {
			this.at += 1;
			this.match(word);
		}
	}
	/** Text in double quotes; its escapes are JSON's, and `\U` with eight digits. */
	basic() {
		const found = this.match(basicText);
		if (found === null) return null;
		try {
			const json = found.replace(/\\U([\dA-Fa-f]{8})/g, (_, hex) => toEscape(Number.parseInt(hex, 16)));
			return JSON.parse(`"${json.replaceAll("	", "\\t")}"`);
		} catch {
			throw this.refuse("an escape that TOML does not have");
		}
	}
	claim(path, kind) {
		for (let length = 1; length < path.length; length += 1) {
			const way = JSON.stringify(path.slice(0, length));
			if (this.known.get(way) === "value") throw this.refuse(`"${path.join(".")}" below a value`);
			if (!this.known.has(way)) this.known.set(way, "way");
		}
		const own = JSON.stringify(path);
		const before = this.known.get(own);
		if (before !== void 0 && !(kind === "table" && before === "way")) throw this.refuse(`"${path.join(".")}" twice`);
		this.known.set(own, kind);
	}
	/** Blanks and comments. @param lines also over the ends of lines */
	skip(lines) {
		const form = lines ? /(?:[ \t\n]|#[^\n]*)*/y : /[ \t]*/y;
		form.lastIndex = this.at;
		this.at += form.exec(this.text)?.[0].length ?? 0;
	}
	endLine() {
		const rest = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
		rest.lastIndex = this.at;
		const found = rest.exec(this.text);
		if (found === null) throw this.refuse("text after the end of a value");
		this.at += found[0].length;
	}
	take(sign) {
		this.skip(false);
		if (!this.text.startsWith(sign, this.at)) return false;
		this.at += sign.length;
		return true;
	}
	match(form) {
		form.lastIndex = this.at;
		const found = form.exec(this.text);
		if (found === null) return null;
		this.at += found[0].length;
		return found[1] ?? found[0];
	}
	line() {
		return this.text.slice(0, this.at).split("\n").length;
	}
	fail(what) {
		throw this.refuse(what);
	}
	refuse(what) {
		return refuseClaimed(this.source, `it is no TOML that can be read: ${what}`, { line: this.line() });
	}
};
/** As one or two `\u`; what is no character of Unicode stays an escape that JSON refuses. */
function toEscape(code) {
	if (code > 1114111) return "\\U";
	const units = [...String.fromCodePoint(code)].join("");
	return Array.from({ length: units.length }, (_, at) => `\\u${units.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
}

// core/training/claimed-metric-file.ts
/**
* Reads a metrics file that a team has already: JSON, YAML or TOML of DVC and dvclive, the JSON of ml-ci-action or of an
* MLflow run, one history of dvclive or of MLflow's file store, or a table with a line for each epoch. What it says is
* claimed: shown and compared, and no gate ever reads it.
* @param source path of the file: its ending says the format, JSON's content says whose it is
* @throws InputError CLAIMED_METRICS, JSON_INVALID with the place
*/
const parseClaimedMetricFile = (text, source) => toClaimedMetrics(listLeaves(text, source), source);
function listLeaves(text, source) {
	const name = source.split("/").at(-1) ?? source;
	switch (/\.[^.]+$/.exec(name)?.[0].toLowerCase()) {
		case ".json": return listJsonMetrics(text, source);
		case ".yaml":
		case ".yml": return listYaml(text, source);
		case ".toml": return listTomlValues(text, source);
		case ".tsv": return listDvcliveHistory(dvcliveName(source), text, source);
		case ".csv": return listLastEpoch(text, source);
		default: return listUnnamed(text, source);
	}
}
/** Without a known ending: a metric of MLflow's file store by where it lies, else JSON by how it begins. */
function listUnnamed(text, source) {
	const [, name] = storedMetric.exec(source) ?? [];
	if (name !== void 0) return listMlflowHistory(name, text, source);
	if (text.trimStart().startsWith("{")) return listJsonMetrics(text, source);
	throw refuseClaimed(source, "the format of this file is not known by its name");
}
function listYaml(text, source) {
	const node = parseDvcYaml(text, source, "CLAIMED_METRICS");
	if (node.kind === "plain" && node.type === "null") return [];
	if (node.kind !== "map") throw refuseClaimed(source, "it is no map of names and values", { line: 1 });
	return listMetrics(node).map(({ name, value }) => ({
		path: [name],
		value
	}));
}
const storedMetric = /(?:^|\/)[0-9a-f]{32}\/metrics\/(.+)$/;
const dvcliveName = (path) => path.replace(/^(?:.*\/)?plots\/metrics\//, "").replace(/\.tsv$/i, "");
/** True for a file of a folder that `parseClaimedMetricFolder` reads. @param path below the folder */
const isMetricOfFolder = (path) => path === "metrics.json" || /^(?:.*\/)?plots\/metrics\/.+\.tsv$/.test(path) || storedMetric.test(`/${path}`);
/**
* Reads the folder of dvclive (its summary, else its histories) or MLflow's file store (of several runs the one that was
* written to last).
* @param files path below the folder -> text, of `isMetricOfFolder` only
* @param source path of the folder
* @throws InputError CLAIMED_METRICS, JSON_INVALID with the place
*/
function parseClaimedMetricFolder(files, source) {
	const summary = files.get("metrics.json");
	if (summary !== void 0) return parseClaimedMetricFile(summary, `${source}/metrics.json`);
	const histories = [...files].filter(([path]) => path.endsWith(".tsv") && !storedMetric.test(`/${path}`));
	const chosen = histories.length > 0 ? histories : newestRun(files);
	if (chosen.length === 0) throw refuseClaimed(source, "this folder holds no metrics of dvclive or MLflow");
	const leaves = chosen.flatMap(([path, text]) => listInFolder(path, text, `${source}/${path}`));
	return toClaimedMetrics(leaves, source);
}
function listInFolder(path, text, source) {
	const [, name] = storedMetric.exec(`/${path}`) ?? [];
	return name === void 0 ? listDvcliveHistory(dvcliveName(path), text, source) : listMlflowHistory(name, text, source);
}
/** A store may hold every run of the machine. Which one is newest is told by its own times, not by the file system's. */
function newestRun(files) {
	const runs = /* @__PURE__ */ new Map();
	for (const [path, text] of files) {
		const [id = ""] = /^(?:.*\/)?[0-9a-f]{32}(?=\/metrics\/)/.exec(path) ?? [];
		const run = runs.get(id) ?? {
			newest: 0,
			files: []
		};
		for (const line of text.split("\n")) run.newest = Math.max(run.newest, Number.parseInt(line, 10) || 0);
		run.files.push([path, text]);
		runs.set(id, run);
	}
	return [...runs].sort(([a, x], [b, y]) => y.newest - x.newest || (a < b ? -1 : 1))[0]?.[1].files ?? [];
}

// adapters/training/claimed-metrics.ts
/** More files than these are no metrics of one run. */
const maxFiles = 400;
const maxEntries = 2e4;
const maxDepth = 8;
/**
* Reads the metrics that a training command claims, from a file or from a folder of dvclive or of MLflow's file store.
* @param path `train.metrics` of model.yml, relative to the workspace
* @throws InputError METRICS_MISSING, FILE_TOO_LARGE, ARTIFACT_KIND (a link), CLAIMED_METRICS, JSON_INVALID
*/
async function readClaimedMetrics(workspace, path) {
	if (!await isFolder(workspace, path)) return parseClaimedMetricFile(await readOutput(workspace, path), path);
	const files = /* @__PURE__ */ new Map();
	for (const name of await listMetricFiles(join(workspace, path))) files.set(name, await readOutput(workspace, `${path}/${name}`));
	return parseClaimedMetricFolder(files, path);
}
/**
* Removes what an earlier run or a commit left of these metrics. Of a folder only the files that would be read: it may
* hold other things of the team.
*/
async function clearClaimedMetrics(workspace, path) {
	if (!await isFolder(workspace, path)) return clearOutput(workspace, path);
	for (const name of await listMetricFiles(join(workspace, path))) await rm(join(workspace, path, name));
}
/** A folder of the workspace itself: what a link on its way leads to is refused as any other file. */
async function isFolder(workspace, path) {
	const folder = join(workspace, path);
	return (await lstat(folder).catch(() => null))?.isDirectory() === true && !isOutside(await realpath(workspace), await realpath(folder));
}
/** Plain files with metrics below a folder; no link is followed. */
async function listMetricFiles(folder) {
	const found = [];
	let left = maxEntries;
	const walk = async (path, depth) => {
		const entries = await readdir(join(folder, path), { withFileTypes: true });
		for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
			left -= 1;
			if (left < 0 || found.length >= maxFiles) return;
			const name = path === "" ? entry.name : `${path}/${entry.name}`;
			if (entry.isDirectory() && depth < maxDepth) await walk(name, depth + 1);
			else if (entry.isFile() && isMetricOfFolder(name)) found.push(name);
		}
	};
	await walk("", 0);
	return found;
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

export { neededGpus as _, containerName as a, captureEnvironment as c, takeArtifact as d, pickVariables as f, checkMachine as g, requireInside as h, askContainer as i, clearOutput as l, replaceFolder as m, clearClaimedMetrics as n, runInContainer as o, runPipeline as p, readClaimedMetrics as r, findContainerEngine as s, classifyEnd as t, readOutput as u, fetchDatasets as v, readDeclared as y };