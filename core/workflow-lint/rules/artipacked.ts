import { isCheckout } from '../job.ts';
import type { Rule } from '../rule.ts';
import { fieldsOf } from '../workflow.ts';

/**
 * A checkout leaves the token of the job in `.git/config`, where every later step and every uploaded folder has it.
 * @see https://docs.zizmor.sh/audits/#artipacked
 */
export const artipacked: Rule = {
  name: 'artipacked',
  find: ({ steps }) =>
    steps
      .filter((step) => isCheckout(step) && !isFalse(fieldsOf(step.fields.with)['persist-credentials']))
      .map(({ path }) => ({
        path: [...path, 'uses'],
        message: 'checkout keeps its credentials: any later step can read the token of the job',
        fix: 'Write "persist-credentials: false" under "with:".',
      })),
};

/** GitHub hands every input on as text. */
const isFalse = (value: unknown): boolean => value === false || value === 'false';
