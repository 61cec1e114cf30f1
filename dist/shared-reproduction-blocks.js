import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as digestBytes } from "./shared-canonical.js";
import { t as paragraph } from "./shared-block.js";
import { l as showNumbers } from "./shared-floor.js";
import { x as policyPath } from "./shared-layout.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import "./shared-facts.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { n as parseRunRecord } from "./shared-run-record.js";
import { u as maxBytes } from "./shared-read-predicted.js";
import { t as parsePredictions } from "./shared-predictions.js";
import { a as resolveRef, n as readFiles, o as gitText, r as readTree, s as runGit, t as defaultBranch } from "./shared-read.js";
import { n as listSecrets, r as pickEnvironment, t as hideSecrets } from "./shared-environment.js";
import { a as watchTeamCommand, r as runTeamCommand } from "./shared-team-command.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as openStore } from "./shared-store.js";
import { t as readFeaturePointer } from "./shared-feature-pointer.js";
import { t as openRemote } from "./shared-remote.js";
import { t as probeMachine } from "./shared-probe.js";
import { _ as neededGpus, a as containerName, c as captureEnvironment, d as takeArtifact, h as requireInside, i as askContainer, l as clearOutput, n as clearClaimedMetrics, o as runInContainer, p as runPipeline, r as readClaimedMetrics, s as findContainerEngine, t as classifyEnd, v as fetchDatasets, y as readDeclared } from "./shared-outcome.js";
import { r as stateOf, t as requireVerified } from "./shared-resolve2.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";

// adapters/reproduce/current-policy.ts
/**
* Reads the policy of the default branch as it was fetched: it says where store and data lie now.
* @throws InputError POLICY_MISSING, CONFIG_INVALID, GIT_NO_REPOSITORY
*/
async function readCurrentPolicy(repository) {
	const main = await defaultBranch(repository);
	for (const ref of main === null ? ["HEAD"] : [
		`refs/remotes/origin/${main}`,
		main,
		"HEAD"
	]) {
		if (await resolveRef(repository, ref) === null) continue;
		const content = (await readFiles(repository, ref, policyPath)).get(policyPath);
		if (content !== void 0) return parsePolicy(new TextDecoder().decode(content), policyPath);
	}
	throw new InputError("POLICY_MISSING", `${policyPath} is not on the default branch of this clone`, {
		hint: "Fetch the default branch: git fetch origin. The policy says where store and data lie.",
		where: { file: policyPath }
	});
}

