import type { RefusedBatch } from '../../core/dataset/history.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { BatchIssue, BatchPlan } from '../../core/report/batch-plan.ts';
import { parseBatchMarker, parseBatchState } from '../../core/report/batch-state.ts';
import type { GitHubClient, RepositoryName } from '../github/client.ts';
import { applyIssuePlan, listKeptIssues, retireIssue } from './kept-issues.ts';

/** The issues that watch runs keep, one for each dataset. */
export interface BatchIssues {
  /** The issue of a dataset; null: there is none yet. */
  find(dataset: string): Promise<BatchIssue | null>;
  /** @returns address of the issue; empty when nothing was to do */
  apply(plan: BatchPlan): Promise<string>;
}

export function openBatchIssues(client: GitHubClient, name: RepositoryName): BatchIssues {
  return {
    find: async (dataset) => {
      const [first, ...doubles] = (await listOwn(client, name)).filter(({ marker }) => marker === dataset);
      if (first === undefined) return null;
      for (const double of doubles) await retireIssue(client, name, double.number, first.number);
      return first;
    },
    apply: (plan) => applyIssuePlan(client, name, plan),
  };
}

/**
 * Every batch that a watch run refused and none passed since, from open and closed issues: a batch does not become
 * better by closing an issue. None where the repository has issues turned off: no watch run can have written one.
 * @throws ServiceError GITHUB_READ_FAILED when issues cannot be read; BATCH_STATE when somebody edited one: closed, not open
 */
export async function readRefusedBatches(
  client: GitHubClient,
  name: RepositoryName,
): Promise<readonly RefusedBatch[]> {
  return (await listOwn(client, name)).flatMap(({ marker: dataset, number, body }) => {
    const state = parseBatchState(body);
    if (state === null) throw edited(number);
    return state.refused.map((refusal) => ({ dataset, refusal, issue: number }));
  });
}

/** Ours by author and marker, oldest first. */
const listOwn = (client: GitHubClient, name: RepositoryName) =>
  listKeptIssues(client, name, 'issues of datasets', parseBatchMarker);

function edited(number: number): ServiceError {
  return new ServiceError(
    'BATCH_STATE',
    `Issue ${number} was edited: which batches it refuses can no longer be read`,
    {
      hint: 'Run the watch workflow again: it writes the issue anew. Nothing trains until then.',
    },
  );
}
