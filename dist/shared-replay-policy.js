import { i as standsInTheWay } from "./shared-rule.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { a as decide, s as subjectOf } from "./shared-entries.js";
import { n as linesOf } from "./shared-history2.js";
import { r as InputError } from "./shared-error.js";
import { l as streamOf } from "./shared-rollback-trigger.js";
import { t as digestOfDecision } from "./shared-hash.js";

// core/policy/under-policy.ts
/**
* Lays another policy under recorded inputs. People are asked for what they said, not for when: an approval of the
* recorded subject is taken as one of the same change under the new policy. Evidence stays as bound: it was not judged
* anew. Who holds a role is read off the names in the policy; of a team that the recorded policy did not name nobody is
* known, and nobody is taken for a member.
*/
function underPolicy(input, policy) {
	const { reviews, exclusions } = input;
	const given = reviews.map((review) => ({
		...review,
		roles: rolesUnder(review, input.policy, policy)
	}));
	const excluded = new Set(exclusions.map(({ person }) => person.login.toLowerCase()));
	const changed = {
		...input,
		policy,
		canApprove: candidatesUnder(input, policy, excluded)
	};
	const [before, after] = [subjectOf(input), subjectOf(changed)];
	const rebased = given.map((review) => rebase(review, before, after));
	return {
		input: {
			...changed,
			reviews: rebased
		},
		unknown: unknownTeams(input.policy, policy)
	};
}
/** An own property alone: no role has the name of something that every object has. */
const roleOf = ({ roles }, name) => Object.hasOwn(roles, name) ? roles[name] : void 0;
const isSame = (a, b) => a !== void 0 && b !== void 0 && canonicalJson(a) === canonicalJson(b);
const names = (role, login) => role.users.some((user) => user.toLowerCase() === login.toLowerCase());
function rolesUnder(review, before, after) {
	const { login } = review.reviewer;
	const held = (name) => {
		const [old, now] = [roleOf(before, name), roleOf(after, name)];
		if (now === void 0) return false;
		const had = review.roles.includes(name);
		if (isSame(old, now)) return had;
		if (names(now, login)) return true;
		return had && old !== void 0 && !names(old, login) && old.teams.every((team) => now.teams.includes(team));
	};
	return [...review.roles.includes("owner") ? ["owner"] : [], ...Object.keys(after.roles).filter(held)].sort();
}
function candidatesUnder(input, policy, excluded) {
	const roles = Object.entries(policy.roles).flatMap(([name, role]) => {
		const known = Object.hasOwn(input.canApprove, name) ? input.canApprove[name] : void 0;
		if (isSame(roleOf(input.policy, name), role)) return known === void 0 ? [] : [[name, known]];
		const users = role.users.filter((user) => !excluded.has(user.toLowerCase()));
		return users.length === 0 && role.teams.length > 0 ? [] : [[name, users]];
	});
	const owners = Object.hasOwn(input.canApprove, "owner") ? input.canApprove.owner : void 0;
	return Object.fromEntries([...owners === void 0 ? [] : [["owner", owners]], ...roles]);
}
function rebase(review, before, after) {
	if (before === null || after === null || before === after) return review;
	const checks = review.evidenceChecks.map((check) => check.subject === before ? {
		...check,
		subject: after
	} : check);
	return {
		...review,
		evidenceChecks: checks
	};
}
function unknownTeams(before, after) {
	return Object.entries(after.roles).flatMap(([name, role]) => {
		const old = roleOf(before, name);
		if (isSame(old, role)) return [];
		const teams = role.teams.filter((team) => old?.teams.includes(team) !== true);
		if (teams.length === 0) return [];
		return [`Who is in ${teams.join(", ")} (role ${name}) was not recorded: nobody is taken for a member.`];
	});
}

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
* @param text `17` (entry of the whole ledger), `flight-delay#5` (entry of its history), `flight-delay@v2` (the newest
* decision to put it into production, else the newest about it) or `#41` (the newest of a pull request)
* @throws InputError DECISION_UNKNOWN
*/
function findDecision(decisions, text) {
	const [, entry] = /^(\d{1,9})$/.exec(text) ?? [];
	const [, pull] = /^#(\d{1,9})$/.exec(text) ?? [];
	const [, model = "", sign, number] = /^(.{1,200})([#@])v?(\d{1,9})$/s.exec(text) ?? [];
	const found = entry !== void 0 ? decisions.find(({ events }) => events.some(({ gseq }) => gseq === Number(entry))) : pull !== void 0 ? decisions.findLast(({ cause }) => cause.source.pullRequest === Number(pull)) : sign === "#" ? decisions.find(({ events }) => events.some((each) => isEntry(each, model, Number(number)))) : sign === "@" ? newestAbout(decisions, model, Number(number)) : void 0;
	if (found !== void 0) return found;
	const known = decisions.slice(-5).map(({ model, cause }) => `${cause.gseq} (${model}#${cause.seq})`);
	throw new InputError("DECISION_UNKNOWN", `the ledger holds no decision ${JSON.stringify(text.slice(0, 80))}`, { hint: `Name an entry (17), an entry of a model's history (flight-delay#5), a version (flight-delay@v2) or a merged pull request (#41); what an open one waits for stands in its check. Newest decisions: ${known.join(", ") || "none"}.` });
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

// core/audit/replay-policy.ts
/** A recorded decision that put a version into production anew; a rollback is none. */
const isPromotion = ({ events }) => events.some(({ data }) => data.type === "VersionPromoted");
/**
* Decides recorded promotions again with another policy: which would it have blocked, and by which rule?
* @param decisions oldest first
* @param last how many of the newest; a whole number
* @throws InputError DECISION_UNREADABLE
*/
function replayPolicy(decisions, policy, last) {
	const replayed = (last < 1 ? [] : decisions.slice(-last)).map((decision) => replayOne(decision, policy));
	return {
		decisions: replayed.map(({ line }) => line),
		blocked: replayed.filter(({ line }) => line.blocked).length,
		unknown: [...new Set(replayed.flatMap(({ unknown }) => unknown))]
	};
}
const whatOf = (events) => linesOf(events).map(({ what, version, endpoint }) => ({
	what,
	version,
	endpoint
}));
function replayOne({ model, cause, events, input }, policy) {
	const under = underPolicy(input, policy);
	const decision = decideAgain(under.input);
	const blocked = decision.kind !== "allowed";
	return {
		line: {
			model,
			entries: events.map(({ gseq }) => gseq),
			what: whatOf(events),
			at: cause.at,
			pullRequest: cause.source.pullRequest,
			recorded: decideAgain(input).kind,
			kind: decision.kind,
			blocked,
			by: blocked ? blockingRules(decision.rules) : [],
			missing: decision.missing
		},
		unknown: under.unknown
	};
}
/** The leaves of a tree that stand in the way, each with the names above it. */
function blockingRules(rules, above = "") {
	return rules.flatMap(({ rule, state, because, children }) => {
		if (!standsInTheWay(state)) return [];
		const name = `${above}${rule}`;
		const below = blockingRules(children, `${name} / `);
		return below.length > 0 ? below : [{
			rule: name,
			state,
			because
		}];
	});
}

export { findDecision as a, decideAgain as i, isPromotion as n, recordedDecisions as o, replayPolicy as r, underPolicy as s, blockingRules as t };