import type { PullRequestEvent } from '../../adapters/actions/event.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal, ProposalCommits } from '../../adapters/proposal/read-proposal.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestFeatures } from '../../core/evidence/held-out-features.ts';
import { planScoring } from '../../core/registry/champion.ts';
import { type JudgementPlan, planJudgement } from '../../core/registry/judgement-plan.ts';
import { type StoreArtifactDeps, storeArtifact } from './store-artifact.ts';

export interface StoreInputs {
  /** As the caller workflow says; pull-request controlled. */
  readonly model: string;
  /** Artifact of the training job; null for a promotion request. */
  readonly artifactId: number | null;
  readonly pull: PullRequestEvent;
  readonly runId: number;
}

export interface StoreDeps extends StoreArtifactDeps {
  readonly github: Pick<GitHubReader, 'pull' | 'file' | 'artifact'>;
  /** `readProposal`: reads what the pull request asks for, refuses a base that is not governed. */
  proposal(commits: ProposalCommits): Promise<Pick<Proposal, 'commits' | 'change' | 'catalogue' | 'state'>>;
}

export interface StoreOutputs {
  readonly artifactDigest: Digest;
  readonly recordDigest: Digest;
  readonly scoreChallenger: boolean;
  /** The champion that has no predictions of these held-out rows; null: none needs scoring. */
  readonly champion: { readonly version: number; readonly commit: string } | null;
}

/**
 * Puts the bytes of what is judged into the store, before code of the pull request runs on them, and says who must be
 * scored. Runs no code of the pull request.
 * @throws InputError with a code JUDGE_... or ARCHIVE_REFUSED; ServiceError from GitHub or the store
 */
export async function run(inputs: StoreInputs, deps: StoreDeps): Promise<StoreOutputs> {
  if (inputs.pull.fork) throw refuseFork(inputs.pull.number);
  const pull = await deps.github.pull(inputs.pull.number);
  const { base } = pull;
  const proposal = await deps.proposal({ baseRef: base.ref, base: base.sha, head: inputs.pull.headSha });
  const plan = planJudgement({ ...inputs, ...proposal });
  const features = plan.model.config.heldOut.features;
  const content = await deps.github.file(features, proposal.commits[plan.model.from]);
  const featuresDigest = digestFeatures(features, content);
  const { toScore } = planScoring(plan.state, plan.against, featuresDigest);
  const champion = toScore && { version: toScore.version, commit: toScore.lineage.codeCommit };
  return { ...(await storeChallenger(plan, inputs, featuresDigest, deps)), champion };
}

async function storeChallenger(
  plan: JudgementPlan,
  inputs: StoreInputs,
  featuresDigest: Digest,
  deps: StoreDeps,
): Promise<Omit<StoreOutputs, 'champion'>> {
  const { promoted } = plan;
  if (promoted !== null) {
    return {
      artifactDigest: promoted.artifact.digest,
      recordDigest: promoted.runRecordDigest,
      scoreChallenger: promoted.predictions.featuresDigest !== featuresDigest,
    };
  }
  const { model, pull, runId } = inputs;
  // planJudgement refused a proposal without an artifact.
  const id = inputs.artifactId as number;
  return {
    ...(await storeArtifact({ id, model, headSha: pull.headSha, runId }, deps)),
    scoreChallenger: true,
  };
}

function refuseFork(number: number) {
  return refuse(
    'judge/fork',
    `Pull request ${number} comes from a fork: it reaches neither store nor labels`,
    'A maintainer reviews the code and pushes the branch to this repository; the pull request from there is judged.',
  );
}
