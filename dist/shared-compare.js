import { r as InvalidArgumentError } from "./shared-esm.js";
import { r as InputError } from "./shared-error.js";
import { t as paragraph } from "./shared-block.js";
import { n as renderText } from "./shared-text.js";
import { l as comparisonSections, n as placeText, t as findingSections } from "./shared-finding-list.js";
import { t as counted } from "./shared-count-text.js";
import "./shared-facts.js";
import { n as renderTable, t as renderPage } from "./shared-page.js";
import { a as verdictWords } from "./shared-icon.js";
import { r as judgementText } from "./shared-judgement-view.js";
import { n as directionOf } from "./shared-metric-text.js";
import { a as finishHeldOutComparison, c as compareInThreads, i as readScoredModel, n as readHeldOutRows, o as planHeldOutComparison, r as truthColumnsOf } from "./shared-held-out-rows.js";
import { t as readTruth } from "./shared-read-truth.js";
import { t as judgementVerdict } from "./shared-verdict.js";
import { t as readFeatureTable } from "./shared-feature-table.js";
import { s as requirementsOf, t as applicableGates } from "./shared-floor.js";
import { f as modelOfFile, t as behaviourPath, x as policyPath } from "./shared-layout.js";
import { o as tasks, t as parseModelConfig } from "./shared-model-file.js";
import { t as parsePolicy } from "./shared-policy-file.js";
import { c as isServing, o as isFairness, t as checkMetricName } from "./shared-metric-name.js";
import { _ as readText, a as scanTable, y as FaultTally } from "./shared-read-predicted.js";
import { t as findWritable } from "./shared-writable.js";
import { resolve } from "node:path";
import { access, readFile, writeFile } from "node:fs/promises";

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
		...notesOf(local).map((note) => paragraph({ prose: note })),
		...filesOf(local),
		...findings.flatMap((section) => section.blocks),
		...sectionsOf(local)
	];
	return renderText(blocks, { width: 100 });
}
/** What is not as in the judge, each once: it stands above every number. */
const notesOf = ({ unjudged, notes }) => [.../* @__PURE__ */ new Set([...unjudged.map(({ gate, needs }) => `Not judged here: the gate "${gate}" needs ${needs}.`), ...notes])];
/** Without gates the table of gates has no row: the metrics are what was asked for. */
const sectionsOf = ({ comparison, verdict }) => {
	const empty = verdict === "no gates" || comparison.outcomes.length === 0;
	return comparisonSections(comparison, names).filter(({ name }) => name !== "ROC curve" && !(empty && name === "gates")).flatMap(({ blocks }) => blocks);
};
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
function headlineOf({ verdict, comparison, rows, unjudged }) {
	if (verdict === "no gates") return ["⚪ No gates: ", tallyOf(comparison.metrics)];
	const judged = comparison.outcomes.length;
	const needs = needsOf(unjudged);
	if (verdict === "incomplete") return [`⚠️ Incomplete: ${judged} of ${counted(judged + unjudged.length, "gate")} judged; ${needs}`];
	const outcome = {
		model: "challenger",
		version: null,
		verdict,
		heldOut: { rows }
	};
	return [
		`${verdictWords[verdict]}: `,
		...judgementText({
			...outcome,
			comparisons: [{ gates: comparison.outcomes }]
		}),
		...unjudged.length === 0 ? [] : [`; not judged here: ${needs}`]
	];
}
/** `1 needs --features, 2 need the model to be run` */
function needsOf(unjudged) {
	const counts = /* @__PURE__ */ new Map();
	for (const { needs } of unjudged) counts.set(needs, (counts.get(needs) ?? 0) + 1);
	return [...counts].map(([what, count]) => `${count} ${count === 1 ? "needs" : "need"} ${what}`).join(", ");
}
function tallyOf(metrics) {
	const words = metrics.filter(({ slice }) => slice === null).map(directionOf);
	const count = (part) => words.filter((word) => word.includes(part)).length;
	return `of ${counted(words.length, "metric")} the challenger is better in ${count("better")}, worse in ${count("worse")}; the rest may be chance`;
}
/** The same as one HTML page. */
function renderLocalPage(local) {
	const { challenger, champion, labels, verdict, rows, comparison, findings } = local;
	const files = [
		["Challenger (B)", challenger],
		["Champion (A)", champion],
		["Labels", labels]
	];
	return renderPage({
		verdict: verdict === "no gates" || verdict === "incomplete" ? "not evaluated" : verdict,
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
		footer: ["Compared on this machine from two prediction files: nobody else vouches for it. ", ...notesOf(local).map((note) => `${note} `)]
	});
}
/** The same for programs. */
function toLocalJson(local) {
	const { comparison, ...rest } = local;
	return {
		...rest,
		notes: notesOf(local),
		metrics: comparison.metrics,
		gates: comparison.outcomes
	};
}

