import { n as downloadArtifact, t as artifactLimitBytes } from "./shared-artifact.js";
import { a as input, l as setOutputs, m as runAction, s as needInput } from "./shared-toolkit.js";
import { a as copyFeatures, i as planJudgement, n as requireFinished, s as openGovernedStore, t as requirePublished } from "./shared-published.js";
import { n as inputNumber } from "./shared-input.js";
import { n as makeFolder, r as openJob } from "./shared-job.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { t as readGovernedScoring } from "./shared-governed-scoring.js";
import { t as refuse } from "./shared-refusal.js";
import { n as isScored, r as planScoring } from "./shared-champion.js";
import { t as handedNames } from "./shared-handed-files.js";
import { r as networkOf } from "./shared-open-place.js";
import { a as listArchive, i as readWhole, n as withFile, r as readEntry } from "./shared-source.js";
import { n as parseRunRecord, t as maxRunRecordBytes } from "./shared-run-record.js";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { createHash } from "node:crypto";
import { pipeline as pipeline$1 } from "node:stream/promises";
import { link, mkdir } from "node:fs/promises";

// actions/store-model/hand-over.ts
/**
* Fetches what the predicting jobs need, with the keys of this job: they run code of the pull request and get none.
* Never labels. What lies in git they read there themselves.
* @returns folders to upload, each with the model and, for `.dvc` pointers, held-out and validation rows
* @throws InputError JUDGE_HELD_OUT_UNPUBLISHED, STORE_ABSENT, DVC_...; ServiceError from store or data remote
*/
async function handOver(models, over, deps) {
	const folders = {
		challenger: null,
		champion: null
	};
	const fetched = models.length === 0 ? [] : await fetchAll(over, deps);
	for (const { who, digest, file } of models) {
		const folder = join(deps.folder, who);
		await mkdir(folder);
		const target = join(folder, handedNames.model);
		await (file === null ? deps.copyFromStore(digest, target) : link(file, target));
		for (const [name, rows] of fetched) await link(rows, join(folder, name));
		folders[who] = folder;
	}
	return folders;
}
/** Rows that do not lie in git: the held-out ones, and those on which a threshold is chosen. */
async function fetchAll(over, deps) {
	const { features, validation } = over.scoring;
	const fetched = [];
	for (const [name, rows] of [[handedNames.features, features], [handedNames.validation, validation]]) if (rows?.path.endsWith(".dvc")) fetched.push([name, await fetchRows(rows, name, over, deps)]);
	return fetched;
}
async function fetchRows(rows, name, over, deps) {
	const { policy } = over.proposal;
	const { catalogue, commits } = over.proposal;
	await requirePublished(rows, {
		plan: over.plan,
		catalogue,
		base: commits.base,
		github: deps.github
	});
	const file = join(deps.folder, name);
	await deps.copyFeatures(rows, policy.data, file, networkOf(policy));
	return file;
}

