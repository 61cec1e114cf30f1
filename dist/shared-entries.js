import { r as InputError } from "./shared-error.js";
import { r as digestOf, t as canonicalJson } from "./shared-canonical.js";
import { c as showCount } from "./shared-floor.js";
import { C as risksPath, S as readinessPath, a as breakGlassReviewPath, o as contractPath, r as breakGlassPath, y as modelPath } from "./shared-layout.js";
import { d as areas, h as requiredSignOffs, m as requiredItems } from "./shared-policy-resolution.js";
import { i as readMoment, t as endOfMoment } from "./shared-moment.js";
import { t as isFailure } from "./shared-finding.js";
import { a as requiredComparisons, i as needsJudgement, n as ruleOnGates } from "./shared-gate-rule.js";
import { a as worstOf, i as standsInTheWay, n as refuse, r as rule, t as gather } from "./shared-rule.js";
import { p as parseInstant, s as isTransactionPath } from "./shared-layout2.js";
import { i as parseTransaction } from "./shared-transition.js";
import { t as ledgerFinding } from "./shared-verification.js";
import { _ as windowOf, a as sampleBreakGlassReview, c as sampleRisks, d as coversMoves, f as freeAt, g as recentUses, h as overdueUses, i as sampleArea, l as serviceLevelLines, m as nowOf, n as monitoringLines, o as sampleOfModel, r as ownerLines, s as sampleReadiness, t as criteriaLines, u as askOf } from "./shared-file-sample.js";
import { a as show, c as ruleOnRequest, i as ruleOnTime$1, l as evidenceNeed, n as extraLines, o as stagesEntered, r as requiredApprovals, s as nameOf, u as isComplete } from "./shared-requirement.js";
import { i as resultDigest } from "./shared-held-out-look.js";
import { n as ruleOnProtection } from "./shared-protection.js";

// core/policy/acknowledgement-rule.ts
/** The role under which a consumer's people stand in reviews; no role of the policy can be called so. */
const consumerRole = (name) => `consumer: ${name}`;
/** Roles whose word a change of the predictions needs, beside every quorum. */
const acknowledgingRoles = ({ prediction }) => prediction === void 0 || prediction.findings.length === 0 ? [] : [...new Set(prediction.consumers)].sort().map(consumerRole);
/**
* Whoever reads the predictions and would be broken has said yes: one person of each consumer that the governed model.yml
* names, also of one that this change takes out. It is no seat of a quorum, so one person may speak for several, and an
* approval as reviewer is one as consumer too.
*/
function ruleOnAcknowledgements(tally, input) {
	const roles = acknowledgingRoles(input);
	const findings = input.prediction?.findings ?? [];
	const nothing = rule("consumers", "met", "Nothing that consumers of the predictions count on changes.");
	if (findings.length === 0) return nothing;
	const alone = rule("consumers", "met", "The predictions change, and model.yml names no consumer.");
	const rulings = roles.map((role) => ruleOnConsumer(role, tally, input));
	const gathered = gather("consumers", rulings, alone);
	return {
		...gathered,
		findings: [...gathered.findings, ...findings]
	};
}
function ruleOnConsumer(role, { acknowledged }, input) {
	const people = acknowledged.get(role) ?? [];
	if (people.length > 0) return rule(role, "met", `Acknowledged by ${people.map(({ login }) => login).join(", ")}.`);
	const candidates = input.canApprove[role];
	if (candidates !== void 0 && candidates.length === 0) return refuse(role, nobody$1(role));
	const [first] = input.prediction?.findings ?? [];
	return rule(role, "waiting", `Its predictions change: ${first?.message ?? "the contract is broken"}.`);
}
/** What is still missing, for "who can help". */
function missingAcknowledgements({ acknowledged }, input) {
	return acknowledgingRoles(input).filter((role) => (acknowledged.get(role) ?? []).length === 0).map((role) => ({
		role,
		count: 1,
		candidates: [...input.canApprove[role] ?? []].sort()
	}));
}
const nobody$1 = (role) => ({
	code: "prediction/nobody",
	message: `${role} must acknowledge this change, and nobody stands for it who may approve here`,
	fix: "Name a user or team for this consumer under prediction in model.yml, in a pull request of its own."
});

// core/policy/matching.ts
/**
* Gives each approver at most one place in a quorum, so that as many places as possible are filled: nobody counts for
* two lines, and no assignment that exists is missed.
* @returns for each line the ids of those who fill it, ascending; the same for every order of `approvers`
* @see augmenting paths (Kuhn's algorithm) for bipartite matching
*/
function assignApprovers(lines, approvers) {
	const people = new Map(approvers.map((approver) => [approver.id, approver]));
	const filled = lines.map(() => []);
	const fits = (id, at) => lines[at]?.anyOf.some((role) => people.get(id)?.roles.includes(role)) === true;
	const place = (id, tried) => {
		for (const [at, line] of lines.entries()) {
			if (tried.has(at) || !fits(id, at)) continue;
			tried.add(at);
			const seats = filled[at] ?? [];
			if (seats.length < line.count) {
				seats.push(id);
				return true;
			}
			const mover = seats.findIndex((seated) => place(seated, tried));
			if (mover >= 0) {
				seats[mover] = id;
				return true;
			}
		}
		return false;
	};
	for (const id of [...people.keys()].sort((a, b) => a - b)) place(id, /* @__PURE__ */ new Set());
	return filled.map((ids) => ids.toSorted((a, b) => a - b));
}

