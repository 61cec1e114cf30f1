import { a as input, l as setOutputs, m as runAction, s as needInput } from "./shared-toolkit.js";
import { i as openReader, n as makeFolder } from "./shared-job.js";
import { t as openEngine } from "./shared-open.js";
import { i as listKeyQuestions, s as readShardedDataset } from "./shared-shard-plan.js";
import { E as planChecks } from "./shared-moments.js";
import { n as parseShardPlan } from "./shared-shard.js";
import { n as renderAnswers } from "./shared-shard-answers.js";
import { r as InputError } from "./shared-error.js";
import { n as digestBytes } from "./shared-canonical.js";
import { join } from "node:path";
import { mkdir, readdir, writeFile } from "node:fs/promises";

// actions/compare-keys/run.ts
/**
* Finds the keys of one partition that occur in several rows and writes `answers.json`.
* @throws InputError SHARD_INVALID; ServiceError ENGINE_MISSING, ENGINE_FAILED
*/
async function run(inputs, deps) {
	const plan = parseShardPlan(inputs.plan, "the input \"plan\"");
	const partition = parsePartition(inputs.partition);
	const { text } = await readShardedDataset(deps.reader, plan);
	const checks = planChecks(text.contract);
	const engine = await deps.openEngine();
	try {
		const files = await listKeyFiles(inputs.keys);
		const most = Math.max(checks.examples, 1);
		const result = {
			v: 1,
			plan,
			partition,
			contractDigest: digestBytes(text.text),
			engine: engine.version,
			answers: await engine.compareKeys(listKeyQuestions(checks), files, most)
		};
		await mkdir(inputs.folder, { recursive: true });
		await writeFile(join(inputs.folder, "answers.json"), renderAnswers(result));
		return result;
	} finally {
		engine.close();
	}
}
function parsePartition(text) {
	const partition = /^\d{1,3}$/.test(text) ? Number(text) : 0;
	if (partition >= 1 && partition <= 4) return partition;
	throw new InputError("SHARD_INVALID", `The input "partition" is "${text}"`, { hint: "Give one number of the output partitions of plan-shards." });
}
/** Names are ours: the engine would expand others as patterns. */
async function listKeyFiles(folder) {
	return (await readdir(folder, {
		recursive: true,
		withFileTypes: true
	}).catch(() => [])).filter((entry) => entry.isFile() && /^k\d+_\d+_\d+_\d+\.parquet$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort();
}

// actions/compare-keys/index.ts
await runAction(async () => {
	const { reader } = openReader();
	const engine = {
		path: input("engine-path"),
		toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
		registry: input("engine-registry"),
		offline: input("offline") === "true"
	};
	const folder = makeFolder("answers");
	await run({
		plan: needInput("plan"),
		partition: needInput("partition"),
		keys: needInput("keys-folder"),
		folder
	}, {
		reader,
		openEngine: () => openEngine(engine, { workdir: makeFolder("engine") })
	});
	setOutputs({
		verdict: "compared",
		"answers-folder": folder
	});
});

export {  };