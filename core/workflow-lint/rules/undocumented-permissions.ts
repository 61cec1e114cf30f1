import { positionOf } from '../../config/position.ts';
import { writesOf } from '../job.ts';
import type { Rule } from '../rule.ts';
import type { Job, Workflow } from '../workflow.ts';

/**
 * A permission to write says in a comment what it is for, so that the next person knows when it can go. Narrower than its
 * model, which asks for reading too: the jobs of ours that read are many, and what they read harms nobody.
 * @see https://docs.zizmor.sh/audits/#undocumented-permissions
 */
export const undocumentedPermissions: Rule = {
  name: 'undocumented-permissions',
  find: (workflow) =>
    workflow.jobs.flatMap((job) =>
      writesOf(job.fields)
        .filter((scope) => scope !== 'write-all' && !isDocumented(workflow, job, scope))
        .map((scope) => ({
          path: [...job.path, 'permissions', scope],
          at: 'key',
          message: `job ${job.name} may write ${scope}, and nothing says why`,
          found: `${scope}: write`,
          fix: `Write a comment behind or above "${scope}: write".`,
        })),
    ),
};

/** On its line, directly above it, or directly above the permissions. */
function isDocumented({ source }: Workflow, { path }: Job, scope: string): boolean {
  const lineOf = (...keys: readonly string[]): number =>
    positionOf(source, [...path, ...keys], 'key').line ?? 0;
  const [key, above] = [lineOf('permissions', scope), lineOf('permissions') - 1];
  const text = (line: number): string => source.lines[line - 1] ?? '';
  const isComment = (line: number): boolean => /^\s*#\s*\S/.test(text(line));
  return /\s#\s*\S/.test(text(key)) || isComment(key - 1) || isComment(above);
}
