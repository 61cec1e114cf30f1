import { InputError } from '../../core/error/error.ts';
import { type EnvelopeHint, hintOf } from '../../core/evidence/envelope.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { digestOf } from '../../core/json/canonical.ts';
import { championsOf } from '../../core/registry/champion.ts';
import type { GitHubReader, RunFacts } from '../github/reader.ts';
import { readCandidates } from './candidates.ts';
import type { Proposal } from './read-proposal.ts';

/** A judgement that stands for this content. */
export interface Carried {
  readonly runId: number;
}

/**
 * Looks for a judgement of the same content, rules and champions in the runs of this pull request's commits, so that a
 * README push or an update of the branch trains and judges nothing again (GATE.md rule 4).
 * A hint and nothing more: whoever forges such an artifact spares a run and gains nothing, since the app verifies.
 * @param runId this run, which is not looked at
 */
export async function findCarried(
  reader: GitHubReader,
  pull: number,
  proposal: Proposal,
  rules: Digest,
  runId: number,
): Promise<Carried | null> {
  if (proposal.change.kind !== 'request') return null;
  const { contentDigest } = proposal.change;
  const champions = digestOf(proposal.state === null ? [] : championsOf(proposal.state));
  const commits = [...(await reader.pullCommits(pull))].reverse();
  for (const { sha } of commits) {
    for (const run of await reader.runsFor(sha)) {
      if (run.id === runId) continue;
      for (const hint of await readHints(reader, run)) {
        const same =
          hint.contentDigest === contentDigest && hint.rulesDigest === rules && hint.champions === champions;
        if (same && hint.complete) return { runId: run.id };
      }
    }
  }
  return null;
}

/** What judgements say of themselves on the outside; one that is not sealed says the same. */
async function readHints(reader: GitHubReader, run: RunFacts): Promise<readonly EnvelopeHint[]> {
  const candidates = await readCandidates(reader, run, null);
  return candidates.flatMap((candidate) => {
    if (candidate.kind === 'refused') return [];
    if (candidate.kind === 'closed') return [candidate.hint];
    try {
      const evidence = parseEvidence(candidate.sealed.text);
      return evidence.kind === 'judgement' ? [hintOf(evidence, evidence.verdict !== 'not evaluated')] : [];
    } catch (error) {
      // Somebody else's file under our name: no hint.
      if (error instanceof InputError) return [];
      throw error;
    }
  });
}
