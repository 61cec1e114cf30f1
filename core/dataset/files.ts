import type { Contract } from '../config/contract.ts';
import { hasWildcard, matchesGlob } from '../config/glob.ts';
import type { Finding } from '../finding/finding.ts';
import type { Positions } from './positions.ts';

/** One file of a commit's tree, as git lists it. */
export interface ListedFile {
  readonly path: string;
  /** git file mode; `120000` is a symbolic link. */
  readonly mode: string;
  readonly blob: string;
}

/** What the files of a contract are in one tree. */
export interface ResolvedFiles {
  /** In the order of the contract; files of one glob by name; each once. */
  readonly files: readonly ListedFile[];
  readonly findings: readonly Finding[];
}

/** Finds the files of a contract in a tree, by the same rule by which a change of them is noticed. */
export function resolveFiles(
  contract: Contract,
  listing: ReadonlyMap<string, ListedFile>,
  positions: Positions,
): ResolvedFiles {
  const paths = [...listing.keys()].sort();
  const found = new Map<string, ListedFile>();
  const findings = contract.files.flatMap((pattern, at) => {
    const matches = matchFiles(pattern, paths, listing);
    for (const path of matches) {
      const file = listing.get(path);
      if (file !== undefined) found.set(path, file);
    }
    return matches.length > 0 ? [] : [toMissing(contract, pattern, at, listing, positions)];
  });
  const files = [...found.values()];
  const odd = files.filter(({ path, mode }) => !/^100(644|755)$/.test(mode) || !tableForm.test(path));
  return { files, findings: [...findings, ...odd.map((file) => toOdd(file, positions))] };
}

/** What a pointer stands for only its text tells: a folder of tables has no ending. */
const tableForm = /\.(?:(?:csv|jsonl|ndjson)(?:\.(?:gz|zst))?|parquet|dvc)$/;
const tableForms =
  '.csv, .jsonl or .ndjson (each also with .gz or .zst), or .parquet; or a .dvc pointer to one or to a folder of them';

function matchFiles(
  pattern: string,
  paths: readonly string[],
  listing: ReadonlyMap<string, ListedFile>,
): readonly string[] {
  if (listing.has(pattern)) return [pattern];
  if (!hasWildcard(pattern)) return [];
  const globs = [pattern];
  // DVC keeps a .gitignore beside the data.
  return paths.filter((path) => matchesGlob(globs, path) && !/(^|\/)\.gitignore$/.test(path));
}

function toMissing(
  contract: Contract,
  pattern: string,
  at: number,
  listing: ReadonlyMap<string, ListedFile>,
  positions: Positions,
): Finding {
  const pointer = listing.has(`${pattern}.dvc`) ? `${pattern}.dvc` : null;
  return {
    code: 'data/file-missing',
    severity: 'fail',
    message: `No file of the repository matches "${pattern}", which the dataset "${contract.dataset}" consists of.`,
    where: positions(`/files/${at}`),
    found: 'no file',
    allowed: `at least one ${tableForms}`,
    fix:
      pointer === null
        ? `Commit the data or its .dvc pointer (dvc add), or correct the path in the contract.`
        : `Name the pointer "${pointer}" in the contract instead.`,
  };
}

function toOdd({ path, mode }: ListedFile, positions: Positions): Finding {
  const isFile = /^100(644|755)$/.test(mode);
  return {
    code: 'data/file-kind',
    severity: 'fail',
    message: `${path} is ${isFile ? 'no table' : 'no plain file of the repository'}.`,
    where: positions('/files'),
    found: isFile ? path : `git mode ${mode}`,
    allowed: `${tableForms}, as a plain file`,
    fix: isFile
      ? 'Name only tables and their pointers in files of the contract.'
      : 'Commit the file itself: links and submodules may lead anywhere.',
  };
}
