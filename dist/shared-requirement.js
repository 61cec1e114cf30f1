import { t as canonicalJson } from "./shared-canonical.js";
import { T as waiverOfFile, f as modelOfFile, g as modelOfRules, s as datasetOfFile, v as modelOfWithdrawn } from "./shared-layout.js";
import { a as minuteOfWeek, o as minutesAWeek } from "./shared-policy-resolution.js";
import { i as readMoment, t as endOfMoment } from "./shared-moment.js";
import { i as needsJudgement } from "./shared-gate-rule.js";
import { n as refuse, r as rule, t as gather } from "./shared-rule.js";
import { p as parseInstant } from "./shared-layout2.js";
import { n as matchesGlob } from "./shared-glob.js";
import { n as movesFrom, t as isAllowedMove } from "./shared-transition.js";
import { u as askOf } from "./shared-file-sample.js";
import { n as isLook, t as hasJudgedNumber } from "./shared-held-out-look.js";

// core/policy/evidence-need.ts
/**
* Says which evidence a request needs: every dataset that it touches or trains on, and a judgement for every move up
* but a return to the recorded previous version.
*/
function evidenceNeed(input) {
	const { change, model } = input;
	if (change.kind !== "request") return {
		datasets: [],
		judgement: false
	};
	const trainedOn = change.proposal ? model?.datasets ?? [] : [];
	return {
		datasets: [.../* @__PURE__ */ new Set([
			...change.datasets,
			...change.newDatasets,
			...trainedOn
		])].sort(),
		judgement: change.proposal || change.moves.some(needsJudgement)
	};
}
/** True when all evidence that the request needs is there, whatever it says. An emergency waits for no judgement. */
function isComplete(input) {
	const need = evidenceNeed(input);
	const validated = new Set(input.validation?.datasets.map((each) => each.dataset) ?? []);
	return need.datasets.every((dataset) => validated.has(dataset)) && (!need.judgement || input.judgement !== null || askOf(input) !== null);
}

// core/policy/condition.ts
/**
* True when a condition speaks about a move. Everything that it names must fit; what is unknown fits, since a condition
* only adds.
* @param entered stages that the move enters
*/
function meetsCondition(condition, move, entered, facts) {
	const endpoint = move.kind === "stage" ? move.endpoint : null;
	return (condition.to === void 0 || condition.to.some((stage) => entered.includes(stage))) && (condition.endpoints === void 0 || endpoint !== null && condition.endpoints.includes(endpoint)) && fits(condition, facts);
}
/** Conditions on changed paths speak about a change that moves nothing, too; those on a stage or an endpoint do not. */
function meetsWithoutMove(condition, facts) {
	const { paths, to, endpoints } = condition;
	return paths !== void 0 && to === void 0 && endpoints === void 0 && fits(condition, facts);
}
function fits({ risk, paths, privacy }, { change, model, privacy: held, riskChanges }) {
	const changed = [...change.contentPaths.map(({ path }) => path), ...change.configuration];
	return (risk === void 0 || model === null || riskChanges === true || risk.includes(model.risk)) && (paths === void 0 || changed.some((path) => matchesGlob(paths, path))) && (privacy === void 0 || held === void 0 || privacy.some((each) => held.includes(each)));
}

// core/policy/look-rule.ts
/**
* Why the held-out set asks for one governor more; null: no budget is spent, or nothing limits its use. Several budgets
* that are spent are several reasons for one and the same governor.
*/
function lookReason(change, { defaults }, { judgement, heldOutLook, heldOutCharge }) {
	const { heldOutBudget, heldOutBudgets } = defaults;
	if (!(change.proposal || change.moves.some(needsJudgement)) || judgement == null || !isLook(judgement)) return null;
	if (heldOutLook === void 0 && !hasJudgedNumber(judgement)) return null;
	const spent = [
		{
			budget: heldOutBudget,
			look: heldOutLook,
			of: "this held-out set"
		},
		{
			budget: heldOutBudgets?.labels,
			look: heldOutCharge?.labels,
			of: "these labels by all models"
		},
		{
			budget: heldOutBudgets?.actor,
			look: heldOutCharge?.actor,
			of: "these labels by whoever started the run"
		}
	].flatMap((count) => reasonOf(count) ?? []);
	return spent.length === 0 ? null : [...new Set(spent)].join("; ");
}
function reasonOf({ budget, look, of }) {
	if (budget === void 0) return null;
	if (look === void 0) return "how often this held-out set was used could not be told";
	if (Number.isInteger(look) && look >= 1 && look <= budget) return null;
	return `look ${look} on ${of}, after the ${budget} that the policy allows`;
}

