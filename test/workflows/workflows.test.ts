import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { pinWorkflow, readRelease } from '../../scripts/generate-workflows.ts';
import { lintWorkflow } from './lint.ts';

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

  it.each(sources)('%s is safe by our own rules', (name) => {
    expect(lintWorkflow(read('reusable-workflows', name))).toEqual([]);
  });

  it('the caller that a team keeps is safe by the same rules', () => {
    expect(lintWorkflow(caller)).toEqual([]);
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
        const folder = /^gatehouse\/gatehouse\/(actions\/[^@]+)@/.exec(step.uses ?? '')?.[1];
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
    // Data is read where it is handed over, labels and predictions where it is judged.
    const keysOf = (job: string) => [
      ...new Set([...JSON.stringify(jobs[job]).matchAll(/secrets\.([a-z-]+)/g)].map(([, key]) => key)),
    ];
    const [data, store] = [keysOf('store').slice(0, 3), keysOf('judge')];
    expect(data.every((key) => key?.startsWith('data-'))).toBe(true);
    expect(store.every((key) => key?.startsWith('store-'))).toBe(true);
    expect([...data, ...store]).toEqual(Object.keys(declared('judge-model.yml')));
    expect(keysOf('store')).toEqual([...data, ...store]);
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

describe('the rules see what they are for', () => {
  const safe = read('reusable-workflows', 'judge-model.yml');
  it.each([
    [
      'an expression in run',
      safe.replace('echo "Verdict: $VERDICT"', 'echo "${{ inputs.model }}"'),
      'expression inside run',
    ],
    [
      'a tag instead of a commit',
      safe.replace(/@8e8c483db84b4bee98b60c0593521ed34d9990e8.*/g, '@v6'),
      'not pinned',
    ],
    [
      'write permissions at the top',
      safe.replace('permissions: {}', 'permissions: write-all'),
      'permissions at the top',
    ],
    [
      'the dangerous event',
      safe.replace('workflow_call:', 'pull_request_target: {}\n  workflow_call:'),
      'pull_request_target',
    ],
    [
      'a checkout in the job that signs',
      safe.replace(
        '      - id: judge\n',
        '      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8\n      - id: judge\n',
      ),
      'signs and checks out',
    ],
    [
      'a signer on a machine of the team',
      safe.replace(/runs-on: ubuntu-latest/g, 'runs-on: [self-hosted]'),
      'signs on a machine',
    ],
    [
      'a program in the job that signs',
      safe.replace('test "$VERDICT" = pass', 'node score.mjs'),
      'signs and runs',
    ],
    [
      'credentials left behind',
      safe.replace(/persist-credentials: false/g, 'fetch-depth: 1'),
      'keeps its credentials',
    ],
    [
      'a secret in a job that predicts',
      safe.replace(
        /(actions\/predict-model@0{40}\n)/,
        '$1        env: { GATEHOUSE_STORE_SECRET_ACCESS_KEY: "${{ secrets.store-secret-access-key }}" }\n',
      ),
      'gives a secret to a job that runs code of the pull request',
    ],
    [
      'a secret for every step of a job',
      safe.replace(
        '    runs-on: ubuntu-latest\n',
        '    runs-on: ubuntu-latest\n    env: { KEY: "${{ secrets.KEY }}" }\n',
      ),
      'gives a secret to every step',
    ],
    [
      'a secret for a step of others',
      safe.replace('          VERDICT: ${{', '          KEY: ${{ secrets.KEY }}\n          VERDICT: ${{'),
      'a step that is not ours',
    ],
    ['no time limit', safe.replace(/ {4}timeout-minutes: \d+\n/g, ''), 'no time limit'],
  ])('%s', (_, text, sentence) => {
    expect(text).not.toBe(safe);
    expect(lintWorkflow(text).join('\n')).toContain(sentence);
  });
});
