import { a as input, c as say, f as readPullRequestEvent, l as setOutputs, m as runAction, o as inputLines, r as failStep, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { i as ServiceError, r as InputError } from "./shared-error.js";
import { i as openReader, n as makeFolder } from "./shared-job.js";
import { t as openEngine } from "./shared-open.js";
import { n as markdownTable } from "./shared-markdown.js";
import { t as cell } from "./shared-cell.js";
import { a as verdictWords, n as resultWords } from "./shared-icon.js";
import { f as orderByKey, n as compareModels, t as readTruth } from "./shared-read-truth.js";
import { i as evaluateGates } from "./shared-floor.js";
import { t as parsePredictions } from "./shared-predictions.js";
import { t as judgementVerdict } from "./shared-verdict.js";
import { c as isServing, o as isFairness, t as checkMetricName } from "./shared-metric-name.js";
import { t as parseContract } from "./shared-contract-file.js";
import { k as openLocator } from "./shared-policy-resolution.js";
import { t as judgeGovernance } from "./shared-governance.js";
import { t as judgeDataset } from "./shared-judge.js";
import { E as planChecks } from "./shared-moments.js";
import { t as isFailure } from "./shared-finding.js";
import { n as digestBytes, r as digestOf } from "./shared-canonical.js";
import { dirname, join } from "node:path";
import { readFile, writeFile } from "node:fs/promises";

// adapters/actions/comment.ts
/** Comments by GITHUB_TOKEN are written by this account. */
const actionsBot = "github-actions[bot]";
/**
* Writes or updates the one comment of the root action on the pull request of this run.
* @returns its address; empty where there is no pull request or the token may not write (a fork)
*/
async function postComparison(model, markdown) {
	const { client, run } = openReader();
	if (run.event !== "pull_request") return "";
	const { number, fork } = readPullRequestEvent();
	const [owner = "", repo = ""] = run.repository.split("/");
	const marker = `<!-- gatehouse:comparison:${model}; -->`;
	const body = `${marker}\n${markdown}\n`;
	const at = {
		owner,
		repo,
		issue_number: number
	};
	try {
		const own = await findOwn(client, at, marker);
		return (own ? await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
			owner,
			repo,
			comment_id: own,
			body
		}) : await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			...at,
			body
		})).data.html_url;
	} catch (error) {
		if (error.status === 403 && fork) {
			say("A pull request from a fork has a read-only token: the result is in the job summary alone.");
			return "";
		}
		throw new ServiceError("COMMENT_REFUSED", `The comment on pull request ${number} could not be written`, {
			hint: "Grant the job permissions: { pull-requests: write }, or set comment: false.",
			cause: error
		});
	}
}
async function findOwn(client, at, marker) {
	for (let page = 1;; page += 1) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			...at,
			per_page: 100,
			page
		});
		const own = data.find(({ user, body }) => user?.login === actionsBot && body?.split(/\r?\n/)[0] === marker);
		if (own) return Number(own.id);
		if (data.length < 100) return null;
	}
}

