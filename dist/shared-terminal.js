import { i as plainText } from "./shared-cell.js";
import "./shared-comment.js";
import { n as placeText } from "./shared-finding-list.js";
import { r as severityWords } from "./shared-icon.js";
import "./shared-summary.js";
import { r as toAscii } from "./shared-text.js";

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
		].flatMap((text) => text === "" ? [] : [`  ${plainText(text, 1e3)}`]),
		...(finding.sample?.lines ?? []).map((text) => `    ${plainLine(text)}`)
	];
}
/** Keeps the columns of the line, so that the mark stands under the right character. */
const plainLine = (line) => line.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "");

export { renderFindings as t };