import { t as markdownTable } from "./shared-markdown-table.js";
import { i as plainText, n as code, r as escapeText } from "./shared-cell.js";

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

export { renderMarkdown as t };