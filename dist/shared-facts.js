import { i as evaluateGates, n as applyFloor, t as applicableGates } from "./shared-floor.js";
import { n as metricKey, s as isMeasured } from "./shared-metric-name.js";
import { b as waiverPath } from "./shared-layout.js";
import { t as endOfMoment } from "./shared-moment.js";

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
	"waived",
	"waiting",
	"not evaluated",
	"refused"
];
/** The state that decides among several: refused before not evaluated before waiting before waived before met. */
function worstOf(states) {
	return states.reduce((worst, state) => severity.indexOf(state) > severity.indexOf(worst) ? state : worst, "skipped");
}

// core/evidence/instant.ts
const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z$/;
const monthLengths = [
	31,
	28,
	31,
	30,
	31,
	30,
	31,
	31,
	30,
	31,
	30,
	31
];
/**
* Reads an ISO 8601 time in UTC, as GitHub writes it, without a clock or the machine's time zone.
* @returns milliseconds since 1970-01-01T00:00:00Z (with a fraction when there is one), or null when the text is none
*/
function parseInstant(text) {
	const match = pattern.exec(text);
	if (!match) return null;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const length = (monthLengths[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
	if (day < 1 || day > length || hour > 23 || minute > 59 || second > 59) return null;
	const fraction = Number(`0.${match[7] ?? "0"}`) * 1e3;
	return (((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1e3 + fraction;
}
/**
* Days from 1970-01-01 in the Gregorian calendar.
* @see Howard Hinnant, chrono-compatible low-level date algorithms, days_from_civil
*/
function daysSinceEpoch(year, month, day) {
	const shifted = month <= 2 ? year - 1 : year;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146097 + dayOfEra - 719468;
}

// core/policy/waiver-rule.ts
/**
* The waiver that lets one gate fail now: of this model, of exactly this gate, before its end. It needs a time to hold
* at, and it says nothing about a gate that was not evaluated, a grade that is too weak, or data.
* @param gate as the report names it
*/
function findWaiver(gate, input) {
	const now = input.now === void 0 ? null : parseInstant(input.now);
	if (now === null || input.model === null) return null;
	const { model } = input.model;
	return [...(input.declared?.waivers ?? []).filter((waiver) => waiver.model === model && waiver.gate === gate && now < endOfMoment(waiver.until))].sort((a, b) => a.name < b.name ? -1 : 1)[0] ?? null;
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
	const rulings = outcomes.map((outcome) => ruleOnOutcome(outcome, input));
	return gather(name, rulings, refuse(name, onlySkipped));
}
const states = /* @__PURE__ */ new Map([
	["pass", "met"],
	["skipped", "skipped"],
	["not evaluated", "not evaluated"]
]);
function ruleOnOutcome(outcome, input) {
	const state = states.get(outcome.result);
	if (state !== void 0) return rule(outcome.gate, state, outcome.because);
	const waiver = outcome.result === "fail" ? findWaiver(outcome.gate, input) : null;
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

// core/report/facts.ts
/** `v6`; null: there is nobody to compare with. */
const championOf = ({ against, champion }) => champion ?? (against === null ? null : `v${against}`);
/** The same within a sentence: `the champion` where it has no number. */
const championText = (comparison) => comparison.champion === void 0 ? championOf(comparison) ?? "nobody" : `the ${comparison.champion}`;
const short = (commit) => commit.slice(0, 7);

export { parseInstant as a, rule as c, requiredComparisons as d, ruleOnGates as i, worstOf as l, championText as n, gather as o, short as r, refuse as s, championOf as t, needsJudgement as u };