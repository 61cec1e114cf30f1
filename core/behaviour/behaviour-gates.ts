import type { BehaviourSuite } from '../config/behaviour.ts';
import type { Gate } from '../config/policy.ts';

/** Share of the cases of a suite that pass. */
export const behaviourMetric = 'behaviour-pass-rate';

/** How results name a group of cases. */
export const groupSlice = (group: string): string => `group ${group}`;

/**
 * The gates that a suite brings along: no group below its share, whether or not model.yml names a gate for it. Whoever
 * evaluates the gates of the model evaluates these too: the judge, and the app with the suite that governs.
 */
export function behaviourGates(suite: BehaviourSuite): readonly Gate[] {
  return suite.groups.map(({ name, mustPass }) => ({
    metric: behaviourMetric,
    slice: groupSlice(name),
    min: mustPass,
    grade: 'measured',
  }));
}
