import { type Ask, toCount } from './ask.ts';
import type { DataFile } from './engine.ts';
import { describeEngineError } from './problem.ts';
import type { OpenedFile } from './source.ts';
import { quoteName, quoteText, readParquet } from './sql.ts';
import type { Source, SourceColumn } from './table.ts';

/** Reads the footer of a Parquet file: its columns, doubled names included, and the rows that it claims to have. */
export async function openParquet(ask: Ask, file: DataFile): Promise<OpenedFile> {
  const scan = readParquet(file.local);
  const source: Source = { path: file.path, local: file.local, isText: false, columns: [], scan: () => scan };
  try {
    const described = await ask(`DESCRIBE SELECT * FROM ${scan}`);
    const names = await readNames(ask, file.local);
    const [footer = []] = await ask(`SELECT num_rows FROM parquet_file_metadata(${quoteText(file.local)})`);
    const columns = described.map(
      ([name, type], at): SourceColumn => ({
        // The engine renames what stands twice.
        column: names[at] ?? String(name),
        cell: quoteName(String(name)),
        physical: String(type),
      }),
    );
    return {
      file: { path: file.path, columns: columns.map(({ column }) => column), rows: toCount(footer[0]) },
      source: { ...source, columns },
      problem: null,
      proof: null,
    };
  } catch (cause) {
    const problem = describeEngineError(cause, [source]);
    return { file: { path: file.path, columns: [], rows: null }, source: null, problem, proof: null };
  }
}

/** Names of the top level as the file has them; those of nested columns are left out. */
async function readNames(ask: Ask, local: string): Promise<readonly string[]> {
  const elements = await ask(
    `SELECT name, coalesce(num_children, 0) FROM parquet_schema(${quoteText(local)})`,
  );
  const names: string[] = [];
  // Depth first: the root comes first, each group is followed by its children. Children still to come, by depth.
  const open: number[] = [];
  for (const [name, children] of elements) {
    if (open.length === 1) names.push(String(name));
    if (open.length > 0) open.push((open.pop() ?? 0) - 1);
    if (Number(children) > 0) open.push(Number(children));
    while (open.at(-1) === 0) open.pop();
  }
  return names;
}
