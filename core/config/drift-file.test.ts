import { describe, expect, it } from 'vitest';
import type { ColumnRule, ColumnType } from './contract.ts';
import { checkDrift, checkDriftLimits, testsOf, toDriftLimits, toDriftRules } from './drift-file.ts';
import { type ColumnDrift, driftTests } from './drift-rules.ts';
import { driftLimitsSchema, driftSchema } from './drift-schema.ts';
import { parseModelConfig } from './model-file.ts';

const columns: readonly Pick<ColumnRule, 'name' | 'type' | 'privacy'>[] = [
  { name: 'delay', type: 'integer', privacy: 'none' },
  { name: 'carrier', type: 'text', privacy: 'none' },
  { name: 'late', type: 'boolean', privacy: 'none' },
  { name: 'day', type: 'timestamp', privacy: 'none' },
  { name: 'email', type: 'text', privacy: 'personal' },
];
const check = (rules: Record<string, ColumnDrift>, ignore: readonly string[] = []) =>
  checkDrift({ columns: rules, ignore }, columns);

describe('the block drift', () => {
  it('has defaults, whether it is there or not', () => {
    const rules = toDriftRules(driftSchema.parse({}));
    expect(rules).toEqual(toDriftRules(undefined));
    expect(rules).toEqual({
      ...{ reference: { kind: 'champion' }, severity: 'warn', schema: 'warn', minRows: 200, alpha: 0.05 },
      ...{ ignore: [], columns: {} },
    });
  });

  it('is read whole', () => {
    const written = {
      ...{ reference: { profile: 'profiles/flights.json' }, severity: 'fail', schema: 'note' },
      ...{ 'min-rows': 50, alpha: 0.01, ignore: ['row'] },
      columns: { delay: { test: 'psi', limit: 0.1, bins: 10, severity: 'fail' }, carrier: {} },
    };
    expect(toDriftRules(driftSchema.parse(written))).toEqual({
      ...{ reference: { kind: 'profile', path: 'profiles/flights.json' }, severity: 'fail', schema: 'note' },
      ...{ minRows: 50, alpha: 0.01, ignore: ['row'] },
      columns: { delay: { test: 'psi', limit: 0.1, bins: 10, severity: 'fail' }, carrier: {} },
    });
    const file = driftSchema.parse({ reference: { file: 'data/reference.csv' } });
    expect(toDriftRules(file).reference).toEqual({ kind: 'file', path: 'data/reference.csv' });
  });

  it.each([
    { 'min-rows': 1 },
    { 'min-rows': 2.5 },
    { alpha: 0 },
    { alpha: 0.6 },
    { alpha: Number.NaN },
    { columns: { delay: { limit: -0.1 } } },
    { columns: { delay: { limit: Number.NaN } } },
    { columns: { delay: { limit: Number.POSITIVE_INFINITY } } },
    { columns: { delay: { bins: 1 } } },
    { columns: { delay: { bins: 101 } } },
    { columns: { delay: { test: 'anderson' } } },
    { columns: { delay: { threshold: 1 } } },
    { reference: 'yesterday' },
    { reference: { profile: '../other.json' } },
    { reference: { profile: 'a.json', file: 'b.csv' } },
    { severity: 'note' },
    { unknown: 1 },
  ])('refuses %j', (written) => expect(driftSchema.safeParse(written).success).toBe(false));
});

describe('rules that could never be held', () => {
  const types: readonly ColumnType[] = ['integer', 'number', 'text', 'timestamp', 'boolean'];

  it.each(types.flatMap((type) => driftTests.map((test) => [test, type] as const)))(
    '%s on %s',
    (test, type) => {
      const found = checkDrift({ ignore: [], columns: { x: { test } } }, [
        { name: 'x', type, privacy: 'none' },
      ]);
      expect(found.map(({ pointer }) => pointer)).toEqual(
        testsOf(type).includes(test) ? [] : ['/drift/columns/x/test'],
      );
    },
  );

  it('are named with their place and what is allowed', () => {
    expect(check({ carrier: { test: 'ks' } })).toEqual([
      {
        pointer: '/drift/columns/carrier/test',
        message: 'the test ks does not fit the column "carrier", which is text',
        allowed: 'psi, jensen-shannon, kl, chi-square',
      },
    ]);
  });

  it.each<readonly [string, Record<string, ColumnDrift>, readonly string[], readonly string[]]>([
    ['none', { delay: { test: 'psi', limit: 4, bins: 5 }, carrier: { limit: 0.3 } }, ['late'], []],
    [
      'unknown columns',
      { wait: {}, 'a/b~c': {} },
      ['row'],
      ['/drift/ignore/0', '/drift/columns/wait', '/drift/columns/a~1b~0c'],
    ],
    ['private columns', { email: {} }, [], ['/drift/columns/email']],
    ['ignored columns', { delay: {} }, ['delay'], ['/drift/columns/delay']],
    ['times without a test', { day: { severity: 'fail' } }, [], ['/drift/columns/day']],
    ['bins of texts', { carrier: { bins: 5 } }, [], ['/drift/columns/carrier/bins']],
    ['bins of a test without bins', { delay: { test: 'ks', bins: 5 } }, [], ['/drift/columns/delay/bins']],
    [
      'limits above all values',
      { delay: { test: 'ks', limit: 1 }, late: { limit: 1 } },
      [],
      ['/drift/columns/delay/limit', '/drift/columns/late/limit'],
    ],
  ])('%s', (_, rules, ignore, pointers) => {
    expect(check(rules, ignore).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe('limits of a model', () => {
  const model = (extra: string) => `version: 1
description: How likely a flight arrives late.
owners: { users: [omar] }
risk: limited
limitations: Knows nothing of weather.
datasets: [flights]
paths: [models/m/**]
train: { command: node train.mjs, artifact: out/model.json }
predict: { command: node predict.mjs }
held-out:
  features: data/held-out.csv.dvc
  key: row
  labels: { url: https://labels.example/flights, audience: labels, sha256: ${'1'.repeat(64)}, column: late }
gates: [{ metric: auc, min: 0.6 }]
${extra}`;

  it('are read by dataset and column, and absent when there are none', () => {
    const text = model('drift-limits: { flights: { delay: { test: psi, limit: 0.05, severity: fail } } }');
    expect(parseModelConfig(text, 'models/m/model.yml', 'm').driftLimits).toEqual({
      flights: { delay: { test: 'psi', limit: 0.05, severity: 'fail' } },
    });
    expect(parseModelConfig(model(''), 'models/m/model.yml', 'm')).not.toHaveProperty('driftLimits');
    expect(() =>
      parseModelConfig(model('drift-limits: { flights: { delay: { limit: -1 } } }'), 'm.yml', 'm'),
    ).toThrow();
  });

  it('are held against the columns like those of a contract', () => {
    const limits = toDriftLimits(driftLimitsSchema.parse({ flights: { carrier: { test: 'ks' }, wait: {} } }));
    expect(checkDriftLimits('flights', limits.flights ?? {}, columns).map(({ pointer }) => pointer)).toEqual([
      '/drift-limits/flights/carrier/test',
      '/drift-limits/flights/wait',
    ]);
  });
});
