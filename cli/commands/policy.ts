import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand } from '../context.ts';
import { explainDecisionCommand } from './policy/explain.ts';
import { replayPolicyCommand } from './policy/replay.ts';
import { simulateCommand } from './policy/simulate.ts';

/** `gatehouse policy ...`: why a promotion was allowed, and what another policy or approval would have made of it. */
export const policyCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const policy = program
      .command('policy')
      .description('Explains recorded decisions, and tries other approvals and policies on them');
    for (const add of [explainDecisionCommand, simulateCommand, replayPolicyCommand])
      add(fetchAnchors)(policy, context);
  };
