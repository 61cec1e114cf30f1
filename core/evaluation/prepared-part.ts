import { InputError } from '../error/error.ts';
import type { Metric } from '../metric/metric.ts';
import { findMetric } from '../metric/metric-table.ts';
import type { Sample, Truth } from '../metric/sample.ts';
import { type ComparedPart, takePart } from './compared-part.ts';
import type { ComparedModels } from './comparison-input.ts';
import {
  type DiscordantTest,
  hasClosedForm,
  type MeasuredMetric,
  measureClosed,
  testDiscordant,
} from './measure-part.ts';
import type { MissingMetric } from './missing-metric.ts';
import { planPart, type ResampledPart } from './resample-plan.ts';
import { countStakes, type Stakes } from './stakes.ts';

/** All rows or one slice, measured as far as it goes without drawing. */
export interface PreparedPart {
  readonly slice: string | null;
  readonly rows: number;
  /** How the units of a resample are called, where they are no rows: `40 groups`. */
  readonly units: string | null;
  readonly stakes: Stakes;
  readonly closed: readonly MeasuredMetric[];
  /** In the order of the challenger's names in the plan. */
  readonly resampled: readonly {
    readonly metric: Metric;
    readonly discordant: DiscordantTest | null;
  }[];
  readonly drawn: ResampledPart;
  /** Why a metric of this part has no value, if it has none. */
  readonly noValue: string;
}

/**
 * Measures what has a closed form and plans the resamples of the rest.
 * @param slice place in `slices`; null: all rows
 * @param missing gets what this part cannot have
 */
export function preparePart(
  input: ComparedModels,
  slice: number | null,
  names: readonly string[],
  missing: MissingMetric[],
): PreparedPart {
  const part = takePart(input, slice);
  const name = slice === null ? null : (input.slices?.[slice]?.name ?? null);
  const tell = (metric: string, because: string, fix?: string) => {
    missing.push({ name: metric, slice: name, because, ...(fix === undefined ? {} : { fix }) });
  };
  const metrics = names.flatMap((wanted) => {
    const metric = part.rows > 0 ? findMetric(wanted, part.context) : null;
    if (metric === null) {
      if (part.rows > 0) missing.push({ name: wanted, slice: name, because: null });
      else tell(wanted, 'there are no rows');
    }
    return metric === null ? [] : [metric];
  });
  const stakes = countStakes(part);
  const isClosed = (metric: Metric) => input.resampleAll !== true && hasClosedForm(metric, part, stakes);
  const closed = metrics.filter(isClosed).flatMap((metric) => {
    try {
      return [measureClosed(metric, part, stakes)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      tell(metric.name, error.message, error.hint);
      return [];
    }
  });
  const rest = metrics.filter((metric) => !isClosed(metric));
  const drawn = planPart(part, slice, rest, (metric, error) => tell(metric.name, error.message, error.hint));
  const able = rest.filter((metric) => drawn.plan.challenger.includes(metric.name));
  return {
    slice: name,
    rows: part.rows,
    stakes,
    units: describeUnits(part, input.groups !== undefined && input.groups !== null),
    closed,
    resampled: able.map((metric) => ({ metric, discordant: discordantOf(metric, part) })),
    drawn,
    noValue: explainNoValue(part.challenger.truth),
  };
}

function describeUnits({ units }: ComparedPart, grouped: boolean): string | null {
  if (units.ofRow === null) return null;
  return `${units.count} ${grouped ? 'groups' : 'queries'}`;
}

function discordantOf(metric: Metric, part: ComparedPart): DiscordantTest | null {
  const { estimate } = metric;
  if (estimate.kind !== 'row-mean' || part.champion === null) return null;
  // Rows of one number each exist for both, or the plan has not both.
  const rowsOf = (sample: Sample): Float64Array | null => {
    try {
      return estimate.rowValues(sample);
    } catch (error) {
      if (error instanceof InputError) return null;
      throw error;
    }
  };
  const [challenger, champion] = [rowsOf(part.challenger), rowsOf(part.champion)];
  return challenger && champion && testDiscordant(challenger, champion, part);
}

function explainNoValue(truth: Truth): string {
  const isClasses = truth.kind === 'binary' || truth.kind === 'class';
  const isOne = isClasses && truth.values.every((value) => value === truth.values[0]);
  return isOne ? 'all labels are of one class' : 'its value is not a finite number';
}
