import { r as digestOf } from "./shared-canonical.js";

// core/evaluation/scoring-set.ts
/** Rows besides the held-out ones that a model scores, so that more can be said about it. */
const scoringSetNames = [
	"production-like",
	"validation",
	"behaviour",
	"permuted"
];
/** Raised when other rows are made from the same files: stored predictions of a set are then of rows that are no more. */
const recipe = 1;
/**
* Says which sets a model scores besides the held-out rows. Jobs that predict and the job that judges plan alike, from
* governed files alone; a champion whose stored predictions are of other sets is scored again.
*/
function planScoringSets(config, suite, { features, validation, recorded }) {
	const { productionLike, explain, decision } = config;
	const { key } = config.heldOut;
	const wanted = {
		"production-like": productionLike === void 0 ? null : {
			features,
			key,
			suite: productionLike,
			recorded
		},
		validation: validation === null || decision === void 0 || !("choose" in decision) ? null : { validation },
		behaviour: suite === null ? null : {
			features,
			key,
			suite
		},
		permuted: explain === void 0 || !("permutation" in explain) ? null : {
			features,
			key,
			permutation: explain.permutation
		}
	};
	return scoringSetNames.flatMap((name) => {
		const from = wanted[name];
		return from === null ? [] : [{
			name,
			input: digestOf({
				recipe,
				name,
				...from
			})
		}];
	});
}
/** True when predictions of all these sets are there, made from the same rows. */
function hasSets(scored, wanted) {
	return wanted.every(({ name, input }) => scored?.some((each) => each.name === name && each.input === input));
}

export { planScoringSets as n, scoringSetNames as r, hasSets as t };