/**
 * Adaptive window (ADWIN0), one value further: the oldest values are dropped for as long as some cut parts the window
 * into two whose means differ by more than chance allows.
 *
 * Every cut is looked at, so a value takes as many steps as the window is wide: for streams of thousands, not millions.
 * @param window the values that are kept so far, oldest first, each in [0, 1]
 * @param delta chance of dropping without a change, for example 0.05
 * @returns the new window; it is shorter than one more than the old one when something was dropped
 * @see Bifet and Gavaldà 2007, Learning from time-changing data with adaptive windowing
 */
export function extendWindow(window: Float64Array, value: number, delta: number): Float64Array {
  let kept = new Float64Array(window.length + 1);
  kept.set(window);
  kept[window.length] = value;
  while (isCut(kept, delta)) kept = kept.subarray(1);
  return kept;
}

function isCut(window: Float64Array, delta: number): boolean {
  const n = window.length;
  let whole = 0;
  for (const value of window) whole += value;
  const mean = whole / n;
  let squares = 0;
  for (const value of window) squares += (value - mean) ** 2;
  const variance = squares / n;
  const confidence = Math.log((2 * n) / delta);
  let sum = 0;
  for (let k = 1; k < n; k++) {
    sum += window[k - 1] as number;
    const inverse = 1 / k + 1 / (n - k);
    const allowed = Math.sqrt(2 * inverse * variance * confidence) + (2 / 3) * inverse * confidence;
    if (Math.abs(sum / k - (whole - sum) / (n - k)) > allowed) return true;
  }
  return false;
}
