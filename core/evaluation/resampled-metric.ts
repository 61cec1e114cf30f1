import { estimateResampled, type Resampled as Resamples } from './estimate.ts';
import { type MeasuredMetric, settle, toCautious } from './measure-part.ts';
import type { PreparedPart } from './prepared-part.ts';
import { countSpread } from './stakes.ts';
import { leanBack, widenFew } from './wide-interval.ts';

/**
 * Makes estimates of what was drawn for one part.
 * @param column values of one number of the part's plan, one a resample
 */
export function measureDrawn(
  part: PreparedPart,
  column: (at: number) => Float64Array,
  drawing: { readonly resamples: number; readonly seed: number },
): readonly MeasuredMetric[] {
  const { plan, values, left } = part.drawn;
  return part.resampled.map(({ metric, discordant }, at) => {
    const theirs = plan.champion.indexOf(metric.name);
    const own = { value: values[at] as number, drawn: column(at), left: left[at] ?? null };
    const toEstimate = (of: Drawn) => estimateDrawn(of, countSpread(metric, part.stakes));
    const drawn = toEstimate(own);
    const to = plan.challenger.length + theirs;
    const other =
      theirs === -1 ? null : { value: values[to] as number, drawn: column(to), left: left[to] ?? null };
    const champion = other && toEstimate(other);
    const apart = other && toEstimate(subtract(own, other));
    const lean = metric.leans === true ? drawn.shift : 0;
    // What two models say alike leans alike.
    const leans = metric.leans !== true || part.stakes.same ? [] : [lean, -(champion?.shift ?? 0)];
    const difference = apart && leanBack(discordant?.apply(apart) ?? apart, leans);
    return toCautious(
      {
        metric,
        challenger: leanBack(drawn, [lean]),
        champion,
        difference,
        method: describe(part, apart ?? drawn, apart !== null, drawing, discordant?.text ?? ''),
      },
      part.stakes,
    );
  });
}

interface Drawn {
  readonly value: number;
  readonly drawn: Float64Array;
  readonly left: Float64Array | null;
}

type Resampled = Resamples & { readonly missing: number };

function estimateDrawn({ value, drawn, left }: Drawn, count: number): Resampled {
  let missing = 0;
  for (const one of drawn) if (!Number.isFinite(one)) missing++;
  return { ...widenFew(estimateResampled(value, drawn, left), count), missing };
}

function subtract(own: Drawn, other: Drawn): Drawn {
  const pair = (first: Float64Array, second: Float64Array) =>
    first.map((value, at) => settle(value, second[at] as number));
  return {
    value: settle(own.value, other.value),
    drawn: pair(own.drawn, other.drawn),
    left: own.left && other.left && pair(own.left, other.left),
  };
}

function describe(
  part: PreparedPart,
  estimate: Resampled,
  paired: boolean,
  { resamples, seed }: { readonly resamples: number; readonly seed: number },
  more: string,
): string {
  const kind = `${paired ? 'paired ' : ''}${part.units === null ? '' : 'cluster '}bootstrap`;
  const of = part.units === null ? '' : ` of ${part.units}`;
  const lost = estimate.missing > 0 ? `, ${estimate.missing} of them without a value` : '';
  const usual = estimate.bca ? 'BCa' : 'percentile';
  const interval = Number.isFinite(estimate.standardError) ? usual : 'no interval';
  return `${kind} (${interval}), ${resamples} resamples${of}${lost}, seed ${seed}${more}`;
}
