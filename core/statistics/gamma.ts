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
const mostSteps = 100_000;

/**
 * Natural logarithm of the gamma function.
 * @param a above 0
 * @see NIST DLMF 5.11.1, with the recurrence 5.5.1 for small arguments
 */
export function logGamma(a: number): number {
  let shifted = a;
  let product = 1;
  while (shifted < seriesStart) {
    product *= shifted;
    shifted += 1;
  }
  const inverse = 1 / shifted;
  let power = inverse;
  let sum = 0;
  for (const coefficient of stirling) {
    sum += coefficient * power;
    power *= inverse * inverse;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + sum - Math.log(product);
}

/**
 * Upper regularised incomplete gamma function Q(a, x). Far out it is computed directly and keeps its digits: 1 - P would be 0.
 * @param a above 0
 * @param x at least 0
 * @see NIST DLMF 8.2.4; series 8.11.4 below x = a + 1, continued fraction 8.9.2 above
 */
export function gammaUpper(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < mostSteps && term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * scale(a, x);
}

/** Lentz's method on the continued fraction. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < mostSteps; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value * scale(a, x);
}

const scale = (a: number, x: number): number => Math.exp(a * Math.log(x) - x - logGamma(a));

/** Upper tail of the chi-square distribution. @param df degrees of freedom, above 0 */
export function chiSquareSf(statistic: number, df: number): number {
  return gammaUpper(df / 2, statistic / 2);
}
