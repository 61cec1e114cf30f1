import { v as modelPath } from "./shared-layout.js";
import { c as isServing, i as directionOf, n as metricKey, o as isFairness, s as isMeasured, t as checkMetricName } from "./shared-metric-name.js";
import { t as fillMargin } from "./shared-policy-resolution.js";

// core/config/strictness.ts
const both = (a, b, compare) => a === void 0 || b === void 0 ? null : compare(a, b);
const isBound = ({ at }) => at === "bound";
const inPercent = ({ margin = 0, relative }) => `${margin}${relative === true ? " of its value" : ""}`;
const describe = (gate) => `${gate.versus} by margin ${inPercent(gate)}`;
const withBound = (gate) => isBound(gate) ? " by the whole interval" : "";
const forms = [
	{
		key: "min",
		isAsStrict: (gate, floor) => limitIsAsStrict(gate, floor, gate.min, floor.min, (a, b) => a >= b),
		show: (gate) => `${gate.min}${withBound(gate)}`,
		showAllowed: (floor) => `${floor.min} or more${withBound(floor)}`
	},
	{
		key: "max",
		isAsStrict: (gate, floor) => limitIsAsStrict(gate, floor, gate.max, floor.max, (a, b) => a <= b),
		show: (gate) => `${gate.max}${withBound(gate)}`,
		showAllowed: (floor) => `${floor.max} or less${withBound(floor)}`
	},
	{
		key: "versus",
		isAsStrict: (gate, floor) => gate.versus === void 0 || floor.versus === void 0 || gate.relative !== floor.relative ? null : lead(gate) >= lead(floor),
		show: describe,
		showAllowed: describe
	},
	{
		key: "ratio",
		isAsStrict: (gate, floor) => both(gate.ratio, floor.ratio, (a, b) => ratioIsAsStrict(gate.metric, a, b)),
		show: ({ ratio }) => `${ratio}`,
		showAllowed: ({ ratio }) => `${ratio}, or a stricter ratio`
	},
	{
		key: "slices",
		isAsStrict: (gate, floor) => both(gate.slices?.margin, floor.slices?.margin, (a, b) => a <= b),
		show: ({ slices }) => `margin ${slices?.margin}`,
		showAllowed: ({ slices }) => `margin ${slices?.margin} or less`
	},
	{
		key: "drop",
		isAsStrict: (gate, floor) => both(gate.drop, floor.drop, (a, b) => a <= b),
		show: ({ drop }) => `${drop}`,
		showAllowed: ({ drop }) => `${drop} or less`
	}
];
/** The end of an interval is worse than its value: a limit on it is stricter than the same one on the value, never laxer. */
function limitIsAsStrict(gate, floor, own, least, compare) {
	const holds = both(own, least, compare);
	if (holds === null || isBound(gate) === isBound(floor)) return holds;
	return isBound(gate) && holds ? true : null;
}
/** How far ahead of the champion the lower end of the interval must lie. */
const lead = ({ versus, margin }) => versus === "better" ? margin ?? 0 : -(margin ?? 0);
function ratioIsAsStrict(metric, own, floor) {
	const direction = directionOf(metric);
	if (direction === null) return own === floor;
	return direction === "higher" ? own >= floor : own <= floor;
}
const isAlike = (gate, floor) => metricKey(gate) === metricKey(floor) && gate.slice === floor.slice && gate.set === floor.set;
/** A gate that takes measured numbers where the floor wants judged ones is another gate. */
const acceptsMore = (gate, floor) => takesMeasured(gate) && !takesMeasured(floor);
const takesMeasured = ({ metric, grade }) => (grade ?? (isMeasured(metric) ? "measured" : "judged")) === "measured";
const asks = (floor, key) => floor[key] !== void 0;
/**
* True when gates together ask for at least what a floor asks, each form by one of its own kind. What cannot be
* compared holds nothing: the floor then stands beside it.
*/
function isHeld(floor, gates) {
	const alike = gates.filter((gate) => isAlike(gate, floor) && !acceptsMore(gate, floor));
	return forms.filter(({ key }) => asks(floor, key)).every(({ isAsStrict }) => alike.some((gate) => isAsStrict(gate, floor) === true));
}
/** What a gate asks for that is less than the floor asks in the same form. */
function findWeaker(gate, floor) {
	if (!isAlike(gate, floor)) return [];
	return forms.filter(({ isAsStrict }) => isAsStrict(gate, floor) === false).map(({ key, show, showAllowed }) => ({
		key,
		found: show(gate),
		allowed: showAllowed(floor)
	}));
}

