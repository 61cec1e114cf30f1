import type { ModelConfig } from '../../core/config/model.ts';
import type { JudgementFacts, OriginFacts } from '../../core/evidence/facts.ts';
import { checkJudgement } from '../../core/evidence/judgement-check.ts';
import { checkValidation } from '../../core/evidence/validation-check.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import { digestOf } from '../../core/json/canonical.ts';
import { decide } from '../../core/policy/decide.ts';
import type { Decision, DecisionInput } from '../../core/policy/decision.ts';
import { evidenceNeed } from '../../core/policy/evidence-need.ts';
import { commitOf, filesOf, named } from './evidence.ts';
import type { World } from './input.ts';
import { wordFor } from './uncounted.ts';

/** What every implementation must answer of a decision. */
export function answerDecision(input: DecisionInput) {
  const decision = decide(input);
  return {
    decision: decision.kind,
    counted: decision.counted.map((fact) => fact.reviewer.login).sort(),
    missing: decision.missing.map(({ role, count }) => ({ role, count })).sort(byRole),
    uncounted: decision.uncounted
      .map(({ reviewer, because }) => ({ reviewer: reviewer.login, because: wordFor(because) }))
      .sort((a, b) => (a.reviewer + a.because < b.reviewer + b.because ? -1 : 1)),
    codes: codesOf(decision.findings.filter(isFailure)),
  } satisfies Record<string, unknown> & { readonly decision: Decision['kind'] };
}

/**
 * The way of evidence into the gate once its receipt has verified: every value that can be derived again is compared,
 * what disagrees is not believed, and then it is decided without it.
 */
export function checkEvidence({ request, input }: World): DecisionInput {
  const { change, validation, judgement, model } = input;
  if (change.kind !== 'request') return input;
  const origin: OriginFacts = {
    repositoryId: request.repository.id,
    repository: request.repository.name,
    pullRequest: request.pullRequest.number,
    headSha: commitOf(request.pullRequest.head),
    baseRef: request.pullRequest.base,
    baseShas: [commitOf(request.found.baseCommit)],
    governed: request.found.governed,
    run: { id: request.found.run, latestAttempt: request.found.attempt },
    contentDigest: change.contentDigest,
  };
  const wrong = {
    validation: validation === null ? [] : checkValidation(validation, validationFacts(origin, input)),
    judgement:
      judgement === null || model === null
        ? []
        : checkJudgement(judgement, judgementFacts(origin, request, { ...input, model })),
  };
  return {
    ...input,
    validation: wrong.validation.length > 0 ? null : validation,
    judgement: wrong.judgement.length > 0 ? null : judgement,
    refusals: [...input.refusals, ...wrong.validation, ...wrong.judgement],
  };
}

/** The app reads contracts and data itself: here the contract and the data of each dataset have names of their own. */
function validationFacts(origin: OriginFacts, input: DecisionInput) {
  const { change, validation } = input;
  const changed = change.kind === 'request' ? [...change.newDatasets, ...change.configuration] : [];
  return {
    ...origin,
    datasets: evidenceNeed(input).datasets.map((dataset) => {
      const contractFrom = changed.some((each) => each === dataset || each === `datasets/${dataset}.yml`)
        ? ('head' as const)
        : ('base' as const);
      const said = validation?.datasets.find((each) => each.dataset === dataset);
      const files = filesOf(dataset, `data of ${dataset}`);
      return {
        dataset,
        contractPath: `datasets/${dataset}.yml`,
        contractDigest: named(`contract of ${contractFrom}`),
        contractFrom,
        inherited: [],
        files,
        dataDigest: digestOf(files),
        record: said?.record ?? null,
      };
    }),
  };
}

function judgementFacts(
  origin: OriginFacts,
  { found, rules }: World['request'],
  { change, model, policy, ledger }: DecisionInput & { readonly model: ModelConfig },
): JudgementFacts {
  const moves = change.kind === 'request' ? change.moves : [];
  const versions = moves.flatMap((move) => (move.kind === 'stage' ? [move.version] : []));
  const version = moves.some((move) => move.kind === 'registration') ? null : (versions[0] ?? null);
  return {
    ...origin,
    ...{ moves, model, policy, version },
    artifact: { ids: found.artifactIds, digest: found.bytes === null ? null : named(found.bytes) },
    rulesDigest: named(rules),
    champions: ledger.champions.map(({ previous: _, ...champion }) => champion),
    heldOut: { featuresDigest: named('held-out features'), labelsDigest: named('held-out labels') },
  };
}

export const codesOf = (findings: readonly Finding[]): readonly string[] =>
  [...new Set(findings.map(({ code }) => code))].sort();

const byRole = (a: { readonly role: string }, b: { readonly role: string }): number =>
  a.role < b.role ? -1 : 1;
