import type { ApprovedStage } from './policy.ts';
import type { Stage } from './stage.ts';
import { type Freeze, minuteOfWeek, type StageRule } from './stage-rule.ts';
import type { WrittenFreeze, WrittenStageOrder } from './stage-rule-schema.ts';

interface WrittenRule {
  readonly 'soak-hours'?: number | undefined;
  readonly 'expires-days'?: number | undefined;
  readonly promotes_from?: readonly Stage[] | undefined;
}

/**
 * Keys of a stage besides its approvals.
 * @param order the policy's `STAGES`: what both name is what holds
 */
export function toStageRule(
  stage: ApprovedStage,
  written: WrittenRule | undefined,
  order: WrittenStageOrder | undefined,
): Omit<StageRule, 'approvals'> {
  const { 'soak-hours': soakHours, 'expires-days': expiresDays } = written ?? {};
  const limits = [written?.promotes_from, ...orderOf(stage, order)].filter((each) => each !== undefined);
  return {
    ...(soakHours === undefined ? {} : { soakHours }),
    ...(expiresDays === undefined ? {} : { expiresDays }),
    ...(limits.length === 0 ? {} : { promotesFrom: limits.reduce(both) }),
  };
}

function orderOf(
  stage: ApprovedStage,
  order: WrittenStageOrder | undefined,
): readonly (readonly Stage[] | undefined)[] {
  return (order ?? []).map((item) => (typeof item === 'string' ? undefined : item[stage]?.promotes_from));
}

const both = (a: readonly Stage[], b: readonly Stage[]): readonly Stage[] =>
  a.filter((stage) => b.includes(stage));

export const toFreeze = ({ from, until, to, reason }: WrittenFreeze): Freeze => ({
  kind: minuteOfWeek(from) === null ? 'dates' : 'weekly',
  ...{ from, until, to, reason },
});

export const renderStageRule = ({ soakHours, expiresDays, promotesFrom }: StageRule) => ({
  ...(soakHours === undefined ? {} : { 'soak-hours': soakHours }),
  ...(expiresDays === undefined ? {} : { 'expires-days': expiresDays }),
  ...(promotesFrom === undefined ? {} : { promotes_from: [...promotesFrom] }),
});

export const renderFreeze = ({ from, until, to, reason }: Freeze) => ({
  ...{ from, until, reason },
  to: [...to],
});
