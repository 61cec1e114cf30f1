import type { ApprovalLine } from './policy.ts';

/** What the policy asks when somebody breaks the glass. A policy without it lets nobody. */
export interface BreakGlassRule {
  /** At least two governors; these roles alone are asked, each with as many people as a move asks for without it. */
  readonly approvals: readonly ApprovalLine[];
  /** How long before its end a request holds, and how old an approval of it may be. */
  readonly hours: number;
  /** Uses in 30 days over all models of the ledger; one pull request is one use. */
  readonly maxPer30Days: number;
  /** Hours after a use until its review must be recorded. */
  readonly reviewWithinHours: number;
}

/** `break-glass/<name>.yml`: moves into production in an emergency. Added by the very pull request that asks for them. */
export interface BreakGlassRequest {
  readonly name: string;
  readonly model: string;
  /** endpoint -> version: exactly the moves of the pull request. */
  readonly production: Readonly<Record<string, number>>;
  /** A date is the last day on which it holds; a time, when it ends. UTC. */
  readonly until: string;
  readonly reason: string;
  /** Login of who asks. */
  readonly by: string;
}

/** `break-glass/<name>.review.yml`: what was found when a use was looked at afterwards. */
export interface BreakGlassReview {
  readonly name: string;
  readonly model: string;
  /** Number of the pull request that used it. */
  readonly pullRequest: number;
  readonly found: string;
  /** Login of who reviewed it. */
  readonly by: string;
}

/** Fewest people who can let a rule be passed over. */
export const leastGovernors: readonly ApprovalLine[] = [{ role: 'governor', count: 2 }];
