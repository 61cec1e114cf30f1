import { isLedgerPath, modelOfStages } from '../config/layout.ts';
import { type Catalogue, declares, holds } from './catalogue.ts';
import type { ChangedPath } from './change.ts';

/** True for what a subject is about when it changes: all but stages, which are moves, and Markdown that nobody declares. */
export function isContent({ path }: ChangedPath, { models, datasets }: Catalogue): boolean {
  if (modelOfStages(path) !== null) return false;
  const isDeclared =
    [...models.values()].some(({ config }) => declares(config, path)) ||
    [...datasets.values()].some(({ config }) => holds(config, path));
  return isDeclared || !path.endsWith('.md');
}

/**
 * What the app writes about a model does not make it, even where a glob like `models/<model>/**` names it: else every
 * entry of the ledger would ask every open pull request to be updated, trained and judged anew.
 */
export const isAppWritten = (path: string, { ledgerOnBase }: { readonly ledgerOnBase: boolean }): boolean =>
  ledgerOnBase && isLedgerPath(path);
