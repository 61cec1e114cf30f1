import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

// adapters/process/team-command.ts
const graceMs = 5e3;
const drainMs = 2e3;
/**
* Runs a command to its end and streams what it prints.
* Nothing that it prints is read as a command by the runner; nothing of its process group outlives it.
*/
async function runTeamCommand(command) {
	const stopWord = randomUUID();
	command.log(`::stop-commands::${stopWord}`);
	try {
		return await run(command);
	} finally {
		command.log(`::${stopWord}::`);
	}
}
async function run({ text, folder, env, timeoutMs, log }) {
	const child = spawn("bash", [
		"-eo",
		"pipefail",
		"-c",
		text
	], {
		cwd: folder,
		env,
		detached: true,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		]
	});
	const { pid } = child;
	let timedOut = false;
	const ask = setTimeout(() => {
		timedOut = true;
		signalGroup(pid, "SIGTERM");
	}, timeoutMs);
	const force = setTimeout(() => signalGroup(pid, "SIGKILL"), timeoutMs + graceMs);
	const streams = [child.stdout, child.stderr];
	const closed = Promise.all(streams.map((stream) => pipeLines(stream, log)));
	const end = await new Promise((resolve) => {
		child.once("error", ({ message }) => resolve({
			kind: "failed",
			how: message
		}));
		child.once("exit", (code, signal) => resolve(toEnd(code, signal)));
	});
	clearTimeout(ask);
	clearTimeout(force);
	signalGroup(pid, "SIGKILL");
	await Promise.race([closed, setTimeout$1(drainMs, void 0, { ref: false })]);
	for (const stream of streams) stream.destroy();
	return timedOut ? { kind: "timeout" } : end;
}
function toEnd(code, signal) {
	if (code === 0) return { kind: "done" };
	return {
		kind: "failed",
		how: code === null ? `signal ${signal}` : `exit code ${code}`
	};
}
function pipeLines(stream, log) {
	const lines = createInterface({
		input: stream,
		crlfDelay: Number.POSITIVE_INFINITY
	});
	lines.on("line", log);
	return once(lines, "close");
}
function signalGroup(pid, signal) {
	if (pid === void 0) return;
	try {
		process.kill(-pid, signal);
	} catch {}
}

export { runTeamCommand as t };