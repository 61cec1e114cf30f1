import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { readFile, statfs } from "node:fs/promises";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";

// adapters/process/oom-kills.ts
/**
* Counts the processes of this job's control group that the kernel has killed for memory so far.
* @param root of the file system; `/` but in tests
* @returns null where the machine does not tell
* @see https://docs.kernel.org/admin-guide/cgroup-v2.html memory.events
* @see https://docs.kernel.org/admin-guide/cgroup-v1/memory.html memory.oom_control
*/
async function readOomKills(root = "/") {
	const groups = await readFile(join(root, "proc/self/cgroup"), "utf8").catch(() => "");
	for (const file of listFiles(groups)) {
		const text = await readFile(join(root, "sys/fs/cgroup", file), "utf8").catch(() => "");
		const count = /^oom_kill (\d{1,15})$/m.exec(text)?.[1];
		if (count !== void 0) return Number(count);
	}
	return null;
}
/** Inside a container the path is often the host's, while the folder is mounted as the root. */
function listFiles(groups) {
	const lines = groups.split("\n").map((line) => /^\d+:([^:]*):(\/.*)$/.exec(line));
	const pathOf = (controller) => lines.find((line) => line?.[1]?.split(",").includes(controller))?.[2];
	const [own, memory] = [pathOf(""), pathOf("memory")];
	return [...memory === void 0 ? [] : [`memory${memory}/memory.oom_control`, "memory/memory.oom_control"], ...own === void 0 ? [] : [`${own}/memory.events`, "memory.events"]];
}

// adapters/process/line-stream.ts
/** A longer line is cut into pieces: output without line ends must not fill the memory. */
const maxLineLength = 65536;
/** Of a line that is kept for a report. */
const maxKeptLength = 1e3;
/** Reads a stream line by line; `\r` alone ends a line too, as progress bars write it. @returns when it has ended */
function readLines(stream, take) {
	const decoder = new StringDecoder("utf8");
	let rest = "";
	let afterReturn = false;
	const cut = (text) => {
		const fresh = afterReturn && text.startsWith("\n") ? text.slice(1) : text;
		if (text !== "") afterReturn = text.endsWith("\r");
		const lines = (rest + fresh).split(/\r\n|\r|\n/);
		rest = lines.pop() ?? "";
		for (const line of lines) takePieces(line, take);
		for (; rest.length > maxLineLength; rest = rest.slice(maxLineLength)) take(rest.slice(0, maxLineLength));
	};
	stream.on("data", (chunk) => cut(decoder.write(chunk)));
	return new Promise((resolve) => {
		stream.once("close", () => {
			cut(decoder.end());
			if (rest !== "") take(rest);
			rest = "";
			resolve();
		});
		stream.once("error", () => void 0);
	});
}
function takePieces(line, take) {
	for (let at = 0; at === 0 || at < line.length; at += maxLineLength) take(line.slice(at, at + maxLineLength));
}
function keepLastLines(count) {
	const kept = [];
	return {
		add(line) {
			kept.push(line.slice(0, maxKeptLength));
			if (kept.length > count) kept.shift();
		},
		list: () => [...kept]
	};
}

