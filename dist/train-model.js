import { n as downloadArtifact } from "./shared-artifact.js";
import { a as input, c as say, l as setOutputs, m as runAction, p as readRunFacts, r as failStep, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { n as makeFolder } from "./shared-job.js";
import { n as uploadLimitBytes, t as openArtifactUploader } from "./shared-upload.js";
import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { i as isDigest, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { a as resolveRef, r as readTree } from "./shared-read.js";
import { A as literal, D as discriminatedUnion, E as custom, F as strictObject, I as string, M as number, N as object, O as int, P as record, R as union, S as _enum, T as boolean, j as looseObject, k as json, w as array } from "./shared-js-yaml.js";
import { t as datetime } from "./shared-iso.js";
import { n as listSecrets, r as pickEnvironment, t as hideSecrets } from "./shared-environment.js";
import { _ as neededGpus, a as containerName, c as captureEnvironment, d as takeArtifact, f as pickVariables, g as checkMachine, h as requireInside, i as askContainer, l as clearOutput, m as replaceFolder, n as clearClaimedMetrics, o as runInContainer, p as runPipeline, r as readClaimedMetrics, s as findContainerEngine, t as classifyEnd, u as readOutput, v as fetchDatasets, y as readDeclared } from "./shared-outcome.js";
import { c as progressArtifactName, d as addFilePoints, f as addPoint, l as progressFileName, m as startProgress, u as renderProgress } from "./shared-octokit-reader.js";
import { t as renderSummary } from "./shared-summary.js";
import { r as parseTrial } from "./shared-search-plan.js";
import { t as retryCauses } from "./shared-train.js";
import { n as parseStrictJson, t as isForbiddenKey } from "./shared-strict.js";
import { a as listArchive, i as readWhole, n as withFile, r as readEntry } from "./shared-source.js";
import { c as makeDeferred, n as copyHashed, t as openClient } from "./shared-safe-fetch.js";
import { r as outcomeHint } from "./shared-training-outcome.js";
import { a as readProcess, c as markVariable, d as listAncestors, f as listFamily, i as readMemory, l as parseRunMark, n as readMark, o as readProcesses, r as readMarkHost, s as judgeOwner, t as makeRunMark, u as renderRunMark } from "./shared-processes.js";
import { y as modelPath } from "./shared-layout.js";
import { i as readVisibleGpus, n as readHolders, o as toLabel, r as readUse, t as probeMachine } from "./shared-probe.js";
import { a as watchTeamCommand, s as keepLastLines } from "./shared-team-command.js";
import { n as toNumber, r as toPoint } from "./shared-progress-point.js";
import { t as openRemote } from "./shared-remote.js";
import { n as parseRunRecord, t as maxRunRecordBytes } from "./shared-run-record.js";
import { t as priceRun } from "./shared-cost.js";
import { C as parseFile, w as refuseProblems } from "./shared-policy-resolution.js";
import { constants, readFileSync } from "node:fs";
import { basename, isAbsolute, join, posix, relative, sep } from "node:path";
import { once } from "node:events";
import { createHash, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { chmod, cp, lstat, mkdir, mkdtemp, open, readFile, readdir, readlink, realpath, rm, statfs, writeFile } from "node:fs/promises";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import process$1 from "node:process";
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";

// adapters/checkpoint/run-artifacts.ts
const perPage = 100;
/** A run of a search has many jobs, each with its checkpoints. */
const maxPages = 30;
const usualDelaysMs$1 = [1e3, 5e3];
const limitMs = 3e4;
const page = object({ artifacts: array(object({
	id: int().positive(),
	name: string(),
	expired: boolean(),
	digest: string().nullish()
})) });
/**
* Lists the artifacts of all attempts of a run that have not expired.
* @throws ServiceError ARTIFACT_LIST
* @see https://docs.github.com/rest/actions/artifacts#list-workflow-run-artifacts
*/
async function listRunArtifacts(api, runId, delaysMs = usualDelaysMs$1) {
	const found = [];
	for (let number = 1; number <= maxPages; number += 1) {
		const { artifacts } = await readPage(`${api.apiUrl}/repos/${api.repository}/actions/runs/${runId}/artifacts?per_page=${perPage}&page=${number}`, api.token, delaysMs);
		for (const { id, name, expired, digest } of artifacts) if (!expired) found.push({
			id,
			name,
			digest: isDigest(digest) ? digest : null
		});
		if (artifacts.length < perPage) break;
	}
	return found;
}
async function readPage(url, token, delaysMs) {
	for (let attempt = 0;; attempt += 1) {
		const delayMs = delaysMs[attempt];
		try {
			const answer = await fetch(url, {
				headers: {
					authorization: `Bearer ${token}`,
					accept: "application/vnd.github+json"
				},
				redirect: "error",
				signal: AbortSignal.timeout(limitMs)
			});
			if (answer.ok) return page.parse(await answer.json());
			if (delayMs === void 0 || answer.status < 500 && answer.status !== 429) throw failed$1(`HTTP ${answer.status}`);
		} catch (error) {
			if (error instanceof GatehouseError) throw error;
			if (delayMs === void 0) throw failed$1(error instanceof Error ? error.name : "no answer", error);
		}
		await setTimeout$1(delayMs);
	}
}
function failed$1(why, cause) {
	return new ServiceError("ARTIFACT_LIST", `The artifacts of this run could not be listed: ${why}`, {
		hint: "Grant the training job permissions: { actions: read }, which a checkpoint is fetched with.",
		cause
	});
}

// adapters/process/cancel-signal.ts
/**
* Listens for a cancelled job: the runner sends SIGINT, after 7.5 seconds SIGTERM, after 2.5 more it kills.
* @see https://docs.github.com/actions/reference/workflow-cancellation-reference
*/
function openCancelSignal() {
	const controller = new AbortController();
	const onSignal = () => controller.abort();
	const names = ["SIGINT", "SIGTERM"];
	for (const name of names) process$1.on(name, onSignal);
	return {
		signal: controller.signal,
		close: () => {
			for (const name of names) process$1.off(name, onSignal);
		}
	};
}

// adapters/training/leave-text.ts
/**
* Leaves a text of the checkout in the run as an artifact of its own. The command may have put a link or a pipe there: it
* is read as its other outputs are. Never throws: nobody waits for it.
* @param file absolute
*/
async function leaveText(workspace, name, file, { uploader, log }) {
	try {
		const text = await readOutput(workspace, relative(workspace, file));
		await uploader.upload(name, [{
			kind: "text",
			name: basename(file),
			text
		}]);
	} catch (error) {
		log(`${name} could not be left: ${String(error)}`);
	}
}

// adapters/training/progress-shelf.ts
const minuteMs = 6e4;
/** Artifacts of one attempt of a run; the last one is kept for the end. */
const maxProgressArtifacts = 100;
/** Somebody may be reading the one before the last. */
const kept = 2;
/**
* The wait grows with the time that it trains: every minute for the first ten, every 6 minutes after an hour, every hour
* after ten hours. Five days, the longest that GitHub lets a job run, take 79 artifacts.
*/
const waitShare = .1;
/**
* Leaves the progress of a training in its workflow run, as small artifacts that the app reads: the job has no token that
* could write a check.
* @param runAttempt of the workflow run: names are taken once in it
*/
function openProgressShelf(runAttempt, deps) {
	const openedAt = deps.now();
	let [number, dueAt, last] = [
		0,
		openedAt,
		""
	];
	let running = null;
	const leave = async (progress, most) => {
		const text = renderProgress(hideNames(progress, deps.hide));
		if (number >= most || text === last) return "not yet";
		number += 1;
		try {
			await deps.upload(progressArtifactName({
				runAttempt,
				number
			}), { [progressFileName]: text });
			last = text;
			await removeOld(number - kept);
			return "left";
		} catch (error) {
			deps.log(`Progress could not be left for the app: ${describe$2(error)}. The training goes on.`);
			return "failed";
		} finally {
			const now = deps.now();
			dueAt = now + Math.max(minuteMs, (now - openedAt) * waitShare);
		}
	};
	const removeOld = async (old) => {
		if (old < 1 || deps.remove === void 0) return;
		await deps.remove(progressArtifactName({
			runAttempt,
			number: old
		})).catch(() => void 0);
	};
	return {
		offer: async (progress) => {
			if (running !== null || deps.now() < dueAt) return "not yet";
			running = leave(progress, 99).finally(() => {
				running = null;
			});
			return running;
		},
		finish: async (progress) => {
			await running;
			return leave(progress, 100);
		}
	};
}
/** Names of metrics are the command's: it may have read a secret that it should not have. */
function hideNames(progress, hide) {
	const points = progress.points.map((point) => ({
		...point,
		metrics: Object.fromEntries(Object.entries(point.metrics).filter(([name]) => hide(name) === name))
	}));
	return {
		...progress,
		points
	};
}
const describe$2 = (error) => error instanceof GatehouseError ? `${error.code}: ${error.message}` : String(error);

// core/training/attempt-log.ts
const attemptLogFileName = "attempts.json";
const maxAttemptLogBytes = 262144;
/** More than all jobs of a run can make: 10 attempts each. */
const maxAttempts = 200;
const attemptArtifactName = (key, { runAttempt, number }) => `gatehouse-attempts-${key}-${runAttempt}-${number}`;
/** @returns null for any other artifact, of another training too */
function parseAttemptArtifactName(key, name) {
	const prefix = `gatehouse-attempts-${key}-`;
	if (!name.startsWith(prefix)) return null;
	const [, runAttempt, number] = /^([1-9]\d{0,4})-([1-9]\d{0,4})$/.exec(name.slice(prefix.length)) ?? [];
	return runAttempt === void 0 ? null : {
		runAttempt: Number(runAttempt),
		number: Number(number)
	};
}
/**
* Lists all attempts of a log, as the next job sees them: one without an end was lost with its runner.
* Its duration is what is known: it lived at least so long.
*/
function closeAttempts(log) {
	if (log.open === null) return log.ended;
	const durationMs = Math.max(0, Date.parse(log.heardAt) - Date.parse(log.open.startedAt));
	const how = `nothing was heard of it after ${log.heardAt}`;
	return [...log.ended, {
		...log.open,
		durationMs,
		outcome: "lost-runner",
		how
	}];
}
const renderAttemptLog = (log) => canonicalJson(log);
const id$1 = int().positive();
const line = string().max(200);
const instant = datetime();
const begun = {
	number: id$1.max(1e4),
	runAttempt: id$1.max(1e5),
	runner: line,
	startedAt: instant,
	resumedFrom: custom(isDigest).nullable()
};
const schema$2 = strictObject({
	v: literal(1),
	runId: id$1,
	ended: array(strictObject({
		...begun,
		durationMs: number().min(0),
		outcome: _enum([
			"done",
			"failed",
			"cancelled",
			"timed-out",
			...retryCauses
		]),
		how: line
	})).max(maxAttempts),
	open: strictObject(begun).nullable(),
	heardAt: instant
});
/**
* Reads the attempts that an earlier job recorded. It ran pull-request code: what it says is claimed.
* @throws InputError ATTEMPTS_INVALID
*/
function parseAttemptLog(text, runId) {
	const parsed = schema$2.safeParse(readJson$2(text));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw refuse$1(`at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
	}
	if (parsed.data.runId !== runId) throw refuse$1("it is of another run");
	return parsed.data;
}
function readJson$2(text) {
	try {
		return parseStrictJson(text, attemptLogFileName);
	} catch (cause) {
		throw refuse$1("it is no JSON that we read", cause);
	}
}
function refuse$1(why, cause) {
	return new InputError("ATTEMPTS_INVALID", `${attemptLogFileName} is not believed: ${why}`, {
		hint: "Earlier attempts of this run are then not shown, and not counted.",
		cause
	});
}

// adapters/checkpoint/attempts.ts
function openAttemptRecorder(options) {
	let ended = [...options.earlier];
	let open = null;
	let number = 0;
	const current = () => ({
		v: 1,
		runId: options.runId,
		ended,
		open,
		heardAt: options.now().toISOString()
	});
	const send = async () => {
		if (options.uploader === null) return;
		number += 1;
		const name = attemptArtifactName(options.key, {
			runAttempt: options.runAttempt,
			number
		});
		const file = {
			kind: "text",
			name: attemptLogFileName,
			text: renderAttemptLog(current())
		};
		try {
			await options.uploader.upload(name, [file]);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			options.log(`A further job of this run will not know of this attempt: ${why}`);
		}
	};
	return {
		begin(attempt) {
			open = attempt;
			return send();
		},
		end(attempt) {
			open = null;
			ended = [...ended, attempt];
			return send();
		},
		list: () => ended,
		current
	};
}
/**
* Reads what earlier jobs of this run recorded of their attempts.
* @returns null: nothing that can be read
* @throws ServiceError when artifacts cannot be listed
*/
async function readAttemptLog(key, runId, scratch, reader) {
	const newest = (await reader.list()).flatMap((artifact) => {
		const name = parseAttemptArtifactName(key, artifact.name);
		return name === null ? [] : [{
			artifact,
			name
		}];
	}).toSorted((a, b) => b.name.runAttempt - a.name.runAttempt || b.name.number - a.name.number);
	for (const { artifact } of newest.slice(0, 3)) {
		await mkdir(scratch, { recursive: true });
		const zip = join(scratch, "attempts.zip");
		try {
			await reader.download(artifact.id, zip);
			return await readLog(zip, runId);
		} catch (error) {
			if (!(error instanceof GatehouseError)) throw error;
			reader.log(`${artifact.name}: ${error.message}`);
		} finally {
			await rm(zip, { force: true });
		}
	}
	return null;
}
function readLog(zip, runId) {
	return withFile(zip, async (source) => {
		const entry = (await listArchive(source, {
			entries: 1,
			entryBytes: maxAttemptLogBytes
		})).find(({ name }) => name === attemptLogFileName);
		return parseAttemptLog(entry === void 0 ? "" : (await readWhole(source, entry)).toString("utf8"), runId);
	});
}

// core/training/checkpoint.ts
const checkpointFileName = "checkpoint.json";
/** The directory of the zip stays within what its reader takes. */
const maxCheckpointFiles = 1e3;
/** 1000 paths of 500 characters, three bytes each, take less. */
const maxCheckpointTextBytes = 2097152;
/** @returns a name for file number `at` (from 0) inside the artifact */
const storedName = (at) => `f${String(at + 1).padStart(4, "0")}`;
/**
* Names the trainings of one run apart: jobs of several models, and trials of a search, run side by side.
* @param trial number of a trial, null outside a search
*/
function trainingKey(model, trial) {
	return `${model.replaceAll("/", ".")}${trial === null ? "" : `.${trial}`}`;
}
function checkpointArtifactName(key, checkpoint) {
	const { runAttempt, number, digest } = checkpoint;
	return `gatehouse-checkpoint-${key}-${runAttempt}-${number}-${digest.slice(7, 23)}`;
}
/** @returns null for any other artifact, of another training too */
function parseCheckpointName(key, name) {
	const prefix = `gatehouse-checkpoint-${key}-`;
	if (!name.startsWith(prefix)) return null;
	const [, runAttempt, number, start] = /^([1-9]\d{0,4})-([1-9]\d{0,4})-([0-9a-f]{16})$/.exec(name.slice(prefix.length)) ?? [];
	if (start === void 0) return null;
	return {
		runAttempt: Number(runAttempt),
		number: Number(number),
		start
	};
}
/** In the order of their paths, so that equal folders have equal digests wherever they were listed. */
function sortCheckpointFiles(files) {
	return files.toSorted((a, b) => a.path < b.path ? -1 : Number(a.path > b.path));
}
const digestCheckpoint = (files) => digestOf(files);
const renderCheckpoint = (checkpoint) => canonicalJson(checkpoint);
/** Can a checkpoint have a file at this path? Also on a machine where `\` and case do not count. */
function isCheckpointPath(path) {
	if (path.length > 500 || /[\u0000-\u001f\u007f\\]/.test(path) || !path.isWellFormed()) return false;
	return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
const sizeBytes = int().min(0);
const digest = custom(isDigest);
const id = int().positive();
const schema$1 = strictObject({
	v: literal(1),
	runId: id,
	runAttempt: id,
	number: id,
	savedAt: datetime(),
	digest,
	files: array(strictObject({
		path: string().refine(isCheckpointPath),
		sizeBytes,
		digest
	})).min(1).max(maxCheckpointFiles)
});
/**
* Reads what a checkpoint says about itself. It was written beside pull-request code.
* @throws InputError CHECKPOINT_BROKEN unless the digest fits the files and every path is one file inside the folder
*/
function parseCheckpoint(text) {
	const parsed = schema$1.safeParse(readJson$1(text));
	if (!parsed.success) throw broken(`${checkpointFileName} is not as it must be`);
	const { files } = parsed.data;
	if (digestCheckpoint(files) !== parsed.data.digest) throw broken("its digest is not that of its files");
	const paths = files.map(({ path }) => path);
	const sorted = sortCheckpointFiles(files).map(({ path }) => path);
	if (paths.some((path, at) => path !== sorted[at])) throw broken("its files are not in order");
	const known = new Set(paths);
	const folders = new Set(paths.flatMap(listFolders));
	if (known.size !== paths.length || paths.some((path) => folders.has(path))) throw broken("two of its files have one path");
	return parsed.data;
}
function readJson$1(text) {
	try {
		return parseStrictJson(text, checkpointFileName);
	} catch (cause) {
		throw broken(`${checkpointFileName} is no JSON that we read`, cause);
	}
}
const listFolders = (path) => path.split("/").map((_, at, parts) => parts.slice(0, at).join("/"));
function broken(why, cause) {
	return new InputError("CHECKPOINT_BROKEN", `The checkpoint is not used: ${why}`, {
		hint: "The one before it is tried; without any the training begins anew.",
		cause
	});
}

// adapters/checkpoint/unpack.ts
const usualDelaysMs = [2e3, 15e3];
const marginBytes$1 = 256 * 1024 ** 2;
/**
* Downloads a checkpoint and unpacks it into `files` of the scratch folder, every file checked against its digest.
* @throws InputError CHECKPOINT_BROKEN, ARCHIVE_REFUSED, ARTIFACT_MISSING, ARTIFACT_TOO_LARGE; ServiceError when it does not come
*/
async function unpackCheckpoint({ artifact, name }, { runId, scratch, limitBytes = uploadLimitBytes, delaysMs = usualDelaysMs }, reader) {
	const zip = join(scratch, "checkpoint.zip");
	const { digest } = await download(reader, artifact.id, zip, delaysMs);
	if (artifact.digest !== null && artifact.digest !== digest) throw broken("other bytes came than GitHub names");
	return withFile(zip, async (source) => {
		const limits = {
			entries: maxCheckpointFiles + 2,
			entryBytes: limitBytes
		};
		const entries = new Map((await listArchive(source, limits)).map((entry) => [entry.name, entry]));
		const checkpoint = parseCheckpoint(await readText(source, entries, checkpointFileName, maxCheckpointTextBytes));
		if (!(checkpoint.runId === runId && checkpoint.runAttempt === name.runAttempt && checkpoint.number === name.number && checkpoint.digest.startsWith(`sha256:${name.start}`))) throw broken("it is not the one that its name says");
		await checkSpace(checkpoint, scratch, limitBytes);
		await unpackFiles(source, entries, checkpoint, join(scratch, "files"));
		return {
			checkpoint,
			attempts: await readAttempts(source, entries, runId, reader.log)
		};
	});
}
/** Hours of a GPU are lost where a download is given up too soon. */
async function download(reader, id, zip, delaysMs) {
	for (let attempt = 0;; attempt += 1) {
		const delayMs = delaysMs[attempt];
		try {
			return await reader.download(id, zip);
		} catch (error) {
			if (delayMs === void 0 || !(error instanceof ServiceError)) throw error;
			await setTimeout$1(delayMs);
		}
	}
}
async function checkSpace({ files }, scratch, limitBytes) {
	const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
	if (sizeBytes > limitBytes) throw broken(`it has ${sizeBytes} bytes, at most ${limitBytes} are taken`);
	const disk = await statfs(scratch);
	if (disk.bavail * disk.bsize < sizeBytes + marginBytes$1) throw broken(`its ${sizeBytes} bytes do not fit on this disk`);
}
async function unpackFiles(source, entries, { files }, folder) {
	for (const [at, { path, sizeBytes, digest }] of files.entries()) {
		const entry = entries.get(storedName(at));
		if (entry?.sizeBytes !== sizeBytes) throw broken("a file of it is missing or has another size");
		const { hex } = await copyHashed(readEntry(source, entry), join(folder, path), "sha256", sizeBytes);
		if (`sha256:${hex}` !== digest) throw broken("a file of it is not what its digest says");
	}
}
async function readText(source, entries, name, maxBytes) {
	const entry = entries.get(name);
	if (entry === void 0 || entry.sizeBytes > maxBytes) throw broken(`it has no ${name} of fitting size`);
	return (await readWhole(source, entry)).toString("utf8");
}
async function readAttempts(source, entries, runId, log) {
	try {
		return parseAttemptLog(await readText(source, entries, attemptLogFileName, maxAttemptLogBytes), runId);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		log(error.message);
		return null;
	}
}

// adapters/checkpoint/restore.ts
/** Three broken ones in a row are no accident. */
const maxTried = 3;
/**
* Puts the newest checkpoint of this run into its folder; a broken one is passed over, which the log tells.
* What lay in the folder is removed. Every file is checked against its digest before the folder is touched.
* @returns null: there is none, the training begins anew
* @throws InputError CHECKPOINT_FOLDER when the folder leads out of the repository; ServiceError when artifacts cannot be listed
*/
async function restoreCheckpoint(request, reader) {
	const target = await requireInside(request.workspace, request.folder);
	const found = listCheckpoints(request.key, await reader.list());
	for (const candidate of found.slice(0, maxTried)) {
		await rm(request.scratch, {
			recursive: true,
			force: true
		});
		await mkdir(request.scratch, { recursive: true });
		try {
			const restored = await unpackCheckpoint(candidate, request, reader);
			await replaceFolder(join(request.scratch, "files"), target);
			return restored;
		} catch (error) {
			if (!(error instanceof GatehouseError)) throw error;
			reader.log(`${candidate.artifact.name}: ${error.message}`);
		} finally {
			await rm(request.scratch, {
				recursive: true,
				force: true
			});
		}
	}
	if (found.length > 0) reader.log("No checkpoint of this run can be used: the training begins anew.");
	return null;
}
/** Newest first. */
function listCheckpoints(key, artifacts) {
	return artifacts.flatMap((artifact) => {
		const name = parseCheckpointName(key, artifact.name);
		return name === null ? [] : [{
			artifact,
			name
		}];
	}).toSorted((a, b) => b.name.runAttempt - a.name.runAttempt || b.name.number - a.name.number);
}

// adapters/checkpoint/snapshot.ts
/** Left free: a checkpoint must not be what fills the disk of the training. */
const marginBytes = 512 * 1024 ** 2;
const usualMostListed = 10 * maxCheckpointFiles;
const readBytes = 1048576;
/**
* Copies the folder in which the command keeps its checkpoint. Links are not followed and not kept, wherever on the way
* from the workspace they are: in a container the command reaches less of the machine than we do.
* The copy is only used when nothing changed while it was made: half a checkpoint is none.
* @returns and the mark of this look
*/
async function takeSnapshot(request) {
	const { mostListed = usualMostListed } = request;
	const folder = await findFolder(request);
	const files = folder === null ? [] : await listFolder(folder, mostListed);
	if (files === null) return {
		outcome: tooMany(mostListed),
		mark: null
	};
	if (folder === null || files.length === 0) return {
		outcome: { kind: "empty" },
		mark: null
	};
	const mark = markOf(files);
	if (mark === request.mark) return {
		outcome: { kind: "unchanged" },
		mark
	};
	const because = await findObstacle(files, request);
	if (because !== null) return {
		outcome: {
			kind: "refused",
			because
		},
		mark
	};
	await mkdir(request.copies, { recursive: true });
	const copied = [];
	for (const [at, file] of files.entries()) {
		const copy = await copyListed(folder, file, join(request.copies, storedName(at)));
		if (copy === null) return {
			outcome: { kind: "unsettled" },
			mark: null
		};
		copied.push(copy);
	}
	const after = await listFolder(folder, mostListed);
	if (after === null || markOf(after) !== mark) return {
		outcome: { kind: "unsettled" },
		mark: null
	};
	return {
		outcome: {
			kind: "snapshot",
			digest: digestCheckpoint(copied),
			files: copied,
			folder: request.copies
		},
		mark
	};
}
const tooMany = (most) => ({
	kind: "refused",
	because: `it has more than ${most} files and folders: put them into an archive`
});
/** Where it really lies; null: it is not there, or a link is on its way. */
async function findFolder({ workspace, folder }) {
	if ((await lstat(workspace)).isSymbolicLink()) return null;
	const place = join(await realpath(workspace), relative(workspace, folder));
	return await realpath(place).catch(() => null) === place ? place : null;
}
/** @returns null when it is not the file that was listed, or not any more: it is not settled */
async function copyListed(folder, file, copy) {
	const from = join(folder, file.path);
	const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
	const handle = await open(from, flags).catch(() => null);
	if (handle === null) return null;
	try {
		if (!await isListed(handle, from, file)) return null;
		const bytes = handle.createReadStream({
			autoClose: false,
			highWaterMark: readBytes
		});
		const { hex, sizeBytes } = await copyHashed(bytes, copy, "sha256", file.sizeBytes);
		return {
			path: file.path,
			sizeBytes,
			digest: `sha256:${hex}`
		};
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	} finally {
		await handle.close();
	}
}
/** A folder above it may have been a link for a moment. What is open tells where it lies, on Linux. */
async function isListed(handle, from, { path, mark }) {
	if (describe$1(path, await handle.stat({ bigint: true })) !== mark) return false;
	return await readlink(`/proc/self/fd/${handle.fd}`).catch(() => from) === from;
}
const markOf = (files) => files.map(({ mark }) => mark).join("\n");
/** Plain files below a folder, in order; null: too many to be looked through. */
async function listFolder(folder, most) {
	const found = [];
	const waiting = [""];
	for (let at = 0; at < waiting.length; at += 1) {
		const parent = waiting[at] ?? "";
		const entries = await readdir(join(folder, parent), { withFileTypes: true }).catch(() => []);
		if (entries.length + found.length + waiting.length > most) return null;
		for (const entry of entries) {
			const path = parent === "" ? entry.name : `${parent}/${entry.name}`;
			if (entry.isDirectory()) waiting.push(path);
			else if (entry.isFile()) {
				const stats = await lstat(join(folder, path), { bigint: true }).catch(() => null);
				if (stats !== null) found.push({
					path,
					sizeBytes: Number(stats.size),
					mark: describe$1(path, stats)
				});
			}
		}
	}
	return sortCheckpointFiles(found);
}
const describe$1 = (path, { size, mtimeNs, ctimeNs, ino }) => `${JSON.stringify(path)} ${size} ${mtimeNs} ${ctimeNs} ${ino}`;
async function findObstacle(files, { copies, limitBytes, folder }) {
	if (files.length > 1e3) return `it has ${files.length} files, at most ${maxCheckpointFiles} are kept: put them into an archive`;
	const odd = files.find(({ path }) => !isCheckpointPath(path));
	if (odd !== void 0) return `a file name of it cannot be kept: ${JSON.stringify(odd.path.slice(0, 80))}`;
	const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
	if (sizeBytes > limitBytes) return `it has ${toMib(sizeBytes)} MiB, at most ${toMib(limitBytes)} MiB are kept: leave older ones out of it`;
	const disk = await statfs(join(copies, "..")).catch(() => statfs(folder));
	const freeBytes = disk.bavail * disk.bsize;
	if (freeBytes < sizeBytes + marginBytes) return `a copy of it needs ${toMib(sizeBytes + marginBytes)} MiB of disk, ${toMib(freeBytes)} MiB are free`;
	return null;
}
const toMib = (bytes) => Math.ceil(bytes / 1024 ** 2);

// adapters/checkpoint/save.ts
const usualLimitBytes = uploadLimitBytes - 4 * 1024 ** 2;
/** GitHub takes 500 artifacts of a job; the training has others. */
const maxUploads = 400;
/** A broken one must not be the only one. */
const keptUploads = 2;
/**
* Opens the saver of one training. The same bytes are never uploaded twice, and of what this job uploads the newest two
* stay: the others are removed.
*/
function openCheckpointSaver(options) {
	const { now, everyMs, log } = options;
	const state = {
		mark: null,
		number: 0,
		names: [],
		told: null,
		newest: options.restored
	};
	let dueAt = now().getTime();
	let running = null;
	const save = () => {
		running ??= saveOnce(options, state).then((settled) => {
			if (settled) dueAt = now().getTime() + everyMs;
		}).catch((error) => {
			dueAt = now().getTime() + everyMs;
			log(`The checkpoint is not safe yet: ${messageOf(error)}`);
		}).finally(() => {
			running = null;
		});
		return running;
	};
	return {
		look: async () => {
			if (running === null && now().getTime() >= dueAt) await save();
		},
		save: async () => {
			if (running !== null) await running;
			await save();
			return state.newest;
		},
		newest: () => state.newest
	};
}
/** @returns false when it must be looked at again soon */
async function saveOnce(options, state) {
	const copies = join(options.scratch, "copies");
	await rm(copies, {
		recursive: true,
		force: true
	});
	try {
		const { limitBytes = usualLimitBytes, workspace, folder } = options;
		const { outcome, mark } = await takeSnapshot({
			workspace,
			folder,
			copies,
			limitBytes,
			mark: state.mark
		});
		if (outcome.kind === "refused" && state.told !== outcome.because) {
			state.told = outcome.because;
			options.log(`The checkpoint is not kept: ${outcome.because}`);
		}
		if (outcome.kind === "snapshot") await upload(options, state, outcome);
		if (outcome.kind === "snapshot" || outcome.kind === "unchanged") state.mark = mark;
		return outcome.kind !== "unsettled" && outcome.kind !== "empty";
	} finally {
		await rm(copies, {
			recursive: true,
			force: true
		});
	}
}
async function upload(options, state, snapshot) {
	const { digest, files } = snapshot;
	if (digest === state.newest) return;
	if (state.number >= maxUploads) throw new Error(`${maxUploads} checkpoints of one job are the most`);
	state.number += 1;
	const checkpoint = {
		v: 1,
		runId: options.runId,
		runAttempt: options.runAttempt,
		number: state.number,
		savedAt: options.now().toISOString(),
		digest,
		files
	};
	const name = checkpointArtifactName(options.key, checkpoint);
	await options.uploader.upload(name, [
		{
			kind: "text",
			name: checkpointFileName,
			text: renderCheckpoint(checkpoint)
		},
		{
			kind: "text",
			name: attemptLogFileName,
			text: renderAttemptLog(options.attempts())
		},
		...files.map((_, at) => ({
			kind: "file",
			name: storedName(at),
			path: join(snapshot.folder, storedName(at))
		}))
	]);
	state.newest = digest;
	const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
	options.log(`Checkpoint ${state.number} is safe: ${files.length} files, ${sizeBytes} bytes, ${digest}`);
	state.names.push(name);
	while (state.names.length > keptUploads) await removeOldest(options, state);
}
async function removeOldest({ uploader, log }, state) {
	const name = state.names.shift() ?? "";
	await uploader.remove(name).catch((error) => log(`${name} could not be removed: ${messageOf(error)}`));
}
function messageOf(error) {
	if (error instanceof GatehouseError) return error.message;
	return error instanceof Error ? error.message : String(error);
}

// actions/train-model/attempt-keeper.ts
/** Keeps checkpoint and attempts of a training as artifacts of its run. */
function openAttemptKeeper(inputs, deps) {
	const { runId, runAttempt } = inputs;
	const { checkpoint, retry } = inputs.model.train;
	const key = trainingKey(inputs.modelName, inputs.trial?.number ?? null);
	const uploader = retry.attempts > 1 || checkpoint !== void 0 ? deps.uploader : null;
	const common = {
		key,
		runId,
		runAttempt,
		now: deps.now,
		log: deps.log
	};
	let recorder = null;
	let saver = null;
	return {
		restore: async () => {
			const restored = await restore(key, inputs, deps);
			recorder = openAttemptRecorder({
				...common,
				earlier: restored.attempts,
				uploader
			});
			if (uploader !== null && checkpoint !== void 0) saver = openCheckpointSaver({
				...common,
				workspace: inputs.workspace,
				folder: join(inputs.workspace, checkpoint.folder),
				scratch: join(deps.scratch, "save"),
				everyMs: checkpoint.everyMinutes * 6e4,
				uploader,
				attempts: recorder.current,
				restored: restored.digest
			});
			return restored;
		},
		begin: async (attempt) => recorder?.begin(attempt),
		look: async () => {
			await saver?.look();
			return saver?.newest() ?? null;
		},
		end: async (attempt, isOver) => {
			await recorder?.end(attempt);
			return (isOver ? saver?.newest() : await saver?.save()) ?? null;
		}
	};
}
/** What cannot be read is told in the log: the training then begins anew, and is no worse than without it. */
async function restore(key, inputs, deps) {
	if (inputs.runAttempt < 2) return {
		digest: null,
		attempts: []
	};
	try {
		return await readRun(key, inputs, deps);
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		deps.log(`What an earlier job of this run left could not be read: ${error.message} ${error.hint}`);
		return {
			digest: null,
			attempts: []
		};
	}
}
async function readRun(key, inputs, deps) {
	const { runId, workspace } = inputs;
	const { checkpoint } = inputs.model.train;
	const scratch = join(deps.scratch, "restore");
	const found = checkpoint === void 0 ? null : await restoreCheckpoint({
		key,
		runId,
		workspace,
		folder: checkpoint.folder,
		scratch
	}, deps.reader);
	const log = newerOf(await readAttemptLog(key, runId, scratch, deps.reader), found?.attempts ?? null);
	const digest = found?.checkpoint.digest ?? null;
	const attempts = log === null ? [] : closeAttempts(log);
	deps.log(`${attempts.length} earlier attempts of this run; ${digest ?? "no checkpoint"}`);
	return {
		digest,
		attempts
	};
}
function newerOf(a, b) {
	if (a === null || b === null) return a ?? b;
	return Date.parse(a.heardAt) >= Date.parse(b.heardAt) ? a : b;
}

// actions/train-model/require-done.ts
/**
* Fails the step of a training that is not done, after its record was written.
* @throws InputError TRAIN_FAILED when the command said so itself, TRAIN_TIMEOUT at the time limit; ServiceError
* TRAIN_ENDED for all other ends: they say nothing about the model
*/
function requireDone({ record }) {
	const { outcome, attempts } = record;
	if (outcome === "done") return;
	const last = attempts.at(-1);
	const many = attempts.length > 1 ? ` after ${attempts.length} attempts` : "";
	const what = `The training command ended with ${last?.how ?? "nothing"}${many}`;
	const hint = outcomeHint(outcome);
	if (outcome === "failed") throw new InputError("TRAIN_FAILED", what, { hint });
	if (outcome === "timed-out") throw new InputError("TRAIN_TIMEOUT", `The training did not end within its time limit${many}`, { hint });
	throw new ServiceError("TRAIN_ENDED", `${what} (${outcome})`, { hint });
}

// core/training/retry.ts
/**
* Says whether a training that broke off is tried again.
* @param attempts all attempts of the run so far, over all its jobs, in order
* @param leftMs of the time limit
* @returns `again` with a wait shorter than the time left
*/
function decideRetry(rule, attempts, leftMs) {
	const last = attempts.at(-1);
	if (last === void 0) return {
		kind: "again",
		waitMs: 0
	};
	const { outcome } = last;
	if (outcome === "done") return {
		kind: "end",
		because: "it is done"
	};
	if (!rule.causes.some((cause) => cause === outcome)) return {
		kind: "end",
		because: `an attempt that ended "${outcome}" is not tried again${retryCauses.some((cause) => cause === outcome) ? " (train.retry.causes in model.yml)" : ""}`
	};
	if (!(attempts.length < rule.attempts)) return {
		kind: "end",
		because: `${attempts.length} of ${rule.attempts} attempts were made`
	};
	const waitMs = rule.backoffSeconds * 1e3 * 2 ** (attempts.length - 1);
	if (!(leftMs > waitMs)) return {
		kind: "end",
		because: "the time limit leaves no room for another attempt"
	};
	return {
		kind: "again",
		waitMs
	};
}

// core/training/usage.ts
const noUsage = {
	samples: 0,
	peakMemoryMib: null,
	gpuPeakMemoryMib: null,
	utilisation: null,
	power: null
};
const msPerHour = 36e5;
/** Adds one sample; what it does not tell changes nothing. */
function addSample(fold, { atMs, memoryMib, gpus }) {
	const known = gpus ?? [];
	const shares = known.flatMap(({ utilisation }) => keep(utilisation));
	const watts = known.flatMap(({ powerW }) => keep(powerW));
	return {
		samples: fold.samples + 1,
		peakMemoryMib: highest([fold.peakMemoryMib, memoryMib]),
		gpuPeakMemoryMib: highest([fold.gpuPeakMemoryMib, ...known.map(({ usedMib }) => usedMib)]),
		utilisation: shares.length === 0 ? fold.utilisation : extend(fold.utilisation, atMs, mean(shares)),
		power: watts.length === 0 || watts.length < known.length ? fold.power : extend(fold.power, atMs, watts.reduce((sum, value) => sum + value, 0))
	};
}
function toUsage({ samples, peakMemoryMib, gpuPeakMemoryMib, utilisation, power }) {
	return {
		samples,
		peakMemoryMib,
		gpuUtilisation: utilisation === null ? null : meanOf(utilisation),
		gpuPeakMemoryMib,
		gpuEnergyWh: power === null || power.spanMs === 0 ? null : power.area / msPerHour
	};
}
/** Two attempts of one job as one: peaks are the higher ones, energy adds up, utilisation is weighed by samples. */
function joinUsage(a, b) {
	if (a === null || b === null) return a ?? b;
	const shares = [a, b].flatMap(({ gpuUtilisation, samples }) => gpuUtilisation === null ? [] : [{
		value: gpuUtilisation,
		samples
	}]);
	const weight = shares.reduce((sum, { samples }) => sum + samples, 0);
	const energies = [a.gpuEnergyWh, b.gpuEnergyWh].flatMap(keep);
	return {
		samples: a.samples + b.samples,
		peakMemoryMib: highest([a.peakMemoryMib, b.peakMemoryMib]),
		gpuUtilisation: weight === 0 ? null : shares.reduce((sum, { value, samples }) => sum + value * samples, 0) / weight,
		gpuPeakMemoryMib: highest([a.gpuPeakMemoryMib, b.gpuPeakMemoryMib]),
		gpuEnergyWh: energies.length === 0 ? null : energies.reduce((sum, value) => sum + value, 0)
	};
}
function extend(curve, atMs, value) {
	if (!Number.isFinite(atMs)) return curve;
	if (curve === null) return {
		first: value,
		lastMs: atMs,
		last: value,
		spanMs: 0,
		area: 0
	};
	const passedMs = Math.max(atMs - curve.lastMs, 0);
	return {
		first: curve.first,
		lastMs: Math.max(atMs, curve.lastMs),
		last: value,
		spanMs: curve.spanMs + passedMs,
		area: curve.area + passedMs * (curve.last + value) / 2
	};
}
/** Over time, not over samples: the first ones follow each other faster. */
function meanOf({ first, spanMs, area }) {
	return spanMs === 0 ? first : area / spanMs;
}
function keep(value) {
	return value !== null && Number.isFinite(value) && value >= 0 ? [value] : [];
}
function highest(values) {
	const known = values.flatMap(keep);
	return known.length === 0 ? null : Math.max(...known);
}
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// adapters/machine/sampler.ts
const firstWaitMs = 250;
const shortestMs = 100;
/** A tool that failed this often in a row is not asked again. */
const patience = 3;
/** What a sample in flight may hold up the end of a training. */
const stopLimitMs = 2e3;
/**
* Looks at a running command from time to time: memory of it and of everything that it started (Linux), use, memory and
* power of its GPUs. Takes constant memory. Whatever fails is a sample that tells less: never a failure of the training.
*/
function startSampler(inputs) {
	const everyMs = Number.isFinite(inputs.everyMs) ? Math.max(inputs.everyMs, shortestMs) : 1e4;
	const reader = new UseReader(inputs);
	let fold = noUsage;
	let running = Promise.resolve();
	let timer;
	let stopped = false;
	const look = (waitMs) => {
		running = reader.sample().then((sample) => {
			if (stopped) return;
			fold = addSample(fold, {
				atMs: performance.now(),
				...sample
			});
			timer = setTimeout(() => look(Math.min(waitMs * 2, everyMs)), waitMs);
			timer.unref();
		});
	};
	look(Math.min(firstWaitMs, everyMs));
	return { stop: async () => {
		clearTimeout(timer);
		await Promise.race([running, new Promise((resolve) => setTimeout(resolve, stopLimitMs).unref())]);
		stopped = true;
		clearTimeout(timer);
		return toUsage(fold);
	} };
}
var UseReader = class {
	inputs;
	/** Undefined: not asked yet. Null: not asked again. */
	tool;
	faults = 0;
	/** Marks of processes by number and start: an environment is read once. Holds living processes alone. */
	marks = /* @__PURE__ */ new Map();
	constructor(inputs) {
		this.inputs = inputs;
	}
	async sample() {
		const [memoryMib, gpus] = await Promise.all([this.memory().catch(() => null), this.gpus().catch(() => null)]);
		return {
			memoryMib,
			gpus
		};
	}
	/**
	* Resident memory of the family, summed: pages that processes share count for each of them. A single process tells its
	* own highest besides, so that a peak between two samples is not lost.
	*/
	async memory() {
		const table = await readProcesses();
		if (table === null) return null;
		const family = listFamily(table, this.inputs.pid);
		let sum = 0;
		let single = 0;
		let known = false;
		for (const fact of await this.addMarked(table, family)) {
			const { nowMib, peakMib } = await readMemory(fact.pid);
			known ||= nowMib !== null;
			sum += nowMib ?? 0;
			single = Math.max(single, peakMib ?? 0);
		}
		return known ? Math.max(sum, single) : null;
	}
	async addMarked(table, family) {
		const { mark } = this.inputs;
		if (mark === void 0) return table.filter(({ pid }) => family.has(pid));
		const marks = /* @__PURE__ */ new Map();
		const found = [];
		for (const fact of table) {
			const key = `${fact.pid}/${fact.start}`;
			const marked = family.has(fact.pid) || (this.marks.get(key) ?? await readMark(fact.pid) === mark);
			marks.set(key, marked);
			if (marked && fact.pid !== process$1.pid) found.push(fact);
		}
		this.marks = marks;
		return found;
	}
	async gpus() {
		const { env } = this.inputs;
		if (this.tool === void 0) {
			const { tool, gpus } = await readVisibleGpus(env);
			this.tool = gpus.length === 0 ? null : tool;
			return this.tool === null ? null : gpus;
		}
		if (this.tool === null) return null;
		const gpus = await readUse(this.tool, env);
		this.faults = gpus === null ? this.faults + 1 : 0;
		if (this.faults >= patience) this.tool = null;
		return gpus;
	}
};

// core/training/progress-line.ts
/** A longer line is no progress. */
const maxLineLength$1 = 4e3;
const maxDepth$1 = 5;
const mark = "gatehouse:";
const colours = /\u001b\[[0-9;]*m/g;
/**
* Reads one line that a training command prints, anywhere among its other lines:
* `gatehouse: epoch=6/20 step=120/400 loss=0.31`, or `gatehouse: {"epoch": 6, "epochs": 20, "loss": 0.31}`.
* A logger may put its own words in front.
* @param line without its end; pull-request controlled
* @param at ISO 8601 UTC, when it was printed
* @returns null for every other line, and for one that says no finite number
*/
function parseProgressLine(line, at) {
	if (line.length > maxLineLength$1) return null;
	if (line.indexOf(mark) < 0) return null;
	const plain = line.replace(colours, "");
	const found = plain.indexOf(mark);
	if (/[\w.-]$/.test(plain.slice(0, found))) return null;
	const said = plain.slice(found + 10).trim();
	const raw = said.startsWith("{") ? readJson(said) : readPairs(said);
	return raw === null ? null : toPoint(raw, at);
}
/** Reads a whole JSON object in the same words, as dvclive writes `metrics.json`. @returns null for anything else */
function parseProgressJson(text, at) {
	const raw = readJson(text);
	return raw === null ? null : toPoint(raw, at);
}
function readPairs(text) {
	const raw = {};
	const metrics = [];
	for (const token of text.split(/[\s,;]+/)) {
		const at = token.indexOf("=");
		const [name, value] = [token.slice(0, at), token.slice(at + 1)];
		if (at <= 0) continue;
		if (name === "epoch" || name === "step") {
			const [count = "", total] = value.split("/");
			raw[name] = toNumber(count);
			if (total !== void 0) raw[`${name}s`] = toNumber(total);
		} else if (name === "epochs" || name === "steps") raw[name] = toNumber(value);
		else metrics.push([name, toNumber(value)]);
	}
	return {
		...raw,
		metrics
	};
}
function readJson(text) {
	try {
		const value = parseStrictJson(text, "progress");
		if (!isObject(value)) return null;
		const { epoch, epochs, step, steps, metrics, ...others } = value;
		return {
			epoch,
			epochs,
			step,
			steps,
			metrics: [...isObject(metrics) ? flatten(metrics, "", 0) : [], ...flatten(others, "", 0)]
		};
	} catch {
		return null;
	}
}
/** dvclive writes the metric `val/loss` as `{"val": {"loss": 0.4}}`. */
function flatten(value, prefix, depth) {
	return Object.entries(value).flatMap(([name, inner]) => isObject(inner) && depth < maxDepth$1 ? flatten(inner, `${prefix}${name}/`, depth + 1) : [[`${prefix}${name}`, inner]]);
}
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// core/training/progress-series.ts
/**
* Reads the history of one metric as dvclive writes it: columns `step` and the metric, with `timestamp` in front where
* the team asked for it. The header and lines without two numbers are left out, a last line without its end too.
* @param name of the metric: path of the file below `plots/metrics`, without `.tsv`
* @see https://dvc.org/doc/dvclive/live/log_metric
*/
function parseDvcliveSeries(name, text) {
	return toSeries(name, text, "	", (fields) => [fields.at(-2), fields.at(-1)]);
}
/**
* Reads the history of one metric in MLflow's file store, a line for each value: `timestamp value step`.
* MLflow takes two fields as well, which is step 0; what a later version adds behind them is not read.
* @see https://github.com/mlflow/mlflow/blob/v2.14.0/mlflow/store/tracking/file_store.py, _get_metric_from_line
*/
function parseMlflowSeries(name, text) {
	return toSeries(name, text, " ", ([, value, step = "0"]) => [step, value]);
}
/** Puts the metrics of one run together, a point for each step. @param at ISO 8601 UTC, when they were read */
function joinSeries(series, at) {
	const steps = /* @__PURE__ */ new Map();
	for (const { name, values } of series) for (const { step, value } of values) {
		const metrics = steps.get(step) ?? [];
		steps.set(step, metrics);
		metrics.push([name, value]);
	}
	return [...steps].sort(([a], [b]) => a - b).flatMap(([step, metrics]) => toPoint({
		step,
		metrics
	}, at) ?? []);
}
function toSeries(name, text, separator, pick) {
	return {
		name,
		values: text.split("\n").slice(0, -1).slice(-1e4).flatMap((line) => {
			const fields = line.replace(/\r$/, "").split(separator);
			const [step, value] = pick(fields).map((field = "") => toNumber(field.trim()));
			return step == null || value == null || fields.length < 2 ? [] : [{
				step,
				value
			}];
		})
	};
}

// adapters/training/progress-files.ts
/** Of one file, from its end: the newest values. */
const maxFileBytes = 262144;
/** Of one look: more metrics than these are no table. */
const maxFiles = 40;
const maxEntries = 2e3;
const maxDepth = 6;
/**
* Reads the progress that a command writes into files beside what it prints: folders of dvclive and of MLflow's file
* store, `metrics.json`, and any other text file with lines of progress. It is read while it is written, so nothing that
* is missing, broken or half there is an error: it says nothing yet.
* @param folder checkout in which the command runs
* @param paths `train.progress` of model.yml, relative to the folder; no link is followed out of it or below it
* @param at ISO 8601 UTC, now
* @returns points in the order of their steps; the whole history each time
*/
async function readProgressFiles(folder, paths, at) {
	const points = [];
	for (const path of paths) {
		const start = await findInside(folder, path);
		if (start !== null) points.push(...await readPath(start, path, at));
	}
	return points;
}
async function findInside(folder, path) {
	try {
		const [root, file] = [await realpath(folder), await realpath(join(folder, path))];
		const way = relative(root, file);
		return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : file;
	} catch {
		return null;
	}
}
async function readPath(start, path, at) {
	const kind = await lstat(start).catch(() => null);
	if (kind === null) return [];
	if (kind.isFile()) return readOne({
		file: start,
		name: path.split("/").at(-1) ?? path
	}, at);
	const files = await listFiles(start);
	const histories = files.filter(({ name }) => name.endsWith(".tsv")).slice(0, maxFiles);
	const series = histories.length > 0 ? await readAll(histories, toDvclive) : await readMlflow(files);
	if (series.length > 0) return joinSeries(series, at);
	const summary = files.find(({ name }) => name === "metrics.json");
	return summary === void 0 ? [] : readOne(summary, at);
}
async function readOne(found, at) {
	const text = await readEnd(found.file);
	if (found.name.endsWith(".tsv")) return joinSeries([toDvclive(found.name, text)], at);
	if (found.name.endsWith(".json")) return [parseProgressJson(text, at) ?? []].flat();
	return text.split("\n").flatMap((line) => parseProgressLine(line, at) ?? []);
}
const toDvclive = (name, text) => parseDvcliveSeries(name.replace(/^(?:.*\/)?plots\/metrics\//, "").replace(/\.tsv$/, ""), text);
const runFile = /^(?:(?:.*\/)?([0-9a-f]{32})\/)?metrics\/(.+)$/;
/** A store holds every run of the machine: the newest one is ours. */
async function readMlflow(files) {
	const runs = /* @__PURE__ */ new Map();
	for (const { file, name } of files) {
		const [, id = "", metric] = runFile.exec(name) ?? [];
		if (metric === void 0) continue;
		const run = runs.get(id) ?? {
			files: [],
			newest: 0
		};
		const changed = await lstat(file).catch(() => null);
		run.newest = Math.max(run.newest, changed?.mtimeMs ?? 0);
		run.files.push({
			file,
			name: metric
		});
		runs.set(id, run);
	}
	const [newest] = [...runs.values()].sort((a, b) => b.newest - a.newest);
	return newest === void 0 ? [] : readAll(newest.files.slice(0, maxFiles), parseMlflowSeries);
}
async function readAll(files, parse) {
	const series = [];
	for (const { file, name } of files) {
		const each = parse(name, await readEnd(file));
		if (each.values.length > 0) series.push(each);
	}
	return series;
}
/** Plain files below a folder, in the order of their names; links are left where they are. */
async function listFiles(folder) {
	const found = [];
	let left = maxEntries;
	const walk = async (path, depth) => {
		const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
		for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
			left -= 1;
			if (left < 0) return;
			const name = path === "" ? entry.name : `${path}/${entry.name}`;
			if (entry.isFile()) found.push({
				file: join(folder, name),
				name
			});
			else if (entry.isDirectory() && depth < maxDepth) await walk(name, depth + 1);
		}
	};
	await walk("", 0);
	return found;
}
/** Text of a file, of a long one its last whole lines; nothing when it is gone or became a link meanwhile. */
async function readEnd(file) {
	try {
		const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		try {
			const kind = await handle.stat();
			if (!kind.isFile()) return "";
			const start = Math.max(0, kind.size - maxFileBytes);
			const bytes = Buffer.alloc(Math.min(kind.size, maxFileBytes));
			const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
			const text = bytes.toString("utf8", 0, bytesRead);
			return start === 0 ? text : text.slice(text.indexOf("\n") + 1);
		} finally {
			await handle.close();
		}
	} catch {
		return "";
	}
}

// actions/train-model/run-stages.ts
const nothingRan = {
	outcome: "done",
	how: "no stage had changed"
};
/**
* Runs the stages of dvc.yaml that changed, and writes dvc.lock beside it as DVC would.
* @throws InputError for a pipeline that is not understood or whose data cannot be had
*/
async function runStages(file, inputs, log, runText) {
	let last = {
		end: nothingRan,
		lastLines: [],
		image: null,
		stages: []
	};
	const result = await runPipeline({
		file,
		workspace: inputs.workspace,
		remote: openRemote(inputs.dataUrl, inputs.network),
		runCommand: async (text, folder) => {
			last = await runText(text, folder);
			return { kind: last.end.outcome === "done" ? "done" : "ended" };
		},
		log
	});
	for (const { name, action, reasons } of result.stages) log(`stage ${name}: ${action}${reasons.length === 0 ? "" : ` (${reasons.join("; ")})`}`);
	return {
		...last,
		stages: result.stages
	};
}
/** Where the lock of a pipeline lies. */
const lockPathOf = (pipeline) => posix.join(posix.dirname(pipeline), "dvc.lock");

// actions/train-model/run-attempt.ts
const sampleMs = 1e4;
/** Runs the command once and watches it: progress, use of the machine, checkpoints. */
async function runAttempt$1(plan, inputs, deps) {
	const startedAt = deps.now();
	const begun = {
		number: plan.number,
		runAttempt: inputs.runAttempt,
		runner: inputs.runner || "unknown",
		startedAt: startedAt.toISOString(),
		resumedFrom: plan.resumedFrom
	};
	const watch = new AttemptWatch(plan, inputs, deps, begun.startedAt);
	await plan.keeper?.begin(begun);
	let sampler;
	const started = (pid) => {
		sampler = startSampler({
			pid,
			env: plan.env,
			everyMs: sampleMs,
			mark: renderRunMark(plan.mark)
		});
	};
	watch.start();
	let ran;
	try {
		ran = await runCommand(plan, inputs, deps, {
			log: watch.take,
			started
		});
	} finally {
		await watch.stop();
	}
	const usage = await sampler?.stop() ?? null;
	const attempt = {
		...begun,
		durationMs: deps.now().getTime() - startedAt.getTime(),
		...ran.end
	};
	await watch.finish(attempt);
	return {
		attempt,
		progress: watch.progress,
		usage,
		image: ran.image,
		stages: ran.stages,
		lastLines: ran.lastLines
	};
}
/** The command, or the stages of a pipeline that changed. */
async function runCommand(plan, inputs, { cancel }, own) {
	const { workspace } = inputs;
	const { command, pipeline } = inputs.model.train;
	const runOne = (text, folder) => runText({
		text,
		folder,
		cancel,
		...own
	}, plan, inputs);
	return pipeline === void 0 ? runOne(command, workspace) : runStages(pipeline, inputs, own.log, runOne);
}
async function runText(one, plan, inputs) {
	const { workspace, dataFolder, runId, runAttempt } = inputs;
	const { train } = inputs.model;
	const { env, container, scratch, checkpointFolder } = plan;
	const command = {
		...one,
		env,
		timeoutMs: Math.max(0, plan.deadlineMs - performance.now())
	};
	if (plan.cluster !== null) {
		const { lastLines, ...end } = await plan.cluster.run({
			...command,
			number: plan.number
		});
		return {
			end,
			lastLines,
			image: null,
			stages: []
		};
	}
	if (container === null || train.image === void 0) return toRan(await watchTeamCommand(command), null);
	const { end, image } = await runInContainer({
		...command,
		engine: container,
		image: train.image,
		mounts: [
			workspace,
			dataFolder,
			scratch,
			...checkpointFolder === null ? [] : [checkpointFolder]
		],
		home: scratch,
		gpus: gpusOf(plan.machine, neededGpus(train.needs)),
		name: containerName(runId, runAttempt, plan.number, plan.mark.start),
		runId
	});
	return toRan(end, image === null ? null : `${train.image.split("@")[0]}@${image.digest}`);
}
function toRan(facts, image) {
	return {
		end: classifyEnd(facts),
		lastLines: facts.lastLines,
		image,
		stages: []
	};
}
function gpusOf({ gpuTool }, needed) {
	if (needed === 0) return "none";
	return gpuTool === "rocm-smi" ? "amd" : "nvidia";
}
/** What is looked at while the command runs: never a reason for it to fail. */
var AttemptWatch = class {
	progress;
	#inputs;
	#deps;
	#keeper;
	#timer;
	#looking = Promise.resolve();
	constructor(plan, inputs, deps, startedAt) {
		const { modelName: model, commit, runId, runAttempt } = inputs;
		const { attempts } = inputs.model.train.retry;
		const start = {
			model,
			commit,
			runId,
			runAttempt,
			attempt: plan.number,
			attempts,
			startedAt
		};
		this.progress = startProgress(start);
		this.#inputs = inputs;
		this.#deps = deps;
		this.#keeper = plan.keeper;
	}
	/** Takes a line that the command printed. */
	take = (line) => {
		const point = parseProgressLine(line, this.#deps.now().toISOString());
		if (point !== null) this.progress = addPoint(this.progress, point);
		this.#deps.log(line);
	};
	start() {
		const again = () => {
			this.#timer = setTimeout(() => {
				this.#looking = this.#look().then(again);
			}, this.#deps.lookMs);
			this.#timer.unref();
		};
		again();
	}
	async stop() {
		clearTimeout(this.#timer);
		await this.#looking;
		clearTimeout(this.#timer);
	}
	/** Leaves the last state, and what a further attempt goes on from. */
	async finish(attempt) {
		await this.#readFiles();
		const { outcome } = attempt;
		const isOver = outcome === "done" || outcome === "failed";
		this.#note(await this.#keeper?.end(attempt, isOver));
		await this.#deps.shelf?.finish(this.progress);
	}
	async #look() {
		await this.#readFiles();
		this.#note(await this.#keeper?.look());
		await this.#deps.shelf?.offer(this.progress);
	}
	async #readFiles() {
		const { progress } = this.#inputs.model.train;
		if (progress.length === 0) return;
		const at = this.#deps.now().toISOString();
		const points = await readProgressFiles(this.#inputs.workspace, progress, at);
		this.progress = addFilePoints(this.progress, points);
	}
	#note(checkpoint) {
		if (checkpoint) this.progress = {
			...this.progress,
			checkpoint
		};
	}
};
/** Where the command keeps what it needs to go on; null: model.yml names no such folder. */
function checkpointFolderOf(inputs) {
	const { checkpoint } = inputs.model.train;
	return checkpoint === void 0 ? null : join(inputs.workspace, checkpoint.folder);
}

// actions/train-model/attempt-loop.ts
/** Tries until it is done, until the rule says no, or until the time is over. */
async function runAttempts(plan, inputs, deps) {
	const { retry, timeoutMinutes } = inputs.model.train;
	const deadline = deps.now().getTime() + timeoutMinutes * 6e4;
	const restored = await plan.keeper?.restore() ?? nothing;
	let earlier = restored.attempts;
	let resumedFrom = restored.digest;
	let usage = null;
	for (;;) {
		const number = earlier.length + 1;
		if (number > 1) deps.log(`attempt ${number} of ${Math.max(number, retry.attempts)}${from(resumedFrom)}`);
		const deadlineMs = performance.now() + Math.max(0, deadline - deps.now().getTime());
		const last = await runAttempt$1({
			...plan,
			number,
			resumedFrom,
			deadlineMs
		}, inputs, deps);
		usage = joinUsage(usage, last.usage);
		const all = [...earlier, last.attempt];
		const decision = decideRetry(retry, all, deadline - deps.now().getTime());
		if (decision.kind === "end") {
			if (last.attempt.outcome !== "done") deps.log(`training ended: ${last.attempt.how}; ${decision.because}`);
			return {
				all,
				last,
				usage
			};
		}
		deps.log(`attempt ${number} ended: ${last.attempt.how}; the next one in ${decision.waitMs / 1e3} s`);
		await deps.wait(decision.waitMs);
		if (deps.cancel.aborted) return {
			all,
			last,
			usage
		};
		earlier = all;
		resumedFrom = last.progress.checkpoint ?? resumedFrom;
	}
}
const nothing = {
	digest: null,
	attempts: []
};
const from = (digest) => digest === null ? "" : `, from the checkpoint ${digest.slice(0, 19)}…`;

// actions/train-model/environment.ts
/** What the command sees: an allow-list, our own variables, and those that model.yml names. */
async function makeEnvironment(inputs, scratch, mark) {
	const { seed, environment } = inputs.model.train;
	const checkpoint = checkpointFolderOf(inputs);
	return pickEnvironment(inputs.env, {
		...pickVariables(inputs.env, environment),
		GATEHOUSE_DATA: inputs.dataFolder,
		GATEHOUSE_OUTPUT: scratch,
		[markVariable]: renderRunMark(mark),
		...seed === void 0 ? {} : { GATEHOUSE_SEED: String(seed) },
		...checkpoint === null ? {} : { GATEHOUSE_CHECKPOINT: checkpoint },
		...await handTrial(inputs, scratch)
	});
}
/** Parameters of a trial reach the command as a file. */
async function handTrial({ trial }, scratch) {
	if (trial === null) return {};
	const file = join(scratch, "trial.json");
	await writeFile(file, JSON.stringify(trial.parameters));
	return {
		GATEHOUSE_PARAMETERS: file,
		...trial.resource === null ? {} : { GATEHOUSE_RESOURCE: String(trial.resource) }
	};
}

// adapters/machine/folders.ts
/** Beside the folder, not in it: what is in it belongs to the command or is uploaded. */
const suffix = ".gatehouse-run";
/** Folders of a training, as `makeFolder` and `mkdtemp` name them: the only ones that are looked at without a mark. */
const shape = /^gatehouse-(?:model|data|output|checkpoint)-(?:[0-9A-Za-z]{6}|[0-9a-f]{8}-[0-9a-f-]{27})$/;
/** No job of GitHub runs longer on a self-hosted runner. @see https://docs.github.com/en/actions/reference/limits */
const longestJobMs = 432e6;
const markLimitBytes = 200;
/** Most folders that are looked at in one go. */
const folderLimit = 1e3;
/** ext, xfs, btrfs, zfs, tmpfs, overlay: of this machine alone, so that another boot means that nobody works there. */
const localKinds = /* @__PURE__ */ new Set([
	61267,
	1481003842,
	2435016766,
	801189825,
	16914836,
	2035054128
]);
/** Says whose a work folder is, so that a later job can tell when it is left over. */
async function claimFolder(folder, mark) {
	await writeFile(`${folder}${suffix}`, renderRunMark(mark), { mode: 384 });
}
/**
* Removes work folders that nobody works in any more: before a training those of jobs that are over, after it its own.
* Only real folders of our own user; never one whose job may still run.
*/
async function removeFolders(search) {
	const found = [];
	for (const parent of new Set(search.parents)) {
		const names = (await readdir(parent).catch(() => [])).filter((name) => name.startsWith("gatehouse-"));
		for (const name of names.slice(0, folderLimit)) {
			const path = join(parent, name.endsWith(suffix) ? name.slice(0, -14) : name);
			const orphan = name.endsWith(suffix) && !names.includes(name.slice(0, -14));
			if (name.endsWith(suffix) && !orphan) continue;
			const folder = await clear(path, parent, search);
			if (folder !== null && !orphan) found.push(folder);
		}
	}
	return found;
}
async function clear(path, parent, search) {
	if (search.keep.includes(path)) return null;
	const owner = await judge(path, parent, search);
	if (owner === "unknown") return {
		path,
		fate: "unknown"
	};
	if (owner !== "ended") return null;
	const why = await remove(path).catch(codeOf);
	if (why !== void 0) return {
		path,
		fate: "stuck",
		why
	};
	await rm(`${path}${suffix}`, { force: true }).catch(() => void 0);
	return {
		path,
		fate: "removed"
	};
}
/** Programs lock folders of their own (module caches do): whoever owns them may open them again. */
async function remove(path) {
	try {
		await rm(path, {
			recursive: true,
			force: true
		});
	} catch {
		await unlock(path);
		await rm(path, {
			recursive: true,
			force: true
		});
	}
}
async function unlock(folder) {
	await chmod(folder, 448);
	for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await unlock(join(folder, entry.name));
}
async function judge(path, parent, search) {
	const facts = await lstat(path).catch(() => null);
	if (facts !== null && (!facts.isDirectory() || facts.uid !== process$1.getuid?.())) return "not ours";
	const text = await readOwnMark(`${path}${suffix}`);
	const mark = text === null ? null : parseRunMark(text);
	if (mark === null) return facts !== null && search.now - facts.ctimeMs > longestJobMs && search.when === "before" && shape.test(path.slice(parent.length + 1)) ? "ended" : "not ours";
	if (text === search.own) return search.when === "after" ? "ended" : "not ours";
	if (search.when === "after") return "not ours";
	const state = judgeOwner(mark, search.host);
	const elsewhere = mark.boot !== search.host.boot && !await isLocal(parent);
	return state === "ended" && elsewhere ? "unknown" : state;
}
/** A mark that somebody else wrote proves nothing. */
async function readOwnMark(path) {
	const facts = await lstat(path).catch(() => null);
	if (facts === null || !facts.isFile() || facts.uid !== process$1.getuid?.() || facts.size > markLimitBytes) return null;
	return readFile(path, "utf8").catch(() => null);
}
async function isLocal(folder) {
	const kind = await statfs(folder).catch(() => null);
	return kind !== null && localKinds.has(kind.type);
}
function codeOf(error) {
	const code = error instanceof Error && "code" in error ? error.code : void 0;
	return typeof code === "string" ? code : "unknown error";
}

// core/training/cleanliness.ts
/**
* Judges whether a machine is clean. What was cleaned away is a note; what stays unclean before a training refuses it,
* and is a warning after one: the training is done, the next one will be refused.
*/
function judgeCleanliness(state, rule) {
	const left = state.when === "before" ? "fail" : "warn";
	return [
		...judgeProcesses(state, left),
		...state.folders.map((folder) => judgeFolder(folder, left)),
		...state.gpus.flatMap((gpu) => judgeGpu(gpu, state, rule.gpus > 0 ? left : "note", rule))
	];
}
function judgeProcesses({ processes }, left) {
	if (processes !== null) return processes.map((each) => judgeProcess(each, left));
	return [{
		code: "training/leftover-process",
		severity: "note",
		message: "Whether processes of earlier trainings are left cannot be told on this system",
		fix: "Use runners that serve one job each, or Linux."
	}];
}
function judgeProcess({ pid, name, runId, fate }, left) {
	const found = `${name}, process ${pid} of run ${runId}`;
	const code = "training/leftover-process";
	if (fate === "ended") return {
		code,
		severity: "note",
		message: "A process of a training that is over was ended",
		found,
		fix: "Let the command wait for what it starts."
	};
	if (fate === "busy") return {
		code,
		severity: "note",
		message: "Another training works on this machine right now",
		found,
		fix: "Give each runner of a machine its own GPUs."
	};
	if (fate === "alive") return {
		code,
		severity: left,
		message: "A process of a training that is over cannot be ended",
		found,
		allowed: "none",
		fix: `End process ${pid} on the runner, or start the runner's machine anew.`
	};
	return {
		code,
		severity: "warn",
		message: "A process of a training is there, and whether its job still works cannot be told: it was left alone",
		found,
		fix: `Look at process ${pid} on the runner, and end it there if no job works.`
	};
}
function judgeFolder({ path, fate, why }, left) {
	const code = "training/leftover-folder";
	if (fate === "removed") return {
		code,
		severity: "note",
		message: "A work folder of a job that is over was removed",
		found: path,
		fix: "Nothing to do: runners that serve one job each leave none."
	};
	if (fate === "unknown") return {
		code,
		severity: "note",
		message: "A work folder is there, and whether its job still works cannot be told: it was left alone",
		found: path,
		fix: "Remove it on the runner if no job works there."
	};
	return {
		code,
		severity: left,
		message: "A work folder of a job that is over cannot be removed",
		found: why === void 0 ? path : `${path} (${why})`,
		allowed: "none",
		fix: "Remove it on the runner as its owner or as root; a container that writes as root leaves such files."
	};
}
function judgeGpu(gpu, { when, holders }, left, { gpuToleranceMib: tolerance }) {
	const own = (holders ?? []).filter((holder) => holder.gpu === null || holder.gpu === gpu.uuid);
	const used = highestUse(gpu, own);
	if (used === null && holders !== null && own.length === 0) return [];
	if (used !== null && used <= tolerance) return [];
	return [{
		code: "training/gpu-unclean",
		severity: left,
		message: when === "before" ? `GPU ${gpu.index} is in use before the training starts` : `GPU ${gpu.index} is still in use after the training`,
		found: [used === null ? "memory in use: unknown" : `${Math.ceil(used)} MiB`, ...own.slice(0, 4).map(showHolder)].join(", "),
		allowed: `${tolerance} MiB or less`,
		fix: "End what uses it on the runner (nvidia-smi or rocm-smi lists it), or hide the GPU by CUDA_VISIBLE_DEVICES in the environment of the runner."
	}];
}
/** The tool's sum, or what the processes hold where that is more. Null: one of them may hold anything. */
function highestUse({ usedMib }, holders) {
	const held = holders.map((holder) => holder.gpu === null ? null : holder.usedMib);
	const sum = held.reduce((total, mib) => total + (mib ?? 0), 0);
	if (usedMib !== null && Number.isFinite(usedMib)) return Math.max(usedMib, sum);
	return held.length === 0 || held.includes(null) ? null : sum;
}
function showHolder({ name, pid, usedMib }) {
	return `${name} (process ${pid}, ${usedMib === null ? "unknown" : `${usedMib} MiB`})`;
}

// adapters/machine/leftovers.ts
const politeMs = 2e3;
const forceMs = 3e3;
const lookMs$1 = 50;
/** A process may start another one while it is ended: it is looked again until none is found. */
const mostRounds = 5;
/** The driver gives memory back a moment after its process has ended. */
const gpuSettleMs = 1e3;
const gpuLooks = 3;
/**
* Cleans a machine before or after a training and says what was found and done. Ends and removes only what carries a mark
* of ours whose job is over (after: our own mark); GPU memory of somebody else is told, never touched. Never throws.
* @returns before: the training may start if no finding is a failure; after: notes and warnings alone
*/
async function cleanMachine(inputs) {
	const processes = await clearProcesses(inputs);
	const host = await readMarkHost();
	const { when, keep } = inputs;
	const own = renderRunMark(inputs.mark);
	const folders = await removeFolders({
		parents: inputs.folders,
		own,
		when,
		keep,
		host,
		now: Date.now()
	});
	const rule = {
		gpus: inputs.gpus,
		gpuToleranceMib: inputs.toleranceMib ?? 512
	};
	for (let look = 1;; look += 1) {
		const state = {
			when,
			processes,
			folders,
			...await readGpus(inputs.env)
		};
		const findings = judgeCleanliness(state, rule);
		if (!(processes?.some(({ fate }) => fate === "ended") === true || when === "after") || look === gpuLooks || !findings.some(({ code }) => code === "training/gpu-unclean")) return findings;
		await setTimeout$1(gpuSettleMs);
	}
}
async function readGpus(env) {
	const { tool, gpus } = await readVisibleGpus(env);
	return {
		gpus,
		holders: tool === null || gpus.length === 0 ? null : await readHolders(tool, env)
	};
}
async function clearProcesses(inputs) {
	const told = /* @__PURE__ */ new Map();
	for (let round = 1; round <= mostRounds; round += 1) {
		const marked = await findMarked(inputs);
		if (marked === null) return null;
		const open = marked.filter(({ state }) => state === "ended");
		for (const each of marked) {
			const { fact, runId } = each;
			const fate = each.state === "ended" ? "alive" : each.state;
			told.set(`${fact.pid}/${fact.start}`, {
				pid: fact.pid,
				name: toLabel(fact.name),
				runId,
				fate
			});
		}
		const gone = await endAll(open, inputs.variable);
		for (const { fact } of gone) {
			const key = `${fact.pid}/${fact.start}`;
			const known = told.get(key);
			if (known !== void 0) told.set(key, {
				...known,
				fate: "ended"
			});
		}
		if (gone.length === 0) break;
	}
	return [...told.values()];
}
/** Marked processes of our user, without ourselves and those above us. Null: this system does not tell. */
async function findMarked({ when, mark, variable }) {
	const table = await readProcesses();
	if (table === null) return null;
	const own = renderRunMark(mark);
	const host = await readMarkHost();
	const above = listAncestors(table, process$1.pid);
	const found = [];
	for (const fact of table) {
		if (above.has(fact.pid) || fact.state === "Z") continue;
		const text = await readMark(fact.pid, variable);
		const parsed = text === null ? null : parseRunMark(text);
		if (text === null || parsed === null) continue;
		const { runId } = parsed;
		if (text === own) {
			if (when === "after") found.push({
				fact,
				text,
				runId,
				state: "ended"
			});
		} else if (when === "before") {
			const owner = parsed.boot === host.boot ? judgeOwner(parsed, host) : "unknown";
			found.push({
				fact,
				text,
				runId,
				state: owner === "alive" ? "busy" : owner
			});
		}
	}
	return found;
}
/** Asks them to end, then ends them. @returns those that are gone */
async function endAll(marked, variable) {
	for (const each of marked) await signal(each, "SIGTERM", variable);
	const stubborn = await waitFor(marked, politeMs);
	for (const each of stubborn) await signal(each, "SIGKILL", variable);
	const left = await waitFor(stubborn, forceMs);
	return marked.filter((each) => !left.includes(each));
}
/** The number may be another process by now: it is looked at again right before. */
async function signal(each, name, variable) {
	if (!await isThere(each) || await readMark(each.fact.pid, variable) !== each.text) return;
	try {
		process$1.kill(each.fact.pid, name);
	} catch {}
}
async function waitFor(marked, limitMs) {
	const until = performance.now() + limitMs;
	for (;;) {
		const left = [];
		for (const each of marked) if (await isThere(each)) left.push(each);
		if (left.length === 0 || performance.now() > until) return left;
		await setTimeout$1(lookMs$1);
	}
}
/** One that has ended but was not asked how (`Z`) holds nothing any more. */
async function isThere({ fact }) {
	const now = await readProcess(fact.pid);
	return now !== null && now.start === fact.start && now.state !== "Z";
}

// actions/train-model/prepare-machine.ts
/**
* Holds the machine against what the training needs and cleans away what earlier jobs left, before anything is fetched.
* @throws ServiceError MACHINE_UNFIT, MACHINE_UNCLEAN: about the machine, not about the model
*/
async function prepareMachine(inputs, env, mark, log) {
	const { runsOn, cluster, needs: asked } = inputs.model.train;
	const needs = cluster === void 0 ? asked : { gpus: 0 };
	const machine = await probeMachine(env, inputs.workspace);
	refuse("MACHINE_UNFIT", "This machine is not what the training needs", checkMachine(needs, machine, {
		file: modelPath(inputs.modelName),
		runsOn
	}));
	for (const folder of [inputs.dataFolder, inputs.outputFolder]) await claimFolder(folder, mark);
	const left = await cleanMachine({
		...cleaning(inputs, env, mark),
		when: "before",
		keep: [inputs.dataFolder, inputs.outputFolder]
	});
	tell(left, log);
	refuse("MACHINE_UNCLEAN", "This machine is not clean", left);
	return machine;
}
/** Ends and removes what this job itself left, and says so; what later steps upload stays. */
async function leaveMachine(inputs, env, mark, log) {
	const keep = [inputs.outputFolder];
	tell(await cleanMachine({
		...cleaning(inputs, env, mark),
		when: "after",
		keep
	}), log);
}
function cleaning(inputs, env, mark) {
	return {
		mark,
		env,
		folders: inputs.tempFolders,
		gpus: neededGpus(inputs.model.train.needs)
	};
}
function tell(findings, log) {
	for (const { message, found } of findings) log(`machine: ${message}${found === void 0 ? "" : `: ${found}`}`);
}
function refuse(code, what, findings) {
	const failures = findings.filter(({ severity }) => severity === "fail");
	const [first] = failures;
	if (first === void 0) return;
	const found = first.found === void 0 ? "" : ` (${first.found})`;
	throw new ServiceError(code, `${what}: ${first.message}${found}. The command was not started`, {
		hint: first.fix,
		findings: failures
	});
}

// adapters/cluster/clock.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	wait: (ms, signal) => setTimeout$1(ms, void 0, signal === void 0 ? {} : { signal }).catch(() => void 0)
};

// adapters/cluster/collect.ts
/** A network file system may show a file of another machine seconds after it was closed there. */
const pausesMs = [
	1e3,
	3e3,
	1e4,
	3e4
];
const missing = ["ARTIFACT_MISSING", "METRICS_MISSING"];
/**
* Takes what the command left on the shared folder, by the same rules as on a runner: no links, nothing from elsewhere.
* @param work `here.work` of the shared folder
* @param output folder for the model file
* @throws InputError of `takeArtifact` and `readClaimedMetrics`, a missing file only after some waiting
*/
async function collectOutputs(work, { artifact, metrics }, output, clock) {
	return {
		artifact: await patiently(() => takeArtifact(work, artifact, output), clock),
		metrics: metrics === void 0 ? null : await patiently(() => readClaimedMetrics(work, metrics), clock)
	};
}
async function patiently(take, clock) {
	for (const pauseMs of pausesMs) try {
		return await take();
	} catch (error) {
		if (!(error instanceof InputError) || !missing.includes(error.code)) throw error;
		await clock.wait(pauseMs);
	}
	return take();
}

// core/evidence/clean-record.ts
/** Fixed forms, checked by the schema: no secret fits in, and hiding would only break them. */
const fixedForms = /* @__PURE__ */ new Set([
	"grade",
	"commit",
	"startedAt",
	"at",
	"gpuTool",
	"outcome",
	"digest",
	"dataDigest",
	"resumedFrom",
	"currency"
]);
/**
* Takes secrets out of a run record, wherever they may have got in: values, names, paths, package names. Bounded again,
* so that hours of training are not lost to one long text: texts are cut, a record that is too large loses history and
* then its list of packages.
* @param hide replaces every secret in a text
* @throws InputError RUN_RECORD_INVALID when it is no run record even so
*/
function cleanRecord(record, hide) {
	const clean = cleanValue(record, hide, "");
	return parseRunRecord(canonicalJson(fitRecord(boundRecord(clean))), "run.json");
}
function cleanValue(value, hide, key) {
	if (typeof value === "string") return fixedForms.has(key) ? value : hide(value.toWellFormed());
	if (Array.isArray(value)) return value.map((item) => cleanValue(item, hide, key));
	if (typeof value !== "object" || value === null) return value;
	const own = key === "parameters" || key === "environment" || key === "runtimes" || key === "metrics";
	return Object.fromEntries(Object.entries(value).map(([name, item]) => own ? [hide(name.toWellFormed()), cleanValue(item, hide, "")] : [name, cleanValue(item, hide, name)]));
}
/** Cuts what the training side may have made too long to what the schema takes. */
function boundRecord(record) {
	const entries = (values, most, toValue) => Object.fromEntries(Object.entries(values).filter(([name]) => name !== "" && !isForbiddenKey(name)).slice(0, most).map(([name, value]) => [cut(name, 200), toValue(value)]));
	const cutValue = (value) => typeof value === "string" ? cut(value, 500) : value;
	return {
		...record,
		changedFiles: record.changedFiles.slice(0, 100).map((path) => cut(path, 1e3)),
		runner: cut(record.runner, 200),
		command: cut(record.command, 4e3),
		parameters: entries(record.parameters, 300, cutValue),
		environment: entries(record.environment, 50, (value) => cut(value, 1e3)),
		metrics: entries(record.metrics, 200, (value) => value),
		runtimes: entries(record.runtimes, 20, (value) => cut(value, 200)),
		packages: record.packages.slice(0, 3e3).filter(([name]) => name !== "").map(([name, version]) => [cut(name, 200), cut(version || "unknown", 200)]),
		history: record.history.map((point) => ({
			...point,
			metrics: entries(point.metrics, 50, (value) => value)
		})),
		phases: record.phases.slice(0, 50).map(({ name, durationMs }) => ({
			name: cut(name, 200),
			durationMs
		})),
		attempts: record.attempts.slice(-100).map((attempt) => ({
			...attempt,
			runner: cut(attempt.runner, 200),
			how: cut(attempt.how, 2e3)
		}))
	};
}
/** The last sign says that something is missing; half a surrogate pair is no text. */
const cut = (text, most) => text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
function fitRecord(record) {
	if (Buffer.byteLength(canonicalJson(record)) <= 1048576) return record;
	if (record.history.length > 2) return fitRecord({
		...record,
		history: thinHalf(record.history)
	});
	return record.packages.length > 0 ? fitRecord({
		...record,
		packages: []
	}) : record;
}
/** Every second one; the first and the last stay. */
const thinHalf = (items) => items.filter((_, at) => at % 2 === 0 || at === items.length - 1);

// actions/train-model/trial-checkpoint.ts
/** Name of the checkpoint in the artifact of a trial. */
const folderName = "checkpoint";
/** Puts in place what the same trial left on the rung below; the workflow downloaded it. @returns false: it begins anew */
async function takeTrialCheckpoint(inputs, resumeFolder) {
	const target = checkpointFolderOf(inputs);
	if (target === null || inputs.trial === null || inputs.trial.resumeFrom === null) return false;
	return copyPlain(join(resumeFolder, folderName), target);
}
/** Leaves the checkpoint beside the record, for the rung above; one behind a link is none, and the rung begins anew. */
async function leaveTrialCheckpoint(inputs) {
	const { checkpoint } = inputs.model.train;
	if (checkpoint === void 0 || inputs.trial === null || inputs.trial.resource === null) return;
	const source = await requireInside(inputs.workspace, checkpoint.folder).catch((error) => {
		if (!(error instanceof InputError)) throw error;
		return null;
	});
	if (source !== null) await copyPlain(source, join(inputs.outputFolder, folderName));
}
/** The command is the proposer's: a link would bring any file of the runner along. */
async function copyPlain(source, target) {
	const found = await lstat(source).catch(() => null);
	if (found === null || !found.isDirectory()) return false;
	await cp(source, target, {
		recursive: true,
		filter: async (path) => {
			const kind = await lstat(path);
			return kind.isFile() || kind.isDirectory();
		}
	});
	return true;
}

// actions/train-model/record.ts
/**
* Takes what the command left and writes the record, whatever the outcome.
* @throws InputError when model file, metrics or parameters are not as declared
*/
async function finishTraining(known, deps) {
	const { inputs, scratch } = known.site;
	const { outputFolder } = inputs;
	const { outcome } = known.attempts.last.attempt;
	const isDone = outcome === "done";
	await mkdir(outputFolder, { recursive: true });
	const result = {
		outcome,
		parameters: await known.captured.readParameters(scratch),
		...isDone ? await takeResults(known.site, deps) : {
			metrics: {},
			artifact: null
		}
	};
	if (isDone) {
		await leaveTrialCheckpoint(inputs);
		await leaveLock(inputs, deps);
	}
	const secrets = listSecrets(inputs.env);
	const hide = (text) => hideSecrets(text, secrets);
	const record = cleanRecord({
		...describe(known, inputs),
		...result
	}, hide);
	await writeFile(join(outputFolder, "run.json"), canonicalJson(record));
	return {
		record,
		lastLines: known.attempts.last.lastLines.map(hide)
	};
}
async function takeResults({ inputs, cluster }, deps) {
	const { workspace, outputFolder } = inputs;
	const { train } = inputs.model;
	const { metrics } = train;
	const taken = cluster === null ? {
		artifact: await takeArtifact(workspace, train.artifact, outputFolder),
		metrics: metrics === void 0 ? null : await readClaimedMetrics(workspace, metrics)
	} : await collectOutputs(workspace, train, outputFolder, systemClock);
	for (const note of taken.metrics?.notes ?? []) deps.log(note);
	return {
		artifact: taken.artifact,
		metrics: taken.metrics?.metrics ?? {}
	};
}
/** The rewritten lock belongs into the repository: the job cannot push it, its author can. */
async function leaveLock({ model, workspace }, { leaveFile }) {
	const { pipeline } = model.train;
	if (pipeline !== void 0) await leaveFile("gatehouse-dvc-lock", join(workspace, lockPathOf(pipeline)));
}
function describe({ machine, datasets, captured, software, attempts, phases }, inputs) {
	const { all, last, usage } = attempts;
	const { train, featureVersion } = inputs.model;
	const own = all.filter(({ runAttempt }) => runAttempt === inputs.runAttempt);
	const command = phases.find(({ name }) => name === "command")?.durationMs ?? 0;
	const { changedFiles, lockFiles, environment } = captured;
	const { runtimes, packages } = software;
	return {
		v: 2,
		grade: "claimed",
		model: inputs.modelName,
		commit: inputs.commit,
		changedFiles,
		runId: inputs.runId,
		runAttempt: inputs.runAttempt,
		trigger: inputs.trigger,
		command: train.command,
		image: last.image,
		startedAt: own[0]?.startedAt ?? last.attempt.startedAt,
		durationMs: command,
		runner: last.attempt.runner,
		machine,
		runtimes,
		packages,
		lockFiles,
		environment,
		seed: train.seed ?? null,
		history: last.progress.points,
		phases: [...phases, ...last.stages.map(toPhase)],
		usage,
		cost: priceRun(inputs.prices, train.runsOn, all.map(({ durationMs }) => durationMs)),
		attempts: all,
		datasets,
		featureVersion,
		outputs: []
	};
}
/** Reasons are words of files that the proposer wrote: bounded with the record. */
const toPhase = ({ name, action, reasons, durationMs }) => ({
	name: `stage ${name}: ${action}${reasons.length === 0 ? "" : ` (${reasons.join("; ")})`}`.slice(0, 200),
	durationMs
});

// core/training/cluster-name.ts
/**
* Names a job so that it is known before the engine has answered: whoever lost the answer can still cancel it.
* @returns a DNS label of at most 63 characters, which Ray, Kubernetes and Slurm all take
*/
function clusterJobName({ runId, runAttempt, attempt, part }) {
	return `gatehouse-${runId}-${runAttempt}-${attempt}-${createHash("sha256").update(part).digest("hex").slice(0, 8)}`;
}

// core/config/runtime-env-file.ts
const remote = string().regex(/^(?:https|s3|gs|azure|abfss|gcs):\/\/\S{1,500}$/, "an address that the cluster can fetch, such as s3://bucket/code.zip");
/** Everything else that Ray knows is handed on as it is: it concerns the team's own cluster. */
const schema = looseObject({
	working_dir: remote.optional(),
	py_modules: array(remote).max(50).optional(),
	env_vars: record(string().regex(/^[A-Za-z_]\w{0,99}$/), string()).default({}),
	image_uri: string().regex(/@sha256:[0-9a-f]{64}$/, "an image by digest: name@sha256:<64 hex> (a tag can be moved)").optional()
});
/**
* Reads the runtime environment of a Ray job.
* @throws InputError CONFIG_INVALID for local folders (only Ray's own client uploads them), images without a digest, and
* variables of ours
* @see https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#api-reference
*/
function parseRuntimeEnv(text, file) {
	const { value, source } = parseFile(text, file, schema, {});
	const problems = [...Object.keys(value.env_vars).filter((name) => name.startsWith("GATEHOUSE_")).map((name) => ({
		code: "cluster/own-variable",
		message: `${name} is set by Gatehouse`,
		path: ["env_vars", name],
		fix: "Take it out of the runtime environment."
	})), ...Object.hasOwn(value, "container") ? [{
		code: "cluster/image",
		message: "container names an image without a digest",
		path: ["container"],
		fix: "Write image_uri: name@sha256:<64 hex> instead."
	}] : []];
	refuseProblems(source, problems);
	return value;
}

// core/training/cluster-script.ts
/** One word for a POSIX shell, whatever is in it. */
function quoteWord(text) {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}
/**
* Writes the script that an engine runs. The command is one quoted word of a bash of its own: whatever it says, neither
* directives of a scheduler nor the lines around it are read from it.
* @param limitSeconds ends the command where nobody else would: the runner that watches it may be gone
*/
function toScript({ folder, env, command }, limitSeconds) {
	const variables = Object.entries(env).map(([name, value]) => `export ${name}=${quoteWord(value)}`);
	return [
		"#!/bin/bash",
		"set -eo pipefail",
		`cd ${quoteWord(folder)}`,
		...variables,
		`exec ${toCommandLine(command, limitSeconds)}`,
		""
	].join("\n");
}
/** The command as one line, ended after its limit: first asked, half a minute later forced. */
function toCommandLine(command, limitSeconds) {
	return `timeout -k 30 ${limitSeconds} bash -eo pipefail -c ${quoteWord(command)}`;
}
/** Whole seconds of a limit, at least one; what is no number is no time, never no limit. */
function toSeconds(limitMs) {
	return Number.isFinite(limitMs) ? Math.min(Math.max(Math.ceil(limitMs / 1e3), 1), 1e8) : 1;
}

// core/training/pod-schema.ts
/**
* What a pod of the team may say. It is an allow-list: a key that Kubernetes learns tomorrow is refused until somebody has
* looked at it. The manifest is the proposer's; what keeps the cluster safe is its own admission (docs/guides/clusters.md).
* @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ Restricted, and no other account's rights
*/
const dnsName = string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, "a name: a-z, 0-9, \"-\" and \".\" inside");
const text = string().max(4e3);
const free = json();
const quantity = union([string().regex(/^[0-9.]{1,20}[A-Za-z]{0,2}$/, "an amount such as 4, 500m or 16Gi"), number()]);
const variable = strictObject({
	name: string().regex(/^(?!GATEHOUSE_)[A-Za-z_][A-Za-z0-9_.-]{0,199}$/, "a variable whose name does not begin with GATEHOUSE_"),
	value: string().max(32768).optional(),
	valueFrom: strictObject({
		fieldRef: free.optional(),
		resourceFieldRef: free.optional()
	}, "fieldRef or resourceFieldRef: a training gets no secrets, and no configuration of others").optional()
});
/** Nobody gets more rights here than a process without any. */
const safety = {
	runAsUser: int().min(0).optional(),
	runAsGroup: int().min(0).optional(),
	runAsNonRoot: boolean().optional(),
	seccompProfile: strictObject({
		type: _enum(["RuntimeDefault", "Localhost"]),
		localhostProfile: text.optional()
	}).optional()
};
const containerSafety = strictObject({
	...safety,
	readOnlyRootFilesystem: boolean().optional(),
	allowPrivilegeEscalation: literal(false, "false").optional(),
	privileged: literal(false, "false").optional(),
	capabilities: strictObject({ drop: array(text).max(50) }).optional()
});
const podSafety = strictObject({
	...safety,
	fsGroup: int().min(0).optional(),
	fsGroupChangePolicy: _enum(["Always", "OnRootMismatch"]).optional(),
	supplementalGroups: array(int().min(0)).max(50).optional()
});
const container = strictObject({
	name: dnsName,
	image: string().regex(/^[a-z0-9][a-zA-Z0-9._:/-]{0,300}@sha256:[0-9a-f]{64}$/, "an image by digest: registry/name@sha256:<64 hex> (a tag can be moved, a digest cannot)"),
	imagePullPolicy: _enum([
		"Always",
		"IfNotPresent",
		"Never"
	]).optional(),
	command: array(text).max(200).optional(),
	args: array(text).max(200).optional(),
	workingDir: text.optional(),
	env: array(variable).max(200).optional(),
	resources: strictObject({
		requests: record(string(), quantity).optional(),
		limits: record(string(), quantity).optional(),
		claims: free.optional()
	}).optional(),
	volumeMounts: array(strictObject({
		name: dnsName,
		mountPath: text,
		subPath: text.optional(),
		readOnly: boolean().optional()
	})).max(50).optional(),
	ports: free.optional(),
	securityContext: containerSafety.optional(),
	restartPolicy: literal("Always").optional(),
	lifecycle: free.optional(),
	startupProbe: free.optional(),
	livenessProbe: free.optional(),
	readinessProbe: free.optional(),
	terminationMessagePath: text.optional(),
	terminationMessagePolicy: text.optional()
});
/** No folder or device of the node, no secret, no token, no share that a claim does not grant. */
const volume = strictObject({
	name: dnsName,
	emptyDir: free.optional(),
	persistentVolumeClaim: strictObject({
		claimName: dnsName,
		readOnly: boolean().optional()
	}).optional(),
	ephemeral: free.optional(),
	configMap: free.optional(),
	downwardAPI: free.optional()
});
const podSpec = strictObject({
	containers: array(container).min(1).max(20),
	initContainers: array(container).max(20).optional(),
	volumes: array(volume).max(50).optional(),
	restartPolicy: _enum(["Never", "OnFailure"]).optional(),
	nodeSelector: record(string(), string()).optional(),
	tolerations: free.optional(),
	affinity: free.optional(),
	topologySpreadConstraints: free.optional(),
	terminationGracePeriodSeconds: int().min(0).max(3600).optional(),
	securityContext: podSafety.optional(),
	imagePullSecrets: array(strictObject({ name: dnsName })).max(10).optional(),
	runtimeClassName: dnsName.optional(),
	priorityClassName: dnsName.optional(),
	schedulerName: dnsName.optional(),
	subdomain: dnsName.optional(),
	resourceClaims: free.optional(),
	shareProcessNamespace: boolean().optional(),
	automountServiceAccountToken: literal(false, "false").optional()
});
const labels = record(string().max(317), string().max(4e3));
const podTemplateSchema = strictObject({
	metadata: strictObject({
		labels: labels.optional(),
		annotations: labels.optional()
	}).optional(),
	spec: podSpec
});
/** Ours are the name, which is left out, and two labels; finalizers would keep a job from being taken away. */
const metadataSchema = strictObject({
	name: text.optional(),
	generateName: text.optional(),
	namespace: text.optional(),
	labels: labels.optional(),
	annotations: labels.optional()
});

// core/training/manifest-schema.ts
const whole = int().min(0).max(1e5);
/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/ */
const jobSchema$1 = strictObject({
	apiVersion: literal("batch/v1"),
	kind: literal("Job"),
	metadata: metadataSchema.prefault({}),
	spec: strictObject({
		template: podTemplateSchema,
		parallelism: whole.optional(),
		completions: whole.optional(),
		completionMode: _enum(["NonIndexed", "Indexed"]).optional(),
		backoffLimit: whole.optional(),
		backoffLimitPerIndex: whole.optional(),
		maxFailedIndexes: whole.optional(),
		podFailurePolicy: free.optional(),
		podReplacementPolicy: string().optional(),
		successPolicy: free.optional(),
		suspend: boolean().optional()
	})
});
const groupFields = {
	template: podTemplateSchema,
	rayStartParams: record(string(), string()).prefault({}),
	resources: record(string(), string()).optional(),
	labels: record(string(), string()).optional()
};
/** @see https://ray-project.github.io/kuberay/reference/api/ RayJobSpec, RayClusterSpec */
const rayJobSchema$1 = strictObject({
	apiVersion: literal("ray.io/v1"),
	kind: literal("RayJob"),
	metadata: metadataSchema.prefault({}),
	spec: strictObject({
		rayClusterSpec: strictObject({
			rayVersion: string().optional(),
			enableInTreeAutoscaling: literal(false, "false").optional(),
			headGroupSpec: strictObject({
				...groupFields,
				serviceType: literal("ClusterIP").optional()
			}),
			workerGroupSpecs: array(strictObject({
				...groupFields,
				groupName: string(),
				replicas: whole.optional(),
				minReplicas: whole.optional(),
				maxReplicas: whole.optional(),
				numOfHosts: whole.optional(),
				idleTimeoutSeconds: whole.optional()
			})).max(20).optional()
		}),
		submitterPodTemplate: podTemplateSchema.optional(),
		submissionMode: literal("K8sJobMode").optional(),
		runtimeEnvYAML: string().max(32768).optional(),
		entrypointNumCpus: number().min(0).optional(),
		entrypointNumGpus: number().min(0).optional(),
		entrypointResources: string().max(4e3).optional(),
		backoffLimit: whole.optional(),
		suspend: boolean().optional()
	})
});
/** A manifest as people write it. Name, command, time limit and what is done afterwards are ours to say. */
const manifestSchema = discriminatedUnion("kind", [jobSchema$1, rayJobSchema$1]);

// core/training/manifest.ts
/** Label of the job and of all its pods; its value is the name of the job. */
const runLabel = "app.kubernetes.io/instance";
const ownLabel = "app.kubernetes.io/managed-by";
/** The container that runs the command; where a pod has one container only, it is that one. */
const trainContainer = "train";
/** A safety net: we take the job away ourselves. */
const ttlSeconds = 3600;
/**
* Reads the manifest of a team.
* @param config names its file and the namespace, and where the shared folder must be mounted
* @throws InputError CONFIG_INVALID with every problem: no Job or RayJob, keys that are not allowed, images without a digest
*/
function parseManifest(text, config) {
	const { value, source } = parseFile(text, config.manifest, manifestSchema);
	refuseProblems(source, [...checkMetadata(value, config), ...checkCommand(value, config)]);
	return value;
}
function checkMetadata({ metadata }, { namespace }) {
	if (metadata.namespace === void 0 || metadata.namespace === namespace) return [];
	return [{
		code: "cluster/namespace",
		message: `the manifest names the namespace ${metadata.namespace}, model.yml another one`,
		path: ["metadata", "namespace"],
		found: metadata.namespace,
		allowed: namespace,
		fix: "Take metadata.namespace out of the manifest: train.cluster.namespace says it."
	}];
}
/** The record says that `train.command` ran, so that is what must run, and in the folder that both sides see. */
function checkCommand(manifest, { shared }) {
	const base = manifest.kind === "Job" ? [
		"spec",
		"template",
		"spec"
	] : [
		"spec",
		"rayClusterSpec",
		"headGroupSpec",
		"template",
		"spec"
	];
	const { spec } = templateOf(manifest);
	const index = manifest.kind === "Job" ? trainIndex(spec) : 0;
	const container = spec.containers[index];
	if (container === void 0) return [{
		code: "cluster/container",
		message: `none of the ${spec.containers.length} containers is called "${trainContainer}"`,
		path: [...base, "containers"],
		fix: `Call the container that runs train.command "${trainContainer}".`
	}];
	const path = [
		...base,
		"containers",
		index
	];
	const own = ["command", "args"].filter((key) => container[key] !== void 0);
	const isMounted = (container.volumeMounts ?? []).some(({ mountPath, readOnly }) => readOnly !== true && `${shared.seenAs}/`.startsWith(`${mountPath.replace(/\/+$/, "")}/`));
	return [...(manifest.kind === "Job" ? own : []).map((key) => ({
		code: "cluster/command",
		message: `the container "${container.name}" has a ${key} of its own`,
		path: [...path, key],
		fix: "Take it out: train.command of model.yml is what runs there."
	})), ...isMounted ? [] : [{
		code: "cluster/shared",
		message: `the container "${container.name}" does not mount the shared folder ${shared.seenAs}`,
		path,
		fix: `Add a volumeMount with mountPath: ${shared.seenAs}, of a volume that the runner has mounted too.`
	}]];
}
function templateOf(manifest) {
	return manifest.kind === "Job" ? manifest.spec.template : manifest.spec.rayClusterSpec.headGroupSpec.template;
}
/** -1: none is meant. */
function trainIndex({ containers }) {
	return containers.length === 1 ? 0 : containers.findIndex(({ name }) => name === trainContainer);
}
/**
* Fills in what is ours: name, labels, command, variables, time limit, that it is taken away, and that no pod has rights
* in the cluster.
* @returns the object that is created
*/
function fillManifest(manifest, job, { namespace }) {
	const { metadata } = manifest;
	return {
		...manifest,
		metadata: {
			name: job.name,
			namespace,
			labels: withOurs(metadata.labels, job),
			...metadata.annotations === void 0 ? {} : { annotations: metadata.annotations }
		},
		spec: manifest.kind === "Job" ? fillJob(manifest.spec, job) : fillRayJob(manifest.spec, job)
	};
}
function fillJob(spec, job) {
	const index = trainIndex(spec.template.spec);
	const command = [
		"bash",
		"-eo",
		"pipefail",
		"-c",
		keepDollars(job.command)
	];
	const template = fillTemplate(spec.template, job);
	return {
		...spec,
		backoffLimit: spec.backoffLimit ?? 0,
		activeDeadlineSeconds: toSeconds(job.timeoutMs),
		ttlSecondsAfterFinished: ttlSeconds,
		template: {
			...template,
			spec: {
				...template.spec,
				restartPolicy: spec.template.spec.restartPolicy ?? "Never",
				containers: template.spec.containers.map((container, at) => at === index ? {
					...container,
					command,
					workingDir: job.folder
				} : container)
			}
		}
	};
}
function fillRayJob(spec, job) {
	const { headGroupSpec, workerGroupSpecs } = spec.rayClusterSpec;
	const fill = (group) => ({
		...group,
		template: fillTemplate(group.template, job)
	});
	return {
		...spec,
		backoffLimit: spec.backoffLimit ?? 0,
		activeDeadlineSeconds: toSeconds(job.timeoutMs),
		shutdownAfterJobFinishes: true,
		ttlSecondsAfterFinished: 0,
		entrypoint: `bash ${job.script}`,
		rayClusterSpec: {
			...spec.rayClusterSpec,
			headGroupSpec: fill(headGroupSpec),
			...workerGroupSpecs === void 0 ? {} : { workerGroupSpecs: workerGroupSpecs.map(fill) }
		},
		...spec.submitterPodTemplate === void 0 ? {} : { submitterPodTemplate: fillTemplate(spec.submitterPodTemplate, job) }
	};
}
function fillTemplate(template, job) {
	const own = Object.entries(job.env).map(([name, value]) => ({
		name,
		value: keepDollars(value)
	}));
	return {
		...template,
		metadata: {
			...template.metadata,
			labels: withOurs(template.metadata?.labels, job)
		},
		spec: {
			...template.spec,
			automountServiceAccountToken: false,
			containers: template.spec.containers.map((container) => ({
				...container,
				env: [...container.env ?? [], ...own]
			}))
		}
	};
}
/**
* A kubelet reads `$(NAME)` and `$$` in commands and variables: what we hand over must arrive as it is.
* @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
*/
function keepDollars(text) {
	return text.replace(/\$/g, () => "$$");
}
function withOurs(labels, { name }) {
	return {
		...labels,
		[runLabel]: name,
		[ownLabel]: "gatehouse"
	};
}

// core/training/cluster-state.ts
const ends = {
	submitted: null,
	waiting: null,
	running: null,
	done: "done",
	failed: "failed",
	cancelled: "cancelled",
	lost: "lost-runner"
};
/** True for a job that runs and waits no more. */
function isEnded(state) {
	return ends[state] !== null;
}
/** How an attempt ended whose job is in this state; null: it has not. A success is `done` and nothing else. */
function outcomeOf({ state, outcome }) {
	const own = ends[state];
	if (own === null || own === "done") return own;
	return outcome === void 0 || outcome === "done" ? own : outcome;
}
function makeReport(meaning, how, exitCode = null) {
	return {
		state: meaning.state,
		outcome: outcomeOf(meaning),
		exitCode,
		how
	};
}

// core/training/kubernetes-pod.ts
const containerSchema = object({ state: object({ terminated: object({
	exitCode: int(),
	reason: string().optional()
}).nullish() }).nullish() });
const podsSchema = object({ items: array(object({ status: object({
	reason: string().optional(),
	conditions: array(object({
		type: string(),
		status: string()
	})).nullish(),
	containerStatuses: array(containerSchema).nullish()
}) })) });
/**
* Tells more about a failed Job from its pods: memory, a node that was taken away, or the command's own exit code.
* What a kubelet says of a pod is no word of the command; no more than the end that is known is changed, never into success.
* @param answer a list of pods
* @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions
*/
function explainFailure(report, answer) {
	const parsed = podsSchema.safeParse(answer);
	if (report.outcome !== "failed" || !parsed.success) return report;
	const pods = parsed.data.items.map(({ status }) => status);
	const ends = pods.flatMap(({ containerStatuses }) => (containerStatuses ?? []).flatMap(({ state }) => state?.terminated ?? []));
	if (ends.some(({ reason }) => reason === "OOMKilled")) {
		const how = `${report.how}; a container was killed for memory`;
		return makeReport({
			state: "failed",
			outcome: "out-of-memory"
		}, how, 137);
	}
	if (pods.some(({ reason, conditions }) => reason === "Evicted" || reason === "NodeLost" || (conditions ?? []).some(({ type, status }) => type === "DisruptionTarget" && status === "True"))) return makeReport({ state: "lost" }, `${report.how}; a pod was taken away`);
	const failed = ends.find(({ exitCode }) => exitCode !== 0);
	return failed === void 0 ? report : {
		...report,
		exitCode: failed.exitCode
	};
}

// core/training/kubernetes-state.ts
/**
* Conditions of a Job, the first that is true counts. `SuccessCriteriaMet` and `FailureTarget` come before the end, while
* pods are still ending.
* @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/
*/
const jobConditions = {
	Complete: { state: "done" },
	Failed: { state: "failed" },
	SuccessCriteriaMet: { state: "running" },
	FailureTarget: { state: "running" },
	Suspended: { state: "waiting" }
};
/** Why a Job has failed. */
const jobFailures = {
	BackoffLimitExceeded: { state: "failed" },
	DeadlineExceeded: {
		state: "failed",
		outcome: "timed-out"
	},
	FailedIndexes: { state: "failed" },
	MaxFailedIndexesExceeded: { state: "failed" },
	PodFailurePolicy: { state: "failed" }
};
/** @see https://github.com/ray-project/kuberay ray-operator/apis/ray/v1/rayjob_types.go JobDeploymentStatus */
const rayJobStates = {
	"": { state: "submitted" },
	Initializing: { state: "waiting" },
	Running: { state: "running" },
	Complete: { state: "failed" },
	Failed: { state: "failed" },
	ValidationFailed: { state: "failed" },
	Suspending: { state: "waiting" },
	Suspended: { state: "waiting" },
	Retrying: { state: "waiting" },
	Waiting: { state: "waiting" },
	Scheduling: { state: "waiting" },
	Scheduled: { state: "waiting" }
};
/** Why a RayJob has failed: JobFailedReason there. */
const rayJobFailures = {
	SubmissionFailed: {
		state: "failed",
		outcome: "service"
	},
	DeadlineExceeded: {
		state: "failed",
		outcome: "timed-out"
	},
	AppFailed: { state: "failed" },
	JobDeploymentStatusTransitionGracePeriodExceeded: {
		state: "failed",
		outcome: "service"
	},
	ValidationFailed: { state: "failed" }
};
/** How the job of Ray inside a complete RayJob ended. */
const rayJobEnds = {
	SUCCEEDED: { state: "done" },
	FAILED: { state: "failed" },
	STOPPED: { state: "cancelled" }
};
const conditionSchema = object({
	type: string(),
	status: string(),
	reason: string().optional(),
	message: string().optional()
});
const jobSchema = object({
	kind: literal("Job"),
	status: object({
		conditions: array(conditionSchema).nullish(),
		active: int().nullish(),
		ready: int().nullish()
	}).prefault({})
});
const rayJobSchema = object({
	kind: literal("RayJob"),
	status: object({
		jobStatus: string().default(""),
		jobDeploymentStatus: string().default(""),
		reason: string().default(""),
		message: string().default("")
	}).prefault({})
});
/**
* Reads a Job or RayJob as the API server shows it.
* @returns null for an answer or a state that nobody knows: it says nothing
*/
function parseKubernetesState(answer) {
	const job = jobSchema.safeParse(answer);
	if (job.success) return reportJob(job.data.status);
	const rayJob = rayJobSchema.safeParse(answer);
	return rayJob.success ? reportRayJob(rayJob.data.status) : null;
}
function reportJob({ conditions, active, ready }) {
	for (const [type, meaning] of Object.entries(jobConditions)) {
		const met = conditions?.find((condition) => condition.type === type && condition.status === "True");
		if (met === void 0) continue;
		const reason = met.reason ?? "";
		const own = type === "Failed" ? lookUp(jobFailures, reason) ?? meaning : meaning;
		return makeReport(own, joinWords(type, reason, met.message ?? ""));
	}
	if ((active ?? 0) === 0) return makeReport({ state: "submitted" }, "no pod yet");
	return (ready ?? 0) > 0 ? makeReport({ state: "running" }, `${ready} of ${active} pods are ready`) : makeReport({ state: "waiting" }, `none of ${active} pods is ready`);
}
function reportRayJob(status) {
	const { jobStatus, jobDeploymentStatus, reason, message } = status;
	const meaning = lookUp(rayJobStates, jobDeploymentStatus);
	if (meaning === null) return null;
	const how = joinWords(jobDeploymentStatus || "New", jobStatus, reason, message);
	if (jobDeploymentStatus === "Complete") {
		const end = lookUp(rayJobEnds, jobStatus);
		return end === null ? null : makeReport(end, how);
	}
	if (jobDeploymentStatus === "Failed") return makeReport(lookUp(rayJobFailures, reason) ?? meaning, how);
	return makeReport(meaning, how);
}
function lookUp(table, word) {
	return Object.entries(table).find(([key]) => key === word)?.[1] ?? null;
}
function joinWords(...words) {
	return words.filter((word) => word !== "").join(": ");
}

// adapters/cluster/line-cutter.ts
/** A longer line is cut into pieces: output without line ends must not fill the memory. */
const maxLineLength = 65536;
/** Cuts a log that comes in parts into lines; `\r` alone ends a line too, as progress bars write it. */
var LineCutter = class {
	#take;
	#decoder = new StringDecoder("utf8");
	#rest = "";
	constructor(take) {
		this.#take = take;
	}
	add(part) {
		const lines = (this.#rest + (typeof part === "string" ? part : this.#decoder.write(Buffer.from(part)))).split(/\r\n|\n|\r(?!$)/);
		this.#rest = lines.pop() ?? "";
		for (const line of lines) this.#pieces(line);
		while (this.#rest.length > maxLineLength) {
			this.#take(this.#rest.slice(0, maxLineLength));
			this.#rest = this.#rest.slice(maxLineLength);
		}
	}
	/** Hands on what came last without a line end. */
	end() {
		const rest = (this.#rest + this.#decoder.end()).replace(/\r$/, "");
		this.#rest = "";
		if (rest !== "") this.#pieces(rest);
	}
	#pieces(line) {
		for (let at = 0; at === 0 || at < line.length; at += maxLineLength) this.#take(line.slice(at, at + maxLineLength));
	}
};

// adapters/cluster/log-time.ts
/**
* Reads what `kubectl logs --timestamps` writes: RFC 3339 with up to nine places, a space, the line.
* `--since-time` has whole seconds, so lines come twice: those that are not later than the last one are left out.
*/
function makeLineFilter(onLine) {
	let newest = null;
	let earlier = "";
	return {
		take(line) {
			const [, text, rest] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) ?(.*)$/s.exec(line) ?? [];
			if (text === void 0 || rest === void 0) {
				onLine(line);
				return;
			}
			const key = toKey(text);
			if (key <= earlier) return;
			newest = {
				text,
				key
			};
			onLine(rest);
		},
		since() {
			earlier = newest?.key ?? earlier;
			return newest?.text ?? null;
		}
	};
}
/** Sorts as time does: trailing zeros of the fraction are left out by whoever writes it. */
function toKey(text) {
	const [seconds = "", fraction = ""] = text.slice(0, -1).split(".");
	return `${seconds}.${fraction.padEnd(9, "0")}`;
}

// adapters/cluster/tool.ts
/** Where a client finds its cluster; none of them holds a secret. */
const ownNames = [
	"KUBECONFIG",
	"KUBERNETES_SERVICE_HOST",
	"KUBERNETES_SERVICE_PORT",
	"SLURM_CONF"
];
const mostBytes = 16777216;
const patienceMs = 6e4;
/** The environment of an engine's own client: as narrow as that of the team's command, and where its cluster is. */
function toolEnvironment(env) {
	const own = ownNames.flatMap((name) => env[name] === void 0 ? [] : [[name, env[name]]]);
	return pickEnvironment(env, Object.fromEntries(own));
}
/**
* Runs an engine's own client to its end, whatever its exit code. It reads `input` and nothing else.
* @throws ServiceError TOOL_MISSING when it is not installed, CLUSTER_FAILED when it does not end or says too much
*/
function askTool(file, args, env, input = "") {
	const { promise, resolve, reject } = makeDeferred();
	const child = spawn(file, args, {
		env,
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		],
		timeout: patienceMs
	});
	const texts = {
		stdout: "",
		stderr: ""
	};
	for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => {
		texts[name] += text;
		if (texts[name].length > mostBytes) child.kill("SIGKILL");
	});
	child.once("error", (cause) => reject(toolMissing(file, cause)));
	child.once("close", (code, signal) => {
		const stderr = oneLine(texts.stderr);
		if (signal === null) resolve({
			code,
			stdout: texts.stdout,
			stderr
		});
		else reject(clusterFailed(`${file} ${args[0] ?? ""} was ended by ${signal}`, stderr));
	});
	child.stdin.on("error", () => void 0);
	child.stdin.end(input);
	return promise;
}
function toolMissing(file, cause) {
	return new ServiceError("TOOL_MISSING", `${file} could not be started on this runner`, {
		hint: `Install ${file} on the runner (its own user must find it in PATH).`,
		cause
	});
}
/** @param said the engine's own words: cut, on one line */
function clusterFailed(what, said) {
	return new ServiceError("CLUSTER_FAILED", said === "" ? what : `${what}: ${oneLine(said)}`, { hint: "See whether the cluster can be reached from the runner and takes jobs of its user, then run the job again." });
}
/** What an engine says is untrusted: one line of at most 500 characters without control characters. */
function oneLine(text) {
	return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim().slice(0, 500).toWellFormed();
}

