import type { ProgressPoint } from './progress.ts';
import { toNumber, toPoint } from './progress-point.ts';

/** The newest values of a file are those that somebody looks at. */
const maxValues = 10_000;

/** One metric over the steps of a run, in the order of the file. */
export interface Series {
  readonly name: string;
  readonly values: readonly { readonly step: number; readonly value: number }[];
}

/**
 * Reads the history of one metric as dvclive writes it: columns `step` and the metric, with `timestamp` in front where
 * the team asked for it. The header and lines without two numbers are left out, a last line without its end too.
 * @param name of the metric: path of the file below `plots/metrics`, without `.tsv`
 * @see https://dvc.org/doc/dvclive/live/log_metric
 */
export function parseDvcliveSeries(name: string, text: string): Series {
  return toSeries(name, text, '\t', (fields) => [fields.at(-2), fields.at(-1)]);
}

/**
 * Reads the history of one metric in MLflow's file store, a line for each value: `timestamp value step`.
 * MLflow takes two fields as well, which is step 0; what a later version adds behind them is not read.
 * @see https://github.com/mlflow/mlflow/blob/v2.14.0/mlflow/store/tracking/file_store.py, _get_metric_from_line
 */
export function parseMlflowSeries(name: string, text: string): Series {
  return toSeries(name, text, ' ', ([, value, step = '0']) => [step, value]);
}

/** Puts the metrics of one run together, a point for each step. @param at ISO 8601 UTC, when they were read */
export function joinSeries(series: readonly Series[], at: string): readonly ProgressPoint[] {
  const steps = new Map<number, [string, number][]>();
  for (const { name, values } of series) {
    for (const { step, value } of values) {
      const metrics = steps.get(step) ?? [];
      steps.set(step, metrics);
      metrics.push([name, value]);
    }
  }
  return [...steps]
    .sort(([a], [b]) => a - b)
    .flatMap(([step, metrics]) => toPoint({ step, metrics }, at) ?? []);
}

function toSeries(
  name: string,
  text: string,
  separator: string,
  pick: (fields: readonly string[]) => readonly (string | undefined)[],
): Series {
  // What stands behind the last line end is still being written.
  const lines = text.split('\n').slice(0, -1).slice(-maxValues);
  const values = lines.flatMap((line) => {
    const fields = line.replace(/\r$/, '').split(separator);
    const [step, value] = pick(fields).map((field = '') => toNumber(field.trim()));
    return step == null || value == null || fields.length < 2 ? [] : [{ step, value }];
  });
  return { name, values };
}
