import { n as championText, t as championOf } from "./shared-facts.js";
import { n as grouped, t as counted } from "./shared-count-text.js";
import { _ as behaviourSections, f as explanationSections, g as heightAt, m as showImportance, n as placeText, p as notesOnFeatures, t as findingSections, u as gateSections, v as groupPasses } from "./shared-finding-list.js";
import { t as phraseText } from "./shared-text.js";
import { i as plainText } from "./shared-cell.js";
import { a as sliceMoves, i as slicedMetrics, n as sliceSections, r as sliceWords, s as metricSections } from "./shared-slice-section.js";
import { a as gainOf, c as showValues, i as gainInterval, n as directionOf, o as resultOfGate, s as showValue, t as differenceOf } from "./shared-metric-text.js";
import { n as countOf, o as rankOf, s as valueAtRank, t as coarsenHistogram } from "./shared-histogram.js";

// core/report/html/element.ts
/**
* The one escape of every page: for text between elements and for values of attributes in double quotes.
* @param most characters that are shown
*/
function escapeHtml(text, most = 400) {
	return plainText(text, most).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;").replaceAll("'", "&#39;").replaceAll("`", "&#96;");
}
/** Elements without an end. */
const isVoid = /* @__PURE__ */ new Set([
	"meta",
	"br",
	"hr"
]);
/**
* One element. Names of elements and attributes are ours; values and texts are anybody's and are escaped.
* @param name as HTML or SVG has it
*/
function element(name, attributes = {}, ...children) {
	const own = Object.entries(attributes).map(([key, value]) => value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value), 4e3)}"`).join("");
	if (isVoid.has(name)) return { html: `<${name}${own}>` };
	return { html: `<${name}${own}>${join(children).html}</${name}>` };
}
/** Children one after the other. */
const join = (children) => ({ html: children.map((child) => typeof child === "string" ? escapeHtml(child) : child.html).join("") });
const nothing = { html: "" };

// core/report/html/blocks.ts
/** Blocks of a report as HTML: the same words as on the pull request. Pictures of Mermaid are drawn anew, as SVG. */
const renderBlocks = (blocks) => join(blocks.map(renderBlock));
function renderBlock(block) {
	switch (block.kind) {
		case "heading": return element(`h${block.level}`, {}, renderPhrase(block.text));
		case "paragraph": return element("p", {}, renderPhrase(block.text));
		case "quote": return element("blockquote", {}, renderPhrase(block.text));
		case "small": return element("p", { class: "small" }, renderPhrase(block.text));
		case "steps": return element("ol", {}, ...block.items.map((item) => element("li", {}, renderPhrase(item))));
		case "list": return element("ul", {}, ...block.items.map((item) => element("li", {}, renderPhrase(item))));
		case "fence": return block.language === "mermaid" ? nothing : renderLines(block.lines);
		case "fold": return fold(block.title, renderBlocks(block.blocks));
		case "table": return renderTable(block);
	}
}
const renderLines = (lines) => element("pre", {}, ...lines.map((line) => ({ html: `${escapeHtml(line)}\n` })));
/** Folded, and reached by the keyboard like any other. */
const fold = (title, ...children) => element("details", {}, element("summary", {}, title), ...children);
function renderPhrase(phrase) {
	return join(phrase.map(renderInline));
}
function renderInline(inline) {
	if (typeof inline === "string") return join([inline]);
	if ("prose" in inline) return { html: escapeHtml(inline.prose, 4e3) };
	if ("strong" in inline) return element("strong", {}, inline.strong);
	if ("link" in inline) return element("span", { title: inline.to }, inline.link);
	return element("code", {}, { html: escapeHtml(inline.code, 120) });
}
/** A table that is scrolled by itself where the page is narrow; numbers stand under each other. */
function renderTable({ head, align = [], rows }, caption) {
	const stacks = head.length >= stackedColumns;
	const kind = (at) => align[at] === "r" ? { class: "n" } : {};
	return element("div", {
		class: "scroll",
		tabindex: "0",
		role: "region",
		"aria-label": caption ?? head.join(", ")
	}, element("table", stacks ? { class: "stack" } : {}, ...caption === void 0 ? [] : [element("caption", {}, caption)], element("thead", {}, element("tr", {}, ...head.map((title, at) => element("th", {
		scope: "col",
		...kind(at)
	}, title)))), element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((phrase, at) => renderCell(phrase, align[at] === "r", stacks ? head[at] ?? "" : null)))))));
}
/** A short text stays on one line; a longer one is folded at its spaces and gets room. */
const shortText = 26;
/** From so many columns on, a telephone shows each row as a list of names and values. */
const stackedColumns = 5;
function renderCell(phrase, isNumber, label) {
	const text = phraseText(phrase).trim();
	const isShort = text.length <= shortText;
	return element("td", {
		class: isNumber ? isShort ? "n" : "n m" : isShort ? "k" : "w",
		...label === null ? {} : { "data-label": label }
	}, text === "" ? "–" : keepArrows(renderPhrase(phrase)));
}
/** An arrow stays with its word. */
const keepArrows = ({ html }) => ({ html: html.replace(/([▲▼]) /g, "$1&nbsp;") });

