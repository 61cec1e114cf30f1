import { n as grouped, t as counted } from "./shared-count-text.js";
import "./shared-facts.js";
import { p as isOpen } from "./shared-finding-list.js";
import { a as verdictWords } from "./shared-icon.js";

// core/report/judgement-view.ts
/** The comparisons of evidence as reports show them: gates as the judge ruled on them. */
function shownComparisons({ comparisons, champions }) {
	return comparisons.map(({ gates, ...comparison }) => ({
		...comparison,
		outcomes: gates,
		endpoints: champions.filter(({ version }) => version === comparison.against).map(({ endpoint }) => endpoint)
	}));
}
/** The verdict of a judgement in one line, without its icon. */
function judgementText(judgement) {
	const { model, version, verdict, comparisons, heldOut } = judgement;
	const outcomes = comparisons.flatMap(({ gates }) => gates);
	const count = (wanted) => outcomes.filter(({ result }) => result === wanted).length;
	const skipped = count("skipped") === 0 ? "" : `, ${count("skipped")} skipped`;
	const name = { code: version === null ? model : `${model} v${version}` };
	if (outcomes.length === 0 && verdict !== "not evaluated") return [name, " was judged, and held against no gate"];
	if (verdict === "pass") return [name, ` passes ${counted(count("pass"), "gate")}${skipped}`];
	if (verdict === "fail") return [name, ` fails ${count("fail")} of ${counted(outcomes.length, "gate")}`];
	const open = outcomes.filter(isOpen);
	if (open.length === 0) return [name, " was not judged. This says nothing about the model"];
	const needed = Math.max(...open.map(({ rowsNeeded }) => rowsNeeded ?? 0));
	const would = needed === 0 ? "" : `, about ${grouped(needed)} would`;
	return [name, `: ${counted(open.length, "gate")} cannot be decided on ${grouped(heldOut.rows)} held-out rows${would}`];
}
const judgementHeadline = (judgement) => [`${verdictWords[judgement.verdict]}: `, ...judgementText(judgement)];

export { judgementText as n, shownComparisons as r, judgementHeadline as t };