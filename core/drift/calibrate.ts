import type { ColumnDrift, DriftRules, DriftTest } from '../config/drift-rules.ts';
import type { Profile } from '../profile/profile.ts';
import { computeWilsonInterval } from '../statistics/proportion.ts';
import { compareProfiles, ruleOf } from './compare.ts';
import type { ColumnDriftResult, DriftReport } from './drift.ts';

/** How often a limit would have told drift in the history. */
export interface AlarmRate {
  readonly alarms: number;
  readonly pairs: number;
  readonly rate: number;
  /** Wilson, 95 %: the rate of the next batches lies in it unless they are of another kind. */
  readonly interval: readonly [low: number, high: number];
}

/** What the history says about one column. */
export type ColumnCalibration = {
  readonly column: string;
  readonly test: DriftTest;
  /** When a rule names them. */
  readonly bins?: number;
  /** The limit that holds today, and how often it would have told drift; null: no pair could be compared. */
  readonly today: { readonly limit: number; readonly alarms: AlarmRate | null };
} & (
  | { readonly result: 'proposed'; readonly limit: number; readonly alarms: AlarmRate }
  | { readonly result: 'not enough history'; readonly pairs: number; readonly pairsNeeded: number }
  | { readonly result: 'not compared'; readonly because: string }
);

export interface Calibration {
  /** Pairs of the history, whether they could be compared or not. */
  readonly pairs: number;
  /** False alarms a comparison that were asked for. */
  readonly target: number;
  readonly columns: readonly ColumnCalibration[];
}

export interface CalibrationInputs {
  /** Profiles of the dataset in time order, oldest first. They are taken for data without drift. */
  readonly history: readonly Profile[];
  readonly rules: DriftRules;
  /** Limits of the model, by column. */
  readonly limits?: Readonly<Record<string, ColumnDrift>>;
  /** Share of comparisons that may tell drift where there is none: above 0, at most 0.5. */
  readonly target: number;
  /** `previous`: each with the one before it, as a champion that follows every batch; `first`: all with the oldest. */
  readonly against: 'previous' | 'first';
}

/** A limit below it would be about nothing, however quiet the history. */
const leastLimit = 0.01;

/**
 * Proposes a limit for every column from the dataset's own history: the smallest that this history exceeds no more
 * often than asked, with the rate of false alarms that follows from it.
 *
 * Of n effects the k-th largest is exceeded by the next one with probability k / (n + 1), whatever their distribution:
 * so a rate of 5 % takes 19 pairs.
 */
export function calibrate(inputs: CalibrationInputs): Calibration {
  const { history, target, rules } = inputs;
  const pairs = history.slice(1).map((current, at): Pair => {
    const reference = inputs.against === 'first' ? history[0] : history[at];
    return { current, reference: reference ?? current };
  });
  const last = pairs.at(-1);
  if (last === undefined) return { pairs: 0, target, columns: [] };
  // The test of the newest pair, for all pairs: effects of different tests are no one distribution.
  const today = fixTests(comparePair(last, rules, inputs.limits), rules, inputs.limits);
  const now = pairs.map((pair) => comparePair(pair, withLimits(rules, today), {}));
  const proposed = today.map((column) => ({ ...column, limit: chooseLimit(resultsOf(now, column), target) }));
  const then = pairs.map((pair) => comparePair(pair, withLimits(rules, proposed), {}));
  const columns = proposed.map((column, at): ColumnCalibration => {
    const before = today[at] ?? column;
    return toCalibration(column, before.limit ?? 0, resultsOf(now, column), resultsOf(then, column), target);
  });
  return { pairs: pairs.length, target, columns };
}

interface Pair {
  readonly current: Profile;
  readonly reference: Profile;
}

const comparePair = (
  { current, reference }: Pair,
  rules: DriftRules,
  limits: CalibrationInputs['limits'],
): DriftReport =>
  compareProfiles(current, reference, rules, {
    reference: 'history',
    ...(limits === undefined ? {} : { limits }),
  });

