import { i as ServiceError, r as InputError } from "./shared-error.js";
import { t as suggest } from "./shared-suggestion.js";
import { C as waiverOfFile, S as stagesPath, _ as modelPath, a as behaviourPath, c as isConfiguration, d as modelOfFile, f as modelOfJudging, g as modelOfStages, h as modelOfRules, l as isLedgerPath, m as modelOfRisks, o as contractPath, p as modelOfReadiness, r as digestOf, s as datasetOfFile, v as namesIn } from "./shared-canonical.js";
import { C as strictObject, E as union, S as record, U as areas, b as number, d as _null, f as array, p as boolean, u as _enum, v as literal, w as string } from "./shared-schemas.js";
import { n as isMoment, r as momentRule } from "./shared-moment.js";
import { _ as isTransactionPath, c as parseTransaction, n as foldEvents, u as emptyState } from "./shared-evolve.js";
import { i as nameRule, n as isName, t as isModelName } from "./shared-model-name.js";
import { _ as prose, b as webAddress, c as columnName, d as count, g as name, h as login, n as parseFile, p as finite, r as refuseProblems, t as invalid, x as nameOf } from "./shared-parse.js";
import { n as stagesSchema, t as parseModelConfig } from "./shared-model-file.js";
import { i as matchesGlob, n as isPattern, t as parseContract } from "./shared-contract-file.js";
import { t as behaviourGates } from "./shared-behaviour-gates.js";

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
	sample: count(1, mostCases).optional().describe("How many held-out rows: each is a case."),
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
	seed: count(0, 4294967295).default(1).describe("Another seed samples other held-out rows."),
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

// core/config/readiness-schema.ts
/** A day without a time. */
const day = string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text), { error: "a date: 2026-12-31" });
const area = (what) => record(name, strictObject({
	done: day.optional().describe("The day on which it was done. Absent: it is not done yet."),
	by: login.describe("Who says so, or who works on it."),
	link: webAddress.optional().describe("Where it can be seen.")
})).refine((items) => Object.keys(items).length <= 50, { error: "at most 50 items" }).optional().describe(what);
/** `models/<model>/readiness.yml` as people write it. */
const readinessSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	model: area("The model itself: versioning, evaluation, fairness, explanations."),
	data: area("Its data: validation, lineage, legal-basis."),
	infrastructure: area("What it runs on: rollback, automated-training, canary, load-test."),
	security: area("access, secrets, threat-model."),
	monitoring: area("alerting, inference-logging, drift."),
	team: area("runbook, on-call, human-override.")
}).describe("Readiness review of one model: models/<model>/readiness.yml");

// core/config/readiness-file.ts
/**
* Reads `models/<model>/readiness.yml`.
* @throws InputError CONFIG_INVALID with every problem as a finding
*/
function parseReadiness(text, source) {
	const { value } = parseFile(text, source, readinessSchema);
	return { items: areas.flatMap((area) => Object.entries(value[area] ?? {}).map(([item, { done, by, link }]) => ({
		area,
		item,
		by,
		...done === void 0 ? {} : { done },
		...link === void 0 ? {} : { link }
	}))) };
}

// core/config/risks-schema.ts
const riskEntry = strictObject({
	name: name.describe("Short name: wrong-alarms."),
	kind: name.describe("Kind of risk: bias, security, privacy, quality, legal, operations."),
	severity: _enum([
		"low",
		"medium",
		"high"
	]).describe("How bad it would be."),
	status: _enum(["open", "controlled"]).describe("Whether what is done against it works."),
	control: prose.describe("What is done against it."),
	owner: login.describe("Who answers for it."),
	"review-by": day.describe("Last day on which this entry holds: look again before it.")
});
/** `models/<model>/risks.yml` as people write it. */
const risksSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	risks: array(riskEntry).min(1, "at least one risk: a model without any was not looked at").max(200).refine((risks) => new Set(risks.map((risk) => risk.name)).size === risks.length, { error: "a name of its own for each risk" }).describe("What could go wrong, each with what is done against it.")
}).describe("Risk register of one model: models/<model>/risks.yml");

