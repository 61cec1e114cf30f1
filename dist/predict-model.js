import { c as say, l as setOutputs, m as runAction, s as needInput } from "./shared-toolkit.js";
import { n as inputNumber, t as inputDigest } from "./shared-input.js";
import { n as makeFolder$1, r as openJob } from "./shared-job.js";
import { t as readAtTip } from "./shared-tip.js";
import { t as readGovernedScoring } from "./shared-governed-scoring.js";
import { n as takeModel, r as takeRows } from "./shared-handed-files.js";
import { r as InputError } from "./shared-error.js";
import { a as planCases, r as permutedTable, t as readFeatureTable } from "./shared-feature-table.js";
import { n as writeRecord } from "./shared-csv-reader.js";
import { t as buildProductionLikeSet } from "./shared-production-like.js";
import { y as modelPath } from "./shared-layout.js";
import { t as parseModelConfig } from "./shared-model-file.js";
import { i as shapeOf, r as readPredicted, u as maxBytes } from "./shared-read-predicted.js";
import { t as refuse } from "./shared-refusal.js";
import { r as runTeamCommand } from "./shared-team-command.js";
import { basename, join } from "node:path";
import { lstat, mkdir, open, readFile, writeFile } from "node:fs/promises";

// core/behaviour/behaviour-rows.ts
/**
* Makes the input of the behaviour set: every row of every case, with the columns of the held-out features in their order.
* @throws InputError BEHAVIOUR_SAMPLE, BEHAVIOUR_COLUMN (a column that the features do not have, or the key), BEHAVIOUR_CHANGE
*/
function behaviourRows(suite, features) {
	requireColumns(suite, features);
	const rows = planCases(suite, features.rows).flatMap((one) => rowsOf(one, suite.defaults, features));
	return {
		columns: features.columns,
		rows
	};
}
function rowsOf(one, defaults, features) {
	const { columns, key } = features;
	const { input, change } = one.source;
	const cells = input.kind === "row" ? columns.map((column) => cellOf(input.cells, column) ?? cellOf(defaults, column) ?? "") : features.rowAt(one.heldOutRow ?? 0);
	const changed = columns.map((column, at) => {
		const of = change.find((each) => each.column === column);
		return of === void 0 ? cells[at] ?? "" : changeCell(cells[at] ?? "", of, one);
	});
	const withKey = (row, value) => columns.map((column, at) => column === key ? value : row[at] ?? "");
	const judged = withKey(changed, one.key);
	return one.before === null ? [judged] : [withKey(cells, one.before), judged];
}
const cellOf = (cells, column) => Object.hasOwn(cells, column) ? cells[column] : void 0;
const mostDigits = 12;
function changeCell(cell, change, { name, heldOutRow }) {
	if (change.kind === "set") return change.value;
	if (change.kind === "append") return `${cell}${change.text}`;
	const value = cell.trim() === "" ? NaN : Number(cell);
	const result = change.kind === "add" ? value + change.by : value * change.by;
	if (Number.isFinite(result)) return String(Number(result.toPrecision(mostDigits)));
	if (heldOutRow !== null) return cell;
	throw new InputError("BEHAVIOUR_CHANGE", `The case "${name}" does arithmetic with the column "${change.column}", which is no number there`, { hint: "Write a number in \"row\" or \"defaults\" of behaviour.yml, or set the cell to a value." });
}
function requireColumns(suite, { columns, key }) {
	const places = suite.groups.flatMap(({ cases }) => cases.flatMap(({ name, input, change }) => [...(input.kind === "row" ? Object.keys(input.cells) : []).map((column) => [column, `the case "${name}"`]), ...change.map(({ column }) => [column, `the case "${name}"`])]));
	const all = [...Object.keys(suite.defaults).map((column) => [column, "\"defaults\""]), ...places];
	const known = new Set(columns);
	for (const [column = "", whose] of all) {
		const hint = "Correct the name in behaviour.yml; the key is written by Gatehouse.";
		if (column === key) throw new InputError("BEHAVIOUR_COLUMN", `${whose} of the suite sets the key column "${column}"`, { hint });
		if (known.has(column)) continue;
		const message = `${whose} of the suite names the column "${column}", which the held-out features do not have`;
		throw new InputError("BEHAVIOUR_COLUMN", message, { hint });
	}
}

