import { a as verdictWords } from "./shared-icon.js";

// core/report/summary-part.ts
function headline(verdict, text) {
	return {
		name: "headline",
		rank: 0,
		blocks: [{
			kind: "heading",
			level: 3,
			text: [`${verdictWords[verdict]}: `, ...text]
		}]
	};
}
function fixSections(findings) {
	const fixes = [...new Set(findings.map(({ fix }) => fix))].slice(0, 5);
	if (fixes.length === 0) return [];
	return [{
		name: "next steps",
		rank: 0,
		blocks: [{
			kind: "paragraph",
			text: [{ strong: "Next" }]
		}, {
			kind: "steps",
			items: fixes.map((fix) => [fix])
		}]
	}];
}
const footer = (text) => ({
	name: "footer",
	rank: 0,
	blocks: [{
		kind: "small",
		text
	}]
});

export { footer as n, headline as r, fixSections as t };