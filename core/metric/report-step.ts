/** Nothing in a picture is finer, however many rows there are. */
const finestExponent = -3;
/** Cells of a table of counts are told in tens, or coarser. */
const coarsestStart = 1;

/**
 * Rounds a share of some rows to a power of ten no finer than a tenth of its largest standard error: a curve of exact
 * shares is a list of labels (GATE.md rule 17).
 * @param rows that the share is taken of
 */
export function roundShare(value: number, rows: number): number {
  const exponent = Math.max(finestExponent, Math.ceil(Math.log10(0.5 / Math.sqrt(rows) / 10)));
  return roundTo(value, exponent);
}

/** Rounds a count of rows to tens, or to a tenth of its standard error where that is coarser. @param rows of the whole table */
export function roundCount(count: number, rows: number): number {
  const error = Math.sqrt(count * Math.max(0, 1 - count / rows));
  const exponent = error > 0 ? Math.ceil(Math.log10(error / 10)) : coarsestStart;
  return roundTo(count, Math.max(coarsestStart, exponent));
}

function roundTo(value: number, exponent: number): number {
  // Dividing by 10^n is exact where multiplying by 10^-n is not; adding 0 makes no -0.
  if (exponent < 0) return Math.round(value * 10 ** -exponent) / 10 ** -exponent + 0;
  return Math.round(value / 10 ** exponent) * 10 ** exponent + 0;
}
