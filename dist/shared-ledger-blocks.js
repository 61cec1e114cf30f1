import { t as isFailure } from "./shared-finding.js";
import { t as correctionsOf } from "./shared-incident.js";
import { t as paragraph } from "./shared-block.js";
import { t as counted } from "./shared-count-text.js";
import { a as verdictWords } from "./shared-icon.js";
import { t as correctionBlock } from "./shared-incident-blocks.js";
import { n as showTime } from "./shared-time-text.js";

// core/report/ledger-blocks.ts
/** Findings that are shown one by one; the first one is the first bad entry. */
const mostFindings = 10;
/** What a verification says: to the terminal, to the job summary and to an incident alike. */
function verificationBlocks(verification) {
	const { verdict, findings, entries, transactions, root, head, anchored } = verification;
	const failed = findings.filter(isFailure).length;
	const unproven = findings.filter(isFailure).every(({ code }) => code === "ledger/anchor-missing");
	const headline = verdict === "pass" ? "the ledger is what its entries say, and its anchor agrees" : unproven ? "the ledger agrees with itself, and nothing outside of it proves it" : `the ledger is not what the app wrote: ${counted(failed, "finding")}${failed === 1 ? "" : ", the first one first"}`;
	const facts = `${entries} entries in ${transactions} transactions, ${anchored} anchored. Size and root: `;
	const left = findings.length - mostFindings;
	return [
		paragraph({ strong: `${verdictWords[verdict]}: ${headline}` }),
		...findings.slice(0, mostFindings).flatMap(findingBlocks),
		...left > 0 ? [paragraph(`${left} more. What follows the first bad entry may follow from it.`)] : [],
		...correctionsOf(verification.states).map(correctionBlock),
		paragraph(facts, { code: `${head.size}:${root}` })
	];
}
/** What a proof says of one entry. */
function entryProofBlocks({ event, size, root }, findings) {
	const isProven = !findings.some(isFailure);
	const name = `entry ${event.gseq} (${event.stream} ${event.seq})`;
	const said = isProven ? `: ${name} is in the ledger that the anchor names` : `: ${name} is not proven`;
	return [
		paragraph({ strong: verdictWords[isProven ? "pass" : "fail"] }, said),
		...findings.slice(0, mostFindings).flatMap(findingBlocks),
		paragraph("Size and root: ", { code: `${size}:${root}` }, ", hash of the entry ", { code: event.hash })
	];
}
/** What was anchored, and where it was left just now; nowhere, when every place has it already. */
function anchorBlocks({ size, root, commit, at, previous }, places) {
	const follows = previous === null ? "It is the first." : `It contains the one of ${previous.size} entries before it.`;
	const left = places.length === 0 ? "It was there already: nothing was written." : `Left in: ${places.join(", ")}.`;
	return [paragraph({ strong: "Anchored outside the app" }, `: signed by GitHub on ${at}. ${follows} ${left}`), paragraph("Size and root: ", { code: `${size}:${root}` }, ", ledger commit ", { code: commit })];
}
function findingBlocks({ code, message, where, found, allowed, fix }) {
	const items = [
		["where", where?.line === void 0 ? where?.file ?? "" : `${where.file}:${where.line}`],
		["is", found],
		["should be", allowed],
		["fix", fix]
	].flatMap(([name, text]) => text ? [[`${name}: `, text]] : []);
	return [paragraph({ code }, " ", message), {
		kind: "list",
		items
	}];
}
/** Who serves, since when, by whom. */
function resolutionBlocks(found) {
	const { model, endpoint, version, previous, by, ledger } = found;
	const rows = [
		["artifact", { code: found.artifactDigest }],
		[
			"file",
			{ code: found.artifactName },
			`, ${found.sizeBytes} bytes`
		],
		["since", found.since],
		["by", `${by.mergedBy.login} (id ${by.mergedBy.id}), pull request #${by.pullRequest}`],
		["previous", previous === null ? "none" : `v${previous}`],
		["fallback", found.fallback],
		["serving image", found.servingImage],
		["feature version", found.featureVersion],
		[
			"ledger",
			{ code: `${ledger.size}:${ledger.root}` },
			`, ${ledger.anchored} anchored`
		]
	];
	return [paragraph({ strong: `${model} v${version}` }, ` serves at ${endpoint}`), {
		kind: "table",
		head: ["what", "value"],
		rows: rows.map(([what, ...value]) => [[what], value])
	}];
}
/** Who approved what, when, why: one row an event, oldest first. What no ruleset kept then stands below, each once. */
function historyBlocks(model, lines) {
	return [
		paragraph({ strong: model }, `: ${counted(lines.length, "event")}, oldest first`),
		{
			kind: "table",
			head: [
				"entry",
				"when",
				"what",
				"why",
				"pull request",
				"by",
				"approved by"
			],
			align: [
				"r",
				"l",
				"l",
				"l",
				"r",
				"l",
				"l"
			],
			rows: lines.map(historyRow)
		},
		...unprotectedBlocks(lines)
	];
}
function historyRow(line) {
	const version = line.version === null ? "" : ` v${line.version}`;
	const endpoint = line.endpoint === null ? "" : ` at ${line.endpoint}`;
	const joined = line.approvals.map(({ reviewer, role }) => `${reviewer.login} (${role})`).flatMap((each, at) => at === 0 ? [each] : [", ", each]);
	return [
		[`${line.seq}`],
		[showTime(line.at)],
		[`${line.what}${version}${endpoint}`],
		[line.because.replace(digestInText, "$1")],
		[`#${line.pullRequest}`],
		line.what === "judged" ? ["judged, started by ", line.by.login] : ["merged by ", line.by.login],
		joined.length === 0 ? ["nobody"] : joined
	];
}
/** Enough of a digest to know it again; the whole one stands in the record and in `--json`. */
const digestInText = /\bsha256:([0-9a-f]{12})[0-9a-f]{52}\b/g;
/** The same gaps stand around one promotion after the other: told once, with the entries that they are about. */
function unprotectedBlocks(lines) {
	const entries = /* @__PURE__ */ new Map();
	for (const { seq, unprotected = [] } of lines) for (const gap of unprotected) entries.set(gap, [...entries.get(gap) ?? [], seq]);
	if (entries.size === 0) return [];
	const items = [...entries].map(([gap, seqs]) => [`${gap}: ${seqs.length === 1 ? "entry" : "entries"} ${listEntries(seqs)}`]);
	return [paragraph("Not kept by rulesets when it was recorded:"), {
		kind: "list",
		items
	}];
}
const mostEntries = 10;
const listEntries = (seqs) => seqs.length <= mostEntries ? seqs.join(", ") : `${seqs.slice(0, mostEntries).join(", ")} and ${counted(seqs.length - mostEntries, "more", "more")}`;

export { verificationBlocks as a, resolutionBlocks as i, entryProofBlocks as n, historyBlocks as r, anchorBlocks as t };