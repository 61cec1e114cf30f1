import { i as paragraph, n as fitSections } from "./shared-budget.js";
import { Bt as short, Rt as counted, gn as showNumbers, v as isFailure, zt as grouped } from "./shared-parse.js";
import { i as writeShare, n as writeCount, r as writeRows } from "./shared-wording.js";
import { n as severityWords, r as verdictWords, t as resultWords } from "./shared-icon.js";
import { n as showCost } from "./shared-cost.js";
import { t as showDuration } from "./shared-lineage-section.js";
import { n as footer, r as headline, t as fixSections } from "./shared-summary-part.js";
import { n as showP, t as showEffect } from "./shared-number.js";

// core/report/chunk.ts
/** Longest table in one section: a report can leave some of the sections out, never a part of one. */
const rowsInSection = 100;
/** Splits rows for sections. @returns parts in order, each with the index of its first row; none for no rows */
function chunksOf(rows) {
	return Array.from({ length: Math.ceil(rows.length / rowsInSection) }, (_, at) => {
		const from = at * rowsInSection;
		return {
			from,
			rows: rows.slice(from, from + rowsInSection)
		};
	});
}
/** `all 20 gates`, or `gates 101 to 200 of 600`. */
function rangeOf(from, shown, all, what) {
	return shown === all ? `All ${all} ${what}` : `${what[0]?.toUpperCase()}${what.slice(1)} ${from + 1} to ${from + shown} of ${all}`;
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
		text: titleOf$2(finding)
	}, toTable$4(finding.rows ?? [])];
}
function titleOf$2({ code, rule, column }) {
	return [
		{ code },
		...rule === void 0 ? [] : [" rule ", { code: rule }],
		...column === void 0 ? [] : [" column ", { code: column }]
	];
}
/** Columns in the order in which the rows name them; a row without one of them has a dash there. */
function toTable$4(rows) {
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
function resultText$1({ code, result, severity }) {
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
				blocks: [toTable$3(rows)]
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
	const table = toTable$3(observations.map(({ method: _, ...observation }) => observation));
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
function toTable$3(observations) {
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
			[resultText$1(observation)],
			nameRule(observation),
			observation.column === void 0 ? ["–"] : [{ code: observation.column }],
			[observation.found],
			[observation.allowed],
			[grouped(observation.rows)],
			...told ? [[observation.method ?? "–"]] : []
		])
	};
}
/** The code of a finding, and the name of the rule in the contract where it has one. */
function nameRule({ code, rule }) {
	return rule === void 0 ? [{ code }] : [
		{ code },
		" ",
		{ strong: rule }
	];
}

