import { binomialPmf } from './binomial.ts';

/** Below it the theta series with few terms is the fast one. */
const seriesSwitch = 1.18;

/**
 * Upper tail of Kolmogorov's limit distribution: P(sup |B| > x) for a Brownian bridge.
 * @see NIST DLMF 20.7 for the two forms of the same theta function
 */
export function kolmogorovSf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  let sum = 0;
  if (x < seriesSwitch) {
    for (let k = 1; k < 100; k += 2) sum += Math.exp((-k * k * Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k < 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}

/**
 * Upper tail of the two-sided one-sample Kolmogorov-Smirnov statistic: P(D >= d) with n values.
 * The two-sample test of scipy ("asymp") takes it with n = round(n1 n2 / (n1 + n2)).
 * @param n whole number; below 1 there is no value: NaN
 * @see Simard and L'Ecuyer 2011, Computing the two-sided Kolmogorov-Smirnov distribution
 */
export function kolmogorovSampleSf(n: number, d: number): number {
  if (!(n >= 1) || Number.isNaN(d)) return Number.NaN;
  const reach = n * d;
  if (d >= 1) return 0;
  if (reach <= 0.5) return 1;
  if (reach >= n - 1) return 2 * (1 - d) ** n;
  const squared = reach * d;
  if (squared >= 370) return 0;
  // Both one-sided events together are so rare here that twice the one-sided tail is exact.
  if (d >= 0.5 || squared >= (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * smirnovSf(n, d));
  const cdf = n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4) ? matrixCdf(n, d) : pelzGoodCdf(n, d);
  return Math.min(1, Math.max(0, 1 - cdf));
}

/** From here on the expansion is right to 1e-3 of any p-value above 1e-20, and the sum takes a tenth of a second. */
const expansionStart = 1_000_000;

/** One-sided tail. @see Smirnov 1944; for very many values the expansion to first order in 1 / sqrt(n) */
function smirnovSf(n: number, d: number): number {
  if (n > expansionStart) return Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
  let sum = 0;
  for (let j = 0; j <= Math.floor(n * (1 - d)); j++) {
    const share = d + j / n;
    if (share < 1) sum += binomialPmf(j, n, share) / share;
  }
  return d * sum;
}

/** Durbin's matrix. @see Marsaglia, Tsang and Wang 2003, Evaluating Kolmogorov's distribution */
function matrixCdf(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const power = raise(durbinMatrix(size, k - n * d), size, n);
  let value = power.matrix[(k - 1) * size + k - 1] as number;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      exponent -= 140;
    }
  }
  return value * 10 ** exponent;
}

function durbinMatrix(size: number, h: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < Math.min(size, i + 2); j++) {
      let value = 1;
      if (j === 0) value -= h ** (i + 1);
      if (i === size - 1) value -= h ** (size - j);
      if (i === size - 1 && j === 0 && 2 * h > 1) value += (2 * h - 1) ** size;
      for (let factor = 2; factor <= i - j + 1; factor++) value /= factor;
      matrix[i * size + j] = value;
    }
  }
  return matrix;
}

interface Scaled {
  readonly matrix: Float64Array;
  /** The matrix times 10^exponent is meant. */
  readonly exponent: number;
}

function raise(matrix: Float64Array, size: number, n: number): Scaled {
  if (n === 1) return { matrix, exponent: 0 };
  const half = raise(matrix, size, Math.floor(n / 2));
  const square = multiply(half.matrix, half.matrix, size);
  const full = n % 2 === 0 ? square : multiply(square, matrix, size);
  const exponent = 2 * half.exponent;
  const middle = (size - 1) / 2;
  if ((full[middle * size + middle] as number) <= 1e140) return { matrix: full, exponent };
  return { matrix: full.map((value) => value * 1e-140), exponent: exponent + 140 };
}

function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = left[i * size + k] as number;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) {
        product[i * size + j] = (product[i * size + j] as number) + factor * (right[k * size + j] as number);
      }
    }
  }
  return product;
}

/** Kolmogorov's limit with three correction terms. @see Pelz and Good 1976, as in scipy 1.10 */
function pelzGoodCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const pi2 = Math.PI ** 2;
  const root = Math.sqrt(2 * Math.PI);
  const terms: [number, number, number, number] = [0, 0, 0, 0];
  let second = 0;
  let third = 0;
  for (let k = 1; k <= Math.ceil((16 * z) / Math.PI); k++) {
    const m2 = (2 * k - 1) ** 2;
    const odd = Math.exp((-m2 * pi2) / 8 / z ** 2);
    terms[0] += odd;
    terms[1] += odd * (-(z ** 2) + (pi2 / 4) * m2);
    const b2 = ((2 * z ** 4 - 5 * z ** 2) * pi2) / 4;
    const c2 = (pi2 ** 2 * (1 - 2 * z ** 2)) / 16;
    terms[2] += odd * (6 * z ** 6 + 2 * z ** 4 + b2 * m2 + c2 * m2 ** 2);
    const b3 = (pi2 * (135 * z ** 4 - 96 * z ** 6)) / 4;
    const c3 = (pi2 ** 2 * (-60 * z ** 2 + 212 * z ** 4)) / 16;
    const d3 = (pi2 ** 3 * (5 - 30 * z ** 2)) / 64;
    terms[3] += odd * (-30 * z ** 6 - 90 * z ** 8 + b3 * m2 + c3 * m2 ** 2 + d3 * m2 ** 3);
    const every = k * k * Math.exp((-k * k * pi2) / 2 / z ** 2);
    second += every;
    third += (3 * z ** 2 - pi2 * k * k) * every;
  }
  const k2 = (terms[2] * root) / (72 * z ** 7) - (second * pi2 * root) / (36 * z ** 3);
  const k3 = (terms[3] * root) / (6480 * z ** 10) + (third * pi2 * root) / (216 * z ** 6);
  const k1 = (terms[1] * root) / (6 * z ** 4);
  return (terms[0] * root) / z + k1 / Math.sqrt(n) + k2 / n + k3 / n ** 1.5;
}
