import { filePath } from '../config/field.ts';
import { matchesGlob } from '../config/glob.ts';
import type { FoundDataset } from './found.ts';
import { topicOfPath, toSlug } from './slug.ts';
import { type Survey, tableOf } from './survey.ts';

/** Tables that are no training data: made by a model, kept from training, or there for tests. */
const other =
  /(?:^|\/)(?:tests?|fixtures?|examples?|docs?|samples?)\/|(?:^|[/._-])(?:predictions?|preds|submissions?|scores?|results?|labels?|truth|held-?out|holdout|test|valid(?:ation)?|metrics|plots?)(?=[/._-])/i;
const mostDatasets = 10;

/** True for a table whose name says that training must not see it. */
export const isHeldOut = (path: string): boolean =>
  /(?:held-?out|holdout|(?:^|[/._-])test(?=[/._-]))/i.test(path);

/** Tables that a training may read, each group of numbered files as one. @param known globs of contracts that are there */
export function findDatasets(survey: Survey, known: readonly string[]): readonly FoundDataset[] {
  const groups = new Map<string, string[]>();
  const pointers = new Set(survey.paths.filter((path) => path.endsWith('.dvc')));
  for (const path of survey.paths) {
    const table = tableOf(path);
    if (table === null || other.test(table) || !filePath.safeParse(path).success) continue;
    // Named twice: by its pointer, and as a file that somebody committed beside it.
    if (path === table && pointers.has(`${table}.dvc`)) continue;
    if (matchesGlob(known, path) || matchesGlob(known, table)) continue;
    const key = table.replace(/(?:[-_.]?\d+)+(?=\.[^./]+$)/, '');
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  const taken = new Set<string>();
  return [...groups].slice(0, mostDatasets).flatMap(([key, files]): FoundDataset[] => {
    const name = freeName(toSlug(stemOf(key)) ?? topicOfPath(key) ?? 'data', taken);
    const local = files.map((file) => file.replace(/\.dvc$/, ''));
    return [{ name, files, local, atHand: local.every((path) => survey.tables.has(path)) }];
  });
}

const stemOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '');

function freeName(base: string, taken: Set<string>): string {
  let name = base;
  for (let at = 2; taken.has(name); at += 1) name = `${base}-${at}`;
  taken.add(name);
  return name;
}
