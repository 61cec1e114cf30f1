import { t as endOfMoment } from "./shared-moment.js";
import { t as parseInstant } from "./shared-instant.js";

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

export { nowOf as a, windowOf as c, hourMs as i, coversMoves as n, overdueUses as o, freeAt as r, recentUses as s, askOf as t };