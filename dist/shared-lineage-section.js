import { Ht as modelPath, en as code, nn as plainText, tn as escapeText } from "./shared-contract-file.js";
import { a as fillMargin } from "./shared-policy-file.js";
import { o as markdownTable, t as evaluateGates } from "./shared-gate.js";
import { n as requiredComparisons } from "./shared-comparison-need.js";

// core/report/block.ts
const paragraph = (...text) => ({
	kind: "paragraph",
	text
});

// core/report/markdown.ts
/** Prose is what people wrote in configuration, capped there. */
const longestProse = 4e3;
/** Renders blocks as GitHub-flavoured Markdown. Every string in them is escaped here and nowhere else. */
function renderMarkdown(blocks) {
	return blocks.map(renderBlock).join("\n\n");
}
function renderBlock(block) {
	switch (block.kind) {
		case "heading": return `${"#".repeat(block.level)} ${renderPhrase(block.text)}`;
		case "paragraph": return renderPhrase(block.text);
		case "quote": return `> ${renderPhrase(block.text)}`;
		case "small": return `<sub>${renderPhrase(block.text)}</sub>`;
		case "steps": return block.items.map((item, at) => `${at + 1}. ${renderPhrase(item)}`).join("\n");
		case "list": return block.items.map((item) => `- ${renderPhrase(item)}`).join("\n");
		case "fence": return renderFence(block.language, block.lines);
		case "fold": return `<details><summary>${block.title.replace(/[^\w .,:()%]/g, "")}</summary>\n\n${renderMarkdown(block.blocks)}\n\n</details>`;
		case "table": return renderTable(block);
	}
}
const renderPhrase = (phrase) => phrase.map(renderInline).join("");
function renderInline(inline) {
	if (typeof inline === "string") return escapeText(plainText(inline, 400));
	if ("prose" in inline) return escapeText(plainText(inline.prose, longestProse));
	if ("strong" in inline) return `**${escapeText(plainText(inline.strong, 400).trim())}**`;
	if ("code" in inline && !("link" in inline)) return code(inline.code);
	const text = inline.code === true && !/[[\]]/.test(inline.link) ? code(inline.link) : escapeText(plainText(inline.link));
	if (isOwnPath(inline.to)) return `[${text}](${inline.to})`;
	return isWebAddress(inline.to) ? `[${text}](${encodeAddress(inline.to)})` : text;
}
/** A file of the same branch: names of models and our own folders only, so that no scheme can hide in it. */
const isOwnPath = (address) => /^(?:\.\.\/)?[A-Za-z0-9_][\w./-]*$/.test(address) && !address.slice(1).includes("..");
const isWebAddress = (address) => /^https?:\/\//.test(address) && URL.canParse(address);
/** Characters that would end a link's address, or the cell around it. */
const encodeAddress = (address) => new URL(address).href.replace(/[()<>|\\`]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, "0")}`);
function renderTable({ head, align = head.map(() => "l"), rows }) {
	const lines = [head.map((title) => renderCell([title])), ...rows.map((row) => row.map(renderCell))];
	return markdownTable(lines, {
		align: [...align],
		padding: true,
		alignDelimiters: false
	});
}
const renderCell = (phrase) => renderPhrase(phrase).trim() || "–";
/** A fence longer than any run of backticks inside: nothing in it can close it. */
function renderFence(language, lines) {
	const clean = lines.map((line) => line.replace(/\t/g, "  ").split("").filter(isShown).join("").slice(0, 400));
	const runs = clean.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
	const fence = "`".repeat(Math.max(3, ...runs.map((run) => run + 1)));
	return [
		`${fence}${language}`,
		...clean,
		fence
	].join("\n");
}
const isShown = (character) => !/[\p{Cc}\p{Cf}]/u.test(character);

// core/report/budget.ts
/** GitHub takes 65,536 characters; what it counts is not always what we count. */
const bodyLimit = 6e4;
/**
* Joins sections to a body that fits. Whole sections are left out, highest rank first, later ones before earlier ones;
* text is never cut. What is left out is said, with where to find it.
* @param elsewhere where the whole report is, in words
* @returns Markdown of at most `limit` characters; with sections of rank 0 alone when nothing else fits.
*/
function fitSections(sections, limit, elsewhere) {
	const kept = sections.map((section) => ({
		...section,
		text: renderMarkdown(section.blocks)
	}));
	const order = kept.map((section, at) => ({
		at,
		rank: section.rank
	})).filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank || b.at - a.at).map(({ at }) => at);
	const left = /* @__PURE__ */ new Set();
	const body = () => {
		const shown = kept.filter((_, at) => !left.has(at)).map(({ text }) => text);
		const names = kept.filter((_, at) => left.has(at)).map(({ name }) => name);
		return [...shown, ...names.length === 0 ? [] : [leftOut(names, elsewhere)]].join("\n\n");
	};
	for (const at of order) {
		if (body().length <= limit) break;
		left.add(at);
	}
	return body();
}
function leftOut(names, elsewhere) {
	const shown = names.length <= 4 ? names.join(", ") : `${names.slice(0, 4).join(", ")} and ${names.length - 4} more`;
	return renderMarkdown([paragraph("Left out to keep this short: ", shown, `. ${elsewhere}`)]);
}

