import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly name: string;
  readonly text: string;
  readonly runsOn: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** Jobs of what a pull request can start. */
const paths = [
  ...['judge-model.yml', 'validate-data.yml', 'propose-model.yml'].map(
    (name) => `reusable-workflows/${name}`,
  ),
  'fixtures/flights/.github/workflows/gatehouse.yml',
];
const jobs: readonly Job[] = paths.flatMap((path) => {
  const { jobs: all } = load(read(path)) as { jobs: Record<string, Record<string, unknown>> };
  return Object.entries(all).flatMap(([name, job]): readonly Job[] =>
    'uses' in job
      ? []
      : [
          {
            name: `${path} ${name}`,
            text: JSON.stringify(job),
            runsOn: job['runs-on'],
            permissions: (job.permissions ?? {}) as Job['permissions'],
            steps: (job.steps ?? []) as readonly Step[],
          },
        ],
  );
});
const uses = ({ steps }: Job, action: string): boolean =>
  steps.some((step) => (step.uses ?? '').startsWith(`${action}@`));
const runsCode = jobs.filter((job) => uses(job, 'actions/checkout'));
const signs = jobs.filter(({ permissions }) => permissions['id-token'] === 'write');

describe('the border between the jobs that a pull request starts', () => {
  it('has jobs on both sides', () => {
    expect(runsCode.map(({ name }) => name.split(' ')[1])).toEqual([
      ...['predict-challenger', 'predict-champion', 'train', 'train'],
    ]);
    expect(signs.map(({ name }) => name.split(' ')[1])).toEqual(['judge', 'validate']);
  });

  it.each(runsCode.map((job) => [job.name, job] as const))(
    '%s runs code of the repository: it cannot sign, write or read a secret',
    (_, { permissions, text, steps }) => {
      expect(Object.values(permissions)).not.toContain('write');
      expect(text).not.toMatch(/secrets[.[]/);
      for (const step of steps.filter((each) => each.uses?.startsWith('actions/checkout@')))
        expect(step.with).toMatchObject({ 'persist-credentials': false });
    },
  );

  it.each(signs.map((job) => [job.name, job] as const))(
    '%s can sign: it runs nothing that a pull request wrote, on a machine that is named literally',
    (_, { runsOn, steps, permissions }) => {
      expect(runsOn).toBe('ubuntu-latest');
      const foreign = steps.filter(
        ({ uses: action = '' }) => !/^gatehouse\/gatehouse\/actions\//.test(action),
      );
      for (const { uses: action, run = '' } of foreign) {
        if (action !== undefined) expect(action).toMatch(/^actions\/upload-artifact@/);
        // Of shell only what tells the verdict of our own action, from a variable.
        else expect(run).toMatch(/^echo "Verdict: \$VERDICT"\n/);
      }
      expect(Object.entries(permissions).filter(([, level]) => level === 'write')).toEqual([
        ['id-token', 'write'],
      ]);
    },
  );

  it('hands over by artifact id and digest, never by a name that any job of the run can take', () => {
    const downloads = jobs.flatMap(({ steps }) =>
      steps.filter((step) => step.uses?.startsWith('actions/download-artifact@')),
    );
    expect(downloads.length).toBeGreaterThan(1);
    for (const step of downloads) {
      expect(Object.keys(step.with ?? {}).sort()).toEqual(['artifact-ids', 'path']);
      expect(step.with?.['artifact-ids']).toMatch(/^\$\{\{ needs\.[a-z-]+\.outputs\.[a-z-]+ \}\}$/);
    }
    const judge = jobs.find(({ name }) => name.endsWith('judge-model.yml judge'));
    const own = judge?.steps.find((step) => step.uses?.includes('/actions/judge-model@'))?.with ?? {};
    for (const who of ['challenger', 'champion']) {
      expect(own[`${who}-predictions-id`]).toBe(`\${{ needs.predict-${who}.outputs.artifact-id }}`);
      expect(own[`${who}-predictions-digest`]).toBe(`\${{ needs.predict-${who}.outputs.artifact-digest }}`);
    }
  });
});

it('held-out labels are asked for by the judge alone', () => {
  const asks = readdirSync(join(root, 'actions'))
    .flatMap((action) =>
      readdirSync(join(root, 'actions', action)).map((file) => `actions/${action}/${file}`),
    )
    .filter((path) => path.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(path))
    .filter((path) => /\bfetchLabels\b/.test(read(path)));
  expect(new Set(asks.map((path) => path.split('/')[1]))).toEqual(new Set(['judge-model']));
});
