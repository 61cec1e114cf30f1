import { i as __require, o as __toESM, t as __commonJSMin } from "./shared-rolldown-runtime.js";
import { a as resolveRef, i as remoteUrl, n as readFiles, o as runGit, r as readTree, t as defaultBranch } from "./shared-read.js";
import { a as parseAnchor, c as evidenceNeed, i as readAnchors, l as changedModelFields, n as resolutionBlocks, o as proveLedger, r as verificationBlocks, s as ruleOnRequest, t as historyBlocks, u as requiredApprovals } from "./shared-ledger-blocks.js";
import { Ct as GatehouseError, Tt as ServiceError, a as parseContract, ct as modelOfStages, d as suggest, dt as policyPath, f as locate, ft as stagesPath, gt as Octokit$1, it as datasetOfFile, lt as modelPath, m as excerptOf, mt as legacyRestEndpointMethods, nt as createReader, p as readSource, pt as paginateRest, rt as contractPath, st as modelOfFile, wt as InputError, xt as plainText } from "./shared-canonical.js";
import { C as streamOf, D as readCatalogue, E as parseStages, O as textPaths, S as emptyState, T as planChange, c as isTransactionPath, n as readMovedStates, r as belongsToLedger, t as readModelState, w as viewOf } from "./shared-model-state.js";
import { i as parseModelConfig, n as renderPolicy, r as ownerRole, s as matchesGlob, t as parsePolicy } from "./shared-policy-file.js";
import { d as resolveModel, m as paragraph } from "./shared-lineage-section.js";
import { a as verdictWords, i as severityWords } from "./shared-gate.js";
import { n as placeText } from "./shared-summary.js";
import { n as resolveChampion, r as stateOf, t as requireVerified } from "./shared-resolve.js";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";

// node_modules/@octokit/plugin-request-log/dist-src/version.js
const VERSION$1 = "6.0.0";

// node_modules/@octokit/plugin-request-log/dist-src/index.js
function requestLog(octokit) {
	octokit.hook.wrap("request", (request, options) => {
		octokit.log.debug("request", options);
		const start = Date.now();
		const requestOptions = octokit.request.endpoint.parse(options);
		const path = requestOptions.url.replace(options.baseUrl, "");
		return request(options).then((response) => {
			const requestId = response.headers["x-github-request-id"];
			octokit.log.info(`${requestOptions.method} ${path} - ${response.status} with id ${requestId} in ${Date.now() - start}ms`);
			return response;
		}).catch((error) => {
			const requestId = error.response?.headers["x-github-request-id"] || "UNKNOWN";
			octokit.log.error(`${requestOptions.method} ${path} - ${error.status} with id ${requestId} in ${Date.now() - start}ms`);
			throw error;
		});
	});
}
requestLog.VERSION = VERSION$1;

// node_modules/@octokit/rest/dist-src/version.js
const VERSION = "22.0.1";

// node_modules/@octokit/rest/dist-src/index.js
const Octokit = Octokit$1.plugin(requestLog, legacyRestEndpointMethods, paginateRest).defaults({ userAgent: `octokit-rest.js/${VERSION}` });

