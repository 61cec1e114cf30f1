import { i as markdownTable } from "./shared-icon.js";
import { Dn as code, On as escapeText, kn as plainText } from "./shared-parse.js";

// core/report/block.ts
const paragraph = (...text) => ({
	kind: "paragraph",
	text
});

// core/report/markdown.ts
/** Prose is what people wrote in configuration, capped there. */
const longestProse = 4e3;
/** Renders blocks as GitHub-flavoured Markdown. Every string in them is escaped here and nowhere else. */
function renderMarkdown(blocks) {
	return blocks.map(renderBlock).join("\n\n");
}
function renderBlock(block) {
	switch (block.kind) {
		case "heading": return `${"#".repeat(block.level)} ${renderPhrase(block.text)}`;
		case "paragraph": return renderPhrase(block.text);
		case "quote": return `> ${renderPhrase(block.text)}`;
		case "small": return `<sub>${renderPhrase(block.text)}</sub>`;
		case "steps": return block.items.map((item, at) => `${at + 1}. ${renderPhrase(item)}`).join("\n");
		case "list": return block.items.map((item) => `- ${renderPhrase(item)}`).join("\n");
		case "fence": return renderFence(block.language, block.lines);
		case "fold": return `<details><summary>${block.title.replace(/[^\w .,:()%]/g, "")}</summary>\n\n${renderMarkdown(block.blocks)}\n\n</details>`;
		case "table": return renderTable(block);
	}
}
const renderPhrase = (phrase) => phrase.map(renderInline).join("");
function renderInline(inline) {
	if (typeof inline === "string") return escapeText(plainText(inline, 400));
	if ("prose" in inline) return escapeText(plainText(inline.prose, longestProse));
	if ("strong" in inline) return `**${escapeText(plainText(inline.strong, 400).trim())}**`;
	if ("code" in inline && !("link" in inline)) return code(inline.code);
	const text = inline.code === true && !/[[\]]/.test(inline.link) ? code(inline.link) : escapeText(plainText(inline.link));
	if (isOwnPath(inline.to)) return `[${text}](${inline.to})`;
	return isWebAddress(inline.to) ? `[${text}](${encodeAddress(inline.to)})` : text;
}
/** A file of the same branch: names of models and our own folders only, so that no scheme can hide in it. */
const isOwnPath = (address) => /^(?:\.\.\/)?[A-Za-z0-9_][\w./-]*$/.test(address) && !address.slice(1).includes("..");
const isWebAddress = (address) => /^https?:\/\//.test(address) && URL.canParse(address);
/** Characters that would end a link's address, or the cell around it. */
const encodeAddress = (address) => new URL(address).href.replace(/[()<>|\\`]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, "0")}`);
function renderTable({ head, align = head.map(() => "l"), rows }) {
	const lines = [head.map((title) => renderCell([title])), ...rows.map((row) => row.map(renderCell))];
	return markdownTable(lines, {
		align: [...align],
		padding: true,
		alignDelimiters: false
	});
}
const renderCell = (phrase) => renderPhrase(phrase).trim() || "–";
/** A fence longer than any run of backticks inside: nothing in it can close it. */
function renderFence(language, lines) {
	const clean = lines.map((line) => line.replace(/\t/g, "  ").split("").filter(isShown).join("").slice(0, 400));
	const runs = clean.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
	const fence = "`".repeat(Math.max(3, ...runs.map((run) => run + 1)));
	return [
		`${fence}${language}`,
		...clean,
		fence
	].join("\n");
}
const isShown = (character) => !/[\p{Cc}\p{Cf}]/u.test(character);

// core/report/budget.ts
/** GitHub takes 65,536 characters; what it counts is not always what we count. */
const bodyLimit = 6e4;
/**
* Joins sections to a body that fits. Whole sections are left out, highest rank first, later ones before earlier ones;
* text is never cut. What is left out is said, with where to find it.
* @param elsewhere where the whole report is, in words
* @returns Markdown of at most `limit` characters; with sections of rank 0 alone when nothing else fits.
*/
function fitSections(sections, limit, elsewhere) {
	const kept = sections.map((section) => ({
		...section,
		text: renderMarkdown(section.blocks)
	}));
	const order = kept.map((section, at) => ({
		at,
		rank: section.rank
	})).filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank || b.at - a.at).map(({ at }) => at);
	const left = /* @__PURE__ */ new Set();
	const body = () => {
		const shown = kept.filter((_, at) => !left.has(at)).map(({ text }) => text);
		const names = kept.filter((_, at) => left.has(at)).map(({ name }) => name);
		return [...shown, ...names.length === 0 ? [] : [leftOut(names, elsewhere)]].join("\n\n");
	};
	for (const at of order) {
		if (body().length <= limit) break;
		left.add(at);
	}
	return body();
}
function leftOut(names, elsewhere) {
	const shown = names.length <= 4 ? names.join(", ") : `${names.slice(0, 4).join(", ")} and ${names.length - 4} more`;
	return renderMarkdown([paragraph("Left out to keep this short: ", shown, `. ${elsewhere}`)]);
}

export { paragraph as i, fitSections as n, renderMarkdown as r, bodyLimit as t };