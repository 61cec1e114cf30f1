import { t as refuse } from "./shared-refusal.js";
import { n as digestBytes } from "./shared-canonical.js";

// core/evidence/held-out-features.ts
/**
* Names the held-out rows that a model is scored on: the digest of the file that the governing model.yml points to, a
* `.dvc` pointer or the rows themselves. Anybody can compute it from git alone.
* @param content of that file at the governing commit; null: it is not there
* @throws InputError JUDGE_HELD_OUT_MISSING
*/
function digestFeatures(path, content) {
	if (content === null || content.length === 0) throw refuse("judge/held-out-missing", `The held-out features ${path} are ${content === null ? "not there" : "empty"} at the commit that governs`, "Publish the held-out set first, in a pull request of its own, and name it in model.yml under held-out.", { where: { file: path } });
	return digestBytes(content);
}

export { digestFeatures as t };