import type { Change } from '../change/change.ts';
import type { Policy } from '../config/policy.ts';
import { needsJudgement } from '../evidence/comparison-need.ts';
import type { JudgementEvidence } from '../evidence/evidence.ts';
import { hasJudgedNumber, isLook } from '../evidence/held-out-look.ts';
import type { LookCharge } from '../registry/look.ts';

export interface LookFacts {
  readonly judgement?: Pick<JudgementEvidence, 'comparisons'> | null;
  /** Which look of its model on its held-out labels the judgement is; absent: unknown. */
  readonly heldOutLook?: number;
  /** Which look of all models, and of whoever started the run; absent: unknown. */
  readonly heldOutCharge?: LookCharge;
}

/**
 * Why the held-out set asks for one governor more; null: no budget is spent, or nothing limits its use. Several budgets
 * that are spent are several reasons for one and the same governor.
 */
export function lookReason(
  change: Change & { readonly kind: 'request' },
  { defaults }: Policy,
  { judgement, heldOutLook, heldOutCharge }: LookFacts,
): string | null {
  const { heldOutBudget, heldOutBudgets } = defaults;
  const judged = change.proposal || change.moves.some(needsJudgement);
  if (!judged || judgement == null || !isLook(judgement)) return null;
  // Without a number nothing tells how often: entries that are older than this rule rest on results that have one.
  if (heldOutLook === undefined && !hasJudgedNumber(judgement)) return null;
  const counts: readonly Count[] = [
    { budget: heldOutBudget, look: heldOutLook, of: 'this held-out set' },
    { budget: heldOutBudgets?.labels, look: heldOutCharge?.labels, of: 'these labels by all models' },
    {
      ...{ budget: heldOutBudgets?.actor, look: heldOutCharge?.actor },
      of: 'these labels by whoever started the run',
    },
  ];
  const spent = counts.flatMap((count) => reasonOf(count) ?? []);
  return spent.length === 0 ? null : [...new Set(spent)].join('; ');
}

interface Count {
  readonly budget: number | undefined;
  readonly look: number | undefined;
  readonly of: string;
}

function reasonOf({ budget, look, of }: Count): string | null {
  if (budget === undefined) return null;
  if (look === undefined) return 'how often this held-out set was used could not be told';
  if (Number.isInteger(look) && look >= 1 && look <= budget) return null;
  return `look ${look} on ${of}, after the ${budget} that the policy allows`;
}
