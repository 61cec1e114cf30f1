import { l as setOutputs, m as runAction, r as failStep, u as writeSummary } from "./shared-toolkit.js";
import { n as openLedgerSource, t as readProvenLedger } from "./shared-ledger-source.js";
import { t as isFailure } from "./shared-finding.js";
import { a as verificationBlocks } from "./shared-ledger-blocks.js";
import { t as renderMarkdown } from "./shared-markdown.js";

// actions/verify-ledger/run.ts
/**
* Proves the ledger.
* @returns verdict `fail` with findings for a ledger that is not proven: the step must fail then
* @throws InputError, ServiceError when ledger or anchors cannot be read: not evaluated, never a pass
*/
async function run(source) {
	const verification = await readProvenLedger(source, "refuse");
	const { verdict, entries, root } = verification;
	return {
		verdict,
		entries,
		root,
		summary: `${renderMarkdown([
			{
				kind: "heading",
				level: 3,
				text: ["Ledger"]
			},
			...verificationBlocks(verification),
			{
				kind: "small",
				text: [`Read ${source.now().toISOString()}`]
			}
		])}\n`,
		verification
	};
}

// actions/verify-ledger/index.ts
await runAction(async () => {
	const { verdict, entries, root, summary, verification } = await run(openLedgerSource());
	await writeSummary(summary);
	setOutputs({
		verdict,
		entries: String(entries),
		root
	});
	const first = verification.findings.find(isFailure);
	if (verdict === "fail") failStep(`${first?.message ?? "The ledger is not proven"}. ${first?.fix ?? ""}`);
});

export {  };