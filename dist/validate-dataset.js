import { i as openRecordStore, n as runValidation, o as readRefusedBatches, t as readTrainedVersions } from "./shared-dataset-history.js";
import { a as writeEvidence, b as runAction, c as canSign, d as input, g as writeSummary, h as setOutputs, m as say, n as makeFolder, r as openJob, s as askIdentityToken, y as parseRepositoryName } from "./shared-job.js";
import { t as openEngine } from "./shared-open.js";
import { r as InputError } from "./shared-error.js";
import { i as isDigest, n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { C as strictObject, S as record, T as tuple, b as number, f as array, g as int, h as discriminatedUnion, m as custom, p as boolean, u as _enum, v as literal, w as string } from "./shared-schemas.js";
import { r as scoringSetNames } from "./shared-scoring-set.js";
import { t as findingSchema } from "./shared-finding-schema.js";
import { t as claimedRunSchema } from "./shared-run-record-schema.js";
import { t as championsOf } from "./shared-champion.js";
import { n as readProposal } from "./shared-read-proposal.js";
import { t as describeProgress } from "./shared-progress-line.js";
import { n as describeOrigin, t as rulesDigest } from "./shared-rules-digest.js";
import { h as policyPath, n as contractPath } from "./shared-layout.js";
import { r as networkOf } from "./shared-open-place.js";
import { t as renderSummary } from "./shared-summary.js";
import { t as isAllowedMove } from "./shared-transition.js";
import { t as parseContract } from "./shared-contract-file.js";
import { c as needsJudgement } from "./shared-gate-rule.js";
import { crc32, inflateRawSync } from "node:zlib";

// core/evidence/judgement-detail-schema.ts
const name$1 = string().min(1).max(500);
const count$1 = int().nonnegative();
const share$1 = number().min(0).max(1);
const both = (shape) => strictObject({
	challenger: shape,
	champion: shape.nullable()
});
const curve = array(tuple([share$1, share$1])).max(52);
const bins = array(strictObject({
	predicted: share$1,
	found: share$1,
	rows: count$1
})).max(20);
const matrix = array(array(count$1).max(50)).max(50);
/** Shapes of the pictures of a judgement. No finer than they may be: fifty quantiles and the two ends. */
const detailSchema = strictObject({
	roc: both(curve).nullable(),
	precisionRecall: both(curve).nullable(),
	calibration: both(bins).nullable(),
	distribution: strictObject({
		edges: array(number()).max(51),
		challenger: array(count$1).max(50),
		champion: array(count$1).max(50).nullable()
	}).nullable(),
	confusion: strictObject({
		classes: array(name$1).max(50),
		challenger: matrix,
		champion: matrix.nullable()
	}).nullable(),
	threshold: string().max(500).nullable()
});
const explanationSchema = strictObject({
	grade: _enum(["measured", "claimed"]),
	metric: name$1.nullable(),
	features: array(strictObject({
		feature: name$1,
		rank: int().positive(),
		challenger: number(),
		champion: number().nullable(),
		championRank: int().positive().nullable()
	})).max(50)
});
const behaviourSchema = strictObject({
	grade: literal("measured"),
	suiteDigest: custom(isDigest, { error: "sha256: and 64 lower-case hex characters" }),
	groups: array(strictObject({
		name: name$1,
		kind: name$1,
		cases: count$1,
		passed: count$1,
		required: share$1,
		championPassed: count$1.nullable(),
		failed: array(name$1).max(5)
	})).max(200)
});

// core/evidence/evidence-schema.ts
/** Shapes of evidence, closed: a key that is not named here is refused. Every number is finite. */
const digest = custom(isDigest, { error: "sha256: and 64 lower-case hex characters" });
const hex40 = string().regex(/^[0-9a-f]{40}$/);
/** A directory of DVC is named by its manifest: `<md5>.dir`. */
const md5 = string().regex(/^[0-9a-f]{32}(?:\.dir)?$/);
const text = string().max(2e4);
const name = string().min(1).max(500);
/** Longer than a policy or contract can name: a glob finds whatever git holds. */
const path = string().min(1).max(4096);
const id = int().positive();
const count = int().nonnegative();
const interval = tuple([number(), number()]).refine(([low, high]) => low <= high, { error: "low before high" });
const origin = strictObject({
	repositoryId: id,
	repository: name,
	pullRequest: id,
	headSha: hex40,
	baseRef: name,
	baseSha: hex40,
	runId: id,
	runAttempt: id,
	contentDigest: digest
});
const dataset = strictObject({
	dataset: name,
	contractPath: name,
	contractDigest: digest,
	contractFrom: _enum(["base", "head"]),
	inherited: array(strictObject({
		dataset: name,
		contractDigest: digest
	})).max(1e3),
	files: array(strictObject({
		path,
		md5: md5.nullable(),
		blob: hex40,
		sizeBytes: count
	})).max(1e4),
	dataDigest: digest,
	rows: count.nullable(),
	verdict: _enum([
		"pass",
		"data invalid",
		"not evaluated"
	]),
	findings: array(findingSchema).max(1e4),
	record: digest.nullable()
});
const validationSchema = strictObject({
	kind: literal("validation"),
	v: literal(1),
	origin,
	engine: name,
	datasets: array(dataset).max(1e3)
});
const share = number().min(0).max(1);
const metric = strictObject({
	metric: name,
	slice: name.nullable(),
	set: _enum(["held-out", "production-like"]),
	rows: count,
	higherIsBetter: boolean(),
	grade: _enum([
		"judged",
		"measured",
		"claimed"
	]),
	challenger: number(),
	challengerInterval: interval.nullable(),
	champion: number().nullable(),
	difference: number().nullable(),
	differenceInterval: interval.nullable(),
	standardError: number().min(0).nullable(),
	pWorse: share.nullable(),
	pBetter: share.nullable(),
	method: text
});
const gate = strictObject({
	gate: name,
	metric: name,
	slice: name.nullable(),
	set: _enum(["held-out", "production-like"]),
	result: _enum([
		"pass",
		"fail",
		"not evaluated",
		"skipped"
	]),
	found: text,
	required: text,
	because: text,
	answer: _enum([
		"better",
		"not worse",
		"worse",
		"not enough rows"
	]).nullable(),
	rowsNeeded: count.nullable()
});
const artifact = strictObject({
	digest,
	sizeBytes: count,
	name
});
const version = id.nullable();
const unique = (key) => [(list) => new Set(list.map(key)).size === list.length, { error: "each one once" }];
const judgementSchema = strictObject({
	kind: literal("judgement"),
	v: literal(1),
	origin,
	model: name,
	version,
	artifact,
	artifactId: id.nullable(),
	runRecordDigest: digest,
	rulesDigest: digest,
	champions: array(strictObject({
		endpoint: name,
		version: id,
		artifactDigest: digest
	})).max(1e3).refine(...unique((champion) => champion.endpoint)),
	heldOut: strictObject({
		featuresDigest: digest,
		labelsDigest: digest,
		rows: count
	}),
	predictions: strictObject({
		challenger: digest,
		champions: record(name, digest),
		sets: array(strictObject({
			name: _enum(scoringSetNames),
			input: digest,
			digest
		})).max(scoringSetNames.length).refine(...unique((set) => set.name))
	}),
	comparisons: array(strictObject({
		against: version,
		metrics: array(metric).max(5e3).refine(...unique(({ metric, slice, set }) => JSON.stringify([
			metric,
			slice,
			set
		]))),
		gates: array(gate).max(1e3),
		detail: detailSchema.nullable(),
		explanation: explanationSchema.nullable(),
		behaviour: behaviourSchema.nullable()
	})).max(1e3).refine(...unique((comparison) => comparison.against)),
	resultDigest: digest,
	verdict: _enum([
		"pass",
		"fail",
		"not evaluated"
	]),
	findings: array(findingSchema).max(1e4),
	claimed: claimedRunSchema
});
const evidenceSchema = discriminatedUnion("kind", [validationSchema, judgementSchema]);

// core/evidence/parse-evidence.ts
/** Evidence of a large dataset is some hundred kilobytes. */
const maximumLength = 8e6;
/**
* Reads evidence as a run left it. The text must be its own canonical JSON, byte for byte, so that one digest stands for
* one evidence.
* @param text from an artifact: whoever runs a workflow can have written it
* @throws InputError JSON_INVALID when it is not strict JSON; EVIDENCE_INVALID when it is not canonical, has an unknown
* or missing key, or a value outside its range
*/
function parseEvidence(text) {
	if (text.length > maximumLength) throw invalid(`is longer than ${maximumLength} characters`);
	const value = parseStrictJson(text, "evidence.json");
	if (canonicalJson(value) !== text) throw invalid("is not canonical JSON");
	const parsed = evidenceSchema.safeParse(value);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw invalid(`at /${issue?.path.map(String).join("/")}: ${issue?.message}`);
}
function invalid(what) {
	return new InputError("EVIDENCE_INVALID", `The evidence ${what}`, {
		hint: "Run the workflow again with the trusted workflows at a commit that the policy lists.",
		where: { file: "evidence.json" }
	});
}

// adapters/github/plain-zip.ts
/**
* Reads a small zip in memory; nothing is ever written to disk. It is written by a job that a pull request may have
* replaced, so only the exact shape is accepted: plain files with the expected names, once each, all UTF-8.
* @param zip pull-request controlled
* @returns texts by name
* @throws InputError the rule's own
* @see APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16
*/
function readPlainZip(zip, rule) {
	const { names: expected, maxBytes, refuse } = rule;
	if (zip.byteLength > maxBytes) throw refuse(`it has more than ${maxBytes} bytes`);
	const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
	const entries = readDirectory(bytes, rule);
	const names = entries.map((entry) => entry.name).sort();
	if (names.length !== expected.length || names.some((name, at) => name !== expected[at])) throw refuse(`it holds ${names.length === 0 ? "nothing" : names.slice(0, 5).map(show).join(", ")}`);
	return new Map(entries.map((entry) => [entry.name, readEntry(bytes, entry, rule)]));
}
function readDirectory(bytes, { refuse }) {
	const end = findEnd(bytes, refuse);
	const count = bytes.readUInt16LE(end + 10);
	const size = bytes.readUInt32LE(end + 12);
	const start = bytes.readUInt32LE(end + 16);
	if (bytes.readUInt16LE(end + 4) !== 0 || bytes.readUInt16LE(end + 8) !== count) throw refuse("it is split over several disks");
	if (count > 4) throw refuse(`it has ${count} entries`);
	if (start + size !== end) throw refuse("its directory is not where it says");
	const entries = [];
	let at = start;
	for (let index = 0; index < count; index += 1) {
		if (at + 46 > end || bytes.readUInt32LE(at) !== 33639248) throw refuse("its directory is broken");
		const nameLength = bytes.readUInt16LE(at + 28);
		entries.push(toEntry(bytes, at, nameLength));
		at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
	}
	if (at !== end) throw refuse("its directory has bytes that belong to no entry");
	return entries;
}
function toEntry(bytes, at, nameLength) {
	return {
		flags: bytes.readUInt16LE(at + 8),
		method: bytes.readUInt16LE(at + 10),
		crc: bytes.readUInt32LE(at + 16),
		packed: bytes.readUInt32LE(at + 20),
		size: bytes.readUInt32LE(at + 24),
		mode: bytes.readUInt16LE(at + 40),
		offset: bytes.readUInt32LE(at + 42),
		name: bytes.toString("latin1", at + 46, at + 46 + nameLength)
	};
}
/** Only a directory that ends with the file is accepted: readers disagree on what a trailing comment hides. */
function findEnd(bytes, refuse) {
	const end = bytes.length - 22;
	if (end < 0 || bytes.readUInt32LE(end) !== 101010256) throw refuse("it is not a zip, or has a comment");
	return end;
}
function readEntry(bytes, entry, rule) {
	const { maxBytes, refuse } = rule;
	const kind = entry.mode & 61440;
	if (kind !== 0 && kind !== 32768) throw refuse(`${show(entry.name)} is not a plain file`);
	if ((entry.flags & 1) !== 0) throw refuse(`${show(entry.name)} is encrypted`);
	if (entry.size > maxBytes) throw refuse(`${show(entry.name)} claims ${entry.size} bytes`);
	const content = unpack(locate(bytes, entry, refuse), entry, rule);
	if (content.length !== entry.size || crc32(content) !== entry.crc) throw refuse(`${show(entry.name)} is not the content that the directory names`);
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(content);
	} catch {
		throw refuse(`${show(entry.name)} is not UTF-8`);
	}
}
/** The local header must tell the same name: two readers must not see two files. */
function locate(bytes, entry, refuse) {
	const at = entry.offset;
	if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 67324752) throw refuse(`${show(entry.name)} is not where the directory says`);
	const nameLength = bytes.readUInt16LE(at + 26);
	if (bytes.toString("latin1", at + 30, at + 30 + nameLength) !== entry.name || bytes.readUInt16LE(at + 8) !== entry.method) throw refuse(`${show(entry.name)} is described in two ways`);
	const start = at + 30 + nameLength + bytes.readUInt16LE(at + 28);
	if (start + entry.packed > bytes.length) throw refuse(`${show(entry.name)} runs over the end`);
	return bytes.subarray(start, start + entry.packed);
}
function unpack(packed, entry, { maxBytes, refuse }) {
	if (entry.method === 0) return packed;
	if (entry.method !== 8) throw refuse(`${show(entry.name)} is packed by method ${entry.method}`);
	try {
		return inflateRawSync(packed, { maxOutputLength: maxBytes });
	} catch (cause) {
		throw refuse(`${show(entry.name)} does not unpack`, cause);
	}
}
function show(name) {
	return JSON.stringify(name.slice(0, 60));
}

