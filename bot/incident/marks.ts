import { checkName } from '../../adapters/github/anchors.ts';
import { finalPrefix, incidentPrefix } from '../../adapters/github/checks.ts';
import type { CheckRunFacts } from '../../adapters/github/reader.ts';
import { paragraph } from '../../core/report/block.ts';
import { plainText } from '../../core/report/cell.ts';
import { type IncidentNotice, incidentNotice, noticeWords } from '../../core/report/incident-notice.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import type { BotDeps } from '../deps.ts';

/**
 * Marks of an incident on the commit that it is about: check runs that are left once and never updated. The one that says
 * that it is over comes after the one that says that it is open; GitHub shows the newer one.
 */
export const openMark = (of: number | string): string => `${incidentPrefix}open:${of}`;
export const closedMark = (of: number | string): string => `${incidentPrefix}closed:${of}`;

/** External id of the check on the merge commit that says: decided, and nothing was promoted. */
export const finalId = (number: number): string => `${finalPrefix}${number}`;

/** True when a commit has a mark that says "open" and none that says "over". */
export function isMarkedOpen(
  runs: readonly Pick<CheckRunFacts, 'externalId'>[],
  of: number | string,
): boolean {
  const has = (id: string) => runs.some(({ externalId }) => externalId === id);
  return has(openMark(of)) && !has(closedMark(of));
}

/** Leaves the mark of an incident. @param id `openMark`, or `finalId` when nothing that comes later changes it */
export async function leaveMark(
  deps: BotDeps,
  id: string,
  notice: IncidentNotice,
  enforced = true,
): Promise<void> {
  const { what } = noticeWords(notice.reason);
  await deps.writer.createFixedCheck({
    name: checkName,
    headSha: notice.commit,
    externalId: id,
    conclusion: enforced ? 'failure' : 'neutral',
    output: {
      title: plainText(`Not promoted: ${what}`, 120),
      summary: renderMarkdown(incidentNotice(notice)),
      text: '',
      annotations: [],
    },
  });
}

/** Leaves the mark that an incident is over. @param because plain text of ours */
export async function closeMark(
  deps: BotDeps,
  commit: string,
  of: number | string,
  because: string,
): Promise<void> {
  await deps.writer.createFixedCheck({
    name: checkName,
    headSha: commit,
    externalId: closedMark(of),
    conclusion: 'neutral',
    output: {
      title: 'The incident of this commit is over',
      summary: renderMarkdown([paragraph({ strong: 'Over:' }, ` ${because}.`)]),
      text: '',
      annotations: [],
    },
  });
}
