import type { Finding } from '../finding/finding.ts';
import { refusal, rerun } from './disagreement.ts';
import type { JudgementEvidence, MetricResult } from './evidence.ts';

/** Every number of a judgement is finite, graded as judged, and has a champion's side exactly when one was compared. */
export function checkMetrics({ comparisons }: JudgementEvidence): readonly Finding[] {
  return comparisons.flatMap(({ against, metrics }) =>
    metrics.flatMap((metric) => {
      const because = faultOf(metric, against);
      return because === null
        ? []
        : [refusal('metric', `The metric ${metric.metric} is not believed: ${because}`, { fix: rerun })];
    }),
  );
}

function faultOf(metric: MetricResult, against: number | null): string | null {
  const { challenger, challengerInterval, champion, difference, differenceInterval } = metric;
  const numbers = [
    challenger,
    ...(challengerInterval ?? []),
    champion,
    difference,
    ...(differenceInterval ?? []),
  ];
  if (!Number.isFinite(challenger)) return 'its value is not a finite number';
  if (numbers.some((value) => value !== null && !Number.isFinite(value)))
    return 'it has a number that is not finite';
  if (metric.grade !== 'judged') return `it is ${metric.grade}, not judged`;
  if (against === null && (champion !== null || difference !== null || differenceInterval !== null)) {
    return 'it has a champion where none was compared';
  }
  if (against !== null && (champion === null || difference === null))
    return 'it has no champion to compare with';
  return null;
}
