import { i as ServiceError, r as InputError } from "./shared-error.js";
import { n as makeFolder } from "./shared-job.js";
import { y as modelPath } from "./shared-layout.js";
import { a as requiredComparisons, i as needsJudgement } from "./shared-gate-rule.js";
import { c as emptyState } from "./shared-rollback-trigger.js";
import { n as refuseInput, t as refuse } from "./shared-refusal.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as readAtTip } from "./shared-tip.js";
import { t as openStore } from "./shared-store.js";
import { t as readFeaturePointer } from "./shared-feature-pointer.js";
import { t as openRemote } from "./shared-remote.js";
import { t as championsOf } from "./shared-champion.js";
import { join } from "node:path";
import { copyFile, readFile, rm, stat, writeFile } from "node:fs/promises";

// adapters/actions/governed-store.ts
function openGovernedStore(reader) {
	const folder = makeFolder("store");
	let policy = null;
	let opened = null;
	const store = () => {
		if (policy === null) throw notRead();
		opened ??= openStore(policy.store, networkOf(policy));
		return opened;
	};
	return {
		proposal: async (commits) => {
			const proposal = await readAtTip(reader, commits);
			policy = proposal.policy;
			return proposal;
		},
		get: async (digest) => new Uint8Array(await readFile(await (await store()).get(digest, folder))),
		sizeOf: async (digest) => sizeOf(await store(), digest, folder),
		putFile: async (file) => (await (await store()).putFile(file)).digest,
		putBytes: async (bytes) => (await (await store()).putBytes(bytes)).digest,
		copyFromStore: async (digest, file) => copyFile(await (await store()).get(digest, folder), file)
	};
}
async function sizeOf(store, digest, folder) {
	try {
		return (await stat(await store.get(digest, folder))).size;
	} catch (error) {
		if (error instanceof InputError && error.code === "STORE_ABSENT") return null;
		throw error;
	}
}
function notRead() {
	return new ServiceError("STORE_UNKNOWN", "The store was asked for before the policy was read", { hint: "Report this: it is a fault of Gatehouse." });
}

// adapters/dvc/features.ts
/**
* Writes the rows of held-out features into a file: what a `.dvc` pointer points to, or the content itself.
* @param data address of the DVC remote
* @param network what the policy lets a job reach
* @throws InputError DVC_POINTER, DVC_UNSUPPORTED for a folder, DVC_OBJECT_MISSING, DVC_DIGEST; ServiceError when the remote is absent
*/
async function copyFeatures(features, data, file, network) {
	const pointer = readFeaturePointer(features);
	if (pointer === null) await writeFile(file, features.content);
	else await openRemote(data, network).fetch(pointer, features.path, file);
}
/** Reads rows of the repository or of the data remote of the policy into memory. @param folder of this job, for what is fetched */
function readRowsIn(folder) {
	return async (rows, policy) => {
		if (readFeaturePointer(rows) === null) return rows.content;
		const file = join(folder, "rows.csv");
		await copyFeatures(rows, policy.data, file, networkOf(policy));
		const bytes = await readFile(file);
		await rm(file);
		return bytes;
	};
}

