import { i as __require, o as __toESM, t as __commonJSMin } from "./shared-rolldown-runtime.js";
import { a as readFiles, c as resolveRef, i as defaultBranch, o as readTree, s as remoteUrl, u as runGit } from "./shared-environment.js";
import { a as evidenceNeed, i as ruleOnRequest, n as parseAnchor, o as changedModelFields, r as proveLedger, s as requiredApprovals, t as readAnchors } from "./shared-anchors.js";
import { A as locate, Bt as digestBytes, Cn as modelOfStages, Dn as stagesPath, Dt as looseObject, En as policyPath, F as CORE_SCHEMA, Ft as unknown$1, In as toId, Jt as counted, Ln as readGitHub, Mt as string, N as readSource, Ot as number, P as isFailure, V as load, Wt as isName, X as toDriftRules, Yt as grouped, _n as datasetOfFile, an as resolveModel, at as hashFile, bn as modelOfBehaviour, bt as array, cn as keyText, ct as createReader, d as columnName, gn as contractPath, hn as behaviourPath, in as applicableGates, j as openLocator, ln as sameValue, q as checkDriftLimits, qn as plainText, sn as excerptOf, un as require_dist, vt as _enum, wn as modelPath, xn as modelOfFile, zt as canonicalJson } from "./shared-parse.js";
import { n as needRepositoryAddress, r as parseRepositoryAddress, t as createTokenClient } from "./shared-token-client.js";
import { c as isMeasured, d as GatehouseError, f as InputError, i as suggest, l as isServing, p as ServiceError, s as isFairness, t as checkMetricName } from "./shared-metric-name.js";
import { E as isTransactionPath, _ as textPaths, d as emptyState, f as streamOf, g as readCatalogue, h as parseStages, m as planChange, n as readMovedStates, p as viewOf, t as readModelState, v as parseBehaviour, x as belongsToLedger } from "./shared-model-state.js";
import { a as tasks, r as retryCauses, t as parseModelConfig } from "./shared-model-file.js";
import { n as renderPolicy, r as ownerRole, t as parsePolicy } from "./shared-policy-file.js";
import { i as matchesGlob, t as parseContract } from "./shared-contract-file.js";
import { n as paragraph } from "./shared-markdown.js";
import { n as severityWords, r as verdictWords } from "./shared-icon.js";
import "./shared-address.js";
import "./shared-approval-sections.js";
import { E as renderLineageMermaid, a as showGpus, d as exampleSections, g as comparisonSections, l as sortFindings, n as driftBlocks, o as findingSections, p as judgementText, r as trainingSections, s as placeText, u as observationBlocks } from "./shared-summary.js";
import { t as showDuration } from "./shared-lineage-section.js";
import { n as showCost } from "./shared-cost.js";
import { a as finishHeldOutComparison, c as renderTable, d as compareInThreads, i as readScoredModel, l as renderText, n as readHeldOutRows, o as planHeldOutComparison, r as truthColumnsOf, s as renderPage, u as toAscii } from "./shared-held-out-rows.js";
import { n as directionOf } from "./shared-metric-text.js";
import { n as readTruth, t as judgementVerdict } from "./shared-verdict.js";
import { A as compareValues, N as toValueText } from "./shared-association-table.js";
import { i as writeShare, n as writeCount, r as writeRows } from "./shared-wording.js";
import { a as shareOf, i as sdOf, n as meanOf, r as quantileOf, t as countReadable } from "./shared-statistics.js";
import { n as findSimilar, r as findSeparator } from "./shared-judge.js";
import { r as resolveFiles } from "./shared-dataset.js";
import { n as mayRead, t as judgeGovernance } from "./shared-governance.js";
import { t as parsePointer } from "./shared-pointer.js";
import { a as ruleOf, d as acceptKnown, i as compareProfiles, l as toPublicProfile, n as measureDataset, o as findRenames, r as readRecordedProfile, s as privacyIn, u as Tables } from "./shared-measure.js";
import { t as describeProgress } from "./shared-progress-line.js";
import { c as networkOf } from "./shared-remote.js";
import { n as renderProfile, r as toProfile, t as parseProfile } from "./shared-parse-profile.js";
import { r as computeWilsonInterval } from "./shared-binomial.js";
import { t as openStore } from "./shared-store.js";
import { n as resolveChampion, r as stateOf, t as requireVerified } from "./shared-resolve.js";
import { t as buildProductionLikeSet } from "./shared-production-like.js";
import { n as resolutionBlocks, r as verificationBlocks, t as historyBlocks } from "./shared-ledger-blocks.js";
import { i as readCurrentPolicy, n as findVersion, r as reproduceVersion, t as reproductionBlocks } from "./shared-reproduction-blocks.js";
import { n as parseRunRecord, t as maxRunRecordBytes } from "./shared-run-record.js";
import { a as listArchive, i as readWhole, t as fromBytes } from "./shared-source.js";
import { t as openEngine } from "./shared-open.js";
import { basename, dirname, join, relative, resolve } from "node:path";
import { tmpdir } from "node:os";
import { lstat, mkdir, mkdtemp, opendir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";

// cli/anchors.ts
/**
* Reads the anchors from the check runs of the app.
* Check runs of any other app are not looked at: every workflow can make one of the same name.
* @returns empty when there is nobody to ask
* @throws InputError GITHUB_ADDRESS, APP_ID_MISSING; ServiceError when GitHub does not answer
*/
const fetchAnchors = async ({ dir, env, github, app }) => {
	const address = github === void 0 ? await implied(dir, env) : needRepositoryAddress(github);
	if (address === null) return [];
	const appId = Number(app ?? env.GATEHOUSE_APP_ID ?? "");
	if (!Number.isSafeInteger(appId) || appId <= 0) {
		if (github === void 0 && app === void 0) return [];
		throw new InputError("APP_ID_MISSING", "it is not known which app makes the anchors", { hint: "Give --app ID or set GATEHOUSE_APP_ID: the number is on the app's page, under General." });
	}
	const reader = createReader(createTokenClient(address.apiUrl, env.GITHUB_TOKEN), address.name, appId);
	return readAnchors(reader, (await reader.repository()).defaultBranch);
};
async function implied(dir, env) {
	const remote = env.GITHUB_TOKEN ? await remoteUrl(dir) : null;
	return remote === null ? null : parseRepositoryAddress(remote);
}

// adapters/git/work-tree.ts
/**
* Reads files of the working tree.
* @param dir the clone or a folder in it
* @param wanted whose text is read
* @throws InputError GIT_NO_WORK_TREE, GIT_FOLDER
*/
async function readWorkTree(dir, wanted) {
	const root = await rootOf(dir);
	const listed = await listPaths(root, [
		"ls-files",
		"-z",
		"--cached",
		"--others",
		"--exclude-standard"
	]);
	const status = await listPaths(root, [
		"status",
		"--porcelain",
		"-z",
		"--no-renames",
		"-uall"
	]);
	const paths = [];
	const links = [];
	const texts = /* @__PURE__ */ new Map();
	for (const path of [...new Set(listed)].sort()) {
		const facts = await lstat(join(root, path)).catch(() => null);
		if (facts === null) continue;
		paths.push(path);
		if (!wanted(path)) continue;
		if (facts.isFile()) texts.set(path, await readFile(join(root, path), "utf8"));
		else links.push(path);
	}
	return {
		root,
		paths,
		texts,
		links,
		uncommitted: status.map((line) => line.slice(3)).sort()
	};
}
/** Newest commit that both have; null when they share none, or the clone is too shallow to tell. */
async function findMergeBase(dir, a, b) {
	const { code, stdout } = await runGit(dir, [
		"merge-base",
		"--end-of-options",
		a,
		b
	]);
	return code === 0 ? stdout.toString().trim() : null;
}
async function listPaths(root, args) {
	const { code, stdout, stderr } = await runGit(root, args);
	if (code === 0) return stdout.toString().split("\0").filter((path) => path !== "");
	throw new ServiceError("GIT_FAILED", `git could not list the working tree: ${stderr}`, { hint: "Run \"git status\" in the clone to see what is wrong." });
}
async function rootOf(dir) {
	const { code, stdout, stderr } = await runGit(dir, ["rev-parse", "--show-toplevel"]);
	if (code === 0) return stdout.toString().replace(/\r?\n$/, "");
	throw new InputError("GIT_NO_WORK_TREE", `${dir} is no working tree of a git repository: ${stderr}`, { hint: "Run this inside a clone of the repository that has its files checked out." });
}

// adapters/proposal/read-branch.ts
/**
* Reads what the commit that is checked out asks for, compared with a base branch.
* @returns null when base holds no policy: there Gatehouse judges nothing yet
* @throws InputError MERGE_BASE_MISSING, CONFIG_INVALID for base's policy, LEDGER_ENTRY_INVALID; ServiceError
*/
async function readBranch(dir, base, head) {
	const policy = await readBasePolicy(dir, base);
	if (policy === null) return null;
	const mergeBase = await findMergeBase(dir, base.commit, head);
	if (mergeBase === null) throw noMergeBase(base);
	const commits = {
		mergeBase,
		base: base.commit,
		head
	};
	const trees = {
		mergeBase: await readTree(dir, mergeBase),
		base: await readTree(dir, base.commit),
		head: await readTree(dir, head)
	};
	const text = await readTexts(dir, commits, trees);
	const ledger = await readLedger(dir, policy.ledger.branch);
	const states = await readMovedStates(ledger, trees);
	const change = planChange({
		...trees,
		text,
		ledger: (model) => viewOf(states.get(model) ?? emptyState(model)),
		ledgerOnBase: policy.ledger.branch === base.branch
	});
	const name = change.kind === "request" ? change.model : null;
	const model = name === null ? null : readCatalogue(trees.base, trees.head, text).models.get(name) ?? null;
	return {
		base,
		head,
		policy,
		change,
		model,
		modelFields: name === null ? null : fieldsOf(name, trees, model, text("head", modelPath(name))),
		ledgerBranch: policy.ledger.branch,
		ledgerFetched: ledger !== null,
		state: name === null ? null : await readModelState(ledger, name)
	};
}
async function readBasePolicy(dir, base) {
	const bytes = (await readFiles(dir, base.commit, policyPath, (path) => path === policyPath)).get(policyPath);
	return bytes === void 0 ? null : parsePolicy(new TextDecoder().decode(bytes), policyPath);
}
async function readTexts(dir, commits, trees) {
	const wanted = textPaths(trees);
	const texts = /* @__PURE__ */ new Map();
	for (const side of [
		"mergeBase",
		"base",
		"head"
	]) {
		const paths = new Set(wanted.filter((each) => each.side === side).map(({ path }) => path));
		const files = await readFiles(dir, commits[side], "", (path) => paths.has(path));
		for (const [path, bytes] of files) texts.set(`${side}:${path}`, new TextDecoder().decode(bytes));
	}
	return (side, path) => texts.get(`${side}:${path}`) ?? null;
}
/** The fetched branch is newer than a local one of the same name, which nobody keeps up to date. */
async function readLedger(dir, branch) {
	for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
		const head = await resolveRef(dir, ref);
		if (head === null) continue;
		const files = await readFiles(dir, head, "audit/", isTransactionPath);
		const read = async (path) => {
			const bytes = files.get(path);
			return bytes === void 0 ? null : new TextDecoder().decode(bytes);
		};
		return {
			head,
			listing: await readTree(dir, head),
			read
		};
	}
	return null;
}
function fieldsOf(name, { mergeBase, head }, model, text) {
	const path = modelPath(name);
	if (mergeBase.get(path)?.blob === head.get(path)?.blob) return null;
	const before = model?.from === "base" ? model.config : null;
	if (text === null) return changedModelFields(before, null);
	try {
		return changedModelFields(before, parseModelConfig(text, path, name));
	} catch (error) {
		if (error instanceof InputError) return null;
		throw error;
	}
}
function noMergeBase({ ref, branch }) {
	return new InputError("MERGE_BASE_MISSING", `this branch and ${ref} share no commit in this clone`, { hint: `Fetch the history: git fetch --unshallow origin ${branch}. A branch of another history cannot be merged.` });
}

// core/config/caller-check.ts
/** The team's workflow must call the trusted workflows, at a commit that the policy believes. */
function checkCaller(files, policy) {
	const uses = [...files].filter(([path]) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)).flatMap(usesOf);
	const { validate, judge } = policy.trusted;
	const whole = uses.filter(({ path }) => path === wholeOf(judge));
	return [validate, judge].flatMap((workflow) => {
		const calls = [...uses.filter(({ path }) => path === workflow.path), ...whole];
		if (calls.length === 0) return [missing$1(workflow)];
		return calls.filter(({ ref }) => !workflow.shas.includes(ref)).map((use) => notPinned(use, workflow));
	});
}
/** `propose-model.yml` beside the judge calls both, for organisations that keep a copy of Gatehouse. */
const wholeOf = ({ path }) => path.replace(/[^/]+$/, "propose-model.yml");
function usesOf([file, text]) {
	return text.split(/\r\n|\n|\r/).flatMap((line, at) => {
		const match = /^(\s*(?:-\s+)?uses:\s*["']?)([\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+)@([^\s"'#]+)/.exec(line);
		const [, before = "", path = "", ref = ""] = match ?? [];
		return match === null ? [] : [{
			file,
			line: at + 1,
			column: before.length + 1,
			text: line,
			path,
			ref
		}];
	});
}
const missing$1 = ({ path, shas }) => ({
	code: "config/caller-missing",
	severity: "fail",
	message: `no workflow of this repository calls ${path}`,
	where: {
		file: policyPath,
		pointer: "/trusted"
	},
	allowed: `a job with uses: ${path}@${shas[0] ?? "<commit>"}`,
	fix: "Add the job to .github/workflows/gatehouse.yml: without it there is no evidence, and nothing can pass."
});
function notPinned(use, { path, shas }) {
	const isCommit = /^[0-9a-f]{40}$/.test(use.ref);
	return {
		code: isCommit ? "config/caller-not-trusted" : "config/caller-not-pinned",
		severity: "fail",
		message: isCommit ? `${path} is called at a commit that the policy does not believe` : `${path} is called at "${use.ref}", which can be moved`,
		where: {
			file: use.file,
			line: use.line,
			column: use.column
		},
		excerpt: use.text.slice(0, 200),
		found: use.ref,
		allowed: shas.join(", "),
		fix: `Write ${use.path}@${shas[0] ?? "<commit>"}, or have the governors add the commit to trusted.shas.`
	};
}

// core/config/finding-at.ts
/** A problem at a value of a file that could be read. */
function at(entry, pointer, finding) {
	const where = locate(entry.text, pointer, entry.path);
	const excerpt = where.line === void 0 ? {} : { excerpt: excerptOf(entry.text.split(/\r\n|\n|\r/), where.line) };
	return {
		severity: "fail",
		...finding,
		where,
		...excerpt
	};
}

// core/config/repository.ts
/** Reads every configuration file of a repository. */
function readRepositoryConfig(files) {
	const findings = [];
	const readAll = (nameOf, parse) => {
		const found = [...files].flatMap(([path, text]) => {
			const name = nameOf(path);
			return name === null ? [] : [[name, readEntry(path, text, findings, () => parse(text, path, name))]];
		});
		return {
			read: new Map(found.flatMap(([name, entry]) => entry === null ? [] : [[name, entry]])),
			names: new Set(found.map(([name]) => name))
		};
	};
	const models = readAll(modelOfFile, parseModelConfig);
	const contracts = readAll(datasetOfFile, parseContract);
	const stages = readAll(modelOfStages, parseStages);
	const suites = readAll(modelOfBehaviour, (content, path, name) => parseBehaviour(content, path, models.read.get(name)?.value ?? null));
	const text = files.get(policyPath);
	return {
		policy: text === void 0 ? null : readEntry(policyPath, text, findings, () => parsePolicy(text, policyPath)),
		models: models.read,
		contracts: contracts.read,
		stages: stages.read,
		suites: suites.read,
		named: {
			models: models.names,
			contracts: contracts.names,
			suites: suites.names
		},
		findings
	};
}
function readEntry(path, text, findings, parse) {
	try {
		const value = parse();
		findings.push(...readSource(text, path).findings);
		return {
			path,
			text,
			value
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		findings.push(...error.findings);
		return null;
	}
}

// core/config/suite-check.ts
const metric = "behaviour-pass-rate";
const slicePrefix = "group ";
/** Holds behaviour suites and models against each other: a suite without a model, a gate without a suite or its group. */
function checkSuites(config) {
	return [...[...config.suites].flatMap(([name, entry]) => config.named.models.has(name) ? [] : [at(entry, "", {
		code: "config/unknown-model",
		message: `there is no ${modelPath(name)} beside this file`,
		fix: `Add ${modelPath(name)} or remove this file.`
	})]), ...[...config.models.values()].flatMap((entry) => checkGates$1(entry, config))];
}
/** A gate on what is never computed fails every version: better told here than after a training. */
function checkGates$1(entry, { suites, named }) {
	const { model, gates } = entry.value;
	const suite = suites.get(model)?.value ?? null;
	if (suite === null && named.suites.has(model)) return [];
	return gates.flatMap((gate, place) => {
		if (gate.metric !== metric) return [];
		if (suite === null) return [at(entry, `/gates/${place}`, {
			code: "config/no-behaviour",
			message: `a gate names ${metric}, and there is no ${behaviourPath(model)}`,
			fix: `Add ${behaviourPath(model)}, or remove the gate.`
		})];
		const groups = suite.groups.map(({ name }) => `${slicePrefix}${name}`);
		if (gate.slice === void 0 || groups.includes(gate.slice)) return [];
		const meant = suggest(gate.slice, groups);
		return [at(entry, `/gates/${place}`, {
			code: "config/no-behaviour",
			message: `a gate names "${gate.slice}" of ${metric}, which is no group of ${behaviourPath(model)}`,
			found: gate.slice,
			allowed: groups.join(", "),
			fix: meant === null ? "Name a group of the suite." : `Write "${meant}".`
		})];
	});
}

// core/config/gate-answer-check.ts
/** Gates that nothing would ever answer: they fail every version, which is better told here than after a training. */
function checkGateAnswers(model) {
	return model.value.gates.flatMap((gate, place) => {
		const lack = lackOf(gate, model.value);
		if (lack === null) return [];
		const { code, what, fix } = lack;
		return [at(model, `/gates/${place}`, {
			code,
			message: `a gate on ${gate.metric} ${what}`,
			fix
		})];
	});
}
function lackOf(gate, model) {
	const { metric, slice, slices, set, drop } = gate;
	if (metric !== "behaviour-pass-rate" && (slice ?? slices) !== void 0 && model.slices === void 0) return noSlices;
	if ((set ?? drop) !== void 0 && model.productionLike === void 0) return noSet;
	if ((metric.startsWith("latency-") || [
		"throughput",
		"error-rate",
		"cost-per-1000"
	].includes(metric)) && model.latency === void 0) return noLatency;
	if (metric === "cost-per-1000" && model.latency?.load.costPerHour === void 0) return noPrice;
	return null;
}
const noSlices = {
	code: "config/no-slices",
	what: "is about slices, and model.yml declares none",
	fix: "Add slices: { declared: [{ column: carrier }] }, or remove what the gate says of slices."
};
const noSet = {
	code: "config/no-production-like",
	what: "is about production-like rows, and model.yml says nothing of how rows arrive in production",
	fix: "Add production-like with its corruptions, or remove \"set\" and \"drop\"."
};
const noLatency = {
	code: "config/no-latency",
	what: "needs a load test, and model.yml declares none",
	fix: "Add latency: { serve, request, arrival }, or remove the gate."
};
const noPrice = {
	code: "config/no-latency",
	what: "needs the price of the serving machine",
	fix: "Add latency.cost-per-hour, or remove the gate."
};

// core/config/model-check.ts
/** What a model says about data and gates, held against what the contracts and its other keys say. */
function checkModelData(model, contracts) {
	return [
		...checkLimits(model, contracts),
		...checkSuite(model),
		...checkGateAnswers(model)
	];
}
function checkLimits(model, contracts) {
	return Object.entries(model.value.driftLimits ?? {}).flatMap(([dataset, limits]) => {
		const pointer = `/drift-limits/${dataset}`;
		if (!model.value.datasets.includes(dataset)) return [notItsDataset(model, dataset, pointer)];
		const contract = contracts.get(dataset);
		if (contract === void 0) return [];
		return checkDriftLimits(dataset, limits, contract.value.columns).map((problem) => at(model, problem.pointer, {
			code: "config/drift",
			message: problem.message,
			allowed: problem.allowed,
			fix: `Write ${problem.allowed}.`
		}));
	});
}
function notItsDataset(model, dataset, pointer) {
	return at(model, pointer, {
		code: "config/drift",
		message: `there are drift limits for the dataset "${dataset}", on which this model does not train`,
		found: dataset,
		allowed: model.value.datasets.join(", "),
		fix: `Add "${dataset}" to datasets, or take its limits out.`
	});
}
function checkSuite(model) {
	const { key } = model.value.heldOut;
	return (model.value.productionLike?.corruptions ?? []).flatMap(({ name, columns }, index) => columns.includes(key) ? [at(model, `/production-like/corruptions/${index}/columns`, {
		code: "config/production-like",
		message: `the corruption "${name}" touches the key column "${key}" of the held-out set`,
		found: key,
		allowed: "columns that are features",
		fix: `Take "${key}" out: it joins rows with labels, and every row must be found again.`
	})] : []);
}

// core/config/value-check.ts
/** Metrics that lie between 0 and 1, whatever the model. */
const shares = /* @__PURE__ */ new Set([
	"auc",
	"accuracy",
	"brier"
]);
/** Values that every parser takes and that cannot be meant: placeholders, and gates that nothing can ever pass. */
function checkValues({ policy, models, contracts }) {
	return [...policy === null ? [] : checkTrusted(policy), ...[...models.values()].flatMap((model) => [
		...checkLabels(model),
		...checkGates(model),
		...checkModelData(model, contracts)
	])];
}
function checkTrusted(policy) {
	return policy.value.trusted.judge.shas.flatMap((sha, index) => /^0+$/.test(sha) ? [placeholder(policy, `/trusted/shas/${index}`, "a commit of the repository with the workflows")] : []);
}
function checkLabels(model) {
	if (!/^0+$/.test(model.value.heldOut.labels.sha256)) return [];
	return [placeholder(model, "/held-out/labels/sha256", "the SHA-256 of the label file")];
}
function placeholder(entry, pointer, wanted) {
	return at(entry, pointer, {
		code: "config/placeholder",
		severity: "warn",
		message: "only zeros: this is a placeholder, and nothing will be believed with it",
		allowed: wanted,
		fix: `Write ${wanted}.`
	});
}
function checkGates(model) {
	return model.value.gates.flatMap((gate, index) => {
		if (!shares.has(gate.metric)) return [];
		const [low, high] = [gate.max, gate.min];
		if (!(high !== void 0 && high > 1) && !(low !== void 0 && low < 0)) return [];
		return [at(model, `/gates/${index}`, {
			code: "config/gate-impossible",
			message: `no model can pass this gate: ${gate.metric} lies between 0 and 1`,
			found: String(high ?? low),
			allowed: "0 to 1",
			fix: "Write a share, not a percentage: 0.6 and not 60."
		})];
	});
}

// core/config/check.ts
/**
* Checks all configuration of a repository, each file by itself and against the others.
* @param files path -> text of every configuration file and workflow; other files may be there too
* @returns every problem with its place and fix, sorted by place; `warn` is advice
*/
function checkRepositoryConfig(files) {
	const config = readRepositoryConfig(files);
	return [
		...config.findings,
		...files.has(".github/gatehouse.yml") ? [] : [missingPolicy],
		...checkNames(files),
		...[...config.models.values()].flatMap((model) => checkModel(model, config)),
		...checkStages(config),
		...checkSuites(config),
		...checkAccess(config),
		...checkSources(config),
		...checkClaims(files, config),
		...checkValues(config),
		...config.policy === null ? [] : [...checkPeople(config.policy), ...checkCaller(files, config.policy.value)]
	].sort(byPlace);
}
const byPlace = (a, b) => (a.where?.file ?? "").localeCompare(b.where?.file ?? "", "en") || (a.where?.line ?? 0) - (b.where?.line ?? 0) || (a.where?.column ?? 0) - (b.where?.column ?? 0);
const missingPolicy = {
	code: "config/no-policy",
	severity: "fail",
	message: `there is no ${policyPath}: nothing is governed`,
	where: { file: policyPath },
	fix: `Add ${policyPath}; a working one has under 15 lines.`
};
/** Names that one file system keeps apart and another one joins, and files that nobody reads because of one letter. */
function checkNames(files) {
	const seen = /* @__PURE__ */ new Map();
	return [...files.keys()].sort().flatMap((path) => {
		const other = seen.get(path.toLowerCase());
		seen.set(path.toLowerCase(), path);
		const clash = {
			code: "config/case-clash",
			severity: "fail",
			message: `${path} and ${other} are one file on systems that ignore case`,
			where: { file: path },
			fix: "Rename one of the two."
		};
		const form = /^(?:\.github\/gatehouse|datasets\/[^/]+|models\/.+\/(?:model|behaviour|stages))\.yaml$/;
		const ending = {
			code: "config/ending",
			severity: "fail",
			message: `${path} is not read: configuration ends in .yml`,
			where: { file: path },
			found: ".yaml",
			allowed: ".yml",
			fix: `Rename it: git mv ${path} ${path.replace(/\.yaml$/, ".yml")}`
		};
		return [...other === void 0 ? [] : [clash], ...form.test(path) ? [ending] : []];
	});
}
function checkModel(entry, config) {
	const { value: model } = entry;
	const known = [...config.named.contracts];
	const datasets = model.datasets.flatMap((dataset, index) => {
		const pointer = `/datasets/${index}`;
		if (!config.named.contracts.has(dataset)) return [unknownDataset(entry, pointer, dataset, known)];
		const access = config.contracts.get(dataset)?.value.access;
		if (access === void 0 || access.includes("*") || access.includes(model.model)) return [];
		return [at(entry, pointer, {
			code: "config/no-access",
			message: `the contract of dataset "${dataset}" does not let model "${model.model}" train on it`,
			found: model.model,
			allowed: access.join(", ") || "no model",
			fix: `Have the dataset's owner add "${model.model}" to access in ${contractPath(dataset)}.`
		})];
	});
	const floor = config.policy === null ? [] : resolveModel(model, config.policy.value).findings;
	return [...datasets, ...floor.map((finding) => at(entry, finding.where?.pointer ?? "", withoutPlace(finding)))];
}
/** Datasets that another one was made from must have contracts, too: their constraints are inherited. */
function checkSources({ contracts, named }) {
	return [...contracts.values()].flatMap((entry) => {
		const others = [...named.contracts].filter((name) => name !== entry.value.dataset);
		return entry.value.derivedFrom.flatMap((dataset, index) => named.contracts.has(dataset) ? [] : [unknownDataset(entry, `/derived-from/${index}`, dataset, others)]);
	});
}
function withoutPlace({ where: _where, severity: _severity, ...finding }) {
	return finding;
}
function unknownDataset(entry, pointer, dataset, known) {
	const meant = suggest(dataset, known);
	return at(entry, pointer, {
		code: "config/unknown-dataset",
		message: `there is no dataset "${dataset}"${meant === null ? "" : `. Did you mean "${meant}"?`}`,
		found: dataset,
		allowed: known.join(", ") || "none yet",
		fix: meant === null ? `Add ${contractPath(dataset)}.` : `Write ${meant}.`
	});
}
function checkStages(config) {
	return [...config.stages].flatMap(([name, entry]) => {
		const model = config.models.get(name)?.value;
		if (model === void 0) return config.named.models.has(name) ? [] : [orphanStages(entry, name)];
		return Object.keys(entry.value.production).filter((endpoint) => !model.endpoints.includes(endpoint)).map((endpoint) => unknownEndpoint(entry, endpoint, model));
	});
}
const orphanStages = (entry, name) => at(entry, "", {
	code: "config/unknown-model",
	message: `there is no ${modelPath(name)} beside this file`,
	fix: `Add ${modelPath(name)} or remove this file.`
});
function unknownEndpoint(entry, endpoint, model) {
	const meant = suggest(endpoint, model.endpoints);
	return at(entry, `/production/${endpoint}`, {
		code: "config/unknown-endpoint",
		message: `model "${model.model}" has no endpoint "${endpoint}"${meant === null ? "" : `. Did you mean "${meant}"?`}`,
		found: endpoint,
		allowed: model.endpoints.join(", ") || "none: endpoints in model.yml is empty",
		fix: meant === null ? `Add "${endpoint}" to endpoints in ${modelPath(model.model)}.` : `Write ${meant}.`
	});
}
/** Access for a model that does not exist is a misspelling, or waits for a model to come: advice. */
function checkAccess(config) {
	return [...config.contracts.values()].flatMap((entry) => entry.value.access.flatMap((name, index) => {
		if (name === "*" || config.named.models.has(name)) return [];
		const meant = suggest(name, [...config.named.models]);
		return [at(entry, `/access/${index}`, {
			code: "config/unknown-model",
			severity: "warn",
			message: `there is no model "${name}"${meant === null ? "" : `. Did you mean "${meant}"?`}`,
			found: name,
			allowed: [...config.named.models].join(", ") || "none yet",
			fix: meant === null ? `Remove "${name}", or add ${modelPath(name)}.` : `Write ${meant}.`
		})];
	}));
}
/** A path of two models can never change: one pull request proposes one model. */
function checkClaims(files, config) {
	const entries = [...config.models.values()];
	return entries.flatMap((entry, index) => entries.slice(0, index).flatMap((other) => {
		const [pointer, path] = sharedPath(entry.value, other.value, files) ?? [];
		if (pointer === void 0 || path === void 0) return [];
		const [mine, theirs] = [entry.value.model, other.value.model];
		return [at(entry, pointer, {
			code: "config/shared-path",
			message: `${path} belongs to the models "${mine}" and "${theirs}"`,
			found: path,
			allowed: "each path in one model",
			fix: `Remove it from the paths of one of the two: a change of it would propose both, and a pull request proposes one.`
		})];
	}));
}
/** Globs cannot be compared in general: they are tried on each other's words and on the files that are there. */
function sharedPath(a, b, files) {
	const owned = (path, model) => path !== modelPath(model.model) && path !== stagesPath(model.model);
	for (const [index, pattern] of a.paths.entries()) {
		const globs = [pattern];
		const shared = [...b.paths.filter((path) => path === pattern || !/[*?[\]{}]/.test(path)), ...files.keys()].find((path) => (path === pattern || matchesGlob(globs, path) && matchesGlob(b.paths, path)) && owned(path, a) && owned(path, b));
		if (shared !== void 0) return [`/paths/${index}`, shared];
	}
	return null;
}
/** A quorum that its role cannot fill: everything would wait for ever. The author never counts, so one more is advised. */
function checkPeople(entry) {
	const { roles, proposal, stages, rollback, configuration, addWhen } = entry.value;
	const lines = [
		proposal,
		...Object.values(stages),
		rollback,
		configuration,
		...addWhen
	].flatMap(({ approvals }) => approvals);
	return Object.entries(roles).flatMap(([name, { users, teams }]) => {
		const most = Math.max(0, ...lines.filter(({ role }) => role === name && role !== "owner").map(({ count }) => count));
		const people = new Set(users.map((user) => user.toLowerCase())).size;
		if (teams.length > 0 || people > most || most === 0) return [];
		const severity = people < most ? {} : { severity: "warn" };
		return [at(entry, `/roles/${name}/users`, {
			code: "config/too-few-people",
			...severity,
			message: `role "${name}" has ${people} people, and ${most} of them ${most === 1 ? "is" : "are"} needed at once`,
			found: String(people),
			allowed: `${most + 1} or more: nobody approves what he or she wrote`,
			fix: `Add a user or a team to roles.${name}.`
		})];
	});
}

// cli/base.ts
const remote = "refs/remotes/origin/";
/**
* The branch to compare with: the one that is named, else the default branch of the remote as it was fetched.
* @param given `--base` as a person typed it
* @returns null when none is named and the clone knows no default branch
* @throws InputError BASE_NOT_FOUND for one that is named and not there
*/
async function findBase(dir, given) {
	if (given === void 0) return findDefault(dir);
	for (const ref of [given, `${remote}${given}`]) {
		const commit = await resolveRef(dir, ref);
		if (commit !== null) return {
			ref: given,
			branch: branchOf(given),
			commit
		};
	}
	throw new InputError("BASE_NOT_FOUND", `there is no branch, tag or commit "${given}" in this clone`, { hint: `Fetch it: git fetch origin ${branchOf(given)}. Or name another one with --base.` });
}
async function findDefault(dir) {
	const known = await resolveRef(dir, `${remote}HEAD`) === null ? null : await defaultBranch(dir);
	for (const branch of known === null ? ["main", "master"] : [known]) {
		const commit = await resolveRef(dir, `${remote}${branch}`);
		if (commit !== null) return {
			ref: `origin/${branch}`,
			branch,
			commit
		};
	}
	return null;
}
const branchOf = (ref) => ref.replace(/^(?:refs\/remotes\/origin|refs\/heads|origin)\//, "");

// core/registry/ledger-facts.ts
/** What the ledger says that a decision needs: champions of the model, and every version that the request names. */
function toLedgerFacts(change, state) {
	if (state === null) return {
		champions: [],
		artifacts: []
	};
	return {
		champions: [...state.endpoints.values()].flatMap(({ endpoint, champion, artifactDigest, previous }) => champion === null || artifactDigest === null ? [] : [{
			endpoint,
			version: champion,
			artifactDigest,
			previous
		}]).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1),
		artifacts: namedVersions(change).flatMap((version) => {
			const known = state.versions.get(version);
			if (known === void 0) return [];
			const { stage, wasInProductionAt } = known;
			return [{
				version,
				artifactDigest: known.record.artifact.digest,
				stage,
				wasInProductionAt
			}];
		})
	};
}
function namedVersions(change) {
	if (change.kind !== "request") return [];
	const versions = change.moves.flatMap((move) => move.kind === "stage" ? [move.version] : []);
	return [...new Set(versions)].sort((a, b) => a - b);
}

// core/training/run-comparison.ts
const parametersOf = ({ parameters, seed }) => [...named(parameters), ["seed", seed === null ? null : String(seed)]];
/** Lays runs side by side: every fact that any of them has, in the order of aspects, then of names as they came. */
function compareRuns(runs) {
	return aspects.flatMap(([aspect, factsOf]) => {
		const each = runs.map((run) => new Map(factsOf(run)));
		return [...new Set(each.flatMap((facts) => [...facts.keys()]))].map((name) => {
			const values = each.map((facts) => facts.get(name) ?? null);
			return {
				aspect,
				name,
				values,
				differs: new Set(values).size > 1
			};
		});
	});
}
const aspects = [
	["result", ({ outcome, metrics, artifact }) => [
		["outcome", outcome],
		...named(metrics),
		["model file", artifact?.digest ?? null]
	]],
	["parameters", parametersOf],
	["data", ({ datasets, featureVersion }) => [...datasets.map(({ dataset, dataDigest }) => [dataset, dataDigest]), ["feature version", featureVersion]]],
	["code", ({ commit, changedFiles, command, trigger }) => [
		["commit", commit],
		["not as in the commit", changedFiles.length === 0 ? null : changedFiles.join(", ")],
		["command", command],
		["trigger", trigger]
	]],
	["environment", describeEnvironment],
	["cost", describeCost]
];
const named = (values) => Object.entries(values).map(([name, value]) => [name, String(value)]);
function describeEnvironment({ machine, image, runner, runtimes, environment, lockFiles, packages }) {
	const versions = /* @__PURE__ */ new Map();
	for (const [name, version] of packages) {
		const known = versions.get(name);
		versions.set(name, known === void 0 ? version : `${known}, ${version}`);
	}
	return [
		["image", image],
		["runner", runner],
		["os", machine.os],
		["cpu", `${machine.cpus} x ${machine.cpu}`],
		["memory", `${machine.memoryMib} MiB`],
		["gpu", showGpus(machine)],
		["gpu driver", machine.gpuDriver],
		["gpu runtime", machine.gpuRuntime],
		...named(runtimes),
		...Object.entries(environment).map(([name, value]) => [`$${name}`, value]),
		...lockFiles.map(({ path, digest }) => [path, digest]),
		...[...versions].map(([name, version]) => [`package ${name}`, version])
	];
}
function describeCost({ cost, durationMs, attempts, usage }) {
	const share = usage?.gpuUtilisation ?? null;
	return [
		["cost", cost === null ? null : showCost(cost)],
		["time", `${Math.round(durationMs / 1e3)} s`],
		["attempts", String(attempts.length)],
		["memory at most", usage?.peakMemoryMib == null ? null : `${Math.round(usage.peakMemoryMib)} MiB`],
		["gpu memory at most", usage?.gpuPeakMemoryMib == null ? null : `${Math.round(usage.gpuPeakMemoryMib)} MiB`],
		["gpu busy", share === null ? null : `${Math.round(share * 100)} %`],
		["gpu energy", usage?.gpuEnergyWh == null ? null : `${usage.gpuEnergyWh.toFixed(1)} Wh`]
	];
}

// core/training/run-list.ts
/** Puts what was found together: a record is listed once, with every place that has it. */
function mergeRuns(runs) {
	const merged = /* @__PURE__ */ new Map();
	for (const run of runs) {
		const known = merged.get(run.digest);
		const places = known === void 0 ? run.places : [.../* @__PURE__ */ new Set([...known.places, ...run.places])];
		merged.set(run.digest, {
			...run,
			places
		});
	}
	return [...merged.values()];
}
/** Runs that fit, in order; of a metric those that do not have it come last. */
function selectRuns(runs, filter, order) {
	const since = filter.since === void 0 ? null : Date.parse(filter.since);
	return runs.filter(({ record }) => (filter.model === void 0 || record.model === filter.model) && (filter.outcome === void 0 || record.outcome === filter.outcome) && (since === null || Date.parse(record.startedAt) >= since)).sort((a, b) => byMetric(a, b, order) || byTime(a, b));
}
function byMetric(a, b, { metric, order }) {
	if (metric === void 0) return 0;
	const [first, second] = [metricOf(a.record, metric), metricOf(b.record, metric)];
	if (first === null || second === null) return Number(first === null) - Number(second === null);
	return order === "asc" ? first - second : second - first;
}
const byTime = (a, b) => Date.parse(b.record.startedAt) - Date.parse(a.record.startedAt) || (a.digest < b.digest ? -1 : 1);
/** A metric as it was at the end; names are the training's own. */
const metricOf = ({ metrics }, name) => Object.hasOwn(metrics, name) ? metrics[name] ?? null : null;
/** Shortest name that people use: `501.2`, of a trial `501.1/7`. */
function runName({ record, places }) {
	const trial = places.map((place) => /^gatehouse-trial-(.{1,40})$/.exec(place)?.[1]).find(Boolean);
	return `${record.runId}.${record.runAttempt}${trial === void 0 ? "" : `/${trial}`}`;
}
/** The versions that a run became: `v7`; empty: it was never merged. */
const versionsOf = ({ places }) => places.flatMap((place) => /@(v\d+)$/.exec(place)?.[1] ?? []);
/** Every run that a text may mean: run id, `id.attempt`, version, place, or the beginning of its record's digest. */
function findRuns(runs, text) {
	const exact = runs.filter((run) => runName(run) === text || run.places.includes(text) || run.digest === text);
	if (exact.length > 0) return exact;
	const hex = text.replace(/^sha256:/, "");
	return runs.filter((run) => String(run.record.runId) === text || `${run.record.runId}.${run.record.runAttempt}` === text || versionsOf(run).includes(text) || /^[0-9a-f]{7,64}$/.test(hex) && run.digest.startsWith(`sha256:${hex}`));
}

// core/report/run-table.ts
/** `gatehouse runs list`: one line a run; the name of the model gets the room that the others leave. */
function runListTable(runs, metric) {
	const [common] = commonMetrics(runs.map(({ record }) => record), 1);
	const named = metric ?? common;
	const head = [
		"run",
		"started",
		"outcome",
		cut(named ?? "metric", 10),
		"time",
		"cost",
		"version"
	];
	const rows = runs.map((run) => {
		const { record } = run;
		return [
			cut(runName(run), 14),
			record.startedAt.slice(0, 10),
			record.outcome,
			showMetric(named === void 0 ? null : metricOf(record, named)),
			showDuration(record.durationMs),
			record.cost === null ? "–" : showCost(record.cost).replace("less than ", "<"),
			versionsOf(run)[0] ?? "–"
		];
	});
	const taken = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
	const room = Math.max(6, 100 - 2 - taken.reduce((sum, width) => sum + width + 2, 0));
	return {
		kind: "table",
		head: ["model", ...head],
		align: [
			"l",
			"l",
			"l",
			"l",
			"r",
			"r",
			"r",
			"l"
		],
		rows: rows.map((row, at) => [[cut(runs[at]?.record.model ?? "", room)], ...row.map((text) => [text])])
	};
}
/** Names that most runs have; of equally many the first by alphabet. */
function commonMetrics(records, most) {
	const counts = /* @__PURE__ */ new Map();
	for (const { metrics } of records) for (const name of Object.keys(metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([name]) => name);
}
const showMetric = (value) => value === null ? "–" : String(Number(value.toPrecision(5)));
const cut = (text, most) => [...text].length <= most ? text : `${[...text].slice(0, most - 1).join("")}…`;

// core/report/terminal.ts
/**
* Renders findings the way compilers do: place, what, the line with a mark under it, what is allowed, the fix.
* @returns one block a finding, in the order given; empty for none
*/
function renderFindings(findings, options = {}) {
	if (findings.length === 0) return "";
	const text = findings.map((finding) => frameOf(finding).join("\n")).join("\n\n");
	return `${options.ascii === true ? toAscii(text) : text}\n`;
}
function frameOf(finding) {
	const { where, excerpt, column, found, allowed, reason } = finding;
	const place = where === void 0 ? "" : `${placeText(finding)} `;
	const line = where?.line === void 0 ? "" : String(where.line);
	const gutter = " ".repeat(line.length);
	const mark = " ".repeat(Math.max(0, (where?.column ?? 1) - 1));
	return [
		plainText(`${place}${severityWords[finding.severity]} ${finding.code} ${finding.message}`, 1e3),
		...excerpt === void 0 || line === "" ? [] : [`  ${line} | ${plainLine(excerpt)}`, `  ${gutter} | ${mark}^`],
		...[
			column === void 0 ? "" : `Column: ${column}`,
			found === void 0 ? "" : `Found: ${found}`,
			allowed === void 0 ? "" : `Allowed: ${allowed}`,
			reason === void 0 ? "" : `Why: ${reason}`,
			`Fix: ${finding.fix}`
		].flatMap((text) => text === "" ? [] : [`  ${plainText(text, 1e3)}`])
	];
}
/** Keeps the columns of the line, so that the mark stands under the right character. */
const plainLine = (line) => line.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "");

// cli/check-answer.ts
/** Says what a branch asks for, by the same rules as the app; what needs labels or reviews is left open. */
function toBranchAnswer(request) {
	const { change, base, head, policy, model: governed, modelFields } = request;
	const model = governed === null ? null : resolveModel(governed.config, policy).model;
	const asked = change.kind === "request" ? change : null;
	const facts = {
		pushersKnown: true,
		...modelFields === null ? {} : { modelFields }
	};
	const answer = {
		base: base.ref,
		baseCommit: base.commit,
		head,
		kind: change.kind,
		model: asked?.model ?? null,
		proposal: asked?.proposal ?? false,
		moves: asked?.moves ?? [],
		asks: asked === null ? [] : asksOf(asked, request),
		approvals: requiredApprovals(change, policy, model, facts),
		datasets: evidenceNeed({
			change,
			model
		}).datasets,
		heldOut: evidenceNeed({
			change,
			model
		}).judgement ? "not evaluated here" : null
	};
	const blind = asked?.moves.some(({ kind }) => kind === "stage") === true && !request.ledgerFetched;
	return {
		answer,
		findings: change.kind === "refused" ? change.findings : asked === null || blind ? [] : ruleOnRequest(asked, toDecisionInput(request, asked)).findings,
		notes: blind ? [`Where each version is now is not known here: git fetch origin ${request.ledgerBranch}. Moves are not checked.`] : []
	};
}
/** Only what the request itself is judged by: no evidence, review or run is there offline. */
function toDecisionInput(request, change) {
	return {
		repositoryId: 0,
		baseRef: request.base.branch,
		change,
		policy: request.policy,
		model: request.model?.config ?? null,
		rulesDigest: `sha256:${"0".repeat(64)}`,
		validation: null,
		judgement: null,
		refusals: [],
		runs: [],
		fork: false,
		reviews: [],
		exclusions: [],
		pushersKnown: true,
		canApprove: {},
		ledger: toLedgerFacts(change, request.state)
	};
}
function asksOf(change, { policy }) {
	const staged = policy.proposal.onMerge === "staging" ? " in staging" : "";
	const moves = change.moves.map((move) => sentenceOf(move, staged));
	const { configuration, newModel, newDatasets, datasets, model } = change;
	return [
		...moves,
		...newModel ? [`brings the model ${model}, which the base branch does not know`] : [],
		...newDatasets.length > 0 ? [`brings the dataset ${newDatasets.join(", ")}`] : [],
		...configuration.length > 0 ? [`changes the rules of Gatehouse: ${configuration.join(", ")}`] : [],
		...moves.length + configuration.length === 0 ? [`changes the data of ${datasets.join(", ")}`] : []
	];
}
function sentenceOf(move, staged) {
	if (move.kind === "registration") return `registers a new version of ${move.model}${staged}`;
	const version = `${move.model} v${move.version}`;
	if (move.rollback) return `returns endpoint ${move.endpoint} to ${version}`;
	if (move.to === "production") return `puts ${version} into production at ${move.endpoint}`;
	const at = move.endpoint === null ? "" : ` at ${move.endpoint}`;
	return `moves ${version} from ${move.from ?? "an unknown stage"} to ${move.to}${at}`;
}
/** The answer for a terminal: what is wrong, what the branch asks for, who must approve, what is left to the judge. */
function renderCheck(answer) {
	const { verdict, files, findings, branch, notes } = answer;
	const headline = `${verdictWords[verdict]}: ${files} Gatehouse files read, ${countOf(findings)}`;
	const shown = renderFindings(findings).trimEnd();
	const rest = [
		...branch === null ? [] : branchBlocks(branch),
		...notes.map((note) => paragraph({ prose: note })),
		...branch?.heldOut == null ? [] : [paragraph(`held-out: ${branch.heldOut}`)]
	];
	return [
		renderText([paragraph({ strong: headline })]),
		...shown === "" ? [] : [shown],
		...rest.length === 0 ? [] : [renderText(rest)]
	].join("\n\n");
}
function countOf(findings) {
	const wrong = findings.filter(({ severity }) => severity === "fail").length;
	const advice = findings.length - wrong;
	const problems = wrong === 0 ? "nothing to mend" : `${wrong} ${wrong === 1 ? "problem" : "problems"} to mend`;
	return advice === 0 ? problems : `${problems}, ${advice} to consider`;
}
function branchBlocks(branch) {
	const { base, baseCommit, head, asks, approvals, datasets } = branch;
	const compared = `This branch (${head.slice(0, 7)}) compared with ${base} (${baseCommit.slice(0, 7)})`;
	if (branch.kind === "refused") return [paragraph(`${compared} cannot be judged as it stands.`)];
	if (branch.kind === "nothing") return [paragraph(`${compared} changes no model, data, stage or Gatehouse file.`)];
	const lines = approvals.map(({ role, count, because }) => `${count} × ${role}: ${because.join("; ")}`);
	return [
		paragraph(`${compared}, when it is merged:`),
		{
			kind: "list",
			items: asks.map((ask) => [ask])
		},
		paragraph(lines.length === 0 ? "Approvals: the policy asks for none." : "Approvals that it will need:"),
		...lines.length === 0 ? [] : [{
			kind: "list",
			items: lines.map((line) => [line])
		}],
		...datasets.length === 0 ? [] : [paragraph(`Checked by contract before anything trains: ${datasets.join(", ")}`)]
	];
}

// cli/commands/check.ts
/** `gatehouse check`: are Gatehouse's files right, and what will this branch ask for? Needs no network. */
const checkCommand = (program, context) => {
	program.command("check").description("Checks every Gatehouse file of this clone and says what this branch will ask for").option("--base <ref>", "branch to compare with (default: the remote's default branch, as fetched)").option("--print-policy", "print the policy with its preset resolved, and nothing else").option("--json", "print JSON").action((options) => context.run(async () => {
		const tree = await readWorkTree(context.cwd, isWanted$1);
		const policy = tree.texts.get(policyPath);
		if (policy === void 0) throw noPolicy(tree);
		if (options.printPolicy === true) return printPolicy(policy, options, context);
		const answer = await check(tree, options.base);
		context.print(options.json ? JSON.stringify(answer, null, 2) : renderCheck(answer));
		return answer.verdict === "pass" ? 0 : 1;
	}));
};
/** Also the ending that nobody reads, so that it is named as a mistake instead of passed over. */
const isWanted$1 = (path) => /^(?:\.github\/(?:gatehouse|workflows\/[^/]+)|datasets\/[^/]+|models\/.+\/(?:model|behaviour|stages))\.ya?ml$/.test(path);
function printPolicy(text, { json }, context) {
	const policy = parsePolicy(text, policyPath);
	context.print(json ? JSON.stringify(policy, null, 2) : renderPolicy(policy).trimEnd());
	return 0;
}
async function check(tree, given) {
	const files = new Map(tree.paths.map((path) => [path, tree.texts.get(path) ?? ""]));
	for (const path of tree.links) files.delete(path);
	const own = [...tree.links.map(linked), ...checkRepositoryConfig(files)];
	const branch = await readAnswer(tree, given);
	const known = new Set(own.map(identityOf));
	const findings = [...own, ...branch.findings.filter((finding) => !known.has(identityOf(finding)))];
	return {
		verdict: findings.some(({ severity }) => severity === "fail") ? "fail" : "pass",
		files: tree.texts.size,
		findings,
		branch: branch.answer,
		notes: [...branch.notes, ...notesOn(tree)]
	};
}
async function readAnswer(tree, given) {
	const unknown = (note) => ({
		answer: null,
		findings: [],
		notes: [note]
	});
	const base = await findBase(tree.root, given);
	if (base === null) return unknown("There is no default branch of origin here to compare with: fetch it, or name one with --base.");
	const head = await resolveRef(tree.root, "HEAD");
	if (head === null) return unknown("Nothing is committed here yet, so the branch asks for nothing.");
	const request = await readBranch(tree.root, base, head);
	if (request === null) return unknown(`${policyPath} is not on ${base.ref} yet: nothing is judged until it is merged there.`);
	return { ...toBranchAnswer(request) };
}
function notesOn({ uncommitted }) {
	if (uncommitted.length === 0) return [];
	const [first = ""] = uncommitted;
	return [`${uncommitted.length} changed file(s) are not committed, first ${first}: the branch asks for what is committed.`];
}
/** The same mistake is found in the working tree and in the commit: it is said once. */
const identityOf = ({ code, message, where }) => JSON.stringify([
	code,
	message,
	where?.file,
	where?.line
]);
const linked = (path) => ({
	code: "config/link",
	severity: "fail",
	message: `${path} is a link or no file`,
	where: { file: path },
	fix: "Commit the file itself: Gatehouse reads content, not where a link points."
});
function noPolicy({ links }) {
	const why = links.includes(".github/gatehouse.yml") ? "is a link, which is not followed" : "is not there";
	return new InputError("POLICY_MISSING", `${policyPath} ${why}: nothing is governed here`, {
		hint: `Add ${policyPath}; a working one has under 15 lines (README).`,
		where: { file: policyPath }
	});
}

// node_modules/commander/lib/error.js
var require_error = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* CommanderError class
	*/
	var CommanderError = class extends Error {
		/**
		* Constructs the CommanderError class
		* @param {number} exitCode suggested exit code which could be used with process.exit
		* @param {string} code an id string representing the error
		* @param {string} message human-readable description of the error
		*/
		constructor(exitCode, code, message) {
			super(message);
			Error.captureStackTrace(this, this.constructor);
			this.name = this.constructor.name;
			this.code = code;
			this.exitCode = exitCode;
			this.nestedError = void 0;
		}
	};
	/**
	* InvalidArgumentError class
	*/
	var InvalidArgumentError = class extends CommanderError {
		/**
		* Constructs the InvalidArgumentError class
		* @param {string} [message] explanation of why argument is invalid
		*/
		constructor(message) {
			super(1, "commander.invalidArgument", message);
			Error.captureStackTrace(this, this.constructor);
			this.name = this.constructor.name;
		}
	};
	exports.CommanderError = CommanderError;
	exports.InvalidArgumentError = InvalidArgumentError;
}));

