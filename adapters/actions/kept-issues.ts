import { InputError, ServiceError } from '../../core/error/error.ts';
import type { IssuePlan, KeptIssue } from '../../core/report/issue-plan.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { readGitHub, statusOf } from '../github/failure.ts';
import { readAllPages } from '../github/paging.ts';

/** Issues by GITHUB_TOKEN are written by this account; nobody can register a name with brackets. */
const actionsBot = 'github-actions[bot]';

/**
 * The issues that our jobs wrote and that have a marker, oldest first. The author alone narrows them: labels can be taken
 * away by anybody with triage. None where the repository has issues turned off.
 * @param markerOf what the marker in the first line names; null: none of ours
 * @throws ServiceError GITHUB_READ_FAILED
 */
export async function listKeptIssues<T>(
  client: GitHubClient,
  name: RepositoryName,
  what: string,
  markerOf: (body: string) => T | null,
): Promise<readonly (KeptIssue & { readonly marker: T })[]> {
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
    .flatMap((issue) => {
      const body = issue.body ?? '';
      const marker = markerOf(body);
      const ours = issue.user?.login === actionsBot && issue.user.type === 'Bot';
      if (marker === null || !ours || issue.pull_request !== undefined) return [];
      const state = issue.state === 'open' ? ('open' as const) : ('closed' as const);
      return [{ marker, number: issue.number, state, body }];
    })
    .sort((a, b) => a.number - b.number);
}

/**
 * Carries a plan out.
 * @returns address of the issue; empty when nothing was to do
 * @throws InputError ISSUES_OFF, ServiceError ISSUE_REFUSED
 */
export async function applyIssuePlan(
  client: GitHubClient,
  name: RepositoryName,
  plan: IssuePlan,
): Promise<string> {
  if (plan.kind === 'nothing') return '';
  if (plan.kind === 'open') {
    const { title, body } = plan;
    const { data } = await write('open the issue', () =>
      client.request('POST /repos/{owner}/{repo}/issues', { ...name, title, body, request: { retries: 0 } }),
    );
    if (plan.state === 'closed') await close(client, name, data.number);
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

/** An issue cannot be opened closed. */
const close = (client: GitHubClient, name: RepositoryName, number: number) =>
  write(`close issue ${number}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...name,
      issue_number: number,
      state: 'closed',
      state_reason: 'completed',
    }),
  );

/** Two runs at once opened two: the older one stays, the other says where to look. */
export async function retireIssue(
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
