import { t as counted } from "./shared-count-text.js";
import { t as linkCommit } from "./shared-address.js";
import { t as chunksOf } from "./shared-chunk.js";
import "./shared-facts.js";
import { n as showTime } from "./shared-time-text.js";

// core/report/approval-sections.ts
const namesShown = 10;
/** Approvals: what is missing and who can give it, which counted, and which did not and why. */
function approvalSections(report) {
	return [
		...missingSection(report),
		...countedSection(report),
		...uncountedSections(report)
	];
}
/** `rita, mei or 3 more`, as names and never as mentions. */
function namesOf(logins) {
	if (logins.length === 0) return ["nobody who may approve this"];
	const shown = logins.slice(0, namesShown);
	const more = logins.length - shown.length;
	const parts = shown.flatMap((login, at) => {
		const isLast = at === shown.length - 1 && more === 0;
		return [at === 0 ? "" : isLast ? " or " : ", ", { code: login }];
	});
	return more === 0 ? parts : [...parts, ` or ${more} more`];
}
function missingSection({ decision }) {
	if (!(decision.kind === "waiting" || decision.kind === "allowed") || decision.missing.length === 0) return [];
	return [{
		name: "who can approve",
		rank: 2,
		blocks: [{
			kind: "paragraph",
			text: [{ strong: "Approvals that are missing" }]
		}, {
			kind: "table",
			head: [
				"Role",
				"Missing",
				"Who can approve"
			],
			align: [
				"l",
				"r",
				"l"
			],
			rows: decision.missing.map(({ role, count, candidates }) => [
				[{ code: role }],
				[String(count)],
				namesOf(candidates)
			])
		}]
	}];
}
function countedSection(report) {
	const { counted: approvals } = report.decision;
	if (approvals.length === 0) return [];
	return [{
		name: "approvals that count",
		rank: 4,
		blocks: [{
			kind: "paragraph",
			text: [{ strong: "Approvals that count" }]
		}, {
			kind: "table",
			head: [
				"Reviewer",
				"As",
				"On commit",
				"Given"
			],
			rows: approvals.map(({ reviewer, role, commit, submittedAt }) => [
				[{ code: reviewer.login }],
				[{ code: role }],
				[linkCommit(report, commit)],
				[showTime(submittedAt)]
			])
		}]
	}];
}
/** An approval that does not count and nobody says why is the commonest complaint about such gates. */
function uncountedSections(report) {
	const { uncounted } = report.decision;
	const head = [
		"Reviewer",
		"Given",
		"Why not"
	];
	return chunksOf(uncounted).map(({ rows: part }) => {
		const title = [{ strong: "Approvals that do not count" }, ` (${counted(uncounted.length, "review")})`];
		const rows = part.map(({ reviewer, commit, submittedAt, because }) => [
			[{ code: reviewer.login }],
			[
				showTime(submittedAt),
				" on ",
				linkCommit(report, commit)
			],
			[because]
		]);
		return {
			name: "approvals that do not count",
			rank: 3,
			blocks: [{
				kind: "paragraph",
				text: title
			}, {
				kind: "table",
				head,
				rows
			}]
		};
	});
}

export { namesOf as n, approvalSections as t };