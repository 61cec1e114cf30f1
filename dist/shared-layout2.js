import { u as isLedgerPath } from "./shared-layout.js";

// core/evidence/instant.ts
const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z$/;
const monthLengths = [
	31,
	28,
	31,
	30,
	31,
	30,
	31,
	31,
	30,
	31,
	30,
	31
];
/**
* Reads an ISO 8601 time in UTC, as GitHub writes it, without a clock or the machine's time zone.
* @returns milliseconds since 1970-01-01T00:00:00Z (with a fraction when there is one), or null when the text is none
*/
function parseInstant(text) {
	const match = pattern.exec(text);
	if (!match) return null;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const length = (monthLengths[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
	if (day < 1 || day > length || hour > 23 || minute > 59 || second > 59) return null;
	const fraction = Number(`0.${match[7] ?? "0"}`) * 1e3;
	return (((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1e3 + fraction;
}
/**
* Days from 1970-01-01 in the Gregorian calendar.
* @see Howard Hinnant, chrono-compatible low-level date algorithms, days_from_civil
*/
function daysSinceEpoch(year, month, day) {
	const shifted = month <= 2 ? year - 1 : year;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146097 + dayOfEra - 719468;
}

// core/registry/layout.ts
const headPath = "audit/HEAD.json";
/** What went past the gate, open and closed; only there once something did. */
const incidentsPath = "audit/incidents.yml";
const frontPagePath = (layout) => layout === "own" ? "README.md" : "audit/README.md";
const versionPath = (model, version) => `models/${model}/versions/${String(version).padStart(4, "0")}.yml`;
const statePath = (model) => `models/${model}/state.yml`;
const statusPath = (model) => `models/${model}/status.yml`;
const cardPath = (model) => `models/${model}/MODEL_CARD.md`;
const endpointPath = (endpoint, model) => `endpoints/${endpoint}/${model}.yml`;
/** Number of its first event in the stream, so that two writers collide in git instead of forking the chain. */
function transactionPath(model, first) {
	return `audit/${model}/${String(Math.floor(first / 1e3)).padStart(3, "0")}/${String(first).padStart(6, "0")}.json`;
}
const operationPath = (model, operation) => `audit/${model}/ops/${operation}`;
/** True for `audit/<model>/000/000042.json`. */
const isTransactionPath = (path) => /^audit\/.+\/\d{3,}\/\d{6,}\.json$/.test(path);
/** True for every path that the app alone writes in this layout; on a branch of its own that is everything. */
const belongsToLedger = (path, layout) => layout === "own" || isLedgerPath(path);

export { headPath as a, operationPath as c, transactionPath as d, versionPath as f, frontPagePath as i, statePath as l, cardPath as n, incidentsPath as o, parseInstant as p, endpointPath as r, isTransactionPath as s, belongsToLedger as t, statusPath as u };