import { r as InputError } from "./shared-error.js";

// core/statistics/refusal.ts
const texts = {
	empty: [
		"STATISTICS_EMPTY",
		"there are no rows",
		"Give at least one row."
	],
	single_class: [
		"STATISTICS_SINGLE_CLASS",
		"all labels are of one class",
		"Use held-out rows in which both classes occur."
	],
	zero_column: [
		"STATISTICS_ZERO_COLUMN",
		"a sample or a category has no rows",
		"Leave out categories that occur in no sample."
	]
};
/**
* Makes the error of a statistic that has no value: better than a NaN that somebody compares.
* @param what the statistic, as shown to the reader
*/
function refuseStatistic(kind, what) {
	const [code, because, hint] = texts[kind];
	return new InputError(code, `${what} cannot be computed: ${because}`, { hint });
}

export { refuseStatistic as t };