/** Ranks between which the quantile lies with at least 95 %; null: there are too few values for that end. */
export interface RankInterval {
  readonly low: number | null;
  readonly high: number | null;
}

const tail = 0.025;
const z = 1.959963984540054;
/** Beyond so many expected values the normal distribution is near enough, and adding up takes long. */
const exactUpTo = 500;

/**
 * Distribution-free 95 % interval of a quantile, as ranks: the number of values beyond the quantile is binomial, whatever
 * the latencies are distributed like. Of independent values.
 * @param count values
 * @param p in (0, 1)
 * @see David and Nagaraja 2003, Order Statistics, 7.1
 */
export function quantileRanks(count: number, p: number): RankInterval {
  // The rarer side is counted, so that few terms are added.
  if (p < 0.5) {
    const { low, high } = quantileRanks(count, 1 - p);
    return { low: high === null ? null : count + 1 - high, high: low === null ? null : count + 1 - low };
  }
  const { fewest, most } = beyond(count, 1 - p);
  return {
    low: most > count ? null : count - most + 1,
    high: fewest < 0 ? null : count - fewest,
  };
}

/**
 * Of a binomial number: `fewest`, the largest m with P(up to m) of at most 2.5 % (-1: none), and `most`, the smallest k
 * with P(k or more) of at most 2.5 %.
 */
function beyond(count: number, share: number): { readonly fewest: number; readonly most: number } {
  const expected = count * share;
  if (expected > exactUpTo) {
    const reach = z * Math.sqrt(expected * (1 - share));
    return { fewest: Math.floor(expected - reach) - 1, most: Math.ceil(expected + reach) + 1 };
  }
  let fewest = -1;
  let below = 0;
  let logTerm = count * Math.log1p(-share);
  const logOdds = Math.log(share) - Math.log1p(-share);
  for (let at = 0; at <= count; at++) {
    // `below` is P(at - 1 or fewer) here.
    if (1 - below <= tail) return { fewest, most: at };
    below += Math.exp(logTerm);
    if (below <= tail) fewest = at;
    logTerm += Math.log((count - at) / (at + 1)) + logOdds;
  }
  return { fewest, most: count + 1 };
}
