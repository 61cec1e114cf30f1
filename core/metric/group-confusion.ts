import { readBinary } from './binary-sample.ts';
import type { Pass, PassWeights } from './metric-pass.ts';
import type { Sample } from './sample.ts';
import { refuseMetric } from './undefined-metric.ts';

/** Which group each row belongs to. */
export interface RowGroups {
  readonly names: readonly string[];
  /** One a row: index into `names`. */
  readonly values: Uint16Array;
}

/** A confusion matrix a group: sums of weights at `group * 4 + label * 2 + predicted`. */
export interface GroupConfusion extends Pass {
  readonly groups: number;
  readonly sums: Float64Array;
}

/** @throws InputError METRIC_UNDEFINED also when the groups are not one a row of this sample */
export function makeGroupConfusion(sample: Sample, groups: RowGroups, name: string): GroupConfusion {
  const { labels, scores } = readBinary(sample, name);
  if (groups.values.length !== sample.rows)
    throw refuseMetric(name, `a group for each of ${sample.rows} rows`);
  const cells = new Uint32Array(sample.rows);
  for (let row = 0; row < cells.length; row++) {
    const group = groups.values[row] as number;
    if (group >= groups.names.length) throw refuseMetric(name, 'a group with a name for each row');
    cells[row] =
      group * 4 + (labels[row] as number) * 2 + ((scores[row] as number) >= sample.threshold ? 1 : 0);
  }
  const sums = new Float64Array(groups.names.length * 4);
  return { groups: groups.names.length, sums, run: (weights) => addByCell(cells, weights, sums) };
}

function addByCell(cells: Uint32Array, weights: PassWeights, sums: Float64Array): void {
  sums.fill(0);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] as number;
    sums[cell] = (sums[cell] as number) + (weights[row] as number);
  }
}
