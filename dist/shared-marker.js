import { l as isModelName } from "./shared-js-yaml.js";
import { r as InputError } from "./shared-error.js";
import { i as isDigest, n as digestBytes, t as canonicalJson } from "./shared-canonical.js";
import { n as parseStrictJson } from "./shared-strict.js";
import { n as parseHistory } from "./shared-history.js";

// core/report/marker.ts
/**
* Writes the first line of a comment.
* @throws InputError MARKER for a name that is no model's: it could end the comment or match another one's marker
*/
function writeMarker(marker) {
	if (marker.kind === "configuration") return "<!-- gatehouse:configuration:repository; -->";
	if (!isModelName(marker.model)) throw refuse("the name of the model");
	return `<!-- gatehouse:${marker.kind}:${marker.model}; -->`;
}
/** Reads the marker in the first line of a comment; null unless the line is exactly one. Anybody can paste one. */
function parseMarker(body) {
	const line = body.split(/\r?\n/, 1)[0] ?? "";
	if (line === writeMarker({ kind: "configuration" })) return { kind: "configuration" };
	const [, kind, model] = /^<!-- gatehouse:(proposal|promotion):([^;]+); -->$/.exec(line) ?? [];
	if (kind !== "proposal" && kind !== "promotion" || !isModelName(model)) return null;
	return {
		kind,
		model
	};
}
/**
* Writes the last line of a comment.
* @throws InputError MARKER when a value could end the HTML comment
*/
function writeState(state) {
	const text = canonicalJson(state);
	if (/--|[<>]/.test(text)) throw refuse("a value of the state");
	return `<!-- gatehouse:state ${text} -->`;
}
/** Reads the state in the last line of a comment; null unless it is exactly one of ours. */
function parseState(body) {
	const line = body.trimEnd().split(/\r?\n/).at(-1) ?? "";
	const text = /^<!-- gatehouse:state (\{[^<>]*\}) -->$/.exec(line)?.[1];
	if (text === void 0) return null;
	const value = readJson(text);
	const { v, head, run, attempt, body: digest } = value;
	if (v !== 1 || typeof head !== "string" || !/^[0-9a-f]{40}$/.test(head) || !isDigest(digest)) return null;
	if (!isCount(run) || !isCount(attempt)) return null;
	const history = parseHistory(value.history);
	return {
		v,
		head,
		run,
		attempt,
		body: digest,
		...history.length === 0 ? {} : { history }
	};
}
/** Digest of what a comment says. White space and emoji are left out: they are no news. */
function bodyDigest(text) {
	return digestBytes(text.replace(/\s|\p{Extended_Pictographic}|\uFE0F/gu, ""));
}
const isCount = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
function readJson(text) {
	try {
		const value = parseStrictJson(text, "comment state");
		return typeof value === "object" && value !== null ? value : {};
	} catch {
		return {};
	}
}
const refuse = (what) => new InputError("MARKER", `${what} cannot stand in a hidden comment`, { hint: "Report this: names are checked before a report is made." });

export { writeState as a, writeMarker as i, parseMarker as n, parseState as r, bodyDigest as t };