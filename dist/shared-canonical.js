import { r as InputError } from "./shared-error.js";
import { createHash } from "node:crypto";

// core/json/canonical.ts
/**
* Writes a value as canonical JSON, so that equal values have equal bytes.
* @throws InputError CANONICAL_JSON for undefined, functions, symbols, bigints, non-finite numbers and lone surrogates:
* dropping or coercing them silently would let two different values share one digest.
* @see RFC 8785
*/
function canonicalJson(value) {
	return write(value, "");
}
/** SHA-256 over the canonical JSON of a value. */
function digestOf(value) {
	return digestBytes(canonicalJson(value));
}
/** SHA-256 over bytes; text is read as UTF-8. */
function digestBytes(bytes) {
	return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
/** True for `sha256:` followed by 64 lower-case hex characters. */
function isDigest(text) {
	return typeof text === "string" && /^sha256:[0-9a-f]{64}$/.test(text);
}
function write(value, pointer) {
	if (value === null || typeof value === "boolean") return String(value);
	if (typeof value === "number") {
		if (!Number.isFinite(value)) throw refuse(pointer, `the number ${value}`);
		return JSON.stringify(value);
	}
	if (typeof value === "string") return writeString(value, pointer);
	if (Array.isArray(value)) return `[${value.map((item, at) => write(item, `${pointer}/${at}`)).join(",")}]`;
	if (isPlainObject(value)) return writeObject(value, pointer);
	throw refuse(pointer, typeof value === "object" ? `an object of class ${value.constructor?.name}` : `a value of type ${typeof value}`);
}
function writeObject(value, pointer) {
	return `{${Object.keys(value).sort().map((key) => `${writeString(key, pointer)}:${write(value[key], `${pointer}/${key}`)}`).join(",")}}`;
}
function writeString(text, pointer) {
	if (!text.isWellFormed()) throw refuse(pointer, "text with half a surrogate pair");
	return JSON.stringify(text);
}
function isPlainObject(value) {
	if (typeof value !== "object" || value === null) return false;
	const prototype = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
function refuse(pointer, what) {
	return new InputError("CANONICAL_JSON", `${what} at "${pointer || "/"}" has no canonical JSON form`, {
		hint: "Leave the field out or write a finite number, text, true, false or null.",
		where: {
			file: "(value)",
			pointer
		}
	});
}

export { isDigest as i, digestBytes as n, digestOf as r, canonicalJson as t };