// cli/compare-classes.ts
/**
* Names the classes of a model of several classes that no model.yml describes: the columns of its predictions, or where
* these have one column `class`, every class that occurs.
* @param labels content of the label file
* @param predictions contents of the files that are compared
*/
function withClasses(config, labels, predictions) {
	if (config.task !== "multiclass-classification" || config.prediction?.classes !== void 0) return config;
	const files = predictions.map((content) => columnsOf(content, "key", "class"));
	const columns = files.find(({ names }) => names.length > 1)?.names;
	const { key, labels: held } = config.heldOut;
	const occurring = () => [...columnsOf(labels, key, held.column ?? "label").cells, ...files.flatMap(({ cells }) => cells)];
	const classes = columns ?? [...new Set(occurring())].filter((name) => name !== "").sort();
	return {
		...config,
		prediction: {
			consumers: [],
			...config.prediction,
			classes
		}
	};
}
/** What a file that cannot be read lacks is said where it is read in earnest. */
function columnsOf(content, key, wanted) {
	for (const name of /* @__PURE__ */ new Set([key, "key"])) try {
		const { names, columns } = readFeatureTable(content, "file", name, [wanted]);
		return {
			names,
			cells: columns.get(wanted) ?? []
		};
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
	}
	return {
		names: [],
		cells: []
	};
}

// cli/compare-gates.ts
const usual = {
	"binary-classification": "auc",
	"multiclass-classification": "accuracy",
	regression: "mae",
	ranking: "mrr",
	"scored-examples": null
};
/**
* `--metric` and `--margin` are gates of their own: not worse than the champion by more than that.
* @throws InputError COMPARE_OPTION
*/
function gatesOf({ metric, margin = 0 }, config) {
	const names = metric ?? [usual[config.task] ?? `score:${config.scorers?.[0]?.name ?? ""}`];
	return [...new Set(names)].map((name) => {
		const fault = checkMetricName(name, {
			task: config.task,
			custom: (config.metrics ?? []).map((each) => each.name),
			scorers: (config.scorers ?? []).map((each) => each.name)
		});
		if (fault !== null) {
			const meant = fault.meant === null ? "" : `Did you mean --metric ${fault.meant}? `;
			throw wrongMetric(fault.message, `${meant}Allowed here: ${fault.allowed}.`);
		}
		if (isFairness(name)) throw wrongMetric(`${name} compares groups, and no column of them is named`, "Write the gate in model.yml with \"by\", and name it with --model and the features with --features.");
		return {
			metric: name,
			versus: "not-worse",
			margin
		};
	});
}
const wrongMetric = (message, hint) => new InputError("COMPARE_OPTION", `--metric: ${message}`, { hint });
/**
* Tells gates that two prediction files can answer from those that need more.
* @param features whether held-out features were named: slices and groups are cut by them
*/
function splitGates(all, features) {
	const gates = [];
	const unjudged = [];
	for (const gate of all) {
		const needs = needOf(gate, features);
		if (needs === null) gates.push(gate);
		else for (const { gate: name } of requirementsOf(gate, "the champion", void 0)) unjudged.push({
			gate: name,
			needs
		});
	}
	return {
		gates,
		unjudged
	};
}
/** What is measured by running the model; the scores of examples stand in the files. */
function needOf(gate, features) {
	if (isServing(gate.metric)) return runningNeed;
	if (gate.set !== void 0 || gate.drop !== void 0) return "predictions on production-like rows";
	return (gate.slice !== void 0 || gate.slices !== void 0 || isFairness(gate.metric)) && !features ? "--features" : null;
}
const runningNeed = "the model to be run";