// node_modules/commander/lib/argument.js
var require_argument = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { InvalidArgumentError } = require_error();
	var Argument = class {
		/**
		* Initialize a new command argument with the given name and description.
		* The default is that the argument is required, and you can explicitly
		* indicate this with <> around the name. Put [] around the name for an optional argument.
		*
		* @param {string} name
		* @param {string} [description]
		*/
		constructor(name, description) {
			this.description = description || "";
			this.variadic = false;
			this.parseArg = void 0;
			this.defaultValue = void 0;
			this.defaultValueDescription = void 0;
			this.argChoices = void 0;
			switch (name[0]) {
				case "<":
					this.required = true;
					this._name = name.slice(1, -1);
					break;
				case "[":
					this.required = false;
					this._name = name.slice(1, -1);
					break;
				default:
					this.required = true;
					this._name = name;
			}
			if (this._name.endsWith("...")) {
				this.variadic = true;
				this._name = this._name.slice(0, -3);
			}
		}
		/**
		* Return argument name.
		*
		* @return {string}
		*/
		name() {
			return this._name;
		}
		/**
		* @package
		*/
		_collectValue(value, previous) {
			if (previous === this.defaultValue || !Array.isArray(previous)) return [value];
			previous.push(value);
			return previous;
		}
		/**
		* Set the default value, and optionally supply the description to be displayed in the help.
		*
		* @param {*} value
		* @param {string} [description]
		* @return {Argument}
		*/
		default(value, description) {
			this.defaultValue = value;
			this.defaultValueDescription = description;
			return this;
		}
		/**
		* Set the custom handler for processing CLI command arguments into argument values.
		*
		* @param {Function} [fn]
		* @return {Argument}
		*/
		argParser(fn) {
			this.parseArg = fn;
			return this;
		}
		/**
		* Only allow argument value to be one of choices.
		*
		* @param {string[]} values
		* @return {Argument}
		*/
		choices(values) {
			this.argChoices = values.slice();
			this.parseArg = (arg, previous) => {
				if (!this.argChoices.includes(arg)) throw new InvalidArgumentError(`Allowed choices are ${this.argChoices.join(", ")}.`);
				if (this.variadic) return this._collectValue(arg, previous);
				return arg;
			};
			return this;
		}
		/**
		* Make argument required.
		*
		* @returns {Argument}
		*/
		argRequired() {
			this.required = true;
			return this;
		}
		/**
		* Make argument optional.
		*
		* @returns {Argument}
		*/
		argOptional() {
			this.required = false;
			return this;
		}
	};
	/**
	* Takes an argument and returns its human readable equivalent for help usage.
	*
	* @param {Argument} arg
	* @return {string}
	* @private
	*/
	function humanReadableArgName(arg) {
		const nameOutput = arg.name() + (arg.variadic === true ? "..." : "");
		return arg.required ? "<" + nameOutput + ">" : "[" + nameOutput + "]";
	}
	exports.Argument = Argument;
	exports.humanReadableArgName = humanReadableArgName;
}));

