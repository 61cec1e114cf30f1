import type { IssuePlan, KeptIssue } from '../../core/report/issue-plan.ts';
import { hasSweepMarker } from '../../core/report/sweep-state.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { applyIssuePlan, listKeptIssues, retireIssue } from './kept-issues.ts';

/** The one issue that sweeps keep. */
export interface SweepIssue {
  /** null: there is none yet. */
  find(): Promise<KeptIssue | null>;
  /** @returns address of the issue; empty when nothing was to do */
  apply(plan: IssuePlan): Promise<string>;
}

export function openSweepIssue(client: GitHubClient, name: RepositoryName): SweepIssue {
  return {
    find: async () => {
      const [first, ...doubles] = await listKeptIssues(client, name, 'issues of sweeps', hasSweepMarker);
      if (first === undefined) return null;
      for (const double of doubles) await retireIssue(client, name, double.number, first.number);
      return first;
    },
    apply: (plan) => applyIssuePlan(client, name, plan),
  };
}
