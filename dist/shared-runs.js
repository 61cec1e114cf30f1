import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as renderText } from "./shared-text.js";
import { a as mergeRuns, c as compareRuns, i as findRuns, o as runName, r as runListTable, s as selectRuns, t as cut } from "./shared-run-table.js";
import { t as paragraph } from "./shared-block.js";
import "./shared-facts.js";
import "./shared-lineage-section.js";
import { t as trainingSections } from "./shared-run-section.js";
import { t as counted } from "./shared-count-text.js";
import { i as Option, r as InvalidArgumentError } from "./shared-esm.js";
import { t as retryCauses } from "./shared-train.js";
import { n as wholeNumber } from "./shared-option.js";
import { i as remoteUrl } from "./shared-read.js";
import { t as showDuration } from "./shared-time-text.js";
import { n as readWorkTree } from "./shared-work-tree.js";
import { i as parseRepositoryAddress, n as createTokenClient, r as needRepositoryAddress } from "./shared-token-client.js";
import { n as parseRunRecord, t as maxRunRecordBytes } from "./shared-run-record.js";
import { n as digestBytes } from "./shared-canonical.js";
import { a as listArchive, i as readWhole, t as fromBytes } from "./shared-source.js";
import { r as readGitHub } from "./shared-failure.js";
import { t as toId } from "./shared-id.js";
import { t as openStore } from "./shared-store.js";
import { x as policyPath } from "./shared-layout.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { i as plainText } from "./shared-cell.js";
import { n as readProvenLedger } from "./shared-ledger.js";
import { join, relative, resolve } from "node:path";
import { tmpdir } from "node:os";
import { mkdtemp, opendir, readFile, rm, stat } from "node:fs/promises";

