/** What stands between cells instead of a comma, in words. */
const separators: Readonly<Record<string, string>> = {
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/**
 * Finds the separator of a table that was read as one column, because it has no commas.
 * @param header the only column of the table
 * @returns its name, as in "separated by semicolons"; null when the header is one name
 */
export function findSeparator(header: string): string | null {
  const found = Object.keys(separators).find(
    (separator) => header.includes(separator) && header.split(separator).every((name) => name.trim() !== ''),
  );
  return found === undefined ? null : (separators[found] ?? null);
}
