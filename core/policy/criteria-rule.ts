import type { Change, Move } from '../change/change.ts';
import { modelPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Finding } from '../finding/finding.ts';
import type { DecisionInput } from './decision.ts';
import { criteriaLines, sampleOfModel } from './file-sample.ts';
import { type Ruling, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

/**
 * What a model is for must be agreed before a version serves: without `criteria` a proposal is told so, and production is
 * refused. A return to the recorded previous version waits for no agreement.
 * @returns empty where nothing is missing, or where the move asks for no criteria
 */
export function criteriaFindings(model: ModelConfig | null, move: Move): readonly Finding[] {
  if (model === null || model.criteria !== undefined) return [];
  if (move.kind === 'registration') return [missing(model, 'warn')];
  return move.to === 'production' && !move.rollback ? [missing(model, 'fail')] : [];
}

/** Success criteria before the first version in production (REQUIREMENTS.md E7). */
export function ruleOnCriteria(change: Request, input: DecisionInput): Ruling {
  const asked = change.moves.filter(
    (move) => move.kind === 'registration' || (move.to === 'production' && !move.rollback),
  );
  if (asked.length === 0) {
    return rule('criteria', 'skipped', 'Nothing is proposed and nothing goes to production.');
  }
  const findings = asked.flatMap((move) => criteriaFindings(input.model, move));
  const [worst] = [...findings].sort((a, b) => Number(b.severity === 'fail') - Number(a.severity === 'fail'));
  if (worst === undefined) return rule('criteria', 'met', describeCriteria(input.model));
  const state = worst.severity === 'fail' ? 'refused' : 'met';
  return { ...rule('criteria', state, worst.message), findings: [worst] };
}

function describeCriteria(model: ModelConfig | null): string {
  if (model?.criteria === undefined) return 'No model is read.';
  const { businessOwner, technicalOwner, windowDays } = model.criteria;
  const names = [businessOwner, technicalOwner].map(({ users, teams }) => [...users, ...teams].join(', '));
  const days = windowDays === 1 ? 'day' : 'days';
  return `Success criteria are agreed by ${names.join(' (business) and ')} (technical), to be checked after ${windowDays} ${days}.`;
}

const agree = 'Agree on them with the business, and add criteria to model.yml in a pull request of its own';

const missing = ({ model }: ModelConfig, severity: 'warn' | 'fail'): Finding => ({
  code: 'criteria/missing',
  severity,
  message:
    severity === 'fail'
      ? `${model} has no success criteria, and no version goes to production without them`
      : `${model} has no success criteria yet: no version of it can go to production without them`,
  where: { file: modelPath(model), pointer: '/criteria' },
  found: 'nothing',
  allowed: 'metric, baseline, improvement, method, window-days, business-owner and technical-owner',
  // On a proposal it is advice: the page belongs to what is proposed.
  ...(severity === 'fail'
    ? { fix: `${agree}, with the lines shown for it.`, sample: sampleOfModel(model, criteriaLines) }
    : { fix: `${agree} before a version is to serve.` }),
});
