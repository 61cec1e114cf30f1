// core/training/progress-point.ts
/** More metrics than these are no table; the first ones are kept. */
const maxMetrics = 20;
/** No training counts further. */
const maxCount = 0xe8d4a51000;
const metricName = /^[A-Za-z0-9][\w ./:@%()+-]{0,59}$/;
/** Keys that reach an object's prototype: strict JSON refuses them. */
const forbidden = /* @__PURE__ */ new Set(["constructor", "prototype"]);
const numberForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/**
* Makes a point of what a command wrote: finite numbers under plain names, and nothing else.
* @param at ISO 8601 UTC, when it was read
* @returns null when nothing of it can be used
*/
function toPoint(raw, at) {
	const [epoch, step] = [toCount(raw.epoch), toCount(raw.step)];
	const metrics = [];
	for (const [name, value] of raw.metrics) {
		if (metrics.length === maxMetrics) break;
		if (typeof value === "number" && Number.isFinite(value) && isMetricName(name)) metrics.push([name, value]);
	}
	if (epoch === null && step === null && metrics.length === 0) return null;
	return {
		at,
		epoch,
		epochs: toTotal(raw.epochs, epoch),
		step,
		steps: toTotal(raw.steps, step),
		metrics: Object.fromEntries(metrics)
	};
}
const isMetricName = (name) => metricName.test(name) && !forbidden.has(name);
/** A decimal number as logs have it; null for everything else, `nan` and `inf` included. */
function toNumber(text) {
	const value = text.length <= 40 && numberForm.test(text) ? Number(text) : NaN;
	return Number.isFinite(value) ? value : null;
}
function toCount(value) {
	return typeof value === "number" && value >= 0 && value <= maxCount ? value : null;
}
/** A total that is behind the count says nothing about how much is left. */
function toTotal(value, count) {
	const total = toCount(value);
	return total === null || total === 0 || count === null || count > total ? null : total;
}

export { toNumber as n, toPoint as r, isMetricName as t };