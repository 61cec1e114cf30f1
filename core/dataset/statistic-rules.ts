import type { ColumnRule, Limits, TableRule } from '../config/contract.ts';
import { isMoment, readMoment } from '../config/moment.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import { meanOf, quantileOf, sdOf, shareOf } from '../profile/statistics.ts';
import { describeLimits } from './cell-words.ts';
import { type Case, type Frame, type Judged, nameOf, reasonOf, toUnmeasured } from './judged.ts';
import type { MeasuredColumn } from './measured.ts';
import { writeCount, writeShare } from './wording.ts';

/** A number that a rule asks for, or why there is none. */
interface Statistic {
  /** One noun phrase: `the mean`. */
  readonly what: string;
  /** null or not finite: it could not be measured, and `because` says why. */
  readonly value: number | null;
  readonly because: string;
  readonly limits: Limits;
  readonly write: (value: number) => string;
  /** Rows that the number rests on. */
  readonly rows: number;
  readonly method: string;
  /** How far it is an estimate. */
  readonly bounds?: string;
  /** The limits in words, where their number alone says too little. */
  readonly allowed?: string;
  /** What a value over the limit is, where "above" says it badly. */
  readonly above?: string;
  /** It is one of the values or speaks of one: not shown for a private column. */
  readonly revealing: boolean;
  readonly fix: string;
}

/**
 * Judges a rule on a number of a whole column, from the profile.
 * @returns null for rules of another kind
 */
export function judgeStatistic(given: Case, rule: TableRule, frame: Frame): Judged | null {
  if (!('column' in rule)) return null;
  const column = given.columns.get(rule.column);
  const measured = given.counted.get(rule.column);
  const profile = given.profiles.get(rule.column);
  if (column === undefined || measured === undefined) return null;
  const statistic = measure(given, rule, measured, profile);
  return statistic === null ? null : judgeNumber(given, frame, column, statistic);
}

function measure(
  given: Case,
  rule: TableRule,
  measured: MeasuredColumn,
  profile: ColumnProfile | undefined,
): Statistic | null {
  if (rule.rule === 'missing') return measureMissing(given, rule, measured);
  if (profile === undefined) return isOfProfile(rule) ? { ...unknown, limits: {} } : null;
  const present = (given.measured.rows ?? 0) - profile.nulls;
  switch (rule.rule) {
    case 'mean':
      return {
        ...ofNumbers(profile),
        what: 'the mean',
        value: meanOf(profile),
        limits: rule.limits,
        method: 'mean of the values that are there',
      };
    case 'standard-deviation':
      return {
        ...ofNumbers(profile),
        what: 'the standard deviation',
        value: sdOf(profile),
        because: 'there are fewer than two values',
        limits: rule.limits,
        method: 'sample standard deviation (n - 1) of the values that are there',
      };
    case 'quantile':
      return measureQuantile(rule, profile);
    case 'distinct':
      return {
        ...unknown,
        what: 'the number of different values',
        value: profile.distinct,
        because: 'the different values were not counted',
        limits: rule.limits,
        write: writeCount,
        rows: present,
        method: 'exact count of different values',
        fix: 'Check the source for values that are new, merged or cut off, or change the limits of the rule if they are right.',
      };
    case 'class-ratio':
      return {
        ...unknown,
        what: `the share of "${rule.value}"`,
        value: shareOf(profile, rule.value),
        because: 'there is no value, or there are too many different ones to keep',
        limits: rule.limits,
        rows: present,
        method: 'share of the cells that are not empty',
        fix: 'Check how these rows were selected, or change the limits of the rule if this share is right.',
      };
    case 'freshness':
      return measureFreshness(given, rule.maxAgeHours, profile);
    default:
      return null;
  }
}

const statistics: readonly TableRule['rule'][] = [
  'mean',
  'standard-deviation',
  'quantile',
  'distinct',
  'class-ratio',
  'freshness',
];
const isOfProfile = ({ rule }: TableRule): boolean => statistics.includes(rule);

/** What is told when nothing was measured. */
const unknown = {
  what: 'it',
  value: null,
  because: 'the column has no profile',
  write: writePlain,
  rows: 0,
  method: '',
  revealing: false,
  fix: 'Run the check again.',
} as const;

const ofNumbers = ({ moments }: ColumnProfile) => ({
  ...unknown,
  because: 'there is no value that is a finite number',
  rows: moments?.count ?? 0,
  revealing: true,
  fix: 'Check the source for a changed unit or scale, missing parts or typing errors, or change the limits of the rule if the data is right.',
});

