import type { PolicyPreview } from '../audit/policy-preview.ts';
import type { Decision, DecisionInput } from '../policy/decision.ts';
import type { HeldOutLooks } from './attempt-section.ts';
import type { Making } from './change-section.ts';
import type { PastResult } from './history.ts';
import type { TriedRun } from './run-table.ts';

/** Everything comment, check, summary and JSON show. They are renderings of this one value. */
export interface Report {
  readonly input: DecisionInput;
  readonly decision: Decision;
  readonly pullRequest: number;
  readonly headSha: string;
  readonly run: { readonly id: number; readonly attempt: number; readonly url: string } | null;
  /** For links: `https://github.com/acme/flights`. */
  readonly repositoryUrl: string;
  readonly baseSha: string;
  /** Trainings of this pull request that were judged, newest first: claimed. */
  readonly tried: readonly TriedRun[];
  /** How the version came about that serves where this one wants to; absent: not read, or nothing serves. */
  readonly champion?: Making;
  /** Judged results of earlier pushes, newest first, as the comment on the pull request carries them. */
  readonly history?: readonly PastResult[];
  /** How often results of this held-out set were looked at; absent: not counted. */
  readonly looks?: HeldOutLooks;
  /** What the policy of this pull request would change; absent: it changes none, or none that can be read. */
  readonly policyPreview?: PolicyPreview;
  readonly updatedAt: string;
  /** Merged, whether or not there was anything to record. Absent: no. */
  readonly merged?: boolean;
  /** Set after the merge was recorded. */
  readonly recorded: {
    readonly ledgerUrl: string;
    readonly files: readonly string[];
    readonly size: number;
    readonly root: string;
  } | null;
}
