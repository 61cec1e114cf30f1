// core/drift/number.ts
const digits = 3;
/** Below it nobody needs to know how small: the sum of rounding errors is as large. */
const leastP = 1e-6;
/**
* Writes an effect beside its limit: three digits, and as many more as it takes to see on which side of the limit it lies.
*/
function showEffect(effect, limit) {
	const allowed = String(limit);
	for (let precision = digits; precision <= 15; precision++) {
		const shown = Number(effect.toPrecision(precision));
		if (shown > limit === effect > limit) return [String(shown), allowed];
	}
	return [String(effect), allowed];
}
/** Writes a p-value with two digits. */
function showP(p) {
	return p < leastP ? `under ${leastP.toFixed(6)}` : String(Number(p.toPrecision(2)));
}

export { showP as n, showEffect as t };