import type { Change } from '../change/change.ts';
import { modelPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import type { ProductionNeed } from '../config/production-need.ts';
import { requiredSignOffs } from '../config/production-need.ts';
import type { DecisionInput, OwnerFact } from './decision.ts';
import { monitoringLines, ownerLines, sampleOfModel, serviceLevelLines } from './file-sample.ts';
import { ruleOnReadiness } from './readiness-rule.ts';
import { ruleOnRisks } from './risk-rule.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

/** True when a version goes to production by another way than a return to the recorded previous one. */
export const promotes = (change: Request): boolean =>
  change.moves.some((move) => move.kind === 'stage' && move.to === 'production' && !move.rollback);

/** What the policy requires of this change before production; none when nothing goes there. */
export const needsOf = ({
  change,
  policy,
}: Pick<DecisionInput, 'change' | 'policy'>): readonly ProductionNeed[] =>
  change.kind === 'request' && promotes(change) ? (policy.production?.require ?? []) : [];

/**
 * What is declared beside a model is checked before one of its versions serves: what is missing says what to write.
 * @returns null where nothing is required
 */
export function ruleOnProductionNeeds(input: DecisionInput): Ruling | null {
  const { model } = input;
  const needs = needsOf(input);
  if (needs.length === 0 || model === null) return null;
  const rulings = needs.map((need) => rules[need](model, input));
  return gather('production', rulings, rule('production', 'met', ''));
}

const rules: Readonly<Record<ProductionNeed, (model: ModelConfig, input: DecisionInput) => Ruling>> = {
  readiness: ruleOnReadiness,
  risks: ruleOnRisks,
  owners: ruleOnOwners,
  sla: (model) => {
    const level = model.serviceLevel;
    if (level === undefined)
      return refuse('service level', missing(model, 'service-level', serviceLevelLines));
    const { availabilityPercent, respondMinutes, restoreMinutes } = level;
    const promise = `${availabilityPercent} % available, looked at within ${respondMinutes} minutes, restored within ${restoreMinutes}.`;
    return rule('service level', 'met', promise);
  },
  'sign-offs': ruleOnSignOffs,
  monitoring: (model) => {
    const signals = model.monitoring ?? [];
    if (signals.length === 0) return refuse('monitoring', missing(model, 'monitoring', monitoringLines));
    return rule(
      'monitoring',
      'met',
      `Watched in production: ${signals.map(({ signal }) => signal).join(', ')}.`,
    );
  },
  fallback: (model) => {
    if (model.fallback === 'unknown')
      return refuse('fallback', missing(model, 'fallback', ['fallback: previous']));
    return rule('fallback', 'met', `When the model does not serve: ${model.fallback}.`);
  },
};

const ownerKinds = [
  ['qualityOwner', 'quality-owner', 'quality owner'],
  ['infrastructureOwner', 'infrastructure-owner', 'infrastructure owner'],
] as const;

/** Two people answer for a model in production, and both are still there. */
function ruleOnOwners(model: ModelConfig, input: DecisionInput): Ruling {
  const rulings = ownerKinds.map(([field, key, name]) => {
    if (model[field] === undefined) return refuse(name, missing(model, key, ownerLines(key)));
    const fact = input.owners?.[field];
    if (fact === undefined)
      return rule(name, 'not evaluated', `Whether the ${name} is still there was not read.`);
    return ruleOnOwner(name, key, fact, model);
  });
  return gather('owners', rulings, rule('owners', 'met', ''));
}

function ruleOnOwner(name: string, key: string, { members, absent }: OwnerFact, model: ModelConfig): Ruling {
  if (absent.length === 0 && members.length > 0)
    return rule(name, 'met', `${members.join(', ')} ${members.length === 1 ? 'answers' : 'answer'} for it.`);
  const who =
    absent.length > 0 ? `${absent.join(', ')} cannot write here any more` : 'nobody is in its teams';
  return refuse(name, {
    code: 'production/owner-left',
    message: `The ${name} of ${model.model} is not there: ${who}`,
    where: { file: modelPath(model.model), pointer: `/${key}` },
    found: absent.join(', ') || 'nobody',
    allowed: 'people who may write to this repository',
    fix: `Name somebody who is there under ${key} in model.yml.`,
  });
}

/** The lines themselves are among the approvals; here: does each function have a role that can sign? */
function ruleOnSignOffs(model: ModelConfig, { policy }: DecisionInput): Ruling {
  const required = requiredSignOffs[model.risk];
  const rulings = required.map((each) => {
    const role = model.signOffs?.[each];
    if (role === undefined)
      return refuse(
        each,
        missing(model, `sign-offs/${each}`, ['sign-offs:', `  ${each}: ROLE # a role of the policy`]),
      );
    if (role !== 'owner' && !Object.hasOwn(policy.roles, role))
      return refuse(each, noRole(model, each, role));
    return rule(each, 'met', `Signed by a review of somebody who is ${role}: see approvals.`);
  });
  return gather('sign-offs', rulings, rule('sign-offs', 'met', `A model of ${model.risk} risk needs none.`));
}

const noRole = (model: ModelConfig, each: string, role: string) => ({
  code: 'production/unknown-role',
  message: `${each} of ${model.model} is to be signed by ${role}, a role that the policy does not define`,
  where: { file: modelPath(model.model), pointer: `/sign-offs/${each}` },
  fix: `Define ${role} under roles in .github/gatehouse.yml, or name a role that is there.`,
});

const missing = ({ model }: ModelConfig, key: string, lines: readonly string[]) => ({
  code: 'production/missing',
  message: `${model} declares no ${key.replace('/', ' of ')}, which the policy requires for production`,
  where: { file: modelPath(model), pointer: `/${key}` },
  found: 'nothing',
  allowed: key.replace('/', ': '),
  fix: `Add what is missing to ${modelPath(model)} in a pull request of its own, with the lines shown for it.`,
  sample: sampleOfModel(model, lines),
});
