import { z } from 'zod';
import { columnName, finite } from './field.ts';
import { isFairness } from './metric-form.ts';
import { asksNothing } from './problem.ts';

/** Asks for a champion's value and 2 % of it, as a gate of its own. */
export const gatePresets = ['baseline-plus-2-percent'] as const;

const marginRule = 'a number of 0 or more, in units of the metric';
const positive = (allowed: string) =>
  z.number(allowed).refine((value) => Number.isFinite(value) && value > 0, { error: allowed });
const change = (what: string) => finite.min(0, 'a number of 0 or more').optional().describe(what);
const higher = z.boolean().optional();

const ownKeys = {
  metric: columnName.describe('Name of the metric: auc, f-beta@2, recall:late, latency-p99.'),
  by: columnName.optional().describe('Column of the groups; fairness metrics need it and no other has it.'),
  slice: z
    .string()
    .min(1, 'the name of a slice, for example carrier=AA')
    .max(500, 'the name of a slice, at most 500 characters')
    .optional()
    .describe('Only this slice, by the name it has in the report: carrier=AA. Absent: all rows.'),
  set: z
    .literal('production-like')
    .optional()
    .describe('The rows as production would send them. Absent: the held-out rows.'),
  min: finite.optional().describe('Lowest value that passes.'),
  max: finite.optional().describe('Highest value that passes.'),
  at: z
    .enum(['value', 'bound'])
    .optional()
    .describe('What min and max speak of: the value (so when absent), or the bad end of its 95 % interval.'),
  versus: z
    .enum(['not-worse', 'better'])
    .optional()
    .describe(
      'Compare with the champion on the same held-out rows: not worse than margin, or better by margin.',
    ),
  margin: finite
    .min(0, marginRule)
    .optional()
    .describe('Margin of the comparison, in units of the metric; with relative a share.'),
  relative: z
    .boolean()
    .optional()
    .describe("The margin is a share of the champion's value: 0.02 is 2 % of it."),
  ratio: positive('a number above 0')
    .optional()
    .describe('Challenger divided by champion: at most this, or at least this where higher is better.'),
  slices: z
    .strictObject({ margin: finite.min(0, marginRule).describe('How far a slice may fall.') })
    .optional()
    .describe('No slice falls below the champion by more than the margin.'),
  drop: finite
    .min(0, marginRule)
    .optional()
    .describe('How much worse it may be on the production-like rows than on the held-out ones.'),
  grade: z
    .enum(['judged', 'measured'])
    .optional()
    .describe(
      'Lowest grade of its numbers. Absent: judged, and measured for what can only be measured (latency).',
    ),
  preset: z
    .enum(gatePresets)
    .optional()
    .describe('baseline-plus-2-percent: better than the champion by more than 2 % of its value.'),
};

const foreignKeys = {
  threshold: finite.optional().describe('MLflow: lowest value, or highest where greater is not better.'),
  'min-absolute-change': change('MLflow: better than the champion by this, in units of the metric.'),
  min_absolute_change: change('The same, as MLflow writes it.'),
  'min-relative-change': change("MLflow: better than the champion by this share of the champion's value."),
  min_relative_change: change('The same, as MLflow writes it.'),
  'greater-is-better': higher.describe('MLflow: direction of the metric; threshold needs it.'),
  greater_is_better: higher.describe('The same, as MLflow writes it.'),
};

/**
 * One gate as people write it. The keys of MLflow are taken as `toGates` says.
 * @see https://mlflow.org/docs/latest/api_reference/_modules/mlflow/models/evaluation/validation.html
 */
export const gateSchema = z
  .strictObject({ ...ownKeys, ...foreignKeys })
  .superRefine((gate, context) => {
    for (const { key, allowed } of faultsOf(gate)) {
      const params = allowed === askingRule ? { params: { says: asksNothing } } : {};
      context.addIssue({
        code: 'custom',
        path: key === null ? [] : [key],
        message: allowed,
        input: gate,
        ...params,
      });
    }
  })
  .describe('One gate: a limit on a metric, or a comparison with the champion.');

type Written = Readonly<Partial<Record<keyof typeof ownKeys | keyof typeof foreignKeys, unknown>>> & {
  readonly metric: string;
};

interface Fault {
  readonly key: string | null;
  readonly allowed: string;
}

const asking = ['min', 'max', 'versus', 'ratio', 'slices', 'drop', 'preset', 'threshold'] as const;
const askingRule = 'min, max, versus, ratio, slices, drop or preset';
const changes = [
  ['min-absolute-change', 'min_absolute_change'],
  ['min-relative-change', 'min_relative_change'],
  ['greater-is-better', 'greater_is_better'],
] as const;

/** What one key alone does not tell: a gate that asks for nothing, or for two things at once. */
function faultsOf(gate: Written): readonly Fault[] {
  const has = (...keys: readonly (keyof Written)[]) => keys.some((key) => gate[key] !== undefined);
  const faults: Fault[] = [];
  const when = (wrong: boolean, key: string | null, allowed: string) => {
    if (wrong) faults.push({ key, allowed });
  };
  const changed = has(
    'min-absolute-change',
    'min_absolute_change',
    'min-relative-change',
    'min_relative_change',
  );
  when(!has(...asking) && !changed, null, askingRule);
  when(has('margin') && !has('versus'), 'margin', '"margin" only beside "versus"');
  when(has('relative') && !has('margin'), 'relative', '"relative" only beside "margin"');
  when(has('at') && !has('min', 'max', 'threshold'), 'at', '"at" only beside "min" or "max"');
  when(has('slices') && has('slice', 'set', 'by'), 'slices', '"slices" without "slice", "set" and "by"');
  when(has('drop') && has('set'), 'drop', '"drop" without "set": it speaks of both sets');
  const { min, max } = gate;
  when(
    typeof min === 'number' && typeof max === 'number' && min > max,
    'min',
    '"min" not above "max": nothing could pass',
  );
  const groups = isFairness(gate.metric);
  when(groups && !has('by'), null, '"by": the column of the groups, since this metric compares groups');
  when(!groups && has('by'), 'by', 'no "by": this metric does not compare groups');
  when(has('preset') && (has('versus') || changed), 'preset', '"preset" without another comparison');
  when(changed && has('versus'), 'versus', 'no "versus" beside the changes of MLflow: one comparison a gate');
  for (const [kebab, snake] of changes)
    when(has(kebab) && has(snake), snake, `one of "${kebab}" and "${snake}"`);
  return [...faults, ...thresholdFaults(has, changed)];
}

function thresholdFaults(
  has: (...keys: readonly (keyof Written)[]) => boolean,
  changed: boolean,
): readonly Fault[] {
  const direction = has('greater-is-better', 'greater_is_better');
  return [
    ...(has('threshold') && !direction
      ? [{ key: null, allowed: '"greater-is-better" beside "threshold", or min or max instead' }]
      : []),
    ...(has('threshold') && has('min', 'max')
      ? [{ key: 'threshold', allowed: 'one of "threshold" and "min" or "max"' }]
      : []),
    ...(direction && !has('threshold') && !changed
      ? [{ key: null, allowed: 'a direction only beside "threshold" or a change' }]
      : []),
  ];
}

export type WrittenGate = z.infer<typeof gateSchema>;
