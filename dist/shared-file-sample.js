import { C as risksPath, S as readinessPath, a as breakGlassReviewPath, y as modelPath } from "./shared-layout.js";
import { d as areas, m as requiredItems } from "./shared-policy-resolution.js";
import { t as endOfMoment } from "./shared-moment.js";
import { p as parseInstant } from "./shared-layout2.js";

// core/policy/break-glass.ts
const windowDays = 30;
const hourMs = 36e5;
const dayMs = 24 * hourMs;
/** Time of the decision in milliseconds; null: it is not known. */
const nowOf = ({ now }) => now === void 0 ? null : parseInstant(now);
/** The window in which a request holds: it ends when it says, and begins so many hours before as the policy lets it. */
function windowOf({ until }, hours) {
	const to = endOfMoment(until);
	return {
		from: to - hours * hourMs,
		to
	};
}
/** Pull requests that used it in the 30 days before, oldest first: one that moved two endpoints is one use. */
function recentUses(uses, now) {
	const times = /* @__PURE__ */ new Map();
	for (const use of uses) {
		const at = parseInstant(use.at);
		if (at === null || now - at < 30 * dayMs) times.set(`${use.model} ${use.pullRequest}`, at ?? now);
	}
	return [...times.values()].sort((a, b) => a - b);
}
/** When one use more is possible, in milliseconds; null: now. */
function freeAt(uses, most, now) {
	const recent = recentUses(uses, now);
	if (recent.length < most) return null;
	return (recent[recent.length - most] ?? now) + 30 * dayMs;
}
/** Uses that nobody reviewed in time. An unreadable time is late. */
const overdueUses = (uses, now) => uses.filter(({ reviewed, reviewBy }) => !reviewed && !(now <= (parseInstant(reviewBy) ?? 0)));
/** What a pull request asks for in an emergency; null: it asks the usual way. */
const askOf = ({ breakGlass }) => breakGlass?.asked ?? null;
/** True when the moves are exactly those that the file names. */
function coversMoves({ production }, change) {
	const asked = new Map(Object.entries(production));
	return change.moves.length === asked.size && change.moves.every((move) => move.kind === "stage" && move.to === "production" && move.endpoint !== null && asked.get(move.endpoint) === move.version);
}

// core/policy/file-sample.ts
/** Stands for a login until somebody writes one. */
const login = "LOGIN";
/**
* What a readiness review looks like, every item that the risk class asks for, none of them done: copied as it stands it
* lets nothing through.
*/
const sampleReadiness = (model) => ({
	file: readinessPath(model.model),
	lines: [
		"version: 1",
		`# to what is done add the day and, if there is one, the place: { done: '2026-12-31', by: ${login}, link: 'https://...' }`,
		...areas.flatMap((area) => [`${area}:`, ...requiredItems[model.risk][area].map((item) => `  ${item}: { by: ${login} }`)])
	]
});
/** What is still to be written of one area. */
const sampleArea = (model, area, open) => ({
	file: readinessPath(model.model),
	lines: [`${area}:`, ...open.map((item) => `  ${item}: { done: 'YYYY-MM-DD', by: ${login} }`)]
});
/** A register with one risk, open and high: copied as it stands it lets nothing through. */
const sampleRisks = (model) => ({
	file: risksPath(model),
	lines: [
		"version: 1",
		"risks:",
		"  - name: wrong-alarms",
		"    kind: quality # or bias, security, privacy, legal, operations",
		"    severity: high # or medium, low",
		"    status: open # controlled, once what is done against it works",
		"    control: A person reads each alarm before a customer is called",
		`    owner: ${login}`,
		"    review-by: YYYY-MM-DD # the last day on which this holds"
	]
});
/** A part of model.yml; what only people can say is left open. */
const sampleOfModel = (model, lines) => ({
	file: modelPath(model),
	lines
});
const serviceLevelLines = [
	"service-level:",
	"  availability-percent: 99.9",
	"  respond-minutes: 60",
	"  restore-minutes: 240"
];
const monitoringLines = [
	"monitoring:",
	"  - signal: p95 latency",
	"    limit: above 200 ms",
	`    owner: ${login}`,
	"    procedure: docs/runbook.md # what to do then"
];
const ownerLines = (key) => [`${key}:`, `  users: [${login}]`];
const criteriaLines = [
	"criteria:",
	"  metric: # what the business measures: missed connections a month",
	"  baseline: # what it is today: 4,100 in the first quarter",
	"  improvement: # what it must become: 3,700 or fewer",
	"  method: # how that is found out: before and after, by week",
	"  window-days: 90",
	`  business-owner: { users: [${login}] }`,
	`  technical-owner: { users: [${login}] }`
];
/** The review of one use of break-glass. */
const sampleBreakGlassReview = (model, pullRequest) => ({
	file: breakGlassReviewPath("NAME"),
	lines: [
		"version: 1",
		`model: ${model}`,
		`pull-request: ${pullRequest}`,
		"found: # what happened, and what is done so that it does not happen again",
		`by: ${login}`
	]
});

export { windowOf as _, sampleBreakGlassReview as a, sampleRisks as c, coversMoves as d, freeAt as f, recentUses as g, overdueUses as h, sampleArea as i, serviceLevelLines as l, nowOf as m, monitoringLines as n, sampleOfModel as o, hourMs as p, ownerLines as r, sampleReadiness as s, criteriaLines as t, askOf as u };