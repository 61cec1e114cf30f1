import { t as paragraph } from "./shared-block.js";
import { t as isFailure } from "./shared-finding.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { f as waivedUntil, n as championText, t as championOf } from "./shared-facts.js";
import { n as rangeOf, t as chunksOf } from "./shared-chunk.js";
import { n as resultWords, r as severityWords } from "./shared-icon.js";
import { a as gainOf, c as showValues, i as gainInterval, l as signed, o as resultOfGate, s as showValue, t as differenceOf } from "./shared-metric-text.js";
import { a as sliceMoves, n as sliceSections, s as metricSections } from "./shared-slice-section.js";
import { i as writeShare, n as writeCount, r as writeRows } from "./shared-wording.js";
import { t as escapeLabel } from "./shared-lineage-mermaid.js";

// core/report/behaviour-section.ts
/** Fails closed: a share that is not a number is not enough. */
const groupPasses = ({ cases, passed, required }) => cases > 0 && Number.isFinite(required) && passed >= required * cases - 1e-9;
const percent = (share) => `${Number((100 * share).toFixed(1))} %`;
/** What the suite of cases came to, group by group; groups that fall short first, each with names of failed cases. */
function behaviourSections(comparison) {
	const groups = [...comparison.behaviour?.groups ?? []].sort((a, b) => Number(groupPasses(a)) - Number(groupPasses(b)));
	if (groups.length === 0) return [];
	const failed = groups.filter((group) => !groupPasses(group)).length;
	const table = {
		kind: "table",
		head: [
			"Group",
			"Kind",
			"Passed",
			`${championOf(comparison) ?? "champion"} passed`,
			"Required",
			"Result",
			"Failed cases"
		],
		align: [
			"l",
			"l",
			"r",
			"r",
			"r",
			"l",
			"l"
		],
		rows: groups.map(toRow)
	};
	const title = failed === 0 ? `Behaviour: ${groups.length} of ${groups.length} groups pass` : `Behaviour: ${failed} of ${groups.length} groups fall short`;
	return [{
		name: "behaviour",
		rank: failed === 0 ? 5 : 3,
		blocks: [{
			kind: "fold",
			title,
			blocks: [table]
		}]
	}];
}
function toRow(group) {
	const { name, kind, cases, passed, championPassed, required, failed } = group;
	const cells = failed.flatMap((each, at) => at === 0 ? [{ code: each }] : [", ", { code: each }]);
	const more = cases - passed - failed.length;
	return [
		[{ code: name }],
		[kind],
		[`${grouped(passed)} of ${grouped(cases)}`],
		[championPassed === null ? "–" : `${grouped(championPassed)} of ${grouped(cases)}`],
		[`at least ${percent(required)}`],
		[groupPasses(group) ? "✅ pass" : "❌ fail"],
		more > 0 && failed.length > 0 ? [...cells, ` and ${grouped(more)} more`] : cells
	];
}

