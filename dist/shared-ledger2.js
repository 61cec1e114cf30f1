import { a as writeProofNote, n as noteName, o as ObjectReader, t as findLedger } from "./shared-ledger-place.js";
import { n as readFiles } from "./shared-read.js";
import { t as parseAnchor } from "./shared-anchor.js";
import { t as belongsToLedger } from "./shared-layout2.js";
import { t as proveLedger } from "./shared-ledger-proof.js";

// cli/ledger.ts
/**
* Reads the ledger of the clone that the command stands in, and proves it.
* @throws InputError LEDGER_NOT_FOUND, ANCHOR_INVALID, GIT_NO_REPOSITORY; ServiceError when anchors cannot be fetched
*/
async function readProvenLedger({ cwd, env, now }, options, fetchAnchors) {
	const given = options.anchor.map(parseAnchor);
	const objects = new ObjectReader(cwd);
	const { ref, commit, layout } = await findLedger(cwd, objects, options).finally(() => objects.close());
	const files = await readFiles(cwd, commit, "", (path) => belongsToLedger(path, layout));
	const { github, app } = options;
	const fetched = await fetchAnchors({
		dir: cwd,
		env,
		...github ? { github } : {},
		...app ? { app } : {}
	});
	const proven = proveLedger(files, [...given, ...fetched], layout, "refuse");
	if (proven.verdict === "pass") {
		const { root, anchored, head } = proven;
		const note = {
			of: noteName(ref, layout),
			commit,
			size: head.size,
			root,
			anchored,
			at: now()
		};
		await writeProofNote(cwd, note);
	}
	return {
		...proven,
		read: {
			ref,
			commit
		}
	};
}

export { readProvenLedger as t };