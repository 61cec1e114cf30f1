import type { PullFacts } from '../../adapters/github/reader.ts';
import { decide } from '../../core/policy/decide.ts';
import type { ReplyPlace } from '../../core/report/command-reply.ts';
import {
  renderClosed,
  renderExplanation,
  renderRequested,
  renderUngoverned,
} from '../../core/report/decision-reply.ts';
import type { Report } from '../../core/report/report.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { readGovernance } from '../gather/governance.ts';
import { gather } from '../gather.ts';
import { toReport } from '../publish/report.ts';

/** No more people than these are asked by one comment. */
const maxAsked = 5;

/** Answers `explain` and `request` from a decision that is made anew, and that nothing is written by. */
export async function answerByDecision(
  deps: BotDeps,
  kind: 'explain' | 'request',
  pull: PullFacts,
  place: ReplyPlace,
): Promise<string> {
  if (pull.state === 'closed') return renderClosed(place);
  const sources = openSources(deps);
  const repository = await sources.reader.repository();
  const governance = await readGovernance(sources.reader, repository, pull.base.ref);
  if (governance.kind !== 'governed') return renderUngoverned(place);
  const facts = await gather(sources, pull);
  const report = toReport(facts, decide(facts.input), deps.now());
  if (kind === 'explain') return renderExplanation(report, place);
  return renderRequested(await askAgain(deps, pull, report), report, place);
}

/** Also asks those who looked at an earlier commit; nobody who was asked and has not answered. */
async function askAgain(deps: BotDeps, pull: PullFacts, report: Report): Promise<readonly string[]> {
  const { decision, input, headSha } = report;
  const looked = input.reviews
    .filter(({ commit }) => commit === headSha)
    .map(({ reviewer }) => reviewer.login);
  const known = new Set([...pull.requestedReviewers, ...looked, pull.author.login]);
  const wanted = decision.missing
    .flatMap(({ candidates }) => candidates)
    .filter((login) => !known.has(login));
  return deps.writer.requestReviewers(pull.number, [...new Set(wanted)].slice(0, maxAsked));
}
