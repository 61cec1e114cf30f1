import type { GitHubClient, RepositoryName } from './client.ts';
import { readGitHub } from './failure.ts';
import { type GitHubId, toId } from './id.ts';
import { readAllPages } from './paging.ts';
import type { CheckRunFacts } from './reader.ts';

/** Check runs of one name made by our own app; anybody else can make one with the same name. */
export async function readCheckRuns(
  client: GitHubClient,
  name: RepositoryName,
  appId: number,
  sha: string,
  checkName: string,
): Promise<readonly CheckRunFacts[]> {
  const what = `check runs "${checkName}" of ${sha}`;
  return readGitHub(what, async () => {
    const runs = await readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        ...name,
        ref: sha,
        check_name: checkName,
        filter: 'all',
        app_id: appId,
        per_page: perPage,
        page,
      });
      return { items: data.check_runs, total: data.total_count, link: headers.link };
    });
    return runs
      .filter((run) => run.app?.id === appId && run.name === checkName)
      .map(toCheckRun)
      .sort((a, b) => a.id - b.id);
  });
}

export interface CheckRunAnswer {
  readonly id: GitHubId;
  readonly name: string;
  readonly head_sha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly external_id: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
    readonly annotations_count?: number;
  };
}

export function toCheckRun(data: CheckRunAnswer): CheckRunFacts {
  return {
    id: toId(data.id),
    name: data.name,
    headSha: data.head_sha,
    status: data.status,
    conclusion: data.conclusion,
    externalId: data.external_id ?? '',
    startedAt: data.started_at,
    completedAt: data.completed_at,
    title: data.output.title ?? '',
    summary: data.output.summary ?? '',
    text: data.output.text ?? '',
    annotations: data.output.annotations_count ?? 0,
  };
}
