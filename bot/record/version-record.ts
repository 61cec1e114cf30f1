import { InputError } from '../../core/error/error.ts';
import type { DatasetValidation, JudgementEvidence } from '../../core/evidence/evidence.ts';
import type { Decision } from '../../core/policy/decision.ts';
import type { LedgerCommand } from '../../core/registry/command.ts';
import type { Facts } from '../gather/facts.ts';

type NewRecord = Extract<LedgerCommand, { kind: 'register' }>['record'];

/**
 * Makes the immutable record of a new version from what was judged and decided; nothing in it is asked for later.
 * @throws InputError RECORD_INCOMPLETE when evidence or model is missing: no bytes and no facts, no entry
 */
export function toVersionRecord(facts: Facts, decision: Decision): NewRecord {
  const { input, rules, pull, commits, repository } = facts;
  const { judgement, validation, model } = input;
  if (judgement === null || model === null || rules === null || commits.merge === null) throw missing();
  const datasets = validation?.datasets ?? [];
  return {
    model: model.model,
    registeredAt: pull.mergedAt ?? '',
    artifact: judgement.artifact,
    runRecordDigest: judgement.runRecordDigest,
    lineage: {
      repository: repository.fullName,
      pullRequest: pull.number,
      codeCommit: judgement.origin.headSha,
      mergeCommit: commits.merge,
      datasets: datasets.map((dataset) => toLineage(dataset, rules)),
      heldOut: judgement.heldOut,
      run: judgement.claimed,
      trainedBy: { runId: judgement.origin.runId, runAttempt: judgement.origin.runAttempt },
    },
    predictions: {
      digest: judgement.predictions.challenger,
      featuresDigest: judgement.heldOut.featuresDigest,
      ...(judgement.predictions.sets.length === 0 ? {} : { sets: judgement.predictions.sets }),
    },
    predictCommand: model.predict.command,
    ...toResults(judgement),
    validation: datasets.map(toSummary),
    quality: 'judged',
    task: model.task,
    endpoints: model.endpoints,
    owners: model.owners,
    contributors: facts.contributors,
    risk: model.risk,
    description: model.description,
    limitations: model.limitations,
    featureVersion: model.featureVersion,
    servingImage: model.servingImage,
    fallback: model.fallback,
    approvals: decision.counted,
  };
}

function toLineage(validation: DatasetValidation, rules: NonNullable<Facts['rules']>) {
  const contract = rules.contracts.find(({ config }) => config.dataset === validation.dataset)?.config;
  const { dataset, dataDigest, contractDigest, rows, record } = validation;
  return { dataset, dataDigest, contractDigest, rows, record, source: contract?.source ?? 'unknown' };
}

function toResults({ comparisons }: JudgementEvidence): Pick<NewRecord, 'metrics' | 'gates'> {
  return {
    metrics: comparisons.flatMap(({ against, metrics }) =>
      metrics
        // Slices stay in the evidence: a record is read for every question about a model.
        .filter(({ slice }) => slice === null)
        .map((metric) => ({ ...metric, against })),
    ),
    gates: comparisons.flatMap(({ against, gates }) => gates.map((gate) => ({ ...gate, against }))),
  };
}

function toSummary({ dataset, verdict, findings }: DatasetValidation): NewRecord['validation'][number] {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return { dataset, verdict, failures: count('fail'), warnings: count('warn') };
}

function missing(): InputError {
  return new InputError(
    'RECORD_INCOMPLETE',
    'A version cannot be recorded without its judgement and model.yml',
    {
      hint: 'Report this: a decision without them must not be "allowed".',
    },
  );
}
