import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { planScoring } from '../../core/registry/champion.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import { readStored } from './challenger.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';
import { readPredictionsArtifact, requireSameRows } from './predictions-artifact.ts';

export interface Champions {
  /** version -> CSV of its predictions */
  readonly predictions: ReadonlyMap<number, Uint8Array>;
  /** One for each champion that cannot be compared with. */
  readonly findings: readonly Finding[];
}

/** Gathers what every champion says about the held-out rows; a champion without predictions is a finding. */
export async function readChampions(
  plan: JudgementPlan,
  featuresDigest: Digest,
  inputs: JudgeInputs,
  deps: JudgeDeps,
): Promise<Champions> {
  const scoring = planScoring(plan.state, plan.against, featuresDigest);
  const readScored = async (version: number): Promise<Uint8Array> => {
    const handed = inputs.championPredictions;
    if (handed === null) throw notScored(version);
    requireSameRows(inputs.featuresDigest, featuresDigest);
    return readPredictionsArtifact(handed, 'champion', inputs.runId, deps.github);
  };
  const { toScore } = scoring;
  const sources: (readonly [number, () => Promise<Uint8Array>])[] = [
    ...scoring.stored.map(
      ({ version, predictions }) => [version, () => readStored(predictions.digest, deps)] as const,
    ),
    ...(toScore ? [[toScore.version, () => readScored(toScore.version)] as const] : []),
    ...scoring.left.map((version) => [version, () => Promise.reject(notScored(version))] as const),
  ];
  const predictions = new Map<number, Uint8Array>();
  const findings: Finding[] = [];
  for (const [version, read] of sources) {
    try {
      predictions.set(version, await read());
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      findings.push(...findingsOf('judge', error));
    }
  }
  return { predictions, findings };
}

function notScored(version: number) {
  return refuse(
    'judge/champion-not-scored',
    `The champion v${version} has no predictions of these held-out rows`,
    'See the log of the job predict-champion. One run scores one champion again: after a change of the held-out set, judge endpoint by endpoint.',
  );
}