// node_modules/commander/lib/help.js
var require_help = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { humanReadableArgName } = require_argument();
	/**
	* TypeScript import types for JSDoc, used by Visual Studio Code IntelliSense and `npm run typescript-checkJS`
	* https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html#import-types
	* @typedef { import("./argument.js").Argument } Argument
	* @typedef { import("./command.js").Command } Command
	* @typedef { import("./option.js").Option } Option
	*/
	var Help = class {
		constructor() {
			this.helpWidth = void 0;
			this.minWidthToWrap = 40;
			this.sortSubcommands = false;
			this.sortOptions = false;
			this.showGlobalOptions = false;
		}
		/**
		* prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
		* and just before calling `formatHelp()`.
		*
		* Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
		*
		* @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
		*/
		prepareContext(contextOptions) {
			this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
		}
		/**
		* Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
		*
		* @param {Command} cmd
		* @returns {Command[]}
		*/
		visibleCommands(cmd) {
			const visibleCommands = cmd.commands.filter((cmd) => !cmd._hidden);
			const helpCommand = cmd._getHelpCommand();
			if (helpCommand && !helpCommand._hidden) visibleCommands.push(helpCommand);
			if (this.sortSubcommands) visibleCommands.sort((a, b) => {
				return a.name().localeCompare(b.name());
			});
			return visibleCommands;
		}
		/**
		* Compare options for sort.
		*
		* @param {Option} a
		* @param {Option} b
		* @returns {number}
		*/
		compareOptions(a, b) {
			const getSortKey = (option) => {
				return option.short ? option.short.replace(/^-/, "") : option.long.replace(/^--/, "");
			};
			return getSortKey(a).localeCompare(getSortKey(b));
		}
		/**
		* Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
		*
		* @param {Command} cmd
		* @returns {Option[]}
		*/
		visibleOptions(cmd) {
			const visibleOptions = cmd.options.filter((option) => !option.hidden);
			const helpOption = cmd._getHelpOption();
			if (helpOption && !helpOption.hidden) {
				const removeShort = helpOption.short && cmd._findOption(helpOption.short);
				const removeLong = helpOption.long && cmd._findOption(helpOption.long);
				if (!removeShort && !removeLong) visibleOptions.push(helpOption);
				else if (helpOption.long && !removeLong) visibleOptions.push(cmd.createOption(helpOption.long, helpOption.description));
				else if (helpOption.short && !removeShort) visibleOptions.push(cmd.createOption(helpOption.short, helpOption.description));
			}
			if (this.sortOptions) visibleOptions.sort(this.compareOptions);
			return visibleOptions;
		}
		/**
		* Get an array of the visible global options. (Not including help.)
		*
		* @param {Command} cmd
		* @returns {Option[]}
		*/
		visibleGlobalOptions(cmd) {
			if (!this.showGlobalOptions) return [];
			const globalOptions = [];
			for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) {
				const visibleOptions = ancestorCmd.options.filter((option) => !option.hidden);
				globalOptions.push(...visibleOptions);
			}
			if (this.sortOptions) globalOptions.sort(this.compareOptions);
			return globalOptions;
		}
		/**
		* Get an array of the arguments if any have a description.
		*
		* @param {Command} cmd
		* @returns {Argument[]}
		*/
		visibleArguments(cmd) {
			if (cmd._argsDescription) cmd.registeredArguments.forEach((argument) => {
				argument.description = argument.description || cmd._argsDescription[argument.name()] || "";
			});
			if (cmd.registeredArguments.find((argument) => argument.description)) return cmd.registeredArguments;
			return [];
		}
		/**
		* Get the command term to show in the list of subcommands.
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		subcommandTerm(cmd) {
			const args = cmd.registeredArguments.map((arg) => humanReadableArgName(arg)).join(" ");
			return cmd._name + (cmd._aliases[0] ? "|" + cmd._aliases[0] : "") + (cmd.options.length ? " [options]" : "") + (args ? " " + args : "");
		}
		/**
		* Get the option term to show in the list of options.
		*
		* @param {Option} option
		* @returns {string}
		*/
		optionTerm(option) {
			return option.flags;
		}
		/**
		* Get the argument term to show in the list of arguments.
		*
		* @param {Argument} argument
		* @returns {string}
		*/
		argumentTerm(argument) {
			return argument.name();
		}
		/**
		* Get the longest command term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestSubcommandTermLength(cmd, helper) {
			return helper.visibleCommands(cmd).reduce((max, command) => {
				return Math.max(max, this.displayWidth(helper.styleSubcommandTerm(helper.subcommandTerm(command))));
			}, 0);
		}
		/**
		* Get the longest option term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestOptionTermLength(cmd, helper) {
			return helper.visibleOptions(cmd).reduce((max, option) => {
				return Math.max(max, this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))));
			}, 0);
		}
		/**
		* Get the longest global option term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestGlobalOptionTermLength(cmd, helper) {
			return helper.visibleGlobalOptions(cmd).reduce((max, option) => {
				return Math.max(max, this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))));
			}, 0);
		}
		/**
		* Get the longest argument term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		longestArgumentTermLength(cmd, helper) {
			return helper.visibleArguments(cmd).reduce((max, argument) => {
				return Math.max(max, this.displayWidth(helper.styleArgumentTerm(helper.argumentTerm(argument))));
			}, 0);
		}
		/**
		* Get the command usage to be displayed at the top of the built-in help.
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		commandUsage(cmd) {
			let cmdName = cmd._name;
			if (cmd._aliases[0]) cmdName = cmdName + "|" + cmd._aliases[0];
			let ancestorCmdNames = "";
			for (let ancestorCmd = cmd.parent; ancestorCmd; ancestorCmd = ancestorCmd.parent) ancestorCmdNames = ancestorCmd.name() + " " + ancestorCmdNames;
			return ancestorCmdNames + cmdName + " " + cmd.usage();
		}
		/**
		* Get the description for the command.
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		commandDescription(cmd) {
			return cmd.description();
		}
		/**
		* Get the subcommand summary to show in the list of subcommands.
		* (Fallback to description for backwards compatibility.)
		*
		* @param {Command} cmd
		* @returns {string}
		*/
		subcommandDescription(cmd) {
			return cmd.summary() || cmd.description();
		}
		/**
		* Get the option description to show in the list of options.
		*
		* @param {Option} option
		* @return {string}
		*/
		optionDescription(option) {
			const extraInfo = [];
			if (option.argChoices) extraInfo.push(`choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`);
			if (option.defaultValue !== void 0) {
				if (option.required || option.optional || option.isBoolean() && typeof option.defaultValue === "boolean") extraInfo.push(`default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`);
			}
			if (option.presetArg !== void 0 && option.optional) extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`);
			if (option.envVar !== void 0) extraInfo.push(`env: ${option.envVar}`);
			if (extraInfo.length > 0) {
				const extraDescription = `(${extraInfo.join(", ")})`;
				if (option.description) return `${option.description} ${extraDescription}`;
				return extraDescription;
			}
			return option.description;
		}
		/**
		* Get the argument description to show in the list of arguments.
		*
		* @param {Argument} argument
		* @return {string}
		*/
		argumentDescription(argument) {
			const extraInfo = [];
			if (argument.argChoices) extraInfo.push(`choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(", ")}`);
			if (argument.defaultValue !== void 0) extraInfo.push(`default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`);
			if (extraInfo.length > 0) {
				const extraDescription = `(${extraInfo.join(", ")})`;
				if (argument.description) return `${argument.description} ${extraDescription}`;
				return extraDescription;
			}
			return argument.description;
		}
		/**
		* Format a list of items, given a heading and an array of formatted items.
		*
		* @param {string} heading
		* @param {string[]} items
		* @param {Help} helper
		* @returns string[]
		*/
		formatItemList(heading, items, helper) {
			if (items.length === 0) return [];
			return [
				helper.styleTitle(heading),
				...items,
				""
			];
		}
		/**
		* Group items by their help group heading.
		*
		* @param {Command[] | Option[]} unsortedItems
		* @param {Command[] | Option[]} visibleItems
		* @param {Function} getGroup
		* @returns {Map<string, Command[] | Option[]>}
		*/
		groupItems(unsortedItems, visibleItems, getGroup) {
			const result = /* @__PURE__ */ new Map();
			unsortedItems.forEach((item) => {
				const group = getGroup(item);
				if (!result.has(group)) result.set(group, []);
			});
			visibleItems.forEach((item) => {
				const group = getGroup(item);
				if (!result.has(group)) result.set(group, []);
				result.get(group).push(item);
			});
			return result;
		}
		/**
		* Generate the built-in help text.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {string}
		*/
		formatHelp(cmd, helper) {
			const termWidth = helper.padWidth(cmd, helper);
			const helpWidth = helper.helpWidth ?? 80;
			function callFormatItem(term, description) {
				return helper.formatItem(term, termWidth, description, helper);
			}
			let output = [`${helper.styleTitle("Usage:")} ${helper.styleUsage(helper.commandUsage(cmd))}`, ""];
			const commandDescription = helper.commandDescription(cmd);
			if (commandDescription.length > 0) output = output.concat([helper.boxWrap(helper.styleCommandDescription(commandDescription), helpWidth), ""]);
			const argumentList = helper.visibleArguments(cmd).map((argument) => {
				return callFormatItem(helper.styleArgumentTerm(helper.argumentTerm(argument)), helper.styleArgumentDescription(helper.argumentDescription(argument)));
			});
			output = output.concat(this.formatItemList("Arguments:", argumentList, helper));
			this.groupItems(cmd.options, helper.visibleOptions(cmd), (option) => option.helpGroupHeading ?? "Options:").forEach((options, group) => {
				const optionList = options.map((option) => {
					return callFormatItem(helper.styleOptionTerm(helper.optionTerm(option)), helper.styleOptionDescription(helper.optionDescription(option)));
				});
				output = output.concat(this.formatItemList(group, optionList, helper));
			});
			if (helper.showGlobalOptions) {
				const globalOptionList = helper.visibleGlobalOptions(cmd).map((option) => {
					return callFormatItem(helper.styleOptionTerm(helper.optionTerm(option)), helper.styleOptionDescription(helper.optionDescription(option)));
				});
				output = output.concat(this.formatItemList("Global Options:", globalOptionList, helper));
			}
			this.groupItems(cmd.commands, helper.visibleCommands(cmd), (sub) => sub.helpGroup() || "Commands:").forEach((commands, group) => {
				const commandList = commands.map((sub) => {
					return callFormatItem(helper.styleSubcommandTerm(helper.subcommandTerm(sub)), helper.styleSubcommandDescription(helper.subcommandDescription(sub)));
				});
				output = output.concat(this.formatItemList(group, commandList, helper));
			});
			return output.join("\n");
		}
		/**
		* Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
		*
		* @param {string} str
		* @returns {number}
		*/
		displayWidth(str) {
			return stripColor(str).length;
		}
		/**
		* Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
		*
		* @param {string} str
		* @returns {string}
		*/
		styleTitle(str) {
			return str;
		}
		styleUsage(str) {
			return str.split(" ").map((word) => {
				if (word === "[options]") return this.styleOptionText(word);
				if (word === "[command]") return this.styleSubcommandText(word);
				if (word[0] === "[" || word[0] === "<") return this.styleArgumentText(word);
				return this.styleCommandText(word);
			}).join(" ");
		}
		styleCommandDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleOptionDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleSubcommandDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleArgumentDescription(str) {
			return this.styleDescriptionText(str);
		}
		styleDescriptionText(str) {
			return str;
		}
		styleOptionTerm(str) {
			return this.styleOptionText(str);
		}
		styleSubcommandTerm(str) {
			return str.split(" ").map((word) => {
				if (word === "[options]") return this.styleOptionText(word);
				if (word[0] === "[" || word[0] === "<") return this.styleArgumentText(word);
				return this.styleSubcommandText(word);
			}).join(" ");
		}
		styleArgumentTerm(str) {
			return this.styleArgumentText(str);
		}
		styleOptionText(str) {
			return str;
		}
		styleArgumentText(str) {
			return str;
		}
		styleSubcommandText(str) {
			return str;
		}
		styleCommandText(str) {
			return str;
		}
		/**
		* Calculate the pad width from the maximum term length.
		*
		* @param {Command} cmd
		* @param {Help} helper
		* @returns {number}
		*/
		padWidth(cmd, helper) {
			return Math.max(helper.longestOptionTermLength(cmd, helper), helper.longestGlobalOptionTermLength(cmd, helper), helper.longestSubcommandTermLength(cmd, helper), helper.longestArgumentTermLength(cmd, helper));
		}
		/**
		* Detect manually wrapped and indented strings by checking for line break followed by whitespace.
		*
		* @param {string} str
		* @returns {boolean}
		*/
		preformatted(str) {
			return /\n[^\S\r\n]/.test(str);
		}
		/**
		* Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
		*
		* So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
		*   TTT  DDD DDDD
		*        DD DDD
		*
		* @param {string} term
		* @param {number} termWidth
		* @param {string} description
		* @param {Help} helper
		* @returns {string}
		*/
		formatItem(term, termWidth, description, helper) {
			const itemIndent = 2;
			const itemIndentStr = " ".repeat(itemIndent);
			if (!description) return itemIndentStr + term;
			const paddedTerm = term.padEnd(termWidth + term.length - helper.displayWidth(term));
			const spacerWidth = 2;
			const remainingWidth = (this.helpWidth ?? 80) - termWidth - spacerWidth - itemIndent;
			let formattedDescription;
			if (remainingWidth < this.minWidthToWrap || helper.preformatted(description)) formattedDescription = description;
			else formattedDescription = helper.boxWrap(description, remainingWidth).replace(/\n/g, "\n" + " ".repeat(termWidth + spacerWidth));
			return itemIndentStr + paddedTerm + " ".repeat(spacerWidth) + formattedDescription.replace(/\n/g, `\n${itemIndentStr}`);
		}
		/**
		* Wrap a string at whitespace, preserving existing line breaks.
		* Wrapping is skipped if the width is less than `minWidthToWrap`.
		*
		* @param {string} str
		* @param {number} width
		* @returns {string}
		*/
		boxWrap(str, width) {
			if (width < this.minWidthToWrap) return str;
			const rawLines = str.split(/\r\n|\n/);
			const chunkPattern = /[\s]*[^\s]+/g;
			const wrappedLines = [];
			rawLines.forEach((line) => {
				const chunks = line.match(chunkPattern);
				if (chunks === null) {
					wrappedLines.push("");
					return;
				}
				let sumChunks = [chunks.shift()];
				let sumWidth = this.displayWidth(sumChunks[0]);
				chunks.forEach((chunk) => {
					const visibleWidth = this.displayWidth(chunk);
					if (sumWidth + visibleWidth <= width) {
						sumChunks.push(chunk);
						sumWidth += visibleWidth;
						return;
					}
					wrappedLines.push(sumChunks.join(""));
					const nextChunk = chunk.trimStart();
					sumChunks = [nextChunk];
					sumWidth = this.displayWidth(nextChunk);
				});
				wrappedLines.push(sumChunks.join(""));
			});
			return wrappedLines.join("\n");
		}
	};
	/**
	* Strip style ANSI escape sequences from the string. In particular, SGR (Select Graphic Rendition) codes.
	*
	* @param {string} str
	* @returns {string}
	* @package
	*/
	function stripColor(str) {
		return str.replace(/\x1b\[\d*(;\d*)*m/g, "");
	}
	exports.Help = Help;
	exports.stripColor = stripColor;
}));

// node_modules/commander/lib/option.js
var require_option = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { InvalidArgumentError } = require_error();
	var Option = class {
		/**
		* Initialize a new `Option` with the given `flags` and `description`.
		*
		* @param {string} flags
		* @param {string} [description]
		*/
		constructor(flags, description) {
			this.flags = flags;
			this.description = description || "";
			this.required = flags.includes("<");
			this.optional = flags.includes("[");
			this.variadic = /\w\.\.\.[>\]]$/.test(flags);
			this.mandatory = false;
			const optionFlags = splitOptionFlags(flags);
			this.short = optionFlags.shortFlag;
			this.long = optionFlags.longFlag;
			this.negate = false;
			if (this.long) this.negate = this.long.startsWith("--no-");
			this.defaultValue = void 0;
			this.defaultValueDescription = void 0;
			this.presetArg = void 0;
			this.envVar = void 0;
			this.parseArg = void 0;
			this.hidden = false;
			this.argChoices = void 0;
			this.conflictsWith = [];
			this.implied = void 0;
			this.helpGroupHeading = void 0;
		}
		/**
		* Set the default value, and optionally supply the description to be displayed in the help.
		*
		* @param {*} value
		* @param {string} [description]
		* @return {Option}
		*/
		default(value, description) {
			this.defaultValue = value;
			this.defaultValueDescription = description;
			return this;
		}
		/**
		* Preset to use when option used without option-argument, especially optional but also boolean and negated.
		* The custom processing (parseArg) is called.
		*
		* @example
		* new Option('--color').default('GREYSCALE').preset('RGB');
		* new Option('--donate [amount]').preset('20').argParser(parseFloat);
		*
		* @param {*} arg
		* @return {Option}
		*/
		preset(arg) {
			this.presetArg = arg;
			return this;
		}
		/**
		* Add option name(s) that conflict with this option.
		* An error will be displayed if conflicting options are found during parsing.
		*
		* @example
		* new Option('--rgb').conflicts('cmyk');
		* new Option('--js').conflicts(['ts', 'jsx']);
		*
		* @param {(string | string[])} names
		* @return {Option}
		*/
		conflicts(names) {
			this.conflictsWith = this.conflictsWith.concat(names);
			return this;
		}
		/**
		* Specify implied option values for when this option is set and the implied options are not.
		*
		* The custom processing (parseArg) is not called on the implied values.
		*
		* @example
		* program
		*   .addOption(new Option('--log', 'write logging information to file'))
		*   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
		*
		* @param {object} impliedOptionValues
		* @return {Option}
		*/
		implies(impliedOptionValues) {
			let newImplied = impliedOptionValues;
			if (typeof impliedOptionValues === "string") newImplied = { [impliedOptionValues]: true };
			this.implied = Object.assign(this.implied || {}, newImplied);
			return this;
		}
		/**
		* Set environment variable to check for option value.
		*
		* An environment variable is only used if when processed the current option value is
		* undefined, or the source of the current value is 'default' or 'config' or 'env'.
		*
		* @param {string} name
		* @return {Option}
		*/
		env(name) {
			this.envVar = name;
			return this;
		}
		/**
		* Set the custom handler for processing CLI option arguments into option values.
		*
		* @param {Function} [fn]
		* @return {Option}
		*/
		argParser(fn) {
			this.parseArg = fn;
			return this;
		}
		/**
		* Whether the option is mandatory and must have a value after parsing.
		*
		* @param {boolean} [mandatory=true]
		* @return {Option}
		*/
		makeOptionMandatory(mandatory = true) {
			this.mandatory = !!mandatory;
			return this;
		}
		/**
		* Hide option in help.
		*
		* @param {boolean} [hide=true]
		* @return {Option}
		*/
		hideHelp(hide = true) {
			this.hidden = !!hide;
			return this;
		}
		/**
		* @package
		*/
		_collectValue(value, previous) {
			if (previous === this.defaultValue || !Array.isArray(previous)) return [value];
			previous.push(value);
			return previous;
		}
		/**
		* Only allow option value to be one of choices.
		*
		* @param {string[]} values
		* @return {Option}
		*/
		choices(values) {
			this.argChoices = values.slice();
			this.parseArg = (arg, previous) => {
				if (!this.argChoices.includes(arg)) throw new InvalidArgumentError(`Allowed choices are ${this.argChoices.join(", ")}.`);
				if (this.variadic) return this._collectValue(arg, previous);
				return arg;
			};
			return this;
		}
		/**
		* Return option name.
		*
		* @return {string}
		*/
		name() {
			if (this.long) return this.long.replace(/^--/, "");
			return this.short.replace(/^-/, "");
		}
		/**
		* Return option name, in a camelcase format that can be used
		* as an object attribute key.
		*
		* @return {string}
		*/
		attributeName() {
			if (this.negate) return camelcase(this.name().replace(/^no-/, ""));
			return camelcase(this.name());
		}
		/**
		* Set the help group heading.
		*
		* @param {string} heading
		* @return {Option}
		*/
		helpGroup(heading) {
			this.helpGroupHeading = heading;
			return this;
		}
		/**
		* Check if `arg` matches the short or long flag.
		*
		* @param {string} arg
		* @return {boolean}
		* @package
		*/
		is(arg) {
			return this.short === arg || this.long === arg;
		}
		/**
		* Return whether a boolean option.
		*
		* Options are one of boolean, negated, required argument, or optional argument.
		*
		* @return {boolean}
		* @package
		*/
		isBoolean() {
			return !this.required && !this.optional && !this.negate;
		}
	};
	/**
	* This class is to make it easier to work with dual options, without changing the existing
	* implementation. We support separate dual options for separate positive and negative options,
	* like `--build` and `--no-build`, which share a single option value. This works nicely for some
	* use cases, but is tricky for others where we want separate behaviours despite
	* the single shared option value.
	*/
	var DualOptions = class {
		/**
		* @param {Option[]} options
		*/
		constructor(options) {
			this.positiveOptions = /* @__PURE__ */ new Map();
			this.negativeOptions = /* @__PURE__ */ new Map();
			this.dualOptions = /* @__PURE__ */ new Set();
			options.forEach((option) => {
				if (option.negate) this.negativeOptions.set(option.attributeName(), option);
				else this.positiveOptions.set(option.attributeName(), option);
			});
			this.negativeOptions.forEach((value, key) => {
				if (this.positiveOptions.has(key)) this.dualOptions.add(key);
			});
		}
		/**
		* Did the value come from the option, and not from possible matching dual option?
		*
		* @param {*} value
		* @param {Option} option
		* @returns {boolean}
		*/
		valueFromOption(value, option) {
			const optionKey = option.attributeName();
			if (!this.dualOptions.has(optionKey)) return true;
			const preset = this.negativeOptions.get(optionKey).presetArg;
			const negativeValue = preset !== void 0 ? preset : false;
			return option.negate === (negativeValue === value);
		}
	};
	/**
	* Convert string from kebab-case to camelCase.
	*
	* @param {string} str
	* @return {string}
	* @private
	*/
	function camelcase(str) {
		return str.split("-").reduce((str, word) => {
			return str + word[0].toUpperCase() + word.slice(1);
		});
	}
	/**
	* Split the short and long flag out of something like '-m,--mixed <value>'
	*
	* @private
	*/
	function splitOptionFlags(flags) {
		let shortFlag;
		let longFlag;
		const shortFlagExp = /^-[^-]$/;
		const longFlagExp = /^--[^-]/;
		const flagParts = flags.split(/[ |,]+/).concat("guard");
		if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
		if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
		if (!shortFlag && shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
		if (!shortFlag && longFlagExp.test(flagParts[0])) {
			shortFlag = longFlag;
			longFlag = flagParts.shift();
		}
		if (flagParts[0].startsWith("-")) {
			const unsupportedFlag = flagParts[0];
			const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
			if (/^-[^-][^-]/.test(unsupportedFlag)) throw new Error(`${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`);
			if (shortFlagExp.test(unsupportedFlag)) throw new Error(`${baseError}
- too many short flags`);
			if (longFlagExp.test(unsupportedFlag)) throw new Error(`${baseError}
- too many long flags`);
			throw new Error(`${baseError}
- unrecognised flag format`);
		}
		if (shortFlag === void 0 && longFlag === void 0) throw new Error(`option creation failed due to no flags found in '${flags}'.`);
		return {
			shortFlag,
			longFlag
		};
	}
	exports.Option = Option;
	exports.DualOptions = DualOptions;
}));

// node_modules/commander/lib/suggestSimilar.js
var require_suggestSimilar = /* @__PURE__ */ __commonJSMin(((exports) => {
	const maxDistance = 3;
	function editDistance(a, b) {
		if (Math.abs(a.length - b.length) > maxDistance) return Math.max(a.length, b.length);
		const d = [];
		for (let i = 0; i <= a.length; i++) d[i] = [i];
		for (let j = 0; j <= b.length; j++) d[0][j] = j;
		for (let j = 1; j <= b.length; j++) for (let i = 1; i <= a.length; i++) {
			let cost = 1;
			if (a[i - 1] === b[j - 1]) cost = 0;
			else cost = 1;
			d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
		}
		return d[a.length][b.length];
	}
	/**
	* Find close matches, restricted to same number of edits.
	*
	* @param {string} word
	* @param {string[]} candidates
	* @returns {string}
	*/
	function suggestSimilar(word, candidates) {
		if (!candidates || candidates.length === 0) return "";
		candidates = Array.from(new Set(candidates));
		const searchingOptions = word.startsWith("--");
		if (searchingOptions) {
			word = word.slice(2);
			candidates = candidates.map((candidate) => candidate.slice(2));
		}
		let similar = [];
		let bestDistance = maxDistance;
		const minSimilarity = .4;
		candidates.forEach((candidate) => {
			if (candidate.length <= 1) return;
			const distance = editDistance(word, candidate);
			const length = Math.max(word.length, candidate.length);
			if ((length - distance) / length > minSimilarity) {
				if (distance < bestDistance) {
					bestDistance = distance;
					similar = [candidate];
				} else if (distance === bestDistance) similar.push(candidate);
			}
		});
		similar.sort((a, b) => a.localeCompare(b));
		if (searchingOptions) similar = similar.map((candidate) => `--${candidate}`);
		if (similar.length > 1) return `\n(Did you mean one of ${similar.join(", ")}?)`;
		if (similar.length === 1) return `\n(Did you mean ${similar[0]}?)`;
		return "";
	}
	exports.suggestSimilar = suggestSimilar;
}));

// node_modules/commander/lib/command.js
var require_command = /* @__PURE__ */ __commonJSMin(((exports) => {
	const EventEmitter = __require("node:events").EventEmitter;
	const childProcess = __require("node:child_process");
	const path = __require("node:path");
	const fs = __require("node:fs");
	const process = __require("node:process");
	const { Argument, humanReadableArgName } = require_argument();
	const { CommanderError } = require_error();
	const { Help, stripColor } = require_help();
	const { Option, DualOptions } = require_option();
	const { suggestSimilar } = require_suggestSimilar();
	var Command = class Command extends EventEmitter {
		/**
		* Initialize a new `Command`.
		*
		* @param {string} [name]
		*/
		constructor(name) {
			super();
			/** @type {Command[]} */
			this.commands = [];
			/** @type {Option[]} */
			this.options = [];
			this.parent = null;
			this._allowUnknownOption = false;
			this._allowExcessArguments = false;
			/** @type {Argument[]} */
			this.registeredArguments = [];
			this._args = this.registeredArguments;
			/** @type {string[]} */
			this.args = [];
			this.rawArgs = [];
			this.processedArgs = [];
			this._scriptPath = null;
			this._name = name || "";
			this._optionValues = {};
			this._optionValueSources = {};
			this._storeOptionsAsProperties = false;
			this._actionHandler = null;
			this._executableHandler = false;
			this._executableFile = null;
			this._executableDir = null;
			this._defaultCommandName = null;
			this._exitCallback = null;
			this._aliases = [];
			this._combineFlagAndOptionalValue = true;
			this._description = "";
			this._summary = "";
			this._argsDescription = void 0;
			this._enablePositionalOptions = false;
			this._passThroughOptions = false;
			this._lifeCycleHooks = {};
			/** @type {(boolean | string)} */
			this._showHelpAfterError = false;
			this._showSuggestionAfterError = true;
			this._savedState = null;
			this._outputConfiguration = {
				writeOut: (str) => process.stdout.write(str),
				writeErr: (str) => process.stderr.write(str),
				outputError: (str, write) => write(str),
				getOutHelpWidth: () => process.stdout.isTTY ? process.stdout.columns : void 0,
				getErrHelpWidth: () => process.stderr.isTTY ? process.stderr.columns : void 0,
				getOutHasColors: () => useColor() ?? (process.stdout.isTTY && process.stdout.hasColors?.()),
				getErrHasColors: () => useColor() ?? (process.stderr.isTTY && process.stderr.hasColors?.()),
				stripColor: (str) => stripColor(str)
			};
			this._hidden = false;
			/** @type {(Option | null | undefined)} */
			this._helpOption = void 0;
			this._addImplicitHelpCommand = void 0;
			/** @type {Command} */
			this._helpCommand = void 0;
			this._helpConfiguration = {};
			/** @type {string | undefined} */
			this._helpGroupHeading = void 0;
			/** @type {string | undefined} */
			this._defaultCommandGroup = void 0;
			/** @type {string | undefined} */
			this._defaultOptionGroup = void 0;
		}
		/**
		* Copy settings that are useful to have in common across root command and subcommands.
		*
		* (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
		*
		* @param {Command} sourceCommand
		* @return {Command} `this` command for chaining
		*/
		copyInheritedSettings(sourceCommand) {
			this._outputConfiguration = sourceCommand._outputConfiguration;
			this._helpOption = sourceCommand._helpOption;
			this._helpCommand = sourceCommand._helpCommand;
			this._helpConfiguration = sourceCommand._helpConfiguration;
			this._exitCallback = sourceCommand._exitCallback;
			this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
			this._combineFlagAndOptionalValue = sourceCommand._combineFlagAndOptionalValue;
			this._allowExcessArguments = sourceCommand._allowExcessArguments;
			this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
			this._showHelpAfterError = sourceCommand._showHelpAfterError;
			this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;
			return this;
		}
		/**
		* @returns {Command[]}
		* @private
		*/
		_getCommandAndAncestors() {
			const result = [];
			for (let command = this; command; command = command.parent) result.push(command);
			return result;
		}
		/**
		* Define a command.
		*
		* There are two styles of command: pay attention to where to put the description.
		*
		* @example
		* // Command implemented using action handler (description is supplied separately to `.command`)
		* program
		*   .command('clone <source> [destination]')
		*   .description('clone a repository into a newly created directory')
		*   .action((source, destination) => {
		*     console.log('clone command called');
		*   });
		*
		* // Command implemented using separate executable file (description is second parameter to `.command`)
		* program
		*   .command('start <service>', 'start named service')
		*   .command('stop [service]', 'stop named service, or all if no name supplied');
		*
		* @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
		* @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
		* @param {object} [execOpts] - configuration options (for executable)
		* @return {Command} returns new command for action handler, or `this` for executable command
		*/
		command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
			let desc = actionOptsOrExecDesc;
			let opts = execOpts;
			if (typeof desc === "object" && desc !== null) {
				opts = desc;
				desc = null;
			}
			opts = opts || {};
			const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);
			const cmd = this.createCommand(name);
			if (desc) {
				cmd.description(desc);
				cmd._executableHandler = true;
			}
			if (opts.isDefault) this._defaultCommandName = cmd._name;
			cmd._hidden = !!(opts.noHelp || opts.hidden);
			cmd._executableFile = opts.executableFile || null;
			if (args) cmd.arguments(args);
			this._registerCommand(cmd);
			cmd.parent = this;
			cmd.copyInheritedSettings(this);
			if (desc) return this;
			return cmd;
		}
		/**
		* Factory routine to create a new unattached command.
		*
		* See .command() for creating an attached subcommand, which uses this routine to
		* create the command. You can override createCommand to customise subcommands.
		*
		* @param {string} [name]
		* @return {Command} new command
		*/
		createCommand(name) {
			return new Command(name);
		}
		/**
		* You can customise the help with a subclass of Help by overriding createHelp,
		* or by overriding Help properties using configureHelp().
		*
		* @return {Help}
		*/
		createHelp() {
			return Object.assign(new Help(), this.configureHelp());
		}
		/**
		* You can customise the help by overriding Help properties using configureHelp(),
		* or with a subclass of Help by overriding createHelp().
		*
		* @param {object} [configuration] - configuration options
		* @return {(Command | object)} `this` command for chaining, or stored configuration
		*/
		configureHelp(configuration) {
			if (configuration === void 0) return this._helpConfiguration;
			this._helpConfiguration = configuration;
			return this;
		}
		/**
		* The default output goes to stdout and stderr. You can customise this for special
		* applications. You can also customise the display of errors by overriding outputError.
		*
		* The configuration properties are all functions:
		*
		*     // change how output being written, defaults to stdout and stderr
		*     writeOut(str)
		*     writeErr(str)
		*     // change how output being written for errors, defaults to writeErr
		*     outputError(str, write) // used for displaying errors and not used for displaying help
		*     // specify width for wrapping help
		*     getOutHelpWidth()
		*     getErrHelpWidth()
		*     // color support, currently only used with Help
		*     getOutHasColors()
		*     getErrHasColors()
		*     stripColor() // used to remove ANSI escape codes if output does not have colors
		*
		* @param {object} [configuration] - configuration options
		* @return {(Command | object)} `this` command for chaining, or stored configuration
		*/
		configureOutput(configuration) {
			if (configuration === void 0) return this._outputConfiguration;
			this._outputConfiguration = {
				...this._outputConfiguration,
				...configuration
			};
			return this;
		}
		/**
		* Display the help or a custom message after an error occurs.
		*
		* @param {(boolean|string)} [displayHelp]
		* @return {Command} `this` command for chaining
		*/
		showHelpAfterError(displayHelp = true) {
			if (typeof displayHelp !== "string") displayHelp = !!displayHelp;
			this._showHelpAfterError = displayHelp;
			return this;
		}
		/**
		* Display suggestion of similar commands for unknown commands, or options for unknown options.
		*
		* @param {boolean} [displaySuggestion]
		* @return {Command} `this` command for chaining
		*/
		showSuggestionAfterError(displaySuggestion = true) {
			this._showSuggestionAfterError = !!displaySuggestion;
			return this;
		}
		/**
		* Add a prepared subcommand.
		*
		* See .command() for creating an attached subcommand which inherits settings from its parent.
		*
		* @param {Command} cmd - new subcommand
		* @param {object} [opts] - configuration options
		* @return {Command} `this` command for chaining
		*/
		addCommand(cmd, opts) {
			if (!cmd._name) throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
			opts = opts || {};
			if (opts.isDefault) this._defaultCommandName = cmd._name;
			if (opts.noHelp || opts.hidden) cmd._hidden = true;
			this._registerCommand(cmd);
			cmd.parent = this;
			cmd._checkForBrokenPassThrough();
			return this;
		}
		/**
		* Factory routine to create a new unattached argument.
		*
		* See .argument() for creating an attached argument, which uses this routine to
		* create the argument. You can override createArgument to return a custom argument.
		*
		* @param {string} name
		* @param {string} [description]
		* @return {Argument} new argument
		*/
		createArgument(name, description) {
			return new Argument(name, description);
		}
		/**
		* Define argument syntax for command.
		*
		* The default is that the argument is required, and you can explicitly
		* indicate this with <> around the name. Put [] around the name for an optional argument.
		*
		* @example
		* program.argument('<input-file>');
		* program.argument('[output-file]');
		*
		* @param {string} name
		* @param {string} [description]
		* @param {(Function|*)} [parseArg] - custom argument processing function or default value
		* @param {*} [defaultValue]
		* @return {Command} `this` command for chaining
		*/
		argument(name, description, parseArg, defaultValue) {
			const argument = this.createArgument(name, description);
			if (typeof parseArg === "function") argument.default(defaultValue).argParser(parseArg);
			else argument.default(parseArg);
			this.addArgument(argument);
			return this;
		}
		/**
		* Define argument syntax for command, adding multiple at once (without descriptions).
		*
		* See also .argument().
		*
		* @example
		* program.arguments('<cmd> [env]');
		*
		* @param {string} names
		* @return {Command} `this` command for chaining
		*/
		arguments(names) {
			names.trim().split(/ +/).forEach((detail) => {
				this.argument(detail);
			});
			return this;
		}
		/**
		* Define argument syntax for command, adding a prepared argument.
		*
		* @param {Argument} argument
		* @return {Command} `this` command for chaining
		*/
		addArgument(argument) {
			const previousArgument = this.registeredArguments.slice(-1)[0];
			if (previousArgument?.variadic) throw new Error(`only the last argument can be variadic '${previousArgument.name()}'`);
			if (argument.required && argument.defaultValue !== void 0 && argument.parseArg === void 0) throw new Error(`a default value for a required argument is never used: '${argument.name()}'`);
			this.registeredArguments.push(argument);
			return this;
		}
		/**
		* Customise or override default help command. By default a help command is automatically added if your command has subcommands.
		*
		* @example
		*    program.helpCommand('help [cmd]');
		*    program.helpCommand('help [cmd]', 'show help');
		*    program.helpCommand(false); // suppress default help command
		*    program.helpCommand(true); // add help command even if no subcommands
		*
		* @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
		* @param {string} [description] - custom description
		* @return {Command} `this` command for chaining
		*/
		helpCommand(enableOrNameAndArgs, description) {
			if (typeof enableOrNameAndArgs === "boolean") {
				this._addImplicitHelpCommand = enableOrNameAndArgs;
				if (enableOrNameAndArgs && this._defaultCommandGroup) this._initCommandGroup(this._getHelpCommand());
				return this;
			}
			const [, helpName, helpArgs] = (enableOrNameAndArgs ?? "help [command]").match(/([^ ]+) *(.*)/);
			const helpDescription = description ?? "display help for command";
			const helpCommand = this.createCommand(helpName);
			helpCommand.helpOption(false);
			if (helpArgs) helpCommand.arguments(helpArgs);
			if (helpDescription) helpCommand.description(helpDescription);
			this._addImplicitHelpCommand = true;
			this._helpCommand = helpCommand;
			if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);
			return this;
		}
		/**
		* Add prepared custom help command.
		*
		* @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
		* @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
		* @return {Command} `this` command for chaining
		*/
		addHelpCommand(helpCommand, deprecatedDescription) {
			if (typeof helpCommand !== "object") {
				this.helpCommand(helpCommand, deprecatedDescription);
				return this;
			}
			this._addImplicitHelpCommand = true;
			this._helpCommand = helpCommand;
			this._initCommandGroup(helpCommand);
			return this;
		}
		/**
		* Lazy create help command.
		*
		* @return {(Command|null)}
		* @package
		*/
		_getHelpCommand() {
			if (this._addImplicitHelpCommand ?? (this.commands.length && !this._actionHandler && !this._findCommand("help"))) {
				if (this._helpCommand === void 0) this.helpCommand(void 0, void 0);
				return this._helpCommand;
			}
			return null;
		}
		/**
		* Add hook for life cycle event.
		*
		* @param {string} event
		* @param {Function} listener
		* @return {Command} `this` command for chaining
		*/
		hook(event, listener) {
			const allowedValues = [
				"preSubcommand",
				"preAction",
				"postAction"
			];
			if (!allowedValues.includes(event)) throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
			if (this._lifeCycleHooks[event]) this._lifeCycleHooks[event].push(listener);
			else this._lifeCycleHooks[event] = [listener];
			return this;
		}
		/**
		* Register callback to use as replacement for calling process.exit.
		*
		* @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
		* @return {Command} `this` command for chaining
		*/
		exitOverride(fn) {
			if (fn) this._exitCallback = fn;
			else this._exitCallback = (err) => {
				if (err.code !== "commander.executeSubCommandAsync") throw err;
			};
			return this;
		}
		/**
		* Call process.exit, and _exitCallback if defined.
		*
		* @param {number} exitCode exit code for using with process.exit
		* @param {string} code an id string representing the error
		* @param {string} message human-readable description of the error
		* @return never
		* @private
		*/
		_exit(exitCode, code, message) {
			if (this._exitCallback) this._exitCallback(new CommanderError(exitCode, code, message));
			process.exit(exitCode);
		}
		/**
		* Register callback `fn` for the command.
		*
		* @example
		* program
		*   .command('serve')
		*   .description('start service')
		*   .action(function() {
		*      // do work here
		*   });
		*
		* @param {Function} fn
		* @return {Command} `this` command for chaining
		*/
		action(fn) {
			const listener = (args) => {
				const expectedArgsCount = this.registeredArguments.length;
				const actionArgs = args.slice(0, expectedArgsCount);
				if (this._storeOptionsAsProperties) actionArgs[expectedArgsCount] = this;
				else actionArgs[expectedArgsCount] = this.opts();
				actionArgs.push(this);
				return fn.apply(this, actionArgs);
			};
			this._actionHandler = listener;
			return this;
		}
		/**
		* Factory routine to create a new unattached option.
		*
		* See .option() for creating an attached option, which uses this routine to
		* create the option. You can override createOption to return a custom option.
		*
		* @param {string} flags
		* @param {string} [description]
		* @return {Option} new option
		*/
		createOption(flags, description) {
			return new Option(flags, description);
		}
		/**
		* Wrap parseArgs to catch 'commander.invalidArgument'.
		*
		* @param {(Option | Argument)} target
		* @param {string} value
		* @param {*} previous
		* @param {string} invalidArgumentMessage
		* @private
		*/
		_callParseArg(target, value, previous, invalidArgumentMessage) {
			try {
				return target.parseArg(value, previous);
			} catch (err) {
				if (err.code === "commander.invalidArgument") {
					const message = `${invalidArgumentMessage} ${err.message}`;
					this.error(message, {
						exitCode: err.exitCode,
						code: err.code
					});
				}
				throw err;
			}
		}
		/**
		* Check for option flag conflicts.
		* Register option if no conflicts found, or throw on conflict.
		*
		* @param {Option} option
		* @private
		*/
		_registerOption(option) {
			const matchingOption = option.short && this._findOption(option.short) || option.long && this._findOption(option.long);
			if (matchingOption) {
				const matchingFlag = option.long && this._findOption(option.long) ? option.long : option.short;
				throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
			}
			this._initOptionGroup(option);
			this.options.push(option);
		}
		/**
		* Check for command name and alias conflicts with existing commands.
		* Register command if no conflicts found, or throw on conflict.
		*
		* @param {Command} command
		* @private
		*/
		_registerCommand(command) {
			const knownBy = (cmd) => {
				return [cmd.name()].concat(cmd.aliases());
			};
			const alreadyUsed = knownBy(command).find((name) => this._findCommand(name));
			if (alreadyUsed) {
				const existingCmd = knownBy(this._findCommand(alreadyUsed)).join("|");
				const newCmd = knownBy(command).join("|");
				throw new Error(`cannot add command '${newCmd}' as already have command '${existingCmd}'`);
			}
			this._initCommandGroup(command);
			this.commands.push(command);
		}
		/**
		* Add an option.
		*
		* @param {Option} option
		* @return {Command} `this` command for chaining
		*/
		addOption(option) {
			this._registerOption(option);
			const oname = option.name();
			const name = option.attributeName();
			if (option.negate) {
				const positiveLongFlag = option.long.replace(/^--no-/, "--");
				if (!this._findOption(positiveLongFlag)) this.setOptionValueWithSource(name, option.defaultValue === void 0 ? true : option.defaultValue, "default");
			} else if (option.defaultValue !== void 0) this.setOptionValueWithSource(name, option.defaultValue, "default");
			const handleOptionValue = (val, invalidValueMessage, valueSource) => {
				if (val == null && option.presetArg !== void 0) val = option.presetArg;
				const oldValue = this.getOptionValue(name);
				if (val !== null && option.parseArg) val = this._callParseArg(option, val, oldValue, invalidValueMessage);
				else if (val !== null && option.variadic) val = option._collectValue(val, oldValue);
				if (val == null) {
					if (option.negate) val = false;
					else if (option.isBoolean() || option.optional) val = true;
					else val = "";
				}
				this.setOptionValueWithSource(name, val, valueSource);
			};
			this.on("option:" + oname, (val) => {
				const invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
				handleOptionValue(val, invalidValueMessage, "cli");
			});
			if (option.envVar) this.on("optionEnv:" + oname, (val) => {
				const invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
				handleOptionValue(val, invalidValueMessage, "env");
			});
			return this;
		}
		/**
		* Internal implementation shared by .option() and .requiredOption()
		*
		* @return {Command} `this` command for chaining
		* @private
		*/
		_optionEx(config, flags, description, fn, defaultValue) {
			if (typeof flags === "object" && flags instanceof Option) throw new Error("To add an Option object use addOption() instead of option() or requiredOption()");
			const option = this.createOption(flags, description);
			option.makeOptionMandatory(!!config.mandatory);
			if (typeof fn === "function") option.default(defaultValue).argParser(fn);
			else if (fn instanceof RegExp) {
				const regex = fn;
				fn = (val, def) => {
					const m = regex.exec(val);
					return m ? m[0] : def;
				};
				option.default(defaultValue).argParser(fn);
			} else option.default(fn);
			return this.addOption(option);
		}
		/**
		* Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
		*
		* The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
		* option-argument is indicated by `<>` and an optional option-argument by `[]`.
		*
		* See the README for more details, and see also addOption() and requiredOption().
		*
		* @example
		* program
		*     .option('-p, --pepper', 'add pepper')
		*     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
		*     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
		*     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
		*
		* @param {string} flags
		* @param {string} [description]
		* @param {(Function|*)} [parseArg] - custom option processing function or default value
		* @param {*} [defaultValue]
		* @return {Command} `this` command for chaining
		*/
		option(flags, description, parseArg, defaultValue) {
			return this._optionEx({}, flags, description, parseArg, defaultValue);
		}
		/**
		* Add a required option which must have a value after parsing. This usually means
		* the option must be specified on the command line. (Otherwise the same as .option().)
		*
		* The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
		*
		* @param {string} flags
		* @param {string} [description]
		* @param {(Function|*)} [parseArg] - custom option processing function or default value
		* @param {*} [defaultValue]
		* @return {Command} `this` command for chaining
		*/
		requiredOption(flags, description, parseArg, defaultValue) {
			return this._optionEx({ mandatory: true }, flags, description, parseArg, defaultValue);
		}
		/**
		* Alter parsing of short flags with optional values.
		*
		* @example
		* // for `.option('-f,--flag [value]'):
		* program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
		* program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
		*
		* @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
		* @return {Command} `this` command for chaining
		*/
		combineFlagAndOptionalValue(combine = true) {
			this._combineFlagAndOptionalValue = !!combine;
			return this;
		}
		/**
		* Allow unknown options on the command line.
		*
		* @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
		* @return {Command} `this` command for chaining
		*/
		allowUnknownOption(allowUnknown = true) {
			this._allowUnknownOption = !!allowUnknown;
			return this;
		}
		/**
		* Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
		*
		* @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
		* @return {Command} `this` command for chaining
		*/
		allowExcessArguments(allowExcess = true) {
			this._allowExcessArguments = !!allowExcess;
			return this;
		}
		/**
		* Enable positional options. Positional means global options are specified before subcommands which lets
		* subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
		* The default behaviour is non-positional and global options may appear anywhere on the command line.
		*
		* @param {boolean} [positional]
		* @return {Command} `this` command for chaining
		*/
		enablePositionalOptions(positional = true) {
			this._enablePositionalOptions = !!positional;
			return this;
		}
		/**
		* Pass through options that come after command-arguments rather than treat them as command-options,
		* so actual command-options come before command-arguments. Turning this on for a subcommand requires
		* positional options to have been enabled on the program (parent commands).
		* The default behaviour is non-positional and options may appear before or after command-arguments.
		*
		* @param {boolean} [passThrough] for unknown options.
		* @return {Command} `this` command for chaining
		*/
		passThroughOptions(passThrough = true) {
			this._passThroughOptions = !!passThrough;
			this._checkForBrokenPassThrough();
			return this;
		}
		/**
		* @private
		*/
		_checkForBrokenPassThrough() {
			if (this.parent && this._passThroughOptions && !this.parent._enablePositionalOptions) throw new Error(`passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`);
		}
		/**
		* Whether to store option values as properties on command object,
		* or store separately (specify false). In both cases the option values can be accessed using .opts().
		*
		* @param {boolean} [storeAsProperties=true]
		* @return {Command} `this` command for chaining
		*/
		storeOptionsAsProperties(storeAsProperties = true) {
			if (this.options.length) throw new Error("call .storeOptionsAsProperties() before adding options");
			if (Object.keys(this._optionValues).length) throw new Error("call .storeOptionsAsProperties() before setting option values");
			this._storeOptionsAsProperties = !!storeAsProperties;
			return this;
		}
		/**
		* Retrieve option value.
		*
		* @param {string} key
		* @return {object} value
		*/
		getOptionValue(key) {
			if (this._storeOptionsAsProperties) return this[key];
			return this._optionValues[key];
		}
		/**
		* Store option value.
		*
		* @param {string} key
		* @param {object} value
		* @return {Command} `this` command for chaining
		*/
		setOptionValue(key, value) {
			return this.setOptionValueWithSource(key, value, void 0);
		}
		/**
		* Store option value and where the value came from.
		*
		* @param {string} key
		* @param {object} value
		* @param {string} source - expected values are default/config/env/cli/implied
		* @return {Command} `this` command for chaining
		*/
		setOptionValueWithSource(key, value, source) {
			if (this._storeOptionsAsProperties) this[key] = value;
			else this._optionValues[key] = value;
			this._optionValueSources[key] = source;
			return this;
		}
		/**
		* Get source of option value.
		* Expected values are default | config | env | cli | implied
		*
		* @param {string} key
		* @return {string}
		*/
		getOptionValueSource(key) {
			return this._optionValueSources[key];
		}
		/**
		* Get source of option value. See also .optsWithGlobals().
		* Expected values are default | config | env | cli | implied
		*
		* @param {string} key
		* @return {string}
		*/
		getOptionValueSourceWithGlobals(key) {
			let source;
			this._getCommandAndAncestors().forEach((cmd) => {
				if (cmd.getOptionValueSource(key) !== void 0) source = cmd.getOptionValueSource(key);
			});
			return source;
		}
		/**
		* Get user arguments from implied or explicit arguments.
		* Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
		*
		* @private
		*/
		_prepareUserArgs(argv, parseOptions) {
			if (argv !== void 0 && !Array.isArray(argv)) throw new Error("first parameter to parse must be array or undefined");
			parseOptions = parseOptions || {};
			if (argv === void 0 && parseOptions.from === void 0) {
				if (process.versions?.electron) parseOptions.from = "electron";
				const execArgv = process.execArgv ?? [];
				if (execArgv.includes("-e") || execArgv.includes("--eval") || execArgv.includes("-p") || execArgv.includes("--print")) parseOptions.from = "eval";
			}
			if (argv === void 0) argv = process.argv;
			this.rawArgs = argv.slice();
			let userArgs;
			switch (parseOptions.from) {
				case void 0:
				case "node":
					this._scriptPath = argv[1];
					userArgs = argv.slice(2);
					break;
				case "electron":
					if (process.defaultApp) {
						this._scriptPath = argv[1];
						userArgs = argv.slice(2);
					} else userArgs = argv.slice(1);
					break;
				case "user":
					userArgs = argv.slice(0);
					break;
				case "eval":
					userArgs = argv.slice(1);
					break;
				default: throw new Error(`unexpected parse option { from: '${parseOptions.from}' }`);
			}
			if (!this._name && this._scriptPath) this.nameFromFilename(this._scriptPath);
			this._name = this._name || "program";
			return userArgs;
		}
		/**
		* Parse `argv`, setting options and invoking commands when defined.
		*
		* Use parseAsync instead of parse if any of your action handlers are async.
		*
		* Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
		*
		* Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
		* - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
		* - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
		* - `'user'`: just user arguments
		*
		* @example
		* program.parse(); // parse process.argv and auto-detect electron and special node flags
		* program.parse(process.argv); // assume argv[0] is app and argv[1] is script
		* program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
		*
		* @param {string[]} [argv] - optional, defaults to process.argv
		* @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
		* @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
		* @return {Command} `this` command for chaining
		*/
		parse(argv, parseOptions) {
			this._prepareForParse();
			const userArgs = this._prepareUserArgs(argv, parseOptions);
			this._parseCommand([], userArgs);
			return this;
		}
		/**
		* Parse `argv`, setting options and invoking commands when defined.
		*
		* Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
		*
		* Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
		* - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
		* - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
		* - `'user'`: just user arguments
		*
		* @example
		* await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
		* await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
		* await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
		*
		* @param {string[]} [argv]
		* @param {object} [parseOptions]
		* @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
		* @return {Promise}
		*/
		async parseAsync(argv, parseOptions) {
			this._prepareForParse();
			const userArgs = this._prepareUserArgs(argv, parseOptions);
			await this._parseCommand([], userArgs);
			return this;
		}
		_prepareForParse() {
			if (this._savedState === null) this.saveStateBeforeParse();
			else this.restoreStateBeforeParse();
		}
		/**
		* Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
		* Not usually called directly, but available for subclasses to save their custom state.
		*
		* This is called in a lazy way. Only commands used in parsing chain will have state saved.
		*/
		saveStateBeforeParse() {
			this._savedState = {
				_name: this._name,
				_optionValues: { ...this._optionValues },
				_optionValueSources: { ...this._optionValueSources }
			};
		}
		/**
		* Restore state before parse for calls after the first.
		* Not usually called directly, but available for subclasses to save their custom state.
		*
		* This is called in a lazy way. Only commands used in parsing chain will have state restored.
		*/
		restoreStateBeforeParse() {
			if (this._storeOptionsAsProperties) throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);
			this._name = this._savedState._name;
			this._scriptPath = null;
			this.rawArgs = [];
			this._optionValues = { ...this._savedState._optionValues };
			this._optionValueSources = { ...this._savedState._optionValueSources };
			this.args = [];
			this.processedArgs = [];
		}
		/**
		* Throw if expected executable is missing. Add lots of help for author.
		*
		* @param {string} executableFile
		* @param {string} executableDir
		* @param {string} subcommandName
		*/
		_checkForMissingExecutable(executableFile, executableDir, subcommandName) {
			if (fs.existsSync(executableFile)) return;
			const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDir ? `searched for local subcommand relative to directory '${executableDir}'` : "no directory for search for local subcommand, use .executableDir() to supply a custom directory"}`;
			throw new Error(executableMissing);
		}
		/**
		* Execute a sub-command executable.
		*
		* @private
		*/
		_executeSubCommand(subcommand, args) {
			args = args.slice();
			let launchWithNode = false;
			const sourceExt = [
				".js",
				".ts",
				".tsx",
				".mjs",
				".cjs"
			];
			function findFile(baseDir, baseName) {
				const localBin = path.resolve(baseDir, baseName);
				if (fs.existsSync(localBin)) return localBin;
				if (sourceExt.includes(path.extname(baseName))) return void 0;
				const foundExt = sourceExt.find((ext) => fs.existsSync(`${localBin}${ext}`));
				if (foundExt) return `${localBin}${foundExt}`;
			}
			this._checkForMissingMandatoryOptions();
			this._checkForConflictingOptions();
			let executableFile = subcommand._executableFile || `${this._name}-${subcommand._name}`;
			let executableDir = this._executableDir || "";
			if (this._scriptPath) {
				let resolvedScriptPath;
				try {
					resolvedScriptPath = fs.realpathSync(this._scriptPath);
				} catch {
					resolvedScriptPath = this._scriptPath;
				}
				executableDir = path.resolve(path.dirname(resolvedScriptPath), executableDir);
			}
			if (executableDir) {
				let localFile = findFile(executableDir, executableFile);
				if (!localFile && !subcommand._executableFile && this._scriptPath) {
					const legacyName = path.basename(this._scriptPath, path.extname(this._scriptPath));
					if (legacyName !== this._name) localFile = findFile(executableDir, `${legacyName}-${subcommand._name}`);
				}
				executableFile = localFile || executableFile;
			}
			launchWithNode = sourceExt.includes(path.extname(executableFile));
			let proc;
			if (process.platform !== "win32") {
				if (launchWithNode) {
					args.unshift(executableFile);
					args = incrementNodeInspectorPort(process.execArgv).concat(args);
					proc = childProcess.spawn(process.argv[0], args, { stdio: "inherit" });
				} else proc = childProcess.spawn(executableFile, args, { stdio: "inherit" });
			} else {
				this._checkForMissingExecutable(executableFile, executableDir, subcommand._name);
				args.unshift(executableFile);
				args = incrementNodeInspectorPort(process.execArgv).concat(args);
				proc = childProcess.spawn(process.execPath, args, { stdio: "inherit" });
			}
			if (!proc.killed) [
				"SIGUSR1",
				"SIGUSR2",
				"SIGTERM",
				"SIGINT",
				"SIGHUP"
			].forEach((signal) => {
				process.on(signal, () => {
					if (proc.killed === false && proc.exitCode === null) proc.kill(signal);
				});
			});
			const exitCallback = this._exitCallback;
			proc.on("close", (code) => {
				code = code ?? 1;
				if (!exitCallback) process.exit(code);
				else exitCallback(new CommanderError(code, "commander.executeSubCommandAsync", "(close)"));
			});
			proc.on("error", (err) => {
				if (err.code === "ENOENT") this._checkForMissingExecutable(executableFile, executableDir, subcommand._name);
				else if (err.code === "EACCES") throw new Error(`'${executableFile}' not executable`);
				if (!exitCallback) process.exit(1);
				else {
					const wrappedError = new CommanderError(1, "commander.executeSubCommandAsync", "(error)");
					wrappedError.nestedError = err;
					exitCallback(wrappedError);
				}
			});
			this.runningCommand = proc;
		}
		/**
		* @private
		*/
		_dispatchSubcommand(commandName, operands, unknown) {
			const subCommand = this._findCommand(commandName);
			if (!subCommand) this.help({ error: true });
			subCommand._prepareForParse();
			let promiseChain;
			promiseChain = this._chainOrCallSubCommandHook(promiseChain, subCommand, "preSubcommand");
			promiseChain = this._chainOrCall(promiseChain, () => {
				if (subCommand._executableHandler) this._executeSubCommand(subCommand, operands.concat(unknown));
				else return subCommand._parseCommand(operands, unknown);
			});
			return promiseChain;
		}
		/**
		* Invoke help directly if possible, or dispatch if necessary.
		* e.g. help foo
		*
		* @private
		*/
		_dispatchHelpCommand(subcommandName) {
			if (!subcommandName) this.help();
			const subCommand = this._findCommand(subcommandName);
			if (subCommand && !subCommand._executableHandler) subCommand.help();
			return this._dispatchSubcommand(subcommandName, [], [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? "--help"]);
		}
		/**
		* Check this.args against expected this.registeredArguments.
		*
		* @private
		*/
		_checkNumberOfArguments() {
			this.registeredArguments.forEach((arg, i) => {
				if (arg.required && this.args[i] == null) this.missingArgument(arg.name());
			});
			if (this.registeredArguments.length > 0 && this.registeredArguments[this.registeredArguments.length - 1].variadic) return;
			if (this.args.length > this.registeredArguments.length) this._excessArguments(this.args);
		}
		/**
		* Process this.args using this.registeredArguments and save as this.processedArgs!
		*
		* @private
		*/
		_processArguments() {
			const myParseArg = (argument, value, previous) => {
				let parsedValue = value;
				if (value !== null && argument.parseArg) {
					const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
					parsedValue = this._callParseArg(argument, value, previous, invalidValueMessage);
				}
				return parsedValue;
			};
			this._checkNumberOfArguments();
			const processedArgs = [];
			this.registeredArguments.forEach((declaredArg, index) => {
				let value = declaredArg.defaultValue;
				if (declaredArg.variadic) {
					if (index < this.args.length) {
						value = this.args.slice(index);
						if (declaredArg.parseArg) value = value.reduce((processed, v) => {
							return myParseArg(declaredArg, v, processed);
						}, declaredArg.defaultValue);
					} else if (value === void 0) value = [];
				} else if (index < this.args.length) {
					value = this.args[index];
					if (declaredArg.parseArg) value = myParseArg(declaredArg, value, declaredArg.defaultValue);
				}
				processedArgs[index] = value;
			});
			this.processedArgs = processedArgs;
		}
		/**
		* Once we have a promise we chain, but call synchronously until then.
		*
		* @param {(Promise|undefined)} promise
		* @param {Function} fn
		* @return {(Promise|undefined)}
		* @private
		*/
		_chainOrCall(promise, fn) {
			if (promise?.then && typeof promise.then === "function") return promise.then(() => fn());
			return fn();
		}
		/**
		*
		* @param {(Promise|undefined)} promise
		* @param {string} event
		* @return {(Promise|undefined)}
		* @private
		*/
		_chainOrCallHooks(promise, event) {
			let result = promise;
			const hooks = [];
			this._getCommandAndAncestors().reverse().filter((cmd) => cmd._lifeCycleHooks[event] !== void 0).forEach((hookedCommand) => {
				hookedCommand._lifeCycleHooks[event].forEach((callback) => {
					hooks.push({
						hookedCommand,
						callback
					});
				});
			});
			if (event === "postAction") hooks.reverse();
			hooks.forEach((hookDetail) => {
				result = this._chainOrCall(result, () => {
					return hookDetail.callback(hookDetail.hookedCommand, this);
				});
			});
			return result;
		}
		/**
		*
		* @param {(Promise|undefined)} promise
		* @param {Command} subCommand
		* @param {string} event
		* @return {(Promise|undefined)}
		* @private
		*/
		_chainOrCallSubCommandHook(promise, subCommand, event) {
			let result = promise;
			if (this._lifeCycleHooks[event] !== void 0) this._lifeCycleHooks[event].forEach((hook) => {
				result = this._chainOrCall(result, () => {
					return hook(this, subCommand);
				});
			});
			return result;
		}
		/**
		* Process arguments in context of this command.
		* Returns action result, in case it is a promise.
		*
		* @private
		*/
		_parseCommand(operands, unknown) {
			const parsed = this.parseOptions(unknown);
			this._parseOptionsEnv();
			this._parseOptionsImplied();
			operands = operands.concat(parsed.operands);
			unknown = parsed.unknown;
			this.args = operands.concat(unknown);
			if (operands && this._findCommand(operands[0])) return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
			if (this._getHelpCommand() && operands[0] === this._getHelpCommand().name()) return this._dispatchHelpCommand(operands[1]);
			if (this._defaultCommandName) {
				this._outputHelpIfRequested(unknown);
				return this._dispatchSubcommand(this._defaultCommandName, operands, unknown);
			}
			if (this.commands.length && this.args.length === 0 && !this._actionHandler && !this._defaultCommandName) this.help({ error: true });
			this._outputHelpIfRequested(parsed.unknown);
			this._checkForMissingMandatoryOptions();
			this._checkForConflictingOptions();
			const checkForUnknownOptions = () => {
				if (parsed.unknown.length > 0) this.unknownOption(parsed.unknown[0]);
			};
			const commandEvent = `command:${this.name()}`;
			if (this._actionHandler) {
				checkForUnknownOptions();
				this._processArguments();
				let promiseChain;
				promiseChain = this._chainOrCallHooks(promiseChain, "preAction");
				promiseChain = this._chainOrCall(promiseChain, () => this._actionHandler(this.processedArgs));
				if (this.parent) promiseChain = this._chainOrCall(promiseChain, () => {
					this.parent.emit(commandEvent, operands, unknown);
				});
				promiseChain = this._chainOrCallHooks(promiseChain, "postAction");
				return promiseChain;
			}
			if (this.parent?.listenerCount(commandEvent)) {
				checkForUnknownOptions();
				this._processArguments();
				this.parent.emit(commandEvent, operands, unknown);
			} else if (operands.length) {
				if (this._findCommand("*")) return this._dispatchSubcommand("*", operands, unknown);
				if (this.listenerCount("command:*")) this.emit("command:*", operands, unknown);
				else if (this.commands.length) this.unknownCommand();
				else {
					checkForUnknownOptions();
					this._processArguments();
				}
			} else if (this.commands.length) {
				checkForUnknownOptions();
				this.help({ error: true });
			} else {
				checkForUnknownOptions();
				this._processArguments();
			}
		}
		/**
		* Find matching command.
		*
		* @private
		* @return {Command | undefined}
		*/
		_findCommand(name) {
			if (!name) return void 0;
			return this.commands.find((cmd) => cmd._name === name || cmd._aliases.includes(name));
		}
		/**
		* Return an option matching `arg` if any.
		*
		* @param {string} arg
		* @return {Option}
		* @package
		*/
		_findOption(arg) {
			return this.options.find((option) => option.is(arg));
		}
		/**
		* Display an error message if a mandatory option does not have a value.
		* Called after checking for help flags in leaf subcommand.
		*
		* @private
		*/
		_checkForMissingMandatoryOptions() {
			this._getCommandAndAncestors().forEach((cmd) => {
				cmd.options.forEach((anOption) => {
					if (anOption.mandatory && cmd.getOptionValue(anOption.attributeName()) === void 0) cmd.missingMandatoryOptionValue(anOption);
				});
			});
		}
		/**
		* Display an error message if conflicting options are used together in this.
		*
		* @private
		*/
		_checkForConflictingLocalOptions() {
			const definedNonDefaultOptions = this.options.filter((option) => {
				const optionKey = option.attributeName();
				if (this.getOptionValue(optionKey) === void 0) return false;
				return this.getOptionValueSource(optionKey) !== "default";
			});
			definedNonDefaultOptions.filter((option) => option.conflictsWith.length > 0).forEach((option) => {
				const conflictingAndDefined = definedNonDefaultOptions.find((defined) => option.conflictsWith.includes(defined.attributeName()));
				if (conflictingAndDefined) this._conflictingOption(option, conflictingAndDefined);
			});
		}
		/**
		* Display an error message if conflicting options are used together.
		* Called after checking for help flags in leaf subcommand.
		*
		* @private
		*/
		_checkForConflictingOptions() {
			this._getCommandAndAncestors().forEach((cmd) => {
				cmd._checkForConflictingLocalOptions();
			});
		}
		/**
		* Parse options from `argv` removing known options,
		* and return argv split into operands and unknown arguments.
		*
		* Side effects: modifies command by storing options. Does not reset state if called again.
		*
		* Examples:
		*
		*     argv => operands, unknown
		*     --known kkk op => [op], []
		*     op --known kkk => [op], []
		*     sub --unknown uuu op => [sub], [--unknown uuu op]
		*     sub -- --unknown uuu op => [sub --unknown uuu op], []
		*
		* @param {string[]} args
		* @return {{operands: string[], unknown: string[]}}
		*/
		parseOptions(args) {
			const operands = [];
			const unknown = [];
			let dest = operands;
			function maybeOption(arg) {
				return arg.length > 1 && arg[0] === "-";
			}
			const negativeNumberArg = (arg) => {
				if (!/^-(\d+|\d*\.\d+)(e[+-]?\d+)?$/.test(arg)) return false;
				return !this._getCommandAndAncestors().some((cmd) => cmd.options.map((opt) => opt.short).some((short) => /^-\d$/.test(short)));
			};
			let activeVariadicOption = null;
			let activeGroup = null;
			let i = 0;
			while (i < args.length || activeGroup) {
				const arg = activeGroup ?? args[i++];
				activeGroup = null;
				if (arg === "--") {
					if (dest === unknown) dest.push(arg);
					dest.push(...args.slice(i));
					break;
				}
				if (activeVariadicOption && (!maybeOption(arg) || negativeNumberArg(arg))) {
					this.emit(`option:${activeVariadicOption.name()}`, arg);
					continue;
				}
				activeVariadicOption = null;
				if (maybeOption(arg)) {
					const option = this._findOption(arg);
					if (option) {
						if (option.required) {
							const value = args[i++];
							if (value === void 0) this.optionMissingArgument(option);
							this.emit(`option:${option.name()}`, value);
						} else if (option.optional) {
							let value = null;
							if (i < args.length && (!maybeOption(args[i]) || negativeNumberArg(args[i]))) value = args[i++];
							this.emit(`option:${option.name()}`, value);
						} else this.emit(`option:${option.name()}`);
						activeVariadicOption = option.variadic ? option : null;
						continue;
					}
				}
				if (arg.length > 2 && arg[0] === "-" && arg[1] !== "-") {
					const option = this._findOption(`-${arg[1]}`);
					if (option) {
						if (option.required || option.optional && this._combineFlagAndOptionalValue) this.emit(`option:${option.name()}`, arg.slice(2));
						else {
							this.emit(`option:${option.name()}`);
							activeGroup = `-${arg.slice(2)}`;
						}
						continue;
					}
				}
				if (/^--[^=]+=/.test(arg)) {
					const index = arg.indexOf("=");
					const option = this._findOption(arg.slice(0, index));
					if (option && (option.required || option.optional)) {
						this.emit(`option:${option.name()}`, arg.slice(index + 1));
						continue;
					}
				}
				if (dest === operands && maybeOption(arg) && !(this.commands.length === 0 && negativeNumberArg(arg))) dest = unknown;
				if ((this._enablePositionalOptions || this._passThroughOptions) && operands.length === 0 && unknown.length === 0) {
					if (this._findCommand(arg)) {
						operands.push(arg);
						unknown.push(...args.slice(i));
						break;
					} else if (this._getHelpCommand() && arg === this._getHelpCommand().name()) {
						operands.push(arg, ...args.slice(i));
						break;
					} else if (this._defaultCommandName) {
						unknown.push(arg, ...args.slice(i));
						break;
					}
				}
				if (this._passThroughOptions) {
					dest.push(arg, ...args.slice(i));
					break;
				}
				dest.push(arg);
			}
			return {
				operands,
				unknown
			};
		}
		/**
		* Return an object containing local option values as key-value pairs.
		*
		* @return {object}
		*/
		opts() {
			if (this._storeOptionsAsProperties) {
				const result = {};
				const len = this.options.length;
				for (let i = 0; i < len; i++) {
					const key = this.options[i].attributeName();
					result[key] = key === this._versionOptionName ? this._version : this[key];
				}
				return result;
			}
			return this._optionValues;
		}
		/**
		* Return an object containing merged local and global option values as key-value pairs.
		*
		* @return {object}
		*/
		optsWithGlobals() {
			return this._getCommandAndAncestors().reduce((combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()), {});
		}
		/**
		* Display error message and exit (or call exitOverride).
		*
		* @param {string} message
		* @param {object} [errorOptions]
		* @param {string} [errorOptions.code] - an id string representing the error
		* @param {number} [errorOptions.exitCode] - used with process.exit
		*/
		error(message, errorOptions) {
			this._outputConfiguration.outputError(`${message}\n`, this._outputConfiguration.writeErr);
			if (typeof this._showHelpAfterError === "string") this._outputConfiguration.writeErr(`${this._showHelpAfterError}\n`);
			else if (this._showHelpAfterError) {
				this._outputConfiguration.writeErr("\n");
				this.outputHelp({ error: true });
			}
			const config = errorOptions || {};
			const exitCode = config.exitCode || 1;
			const code = config.code || "commander.error";
			this._exit(exitCode, code, message);
		}
		/**
		* Apply any option related environment variables, if option does
		* not have a value from cli or client code.
		*
		* @private
		*/
		_parseOptionsEnv() {
			this.options.forEach((option) => {
				if (option.envVar && option.envVar in process.env) {
					const optionKey = option.attributeName();
					if (this.getOptionValue(optionKey) === void 0 || [
						"default",
						"config",
						"env"
					].includes(this.getOptionValueSource(optionKey))) {
						if (option.required || option.optional) this.emit(`optionEnv:${option.name()}`, process.env[option.envVar]);
						else this.emit(`optionEnv:${option.name()}`);
					}
				}
			});
		}
		/**
		* Apply any implied option values, if option is undefined or default value.
		*
		* @private
		*/
		_parseOptionsImplied() {
			const dualHelper = new DualOptions(this.options);
			const hasCustomOptionValue = (optionKey) => {
				return this.getOptionValue(optionKey) !== void 0 && !["default", "implied"].includes(this.getOptionValueSource(optionKey));
			};
			this.options.filter((option) => option.implied !== void 0 && hasCustomOptionValue(option.attributeName()) && dualHelper.valueFromOption(this.getOptionValue(option.attributeName()), option)).forEach((option) => {
				Object.keys(option.implied).filter((impliedKey) => !hasCustomOptionValue(impliedKey)).forEach((impliedKey) => {
					this.setOptionValueWithSource(impliedKey, option.implied[impliedKey], "implied");
				});
			});
		}
		/**
		* Argument `name` is missing.
		*
		* @param {string} name
		* @private
		*/
		missingArgument(name) {
			const message = `error: missing required argument '${name}'`;
			this.error(message, { code: "commander.missingArgument" });
		}
		/**
		* `Option` is missing an argument.
		*
		* @param {Option} option
		* @private
		*/
		optionMissingArgument(option) {
			const message = `error: option '${option.flags}' argument missing`;
			this.error(message, { code: "commander.optionMissingArgument" });
		}
		/**
		* `Option` does not have a value, and is a mandatory option.
		*
		* @param {Option} option
		* @private
		*/
		missingMandatoryOptionValue(option) {
			const message = `error: required option '${option.flags}' not specified`;
			this.error(message, { code: "commander.missingMandatoryOptionValue" });
		}
		/**
		* `Option` conflicts with another option.
		*
		* @param {Option} option
		* @param {Option} conflictingOption
		* @private
		*/
		_conflictingOption(option, conflictingOption) {
			const findBestOptionFromValue = (option) => {
				const optionKey = option.attributeName();
				const optionValue = this.getOptionValue(optionKey);
				const negativeOption = this.options.find((target) => target.negate && optionKey === target.attributeName());
				const positiveOption = this.options.find((target) => !target.negate && optionKey === target.attributeName());
				if (negativeOption && (negativeOption.presetArg === void 0 && optionValue === false || negativeOption.presetArg !== void 0 && optionValue === negativeOption.presetArg)) return negativeOption;
				return positiveOption || option;
			};
			const getErrorMessage = (option) => {
				const bestOption = findBestOptionFromValue(option);
				const optionKey = bestOption.attributeName();
				if (this.getOptionValueSource(optionKey) === "env") return `environment variable '${bestOption.envVar}'`;
				return `option '${bestOption.flags}'`;
			};
			const message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
			this.error(message, { code: "commander.conflictingOption" });
		}
		/**
		* Unknown option `flag`.
		*
		* @param {string} flag
		* @private
		*/
		unknownOption(flag) {
			if (this._allowUnknownOption) return;
			let suggestion = "";
			if (flag.startsWith("--") && this._showSuggestionAfterError) {
				let candidateFlags = [];
				let command = this;
				do {
					const moreFlags = command.createHelp().visibleOptions(command).filter((option) => option.long).map((option) => option.long);
					candidateFlags = candidateFlags.concat(moreFlags);
					command = command.parent;
				} while (command && !command._enablePositionalOptions);
				suggestion = suggestSimilar(flag, candidateFlags);
			}
			const message = `error: unknown option '${flag}'${suggestion}`;
			this.error(message, { code: "commander.unknownOption" });
		}
		/**
		* Excess arguments, more than expected.
		*
		* @param {string[]} receivedArgs
		* @private
		*/
		_excessArguments(receivedArgs) {
			if (this._allowExcessArguments) return;
			const expected = this.registeredArguments.length;
			const s = expected === 1 ? "" : "s";
			const message = `error: too many arguments${this.parent ? ` for '${this.name()}'` : ""}. Expected ${expected} argument${s} but got ${receivedArgs.length}.`;
			this.error(message, { code: "commander.excessArguments" });
		}
		/**
		* Unknown command.
		*
		* @private
		*/
		unknownCommand() {
			const unknownName = this.args[0];
			let suggestion = "";
			if (this._showSuggestionAfterError) {
				const candidateNames = [];
				this.createHelp().visibleCommands(this).forEach((command) => {
					candidateNames.push(command.name());
					if (command.alias()) candidateNames.push(command.alias());
				});
				suggestion = suggestSimilar(unknownName, candidateNames);
			}
			const message = `error: unknown command '${unknownName}'${suggestion}`;
			this.error(message, { code: "commander.unknownCommand" });
		}
		/**
		* Get or set the program version.
		*
		* This method auto-registers the "-V, --version" option which will print the version number.
		*
		* You can optionally supply the flags and description to override the defaults.
		*
		* @param {string} [str]
		* @param {string} [flags]
		* @param {string} [description]
		* @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
		*/
		version(str, flags, description) {
			if (str === void 0) return this._version;
			this._version = str;
			flags = flags || "-V, --version";
			description = description || "output the version number";
			const versionOption = this.createOption(flags, description);
			this._versionOptionName = versionOption.attributeName();
			this._registerOption(versionOption);
			this.on("option:" + versionOption.name(), () => {
				this._outputConfiguration.writeOut(`${str}\n`);
				this._exit(0, "commander.version", str);
			});
			return this;
		}
		/**
		* Set the description.
		*
		* @param {string} [str]
		* @param {object} [argsDescription]
		* @return {(string|Command)}
		*/
		description(str, argsDescription) {
			if (str === void 0 && argsDescription === void 0) return this._description;
			this._description = str;
			if (argsDescription) this._argsDescription = argsDescription;
			return this;
		}
		/**
		* Set the summary. Used when listed as subcommand of parent.
		*
		* @param {string} [str]
		* @return {(string|Command)}
		*/
		summary(str) {
			if (str === void 0) return this._summary;
			this._summary = str;
			return this;
		}
		/**
		* Set an alias for the command.
		*
		* You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
		*
		* @param {string} [alias]
		* @return {(string|Command)}
		*/
		alias(alias) {
			if (alias === void 0) return this._aliases[0];
			/** @type {Command} */
			let command = this;
			if (this.commands.length !== 0 && this.commands[this.commands.length - 1]._executableHandler) command = this.commands[this.commands.length - 1];
			if (alias === command._name) throw new Error("Command alias can't be the same as its name");
			const matchingCommand = this.parent?._findCommand(alias);
			if (matchingCommand) {
				const existingCmd = [matchingCommand.name()].concat(matchingCommand.aliases()).join("|");
				throw new Error(`cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`);
			}
			command._aliases.push(alias);
			return this;
		}
		/**
		* Set aliases for the command.
		*
		* Only the first alias is shown in the auto-generated help.
		*
		* @param {string[]} [aliases]
		* @return {(string[]|Command)}
		*/
		aliases(aliases) {
			if (aliases === void 0) return this._aliases;
			aliases.forEach((alias) => this.alias(alias));
			return this;
		}
		/**
		* Set / get the command usage `str`.
		*
		* @param {string} [str]
		* @return {(string|Command)}
		*/
		usage(str) {
			if (str === void 0) {
				if (this._usage) return this._usage;
				const args = this.registeredArguments.map((arg) => {
					return humanReadableArgName(arg);
				});
				return [].concat(this.options.length || this._helpOption !== null ? "[options]" : [], this.commands.length ? "[command]" : [], this.registeredArguments.length ? args : []).join(" ");
			}
			this._usage = str;
			return this;
		}
		/**
		* Get or set the name of the command.
		*
		* @param {string} [str]
		* @return {(string|Command)}
		*/
		name(str) {
			if (str === void 0) return this._name;
			this._name = str;
			return this;
		}
		/**
		* Set/get the help group heading for this subcommand in parent command's help.
		*
		* @param {string} [heading]
		* @return {Command | string}
		*/
		helpGroup(heading) {
			if (heading === void 0) return this._helpGroupHeading ?? "";
			this._helpGroupHeading = heading;
			return this;
		}
		/**
		* Set/get the default help group heading for subcommands added to this command.
		* (This does not override a group set directly on the subcommand using .helpGroup().)
		*
		* @example
		* program.commandsGroup('Development Commands:);
		* program.command('watch')...
		* program.command('lint')...
		* ...
		*
		* @param {string} [heading]
		* @returns {Command | string}
		*/
		commandsGroup(heading) {
			if (heading === void 0) return this._defaultCommandGroup ?? "";
			this._defaultCommandGroup = heading;
			return this;
		}
		/**
		* Set/get the default help group heading for options added to this command.
		* (This does not override a group set directly on the option using .helpGroup().)
		*
		* @example
		* program
		*   .optionsGroup('Development Options:')
		*   .option('-d, --debug', 'output extra debugging')
		*   .option('-p, --profile', 'output profiling information')
		*
		* @param {string} [heading]
		* @returns {Command | string}
		*/
		optionsGroup(heading) {
			if (heading === void 0) return this._defaultOptionGroup ?? "";
			this._defaultOptionGroup = heading;
			return this;
		}
		/**
		* @param {Option} option
		* @private
		*/
		_initOptionGroup(option) {
			if (this._defaultOptionGroup && !option.helpGroupHeading) option.helpGroup(this._defaultOptionGroup);
		}
		/**
		* @param {Command} cmd
		* @private
		*/
		_initCommandGroup(cmd) {
			if (this._defaultCommandGroup && !cmd.helpGroup()) cmd.helpGroup(this._defaultCommandGroup);
		}
		/**
		* Set the name of the command from script filename, such as process.argv[1],
		* or require.main.filename, or __filename.
		*
		* (Used internally and public although not documented in README.)
		*
		* @example
		* program.nameFromFilename(require.main.filename);
		*
		* @param {string} filename
		* @return {Command}
		*/
		nameFromFilename(filename) {
			this._name = path.basename(filename, path.extname(filename));
			return this;
		}
		/**
		* Get or set the directory for searching for executable subcommands of this command.
		*
		* @example
		* program.executableDir(__dirname);
		* // or
		* program.executableDir('subcommands');
		*
		* @param {string} [path]
		* @return {(string|null|Command)}
		*/
		executableDir(path) {
			if (path === void 0) return this._executableDir;
			this._executableDir = path;
			return this;
		}
		/**
		* Return program help documentation.
		*
		* @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
		* @return {string}
		*/
		helpInformation(contextOptions) {
			const helper = this.createHelp();
			const context = this._getOutputContext(contextOptions);
			helper.prepareContext({
				error: context.error,
				helpWidth: context.helpWidth,
				outputHasColors: context.hasColors
			});
			const text = helper.formatHelp(this, helper);
			if (context.hasColors) return text;
			return this._outputConfiguration.stripColor(text);
		}
		/**
		* @typedef HelpContext
		* @type {object}
		* @property {boolean} error
		* @property {number} helpWidth
		* @property {boolean} hasColors
		* @property {function} write - includes stripColor if needed
		*
		* @returns {HelpContext}
		* @private
		*/
		_getOutputContext(contextOptions) {
			contextOptions = contextOptions || {};
			const error = !!contextOptions.error;
			let baseWrite;
			let hasColors;
			let helpWidth;
			if (error) {
				baseWrite = (str) => this._outputConfiguration.writeErr(str);
				hasColors = this._outputConfiguration.getErrHasColors();
				helpWidth = this._outputConfiguration.getErrHelpWidth();
			} else {
				baseWrite = (str) => this._outputConfiguration.writeOut(str);
				hasColors = this._outputConfiguration.getOutHasColors();
				helpWidth = this._outputConfiguration.getOutHelpWidth();
			}
			const write = (str) => {
				if (!hasColors) str = this._outputConfiguration.stripColor(str);
				return baseWrite(str);
			};
			return {
				error,
				write,
				hasColors,
				helpWidth
			};
		}
		/**
		* Output help information for this command.
		*
		* Outputs built-in help, and custom text added using `.addHelpText()`.
		*
		* @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
		*/
		outputHelp(contextOptions) {
			let deprecatedCallback;
			if (typeof contextOptions === "function") {
				deprecatedCallback = contextOptions;
				contextOptions = void 0;
			}
			const outputContext = this._getOutputContext(contextOptions);
			/** @type {HelpTextEventContext} */
			const eventContext = {
				error: outputContext.error,
				write: outputContext.write,
				command: this
			};
			this._getCommandAndAncestors().reverse().forEach((command) => command.emit("beforeAllHelp", eventContext));
			this.emit("beforeHelp", eventContext);
			let helpInformation = this.helpInformation({ error: outputContext.error });
			if (deprecatedCallback) {
				helpInformation = deprecatedCallback(helpInformation);
				if (typeof helpInformation !== "string" && !Buffer.isBuffer(helpInformation)) throw new Error("outputHelp callback must return a string or a Buffer");
			}
			outputContext.write(helpInformation);
			if (this._getHelpOption()?.long) this.emit(this._getHelpOption().long);
			this.emit("afterHelp", eventContext);
			this._getCommandAndAncestors().forEach((command) => command.emit("afterAllHelp", eventContext));
		}
		/**
		* You can pass in flags and a description to customise the built-in help option.
		* Pass in false to disable the built-in help option.
		*
		* @example
		* program.helpOption('-?, --help' 'show help'); // customise
		* program.helpOption(false); // disable
		*
		* @param {(string | boolean)} flags
		* @param {string} [description]
		* @return {Command} `this` command for chaining
		*/
		helpOption(flags, description) {
			if (typeof flags === "boolean") {
				if (flags) {
					if (this._helpOption === null) this._helpOption = void 0;
					if (this._defaultOptionGroup) this._initOptionGroup(this._getHelpOption());
				} else this._helpOption = null;
				return this;
			}
			this._helpOption = this.createOption(flags ?? "-h, --help", description ?? "display help for command");
			if (flags || description) this._initOptionGroup(this._helpOption);
			return this;
		}
		/**
		* Lazy create help option.
		* Returns null if has been disabled with .helpOption(false).
		*
		* @returns {(Option | null)} the help option
		* @package
		*/
		_getHelpOption() {
			if (this._helpOption === void 0) this.helpOption(void 0, void 0);
			return this._helpOption;
		}
		/**
		* Supply your own option to use for the built-in help option.
		* This is an alternative to using helpOption() to customise the flags and description etc.
		*
		* @param {Option} option
		* @return {Command} `this` command for chaining
		*/
		addHelpOption(option) {
			this._helpOption = option;
			this._initOptionGroup(option);
			return this;
		}
		/**
		* Output help information and exit.
		*
		* Outputs built-in help, and custom text added using `.addHelpText()`.
		*
		* @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
		*/
		help(contextOptions) {
			this.outputHelp(contextOptions);
			let exitCode = Number(process.exitCode ?? 0);
			if (exitCode === 0 && contextOptions && typeof contextOptions !== "function" && contextOptions.error) exitCode = 1;
			this._exit(exitCode, "commander.help", "(outputHelp)");
		}
		/**
		* // Do a little typing to coordinate emit and listener for the help text events.
		* @typedef HelpTextEventContext
		* @type {object}
		* @property {boolean} error
		* @property {Command} command
		* @property {function} write
		*/
		/**
		* Add additional text to be displayed with the built-in help.
		*
		* Position is 'before' or 'after' to affect just this command,
		* and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
		*
		* @param {string} position - before or after built-in help
		* @param {(string | Function)} text - string to add, or a function returning a string
		* @return {Command} `this` command for chaining
		*/
		addHelpText(position, text) {
			const allowedValues = [
				"beforeAll",
				"before",
				"after",
				"afterAll"
			];
			if (!allowedValues.includes(position)) throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
			const helpEvent = `${position}Help`;
			this.on(helpEvent, (context) => {
				let helpStr;
				if (typeof text === "function") helpStr = text({
					error: context.error,
					command: context.command
				});
				else helpStr = text;
				if (helpStr) context.write(`${helpStr}\n`);
			});
			return this;
		}
		/**
		* Output help information if help flags specified
		*
		* @param {Array} args - array of options to search for help flags
		* @private
		*/
		_outputHelpIfRequested(args) {
			const helpOption = this._getHelpOption();
			if (helpOption && args.find((arg) => helpOption.is(arg))) {
				this.outputHelp();
				this._exit(0, "commander.helpDisplayed", "(outputHelp)");
			}
		}
	};
	/**
	* Scan arguments and increment port number for inspect calls (to avoid conflicts when spawning new command).
	*
	* @param {string[]} args - array of arguments from node.execArgv
	* @returns {string[]}
	* @private
	*/
	function incrementNodeInspectorPort(args) {
		return args.map((arg) => {
			if (!arg.startsWith("--inspect")) return arg;
			let debugOption;
			let debugHost = "127.0.0.1";
			let debugPort = "9229";
			let match;
			if ((match = arg.match(/^(--inspect(-brk)?)$/)) !== null) debugOption = match[1];
			else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+)$/)) !== null) {
				debugOption = match[1];
				if (/^\d+$/.test(match[3])) debugPort = match[3];
				else debugHost = match[3];
			} else if ((match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+):(\d+)$/)) !== null) {
				debugOption = match[1];
				debugHost = match[3];
				debugPort = match[4];
			}
			if (debugOption && debugPort !== "0") return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
			return arg;
		});
	}
	/**
	* @returns {boolean | undefined}
	* @package
	*/
	function useColor() {
		if (process.env.NO_COLOR || process.env.FORCE_COLOR === "0" || process.env.FORCE_COLOR === "false") return false;
		if (process.env.FORCE_COLOR || process.env.CLICOLOR_FORCE !== void 0) return true;
	}
	exports.Command = Command;
	exports.useColor = useColor;
}));

// node_modules/commander/index.js
var require_commander = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { Argument } = require_argument();
	const { Command } = require_command();
	const { CommanderError, InvalidArgumentError } = require_error();
	const { Help } = require_help();
	const { Option } = require_option();
	exports.program = new Command();
	exports.createCommand = (name) => new Command(name);
	exports.createOption = (flags, description) => new Option(flags, description);
	exports.createArgument = (name, description) => new Argument(name, description);
	/**
	* Expose classes
	*/
	exports.Command = Command;
	exports.Option = Option;
	exports.Argument = Argument;
	exports.Help = Help;
	exports.CommanderError = CommanderError;
	exports.InvalidArgumentError = InvalidArgumentError;
	exports.InvalidOptionArgumentError = InvalidArgumentError;
}));

// node_modules/commander/esm.mjs
var import_commander = /* @__PURE__ */ __toESM(require_commander(), 1);
const { program, createCommand, createArgument, createOption, CommanderError, InvalidArgumentError, InvalidOptionArgumentError, Command, Argument, Option, Help } = import_commander.default;

// core/report/local-comparison.ts
const names = { challenger: "challenger" };
/** The same report as on a pull request, for a terminal. */
function renderLocalComparison(local) {
	const findings = findingSections(local.findings, (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) });
	const blocks = [
		{
			kind: "heading",
			level: 3,
			text: headlineOf(local)
		},
		...filesOf(local),
		...findings.flatMap((section) => section.blocks),
		...sectionsOf(local),
		...local.notes.map((note) => paragraph({ prose: note }))
	];
	return renderText(blocks, { width: 100 });
}
/** Without gates the table of gates has no row: the metrics are what was asked for. */
const sectionsOf = ({ comparison, verdict }) => comparisonSections(comparison, names).filter(({ name }) => name !== "ROC curve" && !(verdict === "no gates" && name === "gates")).flatMap(({ blocks }) => blocks);
const filesOf = ({ challenger, champion, labels, rows }) => [{
	kind: "list",
	items: [
		["Challenger (B): ", { code: challenger }],
		["Champion (A): ", { code: champion }],
		[
			"Labels: ",
			{ code: labels },
			`, ${counted(rows, "row")}`
		]
	]
}];
function headlineOf({ verdict, comparison, rows }) {
	if (verdict === "no gates") return ["⚪ No gates: ", tallyOf(comparison.metrics)];
	const judged = {
		model: "challenger",
		version: null,
		verdict,
		heldOut: { rows }
	};
	return [`${verdictWords[verdict]}: `, ...judgementText({
		...judged,
		comparisons: [{ gates: comparison.outcomes }]
	})];
}
function tallyOf(metrics) {
	const words = metrics.filter(({ slice }) => slice === null).map(directionOf);
	const count = (part) => words.filter((word) => word.includes(part)).length;
	return `of ${counted(words.length, "metric")} the challenger is better in ${count("better")}, worse in ${count("worse")}; the rest may be chance`;
}
/** The same as one HTML page. */
function renderLocalPage(local) {
	const { challenger, champion, labels, verdict, rows, comparison, findings, notes } = local;
	const files = [
		["Challenger (B)", challenger],
		["Champion (A)", champion],
		["Labels", labels]
	];
	return renderPage({
		verdict: verdict === "no gates" ? "not evaluated" : verdict,
		headline: headlineOf(local),
		challenger: "challenger",
		rows,
		findings,
		comparisons: [comparison],
		training: [],
		origin: renderTable({
			kind: "table",
			head: ["What", "File"],
			rows: files.map(([what, file]) => [[what], [{ code: file }]])
		}),
		footer: ["Compared on this machine from two prediction files: nobody else vouches for it. ", ...notes.map((note) => `${note} `)]
	});
}
/** The same for programs. */
function toLocalJson(local) {
	const { comparison, ...rest } = local;
	return {
		...rest,
		metrics: comparison.metrics,
		gates: comparison.outcomes
	};
}

// cli/compare-model.ts
/** Where no policy says anything else. */
const fewestRows = 100;
/**
* Reads the model that two prediction files are about.
* @param features whether held-out features were named: slices and groups are cut by them
* @throws InputError COMPARE_MODEL, COMPARE_OPTION, CONFIG_INVALID
*/
async function readLocalModel(cwd, options, features) {
	const read = options.model === void 0 ? fromOptions(options) : await fromFile(cwd, options.model);
	const columns = {
		...read.config.heldOut,
		...options.key === void 0 ? {} : { key: options.key },
		labels: {
			...read.config.heldOut.labels,
			...options.label === void 0 ? {} : { column: options.label }
		}
	};
	const { behaviour: _cases, explain: _importance, productionLike: _spoiled, ...rest } = read.config;
	const config = {
		...rest,
		heldOut: columns
	};
	const asked = [...read.gates, ...gateOf(options, config.task)];
	const left = asked.flatMap((gate) => {
		const because = whyNotHere(gate, features);
		return because === null ? [] : [{
			gate,
			because
		}];
	});
	return {
		config,
		gates: asked.filter((gate) => left.every((each) => each.gate !== gate)),
		minimumRows: read.minimumRows,
		notes: left.map(({ gate, because }) => `Not judged here: the gate on ${gate.metric} ${because}.`)
	};
}
async function fromFile(cwd, path) {
	const local = resolve(cwd, path).replaceAll("\\", "/");
	const at = local.lastIndexOf("/models/");
	const model = at === -1 ? null : modelOfFile(local.slice(at + 1));
	if (model === null) throw new InputError("COMPARE_MODEL", `${path} is no models/<model>/model.yml`, { hint: "Name the model.yml where it lies in the repository, for example models/churn/model.yml." });
	const config = parseModelConfig(await readFile(local, "utf8").catch(missing(path)), path, model);
	const policy = await readFile(resolve(local.slice(0, at), policyPath), "utf8").catch(() => null);
	if (policy === null) return {
		config,
		gates: config.gates,
		minimumRows: fewestRows
	};
	const { defaults } = parsePolicy(policy, policyPath);
	return {
		config,
		gates: applicableGates(config, defaults),
		minimumRows: defaults.minimumRows
	};
}
/** A file that a person named. @throws InputError FILE_MISSING */
const missing = (path) => (cause) => {
	throw new InputError("FILE_MISSING", `${path} cannot be read`, {
		hint: "Name a file that lies on this machine.",
		where: { file: path },
		cause
	});
};
function fromOptions({ task = tasks[0], key = "key", label = "label" }) {
	const known = tasks.find((each) => each === task);
	if (known === void 0) throw new InputError("COMPARE_OPTION", `There is no task "${task}"`, { hint: `Name one of ${tasks.join(", ")}.` });
	const unknown = "unknown";
	return {
		config: {
			version: 1,
			model: "model",
			task: known,
			description: unknown,
			owners: {
				users: [],
				teams: []
			},
			risk: "limited",
			limitations: unknown,
			datasets: [],
			paths: [],
			train: {
				command: unknown,
				artifact: unknown
			},
			predict: {
				command: unknown,
				timeoutMinutes: 1
			},
			heldOut: {
				features: unknown,
				key,
				labels: {
					url: unknown,
					audience: unknown,
					sha256: "0".repeat(64),
					column: label
				}
			},
			gates: [],
			endpoints: [],
			featureVersion: unknown,
			servingImage: unknown,
			fallback: unknown
		},
		gates: [],
		minimumRows: fewestRows
	};
}
const usual = {
	"binary-classification": "auc",
	"multiclass-classification": "accuracy",
	regression: "mae",
	ranking: "mrr",
	"scored-examples": null
};
/** `--metric` and `--margin` are a gate of their own: not worse than the champion by more than that. */
function gateOf({ metric, margin }, task) {
	if (metric === void 0 && margin === void 0) return [];
	const name = metric ?? usual[task];
	if (name === null || checkMetricName(name, { task }) !== null) throw new InputError("COMPARE_OPTION", `A model of ${task} has no metric "${name ?? ""}"`, { hint: `Name one with --metric, for example ${usual[task] ?? "score:<column>"}.` });
	return [{
		metric: name,
		versus: "not-worse",
		margin: margin ?? 0
	}];
}
function whyNotHere(gate, features) {
	if (isMeasured(gate.metric) || isServing(gate.metric)) return "is measured by running the model";
	if (gate.set !== void 0 || gate.drop !== void 0) return "needs predictions on production-like rows";
	return (gate.slice !== void 0 || gate.slices !== void 0 || isFairness(gate.metric)) && !features ? "needs the held-out features: name them with --features" : null;
}

// cli/compare-files.ts
/**
* Compares two prediction files on the same labels, by the code that judges pull requests.
* @throws InputError FILE_MISSING, LABELS_INVALID, PREDICTIONS_INVALID, FEATURES_INVALID
*/
async function compareFiles(cwd, files, { config, gates, minimumRows, notes }) {
	const read = (path) => readFile(resolve(cwd, path)).catch(missing(path));
	const truth = readTruth(await read(files.labels), truthColumnsOf(config), config.task);
	const features = files.features === null ? null : await read(files.features);
	const rows = readHeldOutRows(truth, features, config, gates);
	const findings = [];
	const score = async (path) => {
		const input = {
			files: {
				predictions: await read(path),
				sets: /* @__PURE__ */ new Map()
			},
			who: path
		};
		const scored = readScoredModel({
			...input,
			config,
			keys: truth.keys,
			sets: [],
			validation: null
		});
		if (scored.model === null) throw refuse$1(path, scored.findings);
		findings.push(...scored.findings);
		return scored.model;
	};
	const champion = await score(files.champion);
	const challenger = await score(files.challenger);
	const plan = planHeldOutComparison({
		config,
		gates,
		minimumRows,
		against: "unnumbered",
		rows,
		challenger,
		champion,
		attributions: null,
		measured: []
	});
	const compared = await Promise.all(plan.compare.map((part) => compareInThreads(part)));
	const { comparison, findings: more } = finishHeldOutComparison(plan, compared);
	findings.push(...more);
	const { gates: outcomes, metrics, ...rest } = comparison;
	return {
		verdict: gates.length === 0 ? "no gates" : judgementVerdict([comparison], findings),
		challenger: files.challenger,
		champion: files.champion,
		labels: files.labels,
		rows: truth.keys.length,
		comparison: {
			...rest,
			outcomes,
			against: null,
			champion: "champion",
			endpoints: [],
			metrics: metrics.map((metric) => ({
				...metric,
				grade: "measured"
			}))
		},
		findings,
		notes
	};
}
/** Each finding says its own fix. */
function refuse$1(path, findings) {
	const [first, ...rest] = findings;
	return new InputError("PREDICTIONS_INVALID", `${path} cannot be compared`, {
		hint: first?.fix ?? "Write one prediction for every held-out row.",
		...first === void 0 ? {} : { findings: [first, ...rest] }
	});
}

// cli/commands/compare.ts
/** `gatehouse compare A B`: the judge's comparison of two prediction files, on a laptop. Needs no network. */
const compareCommand = (program, context) => {
	program.command("compare").description("Compares two models on the same rows: is challenger B better than champion A, or worse?").argument("[a]", "predictions of the champion, CSV or JSON Lines").argument("[b]", "predictions of the challenger").option("--champion <file>", "the same as A").option("--challenger <file>", "the same as B").requiredOption("--labels <file>", "what is true of the rows: key and label").option("--features <file>", "features of the rows, for slices and groups").option("--model <file>", "models/<model>/model.yml: task, columns, slices and gates").option("--task <task>", "what the models do (default: binary-classification, or as model.yml says)").option("--key <column>", "key of the labels (default: key, or as model.yml says)").option("--label <column>", "column of the labels (default: label, or as model.yml says)").option("--metric <name>", "a gate: this metric may not be worse than the champion").option("--margin <number>", "by more than this (default: 0)", margin).option("--html <file>", "also write the report as one HTML page").option("--json", "print JSON").action((a, b, options) => context.run(async () => {
		const champion = one("champion", "A", a, options.champion);
		const challenger = one("challenger", "B", b, options.challenger);
		const features = options.features ?? null;
		const model = await readLocalModel(context.cwd, options, features !== null);
		const files = {
			champion,
			challenger,
			labels: options.labels,
			features
		};
		const compared = await compareFiles(context.cwd, files, model);
		if (options.html !== void 0) await writeFile(resolve(context.cwd, options.html), renderLocalPage(compared));
		context.print(options.json === true ? JSON.stringify(toLocalJson(compared), null, 2) : renderLocalComparison(compared));
		return exitCodeOf$2(compared);
	}));
};
/** What is not decided is no pass. */
const exitCodeOf$2 = ({ verdict }) => verdict === "pass" || verdict === "no gates" ? 0 : 1;
function one(name, place, argument, option) {
	const given = [argument, option].filter((path) => path !== void 0);
	const [path] = given;
	if (path !== void 0 && given.length === 1) return path;
	throw new InputError("COMPARE_FILES", given.length === 0 ? `No predictions of the ${name} are named` : `The ${name} is named twice`, { hint: `Name it once, as ${place} or with --${name}: gatehouse compare champion.csv challenger.csv` });
}
function margin(text) {
	const value = Number(text);
	if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
	throw new InvalidArgumentError("it has to be a number from 0 up, in units of the metric.");
}

// core/dataset/infer-type.ts
/** Narrowest first. 1 and 0 are numbers: only words are taken for booleans. */
const order = [
	"boolean",
	"integer",
	"number",
	"timestamp"
];
/**
* Which types all values of a column could have, from its profile as text.
* @returns best first, `text` last; the first one is certain when every value is kept, else the engine has to say
* whether a cell is unreadable
*/
function guessTypes(asText) {
	const { distribution, min, max } = asText;
	const seen = distribution.kind === "values" ? distribution.values.map(([value]) => value) : [min, max].flatMap((value) => value ?? []);
	if (seen.length === 0) return ["text"];
	return [...order.filter((type) => seen.every((value) => isOf(type, value))), "text"];
}
function isOf(type, value) {
	if (type === "boolean") return /^(?:true|false)$/i.test(value);
	if (/^[+-]?0[0-9]/.test(value) && type !== "timestamp") return false;
	return toValueText(type, value) !== null;
}

// adapters/dataset/profile-files.ts
/**
* Profiles files without the rules of a contract.
*
* Types are found in passes: all columns as text, then by the narrowest type that fits what was seen; a column with a
* cell that is no value of it goes to its next type. Text takes everything, so this ends.
* @returns the profile in file order, private columns whole: it stays on this machine
* @throws InputError DATA_UNREADABLE; ServiceError ENGINE_FAILED
*/
async function profileFiles(engine, files, types = "find", onProgress) {
	const run = async (columns, distinct) => {
		return requireProfile(await engine.profile(toPlan(columns, distinct), files, onProgress ? { onProgress } : {}));
	};
	const headers = requireHeaders(await engine.profile(toPlan(/* @__PURE__ */ new Map(), []), files));
	if (types !== "find") {
		const known = headers.filter((name) => types.has(name));
		return run(new Map(known.map((name) => [name, types.get(name) ?? "text"])), []);
	}
	const asText = await run(new Map(headers.map((name) => [name, "text"])), []);
	let left = new Map(asText.columns.map((column) => [column.name, candidatesOf(column)]));
	for (;;) {
		const now = new Map([...left].map(([name, [type]]) => [name, type ?? refuseColumn(name)]));
		const profile = await run(now, [...now].filter(([, type]) => type === "integer" || type === "text").map(([name]) => name));
		const wrong = new Set(profile.columns.filter(({ unreadable }) => unreadable > 0).map(({ name }) => name));
		if (wrong.size === 0) return profile;
		left = new Map([...left].map(([name, types]) => [name, wrong.has(name) ? types.slice(1) : types]));
	}
}
/** Files with types of their own (Parquet) have columns that are no text at all. */
function candidatesOf(asText) {
	return asText.unreadable > 0 ? [
		"integer",
		"number",
		"timestamp",
		"boolean"
	] : guessTypes(asText);
}
function refuseColumn(name) {
	throw new InputError("DATA_UNREADABLE", `the cells of the column "${name}" are of no one type that a contract knows`, { hint: "Write all of them as whole numbers, numbers, texts, timestamps or booleans: in JSON lines 1776 is a number and \"1776\" a text. Lists and structures are not checked." });
}
/** Every cell is read as it is: no rule, no example. */
function toPlan(columns, distinct) {
	return {
		columns: [...columns].map(([column, type]) => ({
			column,
			type,
			showValues: true
		})),
		rules: [],
		examples: 0,
		distinct
	};
}
function requireHeaders({ files, problems }) {
	const [first, ...others] = files;
	const [problem] = problems;
	if (problem !== void 0 || first === void 0) throw unreadable(problem);
	const names = [...new Set(first.columns)];
	const odd = others.find(({ columns }) => names.some((name) => !columns.includes(name)));
	if (odd === void 0 && names.length === first.columns.length) return names;
	const because = odd === void 0 ? "its header names a column twice" : `it lacks a column that ${first.path} has`;
	throw unreadable({
		path: (odd ?? first).path,
		line: 1,
		because
	});
}
function requireProfile({ profile, problems }) {
	if (profile !== null) return profile;
	throw unreadable(problems[0]);
}
function unreadable(problem) {
	const { path, line, because } = problem ?? {
		path: "the data",
		line: null,
		because: "nothing was measured"
	};
	const at = line === null ? "" : ` at line ${line}`;
	return new InputError("DATA_UNREADABLE", `${path} cannot be read${at}: ${because}`, {
		hint: "Name whole tables with one header: CSV, JSON Lines or Parquet.",
		where: {
			file: path,
			...line === null ? {} : { line }
		}
	});
}

// core/config/yaml-write.ts
var import_dist = require_dist();
/** Plain in every YAML that reads it: begins with a letter, and no later reader makes a number or a switch of it. */
const plain$1 = /^[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;
const word = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Writes a value in one line, so that it fits between braces as well as after a key. */
function writeYaml(value) {
	if (typeof value === "string") return plain$1.test(value) && !word.test(value) ? value : quote(value);
	if (Object.is(value, -0)) return "-0.0";
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	if (isList(value)) return `[${value.map(writeYaml).join(", ")}]`;
	return `{ ${Object.entries(value).map(([key, item]) => `${writeYaml(key)}: ${writeYaml(item)}`).join(", ")} }`;
}
const isList = (value) => Array.isArray(value);
/** JSON is YAML, except for what YAML does not print: it stays escaped. */
function quote(text) {
	return JSON.stringify(text.toWellFormed()).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

// core/config/yaml-edit.ts
/**
* Changes one value of a YAML text and leaves every other byte as it stands: comments, quotes, order, line ends.
* The answer is read again and compared with what was wanted.
* @throws InputError YAML_EDIT when the place has a form that this cannot change without touching more
*/
function editYaml(text, edit) {
	const mark = text.startsWith("﻿") ? "﻿" : "";
	const body = text.slice(mark.length);
	const splice = spliceOf(body, (0, import_dist.parseDocument)(body, {
		schema: "core",
		uniqueKeys: false
	}).contents, edit);
	const edited = `${body.slice(0, splice.start)}${splice.text}${body.slice(splice.end)}`;
	if (!isWanted(body, edited, edit)) throw refuse(edit);
	return `${mark}${edited}`;
}
function spliceOf(text, root, edit) {
	const { found, rest, pair } = walk(root, edit.path);
	if (edit.kind === "rename") {
		if (rest.length > 0 || pair === null || !(0, import_dist.isScalar)(pair.key)) throw refuse(edit);
		return replace(pair.key, writeYaml(edit.to), edit);
	}
	if (edit.kind === "set") return setAt(text, found, pair, rest, edit.value, edit);
	if (rest.length > 0 || !(0, import_dist.isSeq)(found)) return setAt(text, found, pair, rest, edit.values, edit);
	return appendTo(text, found, edit.values.map(writeYaml), edit);
}
function walk(root, path) {
	let place = {
		found: root,
		pair: null,
		rest: path
	};
	for (const [at, part] of path.entries()) {
		const { found } = place;
		const pair = (0, import_dist.isMap)(found) ? found.items.find((item) => keyText(item) === String(part)) : void 0;
		const item = (0, import_dist.isSeq)(found) ? itemOf(found, part) : void 0;
		if (pair === void 0 && item === void 0) break;
		place = {
			found: pair === void 0 ? item : pair.value,
			pair: pair ?? null,
			rest: path.slice(at + 1)
		};
	}
	return place;
}
const itemOf = (list, part) => typeof part === "number" ? list.items[part] : list.items.find((entry) => (0, import_dist.isMap)(entry) && entry.get("name") === part);
function setAt(text, found, pair, rest, value, edit) {
	const [key, ...below] = rest;
	if (key === void 0) return replaceValue(text, found, pair, writeYaml(value), edit);
	if (below.some((part) => typeof part === "number") || typeof key === "number") throw refuse(edit);
	const nested = below.reduceRight((inner, part) => ({ [part]: inner }), value);
	if ((0, import_dist.isMap)(found)) return insertPair(text, found, `${writeYaml(key)}: ${writeYaml(nested)}`, edit);
	if (!(found === null || (0, import_dist.isScalar)(found) && found.value === null) || pair === null) throw refuse(edit);
	return replaceValue(text, found, pair, writeYaml({ [key]: nested }), edit);
}
function replaceValue(text, found, pair, written, edit) {
	const [start, end] = rangeOf(found);
	if (start < end) return replace(found, written, edit);
	const key = rangeOf(pair?.key)[1];
	const colon = text.indexOf(":", key);
	if (pair === null || colon < 0 || text.slice(key, colon).trim() !== "") throw refuse(edit);
	return {
		start: colon + 1,
		end: colon + 1,
		text: ` ${written}`
	};
}
function replace(node, written, edit) {
	const [start, end] = rangeOf(node);
	const block = (0, import_dist.isScalar)(node) && (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL");
	const open = ((0, import_dist.isMap)(node) || (0, import_dist.isSeq)(node)) && node.flow !== true;
	if (block || open || start >= end) throw refuse(edit);
	return {
		start,
		end,
		text: written
	};
}
function insertPair(text, map, written, edit) {
	const last = map.items.at(-1);
	if (map.flow === true) return insertFlow(text, map, last === void 0 ? null : endOf(last), written, "{ ", " }");
	const first = map.items[0];
	if (first === void 0 || last === void 0) throw refuse(edit);
	return insertLine(text, rangeOf(first.key)[0], endOf(last), written);
}
function appendTo(text, list, written, edit) {
	const last = list.items.at(-1);
	if (list.flow === true) return insertFlow(text, list, last === void 0 ? null : endOf(last), written.join(", "), "[", "]");
	if (last === void 0) throw refuse(edit);
	const dash = rangeOf(list)[0];
	if (text[dash] !== "-") throw refuse(edit);
	const [first = "", ...others] = written.map((item) => `- ${item}`);
	const splice = insertLine(text, dash, endOf(last), first);
	const lead = splice.text.slice(0, splice.text.indexOf("-"));
	const line = lead.startsWith("\n") || lead.startsWith("\r") ? lead : `${newlineOf(text)}${lead}`;
	const tail = others.map((item) => `${line}${item}`).join("");
	const body = splice.text.slice(0, splice.text.length - (splice.text.endsWith("\n") ? newlineOf(text).length : 0));
	return {
		...splice,
		text: `${body}${tail}${splice.text.slice(body.length)}`
	};
}
function insertFlow(text, node, end, written, open, close) {
	if (end !== null) return {
		start: end,
		end,
		text: `, ${written}`
	};
	const [from, to] = rangeOf(node);
	if (text.slice(from + 1, to - 1).trim() !== "") return {
		start: from + 1,
		end: from + 1,
		text: ` ${written}`
	};
	return {
		start: from,
		end: to,
		text: `${open}${written}${close}`
	};
}
/** Puts a line below the line on which something ends, as far in as something else begins. */
function insertLine(text, begin, end, written) {
	const indent = " ".repeat(begin - (text.lastIndexOf("\n", begin - 1) + 1));
	if (end > 0 && text[end - 1] === "\n") return {
		start: end,
		end,
		text: `${indent}${written}${newlineOf(text)}`
	};
	const at = end + (/\r?\n|$/.exec(text.slice(end))?.index ?? 0);
	return {
		start: at,
		end: at,
		text: `${newlineOf(text)}${indent}${written}`
	};
}
const newlineOf = (text) => /\r\n/.test(text) ? "\r\n" : "\n";
/** Where the last thing that was written of a node ends. */
function endOf(node) {
	if ((0, import_dist.isMap)(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
	if ((0, import_dist.isSeq)(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
	if ((0, import_dist.isNode)(node)) return rangeOf(node)[1];
	const { key, value } = node;
	const [start, end] = rangeOf(value);
	return start < end ? endOf(value) : rangeOf(key)[1] + 1;
}
function rangeOf(node) {
	const range = (0, import_dist.isNode)(node) ? node.range : null;
	return range ? [range[0], range[1]] : [0, 0];
}
/** Both readers of this project have to see exactly the change that was asked for. */
function isWanted(before, after, edit) {
	try {
		const options = {
			schema: CORE_SCHEMA,
			maxAliases: 0
		};
		const wanted = applyEdit(load(before, options), edit);
		const document = (0, import_dist.parseDocument)(after, { schema: "core" });
		return document.errors.length === 0 && sameValue(load(after, options), wanted) && sameValue(document.toJS(), wanted);
	} catch {
		return false;
	}
}
function applyEdit(value, edit, at = 0) {
	const part = edit.path[at];
	if (part === void 0) {
		if (edit.kind === "set") return edit.value;
		return edit.kind === "append" ? [...value ?? [], ...edit.values] : value;
	}
	if (Array.isArray(value)) {
		const index = typeof part === "number" ? part : value.findIndex((item) => item?.name === part);
		return value.map((item, each) => each === index ? applyEdit(item, edit, at + 1) : item);
	}
	const entries = Object.entries(value ?? {});
	if (edit.kind === "rename" && at === edit.path.length - 1) return Object.fromEntries(entries.map(([key, item]) => [key === part ? edit.to : key, item]));
	const all = entries.some(([key]) => key === String(part)) ? entries : [...entries, [String(part), void 0]];
	return Object.fromEntries(all.map(([key, item]) => [key, key === String(part) ? applyEdit(item, edit, at + 1) : item]));
}
function refuse(edit) {
	const place = edit.path.join(".");
	return new InputError("YAML_EDIT", `${place} stands in a form that is not changed by a machine`, { hint: `Change ${place} by hand; a plain value on one line can be changed here.` });
}

// core/dataset/acceptance.ts
const edits = (says, ...changes) => ({
	kind: "edits",
	edits: changes,
	says
});
const refused = (because, fix) => ({
	kind: "refused",
	because,
	fix
});
/** Where the rule of a finding stands: its own entry in `rules`, else the column. */
function placeOf$1({ rule, column }) {
	return rule === void 0 ? ["columns", column ?? ""] : ["rules", rule];
}

// core/dataset/accept-cells.ts
/** As many as a contract may list; far fewer are a list that somebody reads. */
const mostValues = 200;
/** Empty cells: allowed from now on. */
const acceptNulls = (finding, facts) => facts.tolerate ? acceptRows(finding, facts) : edits("cells may be empty", {
	kind: "set",
	path: [...placeOf$1(finding), "nullable"],
	value: true
});
/** Values outside: the limits move to the smallest and largest value that was seen. */
const acceptRange = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const { column, profile } = found;
	const limits = limitsOf(finding, facts, column, "range");
	const sides = ["min", "max"].flatMap((side) => {
		const seen = toLimit(profile.type, profile[side]);
		const before = limits[side];
		if (before === void 0 || seen === null || !isOutside(side, seen, before)) return [];
		return [{
			kind: "set",
			path: [...placeOf$1(finding), side],
			value: seen
		}];
	});
	return sides.length === 0 ? refused("the values that are outside are not known here", byHand(finding)) : edits("the limits hold what was seen", ...sides);
};
const acceptLength = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const { lengths } = found.profile;
	const limits = limitsOf(finding, facts, found.column, "length");
	const below = finding.rule === void 0 ? ["length"] : [];
	const sides = ["min", "max"].flatMap((side) => {
		const before = limits[side];
		if (lengths === null || typeof before !== "number" || !isOutside(side, lengths[side], before)) return [];
		return [{
			kind: "set",
			path: [
				...placeOf$1(finding),
				...below,
				side
			],
			value: lengths[side]
		}];
	});
	return sides.length === 0 ? refused("the lengths that are outside are not known here", byHand(finding)) : edits("the lengths hold what was seen", ...sides);
};
/** Values that are not listed: listed from now on, in the order of the data's values. */
const acceptAllowed = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const { profile, column } = found;
	if (profile.distribution.kind !== "values") return refused("there are too many different values to list them", byHand(finding));
	const rule = facts.contract.rules.find(({ name }) => name === finding.rule);
	const listed = rule?.rule === "allowed" ? rule.values : column.allowed ?? [];
	const known = new Set(listed.map((value) => toValueText(profile.type, value) ?? value));
	const news = profile.distribution.values.map(([value]) => value).filter((value) => !known.has(value));
	if (news.length === 0) return refused("every value that is known here is listed", byHand(finding));
	if (news.length > mostValues || news.some((value) => value.length > 200)) return refused(`${writeCount(news.length)} new values are no list for people`, byHand(finding));
	const key = rule === void 0 ? "allowed" : "values";
	const values = news.map((value) => toListed$1(profile.type, value));
	return edits(`${news.length === 1 ? "one more value is" : `${news.length} more values are`} allowed`, {
		kind: "append",
		path: [...placeOf$1(finding), key],
		values
	});
};
const acceptPattern = (finding, facts) => facts.tolerate ? acceptRows(finding, facts) : refused("a pattern that holds for more is a person's decision", `${byHand(finding)} Or let so many rows break it: --tolerate.`);
const acceptUnique = (finding, facts) => {
	if (facts.tolerate) return acceptRows(finding, facts);
	if (finding.rule !== void 0) return refused("a key that repeats is no key", `${byHand(finding)} Or let so many rows repeat it: --tolerate.`);
	return edits("values may repeat", {
		kind: "set",
		path: [...placeOf$1(finding), "unique"],
		value: false
	});
};
/** As many rows as break the rule now may break it: for rules that count rows. */
const acceptRows = (finding) => {
	const { count } = finding;
	if (count === void 0 || !Number.isSafeInteger(count) || count < 0) return refused("how many rows break it is not known here", byHand(finding));
	const path = [...placeOf$1(finding), "tolerance"];
	const what = finding.rule === void 0 ? `each rule of the column "${finding.column}"` : "it";
	return edits(`${writeRows(count)} may break ${what}`, {
		kind: "set",
		path,
		value: { count }
	});
};
/** The column of a finding with its numbers; a private one has none that could be written into a file. */
function findColumn(finding, { contract, profile }) {
	const column = contract.columns.find(({ name }) => name === finding.column);
	if (column === void 0) return refused(`the contract has no column "${finding.column}"`, byHand(finding));
	if (column.privacy !== "none") return refused(`the column is ${column.privacy}: no machine writes its values into a file`, `${byHand(finding)} Or let so many rows break it: --tolerate.`);
	const found = profile?.columns.find(({ name }) => name === column.name);
	if (found === void 0) return refused("its values are not known here", "Run it where the data is.");
	return {
		column,
		profile: found
	};
}
const byHand = (finding) => `Change ${placeOf$1(finding).join(".")} of the contract by hand, if the data is right.`;
function limitsOf({ rule }, { contract }, column, kind) {
	const named = contract.rules.find(({ name }) => name === rule);
	if (named !== void 0) return named.rule === kind ? named.limits : {};
	if (kind === "length") return column.length ?? {};
	return {
		...column.min === void 0 ? {} : { min: column.min },
		...column.max === void 0 ? {} : { max: column.max }
	};
}
/** A limit as a contract has it; of a time its day, which holds all of the day on both sides. */
function toLimit(type, value) {
	if (value === null) return null;
	if (type === "timestamp") return value.slice(0, 10);
	const number = Number(value);
	return (type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number)) && type !== "text" && type !== "boolean" ? number : null;
}
function isOutside(side, seen, limit) {
	if (typeof seen === "number" && typeof limit === "number") return side === "min" ? seen < limit : seen > limit;
	const [a, b] = [seen, limit].map((time) => toValueText("timestamp", String(time)));
	if (a === null || b === null || a === void 0 || b === void 0) return false;
	return side === "min" ? compareValues("timestamp", a, b) < 0 : compareValues("timestamp", a, b) > 0;
}
function toListed$1(type, value) {
	const number = Number(value);
	return type === "integer" && Number.isSafeInteger(number) || type === "number" && String(number) === value ? number : value;
}

// core/dataset/infer-range.ts
/** Share of the span that is added on each side. */
const marginShare = .1;
/**
* Chooses limits that hold for what was seen and leave room for the next batch.
* @returns null when there is nothing to choose from: no value, one value only, integers beyond the doubles
*/
function inferRange({ type, min, max }) {
	if (min === null || max === null) return null;
	if (type === "timestamp") {
		const seen = `seen ${min} to ${max}`;
		return {
			limits: { min: min.slice(0, 10) },
			because: `${seen}; from its first day, and no end: later data is later`
		};
	}
	if (type !== "integer" && type !== "number") return null;
	const [least, most] = [Number(min), Number(max)];
	if (!(least < most) || !Number.isFinite(most - least)) return null;
	if (type === "integer" && !(Number.isSafeInteger(least) && Number.isSafeInteger(most))) return null;
	const seen = `seen ${min} to ${max}`;
	if (type === "number" && least >= 0 && most <= 1) return {
		limits: {
			min: 0,
			max: 1
		},
		because: `${seen}; all from 0 to 1, like a share`
	};
	return {
		limits: widen(least, most, type === "integer" ? 1 : 0),
		because: `${seen}; a tenth of the span added on each side, rounded outward${least >= 0 ? ", and nothing below 0" : ""}`
	};
}
/** Rounded outward to two digits of the span; never inside what was seen, whatever the rounding of doubles does. */
function widen(least, most, leastStep) {
	const span = most - least;
	const step = Math.max(leastStep, 10 ** (Math.floor(Math.log10(span)) - 1));
	const outer = (value, round) => Number((round(value / step) * step).toPrecision(12));
	const low = outer(least - marginShare * span, Math.floor);
	const high = outer(most + marginShare * span, Math.ceil);
	const min = Number.isFinite(low) && low <= least ? low : least;
	return {
		min: least >= 0 ? Math.max(0, min) : min,
		max: Number.isFinite(high) && high >= most ? high : most
	};
}
/** Rounds a positive number up to two digits: 0.00312 becomes 0.0032. */
function roundUp$1(value) {
	const step = 10 ** (Math.floor(Math.log10(value)) - 1);
	const rounded = Number((Math.ceil(value / step) * step).toPrecision(12));
	return rounded >= value ? rounded : value;
}

// core/dataset/accept-statistics.ts
/** Digits of a limit that is written down; rounded away from what is allowed already. */
const digits = 4;
/** A number of a whole column: its limit moves to what was measured, rounded outward. */
const acceptStatistic = (finding, facts) => {
	const rule = facts.contract.rules.find(({ name }) => name === finding.rule);
	if (rule === void 0 || !("limits" in rule)) return refused("it has no limits", byHand(finding));
	const found = findColumn(finding, facts);
	if ("kind" in found) return found;
	const value = measuredOf(rule, found.profile);
	if (value === null || !Number.isFinite(value)) return refused("its value is not known here", byHand(finding));
	return moveLimit(finding, rule.limits, value, rule.rule === "distinct");
};
/** A share of rows that may be so large: empty cells, repeated rows. */
const acceptShare = (finding) => {
	const { count, total } = finding;
	const share = count !== void 0 && total !== void 0 && total > 0 ? count / total : NaN;
	const max = share > 0 ? roundUp$1(share) : share;
	if (!(max >= 0 && max < 1)) return refused("the share is not known here, or it is all of them", byHand(finding));
	return edits("so large a share is right", {
		kind: "set",
		path: [...placeOf$1(finding), "max"],
		value: max
	});
};
/** Empty cells of a rule on them: counted in the profile. */
const acceptMissingRate = (finding, facts) => {
	const profile = facts.profile?.columns.find(({ name }) => name === finding.column);
	const rows = facts.profile?.rows;
	const counted = profile === void 0 || rows === void 0 ? {} : {
		count: profile.nulls,
		total: rows
	};
	return acceptShare({
		...finding,
		...counted
	}, facts);
};
/** Drift of a column: its limit moves above what was measured. */
const acceptDrift = (finding, { drift, contract }) => {
	const result = drift?.columns.find(({ column, result: is }) => column === finding.column && is === "drift");
	if (result === void 0 || result.effect === null || !Number.isFinite(result.effect)) return refused("how far it moved is not known here", byHand(finding));
	if ("by" in result && result.by === "model") return refused("the limit is that of the model, not of the contract", "Raise drift-limits in model.yml, with the approval that asks for.");
	const { column, test, effect } = result;
	const set = contract.drift.columns[column]?.test;
	const limit = roundUp$1(effect);
	return edits(`${test} up to ${limit} is no drift of "${column}"`, {
		kind: "set",
		path: [
			"drift",
			"columns",
			column,
			"limit"
		],
		value: limit
	}, ...set === void 0 ? [{
		kind: "set",
		path: [
			"drift",
			"columns",
			column,
			"test"
		],
		value: test
	}] : []);
};
function measuredOf(rule, profile) {
	switch (rule.rule) {
		case "mean": return meanOf(profile);
		case "standard-deviation": return sdOf(profile);
		case "quantile": return quantileOf(profile, rule.at)?.value ?? null;
		case "distinct": return profile.distinct;
		case "class-ratio": return shareOf(profile, rule.value);
		default: return null;
	}
}
function moveLimit(finding, { min, max }, value, whole) {
	const side = typeof max === "number" && value > max ? "max" : typeof min === "number" && value < min ? "min" : null;
	if (side === null) return refused("its value is allowed already", "Run the check again.");
	const limit = whole ? value : roundOutward(value, side);
	return edits("the limit holds what was measured", {
		kind: "set",
		path: [...placeOf$1(finding), side],
		value: limit
	});
}
function roundOutward(value, side) {
	if (value === 0) return 0;
	const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
	const rounded = Number(((side === "max" ? Math.ceil : Math.floor)(value / step) * step).toPrecision(12));
	return Number.isFinite(rounded) && (side === "max" ? rounded >= value : rounded <= value) ? rounded : value;
}

// core/dataset/accept-structure.ts
/** A column that is gone: called by its new name where it was renamed, else no longer required. */
const acceptMissing = (finding, facts) => {
	const { contract, headers } = facts;
	const name = finding.column ?? "";
	const names = contract.columns.map((column) => column.name);
	if (headers.includes(name)) return refused(`some files have a column "${name}" and some have none`, "Write the files again with one header.");
	const strangers = headers.filter((header) => !names.includes(header));
	const only = names.filter((each) => !headers.includes(each)).length === 1 && strangers.length === 1 ? strangers[0] : null;
	const renamed = findSimilar(name, strangers) ?? only ?? null;
	if (renamed === null) return edits(`the column "${name}" may be missing`, {
		kind: "set",
		path: [
			"columns",
			name,
			"required"
		],
		value: false
	});
	return rename$1(name, renamed, facts);
};
/** A column that the contract does not know: described as it was found. */
const acceptUnknown = (finding, { inferred }) => {
	const column = inferred.get(finding.column ?? "");
	if (column === void 0) return refused("what its values are is not known here", "Run it where the data is, or add the column by hand.");
	const { name, type, fields } = column;
	return edits(`the column "${name}" is described as it was found: ${column.because.join("; ")}`, {
		kind: "append",
		path: ["columns"],
		values: [{
			name,
			type,
			...fields
		}]
	});
};
const acceptTableSize = ({ count }, { contract }) => {
	const { min, max } = contract.rows;
	if (count === void 0 || !Number.isSafeInteger(count)) return refused("the number of rows is not known here", "Change rows of the contract by hand.");
	if (count < min) return edits("so few rows are enough", {
		kind: "set",
		path: ["rows", "min"],
		value: count
	});
	if (max !== void 0 && count > max) return edits("so many rows are right", {
		kind: "set",
		path: ["rows", "max"],
		value: count
	});
	return refused("the number of rows is allowed already", "Run the check again.");
};
function rename$1(from, to, { contract }) {
	const spoken = contract.rules.filter((rule) => rule.rule === "expression" && rule.keep.includes(from));
	if (spoken.length > 0) return refused(`the condition of rule "${spoken[0]?.name}" speaks of "${from}"`, `Rename "${from}" to "${to}" by hand, in the column and in the condition.`);
	return edits(`the column "${from}" is called "${to}"`, ...contract.rules.flatMap((rule) => renameInRule(rule, from, to)), ...contract.drift.ignore.flatMap((name, at) => name === from ? [{
		kind: "set",
		path: [
			"drift",
			"ignore",
			at
		],
		value: to
	}] : []), ...Object.hasOwn(contract.drift.columns, from) ? [{
		kind: "rename",
		path: [
			"drift",
			"columns",
			from
		],
		to
	}] : [], {
		kind: "set",
		path: [
			"columns",
			from,
			"name"
		],
		value: to
	});
}
function renameInRule(rule, from, to) {
	const base = ["rules", rule.name];
	const single = (key, value) => value === from ? [{
		kind: "set",
		path: [...base, key],
		value: to
	}] : [];
	const listed = (key, names) => (names ?? []).flatMap((name, at) => name === from ? [{
		kind: "set",
		path: [
			...base,
			key,
			at
		],
		value: to
	}] : []);
	return [
		..."column" in rule ? single("column", rule.column) : [],
		..."label" in rule ? single("label", rule.label) : [],
		..."columns" in rule ? listed("columns", rule.columns) : [],
		..."features" in rule ? listed("features", rule.features) : []
	];
}
/** Another type is no wider rule but another meaning: a person says which. */
const askType = (finding) => refused("another type changes what every rule of the column means", `Set type of columns.${finding.column} by hand (text takes everything), or let so many rows break it: --tolerate.`);

// core/dataset/accept.ts
/** What may be accepted at all; everything else stays with people. */
const byCode = {
	"data/nulls": acceptNulls,
	"data/range": acceptRange,
	"data/length": acceptLength,
	"data/allowed": acceptAllowed,
	"data/pattern": acceptPattern,
	"data/type": (finding, facts) => facts.tolerate ? acceptRows(finding, facts) : askType(finding),
	"data/unique": acceptUnique,
	"data/rows": acceptTableSize,
	"data/column-missing": acceptMissing,
	"data/column-unknown": acceptUnknown,
	"data/missing": acceptMissingRate,
	"data/duplicates": acceptShare,
	"data/mean": acceptStatistic,
	"data/standard-deviation": acceptStatistic,
	"data/quantile": acceptStatistic,
	"data/distinct": acceptStatistic,
	"data/class-ratio": acceptStatistic,
	"data/expression": acceptRows,
	"data/label-conflicts": acceptRows,
	"data/overlap": acceptRows,
	"data/drift": acceptDrift
};
const governance$1 = "Who may use data, for how long and on what ground is no property of the data: ask the owner of the dataset.";
const others = {
	"data/access": governance$1,
	"data/expired": governance$1,
	"data/leakage": "A feature that gives the label away stays out of the data: drop it, or name the features without it.",
	"data/freshness": "Fetch newer data, or change max-age-hours of the contract by hand."
};
/** True when a change of the contract can let such a finding pass. */
const isAcceptable = (code) => Object.hasOwn(byCode, code);
/**
* Turns a finding into the change of the contract that lets the data pass. Decides nothing: whoever owns the contract
* has to approve the change (configuration under judgement).
* @returns `refused` for governance, for what no rule can hold, and for values of private columns
*/
function acceptFinding(finding, facts) {
	const accept = isAcceptable(finding.code) ? byCode[finding.code] : void 0;
	if (accept !== void 0) return accept(finding, facts);
	return refused("no rule of a contract would let it pass", others[finding.code] ?? finding.fix);
}

// core/dataset/infer-pattern.ts
/** Longer texts are sentences, whose common length is chance. */
const mostCharacters = 40;
/** Fewer different codes than this say nothing about the next one. */
const fewestCodes = 5;
const classes = [
	["[0-9]", /^[0-9]$/],
	["[A-Z]", /^[A-Z]$/],
	["[a-z]", /^[a-z]$/],
	["[0-9a-f]", /^[0-9a-f]$/],
	["[A-Z0-9]", /^[A-Z0-9]$/],
	["[a-z0-9]", /^[a-z0-9]$/],
	["[A-Za-z]", /^[A-Za-z]$/],
	["[A-Za-z0-9]", /^[A-Za-z0-9]$/]
];
/**
* Finds what uniform codes have in common: `JFK`, `LAX` give `[A-Z]{3}`; `AB-12`, `XY-34` give `[A-Z]{2}-[0-9]{2}`.
* @param values every different value
* @returns an RE2 pattern that all of them match as a whole; null when they are not uniform
*/
function inferPattern(values) {
	const length = values[0]?.length ?? 0;
	if (values.length < fewestCodes || length === 0 || length > mostCharacters) return null;
	if (values.some((value) => value.length !== length || !/^[\x21-\x7e]+$/.test(value))) return null;
	const parts = [];
	for (let at = 0; at < length; at += 1) {
		const part = partAt(values, at);
		if (part === null) return null;
		const last = parts.at(-1);
		if (last?.text === part) last.count += 1;
		else parts.push({
			text: part,
			count: 1
		});
	}
	return parts.map(({ text, count }) => count === 1 ? text : `${text}{${count}}`).join("");
}
/** The narrowest class of the characters at a place; a mark that is always the same stands for itself. */
function partAt(values, at) {
	const found = [...new Set(values.map((value) => value[at] ?? ""))];
	const only = found.length === 1 ? found[0] ?? "" : "";
	if (only !== "" && !/[A-Za-z0-9]/.test(only)) return /[-_/: ]/.test(only) ? only : `\\x{${only.charCodeAt(0).toString(16)}}`;
	return classes.find(([, form]) => found.every((character) => form.test(character)))?.[0] ?? null;
}

// core/dataset/infer-privacy.ts
const secretWords = /* @__PURE__ */ new Set([
	"password",
	"passwd",
	"pwd",
	"secret",
	"token",
	"apikey",
	"credential",
	"pin",
	"cvv"
]);
const personalWords = /* @__PURE__ */ new Set([
	...[
		"email",
		"mail",
		"phone",
		"telephone",
		"tel",
		"mobile",
		"fax",
		"name",
		"firstname",
		"lastname",
		"surname"
	],
	...[
		"forename",
		"fullname",
		"username",
		"login",
		"ssn",
		"passport",
		"iban",
		"birth",
		"birthday",
		"birthdate",
		"dob"
	],
	...[
		"address",
		"street",
		"zip",
		"zipcode",
		"postcode",
		"postal",
		"ip",
		"person",
		"patient",
		"gender",
		"religion"
	],
	...[
		"ethnicity",
		"race",
		"health",
		"diagnosis",
		"salary",
		"income",
		"latitude",
		"longitude",
		"nationality"
	]
]);
/**
* Guesses from the name of a column whether its values are about a person. A wrong guess hides too much, a missing one
* shows too much: in doubt it is personal.
* @returns null when no word of the name says so
*/
function guessPrivacy(column) {
	const words = wordsOf(column);
	const pairs = words.map((word, at) => `${word}${words[at + 1] ?? ""}`);
	const secret = [...words, ...pairs].find((word) => secretWords.has(word));
	if (secret !== void 0) return {
		privacy: "secret",
		from: `"${secret}" in its name`
	};
	const personal = [...words, ...pairs].find((word) => personalWords.has(word));
	return personal === void 0 ? null : {
		privacy: "personal",
		from: `"${personal}" in its name`
	};
}
/** Share of different values that look like it. Not all of them: one "unknown" among addresses must not show the others. */
const personalShare = .1;
/** Of whatever name: these are of persons. */
const personalForms = [
	["e-mail addresses", /^[^@\s]+@[^@\s]+\.[^@\s]+$/],
	["IP addresses", /^\d{1,3}(?:\.\d{1,3}){3}$/],
	["phone numbers", /^\+\d[\d ()-]{6,20}\d$/],
	["account numbers", /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/]
];
/**
* Guesses from the name of a column, then from its values.
* @param column as text, or by its type: only texts have such forms
*/
function guessColumnPrivacy(column) {
	const byName = guessPrivacy(column.name);
	if (byName !== null) return byName;
	const { distribution, min, max } = column;
	const seen = distribution.kind === "values" ? distribution.values.map(([value]) => value) : [min, max].flatMap((value) => value ?? []);
	const form = personalForms.find(([, shape]) => {
		const count = seen.filter((value) => shape.test(value)).length;
		return count > 0 && count >= personalShare * seen.length;
	});
	return form === void 0 ? null : {
		privacy: "personal",
		from: `its values, which look like ${form[0]}`
	};
}
/** `customerEmail2`, `CUSTOMER_EMAIL` and `customer e-mail` have the word `email` (or `e`, `mail`). */
function wordsOf(column) {
	return column.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2").toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== "");
}

// core/dataset/infer-column.ts
/** Up to so many different texts are a list; each has to be seen so often on average. */
const mostCategories = 20;
const fewestRowsEach = 20;
/** With fewer rows "all different" is chance. */
const fewestKeyRows = 20;
/** Characters of one value in a list. */
const longestCategory = 60;
/**
* Describes one column so that the data it was made from keeps it.
* @param profile of the column by its type, without unreadable cells
* @param rows of the table
*/
function inferColumn(profile, rows) {
	const { name, type, nulls } = profile;
	const guess = guessColumnPrivacy(profile);
	const present = rows - nulls;
	const key = inferKey(profile, present);
	const values = guess === null ? inferValues(profile, present, key) : none;
	const fields = {
		...nulls > 0 ? { nullable: true } : {},
		...key === null ? {} : { unique: true },
		...values.fields,
		...guess === null ? {} : { privacy: guess.privacy }
	};
	const because = [
		describeNulls(nulls, rows),
		...key === null ? [] : [`${writeCount(present)} values, all different: ${key}`],
		...values.because,
		...guess === null ? [] : [`privacy: GUESSED from ${guess.from}, to be on the safe side: nothing of its values is written here; correct it if they are of no person`]
	];
	const missing = nulls > 0 && nulls < rows ? missingLimit(nulls / rows) : null;
	return {
		name,
		type,
		privacy: guess?.privacy ?? "none",
		fields,
		because,
		missing,
		isKey: key !== null
	};
}
const none = {
	fields: {},
	because: []
};
function describeNulls(nulls, rows) {
	if (nulls === 0) return `none of ${writeCount(rows)} empty`;
	if (nulls === rows) return `all ${writeCount(rows)} empty: the type is not known`;
	return `${writeCount(nulls)} of ${writeCount(rows)} empty`;
}
/** Twice what was seen, above a half the middle of what is left: always below 1, which nothing could break. */
const missingLimit = (share) => {
	const limit = roundUp$1(share < .25 ? 2 * share : (1 + share) / 2);
	return limit < 1 ? limit : share;
};
/** @returns what makes it a key, or null */
function inferKey({ name, type, distinct, min, max }, present) {
	if (distinct === null || distinct !== present || present < fewestKeyRows) return null;
	if (type !== "integer" && type !== "text") return null;
	if ((type === "integer" ? Number(max) - Number(min) + 1 : null) === present) return "a row number";
	return name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2").toLowerCase().split(/[^\p{L}]+/u).some((word) => [
		"id",
		"key",
		"uuid",
		"guid",
		"number",
		"no",
		"code",
		"hash"
	].includes(word)) ? "a key by its name" : null;
}
function inferValues(profile, present, key) {
	if (profile.type === "text") return inferText(profile, present);
	if (key === "a row number") {
		const min = Number(profile.min);
		return Number.isSafeInteger(min) && min >= 0 ? {
			fields: { min: Math.min(min, 1) },
			because: [`counted from ${min}, and no end: later data goes on`]
		} : none;
	}
	const range = inferRange(profile);
	if (range === null) return profile.min !== null && profile.min === profile.max ? {
		fields: {},
		because: [`always ${profile.min}: one value gives no range`]
	} : none;
	return {
		fields: { ...range.limits },
		because: [range.because]
	};
}
function inferText({ distribution, lengths }, present) {
	const values = distribution.kind === "values" ? distribution.values.map(([value]) => value) : [];
	if (values.length > 0 && values.length <= mostCategories && present >= fewestRowsEach * values.length && values.every((value) => isWritable(value))) return {
		fields: { allowed: values },
		because: [`only ${values.length} different ${values.length === 1 ? "value" : "values"} in ${writeCount(present)} cells: a new one is a finding`]
	};
	const pattern = inferPattern(values);
	if (pattern !== null) return {
		fields: { pattern },
		because: [`all ${writeCount(values.length)} different values have this form`]
	};
	if (lengths === null || lengths.max === 0 || lengths.max > 5e5) return none;
	const { min, max } = lengths;
	const same = min === max;
	return {
		fields: { length: same ? {
			min,
			max
		} : {
			min: Math.min(min, 1),
			max: 2 * max
		} },
		because: [same ? `always ${max} characters` : `${writeCount(min)} to ${writeCount(max)} characters; twice the longest allowed`]
	};
}
/** NUL is refused by every contract, and what nobody sees is no list for people. */
const isWritable = (value) => value !== "" && value.length <= longestCategory && !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(value);

// core/report/line-diff.ts
/** Lines around a change that are shown with it. */
const context = 1;
/** Beyond it the middle is shown as one change: nobody reads more, and comparing costs its square. */
const mostLines = 1e3;
/**
* Compares two texts line by line, as `diff -u` does without its head.
* @returns lines that begin with `-`, `+` or a space; `...` stands between changes that are far from each other
*/
function diffLines(before, after) {
	const [a, b] = [before.split(/\r?\n/), after.split(/\r?\n/)];
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
	let end = 0;
	while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
	const middle = compare$1(a.slice(start, a.length - end), b.slice(start, b.length - end));
	return shorten([
		...a.slice(0, start).map(keep),
		...middle,
		...a.slice(a.length - end).map(keep)
	]);
}
const keep = (line) => ` ${line}`;
/** Longest common subsequence: what is in it stays, the rest goes and comes. */
function compare$1(a, b) {
	if (a.length > mostLines || b.length > mostLines) return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)];
	const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
	const at = (i, j) => lengths[i]?.[j] ?? 0;
	for (let i = a.length - 1; i >= 0; i -= 1) {
		const row = lengths[i];
		for (let j = b.length - 1; row !== void 0 && j >= 0; j -= 1) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	}
	const lines = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) if (i < a.length && j < b.length && a[i] === b[j]) {
		lines.push(keep(a[i] ?? ""));
		i += 1;
		j += 1;
	} else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
		lines.push(`-${a[i]}`);
		i += 1;
	} else {
		lines.push(`+${b[j]}`);
		j += 1;
	}
	return lines;
}
/** Only the changes and what stands beside them. */
function shorten(lines) {
	const near = (at) => lines.slice(Math.max(0, at - context), at + context + 1).some((line) => !line.startsWith(" "));
	const shown = [];
	let left = false;
	for (const [at, line] of lines.entries()) {
		if (!near(at)) {
			left = true;
			continue;
		}
		if (left && shown.length > 0) shown.push("...");
		left = false;
		shown.push(line);
	}
	return shown;
}

// core/policy/contract-change.ts
/**
* The approvals that a pull request needs which changes nothing but one contract, by the same rules as every other one.
* @param isNew base does not know the dataset: governors approve, since nobody owns it there yet
*/
function approvalsForContract(policy, dataset, isNew) {
	const change = {
		kind: "request",
		model: null,
		proposal: false,
		newModel: false,
		datasets: [dataset],
		newDatasets: isNew ? [dataset] : [],
		moves: [],
		configuration: [contractPath(dataset)],
		contentPaths: [],
		contentDigest: ""
	};
	return requiredApprovals(change, policy, null);
}

// cli/commands/data/approval.ts
/**
* Says whose approval a changed contract needs: what the base branch says decides, not what the change says.
* @returns sentences; one that says why nobody knows, when there is no base or no policy on it
*/
async function describeApprovals(root, dataset) {
	const base = await findBase(root, void 0).catch((error) => {
		if (error instanceof GatehouseError) return null;
		throw error;
	});
	if (base === null) return ["Whose approval it needs is not known here: there is no default branch of origin in this clone."];
	const path = contractPath(dataset);
	const files = await readFiles(root, base.commit, "", (each) => each === ".github/gatehouse.yml" || each === path);
	const policyText = textOf(files.get(policyPath));
	if (policyText === null) return [`${base.ref} has no ${policyPath}: there Gatehouse asks for no approval yet.`];
	const policy = parsePolicy(policyText, policyPath);
	const before = textOf(files.get(path));
	const owner = before === null ? null : parseContract(before, path).owner;
	const lines = approvalsForContract(policy, dataset, before === null);
	if (lines.length === 0) return ["The policy asks for no approval."];
	return lines.map(({ role, count, because }) => {
		const people = role === "owner" ? owner : policy.roles[role] ?? null;
		return `Needs ${count} × ${role}${people === null ? "" : ` (${listPeople(people)})`}, by ${base.ref}: ${because.join("; ")}.`;
	});
}
const textOf = (bytes) => bytes === void 0 ? null : new TextDecoder().decode(bytes);
const listPeople = ({ users, teams }) => [...users, ...teams.map((team) => `team ${team}`)].join(", ");

// adapters/dataset/local-tables.ts
/**
* Tables of a working tree: what lies on disk is read where it lies, of any size and without a copy; only pointers
* whose data is not checked out ask the remote.
*/
var LocalTables = class extends Tables {
	#root;
	#local = /* @__PURE__ */ new Map();
	/** What whoever runs it should know: data that is not what its pointer says. */
	notes = [];
	/** @param root folder that paths are relative to */
	constructor(root, source) {
		super({
			...source,
			readBlob: (file) => readLocal(root, file.path)
		});
		this.#root = root;
	}
	/** What is read where it lies. */
	get localFiles() {
		return [...this.#local.values()].flat();
	}
	async readFacts(files) {
		const facts = [];
		const failures = [];
		for (const file of files) {
			const found = await this.#findLocal(file).catch((error) => acceptKnown(error) && null);
			if (found !== null) facts.push(found);
			else {
				const read = await super.readFacts([file]);
				facts.push(...read.facts);
				failures.push(read);
			}
		}
		return {
			facts,
			findings: failures.flatMap(({ findings }) => findings),
			evaluated: failures.every(({ evaluated }) => evaluated)
		};
	}
	async fetch(facts) {
		const tables = [];
		for (const fact of facts) {
			const found = this.#local.get(fact.listed.path) ?? await super.fetch([fact]);
			if ("findings" in found) return found;
			tables.push(...found);
		}
		return tables;
	}
	async #findLocal(listed) {
		const { path, blob } = listed;
		if (!path.endsWith(".dvc")) {
			const sizeBytes = await this.#accept(path, path);
			if (sizeBytes === null) return null;
			return {
				fact: {
					path,
					md5: null,
					blob,
					sizeBytes
				},
				dataPath: path,
				pointer: null,
				source: null,
				listed
			};
		}
		const text = Buffer.from(await readLocal(this.#root, path)).toString("utf8");
		const pointer = parsePointer(text, path);
		const sizeBytes = await this.#accept(path, pointer.path);
		if (sizeBytes === null) return null;
		const { md5 } = pointer;
		if (pointer.kind !== "folder" && (await hashFile(resolve(this.#root, pointer.path), "md5")).hex !== md5) this.notes.push(`${pointer.path} is not what ${path} names: the file on disk was checked. Run "dvc add ${pointer.path}" before you commit.`);
		return {
			fact: {
				path,
				md5,
				blob,
				sizeBytes
			},
			dataPath: pointer.path,
			pointer,
			source: pointer.imported,
			listed
		};
	}
	/** Takes a file, or every file of a folder, where it lies. @returns its size, null when it is not there */
	async #accept(key, path) {
		const local = resolve(this.#root, path);
		const facts = await lstat(local).catch(() => null);
		if (facts?.isFile()) {
			this.#local.set(key, [{
				path,
				local
			}]);
			return facts.size;
		}
		if (!facts?.isDirectory()) return null;
		const files = (await readdir(local, {
			recursive: true,
			withFileTypes: true
		})).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
		this.#local.set(key, files.sort(byCodePoint).map((file) => ({
			path: `${path}${file.slice(local.length)}`,
			local: file
		})));
		return 0;
	}
};
const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
async function readLocal(root, path) {
	const facts = await lstat(resolve(root, path)).catch(() => null);
	if (facts?.isFile()) return readFile(resolve(root, path));
	throw new InputError("FILE_MISSING", `${path} ${facts === null ? "is not there" : "is a link or no file, which is not followed"}`, {
		hint: "Name a file that lies here.",
		where: { file: path }
	});
}

// adapters/dataset/local.ts
/** Checks the data of a working tree by one contract: governance, contract, drift against a reference that lies here. */
async function checkLocal(inputs) {
	const { text, path, root, model } = inputs;
	const contract = withReference(inputs);
	const positions = openLocator(text, path);
	const listing = new Map(inputs.paths.map((each) => [each, toListed(each)]));
	const { files, findings } = resolveFiles(contract, listing, positions);
	const tables = new LocalTables(root, {
		...inputs.place,
		workdir: inputs.workdir
	});
	const read = await tables.readFacts(files);
	const before = [
		...judgeGovernance(contract, inputs.known, model?.model ?? null, inputs.now.slice(0, 10), positions),
		...findings,
		...read.findings
	];
	const notes = referenceNotes(contract);
	if (!mayRead(before)) return {
		verdict: read.evaluated ? "data invalid" : "not evaluated",
		findings: before,
		observations: [],
		measurement: null,
		notes: [...notes, ...tables.notes],
		localFiles: []
	};
	const { onProgress } = inputs;
	const outcome = await measureDataset({
		contract,
		facts: read.facts,
		positions,
		engine: inputs.engine,
		tables,
		listing,
		now: inputs.now,
		governing: null,
		limits: model?.driftLimits?.[contract.dataset] ?? {},
		references: contract.drift.reference.kind === "champion" ? null : localReferences(root),
		...onProgress ? { onProgress } : {}
	});
	const all = [...before, ...outcome.findings];
	return {
		verdict: outcome.evaluated ? all.some(isFailure) ? "data invalid" : "pass" : "not evaluated",
		findings: all,
		observations: outcome.observations,
		measurement: outcome.measurement,
		notes: [...notes, ...tables.notes],
		localFiles: tables.localFiles
	};
}
function withReference({ contract, reference }) {
	return reference === null ? contract : {
		...contract,
		drift: {
			...contract.drift,
			reference
		}
	};
}
/** The data of the champion is known to the ledger and the store, which a laptop need not reach. */
function referenceNotes({ drift }) {
	if (drift.reference.kind !== "champion") return [];
	return ["Drift was not looked at: the data of the champion is compared on the pull request. Compare here with --reference FILE."];
}
/** Nothing is known of a file on disk but its path: nobody takes it for a commit's. */
const toListed = (path) => ({
	path,
	mode: "100644",
	blob: path
});
function localReferences(root) {
	return {
		trainedVersions: async () => [],
		get: async () => {
			throw new InputError("REFERENCE_MISSING", "there is no store on this machine", { hint: "Compare with a file: --reference FILE." });
		},
		readFile: (path) => readFile(resolve(root, path)).catch(() => null)
	};
}

// core/report/data-check.ts
/**
* A check for a terminal: the consequence first, each finding with its place and its line, then what was measured, also
* where nothing is wrong.
* @param text of the contract: its lines are shown under the findings that point at them
*/
function renderDataCheck(check, text) {
	const { dataset, findings, observations, drift, notes } = check;
	const shown = renderFindings(sortFindings(findings).map((finding) => withLine(finding, check, text))).trimEnd();
	const rest = [
		...exampleSections(dataset, findings).flatMap(({ blocks }) => blocks),
		...drift === null ? [] : driftBlocks(dataset, drift),
		...observationBlocks(observations),
		...notes.map((note) => paragraph({ prose: note })),
		...acceptHint(check)
	];
	return [
		renderText([paragraph({ strong: headline(check) })]),
		...shown === "" ? [] : [shown],
		...rest.length === 0 ? [] : [renderText(rest, { width: 100 })]
	].join("\n\n");
}
function headline({ dataset, contractPath, verdict, rows, files, findings }) {
	const broken = findings.filter(isFailure).length;
	const advice = findings.filter(({ severity }) => severity === "warn").length;
	const size = rows === null ? "" : ` (${counted(rows, "row")} in ${counted(files, "file")})`;
	const said = {
		pass: `keeps ${contractPath}`,
		"data invalid": `may not be used: ${counted(broken, "finding")} by ${contractPath}`,
		"not evaluated": `could not be held against ${contractPath}. This says nothing about the data`
	}[verdict];
	const warnings = advice === 0 ? "" : `, ${counted(advice, "warning")}`;
	return `${verdictWords[verdict]}: ${dataset}${size} ${said}${warnings}`;
}
/** The line that a finding points at, with a mark under it, as compilers show it. */
function withLine(finding, { contractPath }, text) {
	const { where, excerpt, found, examples = [] } = finding;
	const shown = [...new Set(examples)].slice(0, 3).map((example) => `"${example}"`);
	const told = found === void 0 || shown.length === 0 ? finding : {
		...finding,
		found: `${found}, for example ${shown.join(", ")}`
	};
	if (where?.line === void 0 || where.file !== contractPath || excerpt !== void 0) return told;
	const line = text.split(/\r?\n/)[where.line - 1] ?? "";
	return line.trim() === "" ? told : {
		...told,
		excerpt: line.slice(0, 200)
	};
}
/** How to go on when the data is right and the contract is not. */
function acceptHint({ findings, dataset }) {
	if (findings.some(({ code }) => code === "data/empty" || code === "data/unreadable")) return [];
	const first = findings.find(({ code, severity }) => severity !== "note" && isAcceptable(code));
	if (first === void 0) return [];
	const column = first.column === void 0 ? "" : ` --column ${JSON.stringify(first.column)}`;
	const command = `gatehouse data accept ${first.code}${column} --dataset ${dataset}`;
	return [paragraph({ prose: `If the data is right and the contract is not: ${command}` })];
}

// cli/commands/data/engine.ts
/** Runs work with an engine and an empty folder; both are gone afterwards, whatever happens. */
async function withEngine(context, open, work) {
	const workdir = await mkdtemp(join(tmpdir(), "gatehouse-data-"));
	try {
		const engine = await open(context, workdir);
		try {
			return await work(engine, workdir);
		} finally {
			engine.close();
		}
	} finally {
		context.showProgress?.("");
		await rm(workdir, {
			recursive: true,
			force: true
		});
	}
}
/** Shows how far long work has come, where a person watches. */
function progressOf({ showProgress }, name) {
	return showProgress === null ? {} : { onProgress: (progress) => showProgress(describeProgress(name, progress)) };
}

// cli/commands/data/files.ts
/** Files that a person named, as the engine takes them. */
const toDataFiles = (cwd, files) => files.map((path) => ({
	path,
	local: resolve(cwd, path)
}));
/** How a file is called in the repository: from its root, with `/`; as it was typed when it lies outside. */
function toRepositoryPath(root, cwd, path) {
	const inside = relative(root, resolve(cwd, path)).replaceAll("\\", "/");
	return inside.startsWith("..") ? path : inside;
}
/**
* A file that a person named: from the root of the repository where it lies inside, else its whole path.
* @throws InputError FILE_MISSING: what is not there says nothing about the data
*/
async function findNamed$1(root, cwd, path) {
	const local = resolve(cwd, path);
	if (await lstat(local).catch(() => null) === null) throw new InputError("FILE_MISSING", `${path} is not there`, { hint: "Name a file that lies on this machine." });
	const inside = toRepositoryPath(root, cwd, path);
	return resolve(root, inside) === local ? inside : local;
}
/**
* Writes a new file.
* @throws InputError FILE_EXISTS when it is there and nobody said that it may go
*/
async function writeNew(path, text, force) {
	if (!force && await lstat(path).catch(() => null) !== null) throw new InputError("FILE_EXISTS", `${path} is there already`, { hint: "Name another file with --out, or write over it with --force." });
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, text);
}

// cli/commands/data/option.ts
/** Reads an option as a whole number. */
const wholeNumber = (least, most) => (text) => {
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= least && value <= most) return value;
	throw new InvalidArgumentError(`it has to be a whole number from ${least} to ${most}.`);
};
/** Reads an option as a share, above 0 and at most `most`. */
const shareUpTo = (most) => (text) => {
	const value = Number(text);
	if (text.trim() !== "" && Number.isFinite(value) && value > 0 && value <= most) return value;
	throw new InvalidArgumentError(`it has to be a share above 0, at most ${most}: 0.05 and not 5.`);
};

// cli/commands/data/repository.ts
/** Reads the clone that a folder lies in. A folder outside of any clone is a repository without files. */
async function readDataRepository(cwd) {
	const wanted = (path) => datasetOfFile(path) !== null || modelOfFile(path) !== null || path === ".github/gatehouse.yml";
	try {
		return await readWorkTree(cwd, wanted);
	} catch (error) {
		if (!(error instanceof InputError) || error.code !== "GIT_NO_WORK_TREE") throw error;
		return {
			root: cwd,
			paths: [],
			texts: /* @__PURE__ */ new Map()
		};
	}
}
/**
* Finds contracts by the name of the dataset or the path of the file; all of the repository when none is named.
* @throws InputError CONTRACT_MISSING with what was probably meant, CONFIG_INVALID
*/
async function findContracts(repository, cwd, named) {
	const { texts } = repository;
	const known = [...texts.keys()].filter((path) => datasetOfFile(path) !== null);
	if (named === void 0) {
		if (known.length === 0) throw unknownContract("datasets/*.yml", known);
		return known.map((path) => parse$1(path, texts.get(path) ?? "", resolve(repository.root, path)));
	}
	const path = contractPath(named);
	const inClone = texts.get(path);
	if (inClone !== void 0) return [parse$1(path, inClone, resolve(repository.root, path))];
	const text = await readFile(resolve(cwd, named), "utf8").catch(() => null);
	if (text === null) throw unknownContract(named, known);
	const inside = relative(repository.root, resolve(cwd, named));
	return [parse$1(inside.startsWith("..") ? named : inside.replaceAll("\\", "/"), text, resolve(cwd, named))];
}
const parse$1 = (path, text, local) => ({
	contract: parseContract(text, path),
	path,
	text,
	local
});
/** Every contract of the repository that can be read: constraints are inherited from them. */
function knownContracts({ texts }) {
	const found = /* @__PURE__ */ new Map();
	for (const [path, text] of texts) {
		const name = datasetOfFile(path);
		if (name === null) continue;
		try {
			found.set(name, parseContract(text, path));
		} catch (error) {
			if (!(error instanceof GatehouseError)) throw error;
		}
	}
	return found;
}
/** @throws InputError MODEL_UNKNOWN, CONFIG_INVALID */
function findModel({ texts }, name) {
	if (name === void 0) return null;
	const text = texts.get(modelPath(name));
	if (text !== void 0) return parseModelConfig(text, modelPath(name), name);
	const known = [...texts.keys()].flatMap((path) => modelOfFile(path) ?? []);
	const near = suggest(name, known);
	throw new InputError("MODEL_UNKNOWN", `there is no model "${name}" here`, { hint: near === null ? `Known: ${known.join(", ") || "none"}.` : `Did you mean "${near}"?` });
}
/** Where data lies that is not checked out. Without a policy nothing is fetched from anywhere. */
function dataPlace({ texts }) {
	const text = texts.get(policyPath);
	if (text === void 0) return {
		dataUrl: "",
		network: {
			hosts: [],
			privateHosts: []
		},
		openRemote: () => nowhere
	};
	const policy = parsePolicy(text, policyPath);
	return {
		dataUrl: policy.data,
		network: networkOf(policy)
	};
}
const notHere = (source) => new InputError("DATA_NOWHERE", `the data of ${source} is not checked out, and no policy says where it lies`, {
	hint: `Check it out ("dvc pull"), or set data in ${policyPath}.`,
	where: { file: source }
});
const nowhere = {
	fetch: async (_pointer, source) => {
		throw notHere(source);
	},
	fetchFolder: async (_pointer, source) => {
		throw notHere(source);
	},
	push: async (path) => {
		throw notHere(path);
	}
};
function unknownContract(named, known) {
	const names = known.flatMap((path) => datasetOfFile(path) ?? []);
	const near = suggest(named, [...names, ...known]);
	const list = names.length === 0 ? "There is none yet: gatehouse data infer FILE --name NAME writes a first one." : `Known: ${names.join(", ")}.`;
	return new InputError("CONTRACT_MISSING", `there is no contract "${named}"`, { hint: near === null ? list : `Did you mean "${near}"?` });
}

// cli/commands/data/check.ts
/** `gatehouse data check`: the checks of the pull request, on this machine. */
const checkDataCommand = (open) => (program, context) => {
	program.command("check").description("Checks data by its contract: governance, every rule, drift; prints what was measured").argument("[dataset]", "name or path of a contract; all of the repository when none is named").option("--data <files...>", "check these files instead of those that the contract names").option("--model <name>", "may this model train on it, and does it keep the limits of the model?").option("--reference <file>", "compare with this table, or with a profile (.json)").option("--examples <number>", "example rows for each finding, 0 to 20", wholeNumber(0, 20)).option("--json", "print JSON").action((dataset, options) => context.run(async () => {
		const checked = await checkData(context, open, dataset, options);
		const shown = checked.map(({ read, result }) => ({
			read,
			check: toDataCheck(read, result)
		}));
		context.print(options.json === true ? JSON.stringify(checked.map(toJson$2), null, 2) : shown.map(({ read, check }) => renderDataCheck(check, read.text)).join("\n\n"));
		return exitCodeOf$1(checked.map(({ result }) => result.verdict));
	}));
};
/** Checks the contracts that are named, one after the other, with one engine. */
async function checkData(context, open, dataset, options) {
	const repository = await readDataRepository(context.cwd);
	const contracts = await findContracts(repository, context.cwd, dataset);
	return withEngine(context, open, async (engine, workdir) => {
		const checked = [];
		for (const read of contracts) {
			const result = await checkOne(context, repository, read, options, engine, `${workdir}/${checked.length}`);
			checked.push({
				read,
				result
			});
		}
		return checked;
	});
}
async function checkOne(context, repository, { contract, path, text }, options, engine, workdir) {
	const place = (file) => findNamed$1(repository.root, context.cwd, file);
	const data = options.data === void 0 ? void 0 : await Promise.all(options.data.map(place));
	const reference = options.reference === void 0 ? null : toReference(await place(options.reference));
	const examples = options.examples ?? contract.examples;
	return checkLocal({
		root: repository.root,
		contract: {
			...contract,
			examples,
			...data === void 0 ? {} : { files: data }
		},
		path,
		text,
		engine,
		workdir,
		reference,
		known: knownContracts(repository),
		paths: [.../* @__PURE__ */ new Set([
			...repository.paths,
			...data ?? [],
			...reference === null ? [] : [reference.path]
		])],
		model: findModel(repository, options.model),
		place: dataPlace(repository),
		now: context.now(),
		...progressOf(context, contract.dataset)
	});
}
const toReference = (path) => ({
	kind: path.endsWith(".json") ? "profile" : "file",
	path
});
function toDataCheck({ contract, path }, result) {
	const { measurement, verdict, findings, observations, notes } = result;
	return {
		dataset: contract.dataset,
		contractPath: path,
		verdict,
		findings,
		observations,
		notes,
		rows: measurement?.measured.rows ?? null,
		files: measurement?.measured.files.length ?? 0,
		drift: measurement?.drift ?? null
	};
}
/** Everything but values of private columns: those do not leave the machine, not even into a file of its owner. */
function toJson$2({ read, result }) {
	const measured = result.measurement?.measured ?? null;
	const profile = measured?.profile ?? null;
	return {
		...toDataCheck(read, result),
		headers: headersOf(measured),
		profile: profile === null ? null : toPublicProfile(profile, privacyIn(read.contract))
	};
}
/** What `accept` acts on, without the way over a file. */
function toSaved({ read, result }) {
	const { measurement, findings, localFiles } = result;
	const measured = measurement?.measured ?? null;
	return {
		dataset: read.contract.dataset,
		findings,
		headers: headersOf(measured),
		profile: measured?.profile ?? null,
		drift: measurement?.drift ?? null,
		files: localFiles
	};
}
const headersOf = (measured) => [...new Set(measured?.files.flatMap(({ columns }) => columns) ?? [])];
/** The worst one decides: what was not evaluated is no pass. */
function exitCodeOf$1(verdicts) {
	if (verdicts.includes("data invalid")) return 1;
	return verdicts.includes("not evaluated") || verdicts.length === 0 ? 3 : 0;
}

// cli/commands/data/report-file.ts
const finding = looseObject({
	code: string(),
	severity: _enum([
		"fail",
		"warn",
		"note"
	]),
	message: string(),
	fix: string(),
	column: string().optional(),
	rule: string().optional(),
	count: number().optional(),
	total: number().optional()
});
const drifted = looseObject({
	column: string(),
	test: string(),
	result: string(),
	effect: number().nullable()
});
const saved = array(looseObject({
	dataset: string(),
	findings: array(finding),
	headers: array(string()),
	profile: unknown$1(),
	drift: looseObject({ columns: array(drifted) }).nullable()
}));
/** Reads what `gatehouse data check --json` wrote. @throws InputError REPORT_INVALID, PROFILE_INVALID */
async function readSavedChecks(cwd, path) {
	const text = await readFile(resolve(cwd, path), "utf8").catch((cause) => {
		throw invalid(path, "it cannot be read", cause);
	});
	const read = saved.safeParse(parse(text, path));
	if (!read.success) throw invalid(path, read.error.issues[0]?.message ?? "it has another form");
	return read.data.map(({ dataset, findings, headers, profile, drift }) => ({
		dataset,
		findings,
		headers,
		profile: profile === null || profile === void 0 ? null : toProfile(profile, path),
		drift,
		files: []
	}));
}
function parse(text, path) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw invalid(path, "it is not JSON", cause);
	}
}
const invalid = (path, why, cause) => new InputError("REPORT_INVALID", `${path} is not what "gatehouse data check --json" writes: ${why}`, {
	hint: "Write it again: gatehouse data check --json > report.json",
	cause
});

// cli/commands/data/accept.ts
/** `gatehouse data accept`: the data is right, so the contract changes; who owns it approves. */
const acceptDataCommand = (open) => (program, context) => {
	program.command("accept").description("Changes the contract so that a finding is none, one line and no byte more; says who must approve").argument("<finding>", "code of a finding (data/range) or name of a rule").option("--column <name>", "only the finding of this column").option("--dataset <dataset>", "name or path of the contract; needed when there are several").option("--from <file>", "what \"gatehouse data check --json\" wrote; else the check runs now").option("--data <files...>", "check these files instead of those that the contract names").option("--reference <file>", "compare with this table, or with a profile (.json)").option("--tolerate", "let as many rows break the rule as do now, instead of changing the rule").option("--dry-run", "show the change and write nothing").action((named, options) => context.run(async () => {
		await accept(context, open, named, options);
		return 0;
	}));
};
async function accept(context, open, named, options) {
	const repository = await readDataRepository(context.cwd);
	const dataset = options.dataset ?? await datasetOf(context, options);
	const read = onlyOne(await findContracts(repository, context.cwd, dataset));
	const saved = await findSaved(context, open, read, options);
	const finding = findFinding(saved.findings, named, options.column);
	const inferred = await inferUnknown(context, open, finding, saved, options);
	const { profile, headers, drift } = saved;
	const facts = {
		contract: read.contract,
		profile,
		headers,
		drift,
		inferred,
		tolerate: options.tolerate === true
	};
	const answer = acceptFinding(finding, facts);
	if (answer.kind === "refused") throw new InputError("NOT_ACCEPTED", `${finding.code} cannot be accepted: ${answer.because}`, { hint: answer.fix });
	const text = answer.edits.reduce(editYaml, read.text);
	parseContract(text, read.path);
	if (options.dryRun !== true) await writeFile(read.local, text);
	const done = options.dryRun === true ? "would change" : "is changed";
	const approvals = await describeApprovals(repository.root, read.contract.dataset);
	context.print(renderText([
		paragraph({ strong: `${read.path} ${done}: ` }, { prose: answer.says }),
		{
			kind: "fence",
			language: "diff",
			lines: diffLines(read.text, text)
		},
		...approvals.map((line) => paragraph({ prose: line }))
	]));
}
/** A file with one dataset says which; with several of them somebody has to. */
async function datasetOf(context, { from }) {
	const [only, second] = from === void 0 ? [] : await readSavedChecks(context.cwd, from);
	return second === void 0 ? only?.dataset : void 0;
}
async function findSaved(context, open, { contract, path }, options) {
	if (options.from === void 0) {
		const [checked] = await checkData(context, open, options.dataset ?? contract.dataset, options);
		if (checked !== void 0) return toSaved(checked);
	} else {
		const found = (await readSavedChecks(context.cwd, options.from)).find(({ dataset }) => dataset === contract.dataset);
		if (found !== void 0) return found;
	}
	throw new InputError("FINDING_UNKNOWN", `nothing was found about the dataset of ${path}`, { hint: "Check it first: gatehouse data check" });
}
function findFinding(findings, named, column) {
	const code = named.includes("/") ? named : `data/${named}`;
	const fitting = findings.filter((finding) => (finding.code === code || finding.rule === named) && (column === void 0 || finding.column === column));
	const [only, second] = fitting;
	if (only !== void 0 && second === void 0) return only;
	const list = (only === void 0 ? findings : fitting).filter((each) => isAcceptable(each.code)).map(({ code: each, column: of, rule }) => `${each}${of === void 0 ? "" : ` --column "${of}"`}${rule === void 0 ? "" : ` (rule ${rule})`}`);
	if (only !== void 0) throw new InputError("FINDING_AMBIGUOUS", `${fitting.length} findings are called "${named}"`, { hint: `Say which: ${list.join("; ")}.` });
	throw new InputError("FINDING_UNKNOWN", `the check found no "${named}"${column === void 0 ? "" : ` of column "${column}"`}`, { hint: list.length === 0 ? "Nothing was found that could be accepted." : `Found: ${list.join("; ")}.` });
}
/** A column that the contract does not know was not measured by it: it is looked at now. */
async function inferUnknown(context, open, finding, { files }, options) {
	if (finding.code !== "data/column-unknown" || files.length === 0) return /* @__PURE__ */ new Map();
	const data = options.data === void 0 ? files : toDataFiles(context.cwd, options.data);
	const profile = await withEngine(context, open, (engine) => profileFiles(engine, data));
	return new Map(profile.columns.map((column) => [column.name, inferColumn(column, profile.rows)]));
}
function onlyOne(contracts) {
	const [only, second] = contracts;
	if (only !== void 0 && second === void 0) return only;
	throw new InputError("DATASET_AMBIGUOUS", `there are ${contracts.length} contracts here`, { hint: `Say which: --dataset ${contracts.map(({ contract }) => contract.dataset).join(" or ")}.` });
}

// core/drift/calibrate.ts
/** A limit below it would be about nothing, however quiet the history. */
const leastLimit = .01;
/**
* Proposes a limit for every column from the dataset's own history: the smallest that this history exceeds no more
* often than asked, with the rate of false alarms that follows from it.
*
* Of n effects the k-th largest is exceeded by the next one with probability k / (n + 1), whatever their distribution:
* so a rate of 5 % takes 19 pairs.
*/
function calibrate(inputs) {
	const { history, target, rules } = inputs;
	const pairs = history.slice(1).map((current, at) => {
		return {
			current,
			reference: (inputs.against === "first" ? history[0] : history[at]) ?? current
		};
	});
	const last = pairs.at(-1);
	if (last === void 0) return {
		pairs: 0,
		target,
		columns: []
	};
	const today = fixTests(comparePair(last, rules, inputs.limits), rules, inputs.limits);
	const now = pairs.map((pair) => comparePair(pair, withLimits(rules, today), {}));
	const proposed = today.map((column) => ({
		...column,
		limit: chooseLimit(resultsOf(now, column), target)
	}));
	const then = pairs.map((pair) => comparePair(pair, withLimits(rules, proposed), {}));
	const columns = proposed.map((column, at) => {
		return toCalibration(column, (today[at] ?? column).limit ?? 0, resultsOf(now, column), resultsOf(then, column), target);
	});
	return {
		pairs: pairs.length,
		target,
		columns
	};
}
const comparePair = ({ current, reference }, rules, limits) => compareProfiles(current, reference, rules, {
	reference: "history",
	...limits === void 0 ? {} : { limits }
});
/** The chosen test and limit of every column. A limit of the model goes before the contract's. */
function fixTests(report, rules, limits = {}) {
	const tests = /* @__PURE__ */ new Map();
	for (const { column, test, limit, result, because } of report.columns) {
		const { bins } = ruleOf(limits, column) ?? ruleOf(rules.columns, column) ?? {};
		tests.set(column, {
			column,
			test,
			limit,
			...bins === void 0 ? {} : { bins },
			because: result === "not compared" ? because : null
		});
	}
	return [...tests.values()];
}
function withLimits(rules, tests) {
	const columns = tests.filter(({ because }) => because === null).map(({ column, test, bins, limit }) => [column, {
		test,
		...bins === void 0 ? {} : { bins },
		...limit === null ? {} : { limit }
	}]);
	return {
		...rules,
		columns: Object.fromEntries(columns)
	};
}
const resultsOf = (reports, { column }) => reports.flatMap(({ columns }) => columns.filter((result) => result.column === column && wasCompared(result)));
const wasCompared = ({ result }) => result === "drift" || result === "no drift";
const pairsNeededFor = (target) => Math.ceil(1 / target) - 1;
function chooseLimit(results, target) {
	if (results.length < Math.max(1, pairsNeededFor(target))) return null;
	const effects = results.map(({ effect }) => effect ?? 0).sort((left, right) => right - left);
	const rank = Math.max(1, Math.floor(target * (effects.length + 1)));
	return Math.max(leastLimit, roundUp(effects[rank - 1] ?? 0));
}
function toCalibration({ column, test, bins, limit, because }, limitToday, now, then, target) {
	const frame = {
		column,
		test,
		...bins === void 0 ? {} : { bins }
	};
	const today = {
		limit: limitToday,
		alarms: rateOf(now)
	};
	if (because !== null) return {
		...frame,
		today,
		result: "not compared",
		because
	};
	const alarms = rateOf(then);
	return limit === null || alarms === null ? {
		...frame,
		today,
		result: "not enough history",
		pairs: now.length,
		pairsNeeded: pairsNeededFor(target)
	} : {
		...frame,
		today,
		result: "proposed",
		limit,
		alarms
	};
}
/** Counted with the decision itself: the effect above the limit and the corrected p-value below alpha. */
function rateOf(compared) {
	if (compared.length === 0) return null;
	const pairs = compared.length;
	const alarms = compared.filter(({ result }) => result === "drift").length;
	return {
		alarms,
		pairs,
		rate: alarms / pairs,
		interval: computeWilsonInterval(alarms, pairs)
	};
}
/** Two digits, never below the effect: a limit that a person can read and that the effect does not exceed. */
function roundUp(effect) {
	if (effect === 0) return 0;
	const unit = 10 ** (Math.floor(Math.log10(effect)) - 1);
	const rounded = Number((Math.ceil(effect / unit) * unit).toPrecision(2));
	return rounded >= effect ? rounded : Number((rounded + unit).toPrecision(2));
}

// core/report/calibration-table.ts
/** Proposed limits with the rate of false alarms that each implies; what has not enough history says how much it needs. */
function calibrationBlocks(dataset, { pairs, target, columns }) {
	return [paragraph({ strong: "Limits for" }, " ", { code: dataset }, ` from ${counted(pairs, "comparison")} of its history, taken for data without drift. Asked for: false alarms in at most ${percent(target)} of comparisons.`), {
		kind: "table",
		head: [
			"Column",
			"Test",
			"Limit today",
			"False alarms today",
			"Proposed",
			"False alarms then",
			"Why"
		],
		align: [
			"l",
			"l",
			"r",
			"l",
			"r",
			"l",
			"l"
		],
		rows: columns.map(toRow$1)
	}];
}
function toRow$1(column) {
	const { today } = column;
	return [
		[{ code: column.column }],
		[column.test],
		[column.result === "not compared" ? "–" : String(today.limit)],
		[today.alarms === null ? "–" : describe$1(today.alarms)],
		[column.result === "proposed" ? String(column.limit) : "–"],
		[column.result === "proposed" ? describe$1(column.alarms) : "–"],
		[because(column)]
	];
}
function because(column) {
	switch (column.result) {
		case "proposed": return "proposed";
		case "not enough history": return `not enough history: ${column.pairs} of ${column.pairsNeeded} comparisons`;
		case "not compared": return `not compared: ${column.because}`;
	}
}
const describe$1 = ({ alarms, pairs, rate, interval: [low, high] }) => `${percent(rate)} (${alarms} of ${pairs}; 95 %: ${percent(low)} to ${percent(high)})`;
const percent = (share) => `${Number((100 * share).toFixed(1))} %`;

// cli/ledger.ts
/**
* Reads the ledger of the clone that the command stands in, and proves it.
* @throws InputError LEDGER_NOT_FOUND, ANCHOR_INVALID, GIT_NO_REPOSITORY; ServiceError when anchors cannot be fetched
*/
async function readProvenLedger({ cwd, env }, options, fetchAnchors) {
	const given = options.anchor.map(parseAnchor);
	const main = await defaultBranch(cwd);
	const ref = options.ledger === void 0 ? await findRef(cwd, await configuredBranch(cwd, main)) : await findNamed(cwd, options.ledger);
	const layout = layoutOf(ref, main, options.shared === true);
	const files = await readFiles(cwd, ref, "", (path) => belongsToLedger(path, layout));
	const { github, app } = options;
	const fetched = await fetchAnchors({
		dir: cwd,
		env,
		...github ? { github } : {},
		...app ? { app } : {}
	});
	const commit = await resolveRef(cwd, ref) ?? "unknown";
	return {
		...proveLedger(files, [...given, ...fetched], layout, "refuse"),
		read: {
			ref,
			commit
		}
	};
}
/** Puts the options of `LedgerOptions` on a command. */
function withLedgerOptions(command) {
	return command.option("--ledger <ref>", "branch or commit of the ledger (default: what .github/gatehouse.yml says)").option("--anchor <size:root>", "what an app-owned check run says of the ledger; may be given again", collect, []).option("--github <url>", "repository to read the anchors from, for example https://github.com/acme/flights").option("--app <id>", "id of the app whose check runs count (default: GATEHOUSE_APP_ID)").option("--shared", "the ledger lies on the default branch, beside other files").option("--json", "print JSON");
}
const collect = (value, before) => [...before, value];
/** What the policy on the default branch says, else the default name. */
async function configuredBranch(dir, main) {
	for (const ref of main === null ? ["HEAD"] : [`origin/${main}`, main]) {
		if (await resolveRef(dir, ref) === null) continue;
		const content = (await readFiles(dir, ref, policyPath)).get(policyPath);
		if (content) return parsePolicy(new TextDecoder().decode(content), policyPath).ledger.branch;
	}
	return "gatehouse-ledger";
}
/** What somebody names is taken as git takes it: a local branch or a commit before the fetched branch of that name. */
async function findNamed(dir, name) {
	return await resolveRef(dir, name) === null ? findRef(dir, name) : name;
}
/** The fetched branch is newer than a local one of the same name, which nobody keeps up to date. */
async function findRef(dir, name) {
	for (const ref of [
		`refs/remotes/origin/${name}`,
		name,
		`refs/remotes/${name}`
	]) if (await resolveRef(dir, ref) !== null) return ref;
	throw new InputError("LEDGER_NOT_FOUND", `there is no ledger branch "${name}" in this clone`, { hint: `Fetch it: git fetch origin ${name}. Before the first merge of a proposal there is none.` });
}
/** On the default branch people's files lie beside the ledger; anywhere else every file is the ledger's. */
function layoutOf(ref, main, shared) {
	const name = ref.replace(/^refs\/(?:remotes\/origin|heads)\//, "").replace(/^origin\//, "");
	return shared || main !== null && name === main ? "shared" : "own";
}

// cli/commands/data/stored.ts
/**
* Reads the profiles of every version of a dataset that a model was trained on, oldest first, each once: from a proven
* ledger and the store of the policy.
* @throws InputError LEDGER_UNVERIFIED, POLICY_MISSING, STORE_ABSENT; ServiceError
*/
async function readStoredProfiles(context, { texts }, dataset, options, fetchAnchors) {
	const policyText = texts.get(policyPath);
	if (policyText === void 0) throw new InputError("POLICY_MISSING", `${policyPath} is not there: nobody knows where the store is`, { hint: "Give profiles that lie here: --history." });
	const proven = await readProvenLedger(context, options, fetchAnchors);
	requireVerified(proven);
	const used = [...proven.states.values()].flatMap(({ versions }) => [...versions.values()]).sort((a, b) => compare(a.record.registeredAt, b.record.registeredAt)).flatMap(({ record }) => record.lineage.datasets.filter((each) => each.dataset === dataset));
	const digests = new Set(used.flatMap(({ record }) => record === null ? [] : [record]));
	const policy = parsePolicy(policyText, policyPath);
	const store = await openStore(policy.store, networkOf(policy));
	const folder = await mkdtemp(join(tmpdir(), "gatehouse-records-"));
	try {
		const profiles = [];
		for (const digest of digests) {
			const text = await readFile(await store.get(digest, folder), "utf8");
			profiles.push(readRecordedProfile(text, `record of ${dataset}`).profile);
		}
		return profiles;
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
}
/** ISO instants of one form compare as text. */
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

// cli/commands/data/calibrate.ts
/** `gatehouse data calibrate`: limits of drift from the dataset's own history. */
const calibrateDataCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("calibrate").description("Proposes drift limits from a history of profiles, with the rate of false alarms that they imply").argument("<dataset>", "name or path of a contract").option("--history <profiles...>", "profiles in time order, oldest first (\"gatehouse data profile --out\")").option("--from-store", "profiles of everything that was trained on, from the ledger and the store").option("--model <name>", "with the limits of this model").option("--target <share>", "most false alarms a comparison", shareUpTo(.5), .05).option("--against <which>", "compare each with the previous one, or with the first one", "previous").option("--write", "write the limits into the contract");
	withLedgerOptions(command).action((dataset, options) => context.run(async () => {
		const repository = await readDataRepository(context.cwd);
		const [read] = await findContracts(repository, context.cwd, dataset);
		if (read === void 0) throw new TypeError("a named contract is found or refused");
		const name = read.contract.dataset;
		if (options.history === void 0 === (options.fromStore !== true)) throw noHistory();
		const history = options.history === void 0 ? await readStoredProfiles(context, repository, name, options, fetchAnchors) : await readHistory(context.cwd, options.history);
		const isPrivate = privacyIn(read.contract);
		const result = calibrate({
			history: history.map((profile) => toPublicProfile(profile, isPrivate)),
			rules: read.contract.drift,
			limits: findModel(repository, options.model)?.driftLimits?.[name] ?? {},
			target: options.target,
			against: toAgainst(options.against)
		});
		context.print(options.json === true ? JSON.stringify(result, null, 2) : renderText(calibrationBlocks(name, result), { width: 100 }));
		if (options.write === true) await write(context, repository.root, read, result);
		return 0;
	}));
};
const noHistory = () => new InputError("HISTORY_MISSING", "it is not said which history to learn from", { hint: "Give either --history PROFILE... or --from-store." });
async function readHistory(cwd, paths) {
	const profiles = [];
	for (const path of paths) {
		const text = await readFile(resolve(cwd, path), "utf8").catch((cause) => {
			throw new InputError("FILE_MISSING", `${path} cannot be read`, {
				hint: "Name profiles that \"gatehouse data profile --out\" wrote.",
				cause
			});
		});
		profiles.push(parseProfile(text, path));
	}
	return profiles;
}
function toAgainst(text) {
	if (text === "previous" || text === "first") return text;
	throw new InputError("AGAINST_UNKNOWN", `nothing is compared with "${text}"`, { hint: "Use --against previous or --against first." });
}
async function write(context, root, { contract, path, text, local }, { columns }) {
	const edited = columns.flatMap((column) => {
		if (column.result !== "proposed") return [];
		const at = [
			"drift",
			"columns",
			column.column
		];
		return [{
			kind: "set",
			path: [...at, "limit"],
			value: column.limit
		}, {
			kind: "set",
			path: [...at, "test"],
			value: column.test
		}];
	}).reduce(editYaml, text);
	parseContract(edited, path);
	await writeFile(local, edited);
	const approvals = edited === text ? [] : await describeApprovals(root, contract.dataset);
	context.complain(renderText([
		paragraph({ strong: edited === text ? `${path} stays as it is.` : `${path} is changed:` }),
		...edited === text ? [] : [{
			kind: "fence",
			language: "diff",
			lines: diffLines(text, edited)
		}],
		...approvals.map((line) => paragraph({ prose: line }))
	]));
}

// core/report/profile-diff.ts
/** Digits of a mean: enough to see a change, and what does not change reads the same. */
const shownDigits$1 = 5;
/**
* Two profiles column by column, old beside new: columns of the new one, then those that are gone.
* @param renames new name to old name
*/
function profileDiffTable(before, after, renames) {
	const old = new Map(before.columns.map((column) => [column.name, column]));
	const pairs = after.columns.map((column) => [old.get(renames.get(column.name) ?? column.name), column]);
	const paired = new Set(pairs.map(([column]) => column?.name));
	const gone = before.columns.filter(({ name }) => !paired.has(name)).map((column) => [column, void 0]);
	return {
		kind: "table",
		head: [
			"Column",
			"Type",
			"Empty",
			"Different",
			"Smallest",
			"Largest",
			"Mean",
			"Standard deviation"
		],
		align: [
			"l",
			"l",
			"r",
			"r",
			"l",
			"l",
			"r",
			"r"
		],
		rows: [...pairs, ...gone].map(([from, to]) => toRow(from, to, before.rows, after.rows))
	};
}
function toRow(from, to, rowsBefore, rowsAfter) {
	const name = to?.name ?? from?.name ?? "";
	const renamed = from !== void 0 && to !== void 0 && from.name !== to.name ? ` (was ${from.name})` : "";
	const state = from === void 0 ? " (new)" : to === void 0 ? " (gone)" : renamed;
	const both = (read) => [change(from && read(from, rowsBefore), to && read(to, rowsAfter))];
	return [
		[{ code: name }, state],
		both(({ type }) => type),
		both(({ nulls }, rows) => nulls === 0 ? "0" : writeShare(nulls, rows)),
		both(({ distinct }) => distinct === null ? "–" : grouped(distinct)),
		both(({ min }) => min ?? "–"),
		both(({ max }) => max ?? "–"),
		both((column) => short$1(meanOf(column))),
		both((column) => short$1(sdOf(column)))
	];
}
/** What stayed is said once. */
function change(from, to) {
	if (from === void 0 || to === void 0 || from === to) return to ?? from ?? "–";
	return `${from} → ${to}`;
}
const short$1 = (value) => value === null ? "–" : String(Number(value.toPrecision(shownDigits$1)));

// core/report/profile-table.ts
/** Values shown of one column. */
const topValues = 5;
const shownDigits = 6;
/**
* A profile for people: columns with their cells, then numbers, then the commonest values.
* @param hidden columns of which nothing is shown but the number of empty cells
*/
function profileBlocks({ rows, columns }, hidden) {
	const open = columns.filter(({ name }) => !hidden.has(name));
	const numbers = open.filter(({ moments }) => moments !== null);
	const valued = open.filter(({ distribution }) => distribution.kind === "values");
	return [
		paragraph({ strong: `${counted(rows, "row")}, ${counted(columns.length, "column")}` }),
		{
			kind: "table",
			head: [
				"Column",
				"Type",
				"Empty",
				"Different",
				"Smallest",
				"Largest"
			],
			align: [
				"l",
				"l",
				"r",
				"r",
				"l",
				"l"
			],
			rows: columns.map((column) => columnRow(column, rows, hidden.has(column.name)))
		},
		...numbers.length === 0 ? [] : [{
			kind: "table",
			head: [
				"Column",
				"Mean",
				"Standard deviation",
				"1 %",
				"25 %",
				"Median",
				"75 %",
				"99 %"
			],
			align: [
				"l",
				"r",
				"r",
				"r",
				"r",
				"r",
				"r",
				"r"
			],
			rows: numbers.map(numberRow)
		}],
		...valued.length === 0 ? [] : [{
			kind: "table",
			head: ["Column", "Commonest values"],
			rows: valued.map((column) => [[{ code: column.name }], [commonest(column)]])
		}],
		...numbers.some(({ distribution }) => distribution.kind === "buckets") ? [paragraph("~ is an estimate: the column has too many different values to keep each.")] : []
	];
}
function columnRow(column, rows, isHidden) {
	const { name, type, nulls, unreadable, distinct, min, max } = column;
	const empty = nulls === 0 ? "0" : `${grouped(nulls)} (${writeShare(nulls, rows)})`;
	const bad = unreadable === 0 ? "" : `, ${grouped(unreadable)} unreadable`;
	if (isHidden) return [
		[{ code: name }],
		[type],
		[`${empty}${bad}`],
		["hidden"],
		["hidden"],
		["hidden"]
	];
	return [
		[{ code: name }],
		[type],
		[`${empty}${bad}`],
		[distinct === null ? "many" : grouped(distinct)],
		[min ?? "–"],
		[max ?? "–"]
	];
}
function numberRow(column) {
	const quantiles = [
		.01,
		.25,
		.5,
		.75,
		.99
	].map((at) => {
		const answer = quantileOf(column, at);
		return [answer === null ? "–" : `${answer.exact ? "" : "~"}${short(answer.value)}`];
	});
	return [
		[{ code: column.name }],
		[short(meanOf(column))],
		[short(sdOf(column))],
		...quantiles
	];
}
const short = (value) => value === null ? "–" : String(Number(value.toPrecision(shownDigits)));
function commonest({ distribution }) {
	if (distribution.kind !== "values") return "–";
	const total = countReadable(distribution) ?? 0;
	const sorted = [...distribution.values].sort(([, a], [, b]) => b - a).slice(0, topValues);
	const left = distribution.values.length - sorted.length;
	return `${sorted.map(([value, count]) => `${value.slice(0, 40)} (${writeShare(count, total)})`).join(", ")}${left > 0 ? ` and ${grouped(left)} more` : ""}`;
}

// cli/commands/data/profile.ts
/** `gatehouse data profile`: what is in a table. */
const profileDataCommand = (open) => (program, context) => {
	program.command("profile").description("Says what is in a table: types, empty cells, numbers, commonest values").argument("<files...>", "tables that are read as one").option("--contract <dataset>", "types and privacy from this contract; else types are found and privacy is guessed").option("--out <file>", "write the profile as canonical JSON: later data is compared with it").option("--force", "write over a file that is there").option("--json", "print the profile as JSON").action((files, options) => context.run(async () => {
		const contract = await readContract(context.cwd, options.contract);
		const types = contract === null ? "find" : new Map(contract.columns.map(({ name, type }) => [name, type]));
		const { onProgress } = progressOf(context, "profile");
		const whole = await withEngine(context, open, (engine) => profileFiles(engine, toDataFiles(context.cwd, files), types, onProgress));
		const privacyOf = contract === null ? guessPrivacyIn(whole) : privacyIn(contract);
		const profile = toPublicProfile(whole, privacyOf);
		const json = renderProfile(profile);
		if (options.out !== void 0) await writeNew(resolve(context.cwd, options.out), json, options.force === true);
		const hidden = profile.columns.map(({ name }) => name).filter((name) => privacyOf(name) !== "none");
		const guessed = contract === null && hidden.length > 0 ? [guessNote(hidden)] : [];
		context.print(options.json === true ? json.trimEnd() : renderText([...profileBlocks(profile, new Set(hidden)), ...guessed.map((note) => paragraph({ prose: note }))], { width: 100 }));
		return 0;
	}));
};
async function readContract(cwd, named) {
	if (named === void 0) return null;
	const [read] = await findContracts(await readDataRepository(cwd), cwd, named);
	return read?.contract ?? null;
}
/** Without a contract nobody has said what is private: names and values decide, and rather too often than too seldom. */
function guessPrivacyIn({ columns }) {
	const guessed = new Map(columns.map((column) => [column.name, guessColumnPrivacy(column)?.privacy ?? "none"]));
	return (column) => guessed.get(column) ?? "secret";
}
const guessNote = (hidden) => `Hidden because of their names or values: ${hidden.join(", ")}. A contract says which columns are private: --contract.`;

// cli/commands/data/side.ts
const atRef = /^([^:]+):(datasets\/[^:/]+\.yml)$/;
/**
* Reads what a person named: a profile (.json), a dataset of a commit (`main:datasets/flights.yml`), or a table.
* @throws InputError PROFILE_INVALID, GIT_NO_REF, DATASET_UNREADABLE, DATA_UNREADABLE
*/
async function readSide(named, source) {
	const { cwd, engine, contract } = source;
	if (named.endsWith(".json")) {
		const text = await readFile(resolve(cwd, named), "utf8").catch((cause) => {
			throw new InputError("FILE_MISSING", `${named} cannot be read`, {
				hint: "Name a file that lies here.",
				cause
			});
		});
		return {
			profile: hide(parseProfile(text, named), contract),
			contract
		};
	}
	const [, ref, path] = atRef.exec(named) ?? [];
	if (ref !== void 0 && path !== void 0) return readCommitted(ref, path, source);
	const types = contract === null ? "find" : typesOf(contract);
	const profile = await profileFiles(engine, [{
		path: named,
		local: resolve(cwd, named)
	}], types);
	return {
		profile: hide(profile, contract),
		contract
	};
}
async function readCommitted(ref, path, source) {
	const { root } = source.repository;
	const bytes = (await readFiles(root, ref, path)).get(path);
	if (bytes === void 0) throw new InputError("CONTRACT_MISSING", `${ref} has no ${path}`, { hint: `Look: git ls-tree ${ref} datasets/` });
	const text = new TextDecoder().decode(bytes);
	const contract = parseContract(text, path);
	const files = await fetchCommitted(ref, contract, text, path, source);
	return {
		profile: hide(await profileFiles(source.engine, files, typesOf(contract)), contract),
		contract
	};
}
/** The data of a commit: files from git itself, pointers from the remote of the policy. */
async function fetchCommitted(ref, contract, text, path, { repository, workdir }) {
	const { root } = repository;
	const listing = await readTree(root, ref);
	const { files, findings } = resolveFiles(contract, listing, openLocator(text, path));
	const folder = join(workdir, ref.replace(/[^A-Za-z0-9]/g, "-"));
	await mkdir(folder, { recursive: true });
	const tables = new Tables({
		...dataPlace(repository),
		workdir: folder,
		readBlob: async (file) => (await readFiles(root, ref, file.path)).get(file.path) ?? /* @__PURE__ */ new Uint8Array()
	});
	const read = await tables.readFacts(files);
	const fetched = await tables.fetch(read.facts);
	const wrong = [
		...findings,
		...read.findings,
		..."findings" in fetched ? fetched.findings : []
	];
	if (wrong.length === 0 && !("findings" in fetched)) return fetched;
	throw new InputError("DATASET_UNREADABLE", `the data of ${contract.dataset} at ${ref} cannot be had`, {
		hint: wrong[0]?.fix ?? "Fetch the commit and its data.",
		findings: wrong
	});
}
const typesOf = ({ columns }) => new Map(columns.map(({ name, type }) => [name, type]));
const hide = (profile, contract) => toPublicProfile(profile, contract === null ? guessPrivacyIn(profile) : privacyIn(contract));

// cli/commands/data/diff.ts
/** `gatehouse data diff`: what changed from one version of a table to another one. */
const diffDataCommand = (open) => (program, context) => {
	program.command("diff").description("Compares two tables, profiles or committed datasets: shape, numbers, drift").argument("<old>", "a table, a profile (.json), or REF:datasets/NAME.yml").argument("<new>", "the same").option("--contract <dataset>", "types, privacy and drift limits from this contract").option("--min-rows <number>", "fewest rows of a comparison", wholeNumber(2, 1e9)).option("--json", "print JSON").action((old, now, options) => context.run(async () => {
		const repository = await readDataRepository(context.cwd);
		const [read] = options.contract === void 0 ? [] : await findContracts(repository, context.cwd, options.contract);
		const [before, after] = await withEngine(context, open, async (engine, workdir) => {
			const source = {
				cwd: context.cwd,
				repository,
				engine,
				workdir,
				contract: read?.contract ?? null
			};
			return [await readSide(old, source), await readSide(now, source)];
		});
		const rules = {
			...(read?.contract ?? after.contract ?? before.contract)?.drift ?? toDriftRules(void 0),
			...options.minRows === void 0 ? {} : { minRows: options.minRows }
		};
		const report = compareProfiles(after.profile, before.profile, rules, { reference: old });
		const renames = findRenames(after.profile, before.profile);
		context.print(options.json === true ? JSON.stringify({
			old,
			new: now,
			drift: report,
			before: before.profile,
			after: after.profile
		}, null, 2) : renderText([
			...driftBlocks(now, report),
			paragraph("Old and new:"),
			profileDiffTable(before.profile, after.profile, renames)
		], { width: 100 }));
		return 0;
	}));
};

// core/dataset/infer.ts
/** Comments of more columns than this would make the file too long to be read (`limits` of core/config/source.ts). */
const mostCommented = 1500;
/** Share of the rows that a later batch must have. */
const rowsShare = .5;
/**
* Writes a first contract from data. The data keeps it; what only a person knows stands as an empty field, which every
* check names until it is filled.
* @returns YAML text of `datasets/<dataset>.yml`
* @throws InputError INFER_DATA when there is no row, no column, or a header that no contract can name
*/
function inferContract({ dataset, files, profile }) {
	requireTable(profile);
	const columns = profile.columns.map((column) => inferColumn(column, profile.rows));
	const commented = columns.length <= mostCommented;
	const ignored = columns.filter(({ isKey, privacy }) => isKey && privacy === "none");
	return [
		`# First contract of "${dataset}", written by "gatehouse data infer" from ${writeCount(profile.rows)} rows.`,
		"# It says what was seen, with some room; what is right only you know. Read every line before you commit it.",
		"version: 1",
		"",
		...governance,
		"",
		`files: ${writeYaml(files)}`,
		"",
		`# ${writeCount(profile.rows)} rows seen; half of them must be there in later data.`,
		`rows: { min: ${Math.max(1, Math.floor(profile.rows * rowsShare))} }`,
		"",
		"columns:",
		...columns.flatMap((column) => [...commented ? [`  # ${commentOf(column)}`] : [], `  - ${writeColumn(column)}`]),
		...rulesOf(columns),
		...ignored.length === 0 ? [] : [
			"",
			"# Keys and row numbers differ in every batch: they are not compared.",
			`drift: { ignore: ${writeYaml(ignored.map(({ name }) => name))} }`
		],
		""
	].join("\n");
}
/** Left empty: a missing owner, date or legal basis fails every check, by name and line. */
const governance = [
	"# TODO: fill in these seven lines. Until then every check fails and names them.",
	"description: # TODO what one row is",
	"owner: # TODO who answers for the data: { users: [login] } or { teams: [organization/team] }",
	"source: # TODO where the data comes from",
	"legal-basis: # TODO what allows its use",
	"approved-by: # TODO who approved its use",
	"expires: # TODO the day after which nothing may train on it: \"2030-12-31\"",
	"access: # TODO models that may train on it: [flight-delay], or [\"*\"] for all"
];
/** One line of `columns` as it is written: for a whole contract, and for a column that comes to one. */
function writeColumn({ name, type, fields }) {
	return writeYaml({
		name,
		type,
		...fields
	});
}
function commentOf({ because }) {
	return because.join("; ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
}
function rulesOf(columns) {
	const taken = /* @__PURE__ */ new Set();
	const rules = columns.flatMap(({ name, missing }) => {
		if (missing === null) return [];
		const rule = {
			name: nameOf(`missing-${name}`, taken),
			rule: "missing",
			column: name,
			max: missing
		};
		return [`  - ${writeYaml(rule)}`];
	});
	return rules.length === 0 ? [] : [
		"",
		"# Twice the share of empty cells that was seen; above a quarter, half of what is left.",
		"rules:",
		...rules
	];
}
/** A legal name that is not taken: `missing-tail-number`. */
function nameOf(text, taken) {
	const slug = text.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 50).replace(/^-+|-+$/g, "");
	const base = isName(slug) ? slug : "missing";
	let name = base;
	for (let at = 2; taken.has(name); at += 1) name = `${base}-${at}`;
	taken.add(name);
	return name;
}
function requireTable({ rows, columns }) {
	const names = columns.map(({ name }) => name);
	const odd = names.findIndex((name) => !columnName.safeParse(name).success);
	const doubled = names.find((name, at) => names.indexOf(name) !== at);
	const separator = names.length === 1 ? findSeparator(names[0] ?? "") : null;
	if (separator !== null) throw new InputError("INFER_DATA", `no contract can be written from these files: their only column is "${names[0]}", so their cells are separated by ${separator}`, { hint: "Write them with commas between the cells." });
	const because = names.length === 0 ? "they have no column" : rows === 0 ? "they have no row: nothing can be learnt from a header" : odd >= 0 ? `column ${odd + 1} has no name on one line of at most 200 characters` : doubled === void 0 ? null : `the column "${doubled}" is there twice`;
	if (because === null) return;
	throw new InputError("INFER_DATA", `no contract can be written from these files: ${because}`, { hint: "Mend the header or name other files." });
}
/** Where a contract of a dataset goes unless somebody says otherwise. @throws InputError INFER_NAME */
function inferredPath(dataset) {
	if (isName(dataset)) return contractPath(dataset);
	throw new InputError("INFER_NAME", `"${dataset}" cannot be the name of a dataset`, { hint: "Use small letters, digits and \"-\": gatehouse data infer FILE --name flights." });
}