// core/report/data-table.ts
const rowsInView$2 = 8;
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
		}, ...findings.length === 0 ? [] : [toTable$2(findings.slice(0, rowsInView$2), showPlace)]]
	};
	const examples = exampleSections(dataset.dataset, findings);
	if (findings.length <= rowsInView$2) return [head, ...examples];
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
					blocks: [toTable$2(part, showPlace)]
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
function toTable$2(findings, showPlace) {
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

// core/report/finding-list.ts
/** Findings that are not about data: what, where, allowed, fix. */
function findingSections(findings, showPlace) {
	const head = [
		"Result",
		"Rule",
		"Found",
		"Allowed",
		"Where",
		"Fix"
	];
	return chunksOf(sortFindings(findings)).map(({ from, rows }) => {
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
	});
}
/** The sentence, and what was found where the sentence does not name it: which workflow, which digest. */
function foundPhrase({ message, found }) {
	if (found === void 0 || found.trim() === "" || message.includes(found)) return [message];
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

// core/report/gate-table.ts
/** Rows before the fold. */
const rowsInView$1 = 8;
const order$1 = [
	"fail",
	"not evaluated",
	"skipped",
	"pass"
];
/** Failures first; at most eight rows in view, all of them in folded sections. */
function gateSections(comparison, names) {
	const outcomes = order$1.flatMap((result) => comparison.outcomes.filter((outcome) => outcome.result === result));
	const inView = {
		name: "gates",
		rank: 1,
		blocks: [{
			kind: "paragraph",
			text: titleOf$1(comparison)
		}, toTable$1(outcomes.slice(0, rowsInView$1), comparison, names)]
	};
	if (outcomes.length <= rowsInView$1) return [inView];
	return [inView, ...chunksOf(outcomes).map(({ from, rows }) => {
		const title = rangeOf(from, rows.length, outcomes.length, "gates");
		return {
			name: title.toLowerCase(),
			rank: 6,
			blocks: [{
				kind: "fold",
				title,
				blocks: [toTable$1(rows, comparison, names)]
			}]
		};
	})];
}
function titleOf$1({ against, endpoints, outcomes }) {
	const tally = order$1.map((result) => [result, outcomes.filter((outcome) => outcome.result === result).length]).filter(([, count]) => count > 0).map(([result, count]) => `${count} ${result}`).join(", ");
	const gates = `${counted(outcomes.length, "gate")}: ${tally}.`;
	if (against === null) return [{ strong: "No version serves yet, so there is nothing to compare with." }, ` ${gates}`];
	return [{ strong: `Compared with v${against}${endpoints.length === 0 ? "" : `, which serves at ${endpoints.join(", ")}`}, on the same held-out rows.` }, ` ${gates}`];
}
function toTable$1(outcomes, comparison, { challenger }) {
	const champion = comparison.against === null ? "champion" : `v${comparison.against}`;
	const metrics = new Map(comparison.metrics.map((result) => [result.metric, result]));
	return {
		kind: "table",
		head: [
			"Gate",
			challenger,
			champion,
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
		rows: outcomes.map((outcome) => toRow$1(outcome, metrics.get(outcome.metric)))
	};
}
function toRow$1(outcome, result) {
	const [challenger, champion] = result === void 0 ? [] : showNumbers(result.challenger, ...result.champion === null ? [] : [result.champion]);
	return [
		[{ code: outcome.gate }],
		[result === void 0 ? "–" : challenger ?? "–"],
		[champion ?? "–"],
		[result === void 0 ? "–" : differenceOf(result)],
		[outcome.required],
		[resultWords[outcome.result], ...outcome.result === "pass" ? [] : [": ", outcome.because]]
	];
}
/** `−0.077 (−0.080 to −0.074) ▼ worse`; a difference whose interval holds 0 may be chance, and says so. */
function differenceOf({ difference, differenceInterval, higherIsBetter }) {
	if (difference === null || !Number.isFinite(difference)) return "–";
	const [shown, low, high] = showNumbers(difference, ...differenceInterval ?? []);
	const interval = low === void 0 || high === void 0 ? "" : ` (${signed(low)} to ${signed(high)})`;
	return `${signed(shown ?? "")}${interval} ${direction(difference, differenceInterval, higherIsBetter)}`;
}
const signed = (number) => number.startsWith("-") ? number.replace("-", "−") : /[1-9]/.test(number) ? `+${number}` : number;
function direction(difference, interval, higherIsBetter) {
	if (interval !== null && interval[0] <= 0 && interval[1] >= 0) return "may be chance";
	return (higherIsBetter ? difference > 0 : difference < 0) ? "▲ better" : "▼ worse";
}

// core/training/gpu-text.ts
/** The GPUs of a machine in a few words: `2 x NVIDIA H100 (81559 MiB)`; `none` when its tool lists none, else `unknown`. */
function showGpus({ gpus, gpuTool }) {
	const counts = /* @__PURE__ */ new Map();
	for (const { name, memoryMib } of gpus) {
		const text = memoryMib === null ? name : `${name} (${memoryMib} MiB)`;
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	if (counts.size === 0) return gpuTool === null ? "unknown" : "none";
	return [...counts].map(([text, count]) => count === 1 ? text : `${count} x ${text}`).join(", ");
}

// core/report/training-outcome.ts
/** Every end in its own words: who reads them must know whether the code, the machine or a person ended it. */
const texts = {
	done: {
		what: "the training ended well",
		fix: "Nothing to do."
	},
	failed: {
		what: "the training command said that it failed",
		fix: "Read the lines below and mend the code: the same command runs on a laptop."
	},
	cancelled: {
		what: "the training was cancelled",
		fix: "Re-run the workflow if that was not meant."
	},
	"timed-out": {
		what: "the training was stopped at its time limit",
		fix: "Raise train.timeout-minutes in model.yml, train less, or keep checkpoints to go on from."
	},
	"lost-runner": {
		what: "the runner was lost",
		fix: "See whether the machine is on and reaches GitHub. train.retry of model.yml tries again by itself."
	},
	killed: {
		what: "the training was killed from outside",
		fix: "See who ends processes on the machine: its memory guard, its scheduler or a person."
	},
	"out-of-memory": {
		what: "the machine ran out of memory",
		fix: "Take a machine with more memory (train.needs.memory-gib), or smaller batches."
	},
	"gpu-out-of-memory": {
		what: "the GPU ran out of memory",
		fix: "Take a GPU with more memory (train.needs.gpu-memory-gib), or smaller batches."
	},
	"out-of-disk": {
		what: "the disk of the machine is full",
		fix: "Free the disk of the runner, or ask for more (train.needs.disk-gib)."
	},
	service: {
		what: "a service that the training needs did not answer",
		fix: "Re-run the workflow when it answers again."
	}
};
/** What to do after such an end. */
const outcomeHint = (outcome) => texts[outcome].fix;
/** The first line about an attempt that ended: only the command's own word is about the model. */
function outcomeHeadline({ outcome, durationMs }) {
	const said = `${texts[outcome].what} after ${showDuration(durationMs)}`;
	if (outcome === "done") return `${verdictWords.pass}: ${said}`;
	if (outcome === "failed") return `${verdictWords.fail}: ${said}. This is about the code`;
	return `${verdictWords["not evaluated"]}: ${said}. This says nothing about the model`;
}
/** What happened to an attempt, where, what comes next, and the last lines of its log. */
function outcomeBlocks({ attempt, attempts, again, lines }) {
	const { number, runner, how, outcome, resumedFrom } = attempt;
	const from = resumedFrom === null ? "" : ", which went on from a checkpoint";
	const next = again ? `Attempt ${number + 1} of ${attempts} starts by itself.` : number < attempts && outcome !== "done" ? `It is not tried again after such an end. ${texts[outcome].fix}` : texts[outcome].fix;
	const shown = lines.slice(-20);
	return [
		{
			kind: "heading",
			level: 3,
			text: [outcomeHeadline(attempt)]
		},
		paragraph(`Attempt ${number} of ${attempts} on runner `, { code: runner }, `${from}: `, how, ". ", { prose: next }),
		...shown.length === 0 ? [] : [{
			kind: "fold",
			title: "Last lines of the log",
			blocks: [{
				kind: "fence",
				language: "text",
				lines: shown
			}]
		}]
	];
}
/** Every attempt in a line. */
function attemptTable(attempts) {
	return {
		kind: "table",
		head: [
			"Attempt",
			"Runner",
			"Time",
			"How it ended",
			"Began at"
		],
		rows: attempts.map(({ number, runner, durationMs, outcome, how, resumedFrom }) => [
			[String(number)],
			[{ code: runner }],
			[showDuration(durationMs)],
			[
				`${texts[outcome].what} (`,
				how,
				")"
			],
			[resumedFrom === null ? "the beginning" : "a checkpoint"]
		])
	};
}

// core/report/run-section.ts
/** The summary of a training job: what the run says about itself. */
function trainingSections(record, lastLines = []) {
	const done = record.outcome === "done";
	const heading = [
		done ? "Trained: " : "Not trained: ",
		{ code: record.model },
		done ? ". What this job says is claimed and gates nothing" : ""
	];
	const table = {
		kind: "table",
		head: ["What", "Claimed"],
		rows: runRows(record)
	};
	return [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: heading
			}]
		},
		...endSections(record, lastLines),
		{
			name: "run record",
			rank: 1,
			blocks: [table]
		},
		footer(["Commit ", { code: short(record.commit) }])
	];
}
/** How it ended, when it did not end well, and every attempt when there were several. */
function endSections({ attempts, outcome }, lines) {
	const last = attempts.at(-1);
	if (last === void 0) return [];
	const blocks = [...outcome === "done" ? [] : outcomeBlocks({
		attempt: last,
		attempts: attempts.length,
		again: false,
		lines
	}), ...attempts.length < 2 ? [] : [attemptTable(attempts)]];
	return blocks.length === 0 ? [] : [{
		name: "end",
		rank: 1,
		blocks
	}];
}
const row = (what, ...phrase) => [[what], phrase];
function runRows(record) {
	const { machine, artifact, changedFiles, image, cost, usage } = record;
	return [
		row("Command", { code: record.command }),
		...artifact === null ? [] : [row("Model file", { code: artifact.name }, ` ${grouped(artifact.sizeBytes)} bytes, `, { code: artifact.digest })],
		row("Time", showDuration(record.durationMs)),
		...record.attempts.length < 2 ? [] : [row("Attempts", String(record.attempts.length))],
		...cost === null ? [] : [row("Cost", showCost(cost))],
		row("Machine", { code: record.runner }, `, ${machine.os}, ${machine.cpu}, GPU `, { code: showGpus(machine) }),
		row("Software", ...showSoftware(record)),
		...image === null ? [] : [row("Image", { code: image })],
		...usage === null ? [] : [row("Use", showUsage(usage))],
		...changedFiles.length === 0 ? [] : [row("Not as in the commit", `${counted(changedFiles.length, "file")}: `, { code: changedFiles.join(", ") })],
		...record.seed === null ? [] : [row("Seed", { code: String(record.seed) })],
		...namedRows("Metric", record.metrics),
		...namedRows("Parameter", record.parameters)
	];
}
/** The first fifty: the record has them all. */
const namedRows = (what, values) => Object.entries(values).slice(0, 50).map(([name, value]) => row(`${what} ${name}`, { code: String(value) }));
function showSoftware({ runtimes, packages }) {
	const names = Object.entries(runtimes).map(([name, version]) => `${name} ${version}`);
	const listed = packages.length === 0 ? "no packages listed" : counted(packages.length, "package");
	return names.length === 0 ? [listed] : [{ code: names.join(", ") }, `, ${listed}`];
}
function showUsage(usage) {
	const { peakMemoryMib, gpuUtilisation, gpuPeakMemoryMib, gpuEnergyWh } = usage;
	const parts = [
		...peakMemoryMib === null ? [] : [`memory up to ${grouped(Math.round(peakMemoryMib))} MiB`],
		...gpuUtilisation === null ? [] : [`GPU ${Math.round(gpuUtilisation * 100)} % busy`],
		...gpuPeakMemoryMib === null ? [] : [`GPU memory up to ${grouped(Math.round(gpuPeakMemoryMib))} MiB`],
		...gpuEnergyWh === null ? [] : [`${gpuEnergyWh.toFixed(1)} Wh`]
	];
	return parts.length === 0 ? "not told" : parts.join(", ");
}

// core/report/drift-section.ts
/** Rows before the fold. */
const rowsInView = 8;
/** An icon never stands alone. Drift that only warns is told apart from drift that stops. */
function resultText({ result, severity }) {
	switch (result) {
		case "drift": return severity === "fail" ? "❌ drift" : "⚠️ drift, warning only";
		case "no drift": return "✅ no drift";
		case "not enough rows": return "⏳ not enough rows";
		case "not compared": return "⚪ not compared";
	}
}
const order = [
	"drift",
	"not enough rows",
	"not compared",
	"no drift"
];
/** What moved against the reference, drifted columns first; at most eight in view, all of them with their method in folds. */
function driftSections(dataset, report) {
	const columns = inOrder(report);
	const changes = report.schema;
	const title = {
		kind: "paragraph",
		text: titleOf(dataset, report)
	};
	return [
		{
			name: `drift of ${dataset}`,
			rank: 2,
			blocks: [
				title,
				...columns.length === 0 ? [] : [toTable(columns.slice(0, rowsInView))],
				...changes.length === 0 ? [] : [toSchemaTable(changes.slice(0, rowsInView))]
			]
		},
		...fold(columns, "compared columns", toMethodTable),
		...changes.length > rowsInView ? fold(changes, "changes of shape", toSchemaTable) : []
	];
}
/** The same for a terminal, which has no folds: every column and every change, methods left out. */
const driftBlocks = (dataset, report) => [
	{
		kind: "paragraph",
		text: titleOf(dataset, report)
	},
	...report.columns.length === 0 ? [] : [toTable(inOrder(report))],
	...report.schema.length === 0 ? [] : [toSchemaTable(report.schema)]
];
const inOrder = ({ columns }) => order.flatMap((result) => columns.filter((column) => column.result === result));
function fold(rows, what, toRows) {
	return chunksOf(rows).map(({ from, rows: part }) => {
		const title = rangeOf(from, part.length, rows.length, what);
		return {
			name: title.toLowerCase(),
			rank: 6,
			blocks: [{
				kind: "fold",
				title,
				blocks: [toRows(part)]
			}]
		};
	});
}
function titleOf(dataset, { reference, referenceRows, rows, columns, schema }) {
	const tally = order.map((result) => [result, columns.filter((column) => column.result === result).length]).filter(([, count]) => count > 0).map(([result, count]) => `${count} ${result}`).join(", ");
	const changes = schema.length === 0 ? "the same shape" : counted(schema.length, "change of shape", "changes of shape");
	return [
		{ strong: "Drift" },
		" of ",
		{ code: dataset },
		` (${counted(rows, "row")}) against `,
		reference,
		` (${counted(referenceRows, "row")}): ${tally === "" ? "no column compared" : tally}; ${changes}.`
	];
}
const columnHead = [
	"Column",
	"Result",
	"Test",
	"Effect",
	"Limit",
	"Rows",
	"p"
];
function toTable(columns) {
	return {
		kind: "table",
		head: columnHead,
		align: [
			"l",
			"l",
			"l",
			"r",
			"r",
			"r",
			"r"
		],
		rows: columns.map(toRow)
	};
}
function toRow(result) {
	const { column, test, effect, limit, rows, referenceRows, adjustedP, by } = result;
	const compared = effect !== null;
	return [
		[{ code: column }],
		[resultText(result), ...compared && result.result !== "not enough rows" ? [] : [": ", result.because]],
		[compared ? test : "–"],
		[compared ? showEffect(effect, limit)[0] : "–"],
		[compared ? `${limit}${by === "model" ? " (model)" : ""}` : "–"],
		[compared ? `${grouped(rows)} / ${grouped(referenceRows)}` : "–"],
		[adjustedP === null ? "–" : showP(adjustedP)]
	];
}
/** Whoever reads the method can compute the number again. */
function toMethodTable(columns) {
	return {
		kind: "table",
		head: [...columnHead, "How it was computed"],
		align: [
			"l",
			"l",
			"l",
			"r",
			"r",
			"r",
			"r",
			"l"
		],
		rows: columns.map((result) => [...toRow(result), result.method === "" ? ["–"] : [{ prose: result.method }]])
	};
}
function toSchemaTable(changes) {
	return {
		kind: "table",
		head: [
			"Column",
			"Change",
			"Found",
			"Reference"
		],
		rows: changes.map(({ kind, column, found, allowed }) => [
			[{ code: column }],
			[kind],
			[found],
			[allowed]
		])
	};
}

// core/report/validation-summary.ts
/** What a validation found: the findings of every dataset, then in folds what was measured, also where nothing is wrong. */
function validationSections({ datasets, engine, origin }, showPlace, details = []) {
	const worst = [
		"data invalid",
		"not evaluated",
		"pass"
	].find((verdict) => datasets.some((dataset) => dataset.verdict === verdict));
	const bad = datasets.filter(({ verdict }) => verdict !== "pass").length;
	const text = {
		pass: [`${counted(datasets.length, "dataset keeps its contract", "datasets keep their contracts")}`],
		"data invalid": [`${bad} of ${counted(datasets.length, "dataset")} may not be used. Training does not start`],
		"not evaluated": [`${bad} of ${counted(datasets.length, "dataset")} could not be read. This says nothing about the data`]
	};
	return [
		headline(worst ?? "not evaluated", worst === void 0 ? ["no dataset was validated"] : text[worst]),
		...datasets.flatMap((dataset, at) => [...dataSections(dataset, showPlace), ...detailSections(dataset.dataset, details[at])]),
		...fixSections(datasets.flatMap(({ findings }) => findings.filter(isFailure))),
		footer([`Measured with ${engine} on commit `, { code: short(origin.headSha) }])
	];
}
function detailSections(dataset, detail) {
	if (detail === void 0) return [];
	const { observations, drift } = detail;
	if (drift === null) return observationSections(observations);
	const rules = observations.filter(({ code }) => code !== "data/drift");
	return [...driftSections(dataset, drift), ...observationSections(rules)];
}

// core/report/summary.ts
/** GitHub drops a summary over 1 MiB whole; characters can take four bytes, ours take one or two. */
const summaryLimit = 4e5;
/** Renders the summary page of an Actions job from what the job found. Needs no token and works on forks. */
function renderSummary(result, details = []) {
	return fitSections(summarySections(result, details), summaryLimit, "The evidence in the artifact of this run has every row.");
}
/** The same as blocks: for the terminal. */
function summarySections(result, details = []) {
	switch (result.kind) {
		case "validation": return validationSections(result, showPlace, details);
		case "judgement": return judgementSections(result);
		case "training": return trainingSections(result.record, result.lastLines);
	}
}
const showPlace = (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) };
function judgementSections(judgement) {
	const { model, version, verdict, comparisons, heldOut, origin, findings } = judgement;
	const outcomes = comparisons.flatMap(({ gates }) => gates);
	const count = (wanted) => outcomes.filter(({ result }) => result === wanted).length;
	const skipped = count("skipped") === 0 ? "" : `, ${count("skipped")} skipped`;
	const name = [{ code: version === null ? model : `${model} v${version}` }];
	const text = {
		pass: [...name, ` passes ${counted(count("pass"), "gate")}${skipped}`],
		fail: [...name, ` fails ${count("fail")} of ${counted(outcomes.length, "gate")}`],
		"not evaluated": [...name, " was not judged. This says nothing about the model"]
	};
	return [
		headline(verdict, text[verdict]),
		...findingSections(findings, showPlace),
		...comparisons.flatMap(({ against, metrics, gates }) => gateSections({
			against,
			metrics,
			outcomes: gates,
			endpoints: judgement.champions.filter((each) => each.version === against).map(({ endpoint }) => endpoint)
		}, { challenger: version === null ? "This pull request" : `v${version}` })),
		footer([`Judged on ${grouped(heldOut.rows)} held-out rows, commit `, { code: short(origin.headSha) }])
	];
}

export { showGpus as a, dataSections as c, exampleSections as d, outcomeHint as i, sortFindings as l, driftBlocks as n, findingSections as o, trainingSections as r, placeText as s, renderSummary as t, observationBlocks as u };