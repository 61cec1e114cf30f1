import { r as InputError } from "./shared-error.js";

// core/evaluation/refusal.ts
/**
* Makes the error of an evaluation that cannot go on: one finding, or all that one file has.
* @param code UPPER_SNAKE
* @param findings at least one; the first gives message and hint
*/
function refuseInput(code, findings) {
	const [first] = findings;
	const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : "";
	return new InputError(code, `${first.message}${more}`, {
		hint: first.fix,
		...first.where ? { where: first.where } : {},
		findings
	});
}
/** Refuses for one reason; the error code is the finding's code in capitals: `judge/fork` is JUDGE_FORK. */
function refuse(code, message, fix, details = {}) {
	const finding = {
		...details,
		code,
		severity: "fail",
		message,
		fix
	};
	return refuseInput(code.toUpperCase().replace(/[^A-Z0-9]+/g, "_"), [finding]);
}

export { refuseInput as n, refuse as t };