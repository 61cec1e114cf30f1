import { i as ServiceError, r as InputError } from "./shared-error.js";
import { r as digestOf } from "./shared-canonical.js";
import { C as risksPath, D as withdrawnPath, S as readinessPath, T as waiverOfFile, _ as modelOfStages, b as namesIn, f as modelOfFile, g as modelOfRules, h as modelOfRisks, i as breakGlassReviewOfFile, l as isConfiguration, m as modelOfReadiness, n as breakGlassOfFile, o as contractPath, p as modelOfJudging, s as datasetOfFile, t as behaviourPath, u as isLedgerPath, v as modelOfWithdrawn, w as stagesPath, x as policyPath, y as modelPath } from "./shared-layout.js";
import { b as parseBreakGlassReview, y as parseBreakGlass } from "./shared-policy-resolution.js";
import { s as isTransactionPath } from "./shared-layout2.js";
import { t as behaviourGates } from "./shared-behaviour-gates.js";
import { c as parseBehaviour, n as parseWithdrawn, o as parseRisks, r as parseWaiver, s as parseReadiness, t as parseStages } from "./shared-stages-file.js";
import { t as parseContract } from "./shared-contract-file.js";
import { n as matchesGlob } from "./shared-glob.js";
import { n as parseModelOnce, r as parseOnce } from "./shared-model-file.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { c as emptyState } from "./shared-rollback-trigger.js";
import { i as parseTransaction } from "./shared-transition.js";
import { n as foldEvents } from "./shared-evolve.js";

// core/change/emergency.ts
/** A file that asks to break the glass, or the review of one. */
const isEmergencyFile = (path) => path.startsWith("break-glass/");
/**
* Reads the files that a pull request adds. Nothing of them counts that lies on base already: each is about one pull
* request, the one that brings it.
* @param text of a file at head; null when it cannot be read as text
* @throws InputError CONFIG_INVALID, CONFIG_UNREADABLE: a plan refuses such a change before
*/
function readEmergencyFiles(changed, text) {
	const added = changed.filter(({ before, after }) => before === null && after !== null);
	const read = (nameOf, parse) => added.flatMap(({ path }) => {
		const name = nameOf(path);
		return name === null ? [] : [parse(text(path) ?? unreadable$2(path), path, name)];
	});
	return {
		asked: read(breakGlassOfFile, parseBreakGlass),
		reviews: read(breakGlassReviewOfFile, parseBreakGlassReview)
	};
}
/** @returns the models that they are about, and what stands in the way */
function readEmergencyChanges(changed, text, catalogue) {
	const own = changed.filter(({ path }) => isEmergencyFile(path));
	const findings = own.flatMap(misplaced);
	if (findings.length > 0) return {
		models: [],
		findings
	};
	try {
		const { asked, reviews } = readEmergencyFiles(own, (path) => text("head", path));
		const models = [...new Set([...asked, ...reviews].map(({ model }) => model))];
		return {
			models,
			findings: [...models.filter((model) => !catalogue.models.has(model)).map(unknownModel), ...asked.length > 1 ? [several] : []]
		};
	} catch (error) {
		if (error instanceof InputError) return {
			models: [],
			findings: error.findings
		};
		throw error;
	}
}
function misplaced({ path, before, after }) {
	if (breakGlassOfFile(path) === null && breakGlassReviewOfFile(path) === null && after !== null) return [{
		code: "break-glass/file-name",
		severity: "fail",
		message: `${path} is neither a request nor a review`,
		where: { file: path },
		allowed: "break-glass/<name>.yml or break-glass/<name>.review.yml",
		fix: "Rename it, or take it out of break-glass."
	}];
	if (before === null || after === null) return [];
	return [{
		code: "break-glass/edited",
		severity: "fail",
		message: `${path} is on the base branch already: it was about one pull request`,
		where: { file: path },
		fix: "Leave it as it is, and add a file of another name."
	}];
}
function unreadable$2(path) {
	const message = `${path} could not be read`;
	const fix = "Make it a regular file of UTF-8 text under 256 KiB.";
	const where = { file: path };
	throw new InputError("CONFIG_UNREADABLE", message, {
		hint: fix,
		where,
		findings: [{
			code: "config/unreadable",
			severity: "fail",
			message,
			where,
			fix
		}]
	});
}
const unknownModel = (model) => ({
	code: "break-glass/unknown-model",
	severity: "fail",
	message: `It is about ${model}, and there is no such model`,
	found: model,
	fix: "Name a model that has a models/<model>/model.yml."
});
const several = {
	code: "break-glass/several",
	severity: "fail",
	message: "It adds more than one request to break the glass",
	fix: "Open one pull request for each emergency."
};

