import { h as modelOfRisks, m as modelOfReadiness, o as contractPath, t as behaviourPath, v as modelOfWithdrawn, w as stagesPath, x as policyPath, y as modelPath } from "./shared-layout.js";
import { N as excerptOf, O as locate } from "./shared-policy-resolution.js";
import { t as suggest } from "./shared-suggestion.js";
import { r as resolveModel } from "./shared-floor.js";
import { n as matchesGlob } from "./shared-glob.js";
import { r as ownerRole } from "./shared-policy-file.js";
import { t as readRepositoryConfig } from "./shared-repository.js";
import { n as checkDriftLimits } from "./shared-drift-file.js";
import { t as checkSliceName } from "./shared-slice-name.js";

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

// core/config/declared-check.ts
/**
* Holds what people declare against the models that are there: a waiver or a request of a model that is not waives or
* moves nothing, and a review beside no model is read by nobody.
*/
function checkDeclared(files, config) {
	const { waivers, breakGlass, breakGlassReviews } = config;
	return [
		...[
			...waivers.values(),
			...breakGlass.values(),
			...breakGlassReviews.values()
		].flatMap((entry) => checkModel$1(entry, config)),
		...[...breakGlass.values()].flatMap((entry) => checkEndpoints(entry, config)),
		...[...files.keys()].flatMap((path) => checkNeighbour(path, config))
	];
}
function checkModel$1(entry, { named }) {
	const { model } = entry.value;
	if (named.models.has(model)) return [];
	const meant = suggest(model, [...named.models]);
	return [at(entry, "/model", {
		code: "config/unknown-model",
		message: `there is no model "${model}"${didYouMean(meant)}`,
		found: model,
		allowed: [...named.models].join(", ") || "none yet",
		fix: meant === null ? `Add ${modelPath(model)} or remove this file.` : `Write ${meant}.`
	})];
}
function checkEndpoints(entry, { models }) {
	const model = models.get(entry.value.model)?.value;
	if (model === void 0) return [];
	return Object.keys(entry.value.production).filter((endpoint) => !model.endpoints.includes(endpoint)).map((endpoint) => {
		const meant = suggest(endpoint, model.endpoints);
		return at(entry, `/production/${endpoint}`, {
			code: "config/unknown-endpoint",
			message: `model "${model.model}" has no endpoint "${endpoint}"${didYouMean(meant)}`,
			found: endpoint,
			allowed: model.endpoints.join(", ") || "none: endpoints in model.yml is empty",
			fix: meant === null ? "Name endpoints of the model." : `Write ${meant}.`
		});
	});
}
/** A file that a model has beside its model.yml, where there is none. */
function checkNeighbour(path, { named }) {
	const model = modelOfReadiness(path) ?? modelOfRisks(path) ?? modelOfWithdrawn(path);
	if (model === null || named.models.has(model)) return [];
	const meant = suggest(model, [...named.models]);
	return [{
		code: "config/unknown-model",
		severity: "fail",
		message: `there is no ${modelPath(model)} beside ${path}${didYouMean(meant)}`,
		where: { file: path },
		found: model,
		allowed: [...named.models].join(", ") || "none yet",
		fix: meant === null ? `Add ${modelPath(model)} or remove this file.` : `Move it beside ${modelPath(meant)}.`
	}];
}
const didYouMean = (meant) => meant === null ? "" : `. Did you mean "${meant}"?`;

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
		const { what, ...rest } = lack;
		return [at(model, `/gates/${place}`, {
			...rest,
			message: `a gate on ${gate.metric} ${what}`
		})];
	});
}
function lackOf(gate, model) {
	const { metric, slice, slices, set, drop } = gate;
	if (metric !== "behaviour-pass-rate" && (slice ?? slices) !== void 0 && model.slices === void 0) return noSlices;
	const unknown = unknownSlice(gate, model);
	if (unknown !== null) return unknown;
	if ((set ?? drop) !== void 0 && model.productionLike === void 0) return noSet;
	if ((metric.startsWith("latency-") || [
		"throughput",
		"error-rate",
		"cost-per-1000"
	].includes(metric)) && model.latency === void 0) return noLatency;
	if (metric === "cost-per-1000" && model.latency?.load.costPerHour === void 0) return noPrice;
	return null;
}
/** A search may find a slice that no rule declares. */
function unknownSlice({ metric, slice }, { slices }) {
	if (metric === "behaviour-pass-rate" || slice === void 0 || slices == null || slices.search !== null) return null;
	const fault = checkSliceName(slice, slices);
	if (fault === null) return null;
	const { allowed, meant } = fault;
	return {
		code: "config/unknown-slice",
		what: `names the slice "${slice}", which no declared slice gives${meant === null ? "" : `. Did you mean "${meant}"?`}`,
		found: slice,
		allowed,
		fix: meant === null ? "Name a slice that slices.declared gives, or declare this one." : `Write slice: ${JSON.stringify(meant)}.`
	};
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
		...checkDeclared(files, config),
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
	fix: `Run "gatehouse init", which proposes one, or write ${policyPath}; a working one has under 15 lines.`
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
		const form = /^(?:\.github\/gatehouse|datasets\/[^/]+|(?:waivers|break-glass)\/[^/]+|models\/.+\/(?:model|behaviour|readiness|risks|withdrawn|stages))\.yaml$/;
		const ending = {
			code: "config/ending",
			severity: "fail",
			message: `${path} is not read: configuration ends in .yml`,
			where: { file: path },
			found: ".yaml",
			allowed: ".yml",
			fix: `Rename it: git mv ${path} ${path.replace(/\.yaml$/, ".yml")}`
		};
		return [
			...other === void 0 ? [] : [clash],
			...form.test(path) ? [ending] : [],
			.../^models\/.+\/behavior\.ya?ml$/.test(path) ? [spelling(path)] : []
		];
	});
}
const spelling = (path) => ({
	code: "config/spelling",
	severity: "fail",
	message: `${path} is not read: a behaviour suite is behaviour.yml, with "u"`,
	where: { file: path },
	found: "behavior",
	allowed: "behaviour.yml",
	fix: `Rename it: git mv ${path} ${path.replace(/behavior\.ya?ml$/, "behaviour.yml")}`
});
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
		const shared = [...b.paths.filter((path) => path === pattern || !/[*?[\]{}]/.test(path)), ...files.keys()].find((path) => names(globs, path) && names(b.paths, path) && owned(path, a) && owned(path, b));
		if (shared !== void 0) return [`/paths/${index}`, shared];
	}
	return null;
}
/** By its own words, which may be the same glob, or as a file that it matches. */
const names = (globs, path) => globs.includes(path) || matchesGlob(globs, path);
/** A quorum that its role cannot fill: everything would wait for ever. The author never counts, so one more is advised. */
function checkPeople(entry) {
	const { roles, proposal, stages, rollback, configuration, breakGlass, addWhen } = entry.value;
	const lines = [
		proposal,
		...Object.values(stages),
		rollback,
		configuration,
		...breakGlass === void 0 ? [] : [breakGlass],
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
			message: `role "${name}" has ${people} ${people === 1 ? "person" : "people"}, and ${most} of them ${most === 1 ? "is" : "are"} needed at once`,
			found: String(people),
			allowed: `${most + 1} or more: nobody approves what he or she wrote`,
			fix: `Add a user or a team to roles.${name}.`
		})];
	});
}

export { at as n, checkRepositoryConfig as t };