import { applicableGates } from '../config/floor.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import { judgementVerdict } from '../evaluation/verdict.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import { requiredComparisons } from './comparison-need.ts';
import { type BoundValue, disagreements, refusal, rerun } from './disagreement.ts';
import type { ChampionFact, JudgementEvidence } from './evidence.ts';
import type { JudgementFacts } from './facts.ts';
import { checkMetrics } from './metric-check.ts';
import { checkOrigin } from './origin-check.ts';

/**
 * Compares every bound value of a judgement with what the app found by itself, and computes gates, verdict and result
 * digest again from the metrics.
 * @returns a finding for each disagreement; empty: everything that can be derived again agrees
 */
export function checkJudgement(evidence: JudgementEvidence, facts: JudgementFacts): readonly Finding[] {
  const broken = checkMetrics(evidence, facts.model);
  return [
    ...checkOrigin(evidence.origin, facts),
    ...disagreements(boundValues(evidence, facts)),
    ...checkChampions(evidence, facts),
    ...checkArtifact(evidence, facts),
    ...(isIncomplete(evidence) ? [] : checkRows(evidence, facts)),
    ...checkComparisons(evidence, facts),
    // From numbers that are none nothing can be computed again.
    ...(broken.length > 0 ? broken : disagreements(recomputedValues(evidence, facts))),
  ];
}

/**
 * A judge that could not evaluate says so: labels, a champion or rows are then missing, which is no lie. What it says
 * can be no pass: the verdict is computed again from gates and findings, and so is the decision.
 */
function isIncomplete({ verdict, findings }: JudgementEvidence): boolean {
  return verdict === 'not evaluated' || findings.some(isFailure);
}

function boundValues(evidence: JudgementEvidence, facts: JudgementFacts): readonly BoundValue[] {
  const { featuresDigest, labelsDigest } = evidence.heldOut;
  return [
    bind('model', 'model', evidence.model, facts.model.model),
    bind('version', 'version', evidence.version, facts.version),
    bind('artifact', 'artifact', evidence.artifact.digest, facts.artifact.digest),
    bind('rules', 'set of rules', evidence.rulesDigest, facts.rulesDigest),
    bind('held-out-features', 'held-out feature set', featuresDigest, facts.heldOut.featuresDigest),
    bind('held-out-labels', 'held-out label set', labelsDigest, facts.heldOut.labelsDigest),
  ];
}

function recomputedValues(evidence: JudgementEvidence, facts: JudgementFacts): readonly BoundValue[] {
  const { artifact, heldOut, comparisons } = evidence;
  const gates = applicableGates(facts.model, facts.policy.defaults);
  const minimumRows = facts.policy.defaults.minimumRows;
  return [
    ...comparisons.map(({ against, metrics, gates: said }) => {
      const name = against === null ? 'without champion' : `against v${against}`;
      const found = evaluateGates(metrics, gates, { against, rows: heldOut.rows, minimumRows });
      return bind('gates', `outcome of gates ${name}`, said, found);
    }),
    bind(
      'result',
      'result digest',
      evidence.resultDigest,
      resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons }),
    ),
    bind('verdict', 'verdict', evidence.verdict, judgementVerdict(comparisons, evidence.findings)),
  ];
}

/** Said by name, since this is what people meet when another promotion was recorded first. */
function checkChampions(evidence: JudgementEvidence, facts: JudgementFacts): readonly Finding[] {
  const [said, found] = [sorted(evidence.champions), sorted(facts.champions)];
  const [other] = disagreements([bind('champions', 'list of champions', said, found, championFix)]);
  if (other === undefined) return [];
  const [before, now] = [championsInWords(said), championsInWords(found)];
  const isSaidAlike = before === now;
  const message = isSaidAlike
    ? `It was compared with other bytes than those of the champions now: ${now}`
    : `It was compared with ${before}; ${now === noChampion ? 'nothing' : now} ${found.length > 1 ? 'serve' : 'serves'} now`;
  return [isSaidAlike ? { ...other, message } : { ...other, message, found: before, allowed: now }];
}

const noChampion = 'no champion';

const championsInWords = (champions: readonly ChampionFact[]): string =>
  champions.map(({ version, endpoint }) => `v${version} at ${endpoint}`).join(', ') || noChampion;

function checkArtifact(evidence: JudgementEvidence, facts: JudgementFacts): readonly Finding[] {
  const { artifactId } = evidence;
  const proposal = facts.version === null;
  if (proposal ? artifactId !== null && facts.artifact.ids.includes(artifactId) : artifactId === null)
    return [];
  const said = artifactId === null ? 'no artifact of a run' : `artifact ${artifactId}`;
  const fix = proposal
    ? 'Pass the artifact id that the train job of this very run gave.'
    : 'A promotion is judged from stored bytes: leave artifact-id empty.';
  return [
    refusal('artifact-id', `It was judged on ${said}, which is none of run ${facts.run.id}`, {
      found: said,
      fix,
    }),
  ];
}

function checkRows({ heldOut }: JudgementEvidence, facts: JudgementFacts): readonly Finding[] {
  const minimum = facts.policy.defaults.minimumRows;
  if (Number.isInteger(heldOut.rows) && heldOut.rows >= minimum) return [];
  return [
    refusal('rows', `${heldOut.rows} held-out rows are fewer than the ${minimum} that the policy asks for`, {
      found: String(heldOut.rows),
      allowed: `at least ${minimum}`,
      fix: 'Use a held-out set with more rows.',
    }),
  ];
}

/** Every champion that would be replaced was compared with, and nothing that serves nowhere was. */
function checkComparisons(evidence: JudgementEvidence, facts: JudgementFacts): readonly Finding[] {
  const compared = evidence.comparisons.map((comparison) => comparison.against);
  const serving = facts.champions.map((champion) => champion.version);
  // Where nothing serves, any comparison has the challenger's own numbers for the absolute gates.
  const required = isIncomplete(evidence) ? [] : requiredComparisons(facts.moves, facts.champions);
  const missing = required.filter((against) =>
    against === null ? compared.length === 0 : !compared.includes(against),
  );
  const strange = compared.filter((against) => against !== null && !serving.includes(against));
  const predicted = compared.filter((against) => against !== null && !hasPredictions(evidence, against));
  return [
    ...missing.map((against) =>
      refusal('comparison', `There is no comparison with ${nameOf(against)}, which this meets`, {
        fix: championFix,
      }),
    ),
    ...strange.map((against) =>
      refusal('comparison', `It was compared with ${nameOf(against)}, which serves nowhere now`, {
        fix: championFix,
      }),
    ),
    ...predicted.map((against) =>
      refusal('predictions', `The comparison with ${nameOf(against)} names no predictions of it`, {
        fix: rerun,
      }),
    ),
  ];
}

const hasPredictions = (evidence: JudgementEvidence, against: number | null): boolean =>
  Object.hasOwn(evidence.predictions.champions, String(against));

const nameOf = (against: number | null): string => (against === null ? 'no champion' : `v${against}`);
const championFix = 'Run the workflow again: it compares with the champions that serve now.';

const sorted = (champions: readonly ChampionFact[]): readonly ChampionFact[] =>
  champions
    .map(({ endpoint, version, artifactDigest }) => ({ endpoint, version, artifactDigest }))
    .sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));

const bind = (
  check: string,
  what: string,
  said: unknown,
  found: unknown,
  fix: string = rerun,
): BoundValue => ({
  check,
  what,
  said,
  found,
  fix,
});
