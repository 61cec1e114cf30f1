import type { Decision } from './decision.ts';
import { standsInTheWay } from './rule.ts';

/** One pull request of a merge group, decided onto what stands before it in the group. */
export interface GroupMember {
  readonly number: number;
  readonly decision: Pick<Decision, 'kind' | 'moves' | 'rules'>;
  /** False where the policy of its base only reports. */
  readonly enforced: boolean;
}

export interface MemberOutcome {
  readonly number: number;
  readonly allowed: boolean;
  /** One sentence: what stands in the way. */
  readonly because: string;
}

export interface GroupDecision {
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly members: readonly MemberOutcome[];
}

/**
 * Decides about a merge group: each of its pull requests by its own decision, and no model moves in two of them, since the
 * later one was never compared with what the earlier one would make champion (GATE.md rule 4).
 * @param members in the order in which the group merges them; none is no success
 */
export function decideGroup(members: readonly GroupMember[]): GroupDecision {
  const seen = new Set<string>();
  const outcomes = members.map((member) => {
    const models = member.decision.moves.map(({ model }) => model);
    const twice = models.find((model) => seen.has(model));
    for (const model of models) seen.add(model);
    return toOutcome(member, twice);
  });
  const bad = members.filter((_, at) => outcomes[at]?.allowed !== true);
  // A base whose policy only reports holds nothing up; what it refuses is not recorded after the merge either.
  const held = members.length === 0 || bad.some(({ enforced }) => enforced);
  const passes = members.length > 0 && bad.length === 0;
  return { conclusion: passes ? 'success' : held ? 'failure' : 'neutral', members: outcomes };
}

function toOutcome({ number, decision }: GroupMember, twice: string | undefined): MemberOutcome {
  const allowed = twice === undefined && (decision.kind === 'allowed' || decision.kind === 'nothing');
  const open = decision.rules.find(({ state }) => standsInTheWay(state));
  const because =
    twice === undefined
      ? (open?.because ?? (allowed ? 'allowed' : decision.kind))
      : `${twice} moves in an earlier pull request of this group`;
  return { number, allowed, because };
}
