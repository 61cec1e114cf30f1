import { n as grouped } from "./shared-count-text.js";
import { c as claimedSections, l as changeSections, o as resultsOf } from "./shared-judged-sections.js";
import { u as short } from "./shared-facts.js";
import { i as shownComparisons, n as judgementHeadline, t as isWaivedWhole } from "./shared-judgement-view.js";
import { n as renderTable, t as renderPage } from "./shared-page.js";

// core/report/html/report.ts
/**
* Renders a judgement as one HTML file that needs no network.
* @returns the page, under 150 kB for a typical judgement
*/
function renderHtmlReport(judgement, options = {}) {
	const { version, verdict, heldOut, findings, claimed, origin } = judgement;
	const { latency, made, waiving } = options;
	const comparisons = shownComparisons(judgement, waiving);
	return renderPage({
		verdict: isWaivedWhole(judgement, comparisons) ? "not evaluated" : verdict,
		headline: judgementHeadline(judgement, comparisons),
		challenger: version === null ? "This pull request" : `v${version}`,
		rows: heldOut.rows,
		about: [`Pull request ${origin.pullRequest}, commit `, { code: short(origin.headSha) }],
		findings,
		comparisons,
		...latency === void 0 ? {} : { latency },
		training: [...claimedSections(claimed, resultsOf(comparisons)), ...made === void 0 ? [] : changeSections(made.champion, made.challenger)],
		origin: originTable(judgement),
		footer: [
			`Pull request ${origin.pullRequest} of `,
			{ code: origin.repository },
			". Judged: computed by trusted code from held-out rows. Measured: by our code beside code of the proposer. Claimed: stated by the training job. ",
			"This page loads nothing and runs no script; the evidence in the artifact of the run is what counts."
		]
	});
}
function originTable(judgement) {
	const { origin, artifact, heldOut, claimed } = judgement;
	const rows = [
		["Repository", [{ code: origin.repository }]],
		["Commit", [{ code: origin.headSha }]],
		["Run", [`${origin.runId}, attempt ${origin.runAttempt}`]],
		["Model file", [{ code: artifact.digest }, ` ${grouped(artifact.sizeBytes)} bytes`]],
		["Held-out features", [{ code: heldOut.featuresDigest }]],
		["Held-out labels", [{ code: heldOut.labelsDigest }]],
		["Rules", [{ code: judgement.rulesDigest }, ` of base ${short(origin.baseSha)}`]],
		["Result", [{ code: judgement.resultDigest }]],
		["Trained by", [{ code: claimed.command }, " (claimed)"]]
	];
	return renderTable({
		kind: "table",
		head: ["What", "Which"],
		rows: rows.map(([what, which]) => [[what], which])
	});
}

export { renderHtmlReport as t };