interface FixedTest {
  readonly column: string;
  readonly test: DriftTest;
  readonly bins?: number;
  /** null: nothing can be proposed. */
  readonly limit: number | null;
  /** Why it was not compared; null: it was. */
  readonly because: string | null;
}

/** The chosen test and limit of every column. A limit of the model goes before the contract's. */
function fixTests(
  report: DriftReport,
  rules: DriftRules,
  limits: CalibrationInputs['limits'] = {},
): readonly FixedTest[] {
  const tests = new Map<string, FixedTest>();
  for (const { column, test, limit, result, because } of report.columns) {
    const { bins } = ruleOf(limits, column) ?? ruleOf(rules.columns, column) ?? {};
    tests.set(column, {
      ...{ column, test, limit },
      ...(bins === undefined ? {} : { bins }),
      because: result === 'not compared' ? because : null,
    });
  }
  return [...tests.values()];
}

function withLimits(rules: DriftRules, tests: readonly FixedTest[]): DriftRules {
  // A test that is named makes a time comparable: what is not compared today is named none.
  const columns = tests
    .filter(({ because }) => because === null)
    .map(({ column, test, bins, limit }): readonly [string, ColumnDrift] => [
      column,
      { test, ...(bins === undefined ? {} : { bins }), ...(limit === null ? {} : { limit }) },
    ]);
  // A column that is ignored in the contract stays so: nobody asked for a limit of it.
  return { ...rules, columns: Object.fromEntries(columns) };
}

type Results = readonly ColumnDriftResult[];

const resultsOf = (reports: readonly DriftReport[], { column }: FixedTest): Results =>
  reports.flatMap(({ columns }) =>
    columns.filter((result) => result.column === column && wasCompared(result)),
  );

const wasCompared = ({ result }: ColumnDriftResult): boolean => result === 'drift' || result === 'no drift';

const pairsNeededFor = (target: number): number => Math.ceil(1 / target) - 1;

function chooseLimit(results: Results, target: number): number | null {
  if (results.length < Math.max(1, pairsNeededFor(target))) return null;
  const effects = results.map(({ effect }) => effect ?? 0).sort((left, right) => right - left);
  // With n + 1 below 1 / target the rank would be 0: pairsNeededFor keeps that out.
  const rank = Math.max(1, Math.floor(target * (effects.length + 1)));
  return Math.max(leastLimit, roundUp(effects[rank - 1] ?? 0));
}

function toCalibration(
  { column, test, bins, limit, because }: FixedTest,
  limitToday: number,
  now: Results,
  then: Results,
  target: number,
): ColumnCalibration {
  const frame = { column, test, ...(bins === undefined ? {} : { bins }) };
  const today = { limit: limitToday, alarms: rateOf(now) };
  if (because !== null) return { ...frame, today, result: 'not compared', because };
  const alarms = rateOf(then);
  return limit === null || alarms === null
    ? {
        ...frame,
        today,
        result: 'not enough history',
        pairs: now.length,
        pairsNeeded: pairsNeededFor(target),
      }
    : { ...frame, today, result: 'proposed', limit, alarms };
}

/** Counted with the decision itself: the effect above the limit and the corrected p-value below alpha. */
function rateOf(compared: Results): AlarmRate | null {
  if (compared.length === 0) return null;
  const pairs = compared.length;
  const alarms = compared.filter(({ result }) => result === 'drift').length;
  return { alarms, pairs, rate: alarms / pairs, interval: computeWilsonInterval(alarms, pairs) };
}

/** Two digits, never below the effect: a limit that a person can read and that the effect does not exceed. */
function roundUp(effect: number): number {
  if (effect === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(effect)) - 1);
  const rounded = Number((Math.ceil(effect / unit) * unit).toPrecision(2));
  return rounded >= effect ? rounded : Number((rounded + unit).toPrecision(2));
}