// core/registry/judgement-plan.ts
/**
* Derives what a judging job has to do and refuses what does not fit the pull request.
* @throws InputError with a code JUDGE_..., each for one way in which caller and pull request disagree
*/
function planJudgement(input) {
	const change = requireRequest(input);
	const model = input.catalogue.models.get(input.model);
	if (!model) throw unknownModel(input.model);
	const state = input.state ?? emptyState(input.model);
	const champions = championsOf(state);
	return {
		change,
		model,
		state,
		promoted: findPromoted(change, state, input.artifactId),
		champions,
		against: requiredComparisons(change.moves, champions)
	};
}
function requireRequest({ change, model }) {
	if (change.kind === "refused") {
		const [first, ...rest] = change.findings;
		throw first ? refuseInput("JUDGE_CHANGE_REFUSED", [first, ...rest]) : nothingToJudge();
	}
	if (change.kind === "nothing" || change.model === null) throw nothingToJudge();
	if (change.model !== model) throw refuse("judge/other-model", `The workflow asks to judge "${model}", but the pull request changes "${change.model}"`, `Pass "${change.model}" as model, best the output "model" of the validation job.`);
	return change;
}
/** One judgement is about one thing: a new version, or one version of the ledger. */
function findPromoted(change, state, artifactId) {
	const judged = change.moves.filter(needsJudgement);
	const versions = [...new Set(judged.map((move) => move.kind === "stage" ? move.version : null))];
	const [version] = versions;
	if (version === void 0) throw nothingToJudge();
	if (versions.length > 1) throw refuse("judge/several-versions", `The pull request moves ${versions.length} versions that need a judgement of their own`, "Open one pull request for each version.");
	requireArtifact(version, artifactId);
	if (version === null) return null;
	const record = state.versions.get(version)?.record;
	if (!record) throw refuse("judge/version-unknown", `The ledger has no version ${version} of ${state.model}`, "Name a version that the ledger has registered.");
	return record;
}
function requireArtifact(version, artifactId) {
	if (version === null && artifactId === null) throw refuse("judge/artifact-missing", "A model is proposed, but the workflow names no artifact", "Pass the output artifact-id of the upload step of the training job.");
	if (version !== null && artifactId !== null) throw refuse("judge/artifact-unwanted", `Version ${version} is judged from its stored bytes, but the workflow names an artifact`, "Leave artifact-id empty for a pull request that moves versions.");
}
function unknownModel(model) {
	return refuse("judge/model-unknown", `Neither base nor head has ${modelPath(model)}`, "Add the file, or correct the name that the workflow passes.");
}
function nothingToJudge() {
	return refuse("judge/nothing-to-judge", "Nothing in this pull request needs a judgement", "Call the judge only when the output \"judge\" of the validation job is true.");
}

// core/evidence/claimed-run.ts
/** What evidence and ledger keep of a run, beside the digest of its whole record. */
function toClaimedRun(run) {
	const { grade, model, commit, changedFiles, runId, runAttempt, trigger, command, image, startedAt } = run;
	const { durationMs, runner, machine, seed, parameters, metrics, cost, datasets, artifact } = run;
	return {
		grade,
		model,
		commit,
		changedFiles,
		runId,
		runAttempt,
		trigger,
		command,
		image,
		startedAt,
		durationMs,
		runner,
		machine,
		seed,
		parameters,
		metrics,
		cost,
		datasets,
		artifact,
		attempts: run.attempts.length
	};
}
/**
* Refuses a run that did not end well: there is nothing to store and nothing to judge.
* @throws InputError JUDGE_RUN_UNFINISHED
*/
function requireFinished(run) {
	const { artifact, outcome } = run;
	if (artifact !== null) return {
		...run,
		artifact
	};
	throw refuse("judge/run-unfinished", "The training ended without a model file, so there is nothing to judge. This says nothing about the model", "Read the summary of the training job: it says how the training ended, and what to change.", {
		found: outcome,
		allowed: "done"
	});
}

// adapters/scoring/published.ts
/**
* Refuses rows of the data remote that only a new model.yml names. Followed blindly, the keys of a job would bring any
* object of the remote to whoever opened the pull request: all he needs is its digest.
* @throws InputError JUDGE_HELD_OUT_UNPUBLISHED
*/
async function requirePublished(rows, sources) {
	const { model } = sources.plan;
	if (model.from !== "head" || !rows.path.endsWith(".dvc") || await isPublished(rows, sources)) return;
	throw refuse("judge/held-out-unpublished", `${model.path} is new and names held-out rows that the base branch does not know`, `Merge ${model.path} first, in a pull request without the model's own files; the governors approve which rows it is judged on.`, { where: {
		file: model.path,
		pointer: "/held-out/features"
	} });
}
async function isPublished(rows, { catalogue, base, github }) {
	if (![...catalogue.models.values()].some(({ from, config: { heldOut } }) => {
		const { features, validation } = heldOut;
		return from === "base" && [
			features,
			validation?.features,
			validation?.labels
		].includes(rows.path);
	})) return false;
	const known = await github.file(rows.path, base);
	return known !== null && Buffer.from(known).equals(rows.content);
}

export { copyFeatures as a, planJudgement as i, requireFinished as n, readRowsIn as o, toClaimedRun as r, openGovernedStore as s, requirePublished as t };