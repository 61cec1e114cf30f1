import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub } from './failure.ts';
import { toId } from './id.ts';

/** What stopped a job, in the words of its annotations. Any job of the run can write them: shown, never believed. */
export interface RunNote {
  readonly job: string;
  readonly message: string;
}

const mostJobs = 5;
const mostNotes = 3;
/** The runner's own last word on a failed step says nothing. */
const empty = /^Process completed with exit code \d+\.?$/;

/**
 * Reads why the newest attempt of a run failed, so that a person need not open its log.
 * @returns at most three notes, first job first
 */
export async function readRunNotes(
  client: GitHubClient,
  name: RepositoryName,
  runId: number,
): Promise<readonly RunNote[]> {
  return readGitHub(`failed jobs of run ${runId}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', {
      ...name,
      run_id: runId,
      filter: 'latest',
      per_page: 100,
    });
    const failed = data.jobs.filter(({ conclusion }) => conclusion === 'failure').slice(0, mostJobs);
    const notes: RunNote[] = [];
    for (const job of failed) {
      // A job is a check run of the same id.
      const annotations = await client.request(
        'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
        {
          ...name,
          check_run_id: toId(job.id),
        },
      );
      for (const { annotation_level, message } of annotations.data) {
        const text = message ?? '';
        if (annotation_level === 'failure' && !empty.test(text)) notes.push({ job: job.name, message: text });
      }
    }
    return notes.slice(0, mostNotes);
  });
}
