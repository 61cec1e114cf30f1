import { a as findDecision, i as decideAgain, n as isPromotion, o as recordedDecisions, r as replayPolicy, s as underPolicy } from "./shared-replay-policy.js";
import { i as whatText, n as decisionBlocks, r as missingBlocks, t as approvalBlocks } from "./shared-decision-blocks.js";
import { n as readFiles } from "./shared-read.js";
import { n as readEntries, s as subjectOf } from "./shared-entries.js";
import { I as string, O as int, P as record, S as _enum, j as looseObject, w as array, z as unknown } from "./shared-js-yaml.js";
import { r as InputError } from "./shared-error.js";
import { p as parseInstant, s as isTransactionPath } from "./shared-layout2.js";
import { n as withRegistryOptions, t as printAnswer } from "./shared-registry-options.js";
import { a as withRegistry } from "./shared-registry-source.js";
import { t as paragraph } from "./shared-block.js";
import { t as counted } from "./shared-count-text.js";
import { i as stateWords } from "./shared-icon.js";
import { n as showTime } from "./shared-time-text.js";
import { n as readWorkTree } from "./shared-work-tree.js";
import { x as policyPath } from "./shared-layout.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { n as wholeNumber } from "./shared-option.js";
import { r as InvalidArgumentError } from "./shared-esm.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { n as renderText } from "./shared-text.js";
import { resolve } from "node:path";
import { readFile } from "node:fs/promises";

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
	const command = program.command("explain").description("Explains a recorded decision: each rule and why, which approvals counted and which did not").argument("<entry>", "flight-delay@v2, a merged pull request (\"#41\"), an entry of the ledger (17) or of a history (flight-delay#5)");
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

// core/report/policy-replay-blocks.ts
/** `gatehouse policy replay`: which recorded promotions a policy would have blocked. @param policy where it was read */
function policyReplayBlocks({ decisions, blocked, unknown }, policy, one) {
	if (decisions.length === 0) return [paragraph(`The ledger holds no ${one}.`)];
	const total = counted(decisions.length, one);
	const headline = blocked === 0 ? `none of the last ${total}` : `${blocked} of the last ${total}`;
	return [
		paragraph({ strong: `${policy} would have blocked ${headline}` }),
		{
			kind: "table",
			head: [
				"entry",
				"when",
				"what",
				"pull request",
				"with this policy",
				"blocked by"
			],
			align: [
				"r",
				"l",
				"l",
				"r",
				"l",
				"l"
			],
			rows: decisions.map(replayRow)
		},
		...detailBlocks(decisions),
		...unknown.map((sentence) => paragraph(sentence)),
		paragraph("Decided from what was recorded then: approvals are taken as given for the same change.")
	];
}
function replayRow({ entries, at, model, what, pullRequest, kind, recorded, by }) {
	const doubt = recorded === "allowed" ? "" : ` (its own policy says ${recorded} today)`;
	return [
		[String(entries[0] ?? "")],
		[showTime(at)],
		[`${model}: ${whatText(what)}`],
		[`#${pullRequest}`],
		[`${kind}${doubt}`],
		[by.map(({ rule }) => rule).join(", ")]
	];
}
function detailBlocks(decisions) {
	const items = decisions.flatMap(({ entries, by }) => by.map(({ rule, state, because }) => [`Entry ${entries[0]}: ${rule}: ${stateWords[state]}. `, because]));
	return items.length === 0 ? [] : [{
		kind: "list",
		items
	}];
}

// cli/policy-source.ts
/**
* Reads the policy that a what-if is about.
* @param given `--policy`; absent: .github/gatehouse.yml of the working tree, committed or not
* @throws InputError FILE_MISSING, POLICY_MISSING, CONFIG_INVALID
*/
async function readPolicy(cwd, given) {
	if (given !== void 0) return {
		name: given,
		policy: parsePolicy(await readText(cwd, given), given)
	};
	const { texts } = await readWorkTree(cwd, (path) => path === policyPath);
	const text = texts.get(policyPath);
	if (text === void 0) throw new InputError("POLICY_MISSING", `${policyPath} is not in this working tree`, {
		hint: "Name a policy with --policy, or run this in a clone of the governed repository.",
		where: { file: policyPath }
	});
	return {
		name: policyPath,
		policy: parsePolicy(text, policyPath)
	};
}
/** @throws InputError FILE_MISSING */
async function readText(cwd, name) {
	try {
		return await readFile(resolve(cwd, name), "utf8");
	} catch (cause) {
		throw new InputError("FILE_MISSING", `${name} cannot be read`, {
			hint: "Name a file that is there, from the folder in which you stand.",
			cause
		});
	}
}

