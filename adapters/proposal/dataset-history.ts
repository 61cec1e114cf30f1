import { isTransactionPath } from '../../core/registry/layout.ts';
import type { ModelState, VersionRecord } from '../../core/registry/ledger.ts';
import type { LedgerFiles } from '../github/reader.ts';
import { readModelState } from './model-state.ts';

type TrainedOn = VersionRecord['lineage']['datasets'][number];

/** One version that was trained on a dataset, and what is known of the data. */
export interface TrainedVersion {
  readonly model: string;
  readonly version: number;
  readonly champion: boolean;
  readonly data: TrainedOn;
}

/**
 * Lists the versions that were trained on a dataset, newest first; champions first of all.
 * @param models whose versions are asked for; null: every model of the ledger
 */
export async function readTrainedVersions(
  ledger: LedgerFiles | null,
  dataset: string,
  models: readonly string[] | null = null,
): Promise<readonly TrainedVersion[]> {
  if (ledger === null) return [];
  const found: TrainedVersion[] = [];
  for (const model of models ?? listModels(ledger)) {
    found.push(...versionsOf(await readModelState(ledger, model), dataset));
  }
  return found.sort((a, b) => Number(b.champion) - Number(a.champion) || b.version - a.version);
}

function listModels({ listing }: LedgerFiles): readonly string[] {
  const names = [...listing.keys()].flatMap((path) =>
    isTransactionPath(path) ? path.split('/').slice(1, -2).join('/') : [],
  );
  return [...new Set(names)].sort();
}

function versionsOf(state: ModelState, dataset: string): readonly TrainedVersion[] {
  const champions = new Set([...state.endpoints.values()].map(({ champion }) => champion));
  return [...state.versions].flatMap(([version, { record }]) =>
    record.lineage.datasets
      .filter((data) => data.dataset === dataset)
      .map((data) => ({ model: state.model, version, champion: champions.has(version), data })),
  );
}
