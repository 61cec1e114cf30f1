import type { Move } from '../change/change.ts';
import { needsJudgement } from '../evidence/comparison-need.ts';
import type { ChampionFact, Digest, JudgementEvidence, ValidationEvidence } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';
import { askOf } from './break-glass.ts';
import { conditionsDigest } from './conditions.ts';
import type { DecisionInput, LedgerFacts } from './decision.ts';
import { isComplete } from './evidence-need.ts';

/** Everything that one approval of one move is about. A pure function of content: no head, no run, no time. */
export interface MoveSubject {
  readonly repositoryId: number;
  readonly baseRef: string;
  readonly model: string;
  /** null for a registration: the number is given when it is recorded. */
  readonly version: number | null;
  readonly artifactDigest: Digest;
  readonly from: string | null;
  readonly to: string;
  readonly endpoint: string | null;
  readonly contentDigest: string;
  readonly rulesDigest: Digest;
  /** The champion at the endpoint; all of the model for a move without one. */
  readonly champions: readonly ChampionFact[];
  /** null: this move is not judged (rollback, a move down, an emergency). */
  readonly resultDigest: Digest | null;
  readonly validationDigest: Digest | null;
  /** What was declared, waived and asked of time and order; absent: nothing was. */
  readonly conditionsDigest?: Digest;
}

/** Digest of one move subject; the order in which champions are listed does not matter. */
export function moveSubject(subject: MoveSubject): Digest {
  const champions = subject.champions
    .map(({ endpoint, version, artifactDigest }) => ({ endpoint, version, artifactDigest }))
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
  return digestOf({ ...subject, kind: 'move', v: 1, champions });
}

/**
 * The subject of a pull request: what an approval given now would be about.
 * @returns digest over the sorted list of its move subjects; for a change of configuration alone, over content and
 * rules. null while evidence is missing, or when there is nothing to approve: no approval can count then.
 */
export function subjectOf(input: DecisionInput): Digest | null {
  const { change } = input;
  if (change.kind !== 'request' || !isComplete(input)) return null;
  const shared = { repositoryId: input.repositoryId, baseRef: input.baseRef };
  const content = { contentDigest: change.contentDigest, rulesDigest: input.rulesDigest };
  const validationDigest = digestOfValidation(input.validation);
  if (change.moves.length === 0) {
    return digestOf({ kind: 'configuration', v: 1, ...shared, ...content, validationDigest });
  }
  const conditions = conditionsDigest(input);
  const subjects: Digest[] = [];
  for (const move of change.moves) {
    const artifactDigest = artifactOf(move, input.ledger, input.judgement);
    if (artifactDigest === null) return null;
    // What is approved in an emergency is the move, whatever a judge still finds.
    const judged = needsJudgement(move) && askOf(input) === null;
    const resultDigest = judged ? (input.judgement?.resultDigest ?? null) : null;
    const champions = championsAt(move, input.ledger);
    subjects.push(
      moveSubject({
        ...shared,
        ...content,
        ...describe(move),
        artifactDigest,
        champions,
        resultDigest,
        validationDigest,
        ...(conditions === null ? {} : { conditionsDigest: conditions }),
      }),
    );
  }
  return digestOf({ kind: 'moves', v: 1, moves: subjects.sort() });
}

function describe(move: Move): Pick<MoveSubject, 'model' | 'version' | 'from' | 'to' | 'endpoint'> {
  if (move.kind === 'registration') {
    return { model: move.model, version: null, from: null, to: move.to, endpoint: null };
  }
  return {
    model: move.model,
    version: move.version,
    from: move.from,
    to: move.to,
    endpoint: move.endpoint,
  };
}

function artifactOf(move: Move, ledger: LedgerFacts, judgement: JudgementEvidence | null): Digest | null {
  if (move.kind === 'registration') return judgement?.artifact.digest ?? null;
  return ledger.artifacts.find((artifact) => artifact.version === move.version)?.artifactDigest ?? null;
}

/** A move down that names no endpoint is about no champion: a promotion meanwhile does not void its approvals. */
function championsAt(move: Move, ledger: LedgerFacts): readonly ChampionFact[] {
  if (move.kind === 'stage' && move.endpoint !== null) {
    return ledger.champions.filter((champion) => champion.endpoint === move.endpoint);
  }
  return needsJudgement(move) ? ledger.champions : [];
}

/** What validation found, without engine, run or example rows. */
function digestOfValidation(validation: ValidationEvidence | null): Digest | null {
  if (validation === null) return null;
  return digestOf(
    validation.datasets
      .map(({ dataset, contractDigest, inherited, dataDigest, verdict }) => ({
        dataset,
        contractDigest,
        inherited,
        dataDigest,
        verdict,
      }))
      .sort((a, b) => (a.dataset < b.dataset ? -1 : 1)),
  );
}
