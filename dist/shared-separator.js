// core/dataset/separator.ts
/** What stands between cells instead of a comma, in words. */
const separators = {
	";": "semicolons",
	"	": "tabs",
	"|": "bars"
};
/**
* Finds the separator of a table that was read as one column, because it has no commas.
* @param header the only column of the table
* @returns its name, as in "separated by semicolons"; null when the header is one name
*/
function findSeparator(header) {
	const found = Object.keys(separators).find((separator) => header.includes(separator) && header.split(separator).every((name) => name.trim() !== ""));
	return found === void 0 ? null : separators[found] ?? null;
}

export { findSeparator as t };