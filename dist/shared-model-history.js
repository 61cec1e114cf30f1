import { r as eventsUntil } from "./shared-check-stream.js";
import { n as linesOf } from "./shared-history2.js";
import { n as withGaps, t as readStream } from "./shared-model-stream.js";
import { r as InputError } from "./shared-error.js";
import { n as foldEvents } from "./shared-evolve.js";
import { f as versionPath, l as statePath, r as endpointPath } from "./shared-layout2.js";
import { o as servingStays, r as answerModel, s as shownVersion } from "./shared-model-answer.js";
import { c as parseStateFile, o as parseEndpointFile, s as parseVersionFile } from "./shared-registry-source.js";
import { r as renderModelFiles } from "./shared-render.js";
import { r as historyBlocks } from "./shared-ledger-blocks.js";

// core/registry/past-answer.ts
/**
* The answer about a model as its files stood when it was in this state.
* @returns null for a model without a version
*/
function answerState(state) {
	const { model, versions } = state;
	if (versions.size === 0) return null;
	const files = renderModelFiles(state, { modelCard: () => "" });
	const text = (path) => files.get(path) ?? "";
	const then = parseStateFile(text(statePath(model)), statePath(model), model);
	const shown = shownVersion(then);
	if (shown === null) return null;
	const recordPath = versionPath(model, shown);
	const record = parseVersionFile(text(recordPath), recordPath, model, shown);
	const endpoints = servingStays(then).map(({ endpoint }) => {
		const path = endpointPath(endpoint, model);
		return parseEndpointFile(text(path), path, model, endpoint);
	});
	return answerModel(then, endpoints, record);
}

// cli/model-history.ts
/** What happened to a model, oldest first. @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNVERIFIED */
async function readHistory(reader, model) {
	const { events, gaps } = await readStream(reader, model);
	return withGaps(linesOf(events), gaps);
}
/**
* Everything about a model as of an instant.
* @param asOf ISO instant, UTC
* @throws InputError LEDGER_UNKNOWN_MODEL, LEDGER_UNVERIFIED, LEDGER_NO_VERSION_THEN
*/
async function readPast(reader, model, asOf) {
	const { events } = await readStream(reader, model);
	const answer = answerState(foldEvents(model, eventsUntil(events, Date.parse(asOf))));
	if (answer !== null) return answer;
	throw new InputError("LEDGER_NO_VERSION_THEN", `${model} had no version on ${asOf}`, { hint: `Its first entry is of ${events[0]?.at ?? "unknown"}: name a later date.` });
}

export { historyBlocks, readHistory, readPast };