// core/report/cell.ts
/** Splits what a filter of GitHub would join: invisible, and no part of a name, a number or an address. */
const breaker = "​";
/** Control, format (bidirectional, zero-width, tags), private use, half surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;
/**
* What would make an address, or an emoji of `:word:`. GitHub links no file:///, and no emoji is called by two digits:
* paths and times of the day stay whole.
*/
const colon = /(?<!\bfile(?=:\/{3}))(?<!\d\d(?=:\d\d:\d\d)):(?=\/|[\w+-]+:)/g;
/** Seven hexadecimal digits are a commit to GitHub; those behind the point of a number are none, and stay whole. */
const commitOrFraction = /(?<![\w.])\d{1,6}\.\d{7,20}(?![\w.])|\b[0-9a-f]{7,}\b/gi;
/** Words of printable ASCII, one space between them: nearly every text, and nothing in it to change. */
const ordinary = /^ ?[!-~]*(?: [!-~]+)* ?$/;
/** Of a text that is to be shown in n characters so many times n are read: most of a megabyte would be thrown away. */
const readAhead = 64;
const spaces = /[\s\p{Zl}\p{Zp}\p{Zs}]+/gu;
/**
* Makes text that somebody else chose safe inside Markdown: a table cell, a sentence, a list item.
* The answer stays on one line and is only text: no link, mention, reference, HTML, emphasis, code or second column.
* @param most characters that are shown; a longer text ends in `…`
* @returns never empty: nothing is shown as `–`
*/
function cell(text, most = 80) {
	const plain = plainText(text, most).trim();
	return plain === "" ? "–" : escapeText(plain);
}
/**
* The same inside a code span, for names of columns, files and people.
* GitHub links nothing in there, so the text stands unbroken, to be copied.
* What a code span cannot hold (backtick, pipe, what begins like HTML) falls back to escaped text.
*/
function code(text, most = 80) {
	const plain = plainText(text, most).trim();
	if (plain === "") return "–";
	return /[`|]|<[!/?a-z]|-->/i.test(plain) ? escapeText(plain) : `\`${plain}\``;
}
/** One line without anything that a reader cannot see: for terminals, titles and annotations. */
function plainText(text, most = 80) {
	if (text.length <= most && ordinary.test(text)) return text;
	const start = text.slice(0, most * readAhead);
	const characters = [...start.toWellFormed().replace(spaces, " ").replace(unseen, "")];
	return characters.length <= most && start.length === text.length ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}
/** Escapes one line of plain text. Entities where GFM's table scanner and Markdown disagree about backslashes. */
function escapeText(plain) {
	return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/[\\`*_~[\]$^]/g, "\\$&").replaceAll("|", "&vert;").replace(/^(\s*)([-+=#](?=[-=\s]|$)|:(?=-)|\d{1,9}(?=[.)](?:\s|$)))/, leadingMark).replace(/[@#]/g, `$&${breaker}`).replace(colon, `:${breaker}`).replace(/(?<=www|mailto|xmpp)(?=[.:])/gi, breaker).replace(/(?<=[A-Za-z])(?<!(?<![\w.])\d[\d.]*e)-(?=\d)/g, `-${breaker}`).replace(commitOrFraction, (word) => word.includes(".") ? word : word.replace(/.{6}(?=.)/g, `$&${breaker}`));
}
/** What would start a list, heading, rule or table line at the beginning of a block. */
function leadingMark(_all, space, mark) {
	return /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`;
}

export { plainText as i, code as n, escapeText as r, cell as t };