import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { callerText } from '../../core/onboarding/caller-text.ts';
import { pinWorkflow, readRelease } from '../../scripts/generate-workflows.ts';
import { fencesOf, listPages } from '../docs/markdown.ts';

const root = join(import.meta.dirname, '..', '..');

/** A workflow or the metadata of an action, with the name by which a finding tells it. */
export interface ShippedFile {
  readonly path: string;
  readonly text: string;
}

const read = (path: string): ShippedFile => ({ path, text: readFileSync(join(root, path), 'utf8') });

/** What GitHub would run: by its place, and wherever else a file holds jobs or says how an action runs. */
const isRun = ({ path, text }: ShippedFile): boolean =>
  /(?:^|\/)(?:\.github\/workflows|reusable-workflows)\/|(?:^|\/)action\.ya?ml$/.test(path) ||
  /^(?:jobs|runs)\s*:/m.test(text);

/** Every tracked workflow and action; cases of the conformance folder are somebody's hostile files. */
export const listShipped = (): readonly ShippedFile[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.yml', '*.yaml'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '' && !path.startsWith('conformance/'))
    .map(read)
    .filter(isRun);

/** The copies that other repositories call, as the generator makes them now. */
export function listCopies(shipped: readonly ShippedFile[]): readonly ShippedFile[] {
  const release = readRelease(root);
  return shipped
    .filter(({ path }) => path.startsWith('reusable-workflows/'))
    .map(({ path, text }) => {
      const name = path.replace(/^.*\//, '');
      const pinned = pinWorkflow(text, name, { ...release, repository: 'gatehouse/gatehouse' });
      return { path: `.github/workflows/${name}`, text: pinned };
    });
}

/** What `gatehouse init` and the onboarding pull request write. */
export const initCaller = (): ShippedFile => ({
  path: '.github/workflows/gatehouse.yml',
  text: callerText(
    { pin: { repository: 'acme/gatehouse', sha: '0'.repeat(40) }, labels: ['self-hosted', 'gpu'] },
    'churn',
  ),
});

/** A workflow, not the metadata of an action. */
export const isWorkflow = ({ text }: ShippedFile): boolean => /^jobs\s*:/m.test(text);

/** Workflows in README and guides: whole ones, and jobs alone in a frame. What names `<commit>` is a sketch. */
export function listPageWorkflows(): {
  readonly whole: readonly ShippedFile[];
  readonly jobs: readonly ShippedFile[];
} {
  const fences = listPages(root).flatMap((path) =>
    fencesOf(read(path).text).flatMap(({ language, text }) =>
      /^ya?ml$/.test(language) ? [{ path, text }] : [],
    ),
  );
  return {
    whole: fences.filter(isWorkflow),
    jobs: fences
      .filter((fence) => !isWorkflow(fence) && !fence.text.includes('<commit>') && isJobs(fence.text))
      .map(({ path, text }) => ({
        path,
        text: `on: workflow_call\npermissions: {}\njobs:\n${text.replace(/^(?=.)/gm, '  ')}`,
      })),
  };
}

/** A map of nothing but jobs with steps. */
function isJobs(text: string): boolean {
  const values = Object.values(Object(load(text)) as Record<string, unknown>);
  return (
    values.length > 0 && values.every((job) => typeof job === 'object' && job !== null && 'steps' in job)
  );
}
