import type { GitHubReader, RunFacts } from '../../adapters/github/reader.ts';
import type { RunNote } from '../../adapters/github/run-notes.ts';
import { type Candidate, readCandidates } from '../../adapters/proposal/candidates.ts';
import type { JudgementEvidence, ValidationEvidence } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { isSameQuestion, standingResult } from '../../core/registry/standing-result.ts';
import { believe, type EvidenceSource, type Refused } from './believe.ts';
import { type EarlierHeads, readEarlier } from './earlier-heads.ts';
import type { EvidenceScope } from './evidence-facts.ts';
import type { Believed, EvidenceFacts } from './facts.ts';

/** Nobody needs evidence of more heads than these to be carried over. */
const maxHeads = 50;
/** Runs of one head whose judgements are compared: a head that is judged more often goes on with the newest of them. */
const maxRuns = 10;

/**
 * Finds the evidence of a pull request: the newest of each kind that verifies, and of judgements that answer one question
 * the one that was counted first. Evidence belongs to the content, so that of an earlier head with the same content
 * counts as well (GATE.md rule 4).
 * @param commits of the pull request, oldest first
 */
export async function readEvidence(
  source: EvidenceSource,
  scope: EvidenceScope,
  commits: readonly string[],
): Promise<EvidenceFacts> {
  const { head } = scope.proposal.commits;
  const found: Found = { validation: null, judgements: [], looks: [], refusals: [] };
  const shelf = keepWhatIsRead(source, scope);
  const runs = await shelf.runsOf(head);
  for (const [at, run] of runs.entries()) {
    if (found.validation !== null && found.judgements.length > 0 && at >= maxRuns) break;
    await readRun(source, scope, await shelf.candidatesOf(run), found, run.status === 'completed');
  }
  const earlier = commits.filter((sha) => sha !== head).reverse();
  for (const sha of earlier.slice(0, maxHeads)) {
    if (found.validation !== null && found.judgements.length > 0) break;
    for (const run of await shelf.runsOf(sha))
      await readRun(source, scope, await shelf.candidatesOf(run), found, false);
  }
  const { validation } = found;
  const judgement = standingResult(found.judgements, scope.proposal.repository.id, scope.state);
  const notes = await readNotes(source.reader, { validation, judgement }, runs);
  const before = await readEarlier(source, scope, {
    ...{ judgement, earlier, running: runs.some(({ status }) => status !== 'completed') },
    ...shelf,
  });
  return {
    ...{ validation, judgement, runs, notes },
    looks: distinct([...found.looks, ...before.looks], judgement),
    refusals: stillToTell(found.refusals, { validation, judgement }),
    tried: before.tried,
  };
}

interface Found {
  validation: Believed<ValidationEvidence> | null;
  /** Of the content as it is, newest first. */
  readonly judgements: Believed<JudgementEvidence>[];
  readonly looks: Believed<JudgementEvidence>[];
  readonly refusals: Refused[];
}

type Newest = Pick<EvidenceFacts, 'validation' | 'judgement'>;

/** An earlier head is asked for what it carries over, and again for what it tried: read once. */
function keepWhatIsRead(
  { reader, open }: EvidenceSource,
  scope: EvidenceScope,
): Pick<EarlierHeads, 'runsOf' | 'candidatesOf'> {
  const runs = new Map<string, Promise<readonly RunFacts[]>>();
  const candidates = new Map<number, Promise<readonly Candidate[]>>();
  return {
    runsOf: (sha) => keep(runs, sha, () => readRuns(reader, scope, sha)),
    candidatesOf: (run) => keep(candidates, run.id, () => readCandidates(reader, run, open)),
  };
}

function keep<K, V>(kept: Map<K, V>, key: K, read: () => V): V {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const value = read();
  kept.set(key, value);
  return value;
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
  candidates: readonly Candidate[],
  found: Found,
  tell: boolean,
): Promise<void> {
  const isAnswered = found.validation !== null && found.judgements.length > 0;
  for (const candidate of candidates) {
    const outcome = await believe(source, scope, candidate);
    if (outcome.look !== null) found.looks.push(outcome.look);
    if ('refused' in outcome) {
      if (tell && !isAnswered) found.refusals.push(outcome.refused);
      continue;
    }
    const { evidence } = outcome.believed;
    if (evidence.kind === 'validation') found.validation ??= { ...outcome.believed, evidence };
    else found.judgements.push({ ...outcome.believed, evidence });
  }
}

/**
 * Looks beside the one that stands, each result once. Another answer to its question that came sealed was seen by nobody
 * and is seen by nobody: it costs nothing (GATE.md rule 18).
 */
function distinct(
  looks: readonly Believed<JudgementEvidence>[],
  standing: Believed<JudgementEvidence> | null,
): readonly Believed<JudgementEvidence>[] {
  const idOf = ({ evidence }: Believed<JudgementEvidence>) =>
    [evidence.model, evidence.heldOut.labelsDigest, evidence.resultDigest].join(' ');
  const own = standing === null ? null : idOf(standing);
  const kept = looks.filter((look) => {
    if (idOf(look) === own) return false;
    return !(standing !== null && look.enveloped && isSameQuestion(look.evidence, standing.evidence));
  });
  return [...new Map(kept.map((look) => [idOf(look), look])).values()];
}

/** What was not believed stays to be told while there is nothing better of its kind; a forgery always. */
function stillToTell(refusals: readonly Refused[], { validation, judgement }: Newest): readonly Finding[] {
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
  found: Newest,
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
