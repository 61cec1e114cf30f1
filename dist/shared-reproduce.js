import { i as readCurrentPolicy, n as findVersion, r as reproduceVersion, t as reproductionBlocks } from "./shared-reproduction-blocks.js";
import { i as plainText } from "./shared-cell.js";
import { n as renderText } from "./shared-text.js";
import { t as withLedgerOptions } from "./shared-ledger-options.js";
import { n as readProvenLedger } from "./shared-ledger.js";

// cli/commands/reproduce.ts
/** `gatehouse reproduce`: trains a registered version again from what was recorded, and says what differs. */
const reproduceCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("reproduce").description("Trains a version again from its record, in a checkout of its own: equal, or what differs").argument("<model>", "name of the model").argument("<version>", "for example v7").option("--tolerance <number>", "largest difference of a metric or score that counts as the same", "0.001").option("--predictions", "also score the held-out features and compare with the stored predictions");
	withLedgerOptions(command).action((model, version, options) => context.run(async () => {
		const record = findVersion(await readProvenLedger(context, options, fetchAnchors), model, version);
		const found = await reproduceVersion({
			repository: context.cwd,
			record,
			policy: await readCurrentPolicy(context.cwd),
			tolerance: parseTolerance(options.tolerance),
			predictions: options.predictions === true,
			env: context.env
		}, {
			log: (line) => tellLog(context, line),
			now: () => new Date(context.now())
		});
		context.print(options.json === true ? JSON.stringify(found, null, 2) : renderText(reproductionBlocks(found), { width: 100 }));
		return found.outcome === "differs" ? 1 : 0;
	}));
};
const longestLine = 1e3;
/** What keeps a runner from reading commands in a log means nothing to a person. */
function tellLog({ complain }, line) {
	if (!/^::(?:stop-commands::)?[0-9a-f-]{36}(?:::)?$/.test(line)) complain(plainText(line, longestLine));
}
/** An empty text is no zero. */
function parseTolerance(text) {
	return text.trim() === "" ? NaN : Number(text);
}

export { reproduceCommand };