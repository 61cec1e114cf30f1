import { sealEvidence } from '../../adapters/seal/seal-evidence.ts';
import { hintOf } from '../../core/evidence/envelope.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import { isLook } from '../../core/evidence/held-out-look.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import type { LatencyRecord } from '../../core/load/latency-record.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';
import { judge } from './judge.ts';

export interface JudgeOutputs {
  /** `sealed`: there is a result, and the app tells it. */
  readonly verdict: JudgementEvidence['verdict'] | 'sealed';
  /** Holds exactly evidence.json and receipt.jwt, or evidence.jwe alone. */
  readonly evidenceFolder: string;
  /** For the job summary: aggregates only, nothing of a row. null: nothing is shown before the app has counted it. */
  readonly shown: { readonly evidence: JudgementEvidence; readonly latency: LatencyRecord | null } | null;
}

/**
 * Judges, then signs: the token's audience names the digest of the evidence, so GitHub's signature over the token is its
 * signature over the evidence. Where base's policy names a key, both are sealed to it: then no number, verdict or digest of
 * the result leaves this job but in the envelope, and a job that ended well says that there is a result, not which one.
 * @throws InputError, ServiceError: no evidence, and never a pass
 */
export async function run(inputs: JudgeInputs, deps: JudgeDeps): Promise<JudgeOutputs> {
  const { evidence, latency, sealTo, complete } = await judge(inputs, deps);
  const text = canonicalJson(evidence);
  const token = await deps.idToken(`gatehouse:${digestBytes(text)}`);
  if (sealTo.length === 0) {
    const evidenceFolder = await deps.writeEvidence({ text, token });
    return { verdict: evidence.verdict, evidenceFolder, shown: { evidence, latency } };
  }
  const envelope = sealEvidence({ text, token }, sealTo, hintOf(evidence, complete));
  const evidenceFolder = await deps.writeEnvelope(envelope);
  // What never met the labels tells nothing of them, and a job that failed can be run again.
  return { verdict: isLook(evidence) ? 'sealed' : 'not evaluated', evidenceFolder, shown: null };
}