// adapters/github/evidence-zip.ts
/** Evidence is some kilobytes; a zip over this is not ours. */
const maxEvidenceZipBytes = 5242880;
const expected = ["evidence.json", "receipt.jwt"];
/**
* Reads the zip of an evidence artifact: exactly `evidence.json` and `receipt.jwt`.
* @param zip bytes of the artifact, pull-request controlled
* @throws InputError EVIDENCE_ZIP
*/
function readEvidenceZip(zip) {
	const texts = readPlainZip(zip, {
		names: expected,
		maxBytes: maxEvidenceZipBytes,
		refuse
	});
	const [text, token] = expected.map((name) => texts.get(name));
	if (!text || !token) throw refuse("a file in it is empty");
	return {
		text,
		token: token.trim()
	};
}
function refuse(why, cause) {
	return new InputError("EVIDENCE_ZIP", `The evidence artifact is not believed: ${why}`, {
		hint: `An evidence artifact holds exactly ${expected.join(" and ")}, as the judge writes it.`,
		cause
	});
}

// adapters/proposal/candidates.ts
/** Any job of a run can upload under these names: they say where to look, not what to believe. */
const names = ["gatehouse-evidence-validation", "gatehouse-evidence-judgement"];
/** Evidence artifacts of one run, newest first. */
async function readCandidates(reader, run) {
	const artifacts = (await reader.artifacts(run.id)).filter(({ name, expired }) => names.includes(name) && !expired);
	const candidates = [];
	for (const artifact of [...artifacts].sort((a, b) => b.id - a.id)) candidates.push(await readCandidate(reader, run, artifact));
	return candidates;
}
async function readCandidate(reader, run, artifact) {
	try {
		const zip = await readZip(reader, artifact);
		return {
			kind: "sealed",
			artifact,
			run,
			sealed: readEvidenceZip(zip)
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			kind: "refused",
			artifact,
			run,
			finding: toFinding(error, run)
		};
	}
}
async function readZip(reader, artifact) {
	if (artifact.sizeBytes > 5242880) throw notOurs(`it has ${artifact.sizeBytes} bytes`);
	const zip = await reader.artifactZip(artifact.id, maxEvidenceZipBytes);
	if (artifact.digest !== null && artifact.digest !== digestBytes(zip)) throw notOurs(`its bytes are not those of ${artifact.digest}`);
	return zip;
}
function notOurs(why) {
	return new InputError("EVIDENCE_ZIP", `The evidence artifact is not believed: ${why}`, { hint: "An evidence artifact is written by the trusted workflow alone. Run it again." });
}
function toFinding(error, run) {
	return {
		code: "evidence/artifact",
		severity: "fail",
		message: `${error.message} (run ${run.id})`,
		fix: error.hint
	};
}

