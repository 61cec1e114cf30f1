/** Coefficients of Stirling's series: B(2k) / (2k (2k - 1)). */
const stirling = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360_360,
  1 / 156,
  -3617 / 122_400,
] as const;
/** From here on eight terms of the series are exact to the last bits. */
const seriesStart = 15;
/** Powers below it move no bit of a density. */
const leastPower = 1e-20;
const halfLogOfTwoPi = Math.log(2 * Math.PI) / 2;

/**
 * Natural logarithm of the gamma function.
 * @param a above 0
 * @see NIST DLMF 5.11.1
 */
export function logGamma(a: number): number {
  return (a - 0.5) * Math.log(a) - a + halfLogOfTwoPi + stirlingError(a);
}

/**
 * What Stirling's formula leaves out: log Γ(a + 1) - (a + 1/2) log a + a - log(2π) / 2. With it a density of large
 * numbers is computed without the difference of numbers a million times larger.
 * @param a above 0
 * @see Loader 2000, Fast and accurate computation of binomial probabilities
 */
export function stirlingError(a: number): number {
  let sum = 0;
  let shifted = a;
  for (; shifted < seriesStart; shifted++) sum += stepOf(shifted);
  return sum + seriesOf(shifted);
}

/** How much smaller the error is for a + 1: (a + 1/2) log(1 + 1 / a) - 1, as a series that does not subtract. */
function stepOf(a: number): number {
  if (a < 1) return (a + 0.5) * (Math.log1p(a) - Math.log(a)) - 1;
  const z = 1 / (2 * a + 1) ** 2;
  let power = z;
  let sum = 0;
  for (let k = 3; power > 1e-20; k += 2) {
    sum += power / k;
    power *= z;
  }
  return sum;
}

function seriesOf(a: number): number {
  const inverse = 1 / a;
  let power = inverse;
  let sum = 0;
  for (const coefficient of stirling) {
    sum += coefficient * power;
    power *= inverse * inverse;
    if (power < leastPower) break;
  }
  return sum;
}

/**
 * Half the deviance of a count from its expectation: x log(x / m) + m - x, exact where both are close.
 * @see Loader 2000
 */
export function halfDeviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) {
    const ratio = x / m;
    // Over a denormal number the quotient is no number any more; its logarithm still is.
    return x * (ratio === Number.POSITIVE_INFINITY ? Math.log(x) - Math.log(m) : Math.log(ratio)) + m - x;
  }
  const v = (x - m) / (x + m);
  let term = 2 * x * v;
  let sum = (x - m) * v;
  for (let k = 1; ; k++) {
    term *= v * v;
    const next = sum + term / (2 * k + 1);
    if (next === sum) return next;
    sum = next;
  }
}