// core/policy/approval.ts
/**
* Counts pull-request reviews for one subject. Only the latest decisive review of each person speaks; a comment is
* neutral, a dismissed approval counts for nothing and revives nothing, a dismissed change request stays unless a
* governor dismissed it. The order of the arrays does not matter.
*/
function countApprovals(input) {
	const decisive = input.reviews.filter((review) => review.state !== "COMMENTED").sort(byAge);
	const latest = new Map(decisive.map((review) => [review.reviewer.id, review]));
	const standing = [...latest.values()].sort(byAge);
	const refusals = /* @__PURE__ */ new Map();
	const valid = [];
	for (const review of decisive.filter(wasApproval)) {
		const outcome = judge(review, latest.get(review.reviewer.id), input);
		if (typeof outcome === "string") refusals.set(review, outcome);
		else valid.push({
			review,
			check: outcome
		});
	}
	const acknowledging = input.acknowledging ?? [];
	const asked = [...input.lines.flatMap((line) => line.anyOf), ...acknowledging];
	const useful = valid.filter(({ review }) => review.roles.some((role) => asked.includes(role)));
	for (const { review } of valid) if (!review.roles.some((role) => asked.includes(role))) refusals.set(review, noRole$1(review, input));
	const seats = assignApprovers(input.lines, useful.map(({ review }) => ({
		id: review.reviewer.id,
		roles: review.roles
	})));
	const roleOf = (review) => seatRole(review, input.lines, seats) || (acknowledging.find((role) => review.roles.includes(role)) ?? "");
	return {
		counted: useful.map(({ review, check }) => toFact(review, check, roleOf(review))),
		uncounted: decisive.flatMap((review) => toUncounted(review, refusals.get(review))),
		blocking: standing.filter(blocks),
		lines: input.lines.map((line, at) => toTally(line, seats[at] ?? [], useful)),
		acknowledged: new Map(acknowledging.map((role) => [role, holdersOf(role, useful)]))
	};
}
function toTally(line, seats, useful) {
	const people = seats.flatMap((id) => useful.find(({ review }) => review.reviewer.id === id)?.review.reviewer ?? []);
	return {
		line,
		people,
		missing: line.count - people.length
	};
}
function holdersOf(role, useful) {
	return useful.flatMap(({ review }) => review.roles.includes(role) ? [review.reviewer] : []).sort((a, b) => a.id - b.id);
}
/** The evidence check that made this approval count, or the sentence why it does not. */
function judge(review, latest, input) {
	if (review.state === "DISMISSED") return "It was dismissed.";
	if (latest !== review) return replacedBy(latest);
	const reasons = exclusionsOf(review.reviewer, input);
	if (reasons.length > 0) return `${reasons.join(", ")}: nobody approves work of their own.`;
	if (review.roles.length === 0) return noRole$1(review, input);
	const given = parseInstant(review.submittedAt);
	if (given === null) return `The time it was given (${review.submittedAt}) could not be read.`;
	const aged = ageOf(given, input.expiry);
	if (aged !== null) return aged;
	if (input.subject === null) return "There is no complete evidence yet, so there is nothing to approve.";
	return matchCheck(review, given, input.subject);
}
const hourMs = 36e5;
function ageOf(given, expiry) {
	if (expiry === void 0) return null;
	const { hours, now } = expiry;
	if (now === null) return "Approvals expire here, and the time of this decision could not be told.";
	if (now - given <= hours * hourMs) return null;
	const [count, unit] = hours % 24 === 0 ? [hours / 24, "day"] : [hours, "hour"];
	return `It was given more than ${count} ${unit}${count === 1 ? "" : "s"} ago and has expired: look and approve again.`;
}
function matchCheck(review, given, subject) {
	const commit = review.commit.slice(0, 7);
	const checks = [...review.evidenceChecks].sort((a, b) => a.id - b.id);
	const same = checks.filter((check) => check.subject === subject);
	const seen = same.find((check) => (parseInstant(check.completedAt) ?? Number.POSITIVE_INFINITY) < given);
	if (seen) return seen;
	if (same.length > 0) return `It was given on ${commit} before the evidence there was complete: look and approve again.`;
	if (checks.length === 0) return `It was given on ${commit}, where there was no evidence to see.`;
	return `It was given on ${commit} for something else: ${whatChanged(review)} since.`;
}
function whatChanged(review) {
	const paths = review.changedSince ?? [];
	if (paths.length === 0) return "content, rules, champion or result changed";
	const more = paths.length > 3 ? ` and ${paths.length - 3} more` : "";
	return `${paths.slice(0, 3).join(", ")}${more} changed`;
}
function replacedBy(latest) {
	if (latest?.state === "CHANGES_REQUESTED") return "The same person asked for changes later.";
	if (latest?.state === "DISMISSED") return "A later review of the same person was dismissed, which revives nothing.";
	return "A later review of the same person replaces it.";
}
function noRole$1(review, { lines, acknowledging = [] }) {
	const asked = [.../* @__PURE__ */ new Set([...lines.map((line) => line.role), ...acknowledging])].join(", ");
	const held = review.roles.length === 0 ? "no role of the policy" : review.roles.join(", ");
	return `${review.reviewer.login} holds ${held}; asked for: ${asked || "nobody"}.`;
}
function exclusionsOf(person, input) {
	const own = input.exclusions.filter((exclusion) => exclusion.person.id === person.id).map((exclusion) => exclusion.because).filter((because) => because !== "contributor" || input.excludeContributors);
	const bot = person.kind === "User" ? [] : ["bot"];
	return [.../* @__PURE__ */ new Set([...own, ...bot])].sort().map((because) => `${person.login} is ${phrases[because]}`);
}
const phrases = {
	author: "the author of this pull request",
	committer: "a committer in this pull request",
	"co-author": "a co-author of a commit",
	pusher: "somebody who pushed to this pull request",
	dispatcher: "the one who started the run",
	bot: "a bot",
	contributor: "a contributor of this version",
	"asked for this pull request": "the one who asked for this pull request"
};
/** A dismissed review whose former state is unknown may have been a change request: it is taken for one. */
function blocks(review) {
	if (review.roles.length === 0) return false;
	if (review.state === "CHANGES_REQUESTED") return true;
	return review.state === "DISMISSED" && review.stateBeforeDismissal !== "APPROVED" && review.dismissedByGovernor !== true;
}
const wasApproval = (review) => review.state === "APPROVED" || review.state === "DISMISSED" && review.stateBeforeDismissal === "APPROVED";
function seatRole(review, lines, seats) {
	const at = seats.findIndex((ids) => ids.includes(review.reviewer.id));
	return (at < 0 ? lines.flatMap((line) => line.anyOf) : lines[at]?.anyOf ?? []).find((role) => review.roles.includes(role)) ?? "";
}
function toFact(review, check, role) {
	return {
		reviewId: review.id,
		reviewer: review.reviewer,
		role,
		commit: review.commit,
		submittedAt: review.submittedAt,
		checkRunId: check.id,
		checkCompletedAt: check.completedAt
	};
}
function toUncounted(review, because) {
	if (because === void 0) return [];
	const { reviewer, commit, submittedAt } = review;
	return [{
		reviewer,
		commit,
		submittedAt,
		because
	}];
}
/** Oldest first. An unreadable time sorts last for a review that could block, first for one that could only help. */
function byAge(a, b) {
	return age(a) - age(b) || a.id - b.id || (canonicalJson(a) < canonicalJson(b) ? -1 : 1);
}
function age(review) {
	const instant = parseInstant(review.submittedAt);
	if (instant !== null) return instant;
	return review.state === "APPROVED" ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

// core/policy/judgement-binding.ts
/** Is this judgement about this repository, base, content, rules, model, version and bytes, and whole? */
function ruleOnBinding(change, judgement, input) {
	const rulings = boundValues(change, judgement, input).filter((bound) => bound.found !== bound.allowed).map((bound) => refuse(bound.name, other(bound)));
	return gather("judgement", rulings, rule("judgement", "met", "It was judged on exactly this content."));
}
function boundValues(change, judgement, input) {
	const { origin } = judgement;
	const judged = change.moves.filter(needsJudgement);
	const versions = [...new Set(judged.map((move) => move.kind === "stage" ? move.version : null))];
	return [
		bind("repository", origin.repositoryId, input.repositoryId),
		bind("base branch", origin.baseRef, input.baseRef),
		bind("content", origin.contentDigest, change.contentDigest),
		bind("rules", judgement.rulesDigest, input.rulesDigest),
		bind("model", judgement.model, change.model),
		bind("versions", judgement.version ?? "a new one", versions.map((each) => each ?? "a new one").join(", ")),
		bind("result", judgement.resultDigest, recomputed(judgement)),
		...judged.flatMap((move) => bindArtifact(move, judgement, input))
	];
}
function bindArtifact(move, judgement, input) {
	if (move.kind === "registration") return [];
	const known = input.ledger.artifacts.find((artifact) => artifact.version === move.version);
	return [bind("artifact", judgement.artifact.digest, known?.artifactDigest ?? "none in the ledger")];
}
const bind = (name, found, allowed) => ({
	name,
	found: String(found),
	allowed: String(allowed)
});
/** A judgement whose numbers have no canonical form has no result digest: it agrees with nothing. */
function recomputed({ artifact, heldOut, comparisons }) {
	try {
		return resultDigest({
			artifactDigest: artifact.digest,
			heldOut,
			comparisons
		});
	} catch (error) {
		if (error instanceof InputError) return `none (${error.message})`;
		throw error;
	}
}
const other = ({ name, found, allowed }) => ({
	code: `judgement/other-${name.replaceAll(" ", "-")}`,
	message: `The judgement is about another ${name}: ${found}, not ${allowed}`,
	found,
	allowed,
	fix: "Run the workflow again on the newest commit, so that exactly this is judged."
});

// core/policy/missing-evidence.ts
/**
* Says why evidence that is needed is not there: refused when some was found and not believed or none can come, waiting
* while a run may still bring it, not evaluated when the runs ended without it.
* @param what `validation` or `judgement`
*/
function ruleOnMissing(what, input) {
	const [refusal] = input.refusals;
	if (refusal) return {
		result: rule(what, "refused", `Evidence was found and is not believed: ${refusal.message}`).result,
		findings: input.refusals
	};
	if (input.fork) return refuse(what, forked$1);
	const open = input.runs.find((run) => run.status !== "completed");
	if (open) return rule(what, "waiting", `Run ${open.id} is ${open.status.replaceAll("_", " ")}.`);
	if (input.runs.length === 0) return rule(what, "waiting", "The workflow has not started yet.");
	const held = input.runs.find((run) => run.conclusion === "action_required");
	if (held) return rule(what, "waiting", `Run ${held.id} waits for a maintainer to approve it.`);
	return endedWithout(what, input.runs);
}
function endedWithout(what, runs) {
	const last = [...runs].sort((a, b) => b.id - a.id)[0];
	const ended = `Run ${last?.id} ended (${last?.conclusion ?? "no conclusion"}) without ${what}`;
	return {
		result: {
			rule: what,
			state: "not evaluated",
			because: `${ended}. This says nothing about the model.`,
			children: []
		},
		findings: [...(last?.notes ?? []).map((note) => toFinding(what, note)), {
			code: `${what}/missing`,
			severity: "fail",
			message: ended,
			fix: `Open the run, mend what stopped it, and run it again. The workflow must call the trusted ${what} workflow.`
		}]
	};
}
/** An action ends its error with "Fix: ..."; another program's error has none. */
function toFinding(what, { job, message }) {
	const [said = "", fix] = message.split(" Fix: ");
	return {
		code: `${what}/stopped`,
		severity: "fail",
		message: `${said.replace(/\.$/, "")} (job ${job})`,
		fix: fix ?? "Open the log of the job and mend what it says."
	};
}
const forked$1 = {
	code: "request/fork",
	message: "It comes from a fork, which reaches no GPU runner, no secret and no held-out labels",
	fix: "A maintainer who has read the diff pushes the branch to this repository and opens the pull request from there."
};

// core/policy/judgement-rule.ts
/**
* Every move up is judged on exactly this content, these rules and this artifact, and compared with every champion that
* serves now where it wants to go.
*/
function ruleOnJudgement(change, data, input) {
	if (!evidenceNeed(input).judgement) return rule("judgement", "skipped", "Nothing moves up: no judgement is needed.");
	const { judgement } = input;
	if (judgement === null) {
		if (data.result.state === "refused") return rule("judgement", "skipped", "Data comes first: not judged.");
		return ruleOnMissing("judgement", input);
	}
	const bound = ruleOnBinding(change, judgement, input);
	if (bound.result.state !== "met") return bound;
	const incomplete = judgement.findings.find(isFailure);
	if (incomplete) return {
		...rule("judgement", "not evaluated", incomplete.message),
		findings: judgement.findings
	};
	const champions = ruleOnChampions(change, judgement, input);
	if (champions.result.state !== "met") return champions;
	return gather("judgement", [champions, ruleOnGates(change, judgement, input)], bound);
}
/** Is this judgement about what is asked, and about the champions that serve now? Whatever it says of quality. */
function ruleOnSoundness(change, judgement, input) {
	const rulings = [ruleOnBinding(change, judgement, input), ...servingNow(change, judgement, input)];
	return gather("judgement", rulings, rule("judgement", "met", ""));
}
/** The champions that the evidence names must be those that serve now, version and bytes. */
function ruleOnChampions(change, judgement, input) {
	const rulings = servingNow(change, judgement, input);
	const compared = new Set(judgement.comparisons.map((comparison) => comparison.against));
	const missing = requiredComparisons(change.moves, input.ledger.champions).filter((against) => against !== null).filter((against) => !compared.has(against)).map((against) => refuse(`comparison with v${against}`, notCompared(against)));
	return gather("champions", [...rulings, ...missing], rule("champions", "met", "There is no champion yet."));
}
function servingNow(change, judgement, input) {
	return endpointsToMeet(change, judgement, input).map((endpoint) => {
		const now = input.ledger.champions.find((champion) => champion.endpoint === endpoint);
		const then = judgement.champions.find((champion) => champion.endpoint === endpoint);
		if (now?.version === then?.version && now?.artifactDigest === then?.artifactDigest) {
			const who = now ? `v${now.version}` : "No version";
			return rule(`champion at ${endpoint}`, "met", `${who} serves at ${endpoint}, now as when it was judged.`);
		}
		return refuse(`champion at ${endpoint}`, championMoved(endpoint, then, now));
	});
}
/** Endpoints whose champion matters: those of promotions; for a registration or a stage below, all of the model. */
function endpointsToMeet(change, judgement, input) {
	const all = [...input.ledger.champions, ...judgement.champions].map((champion) => champion.endpoint);
	const endpoints = change.moves.filter(needsJudgement).flatMap((move) => move.kind === "stage" && move.endpoint !== null ? [move.endpoint] : all);
	return [...new Set(endpoints)].sort();
}
function championMoved(endpoint, then, now) {
	const judged = then ? `v${then.version}` : "no champion";
	const serves = now ? `v${now.version}` : "no version";
	return {
		code: "judgement/champion-moved",
		message: `Judged against ${judged}, but production at ${endpoint} now serves ${serves}${then?.version === now?.version ? " with another artifact" : ""}: judge again`,
		found: judged,
		allowed: serves,
		fix: "Run the workflow again: it compares with the champion that serves now."
	};
}
const notCompared = (against) => ({
	code: "judgement/not-compared",
	message: `The judgement has no comparison with v${against}, which this would replace`,
	fix: "Run the workflow again: it compares with every champion that would be replaced."
});

// core/policy/pass-over.ts
/**
* Lets an emergency past what the policy declares: gates that fail or were not measured, soak and freeze. Everything else
* stands: what is asked, evidence that is not believed, a champion that moved, bytes, people.
* @param rulings of which the one about break-glass itself must let it
*/
function passOver(rulings, change, input) {
	const own = rulings.find(({ result }) => result.rule === "break-glass");
	if (askOf(input) === null || own === void 0 || standsInTheWay(own.result.state)) return {
		rulings,
		past: []
	};
	const past = [];
	return {
		rulings: rulings.map((ruling) => {
			if (!standsInTheWay(ruling.result.state) || !isPassable(ruling, change, input)) return ruling;
			past.push(ruling.result.rule);
			return pass(ruling);
		}),
		past
	};
}
function isPassable({ result }, change, input) {
	if (result.rule === "time") return result.state === "waiting";
	if (result.rule !== "judgement") return false;
	if (input.refusals.length > 0 || input.fork) return false;
	return input.judgement === null || ruleOnSoundness(change, input.judgement, input).result.state === "met";
}
function pass({ result, findings }) {
	return {
		result: {
			...result,
			state: "waived",
			because: `Passed over by break-glass: ${result.because}`
		},
		findings: findings.map((finding) => ({
			...finding,
			severity: finding.severity === "fail" ? "warn" : finding.severity
		}))
	};
}
/**
* Who must approve an emergency: the roles that the policy names for it, each with as many people as the move asks for
* without it, if those are more. What is not known about people costs one more here as everywhere.
*/
function breakGlassLines(change, rule, input) {
	const usual = requiredApprovals({
		...change,
		configuration: []
	}, input.policy, input.model, input);
	return [...rule.approvals.map(({ role, count }) => {
		const more = usual.find((line) => line.role === role)?.count ?? 0;
		return {
			role,
			anyOf: [role],
			count: Math.max(count, more),
			because: ["the policy for break-glass"]
		};
	}).sort((a, b) => a.role < b.role ? -1 : 1), ...extraLines(input.policy, input)];
}

// core/policy/declared-file.ts
/**
* A declared file that is missing or unreadable is refused, each with its own words.
* @param what is asked for, in words
* @param sample what to write, and in which file
*/
function ruleOnFile(name, what, sample, fact, judge) {
	const { file } = sample;
	if (fact?.kind === "read") return judge(fact.value);
	if (fact?.kind === "unreadable") return refuse(name, {
		code: `${name}/unreadable`,
		message: fact.because,
		where: { file },
		fix: `Mend ${file} in a pull request of its own.`
	});
	return refuse(name, {
		code: `${name}/missing`,
		message: `There is no ${file} on the base branch, and the policy requires it for production`,
		where: { file },
		found: "nothing",
		allowed: what,
		fix: `Add ${file} in a pull request of its own, with the lines shown for it.`,
		sample
	});
}

// core/policy/readiness-rule.ts
/** Every item that the risk class asks for is done, in each of the six areas. */
function ruleOnReadiness(model, input) {
	const sample = sampleReadiness(model);
	return ruleOnFile("readiness", asked$1, sample, input.declared?.readiness, (readiness) => {
		const now = input.now === void 0 ? null : parseInstant(input.now);
		const rulings = areas.map((area) => ruleOnArea(area, model, readiness, now));
		return gather("readiness", rulings, rule("readiness", "met", ""));
	});
}
function ruleOnArea(area, model, readiness, now) {
	const items = readiness.items.filter((item) => item.area === area);
	const isDone = (name) => items.some(({ item, done }) => item === name && done !== void 0 && now !== null && readMoment(done) <= now);
	const open = requiredItems[model.risk][area].filter((name) => !isDone(name));
	if (open.length > 0) return refuse(area, notDone(area, open, model));
	const all = items.filter(({ item }) => isDone(item)).map(({ item, by }) => `${item} (${by})`);
	return rule(area, "met", `Done: ${all.join(", ")}.`);
}
const asked$1 = `a review of ${areas.length} areas: ${areas.join(", ")}`;
function notDone(area, open, model) {
	const file = readinessPath(model.model);
	return {
		code: "readiness/open",
		message: `${model.model} is of ${model.risk} risk, and in ${area} is not done: ${open.join(", ")}`,
		where: {
			file,
			pointer: `/${area}`
		},
		found: "not done",
		allowed: requiredItems[model.risk][area].join(", "),
		fix: `Do it, and write it into ${file} in a pull request of its own, with the lines shown for it.`,
		sample: sampleArea(model, area, open)
	};
}

// core/policy/risk-rule.ts
/** No high risk is open, and nobody has to look at any of them again. */
function ruleOnRisks(model, input) {
	const file = risksPath(model.model);
	return ruleOnFile("risks", asked, sampleRisks(model.model), input.declared?.risks, ({ risks }) => {
		const now = input.now === void 0 ? null : parseInstant(input.now);
		const rulings = risks.map((risk) => ruleOnRisk(risk, file, now));
		return gather("risks", rulings, refuse("risks", empty$1(model.model)));
	});
}
function ruleOnRisk(risk, file, now) {
	const { name, kind, severity, status, owner, reviewBy } = risk;
	if (severity === "high" && status === "open") return refuse(name, open(risk, file));
	if (now === null || !(now < endOfMoment(reviewBy))) return refuse(name, late(risk, file));
	return rule(name, "met", `${kind}, ${severity}, ${status}; ${owner} looks again by ${reviewBy}.`);
}
const asked = "a register of what could go wrong: at least one risk, each with what is done against it";
const empty$1 = (model) => ({
	code: "risks/empty",
	message: "The risk register names no risk",
	where: { file: risksPath(model) },
	fix: "Write what could go wrong, with the lines shown for it.",
	sample: sampleRisks(model)
});
const open = ({ name, control, owner }, file) => ({
	code: "risks/open",
	message: `The high risk ${name} is open`,
	where: { file },
	found: "open",
	allowed: "controlled",
	fix: `Finish what is to be done against it (${control}; ${owner}), then write status: controlled in ${file}.`
});
const late = ({ name, owner, reviewBy }, file) => ({
	code: "risks/review",
	message: `The risk ${name} was to be looked at again by ${reviewBy}`,
	where: { file },
	found: reviewBy,
	allowed: "a day that is not over",
	fix: `${owner} looks at it again and writes a new review-by in ${file}.`
});

// core/policy/production-rule.ts
/** True when a version goes to production by another way than a return to the recorded previous one. */
const promotes = (change) => change.moves.some((move) => move.kind === "stage" && move.to === "production" && !move.rollback);
/** What the policy requires of this change before production; none when nothing goes there. */
const needsOf = ({ change, policy }) => change.kind === "request" && promotes(change) ? policy.production?.require ?? [] : [];
/**
* What is declared beside a model is checked before one of its versions serves: what is missing says what to write.
* @returns null where nothing is required
*/
function ruleOnProductionNeeds(input) {
	const { model } = input;
	const needs = needsOf(input);
	if (needs.length === 0 || model === null) return null;
	const rulings = needs.map((need) => rules[need](model, input));
	return gather("production", rulings, rule("production", "met", ""));
}
const rules = {
	readiness: ruleOnReadiness,
	risks: ruleOnRisks,
	owners: ruleOnOwners,
	sla: (model) => {
		const level = model.serviceLevel;
		if (level === void 0) return refuse("service level", missing$1(model, "service-level", serviceLevelLines));
		const { availabilityPercent, respondMinutes, restoreMinutes } = level;
		const promise = `${availabilityPercent} % available, looked at within ${respondMinutes} minutes, restored within ${restoreMinutes}.`;
		return rule("service level", "met", promise);
	},
	"sign-offs": ruleOnSignOffs,
	monitoring: (model) => {
		const signals = model.monitoring ?? [];
		if (signals.length === 0) return refuse("monitoring", missing$1(model, "monitoring", monitoringLines));
		return rule("monitoring", "met", `Watched in production: ${signals.map(({ signal }) => signal).join(", ")}.`);
	},
	fallback: (model) => {
		if (model.fallback === "unknown") return refuse("fallback", missing$1(model, "fallback", ["fallback: previous"]));
		return rule("fallback", "met", `When the model does not serve: ${model.fallback}.`);
	}
};
const ownerKinds = [[
	"qualityOwner",
	"quality-owner",
	"quality owner"
], [
	"infrastructureOwner",
	"infrastructure-owner",
	"infrastructure owner"
]];
/** Two people answer for a model in production, and both are still there. */
function ruleOnOwners(model, input) {
	const rulings = ownerKinds.map(([field, key, name]) => {
		if (model[field] === void 0) return refuse(name, missing$1(model, key, ownerLines(key)));
		const fact = input.owners?.[field];
		if (fact === void 0) return rule(name, "not evaluated", `Whether the ${name} is still there was not read.`);
		return ruleOnOwner(name, key, fact, model);
	});
	return gather("owners", rulings, rule("owners", "met", ""));
}
function ruleOnOwner(name, key, { members, absent }, model) {
	if (absent.length === 0 && members.length > 0) return rule(name, "met", `${members.join(", ")} ${members.length === 1 ? "answers" : "answer"} for it.`);
	const who = absent.length > 0 ? `${absent.join(", ")} cannot write here any more` : "nobody is in its teams";
	return refuse(name, {
		code: "production/owner-left",
		message: `The ${name} of ${model.model} is not there: ${who}`,
		where: {
			file: modelPath(model.model),
			pointer: `/${key}`
		},
		found: absent.join(", ") || "nobody",
		allowed: "people who may write to this repository",
		fix: `Name somebody who is there under ${key} in model.yml.`
	});
}
/** The lines themselves are among the approvals; here: does each function have a role that can sign? */
function ruleOnSignOffs(model, { policy }) {
	const rulings = requiredSignOffs[model.risk].map((each) => {
		const role = model.signOffs?.[each];
		if (role === void 0) return refuse(each, missing$1(model, `sign-offs/${each}`, ["sign-offs:", `  ${each}: ROLE # a role of the policy`]));
		if (role !== "owner" && !Object.hasOwn(policy.roles, role)) return refuse(each, noRole(model, each, role));
		return rule(each, "met", `Signed by a review of somebody who is ${role}: see approvals.`);
	});
	return gather("sign-offs", rulings, rule("sign-offs", "met", `A model of ${model.risk} risk needs none.`));
}
const noRole = (model, each, role) => ({
	code: "production/unknown-role",
	message: `${each} of ${model.model} is to be signed by ${role}, a role that the policy does not define`,
	where: {
		file: modelPath(model.model),
		pointer: `/sign-offs/${each}`
	},
	fix: `Define ${role} under roles in .github/gatehouse.yml, or name a role that is there.`
});
const missing$1 = ({ model }, key, lines) => ({
	code: "production/missing",
	message: `${model} declares no ${key.replace("/", " of ")}, which the policy requires for production`,
	where: {
		file: modelPath(model),
		pointer: `/${key}`
	},
	found: "nothing",
	allowed: key.replace("/", ": "),
	fix: `Add what is missing to ${modelPath(model)} in a pull request of its own, with the lines shown for it.`,
	sample: sampleOfModel(model, lines)
});

// core/policy/conditions.ts
/**
* Names what an approval rests on besides the rules that evidence is bound to: what people declared about the model, its
* waivers, and what the policy asks of time and order. Kept apart from `rulesDigest`, so that a new waiver voids
* approvals and not the judgement. A freeze is no part of it: it only makes a move wait.
* @returns null where there is nothing of the kind
*/
function conditionsDigest(input) {
	const { change, policy, declared } = input;
	if (change.kind !== "request") return null;
	const needs = needsOf(input);
	const limits = limitsOf(change, policy);
	const waivers = evidenceNeed(input).judgement ? declared?.waivers ?? [] : [];
	const emergency = emergencyOf$1(input);
	if (needs.length === 0 && limits.length === 0 && waivers.length === 0 && emergency === null) return null;
	return digestOf({
		kind: "conditions",
		v: 1,
		needs,
		limits,
		waivers: [...waivers].sort((a, b) => a.name < b.name ? -1 : 1),
		readiness: needs.includes("readiness") ? declared?.readiness ?? null : null,
		risks: needs.includes("risks") ? declared?.risks ?? null : null,
		...emergency === null ? {} : { emergency }
	});
}
/** What is asked, and what the policy lets an emergency do. */
function emergencyOf$1(input) {
	const asked = askOf(input);
	return asked === null ? null : {
		asked,
		rule: input.policy.breakGlass ?? null
	};
}
function limitsOf(change, policy) {
	return [...new Set(change.moves.flatMap((move) => stagesEntered(move, policy)))].sort().flatMap((stage) => {
		if (stage === "registered") return [];
		const { approvals: _, ...limits } = policy.stages[stage];
		return Object.keys(limits).length === 0 ? [] : [{
			stage,
			...limits
		}];
	});
}

// core/policy/subject.ts
/** Digest of one move subject; the order in which champions are listed does not matter. */
function moveSubject(subject) {
	const champions = subject.champions.map(({ endpoint, version, artifactDigest }) => ({
		endpoint,
		version,
		artifactDigest
	})).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1);
	return digestOf({
		...subject,
		kind: "move",
		v: 1,
		champions
	});
}
/**
* The subject of a pull request: what an approval given now would be about.
* @returns digest over the sorted list of its move subjects; for a change of configuration alone, over content and
* rules. null while evidence is missing, or when there is nothing to approve: no approval can count then.
*/
function subjectOf(input) {
	const { change } = input;
	if (change.kind !== "request" || !isComplete(input)) return null;
	const shared = {
		repositoryId: input.repositoryId,
		baseRef: input.baseRef
	};
	const content = {
		contentDigest: change.contentDigest,
		rulesDigest: input.rulesDigest
	};
	const validationDigest = digestOfValidation(input.validation);
	if (change.moves.length === 0) return digestOf({
		kind: "configuration",
		v: 1,
		...shared,
		...content,
		validationDigest
	});
	const conditions = conditionsDigest(input);
	const subjects = [];
	for (const move of change.moves) {
		const artifactDigest = artifactOf(move, input.ledger, input.judgement);
		if (artifactDigest === null) return null;
		const resultDigest = needsJudgement(move) && askOf(input) === null ? input.judgement?.resultDigest ?? null : null;
		const champions = championsAt(move, input.ledger);
		subjects.push(moveSubject({
			...shared,
			...content,
			...describe(move),
			artifactDigest,
			champions,
			resultDigest,
			validationDigest,
			...conditions === null ? {} : { conditionsDigest: conditions }
		}));
	}
	return digestOf({
		kind: "moves",
		v: 1,
		moves: subjects.sort()
	});
}
function describe(move) {
	if (move.kind === "registration") return {
		model: move.model,
		version: null,
		from: null,
		to: move.to,
		endpoint: null
	};
	return {
		model: move.model,
		version: move.version,
		from: move.from,
		to: move.to,
		endpoint: move.endpoint
	};
}
function artifactOf(move, ledger, judgement) {
	if (move.kind === "registration") return judgement?.artifact.digest ?? null;
	return ledger.artifacts.find((artifact) => artifact.version === move.version)?.artifactDigest ?? null;
}
/** A move down that names no endpoint is about no champion: a promotion meanwhile does not void its approvals. */
function championsAt(move, ledger) {
	if (move.kind === "stage" && move.endpoint !== null) return ledger.champions.filter((champion) => champion.endpoint === move.endpoint);
	return needsJudgement(move) ? ledger.champions : [];
}
/** What validation found, without engine, run or example rows. */
function digestOfValidation(validation) {
	if (validation === null) return null;
	return digestOf(validation.datasets.map(({ dataset, contractDigest, inherited, dataDigest, verdict }) => ({
		dataset,
		contractDigest,
		inherited,
		dataDigest,
		verdict
	})).sort((a, b) => a.dataset < b.dataset ? -1 : 1));
}