function measureMissing(
  { measured }: Case,
  rule: TableRule & { readonly rule: 'missing' },
  { tallies }: MeasuredColumn,
): Statistic {
  const rows = measured.rows ?? 0;
  return {
    ...unknown,
    what: 'the share of empty cells',
    value: tallies.nulls.count / rows,
    because: 'there is no row',
    limits: { max: rule.max },
    allowed: `at most ${rule.max} (${Number((100 * rule.max).toPrecision(4))} %)`,
    write: (value) =>
      value === 0
        ? '0 %'
        : `${writeShare(tallies.nulls.count, rows)}, ${writeCount(tallies.nulls.count)} of ${writeCount(rows)}`,
    rows,
    method: 'empty cells of all rows',
    fix: `Fill these cells at the source, or raise max of the rule if so many may be empty.`,
  };
}

function measureQuantile(rule: TableRule & { readonly rule: 'quantile' }, profile: ColumnProfile): Statistic {
  const answer = quantileOf(profile, rule.at);
  const between = answer === null ? '' : `${writePlain(answer.low)} and ${writePlain(answer.high)}`;
  return {
    ...ofNumbers(profile),
    what: `the quantile at ${rule.at}`,
    value: answer?.value ?? null,
    limits: rule.limits,
    method: 'type 7 (linear interpolation)',
    ...(answer === null || answer.exact ? {} : { bounds: `an estimate: certainly between ${between}` }),
  };
}

const hourMs = 3_600_000;
/** Clocks and time zones differ by less. A value further in the future says nothing of the age of the data. */
const mostAheadHours = 24;

function measureFreshness({ now }: Case, maxAgeHours: number, profile: ColumnProfile): Statistic {
  const newest = profile.max === null ? Number.NaN : readMoment(profile.max);
  const ageHours = (readNow(now) - newest) / hourMs;
  const future = ageHours < -mostAheadHours;
  return {
    ...unknown,
    what: 'the newest value',
    value: future ? null : ageHours,
    because: future ? `the newest value, ${profile.max}, lies in the future` : 'there is no readable time',
    limits: { max: maxAgeHours },
    allowed: `at most ${maxAgeHours} hours before the check`,
    above: 'older than',
    // The value and not its age: what is recorded of the same data must not change with the clock.
    write: () => profile.max ?? '',
    rows: 0,
    method: 'hours from the newest value to the check',
    revealing: true,
    fix: 'Fetch the newest batch, or raise max-age-hours if older data will do.',
  };
}

const readNow = (now: string): number => (isMoment(now) ? readMoment(now) : Number.NaN);

function judgeNumber(given: Case, frame: Frame, column: ColumnRule, statistic: Statistic): Judged {
  const { value, limits, what } = statistic;
  const allowed = statistic.allowed ?? describeLimits(limits);
  const hidden = statistic.revealing && column.privacy !== 'none';
  if (value === null || !Number.isFinite(value)) {
    return toUnmeasured(given, frame, hidden ? 'it has no readable value' : statistic.because, allowed);
  }
  const kept = isWithin(value, limits);
  const bounds = hidden || statistic.bounds === undefined ? [] : [statistic.bounds];
  const found = hidden ? `not shown: the column is ${column.privacy}` : writeWithin(value, statistic);
  const observation = {
    ...nameOf(frame),
    result: kept ? ('kept' as const) : ('broken' as const),
    severity: frame.severity,
    found,
    allowed,
    rows: statistic.rows,
    method: [statistic.method, ...bounds].join(', '),
  };
  if (kept) return { observations: [observation], findings: [] };
  const side = limits.max !== undefined && !(value <= limits.max) ? (statistic.above ?? 'above') : 'below';
  const finding = {
    ...nameOf(frame),
    severity: frame.severity,
    message: `Rule "${frame.rule}": ${what} of column "${column.name}" is ${hidden ? '' : `${found}, `}${side} what is allowed (${[allowed, ...bounds].join('; ')}).`,
    where: given.positions(frame.pointer),
    found,
    allowed,
    ...reasonOf(frame),
    fix: statistic.fix,
  };
  return { observations: [observation], findings: [finding] };
}

function isWithin(value: number, { min, max }: Limits): boolean {
  const over = min === undefined || (Number.isFinite(min) && value >= min);
  return over && (max === undefined || (Number.isFinite(max) && value <= max));
}

/** Six digits, and all of them where six would look as if the limit were kept. */
function writeWithin(value: number, { limits, write }: Statistic): string {
  const short = Number(value.toPrecision(6));
  return write(isWithin(short, limits) === isWithin(value, limits) ? short : value);
}

function writePlain(value: number): string {
  return String(value === 0 ? 0 : value);
}
