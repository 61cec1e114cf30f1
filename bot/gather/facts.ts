import type { PullFacts, RepositoryFacts, RunFacts } from '../../adapters/github/reader.ts';
import type { RunNote } from '../../adapters/github/run-notes.ts';
import type { PublishedKey } from '../../adapters/oidc/jwks.ts';
import type { Policy } from '../../core/config/policy.ts';
import type {
  ClaimedRun,
  JudgementEvidence,
  SealedEvidence,
  ValidationEvidence,
} from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { DecisionInput } from '../../core/policy/decision.ts';
import type { Person } from '../../core/registry/ledger.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';
import type { Commits } from './base.ts';
import type { Rules } from './rules.ts';

/** Evidence whose receipt verified and whose bound values are those that we derived ourselves. */
export interface Believed<E> {
  readonly evidence: E;
  readonly sealed: SealedEvidence;
  /** The key that the receipt verified with: kept, so that it can be checked when the issuer has forgotten it. */
  readonly key: PublishedKey;
  readonly run: RunFacts;
  /** It came sealed: nobody but the app has read it. */
  readonly enveloped: boolean;
}

export interface EvidenceFacts {
  readonly validation: Believed<ValidationEvidence> | null;
  readonly judgement: Believed<JudgementEvidence> | null;
  /**
   * Other looks at held-out labels by runs of this pull request: of heads that were replaced, of rules that changed since.
   * They decide nothing, and are counted.
   */
  readonly looks: readonly Believed<JudgementEvidence>[];
  readonly refusals: readonly Finding[];
  /** Runs of the head that call the trusted workflows, newest first. */
  readonly runs: readonly RunFacts[];
  /** What stopped the newest of them; empty when it brought what was needed. */
  readonly notes: readonly RunNote[];
  /** What the training jobs of this head and of earlier ones say, newest first: shown, and no part of a decision. */
  readonly tried: readonly ClaimedRun[];
}

/** What is known of a merge before anything is decided about it: enough to see whether it was recorded. */
export type MergeFacts = Pick<Facts, 'repository' | 'pull' | 'commits' | 'ledger'>;

/** Everything about one pull request, read at one moment. */
export interface Facts {
  readonly repository: RepositoryFacts;
  readonly pull: PullFacts;
  readonly commits: Commits;
  readonly policy: Policy;
  readonly rules: Rules | null;
  readonly ledger: ProvenLedger;
  readonly evidence: EvidenceFacts;
  readonly contributors: readonly Person[];
  readonly input: DecisionInput;
}
