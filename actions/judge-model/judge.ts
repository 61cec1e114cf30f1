import { describeOrigin } from '../../adapters/proposal/origin.ts';
import { readGovernedScoring } from '../../adapters/scoring/governed-scoring.ts';
import type { SealKey } from '../../core/config/seal-key.ts';
import { findingsOf, GatehouseError } from '../../core/error/error.ts';
import type { HeldOutRows } from '../../core/evaluation/held-out-rows.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import { resultDigest } from '../../core/evaluation/result-digest.ts';
import type { ScoredFiles } from '../../core/evaluation/scored-model.ts';
import type { ScoredSet, ScoringSet } from '../../core/evaluation/scoring-set.ts';
import { judgementVerdict } from '../../core/evaluation/verdict.ts';
import type { Digest, HeldOutFact, JudgementEvidence } from '../../core/evidence/evidence.ts';
import { rulesDigest } from '../../core/evidence/rules-digest.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { LatencyRecord } from '../../core/load/latency-record.ts';
import { type JudgementPlan, planJudgement } from '../../core/registry/judgement-plan.ts';
import { readAttributions } from './attributions.ts';
import { type Challenger, readChallenger } from './challenger.ts';
import { readChampions } from './champions.ts';
import { type ComparisonOutcome, compareAll } from './comparison.ts';
import type { JudgeDeps, JudgedProposal, JudgeInputs } from './deps.ts';
import { readLatency } from './latency.ts';
import { readRows, readValidation } from './rows.ts';

export interface Judged {
  readonly evidence: JudgementEvidence;
  /** Every request of a load test, for the pictures; null: there was none. Measured. */
  readonly latency: LatencyRecord | null;
  /** Keys of base's policy that the evidence is sealed to; empty: it is not sealed. */
  readonly sealTo: readonly SealKey[];
  /** Labels, predictions and every champion were there. What it found has no say in it. */
  readonly complete: boolean;
}

/**
 * Judges one version on held-out labels. Everything but the model's name and the handed artifacts is derived here: pull
 * request and head from the event, base and rules from GitHub, champions from the ledger.
 * @returns evidence; when labels, a champion or usable predictions are missing its verdict is "not evaluated"
 * @throws InputError, ServiceError when there is not even something to judge
 */
export async function judge(inputs: JudgeInputs, deps: JudgeDeps): Promise<Judged> {
  const proposal = await readGoverned(inputs, deps);
  const plan = planJudgement({ ...inputs, ...proposal });
  const { config, from } = plan.model;
  const scoring = await readGovernedScoring(config, proposal.commits[from], deps.github);
  const challenger = await readChallenger(plan, scoring, inputs, deps);
  const champions = await readChampions(plan, scoring, inputs, deps);
  const { rows, findings: withoutRows } = await readRows(plan, scoring, proposal, deps);
  const validation = await readValidation(plan, proposal, deps);
  const latency = await readLatency(challenger, config, inputs, deps);
  const compared: ComparisonOutcome = rows
    ? await compareAll(
        {
          ...{ plan, policy: proposal.policy, rows, sets: scoring.sets, validation: validation.truth },
          latency,
          attributions: await readAttributions(
            plan,
            plan.promoted?.lineage.codeCommit ?? inputs.pull.headSha,
            deps,
          ),
          ...{ challenger: challenger.scored, champions: champions.scored },
        },
        deps,
      )
    : { comparisons: [], findings: [] };
  const kept = compared.comparisons.length > 0 ? await keepPredictions(challenger, deps) : [];
  const findings = [
    ...champions.findings,
    ...withoutRows,
    ...validation.findings,
    ...compared.findings,
    ...kept,
  ];
  const heldOut = describeHeldOut(plan, scoring.featuresDigest, rows);
  const evidence = assemble({
    inputs,
    proposal,
    plan,
    challenger,
    champions: champions.scored,
    sets: scoring.sets,
    heldOut,
    compared,
    findings,
  });
  return {
    ...{ evidence, latency: latency.record },
    sealTo: proposal.policy.evidence?.sealTo ?? [],
    complete: compared.comparisons.length === plan.against.length && kept.length === 0,
  };
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
async function keepPredictions({ scored }: Challenger, deps: JudgeDeps): Promise<readonly Finding[]> {
  try {
    for (const bytes of [scored.predictions, ...scored.sets.values()]) await deps.store.putBytes(bytes);
    return [];
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    return findingsOf('judge', error);
  }
}

function describeHeldOut(
  { model }: JudgementPlan,
  featuresDigest: Digest,
  held: HeldOutRows | null,
): HeldOutFact {
  return {
    featuresDigest,
    labelsDigest: `sha256:${model.config.heldOut.labels.sha256}`,
    rows: held?.truth.keys.length ?? 0,
  };
}

interface Parts {
  readonly inputs: JudgeInputs;
  readonly proposal: JudgedProposal;
  readonly plan: JudgementPlan;
  readonly challenger: Challenger;
  readonly champions: ReadonlyMap<number, ScoredFiles>;
  readonly sets: readonly ScoringSet[];
  readonly heldOut: HeldOutFact;
  readonly compared: ComparisonOutcome;
  readonly findings: readonly Finding[];
}

function assemble(parts: Parts): JudgementEvidence {
  const { proposal, plan, challenger, heldOut, findings } = parts;
  const { comparisons } = parts.compared;
  const digests = [...parts.champions].map(
    ([version, { predictions }]) => [String(version), digestBytes(predictions)] as const,
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
      challenger: digestBytes(challenger.scored.predictions),
      champions: Object.fromEntries(digests),
      sets: parts.sets.flatMap(({ name, input }): ScoredSet[] => {
        const bytes = challenger.scored.sets.get(name);
        return bytes === undefined ? [] : [{ name, input, digest: digestBytes(bytes) }];
      }),
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
