import type { Scorer } from '../config/custom-metric.ts';
import type { Metric } from './metric.ts';
import { defineRowMean } from './row-mean-metric.ts';
import { refuseMetric } from './undefined-metric.ts';

/** Mean over examples of one column of the team's own scorers. @param name as in results: `score:helpful` */
export function makeScorerMean(name: string, { name: column, higherIsBetter, range }: Scorer): Metric {
  return defineRowMean({
    name,
    tasks: ['scored-examples'],
    higherIsBetter,
    range: [range.min, range.max],
    rowValues: ({ predicted, rows }) => {
      const values = predicted.kind === 'columns' ? predicted.columns.get(column) : undefined;
      if (values?.length !== rows)
        throw refuseMetric(name, `a number in the column "${column}" for each row`);
      return values;
    },
  });
}
