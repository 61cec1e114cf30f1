import { a as input, l as setOutputs, m as runAction, s as needInput, t as askIdentityToken, u as writeSummary } from "./shared-toolkit.js";
import { i as planJudgement, n as requireFinished, o as readRowsIn, r as toClaimedRun, s as openGovernedStore, t as requirePublished } from "./shared-published.js";
import { n as inputNumber, t as inputDigest } from "./shared-input.js";
import { a as writeEnvelope, n as makeFolder, o as writeEvidence, r as openJob, s as writeReport, t as fetchLabels } from "./shared-job.js";
import { a as finishHeldOutComparison, c as compareInThreads, i as readScoredModel, n as readHeldOutRows, o as planHeldOutComparison, r as truthColumnsOf, t as needsFeatures } from "./shared-held-out-rows.js";
import { p as readDeclared } from "./shared-model-state.js";
import { T as waiverOfFile } from "./shared-layout.js";
import { a as histogramsOf, n as parseLatencyRecord, r as evaluateLatency, t as maxLatencyRecordBytes } from "./shared-latency-record.js";
import { t as renderHtmlReport } from "./shared-report2.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { t as renderSummary } from "./shared-summary.js";
import { i as hintOf, o as renderEnvelope, r as authenticatedOf, t as rulesDigest } from "./shared-rules-digest.js";
import { i as resultDigest, n as isLook } from "./shared-held-out-look.js";
import { i as isDigest, n as digestBytes, r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { t as describeOrigin } from "./shared-origin.js";
import { t as readGovernedScoring } from "./shared-governed-scoring.js";
import { a as findingsOf, n as GatehouseError, r as InputError } from "./shared-error.js";
import { n as refuseInput, t as refuse } from "./shared-refusal.js";
import { t as judgementVerdict } from "./shared-verdict.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { a as scanTable, c as placeOf, f as refuseTable, l as decodeTable, m as KeyColumn, o as NumberColumn, s as anyNumber, u as maxBytes, y as FaultTally } from "./shared-read-predicted.js";
import { n as parseRunRecord } from "./shared-run-record.js";
import { n as isScored, r as planScoring } from "./shared-champion.js";
import { a as listArchive, i as readWhole, t as fromBytes } from "./shared-source.js";
import { r as scoringSetNames } from "./shared-scoring-set.js";
import { t as applicableGates } from "./shared-floor.js";
import { t as readTruth } from "./shared-read-truth.js";
import { n as labelNetwork } from "./shared-open-place.js";
import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes, randomInt } from "node:crypto";

// adapters/proposal/read-waivers.ts
/**
* Reads the waivers of a model as base has them: for pages that show a judgement, no decision rests on it.
* @returns none where GitHub does not answer: then a page shows what is waived as the failure that it is
*/
async function readWaivers(reader, { trees: { base } }, model) {
	const files = [...base].filter(([path]) => waiverOfFile(path) !== null);
	try {
		const texts = /* @__PURE__ */ new Map();
		for (const [path, { blob }] of files) texts.set(path, Buffer.from(await reader.blob(blob)).toString("utf8"));
		return readDeclared(new Map(files), model, (path) => texts.get(path) ?? null).waivers;
	} catch {
		return [];
	}
}

// core/report/sealed-summary.ts
/**
* The summary page of a judge whose evidence is sealed: the same whatever was found. A number here would be a look that
* nobody counted.
*/
function renderSealedSummary(pullRequest) {
	return renderMarkdown([{
		kind: "heading",
		level: 3,
		text: ["🔒 Sealed: the app shows it when it has counted it"]
	}, {
		kind: "paragraph",
		text: [
			`What was found on the held-out rows is sealed to the app. It counts the look in the ledger, then shows the result in its comment on pull request ${pullRequest}; the check `,
			{ code: "gatehouse" },
			" says whether it passes."
		]
	}]);
}

