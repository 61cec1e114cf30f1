import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { behaviourKinds } from '../../core/config/behaviour.ts';
import { parseBehaviour } from '../../core/config/behaviour-file.ts';
import { behaviourSuiteSchema } from '../../core/config/behaviour-schema.ts';
import { thresholdGoals } from '../../core/config/decision.ts';
import { gateSchema } from '../../core/config/gate-schema.ts';
import { directionOf, fairnessNames, measuredNames, metricForms } from '../../core/config/metric-form.ts';
import { checkMetricName, parseMetricName } from '../../core/config/metric-name.ts';
import { type ModelConfig, type Task, tasks } from '../../core/config/model.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { truthColumnsOf } from '../../core/evaluation/held-out-rows.ts';
import { shapeOf } from '../../core/evaluation/predicted-shape.ts';
import { readPredicted } from '../../core/evaluation/read-predicted.ts';
import { readTruth } from '../../core/evaluation/read-truth.ts';
import { findMetric } from '../../core/metric/metric-table.ts';
import { fencesOf } from './markdown.ts';

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'guides', 'judging.md'), 'utf8');

type Fields = Readonly<Record<string, unknown>>;

/** An example of the guide: its first line says which file it is a part of. */
const examples = fencesOf(guide)
  .filter(({ language }) => language === 'yaml')
  .map(({ text }) => {
    const [, path = ''] = /^# (\S+)\n/.exec(text) ?? [];
    const [, model = null] = /^models\/(.+)\/(?:model|behaviour)\.yml$/.exec(path) ?? [];
    const fields = load(text) as Fields;
    return { path, model, text, fields, keys: Object.keys(fields) };
  });
const ofModels = examples.filter(({ path }) => path.endsWith('/model.yml'));

const usual: Readonly<Record<Task, { readonly metric: string; readonly column: string }>> = {
  'binary-classification': { metric: 'auc', column: 'late' },
  'multiclass-classification': { metric: 'accuracy', column: 'arrival' },
  regression: { metric: 'mae', column: 'minutes' },
  ranking: { metric: 'mrr', column: 'relevance' },
  'scored-examples': { metric: 'score:helpful', column: 'none' },
};

/** What the guide says of the task of a model; without an example of its own it has two classes. */
function frameOf(model: string): Fields {
  const own = ofModels.find((example) => example.model === model && 'task' in example.fields)?.fields;
  const task = (own?.task ?? 'binary-classification') as Task;
  const { metric, column } = usual[task];
  return merge(
    {
      version: 1,
      description: 'd',
      limitations: 'l',
      owners: { users: ['omar'] },
      risk: 'limited',
      datasets: ['flights'],
      paths: ['models/**'],
      train: { command: 'train', artifact: 'out/model' },
      predict: { command: 'predict' },
      'held-out': {
        features: 'rows.csv',
        key: 'row',
        labels: { url: 'https://labels.example/l.csv', audience: 'a', sha256: '0'.repeat(64), column },
      },
      gates: [{ metric, max: 1 }],
    },
    own ?? {},
  );
}

