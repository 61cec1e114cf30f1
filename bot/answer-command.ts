import type { CommentFacts, GitHubReader, PullFacts } from '../adapters/github/reader.ts';
import { InputError, ServiceError } from '../core/error/error.ts';
import {
  type ReplyPlace,
  renderHelp,
  renderRefused,
  renderRunReply,
  renderTooMany,
  renderUnknown,
  replyMarker,
} from '../core/report/command-reply.ts';
import { renderRollback } from '../core/report/rollback-reply.ts';
import { renderWaive } from '../core/report/waive-reply.ts';
import { type Command, parseCommand } from '../core/training/command.ts';
import { answerRun, type CommandedPull } from '../core/training/run-command.ts';
import { answerByDecision } from './commands/decision.ts';
import { askRollback } from './commands/rollback.ts';
import { askWaiver } from './commands/waive.ts';
import type { BotDeps } from './deps.ts';

/** An event may come before GitHub shows what it tells of; what is not there after this was deleted. */
const unshownForMs = 60_000;
/** By book, so by repository and process: when a comment was asked for that was not there, in milliseconds since 1970. */
const unshown = new WeakMap<BotDeps['book'], Map<number, number>>();

/**
 * Answers a comment that asks for something, once: with a reaction at once, and with a reply where there is something
 * to say. The comment, its author's permission and the pull request are read from GitHub: the event said only where to
 * look. Whoever may not push here gets no answer, and neither does a bot, nor a comment that somebody edited.
 * Nothing is approved, moved or started: what should change becomes a pull request, and a fork's code enters by a
 * maintainer's push.
 * @returns true: the pull request should be looked at again
 * @throws ServiceError when GitHub did not answer, or does not show the comment yet: look again later
 */
export async function answerCommand(deps: BotDeps, commentId: number): Promise<boolean> {
  const reader = deps.newReader();
  const comment = await reader.comment(commentId);
  if (comment === null) requireGone(deps, commentId);
  const command = comment === null || comment.edited ? null : parseCommand(comment.body);
  if (comment === null || command === null || comment.author.kind !== 'User') return false;
  if (!(await mayAsk(reader, comment))) return false;
  await deps.writer.react(commentId, 'eyes');
  if (command.kind === 'look') await deps.writer.react(commentId, 'rocket');
  else await reply(deps, reader, command, { ...comment, id: commentId });
  return command.kind === 'look';
}

/** @throws ServiceError COMMENT_NOT_SHOWN while it may still appear */
function requireGone({ book, now }: BotDeps, commentId: number): void {
  const asked = unshown.get(book) ?? new Map<number, number>();
  unshown.set(book, asked);
  const nowMs = Date.parse(now());
  const sinceMs = asked.get(commentId) ?? nowMs;
  asked.set(commentId, sinceMs);
  if (!(nowMs - sinceMs < unshownForMs)) asked.delete(commentId);
  else
    throw new ServiceError('COMMENT_NOT_SHOWN', `GitHub does not show comment ${commentId}`, {
      hint: 'It was deleted, or was written a moment ago. It is looked for again within a minute.',
    });
}

/** Says that there were too many, instead of doing what is asked for: once, since whoever floods asks again. */
export async function answerTooMany(deps: BotDeps, commentId: number): Promise<void> {
  const reader = deps.newReader();
  const comment = await reader.comment(commentId);
  if (comment === null || comment.author.kind !== 'User' || !(await mayAsk(reader, comment))) return;
  await deps.writer.react(commentId, 'confused');
  await deps.writer.answerComment(comment.issue, replyMarker(commentId), async () =>
    renderTooMany(await placeOf(reader, comment.issue, commentId)),
  );
}

async function mayAsk(reader: GitHubReader, { author }: CommentFacts): Promise<boolean> {
  const permission = await reader.permission(author.login);
  return permission === 'admin' || permission === 'write';
}

async function placeOf(reader: GitHubReader, number: number, comment: number): Promise<ReplyPlace> {
  const [pull, { url }] = [await reader.pull(number), await reader.repository()];
  return { number, comment, repositoryUrl: url, baseRef: pull.base.ref };
}

interface Reply {
  readonly text: string;
  readonly isDone: boolean;
}

type Asked = CommentFacts & { readonly id: number };
type Asking = Exclude<Command, { kind: 'look' }>;

/**
 * Carries the command out and says so, once. The reply comes last: while it is not there a look after a crash does
 * everything again, the reaction with it.
 */
async function reply(deps: BotDeps, reader: GitHubReader, command: Asking, comment: Asked): Promise<void> {
  await deps.writer.answerComment(comment.issue, replyMarker(comment.id), async () => {
    const pull = await reader.pull(comment.issue);
    const { id, url } = await reader.repository();
    const place: ReplyPlace = {
      ...{ number: pull.number, comment: comment.id },
      ...{ repositoryUrl: url, baseRef: pull.base.ref },
    };
    const scene: Scene = { comment, pull, place, repositoryId: id, reader };
    const answer = await carryOut(deps, command, scene).catch((error: unknown) => {
      // Wrong input stays wrong however often it is tried; a service is asked again.
      if (!(error instanceof InputError)) throw error;
      return { text: renderRefused(error, place), isDone: false };
    });
    await deps.writer.react(comment.id, answer.isDone ? 'rocket' : 'confused');
    return answer.text;
  });
}

interface Scene {
  readonly comment: Asked;
  readonly pull: PullFacts;
  readonly place: ReplyPlace;
  readonly repositoryId: number;
  readonly reader: GitHubReader;
}

async function carryOut(
  deps: BotDeps,
  command: Asking,
  { comment, pull, place, repositoryId, reader }: Scene,
): Promise<Reply> {
  switch (command.kind) {
    case 'unknown':
      return { text: renderUnknown(command, place), isDone: false };
    case 'help':
      return done(renderHelp(place));
    case 'explain':
    case 'request':
      return done(await answerByDecision(deps, command.kind, pull, place));
    case 'rollback': {
      const answer = await askRollback(deps, command, comment.author, place);
      return { text: renderRollback(answer, place), isDone: answer.kind === 'opened' };
    }
    case 'waive': {
      const answer = await askWaiver(deps, command.asked, pull, comment.author, place);
      return { text: renderWaive(answer, place), isDone: answer.kind === 'opened' };
    }
    case 'run': {
      const facts = await toCommanded(reader, pull, repositoryId);
      const answer = answerRun(command.commit, facts);
      const isDone = ['take over', 'own branch', 'closed'].includes(answer.kind);
      return { text: renderRunReply(answer, command.commit, facts, place), isDone };
    }
  }
}

const done = (text: string): Reply => ({ text, isDone: true });

async function toCommanded(
  reader: GitHubReader,
  pull: PullFacts,
  repositoryId: number,
): Promise<CommandedPull> {
  return {
    isOpen: pull.state === 'open',
    isFork: pull.head.repositoryId !== repositoryId,
    headSha: pull.head.sha,
    commits: await reader
      .pullCommits(pull.number)
      .then((commits) => commits.map(({ sha }) => sha))
      .catch(acceptMany),
  };
}

/** Of a pull request with very many commits the newest is enough to answer. */
function acceptMany(error: unknown): readonly string[] {
  if (error instanceof InputError && error.code === 'PULL_REQUEST_TOO_LARGE') return [];
  throw error;
}
