import { compareModels } from './compare.ts';
import {
  finishHeldOutComparison,
  type HeldOutInput,
  type HeldOutOutcome,
  planHeldOutComparison,
} from './held-out-comparison.ts';

/** A whole comparison in one thread. */
export function compareOnHeldOut(input: HeldOutInput): HeldOutOutcome {
  const plan = planHeldOutComparison(input);
  return finishHeldOutComparison(plan, plan.compare.map(compareModels));
}
