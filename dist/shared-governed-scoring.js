import { t as refuse } from "./shared-refusal.js";
import { n as planScoringSets } from "./shared-scoring-set.js";
import { t as digestFeatures } from "./shared-held-out-features.js";
import { n as digestBytes } from "./shared-canonical.js";

// adapters/scoring/governed-scoring.ts
/**
* Reads what a model is scored on. The jobs that store, predict and judge read it alike, from git alone.
* @param commit that governs the model's configuration
* @throws InputError JUDGE_HELD_OUT_MISSING, JUDGE_RECORDED_MISSING; ServiceError from GitHub
*/
async function readGovernedScoring(config, commit, github) {
	const readFeatures = async (path) => {
		const content = await github.file(path, commit);
		const digest = digestFeatures(path, content);
		return {
			file: {
				path,
				content: content ?? /* @__PURE__ */ new Uint8Array(0)
			},
			digest
		};
	};
	const features = await readFeatures(config.heldOut.features);
	const { validation: named } = config.heldOut;
	const validation = named === void 0 ? null : await readFeatures(named.features);
	const recorded = /* @__PURE__ */ new Map();
	for (const path of recordedPaths(config)) {
		const content = await github.file(path, commit);
		if (content === null) throw noTable(path);
		recorded.set(path, content);
	}
	const sets = planScoringSets(config, config.behaviour ?? null, {
		features: features.digest,
		validation: validation?.digest ?? null,
		recorded: Object.fromEntries([...recorded].map(([path, bytes]) => [path, digestBytes(bytes)]))
	});
	return {
		features: features.file,
		featuresDigest: features.digest,
		validation: validation?.file ?? null,
		recorded,
		sets
	};
}
function recordedPaths({ productionLike }) {
	const all = productionLike?.corruptions ?? [];
	return [...new Set(all.flatMap((each) => each.kind === "recorded" ? [each.file] : []))];
}
function noTable(path) {
	return refuse("judge/recorded-missing", `There is no ${path} at the commit that governs`, "Commit the table that the production-like suite replays, or take the corruption out of model.yml.", { where: { file: path } });
}

export { readGovernedScoring as t };