// cli/option-model.ts
/** @throws InputError COMPARE_OPTION */
function readTask(task) {
	const known = tasks.find((each) => each === task);
	if (known !== void 0) return known;
	throw new InputError("COMPARE_OPTION", `There is no task "${task}"`, { hint: `Name one of ${tasks.join(", ")}.` });
}
/** A model of which nobody says more than its task. @throws InputError COMPARE_OPTION */
function modelOfTask(task) {
	if (task === "scored-examples") throw new InputError("COMPARE_OPTION", "Scored examples are compared by the scorers of a model.yml", { hint: "Name it with --model: \"scorers\" says which columns are scores and whether a higher one is better." });
	const unknown = "unknown";
	return {
		version: 1,
		model: "model",
		task,
		description: unknown,
		owners: {
			users: [],
			teams: []
		},
		risk: "limited",
		limitations: unknown,
		datasets: [],
		paths: [],
		train: {
			command: unknown,
			artifact: unknown
		},
		predict: {
			command: unknown,
			timeoutMinutes: 1
		},
		heldOut: {
			features: unknown,
			key: "key",
			labels: {
				url: unknown,
				audience: unknown,
				sha256: "0".repeat(64),
				column: "label"
			}
		},
		gates: [],
		endpoints: [],
		featureVersion: unknown,
		servingImage: unknown,
		fallback: unknown
	};
}

// cli/compare-model.ts
/** Where no policy says anything else. */
const fewestRows = 100;
/**
* Reads the model that two prediction files are about.
* @param features whether held-out features were named: slices and groups are cut by them
* @throws InputError COMPARE_MODEL, COMPARE_OPTION, CONFIG_INVALID
*/
async function readLocalModel(cwd, options, features) {
	const read = options.model === void 0 ? fromTask(options.task) : refuseOtherTask(await fromFile(cwd, options.model), options);
	const config = withColumns(read.config, options);
	const asked = options.metric === void 0 && options.margin === void 0 ? [] : gatesOf(options, config);
	const { gates, unjudged } = splitGates([...read.gates, ...asked], features);
	return {
		config,
		gates,
		minimumRows: read.minimumRows,
		unjudged: [...unjudged, ...read.suite],
		notes: notesOn(config, options, features)
	};
}
function withColumns(model, { key, label, group }) {
	const { heldOut } = model;
	const labels = {
		...heldOut.labels,
		...label === void 0 ? {} : { column: label },
		...group === void 0 ? {} : { group }
	};
	const { behaviour: _cases, explain: _importance, productionLike: _spoiled, ...rest } = model;
	return {
		...rest,
		heldOut: {
			...heldOut,
			...key === void 0 ? {} : { key },
			labels
		}
	};
}
function notesOn({ decision }, { model }, features) {
	return [...decision !== void 0 && "choose" in decision ? [`The threshold is 0.5 here: decision.choose (${decision.choose}) of ${model} needs predictions on the validation rows. In the judge it is chosen on them, and metrics at a threshold come out otherwise.`] : [], ...features && model === void 0 ? ["The features are not used: slices and groups are declared in a model.yml, which --model names."] : []];
}
const fromTask = (task) => ({
	config: modelOfTask(task === void 0 ? "binary-classification" : readTask(task)),
	gates: [],
	minimumRows: fewestRows,
	suite: []
});
function refuseOtherTask(read, { task, model }) {
	if (task === void 0 || readTask(task) === read.config.task) return read;
	throw new InputError("COMPARE_OPTION", `--task ${task} is not the task of ${model}: ${read.config.task}`, { hint: "Leave --task out: model.yml says what the model does." });
}
async function fromFile(cwd, path) {
	const local = resolve(cwd, path).replaceAll("\\", "/");
	const at = local.lastIndexOf("/models/");
	const model = at === -1 ? null : modelOfFile(local.slice(at + 1));
	if (model === null) throw new InputError("COMPARE_MODEL", `${path} is no models/<model>/model.yml`, { hint: "Name the model.yml where it lies in the repository, for example models/churn/model.yml." });
	const config = parseModelConfig(await readFile(local, "utf8").catch(missing(path)), path, model);
	const root = local.slice(0, at);
	const suite = await access(resolve(root, behaviourPath(model))).then(() => [{
		gate: "behaviour.yml",
		needs: runningNeed
	}], () => []);
	const policy = await readFile(resolve(root, policyPath), "utf8").catch(() => null);
	if (policy === null) return {
		config,
		gates: config.gates,
		minimumRows: fewestRows,
		suite
	};
	const { defaults } = parsePolicy(policy, policyPath);
	return {
		config,
		gates: applicableGates(config, defaults),
		minimumRows: defaults.minimumRows,
		suite
	};
}
/** A file that a person named. @throws InputError FILE_MISSING */
const missing = (path) => (cause) => {
	throw new InputError("FILE_MISSING", `${path} cannot be read`, {
		hint: "Name a file that lies on this machine.",
		where: { file: path },
		cause
	});
};

