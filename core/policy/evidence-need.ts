import { needsJudgement } from '../evidence/comparison-need.ts';
import { askOf } from './break-glass.ts';
import type { DecisionInput } from './decision.ts';

/** What a request must show before anybody can approve it. */
export interface EvidenceNeed {
  /** Datasets that must be validated, sorted; empty: none. */
  readonly datasets: readonly string[];
  readonly judgement: boolean;
}

/**
 * Says which evidence a request needs: every dataset that it touches or trains on, and a judgement for every move up
 * but a return to the recorded previous version.
 */
export function evidenceNeed(input: Pick<DecisionInput, 'change' | 'model'>): EvidenceNeed {
  const { change, model } = input;
  if (change.kind !== 'request') return { datasets: [], judgement: false };
  const trainedOn = change.proposal ? (model?.datasets ?? []) : [];
  const datasets = [...new Set([...change.datasets, ...change.newDatasets, ...trainedOn])].sort();
  return { datasets, judgement: change.proposal || change.moves.some(needsJudgement) };
}

/** True when all evidence that the request needs is there, whatever it says. An emergency waits for no judgement. */
export function isComplete(input: DecisionInput): boolean {
  const need = evidenceNeed(input);
  const validated = new Set(input.validation?.datasets.map((each) => each.dataset) ?? []);
  return (
    need.datasets.every((dataset) => validated.has(dataset)) &&
    (!need.judgement || input.judgement !== null || askOf(input) !== null)
  );
}
