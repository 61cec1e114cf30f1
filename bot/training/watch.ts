import type { RunFacts } from '../../adapters/github/reader.ts';
import type { Decision } from '../../core/policy/decision.ts';
import type { Facts } from '../gather/facts.ts';

/** Where base does not know the model. */
const usualQueueMinutes = 30;
const mostEarlierRuns = 5;

/** A run of a pull request's head that is not over: what a light look needs to know of it. */
export interface TrainingWatch {
  readonly number: number;
  readonly headSha: string;
  readonly run: Pick<RunFacts, 'id' | 'attempt'>;
  /** Queued longer than this: the check says that no runner comes. */
  readonly queueMinutes: number;
  /** Labels that model.yml declares; empty: none. */
  readonly runsOn: readonly string[];
  /** How long earlier versions trained, newest first: claimed, for the time left. */
  readonly earlierDurationsMs: readonly number[];
}

/**
 * What of a pull request is worth a light look.
 * @param shown what its check says
 * @returns null when no run may still bring the result, or the check is not open
 */
export function toWatch(facts: Facts, shown: Decision | null): TrainingWatch | null {
  const run = facts.evidence.runs.find(({ status }) => status !== 'completed');
  if (run === undefined || shown?.kind !== 'waiting') return null;
  const { rules, ledger, pull, commits } = facts;
  // What the pull request itself writes into model.yml does not say when somebody is told.
  const known = rules?.model?.from === 'base' ? rules.model.config : null;
  const state = known === null ? undefined : ledger.snapshot.states.get(known.model);
  const versions = [...(state?.versions.values() ?? [])].map(({ record }) => record);
  return {
    number: pull.number,
    headSha: commits.head,
    run: { id: run.id, attempt: run.attempt },
    queueMinutes: known?.train.queueMinutes ?? usualQueueMinutes,
    runsOn: known?.train.runsOn ?? [],
    earlierDurationsMs: versions
      .sort((a, b) => b.version - a.version)
      .slice(0, mostEarlierRuns)
      .map(({ lineage }) => lineage.run.durationMs),
  };
}
