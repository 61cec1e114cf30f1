const mostDecimals = 12;

/** Writes numbers of one sentence with the same number of decimals: as many as the finest of them has. */
export function showNumbers(...values: readonly number[]): readonly string[] {
  const decimals = Math.max(...values.map(decimalsOf));
  return values.map((value) => {
    const text = value.toFixed(decimals);
    return Number(text) === 0 ? text.replace('-', '') : text;
  });
}

function decimalsOf(value: number): number {
  if (!Number.isFinite(value)) return 0;
  // A difference such as 0.573 - 0.6 carries binary dust: twelve digits are more than evidence holds.
  const [mantissa = '', exponent = '0'] = String(Number(value.toPrecision(mostDecimals))).split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return Math.min(mostDecimals, Math.max(0, fraction - Number(exponent)));
}