// cli/commands/data/infer.ts
/** `gatehouse data infer`: a first contract from data. */
const inferDataCommand = (open) => (program, context) => {
	program.command("infer").description("Writes a first contract from data, with the reason of each rule as a comment").argument("<files...>", "tables that are read as one").requiredOption("--name <dataset>", "name of the dataset, for example flights").option("--out <file>", "where the contract goes (default: datasets/<dataset>.yml of the clone)").option("--force", "write over a contract that is there").option("--dry-run", "print it and write nothing").action((files, options) => context.run(async () => {
		const { root, paths } = await readDataRepository(context.cwd);
		const target = options.out === void 0 ? resolve(root, inferredPath(options.name)) : resolve(context.cwd, options.out);
		inferredPath(options.name);
		const { onProgress } = progressOf(context, options.name);
		const profile = await withEngine(context, open, (engine) => profileFiles(engine, toDataFiles(context.cwd, files), "find", onProgress));
		const named = files.map((file) => toRepositoryPath(root, context.cwd, file)).map((file) => paths.includes(`${file}.dvc`) ? `${file}.dvc` : file);
		const text = inferContract({
			dataset: options.name,
			files: named,
			profile
		});
		if (options.dryRun === true) {
			context.print(text.trimEnd());
			return 0;
		}
		await writeNew(target, text, options.force === true);
		context.print(`${toRepositoryPath(root, context.cwd, target)} is written. Fill in its seven empty fields, read every line, then: gatehouse data check ${options.name}`);
		return 0;
	}));
};

