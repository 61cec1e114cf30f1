import type { Rule } from '../rule.ts';
import { fieldsOf } from '../workflow.ts';

/**
 * GitHub puts the value of an expression into a script before any shell reads it, so a value with a quote or a `;` in it
 * becomes code. Stricter than its model: no expression at all, so that nobody has to know which values are harmless.
 * @see https://docs.zizmor.sh/audits/#template-injection
 * @see https://securitylab.github.com/resources/github-actions-untrusted-input/
 */
export const templateInjection: Rule = {
  name: 'template-injection',
  find: ({ steps }) =>
    steps.flatMap(({ path, fields }) =>
      [
        { at: [...path, 'run'], text: fields.run },
        { at: [...path, 'shell'], text: fields.shell },
        { at: [...path, 'with', 'script'], text: fieldsOf(fields.with).script },
      ]
        .filter(({ text }) => typeof text === 'string' && text.includes('${{'))
        .map(({ at }) => ({
          path: at,
          needle: '${{',
          message: 'an expression inside run: its value becomes code of the script',
          fix: 'Give the value to "env:" of the step and write "$NAME" in the script.',
        })),
    ),
};
