import { n as parseStrictJson } from "./shared-strict.js";
import { join } from "node:path";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { readFile, statfs } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import process from "node:process";
import { execFile } from "node:child_process";

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
		memoryMib: lowerMemory(totalmem(), process.constrainedMemory()),
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

export { askTool as a, readVisibleGpus as i, readHolders as n, toLabel as o, readUse as r, probeMachine as t };