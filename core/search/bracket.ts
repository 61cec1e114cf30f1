import type { SearchConfig, SearchResource } from '../config/search.ts';

/** Trials that are compared at growing resource. */
export interface Bracket {
  /** Number of its first trial. */
  readonly first: number;
  /** Of the first rung as many as the bracket has; each later one holds the best of the one before. */
  readonly rungs: readonly Rung[];
}

export interface Rung {
  readonly trials: number;
  /** In all, from the beginning of the training. */
  readonly resource: number;
}

/**
 * The brackets of a search with rungs. Halving has one, with all trials and as many rungs as they fill. Hyperband goes
 * through its table again and again until `trials` points are used; the last bracket takes what is left.
 */
export function bracketsOf(
  search: SearchConfig & { readonly resource: SearchResource },
  trials: number,
): readonly Bracket[] {
  const { resource } = search;
  const deepest = deepestRung(resource);
  if (search.method === 'halving') return [{ first: 1, rungs: rungsOf(resource, trials, deepest) }];
  const brackets: Bracket[] = [];
  let first = 1;
  for (let depth = deepest; first <= trials; depth = depth === 0 ? deepest : depth - 1) {
    const size = Math.min(bracketSize(resource, depth), trials - first + 1);
    brackets.push({ first, rungs: rungsOf(resource, size, depth) });
    first += size;
  }
  return brackets;
}

/** s_max of the paper: how often the resource can be multiplied. A hair is added: log(243) / log(3) is below 5. */
export const deepestRung = ({ least, most, reduction }: SearchResource): number =>
  Math.floor(Math.log(most / least) / Math.log(reduction) + 1e-9);

/**
 * Trials of a bracket so that every bracket costs about the same.
 * The paper's algorithm rounds up (34, 15, 8 in its example), its table takes whole shares (27, 9, 6), with which every
 * rung is divided without a rest: we take the table's.
 * @see Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar, Hyperband, JMLR 18 (2018), algorithm 1 and table 1
 */
export const bracketSize = (resource: SearchResource, depth: number): number =>
  Math.floor((deepestRung(resource) + 1) / (depth + 1)) * resource.reduction ** depth;

/** Fewer trials than the rungs need: the first rungs are left out, so that one always reaches all of the resource. */
function rungsOf(resource: SearchResource, trials: number, depth: number): readonly Rung[] {
  const { reduction, most } = resource;
  const rungs = Math.min(depth, Math.floor(Math.log(trials) / Math.log(reduction) + 1e-9));
  return Array.from({ length: rungs + 1 }, (_, at) => ({
    trials: Math.floor(trials / reduction ** at),
    resource: roundResource(resource, most / reduction ** (rungs - at)),
  }));
}

/** Epochs are whole; what is given in fractions stays so. */
function roundResource({ least, most }: SearchResource, value: number): number {
  const rounded = Number.isInteger(least) && Number.isInteger(most) ? Math.round(value) : value;
  return Math.min(Math.max(rounded, least), most);
}
