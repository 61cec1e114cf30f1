import { t as paragraph } from "./shared-block.js";
import { t as renderMarkdown } from "./shared-markdown.js";

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

export { fitSections as n, bodyLimit as t };