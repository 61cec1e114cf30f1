/** Below it the engine's own sort is faster than the passes over digits. */
const radixStart = 2_048;
const digitBits = 11;
const digits = 6;

/**
 * Numbers of the rows in ascending order of their values; rows of one value keep their order, and 0 and -0 are one value.
 * NaN comes last: it ends nothing and loops nowhere, and whoever reads predictions has refused it before.
 */
export function orderByValue(values: Float64Array): Uint32Array {
  if (values.length < radixStart) return orderSmall(values);
  return orderByRadix(toSortable(values), values.length);
}

function orderSmall(values: Float64Array): Uint32Array {
  const compare = (first: number, second: number): number => {
    const [a, b] = [values[first] as number, values[second] as number];
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === b) return first - second;
    return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || first - second;
  };
  return Uint32Array.from(values, (_, row) => row).sort(compare);
}

/** Two words a value, the low one first: their unsigned order is the order of the numbers. */
function toSortable(values: Float64Array): Uint32Array {
  const copy = new Float64Array(values.length);
  // Adding 0 makes -0 the same value as 0, in their bits too; any NaN becomes the positive one.
  for (let row = 0; row < values.length; row++) {
    const value = (values[row] as number) + 0;
    copy[row] = Number.isNaN(value) ? Number.NaN : value;
  }
  const words = new Uint32Array(copy.buffer);
  for (let at = 1; at < words.length; at += 2) {
    const high = words[at] as number;
    const mask = high >>> 31 === 1 ? 0xffffffff : 0;
    words[at] = high ^ (mask | 0x80000000);
    words[at - 1] = (words[at - 1] as number) ^ mask;
  }
  return words;
}

/** Radix sort by the least digit first, which moves row numbers alone; a digit that is the same everywhere is passed over. */
function orderByRadix(words: Uint32Array, rows: number): Uint32Array {
  let order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  let spare = new Uint32Array(rows);
  const starts = new Uint32Array(1 << digitBits);
  for (let digit = 0; digit < digits; digit++) {
    // Digits 0 to 2 lie in the low word, the third with 10 bits; 3 to 5 likewise in the high one.
    const word = digit < 3 ? 0 : 1;
    const shift = (digit % 3) * digitBits;
    if (!countDigits(words, word, shift, starts, rows)) continue;
    for (let at = 0; at < rows; at++) {
      const row = order[at] as number;
      const key = ((words[2 * row + word] as number) >>> shift) & ((1 << digitBits) - 1);
      const place = starts[key] as number;
      starts[key] = place + 1;
      spare[place] = row;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** Where the rows of each digit begin. @returns false when all rows have the same digit */
function countDigits(
  words: Uint32Array,
  word: number,
  shift: number,
  starts: Uint32Array,
  rows: number,
): boolean {
  starts.fill(0);
  for (let at = word; at < words.length; at += 2) {
    const key = ((words[at] as number) >>> shift) & ((1 << digitBits) - 1);
    starts[key] = (starts[key] as number) + 1;
  }
  let before = 0;
  for (let key = 0; key < starts.length; key++) {
    const count = starts[key] as number;
    if (count === rows) return false;
    starts[key] = before;
    before += count;
  }
  return true;
}
