import { a as input, c as say, l as setOutputs, m as runAction, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { n as inputNumber, t as inputDigest } from "./shared-input.js";
import { n as makeFolder, r as openJob } from "./shared-job.js";
import { a as resolveRef } from "./shared-read.js";
import { r as fillHistogram } from "./shared-histogram.js";
import { t as seedGenerator } from "./shared-mulberry32.js";
import { t as refuse$1 } from "./shared-refusal.js";
import { f as listFamily, i as readMemory, o as readProcesses } from "./shared-processes.js";
import { a as watchTeamCommand, n as muteCommands } from "./shared-team-command.js";
import { t as probeMachine } from "./shared-probe.js";
import { r as pickEnvironment } from "./shared-environment.js";
import { t as readAtTip } from "./shared-tip.js";
import { i as latencyFindings, n as parseLatencyRecord, o as roundsOf, r as evaluateLatency, s as summarise } from "./shared-latency-record.js";
import { t as paragraph } from "./shared-block.js";
import { s as showValue, t as differenceOf } from "./shared-metric-text.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { r as takeRows, t as handedNames } from "./shared-handed-files.js";
import { n as copyHashed } from "./shared-safe-fetch.js";
import { n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { y as modelPath } from "./shared-layout.js";
import { c as mostRequests, s as mostRate, t as parseModelConfig } from "./shared-model-file.js";
import { r as InputError } from "./shared-error.js";
import { t as CsvReader } from "./shared-csv-reader.js";
import { t as digestFeatures } from "./shared-held-out-features.js";
import { i as readMoment } from "./shared-moment.js";
import { createReadStream, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { createServer } from "node:net";
import { Agent, get, request } from "node:http";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { lstat, rm, writeFile } from "node:fs/promises";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import process from "node:process";

// core/load/schedule.ts
const msPerSecond$1 = 1e3;
/**
* Says when each request of a round is due, whatever becomes of earlier ones: an open loop, as users are.
* The warm-up has evenly spaced requests at the mean rate.
* @see Schroeder, Wierman, Harchol-Balter 2006, Open versus closed: a cautionary tale (NSDI)
*/
function scheduleArrivals(inputs) {
	const { arrival, warmUpSeconds } = inputs;
	const measured = measuredSeconds(inputs);
	const warmUp = everySeconds(arrival.kind === "declared" ? arrival.rate : measured.length / arrival.seconds, warmUpSeconds);
	const dueMs = new Float64Array(warmUp.length + measured.length);
	for (const [at, second] of warmUp.entries()) dueMs[at] = second * msPerSecond$1;
	for (const [at, second] of measured.entries()) dueMs[warmUp.length + at] = (warmUpSeconds + second) * msPerSecond$1;
	const countedMs = arrival.seconds * msPerSecond$1;
	return {
		dueMs,
		counted: warmUp.length,
		endMs: warmUpSeconds * msPerSecond$1 + countedMs,
		countedMs
	};
}
function measuredSeconds({ arrival, seed, round, trace }) {
	if (arrival.kind === "recorded") return trace;
	const { pattern, rate, seconds } = arrival;
	return pattern === "constant" ? everySeconds(rate, seconds) : poissonSeconds(rate, seconds, seed, round);
}
function everySeconds(rate, seconds) {
	return Array.from({ length: Math.ceil(rate * seconds - 1e-9) }, (_, at) => at / rate);
}
/** A Poisson process: gaps are independent and exponential. */
function poissonSeconds(rate, seconds, seed, round) {
	const next = seedGenerator(seed + Math.imul(round, 2654435761));
	const due = [];
	for (let at = gap(next, rate); at < seconds; at += gap(next, rate)) due.push(at);
	return due;
}
/** 1 - u lies in (0, 1]: its logarithm is finite. */
const gap = (next, rate) => -Math.log(1 - next()) / rate;

// adapters/load/request.ts
/** Servers are reached on this machine alone. */
const loopback = "127.0.0.1";
/** A prediction is small; an answer that does not end must not fill the memory. */
const mostAnswerBytes = 67108864;
/**
* Sends one request and reads its answer to the end. Never throws.
* @param dueAt when it was due, on the clock of `performance.now`: the timeout runs from there
*/
function sendRequest(target, body, dueAt) {
	return new Promise((resolve) => attempt(target, body, dueAt, true, resolve));
}
function attempt(target, body, dueAt, mayRepeat, settle) {
	const sent = open$1(target, body);
	let [answering, ended] = [false, false];
	const timer = setTimeout(() => end("timeout"), Math.max(0, dueAt + target.timeoutMs - performance.now()));
	const end = (how) => {
		if (ended) return;
		ended = true;
		clearTimeout(timer);
		settle(how);
		if (how !== "answered") sent.destroy();
	};
	sent.once("response", (answer) => {
		answering = true;
		readAnswer(answer, target.request.expectedStatus, end);
	});
	sent.on("error", (error) => {
		const closed = error.code === "ECONNRESET" || error.code === "EPIPE";
		if (!ended && mayRepeat && !answering && sent.reusedSocket && closed) {
			ended = true;
			clearTimeout(timer);
			attempt({
				...target,
				agent: false
			}, body, dueAt, false, settle);
			return;
		}
		end("error");
	});
	if (body === null) sent.end();
	else sent.end(body);
}
/** @see https://nodejs.org/api/http.html#requestreusedsocket */
function open$1({ port, agent, request: { path, method, contentType } }, body) {
	const headers = {
		accept: "*/*",
		"user-agent": "gatehouse"
	};
	if (body !== null) {
		headers["content-type"] = contentType;
		headers["content-length"] = body.length;
	}
	return request({
		host: loopback,
		port,
		path,
		method,
		headers,
		agent
	});
}
function readAnswer(answer, expected, end) {
	let bytes = 0;
	answer.on("data", (chunk) => {
		bytes += chunk.length;
		if (bytes > mostAnswerBytes) end("error");
	});
	answer.once("end", () => end(expected.includes(answer.statusCode ?? 0) ? "answered" : "error"));
	answer.once("close", () => end("error"));
	answer.on("error", () => void 0);
}

// adapters/load/driver.ts
/** Connections at once: below the limit of open files that most machines have. Further requests wait for one, and that counts. */
const mostSockets = 900;
/** Sent later than this after it was due: the measuring side's own delay is then in the latency. */
const lateMs = 5;
/** Timers of Node fire up to a millisecond late; the last one is waited out by looking at the clock. */
const lookMs$1 = 1;
/** Looking at the clock takes a core at high rates: done below, or where there are cores to spare. */
const lookBelowRate = 250;
const manyCores = 4;
/**
* Sends every request when it is due, whether or not earlier ones were answered, and measures from that moment: what a
* stalled server does to those who come meanwhile is in the numbers (no coordinated omission).
* @see https://github.com/giltene/wrk2 whose README describes the error and this way out of it
*/
async function driveLoad(load) {
	const agent = new Agent({
		keepAlive: true,
		maxSockets: mostSockets,
		maxFreeSockets: mostSockets
	});
	const tally = new Tally(load.schedule, load.timeoutMs);
	const target = {
		...load,
		agent
	};
	const open = [];
	try {
		await keepSchedule(load, (at, dueAt) => {
			const body = load.bodies.length === 0 ? null : load.bodies[at % load.bodies.length];
			const isLate = performance.now() - dueAt > lateMs;
			open.push(sendRequest(target, body, dueAt).then((end) => tally.add(at, end, performance.now() - dueAt, isLate)));
		});
		await Promise.race([Promise.all(open), aborted(load.stop)]);
		return tally.toRun();
	} finally {
		agent.destroy();
	}
}
/** Calls `send` for each request when it is due. Resolves after the last one. */
function keepSchedule({ schedule, stop }, send) {
	const { dueMs, endMs } = schedule;
	const margin = dueMs.length / (endMs / 1e3) <= lookBelowRate || availableParallelism() >= manyCores ? lookMs$1 : 0;
	const start = performance.now() + lookMs$1;
	let next = 0;
	return new Promise((resolve) => {
		const look = () => {
			let wait = 0;
			while (next < dueMs.length && !stop.aborted) {
				const dueAt = start + dueMs[next];
				wait = dueAt - performance.now();
				if (wait > 0) break;
				send(next, dueAt);
				next += 1;
			}
			if (next === dueMs.length || stop.aborted) resolve();
			else if (wait < margin + 1 && margin > 0) setImmediate(look);
			else setTimeout(look, Math.min(Math.max(wait - margin, 1), 1e3));
		};
		look();
	});
}
const aborted = (signal) => new Promise((resolve) => {
	if (signal.aborted) resolve();
	signal.addEventListener("abort", () => resolve(), { once: true });
});
var Tally = class {
	latenciesMs;
	schedule;
	timeoutMs;
	errors = 0;
	timeouts = 0;
	lateStarts = 0;
	lastMs = 0;
	constructor(schedule, timeoutMs) {
		this.schedule = schedule;
		this.timeoutMs = timeoutMs;
		this.latenciesMs = new Float64Array(schedule.dueMs.length - schedule.counted);
	}
	add(at, end, latencyMs, isLate) {
		const { counted, dueMs } = this.schedule;
		if (at < counted) return;
		const how = end === "answered" && latencyMs > this.timeoutMs ? "timeout" : end;
		if (how === "error") this.errors += 1;
		if (how === "timeout") this.timeouts += 1;
		if (isLate) this.lateStarts += 1;
		this.latenciesMs[at - counted] = how === "answered" ? latencyMs : this.timeoutMs;
		this.lastMs = Math.max(this.lastMs, (dueMs[at] ?? 0) + latencyMs);
	}
	toRun() {
		const { schedule, errors, timeouts, lateStarts, latenciesMs } = this;
		const startMs = schedule.endMs - schedule.countedMs;
		return {
			latenciesMs,
			errors,
			timeouts,
			lateStarts,
			seconds: (Math.max(schedule.endMs, this.lastMs) - startMs) / 1e3
		};
	}
};

// adapters/load/cut-log.ts
/** Lines that are shown. Many servers write one a request: showing all of them would slow down the measuring side. */
const mostLines = 100;
/** Shows the first lines of a server, and its last ones when that is asked for. */
function cutLog(print) {
	let seen = 0;
	return {
		print: (line) => {
			const isOrder = line.startsWith("::");
			seen += isOrder ? 0 : 1;
			if (isOrder || seen <= mostLines) print(line);
			else if (seen === 101) print("(further lines of this server are left out)");
		},
		printLast: async (lines) => {
			if (seen <= mostLines) return;
			await muteCommands(print, async () => {
				for (const line of lines) print(line);
			});
		}
	};
}

// adapters/load/server.ts
const lookMs = 50;
const probeMs = 1e3;
/** Between being asked to end and being ended. */
const graceMs = 2e3;
const seeAbove = "See the lines that it printed above";
/**
* Starts the team's server and waits until it is ready. It sees no token and no secret.
* @throws InputError LATENCY_SERVER_NOT_READY, LATENCY_SERVER_ENDED
*/
async function startServer(inputs) {
	const port = await findPort();
	const [cancel, gone] = [new AbortController(), new AbortController()];
	const state = {
		pid: null,
		end: null
	};
	const startedAt = performance.now();
	const log = cutLog(inputs.print);
	const ended = watchTeamCommand({
		text: inputs.serve.command,
		folder: inputs.workspace,
		env: {
			...inputs.env,
			GATEHOUSE_HOST: loopback,
			GATEHOUSE_PORT: String(port)
		},
		timeoutMs: inputs.mostMs,
		log: log.print,
		cancel: cancel.signal,
		graceMs,
		started: (pid) => {
			state.pid = pid;
		}
	}).then(async (end) => {
		state.end = end;
		if (!cancel.signal.aborted) await log.printLast(end.lastLines);
		gone.abort();
	});
	const server = {
		port,
		readyMs: 0,
		gone: gone.signal,
		readPeakMemoryMib: () => readPeakMemory(state.pid),
		requireAlive: () => {
			if (state.end !== null) throw endedEarly(inputs.name, state.end);
		},
		stop: async () => {
			cancel.abort();
			await ended;
		}
	};
	try {
		await waitReady(server, inputs);
	} catch (error) {
		await server.stop();
		throw error;
	}
	return {
		...server,
		readyMs: Math.round(performance.now() - startedAt)
	};
}
async function waitReady(server, { name, serve }) {
	const deadline = performance.now() + serve.readySeconds * 1e3;
	for (;;) {
		const ready = await isReady(server.port, serve.ready);
		server.requireAlive();
		if (ready) return;
		if (performance.now() > deadline) throw refuse$1("latency/server-not-ready", `The server (${name}) was not ready after ${serve.readySeconds} seconds: GET ${serve.ready} gave no status from 200 to 299`, `${seeAbove}. It must listen on GATEHOUSE_HOST and GATEHOUSE_PORT; raise latency.serve.ready-seconds in model.yml if loading takes longer.`);
		await setTimeout$1(lookMs);
	}
}
function isReady(port, path) {
	return new Promise((resolve) => {
		const sent = get({
			host: loopback,
			port,
			path,
			agent: false,
			timeout: probeMs
		}, (answer) => {
			const status = answer.statusCode ?? 0;
			answer.destroy();
			resolve(status >= 200 && status < 300);
		});
		sent.on("timeout", () => sent.destroy());
		sent.on("error", () => resolve(false));
		sent.on("close", () => resolve(false));
	});
}
/** A port that nobody listens on now. */
async function findPort() {
	const server = createServer().listen(0, loopback);
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
	return address.port;
}
async function readPeakMemory(pid) {
	const table = pid === null ? null : await readProcesses();
	if (table === null || pid === null) return null;
	const known = (await Promise.all([...listFamily(table, pid)].map(async (each) => (await readMemory(each)).peakMib))).filter((peak) => peak !== null);
	return known.length === 0 ? null : Math.round(known.reduce((sum, peak) => sum + peak, 0));
}
function endedEarly(name, end) {
	return refuse$1("latency/server-ended", `The server (${name}) ended by itself: ${describeEnd(end)}`, `${seeAbove}. latency.serve.command must serve until it is ended; start the server in the foreground.`);
}
function describeEnd({ startFault, timedOut, exitCode, signal, oomKills }) {
	if (startFault !== null) return startFault;
	if (timedOut) return "it was still there after the longest time that a round can take";
	const memory = oomKills !== null && oomKills > 0 ? ", and the machine ran out of memory" : "";
	return exitCode === null ? `signal ${signal}${memory}` : `exit code ${exitCode}${memory}`;
}

// adapters/load/measure-rounds.ts
/** Loading, ending and answers that are still open: on top of what a round takes by its schedule. */
const spareMs = 6e4;
/**
* Starts, warms up, loads and ends the servers round by round, one after the other on this machine. Who comes first
* changes with each round, so that neither always gets the warmer machine; both get the same requests at the same times.
* @throws InputError LATENCY_SERVER_NOT_READY, LATENCY_SERVER_ENDED
*/
async function measureRounds(test) {
	const facts = [];
	for (let round = 1; round <= test.load.rounds; round++) {
		const sides = round % 2 === 1 ? test.sides : test.sides.toReversed();
		for (const [at, side] of sides.entries()) {
			const turn = at === 0 ? 1 : 2;
			facts.push({
				round,
				turn,
				...await measureOne(test, side, round)
			});
		}
	}
	return facts;
}
async function measureOne(test, side, round) {
	const { load, bodies, trace } = test;
	const schedule = scheduleArrivals({
		...load,
		round,
		trace
	});
	const server = await startServer({
		name: `${side.who}, round ${round}`,
		serve: side.serve,
		workspace: side.workspace,
		env: {
			...test.env,
			GATEHOUSE_MODEL: await side.layModel()
		},
		mostMs: side.serve.readySeconds * 1e3 + schedule.endMs + load.timeoutMs + spareMs,
		print: test.print
	});
	try {
		const { port, gone, readyMs } = server;
		const { request, timeoutMs } = load;
		const run = await driveLoad({
			port,
			request,
			bodies,
			schedule,
			timeoutMs,
			stop: gone
		});
		server.requireAlive();
		const { latenciesMs, ...counts } = run;
		const peakMemoryMib = await server.readPeakMemoryMib();
		return {
			who: side.who,
			...counts,
			latency: fillHistogram(latenciesMs),
			readyMs,
			peakMemoryMib
		};
	} finally {
		await server.stop();
	}
}

// core/report/latency-blocks.ts
const patterns = {
	poisson: "Poisson arrivals",
	constant: "evenly spaced arrivals",
	recorded: "a recorded trace"
};
/** What a load test measured, for the job summary. */
function latencyBlocks(record) {
	const { metrics, findings } = evaluateLatency(record);
	const rows = metrics.map((each) => [
		[each.metric],
		[showValue(each.metric, each.challenger)],
		[each.champion === null ? "–" : showValue(each.metric, each.champion)],
		[differenceOf(each)]
	]);
	const champion = record.champion === null ? "champion" : `v${record.champion.version}`;
	const head = [
		"",
		record.challenger.version === null ? "challenger" : `v${record.challenger.version}`,
		champion
	];
	return [
		{
			kind: "heading",
			level: 3,
			text: ["Latency of ", { code: record.model }]
		},
		{
			kind: "table",
			head: [...head, "difference, 95 %"],
			align: [
				"l",
				"r",
				"r",
				"l"
			],
			rows
		},
		...findings.length === 0 ? [] : [{
			kind: "list",
			items: findings.map(({ message, fix }) => [`${message}. `, fix])
		}],
		paragraph("Measured, not judged: code of the pull request ran on the same machine. No gate was applied here."),
		{
			kind: "small",
			text: [
				describeLoad$1(record),
				" ",
				describeMachine$1(record)
			]
		}
	];
}
function describeLoad$1(record) {
	const sides = record.champion === null ? ["challenger"] : ["challenger", "champion"];
	const [first] = sides.map((who) => summarise(roundsOf(record, who), record.roundSeconds));
	const rate = Number((first?.offeredPerSecond ?? 0).toPrecision(3));
	return `${record.rounds.length / sides.length} rounds of ${record.roundSeconds} s after ${record.warmUpSeconds} s of warm-up, ${patterns[record.pattern]}, ${rate} requests/s${record.champion === null ? "" : ", both in turns"}; a request that failed or took longer counts as ${record.timeoutMs} ms.`;
}
function describeMachine$1({ machine, engine }) {
	const gpus = machine.gpus.length === 0 ? "" : `, ${machine.gpus.join(", ")}`;
	return `Runner ${machine.runner}: ${machine.cpu}, ${machine.cpus} cores${gpus}. ${engine}.`;
}

// adapters/load/served-model.ts
const fix = "Download the artifact of the training job or of the storing job of this run by its id, and pass the digest that the same job gave.";
/**
* Takes the model out of an artifact. Any job of a run can upload, and a server of an earlier round can write where it
* likes: the bytes are held against the digest on their way, each time.
* @returns its size in bytes
* @throws InputError LATENCY_MODEL_MISSING, LATENCY_MODEL_OTHER
*/
async function takeServedModel({ folder, name, digest, who }, to) {
	const from = await findPlain(folder, [handedNames.model, name]);
	if (from === null) {
		const message = `The folder of the ${who} holds no plain file ${name} or ${handedNames.model}`;
		throw refuse$1("latency/model-missing", message, fix);
	}
	await rm(to, { force: true });
	const { hex, sizeBytes } = await copyHashed(createReadStream(from), to, "sha256");
	const found = `sha256:${hex}`;
	if (found === digest) return sizeBytes;
	await rm(to, { force: true });
	throw refuse$1("latency/model-other", `The model file of the ${who} is not the one that its digest names`, fix, {
		found,
		allowed: digest
	});
}
async function findPlain(folder, names) {
	for (const name of names) {
		const file = join(folder, name);
		if ((await lstat(file).catch(() => null))?.isFile()) return file;
	}
	return null;
}

// actions/measure-latency/load.ts
/**
* The load of the model.yml that governs. Where that one declares none, head's: the record says so, and the policy can
* refuse it.
* @throws InputError LATENCY_MODEL_UNKNOWN, LATENCY_NOT_DECLARED, CONFIG_INVALID
*/
async function chooseLoad(place) {
	const governing = place.proposal.catalogue.models.get(place.model);
	const head = governing?.from === "base" ? await readModelAt(place, place.proposal.commits.head) : null;
	if (governing === void 0) throw refuse$1("latency/model-unknown", `There is no ${modelPath(place.model)} at the commit that governs`, "Add the file, or correct the name that the workflow passes.");
	const { config, from } = governing;
	if (config.latency !== void 0) return {
		...config.latency,
		from,
		config
	};
	if (head?.latency !== void 0) return {
		...head.latency,
		from: "head",
		config
	};
	throw refuse$1("latency/not-declared", `${modelPath(place.model)} declares no latency`, "Add latency: with serve, request and arrival, or leave the measuring job out of the workflow.", { where: { file: modelPath(place.model) } });
}
/** @returns null when the commit has no such file */
async function readModelAt({ model, github }, commit) {
	const path = modelPath(model);
	const content = await github.file(path, commit);
	return content === null ? null : parseModelConfig(new TextDecoder().decode(content), path, model);
}

// actions/measure-latency/side.ts
/**
* Says how a model is served: a proposed one by head's command, a version of the ledger by the command of the commit that it
* was trained from, with the digest that the ledger has.
* @throws InputError LATENCY_DIGEST_MISSING, LATENCY_VERSION_UNKNOWN, LATENCY_CHECKOUT_OTHER, CONFIG_INVALID
*/
async function describeSide(side, place) {
	const plan = side.version === null ? await planProposed(side, place) : await planVersion(side, side.version, place);
	await requireCheckout(side, plan.fact.commit, place);
	return plan;
}
async function planProposed(side, place) {
	if (side.artifactDigest === null) throw refuse$1("latency/digest-missing", "No digest of the proposed model was handed over", "Pass the output artifact-digest of the training job.");
	const commit = place.proposal.commits.head;
	const config = await readModelAt(place, commit);
	if (config === null) throw refuse$1("latency/model-unknown", `There is no ${modelPath(place.model)} at the head of the pull request`, "Add the file, or correct the name that the workflow passes.");
	const fact = {
		version: null,
		commit,
		artifactDigest: side.artifactDigest
	};
	return {
		...toPlan(side, config, place),
		name: basename(config.train.artifact),
		fact
	};
}
async function planVersion(side, version, place) {
	const { artifact, lineage } = findRecord(version, place);
	const config = await readModelAt(place, lineage.codeCommit).catch((error) => {
		if (error instanceof InputError) return null;
		throw error;
	});
	const fact = {
		version,
		commit: lineage.codeCommit,
		artifactDigest: artifact.digest
	};
	return {
		...toPlan(side, config, place),
		name: basename(artifact.name),
		fact
	};
}
function toPlan({ who, folder, workspace }, config, { fallback }) {
	return {
		who,
		folder,
		workspace,
		serve: config?.latency?.serve ?? fallback
	};
}
function findRecord(version, { model, proposal: { state } }) {
	const record = state?.model === model ? state.versions.get(version)?.record : void 0;
	if (record !== void 0) return record;
	throw refuse$1("latency/version-unknown", `The ledger has no version ${version} of ${model}`, "Pass the output of the step that names the version, unchanged.");
}
/** Code and bytes belong together: a champion served by the code of the pull request is another program. */
async function requireCheckout(side, commit, place) {
	const found = await place.headOf(side.workspace);
	if (found === commit) return;
	throw refuse$1("latency/checkout-other", `The checkout of the ${side.who} is at ${found ?? "no commit"}, not at ${commit}`, `Give actions/checkout ref: ${commit.slice(0, 12)}... for the ${side.who}: the head of the pull request, or the commit of the version.`, {
		found: found ?? "none",
		allowed: commit
	});
}

// core/load/row-body.ts
/** What JSON calls a number: 007 is text, and so are 1,5 and NaN. */
const numberForm$1 = /^-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/;
/**
* Writes one row of a CSV file as the JSON that a server gets: numbers as they stand, empty cells as null, anything else as
* text. The key column stays away: nobody has it when serving.
* @param under the row goes as a list of one under this name; absent: it is the body
*/
function toRowBody(header, cells, key, under) {
	const row = `{${header.flatMap((name, at) => name === key ? [] : [`${JSON.stringify(name)}:${toJson(cells[at] ?? "")}`]).join(",")}}`;
	return under === void 0 ? row : `{${JSON.stringify(under)}:[${row}]}`;
}
/** A number keeps its digits: read and written again, 0.10 or a long one would be another text. */
function toJson(cell) {
	if (cell === "") return "null";
	return numberForm$1.test(cell) ? cell : JSON.stringify(cell);
}

// adapters/load/bodies.ts
/** More different requests than this change no latency, and all of them are held in memory. */
const mostBodies = 1e5;
const mostBytes = 268435456;
/**
* Makes a request body of each of the first rows of a CSV file.
* @throws InputError LATENCY_REQUESTS_INVALID without a row, CSV_RECORD
*/
async function readRowBodies({ file, source, key, under }) {
	const reader = new CsvReader(source);
	const keeper = new BodyKeeper(source);
	let header = null;
	const take = (records) => records.every((record) => {
		if (header !== null) return keeper.add(toRowBody(header, record, key, under));
		header = record;
		return true;
	});
	for await (const piece of createReadStream(file, "utf8")) if (!take(reader.push(piece))) return keeper.list();
	take(reader.end());
	return keeper.list();
}
/** One body a line; empty lines are none. @throws InputError LATENCY_REQUESTS_INVALID without a line */
function readLineBodies(content, source) {
	const keeper = new BodyKeeper(source);
	const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	for (let at = 0; at < text.length;) {
		const newline = text.indexOf(10, at);
		const end = newline === -1 ? text.length : newline;
		const line = text.subarray(at, text[end - 1] === 13 ? end - 1 : end);
		at = end + 1;
		if (line.toString("latin1").trim() !== "" && !keeper.add(line)) break;
	}
	return keeper.list();
}
var BodyKeeper = class {
	source;
	bodies = [];
	bytes = 0;
	constructor(source) {
		this.source = source;
	}
	/** @returns false when no more are wanted */
	add(body) {
		const next = Buffer.from(body);
		this.bytes += next.length;
		if (this.bytes > mostBytes) throw this.refuse(`its first requests have more than ${mostBytes} bytes`);
		this.bodies.push(next);
		return this.bodies.length < mostBodies;
	}
	list() {
		if (this.bodies.length === 0) throw this.refuse("it has no request");
		return this.bodies;
	}
	refuse(why) {
		return new InputError("LATENCY_REQUESTS_INVALID", `${this.source} gives no requests: ${why}`, {
			hint: "latency.request.body of model.yml says where they come from: rows of the held-out features, or one body a line of a file.",
			where: { file: this.source }
		});
	}
};

// core/load/trace.ts
const numberForm = /^\d+(?:\.\d+)?$/;
const msPerSecond = 1e3;
/**
* Reads the times of a recorded trace: numbers are seconds, anything else a time in UTC.
* @param records of a CSV file, the header first; written by the team
* @returns seconds from the first request, ascending; logs are often in the order of the answers
* @throws InputError TRACE_INVALID
*/
function readTrace(records, column, source) {
	const [header = [], ...rows] = records;
	const at = header.indexOf(column);
	if (at === -1) throw refuse(source, `it has no column ${JSON.stringify(column)}`);
	const times = Float64Array.from(rows, (cells, row) => {
		const cell = (cells[at] ?? "").trim();
		const seconds = numberForm.test(cell) ? Number(cell) : readMoment(cell) / msPerSecond;
		if (Number.isFinite(seconds)) return seconds;
		throw refuse(source, `row ${row + 1} has ${JSON.stringify(cell.slice(0, 80))} where a time is expected`);
	}).sort();
	const first = times[0];
	if (first === void 0) throw refuse(source, "it has no rows");
	return times.map((time) => time - first);
}
/**
* Plays a trace faster or slower and cuts it.
* @param seconds from the first request, ascending
* @param most how long it is played, in seconds after the speed
* @throws InputError TRACE_INVALID when more requests are due than can be sent
*/
function scaleTrace(seconds, speed, most, source) {
	const scaled = seconds.map((second) => second / speed).filter((second) => second < most);
	const limit = Math.min(mostRate * most, mostRequests);
	if (scaled.length <= limit) return scaled;
	throw refuse(source, `${scaled.length} requests are due in ${most} seconds, at most ${limit} are sent`);
}
function refuse(source, why) {
	return new InputError("TRACE_INVALID", `${source} is no trace of requests: ${why}`, {
		hint: "Write CSV with a header and one line a request; latency.arrival names the column with seconds or UTC times such as 2026-12-31T23:59:00.250Z.",
		where: { file: source }
	});
}

// actions/measure-latency/traffic.ts
/**
* Reads what is sent and when, from the side that the load came from; held-out rows from the side that governs. No label.
* @throws InputError LATENCY_FILE_MISSING, LATENCY_REQUESTS_INVALID, TRACE_INVALID, CSV_RECORD, PREDICT_HANDED_...
*/
async function readTraffic(place) {
	return {
		...await readBodies(place),
		...await readArrivals(place)
	};
}
async function readBodies(place) {
	const { body } = place.load.request;
	if (body.kind === "none") return {
		bodies: [],
		requestsDigest: null
	};
	if (body.kind === "file") {
		const content = await readFile$1(place, body.path);
		return {
			bodies: readLineBodies(content, body.path),
			requestsDigest: digestBytes(content)
		};
	}
	const { features: path, key } = place.config.heldOut;
	const governing = place.proposal.catalogue.models.get(place.model)?.from ?? "base";
	const content = await place.github.file(path, place.proposal.commits[governing]);
	const requestsDigest = digestFeatures(path, content);
	const file = join(place.to, handedNames.features);
	const handed = place.folders.find((folder) => existsSync(join(folder, handedNames.features)));
	await takeRows(handed ?? place.to, "features", {
		path,
		content: content ?? /* @__PURE__ */ new Uint8Array(0)
	}, file);
	const { under } = body;
	return {
		bodies: await readRowBodies({
			file,
			source: path,
			key,
			...under === void 0 ? {} : { under }
		}),
		requestsDigest
	};
}
async function readArrivals(place) {
	const { arrival } = place.load;
	if (arrival.kind === "declared") return {
		trace: /* @__PURE__ */ new Float64Array(0),
		traceDigest: null
	};
	const { path, column, speed, seconds } = arrival;
	const content = await readFile$1(place, path);
	const reader = new CsvReader(path);
	const records = [...reader.push(new TextDecoder().decode(content)), ...reader.end()];
	return {
		trace: scaleTrace(readTrace(records, column, path), speed, seconds, path),
		traceDigest: digestBytes(content)
	};
}
async function readFile$1(place, path) {
	const content = await place.github.file(path, place.proposal.commits[place.from]);
	if (content !== null) return content;
	throw refuse$1("latency/file-missing", `${path} is not there at the ${place.from} of the pull request`, "latency in model.yml names it: add the file in the same commit, or correct the path.", { where: { file: path } });
}

// actions/measure-latency/run.ts
/**
* Starts challenger and champion in turns on this machine, measures their latency under the declared load and writes
* `latency.json`. It runs code of the pull request and of the champion, which see no token, no secret and no label.
* @throws InputError LATENCY_..., TRACE_INVALID, CSV_RECORD, PREDICT_HANDED_...; ServiceError from GitHub
*/
async function run(inputs, deps) {
	const { base } = await deps.github.pull(inputs.pull.number);
	const proposal = await deps.proposal({
		baseRef: base.ref,
		base: base.sha,
		head: inputs.pull.headSha
	});
	const place = {
		model: inputs.model,
		proposal,
		github: deps.github,
		headOf: deps.headOf
	};
	const chosen = await chooseLoad(place);
	const sidePlace = {
		...place,
		fallback: chosen.serve
	};
	const challenger = await describeSide(inputs.challenger, sidePlace);
	const champion = inputs.champion && await describeSide(inputs.champion, sidePlace);
	const plans = champion === null ? [challenger] : [challenger, champion];
	const folders = plans.map(({ folder }) => folder);
	const traffic = await readTraffic({
		...place,
		...chosen,
		folders,
		to: deps.folder
	});
	const startedAt = deps.now().toISOString();
	const sizes = /* @__PURE__ */ new Map();
	const rounds = await deps.measure({
		sides: plans.map((plan) => toSide(plan, deps.folder, (size) => sizes.set(plan, size))),
		load: chosen.load,
		bodies: traffic.bodies,
		trace: traffic.trace,
		env: deps.env,
		print: deps.print
	});
	const serve = (plan) => ({
		...plan.fact,
		sizeBytes: sizes.get(plan) ?? 0
	});
	return writeRecord({
		v: 1,
		grade: "measured",
		model: inputs.model,
		runId: inputs.runId,
		runAttempt: inputs.runAttempt,
		startedAt,
		engine: deps.engine,
		machine: await deps.machine(),
		...describeLoad(chosen, traffic),
		challenger: serve(challenger),
		champion: champion && serve(champion),
		rounds
	}, deps);
}
function describeLoad({ load, from }, { requestsDigest, traceDigest }) {
	const { arrival, warmUpSeconds, timeoutMs, costPerHour } = load;
	return {
		configDigest: digestOf(load),
		configFrom: from,
		requestsDigest,
		traceDigest,
		pattern: arrival.kind === "recorded" ? arrival.kind : arrival.pattern,
		roundSeconds: arrival.seconds,
		warmUpSeconds,
		timeoutMs,
		costPerHour: costPerHour ?? null
	};
}
function toSide(plan, folder, tell) {
	const { who, serve, workspace } = plan;
	return {
		who,
		serve,
		workspace,
		layModel: async () => {
			const file = join(folder, who, plan.name);
			tell(await takeServedModel({
				...plan,
				digest: plan.fact.artifactDigest
			}, file));
			return file;
		}
	};
}
/** What is written is read back: the judge refuses what does not hold together, and here somebody can still look. */
async function writeRecord(record, deps) {
	const text = canonicalJson(record);
	parseLatencyRecord(text, "latency.json");
	await writeFile(join(deps.outputFolder, "latency.json"), text);
	for (const { message, fix } of latencyFindings(record)) deps.print(`${message}. ${fix}`);
	return {
		record,
		recordDigest: digestBytes(text)
	};
}

// actions/measure-latency/index.ts
const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
await runAction(async () => {
	const { run: facts, pull, reader } = openJob();
	const inputs = {
		model: needInput("model"),
		challenger: {
			who: "challenger",
			version: inputNumber("challenger-version"),
			artifactDigest: inputDigest("artifact-digest"),
			folder: needInput("challenger-folder"),
			workspace: input("challenger-workspace") || workspace
		},
		champion: readChampion(),
		pull,
		runId: facts.runId,
		runAttempt: facts.runAttempt
	};
	const outputFolder = makeFolder("latency");
	const env = pickEnvironment(process.env, {});
	const { record, recordDigest } = await run(inputs, {
		github: reader,
		proposal: (commits) => readAtTip(reader, commits),
		headOf: (folder) => resolveRef(folder, "HEAD"),
		machine: () => describeMachine(env),
		measure: measureRounds,
		env,
		engine: `${process.env.GITHUB_ACTION_REPOSITORY || "gatehouse"}@${process.env.GITHUB_ACTION_REF || "unknown"}, node ${process.version}`,
		now: () => /* @__PURE__ */ new Date(),
		print: say,
		folder: makeFolder("served"),
		outputFolder
	});
	await writeSummary(`${renderMarkdown(latencyBlocks(record))}\n`);
	setOutputs({
		folder: outputFolder,
		"record-digest": recordDigest
	});
});
function readChampion() {
	const version = inputNumber("champion-version");
	if (version === null) return null;
	return {
		who: "champion",
		version,
		artifactDigest: null,
		folder: needInput("champion-folder"),
		workspace: needInput("champion-workspace")
	};
}
async function describeMachine(env) {
	const { os, cpu, cpus, memoryMib, gpus } = await probeMachine(env, workspace);
	return {
		runner: process.env.RUNNER_NAME || "unknown",
		os,
		cpu,
		cpus,
		memoryMib,
		gpus: gpus.map(({ name }) => name)
	};
}

export {  };