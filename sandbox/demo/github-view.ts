import type { CheckRun, Comment } from '../hub/hub.ts';
import { flights, type World } from './world.ts';

/** What a person sees of one pull request. */
export interface PullView {
  readonly number: number;
  readonly headSha: string;
  readonly state: 'open' | 'closed';
  readonly merged: boolean;
  /** The app's comment; empty when there is none. */
  readonly comment: string;
  /** The check `gatehouse` at the head; null: not there. */
  readonly check: CheckRun | null;
}

export function viewPull(world: World, number: number): PullView {
  const repository = world.hub.repository(flights);
  const pull = repository.pulls.get(number);
  if (!pull) throw new Error(`There is no pull request ${number}.`);
  const ours = (author: { readonly id: number }) => author.id === world.bot.account.id;
  const comments = [...repository.comments.values()].filter(
    (one: Comment) => one.issue === number && ours(one.author),
  );
  const checks = [...repository.checkRuns.values()].filter(
    (one) => one.name === 'gatehouse' && one.headSha === pull.headSha && one.app.id === world.bot.appId,
  );
  return {
    number,
    headSha: pull.headSha,
    state: pull.state,
    merged: pull.mergedAt !== null,
    comment: comments.map(({ body }) => body).join('\n\n'),
    check: checks.at(-1) ?? null,
  };
}

/** First headline of the comment, or the check's title: what the story tells. */
export function headlineOf(view: PullView): string {
  const headline = view.comment.split('\n').find((line) => line.startsWith('### '));
  return plain(headline?.slice(4) ?? view.check?.title ?? 'nothing is said');
}

/** Without the marks of Markdown, for a terminal. */
export function plain(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '')
    .replaceAll('`', '')
    .replaceAll('\u200b', '')
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/\\_/g, '_')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