// core/policy/approval-rule.ts
const hoursADay = 24;
/** Requirements of the change and the reviews that meet them. */
function tallyApprovals(change, subject, input) {
	return countApprovals({
		...usualInput(change, subject, input),
		...emergencyOf(change, input)
	});
}
/** True when an emergency goes past people: those whom the move asks for without it are not all there. */
function passesQuorum(change, input) {
	const { lines: _, ...emergency } = emergencyOf(change, input);
	const usual = usualInput({
		...change,
		configuration: []
	}, subjectOf(input), input);
	return countApprovals({
		...usual,
		...emergency
	}).lines.some(({ missing }) => missing > 0);
}
function usualInput(change, subject, input) {
	return {
		reviews: input.reviews,
		exclusions: input.exclusions,
		lines: requiredApprovals(change, input.policy, input.model, input),
		subject,
		...expiryOf(change, input),
		acknowledging: acknowledgingRoles(input),
		excludeContributors: change.moves.some((move) => move.kind === "stage" && (move.to === "candidate" || move.to === "production"))
	};
}
/** In an emergency its own roles are asked, who asks for it does not count, and an approval is hours old at most. */
function emergencyOf(change, input) {
	const [ask, rule] = [askOf(input), input.policy.breakGlass];
	if (ask === null || rule === void 0) return {};
	const exclusions = input.reviews.filter(({ reviewer }) => reviewer.login.toLowerCase() === ask.by.toLowerCase()).map(({ reviewer }) => ({
		person: reviewer,
		because: "asked for this pull request"
	}));
	return {
		lines: breakGlassLines(change, rule, input),
		exclusions: [...input.exclusions, ...exclusions],
		expiry: {
			hours: rule.hours,
			now: nowOf(input)
		}
	};
}
/** The shortest of all stages that are entered. */
function expiryOf(change, input) {
	const days = change.moves.flatMap((move) => stagesEntered(move, input.policy)).flatMap((stage) => stage === "registered" ? [] : input.policy.stages[stage].expiresDays ?? []);
	if (days.length === 0) return {};
	const now = input.now === void 0 ? null : parseInstant(input.now);
	return { expiry: {
		hours: Math.min(...days) * hoursADay,
		now
	} };
}
/** Every line of the quorum is filled by people of its own. */
function ruleOnApprovals(tally, input) {
	const rulings = tally.lines.map((line) => ruleOnLine(line, input));
	return gather("approvals", rulings, rule("approvals", "met", "The policy asks for no approval here."));
}
/** Logins who could fill a line: those of its roles, each once. Display only. */
function candidatesFor(line, input) {
	const known = new Map(Object.entries(input.canApprove));
	return [...new Set(line.anyOf.flatMap((role) => known.get(role) ?? []))].sort();
}
function ruleOnLine({ line, people, missing }, input) {
	const name = `${line.count} × ${line.role}`;
	if (!Number.isInteger(line.count) || line.count < 1) return refuse(name, notACount(line));
	if (line.anyOf.length === 1 && !isKnownRole(line.role, input)) return refuse(name, unknownRole(line));
	if (missing === 0) return rule(name, "met", `Approved by ${people.map((person) => person.login).join(", ")}.`);
	if (line.anyOf.every((role) => hasNobody(role, input))) return refuse(name, nobody(line));
	const asks = line.because.join("; ");
	return rule(name, "waiting", `${people.length} of ${line.count}: asked for by ${asks}.`);
}
/** Change requests by people with a role stand until they approve, review again, or a governor dismisses them. */
function ruleOnChangeRequests(tally) {
	const rulings = tally.blocking.map((review) => {
		const who = review.reviewer.login;
		const how = review.state === "DISMISSED" ? "was dismissed, but not by a governor" : "stands";
		return refuse(`change request by ${who}`, {
			code: "approval/changes-requested",
			message: `${who} asked for changes on ${review.commit.slice(0, 7)}, and that ${how}`,
			fix: `Answer it and ask ${who} to review again; a governor may dismiss it.`
		});
	});
	return gather("change requests", rulings, rule("change requests", "met", "Nobody with a role asks for changes."));
}
/** `owner` is a role of each file; every other role is named in the policy, as an own property. */
function isKnownRole(role, input) {
	return role === "owner" || Object.hasOwn(input.policy.roles, role);
}
/** True when it is certain that nobody can help: no user and no team, or all of them resolved to nobody. */
function hasNobody(role, input) {
	if (Object.hasOwn(input.canApprove, role)) return input.canApprove[role]?.length === 0;
	if (role === "owner") return false;
	const named = Object.hasOwn(input.policy.roles, role) ? input.policy.roles[role] : void 0;
	return named === void 0 || named.users.length + named.teams.length === 0;
}
const notACount = (line) => ({
	code: "approval/count",
	message: `The policy asks for ${line.count} approvals by ${line.role}, which is no count of people`,
	fix: "Write a whole number of at least 1 in .github/gatehouse.yml."
});
const unknownRole = (line) => ({
	code: "approval/unknown-role",
	message: `The policy asks for an approval by ${line.role}, a role that it does not define`,
	fix: `Define ${line.role} under roles in .github/gatehouse.yml, or ask for a role that is there.`
});
const nobody = (line) => ({
	code: "approval/nobody",
	message: `${line.count} × ${line.role} is asked for, and nobody holds that role who may approve this`,
	fix: line.role === "owner" ? "Change files of different owners in pull requests of their own, or name a common owner in model.yml and the contract." : `Add a user or team to ${line.role} under roles in .github/gatehouse.yml.`
});

