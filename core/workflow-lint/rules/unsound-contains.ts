import type { Rule } from '../rule.ts';
import { expressionsOf } from '../text.ts';

const inText = /\bcontains\s*\(\s*'(?:[^']|'')*'\s*,/i;

/**
 * `contains` of a text asks for a part of it: a branch called `mai` is in 'main develop', and so is an empty value.
 * @see https://docs.zizmor.sh/audits/#unsound-contains
 */
export const unsoundContains: Rule = {
  name: 'unsound-contains',
  find: (workflow) =>
    expressionsOf(workflow).flatMap(({ path, text }) => {
      const [found] = inText.exec(text) ?? [];
      return found === undefined
        ? []
        : [
            {
              path,
              needle: found,
              message: 'contains asks whether the value is a part of a text, not whether it is in a list',
              found,
              fix: `Write contains(fromJSON('["one", "two"]'), ...).`,
            },
          ];
    }),
};
