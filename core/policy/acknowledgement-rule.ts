import type { ApprovalTally } from './approval.ts';
import type { DecisionInput } from './decision.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

/** The role under which a consumer's people stand in reviews; no role of the policy can be called so. */
export const consumerRole = (name: string): string => `consumer: ${name}`;

/** Roles whose word a change of the predictions needs, beside every quorum. */
export const acknowledgingRoles = ({ prediction }: Pick<DecisionInput, 'prediction'>): readonly string[] =>
  prediction === undefined || prediction.findings.length === 0
    ? []
    : [...new Set(prediction.consumers)].sort().map(consumerRole);

/**
 * Whoever reads the predictions and would be broken has said yes: one person of each consumer that the governed model.yml
 * names, also of one that this change takes out. It is no seat of a quorum, so one person may speak for several, and an
 * approval as reviewer is one as consumer too.
 */
export function ruleOnAcknowledgements(tally: ApprovalTally, input: DecisionInput): Ruling {
  const roles = acknowledgingRoles(input);
  const findings = input.prediction?.findings ?? [];
  const nothing = rule('consumers', 'met', 'Nothing that consumers of the predictions count on changes.');
  if (findings.length === 0) return nothing;
  const alone = rule('consumers', 'met', 'The predictions change, and model.yml names no consumer.');
  const rulings = roles.map((role) => ruleOnConsumer(role, tally, input));
  const gathered = gather('consumers', rulings, alone);
  return { ...gathered, findings: [...gathered.findings, ...findings] };
}

function ruleOnConsumer(role: string, { acknowledged }: ApprovalTally, input: DecisionInput): Ruling {
  const people = acknowledged.get(role) ?? [];
  if (people.length > 0)
    return rule(role, 'met', `Acknowledged by ${people.map(({ login }) => login).join(', ')}.`);
  const candidates = input.canApprove[role];
  if (candidates !== undefined && candidates.length === 0) return refuse(role, nobody(role));
  const [first] = input.prediction?.findings ?? [];
  return rule(role, 'waiting', `Its predictions change: ${first?.message ?? 'the contract is broken'}.`);
}

/** What is still missing, for "who can help". */
export function missingAcknowledgements(
  { acknowledged }: ApprovalTally,
  input: DecisionInput,
): readonly { readonly role: string; readonly count: number; readonly candidates: readonly string[] }[] {
  return acknowledgingRoles(input)
    .filter((role) => (acknowledged.get(role) ?? []).length === 0)
    .map((role) => ({ role, count: 1, candidates: [...(input.canApprove[role] ?? [])].sort() }));
}

const nobody = (role: string) => ({
  code: 'prediction/nobody',
  message: `${role} must acknowledge this change, and nobody stands for it who may approve here`,
  fix: 'Name a user or team for this consumer under prediction in model.yml, in a pull request of its own.',
});
