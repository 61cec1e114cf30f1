import type { GitHubReader, PullFacts } from '../adapters/github/reader.ts';
import { InputError } from '../core/error/error.ts';
import { type ReplyPlace, renderRunReply, renderUnknown } from '../core/report/command-reply.ts';
import { answerRun, type CommandedPull, parseCommand } from '../core/training/run-command.ts';
import type { BotDeps } from './deps.ts';

/**
 * Answers a comment that asks for something, once. The comment, its author's permission and the pull request are read
 * from GitHub: the event said only where to look. Whoever may not push here gets no answer, and neither does a bot.
 * Nothing is started: the app holds no permission to run workflows, and a fork's code enters by a maintainer's push.
 * @throws ServiceError when GitHub did not answer: look again later
 */
export async function answerCommand(deps: BotDeps, commentId: number): Promise<void> {
  const reader = deps.newReader();
  const comment = await reader.comment(commentId);
  const command = comment === null ? null : parseCommand(comment.body);
  if (comment === null || command === null || command.kind === 'look') return;
  if (comment.author.kind !== 'User') return;
  const permission = await reader.permission(comment.author.login);
  if (permission !== 'admin' && permission !== 'write') return;
  const pull = await reader.pull(comment.issue);
  const { id, url } = await reader.repository();
  const place: ReplyPlace = {
    ...{ number: pull.number, comment: commentId },
    ...{ repositoryUrl: url, baseRef: pull.base.ref },
  };
  if (command.kind === 'unknown') {
    await deps.writer.answerComment(pull.number, renderUnknown(command, place));
    return;
  }
  const facts = await toCommanded(reader, pull, id);
  const reply = renderRunReply(answerRun(command.commit, facts), command.commit, facts, place);
  await deps.writer.answerComment(pull.number, reply);
}

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