// core/report/html/plot.ts
/** CSS pixels: as wide as the narrowest telephone has room for, so that no label is ever scaled down. */
const plotWidth = 340;
const plotHeight = 260;
const edge$1 = {
	left: 48,
	right: 20,
	top: 10,
	bottom: 40
};
/** Maps a range of values onto one of pixels; outside values are drawn at its end. */
function scaleOf(from, to, start, end) {
	return (value) => {
		const share = to === from ? .5 : (value - from) / (to - from);
		return round(start + Math.min(Math.max(share, 0), 1) * (end - start));
	};
}
/** A tenth of a pixel is finer than any screen. */
const round = (pixels) => Math.round(pixels * 10) / 10;
/** Round numbers inside of a range, at most about `count` of them. */
function ticksOf(from, to, count) {
	const span = to - from;
	if (!Number.isFinite(span) || span <= 0) return [];
	const raw = span / count;
	const power = 10 ** Math.floor(Math.log10(raw));
	const step = [
		1,
		2,
		2.5,
		5,
		10
	].map((each) => each * power).find((each) => each >= raw) ?? 10 * power;
	const first = Math.ceil(from / step - 1e-9);
	const last = Math.floor(to / step + 1e-9);
	return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}
/** A picture with a name and a description that are read aloud. */
function svg({ id, title, description }, width, height, ...children) {
	const [titleId, descriptionId] = [`${id}-title`, `${id}-description`];
	return element("svg", {
		viewBox: `0 0 ${width} ${height}`,
		width,
		height,
		role: "img",
		"aria-labelledby": `${titleId} ${descriptionId}`
	}, element("title", { id: titleId }, title), element("desc", { id: descriptionId }, description), ...children);
}
/** Axes, grid and labels, with marks over them. */
function drawPlot(plot, drawMarks) {
	const { x, y } = plot;
	const [right, bottom] = [340 - edge$1.right, 260 - edge$1.bottom];
	const place = {
		x: scaleOf(x.from, x.to, edge$1.left, right),
		y: scaleOf(y.from, y.to, bottom, edge$1.top)
	};
	return svg(plot, 340, 260, ...axisTicks(x).map(([tick, words]) => join([line("grid", place.x(tick), edge$1.top, place.x(tick), bottom), label(place.x(tick), bottom + 15, words, "middle", "q")])), ...axisTicks(y).map(([tick, words]) => join([line("grid", edge$1.left, place.y(tick), right, place.y(tick)), label(edge$1.left - 6, place.y(tick) + 4, words, "end", "q")])), line("axis", edge$1.left, bottom, right, bottom), line("axis", edge$1.left, edge$1.top, edge$1.left, bottom), label((edge$1.left + right) / 2, 254, x.label, "middle"), element("text", {
		transform: `translate(12 ${(edge$1.top + bottom) / 2}) rotate(-90)`,
		"text-anchor": "middle"
	}, y.label), ...drawMarks(place));
}
const axisTicks = ({ from, to, ticks }) => ticks ?? ticksOf(from, to, 5).map((tick) => [tick, showTick(tick)]);
const line = (kind, x1, y1, x2, y2) => element("line", {
	class: kind,
	x1,
	y1,
	x2,
	y2
});
const label = (x, y, text, anchor = "start", kind = "") => element("text", {
	x: round(x),
	y: round(y),
	"text-anchor": anchor,
	...kind && { class: kind }
}, text);
/** Challenger: round and filled; champion: square and hollow. */
const mark = (who, x, y) => who === "a" ? element("circle", {
	class: "fa",
	cx: x,
	cy: y,
	r: 4
}) : element("rect", {
	class: "fb",
	x: round(x - 4),
	y: round(y - 4),
	width: 8,
	height: 8
});
/** Thousands are written short: `12k`. */
function showTick(value) {
	const size = Math.abs(value);
	if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
	if (size >= 1e3) return `${Number((value / 1e3).toPrecision(3))}k`;
	return String(Number(value.toPrecision(4)));
}

// core/report/html/figure.ts
/** A picture, what it shows, and the same numbers as a table, folded. */
function figure(title, text, picture, table) {
	return element("figure", {}, element("figcaption", {}, element("strong", {}, title), ` ${text}`), picture, fold("The same as numbers", renderTable(table, title)));
}
/** A picture with its table beside it, or below it where the page is narrow or the table wide. */
function wideFigure(title, text, picture, table, place = "beside") {
	return element("figure", { class: "wide" }, element("figcaption", {}, element("strong", {}, title), ` ${text}`), picture, element("div", { class: place }, table));
}
/** Which line is whose, in words beside a sample of it. */
function legend({ challenger, champion }) {
	const entry = (who, name) => element("span", {}, element("svg", {
		viewBox: "0 0 36 12",
		width: 36,
		height: 12,
		"aria-hidden": "true"
	}, line(`l${who}`, 0, 6, 36, 6), mark(who, 18, 6)), name);
	return element("p", { class: "legend" }, entry("a", challenger), champion === null ? nothing : entry("b", champion));
}

