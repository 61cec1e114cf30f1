import { describeOrigin } from '../../adapters/proposal/origin.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import type { Labels } from '../../core/evaluation/labels.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import { resultDigest } from '../../core/evaluation/result-digest.ts';
import { judgementVerdict } from '../../core/evaluation/verdict.ts';
import type { Digest, HeldOutFact, JudgementEvidence } from '../../core/evidence/evidence.ts';
import { digestFeatures } from '../../core/evidence/held-out-features.ts';
import { rulesDigest } from '../../core/evidence/rules-digest.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { type JudgementPlan, planJudgement } from '../../core/registry/judgement-plan.ts';
import { type Challenger, readChallenger } from './challenger.ts';
import { readChampions } from './champions.ts';
import { type ComparisonOutcome, compareAll } from './comparison.ts';
import type { JudgeDeps, JudgedProposal, JudgeInputs } from './deps.ts';
import { readLabels } from './labels.ts';

/**
 * Judges one version on held-out labels. Everything but the model's name and the handed artifacts is derived here: pull
 * request and head from the event, base and rules from GitHub, champions from the ledger.
 * @returns evidence; when labels, a champion or usable predictions are missing its verdict is "not evaluated"
 * @throws InputError, ServiceError when there is not even something to judge
 */
export async function judge(inputs: JudgeInputs, deps: JudgeDeps): Promise<JudgementEvidence> {
  const proposal = await readGoverned(inputs, deps);
  const plan = planJudgement({ ...inputs, ...proposal });
  const featuresPath = plan.model.config.heldOut.features;
  const features = await deps.github.file(featuresPath, proposal.commits[plan.model.from]);
  const featuresDigest = digestFeatures(featuresPath, features);
  const challenger = await readChallenger(plan, featuresDigest, inputs, deps);
  const champions = await readChampions(plan, featuresDigest, inputs, deps);
  const { labels, findings: withoutLabels } = await readLabels(plan, proposal, deps);
  const compared: ComparisonOutcome = labels
    ? compareAll({
        plan,
        policy: proposal.policy,
        labels,
        challenger: challenger.predictions,
        champions: champions.predictions,
      })
    : { comparisons: [], findings: [] };
  const kept = compared.comparisons.length > 0 ? await keepPredictions(challenger, deps) : [];
  const findings = [...champions.findings, ...withoutLabels, ...compared.findings, ...kept];
  const heldOut = describeHeldOut(plan, featuresDigest, labels);
  return assemble({
    inputs,
    proposal,
    plan,
    challenger,
    champions: champions.predictions,
    heldOut,
    compared,
    findings,
  });
}

async function readGoverned(inputs: JudgeInputs, deps: JudgeDeps): Promise<JudgedProposal> {
  const { number, headSha, fork } = inputs.pull;
  if (fork) throw refuseFork(number);
  const pull = await deps.github.pull(number);
  const proposal = await deps.proposal({ baseRef: pull.base.ref, base: pull.base.sha, head: headSha });
  // The event said that it is none; the API must say so as well.
  if (pull.head.repositoryId !== proposal.repository.id) throw refuseFork(number);
  return proposal;
}

/** The challenger may be the next champion: what it predicted must outlive this run. */
async function keepPredictions({ predictions }: Challenger, deps: JudgeDeps): Promise<readonly Finding[]> {
  try {
    await deps.store.putBytes(predictions);
    return [];
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return findingsOf('judge', error);
  }
}

function describeHeldOut(
  { model }: JudgementPlan,
  featuresDigest: Digest,
  labels: Labels | null,
): HeldOutFact {
  return {
    featuresDigest,
    labelsDigest: `sha256:${model.config.heldOut.labels.sha256}`,
    rows: labels?.keys.length ?? 0,
  };
}

interface Parts {
  readonly inputs: JudgeInputs;
  readonly proposal: JudgedProposal;
  readonly plan: JudgementPlan;
  readonly challenger: Challenger;
  readonly champions: ReadonlyMap<number, Uint8Array>;
  readonly heldOut: HeldOutFact;
  readonly compared: ComparisonOutcome;
  readonly findings: readonly Finding[];
}

function assemble(parts: Parts): JudgementEvidence {
  const { proposal, plan, challenger, heldOut, findings } = parts;
  const { comparisons } = parts.compared;
  const digests = [...parts.champions].map(
    ([version, bytes]) => [String(version), digestBytes(bytes)] as const,
  );
  return {
    kind: 'judgement',
    v: 1,
    origin: describeOrigin(parts.inputs, proposal, plan.change.contentDigest),
    model: plan.model.config.model,
    version: challenger.version,
    artifact: challenger.artifact,
    artifactId: challenger.artifactId,
    runRecordDigest: challenger.runRecordDigest,
    rulesDigest: rulesDigest({ ...proposal, change: plan.change }),
    champions: plan.champions,
    heldOut,
    predictions: {
      challenger: digestBytes(challenger.predictions),
      champions: Object.fromEntries(digests),
    },
    comparisons,
    resultDigest: resultDigest({ artifactDigest: challenger.artifact.digest, heldOut, comparisons }),
    verdict: judgementVerdict(comparisons, findings),
    findings,
    claimed: challenger.claimed,
  };
}

function refuseFork(number: number) {
  return refuse(
    'judge/fork',
    `Pull request ${number} comes from a fork: it is not judged here`,
    'A maintainer reviews the code and pushes the branch to this repository; the pull request from there is judged.',
  );
}
