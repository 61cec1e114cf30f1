import { t as hasSets } from "./shared-scoring-set.js";

// core/registry/champion.ts
/** Every endpoint of the model that has a champion, sorted by endpoint. */
function championsOf(state) {
	return [...state.endpoints.values()].flatMap(({ endpoint, champion, artifactDigest }) => champion === null || artifactDigest === null ? [] : [{
		endpoint,
		version: champion,
		artifactDigest
	}]).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1);
}
/**
* Says which champions must be scored again, because their stored predictions are of other held-out rows.
* The job that stores and the job that judges plan alike, from the ledger alone.
* @param sets besides the held-out rows (`planScoringSets`)
* @param versions that a request has to be compared with; null stands for "no champion"
*/
function planScoring(state, versions, featuresDigest, sets) {
	const wanted = versions.filter((version) => version !== null);
	const records = wanted.flatMap((version) => state.versions.get(version)?.record ?? []);
	const fits = (record) => isScored(record, featuresDigest, sets);
	const ofRows = ({ predictions }) => predictions.featuresDigest === featuresDigest;
	const others = records.filter((record) => !fits(record));
	const toScore = others.find((record) => !ofRows(record)) ?? others[0] ?? null;
	const rest = others.filter((record) => record !== toScore);
	const known = new Set(records.map((record) => record.version));
	return {
		stored: [...records.filter(fits), ...rest.filter(ofRows)],
		toScore,
		left: [...rest.filter((record) => !ofRows(record)).map((record) => record.version), ...wanted.filter((version) => !known.has(version))]
	};
}
/** True when the stored predictions of a version are of these held-out rows and of these sets. */
function isScored({ predictions }, featuresDigest, sets) {
	return predictions.featuresDigest === featuresDigest && hasSets(predictions.sets, sets);
}

export { isScored as n, planScoring as r, championsOf as t };