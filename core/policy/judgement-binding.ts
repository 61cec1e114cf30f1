import type { Change, Move } from '../change/change.ts';
import { InputError } from '../error/error.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import { needsJudgement } from '../evidence/comparison-need.ts';
import type { JudgementEvidence } from '../evidence/evidence.ts';
import type { DecisionInput } from './decision.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

interface Bound {
  readonly name: string;
  readonly found: string;
  readonly allowed: string;
}

/** Is this judgement about this repository, base, content, rules, model, version and bytes, and whole? */
export function ruleOnBinding(change: Request, judgement: JudgementEvidence, input: DecisionInput): Ruling {
  const rulings = boundValues(change, judgement, input)
    .filter((bound) => bound.found !== bound.allowed)
    .map((bound) => refuse(bound.name, other(bound)));
  return gather('judgement', rulings, rule('judgement', 'met', 'It was judged on exactly this content.'));
}

function boundValues(change: Request, judgement: JudgementEvidence, input: DecisionInput): readonly Bound[] {
  const { origin } = judgement;
  const judged = change.moves.filter(needsJudgement);
  const versions = [...new Set(judged.map((move) => (move.kind === 'stage' ? move.version : null)))];
  return [
    bind('repository', origin.repositoryId, input.repositoryId),
    bind('base branch', origin.baseRef, input.baseRef),
    bind('content', origin.contentDigest, change.contentDigest),
    bind('rules', judgement.rulesDigest, input.rulesDigest),
    bind('model', judgement.model, change.model),
    bind(
      'versions',
      judgement.version ?? 'a new one',
      versions.map((each) => each ?? 'a new one').join(', '),
    ),
    bind('result', judgement.resultDigest, recomputed(judgement)),
    ...judged.flatMap((move) => bindArtifact(move, judgement, input)),
  ];
}

function bindArtifact(move: Move, judgement: JudgementEvidence, input: DecisionInput): readonly Bound[] {
  if (move.kind === 'registration') return [];
  const known = input.ledger.artifacts.find((artifact) => artifact.version === move.version);
  return [bind('artifact', judgement.artifact.digest, known?.artifactDigest ?? 'none in the ledger')];
}

const bind = (name: string, found: unknown, allowed: unknown): Bound => ({
  name,
  found: String(found),
  allowed: String(allowed),
});

/** A judgement whose numbers have no canonical form has no result digest: it agrees with nothing. */
function recomputed({ artifact, heldOut, comparisons }: JudgementEvidence): string {
  try {
    return resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons });
  } catch (error) {
    if (error instanceof InputError) return `none (${error.message})`;
    throw error;
  }
}

const other = ({ name, found, allowed }: Bound) => ({
  code: `judgement/other-${name.replaceAll(' ', '-')}`,
  message: `The judgement is about another ${name}: ${found}, not ${allowed}`,
  found,
  allowed,
  fix: 'Run the workflow again on the newest commit, so that exactly this is judged.',
});
