import { t as parseAnchor } from "./shared-anchor.js";

// adapters/github/checks.ts
/** Prefix of the external id of an anchor, which shares the name `gatehouse` and is never touched. */
const anchorPrefix = "anchor:";

// adapters/github/anchors.ts
/** Name of the decision's check and of the anchor beside it. */
const checkName = "gatehouse";
/** How far back the newest anchor is looked for; it is renewed long before. */
const maxCommits = 100;
/** Two merges may be recorded in the other order: look a little past the first anchor found. */
const beyond = 10;
/**
* Looks for the newest anchors: check runs of our app on the commits of the base branch, which whoever may push to the
* ledger cannot make.
* @param branch a governed base branch, or a commit of it
* @param hints commits that the ledger itself names; they only add anchors, they cannot hide one
* @returns newest commit first; empty when there is none within 100 commits
*/
async function readAnchors(reader, branch, hints = []) {
	const commits = (await reader.commitsOf(branch, maxCommits)).map(({ sha }) => sha);
	const found = [];
	let last = commits.length;
	for (const [distance, commit] of commits.entries()) {
		if (distance > last) break;
		const here = await anchorsAt(reader, commit);
		if (here.length > 0) last = Math.min(last, distance + beyond);
		found.push(...here.map((anchor) => ({
			...anchor,
			commit,
			distance
		})));
	}
	const seen = new Set(found.map(({ commit }) => commit));
	for (const commit of new Set(hints)) {
		if (seen.has(commit)) continue;
		const here = await anchorsAt(reader, commit);
		found.push(...here.map((anchor) => ({
			...anchor,
			commit,
			distance: commits.length
		})));
	}
	return found;
}
async function anchorsAt(reader, commit) {
	return (await reader.checkRuns(commit, checkName)).filter((run) => run.externalId.startsWith("anchor:") && run.status === "completed").map((run) => ({
		...parseAnchor(run.externalId),
		completedAt: run.completedAt ?? ""
	}));
}

export { readAnchors as t };