/** Maps are joined key by key; of anything else the second stands. */
function merge(under: Fields, over: Fields): Fields {
  const isMap = (value: unknown): value is Fields =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const joined = Object.entries(over).map(([key, value]) => {
    const before = under[key];
    return [key, isMap(before) && isMap(value) ? merge(before, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(joined) };
}

const parseModel = (model: string, fields: Fields): ModelConfig =>
  parseModelConfig(dump(merge(frameOf(model), fields)), `models/${model}/model.yml`, model);

const policyFrame: Fields = {
  version: 1,
  preset: 'small-team',
  roles: { reviewer: { users: ['rita'] }, governor: { users: ['ada'] } },
  store: 'https://models.example/store',
  data: 'https://models.example/dvc',
  trusted: { repository: 'acme/gatehouse', shas: ['0'.repeat(40)] },
};

const modelOfTask = (task: Task): string =>
  ofModels.find(({ fields }) => fields.task === task)?.model ?? 'flight-delay';

/** Rows of the tables under a heading, cell by cell; what stands between backticks in the first. */
function tableOf(heading: string): readonly (readonly string[])[] {
  const [, rest = ''] = guide.split(`\n${heading}\n`);
  const [part = ''] = rest.split(/\n#{2,3} /);
  return part
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
}

const codes = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

describe('examples of the guide to judging', () => {
  it('say which file they are of', () => {
    expect(examples.length).toBeGreaterThan(18);
    for (const { path, text } of examples)
      expect(path, text).toMatch(/^models\/[a-z-]+\/(?:model|behaviour)\.yml$|^\.github\/gatehouse\.yml$/);
  });

  it.each(ofModels)('$path, $keys', ({ model, text, fields }) => {
    const read = parseModel(model ?? '', fields);
    for (const key of Object.keys(fields)) expect(text).toContain(key);
    expect(read.gates.length).toBeGreaterThan(0);
  });

  it('of a policy can be read', () => {
    const policies = examples.filter(({ path }) => path === '.github/gatehouse.yml');
    expect(policies.length).toBeGreaterThan(0);
    for (const { fields } of policies) {
      const policy = parsePolicy(dump(merge(policyFrame, fields)), '.github/gatehouse.yml');
      expect(policy.defaults.heldOutBudget).toBe(50);
    }
  });

  it('of suites can be read, and show every kind of group but those that ask for nothing', () => {
    const suites = examples.filter(({ path }) => path.endsWith('/behaviour.yml'));
    const kinds = suites.flatMap(({ model, path, text }) =>
      parseBehaviour(text, path, parseModel(model ?? '', {})).groups.map(({ kind }) => kind),
    );
    expect(new Set(kinds)).toEqual(
      new Set(behaviourKinds.filter((kind) => kind !== 'conflicting' && kind !== 'adversarial')),
    );
  });

  it('of gates in a sentence or a table are gates', () => {
    const inline = codes(guide).filter((code) => code.startsWith('{ metric:'));
    expect(inline.length).toBeGreaterThan(15);
    for (const code of inline) {
      const gate = load(code) as { readonly metric: string };
      const task = tasks.find((each) => checkMetricName(gate.metric, { task: each }) === null);
      expect(task, code).toBeDefined();
      expect(() => parseModel(modelOfTask(task as Task), { gates: [gate] }), code).not.toThrow();
    }
  });
});

describe('tables of the guide to judging', () => {
  const headings: Readonly<Record<string, Task | null>> = {
    '### Binary classification': 'binary-classification',
    '### Multiclass classification': 'multiclass-classification',
    '### Regression': 'regression',
    '### Ranking': 'ranking',
    '### Scored examples': 'scored-examples',
    '### Between groups': 'binary-classification',
    '### Measured': null,
  };
  const rows = Object.entries(headings).flatMap(([heading, task]) =>
    tableOf(heading).map(([names = '', better = '', what = '']) => ({
      heading,
      task,
      names: codes(names),
      better,
      what,
    })),
  );

  it.each(rows)('$heading: $names', ({ task, names, better, what }) => {
    for (const name of names) {
      expect(checkMetricName(name, { task })).toBeNull();
      const computed = task === null ? null : findMetric(name, { task });
      const known = computed === null ? null : computed.higherIsBetter ? 'higher' : 'lower';
      const direction = directionOf(name);
      if (name.startsWith('score:')) expect(better).toBe('declared');
      else expect(better).toBe(direction ?? known);
    }
    expect(what).not.toBe('');
  });

  it.each(Object.entries(metricForms))('leave out no metric of %s', (task, forms) => {
    const named = rows.filter((row) => row.task === task).flatMap(({ names }) => names);
    const found = named.flatMap((name) => {
      const parsed = parseMetricName(name);
      return parsed === null ? [] : [`${parsed.base}${parsed.of === null ? '' : ':'}`];
    });
    for (const { base, of } of forms) expect(found).toContain(`${base}${of === undefined ? '' : ':'}`);
  });

  it('leave out no gap between groups and nothing that is measured', () => {
    const named = rows.flatMap(({ names }) => names);
    expect(named).toEqual(expect.arrayContaining([...fairnessNames, ...measuredNames]));
  });

  const shapes = tableOf('## Tasks: what predictions and labels look like');

  it('show every task', () => {
    expect(shapes.map(([task = '']) => codes(task)[0])).toEqual([...tasks]);
  });

  it.each(shapes)(
    '%s: predictions and labels are read as they are shown',
    (task, csv = '', json = '', labels = '') => {
      const name = codes(task ?? '')[0] as Task;
      const config = parseModel(modelOfTask(name), {});
      const shown = codes(csv);
      for (let at = 0; at < shown.length; at += 2) {
        const table = `${shown[at]}\n${shown[at + 1]}\n`;
        expect(readPredicted(table, 'predictions.csv', shapeOf(config)).keys, table).toEqual(['1']);
      }
      for (const line of codes(json))
        expect(readPredicted(`${line}\n`, 'predictions.csv', shapeOf(config)).keys, line).toEqual(['1']);
      const [header, row] = codes(labels);
      expect(readTruth(`${header}\n${row}\n`, truthColumnsOf(config), name).keys).toEqual(['1']);
    },
  );

  it('name every kind of a suite, every expectation, every key of a gate and every goal of a threshold', () => {
    const all = new Set(codes(guide).flatMap((code) => code.match(/[\w-]+/g) ?? []));
    for (const name of [...behaviourKinds, ...expectationKeys(), ...gateKeys(), ...thresholdGoals])
      expect([...all]).toContain(name);
  });
});

/** Keys as the schema has them; MLflow's spelling with "_" is said once for all. */
const gateKeys = (): readonly string[] =>
  Object.keys(propertiesOf(z.toJSONSchema(gateSchema, { io: 'input' }))).filter((key) => !key.includes('_'));

function expectationKeys(): readonly string[] {
  const schema = z.toJSONSchema(behaviourSuiteSchema, { io: 'input' });
  const found: string[][] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (key === 'expect') found.push(Object.keys(propertiesOf(value)));
    for (const [name, below] of Object.entries(value)) visit(below, name);
  };
  visit(schema, '');
  return found.flat();
}

const propertiesOf = (schema: object): object =>
  'properties' in schema ? (schema.properties as object) : {};
