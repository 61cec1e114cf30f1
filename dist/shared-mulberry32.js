// core/statistics/mulberry32.ts
/** What each draw adds to the state. */
const increment = 1831565813;
/**
* A small seeded generator: the same seed gives the same numbers on every machine, so a judgement can be repeated.
* Not for secrets. The state only counts, so it can start anywhere in the sequence at no cost: workers that split the
* draws of one seed give the same numbers as one that takes them in turn.
* @param seed any integer; its low 32 bits count
* @param drawsBefore how many numbers of the sequence to leave out; an integer of at least 0, exact up to 2^53
* @returns a function that gives the next number in [0, 1)
* @see Tommy Ettinger's mulberry32
*/
function seedGenerator(seed, drawsBefore = 0) {
	let state = (seed | 0) + Math.imul(drawsBefore, increment) | 0;
	return () => {
		state = state + increment | 0;
		let t = Math.imul(state ^ state >>> 15, 1 | state);
		t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
		return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
	};
}

export { seedGenerator as t };