// core/report/html/curve-chart.ts
const rocCurve = {
	title: "ROC.",
	text: "Share found of the positive rows, by the share of the others that is taken for positive. Dotted: chance.",
	x: "False positive rate",
	y: "True positive rate",
	diagonal: true
};
const precisionRecallCurve = {
	title: "Precision and recall.",
	text: "How many of the rows called positive are, by the share found of all that are.",
	x: "Recall",
	y: "Precision",
	diagonal: false
};
const places = [
	.01,
	.05,
	.1,
	.2,
	.3,
	.4,
	.5,
	.6,
	.7,
	.8,
	.9
];
/** A curve of both models in the unit square. */
function curveFigure(curve, both, names) {
	if (both === null) return nothing;
	const { challenger, champion } = both;
	const at = (points) => heightAt(points, .1)?.toFixed(3) ?? "not known";
	const beside = champion === null ? "" : `, of ${names.champion} ${at(champion)}`;
	const picture = drawPlot({
		id: curve.id,
		title: curve.title.replace(".", ""),
		description: `${curve.y} by ${curve.x.toLowerCase()}. At 0.1 that of ${names.challenger} is ${at(challenger)}${beside}.`,
		x: {
			label: curve.x,
			from: 0,
			to: 1
		},
		y: {
			label: curve.y,
			from: 0,
			to: 1
		}
	}, ({ x, y }) => [
		curve.diagonal ? line("chance", x(0), y(0), x(1), y(1)) : nothing,
		...champion === null ? [] : [path("lb", champion, x, y)],
		path("la", challenger, x, y)
	]);
	return figure(curve.title, curve.text, join([legend(champion === null ? {
		...names,
		champion: null
	} : names), picture]), toTable(curve, both, names));
}
const path = (kind, points, x, y) => element("polyline", {
	class: kind,
	points: points.map(([px, py]) => `${x(px)},${y(py)}`).join(" ")
});
function toTable({ x, y }, { challenger, champion }, names) {
	const show = (points, place) => heightAt(points, place)?.toFixed(3) ?? "–";
	return {
		kind: "table",
		head: [
			x,
			`${y}, ${names.challenger}`,
			...champion === null ? [] : [`${y}, ${names.champion}`]
		],
		align: [
			"r",
			"r",
			"r"
		],
		rows: places.map((place) => [
			[place.toFixed(2)],
			[show(challenger, place)],
			...champion === null ? [] : [[show(champion, place)]]
		])
	};
}

// core/report/html/calibration-chart.ts
/** Share predicted against share found: on the diagonal, a score is what it says. */
function calibrationFigure(id, both, names) {
	if (both === null || both.challenger.length === 0) return nothing;
	const { challenger, champion } = both;
	const worst = Math.max(...challenger.map(({ predicted, found }) => Math.abs(predicted - found)));
	const most = Math.max(...[...challenger, ...champion ?? []].flatMap(({ predicted, found }) => [predicted, found]));
	const to = most > .5 ? 1 : Math.max(.05, Math.ceil(most * 1.1 * 20) / 20);
	const shown = champion === null ? {
		...names,
		champion: null
	} : names;
	const picture = drawPlot({
		id,
		title: "Calibration",
		description: `Share found by share predicted, in ${challenger.length} bins. The largest gap of ${names.challenger} is ${worst.toFixed(3)}.`,
		x: {
			label: "Predicted",
			from: 0,
			to
		},
		y: {
			label: "Found",
			from: 0,
			to
		}
	}, ({ x, y }) => [line("chance", x(0), y(0), x(to), y(to)), ...[["b", champion ?? []], ["a", challenger]].flatMap(([who, bins]) => [path(`l${who}`, bins.map(({ predicted, found }) => [predicted, found]), x, y), ...bins.map(({ predicted, found }) => mark(who, x(predicted), y(found)))])]);
	return figure("Calibration.", "Above the dotted line the model says too little, below it too much.", join([legend(shown), picture]), {
		kind: "table",
		head: [
			"Model",
			"Predicted",
			"Found",
			"Rows"
		],
		align: [
			"l",
			"r",
			"r",
			"r"
		],
		rows: [...challenger.map((bin) => toRow$1(names.challenger, bin)), ...(champion ?? []).map((bin) => toRow$1(names.champion ?? "", bin))]
	});
}
const toRow$1 = (name, { predicted, found, rows }) => [
	[name],
	[predicted.toFixed(3)],
	[found.toFixed(3)],
	[grouped(rows)]
];

