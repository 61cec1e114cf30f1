// cli/ledger-options.ts
/** Puts the options of `LedgerOptions` on a command. */
function withLedgerOptions(command) {
	return command.option("--ledger <ref>", "branch or commit of the ledger (default: what .github/gatehouse.yml says)").option("--anchor <anchor>", "what is known of the ledger outside of it: size:root, or the file of a signed anchor; may be given again", collect, []).option("--github <url>", "repository to read anchors from, for example https://github.com/acme/flights").option("--app <id>", "id of the app whose check runs count (default: GATEHOUSE_APP_ID)").option("--shared", "the ledger lies on the default branch, beside other files").option("--json", "print JSON");
}
const collect = (value, before) => [...before, value];

export { withLedgerOptions as t };