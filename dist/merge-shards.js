import { i as openRecordStore, n as runValidation, o as readRefusedBatches, t as readTrainedVersions } from "./shared-dataset-history.js";
import { d as parseRepositoryName, l as setOutputs, m as runAction, r as failStep, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { i as openReader, n as makeFolder } from "./shared-job.js";
import { i as listKeyQuestions, o as mergeMeasured, s as readShardedDataset } from "./shared-shard-plan.js";
import { r as networkOf } from "./shared-open-place.js";
import { n as readFacts, r as resolveFiles } from "./shared-dataset.js";
import { i as ServiceError, n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { d as acceptKnown } from "./shared-measure.js";
import { n as parseShardPlan, t as parseShard } from "./shared-shard.js";
import { t as parseAnswers } from "./shared-shard-answers.js";
import { t as renderSummary } from "./shared-summary.js";
import { join } from "node:path";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";

// core/dataset/join-answers.ts
/**
* Joins what all partitions of the keys say.
* @param keyed rows with a key, for each part in the order of the dataset
* @param partitions the answers of every partition
* @param sizes rows of each part
* @param mostRows example rows of the plan
* @returns no answer to a question of which a part has no key, or of which any row was lost on the way: it stays unmeasured
*/
function joinAnswers(questions, keyed, partitions, sizes, mostRows) {
	const before = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0));
	const answers = /* @__PURE__ */ new Map();
	for (const { name } of questions) {
		const written = keyed.flatMap((part) => part.find((one) => one.name === name) ?? []);
		const compared = partitions.flatMap((part) => part.find((one) => one.name === name) ?? []);
		if (!(written.length === keyed.length && compared.length === partitions.length) || sum(written) !== sum(compared)) continue;
		const first = compared.flatMap((answer) => answer.first).map(([file, row]) => (before[file] ?? NaN) + row).sort((a, b) => a - b);
		const count = compared.reduce((total, answer) => total + answer.count, 0);
		if (!first.every(Number.isSafeInteger) || count > 0 !== first.length > 0) continue;
		const distinct = compared.reduce((total, answer) => total + answer.distinct, 0);
		answers.set(name, {
			tally: toTally(count, first, mostRows),
			distinct
		});
	}
	return answers;
}
const sum = (rows) => rows.reduce((total, one) => total + one.rows, 0);
/** The second round knows rows by their hashes alone: it shows where they are and not what is in them. */
function toTally(count, rows, mostRows) {
	return {
		count,
		firstRow: rows[0] ?? null,
		examples: [],
		rows: rows.slice(0, mostRows).map((row) => ({
			row,
			cells: []
		}))
	};
}

