import { describe, expect, it } from 'vitest';
import { modelYaml } from '../change/declared.fixture.ts';
import { InputError } from '../error/error.ts';
import { isFailure } from '../finding/finding.ts';
import { parseBreakGlass, parseBreakGlassReview } from './break-glass-file.ts';
import { checkRepositoryConfig } from './check.ts';
import { breakGlassOfFile, breakGlassReviewOfFile, isConfiguration, modelOfRules } from './layout.ts';
import { parseModelConfig } from './model-file.ts';
import { parsePolicy, renderPolicy } from './policy-file.ts';

const request =
  'version: 1\nmodel: growth/churn\nproduction: { eu: 7, us: 7 }\nuntil: 2026-12-31T18:00:00Z\nreason: eu answers nothing\nby: omar\n';
const review = 'version: 1\nmodel: churn\npull-request: 41\nfound: a bad deploy\nby: omar\n';
const policy = (more: string) =>
  `version: 1\npreset: small-team\nroles: { reviewer: { users: [rita] }, governor: { users: [ada, gus, gerd] } }\nstore: file:///s\ndata: file:///d\ntrusted: { repository: a/b, shas: [${'b'.repeat(40)}] }\n${more}`;
const limits = 'hours: 4, max-per-30-days: 2, review-within-hours: 24';

const pointersOf = (parse: () => unknown) => {
  try {
    parse();
  } catch (error) {
    if (error instanceof InputError)
      return error.findings.filter(isFailure).map(({ where }) => where?.pointer);
    throw error;
  }
  return [];
};

describe('files of an emergency', () => {
  it('a request', () => {
    expect(parseBreakGlass(request, 'break-glass/eu.yml', 'eu')).toEqual({
      ...{ name: 'eu', model: 'growth/churn', production: { eu: 7, us: 7 }, by: 'omar' },
      ...{ until: '2026-12-31T18:00:00Z', reason: 'eu answers nothing' },
    });
    const spoiled = (from: string, to: string) =>
      pointersOf(() => parseBreakGlass(request.replace(from, to), 'break-glass/eu.yml', 'eu'));
    expect(spoiled('{ eu: 7, us: 7 }', '{}')).toEqual(['/production']);
    expect(spoiled('{ eu: 7, us: 7 }', '{ eu: 0 }')).toEqual(['/production/eu']);
    expect(spoiled('2026-12-31T18:00:00Z', 'soon')).toEqual(['/until']);
    expect(spoiled('reason: eu answers nothing\n', '')).toEqual(['']);
    expect(spoiled('omar', '"@omar"')).toEqual(['/by']);
    expect(pointersOf(() => parseBreakGlass(request, 'break-glass/A B.yml', 'A B'))).toEqual(['']);
  });

  it('a review', () => {
    expect(parseBreakGlassReview(review, 'break-glass/eu.review.yml', 'eu')).toMatchObject({
      pullRequest: 41,
    });
    const spoiled = review.replace('41', '-1');
    expect(pointersOf(() => parseBreakGlassReview(spoiled, 'break-glass/eu.review.yml', 'eu'))).toEqual([
      '/pull-request',
    ]);
  });

  it('lie where they are looked for, and are configuration', () => {
    expect(breakGlassOfFile('break-glass/eu.yml')).toBe('eu');
    expect(breakGlassOfFile('break-glass/eu.review.yml')).toBeNull();
    expect(breakGlassReviewOfFile('break-glass/eu.review.yml')).toBe('eu');
    expect(breakGlassOfFile('x/break-glass/eu.yml')).toBeNull();
    for (const path of ['break-glass/eu.yml', 'break-glass/x/y.txt', 'models/churn/withdrawn.yml'])
      expect(isConfiguration(path), path).toBe(true);
    expect(modelOfRules('models/growth/churn/withdrawn.yml')).toBe('growth/churn');
    const found = checkRepositoryConfig(
      new Map([
        ['break-glass/eu.yaml', request],
        ['break-glass/bad.yml', 'version: 2\n'],
      ]),
    );
    expect(found.map(({ code, where }) => [code, where?.file])).toEqual(
      expect.arrayContaining([['config/ending', 'break-glass/eu.yaml']]),
    );
    expect(found.some(({ where }) => where?.file === 'break-glass/bad.yml')).toBe(true);
  });
});

