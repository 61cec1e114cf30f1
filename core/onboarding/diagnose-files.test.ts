import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../config/policy-file.ts';
import { appKey } from '../config/seal-key.fixture.ts';
import { callerText } from './caller-text.ts';
import { diagnoseCallers, keySecretsOf } from './diagnose-caller.ts';
import { diagnoseFiles, diagnosePolicy } from './diagnose-files.ts';
import { diagnoseMachine } from './diagnose-machine.ts';
import type { Diagnosis } from './diagnosis.ts';
import { setUp, surveyOf } from './survey.fixture.ts';

const sha = 'a'.repeat(40);
const pin = { repository: 'acme/gatehouse', sha };
const caller = callerText({ pin, labels: ['self-hosted', 'gpu'] }, 'churn');
const file = '.github/workflows/gatehouse.yml';
const policy = parsePolicy(
  `version: 1\npreset: small-team\nroles: { reviewer: { users: [a, b] }, governor: { users: [a, b] } }\nstore: https://s.example\ndata: https://d.example\ntrusted: { repository: acme/gatehouse, shas: [${sha}] }\nevidence: { seal-to: [${appKey().key.spki}] }\n`,
  'p',
);
const worst = (diagnoses: readonly Diagnosis[]): readonly string[] =>
  diagnoses.filter(({ health }) => health !== 'ok').map(({ health, code }) => `${health} ${code}`);
const callers = (text: string, path = file): readonly string[] =>
  worst(diagnoseCallers(new Map([[path, text]]), policy));

describe('workflows', () => {
  it('are all well as init writes them', () => expect(callers(caller)).toEqual([]));

  it.each([
    ['no permissions at the top', caller.replace('permissions: {}\n', ''), 'mend caller/permissions'],
    [
      'permissions of all at the top',
      caller.replace('permissions: {}\n', 'permissions: write-all\n'),
      'mend caller/permissions',
    ],
    ['a grant that is missing', caller.replace('issues: read, ', ''), 'mend caller/permissions'],
    ['a grant that is too much', caller.replace('issues: read', 'issues: write'), 'mend caller/permissions'],
    [
      'everything granted',
      caller.replace(/permissions: \{ contents: read, pull.*/, 'permissions: write-all'),
      'mend caller/permissions',
    ],
    [
      'a token that stays',
      caller.replace('persist-credentials: false', 'fetch-depth: 1'),
      'mend caller/credentials',
    ],
    [
      'an event of the base',
      caller.replace('  pull_request:', '  pull_request_target:'),
      'mend caller/exposed',
    ],
  ])('%s', (_, text, expected) => {
    expect(text).not.toBe(caller);
    expect(callers(text)).toEqual([expected]);
  });

  it('other workflows are asked for exposure alone', () => {
    const text = 'on: [issue_comment]\njobs:\n  a:\n    runs-on: { group: gpus }\n    steps: []\n';
    expect(callers(text, '.github/workflows/other.yml')).toEqual(['mend caller/exposed']);
    expect(callers(text.replace('{ group: gpus }', 'ubuntu-latest'), '.github/workflows/other.yml')).toEqual(
      [],
    );
    expect(callers('jobs: [', '.github/workflows/other.yml')).toEqual([]);
  });

  it('names the secrets that are handed on as a key', () => {
    const text =
      "with:\n  private-key: ${{ secrets.BOT_PEM }}\nenv: { PRIVATE_KEY: '${{ secrets.OTHER }}' }\n";
    expect(keySecretsOf(new Map([[file, text]]))).toEqual(['BOT_PEM', 'OTHER']);
  });
});

describe('files', () => {
  const setup = setUp(surveyOf({ 'train.py': '', 'data/a.csv': '' }));
  const files = new Map(setup.proposal.files.map(({ path, text }) => [path, text]));

  it('as init leaves them: every guess and placeholder is named, and nothing else', () => {
    const codes = worst(diagnoseFiles(files));
    expect(new Set(codes)).toEqual(new Set(['mend files/check', 'mend files/todo']));
    const todo = diagnoseFiles(files).filter(({ code }) => code === 'files/todo');
    expect(todo.map(({ what }) => what.split(' ')[0])).toEqual([
      '.github/gatehouse.yml',
      'datasets/a.yml',
      'models/churner/model.yml',
    ]);
  });

  it('a workflow at another commit than the policy trusts', () => {
    const other = new Map(files).set(file, caller);
    expect(worst(diagnoseFiles(other))).toContain('mend files/pins');
  });

  it('are empty: there is no policy', () =>
    expect(worst(diagnoseFiles(new Map()))).toEqual(['mend files/check']));
});

describe('policy and machine', () => {
  it('a server of one\u2019s own needs a group for the judge', () => {
    expect(worst(diagnosePolicy(policy, [], 'https://git.corp.example'))).toEqual([
      'mend policy/judge-runner',
    ]);
    expect(worst(diagnosePolicy(policy, [], 'https://acme.ghe.com'))).toEqual([]);
    expect(worst(diagnosePolicy(policy, [], null))).toEqual([]);
  });

  it('says that it only reports, and that a place answers nobody', () => {
    expect(
      worst(diagnosePolicy({ ...policy, enforce: false, store: 'https://storage.invalid/x' }, [], null)),
    ).toEqual(['advice policy/enforce', 'mend policy/store']);
  });

  const machine = { git: 'git version 2.43.0', node: 'v24.1.0', offline: false, enginePath: '' };
  it.each([
    [{}, []],
    [{ git: null }, ['not checked machine/git']],
    [{ git: 'git version 2.37.1' }, ['advice machine/git']],
    [{ git: 'git version 3.0.0' }, []],
    [{ node: 'v18.2.0' }, ['mend machine/node']],
    [{ node: 'odd' }, ['mend machine/node']],
    [{ offline: true }, ['mend machine/engine']],
    [{ offline: true, enginePath: '/opt/engine' }, []],
  ])('%j', (own, expected) => expect(worst(diagnoseMachine({ ...machine, ...own }))).toEqual(expected));
});

it('advises a key that evidence is sealed to, and says to which one it is', () => {
  const { evidence: _, ...open } = policy;
  expect(worst(diagnosePolicy(open, [], null))).toEqual(['advice policy/evidence']);
  const found = diagnosePolicy(policy, [], null).find(({ code }) => code === 'policy/evidence');
  expect(found).toMatchObject({ health: 'ok', what: expect.stringContaining(appKey().key.id) });
});
