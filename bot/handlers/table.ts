import { z } from 'zod';
import type { Look } from '../look.ts';
import { checkRunLooks } from './check-run.ts';
import { issueCommentLooks } from './issue-comment.ts';
import { mergeGroupLooks } from './merge-group.ts';
import { pullRequestActions, pullRequestLooks } from './pull-request.ts';
import { reviewLooks } from './pull-request-review.ts';
import { pushLooks } from './push.ts';
import { workflowRunLooks } from './workflow-run.ts';

/** How one kind of event is read: null is a payload of another shape, since the event's name is not signed. */
export type Handler = (payload: unknown) => readonly Look[] | null;

const number = z.int().positive();
const sha = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

/** What only tells whom to drop: where it has another shape, nobody is dropped. */
const sender = z.object({ id: number }).optional().catch(undefined);
const repository = z.object({ private: z.boolean() }).optional().catch(undefined);
const association = z.string().optional().catch(undefined);

/** @param actions the only ones that are handled; all when absent */
function handle<T>(
  schema: z.ZodType<T>,
  looks: (payload: T) => readonly Look[],
  actions?: readonly string[],
): Handler {
  return (payload) => {
    if (typeof payload !== 'object' || payload === null) return null;
    if (actions !== undefined && !actions.includes(actionOf(payload))) return [];
    const read = schema.safeParse(payload);
    return read.success ? looks(read.data) : null;
  };
}

const actionOf = (payload: unknown): string =>
  z.object({ action: z.string() }).safeParse(payload).data?.action ?? '';

/** Every event that the app subscribes to. Comments that were edited are not here: what was asked is asked once. */
export const handlers: Readonly<Record<string, Handler>> = {
  check_run: handle(
    z.object({
      check_run: z.object({ head_sha: sha }),
      requested_action: z.object({ identifier: z.string() }).optional(),
    }),
    checkRunLooks,
    ['rerequested', 'requested_action'],
  ),
  issue_comment: handle(
    z.object({
      issue: z.object({ number, pull_request: z.unknown().optional() }),
      comment: z.object({
        id: number,
        body: z.string(),
        author_association: association,
        user: sender,
      }),
      sender: z.object({ type: z.string() }).optional(),
      repository,
    }),
    issueCommentLooks,
    ['created'],
  ),
  merge_group: handle(z.object({ merge_group: z.object({ head_sha: sha }) }), mergeGroupLooks, [
    'checks_requested',
  ]),
  pull_request: handle(
    z.object({
      number,
      action: z.string().optional(),
      pull_request: z.object({ author_association: association }).optional().catch(undefined),
      sender,
      repository,
    }),
    pullRequestLooks,
    pullRequestActions,
  ),
  pull_request_review: handle(
    z.object({
      pull_request: z.object({ number }),
      review: z.object({ state: z.string(), author_association: association }).optional().catch(undefined),
      sender,
      repository,
    }),
    reviewLooks,
  ),
  push: handle(
    z.object({
      ref: z.string(),
      deleted: z.boolean(),
      sender: z.object({ type: z.string().optional() }).optional(),
      head_commit: z.object({ message: z.string() }).nullish(),
    }),
    pushLooks,
  ),
  workflow_run: handle(z.object({ workflow_run: z.object({ head_sha: sha }) }), workflowRunLooks),
};
