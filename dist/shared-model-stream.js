import { n as checkStream } from "./shared-check-stream.js";
import { r as parseTransaction } from "./shared-transition.js";
import { r as InputError } from "./shared-error.js";
import { t as needState } from "./shared-model-answer.js";

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
	if (lastSeq === lastEvent.seq && lastHash === lastEvent.hash) return stream;
	const message = `the ledger is not proven: the entries of ${model} end with event ${lastSeq}, its state file speaks of event ${lastEvent.seq}`;
	throw new InputError("LEDGER_UNVERIFIED", message, {
		hint: "Run gatehouse verify: it names the first bad entry.",
		where: { file: `models/${model}/state.yml` }
	});
}

export { readStream as t };