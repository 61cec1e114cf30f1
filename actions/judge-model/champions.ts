import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { ScoredFiles } from '../../core/evaluation/scored-model.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { planScoring } from '../../core/registry/champion.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import { type JudgedScoring, readStored } from './challenger.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';
import { readPredictionsArtifact, requireSameRows } from './predictions-artifact.ts';

export interface Champions {
  /** By version. */
  readonly scored: ReadonlyMap<number, ScoredFiles>;
  /** One for each champion that cannot be compared with. */
  readonly findings: readonly Finding[];
}

/** Gathers what every champion says about the held-out rows; a champion without predictions is a finding. */
export async function readChampions(
  plan: JudgementPlan,
  { featuresDigest, sets }: JudgedScoring,
  inputs: JudgeInputs,
  deps: JudgeDeps,
): Promise<Champions> {
  const scoring = planScoring(plan.state, plan.against, featuresDigest, sets);
  const readScored = async (version: number): Promise<ScoredFiles> => {
    const handed = inputs.championPredictions;
    if (handed === null) throw notScored(version);
    requireSameRows(inputs.featuresDigest, featuresDigest);
    return readPredictionsArtifact(handed, 'champion', inputs.runId, deps.github);
  };
  const { toScore } = scoring;
  const sources: (readonly [number, () => Promise<ScoredFiles>])[] = [
    ...scoring.stored.map((record) => [record.version, () => readStored(record, sets, deps)] as const),
    ...(toScore ? [[toScore.version, () => readScored(toScore.version)] as const] : []),
    ...scoring.left.map((version) => [version, () => Promise.reject(notScored(version))] as const),
  ];
  const scored = new Map<number, ScoredFiles>();
  const findings: Finding[] = [];
  for (const [version, read] of sources) {
    try {
      scored.set(version, await read());
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      findings.push(...findingsOf('judge', error));
    }
  }
  return { scored, findings };
}

function notScored(version: number) {
  return refuse(
    'judge/champion-not-scored',
    `The champion v${version} has no predictions of these held-out rows`,
    'See the log of the job predict-champion. One run scores one champion again: after a change of the held-out set, judge endpoint by endpoint.',
  );
}