// adapters/github/token-client.ts
/** A client for reading with a token, as a laptop or a job has one. Without a token public repositories can be read. */
const createTokenClient = (apiUrl, token) => new Octokit({
	baseUrl: apiUrl,
	userAgent: "gatehouse",
	...token ? { auth: token } : {}
});
/**
* Reads the address of a repository in any form that git takes.
* @returns null when it is no address of a server, for example a folder
*/
function parseRepositoryAddress(address) {
	const scp = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(address);
	const url = scp ? `https://${scp[1]}/${scp[2]}` : address.replace(/^ssh:\/\/(?:[^@/]+@)?([^/:]+)(?::\d+)?/, "https://$1");
	if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return null;
	const { origin, hostname, pathname } = new URL(url);
	const [, owner, repo] = /^\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(pathname) ?? [];
	if (!owner || !repo) return null;
	return {
		apiUrl: hostname === "github.com" ? "https://api.github.com" : `${origin}/api/v3`,
		name: {
			owner,
			repo
		}
	};
}
/** @throws InputError GITHUB_ADDRESS */
function needRepositoryAddress(address) {
	const parsed = parseRepositoryAddress(address);
	if (parsed !== null) return parsed;
	throw new InputError("GITHUB_ADDRESS", `"${address}" is no address of a repository`, { hint: "Write it like https://github.com/acme/flights." });
}

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
		if (calls.length === 0) return [missing(workflow)];
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
const missing = ({ path, shas }) => ({
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
	const text = files.get(policyPath);
	return {
		policy: text === void 0 ? null : readEntry(policyPath, text, findings, () => parsePolicy(text, policyPath)),
		models: models.read,
		contracts: contracts.read,
		stages: stages.read,
		named: {
			models: models.names,
			contracts: contracts.names
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

// core/config/value-check.ts
/** Metrics that lie between 0 and 1, whatever the model. */
const shares = /* @__PURE__ */ new Set([
	"auc",
	"accuracy",
	"brier"
]);
/** Values that every parser takes and that cannot be meant: placeholders, and gates that nothing can ever pass. */
function checkValues({ policy, models }) {
	return [...policy === null ? [] : checkTrusted(policy), ...[...models.values()].flatMap((model) => [...checkLabels(model), ...checkGates(model)])];
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
		...checkAccess(config),
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
		const form = /^(?:\.github\/gatehouse|datasets\/[^/]+|models\/.+\/(?:model|stages))\.yaml$/;
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

// core/report/text.ts
/** Renders blocks for a terminal: the same words as on the pull request, without Markdown. */
function renderText(blocks, options = {}) {
	const text = blocks.map(renderBlock).join("\n\n");
	return options.ascii === true ? toAscii(text) : text;
}
function renderBlock(block) {
	switch (block.kind) {
		case "heading":
		case "paragraph":
		case "quote":
		case "small": return phraseText(block.text);
		case "steps": return block.items.map((item, at) => `  ${at + 1}. ${phraseText(item)}`).join("\n");
		case "list": return block.items.map((item) => `  - ${phraseText(item)}`).join("\n");
		case "fence": return block.lines.map((line) => `  ${line.replace(/[^\S ]/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "")}`).join("\n");
		case "fold": return `${block.title}\n${renderText(block.blocks)}`;
		case "table": return renderColumns(block);
	}
}
/** A phrase without any markup: for titles, annotations and terminals. */
const phraseText = (phrase) => phrase.map(inlineText).join("");
function inlineText(inline) {
	if (typeof inline === "string") return plainText(inline, 400);
	if ("prose" in inline) return plainText(inline.prose, 4e3);
	if ("strong" in inline) return plainText(inline.strong, 400);
	return plainText("link" in inline ? inline.link : inline.code);
}
function renderColumns({ head, align = [], rows }) {
	const cells = [[...head], ...rows.map((row) => row.map((phrase) => phraseText(phrase).trim() || "–"))];
	const widths = head.map((_, at) => Math.max(...cells.map((row) => [...row[at] ?? ""].length)));
	return cells.map((row) => row.map((text, at) => {
		const gap = " ".repeat(Math.max(0, (widths[at] ?? 0) - [...text].length));
		return align[at] === "r" ? `${gap}${text}` : `${text}${gap}`;
	}).join("  ").trimEnd()).map((line) => `  ${line}`).join("\n");
}
const ascii = [
	[/[✅❌⛔⚠⏳🔒⚪]\uFE0F? ?/gu, ""],
	[/[–−]/g, "-"],
	[/…/g, "..."],
	[/→/g, "->"],
	[/≥/g, ">="],
	[/≤/g, "<="],
	[/×/g, "x"],
	[/·/g, "|"],
	[/[▲▼] ?/gu, ""]
];
/** Replaces every character outside ASCII; icons go, since each stands beside its word. */
function toAscii(text) {
	return ascii.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), text).replace(/[^\n\x20-\x7e]/gu, "?");
}

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
		const tree = await readWorkTree(context.cwd, isWanted);
		const policy = tree.texts.get(policyPath);
		if (policy === void 0) throw noPolicy(tree);
		if (options.printPolicy === true) return printPolicy(policy, options, context);
		const answer = await check(tree, options.base);
		context.print(options.json ? JSON.stringify(answer, null, 2) : renderCheck(answer));
		return answer.verdict === "pass" ? 0 : 1;
	}));
};
/** Also the ending that nobody reads, so that it is named as a mistake instead of passed over. */
const isWanted = (path) => /^(?:\.github\/(?:gatehouse|workflows\/[^/]+)|datasets\/[^/]+|models\/.+\/(?:model|stages))\.ya?ml$/.test(path);
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
	complain(`  fix: ${plainText(error.hint, longest)}`);
	return exitCodeOf(error);
}
function exitCodeOf(error) {
	if (error.code === "LEDGER_UNVERIFIED" || error.code === "LEDGER_UNANCHORED") return 1;
	return error.kind === "input" ? 2 : 3;
}
function describe({ message, where, found, allowed, fix }) {
	const facts = [
		where ? placeOf(where) : "",
		found ? `is ${found}` : "",
		allowed ? `should be ${allowed}` : "",
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

// cli/program.ts
/**
* Runs the command line once.
* @param args what follows `gatehouse`
* @returns exit code: 0 pass, 1 gate failed, 2 wrong input, 3 service failed
*/
async function runProgram(args, world, commands) {
	let code = 0;
	const context = {
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
	for (const command of program.commands) quiet(command, world);
	try {
		await program.parseAsync([...args], { from: "user" });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		return error.exitCode === 0 ? 0 : 2;
	}
	return code;
}
function newProgram(world) {
	return quiet(new Command("gatehouse").description("The same answers as on the pull request, on this machine").showHelpAfterError("Run \"gatehouse help\" to see all commands."), world);
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
	verifyCommand(fetchAnchors),
	resolveCommand(fetchAnchors),
	historyCommand(fetchAnchors)
];
process.exitCode = await runProgram(process.argv.slice(2), {
	cwd: process.cwd(),
	env: process.env,
	print: (text) => process.stdout.write(`${text}\n`),
	complain: (text) => process.stderr.write(`${text}\n`)
}, commands);

export {  };