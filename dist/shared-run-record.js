import { n as makeFolder } from "./shared-job.js";
import { $ as array, Ct as parseStrictJson, Ht as modelPath, _t as isDigest, an as InputError, ct as strictObject, dt as union, et as boolean, it as literal, lt as string, on as ServiceError, ot as number, st as record, tt as custom } from "./shared-contract-file.js";
import { t as datetime } from "./shared-iso.js";
import { S as emptyState } from "./shared-model-state.js";
import { n as refuseInput, t as refuse$1 } from "./shared-refusal.js";
import { r as networkOf } from "./shared-open-place.js";
import { n as readAtTip } from "./shared-held-out-features.js";
import { t as openStore } from "./shared-store.js";
import { n as requiredComparisons, t as needsJudgement } from "./shared-comparison-need.js";
import { t as championsOf } from "./shared-champion.js";
import { copyFile, readFile, stat } from "node:fs/promises";

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
	if (change.model !== model) throw refuse$1("judge/other-model", `The workflow asks to judge "${model}", but the pull request changes "${change.model}"`, `Pass "${change.model}" as model, best the output "model" of the validation job.`);
	return change;
}
/** One judgement is about one thing: a new version, or one version of the ledger. */
function findPromoted(change, state, artifactId) {
	const judged = change.moves.filter(needsJudgement);
	const versions = [...new Set(judged.map((move) => move.kind === "stage" ? move.version : null))];
	const [version] = versions;
	if (version === void 0) throw nothingToJudge();
	if (versions.length > 1) throw refuse$1("judge/several-versions", `The pull request moves ${versions.length} versions that need a judgement of their own`, "Open one pull request for each version.");
	requireArtifact(version, artifactId);
	if (version === null) return null;
	const record = state.versions.get(version)?.record;
	if (!record) throw refuse$1("judge/version-unknown", `The ledger has no version ${version} of ${state.model}`, "Name a version that the ledger has registered.");
	return record;
}
function requireArtifact(version, artifactId) {
	if (version === null && artifactId === null) throw refuse$1("judge/artifact-missing", "A model is proposed, but the workflow names no artifact", "Pass the output artifact-id of the upload step of the training job.");
	if (version !== null && artifactId !== null) throw refuse$1("judge/artifact-unwanted", `Version ${version} is judged from its stored bytes, but the workflow names an artifact`, "Leave artifact-id empty for a pull request that moves versions.");
}
function unknownModel(model) {
	return refuse$1("judge/model-unknown", `Neither base nor head has ${modelPath(model)}`, "Add the file, or correct the name that the workflow passes.");
}
function nothingToJudge() {
	return refuse$1("judge/nothing-to-judge", "Nothing in this pull request needs a judgement", "Call the judge only when the output \"judge\" of the validation job is true.");
}

// core/evidence/run-record.ts
/** A record is some kilobytes; one over this is not ours. */
const maxRunRecordBytes = 262144;
const text = string().min(1).max(2e3).refine((value) => value.isWellFormed());
const name = string().min(1).max(200).refine((value) => value.isWellFormed());
const count = number().int().nonnegative();
const digest = custom(isDigest, "sha256: and 64 characters 0-9 a-f");
const fewer = (most) => (record) => Object.keys(record).length <= most;
const schema = strictObject({
	v: literal(1),
	grade: literal("claimed"),
	model: name,
	commit: string().regex(/^[0-9a-f]{40}$/),
	runId: count,
	runAttempt: count,
	command: string().min(1).max(4e3).refine((value) => value.isWellFormed()),
	startedAt: datetime(),
	durationMs: number().nonnegative(),
	runner: text,
	os: text,
	cpu: text,
	gpu: text,
	node: text,
	parameters: record(name, union([
		text,
		number(),
		boolean()
	])).refine(fewer(200)),
	metrics: record(name, number()).refine(fewer(200)),
	datasets: array(strictObject({
		dataset: name,
		dataDigest: digest
	})).max(100),
	artifact: strictObject({
		digest,
		sizeBytes: count,
		name
	})
});
/**
* Reads the run record that the training job wrote. Claimed and pull-request controlled: its shape and size are
* checked, what it says is not believed.
* @throws InputError RUN_RECORD_INVALID
*/
function parseRunRecord(content, source) {
	if (content.length > 262144) throw refuse(source, `it has more than ${maxRunRecordBytes} bytes`);
	const result = schema.safeParse(parse(content, source));
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw refuse(source, `at "/${(issue?.path.map(String).join("/").slice(0, 200) ?? "").toWellFormed()}": ${issue?.message.slice(0, 200).toWellFormed() ?? "wrong shape"}`);
}
function parse(content, source) {
	if (typeof content === "string") return parseStrictJson(content, source);
	try {
		return parseStrictJson(new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(content), source);
	} catch (cause) {
		if (cause instanceof InputError) throw cause;
		throw refuse(source, "it is not UTF-8 text");
	}
}
function refuse(source, why) {
	return new InputError("RUN_RECORD_INVALID", `${source} is no run record: ${why}`, {
		hint: "Train with the train-model action, which writes run.json, and do not change the file afterwards.",
		where: { file: source }
	});
}

export { openGovernedStore as i, parseRunRecord as n, planJudgement as r, maxRunRecordBytes as t };