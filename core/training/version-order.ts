/**
 * Tells whether a version is at least another one, by its number parts: 535.104 is newer than 535.54.03.
 * @param found may end in text: `6.2.4-arch`
 * @returns false for whatever does not begin with a number
 */
export function isAtLeast(found: string, lowest: string): boolean {
  const [left, right] = [partsOf(found), partsOf(lowest)];
  if (left === null || right === null) return false;
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function partsOf(version: string): readonly number[] | null {
  const parts = /^\d{1,9}(?:\.\d{1,9}){0,7}/.exec(version)?.[0];
  return parts === undefined ? null : parts.split('.').map(Number);
}