// core/config/floor.ts
/**
* Lays the floor of the policy under a model's gates (GATE.md rule 10).
* Gates are alternatives to nobody: all of them must pass, so adding one can only make it harder. A floor on a metric
* that the task of the model does not have is no floor for it.
* @param file path of model.yml, for findings
* @param model whose gates they are; absent: nothing is known of it
*/
function applyFloor(gates, defaults, file = "model.yml", model = {}) {
	const complete = gates.map((gate) => fillMargin(gate, defaults.comparison));
	const added = complete.some(comparesQuality) ? [] : [comparisonOf(complete, defaults, model)];
	const own = [...complete, ...added];
	const floors = defaults.gates.filter((floor) => applies(floor, model.task)).map((floor) => fillMargin(floor, defaults.comparison));
	const missing = floors.filter((floor) => !isHeld(floor, own));
	return {
		gates: [...own, ...missing].map((gate) => addNoise(gate, model.noiseFloor)),
		findings: complete.flatMap((gate, at) => floors.flatMap((floor) => findWeaker(gate, floor).map((weak) => below(weak, gate, at, file))))
	};
}
/** The gates that apply to a model: its own, the floor of the policy, and a comparison with the champion always. */
function applicableGates(model, defaults) {
	return applyFloor(model.gates, defaults, void 0, model).gates;
}
/** Resolves a model against the policy: gates with the floor under them and a comparison with the champion always. */
function resolveModel(model, policy) {
	const { gates, findings } = applyFloor(model.gates, policy.defaults, modelPath(model.model), model);
	return {
		model: {
			...model,
			gates
		},
		findings
	};
}
/** A comparison of how fast it is, or of one slice, says nothing of whether it is as good as the champion. */
const comparesQuality = (gate) => gate.versus !== void 0 && isQuality(gate);
const isQuality = ({ metric, slice, set }) => slice === void 0 && set === void 0 && !isServing(metric) && !isFairness(metric);
const usualMetric = {
	"binary-classification": "auc",
	"multiclass-classification": "accuracy",
	regression: "rmse",
	ranking: "ndcg@10"
};
function comparisonOf(gates, { comparison }, { task = "binary-classification", scorers = [] }) {
	const { versus, margin } = comparison;
	const usual = task === "scored-examples" ? `score:${scorers[0]?.name ?? ""}` : usualMetric[task];
	return {
		metric: gates.find(isQuality)?.metric ?? usual,
		versus,
		margin
	};
}
const applies = ({ metric }, task) => task === void 0 || checkMetricName(metric, { task }) === null;
function addNoise(gate, floor) {
	const key = metricKey(gate);
	const noise = floor !== void 0 && Object.hasOwn(floor, key) ? floor[key] : void 0;
	const gains = gate.versus === "better" || gate.ratio !== void 0;
	return noise === void 0 || !gains ? gate : {
		...gate,
		noise
	};
}
function below({ key, found, allowed }, gate, at, file) {
	return {
		code: "config/below-floor",
		severity: "fail",
		message: `gate "${metricKey(gate)}" asks for less than the floor of the policy`,
		where: {
			file,
			pointer: `/gates/${at}/${key}`
		},
		found,
		allowed,
		fix: `Ask for ${allowed}, or have the governors change defaults.gates in .github/gatehouse.yml.`
	};
}

export { applyFloor as n, resolveModel as r, applicableGates as t };