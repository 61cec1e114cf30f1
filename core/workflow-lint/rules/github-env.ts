import type { Rule } from '../rule.ts';
import { fieldsOf } from '../workflow.ts';

const written = /\bGITHUB_(?:ENV|PATH)\b|\b(?:exportVariable|addPath)\b/;

/**
 * What a step writes there is in the environment of every later step: a variable such as LD_PRELOAD or NODE_OPTIONS, or
 * another program of the same name, runs code with their secrets. Nothing of ours needs it, so it is refused altogether.
 * @see https://docs.zizmor.sh/audits/#github-env
 */
export const githubEnv: Rule = {
  name: 'github-env',
  find: ({ steps }) =>
    steps.flatMap(({ path, run, fields }) =>
      [
        { at: [...path, 'run'], text: run },
        { at: [...path, 'with', 'script'], text: String(fieldsOf(fields.with).script ?? '') },
      ].flatMap(({ at, text }) => {
        const [found] = written.exec(text) ?? [];
        return found === undefined
          ? []
          : [
              {
                path: at,
                needle: found,
                message: `a step changes the environment of all later steps (${found})`,
                found,
                fix: 'Hand the value on as an output, in "$GITHUB_OUTPUT", and name it where it is needed.',
              },
            ];
      }),
    ),
};