// core/report/html/confusion-table.ts
const mostClasses = 20;
/** Rows by true and predicted class, one table a model. What is right stands on the diagonal, in bold. */
function confusionTables(confusion, names) {
	if (confusion === null || confusion.classes.length === 0) return nothing;
	const { classes, challenger, champion } = confusion;
	if (classes.length > mostClasses) return element("p", {}, `A confusion matrix of ${classes.length} classes is no table to read: the evidence has it.`);
	return element("div", { class: "figures" }, matrix(names.challenger, classes, challenger), champion === null ? nothing : matrix(names.champion ?? "", classes, champion));
}
function matrix(name, classes, counts) {
	return element("div", {
		class: "scroll",
		tabindex: "0",
		role: "region",
		"aria-label": `Confusion matrix of ${name}`
	}, element("table", { class: "matrix" }, element("caption", {}, `${name}: true class by row, predicted class by column; rows in tens or coarser`), element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "true \\ predicted"), ...classes.map((each) => element("th", {
		scope: "col",
		class: "n"
	}, each)), element("th", {
		scope: "col",
		class: "n"
	}, "found"))), element("tbody", {}, join(classes.map((each, at) => matrixRow(each, at, counts[at] ?? []))))));
}
function matrixRow(name, at, counts) {
	const all = counts.reduce((sum, count) => sum + count, 0);
	const share = all === 0 ? "–" : `${(100 * (counts[at] ?? 0) / all).toFixed(1)} %`;
	return element("tr", {}, element("th", { scope: "row" }, name), ...counts.map((count, column) => element("td", column === at ? { class: "hit" } : {}, grouped(count))), element("td", {}, share));
}

// core/report/html/distribution-chart.ts
/** How many rows get which score: two models of equal quality may use the scale in other ways. */
function distributionFigure(id, distribution, names) {
	if (distribution === null || distribution.edges.length < 2) return nothing;
	const { edges, challenger, champion } = distribution;
	const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 1];
	const most = Math.max(...challenger, ...champion ?? [], 1);
	const peak = challenger.indexOf(Math.max(...challenger));
	const shown = champion === null ? {
		...names,
		champion: null
	} : names;
	const picture = drawPlot({
		id,
		title: "Distribution of scores",
		description: `Rows by predicted score. Most rows of ${names.challenger} lie between ${showTick(edges[peak] ?? from)} and ${showTick(edges[peak + 1] ?? to)}.`,
		x: {
			label: "Predicted",
			from,
			to
		},
		y: {
			label: "Rows",
			from: 0,
			to: most
		}
	}, ({ x, y }) => [...challenger.map((count, at) => element("rect", {
		class: "bar-a",
		x: x(edges[at] ?? from),
		y: y(count),
		width: round(Math.max(1, x(edges[at + 1] ?? to) - x(edges[at] ?? from) - 1)),
		height: round(y(0) - y(count))
	})), ...champion === null ? [] : [path("lb", stepsOf(edges, champion), x, y)]]);
	return figure("Scores.", "Rows by predicted score: bars for the one, dashed outline for the other.", join([legend(shown), picture]), {
		kind: "table",
		head: [
			"From",
			"To",
			names.challenger,
			...champion === null ? [] : [names.champion ?? ""]
		],
		align: [
			"r",
			"r",
			"r",
			"r"
		],
		rows: challenger.map((count, at) => [
			[showTick(edges[at] ?? from)],
			[showTick(edges[at + 1] ?? to)],
			[grouped(count)],
			...champion === null ? [] : [[grouped(champion[at] ?? 0)]]
		])
	});
}
/** Outline of a histogram. */
const stepsOf = (edges, counts) => counts.flatMap((count, at) => [[edges[at] ?? 0, count], [edges[at + 1] ?? 0, count]]);

// core/report/html/row-plot.ts
/** Pixels of one row: a line of words, and the marks under it. */
const rowHeight = 40;
const top = 4;
const foot = 42;
const edge = 12;
const mostLabel = 34;
/** One row a thing: its name, and where both models stand on a line. */
function drawRows(plot) {
	const { rows, x, zero } = plot;
	const height = top + rows.length * rowHeight + foot;
	const bottom = top + rows.length * rowHeight + 4;
	const range = "from" in x ? [x.from, x.to] : [-1, 1];
	const scale = scaleOf(range[0], range[1], edge, 340 - edge);
	return svg(plot, 340, height, ...("from" in x ? ticksOf(x.from, x.to, 5) : []).map((tick) => join([line("grid", scale(tick), top, scale(tick), bottom), label(scale(tick), bottom + 13, showTick(tick), "middle", "q")])), zero === null ? nothing : line("axis", scale(zero), top, scale(zero), bottom), ...rows.map((row, at) => drawRow(row, top + at * rowHeight, row.scale ?? range)), label(340 / 2, height - 5, x.label, "middle"));
}
function drawRow(row, y, [from, to]) {
	const scale = scaleOf(from, to, edge, 340 - edge);
	const middle = y + 27;
	const { a, b, interval, limit } = row;
	const room = mostLabel - Math.max(0, row.note.length - 12);
	return element("g", {}, label(0, y + 14, plainText(row.label, Math.max(12, room)), "start", "b1"), label(340, y + 14, plainText(row.note, 30), "end"), limit === null ? nothing : line("margin", scale(limit), middle - 9, scale(limit), middle + 9), interval === null ? nothing : line("la", scale(interval[0]), middle, scale(interval[1]), middle), b === null ? nothing : mark("b", scale(b), middle), a === null ? nothing : mark("a", scale(a), middle));
}

