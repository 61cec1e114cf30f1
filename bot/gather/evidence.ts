import type { GitHubReader, RunFacts } from '../../adapters/github/reader.ts';
import type { RunNote } from '../../adapters/github/run-notes.ts';
import type { PublishedKey } from '../../adapters/oidc/jwks.ts';
import { type Candidate, readCandidates } from '../../adapters/proposal/candidates.ts';
import { findingsOf, InputError } from '../../core/error/error.ts';
import type {
  ClaimedRun,
  Evidence,
  JudgementEvidence,
  SealedEvidence,
  ValidationEvidence,
} from '../../core/evidence/evidence.ts';
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
import type { Believed, EvidenceFacts } from './facts.ts';

export interface EvidenceSource {
  readonly reader: GitHubReader;
  readonly issuer: string;
  /** The issuer's keys, read once a look. */
  keys(): Promise<readonly PublishedKey[]>;
}

/** Nobody needs evidence of more heads than these to be carried over. */
const maxHeads = 50;
/** Earlier heads whose trainings are shown: each costs three calls. */
const maxTried = 5;

/**
 * Finds the evidence of a pull request: the newest of each kind that verifies. Evidence belongs to the content, so that
 * of an earlier head with the same content counts as well (GATE.md rule 4).
 * @param commits of the pull request, oldest first
 */
export async function readEvidence(
  source: EvidenceSource,
  scope: EvidenceScope,
  commits: readonly string[],
): Promise<EvidenceFacts> {
  const { head } = scope.proposal.commits;
  const found: Found = { validation: null, judgement: null, refusals: [] };
  const runs = await readRuns(source.reader, scope, head);
  for (const run of runs) await readRun(source, scope, run, found, run.status === 'completed');
  const earlier = commits.filter((sha) => sha !== head).reverse();
  for (const sha of earlier.slice(0, maxHeads)) {
    if (found.validation !== null && found.judgement !== null) break;
    for (const run of await readRuns(source.reader, scope, sha))
      await readRun(source, scope, run, found, false);
  }
  const notes = await readNotes(source.reader, found, runs);
  const tried = await readTried(source.reader, scope, found.judgement?.evidence ?? null, earlier);
  return { ...found, refusals: stillToTell(found), runs, notes, tried };
}

/**
 * Trainings that earlier heads tried, beside the one that counts. Nothing of it is decided by, so no receipt is asked for:
 * a training job can say what it likes about itself in any case.
 */
async function readTried(
  reader: GitHubReader,
  scope: EvidenceScope,
  counted: JudgementEvidence | null,
  earlier: readonly string[],
): Promise<readonly ClaimedRun[]> {
  if (counted === null) return [];
  const tried = [counted.claimed];
  for (const sha of earlier.slice(0, maxTried)) {
    for (const run of await readRuns(reader, scope, sha)) {
      for (const candidate of await readCandidates(reader, run)) {
        const claimed = claimedBy(candidate, counted.model);
        if (claimed !== null && !tried.some(({ runId }) => runId === claimed.runId)) tried.push(claimed);
      }
    }
  }
  return tried;
}

function claimedBy(candidate: Candidate, model: string): ClaimedRun | null {
  if (candidate.kind === 'refused') return null;
  try {
    const evidence = parseEvidence(candidate.sealed.text);
    const isOwn = evidence.kind === 'judgement' && evidence.claimed.model === model;
    return isOwn && evidence.claimed.runId === candidate.run.id ? evidence.claimed : null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null; // It says nothing that can be shown.
  }
}

interface Refused {
  readonly kind: Evidence['kind'] | null;
  readonly finding: Finding;
}

interface Found {
  validation: Believed<ValidationEvidence> | null;
  judgement: Believed<JudgementEvidence> | null;
  readonly refusals: Refused[];
}

/** Runs that the trusted workflows may have been part of, newest first. */
async function readRuns(
  reader: GitHubReader,
  scope: EvidenceScope,
  sha: string,
): Promise<readonly RunFacts[]> {
  const { trusted } = scope.proposal.policy;
  const all = (await reader.runsFor(sha)).filter(({ event }) => event === 'pull_request');
  const calls = all.filter((run) =>
    run.calls.some((path) => path === trusted.validate.path || path === trusted.judge.path),
  );
  // A server that does not tell which workflows a run calls, or a run that has not got there yet.
  const runs = calls.length > 0 ? calls : all;
  return [...runs].sort((a, b) => b.id - a.id);
}

async function readRun(
  source: EvidenceSource,
  scope: EvidenceScope,
  run: RunFacts,
  found: Found,
  tell: boolean,
): Promise<void> {
  if (found.validation !== null && found.judgement !== null) return;
  for (const candidate of await readCandidates(source.reader, run)) {
    const outcome = await believe(source, scope, candidate);
    if ('finding' in outcome) {
      if (tell) found.refusals.push(outcome);
      continue;
    }
    if (outcome.evidence.kind === 'validation')
      found.validation ??= { ...outcome, evidence: outcome.evidence };
    else found.judgement ??= { ...outcome, evidence: outcome.evidence };
  }
}

async function believe(
  source: EvidenceSource,
  scope: EvidenceScope,
  candidate: Candidate,
): Promise<Believed<Evidence> | Refused> {
  if (candidate.kind === 'refused') return { kind: null, finding: candidate.finding };
  const { sealed } = candidate;
  let kind: Evidence['kind'] | null = null;
  try {
    const evidence = parseEvidence(sealed.text);
    kind = evidence.kind;
    const run = await readItsAttempt(source.reader, candidate.run, evidence);
    const keys = await source.keys();
    const receipt = verifyReceipt(sealed, keys, expectations(source, scope, run, kind));
    if (!('claims' in receipt)) return { kind, finding: receipt };
    const [finding] = await disagreements(source.reader, scope, run, evidence);
    if (finding !== undefined) return { kind, finding };
    return { evidence, sealed, key: keyOf(sealed, keys), run };
  } catch (error) {
    // What is wrong with the evidence is a finding; GitHub or the store not answering is not.
    if (!(error instanceof InputError)) throw error;
    return { kind, finding: findingsOf('evidence', error)[0] };
  }
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

/** What was not believed stays to be told while there is nothing better of its kind; a forgery always. */
function stillToTell({ refusals, validation, judgement }: Found): readonly Finding[] {
  return refusals
    .filter(({ kind, finding }) => {
      const better = kind === 'validation' ? validation : kind === 'judgement' ? judgement : null;
      return better === null || /^(?:receipt\/(?:signature|audience)|evidence\/artifact)$/.test(finding.code);
    })
    .map(({ finding }) => finding);
}

const stopped: ReadonlySet<string> = new Set(['failure', 'cancelled', 'timed_out']);

/** Why the newest run brought no evidence. Asked only when something is missing: it costs a call for each job that stopped. */
async function readNotes(
  reader: GitHubReader,
  found: Found,
  runs: readonly RunFacts[],
): Promise<readonly RunNote[]> {
  const [newest] = runs;
  if (
    newest?.conclusion == null ||
    !stopped.has(newest.conclusion) ||
    (found.validation !== null && found.judgement !== null)
  )
    return [];
  return reader.runNotes(newest.id);
}
