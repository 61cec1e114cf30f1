import { f as InputError, i as suggest, p as ServiceError, u as ConflictError } from "./shared-metric-name.js";
import { At as record, Bt as digestBytes, Cn as modelOfStages, Ct as discriminatedUnion, Dn as stagesPath, Dt as looseObject, Et as literal, Ft as unknown, Mt as string, Ot as number, Pt as union, Rt as parseStrictJson, Sn as modelOfRules, Tn as namesIn, Vt as digestOf, _n as datasetOfFile, bt as array, d as columnName, g as finite, gn as contractPath, hn as behaviourPath, jt as strictObject, k as nameOf, l as stages, m as count$1, n as parseFile, r as refuseProblems, vn as isConfiguration, vt as _enum, wn as modelPath, wt as int, xn as modelOfFile, xt as boolean, yn as isLedgerPath, yt as _null, zt as canonicalJson } from "./shared-parse.js";
import { n as stagesSchema, t as parseModelConfig } from "./shared-model-file.js";
import { i as matchesGlob, n as isPattern, t as parseContract } from "./shared-contract-file.js";
import { createHash } from "node:crypto";

// core/registry/layout.ts
const headPath = "audit/HEAD.json";
const frontPagePath = (layout) => layout === "own" ? "README.md" : "audit/README.md";
const versionPath = (model, version) => `models/${model}/versions/${String(version).padStart(4, "0")}.yml`;
const statePath = (model) => `models/${model}/state.yml`;
const statusPath = (model) => `models/${model}/status.yml`;
const cardPath = (model) => `models/${model}/MODEL_CARD.md`;
const endpointPath = (endpoint, model) => `endpoints/${endpoint}/${model}.yml`;
/** Number of its first event in the stream, so that two writers collide in git instead of forking the chain. */
function transactionPath(model, first) {
	return `audit/${model}/${String(Math.floor(first / 1e3)).padStart(3, "0")}/${String(first).padStart(6, "0")}.json`;
}
const operationPath = (model, operation) => `audit/${model}/ops/${operation}`;
/** True for `audit/<model>/000/000042.json`. */
const isTransactionPath = (path) => /^audit\/.+\/\d{3,}\/\d{6,}\.json$/.test(path);
/** True for every path that the app alone writes in this layout; on a branch of its own that is everything. */
const belongsToLedger = (path, layout) => layout === "own" || isLedgerPath(path);

// core/behaviour/behaviour-gates.ts
/** Share of the cases of a suite that pass. */
const behaviourMetric = "behaviour-pass-rate";
/** How results name a group of cases. */
const groupSlice = (group) => `group ${group}`;
/**
* The gates that a suite brings along: no group below its share, whether or not model.yml names a gate for it. Whoever
* evaluates the gates of the model evaluates these too: the judge, and the app with the suite that governs.
*/
function behaviourGates(suite) {
	return suite.groups.map(({ name, mustPass }) => ({
		metric: behaviourMetric,
		slice: groupSlice(name),
		min: mustPass,
		grade: "measured"
	}));
}

// core/config/behaviour.ts
/** What a group of cases shows of a model. Reports name it; invariance, directional, refusal and forbidden-action also say what a case must ask. */
const behaviourKinds = [
	"minimum-functionality",
	"invariance",
	"directional",
	"edge",
	"conflicting",
	"adversarial",
	"refusal",
	"forbidden-action"
];
/** Cases of a suite, samples counted out: each is one or two rows of the predict command. */
const mostCases = 5e3;

