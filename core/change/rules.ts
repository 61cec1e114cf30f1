import type { Contract } from '../config/contract.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Policy } from '../config/policy.ts';
import type { Digest } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';
import type { Change, Move } from './change.ts';

/**
 * Digest of the rules that apply to a change, as parsed values: a comment edited in a file changes nothing, a changed
 * limit or quorum does. Who is in a role is not part of it; that is read when a decision is made.
 * @see GATE.md rule 3
 */
export function rulesDigest(
  change: Extract<Change, { kind: 'request' }>,
  policy: Policy,
  model: ModelConfig | null,
  contracts: readonly Contract[],
): Digest {
  return digestOf({
    approvals: change.moves.map((move) => approvalsFor(move, policy)),
    configuration: change.configuration.length > 0 ? policy.configuration : null,
    addWhen: policy.addWhen,
    defaults: policy.defaults,
    judgeRunner: policy.judgeRunner,
    model: model === null ? null : withoutUndefined(model),
    contracts: [...contracts].sort((a, b) => (a.dataset < b.dataset ? -1 : 1)).map(withoutUndefined),
  });
}

function approvalsFor(move: Move, policy: Policy): unknown {
  if (move.kind === 'registration') return policy.proposal;
  if (move.rollback) return policy.rollback;
  return move.to === 'registered' ? policy.proposal : policy.stages[move.to];
}

/** Optional fields that are absent and those that are undefined mean the same. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
