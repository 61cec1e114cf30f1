import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnoseEnvironments, diagnoseStandby, keyEnvironments } from './diagnose-standby.ts';
import type { Diagnosis } from './diagnosis.ts';
import { goodSettings, hidden, read } from './settings.fixture.ts';
import type { EnvironmentSettings } from './settings.ts';

const repository = 'acme/gatehouse';
const path = '.github/workflows/reconcile.yml';
const reconcile = readFileSync(join(import.meta.dirname, '../../fixtures/callers/reconcile.yml'), 'utf8');
const anchor = reconcile.replace('workflows/reconcile.yml@', 'workflows/anchor-ledger.yml@');
const lines = (diagnoses: readonly Diagnosis[]): readonly string[] =>
  diagnoses.map(({ health, code }) => `${health} ${code}`);
const standby = (...texts: readonly string[]) =>
  lines(
    diagnoseStandby(new Map(texts.map((text, at) => [path.replace('.yml', `${at}.yml`), text])), repository),
  );

describe('what stands by', () => {
  it('is there as the example has it, and is called by a schedule', () => {
    expect(reconcile).toContain(`uses: ${repository}/`);
    expect(standby(reconcile, anchor)).toEqual(['ok standby/reconcile', 'ok standby/anchor']);
    expect(standby(reconcile.replace('acme/', 'Acme/'))[0]).toBe('ok standby/reconcile');
  });

  it.each([
    ['nothing calls them', 'on: push\njobs: {}\n'],
    ['somebody else\u2019s of that name', reconcile.replace(repository, 'eve/gatehouse')],
    ['no schedule', reconcile.replace(/schedule:\n.*\n/, 'push: {}\n')],
    ['a file that cannot be read', 'jobs: ['],
  ])('%s', (_, text) => {
    expect(standby(text)).toEqual(['advice standby/reconcile', 'advice standby/anchor']);
    for (const { why, fix } of diagnoseStandby(new Map([[path, text]]), repository))
      expect([why, fix]).not.toContain('');
  });
});

describe('the environment of the key', () => {
  it('is the one that the caller names', () => {
    expect(keyEnvironments(new Map([[path, reconcile]]), repository)).toEqual(['gatehouse']);
    const own = reconcile.replace('    with:\n', '    with:\n      environment: vault\n');
    expect(keyEnvironments(new Map([[path, own]]), repository)).toEqual(['vault']);
    expect(keyEnvironments(new Map(), repository)).toEqual([]);
  });

  const selected = (...names: readonly string[]): EnvironmentSettings => ({
    defaultBranch: 'main',
    branches: { kind: 'selected', names },
  });
  const health = (found: EnvironmentSettings | null, governed = goodSettings.governed) =>
    diagnoseEnvironments({
      ...goodSettings,
      governed,
      environments: [{ name: 'gatehouse', found: read(found) }],
    });

  it.each<readonly [string, EnvironmentSettings | null, string]>([
    ['the default branch alone', selected('main'), 'ok'],
    ['none of that name', null, 'mend'],
    ['every branch', { defaultBranch: 'main', branches: { kind: 'all' } }, 'mend'],
    ['every protected branch', { defaultBranch: 'main', branches: { kind: 'protected' } }, 'advice'],
    ['a pattern', selected('main', 'release/*'), 'mend'],
    ['a tag', selected('main', 'tag v*'), 'mend'],
    ['no branch', selected(), 'mend'],
  ])('%s', (_, found, expected) => {
    expect(lines(health(found))).toEqual([`${expected} key/environment`]);
  });

  it('a default branch that nobody governs is not enough', () => {
    const governed = goodSettings.governed.map((branch) => ({ ...branch, name: 'release' }));
    expect(lines(health(selected('main'), governed))).toEqual(['advice key/environment']);
  });

  it('hidden is not well', () => {
    const environments = [{ name: 'gatehouse', found: hidden }];
    expect(lines(diagnoseEnvironments({ ...goodSettings, environments }))).toEqual([
      'not checked key/environment',
    ]);
  });
});
