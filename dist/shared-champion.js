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
* @param versions that a request has to be compared with; null stands for "no champion"
*/
function planScoring(state, versions, featuresDigest) {
	const wanted = versions.filter((version) => version !== null);
	const records = wanted.flatMap((version) => state.versions.get(version)?.record ?? []);
	const fits = (record) => record.predictions.featuresDigest === featuresDigest;
	const [toScore = null, ...rest] = records.filter((record) => !fits(record));
	const known = new Set(records.map((record) => record.version));
	return {
		stored: records.filter(fits),
		toScore,
		left: [...rest.map((record) => record.version), ...wanted.filter((version) => !known.has(version))]
	};
}

export { planScoring as n, championsOf as t };