/** Quotes text as an SQL literal. NUL cannot be written; `planChecks` and the scans refuse it before. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Quotes a name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A CSV file as a table of text, columns named by position: names of the proposer never reach the query.
 * @param from place of its first column, `to` the place behind its last
 */
export function readCsv(local: string, from: number, to: number, hasHeader: boolean): string {
  const columns = Array.from({ length: to - from }, (_, at) => `'c${from + at}': 'VARCHAR'`).join(', ');
  const dialect = `auto_detect = false, header = ${hasHeader}, delim = ',', quote = '"', escape = '"', compression = 'none'`;
  const strict = `strict_mode = true, null_padding = false, ignore_errors = false`;
  return `read_csv(${quoteText(local)}, ${dialect}, ${strict}, columns = {${columns}})`;
}

/** A Parquet file as a table. */
export function readParquet(local: string): string {
  return `read_parquet(${quoteText(local)})`;
}

/** A file of one JSON object a line as a table of one column, `json`. */
export function readJsonLines(local: string, maxLineBytes: number): string {
  const limits = `maximum_object_size = ${maxLineBytes}, compression = 'uncompressed'`;
  return `read_ndjson_objects(${quoteText(local)}, ${limits}, ignore_errors = false)`;
}

/** Where a key of the proposer stands in an object, as a JSON pointer (RFC 6901): it can mean nothing else. */
export function quotePointer(key: string): string {
  return quoteText(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