// core/report/html/forest.ts
const mostRows = 30;
/** Differences to the champion with their intervals and margins: right of the middle the challenger is better. */
function forestFigure(id, comparison, names) {
	const results = comparison.metrics.filter((result) => result.slice === null && result.set === "held-out" && gainInterval(result) !== null).slice(0, mostRows);
	if (names.champion === null || results.length === 0) return nothing;
	const margins = marginsOf(comparison);
	const sure = results.filter((result) => /better|worse/.test(directionOf(result)));
	const count = (word) => sure.filter((each) => directionOf(each).includes(word)).length;
	const description = `${counted(results.length, "metric")}: ${count("better")} better and ${count("worse")} worse beyond chance${sure.length === results.length ? "" : "; for the others the interval holds no difference"}.`;
	return wideFigure("Difference of each metric.", "Point and line: difference with its 95 % interval, turned so that right is better; every row has a scale of its own. Dashed bar: how much worse a gate still lets through.", drawRows({
		id,
		title: `Difference of each metric: ${names.challenger} against ${names.champion}`,
		description,
		rows: results.map((result) => toRow(result, margins.get(result) ?? null)),
		x: { label: "← worse · better →" },
		zero: 0
	}), renderTable({
		kind: "table",
		head: [
			"Metric",
			names.challenger,
			names.champion,
			"Difference (95 % interval)"
		],
		align: [
			"l",
			"r",
			"r",
			"r"
		],
		rows: results.map((result) => {
			const [value = "–", before = "–"] = showValues(result.metric, [result.challenger, result.champion].filter((each) => each !== null));
			return [
				[result.metric],
				[value],
				[before],
				[differenceOf(result)]
			];
		})
	}, "Differences as numbers"));
}
/** Margins of the comparison gates, in units of the metric. */
function marginsOf({ outcomes, metrics }) {
	return new Map(outcomes.flatMap((outcome) => {
		const margin = /^not worse than .* by more than (\d[\d.]*(?:e-?\d+)?)$/.exec(outcome.required)?.[1];
		const result = resultOfGate(metrics, outcome);
		return margin === void 0 || result === void 0 ? [] : [[result, Number(margin)]];
	}));
}
/** The zero stands in the middle, and everything of the row fits. */
function toRow(result, margin) {
	const [low, high] = gainInterval(result) ?? [0, 0];
	const reach = Math.max(Math.abs(low), Math.abs(high), margin ?? 0) * 1.1 || 1;
	return {
		label: result.metric,
		note: directionOf(result),
		a: gainOf(result),
		interval: [low, high],
		b: null,
		limit: margin === null ? null : -margin,
		scale: [-reach, reach]
	};
}

// core/report/html/latency-chart.ts
const mostBins = 48;
const quantiles = [
	.5,
	.9,
	.95,
	.99,
	.999
];
/** Each step to the right is one nine more. */
const ticks = [
	[0, "0 %"],
	[1, "90 %"],
	[2, "99 %"],
	[3, "99.9 %"]
];
/**
* Latency by share of requests, so that the tail is as wide as the rest: a histogram hides exactly the requests that
* people wait for. Read from left to right: half, nine of ten, 99 of 100.
* @see HdrHistogram's plots of percentiles
*/
function latencyFigure(id, all, names) {
	if (all === void 0 || countOf(all.challenger) === 0) return nothing;
	const both = {
		...all,
		champion: all.champion !== null && countOf(all.champion) > 0 ? all.champion : null
	};
	const challenger = sharesOf(both.challenger);
	const champion = both.champion === null ? null : sharesOf(both.champion);
	const most = Math.max(...[...challenger, ...champion ?? []].map(([, ms]) => ms));
	const p99 = msAt(both.challenger, .99);
	const beside = both.champion === null ? "" : `, of ${names.champion} ${showTick(msAt(both.champion, .99))} ms`;
	const picture = drawPlot({
		id,
		title: "Latency by share of requests",
		description: `99 of 100 requests to ${names.challenger} take at most ${showTick(p99)} ms${beside}.`,
		x: {
			label: "Share of requests",
			from: 0,
			to: 3,
			ticks
		},
		y: {
			label: "ms",
			from: 0,
			to: most * 1.05 || 1
		}
	}, ({ x, y }) => [...champion === null ? [] : [path("lb", champion, x, y)], path("la", challenger, x, y)]);
	return figure("Latency.", "Longest wait of the fastest share of requests: the further right, the rarer the wait.", join([legend(champion === null ? {
		...names,
		champion: null
	} : names), picture]), {
		kind: "table",
		head: [
			"Share",
			names.challenger,
			...champion === null ? [] : [names.champion ?? ""]
		],
		align: [
			"r",
			"r",
			"r"
		],
		rows: [...quantiles.map((p) => [
			[`${Number((100 * p).toFixed(1))} %`],
			[`${showTick(msAt(both.challenger, p))} ms`],
			...both.champion === null ? [] : [[`${showTick(msAt(both.champion, p))} ms`]]
		]), [
			["Requests"],
			[grouped(countOf(both.challenger))],
			...both.champion === null ? [] : [[grouped(countOf(both.champion))]]
		]]
	});
}
const msAt = (histogram, p) => valueAtRank(histogram, rankOf(countOf(histogram), p)) / 1e3;
/** Points of the curve: how many nines of the requests took at most that long. */
function sharesOf(histogram) {
	const { bins } = coarsenHistogram(histogram, mostBins);
	const all = countOf({
		bins,
		sumUs: 0
	});
	let seen = 0;
	return bins.flatMap(([us, count]) => {
		const before = seen;
		seen += count;
		const start = -Math.log10(1 - before / all);
		const end = seen === all ? 3 : Math.min(3, -Math.log10(1 - seen / all));
		return start >= 3 ? [] : [[start, us / 1e3], [end, us / 1e3]];
	});
}

