/** Bits of a quotient or root that are computed before rounding: 53 and enough to spare, the rest is one sticky bit. */
const workingBits = 72;
const bits = new DataView(new ArrayBuffer(8));

/** The double as `mantissa * 2^exponent`, exactly; the mantissa is odd or zero. */
export function splitDouble(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to add`);
  if (value === 0) return { mantissa: 0n, exponent: 0 };
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xf_ffff_ffff_ffffn;
  const whole = biased === 0 ? fraction : fraction | (1n << 52n);
  const exponent = Math.max(biased, 1) - 1075;
  const twos = (whole & -whole).toString(2).length - 1;
  const mantissa = whole >> BigInt(twos);
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: exponent + twos };
}

/** `numerator / denominator` as the nearest double, ties to even. @param denominator above zero */
export function roundQuotient(numerator: bigint, denominator: bigint): number {
  // Never -0: it would not be equal to the zero of another split.
  if (numerator < 0n) return 0 - roundQuotient(-numerator, denominator);
  if (numerator === 0n) return 0;
  const shift = workingBits - (countBits(numerator) - countBits(denominator));
  const { quotient, rest } = divide(numerator, denominator, shift);
  return roundBinary((quotient << 1n) | (rest ? 1n : 0n), -shift - 1);
}

/** The square root of `numerator / denominator` as the nearest double, ties to even. @param numerator zero or above */
export function roundRoot(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const wanted = 2 * workingBits - (countBits(numerator) - countBits(denominator));
  const shift = wanted + (Math.abs(wanted) % 2);
  const { quotient, rest } = divide(numerator, denominator, shift);
  const root = takeRoot(quotient);
  const sticky = rest || root * root !== quotient;
  return roundBinary((root << 1n) | (sticky ? 1n : 0n), -shift / 2 - 1);
}

function divide(numerator: bigint, denominator: bigint, shift: number) {
  const top = shift > 0 ? numerator << BigInt(shift) : numerator;
  const bottom = shift < 0 ? denominator << BigInt(-shift) : denominator;
  return { quotient: top / bottom, rest: top % bottom !== 0n };
}

/** Whole square root, rounded down: Newton from above. */
function takeRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(countBits(value) / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** `mantissa * 2^exponent` as the nearest double, ties to even; a mantissa that was cut off ends in a sticky bit. */
function roundBinary(mantissa: bigint, exponent: number): number {
  const drop = Math.max(countBits(mantissa) - 53, -1074 - exponent, 0);
  const cut = BigInt(drop);
  const kept = mantissa >> cut;
  const twice = drop === 0 ? 0n : (mantissa - (kept << cut)) << 1n;
  const half = 1n << cut;
  const up = twice > half || (twice === half && (kept & 1n) === 1n);
  return scaleByTwo(Number(up && drop > 0 ? kept + 1n : kept), exponent + drop);
}

/** `value * 2^exponent` for a whole value up to 2^53: exact, or Infinity. */
function scaleByTwo(value: number, exponent: number): number {
  if (exponent > 971) return value === 0 ? 0 : scaleByTwo(value * 2 ** 52, exponent - 52);
  return value * 2 ** Math.max(exponent, -1022) * 2 ** Math.min(exponent + 1022, 0);
}

function countBits(value: bigint): number {
  const hex = value.toString(16);
  return 4 * hex.length - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28;
}