// actions/compare-models/render.ts
const maxRows = 40;
/** The report as a person reads it: verdict first, failures before the rest, then every number. */
function renderComparison(report) {
	return [
		headline(report),
		gateTable(report),
		metricTable(report.metrics),
		findingTable(report.findings),
		note(report)
	].filter((part) => part !== "").join("\n\n");
}
function headline(report) {
	const failed = report.gates.filter((gate) => gate.result === "fail").length;
	const said = {
		pass: `${cell(report.model)} passed ${report.gates.filter(({ result }) => result === "pass").length} gates on ${report.rows} rows`,
		fail: `${cell(report.model)} failed ${failed} of ${report.gates.length} gates on ${report.rows} rows`,
		"data invalid": `nothing was compared, ${report.findings.length} finding(s) in the data`,
		"not evaluated": `this says nothing about ${cell(report.model)}`,
		waiting: cell(report.model)
	};
	return `### ${verdictWords[report.verdict]}: ${said[report.verdict]}`;
}
function gateTable({ gates }) {
	if (gates.length === 0) return "";
	const order = [
		"fail",
		"not evaluated",
		"pass",
		"skipped"
	];
	const rows = [...gates].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result)).slice(0, maxRows).map((gate) => [
		cell(gate.gate),
		cell(gate.found),
		cell(gate.required),
		resultWords[gate.result],
		cell(gate.because, 400)
	]);
	return markdownTable([[
		"Gate",
		"Found",
		"Required",
		"Result",
		"Why"
	], ...rows]);
}
function metricTable(metrics) {
	if (metrics.length === 0) return "";
	const rows = metrics.map((metric) => [
		cell(metric.metric),
		String(metric.challenger),
		metric.champion === null ? "-" : String(metric.champion),
		difference(metric),
		metric.differenceInterval === null ? "-" : metric.differenceInterval.join(" to ")
	]);
	return markdownTable([[
		"Metric",
		"Challenger",
		"Champion",
		"Difference",
		"95 % interval"
	], ...rows], { align: [
		"l",
		"r",
		"r",
		"r",
		"r"
	] });
}
function difference({ difference: value, higherIsBetter }) {
	if (value === null) return "-";
	if (value === 0) return "0";
	return `${value > 0 ? "+" : ""}${value} ${value > 0 === higherIsBetter ? "▲ better" : "▼ worse"}`;
}
function findingTable(findings) {
	if (findings.length === 0) return "";
	const rows = findings.slice(0, maxRows).map((finding) => [
		cell(finding.code),
		cell(finding.message, 400),
		cell(finding.found ?? ""),
		cell(finding.allowed ?? ""),
		cell(finding.fix, 400)
	]);
	const more = findings.length > maxRows ? `\n\n${findings.length - maxRows} more are in the report file.` : "";
	return markdownTable([[
		"Rule",
		"What",
		"Found",
		"Allowed",
		"How to mend"
	], ...rows]) + more;
}
function note(report) {
	if (report.verdict === "data invalid") return "";
	return "<sub>Measured beside the team’s own code on rows that the job could read. To let nothing past the gate, add the app and `judge-model.yml`.</sub>";
}

// core/evaluation/align.ts
/**
* Puts scores into the order of the labels: `alignPredicted` for two classes.
* @returns one score a label, in label order
* @throws InputError PREDICTIONS_INVALID with findings `evaluation/key-missing`, `evaluation/key-unknown`
*/
function alignByKey(labels, { source, scores, rowOf }) {
	const order = orderByKey(labels.keys, {
		source,
		keys: [...rowOf.keys()]
	});
	return order === null ? scores : Float64Array.from(order, (at) => scores[at]);
}

// core/evaluation/compare-scores.ts
/** What every judgement of two classes shows, whatever its gates name. */
const usual = [
	"auc",
	"log-loss",
	"brier",
	"accuracy"
];
/** Compares two sets of scores of two classes. */
function compareScores({ labels, challenger, champion, metrics = [], seed }) {
	return compareModels({
		truth: {
			kind: "binary",
			values: labels
		},
		challenger: {
			kind: "score",
			values: challenger
		},
		champion: champion && {
			kind: "score",
			values: champion
		},
		metrics: [...usual, ...metrics],
		context: { task: "binary-classification" },
		seed
	});
}

// core/evaluation/labels.ts
/**
* Reads held-out labels of two classes: `readTruth` for one task.
* @throws InputError LABELS_INVALID
*/
function parseLabels(content, columns) {
	const rest = {
		weight: null,
		group: null,
		query: null,
		classes: []
	};
	const { keys, truth } = readTruth(content, {
		...columns,
		...rest
	}, "binary-classification");
	return {
		keys,
		values: truth.kind === "binary" ? truth.values : /* @__PURE__ */ new Uint8Array(0)
	};
}