// core/dataset/merge-shards.ts
/**
* Joins the results of all shards to what one pass would have measured.
* @returns also the engine that all of them used
* @throws ServiceError SHARD_MISSING for a file that no shard measured; SHARD_MISMATCH for results of other data, another
* contract or plan, two engines, or a file that two shards measured: neither says anything about the data
*/
function mergeShards(checks, version, results, answers = []) {
	const parts = collectParts(version, results);
	const ordered = version.files.flatMap((file) => {
		const found = parts.get(file.path);
		if (found === void 0) throw missing(file.path);
		return orderSlices(file, found);
	});
	if (parts.size > version.files.length) throw mismatch("a file that is not in the dataset");
	const engines = [...new Set([...results, ...answers].map(({ engine }) => engine))];
	const [engine] = engines;
	if (engine === void 0 || engines.length > 1) throw mismatch(`engines ${engines.join(" and ")}`);
	const keyed = ordered.length > 1 ? joinKeys(checks, version, ordered, answers) : void 0;
	const measured = ordered.map((part) => part.measured);
	return {
		measured: joinSlices(mergeMeasured(checks, measured, keyed)),
		engine
	};
}
/** A file as it was measured: whole, or every slice of it, without a row between them. */
function orderSlices(file, found) {
	if (found.some(({ fact }) => canonicalJson(fact) !== canonicalJson(file))) throw mismatch(`another version of ${file.path}`);
	const [first, ...more] = found;
	if (first === void 0 || first.slice === null) {
		if (more.length > 0) throw mismatch(`${file.path} twice`);
		return found;
	}
	const { of } = first.slice;
	const ordered = [...found].sort((a, b) => (a.slice?.number ?? 0) - (b.slice?.number ?? 0));
	let before = 0;
	for (const [at, { slice, measured }] of ordered.entries()) {
		if (slice?.of !== of) throw mismatch(`${file.path} cut in two ways`);
		if (slice.number < at + 1) throw mismatch(`${file.path} twice`);
		if (slice.number > at + 1) throw missing(`slice ${at + 1} of ${file.path}`);
		if (measured.rows !== null && slice.before !== before) throw mismatch(`${file.path} with rows left out`);
		before += measured.rows ?? 0;
	}
	if (ordered.length < of) throw missing(`slice ${ordered.length + 1} of ${file.path}`);
	return ordered;
}
/** Slices of one file are one file again; what is wrong with it is told once. */
function joinSlices(measured) {
	const files = /* @__PURE__ */ new Map();
	for (const file of measured.files) {
		const rows = files.get(file.path)?.rows;
		const isFirst = rows === void 0;
		const sum = rows === null || file.rows === null ? null : (rows ?? 0) + file.rows;
		files.set(file.path, isFirst ? file : {
			...file,
			rows: sum
		});
	}
	const problems = new Map(measured.problems.map((problem) => [canonicalJson(problem), problem]));
	return {
		...measured,
		files: [...files.values()],
		problems: [...problems.values()]
	};
}
/**
* What shards say of data that could not be had. A path can be there with two contents: of the data and of the rules.
* @returns nothing while a file is neither measured nor told of: `mergeShards` then says which one
* @throws ServiceError SHARD_MISMATCH as `mergeShards`
*/
function listFailures(version, results) {
	const parts = collectParts(version, results);
	const failures = results.flatMap((result) => result.failures);
	const lost = new Set(failures.map(({ path, md5 }) => `${md5} ${path}`));
	const isTold = ({ path, md5 }) => parts.has(path) || lost.has(`${md5} ${path}`);
	return version.files.every(isTold) ? failures : [];
}
function collectParts({ plan, contractDigest }, results) {
	const parts = /* @__PURE__ */ new Map();
	const numbers = /* @__PURE__ */ new Set();
	for (const result of results) {
		if (canonicalJson(result.plan) !== canonicalJson(plan)) throw mismatch("another plan");
		if (result.contractDigest !== contractDigest) throw mismatch("another contract");
		if (numbers.has(result.number)) throw mismatch(`shard ${result.number} twice`);
		numbers.add(result.number);
		for (const part of result.parts) parts.set(part.fact.path, [...parts.get(part.fact.path) ?? [], part]);
	}
	return parts;
}
/** What the second round says; it has to be whole wherever it was asked. */
function joinKeys(checks, { plan, contractDigest, files }, parts, answers) {
	const questions = listKeyQuestions(checks);
	if (questions.length === 0 || parts.some(({ measured }) => measured.rows === null)) return /* @__PURE__ */ new Map();
	for (const answer of answers) {
		if (canonicalJson(answer.plan) !== canonicalJson(plan)) throw mismatch("another plan");
		if (answer.contractDigest !== contractDigest) throw mismatch("another contract");
	}
	const numbers = answers.map(({ partition }) => partition).sort((a, b) => a - b);
	const wanted = Array.from({ length: 4 }, (_, at) => at + 1);
	if (numbers.join() !== wanted.join()) throw missing("every partition of the keys");
	return joinAnswers(questions, parts.map(({ keys }) => keys), answers.map((answer) => answer.answers), files.map(({ path }) => countRows(parts, path)), checks.examples);
}
/** Answers number the rows of a whole file, however it was cut. */
const countRows = (parts, path) => parts.filter(({ fact }) => fact.path === path).reduce((sum, { measured }) => sum + (measured.rows ?? 0), 0);
function missing(path) {
	return new ServiceError("SHARD_MISSING", `No shard measured ${path}`, { hint: "Run the failed jobs of the matrix again; the log of the shard says why it ended." });
}
function mismatch(what) {
	return new ServiceError("SHARD_MISMATCH", `The shards do not belong together: there is ${what}`, { hint: "Run the whole workflow again, so that plan, shards and merge read the same commits with the same release." });
}

