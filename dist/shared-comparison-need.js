// core/evidence/comparison-need.ts
/** True for a move up: registering, and every stage on the way to production but a return to the recorded previous. */
function needsJudgement(move) {
	if (move.kind === "registration") return true;
	return !move.rollback && (move.to === "staging" || move.to === "candidate" || move.to === "production");
}
/**
* Which champions a request has to be compared with.
* @param moves of the request: a registration, `staging` and `candidate` meet every champion of the model; a move into
* production meets those that it replaces
* @returns versions ascending, each once; `null` (first) where nothing serves yet. Empty: nothing is to be judged.
*/
function requiredComparisons(moves, champions) {
	const wanted = moves.filter(needsJudgement).flatMap((move) => {
		if (move.kind === "stage" && move.to === "production") return [champions.find((champion) => champion.endpoint === move.endpoint)?.version ?? null];
		return champions.length === 0 ? [null] : champions.map((champion) => champion.version);
	});
	return [...new Set(wanted)].sort((a, b) => (a ?? 0) - (b ?? 0));
}

export { requiredComparisons as n, needsJudgement as t };