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
const stateWords = {
	met: "✅ met",
	waived: "⚠️ waived",
	waiting: "⏳ waiting",
	refused: "❌ refused",
	"not evaluated": "⚠️ not evaluated",
	skipped: "⚪ skipped"
};
const severityWords = {
	fail: "❌ fail",
	warn: "⚠️ warning only",
	note: "⚪ note"
};

export { verdictWords as i, severityWords as n, stateWords as r, resultWords as t };