// core/config/behaviour-check.ts
/** Kinds of check that speak of what was before a change. */
const changeKinds = [
	"same",
	"same-class",
	"same-text",
	"rise",
	"fall"
];
/** What a case of a kind must ask, or the group says what it does not test. */
const demanded = {
	invariance: [
		"same",
		"same-class",
		"same-text"
	],
	directional: ["rise", "fall"],
	refusal: ["refuses"],
	"forbidden-action": ["forbidden-actions"]
};
const textKinds = [
	"same-text",
	"contains",
	"not-contains",
	"matches",
	"not-matches",
	"refuses",
	"forbidden-actions"
];
const numberKinds = [
	"range",
	"same",
	"rise",
	"fall"
];
const classKinds = ["class", "same-class"];
/** What can be expected of a model of a task; `equal-to` of every one. */
const possible = {
	"binary-classification": [...numberKinds, ...classKinds],
	"multiclass-classification": [...numberKinds, ...classKinds],
	regression: numberKinds,
	ranking: numberKinds,
	"scored-examples": textKinds
};
/** Words of the file for a kind of check. */
const wordOf = {
	class: "class",
	range: "min, max",
	same: "same",
	"same-class": "same-class",
	"same-text": "same-text",
	rise: "up",
	fall: "down",
	"equal-to": "equal-to",
	contains: "contains",
	"not-contains": "not-contains",
	matches: "matches",
	"not-matches": "not-matches",
	refuses: "must-refuse",
	"forbidden-actions": "forbidden-actions"
};
/** What the schema alone cannot see: names that occur twice, cases that test nothing, expectations that no output can meet. */
function checkBehaviour(suite, model) {
	const problems = [...checkSize(suite), ...checkNames(suite)];
	const written = writtenNames(suite);
	for (const [groupAt, group] of suite.groups.entries()) for (const [caseAt, one] of group.cases.entries()) {
		if (problems.length >= 50) return problems;
		const path = [
			"groups",
			groupAt,
			"cases",
			caseAt
		];
		problems.push(...checkCase(one, group.kind, path), ...checkReference(one, written, path));
		if (model !== null) problems.push(...checkTask(one, model, path));
	}
	return problems;
}
function checkSize({ groups }) {
	let sum = 0;
	for (const [groupAt, { cases }] of groups.entries()) for (const [caseAt, { input }] of cases.entries()) {
		sum += input.kind === "row" ? 1 : input.sample;
		if (sum <= 5e3) continue;
		return [problem([
			"groups",
			groupAt,
			"cases",
			caseAt
		], `the suite has more than ${mostCases} cases`, `at most ${mostCases}, samples counted out`, "Sample fewer held-out rows.")];
	}
	return [];
}
function checkNames({ groups }) {
	const named = groups.flatMap((group, groupAt) => [[`the group "${group.name}"`, [
		"groups",
		groupAt,
		"name"
	]], ...group.cases.map(({ name }, caseAt) => [`the case "${name}"`, [
		"groups",
		groupAt,
		"cases",
		caseAt,
		"name"
	]])]);
	const seen = /* @__PURE__ */ new Set();
	return named.flatMap(([what, path]) => {
		const doubled = seen.has(what);
		seen.add(what);
		return doubled ? [problem(path, `${what} is there twice`, "every name once", "Give it another name.")] : [];
	});
}
/** Cases that `equal-to` can name: those of one row. */
const writtenNames = ({ groups }) => new Set(groups.flatMap(({ cases }) => cases.flatMap(({ name, input }) => input.kind === "row" ? [name] : [])));
function checkCase(one, kind, path) {
	const kinds = one.expect.map((check) => check.kind);
	const orphan = kinds.find((each) => changeKinds.includes(each));
	if (orphan !== void 0 && one.change.length === 0) {
		const message = `"${wordOf[orphan]}" of the case "${one.name}" speaks of a change, and there is none`;
		return [problem([...path, "expect"], message, "a case with \"change\"", "Add \"change: { column: value }\".")];
	}
	const wanted = demanded[kind];
	if (wanted === void 0 || kinds.some((each) => wanted.includes(each))) return [];
	const words = wanted.map((each) => wordOf[each]).join(", ");
	const message = `the case "${one.name}" of a group of kind ${kind} tests nothing of that kind`;
	return [problem([...path, "expect"], message, `one of ${words}`, `Expect one of ${words}, or name another kind.`)];
}
function checkReference(one, written, path) {
	return one.expect.flatMap((check) => {
		if (check.kind !== "equal-to" || written.has(check.case) && check.case !== one.name) return [];
		const meant = suggest(check.case, [...written].slice(0, 500));
		const message = `the case "${one.name}" is compared with "${check.case}", which is no other case with a row`;
		const fix = meant === null || meant === one.name ? "Name a case with \"row\"." : `Write "${meant}".`;
		return [problem([
			...path,
			"expect",
			"equal-to"
		], message, "another case that has a \"row\"", fix)];
	});
}
function checkTask({ name, expect }, { task, prediction }, path) {
	const classes = task === "binary-classification" ? ["0", "1"] : prediction?.classes ?? null;
	return expect.flatMap((check) => {
		const at = [...path, "expect"];
		if (check.kind !== "equal-to" && !possible[task].includes(check.kind)) {
			const words = possible[task].map((kind) => wordOf[kind]).join(", ");
			const message = `"${wordOf[check.kind]}" of the case "${name}" cannot be asked of the task ${task}`;
			return [problem(at, message, `${words}, equal-to`, `Expect one of ${words}, equal-to.`)];
		}
		const unknown = "class" in check && classes !== null && !classes.includes(check.class) ? check.class : null;
		if (unknown !== null) return [noClass([...at, "class"], unknown, classes ?? [])];
		return "of" in check ? checkOf(check.of, task, classes, at) : [];
	});
}
function checkOf(of, task, classes, at) {
	if (task !== "multiclass-classification") {
		if (of === null) return [];
		const message = `"of" names a class, and a model of the task ${task} has none to choose`;
		return [problem([...at, "of"], message, "no \"of\"", "Remove \"of\".")];
	}
	if (of === null) return [problem(at, "of many classes it is not said whose probability is meant", "\"of\" with the name of a class", "Add \"of: <class>\".")];
	return classes === null || classes.includes(of) ? [] : [noClass([...at, "of"], of, classes)];
}
const noClass = (path, found, classes) => problem(path, `the model has no class "${found.slice(0, 80)}"`, classes.join(", "), `Write one of ${classes.join(", ")}.`);
const problem = (path, message, allowed, fix) => ({
	code: "config/behaviour",
	message,
	path,
	allowed,
	fix
});

