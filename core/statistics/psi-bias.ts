import { type BinnedSamples, computePsi, psiFloor } from './psi.ts';

export interface CorrectedPsi {
  /** PSI minus what chance alone gives; never below 0. */
  readonly corrected: number;
  readonly plain: number;
  /** Expected PSI of two samples of these sizes from one population. */
  readonly bias: number;
}

/**
 * PSI without the part that chance adds.
 *
 * Under one population with shares s, (q - p) ln(q / p) is (q - p)^2 / s to first order, and p and q have variance
 * s (1 - s) / n and s (1 - s) / m. Summed over B bins that is (B - 1)(1/n + 1/m): 0.6 for 10 bins and 30 rows on each
 * side, above any usual limit with no drift at all. The floor adds to it in rare bins, so the expectation is taken
 * over the binomial counts themselves, with s from both samples together.
 * @see Yurdakul 2018, Statistical properties of the population stability index: the same first-order term
 * @throws InputError STATISTICS_EMPTY
 */
export function computeCorrectedPsi(samples: Pick<BinnedSamples, 'reference' | 'current'>): CorrectedPsi {
  const plain = computePsi(samples);
  const bias = expectPsi(samples.reference, samples.current);
  return { plain, bias, corrected: Math.max(0, plain - bias) };
}

/** Expected PSI (floor 0.0001) of two samples with these sizes when both come from their pooled shares. */
export function expectPsi(reference: Float64Array, current: Float64Array): number {
  const [n, m] = [sum(reference), sum(current)];
  let expected = 0;
  for (let at = 0; at < reference.length; at++) {
    const share = ((reference[at] as number) + (current[at] as number)) / (n + m);
    const p = expectShare(n, share);
    const q = expectShare(m, share);
    expected += p.shareLog + q.shareLog - p.share * q.log - q.share * p.log;
  }
  return Math.max(0, expected);
}

interface ShareExpectation {
  readonly share: number;
  readonly log: number;
  readonly shareLog: number;
}

/** From so many expected rows on, two terms of the expansion give the bias to four digits. */
const expansionStart = 1e4;
/** Relative weight below which a count no longer matters. */
const least = 1e-18;

/** Expectations of p, ln p and p ln p for p = max(count / rows, floor), count binomial. */
function expectShare(rows: number, share: number): ShareExpectation {
  if (share <= 0) return atCount(0, 1);
  if (share >= 1) return atCount(1, 1);
  if (rows * share > expansionStart) {
    const spread = (1 - share) / (2 * rows);
    const log = Math.log(share);
    return { share, log: log - spread / share, shareLog: share * log + spread };
  }
  const mode = Math.floor((rows + 1) * share);
  const odds = share / (1 - share);
  const total = { weight: 0, share: 0, log: 0, shareLog: 0 };
  const add = (count: number, weight: number): void => {
    const value = atCount(count, rows);
    total.weight += weight;
    total.share += weight * value.share;
    total.log += weight * value.log;
    total.shareLog += weight * value.shareLog;
  };
  // Weights relative to that of the most likely count: no factorials, no underflow.
  for (let count = mode, weight = 1; count <= rows && weight > least; count++) {
    add(count, weight);
    weight *= ((rows - count) / (count + 1)) * odds;
  }
  for (let count = mode, weight = 1; count > 0 && weight > least; count--) {
    weight *= count / (rows - count + 1) / odds;
    add(count - 1, weight);
  }
  const { weight } = total;
  return { share: total.share / weight, log: total.log / weight, shareLog: total.shareLog / weight };
}

function atCount(count: number, rows: number): ShareExpectation {
  const share = Math.max(count / rows, psiFloor);
  const log = Math.log(share);
  return { share, log, shareLog: share * log };
}

const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
