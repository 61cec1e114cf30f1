import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import type { LatencyRecord } from '../../core/load/latency-record.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';
import { judge } from './judge.ts';

export interface JudgeOutputs {
  readonly verdict: JudgementEvidence['verdict'];
  /** Holds exactly evidence.json and receipt.jwt. */
  readonly evidenceFolder: string;
  /** For the job summary: aggregates only, nothing of a row. */
  readonly evidence: JudgementEvidence;
  readonly latency: LatencyRecord | null;
}

/**
 * Judges, then seals: the token's audience names the digest of the evidence, so GitHub's signature over the token is its
 * signature over the evidence.
 * @throws InputError, ServiceError: no evidence, and never a pass
 */
export async function run(inputs: JudgeInputs, deps: JudgeDeps): Promise<JudgeOutputs> {
  const { evidence, latency } = await judge(inputs, deps);
  const text = canonicalJson(evidence);
  const token = await deps.idToken(`gatehouse:${digestBytes(text)}`);
  const evidenceFolder = await deps.writeEvidence({ text, token });
  return { verdict: evidence.verdict, evidenceFolder, evidence, latency };
}
