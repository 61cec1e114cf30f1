import { Ct as GatehouseError, Tt as ServiceError, wt as InputError } from "./shared-canonical.js";
import { d as needInput, n as makeFolder, p as setOutputs, r as openJob, v as runAction } from "./shared-job.js";
import { n as openGovernedStore, t as digestFeatures } from "./shared-held-out-features.js";
import { n as inputNumber } from "./shared-input.js";
import { t as refuse } from "./shared-refusal.js";
import { n as planScoring } from "./shared-champion.js";
import { a as listArchive, c as planJudgement, i as readWhole, n as withFile, o as maxRunRecordBytes, r as readEntry, s as parseRunRecord } from "./shared-source.js";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline as pipeline$1 } from "node:stream/promises";

// adapters/actions/artifact.ts
/** 2 GiB: larger models belong into the store by their own tool, not through an Actions artifact. */
const artifactLimitBytes = 2 * 1024 ** 3;
/**
* Downloads an artifact's zip into a file, hashing on the way and never holding it in memory.
* @param id artifact id of GitHub Actions, digits; named by the caller workflow, so pull-request controlled
* @param limitBytes what is refused beyond; 2 GiB but in tests
* @throws InputError ARTIFACT_TOO_LARGE over the limit, ARTIFACT_MISSING when there is none; ServiceError ARTIFACT_DOWNLOAD
*/
async function downloadArtifact(api, id, file, limitBytes = artifactLimitBytes) {
	try {
		return await download(api, id, file, limitBytes);
	} catch (error) {
		if (error instanceof GatehouseError) throw error;
		throw failed(id, error instanceof Error ? error.message : String(error), error);
	}
}
async function download(api, id, file, limitBytes) {
	const url = `${api.apiUrl}/repos/${api.repository}/actions/artifacts/${id}/zip`;
	const answer = await fetch(url, {
		headers: {
			authorization: `Bearer ${api.token}`,
			accept: "application/vnd.github+json"
		},
		redirect: "manual"
	});
	const location = answer.headers.get("location");
	const blob = answer.status === 302 && location ? await fetch(location) : answer;
	if (answer.status === 404 || answer.status === 410 || blob.status === 404) throw missing(id);
	if (!blob.ok || blob.body === null) throw failed(id, `HTTP ${blob.status}`);
	const hash = createHash("sha256");
	let sizeBytes = 0;
	const measure = new Transform({ transform(chunk, _encoding, done) {
		sizeBytes += chunk.length;
		if (sizeBytes > limitBytes) return done(tooLarge$1(id));
		hash.update(chunk);
		done(null, chunk);
	} });
	await pipeline$1(Readable.fromWeb(blob.body), measure, createWriteStream(file));
	return {
		file,
		digest: `sha256:${hash.digest("hex")}`,
		sizeBytes
	};
}
function missing(id) {
	return new InputError("ARTIFACT_MISSING", `There is no artifact ${id} in this repository, or it has expired.`, { hint: "Pass the output artifact-id of the upload step of the training job of this same run." });
}
function tooLarge$1(id) {
	return new InputError("ARTIFACT_TOO_LARGE", `Artifact ${id} is larger than 2 GiB.`, { hint: "Leave checkpoints and data out of the artifact; it holds the model file alone." });
}
function failed(id, what, cause) {
	return new ServiceError("ARTIFACT_DOWNLOAD", `Artifact ${id} could not be downloaded: ${what}.`, {
		hint: "Run the job again. If it stays so, see whether the job may read Actions (permissions: actions: read).",
		cause
	});
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
	const claimed = parseRunRecord(recordBytes, recordName);
	requireSame(claimed, expected);
	const file = join(deps.folder, "model.bin");
	const digest = await unpack(source, model, file);
	requireClaimed(claimed, model, digest);
	const artifactDigest = await deps.store.putFile(file);
	const recordDigest = await deps.store.putBytes(recordBytes);
	if (artifactDigest !== digest) throw damaged(expected.id);
	return {
		artifactDigest,
		recordDigest
	};
}
function pick(entries) {
	const record = entries.find((entry) => entry.name === recordName);
	const model = entries.find((entry) => entry.name !== recordName);
	if (!record || !model) {
		const message = `The artifact holds ${entries.length} file(s), not ${recordName} and the model file`;
		throw refuse("judge/artifact-content", message, "Upload the folder that train-model names in its output, unchanged.");
	}
	if (record.sizeBytes > 262144) {
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
* Puts the bytes of what is judged into the store, before code of the pull request runs on them, and says who must be
* scored. Runs no code of the pull request.
* @throws InputError with a code JUDGE_... or ARCHIVE_REFUSED; ServiceError from GitHub or the store
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
	const features = plan.model.config.heldOut.features;
	const content = await deps.github.file(features, proposal.commits[plan.model.from]);
	const featuresDigest = digestFeatures(features, content);
	const { toScore } = planScoring(plan.state, plan.against, featuresDigest);
	const champion = toScore && {
		version: toScore.version,
		commit: toScore.lineage.codeCommit
	};
	return {
		...await storeChallenger(plan, inputs, featuresDigest, deps),
		champion
	};
}
async function storeChallenger(plan, inputs, featuresDigest, deps) {
	const { promoted } = plan;
	if (promoted !== null) return {
		artifactDigest: promoted.artifact.digest,
		recordDigest: promoted.runRecordDigest,
		scoreChallenger: promoted.predictions.featuresDigest !== featuresDigest
	};
	const { model, pull, runId } = inputs;
	const id = inputs.artifactId;
	return {
		...await storeArtifact({
			id,
			model,
			headSha: pull.headSha,
			runId
		}, deps),
		scoreChallenger: true
	};
}
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
		runId: facts.runId
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
		folder: makeFolder("artifact")
	});
	setOutputs({
		"artifact-digest": outputs.artifactDigest,
		"record-digest": outputs.recordDigest,
		"score-challenger": String(outputs.scoreChallenger),
		"score-champion": String(outputs.champion !== null),
		"champion-version": outputs.champion === null ? "" : String(outputs.champion.version),
		"champion-commit": outputs.champion?.commit ?? ""
	});
});

export {  };