import { writeCount } from '../../core/dataset/wording.ts';
import type { Progress } from '../engine/engine.ts';

/** One line for a log: how far the measuring of a dataset has come. */
export function describeProgress(dataset: string, progress: Progress): string {
  const { rows, totalRows, rowsPerSecond, secondsLeft } = progress;
  const of = totalRows === null ? '' : ` of ${writeCount(totalRows)}`;
  const left = secondsLeft === null ? '' : `, about ${Math.ceil(secondsLeft)} s left`;
  return `${dataset}: ${writeCount(Math.round(rows))}${of} rows, ${writeCount(Math.round(rowsPerSecond))} rows/s${left}`;
}
