// core/policy/rule.ts
function rule(name, state, because, children = []) {
	return {
		result: {
			rule: name,
			state,
			because,
			children
		},
		findings: []
	};
}
/** A refusal and its finding: what was found in one sentence, and how to mend it. */
function refuse(name, finding, children = []) {
	return {
		result: {
			rule: name,
			state: "refused",
			because: finding.message,
			children
		},
		findings: [{
			...finding,
			severity: "fail"
		}]
	};
}
/** Several rulings under one name: the worst state speaks, with the sentence of the first that has it. */
function gather(name, rulings, whenEmpty) {
	if (rulings.length === 0) return whenEmpty;
	const children = rulings.map((ruling) => ruling.result);
	const state = worstOf(children.map((child) => child.state));
	return {
		result: {
			rule: name,
			state,
			because: children.find((child) => child.state === state)?.because ?? "",
			children
		},
		findings: rulings.flatMap((ruling) => ruling.findings)
	};
}
const severity = [
	"skipped",
	"met",
	"waived",
	"waiting",
	"not evaluated",
	"refused"
];
/** True for what keeps a decision from being allowed. */
const standsInTheWay = (state) => severity.indexOf(state) > severity.indexOf("waived");
/** The state that decides among several: refused before not evaluated before waiting before waived before met. */
function worstOf(states) {
	return states.reduce((worst, state) => severity.indexOf(state) > severity.indexOf(worst) ? state : worst, "skipped");
}

export { worstOf as a, standsInTheWay as i, refuse as n, rule as r, gather as t };