import type { DriftRules } from '../config/drift-rules.ts';
import { writeShare } from '../dataset/wording.ts';
import type { ColumnProfile, Profile } from '../profile/profile.ts';
import { adjustPValues } from '../statistics/false-discovery.ts';
import { testShares } from '../statistics/proportion.ts';
import { compareCategories } from './categories.ts';
import type { SchemaChange } from './drift.ts';
import { familyOf } from './pair.ts';

/**
 * Compares the shape of two tables: columns, their order and types, empty cells, categories.
 * @param renames new name to name in the reference
 */
export function compareSchemas(
  current: Profile,
  reference: Profile,
  rules: DriftRules,
  renames: ReadonlyMap<string, string>,
): readonly SchemaChange[] {
  const before = new Map(reference.columns.map((column) => [column.name, column]));
  const shared = current.columns.flatMap((column): readonly SharedColumn[] => {
    const other = before.get(renames.get(column.name) ?? column.name);
    return other === undefined ? [] : [{ column, other }];
  });
  const compared = shared.filter(({ column }) => !rules.ignore.includes(column.name));
  return [
    ...compareColumns(current, reference, shared),
    ...shared.flatMap(compareTypes),
    ...compareOrder(shared, reference),
    ...compareNulls(compared, rules, current.rows, reference.rows),
    ...compared.flatMap(({ column, other }) => compareCategories(column, other, rules.alpha)),
  ];
}

interface SharedColumn {
  readonly column: ColumnProfile;
  readonly other: ColumnProfile;
}

function compareColumns(
  current: Profile,
  reference: Profile,
  shared: readonly SharedColumn[],
): readonly SchemaChange[] {
  const known = new Set(shared.map(({ column }) => column.name));
  const found = new Set(shared.map(({ other }) => other.name));
  const renamed = shared
    .filter(({ column, other }) => column.name !== other.name)
    .map(
      ({ column, other }): SchemaChange => ({
        kind: 'renamed',
        column: column.name,
        before: other.name,
        found: `"${column.name}"`,
        allowed: `"${other.name}", as in the reference`,
      }),
    );
  const dropped = reference.columns
    .filter(({ name }) => !found.has(name))
    .map(
      ({ name, type }): SchemaChange => ({
        kind: 'dropped',
        column: name,
        found: 'no such column',
        allowed: type,
      }),
    );
  const added = current.columns
    .filter(({ name }) => !known.has(name))
    .map(
      ({ name, type }): SchemaChange => ({
        kind: 'added',
        column: name,
        found: type,
        allowed: 'no such column',
      }),
    );
  return [...dropped, ...renamed, ...added];
}

function compareTypes({ column, other }: SharedColumn): readonly SchemaChange[] {
  if (column.type === other.type) return [];
  const wider = familyOf(column) === familyOf(other) ? ' (both are compared as numbers)' : '';
  return [{ kind: 'retyped', column: column.name, found: `${column.type}${wider}`, allowed: other.type }];
}

/** Names in view: an order of 5,000 columns is no sentence. */
const namesInView = 8;

function compareOrder(shared: readonly SharedColumn[], reference: Profile): readonly SchemaChange[] {
  const place = new Map(reference.columns.map(({ name }, at) => [name, at]));
  const wanted = [...shared].sort(
    (left, right) => (place.get(left.other.name) ?? 0) - (place.get(right.other.name) ?? 0),
  );
  const first = shared.findIndex((each, at) => each !== wanted[at]);
  const moved = shared[first];
  if (moved === undefined) return [];
  const list = (columns: readonly SharedColumn[]): string => {
    const from = columns.slice(first, first + namesInView).map(({ column }) => `"${column.name}"`);
    return `${from.join(', ')}${columns.length > first + namesInView ? ', ...' : ''}`;
  };
  return [{ kind: 'reordered', column: moved.column.name, found: list(shared), allowed: list(wanted) }];
}

/** A share of empty cells that moved by less is nobody's concern, however certain it is. */
const leastMove = 0.01;

function compareNulls(
  shared: readonly SharedColumn[],
  rules: DriftRules,
  rows: number,
  referenceRows: number,
): readonly SchemaChange[] {
  if (Math.min(rows, referenceRows) < rules.minRows) return [];
  const adjusted = adjustPValues(
    shared.map(({ column, other }) => testShares(column.nulls, rows, other.nulls, referenceRows).p),
  );
  return shared.flatMap(({ column, other }, at): readonly SchemaChange[] => {
    const move = column.nulls / rows - other.nulls / referenceRows;
    const certain = (adjusted[at] ?? 1) < rules.alpha;
    const vanished = column.nulls === 0 && -move >= leastMove;
    if (!certain || !(move >= leastMove || vanished)) return [];
    return [
      {
        kind: vanished ? 'vanished nulls' : 'new nulls',
        column: column.name,
        found: `${writeShare(column.nulls, rows)} empty`,
        allowed: `${writeShare(other.nulls, referenceRows)} empty in the reference`,
      },
    ];
  });
}