// core/policy/break-glass-rule.ts
const name = "break-glass";
/**
* May the glass be broken now? And is every use before it reviewed in time? What it can pass over is `passOver`'s matter.
* @returns null where nobody asks and nothing is overdue for this model
*/
function ruleOnBreakGlass(change, input) {
	const ask = askOf(input);
	const rulings = [...ruleOnReviews(change, input), ...ruleOnOverdue(change, input)];
	if (ask !== null) rulings.push(...ruleOnAsk(ask, change, input));
	return rulings.length === 0 ? null : gather(name, rulings, rule(name, "met", ""));
}
function ruleOnAsk(ask, change, input) {
	const { breakGlass } = input.policy;
	if (breakGlass === void 0) return [refuse("policy", notAllowed(ask))];
	if (!isAlone(ask, change)) return [refuse("scope", mixed(ask))];
	if (!coversMoves(ask, change)) return [refuse("scope", otherMoves(ask))];
	if (input.fork) return [refuse("scope", forked)];
	return [ruleOnTime(ask, breakGlass, input), ruleOnCount(ask, breakGlass, input)];
}
/** Nothing rides along: the stages and the file that asks. */
function isAlone(ask, change) {
	return !change.proposal && change.datasets.length === 0 && change.newDatasets.length === 0 && change.model === ask.model && change.configuration.every((path) => path === breakGlassPath(ask.name)) && change.contentPaths.every(({ path }) => path === breakGlassPath(ask.name));
}
function ruleOnTime(ask, { hours }, input) {
	const now = nowOf(input);
	const { from, to } = windowOf(ask, hours);
	if (now === null || !Number.isFinite(from)) return rule("time", "not evaluated", unknownTime);
	if (now >= to) return refuse("time", expired(ask, to));
	if (now < from) return rule("time", "waiting", `It holds for ${hours} hours before its end: from ${show(from)} to ${show(to)}.`);
	return rule("time", "waived", `By break-glass, asked for by ${ask.by} until ${show(to)}: the reason is in ${breakGlassPath(ask.name)}.`);
}
function ruleOnCount(ask, { maxPer30Days, reviewWithinHours }, input) {
	const now = nowOf(input);
	const uses = input.breakGlass?.uses ?? [];
	if (now === null) return rule("count", "not evaluated", unknownTime);
	const late = overdueUses(uses, now);
	if (late.length > 0) return gather("count", late.map(toOverdue), rule("count", "met", ""));
	const free = freeAt(uses, maxPer30Days, now);
	const used = `${recentUses(uses, now).length} of ${maxPer30Days} uses in ${30} days`;
	if (free !== null) return rule("count", "waiting", `${used}: the next is possible from ${show(free)}.`);
	return rule("count", "met", `${used} before this one. Its review is due ${reviewWithinHours} hours after the merge: see ${breakGlassReviewPath(ask.name)}.`);
}
/** A model whose emergency nobody looked at goes nowhere but back: returning, or leaving production, waits for nothing. */
function ruleOnOverdue(change, input) {
	const uses = (input.breakGlass?.uses ?? []).filter(({ model }) => model === change.model);
	const promotes = change.moves.some((move) => move.kind === "stage" && move.to === "production" && !move.rollback);
	const open = uses.filter(({ reviewed }) => !reviewed);
	if (!promotes || open.length === 0 || askOf(input) !== null) return [];
	const now = nowOf(input);
	if (now === null) return [rule("review", "not evaluated", unknownTime)];
	const late = overdueUses(open, now);
	if (late.length > 0) return late.map(toOverdue);
	return open.slice(0, 1).map(({ pullRequest, reviewBy }) => rule("review", "met", `The break-glass of #${pullRequest} is to be reviewed until ${reviewBy}.`));
}
/** A review is of a use that waits for one. */
function ruleOnReviews(_change, input) {
	const { reviews = [], uses = [] } = input.breakGlass ?? {};
	return reviews.map((review) => {
		const about = `review of #${review.pullRequest}`;
		if (!uses.some(({ model, pullRequest, reviewed }) => model === review.model && pullRequest === review.pullRequest && !reviewed)) return refuse(about, nothingToReview(review));
		return rule(about, "met", `It reviews the break-glass of #${review.pullRequest} of ${review.model}.`);
	});
}
const toOverdue = (use) => refuse(`review of #${use.pullRequest}`, overdue(use));
const unknownTime = "It depends on time, and the time of this decision could not be told.";
const overdue = ({ model, pullRequest, version, endpoint, reviewBy }) => ({
	code: "break-glass/review-overdue",
	message: `v${version} of ${model} went to ${endpoint} by break-glass in #${pullRequest}, and its review is overdue since ${reviewBy}`,
	found: "no review in the ledger",
	allowed: `a review until ${reviewBy}`,
	fix: `Open a pull request that adds ${breakGlassReviewPath("NAME")} for #${pullRequest}, with the lines shown for it; governors approve it. A return to the recorded previous version needs no review.`,
	sample: sampleBreakGlassReview(model, pullRequest)
});
const notAllowed = ({ name: called }) => ({
	code: "break-glass/not-allowed",
	message: "The policy of the base branch lets nobody break the glass",
	where: { file: breakGlassPath(called) },
	fix: `Remove ${breakGlassPath(called)} and ask the usual way; governors may add break-glass to .github/gatehouse.yml for the next time.`
});
const mixed = ({ name: called, model }) => ({
	code: "break-glass/mixed",
	message: `A pull request that breaks the glass holds ${breakGlassPath(called)} and stages.yml of ${model} alone`,
	where: { file: breakGlassPath(called) },
	fix: "Take everything else into a pull request of its own."
});
const otherMoves = ({ name: called, production }) => ({
	code: "break-glass/other-moves",
	message: "What it asks for in stages.yml is not what its break-glass file names",
	where: {
		file: breakGlassPath(called),
		pointer: "/production"
	},
	allowed: Object.entries(production).map(([endpoint, version]) => `v${version} at ${endpoint}`).join(", "),
	fix: "Name in both files the same versions at the same endpoints, and nothing else in stages.yml."
});
const forked = {
	code: "break-glass/fork",
	message: "It comes from a fork: the glass is broken from a branch of this repository",
	fix: "Push the branch to this repository and open the pull request from there."
};
const expired = ({ name: called, until }, to) => ({
	code: "break-glass/expired",
	message: `The emergency of ${breakGlassPath(called)} ended ${show(to)}`,
	where: {
		file: breakGlassPath(called),
		pointer: "/until"
	},
	found: until,
	fix: "Write another end if it still lasts: then it is approved anew. Else remove the file and ask the usual way."
});
const nothingToReview = (review) => ({
	code: "break-glass/nothing-to-review",
	message: `#${review.pullRequest} used no break-glass for ${review.model} that still waits for a review`,
	where: {
		file: breakGlassReviewPath(review.name),
		pointer: "/pull-request"
	},
	fix: "Name the pull request that broke the glass: the refusal and `gatehouse history` say its number."
});

