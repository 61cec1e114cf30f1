/** Value of a function at a place, and how fast it grows there. */
export interface Slope {
  readonly value: number;
  readonly slope: number;
}

const mostSteps = 400;

/**
 * Where an increasing function is 0: Newton's steps, and halving wherever one of them would leave the bracket.
 * @param low, high the function is below 0 at `low` and above 0 at `high`
 */
export function solveIncreasing(compute: (at: number) => Slope, low: number, high: number): number {
  let [from, to] = [low, high];
  let at = (from + to) / 2;
  for (let step = 0; step < mostSteps; step++) {
    const { value, slope } = compute(at);
    if (value === 0) break;
    if (value > 0) to = at;
    else from = at;
    const newton = at - value / slope;
    const next = newton > from && newton < to ? newton : (from + to) / 2;
    const isLast = Math.abs(next - at) <= 2 ** -53 * Math.abs(at) || next === from || next === to;
    at = next;
    if (isLast) break;
  }
  return at;
}
