import type { GitHubReader } from '../../adapters/github/reader.ts';
import { type Catalogue, readCatalogue, textPaths } from '../../core/change/catalogue.ts';
import type { ChangedPath } from '../../core/change/change.ts';
import { governedChanges, modelOfChanges } from '../../core/change/governed-change.ts';
import { readBlobs } from '../gather/text.ts';

/** What one commit of the base branch changed of what is governed. */
export interface GovernedChange {
  readonly changed: readonly ChangedPath[];
  /** null: of no model, or of several. */
  readonly model: string | null;
}

/** Reads what differs between two commits and is governed; policy and ledger are not asked. */
export async function readGovernedChange(
  reader: GitHubReader,
  before: string,
  after: string,
): Promise<GovernedChange> {
  const [base, head] = [await reader.tree(before), await reader.tree(after)];
  const wanted = textPaths({ mergeBase: base, base, head });
  const texts = await readBlobs(reader, [...new Set(wanted.map(({ blob }) => blob))]);
  const byPath = new Map(wanted.map(({ side, path, blob }) => [`${side}:${path}`, texts.get(blob) ?? null]));
  const catalogue: Catalogue = readCatalogue(
    base,
    head,
    (side, path) => byPath.get(`${side}:${path}`) ?? null,
  );
  const changed = governedChanges(base, head, catalogue);
  return { changed, model: modelOfChanges(changed, catalogue) };
}