// core/policy/criteria-rule.ts
/**
* What a model is for must be agreed before a version serves: without `criteria` a proposal is told so, and production is
* refused. A return to the recorded previous version waits for no agreement.
* @returns empty where nothing is missing, or where the move asks for no criteria
*/
function criteriaFindings(model, move) {
	if (model === null || model.criteria !== void 0) return [];
	if (move.kind === "registration") return [missing(model, "warn")];
	return move.to === "production" && !move.rollback ? [missing(model, "fail")] : [];
}
/** Success criteria before the first version in production (REQUIREMENTS.md E7). */
function ruleOnCriteria(change, input) {
	const asked = change.moves.filter((move) => move.kind === "registration" || move.to === "production" && !move.rollback);
	if (asked.length === 0) return rule("criteria", "skipped", "Nothing is proposed and nothing goes to production.");
	const [worst] = [...asked.flatMap((move) => criteriaFindings(input.model, move))].sort((a, b) => Number(b.severity === "fail") - Number(a.severity === "fail"));
	if (worst === void 0) return rule("criteria", "met", describeCriteria(input.model));
	const state = worst.severity === "fail" ? "refused" : "met";
	return {
		...rule("criteria", state, worst.message),
		findings: [worst]
	};
}
function describeCriteria(model) {
	if (model?.criteria === void 0) return "No model is read.";
	const { businessOwner, technicalOwner, windowDays } = model.criteria;
	const names = [businessOwner, technicalOwner].map(({ users, teams }) => [...users, ...teams].join(", "));
	const days = windowDays === 1 ? "day" : "days";
	return `Success criteria are agreed by ${names.join(" (business) and ")} (technical), to be checked after ${windowDays} ${days}.`;
}
const agree = "Agree on them with the business, and add criteria to model.yml in a pull request of its own";
const missing = ({ model }, severity) => ({
	code: "criteria/missing",
	severity,
	message: severity === "fail" ? `${model} has no success criteria, and no version goes to production without them` : `${model} has no success criteria yet: no version of it can go to production without them`,
	where: {
		file: modelPath(model),
		pointer: "/criteria"
	},
	found: "nothing",
	allowed: "metric, baseline, improvement, method, window-days, business-owner and technical-owner",
	...severity === "fail" ? {
		fix: `${agree}, with the lines shown for it.`,
		sample: sampleOfModel(model, criteriaLines)
	} : { fix: `${agree} before a version is to serve.` }
});