// core/report/curve.ts
/**
* Height of a curve at a place, on the straight line between the two points around it.
* @param points ascending in x; several points of one x stand for a step, of which the upper end counts
* @returns null outside of the points
*/
function heightAt(points, x) {
	let before = null;
	let height = null;
	for (const point of points) {
		if (point[0] === x) height = Math.max(height ?? point[1], point[1]);
		else if (point[0] > x) {
			if (height !== null) return height;
			return before === null ? null : between(before, point, x);
		}
		before = point;
	}
	return height;
}
function between([x0, y0], [x1, y1], x) {
	return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

// core/report/xychart.ts
/** More points are no picture in a comment. */
const mostPoints = 60;
/** From here on a number is written with an exponent, which Mermaid does not read. */
const largest = 0x38d7ea4c68000;
/**
* A line chart of Mermaid. It has no legend: whoever shows it writes beside it what is what, and the numbers as a table.
* `xychart-beta` is the name that old and new versions of Mermaid read; every text is quoted and escaped.
* @returns lines of a fence; null where a number is not finite or there is no line to draw
* @see https://mermaid.js.org/syntax/xyChart.html
*/
function renderXyChart({ title, x, y, lines }) {
	const [first = []] = lines;
	if (![
		...lines.flat(),
		y.from,
		y.to,
		...isRange(x) ? [x.from, x.to] : []
	].every((value) => Math.abs(value) < largest)) return null;
	const same = lines.every(({ length }) => length === first.length);
	if (first.length < 2 || first.length > mostPoints || !same) return null;
	if (!(y.from < y.to) || isRange(x) && !(x.from < x.to)) return null;
	if (!isRange(x) && x.length !== first.length) return null;
	const axis = isRange(x) ? `${quote(x.title)} ${plain(x.from)} --> ${plain(x.to)}` : `[${x.map(quote).join(", ")}]`;
	return [
		"xychart-beta",
		`  title ${quote(title)}`,
		`  x-axis ${axis}`,
		`  y-axis ${quote(y.title)} ${plain(y.from)} --> ${plain(y.to)}`,
		...lines.map((line) => `  line [${line.map(plain).join(", ")}]`)
	];
}
const isRange = (x) => !Array.isArray(x);
/** Mermaid reads no empty label. */
const quote = (text) => `"${escapeLabel(text).trim() || "?"}"`;
/** Mermaid reads no exponent. */
const plain = (value) => {
	const text = value.toFixed(6).replace(/\.?0+$/, "");
	return text === "-0" ? "0" : text;
};

// core/report/curve-section.ts
/** False positive rates of the table. */
const places = [
	.01,
	.05,
	.1,
	.2,
	.3,
	.5
];
const steps = 20;
/** The ROC of both models as a picture, with the same curve as numbers beside it. */
function curveSections(comparison, { challenger }) {
	const roc = comparison.detail?.roc ?? null;
	if (roc === null) return [];
	const champion = roc.champion === null ? null : championOf(comparison);
	return [{
		name: "ROC curve",
		rank: 7,
		blocks: [{
			kind: "fold",
			title: "ROC curve",
			blocks: [
				...chartOf(roc),
				{
					kind: "table",
					head: ["False positive rate", ...[challenger, champion].flatMap((name) => name === null ? [] : [`True positive rate, ${name}`])],
					align: [
						"r",
						"r",
						...champion === null ? [] : ["r"]
					],
					rows: places.map((place) => [
						[place.toFixed(2)],
						[showRate(heightAt(roc.challenger, place))],
						...champion === null ? [] : [[showRate(heightAt(roc.champion ?? [], place))]]
					])
				},
				{
					kind: "small",
					text: [champion === null ? "" : `Where a picture stands, its first line is ${challenger}, its second ${champion}. `, "More pictures are in the HTML report."]
				}
			]
		}]
	}];
}
const showRate = (value) => value === null ? "–" : value.toFixed(3);
function chartOf({ challenger, champion }) {
	const xs = Array.from({ length: 21 }, (_, at) => at / steps);
	const lines = [challenger, ...champion === null ? [] : [champion]].map((points) => xs.map((x) => heightAt(points, x) ?? NaN));
	const chart = renderXyChart({
		title: "ROC",
		x: {
			title: "False positive rate",
			from: 0,
			to: 1
		},
		y: {
			title: "True positive rate",
			from: 0,
			to: 1
		},
		lines
	});
	return chart === null ? [] : [{
		kind: "fence",
		language: "mermaid",
		lines: chart
	}];
}

// core/report/explanation-section.ts
const topCount = 10;
/** What a reader must know of each feature, by its name: new at the top, turned its sign, or moved far. */
function notesOnFeatures({ features }) {
	if (features.every(({ championRank }) => championRank === null)) return /* @__PURE__ */ new Map();
	return new Map(features.flatMap((each) => {
		const note = noteOn(each);
		return note === null ? [] : [[each.feature, note]];
	}));
}
function noteOn({ rank, challenger, champion, championRank }) {
	if (championRank === null) return "⚠️ newcomer";
	if (rank <= topCount && championRank > topCount) return `⚠️ newcomer: was ${championRank}`;
	if (champion !== null && challenger * champion < 0) return "⚠️ sign turned";
	const moved = championRank - rank;
	if (Math.abs(moved) < 3) return null;
	return moved > 0 ? `up ${moved}` : `down ${-moved}`;
}
/** The features that the challenger leans on, beside what the champion leans on. */
function explanationSections(comparison, { challenger }) {
	const { explanation } = comparison;
	if (explanation === null || explanation.features.length === 0) return [];
	const top = explanation.features.slice(0, topCount);
	const notes = notesOnFeatures(explanation);
	const warned = top.filter(({ feature }) => notes.get(feature)?.startsWith("⚠️") === true).length;
	const champion = championOf(comparison) ?? "champion";
	const table = {
		kind: "table",
		head: [
			"Rank",
			"Feature",
			challenger,
			champion,
			`Rank in ${champion}`,
			"Note"
		],
		align: [
			"r",
			"l",
			"r",
			"r",
			"r",
			"l"
		],
		rows: top.map((feature) => [
			[String(feature.rank)],
			[{ code: feature.feature }],
			[showImportance(feature.challenger)],
			[feature.champion === null ? "–" : showImportance(feature.champion)],
			[feature.championRank === null ? "–" : String(feature.championRank)],
			[notes.get(feature.feature) ?? ""]
		])
	};
	const word = warned === 0 ? "" : `, ${warned} to look at`;
	const title = `What it leans on: top ${top.length} features${word}`;
	return [{
		name: "explanation",
		rank: warned === 0 ? 5 : 4,
		blocks: [{
			kind: "fold",
			title,
			blocks: [table, sourceOf(explanation)]
		}]
	}];
}
/** Three digits that count: an importance is read, not copied. */
const showImportance = (value) => Number.isFinite(value) ? String(Number(value.toPrecision(3))).replace("-", "−") : "–";
function sourceOf({ grade, metric }) {
	return {
		kind: "small",
		text: [grade === "claimed" ? "Claimed: the attributions are the team’s own." : `Measured: how much worse ${metric ?? "the metric"} gets when the column is shuffled.`]
	};
}

// core/report/gate-advice.ts
/** Judged, and the rows cannot tell: more of them would. */
const isOpen = ({ result, answer, rowsNeeded }) => result === "not evaluated" && (answer === "not enough rows" || rowsNeeded !== null);
const number = "(-?\\d[\\d.]*(?:e[+-]?\\d+)?)";
const limitForm = new RegExp(`^at (least|most) ${number}`);
const versusForm = new RegExp(`^(not worse|better) than .*?(?:by more than ${number})?$`);
const ratioForm = new RegExp(`^no (?:less|more) than ${number} times `);
/** How far a failed gate is from passing, in units of its metric; null where no such number is there. */
function shortOf({ result, required }, metric) {
	if (result !== "fail" || metric === void 0) return null;
	const limit = limitForm.exec(required)?.[2];
	if (limit !== void 0) return positive(Math.abs(metric.challenger - Number(limit)));
	const [least, interval] = [leastGain(required, metric), gainInterval(metric)];
	return least === null || interval === null ? null : positive(least - interval[0]);
}
/** A comparison is held against the bad end of its interval, a limit against the value. */
const isByInterval = ({ required }) => !limitForm.test(required);
/** The gain from which on a comparison passes; null: the requirement compares with nobody. */
function leastGain(required, { champion, higherIsBetter }) {
	const ratio = ratioForm.exec(required)?.[1];
	if (ratio !== void 0 && champion !== null) return (higherIsBetter ? Number(ratio) - 1 : 1 - Number(ratio)) * champion;
	const versus = versusForm.exec(required);
	if (versus === null) return null;
	const margin = Number(versus[2] ?? 0);
	return versus[1] === "better" ? margin : -margin;
}
/** Without the dust of a binary subtraction. */
const positive = (value) => Number.isFinite(value) && value > 0 ? Number(value.toPrecision(12)) : null;
/** What to do about a gate that does not pass: from what is known of this result, never a saying. */
function adviceOf(outcome, result, comparison) {
	if (outcome.result === "skipped") return [outcome.because];
	if (outcome.result === "not evaluated") return moreRows(outcome, result);
	const hint = hintOf(outcome, result, comparison);
	return hint.length === 0 ? [outcome.because] : hint;
}
function moreRows({ because, rowsNeeded }, result) {
	if (rowsNeeded === null) return [because];
	const there = result === void 0 ? "" : ` (there are ${grouped(result.rows)})`;
	return [`About ${grouped(rowsNeeded)} held-out rows would decide${there}. Enlarge the held-out set, or have the owners accept a larger margin`];
}
function hintOf(outcome, result, comparison) {
	const { metric } = outcome;
	if (result === void 0 || outcome.required.startsWith("no slice ")) return [];
	if (metric.startsWith("latency-") || metric === "throughput") return serving(result, comparison);
	if (metric === "behaviour-pass-rate") return behaviour(comparison);
	if (/ by /.test(metric)) return ["Compare the groups in the slices below"];
	if (metric === "ece" || metric === "mce") return ["Calibrate the scores on validation rows; the calibration curve is in the HTML report"];
	const slices = result.slice === null ? weakest(metric, comparison) : [];
	return slices.length > 0 ? slices : champion(outcome, result, comparison);
}
/** Whether the version that serves would pass the same limit: a gate that nothing passes is another question. */
function champion({ required, because }, result, comparison) {
	const [, side, text] = limitForm.exec(required) ?? [];
	if (side === void 0 || result.champion === null) return [];
	const serves = (side === "least" ? result.champion >= Number(text) : result.champion <= Number(text)) ? "which serves, passes this gate" : "which serves, does not pass this gate either";
	return [because.replace(/\.$/, ""), `. ${upper(championText(comparison))}, ${serves}`];
}
const upper = (text) => text.replace(/^t/, "T");
/** A model that grew is the commonest cause of one that got slow. */
function serving(result, comparison) {
	const size = comparison.metrics.find(({ metric }) => metric === "size-bytes");
	const before = result.champion === null ? "" : `${championText(comparison)} took ${showValue(result.metric, result.champion)}`;
	if (size === void 0 || size.champion === null || size.champion <= 0) return [before];
	const times = size.challenger / size.champion;
	const grown = times < 1.05 ? "the model file did not grow" : `the model file grew ${times.toFixed(1)}× (${showValue("size-bytes", size.champion)} to ${showValue("size-bytes", size.challenger)})`;
	return [before === "" ? grown : `${before}; ${grown}`];
}
function behaviour({ behaviour: fact }) {
	const names = (fact?.groups ?? []).filter(({ cases, passed, required }) => !(passed >= required * cases)).flatMap((group) => group.failed).slice(0, 3);
	if (names.length === 0) return [];
	return ["Failed cases: ", ...separated(names.map((name) => ({ code: name })))];
}
/** The slices that lost most: where to look first. */
function weakest(metric, { metrics }) {
	const worst = sliceMoves(metrics, metric).filter(({ word, result }) => word === "falling" && (gainOf(result) ?? 0) < 0).slice(0, 2);
	if (worst.length === 0) return [];
	const parts = worst.map(({ result }) => [{ code: result.slice ?? "" }, ` (${signed(showValue(metric, result.difference ?? 0))} on ${grouped(result.rows)} rows)`]);
	return [
		"It falls most in ",
		...parts[0] ?? [],
		...parts[1] === void 0 ? [] : [" and ", ...parts[1]]
	];
}
const separated = (parts) => parts.flatMap((part, at) => at === 0 ? [part] : [", ", part]);

// core/report/gate-table.ts
/** Rows before the fold. */
const rowsInView$1 = 8;
const order = [
	"fail",
	"not evaluated",
	"skipped",
	"pass"
];
/**
* Gates that do not pass, each with how much is missing and what to do; only when there is none, those that pass.
* At most eight rows in view, all the others in folded sections.
*/
function gateSections(comparison, names) {
	const sorted = order.flatMap((result) => comparison.outcomes.filter((outcome) => outcome.result === result));
	const stopping = sorted.filter(stops);
	const others = sorted.filter((outcome) => !stops(outcome));
	const title = {
		kind: "paragraph",
		text: titleOf$1(comparison)
	};
	if (sorted.length === 0) return [{
		name: "gates",
		rank: 1,
		blocks: [title]
	}];
	if (stopping.length === 0) return withFolds([title], others, comparison, names, passTable);
	const passed = {
		kind: "paragraph",
		text: [othersText(others)]
	};
	return [
		...withFolds([title], stopping, comparison, names, failTable),
		...others.length === 0 ? [] : [{
			name: "gates that passed",
			rank: 2,
			blocks: [passed]
		}],
		...folds(others, othersName(others), comparison, names, passTable)
	];
}
const stops = ({ result }) => result === "fail" || result === "not evaluated";
function othersText(others) {
	const passed = others.filter(({ result }) => result === "pass").length;
	const skipped = others.length - passed;
	const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
	return `${counted(passed, "gate")} passed${rest}. Gates are not traded off against each other.`;
}
const othersName = (others) => others.every(({ result }) => result === "pass") ? "gates that passed" : "gates that passed or were skipped";
function withFolds(before, outcomes, comparison, names, toTable) {
	const table = toTable(outcomes.slice(0, rowsInView$1), comparison, names);
	const inView = {
		name: "gates",
		rank: 1,
		blocks: [...before, table]
	};
	if (outcomes.length <= rowsInView$1) return [inView];
	return [inView, ...folds(outcomes, toTable === failTable ? "gates that do not pass" : "gates", comparison, names, toTable)];
}
function folds(outcomes, what, comparison, names, toTable) {
	return chunksOf(outcomes).map(({ from, rows }) => {
		const title = rangeOf(from, rows.length, outcomes.length, what).replace("All 1 gates that", "1 gate that");
		return {
			name: title.toLowerCase(),
			rank: 6,
			blocks: [{
				kind: "fold",
				title,
				blocks: [toTable(rows, comparison, names)]
			}]
		};
	});
}
function titleOf$1(comparison) {
	const { endpoints, outcomes } = comparison;
	const gates = outcomes.length === 0 ? "" : `${counted(outcomes.length, "gate")}: ${tallyOf(comparison)}.`;
	if (championOf(comparison) === null) return [{ strong: "No version serves yet, so there is nothing to compare with." }, ` ${gates}`.trimEnd()];
	const where = endpoints.length === 0 ? "" : `, which serves at ${endpoints.join(", ")}`;
	return [{ strong: `Compared with ${championText(comparison)}${where}, on the same held-out rows.` }, ` ${leadOf(comparison)}${gates}`.trimEnd()];
}
/** `1 fail, 1 waived, 2 pass`. */
function tallyOf(comparison) {
	const words = comparison.outcomes.map((outcome) => waivedUntil(comparison, outcome) === null ? outcome.result : "waived");
	return [
		"fail",
		"waived",
		"not evaluated",
		"skipped",
		"pass"
	].map((word) => [word, words.filter((each) => each === word).length]).filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`).join(", ");
}
/** The first metric that the gates compare, in one sentence. */
function leadOf({ metrics, outcomes }) {
	const [lead] = outcomes.flatMap((outcome) => {
		const result = resultOfGate(metrics, outcome);
		return result === void 0 || result.difference === null || result.slice !== null ? [] : [result];
	});
	if (lead === void 0) return "";
	const difference = differenceOf(lead).replace("(", "(95 % interval ");
	return `${lead.metric} ${showValue(lead.metric, lead.challenger)}, ${difference}. `;
}
const championName = (comparison) => championOf(comparison) ?? "champion";
const passTable = (outcomes, comparison, { challenger }) => ({
	kind: "table",
	head: [
		"Gate",
		challenger,
		championName(comparison),
		"Difference (95 % interval)",
		"Required",
		"Result"
	],
	align: [
		"l",
		"r",
		"r",
		"r",
		"l",
		"l"
	],
	rows: outcomes.map((outcome) => [...figures(outcome, resultOfGate(comparison.metrics, outcome)), [resultWords[outcome.result], ...noteOf(outcome)]])
});
/** A pass that is surely worse, within the margin, says so: it adds up over versions. */
function noteOf({ result, answer, because }) {
	if (result === "skipped") return [": ", because];
	return answer !== null && because.includes("worse, within the margin") ? [": worse, within the margin"] : [];
}
const failTable = (outcomes, comparison, { challenger }) => ({
	kind: "table",
	head: [
		"Gate",
		challenger,
		championName(comparison),
		"Difference (95 % interval)",
		"Required",
		"Result",
		"Why, and what helps"
	],
	align: [
		"l",
		"r",
		"r",
		"r",
		"l",
		"l",
		"l"
	],
	rows: outcomes.map((outcome) => {
		const result = resultOfGate(comparison.metrics, outcome);
		return [
			...figures(outcome, result),
			[resultText$1(outcome, result, waivedUntil(comparison, outcome))],
			adviceOf(outcome, result, comparison).map(withMinus)
		];
	})
});
/** A minus as a minus, as in the other columns. */
const withMinus = (inline) => typeof inline === "string" ? inline.replace(/(?<![\w.)-])-(?=\d)/g, "−") : inline;
function resultText$1(outcome, result, waived) {
	if (isOpen(outcome)) return "⚠️ not enough rows";
	const short = shortOf(outcome, result);
	const from = isByInterval(outcome) ? " at the bad end of the interval" : "";
	const by = short === null ? "" : `, short by ${showValue(outcome.metric, short)}${from}`;
	return `${waived === null ? resultWords[outcome.result] : `⚠️ waived until ${waived}`}${by}`;
}
function figures(outcome, result) {
	if (outcome.required.startsWith("no slice ")) return [
		[{ code: outcome.gate }],
		["–"],
		["–"],
		[outcome.found],
		[outcome.required]
	];
	const values = result === void 0 ? [] : [result.challenger, ...result.champion === null ? [] : [result.champion]];
	const [challenger = "–", champion = "–"] = showValues(outcome.metric, values);
	return [
		[{ code: outcome.gate }],
		[challenger],
		[champion],
		[result === void 0 ? "–" : differenceOf(result)],
		[outcome.required]
	];
}

// core/report/comparison-sections.ts
/** Everything about one challenger beside one champion: gates, slices that fall, and folded what explains them. */
function comparisonSections(comparison, names) {
	return [
		...gateSections(comparison, names),
		...sliceSections(comparison, names),
		...behaviourSections(comparison),
		...metricSections(comparison, names),
		...explanationSections(comparison, names),
		...curveSections(comparison, names)
	];
}

// core/report/example-rows.ts
/** Findings whose rows share one fold: a report can leave out a fold, never a part of one. */
const findingsInFold = 10;
/** Whole rows that break a rule, folded, a small table for each finding that has them. */
function exampleSections(dataset, findings) {
	const shown = findings.filter(({ rows }) => rows !== void 0 && rows.length > 0);
	return Array.from({ length: Math.ceil(shown.length / findingsInFold) }, (_, at) => {
		const part = shown.slice(at * findingsInFold, (at + 1) * findingsInFold);
		const range = `${at * findingsInFold + 1} to ${at * findingsInFold + part.length} of ${shown.length}`;
		const title = shown.length <= findingsInFold ? "Example rows" : `Example rows of broken rules ${range}`;
		return {
			name: `${title.toLowerCase()}, dataset ${dataset}`,
			rank: 5,
			blocks: [{
				kind: "fold",
				title,
				blocks: part.flatMap(toBlocks)
			}]
		};
	});
}
function toBlocks(finding) {
	return [{
		kind: "paragraph",
		text: titleOf(finding)
	}, toTable$2(finding.rows ?? [])];
}
function titleOf({ code, rule, column }) {
	return [
		{ code },
		...rule === void 0 ? [] : [" rule ", { code: rule }],
		...column === void 0 ? [] : [" column ", { code: column }]
	];
}
/** Columns in the order in which the rows name them; a row without one of them has a dash there. */
function toTable$2(rows) {
	const columns = [...new Set(rows.flatMap(({ cells }) => cells.map(([name]) => name)))];
	return {
		kind: "table",
		head: ["Row", ...columns],
		align: ["r", ...columns.map(() => "l")],
		rows: rows.map(({ row, cells }) => {
			const values = new Map(cells);
			return [[grouped(row)], ...columns.map((name) => [showCell(values.get(name))])];
		})
	};
}
function showCell(value) {
	if (value === void 0) return "–";
	return value === null ? "empty" : { code: value };
}

// core/report/observation-table.ts
/** An icon never stands alone: the word says it to whoever sees no colour. */
function resultText({ code, result, severity }) {
	switch (result) {
		case "kept": return "✅ kept";
		case "broken":
			if (severity === "note") return "⚪ broken, a note";
			return severity === "fail" ? "❌ broken" : "⚠️ broken, warning only";
		case "not enough rows": return "⏳ not enough rows";
		case "not measured": return code === "data/drift" ? "⚪ not compared" : "⚠️ not measured";
	}
}
/** What every rule and comparison came to, also where nothing is wrong: folded, at most a hundred lines in a fold. */
function observationSections(observations) {
	return chunksOf(observations).map(({ from, rows }) => {
		const range = rangeOf(from, rows.length, observations.length, "measurements");
		const title = rows.length === observations.length ? `What was measured: ${range.toLowerCase()}` : range;
		return {
			name: title.toLowerCase(),
			rank: 7,
			blocks: [{
				kind: "fold",
				title,
				blocks: [toTable$1(rows)]
			}]
		};
	});
}
/** The same for a terminal: how a number was computed stands below the table, once for all columns that share it. */
function observationBlocks(observations) {
	if (observations.length === 0) return [];
	const methods = /* @__PURE__ */ new Map();
	for (const { method, code, rule, column } of observations) {
		if (method === void 0) continue;
		methods.set(method, [...methods.get(method) ?? [], column ?? rule ?? code]);
	}
	const table = toTable$1(observations.map(({ method: _, ...observation }) => observation));
	const items = [...methods].map(([method, columns]) => [{ prose: `${[...new Set(columns)].join(", ")}: ${method}` }]);
	return [
		paragraph(`What was measured: ${counted(observations.length, "measurement")}`),
		table,
		...items.length === 0 ? [] : [paragraph("How it was computed:"), {
			kind: "list",
			items
		}]
	];
}
function toTable$1(observations) {
	const told = observations.some(({ method }) => method !== void 0);
	return {
		kind: "table",
		head: [
			"Result",
			"Rule",
			"Column",
			"Found",
			"Allowed",
			"Rows",
			...told ? ["How"] : []
		],
		align: [
			"l",
			"l",
			"l",
			"l",
			"l",
			"r",
			"l"
		],
		rows: observations.map((observation) => [
			[resultText(observation)],
			nameRule(observation),
			observation.column === void 0 ? ["–"] : [{ code: observation.column }],
			[groupWhole(observation.found)],
			[groupWhole(observation.allowed)],
			[grouped(observation.rows)],
			...told ? [[observation.method ?? "–"]] : []
		])
	};
}
/** Numbers of more than four digits in groups of three: `1 to 1978941` as `1 to 1,978,941`. */
const groupWhole = (text) => /^(?:at (?:least|most) )?-?\d{1,15}(?: to -?\d{1,15})?$/.test(text) ? text.replace(/\d{5,}/g, (digits) => digits.startsWith("0") ? digits : grouped(Number(digits))) : text;
/** The code of a finding, and the name of the rule in the contract where it has one. */
function nameRule({ code, rule }) {
	return rule === void 0 ? [{ code }] : [
		{ code },
		" ",
		{ strong: rule }
	];
}

// core/report/data-table.ts
const rowsInView = 8;
/** What a dataset breaks: rule, column, how much, what is allowed, where it starts, where it is set. */
function dataSections(dataset, showPlace) {
	const findings = sortFindings(dataset.findings);
	const failures = findings.filter(isFailure).length;
	const rows = dataset.rows === null ? "an unknown number of rows" : counted(dataset.rows, "row");
	const title = [
		{ strong: "Dataset" },
		" ",
		{ code: dataset.dataset },
		` (${rows} in ${counted(dataset.files.length, "file")}): ${verdictText(dataset, failures)}`
	];
	const head = {
		name: `data of ${dataset.dataset}`,
		rank: 1,
		blocks: [{
			kind: "paragraph",
			text: title
		}, ...findings.length === 0 ? [] : [toTable(findings.slice(0, rowsInView), showPlace)]]
	};
	const examples = exampleSections(dataset.dataset, findings);
	if (findings.length <= rowsInView) return [head, ...examples];
	return [
		head,
		...chunksOf(findings).map(({ from, rows: part }) => {
			const title = rangeOf(from, part.length, findings.length, "findings");
			return {
				name: title.toLowerCase(),
				rank: 6,
				blocks: [{
					kind: "fold",
					title,
					blocks: [toTable(part, showPlace)]
				}]
			};
		}),
		...examples
	];
}
function verdictText(dataset, failures) {
	const contract = `its contract as on ${dataset.contractFrom === "base" ? "the base branch" : "this pull request"}`;
	if (dataset.verdict === "pass") return `keeps ${contract}.`;
	if (dataset.verdict === "not evaluated") return `could not be held against ${contract}.`;
	return `breaks ${counted(failures, "rule")} of ${contract}.`;
}
function toTable(findings, showPlace) {
	return {
		kind: "table",
		head: [
			"Result",
			"Rule",
			"Column",
			"Found",
			"Allowed",
			"First row",
			"Where it is set"
		],
		align: [
			"l",
			"l",
			"l",
			"l",
			"l",
			"r",
			"l"
		],
		rows: findings.map((finding) => [
			[severityWords[finding.severity]],
			nameRule(finding),
			finding.column === void 0 ? ["–"] : [{ code: finding.column }],
			[foundText(finding)],
			[finding.allowed ?? "–", finding.reason === void 0 ? "" : `; why: ${finding.reason}`],
			[finding.firstRow === void 0 ? "–" : grouped(finding.firstRow)],
			[showPlace(finding)]
		])
	};
}
function foundText({ found, message, count, total, examples }) {
	const share = count !== void 0 && total !== void 0 && total > 0 ? `${writeCount(count)} of ${counted(total, "row")} (${writeShare(count, total)})` : null;
	const said = found ?? share ?? message;
	const text = share === null || [writeRows(count ?? 0), `${writeCount(count ?? 0)} of `].some((words) => said.includes(words)) ? said : `${said}; ${share}`;
	const shown = [...new Set(examples)].slice(0, 3).map((example) => `"${example}"`).filter((example) => !text.includes(example));
	return shown.length === 0 ? text : `${text}, for example ${shown.join(", ")}`;
}
const severities = [
	"fail",
	"warn",
	"note"
];
const sortFindings = (findings) => severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));

// core/report/sample-section.ts
/** Of a model that declares nothing yet, all there is fits in. */
const mostSamples = 10;
/** What to write, to copy: one block a file, in the order in which it was missed. */
function sampleSections(findings) {
	return mergeSamples(findings.flatMap(({ sample }) => sample ?? [])).slice(0, mostSamples).map(({ file, lines }) => ({
		name: `what to write into ${file}`,
		rank: 1,
		blocks: [paragraph({ strong: "To write" }, " into ", { code: file }, ":"), {
			kind: "fence",
			language: "yaml",
			lines
		}]
	}));
}
/** Several samples of one file are one; under a key that stands there already, only what is new is added. */
function mergeSamples(samples) {
	const files = /* @__PURE__ */ new Map();
	for (const { file, lines } of samples) files.set(file, addLines(files.get(file) ?? [], lines));
	return [...files].map(([file, lines]) => ({
		file,
		lines
	}));
}
function addLines(known, lines) {
	const [head = "", ...rest] = lines;
	const at = known.indexOf(head);
	if (at < 0) return [...known, ...lines];
	const next = known.findIndex((line, index) => index > at && !line.startsWith(" "));
	const end = next < 0 ? known.length : next;
	const body = new Set(known.slice(at + 1, end));
	return [
		...known.slice(0, end),
		...rest.filter((line) => !body.has(line)),
		...known.slice(end)
	];
}

// core/report/finding-list.ts
/** Findings that are not about data: what, where, allowed, fix; then what to write, to copy. */
function findingSections(findings, showPlace) {
	const sorted = sortFindings(findings);
	const head = [
		"Result",
		"Rule",
		"Found",
		"Allowed",
		"Where",
		"Fix"
	];
	return [...chunksOf(sorted).map(({ from, rows }) => {
		const cells = rows.map((finding) => [
			[severityWords[finding.severity]],
			[{ code: finding.code }],
			foundPhrase(finding),
			[finding.allowed ?? "–"],
			[showPlace(finding)],
			[finding.fix]
		]);
		return {
			name: "findings",
			rank: from === 0 ? 1 : 6,
			blocks: [{
				kind: "table",
				head,
				rows: cells
			}]
		};
	}), ...sampleSections(sorted)];
}
/** The sentence, and what was found where the sentence does not name it: which workflow, which digest. */
function foundPhrase({ message, found }) {
	if (found === void 0 || /^\s*(?:nothing)?$/.test(found) || message.includes(found)) return [message];
	return [
		message,
		/[.!?]$/.test(message) ? " " : ". ",
		"Found: ",
		found
	];
}
/** `datasets/flights.yml:18:9`, the form that editors and terminals open. */
function placeText({ where }) {
	if (where === void 0) return "–";
	const line = where.line === void 0 ? "" : `:${where.line}`;
	const column = where.line === void 0 || where.column === void 0 ? "" : `:${where.column}`;
	return `${where.file}${line}${column}`;
}

export { behaviourSections as _, sortFindings as a, exampleSections as c, isOpen as d, explanationSections as f, heightAt as g, renderXyChart as h, dataSections as i, comparisonSections as l, showImportance as m, placeText as n, observationBlocks as o, notesOnFeatures as p, sampleSections as r, observationSections as s, findingSections as t, gateSections as u, groupPasses as v };