import { z } from 'zod';
import { count, name } from './field.ts';
import type { ApprovalLine } from './policy.ts';

/** `{ reviewer: 1, risk: 1 }`: how many different people of each role. */
export const approvalsSchema = z
  .record(name, count(1, 20))
  .refine((lines) => Object.keys(lines).length > 0, {
    error: 'at least one role, for example { reviewer: 1 }: leave the key out to keep the preset',
  })
  .describe(
    'Role to number of different people, for example { reviewer: 1, owner: 1 }. Added to the preset, never below it.',
  );

export type WrittenApprovals = Readonly<Record<string, number>>;

/** Role by role the larger number: a file can ask for more people than its preset, and for other roles besides. */
export function addApprovals(
  base: readonly ApprovalLine[],
  own: WrittenApprovals | undefined,
): readonly ApprovalLine[] {
  const lines = new Map(base.map(({ role, count }) => [role, count]));
  for (const [role, count] of Object.entries(own ?? {})) {
    lines.set(role, Math.max(count, lines.get(role) ?? 0));
  }
  return [...lines].map(([role, count]) => ({ role, count }));
}