// core/report/html/row-figures.ts
const mostSlices = 25;
const mostFeatures = 15;
const bare = {
	interval: null,
	limit: null,
	scale: null
};
/** Both models in each slice of the first metric that has slices. @param table of the same slices */
function sliceFigure(id, { metrics }, names, table) {
	const [metric] = slicedMetrics(metrics);
	if (metric === void 0) return nothing;
	const moves = sliceMoves(metrics, metric).slice(0, mostSlices);
	const rows = moves.map(({ result, word }) => ({
		...bare,
		label: result.slice ?? "",
		note: `${showValue(metric, result.challenger)} ${sliceWords[word]}`,
		a: result.challenger,
		interval: result.challengerInterval,
		b: result.champion
	}));
	const falling = moves.filter(({ word }) => word === "falling").length;
	const picture = drawRows({
		id,
		title: `${metric} by slice`,
		description: `${moves.length} slices, of which ${falling} fall beyond chance, all slices taken together.`,
		rows,
		x: {
			label: metric,
			...rangeOf(rows)
		},
		zero: null
	});
	return wideFigure(`${metric} by slice.`, "Line: 95 % interval of the challenger. Slices that fall come first.", column(names, picture), table);
}
/** What both models lean on. */
function importanceFigure(id, { explanation }, names, table) {
	if (explanation === null || explanation.features.length === 0) return nothing;
	const notes = notesOnFeatures(explanation);
	const rows = explanation.features.slice(0, mostFeatures).map((feature) => ({
		...bare,
		label: feature.feature,
		note: [showImportance(feature.challenger), notes.get(feature.feature)].filter(Boolean).join(" "),
		a: feature.challenger,
		b: feature.champion
	}));
	const [first] = explanation.features;
	const picture = drawRows({
		id,
		title: "Importance of features",
		description: `${names.challenger} leans most on ${first?.feature ?? "nothing"}.`,
		rows,
		x: {
			label: "Importance",
			...rangeOf(rows, 0)
		},
		zero: 0
	});
	const grade = explanation.grade === "claimed" ? "Claimed: the team’s own attributions." : "Measured by shuffling one column at a time.";
	return wideFigure("What it leans on.", grade, column(names, picture), table);
}
/** Passed cases of each group of the suite, beside what is required. */
function behaviourFigure(id, { behaviour }, names, table) {
	const groups = (behaviour?.groups ?? []).filter(({ cases }) => cases > 0).slice(0, mostSlices);
	if (groups.length === 0) return nothing;
	const failed = groups.filter((group) => !groupPasses(group)).length;
	const picture = drawRows({
		id,
		title: "Behaviour",
		description: `${groups.length} groups of cases, of which ${failed} fall short of what is required.`,
		rows: groups.map((group) => ({
			...bare,
			label: group.name,
			note: `${grouped(group.passed)} of ${grouped(group.cases)} ${groupPasses(group) ? "pass" : "fall short"}`,
			a: group.passed / group.cases,
			b: group.championPassed === null ? null : group.championPassed / group.cases,
			limit: group.required
		})),
		x: {
			label: "Share of cases that pass",
			from: 0,
			to: 1
		},
		zero: null
	});
	return wideFigure("Cases that pass.", "Dashed bar: the share that must pass.", column(names, picture), table, "below");
}
const column = (names, picture) => element("div", {}, legend(names), picture);
/** Around all that is drawn, with a little room. @param least that must be inside */
function rangeOf(rows, least) {
	const values = [...rows.flatMap(({ a, b, interval }) => [
		a,
		b,
		...interval ?? []
	]), ...least === void 0 ? [] : [least]].filter((value) => value !== null && Number.isFinite(value));
	if (values.length === 0) return {
		from: 0,
		to: 1
	};
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const room = high === low ? Math.abs(high) * .1 || .1 : (high - low) * .06;
	return {
		from: low - room,
		to: high + room
	};
}

