import { findSimilar } from '../dataset/similarity.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { computeJensenShannon } from '../statistics/divergence.ts';
import { binByReference } from '../statistics/psi.ts';
import { defaultBins } from './choice.ts';
import { familyOf, pairColumns } from './pair.ts';

/** Headers are the proposer's: their number must not decide how long this takes. */
const mostColumns = 100;
/** Distance (Jensen-Shannon, base 2) up to which two columns are taken for the same one. */
const nearest = 0.1;
/** The second-best candidate must be so much farther away: two columns of zeros tell nothing. */
const clearly = 0.1;

/**
 * Pairs columns that are new with columns that are gone: by a similar name, else by the same type and values that lie
 * alike, where there is no second candidate nearly as near.
 * @returns new name to name in the reference
 */
export function findRenames(current: Profile, reference: Profile): ReadonlyMap<string, string> {
  const added = findStrangers(current, reference);
  const dropped = findStrangers(reference, current);
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  const pairUp = (column: ColumnProfile, match: string | null): void => {
    if (match === null || taken.has(match)) return;
    renames.set(column.name, match);
    taken.add(match);
  };
  for (const column of added) {
    const same = dropped.filter((other) => familyOf(other) === familyOf(column) && !taken.has(other.name));
    pairUp(
      column,
      findSimilar(
        column.name,
        same.map(({ name }) => name),
      ),
    );
  }
  const [newer, older] = [
    added.filter(({ name }) => !renames.has(name)),
    dropped.filter(({ name }) => !taken.has(name)),
  ];
  for (const column of newer) {
    const match = findAlike(column, older);
    const back = older.find(({ name }) => name === match);
    if (back !== undefined && findAlike(back, newer) === column.name) pairUp(column, match);
  }
  return renames;
}

/** Columns that only the first table has. */
function findStrangers(these: Profile, those: Profile): readonly ColumnProfile[] {
  const names = new Set(those.columns.map(({ name }) => name));
  return these.columns.filter(({ name }) => !names.has(name)).slice(0, mostColumns);
}

function findAlike(column: ColumnProfile, candidates: readonly ColumnProfile[]): string | null {
  const distances = candidates
    .map((other) => ({ name: other.name, distance: distanceOf(column, other) }))
    .sort((left, right) => left.distance - right.distance);
  const [best, second] = distances;
  if (best === undefined || !(best.distance <= nearest)) return null;
  return second !== undefined && second.distance - best.distance < clearly ? null : best.name;
}

/** Infinity: other type, private, or nothing to compare. */
function distanceOf(left: ColumnProfile, right: ColumnProfile): number {
  const pair = pairColumns(left, right);
  if (pair.kind === 'not comparable' || left.distribution.kind === 'none') return Number.POSITIVE_INFINITY;
  const bins = pair.kind === 'categories' ? pair : binByReference(pair.reference, pair.current, defaultBins);
  return computeJensenShannon(bins.reference, bins.current).distance;
}
