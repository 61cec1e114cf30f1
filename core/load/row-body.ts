/** What JSON calls a number: 007 is text, and so are 1,5 and NaN. */
const numberForm = /^-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/;

/**
 * Writes one row of a CSV file as the JSON that a server gets: numbers as they stand, empty cells as null, anything else as
 * text. The key column stays away: nobody has it when serving.
 * @param under the row goes as a list of one under this name; absent: it is the body
 */
export function toRowBody(
  header: readonly string[],
  cells: readonly string[],
  key: string,
  under?: string,
): string {
  const members = header.flatMap((name, at) =>
    name === key ? [] : [`${JSON.stringify(name)}:${toJson(cells[at] ?? '')}`],
  );
  const row = `{${members.join(',')}}`;
  return under === undefined ? row : `{${JSON.stringify(under)}:[${row}]}`;
}

/** A number keeps its digits: read and written again, 0.10 or a long one would be another text. */
function toJson(cell: string): string {
  if (cell === '') return 'null';
  return numberForm.test(cell) ? cell : JSON.stringify(cell);
}
