// core/report/chunk.ts
/** Longest table in one section: a report can leave some of the sections out, never a part of one. */
const rowsInSection = 100;
/** Splits rows for sections. @returns parts in order, each with the index of its first row; none for no rows */
function chunksOf(rows) {
	return Array.from({ length: Math.ceil(rows.length / rowsInSection) }, (_, at) => {
		const from = at * rowsInSection;
		return {
			from,
			rows: rows.slice(from, from + rowsInSection)
		};
	});
}
/** `all 20 gates`, or `gates 101 to 200 of 600`. */
function rangeOf(from, shown, all, what) {
	return shown === all ? `All ${all} ${what}` : `${what[0]?.toUpperCase()}${what.slice(1)} ${from + 1} to ${from + shown} of ${all}`;
}

export { rangeOf as n, chunksOf as t };