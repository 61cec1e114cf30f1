import { r as waivedGates } from "./shared-gate-rule.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { f as waivedUntil } from "./shared-facts.js";
import { d as isOpen } from "./shared-finding-list.js";
import { a as verdictWords } from "./shared-icon.js";

// core/report/judgement-view.ts
/**
* The comparisons of evidence as reports show them: gates as the judge ruled on them.
* @param waiving absent: no waiver is known, and what fails is shown as a failure
*/
function shownComparisons({ model, comparisons, champions }, waiving) {
	return comparisons.map(({ gates, ...comparison }) => ({
		...comparison,
		outcomes: gates,
		...waiving === void 0 ? {} : { waived: waivedGates(gates, comparison.metrics, model, waiving) },
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
/** The verdict with its icon. A failure that waivers let pass is told as the comment tells it: waived, and no pass. */
function judgementHeadline(judgement, comparisons = shownComparisons(judgement)) {
	const { model, version, verdict } = judgement;
	const { failing, waived, all } = countWaived(comparisons);
	if (verdict !== "fail" || waived === 0) return [`${verdictWords[verdict]}: `, ...judgementText(judgement)];
	const name = { code: version === null ? model : `${model} v${version}` };
	if (isWaivedWhole(judgement, comparisons)) return [
		"⚠️ Waived: ",
		name,
		` fails ${waived} of ${counted(all, "gate")}, which may fail for now`
	];
	const more = `, and ${waived} more that may fail for now`;
	return [
		`${verdictWords.fail}: `,
		name,
		` fails ${failing - waived} of ${counted(all, "gate")}${more}`
	];
}
/** True where nothing but waivers stands between a judgement and a pass. */
function isWaivedWhole({ verdict }, comparisons) {
	const { failing, waived, open } = countWaived(comparisons);
	return verdict === "fail" && waived > 0 && waived === failing && open === 0;
}
function countWaived(comparisons) {
	const all = comparisons.flatMap((comparison) => comparison.outcomes.map((outcome) => ({
		outcome,
		until: waivedUntil(comparison, outcome)
	})));
	return {
		all: all.length,
		failing: all.filter(({ outcome }) => outcome.result === "fail").length,
		open: all.filter(({ outcome }) => outcome.result === "not evaluated").length,
		waived: all.filter(({ until }) => until !== null).length
	};
}

export { shownComparisons as i, judgementHeadline as n, judgementText as r, isWaivedWhole as t };