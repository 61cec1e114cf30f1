import { Nt as digestOf } from "./shared-parse.js";

// core/evaluation/result-digest.ts
/**
* Names what a judgement found, without who ran it and when: artifact, held-out set, gate outcomes, rounded metrics.
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
		comparisons: comparisons.map(({ against, metrics, gates }) => ({
			against,
			metrics,
			gates
		}))
	});
}

export { resultDigest as t };