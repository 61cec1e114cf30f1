import { c as failStep, f as needInput, i as openReader, m as setOutputs, n as makeFolder, p as say, u as input, y as runAction } from "./shared-job.js";
import { t as openEngine } from "./shared-open.js";
import { t as describeProgress } from "./shared-progress-line.js";
import { i as readShardedDataset, n as listKeyQuestions } from "./shared-shard-plan.js";
import { r as networkOf } from "./shared-place.js";
import { r as resolveFiles } from "./shared-dataset.js";
import { A as planChecks } from "./shared-moments.js";
import { i as Tables, r as toPublicProfile, t as privacyIn } from "./shared-record-maker.js";
import { en as InputError, n as digestBytes, tn as ServiceError } from "./shared-canonical.js";
import { n as parseShardPlan, o as renderShard, r as parseShardTask } from "./shared-shard.js";
import { join } from "node:path";
import { mkdir, rm, writeFile } from "node:fs/promises";

// adapters/dataset/shard-measure.ts
/**
* Measures the files of one shard, each for itself, so that any dealing out of files gives the same answer. One file
* after another is fetched, measured and removed. Data that cannot be had is told as one pass tells it.
* @returns without anything of private columns but numbers of cells: it leaves this machine
* @throws InputError SHARD_INVALID for files that are not of the dataset; SHARD_DATA, ServiceError SHARD_DATA for a pointer
* that cannot be read
*/
async function measureShard(job) {
	const { text, policy, readBlob } = job.dataset;
	const checks = planChecks(text.contract);
	const tables = new Tables({
		...placeOf(policy),
		workdir: job.workdir,
		readBlob
	});
	const others = await fetchOthers(job, checks, tables);
	const parts = [];
	const failures = [...others.failures];
	for (const path of job.task.files) {
		const found = await measureFile(job, checks, path, others.files);
		if ("measured" in found) parts.push(found);
		else failures.push(found);
	}
	const reference = await measureReference(job, checks, tables);
	return {
		v: 1,
		plan: job.plan,
		number: job.task.number,
		contractDigest: digestBytes(text.text),
		engine: job.engine.version,
		parts,
		failures: [...failures, ...reference?.failures ?? []],
		reference: reference?.reference ?? null
	};
}
async function measureFile(job, checks, path, others) {
	const { text, positions, listing, policy, readBlob } = job.dataset;
	const files = resolveFiles(text.contract, listing, positions).files;
	const at = files.findIndex((file) => file.path === path);
	const listed = files[at];
	if (listed === void 0) throw new InputError("SHARD_INVALID", `${path} is no file of the dataset "${text.contract.dataset}"`, {
		hint: "Give each shard exactly what plan-shards dealt out.",
		where: { file: path }
	});
	const workdir = `${job.workdir}/file`;
	const tables = new Tables({
		...placeOf(policy),
		workdir,
		readBlob
	});
	const read = await tables.readFacts([listed]);
	const [facts] = read.facts;
	if (facts === void 0) throw toError(path, read);
	const here = await tables.fetch([facts]);
	if ("findings" in here) {
		await rm(workdir, {
			recursive: true,
			force: true
		});
		return toShardFailure(facts, here);
	}
	const { onProgress } = job;
	const measured = await job.engine.profile(checks, here, {
		others,
		...onProgress ? { onProgress } : {}
	});
	const rows = measured.files.flatMap((file) => file.rows ?? []);
	const questions = files.length > 1 && measured.rows !== null ? listKeyQuestions(checks) : [];
	const target = {
		questions,
		folder: job.keys,
		at,
		rows,
		partitions: 4
	};
	const keys = questions.length > 0 ? await job.engine.writeKeys(checks, here, target) : [];
	await rm(workdir, {
		recursive: true,
		force: true
	});
	return {
		fact: facts.fact,
		measured: toPublic(measured, text.contract),
		keys
	};
}
const placeOf = (policy) => ({
	dataUrl: policy.data,
	network: networkOf(policy)
});
const toPublic = (measured, contract) => ({
	...measured,
	profile: measured.profile && toPublicProfile(measured.profile, privacyIn(contract))
});
/** Tables that rules compare with: every shard needs them whole. */
async function fetchOthers(job, checks, tables) {
	const others = /* @__PURE__ */ new Map();
	const failures = [];
	for (const rule of checks.rules) {
		if (rule.kind !== "overlap") continue;
		const fetched = await fetchTable(job, rule.other, tables);
		if (fetched.files !== null) others.set(rule.other, fetched.files);
		failures.push(...fetched.failures);
	}
	return {
		files: others,
		failures
	};
}
/** The reference file of the drift rules: the first shard measures it for all. */
async function measureReference(job, checks, tables) {
	const { contract } = job.dataset.text;
	const { reference } = contract.drift;
	if (reference.kind !== "file" || job.task.number !== 1) return null;
	const { files, failures } = await fetchTable(job, reference.path, tables);
	if (files === null) return {
		reference: null,
		failures
	};
	const measured = await job.engine.profile({
		...checks,
		rules: [],
		distinct: []
	}, files);
	return {
		reference: {
			path: reference.path,
			measured: toPublic(measured, contract)
		},
		failures
	};
}
/** A table besides the data. What the tree says against it, the merge finds there too. */
async function fetchTable({ dataset: { text, listing, positions } }, path, tables) {
	const found = resolveFiles({
		...text.contract,
		files: [path]
	}, listing, positions);
	const read = await tables.readFacts(found.files);
	if (!read.evaluated) throw toError(path, read);
	if (found.findings.length + read.findings.length > 0) return {
		files: null,
		failures: []
	};
	const files = [];
	const failures = [];
	for (const facts of read.facts) {
		const here = await tables.fetch([facts]);
		if ("findings" in here) failures.push(toShardFailure(facts, here));
		else files.push(...here);
	}
	return {
		files: failures.length > 0 ? null : files,
		failures
	};
}
const toShardFailure = ({ fact: { path, md5 } }, { findings, evaluated }) => ({
	path,
	md5,
	findings,
	evaluated
});
function toError(path, { findings, evaluated }) {
	const [first] = findings;
	const details = {
		hint: first?.fix ?? "See the log of the job.",
		where: first?.where ?? { file: path },
		findings
	};
	const message = `${path} cannot be measured: ${first?.message ?? "its data cannot be had"}`;
	return new (evaluated ? InputError : ServiceError)("SHARD_DATA", message, details);
}