// core/change/declared.ts
/** Paths that `readDeclared` asks for. */
function declaredPaths(base, model) {
	return [...[
		readinessPath(model),
		risksPath(model),
		withdrawnPath(model)
	].filter((path) => base.has(path)), ...[...base.keys()].filter((path) => waiverOfFile(path) !== null)].sort();
}
/** @param text of a file at base; null when it cannot be read as text */
function readDeclared(base, model, text) {
	const read = (path, parse) => {
		if (!base.has(path)) return { kind: "missing" };
		try {
			return {
				kind: "read",
				value: parse(text(path) ?? unreadable$1(path), path)
			};
		} catch (error) {
			if (error instanceof InputError) return {
				kind: "unreadable",
				because: error.message
			};
			throw error;
		}
	};
	const waivers = declaredPaths(base, model).flatMap((path) => {
		const name = waiverOfFile(path);
		if (name === null) return [];
		const fact = read(path, (content) => parseWaiver(content, path, name));
		return fact.kind === "read" && fact.value.model === model ? [fact.value] : [];
	});
	return {
		readiness: read(readinessPath(model), parseReadiness),
		risks: read(risksPath(model), parseRisks),
		waivers,
		...base.has(withdrawnPath(model)) ? { withdrawn: read(withdrawnPath(model), parseWithdrawn) } : {}
	};
}
/** True for a file that `readDeclaredChanges` reads at both sides of a change. */
const isDeclaredFile = (path) => waiverOfFile(path) !== null || ownerOf(path) !== null || isEmergencyFile(path);
const ownerOf = (path) => modelOfReadiness(path) ?? modelOfRisks(path) ?? modelOfWithdrawn(path);
/**
* Reads what a pull request changes in such files: they must be readable before they govern anything.
* @returns the models whose waivers change, and what stands in the way
*/
function readDeclaredChanges(changed, { head, text }, catalogue) {
	const emergency = readEmergencyChanges(changed, text, catalogue);
	const models = [...emergency.models];
	const findings = [...emergency.findings];
	for (const { path, before, after } of changed) {
		const waiver = waiverOfFile(path);
		const owner = ownerOf(path);
		if (waiver !== null) {
			const [old, now] = [before === null ? [] : tryRead(() => parseWaiver(text("mergeBase", path) ?? "", path, waiver)), after === null ? [] : tryRead(() => parseWaiver(text("head", path) ?? unreadable$1(path), path, waiver))];
			for (const side of [old, now]) if (!isProblem(side)) models.push(...side.map(({ model }) => model));
			if (isProblem(now)) findings.push(...now.findings);
			else findings.push(...now.flatMap(({ model }) => catalogue.models.has(model) ? [] : [unknown(path, model)]));
		} else if (owner !== null && after === null && head.has(modelPath(owner))) findings.push(deleted(path));
		else if (owner !== null && after !== null) {
			const read = tryRead(() => parserOf(path)(text("head", path) ?? unreadable$1(path), path));
			if (isProblem(read)) findings.push(...read.findings);
		}
	}
	return {
		models: [...new Set(models)].filter((model) => catalogue.models.has(model)),
		findings
	};
}
function parserOf(path) {
	if (modelOfReadiness(path) !== null) return parseReadiness;
	return modelOfRisks(path) !== null ? parseRisks : parseWithdrawn;
}
const isProblem = (read) => "findings" in read;
function tryRead(parse) {
	try {
		return [parse()];
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
}
function unreadable$1(path) {
	throw new InputError("CONFIG_UNREADABLE", `${path} could not be read`, {
		hint: "Make it a regular file of UTF-8 text under 256 KiB.",
		where: { file: path },
		findings: [{
			code: "config/unreadable",
			severity: "fail",
			message: `${path} could not be read`,
			where: { file: path },
			fix: "Make it a regular file of UTF-8 text under 256 KiB."
		}]
	});
}
const unknown = (path, model) => ({
	code: "waiver/unknown-model",
	severity: "fail",
	message: `${path} waives a gate of ${model}, and there is no such model`,
	where: {
		file: path,
		pointer: "/model"
	},
	found: model,
	fix: "Name a model that has a models/<model>/model.yml."
});
const deleted = (path) => ({
	code: "change/declared-deleted",
	severity: "fail",
	message: `This pull request deletes ${path}`,
	where: { file: path },
	fix: "Bring it back: what was declared can be changed, and goes only together with its model."
});

// core/change/catalogue.ts
const parseContractOnce = parseOnce(parseContract);
/** Every text that `planChange` may ask for, so that a shell reads them beforehand: core has no I/O. */
function textPaths(trees) {
	const wanted = (path) => modelOfJudging(path) !== null || datasetOfFile(path) !== null || modelOfStages(path) !== null;
	const changed = (path) => (isDeclaredFile(path) || path === ".github/gatehouse.yml") && trees.mergeBase.get(path)?.blob !== trees.head.get(path)?.blob;
	return [
		"mergeBase",
		"base",
		"head"
	].flatMap((side) => [...trees[side].values()].filter(({ path }) => wanted(path) || side !== "base" && changed(path)).map(({ path, blob }) => ({
		side,
		path,
		blob
	})));
}
function readCatalogue(base, head, text) {
	const findings = [];
	const read = (nameOf, pathOf, parse) => {
		const known = new Set(namesIn(base, nameOf));
		const entries = [.../* @__PURE__ */ new Set([...known, ...namesIn(head, nameOf)])].sort().flatMap((name) => {
			const sides = known.has(name) ? ["base", "head"] : ["head"];
			const path = pathOf(name);
			const broken = [];
			for (const from of sides) {
				const content = text(from, path);
				try {
					if (content === null) throw unreadable(path, from);
					return [[name, {
						config: parse(content, path, name, from),
						from,
						path,
						text: content
					}]];
				} catch (error) {
					if (broken.length === 0) broken.push(...findingsOf(error, path, from));
				}
			}
			findings.push(...broken);
			return [];
		});
		return new Map(entries);
	};
	return {
		models: read(modelOfFile, modelPath, (content, path, name, from) => {
			const suite = behaviourPath(name);
			const cases = text(from, suite);
			if (cases === null && (from === "base" ? base : head).has(suite)) throw unreadable(suite, from);
			return withBehaviour(parseModelOnce(content, path, name), cases);
		}),
		datasets: read(datasetOfFile, contractPath, (content, path) => parseContractOnce(content, path)),
		findings
	};
}
/** The suite lies in a file of its own, and is of the same side as the model file: base's cases judge, not head's. */
function withBehaviour(config, content) {
	if (content === null) return config;
	const behaviour = parseBehaviour(content, behaviourPath(config.model), config);
	return {
		...config,
		behaviour,
		gates: [...config.gates, ...behaviourGates(behaviour)]
	};
}
function unreadable(path, side) {
	return new InputError("CONFIG_UNREADABLE", `${path} could not be read at ${side}`, {
		hint: "Make it a regular file of UTF-8 text under 256 KiB.",
		where: { file: path }
	});
}
function findingsOf(error, path, side) {
	if (!(error instanceof InputError)) throw error;
	if (error.findings.length > 0) return error.findings;
	return [{
		code: "config/unreadable",
		severity: "fail",
		message: `${error.message} (${side})`,
		where: error.where ?? { file: path },
		fix: error.hint
	}];
}
/**
* True when a model declares the path as one that makes it: a change of it is a proposal.
* `model.yml`, `behaviour.yml` and `stages.yml` say how the model is judged and where it serves; they do not make it.
*/
function declares(model, path) {
	if (modelOfRules(path) === model.model || path === stagesPath(model.model)) return false;
	return matchesGlob(model.paths, path);
}
/** True when a dataset's contract names the path among its files. */
function holds(contract, path) {
	return matchesGlob(contract.files, path);
}

// core/change/content.ts
/** True for what a subject is about when it changes: all but stages, which are moves, and Markdown that nobody declares. */
function isContent({ path }, { models, datasets }) {
	if (modelOfStages(path) !== null) return false;
	return [...models.values()].some(({ config }) => declares(config, path)) || [...datasets.values()].some(({ config }) => holds(config, path)) || !path.endsWith(".md");
}
/**
* What the app writes about a model does not make it, even where a glob like `models/<model>/**` names it: else every
* entry of the ledger would ask every open pull request to be updated, trained and judged anew.
*/
const isAppWritten = (path, { ledgerOnBase }) => ledgerOnBase && isLedgerPath(path);

// core/change/tree.ts
/** Paths that differ between two commits, sorted: what git says, no content read. */
function diffTrees(before, after) {
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
		const [old, now] = [before.get(path), after.get(path)];
		if (old?.blob === now?.blob && old?.mode === now?.mode) return [];
		return [{
			path,
			before: old?.blob ?? null,
			after: now?.blob ?? null,
			mode: now?.mode ?? null
		}];
	});
}

