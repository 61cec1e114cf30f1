import { machineOf, writesOf } from '../job.ts';
import type { Flaw, Rule } from '../rule.ts';
import { namesSecret } from '../text.ts';
import { type Fields, fieldsOf, type Job, type Workflow } from '../workflow.ts';

/**
 * A machine of the team outlives the job: what pull-request code leaves there meets the next one. So no job on it may
 * write, and a workflow that others call uses one only where an input says so.
 * @see https://docs.zizmor.sh/audits/#self-hosted-runner
 */
export const selfHostedRunner: Rule = {
  name: 'self-hosted-runner',
  find: (workflow) =>
    workflow.jobs.filter(({ calls }) => calls === '').flatMap((job) => ofJob(job, workflow)),
};

function ofJob({ name, path, fields }: Job, workflow: Workflow): readonly Flaw[] {
  const machine = machineOf(fields);
  if (machine === 'hosted') return [];
  const place = { path: fields['runs-on'] === undefined ? path : [...path, 'runs-on'], at: 'key' } as const;
  const writes = writesOf(fields);
  if (writes.length > 0) {
    return [
      {
        ...place,
        message: `job ${name} may write ${writes.join(', ')} on a machine that is not named literally as a hosted one`,
        fix: 'Write "runs-on: ubuntu-latest", or give it reading permissions only.',
      },
    ];
  }
  const isCalled = workflow.isPublic && workflow.events.includes('workflow_call');
  if (!isCalled || (machine === 'expression' && isChosenByCaller(fields, workflow))) return [];
  return [
    {
      ...place,
      message: `job ${name} of a workflow that others call runs on a machine that the caller did not choose`,
      fix: 'Let an input say it, with a hosted machine as its default.',
    },
  ];
}

/** `${{ inputs.x }}` or `${{ fromJSON(inputs.x) }}`. For a job with secrets a hosted machine must be its default. */
function isChosenByCaller(job: Fields, { fields }: Workflow): boolean {
  const runsOn = job['runs-on'];
  const form = /^\$\{\{\s*(?:fromJSON\(\s*)?inputs\.([\w-]+)\s*\)?\s*\}\}$/;
  const [, name] = form.exec(typeof runsOn === 'string' ? runsOn : '') ?? [];
  if (name === undefined || !namesSecret(job)) return name !== undefined;
  const call = fieldsOf(fieldsOf(fields.on).workflow_call);
  const text = String(fieldsOf(fieldsOf(call.inputs)[name]).default ?? '');
  const [, label = text] = /^\["([^"]*)"\]$/.exec(text) ?? [];
  return machineOf({ 'runs-on': label }) === 'hosted';
}
