import { describe, expect, it } from 'vitest';
import { parseModelConfig } from './model-file.ts';
import { makeTrain } from './train.fixture.ts';
import { toTrain } from './train-file.ts';
import { trainSchema } from './train-schema.ts';

const model = (search: string, metrics = 'metrics: out/metrics.json') => `version: 1
task: binary-classification
description: x
limitations: x
owners: { users: [omar] }
risk: limited
datasets: [flights]
paths: [models/m/**]
train:
  command: node train.mjs
  artifact: out/model.json
  ${metrics}
  search:
${search.replace(/^/gm, '    ')}
predict: { command: x }
held-out:
  features: data/held.csv
  key: row
  labels: { url: https://labels.test/x, audience: x, sha256: ${'a'.repeat(64)}, column: late }
gates: [{ metric: auc, min: 0.6 }]
endpoints: [eu]
feature-version: unknown
fallback: x
`;
const good = `method: tpe
space:
  features: [hour, hour+weekday]
  smoothing: { from: 1, to: 1000, scale: log }
  depth: { from: 2, to: 8, whole: true }
trials: 16
metric: auc
goal: maximize`;
const parse = (search: string, metrics?: string) =>
  parseModelConfig(model(search, metrics), 'models/m/model.yml', 'm').train.search;
const refusal = (search: string, metrics?: string) => {
  try {
    parse(search, metrics);
  } catch (error) {
    return (error as { findings: readonly { where: { pointer: string; line: number }; allowed?: string }[] })
      .findings;
  }
  throw new Error('it was taken');
};

describe('train.search of model.yml', () => {
  it('is read with its defaults, the space in the order of the file', () => {
    expect(parse(good)).toEqual({
      method: 'tpe',
      trials: 16,
      parallel: 4,
      seed: 1,
      metric: 'auc',
      goal: 'maximize',
      space: [
        { kind: 'list', name: 'features', values: ['hour', 'hour+weekday'] },
        { kind: 'range', name: 'smoothing', from: 1, to: 1000, scale: 'log', whole: false },
        { kind: 'range', name: 'depth', from: 2, to: 8, scale: 'linear', whole: true },
      ],
    });
  });

  it('is absent where nothing is searched', () => {
    expect(makeTrain().search).toBeUndefined();
    expect('search' in toTrain(trainSchema.parse({ command: 'x', artifact: 'y' }))).toBe(false);
  });

  it('keeps resource and budget', () => {
    const more = `${good.replace('tpe', 'hyperband')}
resource: { name: epochs, least: 1, most: 27 }
budget: { hours: 2.5 }`;
    expect(parse(more)).toMatchObject({
      resource: { name: 'epochs', least: 1, most: 27, reduction: 3 },
      budget: { hours: 2.5 },
    });
  });

  it.each<readonly [string, string, string, RegExp]>([
    ['a grid larger than trials', grid(16, '{ from: 1, to: 17, whole: true }'), '/trials', /at least 17/],
    ['a grid without end', grid(16, '{ from: 1, to: 2 }'), '/space/a', /step or whole/],
    ['log from 0', good.replace('from: 1,', 'from: 0,'), '/space/smoothing/from', /above 0/],
    [
      'log with a step',
      good.replace('scale: log', 'scale: log, step: 2'),
      '/space/smoothing/step',
      /no step/,
    ],
    ['a range without width', good.replace('to: 1000', 'to: 1'), '/space/smoothing/to', /above from/],
    ['a step back', grid(16, '{ from: 1, to: 2, step: -1 }'), '/space/a/step', /above 0/],
    ['steps without end', grid(16, '{ from: 1, to: 2, step: 1.0e-12 }'), '/space/a/step', /at most 1,000/],
    ['halves of whole numbers', good.replace('to: 8', 'to: 8.5'), '/space/depth/to', /whole number/],
    [
      'no words for a space',
      good.replace('[hour, hour+weekday]', 'hour'),
      '/space/features',
      /a list of values/,
    ],
    ['a value twice', good.replace('hour+weekday', 'hour'), '/space/features', /every value once/],
    ['halving without a resource', good.replace('tpe', 'halving'), '/resource', /required/],
    [
      'a resource that nobody shares out',
      `${good}\nresource: { name: e, least: 1, most: 9 }`,
      '/resource',
      /only halving/,
    ],
    [
      'one rung',
      `${good.replace('tpe', 'halving')}\nresource: { name: e, least: 1, most: 2 }`,
      '/resource/most',
      /at least 3/,
    ],
    ['the worst auc', good.replace('maximize', 'minimize'), '/goal', /maximize/],
    ['a budget of nothing', `${good}\nbudget: {}`, '/budget', /at least one/],
    ['no trial', good.replace('trials: 16', 'trials: 0'), '/trials', /1 to 1000/],
  ])('refuses %s, where it stands', (_, search, pointer, allowed) => {
    const [first] = refusal(search);
    expect(first).toMatchObject({
      where: { pointer: expect.stringContaining(`/train/search${pointer === '/resource' ? '' : pointer}`) },
    });
    expect(first?.where.line).toBeGreaterThan(12);
    expect(first?.allowed ?? '').toMatch(allowed);
  });

  it('refuses a search without the file that holds its metric', () => {
    expect(refusal(good, 'queue-minutes: 5')[0]).toMatchObject({ where: { pointer: '/train' } });
  });

  it('takes a grid with steps that are no exact binary fractions', () => {
    expect(parse(grid(4, '{ from: 0, to: 0.3, step: 0.1 }'))).toBeDefined();
    expect(refusal(grid(3, '{ from: 0, to: 0.3, step: 0.1 }'))[0]?.allowed).toMatch(/at least 4/);
  });
});

function grid(trials: number, a: string): string {
  return `method: grid\nspace: { a: ${a} }\ntrials: ${trials}\nmetric: auc\ngoal: maximize`;
}
