// core/profile/value-text.ts
const integerForm = /^[+-]?[0-9]+$/;
const numberForm = /^[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const timeForm = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?Z?)?$/;
const canonicalSeconds = 19;
const leastInteger = -(2n ** 63n);
const mostInteger = 2n ** 63n - 1n;
const booleans = /* @__PURE__ */ new Map([
	["true", "true"],
	["1", "true"],
	["false", "false"],
	["0", "false"]
]);
/**
* The one spelling of a value, so that equal values have equal texts whatever file they came from.
*
* Integers (64-bit) are decimal digits without leading zeros or plus, doubles ECMAScript's shortest form that reads
* back to the same bits (-0 is `0`), times `YYYY-MM-DDThh:mm:ss[.ffffff]Z` (UTC, microseconds, no fraction when it is
* zero), booleans `true` and `false`; texts stay as they are.
* @param cell text of a cell that is not empty; controlled by whoever made the data
* @returns null when it is no value of the type
*/
function toValueText(type, cell) {
	switch (type) {
		case "text": return cell;
		case "boolean": return booleans.get(cell.toLowerCase()) ?? null;
		case "integer": return integerForm.test(cell) ? writeInteger(cell) : null;
		case "number": return numberForm.test(cell) ? writeNumber(Number(cell)) : null;
		case "timestamp": return writeTime(cell);
	}
}
/** The canonical text of a double; null when it is not finite. */
function writeNumber(value) {
	return Number.isFinite(value) ? String(value === 0 ? 0 : value) : null;
}
function writeInteger(cell) {
	const digits = cell.replace(/^([+-]?)0+(?=[0-9])/, "$1").replace(/^[+]/, "");
	if (digits.length > 20) return null;
	const value = BigInt(digits);
	return value >= leastInteger && value <= mostInteger ? String(value) : null;
}
function writeTime(cell) {
	const [, day, hour = "00", minute = "00", second = "00", fraction = ""] = timeForm.exec(cell) ?? [];
	if (day === void 0) return null;
	const text = `${day}T${hour}:${minute}:${second}`;
	const milliseconds = Date.parse(`${text}Z`);
	if (!(Number.isFinite(milliseconds) && new Date(milliseconds).toISOString().slice(0, canonicalSeconds) === text)) return null;
	const microseconds = fraction.slice(0, 6).padEnd(6, "0");
	return microseconds === "000000" ? `${text}Z` : `${text}.${microseconds}Z`;
}
/** The order of two canonical texts of one type: numbers by value however many digits, times by instant, texts by code point. */
function compareValues(type, a, b) {
	if (a === b) return 0;
	if (type === "number") return Number(a) - Number(b) < 0 ? -1 : 1;
	if (type === "integer") return compareIntegers(a, b);
	if (type === "timestamp") return a.slice(0, -1) < b.slice(0, -1) ? -1 : 1;
	return compareCodePoints(a, b);
}
function compareIntegers(a, b) {
	const difference = Number(a) - Number(b);
	if (difference !== 0) return difference < 0 ? -1 : 1;
	return BigInt(a) < BigInt(b) ? -1 : 1;
}
/** Code point order, which is also the order of UTF-8 bytes; JavaScript alone compares UTF-16 code units. */
function compareCodePoints(a, b) {
	const length = Math.min(a.length, b.length);
	for (let at = 0; at < length; at++) {
		const left = a.charCodeAt(at);
		const right = b.charCodeAt(at);
		if (left !== right) return toCodePointOrder(left) - toCodePointOrder(right);
	}
	return a.length - b.length;
}
/** Moves surrogates above the rest of the plane: they stand for the code points above it. */
function toCodePointOrder(unit) {
	if (unit < 55296) return unit;
	return unit < 57344 ? unit + 8192 : unit - 2048;
}
/** Characters (Unicode code points) of a text. */
function countCharacters(text) {
	let count = text.length;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code >= 55296 && code < 56320) count -= 1;
	}
	return count;
}
/** The first `most` characters (Unicode code points) of a text. */
function cutText(text, most) {
	if (text.length <= most) return text;
	return Array.from(text.slice(0, 2 * most)).slice(0, most).join("");
}

export { writeNumber as a, toValueText as i, countCharacters as n, cutText as r, compareValues as t };