import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFloor, resolveModel } from './floor.ts';
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