// cli/local-fault.ts
/**
* What is wrong with a file of predictions that lies on this machine: nothing of it is a secret, so the first row is named.
* @param path as it was typed
* @param source as the findings name it
*/
function predictionFault(path, source, content, findings) {
	const text = new TextDecoder().decode(content);
	const local = findings.map((finding) => {
		const { firstRow, examples = [], message, allowed, ...rest } = finding;
		const line = firstRow === void 0 ? null : lineOf(text, firstRow);
		const key = firstRow === void 0 ? void 0 : keyOf(content, firstRow);
		const [example] = examples;
		const place = [line === null ? "" : `in line ${line}`, key === void 0 ? firstRow === void 0 && example !== void 0 ? `"${example}"` : "" : `with the key "${key}"`].filter((part) => part !== "");
		const first = place.length === 0 ? "" : `, first ${place.join(", ")}`;
		const may = allowed === void 0 ? "" : ` (allowed: ${allowed})`;
		return {
			...rest,
			message: `${message.replaceAll(source, path)}${first}${may}`,
			where: {
				file: path,
				...line === null ? {} : { line }
			}
		};
	});
	return asError("PREDICTIONS_INVALID", `${path} cannot be compared`, local);
}
/** One says everything by itself; of several each says its own fix. */
function asError(code, title, findings) {
	const [first] = findings;
	if (first === void 0) return new InputError(code, title, { hint: "Mend the file." });
	return findings.length === 1 ? new InputError(code, first.message, { hint: first.fix }) : new InputError(code, title, {
		hint: first.fix,
		findings
	});
}
/** A quoted cell may hold line breaks: the line is then not known. */
function lineOf(text, row) {
	if (/^\uFEFF?\{/.test(text)) return row;
	return text.includes("\"") ? null : row + 1;
}
function keyOf(content, wanted) {
	let key;
	const file = {
		source: "",
		code: "FILE",
		header: "",
		faults: new FaultTally("")
	};
	scanTable(content, file, (names) => {
		const at = names.indexOf("key");
		return (cells, row) => {
			if (row === wanted) key = readText(cells[at]) ?? void 0;
		};
	});
	return key === "" ? void 0 : key;
}
/**
* What is wrong with the label file, in terms of the options of the command line.
* @param path as it was typed
* @param model path of model.yml, where one is named
*/
function labelFault(error, path, config, model) {
	const findings = error.findings.map((finding) => {
		const message = finding.message.replace(/^labels\b/, path);
		const local = {
			...finding,
			message,
			where: { file: path }
		};
		if (finding.code === "evaluation/header") return headerFault(local, path, config, model);
		if (finding.code !== "labels/value" || model !== void 0) return local;
		return {
			...local,
			fix: `Mend the labels, or name what the models do with --task (now ${config.task}).`
		};
	});
	return asError(error.code, `${path} cannot be read as labels`, findings);
}
function headerFault({ found, allowed: _, ...finding }, path, config, model) {
	const { key, label, query } = truthColumnsOf(config);
	const has = found === void 0 ? "" : `; it has ${found}`;
	const said = (name) => model === void 0 ? "" : `, or ${name} of ${model}`;
	if (config.task === "ranking" && finding.message.endsWith(`"${query ?? "query"}"`)) return {
		...finding,
		message: `The query of a row is missing: ${path} has no column "${query ?? "query"}"${has}`,
		fix: `A ranking is judged query by query: name the column of the query with --group${said("held-out.labels.group")}.`
	};
	return {
		...finding,
		message: `${finding.message}${has}`,
		fix: `Name the columns of ${path} with --key (now ${key}) and --label (now ${label})${said("held-out.key and held-out.labels.column")}.`
	};
}

// cli/compare-files.ts
/**
* Compares two prediction files on the same labels, by the code that judges pull requests.
* @throws InputError FILE_MISSING, LABELS_INVALID, PREDICTIONS_INVALID, FEATURES_INVALID
*/
async function compareFiles(cwd, files, { config: said, gates, minimumRows, unjudged, notes }) {
	const read = (path) => readFile(resolve(cwd, path)).catch(missing(path));
	const labels = await read(files.labels);
	const features = files.features === null ? null : await read(files.features);
	const predictions = [await read(files.champion), await read(files.challenger)];
	const config = withFeatures(withClasses(said, labels, predictions), files.features);
	const truth = readLabels(labels, files.labels, config, files.model);
	const rows = readHeldOutRows(truth, features, config, gates);
	const findings = [];
	const score = (content, path) => {
		const scored = scoreFile(content, path, config, truth.keys);
		findings.push(...scored.findings);
		return scored.model;
	};
	const champion = score(predictions[0], files.champion);
	const challenger = score(predictions[1], files.challenger);
	const plan = planHeldOutComparison({
		config,
		gates,
		minimumRows,
		against: "unnumbered",
		rows,
		challenger,
		champion,
		attributions: null,
		measured: []
	});
	const compared = await Promise.all(plan.compare.map((part) => compareInThreads(part)));
	const { comparison, findings: more } = finishHeldOutComparison(plan, compared);
	findings.push(...more);
	const { gates: outcomes, metrics, ...rest } = comparison;
	return {
		verdict: verdictOf(gates.length, unjudged.length, judgementVerdict([comparison], findings)),
		challenger: files.challenger,
		champion: files.champion,
		labels: files.labels,
		rows: truth.keys.length,
		comparison: {
			...rest,
			outcomes,
			against: null,
			champion: "champion",
			endpoints: [],
			metrics: metrics.map((metric) => ({
				...metric,
				grade: "measured"
			}))
		},
		findings,
		unjudged,
		notes
	};
}
/** A gate that nobody answered is no pass; one that failed fails whatever the others would say. */
function verdictOf(gates, unjudged, judged) {
	if (gates + unjudged === 0) return "no gates";
	if (unjudged === 0 || gates > 0 && judged === "fail") return judged;
	return "incomplete";
}
/** Faults name the file that was given, not the one in the repository. */
const withFeatures = (config, features) => features === null ? config : {
	...config,
	heldOut: {
		...config.heldOut,
		features
	}
};
/**
* Reads the labels of a person's own file.
* @param path as it was typed
* @throws InputError LABELS_INVALID, in terms of the options of the command line
*/
function readLabels(labels, path, config, model) {
	try {
		return readTruth(labels, truthColumnsOf(config), config.task);
	} catch (error) {
		throw error instanceof InputError ? labelFault(error, path, config, model) : error;
	}
}
/**
* Reads the predictions of one model.
* @param path as it was typed
* @param keys of the labelled rows
* @throws InputError PREDICTIONS_INVALID
*/
function scoreFile(predictions, path, config, keys) {
	const { model, findings } = readScoredModel({
		files: {
			predictions,
			sets: /* @__PURE__ */ new Map()
		},
		who: path,
		config,
		keys,
		sets: [],
		validation: null
	});
	if (model === null) throw predictionFault(path, `predictions.csv (${path})`, predictions, findings);
	return {
		model,
		findings
	};
}

// cli/commands/compare.ts
/** `gatehouse compare A B`: the judge's comparison of two prediction files, on a laptop. Needs no network. */
const compareCommand = (program, context) => {
	program.command("compare").description("Compares two models on the same rows: is challenger B better than champion A, or worse?").argument("[a]", "predictions of the champion, CSV or JSON Lines").argument("[b]", "predictions of the challenger").option("--champion <file>", "the same as A").option("--challenger <file>", "the same as B").requiredOption("--labels <file>", "what is true of the rows: key and label").option("--features <file>", "features of the rows, for slices and groups").option("--model <file>", "models/<model>/model.yml: task, columns, slices and gates").option("--task <task>", "what the models do (default: binary-classification, or as model.yml says)").option("--key <column>", "key of the labels (default: key, or as model.yml says)").option("--label <column>", "column of the labels (default: label, or as model.yml says)").option("--group <column>", "column of the labels whose rows belong together; of a ranking the query (default: query)").option("--metric <name>", "a gate: this metric may not be worse than the champion; may be given again", collect).option("--margin <number>", "by more than this (default: 0)", margin).option("--html <file>", "also write the report as one HTML page").option("--json", "print JSON").action((a, b, options) => context.run(async () => {
		const champion = one("champion", "A", a, options.champion);
		const challenger = one("challenger", "B", b, options.challenger);
		const features = options.features ?? null;
		const page = options.html === void 0 ? null : await findWritable(context.cwd, options.html);
		const model = await readLocalModel(context.cwd, options, features !== null);
		const files = {
			champion,
			challenger,
			labels: options.labels,
			features,
			model: options.model
		};
		const compared = await compareFiles(context.cwd, files, model);
		if (page !== null) await writeFile(page, renderLocalPage(compared));
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
/** An option that may be given several times. */
const collect = (name, before = []) => [...before, name];
function margin(text) {
	const value = Number(text);
	if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
	throw new InvalidArgumentError("it has to be a number from 0 up, in units of the metric.");
}

export { missing as a, scoreFile as i, compareCommand as n, readLocalModel as o, readLabels as r, withClasses as s, collect as t };