// actions/compare-models/gate-line.ts
const limitForm = /^([a-z][a-z0-9-]*(?:@[\d.]+)?)\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)$/;
const versusForm = /^([a-z][a-z0-9-]*(?:@[\d.]+)?)\s+(not-worse|better)(?:\s+(?:than\s+champion\s+)?(\d+(?:\.\d+)?))?$/;
/**
* Reads gates as a workflow names them, one a line: `auc >= 0.6`, `log-loss <= 0.5`, `auc not-worse 0.002`, `auc better`.
* @throws InputError GATES_INVALID with the line, what is allowed and an example
*/
function parseGateLines(text) {
	const gates = text.split("\n").map((line) => line.trim()).flatMap((line, at) => line === "" || line.startsWith("#") ? [] : [parseLine(line, at + 1)]);
	if (gates.length > 0) return gates;
	throw refuse("The input \"gates\" names no gate", "Name at least one gate, for example: auc >= 0.6");
}
function parseLine(line, number) {
	const [, limited, sign, limit] = limitForm.exec(line) ?? [];
	if (limited !== void 0) {
		const metric = metricOf(limited, number);
		const bound = numberOf(limit, number);
		return sign === ">=" ? {
			metric,
			min: bound
		} : {
			metric,
			max: bound
		};
	}
	const [, compared, versus, margin] = versusForm.exec(line) ?? [];
	if (compared !== void 0) return {
		metric: metricOf(compared, number),
		versus,
		margin: numberOf(margin, number)
	};
	throw refuse(`Line ${number} of the input "gates" is ${JSON.stringify(line)}`, "Write \"auc >= 0.6\", \"log-loss <= 0.5\", \"auc not-worse 0.002\" or \"auc better 0.001\".");
}
/** Four hundred digits are a number to JavaScript, and no limit. */
function numberOf(text, line) {
	const value = Number(text ?? 0);
	if (Number.isFinite(value)) return value;
	throw refuse(`Line ${line} of the input "gates" names no finite number`, "Write a number such as 0.6.");
}
function metricOf(name, line) {
	const fault = checkMetricName(name, { task: "binary-classification" });
	if (fault === null && (isServing(name) || isFairness(name))) throw refuse(`Line ${line} of the input "gates" names the metric "${name}"`, "Labels and predictions do not tell it: name a metric such as auc, f1 or recall.");
	if (fault === null) return name;
	throw refuse(`Line ${line} of the input "gates" names the metric "${name}"`, fault.meant === null ? `Name one of ${fault.allowed}.` : `Did you mean "${fault.meant}"?`);
}
function refuse(message, hint) {
	return new InputError("GATES_INVALID", message, { hint });
}

// actions/compare-models/run.ts
/** Seed of the resampling: a re-run gives the same intervals to the bit. */
const seed = 1;
const minimumRows = 100;
/**
* Compares two sets of predictions on the same labelled rows and holds the result against the gates.
* @throws InputError for inputs that cannot be compared: missing, empty, unknown or doubled keys, not finite
*/
async function runComparison(inputs, deps) {
	const gates = parseGateLines(inputs.gates).map((gate) => ({
		...gate,
		grade: "measured"
	}));
	if (deps.validation !== null && deps.validation.verdict !== "pass") return stopped(inputs, deps.validation);
	const labels = parseLabels(await deps.readFile(inputs.labels), {
		key: inputs.key,
		label: inputs.label
	});
	const score = async (path) => alignByKey(labels, parsePredictions(await deps.readFile(path), path));
	const champion = inputs.champion === "" ? null : await score(inputs.champion);
	const comparison = compareScores({
		labels: labels.values,
		challenger: await score(inputs.challenger),
		champion,
		metrics: gates.map(({ metric }) => metric),
		seed
	});
	const metrics = comparison.metrics.map((metric) => ({
		...metric,
		grade: "measured"
	}));
	const rows = labels.keys.length;
	const outcomes = evaluateGates(metrics, gates, {
		against: champion === null ? null : "unnumbered",
		rows,
		minimumRows
	});
	const findings = [...deps.validation?.findings ?? [], ...comparison.findings];
	return {
		v: 1,
		model: inputs.model,
		grade: "measured",
		verdict: judgementVerdict([{ gates: outcomes }], comparison.findings),
		rows,
		metrics,
		gates: outcomes,
		findings
	};
}
function stopped(inputs, validation) {
	const verdict = validation.verdict;
	return {
		v: 1,
		model: inputs.model,
		grade: "measured",
		verdict,
		rows: 0,
		metrics: [],
		gates: [],
		findings: validation.findings
	};
}

