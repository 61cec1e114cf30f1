import { a as writeEvidence, f as needInput, h as writeSummary, m as setOutputs, o as askIdentityToken, r as openJob, t as fetchLabels, u as input, y as runAction } from "./shared-job.js";
import { i as openGovernedStore, n as toClaimedRun, r as planJudgement, t as requireFinished } from "./shared-claimed-run.js";
import { n as inputNumber, t as inputDigest } from "./shared-input.js";
import { t as renderSummary } from "./shared-summary.js";
import { Jt as applyFloor, Mt as digestBytes, Pn as findingsOf, Pt as isDigest, hn as evaluateGates, jn as GatehouseError, jt as canonicalJson } from "./shared-parse.js";
import { n as describeOrigin, t as rulesDigest } from "./shared-rules-digest.js";
import { t as refuse } from "./shared-refusal.js";
import { t as resultDigest } from "./shared-result-digest.js";
import { i as alignByKey, n as parseLabels, r as compareModels, t as judgementVerdict } from "./shared-verdict.js";
import { t as digestFeatures } from "./shared-held-out-features.js";
import { n as parseRunRecord } from "./shared-run-record.js";
import { a as listArchive, i as readWhole, t as fromBytes } from "./shared-source.js";
import { n as maxBytes, t as parsePredictions } from "./shared-predictions.js";
import { n as planScoring } from "./shared-champion.js";
import { n as labelNetwork } from "./shared-open-place.js";

// actions/judge-model/predictions-artifact.ts
const fileName = "predictions.csv";
/**
* Fetches predictions that a job of this run handed over. Any job of a run can replace an artifact by name, so the
* bytes are held against the handed SHA-256.
* @param who `challenger` or `champion`, for messages
* @throws InputError JUDGE_PREDICTIONS_FOREIGN, JUDGE_PREDICTIONS_REPLACED, ARCHIVE_REFUSED
*/
async function readPredictionsArtifact(handed, who, runId, github) {
	const facts = await github.artifact(handed.id);
	if (facts === null || facts.runId !== runId) throw refuse("judge/predictions-foreign", `The ${who}'s predictions, artifact ${handed.id}, are not of this run ${runId}`, "Call judge-model.yml as it is: it hands the predictions over by itself.");
	const zip = await github.artifactZip(handed.id, maxBytes);
	const wanted = handed.digest.startsWith("sha256:") ? handed.digest : `sha256:${handed.digest}`;
	const found = digestBytes(zip);
	if (!isDigest(wanted) || found !== wanted) throw replaced(handed, who, found);
	const source = fromBytes(zip);
	const [entry] = await listArchive(source, {
		entries: 1,
		entryBytes: maxBytes
	});
	if (entry?.name !== fileName) throw notPredictions(who);
	return readWhole(source, entry);
}
/**
* Refuses predictions of other rows than those that govern now: a base that moved while the run predicted names other
* ones, and a prediction does not say what it was made from.
* @param handed digest of the rows that the storing job gave to the predicting jobs
* @throws InputError JUDGE_HELD_OUT_MOVED
*/
function requireSameRows(handed, featuresDigest) {
	if (handed === featuresDigest) return;
	throw refuse("judge/held-out-moved", "The predictions are not known to be of the held-out rows that the base branch names now", "Run all jobs of the workflow again; when they were called by hand, pass features-digest of the storing job.", {
		found: handed ?? "no digest of the rows",
		allowed: featuresDigest
	});
}
function replaced({ id, digest }, who, found) {
	return refuse("judge/predictions-replaced", `The ${who}'s predictions, artifact ${id}, are not the bytes that the predicting job handed over`, "Run the workflow again. If it stays so, look who else uploads artifacts in this run.", {
		found,
		allowed: digest.slice(0, 80).toWellFormed()
	});
}
function notPredictions(who) {
	return refuse("judge/predictions-content", `The ${who}'s predictions artifact does not hold exactly ${fileName}`, "Call judge-model.yml as it is: its predict jobs upload that one file.");
}

