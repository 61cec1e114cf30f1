import { distinctName } from './merge-measured.ts';
import type { CheckPlan } from './plan.ts';

/** What has to be known of the keys of all rows of all files at once. */
export type KeyQuestion = { readonly name: string; readonly columns: readonly string[] } & (
  | { readonly kind: 'repeated'; readonly nulls: 'equal' | 'skip' }
  | { readonly kind: 'conflicts'; readonly label: string }
  /** Different values of one column; cells that are no value of its type do not count. */
  | { readonly kind: 'distinct' }
);

/** Parts into which keys are dealt out by their hash: equal keys meet in one part. */
export const keyPartitions = 4;

/**
 * The rules of a plan that compare every row with all others, as questions to the second round.
 * @returns none on personal and secret columns: also hashes of their values would tell who guesses well
 */
export function listKeyQuestions(plan: CheckPlan): readonly KeyQuestion[] {
  const shown = new Map(plan.columns.map(({ column, showValues }) => [column, showValues]));
  const isOpen = ({ columns, ...rest }: KeyQuestion): boolean =>
    [...columns, ...('label' in rest ? [rest.label] : [])].every((column) => shown.get(column) === true);
  const rules = plan.rules.flatMap((rule): readonly KeyQuestion[] => {
    const { name } = rule;
    if (rule.kind === 'repeated')
      return [{ name, kind: 'repeated', columns: rule.columns, nulls: rule.nulls }];
    if (rule.kind !== 'conflicts') return [];
    return [{ name, kind: 'conflicts', columns: rule.features, label: rule.label }];
  });
  const distinct = plan.distinct.map(
    (column): KeyQuestion => ({ name: distinctName(column), kind: 'distinct', columns: [column] }),
  );
  return [...rules, ...distinct].filter(isOpen);
}

/**
 * True for a plan with a rule on personal or secret columns that compares rows with each other: parts of one file could not
 * answer it, the whole file can.
 */
export function needsWholeFiles(plan: CheckPlan): boolean {
  const hidden = new Set(plan.columns.filter(({ showValues }) => !showValues).map(({ column }) => column));
  const named = plan.rules.flatMap((rule) => {
    if (rule.kind === 'repeated') return rule.columns;
    return rule.kind === 'conflicts' || rule.kind === 'association' ? [rule.label, ...rule.features] : [];
  });
  return [...named, ...plan.distinct].some((column) => hidden.has(column));
}

/** How many rows of a part have a key for a question: so that nobody can lose some on the way. */
export interface KeyedRows {
  readonly name: string;
  readonly rows: number;
}

/** What one partition of the keys says to one question. */
export interface PartitionAnswer extends KeyedRows {
  readonly count: number;
  /** Different keys. */
  readonly distinct: number;
  /** First rows at fault: place of the file in the dataset from 0, row in it from 1; ascending. */
  readonly first: readonly (readonly [number, number])[];
}
