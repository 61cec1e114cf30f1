import { t as checkNext } from "./shared-check-stream.js";
import { i as renderEntryProof, r as proveEntry } from "./shared-entry-proof.js";
import { t as canonicalJson } from "./shared-canonical.js";
import { n as linesOf } from "./shared-history2.js";
import { i as parseTransaction } from "./shared-transition.js";
import { r as InputError } from "./shared-error.js";
import { c as emptyState } from "./shared-rollback-trigger.js";
import { n as withRegistryOptions, r as trustBlock } from "./shared-registry-options.js";
import { n as renderText } from "./shared-text.js";
import { t as needState } from "./shared-model-answer.js";
import { a as withRegistry } from "./shared-registry-source.js";

// core/audit/export-row.ts
const columns = {
	events: [...[
		"model",
		"seq",
		"entry",
		"at",
		"what",
		"version",
		"from",
		"to",
		"endpoint",
		"because",
		"pull_request"
	], ...[
		"merged_by",
		"merged_by_id",
		"approved_by",
		"merge_commit",
		"operation",
		"hash"
	]],
	versions: [
		...[
			"model",
			"version",
			"registered_at",
			"artifact_digest",
			"artifact_name",
			"size_bytes",
			"pull_request"
		],
		...[
			"code_commit",
			"datasets",
			"metrics",
			"gates",
			"quality",
			"task",
			"risk",
			"owners",
			"approved_by"
		],
		...[
			"feature_version",
			"serving_image",
			"fallback",
			"hash"
		]
	]
};
/** First line of a CSV file. */
const csvHead = (what) => columns[what].join(",");
/** One event as a line of CSV; null when it is not asked for. */
function csvLine(what, event) {
	const cells = what === "events" ? eventCells(event) : versionCells(event);
	return cells === null ? null : cells.map(csvCell).join(",");
}
/** One event as a line of JSON; null when it is not asked for. */
function jsonLine(what, event) {
	if (what === "events") return canonicalJson(event);
	return event.data.type === "VersionRegistered" ? canonicalJson(event.data.record) : null;
}
/**
* One cell of CSV. A spreadsheet runs what begins like a formula: such a text gets an apostrophe in front of it.
* @see https://owasp.org/www-community/attacks/CSV_Injection
* @see RFC 4180
*/
function csvCell(value) {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const plain = value.replace(/[^\P{Cc}\t\r\n]/gu, "");
	const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(plain) ? `'${plain}` : plain;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}
function eventCells(event) {
	const [line] = linesOf([event]);
	if (line === void 0) return [];
	return [
		modelOf(event),
		...[
			line.seq,
			event.gseq,
			line.at,
			line.what,
			line.version,
			line.from,
			line.to,
			line.endpoint
		],
		...[
			line.because,
			line.pullRequest,
			line.by.login,
			line.by.id,
			approvers(line.approvals)
		],
		...[
			event.source.mergeSha,
			event.operation,
			line.hash
		]
	];
}
function versionCells({ data, hash }) {
	if (data.type !== "VersionRegistered") return null;
	const { record } = data;
	const { artifact, lineage, owners } = record;
	return [
		...[
			record.model,
			record.version,
			record.registeredAt,
			artifact.digest,
			artifact.name,
			artifact.sizeBytes
		],
		...[
			lineage.pullRequest,
			lineage.codeCommit,
			listOf(lineage.datasets, ({ dataset, dataDigest }) => `${dataset} ${dataDigest}`)
		],
		listOf(record.metrics, ({ metric, challenger, grade }) => `${metric} ${challenger} ${grade}`),
		listOf(record.gates, ({ gate, result }) => `${gate}: ${result}`),
		...[
			record.quality,
			record.task,
			record.risk,
			[...owners.users, ...owners.teams].join("; ")
		],
		...[
			approvers(record.approvals),
			record.featureVersion,
			record.servingImage,
			record.fallback,
			hash
		]
	];
}
const modelOf = ({ stream }) => stream.slice(6);
const listOf = (items, show) => items.map(show).join("; ");
const approvers = (approvals) => listOf(approvals, ({ reviewer, role }) => `${reviewer.login} (${role})`);

// cli/commands/export.ts
/** `gatehouse export`: events or versions, as CSV or JSON Lines, for whoever keeps books elsewhere. */
const exportCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("export").description("Writes what happened, or every version, as CSV or JSON Lines").option("--format <form>", "csv or jsonl", "csv").option("--what <rows>", "events or versions", "events").option("--model <name>", "only this model").option("--entry <number>", "one entry of the whole ledger with its proof, for gatehouse verify --entry");
	withRegistryOptions(command).action((options) => context.run(() => {
		if (options.entry !== void 0) return exportEntry(context, options, options.entry, fetchAnchors);
		return withRegistry(context, options, fetchAnchors, async (source) => {
			const write = writerFor(options);
			const { model } = options;
			const models = model === void 0 ? await source.reader.models() : [model];
			if (model !== void 0) await needState(source.reader, model);
			if (write.head !== null) context.print(write.head);
			for (const each of models) await exportModel(source, each, write.line, context);
			context.complain(renderText([trustBlock(source.trust)]));
			return 0;
		});
	}));
};
/** Whoever gets it needs an anchor and no ledger. Only a proven ledger gives proofs. */
async function exportEntry(context, options, number, fetchAnchors) {
	const [{ readProvenLedger }, { requireVerified }] = await Promise.all([import("./shared-ledger2.js"), import("./shared-resolve.js")]);
	const proven = await readProvenLedger(context, options, fetchAnchors);
	requireVerified(proven);
	context.print(renderEntryProof(proveEntry(proven.events, Number(number))).trimEnd());
	return 0;
}
/** One transaction is in memory at a time; each is checked before it is written. */
async function exportModel({ reader }, model, toLine, { print }) {
	let state = emptyState(model);
	for await (const [path, text] of reader.transactions(model)) {
		const transaction = parseTransaction(text, path);
		state = checkNext(state, transaction, path);
		const lines = transaction.events.flatMap((event) => toLine(event) ?? []);
		if (lines.length > 0) print(lines.join("\n"));
	}
}
function writerFor({ format, what, json }) {
	if (what !== "events" && what !== "versions") throw new InputError("EXPORT_WHAT", `there is nothing called "${what.slice(0, 40)}" to export`, { hint: "Use --what events or --what versions." });
	const rows = what;
	if (format === "jsonl" || json === true) return {
		head: null,
		line: (event) => jsonLine(rows, event)
	};
	if (format === "csv") return {
		head: csvHead(rows),
		line: (event) => csvLine(rows, event)
	};
	throw new InputError("FORMAT_UNKNOWN", `there is no format "${format.slice(0, 40)}"`, { hint: "Use --format csv or --format jsonl." });
}

export { exportCommand };