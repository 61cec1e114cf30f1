import type { PullRequestEvent } from '../../adapters/actions/event.ts';
import type { FeatureFile } from '../../adapters/dvc/feature-pointer.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal, ProposalCommits } from '../../adapters/proposal/read-proposal.ts';
import type { NetworkRule } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import type { CompareInput, Comparison } from '../../core/evaluation/compare.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { HandedArtifact } from './predictions-artifact.ts';

export interface JudgeInputs {
  /** As the caller workflow says; pull-request controlled. */
  readonly model: string;
  /** Artifact of the training job; null for a promotion request. */
  readonly artifactId: number | null;
  /** From the outputs of the storing job. */
  readonly artifactDigest: string | null;
  readonly recordDigest: string | null;
  /** The rows that the predicting jobs were given. */
  readonly featuresDigest: string | null;
  /** From the outputs of the predicting jobs; null: that job did not run or failed. */
  readonly challengerPredictions: HandedArtifact | null;
  readonly championPredictions: HandedArtifact | null;
  /** `latency.json` of a job of this run; null: latency was not measured. */
  readonly latency: HandedArtifact | null;
  readonly pull: PullRequestEvent;
  readonly runId: number;
  readonly runAttempt: number;
}

/** What the judge reads of a pull request: `readProposal` gives it. */
export type JudgedProposal = Pick<
  Proposal,
  'repository' | 'commits' | 'policy' | 'change' | 'catalogue' | 'state'
>;

export interface JudgeDeps {
  readonly github: Pick<GitHubReader, 'pull' | 'file' | 'artifact' | 'artifactZip'>;
  /** `readProposal`. @throws InputError BASE_NOT_GOVERNED, POLICY_MISSING, CONFIG_INVALID */
  proposal(commits: ProposalCommits): Promise<JudgedProposal>;
  readonly store: {
    get(digest: Digest): Promise<Uint8Array>;
    /** null: not there. */
    sizeOf(digest: Digest): Promise<number | null>;
    putBytes(bytes: Uint8Array): Promise<Digest>;
  };
  /** Rows that a file of the repository has, or that its `.dvc` pointer points to, checked. @throws InputError DVC_..., ServiceError */
  readRows(rows: FeatureFile, policy: Policy): Promise<Uint8Array>;
  /** `compareModels`, in threads or not: the outcome is the same. */
  compare(input: CompareInput): Promise<Comparison>;
  /** An OIDC token of this job for that audience. @throws ServiceError */
  idToken(audience: string): Promise<string>;
  /**
   * The label file. Follows no redirect: the token is for that address alone, and bytes over 256 MiB are refused.
   * @param url of the governing model.yml
   * @param network where labels may lie
   * @throws ServiceError
   */
  fetchLabels(url: string, token: string, network: NetworkRule): Promise<Uint8Array>;
  /** Writes evidence.json and receipt.jwt into a folder of their own. @returns the folder */
  writeEvidence(sealed: { readonly text: string; readonly token: string }): Promise<string>;
  /** Writes evidence.jwe into a folder of its own. @returns the folder */
  writeEnvelope(text: string): Promise<string>;
}
