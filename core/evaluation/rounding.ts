/** For values without a usable standard error: three decimals. */
const fallbackStep = -3;

/**
 * Rounds to a power of ten that is no finer than a tenth of the standard error: further digits are noise to the reader
 * and a leak of held-out labels to whoever asks often enough.
 * @param standardError of the value; null, 0 or not finite: three decimals are kept
 */
export function roundForReport(value: number, standardError: number | null): number {
  if (!Number.isFinite(value)) return value;
  const usable = standardError !== null && Number.isFinite(standardError) && standardError > 0;
  const exponent = usable ? Math.max(-12, Math.ceil(Math.log10(standardError / 10))) : fallbackStep;
  return roundToExponent(value, exponent);
}

function roundToExponent(value: number, exponent: number): number {
  // Dividing by 10^n is exact where multiplying by 10^-n is not: 3 / 10 is 0.3, 3 * 0.1 is not.
  const rounded =
    exponent < 0
      ? Math.round(value * 10 ** -exponent) / 10 ** -exponent
      : Math.round(value / 10 ** exponent) * 10 ** exponent;
  // No -0: equal values have equal bytes, and equal looks.
  return rounded === 0 ? 0 : rounded;
}
