import { et as isFailure } from "./shared-canonical.js";
import { f as fitSections, i as short, n as counted, r as grouped, t as showDuration } from "./shared-lineage-section.js";
import { a as verdictWords, i as severityWords, n as showNumbers, r as resultWords } from "./shared-gate.js";

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

// core/report/data-table.ts
const rowsInView$1 = 8;
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
		}, ...findings.length === 0 ? [] : [toTable$1(findings.slice(0, rowsInView$1), showPlace)]]
	};
	if (findings.length <= rowsInView$1) return [head];
	return [head, ...chunksOf(findings).map(({ from, rows: part }) => {
		const title = rangeOf(from, part.length, findings.length, "findings");
		return {
			name: title.toLowerCase(),
			rank: 6,
			blocks: [{
				kind: "fold",
				title,
				blocks: [toTable$1(part, showPlace)]
			}]
		};
	})];
}
function verdictText(dataset, failures) {
	const contract = `its contract as on ${dataset.contractFrom === "base" ? "the base branch" : "this pull request"}`;
	if (dataset.verdict === "pass") return `keeps ${contract}.`;
	if (dataset.verdict === "not evaluated") return `could not be held against ${contract}.`;
	return `breaks ${counted(failures, "rule")} of ${contract}.`;
}
function toTable$1(findings, showPlace) {
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
			[{ code: finding.code }],
			finding.column === void 0 ? ["–"] : [{ code: finding.column }],
			[foundText(finding)],
			[finding.allowed ?? "–", finding.reason === void 0 ? "" : `; why: ${finding.reason}`],
			[finding.firstRow === void 0 ? "–" : grouped(finding.firstRow)],
			[showPlace(finding)]
		])
	};
}
function foundText({ found, message, count, total, examples }) {
	const text = found ?? (count !== void 0 && total !== void 0 && total > 0 && found === void 0 ? `${count} of ${total} rows` : message);
	const shown = (examples ?? []).slice(0, 3).map((example) => `"${example}"`).filter((example) => !text.includes(example));
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
const rowsInView = 8;
const order = [
	"fail",
	"not evaluated",
	"skipped",
	"pass"
];
/** Failures first; at most eight rows in view, all of them in folded sections. */
function gateSections(comparison, names) {
	const outcomes = order.flatMap((result) => comparison.outcomes.filter((outcome) => outcome.result === result));
	const inView = {
		name: "gates",
		rank: 1,
		blocks: [{
			kind: "paragraph",
			text: titleOf(comparison)
		}, toTable(outcomes.slice(0, rowsInView), comparison, names)]
	};
	if (outcomes.length <= rowsInView) return [inView];
	return [inView, ...chunksOf(outcomes).map(({ from, rows }) => {
		const title = rangeOf(from, rows.length, outcomes.length, "gates");
		return {
			name: title.toLowerCase(),
			rank: 6,
			blocks: [{
				kind: "fold",
				title,
				blocks: [toTable(rows, comparison, names)]
			}]
		};
	})];
}
function titleOf({ against, endpoints, outcomes }) {
	const tally = order.map((result) => [result, outcomes.filter((outcome) => outcome.result === result).length]).filter(([, count]) => count > 0).map(([result, count]) => `${count} ${result}`).join(", ");
	const gates = `${counted(outcomes.length, "gate")}: ${tally}.`;
	if (against === null) return [{ strong: "No version serves yet, so there is nothing to compare with." }, ` ${gates}`];
	return [{ strong: `Compared with v${against}${endpoints.length === 0 ? "" : `, which serves at ${endpoints.join(", ")}`}, on the same held-out rows.` }, ` ${gates}`];
}
function toTable(outcomes, comparison, { challenger }) {
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
		rows: outcomes.map((outcome) => toRow(outcome, metrics.get(outcome.metric)))
	};
}
function toRow(outcome, result) {
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

// core/report/summary.ts
/** GitHub drops a summary over 1 MiB whole; characters can take four bytes, ours take one or two. */
const summaryLimit = 4e5;
/** Renders the summary page of an Actions job from what the job found. Needs no token and works on forks. */
function renderSummary(result) {
	return fitSections(summarySections(result), summaryLimit, "The evidence in the artifact of this run has every row.");
}
/** The same as blocks: for the terminal. */
function summarySections(result) {
	switch (result.kind) {
		case "validation": return validationSections(result);
		case "judgement": return judgementSections(result);
		case "training": return trainingSections(result.record);
	}
}
const showPlace = (finding) => finding.where === void 0 ? "–" : { code: placeText(finding) };
function headline(verdict, text) {
	return {
		name: "headline",
		rank: 0,
		blocks: [{
			kind: "heading",
			level: 3,
			text: [`${verdictWords[verdict]}: `, ...text]
		}]
	};
}
function validationSections({ datasets, engine, origin }) {
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
		...datasets.flatMap((dataset) => dataSections(dataset, showPlace)),
		...fixSections(datasets.flatMap(({ findings }) => findings.filter(isFailure))),
		footer([`Measured with ${engine} on commit `, { code: short(origin.headSha) }])
	];
}
function judgementSections(judgement) {
	const { model, version, verdict, comparisons, heldOut, origin, findings } = judgement;
	const outcomes = comparisons.flatMap(({ gates }) => gates);
	const count = (wanted) => outcomes.filter(({ result }) => result === wanted).length;
	const skipped = count("skipped") === 0 ? "" : `, ${count("skipped")} skipped`;
	const name = [{ code: version === null ? model : `${model} v${version}` }];
	return [
		headline(verdict, {
			pass: [...name, ` passes ${counted(count("pass"), "gate")}${skipped}`],
			fail: [...name, ` fails ${count("fail")} of ${counted(outcomes.length, "gate")}`],
			"not evaluated": [...name, " was not judged. This says nothing about the model"]
		}[verdict]),
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
function trainingSections(record) {
	const row = (what, ...phrase) => [[what], phrase];
	const table = {
		kind: "table",
		head: ["What", "Claimed"],
		rows: [
			row("Command", { code: record.command }),
			row("Model file", { code: record.artifact.name }, ` ${grouped(record.artifact.sizeBytes)} bytes, `, { code: record.artifact.digest }),
			row("Time", showDuration(record.durationMs)),
			row("Machine", { code: record.runner }, `, ${record.os}, ${record.cpu}, GPU `, { code: record.gpu }, ", Node ", { code: record.node }),
			...Object.entries(record.metrics).slice(0, 50).map(([name, value]) => row(`Metric ${name}`, { code: String(value) })),
			...Object.entries(record.parameters).slice(0, 50).map(([name, value]) => row(`Parameter ${name}`, { code: String(value) }))
		]
	};
	return [
		{
			name: "headline",
			rank: 0,
			blocks: [{
				kind: "heading",
				level: 3,
				text: [
					"Trained: ",
					{ code: record.model },
					". What this job says is claimed and gates nothing"
				]
			}]
		},
		{
			name: "run record",
			rank: 1,
			blocks: [table]
		},
		footer(["Commit ", { code: short(record.commit) }])
	];
}
function fixSections(findings) {
	const fixes = [...new Set(findings.map(({ fix }) => fix))].slice(0, 5);
	if (fixes.length === 0) return [];
	return [{
		name: "next steps",
		rank: 0,
		blocks: [{
			kind: "paragraph",
			text: [{ strong: "Next" }]
		}, {
			kind: "steps",
			items: fixes.map((fix) => [fix])
		}]
	}];
}
const footer = (text) => ({
	name: "footer",
	rank: 0,
	blocks: [{
		kind: "small",
		text
	}]
});

export { placeText as n, renderSummary as t };