import { n as GatehouseError } from "./shared-error.js";
import { r as digestOf } from "./shared-canonical.js";

// core/evaluation/result-digest.ts
/**
* Names what a judgement found, without who ran it and when: artifact, held-out set, gate outcomes, rounded metrics, and
* what permuted columns cost: that is read off the labels too, from predictions that no metric depends on.
* A re-run that finds the same has the same digest, so approvals stay.
*/
function resultDigest({ artifactDigest, heldOut, comparisons }) {
	return digestOf({
		artifact: artifactDigest,
		heldOut: {
			features: heldOut.featuresDigest,
			labels: heldOut.labelsDigest,
			rows: heldOut.rows
		},
		comparisons: comparisons.map(({ against, metrics, gates, explanation }) => {
			const judged = metrics.filter(({ grade }) => grade === "judged");
			const names = new Set(judged.map(({ metric }) => metric));
			return {
				against,
				metrics: judged,
				gates: gates.map((gate) => names.has(gate.metric) ? gate : withoutFigures(gate)),
				...explanation?.grade === "measured" ? { explanation } : {}
			};
		})
	});
}
/** What is measured (latency) is never twice the same to the digit: that it passed is the result. */
const withoutFigures = ({ gate, metric, required, result }) => ({
	gate,
	metric,
	required,
	result
});

// core/evidence/held-out-look.ts
/**
* True when a judgement met the held-out labels. One that could not be computed at all (labels, predictions or a champion
* missing) tells nobody anything and is free. A number that does not exist does tell: a loss without end says that one
* row, which whoever predicted chose, has the label that was ruled out.
* @see Dwork et al., "The reusable holdout: Preserving validity in adaptive data analysis", Science 349 (2015)
*/
const isLook = ({ comparisons }) => comparisons.length > 0;
/** True when a number was computed from the labels. */
const hasJudgedNumber = ({ comparisons }) => comparisons.some(({ metrics }) => metrics.some(({ grade }) => grade === "judged"));
/**
* True when a signed judgement is a look of this pull request that an entry of the ledger can stand for. Its content may
* be another one by now: what was read off the labels was read.
* @param own where the app found it
*/
function isLookOf(evidence, own) {
	const { origin } = evidence;
	return origin.repositoryId === own.repositoryId && origin.pullRequest === own.pullRequest && origin.headSha === own.headSha && isLook(evidence) && digestOfResult(evidence) === evidence.resultDigest;
}
/** @returns null for numbers that no digest can be made of */
function digestOfResult({ artifact, heldOut, comparisons }) {
	try {
		return resultDigest({
			artifactDigest: artifact.digest,
			heldOut,
			comparisons
		});
	} catch (error) {
		if (error instanceof GatehouseError) return null;
		throw error;
	}
}

export { resultDigest as i, isLook as n, isLookOf as r, hasJudgedNumber as t };