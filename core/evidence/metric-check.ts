import { directionOf, isMeasured } from '../config/metric-form.ts';
import type { Finding } from '../finding/finding.ts';
import { refusal, rerun } from './disagreement.ts';
import type { JudgementEvidence, MetricResult } from './evidence.ts';

/**
 * Every number of a judgement is finite and has the grade that its metric has by nature: measured is what only an action
 * beside the team's code can tell, judged is all else. A champion's side is there whole or not at all.
 */
export function checkMetrics({ comparisons }: JudgementEvidence): readonly Finding[] {
  return comparisons.flatMap(({ against, metrics }) =>
    metrics.flatMap((metric) => {
      const because = faultOf(metric, against);
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
  // A gate reads which side is better from the result: turned, a loss would be a gain.
  const direction = directionOf(metric.metric);
  if (direction !== null && metric.higherIsBetter !== (direction === 'higher'))
    return `it says that ${metric.higherIsBetter ? 'higher' : 'lower'} values are better`;
  const compared = champion !== null && difference !== null;
  const empty = [champion, difference, differenceInterval, standardError, pWorse, pBetter].every(
    (value) => value === null,
  );
  if (against === null && !empty) return 'it has a champion where none was compared';
  // The champion may have no value of a metric: its gates then fail. Half a comparison is no honest one.
  if (against !== null && !compared && !empty) return 'it has no champion to compare with';
  return null;
}
