import { actorOf } from '../access.ts';
import { validationFailed } from '../hub-error.ts';
import type { Answer, Call, Routes } from '../interface.ts';
import { renderReaction } from '../render/pull.ts';
import { authorizeTalk, commentOf } from './issue.ts';
import { paginate, text } from './page.ts';

const contents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'];

/** 200 with the one that is there, when the same account reacted so before. */
function createReaction(call: Call): Answer {
  authorizeTalk(call, 'write');
  const { hub } = call;
  const { reactions } = commentOf(call);
  const content = text(call.json(), 'content');
  if (!contents.includes(content))
    throw validationFailed('Reaction', 'content', `${content} is no reaction`, 'invalid');
  const author = actorOf(call.caller);
  const known = reactions.find((one) => one.author.id === author.id && one.content === content);
  if (known) return { status: 200, body: renderReaction(hub, known) };
  const reaction = { id: hub.world.nextId(), author, content, createdAt: hub.clock.now() };
  reactions.push(reaction);
  return { status: 201, body: renderReaction(hub, reaction) };
}

function listReactions(call: Call): Answer {
  authorizeTalk(call, 'read');
  const wanted = call.query.get('content');
  const found = commentOf(call).reactions.filter(({ content }) => wanted === null || content === wanted);
  return paginate(
    call,
    found.map((reaction) => renderReaction(call.hub, reaction)),
  );
}

export function mountReactions(routes: Routes): void {
  const path = '/repos/:owner/:repo/issues/comments/:id/reactions';
  routes.add('GET', path, listReactions);
  routes.add('POST', path, createReaction);
}
