import type { ChangedPath, TreeListing } from '../change/change.ts';
import { isConfiguration, modelOfStages } from '../config/layout.ts';
import type { Incident, IncidentEnd } from './incident.ts';

/** What is known now of something that went past the gate. */
export interface EndFacts {
  /** Governed paths that it changed. */
  readonly changed: readonly ChangedPath[];
  /** The branch as it is now. */
  readonly tip: TreeListing;
  /** The ledger holds what this merge asked for. */
  readonly recorded: boolean;
  /** The ledger holds a version of its model that was registered later: the whole content was judged then. */
  readonly registeredLater: boolean;
  /** Models whose stages.yml says what the ledger says. */
  readonly aligned: ReadonlySet<string>;
  /** Policy and governors of the branch can be read. */
  readonly mended: boolean;
}

/**
 * Says whether an incident is over. It is while nothing that went past the gate stands on the branch without being in
 * the ledger: recorded after all, taken back, replaced by what was judged, or brought in line.
 * @returns null: it is open
 */
export function endOf({ reason }: Pick<Incident, 'reason'>, facts: EndFacts): IncidentEnd | null {
  const { changed, tip, recorded, registeredLater, aligned, mended } = facts;
  if (recorded) return 'recorded';
  const bare = changed.every(({ path }) => isConfiguration(path));
  // The documented way past a gate that nobody could open: what it mended is why it may stand.
  if (reason === 'governors unknown' && bare) return mended ? 'mended' : null;
  const standing = changed.filter(({ path, after }) => (tip.get(path)?.blob ?? null) === after);
  if (standing.length === 0) return 'taken back';
  const left = standing.filter(({ path }) => {
    const model = modelOfStages(path);
    if (model !== null) return !aligned.has(model);
    return isConfiguration(path) || !registeredLater;
  });
  if (left.length > 0) return null;
  return standing.every(({ path }) => modelOfStages(path) !== null) ? 'aligned' : 'recorded';
}
