import { describe, expect, it } from 'vitest';
import { plants, safe } from '../workflow-lint/planted.fixture.ts';
import { callerText } from './caller-text.ts';
import { diagnoseWorkflows } from './diagnose-workflows.ts';

const path = '.github/workflows/gatehouse.yml';
const pin = { repository: 'acme/gatehouse', sha: 'c'.repeat(40) };
const caller = callerText({ pin, labels: ['self-hosted', 'gpu'] }, 'churn');
const look = (files: Readonly<Record<string, string>>) =>
  diagnoseWorkflows(new Map(Object.entries(files)), 'acme/gatehouse');

describe('workflows of the team', () => {
  it('are well as `gatehouse init` writes them', () => {
    expect(look({ [path]: caller, 'models/churn/model.yml': 'jobs: no' })).toEqual([
      {
        code: 'workflow/rules',
        health: 'ok',
        what: '1 workflow breaks no rule of workflow safety',
        why: '',
        fix: '',
      },
    ]);
    expect(look({})).toEqual([]);
  });

  it('are to be mended where they call Gatehouse, at their line, with the fix', () => {
    const spoiled = caller.replace('persist-credentials: false', 'persist-credentials: true');
    const line = spoiled.split('\n').findIndex((text) => text.includes('uses: actions/checkout@')) + 1;
    const [found, ...rest] = look({ [path]: spoiled });
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ code: 'workflow/artipacked', health: 'mend' });
    expect(found?.what.startsWith(`${path}:${line}: `)).toBe(true);
    expect(found?.fix).not.toBe('');
    expect(look({ [path]: spoiled.replaceAll('acme/gatehouse', 'ACME/Gatehouse') })[0]?.health).toBe('mend');
  });

  it('what only costs is advice, and so is everything in a workflow that is not about models', () => {
    const slow = caller.replace(/ +timeout-minutes: 400\n/, '');
    expect(look({ [path]: slow }).map(({ code, health }) => [code, health])).toEqual([
      ['workflow/time-limits', 'advice'],
    ]);
    const other = safe.replace(' persist-credentials: false ', ' fetch-depth: 1 ');
    expect(look({ '.github/workflows/test.yaml': other }).map(({ health }) => health)).toEqual(['advice']);
  });

  it.each(plants.map(([rule, what, from, to]) => [rule, what, from, to] as const))(
    'are told what breaks %s: %s',
    (rule, _, from, to) => {
      const found = look({ [path]: safe.replace(from, to) });
      const [name = '', line = ''] = rule.split(':');
      const told = found.some(
        ({ code, what }) => code === `workflow/${name}` && what.startsWith(`${path}:${line}: `),
      );
      expect(told).toBe(true);
    },
  );

  it('are named one by one up to twenty, the worst first', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`.github/workflows/w${at}.yml`, safe.replace(/@\w{40}/, '@v6')]),
    );
    const spoiled = caller.replace('persist-credentials: false', 'persist-credentials: true');
    expect(look({ ...many, [path]: spoiled })[0]).toMatchObject({ health: 'mend' });
    const more = look({
      ...many,
      ...Object.fromEntries(
        Object.entries(many).map(([name, text]) => [name.replace('workflows/w', 'workflows/v'), text]),
      ),
    });
    expect([more.length, more.at(-1)?.code]).toEqual([21, 'workflow/more']);
  });

  it('are never thrown over, whatever stands in them', () => {
    expect(look({ [path]: 'a: [\n' })[0]).toMatchObject({ code: 'config/syntax', health: 'advice' });
    expect(look({ [path]: `# acme/gatehouse/\na: &x [*x]` })[0]).toMatchObject({ health: 'mend' });
  });
});
