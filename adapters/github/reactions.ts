import type { GitHubClient, RepositoryName } from './client.ts';
import { writeGitHub } from './failure.ts';
import type { Reaction } from './writer.ts';

/** Reacts to a comment. GitHub keeps one of each kind an account, so it may be done twice. */
export async function react(
  client: GitHubClient,
  name: RepositoryName,
  comment: number,
  content: Reaction,
): Promise<void> {
  await writeGitHub(`react to comment ${comment}`, () =>
    client.request('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', {
      ...name,
      comment_id: comment,
      content,
    }),
  );
}
