import type { WrittenGate } from './gate-schema.ts';
import type { Gate } from './policy.ts';

/** 2 % of the champion's value. */
const presetMargin = 0.02;

/**
 * Reads one written gate. What MLflow compares by two keys at once is two gates here.
 *
 * MLflow's names mean: `threshold`, a value of at least this where greater is better, else of at most this, so `min` or
 * `max`. `min_absolute_change` a: at least the baseline's value and a, so `versus: better, margin: a`.
 * `min_relative_change` r: at least the baseline's value times 1 + r, so `margin: r, relative: true`. MLflow compares
 * two numbers and lets equality pass; here the whole 95 % interval of the difference must lie beyond the margin, which
 * is stricter. Of a champion at 0 both take a relative change for "better".
 * @returns one gate, or two; keys that are absent stay absent: an undefined field has no canonical JSON
 * @see https://mlflow.org/docs/latest/api_reference/_modules/mlflow/models/evaluation/validation.html
 */
export function toGates(written: WrittenGate): readonly [Gate, ...Gate[]] {
  const { metric, by, slice, set, grade } = written;
  const named = { metric, ...present({ by, slice, set }) };
  const graded = present({ grade });
  const comparisons = comparisonsOf(written);
  const { min, max, at, ratio, slices, drop } = written;
  const own = present({ ...limitsOf(written.threshold, greaterIsBetter(written)), ...present({ min, max }) });
  const first = {
    ...named,
    ...own,
    ...present({ at }),
    ...comparisons[0],
    ...present({ ratio, slices, drop }),
  };
  const rest = comparisons.slice(1).map((comparison): Gate => ({ ...named, ...comparison, ...graded }));
  return [{ ...first, ...graded }, ...rest];
}

/** Reads a list of gates. What one of them has too much stands at the end: place in the file is place in the list. */
export function toGateList(written: readonly WrittenGate[]): readonly Gate[] {
  const all = written.map(toGates);
  return [...all.map(([first]) => first), ...all.flatMap(([, ...rest]) => rest)];
}

type Comparison = Pick<Gate, 'versus' | 'margin' | 'relative'>;

const greaterIsBetter = (written: WrittenGate): boolean | undefined =>
  written['greater-is-better'] ?? written.greater_is_better;

function limitsOf(threshold: number | undefined, greater: boolean | undefined): Pick<Gate, 'min' | 'max'> {
  if (threshold === undefined) return {};
  return greater === true ? { min: threshold } : { max: threshold };
}

function comparisonsOf(written: WrittenGate): readonly Comparison[] {
  const { versus, margin } = written;
  const absolute = written['min-absolute-change'] ?? written.min_absolute_change;
  const relative = written['min-relative-change'] ?? written.min_relative_change;
  const share = (of: number): Comparison => ({ versus: 'better', margin: of, relative: true });
  return [
    ...(versus === undefined
      ? []
      : [present({ versus, margin, relative: written.relative === true ? (true as const) : undefined })]),
    ...(written.preset === undefined ? [] : [share(presetMargin)]),
    ...(absolute === undefined ? [] : [{ versus: 'better', margin: absolute } as const]),
    ...(relative === undefined ? [] : [share(relative)]),
  ];
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the keys whose value is undefined. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
