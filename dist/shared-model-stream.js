import { n as checkStream } from "./shared-check-stream.js";
import { I as string, N as object, T as boolean, j as looseObject } from "./shared-js-yaml.js";
import { t as protectionGaps } from "./shared-protection.js";
import { i as parseTransaction } from "./shared-transition.js";
import { r as InputError } from "./shared-error.js";
import { t as needState } from "./shared-model-answer.js";

// core/audit/recorded-gaps.ts
const guard = object({
	requiresCheck: boolean(),
	requiresPullRequest: boolean(),
	blocksForcePush: boolean(),
	blocksDeletion: boolean(),
	restrictsUpdates: boolean()
}).nullable();
/** The part of a decision's input that says what was in force. Entries from before it was read have none. */
const kept = looseObject({
	baseRef: string(),
	protection: object({
		base: guard,
		ledger: guard
	})
});
/** What stood open around each promotion of these transactions, by number of its event: nothing where nothing was read. */
function recordedGaps(transactions) {
	const found = /* @__PURE__ */ new Map();
	for (const { decisionInput, events } of transactions) {
		const read = kept.safeParse(decisionInput);
		if (!read.success) continue;
		const gaps = protectionGaps(read.data.protection, read.data.baseRef);
		for (const { seq, data } of events) if (data.type === "VersionPromoted" || data.type === "VersionRolledBack") found.set(seq, gaps);
	}
	return found;
}
/** The lines of a history with what stood open around them. */
const withGaps = (lines, gaps) => lines.map((line) => {
	const open = gaps.get(line.seq) ?? [];
	return open.length === 0 ? line : {
		...line,
		unprotected: open
	};
});

// cli/model-stream.ts
/**
* Reads the entries of one model: their own chain is checked, and its end is compared with the model's state file.
* @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNVERIFIED
*/
async function readStream(reader, model) {
	const { lastEvent } = await needState(reader, model);
	const transactions = [];
	for await (const [path, text] of reader.transactions(model)) transactions.push([path, parseTransaction(text, path)]);
	const stream = checkStream(model, transactions);
	const { lastSeq, lastHash } = stream.state;
	if (lastSeq === lastEvent.seq && lastHash === lastEvent.hash) return {
		...stream,
		gaps: recordedGaps(transactions.map(([, transaction]) => transaction))
	};
	const message = `the ledger is not proven: the entries of ${model} end with event ${lastSeq}, its state file speaks of event ${lastEvent.seq}`;
	throw new InputError("LEDGER_UNVERIFIED", message, {
		hint: "Run gatehouse verify: it names the first bad entry.",
		where: { file: `models/${model}/state.yml` }
	});
}

export { withGaps as n, readStream as t };