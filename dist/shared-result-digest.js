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

export { resultDigest as t };