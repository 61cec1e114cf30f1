import { z } from 'zod';
import { InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { LedgerHead } from '../registry/ledger.ts';
import { digest, frontierFits, instant, objectId, subtrees } from './anchor-statement.ts';

/**
 * The ledger as a reader last saw it proven. It proves nothing of a ledger, it can only speak against one: whoever could
 * plant a memory gains an alarm, never a ledger that is believed.
 */
export interface RememberedHead extends Pick<LedgerHead, 'size' | 'root' | 'frontier'> {
  readonly kind: 'RememberedLedger';
  readonly v: 1;
  readonly repositoryId: number;
  readonly branch: string;
  readonly commit: string;
  /** ISO 8601 UTC: when it was proven. */
  readonly at: string;
}

const schema = z.strictObject({
  kind: z.literal('RememberedLedger'),
  v: z.literal(1),
  repositoryId: z.int().positive(),
  branch: z.string().min(1).max(255),
  commit: objectId,
  size: z.int().nonnegative(),
  root: digest,
  frontier: subtrees,
  at: instant,
});

/** Name of the file in which a job leaves it. */
export const rememberedFileName = 'ledger-memory.json';

export const renderRemembered = (head: RememberedHead): string => `${canonicalJson(head)}\n`;

/** @throws InputError LEDGER_MEMORY_INVALID, JSON_INVALID: an unreadable memory is not the same as none */
export function parseRemembered(text: string, source: string): RememberedHead {
  const { success, data } = schema.safeParse(parseStrictJson(text, source));
  if (success && frontierFits(data)) return data;
  throw new InputError('LEDGER_MEMORY_INVALID', `${source} is no memory of a ledger that Gatehouse left`, {
    hint: `Find out who made it. Delete it, so that the next reader begins anew.`,
    where: { file: source },
  });
}
