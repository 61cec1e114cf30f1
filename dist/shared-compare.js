import { r as InvalidArgumentError } from "./shared-esm.js";
import { r as InputError } from "./shared-error.js";
import { t as paragraph } from "./shared-block.js";
import { t as counted } from "./shared-count-text.js";
import { n as renderText } from "./shared-text.js";
import { d as comparisonSections, l as judgementText, n as placeText, t as findingSections } from "./shared-finding-list.js";
import "./shared-facts.js";
import { n as renderTable, t as renderPage } from "./shared-page.js";
import { r as verdictWords } from "./shared-icon.js";
import { n as directionOf } from "./shared-metric-text.js";
import { i as readLocalModel, t as compareFiles } from "./shared-compare-files.js";
import { resolve } from "node:path";
import { writeFile } from "node:fs/promises";

// core/report/local-comparison.ts
const names = { challenger: "challenger" };
/** The same report as on a pull request, for a terminal. */
function renderLocalComparison(local) {
	const findings = findingSections(local.findings, (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) });
	const blocks = [
		{
			kind: "heading",
			level: 3,
			text: headlineOf(local)
		},
		...filesOf(local),
		...findings.flatMap((section) => section.blocks),
		...sectionsOf(local),
		...local.notes.map((note) => paragraph({ prose: note }))
	];
	return renderText(blocks, { width: 100 });
}
/** Without gates the table of gates has no row: the metrics are what was asked for. */
const sectionsOf = ({ comparison, verdict }) => comparisonSections(comparison, names).filter(({ name }) => name !== "ROC curve" && !(verdict === "no gates" && name === "gates")).flatMap(({ blocks }) => blocks);
const filesOf = ({ challenger, champion, labels, rows }) => [{
	kind: "list",
	items: [
		["Challenger (B): ", { code: challenger }],
		["Champion (A): ", { code: champion }],
		[
			"Labels: ",
			{ code: labels },
			`, ${counted(rows, "row")}`
		]
	]
}];
function headlineOf({ verdict, comparison, rows }) {
	if (verdict === "no gates") return ["⚪ No gates: ", tallyOf(comparison.metrics)];
	const judged = {
		model: "challenger",
		version: null,
		verdict,
		heldOut: { rows }
	};
	return [`${verdictWords[verdict]}: `, ...judgementText({
		...judged,
		comparisons: [{ gates: comparison.outcomes }]
	})];
}
function tallyOf(metrics) {
	const words = metrics.filter(({ slice }) => slice === null).map(directionOf);
	const count = (part) => words.filter((word) => word.includes(part)).length;
	return `of ${counted(words.length, "metric")} the challenger is better in ${count("better")}, worse in ${count("worse")}; the rest may be chance`;
}
/** The same as one HTML page. */
function renderLocalPage(local) {
	const { challenger, champion, labels, verdict, rows, comparison, findings, notes } = local;
	const files = [
		["Challenger (B)", challenger],
		["Champion (A)", champion],
		["Labels", labels]
	];
	return renderPage({
		verdict: verdict === "no gates" ? "not evaluated" : verdict,
		headline: headlineOf(local),
		challenger: "challenger",
		rows,
		findings,
		comparisons: [comparison],
		training: [],
		origin: renderTable({
			kind: "table",
			head: ["What", "File"],
			rows: files.map(([what, file]) => [[what], [{ code: file }]])
		}),
		footer: ["Compared on this machine from two prediction files: nobody else vouches for it. ", ...notes.map((note) => `${note} `)]
	});
}
/** The same for programs. */
function toLocalJson(local) {
	const { comparison, ...rest } = local;
	return {
		...rest,
		metrics: comparison.metrics,
		gates: comparison.outcomes
	};
}

// cli/commands/compare.ts
/** `gatehouse compare A B`: the judge's comparison of two prediction files, on a laptop. Needs no network. */
const compareCommand = (program, context) => {
	program.command("compare").description("Compares two models on the same rows: is challenger B better than champion A, or worse?").argument("[a]", "predictions of the champion, CSV or JSON Lines").argument("[b]", "predictions of the challenger").option("--champion <file>", "the same as A").option("--challenger <file>", "the same as B").requiredOption("--labels <file>", "what is true of the rows: key and label").option("--features <file>", "features of the rows, for slices and groups").option("--model <file>", "models/<model>/model.yml: task, columns, slices and gates").option("--task <task>", "what the models do (default: binary-classification, or as model.yml says)").option("--key <column>", "key of the labels (default: key, or as model.yml says)").option("--label <column>", "column of the labels (default: label, or as model.yml says)").option("--metric <name>", "a gate: this metric may not be worse than the champion").option("--margin <number>", "by more than this (default: 0)", margin).option("--html <file>", "also write the report as one HTML page").option("--json", "print JSON").action((a, b, options) => context.run(async () => {
		const champion = one("champion", "A", a, options.champion);
		const challenger = one("challenger", "B", b, options.challenger);
		const features = options.features ?? null;
		const model = await readLocalModel(context.cwd, options, features !== null);
		const files = {
			champion,
			challenger,
			labels: options.labels,
			features
		};
		const compared = await compareFiles(context.cwd, files, model);
		if (options.html !== void 0) await writeFile(resolve(context.cwd, options.html), renderLocalPage(compared));
		context.print(options.json === true ? JSON.stringify(toLocalJson(compared), null, 2) : renderLocalComparison(compared));
		return exitCodeOf(compared);
	}));
};
/** What is not decided is no pass. */
const exitCodeOf = ({ verdict }) => verdict === "pass" || verdict === "no gates" ? 0 : 1;
function one(name, place, argument, option) {
	const given = [argument, option].filter((path) => path !== void 0);
	const [path] = given;
	if (path !== void 0 && given.length === 1) return path;
	throw new InputError("COMPARE_FILES", given.length === 0 ? `No predictions of the ${name} are named` : `The ${name} is named twice`, { hint: `Name it once, as ${place} or with --${name}: gatehouse compare champion.csv challenger.csv` });
}
function margin(text) {
	const value = Number(text);
	if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
	throw new InvalidArgumentError("it has to be a number from 0 up, in units of the metric.");
}

export { compareCommand };