import { isCheckout, machineOf } from '../job.ts';
import type { Flaw, Rule } from '../rule.ts';
import { fieldsOf, type Workflow } from '../workflow.ts';

const refused = ['pull_request_target', 'workflow_run'];
/** Written by strangers, run with the token and the secrets of the base: safe only as long as no code of theirs runs. */
const ofStrangers = ['issue_comment', 'issues', 'discussion', 'discussion_comment'];

/**
 * Events that give the token and the secrets of the base to a run that a stranger starts.
 * @see https://docs.zizmor.sh/audits/#dangerous-triggers
 * @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
export const dangerousTriggers: Rule = {
  name: 'dangerous-triggers',
  find: (workflow) => [
    ...workflow.events
      .filter((event) => refused.includes(event))
      .map((event) => ({
        path: isNamed(workflow, event) ? ['on', event] : ['on'],
        at: 'key' as const,
        message: `${event} runs with the secrets and the token of the base, also for a stranger`,
        found: event,
        fix: 'Use pull_request, or have a workflow called by workflow_call.',
      })),
    ...(workflow.events.some((event) => ofStrangers.includes(event)) ? meetings(workflow) : []),
  ],
};

const isNamed = ({ fields }: Workflow, event: string): boolean => event in fieldsOf(fields.on);

function meetings({ jobs }: Workflow): readonly Flaw[] {
  return jobs.flatMap(({ name, path, fields, calls, steps }): readonly Flaw[] => [
    ...steps
      .filter((step) => isCheckout(step) && fieldsOf(step.fields.with).ref !== undefined)
      .map((step) => ({
        path: [...step.path, 'with', 'ref'],
        message: `job ${name} runs for a stranger with the token of the base, and checks out what is asked for`,
        fix: 'Check out nothing but the default branch, without "ref".',
      })),
    ...(calls === '' && machineOf(fields) !== 'hosted'
      ? [
          {
            path: [...path, 'runs-on'],
            message: `job ${name} lets a stranger start a run on a machine of the team`,
            fix: 'Run it on a hosted machine.',
          },
        ]
      : []),
  ]);
}
