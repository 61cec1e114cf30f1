import { r as InputError } from "./shared-error.js";
import { t as evolve } from "./shared-evolve.js";
import { d as transactionPath } from "./shared-layout2.js";
import { c as emptyState, l as streamOf } from "./shared-rollback-trigger.js";
import { n as hashEvent, t as digestOfDecision } from "./shared-hash.js";

// core/audit/check-stream.ts
/**
* Checks the next transaction of one model's stream and folds it: numbers, hashes, links, legality. Decisions and
* anchors are not looked at: that the whole ledger is what the app wrote says `verifyLedger` alone.
* @returns the state after it
* @throws InputError LEDGER_UNVERIFIED naming the entry
*/
function checkNext(state, transaction, path) {
	const { stream, first, events } = transaction;
	const expected = transactionPath(state.model, state.lastSeq + 1);
	if (path !== expected || first !== state.lastSeq + 1 || stream !== streamOf(state.model)) throw broken(path, `the next entry of ${state.model} belongs into ${expected}`);
	const decision = digestOfDecision(transaction);
	return events.reduce((before, event) => checkEvent(before, event, stream, decision, path), state);
}
function checkEvent(before, event, stream, decision, path) {
	const name = `event ${event.seq} of ${stream}`;
	if (event.stream !== stream || event.seq !== before.lastSeq + 1) throw broken(path, `${name} is out of order`);
	if (hashEvent(event) !== event.hash) throw broken(path, `${name} was edited: its hash is another`);
	if (event.prev !== before.lastHash) throw broken(path, `${name} does not follow the event before it`);
	if (event.decision !== decision) throw broken(path, `what the decision of ${name} rests on was edited`);
	try {
		return evolve(before, event);
	} catch (error) {
		throw broken(path, error instanceof Error ? error.message : "it cannot be read");
	}
}
/** Folds a whole stream. @param transactions path -> transaction, in order */
function checkStream(model, transactions) {
	let state = emptyState(model);
	const events = [];
	for (const [path, transaction] of transactions) {
		state = checkNext(state, transaction, path);
		events.push(...transaction.events);
	}
	return {
		state,
		events
	};
}
/** The events up to an instant: those before the first one that is later. @param instant milliseconds since 1970 */
function eventsUntil(events, instant) {
	const later = events.findIndex(({ at }) => !(Date.parse(at) <= instant));
	return later < 0 ? events : events.slice(0, later);
}
const broken = (path, why) => new InputError("LEDGER_UNVERIFIED", `the ledger is not proven: ${path}: ${why}`, {
	hint: "Run gatehouse verify, and promote nothing until it passes.",
	where: { file: path }
});

export { checkStream as n, eventsUntil as r, checkNext as t };