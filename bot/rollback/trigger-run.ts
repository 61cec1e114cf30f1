import type { GitHubReader, RunFacts } from '../../adapters/github/reader.ts';
import type { PublishedKey } from '../../adapters/oidc/jwks.ts';
import { type Candidate, ofTriggers, readCandidates } from '../../adapters/proposal/candidates.ts';
import type { Policy } from '../../core/config/policy.ts';
import { findingsOf, InputError } from '../../core/error/error.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import { verifyReceipt } from '../../core/evidence/receipt.ts';
import { parseTriggerEvidence, type TriggerEvidence } from '../../core/evidence/trigger-evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';

/** An observation whose receipt says: the trusted workflow, by schedule, on the default branch, in this run. */
export interface BelievedTrigger {
  readonly evidence: TriggerEvidence;
  readonly sealed: SealedEvidence;
  readonly key: PublishedKey;
  readonly run: RunFacts;
}

export interface TriggerSource {
  readonly reader: GitHubReader;
  readonly issuer: string;
  keys(): Promise<readonly PublishedKey[]>;
}

interface Scope {
  readonly policy: Policy;
  readonly repositoryId: number;
  readonly defaultBranch: string;
}

/** What one run observed and signed. What is not believed is told by its finding, and moves nothing. */
export async function readTriggerRun(
  source: TriggerSource,
  scope: Scope,
  run: RunFacts,
): Promise<readonly (BelievedTrigger | Finding)[]> {
  const found: (BelievedTrigger | Finding)[] = [];
  for (const candidate of await readCandidates(source.reader, run, null, ofTriggers))
    found.push(await believe(source, scope, run, candidate));
  return found;
}

async function believe(
  source: TriggerSource,
  { policy, repositoryId, defaultBranch }: Scope,
  run: RunFacts,
  candidate: Candidate,
): Promise<BelievedTrigger | Finding> {
  if (candidate.kind === 'refused') return candidate.finding;
  const { monitor } = policy.trusted;
  if (candidate.kind === 'closed' || monitor === undefined) return notOurs;
  const { sealed } = candidate;
  const keys = await source.keys();
  const receipt = verifyReceipt(sealed, keys, {
    ...{ issuer: source.issuer, repositoryId, workflow: monitor, events: ['schedule'] },
    ...{ ref: `refs/heads/${defaultBranch}`, run, judgeRunner: policy.judgeRunner },
  });
  if (!('claims' in receipt)) return receipt;
  const key = keys.find(({ kid }) => kid === kidOf(sealed));
  if (key === undefined) return notOurs;
  try {
    return { evidence: parseTriggerEvidence(sealed.text), sealed, key, run };
  } catch (error) {
    if (error instanceof InputError) return findingsOf('evidence', error)[0];
    throw error;
  }
}

/** The receipt verified, so its header is JSON that names one key. */
function kidOf({ token }: SealedEvidence): unknown {
  const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));
  return typeof header === 'object' && header !== null && 'kid' in header ? header.kid : null;
}

const notOurs: Finding = {
  code: 'receipt/closed',
  severity: 'fail',
  message: 'The evidence of a trigger is not signed evidence that can be read',
  fix: 'Let the workflow upload evidence and receipt as it was given them.',
};
