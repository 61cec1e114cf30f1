import { i as plainText } from "./shared-cell.js";

// core/report/columns.ts
const indent = "  ";
const gap = "  ";
/** A column is not made narrower than this, even where the line gets longer: a word a line is no text. */
const narrowest = 14;
/**
* Lays a table out in columns of a terminal. Where a line would be longer than the width, the widest columns of text
* are folded at spaces; numbers and what is narrow stay on one line, and nothing is left out.
* @param toText a cell without markup
* @param lineWidth characters of a line; a word that is longer than its column still stands whole
*/
function renderColumns({ head, align = [], rows }, toText, lineWidth = Number.POSITIVE_INFINITY) {
	const cells = [head.map((title) => toText([title]).trim() || "–"), ...rows.map((row) => row.map((phrase) => toText(phrase).trim() || "–"))];
	const widest = (toWidth) => head.map((_, at) => Math.max(...cells.map((row) => toWidth(row[at] ?? ""))));
	const whole = widest(widthOf);
	const widths = narrow(whole, widest((text) => Math.max(...wordsOf(text).map(widthOf))).map((word, at) => align[at] === "r" ? whole[at] ?? 0 : Math.max(narrowest, word)), lineWidth - 2 - 2 * (head.length - 1));
	return cells.flatMap((row) => {
		const folded = widths.map((width, at) => foldText(row[at] ?? "", width));
		const height = Math.max(...folded.map(({ length }) => length));
		return Array.from({ length: height }, (_, line) => widths.map((width, at) => pad(folded[at]?.[line] ?? "", width, align[at] === "r")).join(gap));
	}).map((line) => `${indent}${line}`.trimEnd()).join("\n");
}
/** The largest cap on the widths with which a line is short enough. */
function narrow(whole, least, room) {
	const capped = (cap) => whole.map((width, at) => Math.min(width, Math.max(cap, least[at] ?? 0)));
	let cap = Math.max(narrowest, ...whole);
	while (cap > narrowest && capped(cap).reduce((sum, width) => sum + width, 0) > room) cap -= 1;
	return capped(cap);
}
/** A number and its percent sign are one word. */
const wordsOf = (text) => text.split(/ (?!%)/);
/** Folds at spaces alone: whoever copies a path or a digest gets it whole. */
function foldText(text, width) {
	const lines = [];
	let line = "";
	for (const word of wordsOf(text)) {
		const longer = line === "" ? word : `${line} ${word}`;
		if (line !== "" && widthOf(longer) > width) {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	return [...lines, line];
}
function pad(text, width, right) {
	const space = " ".repeat(Math.max(0, width - widthOf(text)));
	return right ? `${space}${text}` : `${text}${space}`;
}
/** Two cells of the terminal: icons, and the letters of East Asia. */
const wide = /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
const ascii$1 = /^[ -~]*$/;
/** Cells of a terminal that a text takes. */
function widthOf(text) {
	if (ascii$1.test(text)) return text.length;
	let width = 0;
	for (const character of text) if (character === "️") width += 1;
	else if (!/\p{M}/u.test(character)) width += wide.test(character) ? 2 : 1;
	return width;
}

// core/report/text.ts
/** Renders blocks for a terminal: the same words as on the pull request, without Markdown. */
function renderText(blocks, options = {}) {
	const text = blocks.filter((block) => block.kind !== "fence" || block.language !== "mermaid").map((block) => renderBlock(block, options.width)).join("\n\n");
	return options.ascii === true ? toAscii(text) : text;
}
function renderBlock(block, width) {
	switch (block.kind) {
		case "heading":
		case "paragraph":
		case "quote":
		case "small": return phraseText(block.text);
		case "steps": return block.items.map((item, at) => `  ${at + 1}. ${phraseText(item)}`).join("\n");
		case "list": return block.items.map((item) => `  - ${phraseText(item)}`).join("\n");
		case "fence": return block.lines.map((line) => `  ${line.replace(/[^\S ]/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "")}`).join("\n");
		case "fold": return `${block.title}\n${renderText(block.blocks, width === void 0 ? {} : { width })}`;
		case "table": return renderColumns(block, phraseText, width);
	}
}
/** A phrase without any markup: for titles, annotations and terminals. */
const phraseText = (phrase) => phrase.map(inlineText).join("");
function inlineText(inline) {
	if (typeof inline === "string") return plainText(inline, 400);
	if ("prose" in inline) return plainText(inline.prose, 4e3);
	if ("strong" in inline) return plainText(inline.strong, 400);
	return plainText("link" in inline ? inline.link : inline.code);
}
const ascii = [
	[/[✅❌⛔⚠⏳🔒⚪]\uFE0F? ?/gu, ""],
	[/[–−]/g, "-"],
	[/…/g, "..."],
	[/→/g, "->"],
	[/≥/g, ">="],
	[/≤/g, "<="],
	[/×/g, "x"],
	[/·/g, "|"],
	[/[▲▼] ?/gu, ""]
];
/** Replaces every character outside ASCII; icons go, since each stands beside its word. */
function toAscii(text) {
	return ascii.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), text).replace(/[^\n\x20-\x7e]/gu, "?");
}

export { renderText as n, toAscii as r, phraseText as t };