// core/config/suggestion.ts
/**
* Finds the word that was probably meant.
* @returns the nearest candidate within two edits or 30 % of the word's length, null when nothing is near.
*/
function suggest(word, candidates) {
	if (word.length > 64) return null;
	const limit = Math.max(Math.min(2, word.length - 1), Math.floor(word.length * .3));
	return candidates.map((candidate) => ({
		candidate,
		edits: editDistance(fold(word), fold(candidate))
	})).filter(({ edits }) => edits <= limit).sort((a, b) => a.edits - b.edits)[0]?.candidate ?? null;
}
/**
* Counts insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
* @see Damerau 1964, Levenshtein 1966
*/
function editDistance(a, b) {
	const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			row.push(Math.min(cell(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, cell(rows, i - 1, j - 1) + cost, swapped ? cell(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY));
		}
		rows.push(row);
	}
	return cell(rows, a.length, b.length);
}
const cell = (rows, i, j) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
/** `max_regression`, `maxRegression` and `max-regression` are one word to a reader. */
const fold = (word) => word.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase().replaceAll("_", "-");

export { suggest as t };