import { i as evaluateGates, n as applyFloor, t as applicableGates } from "./shared-floor.js";
import { n as metricKey, s as isMeasured } from "./shared-metric-name.js";
import { n as refuse, r as rule, t as gather } from "./shared-rule.js";
import { E as waiverPath } from "./shared-layout.js";
import { t as endOfMoment } from "./shared-moment.js";
import { p as parseInstant } from "./shared-layout2.js";

// core/evidence/comparison-need.ts
/** True for a move up: registering, and every stage on the way to production but a return to the recorded previous. */
function needsJudgement(move) {
	if (move.kind === "registration") return true;
	return !move.rollback && (move.to === "staging" || move.to === "candidate" || move.to === "production");
}
/**
* Which champions a request has to be compared with.
* @param moves of the request: a registration, `staging` and `candidate` meet every champion of the model; a move into
* production meets those that it replaces
* @returns versions ascending, each once; `null` (first) where nothing serves yet. Empty: nothing is to be judged.
*/
function requiredComparisons(moves, champions) {
	const wanted = moves.filter(needsJudgement).flatMap((move) => {
		if (move.kind === "stage" && move.to === "production") return [champions.find((champion) => champion.endpoint === move.endpoint)?.version ?? null];
		return champions.length === 0 ? [null] : champions.map((champion) => champion.version);
	});
	return [...new Set(wanted)].sort((a, b) => (a ?? 0) - (b ?? 0));
}

// core/policy/waiver-rule.ts
/**
* The waiver that lets one gate fail now: of this model, of exactly this gate, before its end. It needs a time to hold
* at, and it says nothing about a gate that was not evaluated, a grade that is too weak, or data.
* @param gate as the report names it
*/
function findWaiver(gate, { now, model, declared }) {
	if (now === void 0 || model === null) return null;
	return activeWaiver(gate, model.model, {
		waivers: declared?.waivers ?? [],
		now
	});
}
function activeWaiver(gate, model, { waivers, now }) {
	const moment = parseInstant(now);
	if (moment === null) return null;
	return [...waivers.filter((waiver) => waiver.model === model && waiver.gate === gate && moment < endOfMoment(waiver.until))].sort((a, b) => a.name < b.name ? -1 : 1)[0] ?? null;
}
/** Gates that fail and are let fail, by their names, each with the last day of it: as a decision would rule at that moment. */
function waivedGates(outcomes, metrics, model, waiving) {
	const found = outcomes.flatMap((outcome) => {
		const waiver = isMissed(outcome, metrics) ? activeWaiver(outcome.gate, model, waiving) : null;
		return waiver === null ? [] : [[outcome.gate, waiver.until]];
	});
	return new Map(found);
}
/** What a gate has found where it had no number to hold against its limit: nothing, or a grade that it does not take. */
const noNumber = [
	"-",
	"claimed",
	"measured",
	"judged"
];
/**
* True when a gate failed because its number misses the limit: evidence that is missing, weak or no number fails it as
* well, and that is nobody's to waive.
*/
function isMissed(outcome, metrics) {
	const results = metrics.filter(({ metric }) => metric === outcome.metric);
	const needsInterval = outcome.gate.includes(" at bound");
	return outcome.result === "fail" && !noNumber.includes(outcome.found) && results.length > 0 && results.every((result) => hasNumbers(result) && (!needsInterval || result.challengerInterval !== null));
}
function hasNumbers(result) {
	const { challenger, challengerInterval, champion, difference, differenceInterval } = result;
	return [
		challenger,
		champion,
		difference,
		...challengerInterval ?? [],
		...differenceInterval ?? []
	].every((value) => value === null || Number.isFinite(value));
}
/** What a failing gate says while it is waived: neither pass nor fail. */
function ruleOnWaived(gate, because, waiver) {
	const said = `waived until ${waiver.until}: ${waiver.reason}`;
	return {
		result: {
			rule: gate,
			state: "waived",
			because: `${gate} fails and is ${said}`,
			children: []
		},
		findings: [{
			...toFinding(gate, because, waiver),
			message: `${gate} fails and is ${said}`
		}]
	};
}
const toFinding = (gate, because, { name, by }) => ({
	code: "gate/waived",
	severity: "warn",
	where: { file: waiverPath(name) },
	found: because,
	allowed: `nothing less than ${gate}, but for the waiver ${name} by ${by}`,
	fix: "Improve the model before the waiver ends: it ends by itself."
});

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
	const { defaults } = facts.policy;
	return facts.model === null ? applyFloor([], defaults).gates : applicableGates(facts.model, defaults);
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
	const rulings = outcomes.map((outcome) => ruleOnOutcome(outcome, comparison.metrics, input));
	return gather(name, rulings, refuse(name, onlySkipped));
}
const states = /* @__PURE__ */ new Map([
	["pass", "met"],
	["skipped", "skipped"],
	["not evaluated", "not evaluated"]
]);
function ruleOnOutcome(outcome, metrics, input) {
	const state = states.get(outcome.result);
	if (state !== void 0) return rule(outcome.gate, state, outcome.because);
	const waiver = isMissed(outcome, metrics) ? findWaiver(outcome.gate, input) : null;
	if (waiver !== null) return ruleOnWaived(outcome.gate, outcome.because, waiver);
	return refuse(outcome.gate, {
		code: "gate/failed",
		message: `${outcome.gate}: ${outcome.because}`,
		found: outcome.found,
		allowed: outcome.required,
		fix: "Improve the model and push again, or ask the owners to change the gate in model.yml."
	});
}
/** A claimed number gates nothing; of quality, production needs numbers that trusted code computed. */
function ruleOnGrade(gates, change, judgement) {
	const production = change.moves.some((move) => move.kind === "stage" && move.to === "production");
	const names = new Set(gates.map(metricKey));
	const weak = judgement.comparisons.flatMap((each) => each.metrics.filter((metric) => names.has(metric.metric))).find(({ metric, grade }) => grade === "claimed" || grade === "measured" && production && !isMeasured(metric));
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

export { requiredComparisons as a, needsJudgement as i, ruleOnGates as n, waivedGates as r, resolveGates as t };