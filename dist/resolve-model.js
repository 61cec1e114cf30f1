import { l as setOutputs, m as runAction, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { n as openLedgerSource, t as readProvenLedger } from "./shared-ledger-source.js";
import { n as resolveChampion } from "./shared-resolve2.js";
import { i as resolutionBlocks } from "./shared-ledger-blocks.js";
import { t as renderMarkdown } from "./shared-markdown.js";

// actions/resolve-model/run.ts
/**
* Says which version serves at an endpoint. There is an answer only from a proven ledger, and only when an anchor covers
* the promotion.
* @throws InputError LEDGER_UNVERIFIED, LEDGER_UNANCHORED, LEDGER_UNKNOWN_MODEL, LEDGER_UNKNOWN_ENDPOINT,
* LEDGER_NO_CHAMPION; ServiceError when ledger or anchors cannot be read
*/
async function run(inputs, source) {
	const verification = await readProvenLedger(source, "report");
	const resolution = resolveChampion(verification, inputs.model, inputs.endpoint);
	const body = renderMarkdown([...resolutionBlocks(resolution), {
		kind: "small",
		text: [`Read ${source.now().toISOString()}`]
	}]);
	return {
		verdict: "pass",
		version: resolution.version,
		artifactDigest: resolution.artifactDigest,
		since: resolution.since,
		previous: resolution.previous === null ? "" : String(resolution.previous),
		summary: `${body}\n`,
		resolution
	};
}

// actions/resolve-model/index.ts
await runAction(async () => {
	const inputs = {
		model: needInput("model"),
		endpoint: needInput("endpoint")
	};
	const { verdict, version, artifactDigest, since, previous, summary } = await run(inputs, openLedgerSource());
	await writeSummary(summary);
	setOutputs({
		verdict,
		version: String(version),
		"artifact-digest": artifactDigest,
		since,
		previous
	});
});

export {  };