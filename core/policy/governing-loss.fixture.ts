import type { Declared } from '../change/declared.ts';
import type { Policy } from '../config/policy.ts';
import { approvedStages } from '../config/preset.ts';
import { productionNeeds } from '../config/production-need.ts';
import type { StageRule } from '../config/stage-rule.ts';
import type { DecisionInput } from './decision.ts';
import { closed } from './random-governing.fixture.ts';

/** What an attacker or an accident could do to an input that must never turn another answer into `allowed`. */
export type Loss = (input: DecisionInput, pick: number) => DecisionInput;

const withStages = (input: DecisionInput, fields: Partial<StageRule>): DecisionInput => {
  const stages = Object.fromEntries(
    approvedStages.map((stage) => [stage, { ...input.policy.stages[stage], ...fields }]),
  );
  return {
    ...input,
    policy: { ...input.policy, stages: { ...input.policy.stages, ...stages } as Policy['stages'] },
  };
};
const withDeclared = (input: DecisionInput, fields: Partial<Declared>): DecisionInput =>
  input.declared === undefined ? input : { ...input, declared: { ...input.declared, ...fields } };

/** Losses of time, order, waivers and declarations. */
export const governingLosses: readonly (readonly [string, Loss])[] = [
  ['not knowing the time', ({ now: _, ...input }) => input],
  ['a time that is none', (input) => ({ ...input, now: 'soon' })],
  [
    'a freeze',
    (input) => ({ ...input, policy: { ...input.policy, freeze: [...(input.policy.freeze ?? []), closed] } }),
  ],
  ['a longer soak', (input) => withStages(input, { soakHours: 8760 })],
  ['approvals that expire', (input) => withStages(input, { expiresDays: 1 })],
  ['a stage that nothing may enter', (input) => withStages(input, { promotesFrom: [] })],
  ['losing the waivers', (input) => withDeclared(input, { waivers: [] })],
  ['losing everything declared', ({ declared: _, ...input }) => input],
  ['losing the readiness review', (input) => withDeclared(input, { readiness: { kind: 'missing' } })],
  [
    'a risk register that nobody can read',
    (input) => withDeclared(input, { risks: { kind: 'unreadable', because: '?' } }),
  ],
  ['not knowing the owners', ({ owners: _, ...input }) => input],
  [
    'an owner who left',
    (input) => ({ ...input, owners: { ...input.owners, qualityOwner: { members: [], absent: ['omar'] } } }),
  ],
  [
    'more being required',
    (input) => ({ ...input, policy: { ...input.policy, production: { require: productionNeeds } } }),
  ],
  [
    'other feature definitions',
    (input) => (input.model === null ? input : { ...input, model: { ...input.model, featureVersion: 'v9' } }),
  ],
  [
    'versions of unknown age',
    (input) => ({
      ...input,
      ledger: { ...input.ledger, artifacts: input.ledger.artifacts.map(({ since: _, ...each }) => each) },
    }),
  ],
];
