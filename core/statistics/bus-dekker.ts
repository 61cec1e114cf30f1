/** Far more than any double needs: 5^500 is beyond the largest. */
const mostSteps = 500;

/** Where a function was computed, and what it was there. */
interface Place {
  readonly x: number;
  readonly f: number;
}

/**
 * Where a monotone function is 0: widens a bracket from a start, then narrows it with Bus and Dekker's Algorithm R.
 * @param rises whether the function rises
 * @param tolerance width of the bracket at the end, relative to the root
 * @returns the end of the last bracket with the smaller value
 * @see Bus and Dekker 1975, Two efficient algorithms with guaranteed convergence for finding a zero of a function
 */
export function findRoot(
  compute: (x: number) => number,
  rises: boolean,
  start: number,
  tolerance: number,
): number {
  const at = (x: number): Place => ({ x, f: compute(x) });
  const first = at(start);
  if (first.f === 0) return start;
  const up = rises === first.f < 0;
  let step = Math.max(0.5, 0.5 * Math.abs(start));
  let from = first;
  for (let tries = 0; tries < mostSteps; tries++) {
    const to = at(up ? from.x + step : from.x - step);
    if (to.f === 0 || to.f < 0 !== first.f < 0) {
      return up ? narrow(at, from, to, tolerance) : narrow(at, to, from, tolerance);
    }
    from = to;
    step *= 5;
  }
  return from.x;
}

/** Algorithm R: rational interpolation through three places, and a bisection whenever three steps in a row gained little. */
function narrow(at: (x: number) => Place, low: Place, high: Place, tolerance: number): number {
  // `best` has the smaller value, `other` the opposite sign; `last` and `older` are the two before.
  let [best, last, other, older] = [low, high, high, high];
  // Where the tolerance is measured: DCDFLIB takes the far end for the first step, and ours must be the same steps.
  let measured = high;
  let extrapolations = 0;
  let isFirst = true;
  for (let tries = 0; tries < mostSteps; tries++) {
    if (Math.abs(other.f) < Math.abs(best.f)) {
      [last, best, other] = [best, other, best];
      measured = best;
    }
    const least = 0.5 * tolerance * Math.abs(measured.x);
    const half = (other.x + best.x) * 0.5 - best.x;
    if (!(Math.abs(half) > least)) break;
    const width =
      extrapolations > 3
        ? half
        : chooseStep(best, last, isFirst ? null : older, half, least * Math.sign(half), extrapolations === 3);
    if (extrapolations <= 3) isFirst = false;
    [older, last] = [last, best];
    best = at(best.x + width);
    measured = best;
    if (other.f * best.f >= 0) {
      other = last;
      extrapolations = 0;
    } else extrapolations = width === half ? 0 : extrapolations + 1;
  }
  return best.x;
}

function chooseStep(
  best: Place,
  last: Place,
  older: Place | null,
  half: number,
  least: number,
  doubled: boolean,
): number {
  let p = (best.x - last.x) * best.f;
  let q = last.f - best.f;
  if (older !== null) {
    const toBest = (older.f - best.f) / (older.x - best.x);
    const toLast = (older.f - last.f) / (older.x - last.x);
    p *= toLast;
    q = toBest * last.f - toLast * best.f;
  }
  if (p < 0) [p, q] = [-p, -q];
  if (doubled) p *= 2;
  if (p === 0 || p <= q * least) return least;
  return p < half * q ? p / q : half;
}