// core/config/risks-file.ts
/**
* Reads `models/<model>/risks.yml`.
* @throws InputError CONFIG_INVALID with every problem as a finding
*/
function parseRisks(text, source) {
	const { value } = parseFile(text, source, risksSchema);
	return { risks: value.risks.map(({ "review-by": reviewBy, ...risk }) => ({
		...risk,
		reviewBy
	})) };
}

// core/config/waiver-schema.ts
/** `waivers/<name>.yml` as people write it. */
const waiverSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	model: string().refine(isModelName, { error: `the name of a model: ${nameRule}` }).describe("Model whose gate it is."),
	gate: string().min(1, "the gate as a report names it, for example auc min 0.6").max(500, "the gate as a report names it, at most 500 characters").describe("The gate as a report names it, for example auc min 0.6."),
	until: string().refine(isMoment, { error: momentRule }).describe("Last day on which it holds, or the time at which it ends. UTC."),
	reason: prose.describe("Why it may fail until then: shown with every decision that rests on it."),
	by: login.describe("Who answers for it.")
}).describe("One gate of one model that may fail for a while: waivers/<name>.yml");

// core/config/waiver-file.ts
/**
* Reads `waivers/<name>.yml`.
* @param name the part of the path between `waivers/` and `.yml`: pull-request controlled
* @throws InputError CONFIG_INVALID with every problem as a finding
*/
function parseWaiver(text, source, name) {
	if (!isName(name)) throw invalid(source, [wrongName(name, source)]);
	const { version: _, ...waiver } = parseFile(text, source, waiverSchema).value;
	return {
		name,
		...waiver
	};
}
function wrongName(name, source) {
	return {
		code: "config/name",
		severity: "fail",
		message: `"${name.slice(0, 200)}" cannot be the name of a waiver`,
		where: {
			file: source,
			line: 1,
			column: 1,
			pointer: ""
		},
		found: name.slice(0, 200),
		allowed: nameRule,
		fix: "Rename the file."
	};
}

// core/change/declared.ts
/** True for a file that `readDeclaredChanges` reads at both sides of a change. */
const isDeclaredFile = (path) => waiverOfFile(path) !== null || modelOfReadiness(path) !== null || modelOfRisks(path) !== null;
/**
* Reads what a pull request changes in such files: they must be readable before they govern anything.
* @returns the models whose waivers change, and what stands in the way
*/
function readDeclaredChanges(changed, { head, text }, catalogue) {
	const models = [];
	const findings = [];
	for (const { path, before, after } of changed) {
		const waiver = waiverOfFile(path);
		const owner = modelOfReadiness(path) ?? modelOfRisks(path);
		if (waiver !== null) {
			const [old, now] = [before === null ? [] : tryRead(() => parseWaiver(text("mergeBase", path) ?? "", path, waiver)), after === null ? [] : tryRead(() => parseWaiver(text("head", path) ?? unreadable$1(path), path, waiver))];
			for (const side of [old, now]) if (!isProblem(side)) models.push(...side.map(({ model }) => model));
			if (isProblem(now)) findings.push(...now.findings);
			else findings.push(...now.flatMap(({ model }) => catalogue.models.has(model) ? [] : [unknown(path, model)]));
		} else if (owner !== null && after === null && head.has(modelPath(owner))) findings.push(deleted(path));
		else if (owner !== null && after !== null) {
			const parse = modelOfReadiness(path) === null ? parseRisks : parseReadiness;
			const read = tryRead(() => parse(text("head", path) ?? unreadable$1(path), path));
			if (isProblem(read)) findings.push(...read.findings);
		}
	}
	return {
		models: [...new Set(models)].filter((model) => catalogue.models.has(model)),
		findings
	};
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
/** Every text that `planChange` may ask for, so that a shell reads them beforehand: core has no I/O. */
function textPaths(trees) {
	const wanted = (path) => modelOfJudging(path) !== null || datasetOfFile(path) !== null || modelOfStages(path) !== null;
	const changed = (path) => isDeclaredFile(path) && trees.mergeBase.get(path)?.blob !== trees.head.get(path)?.blob;
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

export { parseStages as a, parseBehaviour as c, planChange as i, readMovedStates as n, readCatalogue as o, viewOf as r, textPaths as s, readModelState as t };