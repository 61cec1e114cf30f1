import { checkGates, checkMetric } from './gate-check.ts';
import type { MetricScope } from './metric-name.ts';
import type { WrittenModel } from './model-schema.ts';
import type { Path } from './position.ts';
import type { Problem } from './problem.ts';

/** What one key of model.yml alone does not tell: metrics that the task lacks, keys that belong to another task. */
export function checkJudging(written: WrittenModel): readonly Problem[] {
  const scope: MetricScope = {
    task: written.task,
    custom: (written.metrics ?? []).map(({ name }) => name),
    scorers: (written.scorers ?? []).map(({ name }) => name),
  };
  const sliced = written.slices?.metrics ?? [];
  const floors = Object.keys(written['noise-floor'] ?? {});
  return [
    ...checkGates(written.gates, ['gates'], scope),
    ...sliced.flatMap((metric, at) => checkMetric(metric, ['slices', 'metrics', at], scope)),
    ...floors.flatMap((metric) => checkMetric(metric, ['noise-floor', metric], scope)),
    ...checkTask(written),
    ...checkPrediction(written),
    ...checkColumns(written),
  ];
}

function checkTask({ task, scorers, decision, 'held-out': heldOut }: WrittenModel): readonly Problem[] {
  const scored = task === 'scored-examples';
  const choosing = decision?.choose !== undefined;
  return [
    ...when(
      scored && scorers === undefined,
      [],
      'scorers',
      'the columns of your scorers: scored examples need them',
    ),
    ...when(
      !scored && scorers !== undefined,
      ['scorers'],
      'scorers',
      'no scorers: only scored-examples has them',
    ),
    ...(!scored && heldOut.labels.column === undefined ? [noColumn] : []),
    ...when(
      task === 'ranking' && heldOut.labels.group === undefined,
      ['held-out', 'labels'],
      'group',
      'the column that names the query of a row: a ranking is judged query by query',
    ),
    ...when(
      decision !== undefined && task !== 'binary-classification',
      ['decision'],
      'decision',
      'no decision: only binary-classification has a threshold',
    ),
    ...(choosing && heldOut.validation === undefined ? [noValidation] : []),
  ];
}

const noColumn: Problem = {
  code: 'config/missing-key',
  message: 'the key "column" is missing in held-out.labels',
  path: ['held-out', 'labels'],
  at: 'key',
  found: 'nothing',
  allowed: '"column" is required: only scored-examples have none',
  fix: 'Add "column: ...": the label column of the file behind held-out.labels.url.',
  missing: 'column',
};

const noValidation: Problem = {
  code: 'config/value',
  message: 'decision.choose needs held-out.validation: the rows on which the threshold is chosen',
  path: ['decision', 'choose'],
  at: 'key',
  allowed: '"threshold", or "choose" beside held-out.validation',
  fix: 'Add validation: { features: valid.csv, labels: valid-labels.csv } to held-out.',
};

function checkPrediction({ task, prediction }: WrittenModel): readonly Problem[] {
  const many = task === 'multiclass-classification';
  const classes = prediction?.classes;
  const only = (key: 'classes' | 'sum-to-one' | 'interval' | 'quantiles', belongs: boolean, to: string) =>
    when(
      !belongs && prediction?.[key] !== undefined,
      ['prediction', key],
      key,
      `no ${key}: only ${to} has it`,
    );
  return [
    ...when(
      many && classes === undefined,
      prediction === undefined ? [] : ['prediction'],
      prediction === undefined ? 'prediction' : 'classes',
      'the classes in the order of their columns: prediction: { classes: [early, on-time, late] }',
    ),
    ...only('classes', many, 'multiclass-classification'),
    ...only('sum-to-one', many, 'multiclass-classification'),
    ...only('interval', task === 'regression', 'regression'),
    ...only('quantiles', task === 'regression', 'regression'),
  ];
}

function checkColumns({ explain, 'held-out': { key, labels } }: WrittenModel): readonly Problem[] {
  const columns = explain?.permutation?.columns ?? [];
  const { column, weight, group } = labels;
  const path = ['held-out', 'labels'];
  return [
    ...when(
      columns.includes(key),
      ['explain', 'permutation', 'columns'],
      'columns',
      `feature columns: "${key}" names a row`,
    ),
    ...when(
      weight !== undefined && (weight === column || weight === key),
      [...path, 'weight'],
      'weight',
      'a column of its own',
    ),
    ...when(
      group !== undefined && (group === column || group === key),
      [...path, 'group'],
      'group',
      'a column of its own',
    ),
  ];
}

function when(wrong: boolean, path: Path, key: string, allowed: string): readonly Problem[] {
  if (!wrong) return [];
  return [
    {
      code: 'config/value',
      message: `"${key}" does not fit the rest of model.yml`,
      path,
      at: 'key',
      allowed,
      fix: `Write ${allowed}.`,
    },
  ];
}
