import { r as InputError } from "./shared-error.js";
import { t as belongsToLedger } from "./shared-layout2.js";
import { t as proveLedger } from "./shared-ledger-proof.js";
import { t as readAnchors } from "./shared-anchors.js";
import { i as openReader, y as parseRepositoryName } from "./shared-job.js";
import { t as createReader } from "./shared-octokit-reader.js";
import { t as readPolicy } from "./shared-read-proposal.js";
import { n as inputNumber } from "./shared-input.js";

// adapters/actions/ledger-source.ts
/** @throws InputError APP_ID_MISSING: without the app's id nobody knows whose check runs are anchors */
function openLedgerSource() {
	const { client, run } = openReader();
	const appId = inputNumber("app-id");
	if (appId === null) throw new InputError("APP_ID_MISSING", "It is not known which app makes the anchors", { hint: "Give the input app-id: the number is on the app's page, under General." });
	const reader = createReader(client, parseRepositoryName(run.repository), appId);
	return {
		readLedger: () => readLedger(reader),
		readAnchors: async () => readAnchors(reader, (await reader.repository()).defaultBranch),
		now: () => /* @__PURE__ */ new Date()
	};
}
/** Reads the ledger and proves it. @throws InputError, ServiceError when ledger or anchors cannot be read */
async function readProvenLedger(source, tail) {
	const anchors = await source.readAnchors();
	const { files, layout } = await source.readLedger();
	return proveLedger(files, anchors, layout, tail);
}
async function readLedger(reader) {
	const { defaultBranch } = await reader.repository();
	const tip = await reader.branchHead(defaultBranch);
	const { ledger } = await readPolicy(reader, tip ?? defaultBranch);
	const layout = ledger.branch === defaultBranch ? "shared" : "own";
	const head = await reader.ledgerFiles(ledger.branch);
	if (head === null) throw new InputError("LEDGER_NOT_FOUND", `There is no branch "${ledger.branch}"`, { hint: "The app makes it when it records the first merge of a proposal." });
	const listed = [...head.listing.values()].filter(({ path }) => belongsToLedger(path, layout));
	const files = await Promise.all(listed.map(async ({ path, blob }) => [path, await reader.blob(blob)]));
	return {
		files: new Map(files),
		layout
	};
}

export { readProvenLedger as n, openLedgerSource as t };