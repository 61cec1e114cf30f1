import { a as input, c as say, f as readPullRequestEvent, l as setOutputs, m as runAction, s as needInput } from "./shared-toolkit.js";
import { i as openReader } from "./shared-job.js";
import { r as InputError } from "./shared-error.js";
import { a as needsWholeFiles, i as listKeyQuestions, n as leastSliceBytes, r as planShards, s as readShardedDataset, t as cutFiles } from "./shared-shard-plan.js";
import { n as readFacts, r as resolveFiles } from "./shared-dataset.js";
import { n as mayRead, t as judgeGovernance } from "./shared-governance.js";
import { E as planChecks } from "./shared-moments.js";

// adapters/actions/shard-job.ts
/**
* Says at which commits a run looks at a dataset: a pull request's data by its base's rules, else both at the commit of the
* run.
* @throws InputError RUN_FACTS, EVENT_UNREADABLE; ServiceError
*/
async function readShardCommits(run, reader, env = process.env) {
	if (run.event === "pull_request") {
		const { number, headSha } = readPullRequestEvent(env);
		const { base } = await reader.pull(number);
		return {
			rulesAt: await reader.branchHead(base.ref) ?? base.sha,
			dataAt: headSha
		};
	}
	const commit = env.GITHUB_SHA ?? "";
	if (/^[0-9a-f]{40}$/.test(commit)) return {
		rulesAt: commit,
		dataAt: commit
	};
	throw new InputError("RUN_FACTS", "GITHUB_SHA names no commit", { hint: "Run this as a step of a GitHub Actions job; do not set GITHUB_SHA yourself." });
}

// actions/plan-shards/run.ts
/**
* Deals the files of a dataset out to shards. Reads contract, policy and pointers, no data.
* @throws InputError SHARDS_INVALID, CONTRACT_MISSING, CONFIG_INVALID; DATA_REFUSED with findings for data that may not
* be read or is not whole; DVC_POINTER
*/
async function run(inputs, reader) {
	const most = parseMost(inputs.maxShards);
	const { dataset, commits } = inputs;
	const { text, known, positions, listing, readBlob } = await readShardedDataset(reader, {
		dataset,
		...commits
	});
	const contracts = new Map([...known].map(([name, each]) => [name, each.contract]));
	const { files, findings } = resolveFiles(text.contract, listing, positions);
	const before = [...judgeGovernance(text.contract, contracts, null, inputs.today, positions), ...findings];
	if (!mayRead(before)) throw refuse(dataset, before);
	const checks = planChecks(text.contract);
	const questions = listKeyQuestions(checks);
	const isWhole = needsWholeFiles(checks);
	const sized = [];
	for (const file of files) {
		const { fact, pointer, dataPath } = await readFacts(file, readBlob);
		const isCuttable = !isWhole && pointer?.kind === "file" && dataPath.endsWith(".csv");
		sized.push({
			path: file.path,
			sizeBytes: fact.sizeBytes,
			isCuttable
		});
	}
	const units = cutFiles(sized, most, inputs.leastSliceBytes);
	const tasks = planShards(units, most).map(toTask);
	return {
		plan: {
			v: 1,
			dataset,
			...commits,
			shards: tasks.length
		},
		tasks,
		partitions: questions.length > 0 && units.length > 1 ? Array.from({ length: 4 }, (_, at) => at + 1) : [],
		files: sized.length,
		sizeBytes: sized.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
	};
}
const toTask = (units, at) => ({
	number: at + 1,
	files: units.flatMap(({ path, slice }) => slice === null ? [path] : []),
	slices: units.flatMap(({ path, slice }) => slice === null ? [] : [{
		path,
		...slice
	}])
});
function parseMost(text) {
	const most = /^\d{1,3}$/.test(text) ? Number(text) : 0;
	if (most >= 1 && most <= 256) return most;
	throw new InputError("SHARDS_INVALID", `The input "max-shards" is "${text}"`, { hint: `Give a whole number from 1 to ${256}: GitHub starts no more jobs of one matrix.` });
}
function refuse(dataset, findings) {
	const [first] = findings;
	return new InputError("DATA_REFUSED", `The dataset "${dataset}" is not read: ${first?.message ?? ""}`, {
		hint: first?.fix ?? "See the findings.",
		findings,
		...first?.where ? { where: first.where } : {}
	});
}

// actions/plan-shards/index.ts
await runAction(async () => {
	const job = openReader();
	const { plan, tasks, partitions, files, sizeBytes } = await run({
		dataset: needInput("dataset"),
		maxShards: input("max-shards"),
		commits: await readShardCommits(job.run, job.reader),
		leastSliceBytes,
		today: (/* @__PURE__ */ new Date()).toISOString().slice(0, 10)
	}, job.reader);
	say(`${plan.dataset}: ${files} files, ${sizeBytes} bytes, ${tasks.length} shards.`);
	setOutputs({
		verdict: "planned",
		plan: JSON.stringify(plan),
		shards: JSON.stringify(tasks),
		partitions: JSON.stringify(partitions)
	});
});

export {  };