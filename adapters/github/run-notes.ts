import { jobNote } from '../../core/report/job-note.ts';
import { endOfJob } from '../../core/training/job-end.ts';
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
const ends: ReadonlySet<string> = new Set(['failure', 'cancelled', 'timed_out']);
/** The runner's own last word on a failed step says nothing. */
const empty = /^Process completed with exit code \d+\.?$/;

/**
 * Reads what ended the newest attempt of a run, so that a person need not open its log: a lost runner, a time limit and a
 * person who cancelled it are told apart from what a job says itself.
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
    const stopped = data.jobs.filter(({ conclusion }) => ends.has(conclusion ?? '')).slice(0, mostJobs);
    const notes: RunNote[] = [];
    for (const job of stopped) {
      const messages = await readFailures(client, name, toId(job.id));
      const end = endOfJob({ ...job, steps: job.steps ?? [], notes: messages });
      const own = jobNote(end);
      const said = own === null ? messages.filter((text) => !empty.test(text)) : [own];
      notes.push(...said.map((message) => ({ job: job.name, message })));
    }
    return notes.slice(0, mostNotes);
  });
}

/** Messages of the failures that a job pointed out. */
async function readFailures(
  client: GitHubClient,
  name: RepositoryName,
  job: number,
): Promise<readonly string[]> {
  // A job is a check run of the same id.
  const { data } = await client.request('GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations', {
    ...name,
    check_run_id: job,
  });
  return data
    .filter(({ annotation_level }) => annotation_level === 'failure')
    .map(({ message }) => message ?? '');
}
