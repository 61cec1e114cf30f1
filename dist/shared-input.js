import { r as InputError } from "./shared-error.js";
import { i as isDigest } from "./shared-canonical.js";
import { a as input } from "./shared-toolkit.js";

// adapters/actions/input.ts
/** An artifact id or a version: digits; null when the input is empty. @throws InputError INPUT_INVALID */
function inputNumber(name) {
	const text = input(name);
	if (text === "") return null;
	if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
	throw refuse(name, text, "a positive whole number");
}
/** `sha256:` and 64 hex characters, or the 64 alone as the upload action gives them; null when empty. */
function inputDigest(name) {
	const text = input(name);
	if (text === "") return null;
	const digest = text.startsWith("sha256:") ? text : `sha256:${text}`;
	if (isDigest(digest)) return digest;
	throw refuse(name, text, "a SHA-256 digest");
}
function refuse(name, text, wanted) {
	return new InputError("INPUT_INVALID", `The input "${name}" is ${JSON.stringify(text.slice(0, 80))}, not ${wanted}`, { hint: "Pass the output of the step that makes it, unchanged." });
}

export { inputNumber as n, inputDigest as t };