import { withoutProgress, withProgress } from '../../core/report/progress-overlay.ts';
import { readCheckRuns } from './check-runs.ts';
import { isFixed } from './checks.ts';
import type { AppIdentity, GitHubClient, RepositoryName } from './client.ts';
import { writeGitHub } from './failure.ts';
import type { ShownProgress } from './writer.ts';

/**
 * Puts how far a training is into the check of a head: title, and a part above the summary. Only its words are sent,
 * never a status or a conclusion, so what a training claims can neither end a check nor open one again.
 * @returns `kept`: there is no check of ours in progress, and nothing was written
 */
export async function showProgress(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  { name: checkName, headSha, title, parts }: ShownProgress,
): Promise<'updated' | 'unchanged' | 'kept'> {
  const runs = await readCheckRuns(client, name, identity.appId, headSha, checkName);
  const current = runs.at(-1);
  if (current === undefined || current.status !== 'in_progress' || isFixed(current.externalId)) return 'kept';
  const own = withoutProgress(current.summary);
  const summary = parts.length === 0 ? own : withProgress(own, parts);
  // Nothing to take away: the check says what the decision said.
  const untouched = parts.length === 0 && own === current.summary;
  if (untouched || (current.title === title && current.summary === summary)) return 'unchanged';
  await writeGitHub(`show progress in the check of ${headSha}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...name,
      check_run_id: current.id,
      // Annotations are added, not replaced: those that stand there stay.
      output: { title, summary, text: current.text },
    }),
  );
  return 'updated';
}
