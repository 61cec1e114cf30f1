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
const decisionWords = {
	allowed: "✅ allowed",
	waiting: "⏳ waiting",
	refused: "❌ refused",
	"not evaluated": "⚠️ not evaluated",
	nothing: "⚪ nothing to check"
};
const severityWords = {
	fail: "❌ fail",
	warn: "⚠️ warning only",
	note: "⚪ note"
};

export { verdictWords as a, stateWords as i, resultWords as n, severityWords as r, decisionWords as t };