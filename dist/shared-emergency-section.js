import { a as breakGlassReviewPath, r as breakGlassPath } from "./shared-layout.js";
import { r as triggersAt } from "./shared-rollback-trigger.js";
import { _ as windowOf, a as sampleBreakGlassReview, m as nowOf, p as hourMs, u as askOf } from "./shared-file-sample.js";
import { t as paragraph } from "./shared-block.js";
import { t as counted } from "./shared-count-text.js";
import { n as showTime } from "./shared-time-text.js";

// core/policy/emergency-note.ts
/**
* What the ledger writes behind each move of an emergency; null: it was none.
* A pure function of what is stored, so that whoever verifies writes the same.
*/
function breakGlassNoteOf(input, { passedOver }) {
	const [ask, rule, now] = [
		askOf(input),
		input.policy.breakGlass,
		nowOf(input)
	];
	if (ask === null || rule === void 0 || now === null || passedOver === void 0) return null;
	return {
		by: ask.by,
		reason: ask.reason,
		past: passedOver,
		expiresAt: toText(windowOf(ask, rule.hours).to),
		reviewBy: toText(now + rule.reviewWithinHours * hourMs)
	};
}
/** Under what a promotion at this endpoint may be undone by itself: what its approvals cover besides. Empty: nothing. */
function preApprovedTriggers(input, endpoint) {
	if (input.policy.trusted.monitor === void 0) return [];
	return triggersAt(input.model?.rollbackTriggers, endpoint);
}
/** `2026-11-21T18:00:00Z` */
const toText = (instant) => new Date(instant).toISOString().replace(".000Z", "Z");

// core/report/emergency-section.ts
/** True when it is let through, or was, by break-glass: whatever else it says, no gate passed it. */
const isByBreakGlass = ({ decision }) => decision.kind === "allowed" && decision.passedOver !== void 0;
/** What an emergency means, where people look first: what is passed over, and what is due afterwards. */
function emergencySections({ input, decision, pullRequest, recorded }) {
	const ask = input.breakGlass?.asked;
	if (ask === void 0) return [];
	const note = breakGlassNoteOf(input, decision);
	const past = decision.passedOver ?? [];
	const asked = [
		{ strong: "By break-glass" },
		`, asked for by ${ask.by}: the reason is in `,
		{ code: breakGlassPath(ask.name) },
		". ",
		past.length === 0 ? "No rule is passed over so far." : `Passed over: ${past.map(inWords).join(", ")}.`
	];
	if (decision.kind !== "allowed" || note === null) return [{
		name: "break-glass",
		rank: 0,
		blocks: [{
			kind: "paragraph",
			text: asked
		}]
	}];
	const review = [
		`Its review is due ${recorded === null ? `${input.policy.breakGlass?.reviewWithinHours ?? 0} hours after the merge` : showTime(note.reviewBy)}: a pull request that adds `,
		{ code: breakGlassReviewPath(ask.name) },
		", approved by governors. Without it nothing of this model goes to production any more but a rollback. To write:"
	];
	const { lines } = sampleBreakGlassReview(ask.model, pullRequest);
	return [{
		name: "break-glass",
		rank: 0,
		blocks: [
			{
				kind: "paragraph",
				text: asked
			},
			{
				kind: "paragraph",
				text: review
			},
			{
				kind: "fence",
				language: "yaml",
				lines
			}
		]
	}];
}
const words = {
	judgement: "gates that fail or were not measured",
	time: "soak or freeze",
	approvals: "the usual quorum"
};
const inWords = (rule) => words[rule] ?? rule;
/** Reviews that a pull request brings, in the words of a headline; null: none, or it moves something as well. */
function reviewHeadline({ change, breakGlass }) {
	const [review] = breakGlass?.reviews ?? [];
	const moves = change.kind === "request" ? change.moves.length : 0;
	return review === void 0 || moves > 0 ? null : `the review of the break-glass of pull request #${review.pullRequest}`;
}
/** Emergencies that wait for a review, on the front page of the ledger. */
function openReviews(models) {
	const open = models.flatMap(({ breakGlass = [] }) => breakGlass.filter(({ reviewed }) => !reviewed));
	if (open.length === 0) return [];
	return [
		{
			kind: "heading",
			level: 3,
			text: ["Emergencies to be reviewed"]
		},
		paragraph(`${counted(open.length, "version")} went to production by break-glass. Whoever looked at it says so in a pull request, before it is due.`),
		{
			kind: "table",
			head: [
				"Model",
				"Version",
				"Endpoint",
				"Pull request",
				"Since",
				"Review due"
			],
			rows: open.map(toRow)
		}
	];
}
const toRow = ({ model, version, endpoint, pullRequest, at, reviewBy }) => [
	[model],
	[`v${version}`],
	[{ code: endpoint }],
	[`#${pullRequest}`],
	[showTime(at)],
	[showTime(reviewBy)]
];

export { breakGlassNoteOf as a, reviewHeadline as i, isByBreakGlass as n, preApprovedTriggers as o, openReviews as r, emergencySections as t };