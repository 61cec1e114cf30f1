import { i as plainText } from "./shared-cell.js";

// core/report/lineage-mermaid.ts
/** Characters of a label, before escaping. */
const longestLabel = 80;
/** A picture of more than this is no picture; GitHub's renderer refuses large ones too. */
const mostEntities = 200;
/**
* A trace as a Mermaid flowchart: what was made from what, from left to right.
* @see https://mermaid.js.org/syntax/flowchart.html (entity codes: `#` number `;`)
*/
function renderLineageMermaid(traces, { edges }) {
	const known = /* @__PURE__ */ new Map();
	for (const { entity, lines } of traces) {
		known.set(entity.id, entity);
		for (const line of lines) known.set(line.entity.id, line.entity);
	}
	const shown = [...known.values()].slice(0, mostEntities);
	const names = new Map(shown.map(({ id }, at) => [id, `n${at}`]));
	const arrows = edges.flatMap(({ from, to, label, past }) => {
		const [start, end] = [names.get(from), names.get(to)];
		if (start === void 0 || end === void 0) return [];
		return [`  ${start} ${past ? "-.->" : "-->"}${label === "" ? "" : `|"${escapeLabel(label)}"|`} ${end}`];
	});
	const left = known.size - shown.length;
	return [
		"flowchart LR",
		...shown.map((entity) => `  ${names.get(entity.id)}${shapeOf(entity)}`),
		...left === 0 ? [] : [`  more["and ${left} more"]`],
		...arrows
	].join("\n");
}
function shapeOf({ kind, label, id }) {
	const text = kind === "dataset-version" ? id : label;
	const quoted = `"${escapeLabel(kind === "source" ? `source: ${text}` : text)}"`;
	switch (kind) {
		case "source": return `[/${quoted}/]`;
		case "dataset":
		case "dataset-version": return `[(${quoted})]`;
		case "transformation":
		case "run": return `[[${quoted}]]`;
		case "version": return `[${quoted}]`;
		case "endpoint": return `([${quoted}])`;
	}
}
/** Only letters, digits and a few marks stay: whatever else somebody wrote into a source is shown and never read as Mermaid. */
function escapeLabel(text) {
	return [...plainText(text, longestLabel)].map((character) => /[\p{L}\p{N} _.,@/+-]/u.test(character) ? character : `#${character.codePointAt(0) ?? 63};`).join("");
}

export { renderLineageMermaid as n, escapeLabel as t };