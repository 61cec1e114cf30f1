/**
 * McNemar's exact test: are two classifiers wrong equally often on the rows on which they differ?
 * @param championOnly rows that only the champion has right
 * @param challengerOnly rows that only the challenger has right
 * @returns two-sided p, 1 when they differ nowhere
 */
export function testMcNemar(championOnly: number, challengerOnly: number): number {
  const rows = championOnly + challengerOnly;
  const fewer = Math.min(championOnly, challengerOnly);
  return Math.min(1, 2 * lowerTail(fewer, rows));
}

/**
 * McNemar's exact test, one-sided: the probability of at least as many rows that only the champion has right, if the
 * challenger were no worse. For the other side change the places.
 * @returns 1 when they differ nowhere
 */
export function testMcNemarWorse(championOnly: number, challengerOnly: number): number {
  const rows = championOnly + challengerOnly;
  if (championOnly > challengerOnly) return Math.min(1, lowerTail(challengerOnly, rows));
  return championOnly === 0 ? 1 : 1 - lowerTail(championOnly - 1, rows);
}

/** Probability of at most `most` under Binomial(rows, 1/2), where `most` is at most half of the rows. */
function lowerTail(most: number, rows: number): number {
  // log of the probability of exactly `most`: in logs, since 2^-rows is 0 from 1075 rows on.
  let logTerm = -rows * Math.LN2;
  for (let k = 1; k <= most; k++) logTerm += Math.log((rows - most + k) / k);
  let ratio = 1;
  let sum = 1;
  for (let k = most; k > 0 && ratio > sum * 1e-17; k--) {
    ratio *= k / (rows - k + 1);
    sum += ratio;
  }
  return Math.exp(logTerm) * sum;
}

/**
 * Counts the rows that only one of two classifiers has right.
 * @param championHits, challengerHits 1 where right, else 0
 */
export function countDiscordant(
  championHits: Float64Array,
  challengerHits: Float64Array,
): { readonly championOnly: number; readonly challengerOnly: number } {
  let championOnly = 0;
  let challengerOnly = 0;
  for (let row = 0; row < championHits.length; row++) {
    const gain = (challengerHits[row] as number) - (championHits[row] as number);
    if (gain < 0) championOnly++;
    if (gain > 0) challengerOnly++;
  }
  return { championOnly, challengerOnly };
}
