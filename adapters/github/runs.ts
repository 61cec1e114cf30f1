import { ServiceError } from '../../core/error/error.ts';
import { parseProgressArtifactName } from '../../core/training/progress-file.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { incomplete, readGitHub, readOptional } from './failure.ts';
import { type GitHubId, toId } from './id.ts';
import { readAllPages } from './paging.ts';
import { toPersonOrNull, type UnknownAccount } from './person.ts';
import type { ArtifactFacts, RunFacts } from './reader.ts';

export async function readRunsFor(
  client: GitHubClient,
  name: RepositoryName,
  headSha: string,
): Promise<readonly RunFacts[]> {
  const what = `workflow runs of ${headSha}`;
  return readGitHub(what, async () => {
    const runs = await readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request('GET /repos/{owner}/{repo}/actions/runs', {
        ...name,
        head_sha: headSha,
        // They change when a pull request is closed, and the runs do not: the answer stays what it was.
        exclude_pull_requests: true,
        per_page: perPage,
        page,
      });
      return { items: data.workflow_runs, total: data.total_count, link: headers.link };
    });
    return runs.map(toRun);
  });
}

/** What is looked at when production is watched: a run an hour makes more than a day of them. */
const newestScheduled = 30;

/**
 * Newest runs that a schedule started on a branch. A schedule runs on the default branch alone.
 * @see https://docs.github.com/rest/actions/workflow-runs#list-workflow-runs-for-a-repository
 */
export async function readScheduledRuns(
  client: GitHubClient,
  name: RepositoryName,
  branch: string,
): Promise<readonly RunFacts[]> {
  return readGitHub(`scheduled workflow runs of ${branch}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/runs', {
      ...{ ...name, branch, event: 'schedule', status: 'completed', per_page: newestScheduled },
    });
    return data.workflow_runs.map(toRun);
  });
}

export async function readRun(
  client: GitHubClient,
  name: RepositoryName,
  id: number,
): Promise<RunFacts | null> {
  return readOptional(`workflow run ${id}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
      ...name,
      run_id: id,
    });
    return toRun(data);
  });
}

export async function readRunAttempt(
  client: GitHubClient,
  name: RepositoryName,
  id: number,
  attempt: number,
): Promise<RunFacts | null> {
  return readOptional(`attempt ${attempt} of workflow run ${id}`, async () => {
    const { data } = await client.request(
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',
      { ...name, run_id: id, attempt_number: attempt },
    );
    return toRun(data);
  });
}

export async function readArtifacts(
  client: GitHubClient,
  name: RepositoryName,
  runId: number,
): Promise<readonly ArtifactFacts[]> {
  const what = `artifacts of workflow run ${runId}`;
  return readGitHub(what, async () => {
    const artifacts = await readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request(
        'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
        { ...name, run_id: runId, per_page: perPage, page },
      );
      return { items: data.artifacts, total: data.total_count, link: headers.link };
    });
    return artifacts.map(toArtifact);
  });
}

/**
 * Finds the newest progress that an attempt of a run left. GitHub does not say in which order it lists artifacts, so of
 * a long list both ends are read: what is missed in the middle is shown a minute later.
 */
export async function findProgress(
  client: GitHubClient,
  name: RepositoryName,
  runId: number,
  runAttempt: number,
): Promise<ArtifactFacts | null> {
  return readGitHub(`artifacts of workflow run ${runId}`, async () => {
    const readPage = async (page: number) => {
      const { data } = await client.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
        ...name,
        run_id: runId,
        per_page: 100,
        page,
      });
      return data;
    };
    const first = await readPage(1);
    const last = Math.ceil(first.total_count / 100);
    const all = [...first.artifacts, ...(last > 1 ? (await readPage(last)).artifacts : [])];
    const numbered = all.flatMap((artifact) => {
      const found = parseProgressArtifactName(artifact.name);
      return found?.runAttempt === runAttempt ? [{ artifact, number: found.number }] : [];
    });
    const newest = numbered.sort((a, b) => b.number - a.number)[0]?.artifact;
    return newest === undefined ? null : toArtifact(newest);
  });
}

export async function readArtifact(
  client: GitHubClient,
  name: RepositoryName,
  id: number,
): Promise<ArtifactFacts | null> {
  return readOptional(`artifact ${id}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}', {
      ...name,
      artifact_id: id,
    });
    return toArtifact(data);
  });
}

/**
 * Downloads an artifact into memory and stops at the cap, whatever size the listing claims.
 * @throws ServiceError ARTIFACT_TOO_LARGE
 */
export async function downloadArtifact(
  client: GitHubClient,
  name: RepositoryName,
  id: number,
  maxBytes: number,
): Promise<Uint8Array> {
  return readGitHub(`bytes of artifact ${id}`, async () => {
    const { data } = await client.request(
      'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
      { ...name, artifact_id: id, archive_format: 'zip', request: { parseSuccessResponseBody: false } },
    );
    const body: unknown = data;
    if (!(body instanceof ReadableStream)) throw incomplete(`bytes of artifact ${id}`, 'there is no body');
    return readCapped(body, id, maxBytes);
  });
}

async function readCapped(
  body: ReadableStream<Uint8Array>,
  id: number,
  maxBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > maxBytes)
      throw new ServiceError('ARTIFACT_TOO_LARGE', `Artifact ${id} has more than ${maxBytes} bytes`, {
        hint: 'Evidence is small. Upload only what the action wrote.',
      });
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

interface RunAnswer {
  readonly id: GitHubId;
  readonly run_attempt?: number;
  readonly event: string;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly head_sha: string;
  readonly head_branch: string | null;
  readonly head_repository: { readonly id: GitHubId } | null;
  readonly repository: { readonly id: GitHubId };
  readonly path: string;
  readonly referenced_workflows?: readonly { readonly path: string }[] | null;
  readonly run_started_at?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly actor?: UnknownAccount;
  readonly triggering_actor?: UnknownAccount;
  readonly html_url: string;
}

function toRun(data: RunAnswer): RunFacts {
  return {
    id: toId(data.id),
    attempt: data.run_attempt ?? 1,
    event: data.event,
    status: data.status ?? 'unknown',
    conclusion: data.conclusion,
    headSha: data.head_sha,
    headBranch: data.head_branch,
    headRepositoryId: data.head_repository == null ? null : toId(data.head_repository.id),
    repositoryId: toId(data.repository.id),
    path: data.path,
    calls: (data.referenced_workflows ?? []).map(({ path }) => path.split('@')[0] ?? path),
    startedAt: data.run_started_at ?? data.created_at,
    updatedAt: data.updated_at,
    actor: toPersonOrNull(data.actor),
    triggeringActor: toPersonOrNull(data.triggering_actor),
    url: data.html_url,
  };
}

interface ArtifactAnswer {
  readonly id: GitHubId;
  readonly name: string;
  readonly size_in_bytes: number;
  readonly expired: boolean;
  readonly digest?: string | null;
  readonly created_at: string | null;
  readonly workflow_run?: { readonly id?: GitHubId } | null;
}

function toArtifact(data: ArtifactAnswer): ArtifactFacts {
  return {
    id: toId(data.id),
    name: data.name,
    sizeBytes: data.size_in_bytes,
    expired: data.expired,
    digest: data.digest ?? null,
    createdAt: data.created_at ?? '',
    runId: data.workflow_run?.id === undefined ? null : toId(data.workflow_run.id),
  };
}
