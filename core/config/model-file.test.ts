import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { parseContract } from './contract-file.ts';
import { parseModelConfig } from './model-file.ts';

const model = `version: 1
description: How likely a flight arrives 15 minutes late or more.
owners: { users: [omar] }
risk: limited
limitations: Learned on January to April 2001; knows nothing of weather.
datasets: [flights]
paths: [models/flight-delay/**, data/flights-*.csv.dvc]
train: { command: node train.mjs, artifact: out/model.json }
predict: { command: node predict.mjs }
held-out:
  features: data/held-out.csv.dvc
  key: row
  labels: { url: https://labels.example/flights, audience: gatehouse-labels, sha256: ${'1'.repeat(64)}, column: late }
gates:
  - { metric: auc, min: 0.6 }
  - { metric: auc, versus: not-worse, margin: 0.002 }
endpoints: [eu]
`;
const contract = `version: 1
description: Flights of 2001 with their delay in minutes.
owner: { teams: [acme/data] }
source: Bureau of Transportation Statistics
legal-basis: public data
approved-by: omar
expires: 2030-01-01
access: [flight-delay]
files: [data/flights-*.csv.dvc]
rows: { min: 1000 }
columns:
  - { name: row, type: integer, min: 1 }
  - { name: date, type: timestamp, min: 2001-01-01, max: 2001-12-31 }
  - { name: "delay in min", type: number, nullable: true, min: -120.5, privacy: personal, severity: warn, reason: typing errors }
  - { name: origin, type: text, pattern: "[A-Z]{3}", allowed: [ABE, 7] }
`;

