import { InputError, ServiceError } from '../../core/error/error.ts';
import type { SweepAction, SweptJob } from '../../core/training/sweep-facts.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub, readOptional, statusOf } from '../github/failure.ts';
import { readAllPages } from '../github/paging.ts';

/** A run of the team's workflow as GitHub lists it. */
export interface ListedRun {
  readonly id: number;
  readonly attempt: number;
  readonly event: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly headSha: string;
  readonly url: string;
  readonly updatedAt: string;
}

/** Runs that failed are looked at for so long. A run can be tried again for 30 days, but nobody waits for it. */
const failedHours = 24;
const hourMs = 3_600_000;
/** A run whose newest attempt failed today may have begun some days ago. */
const createdDays = 7;

/**
 * Runs of workflows that go on, and those that failed lately; each once.
 * @param workflows names of their files; one that is not there has no runs
 * @param now ISO 8601 UTC
 * @throws InputError WORKFLOW_MISSING when none of them is there: nothing would be looked after
 */
export async function readSweptRuns(
  client: GitHubClient,
  name: RepositoryName,
  workflows: readonly string[],
  now: string,
): Promise<readonly ListedRun[]> {
  const lists = [];
  for (const workflow of workflows) lists.push(await readRunsOf(client, name, workflow, now));
  if (lists.every((list) => list === null)) throw noWorkflow(workflows);
  return lists.flatMap((list) => list ?? []);
}

/** null: there is no such workflow. */
async function readRunsOf(
  client: GitHubClient,
  name: RepositoryName,
  workflow: string,
  now: string,
): Promise<readonly ListedRun[] | null> {
  const since = new Date(Date.parse(now) - createdDays * 24 * hourMs).toISOString().slice(0, 10);
  return readOptional(`runs of ${workflow}`, async () => {
    const list = (filter: RunFilter) => listRuns(client, name, workflow, filter);
    const open = [...(await list({ status: 'in_progress' })), ...(await list({ status: 'queued' }))];
    const failed = (await list({ status: 'failure', created: `>=${since}` })).filter(
      ({ updatedAt }) => Date.parse(now) - Date.parse(updatedAt) <= failedHours * hourMs,
    );
    // A run that ended between two lists stands in both: what was read last is true.
    return [...new Map([...open, ...failed].map((run) => [run.id, run])).values()];
  });
}

interface RunFilter {
  readonly status: 'in_progress' | 'queued' | 'failure';
  readonly created?: string;
}

const listRuns = (
  client: GitHubClient,
  name: RepositoryName,
  workflow: string,
  filter: RunFilter,
): Promise<readonly ListedRun[]> =>
  readAllPages(`runs of ${workflow}`, async (page, perPage) => {
    const { data, headers } = await client.request(
      'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
      { ...name, workflow_id: workflow, ...filter, per_page: perPage, page },
    );
    return { items: data.workflow_runs.map(toListed), link: headers.link };
  });

type RunAnswer = Awaited<ReturnType<typeof askRun>>['data'];
const askRun = (client: GitHubClient) => client.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}');

const toListed = (data: RunAnswer): ListedRun => ({
  id: Number(data.id),
  attempt: data.run_attempt ?? 1,
  event: data.event,
  status: data.status ?? 'unknown',
  conclusion: data.conclusion,
  headSha: data.head_sha,
  url: data.html_url,
  updatedAt: data.updated_at,
});

/** Jobs of a run, of all attempts, that train: by the last part of their name, and what a matrix adds to it. */
export async function readTrainingJobs(
  client: GitHubClient,
  name: RepositoryName,
  run: ListedRun,
  jobNames: readonly string[],
): Promise<readonly SweptJob[]> {
  const what = `jobs of run ${run.id}`;
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs';
  const all = await readGitHub(what, () =>
    readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request(route, {
        ...name,
        run_id: run.id,
        filter: 'all',
        per_page: perPage,
        page,
      });
      return { items: data.jobs, link: headers.link };
    }),
  );
  const jobs: SweptJob[] = [];
  for (const job of all) {
    if (!isNamed(job.name, jobNames)) continue;
    const attempt = job.run_attempt ?? 1;
    const failed = job.conclusion === 'failure' || job.conclusion === 'cancelled';
    jobs.push({
      name: job.name,
      attempt,
      labels: job.labels,
      runner: job.runner_name === '' ? null : job.runner_name,
      status: job.status,
      conclusion: job.conclusion,
      steps: (job.steps ?? []).map(({ status, conclusion }) => ({ status, conclusion })),
      notes: failed && attempt === run.attempt ? await readNotes(client, name, Number(job.id)) : [],
      createdAt: job.created_at,
      startedAt: job.started_at,
      completedAt: job.completed_at,
    });
  }
  return jobs;
}

/** `train`, `train (a, 1)` and `round 2 / trial 3` are jobs of these names. */
function isNamed(job: string, names: readonly string[]): boolean {
  const own = job.split(' / ').at(-1) ?? job;
  return names.some((name) => own === name || own.startsWith(`${name} `));
}

/** Failure annotations of a job, which is a check run of the same id; null: the token may not read them. */
async function readNotes(
  client: GitHubClient,
  name: RepositoryName,
  job: number,
): Promise<readonly string[] | null> {
  return readGitHub(`annotations of job ${job}`, async () => {
    try {
      const route = 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations';
      const { data } = await client.request(route, { ...name, check_run_id: job, per_page: 100 });
      return data.flatMap(({ annotation_level, message }) =>
        annotation_level === 'failure' && message ? [message] : [],
      );
    } catch (error) {
      if ([403, 404].includes(statusOf(error) ?? 0)) return null;
      throw error;
    }
  });
}

/**
 * Asks GitHub for what a sweep planned. What is over already, or begun by somebody else, is no failure.
 * @throws ServiceError SWEEP_REFUSED
 */
export async function askFor(client: GitHubClient, name: RepositoryName, action: SweepAction): Promise<void> {
  const what = action.kind === 'cancel' ? 'cancel' : 'run again the failed jobs of';
  try {
    const given = { ...name, run_id: action.run, request: { retries: 0 } };
    if (action.kind === 'cancel')
      await client.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', given);
    else await client.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs', given);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    if (statusOf(cause) === 409 || /already running/i.test(said)) return;
    throw new ServiceError(
      'SWEEP_REFUSED',
      `GitHub did not ${what} run ${action.run} (HTTP ${statusOf(cause) ?? 'no answer'}): ${said}`,
      { hint: 'Grant the calling job permissions: { actions: write }.', cause },
    );
  }
}

function noWorkflow(workflows: readonly string[]): InputError {
  return new InputError('WORKFLOW_MISSING', `There is no workflow ${workflows.join(' or ')} here`, {
    hint: 'Name the files of the workflows that train: with: { workflows: gatehouse.yml }.',
  });
}
