/** For values without a usable standard error: three decimals. */
const fallbackStep = -3;
const finestExponent = -12;

/**
 * Rounds to a power of ten that is no finer than a tenth of the standard error: further digits are noise to the reader
 * and a leak of held-out labels to whoever asks often enough.
 * @param standardError of the value; null, 0 or not finite: three decimals are kept
 */
export function roundForReport(value: number, standardError: number | null): number {
  if (!Number.isFinite(value)) return value;
  const usable = standardError !== null && Number.isFinite(standardError) && standardError > 0;
  const exponent = usable
    ? Math.max(finestExponent, Math.ceil(Math.log10(standardError / 10)))
    : fallbackStep;
  return roundToExponent(value, exponent);
}

/**
 * Rounds an end of an interval outwards, to 1, 2 or 5 of a power of ten: still no finer than a tenth of the standard error.
 * Rounded to the nearest, as a value is, an end could come half a standard error closer, and gates look at ends.
 * @param standardError as of `roundForReport`
 */
export function roundEnd(end: number, standardError: number | null, side: 'low' | 'high'): number {
  if (!Number.isFinite(end)) return end;
  const usable = standardError !== null && Number.isFinite(standardError) && standardError > 0;
  const least = usable ? Math.max(10 ** finestExponent, standardError / 10) : 10 ** fallbackStep;
  const exponent = Math.floor(Math.log10(least) + dust);
  const digit = [1, 2, 5, 10].find((each) => each * 10 ** exponent >= least * (1 - dust)) ?? 10;
  const steps = (exponent < 0 ? end * 10 ** -exponent : end / 10 ** exponent) / digit;
  // What is a step already stays: 0.29 is 28.999999999999996 hundredths.
  const near = Math.round(steps);
  const isStep = Math.abs(steps - near) <= dust * Math.max(1, Math.abs(near));
  const whole = (isStep ? near : side === 'low' ? Math.floor(steps) : Math.ceil(steps)) * digit;
  const rounded = (exponent < 0 ? whole / 10 ** -exponent : whole * 10 ** exponent) + 0;
  return Number.isFinite(rounded) ? rounded : end;
}

/** Beside 1: what division by powers of ten leaves. */
const dust = 1e-9;

function roundToExponent(value: number, exponent: number): number {
  // Dividing by 10^n is exact where multiplying by 10^-n is not: 3 / 10 is 0.3, 3 * 0.1 is not.
  const rounded =
    exponent < 0
      ? Math.round(value * 10 ** -exponent) / 10 ** -exponent
      : Math.round(value / 10 ** exponent) * 10 ** exponent;
  // A number that large has no digits to leave away.
  if (!Number.isFinite(rounded)) return value;
  // No -0: equal values have equal bytes, and equal looks.
  return rounded === 0 ? 0 : rounded;
}
