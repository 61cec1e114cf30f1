import { a as input, c as say, l as setOutputs, m as runAction, p as readRunFacts, r as failStep, s as needInput, u as writeSummary } from "./shared-toolkit.js";
import { n as makeFolder } from "./shared-job.js";
import { n as openLedgerSource, t as readProvenLedger } from "./shared-ledger-source.js";
import { i as readCurrentPolicy, n as findVersion, r as reproduceVersion, t as reproductionBlocks } from "./shared-reproduction-blocks.js";
import { n as resolveChampion } from "./shared-resolve2.js";
import { r as InputError } from "./shared-error.js";
import { t as renderMarkdown } from "./shared-markdown.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

// actions/reproduce-model/run.ts
/**
* Trains a version of a proven ledger again.
* @throws InputError LEDGER_..., REPRODUCE_... when something is gone; ServiceError when GitHub, store or machine fail: not
* evaluated, never a pass
*/
async function run({ model, version, endpoint, ...inputs }, deps) {
	if (version === "" === (endpoint === "")) throw new InputError("REPRODUCE_WHICH", "Exactly one of version and endpoint is to be given", { hint: "Give version: v7, or endpoint: eu for what serves there." });
	const ledger = await readProvenLedger(deps.ledger, "report");
	const wanted = version === "" ? `v${resolveChampion(ledger, model, endpoint).version}` : version;
	const record = findVersion(ledger, model, wanted);
	const found = await deps.reproduce({
		...inputs,
		record,
		policy: await deps.policy()
	});
	const body = renderMarkdown([
		{
			kind: "heading",
			level: 3,
			text: ["Reproduction"]
		},
		...reproductionBlocks(found),
		{
			kind: "small",
			text: [`Read ${deps.ledger.now().toISOString()}`]
		}
	]);
	return {
		verdict: found.outcome === "differs" ? "fail" : "pass",
		found,
		summary: `${body}\n`
	};
}

// actions/reproduce-model/index.ts
await runAction(async () => {
	const { serverUrl } = readRunFacts();
	const repository = process.env.GITHUB_WORKSPACE ?? process.cwd();
	const inputs = {
		model: needInput("model"),
		version: input("version"),
		endpoint: input("endpoint"),
		tolerance: Number(needInput("tolerance")),
		predictions: input("predictions") === "true",
		repository,
		origin: {
			serverUrl,
			token: needInput("token")
		},
		env: process.env
	};
	const { verdict, found, summary } = await run(inputs, {
		ledger: openLedgerSource(),
		policy: () => readCurrentPolicy(repository),
		reproduce: (all) => reproduceVersion(all, {
			log: say,
			now: () => /* @__PURE__ */ new Date()
		})
	});
	const report = join(makeFolder("reproduction"), "reproduction.json");
	writeFileSync(report, JSON.stringify(found, null, 2));
	await writeSummary(summary);
	setOutputs({
		verdict,
		outcome: found.outcome,
		version: String(found.version),
		report
	});
	if (verdict === "fail") failStep(`${found.model} v${found.version} came out otherwise. ${found.because}.`);
});

export {  };