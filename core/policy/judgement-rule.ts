import type { Change } from '../change/change.ts';
import { needsJudgement, requiredComparisons } from '../evidence/comparison-need.ts';
import type { ChampionFact, JudgementEvidence } from '../evidence/evidence.ts';
import { isFailure } from '../finding/finding.ts';
import type { DecisionInput } from './decision.ts';
import { evidenceNeed } from './evidence-need.ts';
import { ruleOnGates } from './gate-rule.ts';
import { ruleOnBinding } from './judgement-binding.ts';
import { ruleOnMissing } from './missing-evidence.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

/**
 * Every move up is judged on exactly this content, these rules and this artifact, and compared with every champion that
 * serves now where it wants to go.
 */
export function ruleOnJudgement(change: Request, data: Ruling, input: DecisionInput): Ruling {
  if (!evidenceNeed(input).judgement) {
    return rule('judgement', 'skipped', 'Nothing moves up: no judgement is needed.');
  }
  const { judgement } = input;
  if (judgement === null) {
    if (data.result.state === 'refused') return rule('judgement', 'skipped', 'Data comes first: not judged.');
    return ruleOnMissing('judgement', input);
  }
  const bound = ruleOnBinding(change, judgement, input);
  if (bound.result.state !== 'met') return bound;
  const incomplete = judgement.findings.find(isFailure);
  if (incomplete) {
    return { ...rule('judgement', 'not evaluated', incomplete.message), findings: judgement.findings };
  }
  const champions = ruleOnChampions(change, judgement, input);
  if (champions.result.state !== 'met') return champions;
  return gather('judgement', [champions, ruleOnGates(change, judgement, input)], bound);
}

/** Is this judgement about what is asked, and about the champions that serve now? Whatever it says of quality. */
export function ruleOnSoundness(change: Request, judgement: JudgementEvidence, input: DecisionInput): Ruling {
  const rulings = [ruleOnBinding(change, judgement, input), ...servingNow(change, judgement, input)];
  return gather('judgement', rulings, rule('judgement', 'met', ''));
}

/** The champions that the evidence names must be those that serve now, version and bytes. */
function ruleOnChampions(change: Request, judgement: JudgementEvidence, input: DecisionInput): Ruling {
  const rulings = servingNow(change, judgement, input);
  const compared = new Set(judgement.comparisons.map((comparison) => comparison.against));
  const needed = requiredComparisons(change.moves, input.ledger.champions).filter(
    (against) => against !== null,
  );
  const absent = needed.filter((against) => !compared.has(against));
  const missing = absent.map((against) => refuse(`comparison with v${against}`, notCompared(against)));
  return gather('champions', [...rulings, ...missing], rule('champions', 'met', 'There is no champion yet.'));
}

function servingNow(change: Request, judgement: JudgementEvidence, input: DecisionInput): readonly Ruling[] {
  const endpoints = endpointsToMeet(change, judgement, input);
  return endpoints.map((endpoint) => {
    const now = input.ledger.champions.find((champion) => champion.endpoint === endpoint);
    const then = judgement.champions.find((champion) => champion.endpoint === endpoint);
    if (now?.version === then?.version && now?.artifactDigest === then?.artifactDigest) {
      const who = now ? `v${now.version}` : 'No version';
      return rule(
        `champion at ${endpoint}`,
        'met',
        `${who} serves at ${endpoint}, now as when it was judged.`,
      );
    }
    return refuse(`champion at ${endpoint}`, championMoved(endpoint, then, now));
  });
}

/** Endpoints whose champion matters: those of promotions; for a registration or a stage below, all of the model. */
function endpointsToMeet(
  change: Request,
  judgement: JudgementEvidence,
  input: DecisionInput,
): readonly string[] {
  const all = [...input.ledger.champions, ...judgement.champions].map((champion) => champion.endpoint);
  const endpoints = change.moves
    .filter(needsJudgement)
    .flatMap((move) => (move.kind === 'stage' && move.endpoint !== null ? [move.endpoint] : all));
  return [...new Set(endpoints)].sort();
}

function championMoved(endpoint: string, then: ChampionFact | undefined, now: ChampionFact | undefined) {
  const judged = then ? `v${then.version}` : 'no champion';
  const serves = now ? `v${now.version}` : 'no version';
  const bytes = then?.version === now?.version ? ' with another artifact' : '';
  return {
    code: 'judgement/champion-moved',
    message: `Judged against ${judged}, but production at ${endpoint} now serves ${serves}${bytes}: judge again`,
    found: judged,
    allowed: serves,
    fix: 'Run the workflow again: it compares with the champion that serves now.',
  };
}

const notCompared = (against: number) => ({
  code: 'judgement/not-compared',
  message: `The judgement has no comparison with v${against}, which this would replace`,
  fix: 'Run the workflow again: it compares with every champion that would be replaced.',
});
