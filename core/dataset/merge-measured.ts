import { mergeProfiles } from '../profile/merge.ts';
import type { Profile } from '../profile/profile.ts';
import { mergeAssociations } from './association-table.ts';
import type { Measured, MeasuredColumn, MeasuredRule, Tally, ValueRule } from './measured.ts';
import { valueRules } from './measured.ts';
import { mergeTallies, pickExtreme } from './merge-tally.ts';
import type { CheckPlan, ColumnCheck, RuleCheck } from './plan.ts';

/** What a second round over the keys of all parts found. */
export interface KeyedAnswer {
  readonly tally: Tally;
  /** Different keys. */
  readonly distinct: number;
}

/** By name of the rule, or by `distinctName` of a column. */
export type KeyedAnswers = ReadonlyMap<string, KeyedAnswer>;

/** Name of the question how many different values a column has; no rule can be called like it. */
export const distinctName = (column: string): string => `distinct:${column}`;

/**
 * What one pass over a table would have measured, from measurements of its parts.
 * @param parts consecutive parts of the table, in its order, each measured by the same plan
 * @param keyed what rules that compare rows with all other rows came to; without an answer such a rule is `unmeasured`,
 * never kept
 */
export function mergeMeasured(
  plan: CheckPlan,
  parts: readonly Measured[],
  keyed: KeyedAnswers = new Map(),
): Measured {
  const files = parts.flatMap((part) => part.files);
  const problems = parts.flatMap((part) => part.problems);
  const before = addRows(parts);
  if (problems.length > 0 || before === null || parts.length === 0) {
    return { files, problems, rows: null, columns: [], rules: [], profile: null };
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const work: Work = { plan, parts: keepCommon(plan, parts), before, keyed };
  return {
    files,
    problems,
    rows: parts.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
    columns: plan.columns.flatMap((check) => mergeColumn(check, work) ?? []),
    rules: plan.rules.map((rule) => mergeRule(rule, work)),
    profile: mergePartProfiles(work),
  };
}

interface Work {
  readonly plan: CheckPlan;
  readonly parts: readonly Measured[];
  /** Rows before each part. */
  readonly before: readonly number[];
  readonly keyed: KeyedAnswers;
}

/** Rows before each part; null when one was not measured. */
function addRows(parts: readonly Measured[]): readonly number[] | null {
  const before: number[] = [];
  let rows = 0;
  for (const part of parts) {
    if (part.rows === null) return null;
    before.push(rows);
    rows += part.rows;
  }
  return before;
}

function mergeColumn(check: ColumnCheck, { plan, parts, before }: Work): MeasuredColumn | null {
  const found = parts.flatMap(({ columns }) => columns.find(({ column }) => column === check.column) ?? []);
  const [first] = found;
  if (first === undefined || found.length < parts.length) return null;
  const tallies = mapTallies(first.tallies, (_, rule) =>
    mergeTallies(
      found.map((column) => column.tallies[rule]),
      before,
      plan.examples,
    ),
  );
  const extreme = (side: 'smallest' | 'largest') =>
    pickExtreme(
      check.type,
      found.map((column) => column[side]),
      side,
    );
  return { column: check.column, tallies, smallest: extreme('smallest'), largest: extreme('largest') };
}

function mergeRule(rule: RuleCheck, work: Work): MeasuredRule {
  const { name } = rule;
  const found = work.parts.map(({ rules }) => rules.find((measured) => measured.name === name));
  const missing = found.find((measured) => measured === undefined || measured.kind === 'unmeasured');
  if (missing?.kind === 'unmeasured') return missing;
  if (found.includes(undefined)) return unmeasured(name, 'a part of the data was measured without it');
  switch (rule.kind) {
    case 'cells':
    case 'expression':
    case 'overlap':
      return addTallies(name, found, work);
    case 'repeated':
    case 'conflicts': {
      const answer = work.keyed.get(name);
      const because = 'rows of several files were not compared with each other';
      return answer === undefined ? unmeasured(name, because) : { kind: 'tally', name, tally: answer.tally };
    }
    case 'association':
      return addAssociations(name, rule.label, found, work);
  }
}

function addTallies(
  name: string,
  found: readonly (MeasuredRule | undefined)[],
  { plan, before }: Work,
): MeasuredRule {
  const tallies = found.flatMap((measured) => (measured?.kind === 'tally' ? [measured.tally] : []));
  if (tallies.length < found.length) return unmeasured(name, 'a part of the data holds another measure');
  return { kind: 'tally', name, tally: mergeTallies(tallies, before, plan.examples) };
}

function addAssociations(
  name: string,
  label: string,
  found: readonly (MeasuredRule | undefined)[],
  { plan }: Work,
): MeasuredRule {
  const tables = found.flatMap((measured) => (measured?.kind === 'association' ? [measured] : []));
  if (tables.length < found.length) return unmeasured(name, 'a part of the data holds another measure');
  const checkOf = (name: string) => plan.columns.find(({ column }) => column === name);
  if (checkOf(label)?.showValues !== true) {
    return unmeasured(name, `values of the private column "${label}" of several files do not meet`);
  }
  return mergeAssociations(name, tables, (column) => checkOf(column)?.type ?? 'text');
}

const unmeasured = (name: string, because: string): MeasuredRule => ({ kind: 'unmeasured', name, because });

/** The profile of all parts; null when a part has none. */
function mergePartProfiles({ plan, parts, keyed }: Work): Profile | null {
  const profiles = parts.flatMap(({ profile }) => profile ?? []);
  if (profiles.length < parts.length) return null;
  const merged = mergeProfiles(profiles);
  const columns = merged.columns.map((column) => {
    const counted = plan.distinct.includes(column.name) ? keyed.get(distinctName(column.name)) : undefined;
    const hidden = column.distribution.kind === 'hidden';
    return counted === undefined || hidden ? column : { ...column, distinct: counted.distinct };
  });
  return { ...merged, columns };
}

/** The parts without columns that one of them lacks: one pass would not have looked into them. */
function keepCommon(plan: CheckPlan, parts: readonly Measured[]): readonly Measured[] {
  const rare = plan.columns
    .map(({ column }) => column)
    .filter((name) => !parts.every(({ columns }) => columns.some(({ column }) => column === name)));
  if (rare.length === 0) return parts;
  const keepRows = (tally: Tally): Tally => ({
    ...tally,
    rows: tally.rows.map(({ row, cells }) => ({
      row,
      cells: cells.filter(([name]) => !rare.includes(name)),
    })),
  });
  return parts.map((part) => ({
    ...part,
    columns: part.columns
      .filter(({ column }) => !rare.includes(column))
      .map((column) => ({ ...column, tallies: mapTallies(column.tallies, keepRows) })),
    rules: part.rules.map((rule) =>
      rule.kind === 'tally' ? { ...rule, tally: keepRows(rule.tally) } : rule,
    ),
    profile: part.profile && {
      ...part.profile,
      columns: part.profile.columns.filter(({ name }) => !rare.includes(name)),
    },
  }));
}

type Tallies = MeasuredColumn['tallies'];

function mapTallies(tallies: Tallies, change: (tally: Tally, rule: ValueRule) => Tally): Tallies {
  return Object.fromEntries(valueRules.map((rule) => [rule, change(tallies[rule], rule)])) as Tallies;
}
