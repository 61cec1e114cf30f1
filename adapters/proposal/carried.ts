import { InputError } from '../../core/error/error.ts';
import type { Digest, JudgementEvidence } from '../../core/evidence/evidence.ts';
import { parseEvidence } from '../../core/evidence/parse-evidence.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { championsOf } from '../../core/registry/champion.ts';
import type { GitHubReader } from '../github/reader.ts';
import { readCandidates } from './candidates.ts';
import type { Proposal } from './read-proposal.ts';

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
): Promise<JudgementEvidence | null> {
  if (proposal.change.kind !== 'request') return null;
  const champions = canonicalJson(proposal.state === null ? [] : championsOf(proposal.state));
  const commits = [...(await reader.pullCommits(pull))].reverse();
  for (const { sha } of commits) {
    for (const run of await reader.runsFor(sha)) {
      if (run.id === runId) continue;
      for (const judgement of await readJudgements(reader, run)) {
        const same =
          judgement.origin.contentDigest === proposal.change.contentDigest &&
          judgement.rulesDigest === rules &&
          canonicalJson(judgement.champions) === champions;
        if (same && judgement.verdict !== 'not evaluated') return judgement;
      }
    }
  }
  return null;
}

async function readJudgements(
  reader: GitHubReader,
  run: Parameters<typeof readCandidates>[1],
): Promise<readonly JudgementEvidence[]> {
  const candidates = await readCandidates(reader, run);
  return candidates.flatMap((candidate) => {
    if (candidate.kind !== 'sealed') return [];
    try {
      const evidence = parseEvidence(candidate.sealed.text);
      return evidence.kind === 'judgement' ? [evidence] : [];
    } catch (error) {
      // Somebody else's file under our name: no hint.
      if (error instanceof InputError) return [];
      throw error;
    }
  });
}
