import type { Change, Move } from '../change/change.ts';
import { matchesGlob } from '../config/glob.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Condition, PrivacyClass } from '../config/policy.ts';
import type { Stage } from '../config/stage.ts';

type Request = Change & { readonly kind: 'request' };

interface ConditionFacts {
  readonly change: Request;
  readonly model: ModelConfig | null;
  /** Privacy classes of the columns of all data at stake; absent: unknown. */
  readonly privacy?: readonly PrivacyClass[];
  /** True when this change gives the model another risk class: a condition on either holds. */
  readonly riskChanges?: boolean;
}

/**
 * True when a condition speaks about a move. Everything that it names must fit; what is unknown fits, since a condition
 * only adds.
 * @param entered stages that the move enters
 */
export function meetsCondition(
  condition: Condition,
  move: Move,
  entered: readonly Stage[],
  facts: ConditionFacts,
): boolean {
  const endpoint = move.kind === 'stage' ? move.endpoint : null;
  return (
    (condition.to === undefined || condition.to.some((stage) => entered.includes(stage))) &&
    (condition.endpoints === undefined || (endpoint !== null && condition.endpoints.includes(endpoint))) &&
    fits(condition, facts)
  );
}

/** Conditions on changed paths speak about a change that moves nothing, too; those on a stage or an endpoint do not. */
export function meetsWithoutMove(condition: Condition, facts: ConditionFacts): boolean {
  const { paths, to, endpoints } = condition;
  return paths !== undefined && to === undefined && endpoints === undefined && fits(condition, facts);
}

function fits(
  { risk, paths, privacy }: Condition,
  { change, model, privacy: held, riskChanges }: ConditionFacts,
): boolean {
  const changed = [...change.contentPaths.map(({ path }) => path), ...change.configuration];
  return (
    (risk === undefined || model === null || riskChanges === true || risk.includes(model.risk)) &&
    (paths === undefined || changed.some((path) => matchesGlob(paths, path))) &&
    (privacy === undefined || held === undefined || privacy.some((each) => held.includes(each)))
  );
}