// core/policy/request-rule.ts
/** Is what is asked for possible at all? Looks at the moves, the ledger and the fork, at no evidence. */
function ruleOnRequest(change, input) {
	const rulings = [...change.moves.map((move) => ruleOnMove(move, change, input)), ...ruleOnWhole(change, input)];
	return gather("request", rulings, rule("request", "met", "It changes configuration or data only."));
}
function ruleOnWhole(change, input) {
	const registrations = change.moves.filter((move) => move.kind === "registration").length;
	const stageMoves = change.moves.filter((move) => move.kind === "stage");
	const found = [];
	if (change.proposal && stageMoves.length > 0) found.push(refuse("one purpose", mixed(change)));
	if (change.proposal !== (registrations === 1)) found.push(refuse("one purpose", unclear(change)));
	if (new Set(change.moves.map((move) => canonicalJson(move))).size !== change.moves.length) found.push(refuse("each move once", doubled));
	const promoted = stageMoves.flatMap((move) => move.to === "production" ? [`version ${move.version}`] : []);
	const targets = stageMoves.map(target);
	if (new Set(targets).size !== targets.length || promoted.some((version) => targets.includes(version))) found.push(refuse("each move once", doubled));
	if (change.moves.length > 0 && input.model === null) found.push(refuse("model known", unknownModel(change)));
	if (change.proposal && input.model?.datasets.length === 0) found.push(refuse("model known", withoutData(change)));
	return found;
}
/** Two moves with one target (an endpoint, or a version without endpoint) contradict each other. */
const target = (move) => move.endpoint === null ? `version ${move.version}` : `endpoint ${move.endpoint}`;
function ruleOnMove(move, change, input) {
	if (move.model !== change.model || input.model !== null && input.model.model !== move.model) return refuse("move", wrongModel(move, change));
	if (move.kind === "registration") return rule(`${move.model} -> registered`, "met", "A proposal registers a version.");
	return ruleOnStageMove(move, input);
}
function ruleOnStageMove(move, input) {
	const name = nameOf(move);
	const known = input.ledger.artifacts.find((artifact) => artifact.version === move.version);
	if (!known || move.from === null) return refuse(name, unknownVersion(move));
	if (known.stage !== void 0 && known.stage !== move.from) return refuse(name, moved(move, known.stage));
	if (move.from === "registered" && move.to === "production") return refuse(name, skipsStaging(move));
	if (!isAllowedMove(move.from, move.to)) return refuse(name, notAllowed(move));
	const limits = move.to === "registered" ? void 0 : input.policy.stages[move.to].promotesFrom;
	if (limits !== void 0 && !move.rollback && move.from !== move.to && !limits.includes(move.from)) return refuse(name, outOfOrder(move, limits));
	if (move.to === "production") return ruleOnProduction(move, known.wasInProductionAt ?? [], input);
	if (move.rollback) return refuse(name, notPrevious(move));
	if (move.from === "production" && !servesAt(move, input)) return refuse(name, servesElsewhere(move));
	return rule(name, "met", `${move.from} -> ${move.to} is an allowed move.`);
}
function ruleOnProduction(move, stays, input) {
	const name = nameOf(move);
	if (move.endpoint === null || input.model?.endpoints.includes(move.endpoint) !== true) return refuse(name, unknownEndpoint(move, input.model?.endpoints ?? []));
	const champion = input.ledger.champions.find((each) => each.endpoint === move.endpoint);
	if (move.rollback) {
		if (champion?.previous !== move.version) return refuse(name, notPrevious(move));
		return rule(name, "met", `v${move.version} is recorded as previous at ${move.endpoint}: a rollback.`);
	}
	if (move.from === "archived" && !stays.includes(move.endpoint)) return refuse(name, neverServed(move));
	return rule(name, "met", `${move.from} -> production is an allowed move.`);
}
function servesAt(move, input) {
	return input.ledger.champions.some((champion) => champion.endpoint === move.endpoint && champion.version === move.version);
}
/** `flight-delay v2: staging -> production at eu` */
function nameOf(move) {
	if (move.kind === "registration") return `${move.model} -> registered`;
	const at = move.endpoint === null ? "" : ` at ${move.endpoint}`;
	return `${move.model} v${move.version}: ${move.from ?? "unknown"} -> ${move.to}${at}`;
}
const mixed = (change) => ({
	code: "request/mixed",
	message: `It proposes a version of ${change.model} and moves versions between stages at once`,
	fix: "Take the change of stages.yml into a pull request of its own: a proposal registers only."
});
const unclear = (change) => ({
	code: "request/unclear",
	message: `What is proposed for ${change.model ?? "no model"} is not one registration`,
	fix: "Change the declared paths of one model, and nothing that names a registration by hand."
});
const doubled = {
	code: "request/doubled",
	message: "It asks for two moves with the same target",
	fix: "Name each version and each endpoint once in stages.yml."
};
const unknownModel = (change) => ({
	code: "request/unknown-model",
	message: `There is no readable model.yml for ${change.model ?? "the model that is moved"}`,
	fix: "Add models/<model>/model.yml, or mend what it says, then push again."
});
const withoutData = (change) => ({
	code: "request/no-dataset",
	message: `${change.model} names no dataset, so nothing says what it was trained on`,
	fix: "Name at least one dataset in model.yml."
});
const wrongModel = (move, change) => ({
	code: "request/other-model",
	message: `It moves ${move.model} in a pull request about ${change.model ?? "no model"}`,
	fix: "Open one pull request for each model."
});
const unknownVersion = (move) => ({
	code: "request/unknown-version",
	message: `The ledger knows no version ${move.version} of ${move.model}`,
	fix: "Name a version that is registered: `gatehouse history` lists them."
});
const moved = (move, stage) => ({
	code: "request/stale-stage",
	message: `v${move.version} is ${stage} in the ledger now, not ${move.from}`,
	fix: "Nothing to mend in the files: the request is read again against the ledger as it is now."
});
const skipsStaging = (move) => ({
	code: "request/registered-to-production",
	message: `v${move.version} of ${move.model} is only registered: registered to production in one move is refused`,
	fix: `Move v${move.version} to staging first, in a pull request of its own.`
});
const notAllowed = (move) => ({
	code: "request/move",
	message: `A version that is ${move.from} cannot move to ${move.to}`,
	found: `${move.from} -> ${move.to}`,
	allowed: movesFrom(move.from).join(", ") || "no move",
	fix: `Ask for an allowed stage for v${move.version} in stages.yml, or propose a new version.`
});
const outOfOrder = (move, limits) => ({
	code: "request/promotes-from",
	message: `The policy lets a version into ${move.to} from ${limits.join(" or ") || "nowhere"}, and v${move.version} is ${move.from}`,
	found: `${move.from} -> ${move.to}`,
	allowed: limits.join(", ") || "no move",
	fix: "Move it to a stage from which it may come first, in a pull request of its own."
});
const unknownEndpoint = (move, endpoints) => ({
	code: "request/unknown-endpoint",
	message: `${move.model} has no endpoint ${move.endpoint ?? "(none named)"}`,
	allowed: endpoints.join(", ") || "none",
	fix: "Name an endpoint that model.yml on the base branch lists."
});
const notPrevious = (move) => ({
	code: "request/not-previous",
	message: `v${move.version} is not the version recorded as previous at ${move.endpoint ?? "this endpoint"}`,
	fix: "Roll back to the recorded previous version, or promote this one through all gates."
});
const neverServed = (move) => ({
	code: "request/never-served",
	message: `v${move.version} is archived and was never in production at ${move.endpoint}`,
	fix: "Only a version that served there can return from the archive: propose it as a new version."
});
const servesElsewhere = (move) => ({
	code: "request/not-serving",
	message: `v${move.version} does not serve at ${move.endpoint ?? "an endpoint that is named"}`,
	fix: "Take it out of the endpoint where it serves, in stages.yml."
});

