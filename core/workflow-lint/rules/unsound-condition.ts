import type { Rule } from '../rule.ts';
import { conditionsOf } from '../text.ts';

/**
 * A condition with anything outside of its one `${{ }}`, be it the line break at the end of a block, is a text, and
 * every text is true.
 * @see https://docs.zizmor.sh/audits/#unsound-condition
 */
export const unsoundCondition: Rule = {
  name: 'unsound-condition',
  find: (workflow) =>
    conditionsOf(workflow)
      .filter(({ text }) => text.includes('${{') && !isOne(text))
      .map(({ path, text }) => ({
        path,
        message: 'the condition is always true: there is text outside of ${{ }}',
        found: text.trim().slice(0, 200),
        fix: 'Write the whole condition inside one ${{ }}, in a block with ">-" and not with "|".',
      })),
};

const isOne = (text: string): boolean => /^\$\{\{[\s\S]*\}\}$/.test(text) && text.lastIndexOf('${{') === 0;
