import { r as InputError } from "./shared-error.js";
import { i as decide, t as readEntries } from "./shared-entries.js";
import { o as streamOf } from "./shared-transition.js";
import { t as digestOfDecision } from "./shared-hash.js";
import { n as linesOf } from "./shared-history.js";
import { t as paragraph } from "./shared-block.js";
import { r as stateWords } from "./shared-icon.js";
import { n as showTime } from "./shared-time-text.js";
import { n as readFiles } from "./shared-read.js";
import { o as isTransactionPath } from "./shared-layout2.js";
import { n as withRegistryOptions, t as printAnswer } from "./shared-registry-options.js";
import { a as withRegistry } from "./shared-registry-source.js";

// core/audit/recorded-decision.ts
/**
* Lists the decisions of a ledger, oldest first; looks and corrections rest on none.
* @param transactions in the order of the whole ledger
* @throws InputError DECISION_ALTERED when the inputs beside an entry are not those that it was hashed with
*/
function recordedDecisions(transactions) {
	const found = [];
	for (const transaction of transactions) {
		const [cause] = transaction.events;
		if (cause === void 0 || transaction.decisionInput === null) continue;
		if (digestOfDecision(transaction) !== cause.decision) throw altered(cause);
		const last = found.at(-1);
		const isSame = last?.cause.decision === cause.decision && last.cause.stream === cause.stream;
		if (last !== void 0 && isSame && last.cause.source.pullRequest === cause.source.pullRequest) found[found.length - 1] = {
			...last,
			events: [...last.events, ...transaction.events]
		};
		else {
			const model = cause.stream.replace(/^model\//, "");
			const input = transaction.decisionInput;
			found.push({
				model,
				cause,
				events: transaction.events,
				input
			});
		}
	}
	return found;
}
/**
* Finds one decision by the name that a person gave it.
* @param text `17` (entry of the whole ledger), `flight-delay#5` (entry of its history) or `flight-delay@v2` (the newest
* decision to put it into production, else the newest about it)
* @throws InputError DECISION_UNKNOWN
*/
function findDecision(decisions, text) {
	const [, entry] = /^(\d{1,9})$/.exec(text) ?? [];
	const [, model = "", sign, number] = /^(.{1,200})([#@])v?(\d{1,9})$/s.exec(text) ?? [];
	const found = entry !== void 0 ? decisions.find(({ events }) => events.some(({ gseq }) => gseq === Number(entry))) : sign === "#" ? decisions.find(({ events }) => events.some((each) => isEntry(each, model, Number(number)))) : sign === "@" ? newestAbout(decisions, model, Number(number)) : void 0;
	if (found !== void 0) return found;
	const known = decisions.slice(-5).map(({ model, cause }) => `${cause.gseq} (${model}#${cause.seq})`);
	throw new InputError("DECISION_UNKNOWN", `the ledger holds no decision ${JSON.stringify(text.slice(0, 80))}`, { hint: `Name an entry (17), an entry of a model's history (flight-delay#5) or a version (flight-delay@v2). Newest decisions: ${known.join(", ") || "none"}.` });
}
/**
* Decides, and names what stops the evaluator: the inputs may be a file that somebody edited.
* @throws InputError DECISION_UNREADABLE
*/
function decideAgain(input) {
	try {
		return decide(input);
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : "the evaluator failed";
		throw new InputError("DECISION_UNREADABLE", `these inputs cannot be decided: ${why}`, {
			hint: "Take the inputs of a recorded decision as they are: gatehouse policy explain ENTRY --json prints them.",
			cause
		});
	}
}
const isEntry = ({ stream, seq }, model, number) => stream === streamOf(model) && seq === number;
function newestAbout(decisions, model, version) {
	const about = decisions.filter((each) => each.model === model && each.events.some(isAbout(version)));
	return about.filter(({ events }) => events.some((event) => event.data.type === "VersionPromoted" && isAbout(version)(event))).at(-1) ?? about.at(-1);
}
const isAbout = (version) => ({ data }) => data.type === "VersionRegistered" ? data.record.version === version : "version" in data && data.version === version;
const altered = ({ gseq }) => new InputError("DECISION_ALTERED", `the inputs beside entry ${gseq} are not those that it was hashed with`, { hint: "Believe nothing that rests on it, and run gatehouse verify." });

// core/report/decision-blocks.ts
/** `gatehouse policy explain`: why a recorded decision was what it was, rule by rule, approval by approval. */
function decisionBlocks({ model, cause, events }, decision) {
	const { at, source, actor, gseq } = cause;
	return [
		paragraph({ strong: `${model}: ${whatOf(events)}` }),
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
const whatOf = (events) => linesOf(events).map(({ what, version, endpoint }) => {
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

// cli/decisions.ts
/**
* Reads every decision of the ledger of a clone, oldest first.
* @throws InputError LEDGER_ENTRY_INVALID for an entry that is not as the app wrote it, DECISION_ALTERED
*/
async function readDecisions(dir, { place }) {
	const { entries, findings } = readEntries(await readFiles(dir, place.commit, "audit/", isTransactionPath));
	const [first] = findings;
	if (first !== void 0) throw new InputError("LEDGER_ENTRY_INVALID", first.message, {
		hint: first.fix ?? "Run gatehouse verify.",
		findings
	});
	return recordedDecisions(entries.map(({ transaction }) => transaction));
}

// cli/commands/policy/explain.ts
/** `gatehouse policy explain`: the tree of a recorded decision, from the ledger alone. */
const explainDecisionCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("explain").description("Explains a recorded decision: each rule and why, which approvals counted and which did not").argument("<entry>", "flight-delay@v2, an entry of the ledger (17), or of a history (flight-delay#5)");
	withRegistryOptions(command).action((entry, options) => context.run(() => withRegistry(context, options, fetchAnchors, async (source) => {
		const found = findDecision(await readDecisions(context.cwd, source), entry);
		const decision = decideAgain(found.input);
		const { model, cause, events, input } = found;
		const entries = events.map(({ gseq }) => gseq);
		printAnswer(context, options, source, {
			json: {
				model,
				entries,
				pullRequest: cause.source.pullRequest,
				at: cause.at,
				decision,
				input
			},
			blocks: () => decisionBlocks(found, decision)
		});
		return 0;
	})));
};

// cli/commands/policy.ts
/** `gatehouse policy ...`: why a promotion was allowed, and what another policy or approval would have made of it. */
const policyCommand = (fetchAnchors) => (program, context) => {
	const policy = program.command("policy").description("Explains recorded decisions, and tries other approvals and policies on them");
	for (const add of [explainDecisionCommand]) add(fetchAnchors)(policy, context);
};

export { policyCommand };