// core/change/behind.ts
/**
* Says what base changed since the branch left it so that what is judged is not what would be merged.
* @param model whose files must be those of base; null: nothing of a model is proposed, judged or moved
*/
function behindBase(input, changed, catalogue, model) {
	const moved = behind(model, input, catalogue);
	return moved.length > 0 ? moved : changedTwice(changed, input, catalogue);
}
/**
* Base changed a file that makes the model after the branch left: what was trained is not what would be merged. Nothing
* is trained, judged or moved by a waiver, a readiness review or a risk register alone, and no merge elsewhere ages them.
*/
function behind(model, input, catalogue) {
	const config = model === null ? void 0 : catalogue.models.get(model)?.config;
	if (!config) return [];
	const moved = diffTrees(input.mergeBase, input.base).filter(({ path, after }) => declares(config, path) && !isAppWritten(path, input) && input.head.get(path)?.blob !== (after ?? void 0));
	return moved.slice(0, 1).map(({ path }) => ({
		code: "change/behind",
		severity: "fail",
		message: `The base branch changed ${config.model} after this branch left it (${moved.length === 1 ? "1 file" : `${moved.length} files`})`,
		where: { file: path },
		fix: update
	}));
}
/**
* Base changed a file that this pull request changes as well: git puts the two together line by line, and what comes out
* (a waiver of the one gate with the days of another, rows of a table that nobody validated) is approved by nobody.
*/
function changedTwice(changed, { mergeBase, base }, catalogue) {
	const idAt = (tree, path) => tree.get(path)?.blob ?? null;
	return changed.filter((change) => idAt(base, change.path) !== idAt(mergeBase, change.path) && idAt(base, change.path) !== change.after && isContent(change, catalogue)).slice(0, 1).map(({ path }) => ({
		code: "change/behind",
		severity: "fail",
		message: `The base branch changed ${path} after this branch left it, and this branch changes it as well`,
		where: { file: path },
		fix: update
	}));
}
const update = "Whoever may write to this branch presses \"Update branch\" at the end of this page, or merges the base branch into it and pushes: what is judged is then what will be merged. The button makes nobody an author or a pusher.";

