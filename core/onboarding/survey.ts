/** What lies in a repository before anything of Gatehouse was decided. All of it is the team's own, and untrusted as any text. */
export interface Survey {
  /** Every path that git tracks or would add. */
  readonly paths: readonly string[];
  /** Text of the files that `isSurveyed` names. */
  readonly texts: ReadonlyMap<string, string>;
  /** Tables that lie on this machine, also where git ignores them because DVC keeps them. */
  readonly tables: ReadonlySet<string>;
  /** `owner/name` of the remote; null: there is none, or it is no GitHub. */
  readonly repository: string | null;
  /** Last part of the folder's path: a name where the remote gives none. */
  readonly folder: string;
}

const surveyed: readonly RegExp[] = [
  /^\.github\/(?:gatehouse|workflows\/[^/]+)\.ya?ml$/,
  /^(?:datasets\/[^/]+|models\/.+\/(?:model|behaviour|stages))\.ya?ml$/,
  /^(?:|docs\/|\.github\/)CODEOWNERS$/,
  /^\.dvc\/config$/,
  /(?:^|\/)dvc\.yaml$/,
  /(?:^|\/)(?:metrics|eval|evaluation|scores)(?:\/[^/]+)?\.json$/,
];

/** Folders that hold no work of the team. */
const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|\.venv|venv|__pycache__|\.git)\//;
/** Longest path that is looked at: no rule can name a longer one. */
const longestPath = 400;

/** True for a file whose text tells how the team works. */
export const isSurveyed = (path: string): boolean =>
  !isForeign(path) && surveyed.some((form) => form.test(path));

/** True for what is passed over: the work of others, and names that no configuration file can hold. */
export const isForeign = (path: string): boolean => path.length > longestPath || foreign.test(path);

const tableEnding = /\.(?:csv|jsonl|ndjson|parquet)$/;

/** The table behind a path: of a `.dvc` pointer what it points to; null: no table. */
export function tableOf(path: string): string | null {
  const table = path.replace(/\.dvc$/, '');
  return tableEnding.test(table) && !isForeign(path) ? table : null;
}
