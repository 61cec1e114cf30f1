import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { parseExpression } from './expression-parser.ts';
import type { Task } from './model.ts';
import { parseModelConfig } from './model-file.ts';

const base = `version: 1
description: d
owners: { users: [omar] }
risk: limited
limitations: l
datasets: [flights]
paths: [m/**]
train: { command: t, artifact: out/m }
predict: { command: p }
`;
const heldOut = (labels = '', rest = ''): string =>
  `held-out: { features: f.csv, key: row, labels: { url: https://l.example, audience: a, sha256: ${'a'.repeat(64)}, column: late${labels} }${rest} }\n`;
const usual: Readonly<Record<Task, string>> = {
  'binary-classification': 'auc',
  'multiclass-classification': 'accuracy',
  regression: 'rmse',
  ranking: 'ndcg@10',
  'scored-examples': 'score:help',
};

interface Written {
  readonly task?: Task;
  readonly rows?: string;
  readonly rest?: string;
}
const textOf = ({ task = 'binary-classification', rows = heldOut(), rest = '' }: Written): string =>
  `${base}${rows}task: ${task}\ngates: [{ metric: "${usual[task]}", max: 3 }]\n${rest}`;
const read = (written: Written) => parseModelConfig(textOf(written), 'models/m/model.yml', 'm');
const findings = (written: Written): readonly Finding[] => {
  try {
    read(written);
  } catch (error) {
    if (error instanceof InputError) return error.findings;
    throw error;
  }
  throw new Error('nothing was refused');
};
const expression = (text: string) => {
  const parsed = parseExpression(text);
  if (parsed.kind === 'fault') throw new Error(parsed.fault.message);
  return parsed.expression;
};

const classes = 'prediction: { classes: [early, late, "2"], sum-to-one: 0.001 }';
const scorers = 'scorers: [{ name: help, higher-is-better: true }]';
const full = `decision: { choose: f1 }
metrics: [{ name: profit, expression: "(10 * tp - fp) / rows - \`log-loss\`", higher-is-better: true }]
slices:
  declared:
    - { column: carrier, values: [AA, 7] }
    - { column: distance, edges: [500, 1000] }
    - { name: night flights, where: "hour < 6 or hour >= 22" }
    - { column: month }
  pairs: true
  search: {}
  metrics: [auc, profit]
explain: { permutation: { columns: [hour], rows: 500 } }
noise-floor: { auc: 0.003, profit: 0.1 }
criteria:
  metric: missed connections
  baseline: 4,100 a month
  improvement: 5 % fewer
  method: before and after
  window-days: 90
  business-owner: { users: [bea] }
  technical-owner: { teams: [acme/ml] }
`;

