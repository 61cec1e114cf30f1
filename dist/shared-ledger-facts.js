// core/registry/ledger-facts.ts
/** What the ledger says that a decision needs: champions of the model, and every version that the request names. */
function toLedgerFacts(change, state) {
	if (state === null) return {
		champions: [],
		artifacts: []
	};
	return {
		champions: [...state.endpoints.values()].flatMap(({ endpoint, champion, artifactDigest, previous }) => champion === null || artifactDigest === null ? [] : [{
			endpoint,
			version: champion,
			artifactDigest,
			previous
		}]).sort((a, b) => a.endpoint < b.endpoint ? -1 : 1),
		artifacts: namedVersions(change).flatMap((version) => {
			const known = state.versions.get(version);
			if (known === void 0) return [];
			const { stage, since, wasInProductionAt } = known;
			const { artifact, featureVersion } = known.record;
			return [{
				version,
				artifactDigest: artifact.digest,
				stage,
				since,
				featureVersion,
				wasInProductionAt
			}];
		})
	};
}
/** Records of the versions that move towards production: who made them may not approve that. */
function recordsTowardsProduction(change, state) {
	if (change.kind !== "request" || state === null) return [];
	return change.moves.flatMap((move) => {
		if (move.kind !== "stage" || move.to !== "candidate" && move.to !== "production") return [];
		return state.versions.get(move.version)?.record ?? [];
	});
}
function namedVersions(change) {
	if (change.kind !== "request") return [];
	const versions = change.moves.flatMap((move) => move.kind === "stage" ? [move.version] : []);
	return [...new Set(versions)].sort((a, b) => a - b);
}

export { toLedgerFacts as n, recordsTowardsProduction as t };