import type { Change } from '../change/change.ts';
import type { BreakGlassRule } from '../config/break-glass.ts';
import type { Finding } from '../finding/finding.ts';
import { askOf } from './break-glass.ts';
import type { DecisionInput } from './decision.ts';
import { ruleOnSoundness } from './judgement-rule.ts';
import { extraLines, type RequiredLine, requiredApprovals } from './requirement.ts';
import { type Ruling, standsInTheWay } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

export interface PassedOver {
  readonly rulings: readonly Ruling[];
  /** Names of the rules that were passed over, in their order. */
  readonly past: readonly string[];
}

/**
 * Lets an emergency past what the policy declares: gates that fail or were not measured, soak and freeze. Everything else
 * stands: what is asked, evidence that is not believed, a champion that moved, bytes, people.
 * @param rulings of which the one about break-glass itself must let it
 */
export function passOver(rulings: readonly Ruling[], change: Request, input: DecisionInput): PassedOver {
  const own = rulings.find(({ result }) => result.rule === 'break-glass');
  if (askOf(input) === null || own === undefined || standsInTheWay(own.result.state))
    return { rulings, past: [] };
  const past: string[] = [];
  const passed = rulings.map((ruling) => {
    if (!standsInTheWay(ruling.result.state) || !isPassable(ruling, change, input)) return ruling;
    past.push(ruling.result.rule);
    return pass(ruling);
  });
  return { rulings: passed, past };
}

function isPassable({ result }: Ruling, change: Request, input: DecisionInput): boolean {
  if (result.rule === 'time') return result.state === 'waiting';
  if (result.rule !== 'judgement') return false;
  // What was found and is not believed may be a forgery: nobody gets past it.
  if (input.refusals.length > 0 || input.fork) return false;
  return input.judgement === null || ruleOnSoundness(change, input.judgement, input).result.state === 'met';
}

function pass({ result, findings }: Ruling): Ruling {
  return {
    result: { ...result, state: 'waived', because: `Passed over by break-glass: ${result.because}` },
    findings: findings.map(
      (finding): Finding => ({
        ...finding,
        severity: finding.severity === 'fail' ? 'warn' : finding.severity,
      }),
    ),
  };
}

/**
 * Who must approve an emergency: the roles that the policy names for it, each with as many people as the move asks for
 * without it, if those are more. What is not known about people costs one more here as everywhere.
 */
export function breakGlassLines(
  change: Request,
  rule: BreakGlassRule,
  input: DecisionInput,
): readonly RequiredLine[] {
  const usual = requiredApprovals({ ...change, configuration: [] }, input.policy, input.model, input);
  const own = rule.approvals.map(({ role, count }): RequiredLine => {
    const more = usual.find((line) => line.role === role)?.count ?? 0;
    return { role, anyOf: [role], count: Math.max(count, more), because: ['the policy for break-glass'] };
  });
  return [...own.sort((a, b) => (a.role < b.role ? -1 : 1)), ...extraLines(input.policy, input)];
}
