import { directionOf, isMeasured } from '../config/metric-form.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Finding } from '../finding/finding.ts';
import { refusal, rerun } from './disagreement.ts';
import type { JudgementEvidence, MetricResult } from './evidence.ts';

/**
 * Every number of a judgement is finite and has the grade that its metric has by nature: measured is what only an action
 * beside the team's code can tell, judged is all else. A champion's side is there whole or not at all.
 * @param declared metrics and scorers of the team's own, with their directions
 */
export function checkMetrics(
  { comparisons }: JudgementEvidence,
  declared: Pick<ModelConfig, 'metrics' | 'scorers'>,
): readonly Finding[] {
  return comparisons.flatMap(({ against, metrics }) =>
    metrics.flatMap((metric) => {
      const because = faultOf(metric, against) ?? directionFault(metric, declared);
      return because === null
        ? []
        : [refusal('metric', `The metric ${nameOf(metric)} is not believed: ${because}`, { fix: rerun })];
    }),
  );
}

const nameOf = ({ metric, slice, set }: MetricResult): string =>
  `${metric}${slice === null ? '' : ` on ${slice}`}${set === 'held-out' ? '' : ` on ${set} rows`}`;

function faultOf(metric: MetricResult, against: number | null): string | null {
  const { challenger, challengerInterval, champion, difference, differenceInterval } = metric;
  const { standardError, pWorse, pBetter } = metric;
  const numbers = [challenger, champion, difference, standardError, pWorse, pBetter];
  if (!Number.isFinite(challenger)) return 'its value is not a finite number';
  const all = [...numbers, ...(challengerInterval ?? []), ...(differenceInterval ?? [])];
  if (all.some((value) => value !== null && !Number.isFinite(value)))
    return 'it has a number that is not finite';
  const grade = isMeasured(metric.metric) ? 'measured' : 'judged';
  if (metric.grade !== grade) return `it is ${metric.grade}, not ${grade}`;
  const compared = champion !== null && difference !== null;
  const empty = [champion, difference, differenceInterval, standardError, pWorse, pBetter].every(
    (value) => value === null,
  );
  if (against === null && !empty) return 'it has a champion where none was compared';
  // The champion may have no value of a metric: its gates then fail. Half a comparison is no honest one.
  if (against !== null && !compared && !empty) return 'it has no champion to compare with';
  return null;
}

/** A gate reads from the result which side is better: turned, a loss would be a gain. */
function directionFault(
  { metric, higherIsBetter }: MetricResult,
  { metrics = [], scorers = [] }: Pick<ModelConfig, 'metrics' | 'scorers'>,
): string | null {
  // A name that another task has may be one of the team's own in this.
  const own =
    metrics.find(({ name }) => name === metric) ?? scorers.find(({ name }) => metric === `score:${name}`);
  const known = directionOf(metric);
  const higher = own?.higherIsBetter ?? (known === null ? null : known === 'higher');
  if (higher === null || higher === higherIsBetter) return null;
  return `it says that ${higherIsBetter ? 'higher' : 'lower'} values are better`;
}
