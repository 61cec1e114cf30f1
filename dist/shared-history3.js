import { t as historyOf } from "./shared-history2.js";
import { n as renderText } from "./shared-text.js";
import { r as historyBlocks } from "./shared-ledger-blocks.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { n as readProvenLedger } from "./shared-ledger.js";

// cli/commands/history.ts
/** `gatehouse history`: who approved what, when, why. */
const historyCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("history").description("Tells what happened to a model: who approved what, when and why, from a proven ledger").argument("<model>", "name of the model");
	withLedgerOptions(command).action((model, options) => context.run(async () => {
		const lines = historyOf(await readProvenLedger(context, options, fetchAnchors), model);
		context.print(options.json ? JSON.stringify(lines, null, 2) : renderText(historyBlocks(model, lines), { width: 140 }));
		return 0;
	}));
};

export { historyCommand };