// core/report/html/comparison-part.ts
/** Everything about the challenger beside one champion. @param id of the comparison: letters and digits */
function comparisonParts(id, comparison, challenger, latency) {
	const champion = championOf(comparison);
	const names = {
		challenger,
		champion
	};
	const against = champion === null ? "" : ` against ${championText(comparison)}`;
	const part = (name, title, ...bodies) => ({
		id: `${id}-${name}`,
		title,
		body: join(bodies)
	});
	const { detail } = comparison;
	return [
		part("gates", `Gates${against}`, blocksOf(gateSections(comparison, { challenger }))),
		part("differences", "Differences", forestFigure(`${id}-forest`, comparison, names)),
		part("curves", "Curves", figures(curveFigure({
			id: `${id}-roc`,
			...rocCurve
		}, detail?.roc ?? null, names), curveFigure({
			id: `${id}-pr`,
			...precisionRecallCurve
		}, detail?.precisionRecall ?? null, names), calibrationFigure(`${id}-calibration`, detail?.calibration ?? null, names), distributionFigure(`${id}-scores`, detail?.distribution ?? null, names)), thresholdOf(detail?.threshold ?? null)),
		part("confusion", "Confusion", confusionTables(detail?.confusion ?? null, names)),
		part("slices", "Slices", slicePart(id, comparison, names)),
		part("serving", "Metrics and serving", figures(latencyFigure(`${id}-latency`, latency, names)), blocksOf(unfolded(metricSections(comparison, names)))),
		part("behaviour", "Behaviour", behaviourFigure(`${id}-behaviour`, comparison, names, blocksOf(opened(behaviourSections(comparison))))),
		part("importance", "Importance", importanceFigure(`${id}-importance`, comparison, names, blocksOf(opened(explanationSections(comparison, names)))))
	].filter(({ body }) => body.html !== "");
}
function slicePart(id, comparison, names) {
	const sections = sliceSections(comparison, names);
	const [tables, others] = [sections.filter(({ name }) => name === "slices"), sections.filter(({ name }) => name !== "slices")];
	const [first, rest] = splitTables(tables);
	return join([
		blocksOf(others.filter(({ name }) => name === "falling slices")),
		sliceFigure(`${id}-slices`, comparison, names, renderBlocks(first)),
		rest.length === 0 ? nothing : fold("Slices of other metrics", renderBlocks(rest)),
		blocksOf(unfolded(others.filter(({ name }) => name === "found segments")))
	]);
}
/** The table beside the picture is of the same metric: up to the title of the next one. */
function splitTables(sections) {
	const blocks = opened(sections).flatMap((section) => section.blocks);
	const next = blocks.findIndex(({ kind }, at) => at > 0 && kind === "paragraph");
	return next === -1 ? [blocks, []] : [blocks.slice(0, next), blocks.slice(next)];
}
const figures = (...all) => all.every(({ html }) => html === "") ? nothing : element("div", { class: "figures" }, ...all);
const thresholdOf = (threshold) => threshold === null ? nothing : element("p", { class: "small" }, `Threshold of the positive class: ${threshold}.`);
const blocksOf = (sections) => renderBlocks(sections.flatMap(({ blocks }) => blocks));
/** What is folded in a comment stands open under its title on a page of its own. */
const unfolded = (sections) => sections.map((section) => ({
	...section,
	blocks: section.blocks.flatMap((block) => block.kind === "fold" ? [{
		kind: "heading",
		level: 3,
		text: [block.title]
	}, ...block.blocks] : [block])
}));
/** The same without the title: beside a picture that says it. */
const opened = (sections) => sections.map((section) => ({
	...section,
	blocks: section.blocks.flatMap((block) => block.kind === "fold" ? block.blocks : [block])
}));

