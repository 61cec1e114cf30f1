const mostDecimals = 12;

/** Writes numbers of one sentence with the same number of decimals: as many as the finest of them has. */
export function showNumbers(...values: readonly number[]): readonly string[] {
  const decimals = Math.max(...values.map(decimalsOf));
  return values.map((value) => {
    const text = value.toFixed(decimals);
    return Number(text) === 0 ? text.replace('-', '') : text;
  });
}

/** Writes a number that was computed, without the dust of its binary fractions: at most four digits. */
export const showNumber = (value: number): string => showNumbers(Number(value.toPrecision(4)))[0] ?? '';

/** Writes a count with commas: 48,000. */
export const showCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

function decimalsOf(value: number): number {
  if (!Number.isFinite(value)) return 0;
  // A difference such as 0.573 - 0.6 carries binary dust: twelve digits are more than evidence holds.
  const [mantissa = '', exponent = '0'] = String(Number(value.toPrecision(mostDecimals))).split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.min(mostDecimals, Math.max(0, fraction - Number(exponent)));
}
