import { a as input, c as say, l as setOutputs, m as runAction, r as failStep, s as needInput } from "./shared-toolkit.js";
import { i as openReader, n as makeFolder } from "./shared-job.js";
import { n as CsvScan, t as openEngine } from "./shared-open.js";
import { t as describeProgress } from "./shared-progress-line.js";
import { i as listKeyQuestions, s as readShardedDataset } from "./shared-shard-plan.js";
import { r as networkOf } from "./shared-open-place.js";
import { r as resolveFiles } from "./shared-dataset.js";
import { E as planChecks } from "./shared-moments.js";
import { l as toPublicProfile, s as privacyIn, t as listingsOf, u as Tables } from "./shared-measure.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { n as digestBytes } from "./shared-canonical.js";
import { n as parseShardPlan, o as renderShard, r as parseShardTask } from "./shared-shard.js";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { mkdir, open, rm, writeFile } from "node:fs/promises";

// adapters/dataset/cut-csv.ts
const maxChunkBytes = 1048576;
/** Slices differ by a chunk at most. */
const chunksOfSlice = 16;
/**
* Writes one slice of a CSV file as a CSV file with the same header. The whole file is read, so that a line end inside
* quotes is never taken for the end of a record; every machine finds the same edges.
* @param to a new file
* @returns rows in front of the slice; null when the shape of the file is broken: it is not cut then
*/
async function cutCsv(local, { number, of }, to) {
	const handle = await open(local);
	try {
		const { size } = await handle.stat();
		const header = await measureHeader(handle);
		const edges = await findEdges(handle, [number - 1, number].map((at) => size * at / of), Math.max(1, Math.min(maxChunkBytes, Math.floor(size / of / chunksOfSlice))));
		if (edges === null) return null;
		const [start, end] = edges;
		const from = number === 1 ? {
			offset: header,
			rows: 0
		} : start;
		const until = number === of ? size : end.offset;
		await copy(local, 0, header, to, "w");
		await copy(local, from.offset, until, to, "a");
		return { before: from.rows };
	} finally {
		await handle.close();
	}
}
/** Bytes of the first record, its line end included. */
async function measureHeader(handle) {
	const scan = new CsvScan();
	let at = 0;
	for await (const chunk of readChunks(handle, maxChunkBytes)) for (let index = 0; index < chunk.length; index += 1) {
		if (scan.header !== null || scan.problem !== null) return at;
		scan.push(chunk.subarray(index, index + 1));
		at += 1;
	}
	return at;
}
/** The first record after each offset of which a chunk shows the beginning; the end of the file after the last one. */
async function findEdges(handle, offsets, chunkBytes) {
	const scan = new CsvScan();
	const edges = offsets.map(() => null);
	let size = 0;
	for await (const chunk of readChunks(handle, chunkBytes)) {
		scan.push(chunk);
		if (scan.problem !== null) return null;
		size += chunk.length;
		const { header, recordStart, rows } = scan;
		for (const [at, offset] of offsets.entries()) if (header !== null && recordStart >= offset) edges[at] ??= {
			offset: recordStart,
			rows
		};
	}
	scan.end();
	return scan.problem === null ? edges.map((edge) => edge ?? {
		offset: size,
		rows: scan.rows
	}) : null;
}
/** Whole chunks of one size but the last, whatever the file system hands over at once. */
async function* readChunks(handle, chunkBytes) {
	for (let position = 0;;) {
		const chunk = Buffer.alloc(chunkBytes);
		let filled = 0;
		while (filled < chunkBytes) {
			const { bytesRead } = await handle.read(chunk, filled, chunkBytes - filled, position + filled);
			if (bytesRead === 0) break;
			filled += bytesRead;
		}
		if (filled === 0) return;
		yield chunk.subarray(0, filled);
		position += filled;
	}
}
async function copy(from, start, end, to, flags) {
	if (end <= start) return;
	await pipeline(createReadStream(from, {
		start,
		end: end - 1
	}), createWriteStream(to, { flags }));
}

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
	const units = [...job.task.files.map((path) => ({
		path,
		slice: null
	})), ...job.task.slices.map(({ path, number, of }) => ({
		path,
		slice: {
			number,
			of
		}
	}))];
	for (const unit of units) {
		const found = await measureUnit(job, checks, unit, others.files);
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
async function measureUnit(job, checks, { path, slice }, others) {
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
	const cut = slice === null ? null : await cutFile(here, slice, `${workdir}/slice`);
	const tableFiles = cut?.files ?? here;
	const { onProgress } = job;
	const options = {
		others,
		...onProgress ? { onProgress } : {}
	};
	const measured = await job.engine.profile(checks, tableFiles, options);
	if (slice !== null && cut === null && measured.rows !== null) throw uncut(path);
	const rows = measured.files.flatMap((file) => file.rows ?? []);
	const questions = (files.length > 1 || slice !== null) && measured.rows !== null ? listKeyQuestions(checks) : [];
	const place = slice && {
		...slice,
		before: cut?.before ?? 0
	};
	const target = {
		questions,
		folder: job.keys,
		at,
		rows,
		partitions: 4
	};
	const own = place === null ? target : {
		...target,
		slice: place
	};
	const keys = questions.length > 0 ? await job.engine.writeKeys(checks, tableFiles, own) : [];
	await rm(workdir, {
		recursive: true,
		force: true
	});
	return {
		fact: facts.fact,
		slice: place,
		measured: toPublic(measured, text.contract),
		keys
	};
}
/** @returns null for a file that is not cut: the engine says what is wrong with it */
async function cutFile(files, slice, to) {
	const [file, ...more] = files;
	if (file === void 0 || more.length > 0 || !file.path.endsWith(".csv")) return null;
	const cut = await cutCsv(file.local, slice, to);
	if (cut === null) return null;
	await rm(file.local);
	return {
		files: [{
			path: file.path,
			local: to
		}],
		before: cut.before
	};
}
function uncut(path) {
	return new InputError("SHARD_INVALID", `${path} is no file that can be cut`, {
		hint: "Give each shard exactly what plan-shards dealt out.",
		where: { file: path }
	});
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
		const fetched = [];
		for (const listing of listingsOf(job.dataset, rule.other)) {
			const found = await fetchTable(job, rule.other, listing, tables);
			fetched.push(found.files);
			failures.push(...found.failures);
		}
		if (!fetched.includes(null)) others.set(rule.other, fetched.flatMap((files) => files ?? []));
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
	const [listing] = listingsOf(job.dataset, reference.path);
	const { files, failures } = await fetchTable(job, reference.path, listing, tables);
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
async function fetchTable({ dataset: { text, positions } }, path, listing, tables) {
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