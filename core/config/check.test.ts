import { describe, expect, it } from 'vitest';
import { checkRepositoryConfig } from './check.ts';

const sha = 'c'.repeat(40);
const policy = `version: 1
preset: small-team
roles:
  reviewer: { users: [rita, omar] }
  governor: { users: [ada, eve] }
store: file:///srv/store
data: file:///srv/dvc
trusted: { repository: acme/gatehouse, shas: [${sha}] }
`;
const model = (name: string) => `version: 1
description: d
owners: { users: [omar] }
risk: limited
limitations: some
datasets: [flights]
paths: [models/${name}/**]
train: { command: train, artifact: out/m }
predict: { command: predict }
held-out: { features: f.csv, key: row, labels: { url: https://l.example, audience: a, sha256: ${'a'.repeat(64)}, column: late } }
gates: [{ metric: auc, min: 0.6 }]
endpoints: [eu]
`;
const contract = `version: 1
description: d
owner: { users: [omar] }
source: s
legal-basis: public
approved-by: omar
expires: "2030-01-01"
access: [churn]
files: [data/f.csv]
rows: { min: 1 }
columns: [{ name: row, type: integer }]
`;
const caller = `jobs:
  validate:
    uses: acme/gatehouse/.github/workflows/validate-data.yml@${sha}
  judge:
    uses: acme/gatehouse/.github/workflows/judge-model.yml@${sha}
`;
const breakGlass = `version: 1
model: churn
production: { eu: 7 }
until: '2026-12-01T10:00:00Z'
reason: eu answers nobody
by: omar
`;
const good: Readonly<Record<string, string>> = {
  '.github/gatehouse.yml': policy,
  '.github/workflows/gatehouse.yml': caller,
  'models/churn/model.yml': model('churn'),
  'models/churn/stages.yml': 'production: { eu: 7 }\n',
  'datasets/flights.yml': contract,
};
type Files = Readonly<Record<string, string | null>>;
const check = (changes: Files) => {
  const entries = Object.entries({ ...good, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return checkRepositoryConfig(new Map(entries));
};
const edit = (path: string, from: string, to: string): Files => {
  expect(good[path]).toContain(from);
  return { [path]: good[path]?.replace(from, to) ?? null };
};

describe('checkRepositoryConfig', () => {
  it('has nothing to say about a repository in order', () => {
    expect(check({})).toEqual([]);
  });

  it.each([
    ['no policy', { '.github/gatehouse.yml': null }, 'config/no-policy', undefined, 'under 15 lines'],
    [
      'a broken file',
      edit('models/churn/model.yml', 'risk: limited', 'risk: none'),
      'config/value',
      4,
      'minimal',
    ],
    [
      'an unknown source of a dataset',
      edit('datasets/flights.yml', 'rows:', 'derived-from: [flight]\nrows:'),
      'config/unknown-dataset',
      10,
      'datasets/flight.yml',
    ],
    [
      'a waiver of a misspelt model',
      {
        'waivers/new.yml':
          "version: 1\nmodel: chrun\ngate: auc min 0.6\nuntil: '2026-12-01'\nreason: few rows\nby: omar\n",
      },
      'config/unknown-model',
      2,
      'Write churn.',
    ],
    [
      'a request to break the glass for a misspelt model',
      { 'break-glass/now.yml': breakGlass.replace('churn', 'chrun') },
      'config/unknown-model',
      2,
      'Write churn.',
    ],
    [
      'one for a misspelt endpoint',
      { 'break-glass/now.yml': breakGlass.replace('eu:', 'eus:') },
      'config/unknown-endpoint',
      3,
      'Write eu.',
    ],
    [
      'one for an endpoint like no other',
      { 'break-glass/now.yml': breakGlass.replace('eu:', 'somewhere-else:') },
      'config/unknown-endpoint',
      3,
      'Name endpoints of the model.',
    ],
    [
      'the review of one for a model like no other',
      {
        'break-glass/now.review.yml':
          'version: 1\nmodel: weather\npull-request: 7\nfound: it was right\nby: omar\n',
      },
      'config/unknown-model',
      2,
      'Add models/weather/model.yml or remove this file.',
    ],
    [
      'withdrawn versions of a model that is not there',
      {
        'models/chrun/withdrawn.yml':
          'version: 1\nversions: [{ version: 3, reason: wrong rows, by: omar }]\n',
      },
      'config/unknown-model',
      undefined,
      'Move it beside models/churn/model.yml.',
    ],
    [
      'a readiness review of a model like no other',
      { 'models/weather/readiness.yml': 'version: 1\nteam: { runbook: { by: omar } }\n' },
      'config/unknown-model',
      undefined,
      'Add models/weather/model.yml or remove this file.',
    ],
    [
      'a risk register without a risk',
      { 'models/churn/risks.yml': 'version: 1\nrisks: []\n' },
      'config/value',
      2,
      'at least one risk',
    ],
    [
      'a suite in American spelling',
      { 'models/churn/behavior.yml': '' },
      'config/spelling',
      undefined,
      'git mv models/churn/behavior.yml models/churn/behaviour.yml',
    ],
    ['a waiver that nobody reads', { 'waivers/new.yaml': '' }, 'config/ending', undefined, 'git mv'],
    [
      'an unknown dataset',
      edit('models/churn/model.yml', '[flights]', '[flight]'),
      'config/unknown-dataset',
      6,
      'Write flights.',
    ],
    [
      'a dataset without access',
      edit('datasets/flights.yml', '[churn]', '[]'),
      'config/no-access',
      6,
      'add "churn" to access',
    ],
    [
      'access for a misspelt model',
      edit('datasets/flights.yml', '[churn]', '[churn, chrun]'),
      'config/unknown-model',
      8,
      'Write churn.',
    ],
    [
      'an endpoint that is not declared',
      edit('models/churn/stages.yml', 'eu', 'ue'),
      'config/unknown-endpoint',
      1,
      'Write eu.',
    ],
    [
      'stages without a model',
      { 'models/fraud/stages.yml': 'staging: [1]\n' },
      'config/unknown-model',
      1,
      'Add models/fraud/model.yml',
    ],
    [
      'a gate below the floor',
      edit('.github/gatehouse.yml', 'data:', 'defaults: { gates: [{ metric: auc, min: 0.7 }] }\ndata:'),
      'config/below-floor',
      11,
      'Ask for 0.7 or more',
    ],
    [
      'too few people',
      edit('.github/gatehouse.yml', 'data:', 'configuration: { approvals: { governor: 3 } }\ndata:'),
      'config/too-few-people',
      5,
      'Add a user',
    ],
    [
      'no caller',
      { '.github/workflows/gatehouse.yml': 'jobs: {}\n' },
      'config/caller-missing',
      undefined,
      'Add the job',
    ],
    [
      'a caller at a tag',
      edit('.github/workflows/gatehouse.yml', `validate-data.yml@${sha}`, 'validate-data.yml@v1'),
      'config/caller-not-pinned',
      3,
      sha,
    ],
    [
      'a caller at another commit',
      edit('.github/workflows/gatehouse.yml', `judge-model.yml@${sha}`, `judge-model.yml@${'d'.repeat(40)}`),
      'config/caller-not-trusted',
      5,
      sha,
    ],
    [
      'the wrong ending',
      { 'datasets/late.yaml': contract },
      'config/ending',
      undefined,
      'git mv datasets/late.yaml datasets/late.yml',
    ],
    [
      'two names that differ in case',
      { 'models/churn/Train.py': '', 'models/churn/train.py': '' },
      'config/case-clash',
      undefined,
      'Rename',
    ],
    [
      'a folder that is no name',
      { 'models/Fraud/model.yml': model('Fraud') },
      'config/name',
      1,
      'Rename the folder',
    ],
    [
      'a date without quotes',
      edit('datasets/flights.yml', '"2030-01-01"', '2030-01-01'),
      'config/ambiguous',
      7,
      'quotes',
    ],
  ])('%s', (_name, changes, code, line, fix) => {
    const findings = check(changes);
    const found = findings.find((finding) => finding.code === code);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(found?.where?.line).toBe(line);
    expect(found?.fix).toContain(fix);
  });

  it('finds two models that claim one path, by their globs and by the files that are there', () => {
    const shared = check({ 'models/fraud/model.yml': model('churn') });
    expect(shared.find(({ code }) => code === 'config/shared-path')).toMatchObject({
      found: 'models/churn/**',
    });
    const wide = model('fraud').replace('models/fraud/**', 'models/**');
    const byFile = check({ 'models/fraud/model.yml': wide, 'models/churn/train.py': 'x' });
    expect(byFile.find(({ code }) => code === 'config/shared-path')).toMatchObject({
      found: 'models/churn/train.py',
      where: { file: 'models/fraud/model.yml', line: 7 },
    });
    const apart = check({ 'models/fraud/model.yml': model('fraud') });
    expect(apart.filter(({ code }) => code === 'config/shared-path')).toEqual([]);
    // A file that one of them names, and that is there, is not the other's for that.
    const own = model('fraud').replace('models/fraud/**', 'src/fraud.py');
    const named = check({ 'models/fraud/model.yml': own, 'src/fraud.py': 'x' });
    expect(named.filter(({ code }) => code === 'config/shared-path')).toEqual([]);
  });

  it('takes a caller that has all in one workflow', () => {
    const whole = `jobs:\n  all:\n    uses: acme/gatehouse/.github/workflows/propose-model.yml@${sha}\n`;
    expect(check({ '.github/workflows/gatehouse.yml': whole })).toEqual([]);
  });

  it('does not blame other files for one that cannot be read', () => {
    const findings = check({ 'datasets/flights.yml': 'nonsense' });
    expect(new Set(findings.map(({ where }) => where?.file))).toEqual(new Set(['datasets/flights.yml']));
  });

  it('sorts by place', () => {
    const findings = check({
      ...edit('models/churn/stages.yml', 'eu', 'ue'),
      ...edit('datasets/flights.yml', '[churn]', '[]'),
    });
    expect(findings.map(({ where }) => where?.file)).toEqual([
      'models/churn/model.yml',
      'models/churn/stages.yml',
    ]);
  });
});
