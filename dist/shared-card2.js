import { a as dump } from "./shared-js-yaml.js";
import { r as InputError } from "./shared-error.js";
import { n as grouped } from "./shared-count-text.js";
import "./shared-approval-sections.js";
import { n as showTime, t as showDuration } from "./shared-time-text.js";
import { n as fitSections } from "./shared-budget.js";
import "./shared-facts.js";
import { n as resultWords } from "./shared-icon.js";
import "./shared-lineage-section.js";
import { t as stayText } from "./shared-stay-text.js";

// core/report/card.ts
/** A page of the ledger, not a comment: it may be long. */
const cardLimit = 2e5;
/**
* Renders the card of a version: Hugging Face front matter, what it does, limits, figures with their grade, lineage,
* approvals. A pure function of the ledger: `verify` renders it again and compares.
* @throws InputError CARD_VERSION when the model has no such version
* @see https://huggingface.co/docs/hub/model-cards
*/
function renderModelCard(state, version) {
	const found = state.versions.get(version);
	if (found === void 0) throw new InputError("CARD_VERSION", `${state.model} has no version ${version}`, { hint: "Name a version of state.yml." });
	const { record } = found;
	const sections = [
		titleSection(record, found, state),
		factsSection(record, found),
		figuresSection(record),
		textSection("Limits", record.limitations),
		lineageSection(record),
		approvalsSection(record, found),
		historySection(state)
	];
	const body = fitSections(sections, cardLimit, `The record has the rest: versions/${String(version).padStart(4, "0")}.yml`);
	return `---\n${frontMatter(record)}---\n\n${body}\n`;
}
/** Keys as Hugging Face reads them; texts that YAML 1.1 takes for booleans are quoted by the writer. */
function frontMatter(record) {
	const metrics = new Map(record.metrics.map((metric) => [metric.metric, metric]));
	const task = { type: "tabular-classification" };
	const value = {
		license: "other",
		library_name: "custom",
		tags: [
			record.task,
			`risk-${record.risk}`,
			"gatehouse"
		],
		datasets: record.lineage.datasets.map(({ dataset }) => dataset),
		metrics: [...metrics.keys()],
		"model-index": [{
			name: `${record.model}-v${record.version}`,
			results: [{
				task,
				dataset: {
					type: `${record.lineage.repository}/held-out`,
					name: "held-out",
					revision: record.lineage.heldOut.featuresDigest
				},
				metrics: [...metrics.values()].map(({ metric, challenger }) => ({
					type: metric,
					value: challenger
				}))
			}]
		}]
	};
	return dump(value, {
		noRefs: true,
		lineWidth: -1
	});
}
function titleSection(record, found, state) {
	const where = [...state.endpoints.values()].filter(({ champion }) => champion === record.version).map((endpoint) => `${endpoint.endpoint} since ${showTime(endpoint.since)}${stayText(howAt(found, endpoint.endpoint))}${previousOf(endpoint)}`);
	const stage = [
		{ strong: "Stage:" },
		" ",
		where.length === 0 ? `${found.stage} since ${showTime(found.since)}` : `production at ${where.join("; ")}`
	];
	return {
		name: "title",
		rank: 0,
		blocks: [
			{
				kind: "heading",
				level: 2,
				text: [{ code: record.model }, ` v${record.version}`]
			},
			{
				kind: "paragraph",
				text: stage
			},
			{
				kind: "paragraph",
				text: [{ prose: record.description }]
			}
		]
	};
}
const howAt = ({ deployments }, endpoint) => deployments.find((stay) => stay.endpoint === endpoint && stay.until === null)?.how ?? "promoted";
const previousOf = ({ previous }) => previous === null ? "" : ` (v${previous} is the version to return to)`;
function factsSection(record, found) {
	const { users, teams } = record.owners;
	const rows = [
		["Owners", [[...users, ...teams].join(", ") || "unknown"]],
		["Risk class", [record.risk]],
		["Task", [record.task]],
		["Registered", [showTime(record.registeredAt)]],
		["In production at", [found.wasInProductionAt.join(", ") || "nowhere yet"]],
		["Feature version", [record.featureVersion]],
		["Serving image", [{ code: record.servingImage }]],
		["Fallback", [{ prose: record.fallback }]],
		["Grade of its quality", [record.quality]]
	];
	return {
		name: "facts",
		rank: 1,
		blocks: [twoColumns(rows)]
	};
}
function figuresSection(record) {
	const gates = record.gates.map(({ gate, against, found, required, result }) => [
		[{ code: gate }],
		[against === null ? "no champion" : `v${against}`],
		[found],
		[required],
		[resultWords[result]]
	]);
	return {
		name: "figures",
		rank: 2,
		blocks: [
			{
				kind: "heading",
				level: 3,
				text: ["Figures"]
			},
			{
				kind: "table",
				head: [
					"Metric",
					"Held-out",
					"95 % interval",
					"Champion then",
					"Grade",
					"Method"
				],
				align: [
					"l",
					"r",
					"l",
					"r",
					"l",
					"l"
				],
				rows: record.metrics.map((each) => [
					[{ code: each.metric }],
					[String(each.challenger)],
					[each.challengerInterval === null ? "–" : `${each.challengerInterval[0]} to ${each.challengerInterval[1]}`],
					[each.against === null ? "–" : `v${each.against}: ${each.champion ?? "–"}`],
					[each.grade],
					[each.method]
				])
			},
			{
				kind: "table",
				head: [
					"Gate",
					"Against",
					"Found",
					"Required",
					"Result"
				],
				rows: gates
			},
			{
				kind: "paragraph",
				text: ["Live figures: not measured."]
			}
		]
	};
}
function lineageSection(record) {
	return {
		name: "lineage",
		rank: 3,
		blocks: [
			{
				kind: "heading",
				level: 3,
				text: ["Lineage"]
			},
			{
				kind: "table",
				head: [
					"Trained on",
					"Rows",
					"Data",
					"Contract",
					"Validation",
					"Source"
				],
				align: [
					"l",
					"r",
					"l",
					"l",
					"l",
					"l"
				],
				rows: datasetRows(record)
			},
			twoColumns(originRows(record))
		]
	};
}
function datasetRows(record) {
	const validation = new Map(record.validation.map((each) => [each.dataset, each]));
	return record.lineage.datasets.map(({ dataset, dataDigest, contractDigest, rows, source }) => {
		const checked = validation.get(dataset);
		return [
			[{ code: dataset }],
			[rows === null ? "unknown" : grouped(rows)],
			[{ code: dataDigest }],
			[{ code: contractDigest }],
			[checked === void 0 ? "unknown" : `${checked.verdict}, ${checked.warnings} warnings`],
			[source]
		];
	});
}
function originRows(record) {
	const { lineage, artifact } = record;
	return [
		["Model file", [
			{ code: artifact.name },
			` ${grouped(artifact.sizeBytes)} bytes, `,
			{ code: artifact.digest }
		]],
		["Code", [
			{ code: lineage.codeCommit },
			` in ${lineage.repository}, pull request ${lineage.pullRequest}, merged as `,
			{ code: lineage.mergeCommit }
		]],
		["Training run", [`${lineage.trainedBy.runId}, attempt ${lineage.trainedBy.runAttempt}, ${showDuration(lineage.run.durationMs)} on ${lineage.run.runner} (claimed)`]],
		["Held-out rows", [`${grouped(lineage.heldOut.rows)}, features `, { code: lineage.heldOut.featuresDigest }]],
		["Predictions", [{ code: record.predictions.digest }]],
		["Run record", [{ code: record.runRecordDigest }]]
	];
}
function approvalsSection(record, found) {
	const row = (what, approvals) => approvals.map(({ reviewer, role, submittedAt }) => [
		[what],
		[{ code: reviewer.login }],
		[role],
		[showTime(submittedAt)]
	]);
	const stays = found.deployments.flatMap(({ endpoint, how, approvals }) => row(`${how} at ${endpoint}`, approvals));
	const rows = [...row("registered", record.approvals), ...stays];
	const head = [
		"For",
		"Approved by",
		"As",
		"When"
	];
	const none = {
		kind: "paragraph",
		text: ["The policy asked for no approval."]
	};
	const table = {
		kind: "table",
		head,
		rows
	};
	return {
		name: "approvals",
		rank: 3,
		blocks: [{
			kind: "heading",
			level: 3,
			text: ["Approvals"]
		}, rows.length === 0 ? none : table]
	};
}
function historySection(state) {
	return {
		name: "versions",
		rank: 4,
		blocks: [{
			kind: "heading",
			level: 3,
			text: ["Versions of this model"]
		}, {
			kind: "table",
			head: [
				"Version",
				"Stage",
				"Since"
			],
			rows: [...state.versions].sort(([a], [b]) => b - a).slice(0, 20).map(([number, { stage, since }]) => [
				[`v${number}`],
				[stage],
				[showTime(since)]
			])
		}]
	};
}
function textSection(title, text) {
	const shown = text.trim() === "" ? "unknown: nobody has stated them" : text;
	const blocks = [{
		kind: "heading",
		level: 3,
		text: [title]
	}, {
		kind: "paragraph",
		text: [{ prose: shown }]
	}];
	return {
		name: title.toLowerCase(),
		rank: 0,
		blocks
	};
}
const twoColumns = (rows) => ({
	kind: "table",
	head: ["What", "Value"],
	rows: rows.map(([what, value]) => [[{ strong: what }], value])
});

export { renderModelCard as t };