import { runsProposed } from '../job.ts';
import type { Flaw, Rule } from '../rule.ts';
import { namesSecret } from '../text.ts';
import type { Job, Workflow } from '../workflow.ts';

const ours = /^gatehouse\/gatehouse\/(?:actions\/[a-z-]+|bot)@/;

/** Pull-request code may read what its machine holds, also what an earlier step was given: secrets stay out of its job. */
export const exposedSecrets: Rule = {
  name: 'exposed-secrets',
  find: (workflow) => workflow.jobs.flatMap((job) => ofJob(job, workflow)),
};

function ofJob(job: Job, { isPublic }: Workflow): readonly Flaw[] {
  const isProposed = runsProposed(job);
  return job.steps.flatMap(({ path, fields, uses }): readonly Flaw[] => {
    const key = ['env', 'with'].find((name) => namesSecret(fields[name]));
    if (key === undefined) return [];
    if (isProposed) {
      return [
        {
          path: [...path, key],
          at: 'key',
          message: `job ${job.name} gives a secret to a job that runs code of the pull request`,
          fix: 'Move the step that needs the secret to a job of its own, which checks nothing out.',
        },
      ];
    }
    // A team may give its own secrets to its own steps; a workflow that others call passes theirs to nobody else.
    if (!isPublic || ours.test(uses)) return [];
    return [
      {
        path: [...path, key],
        at: 'key',
        message: `job ${job.name} gives a secret of the caller to a step that is not ours`,
        fix: 'Give it to actions of Gatehouse only.',
      },
    ];
  });
}
