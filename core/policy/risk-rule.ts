import { risksPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import { endOfMoment } from '../config/moment.ts';
import type { Risk } from '../config/risks.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { DecisionInput } from './decision.ts';
import { ruleOnFile } from './declared-file.ts';
import { sampleRisks } from './file-sample.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

/** No high risk is open, and nobody has to look at any of them again. */
export function ruleOnRisks(model: ModelConfig, input: DecisionInput): Ruling {
  const file = risksPath(model.model);
  return ruleOnFile('risks', asked, sampleRisks(model.model), input.declared?.risks, ({ risks }) => {
    const now = input.now === undefined ? null : parseInstant(input.now);
    const rulings = risks.map((risk) => ruleOnRisk(risk, file, now));
    return gather('risks', rulings, refuse('risks', empty(model.model)));
  });
}

function ruleOnRisk(risk: Risk, file: string, now: number | null): Ruling {
  const { name, kind, severity, status, owner, reviewBy } = risk;
  if (severity === 'high' && status === 'open') return refuse(name, open(risk, file));
  if (now === null || !(now < endOfMoment(reviewBy))) return refuse(name, late(risk, file));
  return rule(name, 'met', `${kind}, ${severity}, ${status}; ${owner} looks again by ${reviewBy}.`);
}

const asked = 'a register of what could go wrong: at least one risk, each with what is done against it';

const empty = (model: string) => ({
  code: 'risks/empty',
  message: 'The risk register names no risk',
  where: { file: risksPath(model) },
  fix: 'Write what could go wrong, with the lines shown for it.',
  sample: sampleRisks(model),
});

const open = ({ name, control, owner }: Risk, file: string) => ({
  code: 'risks/open',
  message: `The high risk ${name} is open`,
  where: { file },
  found: 'open',
  allowed: 'controlled',
  fix: `Finish what is to be done against it (${control}; ${owner}), then write status: controlled in ${file}.`,
});

const late = ({ name, owner, reviewBy }: Risk, file: string) => ({
  code: 'risks/review',
  message: `The risk ${name} was to be looked at again by ${reviewBy}`,
  where: { file },
  found: reviewBy,
  allowed: 'a day that is not over',
  fix: `${owner} looks at it again and writes a new review-by in ${file}.`,
});
