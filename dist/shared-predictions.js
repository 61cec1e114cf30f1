import { r as readPredicted } from "./shared-read-predicted.js";

// core/evaluation/predictions.ts
/**
* Reads the predictions of a model of two classes, `key,score`: `readPredicted` for one task.
* @param source path, as shown in findings
* @throws InputError PREDICTIONS_INVALID with one finding a kind of fault, each with count and first examples
*/
function parsePredictions(content, source) {
	const { keys, predicted } = readPredicted(content, source, {
		task: "binary-classification",
		classes: [],
		contract: null,
		scorers: []
	});
	return {
		source,
		scores: predicted.kind === "score" ? predicted.values : /* @__PURE__ */ new Float64Array(0),
		rowOf: new Map(keys.map((key, at) => [key, at]))
	};
}

export { parsePredictions as t };