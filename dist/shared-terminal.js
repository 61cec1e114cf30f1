import { r as InputError } from "./shared-error.js";
import { i as plainText } from "./shared-cell.js";
import "./shared-facts.js";
import "./shared-marker.js";
import { n as severityWords } from "./shared-icon.js";
import { a as resolveRef, t as defaultBranch } from "./shared-read.js";
import "./shared-summary.js";
import "./shared-address.js";
import { n as placeText } from "./shared-finding-list.js";
import { r as toAscii } from "./shared-text.js";
import "./shared-lineage-section.js";
import "./shared-approval-sections.js";
import "./shared-run-table.js";

// cli/base.ts
const remote = "refs/remotes/origin/";
/**
* The branch to compare with: the one that is named, else the default branch of the remote as it was fetched.
* @param given `--base` as a person typed it
* @returns null when none is named and the clone knows no default branch
* @throws InputError BASE_NOT_FOUND for one that is named and not there
*/
async function findBase(dir, given) {
	if (given === void 0) return findDefault(dir);
	for (const ref of [given, `${remote}${given}`]) {
		const commit = await resolveRef(dir, ref);
		if (commit !== null) return {
			ref: given,
			branch: branchOf(given),
			commit
		};
	}
	throw new InputError("BASE_NOT_FOUND", `there is no branch, tag or commit "${given}" in this clone`, { hint: `Fetch it: git fetch origin ${branchOf(given)}. Or name another one with --base.` });
}
async function findDefault(dir) {
	const known = await resolveRef(dir, `${remote}HEAD`) === null ? null : await defaultBranch(dir);
	for (const branch of known === null ? ["main", "master"] : [known]) {
		const commit = await resolveRef(dir, `${remote}${branch}`);
		if (commit !== null) return {
			ref: `origin/${branch}`,
			branch,
			commit
		};
	}
	return null;
}
const branchOf = (ref) => ref.replace(/^(?:refs\/remotes\/origin|refs\/heads|origin)\//, "");

// core/report/terminal.ts
/**
* Renders findings the way compilers do: place, what, the line with a mark under it, what is allowed, the fix.
* @returns one block a finding, in the order given; empty for none
*/
function renderFindings(findings, options = {}) {
	if (findings.length === 0) return "";
	const text = findings.map((finding) => frameOf(finding).join("\n")).join("\n\n");
	return `${options.ascii === true ? toAscii(text) : text}\n`;
}
function frameOf(finding) {
	const { where, excerpt, column, found, allowed, reason } = finding;
	const place = where === void 0 ? "" : `${placeText(finding)} `;
	const line = where?.line === void 0 ? "" : String(where.line);
	const gutter = " ".repeat(line.length);
	const mark = " ".repeat(Math.max(0, (where?.column ?? 1) - 1));
	return [
		plainText(`${place}${severityWords[finding.severity]} ${finding.code} ${finding.message}`, 1e3),
		...excerpt === void 0 || line === "" ? [] : [`  ${line} | ${plainLine(excerpt)}`, `  ${gutter} | ${mark}^`],
		...[
			column === void 0 ? "" : `Column: ${column}`,
			found === void 0 ? "" : `Found: ${found}`,
			allowed === void 0 ? "" : `Allowed: ${allowed}`,
			reason === void 0 ? "" : `Why: ${reason}`,
			`Fix: ${finding.fix}`
		].flatMap((text) => text === "" ? [] : [`  ${plainText(text, 1e3)}`])
	];
}
/** Keeps the columns of the line, so that the mark stands under the right character. */
const plainLine = (line) => line.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "");

export { findBase as n, renderFindings as t };