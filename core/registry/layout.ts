import { isLedgerPath } from '../config/layout.ts';

/**
 * Where the ledger lies. `own`: a branch with nothing else on it, README.md is its front page.
 * `shared`: the default branch beside people's files; their README.md is theirs, the front page is audit/README.md.
 */
export type LedgerLayout = 'own' | 'shared';

export const headPath = 'audit/HEAD.json';
/** What went past the gate, open and closed; only there once something did. */
export const incidentsPath = 'audit/incidents.yml';

export const frontPagePath = (layout: LedgerLayout): string =>
  layout === 'own' ? 'README.md' : 'audit/README.md';

export const versionPath = (model: string, version: number): string =>
  `models/${model}/versions/${String(version).padStart(4, '0')}.yml`;

export const statePath = (model: string): string => `models/${model}/state.yml`;
export const statusPath = (model: string): string => `models/${model}/status.yml`;
export const cardPath = (model: string): string => `models/${model}/MODEL_CARD.md`;
export const endpointPath = (endpoint: string, model: string): string => `endpoints/${endpoint}/${model}.yml`;

/** Number of its first event in the stream, so that two writers collide in git instead of forking the chain. */
export function transactionPath(model: string, first: number): string {
  const folder = String(Math.floor(first / 1000)).padStart(3, '0');
  return `audit/${model}/${folder}/${String(first).padStart(6, '0')}.json`;
}

export const operationPath = (model: string, operation: string): string => `audit/${model}/ops/${operation}`;

/** True for `audit/<model>/000/000042.json`. */
export const isTransactionPath = (path: string): boolean => /^audit\/.+\/\d{3,}\/\d{6,}\.json$/.test(path);

/** True for every path that the app alone writes in this layout; on a branch of its own that is everything. */
export const belongsToLedger = (path: string, layout: LedgerLayout): boolean =>
  layout === 'own' || isLedgerPath(path);