// core/config/behaviour-schema.ts
const oneLine = columnName;
const caseText = string().min(1, "some text").max(2e3, "at most 2,000 characters");
const cellRule = "a text of at most 20,000 characters, a finite number, true, false or null";
const cell = union([
	string().max(2e4).refine((text) => text.isWellFormed()),
	finite,
	boolean(),
	_null()
], { error: cellRule }).describe("A cell; null is an empty one.");
const cells = record(columnName, cell);
const changeRule = `${cellRule}; or one of { add: 10 }, { multiply: 1.1 }, { append: " please" }`;
const change = union([
	cell,
	strictObject({ add: finite.describe("Added to a number.") }),
	strictObject({ multiply: finite.describe("A number is multiplied with it.") }),
	strictObject({ append: caseText.describe("Put behind a text.") })
], { error: changeRule });
const patternRule = "a regular expression of RE2 (no look-around, no back-reference), at most 300 characters";
const pattern = string().min(1, patternRule).max(300, patternRule).refine(isPattern, { error: patternRule });
const atLeastZero = (what) => finite.min(0, "a number of at least 0").describe(what);
const list = (of) => array(of).min(1, "at least one").max(20);
const expectSchema = strictObject({
	class: union([oneLine, finite], { error: "the name of a class" }).optional().describe("The class that it must be; of two classes 0 or 1."),
	min: finite.optional().describe("Least score, probability or number."),
	max: finite.optional().describe("Most of it."),
	of: oneLine.optional().describe("More than two classes: whose probability min, max, up and down speak of."),
	same: atLeastZero("No number moves by more than this through the change.").optional(),
	"same-class": literal(true).optional().describe("The class stays the same through the change."),
	"same-text": literal(true).optional().describe("The text stays the same through the change."),
	up: atLeastZero("Rises by at least this through the change; 0: does not fall.").optional(),
	down: atLeastZero("Falls by at least this through the change; 0: does not rise.").optional(),
	"equal-to": oneLine.optional().describe("Name of another case of this file that says the same."),
	within: atLeastZero("How far from it a number may be.").optional(),
	contains: list(caseText).optional().describe("Texts that must all be there; case is ignored."),
	"not-contains": list(caseText).optional().describe("Texts of which none may be there; case is ignored."),
	matches: pattern.optional().describe("RE2 that must be found in the text."),
	"not-matches": pattern.optional().describe("RE2 that must not be found in the text."),
	"must-refuse": list(pattern).optional().describe("RE2 of refusals: one of them must be found in the text."),
	"forbidden-actions": list(oneLine).optional().describe("Actions of which none may be taken.")
}).refine((expected) => Object.keys(expected).length > 0, { error: "at least one expectation" }).refine(({ min, max }) => min === void 0 || max === void 0 || min <= max, {
	error: "\"min\" not above \"max\": nothing could pass",
	path: ["min"]
}).describe("What must hold of the output, all of it.");
const caseSchema = strictObject({
	name: oneLine.describe("Name of the case, once in the file."),
	row: cells.optional().describe("The row, by column; what it leaves out comes from \"defaults\"."),
	from: literal("held-out").optional().describe("Takes held-out rows instead of a written one."),
	sample: count$1(1, mostCases).optional().describe("How many held-out rows: each is a case."),
	change: record(columnName, change).refine((all) => Object.keys(all).length > 0, { error: "at least one column" }).optional().describe("What is another value in the second of two rows."),
	expect: expectSchema
}).refine(({ row, from }) => row === void 0 !== (from === void 0), { error: "one of \"row\" and \"from: held-out\"" }).refine(({ from, sample }) => from === void 0 === (sample === void 0), {
	error: "\"sample\" with \"from: held-out\" and only there",
	path: ["sample"]
}).describe("One case, or one for each row of a sample.");
const shareRule = "a share above 0, at most 1, with at most four decimals: 0.95 and not 95";
const groupSchema = strictObject({
	name: oneLine.describe("Name of the group, once in the file: reports and gates name it."),
	kind: _enum(behaviourKinds).describe("What the cases are about."),
	"must-pass": number(shareRule).refine((share) => share > 0 && share <= 1 && Number(share.toFixed(4)) === share, { error: shareRule }).default(1).describe("Share of the cases that must pass, or the judgement fails."),
	cases: array(caseSchema).min(1, "at least one case").max(mostCases)
}).describe("Cases that are counted together.");
/** `models/<model>/behaviour.yml` as people write it. */
const behaviourSuiteSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	seed: count$1(0, 4294967295).default(1).describe("Another seed samples other held-out rows."),
	defaults: cells.default({}).describe("Cells of the columns that a row leaves out."),
	groups: array(groupSchema).min(1, "at least one group").max(100)
}).describe("What the model must do, case by case: models/<model>/behaviour.yml");

// core/config/behaviour-file.ts
/**
* Reads `models/<model>/behaviour.yml`.
* @param source path of the file
* @param model whose suite it is: what can be expected depends on its task; null: that is not checked here
* @throws InputError CONFIG_INVALID with every problem as a finding
*/
function parseBehaviour(text, source, model = null) {
	const { value, source: read } = parseFile(text, source, behaviourSuiteSchema);
	const suite = {
		version: value.version,
		seed: value.seed,
		defaults: toCells(value.defaults),
		groups: value.groups.map(toGroup)
	};
	refuseProblems(read, checkBehaviour(suite, model));
	return suite;
}
const toCell = (written) => written === null ? "" : String(written);
const toCells = (written) => Object.fromEntries(Object.entries(written).map(([column, value]) => [column, toCell(value)]));
function toGroup({ name, kind, cases, ...written }) {
	return {
		name,
		kind,
		mustPass: written["must-pass"],
		cases: cases.map(toCase)
	};
}
function toCase({ name, row, sample, change = {}, expect }) {
	return {
		name,
		input: row === void 0 ? {
			kind: "held-out",
			sample: sample ?? 5e3
		} : {
			kind: "row",
			cells: toCells(row)
		},
		change: Object.entries(change).map(([column, to]) => toChange(column, to)),
		expect: toChecks(expect)
	};
}
function toChange(column, to) {
	if (typeof to !== "object" || to === null) return {
		column,
		kind: "set",
		value: toCell(to)
	};
	if ("add" in to) return {
		column,
		kind: "add",
		by: to.add
	};
	if ("multiply" in to) return {
		column,
		kind: "multiply",
		by: to.multiply
	};
	return {
		column,
		kind: "append",
		text: to.append
	};
}
function toChecks(written) {
	return [
		...outputChecks(written),
		...changeChecks(written),
		...textChecks(written)
	];
}
function outputChecks({ min, max, ...written }) {
	const of = written.of ?? null;
	const { class: name, "equal-to": other, within = 0 } = written;
	const checks = [];
	if (name !== void 0) checks.push({
		kind: "class",
		class: String(name)
	});
	if (min !== void 0 || max !== void 0) checks.push({
		kind: "range",
		of,
		min: min ?? null,
		max: max ?? null
	});
	if (other !== void 0) checks.push({
		kind: "equal-to",
		case: other,
		within
	});
	return checks;
}
function changeChecks({ same, up, down, ...written }) {
	const of = written.of ?? null;
	const checks = [];
	if (same !== void 0) checks.push({
		kind: "same",
		within: same
	});
	if (written["same-class"] === true) checks.push({ kind: "same-class" });
	if (written["same-text"] === true) checks.push({ kind: "same-text" });
	if (up !== void 0) checks.push({
		kind: "rise",
		of,
		by: up
	});
	if (down !== void 0) checks.push({
		kind: "fall",
		of,
		by: down
	});
	return checks;
}
function textChecks({ contains, matches, ...written }) {
	const checks = [];
	const absent = written["not-contains"];
	const unmatched = written["not-matches"];
	const refusals = written["must-refuse"];
	const forbidden = written["forbidden-actions"];
	if (contains !== void 0) checks.push({
		kind: "contains",
		texts: contains
	});
	if (absent !== void 0) checks.push({
		kind: "not-contains",
		texts: absent
	});
	if (matches !== void 0) checks.push({
		kind: "matches",
		pattern: matches
	});
	if (unmatched !== void 0) checks.push({
		kind: "not-matches",
		pattern: unmatched
	});
	if (refusals !== void 0) checks.push({
		kind: "refuses",
		patterns: refusals
	});
	if (forbidden !== void 0) checks.push({
		kind: "forbidden-actions",
		actions: forbidden
	});
	return checks;
}