// cli/commands/data/production-like.ts
/** `gatehouse data production-like`: held-out rows spoiled as production spoils them, and the record of how. */
const productionLikeCommand = (program, context) => {
	program.command("production-like").description("Builds the production-like set of a model: held-out rows spoiled by its declared suite").argument("<model>", "name of the model").requiredOption("--features <file>", "held-out features as CSV").requiredOption("--out <folder>", "where the set and its record go").option("--json", "print the record as JSON").action((name, options) => context.run(async () => {
		const repository = await readDataRepository(context.cwd);
		const model = findModel(repository, name);
		const suite = model?.productionLike;
		if (model === null || suite === void 0) throw noSuite(name);
		const folder = resolve(context.cwd, options.out);
		await mkdir(folder, { recursive: true });
		const target = join(folder, basename(options.features));
		const recorded = suite.corruptions.flatMap((one) => one.kind === "recorded" ? [[one.file, resolve(repository.root, one.file)]] : []);
		const record = await buildProductionLikeSet({
			source: resolve(context.cwd, options.features),
			target,
			suite,
			key: model.heldOut.key,
			recorded: new Map(recorded)
		});
		await writeFile(join(folder, "record.json"), `${canonicalJson(record)}\n`, { flag: "wx" }).catch((cause) => {
			throw new InputError("PRODUCTION_LIKE_TARGET", `${join(options.out, "record.json")} cannot be written anew`, {
				hint: "Name an empty folder.",
				cause
			});
		});
		context.print(options.json === true ? JSON.stringify(record, null, 2) : renderText(recordBlocks(name, record, target)));
		return 0;
	}));
};
function recordBlocks(model, { rows, corruptions, result }, target) {
	return [
		paragraph({ strong: `Production-like set of ${model}` }, `: ${counted(rows, "row")} in `, { prose: target }),
		{
			kind: "table",
			head: [
				"Corruption",
				"Kind",
				"Rows",
				"Cells"
			],
			align: [
				"l",
				"l",
				"r",
				"r"
			],
			rows: corruptions.map((each) => [
				[each.name],
				[each.kind],
				[grouped(each.rows)],
				[grouped(each.cells)]
			])
		},
		paragraph("Digest: ", { code: result })
	];
}
const noSuite = (name) => new InputError("SUITE_MISSING", `the model ${name} declares no corruptions`, { hint: `Add production-like to models/${name}/model.yml: a seed and the corruptions.` });