// core/policy/data-rule.ts
/** Every dataset that the request touches or trains on must have passed its contract, for exactly this content. */
function ruleOnData(change, input) {
	const { datasets } = evidenceNeed(input);
	if (datasets.length === 0) return rule("data", "skipped", "It touches and trains on no dataset.");
	const { validation } = input;
	if (validation === null) return ruleOnMissing("validation", input);
	const { origin } = validation;
	if (origin.repositoryId !== input.repositoryId || origin.baseRef !== input.baseRef || origin.contentDigest !== change.contentDigest) return refuse("data", otherContent);
	const rulings = datasets.map((dataset) => ruleOnDataset(dataset, change, validation.datasets));
	return gather("data", rulings, rule("data", "met", "No dataset is asked for."));
}
function ruleOnDataset(dataset, change, all) {
	const side = change.newDatasets.includes(dataset) || change.configuration.includes(contractPath(dataset)) ? "head" : "base";
	const results = all.filter((each) => each.dataset === dataset && each.contractFrom === side);
	if (results.length === 0) return refuse(dataset, notValidated(dataset, side));
	return gather(dataset, results.map(ruleOnResult), rule(dataset, "met", ""));
}
function ruleOnResult(result) {
	const name = result.dataset;
	const failures = result.findings.filter(isFailure);
	if (result.verdict === "not evaluated") {
		const because = failures[0]?.message ?? "The data could not be read.";
		return {
			...rule(name, "not evaluated", because),
			findings: failures
		};
	}
	if (result.verdict === "pass" && failures.length === 0) {
		if (result.rows === null) return refuse(name, unread(name));
		return rule(name, "met", `${showCount(result.rows)} rows meet the contract.`);
	}
	const because = failures[0]?.message ?? "The data does not meet its contract.";
	return {
		...rule(name, "refused", because),
		findings: failures
	};
}
const unread = (dataset) => ({
	code: "validation/unread",
	message: `${dataset} is said to pass, but no row of it was read`,
	fix: "Run the workflow again; if it stays, read the log of validate-data.yml."
});
const otherContent = {
	code: "validation/other-content",
	message: "The data was validated for other content than this pull request has now",
	fix: "Run the workflow again on the newest commit."
};
const notValidated = (dataset, side) => ({
	code: "validation/dataset-missing",
	message: `${dataset} was not validated against its contract of the ${side} branch`,
	fix: "Run the workflow again; validate-data.yml validates every dataset that the change needs."
});

