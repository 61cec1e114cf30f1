import type { Fault } from './fault.ts';
import type { Reduced } from './reduced-column.ts';
import type { TableColumn } from './table.ts';

/** What was counted in one column, however it was counted. */
export interface ColumnCount {
  readonly column: TableColumn;
  readonly nulls: number;
  readonly unreadable: number;
  /** Broken cells by key of the fault. */
  readonly faults: ReadonlyMap<Fault['key'], number>;
  readonly values: CountedValues;
}

export type CountedValues =
  /** Every different value, as `writeExact` writes it, with its count. */
  | { readonly kind: 'all'; readonly values: readonly (readonly [string, number])[] }
  /** Too many: added up. `distinct` where it is known anyway. */
  | { readonly kind: 'reduced'; readonly reduced: Reduced; readonly distinct: number | null };
