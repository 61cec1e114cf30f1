import type { RefusedBatch } from '../../core/dataset/history.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import type { BatchIssue, BatchPlan } from '../../core/report/batch-plan.ts';
import { parseBatchMarker, parseBatchState } from '../../core/report/batch-state.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub, statusOf } from '../github/failure.ts';
import { readAllPages } from '../github/paging.ts';

/** Issues by GITHUB_TOKEN are written by this account; nobody can register a name with brackets. */
const actionsBot = 'github-actions[bot]';

/** The issues that watch runs keep, one for each dataset. */
export interface BatchIssues {
  /** The issue of a dataset; null: there is none yet. */
  find(dataset: string): Promise<BatchIssue | null>;
  /** @returns address of the issue; empty when nothing was to do */
  apply(plan: BatchPlan): Promise<string>;
}

interface OwnIssue extends BatchIssue {
  readonly dataset: string;
}

export function openBatchIssues(client: GitHubClient, name: RepositoryName): BatchIssues {
  return {
    find: async (dataset) => {
      const [first, ...doubles] = (await listOwn(client, name)).filter((issue) => issue.dataset === dataset);
      if (first === undefined) return null;
      for (const double of doubles) await retire(client, name, double.number, first.number);
      return first;
    },
    apply: (plan) => apply(client, name, plan),
  };
}

/**
 * Every batch that a watch run refused and none passed since, from open and closed issues: a batch does not become
 * better by closing an issue. None where the repository has issues turned off: no watch run can have written one.
 * @throws ServiceError GITHUB_READ_FAILED when issues cannot be read; BATCH_STATE when somebody edited one: closed, not open
 */
export async function readRefusedBatches(
  client: GitHubClient,
  name: RepositoryName,
): Promise<readonly RefusedBatch[]> {
  return (await listOwn(client, name)).flatMap(({ dataset, number, body }) => {
    const state = parseBatchState(body);
    if (state === null) throw edited(number);
    return state.refused.map((refusal) => ({ dataset, refusal, issue: number }));
  });
}

/** Ours by author and marker, oldest first. The author alone narrows it: labels can be taken away by anybody with triage. */
async function listOwn(client: GitHubClient, name: RepositoryName): Promise<readonly OwnIssue[]> {
  const what = 'issues of datasets';
  const all = await readGitHub(what, () =>
    readAllPages(what, async (page, perPage) => {
      try {
        const { data, headers } = await client.request('GET /repos/{owner}/{repo}/issues', {
          ...name,
          state: 'all',
          creator: actionsBot,
          sort: 'created',
          direction: 'asc',
          per_page: perPage,
          page,
        });
        return { items: data, link: headers.link };
      } catch (error) {
        // 410 Gone: issues are turned off in this repository.
        if (statusOf(error) === 410) return { items: [] };
        throw error;
      }
    }),
  );
  return all
    .flatMap((issue): readonly OwnIssue[] => {
      const body = issue.body ?? '';
      const dataset = parseBatchMarker(body);
      const ours = issue.user?.login === actionsBot && issue.user.type === 'Bot';
      if (dataset === null || !ours || issue.pull_request !== undefined) return [];
      const state = issue.state === 'open' ? 'open' : 'closed';
      return [{ dataset, number: issue.number, state, body }];
    })
    .sort((a, b) => a.number - b.number);
}

async function apply(client: GitHubClient, name: RepositoryName, plan: BatchPlan): Promise<string> {
  if (plan.kind === 'nothing') return '';
  if (plan.kind === 'open') {
    const { title, body } = plan;
    const { data } = await write('open the issue', () =>
      client.request('POST /repos/{owner}/{repo}/issues', { ...name, title, body, request: { retries: 0 } }),
    );
    return data.html_url;
  }
  const { number, state, title, body, note } = plan;
  if (note !== null) await postOnce(client, name, number, note);
  const { data } = await write(`edit issue ${number}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...name,
      issue_number: number,
      title,
      body,
      state,
      ...(state === 'closed' ? { state_reason: 'completed' as const } : {}),
    }),
  );
  return data.html_url;
}

/** A run that broke off between comment and edit finds its comment there. */
async function postOnce(
  client: GitHubClient,
  name: RepositoryName,
  number: number,
  note: string,
): Promise<void> {
  const what = `comments of issue ${number}`;
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const comments = await readGitHub(what, () =>
    readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request(route, {
        ...name,
        issue_number: number,
        per_page: perPage,
        page,
      });
      return { items: data, link: headers.link };
    }),
  );
  const isThere = comments.some(
    ({ user, body }) => user?.login === actionsBot && firstLine(body ?? '') === firstLine(note),
  );
  if (isThere) return;
  await write(`comment on issue ${number}`, () =>
    client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...name,
      issue_number: number,
      body: note,
      request: { retries: 0 },
    }),
  );
}

/** Two runs at once opened two: the older one stays, the other says where to look. */
async function retire(
  client: GitHubClient,
  name: RepositoryName,
  double: number,
  kept: number,
): Promise<void> {
  await write(`close the doubled issue ${double}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...name,
      issue_number: double,
      body: `Opened twice: see #${kept}.`,
      state: 'closed',
      state_reason: 'not_planned',
    }),
  );
}

/** @throws InputError ISSUES_OFF, ServiceError ISSUE_REFUSED */
async function write<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const status = statusOf(cause);
    if (status === 410) {
      throw new InputError('ISSUES_OFF', `GitHub did not ${what}: issues are turned off in this repository`, {
        hint: 'Turn issues on (Settings, General, Features), or set issues: false in the workflow.',
        cause,
      });
    }
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError(
      'ISSUE_REFUSED',
      `GitHub did not ${what} (HTTP ${status ?? 'no answer'}): ${said}`,
      {
        hint: 'Grant the calling job permissions: { issues: write }.',
        cause,
      },
    );
  }
}

const firstLine = (body: string): string => body.split(/\r?\n/, 1)[0] ?? '';

function edited(number: number): ServiceError {
  return new ServiceError(
    'BATCH_STATE',
    `Issue ${number} was edited: which batches it refuses can no longer be read`,
    {
      hint: 'Run the watch workflow again: it writes the issue anew. Nothing trains until then.',
    },
  );
}
