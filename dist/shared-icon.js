// core/report/icon.ts
/** An icon never stands alone: the word says it to whoever sees no colour or hears the page. */
const verdictWords = {
	pass: "✅ Pass",
	fail: "❌ Fail",
	"data invalid": "⛔ Data invalid",
	"not evaluated": "⚠️ Not evaluated",
	waiting: "⏳ Waiting"
};
const resultWords = {
	pass: "✅ pass",
	fail: "❌ fail",
	"not evaluated": "⚠️ not evaluated",
	skipped: "⚪ skipped"
};
const severityWords = {
	fail: "❌ fail",
	warn: "⚠️ warning only",
	note: "⚪ note"
};

export { severityWords as n, verdictWords as r, resultWords as t };