// adapters/process/watched-process.ts
const defaultGraceMs = 5e3;
const drainMs = 2e3;
const defaultKeepLines = 50;
/** Runs a process to its end in a process group of its own; nothing of that group outlives it. */
async function runWatchedProcess(command) {
	const last = keepLastLines(command.keepLines ?? defaultKeepLines);
	if (command.cancel?.aborted) return {
		...ended(null, null),
		timedOut: false,
		cancelled: true,
		lastLines: []
	};
	const child = spawn(command.file, command.args, {
		cwd: command.folder,
		env: command.env,
		detached: true,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		]
	});
	const { pid } = child;
	const stop = planStop(command, pid);
	const streams = [child.stdout, child.stderr];
	const take = (line) => {
		last.add(line);
		command.log(line);
	};
	const closed = Promise.all(streams.map((stream) => readLines(stream, take)));
	const end = await new Promise((resolve) => {
		child.once("error", ({ message }) => resolve(ended(null, null, message)));
		child.once("exit", (code, signal) => resolve(ended(code, signal)));
		if (pid !== void 0) command.started?.(pid);
	});
	const why = stop.close();
	signalGroup(pid, "SIGKILL");
	await Promise.race([closed, setTimeout$1(drainMs, void 0, { ref: false })]);
	for (const stream of streams) stream.destroy();
	return {
		...end,
		timedOut: why === "timeout",
		cancelled: why === "cancel",
		lastLines: last.list()
	};
}
/** Ends the process at its time limit or on cancel: asked first, then forced. */
function planStop(command, pid) {
	const graceMs = command.graceMs ?? defaultGraceMs;
	const timers = [];
	let why = null;
	const send = (name) => {
		(command.signal === void 0 ? Promise.resolve(false) : command.signal(name)).then((heard) => heard || signalGroup(pid, name), () => signalGroup(pid, name));
	};
	const stop = (reason) => {
		if (why !== null) return;
		why = reason;
		send("SIGTERM");
		timers.push(setTimeout(() => send("SIGKILL"), graceMs));
		timers.push(setTimeout(() => signalGroup(pid, "SIGKILL"), 2 * graceMs));
	};
	const onCancel = () => stop("cancel");
	command.cancel?.addEventListener("abort", onCancel, { once: true });
	timers.push(setTimeout(() => stop("timeout"), command.timeoutMs));
	return { close() {
		for (const timer of timers) clearTimeout(timer);
		command.cancel?.removeEventListener("abort", onCancel);
		return why;
	} };
}
function ended(exitCode, signal, startFault = null) {
	return {
		exitCode,
		signal,
		startFault
	};
}
function signalGroup(pid, signal) {
	if (pid === void 0) return;
	try {
		process.kill(-pid, signal);
	} catch {}
}

// adapters/process/team-command.ts
/** How bash runs a command of the team: the first part that fails ends it. */
const bashArguments = [
	"-eo",
	"pipefail",
	"-c"
];
/**
* Runs a command to its end and streams what it prints.
* Nothing that it prints is read as a command by the runner; nothing of its process group outlives it.
*/
async function runTeamCommand(command) {
	const end = await runBash(command);
	if (end.timedOut) return { kind: "timeout" };
	if (end.startFault !== null) return {
		kind: "failed",
		how: end.startFault
	};
	if (end.cancelled) return {
		kind: "failed",
		how: "cancelled"
	};
	if (end.exitCode === 0) return { kind: "done" };
	return {
		kind: "failed",
		how: end.exitCode === null ? `signal ${end.signal}` : `exit code ${end.exitCode}`
	};
}
/** As {@link runTeamCommand}, and tells all that `classifyEnd` asks for. */
async function watchTeamCommand(command) {
	return watchMachine(command.folder, () => runBash(command));
}
/** What the machine tells about a command: kills for memory while it ran, free disk afterwards. */
async function watchMachine(folder, run) {
	const before = await readOomKills();
	const end = await run();
	const after = await readOomKills();
	const disk = await statfs(folder).catch(() => null);
	return {
		...end,
		oomKills: before === null || after === null ? null : after - before,
		diskFreeMib: disk === null ? null : Math.floor(disk.bavail * disk.bsize / 1024 ** 2)
	};
}
function runBash({ text, ...command }) {
	return muteCommands(command.log, () => runWatchedProcess({
		...command,
		file: "bash",
		args: [...bashArguments, text]
	}));
}
/**
* Keeps the runner from reading `::commands::` in what is printed meanwhile.
* @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands
*/
async function muteCommands(log, run) {
	const stopWord = randomUUID();
	log(`::stop-commands::${stopWord}`);
	try {
		return await run();
	} finally {
		log(`::${stopWord}::`);
	}
}

export { watchTeamCommand as a, watchMachine as i, muteCommands as n, runWatchedProcess as o, runTeamCommand as r, keepLastLines as s, bashArguments as t };