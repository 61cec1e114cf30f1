import { n as linesOf } from "./shared-history2.js";
import { t as paragraph } from "./shared-block.js";
import { i as stateWords } from "./shared-icon.js";
import { n as showTime } from "./shared-time-text.js";

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
			rows: decision.rules.flatMap((rule) => ruleRows(rule))
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

export { whatText as i, decisionBlocks as n, missingBlocks as r, approvalBlocks as t };