import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicableGates, applyFloor, resolveModel } from './floor.ts';
import { parseModelConfig } from './model-file.ts';
import type { Gate, Policy } from './policy.ts';
import { presets } from './preset.ts';

const comparison = { versus: 'not-worse', margin: 0.01 } as const;
const defaults = (...gates: readonly Gate[]): Policy['defaults'] => ({ gates, minimumRows: 100, comparison });
const versus = { metric: 'auc', ...comparison } as const;

/** What a gate list asks of a value and of a lower end of the difference, by brute force. */
const passes = (gates: readonly Gate[], value: number, lead: number): boolean =>
  gates.every(
    (gate) =>
      (gate.min === undefined || value >= gate.min) &&
      (gate.max === undefined || value <= gate.max) &&
      (gate.versus === undefined ||
        (gate.versus === 'better' ? lead > (gate.margin ?? 0) : lead >= -(gate.margin ?? 0))),
  );

describe('applyFloor', () => {
  it('adds a comparison on the first metric where a model has none', () => {
    expect(applyFloor([{ metric: 'log-loss', max: 0.6 }], defaults()).gates).toEqual([
      { metric: 'log-loss', max: 0.6 },
      { metric: 'log-loss', versus: 'not-worse', margin: 0.01 },
    ]);
  });

  it('takes the margin of the policy for "not-worse" without one, and 0 for "better"', () => {
    expect(applyFloor([{ metric: 'auc', versus: 'not-worse' }], defaults()).gates).toEqual([versus]);
    expect(applyFloor([{ metric: 'auc', versus: 'better' }], defaults()).gates).toEqual([
      { metric: 'auc', versus: 'better', margin: 0 },
    ]);
  });

  it.each([
    [{ metric: 'auc', min: 0.5 }, { metric: 'auc', min: 0.6 }, '/gates/0/min'],
    [{ metric: 'brier', max: 0.3 }, { metric: 'brier', max: 0.2 }, '/gates/0/max'],
    [
      { metric: 'auc', versus: 'not-worse', margin: 0.1 },
      { metric: 'auc', versus: 'not-worse', margin: 0.01 },
      '/gates/0/versus',
    ],
    [
      { metric: 'auc', versus: 'not-worse', margin: 0 },
      { metric: 'auc', versus: 'better', margin: 0.01 },
      '/gates/0/versus',
    ],
  ] as const)('%j is below the floor %j: a finding, and the floor holds', (gate, floor, pointer) => {
    const { gates, findings } = applyFloor([gate], defaults(floor), 'models/churn/model.yml');
    expect(findings).toMatchObject([
      { code: 'config/below-floor', severity: 'fail', where: { file: 'models/churn/model.yml', pointer } },
    ]);
    expect(gates).toContainEqual(floor);
  });

  it.each([
    [
      { metric: 'auc', min: 0.7 },
      { metric: 'auc', min: 0.6 },
    ],
    [
      { metric: 'auc', versus: 'better', margin: 0.01 },
      { metric: 'auc', versus: 'not-worse', margin: 0.01 },
    ],
  ] as const)('%j is above the floor %j: nothing is added', (gate, floor) => {
    const { gates, findings } = applyFloor([gate, versus], defaults(floor));
    expect(findings).toEqual([]);
    expect(gates).toEqual([gate, versus]);
  });

  it.each([
    [{ metric: 'recall', min: 0.6 }, { metric: 'recall', min: 0.5, at: 'bound' }, null],
    [{ metric: 'recall', min: 0.4 }, { metric: 'recall', min: 0.5, at: 'bound' }, null],
    [{ metric: 'recall', min: 0.4, at: 'bound' }, { metric: 'recall', min: 0.5 }, null],
    [{ metric: 'recall', min: 0.9, slice: 'a=1' }, { metric: 'recall', min: 0.5 }, null],
    [{ metric: 'recall', min: 0.9 }, { metric: 'recall', min: 0.5, slice: 'a=1' }, null],
    [{ metric: 'recall', min: 0.9 }, { metric: 'recall', min: 0.5, set: 'production-like' }, null],
    [{ metric: 'recall', min: 0.9, grade: 'measured' }, { metric: 'recall', min: 0.5 }, null],
    [{ metric: 'recall', ratio: 0.99 }, { metric: 'recall', versus: 'not-worse', margin: 0.01 }, null],
    [
      { metric: 'recall', versus: 'not-worse', margin: 0.1, relative: true },
      { metric: 'recall', versus: 'not-worse', margin: 0.1 },
      null,
    ],
    [
      { metric: 'auc', versus: 'not-worse', margin: 0.1, relative: true },
      { metric: 'auc', versus: 'better', margin: 0.02, relative: true },
      '/gates/0/versus',
    ],
    [{ metric: 'latency-p99', ratio: 1.2 }, { metric: 'latency-p99', ratio: 1.1 }, '/gates/0/ratio'],
    [{ metric: 'auc', ratio: 0.9 }, { metric: 'auc', ratio: 0.95 }, '/gates/0/ratio'],
    [
      { metric: 'auc', slices: { margin: 0.1 } },
      { metric: 'auc', slices: { margin: 0.05 } },
      '/gates/0/slices',
    ],
    [{ metric: 'auc', drop: 0.1 }, { metric: 'auc', drop: 0.05 }, '/gates/0/drop'],
    [
      { metric: 'disparate-impact-ratio', by: 'age', min: 0.9 },
      { metric: 'disparate-impact-ratio', by: 'sex', min: 0.8 },
      null,
    ],
  ] as const)('%j is not what the floor %j asks: it is added (%s)', (gate, floor, pointer) => {
    const { gates, findings } = applyFloor([gate, versus], defaults(floor));
    expect(gates).toEqual([gate, versus, floor]);
    expect(findings.map(({ where }) => where?.pointer)).toEqual(pointer === null ? [] : [pointer]);
  });

  it.each([
    [
      { metric: 'recall', min: 0.6, at: 'bound' },
      { metric: 'recall', min: 0.5 },
    ],
    [
      { metric: 'latency-p99', ratio: 1.05 },
      { metric: 'latency-p99', ratio: 1.1 },
    ],
    [
      { metric: 'auc', slices: { margin: 0.01 }, drop: 0.01 },
      { metric: 'auc', slices: { margin: 0.05 }, drop: 0.02 },
    ],
    [
      { metric: 'recall', min: 0.9 },
      { metric: 'recall', min: 0.5, grade: 'measured' },
    ],
  ] as const)('%j asks for at least what the floor %j asks', (gate, floor) => {
    expect(applyFloor([gate, versus], defaults(floor))).toEqual({ gates: [gate, versus], findings: [] });
  });

  it('takes no comparison of speed, of groups or of a slice for one of quality', () => {
    const others: readonly Gate[] = [
      { metric: 'latency-p99', versus: 'not-worse', margin: 5 },
      { metric: 'disparate-impact-ratio', by: 'sex', versus: 'not-worse', margin: 0.1 },
      { metric: 'recall', slice: 'a=1', versus: 'not-worse', margin: 0.1 },
      { metric: 'recall', set: 'production-like', versus: 'not-worse', margin: 0.1 },
    ];
    expect(applyFloor(others, defaults()).gates).toEqual([...others, versus]);
    const f1: Gate = { metric: 'f1', min: 0.5 };
    expect(applyFloor([...others, f1], defaults()).gates.at(-1)).toEqual({ ...versus, metric: 'f1' });
  });

  it.each([
    ['binary-classification', 'auc'],
    ['multiclass-classification', 'accuracy'],
    ['regression', 'rmse'],
    ['ranking', 'ndcg@10'],
    ['scored-examples', 'score:helpful'],
  ] as const)('compares a %s by %s when its gates name no quality', (task, metric) => {
    const scorers = [{ name: 'helpful', higherIsBetter: true, range: { min: 0, max: 1 } }];
    const model = { task, scorers, gates: [{ metric: 'latency-p99', max: 50 }] };
    expect(applicableGates(model, defaults()).at(-1)).toEqual({ ...versus, metric });
  });

  it('leaves out floors on metrics that the task does not have, and only those', () => {
    const floors: readonly Gate[] = [
      { metric: 'auc', min: 0.5 },
      { metric: 'latency-p99', max: 50 },
      { metric: 'mae', max: 3 },
    ];
    const gates: readonly Gate[] = [{ metric: 'rmse', versus: 'better', margin: 0 }];
    expect(applicableGates({ task: 'regression', gates }, defaults(...floors))).toEqual([
      ...gates,
      ...floors.slice(1),
    ]);
    expect(applyFloor(gates, defaults(...floors)).gates).toEqual([...gates, ...floors]);
  });

  it('tells gates how far trainings of the same thing lie apart', () => {
    const gates: readonly Gate[] = [
      { metric: 'auc', versus: 'better', margin: 0 },
      { metric: 'auc', versus: 'not-worse', margin: 0 },
      { metric: 'f1', ratio: 1.1 },
      { metric: 'f1', min: 0.5 },
    ];
    const noiseFloor = { auc: 0.003, f1: 0.01 };
    const once = applicableGates({ gates, noiseFloor }, defaults());
    expect(once.map(({ noise }) => noise)).toEqual([0.003, undefined, 0.01, undefined]);
    expect(applicableGates({ gates: once, noiseFloor }, defaults())).toEqual(once);
  });

  const number = fc.integer({ min: 0, max: 10 }).map((value) => value / 10);
  const gate: fc.Arbitrary<Gate> = fc.record(
    {
      metric: fc.constant('auc' as const),
      min: number,
      max: number,
      versus: fc.constantFrom('not-worse' as const, 'better' as const),
      margin: number,
    },
    { requiredKeys: ['metric'] },
  );

  it('law: what passes the result passes the floor and the model, whatever the model wrote', () => {
    fc.assert(
      fc.property(
        fc.array(gate, { maxLength: 4 }),
        fc.array(gate, { maxLength: 4 }),
        number,
        number,
        (own, floor, value, lead) => {
          const { gates } = applyFloor(own, defaults(...floor));
          if (!passes(gates, value, lead - 0.5)) return;
          const fill = (each: Gate): Gate => ({
            ...each,
            margin: each.margin ?? (each.versus === 'not-worse' ? 0.01 : 0),
          });
          expect(passes(floor.map(fill), value, lead - 0.5)).toBe(true);
          expect(passes(own.map(fill), value, lead - 0.5)).toBe(true);
          expect(gates.some((each) => each.versus !== undefined)).toBe(true);
        },
      ),
      { numRuns: 2000, seed: 5 },
    );
  });
});

describe('resolveModel', () => {
  it('gives the model with the gates that apply', () => {
    const text = `version: 1
description: d
owners: { users: [omar] }
risk: limited
limitations: l
datasets: [flights]
paths: [m/**]
train: { command: t, artifact: out/m }
predict: { command: p }
held-out: { features: f.csv, key: row, labels: { url: https://l.example, audience: a, sha256: ${'a'.repeat(64)}, column: y } }
gates: [{ metric: auc, min: 0.4 }]
`;
    const model = parseModelConfig(text, 'models/churn/model.yml', 'churn');
    const policy = { defaults: presets.team.defaults } as Policy;
    const resolved = resolveModel(model, policy);
    expect(resolved.model.gates).toEqual([
      { metric: 'auc', min: 0.4 },
      { metric: 'auc', versus: 'not-worse', margin: 0.005 },
      { metric: 'auc', min: 0.5 },
    ]);
    expect(resolved.findings.map(({ where }) => where?.file)).toEqual(['models/churn/model.yml']);
  });
});