// cli/commands/policy/replay.ts
/** `gatehouse policy replay`: what would this policy have blocked? */
const replayPolicyCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("replay").description("Says which of the last promotions a policy would have blocked, and by which rule").option("--policy <file>", "policy to try (default: .github/gatehouse.yml of the working tree)").option("--last <number>", "how many of the newest promotions", wholeNumber(1, 1e5), 50).option("--all", "every recorded decision: proposals, other stages and rollbacks as well");
	withRegistryOptions(command).action((options) => context.run(async () => {
		const { name, policy } = await readPolicy(context.cwd, options.policy);
		return withRegistry(context, options, fetchAnchors, async (source) => {
			const decisions = await readDecisions(context.cwd, source);
			const chosen = options.all === true ? decisions : decisions.filter(isPromotion);
			const replay = replayPolicy(chosen, policy, options.last);
			printAnswer(context, options, source, {
				json: {
					policy: name,
					...replay
				},
				blocks: () => policyReplayBlocks(replay, name, options.all === true ? "decision" : "promotion")
			});
			return replay.blocked === 0 ? 0 : 1;
		});
	}));
};

// core/policy/decision-difference.ts
/** Says which rules answer otherwise, in the order of the tree; a rule that only repeats its children has no line. */
function compareDecisions(before, after) {
	const [old, now] = [leavesOf(before.rules), leavesOf(after.rules)];
	return [.../* @__PURE__ */ new Set([...old.keys(), ...now.keys()])].flatMap((rule) => {
		const [was, is] = [old.get(rule) ?? null, now.get(rule) ?? null];
		return was?.state === is?.state && was?.because === is?.because ? [] : [{
			rule,
			without: was,
			with: is
		}];
	});
}
function leavesOf(rules, above = "") {
	const leaves = /* @__PURE__ */ new Map();
	for (const { rule, state, because, children } of rules) {
		const found = children.length === 0 ? [[`${above}${rule}`, {
			state,
			because
		}]] : [...leavesOf(children, `${above}${rule} / `)];
		for (const [name, answer] of found) leaves.set(freeName(leaves, name), answer);
	}
	return leaves;
}
/** Two rules of one name (a gate twice) are told apart by their order. */
function freeName(leaves, name) {
	let at = 1;
	let free = name;
	while (leaves.has(free)) {
		at += 1;
		free = `${name} (${at})`;
	}
	return free;
}

// core/policy/decision-input-file.ts
const person = looseObject({
	id: int(),
	login: string(),
	kind: _enum(["User", "Bot"])
});
const check = looseObject({
	id: int(),
	subject: string(),
	completedAt: string()
});
const review = looseObject({
	id: int(),
	reviewer: person,
	state: _enum([
		"APPROVED",
		"CHANGES_REQUESTED",
		"DISMISSED",
		"COMMENTED"
	]),
	commit: string(),
	submittedAt: string(),
	roles: array(string()),
	evidenceChecks: array(check)
});
const role = looseObject({
	users: array(string()),
	teams: array(string())
});
/** What a what-if reads and changes; the rest is for the evaluator, which refuses what it cannot decide. */
const shape = looseObject({
	repositoryId: int(),
	baseRef: string(),
	change: looseObject({ kind: _enum([
		"request",
		"refused",
		"nothing"
	]) }),
	policy: looseObject({
		roles: record(string(), role),
		defaults: looseObject({})
	}),
	reviews: array(review),
	exclusions: array(looseObject({
		person,
		because: string()
	})),
	canApprove: record(string(), array(string())),
	ledger: looseObject({
		champions: array(unknown()),
		artifacts: array(unknown())
	})
});
/**
* Reads the inputs of a decision from a file that a person may have edited.
* @param text JSON: the inputs themselves, or an answer of `gatehouse policy explain --json`, which holds them as `input`
* @throws InputError JSON_INVALID, DECISION_INPUT_INVALID
*/
function parseDecisionInput(text, source) {
	const value = parseStrictJson(text, source);
	const isAnswer = typeof value === "object" && value !== null && Object.hasOwn(value, "input");
	const input = isAnswer ? value.input : value;
	const result = shape.safeParse(input);
	if (result.success) return input;
	const [issue] = result.error.issues;
	const pointer = `${isAnswer ? "/input" : ""}/${issue?.path.join("/") ?? ""}`;
	throw new InputError("DECISION_INPUT_INVALID", `${source} holds no inputs of a decision: ${issue?.message ?? "wrong shape"} at ${pointer}`, {
		hint: "Take what gatehouse policy explain ENTRY --json prints, and change what you want to try.",
		where: {
			file: source,
			pointer
		}
	});
}

