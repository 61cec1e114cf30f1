import { t as refuse } from "./shared-refusal.js";
import { t as readFeaturePointer } from "./shared-feature-pointer.js";
import { t as digestFile } from "./shared-file.js";
import { n as copyHashed } from "./shared-safe-fetch.js";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { copyFile, lstat, rm, writeFile } from "node:fs/promises";

// adapters/scoring/handed-files.ts
/** What the artifact of the storing job holds for a job that predicts: names of our own, never of a pull request. */
const handedNames = {
	model: "model.bin",
	features: "features.csv",
	validation: "validation.csv"
};
const fix = "Run all jobs of the workflow again: what the storing job hands over is kept for a day, and a held-out set that changed meanwhile is fetched anew. If it stays so, look who else uploads artifacts in this run.";
/**
* Takes the model out of the artifact that the storing job handed over. Other jobs of a run can upload as well, so the
* bytes are held against the digest on their way to where the command finds them.
* @param folder where the artifact was unpacked
* @param digest of the ledger for a champion, of the store for a challenger
* @throws InputError PREDICT_HANDED_MISSING, PREDICT_HANDED_OTHER
*/
async function takeModel(folder, digest, to) {
	const from = await requirePlain(folder, handedNames.model);
	const { hex } = await copyHashed(createReadStream(from), to, "sha256");
	if (`sha256:${hex}` !== digest) throw await refuseOther(to, handedNames.model, `sha256:${hex}`, digest);
}
/**
* Takes the held-out or the validation rows: from git itself when they lie there, else out of the artifact, held against the size and MD5
* of the pointer at the governing commit.
* @throws InputError PREDICT_HANDED_MISSING, PREDICT_HANDED_OTHER, DVC_POINTER, DVC_UNSUPPORTED for a folder
*/
async function takeRows(folder, name, features, to) {
	const pointer = readFeaturePointer(features);
	if (pointer === null) return writeFile(to, features.content);
	await copyFile(await requirePlain(folder, handedNames[name]), to);
	const { md5, sizeBytes } = await digestFile(to, pointer.hash);
	const sameSize = pointer.sizeBytes === null || pointer.sizeBytes === sizeBytes;
	if (md5 === pointer.md5 && sameSize) return;
	const allowed = `MD5 ${pointer.md5}, ${pointer.sizeBytes ?? "any number of"} bytes`;
	throw await refuseOther(to, handedNames[name], `MD5 ${md5}, ${sizeBytes} bytes`, allowed);
}
async function requirePlain(folder, name) {
	const file = join(folder, name);
	if ((await lstat(file).catch(() => null))?.isFile()) return file;
	throw refuse("predict/handed-missing", `The storing job handed over no plain file ${name}`, fix);
}
/** Bytes that are not the right ones do not stay where the command would find them. */
async function refuseOther(file, name, found, allowed) {
	await rm(file, { force: true });
	return refuse("predict/handed-other", `${name} of the storing job is not what ${name === handedNames.model ? "ledger and store name" : "the pointer of these rows names"}`, fix, {
		found,
		allowed
	});
}

export { takeModel as n, takeRows as r, handedNames as t };