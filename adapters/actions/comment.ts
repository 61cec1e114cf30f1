import { ServiceError } from '../../core/error/error.ts';
import { readPullRequestEvent } from './event.ts';
import { openReader } from './job.ts';
import { say } from './toolkit.ts';

/** Comments by GITHUB_TOKEN are written by this account. */
const actionsBot = 'github-actions[bot]';

/**
 * Writes or updates the one comment of the root action on the pull request of this run.
 * @returns its address; empty where there is no pull request or the token may not write (a fork)
 */
export async function postComparison(model: string, markdown: string): Promise<string> {
  const { client, run } = openReader();
  if (run.event !== 'pull_request') return '';
  const { number, fork } = readPullRequestEvent();
  const [owner = '', repo = ''] = run.repository.split('/');
  const marker = `<!-- gatehouse:comparison:${model}; -->`;
  const body = `${marker}\n${markdown}\n`;
  const at = { owner, repo, issue_number: number };
  try {
    const own = await findOwn(client, at, marker);
    const answer = own
      ? await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          owner,
          repo,
          comment_id: own,
          body,
        })
      : await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...at, body });
    return answer.data.html_url;
  } catch (error) {
    const status = (error as { readonly status?: number }).status;
    if (status === 403 && fork) {
      say('A pull request from a fork has a read-only token: the result is in the job summary alone.');
      return '';
    }
    throw new ServiceError('COMMENT_REFUSED', `The comment on pull request ${number} could not be written`, {
      hint: 'Grant the job permissions: { pull-requests: write }, or set comment: false.',
      cause: error,
    });
  }
}

type Client = ReturnType<typeof openReader>['client'];

async function findOwn(
  client: Client,
  at: { readonly owner: string; readonly repo: string; readonly issue_number: number },
  marker: string,
): Promise<number | null> {
  for (let page = 1; ; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...at,
      per_page: 100,
      page,
    });
    const own = data.find(
      ({ user, body }) => user?.login === actionsBot && body?.split(/\r?\n/)[0] === marker,
    );
    if (own) return Number(own.id);
    if (data.length < 100) return null;
  }
}
