import { _ as readRunFacts, f as needInput, h as writeSummary, m as setOutputs, n as makeFolder, p as say, y as runAction } from "./shared-job.js";
import { a as resolveRef, r as readTree } from "./shared-read.js";
import { Ct as parseStrictJson, Ht as modelPath, It as contractPath, Nt as maxFileBytes, Pt as refuseSize, Wt as policyPath, an as InputError, kt as copyHashed, mt as canonicalJson, q as isModelName, t as parseContract } from "./shared-contract-file.js";
import { i as parseModelConfig, t as parsePolicy } from "./shared-policy-file.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as renderSummary } from "./shared-summary.js";
import { n as listSecrets, r as pickEnvironment, t as hideSecrets } from "./shared-environment.js";
import { t as runTeamCommand } from "./shared-team-command.js";
import { t as digestDataset } from "./shared-digest.js";
import { n as readFacts, r as resolveFiles, t as fetchData } from "./shared-dataset.js";
import { t as openRemote } from "./shared-remote.js";
import { promisify } from "node:util";
import { createReadStream, readFileSync } from "node:fs";
import { arch, cpus, release, tmpdir, type } from "node:os";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { lstat, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
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
		network: networkOf(policy)
	};
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
		throw refuse$1(source, name, `${describe(value)} is no finite number`);
	}));
}
/**
* Reads the parameters of a training run: a flat JSON object of text, finite numbers and booleans.
* @throws InputError JSON_INVALID, CLAIMED_METRICS
*/
function parseParameters(text, source) {
	const entries = readFlat(text, source);
	return Object.fromEntries(entries.map(([name, value]) => {
		if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [name, value];
		throw refuse$1(source, name, `${describe(value)} is no text, number or boolean`);
	}));
}
function readFlat(text, source) {
	const value = parseStrictJson(text, source);
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
	throw refuse$1(source, "", `${describe(value)} is no object of names and values`);
}
function describe(value) {
	if (value === null) return "null";
	return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : JSON.stringify(value).slice(0, 80);
}
function refuse$1(source, name, what) {
	return new InputError("CLAIMED_METRICS", `${source}: ${name === "" ? "" : `"${name}": `}${what}`, {
		hint: "Write one flat JSON object, for example {\"auc\": 0.65, \"rows\": 1200}; leave out what was not computed.",
		where: {
			file: source,
			pointer: name === "" ? "" : `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`
		}
	});
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
	if (name === "run.json") throw refuse("ARTIFACT_KIND", path, "is called run.json, like the record beside it");
	const file = await requireFile(workspace, path, "ARTIFACT_MISSING");
	const { size } = await lstat(file);
	if (size === 0) throw refuse("ARTIFACT_EMPTY", path, "is empty");
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
	if (isOutside(await realpath(workspace), parent)) throw refuse("ARTIFACT_KIND", path, "leads out of the repository");
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
	if (found === null) throw refuse(missing, path, "was not written by the training command");
	if (!found.isFile() || isOutside(await realpath(workspace), await realpath(file))) throw refuse("ARTIFACT_KIND", path, "is no plain file inside the repository");
	return file;
}
function isOutside(folder, path) {
	const way = relative(folder, path);
	return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}
function refuse(code, path, what) {
	return new InputError(code, `${path} ${what}`, {
		hint: "Make the training command write this file, or correct train.artifact or train.metrics in model.yml.",
		where: { file: path }
	});
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
	for (const listed of files) facts.push(await readFacts(listed, deps.readBlob));
	return facts;
}

// actions/train-model/machine.ts
/** Describes the machine of a training run; what it does not say is `unknown`. */
async function describeMachine(env) {
	const models = cpus().map(({ model }) => model.trim());
	return {
		os: `${type()} ${release()} ${arch()}`,
		cpu: models.length === 0 ? "unknown" : `${models.length} x ${models[0] || "unknown"}`,
		gpu: await describeGpu(env),
		node: process$1.version
	};
}
async function describeGpu(env) {
	const query = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"];
	try {
		const { stdout } = await promisify(execFile)("nvidia-smi", query, {
			env,
			timeout: 1e4
		});
		return stdout.trim().split(/\r?\n/).filter(Boolean).join("; ") || "unknown";
	} catch {
		return "unknown";
	}
}

