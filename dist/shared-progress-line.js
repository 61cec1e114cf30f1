import { n as writeCount } from "./shared-wording.js";

// adapters/dataset/progress-line.ts
/** One line for a log: how far the measuring of a dataset has come. */
function describeProgress(dataset, progress) {
	const { rows, totalRows, rowsPerSecond, secondsLeft } = progress;
	const of = totalRows === null ? "" : ` of ${writeCount(totalRows)}`;
	const left = secondsLeft === null ? "" : `, about ${Math.ceil(secondsLeft)} s left`;
	return `${dataset}: ${writeCount(Math.round(rows))}${of} rows, ${writeCount(Math.round(rowsPerSecond))} rows/s${left}`;
}

export { describeProgress as t };