/**
 * Upper tail of Student's t for whole degrees of freedom: a finite sum, exact to rounding.
 * @param freedom whole, at least 1
 * @see Abramowitz and Stegun 26.7.3 and 26.7.4
 */
export function studentUpperTail(t: number, freedom: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  const angle = Math.atan(Math.abs(t) / Math.sqrt(freedom));
  const tail = Math.max(0, (1 - centralArea(angle, freedom)) / 2);
  return t < 0 ? 1 - tail : tail;
}

/** The t that is exceeded with probability 2.5 %: half the width of a 95 % interval in standard errors. */
export function studentReach(freedom: number): number {
  let [low, high] = [0, 13];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentUpperTail(middle, freedom) > 0.025) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability between -t and t. */
function centralArea(angle: number, freedom: number): number {
  const odd = freedom % 2 === 1;
  const square = Math.cos(angle) ** 2;
  let term = odd ? Math.cos(angle) : 1;
  let sum = 0;
  // Powers of the cosine up to freedom - 2; none for one degree of freedom.
  for (let power = odd ? 1 : 0; power <= freedom - 2; power += 2) {
    sum += term;
    term *= (square * (power + 1)) / (power + 2);
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
