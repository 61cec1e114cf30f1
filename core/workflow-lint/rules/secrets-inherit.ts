import type { Rule } from '../rule.ts';

/**
 * A called workflow is given the secrets that it asks for, by name, and no others.
 * @see https://docs.zizmor.sh/audits/#secrets-inherit
 */
export const secretsInherit: Rule = {
  name: 'secrets-inherit',
  find: ({ jobs }) =>
    jobs
      .filter(({ fields }) => fields.secrets === 'inherit')
      .map(({ name, path }) => ({
        path: [...path, 'secrets'],
        message: `job ${name} inherits every secret`,
        fix: 'Name each secret under "secrets:".',
      })),
};