// adapters/scoring/set-inputs.ts
/**
* Writes the rows of every set that a model scores besides the held-out ones. All are pure functions of governed files.
* @throws InputError PREDICT_HANDED_..., PRODUCTION_LIKE_..., BEHAVIOUR_..., FEATURES_INVALID, CSV_...
*/
async function makeSetInputs(sources) {
	const made = [];
	for (const { name } of sources.scoring.sets) {
		const input = join(sources.folder, `${name}.csv`);
		await makers[name](sources, input);
		made.push({
			name,
			input
		});
	}
	return made;
}
const makers = {
	"production-like": makeProductionLike,
	validation: async ({ scoring, handed }, to) => {
		if (scoring.validation !== null) await takeRows(handed, "validation", scoring.validation, to);
	},
	behaviour: makeBehaviour,
	permuted: makePermuted
};
async function makeProductionLike({ config, scoring, features, folder }, to) {
	if (config.productionLike === void 0) return;
	const recorded = /* @__PURE__ */ new Map();
	for (const [path, content] of scoring.recorded) {
		const file = join(folder, `recorded-${recorded.size + 1}.csv`);
		await writeFile(file, content);
		recorded.set(path, file);
	}
	const { productionLike: suite } = config;
	await buildProductionLikeSet({
		source: features,
		target: to,
		suite,
		key: config.heldOut.key,
		recorded
	});
}
async function readTable({ config, features }) {
	return readFeatureTable(await readFile(features), config.heldOut.features, config.heldOut.key, "all");
}
async function makeBehaviour(sources, to) {
	const { behaviour, heldOut } = sources.config;
	if (behaviour === void 0) return;
	const table = await readTable(sources);
	const { columns, rows } = behaviourRows(behaviour, {
		columns: [heldOut.key, ...table.names],
		key: heldOut.key,
		rows: table.keys.length,
		rowAt: (row) => [table.keys[row] ?? "", ...table.names.map((name) => table.columns.get(name)?.[row] ?? "")]
	});
	await writeFile(to, [columns, ...rows].map(writeRecord).join(""));
}
/** Characters that are kept before they are written. */
const flushCharacters = 1048576;
async function makePermuted(sources, to) {
	const { explain, heldOut } = sources.config;
	if (explain === void 0 || !("permutation" in explain)) return;
	const table = await readTable(sources);
	const file = await open(to, "wx");
	try {
		const { columns, rows, rowAt } = permutedTable(table, heldOut.key, explain.permutation);
		let text = writeRecord(columns);
		for (let row = 0; row < rows; row++) {
			text += writeRecord(rowAt(row));
			if (text.length < flushCharacters) continue;
			await file.write(text);
			text = "";
		}
		await file.write(text);
	} finally {
		await file.close();
	}
}

