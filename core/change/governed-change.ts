import { isConfiguration, modelOfStages } from '../config/layout.ts';
import { type Catalogue, declares, holds } from './catalogue.ts';
import type { ChangedPath, TreeListing } from './change.ts';
import { diffTrees } from './tree.ts';

/**
 * What differs between two commits of a branch and is governed: configuration, stages, and everything that a model or a
 * dataset declares. Markdown that nobody declares, and whatever else lies in the repository, is nobody's gate.
 * @param catalogue of both commits
 */
export function governedChanges(
  before: TreeListing,
  after: TreeListing,
  { models, datasets }: Catalogue,
): readonly ChangedPath[] {
  const isGoverned = (path: string): boolean =>
    isConfiguration(path) ||
    modelOfStages(path) !== null ||
    [...models.values()].some(({ config }) => declares(config, path)) ||
    [...datasets.values()].some(({ config }) => holds(config, path));
  return diffTrees(before, after).filter(({ path }) => isGoverned(path));
}

/** The one model that these paths are about; null: none, or several. */
export function modelOfChanges(changed: readonly ChangedPath[], { models }: Catalogue): string | null {
  const names = [...models].flatMap(([name, { config }]) =>
    changed.some(({ path }) => declares(config, path) || modelOfStages(path) === name) ? [name] : [],
  );
  return names.length === 1 ? (names[0] ?? null) : null;
}