// core/config/floor.ts
/**
* Lays the floor of the policy under a model's gates (GATE.md rule 10).
* Gates are alternatives to nobody: all of them must pass, so adding one can only make it harder.
* @param file path of model.yml, for findings
*/
function applyFloor(gates, defaults, file = "model.yml") {
	const complete = gates.map((gate) => fillMargin(gate, defaults.comparison));
	const added = complete.some(({ versus }) => versus !== void 0) ? [] : [comparisonOf(complete, defaults)];
	const own = [...complete, ...added];
	const missing = defaults.gates.map((gate) => fillMargin(gate, defaults.comparison)).filter((floor) => !holds(own, floor));
	return {
		gates: [...own, ...missing],
		findings: complete.flatMap((gate, at) => defaults.gates.flatMap((floor) => compare(gate, floor, at, defaults, file)))
	};
}
/** Resolves a model against the policy: gates with the floor under them and a comparison with the champion always. */
function resolveModel(model, policy) {
	const { gates, findings } = applyFloor(model.gates, policy.defaults, modelPath(model.model));
	return {
		model: {
			...model,
			gates
		},
		findings
	};
}
function comparisonOf(gates, { comparison }) {
	return {
		metric: gates[0]?.metric ?? "auc",
		versus: comparison.versus,
		margin: comparison.margin
	};
}
/** True when some gates of the model together ask for at least what the floor asks. */
function holds(gates, floor) {
	const same = gates.filter(({ metric }) => metric === floor.metric);
	return (floor.min === void 0 || same.some(({ min }) => min !== void 0 && min >= (floor.min ?? NaN))) && (floor.max === void 0 || same.some(({ max }) => max !== void 0 && max <= (floor.max ?? NaN))) && (floor.versus === void 0 || same.some((gate) => gate.versus !== void 0 && lead(gate) >= lead(floor)));
}
/** How far ahead of the champion the lower end of the interval must lie, in units of the metric. */
const lead = ({ versus, margin }) => versus === "better" ? margin ?? 0 : -(margin ?? 0);
function compare(gate, floor, at, defaults, file) {
	if (gate.metric !== floor.metric) return [];
	const bounds = {
		file,
		at,
		metric: gate.metric
	};
	const full = fillMargin(floor, defaults.comparison);
	return [
		...isBelow(floor.min, gate.min) ? [below(bounds, "min", `${gate.min}`, `${floor.min} or more`)] : [],
		...isBelow(gate.max, floor.max) ? [below(bounds, "max", `${gate.max}`, `${floor.max} or less`)] : [],
		...gate.versus !== void 0 && floor.versus !== void 0 && lead(gate) < lead(full) ? [below(bounds, "versus", describe(gate), describe(full))] : []
	];
}
const isBelow = (higher, lower) => higher !== void 0 && lower !== void 0 && lower < higher;
const describe = ({ versus, margin }) => `${versus} by margin ${margin ?? 0}`;
function below({ file, at, metric }, key, found, allowed) {
	return {
		code: "config/below-floor",
		severity: "fail",
		message: `gate "${metric}" asks for less than the floor of the policy`,
		where: {
			file,
			pointer: `/gates/${at}/${key}`
		},
		found,
		allowed,
		fix: `Ask for ${allowed}, or have the governors change defaults.gates in .github/gatehouse.yml.`
	};
}

// core/policy/rule.ts
function rule(name, state, because, children = []) {
	return {
		result: {
			rule: name,
			state,
			because,
			children
		},
		findings: []
	};
}
/** A refusal and its finding: what was found in one sentence, and how to mend it. */
function refuse(name, finding, children = []) {
	return {
		result: {
			rule: name,
			state: "refused",
			because: finding.message,
			children
		},
		findings: [{
			...finding,
			severity: "fail"
		}]
	};
}
/** Several rulings under one name: the worst state speaks, with the sentence of the first that has it. */
function gather(name, rulings, whenEmpty) {
	if (rulings.length === 0) return whenEmpty;
	const children = rulings.map((ruling) => ruling.result);
	const state = worstOf(children.map((child) => child.state));
	return {
		result: {
			rule: name,
			state,
			because: children.find((child) => child.state === state)?.because ?? "",
			children
		},
		findings: rulings.flatMap((ruling) => ruling.findings)
	};
}
const severity = [
	"skipped",
	"met",
	"waiting",
	"not evaluated",
	"refused"
];
/** The state that decides among several: refused before not evaluated before waiting before met. */
function worstOf(states) {
	return states.reduce((worst, state) => severity.indexOf(state) > severity.indexOf(worst) ? state : worst, "skipped");
}

