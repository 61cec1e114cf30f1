import { n as parseEntryProof, t as checkEntryProof } from "./shared-entry-proof.js";
import { r as InputError } from "./shared-error.js";
import { t as isFailure } from "./shared-finding.js";
import { a as verificationBlocks, n as entryProofBlocks } from "./shared-ledger-blocks.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { n as renderText } from "./shared-text.js";
import { n as readProvenLedger, t as readAllAnchors } from "./shared-ledger.js";
import { resolve } from "node:path";
import { readFile } from "node:fs/promises";

// cli/commands/verify.ts
/** `gatehouse verify`: is the ledger what the app wrote? Needs no network when anchors are given. */
const verifyCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("verify").description("Proves the ledger: every hash, move, decision, file and anchor; names the first bad entry");
	command.option("--entry <file>", "checks one entry by the proof that gatehouse export --entry wrote");
	withLedgerOptions(command).action((options) => context.run(async () => {
		if (options.entry !== void 0) return verifyEntry(context, options, options.entry, fetchAnchors);
		const verification = await readProvenLedger(context, options, fetchAnchors);
		context.print(options.json ? JSON.stringify(toJson(verification), null, 2) : `${renderText(verificationBlocks(verification)).trimEnd()}\nRead from ${verification.read.ref} at ${verification.read.commit}.`);
		return verification.verdict === "pass" ? 0 : 1;
	}));
};
/** One entry and an anchor are enough: no ledger is read. */
async function verifyEntry(context, options, file, fetchAnchors) {
	const proof = parseEntryProof(await readGivenFile(context.cwd, file), file);
	const { anchors, findings } = await readAllAnchors(context, options, fetchAnchors);
	const all = [...checkEntryProof(proof, anchors, file), ...findings];
	const verdict = all.some(isFailure) ? "fail" : "pass";
	context.print(options.json ? JSON.stringify({
		verdict,
		entry: proof.event,
		size: proof.size,
		root: proof.root,
		findings: all
	}, null, 2) : renderText(entryProofBlocks(proof, all)).trimEnd());
	return verdict === "pass" ? 0 : 1;
}
async function readGivenFile(dir, file) {
	try {
		return await readFile(resolve(dir, file), "utf8");
	} catch (cause) {
		throw new InputError("ENTRY_PROOF_INVALID", `${file} cannot be read`, {
			hint: "Give the file that gatehouse export --entry wrote.",
			cause
		});
	}
}
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