const rootOfTwoPi = Math.sqrt(2 * Math.PI);
/** Below this the series is exact enough; above it the continued fraction converges fast. */
const tailStart = 2;

/** Density of the standard normal distribution at `z`. */
export function normalDensity(z: number): number {
  // exp(-z*z/2) loses digits for large z through the rounding of z*z: split z so that the square is exact.
  const head = Math.fround(z);
  if (!Number.isFinite(head)) return Number.isNaN(z) ? Number.NaN : 0;
  return (Math.exp((-head * head) / 2) * Math.exp((-(z - head) * (z + head)) / 2)) / rootOfTwoPi;
}

/** Lower tail: the probability of a value of at most `z`. */
export function normalCdf(z: number): number {
  return normalSf(-z);
}

/**
 * Upper tail: the probability of a value above `z`, computed directly, so that it keeps its digits far out
 * (1 - cdf is 0 from 8.3 standard deviations on).
 */
export function normalSf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < -tailStart) return 1 - normalSf(-z);
  if (z < tailStart) return 0.5 - centralArea(z);
  // The smallest number above 0 is passed at 38.5.
  return z > 40 ? 0 : normalDensity(z) * millsRatio(z);
}

/**
 * The value that a standard normal variable stays below with probability `p`.
 * @returns -Infinity for 0, Infinity for 1, NaN outside [0, 1]
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p);
}

/** `z` with upper tail `p`, 0 < p < 0.5. Start: Abramowitz and Stegun 26.2.23; then Halley's steps. */
function upperQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  let z = t - top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 4; step++) {
    const density = normalDensity(z);
    const u = (normalSf(z) - p) / density;
    z += u / (1 - (z * u) / 2);
  }
  return z;
}

/** Area between 0 and `z`: density times the sum of z^(2k+1) / (1*3*...*(2k+1)). */
function centralArea(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > Math.abs(sum) * 1e-17; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return normalDensity(z) * sum;
}

/**
 * Upper tail over density: 1/(z+ 1/(z+ 2/(z+ 3/(z+ ...)))), for z >= 2.
 * @see Lentz's method, W. J. Lentz 1976; Numerical Recipes 5.2
 */
function millsRatio(z: number): number {
  let value = z;
  let numerator = z;
  let denominator = 0;
  for (let k = 1; k < 500; k++) {
    denominator = 1 / (z + k * denominator);
    numerator = z + k / numerator;
    const factor = numerator * denominator;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return 1 / value;
}