// core/change/catalogue.ts
/** Every text that `planChange` may ask for, so that a shell reads them beforehand: core has no I/O. */
function textPaths(trees) {
	const wanted = (path) => modelOfRules(path) !== null || datasetOfFile(path) !== null || modelOfStages(path) !== null;
	return [
		"mergeBase",
		"base",
		"head"
	].flatMap((side) => [...trees[side].values()].filter(({ path }) => wanted(path)).map(({ path, blob }) => ({
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
			return withBehaviour(parseModelConfig(content, path, name), cases);
		}),
		datasets: read(datasetOfFile, contractPath, (content, path) => parseContract(content, path)),
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

// core/config/stages-file.ts
/**
* Reads `models/<model>/stages.yml`. An empty file asks for nothing.
* @throws InputError CONFIG_INVALID with every problem as a finding; a version that is named in two stages is one.
*/
function parseStages(text, source) {
	const parsed = parseFile(text, source, stagesSchema, {});
	const { production, staging = [], candidate = [], archived = [], rejected = [] } = parsed.value;
	const stages = {
		production: production ?? {},
		staging,
		candidate,
		archived,
		rejected
	};
	refuseProblems(parsed.source, namedTwice(stages));
	return stages;
}
/** A version is in one stage; only production may name it again, at another endpoint. */
function namedTwice(stages) {
	const places = [
		"staging",
		"candidate",
		"archived",
		"rejected"
	].flatMap((stage) => stages[stage].map((version, at) => [version, [stage, at]]));
	const first = new Map(Object.entries(stages.production).map(([endpoint, version]) => [version, ["production", endpoint]]));
	return places.flatMap(([version, path]) => {
		const other = first.get(version);
		first.set(version, other ?? path);
		if (other === void 0) return [];
		return [{
			code: "config/two-stages",
			message: `version ${version} is named in ${nameOf(other)} and in ${nameOf(path)}`,
			path,
			found: `version ${version} twice`,
			allowed: "one stage for a version",
			fix: `Remove ${version} from one of the two.`
		}];
	});
}

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

// core/change/plan.ts
/**
* Says what a pull request asks for, from trees and configuration alone.
* @returns `nothing` for a pull request that Gatehouse has no opinion on, `refused` with findings when it cannot be
* judged as it stands, else the request with the digest of its content (GATE.md rules 1, 3 and 10 to 12).
*/
function planChange(input) {
	const changed = diffTrees(input.mergeBase, input.head);
	const catalogue = readCatalogue(input.base, input.head, input.text);
	const touched = touchedBy(changed, catalogue);
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
		...ledgerFiles.map(handWritten),
		...links(changed, catalogue),
		...behind(model, input, catalogue),
		...stages.findings
	];
	if (findings.length > 0) return {
		kind: "refused",
		findings,
		...model === null ? {} : { about: {
			model,
			proposal: touched.proposed.includes(model)
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
function touchedBy(changed, catalogue) {
	const paths = changed.map((change) => change.path);
	const proposed = [...catalogue.models].flatMap(([name, { config }]) => paths.some((path) => declares(config, path)) ? [name] : []);
	const named = paths.flatMap((path) => modelOfStages(path) ?? modelOfRules(path) ?? []);
	const models = [.../* @__PURE__ */ new Set([...proposed, ...named])].sort();
	const datasets = [...catalogue.datasets].flatMap(([name, { config }]) => paths.some((path) => path === contractPath(name) || holds(config, path)) ? [name] : []);
	const orphans = paths.flatMap((path) => {
		const name = datasetOfFile(path);
		return name !== null && !datasets.includes(name) ? [name] : [];
	});
	const findings = models.length > 1 ? [severalModels(models)] : [];
	return {
		models,
		proposed,
		datasets: [.../* @__PURE__ */ new Set([...datasets, ...orphans])].sort(),
		findings
	};
}
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
	const configs = [...catalogue.models.values()].map((each) => each.config);
	const contracts = [...catalogue.datasets.values()].map((each) => each.config);
	const isDeclared = (path) => configs.some((config) => declares(config, path)) || contracts.some((contract) => holds(contract, path));
	const own = model === null ? void 0 : catalogue.models.get(model)?.config;
	const content = /* @__PURE__ */ new Map();
	for (const change of changed) if (!(change.path.endsWith(".md") && !isDeclared(change.path)) && modelOfStages(change.path) === null) content.set(change.path, change);
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
/**
* What the app writes about a model does not make it, even where a glob like `models/<model>/**` names it: else every
* entry of the ledger would ask every open pull request to be updated, trained and judged anew.
*/
const isAppWritten = (path, { ledgerOnBase }) => ledgerOnBase && isLedgerPath(path);
/** Base changed a file that makes the model after the branch left: what was trained is not what would be merged. */
function behind(model, input, catalogue) {
	const config = model === null ? void 0 : catalogue.models.get(model)?.config;
	if (!config) return [];
	const moved = diffTrees(input.mergeBase, input.base).filter(({ path, after }) => declares(config, path) && !isAppWritten(path, input) && input.head.get(path)?.blob !== (after ?? void 0));
	return moved.slice(0, 1).map(({ path }) => ({
		code: "change/behind",
		severity: "fail",
		message: `The base branch changed ${config.model} after this branch left it (${moved.length === 1 ? "1 file" : `${moved.length} files`})`,
		where: { file: path },
		fix: "Update the branch (merge the base branch into it), so that what is judged is what will be merged."
	}));
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

// core/registry/stream.ts
/** Name of the stream that a model's events belong to. */
const streamOf = (model) => `model/${model}`;
/** What the first event of a stream names as its predecessor, so that a chain cannot be moved to another stream. */
const genesisOf = (stream) => digestBytes(`gatehouse-audit-genesis-v1\n${stream}`);
/** A model that the ledger does not know yet. */
function emptyState(model) {
	return {
		model,
		versions: /* @__PURE__ */ new Map(),
		endpoints: /* @__PURE__ */ new Map(),
		lastSeq: -1,
		lastHash: genesisOf(streamOf(model)),
		lastAt: "unknown",
		operations: /* @__PURE__ */ new Set(),
		requests: /* @__PURE__ */ new Set(),
		heldOut: /* @__PURE__ */ new Map(),
		looks: /* @__PURE__ */ new Map()
	};
}

// core/audit/transaction.ts
const digest = string().regex(/^sha256:[0-9a-f]{64}$/);
const count = int().nonnegative();
const version = int().positive();
const stage = _enum(stages);
const person = strictObject({
	id: int(),
	login: string(),
	kind: _enum(["User", "Bot"])
});
const approval = strictObject({
	reviewId: int(),
	reviewer: person,
	role: string(),
	commit: string(),
	submittedAt: string(),
	checkRunId: int(),
	checkCompletedAt: string()
});
const endpoint = string().min(1);
const promotion = {
	version,
	from: stage,
	to: literal("production"),
	endpoint,
	replaced: version.nullable(),
	artifactDigest: digest,
	fallback: string()
};
const staged = {
	version,
	from: stage,
	to: stage
};
const data = discriminatedUnion("type", [
	strictObject({
		type: literal("VersionRegistered"),
		record: looseObject({
			v: literal(1),
			model: string(),
			version,
			registeredAt: string(),
			artifact: looseObject({ digest }),
			metrics: array(looseObject({ metric: string() })),
			approvals: array(approval)
		})
	}),
	strictObject({
		type: literal("VersionStaged"),
		...staged
	}),
	strictObject({
		type: literal("VersionShortlisted"),
		...staged
	}),
	strictObject({
		type: literal("VersionRejected"),
		...staged
	}),
	strictObject({
		type: literal("VersionPromoted"),
		...promotion
	}),
	strictObject({
		type: literal("VersionRolledBack"),
		...promotion
	}),
	strictObject({
		type: literal("VersionArchived"),
		version,
		from: stage,
		to: literal("archived"),
		endpoint: endpoint.nullable(),
		because: _enum([
			"requested",
			"replaced",
			"demoted",
			"rolled back"
		])
	}),
	strictObject({
		type: literal("HeldOutUsed"),
		heldOut: digest,
		result: digest,
		look: version
	}),
	strictObject({
		type: literal("Correction"),
		ofSeq: count,
		reason: string()
	})
]);
const event = strictObject({
	v: literal(1),
	stream: string(),
	seq: count,
	gseq: count,
	at: string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/),
	actor: person,
	source: strictObject({
		repositoryId: int(),
		pullRequest: int(),
		headSha: string(),
		mergeSha: string()
	}),
	operation: string().regex(/^[0-9a-f]{64}$/),
	data,
	approvals: array(approval),
	decision: digest,
	prev: digest,
	hash: digest
});
const transaction = strictObject({
	kind: literal("AuditTransaction"),
	v: literal(1),
	stream: string().regex(/^model\/./),
	first: count,
	gfirst: count,
	events: array(event).min(1),
	decisionInput: unknown(),
	sealed: array(strictObject({
		text: string(),
		token: string(),
		jwk: record(string(), string())
	}))
});
const head = strictObject({
	kind: literal("AuditHead"),
	v: literal(1),
	size: count,
	root: digest,
	frontier: array(digest)
});
const renderHead = (value) => `${canonicalJson(value)}\n`;
/**
* Reads one transaction file as somebody may have left it.
* @throws InputError LEDGER_ENTRY_INVALID for unknown keys, wrong types and any byte that is not canonical JSON
*/
function parseTransaction(text, source) {
	return parseExactly(text, source, transaction);
}
function parseExactly(text, source, schema) {
	const value = readJson(text, source);
	const result = schema.safeParse(value);
	if (!result.success) {
		const [issue] = result.error.issues;
		const pointer = `/${issue?.path.join("/") ?? ""}`;
		throw invalid(source, `${issue?.message ?? "wrong shape"} at ${pointer}`, pointer);
	}
	if (`${canonicalJson(value)}\n` !== text) throw invalid(source, "its bytes are not canonical JSON");
	return value;
}
function readJson(text, source) {
	try {
		return parseStrictJson(text, source);
	} catch (cause) {
		if (!(cause instanceof InputError)) throw cause;
		throw invalid(source, cause.message);
	}
}
function invalid(source, what, pointer) {
	return new InputError("LEDGER_ENTRY_INVALID", `${source}: ${what}`, {
		hint: "Only the app writes these files: restore the file from the last anchored commit.",
		where: pointer === void 0 ? { file: source } : {
			file: source,
			pointer
		}
	});
}

// core/change/transition.ts
/**
* Every move between two stages that can ever be made; policy may forbid more, never allow others.
* A version enters as `registered`. `archived -> production` is further limited to endpoints where the version was in
* production before, and `production -> production` to an endpoint where it does not serve yet.
*/
const allowedMoves = /* @__PURE__ */ new Map([
	["registered", [
		"staging",
		"archived",
		"rejected"
	]],
	["staging", [
		"candidate",
		"production",
		"archived",
		"rejected"
	]],
	["candidate", [
		"production",
		"archived",
		"rejected"
	]],
	["production", ["production", "archived"]],
	["archived", ["production"]],
	["rejected", []]
]);
/** The stages that a version may go to from here; none when the ledger does not know where it is (null). */
const movesFrom = (from) => from === null ? [] : allowedMoves.get(from) ?? [];
/** True when a version may go from one stage to the other in one move. */
const isAllowedMove = (from, to) => movesFrom(from).includes(to);

// core/registry/operation.ts
/**
* Names one operation the same way on every attempt, so that it is done once however often it is asked for.
* @returns 64 hex characters: a file name on every system
*/
function operationId(facts) {
	if ("result" in facts) return lookId(facts);
	const { repositoryId, pullRequest, mergeSha, model, from, to, endpoint } = facts;
	const recipe = {
		repositoryId,
		pullRequest,
		mergeSha,
		model,
		from,
		to,
		endpoint,
		..."version" in facts ? { version: facts.version } : { artifactDigest: facts.artifactDigest }
	};
	return createHash("sha256").update(canonicalJson(recipe)).digest("hex");
}
function lookId({ repositoryId, model, heldOut, result }) {
	const recipe = {
		kind: "held-out-used",
		repositoryId,
		model,
		heldOut,
		result
	};
	return createHash("sha256").update(canonicalJson(recipe)).digest("hex");
}
/**
* Names what a merge asked for, wherever the version stood before. The stage in `operationId` comes from the ledger of
* that moment: a reconcile that runs after a rollback would compute another id and undo the rollback.
*/
const requestId = (facts) => operationId("result" in facts ? facts : {
	...facts,
	from: null
});
/** The operation that an event stands for. */
function operationFactsOf(model, data, source) {
	const { repositoryId, pullRequest, mergeSha } = source;
	const common = {
		repositoryId,
		pullRequest,
		mergeSha,
		model
	};
	switch (data.type) {
		case "VersionRegistered": {
			const artifactDigest = data.record.artifact.digest;
			return {
				...common,
				artifactDigest,
				from: null,
				to: "registered",
				endpoint: null
			};
		}
		case "HeldOutUsed": return {
			repositoryId,
			model,
			heldOut: data.heldOut,
			result: data.result
		};
		case "Correction": return {
			...common,
			version: data.ofSeq,
			from: null,
			to: "registered",
			endpoint: null
		};
		default: {
			const { version, from, to } = data;
			return {
				...common,
				version,
				from,
				to,
				endpoint: "endpoint" in data ? data.endpoint : null
			};
		}
	}
}

// core/registry/propose.ts
/**
* Turns a command into the events of one transaction, or refuses it. Pure: nothing is written here.
* @returns events in order: a promotion is followed by the `VersionArchived` of the champion that it replaces
* @throws ConflictError LEDGER_CHAMPION_MOVED when the champion is not the one it was compared with,
* LEDGER_STAGE_MOVED when the version is no longer where the decision saw it: read again and decide again
* @throws InputError LEDGER_UNKNOWN_VERSION, LEDGER_MOVE_REFUSED, LEDGER_ENDPOINT, LEDGER_NOT_PREVIOUS, LEDGER_CORRECTION
*/
function propose(command, state) {
	if (command.kind === "register") return register$1(command, state);
	if (command.kind === "correct") return correct(command, state);
	if (command.kind === "use-held-out") return useHeldOut(command, state);
	const version = versionOf(command, state);
	if (command.to === "production") return promote$1(command, version, state);
	if (version.stage === "production") return demote(command, state);
	requireAllowed(command, version.stage);
	const { from, to } = command;
	if (to === "archived") {
		const { version: number } = command;
		return [{
			type: "VersionArchived",
			version: number,
			from,
			to,
			endpoint: null,
			because: "requested"
		}];
	}
	return [{
		type: eventOf[to],
		version: command.version,
		from,
		to
	}];
}
/** The number that the next registration gets: 1, 2, 3 ... */
const nextVersion = (state) => Math.max(0, ...state.versions.keys()) + 1;
const eventOf = {
	staging: "VersionStaged",
	candidate: "VersionShortlisted",
	rejected: "VersionRejected"
};
function register$1(command, state) {
	if (command.record.model !== state.model) throw new InputError("LEDGER_MODEL", `a record of ${command.record.model} for ${state.model}`, { hint: "Pass the state of the model that the record names." });
	const version = nextVersion(state);
	const registered = {
		type: "VersionRegistered",
		record: {
			...command.record,
			v: 1,
			version
		}
	};
	if (command.stage === "registered") return [registered];
	return [registered, {
		type: "VersionStaged",
		version,
		from: "registered",
		to: "staging"
	}];
}
function correct(command, state) {
	const { ofSeq, reason } = command;
	if (!Number.isInteger(ofSeq) || ofSeq < 0 || ofSeq > state.lastSeq) throw new InputError("LEDGER_CORRECTION", `${state.model} has no event ${ofSeq} to correct`, { hint: `Name an event from 0 to ${state.lastSeq}.` });
	return [{
		type: "Correction",
		ofSeq,
		reason
	}];
}
/** The number that the next new result on these labels gets: 1, 2, 3 ... */
const nextLook = (state, heldOut) => (state.heldOut.get(heldOut)?.looks ?? 0) + 1;
function useHeldOut({ heldOut, result }, state) {
	return [{
		type: "HeldOutUsed",
		heldOut,
		result,
		look: nextLook(state, heldOut)
	}];
}
function promote$1(command, version, state) {
	const endpoint = endpointOf(command);
	requireAllowed(command, version.stage);
	const serving = state.endpoints.get(endpoint);
	const champion = serving?.champion ?? null;
	if (champion !== command.replaced) throw championMoved(command, endpoint, champion);
	if (champion === command.version) throw refuse("LEDGER_MOVE_REFUSED", command, `it already serves ${endpoint}`, "Nothing needs to be done.");
	if (command.rollback && serving?.previous !== command.version) throw refuse("LEDGER_NOT_PREVIOUS", command, `the version to return to at ${endpoint} is ${serving?.previous ? `v${serving.previous}` : "not recorded"}`, "Ask for it as a promotion: every version but the recorded previous one goes through all gates.");
	if (version.stage === "archived" && !version.wasInProductionAt.includes(endpoint)) throw refuse("LEDGER_MOVE_REFUSED", command, `it is archived and was never in production at ${endpoint}`, "Propose the model again: a new version is judged.");
	return promotionEvents(command, version, endpoint, champion);
}
function promotionEvents(command, version, endpoint, replaced) {
	const promoted = {
		type: command.rollback ? "VersionRolledBack" : "VersionPromoted",
		version: command.version,
		from: version.stage,
		to: "production",
		endpoint,
		replaced,
		artifactDigest: version.record.artifact.digest,
		fallback: command.fallback
	};
	if (replaced === null) return [promoted];
	return [promoted, {
		type: "VersionArchived",
		version: replaced,
		from: "production",
		to: "archived",
		endpoint,
		because: command.rollback ? "rolled back" : "replaced"
	}];
}
function demote(command, state) {
	requireAllowed(command, "production");
	const endpoint = endpointOf(command);
	const champion = state.endpoints.get(endpoint)?.champion ?? null;
	if (champion !== command.version) throw championMoved(command, endpoint, champion);
	const { version } = command;
	return [{
		type: "VersionArchived",
		version,
		from: "production",
		to: "archived",
		endpoint,
		because: "demoted"
	}];
}
function versionOf(command, state) {
	const version = state.versions.get(command.version);
	if (!version) throw refuse("LEDGER_UNKNOWN_VERSION", command, "the ledger does not know it", `Known: ${[...state.versions.keys()].map((number) => `v${number}`).join(", ") || "none"}.`, state);
	if (version.stage !== command.from) throw new ConflictError("LEDGER_STAGE_MOVED", `v${command.version} of ${state.model} is ${version.stage}; the decision saw it ${command.from}`, { hint: "Read the ledger again and decide again." });
	return version;
}
function requireAllowed(command, from) {
	if (isAllowedMove(from, command.to)) return;
	const options = movesFrom(from);
	const hint = options.length > 0 ? `From ${from} it may go to ${options.join(", ")}.` : `${from} is final.`;
	throw refuse("LEDGER_MOVE_REFUSED", command, `${from} to ${command.to} is no allowed move`, hint);
}
function endpointOf(command) {
	if (command.endpoint !== null) return command.endpoint;
	throw refuse("LEDGER_ENDPOINT", command, "no endpoint is named", "Name the endpoint it enters or leaves.");
}
function championMoved(command, endpoint, champion) {
	const now = champion === null ? "nothing" : `v${champion}`;
	const seen = command.to === "production" ? `v${command.version} was compared with ${command.replaced === null ? "nothing" : `v${command.replaced}`}` : `v${command.version} was to leave it`;
	return new ConflictError("LEDGER_CHAMPION_MOVED", `${now} serves ${endpoint} now; ${seen}`, { hint: "Read the ledger again and judge against the champion of now." });
}
function refuse(code, command, because, hint, state) {
	const of = state ? ` of ${state.model}` : "";
	return new InputError(code, `v${command.version}${of} cannot go from ${command.from} to ${command.to}: ${because}`, { hint });
}

// core/registry/evolve.ts
/**
* Applies one event to a model's state. An event that could never have been written legally is refused, so that the
* fold of a ledger is also the proof that every move in it was allowed.
* @throws InputError LEDGER_EVENT_ILLEGAL naming the event and the rule
*/
function evolve(state, event) {
	return {
		...apply(state, event),
		lastSeq: event.seq,
		lastHash: event.hash,
		lastAt: event.at,
		operations: new Set(state.operations).add(event.operation),
		requests: new Set(state.requests).add(requestId(operationFactsOf(state.model, event.data, event.source)))
	};
}
/** Folds the events of one model's stream from its beginning. */
function foldEvents(model, events) {
	let state = emptyState(model);
	for (const event of events) state = evolve(state, event);
	return state;
}
const targetOf = {
	VersionStaged: "staging",
	VersionShortlisted: "candidate",
	VersionRejected: "rejected"
};
function apply(state, event) {
	const { data } = event;
	switch (data.type) {
		case "VersionRegistered": return register(state, event, data);
		case "VersionPromoted":
		case "VersionRolledBack": return promote(state, event, data);
		case "VersionArchived": return archive(state, event, data);
		case "VersionStaged":
		case "VersionShortlisted":
		case "VersionRejected": {
			const version = versionFor(state, event, data);
			if (targetOf[data.type] !== data.to || !isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
			return withVersion(state, data.version, {
				...version,
				stage: data.to,
				since: event.at
			});
		}
		case "HeldOutUsed": return countLook(state, event, data);
		case "Correction":
			if (data.ofSeq >= 0 && data.ofSeq < event.seq) return state;
			throw illegal(event, `it corrects event ${data.ofSeq}, which is not before it`);
	}
}
function register(state, event, data) {
	const { record } = data;
	const expected = nextVersion(state);
	if (record.version !== expected) throw illegal(event, `it registers v${record.version}; the next version is v${expected}`);
	if (record.model !== state.model) throw illegal(event, `its record is of ${record.model}`);
	return withVersion(state, record.version, {
		record,
		stage: "registered",
		since: event.at,
		wasInProductionAt: [],
		deployments: []
	});
}
/** One result is counted once: a second entry of it would use up a budget that nobody used. */
function countLook(state, event, { heldOut, look }) {
	const expected = nextLook(state, heldOut);
	if (look !== expected) throw illegal(event, `it is look ${look} on these labels; the next is ${expected}`);
	if (state.operations.has(event.operation)) throw illegal(event, "this result was counted before");
	return {
		...state,
		heldOut: new Map(state.heldOut).set(heldOut, {
			looks: look,
			lastAt: event.at
		}),
		looks: new Map(state.looks).set(event.operation, look)
	};
}
function promote(state, event, data) {
	const version = versionFor(state, event, data);
	const serving = state.endpoints.get(data.endpoint);
	const champion = serving?.champion ?? null;
	requirePromotable(event, data, version, serving);
	const rolledBack = data.type === "VersionRolledBack";
	const endpoint = {
		endpoint: data.endpoint,
		champion: data.version,
		previous: rolledBack ? null : champion,
		artifactDigest: data.artifactDigest,
		since: event.at,
		by: {
			pullRequest: event.source.pullRequest,
			mergedBy: event.actor,
			seq: event.seq
		},
		fallback: data.fallback,
		rollout: "all"
	};
	const deployment = {
		endpoint: data.endpoint,
		from: event.at,
		until: null,
		pullRequest: event.source.pullRequest,
		how: rolledBack ? "rolled back" : "promoted",
		approvals: event.approvals
	};
	const next = {
		...version,
		stage: "production",
		since: version.stage === "production" ? version.since : event.at,
		wasInProductionAt: [.../* @__PURE__ */ new Set([...version.wasInProductionAt, data.endpoint])].sort(),
		deployments: [...version.deployments, deployment]
	};
	return withEndpoint(withVersion(state, data.version, next), endpoint);
}
function requirePromotable(event, data, version, serving) {
	const champion = serving?.champion ?? null;
	if (data.to !== "production" || !isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
	if (data.replaced !== champion) throw illegal(event, `it replaces ${name(data.replaced)} at ${data.endpoint}, where ${name(champion)} served`);
	if (champion === data.version) throw illegal(event, `v${data.version} served ${data.endpoint} already`);
	if (data.type === "VersionRolledBack" && serving?.previous !== data.version) throw illegal(event, `it rolls back to v${data.version}; the recorded previous is ${name(serving?.previous)}`);
	if (data.from === "archived" && !version.wasInProductionAt.includes(data.endpoint)) throw illegal(event, `v${data.version} was never in production at ${data.endpoint}`);
	if (data.artifactDigest !== version.record.artifact.digest) throw illegal(event, `its artifact is ${data.artifactDigest}, that of v${data.version} is another`);
}
function archive(state, event, data) {
	const version = versionFor(state, event, data);
	if (!isAllowedMove(data.from, data.to)) throw illegalMove(event, data);
	if (data.endpoint === null) {
		if (data.from === "production") throw illegal(event, "a version in production leaves by its endpoint");
		return withVersion(state, data.version, {
			...version,
			stage: "archived",
			since: event.at
		});
	}
	const { endpoint } = data;
	const serving = state.endpoints.get(endpoint);
	const demoted = data.because === "demoted";
	if (!version.deployments.some((stay) => stay.endpoint === endpoint && stay.until === null) || demoted !== (serving?.champion === data.version)) throw illegal(event, `v${data.version} does not leave ${endpoint} as ${data.because}`);
	const left = demoted && serving ? withEndpoint(state, vacated(serving, event)) : state;
	const servesElsewhere = [...left.endpoints.values()].some(({ champion }) => champion === data.version);
	return withVersion(left, data.version, {
		...version,
		stage: servesElsewhere ? "production" : "archived",
		since: servesElsewhere ? version.since : event.at,
		deployments: version.deployments.map((stay) => stay.endpoint === endpoint && stay.until === null ? {
			...stay,
			until: event.at
		} : stay)
	});
}
/** Nobody serves; `previous` goes too, so that whatever comes next is judged. */
function vacated(serving, event) {
	const by = {
		pullRequest: event.source.pullRequest,
		mergedBy: event.actor,
		seq: event.seq
	};
	return {
		...serving,
		champion: null,
		previous: null,
		artifactDigest: null,
		since: event.at,
		by
	};
}
function versionFor(state, event, data) {
	const version = state.versions.get(data.version);
	if (!version) throw illegal(event, `v${data.version} was never registered`);
	if (version.stage !== data.from) throw illegal(event, `it moves v${data.version} from ${data.from}; it was ${version.stage}`);
	return version;
}
function withVersion(state, number, version) {
	return {
		...state,
		versions: new Map(state.versions).set(number, version)
	};
}
function withEndpoint(state, endpoint) {
	return {
		...state,
		endpoints: new Map(state.endpoints).set(endpoint.endpoint, endpoint)
	};
}
const name = (version) => version ? `v${version}` : "nothing";
function illegalMove(event, data) {
	return illegal(event, `v${data.version} cannot go from ${data.from} to ${data.to}`);
}
function illegal(event, because) {
	return new InputError("LEDGER_EVENT_ILLEGAL", `event ${event.seq} of ${event.stream} (${event.data.type}): ${because}`, { hint: "No rule of the ledger could have written this event: somebody else did." });
}

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

export { transactionPath as A, endpointPath as C, operationPath as D, isTransactionPath as E, statePath as O, cardPath as S, headPath as T, textPaths as _, operationFactsOf as a, groupSlice as b, movesFrom as c, emptyState as d, streamOf as f, readCatalogue as g, parseStages as h, propose as i, versionPath as j, statusPath as k, parseTransaction as l, planChange as m, readMovedStates as n, operationId as o, viewOf as p, evolve as r, isAllowedMove as s, readModelState as t, renderHead as u, parseBehaviour as v, frontPagePath as w, belongsToLedger as x, behaviourMetric as y };