// core/report/html/style.ts
/**
* The one style of the page. Blue and orange of Okabe and Ito are told apart by everybody; besides, the champion is
* dashed and square, so that nothing is said by colour alone.
* @see https://jfly.uni-koeln.de/color/
*/
const style = `
:root{color-scheme:light dark;--ground:#fff;--text:#1f2328;--quiet:#59636e;--line:#d1d9e0;--soft:#f6f8fa;--a:#0072b2;--b:#b34700;--bad:#b3261e;--good:#1a7f37;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--quiet:#9aa4af;--line:#3d444d;--soft:#161b22;--a:#56b4e9;--b:#e69f00;--bad:#ff8a80;--good:#56d364;--warn:#e3b341}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:1180px;margin:0 auto;padding:0 16px}
header{padding-top:24px}
footer{padding-bottom:48px}
h1{font-size:24px;line-height:1.25;margin:0 0 8px}
h2{font-size:20px;margin:40px 0 8px;padding-top:12px;border-top:1px solid var(--line)}
h3{font-size:16px;margin:28px 0 6px}
p{margin:8px 0}
.small,figcaption,caption{color:var(--quiet);font-size:13px}
.verdict{border-left:6px solid var(--quiet);padding-left:12px}
.verdict.pass{border-color:var(--good)}.verdict.fail{border-color:var(--bad)}.verdict.open{border-color:var(--warn)}
nav ul{list-style:none;padding:0;margin:12px 0;display:flex;flex-wrap:wrap;gap:4px 16px}
a{color:var(--a)}
:focus-visible{outline:3px solid var(--a);outline-offset:2px}
code,pre{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{background:var(--soft);padding:1px 4px;border-radius:4px}
pre{background:var(--soft);padding:8px;overflow-x:auto}
.scroll{overflow-x:auto;max-width:100%;margin:8px 0}
table{border-collapse:collapse;font-size:14px;overflow-wrap:normal}
caption{text-align:left;padding:2px 0}
th,td{border-bottom:1px solid var(--line);padding:5px 10px;text-align:left;vertical-align:top}
th{font-weight:600;background:var(--soft)}
td{min-width:56px;max-width:440px}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.n{white-space:normal}
.m{white-space:normal;min-width:190px}
.k{white-space:nowrap}
.w{min-width:180px}
.figures{display:flex;flex-wrap:wrap;gap:24px;align-items:flex-start}
figure{margin:8px 0;max-width:100%;min-width:0}
figure.wide{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-start}
figure.wide>figcaption{flex-basis:100%}
figcaption{max-width:340px}
.below{flex:1 1 100%;min-width:0;max-width:100%}
.beside{min-width:0;max-width:100%;flex:1 1 340px}
.wide>figcaption{max-width:none}
figcaption strong{color:var(--text);font-size:14px}
svg{display:block;max-width:100%;height:auto}
svg text{paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round;fill:var(--text);font-size:12px;font-family:inherit}
svg .q{fill:var(--quiet);font-size:11px}
svg .b1{font-weight:600}
.grid{stroke:var(--line);stroke-width:1}
.axis{stroke:var(--quiet);stroke-width:1}
.chance{stroke:var(--quiet);stroke-width:1;stroke-dasharray:2 4}
.margin{stroke:var(--bad);stroke-width:2;stroke-dasharray:3 3}
.la{stroke:var(--a);stroke-width:2.25;fill:none}
.lb{stroke:var(--b);stroke-width:2.25;fill:none;stroke-dasharray:7 4}
.fa{fill:var(--a)}
.fb{fill:var(--ground);stroke:var(--b);stroke-width:2}
.bar-b{fill:none;stroke:var(--b);stroke-width:1.75;stroke-dasharray:5 3}
.bar-a{fill:var(--a);fill-opacity:.55;stroke:var(--a);stroke-width:1}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:13px;margin:4px 0}
.legend span{display:inline-flex;align-items:center;gap:6px}
details{margin:6px 0}
summary{cursor:pointer;padding:4px 0;font-weight:600}
figure details summary{font-weight:400;font-size:13px;color:var(--quiet)}
.matrix td{text-align:right;font-variant-numeric:tabular-nums}
.matrix td.hit{font-weight:700;background:var(--soft)}
@media (max-width:640px){.stack thead{display:none}.stack,.stack tbody,.stack tr,.stack td{display:block;width:100%;max-width:none}.stack tr{border-bottom:2px solid var(--line);padding:6px 0}.stack td{display:flex;justify-content:space-between;gap:12px;border:0;padding:2px 0;text-align:right;white-space:normal;min-width:0}.stack td::before{content:attr(data-label);color:var(--quiet);text-align:left;font-weight:400;flex:0 0 38%}.stack td:first-child{font-weight:600}}
@media print{details{display:block}nav{display:none}}
`.trim().replaceAll("\n", "");

// core/report/html/page.ts
/** Nothing is loaded, sent, framed or run: only the style inside of the page applies. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/**
* Renders a comparison as one HTML page that needs nothing else: it opens from disk and from an artifact, in light and
* dark, without a script. Every picture has a name, a description and the same numbers as a table.
* @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
*/
function renderPage(page) {
	const parts = partsOf(page);
	const head = element("head", {}, element("meta", { charset: "utf-8" }), element("meta", {
		"http-equiv": "Content-Security-Policy",
		content: contentPolicy
	}), element("meta", {
		name: "viewport",
		content: "width=device-width, initial-scale=1"
	}), element("meta", {
		name: "color-scheme",
		content: "light dark"
	}), element("title", {}, phraseText(page.headline)), { html: `<style>${style}</style>` });
	const body = element("body", {}, headerOf(page, parts), element("main", {}, ...parts.map(renderPart)), element("footer", {}, element("p", { class: "small" }, renderPhrase(page.footer))));
	return `<!doctype html>\n${element("html", { lang: "en" }, head, body).html}\n`;
}
function partsOf(page) {
	const findings = findingSections(page.findings, (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) });
	return [
		{
			id: "findings",
			title: "Findings",
			body: blocksOf(findings)
		},
		...page.comparisons.flatMap((comparison, at) => comparisonParts(`c${at}`, comparison, page.challenger, page.latency)),
		{
			id: "training",
			title: "Training",
			body: blocksOf(unfolded(page.training))
		},
		{
			id: "origin",
			title: "What was judged",
			body: page.origin
		}
	].filter(({ body }) => body.html !== "");
}
const verdictKind = {
	pass: "pass",
	fail: "fail",
	"not evaluated": "open"
};
function headerOf(page, parts) {
	const { verdict, headline, rows, comparisons, about } = page;
	const shared = comparisons.some((one) => championOf(one) !== null) ? ", the same for both models" : "";
	return element("header", {}, element("h1", { class: `verdict ${verdictKind[verdict]}` }, renderPhrase(headline)), ...about === void 0 ? [] : [element("p", {}, renderPhrase(about))], element("p", {}, `Judged on ${counted(rows, "held-out row")}${shared}.`), element("nav", { "aria-label": "Parts of this page" }, element("ul", {}, ...parts.map(({ id, title }) => element("li", {}, element("a", { href: `#${id}` }, title))))));
}
const renderPart = ({ id, title, body }) => element("section", {
	id,
	"aria-labelledby": `${id}-heading`
}, element("h2", { id: `${id}-heading` }, title), body);

export { renderTable as n, renderPage as t };