import { describe, expect, it } from 'vitest';
import { readRepositoryConfig } from '../config/repository.ts';
import { policy } from '../evidence/evidence.fixture.ts';
import { callerText } from './caller-text.ts';
import { diagnoseCallers } from './diagnose-caller.ts';
import { diagnoseFiles, diagnosePolicy } from './diagnose-files.ts';
import { diagnoseWorkflows } from './diagnose-workflows.ts';
import { advise, type Diagnosis, mend, ok } from './diagnosis.ts';
import { setUp, surveyOf } from './survey.fixture.ts';
import { tellOnce } from './tell-once.ts';

const path = '.github/workflows/gatehouse.yml';
const repository = policy.trusted.judge.path.split('/').slice(0, 2).join('/');
const pin = { repository, sha: 'c'.repeat(40) };
const caller = callerText({ pin, labels: ['self-hosted', 'gpu'] }, 'churn');
const look = (text: string): readonly Diagnosis[] => {
  const files = new Map([[path, text]]);
  return tellOnce([...diagnoseCallers(files, policy), ...diagnoseWorkflows(files, repository)]);
};
const codes = (all: readonly Diagnosis[]): readonly string[] =>
  all.filter(({ health }) => health !== 'ok').map(({ code }) => code);

describe('one fault is told once', () => {
  it.each([
    ['no permissions at the top', 'permissions: {}\n', '', 'excessive-permissions', 'A job that names none'],
    [
      'a token in the checkout of an own machine',
      'persist-credentials: false',
      'persist-credentials: true',
      'artipacked',
      'On your own machine code of the pull request can read it',
    ],
    [
      'an event with the secrets of the base on an own machine',
      'pull_request:',
      'pull_request_target:',
      'dangerous-triggers',
      'Your own machines then run it',
    ],
  ])('%s: at its line, with what the other look knows', (_, from, to, rule, why) => {
    const found = look(caller.replace(from, to)).filter(({ health }) => health === 'mend');
    expect(found.map(({ code }) => code)).toEqual([`workflow/${rule}`]);
    expect(found[0]?.what).toMatch(/gatehouse\.yml:\d+: /);
    expect(found[0]?.why).toContain(why);
    expect(Object.keys(found[0] ?? {})).not.toContain('about');
  });

  it('nothing is dropped where only one look came upon it, or both name the line', () => {
    const one = { ...mend('caller/x', 'a', 'b', 'c'), about: 'f x' };
    expect(codes(tellOnce([one, ok('y', 'z')]))).toEqual(['caller/x']);
    const precise = { ...advise('workflow/x', 'a', 'b', 'c'), about: 'f x', precise: true };
    expect(codes(tellOnce([precise, precise]))).toEqual(['workflow/x', 'workflow/x']);
    expect(tellOnce([precise])[0]?.why).toBe('b');
  });

  it('the graver word stands', () => {
    const one = { ...mend('caller/x', 'a', 'b', 'c'), about: 'f x' };
    const precise = { ...advise('workflow/x', 'd', 'e', 'f'), about: 'f x', precise: true };
    expect(tellOnce([one, precise])).toEqual([mend('workflow/x', 'd', 'e b', 'f')]);
    expect(tellOnce([precise, one])).toEqual([mend('workflow/x', 'd', 'e b', 'f')]);
  });
});

describe('one rule of workflows', () => {
  it('that is broken in several lines of a file is one fault, with the lines', () => {
    const step = /^ {6}- uses: actions\/checkout@.*\n(?: {8}.*\n)*/m.exec(caller)?.[0] ?? '';
    const spoiled = step.replace('persist-credentials: false', 'persist-credentials: true');
    const found = look(caller.replace(step, `${spoiled}${spoiled}`)).filter(
      ({ code }) => code === 'workflow/artipacked',
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.what).toMatch(/gatehouse\.yml:\d+: .*; also in line \d+$/);
  });
});

describe('placeholders', () => {
  it('of labels are told once, and pins of zeros are not called trusted', () => {
    const { proposal } = setUp(surveyOf({ 'train.py': '', 'data/a.csv': '' }));
    const files = new Map(proposal.files.map(({ path: name, text }) => [name, text]));
    const { models, policy: zeros } = readRepositoryConfig(files);
    if (zeros === null) throw new Error('no policy');
    const configs = [...models.values()].map(({ value }) => value);
    const all = tellOnce([...diagnoseFiles(files), ...diagnosePolicy(zeros.value, configs, null)]);
    expect(all.filter(({ what }) => what.includes('labels') || what.includes('model.yml:'))).toMatchObject([
      { code: 'model/labels', fix: expect.stringContaining('SHA-256') },
    ]);
    expect(all.some(({ code }) => code === 'files/pins')).toBe(false);
  });
});
