/** Lines around a change that are shown with it. */
const context = 1;
/** Beyond it the middle is shown as one change: nobody reads more, and comparing costs its square. */
const mostLines = 1000;

/**
 * Compares two texts line by line, as `diff -u` does without its head.
 * @returns lines that begin with `-`, `+` or a space; `...` stands between changes that are far from each other
 */
export function diffLines(before: string, after: string): readonly string[] {
  const [a, b] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const middle = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const all = [...a.slice(0, start).map(keep), ...middle, ...a.slice(a.length - end).map(keep)];
  return shorten(all);
}

const keep = (line: string): string => ` ${line}`;

/** Longest common subsequence: what is in it stays, the rest goes and comes. */
function compare(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length > mostLines || b.length > mostLines)
    return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i];
    for (let j = b.length - 1; row !== undefined && j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(keep(a[i] ?? ''));
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${a[i]}`);
      i += 1;
    } else {
      lines.push(`+${b[j]}`);
      j += 1;
    }
  }
  return lines;
}

/** Only the changes and what stands beside them. */
function shorten(lines: readonly string[]): readonly string[] {
  const near = (at: number): boolean =>
    lines.slice(Math.max(0, at - context), at + context + 1).some((line) => !line.startsWith(' '));
  const shown: string[] = [];
  let left = false;
  for (const [at, line] of lines.entries()) {
    if (!near(at)) {
      left = true;
      continue;
    }
    if (left && shown.length > 0) shown.push('...');
    left = false;
    shown.push(line);
  }
  return shown;
}