// adapters/cluster/kubernetes.ts
const followPauseMs = 5e3;
const waitArgs = ["--request-timeout=30s"];
const unknownKind = /doesn't have a resource type/;
const resources = {
	Job: "jobs.batch",
	RayJob: "rayjobs.ray.io"
};
/**
* Drives Kubernetes by its own client, which knows how to log in and keeps credentials out of this process.
* @param manifest what `parseManifest` read from the checkout
* @see https://kubernetes.io/docs/reference/kubectl/generated/
*/
function openKubernetes(config, manifest, env, clock) {
	const place = [...config.context === void 0 ? [] : [`--context=${config.context}`], `--namespace=${config.namespace}`];
	const ask = (args, input) => askTool("kubectl", [
		...args,
		...place,
		...waitArgs
	], env, input);
	const nameOf = (name) => `${resources[manifest.kind]}/${name}`;
	return {
		async submit(job) {
			const text = JSON.stringify(fillManifest(manifest, job, config));
			const { code, stdout, stderr } = await ask([
				"create",
				"--filename=-",
				"--output=json"
			], text);
			if (code !== 0) throw isRefusal(stderr) ? refused$3(stderr) : clusterFailed("kubectl create failed", stderr);
			const id = readName(parseJson$1(stdout));
			if (id !== job.name) throw clusterFailed("kubectl create answered another name", id ?? "");
			return {
				name: job.name,
				id
			};
		},
		async state({ name }) {
			const { code, stdout, stderr } = await ask([
				"get",
				nameOf(name),
				"--ignore-not-found",
				"--output=json"
			]);
			if (code !== 0) throw clusterFailed("kubectl get failed", stderr);
			if (stdout.trim() === "") return makeReport({ state: "lost" }, "somebody has deleted it");
			const report = parseKubernetesState(parseJson$1(stdout));
			if (report?.outcome !== "failed") return report;
			const pods = await ask([
				"get",
				"pods",
				`--selector=${runLabel}=${name}`,
				"--output=json"
			]);
			return pods.code === 0 ? explainFailure(report, parseJson$1(pods.stdout)) : report;
		},
		async followLog({ name }, onLine, signal) {
			const args = [
				"logs",
				`${resources.Job}/${name}`,
				"--timestamps",
				...place
			];
			const filter = makeLineFilter(onLine);
			for (let last = false; !last;) {
				last = signal.aborted;
				const since = filter.since() === null ? [] : [`--since-time=${filter.since()}`];
				const more = last ? [...waitArgs] : ["--follow"];
				await streamLines([
					...args,
					...since,
					...more
				], env, filter.take, last ? null : signal);
				if (!last) await clock.wait(followPauseMs, signal);
			}
		},
		async cancel({ name }) {
			const args = [
				"delete",
				nameOf(name),
				"--ignore-not-found",
				"--wait=false",
				"--cascade=background"
			];
			const { code, stderr } = await ask(args);
			if (code !== 0 && !unknownKind.test(stderr)) throw clusterFailed("kubectl delete failed", stderr);
		}
	};
}
/** Runs `kubectl logs` to its end, or until the signal. How it ends says nothing: the state of the job is asked elsewhere. */
async function streamLines(args, env, take, signal) {
	const child = spawn("kubectl", args, {
		env,
		stdio: [
			"ignore",
			"pipe",
			"ignore"
		]
	});
	const stop = () => void child.kill("SIGTERM");
	signal?.addEventListener("abort", stop, { once: true });
	if (signal?.aborted) stop();
	const cutter = new LineCutter(take);
	child.stdout.on("data", (part) => cutter.add(part));
	try {
		await once(child, "close");
	} catch (error) {
		throw toolMissing("kubectl", error instanceof Error ? error : new Error(String(error)));
	} finally {
		signal?.removeEventListener("abort", stop);
	}
	if (signal === null) cutter.end();
}
function parseJson$1(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
function readName(answer) {
	if (typeof answer !== "object" || answer === null || !("metadata" in answer)) return null;
	const { metadata } = answer;
	if (typeof metadata !== "object" || metadata === null || !("name" in metadata)) return null;
	return typeof metadata.name === "string" ? metadata.name : null;
}
/** Words of the API server about the object itself, and not about the way to it. */
function isRefusal(stderr) {
	return /\((?:BadRequest|Invalid|Forbidden)\)|error validating|strict decoding error|no matches for kind|is invalid|admission webhook/i.test(stderr);
}
function refused$3(said) {
	return new InputError("CLUSTER_REFUSED", `Kubernetes did not take the job: ${said}`, { hint: "Correct the manifest that train.cluster.manifest names, or the rights of the runner in that namespace." });
}

// core/training/ray-state.ts
/** @see https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html JobStatus */
const rayStates = {
	PENDING: { state: "waiting" },
	RUNNING: { state: "running" },
	STOPPED: { state: "cancelled" },
	SUCCEEDED: { state: "done" },
	FAILED: { state: "failed" }
};
/** Of JobDetails what we read; a field that Ray leaves out and one that is null mean the same. */
const detailsSchema = object({
	status: string(),
	message: string().nullish(),
	error_type: string().nullish(),
	driver_exit_code: int().nullish()
});
/**
* Reads what Ray says about a job.
* @returns null for an answer or a status that nobody knows: it says nothing
*/
function parseRayState(answer) {
	const parsed = detailsSchema.safeParse(answer);
	if (!parsed.success) return null;
	const { status, message, error_type: errorType, driver_exit_code: exitCode } = parsed.data;
	if (!isRayState(status)) return null;
	const how = [
		status,
		errorType,
		message
	].filter((part) => part !== null && part !== void 0).join(": ");
	const meaning = status === "FAILED" ? failure(errorType ?? "", exitCode ?? null) : rayStates[status];
	return makeReport(meaning, how, exitCode ?? null);
}
function isRayState(word) {
	return Object.hasOwn(rayStates, word);
}
/** A command that gave an exit code failed by itself; one whose supervisor never came or died did not. */
function failure(errorType, exitCode) {
	if (exitCode !== null) return rayStates.FAILED;
	if (errorType.startsWith("JOB_SUPERVISOR_ACTOR_")) return { state: "lost" };
	if (errorType === "JOB_ENTRYPOINT_COMMAND_START_ERROR") return {
		state: "failed",
		outcome: "service"
	};
	return rayStates.FAILED;
}

// adapters/cluster/ray.ts
const logPollMs$1 = 5e3;
const timeoutMs = 3e4;
/** Each look at the log sends all of it again: a log beyond this is followed no further. */
const maxLogBytes$1 = 67108864;
/**
* Drives Ray by its Jobs API. Only hosts of the policy are reached, by the rules of `openClient`.
* @see https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html
*/
function openRay(config, runtimeEnv, network, clock) {
	const client = openClient(network, { idleMs: timeoutMs });
	const ask = (method, path, body) => send(client, method, new URL(`${config.address}/api/jobs/${path}`), body);
	return {
		async submit(job) {
			const { status, text } = await ask("POST", "", toRequest(job, runtimeEnv));
			if (status === 400) throw refused$2(text);
			if (status !== 200) throw failed("take the job", status, text);
			const id = readField(text, "submission_id") ?? readField(text, "job_id");
			if (id !== job.name) throw failed("answer with the name of the job", status, text);
			return {
				name: job.name,
				id
			};
		},
		async state({ name }) {
			const { status, text } = await ask("GET", name);
			if (status !== 200) throw failed("say how the job is", status, text);
			return parseRayState(parseJson(text));
		},
		async followLog({ name }, onLine, signal) {
			const cutter = new LineCutter(onLine);
			for (let seen = 0;;) {
				const last = signal.aborted;
				const { status, text } = await ask("GET", `${name}/logs`);
				const logs = status === 200 ? readField(text, "logs") : null;
				if (logs === null) throw failed("show the log", status, text);
				cutter.add(logs.slice(seen));
				seen = Math.max(seen, logs.length);
				if (last) break;
				await clock.wait(logPollMs$1, signal);
			}
			cutter.end();
		},
		async cancel({ name }) {
			const { status, text } = await ask("POST", `${name}/stop`);
			if (status !== 200 && status !== 404) throw failed("stop the job", status, text);
		}
	};
}
function toRequest(job, runtimeEnv) {
	const line = toCommandLine(job.command, toSeconds(job.timeoutMs));
	return {
		submission_id: job.name,
		entrypoint: `cd ${quoteWord(job.folder)} && exec ${line}`,
		runtime_env: {
			...runtimeEnv,
			env_vars: {
				...runtimeEnv.env_vars,
				...job.env
			}
		},
		metadata: { job_name: job.name },
		...job.gpus === 0 ? {} : { entrypoint_num_gpus: job.gpus },
		...job.memoryGib === null ? {} : { entrypoint_memory: Math.ceil(job.memoryGib * 1073741824) }
	};
}
async function send(client, method, url, body) {
	const answer = await client.send({
		method,
		url,
		headers: async () => ({
			accept: "application/json",
			"content-type": "application/json"
		}),
		...body === void 0 ? {} : { body: { text: JSON.stringify(body) } },
		limitBytes: maxLogBytes$1,
		timeoutMs
	});
	const parts = [];
	for await (const part of answer.body) parts.push(part);
	return {
		status: answer.status,
		text: Buffer.concat(parts).toString("utf8")
	};
}
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
function readField(text, name) {
	const value = parseJson(text);
	if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return null;
	const found = Reflect.get(value, name);
	return typeof found === "string" ? found : null;
}
function failed(what, status, text) {
	return clusterFailed(`Ray did not ${what} (HTTP ${status})`, text);
}
function refused$2(text) {
	return new InputError("CLUSTER_REFUSED", `Ray did not take the job: ${oneLine(text)}`, { hint: "Correct train.cluster.runtime-env or train.needs in model.yml as this cluster allows them." });
}

// core/training/slurm-state.ts
/**
* States and flags of Slurm. Requeueing is forbidden at submission, so a requeued job is somebody else's doing and waits.
* @see https://slurm.schedmd.com/job_state_codes.html
*/
const slurmStates = {
	BOOT_FAIL: { state: "lost" },
	CANCELLED: { state: "cancelled" },
	COMPLETED: { state: "done" },
	DEADLINE: {
		state: "failed",
		outcome: "timed-out"
	},
	FAILED: { state: "failed" },
	NODE_FAIL: { state: "lost" },
	OUT_OF_MEMORY: {
		state: "failed",
		outcome: "out-of-memory"
	},
	PENDING: { state: "waiting" },
	PREEMPTED: {
		state: "lost",
		outcome: "killed"
	},
	RUNNING: { state: "running" },
	SUSPENDED: { state: "waiting" },
	TIMEOUT: {
		state: "failed",
		outcome: "timed-out"
	},
	COMPLETING: { state: "running" },
	CONFIGURING: { state: "waiting" },
	LAUNCH_FAILED: {
		state: "failed",
		outcome: "service"
	},
	POWER_UP_NODE: { state: "waiting" },
	RECONFIG_FAIL: {
		state: "failed",
		outcome: "service"
	},
	REQUEUED: { state: "waiting" },
	REQUEUE_FED: { state: "waiting" },
	REQUEUE_HOLD: { state: "waiting" },
	RESIZING: { state: "running" },
	RESV_DEL_HOLD: { state: "waiting" },
	REVOKED: { state: "lost" },
	SIGNALING: { state: "running" },
	SPECIAL_EXIT: { state: "waiting" },
	STAGE_OUT: { state: "running" },
	STOPPED: { state: "waiting" },
	UPDATE_DB: { state: "running" }
};
/**
* Reads one line `STATE|reason` of squeue or `STATE|exit:signal` of sacct; sacct writes `CANCELLED by 1000`.
* @returns null for a line or a state that nobody knows: it says nothing
*/
function parseSlurmState(line) {
	const [word = "", detail = ""] = line.trim().split("|");
	const name = /^[A-Z_]+/.exec(word)?.[0] ?? "";
	if (!isSlurmState(name)) return null;
	const [, code, signal] = /^(\d{1,5}):(\d{1,5})$/.exec(detail) ?? [];
	const how = detail === "" || detail === "None" || detail === "0:0" ? word : `${word} (${detail})`;
	const exitCode = code === void 0 ? null : signal !== "0" ? 128 + Number(signal) : Number(code);
	return makeReport(slurmStates[name], how, exitCode);
}
function isSlurmState(word) {
	return Object.hasOwn(slurmStates, word);
}

// adapters/cluster/slurm.ts
const logPollMs = 2e3;
const chunkBytes = 1048576;
/** As of Ray: a log beyond this is followed no further. A file with holes has any size and costs its writer nothing. */
const maxLogBytes = 67108864;
const gone = /invalid job id|already completing or completed|no job (?:id )?identification/i;
/**
* Drives Slurm by its own commands. Script and limits are ours, options that say what the job needs are the team's.
* @see https://slurm.schedmd.com/sbatch.html https://slurm.schedmd.com/squeue.html
*/
function openSlurm(config, env, clock) {
	let logFile = null;
	const ask = (file, args, input) => askTool(file, args, env, input);
	return {
		async submit(job) {
			logFile = job.logFile.here;
			const { code, stdout, stderr } = await ask("sbatch", submitOptions(config, job), writeScript(job));
			if (code !== 0) throw refused$1(stderr);
			return {
				name: job.name,
				id: readId(stdout)
			};
		},
		async state({ id }) {
			if (id === null) return null;
			const queued = await ask("squeue", [
				...only(id),
				"--noheader",
				"--states=all",
				"--format=%T|%r"
			]);
			const report = queued.code === 0 ? parseSlurmState(firstLine(queued.stdout)) : null;
			if (report !== null && report.outcome !== "failed") return report;
			const booked = await readAccounting(id, ask);
			return booked !== null && isEnded(booked.state) ? booked : report ?? booked;
		},
		async followLog(_handle, onLine, signal) {
			if (logFile !== null) await followFile(logFile, onLine, signal, clock);
		},
		async cancel({ name, id }) {
			const args = id === null ? [`--name=${name}`] : [...clusterOf(id), numberOf(id)];
			const { code, stderr } = await ask("scancel", args);
			if (code !== 0 && !gone.test(stderr)) throw clusterFailed("scancel failed", stderr);
		}
	};
}
/** Options of the team first: of two that say the same, sbatch takes the last. */
function submitOptions(config, job) {
	return [
		...config.options,
		...config.partition === void 0 ? [] : [`--partition=${config.partition}`],
		"--parsable",
		`--job-name=${job.name}`,
		`--output=${job.logFile.there}`,
		`--chdir=${job.folder}`,
		`--time=${Math.ceil(toSeconds(job.timeoutMs) / 60) + 1}`,
		"--no-requeue",
		"--export=NONE"
	];
}
/** sbatch reads directives only before the first command, and ours comes first: none of the team's is read. */
function writeScript(job) {
	const env = {
		...job.env,
		SLURM_EXPORT_ENV: "ALL"
	};
	return toScript({
		folder: job.folder,
		env,
		command: job.command
	}, toSeconds(job.timeoutMs));
}
/** `1234` or `1234;cluster`, on the last line: a site may print a greeting. */
function readId(stdout) {
	const line = stdout.trim().split("\n").at(-1)?.trim() ?? "";
	if (!/^\d{1,12}(?:;[A-Za-z0-9_.-]{1,64})?$/.test(line)) throw clusterFailed("sbatch answered no job number", line);
	return line;
}
const numberOf = (id) => id.split(";")[0] ?? "";
const clusterOf = (id) => {
	const cluster = id.split(";")[1];
	return cluster === void 0 ? [] : [`--clusters=${cluster}`];
};
const only = (id) => [...clusterOf(id), `--jobs=${numberOf(id)}`];
/** With --clusters, squeue writes a heading `CLUSTER: name` even where it was asked for none. */
const firstLine = (text) => text.split("\n").find((line) => line.trim() !== "" && !line.startsWith("CLUSTER:")) ?? "";
async function readAccounting(id, ask) {
	const answer = await ask("sacct", [
		...only(id),
		"--noheader",
		"--parsable2",
		"--allocations",
		"--format=State,ExitCode"
	]).catch(() => null);
	return answer?.code === 0 ? parseSlurmState(firstLine(answer.stdout)) : null;
}
async function followFile(path, onLine, signal, clock) {
	const cutter = new LineCutter(onLine);
	for (let offset = 0;;) {
		const last = signal.aborted;
		offset = await readFrom(path, offset, cutter);
		if (last) break;
		await clock.wait(logPollMs, signal);
	}
	cutter.end();
}
/** A job may put a link there, which would print a file of the runner, or a pipe, which would hold the runner for good. */
const logFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
async function readFrom(path, from, cutter) {
	const file = await open(path, logFlags).catch(() => null);
	if (file === null) return from;
	try {
		if (!(await file.stat()).isFile()) return from;
		const buffer = Buffer.alloc(chunkBytes);
		for (let offset = from;;) {
			const { bytesRead } = await file.read(buffer, 0, Math.min(chunkBytes, maxLogBytes - offset), offset);
			if (bytesRead === 0) return offset;
			cutter.add(buffer.subarray(0, bytesRead));
			offset += bytesRead;
		}
	} finally {
		await file.close();
	}
}
function refused$1(said) {
	return new InputError("CLUSTER_REFUSED", `Slurm did not take the job: ${said || "sbatch gave no reason"}`, { hint: "Correct train.cluster in model.yml: options, partition, account and limits as this cluster knows them." });
}

// adapters/cluster/open-engine.ts
/**
* Opens the engine that model.yml names. Its files are read and checked here: nothing is handed over before.
* @throws InputError CONFIG_INVALID for a manifest or runtime environment that is not allowed
*/
function openEngine(config, parts) {
	const clock = parts.clock ?? systemClock;
	switch (config.kind) {
		case "ray": {
			const { runtimeEnv } = config;
			const text = runtimeEnv === void 0 ? "" : parts.read(runtimeEnv);
			return openRay(config, parseRuntimeEnv(text, runtimeEnv ?? "runtime-env"), parts.network, clock);
		}
		case "kubernetes": {
			const manifest = parseManifest(parts.read(config.manifest), config);
			return openKubernetes(config, manifest, toolEnvironment(parts.env), clock);
		}
		case "slurm": return openSlurm(config, toolEnvironment(parts.env), clock);
	}
}

// adapters/cluster/watch-job.ts
const defaultPollMs = 1e4;
/** So many questions in a row without an answer, and the job counts as lost. */
const mostSilent = 6;
const drainMs = 3e4;
/** Follows log and state of a job until it has ended, its time is over, or the job on GitHub is cancelled. */
async function watchJob(run, handle, deadline, clock) {
	const ended = new AbortController();
	let following = null;
	const startLog = () => {
		following ??= run.engine.followLog(handle, run.log, ended.signal).catch((error) => run.log(`the log could not be followed: ${describeError(error)}`));
	};
	try {
		const end = await askUntilEnded(run, handle, deadline, clock, startLog);
		if (end.kind === "ended") startLog();
		return end;
	} finally {
		ended.abort();
		if (!run.cancel.aborted) await Promise.race([following, clock.wait(drainMs)]);
	}
}
async function askUntilEnded(run, handle, deadline, clock, startLog) {
	let silent = 0;
	let said = "";
	for (;;) {
		if (run.cancel.aborted) return {
			kind: "cancel",
			said
		};
		if (!(clock.now().getTime() < deadline)) return {
			kind: "timeout",
			said
		};
		const answer = await askState(run, handle);
		if (answer.kind === "cancel") return {
			...answer,
			said
		};
		if (answer.kind === "silent") {
			silent += 1;
			if (silent >= mostSilent) return {
				kind: "ended",
				report: lost(answer.why)
			};
		} else {
			silent = 0;
			const { report } = answer;
			const now = `${report.state} (${oneLine(report.how)})`;
			if (now !== said) run.log(`cluster: ${now}`);
			said = now;
			if (isEnded(report.state)) return answer;
			if (report.state === "running") startLog();
		}
		const leftMs = deadline - clock.now().getTime();
		await clock.wait(Math.max(Math.min(run.pollMs ?? defaultPollMs, leftMs), 0), run.cancel);
	}
}
/** One question, which a cancelled job does not wait for. `ended` holds whatever report came. */
async function askState({ engine, cancel }, handle) {
	const heard = makeDeferred();
	const onAbort = () => heard.resolve({ kind: "cancel" });
	cancel.addEventListener("abort", onAbort, { once: true });
	const asked = engine.state(handle).then((report) => report === null ? {
		kind: "silent",
		why: ""
	} : {
		kind: "ended",
		report
	}, (error) => ({
		kind: "silent",
		why: describeError(error)
	}));
	try {
		return await Promise.race([asked, heard.promise]);
	} finally {
		cancel.removeEventListener("abort", onAbort);
	}
}
function lost(why) {
	return {
		state: "lost",
		outcome: "lost-runner",
		exitCode: null,
		how: `nothing is known of the job${why === "" ? "" : `: ${why}`}`
	};
}
function describeError(error) {
	return oneLine(error instanceof Error ? error.message : String(error));
}

// adapters/cluster/run-on-cluster.ts
/** A cancelled job has 7.5 seconds: an answer that is under way is waited for less than that. */
const graceMs = 3e3;
const keptLines = 50;
/**
* Hands a job to an engine and follows it to its end. On every path, the good one included, the engine is told at the
* end to cancel it, so that nothing of it is left: success, failure, time limit, cancelled, lost, an engine that fails.
* Nothing that the job prints is read as a command by the runner.
* @throws InputError when the engine refuses the job as it is
*/
async function runOnCluster(run, clock) {
	const last = keepLastLines(keptLines);
	if (run.cancel.aborted) return {
		outcome: "cancelled",
		how: "cancelled before it was handed over",
		lastLines: []
	};
	const stopWord = randomUUID();
	let open = true;
	const log = (line) => {
		if (!open) return;
		last.add(line);
		run.log(line);
	};
	run.log(`::stop-commands::${stopWord}`);
	try {
		return {
			...await follow({
				...run,
				log
			}, clock, last.list),
			lastLines: last.list()
		};
	} finally {
		open = false;
		run.log(`::${stopWord}::`);
	}
}
async function follow(run, clock, lastLines) {
	const { engine, job } = run;
	const deadline = clock.now().getTime() + (Number.isFinite(job.timeoutMs) ? job.timeoutMs : 0);
	let handle = {
		name: job.name,
		id: null
	};
	const submitting = engine.submit(job);
	try {
		handle = await submitted(submitting, run.cancel, clock);
		run.log(`handed over as ${handle.name}`);
		const watched = await watchJob(run, handle, deadline, clock);
		if (watched.kind === "ended") return toEnd(watched.report, lastLines());
		if (watched.kind === "cancel") return {
			outcome: "cancelled",
			how: "cancelled"
		};
		return {
			outcome: "timed-out",
			how: `the time limit ended it; ${watched.said || "no answer yet"}`
		};
	} catch (error) {
		if (error instanceof InputError) throw error;
		if (run.cancel.aborted) return {
			outcome: "cancelled",
			how: "cancelled"
		};
		return {
			outcome: "service",
			how: describeError(error)
		};
	} finally {
		await takeAway(run, handle, clock);
		submitting.then((late) => late.id === handle.id ? void 0 : engine.cancel(late).catch(() => void 0), () => void 0);
	}
}
/** Waits for the engine's answer, but not longer than a cancelled job can. */
async function submitted(submitting, cancel, clock) {
	const heard = makeDeferred();
	const onAbort = () => heard.resolve(null);
	cancel.addEventListener("abort", onAbort, { once: true });
	if (cancel.aborted) onAbort();
	const handle = await Promise.race([submitting, heard.promise]).finally(() => cancel.removeEventListener("abort", onAbort));
	if (handle !== null) return handle;
	const late = await Promise.race([submitting, clock.wait(graceMs)]);
	if (late !== void 0) return late;
	throw new Error("cancelled while it was handed over");
}
/** A command that failed is looked at like one on a runner: memory, disk and driver are no failure of the code. */
function toEnd(report, lastLines) {
	const how = oneLine(report.how);
	if (report.outcome !== "failed") return {
		outcome: report.outcome ?? "service",
		how
	};
	const facts = {
		signal: null,
		startFault: null,
		timedOut: false,
		cancelled: false
	};
	const exitCode = report.exitCode === null || report.exitCode === 0 ? 1 : report.exitCode;
	const own = classifyEnd({
		...facts,
		exitCode,
		lastLines,
		oomKills: null,
		diskFreeMib: null
	});
	return own.outcome === "failed" ? {
		outcome: "failed",
		how
	} : {
		...own,
		how: `${how}: ${own.how}`
	};
}
/** Cancels on every path, and again when the engine does not answer; what it could not be told is said loudly. */
async function takeAway({ engine, log }, handle, clock) {
	for (const pauseMs of [
		500,
		1500,
		null
	]) try {
		await engine.cancel(handle);
		return;
	} catch (error) {
		if (pauseMs === null) {
			log(`${handle.name} could not be cancelled and may still run: ${describeError(error)}`);
			return;
		}
		await clock.wait(pauseMs);
	}
}

// adapters/cluster/shared-folder.ts
/**
* Makes a folder of its own for one training on the shared folder and copies the checkout there, without `.git`.
* @param name of the training, for example `clusterJobName`
* @throws InputError SHARED_FOLDER when it is not mounted, cannot be written or was left by somebody
*/
async function openSharedFolder(shared, name, workspace) {
	if (isInside(shared.folder, workspace)) throw refused(shared.folder, "lies inside the checkout");
	const here = join(shared.folder, name);
	const there = `${shared.seenAs}/${name}`;
	await mkdir(here).catch((cause) => {
		throw refused(shared.folder, explain(cause), cause);
	});
	const remove = () => rm(here, {
		recursive: true,
		force: true
	});
	const places = (root) => ({
		work: `${root}/work`,
		data: `${root}/data`,
		output: `${root}/output`
	});
	const folder = {
		here: places(here),
		there: places(there),
		remove,
		root: {
			here,
			there
		}
	};
	try {
		for (const path of [folder.here.data, folder.here.output]) await mkdir(path);
		const git = join(workspace, ".git");
		await cp(workspace, folder.here.work, {
			recursive: true,
			verbatimSymlinks: true,
			filter: (source) => source !== git
		});
		return folder;
	} catch (error) {
		await remove();
		throw error;
	}
}
/** Writes the script of an attempt onto the shared folder and says what is handed to the engine. */
async function writeClusterJob(train, folder, attempt) {
	const { root, there } = folder;
	const { name, timeoutMs } = attempt;
	const { command, needs } = train;
	const env = {
		...attempt.env,
		GATEHOUSE_DATA: there.data,
		GATEHOUSE_OUTPUT: there.output
	};
	const script = `${name}.sh`;
	const text = toScript({
		folder: there.work,
		env,
		command
	}, toSeconds(timeoutMs));
	await rm(join(root.here, script), {
		recursive: true,
		force: true
	});
	await writeFile(join(root.here, script), text, { flag: "wx" });
	return {
		name,
		command,
		folder: there.work,
		env,
		script: `${root.there}/${script}`,
		timeoutMs,
		logFile: {
			here: join(root.here, `${name}.log`),
			there: `${root.there}/${name}.log`
		},
		gpus: needs.gpus,
		memoryGib: needs.memoryGib ?? null
	};
}
function isInside(path, folder) {
	const way = relative(folder, path);
	return way === "" || way !== ".." && !way.startsWith(`..${sep}`);
}
function explain({ code }) {
	if (code === "ENOENT") return "is not there on this runner";
	if (code === "EEXIST") return "holds a folder of this training already";
	return `cannot be written (${code ?? "unknown"})`;
}
function refused(folder, what, cause) {
	return new InputError("SHARED_FOLDER", `The shared folder ${folder} ${what}`, {
		hint: "Mount the folder that train.cluster.shared names on the runner and on the machines of the engine, for the same user.",
		cause
	});
}

// adapters/cluster/cluster-training.ts
/**
* Opens what a training on an engine needs: its files are checked first, then the checkout is copied.
* Call `folder.remove()` at the end.
* @throws InputError CONFIG_INVALID, SHARED_FOLDER
*/
async function openClusterTraining(train, parts) {
	const clock = parts.clock ?? systemClock;
	const engine = openEngine(train.cluster, parts);
	const name = clusterJobName({
		...parts,
		attempt: 0
	});
	const folder = await openSharedFolder(train.cluster.shared, name, parts.workspace);
	return {
		folder,
		run: (attempt) => runAttempt(train, parts, {
			engine,
			folder,
			clock
		}, attempt)
	};
}
async function runAttempt(train, parts, { engine, folder, clock }, { number, env, timeoutMs, log, cancel }) {
	const job = await writeClusterJob(train, folder, {
		name: clusterJobName({
			...parts,
			attempt: number
		}),
		env: carryEnvironment(env, train.environment, folder),
		timeoutMs
	});
	return runOnCluster({
		engine,
		job,
		log,
		cancel
	}, clock);
}
/** Only what is ours or declared goes along: PATH and HOME of the runner mean nothing elsewhere. Paths are those of there. */
function carryEnvironment(env, declared, { root }) {
	const carried = Object.entries(env).filter(([name]) => /^GATEHOUSE_[A-Z0-9_]+$/.test(name) || declared.includes(name));
	const translate = (value) => value === root.here || value.startsWith(`${root.here}/`) ? `${root.there}${value.slice(root.here.length)}` : value;
	return Object.fromEntries(carried.flatMap(([name, value]) => value === void 0 ? [] : [[name, translate(value)]]));
}

// actions/train-model/site.ts
/** @throws InputError CONFIG_INVALID, SHARED_FOLDER for an engine that cannot be used */
async function openSite(inputs) {
	const { cluster } = inputs.model.train;
	if (cluster !== void 0) return openClusterSite(inputs, {
		...inputs.model.train,
		cluster
	});
	const scratch = await mkdtemp(join(tmpdir(), "gatehouse-output-"));
	return {
		inputs,
		scratch,
		cluster: null,
		close: () => rm(scratch, {
			recursive: true,
			force: true
		})
	};
}
async function openClusterSite(inputs, train) {
	const { runId, runAttempt, workspace, network, env, modelName, trial } = inputs;
	const cluster = await openClusterTraining(train, {
		runId,
		runAttempt,
		workspace,
		network,
		env,
		part: trainingKey(modelName, trial?.number ?? null),
		read: (path) => readFileSync(join(workspace, path), "utf8")
	});
	const { work, data, output } = cluster.folder.here;
	return {
		inputs: {
			...inputs,
			workspace: work,
			dataFolder: data
		},
		scratch: output,
		cluster,
		close: () => cluster.folder.remove()
	};
}

// actions/train-model/run.ts
/**
* Runs the team's training command on its data and records the run. Everything in the record is claimed:
* it was made beside pull-request code.
* @returns the record, whatever the outcome; `run.json` (canonical JSON of it) and, when it is done, the model file lie
* in the output folder
* @throws InputError when data, command, model file or metrics are not as declared; ServiceError when the remote fails or
* the machine is not what the training needs
*/
async function runTraining(inputs, deps) {
	const mark = await makeRunMark(inputs.runId, inputs.runAttempt);
	const site = await openSite(inputs);
	const env = await makeEnvironment(site.inputs, site.scratch, mark);
	try {
		return await runOn(site, {
			inputs,
			env,
			mark
		}, deps);
	} finally {
		await site.close();
		await leaveMachine(inputs, env, mark, deps.log);
	}
}
async function runOn(site, begun, deps) {
	const { inputs, env, mark } = begun;
	const { model, trial } = inputs;
	const clock = new PhaseClock(deps.now);
	const machine = await clock.time("machine", () => prepareMachine(inputs, env, mark, deps.log));
	const datasets = await clock.time("data", () => fetchDatasets({
		...site.inputs,
		datasets: model.datasets
	}, deps));
	const captured = await captureEnvironment({
		...inputs,
		train: model.train,
		env,
		trial
	});
	for (const note of captured.notes) deps.log(note);
	await clearOutputs(site.inputs);
	const container = await findEngine(inputs);
	const attempts = await clock.time("command", () => train(site, {
		env,
		machine,
		mark,
		container
	}, deps));
	const software = site.cluster === null ? await captured.readSoftware(askOf(container, inputs)) : {
		runtimes: {},
		packages: []
	};
	const { phases } = clock;
	return finishTraining({
		site,
		machine,
		datasets,
		captured,
		software,
		attempts,
		phases
	}, deps);
}
const findEngine = async ({ model, env }) => model.train.image === void 0 ? null : findContainerEngine(env);
const askOf = (engine, { model, runId }) => engine === null || model.train.image === void 0 ? void 0 : askContainer(engine, model.train.image, runId);
async function train({ inputs, scratch, cluster }, started, deps) {
	const checkpointFolder = checkpointFolderOf(inputs);
	const { checkpoint } = inputs.model.train;
	if (checkpoint !== void 0) {
		refuseCommitted(inputs, checkpoint.folder);
		const folder = await requireInside(inputs.workspace, checkpoint.folder);
		await rm(folder, {
			recursive: true,
			force: true
		});
		await mkdir(folder, { recursive: true });
	}
	if (await takeTrialCheckpoint(inputs, inputs.resumeFolder)) deps.log("the trial goes on from its checkpoint");
	const keeper = deps.openKeeper?.(inputs) ?? null;
	return runAttempts({
		...started,
		scratch,
		cluster,
		keeper,
		checkpointFolder
	}, inputs, deps);
}
/** The folder begins empty: nothing that was committed may lie in it. */
function refuseCommitted({ listing, modelName }, folder) {
	const [path] = [...listing.keys()].filter((one) => one === folder || one.startsWith(`${folder}/`));
	if (path === void 0) return;
	throw new InputError("CHECKPOINT_FOLDER", `${folder} holds files of the commit, such as ${path}`, {
		hint: "Name a folder of its own in train.checkpoint.folder, and put it into .gitignore.",
		where: { file: modelPath(modelName) }
	});
}
async function clearOutputs({ workspace, model }) {
	const { artifact, metrics, pipeline } = model.train;
	if (pipeline !== void 0) return;
	await clearOutput(workspace, artifact);
	if (metrics !== void 0) await clearClaimedMetrics(workspace, metrics);
}
/** Measures how long each part took. */
var PhaseClock = class {
	phases = [];
	#now;
	constructor(now) {
		this.#now = now;
	}
	async time(name, work) {
		const from = this.#now().getTime();
		try {
			return await work();
		} finally {
			this.phases.push({
				name,
				durationMs: this.#now().getTime() - from
			});
		}
	}
};

// actions/train-model/index.ts
const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
const temporary = process.env.RUNNER_TEMP ?? tmpdir();
/** The app may look again and again for so long; checkpoints are of no use after their run. */
const retentionDays = 3;
const lookMs = 1e3;
await runAction(async () => {
	const inputs = await readInputs();
	const cancelled = openCancelSignal();
	try {
		const training = await runTraining(inputs, openDeps(inputs, cancelled.signal));
		const { record, lastLines } = training;
		setOutputs({
			folder: inputs.outputFolder,
			"artifact-digest": record.artifact?.digest ?? ""
		});
		await writeSummary(renderSummary({
			kind: "training",
			record,
			lastLines
		}));
		failUnlessDone(training);
	} finally {
		cancelled.close();
	}
});
/** The summary has told it: here it becomes a red step, an annotation, and the verdict. */
function failUnlessDone(training) {
	try {
		requireDone(training);
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		setOutputs({ verdict: "not evaluated" });
		failStep(`${error.code}: ${error.message}. Fix: ${error.hint}`);
	}
}
async function readInputs() {
	const { runId, runAttempt, event } = readRunFacts();
	const modelName = needInput("model");
	const trial = input("trial");
	const commit = await resolveRef(workspace, "HEAD");
	if (commit === null) throw new InputError("CHECKOUT_MISSING", `${workspace} holds no commit`, { hint: "Put actions/checkout before this step, with ref: the head of the pull request." });
	return {
		modelName,
		...readDeclared(modelName, (path) => readFileSync(join(workspace, path), "utf8")),
		listing: await readTree(workspace, commit),
		commit,
		workspace,
		dataFolder: makeFolder("data"),
		outputFolder: makeFolder("model"),
		tempFolders: [.../* @__PURE__ */ new Set([temporary, tmpdir()])],
		runId,
		runAttempt,
		trigger: event,
		runner: process.env.RUNNER_NAME ?? "",
		trial: trial === "" ? null : parseTrial(trial, "the input \"trial\""),
		resumeFolder: join(temporary, "gatehouse-resume"),
		env: process.env
	};
}
function openDeps(inputs, cancel) {
	const now = () => /* @__PURE__ */ new Date();
	const uploader = openUploader();
	const { repository, apiUrl } = readRunFacts();
	const api = {
		apiUrl,
		repository,
		token: input("token")
	};
	const reader = {
		list: () => listRunArtifacts(api, inputs.runId),
		download: (id, file) => downloadArtifact(api, id, file),
		log: say
	};
	return {
		leaveFile: async (name, file) => {
			if (uploader === null) return;
			await leaveText(workspace, `${name}-${inputs.runAttempt}`, file, {
				uploader,
				log: say
			});
		},
		readBlob: async ({ path }) => readFileSync(join(workspace, path)),
		now,
		wait: (ms) => setTimeout$1(ms, void 0, { signal: cancel }).catch(() => void 0),
		log: say,
		cancel,
		lookMs,
		shelf: uploader === null ? null : openShelf(inputs, uploader),
		openKeeper: (site) => openAttemptKeeper(site, {
			uploader,
			reader,
			scratch: makeFolder("checkpoint"),
			now,
			log: say
		})
	};
}
function openUploader() {
	const found = openArtifactUploader(process.env, {
		now: () => /* @__PURE__ */ new Date(),
		retentionDays
	});
	if (found.kind === "uploader") return found.uploader;
	say(`No live progress and no checkpoint outside this machine: ${found.because}`);
	return null;
}
function openShelf(inputs, uploader) {
	if (inputs.trial !== null) return null;
	const secrets = listSecrets(process.env);
	return openProgressShelf(inputs.runAttempt, {
		upload: (name, files) => uploader.upload(name, Object.entries(files).map(([file, text]) => ({
			kind: "text",
			name: file,
			text
		}))),
		remove: (name) => uploader.remove(name),
		now: Date.now,
		hide: (text) => hideSecrets(text, secrets),
		log: say
	});
}

export {  };