// adapters/dataset/shard-merge.ts
/**
* Judges a dataset by what its shards measured, with the very code that judges a dataset measured in one go. No data is
* fetched: only the engine and the remote are played by the results.
* @returns what one job would have found; a shard that is missing or does not belong is "not evaluated"
*/
async function validateShards(merge, deps) {
	const { dataset, origin, workdir, now } = merge;
	const { text, known, listing, governing, policy, readBlob } = dataset;
	const facts = await readAllFacts(dataset);
	return runValidation({
		contracts: [text],
		known,
		listing,
		origin,
		model: null,
		workdir,
		now,
		...governing ? { governing } : {},
		dataUrl: policy.data,
		network: networkOf(policy)
	}, {
		...deps,
		readBlob,
		openEngine: async () => playEngine(merge, facts),
		openRemote: () => playRemote(merge, facts)
	});
}
/** What cannot be read is a finding of the validation, which reads it again. */
async function readAllFacts({ text, listing, positions, readBlob }) {
	const facts = [];
	for (const file of resolveFiles(text.contract, listing, positions).files) {
		const read = await readFacts(file, readBlob).catch((error) => {
			if (error instanceof GatehouseError) return null;
			throw error;
		});
		if (read !== null) facts.push(read);
	}
	return facts;
}
const versionOf = ({ plan, dataset }, facts) => ({
	plan,
	contractDigest: digestBytes(dataset.text.text),
	files: facts.map(({ fact }) => fact)
});
/** An engine that has measured already. */
function playEngine(merge, facts) {
	const version = versionOf(merge, facts);
	return {
		version: merge.results[0]?.engine ?? "unknown",
		profile: async (checks, asked) => {
			if (!isDataset(asked, facts)) return findReference(merge) ?? refuse(asked);
			return mergeShards(checks, version, merge.results, merge.answers).measured;
		},
		close: () => {}
	};
}
/** The only other table that is asked for: the first shard measured it, by the same plan. */
function findReference({ dataset, results }) {
	const { reference } = dataset.text.contract.drift;
	const found = results.find(({ number }) => number === 1)?.reference ?? null;
	return reference.kind === "file" && found?.path === reference.path ? found.measured : null;
}
const isDataset = (asked, facts) => asked.length === facts.length && asked.every(({ path }, at) => path === facts[at]?.dataPath);
/** Data that no shard measured. */
const refuse = (files) => ({
	files: files.map(({ path }) => ({
		path,
		columns: [],
		rows: null
	})),
	problems: files.map(({ path }) => ({
		path,
		line: null,
		because: "no shard measured it"
	})),
	rows: null,
	columns: [],
	rules: [],
	profile: null
});
/** Holds nothing: the shards have read the data, and say what they could not have. */
function playRemote(merge, facts) {
	const told = readFailures(merge, facts);
	const check = ({ md5 }, source) => {
		const failure = told.find((each) => each.path === source && each.md5 === md5);
		if (failure !== void 0) throw toError(failure);
	};
	return {
		fetch: async (pointer, source) => {
			check(pointer, source);
			return 0;
		},
		fetchFolder: async (pointer, source) => {
			check(pointer, source);
			return [{
				path: pointer.path,
				local: ""
			}];
		},
		push: async () => {
			throw new TypeError("nothing is pushed here");
		}
	};
}
/** None where shards do not belong together: the engine is asked then, and says so once. */
function readFailures(merge, facts) {
	try {
		return listFailures(versionOf(merge, facts), merge.results);
	} catch (error) {
		acceptKnown(error);
		return [];
	}
}
/** The error that the shard met. */
function toError({ path, findings, evaluated }) {
	return new (evaluated ? InputError : ServiceError)("SHARD_DATA", `A shard could not have ${path}`, {
		hint: "See the log of the shard.",
		findings
	});
}