// adapters/proposal/carried.ts
/**
* Looks for a judgement of the same content, rules and champions in the runs of this pull request's commits, so that a
* README push or an update of the branch trains and judges nothing again (GATE.md rule 4).
* A hint and nothing more: whoever forges such an artifact spares a run and gains nothing, since the app verifies.
* @param runId this run, which is not looked at
*/
async function findCarried(reader, pull, proposal, rules, runId) {
	if (proposal.change.kind !== "request") return null;
	const champions = canonicalJson(proposal.state === null ? [] : championsOf(proposal.state));
	const commits = [...await reader.pullCommits(pull)].reverse();
	for (const { sha } of commits) for (const run of await reader.runsFor(sha)) {
		if (run.id === runId) continue;
		for (const judgement of await readJudgements(reader, run)) if (judgement.origin.contentDigest === proposal.change.contentDigest && judgement.rulesDigest === rules && canonicalJson(judgement.champions) === champions && judgement.verdict !== "not evaluated") return judgement;
	}
	return null;
}
async function readJudgements(reader, run) {
	return (await readCandidates(reader, run)).flatMap((candidate) => {
		if (candidate.kind !== "sealed") return [];
		try {
			const evidence = parseEvidence(candidate.sealed.text);
			return evidence.kind === "judgement" ? [evidence] : [];
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
	if (carried) deps.say(`The same content was judged in run ${carried.origin.runId}: nothing is trained or judged again.`);
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