// actions/profile-shard/run.ts
/**
* Measures one shard and writes `shard.json` into the folder.
* @throws InputError SHARD_INVALID, SHARD_DATA; ServiceError ENGINE_MISSING, ENGINE_FAILED, SHARD_DATA
*/
async function run(inputs, deps) {
	const plan = parseShardPlan(inputs.plan, "the input \"plan\"");
	const task = parseShardTask(inputs.shard, "the input \"shard\"");
	const dataset = await readShardedDataset(deps.reader, plan);
	const engine = await deps.openEngine();
	try {
		const onProgress = (progress) => deps.say(describeProgress(plan.dataset, progress));
		const folders = {
			workdir: inputs.workdir,
			keys: inputs.keys
		};
		const result = await measureShard({
			plan,
			task,
			dataset,
			engine,
			...folders,
			onProgress
		});
		await mkdir(inputs.folder, { recursive: true });
		await writeFile(join(inputs.folder, "shard.json"), renderShard(result));
		return result;
	} finally {
		engine.close();
	}
}

// actions/profile-shard/index.ts
await runAction(async () => {
	const { reader } = openReader();
	const engine = {
		path: input("engine-path"),
		toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
		registry: input("engine-registry"),
		offline: input("offline") === "true"
	};
	const [folder, keys] = [makeFolder("shard"), makeFolder("keys")];
	const { number, parts, failures } = await run({
		plan: needInput("plan"),
		shard: needInput("shard"),
		workdir: makeFolder("data"),
		folder,
		keys
	}, {
		reader,
		openEngine: () => openEngine(engine, { workdir: makeFolder("engine") }),
		say
	});
	say(`Shard ${number}: ${parts.length} files measured.`);
	const hasKeys = parts.some((part) => part.keys.length > 0);
	const lost = failures.find(({ evaluated }) => !evaluated);
	setOutputs({
		verdict: lost ? "not evaluated" : failures.length > 0 ? "data invalid" : "measured",
		"shard-folder": folder,
		"keys-folder": hasKeys ? keys : ""
	});
	for (const { findings } of failures) for (const { message, fix } of findings) say(`${message} Fix: ${fix}`);
	if (lost) failStep(`${lost.findings[0]?.message ?? lost.path} ${lost.findings[0]?.fix ?? ""}`);
});

export {  };