// core/report/block.ts
const paragraph = (...text) => ({
	kind: "paragraph",
	text
});

export { paragraph as t };