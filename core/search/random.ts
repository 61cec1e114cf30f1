/** Gives the next number in [0, 1), a multiple of 2^-53. */
export type Draw = () => number;

const multipliers = [0xd2511f53, 0xcd9e8d57] as const;
/** Golden ratio and root of 3 less 1, each times 2^32. */
const steps = [0x9e3779b9, 0xbb67ae85] as const;
const rounds = 10;

export type Words4 = readonly [number, number, number, number];

/**
 * Opens numbers that are a function of seed and stream alone: trial 7 draws the same whether trial 6 was lost or not.
 * Not for secrets.
 * @param stream what the numbers are for: other streams are independent of it
 * @see Philox4x32-10: Salmon, Moraes, Dror, Shaw, Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011)
 */
export function openDraws(seed: number, stream: readonly [number, number]): Draw {
  let block = 0;
  let words: readonly number[] = [];
  return () => {
    if (words.length < 2) words = philox([block++, stream[0], stream[1], 0], [seed, 0]);
    const [high = 0, low = 0, ...rest] = words;
    words = rest;
    return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
  };
}

/** Four words of 32 bits from a counter and a key. */
export function philox(counter: Words4, key: readonly [number, number]): Words4 {
  let [a, b, c, d] = counter;
  let [first, second] = key;
  for (let round = 0; round < rounds; round++) {
    const [highA, lowA] = multiply(multipliers[0], a >>> 0);
    const [highC, lowC] = multiply(multipliers[1], c >>> 0);
    [a, b, c, d] = [(highC ^ b ^ first) >>> 0, lowC, (highA ^ d ^ second) >>> 0, lowA];
    first = (first + steps[0]) | 0;
    second = (second + steps[1]) | 0;
  }
  return [a, b, c, d];
}

/** Product of two 32-bit words as two words; halves of 16 bits keep every sum exact. */
function multiply(x: number, y: number): readonly [high: number, low: number] {
  const [highX, lowX, highY, lowY] = [x >>> 16, x & 0xffff, y >>> 16, y & 0xffff];
  const middle = highX * lowY + ((lowX * lowY) >>> 16);
  const other = lowX * highY + (middle % 2 ** 16);
  const high = highX * highY + Math.floor(middle / 2 ** 16) + Math.floor(other / 2 ** 16);
  return [high >>> 0, Math.imul(x, y) >>> 0];
}
