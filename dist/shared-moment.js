// core/config/moment.ts
/** No offset but Z: data engines disagree on others. */
const moment = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z?)?$/;
/** One spelling, so that two of them compare and no local time zone comes in. */
const toInstant = (text) => text.replace(" ", "T").replace(/(T.*[0-9])$/, "$1Z");
/** Milliseconds since 1970-01-01 of a date or time in UTC; NaN when it is none. */
const readMoment = (text) => moment.test(text) ? Date.parse(toInstant(text)) : NaN;
/** True for a date or a time of the one spelling that every engine reads alike; 2001-02-31 is none. */
function isMoment(text) {
	const at = readMoment(text);
	return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text.slice(0, 10);
}
const dayMs = 864e5;
/** The first millisecond that is no longer in it: a date lasts to the end of its day, a time is a moment. NaN: none. */
const endOfMoment = (text) => readMoment(text) + (/^\d{4}-\d{2}-\d{2}$/.test(text) ? dayMs : 0);
const momentRule = "a date 2026-12-31 or a time 2026-12-31T23:59:00Z";

export { readMoment as i, isMoment as n, momentRule as r, endOfMoment as t };