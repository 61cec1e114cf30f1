import { ServiceError } from '../../core/error/error.ts';
import { markOutOfDate as withBanner } from '../../core/report/banner.ts';
import { type CommentState, parseMarker, parseState, writeMarker } from '../../core/report/marker.ts';
import type { AppIdentity, GitHubClient, RepositoryName } from './client.ts';
import { makeOnce, readGitHub, readOptional, writeGitHub } from './failure.ts';
import type { FreshFacts } from './fresh-facts.ts';
import { type GitHubId, toId } from './id.ts';
import { readAllPages } from './paging.ts';
import { toPersonOrGhost } from './person.ts';
import type { CommentFacts } from './reader.ts';
import type { CommentOutcome, CommentText, WriteOutcome } from './writer.ts';

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
  text: CommentText,
  fresh: FreshFacts,
): Promise<CommentOutcome> {
  const write = typeof text === 'string' ? () => text : text;
  const parsed = parseMarker(write(null));
  if (parsed === null) throw noMarker();
  const marker = writeMarker(parsed);
  const find = (ours: readonly OwnComment[]) => ours.filter((comment) => firstLine(comment.body) === marker);
  let own = find(seenOf(identity, pull, fresh) ?? []);
  // Another process may have posted one since it was read.
  if (own.length === 0) own = find(await findOurs(client, name, identity, pull, fresh));
  const [kept, ...doubles] = own;
  const body = write(kept?.body ?? null);
  for (const double of doubles) {
    fresh.forgetComments(pull);
    await deleteComment(client, name, double.id);
    fresh.forgetMadeComment(pull, double.id);
  }
  if (kept === undefined) {
    await postComment(client, name, identity, pull, body, fresh);
    return 'created';
  }
  const [there, next] = [parseState(kept.body), parseState(body)];
  if (there !== null && next !== null) {
    if (there.head === next.head && there.body === next.body) return 'unchanged';
    if (isNewer(there, next)) return 'newer kept';
  } else if (sameText(kept.body, body)) return 'unchanged';
  const before = doubles.length > 0 ? undefined : fresh.comments(pull);
  fresh.forgetComments(pull);
  await writeGitHub(`edit the comment on pull request ${pull}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...name,
      comment_id: kept.id,
      body,
    }),
  );
  if (before !== undefined)
    fresh.putComments(
      pull,
      before.map((comment) => (comment.id === kept.id ? { ...comment, body } : comment)),
    );
  return 'updated';
}

async function postComment(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  pull: number,
  body: string,
  fresh: FreshFacts,
): Promise<void> {
  fresh.forgetComments(pull);
  const isThere = async () => {
    const ours = await findOurs(client, name, identity, pull, fresh);
    return ours.some((comment) => firstLine(comment.body) === firstLine(body)) || null;
  };
  const post = async () => {
    const { data } = await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...name,
      issue_number: pull,
      body,
      request: { retries: 0 },
    });
    const { id } = data ?? {};
    if (id !== undefined) fresh.addMadeComment(pull, { id: toId(id), authorId: identity.botId, body });
    return true;
  };
  await makeOnce(`post the comment on pull request ${pull}`, post, isThere);
}

/** A comment as GitHub holds it now; null: it is gone. */
export async function readComment(
  client: GitHubClient,
  name: RepositoryName,
  id: number,
): Promise<CommentFacts | null> {
  return readOptional(`comment ${id}`, async () => {
    const { data } = await client.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...name,
      comment_id: id,
    });
    const issue = /\/issues\/(\d+)$/.exec(data.issue_url)?.[1];
    return {
      issue: Number(issue ?? 0),
      author: toPersonOrGhost(data.user),
      body: data.body ?? '',
      edited: data.updated_at !== data.created_at,
    };
  });
}

/**
 * Posts a reply once: an event that comes twice, or an answer of GitHub that was lost, makes no second one.
 * @param marker its first line
 * @param write carries out what was asked for and says what came of it; not called when the reply is there
 */
export async function answerComment(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  pull: number,
  marker: string,
  write: () => Promise<string>,
  fresh: FreshFacts,
): Promise<WriteOutcome> {
  const ours = await findOurs(client, name, identity, pull, fresh);
  if (ours.some(({ body }) => firstLine(body) === marker)) return 'unchanged';
  const reply = await write();
  if (firstLine(reply) !== marker) throw noMarker();
  await postComment(client, name, identity, pull, reply, fresh);
  return 'created';
}

/** Puts a banner on every comment of ours that is about an older head than this one. */
export async function markOutOfDate(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  pull: number,
  head: string,
  fresh: FreshFacts,
): Promise<void> {
  const ours = seenOf(identity, pull, fresh) ?? (await findOurs(client, name, identity, pull, fresh));
  for (const { id, body } of ours) {
    if (parseMarker(body) === null || parseState(body) === null) continue;
    const marked = withBanner(body, head);
    if (marked === body) continue;
    fresh.forgetComments(pull);
    await writeGitHub(`mark comment ${id} out of date`, () =>
      client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...name,
        comment_id: id,
        body: marked,
      }),
    );
  }
}

/** Our comments as a look has just read them, oldest first; undefined: nobody did. */
const seenOf = ({ botId }: AppIdentity, pull: number, fresh: FreshFacts): readonly OwnComment[] | undefined =>
  fresh.comments(pull)?.filter(({ authorId }) => authorId === botId);

/** Our comments, oldest first. */
async function findOurs(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  pull: number,
  fresh: FreshFacts,
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
  const ours = all
    .filter((comment) => isOurs(identity, comment))
    .map((comment) => ({ id: toId(comment.id), authorId: identity.botId, body: comment.body ?? '' }));
  return fresh.withMadeComments(pull, ours).toSorted((a, b) => a.id - b.id);
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

const firstLine = (body: string): string => body.split(/\r?\n/, 1)[0] ?? '';

/**
 * True when a comment shows a later attempt of the same run. Between different runs the larger id is not the better
 * one: evidence of an earlier run is carried over while a later one trains nothing.
 */
function isNewer(there: CommentState, ours: CommentState): boolean {
  return there.head === ours.head && there.run === ours.run && there.attempt > ours.attempt;
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