// core/policy/what-if.ts
/**
* Makes the inputs that would be there: first the policy, then without the removed approvals, then with the added ones.
* An added approval is given last, for exactly what is asked now, after its evidence; everything else about whoever
* gives it (author, contributor, earlier change request) stays as recorded, so it may still not count.
* @throws InputError APPROVAL_UNKNOWN for a removed approval that nobody gave, ROLE_UNKNOWN, LOGIN_INVALID
*/
function suppose(input, { policy, removed, added }) {
	const under = policy === void 0 ? {
		input,
		unknown: []
	} : underPolicy(input, policy);
	const without = removed.reduce(withoutApproval, under.input);
	const roles = /* @__PURE__ */ new Map();
	for (const { login, role } of added) {
		requireRole(role, without.policy);
		const key = login.toLowerCase();
		roles.set(key, [...roles.get(key) ?? [], role]);
	}
	const logins = [...new Map(added.map(({ login }) => [login.toLowerCase(), login])).values()];
	return {
		input: logins.reduce((each, login) => withApproval(each, login, roles.get(login.toLowerCase()) ?? []), without),
		hypothetical: logins,
		unknown: under.unknown
	};
}
const isSame = (a, b) => a.toLowerCase() === b.toLowerCase();
/** As if they had never approved: what they said before it, a change request say, speaks again. */
function withoutApproval(input, login) {
	const reviews = input.reviews.filter(({ reviewer, state }) => !(state === "APPROVED" && isSame(reviewer.login, login)));
	if (reviews.length < input.reviews.length) return {
		...input,
		reviews
	};
	const known = input.reviews.flatMap(({ state, reviewer }) => state === "APPROVED" ? [reviewer.login] : []);
	throw new InputError("APPROVAL_UNKNOWN", `${JSON.stringify(login.slice(0, 80))} gave no approval here`, { hint: `Approvals are there by: ${[...new Set(known)].slice(0, 10).join(", ") || "nobody"}.` });
}
function withApproval(input, login, roles) {
	const held = input.reviews.filter(({ reviewer }) => isSame(reviewer.login, login)).flatMap((review) => review.roles);
	const subject = subjectOf(input);
	const given = momentAfter(input);
	const seen = new Date(given - secondMs).toISOString();
	const ids = input.reviews.flatMap(({ id, evidenceChecks }) => [id, ...evidenceChecks.map((check) => check.id)]);
	const id = Math.max(0, ...ids) + 1;
	const review = {
		id,
		reviewer: personOf(input, login),
		state: "APPROVED",
		commit: input.reviews.at(-1)?.commit ?? input.judgement?.origin.headSha ?? "0".repeat(40),
		submittedAt: new Date(given).toISOString(),
		roles: [.../* @__PURE__ */ new Set([...held, ...roles])].sort(),
		evidenceChecks: subject === null ? [] : [{
			id,
			subject,
			completedAt: seen
		}]
	};
	return {
		...input,
		reviews: [...input.reviews, review]
	};
}
const secondMs = 1e3;
/** After everything that was said; at the time of the decision where that is known. */
function momentAfter(input) {
	const said = input.reviews.map(({ submittedAt }) => (parseInstant(submittedAt) ?? 0) + secondMs);
	const now = input.now === void 0 ? null : parseInstant(input.now);
	return Math.max(now ?? secondMs, ...said);
}
/** Whoever is known keeps the id, so that what excludes them still does; a stranger gets one that nobody has. */
function personOf(input, login) {
	const people = [...input.reviews.map(({ reviewer }) => reviewer), ...input.exclusions.map(({ person }) => person)];
	const known = people.find((person) => isSame(person.login, login));
	if (known !== void 0) return known;
	if (!/^[a-z\d](?:[a-z\d_-]{0,99})(?:\[bot\])?$/i.test(login)) throw new InputError("LOGIN_INVALID", `${JSON.stringify(login.slice(0, 80))} is no login`, { hint: "Write it as rita:reviewer." });
	return {
		id: Math.max(0, ...people.map((person) => person.id)) + 1,
		login,
		kind: login.endsWith("[bot]") ? "Bot" : "User"
	};
}
/** @throws InputError ROLE_UNKNOWN */
function requireRole(role, policy) {
	if (role === "owner" || Object.hasOwn(policy.roles, role)) return;
	const known = ["owner", ...Object.keys(policy.roles)].sort().join(", ");
	throw new InputError("ROLE_UNKNOWN", `the policy has no role ${JSON.stringify(role.slice(0, 80))}`, { hint: `Known: ${known}.` });
}

