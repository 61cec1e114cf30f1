import type { Flaw, Rule } from '../rule.ts';
import { textsIn } from '../text.ts';
import { fieldsOf } from '../workflow.ts';

const opening = 'ACTIONS_ALLOW_UNSECURE_COMMANDS';
const old = /::(?:set-env|add-path|set-output|save-state)\b/;

/**
 * Commands in what a program prints: text of a stranger that reaches the log would be obeyed.
 * @see https://docs.zizmor.sh/audits/#insecure-commands
 */
export const insecureCommands: Rule = {
  name: 'insecure-commands',
  find: ({ fields, jobs, steps }) => [
    ...[{ path: [], fields }, ...jobs, ...steps].flatMap((place): readonly Flaw[] =>
      Object.keys(fieldsOf(place.fields.env)).some((key) => key.toUpperCase() === opening)
        ? [
            {
              path: [...place.path, 'env'],
              at: 'key',
              needle: opening,
              message: 'commands that anybody can print are obeyed again',
              found: opening,
              fix: `Remove ${opening}: write to "$GITHUB_OUTPUT" instead.`,
            },
          ]
        : [],
    ),
    ...steps.flatMap(({ path, fields: step }) =>
      textsIn({ run: step.run, with: step.with }, path).flatMap(({ path: at, text }) => {
        const [found] = old.exec(text) ?? [];
        return found === undefined
          ? []
          : [
              {
                path: at,
                needle: found,
                message: `the command ${found} is printed, which GitHub no longer obeys because anybody could print it`,
                found,
                fix: 'Write to "$GITHUB_OUTPUT" instead.',
              },
            ];
      }),
    ),
  ],
};
