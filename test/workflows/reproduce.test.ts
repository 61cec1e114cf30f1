import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(root, 'fixtures', 'callers', 'reproduce.yml'), 'utf8');

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions: object;
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, { readonly permissions: object; readonly steps: readonly Step[] }>>;
}
const workflow = load(text) as Workflow;
const steps = workflow.jobs.reproduce?.steps ?? [];

it('the workflow that trains a version again may read and nothing else, and is never started by a pull request', () => {
  expect(Object.keys(workflow.on).sort()).toEqual(['schedule', 'workflow_dispatch']);
  expect(workflow.permissions).toEqual({});
  expect(workflow.jobs.reproduce?.permissions).toEqual({ contents: 'read', checks: 'read' });
  const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkout?.with).toMatchObject({ 'fetch-depth': 0, 'persist-credentials': false });
});

it('passes the action only inputs that it declares, and reads only outputs that it has', () => {
  const action = load(readFileSync(join(root, 'actions', 'reproduce-model', 'action.yml'), 'utf8')) as {
    readonly inputs: object;
    readonly outputs: object;
  };
  const step = steps.find(({ uses }) => uses?.includes('/actions/reproduce-model@'));
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? { none: '' })));
  const used = [...text.matchAll(/steps\.reproduce\.outputs\.([a-z-]+)/g)].map((match) => match[1]);
  expect(used.length).toBeGreaterThan(0);
  expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(used));
});