// core/training/reproduction-cause.ts
const mostNames = 5;
const nothing = "none";
/** What differs between a run and its repetition, and what the record does not hold, what matters most first. */
function listCauses(then, now) {
	return [
		...listCode(then),
		...differing("data", toMap(then.datasets, dataOf), toMap(now.datasets, dataOf)),
		...listImage(then, now),
		...differing("lock file", toMap(then.lockFiles, lockOf), toMap(now.lockFiles, lockOf)),
		...listPackages(then, now),
		...differing("runtime", new Map(Object.entries(then.runtimes)), new Map(Object.entries(now.runtimes))),
		...differing("variable", new Map(Object.entries(then.environment)), new Map(Object.entries(now.environment))),
		...differing("parameter", valuesOf(then), valuesOf(now)),
		...listSeed(then, now),
		...listMachine(then.machine, now.machine),
		...listAttempts(then)
	];
}
const dataOf = ({ dataset, dataDigest }) => [dataset, dataDigest];
const lockOf = ({ path, digest }) => [path, digest];
const valuesOf = ({ parameters }) => new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
function toMap(items, entryOf) {
	return new Map(items.map(entryOf));
}
/** Files that were changed and not committed are gone. */
function listCode({ changedFiles }) {
	if (changedFiles.length === 0) return [];
	return [unlike("code", `changed and not committed: ${showNames(changedFiles)}`, "as committed")];
}
function listImage(then, now) {
	if (then.image === null && now.image === null) return [unpinned("image", "no container image is recorded")];
	return then.image === now.image ? [] : [unlike("image", then.image ?? nothing, now.image ?? "ran without")];
}
function listPackages(then, now) {
	if (then.packages.length === 0) return then.image === null ? [unpinned("packages", "none are recorded")] : [];
	const [before, after] = [new Map(then.packages), new Map(now.packages)];
	const names = [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
	if (names.length === 0) return [];
	const show = (side) => showNames(names.map((name) => `${name} ${side.get(name) ?? nothing}`));
	return [unlike("packages", show(before), show(after))];
}
function listSeed(then, now) {
	if (then.seed === null) return [unpinned("seed", "none is recorded")];
	return then.seed === now.seed ? [] : [unlike("seed", String(then.seed), String(now.seed ?? nothing))];
}
function listMachine(then, now) {
	const gpus = ({ gpus }) => gpus.map(({ name }) => name).join(", ") || nothing;
	return [
		[
			"operating system",
			then.os,
			now.os
		],
		[
			"CPU",
			then.cpu,
			now.cpu
		],
		[
			"CPUs, and so threads",
			String(then.cpus),
			String(now.cpus)
		],
		[
			"GPU",
			gpus(then),
			gpus(now)
		],
		[
			"GPU driver",
			then.gpuDriver ?? nothing,
			now.gpuDriver ?? nothing
		],
		[
			"CUDA or ROCm",
			then.gpuRuntime ?? nothing,
			now.gpuRuntime ?? nothing
		]
	].flatMap(([about, was, is]) => was === is ? [] : [unlike(about, was, is)]);
}
/** A training that went on from a checkpoint is not the training that runs through. */
function listAttempts({ attempts }) {
	const resumed = attempts.filter(({ resumedFrom }) => resumedFrom !== null).length;
	if (resumed === 0) return [];
	return [unlike("attempts", `${attempts.length}, ${resumed} of them from a checkpoint`, "1, from the beginning")];
}
/** One cause for each name that differs; many of a kind in one. */
function differing(about, then, now) {
	const names = [.../* @__PURE__ */ new Set([...then.keys(), ...now.keys()])].filter((name) => then.get(name) !== now.get(name));
	const causes = names.slice(0, mostNames).map((name) => unlike(`${about} ${name}`, then.get(name) ?? nothing, now.get(name) ?? nothing));
	const left = names.length - mostNames;
	return left > 0 ? [...causes, unlike(about, `${left} more`, "")] : causes;
}
function showNames(names) {
	const left = names.length - mostNames;
	return `${names.slice(0, mostNames).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
function unlike(about, was, is) {
	return {
		kind: "differs",
		about,
		was,
		is
	};
}
function unpinned(about, was) {
	return {
		kind: "unpinned",
		about,
		was,
		is: ""
	};
}

// core/training/reproduction.ts
/**
* Compares a training that was run again with its record.
* @param tolerance 0 or more
* @param scores null when predictions were not compared
*/
function compareReproduction(version, then, now, tolerance, scores) {
	const metrics = Object.entries(then.metrics).map(([metric, value]) => {
		const found = now.metrics[metric] ?? null;
		return {
			metric,
			was: value,
			is: found,
			within: found !== null && isWithin(value, found, tolerance)
		};
	});
	const { outcome, because } = decideOutcome(version, now, metrics, scores, tolerance);
	return {
		kind: "reproduction",
		v: 1,
		model: version.model,
		version: version.version,
		commit: version.commit,
		outcome,
		because,
		artifact: {
			was: version.artifactDigest,
			is: now.artifact?.digest ?? null
		},
		metrics,
		scores,
		tolerance,
		causes: listCauses(then, now),
		trainedAt: then.startedAt,
		durationMs: {
			was: then.durationMs,
			is: now.durationMs
		}
	};
}
function decideOutcome({ artifactDigest }, now, metrics, scores, tolerance) {
	if (now.artifact === null) return {
		outcome: "differs",
		because: `The training left no model: ${now.how}`
	};
	if (now.artifact.digest === artifactDigest) return {
		outcome: "equal",
		because: "The model file is the same, byte for byte"
	};
	const outside = metrics.filter(({ within }) => !within).map(({ metric }) => metric);
	if (outside.length > 0) return {
		outcome: "differs",
		because: `Beyond the tolerance: ${outside.slice(0, 5).join(", ")}`
	};
	if (scores !== null && !isClose(scores, tolerance)) return {
		outcome: "differs",
		because: "Scores on the held-out rows are beyond the tolerance"
	};
	if (metrics.length === 0 && scores === null) return {
		outcome: "differs",
		because: "The model file is another, and there is nothing else to compare"
	};
	return {
		outcome: "within tolerance",
		because: "The model file is another, and what it says is close"
	};
}
function isClose({ rows, unmatched, largestDifference }, tolerance) {
	return rows > 0 && unmatched === 0 && Number.isFinite(largestDifference) && largestDifference <= tolerance;
}
/** Of values beyond 1 the share counts: 1,000 and 1,001 are as close as 1.000 and 1.001. */
function isWithin(then, now, tolerance) {
	const difference = Math.abs(then - now);
	return Number.isFinite(difference) && difference <= tolerance * Math.max(1, Math.abs(then));
}
/** Compares two files of scores row by row, by key. */
function compareScores(then, now) {
	let [changed, unmatched, largestDifference] = [
		0,
		0,
		0
	];
	for (const [key, row] of then.rowOf) {
		const other = now.rowOf.get(key);
		if (other === void 0) {
			unmatched += 1;
			continue;
		}
		const difference = Math.abs(Number(then.scores[row]) - Number(now.scores[other]));
		if (difference !== 0) changed += 1;
		largestDifference = Math.max(largestDifference, difference);
	}
	for (const key of now.rowOf.keys()) if (!then.rowOf.has(key)) unmatched += 1;
	return {
		rows: then.rowOf.size,
		changed: changed + unmatched,
		unmatched,
		largestDifference
	};
}

// adapters/reproduce/gone.ts
/** Errors that say that bytes are not there any more; a remote that does not answer is another matter. */
const absences = /* @__PURE__ */ new Set([
	"STORE_ABSENT",
	"DVC_OBJECT_MISSING",
	"FILE_MISSING",
	"DATASET_FILES",
	"DATASET_MISSING"
]);
/**
* Says that a reproduction has not what it needs.
* @param what for example `the run record of flight-delay v7`
* @param where where it was looked for
*/
function refuseGone(what, where, hint, cause) {
	return new InputError("REPRODUCE_GONE", `${what} is not there any more; looked for in ${where}`, {
		hint,
		cause
	});
}
/** Runs a part of the work and names what is gone when it is. @throws InputError REPRODUCE_GONE; what `work` throws */
async function needing(what, where, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof GatehouseError) || !absences.has(error.code)) throw error;
		throw refuseGone(what, `${where} (${error.message})`, error.hint, error);
	}
}

// adapters/reproduce/recorded-command.ts
/** The engine of this machine; null, with a line in the log, where there is none: the report then says so. */
async function chooseEngine(image, env, log) {
	try {
		return await findContainerEngine(env);
	} catch (error) {
		if (!(error instanceof ServiceError) || error.code !== "CONTAINER_ENGINE") throw error;
		log(`This machine runs no containers: the command runs without ${image}.`);
		return null;
	}
}
/** Runs one command line to its end. @throws InputError CONTAINER_IMAGE, CONTAINER_PATH */
async function runRecorded(text, folder, place, log) {
	const { env, engine, image, timeoutMs } = place;
	const command = {
		text,
		folder,
		env,
		timeoutMs,
		log
	};
	if (engine === null || image === null) return toResult(classifyEnd(await watchTeamCommand(command)), null);
	const { mounts, home, gpus, runId } = place;
	const name = containerName(runId, 1, 1, randomUUID());
	const ran = await runInContainer({
		...command,
		engine,
		image,
		mounts,
		home,
		gpus,
		name,
		runId
	});
	return toResult(classifyEnd(ran.end), ran.image === null ? null : `${image.split("@")[0]}@${ran.image.digest}`);
}
function toResult({ outcome, how }, image) {
	return {
		kind: outcome === "done" || outcome === "failed" ? outcome : "stopped",
		how,
		image
	};
}

// adapters/reproduce/rerun.ts
/**
* Runs a recorded training command again in its own commit: the same seed, variables and image, no token in reach.
* @returns what it did; `artifact` is null when the command said itself that it failed, or left no model
* @throws InputError when its results are not as declared; ServiceError REPRODUCE_STOPPED when the machine, not the code,
* ended it
*/
async function rerunTraining(inputs, deps) {
	const { run, model, worktree, scratch } = inputs;
	const { artifact, metrics } = model.train;
	const env = await makeEnvironment(inputs);
	const captured = await captureEnvironment({
		workspace: worktree,
		modelName: model.model,
		train: model.train,
		env
	});
	await clearOutput(worktree, artifact);
	if (metrics !== void 0) await clearClaimedMetrics(worktree, metrics);
	const machine = await probeMachine(env, worktree);
	const place = await placeOf(inputs, env, machine, deps);
	const startedAt = deps.now();
	const end = await runAll(inputs, place, deps.log);
	const durationMs = deps.now().getTime() - startedAt.getTime();
	const { changedFiles, lockFiles, environment } = captured;
	const { engine } = place;
	const software = engine === null || end.image === null ? void 0 : askContainer(engine, end.image, place.runId);
	const facts = {
		changedFiles,
		lockFiles,
		environment,
		image: end.image,
		machine,
		durationMs,
		how: end.how,
		...await captured.readSoftware(software),
		seed: run.seed,
		datasets: inputs.datasets
	};
	if (end.kind === "failed") return {
		...facts,
		artifact: null,
		metrics: {},
		parameters: run.parameters
	};
	const taken = await takeModel(worktree, artifact, inputs.outputFolder);
	return {
		...facts,
		artifact: taken,
		metrics: taken === null || metrics === void 0 ? {} : (await readClaimedMetrics(worktree, metrics)).metrics,
		parameters: await captured.readParameters(scratch)
	};
}
/** The recorded values of variables win over those of this machine; one that was not set then is not set now. */
async function makeEnvironment(inputs) {
	const { run, model, worktree, scratch, dataFolder } = inputs;
	const { checkpoint, environment } = model.train;
	const folder = checkpoint === void 0 ? null : await requireInside(worktree, checkpoint.folder);
	if (folder !== null) await mkdir(folder, { recursive: true });
	const recorded = environment.flatMap((name) => {
		const value = Object.hasOwn(run.environment, name) ? run.environment[name] : void 0;
		return value === void 0 ? [] : [[name, value]];
	});
	const env = pickEnvironment(inputs.env, {
		...Object.fromEntries(recorded),
		GATEHOUSE_DATA: dataFolder,
		GATEHOUSE_OUTPUT: scratch,
		...run.seed === null ? {} : { GATEHOUSE_SEED: String(run.seed) },
		...folder === null ? {} : { GATEHOUSE_CHECKPOINT: folder }
	});
	const unset = new Set(environment.filter((name) => !Object.hasOwn(run.environment, name)));
	return Object.fromEntries(Object.entries(env).filter(([name]) => !unset.has(name)));
}
async function placeOf(inputs, env, { gpuTool }, { log }) {
	const { run, model, worktree, dataFolder, scratch } = inputs;
	const gpu = gpuTool === "rocm-smi" ? "amd" : "nvidia";
	return {
		env,
		engine: run.image === null ? null : await chooseEngine(run.image, inputs.env, log),
		image: run.image,
		mounts: [
			worktree,
			dataFolder,
			scratch
		],
		home: scratch,
		gpus: gpuTool === null || neededGpus(model.train.needs) === 0 ? "none" : gpu,
		timeoutMs: model.train.timeoutMinutes * 6e4,
		runId: Number(inputs.env.GITHUB_RUN_ID) || 0
	};
}
/** A pipeline is run whole: what its lock says was made is what is in question. */
async function runAll({ run, model, worktree, remote }, place, log) {
	const { pipeline } = model.train;
	if (pipeline === void 0) return requireOwnEnd(await runRecorded(run.command, worktree, place, log));
	let image = null;
	const result = await runPipeline({
		file: pipeline,
		workspace: worktree,
		remote,
		log,
		all: true,
		runCommand: async (text, folder) => {
			const end = await runRecorded(text, folder, place, log);
			image = end.image;
			return end;
		}
	});
	return requireOwnEnd(result.kind === "done" ? {
		kind: "done",
		how: "exit code 0",
		image
	} : result.end);
}
/** What the machine did to it says nothing about the model. */
function requireOwnEnd(end) {
	if (end.kind !== "stopped") return end;
	throw new ServiceError("REPRODUCE_STOPPED", `The training was ended from outside: ${end.how}`, { hint: "Run it again, on a machine with more time, memory or disk where that was the cause." });
}
/** null: a command that ends well and leaves no model has not done what it did then. */
async function takeModel(worktree, path, folder) {
	await mkdir(folder, { recursive: true });
	try {
		return await takeArtifact(worktree, path, folder);
	} catch (error) {
		if (error instanceof InputError && error.code === "ARTIFACT_MISSING") return null;
		throw error;
	}
}

// adapters/reproduce/scores.ts
/**
* Scores the held-out features with the model that was trained again, by the recorded predict command, and compares with
* the predictions that the store keeps. Labels are not needed, and not in reach.
* @throws InputError REPRODUCE_GONE, REPRODUCE_PREDICT, PREDICTIONS_INVALID; ServiceError from store and remote
*/
async function scoreAgain(inputs) {
	const { record, subject, store, storeUrl, folder } = inputs;
	const home = join(folder, "home");
	await mkdir(home, { recursive: true });
	const stored = await needing(`The predictions of ${subject}`, storeUrl, () => store.get(record.predictions.digest, folder));
	const features = join(folder, "features.csv");
	await bringFeatures(inputs, features);
	const output = join(folder, "predictions.csv");
	const end = await runTeamCommand({
		text: record.predictCommand,
		folder: inputs.worktree,
		env: {
			PATH: inputs.path ?? "",
			HOME: home,
			GATEHOUSE_MODEL: inputs.modelFile,
			GATEHOUSE_INPUT: features,
			GATEHOUSE_OUTPUT: output
		},
		timeoutMs: inputs.model.predict.timeoutMinutes * 6e4,
		log: inputs.log
	});
	if (end.kind !== "done") throw refusePredict(end.kind === "timeout" ? "did not end in time" : `ended with ${end.how}`);
	const then = parsePredictions(await readFile(stored), "stored predictions");
	return compareScores(then, parsePredictions(await readPlain(output), "predictions.csv"));
}
/** The rows by the digest that the version was scored on; another set says nothing about it. */
async function bringFeatures(inputs, to) {
	const { record, subject, model, worktree, remote, dataUrl } = inputs;
	const path = model.heldOut.features;
	const content = await readFile(join(worktree, path)).catch(() => null);
	const { featuresDigest } = record.predictions;
	if (content === null || digestBytes(content) !== featuresDigest) throw refuseGone(`The held-out features ${featuresDigest} of ${subject}`, `${path} of the recorded commit`, "Reproduce it without --predictions: what the training claims is compared then.");
	const pointer = readFeaturePointer({
		path,
		content
	});
	if (pointer === null) return writeFile(to, content);
	await needing(`The held-out rows of ${subject}`, dataUrl, () => remote.fetch(pointer, path, to));
}
/** A link would bring in whatever it points to. */
async function readPlain(file) {
	const facts = await lstat(file).catch(() => null);
	if (facts?.isFile() && facts.size <= 268435456) return readFile(file);
	throw refusePredict("left no plain file of at most 256 MiB where GATEHOUSE_OUTPUT points");
}
function refusePredict(what) {
	return new InputError("REPRODUCE_PREDICT", `The recorded predict command ${what}`, { hint: "Read the log above; without --predictions only the model file and claimed metrics are compared." });
}

// adapters/reproduce/worktree.ts
/**
* Checks a commit out into a folder of its own, lets it be used, and removes it again. The user's own checkout, branch
* and index are not touched; no hook of the repository runs.
* @param repository any folder of the clone
* @throws InputError REPRODUCE_GONE when neither the clone nor its origin has the commit; ServiceError GIT_FAILED
* @see https://git-scm.com/docs/git-worktree
*/
async function withWorktree(repository, wanted, use) {
	await requireCommit(repository, wanted);
	const parent = await mkdtemp(join(tmpdir(), "gatehouse-worktree-"));
	const folder = join(parent, "tree");
	try {
		await gitText(repository, [
			"-c",
			"core.hooksPath=/dev/null",
			"worktree",
			"add",
			"--quiet",
			"--detach",
			folder,
			wanted.commit
		], `check out ${wanted.commit}`);
		return await use(folder);
	} finally {
		await runGit(repository, [
			"worktree",
			"remove",
			"--force",
			folder
		]);
		await rm(parent, {
			recursive: true,
			force: true
		});
		await runGit(repository, ["worktree", "prune"]);
	}
}
/** A branch that was merged and deleted leaves its commits at the head of the pull request alone. */
async function requireCommit(repository, wanted) {
	const { commit, pullRequest, subject } = wanted;
	const isHere = async () => await resolveRef(repository, commit) === commit;
	if (await isHere()) return;
	const folder = await mkdtemp(join(tmpdir(), "gatehouse-fetch-"));
	try {
		const settings = await writeSettings(folder, wanted.origin);
		for (const ref of [commit, `refs/pull/${pullRequest}/head`]) {
			await runGit(repository, [
				...settings,
				"fetch",
				"--quiet",
				"--no-tags",
				"origin",
				ref
			]);
			if (await isHere()) return;
		}
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
	throw refuseGone(`The commit ${commit} of ${subject}`, `this clone, the commits of origin, and the head of pull request #${pullRequest} there`, "Push the commit to the repository again from a clone that still has it, for example as a tag.");
}
/** In a file: the arguments of a process can be read by every user of the machine. It is gone before the code runs. */
async function writeSettings(folder, origin) {
	if (origin === void 0) return [];
	const file = join(folder, "gitconfig");
	const header = `\textraheader = AUTHORIZATION: basic ${Buffer.from(`x-access-token:${origin.token}`).toString("base64")}`;
	await writeFile(file, `[http "${new URL(origin.serverUrl).origin}/"]\n${header}\n`, { mode: 384 });
	return ["-c", `include.path=${file}`];
}

// adapters/reproduce/reproduce.ts
/**
* Trains a registered version again from what was recorded: commit, data, parameters, image, seed. Nothing of it expires:
* ledger and commit are in git, run record and data lie in store and remote by digest. Runs the recorded code.
* @throws InputError REPRODUCE_GONE with what is gone and where it was looked for, REPRODUCE_RECORD when record and ledger
* do not agree, REPRODUCE_TOLERANCE; ServiceError when store, remote or machine fail
*/
async function reproduceVersion(inputs, deps) {
	const { record, tolerance } = inputs;
	if (!(Number.isFinite(tolerance) && tolerance >= 0)) throw refuseTolerance();
	const root = await mkdtemp(join(tmpdir(), "gatehouse-reproduce-"));
	try {
		const store = await openStore(inputs.policy.store, networkOf(inputs.policy));
		const run = await readRun(inputs, store, root);
		const { codeCommit, pullRequest } = record.lineage;
		const { origin } = inputs;
		const wanted = {
			commit: codeCommit,
			pullRequest,
			subject: subjectOf(record),
			origin
		};
		deps.log(`checking out ${codeCommit}`);
		return cleanReport(await withWorktree(inputs.repository, wanted, (worktree) => trainAgain({
			inputs,
			run,
			store,
			root,
			worktree
		}, deps)), inputs.env);
	} finally {
		await rm(root, {
			recursive: true,
			force: true
		});
	}
}
async function trainAgain(prepared, deps) {
	const { inputs, run, root, worktree } = prepared;
	const { record, policy, tolerance } = inputs;
	const subject = subjectOf(record);
	const { model, contracts } = await needing(`The configuration of ${subject}`, "its own commit", async () => readDeclared(record.model, (path) => readFileSync(join(worktree, path), "utf8")));
	const folder = await makeFolders(root);
	const network = networkOf(policy);
	const data = {
		datasets: model.datasets,
		contracts,
		dataFolder: folder.data,
		dataUrl: policy.data,
		network,
		listing: await readTree(worktree, record.lineage.codeCommit)
	};
	const readBlob = async ({ path }) => readFile(join(worktree, path));
	const datasets = await needing(`The training data of ${subject}`, policy.data, () => fetchDatasets(data, {
		readBlob,
		log: deps.log
	}));
	const remote = openRemote(policy.data, network);
	const now = await rerunTraining({
		run,
		model,
		worktree,
		dataFolder: folder.data,
		datasets,
		remote,
		outputFolder: folder.model,
		scratch: folder.scratch,
		env: inputs.env
	}, deps);
	const scores = inputs.predictions && now.artifact !== null ? await scoreAgain({
		record,
		subject,
		model,
		worktree,
		modelFile: join(folder.model, now.artifact.name),
		store: prepared.store,
		storeUrl: policy.store,
		remote,
		dataUrl: policy.data,
		folder: folder.scores,
		path: inputs.env.PATH,
		log: deps.log
	}) : null;
	const version = {
		model: record.model,
		version: record.version,
		commit: record.lineage.codeCommit,
		artifactDigest: record.artifact.digest
	};
	return compareReproduction(version, run, now, tolerance, scores);
}
async function makeFolders(root) {
	const folders = {
		data: join(root, "data"),
		model: join(root, "model"),
		scratch: join(root, "scratch"),
		scores: join(root, "scores")
	};
	for (const each of Object.values(folders)) await mkdir(each, { recursive: true });
	return folders;
}
/** The run record by the digest that the ledger names; it must be of this model, commit and model file. */
async function readRun({ record, policy }, store, folder) {
	const subject = subjectOf(record);
	const file = await needing(`The run record of ${subject}`, policy.store, () => store.get(record.runRecordDigest, folder));
	const run = parseRunRecord(await readFile(file), "run.json");
	if (run.model === record.model && run.commit === record.lineage.codeCommit && run.artifact?.digest === record.artifact.digest) return run;
	throw new InputError("REPRODUCE_RECORD", `The run record of ${subject} is of another run`, { hint: "Run \"gatehouse verify\": ledger and run record name different commits or model files." });
}
/** What the code printed, named or claimed may hold a secret of this machine: the report is read by everybody. */
function cleanReport(found, env) {
	const secrets = listSecrets(env);
	const clean = (value) => {
		if (typeof value === "string") return hideSecrets(value, secrets);
		if (Array.isArray(value)) return value.map(clean);
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, clean(item)]));
	};
	return clean(found);
}
function subjectOf({ model, version }) {
	return `${model} v${version}`;
}
function refuseTolerance() {
	return new InputError("REPRODUCE_TOLERANCE", "The tolerance is no number of 0 or more", { hint: "Give one, for example 0.001." });
}

