import { l as showNumbers } from "./shared-floor.js";
import { n as grouped } from "./shared-count-text.js";
import "./shared-facts.js";

// core/report/metric-text.ts
const findResult = (results, { metric, slice, set }) => results.find((each) => each.metric === metric && each.slice === slice && each.set === set);
/** The result that a gate rests on; undefined: never computed, and no other is shown in its place. */
const resultOfGate = (results, { metric, slice, set }) => findResult(results, {
	metric,
	slice,
	set
});
/** Writes values of one metric alike: as many decimals as the finest of them has, and its unit after each. */
function showValues(metric, values) {
	if (metric === "size-bytes") return showBytes(values);
	const shown = showNumbers(...values).map(groupWhole);
	const unit = unitOf(metric);
	return unit === "" ? shown : shown.map((value) => `${value} ${unit}`);
}
const showValue = (metric, value) => showValues(metric, [value])[0] ?? "–";
function unitOf(metric) {
	if (metric.startsWith("latency-")) return "ms";
	return metric === "throughput" ? "requests/s" : "";
}
const megabyte = 1e6;
function showBytes(values) {
	if (Math.max(...values.map(Math.abs)) < megabyte) return values.map((value) => `${groupWhole(String(Math.round(value)))} bytes`);
	return values.map((value) => `${(value / megabyte).toFixed(1)} MB`);
}
/** `12345.6` as `12,345.6`; what is no such number stays. */
function groupWhole(text) {
	const [, sign = "", whole = "", rest = ""] = /^(-?)(\d{4,15})(\.\d+)?$/.exec(text) ?? [];
	return whole === "" ? text : `${sign}${grouped(Number(whole))}${rest}`;
}
/** A number with its sign, minus as a minus. */
const signed = (number) => number.startsWith("-") ? number.replace("-", "−") : /[1-9]/.test(number) ? `+${number}` : number;
/** `−0.077 (−0.080 to −0.074) ▼ worse`; a difference whose interval holds 0 may be chance, and says so. */
function differenceOf(result) {
	const { metric, difference, differenceInterval } = result;
	if (difference === null || !Number.isFinite(difference)) return "–";
	const [shown = "", low, high] = showValues(metric, [difference, ...differenceInterval ?? []]).map(signed);
	return `${shown}${low === void 0 || high === void 0 ? "" : ` (${withoutUnit(low)} to ${withoutUnit(high)})`} ${directionOf(result)}`;
}
/** The number beside has it. */
const withoutUnit = (shown) => shown.split(" ", 1)[0] ?? shown;
/** Turned so that more is better; null without a champion. */
function gainOf({ difference, higherIsBetter }) {
	if (difference === null || !Number.isFinite(difference)) return null;
	return higherIsBetter ? difference : -difference;
}
/** Interval of the gain, worst first. */
function gainInterval({ differenceInterval: interval, higherIsBetter }) {
	if (interval === null || !interval.every(Number.isFinite)) return null;
	return higherIsBetter ? interval : [-interval[1], -interval[0]];
}
function directionOf(result) {
	const [gain, interval] = [gainOf(result), gainInterval(result)];
	if (gain === null) return "";
	if (interval === null && gain !== 0 && result.metric !== "size-bytes") return "no interval: too few rows";
	if (interval !== null && interval[0] <= 0 && interval[1] >= 0) return gain === 0 && interval[0] === interval[1] ? "equal" : "may be chance";
	return gain === 0 ? "equal" : gain > 0 ? "▲ better" : "▼ worse";
}

export { gainOf as a, showValues as c, gainInterval as i, signed as l, directionOf as n, resultOfGate as o, findResult as r, showValue as s, differenceOf as t };