// cli/commands/data.ts
/** `gatehouse data ...`: everything about data that needs no pull request. */
const dataCommand = (open, fetchAnchors) => (program, context) => {
	const data = program.command("data").description("Checks, describes and compares data on this machine");
	const commands = [
		checkDataCommand(open),
		profileDataCommand(open),
		inferDataCommand(open),
		acceptDataCommand(open),
		diffDataCommand(open),
		calibrateDataCommand(fetchAnchors),
		productionLikeCommand
	];
	for (const add of commands) add(data, context);
};

// core/audit/history.ts
/**
* Tells a model's history, oldest first, from a proven ledger.
* @throws InputError LEDGER_UNVERIFIED, LEDGER_UNKNOWN_MODEL
*/
function historyOf(verification, model) {
	requireVerified(verification);
	stateOf(verification, model);
	return verification.events.filter(({ stream }) => stream === streamOf(model)).map(toLine);
}
function toLine({ seq, at, data, source, actor, approvals, hash }) {
	const common = {
		seq,
		at,
		pullRequest: source.pullRequest,
		by: actor,
		approvals,
		hash
	};
	const none = {
		version: null,
		from: null,
		to: null,
		endpoint: null
	};
	switch (data.type) {
		case "VersionRegistered": {
			const because = `judged, artifact ${data.record.artifact.digest}`;
			const { version } = data.record;
			return {
				...common,
				...none,
				what: "registered",
				version,
				to: "registered",
				because
			};
		}
		case "HeldOutUsed": {
			const because = `look ${data.look} on the held-out labels ${data.heldOut}`;
			return {
				...common,
				...none,
				what: "judged",
				because
			};
		}
		case "Correction": return {
			...common,
			...none,
			what: "correction",
			because: `of event ${data.ofSeq}: ${data.reason}`
		};
		default: {
			const { version, from, to } = data;
			const endpoint = "endpoint" in data ? data.endpoint : null;
			return {
				...common,
				what: words[data.type],
				version,
				from,
				to,
				endpoint,
				because: becauseOf(data)
			};
		}
	}
}
const words = {
	VersionStaged: "staged",
	VersionShortlisted: "shortlisted",
	VersionRejected: "rejected",
	VersionPromoted: "promoted",
	VersionRolledBack: "rolled back to",
	VersionArchived: "archived"
};
function becauseOf(data) {
	if (data.type === "VersionArchived") return data.because;
	if (data.type !== "VersionPromoted" && data.type !== "VersionRolledBack") return "requested";
	const replaced = data.replaced === null ? "no champion before" : `replaces v${data.replaced}`;
	return data.type === "VersionRolledBack" ? `${replaced}, not judged again` : `${replaced}`;
}

