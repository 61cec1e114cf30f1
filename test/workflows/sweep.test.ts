import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';

const text = readFileSync(join(import.meta.dirname, '../../reusable-workflows/sweep-runs.yml'), 'utf8');

interface Workflow {
  readonly on: { readonly workflow_call: { readonly secrets: Readonly<Record<string, unknown>> } };
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'runs-on': unknown;
        readonly permissions: Readonly<Record<string, string>>;
        readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
      }
    >
  >;
}

it('sweeps on a hosted machine, with one step of ours, no code of the repository and no more than it needs', () => {
  const { jobs, on } = load(text) as Workflow;
  expect(Object.keys(jobs)).toEqual(['sweep']);
  const { sweep } = jobs;
  expect(sweep?.['runs-on']).toBe('ubuntu-latest');
  expect(sweep?.steps.map(({ uses, run }) => run ?? uses?.split('@')[0])).toEqual([
    'gatehouse/gatehouse/actions/sweep-runs',
  ]);
  expect(sweep?.permissions).toEqual({
    contents: 'read',
    'pull-requests': 'read',
    checks: 'read',
    actions: 'write',
    issues: 'write',
  });
  expect(Object.keys(on.workflow_call.secrets)).toEqual(['runners-token']);
});

it('asks of a run nothing but to end, or to do again what failed', () => {
  const source = readFileSync(join(import.meta.dirname, '../../adapters/actions/swept-runs.ts'), 'utf8');
  const writes = [...source.matchAll(/'((?:POST|PUT|PATCH|DELETE) [^']+)'/g)].map(([, route]) => route);
  expect(writes).toEqual([
    'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel',
    'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs',
  ]);
});
