import { r as verificationBlocks } from "./shared-ledger-blocks.js";
import { n as renderText } from "./shared-text.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { t as readProvenLedger } from "./shared-ledger2.js";

// cli/commands/verify.ts
/** `gatehouse verify`: is the ledger what the app wrote? Needs no network when anchors are given. */
const verifyCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("verify").description("Proves the ledger: every hash, move, decision, file and anchor; names the first bad entry");
	withLedgerOptions(command).action((options) => context.run(async () => {
		const verification = await readProvenLedger(context, options, fetchAnchors);
		context.print(options.json ? JSON.stringify(toJson(verification), null, 2) : `${renderText(verificationBlocks(verification)).trimEnd()}\nRead from ${verification.read.ref} at ${verification.read.commit}.`);
		return verification.verdict === "pass" ? 0 : 1;
	}));
};
function toJson({ verdict, entries, transactions, anchored, head, root, findings }) {
	return {
		verdict,
		entries,
		transactions,
		anchored,
		size: head.size,
		root,
		findings
	};
}

export { verifyCommand };