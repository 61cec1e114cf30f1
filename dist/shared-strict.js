import { r as InputError } from "./shared-error.js";

// core/json/strict.ts
const maxDepth = 100;
const forbiddenKeys = /* @__PURE__ */ new Set([
	"__proto__",
	"constructor",
	"prototype"
]);
/** Strict JSON has no such key: it would reach an object's prototype. */
const isForbiddenKey = (key) => forbiddenKeys.has(key);
const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literals = [
	["true", true],
	["false", false],
	["null", null]
];
/**
* Reads JSON that somebody else wrote, more strictly than `JSON.parse`.
* @param text whole document; pull-request controlled
* @param source file name or other origin, for messages
* @throws InputError JSON_INVALID for anything outside RFC 8259, and for duplicate keys (readers disagree on which one
* counts), numbers that overflow to Infinity, keys that reach an object's prototype, and nesting over 100.
*/
function parseStrictJson(text, source) {
	const reader = new Reader(text, source);
	const value = reader.value(0);
	reader.space();
	if (reader.at < text.length) throw reader.refuse("text after the end of the document");
	return value;
}
var Reader = class {
	at = 0;
	text;
	source;
	constructor(text, source) {
		this.text = text;
		this.source = source;
	}
	value(depth) {
		if (depth > maxDepth) throw this.refuse(`nesting deeper than ${maxDepth}`);
		this.space();
		const next = this.text[this.at];
		if (next === "{") return this.object(depth);
		if (next === "[") return this.array(depth);
		if (next === "\"") return this.string();
		for (const [word, value] of literals) if (this.text.startsWith(word, this.at)) {
			this.at += word.length;
			return value;
		}
		return this.number();
	}
	space() {
		while (" 	\n\r".includes(this.text[this.at] ?? ".")) this.at += 1;
	}
	refuse(what) {
		const before = this.text.slice(0, this.at).split("\n");
		return new InputError("JSON_INVALID", `${this.source} is not strict JSON: ${what}`, {
			hint: "Write plain JSON: every key once, finite numbers, nothing after the end.",
			where: {
				file: this.source,
				line: before.length,
				column: (before.at(-1)?.length ?? 0) + 1
			}
		});
	}
	object(depth) {
		const object = {};
		this.list("}", () => {
			this.space();
			if (this.text[this.at] !== "\"") throw this.refuse("a key without quotes");
			const key = this.string();
			if (forbiddenKeys.has(key)) throw this.refuse(`the key "${key}"`);
			if (Object.hasOwn(object, key)) throw this.refuse(`the key ${JSON.stringify(key)} twice`);
			this.space();
			if (this.text[this.at] !== ":") throw this.refuse("a key without a colon");
			this.at += 1;
			object[key] = this.value(depth + 1);
		});
		return object;
	}
	array(depth) {
		const array = [];
		this.list("]", () => array.push(this.value(depth + 1)));
		return array;
	}
	/** Members between the bracket at the cursor and `end`, separated by commas. */
	list(end, member) {
		this.at += 1;
		this.space();
		if (this.text[this.at] === end) {
			this.at += 1;
			return;
		}
		for (;;) {
			member();
			this.space();
			const next = this.text[this.at];
			this.at += 1;
			if (next === end) return;
			if (next !== ",") {
				this.at -= 1;
				throw this.refuse(`something else than "," or "${end}"`);
			}
		}
	}
	string() {
		const start = this.at;
		this.at += 1;
		while (this.at < this.text.length && this.text[this.at] !== "\"") this.at += this.text[this.at] === "\\" ? 2 : 1;
		this.at += 1;
		try {
			return JSON.parse(this.text.slice(start, this.at));
		} catch (cause) {
			this.at = start;
			throw Object.assign(this.refuse("text that does not end or holds a raw control character"), { cause });
		}
	}
	number() {
		numberForm.lastIndex = this.at;
		const found = numberForm.exec(this.text)?.[0];
		if (found === void 0) throw this.refuse("a value that is no JSON value");
		const number = Number(found);
		if (!Number.isFinite(number)) throw this.refuse(`the number ${found}, which is not finite`);
		this.at += found.length;
		return number;
	}
};

export { parseStrictJson as n, isForbiddenKey as t };