const failure = (parse: () => unknown): InputError => {
  try {
    parse();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const read = (text: string, name = 'flight-delay') =>
  parseModelConfig(text, `models/${name}/model.yml`, name);
const readContract = (text: string) => parseContract(text, 'datasets/flights.yml');

describe('parseModelConfig', () => {
  it('reads a model of 17 lines, everything else filled in', () => {
    expect(model.trim().split('\n').length).toBeLessThan(25);
    expect(read(model)).toEqual({
      version: 1,
      model: 'flight-delay',
      task: 'binary-classification',
      description: 'How likely a flight arrives 15 minutes late or more.',
      owners: { users: ['omar'], teams: [] },
      risk: 'limited',
      limitations: 'Learned on January to April 2001; knows nothing of weather.',
      datasets: ['flights'],
      paths: ['models/flight-delay/**', 'data/flights-*.csv.dvc'],
      train: {
        command: 'node train.mjs',
        artifact: 'out/model.json',
        timeoutMinutes: 360,
        runsOn: [],
        queueMinutes: 30,
        needs: { gpus: 0 },
        parameters: [],
        lockFiles: [],
        environment: [],
        progress: [],
        retry: { attempts: 1, backoffSeconds: 30, causes: ['lost-runner', 'killed'] },
        onNewerPush: 'cancel',
      },
      predict: { command: 'node predict.mjs', timeoutMinutes: 60 },
      heldOut: {
        features: 'data/held-out.csv.dvc',
        key: 'row',
        labels: {
          url: 'https://labels.example/flights',
          audience: 'gatehouse-labels',
          sha256: '1'.repeat(64),
          column: 'late',
        },
      },
      gates: [
        { metric: 'auc', min: 0.6 },
        { metric: 'auc', versus: 'not-worse', margin: 0.002 },
      ],
      endpoints: ['eu'],
      featureVersion: 'unknown',
      servingImage: 'unknown',
      fallback: 'unknown',
    });
  });

  it.each([
    ['min: 0.6', 'min: "0.6"', 15, 25, 'Remove the quotes: min: 0.6'],
    ['min: 0.6', 'minimum: 0.6', 15, 20, 'Write "min"'],
    ['min: 0.6', 'mni: 0.6', 15, 20, 'Write "min"'],
    ['min: 0.6', 'min: .inf', 15, 25, 'finite'],
    ['min: 0.6', 'min: 0.9, max: 0.1', 15, 25, '"min" not above "max"'],
    ['metric: auc, min', 'metric: acu, min', 15, 15, 'Write auc.'],
    ['versus: not-worse, margin: 0.002', 'margin: 0.002', 16, 5, 'Add min, max, versus'],
    ['margin: 0.002', 'margin: -0.002', 16, 47, '0 or more'],
    ['owners: { users: [omar] }', 'owner: { users: [omar] }', 3, 1, 'Write "owners"'],
    [
      'limitations: Learned on January to April 2001; knows nothing of weather.',
      'limitations: " "',
      5,
      14,
      'some text',
    ],
    ['risk: limited', 'risk: medium', 4, 7, 'minimal, limited, high'],
    ['artifact: out/model.json', 'artifact: ../model.json', 8, 45, 'without ".."'],
    ['artifact: out/model.json', 'artifact: /etc/passwd', 8, 45, 'inside the repository'],
    ['artifact: out/model.json', 'artifact: "out/*.json"', 8, 45, 'inside the repository'],
    ['models/flight-delay/**', 'models/../**', 7, 9, 'without ".."'],
    ['models/flight-delay/**', '"**/.git/config"', 7, 9, '.git'],
    ['models/flight-delay/**', '"a*b*c*d*e*f*g*h*i*j"', 7, 9, 'at most eight'],
    ['models/flight-delay/**', '"!(x|y)"', 7, 9, 'wildcards'],
    ['url: https://labels.example/flights', 'url: http://169.254.169.254/x', 13, 18, 'https://host/path'],
    ['url: https://labels.example/flights', 'url: file:///etc/passwd', 13, 18, 'https://host/path'],
    [
      'audience: gatehouse-labels',
      `audience: "gatehouse:${'1'.repeat(64)}"`,
      13,
      60,
      'do not begin with "gatehouse:"',
    ],
    ['audience: gatehouse-labels', 'audience: GateHouse:x', 13, 60, 'do not begin with "gatehouse:"'],
    ['audience: gatehouse-labels', 'audience: a b', 13, 60, 'without spaces'],
    [`sha256: ${'1'.repeat(64)}`, 'sha256: abc', 13, 86, '64 characters'],
    ['endpoints: [eu]', 'endpoints: [../eu]', 17, 13, 'a to z'],
    ['datasets: [flights]', 'datasets: [con]', 6, 12, 'a to z'],
    ['datasets: [flights]', 'datasets: flights', 6, 11, 'Write a list: datasets: [flights]'],
    ['version: 1', 'version: 2', 1, 10, 'Write 1.'],
  ])('refuses %s as %s', (from, to, line, column, fix) => {
    expect(model).toContain(from);
    const { findings } = failure(() => read(model.replace(from, to)));
    const match = findings.find((finding) => finding.fix.includes(fix));
    expect(findings.map((finding: Finding) => finding.fix).join('\n')).toContain(fix);
    expect(match?.where).toMatchObject({ file: 'models/flight-delay/model.yml', line, column });
  });

  it.each([
    '../x',
    'a/b/c',
    'Churn',
    'con',
    'growth/versions',
    'growth/000',
    '',
    'a b',
    'x'.repeat(64),
    '__proto__',
  ])('refuses the name %j before it looks at the text', (name) => {
    expect(failure(() => parseModelConfig('not: even', 'p', name)).findings[0]).toMatchObject({
      code: 'config/name',
    });
  });
});

describe('parseContract', () => {
  it('reads columns in order, dates as text, numbers in lists of allowed values as text', () => {
    const value = readContract(contract);
    expect(value).toMatchObject({
      dataset: 'flights',
      expires: '2030-01-01',
      legalBasis: 'public data',
      approvedBy: 'omar',
    });
    expect(value.owner).toEqual({ users: [], teams: ['acme/data'] });
    const plain = { required: true, nullable: false, unique: false, severity: 'fail', privacy: 'none' };
    expect(value.columns).toEqual([
      { ...plain, name: 'row', type: 'integer', min: 1 },
      { ...plain, name: 'date', type: 'timestamp', min: '2001-01-01', max: '2001-12-31' },
      {
        ...plain,
        name: 'delay in min',
        type: 'number',
        nullable: true,
        min: -120.5,
        severity: 'warn',
        reason: 'typing errors',
        privacy: 'personal',
      },
      { ...plain, name: 'origin', type: 'text', allowed: ['ABE', '7'], pattern: '[A-Z]{3}' },
    ]);
  });

  it.each([
    [
      'min: 1 }\n  - { name: date',
      'min: 2001-01-01 }\n  - { name: date',
      '/columns/0/min',
      'a number for integer',
    ],
    ['min: 2001-01-01, max', 'min: 7, max', '/columns/1/min', 'a date for timestamp'],
    ['max: 2001-12-31', 'max: 2000-12-31', '/columns/1/min', '"min" not above "max"'],
    ['max: 2001-12-31', 'max: 2001-02-31T', '/columns/1/max', 'a date'],
    ['name: date', 'name: row', '/columns', 'named twice'],
    ['type: integer', 'type: int', '/columns/0/type', 'integer, number, text'],
    ['"[A-Z]{3}"', '"(?=x)"', '/columns/3/pattern', 'RE2'],
    ['type: number', 'type: number, pattern: x', '/columns/2/pattern', 'only for columns of type text'],
    ['rows: { min: 1000 }', 'rows: { min: 10, max: 9 }', '/rows/min', 'not above'],
    ['expires: 2030-01-01', 'expires: 2030-13-01', '/expires', 'a date: 2026-12-31'],
    ['expires: 2030-01-01\n', '', '', '"expires" is required'],
    ['access: [flight-delay]', 'access: [Flight]', '/access/0', '"*" in quotes'],
    ['files: [data/flights-*.csv.dvc]', 'files: []', '/files', 'at least one file'],
    ['nullable: true', 'nullable: "true"', '/columns/2/nullable', 'true or false'],
  ])('refuses %j as %j', (from, to, pointer, allowed) => {
    expect(contract).toContain(from);
    const { findings } = failure(() => readContract(contract.replace(from, to)));
    const match = findings.find((finding) => finding.allowed?.includes(allowed));
    expect(match?.where?.pointer).toBe(pointer);
    expect(match?.where?.line).toBeGreaterThan(0);
  });

  it.each(['datasets/Flights.yml', 'datasets/con.yml', 'datasets/..yml', 'datasets/a.yaml'])(
    'refuses the file name %s',
    (path) => {
      expect(failure(() => parseContract(contract, path)).findings[0]).toMatchObject({ code: 'config/name' });
    },
  );
});
