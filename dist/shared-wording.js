// core/dataset/wording.ts
/** Writes 1204118 as `1,204,118`. */
function writeCount(count) {
	return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
/** Writes a share of rows as `7.4 %`; a share that is not zero never reads as zero, one that is not all never as 100 %. */
function writeShare(count, total) {
	if (!(total > 0)) return "of no rows";
	const percent = 100 * count / total;
	if (count > 0 && percent < .01) return "under 0.01 %";
	if (count < total && percent > 99.99) return "over 99.99 %";
	return `${Number(percent.toFixed(2))} %`;
}
/** Writes `1 row`, `2 rows`. */
function writeRows(count) {
	return `${writeCount(count)} ${count === 1 ? "row" : "rows"}`;
}
/** A name with what nobody can see spelt out, as `[U+202E]`: a report drops it, and two names would look the same. */
function spellName(name) {
	return name.replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

export { writeShare as i, writeCount as n, writeRows as r, spellName as t };