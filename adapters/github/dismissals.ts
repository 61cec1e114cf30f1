import type { GitHubClient, RepositoryName } from './client.ts';
import { readOptional } from './failure.ts';
import { type GitHubId, toId } from './id.ts';
import { readAllPages } from './paging.ts';
import { toPersonOrGhost } from './person.ts';
import type { Dismissal } from './reader.ts';

/**
 * Who dismissed which review, from the pull request's events: the review itself only says that it was dismissed.
 * @returns null when there are no events to read; the caller then takes every dismissed review for a change request
 */
export async function readDismissals(
  client: GitHubClient,
  name: RepositoryName,
  number: number,
): Promise<readonly Dismissal[] | null> {
  const what = `events of pull request ${number}`;
  return readOptional(what, async () => {
    const events = await readAllPages(what, async (page, perPage) => {
      const { data, headers } = await client.request(
        'GET /repos/{owner}/{repo}/issues/{issue_number}/events',
        { ...name, issue_number: number, per_page: perPage, page },
      );
      return { items: data, link: headers.link };
    });
    return events.flatMap((event) => toDismissal(event) ?? []);
  });
}

const states = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const;

function toDismissal(event: object): Dismissal | null {
  if (!isDismissal(event)) return null;
  const state = states.find((known) => known === event.dismissed_review.state.toUpperCase());
  if (state === undefined) return null;
  const reviewId = toId(event.dismissed_review.review_id);
  return { reviewId, state, by: toPersonOrGhost(event.actor), at: event.created_at };
}

interface DismissalEvent {
  readonly created_at: string;
  readonly actor: { readonly id: GitHubId; readonly login: string; readonly type: string } | null;
  readonly dismissed_review: { readonly state: string; readonly review_id: GitHubId };
}

function isDismissal(event: object): event is DismissalEvent {
  return (
    'event' in event &&
    event.event === 'review_dismissed' &&
    'created_at' in event &&
    typeof event.created_at === 'string' &&
    'dismissed_review' in event &&
    typeof event.dismissed_review === 'object' &&
    event.dismissed_review !== null &&
    'state' in event.dismissed_review &&
    typeof event.dismissed_review.state === 'string' &&
    'review_id' in event.dismissed_review
  );
}
