import type { PullFacts } from '../../adapters/github/reader.ts';
import { decide } from '../../core/policy/decide.ts';
import type { ReplyPlace } from '../../core/report/command-reply.ts';
import {
  renderClosed,
  renderExplanation,
  renderRequested,
  renderUngoverned,
} from '../../core/report/decision-reply.ts';
import { type BotDeps, openSources } from '../deps.ts';
import { readGovernance } from '../gather/governance.ts';
import { gather } from '../gather.ts';
import { askReviewers } from '../publish/ask-reviewers.ts';
import { toReport } from '../publish/report.ts';

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
  return renderRequested(await askReviewers(deps, pull, report), report, place);
}
