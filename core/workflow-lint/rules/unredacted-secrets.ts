import type { Rule } from '../rule.ts';
import { expressionsOf } from '../text.ts';

/**
 * Logs hide a secret as it is written. A part taken out of one is another text, and stays readable.
 * @see https://docs.zizmor.sh/audits/#unredacted-secrets
 */
export const unredactedSecrets: Rule = {
  name: 'unredacted-secrets',
  find: (workflow) =>
    expressionsOf(workflow)
      .filter(({ text }) => /\bfromjson\s*\(\s*secrets\b/i.test(text))
      .map(({ path }) => ({
        path,
        message: 'a part of a secret is taken out, which logs do not hide',
        fix: 'Keep each part as a secret of its own.',
      })),
};
