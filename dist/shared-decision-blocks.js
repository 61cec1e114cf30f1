import { n as linesOf } from "./shared-history2.js";
import { t as paragraph } from "./shared-block.js";
import { i as stateWords } from "./shared-icon.js";
import { n as showTime } from "./shared-time-text.js";

// core/report/condensed-rule.ts
/**
* A tree of rules without lines that say a thing twice: one child that says what its parent says is no line of its own
* (where its name tells more, the parent's gets it), one of several that hold counts them, and no sentence repeats the name that stands before it.
*/
function condenseRule({ rule, state, because, children }) {
	const [only, ...others] = children;
	if (only !== void 0 && others.length === 0 && only.state === state && only.because === because) return condenseRule({
		...only,
		rule: nameOf(rule, only.rule)
	});
	return {
		rule,
		state,
		because: countsOf(state, because, children) ?? withoutName(rule, because),
		children: children.map(condenseRule)
	};
}
/** A parent of several that hold speaks with the sentence of its first child, which stands there already. */
function countsOf(state, because, children) {
	if (state !== "met" || children.length < 2 || !children.some((child) => child.because === because)) return null;
	const count = (wanted) => children.filter((child) => child.state === wanted).length;
	return ["met", "skipped"].flatMap((each) => count(each) === 0 ? [] : [`${count(each)} ${each}`]).join(", ");
}
const nameOf = (parent, child) => parent === child || parent.endsWith(`: ${child}`) ? parent : `${parent}: ${child}`;
/** The column before has the name: `auc min 0.6: 0.58 is below` says it twice. */
function withoutName(rule, because) {
	const name = rule.slice(rule.lastIndexOf(": ") + 1).trim();
	return because.startsWith(`${name}: `) ? because.slice(name.length + 2) : because;
}

// core/report/decision-blocks.ts
/** `gatehouse policy explain`: why a recorded decision was what it was, rule by rule, approval by approval. */
function decisionBlocks({ model, cause, events }, decision) {
	const { at, source, actor, gseq } = cause;
	return [
		paragraph({ strong: `${model}: ${whatText(linesOf(events))}` }),
		paragraph(`Entry ${gseq}, pull request #${source.pullRequest}, merged by ${actor.login} on ${showTime(at)}. Decided again from its recorded inputs: `, { strong: decision.kind }, "."),
		{
			kind: "table",
			head: [
				"rule",
				"state",
				"because"
			],
			rows: decision.rules.map(condenseRule).flatMap((rule) => ruleRows(rule))
		},
		...approvalBlocks(decision),
		...missingBlocks(decision)
	];
}
/** `promoted v2 at eu, archived v1 at eu` */
const whatText = (lines) => lines.map(({ what, version, endpoint }) => {
	return `${what}${version === null ? "" : ` v${version}`}${endpoint === null ? "" : ` at ${endpoint}`}`;
}).join(", ");
/** Approvals that counted and those that did not, each with its reason. */
function approvalBlocks({ counted, uncounted }) {
	const rows = [...counted.map(({ reviewer, role, submittedAt, checkRunId, checkCompletedAt }) => [
		[reviewer.login],
		["counted"],
		[`as ${role}: it was given after the evidence was there to see (check ${checkRunId}, ${showTime(checkCompletedAt)})`],
		[showTime(submittedAt)]
	]), ...uncounted.map(({ reviewer, because, submittedAt }) => [
		[reviewer.login],
		["not counted"],
		[because],
		[showTime(submittedAt)]
	])];
	if (rows.length === 0) return [paragraph("Nobody approved it.")];
	return [{
		kind: "table",
		head: [
			"approval by",
			"counts",
			"because",
			"given"
		],
		rows
	}];
}
/** Who is missing, and who could help. */
function missingBlocks({ missing }) {
	if (missing.length === 0) return [];
	return [{
		kind: "list",
		items: missing.map(({ role, count, candidates }) => {
			return [`${count} × ${role} missing: ${candidates.length === 0 ? "nobody is known who could" : `could be ${candidates.slice(0, 10).join(", ")}`}`];
		})
	}];
}
function ruleRows({ rule, state, because, children }, depth = 0) {
	return [[
		[`${"> ".repeat(depth)}${rule}`],
		[stateWords[state]],
		[because]
	], ...children.flatMap((child) => ruleRows(child, depth + 1))];
}

export { condenseRule as a, whatText as i, decisionBlocks as n, missingBlocks as r, approvalBlocks as t };