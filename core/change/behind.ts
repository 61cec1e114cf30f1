import type { Finding } from '../finding/finding.ts';
import { type Catalogue, declares } from './catalogue.ts';
import type { ChangedPath, TreeListing } from './change.ts';
import { isAppWritten, isContent } from './content.ts';
import { diffTrees } from './tree.ts';

interface Trees {
  readonly mergeBase: TreeListing;
  readonly base: TreeListing;
  readonly head: TreeListing;
  readonly ledgerOnBase: boolean;
}

/**
 * Says what base changed since the branch left it so that what is judged is not what would be merged.
 * @param model whose files must be those of base; null: nothing of a model is proposed, judged or moved
 */
export function behindBase(
  input: Trees,
  changed: readonly ChangedPath[],
  catalogue: Catalogue,
  model: string | null,
): readonly Finding[] {
  const moved = behind(model, input, catalogue);
  return moved.length > 0 ? moved : changedTwice(changed, input, catalogue);
}

/**
 * Base changed a file that makes the model after the branch left: what was trained is not what would be merged. Nothing
 * is trained, judged or moved by a waiver, a readiness review or a risk register alone, and no merge elsewhere ages them.
 */
function behind(model: string | null, input: Trees, catalogue: Catalogue): readonly Finding[] {
  const config = model === null ? undefined : catalogue.models.get(model)?.config;
  if (!config) return [];
  const moved = diffTrees(input.mergeBase, input.base).filter(
    ({ path, after }) =>
      declares(config, path) &&
      !isAppWritten(path, input) &&
      input.head.get(path)?.blob !== (after ?? undefined),
  );
  return moved.slice(0, 1).map(({ path }) => ({
    code: 'change/behind',
    severity: 'fail',
    message: `The base branch changed ${config.model} after this branch left it (${moved.length === 1 ? '1 file' : `${moved.length} files`})`,
    where: { file: path },
    fix: update,
  }));
}

/**
 * Base changed a file that this pull request changes as well: git puts the two together line by line, and what comes out
 * (a waiver of the one gate with the days of another, rows of a table that nobody validated) is approved by nobody.
 */
function changedTwice(
  changed: readonly ChangedPath[],
  { mergeBase, base }: Trees,
  catalogue: Catalogue,
): readonly Finding[] {
  const idAt = (tree: TreeListing, path: string) => tree.get(path)?.blob ?? null;
  return changed
    .filter(
      (change) =>
        idAt(base, change.path) !== idAt(mergeBase, change.path) &&
        idAt(base, change.path) !== change.after &&
        isContent(change, catalogue),
    )
    .slice(0, 1)
    .map(({ path }) => ({
      code: 'change/behind',
      severity: 'fail',
      message: `The base branch changed ${path} after this branch left it, and this branch changes it as well`,
      where: { file: path },
      fix: update,
    }));
}

const update =
  'Whoever may write to this branch presses "Update branch" at the end of this page, or merges the base branch into it and pushes: what is judged is then what will be merged. The button makes nobody an author or a pusher.';
