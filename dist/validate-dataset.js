import { i as openRecordStore, n as runValidation, o as readRefusedBatches, t as readTrainedVersions } from "./shared-dataset-history.js";
import { a as input, c as say, d as parseRepositoryName, l as setOutputs, m as runAction, n as canSign, t as askIdentityToken, u as writeSummary } from "./shared-toolkit.js";
import { n as makeFolder, o as writeEvidence, r as openJob } from "./shared-job.js";
import { t as openEngine } from "./shared-open.js";
import { r as InputError } from "./shared-error.js";
import { i as hintOf, t as rulesDigest } from "./shared-rules-digest.js";
import { t as parseEvidence } from "./shared-parse-evidence.js";
import { n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { t as championsOf } from "./shared-champion.js";
import { n as readCandidates } from "./shared-candidates.js";
import { n as readProposal } from "./shared-read-proposal.js";
import { t as describeProgress } from "./shared-progress-line.js";
import { t as describeOrigin } from "./shared-origin.js";
import { o as contractPath, x as policyPath } from "./shared-layout.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as renderSummary } from "./shared-summary.js";
import { t as isAllowedMove } from "./shared-transition.js";
import { t as parseContract } from "./shared-contract-file.js";
import { i as needsJudgement } from "./shared-gate-rule.js";

// adapters/proposal/carried.ts
/**
* Looks for a judgement of the same content, rules and champions in the runs of this pull request's commits, so that a
* README push or an update of the branch trains and judges nothing again (GATE.md rule 4).
* A hint and nothing more: whoever forges such an artifact spares a run and gains nothing, since the app verifies.
* @param runId this run, which is not looked at
*/
async function findCarried(reader, pull, proposal, rules, runId) {
	if (proposal.change.kind !== "request") return null;
	const { contentDigest } = proposal.change;
	const champions = digestOf(proposal.state === null ? [] : championsOf(proposal.state));
	const commits = [...await reader.pullCommits(pull)].reverse();
	for (const { sha } of commits) for (const run of await reader.runsFor(sha)) {
		if (run.id === runId) continue;
		for (const hint of await readHints(reader, run)) if (hint.contentDigest === contentDigest && hint.rulesDigest === rules && hint.champions === champions && hint.complete) return { runId: run.id };
	}
	return null;
}
/** What judgements say of themselves on the outside; one that is not sealed says the same. */
async function readHints(reader, run) {
	return (await readCandidates(reader, run, null)).flatMap((candidate) => {
		if (candidate.kind === "refused") return [];
		if (candidate.kind === "closed") return [candidate.hint];
		try {
			const evidence = parseEvidence(candidate.sealed.text);
			return evidence.kind === "judgement" ? [hintOf(evidence, evidence.verdict !== "not evaluated")] : [];
		} catch (error) {
			if (error instanceof InputError) return [];
			throw error;
		}
	});
}

// core/evidence/validation-verdict.ts
/**
* The one word for a whole validation, by which training starts or stops. A dataset that was checked by two contracts
* (base's and the head's changed one) stops only when both refuse it: the decision asks for base's owner besides.
* Nothing checked is "not evaluated".
*/
function toValidationVerdict(evidence) {
	const verdicts = [...new Set(evidence.datasets.map(({ dataset }) => dataset))].map((name) => {
		const own = evidence.datasets.filter(({ dataset }) => dataset === name).map(({ verdict }) => verdict);
		return own.includes("pass") ? "pass" : worst(own);
	});
	return verdicts.length === 0 ? "not evaluated" : worst(verdicts);
}
/** Data that is known to be invalid is told before data that could not be checked. */
function worst(verdicts) {
	if (verdicts.includes("data invalid")) return "data invalid";
	return verdicts.every((verdict) => verdict === "pass") ? "pass" : "not evaluated";
}

// actions/validate-dataset/plan.ts
/**
* Contracts to check by: the governing one of every dataset and, where the pull request changes it, head's besides, so
* that both results are shown (DESIGN: configuration under judgement).
*/
function contractsOf(change, proposal, headText) {
	return change.datasets.flatMap((name) => {
		const governed = proposal.catalogue.datasets.get(name);
		if (!governed) return [];
		const { config, path, text, from } = governed;
		const own = {
			contract: config,
			path,
			text,
			from
		};
		const changed = from === "base" && change.configuration.includes(path) ? headText(path) : null;
		return changed === null ? [own] : [own, {
			contract: parseContract(changed, path),
			path,
			text: changed,
			from: "head"
		}];
	});
}
/** Every contract that governs, by dataset. */
const contractsKnown = ({ catalogue }) => new Map([...catalogue.datasets].map(([name, { config, text }]) => [name, {
	contract: config,
	text
}]));
/** Datasets that the request needs and that neither base nor head has a contract for. */
function missingContracts(change, proposal) {
	const model = change.model === null ? void 0 : proposal.catalogue.models.get(change.model);
	const wanted = [...change.datasets, ...change.proposal ? model?.config.datasets ?? [] : []];
	return [...new Set(wanted)].filter((name) => !proposal.catalogue.datasets.has(name));
}
/** Nothing trains on data that failed, for a fork, or for content that was judged before. */
function nextJobs(change, verdict, fork, carried) {
	const free = verdict === "pass" && !fork && carried === null && !change.moves.some(isForbidden);
	return {
		train: free && change.proposal,
		judge: free && change.moves.some(needsJudgement)
	};
}
/** A move that the table never allows is refused before any GPU time is spent on the rest of the pull request. */
function isForbidden(move) {
	if (move.kind === "registration") return false;
	return !isAllowedMove(move.from, move.to);
}

// actions/validate-dataset/validate-proposal.ts
const nothing = {
	verdict: "nothing to check",
	train: "false",
	judge: "false",
	model: "",
	"on-newer-push": "",
	"evidence-folder": ""
};
/**
* Says what a pull request asks for, checks the data of it and seals what was found.
* @throws InputError CHANGE_REFUSED with findings when the pull request cannot be judged as it stands; BASE_NOT_GOVERNED
*/
async function validateProposal(inputs, deps) {
	const pull = await deps.reader.pull(inputs.pull.number);
	const base = await deps.reader.branchHead(pull.base.ref) ?? pull.base.sha;
	const commits = {
		baseRef: pull.base.ref,
		base,
		head: inputs.pull.headSha
	};
	const proposal = await deps.readProposal(commits).catch(acceptNoPolicy);
	if (proposal === null) {
		deps.say(`Gatehouse is not set up on the base branch yet: ${policyPath} is not there, so nothing is checked.`);
		return nothing;
	}
	const { change } = proposal;
	if (change.kind === "refused") throw refused(change);
	if (change.kind === "nothing") {
		deps.say(change.because);
		return nothing;
	}
	requireContracts(change, proposal);
	const carried = await deps.findCarried(proposal, rulesDigest({
		...proposal,
		change
	}));
	const evidence = change.datasets.length === 0 ? null : await validate(inputs, deps, proposal, change);
	const verdict = evidence === null ? "pass" : toValidationVerdict(evidence);
	const next = nextJobs(change, verdict, inputs.pull.fork, carried);
	tell(deps, change, verdict, inputs.pull.fork, carried);
	return {
		verdict: evidence === null ? "nothing to check" : verdict,
		train: String(next.train),
		judge: String(next.judge),
		model: change.model ?? "",
		"on-newer-push": modelOf(change, proposal)?.train.onNewerPush ?? "",
		"evidence-folder": evidence === null ? "" : await seal(evidence, deps)
	};
}
const modelOf = ({ model }, { catalogue }) => model === null ? void 0 : catalogue.models.get(model)?.config;
/** The pull request that sets Gatehouse up cannot be judged by rules that are not there before it is merged. */
function acceptNoPolicy(error) {
	if (error instanceof InputError && error.code === "POLICY_MISSING") return null;
	throw error;
}
async function validate(inputs, deps, proposal, change) {
	const texts = /* @__PURE__ */ new Map();
	for (const path of change.configuration) {
		const bytes = await deps.reader.file(path, inputs.pull.headSha);
		if (bytes !== null) texts.set(path, new TextDecoder().decode(bytes));
	}
	const store = openOnce(() => deps.openStore(proposal.policy));
	const { evidence, results } = await runValidation({
		contracts: contractsOf(change, proposal, (path) => texts.get(path) ?? null),
		known: contractsKnown(proposal),
		listing: proposal.trees.head,
		governing: proposal.trees.base,
		origin: describeOrigin(inputs, proposal, change.contentDigest),
		model: modelOf(change, proposal) ?? null,
		dataUrl: proposal.policy.data,
		network: networkOf(proposal.policy),
		workdir: inputs.workdir,
		now: deps.now
	}, {
		openEngine: deps.openEngine,
		readBlob: ({ blob }) => deps.reader.blob(blob),
		references: {
			trainedVersions: (dataset) => readAccepted(proposal, change.model, dataset),
			get: async (digest) => (await store()).get(digest),
			readFile: (path, from) => readGoverning(path, from, proposal, deps)
		},
		putRecord: deps.idToken === null ? null : async (text) => (await store()).put(text),
		refused: await deps.readRefused(),
		onProgress: (dataset, progress) => deps.say(describeProgress(dataset, progress))
	});
	const details = results.map(({ observations, measurement }) => ({
		observations,
		drift: measurement?.drift ?? null
	}));
	await deps.writeSummary(renderSummary(evidence, details));
	return evidence;
}
/** Versions that were trained on a dataset: those of the proposed model first, then of every model that names it. */
async function readAccepted(proposal, own, dataset) {
	const users = [...proposal.catalogue.models].filter(([name, { config }]) => name !== own && config.datasets.includes(dataset)).map(([name]) => name);
	return [...own === null ? [] : await readTrainedVersions(proposal.ledger, dataset, [own]), ...await readTrainedVersions(proposal.ledger, dataset, users)];
}
/** A reference is base's file; head's only for a contract of head, and only where base has none: it brings its own. */
async function readGoverning(path, from, { commits }, { reader }) {
	const governing = await reader.file(path, commits.base);
	return governing === null && from === "head" ? reader.file(path, commits.head) : governing;
}
function openOnce(open) {
	let opened = null;
	return () => {
		opened ??= open();
		return opened;
	};
}
/** GitHub's signature over the token is its signature over the evidence: the audience names its digest. */
async function seal(evidence, deps) {
	if (deps.idToken === null) return "";
	const text = canonicalJson(evidence);
	return deps.writeEvidence({
		text,
		token: await deps.idToken(`gatehouse:${digestBytes(text)}`)
	});
}
function tell(deps, change, verdict, fork, carried) {
	deps.say(`Model: ${change.model ?? "none"}; datasets: ${change.datasets.join(", ") || "none"}; data: ${verdict}.`);
	if (fork) deps.say("This pull request comes from a fork: nothing is trained or judged until a maintainer takes it over.");
	if (carried) deps.say(`The same content was judged in run ${carried.runId}: nothing is trained or judged again.`);
}
function requireContracts(change, proposal) {
	const missing = missingContracts(change, proposal);
	const [first] = missing;
	if (first === void 0) return;
	const file = contractPath(first);
	throw new InputError("CONTRACT_MISSING", `There is no contract for the dataset ${missing.join(", ")}`, {
		hint: `Add ${file}, or correct the name in "datasets" of model.yml.`,
		where: { file }
	});
}
function refused(change) {
	const [first] = change.findings;
	return new InputError("CHANGE_REFUSED", first?.message ?? "This pull request cannot be judged as it stands", {
		hint: first?.fix ?? "See the findings.",
		findings: change.findings,
		...first?.where ? { where: first.where } : {}
	});
}

// actions/validate-dataset/index.ts
await runAction(async () => {
	const job = openJob();
	const engine = {
		path: input("engine-path"),
		toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
		registry: input("engine-registry"),
		offline: input("offline") === "true"
	};
	const { verdict, train, judge, model, ...rest } = await validateProposal({
		pull: job.pull,
		runId: job.run.runId,
		runAttempt: job.run.runAttempt,
		workdir: makeFolder("data")
	}, {
		reader: job.reader,
		now: (/* @__PURE__ */ new Date()).toISOString(),
		openStore: (policy) => openRecordStore(policy, makeFolder("store")),
		readRefused: () => readRefusedBatches(job.client, parseRepositoryName(job.run.repository)),
		readProposal: (commits) => readProposal(job.reader, commits),
		findCarried: (proposal, rules) => findCarried(job.reader, job.pull.number, proposal, rules, job.run.runId),
		openEngine: () => openEngine(engine, { workdir: makeFolder("engine") }),
		idToken: canSign() ? askIdentityToken : null,
		writeEvidence,
		writeSummary,
		say
	});
	setOutputs({
		verdict,
		train,
		judge,
		model,
		"on-newer-push": rest["on-newer-push"],
		"evidence-folder": rest["evidence-folder"]
	});
});

export {  };