import { type ClaimedLeaf, refuseClaimed } from './claimed-metric.ts';
import { toNumber } from './progress-point.ts';

/**
 * The last value of a history as dvclive writes it: columns `step` and the metric, `timestamp` in front where asked for.
 * A last value that is no finite number is none: an older one would say something else.
 * @param name of the metric, path of the file below `plots/metrics` without `.tsv`
 * @see https://dvc.org/doc/dvclive/live/log_metric
 */
export function listDvcliveHistory(name: string, text: string, source: string): readonly ClaimedLeaf[] {
  const [header, ...lines] = linesOf(text);
  const columns = header?.text.split('\t') ?? [];
  if (!columns.includes('step') || columns.length < 2)
    throw refuseClaimed(source, 'it has no columns "step" and the metric, as dvclive writes them', {
      line: 1,
    });
  const last = lines.at(-1);
  const value = last === undefined ? null : toNumber(last.text.split('\t').at(-1)?.trim() ?? '');
  return value === null || last === undefined ? [] : [{ path: [name], value, line: last.number }];
}

/**
 * The value of one metric in MLflow's file store, a line for each: `timestamp value step`. What counts is the value of
 * the greatest step, then of the latest time, then the greatest one, as MLflow has it.
 * @see https://github.com/mlflow/mlflow/blob/v2.14.0/mlflow/store/tracking/file_store.py, _get_metric_from_file
 */
export function listMlflowHistory(name: string, text: string, source: string): readonly ClaimedLeaf[] {
  let last: {
    readonly rank: readonly number[];
    readonly value: number | null;
    readonly line: number;
  } | null = null;
  for (const { text: line, number } of linesOf(text)) {
    const fields = line.split(' ');
    const [time = '', value = '', step = '0'] = fields;
    const [at, count] = [toNumber(time), toNumber(step)];
    if (fields.length < 2 || at === null || count === null)
      throw refuseClaimed(source, 'a line is no "timestamp value step" of MLflow', { line: number });
    const found = toNumber(value);
    const rank = [count, at, found ?? Number.NEGATIVE_INFINITY];
    if (last === null || !isLess(rank, last.rank)) last = { rank, value: found, line: number };
  }
  return last === null || last.value === null ? [] : [{ path: [name], value: last.value, line: last.line }];
}

/**
 * The last line of a table with one line for each epoch, such as YOLO's `results.csv`: header, numbers, blanks around
 * them, no quotes.
 * @see https://docs.ultralytics.com/modes/train/
 */
export function listLastEpoch(text: string, source: string): readonly ClaimedLeaf[] {
  const [header, ...lines] = linesOf(text);
  const names = header?.text.split(',').map((name) => name.trim()) ?? [];
  if (text.includes('"'))
    throw refuseClaimed(source, 'it has quotes; a table of numbers needs none', { line: 1 });
  if (names.length < 2 || names.some((name) => name === '' || toNumber(name) !== null))
    throw refuseClaimed(source, 'its first line does not name the columns', { line: 1 });
  const last = lines.at(-1);
  if (last === undefined) return [];
  const fields = last.text.split(',');
  if (fields.length !== names.length)
    throw refuseClaimed(source, `its last line has ${fields.length} fields, not ${names.length}`, {
      line: last.number,
    });
  return names.flatMap((name, at) => {
    const value = toNumber(fields[at]?.trim() ?? '');
    return value === null ? [] : [{ path: [name], value, line: last.number }];
  });
}

function linesOf(text: string): readonly { readonly text: string; readonly number: number }[] {
  return text
    .split('\n')
    .map((line, at) => ({ text: line.replace(/\r$/, ''), number: at + 1 }))
    .filter((line) => line.text.trim() !== '');
}

const isLess = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((each, index) => each !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};
