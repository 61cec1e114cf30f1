import { m as groupBy } from "./shared-floor.js";
import { readFileSync } from "node:fs";
import { readFile, readdir, readlink, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import process from "node:process";

// core/training/process-table.ts
/**
* Reads /proc/<pid>/stat. The name stands in parentheses and may hold some itself: the last one counts.
* @returns null for anything else
* @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
*/
function parseProcessStat(text) {
	const close = text.lastIndexOf(")");
	const head = /^(\d{1,10}) \(/.exec(text);
	if (head === null || close === -1) return null;
	const [state = "", parent = "", group = "", ...rest] = text.slice(close + 1).trim().split(" ");
	const start = rest[16] ?? "";
	if (!/^[A-Za-z]$/.test(state) || ![
		parent,
		group,
		start
	].every((field) => /^\d{1,20}$/.test(field))) return null;
	return {
		pid: Number(head[1]),
		name: text.slice(head[0].length, close),
		state,
		parent: Number(parent),
		group: Number(group),
		start
	};
}
/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function parseProcessStatus(text) {
	const read = (key) => {
		const kib = new RegExp(`^${key}:\\s+(\\d{1,15}) kB$`, "m").exec(text)?.[1];
		return kib === void 0 ? null : Number(kib) / 1024;
	};
	return {
		nowMib: read("VmRSS"),
		peakMib: read("VmHWM")
	};
}
/** The process, its process group and everything that descends from one of them. */
function listFamily(table, root) {
	const children = groupBy(table, ({ parent }) => parent);
	const family = /* @__PURE__ */ new Set();
	const open = table.filter(({ pid, group }) => pid === root || group === root).map(({ pid }) => pid);
	for (let pid = open.pop(); pid !== void 0; pid = open.pop()) {
		if (family.has(pid)) continue;
		family.add(pid);
		open.push(...(children.get(pid) ?? []).map((child) => child.pid));
	}
	return family;
}
/** A process and those above it. */
function listAncestors(table, pid) {
	const parents = new Map(table.map((fact) => [fact.pid, fact.parent]));
	const line = /* @__PURE__ */ new Set();
	for (let at = pid; at !== void 0 && !line.has(at); at = parents.get(at)) line.add(at);
	return line;
}

// core/training/run-mark.ts
/** Name of the variable, in the environment of the command and of whatever it starts. */
const markVariable = "GATEHOUSE_RUN";
const form = /^(\d{1,15})\.(\d{1,6})\.([0-9a-f]{1,32})\.(\d{1,20})\.(\d{1,10})\.(\d{1,20})$/;
function renderRunMark({ runId, runAttempt, boot, space, pid, start }) {
	return [
		runId,
		runAttempt,
		boot,
		space,
		pid,
		start
	].join(".");
}
/** Reads a mark; anybody may have written it. @returns null for anything else */
function parseRunMark(text) {
	const found = form.exec(text);
	if (found === null) return null;
	const [runId = "", runAttempt = "", boot = "", space = "", pid = "", start = ""] = found.slice(1);
	return {
		runId: Number(runId),
		runAttempt: Number(runAttempt),
		boot,
		space,
		pid: Number(pid),
		start
	};
}
/** Tells whether the action that left a mark still works. Only `ended` is a proof. */
function judgeOwner(mark, host) {
	if ([
		mark.boot,
		host.boot,
		mark.space,
		host.space,
		mark.start
	].includes("0")) return "unknown";
	if (mark.boot !== host.boot) return "ended";
	if (mark.space !== host.space) return "unknown";
	const start = host.startOf(mark.pid);
	if (start === void 0) return "unknown";
	return start === mark.start ? "alive" : "ended";
}

// adapters/machine/processes.ts
/** Most of an environment that is read: one variable of Linux has 128 KiB at most, all together some MiB. */
const environmentLimit = 8 * 1024 ** 2;
/** The kernel lets readers of an environment wait while its process is stuck. */
const environmentLimitMs = 2e3;
/** Every process that this system tells of. @returns null where there is no /proc (not Linux) */
async function readProcesses() {
	const names = await readdir("/proc").catch(() => null);
	const facts = [];
	for (const name of names ?? []) {
		const fact = /^\d+$/.test(name) ? await readProcess(Number(name)) : null;
		if (fact !== null) facts.push(fact);
	}
	return facts.length === 0 ? null : facts;
}
/** @returns null when there is no such process (any more) */
async function readProcess(pid) {
	const text = await readText(`/proc/${pid}/stat`);
	return text === null ? null : parseProcessStat(text);
}
async function readMemory(pid) {
	return parseProcessStatus(await readText(`/proc/${pid}/status`) ?? "");
}
/**
* The mark that a process was started with. Only of processes of our own user, and only what it was started with: it
* cannot take somebody else's process in, and a process that drops the variable is not found by it.
* @see https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html
*/
async function readMark(pid, variable = markVariable) {
	const owner = await stat(`/proc/${pid}`).catch(() => null);
	if (owner === null || owner.uid !== process.getuid?.()) return null;
	const text = await readEnvironment(pid);
	if (text === null || text.length > environmentLimit) return null;
	const start = `${variable}=`;
	return text.split("\0").find((entry) => entry.startsWith(start))?.slice(start.length) ?? null;
}
async function readEnvironment(pid) {
	const read = new AbortController();
	const late = setTimeout(environmentLimitMs, null, { signal: read.signal }).catch(() => null);
	try {
		return await Promise.race([readText(`/proc/${pid}/environ`), late]);
	} finally {
		read.abort();
	}
}
/** The mark of this process, for what it starts. Not on Linux: one that proves nothing. */
async function makeRunMark(runId, runAttempt) {
	const { pid } = process;
	const { boot, space } = await readMarkHost();
	return {
		runId,
		runAttempt,
		boot,
		space,
		pid,
		start: (await readProcess(pid))?.start ?? "0"
	};
}
/** What tells whether the owner of a mark is still there: looked up anew each time, since jobs come and go. */
async function readMarkHost() {
	const boot = await readText("/proc/sys/kernel/random/boot_id");
	const space = await readlink("/proc/self/ns/pid").catch(() => "");
	return {
		boot: /^[0-9a-f-]{36}\n?$/.test(boot ?? "") ? (boot ?? "").trim().replaceAll("-", "") : "0",
		space: /^pid:\[(\d{1,20})\]$/.exec(space)?.[1] ?? "0",
		startOf
	};
}
function startOf(pid) {
	try {
		return parseProcessStat(readFileSync(`/proc/${pid}/stat`, "utf8"))?.start;
	} catch (error) {
		return error instanceof Error && "code" in error && ["ENOENT", "ESRCH"].includes(String(error.code)) ? null : void 0;
	}
}
/** Processes end while they are looked at: that is no failure. */
async function readText(path) {
	return readFile(path, "utf8").catch(() => null);
}

export { readProcess as a, markVariable as c, listAncestors as d, listFamily as f, readMemory as i, parseRunMark as l, readMark as n, readProcesses as o, readMarkHost as r, judgeOwner as s, makeRunMark as t, renderRunMark as u };