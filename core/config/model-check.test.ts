import { describe, expect, it } from 'vitest';
import { readRepositoryConfig } from './repository.ts';
import { checkValues } from './value-check.ts';

const contract = `version: 1
description: Flights of 2001.
owner: { teams: [acme/data] }
source: Bureau of Transportation Statistics
legal-basis: public data
approved-by: omar
expires: "2030-01-01"
access: ["*"]
files: [data/flights-*.csv.dvc]
rows: { min: 1000 }
columns:
  - { name: delay, type: integer }
  - { name: origin, type: text }
`;
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

const check = (
  extra: string,
  files: readonly (readonly [string, string])[] = [['datasets/flights.yml', contract]],
) => {
  const config = readRepositoryConfig(new Map([['models/m/model.yml', model(extra)], ...files]));
  expect(config.findings).toEqual([]);
  return checkValues(config);
};
const line = (extra: string, text: string) =>
  model(extra)
    .split('\n')
    .findIndex((one) => one.includes(text)) + 1;

describe('what a model says about data', () => {
  it('may be nothing, or what fits', () => {
    expect(check('')).toEqual([]);
    expect(
      check('drift-limits: { flights: { delay: { test: ks, limit: 0.1 }, origin: { limit: 0.2 } } }'),
    ).toEqual([]);
    expect(
      check(
        'production-like: { corruptions: [{ name: lost, kind: missing, columns: [delay], share: 0.1 }] }',
      ),
    ).toEqual([]);
    expect(check('drift-limits: { flights: { wait: {} } }', [])).toEqual([]);
  });

  it('has limits for columns and tests that are there', () => {
    const extra = 'drift-limits:\n  flights:\n    wait: { limit: 0.1 }\n    origin: { test: ks }';
    expect(check(extra)).toMatchObject([
      {
        code: 'config/drift',
        severity: 'fail',
        where: { pointer: '/drift-limits/flights/wait', line: line(extra, 'wait') },
      },
      {
        code: 'config/drift',
        allowed: 'psi, jensen-shannon, kl, chi-square',
        where: { line: line(extra, 'test: ks') },
      },
    ]);
    expect(check('drift-limits: { weather: { delay: {} } }')).toMatchObject([
      {
        code: 'config/drift',
        found: 'weather',
        allowed: 'flights',
        where: { pointer: '/drift-limits/weather' },
      },
    ]);
  });

  it('spoils no key', () => {
    const extra =
      'production-like:\n  corruptions:\n    - { name: cut, kind: truncate, columns: [origin, row], share: 0.1, characters: 2 }';
    expect(check(extra)).toMatchObject([
      { code: 'config/production-like', found: 'row', where: { line: line(extra, 'columns: [origin') } },
    ]);
  });
});

describe('what gates of a model rest on', () => {
  const latency = (rest = '') =>
    `latency: { serve: { command: s }, request: { path: /p }, arrival: { pattern: constant, rate: 5, seconds: 10 }${rest} }`;
  const withGate = (gate: string, extra = '') =>
    readRepositoryConfig(
      new Map([
        ['models/m/model.yml', model(extra).replace('{ metric: auc, min: 0.6 }', `{ ${gate} }`)],
        ['datasets/flights.yml', contract],
      ]),
    );
  const set =
    'production-like: { corruptions: [{ name: lost, kind: missing, columns: [delay], share: 0.1 }] }';

  it.each([
    [
      'metric: auc, slices: { margin: 0.01 }',
      'config/no-slices',
      'slices: { declared: [{ column: origin }] }',
    ],
    ['metric: auc, slice: origin=ABE, min: 0.5', 'config/no-slices', 'slices: { search: {} }'],
    ['metric: auc, drop: 0.02', 'config/no-production-like', set],
    ['metric: auc, set: production-like, min: 0.5', 'config/no-production-like', set],
    ['metric: latency-p99, max: 20', 'config/no-latency', latency()],
    ['metric: throughput, ratio: 0.9', 'config/no-latency', latency()],
    ['metric: cost-per-1000, max: 1', 'config/no-latency', latency(', cost-per-hour: 2')],
  ])('%s: %s without %s', (gate, code, extra) => {
    const bare = withGate(gate);
    expect(bare.findings).toEqual([]);
    expect(checkValues(bare)).toMatchObject([
      { code, severity: 'fail', where: { pointer: '/gates/0', line: line('', 'gates:') } },
    ]);
    const full = withGate(gate, extra);
    expect(full.findings).toEqual([]);
    expect(checkValues(full)).toEqual([]);
  });

  const declared = `slices:
  declared:
    - { column: origin, values: [ABE, 7] }
    - { column: month }
    - { column: distance, edges: [500, 1000] }
    - { name: night flights, where: "hour < 6" }
  pairs: true`;
  const slice = (name: string, extra = declared) =>
    checkValues(withGate(`metric: auc, slice: "${name}", min: 0.5`, extra));

  it.each([
    'origin=ABE',
    'origin=7',
    'month=anything & more',
    'distance<500',
    '500<=distance<1000',
    'distance>=1000',
    'night flights',
    'origin=ABE & month=7',
    'month=a & b & night flights',
  ])('a slice %s can be cut', (name) => {
    expect(slice(name)).toEqual([]);
  });

  it.each([
    ['origin=ABF', 'slice: "origin=ABE"'],
    ['night flight', 'slice: "night flights"'],
    ['distance>=100', 'slice: "distance>=1000"'],
    ['distance<500 & origin=7', 'slice: "origin=7 & distance<500"'],
    ['carrier=AA', 'or declare this one'],
  ])('a slice %s is refused: %s', (name, fix) => {
    expect(slice(name)).toMatchObject([
      {
        code: 'config/unknown-slice',
        found: name,
        allowed:
          'origin=ABE, origin=7, month=<value>, distance<500, 500<=distance<1000, distance>=1000, night flights',
        fix: expect.stringContaining(fix),
      },
    ]);
    expect(slice(name, `${declared}\n  search: {}`)).toEqual([]);
  });

  it('a pair is no slice where none are asked for', () => {
    expect(slice('origin=ABE & month=7', declared.replace('\n  pairs: true', ''))).toHaveLength(1);
  });

  it('is the price as well, where the cost is held', () => {
    expect(checkValues(withGate('metric: cost-per-1000, max: 1', latency()))[0]?.message).toBe(
      'a gate on cost-per-1000 needs the price of the serving machine',
    );
  });
});