// actions/judge-model/challenger.ts
const again = "Call judge-model.yml as it is, with the artifact-id of the training job of this same run.";
/**
* Reads the challenger. Without all of it there is nothing to judge and no evidence.
* @throws InputError JUDGE_..., RUN_RECORD_INVALID; ServiceError from GitHub or the store
*/
async function readChallenger(plan, featuresDigest, inputs, deps) {
	const facts = plan.promoted === null ? await readProposed(inputs, deps) : describePromoted(plan.promoted);
	const sizeBytes = await deps.store.sizeOf(facts.artifact.digest);
	if (sizeBytes !== facts.artifact.sizeBytes) throw notStored(facts.artifact, sizeBytes);
	return {
		...facts,
		predictions: await readPredictions(plan.promoted, featuresDigest, inputs, deps)
	};
}
/** A version of the ledger: everything about it was judged and recorded before. */
function describePromoted(record) {
	return {
		artifact: record.artifact,
		artifactId: null,
		version: record.version,
		runRecordDigest: record.runRecordDigest,
		claimed: record.lineage.run
	};
}
/** The bytes that the storing job took from the artifact of this run: held against the record once more. */
async function readProposed(inputs, deps) {
	const { artifactDigest, recordDigest } = inputs;
	const artifactId = inputs.artifactId;
	if (!isDigest(artifactDigest) || !isDigest(recordDigest)) throw refuse("judge/artifact-not-stored", "The storing job handed over no digests", again);
	const facts = await deps.github.artifact(artifactId);
	if (facts === null || facts.runId !== inputs.runId) {
		const owner = facts?.runId ?? "unknown";
		throw refuse("judge/artifact-foreign", `Artifact ${artifactId} belongs to run ${owner}, not to this run ${inputs.runId}`, again);
	}
	const bytes = await deps.store.get(recordDigest);
	if (digestBytes(bytes) !== recordDigest) throw refuse("judge/artifact-not-stored", "The store has other bytes under the digest of the run record", "Repair the store, then run the workflow again.");
	const run = requireFinished(parseRunRecord(bytes, "run.json"));
	requireSame(run, artifactDigest, inputs);
	const claimed = toClaimedRun(run);
	return {
		artifact: claimed.artifact,
		artifactId,
		version: null,
		runRecordDigest: recordDigest,
		claimed
	};
}
function requireSame(record, artifactDigest, inputs) {
	const differences = [
		[
			"model",
			record.model,
			inputs.model
		],
		[
			"commit",
			record.commit,
			inputs.pull.headSha
		],
		[
			"run",
			String(record.runId),
			String(inputs.runId)
		],
		[
			"file",
			record.artifact.digest,
			artifactDigest
		]
	];
	for (const [what, found, allowed] of differences) {
		if (found === allowed) continue;
		const message = `The artifact was trained for another ${what}: ${found}, not ${allowed}`;
		throw refuse("judge/artifact-other-model", message, again, {
			found,
			allowed
		});
	}
}
/** Stored predictions when they are of these held-out rows, else those of the predicting job. */
async function readPredictions(promoted, featuresDigest, inputs, deps) {
	if (promoted !== null && promoted.predictions.featuresDigest === featuresDigest) return readStored(promoted.predictions.digest, deps);
	const handed = inputs.challengerPredictions;
	if (handed !== null) {
		requireSameRows(inputs.featuresDigest, featuresDigest);
		return readPredictionsArtifact(handed, "challenger", inputs.runId, deps.github);
	}
	throw refuse("judge/predictions-missing", "There are no predictions of the challenger: the predicting job did not end well", "See the log of the job predict-challenger, mend the predict command, and push.");
}
/** Reads stored predictions and checks them: the store is a folder that others may reach. */
async function readStored(digest, deps) {
	const bytes = await deps.store.get(digest);
	if (digestBytes(bytes) === digest) return bytes;
	throw refuse("judge/predictions-replaced", "The store has other bytes under the digest of the recorded predictions", "Repair the store, then run the workflow again.");
}
function notStored({ digest, sizeBytes }, found) {
	return refuse("judge/artifact-not-stored", `The store ${found === null ? "does not hold" : `has ${found} bytes, not ${sizeBytes}, of`} the model file ${digest}`, "See whether the store of the policy can be reached and was not emptied; then run the workflow again.");
}

// actions/judge-model/champions.ts
/** Gathers what every champion says about the held-out rows; a champion without predictions is a finding. */
async function readChampions(plan, featuresDigest, inputs, deps) {
	const scoring = planScoring(plan.state, plan.against, featuresDigest);
	const readScored = async (version) => {
		const handed = inputs.championPredictions;
		if (handed === null) throw notScored(version);
		requireSameRows(inputs.featuresDigest, featuresDigest);
		return readPredictionsArtifact(handed, "champion", inputs.runId, deps.github);
	};
	const { toScore } = scoring;
	const sources = [
		...scoring.stored.map(({ version, predictions }) => [version, () => readStored(predictions.digest, deps)]),
		...toScore ? [[toScore.version, () => readScored(toScore.version)]] : [],
		...scoring.left.map((version) => [version, () => Promise.reject(notScored(version))])
	];
	const predictions = /* @__PURE__ */ new Map();
	const findings = [];
	for (const [version, read] of sources) try {
		predictions.set(version, await read());
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		findings.push(...findingsOf("judge", error));
	}
	return {
		predictions,
		findings
	};
}
function notScored(version) {
	return refuse("judge/champion-not-scored", `The champion v${version} has no predictions of these held-out rows`, "See the log of the job predict-champion. One run scores one champion again: after a change of the held-out set, judge endpoint by endpoint.");
}

