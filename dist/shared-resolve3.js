import { n as resolveChampion } from "./shared-resolve2.js";
import { i as resolutionBlocks } from "./shared-ledger-blocks.js";
import { n as renderText } from "./shared-text.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { n as readProvenLedger } from "./shared-ledger.js";

// cli/commands/resolve.ts
/** `gatehouse resolve`: which version serves at an endpoint. A ledger that is not proven gives no answer. */
const resolveCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("resolve").description("Says which version serves at an endpoint, with its digest, from a proven ledger").argument("<model>", "name of the model").requiredOption("--endpoint <name>", "endpoint, for example eu");
	withLedgerOptions(command).action((model, options) => context.run(async () => {
		const verification = await readProvenLedger(context, options, fetchAnchors);
		const found = resolveChampion(verification, model, options.endpoint);
		context.print(options.json ? JSON.stringify(found, null, 2) : renderText(resolutionBlocks(found)));
		return 0;
	}));
};

export { resolveCommand };