// core/report/what-if-blocks.ts
/** `gatehouse policy simulate`: the decision with the change beside the one without, and who is missing then. */
function whatIfBlocks({ of, without, with: after, changed, supposed }) {
	const { hypothetical, unknown } = supposed;
	return [
		paragraph({ strong: `Hypothetical, of ${of}: ${without.kind} without the change, ${after.kind} with it` }),
		...differenceBlocks(changed),
		paragraph({ strong: "Approvals with the change" }),
		...approvalBlocks(after),
		...missingBlocks(after),
		...hypothetical.length === 0 ? [] : [paragraph(`Nobody gave these approvals, they are hypothetical: ${hypothetical.join(", ")}.`)],
		...unknown.map((sentence) => paragraph(sentence)),
		paragraph("Nothing was changed, and nothing was sent.")
	];
}
function differenceBlocks(changed) {
	if (changed.length === 0) return [paragraph("No rule answers otherwise.")];
	return [{
		kind: "table",
		head: [
			"rule",
			"without the change",
			"with it"
		],
		rows: changed.map((each) => [
			[each.rule],
			[answerText(each.without)],
			[answerText(each.with)]
		])
	}];
}
const answerText = (answer) => answer === null ? "not asked" : `${stateWords[answer.state]}: ${answer.because}`;

// cli/commands/policy/simulate.ts
/** `gatehouse policy simulate`: what would be decided, if? Changes nothing. */
const simulateCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("simulate").description("Tries an approval more or less, or another policy, on a decision; changes nothing");
	withRegistryOptions(withWhatIf(command)).action((options) => context.run(async () => {
		const { entry, input: file } = options;
		if (entry === void 0 === (file === void 0)) throw notOne();
		const { cwd } = context;
		const whatIf = {
			...options.policy === void 0 ? {} : { policy: (await readPolicy(cwd, options.policy)).policy },
			added: options.addApproval,
			removed: options.removeApproval
		};
		if (file !== void 0) {
			const answer = answerOf(file, parseDecisionInput(await readText(cwd, file), file), whatIf);
			context.print(options.json ? JSON.stringify(toJson(answer), null, 2) : renderText(whatIfBlocks(answer)));
			return exitCodeOf(answer);
		}
		return withRegistry(context, options, fetchAnchors, async (source) => {
			const { cause, input } = findDecision(await readDecisions(cwd, source), entry ?? "");
			const answer = answerOf(`entry ${cause.gseq}`, input, whatIf);
			printAnswer(context, options, source, {
				json: toJson(answer),
				blocks: () => whatIfBlocks(answer)
			});
			return exitCodeOf(answer);
		});
	}));
};
const withWhatIf = (command) => command.option("--entry <entry>", "recorded decision: flight-delay@v2, \"#41\", 17 or flight-delay#5").option("--input <file>", "inputs of a decision as JSON, as \"policy explain --json\" prints them").option("--add-approval <login:role>", "as if LOGIN approved now as ROLE; may be given again", addApproval, []).option("--remove-approval <login>", "as if LOGIN had not approved; may be given again", collect, []).option("--policy <file>", "as if this were the policy (default: the recorded one)");
const collect = (value, before) => [...before, value];
function addApproval(text, before) {
	const [, login, role] = /^([^:\s]{1,120}):([^:\s]{1,120})$/.exec(text) ?? [];
	if (login === void 0 || role === void 0) throw new InvalidArgumentError("write it as rita:reviewer.");
	return [...before, {
		login,
		role
	}];
}
function answerOf(of, input, whatIf) {
	const without = decideAgain(input);
	const supposed = suppose(input, whatIf);
	const after = decideAgain(supposed.input);
	return {
		of,
		without,
		with: after,
		changed: compareDecisions(without, after),
		supposed
	};
}
const toJson = ({ supposed, ...answer }) => ({
	...answer,
	hypothetical: supposed.hypothetical,
	unknown: supposed.unknown
});
const exitCodeOf = ({ with: { kind } }) => kind === "allowed" || kind === "nothing" ? 0 : 1;
const notOne = () => new InputError("DECISION_NOT_NAMED", "name one decision: --entry ENTRY or --input FILE", { hint: "gatehouse history MODEL lists the entries of a model; flight-delay@v2 names its newest promotion." });

// cli/commands/policy.ts
/** `gatehouse policy ...`: why a promotion was allowed, and what another policy or approval would have made of it. */
const policyCommand = (fetchAnchors) => (program, context) => {
	const policy = program.command("policy").description("Explains recorded decisions, and tries other approvals and policies on them");
	for (const add of [
		explainDecisionCommand,
		simulateCommand,
		replayPolicyCommand
	]) add(fetchAnchors)(policy, context);
};

export { policyCommand };