// actions/judge-model/comparison.ts
/** Fixed, so that a second run of the same judgement finds the same numbers. */
const seed = 1;
/** Compares the challenger with every champion on the same rows and holds the results against the gates. */
function compareAll(input) {
	const { plan, policy, labels, champions } = input;
	const gates = applyFloor(plan.model.config.gates, policy.defaults).gates;
	const challenger = align(labels, input.challenger, "predictions.csv (challenger)");
	if ("findings" in challenger) return {
		comparisons: [],
		findings: challenger.findings
	};
	const shared = {
		gates,
		policy,
		labels,
		challenger: challenger.scores
	};
	const outcomes = plan.against.map((against) => {
		if (against === null) return compareOne({
			...shared,
			against,
			champion: null
		});
		const content = champions.get(against);
		if (content === void 0) return {
			comparisons: [],
			findings: []
		};
		const champion = align(labels, content, `predictions.csv (v${against})`);
		if ("findings" in champion) return {
			comparisons: [],
			findings: champion.findings
		};
		return compareOne({
			...shared,
			against,
			champion: champion.scores
		});
	});
	return {
		comparisons: outcomes.flatMap(({ comparisons }) => comparisons),
		findings: withoutDoubles(outcomes.flatMap(({ findings }) => findings))
	};
}
function compareOne(one) {
	const { against, gates, policy, labels, challenger, champion } = one;
	const { metrics, findings } = compareModels({
		labels: labels.values,
		challenger,
		champion,
		seed
	});
	const { minimumRows } = policy.defaults;
	return {
		comparisons: [{
			against,
			metrics,
			gates: evaluateGates(metrics, gates, {
				against,
				rows: labels.keys.length,
				minimumRows
			})
		}],
		findings
	};
}
function align(labels, content, source) {
	try {
		return { scores: alignByKey(labels, parsePredictions(content, source)) };
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return { findings: findingsOf("judge", error) };
	}
}
/** The same metric is without a value against every champion: said once. */
function withoutDoubles(findings) {
	return [...new Map(findings.map((finding) => [`${finding.code}\n${finding.message}`, finding])).values()];
}

// actions/judge-model/labels.ts
/** Labels live here and nowhere else: they are fetched with this job's own token, held against their digest, never written. */
async function readLabels({ model }, { catalogue, policy }, deps) {
	const { key, labels } = model.config.heldOut;
	try {
		if (model.from === "head" && !isPublished(labels, catalogue)) throw unpublished(model.path);
		const bytes = await deps.fetchLabels(labels.url, await deps.idToken(labels.audience), labelNetwork(policy, labels.url));
		if (digestBytes(bytes) !== `sha256:${labels.sha256}`) throw otherLabels();
		return {
			labels: parseLabels(bytes, {
				key,
				label: labels.column
			}),
			findings: []
		};
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return {
			labels: null,
			findings: findingsOf("judge", error)
		};
	}
}
/**
* A model that base does not know says by itself where labels are and which audience asks for them. Followed blindly,
* that is a token of the judge in the hands of whoever opened the pull request: with it he reads other labels, or signs.
*/
function isPublished(labels, catalogue) {
	return [...catalogue.models.values()].some(({ from, config }) => {
		const known = config.heldOut.labels;
		return from === "base" && known.url === labels.url && known.audience === labels.audience && known.sha256 === labels.sha256 && known.column === labels.column;
	});
}
function unpublished(path) {
	return refuse("judge/labels-unpublished", `${path} is new and names held-out labels that the base branch does not know`, `Merge ${path} first, in a pull request without the model's own files; the governors approve where labels come from.`, { where: {
		file: path,
		pointer: "/held-out/labels"
	} });
}
function otherLabels() {
	return refuse("judge/labels-other", "The label file is not the one that model.yml names by its SHA-256", "The owner of the held-out set publishes the file again, or changes held-out.labels.sha256 in a pull request of its own.");
}

