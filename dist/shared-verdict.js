import { t as isFailure } from "./shared-finding.js";

// core/evaluation/verdict.ts
/**
* Says what gates come to: one failure fails; one that was not evaluated leaves it open; nothing passed is no pass.
* Comparisons that were skipped for want of a champion neither help nor harm.
*/
function verdictOf(gates) {
	if (gates.some((gate) => gate.result === "fail")) return "fail";
	return gates.every((gate) => gate.result === "pass" || gate.result === "skipped") && gates.some((gate) => gate.result === "pass") ? "pass" : "not evaluated";
}
/**
* Says what a whole judgement comes to. A finding of severity fail means that something is missing: never a pass.
* The app computes this again from the evidence and compares.
*/
function judgementVerdict(comparisons, findings) {
	const verdict = verdictOf(comparisons.flatMap((comparison) => comparison.gates));
	const incomplete = findings.some(isFailure);
	return verdict === "pass" && incomplete ? "not evaluated" : verdict;
}

export { judgementVerdict as t };