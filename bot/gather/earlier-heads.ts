import type { RunFacts } from '../../adapters/github/reader.ts';
import type { Candidate } from '../../adapters/proposal/candidates.ts';
import { InputError } from '../../core/error/error.ts';
import type { ClaimedRun, JudgementEvidence } from '../../core/evidence/evidence.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { type EvidenceSource, readLook } from './believe.ts';
import type { EvidenceScope } from './evidence-facts.ts';
import type { Believed, EvidenceFacts } from './facts.ts';

/** Earlier heads whose judgements are looked at: each costs three calls. */
const maxHeads = 5;

export interface EarlierHeads {
  /** The judgement that counts now. */
  readonly judgement: Believed<JudgementEvidence> | null;
  /** Commits of the pull request before its head, newest first. */
  readonly earlier: readonly string[];
  /** A run of the head goes on: there will be another look. */
  readonly running: boolean;
  runsOf(sha: string): Promise<readonly RunFacts[]>;
  candidatesOf(run: RunFacts): Promise<readonly Candidate[]>;
}

/**
 * What earlier heads of a pull request left: the trainings that they tried, to be shown, and looks at held-out labels, to
 * be counted. A head that was replaced before the app looked is met here, a force-push included where GitHub tells of it.
 */
export async function readEarlier(
  source: EvidenceSource,
  scope: EvidenceScope,
  { judgement, earlier, running, runsOf, candidatesOf }: EarlierHeads,
): Promise<Pick<EvidenceFacts, 'tried' | 'looks'>> {
  const tried: ClaimedRun[] = judgement === null ? [] : [judgement.evidence.claimed];
  const looks: Believed<JudgementEvidence>[] = [];
  if (judgement === null && running) return { tried, looks };
  for (const sha of (await headsOf(source, scope, earlier)).slice(0, maxHeads)) {
    for (const run of await runsOf(sha)) {
      for (const candidate of await candidatesOf(run)) {
        const look = await readLook(source, scope, candidate);
        if (look !== null) looks.push(look);
        const claimed = judgement === null ? null : claimedBy(candidate, judgement.evidence.model);
        if (claimed !== null && !tried.some(({ runId }) => runId === claimed.runId)) tried.push(claimed);
      }
    }
  }
  return { tried, looks };
}

/** Commits that a force-push took out of the pull request were judged all the same: the list of pushes knows them. */
async function headsOf(
  { reader }: EvidenceSource,
  { proposal, headRef }: EvidenceScope,
  earlier: readonly string[],
): Promise<readonly string[]> {
  const pushes = headRef === null ? null : await reader.pushes(headRef);
  const pushed = (pushes ?? []).map(({ after }) => after).filter((sha) => !/^0+$/.test(sha));
  return [...new Set([...pushed, ...earlier])].filter((sha) => sha !== proposal.commits.head);
}

/** What a training job says about itself; no receipt is asked for, since nothing is decided by it. */
function claimedBy(candidate: Candidate, model: string): ClaimedRun | null {
  if (candidate.kind !== 'sealed') return null;
  try {
    const evidence = parseEvidence(candidate.sealed.text);
    const isOwn = evidence.kind === 'judgement' && evidence.claimed.model === model;
    return isOwn && evidence.claimed.runId === candidate.run.id ? evidence.claimed : null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null; // It says nothing that can be shown.
  }
}