// core/policy/feature-rule.ts
/**
* A version serves with the feature definitions that it was trained with: those that model.yml names now must be those
* in its record. A return to the recorded previous version is told, not held up.
* @returns null where nothing goes to production, or neither side names definitions
*/
function ruleOnFeatures(change, input) {
	const { model } = input;
	if (model === null) return null;
	const rulings = change.moves.flatMap((move) => {
		if (move.kind !== "stage" || move.to !== "production") return [];
		const recorded = input.ledger.artifacts.find(({ version }) => version === move.version)?.featureVersion;
		if (recorded === void 0 || recorded === "unknown" && model.featureVersion === "unknown") return [];
		const name = `features: ${nameOf(move)}`;
		const serves = `v${move.version} was trained with feature definitions ${recorded}`;
		if (recorded === model.featureVersion) return [rule(name, "met", `${serves}, which serve now.`)];
		const message = `${serves}, and model.yml serves ${model.featureVersion}`;
		const finding = {
			code: "features/other-version",
			message,
			where: {
				file: modelPath(model.model),
				pointer: "/feature-version"
			},
			found: model.featureVersion,
			allowed: recorded,
			fix: `Propose a version that is trained with ${model.featureVersion}, or serve ${recorded} again: feature-version in model.yml.`
		};
		if (!move.rollback) return [refuse(name, finding)];
		return [{
			...rule(name, "met", `${message}: a return does not wait for it.`),
			findings: [{
				...finding,
				severity: "warn"
			}]
		}];
	});
	return rulings.length === 0 ? null : gather("features", rulings, rule("features", "met", ""));
}

