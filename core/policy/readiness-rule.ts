import { readinessPath } from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import { readMoment } from '../config/moment.ts';
import { type Area, areas, requiredItems } from '../config/production-need.ts';
import type { Readiness } from '../config/readiness.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { DecisionInput } from './decision.ts';
import { ruleOnFile } from './declared-file.ts';
import { sampleArea, sampleReadiness } from './file-sample.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

/** Every item that the risk class asks for is done, in each of the six areas. */
export function ruleOnReadiness(model: ModelConfig, input: DecisionInput): Ruling {
  const sample = sampleReadiness(model);
  return ruleOnFile('readiness', asked, sample, input.declared?.readiness, (readiness) => {
    const now = input.now === undefined ? null : parseInstant(input.now);
    const rulings = areas.map((area) => ruleOnArea(area, model, readiness, now));
    return gather('readiness', rulings, rule('readiness', 'met', ''));
  });
}

function ruleOnArea(area: Area, model: ModelConfig, readiness: Readiness, now: number | null): Ruling {
  const items = readiness.items.filter((item) => item.area === area);
  // A day that is not over yet somewhere is today: what is done tomorrow is not done.
  const isDone = (name: string): boolean =>
    items.some(
      ({ item, done }) => item === name && done !== undefined && now !== null && readMoment(done) <= now,
    );
  const required = requiredItems[model.risk][area];
  const open = required.filter((name) => !isDone(name));
  if (open.length > 0) return refuse(area, notDone(area, open, model));
  const all = items.filter(({ item }) => isDone(item)).map(({ item, by }) => `${item} (${by})`);
  return rule(area, 'met', `Done: ${all.join(', ')}.`);
}

const asked = `a review of ${areas.length} areas: ${areas.join(', ')}`;

function notDone(area: Area, open: readonly string[], model: ModelConfig) {
  const file = readinessPath(model.model);
  return {
    code: 'readiness/open',
    message: `${model.model} is of ${model.risk} risk, and in ${area} is not done: ${open.join(', ')}`,
    where: { file, pointer: `/${area}` },
    found: 'not done',
    allowed: requiredItems[model.risk][area].join(', '),
    fix: `Do it, and write it into ${file} in a pull request of its own, with the lines shown for it.`,
    sample: sampleArea(model, area, open),
  };
}