// cli/commands/history.ts
/** `gatehouse history`: who approved what, when, why. */
const historyCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("history").description("Tells what happened to a model: who approved what, when and why, from a proven ledger").argument("<model>", "name of the model");
	withLedgerOptions(command).action((model, options) => context.run(async () => {
		const lines = historyOf(await readProvenLedger(context, options, fetchAnchors), model);
		context.print(options.json ? JSON.stringify(lines, null, 2) : renderText(historyBlocks(model, lines)));
		return 0;
	}));
};

// core/lineage/reach.ts
/** Edges that leave an entity in one direction, by entity. */
function edgesBy(lineage, direction) {
	const found = /* @__PURE__ */ new Map();
	for (const edge of lineage.edges) {
		const at = direction === "up" ? edge.to : edge.from;
		const list = found.get(at);
		if (list === void 0) found.set(at, [edge]);
		else list.push(edge);
	}
	return found;
}
/** The other end of an edge. */
const farEnd = (edge, direction) => direction === "up" ? edge.from : edge.to;
/**
* Every entity in one direction, each once, nearest first; a circle ends where it began. What is over is not followed.
* @param edges those of the direction
* @returns ids without the beginning itself
*/
function reach(edges, id, direction) {
	const found = /* @__PURE__ */ new Set([id]);
	for (const at of found) for (const edge of edges.get(at) ?? []) if (!edge.past) found.add(farEnd(edge, direction));
	found.delete(id);
	return [...found];
}

// core/lineage/constraint.ts
/** What the contract of a dataset binds its users to. Names of columns are shown, never values. */
function constraintsOf(contract) {
	const { access, expires, legalBasis, approvedBy } = contract;
	return [
		{
			kind: "approver",
			value: approvedBy
		},
		{
			kind: "legal basis",
			value: legalBasis
		},
		{
			kind: "retention",
			value: expires
		},
		{
			kind: "access",
			value: access.length === 0 ? "no model" : access.join(", ")
		},
		...["secret", "personal"].flatMap((privacy) => {
			const names = contract.columns.filter((column) => column.privacy === privacy).map(({ name }) => name);
			return names.length === 0 ? [] : [{
				kind: "privacy",
				value: `${privacy}: ${names.join(", ")}`
			}];
		})
	];
}
/**
* Everything that binds an entity: its own constraints and those of whatever it was made from.
* @param up edges of the lineage by what they lead to, when the caller has them already
* @returns its own first, then by distance; each with the entity that it comes from
*/
function carriedBy(lineage, id, up = edgesBy(lineage, "up")) {
	return [id, ...reach(up, id, "up")].flatMap((from) => (lineage.entities.get(from)?.constraints ?? []).map((constraint) => ({
		...constraint,
		from
	})));
}

// core/lineage/entity.ts
const sourceId = (text) => `source:"${text}"`;
const datasetId = (name) => `dataset:${name}`;
/** @param digest `sha256:` and 64 hex characters */
const datasetVersionId = (name, digest) => `dataset:${name}@${digest}`;
const transformationId = (name) => `transformation:${name}`;
const runId = (run) => `run:${run}`;
const versionId = (model, version) => `${model}@v${version}`;
const endpointId = (endpoint, model) => `endpoint:${endpoint}/${model}`;

