import type { Rule } from '../rule.ts';

/** A job without a limit holds a machine for six hours, and one of the team for five days. @see https://docs.github.com/actions/reference/limits */
export const timeLimits: Rule = {
  name: 'time-limits',
  find: ({ jobs }) =>
    jobs
      .filter(({ calls, fields }) => calls === '' && fields['timeout-minutes'] === undefined)
      .map(({ name, path }) => ({
        path,
        at: 'key',
        message: `job ${name} has no time limit`,
        fix: 'Write "timeout-minutes: ..." at the job.',
      })),
};
