import { r as InputError } from "./shared-error.js";
import { s as judgedMetrics } from "./shared-held-out-rows.js";
import { i as findMetric } from "./shared-resample.js";
import { f as normalQuantile } from "./shared-floor.js";
import { o as tryOr, s as confidence } from "./shared-read-truth.js";
import { a as missing, i as scoreFile, o as readLocalModel, r as readLabels, s as withClasses, t as collect } from "./shared-compare.js";
import { resolve } from "node:path";
import { readFile } from "node:fs/promises";

// core/evaluation/noise-floor.ts
/**
* Says how far two trainings of one model lie apart that differ in their seed alone: the smallest difference that
* training again does not explain, in 95 of 100 pairs. From few seeds it is rough: from 3 to 5 within a factor of two.
* @param samples the champion trained with several seeds, on the same rows
* @param names as gates name them
* @returns by metric: the standard deviation between seeds times 1.96 times the root of 2; without metrics that a sample
*   cannot have, and empty for fewer than two seeds
*/
function measureNoiseFloor(samples, names, context) {
	const floor = /* @__PURE__ */ new Map();
	if (samples.length < 2) return floor;
	for (const name of names) {
		const metric = findMetric(name, context);
		if (metric === null) continue;
		const values = samples.map((sample) => tryOr(() => metric.prepare(sample)(null)) ?? NaN);
		if (values.every(Number.isFinite)) floor.set(name, spreadOf(values));
	}
	return floor;
}
function spreadOf(values) {
	const [first] = values;
	const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const deviation = Math.sqrt(squares / (values.length - 1));
	return normalQuantile(.5 + confidence / 2) * Math.SQRT2 * deviation;
}

// cli/commands/noise-floor.ts
/** From three seeds on the floor is known within a factor of two or so; from two it says next to nothing. */
const fewestSeeds = 3;
const shownDigits = 2;
/** `gatehouse noise-floor A B C`: what training again with another seed changes by itself. Needs no network. */
const noiseFloorCommand = (program, context) => {
	program.command("noise-floor").description("Measures how far trainings of one model with other seeds lie apart: a gain must exceed it").argument("<predictions...>", "predictions of the same rows, one file a training").requiredOption("--labels <file>", "what is true of the rows: key and label").option("--model <file>", "models/<model>/model.yml: task, columns and gates").option("--task <task>", "what the model does (default: binary-classification, or as model.yml says)").option("--key <column>", "key of the labels (default: key, or as model.yml says)").option("--label <column>", "column of the labels (default: label, or as model.yml says)").option("--group <column>", "column of the labels whose rows belong together; of a ranking the query").option("--metric <name>", "a metric besides those of the gates; may be given again", collect).option("--json", "print JSON").action((paths, options) => context.run(async () => {
		if (paths.length < fewestSeeds) throw tooFew(paths.length);
		const { config: said, gates } = await readLocalModel(context.cwd, options, false);
		const read = (path) => readFile(resolve(context.cwd, path)).catch(missing(path));
		const labels = await read(options.labels);
		const files = await Promise.all(paths.map(read));
		refuseEqual(paths, files);
		const config = withClasses(said, labels, files);
		const { keys, truth } = readLabels(labels, options.labels, config, options.model);
		const samples = files.map((content, at) => {
			const { model } = scoreFile(content, paths[at] ?? "", config, keys);
			return {
				truth,
				predicted: model.predicted,
				rows: keys.length,
				threshold: model.threshold
			};
		});
		const { task, metrics: custom = [], scorers = [] } = config;
		const floor = measureNoiseFloor(samples, judgedMetrics(config, gates).whole, {
			task,
			custom,
			scorers
		});
		context.print(options.json === true ? toJson(floor, paths) : toText(floor, paths, keys.length));
		return 0;
	}));
};
const toJson = (floor, paths) => JSON.stringify({
	seeds: paths.length,
	floor: Object.fromEntries(floor)
}, null, 2);
function toText(floor, paths, rows) {
	const written = [...floor].map(([name, value]) => `  ${name}: ${Number(value.toPrecision(shownDigits))}`);
	return [
		`# ${paths.length} trainings on ${rows} rows. A gain must exceed this; more seeds make it surer.`,
		"noise-floor:",
		...written
	].join("\n");
}
/** One file twice is one training: counted as two it would make the floor look lower than it is. */
function refuseEqual(paths, files) {
	for (const [at, content] of files.entries()) {
		const same = files.findIndex((other) => other.equals(content));
		if (same === at) continue;
		throw new InputError("NOISE_FILES", `${paths[at]} and ${paths[same]} hold the same predictions, byte by byte`, { hint: "Name one file for each training: each with a seed of its own." });
	}
}
const tooFew = (files) => new InputError("NOISE_FILES", `A noise floor needs ${fewestSeeds} trainings or more, ${files} given`, { hint: "Train the champion again with other seeds, score the same rows with each, and name all the files." });

export { noiseFloorCommand };