// actions/merge-shards/run.ts
/**
* Judges a dataset by what its shards left behind, and writes its record (`dataset-record.json`) when it passes.
* @returns verdict `not evaluated` when a shard is missing or does not belong: never a pass
* @throws InputError SHARD_INVALID, PROFILE_INVALID, CONTRACT_MISSING; ServiceError
*/
async function run(inputs, deps) {
	const plan = parseShardPlan(inputs.plan, "the input \"plan\"");
	const dataset = await readShardedDataset(deps.reader, plan);
	const { workdir, now } = inputs;
	const origin = {
		...inputs.run,
		pullRequest: 0,
		headSha: plan.dataAt,
		baseRef: "",
		baseSha: plan.rulesAt,
		contentDigest: digestBytes("")
	};
	const results = await readAll(inputs.shards, "shard.json", parseShard);
	const answers = await readAll(inputs.answers, "answers.json", parseAnswers);
	const { evidence, results: details } = await validateShards({
		plan,
		dataset,
		results,
		answers,
		origin,
		workdir,
		now
	}, {
		references: await readReferences(dataset, plan, deps),
		refused: await deps.readRefused(),
		putRecord: (text) => writeRecord(inputs.recordFolder, text)
	});
	const [validation] = evidence.datasets;
	if (validation === void 0) throw new TypeError("one contract gives one validation");
	const shown = details.map(({ observations, measurement }) => ({
		observations,
		drift: measurement?.drift ?? null
	}));
	return {
		validation,
		summary: renderSummary(evidence, shown)
	};
}
/** As in a pull request: a contract of the rules has its reference there, or none. */
async function readReferences({ policy }, { rulesAt }, deps) {
	const { reader } = deps;
	const ledger = await reader.ledgerFiles(policy.ledger.branch);
	return {
		trainedVersions: (dataset) => readTrainedVersions(ledger, dataset),
		get: async (digest) => (await deps.openStore(policy)).get(digest),
		readFile: (path) => reader.file(path, rulesAt)
	};
}
async function writeRecord(folder, text) {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, "dataset-record.json"), text);
	return digestBytes(text);
}
/** One folder for each artifact; a single one may lie in the folder itself. */
async function readAll(folder, file, parse) {
	const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
	const names = found.some(({ name }) => name === file) ? [".", ...folders] : folders;
	const values = [];
	for (const name of names.sort()) {
		const text = await readFile(join(folder, name, file), "utf8").catch(() => "");
		values.push(parse(text, `${name}/${file}`));
	}
	return values;
}

// actions/merge-shards/index.ts
await runAction(async () => {
	const { run: facts, client, reader } = openReader();
	const { repository, repositoryId, runId, runAttempt } = facts;
	const recordFolder = makeFolder("record");
	const { validation, summary } = await run({
		plan: needInput("plan"),
		shards: needInput("shards-folder"),
		answers: needInput("answers-folder"),
		workdir: makeFolder("data"),
		recordFolder,
		run: {
			repository,
			repositoryId,
			runId,
			runAttempt
		},
		now: (/* @__PURE__ */ new Date()).toISOString()
	}, {
		reader,
		openStore: (policy) => openRecordStore(policy, makeFolder("store")),
		readRefused: () => readRefusedBatches(client, parseRepositoryName(repository))
	});
	const { verdict, rows, record, findings } = validation;
	await writeSummary(summary);
	setOutputs({
		verdict,
		rows: String(rows ?? ""),
		record: record ?? "",
		"record-folder": record === null ? "" : recordFolder
	});
	const first = findings.find(({ severity }) => severity === "fail");
	if (verdict !== "pass") failStep(`${first?.message ?? verdict} ${first?.fix ?? ""}`);
});

export {  };