import type { Path } from '../../config/position.ts';
import { machineOf, writesOf } from '../job.ts';
import type { Flaw, Rule } from '../rule.ts';
import { fieldsOf, type Job, type Workflow } from '../workflow.ts';

/**
 * Runs of one workflow go side by side unless it says otherwise: they race where they write, and they fill machines of
 * the team. Narrower than its model, which asks every workflow: hosted jobs that only read harm nobody.
 * @see https://docs.zizmor.sh/audits/#concurrency-limits
 */
export const concurrencyLimits: Rule = {
  name: 'concurrency-limits',
  find: (workflow) => [...missing(workflow), ...unclear(workflow)],
};

function missing(workflow: Workflow): readonly Flaw[] {
  // Of a called workflow the caller decides: a group of its own could cancel the other half of the same run.
  if (workflow.fields.concurrency !== undefined || workflow.events.every((name) => name === 'workflow_call'))
    return [];
  const unasked = workflow.events.some((event) => event === 'schedule' || event === 'push');
  return workflow.jobs
    .filter((job) => job.fields.concurrency === undefined)
    .filter(
      (job) => isOnOwnMachine(job) || (unasked && writesOf(job.fields).some((scope) => scope !== 'id-token')),
    )
    .map(({ name, path }) => ({
      path,
      at: 'key',
      message: `job ${name} can run many times at once, where it writes or holds a machine of the team`,
      fix: 'Write "concurrency: { group: ..., cancel-in-progress: ... }" at the job, or above "jobs:".',
    }));
}

const isOnOwnMachine = (job: Job): boolean => job.calls === '' && machineOf(job.fields) !== 'hosted';

function unclear({ fields, jobs }: Workflow): readonly Flaw[] {
  return [
    ...ofGroup([], fields.concurrency),
    ...jobs.flatMap(({ path, fields: job }) => ofGroup(path, job.concurrency)),
  ];
}

function ofGroup(above: Path, value: unknown): readonly Flaw[] {
  if (value === undefined) return [];
  const place = { path: [...above, 'concurrency'], at: 'key' } as const;
  const { group = value, 'cancel-in-progress': cancel } = fieldsOf(value);
  if (cancel === undefined) {
    return [
      {
        ...place,
        message: 'a newer run neither ends the older one nor is said to wait for it',
        fix: 'Write "cancel-in-progress: true", or false where the older run must come to its end.',
      },
    ];
  }
  // A fork calls its branch as it likes, and so chooses whose run is cancelled.
  if (cancel === false || !/head_ref|head\.ref/i.test(String(group))) return [];
  return [
    {
      ...place,
      message:
        'the group is called like a branch, which a fork may call as it likes: its run ends those of others',
      found: String(group),
      fix: 'Use github.event.pull_request.number in the group.',
    },
  ];
}
