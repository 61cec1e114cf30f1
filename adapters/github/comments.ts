import { ServiceError } from '../../core/error/error.ts';
import type { AppIdentity, GitHubClient, RepositoryName } from './client.ts';
import { isNewer, markerOf, stateOf } from './comment-state.ts';
import { readGitHub, writeGitHub } from './failure.ts';
import { type GitHubId, toId } from './id.ts';
import { readAllPages } from './paging.ts';
import type { CommentOutcome } from './writer.ts';

interface OwnComment {
  readonly id: number;
  readonly body: string;
}

/**
 * Keeps one comment of each kind and model: edited in place, never posted twice.
 * A comment is ours when the first line is exactly the marker AND our app wrote it; anybody can paste a marker.
 * When there are several (a lost answer made the write twice) the oldest stays.
 */
export async function upsertComment(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  pull: number,
  body: string,
): Promise<CommentOutcome> {
  const marker = markerOf(body);
  if (marker === null) throw noMarker();
  const own = await findOwn(client, name, identity, pull, marker);
  const [kept, ...doubles] = own;
  for (const double of doubles) await deleteComment(client, name, double.id);
  if (kept === undefined) {
    await writeGitHub(`post the comment on pull request ${pull}`, () =>
      client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...name,
        issue_number: pull,
        body,
        request: { retries: 0 },
      }),
    );
    return 'created';
  }
  const [there, ours] = [stateOf(kept.body), stateOf(body)];
  if (there !== null && ours !== null) {
    if (there.head === ours.head && there.body === ours.body) return 'unchanged';
    if (isNewer(there, ours)) return 'newer kept';
  } else if (sameText(kept.body, body)) return 'unchanged';
  await writeGitHub(`edit the comment on pull request ${pull}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...name,
      comment_id: kept.id,
      body,
    }),
  );
  return 'updated';
}

/** Our comments with the marker, oldest first. */
async function findOwn(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  pull: number,
  marker: string,
): Promise<readonly OwnComment[]> {
  const what = `comments of pull request ${pull}`;
  const all = await readGitHub(what, () =>
    readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request(
        'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
        { ...name, issue_number: pull, per_page: perPage, page },
      );
      return { items: data, link: headers.link };
    }),
  );
  return all
    .filter((comment) => isOurs(identity, comment))
    .map((comment) => ({ id: toId(comment.id), body: comment.body ?? '' }))
    .filter((comment) => markerOf(comment.body) === marker)
    .sort((a, b) => a.id - b.id);
}

/** By the account that wrote it: `performed_via_github_app` is also set when a person acts through our app. */
function isOurs(
  identity: AppIdentity,
  comment: { readonly user: { readonly id: GitHubId } | null },
): boolean {
  return comment.user !== null && toId(comment.user.id) === identity.botId;
}

async function deleteComment(client: GitHubClient, name: RepositoryName, id: number): Promise<void> {
  await writeGitHub(`delete the doubled comment ${id}`, () =>
    client.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...name, comment_id: id }),
  );
}

/** GitHub may give line ends back as CRLF. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();
}

function noMarker(): ServiceError {
  return new ServiceError(
    'COMMENT_WITHOUT_MARKER',
    'A comment without our marker in its first line was about to be posted',
    {
      hint: 'Report this: it is a fault of Gatehouse.',
    },
  );
}
