import { u as short } from "./shared-facts.js";

// core/report/address.ts
const encodePath = (path) => path.split("/").map(encodeURIComponent).join("/");
/** A file at a commit, at its line. Contracts and policy are linked at base: that is where they govern from. */
function linkFile(report, where, commit = report.baseSha) {
	const text = where.line === void 0 ? where.file : `${where.file} line ${where.line}`;
	const line = where.line === void 0 ? "" : `#L${where.line}`;
	return {
		link: text,
		to: `${report.repositoryUrl}/blob/${commit}/${encodePath(where.file)}${line}`
	};
}
const linkCommit = (report, commit) => ({
	link: short(commit),
	code: true,
	to: `${report.repositoryUrl}/commit/${commit}`
});
function linkRun({ run }) {
	return run === null ? "no run yet" : {
		link: `run ${run.id}`,
		to: run.url
	};
}
/** A file of the ledger as it was written. `ledgerUrl` is the address of the commit. */
function linkLedgerFile(ledgerUrl, path) {
	return {
		link: path,
		code: true,
		to: `${ledgerUrl.replace(/\/commit\//, "/blob/").replace(/\/$/, "")}/${encodePath(path)}`
	};
}

export { linkRun as i, linkFile as n, linkLedgerFile as r, linkCommit as t };