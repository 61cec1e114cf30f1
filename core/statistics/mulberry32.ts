/**
 * A small seeded generator: the same seed gives the same numbers on every machine, so a judgement can be repeated.
 * Not for secrets.
 * @param seed any integer; its low 32 bits count
 * @returns a function that gives the next number in [0, 1)
 * @see Tommy Ettinger's mulberry32
 */
export function seedGenerator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