// core/policy/gate-rule.ts
/**
* Every gate of the model and every floor of the policy passes, against every champion that the request meets. Outcomes
* are computed again from the metrics: what the evidence says about its own gates is not read.
*/
function ruleOnGates(change, judgement, input) {
	const gates = resolveGates(input);
	const rulings = requiredComparisons(change.moves, input.ledger.champions).map((against) => ruleOnComparison(against, gates, judgement, input));
	return gather("gates", [...rulings, ruleOnGrade(gates, change, judgement)], refuse("gates", nothingMeasured));
}
/** The model's own gates with the policy's floor under them: a model can ask for more and never for less. */
function resolveGates(facts) {
	return applyFloor(facts.model?.gates ?? [], facts.policy.defaults).gates;
}
function ruleOnComparison(against, gates, judgement, input) {
	const name = against === null ? "gates" : `gates against v${against}`;
	const { comparisons, heldOut } = judgement;
	const comparison = comparisons.find((comparison) => comparison.against === against) ?? (against === null ? comparisons[0] : void 0);
	if (!comparison) return refuse(name, nothingMeasured);
	const context = {
		against,
		rows: heldOut.rows,
		minimumRows: input.policy.defaults.minimumRows
	};
	const outcomes = evaluateGates(comparison.metrics, gates, context);
	if (outcomes.every((outcome) => outcome.result === "skipped")) return refuse(name, onlySkipped);
	return gather(name, outcomes.map(ruleOnOutcome), refuse(name, onlySkipped));
}
const states = /* @__PURE__ */ new Map([
	["pass", "met"],
	["skipped", "skipped"],
	["not evaluated", "not evaluated"]
]);
function ruleOnOutcome(outcome) {
	const state = states.get(outcome.result);
	if (state !== void 0) return rule(outcome.gate, state, outcome.because);
	return refuse(outcome.gate, {
		code: "gate/failed",
		message: `${outcome.gate}: ${outcome.because}`,
		found: outcome.found,
		allowed: outcome.required,
		fix: "Improve the model and push again, or ask the owners to change the gate in model.yml."
	});
}
/** A claimed number gates nothing; production needs numbers that trusted code computed. */
function ruleOnGrade(gates, change, judgement) {
	const production = change.moves.some((move) => move.kind === "stage" && move.to === "production");
	const names = new Set(gates.map((gate) => gate.metric));
	const weak = judgement.comparisons.flatMap((each) => each.metrics.filter((metric) => names.has(metric.metric))).find((metric) => metric.grade !== "judged" && (production || metric.grade !== "measured"));
	if (weak) return refuse("grade", notJudged(weak.metric, weak.grade));
	return rule("grade", "met", "Every gate rests on numbers that the judge computed or measured.");
}
const onlySkipped = {
	code: "gate/none-applies",
	message: "Every gate compares with a champion, and there is none: nothing was held against a limit",
	fix: "Add a gate with min or max to model.yml, or a floor under defaults.gates in .github/gatehouse.yml."
};
const nothingMeasured = {
	code: "gate/nothing-measured",
	message: "The judgement has no gate outcome for a comparison that is needed",
	fix: "Run the workflow again."
};
const notJudged = (metric, grade) => ({
	code: "gate/grade",
	message: `${metric} is ${grade}, and such a number does not gate this`,
	found: grade,
	allowed: "judged",
	fix: "Let the judge compute it: use a metric of the judge in model.yml."
});

// core/report/facts.ts
const short = (commit) => commit.slice(0, 7);
/** Writes 1204118 as `1,204,118`. */
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const counted = (count, one, many = `${one}s`) => `${grouped(count)} ${count === 1 ? one : many}`;

// core/report/lineage-section.ts
function showDuration(milliseconds) {
	if (!Number.isFinite(milliseconds) || milliseconds < 0) return "an unknown time";
	const seconds = Math.round(milliseconds / 1e3);
	if (seconds < 120) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

export { ruleOnGates as a, rule as c, resolveModel as d, bodyLimit as f, paragraph as h, short as i, worstOf as l, renderMarkdown as m, counted as n, gather as o, fitSections as p, grouped as r, refuse as s, showDuration as t, applyFloor as u };