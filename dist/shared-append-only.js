import { a as headPath, o as incidentsPath } from "./shared-layout2.js";
import { t as ledgerFinding } from "./shared-verification.js";

// core/audit/append-only.ts
/** Files that the ledger writes anew: its head, the list of incidents and, beside people's files, its front page. */
const isRewritable = (path) => path === "audit/HEAD.json" || path === "audit/incidents.yml" || path === "audit/README.md";
/** These are about what is not there: whoever last wrote the file that they name did nothing wrong. */
const absences = new Set([
	"entry-missing",
	"truncated",
	"rolled-back",
	"anchor-missing",
	"history-edited"
].map((code) => `ledger/${code}`));
/** Is the commit that last wrote the file of a finding the one to look at? */
const blamesWriter = ({ code }) => !absences.has(code);
/**
* Judges what the history of the branch did to entries. A ledger grows; git remembers when it did something else, as long
* as nobody pushes with force: that is told by anchors.
* A file that was put back, and one whose place an anchor vouches for, is a warning with the commit. Everything else fails,
* but for files of a stranger: a correction of the ledger, which an anchor covers, names the commits that added them.
*/
function checkAppendOnly(files, { events, anchored, head }) {
	const foreign = new Set(events.flatMap(({ gseq, data }) => data.type === "LedgerCorrected" && gseq < anchored ? data.foreign : []));
	const isCorrected = ({ addedBy }) => addedBy.length > 0 && addedBy.every((commit) => foreign.has(commit));
	const isCovered = anchored > 0 && anchored === head.size;
	return files.map((file) => {
		const isMended = file.now === "as it was added" || file.now === "something else" && isCovered || isCorrected(file);
		const finding = ledgerFinding("history-edited", file.path, describe(file), {
			found: file.now,
			allowed: "as it was added"
		});
		return isMended ? {
			...finding,
			severity: "warn",
			fix: mended
		} : finding;
	});
}
function describe({ path, status, commit, at, author, now }) {
	const by = author === "" ? "" : ` by ${author.slice(0, 60)}`;
	const end = now === "as it was added" ? "; it was put back since" : "";
	return `${path} was ${status} in commit ${commit.slice(0, 12)} of ${at}${by}: entries are only ever added${end}`;
}
const mended = "Nothing, if you know of it: what lies there now is proven. Block force pushes and let only the app push.";

export { checkAppendOnly as n, isRewritable as r, blamesWriter as t };