/** Longer texts are sentences, whose common length is chance. */
const mostCharacters = 40;
/** Fewer different codes than this say nothing about the next one. */
const fewestCodes = 5;

const classes: readonly (readonly [string, RegExp])[] = [
  ['[0-9]', /^[0-9]$/],
  ['[A-Z]', /^[A-Z]$/],
  ['[a-z]', /^[a-z]$/],
  ['[0-9a-f]', /^[0-9a-f]$/],
  ['[A-Z0-9]', /^[A-Z0-9]$/],
  ['[a-z0-9]', /^[a-z0-9]$/],
  ['[A-Za-z]', /^[A-Za-z]$/],
  ['[A-Za-z0-9]', /^[A-Za-z0-9]$/],
];

/**
 * Finds what uniform codes have in common: `JFK`, `LAX` give `[A-Z]{3}`; `AB-12`, `XY-34` give `[A-Z]{2}-[0-9]{2}`.
 * @param values every different value
 * @returns an RE2 pattern that all of them match as a whole; null when they are not uniform
 */
export function inferPattern(values: readonly string[]): string | null {
  const length = values[0]?.length ?? 0;
  if (values.length < fewestCodes || length === 0 || length > mostCharacters) return null;
  if (values.some((value) => value.length !== length || !/^[\x21-\x7e]+$/.test(value))) return null;
  const parts: { text: string; count: number }[] = [];
  for (let at = 0; at < length; at += 1) {
    const part = partAt(values, at);
    if (part === null) return null;
    const last = parts.at(-1);
    if (last?.text === part) last.count += 1;
    else parts.push({ text: part, count: 1 });
  }
  return parts.map(({ text, count }) => (count === 1 ? text : `${text}{${count}}`)).join('');
}

/** The narrowest class of the characters at a place; a mark that is always the same stands for itself. */
function partAt(values: readonly string[], at: number): string | null {
  const found = [...new Set(values.map((value) => value[at] ?? ''))];
  const only = found.length === 1 ? (found[0] ?? '') : '';
  // Escaped by its number: no mark of a pattern is left to be one.
  if (only !== '' && !/[A-Za-z0-9]/.test(only)) {
    return /[-_/: ]/.test(only) ? only : `\\x{${only.charCodeAt(0).toString(16)}}`;
  }
  return classes.find(([, form]) => found.every((character) => form.test(character)))?.[0] ?? null;
}
