// core/audit/verification.ts
/** A failed check of the ledger. */
function ledgerFinding(code, file, message, facts = {}) {
	const { found, allowed, fix = restore } = facts;
	return {
		code: `ledger/${code}`,
		severity: "fail",
		message,
		where: { file },
		...found === void 0 ? {} : { found },
		...allowed === void 0 ? {} : { allowed },
		fix
	};
}
const restore = "Promote nothing. Find who pushed to the ledger branch, and put the tree of the last anchored commit back by a new commit.";

export { ledgerFinding as t };