// actions/train-model/run.ts
/**
* Runs the team's training command on its data and records the run. Everything in the record is claimed:
* it was made beside pull-request code.
* @returns the record; the model file and `run.json` (canonical JSON of the record) lie in the output folder
* @throws InputError when data, command, model file or metrics are not as declared; ServiceError when the remote fails
*/
async function runTraining(inputs, deps) {
	const datasets = await fetchDatasets({
		...inputs,
		datasets: inputs.model.datasets
	}, deps);
	const scratch = await mkdtemp(join(tmpdir(), "gatehouse-output-"));
	try {
		return await train(inputs, deps, datasets, scratch);
	} finally {
		await rm(scratch, {
			recursive: true,
			force: true
		});
	}
}
async function train(inputs, deps, datasets, scratch) {
	const { workspace } = inputs;
	const { artifact, metrics, command, timeoutMinutes } = inputs.model.train;
	for (const path of [artifact, ...metrics === void 0 ? [] : [metrics]]) await clearOutput(workspace, path);
	const env = pickEnvironment(inputs.env, {
		GATEHOUSE_DATA: inputs.dataFolder,
		GATEHOUSE_OUTPUT: scratch
	});
	const startedAt = deps.now();
	const timeoutMs = timeoutMinutes * 6e4;
	requireSuccess(await runTeamCommand({
		text: command,
		folder: workspace,
		env,
		timeoutMs,
		log: deps.log
	}), timeoutMinutes);
	const durationMs = deps.now().getTime() - startedAt.getTime();
	await mkdir(inputs.outputFolder, { recursive: true });
	return writeRecord({
		v: 1,
		grade: "claimed",
		model: inputs.modelName,
		commit: inputs.commit,
		runId: inputs.runId,
		runAttempt: inputs.runAttempt,
		command,
		startedAt: startedAt.toISOString(),
		durationMs,
		runner: inputs.runner || "unknown",
		...await describeMachine(env),
		parameters: await readParameters(scratch),
		metrics: metrics === void 0 ? {} : parseClaimedMetrics(await readOutput(workspace, metrics), metrics),
		datasets,
		artifact: await takeArtifact(workspace, artifact, inputs.outputFolder)
	}, inputs);
}
function requireSuccess(end, timeoutMinutes) {
	if (end.kind === "timeout") throw new InputError("TRAIN_TIMEOUT", `The training command did not end within ${timeoutMinutes} minutes`, { hint: "Raise train.timeout-minutes in model.yml, or train less." });
	if (end.kind === "failed") throw new InputError("TRAIN_FAILED", `The training command ended with ${end.how}`, { hint: "Read the log above; the same command runs on a laptop with GATEHOUSE_DATA and GATEHOUSE_OUTPUT set." });
}
/** Parameters are optional: a command that writes none has none recorded. */
async function readParameters(scratch) {
	const name = "parameters.json";
	const text = await readOutput(scratch, name).catch((error) => {
		if (error instanceof InputError && error.code === "METRICS_MISSING") return null;
		throw error;
	});
	return text === null ? {} : parseParameters(text, name);
}
async function writeRecord(record, inputs) {
	const secrets = listSecrets(inputs.env);
	const hide = (text) => hideSecrets(text, secrets);
	const clean = {
		...record,
		command: hide(record.command),
		runner: hide(record.runner),
		gpu: hide(record.gpu),
		metrics: hideNames(record.metrics, hide),
		parameters: Object.fromEntries(Object.entries(record.parameters).map(([name, value]) => [hide(name), typeof value === "string" ? hide(value) : value]))
	};
	await writeFile(join(inputs.outputFolder, "run.json"), canonicalJson(clean));
	return clean;
}
function hideNames(values, hide) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [hide(name), value]));
}

// actions/train-model/index.ts
await runAction(async () => {
	const { runId, runAttempt } = readRunFacts();
	const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
	const modelName = needInput("model");
	const commit = await resolveRef(workspace, "HEAD");
	if (commit === null) throw new InputError("CHECKOUT_MISSING", `${workspace} holds no commit`, { hint: "Put actions/checkout before this step, with ref: the head of the pull request." });
	const outputFolder = makeFolder("model");
	const record = await runTraining({
		modelName,
		...readDeclared(modelName, (path) => readFileSync(join(workspace, path), "utf8")),
		listing: await readTree(workspace, commit),
		commit,
		workspace,
		dataFolder: makeFolder("data"),
		outputFolder,
		runId,
		runAttempt,
		runner: process.env.RUNNER_NAME ?? "",
		env: process.env
	}, {
		readBlob: async ({ path }) => readFileSync(join(workspace, path)),
		now: () => /* @__PURE__ */ new Date(),
		log: say
	});
	await writeSummary(renderSummary({
		kind: "training",
		record
	}));
	setOutputs({
		folder: outputFolder,
		"artifact-digest": record.artifact.digest
	});
});

export {  };