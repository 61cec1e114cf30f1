import { applicableGates } from '../../core/config/floor.ts';
import { contractPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import type { Policy } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import { evaluateGates } from '../../core/evaluation/gate.ts';
import { resultDigest } from '../../core/evaluation/result-digest.ts';
import { toClaimedRun } from '../../core/evidence/claimed-run.ts';
import type {
  Digest,
  EvidenceOrigin,
  GateOutcome,
  JudgementEvidence,
  ModelComparison,
  ValidationEvidence,
} from '../../core/evidence/evidence.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { digestBytes, digestOf } from '../../core/json/canonical.ts';
import type { EvidenceForm } from './form.ts';

type JudgementForm = NonNullable<EvidenceForm['judgement']>;
type OriginForm = JudgementForm['origin'];

/** Where a digest belongs, a case has a name: equal names, equal digests. */
export const named = (name: string): Digest => digestBytes(`conformance: ${name}`);
/** The same for commits: 40 hex characters. */
export const commitOf = (name: string): string => named(name).slice('sha256:'.length).slice(0, 40);

export function toValidation(form: EvidenceForm['validation']): ValidationEvidence | null {
  if (form === null) return null;
  return {
    kind: 'validation',
    v: 1,
    origin: toOrigin(form.origin),
    engine: 'duckdb',
    datasets: form.datasets.map(({ dataset, contract, data, rows, verdict, findings }) => {
      const files = filesOf(dataset, data);
      return {
        dataset,
        contractPath: contractPath(dataset),
        contractDigest: named(`contract of ${contract}`),
        contractFrom: contract,
        inherited: [],
        files,
        dataDigest: digestOf(files),
        rows,
        verdict,
        findings,
        record: rows === null ? null : named(`record of ${data}`),
      };
    }),
  };
}

/** The one file of a dataset whose content has this name. */
export const filesOf = (dataset: string, data: string) => [
  { path: `data/${dataset}.csv.dvc`, md5: named(data).slice(7, 39), blob: commitOf(data), sizeBytes: 1 },
];

/** The judgement as a judge would have written it; `gates` and `result` say where this one lies. */
export function toJudgement(
  form: EvidenceForm['judgement'],
  policy: Policy,
  model: ModelConfig | null,
): JudgementEvidence | null {
  if (form === null) return null;
  const { heldOut: set, claimed, origin } = form;
  const heldOut = { featuresDigest: named(set.features), labelsDigest: named(set.labels), rows: set.rows };
  const comparisons = form.comparisons.map((each) => toComparison(each, set.rows, policy, model));
  const artifact = { digest: named(form.artifact), sizeBytes: 4096, name: 'model.json' };
  const champions = form.champions.map((each) => ({
    endpoint: each.endpoint,
    version: each.version,
    artifactDigest: named(each.artifact),
  }));
  const run = makeRunRecord({ model: form.model, metrics: claimed, artifact });
  return {
    kind: 'judgement',
    v: 1,
    origin: toOrigin(origin),
    model: form.model,
    version: form.version,
    artifact,
    artifactId: form.artifactId,
    runRecordDigest: digestOf(run),
    rulesDigest: named(form.rules),
    champions,
    heldOut,
    predictions: {
      challenger: named('predictions'),
      champions: Object.fromEntries(champions.map(({ version }) => [String(version), named(`p${version}`)])),
      sets: [],
    },
    comparisons,
    resultDigest:
      form.result === 'another' ? named('another result') : resultOf(artifact.digest, heldOut, comparisons),
    verdict: form.verdict,
    findings: form.findings,
    claimed: toClaimedRun(run),
  };
}

/** A result with a number that is none has no digest: such evidence agrees with nothing it says. */
function resultOf(
  artifactDigest: Digest,
  heldOut: JudgementEvidence['heldOut'],
  comparisons: readonly ModelComparison[],
): Digest {
  try {
    return resultDigest({ artifactDigest, heldOut, comparisons });
  } catch (error) {
    if (error instanceof InputError) return named('no result');
    throw error;
  }
}

function toComparison(
  form: JudgementForm['comparisons'][number],
  rows: number,
  policy: Policy,
  model: ModelConfig | null,
): ModelComparison {
  const metrics = form.metrics.map((metric) => ({
    ...metric,
    rows,
    pWorse: null,
    pBetter: null,
    method: 'as the judge says',
  }));
  const { against } = form;
  const gates = model === null ? [] : applicableGates(model, policy.defaults);
  const minimumRows = policy.defaults.minimumRows;
  const outcomes = evaluateGates(metrics, gates, { against, rows, minimumRows });
  const said: readonly GateOutcome[] =
    form.gates === 'all pass' ? outcomes.map((outcome) => ({ ...outcome, result: 'pass' })) : outcomes;
  return {
    ...{ against, metrics, gates: form.gates === 'none' ? [] : said },
    ...{ detail: null, explanation: null, behaviour: null },
  };
}

const toOrigin = (form: OriginForm): EvidenceOrigin => ({
  repositoryId: form.repository.id,
  repository: form.repository.name,
  pullRequest: form.pullRequest,
  headSha: commitOf(form.head),
  baseRef: form.base,
  baseSha: commitOf(form.baseCommit),
  runId: form.run,
  runAttempt: form.attempt,
  contentDigest: named(form.content),
});
