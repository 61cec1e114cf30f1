import type { DecisionRule } from './decision.ts';
import type { WrittenDecision } from './decision-schema.ts';

/** The schema lets exactly one of the two through. */
export const toDecision = ({ threshold, choose }: WrittenDecision): DecisionRule =>
  choose === undefined ? { threshold: threshold ?? Number.NaN } : { choose };