// adapters/seal/seal-evidence.ts
/** An envelope's length says nothing finer than this about what is in it. */
const lengthStepBytes = 65536;
/**
* Seals evidence with its receipt, so that nobody but the app reads a number of it before the app has counted the look.
* The receipt goes inside: its audience is the digest of the evidence, and with few possible results a digest is read by
* trying them.
* @param keys one or two; each alone opens the envelope
* @param hint stands on the outside, readable and bound to the content
* @returns `evidence.jwe`
* @see RFC 7516, section 5.1; RFC 7518, sections 4.3 (RSA-OAEP-256) and 5.3 (A256GCM)
*/
function sealEvidence({ text, token }, keys, hint) {
	const contentKey = randomBytes(32);
	const iv = randomBytes(12);
	const cipher = createCipheriv("aes-256-gcm", contentKey, iv, { authTagLength: 16 });
	cipher.setAAD(authenticatedOf(hint));
	const plain = hideLength(JSON.stringify({
		evidence: text,
		receipt: token
	}));
	const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
	return renderEnvelope({
		recipients: keys.map(({ id, spki }) => ({
			id,
			key: wrap(contentKey, spki)
		})),
		hint,
		iv,
		ciphertext,
		tag: cipher.getAuthTag()
	});
}
function wrap(contentKey, spki) {
	const key = createPublicKey({
		key: Buffer.from(spki, "base64"),
		format: "der",
		type: "spki"
	});
	return publicEncrypt({
		key,
		padding: constants.RSA_PKCS1_OAEP_PADDING,
		oaepHash: "sha256"
	}, contentKey);
}
/**
* Evidence is a digit longer or shorter by its result. Steps alone would tell whoever can place its length just before
* one, so where a step begins is drawn by lot.
*/
function hideLength(text) {
	const bytes = Buffer.from(text, "utf8");
	const least = bytes.length + randomInt(lengthStepBytes);
	return Buffer.concat([bytes, Buffer.alloc(Math.ceil(least / lengthStepBytes) * lengthStepBytes - bytes.length, " ")]);
}

// core/evaluation/attributions.ts
const fix = "Write one line a feature: its name, and how much it matters.";
const faults = {
	empty: {
		code: "explanation/feature-empty",
		message: "name no feature",
		fix
	},
	doubled: {
		code: "explanation/feature-doubled",
		message: "repeat a feature",
		fix
	}
};
const outside = {
	code: "explanation/importance",
	message: "have an importance that is not finite",
	fix
};
/** More features than anybody attributes one by one. */
const mostAttributed = 1e5;
/**
* Reads a team's own attributions: CSV or JSON Lines with `feature` and `importance`, or one JSON object of numbers by
* feature. Signs count. The file is pull-request controlled; what it says is claimed.
* @param source path, as shown in findings
* @throws InputError ATTRIBUTIONS_INVALID
*/
function parseAttributions(content, source) {
	const tally = new FaultTally(source);
	const file = {
		source,
		code: "ATTRIBUTIONS_INVALID",
		header: "feature,importance",
		faults: tally
	};
	const text = decodeTable(content, file).trimStart();
	const map = text.startsWith("{") ? readMap(text, file) : null;
	if (map !== null) return map;
	const features = new KeyColumn(tally, faults);
	let importance = null;
	const rows = scanTable(text, file, (names, form) => {
		const key = placeOf({
			names,
			file
		}, "feature");
		const column = new NumberColumn({
			file,
			shape: {
				task: "regression",
				classes: [],
				contract: null,
				scorers: []
			},
			names,
			key,
			form
		}, "importance", anyNumber, outside);
		importance = column;
		return (cells, row) => {
			features.add(cells[key], row);
			column.visit(cells, row);
		};
	});
	features.checkDoubled();
	const [first, ...rest] = tally.toFindings(rows);
	if (first) throw refuseInput(file.code, [first, ...rest]);
	const values = importance.finish();
	return toImportances(features.keys.map((name, at) => [name, values[at]]), file);
}
/** One JSON object of numbers; null: lines with `feature` and `importance`, which begin with "{" as well. */
function readMap(text, file) {
	if (/^\{[^\n]*"feature"\s*:/.test(text)) return null;
	try {
		return toImportances(Object.entries(parseStrictJson(text, file.source)), file);
	} catch (error) {
		if (!(error instanceof InputError) || error.code !== "JSON_INVALID") throw error;
		throw refuseTable(file, "explanation/unreadable", error.message, fix);
	}
}
function toImportances(entries, file) {
	if (entries.length === 0 || entries.length > mostAttributed) {
		const message = `${file.source} names ${entries.length} features; 1 to ${mostAttributed} are read`;
		throw refuseTable(file, "explanation/features", message, fix);
	}
	const bad = entries.filter(([, value]) => typeof value !== "number" || !Number.isFinite(value));
	if (bad.length > 0) {
		const message = `${file.source}: ${bad.length} features have an importance that is no finite number`;
		throw refuseTable(file, "explanation/importance", message, fix, {
			count: bad.length,
			total: entries.length
		});
	}
	return new Map(entries.map(([name, value]) => [name, {
		value,
		noise: null
	}]));
}

// actions/judge-model/attributions.ts
/** Reads the team's own attributions as they lie at one commit: of the head, or of the code of a version. */
async function readAttributions({ model }, commit, { github }) {
	const { explain } = model.config;
	if (explain === void 0 || !("attributions" in explain)) return {
		importances: null,
		findings: []
	};
	try {
		const content = await github.file(explain.attributions, commit);
		if (content === null) return {
			importances: null,
			findings: [absent$1(explain.attributions)]
		};
		return {
			importances: parseAttributions(content, explain.attributions),
			findings: []
		};
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return {
			importances: null,
			findings: findingsOf("explanation", error).map((finding) => ({
				...finding,
				severity: "warn"
			}))
		};
	}
}
const absent$1 = (path) => ({
	code: "explanation/missing",
	severity: "warn",
	message: `${path}, which "explain" of model.yml names, is not there`,
	where: { file: path },
	fix: "Let the training write it and commit it, or take \"explain\" out of model.yml."
});

// actions/judge-model/predictions-artifact.ts
const fileName = "predictions.csv";
const setFiles = new Map(scoringSetNames.map((name) => [`sets/${name}.csv`, name]));
const limits = {
	entries: 1 + setFiles.size,
	entryBytes: maxBytes,
	inFolders: [...setFiles.keys()]
};
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
	const entries = await listArchive(source, limits);
	const held = entries.find(({ name }) => name === fileName);
	const others = entries.filter((entry) => entry !== held);
	const sets = /* @__PURE__ */ new Map();
	for (const entry of others) {
		const name = setFiles.get(entry.name);
		if (name === void 0) throw notPredictions(who);
		sets.set(name, await readWhole(source, entry));
	}
	if (held === void 0) throw notPredictions(who);
	return {
		predictions: await readWhole(source, held),
		sets
	};
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
	return refuse("judge/predictions-content", `The ${who}'s predictions artifact does not hold ${fileName} and files of known sets alone`, "Call judge-model.yml as it is: its predict jobs upload those files.");
}

