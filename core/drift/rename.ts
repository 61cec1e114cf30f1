import { findSimilar } from '../dataset/similarity.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { defaultBins } from './choice.ts';
import { measureEffect } from './effect.ts';
import { familyOf, pairColumns } from './pair.ts';

/** Headers are the proposer's: their number must not decide how long this takes. */
const mostColumns = 100;
/** Distance (Jensen-Shannon, base 2, less what chance gives) up to which two columns are taken for the same one. */
const nearest = 0.1;
/** Or up to twice as far where chance gives as much in one of 20 tables. */
const plausible = 0.05;
/** The second-best candidate must be so much farther away: two columns of zeros tell nothing. */
const clearly = 0.1;
/** Different values that a column needs to be known by them. */
const leastValues = 3;

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
  const likenesses = candidates
    .map((other) => ({ name: other.name, ...compareValues(column, other) }))
    .sort((left, right) => left.distance - right.distance);
  const [best, second] = likenesses;
  if (best === undefined || !best.alike) return null;
  return second !== undefined && second.distance - best.distance < clearly ? null : best.name;
}

interface Likeness {
  readonly distance: number;
  readonly alike: boolean;
}

/** Other types, private columns, and those that nothing could tell apart are infinitely far from each other. */
function compareValues(current: ColumnProfile, reference: ColumnProfile): Likeness {
  const pair = pairColumns(current, reference);
  if (pair.kind === 'not comparable' || tellsLittle(current) || tellsLittle(reference)) {
    return { distance: Number.POSITIVE_INFINITY, alike: false };
  }
  const { effect, pValue } = measureEffect('jensen-shannon', pair, defaultBins, { current, reference });
  // Small tables of one population lie farther apart, and the test knows it.
  const near = effect <= nearest || (effect <= 2 * nearest && pValue > plausible);
  return { distance: effect, alike: near };
}

/** Two flags, or two columns of zeros, are alike by chance. */
function tellsLittle({ distribution }: ColumnProfile): boolean {
  if (distribution.kind === 'values') return distribution.values.length < leastValues;
  return distribution.kind === 'none';
}