// core/policy/target-rule.ts
/**
* What no approval, no rollback and no emergency gets past: a withdrawn version, data that was revoked, bytes that are
* gone (GATE.md rule 22).
* @returns null where nothing is barred and no bytes were looked for
*/
function ruleOnTarget(change, input) {
	const rulings = [...(input.barred ?? []).map(ruleOnBarred), ...ruleOnBytes(change, input)];
	return rulings.length === 0 ? null : gather("target", rulings, rule("target", "met", ""));
}
/** Why versions must not serve, as findings. */
const barredFindings = (barred) => barred.flatMap((each) => ruleOnBarred(each).findings);
function ruleOnBarred(barred) {
	const which = barred.version === null ? "What is proposed" : `v${barred.version}`;
	if (barred.kind === "withdrawn") return refuse(which, {
		code: "target/withdrawn",
		message: barred.bytesOf === void 0 ? `${which} was withdrawn: it must not serve any more` : `${which} has the bytes of v${barred.bytesOf}, which was withdrawn: they must not serve any more`,
		where: { file: barred.path },
		fix: `Choose another version. ${barred.path} says why; who may change it is a matter of owner and governors.`
	});
	if (barred.kind === "revoked") return refuse(which, {
		code: "target/data-revoked",
		message: `${which} was trained on data of ${barred.dataset} that was revoked`,
		where: {
			file: barred.path,
			pointer: "/revoked"
		},
		fix: "Choose a version that was trained on other data, or train one."
	});
	return refuse(which, {
		code: "target/unreadable",
		message: `Whether ${which} was withdrawn cannot be told: ${barred.because}`,
		where: { file: barred.path },
		fix: `Mend ${barred.path} in a pull request of its own.`
	});
}
/** Bytes that are not judged now must still be there. Entries from before this was asked say nothing of them. */
function ruleOnBytes(change, input) {
	const isAsked = askOf(input) !== null;
	const moves = change.moves.flatMap((move) => move.kind === "stage" && move.to === "production" && (move.rollback || isAsked) ? [move.version] : []);
	if (input.stored === void 0 && !isAsked) return [];
	return [...new Set(moves)].map((version) => {
		const name = `bytes of v${version}`;
		const fact = input.stored?.find((each) => each.version === version);
		if (fact === void 0) return rule(name, "not evaluated", "Whether they are in the store was not read.");
		if (fact.present) return rule(name, "met", "They are in the store, under the digest of its record.");
		return refuse(name, {
			code: "target/bytes-missing",
			message: `The bytes of v${version} are not in the store`,
			fix: "Put them back from your backup: the record of the version has their digest. Until then choose another version."
		});
	});
}

// core/policy/decide.ts
/**
* Decides what may happen to a pull request, from facts alone: the same input gives the same bytes.
* @returns `allowed` only when every rule is met; whatever is missing, unknown or unreadable is not. `nothing`: the
* pull request moves nothing and passes. The tree `rules` says why, line by line.
*/
function decide(input) {
	const { change } = input;
	if (change.kind === "nothing") return nothing(change.because);
	if (change.kind === "refused") return refused(change);
	if (isNothing(change)) return nothing("What it asks for is what the ledger says already: nothing moves.");
	const request = ruleOnRequest(change, input);
	if (request.result.state === "refused") return conclude(change, [request], noTally, input);
	const data = ruleOnData(change, input);
	const judgement = ruleOnJudgement(change, data, input);
	const tally = tallyApprovals(change, subjectOf(input), input);
	const consumers = input.prediction === void 0 ? [] : [ruleOnAcknowledgements(tally, input)];
	const people = [
		ruleOnApprovals(tally, input),
		...consumers,
		ruleOnChangeRequests(tally)
	];
	const asked = [...[
		ruleOnFeatures(change, input),
		ruleOnProductionNeeds(input),
		ruleOnTime$1(change, input)
	], ...[
		ruleOnTarget(change, input),
		ruleOnBreakGlass(change, input),
		ruleOnProtection(change, input)
	]];
	return conclude(change, [...[
		request,
		data,
		judgement,
		...people,
		ruleOnCriteria(change, input)
	], ...asked.filter((ruling) => ruling !== null)], tally, input);
}
const noTally = {
	counted: [],
	uncounted: [],
	blocking: [],
	lines: [],
	acknowledged: /* @__PURE__ */ new Map()
};
function conclude(change, found, tally, input) {
	const { rulings, past } = passOver(found, change, input);
	const state = worstOf(rulings.map((ruling) => ruling.result.state));
	const missing = tally.lines.filter((line) => line.missing > 0);
	return {
		kind: isAllowed(state) ? "allowed" : state === "skipped" ? "refused" : state,
		verdict: verdictOf(rulings, state),
		rules: rulings.map((ruling) => ruling.result),
		moves: change.moves,
		subject: rulings.length > 1 ? subjectOf(input) : null,
		counted: tally.counted,
		uncounted: tally.uncounted,
		missing: [...missing.map((line) => ({
			role: line.line.role,
			count: line.missing,
			candidates: candidatesFor(line.line, input)
		})), ...rulings.length > 1 ? missingAcknowledgements(tally, input) : []],
		findings: unique(rulings.flatMap((ruling) => ruling.findings)),
		...askOf(input) === null ? {} : { passedOver: [...past, ...passesQuorum(change, input) ? ["approvals"] : []] }
	};
}
/** What is waived is allowed and no pass of that gate: the rule says so, and so does the headline of a report. */
const isAllowed = (state) => state === "met" || state === "waived";
/** One cause may stop two rules (a fork has neither validation nor judgement): it is said once. */
function unique(findings) {
	return [...new Map(findings.map((finding) => [canonicalJson(finding), finding])).values()];
}
/** Data that does not meet its contract has a verdict of its own: the model was not even looked at. */
function verdictOf(rulings, state) {
	if (isAllowed(state)) return "pass";
	if (state !== "refused") return state === "waiting" ? "waiting" : "not evaluated";
	return rulings.find((ruling) => ruling.result.rule === "data")?.result.state === "refused" ? "data invalid" : "fail";
}
const isNothing = (change) => change.moves.length === 0 && !change.proposal && !change.newModel && change.configuration.length === 0 && change.datasets.length === 0 && change.newDatasets.length === 0;
function nothing(because) {
	return {
		...empty,
		kind: "nothing",
		verdict: "pass",
		rules: [rule("request", "met", because).result]
	};
}
function refused(change) {
	const because = change.findings[0]?.message ?? "What it asks for could not be read.";
	const rules = [rule("request", "refused", because).result];
	return {
		...empty,
		kind: "refused",
		verdict: "fail",
		rules,
		findings: change.findings
	};
}
const empty = {
	moves: [],
	subject: null,
	counted: [],
	uncounted: [],
	missing: [],
	findings: []
};

// core/registry/steps.ts
/** Does all of it now. */
function finish(steps) {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}

// core/audit/entries.ts
const decoder = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** Text of a file, null when its bytes are not UTF-8. */
function textOf(content) {
	if (typeof content === "string") return content;
	try {
		return decoder.decode(content);
	} catch {
		return null;
	}
}
/** Reads every transaction file. */
const readEntries = (files) => finish(readEachEntry(files));
/** The same, a step for each file. */
function* readEachEntry(files) {
	const entries = [];
	const findings = [];
	for (const [path, content] of files) {
		if (!isTransactionPath(path)) continue;
		const read = readEntry(path, content);
		if ("transaction" in read) entries.push(read);
		else findings.push(read);
		yield;
	}
	entries.sort((a, b) => a.transaction.gfirst - b.transaction.gfirst || (a.path < b.path ? -1 : 1));
	return {
		entries,
		findings
	};
}
function readEntry(path, content) {
	const text = textOf(content);
	if (text === null) return ledgerFinding("entry-unreadable", path, `${path} is not UTF-8 text`);
	try {
		return {
			path,
			transaction: parseTransaction(text, path)
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		return ledgerFinding("entry-unreadable", path, error.message, { allowed: "the bytes that the app wrote" });
	}
}

export { decide as a, needsOf as c, finish as i, assignApprovers as l, readEntries as n, barredFindings as o, textOf as r, subjectOf as s, readEachEntry as t, consumerRole as u };