// core/audit/find-version.ts
const mostKnown = 10;
/**
* Finds the record of a version in a ledger that is proven.
* @param text `v7` or `7`, as a person typed it
* @throws InputError LEDGER_UNVERIFIED with the findings, LEDGER_UNKNOWN_MODEL, LEDGER_UNKNOWN_VERSION
*/
function findVersion(verification, model, text) {
	requireVerified(verification);
	const { versions } = stateOf(verification, model);
	const number = /^v?([1-9]\d{0,8})$/.exec(text)?.[1];
	const record = number === void 0 ? void 0 : versions.get(Number(number))?.record;
	if (record !== void 0) return record;
	const known = [...versions.keys()].sort((a, b) => b - a).map((version) => `v${version}`);
	const left = known.length - mostKnown;
	throw new InputError("LEDGER_UNKNOWN_VERSION", `${model} has no version ${JSON.stringify(text.slice(0, 40))}`, { hint: `Name one of ${known.slice(0, mostKnown).join(", ")}${left > 0 ? ` and ${left} older ones` : ""}.` });
}

// core/report/reproduction-blocks.ts
const words = {
	equal: "✅ Equal",
	"within tolerance": "✅ Within tolerance",
	differs: "❌ Differs"
};
/** What a reproduction found: to the terminal and to the job summary alike. */
function reproductionBlocks(found) {
	const { model, version, commit, artifact, outcome } = found;
	const facts = [
		["commit", { code: commit }],
		["model file then", { code: artifact.was }],
		["model file now", artifact.is === null ? "none" : { code: artifact.is }],
		["trained", found.trainedAt],
		["took", `${showSeconds(found.durationMs.was)} then, ${showSeconds(found.durationMs.is)} now`]
	];
	return [
		paragraph({ strong: `${words[outcome]}: ${model} v${version} was trained again` }),
		paragraph(`${found.because}.`),
		{
			kind: "list",
			items: facts.map(([name, ...value]) => [`${name}: `, ...value])
		},
		...metricBlocks(found),
		...scoreBlocks(found),
		...causeBlocks(found)
	];
}
function metricBlocks({ metrics, tolerance }) {
	if (metrics.length === 0) return [];
	const rows = metrics.map(({ metric, was, is, within }) => {
		const [before = "", after = ""] = showNumbers(was, ...is === null ? [] : [is]);
		return [
			[metric],
			[before],
			[is === null ? "not claimed" : after],
			[within ? "✅ within" : "❌ beyond"]
		];
	});
	return [paragraph(`What the training claims, tolerance ${tolerance}:`), {
		kind: "table",
		head: [
			"Metric",
			"Then",
			"Now",
			"Tolerance"
		],
		align: [
			"l",
			"r",
			"r",
			"l"
		],
		rows
	}];
}
function scoreBlocks({ scores }) {
	if (scores === null) return [];
	const { rows, changed, unmatched, largestDifference } = scores;
	const lost = unmatched === 0 ? "" : `, ${counted(unmatched, "row")} on one side only`;
	const [largest = ""] = showNumbers(largestDifference);
	return [paragraph(`Scores of ${grouped(rows)} held-out rows: ${grouped(changed)} changed${lost}; largest difference ${largest}.`)];
}
function causeBlocks({ causes, outcome }) {
	const different = causes.filter(({ kind }) => kind === "differs");
	const open = causes.filter(({ kind }) => kind === "unpinned");
	const title = outcome === "equal" ? "What differs, and made no difference:" : "What differs between then and now:";
	const table = different.length === 0 ? [paragraph("Nothing that is recorded differs between then and now.")] : [paragraph(title), {
		kind: "table",
		head: [
			"What",
			"Then",
			"Now"
		],
		rows: different.map(({ about, was, is }) => [
			[about],
			[shorten(was)],
			[shorten(is)]
		])
	}];
	if (open.length === 0) return table;
	return [
		...table,
		paragraph("What nothing holds, so that nobody can tell:"),
		{
			kind: "list",
			items: open.map(({ about, was }) => [`${about}: ${was}`])
		}
	];
}
/** A digest is told by its beginning: the report as JSON has it whole. */
function shorten(text) {
	return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, "$1…");
}
function showSeconds(durationMs) {
	return `${(durationMs / 1e3).toFixed(1)} s`;
}

export { readCurrentPolicy as i, findVersion as n, reproduceVersion as r, reproductionBlocks as t };