/**
 * Finds the candidate that a name was probably meant to be.
 * @returns the nearest candidate within 2 edits or 30 % of the name's length (whichever is more), or null.
 */
export function findSimilar(name: string, candidates: readonly string[]): string | null {
  const limit = Math.max(2, Math.floor(name.length * 0.3));
  let best: { readonly candidate: string; readonly edits: number } | null = null;
  for (const candidate of candidates.slice(0, maxCandidates)) {
    const edits = countEdits(
      name.toLowerCase().slice(0, maxLength),
      candidate.toLowerCase().slice(0, maxLength),
    );
    if (
      edits <= limit &&
      edits < Math.max(name.length, candidate.length) &&
      (best === null || edits < best.edits)
    )
      best = { candidate, edits };
  }
  return best?.candidate ?? null;
}

/** Headers are the proposer's: their number and length must not decide how long this takes. */
const maxCandidates = 500;
const maxLength = 100;

/** Edit distance with swaps of neighbours: optimal string alignment. */
function countEdits(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const swap = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1),
        swap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
