import type { ColumnType } from '../config/contract.ts';
import { toDriftRules } from '../config/drift-file.ts';
import type { DriftRules } from '../config/drift-rules.ts';
import { buildProfile, type ColumnCells } from '../profile/build.ts';
import type { ProfileLimits } from '../profile/distribution.ts';
import type { Profile } from '../profile/profile.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { normalQuantile } from '../statistics/normal.ts';

export const defaultRules: DriftRules = toDriftRules(undefined);

type Cell = string | number | null;

/** A table by column. */
export function profileOf(
  columns: Readonly<Record<string, readonly [type: ColumnType, cells: readonly Cell[]]>>,
  limits?: ProfileLimits,
): Profile {
  const cells = Object.entries(columns).map(
    ([name, [type, values]]): ColumnCells => ({
      ...{ name, type, cells: values.map((value) => (value === null ? null : String(value))) },
    }),
  );
  return buildProfile(cells, limits);
}

/** Seeded draws. */
export class Draws {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seedGenerator(seed);
  }

  normals(count: number, mean = 0, deviation = 1): readonly number[] {
    return Array.from({ length: count }, () => mean + deviation * normalQuantile(this.#next() || 0.5));
  }

  /** Values with the shares given. */
  choices<T>(count: number, shares: readonly (readonly [T, number])[]): readonly T[] {
    return Array.from({ length: count }, () => {
      let left = this.#next();
      const found = shares.find(([, share]) => {
        left -= share;
        return left < 0;
      });
      return (found ?? shares[0] ?? fail())[0];
    });
  }
}

function fail(): never {
  throw new Error('shares are needed');
}
