import type { RollbackTarget } from '../registry/rollback-target.ts';
import { paragraph } from './block.ts';
import { type ReplyPlace, reply } from './command-reply.ts';
import { renderMarkdown } from './markdown.ts';

/** What a request to roll back came to. */
export type RollbackAnswer =
  | { readonly kind: 'opened'; readonly target: RollbackTarget; readonly pull: number }
  /** The command names no endpoint. */
  | { readonly kind: 'no endpoint' }
  | { readonly kind: 'no target'; readonly endpoint: string; readonly model: string | null }
  | { readonly kind: 'several'; readonly endpoint: string; readonly models: readonly string[] }
  /** The stages.yml of the default branch cannot be read. */
  | { readonly kind: 'no file'; readonly path: string };

const most = 20;

/** Reply to `/gatehouse rollback`. */
export function renderRollback(answer: RollbackAnswer, place: ReplyPlace): string {
  switch (answer.kind) {
    case 'opened':
      return reply(place, [
        paragraph(
          { link: `Pull request ${answer.pull}`, to: `${place.repositoryUrl}/pull/${answer.pull}` },
          ' asks to return ',
          { code: answer.target.model },
          ' at ',
          { code: answer.target.endpoint },
          ` from v${answer.target.from} to v${answer.target.to}. Nothing moves before it is approved and merged, and whoever asked for it cannot approve it.`,
        ),
      ]);
    case 'no endpoint':
      return reply(place, [paragraph('Name the endpoint: ', { code: '/gatehouse rollback ENDPOINT' })]);
    case 'no target':
      return reply(place, [
        paragraph(
          answer.model === null ? 'No model' : 'The model ',
          ...(answer.model === null ? [] : [{ code: answer.model }]),
          answer.model === null ? ' has a' : ' has no',
          ' version recorded that it could return to at ',
          { code: answer.endpoint },
          '. Ask for any other version as a promotion: change ',
          { code: 'stages.yml' },
          ' in a pull request; it goes through all gates.',
        ),
      ]);
    case 'several':
      return reply(place, [
        paragraph('Several models can return at ', { code: answer.endpoint }, '. Name one:'),
        {
          kind: 'list',
          items: answer.models
            .slice(0, most)
            .map((model) => [{ code: `/gatehouse rollback ${answer.endpoint} ${model}` }]),
        },
      ]);
    case 'no file':
      return reply(place, [
        paragraph({ code: answer.path }, ' of the default branch cannot be read: mend it first.'),
      ]);
  }
}

/** Title and description of the pull request that asks for a rollback. @param askedBy login */
export function renderRollbackPull(
  { model, endpoint, from, to }: RollbackTarget,
  askedBy: string,
  place: ReplyPlace,
): { readonly title: string; readonly body: string } {
  return {
    title: `Roll back ${model} at ${endpoint} from v${from} to v${to}`,
    body: `${renderMarkdown([
      paragraph(
        { code: askedBy },
        ' asked for this with a comment on ',
        { link: `pull request ${place.number}`, to: `${place.repositoryUrl}/pull/${place.number}` },
        `. v${to} served at `,
        { code: endpoint },
        ` before v${from}, so it is not judged again: it needs the approvals that the policy asks for, and its bytes.`,
      ),
      paragraph(
        'Whoever asked for it, and whoever pushes to this branch, cannot approve it. Should the base branch move on first, whoever may write presses "Update branch": that is no push of theirs.',
      ),
    ])}\n`,
  };
}
