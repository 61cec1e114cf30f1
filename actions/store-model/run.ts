import type { PullRequestEvent } from '../../adapters/actions/event.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal, ProposalCommits } from '../../adapters/proposal/read-proposal.ts';
import { type GovernedScoring, readGovernedScoring } from '../../adapters/scoring/governed-scoring.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { isScored, planScoring } from '../../core/registry/champion.ts';
import { type JudgementPlan, planJudgement } from '../../core/registry/judgement-plan.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import { type HandOverDeps, handOver, type ToScore } from './hand-over.ts';
import { type StoreArtifactDeps, storeArtifact } from './store-artifact.ts';

export interface StoreInputs {
  /** As the caller workflow says; pull-request controlled. */
  readonly model: string;
  /** Artifact of the training job; null for a promotion request. */
  readonly artifactId: number | null;
  readonly pull: PullRequestEvent;
  readonly runId: number;
  /** all: models that have predictions already are handed over as well, for a job that serves them. */
  readonly handOver?: 'scoring' | 'all';
}

export interface StoreDeps extends StoreArtifactDeps, HandOverDeps {
  readonly github: Pick<GitHubReader, 'pull' | 'file' | 'artifact'>;
  /** `readProposal`: reads what the pull request asks for, refuses a base that is not governed. */
  proposal(
    commits: ProposalCommits,
  ): Promise<Pick<Proposal, 'commits' | 'change' | 'catalogue' | 'policy' | 'state'>>;
}

export interface StoreOutputs {
  readonly artifactDigest: Digest;
  readonly recordDigest: Digest;
  /** Names the held-out rows, as the judge names them. */
  readonly featuresDigest: Digest;
  /** What to upload for the job that scores the challenger; null: it has predictions of these rows. */
  readonly challengerFolder: string | null;
  /** The champion that is handed over, and what to upload for it; null: none is. */
  readonly champion: { readonly version: number; readonly commit: string; readonly folder: string } | null;
  /** The version that a promotion request moves; null for a proposal. */
  readonly promoted: { readonly version: number; readonly commit: string } | null;
}

/**
 * Puts the bytes of what is judged into the store, before code of the pull request runs on them, says who must be scored
 * and fetches what that takes. Runs no code of the pull request.
 * @throws InputError with a code JUDGE_..., DVC_... or ARCHIVE_REFUSED; ServiceError from GitHub, store or data remote
 */
export async function run(inputs: StoreInputs, deps: StoreDeps): Promise<StoreOutputs> {
  if (inputs.pull.fork) throw refuseFork(inputs.pull.number);
  const pull = await deps.github.pull(inputs.pull.number);
  const { base } = pull;
  const proposal = await deps.proposal({ baseRef: base.ref, base: base.sha, head: inputs.pull.headSha });
  const plan = planJudgement({ ...inputs, ...proposal });
  const { config, from } = plan.model;
  const scoring = await readGovernedScoring(config, proposal.commits[from], deps.github);
  const { featuresDigest, sets } = scoring;
  const { toScore, stored } = planScoring(plan.state, plan.against, featuresDigest, sets);
  const all = inputs.handOver === 'all';
  const old = toScore ?? (all ? (stored[0] ?? null) : null);
  const challenger = await storeChallenger(plan, inputs, deps);
  const models: readonly ToScore[] = [
    ...(all || needsScoring(plan, scoring)
      ? [{ who: 'challenger', digest: challenger.artifactDigest, file: challenger.file } as const]
      : []),
    ...(old ? [{ who: 'champion', digest: old.artifact.digest, file: null } as const] : []),
  ];
  const folders = await handOver(models, { plan, scoring, proposal }, deps);
  const { artifactDigest, recordDigest } = challenger;
  const champion =
    old && folders.champion !== null ? { ...nameVersion(old), folder: folders.champion } : null;
  const promoted = plan.promoted && nameVersion(plan.promoted);
  return {
    artifactDigest,
    recordDigest,
    featuresDigest,
    challengerFolder: folders.challenger,
    champion,
    promoted,
  };
}

const nameVersion = ({ version, lineage }: VersionRecord) => ({ version, commit: lineage.codeCommit });

async function storeChallenger(
  plan: JudgementPlan,
  inputs: StoreInputs,
  deps: StoreDeps,
): Promise<{ readonly artifactDigest: Digest; readonly recordDigest: Digest; readonly file: string | null }> {
  const { promoted } = plan;
  if (promoted !== null) {
    return { artifactDigest: promoted.artifact.digest, recordDigest: promoted.runRecordDigest, file: null };
  }
  const { model, pull, runId } = inputs;
  // planJudgement refused a proposal without an artifact.
  const id = inputs.artifactId as number;
  return storeArtifact({ id, model, headSha: pull.headSha, runId }, deps);
}

/** A new version always; one of the ledger when its predictions are of other rows. */
const needsScoring = ({ promoted }: JudgementPlan, { featuresDigest, sets }: GovernedScoring): boolean =>
  promoted === null || !isScored(promoted, featuresDigest, sets);

function refuseFork(number: number) {
  return refuse(
    'judge/fork',
    `Pull request ${number} comes from a fork: it reaches neither store nor labels`,
    'A maintainer reviews the code and pushes the branch to this repository; the pull request from there is judged.',
  );
}