// core/change/moves.ts
const listed = [
	"staging",
	"candidate",
	"archived",
	"rejected"
];
/**
* Says which versions a change of `stages.yml` asks to move: the difference between two texts of the file, never
* "desired minus ledger", so that an old wish is not asked for again (GATE.md rule 1).
* @param base the file before the change
* @param head the file after it; pull-request controlled
* @param ledger where everything really is: `from` comes from here, and what is there already does not move
* @returns production first (endpoints sorted), then the other stages; a version the ledger does not know has `from: null`
*/
function movesOf(model, base, head, ledger) {
	return [...[...promotions(model, base, head, ledger), ...demotions(model, base, head, ledger)], ...listedMoves(model, base, head, ledger, leaving(base, head, ledger))];
}
function promotions(model, base, head, ledger) {
	const before = new Map(Object.entries(base.production));
	return sortedEntries(head.production).filter(([endpoint, version]) => before.get(endpoint) !== version).filter(([endpoint, version]) => ledger.champions.get(endpoint)?.version !== version).map(([endpoint, version]) => {
		const from = ledger.versions.get(version) ?? null;
		return {
			kind: "stage",
			model,
			version,
			from,
			to: "production",
			endpoint,
			rollback: version === (ledger.champions.get(endpoint)?.previous ?? null) && (from === "archived" || from === "production")
		};
	});
}
/** An endpoint that the file no longer names: what serves there is taken out of production. */
function demotions(model, base, head, ledger) {
	const after = new Map(Object.entries(head.production));
	return sortedEntries(base.production).filter(([endpoint]) => !after.has(endpoint)).filter(([endpoint, version]) => ledger.champions.get(endpoint)?.version === version).map(([endpoint, version]) => {
		return {
			kind: "stage",
			model,
			version,
			from: ledger.versions.get(version) ?? null,
			to: "archived",
			endpoint,
			rollback: false
		};
	});
}
function listedMoves(model, base, head, ledger, leavingProduction) {
	return listed.flatMap((to) => {
		const before = new Set(base[to]);
		return [...new Set(head[to])].sort((a, b) => a - b).filter((version) => !before.has(version) && ledger.versions.get(version) !== to).filter((version) => to !== "archived" || !leavingProduction.has(version)).map((version) => {
			return {
				kind: "stage",
				model,
				version,
				from: ledger.versions.get(version) ?? null,
				to,
				endpoint: null,
				rollback: false
			};
		});
	});
}
/** Champions that this change takes from every endpoint they serve: replacing or demoting archives them by itself. */
function leaving(base, head, ledger) {
	const [before, after] = [new Map(Object.entries(base.production)), new Map(Object.entries(head.production))];
	const [gone, stays] = [/* @__PURE__ */ new Set(), /* @__PURE__ */ new Set()];
	for (const [endpoint, { version }] of ledger.champions) {
		if (version === null) continue;
		const [was, will] = [before.get(endpoint), after.get(endpoint)];
		((will === void 0 ? was === version : will !== version && will !== was) ? gone : stays).add(version);
	}
	return new Set([...gone].filter((version) => !stays.has(version)));
}
function sortedEntries(production) {
	return Object.entries(production).sort(([a], [b]) => a < b ? -1 : 1);
}