// actions/judge-model/challenger.ts
const again$1 = "Call judge-model.yml as it is, with the artifact-id of the training job of this same run.";
/**
* Reads the challenger. Without all of it there is nothing to judge and no evidence.
* @throws InputError JUDGE_..., RUN_RECORD_INVALID; ServiceError from GitHub or the store
*/
async function readChallenger(plan, scoring, inputs, deps) {
	const facts = plan.promoted === null ? await readProposed(inputs, deps) : describePromoted(plan.promoted);
	const sizeBytes = await deps.store.sizeOf(facts.artifact.digest);
	if (sizeBytes !== facts.artifact.sizeBytes) throw notStored(facts.artifact, sizeBytes);
	return {
		...facts,
		scored: await readPredictions(plan.promoted, scoring, inputs, deps)
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
	if (!isDigest(artifactDigest) || !isDigest(recordDigest)) throw refuse("judge/artifact-not-stored", "The storing job handed over no digests", again$1);
	const facts = await deps.github.artifact(artifactId);
	if (facts === null || facts.runId !== inputs.runId) {
		const owner = facts?.runId ?? "unknown";
		throw refuse("judge/artifact-foreign", `Artifact ${artifactId} belongs to run ${owner}, not to this run ${inputs.runId}`, again$1);
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
		throw refuse("judge/artifact-other-model", message, again$1, {
			found,
			allowed
		});
	}
}
/** Stored predictions when they are of these held-out rows, else those of the predicting job. */
async function readPredictions(promoted, { featuresDigest, sets }, inputs, deps) {
	if (promoted !== null && isScored(promoted, featuresDigest, sets)) return readStored(promoted, sets, deps);
	const handed = inputs.challengerPredictions;
	if (handed !== null) {
		requireSameRows(inputs.featuresDigest, featuresDigest);
		return readPredictionsArtifact(handed, "challenger", inputs.runId, deps.github);
	}
	throw refuse("judge/predictions-missing", "There are no predictions of the challenger: the predicting job did not end well", "See the log of the job predict-challenger, mend the predict command, and push.");
}
/** Reads the stored predictions of a version: of the sets those that are wanted now, made from the same rows. */
async function readStored({ predictions }, wanted, deps) {
	const sets = /* @__PURE__ */ new Map();
	for (const { name, input, digest } of predictions.sets ?? []) if (wanted.some((set) => set.name === name && set.input === input)) sets.set(name, await readBytes(digest, deps));
	return {
		predictions: await readBytes(predictions.digest, deps),
		sets
	};
}
/** Held against their digest: the store is a folder that others may reach. */
async function readBytes(digest, deps) {
	const bytes = await deps.store.get(digest);
	if (digestBytes(bytes) === digest) return bytes;
	throw refuse("judge/predictions-replaced", "The store has other bytes under the digest of the recorded predictions", "Repair the store, then run the workflow again.");
}
function notStored({ digest, sizeBytes }, found) {
	return refuse("judge/artifact-not-stored", `The store ${found === null ? "does not hold" : `has ${found} bytes, not ${sizeBytes}, of`} the model file ${digest}`, "See whether the store of the policy can be reached and was not emptied; then run the workflow again.");
}

// actions/judge-model/champions.ts
/** Gathers what every champion says about the held-out rows; a champion without predictions is a finding. */
async function readChampions(plan, { featuresDigest, sets }, inputs, deps) {
	const scoring = planScoring(plan.state, plan.against, featuresDigest, sets);
	const readScored = async (version) => {
		const handed = inputs.championPredictions;
		if (handed === null) throw notScored(version);
		requireSameRows(inputs.featuresDigest, featuresDigest);
		return readPredictionsArtifact(handed, "champion", inputs.runId, deps.github);
	};
	const { toScore } = scoring;
	const sources = [
		...scoring.stored.map((record) => [record.version, () => readStored(record, sets, deps)]),
		...toScore ? [[toScore.version, () => readScored(toScore.version)]] : [],
		...scoring.left.map((version) => [version, () => Promise.reject(notScored(version))])
	];
	const scored = /* @__PURE__ */ new Map();
	const findings = [];
	for (const [version, read] of sources) try {
		scored.set(version, await read());
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		findings.push(...findingsOf("judge", error));
	}
	return {
		scored,
		findings
	};
}
function notScored(version) {
	return refuse("judge/champion-not-scored", `The champion v${version} has no predictions of these held-out rows`, "See the log of the job predict-champion. One run scores one champion again: after a change of the held-out set, judge endpoint by endpoint.");
}

// actions/judge-model/latency.ts
const again = "Let the job that measures latency measure what this run trained, and pass its artifact id and digest.";
/**
* Reads what a job of this run measured: measured, never judged, since code of the pull request ran beside it. Whatever is
* wrong with it costs the latency alone.
*/
async function readLatency(challenger, config, inputs, { github }) {
	const { latency: handed, runId, model } = inputs;
	if (handed === null) return {
		record: null,
		findings: []
	};
	try {
		const facts = await github.artifact(handed.id);
		if (facts === null || facts.runId !== runId) throw other(`artifact ${handed.id} is not of this run`);
		const zip = await github.artifactZip(handed.id, maxLatencyRecordBytes);
		const wanted = handed.digest.startsWith("sha256:") ? handed.digest : `sha256:${handed.digest}`;
		if (!isDigest(wanted) || digestBytes(zip) !== wanted) throw other("its bytes are not those that were handed over");
		const source = fromBytes(zip);
		const [entry] = await listArchive(source, {
			entries: 1,
			entryBytes: maxLatencyRecordBytes
		});
		if (entry?.name !== "latency.json") throw other("the artifact does not hold exactly latency.json");
		const record = parseLatencyRecord(await readWhole(source, entry), "latency.json");
		if (!(record.model === model && record.runId === runId && record.challenger.artifactDigest === challenger.artifact.digest && record.challenger.sizeBytes === challenger.artifact.sizeBytes && record.challenger.version === challenger.version)) throw other("it is of another model, version or run");
		if (config.latency !== void 0 && record.configDigest !== digestOf(config.latency.load)) throw other("it was measured under another load than model.yml of the base branch declares");
		return {
			record,
			findings: []
		};
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return {
			record: null,
			findings: findingsOf("judge", error).map(asWarning)
		};
	}
}
/**
* What of a record says something about one comparison: the champion that was measured beside it, or none.
* @param champion whom the challenger meets, and its bytes as the ledger names them; null: nobody
*/
function latencyAgainst({ record }, champion) {
	if (record === null) return {
		metrics: [],
		findings: []
	};
	const served = record.champion;
	const sizeBytes = champion?.artifact.sizeBytes ?? served?.sizeBytes;
	const { metrics, findings } = evaluateLatency(served === null || sizeBytes === void 0 ? record : {
		...record,
		champion: {
			...served,
			sizeBytes
		}
	});
	return {
		metrics: served?.version === champion?.version && served?.artifactDigest === champion?.artifact.digest ? metrics : metrics.map(withoutChampion),
		findings
	};
}
const withoutChampion = (metric) => ({
	...metric,
	champion: null,
	difference: null,
	differenceInterval: null,
	standardError: null,
	pWorse: null,
	pBetter: null
});
const asWarning = (finding) => ({
	...finding,
	severity: "warn"
});
const other = (why) => refuse("judge/latency-other", `The measured latency is not used: ${why}`, again);

// actions/judge-model/comparison.ts
/** Compares the challenger with every champion on the same rows and holds the results against the gates. */
async function compareAll(input, deps) {
	const { plan, champions } = input;
	const gates = applicableGates(plan.model.config, input.policy.defaults);
	const challenger = readModel(input.challenger, "challenger", input);
	if (challenger.model === null) return {
		comparisons: [],
		findings: challenger.findings
	};
	const comparisons = [];
	const { latency, attributions } = input;
	const findings = [
		...latency.findings,
		...attributions.findings,
		...challenger.findings
	];
	for (const against of plan.against) {
		const files = against === null ? void 0 : champions.get(against);
		if (against !== null && files === void 0) continue;
		const champion = files === void 0 ? null : readModel(files, `v${against}`, input);
		findings.push(...champion?.findings ?? []);
		if (champion !== null && champion.model === null) continue;
		const outcome = await compareOne({
			...input,
			against,
			gates,
			challenger: challenger.model,
			champion: champion?.model ?? null
		}, deps);
		comparisons.push(...outcome.comparisons);
		findings.push(...outcome.findings);
	}
	return {
		comparisons,
		findings: withoutDoubles(findings)
	};
}
const readModel = (files, who, { plan, rows, sets, validation }) => readScoredModel({
	files,
	who,
	sets,
	validation,
	config: plan.model.config,
	keys: rows.truth.keys
});
async function compareOne(one, deps) {
	const { plan, policy, against, gates, rows, challenger, champion } = one;
	const { minimumRows } = policy.defaults;
	const met = against === null ? null : plan.state.versions.get(against)?.record ?? null;
	const latency = latencyAgainst(one.latency, met);
	const input = {
		config: plan.model.config,
		gates,
		minimumRows,
		against,
		rows,
		challenger,
		champion,
		attributions: await attributionsOf(one, deps),
		measured: latency.metrics
	};
	const planned = planHeldOutComparison(input);
	const compared = [];
	for (const each of planned.compare) compared.push(await deps.compare(each));
	const { comparison, findings } = finishHeldOutComparison(planned, compared);
	return {
		comparisons: [{
			against,
			...comparison
		}],
		findings: [...latency.findings, ...findings]
	};
}
async function attributionsOf({ plan, against, attributions }, deps) {
	if (attributions.importances === null) return null;
	const commit = against === null ? void 0 : plan.state.versions.get(against)?.record.lineage.codeCommit;
	const champion = commit === void 0 ? null : await readAttributions(plan, commit, deps);
	return {
		challenger: attributions.importances,
		champion: champion?.importances ?? null
	};
}
/** The same metric is without a value against every champion: said once. */
function withoutDoubles(findings) {
	return [...new Map(findings.map((finding) => [`${finding.code}\n${finding.message}`, finding])).values()];
}

// actions/judge-model/labels.ts
/** Labels live here and nowhere else: they are fetched with this job's own token, held against their digest, never written. */
async function readLabels({ model }, { catalogue, policy }, deps) {
	const { labels } = model.config.heldOut;
	try {
		if (model.from === "head" && !isPublished(labels, catalogue)) throw unpublished(model.path);
		const bytes = await deps.fetchLabels(labels.url, await deps.idToken(labels.audience), labelNetwork(policy, labels.url));
		if (digestBytes(bytes) !== `sha256:${labels.sha256}`) throw otherLabels();
		return {
			truth: readTruth(bytes, truthColumnsOf(model.config), model.config.task),
			findings: []
		};
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return {
			truth: null,
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
		return from === "base" && known.url === labels.url && known.audience === labels.audience && known.sha256 === labels.sha256 && known.column === labels.column && known.weight === labels.weight && known.group === labels.group;
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

// actions/judge-model/rows.ts
/** Reads labels, and features where slices, groups or samples ask for them. */
async function readRows(plan, { features }, proposal, deps) {
	const { truth, findings } = await readLabels(plan, proposal, deps);
	if (truth === null) return {
		rows: null,
		findings
	};
	const { config } = plan.model;
	const gates = applicableGates(config, proposal.policy.defaults);
	try {
		const content = needsFeatures(config, gates) ? await readFile(features, plan, proposal, deps) : null;
		return {
			rows: readHeldOutRows(truth, content, config, gates),
			findings
		};
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return {
			rows: null,
			findings: [...findings, ...findingsOf("judge", error)]
		};
	}
}
/** Labels of the validation rows are files of the repository and no secret. */
async function readValidation(plan, proposal, deps) {
	const { config, from } = plan.model;
	const { validation } = config.heldOut;
	if (validation === void 0 || config.decision === void 0 || !("choose" in config.decision)) return {
		truth: null,
		findings: []
	};
	try {
		const content = await deps.github.file(validation.labels, proposal.commits[from]);
		if (content === null) throw absent(validation.labels);
		const bytes = await readFile({
			path: validation.labels,
			content
		}, plan, proposal, deps);
		const columns = {
			...truthColumnsOf(config),
			weight: null,
			group: null
		};
		return {
			truth: readTruth(bytes, columns, config.task),
			findings: []
		};
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return {
			truth: null,
			findings: findingsOf("judge", error)
		};
	}
}
async function readFile(file, plan, { catalogue, commits, policy }, { github, readRows: read }) {
	await requirePublished(file, {
		plan,
		catalogue,
		base: commits.base,
		github
	});
	return read(file, policy);
}
const absent = (path) => refuse("judge/validation-missing", `The validation labels ${path} are not there at the commit that governs`, "Commit them, or name a fixed threshold under \"decision\" of model.yml.", { where: { file: path } });

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
	const { config, from } = plan.model;
	const scoring = await readGovernedScoring(config, proposal.commits[from], deps.github);
	const challenger = await readChallenger(plan, scoring, inputs, deps);
	const champions = await readChampions(plan, scoring, inputs, deps);
	const { rows, findings: withoutRows } = await readRows(plan, scoring, proposal, deps);
	const validation = await readValidation(plan, proposal, deps);
	const latency = await readLatency(challenger, config, inputs, deps);
	const compared = rows ? await compareAll({
		plan,
		policy: proposal.policy,
		rows,
		sets: scoring.sets,
		validation: validation.truth,
		latency,
		attributions: await readAttributions(plan, plan.promoted?.lineage.codeCommit ?? inputs.pull.headSha, deps),
		challenger: challenger.scored,
		champions: champions.scored
	}, deps) : {
		comparisons: [],
		findings: []
	};
	const kept = compared.comparisons.length > 0 ? await keepPredictions(challenger, deps) : [];
	const findings = [
		...champions.findings,
		...withoutRows,
		...validation.findings,
		...compared.findings,
		...kept
	];
	const heldOut = describeHeldOut(plan, scoring.featuresDigest, rows);
	return {
		evidence: assemble({
			inputs,
			proposal,
			plan,
			challenger,
			champions: champions.scored,
			sets: scoring.sets,
			heldOut,
			compared,
			findings
		}),
		latency: latency.record,
		sealTo: proposal.policy.evidence?.sealTo ?? [],
		complete: compared.comparisons.length === plan.against.length && kept.length === 0
	};
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
async function keepPredictions({ scored }, deps) {
	try {
		for (const bytes of [scored.predictions, ...scored.sets.values()]) await deps.store.putBytes(bytes);
		return [];
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		return findingsOf("judge", error);
	}
}
function describeHeldOut({ model }, featuresDigest, held) {
	return {
		featuresDigest,
		labelsDigest: `sha256:${model.config.heldOut.labels.sha256}`,
		rows: held?.truth.keys.length ?? 0
	};
}
function assemble(parts) {
	const { proposal, plan, challenger, heldOut, findings } = parts;
	const { comparisons } = parts.compared;
	const digests = [...parts.champions].map(([version, { predictions }]) => [String(version), digestBytes(predictions)]);
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
			challenger: digestBytes(challenger.scored.predictions),
			champions: Object.fromEntries(digests),
			sets: parts.sets.flatMap(({ name, input }) => {
				const bytes = challenger.scored.sets.get(name);
				return bytes === void 0 ? [] : [{
					name,
					input,
					digest: digestBytes(bytes)
				}];
			})
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
* Judges, then signs: the token's audience names the digest of the evidence, so GitHub's signature over the token is its
* signature over the evidence. Where base's policy names a key, both are sealed to it: then no number, verdict or digest of
* the result leaves this job but in the envelope, and a job that ended well says that there is a result, not which one.
* @throws InputError, ServiceError: no evidence, and never a pass
*/
async function run(inputs, deps) {
	const { evidence, latency, sealTo, complete } = await judge(inputs, deps);
	const text = canonicalJson(evidence);
	const token = await deps.idToken(`gatehouse:${digestBytes(text)}`);
	if (sealTo.length === 0) {
		const evidenceFolder = await deps.writeEvidence({
			text,
			token
		});
		return {
			verdict: evidence.verdict,
			evidenceFolder,
			shown: {
				evidence,
				latency
			}
		};
	}
	const envelope = sealEvidence({
		text,
		token
	}, sealTo, hintOf(evidence, complete));
	const evidenceFolder = await deps.writeEnvelope(envelope);
	return {
		verdict: isLook(evidence) ? "sealed" : "not evaluated",
		evidenceFolder,
		shown: null
	};
}

// actions/judge-model/index.ts
function handed(what) {
	const id = inputNumber(`${what}-id`);
	return id === null ? null : {
		id,
		digest: input(`${what}-digest`)
	};
}
const pageOf = ({ evidence, latency }, waiving) => renderHtmlReport(evidence, {
	waiving,
	...latency === null ? {} : { latency: histogramsOf(latency) }
});
const readWaiving = async (reader, proposal, model) => ({
	waivers: proposal === null ? [] : await readWaivers(reader, proposal, model),
	now: (/* @__PURE__ */ new Date()).toISOString()
});
await runAction(async () => {
	const { run: facts, pull, reader } = openJob();
	const store = openGovernedStore(reader);
	let proposal = null;
	const inputs = {
		model: needInput("model"),
		artifactId: inputNumber("artifact-id"),
		artifactDigest: inputDigest("artifact-digest"),
		recordDigest: inputDigest("record-digest"),
		featuresDigest: inputDigest("features-digest"),
		challengerPredictions: handed("challenger-predictions"),
		championPredictions: handed("champion-predictions"),
		latency: handed("latency"),
		pull,
		runId: facts.runId,
		runAttempt: facts.runAttempt
	};
	const outputs = await run(inputs, {
		github: reader,
		proposal: async (commits) => {
			proposal = await store.proposal(commits);
			return proposal;
		},
		store,
		readRows: readRowsIn(makeFolder("rows")),
		compare: compareInThreads,
		idToken: askIdentityToken,
		fetchLabels,
		writeEvidence,
		writeEnvelope
	});
	const { shown } = outputs;
	const waiving = await readWaiving(reader, shown === null ? null : proposal, inputs.model);
	await writeSummary(shown === null ? renderSealedSummary(pull.number) : renderSummary(shown.evidence, [], waiving));
	setOutputs({
		verdict: outputs.verdict,
		"evidence-folder": outputs.evidenceFolder,
		"report-folder": shown === null ? "" : writeReport(pageOf(shown, waiving))
	});
});

export {  };