// actions/judge-model/judge.ts
/**
* Judges one version on held-out labels. Everything but the model's name and the handed artifacts is derived here: pull
* request and head from the event, base and rules from GitHub, champions from the ledger.
* @returns evidence; when labels, a champion or usable predictions are missing its verdict is "not evaluated"
* @throws InputError, ServiceError when there is not even something to judge
*/
async function judge(inputs, deps) {
	const proposal = await readGoverned(inputs, deps);
	const plan = planJudgement({
		...inputs,
		...proposal
	});
	const featuresPath = plan.model.config.heldOut.features;
	const features = await deps.github.file(featuresPath, proposal.commits[plan.model.from]);
	const featuresDigest = digestFeatures(featuresPath, features);
	const challenger = await readChallenger(plan, featuresDigest, inputs, deps);
	const champions = await readChampions(plan, featuresDigest, inputs, deps);
	const { labels, findings: withoutLabels } = await readLabels(plan, proposal, deps);
	const compared = labels ? compareAll({
		plan,
		policy: proposal.policy,
		labels,
		challenger: challenger.predictions,
		champions: champions.predictions
	}) : {
		comparisons: [],
		findings: []
	};
	const kept = compared.comparisons.length > 0 ? await keepPredictions(challenger, deps) : [];
	const findings = [
		...champions.findings,
		...withoutLabels,
		...compared.findings,
		...kept
	];
	const heldOut = describeHeldOut(plan, featuresDigest, labels);
	return assemble({
		inputs,
		proposal,
		plan,
		challenger,
		champions: champions.predictions,
		heldOut,
		compared,
		findings
	});
}
async function readGoverned(inputs, deps) {
	const { number, headSha, fork } = inputs.pull;
	if (fork) throw refuseFork(number);
	const pull = await deps.github.pull(number);
	const proposal = await deps.proposal({
		baseRef: pull.base.ref,
		base: pull.base.sha,
		head: headSha
	});
	if (pull.head.repositoryId !== proposal.repository.id) throw refuseFork(number);
	return proposal;
}
/** The challenger may be the next champion: what it predicted must outlive this run. */
async function keepPredictions({ predictions }, deps) {
	try {
		await deps.store.putBytes(predictions);
		return [];
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return findingsOf("judge", error);
	}
}
function describeHeldOut({ model }, featuresDigest, labels) {
	return {
		featuresDigest,
		labelsDigest: `sha256:${model.config.heldOut.labels.sha256}`,
		rows: labels?.keys.length ?? 0
	};
}
function assemble(parts) {
	const { proposal, plan, challenger, heldOut, findings } = parts;
	const { comparisons } = parts.compared;
	const digests = [...parts.champions].map(([version, bytes]) => [String(version), digestBytes(bytes)]);
	return {
		kind: "judgement",
		v: 1,
		origin: describeOrigin(parts.inputs, proposal, plan.change.contentDigest),
		model: plan.model.config.model,
		version: challenger.version,
		artifact: challenger.artifact,
		artifactId: challenger.artifactId,
		runRecordDigest: challenger.runRecordDigest,
		rulesDigest: rulesDigest({
			...proposal,
			change: plan.change
		}),
		champions: plan.champions,
		heldOut,
		predictions: {
			challenger: digestBytes(challenger.predictions),
			champions: Object.fromEntries(digests)
		},
		comparisons,
		resultDigest: resultDigest({
			artifactDigest: challenger.artifact.digest,
			heldOut,
			comparisons
		}),
		verdict: judgementVerdict(comparisons, findings),
		findings,
		claimed: challenger.claimed
	};
}
function refuseFork(number) {
	return refuse("judge/fork", `Pull request ${number} comes from a fork: it is not judged here`, "A maintainer reviews the code and pushes the branch to this repository; the pull request from there is judged.");
}

// actions/judge-model/run.ts
/**
* Judges, then seals: the token's audience names the digest of the evidence, so GitHub's signature over the token is its
* signature over the evidence.
* @throws InputError, ServiceError: no evidence, and never a pass
*/
async function run(inputs, deps) {
	const evidence = await judge(inputs, deps);
	const text = canonicalJson(evidence);
	const token = await deps.idToken(`gatehouse:${digestBytes(text)}`);
	return {
		verdict: evidence.verdict,
		evidenceFolder: await deps.writeEvidence({
			text,
			token
		}),
		evidence
	};
}

// actions/judge-model/index.ts
function handed(who) {
	const id = inputNumber(`${who}-predictions-id`);
	return id === null ? null : {
		id,
		digest: input(`${who}-predictions-digest`)
	};
}
await runAction(async () => {
	const { run: facts, pull, reader } = openJob();
	const store = openGovernedStore(reader);
	const inputs = {
		model: needInput("model"),
		artifactId: inputNumber("artifact-id"),
		artifactDigest: inputDigest("artifact-digest"),
		recordDigest: inputDigest("record-digest"),
		featuresDigest: inputDigest("features-digest"),
		challengerPredictions: handed("challenger"),
		championPredictions: handed("champion"),
		pull,
		runId: facts.runId,
		runAttempt: facts.runAttempt
	};
	const outputs = await run(inputs, {
		github: reader,
		proposal: store.proposal,
		store,
		idToken: askIdentityToken,
		fetchLabels,
		writeEvidence
	});
	await writeSummary(renderSummary(outputs.evidence));
	setOutputs({
		verdict: outputs.verdict,
		"evidence-folder": outputs.evidenceFolder
	});
});

export {  };