import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub } from './failure.ts';
import { type GitHubId, toId } from './id.ts';

/** One job of a run. Names are the pull request's, labels what its workflow asks for. */
export interface JobFacts {
  readonly id: number;
  readonly name: string;
  /** `queued`, `in_progress`, `completed`, `waiting`, `pending`, `requested`. */
  readonly status: string;
  readonly conclusion: string | null;
  readonly labels: readonly string[];
  /** ISO 8601 UTC: since when it waits for a runner, when it is queued. */
  readonly createdAt: string;
  /** null: no runner took it yet. */
  readonly runner: string | null;
}

/**
 * Reads the jobs of a run's newest attempt: the first 100, which is enough to show and never to decide.
 * @see https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
 */
export async function readJobs(
  client: GitHubClient,
  name: RepositoryName,
  runId: number,
): Promise<readonly JobFacts[]> {
  return readGitHub(`jobs of run ${runId}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', {
      ...name,
      run_id: runId,
      filter: 'latest',
      per_page: 100,
    });
    return data.jobs.map(toJob);
  });
}

interface JobAnswer {
  readonly id: GitHubId;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly labels: readonly string[];
  readonly created_at: string;
  readonly runner_name: string | null;
}

const toJob = (data: JobAnswer): JobFacts => ({
  id: toId(data.id),
  name: data.name,
  status: data.status,
  conclusion: data.conclusion,
  labels: data.labels,
  createdAt: data.created_at,
  runner: data.runner_name,
});
