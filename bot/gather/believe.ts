import type { GitHubReader, RunFacts } from '../../adapters/github/reader.ts';
import type { PublishedKey } from '../../adapters/oidc/jwks.ts';
import type { Candidate } from '../../adapters/proposal/candidates.ts';
import { findingsOf, InputError } from '../../core/error/error.ts';
import type { Evidence, JudgementEvidence, SealedEvidence } from '../../core/evidence/evidence.ts';
import { isLookOf } from '../../core/evidence/held-out-look.ts';
import { checkJudgement } from '../../core/evidence/judgement-check.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { verifyReceipt } from '../../core/evidence/receipt.ts';
import { checkValidation } from '../../core/evidence/validation-check.ts';
import type { Finding } from '../../core/finding/finding.ts';
import {
  type EvidenceScope,
  readJudgementFacts,
  readOriginFacts,
  readValidationFacts,
} from './evidence-facts.ts';
import type { Believed } from './facts.ts';

export interface EvidenceSource {
  readonly reader: GitHubReader;
  readonly issuer: string;
  /** The issuer's keys, read once a look. */
  keys(): Promise<readonly PublishedKey[]>;
  /** Opens what was sealed to the app. @throws InputError EVIDENCE_SEALED, EVIDENCE_ENVELOPE */
  open(text: string): SealedEvidence;
}

export interface Refused {
  readonly kind: Evidence['kind'] | null;
  readonly finding: Finding;
}

/** What one candidate comes to. */
export type Outcome = {
  /** A look at held-out labels of this pull request, whether it is believed for its content or not: it is counted. */
  readonly look: Believed<JudgementEvidence> | null;
} & ({ readonly believed: Believed<Evidence> } | { readonly refused: Refused });

/** Checks signature and every bound value of one candidate. */
export async function believe(
  source: EvidenceSource,
  scope: EvidenceScope,
  candidate: Candidate,
): Promise<Outcome> {
  const signed = await readSigned(source, scope, candidate);
  if ('finding' in signed) return { look: null, refused: signed };
  const look = lookOf(signed, scope);
  const { kind } = signed.evidence;
  try {
    const [finding] = await disagreements(source.reader, scope, signed.run, signed.evidence);
    return finding === undefined ? { look, believed: signed } : { look, refused: { kind, finding } };
  } catch (error) {
    return { look, refused: refusal(kind, error) };
  }
}

/** The same for evidence of other content: nothing is decided by it, and it may be a look all the same. */
export async function readLook(
  source: EvidenceSource,
  scope: EvidenceScope,
  candidate: Candidate,
): Promise<Believed<JudgementEvidence> | null> {
  const signed = await readSigned(source, scope, candidate);
  return 'finding' in signed ? null : lookOf(signed, scope);
}

/** Evidence that the trusted workflow signed in this run. */
async function readSigned(
  source: EvidenceSource,
  scope: EvidenceScope,
  candidate: Candidate,
): Promise<Believed<Evidence> | Refused> {
  if (candidate.kind === 'refused') return { kind: null, finding: candidate.finding };
  if (candidate.kind === 'closed') throw new TypeError('whoever believes evidence opens it');
  const { sealed, enveloped } = candidate;
  let kind: Evidence['kind'] | null = null;
  try {
    const evidence = parseEvidence(sealed.text);
    kind = evidence.kind;
    const run = await readItsAttempt(source.reader, candidate.run, evidence);
    const keys = await source.keys();
    const receipt = verifyReceipt(sealed, keys, expectations(source, scope, run, kind));
    if (!('claims' in receipt)) return { kind, finding: receipt };
    return { evidence, sealed, key: keyOf(sealed, keys), run, enveloped };
  } catch (error) {
    return refusal(kind, error);
  }
}

/** What is wrong with the evidence is a finding; GitHub or the store not answering is not. */
function refusal(kind: Refused['kind'], error: unknown): Refused {
  if (!(error instanceof InputError)) throw error;
  return { kind, finding: findingsOf('evidence', error)[0] };
}

/** Only of a model that somebody declared: a name that nobody knows gets no stream in the ledger. */
function lookOf(
  believed: Believed<Evidence>,
  { proposal, pullRequest }: EvidenceScope,
): Believed<JudgementEvidence> | null {
  const { evidence, run } = believed;
  if (evidence.kind !== 'judgement' || !proposal.catalogue.models.has(evidence.model)) return null;
  const own = { repositoryId: proposal.repository.id, pullRequest, headSha: run.headSha };
  return isLookOf(evidence, own) ? { ...believed, evidence } : null;
}

/**
 * Jobs that ended well are not run again with those that failed: their evidence is of the attempt in which they ran, and
 * is held against that attempt as GitHub tells of it. Newer evidence of its kind goes before it.
 */
async function readItsAttempt(reader: GitHubReader, run: RunFacts, { origin }: Evidence): Promise<RunFacts> {
  if (!(origin.runId === run.id && origin.runAttempt < run.attempt)) return run;
  return (await reader.runAttempt(run.id, origin.runAttempt)) ?? run;
}

function expectations(
  { issuer }: EvidenceSource,
  { proposal }: EvidenceScope,
  run: RunFacts,
  kind: Evidence['kind'],
): Parameters<typeof verifyReceipt>[2] {
  const { policy, repository } = proposal;
  return {
    issuer,
    repositoryId: repository.id,
    workflow: kind === 'validation' ? policy.trusted.validate : policy.trusted.judge,
    events: ['pull_request'],
    run,
    judgeRunner: policy.judgeRunner,
  };
}

async function disagreements(
  reader: GitHubReader,
  scope: EvidenceScope,
  run: RunFacts,
  evidence: Evidence,
): Promise<readonly Finding[]> {
  const origin = await readOriginFacts(reader, scope, run, evidence);
  if (evidence.kind === 'validation')
    return checkValidation(evidence, await readValidationFacts(reader, scope, origin, evidence));
  return checkJudgement(evidence, await readJudgementFacts(reader, scope, origin, evidence));
}

/** The receipt verified, so its header names exactly one key. */
function keyOf({ token }: SealedEvidence, keys: readonly PublishedKey[]): PublishedKey {
  const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));
  const key = keys.find(
    ({ kid }) => typeof header === 'object' && header !== null && 'kid' in header && kid === header.kid,
  );
  if (key === undefined)
    throw new InputError('RECEIPT_KEY', 'The key of a verified receipt is gone', { hint: 'Look again.' });
  return key;
}
