import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { pinWorkflow, readRelease } from '../../scripts/generate-workflows.ts';

const root = join(import.meta.dirname, '..', '..');
const sources = readdirSync(join(root, 'reusable-workflows')).filter((name) => name.endsWith('.yml'));
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const caller = read('fixtures', 'flights', '.github', 'workflows', 'gatehouse.yml');

describe('the public workflows', () => {
  it('are all there', () => {
    expect(sources).toEqual(
      expect.arrayContaining([
        'validate-data.yml',
        'judge-model.yml',
        'propose-model.yml',
        'verify-ledger.yml',
      ]),
    );
  });

  it.each(sources)('.github/workflows/%s is the generated copy, pinned to the release', (name) => {
    expect(read('.github', 'workflows', name)).toBe(
      pinWorkflow(read('reusable-workflows', name), name, readRelease(root)),
    );
  });

  it.each(sources)(
    '%s passes each action only inputs that it declares, and reads only outputs that it has',
    (name) => {
      const text = read('reusable-workflows', name);
      const workflow = load(text) as {
        jobs: Record<string, { steps?: { id?: string; uses?: string; with?: Record<string, unknown> }[] }>;
      };
      for (const step of Object.values(workflow.jobs).flatMap((job) => job.steps ?? [])) {
        const folder = /^gatehouse\/gatehouse\/(actions\/[^@]+|bot)@/.exec(step.uses ?? '')?.[1];
        if (!folder) continue;
        const action = load(read(folder, 'action.yml')) as { inputs?: object; outputs?: object };
        expect(Object.keys(action.inputs ?? {})).toEqual(
          expect.arrayContaining(Object.keys(step.with ?? {})),
        );
        const used = [...text.matchAll(new RegExp(`steps\\.${step.id}\\.outputs\\.([a-z-]+)`, 'g'))].map(
          (match) => match[1],
        );
        expect(Object.keys(action.outputs ?? {})).toEqual(expect.arrayContaining(used));
      }
    },
  );

  it('the caller grants each called workflow what its jobs ask for, or the run would fail at its start', () => {
    const jobs = (
      load(caller) as { jobs: Record<string, { uses?: string; permissions?: Record<string, string> }> }
    ).jobs;
    for (const job of Object.values(jobs)) {
      const name = /\/([a-z-]+\.yml)@/.exec(job.uses ?? '')?.[1];
      if (!name || !existsSync(join(root, 'reusable-workflows', name))) continue;
      const called = (
        load(read('reusable-workflows', name)) as {
          jobs: Record<string, { permissions: Record<string, string> }>;
        }
      ).jobs;
      for (const [scope, level] of Object.values(called).flatMap(({ permissions }) =>
        Object.entries(permissions),
      )) {
        expect([level, 'write']).toContain(job.permissions?.[scope]);
      }
    }
  });
});

describe('keys for buckets', () => {
  const declared = (name: string) =>
    (
      load(read('reusable-workflows', name)) as {
        on: { workflow_call: { secrets?: Record<string, { required?: boolean }> } };
      }
    ).on.workflow_call.secrets ?? {};

  it.each(sources)('are optional in %s: a caller who gives none keeps working', (name) => {
    for (const secret of Object.values(declared(name))) expect(secret.required).toBe(false);
  });

  it('reach no job of judge-model.yml that runs code of the pull request', () => {
    const { jobs } = load(read('reusable-workflows', 'judge-model.yml')) as { jobs: Record<string, unknown> };
    const holders = Object.entries(jobs).filter(([, job]) => JSON.stringify(job).includes('secrets.'));
    expect(holders.map(([job]) => job)).toEqual(['store', 'judge']);
    // Both read what models are scored on from the data, and models and predictions from the store.
    const keysOf = (job: string) => [
      ...new Set([...JSON.stringify(jobs[job]).matchAll(/secrets\.([a-z-]+)/g)].map(([, key]) => key)),
    ];
    const keys = Object.keys(declared('judge-model.yml'));
    expect(keys).toHaveLength(6);
    expect(holders.map(([job]) => keysOf(job))).toEqual([keys, keys]);
  });

  it.each(['challenger', 'champion'])(
    'are not needed by predict-%s: its files come by artifact id, and nothing names a place',
    (who) => {
      const { jobs } = load(read('reusable-workflows', 'judge-model.yml')) as {
        jobs: Record<
          string,
          {
            env?: object;
            permissions: object;
            steps: { uses?: string; env?: object; with?: Record<string, string> }[];
          }
        >;
      };
      const { permissions, env, steps } = jobs[`predict-${who}`] ?? { permissions: {}, steps: [] };
      expect(permissions).toEqual({ contents: 'read', 'pull-requests': 'read' });
      expect([env, ...steps.map((step) => step.env)].filter(Boolean)).toEqual([]);
      const names = steps.map(({ uses }) => /([a-z-]+)@/.exec(uses ?? '')?.[1]);
      // After the checkout, which empties the workspace, and before any code of it has run.
      expect(names).toEqual(['checkout', 'download-artifact', 'predict-model', 'upload-artifact']);
      const folder = '${{ runner.temp }}/gatehouse-scoring';
      expect(steps[1]?.with).toEqual({
        'artifact-ids': `\${{ needs.store.outputs.${who}-id }}`,
        path: folder,
      });
      expect(steps[2]?.with?.['scoring-folder']).toBe(folder);
    },
  );

  it('are passed on by propose-model.yml to the jobs that declare them, and not to training', () => {
    const { jobs } = load(read('reusable-workflows', 'propose-model.yml')) as {
      jobs: Record<string, { secrets?: Record<string, string> }>;
    };
    const passed = (job: string) => Object.keys(jobs[job]?.secrets ?? {});
    expect(passed('validate')).toEqual(Object.keys(declared('validate-data.yml')));
    expect(passed('judge')).toEqual(Object.keys(declared('judge-model.yml')));
    expect(JSON.stringify(jobs.train)).not.toContain('secrets');
  });
});
