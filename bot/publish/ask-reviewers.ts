import type { PullFacts } from '../../adapters/github/reader.ts';
import type { Report } from '../../core/report/report.ts';
import type { BotDeps } from '../deps.ts';

/** More people than these are not asked at once. */
const maxAsked = 5;

/**
 * Asks who can help and was not asked yet; who looked at this head already is not asked again.
 * @returns logins of those who were asked
 */
export async function askReviewers(
  deps: BotDeps,
  pull: PullFacts,
  { decision, input, headSha }: Report,
): Promise<readonly string[]> {
  const looked = input.reviews
    .filter(({ commit }) => commit === headSha)
    .map(({ reviewer }) => reviewer.login);
  const known = new Set([...pull.requestedReviewers, ...looked, pull.author.login]);
  const wanted = decision.missing
    .flatMap(({ candidates }) => candidates)
    .filter((login) => !known.has(login));
  if (wanted.length === 0) return [];
  return deps.writer.requestReviewers(pull.number, [...new Set(wanted)].slice(0, maxAsked));
}
