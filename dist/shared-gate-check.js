import { i as directionOf, t as checkMetricName } from "./shared-metric-name.js";
import { E as nameOf } from "./shared-policy-resolution.js";

// core/config/gate-check.ts
/** Holds the metrics of written gates against those that the task has, and directions against what is known of them. */
function checkGates(gates, path, scope) {
	return gates.flatMap((gate, at) => [...checkMetric(gate.metric, [
		...path,
		at,
		"metric"
	], scope), ...checkDirection(gate, [...path, at])]);
}
/** A metric that is named at a place of a file. */
function checkMetric(metric, path, scope) {
	const fault = checkMetricName(metric, scope);
	if (fault === null) return [];
	return [{
		code: "config/value",
		message: `${nameOf(path)}: ${fault.message}${fault.meant === null ? "" : `. Did you mean "${fault.meant}"?`}`,
		path,
		found: `the text "${metric.slice(0, 80)}"`,
		allowed: fault.allowed,
		fix: fault.meant === null ? "Name one of the metrics that are allowed here." : `Write ${fault.meant}.`
	}];
}
/** Somebody who thinks that more loss is better has a threshold on the wrong side. */
function checkDirection(gate, path) {
	const key = gate["greater-is-better"] === void 0 ? "greater_is_better" : "greater-is-better";
	const said = gate[key];
	const known = directionOf(gate.metric);
	if (said === void 0 || known === null || said === (known === "higher")) return [];
	const meant = String(known === "higher");
	return [{
		code: "config/value",
		message: `${nameOf([...path, key])} is ${said}, but of ${gate.metric} ${known} is better`,
		path: [...path, key],
		found: String(said),
		allowed: meant,
		fix: `Write ${key}: ${meant}.`
	}];
}

export { checkMetric as n, checkGates as t };