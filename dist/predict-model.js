import { f as needInput, m as setOutputs, n as makeFolder, p as say, r as openJob, y as runAction } from "./shared-job.js";
import { n as inputNumber, t as inputDigest } from "./shared-input.js";
import { n as readAtTip, t as digestFeatures } from "./shared-held-out-features.js";
import { r as runTeamCommand } from "./shared-team-command.js";
import { n as takeFeatures, r as takeModel } from "./shared-handed-files.js";
import { dn as modelPath } from "./shared-parse.js";
import { t as parseModelConfig } from "./shared-model-file.js";
import { n as maxBytes, t as parsePredictions } from "./shared-predictions.js";
import { t as refuse } from "./shared-refusal.js";
import { basename, join } from "node:path";
import { lstat, mkdir, readFile } from "node:fs/promises";

// actions/predict-model/run.ts
/**
* Scores the held-out features with one model by the team's own command, which sees no token, no secret and no label. Asks
* neither store nor data remote: this job runs code of the pull request and has no key.
* @throws InputError JUDGE_..., PREDICT_..., PREDICTIONS_INVALID; ServiceError from GitHub
*/
async function run(inputs, deps) {
	const { base } = await deps.github.pull(inputs.pull.number);
	const scoring = await describeScoring(inputs, await deps.proposal({
		baseRef: base.ref,
		base: base.sha,
		head: inputs.pull.headSha
	}), deps);
	const folders = await makeFolders(deps.folder);
	const files = {
		model: join(folders.model, scoring.artifactName),
		input: join(folders.input, "features.csv"),
		output: join(folders.output, "predictions.csv")
	};
	await takeModel(inputs.scoringFolder, scoring.artifactDigest, files.model);
	await takeFeatures(inputs.scoringFolder, scoring.features, files.input);
	requireDone(await runTeamCommand({
		text: scoring.command,
		folder: inputs.workspace,
		env: {
			PATH: deps.environment.PATH,
			HOME: deps.environment.HOME,
			GATEHOUSE_MODEL: files.model,
			GATEHOUSE_INPUT: files.input,
			GATEHOUSE_OUTPUT: files.output
		},
		timeoutMs: scoring.timeoutMinutes * 6e4,
		log: deps.print
	}), scoring.timeoutMinutes);
	const content = await readOutput(files.output);
	return {
		file: files.output,
		rows: parsePredictions(content, "predictions.csv").scores.length
	};
}
function requireDone(end, timeoutMinutes) {
	if (end.kind === "timeout") throw refuse("predict/timeout", `The predict command ran longer than ${timeoutMinutes} minutes and was ended`, "Make it faster, or raise predict.timeout-minutes in model.yml.");
	if (end.kind === "failed") throw refuse("predict/command-failed", `The predict command ended with ${end.how}`, "See the lines that it printed above; run it on your machine with the same three variables set.");
}
async function describeScoring(inputs, proposal, deps) {
	const governing = proposal.catalogue.models.get(inputs.model);
	if (!governing) throw unknownModel(inputs.model);
	const path = governing.config.heldOut.features;
	const content = await deps.github.file(path, proposal.commits[governing.from]);
	digestFeatures(path, content);
	const features = {
		path,
		content: content ?? /* @__PURE__ */ new Uint8Array(0)
	};
	if (inputs.championVersion === null) {
		const config = await readHeadConfig(inputs, proposal, deps);
		return {
			...describeChallenger(inputs.artifactDigest, config),
			features
		};
	}
	return {
		...describeChampion(inputs.championVersion, proposal, inputs.model, governing.config),
		features
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
		output: join(folder, "output")
	};
	for (const each of Object.values(folders)) await mkdir(each, { recursive: true });
	return folders;
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
	return refuse("predict/output", `The predict command ended well but ${what}`, "Write a CSV file with the header key,score to the path in GATEHOUSE_OUTPUT.");
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
			HOME: makeFolder("home")
		},
		folder: makeFolder("predict"),
		print: say
	});
	setOutputs({
		file: outputs.file,
		rows: String(outputs.rows)
	});
});

export {  };