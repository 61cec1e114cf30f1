// core/error/error.ts
/** An outcome that somebody must act on. Failed checks are values (`Finding`), never exceptions. */
var GatehouseError = class extends Error {
	kind;
	/** Literal, UPPER_SNAKE, stable. */
	code;
	hint;
	where;
	findings;
	constructor(kind, code, message, details) {
		super(message, { cause: details.cause });
		this.name = new.target.name;
		this.kind = kind;
		this.code = code;
		this.hint = details.hint;
		this.where = details.where;
		this.findings = details.findings ?? [];
	}
};
/** The user's files or arguments are wrong: exit code 2. */
var InputError = class extends GatehouseError {
	constructor(code, message, details) {
		super("input", code, message, details);
	}
};
/** The ledger moved while we were writing: read again and decide again, never blindly retry. */
var ConflictError = class extends GatehouseError {
	constructor(code, message, details) {
		super("conflict", code, message, details);
	}
};
/** GitHub, the store or the data engine did not answer as documented: exit code 3, verdict "not evaluated". */
var ServiceError = class extends GatehouseError {
	constructor(code, message, details) {
		super("service", code, message, details);
	}
};
/**
* Turns what stopped one part of a work into findings, for evidence that says "not evaluated" or "data invalid" and why.
* @param area first part of the code: `judge` and STORE_MISSING give `judge/store-missing`
* @returns the error's own findings when it has some, else one
*/
function findingsOf(area, error) {
	const [first, ...rest] = error.findings;
	if (first !== void 0) return [first, ...rest];
	return [{
		code: `${area}/${error.code.toLowerCase().replaceAll("_", "-")}`,
		severity: "fail",
		message: error.message.toWellFormed(),
		...error.where === void 0 ? {} : { where: error.where },
		fix: error.hint.toWellFormed()
	}];
}

export { findingsOf as a, ServiceError as i, GatehouseError as n, InputError as r, ConflictError as t };