describe('what model.yml says of judging', () => {
  it('is absent where nothing is said', () => {
    const keys = Object.keys(read({}));
    for (const key of 'decision prediction metrics scorers slices explain latency noiseFloor criteria'.split(
      ' ',
    )) {
      expect(keys).not.toContain(key);
    }
    expect(Object.keys(read({}).heldOut)).toEqual(['features', 'key', 'labels']);
    expect(Object.keys(read({}).heldOut.labels)).toEqual(['url', 'audience', 'sha256', 'column']);
  });

  it('is read in full', () => {
    const rows = heldOut(
      ', weight: fare, group: flight',
      ', validation: { features: v.csv, labels: vl.csv }',
    );
    expect(read({ rows, rest: full })).toMatchObject({
      heldOut: {
        labels: { column: 'late', weight: 'fare', group: 'flight' },
        validation: { features: 'v.csv', labels: 'vl.csv' },
      },
      decision: { choose: 'f1' },
      metrics: [
        {
          name: 'profit',
          expression: expression('(10 * tp - fp) / rows - `log-loss`'),
          higherIsBetter: true,
        },
      ],
      slices: {
        declared: [
          { kind: 'values', column: 'carrier', values: ['AA', '7'] },
          { kind: 'edges', column: 'distance', edges: [500, 1000] },
          { kind: 'where', name: 'night flights', where: expression('hour < 6 or hour >= 22') },
          { kind: 'values', column: 'month', values: null },
        ],
        pairs: true,
        search: { columns: 'all', minimumRows: 200 },
        minimumRows: 100,
        metrics: ['auc', 'profit'],
      },
      explain: { permutation: { columns: ['hour'], repeats: 1, rows: 500, seed: 1 } },
      noiseFloor: { auc: 0.003, profit: 0.1 },
      criteria: {
        metric: 'missed connections',
        windowDays: 90,
        businessOwner: { users: ['bea'], teams: [] },
        technicalOwner: { users: [], teams: ['acme/ml'] },
      },
    });
    expect(read({ rest: 'decision: { threshold: 0.37 }' }).decision).toEqual({ threshold: 0.37 });
    expect(read({ rest: 'explain: { attributions: out/shap.csv }' }).explain).toEqual({
      attributions: 'out/shap.csv',
    });
  });

  it('of scored examples names no label column, and every other task names one', () => {
    const rows = heldOut().replace(', column: late', '');
    expect(read({ task: 'scored-examples', rows, rest: scorers }).heldOut.labels).not.toHaveProperty(
      'column',
    );
    const grouped = heldOut(', group: user').replace(', column: late', '');
    expect(read({ task: 'scored-examples', rows: grouped, rest: scorers }).heldOut.labels.group).toBe('user');
    expect(findings({ rows })).toMatchObject([
      { code: 'config/missing-key', message: 'the key "column" is missing in held-out.labels' },
    ]);
  });

  it.each<[Task, string, string]>([
    ['multiclass-classification', heldOut(), classes],
    [
      'regression',
      heldOut(),
      'prediction: { range: { min: 0 }, interval: { low: lo, high: hi }, quantiles: [{ quantile: 0.1, column: q10 }, { quantile: 0.9, column: q90 }], consumers: [{ name: crew, users: [cleo] }] }',
    ],
    ['ranking', heldOut(', group: query'), ''],
    ['scored-examples', heldOut(), scorers],
  ])('fits the task %s', (task, rows, rest) => {
    expect(read({ task, rows, rest }).task).toBe(task);
    if (task === 'regression') {
      expect(read({ task, rows, rest }).prediction).toEqual({
        range: { min: 0 },
        interval: { low: 'lo', high: 'hi' },
        quantiles: [
          { quantile: 0.1, column: 'q10' },
          { quantile: 0.9, column: 'q90' },
        ],
        consumers: [{ name: 'crew', users: ['cleo'], teams: [] }],
      });
    }
  });

  it.each<[Written, string, string]>([
    [{ task: 'multiclass-classification' }, '', 'prediction: { classes'],
    [
      { task: 'multiclass-classification', rest: 'prediction: {}' },
      '/prediction',
      'in the order of their columns',
    ],
    [{ rest: 'prediction: { classes: [a, b] }' }, '/prediction/classes', 'no classes'],
    [{ rest: 'prediction: { interval: { low: a, high: b } }' }, '/prediction/interval', 'only regression'],
    [{ rest: 'prediction: { range: { min: 1, max: 0 } }' }, '/prediction/range', '"min" below "max"'],
    [{ rest: 'prediction: { range: {} }' }, '/prediction/range', 'at least one of'],
    [{ rest: 'prediction: { consumers: [{ name: crew }] }' }, '/prediction/consumers/0', 'at least one user'],
    [{ task: 'scored-examples' }, '', 'the columns of your scorers'],
    [{ rest: scorers }, '/scorers', 'only scored-examples'],
    [{ task: 'ranking' }, '/held-out/labels', 'query'],
    [{ task: 'regression', rest: 'decision: { threshold: 0.5 }' }, '/decision', 'only binary'],
    [{ rest: 'decision: { choose: f1 }' }, '/decision/choose', 'held-out.validation'],
    [{ rest: 'decision: { choose: f1, threshold: 0.5 }' }, '/decision', 'one of "threshold" and "choose"'],
    [{ rest: 'decision: { threshold: 1.5 }' }, '/decision/threshold', '0 to 1'],
    [{ rows: heldOut(', weight: late') }, '/held-out/labels/weight', 'of its own'],
    [{ rest: 'explain: { permutation: { columns: [row] } }' }, '/explain/permutation/columns', 'names a row'],
    [{ rest: 'explain: {}' }, '/explain', 'one of "permutation"'],
    [{ rest: 'noise-floor: { rmse: 1 }' }, '/noise-floor/rmse', 'auc'],
    [{ rest: 'noise-floor: { auc: 0 }' }, '/noise-floor/auc', 'above 0'],
    [{ rest: 'slices: { declared: [{ column: row }] }' }, '/slices/declared/0', 'a feature column'],
    [
      { rest: 'slices: { declared: [{ name: x, where: "row > 1" }] }' },
      '/slices/declared/0',
      'a feature column',
    ],
    [{ rest: 'slices: { search: { columns: [row] } }' }, '/slices/search/columns', 'a feature column'],
    [{ rest: 'slices: {}' }, '/slices', 'at least one declared slice'],
    [{ rest: 'slices: { declared: [{ column: a }], pairs: true }' }, '/slices/pairs', 'two declared'],
    [
      { rest: 'slices: { declared: [{ column: a }, { column: a, edges: [1] }] }' },
      '/slices/declared/1',
      'once',
    ],
    [
      { rest: 'slices: { declared: [{ column: a, edges: [2, 1] }] }' },
      '/slices/declared/0/edges',
      'ascending',
    ],
    [{ rest: 'slices: { declared: [{ where: "a > 1" }] }' }, '/slices/declared/0', '"name" exactly where'],
    [
      { rest: 'slices: { declared: [{ name: "a=1", where: "a > 1" }] }' },
      '/slices/declared/0/name',
      'without "="',
    ],
    [
      { rest: 'slices: { declared: [{ name: x, where: "1 + 1" }] }' },
      '/slices/declared/0/where',
      'a condition',
    ],
    [{ rest: 'slices: { declared: [{ name: x, where: "a >" }] }' }, '/slices/declared/0/where', 'a column'],
    [{ rest: 'slices: { declared: [{ column: a }], metrics: [rmse] }' }, '/slices/metrics/0', 'auc'],
    [{ rest: 'criteria: { metric: m }' }, '/criteria', '"baseline" is required'],
  ])('%j is refused at %s: %s', (written, pointer, allowed) => {
    const all = findings(written);
    const found = all.filter(({ where }) => (where?.pointer ?? '') === pointer);
    expect(found.map((each) => each.allowed).join('\n'), JSON.stringify(all)).toContain(allowed);
  });
});