// actions/store-model/store-artifact.ts
const recordName = "run.json";
const fix = "Pass the output artifact-id of the upload step of the training job of this same run.";
/** Copies the artifact of the training job into the store. Its bytes are pull-request controlled throughout. */
async function storeArtifact(expected, deps) {
	const facts = await requireOwn(expected, deps);
	const file = join(deps.folder, "artifact.zip");
	const { digest } = await deps.download(expected.id, file);
	if (facts.digest !== null && facts.digest !== digest) throw damaged(expected.id);
	return withFile(file, (source) => storeFiles(source, expected, deps));
}
async function requireOwn({ id, runId }, { github }) {
	const facts = await github.artifact(id);
	if (facts === null || facts.expired) throw refuse("judge/artifact-missing", `There is no artifact ${id}, or it has expired`, fix);
	if (facts.runId !== runId) {
		const message = `Artifact ${id} belongs to run ${facts.runId ?? "unknown"}, not to this run ${runId}`;
		throw refuse("judge/artifact-foreign", message, fix);
	}
	if (!(facts.sizeBytes <= artifactLimitBytes)) throw tooLarge(id, facts.sizeBytes);
	return facts;
}
async function storeFiles(source, expected, deps) {
	const { record, model } = pick(await listArchive(source, {
		entries: 2,
		entryBytes: artifactLimitBytes
	}));
	const recordBytes = await readWhole(source, record);
	const claimed = requireFinished(parseRunRecord(recordBytes, recordName));
	requireSame(claimed, expected);
	const file = join(deps.folder, "model.bin");
	const digest = await unpack(source, model, file);
	requireClaimed(claimed, model, digest);
	const artifactDigest = await deps.store.putFile(file);
	const recordDigest = await deps.store.putBytes(recordBytes);
	if (artifactDigest !== digest) throw damaged(expected.id);
	return {
		artifactDigest,
		recordDigest,
		file
	};
}
function pick(entries) {
	const record = entries.find((entry) => entry.name === recordName);
	const model = entries.find((entry) => entry.name !== recordName);
	if (!record || !model) {
		const message = `The artifact holds ${entries.length} file(s), not ${recordName} and the model file`;
		throw refuse("judge/artifact-content", message, "Upload the folder that train-model names in its output, unchanged.");
	}
	if (record.sizeBytes > 1048576) {
		const message = `${recordName} has ${record.sizeBytes} bytes, at most ${maxRunRecordBytes} are allowed`;
		throw refuse("judge/artifact-content", message, "Log fewer parameters and metrics.");
	}
	if (model.sizeBytes === 0) throw refuse("judge/artifact-empty", "The model file is empty", "Let the train command write the model before it ends.");
	return {
		record,
		model
	};
}
function requireSame(record, expected) {
	const differences = [
		[
			"model",
			record.model,
			expected.model
		],
		[
			"commit",
			record.commit,
			expected.headSha
		],
		[
			"run",
			String(record.runId),
			String(expected.runId)
		]
	];
	for (const [what, found, allowed] of differences) {
		if (found === allowed) continue;
		const message = `The artifact was trained for another ${what}: ${found}, not ${allowed}`;
		throw refuse("judge/artifact-other-model", message, fix, {
			found,
			allowed
		});
	}
}
async function unpack(source, entry, file) {
	const hash = createHash("sha256");
	const measure = new Transform({ transform(chunk, _encoding, done) {
		hash.update(chunk);
		done(null, chunk);
	} });
	await pipeline$1(Readable.from(readEntry(source, entry)), measure, createWriteStream(file));
	return `sha256:${hash.digest("hex")}`;
}
/** The record and the bytes must agree, or lineage would tell of a model that nobody has. */
function requireClaimed({ artifact }, entry, digest) {
	if (artifact.digest === digest && artifact.sizeBytes === entry.sizeBytes && artifact.name === entry.name) return;
	throw refuse("judge/artifact-changed", "The model file is not the one that its run record describes", "Upload the folder that train-model names in its output, unchanged.", {
		found: digest,
		allowed: artifact.digest
	});
}
function tooLarge(id, sizeBytes) {
	return refuse("judge/artifact-too-large", `Artifact ${id} has ${sizeBytes} bytes, at most ${artifactLimitBytes} (2 GiB) are allowed`, "Leave checkpoints and data out of the artifact; it holds the model file alone.");
}
function damaged(id) {
	return new ServiceError("ARTIFACT_DAMAGED", `Artifact ${id} did not arrive as GitHub and the store have it`, { hint: "Run the job again." });
}

