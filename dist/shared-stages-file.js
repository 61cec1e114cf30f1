import { n as digestBytes } from "./shared-canonical.js";
import { t as suggest } from "./shared-suggestion.js";
import { A as literal, C as _null, F as strictObject, I as string, M as number, P as record, R as union, S as _enum, T as boolean, a as dump, f as nameRule, l as isModelName, u as isName, w as array } from "./shared-js-yaml.js";
import { $ as prose, C as parseFile, E as nameOf, G as count, H as columnName, S as invalid, X as login, Z as name, d as areas, nt as webAddress, q as finite, w as refuseProblems } from "./shared-policy-resolution.js";
import { n as isMoment, r as momentRule } from "./shared-moment.js";
import { n as isPattern } from "./shared-contract-file.js";
import { i as stagesSchema } from "./shared-model-file.js";

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
/**
* Writes `waivers/<name>.yml` so that it can be read back.
* @throws InputError CONFIG_INVALID when a value is none that a waiver may have: nothing of it need be checked before
*/
function renderWaiver({ name, model, gate, until, reason, by }, source) {
	const text = dump({
		version: 1,
		model,
		gate,
		until,
		reason,
		by
	}, { lineWidth: -1 });
	parseWaiver(text, source, name);
	return text;
}
const mostOfWords = 48;
/** Name of the waiver of one gate of one model: the same for the same, and readable. */
function waiverNameOf(model, gate) {
	return `${`${model} ${gate}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").slice(0, mostOfWords).replaceAll(/^-+|-+$/g, "")}-${digestBytes(Buffer.from(`${model}\n${gate}`, "utf8")).slice(7).slice(0, 8)}`;
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

// core/config/withdrawn-schema.ts
/** `models/<model>/withdrawn.yml` as people write it. */
const withdrawnSchema = strictObject({
	version: literal(1).describe("Version of this file format."),
	versions: array(strictObject({
		version: count(1, 999999).describe("Version that must not serve any more."),
		reason: prose.describe("Why: what is wrong with it."),
		by: login.describe("Who answers for that.")
	})).min(1, "at least one version: without one there is no need of this file").max(1e3).describe("No move up is possible for them, a rollback and an emergency included.")
}).describe("Withdrawn versions of one model: models/<model>/withdrawn.yml");

// core/config/withdrawn-file.ts
/**
* Reads `models/<model>/withdrawn.yml`.
* @throws InputError CONFIG_INVALID with every problem as a finding
*/
function parseWithdrawn(text, source) {
	return { versions: parseFile(text, source, withdrawnSchema).value.versions };
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

export { waiverNameOf as a, parseBehaviour as c, renderWaiver as i, parseWithdrawn as n, parseRisks as o, parseWaiver as r, parseReadiness as s, parseStages as t };