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
import { askReviewers } from '../publish/ask-reviewers.ts';
import { toReport } from '../publish/report.ts';

/** What "Ask reviewers" of a check does for one pull request. */
export async function askAgain(deps: BotDeps, number: number): Promise<void> {
  const pull = await deps.newReader().pull(number);
  const report = pull.state === 'closed' ? null : await decideNow(deps, pull);
  if (report !== null) await askReviewers(deps, pull, report);
}

/** null: nobody governs its base. */
async function decideNow(deps: BotDeps, pull: PullFacts): Promise<Report | null> {
  const sources = openSources(deps);
  const repository = await sources.reader.repository();
  const governance = await readGovernance(sources.reader, repository, pull.base.ref);
  if (governance.kind !== 'governed') return null;
  const facts = await gather(sources, pull);
  return toReport(facts, decide(facts.input), deps.now());
}

/** Answers `explain` and `request` from a decision that is made anew, and that nothing is written by. */
export async function answerByDecision(
  deps: BotDeps,
  kind: 'explain' | 'request',
  pull: PullFacts,
  place: ReplyPlace,
): Promise<string> {
  if (pull.state === 'closed') return renderClosed(place);
  const report = await decideNow(deps, pull);
  if (report === null) return renderUngoverned(place);
  if (kind === 'explain') return renderExplanation(report, place);
  return renderRequested(await askReviewers(deps, pull, report), report, place);
}