describe('the policy of emergencies', () => {
  it('asks for two governors at least, and is printed as it is read', () => {
    const read = parsePolicy(policy(`break-glass: { ${limits} }\n`), 'p');
    expect(read.breakGlass).toEqual({
      ...{ approvals: [{ role: 'governor', count: 2 }], hours: 4, maxPer30Days: 2, reviewWithinHours: 24 },
    });
    expect(parsePolicy(renderPolicy(read), 'p')).toEqual(read);
    const more = parsePolicy(policy(`break-glass: { approvals: { reviewer: 1 }, ${limits} }\n`), 'p');
    expect(more.breakGlass?.approvals).toEqual([
      { role: 'governor', count: 2 },
      { role: 'reviewer', count: 1 },
    ]);
    expect(parsePolicy(policy(''), 'p')).not.toHaveProperty('breakGlass');
  });

  it.each([
    [
      'fewer governors',
      `break-glass: { approvals: { governor: 1 }, ${limits} }`,
      '/break-glass/approvals/governor',
    ],
    [
      'a role that is not there',
      `break-glass: { approvals: { risk: 1 }, ${limits} }`,
      '/break-glass/approvals/risk',
    ],
    ['no hours', 'break-glass: { max-per-30-days: 2, review-within-hours: 24 }', '/break-glass'],
    ['no limit', 'break-glass: { hours: 4, review-within-hours: 24 }', '/break-glass'],
    ['no review', 'break-glass: { hours: 4, max-per-30-days: 2 }', '/break-glass'],
    ['days on end', `break-glass: { ${limits.replace('4', '100')} }`, '/break-glass/hours'],
    ['an unknown key', `break-glass: { ${limits}, ever: true }`, '/break-glass/ever'],
  ])('%s is refused', (_, text, pointer) => {
    expect(pointersOf(() => parsePolicy(policy(`${text}\n`), 'p'))).toEqual([pointer]);
  });

  it('who watches production is a workflow of the trusted repository', () => {
    const text = policy('').replace('] }\n', '], monitor-workflow: monitor-model.yml }\n');
    const read = parsePolicy(text, 'p');
    expect(read.trusted.monitor?.path).toBe('a/b/.github/workflows/monitor-model.yml');
    expect(parsePolicy(renderPolicy(read), 'p')).toEqual(read);
    expect(parsePolicy(policy(''), 'p').trusted).not.toHaveProperty('monitor');
  });
});

describe('triggers of a model', () => {
  const read = (text: string) =>
    parseModelConfig(`${modelYaml('churn')}rollback-triggers:\n  - ${text}\n`, 'm', 'churn');

  it('are read as they are declared', () => {
    expect(
      read('{ name: errors, metric: error-rate, above: 0.02, window-minutes: 30, endpoints: [eu] }')
        .rollbackTriggers,
    ).toEqual([{ name: 'errors', metric: 'error-rate', above: 0.02, windowMinutes: 30, endpoints: ['eu'] }]);
    expect(parseModelConfig(modelYaml('churn'), 'm', 'churn')).not.toHaveProperty('rollbackTriggers');
  });

  it.each([
    ['no limit', '{ name: e, metric: m, window-minutes: 5 }'],
    ['two limits', '{ name: e, metric: m, above: 1, below: 0, window-minutes: 5 }'],
    ['no window', '{ name: e, metric: m, above: 1 }'],
    ['a limit that is none', '{ name: e, metric: m, above: .nan, window-minutes: 5 }'],
    [
      'one name twice',
      '{ name: e, metric: m, above: 1, window-minutes: 5 }\n  - { name: e, metric: n, above: 1, window-minutes: 5 }',
    ],
  ])('%s is refused', (_, text) => {
    expect(pointersOf(() => read(text))).not.toEqual([]);
  });
});
