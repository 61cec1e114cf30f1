import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { callerText } from '../../core/onboarding/caller-text.ts';
import { lintWorkflow } from '../../core/workflow-lint/workflow-lint.ts';
import { pinWorkflow, readRelease } from '../../scripts/generate-workflows.ts';
import { fencesOf, listPages } from '../docs/markdown.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const tracked = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.yml', '*.yaml'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((path) => path !== '');

/** What GitHub would run: by its place, and wherever else a file holds jobs or says how an action runs. */
const isRun = (path: string): boolean =>
  /(?:^|\/)(?:\.github\/workflows|reusable-workflows)\/|(?:^|\/)action\.ya?ml$/.test(path) ||
  /^(?:jobs|runs)\s*:/m.test(read(path));
const shipped = tracked.filter((path) => !path.startsWith('conformance/') && isRun(path));

/** What other repositories call; the copies beside them are the same files, pinned. */
const isPublic = (path: string): boolean => /^(?:reusable-workflows|\.github\/workflows)\//.test(path);

/** `file:line rule: message` of everything that is found. */
const linesOf = (text: string, path: string, leave: readonly string[] = []): readonly string[] =>
  lintWorkflow(text, path, { isPublic: isPublic(path) })
    .filter(({ code }) => !leave.includes(code))
    .map(({ code, message, where }) => `${where?.file}:${where?.line} ${code}: ${message}`);

describe('every workflow and action that is shipped breaks no rule', () => {
  it('are found, all of them', () => {
    const counted = (form: RegExp) => shipped.filter((path) => form.test(path)).length;
    expect(counted(/^reusable-workflows\//)).toBeGreaterThanOrEqual(7);
    expect(counted(/^\.github\/workflows\//)).toBe(counted(/^reusable-workflows\//));
    expect(counted(/^actions\/[^/]+\/action\.yml$/)).toBeGreaterThanOrEqual(18);
    expect(shipped).toEqual(
      expect.arrayContaining([
        'action.yml',
        'fixtures/callers/reproduce.yml',
        'fixtures/flights/.github/workflows/search-round.yml',
      ]),
    );
  });

  it.each(shipped.filter((path) => !path.startsWith('.github/')))('%s', (path) => {
    expect(linesOf(read(path), path)).toEqual([]);
  });

  it('nor do the copies that others call, as they are generated', () => {
    const release = readRelease(root);
    for (const path of shipped.filter((name) => name.startsWith('reusable-workflows/'))) {
      const name = path.replace(/^.*\//, '');
      const pinned = pinWorkflow(read(path), name, { ...release, repository: 'gatehouse/gatehouse' });
      expect(linesOf(pinned, `.github/workflows/${name}`)).toEqual([]);
    }
  });

  it('nor does the caller that `gatehouse init` writes', () => {
    const pin = { repository: 'acme/gatehouse', sha: '0'.repeat(40) };
    const text = callerText({ pin, labels: ['self-hosted', 'gpu'] }, 'churn');
    expect(linesOf(text, '.github/workflows/gatehouse.yml')).toEqual([]);
  });
});

describe('workflows in pages', () => {
  const fences = listPages(root).flatMap((path) =>
    fencesOf(read(path)).flatMap(({ language, text }) => (/^ya?ml$/.test(language) ? [{ path, text }] : [])),
  );
  const whole = fences.filter(({ text }) => /^jobs\s*:/m.test(text));
  /** Jobs for the workflow that the page speaks of. What names `<commit>` is a sketch. */
  const jobs = fences.filter(
    ({ text }) => !/^jobs\s*:/m.test(text) && !text.includes('<commit>') && isJobs(text),
  );
  // A page says why in its own words.
  const leave = ['workflow/undocumented-permissions'];

  it('break no rule, whole ones', () => {
    expect(whole.length).toBeGreaterThan(7);
    for (const { path, text } of whole) expect(linesOf(text, path, leave)).toEqual([]);
  });

  it('nor do jobs alone', () => {
    expect(jobs.length).toBeGreaterThan(0);
    for (const { path, text } of jobs) {
      const indented = text.replace(/^(?=.)/gm, '  ');
      const framed = `on: workflow_call\npermissions: {}\njobs:\n${indented}`;
      expect(linesOf(framed, path, leave)).toEqual([]);
    }
  });
});

/** A map of nothing but jobs with steps. */
function isJobs(text: string): boolean {
  const values = Object.values(Object(load(text)) as Record<string, unknown>);
  return (
    values.length > 0 && values.every((job) => typeof job === 'object' && job !== null && 'steps' in job)
  );
}
