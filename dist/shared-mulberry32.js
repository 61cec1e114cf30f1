// core/statistics/mulberry32.ts
/**
* A small seeded generator: the same seed gives the same numbers on every machine, so a judgement can be repeated.
* Not for secrets.
* @param seed any integer; its low 32 bits count
* @returns a function that gives the next number in [0, 1)
* @see Tommy Ettinger's mulberry32
*/
function seedGenerator(seed) {
	let state = seed | 0;
	return () => {
		state = state + 1831565813 | 0;
		let t = Math.imul(state ^ state >>> 15, 1 | state);
		t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
		return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
	};
}

export { seedGenerator as t };