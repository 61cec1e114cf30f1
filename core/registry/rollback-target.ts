import type { ModelState } from './ledger.ts';

/** A model that can return at an endpoint to the version that served before. */
export interface RollbackTarget {
  readonly model: string;
  readonly endpoint: string;
  /** The champion now. */
  readonly from: number;
  /** The recorded previous version: the only one that is not judged again. */
  readonly to: number;
}

/**
 * What `rollback ENDPOINT [MODEL]` may mean, by model.
 * @param model null: any
 */
export function findRollbackTargets(
  states: ReadonlyMap<string, ModelState>,
  endpoint: string,
  model: string | null,
): readonly RollbackTarget[] {
  return [...states]
    .filter(([name]) => model === null || name === model)
    .flatMap(([name, { endpoints }]) => {
      const serving = endpoints.get(endpoint);
      if (serving === undefined || serving.champion === null || serving.previous === null) return [];
      return [{ model: name, endpoint, from: serving.champion, to: serving.previous }];
    })
    .sort((a, b) => (a.model < b.model ? -1 : 1));
}