// core/change/policy-text.ts
/**
* What is wrong with a changed policy. Merged unreadable it would govern nobody, and everything would wait for its repair.
* A policy that is taken away is a question for the governors, not a fault.
*/
function brokenPolicy(sides) {
	const after = sides.head.get(policyPath);
	if (after === void 0 || after.blob === sides.mergeBase.get(".github/gatehouse.yml")?.blob) return [];
	try {
		parsePolicy(sides.text("head", ".github/gatehouse.yml") ?? "", policyPath);
		return [];
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return error.findings.filter(({ severity }) => severity === "fail");
	}
}

// core/change/plan.ts
/**
* Says what a pull request asks for, from trees and configuration alone.
* @returns `nothing` for a pull request that Gatehouse has no opinion on, `refused` with findings when it cannot be
* judged as it stands, else the request with the digest of its content (GATE.md rules 1, 3 and 10 to 12).
*/
function planChange(input) {
	const changed = diffTrees(input.mergeBase, input.head);
	const catalogue = readCatalogue(input.base, input.head, input.text);
	const declared = readDeclaredChanges(changed, input, catalogue);
	const touched = touchedBy(changed, catalogue, declared.models);
	const configuration = changed.map((change) => change.path).filter(isConfiguration);
	const ledgerFiles = input.ledgerOnBase ? changed.filter((change) => isLedgerPath(change.path)) : [];
	if (catalogue.findings.length === 0 && isNothing(touched, configuration, ledgerFiles)) return {
		kind: "nothing",
		because: "This pull request changes no model, data, stage or Gatehouse file."
	};
	const model = touched.models[0] ?? null;
	const stages = model === null ? {
		moves: [],
		findings: []
	} : readMoves(model, input);
	const findings = [
		...catalogue.findings,
		...touched.findings,
		...declared.findings,
		...ledgerFiles.map(handWritten),
		...brokenPolicy(input),
		...links(changed, catalogue),
		...behindBase(input, changed, catalogue, touched.changed ? model : null),
		...stages.findings
	];
	if (findings.length > 0) return {
		kind: "refused",
		findings,
		...model === null ? {} : { about: {
			model,
			proposal: !asksOnlyForStages(model, changed, touched)
		} }
	};
	return request({
		input,
		changed,
		catalogue,
		touched,
		configuration,
		model,
		stageMoves: stages.moves
	});
}
/** A waiver or a model.yml alone asks for no stage: refused or not, its one comment is the same. */
const asksOnlyForStages = (model, changed, { proposed }) => !proposed.includes(model) && changed.some(({ path }) => modelOfStages(path) === model);
function touchedBy(changed, catalogue, waived) {
	const paths = changed.map((change) => change.path);
	const proposed = [...catalogue.models].flatMap(([name, { config }]) => paths.some((path) => declares(config, path)) ? [name] : []);
	const named = paths.flatMap((path) => modelOfStages(path) ?? modelOfRules(path) ?? []);
	const models = [.../* @__PURE__ */ new Set([
		...proposed,
		...named,
		...waived
	])].sort();
	const datasets = [...catalogue.datasets].flatMap(([name, { config }]) => paths.some((path) => path === contractPath(name) || holds(config, path)) ? [name] : []);
	const orphans = paths.flatMap((path) => {
		const name = datasetOfFile(path);
		return name !== null && !datasets.includes(name) ? [name] : [];
	});
	const findings = models.length > 1 ? [severalModels(models)] : [];
	return {
		models,
		proposed,
		changed: proposed.length > 0 || paths.some(isRuled),
		findings,
		datasets: [.../* @__PURE__ */ new Set([...datasets, ...orphans])].sort()
	};
}
const isRuled = (path) => modelOfStages(path) !== null || modelOfJudging(path) !== null;
function isNothing(touched, configuration, ledgerFiles) {
	return touched.models.length === 0 && touched.datasets.length === 0 && configuration.length === 0 && ledgerFiles.length === 0;
}
function readMoves(model, input) {
	const path = stagesPath(model);
	const [before, after] = [input.mergeBase.get(path), input.head.get(path)];
	if (before?.blob === after?.blob) return {
		moves: [],
		findings: []
	};
	try {
		const desired = after ? parseStages(input.text("head", path) ?? "", path) : noStages;
		const current = before ? parseStages(input.text("mergeBase", path) ?? "", path) : noStages;
		return {
			moves: movesOf(model, current, desired, input.ledger(model)),
			findings: []
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return {
			moves: [],
			findings: error.findings
		};
	}
}
const noStages = {
	staging: [],
	candidate: [],
	production: {},
	archived: [],
	rejected: []
};
function request(parts) {
	const { catalogue, touched, model, input } = parts;
	const governed = model === null ? null : catalogue.models.get(model) ?? null;
	const proposal = model !== null && touched.proposed.includes(model);
	const trainedOn = proposal && governed ? governed.config.datasets : [];
	const datasets = [.../* @__PURE__ */ new Set([...touched.datasets, ...trainedOn])].sort();
	const moves = [...proposal && model ? [{
		kind: "registration",
		model,
		to: "registered"
	}] : [], ...parts.stageMoves];
	const contentPaths = contentOf(parts, proposal);
	return {
		kind: "request",
		model,
		proposal,
		newModel: model !== null && governed?.from === "head",
		datasets,
		newDatasets: datasets.filter((name) => catalogue.datasets.get(name)?.from === "head" || !input.base.has(contractPath(name))),
		moves,
		configuration: parts.configuration,
		contentPaths,
		contentDigest: digestOf({
			paths: contentPaths.map(({ path, mode, after }) => ({
				path,
				mode,
				after
			})),
			moves: moves.map((move) => move.kind === "registration" ? move : {
				...move,
				from: null,
				rollback: null
			})
		})
	};
}
/**
* The files that the subject is about: everything that changed but Markdown that nobody declares, and, for a proposal,
* every file that makes the model, changed here or not, so that a file which base changed under the model counts too.
*/
function contentOf(parts, proposal) {
	const { changed, catalogue, model, input } = parts;
	const own = model === null ? void 0 : catalogue.models.get(model)?.config;
	const content = /* @__PURE__ */ new Map();
	for (const change of changed) if (isContent(change, catalogue)) content.set(change.path, change);
	if (proposal && own) {
		for (const { path, blob, mode } of input.head.values()) if (declares(own, path) && !content.has(path) && !isAppWritten(path, input)) content.set(path, {
			path,
			before: blob,
			after: blob,
			mode
		});
	}
	return [...content.values()].sort((a, b) => a.path < b.path ? -1 : 1);
}
/** A link or a submodule in a place that Gatehouse reads would make it read something that was not reviewed. */
function links(changed, catalogue) {
	const configs = [...catalogue.models.values()];
	const contracts = [...catalogue.datasets.values()];
	return changed.filter(({ mode }) => mode === "120000" || mode === "160000").filter(({ path }) => isConfiguration(path) || configs.some(({ config }) => declares(config, path)) || contracts.some(({ config }) => holds(config, path))).map(({ path, mode }) => ({
		code: "change/link",
		severity: "fail",
		message: `${path} is a ${mode === "120000" ? "symbolic link" : "submodule"}`,
		where: { file: path },
		fix: "Commit the file itself: Gatehouse judges content, not where a link points."
	}));
}
function severalModels(models) {
	return {
		code: "change/several-models",
		severity: "fail",
		message: `This pull request changes ${models.length} models: ${models.join(", ")}`,
		where: { file: modelPath(models[0] ?? "") },
		found: models.join(", "),
		allowed: "one model",
		fix: "Open one pull request for each model, so that each is judged and approved by itself."
	};
}
function handWritten({ path }) {
	return {
		code: "change/ledger-path",
		severity: "fail",
		message: `${path} belongs to the ledger, which only the Gatehouse app writes`,
		where: { file: path },
		fix: `Take ${path} out of this pull request. To move a version, edit models/<model>/stages.yml.`
	};
}

// core/registry/alignment.ts
/** What a move needs to know of a model's state. */
function viewOf(state) {
	return {
		versions: new Map([...state.versions].map(([number, { stage }]) => [number, stage])),
		champions: new Map([...state.endpoints].map(([endpoint, { champion, previous }]) => [endpoint, {
			version: champion,
			previous
		}]))
	};
}
/**
* Says where the file on the default branch and the ledger differ: what an alignment pull request has to mend
* (GATE.md rule 1). A version that the file does not name asks for nothing and differs only by serving.
*/
function differencesToLedger(desired, state) {
	const stageOf = (version) => state.versions.get(version)?.stage ?? null;
	const wanted = new Map(Object.entries(desired.production));
	const missing = [...wanted].filter(([endpoint, version]) => state.endpoints.get(endpoint)?.champion !== version).map(([endpoint, version]) => difference(version, endpoint, "production", stageOf(version)));
	const unasked = [...state.endpoints.values()].flatMap(({ endpoint, champion }) => champion === null || wanted.get(endpoint) === champion ? [] : [difference(champion, endpoint, null, "production")]);
	const listed = [
		"staging",
		"candidate",
		"archived",
		"rejected"
	].flatMap((stage) => desired[stage].filter((version) => stageOf(version) !== stage).map((version) => difference(version, null, stage, stageOf(version))));
	return [
		...missing,
		...unasked,
		...listed
	].sort((a, b) => a.version - b.version || ((a.endpoint ?? "") < (b.endpoint ?? "") ? -1 : 1));
}
/**
* The `stages.yml` that says what the ledger says: the content of an alignment pull request. Versions that the file
* lists stay listed, at the stage where they really are; nothing is added but what serves.
*/
function alignedStages(desired, state) {
	const named = /* @__PURE__ */ new Set([
		...desired.staging,
		...desired.candidate,
		...desired.archived,
		...desired.rejected,
		...Object.values(desired.production)
	]);
	const at = (stage) => [...named].filter((version) => state.versions.get(version)?.stage === stage).sort((a, b) => a - b);
	const production = [...state.endpoints.values()].flatMap(({ endpoint, champion }) => champion === null ? [] : [[endpoint, champion]]);
	return {
		staging: at("staging"),
		candidate: at("candidate"),
		production: Object.fromEntries(production.sort(([a], [b]) => a < b ? -1 : 1)),
		archived: at("archived"),
		rejected: at("rejected")
	};
}
const difference = (version, endpoint, desired, ledger) => ({
	version,
	endpoint,
	desired,
	ledger
});

// adapters/proposal/model-state.ts
/**
* Folds a model's state from its transactions: events are the truth, the rendered files are not read.
* @param files the ledger at one commit; null: there is no ledger yet
* @throws InputError LEDGER_ENTRY_INVALID or LEDGER_EVENT_ILLEGAL; ServiceError LEDGER_READ when a listed file is gone
*/
async function readModelState(files, model) {
	if (files === null) return emptyState(model);
	const prefix = `audit/${model}/`;
	const paths = [...files.listing.keys()].filter((path) => path.startsWith(prefix) && /^\d{3,}\/\d{6,}\.json$/.test(path.slice(prefix.length))).filter(isTransactionPath).sort(byNumber);
	const transactions = (await Promise.all(paths.map(async (path) => [path, await files.read(path)]))).map(([path, text]) => {
		if (text === null) throw gone(path);
		return parseTransaction(text, path);
	});
	return foldEvents(model, transactions.flatMap(({ events }) => events));
}
/** States of every model whose stages.yml a change touches: `from` of a move comes from the ledger. */
async function readMovedStates(ledger, { mergeBase, head }) {
	const paths = diffTrees(mergeBase, head).map(({ path }) => path);
	const models = new Set(paths.flatMap((path) => modelOfStages(path) ?? []));
	const states = /* @__PURE__ */ new Map();
	for (const model of models) states.set(model, await readModelState(ledger, model));
	return states;
}
/** Numbers grow past six digits: 1000000 comes after 999999, not before. */
function byNumber(a, b) {
	const number = (path) => Number(path.slice(path.lastIndexOf("/") + 1, -5));
	return number(a) - number(b);
}
function gone(path) {
	return new ServiceError("LEDGER_READ", `${path} is listed in the ledger but could not be read`, { hint: "Run again; if it stays so, run \"gatehouse verify\"." });
}

export { viewOf as a, declares as c, textPaths as d, declaredPaths as f, readEmergencyFiles as h, differencesToLedger as i, holds as l, isEmergencyFile as m, readMovedStates as n, planChange as o, readDeclared as p, alignedStages as r, diffTrees as s, readModelState as t, readCatalogue as u };