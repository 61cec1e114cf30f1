import type { ColumnRule, Contract } from '../config/contract.ts';
import { traceAncestry } from './ancestry.ts';

type Privacy = ColumnRule['privacy'];

/** The constraints of a dataset together with those of all that it was made from. Nothing downstream is freer than its source. */
export interface Inherited {
  /** Contracts upstream, each once, by name. */
  readonly ancestors: readonly Contract[];
  /** Datasets of `derived-from`, here or upstream, whose contract is not known. */
  readonly missing: readonly string[];
  /** True when the dataset was made from itself, over however many steps. */
  readonly circular: boolean;
  /** Models that every contract allows: `*` is all. */
  readonly access: readonly string[];
  /** The earliest end; text that is no date comes before all dates. */
  readonly expires: string;
  readonly expiresOf: string;
  /** Highest privacy class of each column of an ancestor that is not `none`, and who says so. */
  readonly privacy: ReadonlyMap<string, { readonly privacy: Privacy; readonly dataset: string }>;
}

/**
 * Joins the constraints of a contract with those of its ancestors: access is what all allow, expiry the earliest, privacy
 * the highest class that a column of the same name has.
 * @param known every contract that governs, by dataset
 */
export function inheritConstraints(contract: Contract, known: ReadonlyMap<string, Contract>): Inherited {
  const { ancestors, missing, circular } = traceAncestry(contract, known);
  const all = [contract, ...ancestors];
  const first = all.reduce((earliest, each) => (endOf(each) < endOf(earliest) ? each : earliest));
  return {
    ancestors,
    missing,
    circular,
    access: all.map(({ access }) => access).reduce(intersect),
    expires: first.expires,
    expiresOf: first.dataset,
    privacy: joinPrivacy(ancestors),
  };
}

/** Dates of one form compare as text; anything else is no date and has ended. */
const endOf = ({ expires }: Contract): string => (isDate(expires) ? expires : '');

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

function intersect(some: readonly string[], others: readonly string[]): readonly string[] {
  if (some.includes('*')) return others;
  return others.includes('*') ? some : some.filter((model) => others.includes(model));
}

/** The higher, the more private. */
export const privacyRank: Record<Privacy, number> = { none: 0, personal: 1, secret: 2 };

function joinPrivacy(ancestors: readonly Contract[]): Inherited['privacy'] {
  const joined = new Map<string, { readonly privacy: Privacy; readonly dataset: string }>();
  for (const { dataset, columns } of ancestors) {
    for (const { name, privacy } of columns) {
      const before = joined.get(name)?.privacy ?? 'none';
      if (privacyRank[privacy] > privacyRank[before]) joined.set(name, { privacy, dataset });
    }
  }
  return joined;
}
