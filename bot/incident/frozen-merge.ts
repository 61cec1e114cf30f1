import { checkName } from '../../adapters/github/anchors.ts';
import type { CheckRunFacts, PullFacts } from '../../adapters/github/reader.ts';
import type { GatehouseError } from '../../core/error/error.ts';
import { type IncidentNotice, incidentNotice } from '../../core/report/incident-notice.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import type { BotDeps } from '../deps.ts';
import type { Sources } from '../gather.ts';
import { closeMark, isMarkedOpen, leaveMark, openMark } from './marks.ts';

/** Name of the incident that a merge cannot be decided while the ledger is frozen. */
const frozenMerge = (number: number): string => `frozen-${number}`;

/**
 * Says that a merge waits for the ledger, where it lasts and the ledger is not needed: a mark on the merge commit and a
 * reply in the pull request, each once. When the ledger can be read again the merge is decided by itself.
 */
export async function markFrozenMerge(
  deps: BotDeps,
  { reader }: Sources,
  pull: PullFacts,
  fault: GatehouseError,
): Promise<void> {
  const commit = pull.mergeCommit;
  if (commit === null) return;
  const runs = await reader.checkRuns(commit, checkName);
  // Closed once, it may freeze again: what counts is whether the last thing said is true.
  if (isMarkedOpen(runs, frozenMerge(pull.number))) return;
  const notice: IncidentNotice = {
    reason: 'ledger frozen',
    because: `${fault.message}. ${fault.hint}`,
    by: pull.mergedBy?.login ?? null,
    baseRef: pull.base.ref,
    ...{ commit, model: null, serving: null, helpers: [] },
  };
  const marker = `<!-- gatehouse-incident:frozen:${commit}; -->`;
  const text = renderMarkdown(incidentNotice(notice));
  await deps.writer.answerComment(pull.number, marker, async () => `${marker}\n${text}\n`);
  await leaveMark(deps, openMark(frozenMerge(pull.number)), notice);
}

/** The ledger can be read again: from here on the merge is decided as any other. @param runs checks of the merge */
export async function endFrozenMerge(
  deps: BotDeps,
  runs: readonly Pick<CheckRunFacts, 'externalId'>[],
  commit: string,
  number: number,
): Promise<void> {
  if (!isMarkedOpen(runs, frozenMerge(number))) return;
  await closeMark(
    deps,
    commit,
    frozenMerge(number),
    'the ledger can be read again, and this merge is decided now',
  );
}
