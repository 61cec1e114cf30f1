import type { Change } from '../change/change.ts';
import type { Policy } from '../config/policy.ts';
import type { Digest } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';
import { askOf } from './break-glass.ts';
import type { DecisionInput } from './decision.ts';
import { evidenceNeed } from './evidence-need.ts';
import { needsOf } from './production-rule.ts';
import { stagesEntered } from './time-rule.ts';

/**
 * Names what an approval rests on besides the rules that evidence is bound to: what people declared about the model, its
 * waivers, and what the policy asks of time and order. Kept apart from `rulesDigest`, so that a new waiver voids
 * approvals and not the judgement. A freeze is no part of it: it only makes a move wait.
 * @returns null where there is nothing of the kind
 */
export function conditionsDigest(input: DecisionInput): Digest | null {
  const { change, policy, declared } = input;
  if (change.kind !== 'request') return null;
  const needs = needsOf(input);
  const limits = limitsOf(change, policy);
  const waivers = evidenceNeed(input).judgement ? (declared?.waivers ?? []) : [];
  const emergency = emergencyOf(input);
  if (needs.length === 0 && limits.length === 0 && waivers.length === 0 && emergency === null) return null;
  return digestOf({
    kind: 'conditions',
    v: 1,
    needs,
    limits,
    waivers: [...waivers].sort((a, b) => (a.name < b.name ? -1 : 1)),
    readiness: needs.includes('readiness') ? (declared?.readiness ?? null) : null,
    risks: needs.includes('risks') ? (declared?.risks ?? null) : null,
    ...(emergency === null ? {} : { emergency }),
  });
}

/** What is asked, and what the policy lets an emergency do. */
function emergencyOf(input: DecisionInput): object | null {
  const asked = askOf(input);
  return asked === null ? null : { asked, rule: input.policy.breakGlass ?? null };
}

function limitsOf(change: Change & { readonly kind: 'request' }, policy: Policy) {
  const entered = [...new Set(change.moves.flatMap((move) => stagesEntered(move, policy)))].sort();
  return entered.flatMap((stage) => {
    if (stage === 'registered') return [];
    const { approvals: _, ...limits } = policy.stages[stage];
    return Object.keys(limits).length === 0 ? [] : [{ stage, ...limits }];
  });
}