// actions/store-model/run.ts
/**
* Puts the bytes of what is judged into the store, before code of the pull request runs on them, says who must be scored
* and fetches what that takes. Runs no code of the pull request.
* @throws InputError with a code JUDGE_..., DVC_... or ARCHIVE_REFUSED; ServiceError from GitHub, store or data remote
*/
async function run(inputs, deps) {
	if (inputs.pull.fork) throw refuseFork(inputs.pull.number);
	const { base } = await deps.github.pull(inputs.pull.number);
	const proposal = await deps.proposal({
		baseRef: base.ref,
		base: base.sha,
		head: inputs.pull.headSha
	});
	const plan = planJudgement({
		...inputs,
		...proposal
	});
	const { config, from } = plan.model;
	const scoring = await readGovernedScoring(config, proposal.commits[from], deps.github);
	const { featuresDigest, sets } = scoring;
	const { toScore, stored } = planScoring(plan.state, plan.against, featuresDigest, sets);
	const all = inputs.handOver === "all";
	const old = toScore ?? (all ? stored[0] ?? null : null);
	const challenger = await storeChallenger(plan, inputs, deps);
	const models = [...all || needsScoring(plan, scoring) ? [{
		who: "challenger",
		digest: challenger.artifactDigest,
		file: challenger.file
	}] : [], ...old ? [{
		who: "champion",
		digest: old.artifact.digest,
		file: null
	}] : []];
	const folders = await handOver(models, {
		plan,
		scoring,
		proposal
	}, deps);
	const { artifactDigest, recordDigest } = challenger;
	const champion = old && folders.champion !== null ? {
		...nameVersion(old),
		folder: folders.champion
	} : null;
	const promoted = plan.promoted && nameVersion(plan.promoted);
	return {
		artifactDigest,
		recordDigest,
		featuresDigest,
		challengerFolder: folders.challenger,
		champion,
		promoted
	};
}
const nameVersion = ({ version, lineage }) => ({
	version,
	commit: lineage.codeCommit
});
async function storeChallenger(plan, inputs, deps) {
	const { promoted } = plan;
	if (promoted !== null) return {
		artifactDigest: promoted.artifact.digest,
		recordDigest: promoted.runRecordDigest,
		file: null
	};
	const { model, pull, runId } = inputs;
	const id = inputs.artifactId;
	return storeArtifact({
		id,
		model,
		headSha: pull.headSha,
		runId
	}, deps);
}
/** A new version always; one of the ledger when its predictions are of other rows. */
const needsScoring = ({ promoted }, { featuresDigest, sets }) => promoted === null || !isScored(promoted, featuresDigest, sets);
function refuseFork(number) {
	return refuse("judge/fork", `Pull request ${number} comes from a fork: it reaches neither store nor labels`, "A maintainer reviews the code and pushes the branch to this repository; the pull request from there is judged.");
}

// actions/store-model/index.ts
await runAction(async () => {
	const { run: facts, pull, token, reader } = openJob();
	const inputs = {
		model: needInput("model"),
		artifactId: inputNumber("artifact-id"),
		pull,
		runId: facts.runId,
		handOver: readHandOver()
	};
	const store = openGovernedStore(reader);
	const outputs = await run(inputs, {
		github: reader,
		proposal: store.proposal,
		download: (id, file) => downloadArtifact({
			...facts,
			token
		}, id, file),
		store,
		copyFromStore: store.copyFromStore,
		copyFeatures,
		folder: makeFolder("artifact")
	});
	setOutputs({
		"artifact-digest": outputs.artifactDigest,
		"record-digest": outputs.recordDigest,
		"features-digest": outputs.featuresDigest,
		"score-challenger": String(outputs.challengerFolder !== null),
		"score-champion": String(outputs.champion !== null),
		"challenger-folder": outputs.challengerFolder ?? "",
		"champion-folder": outputs.champion?.folder ?? "",
		"champion-version": outputs.champion === null ? "" : String(outputs.champion.version),
		"champion-commit": outputs.champion?.commit ?? "",
		"challenger-version": outputs.promoted === null ? "" : String(outputs.promoted.version),
		"challenger-commit": outputs.promoted?.commit ?? ""
	});
});
function readHandOver() {
	const value = input("hand-over") || "scoring";
	if (value === "scoring" || value === "all") return value;
	throw new InputError("INPUT_INVALID", `The input "hand-over" is ${JSON.stringify(value.slice(0, 80))}`, { hint: "Write scoring or all." });
}

export {  };