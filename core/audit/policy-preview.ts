import type { Change } from '../change/change.ts';
import type { Policy } from '../config/policy.ts';
import { rulesDigest } from '../evidence/rules-digest.ts';
import type { Decision, DecisionInput } from '../policy/decision.ts';
import { subjectOf } from '../policy/subject.ts';
import { underPolicy } from '../policy/under-policy.ts';
import { decideAgain } from './recorded-decision.ts';
import { type BlockingRule, blockingRules, type PolicyReplay } from './replay-policy.ts';

/** What a pull request that changes the policy would change: for what passed, for what was refused, for what is open. */
export interface PolicyPreview {
  /** The newest promotions of the ledger. */
  readonly replay: PolicyReplay;
  /** Merges that were refused and are not in the ledger to this day, newest first. */
  readonly refused: readonly PreviewedPull[];
  readonly open: readonly PreviewedPull[];
  /** True when more pull requests are open than were looked at. */
  readonly more: boolean;
  /** False when the new policy only reports. */
  readonly enforces: boolean;
  /** True when the policy of base changed since this branch left it: what is merged is another text than this one. */
  readonly outdated: boolean;
}

/** One pull request as it stands, and as it would stand; `unread`: why that cannot be said. */
export type PreviewedPull =
  | ({ readonly kind: 'decided'; readonly number: number } & PreviewedDecision)
  | { readonly kind: 'unread'; readonly number: number; readonly because: string };

export interface PreviewedDecision {
  readonly change: Change;
  readonly before: Decision['kind'];
  readonly after: Decision['kind'];
  /** What stands in the way afterwards. */
  readonly by: readonly BlockingRule[];
  /** The rules that apply to it change: results and approvals are asked for again. */
  readonly anew: boolean;
  /** Sentences: what is not known and is taken for not met. */
  readonly unknown: readonly string[];
}

/**
 * Decides the same facts by the policy of today and by another one. Approvals are taken as given for the same change and
 * evidence as it was judged; `anew` says where neither will hold.
 * @throws InputError DECISION_UNREADABLE
 */
export function previewDecision(input: DecisionInput, policy: Policy): PreviewedDecision {
  const under = underPolicy(input, policy);
  const after = decideAgain(under.input);
  const stands = after.kind === 'allowed' || after.kind === 'nothing';
  return {
    change: input.change,
    before: decideAgain(input).kind,
    after: after.kind,
    by: stands ? [] : blockingRules(after.rules),
    anew:
      rulesOf(input, input.policy) !== rulesOf(input, policy) || subjectOf(input) !== subjectOf(under.input),
    unknown: under.unknown,
  };
}

/** Of what the policy alone says about a request: contracts and models are the same on both sides. */
function rulesOf({ change }: DecisionInput, policy: Policy): string | null {
  const catalogue = { models: new Map(), datasets: new Map(), findings: [] };
  return change.kind === 'request' ? rulesDigest({ policy, catalogue, change }) : null;
}
