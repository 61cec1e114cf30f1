import type { Contract } from '../config/contract.ts';
import { carriedBy } from './constraint.ts';
import type { Lineage } from './entity.ts';
import { edgesBy } from './reach.ts';

/** A version that was trained on data which may not be used for it any more. */
export interface UnfitVersion {
  /** `flight-delay@v7` */
  readonly version: string;
  /** `retention`: the day is over; `access`: its model is not named; `unknown`: nobody knows what binds it. */
  readonly because: 'retention' | 'access' | 'unknown';
  /** Dataset, and what it says. */
  readonly from: string;
  readonly value: string;
  /** Endpoints where it serves now, as ids. */
  readonly serves: readonly string[];
}

/**
 * Lists every version that was trained on data past its retention, or on data that its model may not use (any more),
 * whatever stands between the data and the version.
 * @param today ISO date, UTC; anything else expires everything
 * @returns sorted by version as the ledger has them
 */
export function unfitVersions(lineage: Lineage, today: string): readonly UnfitVersion[] {
  const up = edgesBy(lineage, 'up');
  const down = edgesBy(lineage, 'down');
  const versions = [...lineage.entities.values()].filter(({ kind }) => kind === 'version');
  return versions.flatMap(({ id }) => {
    const model = id.slice(0, id.lastIndexOf('@'));
    const serves = (down.get(id) ?? []).filter(({ past }) => !past).map(({ to }) => to);
    return carriedBy(lineage, id, up).flatMap(({ kind, value, from }): readonly UnfitVersion[] => {
      if (kind === 'retention' && isKept(value, today)) return [];
      if (kind === 'access' && mayUse(value, model)) return [];
      if (kind !== 'retention' && kind !== 'access' && kind !== 'unknown') return [];
      return [{ version: id, because: kind, from, value, serves }];
    });
  });
}

/** Only those whose data is past its retention. */
export const expiredVersions = (lineage: Lineage, today: string): readonly UnfitVersion[] =>
  unfitVersions(lineage, today).filter(({ because }) => because === 'retention');

/** Names hold no comma: the display text is the list. */
function mayUse(access: string, model: string): boolean {
  const named: Contract['access'] = access.split(', ');
  return named.includes('*') || named.includes(model);
}

/** Dates of equal form compare as text; anything else is no date and never counts as kept. */
const isKept = (expires: string, today: string): boolean =>
  isDate(expires) && isDate(today) && today <= expires;

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
