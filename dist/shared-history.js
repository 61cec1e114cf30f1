// core/report/history.ts
/** Pushes that are remembered: the state is a line of a comment, and a reader looks back no further. */
const mostResults = 10;
const mostMetrics = 3;
const longestName = 60;
const verdicts = [
	"pass",
	"fail",
	"data invalid",
	"not evaluated",
	"waiting"
];
/**
* Puts the newest result first. A commit that was judged again has its newest result alone; a name that could end the
* hidden comment, or a value that is no number, is left out.
* @param history as the last comment had it, newest first
*/
function addToHistory(history, result) {
	const metrics = result.metrics.filter(isKept).slice(0, mostMetrics);
	return [{
		...result,
		metrics
	}, ...history.filter(({ head }) => head !== result.head)].slice(0, mostResults);
}
function isKept([metric, value]) {
	return metric.length <= longestName && /^[\w@:.& =-]+$/.test(metric) && !metric.includes("--") && Number.isFinite(value);
}
/** Reads the history of a comment's state: anybody may have edited it, so whatever is not exactly one is dropped. */
function parseHistory(value) {
	if (!Array.isArray(value)) return [];
	return value.slice(0, mostResults).flatMap((each) => {
		const { head, verdict, metrics } = each ?? {};
		if (typeof head !== "string" || !/^[0-9a-f]{40}$/.test(head)) return [];
		const known = verdicts.find((word) => word === verdict);
		if (known === void 0 || !Array.isArray(metrics)) return [];
		return [{
			head,
			verdict: known,
			metrics: metrics.filter(isPair).filter(isKept).slice(0, mostMetrics)
		}];
	});
}
const isPair = (value) => Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "number";

export { parseHistory as n, addToHistory as t };