// actions/predict-model/predict-command.ts
/**
* Runs the predict command once and takes what it wrote.
* @throws InputError PREDICT_TIMEOUT, PREDICT_COMMAND_FAILED, PREDICT_OUTPUT
*/
async function runPredict({ model, input, output }, { command, timeoutMinutes, workspace, environment, print }) {
	requireDone(await runTeamCommand({
		text: command,
		folder: workspace,
		env: {
			PATH: environment.PATH,
			HOME: environment.HOME,
			GATEHOUSE_MODEL: model,
			GATEHOUSE_INPUT: input,
			GATEHOUSE_OUTPUT: output
		},
		timeoutMs: timeoutMinutes * 6e4,
		log: print
	}), timeoutMinutes);
	return readOutput(output);
}
function requireDone(end, timeoutMinutes) {
	if (end.kind === "timeout") throw refuse("predict/timeout", `The predict command ran longer than ${timeoutMinutes} minutes and was ended`, "Make it faster, or raise predict.timeout-minutes in model.yml.");
	if (end.kind === "failed") throw refuse("predict/command-failed", `The predict command ended with ${end.how}`, "See the lines that it printed above; run it on your machine with the same three variables set.");
}
/** A link would upload whatever it points to. */
async function readOutput(file) {
	const facts = await lstat(file).catch((error) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
	if (facts === null) throw badOutput("did not write the file that GATEHOUSE_OUTPUT names");
	if (!facts.isFile()) throw badOutput("wrote something other than a plain file");
	if (facts.size === 0) throw badOutput("wrote an empty file");
	if (facts.size > 268435456) throw badOutput(`wrote ${facts.size} bytes, at most ${maxBytes} are read`);
	return readFile(file);
}
function badOutput(what) {
	return refuse("predict/output", `The predict command ended well but ${what}`, "Write a CSV file with a key and what the task asks for (key,score for two classes) to the path in GATEHOUSE_OUTPUT.");
}

// actions/predict-model/run.ts
/**
* Scores the held-out rows and the other sets with one model by the team's own command, which sees no token, no secret and
* no label. Asks neither store nor data remote: this job runs code of the pull request and has no key.
* @throws InputError JUDGE_..., PREDICT_..., PREDICTIONS_INVALID; ServiceError from GitHub
*/
async function run(inputs, deps) {
	const { base } = await deps.github.pull(inputs.pull.number);
	const plan = await describeScoring(inputs, await deps.proposal({
		baseRef: base.ref,
		base: base.sha,
		head: inputs.pull.headSha
	}), deps);
	const folders = await makeFolders(deps.folder);
	const model = join(folders.model, plan.artifactName);
	await takeModel(inputs.scoringFolder, plan.artifactDigest, model);
	const features = join(folders.input, "features.csv");
	await takeRows(inputs.scoringFolder, "features", plan.scoring.features, features);
	const sets = await makeSetInputs({
		config: plan.config,
		scoring: plan.scoring,
		features,
		handed: inputs.scoringFolder,
		folder: folders.input
	});
	const score = async (name, input) => {
		const output = join(await makeFolder(folders.runs, name), "predictions.csv");
		return runPredict({
			model,
			input,
			output
		}, {
			...plan,
			...deps,
			workspace: inputs.workspace
		});
	};
	const content = await score("held-out", features);
	const { keys } = readPredicted(content, "predictions.csv", shapeOf(plan.config));
	const file = join(folders.output, "predictions.csv");
	await writeFile(file, content);
	for (const { name, input } of sets) {
		deps.print(`Gatehouse: scoring the set ${name}`);
		const scored = await scoreSet(name, () => score(name, input), deps);
		if (scored !== null) await writeFile(join(folders.sets, `${name}.csv`), scored);
	}
	return {
		folder: folders.output,
		file,
		rows: keys.length
	};
}
/**
* A set that the command cannot score is left out, and the judge says so: that a model breaks on a missing value is a
* result, and must not hide what it did on the held-out rows.
*/
async function scoreSet(name, score, { print }) {
	try {
		return await score();
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		print(`Gatehouse: the set ${name} is left out. ${error.message}`);
		return null;
	}
}
async function describeScoring(inputs, proposal, deps) {
	const governing = proposal.catalogue.models.get(inputs.model);
	if (!governing) throw unknownModel(inputs.model);
	const { config } = governing;
	const shared = {
		config,
		scoring: await readGovernedScoring(config, proposal.commits[governing.from], deps.github)
	};
	if (inputs.championVersion === null) {
		const own = await readHeadConfig(inputs, proposal, deps);
		return {
			...describeChallenger(inputs.artifactDigest, own),
			...shared
		};
	}
	return {
		...describeChampion(inputs.championVersion, proposal, inputs.model, config),
		...shared
	};
}
function describeChallenger(artifactDigest, { predict, train }) {
	if (artifactDigest === null) throw refuse("predict/artifact-missing", "No artifact digest was handed over", "Pass the output artifact-digest of the job that stored the artifact.");
	return {
		artifactDigest,
		artifactName: basename(train.artifact),
		...predict
	};
}
/** The champion is scored by what the ledger recorded: its bytes, its command. Not one byte is of the pull request. */
function describeChampion(version, { state }, model, config) {
	const record = state?.model === model ? state.versions.get(version)?.record : void 0;
	if (!record) throw refuse("predict/version-unknown", `The ledger has no version ${version}`, "Pass the output champion-version of the job that stored the artifact.");
	return {
		artifactDigest: record.artifact.digest,
		artifactName: basename(record.artifact.name),
		command: record.predictCommand,
		timeoutMinutes: config.predict.timeoutMinutes
	};
}
/** The challenger is scored by its own command: that of the head. */
async function readHeadConfig(inputs, { commits }, deps) {
	const path = modelPath(inputs.model);
	const content = await deps.github.file(path, commits.head);
	if (content === null) throw unknownModel(inputs.model);
	return parseModelConfig(new TextDecoder().decode(content), path, inputs.model);
}
async function makeFolders(folder) {
	const folders = {
		model: join(folder, "model"),
		input: join(folder, "input"),
		runs: join(folder, "runs"),
		output: join(folder, "output"),
		sets: join(folder, "output", "sets")
	};
	for (const each of Object.values(folders)) await mkdir(each, { recursive: true });
	return folders;
}
async function makeFolder(parent, name) {
	const folder = join(parent, name);
	await mkdir(folder);
	return folder;
}
function unknownModel(model) {
	return refuse("judge/model-unknown", `There is no ${modelPath(model)} at the commit that governs`, "Add the file, or correct the name that the workflow passes.");
}

// actions/predict-model/index.ts
await runAction(async () => {
	const { pull, reader } = openJob();
	const inputs = {
		model: needInput("model"),
		artifactDigest: inputDigest("artifact-digest"),
		championVersion: inputNumber("champion-version"),
		scoringFolder: needInput("scoring-folder"),
		pull,
		workspace: process.env.GITHUB_WORKSPACE ?? process.cwd()
	};
	const outputs = await run(inputs, {
		github: reader,
		proposal: (commits) => readAtTip(reader, commits),
		environment: {
			PATH: process.env.PATH ?? "",
			HOME: makeFolder$1("home")
		},
		folder: makeFolder$1("predict"),
		print: say
	});
	setOutputs({
		folder: outputs.folder,
		file: outputs.file,
		rows: String(outputs.rows)
	});
});

export {  };