// actions/compare-models/validate-files.ts
/**
* Checks files of the workspace by a contract.
* @returns null when no data is named
* @throws InputError CONTRACT_MISSING, CONFIG_INVALID; ServiceError ENGINE_MISSING
*/
async function validateFiles(inputs, deps) {
	if (inputs.data.length === 0) return null;
	if (inputs.contract === "") throw new InputError("CONTRACT_MISSING", "The input \"data\" names files, and \"contract\" names none to check them by", { hint: "Give the input contract, for example datasets/flights.yml." });
	const text = new TextDecoder().decode(await deps.readFile(inputs.contract));
	const contract = parseContract(text, inputs.contract);
	const known = await readKnown(contract, dirname(inputs.contract), deps);
	const positions = openLocator(text, inputs.contract);
	const engine = await deps.openEngine();
	try {
		const files = inputs.data.map((path) => ({
			path,
			local: path
		}));
		const plan = planChecks(contract);
		const measured = await engine.profile(plan, files, { others: listOthers(plan) });
		const findings = [...judgeGovernance(contract, known, null, inputs.now.slice(0, 10), positions), ...judgeDataset(contract, measured, positions, inputs.now).findings];
		return {
			dataset: contract.dataset,
			contractPath: inputs.contract,
			contractDigest: digestBytes(text),
			contractFrom: "head",
			inherited: [],
			files: [],
			dataDigest: digestOf(inputs.data),
			rows: measured.rows,
			verdict: findings.some(isFailure) ? "data invalid" : "pass",
			findings,
			record: null
		};
	} finally {
		engine.close();
	}
}
/** Most contracts that are read for what they pass on: their names are whoever wrote the contracts. */
const mostAncestors = 1e3;
/** Contracts that lie beside this one, of the datasets that it was made from. One that cannot be read is a finding later. */
async function readKnown(contract, folder, { readFile }) {
	const known = /* @__PURE__ */ new Map();
	const waiting = [...contract.derivedFrom];
	for (let name = waiting.pop(); name !== void 0; name = waiting.pop()) {
		if (known.has(name) || known.size >= mostAncestors) continue;
		const path = join(folder, `${name}.yml`);
		const bytes = await readFile(path).catch(() => null);
		if (bytes === null) continue;
		const ancestor = parseContract(new TextDecoder().decode(bytes), path);
		known.set(name, ancestor);
		waiting.push(...ancestor.derivedFrom);
	}
	return known;
}
/** Tables of the workspace that rules compare with: a pointer stands for the data beside it. */
function listOthers({ rules }) {
	return new Map(rules.flatMap((rule) => {
		if (rule.kind !== "overlap") return [];
		const path = rule.other.replace(/\.dvc$/, "");
		return [[rule.other, [{
			path,
			local: path
		}]]];
	}));
}

// actions/compare-models/index.ts
async function read(path) {
	try {
		const bytes = await readFile(path);
		if (bytes.byteLength > 0) return bytes;
	} catch (cause) {
		throw new InputError("FILE_MISSING", `${path} cannot be read`, {
			hint: "Let the step before this one write the file, and name it relative to the workspace.",
			where: { file: path },
			cause
		});
	}
	throw new InputError("FILE_EMPTY", `${path} is empty`, {
		hint: "Let the step before this one write the file to its end.",
		where: { file: path }
	});
}
await runAction(async () => {
	const model = needInput("model");
	const inputs = {
		model,
		challenger: needInput("challenger"),
		champion: input("champion"),
		labels: needInput("labels"),
		key: input("key") || "key",
		label: input("label") || "label",
		gates: needInput("gates")
	};
	const engine = {
		path: input("engine-path"),
		toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
		registry: input("engine-registry"),
		offline: input("offline") === "true"
	};
	const validation = await validateFiles({
		data: inputLines("data"),
		contract: input("contract"),
		now: (/* @__PURE__ */ new Date()).toISOString()
	}, {
		readFile: read,
		openEngine: () => openEngine(engine, { workdir: makeFolder("engine") })
	});
	const report = await runComparison(inputs, {
		readFile: read,
		validation
	});
	const markdown = renderComparison(report);
	await writeSummary(markdown);
	const file = join(makeFolder("report"), "gatehouse-report.json");
	await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
	const url = input("comment") === "false" ? "" : await postComparison(model, markdown);
	setOutputs({
		verdict: report.verdict,
		report: file,
		"comment-url": url
	});
	if (report.verdict !== "pass" && input("fail-on") !== "never") failStep(`${model}: ${report.verdict}`);
});

export {  };