// core/policy/time-rule.ts
const hourMs = 36e5;
const minuteMs = 6e4;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const epochMinuteOfWeek = 4320;
/**
* Soak and freeze: what only time can meet. It waits, it never refuses, and a return to the recorded previous version
* waits for nothing.
* @returns null where the policy asks for nothing of the kind
*/
function ruleOnTime(change, input) {
	const moves = change.moves.filter((move) => move.kind === "registration" || !move.rollback);
	const now = input.now === void 0 ? null : parseInstant(input.now);
	const rulings = moves.flatMap((move) => [...soakOf(move, now, input), ...(input.policy.freeze ?? []).flatMap((freeze) => freezeOf(move, freeze, now, input.policy))]);
	return rulings.length === 0 ? null : gather("time", rulings, rule("time", "met", ""));
}
/** Stages that a move enters: a registration may be staged by the same merge. */
function stagesEntered(move, policy) {
	return move.kind === "registration" ? [.../* @__PURE__ */ new Set(["registered", policy.proposal.onMerge])] : [move.to];
}
function soakOf(move, now, input) {
	if (move.kind === "registration" || move.to === "registered") return [];
	const hours = input.policy.stages[move.to].soakHours;
	if (hours === void 0 || move.from === move.to) return [];
	const name = `soak: ${nameOf(move)}`;
	const known = input.ledger.artifacts.find(({ version }) => version === move.version);
	const since = known?.since === void 0 ? null : parseInstant(known.since);
	if (now === null || since === null) return [rule(name, "not evaluated", unknownTime)];
	const ends = since + hours * hourMs;
	const asks = `v${move.version} must be in ${move.from} for ${counted(hours, "hour")}`;
	if (Number.isFinite(ends) && now >= ends) return [rule(name, "met", `${asks}: it is, since ${show(since)}.`)];
	return [rule(name, "waiting", `${asks} before ${move.to}: it waits until ${show(ends)}.`)];
}
function freezeOf(move, freeze, now, policy) {
	const entered = stagesEntered(move, policy).filter((stage) => freeze.to.includes(stage));
	if (entered.length === 0) return [];
	const name = `freeze: ${freeze.from} to ${freeze.until}`;
	if (now === null) return [rule(name, "not evaluated", unknownTime)];
	const ends = freeze.kind === "weekly" ? endOfWeekly(freeze, now) : endOfDates(freeze, now);
	if (ends === null) return [rule(name, "met", `No move into ${entered.join(", ")} is held up now.`)];
	if (!Number.isFinite(ends)) return [rule(name, "not evaluated", `The window ${name} cannot be read.`)];
	const held = `Moves into ${entered.join(", ")} wait until ${show(ends)}`;
	return [rule(name, "waiting", `${held}: ${freeze.reason.replace(/\.?$/, ".")}`)];
}
/** When the window that is open now ends, in milliseconds; null: none is open; NaN: it cannot be read. */
function endOfDates({ from, until }, now) {
	const [starts, ends] = [readMoment(from), endOfMoment(until)];
	if (!Number.isFinite(starts) || !Number.isFinite(ends)) return NaN;
	return now >= starts && now < ends ? ends : null;
}
/** The same of a window of every week; it may reach over the end of one. */
function endOfWeekly({ from, until }, now) {
	const [starts, ends] = [minuteOfWeek(from), minuteOfWeek(until)];
	if (starts === null || ends === null) return NaN;
	const minute = Math.floor(now / minuteMs);
	const at = (minute + epochMinuteOfWeek) % minutesAWeek;
	const past = (minute) => (minute + minutesAWeek) % minutesAWeek;
	if (past(at - starts) >= past(ends - starts)) return null;
	return (minute + past(ends - at)) * minuteMs;
}
const unknownTime = "The time that it depends on could not be told.";
const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;
/** `2026-11-21 18:00 UTC` */
function show(at) {
	if (!(Math.abs(at) <= 864e13)) return "an unknown time";
	const text = new Date(at).toISOString();
	return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

// core/policy/requirement.ts
/** Fields of model.yml whose change is for governors, not for owners alone: they decide who judges and on what. */
const governedFields = [...[
	"owners",
	"risk",
	"heldOut",
	"predict",
	"paths",
	"task"
], ...[
	"qualityOwner",
	"infrastructureOwner",
	"signOffs"
]];
/**
* The approvals that a change asks for. Each move's requirement is met: inside one requirement lines add up, across
* moves the larger count of a role holds, and what configuration asks for comes on top. Conditions only add.
* @returns lines sorted by role; empty only when the policy asks nobody for a move that touches no production
*/
function requiredApprovals(change, policy, model, facts = { pushersKnown: true }) {
	if (change.kind !== "request") return [];
	const conditions = {
		change,
		model,
		riskChanges: changesRisk(change, facts),
		...facts.privacy === void 0 ? {} : { privacy: facts.privacy }
	};
	const moves = change.moves.length === 0 ? [linesWithoutMove(policy, conditions)] : change.moves.map((move) => linesOfMove(move, policy, conditions));
	const reasons = governorReasons(change, facts);
	const merged = [...moves, ownerLines(change)].reduce(mergeByMaximum, /* @__PURE__ */ new Map());
	if (reasons.length > 0) add(merged, policy.configuration.approvals, reasons.join("; "));
	const overBudget = lookReason(change, policy, facts);
	const governed = Object.hasOwn(policy.roles, "governor");
	if (overBudget !== null && governed) add(merged, [{
		role: "governor",
		count: 1
	}], overBudget);
	const lines = [...merged].map(([role, { count, because }]) => ({
		role,
		anyOf: [role],
		count,
		because
	}));
	const anybody = anybodyOf(policy);
	const unasked = reasons.length > 0 && policy.configuration.approvals.length === 0;
	const extra = [...extraReasons(facts), ...overBudget !== null && !governed ? [overBudget] : []];
	const floor = unasked || lines.length === 0 && touchesProduction(change) ? [floorLine(anybody)] : [];
	return [
		...lines.sort((a, b) => a.role < b.role ? -1 : 1),
		...floor,
		...linesFor(anybody, extra)
	];
}
/** What is not known about people costs one approval more, whatever else is asked. */
const extraLines = (policy, facts) => linesFor(anybodyOf(policy), extraReasons(facts));
const anybodyOf = ({ roles }) => [.../* @__PURE__ */ new Set([...Object.keys(roles), "owner"])].sort();
/** Top-level fields of model.yml that differ, sorted; every field when one side is missing. */
function changedModelFields(before, after) {
	const [old, now] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))];
	const text = (value) => value === void 0 ? "" : canonicalJson(value);
	return [.../* @__PURE__ */ new Set([...old.keys(), ...now.keys()])].filter((field) => text(old.get(field)) !== text(now.get(field))).sort();
}
/** Conditions hold for the stricter of base and head (GATE.md rule 10); a field that nobody compared may have changed. */
function changesRisk(change, { modelFields }) {
	return !change.newModel && change.configuration.some((path) => modelOfFile(path) !== null) && modelFields?.includes("risk") !== false;
}
function linesWithoutMove(policy, facts) {
	const lines = /* @__PURE__ */ new Map();
	for (const condition of policy.addWhen) if (meetsWithoutMove(condition, facts)) add(lines, condition.approvals, addedBy);
	return lines;
}
const addedBy = "a condition of the policy (addWhen)";
function linesOfMove(move, policy, facts) {
	const lines = /* @__PURE__ */ new Map();
	if (move.kind === "registration") {
		add(lines, policy.proposal.approvals, "the policy for proposals");
		if (policy.proposal.onMerge === "staging") {
			const staging = /* @__PURE__ */ new Map();
			add(staging, policy.stages.staging.approvals, "the policy for staging, where a merge puts it");
			mergeInto(lines, staging);
		}
	} else if (move.rollback) add(lines, policy.rollback.approvals, "the policy for rollback");
	else if (move.to !== "registered") add(lines, policy.stages[move.to].approvals, `the policy for ${move.to}`);
	for (const [each, role] of signOffsOf(move, policy, facts.model)) add(lines, [{
		role,
		count: 1
	}], `sign-off by ${each}`);
	for (const condition of policy.addWhen) if (meetsCondition(condition, move, stagesEntered(move, policy), facts)) add(lines, condition.approvals, addedBy);
	return lines;
}
/** Whoever a model names to sign production; each function is a person of its own. */
function signOffsOf(move, policy, model) {
	const promotes = move.kind === "stage" && move.to === "production" && !move.rollback;
	const required = policy.production?.require.includes("sign-offs") === true;
	return promotes && required ? Object.entries(model?.signOffs ?? {}).sort() : [];
}
/** A changed contract or model.yml: the owners of that file, as base names them. A new file has none yet. */
function ownerLines(change) {
	const lines = /* @__PURE__ */ new Map();
	const owned = ownedFiles(change).filter((path) => {
		const dataset = datasetOfFile(path);
		return dataset === null ? !change.newModel : !change.newDatasets.includes(dataset);
	});
	if (owned.length > 0) add(lines, [{
		role: "owner",
		count: 1
	}], `a change of ${listed(owned)}`);
	return lines;
}
const ownedFiles = (change) => change.configuration.filter((path) => datasetOfFile(path) !== null || modelOfRules(path) !== null || waiverOfFile(path) !== null);
function governorReasons(change, facts) {
	const owned = ownedFiles(change);
	const governed = change.configuration.filter((path) => !owned.includes(path) || waiverOfFile(path) !== null || modelOfWithdrawn(path) !== null);
	const modelFile = change.newModel ? [] : owned.filter((path) => modelOfFile(path) !== null);
	const fields = facts.modelFields?.filter((field) => governedFields.includes(field));
	return [
		...governed.length > 0 ? [`a change of ${listed(governed)}`] : [],
		...change.newModel ? [`model ${change.model} is new`] : [],
		...change.newDatasets.length > 0 ? [`dataset ${listed(change.newDatasets)} is new`] : [],
		...modelFile.length > 0 && fields === void 0 ? [`fields of ${listed(modelFile)} not compared`] : [],
		...modelFile.length > 0 && fields && fields.length > 0 ? [`a change of ${fields.map(toKey).join(", ")} in ${listed(modelFile)}`] : []
	];
}
/** As people write it in model.yml: `heldOut` is `held-out`. */
const toKey = (field) => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** Production is never entered or left on nobody's word. */
function touchesProduction(change) {
	return change.moves.some((move) => move.kind === "stage" && (move.to === "production" || move.from === "production"));
}
function extraReasons(facts) {
	return [...facts.pushersKnown ? [] : ["who pushed could not be read"], ...facts.openedByBot === true ? ["another bot opened this pull request"] : []];
}
function linesFor(anybody, because) {
	if (because.length === 0) return [];
	return [{
		role: "any role",
		anyOf: anybody,
		count: because.length,
		because
	}];
}
const floorLine = (anybody) => ({
	role: "any role",
	anyOf: anybody,
	count: 1,
	because: ["production and configuration are never changed without an approval"]
});
function add(lines, approvals, because) {
	for (const { role, count } of approvals) {
		const line = lines.get(role) ?? {
			count: 0,
			because: []
		};
		lines.set(role, {
			count: line.count + count,
			because: unique([...line.because, because])
		});
	}
}
function mergeByMaximum(merged, lines) {
	mergeInto(merged, lines);
	return merged;
}
function mergeInto(merged, lines) {
	for (const [role, { count, because }] of lines) {
		const line = merged.get(role) ?? {
			count: 0,
			because: []
		};
		merged.set(role, {
			count: Math.max(line.count, count),
			because: unique([...line.because, ...because])
		});
	}
}
const unique = (texts) => [...new Set(texts)];
const listed = (names) => names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;

export { show as a, ruleOnRequest as c, ruleOnTime as i, evidenceNeed as l, extraLines as n, stagesEntered as o, requiredApprovals as r, nameOf as s, changedModelFields as t, isComplete as u };