import type { Rule } from '../rule.ts';
import { conditionsOf } from '../text.ts';

/** Who acted last, which is not who proposed the code: anybody can have a bot push last to a branch of his. */
const actor =
  /\bgithub\s*(?:\.|\[\s*')\s*(?:triggering_)?actor(?:_id)?\b|\bevent(?:\.pull_request)?\.sender\.(?:login|id)\b/i;

/**
 * A condition on who triggered the run can be met by others than the one that is meant.
 * @see https://docs.zizmor.sh/audits/#bot-conditions
 */
export const botConditions: Rule = {
  name: 'bot-conditions',
  find: (workflow) =>
    conditionsOf(workflow).flatMap(({ path, text }) => {
      const [found] = actor.exec(text) ?? [];
      return found === undefined
        ? []
        : [
            {
              path,
              needle: found,
              message: `a condition trusts ${found}, which names who acted last and not who proposed the code`,
              found,
              fix: 'Ask for github.event.pull_request.user.login, or better for nobody: let rules of the branch decide.',
            },
          ];
    }),
};
