import { z } from 'zod';
import { handlers } from '../handlers/table.ts';
import type { Look } from '../look.ts';

/**
 * What is kept of a delivery: where to look, and with which installation's token. Nothing else of a payload is kept;
 * a comment is read again by its id.
 */
export interface Hint {
  readonly event: string;
  /** GitHub's id of the delivery, for the log alone: it is not signed. */
  readonly delivery: string;
  readonly installation: number;
  /** `owner/name` */
  readonly repository: string;
  readonly looks: readonly Look[];
}

/** `nothing`: a delivery that asks for no look. `unreadable`: not the payload of that event. */
export type ReadHint = Hint | 'nothing' | 'unreadable';

const number = z.int().positive();
const repository = z.string().regex(/^[A-Za-z0-9_-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/);
const origin = z.object({
  installation: z.object({ id: number }),
  repository: z.object({ full_name: repository }),
});

/** @param payload the parsed body, whose signature was verified */
export function toHint(event: string, delivery: string, payload: unknown): ReadHint {
  const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined;
  if (handler === undefined) return 'nothing';
  const looks = handler(payload);
  if (looks === null) return 'unreadable';
  if (looks.length === 0) return 'nothing';
  const from = origin.safeParse(payload).data;
  if (from === undefined) return 'unreadable';
  return {
    ...{ event, delivery: delivery.slice(0, 64), looks },
    installation: from.installation.id,
    repository: from.repository.full_name,
  };
}

const sha = z.string().regex(/^[0-9a-f]+$/);
const look = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pull'), number, actor: number.optional() }),
  z.object({ kind: z.literal('commit'), sha, asks: z.boolean().optional() }),
  z.object({ kind: z.literal('repository') }),
  z.object({ kind: z.literal('merge group'), headSha: sha }),
  z.object({ kind: z.literal('branch'), branch: z.string().max(250) }),
  z.object({ kind: z.literal('command'), number, comment: number, actor: number.optional() }),
]);
const hint = z.object({
  event: z.string(),
  delivery: z.string(),
  installation: number,
  repository,
  looks: z.array(look),
});

/** Reads a hint that an earlier process wrote down; null: it is none, so the disk or another program changed it. */
export const parseHint = (value: unknown): Hint | null => hint.safeParse(value).data ?? null;