describe('says in words what is wrong', () => {
  const said = (text: string) => {
    try {
      parseModelConfig(text, 'models/m/model.yml', 'm');
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return error.findings.map(({ message, fix }) => `${message} | ${fix}`);
    }
    return [];
  };
  const plain = textOf({});
  const edges = (list: string) => textOf({ rest: `slices: { declared: [{ column: a, edges: ${list} }] }` });

  it.each([
    [
      plain.replace(', max: 3', ''),
      'gates[0] asks for nothing | Add min, max, versus, ratio, slices, drop or preset.',
    ],
    [
      plain.replace('max: 3', 'minimum: 3'),
      'unknown key "minimum" in gates[0]. Did you mean "min"? | Write "min" instead of "minimum".',
    ],
    [
      plain.replace('owners: { users: [omar] }', 'owners: ["@omar", acme/ml]'),
      'owners is a list of 2, but a map of keys is needed | Write owners: { users: [omar], teams: [acme/ml] }.',
    ],
    [
      plain.replace('owners: { users: [omar] }', 'owners: omar'),
      'owners is the text "omar", but a map of keys is needed | Write owners: { users: [omar] }.',
    ],
    [
      textOf({ rest: 'decision: { choose: f1 }' }),
      'decision.choose needs held-out.validation: the rows on which the threshold is chosen | Add validation: { features: valid.csv, labels: valid-labels.csv } to held-out.',
    ],
    [
      edges('[1, 1000, 500]'),
      'slices.declared[0].edges must rise: 1000 stands before 500 | Write numbers ascending.',
    ],
    [
      plain.replace('auc', 'disparate-impact-ratio'),
      'gates[0] needs "by": the column of the groups, since this metric compares groups | Write "by": the column of the groups, since this metric compares groups.',
    ],
  ])('%#', (text, message) => {
    expect(said(text)).toEqual([message]);
  });

  it('points at the key that asks for more', () => {
    expect(findings({ rest: 'decision: { choose: f1 }' })[0]?.where).toMatchObject({ line: 13, column: 13 });
  });
});

describe('metrics of a team’s own', () => {
  const metric = (text: string, name = 'profit'): Written => ({
    rest: `metrics: [{ name: ${name}, expression: ${JSON.stringify(text)}, higher-is-better: true }]`,
  });

  it.each(['tp', 'abs(tp - fn) / rows', '`f-beta@2` * -1', '1 - accuracy'])('takes %s', (text) => {
    expect(read(metric(text)).metrics).toHaveLength(1);
  });

  it.each([
    ['1 + 1', 'a metric or one of rows, tp'],
    ['tp > 3', 'numbers, names'],
    ["'tp'", 'numbers, names'],
    ['lower(tp)', 'abs'],
    ['log-loss', 'in backticks'],
    ['acuracy', '`accuracy`'],
    ['tp +', 'a column'],
    ['`latency-p99` / rows', 'that the judge computes'],
    ['`disparate-impact-ratio`', 'that the judge computes'],
    ['profit', 'another metric of the task'],
    ['late', 'another metric of the task'],
  ])('refuses %s: %s', (text, allowed) => {
    const [finding] = findings(metric(text));
    expect(finding).toMatchObject({ code: 'config/expression', where: { pointer: '/metrics/0/expression' } });
    expect(finding?.allowed).toContain(allowed);
  });

  it('have names and directions of their own', () => {
    expect(findings(metric('tp', 'auc'))[0]?.message).toContain('exists already');
    expect(findings({ rest: 'metrics: [{ name: profit, expression: tp }]' })[0]?.allowed).toContain(
      'required',
    );
    const counted = findings({ task: 'regression', rest: metric('tp').rest ?? '' });
    expect(counted[0]?.allowed).toContain('two classes');
    expect(read({ task: 'regression', rest: metric('mae / rows').rest ?? '' }).metrics).toHaveLength(1);
  });
});
