import { isRecord } from '../../config/yaml-node.ts';
import { writesOf } from '../job.ts';
import type { Flaw, Rule } from '../rule.ts';
import type { Job } from '../workflow.ts';

/** What a job of ours, or one that calls us, may write. Into branches, packages and deployments only the app writes. */
const writable = new Set(['id-token', 'issues', 'pull-requests', 'checks', 'actions', 'attestations']);
/** GitHub has one permission for branches and releases: the job that leaves the ledger's anchor in a release needs it. */
const anchoring = /\/(?:\.github\/workflows\/anchor-ledger\.yml|actions\/anchor-ledger)@/;

/** Nothing else may run where that permission is. */
const isAnchoring = ({ calls, steps }: Job): boolean =>
  steps.length === 0
    ? anchoring.test(calls)
    : steps.length === 1 && steps.every(({ uses }) => anchoring.test(uses));

/**
 * Nothing is granted to all jobs, and each job says what it needs.
 * @see https://docs.zizmor.sh/audits/#excessive-permissions
 */
export const excessivePermissions: Rule = {
  name: 'excessive-permissions',
  find: ({ kind, fields, jobs }) =>
    kind === 'action' ? [] : [...top(fields.permissions), ...jobs.flatMap(ofJob)],
};

function top(permissions: unknown): readonly Flaw[] {
  if (isRecord(permissions) && Object.keys(permissions).length === 0) return [];
  return [
    {
      path: permissions === undefined ? [] : ['permissions'],
      at: 'key',
      message: 'permissions at the top are not {}: a job that names none gets them',
      fix: 'Write "permissions: {}" above "jobs:".',
    },
  ];
}

function ofJob(job: Job): readonly Flaw[] {
  const { name, path, fields } = job;
  const { permissions } = fields;
  if (!isRecord(permissions)) {
    const found = permissions === undefined ? 'nothing' : String(permissions);
    return [
      {
        path: permissions === undefined ? path : [...path, 'permissions'],
        at: 'key',
        message: `job ${name} has no permissions of its own, scope by scope`,
        found,
        fix: 'Write "permissions: { contents: read }" at the job, and what else it needs.',
      },
    ];
  }
  return writesOf(fields)
    .filter((scope) => !writable.has(scope) && !(scope === 'contents' && isAnchoring(job)))
    .map((scope) => ({
      path: [...path, 'permissions', scope],
      message: `job ${name} may write ${scope}, which only the app does`,
      found: `${scope}: write`,
      fix: `Write "${scope}: read", or remove the line.`,
    }));
}
