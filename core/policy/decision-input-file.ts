import { z } from 'zod';
import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { DecisionInput } from './decision.ts';

const person = z.looseObject({ id: z.int(), login: z.string(), kind: z.enum(['User', 'Bot']) });
const check = z.looseObject({ id: z.int(), subject: z.string(), completedAt: z.string() });
const review = z.looseObject({
  id: z.int(),
  reviewer: person,
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'COMMENTED']),
  commit: z.string(),
  submittedAt: z.string(),
  roles: z.array(z.string()),
  evidenceChecks: z.array(check),
});
const role = z.looseObject({ users: z.array(z.string()), teams: z.array(z.string()) });
/** What a what-if reads and changes; the rest is for the evaluator, which refuses what it cannot decide. */
const shape = z.looseObject({
  repositoryId: z.int(),
  baseRef: z.string(),
  change: z.looseObject({ kind: z.enum(['request', 'refused', 'nothing']) }),
  policy: z.looseObject({ roles: z.record(z.string(), role), defaults: z.looseObject({}) }),
  reviews: z.array(review),
  exclusions: z.array(z.looseObject({ person, because: z.string() })),
  canApprove: z.record(z.string(), z.array(z.string())),
  ledger: z.looseObject({ champions: z.array(z.unknown()), artifacts: z.array(z.unknown()) }),
});

/**
 * Reads the inputs of a decision from a file that a person may have edited.
 * @param text JSON: the inputs themselves, or an answer of `gatehouse policy explain --json`, which holds them as `input`
 * @throws InputError JSON_INVALID, DECISION_INPUT_INVALID
 */
export function parseDecisionInput(text: string, source: string): DecisionInput {
  const value = parseStrictJson(text, source);
  const isAnswer = typeof value === 'object' && value !== null && Object.hasOwn(value, 'input');
  const input = isAnswer ? (value as { readonly input: unknown }).input : value;
  const result = shape.safeParse(input);
  // The value that was read, not zod's copy: digests are over what was recorded.
  if (result.success) return input as DecisionInput;
  const [issue] = result.error.issues;
  const pointer = `${isAnswer ? '/input' : ''}/${issue?.path.join('/') ?? ''}`;
  throw new InputError(
    'DECISION_INPUT_INVALID',
    `${source} holds no inputs of a decision: ${issue?.message ?? 'wrong shape'} at ${pointer}`,
    {
      hint: 'Take what gatehouse policy explain ENTRY --json prints, and change what you want to try.',
      where: { file: source, pointer },
    },
  );
}