// core/report/run-blocks.ts
const widestName = 30;
const narrowestValue = 9;
/** `gatehouse runs show`: one run, whole; long lists by their length and their ends. */
function runBlocks(run) {
	const { record } = run;
	return [
		...trainingSections(record).flatMap(({ blocks }) => blocks),
		paragraph("Found as ", { code: runName(run) }, ` at ${run.places.join(", ")}; record `, { code: run.digest }),
		...listTable(["data", "digest"], record.datasets.map(({ dataset, dataDigest }) => [dataset, dataDigest])),
		...listTable(["phase", "time"], record.phases.map(({ name, durationMs }) => [name, showDuration(durationMs)])),
		...historyTable(record),
		...listTable(["lock file", "digest"], record.lockFiles.map(({ path, digest }) => [path, digest])),
		...listTable(["variable", "value"], Object.entries(record.environment)),
		...listTable(["output", "digest"], record.outputs.map(({ path, digest }) => [path, digest]))
	];
}
const listTable = (head, rows) => rows.length === 0 ? [] : [{
	kind: "table",
	head,
	rows: rows.map((row) => row.map((text) => [text]))
}];
/** The first two and the last eight: JSON has them all. */
function historyTable({ history }) {
	const rows = (history.length <= 10 ? history : [...history.slice(0, 2), ...history.slice(-8)]).map(({ at, epoch, step, metrics }) => [
		at.slice(0, 19).replace("T", " "),
		epoch === null ? "–" : String(epoch),
		step === null ? "–" : String(step),
		Object.entries(metrics).slice(0, 6).map(([name, value]) => `${cut(name, 24)} ${Number(value.toPrecision(5))}`).join(" ")
	]);
	return listTable([
		"at",
		"epoch",
		"step",
		"metrics"
	], rows);
}
/**
* `gatehouse runs compare`: facts of several runs side by side, by aspect.
* @param all also those in which the runs agree
*/
function comparisonBlocks(runs, facts, all) {
	const shown = facts.filter(({ differs }) => all || differs);
	const same = facts.length - shown.length;
	const names = Math.min(widestName, Math.max(6, ...shown.map(({ name }) => name.length)));
	const room = Math.floor((100 - 2 - names - 2 * runs.length) / runs.length);
	const width = Math.max(narrowestValue, room);
	const tables = [...new Set(shown.map(({ aspect }) => aspect))].map((aspect) => ({
		kind: "table",
		head: [aspect, ...runs.map((run) => cutMiddle(runName(run), width))],
		rows: shown.filter((fact) => fact.aspect === aspect).map(({ name, values }) => [[cutMiddle(name, widestName)], ...values.map((value) => [value === null ? "–" : cutMiddle(value, width)])])
	}));
	const note = same === 0 ? [] : [paragraph(`${counted(same, "fact")} ${same === 1 ? "is" : "are"} the same in all of them (--all shows them)`)];
	return [...tables, ...note];
}
/** Keeps both ends: paths, commands and numbered names differ at either. A digest needs its beginning alone. */
function cutMiddle(text, most) {
	const plain = /^(?:sha256:)?[0-9a-f]{40,64}$/.test(text) ? text.replace("sha256:", "").slice(0, 12) : text;
	const characters = [...plain];
	if (characters.length <= most) return plain;
	const head = Math.ceil((most - 1) / 2);
	return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (most - 1 - head)).join("")}`;
}

// cli/commands/runs/option.ts
const outcomes = [
	"done",
	"failed",
	"cancelled",
	"timed-out",
	...retryCauses
];
const unitMs = {
	h: 36e5,
	d: 864e5,
	w: 6048e5
};
/** Puts the options of `RunOptions` on a command. */
function withRunOptions(command, now) {
	return command.option("--folder <path>", "read the run.json files below this folder, and nothing else").option("--repo <repository>", "owner/name or address on GitHub (default: the remote \"origin\")").option("--ledger <ref>", "branch or commit of the ledger (default: what .github/gatehouse.yml says)").option("--limit <number>", "most runs that are read from each place", wholeNumber(1, 1e3), 50).option("--model <model>", "only runs of this model").option("--outcome <outcome>", `only runs that ended so: ${outcomes.join(", ")}`, toOutcome).option("--since <when>", "only runs since a date (2026-11-01) or of the last 12h, 7d, 4w", (text) => toInstant(text, now())).option("--json", "print JSON");
}
function toOutcome(text) {
	if (outcomes.includes(text)) return text;
	throw new InvalidArgumentError(`it has to be one of ${outcomes.join(", ")}.`);
}
/** @returns ISO instant */
function toInstant(text, now) {
	const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
	if (count !== void 0 && unit !== void 0) return new Date(Date.parse(now) - Number(count) * (unitMs[unit] ?? 0)).toISOString();
	const parsed = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : NaN;
	if (Number.isFinite(parsed)) return new Date(parsed).toISOString();
	throw new InvalidArgumentError("it has to be a date like 2026-11-01, or a time like 12h, 7d or 4w.");
}

// adapters/runs/folder-runs.ts
const mostFiles = 1e3;
const mostFolders = 5e3;
/**
* Reads every `run.json` below a folder, links not followed. One that is no run record is told, not read.
* @throws InputError RUNS_FOLDER
*/
async function readFolderRuns(folder) {
	const files = await listFiles(folder);
	const runs = [];
	const notes = [];
	for (const file of files) try {
		runs.push(await readRunFile(file, relative(folder, file)));
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		notes.push(`${relative(folder, file)} is left out: ${error.message}`);
	}
	return {
		runs,
		notes
	};
}
/** @throws InputError RUN_RECORD_INVALID */
async function readRunFile(file, place) {
	const { size } = await stat(file);
	const bytes = size > 1048576 ? new Uint8Array(maxRunRecordBytes + 1) : await readFile(file);
	return {
		digest: digestBytes(bytes),
		record: parseRunRecord(bytes, place),
		places: [place]
	};
}
async function listFiles(folder) {
	const found = [];
	const folders = [folder];
	for (let at = 0; at < folders.length && at < mostFolders && found.length < mostFiles; at += 1) {
		const path = folders[at];
		const opened = await opendir(path).catch((cause) => {
			if (at === 0) throw notThere(folder, cause);
			return null;
		});
		if (opened === null) continue;
		for await (const entry of opened) {
			if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") folders.push(join(path, entry.name));
			if (entry.isFile() && entry.name === "run.json") found.push(join(path, entry.name));
		}
	}
	return found.slice(0, mostFiles).sort();
}
function notThere(folder, cause) {
	return new InputError("RUNS_FOLDER", `${folder} is no folder that can be read`, {
		hint: "Give a folder with run.json files, for example with unpacked artifacts of training jobs.",
		cause
	});
}

// adapters/archive/remote-source.ts
/** Where the blob store does not give ranges, a zip up to this size is read whole. */
const wholeLimitBytes = 32 * 1024 ** 2;
/** Read at once: a zip's directory and a record's header, name and bytes lie within one of them mostly. */
const windowBytes = 262144;
/**
* Reads places of an artifact's zip without downloading it: a model of two gigabytes stays where it is.
* GitHub answers with a redirect to the blob store, which gives ranges; the token does not go there.
* @param sizeBytes of the zip, as the listing tells
* @see https://docs.github.com/rest/actions/artifacts#download-an-artifact
* @see https://fetch.spec.whatwg.org/#http-redirect-fetch step 13: no Authorization to another origin
* @throws ServiceError GITHUB_READ_FAILED, ARTIFACT_NO_RANGE
*/
function openRemoteArchive(client, name, artifact) {
	const { id, sizeBytes } = artifact;
	let window = {
		offset: 0,
		bytes: Buffer.alloc(0)
	};
	let whole = null;
	return {
		sizeBytes,
		read: async (offset, length) => {
			if (offset < 0 || offset >= sizeBytes || length <= 0) return Buffer.alloc(0);
			if (whole !== null) return whole.read(offset, length);
			if (!(offset >= window.offset && offset + length <= window.offset + window.bytes.length)) {
				const start = Math.max(0, Math.min(offset, sizeBytes - windowBytes));
				const end = Math.min(sizeBytes, Math.max(offset + length, start + windowBytes));
				const answer = await readRange(client, name, id, {
					start,
					end,
					sizeBytes
				});
				if (answer.kind === "whole") whole = fromBytes(answer.bytes);
				else window = {
					offset: start,
					bytes: answer.bytes
				};
			}
			return whole === null ? window.bytes.subarray(offset - window.offset, offset - window.offset + length) : whole.read(offset, length);
		}
	};
}
async function readRange(client, name, id, { start, end, sizeBytes }) {
	return readGitHub(`bytes of artifact ${id}`, async () => {
		const { data, status } = await client.request("GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}", {
			...name,
			artifact_id: id,
			archive_format: "zip",
			headers: { range: `bytes=${start}-${end - 1}` },
			request: { parseSuccessResponseBody: false }
		});
		const body = data;
		if (!(body instanceof ReadableStream)) throw damaged(id, "there is no body");
		if (status === 206) return {
			kind: "part",
			bytes: await readExactly(body, id, end - start)
		};
		if (sizeBytes > wholeLimitBytes) {
			await body.cancel();
			throw damaged(id, `it has ${sizeBytes} bytes, and the server gives no part of them`);
		}
		return {
			kind: "whole",
			bytes: await readExactly(body, id, sizeBytes)
		};
	});
}
async function readExactly(body, id, length) {
	const parts = [];
	let size = 0;
	for await (const part of body) {
		size += part.byteLength;
		if (size > length) break;
		parts.push(part);
	}
	if (size === length) return Buffer.concat(parts);
	throw damaged(id, `${size > length ? "more" : "fewer"} bytes came than were asked for`);
}
function damaged(id, why) {
	return new ServiceError("ARTIFACT_NO_RANGE", `Artifact ${id} could not be read: ${why}`, { hint: "Download it from the page of its run, and give the folder: gatehouse runs list --folder FOLDER." });
}

// adapters/runs/github-runs.ts
const modelArtifact = "gatehouse-model";
/** The plan of a search is no run. */
const trialArtifact = /^gatehouse-trial-(?!plan-).{1,100}$/;
const pageSize = 100;
/** Artifacts of thousands of runs: that there are more is told. */
const mostPages = 20;
const mostEntries = 20;
/** Beside the record lies the model: its size is no matter, it is not read. */
const mostFileBytes = 4 * 1024 ** 3;
/**
* Reads run records of the artifacts that GitHub still has, those of runs that were never proposed or merged included.
* To be shown: pull-request code wrote them, and nothing is decided on them.
* @throws ServiceError GITHUB_READ_FAILED when the list cannot be read
*/
async function readGitHubRuns(client, name, { limit, since }) {
	const listed = await listArtifacts(client, name);
	const wanted = listed.artifacts.filter(({ createdAt }) => since === null || Date.parse(createdAt) >= Date.parse(since)).sort((a, b) => b.id - a.id);
	const runs = [];
	const notes = listed.complete ? [] : ["GitHub has more artifacts than are looked through"];
	if (wanted.length > limit) notes.push(`${wanted.length - limit} older runs are not read (--limit)`);
	for (const artifact of wanted.slice(0, limit)) try {
		runs.push(await readArtifactRun(client, name, artifact));
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		notes.push(`artifact ${artifact.id} (${artifact.name}) is left out: ${error.message}`);
	}
	return {
		runs,
		notes
	};
}
/** Models are asked for by name: progress and evidence of busy weeks would push them off the list. Trials have no one name. */
async function listArtifacts(client, name) {
	return readGitHub("artifacts of the repository", async () => {
		const models = await listPages(client, name, modelArtifact);
		const all = await listPages(client, name, null);
		const trials = all.artifacts.filter((each) => trialArtifact.test(each.name));
		return {
			artifacts: [...models.artifacts, ...trials],
			complete: models.complete && all.complete
		};
	});
}
async function listPages(client, name, artifactName) {
	const artifacts = [];
	for (let page = 1; page <= mostPages; page += 1) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/artifacts", {
			...name,
			...artifactName === null ? {} : { name: artifactName },
			per_page: pageSize,
			page
		});
		for (const each of data.artifacts) {
			if (each.expired || artifactName !== null && each.name !== artifactName) continue;
			artifacts.push({
				id: toId(each.id),
				name: each.name,
				sizeBytes: each.size_in_bytes,
				createdAt: each.created_at ?? ""
			});
		}
		if (data.artifacts.length < pageSize) return {
			artifacts,
			complete: true
		};
	}
	return {
		artifacts,
		complete: false
	};
}
async function readArtifactRun(client, name, artifact) {
	const source = openRemoteArchive(client, name, artifact);
	const entry = (await listArchive(source, {
		entries: mostEntries,
		entryBytes: mostFileBytes
	})).find((each) => each.name === "run.json");
	const bytes = entry === void 0 || entry.sizeBytes > 1048576 ? /* @__PURE__ */ new Uint8Array() : await readWhole(source, entry);
	return {
		digest: digestBytes(bytes),
		record: parseRunRecord(bytes, `run.json of artifact ${artifact.id}`),
		places: [artifact.name]
	};
}

// adapters/runs/stored-runs.ts
/** Reads the run records of registered versions out of the store, each by the digest that the ledger names. */
async function readStoredRuns(store, versions) {
	const folder = await mkdtemp(join(tmpdir(), "gatehouse-runs-"));
	const runs = [];
	const notes = [];
	try {
		for (const { model, version, runRecordDigest } of versions) {
			const place = `${model}@v${version}`;
			try {
				runs.push(await readRunFile(await store.get(runRecordDigest, folder), place));
			} catch (error) {
				if (!(error instanceof GatehouseError)) throw error;
				notes.push(`the run of ${place} is left out: ${error.message}`);
			}
		}
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
	return {
		runs,
		notes
	};
}

// cli/commands/runs/source.ts
const nothing = {
	runs: [],
	notes: []
};
/**
* Reads runs from where they lie: a folder alone when one is given; else the store, by the ledger's version records, and
* the artifacts of GitHub. What could not be read is told on standard error: an answer without it would look whole.
* @throws InputError RUNS_FOLDER, GITHUB_ADDRESS; ServiceError when GitHub does not answer
*/
async function readRuns(context, options) {
	const found = options.folder === void 0 ? [await readLedgerRuns(context, options), await readRemoteRuns(context, options)] : [await readFolderRuns(resolve(context.cwd, options.folder))];
	for (const note of found.flatMap(({ notes }) => notes)) context.complain(`gatehouse: ${plainText(note, 600)}`);
	return mergeRuns(found.flatMap(({ runs }) => runs));
}
/** No ledger yet, or no clone at all: there may be runs nevertheless. A ledger that somebody names has to be there. */
async function readLedgerRuns(context, options) {
	const { ledger, limit, model } = options;
	try {
		const { states } = await readProvenLedger(context, {
			anchor: [],
			...ledger === void 0 ? {} : { ledger }
		}, async () => []);
		const versions = [...states.values()].flatMap((state) => [...state.versions.values()].map(({ record }) => record)).filter((record) => model === void 0 || record.model === model).sort((a, b) => a.registeredAt < b.registeredAt ? 1 : -1);
		if (versions.length === 0) return nothing;
		const policy = await readPolicy(context.cwd);
		const store = await openStore(policy.store, networkOf(policy));
		const { runs, notes } = await readStoredRuns(store, versions.slice(0, limit));
		const left = versions.length - limit;
		return {
			runs,
			notes: left > 0 ? [...notes, `${left} older versions are not read (--limit)`] : notes
		};
	} catch (error) {
		if (!(error instanceof GatehouseError) || ledger !== void 0) throw error;
		return ["LEDGER_NOT_FOUND", "GIT_NO_REPOSITORY"].includes(error.code) ? nothing : {
			runs: [],
			notes: [`no registered version is read: ${error.message}`]
		};
	}
}
async function readPolicy(cwd) {
	const { texts } = await readWorkTree(cwd, (path) => path === policyPath);
	const text = texts.get(policyPath);
	if (text !== void 0) return parsePolicy(text, policyPath);
	throw new InputError("POLICY_MISSING", `${policyPath} is not there: nobody knows where the store is`, { hint: "Run this in a clone of the repository." });
}
async function readRemoteRuns({ cwd, env }, options) {
	const address = await findAddress(cwd, env, options.repo);
	if (address === null) return {
		runs: [],
		notes: ["GitHub is not asked for runs: \"origin\" is no address of a server (--repo)"]
	};
	const token = env.GITHUB_TOKEN || env.GH_TOKEN;
	if (!token) return {
		runs: [],
		notes: ["GitHub is not asked for runs: set GITHUB_TOKEN or GH_TOKEN"]
	};
	const client = createTokenClient(address.apiUrl, token);
	return readGitHubRuns(client, address.name, {
		limit: options.limit,
		since: options.since ?? null
	});
}
async function findAddress(cwd, env, repo) {
	if (repo === void 0) {
		const remote = await remoteUrl(cwd).catch(() => null);
		return remote === null ? null : parseRepositoryAddress(remote);
	}
	const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(repo) ?? [];
	if (owner === void 0 || name === void 0) return needRepositoryAddress(repo);
	return {
		apiUrl: env.GITHUB_API_URL || "https://api.github.com",
		name: {
			owner,
			repo: name
		}
	};
}
/** The one run that a person means. @throws InputError RUN_UNKNOWN, RUN_AMBIGUOUS with what they may have meant */
function needRun(runs, text) {
	const found = findRuns(runs, text);
	const [only, second] = found;
	if (only !== void 0 && second === void 0) return only;
	const list = (only === void 0 ? runs : found).slice(0, 10).map((run) => `${runName(run)} (${run.places[0]}, ${run.digest.slice(7, 19)})`).join("; ");
	if (only === void 0) throw new InputError("RUN_UNKNOWN", `there is no run "${text}" among the ${runs.length} that were read`, { hint: list === "" ? "No run was read at all: give --folder or --repo." : `Read were: ${list}.` });
	throw new InputError("RUN_AMBIGUOUS", `${found.length} runs are called "${text}"`, { hint: `Say which by the beginning of its digest: ${list}.` });
}

// cli/commands/runs/compare.ts
/** More do not stand side by side in a terminal. */
const mostRuns = 5;
/** `gatehouse runs compare`: why one run is not like another. */
const compareRunsCommand = (runs, context) => {
	const command = runs.command("compare").description("Compares training runs side by side: results, parameters, data, code, environment, cost").argument("<runs...>", `2 to ${mostRuns} runs, as for "gatehouse runs show"`).option("--all", "also show what is the same in all of them");
	withRunOptions(command, context.now).action((texts, options) => context.run(async () => {
		if (texts.length < 2 || texts.length > mostRuns) throw new InputError("RUNS_COUNT", `${texts.length} runs were named`, { hint: `Name 2 to ${mostRuns} runs, for example: gatehouse runs compare v6 v7` });
		const read = selectRuns(await readRuns(context, options), options, { order: "desc" });
		const chosen = texts.map((text) => needRun(read, text));
		const facts = compareRuns(chosen.map(({ record }) => record));
		const all = options.all === true;
		context.print(options.json === true ? JSON.stringify({
			runs: chosen.map((run) => ({
				name: runName(run),
				digest: run.digest,
				places: run.places
			})),
			facts: facts.filter(({ differs }) => all || differs)
		}, null, 2) : renderText(comparisonBlocks(chosen, facts, all), { width: 100 }));
		return 0;
	}));
};

// cli/commands/runs/list.ts
/** `gatehouse runs list`: what was trained, also what was never proposed. */
const listRunsCommand = (runs, context) => {
	const command = runs.command("list").description("Lists training runs, newest first: registered ones, and all that GitHub still has").option("--metric <name>", "show this metric and sort by it").addOption(new Option("--order <order>", "of the metric").choices(["asc", "desc"]).default("desc"));
	withRunOptions(command, context.now).action((options) => context.run(async () => {
		const found = selectRuns(await readRuns(context, options), options, options);
		context.print(options.json === true ? JSON.stringify(found.map((run) => ({
			name: runName(run),
			...run
		})), null, 2) : renderText(found.length === 0 ? [paragraph("No run was found.")] : [runListTable(found, options.metric), paragraph(`${counted(found.length, "run")}. Metrics are claimed by the training jobs. More: gatehouse runs show RUN, gatehouse runs compare RUN RUN`)], { width: 100 }));
		return 0;
	}));
};

// cli/commands/runs/show.ts
/** `gatehouse runs show`: everything that one run says about itself. */
const showRunCommand = (runs, context) => {
	const command = runs.command("show").description("Shows one training run: its data, code, parameters, machine, software, attempts, cost").argument("<run>", "run id (501 or 501.2), version (v7 or churn@v7), or the beginning of its digest");
	withRunOptions(command, context.now).action((text, options) => context.run(async () => {
		const found = selectRuns(await readRuns(context, options), options, { order: "desc" });
		const run = needRun(found, text);
		context.print(options.json === true ? JSON.stringify({
			name: runName(run),
			...run
		}, null, 2) : renderText(runBlocks(run), { width: 100 }));
		return 0;
	}));
};

// cli/commands/runs.ts
/** `gatehouse runs ...`: what was trained, with what, and what came of it. */
const runsCommand = (program, context) => {
	const runs = program.command("runs").description("Lists, shows and compares training runs");
	for (const add of [
		listRunsCommand,
		showRunCommand,
		compareRunsCommand
	]) add(runs, context);
};

export { runsCommand };