// core/lineage/build.ts
/** Joins what the contracts of today say with what the ledger recorded. The same sources give the same lineage. */
function buildLineage({ contracts, unreadable = [], states }) {
	const draft = new Draft();
	for (const contract of contracts) addContract(draft, contract);
	for (const dataset of unreadable) addUnknown(draft, dataset, "its contract cannot be read");
	for (const parent of contracts.flatMap(({ derivedFrom }) => derivedFrom)) if (!draft.entities.has(datasetId(parent))) addUnknown(draft, parent, "it has no contract here");
	for (const state of states) {
		for (const version of state.versions.values()) addVersion(draft, version);
		for (const { endpoint, champion, since, fallback } of state.endpoints.values()) draft.add({
			id: endpointId(endpoint, state.model),
			kind: "endpoint",
			label: `endpoint ${endpoint} of ${state.model}`,
			facts: [["champion", champion === null ? `none, the fallback serves: ${fallback}` : `v${champion}`], ["since", since]],
			constraints: []
		});
	}
	return draft;
}
var Draft = class {
	entities = /* @__PURE__ */ new Map();
	edges = [];
	#joined = /* @__PURE__ */ new Set();
	/** The first one that names an entity describes it. */
	add(entity) {
		if (!this.entities.has(entity.id)) this.entities.set(entity.id, entity);
	}
	join(from, to, label = "", past = false) {
		const key = JSON.stringify([
			from,
			to,
			label
		]);
		if (this.#joined.has(key)) return;
		this.#joined.add(key);
		this.edges.push({
			from,
			to,
			label,
			past
		});
	}
};
function addContract(draft, contract) {
	const { dataset, source, derivedFrom, description, files } = contract;
	const id = datasetId(dataset);
	draft.add({
		id,
		kind: "dataset",
		label: `dataset ${dataset}`,
		facts: [["what", description], ["files", files.join(", ")]],
		constraints: constraintsOf(contract)
	});
	addSource(draft, source);
	draft.join(sourceId(source), id);
	if (derivedFrom.length === 0) return;
	const step = transformationId(dataset);
	draft.add({
		id: step,
		kind: "transformation",
		label: `what makes ${dataset} from ${derivedFrom.join(", ")}`,
		facts: contract.ingest === void 0 ? [] : [["command", contract.ingest.command]],
		constraints: []
	});
	draft.join(step, id);
	for (const parent of derivedFrom) draft.join(datasetId(parent), step);
}
function addSource(draft, source) {
	draft.add({
		id: sourceId(source),
		kind: "source",
		label: source,
		facts: [],
		constraints: []
	});
}
function addUnknown(draft, dataset, because) {
	draft.add({
		id: datasetId(dataset),
		kind: "dataset",
		label: `dataset ${dataset}`,
		facts: [],
		constraints: [{
			kind: "unknown",
			value: because
		}]
	});
}
function addVersion(draft, { record, stage, since, deployments }) {
	const id = versionId(record.model, record.version);
	const run = addRun(draft, record);
	draft.add({
		id,
		kind: "version",
		label: `model ${record.model} v${record.version}`,
		facts: [
			["stage", `${stage} since ${since}`],
			["artifact", record.artifact.digest],
			["pull request", `#${record.lineage.pullRequest}`],
			["code", record.lineage.codeCommit],
			["held-out features", record.lineage.heldOut.featuresDigest]
		],
		constraints: []
	});
	draft.join(run, id);
	for (const deployment of deployments) addDeployment(draft, id, record.model, deployment);
}
function addRun(draft, { lineage }) {
	const { trainedBy, run, datasets } = lineage;
	const id = runId(trainedBy.runId);
	draft.add({
		id,
		kind: "run",
		label: `run ${trainedBy.runId}`,
		facts: [
			["attempt", String(trainedBy.runAttempt)],
			["command (claimed)", run.command],
			["machine (claimed)", `${run.runner}, GPU ${showGpus(run.machine)}`]
		],
		constraints: []
	});
	for (const { dataset, dataDigest, contractDigest, rows, source, record } of datasets) {
		const data = datasetVersionId(dataset, dataDigest);
		draft.add({
			id: data,
			kind: "dataset-version",
			label: `data of ${dataset}`,
			facts: [
				["rows", rows === null ? "unknown" : String(rows)],
				["contract then", contractDigest],
				["record in the store", record ?? "none"]
			],
			constraints: []
		});
		if (!draft.entities.has(datasetId(dataset))) addUnknown(draft, dataset, "it has no contract here any more");
		addSource(draft, source);
		draft.join(datasetId(dataset), data);
		draft.join(sourceId(source), data, "as recorded then");
		draft.join(data, id);
	}
	return id;
}
function addDeployment(draft, version, model, deployment) {
	const { endpoint, from, until } = deployment;
	const label = until === null ? `serves since ${from}` : `served from ${from} to ${until}`;
	draft.join(version, endpointId(endpoint, model), label, until !== null);
}

// core/lineage/expired.ts
/**
* Lists every version that was trained on data past its retention, or on data that its model may not use (any more),
* whatever stands between the data and the version.
* @param today ISO date, UTC; anything else expires everything
* @returns sorted by version as the ledger has them
*/
function unfitVersions(lineage, today) {
	const up = edgesBy(lineage, "up");
	const down = edgesBy(lineage, "down");
	return [...lineage.entities.values()].filter(({ kind }) => kind === "version").flatMap(({ id }) => {
		const model = id.slice(0, id.lastIndexOf("@"));
		const serves = (down.get(id) ?? []).filter(({ past }) => !past).map(({ to }) => to);
		return carriedBy(lineage, id, up).flatMap(({ kind, value, from }) => {
			if (kind === "retention" && isKept(value, today)) return [];
			if (kind === "access" && mayUse(value, model)) return [];
			if (kind !== "retention" && kind !== "access" && kind !== "unknown") return [];
			return [{
				version: id,
				because: kind,
				from,
				value,
				serves
			}];
		});
	});
}
/** Names hold no comma: the display text is the list. */
function mayUse(access, model) {
	const named = access.split(", ");
	return named.includes("*") || named.includes(model);
}
/** Dates of equal form compare as text; anything else is no date and never counts as kept. */
const isKept = (expires, today) => isDate(expires) && isDate(today) && today <= expires;
function isDate(text) {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

// core/lineage/find-entity.ts
/** Fewest hex characters by which a digest is known. */
const shortestDigest = 7;
/**
* Finds what somebody typed: an id as it is, a digest by its beginning, a source without its quotes (a shell eats them).
* @throws InputError LINEAGE_UNKNOWN with what was probably meant, LINEAGE_AMBIGUOUS for a beginning of two digests
*/
function findEntity(lineage, text) {
	const exact = lineage.entities.get(text) ?? lineage.entities.get(text.replace(/^source:(.*)$/s, "source:\"$1\""));
	if (exact !== void 0) return exact;
	const begun = new RegExp(`@sha256:[0-9a-f]{${shortestDigest},63}$`).test(text) ? [...lineage.entities.values()].filter(({ id }) => id.startsWith(text)) : [];
	const [only, second] = begun;
	if (only !== void 0 && second === void 0) return only;
	if (only !== void 0 && second !== void 0) throw new InputError("LINEAGE_AMBIGUOUS", `"${text}" is the beginning of ${begun.length} digests`, { hint: `Give more of it: ${only.id} or ${second.id}.` });
	throw unknown(lineage, text);
}
function unknown(lineage, text) {
	const ids = [...lineage.entities.keys()];
	const near = suggest(text, ids);
	const named = ids.find((id) => id === `dataset:${text}` || id.startsWith(`${text}@v`) || id.endsWith(`:${text}`));
	const meant = near ?? named ?? null;
	const forms = "flight-delay@v7, dataset:flights, endpoint:eu/flight-delay, source:\"...\", run:123";
	const some = ids.slice(0, 5).join(", ");
	return new InputError("LINEAGE_UNKNOWN", `neither contracts nor ledger know "${text}"`, { hint: meant === null ? `Write it as one of ${forms}. Known here: ${some === "" ? "nothing yet" : some}.` : `Did you mean "${meant}"?` });
}

// core/lineage/trace.ts
/** Follows an entity to everything it was made from. @param id of an entity that the lineage has */
const traceUp = (lineage, id) => trace(lineage, id, "up");
/** Follows an entity to everything that was made from it. @param id of an entity that the lineage has */
const traceDown = (lineage, id) => trace(lineage, id, "down");
function trace(lineage, id, direction) {
	const entity = entityOf(lineage, id);
	const edges = edgesBy(lineage, direction);
	const lines = [];
	const seen = /* @__PURE__ */ new Set([id]);
	const next = (at, depth) => {
		const found = [...edges.get(at) ?? []].sort((a, b) => Number(a.past) - Number(b.past));
		return found.map((edge, index) => ({
			edge,
			depth,
			last: index === found.length - 1
		})).reverse();
	};
	const open = next(id, 1);
	for (let item = open.pop(); item !== void 0; item = open.pop()) {
		const { edge, depth, last } = item;
		const far = farEnd(edge, direction);
		const reached = entityOf(lineage, far);
		const cut = edge.past || seen.has(far);
		lines.push({
			depth,
			entity: reached,
			edge: edge.label,
			past: edge.past,
			cut,
			last
		});
		if (cut) continue;
		seen.add(far);
		open.push(...next(far, depth + 1));
	}
	const ids = /* @__PURE__ */ new Set([id, ...lines.map((line) => line.entity.id)]);
	const up = edgesBy(lineage, "up");
	return {
		entity,
		direction,
		lines,
		carried: new Map([...ids].map((each) => [each, carriedBy(lineage, each, up)]))
	};
}
function entityOf(lineage, id) {
	const entity = lineage.entities.get(id);
	if (entity === void 0) throw new TypeError(`the lineage has no ${id}`);
	return entity;
}

// core/report/lineage-tree.ts
/** Digests and commands fit, a pasted file does not. */
const longest$1 = 300;
const headings = {
	up: "Made from:",
	down: "Went into:"
};
/** A lineage as a tree for a terminal: each entity with what binds it, and where that comes from. */
function renderLineageTree(traces, unfit, options = {}) {
	const [first] = traces;
	if (first === void 0) return "";
	const { entity, carried } = first;
	const text = [
		plain(headOf(entity)),
		...entity.facts.map(([name, value]) => `  ${plain(`${name}: ${value}`)}`),
		...carriedLines(carried.get(entity.id) ?? [], entity.id).map((line) => `  ${line}`),
		...traces.flatMap(treeOf),
		...unfit.length === 0 ? [] : ["", ...unfit.map(describeUnfit)]
	].join("\n");
	return options.ascii === true ? toAscii(text) : text;
}
/** One sentence: which version, why it should not be used, and where it serves. */
function describeUnfit({ version, because, from, value, serves }) {
	const why = {
		retention: `was trained on ${from}, whose retention ended on ${value}`,
		access: `was trained on ${from}, which its model may not use now (access: ${value})`,
		unknown: `was trained on ${from}, and nobody knows what binds it: ${value}`
	}[because];
	const where = serves.length === 0 ? "It serves nowhere" : `It serves at ${serves.join(", ")}`;
	return plain(`⚠️ ${version} ${why}. ${where}.`);
}
function treeOf({ direction, lines, carried, entity }) {
	if (lines.length === 0) return ["", `${headings[direction]} nothing that is known`];
	const closed = [];
	const rows = lines.flatMap((line) => {
		closed[line.depth] = line.last;
		const bars = Array.from({ length: line.depth - 1 }, (_, at) => closed[at + 1] ? "   " : "│  ").join("");
		const inner = `${bars}${line.last ? "   " : "│  "}`;
		const bound = line.cut ? [] : carriedLines(carried.get(line.entity.id) ?? [], line.entity.id);
		const facts = line.cut ? [] : line.entity.facts.map(([name, value]) => plain(`${name}: ${value}`));
		return [`${bars}${line.last ? "└─ " : "├─ "}${plain(lineOf(line, entity.id))}`, ...[...facts, ...bound].map((text) => `${inner}  ${text}`)];
	});
	return [
		"",
		headings[direction],
		...rows
	];
}
function lineOf({ entity, edge, past, cut }, root) {
	const notes = [edge, cut && !past ? entity.id === root ? "a circle" : "see above" : ""].filter((note) => note !== "");
	return `${headOf(entity)}${notes.length === 0 ? "" : `; ${notes.join("; ")}`}`;
}
/** Its id says what it is, except where a label tells more. */
const headOf = ({ id, label, kind }) => kind === "source" ? id : `${id} (${label})`;
/** One line for each entity that binds it; its own line says so. */
function carriedLines(carried, own) {
	const from = /* @__PURE__ */ new Map();
	for (const { kind, value, from: origin } of carried) from.set(origin, [...from.get(origin) ?? [], `${kind} ${value}`]);
	return [...from].map(([origin, parts]) => plain(origin === own ? `binds: ${parts.join("; ")}` : `carries from ${origin}: ${parts.join("; ")}`));
}
const plain = (text) => plainText(text, longest$1);

// cli/commands/lineage.ts
/** `gatehouse lineage`: what an entity was made from, what was made from it, and what binds it. */
const lineageCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("lineage").description("Follows a dataset, source, run, version or endpoint to its origins and to what uses it").argument("[entity]", "flight-delay@v7, dataset:flights, endpoint:eu/flight-delay, source:\"...\", run:123").option("--up", "only what it was made from").option("--down", "only what was made from it").option("--unfit", "list every version whose data is past its retention or not for its model any more").option("--format <form>", "text or mermaid", "text");
	withLedgerOptions(command).action((entity, options) => context.run(async () => {
		const { lineage, notes } = await readLineage(context, options, fetchAnchors);
		for (const note of notes) context.complain(`note: ${note}`);
		const unfit = unfitVersions(lineage, context.now().slice(0, 10));
		if (options.unfit === true) return printUnfit(unfit, options, context);
		if (entity === void 0) throw noEntity();
		return printTraces(lineage, tracesOf(lineage, entity, options), unfit, options, context);
	}));
};
async function readLineage(context, options, fetchAnchors) {
	const tree = await readWorkTree(context.cwd, (path) => datasetOfFile(path) !== null);
	const contracts = [];
	const unreadable = tree.links.flatMap((path) => datasetOfFile(path) ?? []);
	for (const [path, text] of tree.texts) try {
		contracts.push(parseContract(text, path));
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		unreadable.push(datasetOfFile(path) ?? path);
	}
	const notes = unreadable.map((name) => `the contract of ${name} cannot be read: run gatehouse check.`);
	const states = await readStates(context, options, fetchAnchors);
	if (states === null) notes.push("there is no ledger in this clone: runs, versions and endpoints are not known.");
	return {
		lineage: buildLineage({
			contracts,
			unreadable,
			states: states ?? []
		}),
		notes
	};
}
/** @returns null when there is no ledger branch yet, which is no fault before the first merge of a proposal */
async function readStates(context, options, fetchAnchors) {
	try {
		const proven = await readProvenLedger(context, options, fetchAnchors);
		requireVerified(proven);
		return [...proven.states.values()];
	} catch (error) {
		if (error instanceof InputError && error.code === "LEDGER_NOT_FOUND" && options.ledger === void 0) return null;
		throw error;
	}
}
function tracesOf(lineage, text, { up, down }) {
	const { id } = findEntity(lineage, text);
	const both = up === true === (down === true);
	return [...both || up === true ? [traceUp(lineage, id)] : [], ...both || down === true ? [traceDown(lineage, id)] : []];
}
function printTraces(lineage, traces, all, options, context) {
	const ids = new Set(traces.flatMap(({ carried }) => [...carried.keys()]));
	const unfit = all.filter(({ version }) => ids.has(version));
	if (options.json === true) context.print(JSON.stringify(toJson$1(lineage, traces, unfit), null, 2));
	else if (options.format === "mermaid") context.print(renderLineageMermaid(traces, lineage));
	else if (options.format === "text") context.print(renderLineageTree(traces, unfit));
	else throw new InputError("FORMAT_UNKNOWN", `there is no format "${options.format}"`, { hint: "Use --format text or --format mermaid, or --json." });
	return 0;
}
function toJson$1(lineage, traces, unfit) {
	const carried = new Map(traces.flatMap((trace) => [...trace.carried]));
	return {
		entity: traces[0]?.entity.id ?? null,
		directions: traces.map(({ direction }) => direction),
		entities: [...carried].flatMap(([id, each]) => {
			const entity = lineage.entities.get(id);
			return entity === void 0 ? [] : [{
				...entity,
				carried: each
			}];
		}),
		edges: lineage.edges.filter(({ from, to }) => carried.has(from) && carried.has(to)),
		unfit
	};
}
/** A version that should not be used any more is a gate that is shut, also when it serves since long. */
function printUnfit(unfit, { json }, context) {
	const text = unfit.length === 0 ? "Every version was trained on data that is kept and that its model may use." : unfit.map(describeUnfit).join("\n");
	context.print(json === true ? JSON.stringify(unfit, null, 2) : text);
	return unfit.length === 0 ? 0 : 1;
}
const noEntity = () => new InputError("LINEAGE_ENTITY", "it is not said what to follow", { hint: "Name it: gatehouse lineage dataset:flights. Or list versions whose data has expired: gatehouse lineage --unfit." });

// cli/commands/reproduce.ts
/** `gatehouse reproduce`: trains a registered version again from what was recorded, and says what differs. */
const reproduceCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("reproduce").description("Trains a version again from its record, in a checkout of its own: equal, or what differs").argument("<model>", "name of the model").argument("<version>", "for example v7").option("--tolerance <number>", "largest difference of a metric or score that counts as the same", "0.001").option("--predictions", "also score the held-out features and compare with the stored predictions");
	withLedgerOptions(command).action((model, version, options) => context.run(async () => {
		const record = findVersion(await readProvenLedger(context, options, fetchAnchors), model, version);
		const found = await reproduceVersion({
			repository: context.cwd,
			record,
			policy: await readCurrentPolicy(context.cwd),
			tolerance: parseTolerance(options.tolerance),
			predictions: options.predictions === true,
			env: context.env
		}, {
			log: (line) => tellLog(context, line),
			now: () => new Date(context.now())
		});
		context.print(options.json === true ? JSON.stringify(found, null, 2) : renderText(reproductionBlocks(found), { width: 100 }));
		return found.outcome === "differs" ? 1 : 0;
	}));
};
const longestLine = 1e3;
/** What keeps a runner from reading commands in a log means nothing to a person. */
function tellLog({ complain }, line) {
	if (!/^::(?:stop-commands::)?[0-9a-f-]{36}(?:::)?$/.test(line)) complain(plainText(line, longestLine));
}
/** An empty text is no zero. */
function parseTolerance(text) {
	return text.trim() === "" ? NaN : Number(text);
}

// cli/commands/resolve.ts
/** `gatehouse resolve`: which version serves at an endpoint. A ledger that is not proven gives no answer. */
const resolveCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("resolve").description("Says which version serves at an endpoint, with its digest, from a proven ledger").argument("<model>", "name of the model").requiredOption("--endpoint <name>", "endpoint, for example eu");
	withLedgerOptions(command).action((model, options) => context.run(async () => {
		const verification = await readProvenLedger(context, options, fetchAnchors);
		const found = resolveChampion(verification, model, options.endpoint);
		context.print(options.json ? JSON.stringify(found, null, 2) : renderText(resolutionBlocks(found)));
		return 0;
	}));
};

// core/report/run-blocks.ts
const widestName = 30;
const narrowestValue = 9;
/** `gatehouse runs show`: one run, whole; long lists by their length and their ends. */
function runBlocks(run) {
	const { record } = run;
	return [
		...trainingSections(record).flatMap(({ blocks }) => blocks),
		paragraph("Found as ", { code: runName(run) }, ` at ${run.places.join(", ")}; record `, { code: run.digest }),
		...listTable(["data", "digest"], record.datasets.map(({ dataset, dataDigest }) => [dataset, dataDigest])),
		...listTable(["phase", "time"], record.phases.map(({ name, durationMs }) => [name, showDuration(durationMs)])),
		...historyTable(record),
		...listTable(["lock file", "digest"], record.lockFiles.map(({ path, digest }) => [path, digest])),
		...listTable(["variable", "value"], Object.entries(record.environment)),
		...listTable(["output", "digest"], record.outputs.map(({ path, digest }) => [path, digest]))
	];
}
const listTable = (head, rows) => rows.length === 0 ? [] : [{
	kind: "table",
	head,
	rows: rows.map((row) => row.map((text) => [text]))
}];
/** The first two and the last eight: JSON has them all. */
function historyTable({ history }) {
	const rows = (history.length <= 10 ? history : [...history.slice(0, 2), ...history.slice(-8)]).map(({ at, epoch, step, metrics }) => [
		at.slice(0, 19).replace("T", " "),
		epoch === null ? "–" : String(epoch),
		step === null ? "–" : String(step),
		Object.entries(metrics).slice(0, 6).map(([name, value]) => `${cut(name, 24)} ${Number(value.toPrecision(5))}`).join(" ")
	]);
	return listTable([
		"at",
		"epoch",
		"step",
		"metrics"
	], rows);
}
/**
* `gatehouse runs compare`: facts of several runs side by side, by aspect.
* @param all also those in which the runs agree
*/
function comparisonBlocks(runs, facts, all) {
	const shown = facts.filter(({ differs }) => all || differs);
	const same = facts.length - shown.length;
	const names = Math.min(widestName, Math.max(6, ...shown.map(({ name }) => name.length)));
	const room = Math.floor((100 - 2 - names - 2 * runs.length) / runs.length);
	const width = Math.max(narrowestValue, room);
	const tables = [...new Set(shown.map(({ aspect }) => aspect))].map((aspect) => ({
		kind: "table",
		head: [aspect, ...runs.map((run) => cutMiddle(runName(run), width))],
		rows: shown.filter((fact) => fact.aspect === aspect).map(({ name, values }) => [[cutMiddle(name, widestName)], ...values.map((value) => [value === null ? "–" : cutMiddle(value, width)])])
	}));
	const note = same === 0 ? [] : [paragraph(`${counted(same, "fact")} ${same === 1 ? "is" : "are"} the same in all of them (--all shows them)`)];
	return [...tables, ...note];
}
/** Keeps both ends: paths, commands and numbered names differ at either. A digest needs its beginning alone. */
function cutMiddle(text, most) {
	const plain = /^(?:sha256:)?[0-9a-f]{40,64}$/.test(text) ? text.replace("sha256:", "").slice(0, 12) : text;
	const characters = [...plain];
	if (characters.length <= most) return plain;
	const head = Math.ceil((most - 1) / 2);
	return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (most - 1 - head)).join("")}`;
}

// cli/commands/runs/option.ts
const outcomes = [
	"done",
	"failed",
	"cancelled",
	"timed-out",
	...retryCauses
];
const unitMs = {
	h: 36e5,
	d: 864e5,
	w: 6048e5
};
/** Puts the options of `RunOptions` on a command. */
function withRunOptions(command, now) {
	return command.option("--folder <path>", "read the run.json files below this folder, and nothing else").option("--repo <repository>", "owner/name or address on GitHub (default: the remote \"origin\")").option("--ledger <ref>", "branch or commit of the ledger (default: what .github/gatehouse.yml says)").option("--limit <number>", "most runs that are read from each place", wholeNumber(1, 1e3), 50).option("--model <model>", "only runs of this model").option("--outcome <outcome>", `only runs that ended so: ${outcomes.join(", ")}`, toOutcome).option("--since <when>", "only runs since a date (2026-11-01) or of the last 12h, 7d, 4w", (text) => toInstant(text, now())).option("--json", "print JSON");
}
function toOutcome(text) {
	if (outcomes.includes(text)) return text;
	throw new InvalidArgumentError(`it has to be one of ${outcomes.join(", ")}.`);
}
/** @returns ISO instant */
function toInstant(text, now) {
	const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
	if (count !== void 0 && unit !== void 0) return new Date(Date.parse(now) - Number(count) * (unitMs[unit] ?? 0)).toISOString();
	const parsed = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : NaN;
	if (Number.isFinite(parsed)) return new Date(parsed).toISOString();
	throw new InvalidArgumentError("it has to be a date like 2026-11-01, or a time like 12h, 7d or 4w.");
}

// adapters/runs/folder-runs.ts
const mostFiles = 1e3;
const mostFolders = 5e3;
/**
* Reads every `run.json` below a folder, links not followed. One that is no run record is told, not read.
* @throws InputError RUNS_FOLDER
*/
async function readFolderRuns(folder) {
	const files = await listFiles(folder);
	const runs = [];
	const notes = [];
	for (const file of files) try {
		runs.push(await readRunFile(file, relative(folder, file)));
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		notes.push(`${relative(folder, file)} is left out: ${error.message}`);
	}
	return {
		runs,
		notes
	};
}
/** @throws InputError RUN_RECORD_INVALID */
async function readRunFile(file, place) {
	const { size } = await stat(file);
	const bytes = size > 1048576 ? new Uint8Array(maxRunRecordBytes + 1) : await readFile(file);
	return {
		digest: digestBytes(bytes),
		record: parseRunRecord(bytes, place),
		places: [place]
	};
}
async function listFiles(folder) {
	const found = [];
	const folders = [folder];
	for (let at = 0; at < folders.length && at < mostFolders && found.length < mostFiles; at += 1) {
		const path = folders[at];
		const opened = await opendir(path).catch((cause) => {
			if (at === 0) throw notThere(folder, cause);
			return null;
		});
		if (opened === null) continue;
		for await (const entry of opened) {
			if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") folders.push(join(path, entry.name));
			if (entry.isFile() && entry.name === "run.json") found.push(join(path, entry.name));
		}
	}
	return found.slice(0, mostFiles).sort();
}
function notThere(folder, cause) {
	return new InputError("RUNS_FOLDER", `${folder} is no folder that can be read`, {
		hint: "Give a folder with run.json files, for example with unpacked artifacts of training jobs.",
		cause
	});
}

// adapters/archive/remote-source.ts
/** Where the blob store does not give ranges, a zip up to this size is read whole. */
const wholeLimitBytes = 32 * 1024 ** 2;
/** Read at once: a zip's directory and a record's header, name and bytes lie within one of them mostly. */
const windowBytes = 262144;
/**
* Reads places of an artifact's zip without downloading it: a model of two gigabytes stays where it is.
* GitHub answers with a redirect to the blob store, which gives ranges; the token does not go there.
* @param sizeBytes of the zip, as the listing tells
* @see https://docs.github.com/rest/actions/artifacts#download-an-artifact
* @see https://fetch.spec.whatwg.org/#http-redirect-fetch step 13: no Authorization to another origin
* @throws ServiceError GITHUB_READ_FAILED, ARTIFACT_NO_RANGE
*/
function openRemoteArchive(client, name, artifact) {
	const { id, sizeBytes } = artifact;
	let window = {
		offset: 0,
		bytes: Buffer.alloc(0)
	};
	let whole = null;
	return {
		sizeBytes,
		read: async (offset, length) => {
			if (offset < 0 || offset >= sizeBytes || length <= 0) return Buffer.alloc(0);
			if (whole !== null) return whole.read(offset, length);
			if (!(offset >= window.offset && offset + length <= window.offset + window.bytes.length)) {
				const start = Math.max(0, Math.min(offset, sizeBytes - windowBytes));
				const end = Math.min(sizeBytes, Math.max(offset + length, start + windowBytes));
				const answer = await readRange(client, name, id, {
					start,
					end,
					sizeBytes
				});
				if (answer.kind === "whole") whole = fromBytes(answer.bytes);
				else window = {
					offset: start,
					bytes: answer.bytes
				};
			}
			return whole === null ? window.bytes.subarray(offset - window.offset, offset - window.offset + length) : whole.read(offset, length);
		}
	};
}
async function readRange(client, name, id, { start, end, sizeBytes }) {
	return readGitHub(`bytes of artifact ${id}`, async () => {
		const { data, status } = await client.request("GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}", {
			...name,
			artifact_id: id,
			archive_format: "zip",
			headers: { range: `bytes=${start}-${end - 1}` },
			request: { parseSuccessResponseBody: false }
		});
		const body = data;
		if (!(body instanceof ReadableStream)) throw damaged(id, "there is no body");
		if (status === 206) return {
			kind: "part",
			bytes: await readExactly(body, id, end - start)
		};
		if (sizeBytes > wholeLimitBytes) {
			await body.cancel();
			throw damaged(id, `it has ${sizeBytes} bytes, and the server gives no part of them`);
		}
		return {
			kind: "whole",
			bytes: await readExactly(body, id, sizeBytes)
		};
	});
}
async function readExactly(body, id, length) {
	const parts = [];
	let size = 0;
	for await (const part of body) {
		size += part.byteLength;
		if (size > length) break;
		parts.push(part);
	}
	if (size === length) return Buffer.concat(parts);
	throw damaged(id, `${size > length ? "more" : "fewer"} bytes came than were asked for`);
}
function damaged(id, why) {
	return new ServiceError("ARTIFACT_NO_RANGE", `Artifact ${id} could not be read: ${why}`, { hint: "Download it from the page of its run, and give the folder: gatehouse runs list --folder FOLDER." });
}

// adapters/runs/github-runs.ts
const modelArtifact = "gatehouse-model";
/** The plan of a search is no run. */
const trialArtifact = /^gatehouse-trial-(?!plan-).{1,100}$/;
const pageSize = 100;
/** Artifacts of thousands of runs: that there are more is told. */
const mostPages = 20;
const mostEntries = 20;
/** Beside the record lies the model: its size is no matter, it is not read. */
const mostFileBytes = 4 * 1024 ** 3;
/**
* Reads run records of the artifacts that GitHub still has, those of runs that were never proposed or merged included.
* To be shown: pull-request code wrote them, and nothing is decided on them.
* @throws ServiceError GITHUB_READ_FAILED when the list cannot be read
*/
async function readGitHubRuns(client, name, { limit, since }) {
	const listed = await listArtifacts(client, name);
	const wanted = listed.artifacts.filter(({ createdAt }) => since === null || Date.parse(createdAt) >= Date.parse(since)).sort((a, b) => b.id - a.id);
	const runs = [];
	const notes = listed.complete ? [] : ["GitHub has more artifacts than are looked through"];
	if (wanted.length > limit) notes.push(`${wanted.length - limit} older runs are not read (--limit)`);
	for (const artifact of wanted.slice(0, limit)) try {
		runs.push(await readArtifactRun(client, name, artifact));
	} catch (error) {
		if (!(error instanceof GatehouseError)) throw error;
		notes.push(`artifact ${artifact.id} (${artifact.name}) is left out: ${error.message}`);
	}
	return {
		runs,
		notes
	};
}
/** Models are asked for by name: progress and evidence of busy weeks would push them off the list. Trials have no one name. */
async function listArtifacts(client, name) {
	return readGitHub("artifacts of the repository", async () => {
		const models = await listPages(client, name, modelArtifact);
		const all = await listPages(client, name, null);
		const trials = all.artifacts.filter((each) => trialArtifact.test(each.name));
		return {
			artifacts: [...models.artifacts, ...trials],
			complete: models.complete && all.complete
		};
	});
}
async function listPages(client, name, artifactName) {
	const artifacts = [];
	for (let page = 1; page <= mostPages; page += 1) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/actions/artifacts", {
			...name,
			...artifactName === null ? {} : { name: artifactName },
			per_page: pageSize,
			page
		});
		for (const each of data.artifacts) {
			if (each.expired || artifactName !== null && each.name !== artifactName) continue;
			artifacts.push({
				id: toId(each.id),
				name: each.name,
				sizeBytes: each.size_in_bytes,
				createdAt: each.created_at ?? ""
			});
		}
		if (data.artifacts.length < pageSize) return {
			artifacts,
			complete: true
		};
	}
	return {
		artifacts,
		complete: false
	};
}
async function readArtifactRun(client, name, artifact) {
	const source = openRemoteArchive(client, name, artifact);
	const entry = (await listArchive(source, {
		entries: mostEntries,
		entryBytes: mostFileBytes
	})).find((each) => each.name === "run.json");
	const bytes = entry === void 0 || entry.sizeBytes > 1048576 ? /* @__PURE__ */ new Uint8Array() : await readWhole(source, entry);
	return {
		digest: digestBytes(bytes),
		record: parseRunRecord(bytes, `run.json of artifact ${artifact.id}`),
		places: [artifact.name]
	};
}

// adapters/runs/stored-runs.ts
/** Reads the run records of registered versions out of the store, each by the digest that the ledger names. */
async function readStoredRuns(store, versions) {
	const folder = await mkdtemp(join(tmpdir(), "gatehouse-runs-"));
	const runs = [];
	const notes = [];
	try {
		for (const { model, version, runRecordDigest } of versions) {
			const place = `${model}@v${version}`;
			try {
				runs.push(await readRunFile(await store.get(runRecordDigest, folder), place));
			} catch (error) {
				if (!(error instanceof GatehouseError)) throw error;
				notes.push(`the run of ${place} is left out: ${error.message}`);
			}
		}
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
	return {
		runs,
		notes
	};
}

// cli/commands/runs/source.ts
const nothing = {
	runs: [],
	notes: []
};
/**
* Reads runs from where they lie: a folder alone when one is given; else the store, by the ledger's version records, and
* the artifacts of GitHub. What could not be read is told on standard error: an answer without it would look whole.
* @throws InputError RUNS_FOLDER, GITHUB_ADDRESS; ServiceError when GitHub does not answer
*/
async function readRuns(context, options) {
	const found = options.folder === void 0 ? [await readLedgerRuns(context, options), await readRemoteRuns(context, options)] : [await readFolderRuns(resolve(context.cwd, options.folder))];
	for (const note of found.flatMap(({ notes }) => notes)) context.complain(`gatehouse: ${plainText(note, 600)}`);
	return mergeRuns(found.flatMap(({ runs }) => runs));
}
/** No ledger yet, or no clone at all: there may be runs nevertheless. A ledger that somebody names has to be there. */
async function readLedgerRuns(context, options) {
	const { ledger, limit, model } = options;
	try {
		const { states } = await readProvenLedger(context, {
			anchor: [],
			...ledger === void 0 ? {} : { ledger }
		}, async () => []);
		const versions = [...states.values()].flatMap((state) => [...state.versions.values()].map(({ record }) => record)).filter((record) => model === void 0 || record.model === model).sort((a, b) => a.registeredAt < b.registeredAt ? 1 : -1);
		if (versions.length === 0) return nothing;
		const policy = await readPolicy(context.cwd);
		const store = await openStore(policy.store, networkOf(policy));
		const { runs, notes } = await readStoredRuns(store, versions.slice(0, limit));
		const left = versions.length - limit;
		return {
			runs,
			notes: left > 0 ? [...notes, `${left} older versions are not read (--limit)`] : notes
		};
	} catch (error) {
		if (!(error instanceof GatehouseError) || ledger !== void 0) throw error;
		return ["LEDGER_NOT_FOUND", "GIT_NO_REPOSITORY"].includes(error.code) ? nothing : {
			runs: [],
			notes: [`no registered version is read: ${error.message}`]
		};
	}
}
async function readPolicy(cwd) {
	const { texts } = await readWorkTree(cwd, (path) => path === policyPath);
	const text = texts.get(policyPath);
	if (text !== void 0) return parsePolicy(text, policyPath);
	throw new InputError("POLICY_MISSING", `${policyPath} is not there: nobody knows where the store is`, { hint: "Run this in a clone of the repository." });
}
async function readRemoteRuns({ cwd, env }, options) {
	const address = await findAddress(cwd, env, options.repo);
	if (address === null) return {
		runs: [],
		notes: ["GitHub is not asked for runs: \"origin\" is no address of a server (--repo)"]
	};
	const token = env.GITHUB_TOKEN || env.GH_TOKEN;
	if (!token) return {
		runs: [],
		notes: ["GitHub is not asked for runs: set GITHUB_TOKEN or GH_TOKEN"]
	};
	const client = createTokenClient(address.apiUrl, token);
	return readGitHubRuns(client, address.name, {
		limit: options.limit,
		since: options.since ?? null
	});
}
async function findAddress(cwd, env, repo) {
	if (repo === void 0) {
		const remote = await remoteUrl(cwd).catch(() => null);
		return remote === null ? null : parseRepositoryAddress(remote);
	}
	const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(repo) ?? [];
	if (owner === void 0 || name === void 0) return needRepositoryAddress(repo);
	return {
		apiUrl: env.GITHUB_API_URL || "https://api.github.com",
		name: {
			owner,
			repo: name
		}
	};
}
/** The one run that a person means. @throws InputError RUN_UNKNOWN, RUN_AMBIGUOUS with what they may have meant */
function needRun(runs, text) {
	const found = findRuns(runs, text);
	const [only, second] = found;
	if (only !== void 0 && second === void 0) return only;
	const list = (only === void 0 ? runs : found).slice(0, 10).map((run) => `${runName(run)} (${run.places[0]}, ${run.digest.slice(7, 19)})`).join("; ");
	if (only === void 0) throw new InputError("RUN_UNKNOWN", `there is no run "${text}" among the ${runs.length} that were read`, { hint: list === "" ? "No run was read at all: give --folder or --repo." : `Read were: ${list}.` });
	throw new InputError("RUN_AMBIGUOUS", `${found.length} runs are called "${text}"`, { hint: `Say which by the beginning of its digest: ${list}.` });
}

// cli/commands/runs/compare.ts
/** More do not stand side by side in a terminal. */
const mostRuns = 5;
/** `gatehouse runs compare`: why one run is not like another. */
const compareRunsCommand = (runs, context) => {
	const command = runs.command("compare").description("Compares training runs side by side: results, parameters, data, code, environment, cost").argument("<runs...>", `2 to ${mostRuns} runs, as for "gatehouse runs show"`).option("--all", "also show what is the same in all of them");
	withRunOptions(command, context.now).action((texts, options) => context.run(async () => {
		if (texts.length < 2 || texts.length > mostRuns) throw new InputError("RUNS_COUNT", `${texts.length} runs were named`, { hint: `Name 2 to ${mostRuns} runs, for example: gatehouse runs compare v6 v7` });
		const read = selectRuns(await readRuns(context, options), options, { order: "desc" });
		const chosen = texts.map((text) => needRun(read, text));
		const facts = compareRuns(chosen.map(({ record }) => record));
		const all = options.all === true;
		context.print(options.json === true ? JSON.stringify({
			runs: chosen.map((run) => ({
				name: runName(run),
				digest: run.digest,
				places: run.places
			})),
			facts: facts.filter(({ differs }) => all || differs)
		}, null, 2) : renderText(comparisonBlocks(chosen, facts, all), { width: 100 }));
		return 0;
	}));
};

// cli/commands/runs/list.ts
/** `gatehouse runs list`: what was trained, also what was never proposed. */
const listRunsCommand = (runs, context) => {
	const command = runs.command("list").description("Lists training runs, newest first: registered ones, and all that GitHub still has").option("--metric <name>", "show this metric and sort by it").addOption(new Option("--order <order>", "of the metric").choices(["asc", "desc"]).default("desc"));
	withRunOptions(command, context.now).action((options) => context.run(async () => {
		const found = selectRuns(await readRuns(context, options), options, options);
		context.print(options.json === true ? JSON.stringify(found.map((run) => ({
			name: runName(run),
			...run
		})), null, 2) : renderText(found.length === 0 ? [paragraph("No run was found.")] : [runListTable(found, options.metric), paragraph(`${counted(found.length, "run")}. Metrics are claimed by the training jobs. More: gatehouse runs show RUN, gatehouse runs compare RUN RUN`)], { width: 100 }));
		return 0;
	}));
};

// cli/commands/runs/show.ts
/** `gatehouse runs show`: everything that one run says about itself. */
const showRunCommand = (runs, context) => {
	const command = runs.command("show").description("Shows one training run: its data, code, parameters, machine, software, attempts, cost").argument("<run>", "run id (501 or 501.2), version (v7 or churn@v7), or the beginning of its digest");
	withRunOptions(command, context.now).action((text, options) => context.run(async () => {
		const found = selectRuns(await readRuns(context, options), options, { order: "desc" });
		const run = needRun(found, text);
		context.print(options.json === true ? JSON.stringify({
			name: runName(run),
			...run
		}, null, 2) : renderText(runBlocks(run), { width: 100 }));
		return 0;
	}));
};

// cli/commands/runs.ts
/** `gatehouse runs ...`: what was trained, with what, and what came of it. */
const runsCommand = (program, context) => {
	const runs = program.command("runs").description("Lists, shows and compares training runs");
	for (const add of [
		listRunsCommand,
		showRunCommand,
		compareRunsCommand
	]) add(runs, context);
};

// cli/commands/verify.ts
/** `gatehouse verify`: is the ledger what the app wrote? Needs no network when anchors are given. */
const verifyCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("verify").description("Proves the ledger: every hash, move, decision, file and anchor; names the first bad entry");
	withLedgerOptions(command).action((options) => context.run(async () => {
		const verification = await readProvenLedger(context, options, fetchAnchors);
		context.print(options.json ? JSON.stringify(toJson(verification), null, 2) : `${renderText(verificationBlocks(verification)).trimEnd()}\nRead from ${verification.read.ref} at ${verification.read.commit}.`);
		return verification.verdict === "pass" ? 0 : 1;
	}));
};
function toJson({ verdict, entries, transactions, anchored, head, root, findings }) {
	return {
		verdict,
		entries,
		transactions,
		anchored,
		size: head.size,
		root,
		findings
	};
}

// cli/engine.ts
/** The engine of this installation, else the one that the environment names, else the pinned package. */
const openInstalled = ({ env }, workdir) => openEngine({
	path: env.GATEHOUSE_ENGINE_PATH ?? "",
	toolCache: env.RUNNER_TOOL_CACHE ?? null,
	registry: "",
	offline: env.GATEHOUSE_OFFLINE === "true"
}, { workdir: join(workdir, "engine") });

// cli/boundary.ts
/** Longest line of an error: paths and digests fit, a pasted file does not. */
const longest = 600;
/**
* The one place where an error becomes text and an exit code.
* @param complain writes one line to standard error
* @returns 1 for a ledger that is not proven, 2 for what the user can mend, 3 for everything that did not answer
*/
function handleError(error, complain) {
	if (!(error instanceof GatehouseError)) {
		complain(`gatehouse: a fault of Gatehouse itself: ${error instanceof Error ? error.stack : String(error)}`);
		return 3;
	}
	const at = error.where ? ` (${placeOf(error.where)})` : "";
	complain(`gatehouse: ${error.code}: ${plainText(error.message, longest)}${plainText(at, longest)}`);
	for (const finding of error.findings) complain(`  - ${describe(finding)}`);
	if (error.findings.length < 2) complain(`  fix: ${plainText(error.hint, longest)}`);
	return exitCodeOf(error);
}
function exitCodeOf(error) {
	if (error.code === "LEDGER_UNVERIFIED" || error.code === "LEDGER_UNANCHORED") return 1;
	return error.kind === "input" ? 2 : 3;
}
function describe({ message, where, found, allowed, fix }) {
	const facts = [
		where ? placeOf(where) : "",
		found && !message.includes(found) ? `is ${found}` : "",
		allowed && !message.includes(allowed) ? `should be ${allowed}` : "",
		fix
	];
	return plainText([message, ...facts.filter((fact) => fact !== "")].join("; "), longest * 2);
}
function placeOf({ file, line, column }) {
	return [
		file,
		line,
		column
	].filter((part) => part !== void 0).join(":");
}

// package.json
var version$1 = "0.1.0";

// cli/version.ts
/** Version of this release; a bundle carries the one that it was built from. */
const version = version$1;

// cli/program.ts
/**
* Runs the command line once.
* @param args what follows `gatehouse`
* @returns exit code: 0 pass, 1 gate failed, 2 wrong input, 3 service failed
*/
async function runProgram(args, world, commands) {
	let code = 0;
	const context = {
		now: () => (/* @__PURE__ */ new Date()).toISOString(),
		showProgress: null,
		...world,
		run: async (work) => {
			try {
				code = await work();
			} catch (error) {
				code = handleError(error, world.complain);
			}
		}
	};
	const program = newProgram(world);
	for (const add of commands) add(program, context);
	quietAll(program, world);
	try {
		await program.parseAsync([...args], { from: "user" });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		return error.exitCode === 0 ? 0 : 2;
	}
	return code;
}
function newProgram(world) {
	return quiet(new Command("gatehouse").description("The same answers as on the pull request, on this machine").version(version, "--version", "print the version of Gatehouse").showHelpAfterError("Run \"gatehouse help\" to see all commands."), world);
}
function quietAll({ commands }, world) {
	for (const command of commands) quietAll(quiet(command, world), world);
}
function quiet(command, { print, complain }) {
	return command.exitOverride().configureOutput({
		writeOut: (text) => print(text.trimEnd()),
		writeErr: (text) => complain(text.trimEnd())
	});
}

// cli/main.ts
const commands = [
	checkCommand,
	compareCommand,
	verifyCommand(fetchAnchors),
	resolveCommand(fetchAnchors),
	historyCommand(fetchAnchors),
	lineageCommand(fetchAnchors),
	reproduceCommand(fetchAnchors),
	runsCommand,
	dataCommand(openInstalled, fetchAnchors)
];
process.exitCode = await runProgram(process.argv.slice(2), {
	cwd: process.cwd(),
	env: process.env,
	print: (text) => process.stdout.write(`${text}\n`),
	complain: (text) => process.stderr.write(`${text}\n`),
	showProgress: process.stderr.isTTY ? (line) => process.stderr.write(`\r\u001b[K${line}`) : null
}, commands);

export {  };