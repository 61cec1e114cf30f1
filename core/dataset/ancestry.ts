import type { Contract } from '../config/contract.ts';

type Derived = Pick<Contract, 'dataset' | 'derivedFrom'>;

/** Every dataset that another one was made from, directly or through others. */
export interface Ancestry<T extends Derived> {
  /** Sorted by name; the dataset itself is not in it, unless it descends from itself. */
  readonly ancestors: readonly T[];
  /** Names that have no contract, sorted. */
  readonly missing: readonly string[];
  /** True: the dataset descends from itself. */
  readonly circular: boolean;
}

/** Follows `derived-from` upwards. @param byName contracts that govern, by dataset */
export function traceAncestry<T extends Derived>(
  contract: Derived,
  byName: ReadonlyMap<string, T>,
): Ancestry<T> {
  const seen = new Set<string>();
  const waiting = [...contract.derivedFrom];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(...(byName.get(name)?.derivedFrom ?? []));
  }
  const names = [...seen].sort();
  return {
    ancestors: names.flatMap((name) => byName.get(name) ?? []),
    missing: names.filter((name) => !byName.has(name)),
    circular: seen.has(contract.dataset),
  };
}
