import { n as readWorkTree } from "./shared-work-tree.js";
import { t as parseEvidence } from "./shared-parse-evidence.js";
import { i as parseTransaction } from "./shared-transition.js";
import { T as waiverOfFile } from "./shared-layout.js";
import { t as readRepositoryConfig } from "./shared-repository.js";
import { r as InputError } from "./shared-error.js";
import { n as withRegistryOptions, r as trustBlock } from "./shared-registry-options.js";
import { n as renderText } from "./shared-text.js";
import { t as readStream } from "./shared-model-stream.js";
import { a as withRegistry } from "./shared-registry-source.js";
import { t as findWritable } from "./shared-writable.js";
import { writeFile } from "node:fs/promises";

// core/audit/counted-judgement.ts
/**
* Judgements that the ledger keeps: what was sealed until then is readable from here on, for everybody who may read the
* repository.
* @param transactions in order; whether they are proven is not looked at
* @param isAsked which looks: evidence is large, and only theirs is read
* @returns oldest first
* @throws InputError EVIDENCE_INVALID for evidence of another version
*/
function countedJudgements(transactions, isAsked) {
	return [...transactions].flatMap(({ events: [event], sealed: [kept] }) => {
		if (event?.data.type !== "HeldOutUsed" || kept === void 0 || !isAsked(event)) return [];
		const evidence = parseEvidence(kept.text);
		return evidence.kind === "judgement" ? [{
			look: event.data.look,
			event,
			evidence
		}] : [];
	});
}

// cli/commands/report.ts
/**
* `gatehouse report`: a result that the app has counted, with all that was found. Where evidence is sealed, this is where
* its page comes from: the ledger keeps what the app opened.
*/
const reportCommand = (fetchAnchors) => (program, context) => {
	const command = program.command("report").description("Shows a judged result that the ledger counted, or writes its page with charts").argument("<model>", "flight-delay").option("--pull <number>", "the newest result of this pull request (default: the newest of the model)").option("--look <number>", "the result that was this look on its held-out set").option("--html <file>", "write one page with charts that opens from disk");
	withRegistryOptions(command).action((model, options) => context.run(async () => {
		const place = options.html === void 0 ? null : await findWritable(context.cwd, options.html);
		return withRegistry(context, options, fetchAnchors, async (source) => {
			await show(context, options, source, await readJudgement(source, model, options), place);
			return 0;
		});
	}));
};
async function show(context, { json }, { trust }, evidence, place) {
	if (place !== null) {
		const { renderHtmlReport } = await import("./shared-report.js");
		await writeFile(place, renderHtmlReport(evidence, { waiving: await readWaiving(context) }));
	}
	if (json === true) return context.print(JSON.stringify({
		ledger: trust,
		evidence
	}, null, 2));
	const { summarySections } = await import("./shared-summary2.js");
	const blocks = summarySections(evidence, [], await readWaiving(context)).flatMap((section) => section.blocks);
	context.print(renderText([...blocks, trustBlock(trust)]));
}
/** Waivers of the clone in which one stands; none where there is no clone, or none that can be read. */
async function readWaiving({ cwd, now }) {
	const tree = await readWorkTree(cwd, (path) => waiverOfFile(path) !== null).catch(() => null);
	const { waivers } = readRepositoryConfig(tree?.texts ?? /* @__PURE__ */ new Map());
	return {
		waivers: [...waivers.values()].map(({ value }) => value),
		now: now()
	};
}
async function readJudgement({ reader }, model, { look, pull }) {
	const [asked, number] = [readNumber("look", look), readNumber("pull", pull)];
	await readStream(reader, model);
	const transactions = [];
	for await (const [path, text] of reader.transactions(model)) transactions.push(parseTransaction(text, path));
	const found = countedJudgements(transactions, ({ data, source }) => data.type === "HeldOutUsed" && (asked === null || data.look === asked) && (number === null || source.pullRequest === number)).at(-1);
	if (found !== void 0) return found.evidence;
	throw new InputError("REPORT_NONE", `the ledger counted no such result of ${model}`, { hint: "See which there are: gatehouse history of the model names every look and its pull request." });
}
function readNumber(name, text) {
	if (text === void 0) return null;
	if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
	throw new InputError("REPORT_NUMBER", `--${name} is ${JSON.stringify(text.slice(0, 40))}, no number from 1 up`, { hint: `Write it as --${name} 3.` });
}

export { reportCommand };